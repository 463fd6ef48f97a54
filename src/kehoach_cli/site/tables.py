"""The tables and charts that several pages share."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.wording import COLUMN_HEADERS, verdict_text
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.duties.bodies import names_at
from kehoach_cli.core.duties.coverage import PlanCoverage, Sent
from kehoach_cli.core.duties.led_parts import NO_LEAD
from kehoach_cli.core.duties.match import LEAD
from kehoach_cli.core.model.plan import TaskKind
from kehoach_cli.core.report.site_model import ShownIndicator, ShownTask, SiteData
from kehoach_cli.site.charts import bars
from kehoach_cli.site.page import PageCell, PageSection, PageTable, count
from kehoach_cli.site.paths import indicator_path, plan_path, task_path
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized

GOOD, BAD, WAIT = "good", "bad", "wait"
TONES: dict[CountColumn | None, str] = {
    CountColumn.ON_TIME: GOOD,
    CountColumn.LATE: GOOD,
    CountColumn.UNDATED: GOOD,
    CountColumn.OVERDUE: BAD,
    CountColumn.UNREPORTED: WAIT,
    CountColumn.WAITING: WAIT,
}
VERDICT_TONES: dict[Verdict | None, str] = {
    Verdict.EXCEEDED: GOOD,
    Verdict.MET: GOOD,
    Verdict.ON_TRACK: GOOD,
    Verdict.PARTLY: BAD,
    Verdict.MISSED: BAD,
    Verdict.BEHIND: BAD,
    Verdict.NO_DATA: WAIT,
}
NOTHING_TOLD = "Chưa có kết quả công bố"


_SENT = frozenset({Sent.SENT, Sent.LATE})
_OWED = frozenset({*_SENT, Sent.REFUSED, Sent.AWAITED, Sent.MISSING})


class Received(Struct, frozen=True):
    """How many reports a plan asks for, how many came, and who is late with one."""

    owed: int
    sent: int
    missing: tuple[str, ...]


def received(coverage: PlanCoverage) -> Received:
    """Return who has reported on a plan."""
    owed = coverage.having(*_OWED)
    missing = tuple(one.sender.agency.name for one in coverage.having(Sent.MISSING))
    return Received(len(owed), sum(one.state in _SENT for one in owed), missing)


def shortened(text: str, most: int = 220) -> str:
    """Return the beginning of a long text; its own page has all of it."""
    return text if len(text) <= most else f"{text[:most].rsplit(None, 1)[0]}…"


def leads(data: SiteData, entry: ShownTask | ShownIndicator) -> str:
    """Return who leads a row on the day of the site, with the names that the plan prints."""
    row = entry.task if isinstance(entry, ShownTask) else entry.indicator
    named = names_at(data.directory, entry.plan.province, row.lead, data.query.as_of, row.now, LEAD)
    if named or isinstance(entry, ShownIndicator):
        return named
    clauses = [body for clause in entry.plan.clauses_for(entry.task) for body in clause.agencies]
    return names_at(data.directory, entry.plan.province, clauses, data.query.as_of) or NO_LEAD


def tone_of(entry: ShownTask) -> str:
    """Return the tone of a task."""
    return BAD if entry.standing.late else TONES.get(entry.standing.column, "")


def task_table(
    data: SiteData,
    caption: str,
    tasks: Iterable[ShownTask],
    *,
    who: Callable[[ShownTask], str] | None = None,
    head: str = "Chủ trì",
    of_plan: bool = False,
) -> PageTable:
    """Return tasks as a table; `who` is what the column `head` says of each, by default who leads it.

    With `of_plan` all are of one plan, which needs no column then.
    """
    rows = tuple(
        (
            PageCell(one.task.id, task_path(one.plan.id, one.task.id)),
            PageCell(shortened(one.task.text)),
            PageCell(who(one), kind="code") if who else PageCell(_leads(data, one, of_plan=of_plan)),
            _when(one),
            PageCell(one.standing.text, tone=tone_of(one), kind="state"),
            *_plan(one, of_plan=of_plan),
        )
        for one in tasks
    )
    return PageTable(caption, ("Mã", "Nhiệm vụ", head, "Thời hạn", "Tình trạng", *_plan_head(of_plan=of_plan)), rows)


def _plan_head(*, of_plan: bool) -> tuple[str, ...]:
    return () if of_plan else ("Kế hoạch",)


def _plan(entry: ShownTask | ShownIndicator, *, of_plan: bool) -> tuple[PageCell, ...]:
    return () if of_plan else (PageCell(entry.plan.id, plan_path(entry.plan.id), kind="code"),)


def _leads(data: SiteData, entry: ShownTask | ShownIndicator, *, of_plan: bool) -> str:
    return leads(data, entry) if of_plan else data.in_province(leads(data, entry), entry.plan.province)


def _when(entry: ShownTask) -> PageCell:
    standing = entry.standing
    if standing.deadline is None and standing.due is None:
        return PageCell(entry.task.schedule.text or "-")
    if standing.due and standing.due != standing.deadline:
        next_day = f"lần tới {format_date(standing.due)}"
        return PageCell(f"{format_date(standing.deadline)}; {next_day}" if standing.deadline else capitalized(next_day))
    return PageCell(format_date(standing.deadline) if standing.deadline else "-", kind="day")


def indicator_table(
    data: SiteData, caption: str, found: Iterable[ShownIndicator], *, of_plan: bool = False
) -> PageTable:
    """Return indicators as a table."""
    rows = tuple(
        (
            PageCell(one.indicator.id, indicator_path(one.plan.id, one.indicator.id)),
            PageCell(shortened(one.indicator.name)),
            PageCell(one.indicator.unit or "-", kind="code"),
            PageCell(_leads(data, one, of_plan=of_plan) or "-"),
            PageCell(one.target or "-"),
            PageCell(one.value or "-"),
            PageCell(one.word or "-", tone=VERDICT_TONES.get(one.verdict, ""), kind="state"),
            *_plan(one, of_plan=of_plan),
        )
        for one in found
    )
    head = (
        "Mã",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Cơ quan báo cáo",
        "Mục tiêu",
        "Kết quả",
        "Đánh giá",
        *_plan_head(of_plan=of_plan),
    )
    return PageTable(caption, head, rows)


def counted_caption(text: str, number: int) -> str:
    """Return a heading with how many there are."""
    return f"{text} ({count(number).text})"


def states_section(heading: str, tasks: Sequence[ShownTask]) -> PageSection:
    """Return how many tasks stand where, as a chart and as its table; as in `check`, duties of organisation are not counted."""
    columns = [one.standing.column for one in tasks if one.task.kind is not TaskKind.ORGANISATION]
    counted = [(COLUMN_HEADERS[column], columns.count(column), TONES.get(column, "")) for column in CountColumn]
    counted.append((NOTHING_TOLD, columns.count(None), ""))
    made = counted_section(heading, "Tình trạng", "Số nhiệm vụ", counted)
    left = len(tasks) - len(columns)
    return replace(made, text=(*made.text, f"Không tính {left} việc ở phần Tổ chức thực hiện.")) if left else made


def verdicts_section(heading: str, found: Iterable[ShownIndicator]) -> PageSection:
    """Return how many indicators have which official verdict, as a chart and as its table."""
    official = [one.verdict for one in found if one.official]
    counted = [
        (verdict_text(verdict), official.count(verdict), VERDICT_TONES.get(verdict, ""))
        for verdict in Verdict
        if verdict in official
    ]
    return counted_section(heading, "Đánh giá", "Số chỉ tiêu", counted)


def counted_section(heading: str, what: str, unit: str, counted: Sequence[tuple[str, int, str]]) -> PageSection:
    """Return counts as a chart and as its table."""
    rows = tuple((PageCell(label, tone=tone), count(number)) for label, number, tone in counted if number)
    if not rows:
        return PageSection(heading, text=("Chưa có số liệu.",))
    total = count(sum(number for _, number, _ in counted))
    table = PageTable(heading, (what, unit), (*rows, (PageCell("Tổng"), total)))
    return PageSection(heading, bars=bars(f"{heading}: {unit.lower()}", counted), table=table)
