"""Who has the work of a row: what its sentence says, and the titles over it."""

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.draft.agencies import AgencyReader
from kehoach_cli.core.draft.assignments import Assignment, assignment_of
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.outline import Node
from kehoach_cli.core.draft.titles import DutyPart
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY, BODY, ENDS_LIST
from kehoach_cli.core.model.source_record import DoubtKind

_GOES_ON = re.compile(rf"\s+(?:quản lý|phụ trách)\s[^:;.]{{1,120}}?(?:,|\s+và)\s+{BODY}[^:;.]{{0,60}}:", re.IGNORECASE)
# What everybody is told at the end of a document.
_TO_ALL = re.compile(
    r"(?:trong )?quá trình (?:tổ chức )?(?:thực hiện|triển khai)\b|nếu (?:có|phát sinh) (?:khó khăn|vướng)",
    re.IGNORECASE,
)
# What a title says behind the bodies that adds nothing: "Sở Nội vụ căn cứ chức năng, nhiệm vụ được giao:".
_DUTIES = re.compile(
    r",?\s+(?:(?:(?:căn cứ|trên cơ sở)\s+)?(?:theo\s+)?chức năng,? (?:và )?nhiệm vụ(?:,? (?:và )?quyền hạn)?(?: được giao)?"
    r"|có (?:trách nhiệm|nhiệm vụ))\s*:$",
    re.IGNORECASE,
)
_MEMBERS = re.compile(rf"[^().;:]{{0,30}}\((?:[^()]*,|(?i:{BODY}))[^()]*\)")
# Who has the work below a title that names bodies which cannot be read.
UNREAD = Assignment([], "")


class Assigner(Struct, frozen=True):
    """Gives rows their lead and support, and doubts what the words leave open."""

    agencies: AgencyReader
    notes: DraftNotes

    def assigned(self, node: Node, part: DutyPart) -> Assignment | None:
        """Return the bodies that a heading gives the rows below to ("Giao Sở Tài chính", "Sở Y tế chủ trì")."""
        if part not in {DutyPart.ORGANISATION, DutyPart.TASKS}:
            return None
        ids, words = self.agencies.whole(_DUTIES.sub("", node.text))
        if ids:
            return Assignment(ids, words)
        found = assignment_of(node.text, self.agencies, certain=True)
        whole = (
            found
            and (found.lead or found.support)
            and not found.unsure
            and node.text.rstrip(" :.").endswith(found.support_words or "chủ trì")
        )
        return found if whole else None

    def assign(self, entry: dict[str, Any], node: Node, part: DutyPart, given: Assignment | None) -> None:
        """Write who leads and supports into a row; `given` is what the titles over it say."""
        at = f"tasks/{entry['id']}"
        unread = given is UNREAD
        given = None if unread else given
        found = given or assignment_of(entry["text"], self.agencies, certain=False)
        if found is None:
            self._doubt_nobody(entry, node, part, unread=unread)
            return
        own = assignment_of(entry["text"], self.agencies, certain=True) if given else None
        if given and _TO_ALL.match(entry["text"]):
            why = "đoạn này như lời dặn chung, không phải việc riêng của cơ quan ở tiêu đề trên"
            where = (f"{at}/lead", node.place)
            self.notes.doubt(DoubtKind.AGENCY, where, entry["text"], why, "bỏ lead, hoặc bỏ dòng này, nếu đúng vậy")
        if given and self._begins_otherwise(entry["text"], given.lead):
            why = "câu mở đầu bằng cơ quan khác với cơ quan ở tiêu đề; ghi theo tiêu đề"
            where = (f"{at}/lead", node.place)
            self.notes.doubt(
                DoubtKind.AGENCY, where, entry["text"], why, "sửa lead nếu việc giao cho cơ quan trong câu"
            )
        if own and own.support:
            # Who supports one line stands in it.
            unsure = (*found.unsure, *(key for key in own.unsure if key == "support"))
            found = replace(found, support=own.support, support_words=own.support_words, unsure=unsure)
        issued: dict[str, Any] = {}
        for key, ids, words in (
            ("lead", found.lead, found.lead_words),
            ("support", found.support, found.support_words),
        ):
            if ids:
                entry[key] = ids
                issued[key] = words
                self.notes.found(f"{at}/{key}", node.place)
        if issued:
            entry["as_issued"] = issued | entry.get("as_issued", {})
        self._check_lists(entry, found, node, at)
        self._doubt_lead(entry, found, node, part)

    def _doubt_nobody(self, entry: dict[str, Any], node: Node, part: DutyPart, *, unread: bool) -> None:
        """Doubt a duty that names nobody, and a task below a title whose bodies cannot be read."""
        if part is not DutyPart.ORGANISATION and not unread:
            return
        why = "câu không mở đầu bằng tên cơ quan nên không rõ giao cho ai"
        if unread:
            why = "tiêu đề bên trên nêu cơ quan, đơn vị không đọc được hết; chưa ghi ai chủ trì"
        where = (f"tasks/{entry['id']}", node.place)
        mend = "ghi mã cơ quan vào lead, support nếu văn bản có giao"
        self.notes.doubt(DoubtKind.AGENCY, where, entry["text"], why, mend)

    def _doubt_lead(self, entry: dict[str, Any], found: Assignment, node: Node, part: DutyPart) -> None:
        """Doubt a lead that stops before the colon behind a list of bodies, and a duty that says only with whom."""
        if part is DutyPart.ORGANISATION and not found.lead:
            why = "câu chỉ nêu cơ quan phối hợp; không rõ ai chủ trì"
        elif found.lead_words and _GOES_ON.match(entry["text"].removeprefix(found.lead_words)):
            why = "trước dấu hai chấm còn nêu cơ quan khác; mới lấy cơ quan đầu tiên"
        elif found.lead_words and _MEMBERS.match(entry["text"].partition(found.lead_words)[2]):
            why = "trong ngoặc sau tên cơ quan còn nêu thành viên, đơn vị; chưa lấy"
        else:
            return
        where = (f"tasks/{entry['id']}/lead", node.place)
        self.notes.doubt(DoubtKind.AGENCY, where, entry["text"], why, "ghi mã cơ quan vào lead nếu văn bản có giao")

    def _begins_otherwise(self, text: str, lead: list[str]) -> bool:
        """Whether a sentence begins with bodies other than those of the title over it, or with one that cannot be read."""
        begins, _, end = self.agencies.first_run(text)
        if not begins:
            return bool(BEGINS_WITH_BODY.match(text))
        return begins != lead or not ENDS_LIST.match(text, end)

    def _check_lists(self, entry: dict[str, Any], found: Assignment, node: Node, at: str) -> None:
        """Doubt what a list of bodies names besides those the registry knows, and a list whose end is not clear."""
        for key, words in (("lead", found.lead_words), ("support", found.support_words)):
            for name in self.agencies.unread_in_run(words):
                why = f'danh bạ chưa có "{name}"'
                self.notes.doubt(
                    DoubtKind.AGENCY, (f"{at}/{key}", node.place), words, why, "thêm cơ quan nếu văn bản có giao"
                )
            for why, mend in self.agencies.unsure_in(words):
                self.notes.doubt(DoubtKind.AGENCY, (f"{at}/{key}", node.place), words, why, mend)
        if found.unsure:
            why = "không rõ danh sách cơ quan trong câu kết thúc ở đâu"
            mend = "đối chiếu lead và support với câu văn"
            for key in found.unsure:
                self.notes.doubt(DoubtKind.AGENCY, (f"{at}/{key}", node.place), entry["text"], why, mend)


def joined(own: Assignment | None, given: Assignment | None) -> Assignment | None:
    """Return who has the work below a title: a title that only says with whom leaves the lead to the title above."""
    if own and given and not own.lead:
        return Assignment(given.lead, given.lead_words, own.support, own.support_words, (*given.unsure, *own.unsure))
    return own or given
