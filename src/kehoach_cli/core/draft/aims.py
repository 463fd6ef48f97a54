"""The passages of a plan that are no tasks: objectives and sources of funding."""

import re

from msgspec import Struct, field

from kehoach_cli.core.draft.figures import has_figure
from kehoach_cli.core.draft.found import Passages
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.outline import Node
from kehoach_cli.core.draft.roles import Role, label_of
from kehoach_cli.core.draft.times import has_time
from kehoach_cli.core.draft.titles import KIND_WORDS, KINDS, DutyPart, kind_of, looks_like_title
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY, BEGINS_WITH_WORK, BODY, WORK
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import match_key

_OWN_KIND = re.compile(r"(?:mục tiêu|chỉ tiêu|mục đích|yêu cầu|quan điểm|tầm nhìn)\b[^:.;,]{0,30}:", re.IGNORECASE)
_ONLY_AIMS = re.compile(r"(?:các )?(?:mục|chỉ) tiêu:?")
_WORKS = re.compile(rf"\s(?:{WORK})(?!\w)", re.IGNORECASE)
_FUNDS = re.compile(
    r"(?:(?:bảo đảm|đảm bảo|dự toán|cơ chế|nhu cầu|về)\s+)*(?:nguồn |kinh phí|tài chính|ngân sách|vốn)|tổ chức thực hiện"
)
_MONEY = re.compile(
    r"\b(?:kinh phí|vốn|ngân sách|tài chính|chi|nguồn|dự toán|tài trợ|xã hội hóa|quỹ|thanh toán|quyết toán|đầu tư)\b"
)
# "Hằng năm, các sở lập dự toán …": who does what stands among the sources of funding.
_GIVES_WORK = re.compile(
    rf":\s+[-–+•]\s+(?:{WORK})(?!\w)"
    rf"|(?:^|[.;:]\s+|^(?:(?:hằng|hàng) năm,|căn cứ|trên cơ sở|theo)[^.;:]{{0,200}}?\s){BODY}[^.;:]{{0,120}}?\s(?:{WORK})(?!\w)",
    re.IGNORECASE,
)
_MEND = "chuyển thành nhiệm vụ nếu đúng vậy"


class AimReader(Struct, frozen=True):
    """Adds objectives and sources of funding to what is found, and doubts those that may be something else."""

    found: Passages
    notes: DraftNotes
    _doubted: set[str] = field(default_factory=set)
    """The titles that do not say whether the objectives below them are general, each doubted once."""

    def read(self, row_id: str, text: str, node: Node, part: DutyPart) -> None:
        """Add a passage of a part of objectives or of funding."""
        at = f"{part.value}/{row_id}"
        self.notes.found(at, node.place)
        if looks_like_title(text):
            why = "dòng ngắn, không có số liệu hay dấu hết câu; có thể là tiêu đề của các dòng bên dưới"
            self._doubt(at, node, text, why, "bỏ dòng này nếu là tiêu đề")
        if part is DutyPart.OBJECTIVES:
            self._objective(row_id, text, node)
        else:
            self._source(row_id, text, node)

    def _doubt(self, at: str, node: Node, text: str, why: str, mend: str) -> None:
        self.notes.doubt(DoubtKind.READING, (at, node.place), text, why, mend)

    def _objective(self, row_id: str, text: str, node: Node) -> None:
        at = f"objectives/{row_id}"
        if BEGINS_WITH_BODY.match(text) and _WORKS.search(text) and not has_figure(text):
            why = "đoạn mục tiêu mở đầu bằng cơ quan, đơn vị phải làm; có thể là nhiệm vụ, ở đây ghi vào objectives"
            self._doubt(at, node, text, why, _MEND)
        own = _OWN_KIND.match(text)
        kind = kind_of(own[0]) if own else self._objective_kind(row_id)
        self.found.objectives.append({"id": row_id, **({"kind": kind} if kind else {}), "text": text})
        if has_figure(text):
            where = (f"indicators/{row_id}-ct1", node.place)
            why = "đoạn mục tiêu có số liệu có thể là chỉ tiêu; chưa lấy thành chỉ tiêu"
            self.notes.doubt(DoubtKind.TARGET, where, text, why, "thêm chỉ tiêu vào indicators nếu đúng")

    def _source(self, row_id: str, text: str, node: Node) -> None:
        at = f"funding/{row_id}"
        self.found.funding.append({"id": row_id, "text": text})
        mend = _MEND
        if (label := label_of(text)) and label.role is not Role.COST:
            why, mend = "dòng này nêu cơ quan, thời gian; ở đây ghi vào funding", "sửa lại nếu không đúng"
        elif (BEGINS_WITH_BODY.match(text) and has_time(text)) or _GIVES_WORK.search(text):
            why = "đoạn kinh phí giao cơ quan làm việc; có thể là nhiệm vụ, ở đây ghi vào funding"
        elif self._is_mixed(row_id) and BEGINS_WITH_WORK.match(text):
            why = "tiêu đề phần này nói cả việc khác ngoài kinh phí; dòng này có thể là nhiệm vụ"
        elif not _MONEY.search(match_key(text)):
            why = "đoạn này không nói về kinh phí; có thể là yêu cầu, nhiệm vụ, ở đây ghi vào funding"
        else:
            return
        self._doubt(at, node, text, why, mend)

    def _is_mixed(self, row_id: str) -> bool:
        """Whether the part over a passage of funding names something else first: "Bảo đảm phương tiện, kinh phí"."""
        top = re.split(r"[.-]", row_id)[0]
        title = next((one["title"] for one in self.found.sections if one["id"] == top), "")
        return bool(title) and not _FUNDS.match(match_key(title))

    def _objective_kind(self, row_id: str) -> str | None:
        """Return what the titles over a passage call it, the nearest first; one that names several kinds tells none."""
        over = self._titles_over(row_id)
        unclear = ""
        for at, title in over:
            key = match_key(title)
            if _ONLY_AIMS.fullmatch(key) and "-" in at:
                # A letter "Mục tiêu" below a task is neither the general nor the specific objective of the plan.
                return None
            if not any(re.search(words, key) for words in KIND_WORDS):
                continue
            kind = kind_of(title)
            if kind == "specific":
                return kind
            if unclear:
                break
            if kind != "general" or re.search(KINDS[0][1], key):
                return kind
            # "a) Mục tiêu đến năm 2026" does not say which: it may stand below "2. Mục tiêu cụ thể".
            unclear = at
        # What stands right below "MỤC TIÊU" is the objective of the plan, its general one.
        if unclear and not _ONLY_AIMS.fullmatch(match_key(over[0][1])):
            self._doubt_unclear(row_id, unclear, dict(over)[unclear])
        return "general" if unclear else None

    def _doubt_unclear(self, row_id: str, section: str, title: str) -> None:
        """Doubt once the kind of the objectives below a title that does not say it."""
        if section not in self._doubted:
            self._doubted.add(section)
            where = (f"objectives/{row_id}/kind", self.notes.places[f"sections/{section}"])
            why = "tiêu đề không nói mục tiêu chung hay cụ thể; mọi đoạn của mục tạm ghi general"
            self.notes.doubt(DoubtKind.READING, where, title, why, "sửa kind của các mục tiêu nếu không đúng")

    def _titles_over(self, row_id: str) -> list[tuple[str, str]]:
        """Return the sections that a passage stands in, each with its title, the nearest first."""
        titles = {one["id"]: one["title"] for one in self.found.sections}
        found = []
        at = re.sub(r"-\d+$", "", row_id)
        while at:
            if at in titles:
                found.append((at, titles[at]))
            at = re.sub(r"[.-][^.-]+$|^[^.-]+$", "", at)
        return found
