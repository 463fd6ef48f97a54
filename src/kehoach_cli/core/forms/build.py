"""Make the form of an agency for a period: its rows, earlier entries, and its answers so far."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from kehoach_cli.core.check.locked import reported_in
from kehoach_cli.core.check.verdict import compared_in
from kehoach_cli.core.duties.assess import TaskStates
from kehoach_cli.core.duties.coverage import several_answer, voice
from kehoach_cli.core.duties.match import Match, Matcher
from kehoach_cli.core.duties.owed import Sender, asked, owed, report_due, senders, settled, unit_rule
from kehoach_cli.core.forms.asked import asked_values, counted_text, periods_of
from kehoach_cli.core.forms.form import Form, IndicatorQuestion, PlanForm, TaskQuestion
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period, usual_cutoff
from kehoach_cli.core.model.plan import ConditionKind, Indicator, Plan
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator, SubmittedTask

# Returns in words why a row concerns the agency; the words belong to the room that prints.
MatchText = Callable[[Match], str]


def form_of(
    catalogue: Catalogue, agency: Agency, period: Period, match_text: MatchText, plans: frozenset[str] = frozenset()
) -> Form:
    """Return the form of `agency` for a period, with a part for each plan in which it leads a row or must report."""
    found = []
    for plan in catalogue.plans:
        if (
            catalogue.directory.concerns(agency, plan.province)
            and plan.period.covers(period.year)
            and (not plans or plan.id in plans)
        ):
            awaited = senders(plan, catalogue, period, _cutoff(plan, period), agency)
            sender = awaited[0] if awaited else _unasked(plan, catalogue, agency, period)
            if sender.addressed or sender.owed.tasks or sender.owed.indicators:
                found.append(_part(catalogue, plan, sender, period, match_text))
    return Form(agency, period, tuple(found))


def askable(catalogue: Catalogue, period: Period, plans: Iterable[Plan]) -> tuple[Agency, ...]:
    """Return the bodies that one of `plans` asks for reports, each once.

    Forms also go out for a period of which the plan itself asks no reports: whoever sends them out asks.
    """
    found: dict[tuple[str, str], Agency] = {}
    for plan in plans:
        if plan.period.covers(period.year):
            for sender in senders(plan, catalogue, period, _cutoff(plan, period)):
                if sender.addressed:
                    found[sender.agency.province, sender.agency.id] = sender.agency
    return tuple(found.values())


def _cutoff(plan: Plan, period: Period) -> date:
    """Return the cutoff of the figures: the usual one, or the plan's reporting date if that is earlier."""
    usual, rule = usual_cutoff(period), unit_rule(plan, period.kind)
    if period.part is not None:
        return min(report_due(plan, period) or usual, usual)
    day, month = rule.due.yearly if rule and rule.due.yearly else (usual.day, usual.month)
    return min(date(period.year, month, day), usual)


def _unasked(plan: Plan, catalogue: Catalogue, agency: Agency, period: Period) -> Sender:
    matcher = Matcher(catalogue.directory, plan.province, agency)
    return Sender(agency, required=False, owed=owed(asked(plan, period, settled(plan, catalogue, period)), matcher))


def _part(catalogue: Catalogue, plan: Plan, sender: Sender, period: Period, match_text: MatchText) -> PlanForm:
    own = _own(catalogue.submissions, plan, sender.agency, catalogue.directory)
    answered = _last(own, lambda one: one == period)
    before = _results(catalogue, own, plan, sender.agency, period.year_before)
    # The state of a task is carried forward; the form of a year shows that of last year.
    state = (
        _last(own, lambda one: one.order < period.order)
        if period.part
        else _last(own, lambda one: one.year == period.year - 1)
    )
    cutoff = answered.cutoff if answered else _cutoff(plan, period)
    states = TaskStates(catalogue.directory, catalogue.submissions)
    tasks = []
    for task, ways in sender.owed.tasks:
        section = plan.section(task.section)
        tasks.append(
            TaskQuestion(
                task,
                section.title if section else "",
                states.state(plan, task, cutoff).deadline,
                "; ".join(dict.fromkeys(match_text(way) for way in ways)),
                conditional=any(one.kind is ConditionKind.AFTER for one in task.conditions),
                periods=periods_of(task.schedule, period),
                before=state.tasks.get(task.id) if state else None,
                answer=answered.tasks.get(task.id) if answered else None,
            )
        )
    questions = tuple(
        _indicator(
            row, period, before.get(row.id), answered, shared=several_answer(catalogue.directory, plan.province, row)
        )
        for row in sender.owed.indicators
    )
    return PlanForm(plan, sender.required, report_due(plan, period), questions, tuple(tasks), cutoff, answered)


def _indicator(
    indicator: Indicator,
    period: Period,
    before: SubmittedIndicator | None,
    answered: Submission | None,
    *,
    shared: bool,
) -> IndicatorQuestion:
    target, _ = compared_in(indicator, period)
    return IndicatorQuestion(
        indicator,
        target,
        asked_values(indicator, target, period.year),
        before=before,
        answer=answered.indicators.get(indicator.id) if answered else None,
        counted=counted_text(indicator, target, period),
        shared=shared,
    )


def _own(submissions: Iterable[Submission], plan: Plan, agency: Agency, directory: Directory) -> list[Submission]:
    speaker = voice(directory, plan.province, directory.ref(plan.province, agency))
    return sorted(
        (one for one in submissions if one.plan == plan.id and voice(directory, plan.province, one.agency) == speaker),
        key=lambda one: one.order,
    )


def _results(
    catalogue: Catalogue, own: Sequence[Submission], plan: Plan, agency: Agency, period: Period
) -> dict[str, SubmittedIndicator]:
    """Return an agency's last results of a period by indicator: as they were closed, else as it reported them."""
    directory = catalogue.directory
    speaker = voice(directory, plan.province, directory.ref(plan.province, agency))
    return {
        indicator.id: entry
        for indicator in plan.indicators
        for sender, entry in reported_in(catalogue.locks, own, plan.id, indicator.id, period)
        if voice(directory, plan.province, sender) == speaker
    }


def _last(submissions: Sequence[Submission], wanted: Callable[[Period], bool]) -> Submission | None:
    """Return the submissions for the periods wanted as one; a later entry replaces the earlier one of the same row."""
    found = [one for one in submissions if wanted(one.period)]
    if not found:
        return None
    latest = found[-1]
    tasks: dict[str, SubmittedTask] = {}
    indicators: dict[str, SubmittedIndicator] = {}
    for one in found:
        tasks |= one.tasks
        indicators |= one.indicators
    return Submission(
        latest.plan,
        latest.agency,
        latest.year,
        latest.cutoff,
        latest.file,
        latest.submitted,
        tasks,
        indicators,
        next((one.funding for one in reversed(found) if one.funding), ()),
        {key: value for one in found for key, value in one.narrative.items()},
        latest.at,
        part=latest.part,
    )
