"""Hostile inputs, made by chance that can be repeated: a fixed budget as tests, any number by `python -m tests.fuzz`."""
