"""Documents built from the four sources, as offices send them: .docx, .xlsx, .html and .pdf, each in three shapes.

`typed`: numbers and dashes are letters of the text; rows of groups are merged over the columns.
`automatic`: Word counts the numbers, also those of rows; equal agency cells below each other are merged; heads repeat.
`styled`: numbers come from the styles of headings; heads are typed again where a page ended, and a row is cut there.
"""

import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from html import escape
from itertools import count, groupby
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from kehoach_cli.core.model.source_text import SourceText
from kehoach_cli.source.read import read_source
from tests.imports.sources import PLANS, Block, Cell, Level, Line, Pair, Table, blocks_of


class Shape(StrEnum):
    """How numbers and tables are made."""

    TYPED = "typed"
    AUTOMATIC = "automatic"
    STYLED = "styled"


KINDS = ("docx", "xlsx", "html", "pdf")
_CUT_EVERY = 12


def build(plan: str, kind: str, shape: Shape, folder: Path) -> Path:
    """Write one document, where no process has before, and return its path; all .pdf are printed from the .docx at once."""
    path = folder / f"{plan}-{shape}.{kind}"
    with _alone(folder / ("pdf" if kind == "pdf" else path.name)):
        if path.exists():
            return path
        if kind == "pdf":
            _print([build(one, "docx", each, folder) for one in PLANS for each in Shape])
            return path
        blocks = blocks_of(plan)
        if kind == "docx":
            _Word(shape).write(blocks, path)
        elif kind == "xlsx":
            _write_excel(blocks, shape, path)
        else:
            path.write_text(_html(blocks, shape), "utf-8")
        return path


def read(path: Path) -> SourceText:
    """Return a document as it is read; what any process has read stays beside it, as pages of a PDF take seconds."""
    kept = path.with_name(f"{path.name}.json")
    with _alone(kept):
        if not kept.exists():
            kept.write_bytes(msgspec.json.encode(read_source(path, path.read_bytes())))
    return msgspec.json.decode(kept.read_bytes(), type=SourceText)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time make a file."""
    lock = path.with_name(f"{path.name}.lock")
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError:
            time.sleep(0.1)
    try:
        yield
    finally:
        lock.unlink()


def _print(documents: Iterable[Path]) -> None:
    """Print documents as .pdf beside them: one start of LibreOffice for all."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    first, *others = documents
    profile = f"-env:UserInstallation={(first.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(first.parent)]
    subprocess.run([*command, *map(str, (first, *others))], check=True, capture_output=True, timeout=300)


# --- tables ---


def rows_of(table: Table, shape: Shape) -> Iterator[tuple[tuple[Cell, ...], bool]]:
    """Yield the rows of a table as cells, and whether a row belongs to the head."""
    yield from ((row, True) for row in table.head)
    last = table.columns - 2
    heights = _heights(table) if shape is Shape.AUTOMATIC else {}
    for number, row in enumerate(table.rows):
        if len(row) == 2:
            merged = (Cell(row[0]), Cell(row[1], width=last + 1))
            yield (
                (merged if shape is not Shape.AUTOMATIC else (*map(Cell, row), *(Cell(()) for _ in range(last)))),
                False,
            )
        elif shape is Shape.STYLED and number % _CUT_EVERY == _CUT_EVERY - 1:
            yield from _cut(table, row)
        else:
            cells = (Cell(text, height=heights.get((number, column), 1)) for column, text in enumerate(row))
            yield tuple(cell for cell in cells if cell.height), False


def _cut(table: Table, row: tuple[tuple[str, ...], ...]) -> Iterator[tuple[tuple[Cell, ...], bool]]:
    """Yield a row that a page cuts in its text, with the head typed again between its parts."""
    *before, text = row[1]
    words = text.split()
    middle = len(words) // 2
    first, rest = " ".join(words[:middle]), " ".join(words[middle:])
    yield tuple(Cell(cell) for cell in (row[0], (*before, first), *row[2:])), False
    yield from ((head, False) for head in table.head)
    yield tuple(Cell(cell) for cell in ((), (rest,), *(() for _ in row[2:]))), False


def _heights(table: Table) -> dict[tuple[int, int], int]:
    """Return how many rows a cell covers; 0 where the cell above covers it."""
    found = {}
    for column in table.merging:
        keys = [row[column] if len(row) > 2 else number for number, row in enumerate(table.rows)]
        for _, group in groupby(range(len(keys)), key=keys.__getitem__):
            first, *others = group
            if len(table.rows[first]) > 2:
                found[first, column] = 1 + len(others)
                found |= {(other, column): 0 for other in others}
    return found


# --- Word ---

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DEPTH = {Level.PART: 0, Level.HEADING: 1, Level.SUBHEADING: 2}
_BULLET = {Level.DASH: 0, Level.PLUS: 1}
_HEADINGS, _BULLETS, _ROWS = 0, 1, 2
_FIRST_NUM = 10
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _roman(value: int) -> str:
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


class _Word:
    """One document; counts as Word does, and begins a new list where the source prints another number."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._counters = [0, 0, 0]
        self._num = 1
        self._row = 0
        self._row_num = 3
        self._head: tuple[tuple[Cell, ...], ...] = ()
        self._nums = count(_FIRST_NUM)
        self._overrides: list[str] = []

    def write(self, blocks: tuple[Block, ...], path: Path) -> None:
        body = "".join(map(self._block, blocks))
        page = (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
            "</w:sectPr>"
        )
        parts = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/_rels/document.xml.rels": _relations(
                {
                    "rId1": ("styles", "styles.xml"),
                    "rId2": ("numbering", "numbering.xml"),
                    "rId3": ("header", "header1.xml"),
                }
            ),
            "word/document.xml": f"<w:document {_W} {_R}><w:body>{body}{page}</w:body></w:document>",
            "word/header1.xml": (
                f'<w:hdr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:fldSimple w:instr=" PAGE ">'
                "<w:r><w:t>2</w:t></w:r></w:fldSimple></w:p></w:hdr>"
            ),
            "word/styles.xml": _styles(),
            "word/numbering.xml": self._numbering(),
        }
        with ZipFile(path, "w", ZIP_DEFLATED) as package:
            for name, text in parts.items():
                package.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')

    def _block(self, block: Block) -> str:
        if isinstance(block, Line):
            return self._line(block)
        if isinstance(block, Table):
            return self._table(block)
        sides = ("".join(_paragraph(line, "center") for line in side) for side in (block.left, block.right))
        cells = "".join(f'<w:tc><w:tcPr><w:tcW w:w="4600" w:type="dxa"/></w:tcPr>{side}</w:tc>' for side in sides)
        return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tr>{cells}</w:tr></w:tbl>{_paragraph("")}'

    def _line(self, line: Line) -> str:
        look = "center" if line.centered else "both"
        if self._shape is Shape.TYPED or line.level is Level.PLAIN:
            return _paragraph(line.printed, look, bold=line.bold, italic=line.italic)
        depth = _BULLET.get(line.level)
        how = self._heading(line.number, _DEPTH[line.level]) if depth is None else self._bullet(depth)
        return _paragraph(line.text, look, bold=line.bold, extra=how)

    def _bullet(self, depth: int) -> str:
        if self._shape is Shape.STYLED:
            return f'<w:pStyle w:val="Gach{depth + 1}"/>'
        return _num_pr(2, depth)

    def _heading(self, number: str, depth: int) -> str:
        self._counters[depth] += 1
        self._counters[depth + 1 :] = [0] * (2 - depth)
        wanted = number.rstrip(".").split(".")[-1]
        style = f'<w:pStyle w:val="Heading{depth + 1}"/>' if self._shape is Shape.STYLED else ""
        shown = str if depth else _roman
        if wanted == shown(self._counters[depth]):
            return style or _num_pr(self._num, depth)
        start = next(value for value in range(1, 90) if wanted == shown(value))
        self._counters[depth] = start
        self._num = self._new_list(_HEADINGS, depth, start)
        return style + _num_pr(self._num, depth)

    def _new_list(self, definition: int, depth: int, start: int) -> int:
        number = next(self._nums)
        self._overrides.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/><w:lvlOverride w:ilvl="{depth}">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
        return number

    def _table(self, table: Table) -> str:
        self._row = 0
        self._head = table.head
        self._row_num = self._new_list(_ROWS, 0, 1)
        hanging = [0] * table.columns
        rows = "".join(self._table_row(row, hanging, head=head) for row, head in rows_of(table, self._shape))
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        wide = 9300 // (table.columns + 1)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _widths(table.columns, wide))
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{_paragraph('')}"
        )

    def _table_row(self, row: tuple[Cell, ...], hanging: list[int], *, head: bool) -> str:
        """Return a row; `hanging` says for each column how many more rows a cell above covers."""
        pending = iter(row)
        cells = []
        column = 0
        while column < len(hanging):
            if hanging[column]:
                hanging[column] -= 1
                cells.append(_table_cell(Cell(()), '<w:vMerge w:val="continue"/>', ""))
                column += 1
                continue
            cell = next(pending)
            merge = '<w:vMerge w:val="restart"/>' if cell.height > 1 else ""
            cells.append(_table_cell(cell, merge, self._counted(cell) if column == 0 else ""))
            hanging[column : column + cell.width] = [cell.height - 1] * cell.width
            column += cell.width
        repeated = "<w:tblHeader/>" if head and self._shape is not Shape.TYPED else ""
        # LibreOffice draws a merged head cell over the rows below it where the head is too low.
        high = '<w:trHeight w:val="700" w:hRule="atLeast"/>' if row in self._head else ""
        return f"<w:tr><w:trPr>{high}{repeated}</w:trPr>{''.join(cells)}</w:tr>"

    def _counted(self, cell: Cell) -> str:
        """Return the list that counts a row, where Word counts it."""
        if self._shape is not Shape.AUTOMATIC or not cell.paragraphs or not cell.paragraphs[0].isdigit():
            return ""
        number = int(cell.paragraphs[0])
        self._row += 1
        if number != self._row:
            self._row = number
            self._row_num = self._new_list(_ROWS, 0, number)
        return _num_pr(self._row_num, 0)

    def _numbering(self) -> str:
        levels = (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."))
        headings = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:pStyle w:val="Heading{depth + 1}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (form, text) in enumerate(levels)
        )
        bullets = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
            f'<w:pStyle w:val="Gach{depth + 1}"/><w:suff w:val="space"/><w:lvlText w:val="{sign}"/></w:lvl>'
            for depth, sign in enumerate("-+")
        )
        rows = (
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/>'
            '<w:lvlText w:val="%1"/></w:lvl>'
        )
        definitions = "".join(
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            for number, levels in enumerate((headings, bullets, rows))
        )
        nums = "".join(
            f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(3)
        )
        return f"<w:numbering {_W}>{definitions}{nums}{''.join(self._overrides)}</w:numbering>"


def _widths(columns: int, wide: int) -> list[int]:
    return [wide // 2, wide * 5 // 2, *[wide] * (columns - 2)]


def _num_pr(num: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'


def _paragraph(text: str, look: str = "both", *, bold: bool = False, italic: bool = False, extra: str = "") -> str:
    style, _, rest = extra.partition("/>") if extra.startswith("<w:pStyle") else ("", "", extra)
    style = f"{style}/>" if style else ""
    run = f"{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}"
    shown = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr>{style}{rest}<w:jc w:val="{look}"/></w:pPr>{shown}</w:p>'


def _table_cell(cell: Cell, merge: str, counted: str) -> str:
    span = f'<w:gridSpan w:val="{cell.width}"/>' if cell.width > 1 else ""
    texts = ("",) if counted else cell.paragraphs or ("",)
    paragraphs = "".join(_paragraph(text, "left", extra=counted) for text in texts)
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{span}{merge}</w:tcPr>{paragraphs}</w:tc>'


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="26"/>'
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{depth + 1}"><w:name w:val="heading {depth + 1}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
        f'<w:outlineLvl w:val="{depth}"/></w:pPr></w:style>'
        for depth in range(3)
    )
    bullets = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="Gach{depth + 1}"><w:name w:val="Gạch {depth + 1}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        for depth in range(2)
    )
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{headings}{bullets}</w:styles>"
    )


def _content_types() -> str:
    names = {"document": "document.main", "styles": "styles", "numbering": "numbering", "header1": "header"}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in names.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


# --- pages of a law portal, pages saved by Word ---


def _html(blocks: tuple[Block, ...], shape: Shape) -> str:
    body = "\n".join(_html_block(block, shape) for block in blocks)
    chrome = "<div class='menu'>Trang chủ | Văn bản</div>\n" if shape is Shape.STYLED else ""
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>Kế hoạch</title>'
        "<style>p{margin:6pt 0}</style><script>var a='<p>không phải chữ của văn bản</p>';</script></head>"
        f"<body>\n{chrome}<div class='content'>{body}</div></body></html>\n"
    )


def _html_block(block: Block, shape: Shape) -> str:
    if isinstance(block, Pair):
        sides = "".join(f"<td>{'<br>'.join(map(escape, side))}</td>" for side in (block.left, block.right))
        return f'<table border="0"><tr>{sides}</tr></table>'
    if isinstance(block, Table):
        rows = "".join(_html_row(row, head=head) for row, head in rows_of(block, shape))
        return f'<table border="1" cellspacing="0">{rows}</table>'
    return _html_line(block, shape)


def _html_line(line: Line, shape: Shape) -> str:
    look = ' align="center"' if line.centered else ""
    text = escape(line.text)
    if shape is Shape.AUTOMATIC and line.level in {Level.PART, Level.HEADING}:
        value = line.number.rstrip(".")
        start = next(number for number in range(1, 90) if value in {_roman(number), str(number)})
        kind = "I" if line.level is Level.PART else "1"
        return f'<ol type="{kind}" start="{start}"><li>{text}</li></ol>'
    if shape is Shape.STYLED:
        words = escape(line.printed).split()
        lines = [" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]
        number, _, rest = "\n".join(lines).partition(" ") if line.number else ("", "", "\n".join(lines))
        bold = f"<b>{number}</b>&nbsp;" if number else ""
        return f"<p{look}><span>{bold}{rest}</span></p>"
    return f"<p{look}>{escape(line.number)} {text}</p>" if line.number else f"<p{look}>{text}</p>"


def _html_row(row: tuple[Cell, ...], *, head: bool) -> str:
    tag = "th" if head else "td"
    cells = []
    for cell in row:
        span = f' colspan="{cell.width}"' if cell.width > 1 else ""
        span += f' rowspan="{cell.height}"' if cell.height > 1 else ""
        inner = "".join(f"<p>{escape(text)}</p>" for text in cell.paragraphs) or "&nbsp;"
        cells.append(f"<{tag}{span}>{inner}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>\n"


# --- Excel ---


def _write_excel(blocks: tuple[Block, ...], shape: Shape, path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Kế hoạch"
    row = 1
    for block in blocks:
        if isinstance(block, Line):
            if shape is not Shape.STYLED and block.text.startswith(("PHỤ LỤC", "Các chỉ tiêu Kế hoạch")):
                sheet, row = book.create_sheet(f"Phụ lục {len(book.worksheets)}"), 1
            row = _excel_line(sheet, row, block, shape)
        elif isinstance(block, Table):
            row = _excel_table(sheet, row, block, shape)
        else:
            for left, right in zip(*_even(block), strict=True):
                sheet.cell(row, 1, left)
                sheet.cell(row, 5, right)
                row += 1
    book.save(path)


def _even(pair: Pair) -> tuple[list[str | None], list[str | None]]:
    longest = max(len(pair.left), len(pair.right))
    left, right = ([*side, *[None] * (longest - len(side))] for side in (pair.left, pair.right))
    return left, right


def _excel_line(sheet: Worksheet, row: int, line: Line, shape: Shape) -> int:
    if shape is Shape.AUTOMATIC and line.number:
        sheet.cell(row, 1, line.number.rstrip(".") if line.level in _DEPTH else line.number)
        sheet.cell(row, 2, line.text)
    else:
        # An apostrophe before a dash keeps Excel from taking the text for a formula.
        cell = sheet.cell(row, 1, line.printed)
        cell.quotePrefix = line.printed.startswith(("-", "+"))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, horizontal="center" if line.centered else None)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=6)
    return row + 1


def _excel_table(sheet: Worksheet, row: int, table: Table, shape: Shape) -> int:
    hanging = [0] * table.columns
    for cells, _ in rows_of(table, shape):
        pending = iter(cells)
        column = 0
        while column < table.columns:
            if hanging[column]:
                hanging[column] -= 1
                column += 1
                continue
            cell = next(pending)
            _excel_cell(sheet, (row, column + 1), cell, shape)
            hanging[column : column + cell.width] = [cell.height - 1] * cell.width
            column += cell.width
        row += 1
    return row


def _excel_cell(sheet: Worksheet, at: tuple[int, int], cell: Cell, shape: Shape) -> None:
    row, column = at
    text = "\n".join(cell.paragraphs)
    number = shape is Shape.AUTOMATIC and text.isdigit()
    found = sheet.cell(row, column, int(text) if number else text or None)
    if text and not number:
        found.data_type = "s"
    if cell.width > 1 or cell.height > 1:
        last, right = row + cell.height - 1, column + cell.width - 1
        sheet.merge_cells(start_row=row, start_column=column, end_row=last, end_column=right)
