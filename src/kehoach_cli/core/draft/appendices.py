"""Appendices: where each begins, its number, its title, its tables."""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from kehoach_cli.core.draft.lines import DraftLine, Mark, roman_value
from kehoach_cli.core.draft.roles import Role, role_of_head
from kehoach_cli.core.model.source_text import SourceTable
from kehoach_cli.viet.text import match_key

_APPENDIX = re.compile(
    r"^\(?(?:PHỤ LỤC|PHỤ BIỂU|BIỂU(?: SỐ)?|Phụ lục|Phụ biểu)\s*(?:số\s*)?"
    r"(?P<number>\d{1,2}|[IVX]{1,4})?\s*(?P<apart>[.:)])?\s*(?P<title>.*)$"
)
_ATTACHED = re.compile(r"^\(?\s*(?:(?:ban hành\s+)?kèm theo|đính kèm)\s", re.IGNORECASE)
# The unit of all figures of a table stands above it: "ĐVT: triệu đồng".
_UNIT = re.compile(r"\(?(?:ĐVT|Đơn vị(?: tính)?)\s*:", re.IGNORECASE)
_CITED = re.compile(r"kèm theo|chi tiết|tại phụ lục", re.IGNORECASE)
_WORK = re.compile(r"\b(?:nhiệm vụ|công việc|giải pháp|phân công)\b")
# Forms and reports, and what a body is for ("chức năng, nhiệm vụ của Trung tâm"), give nobody work.
_FORM = re.compile(r"\b(?:mẫu|biểu|đề cương|báo cáo|kết quả|tình hình|chức năng|quyền hạn)\b")
_OF_TABLE = frozenset({Role.LEAD, Role.SUPPORT, Role.SCHEDULE, Role.OUTPUTS})
_NUMBERS = frozenset({Mark.ROMAN, Mark.NUMBER})
# Of the lines of a list one in so many may have no mark; the head of a column is no longer.
_MOST_PLAIN, _LONGEST_HEAD = 4, 40
_RULE = re.compile(r"[\s_\-–—*.]*")


class DraftAppendix(Struct):
    """One appendix; `unsure` says what about its number is not printed, `after` are the lines behind its last table."""

    place: str
    id: str = "PL"
    title: str = ""
    unsure: str = ""
    lines: list[DraftLine] = field(default_factory=list)
    tables: list[SourceTable] = field(default_factory=list)
    after: list[DraftLine] = field(default_factory=list)

    @property
    def gives_work(self) -> bool:
        """Whether it is a list of tasks in lines: its title says so, and the lines have marks, as those of a table have not."""
        words = match_key(self.title)
        if self.tables or not _WORK.search(words) or _FORM.search(words):
            return False
        body = self.body
        plain = [line for line in body if line.mark is Mark.NONE]
        heads = any(len(line.text) <= _LONGEST_HEAD and role_of_head(line.text) in _OF_TABLE for line in plain)
        return any(line.mark in _NUMBERS for line in body) and not heads and _MOST_PLAIN * len(plain) <= len(body)

    @property
    def body(self) -> list[DraftLine]:
        """The lines behind its title."""
        lines = list(self.lines)
        while lines and lines[0].mark is Mark.NONE and not _ATTACHED.match(lines[0].text):
            del lines[0]
        return lines[1:] if lines and _ATTACHED.match(lines[0].text) else lines


def begins_appendix(line: DraftLine) -> bool:
    """Whether a line is the head of an appendix."""
    found = _APPENDIX.match(line.text)
    if found is None or line.mark is not Mark.NONE or line.text.startswith("("):
        return False
    return not found["title"] or (found["title"].upper() == found["title"]) or line.centered


def appendices_of(blocks: Sequence[DraftLine | SourceTable]) -> tuple[list[DraftLine], list[DraftAppendix]]:
    """Return the lines of the end of the document (recipients, signature), and the appendices behind it."""
    tail: list[DraftLine] = []
    found: list[DraftAppendix] = []
    waiting: list[DraftLine] = []
    for block in blocks:
        if isinstance(block, SourceTable):
            if not found or (waiting and any(_ATTACHED.match(line.text) for line in waiting)):
                found.append(_new(waiting, found[-1].after if found else tail))
                waiting = []
            found[-1].after += waiting
            found[-1].tables.append(block)
            waiting = []
        elif begins_appendix(block):
            _keep(waiting, tail, found)
            found.append(DraftAppendix(block.place, lines=[block]))
            waiting = []
        elif found and not found[-1].tables:
            found[-1].lines.append(block)
        else:
            waiting.append(block)
    _keep(waiting, tail, found)
    _number(found)
    return tail, found


def _keep(waiting: list[DraftLine], tail: list[DraftLine], found: list[DraftAppendix]) -> None:
    """Add lines behind a table to its appendix, those before any appendix to the end of the document."""
    (found[-1].after if found else tail).extend(waiting)


def _new(waiting: list[DraftLine], tail: list[DraftLine]) -> DraftAppendix:
    """Return an appendix without a head of its own: its lines are the last ones before "(Kèm theo …)"."""
    at = next((at for at, line in enumerate(waiting) if _ATTACHED.match(line.text)), len(waiting))
    first = at
    while (
        first and waiting[first - 1].mark is Mark.NONE and len(waiting[first - 1].text) > len("Nguyễn Văn An, Giám đốc")
    ):
        first -= 1
    tail += waiting[:first]
    own = waiting[first:]
    return DraftAppendix(own[0].place if own else "", lines=list(own))


def _number(found: list[DraftAppendix]) -> None:
    printed = [_printed(one) for one in found]
    several = len(found) > 1 or any(printed)
    taken: set[int | None] = set()
    for at, one in enumerate(found):
        number = printed[at] or (at + 1 if several else None)
        while number in taken:
            number = (number or 0) + 1
        taken.add(number)
        one.id = f"PL{number}" if number else "PL"
        if several and not printed[at]:
            one.unsure = f"phụ lục không in số; ở đây được dẫn là {one.id}"
        elif printed[at] != number:
            one.unsure = f"số phụ lục {printed[at]} đã dùng; ở đây được dẫn là {one.id}"
        one.title = _title(one)


def _printed(one: DraftAppendix) -> int | None:
    found = _APPENDIX.match(one.lines[0].text) if one.lines else None
    if not found or not found["number"]:
        return None
    return int(found["number"]) if found["number"].isdigit() else roman_value(found["number"])


def _is_label(found: "re.Match[str]") -> bool:
    """Whether the first words are the label of an appendix, not the beginning of its title: "BIỂU CHI TIẾT NHIỆM VỤ"."""
    return bool(found["number"]) or not found["title"] or found["apart"] is not None


def _title(one: DraftAppendix) -> str:
    texts = []
    for line in one.lines:
        if _ATTACHED.match(line.text) or line.mark is not Mark.NONE:
            break
        if _UNIT.match(line.text):
            one.after.append(line)
            continue
        found = _APPENDIX.match(line.text)
        text = found["title"] if found and begins_appendix(line) and _is_label(found) else line.text
        if not _RULE.fullmatch(text):
            texts.append(text)
    return " ".join(texts)
