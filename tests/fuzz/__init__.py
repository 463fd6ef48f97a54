"""Hostile inputs made from a number: a fixed budget as tests, any number with `python -m tests.fuzz`."""
