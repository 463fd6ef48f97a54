"""The parts of the body as objectives, tasks, sources of funding and clauses: one walk over the outline."""

import re

from kehoach_cli.core.draft.assigning import UNREAD, Assigner, joined
from kehoach_cli.core.draft.assignments import Assignment, intro_of, says_more
from kehoach_cli.core.draft.entries import EntryReader, doubt_unread
from kehoach_cli.core.draft.found import Passages
from kehoach_cli.core.draft.head import GIVES_WORK, IN_CHARGE
from kehoach_cli.core.draft.headings import HeadingReader
from kehoach_cli.core.draft.lines import Mark
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.outline import Node
from kehoach_cli.core.draft.roles import BODIES, KEYS
from kehoach_cli.core.draft.rows import RowReader
from kehoach_cli.core.draft.titles import (
    AIMS,
    GIVEN,
    NO_TASKS,
    SCOPE,
    SENTENCE,
    DutyPart,
    announced,
    announces_work,
    below,
    closes,
    gives_to_somebody,
    is_broken,
    is_closing,
    is_dotted_title,
    is_long_sentence,
    is_mere_closing,
    is_reference,
    is_scope,
    is_sentence,
    is_title,
    names_somebody,
    own_part,
    part_of,
    strays,
    tells,
)
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY, BEGINS_WITH_WORK, BODY
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import CAPITALS, is_unfinished, match_key

# A line that only says when the heading over it is done: "Thời gian thực hiện sau khi Chiến lược được ban hành."
_TELLS_WHEN = re.compile(r"(?:thời gian|thời hạn|tiến độ)\s+(?:thực hiện|hoàn thành|triển khai)\b[^:]*$", re.IGNORECASE)
_SUPPORTING = re.compile(r"(?:chủ động )?phối hợp\b", re.IGNORECASE)
_LEADING = re.compile(r"lãnh đạo|chỉ đạo")
_DEMANDS = re.compile(r"(?:một số |các )?yêu cầu\b")
_LEADS_OTHERS = re.compile(rf"(?:lãnh đạo|chỉ đạo)\s+(?:cho\s+)?{BODY}", re.IGNORECASE)
# "3.1. Chỉ đạo lực lượng Cảnh sát giao thông:": who does what stands below.
_DIRECTING = re.compile(
    rf"(?:(?:lãnh đạo,? )?chỉ đạo|lãnh đạo|đôn đốc|hướng dẫn)(?:(?:,| và) [^\W\d_]+ [^\W\d_]+)?\s+(?:cho\s+)?"
    rf"(?:{BODY}|(?:hệ thống|các lực lượng|lực lượng|ngành)\s)",
    re.IGNORECASE,
)
_ASKED = re.compile(rf"(?:giao|phân công|yêu cầu|đề nghị)\s+(?:cho\s+)?{BODY}", re.IGNORECASE)


class Walk:
    """One walk over the outline of a document."""

    def __init__(self, rows: RowReader, notes: DraftNotes) -> None:
        """Read rows with `rows`."""
        self.found = Passages()
        self._rows = rows
        self._notes = notes
        self._assigner = Assigner(rows.agencies, notes)
        self._headings = HeadingReader(self.found, notes)
        self._entries = EntryReader(self.found, rows, self._headings, notes)

    def read(self, root: Node) -> Passages:
        """Return what stands below the root."""
        self._parts(root.children, None)
        self._tables_left(root)
        return self.found

    def _parts(self, nodes: list[Node], above: DutyPart | None) -> None:
        """Read the parts of the body; `above` is what the lettered part over them is about."""
        for node in nodes:
            if not node.numbered:
                doubt_unread(self._notes, node, "đoạn đứng trước mục đầu tiên hoặc ngoài các mục")
            elif node.line.mark is Mark.ARTICLE:
                self._article(node)
            elif node.line.mark is Mark.PART and any(one.line.mark is Mark.ROMAN for one in node.children):
                self._headings.section(node)
                self._parts(node.children, part_of(node.text))
            else:
                self._top(node, self._part(node, above))

    def _top(self, node: Node, part: DutyPart | None) -> None:
        """Read a part that stands over no other."""
        if part is DutyPart.OBJECTIVES and is_scope(node):
            self._set_aside(node)
        elif part_of(node.text) is None and not names_somebody(node) and self._gives_work(node):
            self._given_in_lines(node)
        elif part is None or (part in NO_TASKS and is_long_sentence(node)):
            self._headings.section(node)
            why = "không rõ mục này là mục tiêu, nhiệm vụ, kinh phí hay tổ chức thực hiện; chưa lấy nội dung"
            doubt_unread(self._notes, node, why)
        else:
            if part is DutyPart.OBJECTIVES and _DEMANDS.match(match_key(node.text)):
                why = "mục chỉ có yêu cầu, không có mục đích; có thể là việc phải làm, ở đây ghi vào objectives"
                where = (f"sections/{node.id}", node.place)
                self._notes.doubt(DoubtKind.READING, where, node.text, why, "chuyển thành nhiệm vụ nếu đúng vậy")
            self._walk(node, part, None)

    def appendix(self, root: Node) -> None:
        """Read an appendix that gives work in lines, not in a table."""
        self._headings.section(root)
        why = "phụ lục không có bảng; các việc lấy theo dòng đánh số"
        where = (f"sections/{root.id}", root.place)
        self._notes.doubt(DoubtKind.READING, where, root.text, why, "đối chiếu các nhiệm vụ của phụ lục với văn bản")
        self._below(root.id, root.children, DutyPart.TASKS, None)

    def _tables_left(self, root: Node) -> None:
        """Add the tables below lines that are no sections of their own."""
        held = {id(table) for _, table in self.found.tables}
        for node in below([root]):
            self.found.tables += [(node.id, table) for table in node.tables if id(table) not in held]

    def _article(self, node: Node) -> None:
        """Read an article of a decision: what it gives to whom; its effect and who carries it out are no work."""
        if IN_CHARGE.search(node.text) or re.match(r"(?:Ban hành|Phê duyệt) kèm theo", node.text):
            return
        part = part_of(node.text)
        if any(self._names_work(one) for one in (node, *node.children)) or GIVES_WORK.search(node.text):
            part = DutyPart.ORGANISATION
        elif part is DutyPart.OBJECTIVES and not (is_scope(node) or re.match(AIMS, match_key(node.text))):
            part = None
        if part is None:
            doubt_unread(self._notes, node, "điều này không rõ giao việc gì; chưa lấy nội dung")
            return
        self._walk(node, part, None)

    def _gives_work(self, node: Node) -> bool:
        """Whether a part announces tasks in a paragraph, or half of its items give work to bodies ("…: Giao Bộ Y tế …").

        So does one whose title says what to do, and half of whose lines do ("I. TĂNG CƯỜNG CÔNG TÁC BẢO ĐẢM CHẤT LƯỢNG"), and one
        half of whose lines ask bodies ("1. Về thi công:" over "Yêu cầu Ban Quản lý dự án 2 …").
        """
        numbered = [one for one in node.children if one.numbered]
        given = [one for one in numbered if GIVEN.search(one.text)]
        if any(map(announces_work, node.children)) or (len(given) > 1 and 2 * len(given) >= len(numbered)):
            return True
        lines = [one for one in below(node.children) if not one.children]
        asked = [one for one in lines if _ASKED.match(one.text)]
        if asked and 2 * len(asked) >= len(lines):
            return True
        work = [one for one in lines if BEGINS_WITH_WORK.match(one.text) or BEGINS_WITH_BODY.match(one.text)]
        titled = BEGINS_WITH_WORK.match(node.text) and not tells(node)
        return bool(titled) and len(work) > 1 and 2 * len(work) >= len(lines)

    def _given_in_lines(self, node: Node) -> None:
        """Read a part whose title does not say that it gives work, but its lines do."""
        self._headings.section(node)
        begun = next((at for at, one in enumerate(node.children) if announces_work(one)), 0)
        for one in node.children[:begun]:
            doubt_unread(self._notes, one, "đoạn đứng trước câu dẫn vào các việc; chưa lấy")
        why = "tiêu đề không nói là nhiệm vụ; các việc bên dưới lấy theo câu dẫn, câu giao việc trong mục"
        where = (f"sections/{node.id}", node.place)
        self._notes.doubt(DoubtKind.READING, where, node.text, why, "bỏ các nhiệm vụ của mục nếu không phải vậy")
        self._below(node.id, node.children[begun:], DutyPart.TASKS, None)

    def _part(self, node: Node, above: DutyPart | None) -> DutyPart | None:
        """Return what a part is about; one that is, or consists of, what bodies do ("1. Sở Y tế") is organisation.

        A part whose title says nothing is about what the lettered part over it is.
        """
        agencies = self._rows.agencies
        if node.line.mark is Mark.NUMBER and (agencies.first_run(node.text)[0] or BEGINS_WITH_BODY.match(node.text)):
            return DutyPart.ORGANISATION
        found = part_of(node.text) or above
        if found is None and any(label.role in BODIES for one in below([node]) for label, _ in one.labels):
            # The title says nothing, but its lines say who does them.
            return DutyPart.TASKS
        numbered = [one for one in node.children if one.numbered]
        bodies = [one for one in numbered if agencies.first_run(one.text)[0]]
        return DutyPart.ORGANISATION if found is None and bodies and 2 * len(bodies) >= len(numbered) else found

    # --- the walk ---

    def _walk(self, node: Node, part: DutyPart, given: Assignment | None) -> None:
        own = own_part(node, part)
        if own is None:
            self._set_aside(node)
            return
        part = own
        children = self._without_asides(node)
        if node.labels and part not in NO_TASKS:
            self._entries.labelled(node, children, part, given)
        elif not children:
            if part is DutyPart.OBJECTIVES and re.match(rf"{SCOPE}[^:.;]{{0,40}}:", match_key(node.text)):
                doubt_unread(
                    self._notes, node, "dòng này nêu đối tượng, phạm vi, thời gian, không phải mục tiêu; chưa lấy"
                )
            elif node.tables or node.line.mark in {Mark.PART, Mark.ROMAN}:
                self._headings.section(node)
                self._entries.doubt_labels(node)
            else:
                self._entries.row(node.id, node.text, node, part, given)
        elif part is DutyPart.TASKS and len(children) == 1 and _TELLS_WHEN.match(children[0].text):
            self._entries.dated(node, children[0], part, given)
        elif self._is_wording(node, children):
            self._entries.paragraphs(node, children, part, given)
        else:
            self._titled(node, children, part, given)

    def _is_wording(self, node: Node, children: list[Node]) -> bool:
        """Whether a numbered line over others is a sentence, no title: a body with a full stop is a title, too."""
        if not is_sentence(node) or any(one.numbered for one in children) or is_dotted_title(node, children):
            return False
        return not self._rows.agencies.whole(node.text)[0]

    def _titled(self, node: Node, children: list[Node], part: DutyPart, given: Assignment | None) -> None:
        self._headings.section(node)
        self._headings.doubt_work(node, children)
        if part in NO_TASKS:
            self._entries.doubt_labels(node)
        assigned = self._assigner.assigned(node, part)
        # Whom a nearer heading names is not who the one over it names.
        nearer = part is DutyPart.ORGANISATION and BEGINS_WITH_BODY.match(node.text)
        if assigned is None and (nearer or (part is DutyPart.TASKS and names_somebody(node))):
            self._headings.doubt_bodies(node.id, node)
            given = UNREAD
        elif assigned is None and part not in NO_TASKS:
            self._doubt_others(node.id, node, given)
        if part is not DutyPart.OBJECTIVES and is_broken(node, children):
            doubt_unread(self._notes, node, "dòng này dài như một câu, không phải tiêu đề; có thể đã bị ngắt giữa câu")
        self._below(node.id, children, part, joined(assigned, given))

    def _set_aside(self, node: Node) -> None:
        """Keep the title of a part that gives no work, and doubt what stands below it."""
        self._headings.section(node)
        doubt_unread(
            self._notes, node, "tiêu đề này chỉ nêu đối tượng, phạm vi, thời gian…; chưa lấy nội dung bên dưới"
        )

    def _below(self, row_id: str, children: list[Node], part: DutyPart, given: Assignment | None) -> None:
        """Read what stands below a title."""
        if len(children) == 1 and children[0].line.mark is Mark.NONE and not children[0].children:
            self._entries.row(row_id, children[0].text, children[0], part, given)
            return
        count = 0
        self._doubt_last_labels(row_id, children)
        doubted = announced(children) if part in NO_TASKS else strays(children)
        for at, child in enumerate(children):
            if child.numbered:
                self._walk(child, part, given)
                continue
            leads = child.line.mark is Mark.NONE and child.text.endswith(":") and not child.children
            if leads and child is not children[-1]:
                given = joined(self._introduced(child, row_id, part), given)
                continue
            if child.line.mark is Mark.NONE and child.text.isupper():
                doubt_unread(self._notes, child, "dòng chữ hoa, có thể là tiêu đề; chưa lấy")
                continue
            if closes(child, children, part):
                doubt_unread(self._notes, child, "đoạn đứng sau các gạch đầu dòng, có thể là lời kết; chưa lấy")
                continue
            count += 1
            self._item(f"{row_id}-{count}", child, part, given)
            if at in doubted:
                at_row = f"{part.value}/{row_id}-{count}" if part in NO_TASKS else f"tasks/{row_id}-{count}/text"
                where = (at_row, child.place)
                self._notes.doubt(DoubtKind.READING, where, child.text, *doubted[at])

    def _doubt_last_labels(self, row_id: str, children: list[Node]) -> None:
        """Doubt labels below the last of several dashes: they may speak of the whole heading."""
        marked: Node | None = None
        for one in (one for one in children if not one.numbered):
            last = marked
            if one.line.mark is not Mark.NONE:
                marked = one
            if last is None or last.labels or not any(label.role in KEYS for label, _ in one.labels):
                continue
            words = "; ".join(f"{label.words}: {label.text}" for label, _ in one.labels)
            why = f"không rõ dòng này nói về gạch đầu dòng cuối hay cả mục {row_id}; chỉ ghi vào dòng ngay trên"
            place = one.labels[0][1]
            self._notes.doubt(DoubtKind.READING, ("", place), words, why, "ghi cho mọi nhiệm vụ của mục nếu đúng vậy")

    def _item(self, row_id: str, node: Node, part: DutyPart, given: Assignment | None) -> None:
        """Read a dash, a letter or a paragraph; what stands below a title, or below bodies and a colon, are rows of their own."""
        children = self._without_asides(node)
        if is_title(node, children):
            self._lettered(row_id, node, children, part, given)
            return
        intro = intro_of(node.text, self._rows.agencies) if children and part not in NO_TASKS else None
        more = intro is not None and says_more(node.text, intro)
        if intro and not more:
            self._notes.used.add(node.place)
            for number, child in enumerate(children, 1):
                self._item(f"{row_id}-{number}", child, part, joined(intro, given))
            return
        if children and part not in NO_TASKS and gives_to_somebody(node):
            self._headings.lettered(row_id, node)
            if intro:
                why = "câu dẫn còn nêu việc, thời gian ngoài tên cơ quan; ở đây ghi thành tiêu đề"
                where = (f"sections/{row_id}", node.place)
                self._notes.doubt(DoubtKind.READING, where, node.text, why, "ghi vào các nhiệm vụ bên dưới nếu cần")
            else:
                self._headings.doubt_bodies(row_id, node)
            self._below(row_id, children, part, joined(intro, given) if intro else UNREAD)
            return
        self._entries.merged(row_id, node, children, part, given)
        if any(one.line.mark is Mark.NONE for one in children):
            self._doubt_paragraph_below(row_id, node, part)
        if part not in NO_TASKS and any(self._names_work(one) for one in children):
            why = "các gạch đầu dòng bên dưới nêu cơ quan riêng; ở đây ghép thành một nhiệm vụ"
            self._notes.doubt(
                DoubtKind.READING,
                (f"tasks/{row_id}/text", node.place),
                node.text,
                why,
                "tách thành các nhiệm vụ riêng nếu cần",
            )
        else:
            self._entries.doubt_merged(row_id, node, children, part)

    def _doubt_paragraph_below(self, row_id: str, node: Node, part: DutyPart) -> None:
        """Doubt a wording that has taken a paragraph without a mark: that may be apart, or the line over it its title."""
        if SENTENCE.search(node.text):
            why = "đoạn không đánh số bên dưới được ghép vào đây; có thể là đoạn riêng hoặc lời kết"
            mend = "tách đoạn đó ra nếu cần"
        elif not is_unfinished(node.text) and not node.text.endswith((":", ",")):
            why = "dòng này có thể là tiêu đề của đoạn bên dưới; ở đây hai dòng được ghép thành một"
            mend = "bỏ tiêu đề khỏi lời văn nếu đúng vậy"
        else:
            return
        where = (f"{part.value if part in NO_TASKS else 'tasks'}/{row_id}/text", node.place)
        self._notes.doubt(DoubtKind.READING, where, node.text, why, mend)

    def _lettered(
        self, row_id: str, node: Node, children: list[Node], part: DutyPart, given: Assignment | None
    ) -> None:
        """Read what stands below a letter that is a title."""
        own = own_part(node, part)
        if own is None:
            doubt_unread(
                self._notes, node, "tiêu đề này chỉ nêu đối tượng, phạm vi, thời gian…; chưa lấy nội dung bên dưới"
            )
            return
        self._headings.lettered(row_id, node)
        assigned = self._assigner.assigned(node, own)
        others = assigned is None and own not in NO_TASKS and self._doubt_others(row_id, node, given)
        if assigned is None and not others and own is not DutyPart.OBJECTIVES and names_somebody(node):
            self._headings.doubt_bodies(row_id, node)
            given = UNREAD
        self._below(row_id, children, own, joined(assigned, given))

    def _doubt_others(self, row_id: str, node: Node, given: Assignment | None) -> bool:
        """Doubt a title that names others who do the work below it, directed by or together with the bodies over it.

        Return whether it does.
        """
        directs = _DIRECTING.match(node.text)
        if given is UNREAD or not (directs or (given and _SUPPORTING.match(node.text))):
            return False
        told = "chỉ đạo, đôn đốc cơ quan khác làm" if directs else "phối hợp với cơ quan khác"
        rest = (
            "các việc bên dưới vẫn ghi cơ quan ở tiêu đề trên vào lead"
            if given
            else "chưa giao các việc bên dưới cho ai"
        )
        mend = "sửa lead, support của các nhiệm vụ bên dưới nếu cơ quan khác chủ trì"
        where = (f"sections/{row_id}", node.place)
        self._notes.doubt(DoubtKind.AGENCY, where, node.text, f"tiêu đề nói {told}; {rest}", mend)
        return True

    def _names_work(self, node: Node) -> bool:
        return bool(node.labels or self._rows.agencies.first_run(node.text)[0])

    # --- who ---

    def _introduced(self, child: Node, row_id: str, part: DutyPart) -> Assignment | None:
        """Read a paragraph before dashes: who leads them, or a clause that directs the section."""
        ids, _, end = self._rows.agencies.first_run(child.text)
        if part is DutyPart.TASKS and ids and _LEADING.search(child.text[end:]):
            clause = {"id": row_id, "role": "direct", "agencies": ids, "applies_to": [row_id], "text": child.text}
            self._notes.found(f"clauses/{row_id}", child.place)
            self.found.clauses.append(clause)
            if child.text.endswith("gồm:"):
                doubt_unread(
                    self._notes,
                    child,
                    "các dòng bên dưới có thể chỉ là nội dung được liệt kê, không phải từng nhiệm vụ",
                )
            if child.text.endswith(":") and _LEADS_OTHERS.search(child.text, end):
                why = "câu dẫn còn nêu cơ quan được chỉ đạo; các việc bên dưới có thể giao cho cơ quan đó"
                where = (f"clauses/{row_id}", child.place)
                self._notes.doubt(DoubtKind.AGENCY, where, child.text, why, "ghi lead ở các nhiệm vụ bên dưới nếu đúng")
            return None
        found = intro_of(child.text, self._rows.agencies)
        if part in NO_TASKS:
            doubt_unread(self._notes, child, "câu dẫn trước các gạch đầu dòng; chưa lấy")
        elif re.search(rf"\.\s+[{CAPITALS}]", child.text):
            doubt_unread(self._notes, child, "đoạn dẫn có nhiều câu; có thể giao thêm việc, chưa lấy")
        elif found is None:
            doubt_unread(self._notes, child, "câu dẫn trước các gạch đầu dòng; không rõ giao cho ai")
        elif says_more(child.text, found):
            doubt_unread(self._notes, child, "câu dẫn còn nêu việc, thời gian ngoài tên cơ quan; mới lấy cơ quan")
        else:
            self._notes.used.add(child.place)
        return UNREAD if found is None and names_somebody(child) else found

    def _without_asides(self, node: Node) -> list[Node]:
        """Return what stands below a node but references and the end of the document; what these say is a doubt."""
        for one in (one for one in node.children if self._is_aside(one)):
            if is_reference(one):
                why = "dòng trong ngoặc dẫn sang phụ lục, biểu; chưa lấy"
            elif is_mere_closing(one):
                self._notes.used.add(one.place)
                continue
            else:
                why = "lời kết còn yêu cầu, dặn báo cáo; chưa lấy"
            self._notes.doubt(DoubtKind.UNREAD, ("", one.place), one.text, why, "nhập vào tệp kế hoạch nếu cần")
        return [one for one in node.children if not self._is_aside(one)]

    def _is_aside(self, node: Node) -> bool:
        if node.line.mark is Mark.DASH:
            return is_reference(node)
        return node.line.mark is Mark.NONE and (is_reference(node) or is_closing(node))
