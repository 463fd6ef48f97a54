"""The keys of one task from the texts of its cells or labels."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.draft.agencies import AgencyReader
from kehoach_cli.core.draft.conditions import conditions_of
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.roles import Role, divided
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.notation.parse import parse_schedule
from kehoach_cli.core.notation.schedule import ScheduleError
from kehoach_cli.viet.text import folded, match_key


class Cell(Struct, frozen=True):
    """A printed text with its place and the words of its column head or label."""

    text: str
    place: str
    head: str = ""


class RowReader(Struct, frozen=True):
    """Makes the keys of tasks; `year` is the only year of the plan, for phrases without one."""

    agencies: AgencyReader
    notes: DraftNotes
    year: int | None = None

    def task(self, row_id: str, kind: str, text: Cell, cells: dict[Role, Cell]) -> dict[str, Any]:
        """Return a task; what its cells leave open is a doubt."""
        at = f"tasks/{row_id}"
        self.notes.found(f"{at}/text", text.place)
        entry: dict[str, Any] = {"id": row_id, "kind": kind, "text": folded(text.text)}
        issued: dict[str, Any] = {}
        cells = _with_both(cells)
        for role, key in ((Role.LEAD, "lead"), (Role.SUPPORT, "support")):
            if (cell := cells.get(role)) and _says(cell.text):
                self._agencies(entry, issued, key, cell, at)
        self._doubt_same(entry, issued, cells, at)
        if (lead := cells.get(Role.LEAD)) and lead.head and "lead" in issued:
            issued["role"] = folded(lead.head)
        if both := cells.get(Role.LEAD_AND_SUPPORT):
            self._undivided(both, at)
        if issued:
            entry["as_issued"] = issued
        self._schedule(entry, issued, cells.get(Role.SCHEDULE), at)
        self._outputs(entry, issued, cells.get(Role.OUTPUTS), at)
        if (cost := cells.get(Role.COST)) and _says(cost.text):
            entry["cost"] = [{"text": folded(cost.text)}]
            self.notes.found(f"{at}/cost", cost.place)
        self._conditions(entry, text.place)
        return entry

    def _conditions(self, entry: dict[str, Any], place: str) -> None:
        found = conditions_of(entry["text"], self.agencies)
        at = f"tasks/{entry['id']}/conditions"
        if not found:
            if _AWAITS.search(entry["text"]):
                why = "câu có điều kiện chờ văn bản, hướng dẫn; chưa ghi vào conditions"
                self.notes.doubt(DoubtKind.READING, (at, place), entry["text"], why, "ghi vào conditions nếu đúng")
            return
        entry["conditions"] = found
        self.notes.found(at, place)
        if any(_GOES_ON.search(entry["text"].partition(one["text"])[2]) for one in found):
            why = "sau điều kiện còn nêu cơ quan khác; có thể điều kiện bị ngắt"
            self.notes.doubt(DoubtKind.READING, (at, place), entry["text"], why, "sửa điều kiện nếu đúng vậy")
        if any("awaits" in one and _OF_SEVERAL.search(one["text"]) for one in found):
            why = "điều kiện nêu nhiều cơ quan; awaits mới ghi một"
            self.notes.doubt(DoubtKind.READING, (at, place), entry["text"], why, "sửa awaits nếu cần")
        several = _SEVERAL.search(entry["text"]) or any(
            _OR.search(entry["text"].partition(one["text"])[0]) for one in found
        )
        if several and any(one["scope"] == "all" for one in found):
            why = "nhiệm vụ có nhiều câu, vế; điều kiện có thể chỉ của một vế"
            mend = "sửa scope, hoặc bỏ điều kiện nếu không phải"
            self.notes.doubt(DoubtKind.READING, (at, place), entry["text"], why, mend)

    def _agencies(self, entry: dict[str, Any], issued: dict[str, Any], key: str, cell: Cell, at: str) -> None:
        printed = folded(cell.text)
        self.notes.found(f"{at}/{key}", cell.place)
        if _ELSEWHERE.match(printed):
            why = "ô dẫn sang văn bản, mục khác; chưa ghi cơ quan"
            self.notes.doubt(DoubtKind.AGENCY, (f"{at}/{key}", cell.place), printed, why, _MEND_AGENCIES)
        elif _DITTO.fullmatch(printed):
            why = "ô ghi như dòng trên; chưa ghi cơ quan"
            self.notes.doubt(DoubtKind.AGENCY, (f"{at}/{key}", cell.place), printed, why, _MEND_AGENCIES)
        elif ids := self.agencies.ids(printed, f"{at}/{key}", cell.place):
            entry[key] = ids
        issued[key] = printed

    def _doubt_same(self, entry: dict[str, Any], issued: dict[str, Any], cells: dict[Role, Cell], at: str) -> None:
        """Doubt bodies that support all that they lead, under another name: the registry may take two for one."""
        same = sorted(entry.get("support", ()))
        if (
            same
            and same == sorted(entry.get("lead", ()))
            and match_key(issued["lead"]).rstrip(".") not in match_key(issued["support"])
        ):
            why = f"{', '.join(same)} vừa ở lead vừa ở support; một trong hai có thể là cơ quan khác"
            where = (f"{at}/support", cells[Role.SUPPORT].place)
            self.notes.doubt(DoubtKind.AGENCY, where, issued["support"], why, "sửa lead hoặc support nếu không đúng")

    def _undivided(self, cell: Cell, at: str) -> None:
        why = "ô ghi cả cơ quan chủ trì và phối hợp, không tách được"
        for key in ("lead", "support"):
            self.notes.doubt(DoubtKind.AGENCY, (f"{at}/{key}", cell.place), folded(cell.text), why, _MEND_AGENCIES)

    def _schedule(self, entry: dict[str, Any], issued: dict[str, Any], cell: Cell | None, at: str) -> None:
        if cell is None or not _says(cell.text):
            return
        printed = folded(cell.text)
        phrase = printed.rstrip(" .")
        self.notes.found(f"{at}/schedule", cell.place)
        if phrase != printed:
            issued["schedule"] = printed
            entry["as_issued"] = issued
        entry["schedule"] = phrase
        if _BLANK_DAY.search(phrase):
            why = "ngày trong thời hạn để trống"
            self.notes.doubt(DoubtKind.SCHEDULE, (f"{at}/schedule", cell.place), printed, why, "ghi ngày nếu đã có")
        if why := _unclear(phrase, self.year, self.agencies.day):
            where = (f"{at}/schedule", cell.place)
            self.notes.doubt(DoubtKind.SCHEDULE, where, printed, why, "viết lại thời gian theo một trong các cách hiểu")

    def _outputs(self, entry: dict[str, Any], issued: dict[str, Any], cell: Cell | None, at: str) -> None:
        if cell is None or not _says(cell.text):
            return
        printed = folded(cell.text)
        self.notes.found(f"{at}/outputs", cell.place)
        issued["outputs"] = printed
        entry["as_issued"] = issued
        if _DITTO.fullmatch(printed):
            why = "ô ghi như dòng trên; chưa ghi sản phẩm"
            self.notes.doubt(DoubtKind.READING, (f"{at}/outputs", cell.place), printed, why, "ghi sản phẩm vào outputs")
            return
        lines = [line.strip() for line in cell.text.split("\n") if line.strip()]
        listed = len(lines) > 1 and all(_BULLET.match(line) for line in lines)
        pieces = [_BULLET.sub("", line) for line in lines] if listed else [printed]
        entry["outputs"] = [part for piece in pieces for one in _items(folded(piece)) if (part := one.strip())]


def _items(text: str) -> Iterator[str]:
    """Yield what stands between semicolons that are not inside brackets."""
    begun = depth = 0
    for mark in re.finditer(r"[();]", text):
        depth = max(0, depth + {"(": 1, ")": -1, ";": 0}[mark[0]])
        if mark[0] == ";" and not depth:
            yield text[begun : mark.start()]
            begun = mark.end()
    yield text[begun:]


@lru_cache(maxsize=512)
def _unclear(phrase: str, year: int | None, issued: date | None) -> str:
    """Return why a phrase of time is not understood. The rows of a table share a few phrases."""
    try:
        parse_schedule(phrase, year=year, issued=issued)
    except ScheduleError as error:
        return str(error)
    return ""


_MEND_AGENCIES = "ghi mã cơ quan vào lead và support"
_GOES_ON = re.compile(r"^,\s+(?:các\s+)?(?:bộ|ngành|sở|cơ quan|địa phương|tỉnh|thành phố|ubnd)\b", re.IGNORECASE)
# "Theo hướng dẫn của Trung ương và của tỉnh": two may be awaited.
_OF_SEVERAL = re.compile(
    r"\bvà\s+(?:của\s+)?(?:các\s+)?(?:bộ|ngành|sở|tỉnh|thành phố|ubnd|ủy ban|cấp)\b", re.IGNORECASE
)
_AWAITS = re.compile(
    r"\b(?:sau khi|khi có)\s+(?:có\s+|được\s+)?(?:hướng dẫn|văn bản|quyết định|ban hành|phê duyệt|thông qua|ý kiến|chỉ đạo)\b"
    r"|\b(?:sau|ngay) khi\s(?:[^.;:()]{1,80}?\s)?(?:ban hành|phê duyệt|thông qua|có hiệu lực)\b",
    re.IGNORECASE,
)
# "Định kỳ hoặc đột xuất (khi có yêu cầu)".
_OR = re.compile(r"\bhoặc\b[^.;()]{0,40}\(?$")
_SEVERAL = re.compile(r"[.;]\s+[^\W\d]")
_BULLET = re.compile(r"[-–+•*]\s*(?=[^\W\d_])")
_BLANK = re.compile(r"[\s\-–—_./…]*")


# "Theo phân công tại Quyết định số …": the bodies named in it are not those that the row gives work to.
_ELSEWHERE = re.compile(
    r"(?:(?:thực hiện )?theo\s|như (?:tại|mục|nhiệm vụ|điểm|khoản)\s|(?:các )?(?:cơ quan|đơn vị) (?:được|nêu)[^,;]* tại\s)",
    re.IGNORECASE,
)
# A deadline whose day is to be filled in: "trước ngày … tháng 6 năm 2026", "ngày    /6/2026".
_BLANK_DAY = re.compile(r"\bngày\s*[.…_]*\s*(?:tháng|/)", re.IGNORECASE)
_DITTO = re.compile(r"[-\s]*(?:nt|như trên|[\"″”'’]{1,2}|-\s*[\"″”]\s*-)[-.\s]*", re.IGNORECASE)


def _with_both(cells: dict[Role, Cell]) -> dict[Role, Cell]:
    """Return the cells with one that says both who leads and who supports as two."""
    both = next((role for role in (Role.LEAD_AND_SUPPORT, Role.LEAD) if role in cells), None)
    if both is None or Role.SUPPORT in cells:
        return cells
    parts = {role: replace(cells[both], text=text) for role, text in divided(cells[both].text).items()}
    return {**{role: cell for role, cell in cells.items() if role is not both}, **parts} if parts else cells


def _says(text: str) -> bool:
    return not _BLANK.fullmatch(text)
