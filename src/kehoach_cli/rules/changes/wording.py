"""The changes of one topic in words, each at its place: what the rules of this family share."""

import re
from collections.abc import Callable, Iterator

from kehoach_cli.core.changes.words import differences, shortened
from kehoach_cli.core.model.change import Change, ChangeKind, ChangeTopic, Part
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Violation
from kehoach_cli.viet.dates import DateError, format_partial, parse_iso

_WHOLE = frozenset({ChangeKind.ADDED, ChangeKind.DROPPED})
# Of texts with more words, only the places that differ are shown, so many of them.
_SHORT, _MOST_PLACES = 8, 4
_FLAGS = {"true": "có", "false": "không"}

_PARTS = {
    Part.PLAN: "kế hoạch",
    Part.DOCUMENT: "văn bản",
    Part.BASIS: "căn cứ ban hành",
    Part.OBJECTIVE: "đoạn",
    Part.FUNDING: "nguồn kinh phí",
    Part.REPORTING: "chế độ báo cáo",
    Part.CLAUSE: "điều khoản chung",
    Part.SECTION: "mục",
    Part.TASK: "nhiệm vụ",
    Part.INDICATOR: "chỉ tiêu",
    Part.CONDITION: "điều kiện",
    Part.COST: "kinh phí",
    Part.STEP: "mốc",
    Part.PROVINCE: "danh bạ",
    Part.BODY: "cơ quan",
    Part.GROUP: "nhóm cơ quan",
    Part.SUCCESSOR: "cơ quan kế thừa",
    Part.SUBMISSION: "báo cáo",
    Part.REPORTED_TASK: "báo cáo về nhiệm vụ",
    Part.REPORTED_INDICATOR: "báo cáo về chỉ tiêu",
    Part.REPORTED_FUNDING: "báo cáo về kinh phí",
}
# Entries that have no id of their own stand in one that has.
_NAMELESS = frozenset({Part.SUBMISSION, Part.REPORTED_FUNDING})
_INSIDE = frozenset({Part.CONDITION, Part.COST, Part.STEP, Part.SUCCESSOR})

_FIELDS = {
    "agencies": "cơ quan được giao",
    "agency": "cơ quan báo cáo",
    "also": "tên khác",
    "amount": "số tiền",
    "applies_to": "các mục áp dụng",
    "as_issued.lead": "ô cơ quan chủ trì",
    "as_issued.name": "ô tên chỉ tiêu",
    "as_issued.outputs": "ô sản phẩm",
    "as_issued.role": "tiêu đề cột",
    "as_issued.schedule": "ô thời gian",
    "as_issued.support": "ô cơ quan phối hợp",
    "as_issued.targets": "ô mục tiêu",
    "awaits": "cơ quan phải chờ",
    "baseline": "mức ban đầu",
    "basis": "căn cứ",
    "body.as_issued.lead": "câu chữ về cơ quan ở thân văn bản",
    "body.id": "mã đoạn ở thân văn bản",
    "body.lead": "cơ quan ở thân văn bản",
    "certain": "mức xác nhận",
    "change": "cách tính thay đổi",
    "cite": "cách viện dẫn",
    "completed": "ngày hoàn thành",
    "condition_met": "đã đủ điều kiện",
    "coordinator": "cơ quan đầu mối",
    "cutoff": "ngày chốt số liệu",
    "date": "ngày ban hành",
    "difficulty": "khó khăn, vướng mắc",
    "direction": "chiều tốt lên",
    "document": "văn bản",
    "documents": "văn bản kèm theo",
    "done_for": "các kỳ đã làm",
    "done_this_year": "đã làm trong năm",
    "drafter": "cơ quan dự thảo",
    "due": "thời hạn báo cáo",
    "embedded_in": "báo cáo chứa nội dung này",
    "erased": "giá trị xin rút lại",
    "estimate": "là số ước",
    "extension.document": "văn bản cho gia hạn",
    "extension.to": "thời hạn được gia hạn",
    "from": "cơ quan gửi",
    "id": "mã",
    "issuer": "cơ quan ban hành",
    "kind": "loại",
    "lead": "cơ quan chủ trì",
    "leads_only": "chỉ cơ quan chủ trì báo cáo",
    "level": "cấp báo cáo",
    "levels": "mức năm",
    "limited": "nhóm chỉ gồm cơ quan liên quan",
    "members": "thành viên",
    "met": "đã đạt",
    "milestones": "mốc",
    "name": "tên",
    "narrative.causes.objective": "nguyên nhân khách quan",
    "narrative.causes.subjective": "nguyên nhân chủ quan",
    "narrative.directing": "công tác chỉ đạo",
    "narrative.funding": "tình hình kinh phí",
    "narrative.lessons": "bài học kinh nghiệm",
    "narrative.limits": "tồn tại, hạn chế",
    "narrative.next_year": "nhiệm vụ năm sau",
    "narrative.proposals.central": "kiến nghị với Trung ương",
    "narrative.proposals.others": "kiến nghị với cơ quan khác",
    "narrative.proposals.province": "kiến nghị với tỉnh",
    "narrative.strengths": "ưu điểm",
    "note": "ghi chú",
    "now": "cơ quan đảm nhiệm hiện nay thay",
    "number": "số, ký hiệu",
    "open": "nhóm mở",
    "outputs": "sản phẩm",
    "parent": "cơ quan cấp trên",
    "period": "kỳ báo cáo",
    "period.from": "năm bắt đầu",
    "period.to": "năm kết thúc",
    "period.vision": "năm của tầm nhìn",
    "periods": "các kỳ báo cáo",
    "plan": "kế hoạch",
    "planned": "kinh phí được giao",
    "printed": "số in trong văn bản",
    "province": "tỉnh",
    "province_total": "là số chung toàn tỉnh",
    "recipients": "nơi nhận",
    "result": "kết quả",
    "role": "vai trò",
    "schedule": "thời gian thực hiện",
    "scope": "phạm vi",
    "section": "mục",
    "settled": "kết luận của cơ quan đầu mối",
    "share": "là tỷ lệ",
    "short": "tên viết tắt",
    "signer.authority": "quyền hạn, chức vụ người ký",
    "signer.name": "người ký",
    "source": "nguồn",
    "spent": "kinh phí đã giải ngân",
    "status": "trạng thái",
    "submitted": "ngày gửi",
    "support": "cơ quan phối hợp",
    "symbol": "ký hiệu",
    "targets": "mục tiêu",
    "text": "nguyên văn",
    "title": "tiêu đề",
    "to": "cơ quan nhận",
    "to_date": "lũy kế",
    "tolerance": "mức chênh cho phép",
    "type": "loại văn bản",
    "unit": "đơn vị tính",
    "valid.from": "ngày bắt đầu hoạt động",
    "valid.to": "ngày cuối cùng hoạt động",
    "value": "giá trị",
    "via": "cơ quan chuyển báo cáo",
    "withdrawn.document": "văn bản bãi bỏ",
    "withdrawn.from": "ngày bãi bỏ",
    "year": "năm báo cáo",
}
# Where one key has another meaning than elsewhere.
_FIELDS_OF = {
    (Part.BASIS, "title"): "trích yếu",
    (Part.DOCUMENT, "title"): "trích yếu",
    (Part.INDICATOR, "name"): "tên chỉ tiêu",
    (Part.REPORTING, "source"): "đoạn quy định",
    (Part.SUCCESSOR, "basis"): "căn cứ",
    (Part.SUCCESSOR, "from"): "từ ngày",
    (Part.SUCCESSOR, "id"): "cơ quan tiếp nhận",
}
# Bodies where the topic is another one.
_AGENCIES = frozenset(
    {(Part.GROUP, "members"), (Part.SUCCESSOR, "id"), (Part.BODY, "parent"), (Part.SUBMISSION, "agency")}
)


def in_words(document: SourceFile, wanted: Callable[[Change], bool]) -> Iterator[Violation]:
    """Yield the wanted changes of a file, each at its place."""
    for change in document.changes:
        if wanted(change):
            yield Violation(_said(document, change), change.path, key=change.at_key)


def of_values(topic: ChangeTopic) -> Callable[[Change], bool]:
    """Return what tells the changes of one topic from others."""
    return lambda change: change.topic is topic


def _said(document: SourceFile, change: Change) -> str:
    if not change.field:
        return _entry_said(document, change)
    name = f"{_subject(change)}: {_field(document, change)}"
    old, new = (_shown(document, change, text) for text in (change.old, change.new))
    if change.kind is ChangeKind.MOVED:
        return f"{name} {new} đã đổi thứ tự"
    if change.kind in _WHOLE:
        return f"{name}: thêm {new}" if change.old is None else f"{name}: bỏ {old}"
    return f"{name} đã đổi: {_difference(document, change)}"


def _entry_said(document: SourceFile, change: Change) -> str:
    part, subject = _PARTS[change.part], _subject(change)
    if change.kind is ChangeKind.RENUMBERED:
        return f"mã {part} đã đổi: {change.old} → {change.new}"
    if change.kind is ChangeKind.MOVED:
        old, new = (f"sau {_quoted(text)}" if text else "đầu danh sách" for text in (change.old, change.new))
        return f"{subject} đã chuyển chỗ: trước ở {old}, nay ở {new}"
    verb, text = ("thêm", change.new) if change.kind is ChangeKind.ADDED else ("bỏ", change.old)
    if not text:
        return f"{verb} {subject}"
    return f"{verb} {subject} {_agency(document, text) if change.part is Part.SUCCESSOR else _quoted(text)}"


def _subject(change: Change) -> str:
    part = _PARTS[change.part]
    if not change.entry or change.part in _NAMELESS:
        return part
    return f"{part} của {change.entry}" if change.part in _INSIDE else f"{part} {change.entry}"


def _field(document: SourceFile, change: Change) -> str:
    """Return the name of a value: the longest known key, and behind it what the key goes on with, such as a year."""
    keys = change.field.split(".")
    for end in range(len(keys), 0, -1):
        key = ".".join(keys[:end])
        if name := _FIELDS_OF.get((change.part, key)) or _FIELDS.get(key):
            rest = ".".join(keys[end:])
            return f"{name} {_agency(document, rest) if key == 'now' else rest}".strip()
    return f'khóa "{change.field}"'


def _difference(document: SourceFile, change: Change) -> str:
    old, new = change.old or "", change.new or ""
    if change.topic is ChangeTopic.AGENCY or min(len(old.split()), len(new.split())) <= _SHORT:
        return f"{_shown(document, change, old)} → {_shown(document, change, new)}"
    places = differences(old, new)
    more = f" và {len(places) - _MOST_PLACES} chỗ nữa" if len(places) > _MOST_PLACES else ""
    return "; ".join(f"“{one.old}” → “{one.new}”" for one in places[:_MOST_PLACES]) + more


def _shown(document: SourceFile, change: Change, text: str | None) -> str:
    if text is None:
        return ""
    if change.topic is ChangeTopic.AGENCY or (change.part, change.field) in _AGENCIES:
        return _agency(document, text)
    return _quoted(_FLAGS.get(text, _day(text)))


def _quoted(text: str) -> str:
    return f"“{shortened(text)}”"


def _day(text: str) -> str:
    """Return a date of a file as people write it; every other text as it is."""
    if not re.fullmatch(r"\d{4}-\d{2}(?:-\d{2})?", text):
        return text
    try:
        return format_partial(parse_iso(text))
    except DateError:
        return text


def _agency(document: SourceFile, text: str) -> str:
    """Return the name of a body with its id; what stands in brackets behind an id follows."""
    agency, space, rest = text.partition(" ")
    value = document.value
    province = getattr(value, "province", "")
    found = document.directory.get(province, agency) if province else None
    return f"“{found.name} ({agency})”{space}{rest}" if found else _quoted(text)
