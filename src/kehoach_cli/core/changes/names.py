"""How people call the parts of a plan, a registry or a submission, and the values in them."""

import re

from kehoach_cli.core.model.change import Part
from kehoach_cli.core.model.period import PeriodKind, parse_period
from kehoach_cli.core.notation.keys import key_in_words
from kehoach_cli.viet.dates import DateError, format_partial, parse_iso

PART_NAMES = {
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
    "conditions": "điều kiện",
    "coordinator": "cơ quan đầu mối",
    "cost": "kinh phí",
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
    (Part.INDICATOR, "number"): "số in trong văn bản",
    (Part.INDICATOR, "role"): "tiêu đề cột",
    (Part.REPORTING, "source"): "đoạn quy định",
    (Part.SUCCESSOR, "basis"): "căn cứ",
    (Part.SUCCESSOR, "from"): "từ ngày",
    (Part.SUCCESSOR, "id"): "cơ quan tiếp nhận",
    (Part.TASK, "number"): "số in trong văn bản",
    (Part.TASK, "role"): "tiêu đề cột",
}
# What a file writes as a word of its own, by the key that holds it.
_VALUES = {
    "kind": {
        "task": "nhiệm vụ",
        "programme": "chương trình, đề án, dự án",
        "organisation": "tổ chức thực hiện",
        "purpose": "mục đích",
        "requirement": "yêu cầu",
        "viewpoint": "quan điểm",
        "general": "mục tiêu chung",
        "specific": "mục tiêu cụ thể",
        "vision": "tầm nhìn",
        "after": "phải chờ",
        "per": "làm theo",
    },
    "direction": {
        "increase": "càng cao càng tốt",
        "decrease": "càng thấp càng tốt",
        "maintain": "duy trì",
        "within": "giữ trong mức, không tăng và không giảm",
    },
    "change": {"points": "điểm phần trăm", "percent": "phần trăm"},
    "role": {"implement": "thực hiện", "direct": "lãnh đạo, chỉ đạo"},
    "level": {"unit": "báo cáo của đơn vị", "coordinator": "báo cáo của cơ quan đầu mối"},
    "periods": {"year": "năm", "half": "6 tháng", "nine_months": "9 tháng", "quarter": "quý", "month": "tháng"},
    "leads_only": {"true": "có", "false": "không"},
    "share": {"true": "có", "false": "không"},
}


# The keys in these are years and periods.
_BY_TIME = frozenset({"as_issued.targets", "baseline", "targets"})


def field_name(part: Part, field: str) -> tuple[str, str]:
    """Return the name of a value, of the longest known key, and what its key goes on with ("targets.2030": "năm 2030")."""
    keys = field.split(".")
    for end in range(len(keys), 0, -1):
        key = ".".join(keys[:end])
        if name := _FIELDS_OF.get((part, key)) or _FIELDS.get(key):
            rest = ".".join(keys[end:])
            return name, key_in_words(rest) if key in _BY_TIME else rest
    return "", field


def time_of(text: str) -> str:
    """Return a date or a period of a file as people write it ("2026-Q3": "quý III năm 2026"); every other text as it is."""
    period = parse_period(text)
    if period and period.kind not in {PeriodKind.YEAR, PeriodKind.MONTH}:
        return period.full_text
    if not re.fullmatch(r"\d{4}-\d{2}(?:-\d{2})?", text):
        return text
    try:
        return format_partial(parse_iso(text))
    except DateError:
        return text


def value_text(field: str, text: str) -> str:
    """Return a value of a file as people write it: days and periods, and the words that a file has for kinds and directions."""
    return _VALUES.get(field, {}).get(text) or time_of(text)
