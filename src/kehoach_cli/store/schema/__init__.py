"""The files as printed: pydantic models of the kinds of file (shape and notation, not meaning)."""
