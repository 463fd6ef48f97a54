"""K2: agencies."""
