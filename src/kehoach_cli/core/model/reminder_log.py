"""The log of reminders: what was sent to whom, so that nobody is reminded twice of the same step."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

# Of what is late people are reminded again after so many days.
AGAIN = timedelta(days=5)


class ReminderStep(StrEnum):
    """A step of the ladder: due within 30, 7 or 1 days, or late."""

    DAYS_30 = "30"
    DAYS_7 = "7"
    DAY_1 = "1"
    LATE = "late"


class Reminded(Struct, frozen=True):
    """One line of the log: what a body was reminded of on a day, for one plan, period and step.

    `rows` are the ids of the rows, and the period where it was reminded of its report.
    """

    time: str
    day: date
    agency: str
    plan: str
    period: str
    step: ReminderStep
    rows: tuple[str, ...] = ()


class ReminderLog(Struct, frozen=True, dict=True):
    """The lines of a log, in any order."""

    lines: tuple[Reminded, ...] = ()

    @cached_property
    def _last(self) -> dict[tuple[str, str, ReminderStep, str], date]:
        found: dict[tuple[str, str, ReminderStep, str], date] = {}
        for line in self.lines:
            for row in line.rows:
                key = (line.agency, line.plan, line.step, row)
                found[key] = max(found.get(key, date.min), line.day)
        return found

    def due(self, agency: str, plan: str, step: ReminderStep, row: str, day: date) -> bool:
        """Whether to remind of a row on `day`: of each step once, of what is late again after five days."""
        last = self._last.get((agency, plan, step, row))
        return last is None or (step is ReminderStep.LATE and day >= last + AGAIN)


def step_of(days: int) -> ReminderStep | None:
    """Return the step of what is due in so many days (negative: late); None where it is too early."""
    if days < 0:
        return ReminderStep.LATE
    return next(
        (
            step
            for most, step in ((1, ReminderStep.DAY_1), (7, ReminderStep.DAYS_7), (30, ReminderStep.DAYS_30))
            if days <= most
        ),
        None,
    )
