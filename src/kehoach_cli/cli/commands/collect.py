"""`kehoach collect`: filled forms into progress files."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import Destination, deliver, find_folder, in_color, say, screen_width
from kehoach_cli.core.model.period import Period
from kehoach_cli.errors import CannotRunError, ExitCode, UsageError

if TYPE_CHECKING:
    from kehoach_cli.cli.runtime.collecting import Collected
    from kehoach_cli.store.workspace.paths import Root


def collect(
    context: Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[TỆP]...", readable=False, help="Biểu đã điền, hoặc thư mục chứa biểu."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="THƯ MỤC", readable=False, help="Nơi ghi báo cáo (mặc định: progress/<kỳ>/)."
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            "-y",
            parser=options.parse_year,
            metavar="NĂM",
            help="Chỉ nhận biểu của năm này, kể cả gửi rất muộn.",
        ),
    ] = None,
    period: options.PeriodOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho biết sẽ ghi gì, không ghi.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Nhận cả biểu cũ hơn, hoặc khác số liệu mà không ghi ngày gửi muộn hơn.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Hoàn lại lần thu cuối cùng.")] = False,
) -> ExitCode:
    """Đưa các biểu đã điền và không có lỗi vào progress/: mỗi kế hoạch, mỗi cơ quan một tệp.

    Ô để trống không xóa gì; ghi (xóa) để bỏ một giá trị. Mọi thay đổi được ghi vào progress/journal.jsonl, biểu đã nhận được
    giữ ở received/. Biểu có lỗi hoặc cũ hơn báo cáo đã có không làm thay đổi gì. Kỳ đã chốt (kehoach lock) không nhận biểu, kể cả
    với --force.

    Ví dụ: kehoach collect forms/ --year 2025
    """
    from kehoach_cli.store.files.writing import only_writer

    asked = options.asked_period(period, year)
    program = context.program
    root = find_folder(program)
    if root.builtin and output is None:
        raise CannotRunError("nêu nơi ghi báo cáo, ví dụ: -o progress/2025/")
    with nullcontext() if dry_run else only_writer(output if output and root.builtin else root.folder):
        if undo:
            return _undo(root, paths, output)
        if not paths:
            raise UsageError(
                "thiếu tham số TỆP...: nêu biểu đã điền hoặc thư mục chứa biểu, ví dụ: kehoach collect forms/"
            )
        from kehoach_cli.cli.runtime.collecting import Wanted, collect_forms

        wanted = Wanted(output, _period(asked, output), force, dry_run, clock.today())
        collected = collect_forms(root, paths, wanted, cached=program.cache)
    deliver(_table(collected, dry_run=dry_run, color=in_color(program, None)), Destination(options.Format.TABLE))
    if not collected.forms:
        say("Không có biểu nào trong nơi đã nêu.")
    if closed := {result.closed.plan: result.closed for result in collected.forms if result.closed}:
        from kehoach_cli.cli.runtime.collecting import closed_advice, closed_text

        reasons = [f"{closed_text(lock)}; {closed_advice(lock)}" for lock in closed.values()]
        raise CannotRunError(f"không nhận biểu làm thay đổi số đã chốt: {reasons[0]}", *reasons[1:])
    return ExitCode.FINDINGS if any(result.refused for result in collected.forms) else ExitCode.OK


def _undo(root: "Root", paths: list[Path] | None, output: Path | None) -> ExitCode:
    from kehoach_cli.cli.runtime.collecting import undo_last

    if paths:
        raise UsageError("--undo hoàn lại cả lần thu cuối cùng; không nêu biểu")
    for path in undo_last(root, output):
        say(f'Đã hoàn lại "{path}".')
    return ExitCode.OK


def _period(asked: Period | None, output: Path | None) -> Period | None:
    """Return the period asked for, by the option or by the name of the folder."""
    from kehoach_cli.store.workspace.received import period_of

    named = period_of(output)
    if asked and named and named != asked:
        word = "kỳ" if asked.part or named.part else "năm"
        raise UsageError(f'{asked.option} khác {word} của thư mục "{output}"; bỏ một trong hai')
    return asked or named


def _table(collected: "Collected", *, dry_run: bool, color: bool) -> str:
    from kehoach_cli.render.collect import Outcome, collect_listing
    from kehoach_cli.render.table import render_table

    outcomes = [
        Outcome(
            one.form,
            one.refused,
            tuple(one.findings),
            tuple((taken.submission, taken.path, taken.changes, taken.before) for taken in one.taken),
            one.sender,
        )
        for one in collected.forms
    ]
    lost = [(one.sender, one.form, one.refused) for one in collected.lost]
    return render_table(collect_listing(outcomes, collected.unread, lost, dry_run=dry_run), screen_width(), color=color)
