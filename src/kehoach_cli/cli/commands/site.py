"""`kehoach site`: static pages for people who do not type commands."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import check_plans, check_province, open_workspace, say
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.report.pages import site_data
from kehoach_cli.core.report.public_pages import closed_plans
from kehoach_cli.core.report.site_model import SiteQuery
from kehoach_cli.errors import CannotRunError, ExitCode, UsageError

if TYPE_CHECKING:
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.store.workspace.load import Workspace


def site(
    context: Context,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="THƯ MỤC", readable=False, help="Thư mục của các trang."),
    ],
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="Bản công bố: chỉ kết quả, đánh giá, ngày của các kỳ đã chốt; không tên người, ghi chú, khó khăn, kinh phí.",
        ),
    ] = False,
    as_of: options.AsOfOption = None,
    period: options.PeriodOption = None,
    plan: options.PlanOption = None,
    province: options.ProvinceOption = None,
    progress: options.ProgressOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Lập các trang tĩnh: tổng quan, mỗi cơ quan, kế hoạch, chỉ tiêu, nhiệm vụ một trang; tìm kiếm; không cần mạng.

    Ví dụ: kehoach site -o trang
    """
    from kehoach_cli.site.build import site_files
    from kehoach_cli.store.files.folder import refuse_folder, write_folder
    from kehoach_cli.store.workspace.paths import builtin_folder

    refuse_folder(output, overwrite=force)
    workspace = open_workspace(context.program, progress, keep_files=True, day=as_of)
    query = _query(workspace, as_of or clock.today(), period, _plans(workspace, plan, province), public=public)
    data = site_data(workspace.catalogue, query)
    files = _watched(site_files(data, builtin_folder() / "templates"))
    count = write_folder(output, files, overwrite=force)
    say(f'Đã ghi {count} tệp vào "{output}"; mở "{output / "index.html"}" bằng trình duyệt.')
    return ExitCode.FINDINGS if workspace.errors else ExitCode.OK


def _plans(workspace: "Workspace", plan: list[str] | None, province: str | None) -> "tuple[Plan, ...]":
    wanted, asked = check_plans(workspace, plan), check_province(workspace, province)
    within = workspace.catalogue.directory.lineage(asked) if asked else None
    found = tuple(
        one
        for one in workspace.catalogue.plans
        if (not wanted or one.id in wanted) and (within is None or one.province in within)
    )
    if not found:
        raise UsageError("không có kế hoạch nào với các điều kiện đã nêu")
    return found


def _query(
    workspace: "Workspace", day: date, period: Period | None, plans: "tuple[Plan, ...]", *, public: bool
) -> SiteQuery:
    """Return what the pages are asked for.

    Raises:
        CannotRunError: the pages are public, and nothing is closed.
    """
    if not public:
        ids = {plan.id for plan in plans}
        sent = [one.period for one in workspace.catalogue.submissions if one.plan in ids and one.cutoff <= day]
        return SiteQuery(plans, period or max(sent, key=lambda one: one.order, default=Period(day.year)), day)
    closed = closed_plans(workspace.catalogue, plans, period, day)
    if not closed:
        raise CannotRunError("chưa chốt kỳ nào nên chưa có gì để công bố; chốt bằng: kehoach lock KỲ")
    ids = {lock.plan for lock in closed}
    if left := [plan.id for plan in plans if plan.id not in ids]:
        say(f"Chưa chốt kỳ nào, không có trong bản công bố: {', '.join(left)}.")
    periods = [found for lock in closed if (found := parse_period(lock.period))]
    last = period or max(periods, key=lambda one: one.order)
    return SiteQuery(tuple(plan for plan in plans if plan.id in ids), last, day, public=True)


def _watched(files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    from kehoach_cli.render.progress_bar import with_progress

    return with_progress(files, "Đang lập trang")
