"""Reads plain text and Markdown: lines as paragraphs, tables of pipes, hard-wrapped lines joined where that is certain."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kehoach_cli.core.model.source_text import SourceCell, SourceParagraph, SourceTable
from kehoach_cli.source.bars import BAR, FEWEST_CELLS, end_of_bars, table_of_bars
from kehoach_cli.source.beginnings import begins
from kehoach_cli.source.blocks import Blocks, Remarks, SourceError, check_size
from kehoach_cli.source.charset import text_of_bytes
from kehoach_cli.source.cleaning import clean, clean_lines
from kehoach_cli.viet.text import SMALL, is_unfinished

_MOST_BYTES, _MOST_LINES = 20 * 2**20, 200_000
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+?)\*\*|__(?=\S)([^_\n]+?)(?<=\S)__")
# Words in italics inside a line, the blank behind them perhaps too: "*Đơn vị chủ trì: *Sở Y tế". "(*)" is a note.
_SLANTED = re.compile(r"(?<![\w*\\])\*(?=[^\s*)])([^*\n]+)\*(?!\*)|\*([.,;:]\s*)\*")
# A star beside a letter: emphasis whose other end was not found, or a note.
_STAR = re.compile(r"[^\W\d]\*|\*[^\W\d]")
# Bold or italics around nothing: an empty line.
_EMPTY = re.compile(r"^([*_]{1,3})\s+\1$")
# A line that is drawn below a title.
_DRAWN = re.compile(r"[_=~–—-]{3,}")
_EMPHASIS = re.compile(r"^\*+(?=[^\s*])")
# A line that is nothing by itself.
_NUMBER_OF = re.compile(r"(?:\*\*)?Số\s*:", re.IGNORECASE)
# A whole line in italics: "*(Kèm theo …)*", which is no dash.
_ITALIC = re.compile(r"([*_])(?=[^\s*_])([^*_\n]+)(?<=\S)\1")
# Bold that goes on over lines.
_LONE = re.compile(r"^\*\*(?=[^\s*])|(?<=[^\s*])\*\*$")
_ROW = re.compile(r"\|.*\|")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_PIPE = re.compile(r"(?<!\\)\|")
# The number of a page alone on its line: on so many pages at least, each of so many lines.
_PAGE_NUMBER = re.compile(r"-?\s*\d{1,3}\s*-?")
_FEWEST_PAGES, _SHORTEST_PAGE, _MOST_MISSING = 3, 15, 3
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# What begins a paragraph, unless the line before asks for more.
_WORDS = re.compile(r"(?:Điều|Khoản|Chương|Mục|Phần|Phụ lục)\b")
_ENDS = (".", ":", "!", "?", "…", "|")
# A name that a line has cut in two.
_NAME = re.compile(
    r"\b(?:Thủ tướng\nChính phủ|(?:Bộ trưởng|Thứ trưởng|Chủ tịch|Chủ nhiệm|Giám đốc|Thủ trưởng)\n[A-ZĐ]"
    r"|(?:Văn phòng|Ủy ban|Uỷ ban|Hội đồng)\n(?:Chính phủ|Trung ương|Quốc hội|Dân tộc|Mặt trận|Kiểm tra)"
    rf"|(?:Bộ|Sở|Cục|Vụ|Đảng ủy|Đảng uỷ)\n[A-ZĐ][{SMALL}]|Việt\nNam\b)"
)
# A comma in italics that the end of a line cuts.
_COMMA = re.compile(r"\w\*,\n\*\w")
# The number of a paragraph that is alone on its line.
_CUT_NUMBER = re.compile(r"(?:\d|/[A-ZĐ][\wĐ]*(?:-[A-ZĐ]+)*)-$")
_LONE_MARK = re.compile(r"\**(?:\d{1,2}\.|[a-zđ]\))\**")
# A file is hard-wrapped if so many lines begin with a small letter behind a line that is no longer than this.
_LONGEST, _FEWEST = 120, 10
# A line that is so much of the width, in percent, was ended by the width; one that is longer was not wrapped.
_FULL, _LONGER = 70, 110
# So many of the paragraphs with a mark, in percent, have an empty line before them where paragraphs stand apart.
_APART = 60


def read_text(data: bytes) -> Blocks:
    """Return the lines of a text.

    Raises:
        SourceError: it is too long, or in an old encoding.
    """
    if len(data) > _MOST_BYTES:
        raise SourceError(f"tệp lớn hơn {_MOST_BYTES // 2**20} MB, dài hơn mọi kế hoạch; xin tệp chỉ có kế hoạch")
    # A page break ends a line, but an editor does not count one more.
    numbered = [
        (number, _EMPTY.sub("", part.strip()))
        for number, line in enumerate(re.split(r"\r\n?|\n", text_of_bytes(data)), start=1)
        for part in line.split("\f")
    ]
    if len(numbered) > _MOST_LINES:
        raise SourceError(f"tệp có {len(numbered)} dòng, dài hơn mọi kế hoạch; xin tệp chỉ có kế hoạch")
    own = _without_page_numbers(numbered)
    reader = _Reader([line for _, line in own], [number for number, _ in own])
    if len(own) < len(numbered):
        reader.remarks.add("cả tệp", "bỏ các dòng chỉ có số trang", "đối chiếu chỗ sang trang")
    return Blocks(tuple(reader.read()), reader.remarks.all)


def _without_page_numbers(numbered: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """Return the lines without the numbers of pages: the only lines that are a number, counted on, far from each other.

    The empty lines around one go with it where the sentence before it does not end.
    """
    pages = [at for at, (_, line) in enumerate(numbered) if _PAGE_NUMBER.fullmatch(line)]
    numbers = [int(numbered[at][1].strip("- ")) for at in pages]
    counted = all(0 < after - before <= _MOST_MISSING for before, after in pairwise(numbers))
    apart = all(after - before >= _SHORTEST_PAGE for before, after in pairwise(pages))
    # The first page bears no number: a document of three pages has two.
    of_three = numbers == [2, 3] and pages[1] - pages[0] >= 2 * _SHORTEST_PAGE
    if (len(pages) < _FEWEST_PAGES and not of_three) or not counted or not apart:
        return numbered
    gone = set(pages)
    for at in pages:
        first = next((one for one in range(at - 1, -1, -1) if numbered[one][1]), 0)
        last = next((one for one in range(at + 1, len(numbered)) if numbered[one][1]), at)
        if not numbered[first][1].endswith((*_ENDS, ";")):
            gone.update(range(first + 1, last))
    return [one for at, one in enumerate(numbered) if at not in gone]


class _Reader:
    """Reads the lines of a text from the first to the last."""

    def __init__(self, lines: Sequence[str], numbers: Sequence[int]) -> None:
        self.remarks = Remarks()
        self._lines, self._numbers = lines, numbers
        self._width = _wrapped_at(lines)
        self._apart = self._width > 0 and _stand_apart(lines)

    def read(self) -> Iterator[SourceParagraph | SourceTable]:
        """Yield the paragraphs and tables."""
        lines = self._lines
        tables = at = 0
        while at < len(lines):
            end = at
            while end < len(lines) and _ROW.fullmatch(lines[end]):
                end += 1
            if end - at > 1:
                tables += 1
                yield _table(lines[at:end], f"bảng {tables}")
            elif lines[at] == BAR:
                end = end_of_bars(lines, at)
                tables += 1
                yield from self._between_bars(at, end, f"bảng {tables}")
            elif lines[at].strip("| "):
                end, paragraphs = self._paragraph(at)
                yield from paragraphs
            at = max(end, at + 1)

    def _paragraph(self, at: int) -> tuple[int, tuple[SourceParagraph, ...]]:
        """Return the line behind a paragraph, and the paragraph."""
        end = _end_of_block(self._lines, at) if self._apart else _end_of_paragraph(self._lines, at, self._width)
        if end > at + 1:
            message = "tệp ngắt dòng cứng; các dòng rõ là của một đoạn đã được nối"
            self.remarks.add("cả tệp", message, "đối chiếu chỗ xuống đoạn")
        place = f"dòng {self._numbers[at]}"
        if not self._apart and self._may_go_on(at):
            message = "dòng trên hết câu đúng cuối dòng; không rõ dòng này là đoạn mới hay vẫn đoạn trên"
            self.remarks.add(place, message, "đối chiếu bản in; ghép với đoạn trên nếu đúng vậy")
        return end, tuple(_paragraph(_joined(self._lines[at:end]), place, self.remarks))

    def _may_go_on(self, at: int) -> bool:
        """Whether a sentence that begins on a line may be one of the paragraph that ends on the full line before."""
        before, line = self._lines[at - 1] if at else "", self._lines[at]
        full = self._width and _FULL <= len(before) * 100 / self._width <= _LONGER
        return bool(full and before.endswith(".") and line[:1].isupper() and not begins(line, before))

    def _between_bars(self, at: int, end: int, place: str) -> Iterator[SourceParagraph | SourceTable]:
        """Yield what stands between bars: a table, the lines of a letterhead, or a table that is one cell."""
        begun, cells = at, list[tuple[SourceParagraph, ...] | None]()
        while at < end:
            if self._lines[at] == BAR:
                cells.append(None)
                at += 1
                continue
            at, found = self._paragraph(at)
            if cells and cells[-1] is not None:
                cells[-1] += found
            else:
                cells.append(found)
        filled = [cell for cell in cells if cell]
        if len(filled) < FEWEST_CELLS:
            yield from (one for cell in filled for one in cell)
        elif table := table_of_bars(cells, place):
            message = 'bảng chép thành chữ (dấu "|" đứng một mình); đã dựng lại thành bảng'
            self.remarks.add(place, message, "đối chiếu bảng này với bản in")
            yield table
        else:
            rows = f"dòng {self._numbers[begun]} đến {self._numbers[end - 1]}"
            message = f'bảng chép thành chữ (dấu "|" đứng một mình, {rows}); không dựng lại được'
            self.remarks.add(place, message, "xin tệp Word, hoặc lưu trang thành .html")
            paragraphs = tuple(one for cell in filled for one in cell)
            yield SourceTable((SourceCell(paragraphs, place, 0, 0),), place, 1, 1)


def _joined(lines: Sequence[str]) -> str:
    """Return the lines of a paragraph as one; a number that is cut behind its hyphen gets no blank there."""
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        cut = _CUT_NUMBER.search(before) and line[:2].isupper()
        pieces += (line,) if cut else (" ", line)
    return "".join(pieces)


def _wrapped_at(lines: Sequence[str]) -> int:
    """Return the width at which a program has wrapped the lines, 0 where it has not."""
    wrapped = sorted(
        len(line)
        for line, following in pairwise(lines)
        if following[:1].islower() and line and len(line) <= _LONGEST and not line.endswith(_ENDS)
    )
    return wrapped[len(wrapped) * 9 // 10] if len(wrapped) >= _FEWEST else 0


def _stand_apart(lines: Sequence[str]) -> bool:
    """Whether empty lines stand between the paragraphs, as Markdown has them; the cells of a copied table have none."""
    bars = [at for at, line in enumerate(lines) if line == "|"]
    cells = {at for begun, end in pairwise(bars) if all(lines[begun:end]) for at in range(begun, end)}
    first = [at for at in range(1, len(lines)) if at not in cells and begins(lines[at], lines[at - 1] or ".")]
    alone = [at for at in first if not lines[at - 1]]
    return len(first) >= _FEWEST and len(alone) * 100 >= len(first) * _APART


def _end_of_block(lines: Sequence[str], at: int) -> int:
    """Return the line behind a paragraph in a file whose paragraphs stand apart; the cells of a copied table are lines."""
    begun, stop = at, at + 1
    while begun and lines[begun - 1].strip("|"):
        begun -= 1
    while stop < len(lines) and lines[stop].strip("|") and not _HEADING.fullmatch(lines[stop]):
        stop += 1
    in_table = "|" in (lines[begun - 1] if begun else "", lines[stop] if stop < len(lines) else "")
    kind = _kind_of_mark(lines[at])
    end = at + 1
    marks = _Marks(lines[at])
    while end < stop and not _DRAWN.fullmatch(lines[end]) and not _DRAWN.fullmatch(lines[end - 1]):
        following, line = _EMPHASIS.sub("", lines[end]), lines[end - 1]
        if not (marks.open or _NUMBER_OF.fullmatch(line)) and (
            in_table or (begins(following, line) and (kind == _kind_of_mark(following) or line.endswith((*_ENDS, ";"))))
        ):
            break
        marks.add(lines[end])
        end += 1
    return end


def _kind_of_mark(line: str) -> str:
    """Return what the mark of a list is like, "" without one: items of one list have the same."""
    own = _EMPHASIS.sub("", line)
    return ("0" if own[0].isdigit() else own[0]) if own and begins(own, ".") else ""


class _Marks:
    """Counts the marks of bold and italics in the lines of a paragraph, to tell whether one is open."""

    def __init__(self, line: str) -> None:
        self._double = self._single = 0
        self.add(line)

    def add(self, line: str) -> None:
        """Count the marks of one more line."""
        self._double += line.count("**")
        self._single += line.replace("**", "").removeprefix("* ").count("*")

    @property
    def open(self) -> bool:
        """Whether bold or italics go on in the next line."""
        return bool(self._double % 2 or self._single % 2)


def _end_of_paragraph(lines: Sequence[str], at: int, width: int) -> int:
    """Return the line behind a paragraph. Two lines are one paragraph only where the first cannot have ended."""
    end = at + 1
    while width and end < len(lines) and (_is_cut_title(lines, end) or _goes_on(lines[end - 1], lines[end], width)):
        end += 1
    return end


def _is_cut_title(lines: Sequence[str], at: int) -> bool:
    """Whether bold capitals that the line before has begun end on this one."""
    line, following = lines[at - 1], lines[at]
    begun = line.startswith("**") and line.count("**") == 1 and following.endswith("**") and following.count("**") == 1
    return begun and f"{line}{following}".isupper()


def _goes_on(line: str, following: str, width: int) -> bool:
    share = len(line) * 100 / width
    if _LONE_MARK.fullmatch(line) and following.strip("|") and not begins(_EMPHASIS.sub("", following), "."):
        return True
    if _COMMA.search(f"{line}\n{following}"):
        return True
    drawn = _DRAWN.fullmatch(line) or _DRAWN.fullmatch(following)
    if drawn or not following.strip("|") or share > _LONGER or begins(following, line) or _HEADING.fullmatch(line):
        return False
    if line.rstrip("*").endswith(_ENDS):
        # A sentence that begins with a small letter behind a colon is the same sentence.
        return line.endswith(":") and following[0].islower() and share >= _FULL
    if _WORDS.match(following):
        return is_unfinished(line)
    # A number that numbers nothing ("Quyết định số", "1658/QĐ-TTg") goes on, behind a word but not behind a figure.
    if (
        following.removeprefix("(")[:1].islower()
        or is_unfinished(line)
        or _NAME.search(f"{line}\n{following}")
        or (following[0].isdigit() and line[-1].islower())
    ):
        return True
    return not line.endswith(";") and share >= _FULL


def _paragraph(text: str, place: str, remarks: Remarks) -> Iterator[SourceParagraph]:
    heading = _HEADING.fullmatch(text)
    own = heading[2].rstrip("# ") if heading else text
    italic = _ITALIC.fullmatch(own)
    plain = _plain(italic[2] if italic else own)
    if plain:
        if _STAR.search(plain):
            remarks.add(place, 'còn dấu "*" trong chữ, có thể là dấu in nghiêng, in đậm', "xóa dấu đó nếu đúng vậy")
        whole = _BOLD.fullmatch(text) is not None
        level = len(heading[1]) - 1 if heading else None
        yield SourceParagraph(plain, place, level=level, heading=heading is not None, bold=whole)


def _plain(text: str) -> str:
    """Return text without the marks of Markdown."""
    bare = _LONE.sub("", _BOLD.sub(lambda found: found[1] or found[2], text))
    return "" if not bare.strip("*_ ") else clean_lines(_SLANTED.sub(r"\1\2", bare.replace("**", "")))


def _table(lines: Sequence[str], place: str) -> SourceTable:
    rows = [line for line in lines if not _RULE.fullmatch(line)]
    check_size(len(rows), max(line.count("|") for line in lines))
    cells = [
        SourceCell(
            _cell(text, f"{place} dòng {row + 1} cột {column + 1}"),
            f"{place} dòng {row + 1} cột {column + 1}",
            row,
            column,
        )
        for row, line in enumerate(rows)
        for column, text in enumerate(_PIPE.split(line[1:-1]))
    ]
    columns = max((cell.column + 1 for cell in cells), default=0)
    heads = int(len(lines) > 1 and _RULE.fullmatch(lines[1]) is not None)
    return SourceTable(tuple(cells), place, len(rows), columns, heads)


def _cell(text: str, place: str) -> tuple[SourceParagraph, ...]:
    lines = _LINE_BREAK.sub("\n", text.replace("\\|", "|")).split("\n")
    return tuple(SourceParagraph(plain, place) for line in lines if (plain := clean(_plain(line.strip()))))
