"""The sandbox of templates, without Word."""
