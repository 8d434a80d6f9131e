"""One ETL job per subject: which sources it takes, which indicators it fills, what it cross-checks."""
