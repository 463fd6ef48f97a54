"""Word documents: fills templates into reports and letters."""
