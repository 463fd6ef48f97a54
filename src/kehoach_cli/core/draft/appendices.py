"""Appendices: where each begins, its number, its title, its tables."""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from kehoach_cli.core.draft.lines import DraftLine, Mark, roman_value
from kehoach_cli.core.model.source_text import SourceTable

_APPENDIX = re.compile(
    r"^\(?(?:PHỤ LỤC|PHỤ BIỂU|BIỂU(?: SỐ)?|Phụ lục|Phụ biểu)\s*(?:số\s*)?"
    r"(?P<number>\d{1,2}|[IVX]{1,4})?\s*[.:)]?\s*(?P<title>.*)$"
)
_ATTACHED = re.compile(r"^\(?\s*(?:(?:ban hành\s+)?kèm theo|đính kèm)\s", re.IGNORECASE)
# The unit of all figures of a table stands above it: "ĐVT: triệu đồng".
_UNIT = re.compile(r"\(?(?:ĐVT|Đơn vị(?: tính)?)\s*:", re.IGNORECASE)
_CITED = re.compile(r"kèm theo|chi tiết|tại phụ lục", re.IGNORECASE)
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


def _title(one: DraftAppendix) -> str:
    texts = []
    for line in one.lines:
        if _ATTACHED.match(line.text) or line.mark is not Mark.NONE:
            break
        if _UNIT.match(line.text):
            one.after.append(line)
            continue
        found = _APPENDIX.match(line.text)
        text = found["title"] if found and begins_appendix(line) else line.text
        if not _RULE.fullmatch(text):
            texts.append(text)
    return " ".join(texts)
