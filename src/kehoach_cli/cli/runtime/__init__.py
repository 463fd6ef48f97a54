"""What the commands share: the classes of typer in Vietnamese, options, messages, loading and writing."""
