"""K705: exactly one Quốc hiệu with its tiêu ngữ, or exactly one title of the Party, and never both."""

from collections.abc import Iterator, Sequence

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument, WordLine
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield titles that are missing, repeated, misspelt, or those of the other kind of document."""
    article, words, elements = profile.cite(profile.elements["nation"].article), profile.words, document.elements
    own, other = elements.titles, elements.party_titles
    if profile.party:
        own, other = other, own
    if not own:
        yield Violation(f'thiếu "{words.title}" ở đầu văn bản', hint=article)
    for line in own[1:]:
        yield Violation(f'"{words.title}" xuất hiện lần nữa', place=line.place, hint=article)
    for line in other[:1]:
        message = f'văn bản có cả "{line.text}"; mỗi văn bản chỉ theo một thể thức'
        yield Violation(message, place=line.place, hint=article)
    mottos = () if profile.party else elements.mottos
    if not profile.party and own and not mottos:
        yield Violation(f'thiếu tiêu ngữ "{words.motto}" dưới Quốc hiệu', place=own[0].place, hint=article)
    yield from _misspelt(own, words.title, article)
    yield from _misspelt(mottos, words.motto, article)


def _misspelt(lines: Sequence[WordLine], text: str, article: str) -> Iterator[Violation]:
    if lines and lines[0].text != text:
        yield Violation(f'viết "{lines[0].text}", phải viết "{text}"', place=lines[0].place, hint=article)


RULE = Rule(
    code="K705",
    slug="document-title",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Sai Quốc hiệu, Tiêu ngữ hoặc tiêu đề của Đảng",
    why="""
        Văn bản của cơ quan nhà nước có đúng một Quốc hiệu và Tiêu ngữ; văn bản của Đảng có đúng một tiêu đề "ĐẢNG CỘNG
        SẢN VIỆT NAM". Thiếu, lặp lại, viết sai chữ, hoặc có cả hai đều không đúng thể thức.

        Tiêu ngữ viết "Độc lập - Tự do - Hạnh phúc": dấu gạch nối ngắn, có dấu cách hai bên.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
