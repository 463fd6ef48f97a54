"""Coverage: which agencies owe a submission for a period, which have sent one, and which rows it leaves open."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.duties.owed import Sender, report_due, senders, unit_rule
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator, Plan, ReportingRule
from kehoach_cli.core.model.progress import RefusedForm, Status, Submission, SubmittedIndicator, SubmittedTask

# Passes on the plans one by one, and may show the person how many are done.
Watch: TypeAlias = Callable[[Sequence[Plan]], Iterable[Plan]]


class Sent(StrEnum):
    """The state of a submission that is owed.

    `refused` was sent, and could not be taken; `awaited` is not sent and not yet due; `optional` need not be sent.
    """

    SENT = "sent"
    LATE = "late"
    REFUSED = "refused"
    AWAITED = "awaited"
    MISSING = "missing"
    OPTIONAL = "optional"


class Coverage(Struct, frozen=True):
    """One sender: its submissions, the rows still open, and for a group the members that sent a submission.

    `refused` are its forms that could not be taken, if nothing else of it was.
    """

    sender: Sender
    state: Sent
    submissions: tuple[Submission, ...] = ()
    unanswered: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    refused: tuple[RefusedForm, ...] = ()


class PlanCoverage(Struct, frozen=True):
    """All senders of a plan. `rule` is None if the plan asks no unit for this report; `due` is the plan's last day for it."""

    plan: Plan
    period: Period
    rule: ReportingRule | None
    due: date | None
    rows: tuple[Coverage, ...]

    @property
    def asked_otherwise(self) -> bool:
        """Whether the plan asks units for reports, but not for those of this kind of period."""
        return self.rule is None and any(rule.level == "unit" for rule in self.plan.reporting)

    def having(self, *states: Sent) -> tuple[Coverage, ...]:
        """Return the senders in one of these states."""
        return tuple(row for row in self.rows if row.state in states)


def coverage(
    catalogue: Catalogue,
    period: Period,
    as_of: date,
    plans: frozenset[str] = frozenset(),
    *,
    asked_on: date | None = None,
    watch: Watch = iter,
) -> tuple[PlanCoverage, ...]:
    """Return the coverage of each plan in force in a period, from submissions with a cutoff up to `as_of`.

    Whether the last day for sending has passed is judged on `asked_on`, by default `as_of`: figures are cut off before they
    are sent. `watch` receives the plans one by one.
    """
    found = []
    for plan in watch(catalogue.plans):
        if (not plans or plan.id in plans) and plan.period.covers(period.year):
            due = report_due(plan, period)
            sent = [
                one
                for one in catalogue.submissions
                if one.plan == plan.id and one.period == period and one.cutoff <= as_of and not one.silent
            ]
            refused = [one for one in catalogue.refused if one.plan in {"", plan.id} and one.period in {"", period.key}]
            within = [
                one
                for one in catalogue.submissions
                if one.plan == plan.id and period.holds(one.period) and one.cutoff <= as_of
            ]
            directory = catalogue.directory
            # Submissions that came after the day asked tell that time went on: nobody is waited for until before they came.
            today = max([asked_on or as_of, *(one.submitted for one in sent if one.submitted)])
            rows = [
                _with_refused(
                    _without_done(_row(sender, plan, sent, directory, due, today), plan, within, directory),
                    plan,
                    refused,
                    directory,
                )
                for sender in senders(plan, catalogue, period, as_of)
            ]
            found.append(PlanCoverage(plan, period, unit_rule(plan, period.kind), due, tuple(rows)))
    return tuple(found)


def voice(directory: Directory, province: str, agency_id: str) -> str:
    """Return the id of the one body that has a body's duties today; its own id if it still exists or was split."""
    agency = directory.get(province, agency_id)
    heirs = directory.heirs(agency) if agency else ()
    return directory.ref(province, heirs[0]) if len(heirs) == 1 else agency_id


def several_answer(directory: Directory, province: str, indicator: Indicator) -> bool:
    """Whether more than one body answers for an indicator: several leads, the members of a group, or the heirs of a split one."""
    bodies = {voice(directory, province, lead) for lead in indicator.answering}
    known = [agency for body in bodies if (agency := directory.get(province, body))]
    return len(bodies) > 1 or any(agency.group or len(directory.heirs(agency)) > 1 for agency in known)


def speaks_for(directory: Directory, province: str, sender: str, unit: Agency) -> bool:
    """Whether what `sender` says is the word of `unit`: it is that body, a predecessor, its heir, or a member of that group."""
    if voice(directory, province, sender) == voice(directory, province, directory.ref(province, unit)):
        return True
    groups = directory.groups_of(province, [sender]) if unit.group else ()
    return unit in groups


def answers(entry: SubmittedTask | SubmittedIndicator) -> bool:
    """Whether an entry answers its row: a task with a status or a part that is done, an indicator with a value or a state."""
    if isinstance(entry, SubmittedTask):
        return entry.status is not None or bool(entry.milestones or entry.done_for)
    return entry.value is not None or entry.met is not None or bool(entry.parts or entry.levels)


def is_late(submission: Submission, due: date | None) -> bool:
    """Whether a submission was sent after the plan's last day."""
    return due is not None and submission.submitted is not None and submission.submitted > due


def _row(
    sender: Sender, plan: Plan, sent: list[Submission], directory: Directory, due: date | None, as_of: date
) -> Coverage:
    own_voice = voice(directory, plan.province, directory.ref(plan.province, sender.agency))
    own = tuple(one for one in sent if voice(directory, plan.province, one.agency) == own_voice)
    members: dict[str, None] = {}
    if sender.agency.group:
        for one in sent:
            if sender.agency in directory.groups_of(plan.province, [one.agency]):
                members[one.agency] = None
    answered = answered_rows(own)
    open_rows = tuple(row for row in sender.owed.ids if row not in answered)
    return Coverage(
        sender, _state(sender, own, members=bool(members), due=due, as_of=as_of), own, open_rows, tuple(members)
    )


def _without_done(row: Coverage, plan: Plan, within: list[Submission], directory: Directory) -> Coverage:
    """Return a sender without the open tasks that it reported done for a part of the period: they need not be told again."""
    if not within:
        return row
    own_voice = voice(directory, plan.province, directory.ref(plan.province, row.sender.agency))
    own = [one for one in within if voice(directory, plan.province, one.agency) == own_voice]
    done = {task for one in own for task, entry in one.tasks.items() if entry.status is Status.DONE}
    return replace(row, unanswered=tuple(one for one in row.unanswered if one not in done))


def _with_refused(row: Coverage, plan: Plan, refused: list[RefusedForm], directory: Directory) -> Coverage:
    """Return a sender with its refused forms, if nothing of it was taken."""
    own_voice = voice(directory, plan.province, directory.ref(plan.province, row.sender.agency))
    own = tuple(one for one in refused if voice(directory, plan.province, one.agency) == own_voice)
    if not own or row.state in {Sent.SENT, Sent.LATE}:
        return row
    return replace(row, state=Sent.REFUSED, refused=own)


def answered_rows(sent: Iterable[Submission]) -> set[str]:
    """Return the ids of the tasks and indicators that submissions answer."""
    return {
        row_id
        for one in sent
        for entries in (one.tasks, one.indicators)
        for row_id, entry in entries.items()
        if answers(entry)
    }


def _state(sender: Sender, own: tuple[Submission, ...], *, members: bool, due: date | None, as_of: date) -> Sent:
    if own:
        return Sent.LATE if all(is_late(one, due) for one in own) else Sent.SENT
    if members:
        return Sent.SENT
    if not sender.required:
        return Sent.OPTIONAL
    return Sent.AWAITED if due and as_of <= due else Sent.MISSING
