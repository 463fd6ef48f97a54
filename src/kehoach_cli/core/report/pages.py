"""What the pages of a site say: plans, bodies, tasks and indicators, from the assessment that commands and reports use."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kehoach_cli.core.check.locked import adjusted_text
from kehoach_cli.core.check.points import Trend
from kehoach_cli.core.check.promise import promise_lines, promised
from kehoach_cli.core.check.submissions import CheckRow, check
from kehoach_cli.core.check.trend import trends
from kehoach_cli.core.check.wording import STATUSES, reported_text, state_text, verdict_word
from kehoach_cli.core.duties.assess import Said, TaskStates
from kehoach_cli.core.duties.coverage import PlanCoverage
from kehoach_cli.core.duties.select import TaskRow, is_due, marked, reported_values, task_row
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import Adjustment, adjusted_in
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator, SubmittedTask
from kehoach_cli.core.report.page_bodies import page_bodies
from kehoach_cli.core.report.public_pages import public_plan
from kehoach_cli.core.report.site_model import (
    DUE_DAYS,
    Account,
    ShownIndicator,
    ShownPlan,
    ShownStanding,
    ShownTask,
    SiteData,
    SiteQuery,
    target_text,
)
from kehoach_cli.core.report.summary import By, SummaryQuery, summarize
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized


def site_data(catalogue: Catalogue, query: SiteQuery) -> SiteData:
    """Return what the pages say."""
    if query.public:
        plans = tuple(public_plan(catalogue.by_plan[plan.id], plan, query) for plan in query.plans)
        return SiteData(query, catalogue.directory, plans, page_bodies(catalogue.directory, plans, query.as_of, None))
    wanted = frozenset(plan.id for plan in query.plans)
    result = check(catalogue, query.period, query.as_of, wanted, asked_on=query.as_of)
    rows: dict[str, list[CheckRow]] = {}
    for row in result.rows:
        rows.setdefault(row.plan.id, []).append(row)
    covered = {one.plan.id: one for one in result.coverage}
    known = catalogue.by_plan
    plans = tuple(
        _own_plan(known[plan.id], plan, query, rows.get(plan.id, []), covered.get(plan.id)) for plan in query.plans
    )
    in_force = tuple(plan for plan in query.plans if plan.period.covers(query.period.year))
    summary = summarize(catalogue, SummaryQuery(By.AGENCY, query.period, query.as_of, in_force))
    return SiteData(query, catalogue.directory, plans, page_bodies(catalogue.directory, plans, query.as_of, summary))


def _own_plan(
    catalogue: Catalogue, plan: Plan, query: SiteQuery, checked: list[CheckRow], covered: PlanCoverage | None
) -> ShownPlan:
    """Return what is told of a plan; the catalogue is that of the plan alone."""
    states = TaskStates(catalogue.directory, catalogue.submissions)
    tasks = []
    promise = promised(catalogue, plan, Period(query.period.year), query.as_of)
    for task in plan.tasks:
        row = marked(task_row(plan, task, (), states, query.as_of), catalogue.adjustments)
        said = states.said(plan, task, query.as_of)
        history = tuple(_said(catalogue, plan, task, one, row.adjusted) for one in said)
        before = promise_lines(promise, task.id)[:1]
        tasks.append(ShownTask(plan, task, _standing(row, query.as_of), history, before))
    known = trends(catalogue, plan, Period(query.period.year), query.as_of)
    rows: dict[str, list[CheckRow]] = {}
    for one in checked:
        rows.setdefault(one.indicator.id, []).append(one)
    indicators = tuple(
        _own_indicator(catalogue, plan, one, known[one.id], rows.get(one.id, []), query.as_of)
        for one in plan.indicators
    )
    return ShownPlan(plan, query.period, query.as_of, tuple(tasks), indicators, covered)


def _standing(row: TaskRow, day: date) -> ShownStanding:
    state, due = row.state, row.due.next_due
    last = day + timedelta(days=DUE_DAYS)
    return ShownStanding(
        state.column,
        capitalized(state_text(state)),
        state.deadline,
        state.completed,
        due,
        soon=is_due(row, day, last),
        late=row.overdue,
    )


def _said(catalogue: Catalogue, plan: Plan, task: Task, said: Said, changed: Sequence[Adjustment]) -> Account:
    submission, entry = said
    found = adjusted_in(changed, submission, "tasks", task.id)
    return Account(_sender(catalogue, plan, submission), (*_task_lines(entry), *_changes(found)))


def _task_lines(entry: SubmittedTask) -> Iterator[tuple[str, str]]:
    papers = (f"{one.number} ngày {format_date(one.dated)}" if one.dated else one.number for one in entry.documents)
    extension = entry.extension
    told = (
        ("Trạng thái", STATUSES[entry.status] if entry.status else None),
        ("Kết quả", entry.result),
        ("Văn bản", "; ".join(papers)),
        ("Ngày hoàn thành", format_date(entry.completed) if entry.completed else None),
        (
            "Gia hạn",
            f"đến {format_date(extension.to)} theo {extension.document or 'văn bản chưa nêu'}" if extension else None,
        ),
        ("Khó khăn, vướng mắc", entry.difficulty),
        ("Cơ quan đầu mối kết luận", entry.settled),
    )
    return ((label, text) for label, text in told if text)


def _changes(changed: Iterable[Adjustment]) -> Iterator[tuple[str, str]]:
    return (("Lưu ý", capitalized(adjusted_text(one))) for one in changed)


def _sender(catalogue: Catalogue, plan: Plan, submission: Submission) -> str:
    name = catalogue.directory.name(plan.province, submission.agency)
    return f"{name}: {submission.period.text}, số liệu đến ngày {format_date(submission.cutoff)}"


def _own_indicator(
    catalogue: Catalogue, plan: Plan, indicator: Indicator, trend: Trend, rows: list[CheckRow], day: date
) -> ShownIndicator:
    ranked = sorted(rows, key=lambda row: not row.total)
    counts = [row for row in ranked if row.evaluation.official] or rows
    history = tuple(
        Account(_sender(catalogue, plan, one), (*_value_lines(entry), *_changes(adjusted)))
        for one, entry in reported_values(plan, indicator, catalogue.submissions, day)
        for adjusted in (adjusted_in(catalogue.adjustments, one, "indicators", indicator.id),)
    )
    if not counts:
        return ShownIndicator(plan, indicator, trend, history=history)
    value = "; ".join(dict.fromkeys(filter(None, (reported_text(row.entry) for row in rows))))
    if (withdrawn := indicator.withdrawn) and withdrawn.since <= day:
        word = f"Đã bãi bỏ: {withdrawn.document}"
        return ShownIndicator(plan, indicator, trend, value, word=word, history=history)
    evaluation = counts[0].evaluation
    reason = f" ({evaluation.reason})" if evaluation.reason else ""
    return ShownIndicator(
        plan,
        indicator,
        trend,
        value,
        target_text(evaluation.target.text, evaluation.target.year) if evaluation.target else "",
        evaluation.verdict,
        verdict_word(evaluation, counts[0].entry) + reason,
        history,
        evaluation.official,
    )


def _value_lines(entry: SubmittedIndicator) -> Iterator[tuple[str, str]]:
    marks = ((entry.estimate, "ước tính"), (entry.province_total, "số chung toàn tỉnh"))
    said = ", ".join(word for holds, word in marks if holds)
    value = reported_text(entry)
    told = (
        ("Số liệu", f"{value} ({said})" if value and said else value),
        ("Lũy kế", entry.to_date),
        ("Nguồn số liệu", entry.source),
        ("Ghi chú", entry.note),
    )
    return ((label, text) for label, text in told if text)
