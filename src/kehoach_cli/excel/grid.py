"""One sheet of a form while it is written, row by row: headings, official text in locked cells, answers in open ones."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kehoach_cli.errors import CannotRunError
from kehoach_cli.excel.layout import MOST_IN_A_CELL, FormColumn, FormTable
from kehoach_cli.excel.style import fit_height, lines, lock, print_on_a4, put

HEADER_ROW = 3
# Excel limits the height of a row: text with more lines needs a wider column.
_MOST_LINES = 25
_WIDER = 4
# A bold text needs more room: it is measured in a narrower column.
_BOLD = 0.85
_SHOWN = 60


class FormGrid(Struct):
    """A sheet and the row written last; `widths` are those that differ from the layout.

    `choices` holds the open cells by column, or by a name given to a cell that offers something else.
    """

    sheet: Worksheet
    table: FormTable
    row: int = 0
    least: int = 2
    widths: dict[str, float] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

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
        fit_height(self.sheet, self.row, ((column.header, column.width * _BOLD) for column in self.table.columns))

    def band(self, text: str, style: str) -> None:
        """Write a heading over the whole width."""
        self.row += 1
        last = len(self.table.columns)
        for number in range(1, last + 1):
            put(self.sheet.cell(self.row, number), text if number == 1 else None, style)
        self._merge_row()
        fit_height(self.sheet, self.row, [(text, _BOLD * sum(map(self._width, self.table.columns)))])

    def heading(self, text: str) -> None:
        """Write a heading that is not part of a table."""
        self.row += 1
        put(self.sheet.cell(self.row, 1), text, "heading")

    def paragraph(self, text: str) -> None:
        """Write advice over the whole width. Excel does not fit the height of a merged row, so it is computed."""
        self.row += 1
        put(self.sheet.cell(self.row, 1), text, "text")
        self._merge_row()
        fit_height(self.sheet, self.row, [(text, sum(column.width for column in self.table.columns))])

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
        texts = ((values.get(column.key), self._width(column)) for column in self.table.columns)
        fit_height(self.sheet, self.row, texts, self.least)

    def _cell(self, number: int, column: FormColumn, text: str | None, offer: str | None) -> None:
        cell = self.sheet.cell(self.row, number)
        if not column.answer:
            put(cell, text, "id" if column.key == "ref" else "body")
        elif offer is None:
            put(cell, None, "closed")
        else:
            put(cell, _fitting(text, f"{self.table.title}!{cell.coordinate}"), "answer")
            self.choices.setdefault(offer, []).append(cell.coordinate)

    def _merge_row(self) -> None:
        last = len(self.table.columns)
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=last)

    def _width(self, column: FormColumn) -> float:
        return self.widths.get(column.key, column.width)

    def widen(self, key: str, texts: Iterable[str]) -> float:
        """Widen a column until the longest texts fit into the height of a row; return its width."""
        longest = sorted(texts, key=len)[-5:]
        width = self.table.column(key).width
        while any(lines(text, width) > _MOST_LINES for text in longest):
            width += _WIDER
        self.widths[key] = width
        return width

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
            self.sheet.column_dimensions[get_column_letter(number)].width = self._width(column)
        if header_row:
            self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{header_row + 1}"
        print_on_a4(self.sheet, header_row, footer)
        lock(self.sheet)


def _fitting(text: str | None, place: str) -> str | None:
    if text and len(text.encode("utf-16-le")) // 2 > MOST_IN_A_CELL:
        raise CannotRunError(
            f'nội dung đã báo cáo dài hơn một ô Excel chứa được ({place}); rút ngắn: "{text[:_SHOWN]}…"'
        )
    return text
