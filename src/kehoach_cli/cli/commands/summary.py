"""`kehoach summary`: how many tasks were due in a period and done on time, by agency, plan or section."""

from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.clock import day_in, today
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import (
    Destination,
    Result,
    check_plans,
    check_province,
    find_agencies,
    finish,
    open_workspace,
    say,
)
from kehoach_cli.core.report.request import plans_in_force
from kehoach_cli.core.report.summary import By, Summary, SummaryQuery, summarize
from kehoach_cli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.store.workspace.load import Workspace

_FORMATS = (*options.LISTING_FORMATS, options.Format.DOCX)


def parse_by(text: str) -> By:
    """Return what the lines stand for."""
    if text.lower() not in list(By):
        raise UsageError(f'--by "{text}" không có; chọn agency (cơ quan chủ trì), plan (kế hoạch) hoặc section (mục)')
    return By(text.lower())


def summary(
    context: Context,
    period: options.OnePeriodOption,
    by: Annotated[
        By,
        typer.Option(
            "--by",
            parser=parse_by,
            autocompletion=options.complete_from(*By),
            metavar="agency|plan|section",
            help="Mỗi dòng là một cơ quan chủ trì, một kế hoạch hay một mục của kế hoạch.",
        ),
    ] = By.AGENCY,
    plan: options.PlanOption = None,
    agency: options.AgencyOption = None,
    province: options.ProvinceOption = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            parser=options.parse_day,
            metavar="NGÀY",
            help="Tình trạng tính đến ngày này (mặc định: hôm nay, hoặc ngày cuối kỳ nếu kỳ đã qua).",
        ),
    ] = None,
    progress: options.ProgressOption = None,
    format_: Annotated[
        options.Format,
        options.format_option(_FORMATS, "Dạng kết quả; xlsx và docx ghi vào tệp (-o)."),
    ] = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Tổng hợp nhiệm vụ đến hạn trong kỳ: xong đúng hạn, quá hạn, chưa báo cáo, kèm ngày và văn bản; không tính điểm.

    Ví dụ: kehoach summary --by agency --period 2026-Q3
    """
    workspace = open_workspace(context.program, progress, day=as_of or day_in(period))
    day = today()
    query = SummaryQuery(
        by,
        period,
        as_of or min(day, period.last_day),
        _plans(workspace, period.year, plan, province),
        find_agencies(workspace, agency, province),
    )
    made = summarize(workspace.catalogue, query)
    if query.as_of < day and as_of is None:
        say(f"Kỳ đã qua: tình trạng ngày cuối kỳ. Xem tình trạng hiện nay: thêm --as-of {day}.")
    result = Result(
        name="summary",
        records=lambda: map(_view().summary_record, made.lines),
        listing=lambda: _view().summary_listing(made),
        sheet=lambda: _view().summary_sheet(made),
        summary=_view().summary_total(made),
        book=lambda: _view().summary_book(made),
        document=lambda: _document(workspace, made),
    )
    return finish(context.program, workspace, result, Destination(format_, output, force))


def _plans(workspace: "Workspace", year: int, plan: list[str] | None, province: str | None) -> "tuple[Plan, ...]":
    """Return the plans in force in the year, of those asked for.

    Raises:
        UsageError: there is none.
    """
    directory = workspace.catalogue.directory
    wanted = check_province(workspace, province)
    within = directory.lineage(wanted) if wanted else None
    plans = plans_in_force(workspace.catalogue, year, check_plans(workspace, plan), say)
    found = tuple(one for one in plans if within is None or one.province in within)
    if not found:
        raise UsageError(f"không có kế hoạch nào trong thời kỳ thực hiện năm {year} với các điều kiện đã nêu")
    return found


def _document(workspace: "Workspace", made: Summary) -> bytes:
    from kehoach_cli.cli.runtime.word import word_file
    from kehoach_cli.core.report.summary_document import summary_document

    data = summary_document(made, workspace.catalogue.directory, workspace.settings.reports)
    return word_file(data, workspace.root, None)


def _view() -> ModuleType:
    from kehoach_cli.render import summary as view

    return view
