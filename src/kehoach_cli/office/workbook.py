"""Reads a workbook into sheets of filled cells, within bounds; the values of the cells are what Excel stored."""

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
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape

from kehoach_cli.office.xlsx_package import MOST_COLUMNS, MOST_ROWS, SheetOutline, WorkbookError, open_workbook
from kehoach_cli.viet.number import RAISED, clear_decimal
from kehoach_cli.viet.text import folded

# Excel computes with fifteen digits; more digits are noise of the binary notation.
_DIGITS = 15
# Excel writes no longer titles and formats.
_LONGEST_TITLE, _LONGEST_FORMAT = 60, 250


class WorkbookCell(Struct, frozen=True):
    """A filled cell: `value` is text folded on one line, a number, a boolean or a date.

    `kind` is the data type in the file: `f` for a formula, whose value is not read, `e` for an error value.
    `place` is `Chỉ tiêu!E12`. `lines` is a text of several lines, each folded; empty where there is only one.
    """

    value: Any
    kind: str
    number_format: str
    place: str
    lines: str = ""

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
        """Whether the number is shown as a percentage."""
        return "%" in re.sub(r'"[^"]*"|\\.', "", self.number_format)


class WorkbookSheet(Struct, frozen=True):
    """A sheet: filled cells by row and column number, merged ranges as (left, top, right, bottom), filled cells out of bounds.

    `hidden` says that people do not see the sheet; `hidden_rows` and `hidden_columns` are numbers from 1.
    """

    title: str
    rows: dict[int, dict[int, WorkbookCell]]
    merged: tuple[tuple[int, int, int, int], ...]
    beyond: tuple[tuple[int, int], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def place(self, row: int, column: int) -> str:
        """Return `Chỉ tiêu!E12`."""
        return f"{self.title}!{get_column_letter(column)}{row}"


def number_text(value: float) -> str:
    """Return a stored number in Vietnamese notation, without dots for thousands and without binary noise: `86,5`."""
    if isinstance(value, int):
        return str(value)
    exact = Decimal(f"{value:.{_DIGITS}g}")
    return clear_decimal(f"{exact:f}".replace(".", ","))


def read_sheets(source: Path | bytes, *, computed: bool = False) -> tuple[WorkbookSheet, ...]:
    """Return the sheets of a workbook, hidden ones included.

    With `computed`, a formula has the value that Excel has computed last; without, and where there is none, it is of kind `f`.
    Figures that stand high behind a figure are such then: "80" and a raised "1" are no 801.

    Raises:
        WorkbookError: the file is no workbook that can be opened without harm.
    """
    package = open_workbook(source)
    with _damage(), warnings.catch_warnings():
        # openpyxl warns about extensions it does not know; no answer is stored in one.
        warnings.simplefilter("ignore")
        workbook = load_workbook(package.archive, read_only=True, data_only=True, keep_links=False, rich_text=computed)
        try:
            known: dict[str, str] = {}
            return tuple(_sheet(sheet, package.outlines, known, computed=computed) for sheet in workbook.worksheets)
        finally:
            workbook.close()


@contextmanager
def _damage() -> Iterator[None]:
    """Translate any exception of openpyxl into one sentence: it has no exception of its own for a damaged part."""
    try:
        yield
    except WorkbookError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl fails in many ways on a damaged part
        raise WorkbookError(
            "cấu trúc bảng tính bị hỏng", "mở bằng Excel, lưu lại ở dạng .xlsx; nếu vẫn lỗi, điền lại vào biểu mẫu gốc"
        ) from None


def _sheet(sheet: Any, outlines: dict[str, SheetOutline], known: dict[str, str], *, computed: bool) -> WorkbookSheet:
    # A wrong <dimension> hides rows from openpyxl, and a large one costs memory.
    sheet.reset_dimensions()
    # openpyxl knows the merged ranges only when it loads a whole sheet; the walk has found them by part.
    outline = outlines.get(sheet._worksheet_path.lstrip("/"), SheetOutline())  # noqa: SLF001 - nothing public names the part
    title = folded(sheet.title)[:_LONGEST_TITLE]
    rows: dict[int, dict[int, WorkbookCell]] = {}
    # What stands behind the last row (validations, formats) holds no answer.
    last = min(outline.last, MOST_ROWS)
    for number, row in enumerate(islice(sheet.iter_rows(max_col=MOST_COLUMNS), last), start=1):
        filled = {cell.column: _cell(cell, title, known) for cell in row if cell.value is not None and cell.value != ""}
        if filled := {column: cell for column, cell in filled.items() if cell.value != ""}:
            rows[number] = filled
    # openpyxl would translate each shared formula again; it is enough to know that a cell has one.
    for number, column in outline.formulas:
        if computed and column in rows.get(number, {}):
            continue
        place = f"{title}!{get_column_letter(column)}{number}"
        rows.setdefault(number, {})[column] = WorkbookCell("công thức", "f", "", place)
    return WorkbookSheet(
        title,
        rows,
        tuple(filter(None, map(_bounds, outline.merged))),
        tuple(outline.beyond),
        sheet.sheet_state != "visible",
        frozenset(outline.hidden_rows),
        frozenset(outline.hidden_columns),
    )


def _cell(cell: Any, title: str, known: dict[str, str]) -> WorkbookCell:
    value, lines = cell.value, ""
    if isinstance(value, CellRichText):
        value = _with_raised(value)
    if isinstance(value, str) and cell.data_type != "e":
        lines = _lines(value)
        # One text may stand in many thousand cells: keep it once.
        value = known.get(value) or known.setdefault(value, folded(unescape(value)))
    elif isinstance(value, datetime):
        value = value.date()
    return WorkbookCell(
        value, cell.data_type, (cell.number_format or "")[:_LONGEST_FORMAT], f"{title}!{cell.coordinate}", lines
    )


def _with_raised(pieces: CellRichText) -> str:
    made = ""
    for piece in pieces:
        text = str(piece)
        high = isinstance(piece, TextBlock) and piece.font.vertAlign == "superscript"
        made += text.translate(RAISED) if high and text.isdecimal() and made[-1:].isdigit() else text
    return made


def _lines(text: str) -> str:
    """Return a text of several lines, each folded; an empty text where there is only one."""
    if "\n" not in text and "_x000" not in text:
        return ""
    found = [line for one in unescape(text).splitlines() if (line := folded(one))]
    return "\n".join(found) if len(found) > 1 else ""


def _bounds(text: str) -> tuple[int, int, int, int] | None:
    try:
        left, top, right, bottom = range_boundaries(text)
    except (ValueError, TypeError):
        return None
    return (left, top, right, bottom) if left and top and right and bottom else None
