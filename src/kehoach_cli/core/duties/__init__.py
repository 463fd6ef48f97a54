"""Who owes what, by when, and where it stands."""
