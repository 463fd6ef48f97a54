"""Results into text. Renderers return strings; the command line writes them."""
