"""Checking a year's submissions: the verdict on every indicator, and how far the tasks that are due have come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kehoach_cli.core.assess import Reports, Timeliness
from kehoach_cli.core.catalogue import Catalogue
from kehoach_cli.core.plan import Indicator, Plan
from kehoach_cli.core.progress import IndicatorReport, Status, Submission
from kehoach_cli.core.verdict import Judgement, Verdict, judge


@dataclass(frozen=True, slots=True)
class CheckRow:
    """What one agency (None: nobody reported and nobody is named) said of an indicator for the year, and the verdict on it."""

    plan: Plan
    indicator: Indicator
    agency: str | None
    submission: Submission | None
    report: IndicatorReport | None
    judgement: Judgement

    @property
    def ref(self) -> str:
        """The reference people write: `kh-176/PL1.8`."""
        return f"{self.plan.id}/{self.indicator.id}"


@dataclass(frozen=True, slots=True)
class TaskCount:
    """A plan's tasks at the cut-off; `due` is what completion is measured on: done, overdue or unreported past its deadline."""

    plan: Plan
    total: int
    done: int
    overdue: int
    unreported: int

    @property
    def due(self) -> int:
        """The tasks that had to be done or are done."""
        return self.done + self.overdue + self.unreported


@dataclass(frozen=True, slots=True)
class Check:
    """The result for a year, on the day `as_of`."""

    year: int
    as_of: date
    rows: tuple[CheckRow, ...]
    tasks: tuple[TaskCount, ...]

    @property
    def official(self) -> tuple[Judgement, ...]:
        """The official verdicts, one for each indicator however many agencies answer for it."""
        by_ref = {row.ref: row.judgement for row in reversed(self.rows) if row.judgement.official}
        return tuple(by_ref.values())

    @property
    def invalid(self) -> bool:
        """Whether a value was given that cannot be right, or two that cannot both be."""
        return any(row.judgement.invalid for row in self.rows)

    def has(self, *verdicts: Verdict) -> bool:
        """Whether some row has one of these verdicts."""
        return any(row.judgement.verdict in verdicts for row in self.rows)


def last_cutoff(submissions: Iterable[Submission], year: int) -> date:
    """Return the latest cutoff of the year's submissions, 14 December where there is none."""
    return max((found.cutoff for found in submissions if found.year == year), default=date(year, 12, 14))


def check(
    catalogue: Catalogue, year: int, as_of: date, plans: frozenset[str], agencies: frozenset[str] | None
) -> Check:
    """Return the verdicts and task counts of the plans in force in `year`, from submissions with a cutoff up to `as_of`.

    `agencies` (ids) keeps the rows of those that report or are responsible; None keeps all.
    """
    wanted = [plan for plan in catalogue.plans if (not plans or plan.id in plans) and plan.period.covers(year)]
    heard = sorted(
        (found for found in catalogue.submissions if found.cutoff <= as_of), key=lambda one: (one.cutoff, one.file)
    )
    rows = [
        row
        for plan in wanted
        for indicator in plan.indicators
        for row in _rows(plan, indicator, year, [found for found in heard if found.plan == plan.id])
        if agencies is None or row.agency in agencies or agencies.intersection(indicator.lead)
    ]
    reports = Reports(catalogue.directory, catalogue.submissions)
    return Check(year, as_of, tuple(rows), tuple(_count(plan, reports, as_of) for plan in wanted if plan.tasks))


def _rows(plan: Plan, indicator: Indicator, year: int, heard: list[Submission]) -> list[CheckRow]:
    """Return a row for each agency that gave the indicator a value for the year, else one for who is responsible."""
    said: dict[str, dict[int, tuple[Submission, IndicatorReport]]] = {}
    for submission in heard:
        if indicator.id in submission.indicators:
            said.setdefault(submission.agency, {})[submission.year] = submission, submission.indicators[indicator.id]
    rows = []
    for agency, by_year in said.items():
        judgement = judge(indicator, year, {one: report for one, (_, report) in by_year.items()})
        spoken = by_year.get(year)
        if spoken:
            rows.append(CheckRow(plan, indicator, agency, *spoken, judgement))
        elif judgement.verdict is not Verdict.NO_DATA:
            rows.append(CheckRow(plan, indicator, agency, None, None, judgement))
    if not rows:
        judgement = judge(indicator, year, {})
        rows = [CheckRow(plan, indicator, lead, None, None, judgement) for lead in indicator.lead or (None,)]
    values = {tuple(part.value for part in row.judgement.parts) for row in rows if row.judgement.parts}
    return rows if len(values) <= 1 else [_disputed(row) for row in rows]


def _disputed(row: CheckRow) -> CheckRow:
    judgement = Judgement(
        Verdict.NO_DATA,
        row.judgement.official,
        row.judgement.target,
        row.judgement.parts,
        reason="cần thống nhất: các cơ quan báo cáo số liệu khác nhau",
        last=row.judgement.last,
        invalid=True,
    )
    return CheckRow(row.plan, row.indicator, row.agency, row.submission, row.report, judgement)


def _count(plan: Plan, reports: Reports, as_of: date) -> TaskCount:
    states = [reports.state(plan, task, as_of) for task in plan.tasks]
    return TaskCount(
        plan,
        total=len(states),
        done=sum(state.status is Status.DONE for state in states),
        overdue=sum(state.timeliness is Timeliness.OVERDUE for state in states),
        unreported=sum(state.timeliness is Timeliness.UNREPORTED for state in states),
    )
