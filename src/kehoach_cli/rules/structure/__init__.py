"""K1: ids and structure."""
