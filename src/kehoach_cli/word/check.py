"""Checking a .docx against a layout profile; one function per rule of the K7 family, each documented in `rules/`."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from kehoach_cli.office.docx_package import PackageError
from kehoach_cli.office.profile import PARTY, STATE, Element, Profile, Range, load_profile
from kehoach_cli.office.reading import Styles, W, flag, paragraph_text
from kehoach_cli.office.survey import Line, Survey, has_page_field, survey
from kehoach_cli.viet.text import match_key

if TYPE_CHECKING:
    from lxml.etree import _Element

_TWIPS_PER_MM = 1440 / 25.4
_SLACK_MM = 0.6
_GAPS = re.compile(r"[.…_]+")
_DAY = re.compile(r"(?P<place>[^,]*)(?P<comma>,?) ?ngày ?(?P<day>\d+)? ?tháng ?(?P<month>\d+)? ?năm ?(?P<year>\d+)?")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_SIDES = ("top", "bottom", "left", "right")
# A table of fewer rows fits on a page, where its head has nothing to be repeated on.
_LONG_TABLE = 12
_PADDED_NUMBERS = 10
_PADDED_MONTHS = 2
_LAST_MONTH = 12
_SHOWN = 60


class Fault(Struct, frozen=True):
    """What is not as the rule wants it: `place` is empty for the whole document, `article` where the rule stands."""

    code: str
    message: str
    article: str
    place: str = ""


def check_document(data: bytes, profile: str | None = None) -> tuple[Profile, list[Fault]]:
    """Return the profile a document was held against, the one given or the one its title calls for, and its faults in order.

    Raises:
        PackageError: the file is no usable .docx; the message says why.
    """
    found = survey(data)
    party = bool(found.party_titles) and not found.titles
    rules = load_profile(profile or (PARTY if party else STATE))
    faults = [fault for check in _CHECKS for fault in check(found, rules)]
    return rules, sorted(faults, key=lambda fault: fault.code)


def unreadable(error: PackageError) -> Fault:
    """Return the fault of a file that cannot be opened."""
    return Fault("K701", str(error), "")


def _page(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K702: paper and margins of every section."""
    page, article = profile.page, profile.cite(profile.page.article)
    if not found.sections:
        yield Fault("K702", "văn bản không đặt khổ giấy và lề trang", article)
    for number, section in enumerate(found.sections, 1):
        where = f"phần {number}" if len(found.sections) > 1 else ""
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        width, height = (_mm(size, name) for name in ("w", "h"))
        if not _near(sorted((width, height)), sorted(page.size)):
            yield Fault("K702", f"khổ giấy {width:.0f} × {height:.0f} mm, phải là A4 (210 × 297 mm)", article, where)
        ranges: list[Range] = [getattr(page, f"{side}_range") for side in _SIDES]
        if width > height:
            # A landscape page may have been turned with its margins: any of the ranges is as good on each side.
            ranges = [(min(low for low, _ in ranges), max(high for _, high in ranges))] * len(_SIDES)
        for side, (low, high) in zip(_SIDES, ranges, strict=True):
            margin = _mm(margins, side)
            if not low - _SLACK_MM <= margin <= high + _SLACK_MM:
                words = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}[side]
                yield Fault("K702", f"lề {words} {margin:.0f} mm, phải từ {low:g} đến {high:g} mm", article, where)


def _fonts(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K703: one font, each other one said once with the first place it stands in."""
    first: dict[str, Line] = {}
    count: Counter[str] = Counter()
    for line in found.lines:
        for font in {name for look in line.looks for name in look.fonts if name and name != profile.font}:
            first.setdefault(font, line)
            count[font] += 1
    for font, line in first.items():
        more = f" (và {count[font] - 1} chỗ khác)" if count[font] > 1 else ""
        message = f'phông chữ "{font}" ở "{_shown(line.text)}"{more}; phải là {profile.font}'
        yield Fault("K703", message, profile.cite(profile.page.article), line.place)


def _unicode(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K704: precomposed letters; said once."""
    strange = [
        (number, text)
        for number, paragraph in enumerate(found.body.iter(f"{W}p"), 1)
        if (text := paragraph_text(paragraph)) != unicodedata.normalize("NFC", text)
    ]
    if strange:
        number, text = strange[0]
        more = f" (và {len(strange) - 1} đoạn khác)" if len(strange) > 1 else ""
        message = f'chữ tổ hợp (dấu tách rời) ở "{_shown(unicodedata.normalize("NFC", text))}"{more}; phải là Unicode dựng sẵn'
        yield Fault("K704", message, profile.cite(profile.page.article), f"đoạn {number}")


def _titles(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K705: exactly one Quốc hiệu with its tiêu ngữ, or exactly one title of the Party; never both."""
    article = profile.cite(profile.elements["nation"].article)
    own, other = (found.party_titles, found.titles) if profile.party else (found.titles, found.party_titles)
    if not own:
        yield Fault("K705", f'thiếu "{profile.words.title}" ở đầu văn bản', article)
    for line in own[1:]:
        yield Fault("K705", f'"{profile.words.title}" xuất hiện lần nữa', article, line.place)
    for line in other[:1]:
        yield Fault("K705", f'văn bản có cả "{line.text}"; mỗi văn bản chỉ theo một thể thức', article, line.place)
    if not profile.party and own and not found.mottos:
        yield Fault("K705", f'thiếu tiêu ngữ "{profile.words.motto}" dưới Quốc hiệu', article, own[0].place)
    spelt = [(own, profile.words.title)] + ([] if profile.party else [(found.mottos, profile.words.motto)])
    for lines, text in spelt:
        if lines and lines[0].text != text:
            yield Fault("K705", f'viết "{lines[0].text}", phải viết "{text}"', article, lines[0].place)


def _looks(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K706: size, weight and slant of each element that was recognised."""
    for key, lines in _elements(found, profile):
        for line in lines:
            element = profile.elements[key]
            if wrong := _differences(line, element):
                message = f'{element.name.lower()} "{_shown(line.text)}" {"; ".join(wrong)}'
                yield Fault("K706", message, profile.cite(element.article), line.place)
    yield from _body_size(found, profile)


def _elements(found: Survey, profile: Profile) -> Iterator[tuple[str, list[Line]]]:
    """Yield the lines of the document by the element they are."""
    title = found.party_titles if profile.party else found.titles
    issuers = [line for line in found.issuers if line.text.isupper()]
    yield "nation", title[:1]
    yield "motto", [] if profile.party else found.mottos[:1]
    yield "number", [found.number] if found.number else []
    yield "place_date", [found.date] if found.date else []
    yield "kind", [found.kind] if found.kind else []
    yield "summary", [found.summary] if found.summary else []
    yield "letter_summary", [found.letter_summary] if found.letter_summary else []
    # Which of two lines is the parent is told by the weight itself; the last one is always the issuer.
    yield "issuer", issuers[-1:]
    marks = profile.words.authority_marks
    yield "authority", [line for line in found.signature if line.text.startswith(marks)]
    yield "office", [line for line in found.signature if not line.text.startswith(marks)]
    yield "recipients_head", [found.recipients] if found.recipients else []
    yield "recipients", found.recipient_lines
    yield "appendix_number", [line for line, _ in found.appendices]


def _differences(line: Line, element: Element) -> list[str]:
    """Return in words how a line differs from its element; a line is as its letters are, whichever run they stand in."""
    low, high = element.sizes
    sizes = sorted({look.size for look in line.looks if not low <= look.size <= high})
    wrong = []
    if sizes:
        wanted = f"{low:g}" if low == high else f"{low:g} đến {high:g}"
        wrong.append(f"cỡ {', '.join(f'{size:g}' for size in sizes)}, phải là cỡ {wanted}")
    for name, yes, no in (
        ("bold", "phải in đậm", "không in đậm"),
        ("italic", "phải in nghiêng", "phải in đứng"),
        ("underline", "phải gạch chân", "không gạch chân; dùng đường kẻ nếu quy định có"),
    ):
        wanted_on = getattr(element, name)
        if any(getattr(look, name) != wanted_on for look in line.looks):
            wrong.append(yes if wanted_on else no)
    return wrong


def _body_size(found: Survey, profile: Profile) -> Iterator[Fault]:
    low, high = profile.elements["body"].sizes
    wrong = [line for line in found.text_lines if any(not low <= look.size <= high for look in line.looks)]
    # A caption or a note may be smaller; it is the text as a whole that must have its size.
    if len(wrong) * 2 > len(found.text_lines):
        sizes = ", ".join(f"{size:g}" for size in sorted({look.size for line in wrong for look in line.looks}))
        message = f"nội dung cỡ {sizes}, phải là cỡ {low:g} đến {high:g}"
        yield Fault("K706", message, profile.cite(profile.elements["body"].article), wrong[0].place)


def _number(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K707: number and ký hiệu."""
    article = profile.cite(profile.elements["number"].article)
    line = found.number
    if line is None:
        yield Fault("K707", f'thiếu số, ký hiệu (ví dụ "{profile.words.symbol_example}")', article)
        return
    text = _GAPS.sub("", line.text)
    label = profile.words.number
    spelt = re.match(r"Số\s*:?", text)
    if spelt and spelt[0].strip() != label:
        message = f'viết "{spelt[0].strip()}", phải viết "{label}"'
        yield Fault("K707", message, article, line.place)
    rest = text[spelt.end() if spelt else 0 :].strip()
    if profile.party:
        blank = re.fullmatch(r"-?\s*(?:[A-ZĐ][A-Za-zĐ]*\s?/\s?[A-ZĐ]*)?", rest)
    else:
        blank = re.fullmatch(r"/?\s*(?:[A-ZĐ][A-Za-zĐđ]*-?)*", rest)
    if blank:
        return
    if not re.fullmatch(rf"{profile.words.symbol}-?", rest):
        message = (
            f'"{_shown(line.text)}" không đúng dạng "{profile.words.symbol_example}" (không có dấu cách trong ký hiệu)'
        )
        yield Fault("K707", message, article, line.place)
    figures = re.match(r"\d+", rest)
    if figures and int(figures[0]) < _PADDED_NUMBERS and not figures[0].startswith("0"):
        yield Fault("K707", f'số "{figures[0]}" nhỏ hơn 10 phải thêm số 0 phía trước', article, line.place)


def _date(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K708: place and date with the padding rule; a day left blank is right in a draft."""
    article = profile.cite(profile.elements["place_date"].article)
    line = found.date
    if line is None:
        yield Fault("K708", "thiếu địa danh và ngày, tháng, năm ban hành", article)
        return
    written = _DAY.fullmatch(" ".join(_GAPS.sub(" ", line.text).split()))
    if written is None:
        message = f'"{_shown(line.text)}" không đúng dạng "Thanh Hóa, ngày 05 tháng 01 năm 2026"'
        yield Fault("K708", message, article, line.place)
        return
    if not written["place"].strip():
        yield Fault("K708", "thiếu địa danh trước ngày", article, line.place)
    elif not written["comma"]:
        yield Fault("K708", "thiếu dấu phẩy giữa địa danh và ngày", article, line.place)
    for message in _day_faults(written):
        yield Fault("K708", message, article, line.place)


def _day_faults(written: re.Match[str]) -> Iterator[str]:
    day, month, year = written["day"], written["month"], written["year"]
    if day and day != f"{int(day):02d}":
        yield f'ngày "{day}" phải viết "{int(day):02d}"'
    if month:
        value = int(month)
        wanted = f"{value:02d}" if value <= _PADDED_MONTHS else str(value)
        if month != wanted:
            yield f'tháng "{month}" phải viết "{wanted}" (chỉ tháng 1, tháng 2 thêm số 0)'
    if day and month and year:
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            yield f"ngày {day}/{month}/{year} không có trong lịch"


def _kind(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K709: tên loại in capitals, which a letter does without."""
    article = profile.cite(profile.elements["kind"].article)
    if found.kind is None:
        if found.letter_summary is None:
            yield Fault("K709", 'thiếu tên loại văn bản (hoặc "V/v …" nếu là công văn)', article)
    elif not found.kind.text.isupper() and not found.kind.look.capitals:
        message = f'tên loại "{found.kind.text}" phải viết in hoa: "{found.kind.text.upper()}"'
        yield Fault("K709", message, article, found.kind.place)


def _summary(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K710: trích yếu there, and not in capitals."""
    article = profile.cite(profile.elements["summary"].article)
    if found.kind is None:
        return
    line = found.summary
    if line is None or line.index >= found.closing_index or line.key.startswith(("kính gửi", "căn cứ")):
        yield Fault("K710", "thiếu trích yếu dưới tên loại", article, found.kind.place)
        return
    if line.text.isupper():
        yield Fault("K710", f'trích yếu "{_shown(line.text)}" không viết toàn chữ in hoa', article, line.place)
    elif profile.party and line.text[0].isupper():
        yield Fault("K710", f'trích yếu "{_shown(line.text)}" bắt đầu bằng chữ thường', article, line.place)
    elif not profile.party and line.text[0].islower():
        yield Fault("K710", f'trích yếu "{_shown(line.text)}" bắt đầu bằng chữ hoa', article, line.place)


def _ending(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K711: how the text ends."""
    last = found.last_line
    if last is None or found.closing_index == len(found.lines):
        return
    if not last.text.endswith(profile.words.endings):
        wanted = " hoặc ".join(f'"{ending}"' for ending in profile.words.endings)
        message = f'nội dung kết thúc bằng "{last.text[-_SHOWN:]}", phải kết thúc bằng {wanted}'
        yield Fault("K711", message, profile.cite(profile.words.ending_article), last.place)
    elif re.search(r"\s\./\.$", last.text):
        message = 'không có dấu cách trước "./."'
        yield Fault("K711", message, profile.cite(profile.words.ending_article), last.place)


def _recipients(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K712: Nơi nhận, its last entry being where the document is kept."""
    article = profile.cite(profile.elements["recipients"].article)
    if found.recipients is None:
        yield Fault("K712", 'thiếu "Nơi nhận:"', article)
        return
    entries = found.recipient_lines
    if not entries:
        yield Fault(
            "K712", "Nơi nhận không có dòng nào (mỗi dòng bắt đầu bằng dấu gạch ngang)", article, found.recipients.place
        )
        return
    last = entries[-1]
    if not last.text.startswith(profile.words.archive):
        message = f'dòng cuối của Nơi nhận là "{_shown(last.text)}", phải bắt đầu bằng "{profile.words.archive}"'
        yield Fault("K712", message, article, last.place)
    elif not last.text.endswith("."):
        yield Fault("K712", "dòng cuối của Nơi nhận kết thúc bằng dấu chấm", article, last.place)


def _page_number(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K713: page numbers in the top margin, none on page 1, each appendix counted from 1."""
    article = profile.cite(profile.page.number_article)
    if not found.sections:
        return
    first = found.sections[0]
    numbered = found.header(first, "default")
    if numbered is None or not has_page_field(numbered):
        yield Fault("K713", "thiếu số trang ở giữa lề trên (trường PAGE trong đầu trang)", article)
        return
    if flag(first, "titlePg") is not True:
        yield Fault("K713", "số trang phải ẩn ở trang đầu (đặt đầu trang riêng cho trang đầu)", article)
    elif (opening := found.header(first, "first")) is not None and has_page_field(opening):
        yield Fault("K713", "trang đầu không hiển thị số trang", article)
    if not any(_alignment(one, found.styles) == "center" for one in numbered.iter(f"{W}p") if has_page_field(one)):
        yield Fault("K713", "số trang phải canh giữa", article)
    for number, section in enumerate(found.sections[1:] if found.appendices else [], 2):
        count = section.find(f"{W}pgNumType")
        if count is None or count.get(f"{W}start") != "1":
            yield Fault("K713", "số trang của phụ lục phải đánh riêng, bắt đầu từ 1", article, f"phần {number}")


def _appendix_numbers(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K714: two appendices or more have Roman numbers in order; the heading is no line of capitals."""
    article = profile.cite(profile.elements["appendix_number"].article)
    many = len(found.appendices) > 1
    for index, (line, number) in enumerate(found.appendices):
        wanted = f"Phụ lục {_ROMAN[index]}" if many and index < len(_ROMAN) else "Phụ lục"
        if many and number != wanted.removeprefix("Phụ lục "):
            yield Fault(
                "K714", f'viết "{line.text}", phải viết "{wanted}" (số La Mã, theo thứ tự)', article, line.place
            )
        elif not line.text.startswith("Phụ lục"):
            yield Fault("K714", f'viết "{line.text}", phải viết "Phụ lục" bằng chữ in thường', article, line.place)


def _appendix_mentions(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K715: the text points to each appendix."""
    text = " ".join(line.key for line in found.lines[: found.closing_index])
    for (line, number), order in zip(found.appendices, _ROMAN, strict=False):
        # The text may point to the number an appendix ought to have.
        named = "|".join({re.escape(match_key(f"phụ lục {one}".strip())) for one in (number, order if number else "")})
        if not re.search(rf"(?:{named})(?!\w)", text):
            message = f'nội dung văn bản không nhắc đến "{line.text}"'
            yield Fault("K715", message, profile.cite(profile.elements["appendix_number"].article), line.place)


def _capitals(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K716: capitals made by formatting, which are lost when the text is copied; said once."""
    lines = [line for line in found.lines if any(look.capitals for look in line.looks)]
    lines = [line for line in lines if line.text != line.text.upper()]
    if lines:
        more = f" (và {len(lines) - 1} chỗ khác)" if len(lines) > 1 else ""
        message = f'"{_shown(lines[0].text)}"{more} in hoa bằng định dạng; gõ chữ hoa để sao chép không bị mất'
        yield Fault("K716", message, profile.cite(profile.elements["kind"].article), lines[0].place)


def _table_heads(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K717: a long table repeats its head on each page."""
    for number, table in enumerate(found.tables, 1):
        rows = table.findall(f"{W}tr")
        if len(rows) < _LONG_TABLE or _holds_frame(table, found):
            continue
        properties = rows[0].find(f"{W}trPr")
        if properties is None or flag(properties, "tblHeader") is not True:
            message = f"bảng {len(rows)} hàng không lặp lại hàng đầu ở mỗi trang"
            yield Fault("K717", message, profile.cite(""), f"bảng {number}")


def _frames(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K718: head and sign-off have no frame, and rules are drawn, not typed."""
    article = profile.cite(profile.elements["nation"].article)
    for number, table in enumerate(found.tables, 1):
        if _holds_frame(table, found) and _has_borders(table, found):
            message = "bảng giữ đầu văn bản hoặc chữ ký không được có khung kẻ"
            yield Fault("K718", message, article, f"bảng {number}")
    head = found.lines[: found.kind.index + 3] if found.kind else found.lines[:20]
    for line in head:
        if re.fullmatch(r"[_–—-]{3,}", line.text) and line.text != profile.words.dashes:
            yield Fault("K718", f'đường kẻ gõ bằng ký tự "{line.text[:10]}"; phải là nét vẽ', article, line.place)
    titles = (found.party_titles if profile.party else found.mottos)[:1]
    if titles and not _drawn_below(titles[0], found.styles):
        yield Fault("K718", f'thiếu đường kẻ dưới "{titles[0].text}"', article, titles[0].place)


def _signature(found: Survey, profile: Profile) -> Iterator[Fault]:
    """K719: who signs, with the marks of authority of this kind of document."""
    article = profile.cite(profile.elements["authority"].article)
    if not found.signature:
        yield Fault("K719", "không thấy quyền hạn, chức vụ của người ký", article)
    for line in found.signature:
        mark = next((mark for mark in profile.words.wrong_marks if line.text.startswith(mark)), "")
        if mark:
            allowed = ", ".join(profile.words.authority_marks)
            yield Fault("K719", f'"{mark}" là cách viết của {_other(profile)}; dùng: {allowed}', article, line.place)


def _other(profile: Profile) -> str:
    return load_profile(STATE if profile.party else PARTY).name


def _holds_frame(table: "_Element", found: Survey) -> bool:
    """Whether a table only keeps head or sign-off side by side."""
    marks = (*found.titles, *found.party_titles, found.recipients)
    return any(line is not None and table in line.paragraph.iterancestors(f"{W}tbl") for line in marks)


def _has_borders(table: "_Element", found: Survey) -> bool:
    """Whether a table, its style or one of its cells draws a line."""
    named = table.find(f"{W}tblPr/{W}tblStyle")
    own = table.find(f"{W}tblPr/{W}tblBorders")
    sets = (
        [own] if own is not None else found.styles.table_borders(named.get(f"{W}val", "") if named is not None else "")
    )
    sets += list(table.iter(f"{W}tcBorders"))
    return any(line.get(f"{W}val", "nil") not in {"nil", "none"} for borders in sets for line in borders)


def _drawn_below(line: Line, styles: Styles) -> bool:
    """Whether a line is drawn under a title: a border of the next paragraph or its own, or a shape near it."""
    around = [line.paragraph, *line.paragraph.itersiblings(f"{W}p")][:3]
    before = line.paragraph.getprevious()
    near = [*around, *([before] if before is not None else [])]
    if any(_bordered(paragraph, styles) for paragraph in near if paragraph.tag == f"{W}p"):
        return True
    table = next(line.paragraph.iterancestors(f"{W}tbl"), None)
    shapes = [f"{W}{name}" for name in ("drawing", "pict", "object")]
    return any(next(one.iter(*shapes), None) is not None for one in ([table] if table is not None else near))


def _bordered(paragraph: "_Element", styles: Styles) -> bool:
    holders = (paragraph, *styles.chain(paragraph))
    return any(holder.find(f"{W}pPr/{W}pBdr") is not None for holder in holders)


def _alignment(paragraph: "_Element", styles: Styles) -> str:
    """Return how a paragraph is aligned, by itself or its style."""
    own = paragraph.find(f"{W}pPr/{W}jc")
    for holder in (own, *(style.find(f"{W}pPr/{W}jc") for style in styles.chain(paragraph))):
        if holder is not None:
            return str(holder.get(f"{W}val", "left"))
    return "left"


def _mm(element: "_Element | None", name: str) -> float:
    try:
        return float(element.get(f"{W}{name}", "0")) / _TWIPS_PER_MM if element is not None else 0
    except ValueError:
        return 0


def _near(found: list[float], wanted: list[float]) -> bool:
    return all(abs(one - other) <= 1 for one, other in zip(found, wanted, strict=True))


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


_CHECKS: tuple[Callable[[Survey, Profile], Iterator[Fault]], ...] = (
    _page,
    _fonts,
    _unicode,
    _titles,
    _looks,
    _number,
    _date,
    _kind,
    _summary,
    _ending,
    _recipients,
    _page_number,
    _appendix_numbers,
    _appendix_mentions,
    _capitals,
    _table_heads,
    _frames,
    _signature,
)
