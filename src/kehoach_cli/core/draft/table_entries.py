"""The rows of the tables of a document as entries of the plan: tasks, indicators, sections."""

import re
from typing import Any

from kehoach_cli.core.draft.appendices import DraftAppendix
from kehoach_cli.core.draft.found import Passages
from kehoach_cli.core.draft.indicators import indicator_of
from kehoach_cli.core.draft.lines import Mark
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.numbering import Ids, Numbered, numbered_rows
from kehoach_cli.core.draft.prose import doubt_who
from kehoach_cli.core.draft.roles import Role, keys_of
from kehoach_cli.core.draft.rows import Cell, RowReader
from kehoach_cli.core.draft.tables import TableColumn, TableContent, read_table
from kehoach_cli.core.draft.times import doubt_when
from kehoach_cli.core.model.plan import is_within
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.model.source_text import SourceTable
from kehoach_cli.viet.text import folded, is_unfinished, match_key

_PROGRAMMES = re.compile(r"chương trình|đề án|dự án")
# "Phân công nhiệm vụ thực hiện Đề án": the programme is only carried out.
_WORK = re.compile(r"nhiệm vụ|phân công")
_LONGEST_GROUP = 100
_TOTAL = re.compile(
    r"(?:tổng cộng|tổng số|tổng|cộng)(?: [a-z](?:\s*\+\s*[a-z])*)?(?: \([^()]*\))?\s*:?(?:\s*\d[\d.,]*(?:\s+[^\W\d_]+){0,3})?"
)
# A figure that needs the unit in the head of its column: "Kinh phí (triệu đồng)".
_BARE_FIGURE = re.compile(r"[\d.,\s]+(?:\([^()]*\)\s*)?")
_UNIT_OF_HEAD = re.compile(r"\((?P<unit>[^()]*(?:đồng|vnđ|usd)[^()]*)\)|đvt\s*:\s*(?P<dvt>.+)", re.IGNORECASE)
_OF_INDICATOR = frozenset({Role.NUMBER, Role.TEXT, Role.LEAD, Role.UNIT, Role.TARGET, Role.BASELINE})
_OF_TASK = frozenset(
    {Role.NUMBER, Role.TEXT, Role.LEAD, Role.SUPPORT, Role.LEAD_AND_SUPPORT, Role.SCHEDULE, Role.OUTPUTS, Role.COST}
)


class TableReader:
    """Reads the tables of a document, one after the other."""

    def __init__(self, found: Passages, rows: RowReader, notes: DraftNotes, *, pages: bool) -> None:
        """Read tasks with `rows`; `pages`: a cell may be cut by the end of a page."""
        self._pages = pages
        self.tasks: list[dict[str, Any]] = []
        # The tasks of each table, with the section it stands in.
        self.blocks: list[tuple[str, list[dict[str, Any]]]] = []
        self.indicators: list[dict[str, Any]] = []
        self._found = found
        self._rows = rows
        self._notes = notes
        self._before: TableContent | None = None
        self._unsure: set[str] = set()
        self._taken = Ids(one["id"] for one in (*found.tasks, *found.organisation))

    def of_body(self) -> None:
        """Read the tables below the parts of the body; one that stands below none is a doubt."""
        for section, table in self._found.tables:
            if section:
                self.read(table, section, "")
                self._doubt_of_organisation(table, section)
            else:
                doubt_table(table, "bảng không thuộc mục nào; chưa lấy", self._notes)

    def _doubt_of_organisation(self, table: SourceTable, section: str) -> None:
        """Doubt the rows of a table below the duties of organisation: the head of its appendix may not be recognised."""
        part = section.split(".", maxsplit=1)[0]
        if not any(re.split(r"[.-]", str(one["id"]))[0] == part for one in self._found.organisation):
            return
        why = f"bảng đứng trong phần tổ chức thực hiện ({section}); có thể thuộc một phụ lục không nhận ra được"
        self._notes.doubt(DoubtKind.READING, ("", table.place), "", why, "đối chiếu mục của các nhiệm vụ trong bảng")
        for one in self.tasks:
            if str(one["id"]).startswith(f"{section}."):
                where = (f"tasks/{one['id']}", self._notes.places.get(f"tasks/{one['id']}/text", ""))
                self._notes.doubt(DoubtKind.READING, where, str(one["text"]), why, "đối chiếu mục của nhiệm vụ này")

    def appendix(self, one: DraftAppendix) -> None:
        """Read the tables of an appendix; its words without a number are its title."""
        if not one.tables:
            end = one.lines[-1].place if one.lines else one.place
            place = one.place if end == one.place else f"{one.place} đến {end}"
            why = f"phụ lục không có bảng; chưa lấy nội dung ({len(one.lines)} dòng)"
            self._notes.doubt(DoubtKind.UNREAD, ("", place), one.title, why, "nhập nếu cần")
            return
        if not one.lines and all(read_table(table, DraftNotes()) is None for table in one.tables):
            # The counter of visitors below a page, say.
            for table in one.tables:
                doubt_table(table, "bảng sau chữ ký, không có cột nhiệm vụ, chỉ tiêu; chưa lấy", self._notes)
        else:
            self._section_of(one)
        for line in one.after:
            why = "đoạn trước hoặc sau bảng của phụ lục; chưa lấy"
            self._notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "nhập nếu là ghi chú, nhiệm vụ")

    def _section_of(self, one: DraftAppendix) -> None:
        """Read an appendix as a section with the rows of its tables."""
        entry: dict[str, Any] = {"id": one.id, "title": one.title or "Phụ lục"}
        self._found.sections.append(entry)
        self._notes.found(f"sections/{one.id}", one.place)
        behind_number = False
        for line in one.lines:
            behind_number = behind_number or line.mark is not Mark.NONE
            if behind_number:
                why = "đoạn ở đầu phụ lục, trước bảng (đánh số, hoặc đứng sau đoạn đánh số); chưa lấy"
                self._notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "nhập nếu là nhiệm vụ")
        if not one.title:
            why = 'phụ lục không có tiêu đề; tạm ghi "Phụ lục"'
            self._notes.doubt(DoubtKind.HEAD, (f"sections/{one.id}/title", one.place), "", why, "ghi tiêu đề nếu có")
        if one.unsure:
            self._notes.doubt(
                DoubtKind.NUMBER, (f"sections/{one.id}", one.place), one.title, one.unsure, "đối chiếu số phụ lục"
            )
        for table in one.tables:
            self.read(table, one.id, one.title)

    def read(self, table: SourceTable, section: str, title: str) -> None:
        """Read one table of a section."""
        content = read_table(table, self._notes, self._before)
        if content is None:
            self._before = None
            doubt_table(table, "bảng không có cột nhiệm vụ, chỉ tiêu nhận ra được; chưa lấy", self._notes)
            return
        self._before = content
        if not content.rows:
            doubt_table(table, "bảng chỉ đọc được tiêu đề, không có dòng nào; chưa lấy", self._notes)
            return
        if content.undated_indicators:
            why = "bảng chỉ tiêu không có cột năm, thời kỳ nên không rõ mốc của từng số; chưa lấy"
            doubt_table(table, why, self._notes)
            return
        head = content.columns[content.column(Role.TEXT) or 0].words
        what = "programme" if _lists_programmes(match_key(head), match_key(title)) else "task"
        begun = len(self.tasks)
        for row in numbered_rows(content, section, self._notes, self._taken):
            if why := _no_row(row.text.text):
                self._notes.doubt(DoubtKind.UNREAD, ("", row.text.place), row.text.text, why, "nhập nếu cần")
            elif row.row.group:
                self._group(row, section)
            else:
                self._entry(row, content, what)
        self.blocks.append((section, self.tasks[begun:]))

    def _entry(self, row: Numbered, content: TableContent, what: str) -> None:
        kind = "indicators" if content.indicators else "tasks"
        for at, cell in row.row.cells.items():
            self._notes.stands_in(f"{kind}/{row.id}/{_key_of(content.columns[at], kind)}", cell.place)
        self._doubt_unused(row, content)
        if content.indicators:
            self.indicators.append(indicator_of(row, content, self._rows.agencies))
            self._doubt_blanks(row, content, self.indicators[-1], "indicators")
        else:
            self._task(row, content, what)

    def _group(self, row: Numbered, section: str) -> None:
        entry = {"id": row.id, "title": folded(row.text.text).rstrip(" :")}
        if row.row.number and not f".{row.id}".endswith(f".{row.row.number}"):
            entry["printed"] = row.row.number
        sections = self._found.sections
        last = next(at for at in reversed(range(len(sections))) if is_within(str(sections[at]["id"]), section))
        sections.insert(last + 1, entry)
        self._notes.found(f"sections/{row.id}", row.text.place)
        for cell in row.row.cells.values():
            if cell is not row.text and _BARE_FIGURE.fullmatch(cell.text) and cell.text.strip():
                why = f"số ở dòng tiêu đề {row.id} của bảng, như số cộng của nhóm; chưa lấy"
                self._notes.doubt(DoubtKind.UNREAD, ("", cell.place), folded(cell.text), why, "nhập nếu cần")
        before = str(self.tasks[-1]["text"]) if self.tasks else ""
        own = entry["title"]
        sentence = len(own) > _LONGEST_GROUP or row.text.text.rstrip().endswith(".")
        if not row.row.number and (before.endswith((";", ",")) or is_unfinished(before) or ";" in own or sentence):
            self._unsure.add(row.id)
            why = "dòng không số, chỉ có một ô chữ; có thể là phần tiếp của dòng trên, không phải tiêu đề"
            for at in (f"sections/{row.id}", *([f"tasks/{self.tasks[-1]['id']}/text"] if self.tasks else [])):
                where = (at, row.text.place)
                self._notes.doubt(DoubtKind.READING, where, row.text.text, why, "ghép vào dòng trên nếu đúng vậy")

    def _doubt_unused(self, row: Numbered, content: TableContent) -> None:
        """Doubt cells that say something and fill no key of the row: a remark, say, or the deadline of an indicator."""
        used = _OF_INDICATOR if content.indicators else _OF_TASK
        for at, cell in row.row.cells.items():
            column = content.columns[at]
            if column.role not in used and re.search(r"\w", cell.text):
                why = f'cột "{column.words}" của {row.id}; chưa lấy'
                mend = "ghi vào khóa thích hợp nếu cần"
                self._notes.doubt(DoubtKind.UNREAD, ("", cell.place), folded(cell.text), why, mend)

    def _doubt_unit_of_cost(self, entry: dict[str, Any], cells: dict[Role, Cell]) -> None:
        """Doubt a cost that is a bare figure: its unit stands in the head of the column, or over the table."""
        cost = cells.get(Role.COST)
        if cost and _BARE_FIGURE.fullmatch(cost.text) and re.search(r"\d", cost.text):
            unit = _UNIT_OF_HEAD.search(cost.head)
            why = "kinh phí chỉ là con số; đơn vị có thể đứng ở tiêu đề cột hoặc trên bảng, chưa ghi vào cost"
            if unit:
                why = f'đơn vị "{unit["unit"] or unit["dvt"]}" đứng ở tiêu đề cột; chưa ghi vào cost'
            where = (f"tasks/{entry['id']}/cost", cost.place)
            self._notes.doubt(DoubtKind.READING, where, cost.text, why, "ghi thêm đơn vị vào cost")

    def _doubt_blanks(self, row: Numbered, content: TableContent, entry: dict[str, Any], kind: str) -> None:
        """Doubt blank cells of agencies where nearly all rows have one: the cell above may be meant for several rows.

        Who supports is often nobody; only a page of a PDF, where a break may have cut a cell over several rows, leaves it open.
        """
        issued = entry.get("as_issued", {})
        for key, role in (("lead", Role.LEAD), ("support", Role.SUPPORT)) if self._pages else (("lead", Role.LEAD),):
            if key not in issued and content.mostly_filled(role):
                why = "ô cơ quan để trống"
                mend = "đối chiếu với văn bản: để trống, hay chung với dòng trên"
                self._notes.doubt(DoubtKind.AGENCY, (f"{kind}/{row.id}/{key}", row.row.place), row.text.text, why, mend)

    def _task(self, row: Numbered, content: TableContent, kind: str) -> None:
        cells = {column.role: cell for at, column in content.columns.items() if (cell := row.row.cells.get(at))}
        entry = self._rows.task(row.id, kind, row.text, cells)
        self._doubt_blanks(row, content, entry, "tasks")
        self._doubt_unit_of_cost(entry, cells)
        doubt_when(entry, row.text.place, self._notes)
        doubt_who(entry, row.text.place, self._notes, keys_of(cells))
        if row.section and row.section != row.id.rpartition(".")[0] and not row.id.startswith(f"{row.section}-"):
            entry["section"] = row.section
        if row.section in self._unsure:
            why = f"dòng trên ({row.section}) có thể không phải tiêu đề; nhiệm vụ này có thể thuộc mục trước đó"
            where = (f"tasks/{row.id}", row.row.place)
            self._notes.doubt(DoubtKind.NUMBER, where, row.text.text, why, "đối chiếu mục của nhiệm vụ này")
        self.tasks.append(entry)


def doubt_table(table: SourceTable, why: str, notes: DraftNotes) -> None:
    """Doubt a table that is not taken."""
    text = folded(" · ".join(cell.text for cell in table.cells[:6]))[:200]
    notes.doubt(DoubtKind.UNREAD, ("", table.place), text, why, "nhập vào tệp kế hoạch nếu cần")


def _lists_programmes(head: str, title: str) -> bool:
    """Whether the rows of a table are programmes, by the head of their column or the title over them."""
    if "nhiệm vụ" in head:
        return False
    return bool(_PROGRAMMES.search(head) or (_PROGRAMMES.search(title) and not _WORK.search(title)))


def _no_row(text: str) -> str:
    """Return why a row of a table is neither a heading nor an entry, "" for the others."""
    key = match_key(text)
    if _TOTAL.fullmatch(key):
        return "dòng cộng của bảng; chưa lấy"
    return "dòng nơi nhận trong bảng; chưa lấy" if key.startswith("nơi nhận") else ""


def _key_of(column: TableColumn, kind: str) -> str:
    """Return the key of a row that a column fills."""
    if column.role is Role.TARGET:
        return f"targets/{column.key}"
    return "name" if column.role is Role.TEXT and kind == "indicators" else column.role.value
