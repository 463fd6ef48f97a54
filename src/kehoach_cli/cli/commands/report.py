"""`kehoach report`: the reports of the plans for a period, and reminding letters to agencies that have sent nothing."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import (
    Destination,
    check_plans,
    check_year,
    deliver,
    find_agencies,
    open_workspace,
    say,
)
from kehoach_cli.cli.runtime.submission_faults import submission_faults
from kehoach_cli.core.model.lock import lock_of
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.report.letterhead import Given
from kehoach_cli.core.report.request import (
    LETTER,
    ReportDocument,
    Request,
    check_request,
    documents,
    plans_in_force,
    submission_notes,
)
from kehoach_cli.errors import ExitCode
from kehoach_cli.render.progress_bar import with_progress
from kehoach_cli.viet.dates import format_date

if TYPE_CHECKING:
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.store.workspace.load import Workspace

_FORMATS = (options.Format.DOCX, options.Format.JSON, options.Format.MD)


_LinesOption = list[str] | None


def report(
    context: Context,
    year: options.ReportYearOption = None,
    period: options.PeriodOption = None,
    plan: options.PlanOption = None,
    agency: options.AgencyOption = None,
    template: Annotated[
        str | None,
        typer.Option(
            "--template", "-t", metavar="MẪU", help=f"Tên mẫu ({LETTER}, …, hoặc mẫu trong templates/) hay tệp .docx."
        ),
    ] = None,
    part: Annotated[
        bool,
        typer.Option(
            "--part", help="Chỉ các phần nội dung, để đưa vào một báo cáo khác: không có đầu và cuối văn bản."
        ),
    ] = False,
    trace: Annotated[bool, typer.Option("--trace", help="In nguồn của từng số liệu: tệp và dòng.")] = False,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            parser=options.parse_day,
            metavar="NGÀY",
            help="Chỉ số liệu chốt đến ngày này (mặc định: ngày chốt muộn nhất của kỳ ở từng kế hoạch, chưa có thì 14/12).",
        ),
    ] = None,
    progress: options.ProgressOption = None,
    format_: Annotated[
        options.Format,
        options.format_option(_FORMATS, "docx: văn bản Word; json, md: dữ liệu của văn bản."),
    ] = options.Format.DOCX,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="THƯ MỤC",
            readable=False,
            help="Thư mục ghi kết quả (mặc định: reports/<kỳ>/; với --rev: reports/<kỳ>-<mã bản>/).",
        ),
    ] = None,
    force: options.ForceOption = False,
    number: Annotated[
        str | None, typer.Option("--number", parser=options.parse_text, metavar="SỐ", help="Số của văn bản.")
    ] = None,
    day: Annotated[
        date | None, typer.Option("--date", parser=options.parse_day, metavar="NGÀY", help="Ngày ký văn bản.")
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", parser=options.parse_text, metavar="CHỮ", help="Địa danh.")
    ] = None,
    issuer: Annotated[
        _LinesOption,
        typer.Option(
            "--issuer", parser=options.parse_text, metavar="CHỮ", help="Tên cơ quan ban hành (mỗi dòng một lần)."
        ),
    ] = None,
    parent: Annotated[
        _LinesOption,
        typer.Option(
            "--parent", parser=options.parse_text, metavar="CHỮ", help="Tên cơ quan chủ quản (mỗi dòng một lần)."
        ),
    ] = None,
    authority: Annotated[
        _LinesOption,
        typer.Option(
            "--authority",
            parser=options.parse_text,
            metavar="CHỮ",
            help='Thẩm quyền ký, ví dụ "KT. GIÁM ĐỐC" (mỗi dòng một lần).',
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", parser=options.parse_text, metavar="CHỮ", help="Chức vụ người ký.")
    ] = None,
    signer: Annotated[
        str | None, typer.Option("--signer", parser=options.parse_text, metavar="TÊN", help="Họ tên người ký.")
    ] = None,
    recipients: Annotated[
        _LinesOption,
        typer.Option(
            "--recipients",
            parser=options.parse_text,
            metavar="CHỮ",
            help="Nơi nhận (mỗi nơi một lần, dòng Lưu sau cùng).",
        ),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(
            "--until", parser=options.parse_day, metavar="NGÀY", help="Hạn đề nghị trả lời trong công văn đôn đốc."
        ),
    ] = None,
) -> ExitCode:
    """Lập báo cáo năm, quý, tháng bằng Word cho từng kế hoạch; báo cáo riêng của một cơ quan; công văn đôn đốc.

    Ví dụ: kehoach report --year 2025
    """
    asked = options.required_period(period, year)
    given = Given(
        issuer=_lines(issuer),
        parent=_lines(parent),
        place=place,
        number=number,
        dated=day,
        signer=signer,
        title=title,
        authority=_lines(authority),
        recipients=_lines(recipients),
    )
    workspace = open_workspace(context.program, progress, keep_files=True, day=as_of or clock.day_in(asked))
    catalogue = workspace.catalogue
    named = check_plans(workspace, plan)
    check_year(workspace, asked.year, plan)
    plans = plans_in_force(catalogue, asked.year, named, say)
    letters, own_template = _template(workspace, template)
    request = Request(
        asked,
        plans,
        as_of=as_of,
        asked_on=as_of or clock.today(),
        agencies=find_agencies(workspace, agency, None) if agency else (),
        given=given,
        settings=workspace.settings.reports,
        named=bool(named),
        letters=letters,
        part=part,
        until=until,
        findings=(*workspace.findings, *submission_faults(workspace)),
    )
    check_request(request)
    _say_unknown_plans(workspace)
    _say_changed(workspace, request)
    made = documents(catalogue, request, say, _watched)
    folder = output or (_default_folder(workspace, asked) if format_ is options.Format.DOCX else None)
    if folder is None:
        deliver(_text(made, format_, workspace, trace=trace), Destination(options.Format.JSON))
    else:
        _write(made, folder, format_, workspace, template=own_template, trace=trace, force=force)
    if format_ is not options.Format.DOCX:
        for message in dict.fromkeys(f"{one.data.plan}: {note}" for one in made for note in one.data.notes):
            say(message)
    for message in submission_notes(catalogue, request):
        say(message)
    return _ending(workspace)


def _template(workspace: "Workspace", name: str | None) -> tuple[bool, bytes | None]:
    """Return whether letters are asked for, and the template unless it is the built-in one of its kind."""
    if name in {None, LETTER}:
        return name == LETTER, None
    from kehoach_cli.cli.runtime.templates import chosen_template

    chosen = chosen_template(workspace.root, str(name))
    return chosen.letter, chosen.content


def _default_folder(workspace: "Workspace", period: Period) -> Path:
    """Return where reports are written unless told otherwise: those of a revision stand beside those of today."""
    revision = workspace.root.revision
    return Path("reports") / (f"{period.key}-{revision.short}" if revision else period.key)


def _lines(given: list[str] | None) -> tuple[str, ...] | None:
    return tuple(given) if given else None


def _watched(plans: "tuple[Plan, ...]") -> "Iterable[Plan]":
    return with_progress(plans, "Đang tổng hợp số liệu", total=len(plans))


def _say_changed(workspace: "Workspace", request: Request) -> None:
    """Say which files behind the figures of a closed period are not those that were there when it was closed."""
    from kehoach_cli.store.workspace.locks import changed_files

    for plan in request.plans:
        if lock := lock_of(workspace.catalogue.locks, plan.id, request.period.key):
            for message in changed_files(workspace.root, plan, lock):
                say(f"{plan.id} đã chốt ngày {format_date(lock.day)}, nhưng {message} so với lúc chốt.")


def _say_unknown_plans(workspace: "Workspace") -> None:
    for plan_id in workspace.settings.reports:
        if workspace.catalogue.plan(plan_id) is None:
            say(f"kehoach.toml có [report.{plan_id}] nhưng không có kế hoạch {plan_id}.")


def _text(made: Sequence[ReportDocument], format_: options.Format, workspace: "Workspace", *, trace: bool) -> str:
    """Return the data of all documents in one text."""
    from kehoach_cli.render.report_data import report_text

    return report_text([one.data for one in made], format_, workspace.findings, workspace.root.revision, trace=trace)


def _write(
    made: Sequence[ReportDocument],
    folder: Path,
    format_: options.Format,
    workspace: "Workspace",
    *,
    template: bytes | None,
    trace: bool,
    force: bool,
) -> None:
    """Write one file for each document, and one with the notes for its drafter beside it: all of them, or none."""
    from kehoach_cli.cli.runtime.word import word_file
    from kehoach_cli.render.report import notes_text, trace_text
    from kehoach_cli.store.files.writing import refuse_existing, write_together

    paths = [folder / f"{one.name}.{format_}" for one in made]
    notes = {folder / f"{one.name}.ghi-chu.txt": notes_text(one.data) for one in made if format_ is options.Format.DOCX}
    refuse_existing([*paths, *notes], overwrite=force)
    if format_ is options.Format.DOCX:
        progress = with_progress(made, "Đang lập văn bản", total=len(made))
        contents = [word_file(one.data, workspace.root, template) for one in progress]
    else:
        contents = [_text([one], format_, workspace, trace=trace).encode() for one in made]
    write_together(dict(zip(paths, contents, strict=True)) | notes, overwrite=force)
    for path, one in zip(paths, made, strict=True):
        beside = path.with_suffix(".ghi-chu.txt")
        told = f'; ghi chú cho người soạn ({len(one.data.notes)}): "{beside.name}"' if beside in notes else ""
        say(f'Đã ghi "{path}"{told}.')
    if trace and format_ is options.Format.DOCX:
        deliver(trace_text(one.data for one in made), Destination(options.Format.CSV))


def _ending(workspace: "Workspace") -> ExitCode:
    """Say which files the documents lack, and return the exit code they call for."""
    if not workspace.errors:
        return ExitCode.OK
    say(f"Có {workspace.errors} lỗi trong tệp dữ liệu; phần còn lại vẫn được dùng.")
    if workspace.unusable:
        say(f"CHƯA DÙNG ĐƯỢC, báo cáo không có số liệu của: {', '.join(workspace.unusable)}.")
    return ExitCode.FINDINGS
