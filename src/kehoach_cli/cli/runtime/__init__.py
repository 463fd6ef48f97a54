"""What every command shares: typer, options, messages, and loading and writing around the one question it asks."""
