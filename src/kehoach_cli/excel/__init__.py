"""Excel workbooks: forms out, filled forms in, listings as sheets; the only place that knows openpyxl."""
