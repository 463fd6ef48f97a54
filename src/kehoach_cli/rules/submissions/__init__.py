"""K6: submissions."""
