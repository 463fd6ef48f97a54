"""`kehoach check`: submitted values against targets."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.checking import CheckView, what_is_own
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import (
    Destination,
    check_plans,
    check_year,
    find_agencies,
    finish,
    open_workspace,
)
from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.submissions import Check
from kehoach_cli.core.check.submissions import check as check_submissions
from kehoach_cli.core.check.trend import with_changes
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kehoach_cli.store.workspace.load import Workspace

_FORMATS = (*options.LISTING_FORMATS, options.Format.JUNIT)
_BY = ("plan", "agency", "verdict")
_FAIL_ON = ("missed", "invalid", "missing", "none")


def parse_by(text: str) -> str:
    """Return the grouping named."""
    if text.lower() not in _BY:
        raise UsageError(f'--by "{text}" không có; chọn một trong: {", ".join(_BY)}')
    return text.lower()


def check(
    context: Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[TỆP]...", readable=False, help="Tệp hoặc thư mục báo cáo (mặc định: progress/)."),
    ] = None,
    agency: options.AgencyOption = None,
    plan: options.PlanOption = None,
    year: options.YearOption = None,
    period: options.PeriodOption = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            parser=options.parse_day,
            metavar="NGÀY",
            help="Chỉ số liệu chốt đến ngày này (mặc định: ngày chốt muộn nhất của kỳ ở từng kế hoạch).",
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            parser=parse_by,
            autocompletion=options.complete_from(*_BY),
            metavar="plan|agency|verdict",
            help="Xếp theo kế hoạch, cơ quan hoặc kết quả.",
        ),
    ] = "plan",
    explain: Annotated[bool, typer.Option("--explain", help="In phép tính của từng kết quả và tệp nguồn.")] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="|".join(_FAIL_ON),
            help="Lệnh thất bại (mã 1) khi có kết quả này, nối bằng dấu phẩy (mặc định: missed,invalid).",
        ),
    ] = None,
    format_: Annotated[
        options.Format,
        options.format_option(_FORMATS, "Dạng kết quả (mặc định: table); xlsx cần -o TỆP.", show_default=False),
    ] = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Đối chiếu số liệu báo cáo với mục tiêu: vượt, đạt, chưa đạt, chưa có số liệu, cần làm rõ.

    Ví dụ: kehoach check progress/2025 --year 2025 --explain
    """
    failing, wished = _failing(fail_on), options.asked_period(period, year)
    day = as_of or (clock.day_in(wished) if wished else None)
    workspace = open_workspace(context.program, paths, keep_files=True, tell=False, day=day)
    catalogue = workspace.catalogue
    wanted = check_plans(workspace, plan)
    asked = wished or _latest_period(workspace)
    check_year(workspace, asked.year, plan)
    bodies = find_agencies(workspace, agency, None)
    whole = not paths or any(workspace.root.given(path).is_dir() for path in paths)
    result = check_submissions(
        catalogue, asked, as_of, wanted, bodies, asked_on=as_of or clock.today(), whole=whole, watch=_watched
    )
    result = with_changes(catalogue, result)
    view = CheckView(workspace, result, what_is_own(catalogue, result, bodies, whole=whole), whole=whole)
    view.say_findings(workspace, format_)
    answer = view.answer(by=by, explain=explain)
    code = finish(context.program, workspace, answer, Destination(format_, output, force))
    return ExitCode.FINDINGS if _fails(view.shown, failing) or (view.faulty and "invalid" in failing) else code


def _watched(plans: Sequence[Plan]) -> Iterator[Plan]:
    from kehoach_cli.render.progress_bar import with_progress

    return with_progress(plans, "Đang đối chiếu", total=len(plans))


def _failing(texts: list[str] | None) -> frozenset[str]:
    words = [word.strip().lower() for text in texts or ("missed,invalid",) for word in text.split(",") if word.strip()]
    for word in words:
        if word not in _FAIL_ON:
            raise UsageError(f'--fail-on "{word}" không có; chọn trong: {", ".join(_FAIL_ON)}')
    return frozenset(words)


def _fails(result: Check, failing: frozenset[str]) -> bool:
    return (
        ("missed" in failing and result.has(Verdict.MISSED, Verdict.PARTLY))
        or ("invalid" in failing and result.invalid)
        or ("missing" in failing and result.has(Verdict.NO_DATA))
    )


def _latest_period(workspace: "Workspace") -> Period:
    """Return the latest period reported on; this year where no file could be read, whose findings are then shown.

    Raises:
        UsageError: there is no file.
    """
    periods = [submission.period for submission in workspace.catalogue.submissions]
    if not periods and not workspace.submission_files:
        raise UsageError("chưa có báo cáo nào; nêu tệp báo cáo hoặc thư mục, và năm bằng --year")
    return max(periods, key=lambda one: one.order, default=Period(clock.today().year))
