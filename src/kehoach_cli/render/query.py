"""The result of a query, and the list of saved ones, for people and for programs."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from kehoach_cli.core.tables.declared import ColumnKind
from kehoach_cli.render.labels import day_text
from kehoach_cli.render.listing import Block, Cell, Column, Listing, Sheet
from kehoach_cli.viet.number import format_number

_WORDS = {True: "có", False: "không"}

# Name and kind of a column, a value, and a row of values.
NamedKind: TypeAlias = tuple[str, ColumnKind]
AnswerValue: TypeAlias = str | int | float | bool | None
Values: TypeAlias = tuple[AnswerValue, ...]
_MOST_DECIMALS = 6
# More columns than these are too narrow to read on any screen.
_MOST_COLUMNS = 12
_UPRIGHT = (Column("Cột", fixed=True), Column("Giá trị"))
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})(?::00)?(\S*)")
# "+07" of a time zone.
_OFFSET = re.compile(r"[+-]\d{2}$")
_SPAN = re.compile(r"(-?\d+) (year|month|day)s?|(-?)(\d+):(\d+):(\d+(?:\.\d+)?)")
_SPAN_WORDS = {"Y": "năm", "M": "tháng", "D": "ngày", "TH": "giờ", "TM": "phút", "TS": "giây"}


def query_listing(columns: Sequence[NamedKind], rows: Iterable[Values]) -> Listing:
    """Return a result as a table, or with very many columns each row as one; numbers and days are as people here write them."""
    shown = tuple(Column(name, right=kind is ColumnKind.NUMBER) for name, kind in columns)
    names, kinds = [name for name, _ in columns], [kind for _, kind in columns]
    cells = tuple(tuple(_shown(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in rows)
    if not cells:
        return Listing((Block(lines=("Không có dòng nào.",)),))
    if len(columns) <= _MOST_COLUMNS:
        return Listing((Block(columns=shown, rows=cells),))
    return Listing(
        tuple(
            Block(f"Dòng {number}", 1, columns=_UPRIGHT, rows=tuple(zip(names, row, strict=True)))
            for number, row in enumerate(cells, 1)
        )
    )


def query_sheet(columns: Sequence[NamedKind], rows: Iterable[Values]) -> Sheet:
    """Return a result as a flat table."""
    kinds = [kind for _, kind in columns]
    cells = tuple(tuple(_cell(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in rows)
    return Sheet(tuple(name for name, _ in columns), cells)


def query_records(columns: Sequence[NamedKind], rows: Iterable[Values]) -> Iterator[dict[str, Any]]:
    """Yield the rows as JSON records, with moments and spans as ISO 8601 has them.

    A name that comes twice has its number behind it.
    """
    names, kinds = _distinct([name for name, _ in columns]), [kind for _, kind in columns]
    return (dict(zip(names, map(_json_value, row, kinds), strict=True)) for row in rows)


def _distinct(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        tries = (name, *(f"{name}_{number}" for number in range(2, len(names) + 2)))
        found.append(next(one for one in tries if one not in found))
    return found


def _json_value(value: AnswerValue, kind: ColumnKind) -> AnswerValue:
    if isinstance(value, str) and kind is ColumnKind.TIMESTAMP:
        moment = _OFFSET.sub(r"\g<0>:00", value)
        return moment.replace(" ", "T", 1) if value[:1].isdigit() else value
    return _iso_span(value) if isinstance(value, str) and kind is ColumnKind.INTERVAL else value


def _shown(value: AnswerValue, kind: ColumnKind) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, str):
        return _TEXTS[kind](value)
    return _number_text(value)


def _number_text(value: float) -> str:
    # Very large and very small floats.
    if "e" in repr(value):
        return repr(value).replace(".", ",")
    exact = Decimal(repr(round(value, _MOST_DECIMALS)))
    return format_number(exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact)


def _exact_text(text: str) -> str:
    """Return a number that is longer than JSON keeps; "inf" stays."""
    return format_number(Decimal(text)) if text[-1:].isdigit() else text


def _day(text: str) -> str:
    found = _as_day(text)
    return day_text(found) if found else text


def _as_day(text: str) -> date | None:
    """Return a day; None for "infinity" and for days before our era."""
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _moment(text: str) -> str:
    found = _MOMENT.fullmatch(text)
    return f"{_day(found[1])} {found[2]}{found[3]}".removesuffix(" 00:00") if found else text


def _span(text: str) -> str:
    told = (f"{number.replace('.', ',')} {_SPAN_WORDS[unit]}" for number, unit in _span_parts(text))
    return " ".join(told) or "0 ngày"


def _iso_span(text: str) -> str:
    days: list[str] = []
    times: list[str] = []
    for number, unit in _span_parts(text):
        (times if unit[0] == "T" else days).append(f"{number}{unit[-1]}")
    return f"P{''.join(days)}{'T' if times else ''}{''.join(times)}" if days or times else "PT0S"


def _span_parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield number and unit of each part of a span of DuckDB that is not nothing: "1 month -2 days 03:00:00"."""
    for found in _SPAN.finditer(text):
        if found[2]:
            yield found[1], found[2][0].upper()
            continue
        for number, unit in zip(found.group(4, 5, 6), ("TH", "TM", "TS"), strict=True):
            if Decimal(number):
                yield f"{found[3]}{Decimal(number).normalize():f}", unit


_TEXTS: dict[ColumnKind, Callable[[str], str]] = {
    ColumnKind.TEXT: str,
    ColumnKind.BOOLEAN: str,
    ColumnKind.NUMBER: _exact_text,
    ColumnKind.DATE: _day,
    ColumnKind.TIMESTAMP: _moment,
    ColumnKind.INTERVAL: _span,
}


def _cell(value: AnswerValue, kind: ColumnKind) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and kind is ColumnKind.DATE:
        return _as_day(value) or value
    if isinstance(value, str) and kind is ColumnKind.NUMBER:
        return value.replace(".", ",")
    return _TEXTS[kind](value) if isinstance(value, str) else value
