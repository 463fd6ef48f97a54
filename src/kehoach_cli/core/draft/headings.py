"""The titles of the body as sections of the plan, and what they leave open."""

import re
from typing import Any

from msgspec import Struct

from kehoach_cli.core.draft.figures import has_amount
from kehoach_cli.core.draft.found import Passages
from kehoach_cli.core.draft.lines import Mark
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.outline import Node
from kehoach_cli.core.draft.times import deadline_in
from kehoach_cli.core.draft.titles import SENTENCE, is_cut, is_dotted_title, printed_mark
from kehoach_cli.core.draft.verbs import BEGINS_WITH_WORK, WORK
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.notation.parse import parse_schedule
from kehoach_cli.core.notation.schedule import ScheduleError, ScheduleKind
from kehoach_cli.viet.text import CAPITALS, SMALL, match_key

_HEADING_SCHEDULE = re.compile(
    r"(?P<text>(?:đến hết năm|trước năm|đến năm|trong năm|giai đoạn|trước ngày|năm)\s+\d.*)$", re.IGNORECASE
)
_LONG = 120
_NEXT_SENTENCE = re.compile(rf"(?<=[{SMALL})”])\.\s+[{CAPITALS}]")
_MONEY = re.compile(r"\d[\d.,]*\s*(?:(?:nghìn|triệu|tỷ)\s*)?đồng\b", re.IGNORECASE)
# Not "chi thường xuyên" and "Trung tâm Giáo dục thường xuyên".
_COMES_AGAIN = re.compile(
    r"(?<!chi )(?<!dục )(?<!hoạt động )\bthường xuyên\b|\b(?:hằng năm|hàng năm|định kỳ)\b", re.IGNORECASE
)
# A year without "đến", "trước" or "trong" may be part of a name.
_BARE_TIME = re.compile(r"(?:năm|giai đoạn)\s", re.IGNORECASE)
# In a title with these words a year is no time for doing.
_REVIEWS = re.compile(
    r"mục tiêu|chỉ tiêu|tầm nhìn|\b(?:đánh giá|tình hình|thực trạng|kết quả|tài chính|dự toán|dự báo)\b"
)
# The number of an item inside a line: "… và đình công 3.1. Rà soát …", "… tiến bộ 1.1".
_INNER_NUMBER = re.compile(
    rf"(?<!Điều)(?<!mục)(?<!Mục)(?<!khoản)(?<!điểm)\s\d{{1,2}}\.\d{{1,2}}(?:\.?\s+(?=[{CAPITALS}])|\.?$)"
)
# A title runs into a sentence without a full stop: "… kinh tế tuần hoàn Tổ chức thực hiện …".
_INNER_WORK = re.compile(
    rf"(?<=[{SMALL}])(?<!\bSở)(?<!\bBộ)(?<!\bBan)(?<!\bVụ)(?<!\bCục)(?<!\bViện)(?<!\bHội)(?<!\bPhòng)(?<!\bvà)"
    r"(?<!\btheo)(?<!\bcủa)(?<!\bthuộc)(?<!\btrong)(?<!\bvề)(?<!\bdo)(?<!\btại)(?<!\bcác)(?<!\bvới)(?<!\bcho)(?<!\blà)"
    r"(?<!\bgiao)(?<!\bphòng)(?<!\bđến)(?<!\btâm)(?<!\bĐội)(?<!\bTrạm)(?<!\bĐoàn)(?<!\bty)(?<!\bQuỹ)"
    rf" (?=[A-ZĐ])(?!Giao thông|Quản lý|Thanh tra)(?i:{WORK})(?= [{SMALL}])"
)


class HeadingReader(Struct, frozen=True):
    """Adds titles to what is found as sections, and doubts what else they say."""

    found: Passages
    notes: DraftNotes

    def section(self, node: Node) -> None:
        """Add a numbered title, with the deadline and the tables that stand with it."""
        ends = " :." if is_dotted_title(node, node.children) else " :"
        entry: dict[str, Any] = {"id": node.id, "title": node.text.rstrip(ends)}
        if node.printed:
            entry["printed"] = node.printed
        if node.printed and node.counted_on:
            entry["errata"] = (
                f'Nguyên văn in "{node.printed}"; số {node.printed} đã dùng cho mục trước, ở đây được dẫn là {node.id}.'
            )
        if schedule := _heading_schedule(node):
            entry["schedule"] = schedule
            if _BARE_TIME.match(schedule):
                why = f'"{schedule}" ở cuối tiêu đề có thể thuộc tên gọi, không phải thời hạn của các việc bên dưới'
                where = (f"sections/{node.id}/schedule", node.place)
                self.notes.doubt(DoubtKind.SCHEDULE, where, node.text, why, "bỏ schedule của mục nếu không phải")
        elif (found := deadline_in(node.text) or _recurring(node)) and not _REVIEWS.search(match_key(node.text)):
            why = f'tiêu đề có "{found}"; chưa ghi vào schedule của mục'
            where = (f"sections/{node.id}/schedule", node.place)
            self.notes.doubt(DoubtKind.SCHEDULE, where, node.text, why, "ghi vào schedule nếu là thời hạn của mục")
        self._doubt_figure(node.id, node)
        self.notes.found(f"sections/{node.id}", node.place)
        self._doubt_cut(node.id, node)
        self._doubt_paragraph(node)
        self.found.sections.append(entry)
        self.found.tables += [(node.id, table) for table in node.tables]

    def lettered(self, row_id: str, node: Node) -> None:
        """Add the title of a letter or a dash."""
        self._doubt_figure(row_id, node)
        self.notes.found(f"sections/{row_id}", node.place)
        self._doubt_cut(row_id, node)
        self.found.sections.append({"id": row_id, "title": node.text.rstrip(" :"), **_letter(node)})

    def _doubt_figure(self, row_id: str, node: Node) -> None:
        """Doubt a title that names a figure to be reached: "Tổng số chợ nâng cấp và xây mới: 401 chợ"."""
        if _MONEY.search(node.text):
            why = "tiêu đề có số tiền; chưa ghi vào funding"
            where = (f"funding/{row_id}", node.place)
            self.notes.doubt(DoubtKind.READING, where, node.text, why, "ghi vào funding nếu đúng")
        if has_amount(node.text):
            why = "tiêu đề có số liệu có thể là chỉ tiêu; chưa lấy thành chỉ tiêu"
            where = (f"indicators/{row_id}-ct1", node.place)
            self.notes.doubt(DoubtKind.TARGET, where, node.text, why, "thêm chỉ tiêu vào indicators nếu đúng")

    def doubt_work(self, node: Node, children: list[Node]) -> None:
        """Doubt a long title that says what to do, over nothing but paragraphs: it may be a task, and these stand apart."""
        alone = all(one.line.mark is Mark.NONE for one in children)
        if alone and len(node.text) > _LONG and BEGINS_WITH_WORK.match(node.text):
            why = (
                "dòng này mở đầu bằng việc phải làm; có thể là nhiệm vụ, ở đây ghi thành tiêu đề của các đoạn bên dưới"
            )
            where = (f"sections/{node.id}", node.place)
            self.notes.doubt(DoubtKind.READING, where, node.text, why, "chuyển thành nhiệm vụ nếu đúng vậy")

    def doubt_bodies(self, row_id: str, node: Node) -> None:
        """Doubt a title that names bodies which cannot be read: nobody leads what stands below it."""
        why = "tiêu đề nêu cơ quan, đơn vị không đọc được hết; chưa giao các việc bên dưới cho ai"
        mend = "ghi mã cơ quan vào lead của các nhiệm vụ bên dưới"
        self.notes.doubt(DoubtKind.AGENCY, (f"sections/{row_id}", node.place), node.text, why, mend)

    def _doubt_cut(self, row_id: str, node: Node) -> None:
        self.doubt_inner_number(f"sections/{row_id}", node)
        if is_cut(node.text):
            why = "tiêu đề có thể bị ngắt giữa câu; phần sau có thể nằm ở dòng bên dưới"
            where = (f"sections/{row_id}", node.place)
            self.notes.doubt(DoubtKind.READING, where, node.text, why, "ghi lại tiêu đề và dòng bên dưới nếu đúng vậy")

    def _doubt_paragraph(self, node: Node) -> None:
        """Doubt a title that is a paragraph: of several sentences, or one with nothing below it."""
        ends = not node.children and not node.tables and SENTENCE.search(node.text)
        if len(node.text) > _LONG and (ends or _NEXT_SENTENCE.search(node.text)):
            why = "dòng này như đoạn văn, ở đây ghi thành tiêu đề; việc nêu trong đó chưa lấy thành nhiệm vụ"
            where = (f"sections/{node.id}", node.place)
            self.notes.doubt(DoubtKind.READING, where, node.text, why, "thêm nhiệm vụ, mục tiêu nếu đúng vậy")

    def doubt_inner_number(self, at: str, node: Node) -> None:
        """Doubt a line in which another one seems to begin: two lines may have become one."""
        found = _INNER_NUMBER.search(node.text) or _INNER_WORK.search(node.text)
        if found:
            why = f'trong dòng có "{found[0].strip()}"; có thể là một mục khác viết liền'
            self.notes.doubt(DoubtKind.READING, (at, node.place), node.text, why, "tách thành mục riêng nếu đúng vậy")


def _recurring(node: Node) -> str | None:
    """Return the word of a title of tasks that says how often they are done: "Nhiệm vụ thường xuyên"."""
    found = _COMES_AGAIN.search(node.text)
    return found[0] if found and re.search(r"nhiệm vụ|công việc|hoạt động", match_key(node.text)) else None


def _letter(node: Node) -> dict[str, Any]:
    return {"printed": mark} if (mark := printed_mark(node)) else {}


def _heading_schedule(node: Node) -> str | None:
    """Return the deadline in a heading of tasks, which holds for every row below it."""
    found = _HEADING_SCHEDULE.search(node.text)
    if found is None or node.line.mark in {Mark.PART, Mark.ROMAN} or not node.children:
        return None
    if _REVIEWS.search(match_key(node.text)):
        return None
    try:
        schedule = parse_schedule(found["text"].rstrip(" .:"))
    except ScheduleError:
        return None
    dated = schedule.kind in {ScheduleKind.UNTIL, ScheduleKind.OPEN, ScheduleKind.PERIOD, ScheduleKind.YEAR}
    return found["text"].rstrip(" .:") if dated else None
