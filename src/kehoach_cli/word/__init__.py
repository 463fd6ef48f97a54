"""Word documents: layout profiles, templates, rendering and layout checks; the only place that knows docx, lxml and jinja2."""
