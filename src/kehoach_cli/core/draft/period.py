"""The years of a plan, from its title and its date; the years of the documents that a title cites are not its own."""

import re
from typing import Any

from msgspec import Struct, field

_CITED = re.compile(
    r"ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}|\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}|tháng\s*\d{1,2}\s*năm\s*\d{4}"
    r"|nhiệm kỳ\s*\d{4}\s*[-–—]\s*\d{4}"
    r"|(?<!\d)(?:số\s*:?\s*)?\d+\s*/\s*\d{4}\s*/\s*[A-ZĐ][\w-]*|số\s*:?\s*\d+[/-][\w/-]+",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:(?:giai đoạn|thời kỳ|các năm|(?:từ )?năm)\s*)?(?P<from>20\d\d)\s*(?:[-–—]|đến (?:hết )?năm)\s*(?P<to>20\d\d)",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:đến|tới)\s+(?:hết\s+)?năm\s+(?P<year>20\d\d)", re.IGNORECASE)
# "Năm An toàn giao thông 2021" names its year behind its name, "02 năm thi hành Luật Đất đai 2024" none.
_OF_YEAR = re.compile(
    r"\b(?:năm\s+|(?<!\d\s)(?<!hằng\s)(?<!hàng\s)năm\s+(?:[^\W\d_]+\s+){1,5}?)(?P<year>20\d\d)\b", re.IGNORECASE
)
_VISION = re.compile(
    r",?\s*(?:và\s+)?(?:có\s+)?(?:tầm nhìn|định hướng)\s+(?:đến\s+)?(?:năm\s+)?(?P<year>20\d\d)", re.IGNORECASE
)
# "năm 2024 và những năm tiếp theo": the plan has no end.
_ON = re.compile(r"\b(?:những|các) năm (?:tiếp theo|sau|kế tiếp)\b|\b20\d\d trở đi\b", re.IGNORECASE)
# What a plan carries out: the years behind it may be those of the other document.
_CARRIED_OUT = re.compile(
    r"(?:thực hiện|triển khai)\s+"
    r"(?:Nghị quyết|Quyết định|Chỉ thị|Kết luận|Chương trình|Kế hoạch|Đề án|Chiến lược|Quy hoạch|Luật)\b",
    re.IGNORECASE,
)


class YearsRead(Struct):
    """The key `period`, and why its years are in doubt, by key."""

    period: dict[str, Any] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)


def years_of(title: str, issued: int | None, known: int) -> YearsRead:
    """Return the years of a plan; without a date it begins in `known`, the last year that its head names: a doubt."""
    own = _CITED.sub(" ", title)
    vision = _VISION.search(own)
    own = _VISION.sub(" ", own)
    found = _from_title(own, issued)
    named = {int(year) for year in re.findall(r"\b20\d\d\b", own)}
    first, last = found.period["from"], found.period["to"]
    outside = [year for year in named if not (first or year) <= year <= (last or year)]
    if len(named) > 1 and outside and not found.why:
        # "Tổng kết năm 2021, triển khai Năm An toàn giao thông 2022"
        found.why["from"] = found.why["to"] = "trích yếu còn nêu năm khác ngoài thời kỳ đọc được"
    if found.period["from"] is None:
        first = min(known, found.period["to"] or known)
        found.period["from"] = first
        found.why["from"] = f"văn bản không ghi ngày ban hành; tạm lấy năm {first}"
    if _ON.search(own) and found.period["to"] is not None:
        found.why["to"] = f"trích yếu nêu cả những năm sau năm {found.period['to']}"
        found.period["to"] = None
    if vision:
        found.period["vision"] = int(vision["year"])
    return found


def _from_title(own: str, issued: int | None) -> YearsRead:
    spans = list(_SPAN.finditer(own))
    rest = _SPAN.sub(" ", own)
    untils = {int(one["year"]) for one in _UNTIL.finditer(rest)}
    years = {int(one["year"]) for one in _OF_YEAR.finditer(_UNTIL.sub(" ", rest))}
    if len({(one["from"], one["to"]) for one in spans}) == 1 and not untils and not years:
        return _span(spans[0], own, issued)
    if not spans and len(untils) == 1 and not years:
        return YearsRead({"from": issued, "to": untils.pop()})
    if not spans and not untils and len(years) == 1:
        return _year(years.pop(), issued)
    if not spans and not untils and not years:
        return YearsRead({"from": issued, "to": None})
    why = "trích yếu nêu nhiều thời kỳ, có thể là của văn bản được viện dẫn"
    near = [year for year in years if issued and abs(year - issued) <= 1]
    if len(near) == 1:
        return YearsRead({"from": near[0], "to": near[0]}, {"from": why, "to": why})
    return YearsRead({"from": issued, "to": None}, {"from": why, "to": why})


def _span(span: "re.Match[str]", own: str, issued: int | None) -> YearsRead:
    first, last = int(span["from"]), int(span["to"])
    cites = _CARRIED_OUT.search(own, 0, span.start())
    if issued and not first - 1 <= issued <= first and (cites or not first <= issued <= last):
        why = "thời kỳ trong trích yếu có thể là của văn bản được thực hiện, không phải của kế hoạch này"
        return YearsRead({"from": first, "to": last}, {"from": why, "to": why})
    return YearsRead({"from": first, "to": last})


def _year(year: int, issued: int | None) -> YearsRead:
    if issued is None or abs(year - issued) <= 1:
        return YearsRead({"from": year, "to": year})
    why = f"trích yếu nêu năm {year}, văn bản ban hành năm {issued}"
    return YearsRead({"from": issued, "to": None}, {"from": why, "to": why})
