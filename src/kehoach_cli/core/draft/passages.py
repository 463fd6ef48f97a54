"""The parts of the body as objectives, tasks, sources of funding and clauses: one walk over the outline."""

import re
from itertools import pairwise
from typing import Any

from kehoach_cli.core.draft.aims import AimReader
from kehoach_cli.core.draft.assigning import UNREAD, Assigner, joined
from kehoach_cli.core.draft.assignments import Assignment, intro_of, said_in_brackets, says_more
from kehoach_cli.core.draft.found import Passages
from kehoach_cli.core.draft.head import GIVES_WORK, IN_CHARGE
from kehoach_cli.core.draft.lines import Mark
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.outline import Node
from kehoach_cli.core.draft.prose import deadline_in, doubt_when, doubt_who, doubt_work
from kehoach_cli.core.draft.roles import BODIES, Label, Role
from kehoach_cli.core.draft.rows import Cell, RowReader
from kehoach_cli.core.draft.titles import (
    AIMS,
    GIVEN,
    LONGEST_HEADING,
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
    is_cut,
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
    printed,
    printed_mark,
    strays,
)
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY, BODY, VERB, WORK
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.notation.parse import parse_schedule
from kehoach_cli.core.notation.schedule import ScheduleError, ScheduleKind
from kehoach_cli.viet.text import is_unfinished, match_key

_HEADING_SCHEDULE = re.compile(
    r"(?P<text>(?:đến hết năm|trước năm|đến năm|trong năm|giai đoạn|trước ngày|năm)\s+\d.*)$", re.IGNORECASE
)
# What a line says of an event that the plan holds: "Địa điểm: Hội trường tỉnh".
_DETAIL = re.compile(
    r"(?:thời gian|địa điểm|đối tượng|thành phần|số lượng|quy mô|hình thức|phạm vi)\b[^:.;]{0,60}:", re.IGNORECASE
)
# A line that only says when the heading over it is done: "Thời gian thực hiện sau khi Chiến lược được ban hành."
_TELLS_WHEN = re.compile(r"(?:thời gian|thời hạn|tiến độ)\s+(?:thực hiện|hoàn thành|triển khai)\b[^:]*$", re.IGNORECASE)
# A year without "đến", "trước" or "trong" may be part of a name.
_BARE_TIME = re.compile(r"(?:năm|giai đoạn)\s", re.IGNORECASE)
# In a title with these words a year is no time for doing.
_REVIEWS = re.compile(
    r"mục tiêu|chỉ tiêu|tầm nhìn|\b(?:đánh giá|tình hình|thực trạng|kết quả|tài chính|dự toán|dự báo)\b"
)
# The number of an item inside a line: "… và đình công 3.1. Rà soát …", "… tiến bộ 1.1".
_INNER_NUMBER = re.compile(
    r"(?<!Điều)(?<!mục)(?<!Mục)(?<!khoản)(?<!điểm)\s\d{1,2}\.\d{1,2}(?:\.?\s+(?=[A-ZĐÀ-Ỹ])|\.?$)"
)
# A title runs into a sentence without a full stop: "… kinh tế tuần hoàn Tổ chức thực hiện …".
_INNER_WORK = re.compile(
    r"(?<=[a-zà-ỹ])(?<!\bSở)(?<!\bBộ)(?<!\bBan)(?<!\bVụ)(?<!\bCục)(?<!\bViện)(?<!\bHội)(?<!\bPhòng)(?<!\bvà)"
    rf" (?=[A-ZĐ])(?i:{WORK})(?= [a-zà-ỹ])"
)
_SUPPORTING = re.compile(r"(?:chủ động )?phối hợp\b", re.IGNORECASE)
_LEADING = re.compile(r"lãnh đạo|chỉ đạo")
_DEMANDS = re.compile(r"(?:một số |các )?yêu cầu\b")
_LEADS_OTHERS = re.compile(rf"(?:lãnh đạo|chỉ đạo)\s+(?:cho\s+)?{BODY}", re.IGNORECASE)


class Walk:
    """One walk over the outline of a document."""

    def __init__(self, rows: RowReader, notes: DraftNotes) -> None:
        """Read rows with `rows`."""
        self.found = Passages()
        self._rows = rows
        self._notes = notes
        self._assigner = Assigner(rows.agencies, notes)
        self._aims = AimReader(self.found, notes)

    def read(self, root: Node) -> Passages:
        """Return what stands below the root."""
        for node in root.children:
            if not node.numbered:
                self._unread(node, "đoạn đứng trước mục đầu tiên hoặc ngoài các mục")
                continue
            if node.line.mark is Mark.ARTICLE:
                self._article(node)
                continue
            part = self._part(node)
            if part is DutyPart.OBJECTIVES and is_scope(node):
                self._set_aside(node)
                continue
            if part_of(node.text) is None and not names_somebody(node) and self._gives_work(node):
                self._given_in_lines(node)
                continue
            if part is None or (part in _NO_TASKS and is_long_sentence(node)):
                self._section(node)
                self._unread(
                    node, "không rõ mục này là mục tiêu, nhiệm vụ, kinh phí hay tổ chức thực hiện; chưa lấy nội dung"
                )
                continue
            if part is DutyPart.OBJECTIVES and _DEMANDS.match(match_key(node.text)):
                why = "mục chỉ có yêu cầu, không có mục đích; có thể là việc phải làm, ở đây ghi vào objectives"
                where = (f"sections/{node.id}", node.place)
                self._notes.doubt(DoubtKind.READING, where, node.text, why, "chuyển thành nhiệm vụ nếu đúng vậy")
            self._walk(node, part, None)
        self._tables_left(root)
        return self.found

    def appendix(self, root: Node) -> None:
        """Read an appendix that gives work in lines, not in a table."""
        self._section(root)
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
            self._unread(node, "điều này không rõ giao việc gì; chưa lấy nội dung")
            return
        self._walk(node, part, None)

    def _gives_work(self, node: Node) -> bool:
        """Whether a part announces tasks in a paragraph, or half of its items give work to bodies ("…: Giao Bộ Y tế …")."""
        numbered = [one for one in node.children if one.numbered]
        given = [one for one in numbered if GIVEN.search(one.text)]
        return any(map(announces_work, node.children)) or (len(given) > 1 and 2 * len(given) >= len(numbered))

    def _given_in_lines(self, node: Node) -> None:
        """Read a part whose title does not say that it gives work, but its lines do."""
        self._section(node)
        begun = next((at for at, one in enumerate(node.children) if announces_work(one)), 0)
        for one in node.children[:begun]:
            self._unread(one, "đoạn đứng trước câu dẫn vào các việc; chưa lấy")
        why = "tiêu đề không nói là nhiệm vụ; các việc bên dưới lấy theo câu dẫn, câu giao việc trong mục"
        where = (f"sections/{node.id}", node.place)
        self._notes.doubt(DoubtKind.READING, where, node.text, why, "bỏ các nhiệm vụ của mục nếu không phải vậy")
        self._below(node.id, node.children[begun:], DutyPart.TASKS, None)

    def _part(self, node: Node) -> DutyPart | None:
        """Return what a part is about; one that is, or consists of, what bodies do ("1. Sở Y tế") is organisation."""
        agencies = self._rows.agencies
        if node.line.mark is Mark.NUMBER and (agencies.first_run(node.text)[0] or BEGINS_WITH_BODY.match(node.text)):
            return DutyPart.ORGANISATION
        found = part_of(node.text)
        if found is None and any(label.role in BODIES for one in below([node]) for label, _ in one.labels):
            # The title says nothing, but its lines say who does them.
            return DutyPart.TASKS
        numbered = [one for one in node.children if one.numbered]
        bodies = [one for one in numbered if agencies.first_run(one.text)[0]]
        return DutyPart.ORGANISATION if found is None and bodies and 2 * len(bodies) >= len(numbered) else found

    def _unread(self, node: Node, why: str) -> None:
        if is_mere_closing(node):
            self._notes.used.add(node.place)
        elif node.text and not is_reference(node):
            text = node.text if len(node.text) < LONGEST_HEADING else f"{node.text[:LONGEST_HEADING]}…"
            self._notes.doubt(DoubtKind.UNREAD, ("", node.place), text, why, "nhập vào tệp kế hoạch nếu cần")

    def _section(self, node: Node) -> None:
        ends = " :." if is_dotted_title(node, node.children) else " :"
        entry: dict[str, Any] = {"id": node.id, "title": node.text.rstrip(ends)}
        if node.printed:
            entry["printed"] = node.printed
        if node.printed and node.counted_on:
            entry["errata"] = (
                f'Nguyên văn in "{node.printed}"; số {node.printed} đã dùng cho mục trước, ở đây được dẫn là {node.id}.'
            )
        if schedule := self._heading_schedule(node):
            entry["schedule"] = schedule
            if _BARE_TIME.match(schedule):
                why = f'"{schedule}" ở cuối tiêu đề có thể thuộc tên gọi, không phải thời hạn của các việc bên dưới'
                where = (f"sections/{node.id}/schedule", node.place)
                self._notes.doubt(DoubtKind.SCHEDULE, where, node.text, why, "bỏ schedule của mục nếu không phải")
        elif (found := deadline_in(node.text)) and not _REVIEWS.search(match_key(node.text)):
            why = f'tiêu đề có "{found}"; chưa ghi vào schedule của mục'
            where = (f"sections/{node.id}/schedule", node.place)
            self._notes.doubt(DoubtKind.SCHEDULE, where, node.text, why, "ghi vào schedule nếu là thời hạn của mục")
        self._notes.found(f"sections/{node.id}", node.place)
        self._doubt_cut(node.id, node)
        self.found.sections.append(entry)
        self.found.tables += [(node.id, table) for table in node.tables]

    def _heading_schedule(self, node: Node) -> str | None:
        """Return the deadline in a heading of tasks, which holds for every row below it."""
        found = _HEADING_SCHEDULE.search(node.text)
        if found is None or node.line.mark is Mark.ROMAN or not node.children:
            return None
        if _REVIEWS.search(match_key(node.text)):
            return None
        try:
            schedule = parse_schedule(found["text"].rstrip(" .:"))
        except ScheduleError:
            return None
        dated = schedule.kind in {ScheduleKind.UNTIL, ScheduleKind.OPEN, ScheduleKind.PERIOD, ScheduleKind.YEAR}
        return found["text"].rstrip(" .:") if dated else None

    # --- the walk ---

    def _walk(self, node: Node, part: DutyPart, given: Assignment | None) -> None:
        own = own_part(node, part)
        if own is None:
            self._set_aside(node)
            return
        part = own
        children = self._without_asides(node)
        if node.labels and part not in _NO_TASKS:
            self._labelled(node, children, part)
        elif not children:
            if part is DutyPart.OBJECTIVES and re.match(rf"{SCOPE}[^:.;]{{0,40}}:", match_key(node.text)):
                self._unread(node, "dòng này nêu đối tượng, phạm vi, thời gian, không phải mục tiêu; chưa lấy")
            elif node.tables or node.line.mark is Mark.ROMAN:
                self._section(node)
                self._doubt_labels(node)
            else:
                self._row(node.id, node.text, node, part, given)
        elif part is DutyPart.TASKS and len(children) == 1 and _TELLS_WHEN.match(children[0].text):
            self._dated(node, children[0], part, given)
        elif self._is_wording(node, children):
            self._paragraphs(node, children, part, given)
        else:
            self._titled(node, children, part, given)

    def _is_wording(self, node: Node, children: list[Node]) -> bool:
        """Whether a numbered line over others is a sentence, no title: a body with a full stop is a title, too."""
        if not is_sentence(node) or any(one.numbered for one in children) or is_dotted_title(node, children):
            return False
        return not self._rows.agencies.whole(node.text)[0]

    def _titled(self, node: Node, children: list[Node], part: DutyPart, given: Assignment | None) -> None:
        self._section(node)
        if part in _NO_TASKS:
            self._doubt_labels(node)
        assigned = self._assigner.assigned(node, part)
        # Whom a nearer heading names is not who the one over it names.
        nearer = part is DutyPart.ORGANISATION and given is not None and BEGINS_WITH_BODY.match(node.text)
        if assigned is None and (nearer or (part is DutyPart.TASKS and names_somebody(node))):
            self._doubt_title(node.id, node)
            given = UNREAD
        if part is not DutyPart.OBJECTIVES and is_broken(node, children):
            self._unread(node, "dòng này dài như một câu, không phải tiêu đề; có thể đã bị ngắt giữa câu")
        self._below(node.id, children, part, joined(assigned, given))

    def _dated(self, node: Node, when: Node, part: DutyPart, given: Assignment | None) -> None:
        """Read a heading over one line that only says when it is done: the heading is the task."""
        self._row(node.id, node.text, node, part, given)
        why = "dòng dưới nhiệm vụ này nói về thời gian; chưa ghi vào schedule"
        where = (f"tasks/{node.id}/schedule", when.place)
        self._notes.doubt(DoubtKind.SCHEDULE, where, when.text, why, "ghi vào schedule nếu đúng")

    def _set_aside(self, node: Node) -> None:
        """Keep the title of a part that gives no work, and doubt what stands below it."""
        self._section(node)
        self._unread(node, "tiêu đề này chỉ nêu đối tượng, phạm vi, thời gian…; chưa lấy nội dung bên dưới")

    def _below(self, row_id: str, children: list[Node], part: DutyPart, given: Assignment | None) -> None:
        """Read what stands below a title."""
        if len(children) == 1 and children[0].line.mark is Mark.NONE and not children[0].children:
            self._row(row_id, children[0].text, children[0], part, given)
            return
        count = 0
        self._doubt_last_labels(row_id, children)
        doubted = announced(children) if part in _NO_TASKS else strays(children)
        for at, child in enumerate(children):
            if child.numbered:
                self._walk(child, part, given)
                continue
            leads = child.line.mark is Mark.NONE and child.text.endswith(":") and not child.children
            if leads and child is not children[-1]:
                given = joined(self._introduced(child, row_id, part), given)
                continue
            if child.line.mark is Mark.NONE and child.text.isupper():
                self._unread(child, "dòng chữ hoa, có thể là tiêu đề; chưa lấy")
                continue
            if closes(child, children, part):
                self._unread(child, "đoạn đứng sau các gạch đầu dòng, có thể là lời kết; chưa lấy")
                continue
            count += 1
            self._item(f"{row_id}-{count}", child, part, given)
            if at in doubted:
                at_row = f"{part.value}/{row_id}-{count}" if part in _NO_TASKS else f"tasks/{row_id}-{count}/text"
                where = (at_row, child.place)
                self._notes.doubt(DoubtKind.READING, where, child.text, *doubted[at])

    def _doubt_last_labels(self, row_id: str, children: list[Node]) -> None:
        """Doubt labels below the last of several dashes: they may speak of the whole heading."""
        items = [one for one in children if not one.numbered]
        for before, one in pairwise(items):
            if (
                before.labels
                or before.line.mark is Mark.NONE
                or not any(label.role in _KEYS for label, _ in one.labels)
            ):
                continue
            words = "; ".join(f"{label.words}: {label.text}" for label, _ in one.labels)
            why = f"không rõ dòng này nói về gạch đầu dòng cuối hay cả mục {row_id}; chỉ ghi vào gạch đầu dòng cuối"
            place = one.labels[0][1]
            self._notes.doubt(DoubtKind.READING, ("", place), words, why, "ghi cho mọi nhiệm vụ của mục nếu đúng vậy")

    def _item(self, row_id: str, node: Node, part: DutyPart, given: Assignment | None) -> None:
        """Read a dash, a letter or a paragraph; what stands below a title, or below bodies and a colon, are rows of their own."""
        children = self._without_asides(node)
        if is_title(node, children):
            self._lettered(row_id, node, children, part, given)
            return
        intro = intro_of(node.text, self._rows.agencies) if children and part not in _NO_TASKS else None
        more = intro is not None and says_more(node.text, intro)
        if intro and not more:
            self._notes.used.add(node.place)
            for number, child in enumerate(children, 1):
                self._item(f"{row_id}-{number}", child, part, joined(intro, given))
            return
        if children and part not in _NO_TASKS and gives_to_somebody(node):
            self._title(row_id, node)
            if intro:
                why = "câu dẫn còn nêu việc, thời gian ngoài tên cơ quan; ở đây ghi thành tiêu đề"
                where = (f"sections/{row_id}", node.place)
                self._notes.doubt(DoubtKind.READING, where, node.text, why, "ghi vào các nhiệm vụ bên dưới nếu cần")
            else:
                self._doubt_title(row_id, node)
            self._below(row_id, children, part, joined(intro, given) if intro else UNREAD)
            return
        self._merged(row_id, node, children, part, given)
        if any(one.line.mark is Mark.NONE for one in children):
            self._doubt_paragraph_below(row_id, node, part)
        if part not in _NO_TASKS and any(self._names_work(one) for one in children):
            why = "các gạch đầu dòng bên dưới nêu cơ quan riêng; ở đây ghép thành một nhiệm vụ"
            self._notes.doubt(
                DoubtKind.READING,
                (f"tasks/{row_id}/text", node.place),
                node.text,
                why,
                "tách thành các nhiệm vụ riêng nếu cần",
            )
        else:
            self._doubt_merged(row_id, node, children, part)

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
        where = (f"{part.value if part in _NO_TASKS else 'tasks'}/{row_id}/text", node.place)
        self._notes.doubt(DoubtKind.READING, where, node.text, why, mend)

    def _doubt_title(self, row_id: str, node: Node) -> None:
        """Doubt a title that names bodies which cannot be read: nobody leads what stands below it."""
        why = "tiêu đề nêu cơ quan, đơn vị không đọc được hết; chưa giao các việc bên dưới cho ai"
        mend = "ghi mã cơ quan vào lead của các nhiệm vụ bên dưới"
        self._notes.doubt(DoubtKind.AGENCY, (f"sections/{row_id}", node.place), node.text, why, mend)

    def _lettered(
        self, row_id: str, node: Node, children: list[Node], part: DutyPart, given: Assignment | None
    ) -> None:
        """Read what stands below a letter that is a title."""
        own = own_part(node, part)
        if own is None:
            self._unread(node, "tiêu đề này chỉ nêu đối tượng, phạm vi, thời gian…; chưa lấy nội dung bên dưới")
            return
        self._title(row_id, node)
        assigned = self._assigner.assigned(node, own)
        if assigned is None and given and given is not UNREAD and _SUPPORTING.match(node.text):
            why = "tiêu đề nói phối hợp với cơ quan khác; các việc bên dưới vẫn ghi cơ quan ở tiêu đề trên vào lead"
            mend = "sửa lead, support của các nhiệm vụ bên dưới nếu cơ quan khác chủ trì"
            self._notes.doubt(DoubtKind.AGENCY, (f"sections/{row_id}", node.place), node.text, why, mend)
        elif assigned is None and own is not DutyPart.OBJECTIVES and names_somebody(node):
            self._doubt_title(row_id, node)
            given = UNREAD
        self._below(row_id, children, own, joined(assigned, given))

    def _title(self, row_id: str, node: Node) -> None:
        self._notes.found(f"sections/{row_id}", node.place)
        self._doubt_cut(row_id, node)
        self.found.sections.append({"id": row_id, "title": node.text.rstrip(" :"), **_letter(node)})

    def _doubt_cut(self, row_id: str, node: Node) -> None:
        self._doubt_inner_number(f"sections/{row_id}", node)
        if is_cut(node.text):
            why = "tiêu đề có thể bị ngắt giữa câu; phần sau có thể nằm ở dòng bên dưới"
            where = (f"sections/{row_id}", node.place)
            self._notes.doubt(DoubtKind.READING, where, node.text, why, "ghi lại tiêu đề và dòng bên dưới nếu đúng vậy")

    def _doubt_inner_number(self, at: str, node: Node) -> None:
        """Doubt a line in which another one seems to begin: two lines may have become one."""
        found = _INNER_NUMBER.search(node.text) or _INNER_WORK.search(node.text)
        if found:
            why = f'trong dòng có "{found[0].strip()}"; có thể là một mục khác viết liền'
            self._notes.doubt(DoubtKind.READING, (at, node.place), node.text, why, "tách thành mục riêng nếu đúng vậy")

    def _names_work(self, node: Node) -> bool:
        return bool(node.labels or self._rows.agencies.first_run(node.text)[0])

    def _paragraphs(self, node: Node, children: list[Node], part: DutyPart, given: Assignment | None) -> None:
        """Read a numbered sentence with paragraphs below it: each is a row, the sentence the first."""
        if all(one.line.mark is not Mark.NONE for one in children):
            self._merged(node.id, node, children, part, given)
            self._doubt_merged(node.id, node, children, part)
            return
        self._row(f"{node.id}-1", node.text, node, part, given)
        if part not in _NO_TASKS:
            why = "câu đánh số đứng trên các dòng khác; có thể là tiêu đề, không phải nhiệm vụ"
            where = (f"tasks/{node.id}-1/text", node.place)
            self._notes.doubt(DoubtKind.READING, where, node.text, why, "chuyển thành mục trong sections nếu đúng vậy")
        for number, one in enumerate(children, 2):
            self._merged(f"{node.id}-{number}", one, one.children, part, given)

    def _merged(self, row_id: str, node: Node, children: list[Node], part: DutyPart, given: Assignment | None) -> None:
        """Read a line with all below it as one row; the labels of the lines below are doubted."""
        text = self._with_below([node.text], children)
        self._row(row_id, text, node, part, given)
        for one in below(children):
            if part in _NO_TASKS:
                self._doubt_labels(one)
                continue
            for label, place in one.labels:
                why = "dòng bên dưới có cơ quan, thời gian riêng, được ghép vào nhiệm vụ này; chưa lấy"
                self._doubt_label(row_id, label, place, why)

    def _with_below(self, texts: list[str], children: list[Node]) -> str:
        """Return texts with the lines below them as one wording."""
        self._notes.used.update(one.place for one in below(children))
        return " ".join([*texts, *(printed(one) for one in children)])

    def _doubt_merged(self, row_id: str, node: Node, children: list[Node], part: DutyPart) -> None:
        """Doubt a task whose wording has taken several lines that are sentences of their own."""
        own = [one for one in children if SENTENCE.search(one.text) and VERB.match(one.text)]
        points = any(one.line.mark is Mark.POINT for one in children)
        if part not in _NO_TASKS and (len(own) > 1 or points):
            why = "nhiều dòng bên dưới được ghép vào nhiệm vụ này; có thể mỗi dòng là một nhiệm vụ"
            where = (f"tasks/{row_id}/text", node.place)
            self._notes.doubt(DoubtKind.READING, where, node.text, why, "tách thành các nhiệm vụ riêng nếu cần")

    def _labelled(self, node: Node, children: list[Node], part: DutyPart) -> None:
        """Read a row that is followed by labels; under a heading its dashes are the wording."""
        wording = [one for one in children if not _DETAIL.match(one.text)]
        heading = bool(wording) and node.level <= 2 and not is_sentence(node)  # noqa: PLR2004 - "1." below a part
        if heading:
            self._section(node)
        text = self._with_below([] if heading else [node.text], children)
        if any(one.labels for one in children):
            self._unread(node, "có gạch đầu dòng mang cơ quan, thời gian riêng; chưa tách thành nhiệm vụ riêng")
        if any(one.line.mark is Mark.POINT for one in children):
            why = "các điểm đánh số bên dưới được ghép vào nhiệm vụ này; dòng nêu cơ quan, thời gian có thể là một điểm"
            where = (f"tasks/{node.id}/text", node.place)
            self._notes.doubt(DoubtKind.READING, where, node.text, why, "tách thành các nhiệm vụ riêng nếu cần")
        cells = self._cells(node.id, node)
        entry = self._rows.task(node.id, "task", Cell(text, node.place), cells)
        self._doubt_empty(node.id, cells)
        if not cells.keys() & BODIES:
            doubt_who(entry, node.place, self._notes)
        doubt_when(entry, node.place, self._notes)
        self._add(entry, part)
        for one in children:
            self._doubt_detail(node.id, one)

    def _cells(self, row_id: str, node: Node) -> dict[Role, Cell]:
        """Return what the labels of a row say. One that speaks again of what the labels before it said is a doubt."""
        cells: dict[Role, Cell] = {}
        said: set[str] = set()
        for label, place in node.labels:
            keys = _KEYS.get(label.role, ())
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

    def _doubt_label(self, row_id: str, label: Label, place: str, why: str) -> None:
        """Doubt a label that the task does not hold."""
        for key in _KEYS.get(label.role, ()):
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

    def _row(self, row_id: str, text: str, node: Node, part: DutyPart, given: Assignment | None) -> None:
        if part in _NO_TASKS:
            self._doubt_labels(node)
            self._aims.read(row_id, text, node, part)
            return
        cells = self._cells(row_id, node)
        kind = "organisation" if part is DutyPart.ORGANISATION else "task"
        entry = self._rows.task(row_id, kind, Cell(text, node.place), cells)
        self._doubt_empty(row_id, cells)
        if not cells or (given and not cells.keys() & BODIES):
            self._assigner.assign(entry, node, part, given)
            self._doubt_brackets(entry, node)
        if not cells.keys() & BODIES:
            doubt_who(entry, node.place, self._notes)
        doubt_when(entry, node.place, self._notes)
        if not cells:
            doubt_work(entry, node.place, self._notes)
            self._doubt_inner_number(f"tasks/{row_id}/text", node)
        self._add(entry, part)
        self._doubt_detail(row_id, node)

    def _doubt_detail(self, row_id: str, node: Node) -> None:
        """Doubt a row whose wording says where, when or for whom something is held: it may be no work of its own."""
        if _DETAIL.match(node.text):
            why = (
                "dòng này nêu thời gian, địa điểm, đối tượng; có thể là chi tiết của mục trên, không phải một nhiệm vụ"
            )
            mend = "nếu là chi tiết thì bỏ dòng này hoặc ghép vào nhiệm vụ mà nó nói tới"
            self._notes.doubt(DoubtKind.READING, (f"tasks/{row_id}/text", node.place), node.text, why, mend)
        if re.search(r"\|\s|\s\||^-{3,}$", node.text):
            why = "dòng này như hàng của bảng chép thành chữ; có thể không phải một nhiệm vụ"
            mend = "xin tệp có bảng, hoặc bỏ dòng này"
            self._notes.doubt(DoubtKind.READING, (f"tasks/{row_id}/text", node.place), node.text, why, mend)

    def _doubt_brackets(self, entry: dict[str, Any], node: Node) -> None:
        """Doubt what the brackets at the end of a task say and no key holds."""
        for key in said_in_brackets(entry["text"]):
            if key not in entry:
                where = (f"tasks/{entry['id']}/{key}", node.place)
                why = "ngoặc cuối câu nói về cơ quan, thời gian; chưa lấy"
                self._notes.doubt(DoubtKind.READING, where, entry["text"], why, f"ghi vào {key} nếu đúng")

    def _doubt_labels(self, node: Node) -> None:
        """Doubt labelled lines below an objective or a source of funding: no key of theirs has them."""
        for label, place in node.labels:
            text = f"{label.words}: {label.text}"
            why = "dòng này nêu cơ quan, thời gian của mục không phải nhiệm vụ; chưa lấy"
            self._notes.doubt(DoubtKind.UNREAD, ("", place), text, why, "nhập vào tệp kế hoạch nếu cần")

    def _add(self, entry: dict[str, Any], part: DutyPart) -> None:
        (self.found.organisation if part is DutyPart.ORGANISATION else self.found.tasks).append(entry)

    # --- who ---

    def _introduced(self, child: Node, row_id: str, part: DutyPart) -> Assignment | None:
        """Read a paragraph before dashes: who leads them, or a clause that directs the section."""
        ids, _, end = self._rows.agencies.first_run(child.text)
        if part is DutyPart.TASKS and ids and _LEADING.search(child.text[end:]):
            clause = {"id": row_id, "role": "direct", "agencies": ids, "applies_to": [row_id], "text": child.text}
            self._notes.found(f"clauses/{row_id}", child.place)
            self.found.clauses.append(clause)
            if child.text.endswith("gồm:"):
                self._unread(child, "các dòng bên dưới có thể chỉ là nội dung được liệt kê, không phải từng nhiệm vụ")
            if child.text.endswith(":") and _LEADS_OTHERS.search(child.text, end):
                why = "câu dẫn còn nêu cơ quan được chỉ đạo; các việc bên dưới có thể giao cho cơ quan đó"
                where = (f"clauses/{row_id}", child.place)
                self._notes.doubt(DoubtKind.AGENCY, where, child.text, why, "ghi lead ở các nhiệm vụ bên dưới nếu đúng")
            return None
        found = intro_of(child.text, self._rows.agencies)
        if part in _NO_TASKS:
            self._unread(child, "câu dẫn trước các gạch đầu dòng; chưa lấy")
        elif re.search(r"\.\s+[A-ZĐÀ-Ỹ]", child.text):
            self._unread(child, "đoạn dẫn có nhiều câu; có thể giao thêm việc, chưa lấy")
        elif found is None:
            self._unread(child, "câu dẫn trước các gạch đầu dòng; không rõ giao cho ai")
        elif says_more(child.text, found):
            self._unread(child, "câu dẫn còn nêu việc, thời gian ngoài tên cơ quan; mới lấy cơ quan")
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


_NO_TASKS = frozenset({DutyPart.OBJECTIVES, DutyPart.FUNDING})
# The keys of a task that a label speaks of.
_KEYS: dict[Role, tuple[str, ...]] = {
    Role.LEAD: ("lead",),
    Role.SUPPORT: ("support",),
    Role.LEAD_AND_SUPPORT: ("lead", "support"),
    Role.SCHEDULE: ("schedule",),
    Role.OUTPUTS: ("outputs",),
    Role.COST: ("cost",),
}


def _letter(node: Node) -> dict[str, Any]:
    return {"printed": mark} if (mark := printed_mark(node)) else {}
