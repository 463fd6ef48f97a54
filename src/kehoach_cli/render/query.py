"""The result of a query, and the list of saved ones, for people and for programs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from kehoach_cli.render.labels import day_text
from kehoach_cli.render.listing import Block, Cell, Column, Listing, Sheet
from kehoach_cli.viet.number import format_number

# The kinds of columns, as the answer of a query names them.
NUMBER, BOOLEAN, DATE = "number", "bool", "date"
_WORDS = {True: "có", False: "không"}

# Name and kind of a column, a value, and a row of values.
NamedKind: TypeAlias = tuple[str, str]
AnswerValue: TypeAlias = str | int | float | bool | None
Values: TypeAlias = tuple[AnswerValue, ...]
_MOST_DECIMALS = 6


def query_listing(columns: Sequence[NamedKind], rows: Iterable[Values]) -> Listing:
    """Return a result as a table; numbers and days are written as people here write them."""
    shown = tuple(Column(name, right=kind == NUMBER) for name, kind in columns)
    kinds = [kind for _, kind in columns]
    cells = tuple(tuple(_shown(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in rows)
    return Listing((Block(columns=shown, rows=cells),) if cells else (Block(lines=("Không có dòng nào.",)),))


def query_sheet(columns: Sequence[NamedKind], rows: Iterable[Values]) -> Sheet:
    """Return a result as a flat table."""
    kinds = [kind for _, kind in columns]
    cells = tuple(tuple(_cell(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in rows)
    return Sheet(tuple(name for name, _ in columns), cells)


def query_records(columns: Sequence[NamedKind], rows: Iterable[Values]) -> Iterator[dict[str, Any]]:
    """Yield the rows as JSON records; a name that comes twice has its number behind it."""
    names = _distinct([name for name, _ in columns])
    return (dict(zip(names, row, strict=True)) for row in rows)


def _distinct(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        tries = (name, *(f"{name}_{number}" for number in range(2, len(names) + 2)))
        found.append(next(one for one in tries if one not in found))
    return found


def _shown(value: AnswerValue, kind: str) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, str):
        return day_text(date.fromisoformat(value)) if kind == DATE else value
    return format_number(Decimal(repr(round(value, _MOST_DECIMALS))))


def _cell(value: AnswerValue, kind: str) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and kind == DATE:
        return date.fromisoformat(value)
    return value
