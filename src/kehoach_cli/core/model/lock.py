"""Locks: what was reported and judged when a period of a plan was closed, and what was changed afterwards."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.journal import Journal, JournalEntry
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator

ADJUST, LOCK, OPEN, REVIEW = "adjust", "lock", "open", "review"


class LockedSubmission(Struct, frozen=True):
    """A submission that was there: its sender, its file as seen from the workspace, the checksum of what it says."""

    agency: str
    file: str
    sha256: str


class LockedFile(Struct, frozen=True):
    """A file behind the figures: `kind` is plan, registry, settings, template or report; `file` as seen from the workspace."""

    kind: str
    file: str
    sha256: str


class LockedValue(Struct, frozen=True, omit_defaults=True):
    """What one agency reported of an indicator, and the verdict on it; without `reported` it sent nothing.

    `unit` and `name` are the indicator's at that time; older locks have neither.
    """

    id: str
    verdict: str
    official: bool
    agency: str | None = None
    reported: SubmittedIndicator | None = None
    target: str | None = None
    target_year: int | None = None
    unit: str | None = None
    name: str | None = None


class LockedTask(Struct, frozen=True, omit_defaults=True):
    """The state of a task."""

    id: str
    column: str
    timeliness: str
    status: str | None = None
    deadline: date | None = None
    completed: date | None = None


class Assessment(Struct, frozen=True):
    """All indicators and tasks of a plan as they were judged."""

    indicators: tuple[LockedValue, ...] = ()
    tasks: tuple[LockedTask, ...] = ()


class PlanLock(Struct, frozen=True):
    """One plan in one period, closed. `run` is the run of the journal that closed it, `shown` the lock file in messages."""

    plan: str
    period: str
    as_of: date
    time: str
    run: str
    by: str = ""
    submissions: tuple[LockedSubmission, ...] = ()
    files: tuple[LockedFile, ...] = ()
    assessment: Assessment = Assessment()
    shown: str = ""

    @property
    def day(self) -> date:
        """The day on which it was closed."""
        return date.fromisoformat(self.time[:10])


class Lock(Struct, frozen=True):
    """The lock file of one period: the plans that are closed in it."""

    period: str
    plans: tuple[PlanLock, ...] = ()


class Adjustment(Struct, frozen=True):
    """A value that was changed after its period was closed: `old` is what was closed, `new` what stands."""

    plan: str
    period: str
    agency: str
    path: KeyPath
    old: Any
    new: Any
    reason: str
    document: str = ""


def lock_of(locks: Iterable[PlanLock], plan: str, period: str) -> PlanLock | None:
    """Return the lock of a plan in a period; None where it is open."""
    return next((one for one in locks if (one.plan, one.period) == (plan, period)), None)


def own_lock(lock: PlanLock, agencies: Collection[str]) -> PlanLock:
    """Return a lock with what these agencies reported of indicators."""
    values = tuple(one for one in lock.assessment.indicators if one.agency in agencies)
    return replace(lock, assessment=replace(lock.assessment, indicators=values))


def adjusted_in(changed: Iterable[Adjustment], submission: Submission, *path: str | int) -> tuple[Adjustment, ...]:
    """Return what was changed below a key path of a submission since its period was closed."""
    said = submission.plan, submission.period.key, submission.agency
    return tuple(one for one in changed if (one.plan, one.period, one.agency) == said and one.path[: len(path)] == path)


def adjustments(journal: Journal, locks: Iterable[PlanLock]) -> tuple[Adjustment, ...]:
    """Return what was changed since these locks, once for each value; what came back to the value that was closed is left out."""
    runs = {lock.run for lock in locks}
    by_value: dict[tuple[str, str, str, KeyPath], list[JournalEntry]] = {}
    for entry in journal.entries:
        if entry.lock in runs:
            by_value.setdefault((entry.plan, entry.period, entry.agency, entry.path), []).append(entry)
    return tuple(
        Adjustment(*key, entries[0].old, entries[-1].new, entries[-1].reason, entries[-1].document)
        for key, entries in by_value.items()
        if entries[0].old != entries[-1].new
    )
