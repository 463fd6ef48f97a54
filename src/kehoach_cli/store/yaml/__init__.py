"""YAML that knows its places, and edits that keep its comments."""
