"""What a form asks, and what a filled one gives."""
