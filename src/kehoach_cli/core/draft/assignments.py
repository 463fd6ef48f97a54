"""Who a sentence gives work to: "Sở Y tế chủ trì, phối hợp với … tổ chức …", read only where the words are certain."""

import re
from collections.abc import Iterable

from msgspec import Struct

from kehoach_cli.core.draft.agencies import AgencyReader
from kehoach_cli.core.draft.times import uncited
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY, BODY, ENDS_LIST
from kehoach_cli.viet.text import CAPITALS

_CHAIRS = re.compile(
    r"\s*(?:\([^()]*\)\s*)?[,:]?\s*(?:là (?:cơ quan|đơn vị)\s+)?(?:làm đầu mối,?\s*)?chủ trì\b,?\s*", re.IGNORECASE
)
_WITH = re.compile(r"\s*(?:và\s+)?(?:chủ động\s+)?phối hợp (?:chặt chẽ )?(?:(?:với|cùng)\s+)?", re.IGNORECASE)
_FIRST_WITH = re.compile(r"^(?:chủ trì|chủ động),?\s*(?:phối hợp (?:chặt chẽ )?(?:(?:với|cùng)\s+)?)", re.IGNORECASE)
# "Chủ tịch UBND tỉnh giao Sở Nội vụ …": who is behind the verb has the work.
_ORDERS = re.compile(r"[,:]?\s*(?:giao(?: cho)?|yêu cầu|đề nghị)\s+", re.IGNORECASE)
_GROUND = re.compile(
    r"(?:trên cơ sở|căn cứ|theo)\s[^,;.:]{8,120},\s+(?=(?:các|sở|UBND|thủ trưởng|giám đốc|chủ tịch|người đứng đầu)\b)",
    re.IGNORECASE,
)
# A list that ends with bodies it does not name: "các đơn vị được giao chủ trì các nhiệm vụ tại Kế hoạch chủ động phối hợp với …".
_UNNAMED = re.compile(
    r"\s*[,;]?\s*(?:và\s+)?các (?:cơ quan,? (?:và )?)?đơn vị (?:được giao|được phân công)\b[^,;.:]*?"
    r"(?=,?\s+(?:chủ động|có trách nhiệm|phối hợp|tổ chức|triển khai|căn cứ|báo cáo|xây dựng)\b)",
    re.IGNORECASE,
)
# Brackets at the end of a task that say who leads it, or until when: "… (Sở Y tế chủ trì; hoàn thành trong năm 2026)".
_LAST_BRACKETS = re.compile(
    r"\((?P<words>[^()]*\b(?:chủ trì|phối hợp|thời gian|thời hạn|hoàn thành)\b[^()]*)\)[.;]?\s*$", re.IGNORECASE
)
# Or that only name bodies: "… (Phòng Kinh tế, Công an xã)".
_LAST_BODIES = re.compile(
    rf"\((?:(?i:giao(?:\s+cho)?|do|đại diện|lãnh đạo)\s+)*(?=[{CAPITALS}])(?i:{BODY})[^()]*\)[.;]?\s*$"
)
_NEXT_BODY = re.compile(rf"[;,]\s+(?=[{CAPITALS}])((?i:{BODY})(?:\s+[^\W\d_]+){{0,2}})")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_ASIDE = re.compile(r"\s*\([^()]*\)")
# In brackets: "(hoàn thành trong quý II)", "(kinh phí 500 triệu đồng)".
_WHEN_OR_HOW_MUCH = re.compile(
    r"\d|\b(?:hoàn thành|thời hạn|trước|(?:hằng|hàng) (?:năm|quý|tháng)|trong (?:năm|quý|tháng)|thường xuyên|kinh phí)\b",
    re.IGNORECASE,
)
_SAID = {"lead": "chủ trì", "support": "phối hợp", "schedule": r"thời gian|thời hạn|hoàn thành"}
# What a line may say behind the bodies that adds nothing: "… thực hiện các nhiệm vụ sau:".
_IDLE = re.compile(
    r"(?:[\s,;:]|(?:có|chịu) trách nhiệm|(?:tổ chức |triển khai )?thực hiện|triển khai|các|những|một số|nhiệm vụ|nội dung"
    r"|công việc|việc|giải pháp|trọng tâm|chủ yếu|cụ thể|sau(?: đây)?|như sau|gồm|trong đó|tập trung)*",
    re.IGNORECASE,
)
_HOW = re.compile(r"\s*(?:\([^()]*\)\s*)?,?\s*(?:trên cơ sở chức năng|căn cứ|theo chức năng)[^:]*:?")


class Assignment(Struct, frozen=True):
    """The ids of lead and support, and the words that name them; `unsure` has the keys whose list may go on."""

    lead: list[str]
    lead_words: str
    support: list[str] = []
    support_words: str = ""
    unsure: tuple[str, ...] = ()


def assignment_of(text: str, agencies: AgencyReader, *, certain: bool) -> Assignment | None:
    """Return who a sentence gives its work to: the bodies it begins with; with `certain` only before "chủ trì"."""
    if found := _FIRST_WITH.match(text):
        support, end = agencies.run(text, found.end())
        open_end = () if ENDS_LIST.match(text, _behind_aside(text, end)) else ("support",)
        return Assignment([], "", support, text[found.end() : end], open_end) if support else None
    ids, begun, end = agencies.first_run(text)
    if not ids and (ground := _GROUND.match(text)):
        begun = ground.end()
        ids, end = agencies.run(text, begun)
    if ids and (orders := _ORDERS.match(text, end)):
        begun = orders.end()
        ids, end = agencies.run(text, begun)
    if not ids:
        inside = _LAST_BRACKETS.search(text)
        return assignment_of(inside["words"], agencies, certain=True) if inside else None
    return _of_list((ids, begun, end), text, agencies, certain=certain)


def _of_list(
    found: tuple[list[str], int, int], text: str, agencies: AgencyReader, *, certain: bool
) -> Assignment | None:
    """Return who a sentence gives its work to: `found` has the bodies it begins with, and where their list begins and ends."""
    ids, begun, end = found
    goes_on = not ENDS_LIST.match(text, _behind_aside(text, end))
    if (unnamed := _UNNAMED.match(text, end)) and (more := agencies.unnamed()):
        ids, end = list(dict.fromkeys([*ids, *more])), unnamed.end()
    words = text[begun:end].strip(" ,;")
    chairs = _CHAIRS.match(text, end)
    if chairs is None and certain:
        return None
    unsure: tuple[str, ...] = ("lead", "support") if goes_on and chairs is None else ()
    joined = _WITH.match(text, chairs.end() if chairs else end)
    if joined is None:
        return Assignment(ids, words, unsure=unsure)
    support, support_end = agencies.run(text, joined.end())
    if not support or not ENDS_LIST.match(text, _behind_aside(text, support_end)):
        unsure = unsure or ("support",)
    return Assignment(ids, words, support, text[joined.end() : support_end].strip(" ,;"), unsure)


def _behind_aside(text: str, end: int) -> int:
    """Return where a sentence goes on behind an aside in brackets: "Sở Nội vụ (cơ quan thường trực) chủ trì"."""
    aside = _ASIDE.match(text, end)
    return aside.end() if aside else end


def said_in_brackets(text: str) -> list[str]:
    """Return the keys of which the brackets at the end of a task speak."""
    inside = _LAST_BRACKETS.search(text)
    if inside is None and _LAST_BODIES.search(text):
        return ["lead"]
    return [key for key, words in _SAID.items() if inside and re.search(words, inside["words"], re.IGNORECASE)]


def more_in_brackets(text: str, held: Iterable[str]) -> bool:
    """Whether the brackets at the end of a task name a body behind the first one that none of the words in `held` has."""
    inside = _LAST_BRACKETS.search(text)
    known = " ".join(held)
    return inside is not None and any(one[1] not in known for one in _NEXT_BODY.finditer(inside["words"]))


def intro_of(text: str, agencies: AgencyReader) -> Assignment | None:
    """Return who a line before dashes gives them to: it names bodies, says "chủ trì" or "trên cơ sở chức năng", and ends so."""
    found = assignment_of(text, agencies, certain=False)
    if found is None or not text.rstrip().endswith(":"):
        return None
    rest = text[text.find(found.lead_words) + len(found.lead_words) :]
    fits = _CHAIRS.match(rest) or _HOW.fullmatch(rest.rstrip()) or _ASIDE.sub("", rest, count=1).strip() == ":"
    return found if fits else None


def says_more(text: str, found: Assignment) -> bool:
    """Whether a line before dashes says more than who has the work below it: a work of its own, or by when."""
    inside = _IN_BRACKETS.findall(text)
    if any(BEGINS_WITH_BODY.match(one) or _WHEN_OR_HOW_MUCH.search(uncited(one)) for one in inside):
        return True
    rest = text.partition(found.lead_words)[2] if found.lead_words else text
    if found.support_words:
        rest = rest.partition(found.support_words)[2]
    elif chairs := _CHAIRS.match(rest):
        rest = rest[chairs.end() :]
    rest = _HOW.sub("", _ASIDE.sub("", rest, count=1), count=1)
    return not _IDLE.fullmatch(rest)
