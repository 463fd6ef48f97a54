"""An item of the body as an entry of the plan: a task, a duty of organisation, an objective or a source of funding."""

import re
from typing import Any

from msgspec.structs import replace

from kehoach_cli.core.draft.aims import AimReader
from kehoach_cli.core.draft.assigning import Assigner
from kehoach_cli.core.draft.assignments import Assignment, more_in_brackets, said_in_brackets
from kehoach_cli.core.draft.found import Passages
from kehoach_cli.core.draft.headings import HeadingReader
from kehoach_cli.core.draft.lines import Mark
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.outline import Node
from kehoach_cli.core.draft.prose import doubt_who, doubt_work
from kehoach_cli.core.draft.roles import BODIES, KEYS, Label, Role, keys_of
from kehoach_cli.core.draft.rows import Cell, RowReader
from kehoach_cli.core.draft.times import doubt_when
from kehoach_cli.core.draft.titles import (
    LONGEST_HEADING,
    NO_TASKS,
    SENTENCE,
    DutyPart,
    below,
    is_mere_closing,
    is_reference,
    is_sentence,
    printed,
)
from kehoach_cli.core.draft.verbs import VERB
from kehoach_cli.core.model.source_record import DoubtKind

_ONLY_TIME = re.compile(
    r"(?:hoàn thành|thực hiện|xong|thời hạn|thời gian)[^.;,:]{0,20}\s(?:trong|trước|vào|chậm nhất|đến)\b[^.;,]{2,40}[.;]?",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"nội dung(?: (?:thực hiện|công việc|nhiệm vụ))?\s*:\s*(?=\w)", re.IGNORECASE)
# What a line says of an event that the plan holds: "Địa điểm: Hội trường tỉnh".
_DETAIL = re.compile(
    r"(?:thời gian|địa điểm|đối tượng|thành phần|số lượng|quy mô|hình thức|phạm vi)\b[^:.;]{0,60}:", re.IGNORECASE
)


class EntryReader:
    """Adds the items of a document to what is found, each as the part it stands in has it."""

    def __init__(self, found: Passages, rows: RowReader, headings: HeadingReader, notes: DraftNotes) -> None:
        """Read tasks with `rows`, and the titles over lines of theirs with `headings`."""
        self._found = found
        self._rows = rows
        self._headings = headings
        self._notes = notes
        self._assigner = Assigner(rows.agencies, notes)
        self._aims = AimReader(found, notes)

    def row(self, row_id: str, text: str, node: Node, part: DutyPart, given: Assignment | None) -> None:
        """Add a row of that wording, with what its labels say; `given` is what the titles over it say."""
        if part in NO_TASKS:
            self.doubt_labels(node)
            self._aims.read(row_id, text, node, part)
            return
        cells = self._cells(row_id, node)
        kind = "organisation" if part is DutyPart.ORGANISATION else "task"
        entry = self._rows.task(row_id, kind, Cell(text, node.place), cells)
        self._doubt_empty(row_id, cells)
        if not cells.keys() & BODIES:
            self._assigner.assign(entry, node, part, given)
            self._doubt_brackets(entry, node)
        doubt_who(entry, node.place, self._notes, keys_of(cells))
        doubt_when(entry, node.place, self._notes)
        if not cells:
            doubt_work(entry, node.place, self._notes)
            self._headings.doubt_inner_number(f"tasks/{row_id}/text", node)
        self._add(entry, part)
        self._doubt_detail(row_id, node)

    def labelled(self, node: Node, children: list[Node], part: DutyPart, given: Assignment | None) -> None:
        """Read a row that is followed by labels; under a heading its dashes are the wording."""
        wording = [one for one in children if not _DETAIL.match(one.text)]
        heading = bool(wording) and node.level <= 2 and not is_sentence(node)  # noqa: PLR2004 - "1." below a part
        if heading:
            self._headings.section(node)
        children = [_without_label(one) for one in children]
        if heading and len(children) == 1 and children[0].line.mark is Mark.DASH:
            # One dash over the labels is no list: its sign is none of the words.
            children = [replace(children[0], line=replace(children[0].line, mark=Mark.NONE))]
        text = self._with_below([] if heading else [node.text], children)
        if any(one.labels for one in children):
            doubt_unread(
                self._notes, node, "có gạch đầu dòng mang cơ quan, thời gian riêng; chưa tách thành nhiệm vụ riêng"
            )
        if any(one.line.mark is Mark.POINT for one in children):
            why = "các điểm đánh số bên dưới được ghép vào nhiệm vụ này; dòng nêu cơ quan, thời gian có thể là một điểm"
            where = (f"tasks/{node.id}/text", node.place)
            self._notes.doubt(DoubtKind.READING, where, node.text, why, "tách thành các nhiệm vụ riêng nếu cần")
        cells = self._cells(node.id, node)
        entry = self._rows.task(node.id, "task", Cell(text, node.place), cells)
        self._doubt_empty(node.id, cells)
        if not cells.keys() & BODIES:
            self._assigner.assign(entry, node, part, given)
        doubt_who(entry, node.place, self._notes, keys_of(cells))
        doubt_when(entry, node.place, self._notes)
        self._add(entry, part)
        for one in children:
            self._doubt_detail(node.id, one)

    def paragraphs(self, node: Node, children: list[Node], part: DutyPart, given: Assignment | None) -> None:
        """Read a numbered sentence with paragraphs below it: each is a row, the sentence the first."""
        if all(one.line.mark is not Mark.NONE for one in children):
            self.merged(node.id, node, children, part, given)
            self.doubt_merged(node.id, node, children, part)
            return
        self.row(f"{node.id}-1", node.text, node, part, given)
        if part not in NO_TASKS:
            why = "câu đánh số đứng trên các dòng khác; có thể là tiêu đề, không phải nhiệm vụ"
            where = (f"tasks/{node.id}-1/text", node.place)
            self._notes.doubt(DoubtKind.READING, where, node.text, why, "chuyển thành mục trong sections nếu đúng vậy")
        for number, one in enumerate(children, 2):
            self.merged(f"{node.id}-{number}", one, one.children, part, given)

    def dated(self, node: Node, when: Node, part: DutyPart, given: Assignment | None) -> None:
        """Read a heading over one line that only says when it is done: the heading is the task."""
        self.row(node.id, node.text, node, part, given)
        why = "dòng dưới nhiệm vụ này nói về thời gian; chưa ghi vào schedule"
        where = (f"tasks/{node.id}/schedule", when.place)
        self._notes.doubt(DoubtKind.SCHEDULE, where, when.text, why, "ghi vào schedule nếu đúng")

    def merged(self, row_id: str, node: Node, children: list[Node], part: DutyPart, given: Assignment | None) -> None:
        """Read a line with all below it as one row; the labels of the lines below are doubted."""
        text = self._with_below([node.text], children)
        self.row(row_id, text, node, part, given)
        for one in below(children):
            if part in NO_TASKS:
                self.doubt_labels(one)
                continue
            for label, place in one.labels:
                why = "dòng bên dưới có cơ quan, thời gian riêng, được ghép vào nhiệm vụ này; chưa lấy"
                self._doubt_label(row_id, label, place, why)

    def doubt_merged(self, row_id: str, node: Node, children: list[Node], part: DutyPart) -> None:
        """Doubt a wording that has taken several lines that are sentences of their own."""
        ends = SENTENCE.search(node.text)
        if part in NO_TASKS:
            if ends and any(one.line.mark is not Mark.NONE for one in children):
                why = "các dòng bên dưới được ghép vào đoạn này; dòng này có thể là tiêu đề của chúng"
                where = (f"{part.value}/{row_id}", node.place)
                self._notes.doubt(DoubtKind.READING, where, node.text, why, "tách thành các đoạn riêng nếu đúng vậy")
            return
        own = [one for one in below(children) if SENTENCE.search(one.text) and VERB.match(one.text)]
        points = any(one.line.mark is Mark.POINT for one in children)
        if len(own) > 1 or points or (own and ends):
            why = "nhiều dòng bên dưới được ghép vào nhiệm vụ này; có thể mỗi dòng là một nhiệm vụ"
            where = (f"tasks/{row_id}/text", node.place)
            self._notes.doubt(DoubtKind.READING, where, node.text, why, "tách thành các nhiệm vụ riêng nếu cần")

    def _with_below(self, texts: list[str], children: list[Node]) -> str:
        """Return texts with the lines below them as one wording."""
        self._notes.used.update(one.place for one in below(children))
        return " ".join([*texts, *(printed(one) for one in children)])

    def _cells(self, row_id: str, node: Node) -> dict[Role, Cell]:
        """Return what the labels of a row say. One that speaks again of what the labels before it said is a doubt."""
        cells: dict[Role, Cell] = {}
        said: set[str] = set()
        for label, place in node.labels:
            keys = KEYS.get(label.role, ())
            if not keys and label.text:
                why = f'không rõ "{label.words}" là gì'
                self._notes.doubt(DoubtKind.COLUMN, ("", place), label.text, why, "")
            elif not said.isdisjoint(keys):
                why = "nhiệm vụ này có nhiều dòng cùng nói về điều này; mới lấy dòng đầu"
                self._doubt_label(row_id, label, place, why)
            elif keys:
                cells[label.role] = Cell(label.text, place, label.words)
                # A label with nothing behind it may announce the others: "Cơ quan thực hiện:".
                said.update(keys if label.text else ())
        return cells

    def doubt_labels(self, node: Node) -> None:
        """Doubt labelled lines below an objective or a source of funding: no key of theirs has them."""
        for label, place in node.labels:
            text = f"{label.words}: {label.text}"
            why = "dòng này nêu cơ quan, thời gian của mục không phải nhiệm vụ; chưa lấy"
            self._notes.doubt(DoubtKind.UNREAD, ("", place), text, why, "nhập vào tệp kế hoạch nếu cần")

    def _doubt_label(self, row_id: str, label: Label, place: str, why: str) -> None:
        """Doubt a label that the task does not hold."""
        for key in KEYS.get(label.role, ()):
            text = f"{label.words}: {label.text}"
            where = (f"tasks/{row_id}/{key}", place)
            self._notes.doubt(
                DoubtKind.READING, where, text, why, f"đối chiếu {key} với văn bản, tách nhiệm vụ nếu cần"
            )

    def _doubt_empty(self, row_id: str, cells: dict[Role, Cell]) -> None:
        """Doubt labels with nothing behind them: what they announce stands on lines of its own, in the wording."""
        for role, cell in cells.items():
            if not cell.text:
                key = "lead" if role is Role.LEAD_AND_SUPPORT else role.value
                why = f'sau "{cell.head}" không có gì cùng dòng; các dòng bên dưới được ghép vào lời văn'
                where = (f"tasks/{row_id}/{key}", cell.place)
                self._notes.doubt(DoubtKind.READING, where, cell.head, why, f"ghi vào {key} và sửa lại lời văn")

    def _doubt_detail(self, row_id: str, node: Node) -> None:
        """Doubt a row whose wording says where, when or for whom something is held: it may be no work of its own."""
        if _DETAIL.match(node.text):
            why = (
                "dòng này nêu thời gian, địa điểm, đối tượng; có thể là chi tiết của mục trên, không phải một nhiệm vụ"
            )
            mend = "nếu là chi tiết thì bỏ dòng này hoặc ghép vào nhiệm vụ mà nó nói tới"
            self._notes.doubt(DoubtKind.READING, (f"tasks/{row_id}/text", node.place), node.text, why, mend)
        if _ONLY_TIME.fullmatch(node.text):
            why = "dòng này chỉ nêu thời hạn; có thể là của dòng trên, không phải một nhiệm vụ"
            mend = "ghi vào schedule của nhiệm vụ trên nếu đúng vậy"
            self._notes.doubt(DoubtKind.READING, (f"tasks/{row_id}/text", node.place), node.text, why, mend)
        if re.search(r"\|\s|\s\||^-{3,}$", node.text):
            why = "dòng này như hàng của bảng chép thành chữ; có thể không phải một nhiệm vụ"
            mend = "xin tệp có bảng, hoặc bỏ dòng này"
            self._notes.doubt(DoubtKind.READING, (f"tasks/{row_id}/text", node.place), node.text, why, mend)

    def _doubt_brackets(self, entry: dict[str, Any], node: Node) -> None:
        """Doubt what the brackets at the end of a task say and no key holds."""
        if more_in_brackets(entry["text"], map(str, entry.get("as_issued", {}).values())):
            where = (f"tasks/{entry['id']}/support", node.place)
            why = "ngoặc cuối câu còn nêu cơ quan khác; chưa lấy"
            self._notes.doubt(DoubtKind.AGENCY, where, entry["text"], why, "ghi vào lead hoặc support nếu đúng")
        for key in said_in_brackets(entry["text"]):
            if key not in entry:
                where = (f"tasks/{entry['id']}/{key}", node.place)
                why = "ngoặc cuối câu nói về cơ quan, thời gian; chưa lấy"
                self._notes.doubt(DoubtKind.READING, where, entry["text"], why, f"ghi vào {key} nếu đúng")

    def _add(self, entry: dict[str, Any], part: DutyPart) -> None:
        (self._found.organisation if part is DutyPart.ORGANISATION else self._found.tasks).append(entry)


def _without_label(node: Node) -> Node:
    """Return a line without "Nội dung:" before what the row says, and without its letter."""
    found = _CONTENT.match(node.text)
    return replace(node, line=replace(node.line, mark=Mark.NONE, text=node.text[found.end() :])) if found else node


def doubt_unread(notes: DraftNotes, node: Node, why: str) -> None:
    """Doubt a line that is not taken; one that only closes or refers says nothing."""
    if is_mere_closing(node):
        notes.used.add(node.place)
    elif node.text and not is_reference(node):
        text = node.text if len(node.text) < LONGEST_HEADING else f"{node.text[:LONGEST_HEADING]}…"
        notes.doubt(DoubtKind.UNREAD, ("", node.place), text, why, "nhập vào tệp kế hoạch nếu cần")
