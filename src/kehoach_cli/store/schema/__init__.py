"""The files as printed: pydantic models of plan, registry and progress files (shape and notation, not meaning)."""
