"""What the words of a column head, or of a label before a colon, say of the cell below or behind them."""

import re
from enum import StrEnum

from kehoach_cli.viet.text import match_key


class ColumnRole(StrEnum):
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
    ColumnRole.NUMBER: "số thứ tự",
    ColumnRole.TEXT: "nội dung",
    ColumnRole.LEAD: "cơ quan chủ trì",
    ColumnRole.SUPPORT: "cơ quan phối hợp",
    ColumnRole.SCHEDULE: "thời gian",
    ColumnRole.OUTPUTS: "sản phẩm",
    ColumnRole.COST: "kinh phí",
    ColumnRole.UNIT: "đơn vị tính",
    ColumnRole.TARGET: "mục tiêu",
    ColumnRole.REMARK: "ghi chú",
}
_TEXTS = "nội dung|nhiệm vụ|chương trình|đề án|dự án|chỉ tiêu|hoạt động|công việc|danh mục|giải pháp"
_WORDS = (
    (ColumnRole.NUMBER, re.compile(r"(?:s\s*)?tt|số tt|số thứ tự|thứ tự")),
    (ColumnRole.REMARK, re.compile(r"ghi chú.*")),
    (ColumnRole.TARGET, re.compile(r"(?!.*thời gian).*\b(?:19|20|21)\d\d\b.*")),
    (ColumnRole.SUPPORT, re.compile(r"(?:.*\b(?:cơ quan|đơn vị|chủ trì)\b.*)?phối hợp.*")),
    (ColumnRole.UNIT, re.compile(r"đơn vị tính.*|đvt|đơn vị đo.*")),
    (
        ColumnRole.COST,
        re.compile(r"(?:tổng |dự kiến |nhu cầu )?(?:kinh phí|nguồn vốn|nguồn kinh phí|dự toán|tổng mức|vốn)\b.*"),
    ),
    (ColumnRole.OUTPUTS, re.compile(r"(?:dự kiến )?(?:các )?(?:sản phẩm|kết quả|đầu ra)\b.*")),
    (
        ColumnRole.SCHEDULE,
        re.compile(r"(?:thời gian|thời hạn|thời điểm|tiến độ|lộ trình|hoàn thành|năm thực hiện)\b.*"),
    ),
    (
        ColumnRole.LEAD,
        re.compile(r"(?:chủ trì|trách nhiệm|phân công|đầu mối|(?:các )?(?:cơ quan|đơn vị))\b(?!.*liên quan).*"),
    ),
    (ColumnRole.TEXT, re.compile(rf"(?:tên |các )?(?:{_TEXTS})\b.*")),
)
_LONGEST_HEAD = 70
_LONGEST_LABEL = 60
_HEAD_ROLES = 3


def role_of(text: str) -> ColumnRole | None:
    """Return what a column or a line with these words holds, None where the words do not say it."""
    key = match_key(text)
    if not key or len(key) > _LONGEST_HEAD:
        return None
    return next((role for role, words in _WORDS if words.fullmatch(key)), None)


def label_of(text: str) -> tuple[ColumnRole, str, str] | None:
    """Return role and words of the label before the first colon of a line, and the text behind it; None where there is none."""
    words, colon, rest = text.partition(":")
    if not colon or len(words) > _LONGEST_LABEL:
        return None
    role = role_of(words)
    return (
        (role, words.strip(), rest.strip())
        if role not in {None, ColumnRole.NUMBER, ColumnRole.TARGET} and role
        else None
    )


def is_head(texts: list[str]) -> bool:
    """Whether the different texts of a row are the head of a table."""
    roles = {role for text in texts if (role := role_of(text))} - {ColumnRole.TARGET}
    return len(roles) >= _HEAD_ROLES or (ColumnRole.NUMBER in roles and len(roles) > 1)


def continues_head(texts: list[str]) -> bool:
    """Whether a row below the head belongs to it: numbers of columns, years, words of heads."""
    filled = [text for text in texts if text]
    return len(filled) > 1 and all(
        re.fullmatch(r"\(?\d{1,2}\)?|(?:19|20|21)\d\d", text) or role_of(text) for text in filled
    )
