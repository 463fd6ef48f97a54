"""Submissions: what an agency says of a plan for a period, the states of tasks and the values of indicators."""

import re
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.period import Period
from kehoach_cli.viet.dates import dates_in
from kehoach_cli.viet.text import folded

# What an agency writes in a form to take a value back; a blank keeps the value that was reported before.
ERASED = "(xóa)"
_ERASING = frozenset({"(xóa)", "(xoá)", "(xoa)"})


# The number of a document: "345/UBND-NN", "12-CV/VPTU", "số 345".
_NUMBER = re.compile(r"[0-9]+\s*[-/]\s*[A-ZĐa-z]|số\s*:?\s*[0-9]", re.IGNORECASE)


def cited_paper(text: str) -> "Paper | None":
    """Return the document that a text names by number and date: "Công văn 345/UBND-NN ngày 10/11/2025"; None without both."""
    day, (start, end) = next(dates_in(text), (None, (0, 0)))
    rest = re.sub(r"[\s,(]*(?:\bngày)?\s*$", "", text[:start]) or text[end:].strip(" ,.)")
    return Paper(rest, day) if day and _NUMBER.search(rest) else None


def erases(text: object) -> bool:
    """Whether an answer takes a value back."""
    return isinstance(text, str) and len(text) <= len("( xoá )") and folded(text).casefold() in _ERASING


class Status(StrEnum):
    """The state of a task in a submission. No status at all (None) is not the same as "chưa thực hiện"."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    ONGOING = "ongoing"
    PAUSED = "paused"
    WAITING = "waiting"
    CARRIED = "carried"
    DROPPED = "dropped"


class Paper(Struct, frozen=True):
    """A document that an agency cites: its number, and its date if given."""

    number: str
    dated: date | None = None


class Extension(Struct, frozen=True):
    """A deadline moved to `to` by `document`. Both are always printed."""

    to: date
    document: str | None = None

    @property
    def granted(self) -> bool:
        """Whether it has effect: it names the document that allows it, with number and date."""
        return self.document is not None and cited_paper(self.document) is not None


class SubmittedMilestone(Struct, frozen=True):
    """What one submission says of one milestone of a task."""

    status: Status | None = None
    completed: date | None = None


class SubmittedTask(Struct, frozen=True):
    """What one submission says of one task.

    `milestones` answers those of its schedule by their number (1 is the first), `done_for` names the periods for which a
    recurring duty is done ("2026-Q1"). `settled` is the document by which the coordinator settles a task that groups lead.
    """

    status: Status | None = None
    result: str | None = None
    documents: tuple[Paper, ...] = ()
    completed: date | None = None
    extension: Extension | None = None
    condition_met: bool | None = None
    done_this_year: bool | None = None
    difficulty: str | None = None
    milestones: dict[int, SubmittedMilestone] = field(default_factory=dict)
    done_for: tuple[str, ...] = ()
    settled: str | None = None


class SubmittedIndicator(Struct, frozen=True):
    """What one submission says of one indicator; values are strings in Vietnamese notation, as typed.

    A value with `province_total` counts more than the values of other agencies for the same indicator. `met` answers a target
    in words.
    """

    value: str | None = None
    parts: dict[str, str] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    estimate: bool = False
    to_date: str | None = None
    province_total: bool = False
    source: str | None = None
    note: str | None = None
    met: bool | None = None


class RefusedForm(Struct, frozen=True):
    """A form that was sent and could not be taken: who sent it, and why it was refused.

    Without a `plan` it may answer any plan of the agency, without a `period` any period.
    """

    file: str
    agency: str
    reason: str
    plan: str = ""
    period: str = ""


class Submission(Struct, frozen=True):
    """What `agency` says of `plan` for a period, with data up to `cutoff`. A progress file holds one, or a list of them.

    The period is `year`, or its `part` as in `Period`.
    `lines` maps the keys of an entry, as `("tasks", "PL2.III.1")` or `("funding", 0)`, to its line in `file` (1-based). In a
    workbook `cells` maps them to cells. `at` is the submission's key path in the file: empty, or its index in the list.
    `erased` has the key paths of the values that a form takes back: see `ERASED`. `answers` has by row the fingerprint of the
    text that was answered (see `core/forms/fingerprint.py`); an older submission has none.
    """

    plan: str
    agency: str
    year: int
    cutoff: date
    file: str
    submitted: date | None = None
    tasks: dict[str, SubmittedTask] = field(default_factory=dict)
    indicators: dict[str, SubmittedIndicator] = field(default_factory=dict)
    funding: tuple[dict[str, str], ...] = ()
    narrative: dict[str, object] = field(default_factory=dict)
    at: KeyPath = ()
    lines: dict[KeyPath, int] = field(default_factory=dict)
    cells: dict[KeyPath, str] = field(default_factory=dict)
    erased: tuple[KeyPath, ...] = ()
    part: str | None = None
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def period(self) -> Period:
        """The period it reports on."""
        return Period(self.year, self.part)

    @property
    def order(self) -> tuple[date, tuple[date, int], str]:
        """The order in which submissions count, the last one most: by cutoff, then by period, then by file."""
        return self.cutoff, self.period.order, self.file

    def source(self, *path: str | int) -> str:
        """Return the place of an entry as people read it: `a.yaml:12`, or `a.xlsx: ô Chỉ tiêu!G12`."""
        if cell := self.cells.get(path):
            return f"{self.file}: ô {cell}"
        line = self.lines.get(path)
        return f"{self.file}:{line}" if line else self.file

    @property
    def silent(self) -> bool:
        """Whether it answers nothing. A form that comes back blank does not count as a submission."""
        return not (self.tasks or self.indicators or self.funding or self.narrative or self.erased)
