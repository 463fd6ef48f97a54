"""K8: source records: what is still in doubt in an imported plan."""
