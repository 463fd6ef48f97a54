"""What the runs of a Word paragraph show: fields, symbols, notes, change tracking, old fonts."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from kehoach_cli.core.model.word_document import TextLook
from kehoach_cli.office.reading import Styles, W
from kehoach_cli.source.blocks import Remarks
from kehoach_cli.source.pieces import Run, text_of
from kehoach_cli.source.symbols import PRIVATE, UNKNOWN, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

PARAGRAPH = f"{W}p"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FALLBACK = f"{_COMPATIBLE}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SYMBOL = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
# What change tracking has deleted or moved away, and what shows nothing.
GONE = frozenset({f"{W}del", f"{W}moveFrom", _FALLBACK, f"{W}rPr", f"{W}pPr"})
_ADDED = frozenset({f"{W}ins", f"{W}moveTo"})
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-"}
_RUN, _FIELD, _LETTERS = f"{W}r", f"{W}fldChar", f"{W}t"
# The code of "ư" in TCVN3 is that of a soft hyphen, which LibreOffice writes as an element.
_TEXT = frozenset({_LETTERS, f"{W}softHyphen"})
_SYMBOLS = frozenset({f"{W}sym", f"{_SYMBOL}symEx"})
_REFERENCES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_LONGEST_CODE = 4


class Shown(Struct):
    """What a paragraph shows: its runs, the text boxes anchored in it, and the texts of its notes."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def and_then(self, other: "Shown") -> "Shown":
        """Return this and another as one paragraph."""
        return Shown(self.runs + other.runs, self.boxes + other.boxes, self.notes + other.notes)


class RunReader:
    """Reads paragraphs of one document in their order; what it changes goes to `remarks`."""

    def __init__(
        self, styles: Styles, parts: "Iterable[tuple[str, _Element | None]]", body: "_Element | None", remarks: Remarks
    ) -> None:
        """Take the parts with notes by kind; `body` is looked through for fields that do not end."""
        self._styles = styles
        self._remarks = remarks
        self._notes = {
            (kind, note.get(f"{W}id", "")): note
            for kind, root in parts
            if root is not None
            for note in root.iter(f"{W}{kind}")
        }
        # A field is an instruction and a result, each of any length: only the result is shown.
        self._fields: list[bool] = []
        self._instructions = 0
        self._endless = _endless_fields(body)
        self._in_note = False
        self._read_notes: dict[tuple[str, str], str] = {}

    def read(self, paragraph: "_Element", place: str) -> Shown:
        """Return what a paragraph shows."""
        shown = Shown()
        look = self._styles.of_paragraph(paragraph)
        shown.runs += [run for run in self._runs(paragraph, look, place, shown) if run.text]
        return shown

    def _runs(
        self, element: "_Element", base: TextLook, place: str, shown: Shown, *, added: bool = False
    ) -> Iterator[Run]:
        """Yield what the runs of a paragraph show. Its text boxes and notes are put into `shown`."""
        for child in element:
            if child.tag == _RUN:
                yield from self._run(child, base, place, shown, added=added)
            elif child.tag in GONE:
                self._say_deleted(child, place)
            elif child.tag == _MATH:
                self._remarks.add(place, "có công thức toán; chỉ đọc được các ký tự của nó", "đối chiếu bản in")
                yield Run(child.text or "", base, added)
            elif child.tag != PARAGRAPH:
                yield from self._runs(child, base, place, shown, added=added or child.tag in _ADDED)

    def _say_deleted(self, element: "_Element", place: str) -> None:
        if element.tag in {f"{W}del", f"{W}moveFrom"}:
            self._remarks.add(place, "có chữ đã xóa theo chế độ theo dõi thay đổi; không đọc", "đối chiếu bản đã ký")

    def _run(self, run: "_Element", base: TextLook, place: str, shown: Shown, *, added: bool) -> Iterator[Run]:
        look = self._styles.of_run(run, base)
        for node in _nodes(run):
            self._follow_field(node)
            text = self._shown_text(node, look, place, shown.notes)
            if text and look.hidden:
                self._remarks.add(place, "có chữ ẩn; không đọc", "đối chiếu bản in")
            elif text and not self._instructions:
                yield Run(text, look, added, node.tag in _TEXT)
            if len(node):
                self._look_into(node, place, shown)

    def _look_into(self, node: "_Element", place: str, shown: Shown) -> None:
        """Keep the text boxes of a drawing; say that it has pictures."""
        shown.boxes += _boxes(node)
        if node.tag == f"{W}object" or next(node.iter(*_PICTURES), None) is not None:
            message = "có hình, biểu đồ hoặc tệp nhúng; chữ trong đó không đọc được"
            self._remarks.add(
                place, message, "nếu trong hình có nội dung của kế hoạch, xin bản có chữ hoặc gõ tay phần đó"
            )

    def _follow_field(self, node: "_Element") -> None:
        kind = node.get(f"{W}fldCharType") if node.tag == _FIELD else None
        if kind == "begin" and node not in self._endless:
            self._fields.append(False)
            self._instructions += 1
        elif kind == "separate" and self._fields and not self._fields[-1]:
            self._fields[-1] = True
            self._instructions -= 1
        elif kind == "end" and self._fields:
            self._instructions -= 0 if self._fields.pop() else 1

    def _shown_text(self, node: "_Element", look: TextLook, place: str, notes: list[str]) -> str:
        """Return what a part of a run shows."""
        if node.tag == _LETTERS:
            return PRIVATE.sub(lambda found: symbol(look.fonts[0], found[0]), node.text or "")
        if node.tag in _SYMBOLS:
            namespace = node.tag[: node.tag.index("}") + 1]
            code = node.get(f"{namespace}char", "")
            return symbol(node.get(f"{namespace}font", ""), chr(int(code, 16))) if _is_code(code) else UNKNOWN
        if node.tag in _REFERENCES:
            kind = node.tag.removeprefix(W).removesuffix("Reference")
            notes.extend(filter(None, [self._note(kind, node.get(f"{W}id", ""), place)]))
        return "\u00ad" if node.tag == f"{W}softHyphen" else _BREAKS.get(node.tag, "")

    def _note(self, kind: str, number: str, place: str) -> str:
        """Return the text of a note; a note in a note, which only a damaged document has, is left out."""
        key = (kind, number)
        note = self._notes.get(key)
        if note is None or self._in_note:
            return ""
        if key in self._read_notes:
            return self._read_notes[key]
        self._in_note = True
        lines = [text_of(self.read(one, place).runs, place, self._remarks) for one in note.iter(PARAGRAPH)]
        self._in_note = False
        self._read_notes[key] = " ".join(" ".join(lines).split())
        return self._read_notes[key]


def _nodes(run: "_Element") -> "Iterator[_Element]":
    for node in run:
        choice = node.find(f"{_COMPATIBLE}Choice/{_SYMBOL}symEx") if node.tag.startswith(_COMPATIBLE) else None
        yield node if choice is None else choice


def _boxes(element: "_Element") -> "Iterator[_Element]":
    """Yield the outermost text boxes in an element; a drawing is stored twice, the second time for old programs."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)


def _endless_fields(body: "_Element | None") -> "set[_Element]":
    """Return the beginnings of fields that never end: what follows is text."""
    begun: list[_Element] = []
    for node in body.iter(f"{W}fldChar") if body is not None else ():
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(node)
        elif kind == "end" and begun:
            begun.pop()
    return set(begun)


def _is_code(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_CODE and all(letter in "0123456789abcdefABCDEF" for letter in text)
