"""Typer's classes of commands and groups, in Vietnamese; a group may import its commands when they are called."""

from collections.abc import Callable, Mapping
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from kehoach_cli.cli.runtime import messages
from kehoach_cli.cli.runtime.context import REVISION, Context
from kehoach_cli.errors import UsageError

SEE_HELP = "Xem trợ giúp: kehoach --help"
# Rich costs a help page 100 ms.
REVISION_NAME = "BẢN"
REVISION_HELP = "Xem các tệp như ở một bản git: nhánh, tag, mã bản, HEAD~1, HEAD@{2025-12-31}."
PLAIN: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}


class Command(TyperCommand):
    """A command whose help page and errors are Vietnamese."""

    context_class = Context
    # Typer's own refusal of extra words has no field for them; `parse_args` refuses them.
    allow_extra_args = True

    def __init__(self, *names: str, **settings: Any) -> None:
        """Take what typer passes, with a Vietnamese word for the options."""
        super().__init__(*names, **settings | {"options_metavar": messages.OPTIONS})

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """Return the option `--help`."""
        return _translated(super().get_help_option(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words after the command.

        Raises:
            UsageError: there are more words than the command has arguments.
        """
        extra = super().parse_args(ctx, args)
        if extra and not ctx.resilient_parsing:
            raise UsageError(messages.extra_message(extra), SEE_HELP)
        return extra


class Group(TyperGroup):
    """A group of commands; an unknown one is answered with the nearest."""

    context_class = Context

    def __init__(self, **settings: Any) -> None:
        """Take what typer passes, with Vietnamese words for the options and commands."""
        own = {"options_metavar": messages.OPTIONS, "subcommand_metavar": messages.SUBCOMMAND}
        super().__init__(**settings | own)

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """Return the option `--help`."""
        return _translated(super().get_help_option(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command named first in `args`.

        Raises:
            UsageError: there is no such command.
        """
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], list(self.commands), n=1, cutoff=0.5)
            hint = f'ý bạn là "{near[0]}"?' if near else f"các lệnh có: {', '.join(self.commands)}"
            raise UsageError(f'không có lệnh "{args[0]}"; {hint}')
        return super().resolve_command(ctx, args)


class LazyGroup(Group):
    """A group that knows the names and summaries of its commands, and loads a command when it is called."""

    summaries: Mapping[str, str] = {}

    def __init__(self, **settings: Any) -> None:
        """Announce the commands: a help page needs no more than their summaries."""
        announced = {name: Command(name, short_help=summary) for name, summary in self.summaries.items()}
        super().__init__(**settings | {"commands": announced})

    def load(self, name: str) -> Any:
        """Return a command with its options."""
        raise NotImplementedError

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command named first in `args`."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and self.load(str(name)), rest


def command_of(name: str, declared: Callable[..., Any] | typer.Typer, summary: str) -> Any:
    """Return the command that a function, or the group that a `Typer`, declares."""
    if isinstance(declared, typer.Typer):
        return typer.main.get_group(declared)
    alone = typer.Typer(add_completion=False, **PLAIN)
    alone.command(name, cls=Command, short_help=summary)(declared)
    return typer.main.get_command(alone)


def with_revision(command: Any) -> Any:
    """Return a command, or a group with its commands, that also takes the revision after its own name."""
    commands = getattr(command, "commands", None)
    for one in commands.values() if commands else (command,):
        option = TyperOption(
            param_decls=["--rev"],
            metavar=REVISION_NAME,
            help=REVISION_HELP,
            expose_value=False,
            callback=_keep_revision,
        )
        one.params.append(option)
    return command


def _keep_revision(ctx: Any, _: Any, value: str | None) -> None:
    if value is not None:
        ctx.meta[REVISION] = value


def show_overview(context: Context) -> None:
    """Print the help page of a group that is called without a command."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _translated(option: TyperOption | None) -> TyperOption | None:
    if option is not None and option.name in messages.OWN_OPTIONS:
        option.help = messages.OWN_OPTIONS[option.name]
    return option
