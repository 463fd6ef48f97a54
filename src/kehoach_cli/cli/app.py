"""The program: its commands and the options that stand before them."""

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from kehoach_cli.cli.globals import Globals
from kehoach_cli.cli.speech import VietnameseCommand, VietnameseGroup

# Each command stands in the module of its name, which is imported when the command is called.
COMMANDS = {
    "plans": "Các kế hoạch: văn bản, thời kỳ, đầu mối, chế độ báo cáo.",
    "tasks": "Nhiệm vụ: cơ quan nào phải làm gì, đến khi nào.",
    "show": "Xem đầy đủ một nhiệm vụ hoặc chỉ tiêu.",
    "indicators": "Chỉ tiêu và mục tiêu.",
    "agencies": "Danh bạ cơ quan; tên cũ, tên mới.",
    "check": "Số liệu báo cáo đối chiếu với mục tiêu.",
    "form": "Biểu báo cáo điền sẵn, Excel hoặc YAML, cho từng cơ quan.",
    "collect": "Thu các biểu đã điền vào progress/.",
    "report": "Báo cáo năm bằng Word; công văn đôn đốc.",
    "check-docx": "Kiểm tra thể thức văn bản Word.",
    "lint": "Kiểm tra tệp đã sửa: chỉ đúng dòng, nói cách sửa.",
    "schema": "Lược đồ để trình soạn thảo gợi ý khi sửa tệp.",
    "init": "Thư mục làm việc mới, dùng được ngay.",
    "templates": "Mẫu báo cáo Word: xem, kiểm tra, chép ra để sửa.",
}


class Commands(dict[str, Any]):
    """The commands by name; whoever asks for one gets it as its own module declares it, which is imported then."""

    def __init__(self, announced: dict[str, Any]) -> None:
        """Take what stands for each command on a page that lists them all."""
        super().__init__(announced)
        self.announced = announced

    def __getitem__(self, name: str) -> Any:
        """Return a command."""
        if super().__getitem__(name) is self.announced[name]:
            self[name] = _declared(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a command, or the default where there is none of this name."""
        return self[name] if name in self.announced else default

    def values(self) -> Any:
        """Return all commands."""
        return [self[name] for name in self]

    def items(self) -> Any:
        """Return all commands with their names."""
        return [(name, self[name]) for name in self]


class Program(VietnameseGroup):
    """The group of all commands; one that is called takes the place of its announcement."""

    def __init__(self, *, commands: dict[str, Any], **named: Any) -> None:
        """Keep the announcements as commands that are still to be imported."""
        super().__init__(commands=Commands(commands), **named)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the announcement of a command, which is enough to list it."""
        del ctx
        return self.commands.announced.get(cmd_name) if isinstance(self.commands, Commands) else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command named first in `args`."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and self.commands[str(name)], rest


def _declared(name: str) -> Any:
    """Return a command, or a group of them, as its own module declares it."""
    own = name.replace("-", "_")
    declared = getattr(import_module(f"kehoach_cli.cli.{own}"), own)
    if isinstance(declared, typer.Typer):
        return typer.main.get_group(declared)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=VietnameseCommand, short_help=COMMANDS[name])(declared)
    return typer.main.get_command(alone)


# Rich would cost every start and every help page a hundred milliseconds; the pages are plain on purpose.
app = typer.Typer(
    name="kehoach",
    cls=Program,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _announced() -> None:
    """Stand for a command until it is called: a help page needs no more than its name and summary."""


for _command, _summary in COMMANDS.items():
    app.command(_command, cls=VietnameseCommand, short_help=_summary, help=_summary)(_announced)


@app.callback(invoke_without_command=True)
def kehoach(
    context: typer.Context,
    root: Annotated[
        Path | None,
        typer.Option(
            "--root",
            metavar="THƯ MỤC",
            help="Thư mục làm việc chứa plans/ (mặc định: tìm từ thư mục hiện tại trở lên).",
        ),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="Không dùng màu.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Không dùng bộ nhớ đệm.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Hiện chi tiết khi kehoach gặp lỗi nội bộ.")] = False,
    version: Annotated[bool, typer.Option("--version", help="In số phiên bản rồi thoát.")] = False,
) -> None:
    """Kế hoạch hành động của tỉnh dưới dạng dữ liệu: tra cứu, kiểm tra, báo cáo.

    Ví dụ: kehoach tasks --agency "Sở Y tế"
    """
    # `--debug` is read before the options are parsed, so that it also serves a fault in them.
    del debug
    context.obj = Globals(root=root, color=not no_color, cache=not no_cache)
    if version:
        from kehoach_cli import __version__

        typer.echo(f"kehoach {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
