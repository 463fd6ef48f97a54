"""Who follows the plan up and who reports to whom, from the duties of organisation."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kehoach_cli.core.draft.notes import DraftNotes, quoted
from kehoach_cli.core.draft.times import times_in
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import match_key

# What a document calls itself: "việc thực hiện các kết luận thanh tra" is about something else.
_OWN = "kế hoạch|chương trình|đề án|chỉ thị|nghị quyết|quyết định|kết luận(?! thanh tra)|công điện|văn bản|thông báo|nhiệm vụ"
_FOLLOWS = re.compile(r"(?:theo dõi|đôn đốc|tổng hợp|đầu mối|báo cáo)")
# What only the body says or is told that follows the whole plan up.
_FOLLOWS_UP = re.compile(
    r"(?:theo dõi|đôn đốc|kiểm tra|tổng hợp|báo cáo)[^.;]{0,160}"
    r"(?:(?:kết quả|tình hình|tiến độ|việc|quá trình)\s(?:[^\W\d]+\s){0,4}?(?:thực hiện|triển khai)"
    rf"(?=\s*(?:[.,;)]|$)|\s(?:(?:các|những|của|theo|tại|về|nội dung|nhiệm vụ|giải pháp|mục tiêu)\s)*(?:{_OWN}|này|được giao)\b)"
    r"|(?:kế hoạch|chương trình|đề án|chỉ thị|nghị quyết|quyết định|kết luận)\s(?:số\s\S+\s)?này)"
    r"|theo dõi[^.;]{0,60}tổng hợp[^.;]{0,40}báo cáo|(?:cơ quan|đơn vị) (?:đầu mối|thường trực)|(?:làm|là) đầu mối"
)
# A task among others is a report only where it goes to a body that collects them.
_REPORTS_TO = re.compile(
    r"(?:gửi|báo cáo|phản ánh)[^.;]{0,80}?\b(?:về|qua|cho|đến)\s+(?:sở|ubnd|ủy ban|văn phòng|ban|công an|bộ|phòng)\b[^.;]{0,80}?"
    r"(?:tổng hợp|theo dõi)"
)
_REPORTS = re.compile(r"báo cáo|(?:phản ánh|gửi)\s[^.;]{0,40}?\b(?:về|đến|tới|cho|qua)\s")


def coordinator_of(duties: Sequence[dict[str, Any]], issuer: str, notes: DraftNotes) -> str:
    """Return the body that follows the plan up: the one lead of the duties that say so; else the issuer, with a doubt.

    A duty that says so and whose lead is in doubt leaves it in doubt, too.
    """
    counts = Counter(
        duty["lead"][0]
        for duty in duties
        if len(duty.get("lead", ())) == 1 and not duty["lead"][0].startswith(("nhom-", "ubnd-cap-"))
        for _ in _FOLLOWS.findall(match_key(duty["text"]))
    )
    best = counts.most_common(2)
    likely = issuer
    following = [duty for duty in duties if _FOLLOWS_UP.search(match_key(duty["text"]))]
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        likely = str(best[0][0])
        doubted = {one.at for one in notes.doubts}
        sure = all({f"tasks/{one['id']}", f"tasks/{one['id']}/lead"}.isdisjoint(doubted) for one in following)
        if sure and any(duty.get("lead") == [likely] for duty in following):
            return likely
    where = ("coordinator", "phần tổ chức thực hiện")
    why = f"không rõ cơ quan đầu mối theo dõi, tổng hợp; tạm ghi {likely}"
    notes.doubt(DoubtKind.READING, where, "", why, "ghi mã cơ quan đầu mối vào coordinator")
    return likely


def reporting_of(duties: Sequence[dict[str, Any]], coordinator: str, notes: DraftNotes) -> list[dict[str, Any]]:
    """Return nothing yet that the text leaves to a reader: each duty that speaks of reports becomes a doubt."""
    for duty in duties:
        words = _REPORTS if duty["kind"] == "organisation" else _REPORTS_TO
        if words.search(match_key(duty["text"])):
            level = "coordinator" if coordinator in duty.get("lead", ()) else "unit"
            due = times_in(duty["text"])
            said = f", hạn {quoted(due)}" if due else ""
            why = f"đoạn này nói về báo cáo{said}; chưa ghi vào reporting (cấp {level})"
            notes.doubt(
                DoubtKind.READING,
                ("reporting", notes.places[f"tasks/{duty['id']}/text"]),
                duty["text"],
                why,
                "thêm một mục reporting: level, from, to, due, source",
            )
    return []


def doubt_general_clause(
    duties: Sequence[dict[str, Any]],
    tasks: Sequence[dict[str, Any]],
    clauses: Sequence[dict[str, Any]],
    notes: DraftNotes,
) -> None:
    """Doubt a duty that may assign the rows naming nobody, where there are such rows and no clause for them."""
    nobody = [one for one in tasks if one["kind"] != "organisation" and "lead" not in one]
    if not nobody or clauses:
        return
    for duty in duties:
        if duty.get("lead") and _CARRIES_OUT.search(match_key(duty["text"])):
            where = (f"clauses/{duty['id']}", notes.places[f"tasks/{duty['id']}/text"])
            why = f"{len(nobody)} nhiệm vụ không nêu cơ quan nào; đoạn này có thể là điều khoản giao chung"
            mend = "thêm vào clauses: id, role, agencies, applies_to, text"
            notes.doubt(DoubtKind.READING, where, duty["text"], why, mend)


def doubt_parts_of_nobody(
    tasks: Sequence[dict[str, Any]], clauses: Sequence[dict[str, Any]], notes: DraftNotes
) -> None:
    """Doubt a part of whose rows none says who leads it, and such lines of a document without parts.

    They may be contents or forms of work, not tasks.
    """
    doubted = {one.at for one in notes.doubts}
    covered = {top for clause in clauses for top in clause["applies_to"]}
    parts: dict[str, list[dict[str, Any]]] = {}
    for one in tasks:
        if one["kind"] != "organisation":
            parts.setdefault(re.split(r"[.-]", str(one["id"]))[0], []).append(one)
    for part, rows in parts.items():
        if any("lead" in one for one in rows) or any(top.split(".")[0] == part for top in covered):
            continue
        mend = "xem có phải nhiệm vụ không; thêm điều khoản giao chung vào clauses nếu văn bản có"
        lines = [one for one in rows if re.fullmatch(rf"{re.escape(part)}(?:-\d+)*", str(one["id"]))]
        place = notes.places.get(f"sections/{part}")
        if place is None and lines:
            # The numbered lines of a document without parts.
            for one in (one for one in lines if f"tasks/{one['id']}/lead" not in doubted):
                where = (f"tasks/{one['id']}", notes.places[f"tasks/{one['id']}/text"])
                why = f"dòng này không nêu cơ quan chủ trì; {_PERHAPS}"
                notes.doubt(DoubtKind.READING, where, one["text"], why, mend)
            continue
        why = f"không dòng nào trong {len(rows)} dòng của mục này nêu cơ quan chủ trì; {_PERHAPS}"
        where = (f"sections/{part}", place or notes.places.get(f"tasks/{rows[0]['id']}/text", ""))
        notes.doubt(DoubtKind.READING, where, part, why, mend)


def doubt_bodies_of_commune(tasks: Sequence[dict[str, Any]], coordinator: str, notes: DraftNotes) -> None:
    """Doubt the bodies of the province in a document of a commune whose name does not say that they are the province's."""
    own: set[str] = set()
    for one in tasks:
        for key in ("lead", "support"):
            words = str(one.get("as_issued", {}).get(key, ""))
            if one.get(key) and _COMMITTEE.search(match_key(words)):
                own.update(one[key])
                where = (f"tasks/{one['id']}/{key}", notes.places.get(f"tasks/{one['id']}/{key}", ""))
                why = "văn bản của cấp xã; cơ quan này có thể là của xã, ở đây đọc theo danh bạ của tỉnh"
                notes.doubt(DoubtKind.AGENCY, where, words, why, "đối chiếu; sửa mã cơ quan nếu cần")
    if coordinator in own:
        where = ("coordinator", "phần tổ chức thực hiện")
        why = "văn bản của cấp xã; cơ quan đầu mối có thể là của xã, ở đây đọc theo danh bạ của tỉnh"
        notes.doubt(DoubtKind.AGENCY, where, "", why, "đối chiếu; sửa mã cơ quan nếu cần")


_PERHAPS = "có thể không phải nhiệm vụ, hoặc giao chung"
_COMMITTEE = re.compile(r"(?:ubnd|ủy ban nhân dân|hđnd|công an|mặt trận tổ quốc|mttq)\b(?! (?:tỉnh|thành phố|các))")
_CARRIES_OUT = re.compile(r"(?:triển khai|tổ chức)(?: triển khai)? thực hiện.{0,40}(?:nội dung|nhiệm vụ|kế hoạch)")
