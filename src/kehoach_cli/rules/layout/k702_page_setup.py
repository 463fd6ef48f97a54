"""K702: paper and margins of every section."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile, PageRules, Range
from kehoach_cli.core.model.word_document import PageSetup, WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_SLACK_MM = 0.6
_UNSET = "văn bản không đặt khổ giấy và lề trang"
_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield wrong paper and wrong margins, section by section."""
    article = profile.cite(profile.page.article)
    if not document.sections:
        yield Violation(_UNSET, hint=article)
    for number, section in enumerate(document.sections, 1):
        place = f"phần {number}" if len(document.sections) > 1 else None
        for message in _faults(section, profile.page):
            yield Violation(message, place=place, hint=article)


def _faults(section: PageSetup, page: PageRules) -> Iterator[str]:
    if not section.width or not section.height:
        yield _UNSET
        return
    yield from _paper(section, page)
    yield from _margins(section, page)


def _paper(section: PageSetup, page: PageRules) -> Iterator[str]:
    found = sorted((section.width, section.height))
    if not all(abs(one - other) <= 1 for one, other in zip(found, sorted(page.size), strict=True)):
        yield f"khổ giấy {section.width:.0f} × {section.height:.0f} mm, phải là A4 (210 × 297 mm)"


def _margins(section: PageSetup, page: PageRules) -> Iterator[str]:
    ranges: list[Range] = [getattr(page, f"{side}_range") for side in _SIDES]
    if section.width > section.height:
        # A landscape page may have been turned with its margins, so each side may have any of the ranges.
        ranges = [(min(low for low, _ in ranges), max(high for _, high in ranges))] * len(_SIDES)
    for (side, word), (low, high) in zip(_SIDES.items(), ranges, strict=True):
        margin: float = getattr(section, side)
        if not low - _SLACK_MM <= margin <= high + _SLACK_MM:
            yield f"lề {word} {margin:.0f} mm, phải từ {low:g} đến {high:g} mm"


RULE = Rule(
    code="K702",
    slug="page-setup",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Khổ giấy hoặc lề trang sai",
    why="""
        Văn bản hành chính dùng khổ A4 (210 × 297 mm); lề trên và lề dưới 20 đến 25 mm, lề trái 30 đến 35 mm, lề phải 15
        đến 20 mm. Trang ngang dành cho bảng rộng: tờ giấy đã xoay nên mỗi lề chỉ cần nằm trong khoảng chung 15 đến 35
        mm.

        Sửa trong Word: Layout, Page Setup. Quy tắc xem văn bản Word nên không có ví dụ YAML.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
