"""What a submission says in Vietnamese words: the names of its keys, as the headers of a form's columns, and its values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.viet.dates import format_date

FIELD_NAMES = {
    "cutoff": "Ngày chốt số liệu",
    "submitted": "Ngày gửi báo cáo",
    "value": "Giá trị",
    "estimate": "Là số ước",
    "to_date": "Lũy kế",
    "province_total": "Số chung toàn tỉnh",
    "levels": "Mức",
    "baseline": "Mức",
    "source": "Nguồn số liệu",
    "note": "Ghi chú",
    "met": "Đạt mục tiêu",
    "status": "Trạng thái",
    "result": "Kết quả",
    "documents": "Văn bản",
    "completed": "Ngày hoàn thành",
    "extension": "Gia hạn",
    "to": "đến ngày",
    "document": "văn bản",
    "condition_met": "Đã đủ điều kiện",
    "done_this_year": "Đã làm trong năm",
    "difficulty": "Khó khăn, vướng mắc",
    "milestones": "Mốc",
    "done_for": "Các kỳ đã làm",
    "funding": "Kinh phí",
    "planned": "Được giao",
    "spent": "Đã giải ngân",
    "unit": "Đơn vị tính",
    "narrative": "Thuyết minh",
    "directing": "Công tác chỉ đạo, điều hành",
    "strengths": "Ưu điểm, kết quả nổi bật",
    "limits": "Tồn tại, hạn chế",
    "causes": "Nguyên nhân",
    "objective": "khách quan",
    "subjective": "chủ quan",
    "lessons": "Bài học kinh nghiệm",
    "next_year": "Phương hướng năm sau",
    "proposals": "Kiến nghị",
    "central": "với Chính phủ, các bộ, ngành Trung ương",
    "province": "với Tỉnh ủy, HĐND, UBND tỉnh",
    "others": "với cơ quan khác",
}
_STATUSES = {str(code): word for code, word in STATUSES.items()}
_ROWS = frozenset({"tasks", "indicators"})


def field_name(path: Sequence[str | int]) -> str:
    """Return the name of a key path of a submission: `PL2.III.1: Gia hạn: đến ngày`, `Kinh phí 2: Đã giải ngân`."""
    words: list[str] = []
    for part in path[1:] if path and path[0] in _ROWS else path:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(FIELD_NAMES.get(str(part), str(part)))
    return ": ".join(words)


def said_text(path: Sequence[str | int], value: Any) -> str:
    """Return the value at a key path of a submission in words, a dash for none."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, dict):
        return ", ".join(said_text((key,), child) for key, child in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(said_text(path, child) for child in value)
    if path and path[-1] == "status":
        return _STATUSES.get(str(value), str(value))
    return str(value)
