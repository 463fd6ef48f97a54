"""The program: the options before the command, and the commands, each imported when it is called."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from kehoach_cli import __version__
from kehoach_cli.cli.commands import AT_A_REVISION, COMMANDS, function_of
from kehoach_cli.cli.runtime import completion, messages
from kehoach_cli.cli.runtime.command import (
    PLAIN,
    REVISION_HELP,
    REVISION_NAME,
    SEE_HELP,
    LazyGroup,
    command_of,
    show_overview,
    with_revision,
)
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.errors import UsageError


class Program(LazyGroup):
    """The group of all commands."""

    summaries = COMMANDS

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words before the command; answer the options of completion, after which typer takes no name of a shell."""
        if args[:1] and args[0] in completion.OPTIONS and not ctx.resilient_parsing:
            typer.echo(completion.answer(args[0], args[1:]))
            raise typer.Exit
        return super().parse_args(ctx, args)

    def load(self, name: str) -> Any:
        """Return a command as its own module declares it."""
        command = command_of(name, function_of(name), COMMANDS[name])
        return with_revision(command) if name in AT_A_REVISION else command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command named first in `args`.

        Raises:
            UsageError: a revision is asked for, and the command does not read one.
        """
        name, command, rest = super().resolve_command(ctx, args)
        if ctx.params.get("rev") is not None and name not in AT_A_REVISION:
            raise UsageError(f"{name} chỉ làm việc với các tệp hiện có; --rev dùng với: {', '.join(AT_A_REVISION)}")
        return name, command, rest


def begin(
    context: Context,
    root: Annotated[
        Path | None,
        typer.Option(
            "--root",
            metavar="THƯ MỤC",
            readable=False,
            help="Thư mục làm việc chứa plans/ (mặc định: tìm từ thư mục hiện tại trở lên).",
        ),
    ] = None,
    rev: Annotated[str | None, typer.Option("--rev", metavar=REVISION_NAME, help=REVISION_HELP)] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="Không dùng màu.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Không dùng bộ nhớ đệm.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Hiện chi tiết khi kehoach gặp lỗi nội bộ.")] = False,
    version: Annotated[bool, typer.Option("--version", help="In số phiên bản rồi thoát.")] = False,
) -> None:
    """Kế hoạch hành động của tỉnh dưới dạng dữ liệu: tra cứu, kiểm tra, báo cáo.

    Ví dụ: kehoach tasks --agency "Sở Y tế"
    """
    # The commands read these from the context; `--debug` counts also when the command line is wrong, so __main__ reads it.
    del root, rev, no_color, no_cache, debug
    if version:
        typer.echo(f"kehoach {__version__}")
        raise typer.Exit
    show_overview(context)


@cache
def program() -> Any:
    """Return the program as typer builds it."""
    messages.install()
    completion.install()
    app = typer.Typer(
        cls=Program,
        callback=begin,
        invoke_without_command=True,
        context_settings={"help_option_names": ["--help", "-h"]},
        **PLAIN,
    )
    group: Any = typer.main.get_command(app)
    for option in group.params:
        option.help = messages.OWN_OPTIONS.get(option.name, option.help)
    return group


def run_program(arguments: list[str]) -> object:
    """Run a command line; return what the command returned.

    Raises:
        UsageError: the command line is wrong.
    """
    try:
        return program().main(arguments, prog_name="kehoach", standalone_mode=False)
    except TyperException as error:
        raise UsageError(messages.usage_message(error), SEE_HELP) from None
