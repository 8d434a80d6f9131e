"""The only place that knows DuckDB: versions, batches, publishing, history."""
