"""What an agency reports for a year: task states and indicator values as submitted."""

from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from kehoach_cli.core.model.finding import KeyPath


class Status(StrEnum):
    """The state an agency reports; None elsewhere means that nobody reported, which is not "chưa thực hiện"."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    ONGOING = "ongoing"
    PAUSED = "paused"
    WAITING = "waiting"
    CARRIED = "carried"
    DROPPED = "dropped"


class Paper(Struct, frozen=True):
    """A document an agency cites: its number and date as far as given."""

    number: str
    dated: date | None = None


class Extension(Struct, frozen=True):
    """A deadline moved to `to` by a document; both are always printed."""

    to: date
    document: str | None = None


class TaskReport(Struct, frozen=True):
    """One agency's entry for one task."""

    status: Status | None = None
    result: str | None = None
    documents: tuple[Paper, ...] = ()
    completed: date | None = None
    extension: Extension | None = None
    condition_met: bool | None = None
    done_this_year: bool | None = None
    difficulty: str | None = None


class IndicatorReport(Struct, frozen=True):
    """One agency's entry for one indicator; values are strings in Vietnamese notation, kept as typed.

    A `province_total` outweighs what other agencies say of the same indicator. `met` answers a target in words.
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


class Submission(Struct, frozen=True):
    """One progress file (or one of the list in it): what `agency` reports on `plan` for `year`, data as of `cutoff`.

    `lines` tells on which line of `file` (1-based) an entry stands, by its keys: `("tasks", "PL2.III.1")`, `("funding", 0)`;
    in a workbook `cells` names the cell instead.
    `at` is its key path in the file: empty, or its number in the list.
    """

    plan: str
    agency: str
    year: int
    cutoff: date
    file: str
    submitted: date | None = None
    tasks: dict[str, TaskReport] = field(default_factory=dict)
    indicators: dict[str, IndicatorReport] = field(default_factory=dict)
    funding: tuple[dict[str, str], ...] = ()
    narrative: dict[str, object] = field(default_factory=dict)
    at: KeyPath = ()
    lines: dict[KeyPath, int] = field(default_factory=dict)
    cells: dict[KeyPath, str] = field(default_factory=dict)

    def source(self, *path: str | int) -> str:
        """Return where an entry stands, for people: `a.yaml:12`, or `a.xlsx: ô Chỉ tiêu!G12`."""
        if cell := self.cells.get(path):
            return f"{self.file}: ô {cell}"
        line = self.lines.get(path)
        return f"{self.file}:{line}" if line else self.file

    @property
    def silent(self) -> bool:
        """Whether it answers nothing: a form sent back blank is no report."""
        return not (self.tasks or self.indicators or self.funding or self.narrative)
