"""Documents of others as text with places: one reader for each kind of file, one result."""
