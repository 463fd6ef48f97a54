"""Forms: what a form asks, and what a filled one changes."""
