"""`kehoach collect`: filled forms into progress files."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import Destination, deliver, find_folder, in_color, say, screen_width
from kehoach_cli.errors import CannotRunError, ExitCode

if TYPE_CHECKING:
    from kehoach_cli.cli.runtime.collecting import CollectedForm


def collect(
    context: Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="TỆP...", readable=False, help="Biểu đã điền, hoặc thư mục chứa biểu.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="THƯ MỤC", readable=False, help="Nơi ghi báo cáo (mặc định: progress/<năm>/)."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho biết sẽ ghi gì, không ghi.")] = False,
) -> ExitCode:
    """Đưa các biểu đã điền và không có lỗi vào progress/: mỗi kế hoạch, mỗi cơ quan một tệp.

    Ghi chú và các mục biểu không nhắc tới trong tệp đã có được giữ nguyên; biểu có lỗi không làm thay đổi gì.

    Ví dụ: kehoach collect forms/ -o progress/2025/
    """
    from kehoach_cli.cli.runtime.collecting import collect_forms
    from kehoach_cli.store.files.writing import only_writer

    program = context.program
    root = find_folder(program)
    if root.builtin and output is None:
        raise CannotRunError("nêu nơi ghi báo cáo, ví dụ: -o progress/2025/")
    with nullcontext() if dry_run else only_writer(output if output and root.builtin else root.folder):
        results = collect_forms(root, paths, output, cached=program.cache, dry_run=dry_run)
    deliver(_table(results, dry_run=dry_run, color=in_color(program, None)), Destination(options.Format.TABLE))
    if not results:
        say("Không có biểu nào trong nơi đã nêu.")
    return ExitCode.FINDINGS if any(result.refused for result in results) else ExitCode.OK


def _table(results: "Sequence[CollectedForm]", *, dry_run: bool, color: bool) -> str:
    from kehoach_cli.render.collect import Outcome, collect_listing
    from kehoach_cli.render.table import render_table

    outcomes = [Outcome(result.form, result.refused, tuple(result.findings), tuple(result.taken)) for result in results]
    return render_table(collect_listing(outcomes, dry_run=dry_run), screen_width(), color=color)
