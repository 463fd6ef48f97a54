"""Dates as Vietnamese documents write them: day first, blanks in unsigned copies, zeros as the decree asks."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

_NUMERIC = re.compile(r"(?P<day>[0-9]{1,2})\s*/\s*(?P<month>[0-9]{1,2})(?:\s*/\s*(?P<year>[0-9]{4}))?")
_WORDS = re.compile(
    r"(?:ngày\s+)?(?P<day>[0-9]{1,2})\s+tháng\s+(?P<month>[0-9]{1,2})\s+năm\s+(?P<year>[0-9]{4})", re.IGNORECASE
)
_ISO = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_IN_TEXT = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}\s*/\s*[0-9]{1,2}\s*/\s*[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{1,2}\s+tháng\s+[0-9]{1,2}\s+năm\s+[0-9]{4})(?![0-9])",
    re.IGNORECASE,
)
_LAST_MONTH = 12
_PADDED_MONTHS = 2


class DateError(ValueError):
    """A date that does not exist or is not written day first. Its text is the Vietnamese message."""


class PartialDate(Struct, frozen=True):
    """A date in which an unsigned copy may leave the day, or the day and the month, blank."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Return ISO notation as far as the date is known: `2026-04`."""
        return "-".join(f"{part:02d}" for part in (self.year, self.month, self.day) if part is not None)

    @property
    def first(self) -> date:
        """The earliest day this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day this date can mean."""
        if self.day is not None:
            return self.first
        month = self.month or _LAST_MONTH
        return date(self.year, month, monthrange(self.year, month)[1])


def parse_iso(text: str) -> PartialDate:
    """Return the date of `2022-07-01`, `2026-04` or `2022`.

    Raises:
        DateError: another notation, or a day that does not exist (`2026-06-31`).
    """
    found = _ISO.fullmatch(text.strip())
    if not found:
        raise DateError('phải viết theo dạng năm-tháng-ngày, ví dụ "2026-06-30"')
    month, day = (int(found[name]) if found[name] else None for name in ("month", "day"))
    checked = _checked(int(found["year"]), 1 if month is None else month, 1 if day is None else day)
    return PartialDate(checked.year, month, day)


def parse_date(text: str) -> date:
    """Return the date of `01/7/2022`, `01 / 7 /2022` or `ngày 18 tháng 10 năm 2023` (day first, never swapped).

    Raises:
        DateError: another notation, a day that does not exist, or a month above 12 (a US-order date).
    """
    found = _WORDS.fullmatch(text.strip()) or _NUMERIC.fullmatch(re.sub(r"^ngày\s+", "", text.strip()))
    if not found or not found["year"]:
        raise DateError('phải viết theo dạng ngày/tháng/năm, ví dụ "01/7/2022"')
    return _checked(int(found["year"]), int(found["month"]), int(found["day"]))


def dates_in(text: str) -> Iterator[tuple[date, tuple[int, int]]]:
    """Yield the whole dates in a text, each with where it begins and ends; a day that does not exist is none."""
    for found in _IN_TEXT.finditer(text):
        try:
            yield parse_date(found[0]) if "-" not in found[0] else parse_iso(found[0]).first, found.span()
        except DateError:
            continue


def format_date(day: date) -> str:
    """Return the date as decrees write it: a zero before days below 10, and before months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month <= _PADDED_MONTHS else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def format_partial(partial: PartialDate) -> str:
    """Return `01/7/2022`, `tháng 4/2026` or `năm 2026`."""
    if partial.day is not None:
        return format_date(partial.first)
    if partial.month is None:
        return f"năm {partial.year}"
    return (
        f"tháng {partial.month:02d}/{partial.year}"
        if partial.month <= _PADDED_MONTHS
        else f"tháng {partial.month}/{partial.year}"
    )


def _checked(year: int, month: int, day: int) -> date:
    if not 1 <= month <= _LAST_MONTH:
        raise DateError(f"tháng {month} không có; ngày viết trước, tháng viết sau")
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(f"ngày {day}/{month}/{year} không có trong lịch") from None
