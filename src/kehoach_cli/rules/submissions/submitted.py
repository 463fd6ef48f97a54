"""What the rules on submissions share: entries, submissions of the same body or its heir, and the figures of an entry."""

from collections.abc import Iterator
from fractions import Fraction

from kehoach_cli.core.check.evaluation import Evaluation
from kehoach_cli.core.check.verdict import evaluate_in
from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.check.words import FIELD_NAMES
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.model.progress import Status, Submission, SubmittedIndicator, SubmittedMilestone, SubmittedTask
from kehoach_cli.core.model.source_file import SourceFile


def task_entries(document: SourceFile) -> Iterator[tuple[KeyPath, Submission, str, SubmittedTask]]:
    """Yield the task entries of a file: key path, submission, id of the task, what is reported."""
    for at, _, submission in document.submissions:
        for row_id, report in submission.tasks.items():
            yield (*at, "tasks", row_id), submission, row_id, report


def reported(document: SourceFile) -> Iterator[tuple[KeyPath, Plan, Submission, Indicator, SubmittedIndicator]]:
    """Yield the indicator entries of a file whose indicator is in the plan, each with its key path."""
    for at, plan, submission in document.submissions:
        for indicator in plan.indicators:
            if report := submission.indicators.get(indicator.id):
                yield (*at, "indicators", indicator.id), plan, submission, indicator, report


def evaluated(indicator: Indicator, submission: Submission) -> Evaluation:
    """Return the verdict on one entry, without those of other periods."""
    return evaluate_in(indicator, submission.period, {submission.period: submission.indicators[indicator.id]})


def value_place(path: KeyPath, report: SubmittedIndicator, scope: str | None = None) -> KeyPath:
    """Return the key path of a reported value, or of its part; that of the entry where it holds no value."""
    if scope in report.parts:
        return (*path, "value", scope)
    return (*path, "value") if report.value is not None or report.parts else path


def same_voice(document: SourceFile, plan: Plan, one: Submission, other: Submission) -> bool:
    """Return whether two submissions are on the same plan and from the same body, or from it and its heir."""
    voices = {voice(document.directory, plan.province, submission.agency) for submission in (one, other)}
    return one.plan == other.plan and len(voices) == 1


def year_before(document: SourceFile, plan: Plan, submission: Submission, indicator: Indicator) -> Submission | None:
    """Return the latest submission with the indicator for the same period of the year before, from the same body or its heir."""
    found = [
        peer
        for peer in document.peers
        if peer.period == submission.period.year_before
        and indicator.id in peer.indicators
        and same_voice(document, plan, submission, peer)
    ]
    return max(found, key=lambda peer: peer.order, default=None)


def called(submission: Submission, key: str) -> str:
    """Return what a person looks for: the column of a form, the key of a YAML file."""
    return f"cột “{FIELD_NAMES[key]}”" if submission.cells else f"khóa {key}"


def status_called(submission: Submission, status: Status) -> str:
    """Return a status as a person looks for it: the word in the list of a form, the code of a YAML file."""
    return f"“{STATUSES[status]}”" if submission.cells else f"{status} ({STATUSES[status]})"


def figures(evaluation: Evaluation) -> dict[str | None, Fraction]:
    """Return the quantities of a judgement by scope."""
    return {part.scope: part.value for part in evaluation.parts if part.value is not None}


def reported_tasks(document: SourceFile) -> Iterator[tuple[KeyPath, Plan, Submission, Task, SubmittedTask]]:
    """Yield the task entries of a file whose task is in the plan, each with its key path."""
    for at, plan, submission in document.submissions:
        for task in plan.tasks:
            if report := submission.tasks.get(task.id):
                yield (*at, "tasks", task.id), plan, submission, task, report


def completions(
    path: KeyPath, task_id: str, report: SubmittedTask
) -> Iterator[tuple[KeyPath, str, SubmittedMilestone]]:
    """Yield what an entry says of the whole task and of each milestone: key path, name, and status with day of completion."""
    yield path, task_id, SubmittedMilestone(report.status, report.completed)
    for number, one in report.milestones.items():
        yield (*path, "milestones", str(number)), f"{task_id}, mốc {number}", one
