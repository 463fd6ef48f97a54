"""Tables of a document as rows with a role for each column: head rows, groups, and rows that a page break has cut."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.roles import Role, role_of_head, target_key
from kehoach_cli.core.draft.rows import Cell
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.model.source_text import SourceCell, SourceTable
from kehoach_cli.viet.text import CAPITALS, folded, match_key

MOST_BEFORE_HEAD = 3
_MOST_HEADS = 3
_NEARLY_ALL = 0.6
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?|\([a-z]\)|[a-z]|[A-Z]")
_ROW_NUMBER = re.compile(r"\(?(?P<number>[IVXLC]+(?:\.\d+)*|\d+(?:\.\d+)*)\)?[.)]?")
_TYPED_NUMBER = re.compile(rf"\s*(?P<number>[IVXLC]+|\d{{1,3}}(?:\.\d{{1,3}})*)[.)]\s+(?=[{CAPITALS}])")
_INDICATORS = re.compile(r"(?:tên |các )?(?:chỉ tiêu|chỉ số)(?!.*(?:nhiệm vụ|nội dung|công việc|giải pháp))")
_YEARS = re.compile(r"\b(?:19|20|21)\d\d\b")
_BAND = re.compile(
    r"(?:(?:chỉ tiêu|mục tiêu)\s+)?(?:đến|tới|trong|vào)?\s*(?:hết\s+)?(?:năm|giai đoạn)\s+\d{4}(?:\s*[-–]\s*\d{4})?",
    re.IGNORECASE,
)
_TICK = re.compile(r"[xXvV✓✔+*●•]")
# "A | NHIỆM VỤ | | 24.700": the sum of a part stands in the row of its title.
_SUM = re.compile(r"[\d.,\s]+%?")
_HEADS_PARTS = re.compile(r"[A-Z]|[IVX]+")
_DATED = frozenset({Role.TARGET, Role.BASELINE})
_PLANNED = re.compile(r"kế hoạch|mục tiêu|phấn đấu|dự kiến|\bkh\b")
_DONE = re.compile(r"thực hiện|kết quả|\bđạt\b|ước|\bth\b|đã có")
# Roles of which a table of tasks or indicators has two at least.
TELLING = frozenset(
    {
        *(Role.TEXT, Role.INDICATOR, Role.LEAD, Role.SUPPORT, Role.LEAD_AND_SUPPORT),
        *(Role.SCHEDULE, Role.OUTPUTS, Role.TARGET),
    }
)

_LONGEST_HEAD, _LONGEST_UNIT = 30, 20


class TableColumn(Struct, frozen=True):
    """What a column holds; `key` is the year or period of a target."""

    role: Role
    words: str
    key: str = ""


class TableRow(Struct, frozen=True):
    """One row: its number as printed, its cells by column; `group` where it is a heading over the rows below.

    `alone` says that it has nothing but its text; `band` is the year or period of the heading over it ("Đến năm 2030"); `part`
    counts the rows that one cell of text covers.
    """

    number: str
    cells: dict[int, Cell]
    place: str
    group: bool = False
    alone: bool = False
    band: str = ""
    part: int = 0


class TableContent(Struct, frozen=True):
    """The columns and rows of a table of tasks or indicators; `heads` tells two tables with one head apart from others.

    `head_rows` are the rows of the source that hold no content: heads, also repeated ones, and numbers of columns.
    """

    columns: dict[int, TableColumn]
    rows: tuple[TableRow, ...]
    heads: tuple[str, ...]
    head_rows: frozenset[int] = frozenset()

    def column(self, role: Role) -> int | None:
        """Return the first column of a role."""
        return next((at for at, column in self.columns.items() if column.role is role), None)

    def mostly_filled(self, role: Role) -> bool:
        """Whether nearly all rows that are no headings have a text in the column of this role."""
        at = self.column(role)
        rows = [row for row in self.rows if not row.alone and not row.group]
        filled = sum(bool(folded(row.cells[at].text)) for row in rows if at is not None and at in row.cells)
        return bool(rows) and filled >= _NEARLY_ALL * len(rows)

    @property
    def indicators(self) -> bool:
        """Whether the rows are indicators: columns of years, and no deadlines."""
        roles = {column.role for column in self.columns.values()}
        return Role.TARGET in roles and Role.SCHEDULE not in roles

    @property
    def undated_indicators(self) -> bool:
        """Whether the rows are indicators whose values no column gives a year: neither targets nor tasks can be made of them."""
        at = self.column(Role.TEXT)
        roles = {column.role for column in self.columns.values()}
        named = at is not None and bool(_INDICATORS.match(match_key(self.columns[at].words)))
        return named and not roles & {Role.TARGET, Role.SCHEDULE}


def read_table(table: SourceTable, notes: DraftNotes, before: TableContent | None = None) -> TableContent | None:
    """Return a table of tasks or indicators, None for any other.

    `before` is the table above: one without a head of its own and with as many columns goes on with it.
    """
    found = _find_head(table)
    if found is None:
        own_head = any(role_of_head(_text(cell)) is Role.NUMBER for cell in table.grid[0])
        if before is None or own_head or table.columns != len(before.heads):
            return None
        return _with_rows(TableContent(before.columns, (), before.heads), table, 0, 0)
    first, count = found
    heads = tuple(_head_text(table, column, first, count) for column in range(table.columns))
    columns: dict[int, TableColumn] = {}
    banded = _is_banded(table, heads, first + count)
    for at, words in enumerate(heads):
        role = _role(table, at, first, count)
        if banded:
            role = _banded_role(role, words)
        if role is None:
            _doubt_column(table, at, words, first, notes)
            continue
        columns[at] = TableColumn(
            role, words.rpartition("|")[2].strip() or words, _key(words) if role in _DATED else ""
        )
    if Role.TARGET in {one.role for one in columns.values()}:
        units = {at: TableColumn(Role.UNIT, words) for at, words in enumerate(heads) if match_key(words) == "đơn vị"}
        columns |= {at: one for at, one in units.items() if _has_units(table, at, first + count)}
    columns = _settled(_without_marks(columns, table, first + count, notes), table, notes, banded=banded)
    content = TableContent(columns, (), heads)
    if content.column(Role.TEXT) is None:
        return None
    return _with_rows(content, table, first, count)


def _with_rows(content: TableContent, table: SourceTable, first: int, count: int) -> TableContent:
    """Return the content with the rows of a table, whose head has `count` rows from `first` on."""
    later = range(first + count, table.rows)
    words = [{match_key(part) for part in head.split(" | ")} for head in content.heads]
    heads = {row for row in later if _is_head(table.grid[row], words) or _counts_columns(table.grid[row])}
    read = _with_groups(list(_rows(table, [row for row in later if row not in heads], content)), content)
    rows = tuple(_with_bands(read, content))
    return replace(content, rows=rows, head_rows=frozenset({*range(first, first + count), *heads}))


def _with_groups(rows: Sequence[TableRow], content: TableContent) -> Iterator[TableRow]:
    """Yield rows; one over "1.1" that has only cells which also cover the row below is a heading, number 1."""
    text_at = content.column(Role.TEXT)
    for row, below in pairwise((*rows, None)):
        if row and below and row.number and below.number.startswith(f"{row.number}."):
            own = {at: cell for at, cell in row.cells.items() if at != text_at and folded(cell.text)}
            covered = all(at in below.cells and below.cells[at].place == cell.place for at, cell in own.items())
            yield replace(row, group=row.group or covered)
        elif row:
            yield row


def _with_bands(rows: Iterable[TableRow], content: TableContent) -> Iterator[TableRow]:
    """Yield rows with the year of the heading over them, where the values of a table have no year of their own."""
    at, text_at = content.column(Role.TARGET), content.column(Role.TEXT)
    if at is None or content.columns[at].key or text_at is None:
        yield from rows
        return
    band = ""
    for row in rows:
        text = folded(row.cells[text_at].text) if text_at in row.cells else ""
        if row.group and _BAND.fullmatch(text.rstrip(" :.")):
            band = target_key(text) or ""
        yield replace(row, band=band)


def _find_head(table: SourceTable) -> tuple[int, int] | None:
    """Return the first head row and how many there are."""
    for first in range(min(MOST_BEFORE_HEAD + 1, table.rows)):
        count = _head_rows(table, first)
        roles = [_role(table, column, first, count) for column in range(table.columns)]
        if len(set(roles) & TELLING) > 1:
            return first, count
    return None


def _head_rows(table: SourceTable, first: int) -> int:
    """Return how many rows the head has: those that its cells cover downward, or the document repeats."""
    cells = [cell for cell in table.grid[first] if cell]
    deep = max((cell.row + cell.height - first for cell in cells), default=1)
    wide = any(1 < cell.width < table.columns for cell in cells)
    if wide and deep == 1 and first + 1 < table.rows and _under_wide(table, first):
        deep = 2
    count = min(max(deep, table.heads - first, 1), _MOST_HEADS)
    while count > 1 and (_counts_columns(table.grid[first + count - 1]) or _is_band(table.grid[first + count - 1])):
        count -= 1
    return count


def _is_band(row: tuple[SourceCell | None, ...]) -> bool:
    """Whether one text covers a whole row: a heading over the rows below, not a head."""
    return len(row) > 2 and len({id(cell) for cell in row}) == 1 and bool(_text(row[0]))  # noqa: PLR2004


def _under_wide(table: SourceTable, first: int) -> bool:
    """Whether the row below names the parts of a head that covers several columns, and nothing else."""
    for above, below in zip(table.grid[first], table.grid[first + 1], strict=True):
        text = _text(below)
        if above and above.width == 1 and text and text != _text(above):
            return False
    return True


def _text(cell: SourceCell | None) -> str:
    return folded(cell.text) if cell else ""


def _head_text(table: SourceTable, column: int, first: int, count: int) -> str:
    texts = [_text(table.grid[row][column]) for row in range(first, first + count)]
    return " | ".join(dict.fromkeys(text for text in texts if text))


def _role(table: SourceTable, column: int, first: int, count: int) -> Role | None:
    """Return the role of a column: what its lowest head says, else all its heads together."""
    texts = _head_text(table, column, first, count).split(" | ")
    return role_of_head(texts[-1]) or role_of_head(" ".join(texts))


def _key(words: str) -> str:
    return target_key(words.rpartition("|")[2]) or target_key(words) or ""


def _is_banded(table: SourceTable, heads: Sequence[str], first: int) -> bool:
    """Whether a table of indicators has a row for each year over the rows that are to reach their values then."""
    if not any(_INDICATORS.match(match_key(words)) for words in heads) or any(_YEARS.search(words) for words in heads):
        return False
    alone = [texts[-1] for row in table.grid[first:] if (texts := _said(row)) and len(texts) <= 2]  # noqa: PLR2004
    return any(_BAND.fullmatch(text.rstrip(" :.")) for text in alone)


def _said(row: tuple[SourceCell | None, ...]) -> list[str]:
    return list(dict.fromkeys(text for cell in row if (text := _text(cell))))


def _banded_role(role: Role | None, words: str) -> Role | None:
    """Return what a column holds in a table with a row for each year: the values are in one column."""
    key = match_key(words)
    if key == "đơn vị":
        return Role.UNIT
    return Role.TARGET if re.match(r"kết quả|mục tiêu|giá trị|phấn đấu|chỉ tiêu (?:đạt|phấn đấu)|mức\b", key) else role


def _settled(
    columns: dict[int, TableColumn], table: SourceTable, notes: DraftNotes, *, banded: bool = False
) -> dict[int, TableColumn]:
    """Return the columns with one text column; a second column of one role, or one that says more of it, is a doubt."""
    columns = dict(_with_baselines(columns))
    name = next((at for at, one in columns.items() if one.role is Role.INDICATOR), None)
    roles = {one.role for one in columns.values()}
    measured = Role.TARGET in roles and Role.SCHEDULE not in roles
    if name is not None and (Role.TEXT not in roles or (measured and _has_names(table, name))):
        # Beside a column of indicators the work that they measure does not name them.
        for at in [at for at, one in columns.items() if one.role is Role.TEXT]:
            _doubt_column(table, at, columns.pop(at).words, 0, notes)
        columns[name] = replace(columns[name], role=Role.TEXT)
    seen: set[tuple[Role, str]] = set()
    kept: dict[int, TableColumn] = {}
    for at, one in columns.items():
        undated = one.role is Role.TARGET and not one.key and not banded
        if (one.role, one.key) in seen or undated or one.role is Role.INDICATOR:
            _doubt_column(table, at, one.words, 0, notes)
            continue
        seen.add((one.role, one.key))
        kept[at] = one
    return kept


def _with_baselines(columns: dict[int, TableColumn]) -> Iterator[tuple[int, TableColumn]]:
    """Yield columns; beside those that say "kế hoạch" an earlier year that was reached is no target: "Thực hiện 2024"."""
    planned = [one.key for one in columns.values() if one.role is Role.TARGET and _PLANNED.search(match_key(one.words))]
    for at, one in columns.items():
        key = match_key(one.words)
        done = one.role is Role.TARGET and planned and one.key[:4] < min(planned)[:4] and not _PLANNED.search(key)
        yield at, replace(one, role=Role.BASELINE) if done and _DONE.search(key) else one


def _without_marks(
    columns: dict[int, TableColumn], table: SourceTable, first: int, notes: DraftNotes
) -> dict[int, TableColumn]:
    """Return the columns without those of years that only have marks: these are doubts."""
    marked = {at for at, one in columns.items() if one.role is Role.TARGET and _has_marks(table, at, first)}
    for at in sorted(marked):
        _doubt_column(table, at, columns[at].words, 0, notes)
    return {at: one for at, one in columns.items() if at not in marked}


def _has_marks(table: SourceTable, column: int, first: int) -> bool:
    """Whether the cells of a column only mark a time: "x" below "2021 - 2025" is no target."""
    cells = [cell for row in table.grid[first:] if (cell := row[column]) and cell.width == 1]
    texts = [text for cell in cells if (text := _text(cell))]
    return bool(texts) and all(_TICK.fullmatch(text) for text in texts)


def _has_units(table: SourceTable, column: int, first: int) -> bool:
    """Whether the cells of a column are units, not bodies: "%", "Triệu đồng"."""
    texts = [text for row in table.grid[first:] if (text := _text(row[column]))]
    return bool(texts) and all(len(text) <= _LONGEST_UNIT and not BEGINS_WITH_BODY.match(text) for text in texts)


def _has_names(table: SourceTable, column: int) -> bool:
    """Whether most cells of a column are more than a word or a number."""
    texts = [text for row in table.grid if (text := _text(row[column]))]
    return 2 * sum(" " in text and any(map(str.isalpha, text)) for text in texts) > len(texts)


def _doubt_column(table: SourceTable, column: int, words: str, first: int, notes: DraftNotes) -> None:
    cells = [cell for row in table.grid[first:] if (cell := row[column])]
    if any(_text(cell) for cell in cells):
        why = f'không rõ cột "{words}" là gì nên không lấy' if words else "cột không có tiêu đề nên không lấy"
        mend = "đối chiếu cột này với văn bản, ghi vào khóa thích hợp nếu cần"
        place = f"{table.place} cột {column + 1}"
        notes.doubt(DoubtKind.COLUMN, ("", place), words, why, mend)


# --- rows ---


def _rows(table: SourceTable, indices: Sequence[int], content: TableContent) -> Iterator[TableRow]:
    before: TableRow | None = None
    for index in indices:
        row = table.grid[index]
        if _is_blank(row):
            continue
        made = _row(row, content, index)
        if before and _goes_on(made, before, content):
            before = _joined(before, made)
            continue
        if before:
            yield before
        before = made
    if before:
        yield before


def _is_blank(row: tuple[SourceCell | None, ...]) -> bool:
    return not any(_text(cell) for cell in row)


def _is_head(row: tuple[SourceCell | None, ...], heads: list[set[str]]) -> bool:
    """Whether a row repeats the head, or goes on with it: each of its cells that says something says words of a head."""
    texts = {text for cell in row if (text := _text(cell))}
    if len(texts) > 1 and all(len(text) <= _LONGEST_HEAD and role_of_head(text) for text in texts):
        # The second row of a head: "Chủ trì", "Phối hợp".
        return True
    told = False
    for cell, words in zip(row, heads, strict=False):
        if text := match_key(_text(cell)):
            if text not in words:
                return False
            told = True
    return told


def _counts_columns(row: tuple[SourceCell | None, ...]) -> bool:
    """Whether a row only numbers the columns, one of which may be left out."""
    texts = [text for cell in row if (text := _text(cell))]
    return len(texts) > 2 and len(row) - len(texts) < 2 and all(map(_COLUMN_NUMBER.fullmatch, texts))  # noqa: PLR2004


def _row(row: tuple[SourceCell | None, ...], content: TableContent, index: int) -> TableRow:
    number_at, text_at = content.column(Role.NUMBER), content.column(Role.TEXT)
    # A narrow column of a page breaks "VIII.1" in two.
    number = _text(row[number_at]).replace(" ", "") if number_at is not None else ""
    text_cell = row[text_at] if text_at is not None else None
    cells: dict[int, Cell] = {}
    for at, column in content.columns.items():
        cell = row[at] if at < len(row) else None
        if cell is None or at == number_at or (cell is text_cell and at != text_at):
            continue
        cells[at] = Cell(cell.text, cell.place, column.words)
    if number_at is not None and text_cell is row[number_at]:
        # One cell over the whole width: its number, if any, is typed before the text.
        number, text = _number_before(_text(text_cell))
        cells = {at: replace(cell, text=text if at == text_at else "") for at, cell in cells.items()}
        if text_at is not None and text_at not in cells and text_cell:
            cells[text_at] = Cell(text, text_cell.place)
    if number_at is None and text_at in cells and (typed := _TYPED_NUMBER.match(cells[text_at].text)):
        # No column for numbers: they are typed before the text.
        number = typed["number"]
        cells[text_at] = replace(cells[text_at], text=cells[text_at].text[typed.end() :])
    place = next((cell.place for cell in row if cell), "")
    over = _is_over(
        number, cells, text_at, [_text(cell) for at, cell in enumerate(row) if at not in {number_at, text_at}]
    )
    said = [
        at
        for at, cell in cells.items()
        if folded(cell.text) and at != text_at and not (over and content.columns[at].role is Role.COST)
    ]
    # A column that is not read says something, too: "28" below "Ngày" before "Chủ nhật".
    said += [
        at
        for at, cell in enumerate(row)
        if not over
        and at < len(content.heads)
        and content.heads[at]
        and at not in content.columns
        and cell is not text_cell
        and _text(cell)
    ]
    found = _ROW_NUMBER.fullmatch(number)
    covers = (
        text_cell is not None and text_cell.height > 1 and (number_at is None or _covers_as(row[number_at], text_cell))
    )
    part = index - text_cell.row + 1 if text_cell and covers else 0
    return TableRow(found["number"] if found else number, cells, place, group=not said, part=part)


def _is_over(number: str, cells: dict[int, Cell], text_at: int | None, others: Sequence[str]) -> bool:
    """Whether a row is the title of a part with sums beside it: in capitals, or with a roman number and nothing but figures."""
    if text_at not in cells or not _HEADS_PARTS.fullmatch(number):
        return False
    sums = [text for text in others if text]
    summed = bool(sums) and all(map(_SUM.fullmatch, sums)) and _ROW_NUMBER.fullmatch(number) is not None
    return summed or folded(cells[text_at].text).isupper()


def _covers_as(cell: SourceCell | None, other: SourceCell) -> bool:
    """Whether a cell covers the same rows as another."""
    return cell is not None and (cell.row, cell.height) == (other.row, other.height)


def _number_before(text: str) -> tuple[str, str]:
    found = re.match(
        r"(?P<number>[IVXLC]+(?:\.\d+)*|\d+(?:\.\d+)*)\s*[.)]\s*(?P<text>.+)|(?P<roman>[IVX]+)\s+(?P<rest>.+)", text
    )
    if not found:
        return "", text
    return (found["number"] or found["roman"]), (found["text"] or found["rest"])


def _goes_on(row: TableRow, before: TableRow, content: TableContent) -> bool:
    """Whether a row is the rest of the one above, which a page break has cut: without a number, in the middle of a sentence."""
    text_at = content.column(Role.TEXT)
    text = folded(row.cells[text_at].text) if text_at in row.cells else ""
    if row.number or before.group or content.column(Role.NUMBER) is None:
        return False
    return not text or text[:1].islower()


def _joined(before: TableRow, rest: TableRow) -> TableRow:
    cells = dict(before.cells)
    for at, cell in rest.cells.items():
        if folded(cell.text):
            old = cells.get(at)
            cells[at] = replace(old, text=f"{old.text} {cell.text}".strip()) if old else cell
    return replace(before, cells=cells)
