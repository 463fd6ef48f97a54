"""Make the form of an agency for a year: its rows, last year's entries, and its answers so far."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from kehoach_cli.core.check.verdict import compared
from kehoach_cli.core.duties.assess import TaskStates
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.duties.match import Match, Matcher
from kehoach_cli.core.duties.owed import Sender, asked, owed, report_due, senders, settled, unit_rule
from kehoach_cli.core.forms.asked import asked_values, periods_of
from kehoach_cli.core.forms.form import Form, IndicatorQuestion, PlanForm, TaskQuestion
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import ConditionKind, Indicator, Plan
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator, SubmittedTask

# The yearly cutoff of the reports of state bodies (Nghị định 09/2019/NĐ-CP, Điều 12).
_CUTOFF = (12, 14)

# Returns in words why a row concerns the agency; the words belong to the room that prints.
MatchText = Callable[[Match], str]


def form_of(
    catalogue: Catalogue, agency: Agency, year: int, match_text: MatchText, plans: frozenset[str] = frozenset()
) -> Form:
    """Return the form of `agency` for `year`, with a part for each plan in which it leads a row or must report."""
    found = []
    for plan in catalogue.plans:
        if (
            catalogue.directory.concerns(agency, plan.province)
            and plan.period.covers(year)
            and (not plans or plan.id in plans)
        ):
            awaited = senders(plan, catalogue, year, _cutoff(plan, year), agency)
            sender = awaited[0] if awaited else _unasked(plan, catalogue, agency, year)
            if sender.required or sender.owed.tasks or sender.owed.indicators:
                found.append(_part(catalogue, plan, sender, year, match_text))
    return Form(agency, year, tuple(found))


def askable(catalogue: Catalogue, year: int, plans: Iterable[Plan]) -> tuple[Agency, ...]:
    """Return the bodies that must send a submission on one of `plans` for `year`, each once."""
    found: dict[tuple[str, str], Agency] = {}
    for plan in plans:
        if plan.period.covers(year):
            for sender in senders(plan, catalogue, year, _cutoff(plan, year)):
                if sender.required:
                    found[sender.agency.province, sender.agency.id] = sender.agency
    return tuple(found.values())


def _cutoff(plan: Plan, year: int) -> date:
    """Return the cutoff of the figures: the general one, or the plan's reporting date if that is earlier."""
    rule = unit_rule(plan)
    day, month = rule.due.yearly if rule and rule.due.yearly else (_CUTOFF[1], _CUTOFF[0])
    return min(date(year, month, day), date(year, *_CUTOFF))


def _unasked(plan: Plan, catalogue: Catalogue, agency: Agency, year: int) -> Sender:
    matcher = Matcher(catalogue.directory, plan.province, agency)
    return Sender(agency, required=False, owed=owed(asked(plan, year, settled(plan, catalogue, year)), matcher))


def _part(catalogue: Catalogue, plan: Plan, sender: Sender, year: int, match_text: MatchText) -> PlanForm:
    own = _own(catalogue.submissions, plan, sender.agency, catalogue.directory)
    before, answered = _last(own, year - 1), _last(own, year)
    cutoff = answered.cutoff if answered else _cutoff(plan, year)
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
                periods=periods_of(task.schedule, year),
                before=before.tasks.get(task.id) if before else None,
                answer=answered.tasks.get(task.id) if answered else None,
            )
        )
    questions = tuple(_indicator(row, year, before, answered) for row in sender.owed.indicators)
    return PlanForm(plan, sender.required, report_due(plan, year), questions, tuple(tasks), cutoff, answered)


def _indicator(
    indicator: Indicator, year: int, before: Submission | None, answered: Submission | None
) -> IndicatorQuestion:
    target, _ = compared(indicator, year)
    return IndicatorQuestion(
        indicator,
        target,
        asked_values(indicator, target, year),
        before=before.indicators.get(indicator.id) if before else None,
        answer=answered.indicators.get(indicator.id) if answered else None,
    )


def _own(submissions: Iterable[Submission], plan: Plan, agency: Agency, directory: Directory) -> list[Submission]:
    speaker = voice(directory, plan.province, directory.ref(plan.province, agency))
    return [
        one for one in submissions if one.plan == plan.id and voice(directory, plan.province, one.agency) == speaker
    ]


def _last(submissions: Sequence[Submission], year: int) -> Submission | None:
    """Return the year's submissions as one; a later entry replaces the earlier one of the same row."""
    found = sorted((one for one in submissions if one.year == year), key=lambda one: (one.cutoff, one.file))
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
    )
