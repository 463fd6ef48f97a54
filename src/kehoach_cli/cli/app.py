"""The program: its commands and the options that stand before them."""

from pathlib import Path
from typing import Annotated

import typer

from kehoach_cli.cli.agencies import agencies
from kehoach_cli.cli.check import check
from kehoach_cli.cli.check_docx import check_docx
from kehoach_cli.cli.collect import collect
from kehoach_cli.cli.form import form
from kehoach_cli.cli.indicators import indicators
from kehoach_cli.cli.init import init
from kehoach_cli.cli.lint import lint
from kehoach_cli.cli.plans import plans
from kehoach_cli.cli.report import report
from kehoach_cli.cli.schema import schema
from kehoach_cli.cli.session import Globals
from kehoach_cli.cli.show import show
from kehoach_cli.cli.speech import VietnameseCommand, VietnameseGroup
from kehoach_cli.cli.tasks import tasks
from kehoach_cli.cli.templates import templates

# Rich would cost every start and every help page a hundred milliseconds; the pages are plain on purpose.
app = typer.Typer(
    name="kehoach",
    cls=VietnameseGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
for _command, _summary in (
    (plans, "Các kế hoạch: văn bản, thời kỳ, đầu mối, chế độ báo cáo."),
    (tasks, "Nhiệm vụ: cơ quan nào phải làm gì, đến khi nào."),
    (show, "Xem đầy đủ một nhiệm vụ hoặc chỉ tiêu."),
    (indicators, "Chỉ tiêu và mục tiêu."),
    (agencies, "Danh bạ cơ quan; tên cũ, tên mới."),
    (check, "Số liệu báo cáo đối chiếu với mục tiêu."),
    (form, "Biểu báo cáo điền sẵn, Excel hoặc YAML, cho từng cơ quan."),
    (collect, "Thu các biểu đã điền vào progress/."),
    (report, "Báo cáo năm bằng Word; công văn đôn đốc."),
    (check_docx, "Kiểm tra thể thức văn bản Word."),
    (lint, "Kiểm tra tệp đã sửa: chỉ đúng dòng, nói cách sửa."),
    (schema, "Lược đồ để trình soạn thảo gợi ý khi sửa tệp."),
    (init, "Thư mục làm việc mới, dùng được ngay."),
):
    app.command(cls=VietnameseCommand, short_help=_summary)(_command)
app.add_typer(templates, name="templates", short_help="Mẫu báo cáo Word: xem, kiểm tra, chép ra để sửa.")


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
    # `--debug` is read before the options are parsed, so that it also serves a fault in them; nothing is cached yet.
    del debug, no_cache
    context.obj = Globals(root=root, color=not no_color)
    if version:
        from kehoach_cli import __version__

        typer.echo(f"kehoach {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
