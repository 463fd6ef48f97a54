"""What the words of a column head, or of a label before a colon, say of the text below or behind them."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from kehoach_cli.viet.text import folded, match_key


class Role(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    TEXT = "text"
    INDICATOR = "indicator"
    LEAD = "lead"
    SUPPORT = "support"
    LEAD_AND_SUPPORT = "lead_and_support"
    START = "start"
    SCHEDULE = "schedule"
    OUTPUTS = "outputs"
    COST = "cost"
    UNIT = "unit"
    TARGET = "target"
    BASELINE = "baseline"
    REMARK = "remark"


# What a row says of the bodies that do its work.
BODIES = frozenset({Role.LEAD, Role.SUPPORT, Role.LEAD_AND_SUPPORT})
# The keys of a task that a label speaks of.
KEYS: dict[Role, tuple[str, ...]] = {
    Role.LEAD: ("lead",),
    Role.SUPPORT: ("support",),
    Role.LEAD_AND_SUPPORT: ("lead", "support"),
    Role.SCHEDULE: ("schedule",),
    Role.OUTPUTS: ("outputs",),
    Role.COST: ("cost",),
}


def keys_of(roles: Iterable[Role]) -> set[str]:
    """Return the keys of a task of which cells or labels speak."""
    return {key for role in roles for key in KEYS.get(role, ())}


class Label(Struct, frozen=True):
    """A label and the text behind it, with the printed words of the label."""

    role: Role
    words: str
    text: str


_NUMBER = re.compile(r"(?:s\s*)?tt|số tt|số thứ tự|thứ tự|stt\.?|#")
_YEAR = re.compile(r"\b((?:19|20|21)\d\d)\b")
_SPAN = re.compile(r"\b((?:19|20|21)\d\d)\s*[-–—]\s*((?:19|20|21)\d\d)\b")
_BASE = re.compile(r"hiện trạng|hiện tại|thực hiện năm|kết quả năm|năm gốc|năm cơ sở|số liệu gốc|ước thực hiện")
_ROLE_WORDS = (
    (Role.LEAD_AND_SUPPORT, r"chủ trì.*phối hợp|phối hợp.*chủ trì"),
    (Role.LEAD, r"đầu mối"),
    (Role.SUPPORT, r"phối hợp|(?:cơ quan|đơn vị) (?:tham gia|hỗ trợ)|cùng thực hiện"),
    (Role.REMARK, r"ghi chú|lãnh đạo.*phụ trách"),
    (Role.COST, r"kinh phí|nguồn vốn|tổng mức|dự toán|vốn thực hiện"),
    (Role.OUTPUTS, r"sản phẩm|kết quả|hình thức văn bản|đầu ra"),
    # When the work begins is not when it is due.
    (Role.START, r"^(?!.*(?:kết thúc|hoàn thành)).*\b(?:bắt đầu|khởi công)\b"),
    (
        Role.SCHEDULE,
        r"thời gian|tiến độ|thời hạn|^hạn\b|thời điểm|lộ trình|hoàn thành|kết thúc|năm thực hiện|\bkỳ hạn|^tg\b",
    ),
    (Role.UNIT, r"đơn vị tính|đvt|đơn vị đo"),
    (
        Role.LEAD,
        (
            r"chủ trì|trách nhiệm|(?:cơ quan|đơn vị|cá nhân|người|bộ phận).*phụ trách"
            r"|(?:cơ quan|đơn vị|ngành|sở|địa phương).*(?:thực hiện|tham mưu|theo dõi)|phân công|^cơ quan$"
        ),
    ),
    (Role.INDICATOR, r"chỉ tiêu|chỉ số"),
    # "Nhiệm vụ liên quan" cites the numbers of others.
    (Role.REMARK, r"(?:nhiệm vụ|nội dung|mục|dự án) (?:có )?liên quan"),
    (Role.TEXT, r"nội dung|nhiệm vụ|chương trình|đề án|dự án|hoạt động|công việc|giải pháp|danh mục|^tên\b|công trình"),
)
_WORDS = tuple((role, re.compile(words)) for role, words in _ROLE_WORDS)
# All words of a label: a sentence with a colon in it is none.
_LABEL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "chính chỉ chịu chủ các công cùng cơ cần cầu dự gia gian giao hiện hoàn hạn hợp khai kinh kiến kết lãnh lộ "
        "mưu mối nguồn ngành nhiệm phân phí phẩm phối phụ quan quả ra sản sở tham thành thời thực tiến triển "
        "trách trì trình và vị vụ yêu đơn được đạo đạt đầu độ ban hành ",
    )
)
# A label that begins so may also say for what: "Cơ quan chủ trì soạn thảo", "Thời gian trình Chính phủ".
_SURE_LABEL = re.compile(r"(?:cơ quan|đơn vị) (?:chủ trì|phối hợp)\b|thời (?:gian|hạn|điểm)\b")
_FOR_WHAT = frozenset(
    re.findall(
        r"\w+",
        "soạn thảo trình duyệt phê thẩm định bắt thúc tổ chức gửi nộp báo cáo chính phủ thủ tướng quốc hội hội đồng nhân dân "
        "tỉnh nghiệm thu bàn xong xây dựng ủy ubnd hđnd thành phố tw trung ương",
    )
)
_LABEL = re.compile(r"(?:^|(?<=[.;,)])\s*|(?<=\s)[-–+•]\s*)(?P<words>[^\W\d_][\w ,]{4,48}?)\s*:(?!\w)\s*")
# "… căn cứ chức năng, nhiệm vụ được giao:" ends a sentence.
_OF_DUTIES = re.compile(r"\b(?:chức năng|quyền hạn|thẩm quyền)\s*,\s*$", re.IGNORECASE)
# Letters before a label in which such words may end: a search of all that stands before would cost its square on a long line.
_DUTIES_REACH = 40

_BOTH = (Role.LEAD, Role.SUPPORT)
_BULLET = re.compile(r"^\s*[-–+•*]\s*")
_SENTENCE_OF_BOTH = re.compile(
    r"(?P<lead>[^:]+?),? (?:là (?:cơ quan|đơn vị) )?chủ trì[,;]?(?: và)? phối hợp (?:chặt chẽ )?(?:với|cùng) (?P<support>[^:]+)"
)


@lru_cache(maxsize=4096)
def role_of_head(text: str) -> Role | None:
    """Return what a column with these head words holds, None where the words do not say it."""
    key = match_key(folded(text))
    if not key:
        return None
    if _NUMBER.fullmatch(key) or _NUMBER.fullmatch(key.replace(" ", "")):
        return Role.NUMBER
    if _BASE.search(key) and _YEAR.search(key):
        return Role.BASELINE
    found = next((role for role, words in _WORDS if words.search(key)), None)
    return Role.TARGET if found in {None, Role.INDICATOR, Role.TEXT} and _YEAR.search(key) else found


def target_key(text: str) -> str | None:
    """Return the key of `targets` that a column head names: a year or a period."""
    if span := _SPAN.search(text):
        return f"{span[1]}-{span[2]}"
    years = _YEAR.findall(text)
    return years[0] if len(years) == 1 else None


def labels_in(text: str) -> tuple[str, tuple[Label, ...]]:
    """Return what stands before the first label of a text, and the labels with their texts."""
    found = [
        one
        for one in _LABEL.finditer(text)
        if _is_label(one["words"])
        and not in_brackets(text, one.start())
        and not _OF_DUTIES.search(text, max(0, one.start() - _DUTIES_REACH), one.start())
    ]
    if not found:
        return text, ()
    ends = [*(one.start() for one in found[1:]), len(text)]
    labels = tuple(
        Label(
            role,
            one["words"],
            text[one.end() : end].strip() if end == len(text) else text[one.end() : end].strip(" ;,"),
        )
        for one, end in zip(found, ends, strict=True)
        if (role := _label_role(one["words"]))
    )
    return text[: found[0].start()].rstrip(" ;,-–+"), labels


def label_of(text: str) -> Label | None:
    """Return the label that a line begins with."""
    words, colon, rest = text.partition(":")
    words = words.strip()
    role = _label_role(words) if colon and words and _is_label(words) else None
    return Label(role, words, rest.strip()) if role else None


def divided(text: str) -> dict[Role, str]:
    """Return who leads and who supports in a cell that says both, in labelled lines or in a sentence; empty where it does not.

    "Chủ trì: Sở Y tế" above "Phối hợp: Sở Nội vụ"; "Sở Y tế chủ trì, phối hợp với Sở Nội vụ".
    """
    if found := _SENTENCE_OF_BOTH.fullmatch(folded(text)):
        return {Role.LEAD: found["lead"], Role.SUPPORT: found["support"]}
    parts: dict[Role, str] = {}
    for line in (_BULLET.sub("", one) for one in text.split("\n") if one.strip()):
        before, labels = labels_in(line)
        if not labels and parts:
            last = next(reversed(parts))
            parts[last] = f"{parts[last]} {line}"
        elif before or not labels or any(one.role in parts or one.role not in _BOTH for one in labels):
            return {}
        parts |= {one.role: one.text for one in labels}
    return parts


def in_brackets(text: str, at: int) -> bool:
    """Whether a place stands in brackets that close behind it: "(Sở Y tế chủ trì; hoàn thành: 2026)"."""
    return text.count("(", 0, at) > text.count(")", 0, at) and text.find(")", at) >= 0


def _label_role(words: str) -> Role | None:
    role = role_of_head(words)
    return Role.LEAD if role in {None, Role.TEXT} and "thực hiện" in match_key(words) else role


@lru_cache(maxsize=4096)
def _is_label(words: str) -> bool:
    own = re.findall(r"\w+", match_key(words))
    known = _LABEL_WORDS | _FOR_WHAT if _SURE_LABEL.match(match_key(words)) else _LABEL_WORDS
    return known.issuperset(own) and _label_role(words) is not None
