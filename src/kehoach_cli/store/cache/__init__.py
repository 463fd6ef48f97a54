"""The cache: what earlier runs understood and found."""
