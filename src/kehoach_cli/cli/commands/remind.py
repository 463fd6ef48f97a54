"""`kehoach remind`: for each agency a short text and a letter on what falls due, is late or is missing."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.clock import now, today
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import (
    Destination,
    check_plans,
    check_province,
    deliver,
    find_agencies,
    open_workspace,
    say,
)
from kehoach_cli.cli.runtime.submission_faults import submission_faults
from kehoach_cli.core.duties.bodies import bearer_at
from kehoach_cli.core.report.remind import Reminders, RemindQuery, by_body, reminders
from kehoach_cli.core.report.request import Request, letters_to, plans_in_force
from kehoach_cli.errors import CannotRunError, ExitCode, UsageError

if TYPE_CHECKING:
    from kehoach_cli.core.model.agency import Agency
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.store.workspace.load import Workspace

_FORMATS = (options.Format.TEXT, options.Format.JSON)
_RULE = f"\n{'─' * 40}\n\n"


def remind(
    context: Context,
    period: options.OnePeriodOption,
    plan: options.PlanOption = None,
    agency: options.AgencyOption = None,
    province: options.ProvinceOption = None,
    as_of: options.AsOfOption = None,
    until: Annotated[
        date | None,
        typer.Option(
            "--until", parser=options.parse_day, metavar="NGÀY", help="Hạn đề nghị trả lời ghi trong công văn."
        ),
    ] = None,
    sent: Annotated[
        bool,
        typer.Option("--sent", help="Ghi lại là đã gửi, để lần sau không nhắc lại (quá hạn: nhắc lại sau 5 ngày)."),
    ] = False,
    progress: options.ProgressOption = None,
    format_: Annotated[
        options.Format,
        options.format_option(_FORMATS, "text: lời nhắc để chép vào tin nhắn, thư; json: dữ liệu."),
    ] = options.Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="THƯ MỤC",
            readable=False,
            help="Thư mục ghi mỗi cơ quan một lời nhắc (.txt) và công văn đôn đốc (.docx).",
        ),
    ] = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Lời nhắc ngắn cho từng cơ quan: việc đến hạn trong 30, 7, 1 ngày, việc quá hạn, báo cáo và số liệu còn thiếu.

    Ví dụ: kehoach remind --period 2026-Q3 --plan kh-176 -o nhac-viec
    """
    if sent and context.program.rev is not None:
        raise UsageError("--sent ghi nhật ký nhắc việc hiện nay; không dùng cùng --rev")
    workspace = open_workspace(context.program, progress, keep_files=output is not None, day=as_of)
    if sent and workspace.root.builtin:
        raise CannotRunError(
            "--sent cần thư mục làm việc của bạn để giữ nhật ký; chạy trong thư mục đó hoặc thêm --root"
        )
    from kehoach_cli.store.workspace.reminders import read_log

    day = as_of or today()
    query = RemindQuery(
        _plans(workspace, period.year, plan, province),
        period,
        day,
        _living(workspace, find_agencies(workspace, agency, province), day),
    )
    found = reminders(workspace.catalogue, query, read_log(workspace.root))
    files: dict[Path, bytes] = {}
    if output is None:
        _deliver(workspace, found, format_)
    elif found.items:
        findings = (*workspace.findings, *submission_faults(workspace))
        request = Request(
            period,
            query.plans,
            as_of=day,
            settings=workspace.settings.reports,
            letters=True,
            until=until,
            findings=findings,
        )
        files = _files(workspace, request, found, output, force=force)
    _write(workspace, found, files, day if sent else None, force=force)
    if files:
        letters = sum(path.suffix == ".docx" for path in files)
        say(f'Đã ghi {len(list(by_body(found.items)))} lời nhắc và {letters} công văn vào "{output}".')
    _say_outcome(found, sent=sent)
    return ExitCode.FINDINGS if workspace.errors else ExitCode.OK


def _say_outcome(found: Reminders, *, sent: bool) -> None:
    for note in found.notes:
        say(note)
    if found.before:
        say(f"Không nhắc lại {found.before} nội dung đã nhắc (nhật ký progress/reminders.jsonl).")
    bodies = len(list(by_body(found.items)))
    if not bodies:
        say("Không có nội dung nào phải nhắc.")
    elif sent:
        say(f"Đã ghi nhật ký: nhắc {bodies} cơ quan.")
    else:
        say(f"{bodies} cơ quan cần nhắc. Gửi xong thì chạy lại lệnh này, thêm --sent, để lần sau không nhắc trùng.")


def _plans(workspace: "Workspace", year: int, plan: list[str] | None, province: str | None) -> "tuple[Plan, ...]":
    wanted = check_province(workspace, province)
    within = workspace.catalogue.directory.lineage(wanted) if wanted else None
    plans = plans_in_force(workspace.catalogue, year, check_plans(workspace, plan), say)
    return tuple(one for one in plans if within is None or one.province in within)


def _living(workspace: "Workspace", agencies: "tuple[Agency, ...]", day: date) -> "tuple[Agency, ...]":
    """Return who has the duties of the bodies asked for on the day."""
    directory = workspace.catalogue.directory
    found = ((bearer_at(directory, one.province, one.id, day), one) for one in agencies)
    return tuple(bearer.agency if bearer else one for bearer, one in found)


def _deliver(workspace: "Workspace", found: Reminders, format_: options.Format) -> None:
    """Print the reminders."""
    from kehoach_cli.render.remind import reminder_record, reminder_text

    if format_ is options.Format.JSON:
        from kehoach_cli.render.machine.data_formats import render_json, with_revision

        items = [reminder_record(one) for one in found.items]
        summary = with_revision({"count": len(items), "held_back": found.before}, workspace.root.revision)
        deliver(render_json("remind", items, workspace.findings, summary), Destination(options.Format.JSON))
    else:
        texts = (reminder_text(some) for _, some in by_body(found.items))
        deliver(_RULE.join(texts), Destination(options.Format.TABLE))


def _write(
    workspace: "Workspace", found: Reminders, files: dict[Path, bytes], sent: date | None, *, force: bool
) -> None:
    """Write texts, letters and, where they were sent on a day, the log of it: all of them, or none."""
    from kehoach_cli.store.files.writing import write_together
    from kehoach_cli.store.workspace.reminders import add_to_log

    if sent:
        time = now().isoformat(timespec="seconds")
        lines = [line for item in found.items for line in item.logged(time, sent)]
        add_to_log(workspace.root, lines, files, overwrite=force)
    elif files:
        write_together(files, overwrite=force)


def _files(
    workspace: "Workspace", request: Request, found: Reminders, folder: Path, *, force: bool
) -> dict[Path, bytes]:
    """Return a text for each body, and the letters to those that are late or owe a report."""
    from kehoach_cli.cli.runtime.word import word_file
    from kehoach_cli.render.remind import reminder_text
    from kehoach_cli.render.report import notes_text
    from kehoach_cli.store.files.writing import refuse_existing

    whom = [
        (one.plan, one.unit, not one.reports)
        for one in found.items
        if one.late or one.report or one.values or one.stale
    ]
    letters = list(letters_to(workspace.catalogue, request, whom, say))
    bodies = dict(by_body(found.items))
    # Two provinces have bodies of one id.
    several = len({unit.province for unit in bodies}) > 1
    names = {unit: f"{unit.province}-{unit.id}" if several else unit.id for unit in bodies}
    texts = {folder / f"{names[unit]}.txt": reminder_text(some).encode() for unit, some in bodies.items()}
    notes = {folder / f"{one.name}.ghi-chu.txt": notes_text(one.data) for one in letters}
    paths = [folder / f"{one.name}.docx" for one in letters]
    refuse_existing([*texts, *notes, *paths], overwrite=force)
    documents = [word_file(one.data, workspace.root, None) for one in letters]
    return {**texts, **notes, **dict(zip(paths, documents, strict=True))}
