"""K718: head and sign-off have no frame, and lines are drawn, not typed."""

import re
from collections.abc import Iterator, Sequence

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument, WordLine
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_TYPED = re.compile(r"[_–—─━=-]{3,}")
# How many lines belong to the head: so many from tên loại on, or so many in all where there is no tên loại.
_FROM_KIND, _IN_ALL = 3, 20
_SHOWN = 10
# Lines from a title to the line typed below it; another cell may stand between them.
_BELOW = 3


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield framed tables of head or sign-off, typed lines in the head, and a title without the line below it."""
    article, elements = profile.cite(profile.elements["nation"].article), document.elements
    for number, table in enumerate(document.tables, 1):
        if table.holds_frame and table.bordered:
            message = "bảng giữ đầu văn bản hoặc chữ ký không được có khung kẻ"
            yield Violation(message, place=f"bảng {number}", hint=article)
    typed = [line for line in _head(document) if _TYPED.fullmatch(line.text) and line.text != profile.words.dashes]
    for line in typed:
        message = f'đường kẻ gõ bằng ký tự "{line.text[:_SHOWN]}"; phải là nét vẽ'
        yield Violation(message, place=line.place, hint=article)
    titles, ruled = elements.mottos, document.motto_ruled
    if profile.party:
        titles, ruled = elements.party_titles, document.party_title_ruled
    if titles and not ruled and not _replaced(titles[0], typed):
        yield Violation(f'thiếu đường kẻ dưới "{titles[0].text}"', place=titles[0].place, hint=article)


def _head(document: WordDocument) -> Sequence[WordLine]:
    """Return the lines of the head, none where a text has no head at all."""
    found = document.elements
    last = found.attachment or found.kind
    if last:
        return document.lines[: last.index + _FROM_KIND]
    return document.lines[:_IN_ALL] if found.administrative or found.titles or found.party_titles else ()


def _replaced(title: WordLine, typed: Sequence[WordLine]) -> bool:
    """Whether something else, which is reported by itself, stands where a title should have its line."""
    return title.look.underline or any(0 < line.index - title.index <= _BELOW for line in typed)


RULE = Rule(
    code="K718",
    slug="frame-or-typed-rule",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Khung bảng hoặc đường kẻ gõ bằng ký tự",
    why="""
        Bảng dùng để xếp phần đầu văn bản và phần chữ ký không được có khung. Đường kẻ dưới Tiêu ngữ, tên cơ quan, trích
        yếu là nét vẽ, không phải gạch chân hay chuỗi ký tự "____", vì chuỗi ký tự lệch khi đổi cỡ chữ.

        Đặt viền bảng là None; vẽ đường kẻ bằng viền dưới của một đoạn trống hoặc bằng Shapes, Line.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
