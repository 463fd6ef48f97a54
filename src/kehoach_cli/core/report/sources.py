"""Where the figures of a report come from: the line of every row in the plan, and of every entry in the submissions."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field

from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission, TaskReport
from kehoach_cli.core.report.model import Figure, Source


def entry_source(submission: Submission, *path: str | int) -> Source:
    """Return where an entry of a submission stands, by its keys; the file where the line is not known."""
    return Source(submission.file, submission.lines.get(path, 0), submission.cells.get(path))


class Evidence(Struct, frozen=True):
    """One plan and what was submitted on it up to the day, oldest first; figures are noted as they are computed."""

    plan: Plan
    submissions: tuple[Submission, ...]
    figures: list[Figure] = field(default_factory=list)

    @classmethod
    def up_to(cls, plan: Plan, submissions: Iterable[Submission], day: date) -> "Evidence":
        """Return the evidence on a plan from submissions with a cutoff not after `day`."""
        heard = [one for one in submissions if one.plan == plan.id and one.cutoff <= day]
        return cls(plan, tuple(sorted(heard, key=lambda one: (one.cutoff, one.file))))

    def row(self, row_id: str) -> Source:
        """Return where a task or an indicator stands in the plan."""
        return Source(self.plan.file, self.plan.lines.get(row_id, 0))

    def rows(self, row_ids: Iterable[str]) -> tuple[Source, ...]:
        """Return where rows stand in the plan."""
        return tuple(self.row(row_id) for row_id in row_ids)

    def entries(self, task_id: str) -> tuple[tuple[Submission, TaskReport], ...]:
        """Return what was said of a task, oldest first."""
        return tuple((one, one.tasks[task_id]) for one in self.submissions if task_id in one.tasks)

    def task(self, task_id: str) -> tuple[Source, ...]:
        """Return where the state of a task comes from: every entry on it, and its row."""
        said = [entry_source(one, "tasks", task_id) for one, _ in self.entries(task_id)]
        return (*said, self.row(task_id))

    def tasks(self, task_ids: Iterable[str]) -> tuple[Source, ...]:
        """Return where the states of tasks come from."""
        return tuple(source for task_id in task_ids for source in self.task(task_id))

    def note(self, key: str, label: str, text: object, sources: Iterable[Source]) -> None:
        """Note a figure; one counted over nothing comes from the whole plan."""
        found = tuple(dict.fromkeys(sources)) or (Source(self.plan.file, 1),)
        self.figures.append(Figure(key, label, str(text), found))
