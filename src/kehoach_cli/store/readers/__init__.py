"""Readers: from a file to values of the core."""
