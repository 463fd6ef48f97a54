"""Who owed a report for a year and has not sent one, and what each report leaves unanswered."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from kehoach_cli.core.duties.owed import Sender, report_due, senders, unit_rule
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Plan, ReportingRule
from kehoach_cli.core.model.progress import IndicatorReport, Submission, TaskReport

# Passes on the plans that are worked on, and may tell the person how many of them are done.
Watch: TypeAlias = Callable[[Sequence[Plan]], Iterable[Plan]]


class Sent(StrEnum):
    """Where a report stands; `awaited` is not sent and not yet due, `optional` need not be sent."""

    SENT = "sent"
    LATE = "late"
    AWAITED = "awaited"
    MISSING = "missing"
    OPTIONAL = "optional"


class Coverage(Struct, frozen=True):
    """One sender: what it sent, the rows still unanswered, and the members that reported where it is a group."""

    sender: Sender
    state: Sent
    submissions: tuple[Submission, ...] = ()
    unanswered: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


class PlanCoverage(Struct, frozen=True):
    """All senders of a plan. `rule` is None where the plan asks no unit for a report; `due` is its own last day for the year."""

    plan: Plan
    rule: ReportingRule | None
    due: date | None
    rows: tuple[Coverage, ...]

    def having(self, *states: Sent) -> tuple[Coverage, ...]:
        """Return the senders in one of these states."""
        return tuple(row for row in self.rows if row.state in states)


def coverage(
    catalogue: Catalogue, year: int, as_of: date, plans: frozenset[str] = frozenset(), watch: Watch = iter
) -> tuple[PlanCoverage, ...]:
    """Return who reported on each plan in force in `year`, from submissions with a cutoff up to `as_of`.

    `watch` sees the plans as they are worked on.
    """
    found = []
    for plan in watch(catalogue.plans):
        if (not plans or plan.id in plans) and plan.period.covers(year):
            due = report_due(plan, year)
            sent = [
                one
                for one in catalogue.submissions
                if one.plan == plan.id and one.year == year and one.cutoff <= as_of and not one.silent
            ]
            rows = [
                _row(sender, plan, sent, catalogue.directory, due, as_of)
                for sender in senders(plan, catalogue, year, as_of)
            ]
            found.append(PlanCoverage(plan, unit_rule(plan), due, tuple(rows)))
    return tuple(found)


def voice(directory: Directory, province: str, agency_id: str) -> str:
    """Return the id of today's bearer of a body's duties; the body's own where it lives or was split."""
    agency = directory.get(province, agency_id)
    heirs = directory.heirs(agency) if agency else ()
    return directory.ref(province, heirs[0]) if len(heirs) == 1 else agency_id


def answers(report: TaskReport | IndicatorReport) -> bool:
    """Whether an entry answers: a task with its state, an indicator with a figure."""
    if isinstance(report, TaskReport):
        return report.status is not None
    return report.value is not None or bool(report.parts or report.levels)


def is_late(submission: Submission, due: date | None) -> bool:
    """Whether a report was sent after the plan's own day."""
    return due is not None and submission.submitted is not None and submission.submitted > due


def _row(
    sender: Sender, plan: Plan, sent: list[Submission], directory: Directory, due: date | None, as_of: date
) -> Coverage:
    own_voice = voice(directory, plan.province, sender.agency.id)
    own = tuple(one for one in sent if voice(directory, plan.province, one.agency) == own_voice)
    members: dict[str, None] = {}
    if sender.agency.group:
        for one in sent:
            if any(group.id == sender.agency.id for group in directory.groups_of(plan.province, [one.agency])):
                members[one.agency] = None
    answered = _answered(own)
    open_rows = tuple(row for row in sender.owed.ids if row not in answered)
    return Coverage(
        sender, _state(sender, own, members=bool(members), due=due, as_of=as_of), own, open_rows, tuple(members)
    )


def _answered(sent: Iterable[Submission]) -> set[str]:
    return {
        row_id
        for one in sent
        for entries in (one.tasks, one.indicators)
        for row_id, report in entries.items()
        if answers(report)
    }


def _state(sender: Sender, own: tuple[Submission, ...], *, members: bool, due: date | None, as_of: date) -> Sent:
    if own:
        return Sent.LATE if all(is_late(one, due) for one in own) else Sent.SENT
    if members:
        return Sent.SENT
    if not sender.required:
        return Sent.OPTIONAL
    return Sent.AWAITED if due and as_of <= due else Sent.MISSING
