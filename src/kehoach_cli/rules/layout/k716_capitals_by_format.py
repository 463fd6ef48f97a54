"""K716: capitals made by formatting, which are lost when the text is copied."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the first line with such capitals, and how many others there are."""
    lines = [line for line in document.lines if any(look.capitals for look in line.looks)]
    lines = [line for line in lines if line.text != line.text.upper()]
    if lines:
        more = f" (và {len(lines) - 1} chỗ khác)" if len(lines) > 1 else ""
        message = f'"{shortened(lines[0].text)}"{more} in hoa bằng định dạng; gõ chữ hoa để sao chép không bị mất'
        yield Violation(message, place=lines[0].place, hint=profile.cite(profile.elements["kind"].article))


RULE = Rule(
    code="K716",
    slug="capitals-by-format",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Chữ hoa do định dạng, không phải chữ gõ",
    why="""
        Định dạng "All caps" chỉ làm chữ trông như in hoa: khi sao chép, tìm kiếm hoặc chuyển sang hệ thống khác, chữ
        trở lại in thường.

        Bỏ định dạng All caps rồi gõ chữ hoa (trong Word: Shift+F3).
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
