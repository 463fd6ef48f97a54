"""The style of every workbook: Times New Roman, A4 landscape, locked cells and answer cells."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from kehoach_cli.excel.layout import cell_text
from kehoach_cli.office.safe_zip import packed

FONT = "Times New Roman"
# Height of a line in the body font and the largest height of a row, in points.
LINE = 15.0
MOST_HEIGHT = 409.0

# A page in landscape, printed at a scale that makes 11 points a little more than 9: its width in digits of the body font, which
# LibreOffice takes for 1.94 mm and Excel for less, and its height in points.
SCALE = 83
PAGE_WIDTH = 170.0
PAGE_HEIGHT = 610.0

_LINE = Side(style="thin", color="FF7F7F7F")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BAND = Border(top=_LINE, bottom=_LINE)
_BODY = Font(name=FONT, size=11)
_BOLD = Font(name=FONT, size=11, bold=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
_MIDDLE = Alignment(vertical="center", wrap_text=True)
_FLOWING = Alignment(vertical="center", wrap_text=False)


class _CellStyle(Struct, frozen=True):
    font: Font = _BODY
    alignment: Alignment = _TOP
    fill: str | None = None
    border: Border | None = _GRID


_STYLES = {
    "body": _CellStyle(),
    "header": _CellStyle(_BOLD, _CENTER, "FFD9E2F3"),
    "asked": _CellStyle(_BOLD, _CENTER, "FFFFE699"),
    "answer": _CellStyle(fill="FFFFFBEB"),
    "closed": _CellStyle(fill="FFD9D9D9"),
    "plan": _CellStyle(_BOLD, _MIDDLE, "FFE2EFDA", _BAND),
    "section": _CellStyle(_BOLD, _MIDDLE, "FFF2F2F2", _BAND),
    "title": _CellStyle(Font(name=FONT, size=14, bold=True), _FLOWING, border=None),
    "heading": _CellStyle(_BOLD, _FLOWING, border=None),
    "note": _CellStyle(Font(name=FONT, size=11, italic=True), _FLOWING, border=None),
    "text": _CellStyle(border=None),
    "signature": _CellStyle(_BOLD, _CENTER, border=None),
    "below_signature": _CellStyle(Font(name=FONT, size=11, italic=True), _CENTER, border=None),
}
_OPEN = Protection(locked=False)
# Text format: else Excel turns "5-8" into a date, and "86,5" into 865 on an English Windows.
_AS_TYPED = "@"


def new_workbook() -> Workbook:
    """Return a workbook without sheets; its default font is ours, which Excel measures widths and heights in."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    # openpyxl has no public access to the style "Normal", which sets the font of empty cells and the unit of widths.
    normal = workbook._named_styles["Normal"]  # type: ignore[attr-defined]  # noqa: SLF001
    normal.font = Font(name=FONT, size=11)
    normal.bind(workbook)
    workbook.properties.creator = "kehoach"
    return workbook


def put(cell: Cell | MergedCell, text: str | None, look: str = "body") -> None:
    """Write `text`, never as a formula, in one of the styles of this module; an `answer` cell is open and keeps text as typed."""
    style = _STYLES[look]
    if text and isinstance(cell, Cell):
        cell.value = cell_text(text)
        cell.data_type = "s"
    cell.font, cell.alignment = style.font, style.alignment
    if style.fill:
        cell.fill = PatternFill("solid", fgColor=style.fill)
    if style.border:
        cell.border = style.border
    if look == "answer":
        cell.protection, cell.number_format = _OPEN, _AS_TYPED


def print_on_a4(sheet: Worksheet, title_row: int | None, footer: str) -> None:
    """Print on A4 landscape, as wide as the page, `title_row` repeated, pages numbered."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if title_row:
        sheet.print_title_rows = f"{title_row}:{title_row}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    # "&" begins a code in a footer.
    words = cell_text(footer).replace("&", "&&")
    for part, text in ((sheet.oddFooter.left, words), (sheet.oddFooter.right, "Trang &P/&N")):  # type: ignore[union-attr]
        if part is not None:
            part.text, part.font, part.size = text, f"{FONT},Regular", 11


def print_readably(sheet: Worksheet, width: float) -> int:
    """Print at the scale at which a sheet `width` digits wide fills a page; return the scale in per cent.

    A fixed scale, because Excel leaves out page breaks where it fits a sheet to the page itself.
    """
    scale = min(SCALE, int(SCALE * PAGE_WIDTH / width))
    if sheet.sheet_properties.pageSetUpPr:
        sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = scale
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    return scale


def begin_pages(sheet: Worksheet, rows: Iterable[int]) -> None:
    """Let each of these rows begin a page."""
    for row in rows:
        sheet.row_breaks.append(Break(id=row - 1))


def lock(sheet: Worksheet) -> None:
    """Protect the sheet without a password: nobody overwrites official text by accident; heights and widths stay free."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def saved(workbook: Workbook) -> bytes:
    """Return the workbook as a file whose bytes depend on its content only: no time in properties or archive."""
    archive: Any = _Parts()
    ExcelWriter(workbook, archive).save()
    return packed({name: _settled(name, data) for name, data in archive.parts.items()})


class _Parts:
    """Takes the parts of a workbook instead of a zip, which cannot be written while the clock stands before 1980."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}

    def writestr(self, name: str, data: str | bytes) -> None:
        self.parts[name] = data if isinstance(data, bytes) else data.encode()

    def write(self, path: str, name: str) -> None:
        self.parts[name] = Path(path).read_bytes()

    def namelist(self) -> list[str]:
        return list(self.parts)

    def close(self) -> None:
        """Do nothing: there is no archive."""


def _settled(name: str, data: bytes) -> bytes:
    if name == "docProps/core.xml":
        return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", data)
    if name.startswith("xl/worksheets/"):
        # openpyxl marks every height as set by hand; without the mark Excel lets a row grow with what is typed.
        return data.replace(b' customHeight="1"', b"")
    return data


def fit_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str | None, float]], least: int = 1) -> None:
    """Make a row high enough for each (text, width of its column), and for `least` lines."""
    most = max([least, *(lines(text, width) for text, width in texts if text)])
    sheet.row_dimensions[row].height = min(most * LINE + 3, MOST_HEIGHT)


def lines(text: str, width: float) -> int:
    """Return how many lines `text` takes in a column `width` digits wide, rather too many than too few."""
    return sum(_wrapped(paragraph, width * 0.94) for paragraph in text.split("\n")) if text else 1


def _wrapped(paragraph: str, width: float) -> int:
    count, used = 1, 0.0
    for word in paragraph.split():
        size = sum(map(_letter_width, word))
        if used and used + 0.5 + size > width:
            count, used = count + 1, 0.0
        used += size + (0.5 if used else 0)
        while used > width:
            count, used = count + 1, used - width
    return count


def _letter_width(letter: str) -> float:
    """Return the width of a letter in digits of Times New Roman."""
    if letter in "iljtfrI.,;:'|!()[]-/ íìỉĩị":
        return 0.68
    if letter in "mwMW@%…—":
        return 1.75
    return 1.45 if letter.isupper() else 0.98
