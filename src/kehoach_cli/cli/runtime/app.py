"""The program as typer reads it: help pages, completion, and every command line that is not plain."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import typer

from kehoach_cli.cli.commands import COMMANDS, function_of
from kehoach_cli.cli.runtime.context import Globals, read_globals
from kehoach_cli.cli.runtime.declare import Argument, Group, Option
from kehoach_cli.cli.runtime.messages import VietnameseCommand, VietnameseGroup

_HELP = {"help_option_names": ["--help", "-h"]}


class Program(VietnameseGroup):
    """The group of all commands; one that is called takes the place of its announcement."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command named first in `args`."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and declared(str(name)), rest


def declared(name: str) -> Any:
    """Return a command, or a group of them, as its own module declares it."""
    found = function_of(name)
    # Rich would cost every start and every help page a hundred milliseconds; the pages are plain on purpose.
    if isinstance(found, Group):
        group = typer.Typer(cls=VietnameseGroup, rich_markup_mode=None, context_settings=_HELP, help=found.about)
        group.callback(invoke_without_command=True)(_overview)
        for own, (function, summary) in found.commands.items():
            group.command(own, cls=VietnameseCommand, short_help=summary)(_for_typer(function))
        return typer.main.get_group(group)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=VietnameseCommand, short_help=COMMANDS[name])(_for_typer(found))
    return typer.main.get_command(alone)


def _for_typer(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that typer may call; what stands before the command comes from the context."""

    def called(context: typer.Context, **values: Any) -> Any:
        own = {"program": context.find_root().obj} if takes_globals else {}
        return function(**own, **values)

    takes_globals = "program" in function.__annotations__
    return _signed(called, function)


def _signed(called: Callable[..., Any], like: Callable[..., Any]) -> Callable[..., Any]:
    """Return `called` with the help and the declared parameters of another function, in typer's words."""
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    own = inspect.signature(like).parameters.values()
    parameters = [context, *(_parameter(one) for one in own if get_origin(one.annotation) is Annotated)]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in parameters}
    called.__doc__ = like.__doc__
    return called


def _parameter(own: inspect.Parameter) -> inspect.Parameter:
    value, said = get_args(own.annotation)
    words = {"metavar": said.metavar, "help": said.help, "parser": said.parser, "show_default": said.show_default}
    # Whether a path can be read is for the command to find out, and to say.
    words["readable"] = False
    words["autocompletion"] = said.complete and _completer(said)
    info = typer.Option(*said.names, **words) if isinstance(said, Option) else typer.Argument(**words)
    return own.replace(annotation=Annotated[value, info])


def _completer(said: Argument) -> Callable[..., Any]:
    def complete(ctx: typer.Context, incomplete: str) -> list[Any]:
        # While a word is completed the program has not run: what stands before the command is there as it was typed.
        given = ctx.find_root().params
        root = Path(given["root"]) if given.get("root") else None
        program = Globals(root=root, cache=not given.get("no_cache"))
        return [] if said.complete is None else list(said.complete(program, incomplete))

    return complete


def _overview(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app = typer.Typer(
    name="kehoach",
    cls=Program,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
)


def _announced() -> None:
    """Stand for a command until it is called: a help page needs no more than its name and summary."""


for _command, _summary in COMMANDS.items():
    app.command(_command, cls=VietnameseCommand, short_help=_summary, help=_summary)(_announced)


def _begin(context: typer.Context, **given: Any) -> None:
    context.obj = read_globals(**given)
    if context.obj.version:
        from kehoach_cli import __version__

        typer.echo(f"kehoach {__version__}")
        raise typer.Exit
    _overview(context)


app.callback(invoke_without_command=True)(_signed(_begin, read_globals))
