"""Keys of `targets`: a year, a part of a year, a day, or a period of years."""

import re
from calendar import monthrange
from datetime import date

from msgspec import Struct

from kehoach_cli.core.notation.refusal import PhraseError, Why
from kehoach_cli.viet.dates import format_date

_MONTHS_OF_HALF, _MONTHS_OF_QUARTER = 6, 3
_ROMAN = ("I", "II", "III", "IV")
_NAMES = {"H1": "6 tháng đầu năm", "H2": "6 tháng cuối năm", "9M": "9 tháng đầu năm"}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"q(?:uý)?[ .]*(?P<quarter>[1-4]|iv|i{1,3})[ /,-]*(?:năm )?(?P<year>[0-9]{4})", re.IGNORECASE)
_MONTH = re.compile(
    r"(?:(?:ngày )?(?P<day>[0-9]{1,2})/)?(?:tháng |t)?(?P<month>[0-9]{1,2})(?:/| năm )(?P<year>[0-9]{4})", re.IGNORECASE
)
_IN_WORDS = re.compile(r"(?:đến |hết |cuối )*năm (?P<year>[0-9]{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<period>Q[1-4]|H[12]|9M|[0-9]{2}(?:-[0-9]{2})?))?")
_YEARS = re.compile(r"(?P<since>[0-9]{4})\s*-\s*(?P<year>[0-9]{4})")
EXAMPLES = '"2026", "2026-Q3", "2026-H1", "2026-06", "2026-06-30" hoặc "2023-2030"'


class TargetKey(Struct, frozen=True):
    """What a key names: `since` begins a period of years, `period` is the part of the year ("Q3", "H1", "06", "06-30")."""

    year: int
    since: int | None = None
    period: str | None = None


def parse_target_key(text: str) -> TargetKey:
    """Return what a key of `targets` names.

    Raises:
        PhraseError: the key is none of the forms, names a day that does not exist, or a period that runs backwards.
    """
    clean = text.strip()
    if found := _YEARS.fullmatch(clean):
        since, year = int(found["since"]), int(found["year"])
        if year < since:
            raise PhraseError(f"giai đoạn {since} - {year} viết ngược", Why.BACKWARDS)
        return TargetKey(year, since)
    one = _YEAR.fullmatch(clean)
    if one is None:
        raise PhraseError(f"không phải là năm hoặc kỳ; viết {EXAMPLES}")
    _refuse_unknown_day(int(one["year"]), one["period"])
    return TargetKey(int(one["year"]), None, one["period"])


def _refuse_unknown_day(year: int, period: str | None) -> None:
    if period is None or not period[:1].isdecimal() or period == "9M":
        return
    month, _, day = period.partition("-")
    try:
        date(year, int(month), int(day or 1))
    except ValueError:
        raise PhraseError(f'"{year}-{period}" không có trong lịch; viết {EXAMPLES}', Why.NO_SUCH_DAY) from None


def nearest_key(text: str) -> str | None:
    """Return the key that a time in words means: "Quý III/2026" is 2026-Q3, "tháng 6/2026" is 2026-06."""
    clean = " ".join(text.split())
    near = None
    if found := _QUARTER.fullmatch(clean):
        near = f"{found['year']}-Q{_QUARTERS[found['quarter'].lower()]}"
    elif found := _MONTH.fullmatch(clean):
        near = "-".join(part.zfill(2) for part in found.group("year", "month", "day") if part)
    elif found := _IN_WORDS.fullmatch(clean):
        near = found["year"]
    if near is None:
        return None
    try:
        parse_target_key(near)
    except PhraseError:
        return None
    return near


def last_day(year: int, period: str | None) -> date:
    """Return the last day of a year, or of a part of it."""
    if period is None or period == "H2":
        return date(year, 12, 31)
    if period[0] in "QH" or period == "9M":
        months = {"9M": 9, "H1": _MONTHS_OF_HALF}
        month = months.get(period) or int(period[1]) * _MONTHS_OF_QUARTER
        return date(year, month, monthrange(year, month)[1])
    month_text, _, day = period.partition("-")
    month = int(month_text)
    return date(year, month, int(day) if day else monthrange(year, month)[1])


def time_text(year: int, since: int | None = None, period: str | None = None) -> str:
    """Return the time of a target in words: `2026`, `2023 - 2030`, `quý III/2026`, `30/6/2026`."""
    if since is not None:
        return f"{since} - {year}"
    if period is None:
        return str(year)
    if period in _NAMES:
        return f"{_NAMES[period]} {year}"
    if period[0] == "Q":
        return f"quý {_ROMAN[int(period[1]) - 1]}/{year}"
    end = last_day(year, period)
    return format_date(end) if "-" in period else f"tháng {end.month}/{year}"


def key_in_words(key: str) -> str:
    """Return the time that a key of `targets` names: `năm 2026`, `giai đoạn 2023 - 2030`, `quý III/2026`; else the key."""
    try:
        found = parse_target_key(key)
    except PhraseError:
        return key
    kind = "giai đoạn " if found.since is not None else "năm " if found.period is None else ""
    return f"{kind}{time_text(found.year, found.since, found.period)}"
