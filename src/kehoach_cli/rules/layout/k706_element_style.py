"""K706: size, weight and slant of each element."""

from collections.abc import Iterator, Sequence

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import ElementStyle, LayoutProfile
from kehoach_cli.core.model.word_document import DocumentElements, WordDocument, WordLine
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened

_SWITCHES = (
    ("bold", "phải in đậm", "không in đậm"),
    ("italic", "phải in nghiêng", "phải in đứng"),
    ("underline", "phải gạch chân", "không gạch chân; dùng đường kẻ nếu quy định có"),
)


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the lines that do not look like their element, then the text as a whole."""
    for key, lines in _elements(document.elements, profile):
        for line in lines:
            element = profile.elements[key]
            if wrong := _differences(line, element):
                message = f'{element.name.lower()} "{shortened(line.text)}" {"; ".join(wrong)}'
                yield Violation(message, place=line.place, hint=profile.cite(element.article))
    yield from _body_size(document.elements.body, profile)


def _elements(found: DocumentElements, profile: LayoutProfile) -> Iterator[tuple[str, Sequence[WordLine]]]:
    """Yield the name of each element with its lines."""
    marks = profile.words.authority_marks
    yield "nation", (found.party_titles if profile.party else found.titles)[:1]
    yield "motto", () if profile.party else found.mottos[:1]
    single = {
        "number": found.number,
        "place_date": found.date,
        "kind": found.kind,
        "summary": found.summary,
        "letter_summary": found.letter_summary,
    }
    yield from ((key, (line,)) for key, line in single.items() if line)
    # Only their weight tells the parent body from the issuer, but the last of these lines is always the issuer.
    yield "issuer", [line for line in found.issuers if line.text.isupper()][-1:]
    yield "authority", [line for line in found.signature if line.text.startswith(marks)]
    yield "office", [line for line in found.signature if not line.text.startswith(marks)]
    yield "recipients_head", (found.recipients,) if found.recipients else ()
    yield "recipients", found.recipient_lines
    yield "appendix_number", [appendix.heading for appendix in found.appendices]


def _differences(line: WordLine, element: ElementStyle) -> list[str]:
    """Return in words how a line differs from its element; one different run is enough."""
    low, high = element.sizes
    sizes = sorted({look.size for look in line.looks if not low <= look.size <= high})
    wrong = []
    if sizes:
        wanted = f"{low:g}" if low == high else f"{low:g} đến {high:g}"
        wrong.append(f"cỡ {', '.join(f'{size:g}' for size in sizes)}, phải là cỡ {wanted}")
    for name, yes, no in _SWITCHES:
        wanted_on: bool = getattr(element, name)
        if any(getattr(look, name) != wanted_on for look in line.looks):
            wrong.append(yes if wanted_on else no)
    return wrong


def _body_size(body: Sequence[WordLine], profile: LayoutProfile) -> Iterator[Violation]:
    element = profile.elements["body"]
    low, high = element.sizes
    wrong = [line for line in body if any(not low <= look.size <= high for look in line.looks)]
    # A caption or a note may be smaller, so only most of the lines count.
    if len(wrong) * 2 > len(body):
        sizes = ", ".join(f"{size:g}" for size in sorted({look.size for line in wrong for look in line.looks}))
        message = f"nội dung cỡ {sizes}, phải là cỡ {low:g} đến {high:g}"
        yield Violation(message, place=wrong[0].place, hint=profile.cite(element.article))


RULE = Rule(
    code="K706",
    slug="element-style",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Thành phần thể thức sai cỡ chữ hoặc kiểu chữ",
    why="""
        Mỗi thành phần thể thức có cỡ chữ và kiểu chữ riêng: Quốc hiệu cỡ 12 đến 13 đứng, đậm; địa danh và thời gian cỡ
        13 đến 14 nghiêng; Nơi nhận cỡ 12 nghiêng, đậm; danh sách nơi nhận cỡ 11 đứng… Văn bản của Đảng có bộ cỡ chữ
        khác.

        Lời báo nêu thành phần, chữ đang có và chữ phải có. Kiểu chữ được tính từ định dạng trực tiếp lẫn kiểu (style)
        của đoạn.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
