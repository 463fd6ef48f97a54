"""The files as printed: pydantic models of plan, registry and progress files and of source records (shape and notation, not meaning)."""
