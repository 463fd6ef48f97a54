"""Files into the values of the core."""
