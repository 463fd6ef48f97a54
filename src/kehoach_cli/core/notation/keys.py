"""Keys of `targets`: a year, a part of a year, a day, or a period of years."""

import re
from datetime import date

from msgspec import Struct

from kehoach_cli.core.notation.refusal import PhraseError, Why

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
        if year <= since:
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
