"""What every command is given: the options that stand before the command."""

from pathlib import Path
from typing import NamedTuple

import typer

from kehoach_cli.cli.runtime.messages import Formatter

# Where a command keeps the revision that is asked for after its name.
REVISION = "kehoach.rev"


class Globals(NamedTuple):
    """Where the workspace is, at which git revision, whether colors are wanted, and whether the cache may be used.

    A named tuple, because importing msgspec takes 40 ms, and a help page needs none of its classes.
    """

    root: Path | None = None
    rev: str | None = None
    color: bool = True
    cache: bool = True


class Context(typer.Context):
    """The context of a command: it knows the options that stand before the command."""

    formatter_class = Formatter

    @property
    def program(self) -> Globals:
        """The options before the command, also while a word is completed: then no command runs, but they are parsed."""
        given = self.find_root().params
        root = given.get("root")
        return Globals(
            root=None if root is None else Path(root),
            rev=self.meta.get(REVISION, given.get("rev")),
            color=not given.get("no_color"),
            cache=not given.get("no_cache"),
        )
