"""Reads a page saved from a law portal, without a browser: nothing is fetched, nothing runs."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.core.model.source_text import SourceCell, SourceParagraph, SourceTable
from kehoach_cli.core.model.word_document import TextLook
from kehoach_cli.source.blocks import Blocks, Remarks, SourceError, check_size
from kehoach_cli.source.charset import text_of_page
from kehoach_cli.source.numbering import number_text
from kehoach_cli.source.pieces import Frame, Run, paragraph_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_BYTES, _MOST_TAGS, _DEEPEST = 20 * 2**20, 400_000, 200
_UNSHOWN = frozenset(
    re.findall(
        r"\w+", "head script style noscript template title iframe object svg canvas select option button input textarea"
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
        " header hr html legend li main nav ol p pre section ul tbody thead tfoot tr td th caption",
    )
)
_BOLD, _ITALIC = frozenset({"b", "strong", "th"}), frozenset({"i", "em"})
_LISTS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|normal|[1-9]00)", re.IGNORECASE)
_STYLE = re.compile(r"font-style\s*:\s*(italic|normal)", re.IGNORECASE)
_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*([0-9]{1,3}(?:\.[0-9]+)?)(pt|px)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_CAPITALS = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
_BOLDER = 600
_POINTS = {"pt": 1.0, "px": 0.75}
_MOST_SPAN, _MOST_FIGURES = 1000, 5
# A smaller picture, in points, is an ornament of the page.
_PICTURE = 200

_TOO_DEEP = "trang có các phần lồng nhau quá sâu, giống một tệp độc hại; xin tệp Word"


def read_html(data: bytes) -> Blocks:
    """Return what a page shows.

    Raises:
        SourceError: the page is too large or too deep, or shows nothing.
    """
    if len(data) > _MOST_BYTES or data.count(b"<") > _MOST_TAGS:
        raise SourceError("trang lớn hơn mọi kế hoạch; xin tệp Word, hoặc lưu lại trang chỉ có nội dung văn bản")
    remarks = Remarks()
    page, declared = _page(data)
    root = _parsed(text_of_page(page, declared, remarks))
    blocks = tuple(_PageReader(remarks).read(root)) if root is not None else ()
    if not blocks:
        raise SourceError("trang không có chữ nào; mở trang bằng trình duyệt rồi lưu lại, hoặc xin tệp Word")
    return Blocks(blocks, remarks.all)


def _page(data: bytes) -> tuple[bytes, str]:
    """Return the page and the encoding named beside it; browsers also save pages as mail (.mht)."""
    if not re.match(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", data[:2000], re.IGNORECASE):
        return data, ""
    from email import message_from_bytes, policy

    for part in message_from_bytes(data, policy=policy.compat32).walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            return content, str(part.get_content_charset() or "")
    return b"", ""


def _parsed(text: str) -> "_Element | None":
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise SourceError(_TOO_DEEP)
    # The parser itself leaves out what stands deeper than it goes.
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise SourceError(_TOO_DEEP)
    return root


class _Around(Struct, frozen=True):
    """What the elements around a text say of it. `number` and `level` are of the item of a list."""

    look: TextLook = TextLook(size=0)
    centered: bool = False
    heading: int | None = None
    level: int | None = None
    cell: str = ""
    kept: bool = False


class _Line(Struct):
    """The paragraph that is being read."""

    runs: list[Run] = field(default_factory=list)
    number: str = ""
    around: _Around = _Around()


class _PageReader:
    """One page while it is read."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._line = _Line()
        self._paragraphs = self._tables = 0
        self._numbers: dict[_Element, str] = {}

    def read(self, root: "_Element") -> Iterator[SourceParagraph | SourceTable]:
        """Yield the blocks of the page."""
        yield from self._inside(root, _Around())
        yield from self._ended()

    def _inside(self, element: "_Element", around: _Around) -> Iterator[SourceParagraph | SourceTable]:
        """Yield the blocks in an element; what stands in no block yet is kept in the line."""
        self._add(element.text, around)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child, around)
            self._add(child.tail, around)

    def _element(self, element: "_Element", around: _Around) -> Iterator[SourceParagraph | SourceTable]:
        tag = str(element.tag)
        if tag == "br":
            self._line.runs.append(Run("\n", around.look, typed=False))
        elif tag in _UNSHOWN or self._is_hidden(element):
            return
        elif tag == "img":
            self._say_picture(element)
        elif tag == "table":
            yield from self._ended()
            yield from self._table(element, _inner(element, around))
        elif tag in _BLOCKS:
            yield from self._block(element, _inner(element, around))
        else:
            yield from self._inside(element, _inner(element, around))

    def _block(self, element: "_Element", around: _Around) -> Iterator[SourceParagraph | SourceTable]:
        # An item of a list may hold its text in a paragraph: the number waits for it.
        if self._line.runs:
            yield from self._ended()
        if element.tag == "ol":
            self._numbers.update(_numbers(element))
        elif element.tag == "li":
            self._line.number = self._numbers.get(element, "•")
        yield from self._inside(element, around)
        yield from self._ended()

    def _add(self, text: str | None, around: _Around) -> None:
        if text and (text.strip() or self._line.runs):
            if not self._line.runs:
                self._line.around = around
            self._line.runs.append(Run(text if around.kept else re.sub(r"[ \t\r\n\f]+", " ", text), around.look))

    def _ended(self) -> Iterator[SourceParagraph]:
        line, self._line = self._line, _Line()
        around = line.around
        place = around.cell or f"đoạn {self._paragraphs + 1}"
        text = text_of(line.runs, place, self._remarks)
        if text:
            self._paragraphs += 0 if around.cell else 1
            level = around.level if line.number else around.heading
            frame = Frame(line.number, level, around.heading is not None, around.centered)
            yield paragraph_of(text, line.runs, place, frame)

    def _is_hidden(self, element: "_Element") -> bool:
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None
        if hidden and "".join(element.itertext()).strip():
            self._remarks.add("cả tệp", "trang có phần ẩn; không đọc", "đối chiếu với trang trên trình duyệt")
        return hidden

    def _say_picture(self, element: "_Element") -> None:
        wide = element.get("width", "").rstrip("px%")
        if not wide.isdecimal() or int(wide) >= _PICTURE:
            message = "trang có hình; chữ trong hình không đọc được"
            self._remarks.add("cả tệp", message, "nếu trong hình có nội dung của kế hoạch, xin tệp Word")

    def _table(self, element: "_Element", around: _Around) -> Iterator[SourceParagraph | SourceTable]:
        rows = list(_rows(element))
        caption = element.find("caption")
        if caption is not None:
            yield from self._block(caption, around)
        # Pages are laid out with tables of one row around everything.
        if len(rows) == 1 and next(rows[0].iter("table"), None) is not None:
            for one in rows[0]:
                yield from self._block(one, _inner(one, around))
            return
        self._tables += 1
        place = f"bảng {self._tables}"
        cells: list[SourceCell] = []
        nested: list[SourceTable] = []
        taken: set[tuple[int, int]] = set()
        for index, row in enumerate(rows):
            nested += self._row(row, index, (place, len(rows)), cells, taken)
        if cells:
            columns = max(cell.column + cell.width for cell in cells)
            check_size(len(rows), columns)
            yield SourceTable(tuple(cells), place, len(rows), columns, _heads(rows), around.cell)
        yield from nested

    def _row(
        self,
        row: "_Element",
        index: int,
        table: tuple[str, int],
        cells: list[SourceCell],
        taken: set[tuple[int, int]],
    ) -> Iterator[SourceTable]:
        """Add the cells of a row and yield the tables in them; `table` is its place and its number of rows."""
        place, rows = table
        column = 0
        for element in row:
            if element.tag not in {"td", "th"} or self._is_hidden(element):
                continue
            while (index, column) in taken:
                column += 1
            width = max(1, min(_whole(element.get("colspan"), 1), _MOST_SPAN))
            height = max(1, min(_whole(element.get("rowspan"), 1) or rows, rows - index))
            check_size(len(taken) + height * width, 1)
            taken.update(
                (one, other) for one in range(index, index + height) for other in range(column, column + width)
            )
            at = f"{place} dòng {index + 1} cột {column + 1}"
            inner = list(self._block(element, _inner(element, _Around(cell=at))))
            yield from (one for one in inner if isinstance(one, SourceTable))
            paragraphs = tuple(one for one in inner if isinstance(one, SourceParagraph))
            cells.append(SourceCell(paragraphs, at, index, column, height, width))
            column += width


def _inner(element: "_Element", around: _Around) -> _Around:
    """Return what holds inside an element."""
    tag, style = str(element.tag), element.get("style", "")
    look = _look(element, around.look)
    align = _ALIGN.search(style)
    named = align[1] if align else element.get("align", "center" if tag == "center" else "")
    heading = int(tag[1]) - 1 if re.fullmatch(r"h[1-6]", tag) else around.heading
    return replace(
        around,
        look=replace(look, bold=True) if heading is not None and around.heading is None else look,
        centered=named.lower() == "center" if named else around.centered,
        heading=heading,
        level=(0 if around.level is None else around.level + 1) if tag in {"ol", "ul"} else around.level,
        kept=around.kept or tag == "pre",
    )


def _look(element: "_Element", look: TextLook) -> TextLook:
    tag, style = str(element.tag), element.get("style", "")
    weight, slant, size = _WEIGHT.search(style), _STYLE.search(style), _SIZE.search(style)
    family = _FAMILY.search(style)
    font = family[1].strip() if family else element.get("face", "") if tag == "font" else ""
    return replace(
        look,
        bold=_is_bold(weight[1]) if weight else look.bold or tag in _BOLD,
        italic=slant[1].lower() == "italic" if slant else look.italic or tag in _ITALIC,
        raised=look.raised or tag == "sup",
        size=float(size[1]) * _POINTS[size[2].lower()] if size else look.size,
        fonts=(font, font) if font else look.fonts,
        capitals=look.capitals or _CAPITALS.search(style) is not None,
    )


def _is_bold(weight: str) -> bool:
    return weight.lower() == "bold" or (weight.isdecimal() and int(weight) >= _BOLDER)


def _numbers(items: "_Element") -> "Iterator[tuple[_Element, str]]":
    """Yield the items of a list with the numbers that a browser prints before them."""
    count = _whole(items.get("start"), 1) - 1
    for item in items:
        if item.tag == "li":
            count = _whole(item.get("value"), count + 1)
            yield item, f"{number_text(count, _LISTS.get(items.get('type', '1'), 'decimal'))}."


def _rows(table: "_Element") -> "Iterator[_Element]":
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if row.tag == "tr")


def _heads(rows: "list[_Element]") -> int:
    """Return how many rows, from the first, are headings by their tags."""
    count = 0
    for row in rows:
        parent = row.getparent()
        cells = [one.tag for one in row if one.tag in {"td", "th"}]
        if (parent is None or parent.tag != "thead") and set(cells) != {"th"}:
            break
        count += 1
    return count


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) <= _MOST_FIGURES else default
