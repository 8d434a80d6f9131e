"""From a delivered file to judgements: extract, transform, jobs, warehouse, measures."""
