"""A workspace: its paths and settings, loading its files for questions, checking them, making a new one."""
