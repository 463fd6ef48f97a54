"""K3: targets."""
