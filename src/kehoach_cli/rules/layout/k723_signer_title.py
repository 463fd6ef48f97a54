"""K723: no academic title or title of honour before the name of the signer."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_TITLE = re.compile(
    r"(?P<title>(?:(?:PGS|GS|TS|TSKH|ThS|Th\.S|KS|BS|BSCKI{1,2}|DS|CN|LS|KTS|NGND|NGƯT|TTND|TTƯT|NSND|NSƯT)\b[.,]?\s*"
    r"|(?:Phó giáo sư|Giáo sư|Tiến s[ĩỹ]|Thạc s[ĩỹ]|Kỹ sư|Bác s[ĩỹ]|Luật sư|Cử nhân)\b[.,]?\s*)+)\S",
    re.IGNORECASE,
)


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the titles before the name; the decree forbids them, the guide of the Party is silent."""
    signer = document.elements.signer
    found = _TITLE.match(signer.text) if signer else None
    if signer and found and not profile.party:
        title = found["title"].strip()
        message = f'trước họ tên người ký không được ghi học hàm, học vị, danh hiệu: "{title}"'
        yield Violation(message, place=signer.place, hint=profile.cite(profile.elements["signer"].article))


RULE = Rule(
    code="K723",
    slug="signer-title",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Học hàm, học vị, danh hiệu trước họ tên người ký",
    why="""
        Trước họ tên người ký không ghi học hàm, học vị và danh hiệu danh dự (GS., TS., ThS., NGƯT…). Riêng đơn vị vũ trang
        nhân dân, tổ chức sự nghiệp giáo dục, y tế, khoa học theo quy định của người đứng đầu cơ quan quản lý ngành, lĩnh vực:
        nơi được phép ghi thì bỏ qua cảnh báo này.

        Chỉ ghi họ, tên đệm và tên. Quân hàm không bị nhắc. Quy tắc không áp dụng cho văn bản của Đảng.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
