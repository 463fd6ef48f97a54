"""Reading YAML with the place of each value, and editing it without losing comments."""
