"""What the words of a column head, or of a label before a colon, say of the cell below or behind them."""

import re
from enum import StrEnum

from kehoach_cli.viet.text import match_key


class Role(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    TEXT = "text"
    LEAD = "lead"
    SUPPORT = "support"
    SCHEDULE = "schedule"
    OUTPUTS = "outputs"
    COST = "cost"
    UNIT = "unit"
    TARGET = "target"
    REMARK = "remark"


NAMES = {
    Role.NUMBER: "số thứ tự",
    Role.TEXT: "nội dung",
    Role.LEAD: "cơ quan chủ trì",
    Role.SUPPORT: "cơ quan phối hợp",
    Role.SCHEDULE: "thời gian",
    Role.OUTPUTS: "sản phẩm",
    Role.COST: "kinh phí",
    Role.UNIT: "đơn vị tính",
    Role.TARGET: "mục tiêu",
    Role.REMARK: "ghi chú",
}
_TEXTS = "nội dung|nhiệm vụ|chương trình|đề án|dự án|chỉ tiêu|hoạt động|công việc|danh mục|giải pháp"
_WORDS = (
    (Role.NUMBER, re.compile(r"(?:s\s*)?tt|số tt|số thứ tự|thứ tự")),
    (Role.REMARK, re.compile(r"ghi chú.*")),
    (Role.TARGET, re.compile(r"(?!.*thời gian).*\b(?:19|20|21)\d\d\b.*")),
    (Role.SUPPORT, re.compile(r"(?:.*\b(?:cơ quan|đơn vị|chủ trì)\b.*)?phối hợp.*")),
    (Role.UNIT, re.compile(r"đơn vị tính.*|đvt|đơn vị đo.*")),
    (
        Role.COST,
        re.compile(r"(?:tổng |dự kiến |nhu cầu )?(?:kinh phí|nguồn vốn|nguồn kinh phí|dự toán|tổng mức|vốn)\b.*"),
    ),
    (Role.OUTPUTS, re.compile(r"(?:dự kiến )?(?:các )?(?:sản phẩm|kết quả|đầu ra)\b.*")),
    (Role.SCHEDULE, re.compile(r"(?:thời gian|thời hạn|thời điểm|tiến độ|lộ trình|hoàn thành|năm thực hiện)\b.*")),
    (
        Role.LEAD,
        re.compile(r"(?:chủ trì|trách nhiệm|phân công|đầu mối|(?:các )?(?:cơ quan|đơn vị))\b(?!.*liên quan).*"),
    ),
    (Role.TEXT, re.compile(rf"(?:tên |các )?(?:{_TEXTS})\b.*")),
)
_LONGEST_HEAD = 70
_LONGEST_LABEL = 60
_HEAD_ROLES = 3


def role_of(text: str) -> Role | None:
    """Return what a column or a line with these words holds, None where the words do not say it."""
    key = match_key(text)
    if not key or len(key) > _LONGEST_HEAD:
        return None
    return next((role for role, words in _WORDS if words.fullmatch(key)), None)


def label_of(text: str) -> tuple[Role, str, str] | None:
    """Return role and words of the label before the first colon of a line, and the text behind it; None where there is none."""
    words, colon, rest = text.partition(":")
    if not colon or len(words) > _LONGEST_LABEL:
        return None
    role = role_of(words)
    return (role, words.strip(), rest.strip()) if role not in {None, Role.NUMBER, Role.TARGET} and role else None


def is_head(texts: list[str]) -> bool:
    """Whether the different texts of a row are the head of a table."""
    roles = {role for text in texts if (role := role_of(text))} - {Role.TARGET}
    return len(roles) >= _HEAD_ROLES or (Role.NUMBER in roles and len(roles) > 1)


def continues_head(texts: list[str]) -> bool:
    """Whether a row below the head belongs to it: numbers of columns, years, words of heads."""
    filled = [text for text in texts if text]
    return len(filled) > 1 and all(
        re.fullmatch(r"\(?\d{1,2}\)?|(?:19|20|21)\d\d", text) or role_of(text) for text in filled
    )
