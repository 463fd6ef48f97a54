"""A document of others as text with places: what `import` reads, and what `verify` compares a plan with."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from msgspec import Struct


class SourceKind(StrEnum):
    """The kinds of documents that are read."""

    WORD = "docx"
    EXCEL = "xlsx"
    PDF = "pdf"
    HTML = "html"
    TEXT = "txt"


class SourceRemark(Struct, frozen=True):
    """What reading changed, left out or could not tell, at a place of the document: a person looks at it."""

    place: str
    message: str
    hint: str = ""


class SourceParagraph(Struct, frozen=True, tag="paragraph"):
    """One paragraph, or one part of a page that stands alone, with its place ("đoạn 13", "trang 2, dòng 5").

    `text` is composed letters with single spaces; line breaks inside a paragraph stay. `number` is what the program that shows
    the document prints before the text by counting ("1.1.", "a)", "-"); it is not in `text`. `level` is the depth of the list or
    heading, 0 for the outermost, None for a paragraph that is neither. `size` is in points, 0 where the document does not say.
    `footnotes` are the texts of the notes that the paragraph refers to.
    """

    text: str
    place: str
    number: str = ""
    level: int | None = None
    heading: bool = False
    bold: bool = False
    italic: bool = False
    centered: bool = False
    size: float = 0
    footnotes: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """The text with its number, as a reader sees it."""
        return f"{self.number} {self.text}".strip()


class SourceCell(Struct, frozen=True, dict=True):
    """A cell of a table with its place ("bảng 2 dòng 5 cột 3").

    `row` and `column` count from 0; `height` and `width` are the rows and columns that a merged cell covers.
    """

    paragraphs: tuple[SourceParagraph, ...]
    place: str
    row: int
    column: int
    height: int = 1
    width: int = 1

    @cached_property
    def text(self) -> str:
        """The paragraphs of the cell as printed, each on a line of its own."""
        return "\n".join(paragraph.printed for paragraph in self.paragraphs if paragraph.printed)


class SourceTable(Struct, frozen=True, dict=True, tag="table"):
    """A table with its place ("bảng 2"). `heads` is the number of rows that the document repeats on each page.

    A table that a page break cuts is one table. A table in a cell of another stands behind it; `inside` is the place of that
    cell.
    """

    cells: tuple[SourceCell, ...]
    place: str
    rows: int
    columns: int
    heads: int = 0
    inside: str = ""

    @cached_property
    def grid(self) -> tuple[tuple[SourceCell | None, ...], ...]:
        """The cells by row and column; a merged cell stands at every place that it covers."""
        found: list[list[SourceCell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.height):
                found[row][cell.column : cell.column + cell.width] = [cell] * cell.width
        return tuple(map(tuple, found))


class SourceText(Struct, frozen=True):
    """A document: its paragraphs and tables in the order in which a reader meets them, and what reading remarks.

    `sha256` is the hash of the file as it was read.
    """

    file: str
    sha256: str
    kind: SourceKind
    blocks: tuple[SourceParagraph | SourceTable, ...]
    remarks: tuple[SourceRemark, ...] = ()

    def paragraphs(self) -> Iterator[SourceParagraph]:
        """Yield every paragraph, those of cells too, in order."""
        for block in self.blocks:
            if isinstance(block, SourceParagraph):
                yield block
            else:
                for cell in block.cells:
                    yield from cell.paragraphs
