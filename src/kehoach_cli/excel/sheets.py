"""Writes result tables as a workbook: bold header, filter, frozen header row, ready for print; text is never a formula."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kehoach_cli.excel.layout import MOST_IN_A_CELL, cell_text
from kehoach_cli.excel.style import fit_height, new_workbook, print_on_a4, put, saved

Value: TypeAlias = str | int | float | date | None

_NARROWEST, _WIDEST = 6.0, 60.0
# What a page takes at 7 points, in digits of the body font: A4 and A3 in landscape. Wider tables get narrower columns.
_A4_WIDTH, _A3_WIDTH, _LEAST_CAP = 215.0, 305.0, 14
_A3 = 8
_LONGEST_TITLE = 31
_CUT = " … (còn tiếp, không vừa một ô)"


def listing_workbook(sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Value]]]]) -> bytes:
    """Return a workbook with a sheet for each (name, headers, rows); equal tables give equal bytes.

    Names are cut and made unique where Excel requires it; text too long for a cell is cut, and the cell says so.
    """
    workbook = new_workbook()
    taken: set[str] = set()
    for name, headers, rows in sheets or [("Kết quả", (), ())]:
        sheet = workbook.create_sheet(_title(name, taken))
        for column, header in enumerate(headers, start=1):
            put(sheet.cell(1, column), header, "header")
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                _put(sheet.cell(number, column), value)
        _finish(sheet, headers, rows, name)
    return saved(workbook)


def _put(cell: Cell, value: Value) -> None:
    if not isinstance(value, str):
        put(cell, None)
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
        return
    units = cell_text(value).encode("utf-16-le")
    if len(units) // 2 > MOST_IN_A_CELL:
        value = units[: 2 * (MOST_IN_A_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
    put(cell, value)


def _finish(sheet: Worksheet, headers: Sequence[str], rows: Sequence[Sequence[Value]], name: str) -> None:
    widths = _widths(headers, rows)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate((headers, *rows), start=1):
        fit_height(sheet, number, zip(map(_shown, row), widths, strict=False))
    if headers:
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{len(rows) + 1}"
    print_on_a4(sheet, 1, name)
    if sum(widths) > _A4_WIDTH:
        sheet.page_setup.paperSize = _A3


def _widths(headers: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[float]:
    """Return the widths of the columns; those of long texts give way until the table can be read on a printed A3 page."""
    natural = [_natural_width(header, [row[at] for row in rows if at < len(row)]) for at, header in enumerate(headers)]
    caps = range(int(_WIDEST), _LEAST_CAP, -1)
    cap = next((cap for cap in caps if sum(min(one, cap) for one in natural) <= _A3_WIDTH), _LEAST_CAP)
    return [min(one, cap) for one in natural]


def _natural_width(header: str, column: Sequence[Value]) -> float:
    """Return the width that suits a column: a number, a date or a word is never cut, of texts one in ten may take more lines."""
    words = max((len(word) for word in header.split()), default=0) * 1.2
    lines = sorted(len(line) for value in column for line in _shown(value).split("\n"))
    most = lines[len(lines) * 9 // 10] if lines else 0
    whole = max((len(word) for value in column for word in _unbreakable(value)), default=0)
    return min(max(max(most, whole) * 1.05, words, _NARROWEST) + 2, _WIDEST)


def _unbreakable(value: Value) -> list[str]:
    return value.split() if isinstance(value, str) else [_shown(value)]


def _shown(value: Value) -> str:
    return "" if value is None else f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _title(name: str, taken: set[str]) -> str:
    """Return a sheet name that Excel accepts: short, without reserved signs, unique regardless of case."""
    clean = re.sub(r"[\[\]:*?/\\]", "-", cell_text(name)).strip("' ") or "Kết quả"
    title, number = clean[:_LONGEST_TITLE], 1
    while title.casefold() in taken:
        number += 1
        tail = f" ({number})"
        title = clean[: _LONGEST_TITLE - len(tail)] + tail
    taken.add(title.casefold())
    return title
