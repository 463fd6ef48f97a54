"""The layout a Word document must have: paper, fixed words, and how each element is set."""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

Range: TypeAlias = tuple[float, float]


class PageRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Paper and margins in millimetres, each with the range the rule admits.

    `number_from_edge` is the distance of the page number from the top of the paper.
    """

    size: Range
    top: float
    bottom: float
    left: float
    right: float
    top_range: Range
    bottom_range: Range
    left_range: Range
    right_range: Range
    number_from_edge: float
    article: str
    number_article: str


class FixedWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The fixed words of a layout, and the marks of authority it uses.

    `symbol` is a regular expression for a ký hiệu. `wrong_marks` are the marks of `wrong_marks_of`, the other kind of document.
    """

    title: str
    motto: str
    number: str
    ending: str
    endings: tuple[str, ...]
    ending_article: str
    recipients: str
    archive: str
    authority_marks: tuple[str, ...]
    wrong_marks: tuple[str, ...]
    wrong_marks_of: str
    table_article: str
    symbol: str
    symbol_example: str
    star: str = ""
    dashes: str = ""


class ElementStyle(Struct, frozen=True, forbid_unknown_fields=True):
    """How one element is set: sizes and gaps in points, indents in millimetres.

    `size` is what our templates use, `sizes` what the rule admits. `line` is a multiple of single spacing; `exact_line` is a
    height in points and overrides it. `article` names the place of the rule and is empty where there is none. `outline` is the
    level in Word's outline.
    """

    name: str
    size: float
    sizes: Range
    bold: bool = False
    italic: bool = False
    underline: bool = False
    capitals: bool = False
    align: str = "left"
    first_line: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    exact_line: float = 0
    keep: bool = False
    outline: int | None = None
    article: str = ""


class DrawnRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Lengths of the lines drawn under title (or tiêu ngữ), issuer and summary, as shares of the text above; 0 means no line."""

    title: float
    issuer: float
    summary: float


class ColumnWidths(Struct, frozen=True, forbid_unknown_fields=True):
    """Widths in millimetres of the two columns of the tables that hold head and foot."""

    head: Range
    foot: Range


class LayoutProfile(Struct, frozen=True, forbid_unknown_fields=True):
    """One layout. `certain` is False where nobody has read the text of the rule itself.

    `kinds` are the abbreviations of kinds of documents (tên loại) in a ký hiệu.
    """

    id: str
    name: str
    rule: str
    party: bool
    certain: bool
    font: str
    page: PageRules
    words: FixedWords
    rules: DrawnRules
    columns: ColumnWidths
    elements: Mapping[str, ElementStyle]
    kinds: Mapping[str, str]

    def cite(self, article: str) -> str:
        """Return where a rule stands, and that it is not confirmed where it is not."""
        place = f"{self.rule}, {article}" if article else f"thông lệ; {self.rule} không quy định"
        return place if self.certain else f"{place}; theo bản tóm tắt công khai, cần đối chiếu toàn văn"
