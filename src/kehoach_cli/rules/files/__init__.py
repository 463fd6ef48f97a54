"""K0: the file itself, its YAML, its suppressions."""
