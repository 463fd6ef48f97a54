"""K721: number, day and the fields of a template are filled in before the document is issued."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import fields, place_and_date, shortened, symbol_of


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield a number, a date and fields that are still blank."""
    if document.elements.administrative:
        yield from _number(document, profile)
        yield from _date(document, profile)
    yield from _fields(document)


def _number(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    line = document.elements.number
    if line and not symbol_of(line.text)[:1].isdigit():
        message = f'số văn bản còn để trống: "{shortened(line.text)}"'
        yield Violation(message, place=line.place, hint=profile.cite(profile.elements["number"].article))


def _date(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    line = document.elements.date
    written = place_and_date(line.text) if line else None
    if line and written and not (written["day"] and written["month"] and written["year"]):
        message = f'ngày, tháng, năm ban hành còn để trống: "{shortened(line.text)}"'
        yield Violation(message, place=line.place, hint=profile.cite(profile.elements["place_date"].article))


def _fields(document: WordDocument) -> Iterator[Violation]:
    found = [(line, fields(line.text)) for line in document.lines if "{" in line.text or "«" in line.text]
    found = [(line, names) for line, names in found if names]
    if found:
        line, names = found[0]
        others = sum(len(names) for _, names in found) - 1
        more = f" (và {others} chỗ khác)" if others else ""
        yield Violation(f'trường của mẫu chưa điền: "{shortened(names[0])}"{more}', place=line.place)


RULE = Rule(
    code="K721",
    slug="blank-left",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Số, ngày ban hành hoặc trường của mẫu còn để trống",
    why="""
        Bản trình ký thường để trống số và ngày; văn thư điền khi phát hành. Văn bản phát hành mà còn trống thì không vào
        sổ, không viện dẫn được. Trường của mẫu ("{{ … }}", "«…»") còn lại nghĩa là mẫu chưa được điền hết.

        Điền số, ngày, tháng, năm và các trường còn lại trước khi phát hành. Bản dự thảo thì bỏ qua cảnh báo này.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
