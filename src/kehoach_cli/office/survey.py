"""Reading any .docx the way a clerk does: what is its title, its number, its last line, its appendices."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from kehoach_cli.office.docx_package import open_package, parse_part
from kehoach_cli.office.profile import PARTY, STATE, load_profile
from kehoach_cli.office.reading import Look, Styles, W, runs
from kehoach_cli.viet.text import match_key

if TYPE_CHECKING:
    from lxml.etree import _Element

KINDS = (
    "báo cáo", "kế hoạch", "quyết định", "nghị quyết", "chỉ thị", "quy chế", "quy định", "thông cáo", "thông báo",
    "hướng dẫn", "chương trình", "phương án", "đề án", "dự án", "biên bản", "tờ trình", "hợp đồng", "công điện",
    "bản ghi nhớ", "bản thỏa thuận", "giấy ủy quyền", "giấy mời", "giấy giới thiệu", "giấy nghỉ phép", "phiếu gửi",
    "phiếu chuyển", "phiếu báo", "kết luận",
)  # fmt: skip
_DATE = re.compile(r"\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b")
_NUMBER = re.compile(r"Số\s*:?\s*(?:\d+\s*)?[/-]|Số\s*:|Số\s*$", re.IGNORECASE)
_APPENDIX = re.compile(r"phụ lục(?:\s+(?:số\s+)?(?P<number>[IVXLC]+|\d+|[A-Z]))?\s*[.:]?", re.IGNORECASE)
# Titles under which a head signs, where no mark of authority stands above.
_OFFICE = re.compile(
    r"(?:phó\s+)?(?:tổng\s+)?(?:giám đốc|chủ tịch|bộ trưởng|thứ trưởng|chánh văn phòng|chánh thanh tra|trưởng ban|bí thư"
    r"|cục trưởng|chi cục trưởng|thủ trưởng|hiệu trưởng|trưởng phòng|viện trưởng|chủ nhiệm)\b.*"
)
_MARKS = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s|(?:T/M|K/T|T/L)\s")
_FIELD = re.compile(r"\bPAGE\b")


class Line(Struct, frozen=True):
    """One line of text: a paragraph, or a piece of one between breaks and tabs; `number` counts paragraphs from 1."""

    index: int
    number: int
    text: str
    looks: tuple[Look, ...]
    paragraph: "_Element"

    @property
    def key(self) -> str:
        """The text for comparison."""
        return match_key(self.text)

    @property
    def look(self) -> Look:
        """The looks of its first letter."""
        return self.looks[0] if self.looks else Look()

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"đoạn {self.number}"


class Survey(Struct, dict=True):
    """A document and what was recognised in it; None and empty where there is nothing of the kind."""

    parts: dict[str, bytes]
    body: "_Element"
    styles: Styles
    lines: list[Line] = field(default_factory=list)

    @cached_property
    def titles(self) -> list[Line]:
        """Every Quốc hiệu."""
        return self._named(load_profile(STATE).words.title)

    @cached_property
    def mottos(self) -> list[Line]:
        """Every tiêu ngữ, also with the wrong dashes."""
        return self._named(load_profile(STATE).words.motto)

    @cached_property
    def party_titles(self) -> list[Line]:
        """Every title of the Party; a mention inside a sentence is none."""
        return self._named(load_profile(PARTY).words.title)

    @cached_property
    def kind(self) -> Line | None:
        """Tên loại: the first line that is nothing but the name of a kind of document."""
        lines = self.lines[: self.closing_index]
        short = (line for line in lines if len(line.text) < _LONGEST_KIND)
        return next((line for line in short if line.key in KINDS and not self._in_data(line)), None)

    @cached_property
    def date(self) -> Line | None:
        """Place and date of the head."""
        return next((line for line in self._head() if _DATE.search(line.text)), None)

    @cached_property
    def number(self) -> Line | None:
        """Number and ký hiệu of the head."""
        return next((line for line in self._head() if _NUMBER.match(line.text)), None)

    @cached_property
    def letter_summary(self) -> Line | None:
        """Trích yếu of a letter."""
        return next((line for line in self._head() if line.text.startswith("V/v")), None)

    @cached_property
    def summary(self) -> Line | None:
        """Trích yếu: what stands below tên loại."""
        if self.kind is None:
            return None
        after = self.lines[self.kind.index + 1 :]
        return next((line for line in after if line.text.strip("-–—_* ")), None)

    @cached_property
    def issuers(self) -> list[Line]:
        """The lines of the head's left side above the number, and those beside them that are no title or date."""
        known = {*self.titles, *self.mottos, *self.party_titles}
        if self.number is None or self.date is None:
            return []
        first = min(self.number.index, self.date.index)
        return [line for line in self.lines[:first] if line not in known and line.text.strip("-–—_* ")]

    @cached_property
    def recipients(self) -> Line | None:
        """The heading "Nơi nhận"."""
        return next((line for line in self.lines if re.match(r"nơi nhận\s*(?::|$)", line.text, re.IGNORECASE)), None)

    @cached_property
    def recipient_lines(self) -> list[Line]:
        """The entries of Nơi nhận, which begin with a dash."""
        if self.recipients is None:
            return []
        found: list[Line] = []
        own = next(self.recipients.paragraph.iterancestors(f"{W}tc"), None)
        for line in self.lines[self.recipients.index + 1 :]:
            if next(line.paragraph.iterancestors(f"{W}tc"), None) is not own or not line.text.lstrip().startswith("-"):
                break
            found.append(line)
        return found

    @cached_property
    def signature(self) -> list[Line]:
        """The lines of authority and office above the signer's name."""
        beside = self.recipients.index if self.recipients else None
        near = self.lines if beside is None else self.lines[max(0, beside - 6) : beside + 40]
        found = [line for line in near if _MARKS.match(line.text)]
        if not found:
            offices = [line for line in near if _OFFICE.fullmatch(line.text.lower()) and line.text.isupper()]
            found = offices[:1]
        if not found:
            return []
        for line in self.lines[found[-1].index + 1 :]:
            if not (_OFFICE.fullmatch(line.text.lower()) and line.text.isupper()):
                break
            found.append(line)
        return found

    @cached_property
    def closing_index(self) -> int:
        """Index of the first line of the sign-off; the number of lines where there is none."""
        marks = [line for line in (self.recipients, *self._signed()) if line]
        tables = {next(line.paragraph.iterancestors(f"{W}tbl"), None) for line in marks} - {None}
        first = min((line.index for line in marks), default=len(self.lines))
        inside = (
            line.index for line in self.lines[:first] if tables.intersection(line.paragraph.iterancestors(f"{W}tbl"))
        )
        return min(inside, default=first)

    @cached_property
    def last_line(self) -> Line | None:
        """The last line of the text, before the sign-off."""
        return next((line for line in reversed(self.lines[: self.closing_index]) if line.text.strip("_-– ")), None)

    @cached_property
    def appendices(self) -> list[tuple[Line, str]]:
        """The headings of appendices behind the sign-off with their numbers as printed."""
        behind = ((line, _APPENDIX.fullmatch(line.text)) for line in self.lines[self.closing_index :])
        return [(line, match["number"] or "") for line, match in behind if match]

    @cached_property
    def text_lines(self) -> list[Line]:
        """The lines of the text proper: after the head, before the sign-off, not in tables."""
        start = max((line.index for line in (self.summary, self.date, self.letter_summary) if line), default=-1) + 1
        lines = self.lines[start : self.closing_index]
        return [line for line in lines if next(line.paragraph.iterancestors(f"{W}tbl"), None) is None]

    @cached_property
    def sections(self) -> "list[_Element]":
        """The properties of the sections in order."""
        return list(self.body.iter(f"{W}sectPr"))

    @cached_property
    def tables(self) -> "list[_Element]":
        """The tables that stand in no other table."""
        return [table for table in self.body.iter(f"{W}tbl") if next(table.iterancestors(f"{W}tbl"), None) is None]

    def header(self, section: "_Element", kind: str) -> "_Element | None":
        """Return the page header of a kind (`default`, `first`) that a section uses, its own or that of one before it."""
        for own in reversed(self.sections[: self.sections.index(section) + 1]):
            for reference in own.findall(f"{W}headerReference"):
                if reference.get(f"{W}type") == kind:
                    name = self._relations.get(reference.get(_R_ID, ""), "")
                    return parse_part(self.parts, name) if name in self.parts else None
        return None

    @cached_property
    def _relations(self) -> dict[str, str]:
        name = "word/_rels/document.xml.rels"
        if name not in self.parts:
            return {}
        root = parse_part(self.parts, name)
        return {one.get("Id", ""): f"word/{one.get('Target', '').removeprefix('/word/')}" for one in root}

    def _in_data(self, line: Line) -> bool:
        """Whether a line stands in a table of figures, where "Kế hoạch" is the heading of a column."""
        table = next(line.paragraph.iterancestors(f"{W}tbl"), None)
        titles = (*self.titles, *self.party_titles)
        return table is not None and not any(table in title.paragraph.iterancestors(f"{W}tbl") for title in titles)

    def _named(self, words: str) -> list[Line]:
        wanted = match_key(words)
        # Making a key takes time, and tables have thousands of lines; a spelling is never much longer or shorter.
        return [line for line in self.lines if abs(len(line.text) - len(words)) < _SPELLING and line.key == wanted]

    def _head(self) -> list[Line]:
        end = self.kind.index if self.kind else min(30, len(self.lines))
        return self.lines[:end]

    def _signed(self) -> list[Line]:
        if self.recipients is not None:
            return [line for line in self.signature if abs(line.index - self.recipients.index) < 40]  # noqa: PLR2004
        return self.signature


_BREAKS = frozenset({f"{W}br", f"{W}cr", f"{W}tab"})
_SEEN = _BREAKS | {f"{W}t", f"{W}noBreakHyphen"}
_SPELLING = 8
_LONGEST_KIND = 24
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def survey(data: bytes) -> Survey:
    """Return a document read.

    Raises:
        PackageError: the file is no usable .docx.
    """
    parts = open_package(data)
    root = parse_part(parts, "word/document.xml")
    styles = Styles(parse_part(parts, "word/styles.xml") if "word/styles.xml" in parts else None, _theme(parts))
    body = root.find(f"{W}body")
    found = Survey(parts, root if body is None else body, styles)
    for number, paragraph in enumerate(found.body.iter(f"{W}p"), 1):
        # What older programs show in place of a text box says the same again.
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue
        for text, looks in _pieces(paragraph, styles):
            found.lines.append(Line(len(found.lines), number, text, looks, paragraph))
    return found


def has_page_field(part: "_Element") -> bool:
    """Whether a page header prints the page number."""
    words = [node.text or "" for node in part.iter(f"{W}instrText")]
    words += [node.get(f"{W}instr", "") for node in part.iter(f"{W}fldSimple")]
    return any(_FIELD.search(text) for text in words)


def _pieces(paragraph: "_Element", styles: Styles) -> Iterator[tuple[str, tuple[Look, ...]]]:
    """Yield the lines of a paragraph that have text, with the looks of their runs in order."""
    text = ""
    looks: list[Look] = []
    for node, look in _nodes(paragraph, styles):
        if node.tag in _BREAKS:
            if text.strip():
                yield _tidy(text), tuple(looks)
            text, looks = "", []
            continue
        added = (node.text or "") if node.tag == f"{W}t" else "-"
        text += added
        looks += [look] if added.strip() else []
    if text.strip():
        yield _tidy(text), tuple(looks)


def _nodes(paragraph: "_Element", styles: Styles) -> "Iterator[tuple[_Element, Look]]":
    """Yield texts and breaks of a paragraph that are seen, with the looks of their run."""
    base = styles.of_paragraph(paragraph)
    for run in runs(paragraph):
        look = styles.of_run(run, base)
        if not look.hidden:
            yield from ((node, look) for node in run if node.tag in _SEEN)


def _tidy(text: str) -> str:
    """Return text with its spaces folded; NFD stays visible to the check of the raw text."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _theme(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the typefaces of the theme: `major` and `minor`."""
    if "word/theme/theme1.xml" not in parts:
        return {}
    root = parse_part(parts, "word/theme/theme1.xml")
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    found = {}
    for name in ("major", "minor"):
        latin = root.find(f".//{drawing}{name}Font/{drawing}latin")
        if latin is not None:
            found[name] = latin.get("typeface", "")
    return found
