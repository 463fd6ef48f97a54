"""kehoach: Vietnamese provincial action plans as validated data."""

__version__ = "0.1.0"
