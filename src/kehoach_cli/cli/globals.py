"""The options that stand before the command."""

from pathlib import Path

from kehoach_cli.core.record import record


@record
class Globals:
    """Where the workspace is, whether colors are wanted, and whether the cache may be used."""

    root: Path | None = None
    color: bool = True
    cache: bool = True
