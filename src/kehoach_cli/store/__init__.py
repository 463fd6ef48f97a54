"""Files: finding a workspace, reading YAML with places, judging it by the schemas, building the core's values."""
