"""K706: size, weight and slant of each element."""

from collections.abc import Iterator, Sequence

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import ElementStyle, LayoutProfile
from kehoach_cli.core.model.word_document import DocumentElements, WordDocument, WordLine
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened

_SWITCHES = (
    ("bold", "phải in đậm", "không được in đậm"),
    ("italic", "phải in nghiêng", "phải in đứng"),
    ("underline", "phải gạch chân", "không được gạch chân; dùng đường kẻ nếu quy định có"),
)
# A committee's name takes two lines, and both are the issuer.
_COMMITTEE = "ủy ban nhân dân"
# A shorter line of small letters may be a label or a caption; a note says so at its beginning.
_SENTENCE = 60
_NOTES = ("ghi chú", "nguồn", "(", "*")


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the lines that do not look like their element, then the text as a whole.

    An application or another paper that no agency issues is not set by these rules.
    """
    if not (document.elements.administrative or document.elements.attachment):
        return
    for key, lines in _elements(document.elements, profile):
        for line in lines:
            element = profile.elements[key]
            if wrong := _differences(line, element):
                message = f'{element.name.lower()} "{shortened(line.text)}" {"; ".join(wrong)}'
                yield Violation(message, place=line.place, hint=profile.cite(element.article))
    yield from _body_size(document.elements, profile)


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
    yield "issuer", _issuer(found)
    yield "authority", [line for line in found.signature if line.text.startswith(marks)]
    yield "office", [line for line in found.signature if not line.text.startswith(marks)]
    yield "signer", (found.signer,) if found.signer else ()
    yield "recipients_head", (found.recipients,) if found.recipients else ()
    yield "recipients", found.recipient_lines
    yield "appendix_number", [appendix.heading for appendix in found.appendices]


def _issuer(found: DocumentElements) -> Sequence[WordLine]:
    """Return the lines with the issuer's name: only weight tells them from the parent body, but the last is always the issuer."""
    named = [line for line in found.issuers if line.text.isupper()]
    committee = len(named) > 1 and named[-2].key == _COMMITTEE
    return named[-2:] if committee else named[-1:]


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


def _body_size(found: DocumentElements, profile: LayoutProfile) -> Iterator[Violation]:
    element, body = profile.elements["body"], found.body
    low, high = element.sizes
    wrong = [line for line in body if any(not low <= look.size <= high for look in line.looks)]
    count = ""
    if len(wrong) * 2 <= len(body):
        # A heading may be larger, a caption, a note or a specimen attached to a document smaller.
        wrong = [line for line in wrong if _is_small(line, low) and not found.attachment]
        count = f"{len({line.number for line in wrong})} đoạn "
    if wrong:
        sizes = ", ".join(f"{size:g}" for size in sorted({look.size for line in wrong for look in line.looks}))
        message = f"{count}nội dung cỡ {sizes}, phải là cỡ {low:g} đến {high:g}"
        yield Violation(message, place=wrong[0].place, hint=profile.cite(element.article))


def _is_small(line: WordLine, low: float) -> bool:
    """Whether a line of running text is smaller than it may be."""
    running = len(line.text) >= _SENTENCE and not line.text.isupper() and not line.key.startswith(_NOTES)
    return running and all(look.size < low for look in line.looks)


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
