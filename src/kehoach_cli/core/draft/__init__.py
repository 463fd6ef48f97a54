"""A document of others as the draft of a plan file: what it says, where each value stands, and every doubt."""
