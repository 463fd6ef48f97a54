"""The look of every workbook: Times New Roman, A4 landscape, locked cells and answer cells; and bytes that never vary."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from kehoach_cli.excel.layout import cell_text

FONT = "Times New Roman"
# Points a line of the body font takes, and a row at most.
LINE = 15.0
MOST_HEIGHT = 409.0

_LINE = Side(style="thin", color="FF7F7F7F")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BAND = Border(top=_LINE, bottom=_LINE)
_BODY = Font(name=FONT, size=11)
_BOLD = Font(name=FONT, size=11, bold=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
_MIDDLE = Alignment(vertical="center", wrap_text=True)
_FLOWING = Alignment(vertical="center", wrap_text=False)


class _Look(Struct, frozen=True):
    font: Font = _BODY
    alignment: Alignment = _TOP
    fill: str | None = None
    border: Border | None = _GRID


_LOOKS = {
    "body": _Look(),
    "id": _Look(font=Font(name=FONT, size=9)),
    "header": _Look(_BOLD, _CENTER, "FFD9E2F3"),
    "asked": _Look(_BOLD, _CENTER, "FFFFE699"),
    "answer": _Look(fill="FFFFFBEB"),
    "closed": _Look(fill="FFD9D9D9"),
    "plan": _Look(_BOLD, _MIDDLE, "FFE2EFDA", _BAND),
    "section": _Look(_BOLD, _MIDDLE, "FFF2F2F2", _BAND),
    "title": _Look(Font(name=FONT, size=14, bold=True), _FLOWING, border=None),
    "heading": _Look(_BOLD, _FLOWING, border=None),
    "note": _Look(Font(name=FONT, size=11, italic=True), _FLOWING, border=None),
    "text": _Look(border=None),
}
_OPEN = Protection(locked=False)
# Typed text stays as typed: Excel would make a date of "5-8", and 865 of "86,5" where Windows speaks English.
_AS_TYPED = "@"


def new_workbook() -> Workbook:
    """Return a workbook without sheets whose default font is ours, so that widths and heights count in it."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    # openpyxl has no public way to the "Normal" style, which sets the font of empty cells and the unit of widths.
    normal = workbook._named_styles["Normal"]  # type: ignore[attr-defined]  # noqa: SLF001
    normal.font = Font(name=FONT, size=11)
    normal.bind(workbook)
    workbook.properties.creator = "kehoach"
    return workbook


def put(cell: Cell | MergedCell, text: str | None, look: str = "body") -> None:
    """Write `text`, never as a formula, in one of the looks of this module; an `answer` cell is open and keeps text as typed."""
    style = _LOOKS[look]
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
            part.text, part.font, part.size = text, f"{FONT},Regular", 9


def lock(sheet: Worksheet) -> None:
    """Protect the sheet without a password: official text cannot be overwritten by slip, heights and widths stay free."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def saved(workbook: Workbook) -> bytes:
    """Return the workbook as a file whose bytes depend on nothing but its content: no clock in properties or archive."""
    first, last = BytesIO(), BytesIO()
    workbook.save(first)
    with zipfile.ZipFile(first) as written, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as result:
        for name in written.namelist():
            data = written.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", data)
            if name.startswith("xl/worksheets/"):
                # openpyxl marks every height as set by hand; ours are a first measure, rows shall still grow with what is typed.
                data = data.replace(b' customHeight="1"', b"")
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            result.writestr(entry, data)
    return last.getvalue()


def fit_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str | None, float]], least: int = 1) -> None:
    """Make a row high enough for each (text, width of its column), and for `least` lines to write on."""
    most = max([least, *(lines(text, width) for text, width in texts if text)])
    sheet.row_dimensions[row].height = min(most * LINE + 3, MOST_HEIGHT)


def lines(text: str, width: float) -> int:
    """Return how many lines `text` takes in a column `width` digits wide, on the safe side."""
    return sum(_wrapped(paragraph, width * 0.94) for paragraph in text.split("\n")) if text else 1


def _wrapped(paragraph: str, width: float) -> int:
    count, used = 1, 0.0
    for word in paragraph.split():
        size = sum(map(_breadth, word))
        if used and used + 0.5 + size > width:
            count, used = count + 1, 0.0
        used += size + (0.5 if used else 0)
        while used > width:
            count, used = count + 1, used - width
    return count


def _breadth(letter: str) -> float:
    """Return a letter's breadth in digits of Times New Roman."""
    if letter in "iljtfrI.,;:'|!()[]-/ íìỉĩị":
        return 0.68
    if letter in "mwMW@%…—":
        return 1.75
    return 1.45 if letter.isupper() else 0.98
