"""Duties: who owes what, by when, and how far it is."""
