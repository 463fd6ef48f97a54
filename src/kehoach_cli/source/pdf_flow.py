"""Pages of lines and tables as one text, without running heads and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from msgspec.structs import replace

from kehoach_cli.core.model.source_text import SourceParagraph, SourceTable
from kehoach_cli.source.beginnings import begins
from kehoach_cli.source.blocks import Blocks, Remarks
from kehoach_cli.source.pdf_lines import Edges, doubtful_parts, paragraphs_of, runs_of, usual_gap
from kehoach_cli.source.pdf_pages import Fragment, Page, PdfLine
from kehoach_cli.source.pdf_tables import goes_on, table_of
from kehoach_cli.source.pieces import Frame, paragraph_of, text_of

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
# Running heads stand in these parts of a page, and on so many pages.
_HEAD, _FOOT, _FEWEST_PAGES = 0.1, 0.9, 3
# Notes are smaller than the text, in parts of its size, and stand in the lower part of the page.
_SMALL, _LOWER = 0.87, 0.5
_FEWEST_LETTERS, _MOST_TURNED = 10, 20
_SHOWN = 60


def blocks_of(pages: Sequence[Page]) -> Blocks:
    """Return the pages as one text."""
    remarks = Remarks()
    _say_pages(pages, remarks)
    edges = _edges(pages)
    notes = _without_notes(pages, remarks)
    _without_heads(pages, remarks)
    found = list(_blocks([item for page in pages for item in page.items], edges, remarks))
    found += _paragraphs(notes, edges, remarks)
    return Blocks(tuple(found), remarks.all)


def _blocks(
    items: Sequence[PdfLine | Fragment], edges: dict[int, Edges], remarks: Remarks
) -> Iterator[SourceParagraph | SourceTable]:
    """Yield paragraphs and tables; parts of a table on pages that follow each other are one."""
    lines: list[PdfLine] = []
    parts: list[Fragment] = []
    tables = 0
    for item in [*items, None]:
        if parts and not (isinstance(item, Fragment) and goes_on(parts[-1], item)):
            tables += 1
            yield table_of(parts, tables, remarks)
            parts = []
        if isinstance(item, PdfLine):
            lines.append(item)
        else:
            yield from _paragraphs(lines, edges, remarks)
            lines = []
        if isinstance(item, Fragment):
            parts.append(item)


def _place(group: Sequence[PdfLine]) -> str:
    return f"trang {group[0].page}, dòng {group[0].number}"


def _paragraphs(lines: Sequence[PdfLine], edges: dict[int, Edges], remarks: Remarks) -> Iterator[SourceParagraph]:
    for whole in paragraphs_of(lines, edges):
        parts = doubtful_parts(whole)
        if len(parts) > 1 and begins(whole[0].text.strip(), "."):
            # An item of a list has more sentences than there are paragraphs without a mark.
            message = "có câu hết đúng cuối dòng; không rõ câu sau là đoạn mới hay vẫn đoạn này"
            remarks.add(_place(whole), message, "đối chiếu bản in; tách thành đoạn riêng nếu đúng vậy")
            parts = [whole]
        for group in parts:
            if len(parts) > 1:
                message = "câu hết đúng cuối dòng; không rõ câu sau là đoạn mới hay vẫn đoạn đó"
                remarks.add(_place(group), message, "đối chiếu bản in; ghép với đoạn liền trên, liền dưới nếu là một")
            runs = runs_of(group)
            if text := text_of(runs, _place(group), remarks):
                centered = all(edges[line.page].is_centered(line) for line in group)
                yield paragraph_of(text, runs, _place(group), Frame(centered=centered))


def _edges(pages: Sequence[Page]) -> dict[int, Edges]:
    """Return where the text of each page stands; pages of one width share their margins."""
    found: dict[float, list[list[PdfLine]]] = {}
    for page in pages:
        found.setdefault(page.width, []).append(
            [item for item in page.items if isinstance(item, PdfLine) and not item.alone]
        )
    known = {width: _margins(pages_of_width, width) for width, pages_of_width in found.items()}
    return {page.number: known[page.width] for page in pages}


def _margins(pages: Sequence[Sequence[PdfLine]], width: float) -> Edges:
    """Return where lines begin and end; the right margin is no wider than the left one, where all lines are short."""
    lines = [line for page in pages for line in page]
    left = min((line.x0 for line in lines), default=0.0)
    edges = Edges(left, max([width - left, *(line.x1 for line in lines)]))
    return replace(edges, gap=usual_gap(pages, edges))


def _without_heads(pages: Sequence[Page], remarks: Remarks) -> None:
    """Take page numbers and running heads out of the pages."""
    near = [[item for item in page.items if isinstance(item, PdfLine) and _at_margin(item, page)] for page in pages]
    texts = Counter(_without_digits(line) for lines in near for line in lines)
    fewest = max(_FEWEST_PAGES, len(pages) // 2)
    for page, lines in zip(pages, near, strict=True):
        numbers = [line for line in lines if _PAGE_NUMBER.fullmatch(line.text.strip())]
        repeated = [line for line in lines if line not in numbers and texts[_without_digits(line)] >= fewest]
        for line in repeated:
            remarks.add("cả tệp", f'bỏ dòng lặp ở đầu hoặc cuối các trang: "{line.text.strip()[:_SHOWN]}"')
        gone = {id(line) for line in (*numbers, *repeated)}
        page.items = [item for item in page.items if id(item) not in gone]


def _at_margin(line: PdfLine, page: Page) -> bool:
    return line.bottom < _HEAD * page.height or line.top > _FOOT * page.height


def _without_digits(line: PdfLine) -> str:
    return re.sub(r"\d+", "#", line.text.strip())


def _without_notes(pages: Sequence[Page], remarks: Remarks) -> list[PdfLine]:
    """Take the notes at the foot of pages out, so that the text goes on over the page; they are read behind it."""
    lines = [item for page in pages for item in page.items if isinstance(item, PdfLine)]
    usual = median(line.size for line in lines) if lines else 0
    notes: list[PdfLine] = []
    for page in pages:
        below = len(page.items)
        while below and _is_note(page.items[below - 1], page, usual):
            below -= 1
        found = [item for item in page.items[below:] if isinstance(item, PdfLine) and item.size < _SMALL * usual]
        if below and found:
            page.items = [item for item in page.items if item not in found]
            notes += found
    if notes:
        remarks.add("cả tệp", "chú thích cuối trang được đọc ở cuối văn bản")
    return notes


def _is_note(item: PdfLine | Fragment, page: Page, usual: float) -> bool:
    if not isinstance(item, PdfLine) or item.top < _LOWER * page.height:
        return False
    return item.size < _SMALL * usual or _PAGE_NUMBER.fullmatch(item.text.strip()) is not None


def _say_pages(pages: Sequence[Page], remarks: Remarks) -> None:
    for page in pages:
        place = f"trang {page.number}"
        if page.letters < _FEWEST_LETTERS and page.pictures:
            remarks.add(place, "trang là ảnh, không có lớp chữ; không đọc được", "xin tệp Word, hoặc gõ tay trang này")
        if page.unruled:
            message = "bảng không kẻ đường; chia cột theo khoảng trắng, chia dòng theo số thứ tự"
            remarks.add(place, message, "đối chiếu từng ô của bảng với bản in")
        if page.frames:
            message = "trang có khung kẻ quanh chữ, không đọc thành bảng"
            remarks.add(place, message, "đối chiếu bản in xem có bảng nào ở đó không")
        if page.turned > _MOST_TURNED:
            remarks.add(place, "có chữ xoay ngang; không đọc", "đối chiếu bản in")
