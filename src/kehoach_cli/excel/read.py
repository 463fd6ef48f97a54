"""A filled form back into the keys of a progress file: columns by their header, rows by their id, never by position."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kehoach_cli.core.forms.form import Filled
from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.excel.answers import Answers, Notes, name_of, quoted
from kehoach_cli.excel.layout import (
    COVER,
    FORMAT,
    FUNDING,
    INDICATORS,
    MACHINE,
    NARRATIVE,
    NO_INDICATORS,
    NO_TASKS,
    TABLES,
    TASKS,
    TOPICS,
    Table,
    plan_label,
    ref_key,
)
from kehoach_cli.office.workbook import WorkbookCell, WorkbookSheet, read_sheets
from kehoach_cli.office.xlsx_package import MOST_COLUMNS, MOST_ROWS, WorkbookError
from kehoach_cli.viet.text import match_key

_HEADER_WITHIN = 30
_ORIGINAL = "điền lại vào biểu mẫu gốc đã nhận, hoặc xin lại biểu mẫu"
_MOST_NAMED = 8


def read_form(path: Path, shown: str) -> Filled:
    """Return what the workbook at `path` says, in the keys of a progress file; findings name it `shown`.

    Nothing is raised for a bad workbook: what is wrong stands in the findings, and with an error among them it is not used.
    """
    notes = Notes(shown)
    try:
        sheets = read_sheets(path)
    except WorkbookError as refused:
        notes.error(str(refused), refused.hint)
        return Filled((), findings=tuple(notes.found))
    machine = _machine(sheets, notes)
    if machine is None:
        return Filled((), findings=tuple(notes.found))
    return _Reading(machine, notes).filled(sheets)


@dataclass(frozen=True, slots=True)
class _Question:
    """A row the form asked: its id as written, and for an indicator where its value belongs, how the row says so, its unit."""

    ref: str
    slot: str = ""
    label: str = ""
    unit: str = ""


@dataclass(slots=True)
class _Machine:
    """What the hidden sheet says of the form."""

    values: dict[str, str] = field(default_factory=dict)
    plans: dict[str, str] = field(default_factory=dict)
    questions: dict[Table, dict[str, list[_Question]]] = field(default_factory=dict)

    def ask(self, table: Table, question: _Question) -> None:
        """Remember a row of a table."""
        self.questions.setdefault(table, {}).setdefault(ref_key(question.ref), []).append(question)


_KINDS = {"indicator": INDICATORS, "task": TASKS, "narrative": NARRATIVE}


def _machine(sheets: tuple[WorkbookSheet, ...], notes: Notes) -> _Machine | None:
    """Return what the hidden sheet says; None, and a finding, where this is no form of ours."""
    sheet = next((sheet for sheet in sheets if sheet.title == MACHINE), None)
    if sheet is None:
        notes.error(
            "không phải biểu mẫu của kehoach, hoặc trang ẩn của biểu mẫu đã bị xóa khi chép sang tệp khác", _ORIGINAL
        )
        return None
    machine = _Machine()
    for _, cells in sorted(sheet.rows.items()):
        key, *rest = (cells[number].text if number in cells else "" for number in range(1, 6))
        if key == "plan":
            machine.plans[rest[0]] = rest[1]
            machine.ask(COVER, _Question(rest[0]))
        elif key in _KINDS:
            machine.ask(_KINDS[key], _Question(*rest))
        elif key:
            machine.values[key] = rest[0]
    version = machine.values.get("kehoach", "")
    if version != FORMAT or not all(machine.values.get(key) for key in ("agency", "year")) or not machine.plans:
        what = (
            f"biểu mẫu thuộc phiên bản {quoted(version)}"
            if version.startswith("form/")
            else "trang ẩn của biểu mẫu bị hỏng"
        )
        notes.error(f"{what}, không đọc được (cần {FORMAT})", _ORIGINAL)
        return None
    return machine


@dataclass(frozen=True, slots=True)
class _Found:
    """A table found on a sheet: where its header stands, and which column holds what."""

    sheet: WorkbookSheet
    table: Table
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


@dataclass(frozen=True, slots=True)
class _Row:
    """An answered row: the question, the filled answer cells, and the place of its first cell."""

    question: _Question
    answers: dict[str, WorkbookCell]
    place: str


class _Reading:
    """Reads the tables of one workbook into one document for each plan."""

    def __init__(self, machine: _Machine, notes: Notes) -> None:
        self._machine = machine
        self._notes = notes
        self._read = Answers(notes)
        self._cells: dict[KeyPath, str] = {}
        self._documents: dict[str, dict[str, Any]] = {plan: {} for plan in machine.plans}
        self._places: dict[tuple[str, KeyPath], str] = {}
        self._once: dict[tuple[str, str], tuple[Any, str]] = {}

    def filled(self, sheets: tuple[WorkbookSheet, ...]) -> Filled:
        """Return the documents with answers in them; places and findings beside."""
        tables: dict[Table, list[_Found]] = defaultdict(list)
        for sheet in sheets:
            self._far(sheet)
            if sheet.title != MACHINE and (found := self._locate(sheet)):
                tables[found.table].append(found)
        self._absent(tables)
        for row in self._rows(INDICATORS, tables[INDICATORS]):
            self._indicator(row)
        for row in self._rows(TASKS, tables[TASKS]):
            self._task(row)
        for found in tables[FUNDING]:
            for number in found.body:
                self._funding(found, number)
        for row in self._rows(NARRATIVE, tables[NARRATIVE]):
            self._narrative(row)
        dates = list(self._rows(COVER, tables[COVER]))
        # A plan left blank is still a document, as it is in a YAML form; without its dates it says nothing at all.
        whole = {plan: self._document(plan, body, dates) for plan, body in self._documents.items()}
        kept = {plan: document for plan, document in whole.items() if self._documents[plan] or "cutoff" in document}
        documents = tuple(kept.values())
        order = {plan: index for index, plan in enumerate(kept)}
        cells = {(order[plan], *path): place for (plan, path), place in self._places.items() if plan in order}
        return Filled(documents, cells, tuple(self._notes.found))

    # Finding the tables

    def _locate(self, sheet: WorkbookSheet) -> _Found | None:
        """Return the table of a sheet: the one whose headers most of a row's cells are."""
        best: tuple[float, Table, int] | None = None
        for row in sorted(sheet.rows):
            if row > _HEADER_WITHIN:
                break
            keys = {match_key(name_of(cell)) for cell in sheet.rows[row].values()}
            for table in TABLES:
                headers = {match_key(column.header) for column in table.columns}
                share = len(keys & headers) / len(headers)
                if share >= 0.5 and (best is None or share > best[0]):  # noqa: PLR2004 - more than half is enough
                    best = share, table, row
        if best is None:
            self._stranger(sheet)
            return None
        return self._columns(sheet, best[1], best[2])

    def _stranger(self, sheet: WorkbookSheet) -> None:
        """Say that a sheet is not read; under a name of ours, that makes the form unusable."""
        first = next((place for place in _places(sheet)), None)
        own = any(match_key(table.title) == match_key(sheet.title) for table in TABLES)
        if own:
            message = f"trang “{sheet.title}” không còn dòng tiêu đề của biểu mẫu trong {_HEADER_WITHIN} dòng đầu"
            self._notes.error(message, "khôi phục dòng tiêu đề như biểu mẫu gốc, hoặc " + _ORIGINAL, first)
        elif first:
            self._notes.warning(
                f"trang “{sheet.title}” không thuộc biểu mẫu nên không được đọc",
                "nếu trang có nội dung cần báo cáo, chép vào các trang của biểu mẫu",
                first,
            )

    def _columns(self, sheet: WorkbookSheet, table: Table, header: int) -> _Found | None:
        keys = {match_key(column.header): column.key for column in table.columns}
        columns: dict[str, int] = {}
        strange: dict[int, str] = {}
        for number, cell in sorted(sheet.rows[header].items()):
            key = keys.get(match_key(name_of(cell)))
            if key is None:
                strange[number] = quoted(cell.text)
            elif key in columns:
                self._notes.error(
                    f"cột “{cell.text}” có hai lần trong trang “{sheet.title}”", "xóa cột thừa", cell.place
                )
                return None
            else:
                columns[key] = number
        found = _Found(sheet, table, header, columns)
        if table.identity and table.identity not in columns:
            name = table.column(table.identity).header
            message = f"trang “{sheet.title}” thiếu cột “{name}” nên không biết câu trả lời thuộc dòng nào"
            self._notes.error(message, f"khôi phục cột “{name}” từ biểu mẫu gốc", sheet.place(header, 1))
            return None
        self._lost_columns(found)
        self._unread(found, strange)
        self._merged(found)
        return found

    def _lost_columns(self, found: _Found) -> None:
        for column in found.table.columns:
            if column.answer and column.key not in found.columns:
                self._notes.warning(
                    f"trang “{found.sheet.title}” không còn cột “{column.header}” nên không đọc được câu trả lời ở cột này",
                    "nếu đã đổi tên cột, ghi lại tên cũ",
                    found.sheet.place(found.header, 1),
                )

    def _unread(self, found: _Found, strange: Mapping[int, str]) -> None:
        """Name cells outside every known column, so that nothing submitted is dropped in silence."""
        known = set(found.columns.values())
        by_column: dict[int, list[WorkbookCell]] = defaultdict(list)
        for row, cells in sorted(found.sheet.rows.items()):
            for number, cell in cells.items():
                # Above the header stand our own title and advice, each the first cell of its row.
                if (row < found.header and number != min(cells)) or (row > found.header and number not in known):
                    by_column[number].append(cell)
        for number, outside in sorted(by_column.items()):
            name = f" {strange[number]}" if number in strange else ""
            more = f" và {len(outside) - 1} ô khác" if len(outside) > 1 else ""
            self._notes.warning(
                f"ô{more} nằm ở cột{name} không có trong biểu mẫu nên không được đọc: {quoted(outside[0].text)}",
                "chép nội dung vào cột của biểu mẫu, ví dụ cột “Ghi chú”",
                outside[0].place,
            )

    def _merged(self, found: _Found) -> None:
        """Refuse a filled merged range over answers: it does not say which rows it speaks for."""
        opened = {
            found.columns[column.key] for column in found.table.columns if column.answer and column.key in found.columns
        }
        for left, top, right, bottom in found.sheet.merged:
            cell = found.sheet.rows.get(top, {}).get(left)
            if cell and bottom > found.header and left in opened and (bottom > top or right > left):
                self._notes.error(
                    f"ô trả lời bị gộp với ô bên cạnh (đến {found.sheet.place(bottom, right).partition('!')[2]}), "
                    "không rõ nội dung thuộc dòng nào, cột nào",
                    "bỏ gộp ô và ghi cho từng dòng",
                    cell.place,
                )

    def _far(self, sheet: WorkbookSheet) -> None:
        if sheet.beyond:
            row, column = sheet.beyond[0]
            more = " và các ô khác" if len(sheet.beyond) > 1 else ""
            self._notes.warning(
                f"ô{more} nằm ngoài phạm vi biểu mẫu ({MOST_ROWS} dòng, {MOST_COLUMNS} cột) nên không được đọc",
                "xóa, hoặc chép nội dung vào bảng",
                sheet.place(row, column),
            )

    def _absent(self, tables: Mapping[Table, list[_Found]]) -> None:
        """Say which sheets are gone: with questions on them that is an error, else worth a look."""
        refused = {note.message for note in self._notes.found if note.severity is Severity.ERROR}
        for table in TABLES:
            if tables.get(table) or any(f"“{table.title}”" in message for message in refused):
                continue
            needed = table in {COVER, INDICATORS, TASKS} and table in self._machine.questions
            severity = Severity.ERROR if needed else Severity.WARNING
            message = f"thiếu trang “{table.title}”"
            self._notes.add(
                severity, message, "chép lại trang này từ biểu mẫu gốc; không có gì báo cáo thì để trống, không xóa"
            )

    # Finding the rows

    def _rows(self, table: Table, found: list[_Found]) -> Iterator[_Row]:
        """Yield the answered rows of a table, in the order of the form."""
        asked = self._machine.questions.get(table, {})
        rows: dict[tuple[str, str], list[_Row]] = defaultdict(list)
        present: set[str] = set()
        for one in found:
            for row in self._known_rows(one, asked):
                present.add(ref_key(row.question.ref))
                rows[row.question.ref, row.question.slot].append(row)
        if found:
            self._lost_rows(table, [questions[0].ref for key, questions in asked.items() if key not in present])
        for questions in asked.values():
            for question in questions:
                if answered := self._one(rows[question.ref, question.slot]):
                    yield answered

    def _known_rows(self, found: _Found, asked: Mapping[str, list[_Question]]) -> Iterator[_Row]:
        """Yield the rows with an id of this form; what else stands among or below them is reported where it says something."""
        last = 0
        for number in found.body:
            if row := self._row(found, number, asked):
                last = number
                yield row
        for number in found.body:
            cells = found.cells(number)
            # Headings of plans and sections stand alone in the column of ids, above the rows they head.
            alone = set(cells) == {found.table.identity}
            if alone and next(iter(cells.values())).text in {NO_INDICATORS, NO_TASKS}:
                continue
            if cells and not found.answers(number) and found.table is not COVER and (number > last or not alone):
                self._loose(found, cells, asked)

    def _loose(self, found: _Found, cells: Mapping[str, WorkbookCell], asked: Mapping[str, list[_Question]]) -> None:
        identity = cells.get(found.table.identity or "")
        if identity is None or ref_key(name_of(identity)) not in asked:
            cell = next(iter(cells.values()))
            self._notes.warning(
                f"{quoted(cell.text)} nằm ngoài các dòng của biểu mẫu nên không được đọc",
                "nếu là nội dung báo cáo, chép vào ô trả lời của dòng tương ứng",
                cell.place,
            )

    def _row(self, found: _Found, number: int, asked: Mapping[str, list[_Question]]) -> _Row | None:
        """Return one row by its id; a row that answers without an id of this form is reported."""
        cells, answers = found.cells(number), found.answers(number)
        identity = cells.get(found.table.identity or "")
        questions = asked.get(ref_key(name_of(identity)), []) if identity else []
        if questions:
            question = self._part(questions, cells.get("part"))
            place = identity.place if identity else ""
            if question:
                return _Row(question, answers, place)
            if answers:
                labels = ", ".join(f"“{one.label}”" for one in questions)
                self._notes.error(
                    f"không rõ dòng này là phần nào của {questions[0].ref}",
                    f"cột “Đối tượng, phần” phải là một trong: {labels}",
                    place,
                )
            return None
        if answers:
            self._homeless(identity, next(iter(answers.values())), asked)
        return None

    def _homeless(
        self, identity: WorkbookCell | None, answer: WorkbookCell, asked: Mapping[str, list[_Question]]
    ) -> None:
        """Report answers in a row that is none of the form's."""
        if identity is None:
            self._notes.warning(
                f"{quoted(answer.text)} nằm ở dòng không có mã nên không được đọc",
                "chép vào dòng có mã tương ứng",
                answer.place,
            )
            return
        key = ref_key(name_of(identity))
        for table, questions in self._machine.questions.items():
            if key in questions:
                message = f"dòng {questions[key][0].ref} thuộc trang “{table.title}”, không đọc được ở trang này"
                self._notes.error(message, f"chép câu trả lời về trang “{table.title}”", identity.place)
                return
        near = get_close_matches(key, asked, n=1, cutoff=0.6)
        meant = f'ý bạn là "{asked[near[0]][0].ref}"? ' if near else ""
        self._notes.error(
            f"mã {quoted(identity.text)} không có trong biểu mẫu này",
            f"{meant}ghi lại mã như biểu mẫu gốc",
            identity.place,
        )

    @staticmethod
    def _part(questions: list[_Question], part: WorkbookCell | None) -> _Question | None:
        """Return which of an indicator's rows this is, by its label; a lone row needs none."""
        if len(questions) == 1:
            return questions[0]
        key = match_key(name_of(part))
        return next((question for question in questions if match_key(question.label) == key), None)

    def _one(self, rows: list[_Row]) -> _Row | None:
        """Return the answers of a row; one that stands there twice must say the same twice."""
        said = [row for row in rows if row.answers]
        texts = [{key: cell.text for key, cell in row.answers.items()} for row in said]
        if any(text != texts[0] for text in texts):
            self._notes.error(
                f"mã {said[0].question.ref} có hai dòng trả lời khác nhau (dòng kia: {said[0].place})",
                "giữ lại một dòng",
                said[-1].place,
            )
        return said[0] if said else rows[0] if rows else None

    def _lost_rows(self, table: Table, refs: list[str]) -> None:
        if refs:
            named = ", ".join(refs[:_MOST_NAMED]) + (" …" if len(refs) > _MOST_NAMED else "")
            message = f"trang “{table.title}” thiếu {len(refs)} dòng của biểu mẫu: {named}"
            self._notes.warning(
                message, "không có gì báo cáo thì để trống dòng, không xóa; nếu đã chép sang trang khác, chép lại"
            )

    # Reading the answers

    def _put(self, ref: str, path: KeyPath, value: Any, place: str) -> None:
        """Put a value into a plan's document, and remember where it stands."""
        if value is None:
            return
        plan = ref.partition("/")[0]
        target: Any = self._documents.setdefault(plan, {})
        for depth, key in enumerate(path[:-1], start=1):
            target = target.setdefault(key, {})
            self._places.setdefault((plan, path[:depth]), place)
        target[path[-1]] = value
        self._places[plan, path] = place

    def _indicator(self, row: _Row) -> None:
        question, answers = row.question, row.answers
        item = question.ref.partition("/")[2]
        kind, _, name = question.slot.partition("/")
        if value := answers.get("value"):
            inner = ("levels" if kind == "level" else "value", *((name,) if name else ()))
            self._put(question.ref, ("indicators", item, *inner), self._read.number(value, question.unit), value.place)
        if cell := answers.get("estimate"):
            self._once_only(question.ref, "estimate", self._read.flag(cell), cell)
        if cell := answers.get("to_date"):
            self._once_only(question.ref, "to_date", self._read.number(cell, question.unit), cell)
        for key in ("source", "note"):
            if cell := answers.get(key):
                self._once_only(question.ref, key, self._read.text(cell), cell)

    def _once_only(self, ref: str, key: str, value: Any, cell: WorkbookCell) -> None:
        """Put what is said once for an indicator of several rows; saying it twice differently is refused."""
        said = self._once.setdefault((ref, key), (value, cell.place))
        if said[0] != value:
            self._notes.error(
                f"cột “{INDICATORS.column(key).header}” của {ref} có hai câu trả lời khác nhau (xem {said[1]})",
                "chỉ ghi ở dòng đầu của chỉ tiêu",
                cell.place,
            )
        self._put(ref, ("indicators", ref.partition("/")[2], key), value, cell.place)

    def _task(self, row: _Row) -> None:
        ref = row.question.ref
        at: KeyPath = ("tasks", ref.partition("/")[2])
        readers = {
            "status": self._read.status,
            "result": self._read.text,
            "documents": self._read.papers,
            "completed": self._read.day,
            "extension_to": self._read.day,
            "extension_document": self._read.text,
            "condition_met": self._read.flag,
            "done_this_year": self._read.flag,
            "difficulty": self._read.text,
        }
        inner = {"extension_to": ("extension", "to"), "extension_document": ("extension", "document")}
        for key, reader in readers.items():
            if cell := row.answers.get(key):
                self._put(ref, (*at, *inner.get(key, (key,))), reader(cell), cell.place)

    def _funding(self, found: _Found, number: int) -> None:
        answers = found.answers(number)
        first = next(iter(answers.values()), None)
        if first is None or set(answers) == {"plan"}:
            return
        plan = self._chosen_plan(answers.get("plan"), first)
        if plan is None:
            return
        entries = self._documents[plan].setdefault("funding", [])
        entry: dict[str, str] = {}
        for key in ("source", "planned", "spent", "unit"):
            cell = answers.get(key)
            value = (
                None
                if cell is None
                else self._read.number(cell)
                if key in {"planned", "spent"}
                else self._read.text(cell)
            )
            if cell and value is not None:
                entry[key] = value
                self._places[plan, ("funding", len(entries), key)] = cell.place
        self._places[plan, ("funding", len(entries))] = first.place
        entries.append(entry)

    def _chosen_plan(self, cell: WorkbookCell | None, first: WorkbookCell) -> str | None:
        """Return the plan a funding row belongs to; with a single plan in the form it need not be said."""
        if cell is None:
            if len(self._machine.plans) == 1:
                return next(iter(self._machine.plans))
            self._notes.error(
                "dòng kinh phí chưa chọn kế hoạch", "chọn kế hoạch trong danh sách ở cột đầu", first.place
            )
            return None
        key = match_key(name_of(cell))
        for plan, title in self._machine.plans.items():
            if key in {match_key(plan), match_key(title), match_key(plan_label(plan, title))}:
                return plan
        self._notes.error(
            f"kế hoạch {quoted(cell.text)} không có trong biểu mẫu", "chọn kế hoạch trong danh sách", cell.place
        )
        return None

    def _narrative(self, row: _Row) -> None:
        code = row.question.ref.partition("/")[2]
        topic = next((topic for topic in TOPICS if topic.code == code), None)
        if topic and (cell := row.answers.get("text")):
            self._put(row.question.ref, ("narrative", *topic.path), self._read.text(cell), cell.place)

    def _document(self, plan: str, body: dict[str, Any], dates: list[_Row]) -> dict[str, Any]:
        """Return a plan's document, head first."""
        head = {
            "kehoach": "progress/1",
            "plan": plan,
            "agency": self._machine.values["agency"],
            "year": self._machine.values["year"],
        }
        for row in dates:
            if row.question.ref == plan:
                self._places[plan, ()] = row.place
                for key, cell in row.answers.items():
                    if (day := self._read.day(cell)) is not None:
                        head[key] = day
                        self._places[plan, (key,)] = cell.place
        return head | body


def _places(sheet: WorkbookSheet) -> Iterator[str]:
    for _, cells in sorted(sheet.rows.items()):
        for _, cell in sorted(cells.items()):
            yield cell.place
