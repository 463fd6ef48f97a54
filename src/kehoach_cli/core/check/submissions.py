"""Check the submissions of a period: the verdict on every indicator, and the state of the tasks."""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.check.evaluation import AGENCY, COORDINATOR, Evaluation, Verdict
from kehoach_cli.core.check.points import YearPoint
from kehoach_cli.core.check.verdict import evaluate_in, judged_by_coordinator
from kehoach_cli.core.duties.assess import DONE, CountColumn, State, TaskStates, Timeliness
from kehoach_cli.core.duties.coverage import PlanCoverage, Watch, coverage, voice
from kehoach_cli.core.duties.match import Matcher
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import Adjustment, adjusted_in
from kehoach_cli.core.model.period import Period, usual_cutoff
from kehoach_cli.core.model.plan import Indicator, Plan, Task, TaskKind
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator


class CheckRow(Struct, frozen=True):
    """What one agency says of an indicator for the period, and the verdict (agency None: no submission, and no lead is named).

    `adjusted` is what was changed of it after the period had been closed, `change` the value beside that of the year before.
    """

    plan: Plan
    indicator: Indicator
    agency: str | None
    submission: Submission | None
    entry: SubmittedIndicator | None
    evaluation: Evaluation
    adjusted: tuple[Adjustment, ...] = ()
    change: YearPoint | None = None

    @property
    def ref(self) -> str:
        """The reference people write: `kh-176/PL1.8`."""
        return f"{self.plan.id}/{self.indicator.id}"

    @property
    def total(self) -> bool:
        """Whether the agency says that its value is that of the whole province."""
        return bool(self.entry and self.entry.province_total)


class TaskCount(Struct, frozen=True):
    """The tasks of a plan at the cutoff, each counted once; the completion rate is measured on those that are `due`.

    Duties of the part "Tổ chức thực hiện" have no end and are not counted.
    """

    plan: Plan
    states: tuple[tuple[Task, State], ...]
    as_of: date

    @property
    def total(self) -> int:
        """All tasks and programmes."""
        return len(self.states)

    @property
    def done(self) -> int:
        """The tasks that all their leads report as done."""
        return sum(map(self.counted, DONE))

    @property
    def overdue(self) -> int:
        """The tasks with a submission that are past their deadline."""
        return self.having(Timeliness.OVERDUE)

    @property
    def unreported(self) -> int:
        """The tasks past their deadline without any submission."""
        return self.having(Timeliness.UNREPORTED)

    def having(self, timeliness: Timeliness) -> int:
        """Return how many tasks have this timeliness."""
        return sum(state.timeliness is timeliness for _, state in self.states)

    def counted(self, column: CountColumn) -> int:
        """Return how many tasks are counted in this column."""
        return sum(state.column is column for _, state in self.states)

    @property
    def due(self) -> int:
        """The tasks that are done, overdue or unreported."""
        return self.done + self.overdue + self.unreported


class Check(Struct, frozen=True):
    """The result for a period; `as_of` is the day of all plans, or the latest of theirs."""

    period: Period
    as_of: date
    rows: tuple[CheckRow, ...]
    tasks: tuple[TaskCount, ...]
    coverage: tuple[PlanCoverage, ...] = ()

    @property
    def official(self) -> tuple[Evaluation, ...]:
        """The official verdicts, one for each indicator, also if several agencies report on it."""
        ranked = sorted(self.rows, key=lambda row: not row.total)
        by_ref = {row.ref: row.evaluation for row in reversed(ranked) if row.evaluation.official}
        return tuple(by_ref.values())

    @property
    def self_judged(self) -> int:
        """How many official verdicts are the agencies' own: their targets are words, not figures."""
        return sum(evaluation.judged_by == AGENCY and not evaluation.invalid for evaluation in self.official)

    @property
    def invalid(self) -> bool:
        """Whether a value cannot be right, or two values cannot both be right."""
        return any(row.evaluation.invalid for row in self.rows)

    def has(self, *verdicts: Verdict) -> bool:
        """Whether some row has one of these verdicts."""
        return any(row.evaluation.verdict in verdicts for row in self.rows)


def last_cutoff(submissions: Iterable[Submission], period: Period) -> date:
    """Return the latest cutoff of the period's submissions.

    Without any it is that of the submissions on parts of the period, else the usual one (14 December for a year).
    """
    said = [found for found in submissions if not found.silent]
    own = [found.cutoff for found in said if found.period == period]
    return max(own or (found.cutoff for found in said if period.holds(found.period)), default=usual_cutoff(period))


def left_out(submissions: Iterable[Submission], period: Period, day: date) -> list[str]:
    """Return the files of the period whose figures hold for a later day than the one asked for."""
    return sorted({one.file for one in submissions if one.period == period and one.cutoff > day})


def check(  # noqa: PLR0913 - `watch` does not change the result
    catalogue: Catalogue,
    period: Period,
    as_of: date | None,
    plans: frozenset[str],
    agencies: tuple[Agency, ...] = (),
    *,
    asked_on: date | None = None,
    whole: bool = True,
    watch: Watch = iter,
) -> Check:
    """Return the verdicts and task counts of the plans in force in a period, from submissions with a cutoff up to `as_of`.

    Without `as_of` each plan has the day of its own submissions. Who has not sent is judged on `asked_on`, by default that day.
    `agencies` (the agency in each province that has it) keeps the rows of that agency; empty keeps all. The coverage is
    computed only if the submissions are `whole`, not single files of the period. `watch` receives the plans one by one, twice if
    the submissions are whole.
    """
    wanted = [plan for plan in catalogue.plans if (not plans or plan.id in plans) and plan.period.covers(period.year)]
    known = catalogue.by_plan
    sent = {plan.id: sorted(known[plan.id].submissions, key=lambda one: one.order) for plan in wanted}
    days = {plan.id: as_of or last_cutoff(sent[plan.id], period) for plan in wanted}
    directory = catalogue.directory
    rows: list[CheckRow] = []
    for plan in watch(wanted):
        day, kept = days[plan.id], reports_on(plan, agencies, directory)
        own = [found for found in sent[plan.id] if found.cutoff <= day]
        for indicator in plan.indicators:
            rows += filter(
                kept,
                (
                    _with_adjustments(_unless_withdrawn(row, day), catalogue.adjustments)
                    for row in rows_of(plan, indicator, period, own, directory)
                ),
            )
    states = TaskStates(directory, catalogue.submissions)
    counts = tuple(_count(plan, states, days[plan.id]) for plan in wanted if plan.tasks)
    covered = [
        _only(one, agencies)
        for plan in (watch(wanted) if whole else ())
        for one in coverage(known[plan.id], period, days[plan.id], asked_on=asked_on)
    ]
    latest = as_of or max(days.values(), default=last_cutoff((), period))
    return Check(period, latest, tuple(rows), counts, tuple(covered))


def reports_on(plan: Plan, agencies: tuple[Agency, ...], directory: Directory) -> Callable[[CheckRow], bool]:
    """Return whether a row of the plan is one of the agencies asked: their own, or of an indicator that they report on."""
    bodies = [body for body in agencies if directory.concerns(body, plan.province)]
    matchers = [Matcher(directory, plan.province, body) for body in bodies]
    ids = {directory.ref(plan.province, body) for body in bodies}

    def kept(row: CheckRow) -> bool:
        return not agencies or row.agency in ids or any(matcher.indicator(row.indicator) for matcher in matchers)

    return kept


def _only(covered: PlanCoverage, agencies: tuple[Agency, ...]) -> PlanCoverage:
    """Return the coverage of the agencies asked; of all without any."""
    if not agencies:
        return covered
    return replace(covered, rows=tuple(row for row in covered.rows if row.sender.agency in agencies))


def rows_of(
    plan: Plan, indicator: Indicator, period: Period, heard: list[Submission], directory: Directory
) -> list[CheckRow]:
    """Return a row for each agency with a value for the period, else one for each responsible body.

    `heard` are the submissions on the plan, oldest first.

    A dissolved body and its heir count as one agency: the later submission replaces the earlier one.
    """
    said: dict[str, dict[Period, tuple[Submission, SubmittedIndicator]]] = {}
    for submission in heard:
        if indicator.id in submission.indicators:
            speaker = voice(directory, plan.province, submission.agency)
            said.setdefault(speaker, {})[submission.period] = submission, submission.indicators[indicator.id]
    rows = []
    for speaker, by_period in said.items():
        evaluation = evaluate_in(indicator, period, {one: report for one, (_, report) in by_period.items()})
        spoken = by_period.get(period)
        if evaluation.judged_by and _settles(plan, indicator, speaker, directory):
            evaluation = judged_by_coordinator(evaluation)
        if spoken:
            rows.append(CheckRow(plan, indicator, spoken[0].agency, *spoken, evaluation))
        elif evaluation.verdict is not Verdict.NO_DATA:
            rows.append(CheckRow(plan, indicator, speaker, None, None, evaluation))
    if not rows:
        evaluation = evaluate_in(indicator, period, {})
        rows = [CheckRow(plan, indicator, lead, None, None, evaluation) for lead in indicator.answering or (None,)]
    values = {
        tuple((part.value, part.part.state and part.verdict) for part in row.evaluation.parts)
        for row in rows
        if row.evaluation.parts
    }
    return rows if len(values) <= 1 else _settled(rows)


def _settles(plan: Plan, indicator: Indicator, speaker: str, directory: Directory) -> bool:
    """Whether a body judges what others report: it coordinates the plan and does not lead the indicator."""
    leads = {voice(directory, plan.province, lead) for lead in indicator.answering}
    return speaker == voice(directory, plan.province, plan.coordinator) and speaker not in leads


def _settled(rows: list[CheckRow]) -> list[CheckRow]:
    """Return the rows of an indicator with several values.

    The province's total counts, or what the coordinator says of a target in words; else none of them does.
    """
    for counts, reason in (
        ([row.total for row in rows], "số của một cơ quan; đã có số chung toàn tỉnh"),
        ([row.evaluation.judged_by == COORDINATOR for row in rows], "cơ quan đầu mối đã kết luận"),
    ):
        if sum(counts) == 1:
            return [row if one else _set_aside(row, reason) for row, one in zip(rows, counts, strict=True)]
    return [_disputed(row) for row in rows]


def _set_aside(row: CheckRow, reason: str) -> CheckRow:
    return replace(row, evaluation=replace(row.evaluation, official=False, reason=reason))


def _with_adjustments(row: CheckRow, changed: tuple[Adjustment, ...]) -> CheckRow:
    if row.submission is None or not changed:
        return row
    return replace(row, adjusted=adjusted_in(changed, row.submission, "indicators", row.indicator.id))


def _unless_withdrawn(row: CheckRow, as_of: date) -> CheckRow:
    withdrawn = row.indicator.withdrawn
    if withdrawn is None or withdrawn.since > as_of:
        return row
    reason = f"đã bãi bỏ: {withdrawn.document}"
    return replace(row, evaluation=replace(row.evaluation, official=False, reason=reason))


def _disputed(row: CheckRow) -> CheckRow:
    reason = "cần thống nhất: các cơ quan báo cáo số liệu khác nhau"
    evaluation = replace(
        row.evaluation, verdict=Verdict.NO_DATA, difference=None, reason=reason, steps=(), invalid=True
    )
    return replace(row, evaluation=evaluation)


def _count(plan: Plan, states: TaskStates, as_of: date) -> TaskCount:
    tasks = [task for task in plan.tasks if task.kind is not TaskKind.ORGANISATION]
    return TaskCount(plan, tuple((task, states.state(plan, task, as_of)) for task in tasks), as_of)
