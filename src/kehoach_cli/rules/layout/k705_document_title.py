"""K705: exactly one Quốc hiệu with its tiêu ngữ, or exactly one title of the Party, and never both."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument, WordLine
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.text import old_style_tones


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield titles that are missing, repeated, misspelt, or those of the other kind of document.

    A text attached to another document needs no title.
    """
    article, words, elements = profile.cite(profile.elements["nation"].article), profile.words, document.elements
    own, other = elements.titles, elements.party_titles
    if profile.party:
        own, other = other, own
    if not own and not elements.attachment:
        yield Violation(f'thiếu "{words.title}" ở đầu văn bản', hint=article)
    for line in own[1:]:
        yield Violation(f'"{words.title}" xuất hiện lần nữa', place=line.place, hint=article)
    for line in other[:1]:
        message = f'văn bản có cả "{line.text}"; mỗi văn bản chỉ theo một thể thức'
        yield Violation(message, place=line.place, hint=article)
    mottos = () if profile.party else elements.mottos
    if not profile.party and own and not mottos:
        yield Violation(f'thiếu tiêu ngữ "{words.motto}" dưới Quốc hiệu', place=own[0].place, hint=article)
    for lines, text in ((own, words.title), (mottos, words.motto)):
        for message in _misspelt(document, lines, text):
            yield Violation(message, place=lines[0].place, hint=article)


def _misspelt(document: WordDocument, lines: Sequence[WordLine], text: str) -> Iterator[str]:
    """Yield what is wrong with the first of some titles; both tone placements (HÒA, HOÀ) are right."""
    if not lines:
        return
    if old_style_tones(lines[0].text) != text:
        yield f'viết "{lines[0].text}", phải viết "{text}"'
    elif _has_wide_gap(document.paragraphs[lines[0].number - 1], lines[0].text):
        yield f'"{text}" có hai dấu cách liền nhau; phải có một'


def _has_wide_gap(paragraph: str, text: str) -> bool:
    """Whether there is more than one space between two words of a line, as it is stored."""
    pattern = r"(\s+)".join(map(re.escape, text.split()))
    found = re.search(pattern, unicodedata.normalize("NFC", paragraph))
    return found is not None and any(len(gap) > 1 for gap in found.groups())


RULE = Rule(
    code="K705",
    slug="document-title",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Sai Quốc hiệu, Tiêu ngữ hoặc tiêu đề của Đảng",
    why="""
        Văn bản của cơ quan nhà nước có đúng một Quốc hiệu và Tiêu ngữ; văn bản của Đảng có đúng một tiêu đề "ĐẢNG CỘNG
        SẢN VIỆT NAM". Thiếu, lặp lại, viết sai chữ, hoặc có cả hai đều không đúng thể thức.

        Tiêu ngữ viết "Độc lập - Tự do - Hạnh phúc": dấu gạch nối ngắn, có một dấu cách hai bên. "HÒA" và "HOÀ" đều được.
        Quốc hiệu trong biểu mẫu ở phụ lục không tính là lặp lại; văn bản ban hành kèm theo văn bản khác không cần Quốc hiệu.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
