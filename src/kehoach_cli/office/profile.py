"""Layout profiles: the rules of a layout as data, in `profiles/*.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from msgspec import Struct

Range: TypeAlias = tuple[float, float]

STATE, PARTY = "nd30-2020", "hd05-vptw-2026"
PROFILES = (STATE, PARTY)


class Page(Struct, frozen=True):
    """Paper and margins in millimetres, with what the rule admits; the page number stands `number_from_edge` from the top."""

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

    @property
    def text_width(self) -> float:
        """The width between the margins of an upright page."""
        return self.size[0] - self.left - self.right


class Words(Struct, frozen=True):
    """Fixed words, and the marks a ký hiệu or an authority is recognised by; `symbol` is a regular expression."""

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
    table_article: str
    symbol: str
    symbol_example: str
    star: str = ""
    dashes: str = ""


class Element(Struct, frozen=True):
    """How one element is set: sizes, gaps (points), indents (millimetres); `sizes` is what the rule admits.

    `line` is a multiple of single spacing, `exact_line` a height in points and wins; `article` is where the rule stands, empty
    where it is silent; `outline` is the level in Word's outline.
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


class Lines(Struct, frozen=True):
    """Lengths of the drawn rules under title (or tiêu ngữ), issuer and summary, as a share of the text above; 0: no rule."""

    title: float
    issuer: float
    summary: float


class Columns(Struct, frozen=True):
    """Widths of the two columns of the tables that hold head and foot, in millimetres."""

    head: Range
    foot: Range


class Profile(Struct, frozen=True):
    """One layout. `certain` is False where the rule's own text was not seen."""

    id: str
    name: str
    rule: str
    party: bool
    certain: bool
    font: str
    page: Page
    words: Words
    rules: Lines
    columns: Columns
    elements: Mapping[str, Element]

    def cite(self, article: str) -> str:
        """Return where a rule stands, and that it is not confirmed where it is not."""
        place = f"{self.rule}, {article}" if article else f"thông lệ; {self.rule} không quy định"
        return place if self.certain else f"{place}; theo bản tóm tắt công khai, cần đối chiếu toàn văn"


@cache
def load_profile(name: str) -> Profile:
    """Return the profile with this id, one of `PROFILES`."""
    data = tomllib.loads((files("kehoach_cli.office") / "profiles" / f"{name}.toml").read_text(encoding="utf-8"))
    parts: dict[str, Any] = {
        "page": _made(Page, data["page"]),
        "words": _made(Words, data["words"]),
        "rules": _made(Lines, data["rules"]),
        "columns": _made(Columns, data["columns"]),
        "elements": {key: _made(Element, values) for key, values in data["elements"].items()},
    }
    return Profile(**{**data, **parts})


def _made(kind: Any, values: Mapping[str, Any]) -> Any:
    """Return `kind` filled from a table; an unknown or a missing key is a fault of the profile and raises."""
    known = set(kind.__struct_fields__)
    if strange := set(values) - known:
        raise ValueError(f"unknown keys in profile: {sorted(strange)}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})
