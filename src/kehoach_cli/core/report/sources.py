"""The sources of a report's figures: lines of the plan, and lines or cells of the submissions."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.lock import Adjustment, PlanLock
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission, SubmittedTask
from kehoach_cli.core.report.doubts import NO_DOUBTS, Doubts, doubts_about
from kehoach_cli.core.report.model import Figure, Source


def entry_source(submission: Submission, *path: str | int) -> Source:
    """Return the place of an entry of a submission by its keys; only the file if the line is unknown."""
    return Source(submission.file, submission.lines.get(path, 0), submission.cells.get(path))


class Evidence(Struct, frozen=True):
    """One plan and its submissions up to the day, oldest first; it also collects the figures as they are computed.

    `doubts` are what the checks say of the submissions. `locks` are the earlier periods of the plan that are closed,
    `adjustments` the values that were changed since their period was closed.
    """

    plan: Plan
    submissions: tuple[Submission, ...]
    doubts: Doubts = NO_DOUBTS
    locks: tuple[PlanLock, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    figures: list[Figure] = field(default_factory=list)

    @classmethod
    def up_to(
        cls,
        plan: Plan,
        submissions: Iterable[Submission],
        day: date,
        findings: Iterable[Finding] = (),
        closed: tuple[tuple[PlanLock, ...], tuple[Adjustment, ...]] = ((), ()),
        period: Period | None = None,
    ) -> "Evidence":
        """Return the evidence on a plan from submissions with a cutoff not after `day`.

        `findings` are what the checks doubt of it (of figures those of the report's `period` count), `closed` the locks and the
        adjustments of all plans.
        """
        heard = [one for one in submissions if one.plan == plan.id and one.cutoff <= day]
        locks, adjustments = closed
        return cls(
            plan,
            tuple(sorted(heard, key=lambda one: one.order)),
            doubts_about(heard, findings, period),
            tuple(one for one in locks if one.plan == plan.id and one.as_of <= day),
            tuple(one for one in adjustments if one.plan == plan.id),
        )

    def adjusted(self, *path: str | int) -> tuple[Adjustment, ...]:
        """Return what was changed below a key path since its period was closed."""
        return tuple(one for one in self.adjustments if one.path[: len(path)] == path)

    def row(self, row_id: str) -> Source:
        """Return the place of a task or an indicator in the plan."""
        return Source(self.plan.file, self.plan.lines.get(row_id, 0))

    def rows(self, row_ids: Iterable[str]) -> tuple[Source, ...]:
        """Return the places of rows in the plan."""
        return tuple(self.row(row_id) for row_id in row_ids)

    def entries(self, task_id: str) -> tuple[tuple[Submission, SubmittedTask], ...]:
        """Return the entries on a task, oldest first."""
        return tuple((one, one.tasks[task_id]) for one in self.submissions if task_id in one.tasks)

    def task(self, task_id: str) -> tuple[Source, ...]:
        """Return the sources of a task's state: all entries on it, and its row."""
        said = [entry_source(one, "tasks", task_id) for one, _ in self.entries(task_id)]
        return (*said, self.row(task_id))

    def tasks(self, task_ids: Iterable[str]) -> tuple[Source, ...]:
        """Return the sources of the states of tasks."""
        return tuple(source for task_id in task_ids for source in self.task(task_id))

    def note(self, key: str, label: str, text: object, sources: Iterable[Source]) -> None:
        """Keep a figure; without sources its source is the plan."""
        found = tuple(dict.fromkeys(sources)) or (Source(self.plan.file, 1),)
        self.figures.append(Figure(key, label, str(text), found))
