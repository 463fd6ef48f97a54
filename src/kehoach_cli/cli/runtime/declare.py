"""How a command says what it can be asked: the annotations of its parameters, which whoever reads command lines goes by."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kehoach_cli.cli.runtime.context import Globals


class Argument:
    """A parameter known by its place: its Vietnamese help, how its text becomes a value, how a word begun is completed."""

    def __init__(
        self,
        *names: str,
        metavar: str | None = None,
        help: str = "",  # noqa: A002 - as every parser of command lines calls it
        parser: Callable[[str], Any] | None = None,
        complete: "Callable[[Globals, str], Iterable[str | tuple[str, str]]] | None" = None,
        show_default: bool = True,
    ) -> None:
        """Keep what is declared; only an option has names. A candidate comes alone or with a few words on it."""
        self.names = names
        self.metavar = metavar
        self.help = help
        self.parser = parser
        self.complete = complete
        self.show_default = show_default


class Option(Argument):
    """A parameter known by its names (`--agency`, `-a`)."""


class Group:
    """Commands under one name: each is a function with a summary of one line."""

    def __init__(self, about: str, commands: Mapping[str, tuple[Callable[..., Any], str]]) -> None:
        """Keep what is declared."""
        self.about = about
        self.commands = commands
