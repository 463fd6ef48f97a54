"""One sheet of a form while it is written, row by row: headings, official text in locked cells, answers in open ones."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kehoach_cli.errors import CannotRunError
from kehoach_cli.excel.layout import MOST_IN_A_CELL, FormColumn, FormTable
from kehoach_cli.excel.style import (
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SCALE,
    begin_pages,
    fit_height,
    lines,
    lock,
    print_on_a4,
    print_readably,
    put,
)

HEADER_ROW = 3
# Excel limits the height of a row: text with more lines needs a wider column.
MOST_LINES = 27
_WIDER = 2
# A bold text needs more room: it is measured in a narrower column.
_BOLD = 0.85
_SHOWN = 60


class FormGrid(Struct):
    """A sheet and the row written last; `widths` are those of the columns that are shown.

    `choices` holds the open cells by column, or by a name given to a cell that offers something else; `headings` the rows of
    headings.
    """

    sheet: Worksheet
    table: FormTable
    row: int = 0
    least: int = 2
    widths: dict[str, float] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    headings: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Show all columns."""
        self.spread()

    def spread(self, hidden: Iterable[str] = (), long: Mapping[str, Iterable[str]] | None = None) -> None:
        """Share the width of a page among the columns, but for hidden ones.

        A column of `long` is at least so wide that its texts fit into the height of a row; then all may be wider than a page.
        """
        away = frozenset(hidden)
        shown = [column for column in self.table.columns if column.key not in away]
        least = {column.key: _needed(column.width, (long or {}).get(column.key, ())) for column in shown}
        left = max(0.0, PAGE_WIDTH - sum(least.values()))
        shares = sum(column.grows for column in shown)
        self.widths = {column.key: least[column.key] + left * column.grows / shares for column in shown}

    def headline(self, title: str, note: str) -> None:
        """Write the title, one line of advice, and the header of the table."""
        put(self.sheet.cell(1, 1), title, "title")
        put(self.sheet.cell(2, 1), note, "note")
        self.row = HEADER_ROW - 1
        self.header()

    def header(self) -> None:
        """Write the header row."""
        self.row += 1
        for number, column in enumerate(self.table.columns, start=1):
            put(self.sheet.cell(self.row, number), column.header, "asked" if column.answer else "header")
        fit_height(self.sheet, self.row, ((column.header, self._width(column) * _BOLD) for column in self._shown()))

    def band(self, text: str, style: str) -> None:
        """Write a heading over the whole width."""
        self.row += 1
        last = len(self.table.columns)
        for number in range(1, last + 1):
            put(self.sheet.cell(self.row, number), text if number == 1 else None, style)
        self._merge_row()
        self.headings.add(self.row)
        fit_height(self.sheet, self.row, [(text, _BOLD * sum(self.widths.values()))])

    def heading(self, text: str) -> None:
        """Write a heading that is not part of a table."""
        self.row += 1
        put(self.sheet.cell(self.row, 1), text, "heading")
        self.headings.add(self.row)

    def paragraph(self, text: str) -> None:
        """Write advice over the whole width. Excel does not fit the height of a merged row, so it is computed."""
        self.row += 1
        put(self.sheet.cell(self.row, 1), text, "text")
        self._merge_row()
        fit_height(self.sheet, self.row, [(text, sum(self.widths.values()))])

    def line(
        self, values: Mapping[str, str | None], closed: Iterable[str] = (), offers: Mapping[str, str] | None = None
    ) -> None:
        """Write one row.

        `closed` names the answer columns that are asked in other rows only, `offers` the columns whose cell offers something
        else than the others, with the name for it.
        """
        self.row += 1
        shut = set(closed)
        for number, column in enumerate(self.table.columns, start=1):
            name = (offers or {}).get(column.key, column.key)
            self._cell(number, column, values.get(column.key), None if column.key in shut else name)
        texts = ((values.get(column.key), self._width(column)) for column in self._shown())
        fit_height(self.sheet, self.row, texts, self.least)

    def _cell(self, number: int, column: FormColumn, text: str | None, offer: str | None) -> None:
        cell = self.sheet.cell(self.row, number)
        if not column.answer:
            put(cell, text)
        elif offer is None:
            put(cell, None, "closed")
        else:
            put(cell, _fitting(text, f"{self.table.title}!{cell.coordinate}"), "answer")
            self.choices.setdefault(offer, []).append(cell.coordinate)

    def _merge_row(self) -> None:
        last = len(self.table.columns)
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=last)

    def _shown(self) -> list[FormColumn]:
        return [column for column in self.table.columns if column.key in self.widths]

    def _width(self, column: FormColumn) -> float:
        return self.widths[column.key]

    def offer(self, key: str, validation: DataValidation) -> None:
        """Attach a drop-down list or a prompt to the open cells of a column."""
        cells = self.choices.get(key)
        if cells:
            for cell in cells:
                validation.add(cell)
            self.sheet.add_data_validation(validation)

    def finish(self, footer: str, header_row: int | None = HEADER_ROW, frozen: int = 0) -> None:
        """Set widths, freeze the header and the first columns, lock the sheet, prepare it for print."""
        for number, column in enumerate(self.table.columns, start=1):
            dimension = self.sheet.column_dimensions[get_column_letter(number)]
            dimension.width = self.widths.get(column.key, column.width)
            dimension.hidden = column.key not in self.widths
        if header_row:
            self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{header_row + 1}"
        print_on_a4(self.sheet, header_row, footer)
        scale = print_readably(self.sheet, sum(self.widths.values()))
        begin_pages(self.sheet, self._new_pages(header_row, PAGE_HEIGHT * SCALE / scale))
        lock(self.sheet)

    def _new_pages(self, header_row: int | None, room: float) -> Iterator[int]:
        """Yield the headings that begin a page, because they would stand alone at the end of one; `room` is in points."""
        repeated = self._height(header_row) if header_row else 0.0
        used, opening = 0.0, 0
        for row in range(1, self.row + 1):
            # Headings stay together with the first line below them.
            opening = opening or (row if row in self.headings else 0)
            if row in self.headings:
                continue
            height = sum(map(self._height, range(opening or row, row + 1)))
            if used + height > room:
                used = repeated
                if opening:
                    yield opening
            used, opening = used + height, 0

    def _height(self, row: int) -> float:
        return self.sheet.row_dimensions[row].height or LINE


def _needed(width: float, texts: Iterable[str]) -> float:
    """Return this width, or more until the longest of the texts fit into the height of a row."""
    longest = sorted(texts, key=len)[-5:]
    while any(lines(text, width) > MOST_LINES for text in longest):
        width += _WIDER
    return width


def _fitting(text: str | None, place: str) -> str | None:
    if text and len(text.encode("utf-16-le")) // 2 > MOST_IN_A_CELL:
        raise CannotRunError(
            f'nội dung đã báo cáo dài hơn một ô Excel chứa được ({place}); rút ngắn: "{text[:_SHOWN]}…"'
        )
    return text
