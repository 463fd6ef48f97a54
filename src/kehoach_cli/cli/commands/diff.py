"""`kehoach diff`: what changed between two versions of plans, in sentences an officer reads."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import Destination, Result, find_agencies, say, write_result
from kehoach_cli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kehoach_cli.cli.runtime.versions import Version
    from kehoach_cli.core.comparison.plans import Comparison, PlanPair, UnreadPlan
    from kehoach_cli.core.model.agency import Agency, Directory

_FORMATS = (options.Format.TEXT, options.Format.MD, options.Format.JSON, options.Format.CSV, options.Format.DOCX)


def diff(
    context: Context,
    old: Annotated[
        str,
        typer.Argument(
            metavar="BẢN_CŨ",
            autocompletion=options.complete_plan,
            help="Tệp kế hoạch, mã kế hoạch, bản git (HEAD~1), hoặc BẢN:MÃ, BẢN:TỆP.",
        ),
    ],
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="[BẢN_MỚI]",
            autocompletion=options.complete_plan,
            help="Như trên; không nêu thì so với bản hiện nay (mã kế hoạch: bản đã ghi vào git với bản hiện nay).",
        ),
    ] = None,
    agency: options.AgencyOption = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--source",
            metavar="TỆP",
            readable=False,
            help="Văn bản gốc: thay đổi nào đúng văn bản, thay đổi nào là lỗi của bản nhập.",
        ),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Có thay đổi thì lệnh trả mã 1, để dùng trong kịch bản.")
    ] = False,
    format_: Annotated[
        options.Format,
        options.format_option(_FORMATS, "Dạng kết quả; docx là bảng so sánh, ghi vào tệp (-o)."),
    ] = options.Format.TEXT,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """So sánh hai bản kế hoạch: dòng nào thêm, bỏ, chuyển chỗ, đổi số; ô nào sửa, liên quan đến cơ quan nào.

    Thời hạn, mục tiêu, cơ quan được so theo nghĩa; dấu cách, dấu gạch, dấu nháy khác nhau không tính là thay đổi.

    Ví dụ: kehoach diff du-thao.yaml qd-3825 --format docx -o bang-so-sanh.docx
    """
    from kehoach_cli.cli.runtime.versions import two_versions
    from kehoach_cli.core.comparison.plans import Comparison
    from kehoach_cli.core.comparison.sentences import unread_told
    from kehoach_cli.render.comparison import (
        change_record,
        comparison_listing,
        comparison_sheet,
        comparison_summary,
        concerned_records,
    )

    before, after = two_versions(context.program, old, new)
    agencies = find_agencies(after.workspace, agency, None)
    unread = (*before.unread(was=True), *after.unread(was=False))
    pairs = _pairs(before, after, unread)
    if source:
        pairs = _against(pairs, source)
    made = _asked(
        Comparison(before.name, after.name, pairs, source=str(source or ""), unread=unread), after.directory, agencies
    )
    directory = after.directory
    result = Result(
        name="diff",
        records=lambda: map(change_record, made.changes),
        listing=lambda: comparison_listing(made, directory),
        sheet=lambda: comparison_sheet(made, directory),
        summary=comparison_summary(made),
        more=lambda: {"agencies": concerned_records(made, directory)},
        document=lambda: _document(made, directory),
    )
    write_result(context.program, result, Destination(format_, output, force), after.workspace.findings)
    for one in unread:
        say(unread_told(one))
    incomplete = unread or after.workspace.errors or before.workspace.unapplied
    return ExitCode.FINDINGS if incomplete or made.errors or (exit_code and made.changes) else ExitCode.OK


def _pairs(before: "Version", after: "Version", unread: "tuple[UnreadPlan, ...]") -> "tuple[PlanPair, ...]":
    from kehoach_cli.core.comparison.plans import compare_plans, one_pair

    if before.which and after.which:
        if before.which != after.which:
            say(f"Hai kế hoạch khác mã ({before.which}, {after.which}); vẫn so từng dòng.")
        pairs: tuple[PlanPair, ...] = (one_pair(before.plans[0], after.plans[0]),)
    else:
        pairs = compare_plans(before.plans, after.plans, unread)
    made = [side.workspace.catalogue.amended for side in (before, after)]
    if not made[1]:
        return pairs
    from kehoach_cli.core.comparison.origins import amended

    return tuple(amended(pair, *made) for pair in pairs)


def _against(pairs: "tuple[PlanPair, ...]", source: Path) -> "tuple[PlanPair, ...]":
    from kehoach_cli.cli.runtime.documents import read_document
    from kehoach_cli.core.comparison.origins import held_against

    if len(pairs) != 1:
        raise UsageError(
            "--source là văn bản của một kế hoạch; nêu mã kế hoạch, ví dụ: kehoach diff HEAD~1:kh-176 kh-176 --source TỆP"
        )
    return (held_against(pairs[0], read_document(source)),)


def _asked(made: "Comparison", directory: "Directory", agencies: "tuple[Agency, ...]") -> "Comparison":
    """Return what concerns the agencies, all of it without any."""
    from kehoach_cli.core.comparison.plans import concerning

    if not agencies:
        return made
    kept = replace(made, pairs=tuple(concerning(made.pairs, directory, agencies)), asked=agencies)
    return replace(kept, left_out=len(made.changes) - len(kept.changes))


def _document(made: "Comparison", directory: "Directory") -> bytes:
    from kehoach_cli.core.comparison.sentences import counted, unread_told
    from kehoach_cli.core.comparison.table import compared_lines
    from kehoach_cli.word.comparison import comparison_document

    title = "; ".join(pair.plan.document.cite for pair in made.pairs if pair.changes) or "Hai bản kế hoạch"
    heads = (f"Bản cũ: {made.old}. Bản mới: {made.new}.", f"{counted(made)}.", *map(unread_told, made.unread))
    return comparison_document(title, heads, compared_lines(made, directory))
