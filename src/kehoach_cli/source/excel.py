"""Reads a workbook as it is printed: a table for each sheet, the lines above it as paragraphs."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, time

from kehoach_cli.core.model.source_text import SourceCell, SourceParagraph, SourceTable
from kehoach_cli.office.workbook import WorkbookCell, WorkbookSheet, read_sheets
from kehoach_cli.office.xlsx_package import MOST_COLUMNS, MOST_ROWS
from kehoach_cli.source.blocks import Blocks, Remarks, SourceError
from kehoach_cli.source.cell_format import date_text, figure_text
from kehoach_cli.source.cleaning import clean, clean_lines
from kehoach_cli.source.pieces import say_raised
from kehoach_cli.viet.text import match_key

_CODES = frozenset({"tt", "stt", "số tt", "số thứ tự"})
# A table has at least so many filled cells in a row; rows with fewer above the first such row are the head of the document.
_FEWEST = 3
_MOST_SHOWN, _LONGEST_HEAD = 5, 20
# Figures that stand high behind a figure.
_RAISED = re.compile(r"\d[⁰¹²³⁴-⁹]")
_NINE = re.compile(r"(.*\.)?9\.?")


def read_excel(data: bytes) -> Blocks:
    """Return the sheets of a workbook that people see.

    Raises:
        WorkbookError: the file is no workbook that can be opened without harm.
        SourceError: nothing is written in it, or more than fits into an annex.
    """
    remarks = Remarks()
    blocks: list[SourceParagraph | SourceTable] = []
    for sheet in read_sheets(data, computed=True):
        if sheet.beyond:
            place = sheet.place(*sheet.beyond[0])
            raise SourceError(
                f"có ô ngoài {MOST_ROWS} dòng, {MOST_COLUMNS} cột ({place}), lớn hơn mọi phụ lục; xóa phần thừa rồi lưu lại"
            )
        if sheet.hidden and sheet.rows:
            remarks.add(f'trang "{sheet.title}"', "trang tính ẩn; không đọc", "bỏ ẩn trang nếu nó thuộc kế hoạch")
        elif sheet.rows:
            blocks += _Sheet(sheet, remarks).read()
    if not blocks:
        raise SourceError("bảng tính không có ô nào có chữ; xin gửi lại tệp")
    return Blocks(tuple(blocks), remarks.all)


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, sheet: WorkbookSheet, remarks: Remarks) -> None:
        self._sheet = sheet
        self._remarks = remarks
        self._codes = _code_columns(sheet)
        self._last_codes: dict[int, set[str]] = {}
        self._previous: dict[int, str] = {}
        self._spans, self._covered = _spans(sheet.merged)

    def read(self) -> Iterator[SourceParagraph | SourceTable]:
        """Yield the lines above the table, and the table."""
        self._say_hidden()
        top = _first_row(self._sheet.rows)
        for row, cells in self._sheet.rows.items():
            if row < top:
                yield from (one for column, cell in cells.items() for one in self._paragraphs(column, cell))
        rows = {row: cells for row, cells in self._sheet.rows.items() if row >= top}
        if rows:
            yield self._table(rows, top)

    def _table(self, rows: dict[int, dict[int, WorkbookCell]], top: int) -> SourceTable:
        height = max(rows) - top + 1
        width = max(max(cells) for cells in rows.values())
        made: list[SourceCell] = []
        for row, cells in rows.items():
            for column, cell in cells.items():
                if (row, column) in self._covered:
                    self._remarks.add(cell.place, "chữ bị ô gộp che khuất; không đọc", "bỏ gộp ô để xem")
                    continue
                across, down = self._spans.get((row, column), (1, 1))
                made.append(
                    SourceCell(
                        tuple(self._paragraphs(column, cell)),
                        cell.place,
                        row - top,
                        column - 1,
                        min(down, height - row + top),
                        min(across, width - column + 1),
                    )
                )
        return SourceTable(tuple(made), f'trang "{self._sheet.title}"', height, width)

    def _say_hidden(self) -> None:
        seen = self._sheet.rows
        rows = sorted(row for row in self._sheet.hidden_rows if row in seen)
        columns = sorted(one for one in self._sheet.hidden_columns if any(one in cells for cells in seen.values()))
        for what, numbers in (("dòng", rows), ("cột", columns)):
            if numbers:
                shown = ", ".join(map(str, numbers[:_MOST_SHOWN])) + ("…" if len(numbers) > _MOST_SHOWN else "")
                place = f'trang "{self._sheet.title}"'
                self._remarks.add(place, f"có {what} ẩn ({shown}); đã đọc như thường", "đối chiếu bản in")
        for row in rows:
            self._say_hidden_cell(max(seen[row].values(), key=lambda cell: len(str(cell.value))))
        for column in columns:
            for cells in seen.values():
                if column in cells:
                    self._say_hidden_cell(cells[column])

    def _say_hidden_cell(self, cell: WorkbookCell) -> None:
        self._remarks.add(cell.place, "ô ở dòng hoặc cột ẩn; đã đọc như thường", "bỏ nếu bản in không có")

    def _paragraphs(self, column: int, cell: WorkbookCell) -> Iterator[SourceParagraph]:
        text = self._text(column, cell)
        yield from (SourceParagraph(line, cell.place) for line in text.split("\n") if line)

    def _text(self, column: int, cell: WorkbookCell) -> str:
        """Return what a cell shows; what a person must look at is said."""
        value = cell.value
        if cell.kind == "f":
            self._remarks.add(cell.place, "công thức chưa có kết quả", "mở bằng Excel, lưu lại rồi đọc lại")
            return ""
        if cell.kind == "e":
            self._remarks.add(cell.place, f"công thức báo lỗi {value}", "sửa công thức, hoặc xin số đúng")
            return str(value)
        if isinstance(value, str) and _RAISED.search(value):
            say_raised(cell.place, self._remarks)
        return self._code(column, cell) if column in self._codes else _shown(cell)

    def _code(self, column: int, cell: WorkbookCell) -> str:
        """Return a number of the first column: what Excel took for a decimal or a date was typed as "1.1"."""
        if isinstance(cell.value, date):
            message = "số thứ tự bị Excel đổi thành ngày"
            self._remarks.add(cell.place, message, "sửa theo bản in, rồi định dạng cột là Văn bản (Text)")
            return _shown(cell)
        text = _shown(cell)
        if isinstance(cell.value, float):
            text = text.replace(",", ".")
            known = self._last_codes.setdefault(column, set())
            if text in known or (text.endswith(".1") and _NINE.fullmatch(self._previous.get(column, ""))):
                message = f'số thứ tự "{text}" có lẽ là "{text}0": Excel bỏ số 0 ở cuối'
                self._remarks.add(cell.place, message, "sửa theo bản in, rồi định dạng cột là Văn bản (Text)")
            known.add(text)
        self._previous[column] = text
        return text


def _shown(cell: WorkbookCell) -> str:
    value = cell.value
    if isinstance(value, bool | time):
        return cell.text
    if isinstance(value, int | float):
        return clean(figure_text(value, cell.number_format))
    if isinstance(value, date):
        return clean(date_text(value, cell.number_format))
    return clean_lines(cell.lines or str(value))


def _first_row(rows: dict[int, dict[int, WorkbookCell]]) -> int:
    """Return the row where the table begins: the first one headed "TT", else the first one with some cells."""
    headed = next((row for row, cells in rows.items() if any(map(_is_code_head, cells.values()))), None)
    if headed is not None:
        return headed
    fewest = min(_FEWEST, max(map(len, rows.values())))
    return max(rows) + 1 if fewest == 1 else next(row for row, cells in rows.items() if len(cells) >= fewest)


def _code_columns(sheet: WorkbookSheet) -> frozenset[int]:
    """Return the columns headed "TT"."""
    return frozenset(column for cells in sheet.rows.values() for column, cell in cells.items() if _is_code_head(cell))


def _is_code_head(cell: WorkbookCell) -> bool:
    return isinstance(cell.value, str) and len(cell.value) < _LONGEST_HEAD and match_key(cell.value) in _CODES


def _spans(
    merged: Iterable[tuple[int, int, int, int]],
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return width and height by the first cell of each merged range, and the other cells; ranges over others are left out."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    area = 0
    for left, top, right, bottom in merged:
        if right > MOST_COLUMNS or bottom > MOST_ROWS:
            continue
        area += (right - left + 1) * (bottom - top + 1)
        if area > MOST_COLUMNS * MOST_ROWS:
            raise SourceError("các ô gộp chồng lên nhau, tệp bị hỏng; mở bằng Excel, bỏ gộp ô rồi lưu lại")
        places = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if covered.isdisjoint(places) and places.isdisjoint(spans):
            spans[top, left] = (right - left + 1, bottom - top + 1)
            covered |= places - {(top, left)}
    return spans, covered
