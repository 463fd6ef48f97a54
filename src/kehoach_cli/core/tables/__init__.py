"""Plans, duties and results as six long tables, for spreadsheets, SQL and statistics."""
