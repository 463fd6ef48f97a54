"""A Word document as plain values: its lines, pages and tables, and the elements recognised in it."""

from msgspec import Struct

from kehoach_cli.viet.text import match_key


class TextLook(Struct, frozen=True):
    """How a run of text looks once its styles are added up; `size` is in points.

    `fonts` are the fonts of plain and of accented Latin letters, each empty where nothing names one.
    """

    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    capitals: bool = False
    hidden: bool = False
    raised: bool = False
    fonts: tuple[str, str] = ("", "")


# Not tracked by the garbage collector: a long report has 70,000 lines, and none refers back to what holds it.
class WordLine(Struct, frozen=True, gc=False):
    """One visible line of text: a paragraph, or the part of one between breaks and tabs.

    `index` counts lines from 0, `number` counts paragraphs from 1. `tables` are the tables around the line, the innermost
    first, and `cell` is the innermost cell; both are numbers of this document.
    """

    index: int
    number: int
    text: str
    looks: tuple[TextLook, ...]
    tables: tuple[int, ...] = ()
    cell: int | None = None

    @property
    def key(self) -> str:
        """The text for comparison."""
        return match_key(self.text)

    @property
    def look(self) -> TextLook:
        """The look of the first letter."""
        return self.looks[0] if self.looks else TextLook()

    @property
    def place(self) -> str:
        """Where the line stands, for people."""
        return f"đoạn {self.number}"


class PageSetup(Struct, frozen=True):
    """Paper and margins of one section in millimetres; 0 where the document does not say.

    `first_number` is the number of its first page as written, None where the numbers go on. `last` is the number of its last
    paragraph.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    first_number: str | None = None
    last: int = 0


class PageNumbers(Struct, frozen=True):
    """How the first section prints page numbers in its top margin.

    `own_first_page` tells whether its first page has a header of its own, `on_first_page` whether that header prints the number.
    """

    centered: bool
    own_first_page: bool
    on_first_page: bool


class WordTable(Struct, frozen=True):
    """A table that stands in no other table.

    `holds_frame` tells whether it only keeps head or sign-off side by side.
    """

    rows: int
    repeats_head: bool
    bordered: bool
    holds_frame: bool


class Appendix(Struct, frozen=True):
    """The heading of an appendix and its number as printed, empty where it has none.

    `reference` are the lines "(Kèm theo …)" that name the document it belongs to.
    """

    heading: WordLine
    number: str
    reference: tuple[WordLine, ...] = ()


class DocumentElements(Struct, frozen=True):
    """What was recognised among the lines; None or empty where there is nothing of the kind.

    `titles` is every Quốc hiệu, `mottos` every tiêu ngữ, `party_titles` every title of the Party. `summary` is the trích yếu
    below `kind` (tên loại), `letter_summary` that of a letter; `other_title` is the title of a text that is neither.
    `issuers` are the other lines of the head above number and date. `recipients` is the heading "Nơi nhận" and
    `recipient_lines` the lines below it. `signature` is authority and office above the name, which is `signer`. `body` is the
    text proper, without tables; `last_line` is the last line before the sign-off, which begins at the line with the index
    `closing_index`. `attachment` is the line "(Kèm theo …)" below the title of a text that another document promulgates.
    """

    titles: tuple[WordLine, ...]
    mottos: tuple[WordLine, ...]
    party_titles: tuple[WordLine, ...]
    issuers: tuple[WordLine, ...]
    number: WordLine | None
    date: WordLine | None
    kind: WordLine | None
    other_title: WordLine | None
    summary: WordLine | None
    letter_summary: WordLine | None
    body: tuple[WordLine, ...]
    last_line: WordLine | None
    recipients: WordLine | None
    recipient_lines: tuple[WordLine, ...]
    signature: tuple[WordLine, ...]
    signer: WordLine | None
    closing_index: int
    appendices: tuple[Appendix, ...]
    attachment: WordLine | None = None

    @property
    def administrative(self) -> bool:
        """Whether an agency issues this document by itself, so that it must have a number, a date, recipients and a signature.

        A text attached to another document need not, nor need a paper of another kind, such as an application or an agenda.
        """
        if self.attachment or self.other_title:
            return False
        framed = (*self.titles, *self.party_titles, *self.signature, self.number, self.recipients)
        named = self.kind is not None or self.letter_summary is not None
        return any(framed) if named else self.number is not None or self.recipients is not None


class Highlight(Struct, frozen=True):
    """Highlighted text, blank where only spaces are: the number of its paragraph, counted from 1, and the text."""

    number: int
    text: str


class WordDocument(Struct, frozen=True):
    """A Word document. `paragraphs` are the texts of all its paragraphs as they are stored, also of those nobody sees.

    `pages` is the number of pages that the program which saved the document counted, None where it is not known.
    `page_numbers` is None where the first section prints none. `motto_ruled` and `party_title_ruled` tell whether a line is
    drawn below the first tiêu ngữ and the first title of the Party.
    """

    paragraphs: tuple[str, ...]
    lines: tuple[WordLine, ...]
    sections: tuple[PageSetup, ...]
    pages: int | None
    page_numbers: PageNumbers | None
    tables: tuple[WordTable, ...]
    elements: DocumentElements
    motto_ruled: bool
    party_title_ruled: bool
    highlights: tuple[Highlight, ...] = ()
