"""What is known already from an earlier run."""
