"""K703: fonts other than the one of the layout."""

from collections import Counter
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument, WordLine
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield each other font once, at the first line that has it."""
    first: dict[str, WordLine] = {}
    count: Counter[str] = Counter()
    for line in document.lines:
        for font in {name for look in line.looks for name in look.fonts if name and name != profile.font}:
            first.setdefault(font, line)
            count[font] += 1
    for font, line in first.items():
        more = f" (và {count[font] - 1} chỗ khác)" if count[font] > 1 else ""
        message = f'phông chữ "{font}" ở "{shortened(line.text)}"{more}; phải là {profile.font}'
        yield Violation(message, place=line.place, hint=profile.cite(profile.page.article))


RULE = Rule(
    code="K703",
    slug="font-family",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Phông chữ không phải Times New Roman",
    why="""
        Thể thức văn bản yêu cầu một phông chữ Times New Roman, bộ mã Unicode. Phông khác thường lọt vào khi dán từ nơi
        khác, hoặc là phông bảng mã cũ (.VnTime, VNI-Times) mà máy khác đọc không ra chữ.

        Chọn toàn văn bản rồi đặt lại phông; chữ gõ bằng bảng mã cũ phải chuyển mã trước. Mỗi phông lạ được báo một lần,
        ở chỗ đầu tiên.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
