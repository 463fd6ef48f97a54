"""Schedules (thời gian thực hiện) and reporting dates: the printed phrase, its kind, and the deadline it sets.

Only `period`, `year` and `until` have a deadline: 31 December of the last year, or the named day. "Trước ngày D" ends one day
before D, as the law says; with `strict_before=False` day D itself is on time, as in offices that accept it.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.viet.dates import DateError, parse_date, parse_day_month
from kehoach_cli.viet.text import match_key


class ScheduleKind(StrEnum):
    """The kind of a schedule phrase."""

    PERIOD = "period"
    YEAR = "year"
    UNTIL = "until"
    OPEN = "open"
    RECURRING = "recurring"
    ON_REQUEST = "on_request"
    NONE = "none"
    UNKNOWN = "unknown"


class Schedule(Struct, frozen=True):
    """A schedule as printed (`text`) and as understood.

    `start` and `end` are years; `deadline` is the last day on time, None if the phrase sets none; `yearly` is (day, month) of
    the last day on time in every year of a recurring duty. `source` is the section whose heading sets the schedule, None if
    the row has its own.
    """

    text: str
    kind: ScheduleKind
    start: int | None = None
    end: int | None = None
    deadline: date | None = None
    yearly: tuple[int, int] | None = None
    source: str | None = None

    def covers(self, year: int) -> bool:
        """Whether the schedule includes `year`. Recurring, on-request and open ones include every year after their start."""
        if self.kind in {ScheduleKind.RECURRING, ScheduleKind.ON_REQUEST, ScheduleKind.OPEN}:
            return self.start is None or year >= self.start
        if self.end is None:
            return False
        return (self.start or year) <= year <= self.end

    def from_heading(self, section: str) -> "Schedule":
        """Return the same schedule with the heading of `section` as its source."""
        return replace(self, source=section)


class ScheduleError(ValueError):
    """A schedule phrase that is not understood. Its text is the Vietnamese message without the subject.

    `backwards` means that the phrase is understood but ends before it starts.
    """

    def __init__(self, message: str, *, backwards: bool = False) -> None:
        """Keep the message and the flag."""
        super().__init__(message)
        self.backwards = backwards


NO_SCHEDULE = Schedule("", ScheduleKind.NONE)

_Y = r"(?:19|20|21)[0-9][0-9]"
_FREQUENCY = r"(?:h[ằà]ng\s+(?:năm|quý|tháng|tuần|ngày)|6 tháng(?: một lần)?|thường niên)"
_YEARS = re.compile(
    rf"(?:(?:trong\s+)?(?:giai đoạn|thời kỳ)\s+(?:năm\s+)?|(?:từ\s+)?năm\s+|từ\s+)?({_Y})\s*"
    rf"(?:-|đến(?:\s+hết)?)(?:\s*năm)?\s*({_Y})"
)
_SINCE = re.compile(rf"(?:bắt đầu\s+)?từ\s+(?:năm\s+)?({_Y})(?:\s+trở đi)?")
_YEAR = re.compile(rf"(?:(?:trong\s+)?năm\s+)?({_Y})")
_BEFORE = r"(?P<how>trước|đến hết|đến|chậm nhất(?:\s+là)?(?:\s+(?:đến|trong|vào))?|trong)"
_UNTIL = re.compile(
    rf"(?:hoàn thành\s+)?{_BEFORE}?\s*"
    rf"(?:(?:ngày\s+)?(?P<date>[0-9]{{1,2}}\s*/\s*[0-9]{{1,2}}\s*/\s*{_Y})"
    rf"|(?:tháng\s+(?P<month>[0-9]{{1,2}})\s*/\s*|quý\s+(?P<quarter>iv|i{{1,3}})\s*/\s*|năm\s+)(?P<year>{_Y}))"
)
_UNTIL_DAY = re.compile(rf"(?:hoàn thành\s+)?{_BEFORE}\s+ngày\s+(?P<day>[0-9]{{1,2}}\s*/\s*[0-9]{{1,2}})")
_OPEN_TAIL = re.compile(r"\s+và các năm tiếp theo")

# A recurring phrase is a list: a frequency and phrases beside it. "Theo quy định của …" extends to the end.
_JOIN = re.compile(r"\s*,\s*|\s+và\s+|\s+hoặc\s+")
_BY_LAW = re.compile(r"(?:^|,|\bvà|\bhoặc)\s*theo quy định của \S.*$")
_FREQUENT = re.compile(rf"thường xuyên(?:\s+{_FREQUENCY})?|liên tục|(?:định kỳ\s+)?{_FREQUENCY}|định kỳ")
_ON_DEMAND = re.compile(r"khi có yêu cầu|đột xuất(?:\s+(?:theo|khi có) yêu cầu)?")
_REVIEW = re.compile(rf"(?:sơ|tổng) kết(?:\s[^,]*)?\s{_Y}")
_YEARLY = re.compile(
    r"(?:(?P<how>định kỳ|trước|đến|chậm nhất(?:\s+là)?)?\s*ngày|(?P<bare>trước|đến|chậm nhất(?:\s+là)?))\s+"
    r"(?P<day>[0-9]{1,2}\s*/\s*[0-9]{1,2})\s+h[ằà]ng năm"
    r"|định kỳ\s+h[ằà]ng năm\s+(?P<then>trước)?\s*ngày\s+(?P<each>[0-9]{1,2}\s*/\s*[0-9]{1,2})"
)
# Long dates are shortened before the phrase is read.
_LONG_DATES = (
    (re.compile(rf"ngày ([0-9]{{1,2}}) tháng ([0-9]{{1,2}}) năm ({_Y})"), r"ngày \1/\2/\3"),
    (re.compile(r"ngày ([0-9]{1,2}) tháng ([0-9]{1,2})(?= |$)"), r"ngày \1/\2"),
    (re.compile(rf"(tháng [0-9]{{1,2}}|quý (?:iv|i{{1,3}})) năm ({_Y})"), r"\1/\2"),
)
_QUARTERS = {"i": 3, "ii": 6, "iii": 9, "iv": 12}
_DECEMBER = 12


@lru_cache(maxsize=4096)
def parse_schedule(text: str | None, *, strict_before: bool = True) -> Schedule:
    """Return the meaning of a schedule phrase; a blank one has the kind `none`.

    Raises:
        ScheduleError: the phrase is not understood, names a day that does not exist, or ends before it starts.
    """
    key = match_key(text or "")
    if not key:
        return NO_SCHEDULE
    for long, short in _LONG_DATES:
        key = long.sub(short, key)
    for reader in (_read_years, _read_until, _read_recurring):
        if schedule := reader(key, strict_before=strict_before):
            return replace(schedule, text=text or "")
    raise ScheduleError(
        'không hiểu được; viết ví dụ "2022 - 2025", "Năm 2023", "Thường xuyên, hằng năm" hoặc "đến hết năm 2026"'
    )


def _read_years(key: str, *, strict_before: bool) -> Schedule | None:
    del strict_before
    if found := _YEARS.fullmatch(key):
        start, end = int(found[1]), int(found[2])
        if end < start:
            raise ScheduleError(f"kết thúc năm {end} trước khi bắt đầu năm {start}", backwards=True)
        return Schedule(key, ScheduleKind.PERIOD, start, end, date(end, _DECEMBER, 31))
    if found := _SINCE.fullmatch(key):
        return Schedule(key, ScheduleKind.OPEN, int(found[1]))
    if found := _YEAR.fullmatch(key):
        year = int(found[1])
        return Schedule(key, ScheduleKind.YEAR, year, year, date(year, _DECEMBER, 31))
    return None


def _read_until(key: str, *, strict_before: bool) -> Schedule | None:
    if day := _UNTIL_DAY.fullmatch(key):
        # The phrase names no year: it sets a day of the year, but no deadline.
        last = _last_day_of_year(day["day"], before=day["how"] == "trước" and strict_before)
        return Schedule(key, ScheduleKind.UNTIL, yearly=last)
    tail = _OPEN_TAIL.search(key)
    found = _UNTIL.fullmatch(key[: tail.start()] if tail else key)
    if not found or (tail and tail.end() != len(key)):
        return None
    deadline = _last_day(found, strict_before=strict_before)
    if tail:
        return Schedule(key, ScheduleKind.OPEN, None, deadline.year)
    return Schedule(key, ScheduleKind.UNTIL, None, deadline.year, deadline)


def _last_day(found: re.Match[str], *, strict_before: bool) -> date:
    """Return the last day on time. "Trước" with a month, quarter or year means its eve; with a day, see `strict_before`."""
    before = found["how"] == "trước"
    if found["date"]:
        try:
            day = parse_date(found["date"])
        except DateError as error:
            raise ScheduleError(str(error)) from None
        return day - timedelta(days=1) if before and strict_before else day
    year = int(found["year"])
    first, last = 1, _DECEMBER
    if found["quarter"]:
        last = _QUARTERS[found["quarter"]]
        first = last - 2
    elif found["month"]:
        first = last = int(found["month"])
        if not 1 <= last <= _DECEMBER:
            raise ScheduleError(f"tháng {last} không có")
    if before:
        return date(year, first, 1) - timedelta(days=1)
    return date(year, last, monthrange(year, last)[1])


def _read_recurring(key: str, *, strict_before: bool) -> Schedule | None:
    listed = _BY_LAW.sub("", key).strip()
    pieces = _JOIN.split(listed) if listed else []
    yearly = [found for piece in pieces if (found := _YEARLY.fullmatch(piece))]
    rest = [piece for piece in pieces if not _YEARLY.fullmatch(piece)]
    frequent = [piece for piece in rest if _FREQUENT.fullmatch(piece)]
    known = all(_FREQUENT.fullmatch(piece) or _ON_DEMAND.fullmatch(piece) or _REVIEW.fullmatch(piece) for piece in rest)
    if not pieces or not known:
        return None
    if len(yearly) == 1:
        before = "trước" in {yearly[0]["how"], yearly[0]["bare"], yearly[0]["then"]}
        last = _last_day_of_year(yearly[0]["day"] or yearly[0]["each"], before=before and strict_before)
        return Schedule(key, ScheduleKind.RECURRING, yearly=last)
    if frequent and not yearly:
        return Schedule(key, ScheduleKind.RECURRING)
    return Schedule(key, ScheduleKind.ON_REQUEST) if _ON_DEMAND.fullmatch(pieces[0]) else None


def _last_day_of_year(text: str, *, before: bool) -> tuple[int, int]:
    """Return (day, month) of the last day on time in every year."""
    try:
        day, month = parse_day_month(text)
    except DateError as error:
        raise ScheduleError(str(error)) from None
    if not before:
        return day, month
    # "Trước ngày 01/3" ends on 28/2, so an ordinary year is used; 29/2 exists in a leap year only.
    last = date(2024 if (day, month) == (29, 2) else 2023, month, day) - timedelta(days=1)
    return last.day, last.month
