"""K725: the reference below the heading of an appendix names this document, not another of its kind."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import DocumentElements, WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import is_consolidated, symbol_of
from kehoach_cli.viet.text import match_key

_SYMBOL = re.compile(r"(?P<number>\d{1,6})\s?(?P<rest>[/-]\s?[^\W_][\w/&-]*)")
_OTHER = re.compile(r"[\W_]+")
_DATE = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_LETTERS = ("công văn", "văn bản")


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the references with another number or another day than the document's own."""
    elements = document.elements
    article = profile.cite(profile.elements["appendix_reference"].article)
    names = (elements.kind.key,) if elements.kind else _LETTERS
    if is_consolidated(document):
        return
    for lines in (appendix.reference for appendix in elements.appendices if appendix.reference):
        text = " ".join(line.text for line in lines)
        key = match_key(text)
        if any(f"kèm theo {name} số" in key for name in names) and (fault := _fault(text, elements)):
            yield Violation(fault, place=lines[0].place, hint=article)


def _fault(text: str, elements: DocumentElements) -> str:
    """Return how a reference differs from the document; blanks differ from nothing."""
    own = symbol_of(elements.number.text) if elements.number else ""
    named = _SYMBOL.search(text)
    if named is None or not own[:1].isdigit():
        return ""
    if _plain(named[0]) != _plain(own):
        return f'phụ lục ghi kèm theo văn bản số "{named[0]}", văn bản này là số "{own}"'
    dated, day = _DATE.search(text), _DATE.search(elements.date.text) if elements.date else None
    if dated and day and [*map(int, dated.groups())] != [*map(int, day.groups())]:
        return f'phụ lục ghi "{dated[0]}", văn bản này ghi "{day[0]}"'
    return ""


def _plain(symbol: str) -> str:
    """Return a ký hiệu for comparison, without zeros in front and without what stands between its groups."""
    return _OTHER.sub("", symbol).lstrip("0").casefold()


RULE = Rule(
    code="K725",
    slug="appendix-reference",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Phụ lục dẫn số hoặc ngày của văn bản khác",
    why="""
        Dưới tiêu đề phụ lục là dòng "(Kèm theo Báo cáo số 45/BC-SNNMT ngày … của …)". Số hoặc ngày khác với văn bản chính
        thường còn lại từ văn bản được sao chép, và người nhận không biết phụ lục thuộc văn bản nào.

        Ghi lại số, ngày của chính văn bản này, hoặc để trống cho đến khi phát hành. Dòng dẫn văn bản loại khác, số hoặc ngày
        còn để trống không bị xét.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
