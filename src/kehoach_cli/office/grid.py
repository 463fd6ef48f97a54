"""A checked workbook as sheets of filled cells, within bounds; the cells' values are still what Excel stored."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec import Struct
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape

from kehoach_cli.office.guard import MOST_COLUMNS, MOST_ROWS, Outline, RefusedError, checked
from kehoach_cli.viet.number import clear_decimal
from kehoach_cli.viet.text import folded

# Excel computes and shows fifteen figures; further ones are noise of the binary notation.
_FIGURES = 15
# Longer ones are no work of Excel's.
_LONGEST_TITLE, _LONGEST_FORMAT = 60, 250


class Cell(Struct, frozen=True):
    """A filled cell. `value` is text folded on one line, a number, a boolean or a date.

    `kind` is the data type of the file: `f` a formula, whose value is not looked at, `e` an error value.
    `place` is `Chỉ tiêu!E12`.
    """

    value: Any
    kind: str
    number_format: str
    place: str

    @property
    def text(self) -> str:
        """The content as people see it."""
        if isinstance(self.value, bool):
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, int | float):
            return number_text(self.value)
        if isinstance(self.value, date):
            return f"{self.value:%d/%m/%Y}"
        return str(self.value)

    @property
    def percent(self) -> bool:
        """Whether the number is shown times a hundred with a percent sign."""
        return "%" in re.sub(r'"[^"]*"|\\.', "", self.number_format)


class Sheet(Struct, frozen=True):
    """A sheet: row number → column number → filled cell; `merged` ranges as (left, top, right, bottom)."""

    title: str
    rows: dict[int, dict[int, Cell]]
    merged: tuple[tuple[int, int, int, int], ...]
    beyond: tuple[tuple[int, int], ...]

    def place(self, row: int, column: int) -> str:
        """Return `Chỉ tiêu!E12`."""
        return f"{self.title}!{get_column_letter(column)}{row}"


def number_text(value: float) -> str:
    """Return a stored number in Vietnamese notation, without dots for thousands and without binary noise: `86,5`."""
    if isinstance(value, int):
        return str(value)
    exact = Decimal(f"{value:.{_FIGURES}g}")
    return clear_decimal(f"{exact:f}".replace(".", ","))


def open_sheets(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, hidden ones included.

    Raises:
        RefusedError: the file is no workbook that can be opened without harm.
    """
    package = checked(path)
    with _own_words(), warnings.catch_warnings():
        # openpyxl warns of extensions it does not know; none of them holds an answer.
        warnings.simplefilter("ignore")
        workbook = load_workbook(package.archive, read_only=True, data_only=True, keep_links=False)
        try:
            known: dict[str, str] = {}
            return tuple(_sheet(sheet, package.outlines, known) for sheet in workbook.worksheets)
        finally:
            workbook.close()


@contextmanager
def _own_words() -> Iterator[None]:
    """Turn whatever openpyxl makes of a damaged part into one sentence: it has no error of its own for that."""
    try:
        yield
    except RefusedError:
        raise
    except Exception:  # noqa: BLE001 - a damaged part makes openpyxl fail in any way there is
        raise RefusedError(
            "cấu trúc bảng tính bị hỏng", "mở bằng Excel, lưu lại ở dạng .xlsx; nếu vẫn lỗi, điền lại vào biểu mẫu gốc"
        ) from None


def _sheet(sheet: Any, outlines: dict[str, Outline], known: dict[str, str]) -> Sheet:
    # A wrong <dimension> hides rows from openpyxl, a far one costs it memory; neither is asked.
    sheet.reset_dimensions()
    # openpyxl tells the merged ranges of a sheet only when it loads the whole of it; the walk has seen them by part.
    outline = outlines.get(sheet._worksheet_path.lstrip("/"), Outline())  # noqa: SLF001 - the part's name, told nowhere else
    title = folded(sheet.title)[:_LONGEST_TITLE]
    rows: dict[int, dict[int, Cell]] = {}
    # What stands behind the last row (validations, formats) holds no answer and is never read.
    last = min(outline.last, MOST_ROWS)
    for number, row in enumerate(islice(sheet.iter_rows(max_col=MOST_COLUMNS), last), start=1):
        filled = {cell.column: _cell(cell, title, known) for cell in row if cell.value not in {None, ""}}
        if filled := {column: cell for column, cell in filled.items() if cell.value != ""}:
            rows[number] = filled
    # openpyxl would translate each shared formula anew; that a cell has one is all there is to know.
    for number, column in outline.formulas:
        place = f"{title}!{get_column_letter(column)}{number}"
        rows.setdefault(number, {})[column] = Cell("công thức", "f", "", place)
    return Sheet(title, rows, tuple(filter(None, map(_bounds, outline.merged))), tuple(outline.beyond))


def _cell(cell: Any, title: str, known: dict[str, str]) -> Cell:
    value = cell.value
    if isinstance(value, str) and cell.data_type != "e":
        # One text may stand in many thousand cells.
        value = known.get(value) or known.setdefault(value, folded(unescape(value)))
    elif isinstance(value, datetime):
        value = value.date()
    return Cell(value, cell.data_type, (cell.number_format or "")[:_LONGEST_FORMAT], f"{title}!{cell.coordinate}")


def _bounds(text: str) -> tuple[int, int, int, int] | None:
    try:
        left, top, right, bottom = range_boundaries(text)
    except (ValueError, TypeError):
        return None
    return (left, top, right, bottom) if left and top and right and bottom else None
