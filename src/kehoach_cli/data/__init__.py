"""Tables in DuckDB (Parquet, SQL) and calendars: what needs a library of its own."""
