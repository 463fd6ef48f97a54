"""K704: letters stored in decomposed form."""

import unicodedata
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the first paragraph with such letters, and how many others there are."""
    numbered = enumerate(document.paragraphs, 1)
    strange = [(number, text) for number, text in numbered if not unicodedata.is_normalized("NFC", text)]
    if strange:
        number, text = strange[0]
        more = f" (và {len(strange) - 1} đoạn khác)" if len(strange) > 1 else ""
        shown = shortened(unicodedata.normalize("NFC", text))
        message = f'chữ tổ hợp (dấu tách rời) ở "{shown}"{more}; phải là Unicode dựng sẵn'
        yield Violation(message, place=f"đoạn {number}", hint=profile.cite(profile.page.article))


RULE = Rule(
    code="K704",
    slug="decomposed-letters",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Chữ Unicode tổ hợp trong văn bản Word",
    why="""
        Chữ tổ hợp lưu dấu tách khỏi chữ cái: nhìn vẫn đúng nhưng tìm kiếm không ra, và một số máy in lệch dấu. Tiêu
        chuẩn TCVN 6909:2001 và việc trao đổi văn bản điện tử dùng chữ dựng sẵn.

        Đặt bộ gõ ở bảng mã "Unicode dựng sẵn" và gõ lại, hoặc dùng công cụ chuyển mã của bộ gõ.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
