"""Templates of unknown origin, filled in a sandbox; knows neither Word nor HTML. The only package that imports jinja2."""
