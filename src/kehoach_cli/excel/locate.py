"""Finds the tables of a filled form: which sheet holds which table, and which column holds what, by header, never by position."""

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.excel.answers import Notes, name_of, quoted
from kehoach_cli.excel.hidden_sheet import ORIGINAL, AskedForm
from kehoach_cli.excel.layout import COVER, HIDDEN, INDICATORS, TABLES, TASKS, FormTable
from kehoach_cli.office.workbook import WorkbookCell, WorkbookSheet
from kehoach_cli.office.xlsx_package import MOST_COLUMNS, MOST_ROWS
from kehoach_cli.viet.text import match_key

_HEADER_WITHIN = 30
_LEAST_SHARE = 0.5


class LocatedTable(Struct, frozen=True):
    """A table found on a sheet: the row of its header, and the numbers of its columns by key."""

    sheet: WorkbookSheet
    table: FormTable
    header: int
    columns: dict[str, int]

    def cells(self, row: int) -> dict[str, WorkbookCell]:
        """Return the filled cells of a row by column key."""
        held = self.sheet.rows.get(row, {})
        return {key: held[number] for key, number in self.columns.items() if number in held}

    def answers(self, row: int) -> dict[str, WorkbookCell]:
        """Return the filled answer cells of a row."""
        return {key: cell for key, cell in self.cells(row).items() if self.table.column(key).answer}

    @property
    def body(self) -> list[int]:
        """The rows below the header that hold something."""
        return sorted(row for row in self.sheet.rows if row > self.header)


def locate_tables(
    sheets: tuple[WorkbookSheet, ...], asked: AskedForm, notes: Notes
) -> dict[FormTable, list[LocatedTable]]:
    """Return the tables of a workbook; sheets, columns and cells that are lost or not read become findings."""
    tables: dict[FormTable, list[LocatedTable]] = defaultdict(list)
    for sheet in sheets:
        _note_beyond(sheet, notes)
        if sheet.title != HIDDEN and (found := _locate(sheet, notes)):
            tables[found.table].append(found)
            _note_lost_columns(found, asked, notes)
    _note_missing_sheets(tables, asked, notes)
    return tables


def _locate(sheet: WorkbookSheet, notes: Notes) -> LocatedTable | None:
    """Return the table whose headers fill the largest share of a row, at least half of them."""
    best: tuple[float, FormTable, int] | None = None
    for row in sorted(row for row in sheet.rows if row <= _HEADER_WITHIN):
        keys = {match_key(name_of(cell)) for cell in sheet.rows[row].values()}
        for table in TABLES:
            headers = {match_key(header) for column in table.columns for header in column.headers}
            share = len(keys & headers) / sum(bool(column.header) for column in table.columns)
            if share >= _LEAST_SHARE and (best is None or share > best[0]):
                best = share, table, row
    if best is None:
        _note_unknown_sheet(sheet, notes)
        return None
    return _with_columns(sheet, best[1], best[2], notes)


def _with_columns(sheet: WorkbookSheet, table: FormTable, header: int, notes: Notes) -> LocatedTable | None:
    keys = {match_key(header): column.key for column in table.columns for header in column.headers}
    columns: dict[str, int] = {}
    strange: dict[int, str] = {}
    for number, cell in sorted(sheet.rows[header].items()):
        key = keys.get(match_key(name_of(cell)))
        if key is None:
            strange[number] = quoted(cell.text)
        elif key in columns:
            notes.error(f"cột “{cell.text}” có hai lần trong trang “{sheet.title}”", "xóa cột thừa", cell.place)
            return None
        else:
            columns[key] = number
    if table.identity and table.identity not in columns:
        name = table.column(table.identity).header
        message = f"trang “{sheet.title}” thiếu cột “{name}” nên không biết câu trả lời thuộc dòng nào"
        notes.error(message, f"khôi phục cột “{name}” từ biểu mẫu gốc", sheet.place(header, 1))
        return None
    found = LocatedTable(sheet, table, header, columns)
    _note_unread_cells(found, strange, notes)
    _note_merged_answers(found, notes)
    return found


def _note_unknown_sheet(sheet: WorkbookSheet, notes: Notes) -> None:
    """Report a sheet that is not read; under the name of one of ours, that makes the form unusable."""
    first = next((cells[min(cells)].place for _, cells in sorted(sheet.rows.items())), None)
    own = any(match_key(table.title) == match_key(sheet.title) for table in TABLES)
    if own:
        message = f"trang “{sheet.title}” không còn dòng tiêu đề của biểu mẫu trong {_HEADER_WITHIN} dòng đầu"
        notes.error(message, "khôi phục dòng tiêu đề như biểu mẫu gốc, hoặc " + ORIGINAL, first)
    elif first:
        notes.warning(
            f"trang “{sheet.title}” không thuộc biểu mẫu nên không được đọc",
            "nếu trang có nội dung cần báo cáo, chép vào các trang của biểu mẫu",
            first,
        )


def _note_lost_columns(found: LocatedTable, asked: AskedForm, notes: Notes) -> None:
    for column in found.table.columns:
        had = not column.rare or asked.values.get("columns") == column.key
        if column.answer and had and column.key not in found.columns:
            notes.warning(
                f"trang “{found.sheet.title}” không còn cột “{column.header}” nên không đọc được câu trả lời ở cột này",
                "nếu đã đổi tên cột, ghi lại tên cũ",
                found.sheet.place(found.header, 1),
            )


def _note_unread_cells(found: LocatedTable, strange: Mapping[int, str], notes: Notes) -> None:
    """Report cells outside every known column, so that nothing submitted is dropped silently."""
    known = set(found.columns.values())
    by_column: dict[int, list[WorkbookCell]] = defaultdict(list)
    for row, cells in sorted(found.sheet.rows.items()):
        for number, cell in cells.items():
            # Our own title and advice stand above the header, each in the first cell of its row.
            if (row < found.header and number != min(cells)) or (row > found.header and number not in known):
                by_column[number].append(cell)
    for number, outside in sorted(by_column.items()):
        name = f" {strange[number]}" if number in strange else ""
        more = f" và {len(outside) - 1} ô khác" if len(outside) > 1 else ""
        notes.warning(
            f"ô{more} nằm ở cột{name} không có trong biểu mẫu nên không được đọc: {quoted(outside[0].text)}",
            "chép nội dung vào cột của biểu mẫu, ví dụ cột “Ghi chú”",
            outside[0].place,
        )


def _note_merged_answers(found: LocatedTable, notes: Notes) -> None:
    """Refuse a filled merged range over answer cells: nobody can tell which rows it answers."""
    answers = {
        found.columns[column.key] for column in found.table.columns if column.answer and column.key in found.columns
    }
    for left, top, right, bottom in found.sheet.merged:
        cell = found.sheet.rows.get(top, {}).get(left)
        if cell and bottom > found.header and left in answers and (bottom > top or right > left):
            notes.error(
                f"ô trả lời bị gộp với ô bên cạnh (đến {found.sheet.place(bottom, right).partition('!')[2]}), "
                "không rõ nội dung thuộc dòng nào, cột nào",
                "bỏ gộp ô và ghi cho từng dòng",
                cell.place,
            )


def _note_beyond(sheet: WorkbookSheet, notes: Notes) -> None:
    if sheet.beyond:
        row, column = sheet.beyond[0]
        more = " và các ô khác" if len(sheet.beyond) > 1 else ""
        notes.warning(
            f"ô{more} nằm ngoài phạm vi biểu mẫu ({MOST_ROWS} dòng, {MOST_COLUMNS} cột) nên không được đọc",
            "xóa, hoặc chép nội dung vào bảng",
            sheet.place(row, column),
        )


def _note_missing_sheets(tables: Mapping[FormTable, list[LocatedTable]], asked: AskedForm, notes: Notes) -> None:
    """Report the sheets that are missing: an error where the form asks something on them, else a warning."""
    refused = {note.message for note in notes.found if note.severity is Severity.ERROR}
    for table in TABLES:
        if tables.get(table) or any(f"“{table.title}”" in message for message in refused):
            continue
        needed = table in {COVER, INDICATORS, TASKS} and table in asked.rows
        notes.add(
            Severity.ERROR if needed else Severity.WARNING,
            f"thiếu trang “{table.title}”",
            "chép lại trang này từ biểu mẫu gốc; không có gì báo cáo thì để trống, không xóa",
        )
