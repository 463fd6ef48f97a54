"""A document as the draft of a plan file."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from kehoach_cli.core.draft.agencies import AgencyReader
from kehoach_cli.core.draft.appendices import DraftAppendix, appendices_of, begins_appendix
from kehoach_cli.core.draft.cuts import doubt_cuts, doubt_run_together
from kehoach_cli.core.draft.found import Passages
from kehoach_cli.core.draft.head import (
    GIVES_WORK,
    IN_CHARGE,
    DocumentHead,
    doubt_province,
    head_of,
    is_kind,
    province_of,
)
from kehoach_cli.core.draft.indicators import indicator_of
from kehoach_cli.core.draft.left_out import doubt_glued, doubt_left_out, doubt_left_out_of_head
from kehoach_cli.core.draft.lines import DraftLine, Mark, lines_of
from kehoach_cli.core.draft.notes import Draft, DraftNotes
from kehoach_cli.core.draft.numbering import Ids, Numbered, numbered_rows
from kehoach_cli.core.draft.outline import outline_of
from kehoach_cli.core.draft.passages import Walk
from kehoach_cli.core.draft.prose import doubt_when, doubt_who
from kehoach_cli.core.draft.repeated import without_repeated
from kehoach_cli.core.draft.reporting import (
    coordinator_of,
    doubt_bodies_of_commune,
    doubt_general_clause,
    doubt_parts_of_nobody,
    reporting_of,
)
from kehoach_cli.core.draft.roles import BODIES, Role
from kehoach_cli.core.draft.rows import RowReader
from kehoach_cli.core.draft.stated import stated_in
from kehoach_cli.core.draft.tables import TableColumn, TableContent, read_table
from kehoach_cli.core.draft.unrolled import unrolled
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.model.source_text import SourceKind, SourceParagraph, SourceTable, SourceText
from kehoach_cli.viet.text import folded, is_unfinished, loose_key, match_key

_LETTERHEAD = re.compile(r"cộng hòa xã hội|nơi nhận|đảng cộng sản|ủy ban nhân dân$|^(?:tm|kt|tl|tuq|t/m)\.? ")
_END = re.compile(r"^nơi nhận\b|/\.\s*$", re.IGNORECASE)
# The longest plans have some hundred tasks: a document with more lines and rows is none.
MOST_LINES = 6_000
# Nor has any so many letters: the four shipped ones have 20,000 to 120,000.
MOST_LETTERS = 600_000
_OF_TASK = frozenset(
    {Role.NUMBER, Role.TEXT, Role.LEAD, Role.SUPPORT, Role.LEAD_AND_SUPPORT, Role.SCHEDULE, Role.OUTPUTS, Role.COST}
)
_OF_INDICATOR = frozenset({Role.NUMBER, Role.TEXT, Role.LEAD, Role.UNIT, Role.TARGET, Role.BASELINE})
# The longest list of recipients has fewer lines.
_MOST_OF_LAYOUT = 60
_LONGEST_GROUP = 100
# A line in bold of so many words is no name of who signs: the title of a list that follows.
_FEWEST_OF_HEADING = 6
_SENTENCE_OF_TAIL = re.compile(r"^\[\d+\]|^\(.+\)$|^.{50,}[.;:]\s*$|^.{120,}$")
_PROGRAMMES = re.compile(r"chương trình|đề án|dự án")


class DraftRequest(Struct, frozen=True):
    """What a draft is made with: the registries; the id of the plan and its province, where they were named; the base registry.

    Without a named id it is made of the document's number, and `fallback_id` where there is none. `base` returns id and name of
    what the base registry of a province calls a name. `this_year` is where a plan begins in whose head no year stands.
    """

    directory: Directory
    plan_id: str | None
    fallback_id: str
    province: str | None
    base: Callable[[str, str], tuple[str, str] | None]
    this_year: int


class UnclearProvinceError(Exception):
    """The document does not tell its province."""


class TooManyLinesError(Exception):
    """The document has more lines, rows or letters than any plan."""


def draft_of(source: SourceText, request: DraftRequest) -> Draft:
    """Return the draft of a plan file.

    Raises:
        UnclearProvinceError: no province was named, and the document does not tell it.
        TooManyLinesError: the document has more than `MOST_LINES` lines and rows, or more than `MOST_LETTERS` letters.
    """
    _check_length(source)
    blocks = list(_blocks(source))
    before, body, after = _parts(blocks)
    province = request.province or province_of([*before, *_lines(after)[:40]], request.directory)
    if province is None:
        raise UnclearProvinceError
    notes = DraftNotes()
    doubt_run_together([*before, *_lines(body)], notes)
    doubt_province(before, request.directory, province, notes)
    for block in blocks[: len(blocks) - len(body) - len(after)]:
        if isinstance(block, SourceTable):
            _doubt_table(block, "bảng đứng trước mục đầu tiên; chưa lấy", notes)
    tail, appendices = appendices_of(after)
    head = head_of(before, tail, [line for one in appendices for line in one.lines], notes, request.this_year)
    agencies = AgencyReader(request.directory, province, head.day, lambda name: request.base(name, province), notes)
    period = head.period
    year = period["from"] if period["from"] == period["to"] else None
    rows = RowReader(agencies, notes, year)
    walk = Walk(rows, notes)
    found = walk.read(outline_of(body, notes))
    listed = _listed(appendices, walk, notes)
    tables = _Tables(found, rows, notes, pages=source.kind is SourceKind.PDF)
    doubt_cuts(body, notes)
    for section, table in found.tables:
        if section:
            tables.read(table, section, "")
            _doubt_of_organisation(table, section, found, tables, notes)
        else:
            _doubt_table(table, "bảng không thuộc mục nào; chưa lấy", notes)
    for one in appendices:
        if one not in listed:
            tables.appendix(one)
    _end_of_headings(head, found, notes)
    _doubt_footnotes(source, notes)
    _doubt_tail(tail, notes)
    plan = _plan(request.plan_id or _id_of(head) or request.fallback_id, province, head, found, tables, notes)
    doubt_left_out_of_head(before, notes)
    doubt_left_out([*_lines(body), *(line for one in listed for line in one.body)], notes)
    doubt_glued(plan, notes)
    return Draft(plan, notes.places, notes.remarked(source.remarks))


def _listed(appendices: Iterable[DraftAppendix], walk: Walk, notes: DraftNotes) -> list[DraftAppendix]:
    """Read the appendices that give work in lines, and return them."""
    found = [one for one in appendices if one.gives_work]
    for one in found:
        walk.appendix(outline_of(one.body, notes, one.id, DraftLine(Mark.NONE, (), one.title, one.place)))
        doubt_cuts(one.body, notes)
    return found


def _check_length(source: SourceText) -> None:
    if sum(block.rows if isinstance(block, SourceTable) else 1 for block in source.blocks) > MOST_LINES:
        raise TooManyLinesError
    if sum(len(one.text) for one in source.paragraphs()) > MOST_LETTERS:
        raise TooManyLinesError


def _plan(
    plan_id: str, province: str, head: DocumentHead, found: Passages, tables: "_Tables", notes: DraftNotes
) -> dict[str, Any]:
    tasks = [*without_repeated(found.tasks, tables.tasks, notes), *found.organisation, *tables.tasks]
    coordinator = coordinator_of(found.organisation, head.document["issuer"], notes)
    plan: dict[str, Any] = {"kehoach": "plan/1", "id": plan_id, "province": province, "document": head.document}
    plan["period"] = head.period
    lists = {"objectives": found.objectives, "funding": found.funding}
    plan |= {key: value for key, value in lists.items() if value}
    plan["coordinator"] = coordinator
    if reporting := reporting_of(tasks, coordinator, notes):
        plan["reporting"] = reporting
    if found.clauses:
        plan["clauses"] = found.clauses
    plan["sections"] = found.sections
    plan["tasks"] = tasks
    doubt_general_clause(found.organisation, tasks, found.clauses, notes)
    doubt_parts_of_nobody(tasks, found.clauses, notes)
    if head.other_kind:
        _doubt_each(tasks, head.other_kind, notes)
    if head.of_commune:
        doubt_bodies_of_commune(tasks, coordinator, notes)
    if indicators := [*tables.indicators, *_stated(tasks, notes)]:
        plan["indicators"] = indicators
    return plan


def _doubt_each(tasks: Iterable[dict[str, Any]], kind: str, notes: DraftNotes) -> None:
    """Doubt every task of a document whose kind gives no work: a rule of a regulation reads like one."""
    for one in tasks:
        why = f'văn bản ghi là "{kind}"; dòng này có thể là quy định, tình hình, không phải nhiệm vụ'
        where = (f"tasks/{one['id']}", notes.places.get(f"tasks/{one['id']}/text", ""))
        notes.doubt(DoubtKind.READING, where, str(one["text"]), why, "bỏ dòng này nếu không phải nhiệm vụ")


def _stated(tasks: Iterable[dict[str, Any]], notes: DraftNotes) -> list[dict[str, Any]]:
    """Return the indicators in the wording of tasks."""
    return [
        one
        for task in tasks
        for one in stated_in(task, _section_of(task), notes.places[f"tasks/{task['id']}/text"], notes)
    ]


def _section_of(task: dict[str, Any]) -> str:
    """Return the section of a row: the one it names, else its id without the last part."""
    own = str(task.get("section", ""))
    return own or re.sub(r"[-.][^-.]+$", "", str(task["id"]))


def _end_of_headings(head: DocumentHead, found: Passages, notes: DraftNotes) -> None:
    """Take the last year that headings of tasks name as the end of the period, where the title names none: a doubt."""
    years = [int(year) for one in found.sections for year in re.findall(r"\b20\d\d\b", one.get("schedule", ""))]
    if head.period["to"] is None and years:
        head.period["to"] = max(years)
        why = f"trích yếu không nêu thời kỳ; tạm lấy năm {max(years)} theo tiêu đề các mục nhiệm vụ"
        notes.doubt(DoubtKind.HEAD, ("period/to", ""), "", why, "sửa năm kết thúc nếu không đúng")
    elif head.period["to"] is None:
        why = "trích yếu không nêu thời kỳ; năm kết thúc để trống"
        notes.doubt(DoubtKind.HEAD, ("period/to", ""), "", why, "ghi năm kết thúc nếu văn bản có nêu")


def _id_of(head: DocumentHead) -> str | None:
    """Return the id that the number of a document gives its plan: `kh-176`."""
    number = re.match(r"\d+", head.document["number"] or "")
    return f"{loose_key(head.document['type'])}-{number[0]}" if number else None


# --- the document in parts ---


def _blocks(source: SourceText) -> Iterable[DraftLine | SourceTable]:
    """Yield lines and tables; the tables that only lay out a letterhead or a signature are lines."""
    waiting: list[SourceParagraph] = []
    for block in _parts_of_tables(source):
        if isinstance(block, SourceParagraph):
            waiting.append(block)
            continue
        if _is_layout(block):
            # Column by column: the recipients stand beside the signature.
            for cell in sorted(block.cells, key=lambda cell: (cell.column, cell.row)):
                waiting += cell.paragraphs
            continue
        yield from lines_of(waiting)
        waiting = []
        yield block
    yield from lines_of(waiting)


def _parts_of_tables(source: SourceText) -> Iterator[SourceParagraph | SourceTable]:
    for block in source.blocks:
        if isinstance(block, SourceTable):
            yield from unrolled(block)
        else:
            yield block


def _is_layout(table: SourceTable) -> bool:
    if table.rows > 4:  # noqa: PLR2004 - a letterhead has two rows, a signature one
        return False
    texts = [match_key(paragraph.text) for cell in table.cells for paragraph in cell.paragraphs]
    if len(texts) > _MOST_OF_LAYOUT:
        return False
    return any(_LETTERHEAD.search(text) for text in texts)


def _lines(blocks: Iterable[DraftLine | SourceTable]) -> list[DraftLine]:
    return [block for block in blocks if isinstance(block, DraftLine)]


def _parts(
    blocks: Sequence[DraftLine | SourceTable],
) -> tuple[list[DraftLine], list[DraftLine | SourceTable], list[DraftLine | SourceTable]]:
    """Return the head, the body from its first numbered part on, and what follows its end.

    A document without numbered parts, or with an appendix before them, has only appendices.
    """
    first = _first_part(blocks)
    table = _first_table(blocks[:first])
    appendix = next((at for at in [_first_appendix(blocks[:table])] if at < table), None)
    appended = _first_appendix(blocks[:first])
    articles = _working_articles(blocks[:appended]) if appended < first else 0
    if table < first and (appendix is not None or first == len(blocks)) and not articles:
        start = table if appendix is None else appendix
        return _lines(blocks[:start]), [], list(blocks[start:])
    first = articles or first
    last = _last(blocks, first)
    return _lines(blocks[:first]), list(blocks[first:last]), list(blocks[last:])


def _working_articles(blocks: Sequence[DraftLine | SourceTable]) -> int:
    """Return where the articles before the appendices begin, where they give work in points of their own, else 0."""
    lines = [(at, one) for at, one in enumerate(blocks) if isinstance(one, DraftLine)]
    begun = next((at for at, one in lines if one.mark is Mark.ARTICLE), 0)
    points = [one for at, one in lines if begun and at > begun and one.mark in {Mark.NUMBER, Mark.LETTER}]
    if any(at > begun and is_kind(one) for at, one in lines):
        return 0
    return begun if any(GIVES_WORK.search(one.text) and not IN_CHARGE.search(one.text) for one in points) else 0


def _first_appendix(blocks: Sequence[DraftLine | SourceTable]) -> int:
    found = (at for at, one in enumerate(blocks) if isinstance(one, DraftLine) and begins_appendix(one))
    return next(found, len(blocks))


def _first_table(blocks: Sequence[DraftLine | SourceTable]) -> int:
    return next((at for at, one in enumerate(blocks) if isinstance(one, SourceTable)), len(blocks))


def _first_part(blocks: Sequence[DraftLine | SourceTable]) -> int:
    romans = [
        at
        for at, one in enumerate(blocks)
        if isinstance(one, DraftLine) and one.mark is Mark.ROMAN and one.number == ("I",)
    ]
    numbers = [
        at
        for at, one in enumerate(blocks)
        if isinstance(one, DraftLine) and one.mark is Mark.NUMBER and one.number == ("1",)
    ]
    return next(iter(romans or _articles(blocks, numbers) or _later_roman(blocks, numbers) or numbers), len(blocks))


def _later_roman(blocks: Sequence[DraftLine | SourceTable], numbers: Sequence[int]) -> list[int]:
    """Return the part over the first number of a document that has no part I: it may begin with "II. MỤC ĐÍCH"."""
    before = blocks[: numbers[0]] if numbers else []
    return [
        at
        for at, one in enumerate(before)
        if isinstance(one, DraftLine) and one.mark is Mark.ROMAN and one.text.isupper()
    ][-1:]


def _articles(blocks: Sequence[DraftLine | SourceTable], numbers: Sequence[int]) -> list[int]:
    """Return where the articles of a decision begin that has no other parts, and issues no plan behind them."""
    found = [at for at, one in enumerate(blocks) if isinstance(one, DraftLine) and one.mark is Mark.ARTICLE]
    if not found or (numbers and numbers[0] < found[0]):
        return []
    issued = any(isinstance(one, DraftLine) and is_kind(one) for one in blocks[found[0] :])
    return [] if issued else found[:1]


def _last(blocks: Sequence[DraftLine | SourceTable], first: int) -> int:
    """Return where the body ends: at the list of recipients, the signature, or the first appendix."""
    for at in range(first, len(blocks)):
        block = blocks[at]
        if isinstance(block, DraftLine) and (
            begins_appendix(block) or re.match(r"nơi nhận\b", block.text, re.IGNORECASE)
        ):
            return at
        if isinstance(block, DraftLine) and re.search(r"\./\.?\s*$", block.text):
            return at + 1
    return len(blocks)


# --- tables ---


def _doubt_table(table: SourceTable, why: str, notes: DraftNotes) -> None:
    text = folded(" · ".join(cell.text for cell in table.cells[:6]))[:200]
    notes.doubt(DoubtKind.UNREAD, ("", table.place), text, why, "nhập vào tệp kế hoạch nếu cần")


def _doubt_of_organisation(
    table: SourceTable, section: str, found: Passages, tables: "_Tables", notes: DraftNotes
) -> None:
    """Doubt the rows of a table below the duties of organisation: the head of its appendix may not be recognised."""
    part = section.split(".", maxsplit=1)[0]
    if not any(re.split(r"[.-]", str(one["id"]))[0] == part for one in found.organisation):
        return
    why = f"bảng đứng trong phần tổ chức thực hiện ({section}); có thể thuộc một phụ lục không nhận ra được"
    notes.doubt(DoubtKind.READING, ("", table.place), "", why, "đối chiếu mục của các nhiệm vụ trong bảng")
    for one in tables.tasks:
        if str(one["id"]).startswith(f"{section}."):
            where = (f"tasks/{one['id']}", notes.places.get(f"tasks/{one['id']}/text", ""))
            notes.doubt(DoubtKind.READING, where, str(one["text"]), why, "đối chiếu mục của nhiệm vụ này")


def _doubt_footnotes(source: SourceText, notes: DraftNotes) -> None:
    """Doubt the notes at the foot of pages: no key holds them."""
    for one in source.paragraphs():
        for text in one.footnotes:
            why = "chú thích cuối trang của đoạn này; chưa lấy"
            notes.doubt(DoubtKind.UNREAD, ("", one.place), text, why, "nhập vào tệp kế hoạch nếu cần")


def _doubt_tail(tail: Iterable[DraftLine], notes: DraftNotes) -> None:
    """Doubt sentences between the end of the body and the first appendix: they are no recipients and no signature."""
    for line in tail:
        heading = line.bold and not line.text.isupper() and len(line.text.split()) >= _FEWEST_OF_HEADING
        if (
            line.mark is Mark.NONE
            and (heading or _SENTENCE_OF_TAIL.search(line.text))
            and not re.match(r"nơi nhận|lưu", line.text, re.IGNORECASE)
        ):
            why = "câu đứng sau phần cuối văn bản; chưa lấy"
            notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "nhập vào tệp kế hoạch nếu cần")


def _key_of(column: TableColumn, kind: str) -> str:
    """Return the key of a row that a column fills."""
    if column.role is Role.TARGET:
        return f"targets/{column.key}"
    return "name" if column.role is Role.TEXT and kind == "indicators" else column.role.value


class _Tables:
    """The tables of a document, one after the other."""

    def __init__(self, found: Passages, rows: RowReader, notes: DraftNotes, *, pages: bool) -> None:
        self._pages = pages
        self.tasks: list[dict[str, Any]] = []
        self.indicators: list[dict[str, Any]] = []
        self._found = found
        self._rows = rows
        self._notes = notes
        self._before: TableContent | None = None
        self._unsure: set[str] = set()
        self._taken = Ids(one["id"] for one in (*found.tasks, *found.organisation))

    def appendix(self, one: DraftAppendix) -> None:
        """Read the tables of an appendix; its words without a number are its title."""
        if not one.tables:
            end = one.lines[-1].place if one.lines else one.place
            place = one.place if end == one.place else f"{one.place} đến {end}"
            why = f"phụ lục không có bảng; chưa lấy nội dung ({len(one.lines)} dòng)"
            self._notes.doubt(DoubtKind.UNREAD, ("", place), one.title, why, "nhập nếu cần")
            return
        entry: dict[str, Any] = {"id": one.id, "title": one.title or "Phụ lục"}
        self._found.sections.append(entry)
        self._notes.found(f"sections/{one.id}", one.place)
        for line in one.lines:
            if line.mark is not Mark.NONE:
                why = "đoạn đánh số ở đầu phụ lục, trước bảng; chưa lấy"
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
        for line in one.after:
            why = "đoạn trước hoặc sau bảng của phụ lục; chưa lấy"
            self._notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "nhập nếu là ghi chú, nhiệm vụ")

    def read(self, table: SourceTable, section: str, title: str) -> None:
        """Read one table of a section."""
        content = read_table(table, self._notes, self._before)
        if content is None:
            self._before = None
            _doubt_table(table, "bảng không có cột nhiệm vụ, chỉ tiêu nhận ra được; chưa lấy", self._notes)
            return
        self._before = content
        if not content.rows:
            _doubt_table(table, "bảng chỉ đọc được tiêu đề, không có dòng nào; chưa lấy", self._notes)
            return
        if content.undated_indicators:
            why = "bảng chỉ tiêu không có cột năm, thời kỳ nên không rõ mốc của từng số; chưa lấy"
            _doubt_table(table, why, self._notes)
            return
        head = content.columns[content.column(Role.TEXT) or 0].words
        what = (
            "programme"
            if _PROGRAMMES.search(match_key(f"{head} {title}")) and "nhiệm vụ" not in match_key(head)
            else "task"
        )
        for row in numbered_rows(content, section, self._notes, self._taken):
            if row.row.group:
                self._group(row)
                continue
            kind = "indicators" if content.indicators else "tasks"
            for at, cell in row.row.cells.items():
                self._notes.stands_in(f"{kind}/{row.id}/{_key_of(content.columns[at], kind)}", cell.place)
            self._doubt_unused(row, content)
            if content.indicators:
                self.indicators.append(indicator_of(row, content, self._rows.agencies))
                self._doubt_blanks(row, content, self.indicators[-1], "indicators")
            else:
                self._task(row, content, what)

    def _group(self, row: Numbered) -> None:
        entry = {"id": row.id, "title": folded(row.text.text).rstrip(" :")}
        if row.row.number and not f".{row.id}".endswith(f".{row.row.number}"):
            entry["printed"] = row.row.number
        self._found.sections.append(entry)
        self._notes.found(f"sections/{row.id}", row.text.place)
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
        doubt_when(entry, row.text.place, self._notes)
        if not cells.keys() & BODIES:
            doubt_who(entry, row.text.place, self._notes)
        if row.section and row.section != row.id.rpartition(".")[0] and not row.id.startswith(f"{row.section}-"):
            entry["section"] = row.section
        if row.section in self._unsure:
            why = f"dòng trên ({row.section}) có thể không phải tiêu đề; nhiệm vụ này có thể thuộc mục trước đó"
            where = (f"tasks/{row.id}", row.row.place)
            self._notes.doubt(DoubtKind.NUMBER, where, row.text.text, why, "đối chiếu mục của nhiệm vụ này")
        self.tasks.append(entry)
