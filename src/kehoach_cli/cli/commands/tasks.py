"""`kehoach tasks`: what an agency must do, by when, in every plan."""

from collections.abc import Iterable, Iterator
from datetime import date
from types import ModuleType
from typing import Annotated, Any

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import (
    Destination,
    Result,
    check_plans,
    check_province,
    check_year,
    find_agencies,
    finish,
    open_workspace,
    say,
)
from kehoach_cli.core.duties.select import Answer, TaskQuery, select_tasks
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.plan import TaskKind
from kehoach_cli.errors import ExitCode, UsageError
from kehoach_cli.render.task_answers import answers_summary, indicator_notes

_KINDS = {kind.value: kind for kind in TaskKind}


def parse_kind(text: str) -> TaskKind:
    """Return the kind named."""
    if text.lower() not in _KINDS:
        raise UsageError(
            f'--kind "{text}" không có; chọn task (nhiệm vụ), programme (chương trình, đề án) '
            "hoặc organisation (tổ chức thực hiện)"
        )
    return _KINDS[text.lower()]


def tasks(
    context: Context,
    agency: options.AgencyOption = None,
    role: options.RoleOption = None,
    direct: Annotated[bool, typer.Option("--direct", help="Chỉ những nhiệm vụ nêu đích danh cơ quan.")] = False,
    all_matches: Annotated[
        bool,
        typer.Option(
            "--all-matches",
            help="In cả những nhiệm vụ không nêu tên cơ quan: giao qua nhóm hoặc theo điều khoản chung.",
        ),
    ] = False,
    plan: options.PlanOption = None,
    province: options.ProvinceOption = None,
    kind: Annotated[
        TaskKind | None,
        typer.Option(
            "--kind",
            parser=parse_kind,
            autocompletion=options.complete_from(*_KINDS),
            metavar="task|programme|organisation",
            help="Chỉ loại này: nhiệm vụ, chương trình, tổ chức thực hiện.",
        ),
    ] = None,
    year: options.YearOption = None,
    due_by: Annotated[
        date | None,
        typer.Option(
            "--due-by",
            parser=options.parse_day,
            metavar="NGÀY",
            help="Chỉ nhiệm vụ chưa hoàn thành có hạn gần nhất (mốc, kỳ, thời hạn) đến hết ngày này.",
        ),
    ] = None,
    due_from: Annotated[
        date | None,
        typer.Option(
            "--due-from",
            parser=options.parse_day,
            metavar="NGÀY",
            help="Chỉ nhiệm vụ chưa hoàn thành có hạn gần nhất từ ngày này trở đi.",
        ),
    ] = None,
    overdue: Annotated[
        bool,
        typer.Option("--overdue", help="Chỉ nhiệm vụ đã quá thời hạn hoặc có mốc quá hạn (kể cả chưa có báo cáo)."),
    ] = False,
    search: Annotated[
        str,
        typer.Option(
            "--search", "-s", metavar="CHỮ", help="Chỉ nhiệm vụ có đủ các chữ này, có dấu hay không đều được."
        ),
    ] = "",
    as_of: options.AsOfOption = None,
    progress: options.ProgressOption = None,
    format_: options.FormatOption = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Tra cứu nhiệm vụ: cơ quan nào phải làm gì, đến khi nào, trong mọi kế hoạch.

    Ví dụ: kehoach tasks --agency "Sở Y tế" --due-by 2025-12-31
    """
    workspace = open_workspace(context.program, progress, closed=True, day=as_of)
    catalogue = workspace.catalogue
    query = TaskQuery(
        as_of=as_of or clock.today(),
        agencies=find_agencies(workspace, agency, province),
        role=role,
        direct=direct,
        plans=check_plans(workspace, plan),
        province=check_province(workspace, province),
        kind=kind,
        year=check_year(workspace, year, plan),
        due_by=due_by,
        due_from=due_from,
        overdue=overdue,
        search=search,
    )
    if due_by and due_from and due_from > due_by:
        raise UsageError(f"--due-from {due_from} sau --due-by {due_by}")
    if agency is None and (direct or role):
        raise UsageError("--direct và --role chỉ dùng cùng với --agency")
    if agency is None and all_matches:
        raise UsageError("--all-matches chỉ dùng cùng với --agency")
    answers = select_tasks(catalogue, query)
    for message in indicator_notes(answers, catalogue.directory):
        say(message)
    # On the screen, what a group or a general clause gives to dozens of bodies is counted; a file holds all of it.
    short = format_ is options.Format.TABLE and not all_matches
    result = Result(
        name="tasks",
        records=lambda: _records(answers, catalogue.directory, query.as_of),
        listing=lambda: _view().tasks_listing(answers, catalogue.directory, query.as_of, year=year, own_only=short),
        sheet=lambda: _view().tasks_sheet(answers, catalogue.directory, query.as_of),
        summary=answers_summary(answers, catalogue.directory, query.as_of),
    )
    return finish(context.program, workspace, result, Destination(format_, output, force))


def _records(answers: Iterable[Answer], directory: Directory, day: date) -> Iterator[dict[str, Any]]:
    from kehoach_cli.render.machine.records import task_record

    return (task_record(row, directory, day) for answer in answers for row in answer.rows)


def _view() -> ModuleType:
    from kehoach_cli.render import tasks as view

    return view
