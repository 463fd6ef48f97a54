"""Schedules (thời gian thực hiện) and reporting dates: the printed phrase, its kind, and the deadline it sets.

"Trước ngày D" ends the day before D, as the law reads it; `strict_before=False` is the custom of offices that accept the day
itself. `parse.parse_schedule` reads a phrase into these values.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.notation.refusal import PhraseError


class ScheduleKind(StrEnum):
    """What a schedule phrase promises."""

    PERIOD = "period"
    YEAR = "year"
    UNTIL = "until"
    OPEN = "open"
    RECURRING = "recurring"
    ON_REQUEST = "on_request"
    MILESTONES = "milestones"
    EVENT = "event"
    VAGUE = "vague"
    NONE = "none"
    UNKNOWN = "unknown"


class Recurrence(Struct, frozen=True):
    """How often a duty comes back: `every` is year, half, quarter, month, week, day or "2 years".

    `due` holds the last days on time: month and day ("12-14"), the day alone in monthly ones ("25"; a month that is shorter
    ends with its last day). Without `due`, every calendar unit ends with its last day.
    """

    every: str
    due: tuple[str, ...] = ()


class Milestone(Struct, frozen=True):
    """A step with a deadline of its own."""

    text: str
    deadline: date


class Schedule(Struct, frozen=True):
    """A schedule as printed (`text`) and as understood.

    `start` and `end` are years, `starts` is the first day where the phrase names a beginning; `deadline` is the last day that is
    on time, None where the phrase sets none; `yearly` is (day, month) of the last day in every year of a recurring duty.
    `source` is the section whose heading sets the schedule, None where the row states its own. `event` holds the words the work
    waits for or follows; `goes_on` tells that the duty goes on after its deadline; `counted` that the deadline is counted in
    calendar days from the document's date; `earlier` are the deadlines that amendments have moved since, the first one first.
    """

    text: str
    kind: ScheduleKind
    start: int | None = None
    end: int | None = None
    deadline: date | None = None
    yearly: tuple[int, int] | None = None
    source: str | None = None
    starts: date | None = None
    recurrence: Recurrence | None = None
    milestones: tuple[Milestone, ...] = ()
    event: str | None = None
    goes_on: bool = False
    counted: bool = False
    earlier: tuple[date, ...] = ()

    def covers(self, year: int) -> bool:
        """Whether work of this schedule falls in `year`; recurring, on-request and open ones always do once begun."""
        if self.kind in _UNENDING or self.goes_on:
            ended = self.kind is ScheduleKind.RECURRING and self.end is not None and year > self.end
            return not ended and (self.start is None or year >= self.start)
        if self.end is None:
            return False
        return (self.start or year) <= year <= self.end

    def from_heading(self, section: str) -> "Schedule":
        """Return the same schedule as set by the heading of `section`."""
        return replace(self, source=section)


_UNENDING = frozenset((ScheduleKind.RECURRING, ScheduleKind.ON_REQUEST, ScheduleKind.OPEN, ScheduleKind.EVENT))


class ScheduleError(PhraseError):
    """A schedule phrase without a single meaning."""


NO_SCHEDULE = Schedule("", ScheduleKind.NONE)


def only_year(start: int, end: int | None) -> int | None:
    """Return the year of a plan in force in one year alone."""
    return start if start == end else None
