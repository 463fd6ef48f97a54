"""K5: text."""
