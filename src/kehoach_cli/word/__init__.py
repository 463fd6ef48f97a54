"""Word documents: fills templates into reports and letters, and checks the layout of any document."""
