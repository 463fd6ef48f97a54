"""Files: finding a workspace, reading YAML with places, validating it against schemas, building values of the core."""
