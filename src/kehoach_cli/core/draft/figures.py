"""The figures of a sentence that somebody may have to reach; years, days and figures of names are none."""

import re

from kehoach_cli.core.draft.times import uncited
from kehoach_cli.viet.text import CAPITALS

_AMOUNT = re.compile(
    r"\d[.,]{0,3}\s?%"
    r"|(?:đạt|trên|dưới|tối thiểu|ít nhất|tối đa|không quá|khoảng|phấn đấu|còn|tăng|giảm|từ)\s[^.;]{0,40}?"
    r"\d[\d.,]*\s*(?:triệu|nghìn|tỷ|ha\b|tấn|cây|km|m[23²³]|MW|hộ|xã|người|lớp|cuộc|mô hình|sản phẩm|doanh nghiệp|điểm|lần)"
    r"|\b(?:ít nhất|tối thiểu|tối đa|không quá|không dưới)\s+(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười)\s"
    r"|(?<![\d/.,-])\d{1,6}\s+(?:đơn vị|tờ|cuốn|quyển|sổ|bộ"
    r"|chuyên đề|phóng sự|xã|phường|đặc khu|thôn|địa bàn|lớp|cuộc|mô hình|đợt|buổi|hội nghị|hội thảo|dự án|công trình"
    r"|sản phẩm|doanh nghiệp|cơ sở|trường|km|ha|cây|tấn|lượt|chuyên mục|tin|bài|người|hộ)\b",
    re.IGNORECASE,
)
_AIMS = re.compile(
    r"\b(?:phấn đấu|tối thiểu|ít nhất|tối đa|không dưới|không quá|trung bình mỗi|đạt)\s[^.;]{0,80}?(?<![\d/.,-])\d[\d.,]*\s+\w",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:năm|tháng|ngày|quý|khóa|Khóa|Điều|khoản|mục|phiên|thế kỷ)\s*[\dIVX/.-]+|\b(?:19|20)\d\d\b"
    r"|\d{1,2}/\d{1,2}(?:/\d{4})?|[^\W\d]\d+\w*"
)
_OF_ALL = re.compile(
    r"(?<![\w./-])\d{1,4}/\d{1,4}\s+(?:tiêu chí|chỉ tiêu|xã|phường|huyện|thôn|đơn vị|cơ sở|trường|hộ|sản phẩm)\b"
)
# Figures that only tell one thing from another: "Đề án 06", "Giai đoạn 2:", "ISO 9001:2015", "dưới 18 tuổi", "02 cấp".
_OF_NAME = re.compile(
    rf"\b(?-i:[{CAPITALS}])[^\W\d_]*\s+\d{{1,3}}"
    r"(?=\s*[,.;:)–-]|\s+(?:của|và|trên|tại|về|đến|năm|theo|giai đoạn|ban hành|do|là)\b|$)"
    r"|\b(?:bảng|biểu|phụ lục|giai đoạn|bước|vành đai|quốc lộ|đề án|dự án|nhóm|mức độ|cấp độ)\s+(?:số\s+)?\d{1,3}\b"
    r"|\b(?:ISO|TCVN|QCVN)[\s/IEC]*[\d:.-]+|\b\d{1,2}\s+(?:tuổi|cấp|rõ|ngày làm việc)\b"
    r"|\b\d{1,2}\s+giờ\s+(?:thứ|ngày|sáng|chiều)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w./-])\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?(?![\w/-])")
# "310mm/2 ngày"
_GLUED_UNIT = re.compile(r"(?<![\w./-])\d[\d.,]*(?:mm|cm|km|m|ha|kg|tấn|MW|GB|Mbps)[²³23]?(?!\w)")
_PERCENT_OF_FUNDING = re.compile(r"(?<!\d)\d+\s*%\s*(?:kinh phí|vốn)", re.IGNORECASE)


def has_amount(text: str) -> bool:
    """Whether a sentence or a title names a figure that somebody may have to reach: with a unit, or behind "đạt"."""
    own = _PERCENT_OF_FUNDING.sub(" ", uncited(text))
    return bool(_AMOUNT.search(own) or _AIMS.search(_YEAR.sub(" ", own)) or _OF_ALL.search(text))


def has_figure(text: str) -> bool:
    """Whether an objective names any figure that is no year, day or number of a document."""
    own = uncited(text)
    return has_amount(text) or bool(_GLUED_UNIT.search(own) or _FIGURE.search(_YEAR.sub(" ", _OF_NAME.sub(" ", own))))
