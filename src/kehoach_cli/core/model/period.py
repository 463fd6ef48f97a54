"""Reporting periods: a year, a half, nine months, a quarter or a month of it."""

import re
from datetime import date
from enum import StrEnum

from msgspec import Struct

from kehoach_cli.core.notation.keys import last_day, time_text

EXAMPLES = "2026, 2026-H1, 2026-9M, 2026-Q3 hoặc 2026-09"
_KEY = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})(?:-(?P<part>Q[1-4]|H[12]|9M|0[1-9]|1[0-2]))?", re.ASCII)
_FIRST_MONTHS = {"H1": 1, "H2": 7, "9M": 1, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}
# What comes after a part of a year; nine months are followed by the quarter that is left.
_NEXT = {"H1": "H2", "9M": "Q4", "Q1": "Q2", "Q2": "Q3", "Q3": "Q4"} | {f"{n:02}": f"{n + 1:02}" for n in range(1, 12)}
_FIRSTS = {"H2": "H1", "Q4": "Q1", "12": "01"}


class PeriodKind(StrEnum):
    """How long a period is; plans ask for reports of some kinds."""

    YEAR = "year"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    QUARTER = "quarter"
    MONTH = "month"


KIND_WORDS = {
    PeriodKind.YEAR: "năm",
    PeriodKind.HALF: "6 tháng",
    PeriodKind.NINE_MONTHS: "9 tháng",
    PeriodKind.QUARTER: "quý",
    PeriodKind.MONTH: "tháng",
}
_KINDS = {"H": PeriodKind.HALF, "9": PeriodKind.NINE_MONTHS, "Q": PeriodKind.QUARTER}


_PARTS: dict[PeriodKind, tuple[str | None, ...]] = {
    PeriodKind.YEAR: (None,),
    PeriodKind.HALF: ("H1", "H2"),
    PeriodKind.NINE_MONTHS: ("9M",),
    PeriodKind.QUARTER: ("Q1", "Q2", "Q3", "Q4"),
    PeriodKind.MONTH: tuple(f"{number:02}" for number in range(1, 13)),
}


class Period(Struct, frozen=True):
    """A reporting period of one calendar year.

    `part` is None for the whole year, else "H1", "H2" (half-years), "9M" (nine months), "Q1" to "Q4", or a month "01" to "12".
    """

    year: int
    part: str | None = None

    @property
    def key(self) -> str:
        """Return the period as files and folders write it: `2026`, `2026-Q3`."""
        return str(self.year) if self.part is None else f"{self.year}-{self.part}"

    @property
    def first_day(self) -> date:
        """Return the first calendar day."""
        part = self.part or "01"
        return date(self.year, _FIRST_MONTHS.get(part) or int(part), 1)

    @property
    def last_day(self) -> date:
        """Return the last calendar day."""
        return last_day(self.year, self.part)

    @property
    def text(self) -> str:
        """Return the period in words: `năm 2026`, `quý III/2026`, `6 tháng đầu năm 2026`, `tháng 9/2026`."""
        return f"năm {self.year}" if self.part is None else time_text(self.year, None, self.part)

    @property
    def full_text(self) -> str:
        """Return the period as the title of a document names it: `quý III năm 2026`, `tháng 9 năm 2026`."""
        return self.text.replace("/", " năm ")

    @property
    def kind(self) -> PeriodKind:
        """Return how long the period is."""
        if self.part is None:
            return PeriodKind.YEAR
        return PeriodKind.MONTH if self.part.isdecimal() else _KINDS[self.part[0]]

    @property
    def kind_text(self) -> str:
        """Return how long the period is, in words: `quý`, `6 tháng`."""
        return KIND_WORDS[self.kind]

    @property
    def following(self) -> "Period":
        """Return the period after this one; after nine months the fourth quarter."""
        part = self.part
        if part is None or part in _FIRSTS:
            return Period(self.year + 1, _FIRSTS[part] if part else None)
        return Period(self.year, _NEXT[part])

    @property
    def year_before(self) -> "Period":
        """Return the same period of the year before."""
        return Period(self.year - 1, self.part)

    @property
    def order(self) -> tuple[date, int]:
        """Return the order in which results are told: by the last day, of one last day the shorter period first."""
        return self.last_day, -self.first_day.toordinal()

    @property
    def option(self) -> str:
        """Return the option of a command line that asks for the period."""
        return f"--year {self.key}" if self.part is None else f"--period {self.key}"

    def at(self, day: date) -> "Period":
        """Return the period of this kind in which a day lies."""
        same = (Period(day.year, part) for part in _PARTS[self.kind])
        return next((one for one in same if one.contains(day)), Period(day.year, self.part))

    def holds(self, other: "Period") -> bool:
        """Return whether another period lies within this one."""
        return self != other and self.contains(other.first_day) and self.contains(other.last_day)

    def contains(self, day: date) -> bool:
        """Return whether a day lies within the period."""
        return self.first_day <= day <= self.last_day


def periods_in(year: int) -> tuple[Period, ...]:
    """Return all periods of a year: the year itself, its halves, nine months, quarters and months."""
    return tuple(Period(year, part) for parts in _PARTS.values() for part in parts)


def parse_period(text: str) -> Period | None:
    """Return the period that a key names (`2026`, `2026-q3`), or None where it names none."""
    found = _KEY.fullmatch(text.strip().upper())
    return Period(int(found["year"]), found["part"]) if found else None


def usual_cutoff(period: Period) -> date:
    """Return the day to which a state report's figures usually run: the 14th of the period's last month.

    Source: Nghị định 09/2019/NĐ-CP, Điều 12 (the plans' own days win over it).
    """
    return period.last_day.replace(day=14)
