"""The options that stand before the command."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Globals:
    """Where the workspace is, whether colors are wanted, and whether the cache may be used."""

    root: Path | None = None
    color: bool = True
    cache: bool = True
