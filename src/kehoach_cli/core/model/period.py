"""Reporting periods: a year, a half, nine months, a quarter or a month of it."""

import re
from datetime import date

from msgspec import Struct

from kehoach_cli.core.notation.keys import last_day, time_text

EXAMPLES = "2026, 2026-H1, 2026-9M, 2026-Q3 hoặc 2026-09"
_KEY = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})(?:-(?P<part>Q[1-4]|H[12]|9M|0[1-9]|1[0-2]))?", re.ASCII)
_FIRST_MONTHS = {"H1": 1, "H2": 7, "9M": 1, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}


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

    def contains(self, day: date) -> bool:
        """Return whether a day lies within the period."""
        return self.first_day <= day <= self.last_day


def parse_period(text: str) -> Period | None:
    """Return the period that a key names (`2026`, `2026-q3`), or None where it names none."""
    found = _KEY.fullmatch(text.strip().upper())
    return Period(int(found["year"]), found["part"]) if found else None


def usual_cutoff(period: Period) -> date:
    """Return the day to which a state report's figures usually run: the 14th of the period's last month.

    Source: Nghị định 09/2019/NĐ-CP, Điều 12 (the plans' own days win over it).
    """
    return period.last_day.replace(day=14)
