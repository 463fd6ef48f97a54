"""Excel workbooks: writes forms and result tables, reads filled forms."""
