"""The body of a document as a tree: parts, numbered headings, letters, dashes, paragraphs, with the labels under each."""

import re
from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.core.draft.lines import DraftLine, Mark, roman_text, roman_value
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.roles import Label, Role, labels_in
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.model.source_text import SourceTable
from kehoach_cli.viet.text import folded, match_key

_LEVELS = {
    Mark.PART: 0,
    Mark.ARTICLE: 1,
    Mark.ROMAN: 1,
    Mark.LETTER: 12,
    Mark.POINT: 13,
    Mark.DASH: 14,
    Mark.PLUS: 15,
    Mark.NONE: 14,
}
_FUNDING = re.compile(r"(?:(?:bảo đảm|đảm bảo) )?(?:nguồn (?:kinh phí|vốn|lực)|kinh phí)\b")
_NUMBERED = frozenset({Mark.PART, Mark.ARTICLE, Mark.ROMAN, Mark.NUMBER})


class Node(Struct, eq=False):
    """A part of the body. `id` is its number with those above it, "" where it has none of its own.

    `printed` is the number in the document where the id differs from it; `counted_on` says that it was used already.
    """

    line: DraftLine
    level: int
    id: str = ""
    printed: str | None = None
    counted_on: bool = False
    children: list["Node"] = field(default_factory=list)
    labels: list[tuple[Label, str]] = field(default_factory=list)
    tables: list[SourceTable] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The wording without its number."""
        return self.line.text

    @property
    def place(self) -> str:
        """Where it stands."""
        return self.line.place

    @property
    def numbered(self) -> bool:
        """Whether it has a roman or an arabic number."""
        return bool(self.id)


def outline_of(
    blocks: Iterable[DraftLine | SourceTable], notes: DraftNotes, under: str = "", title: DraftLine | None = None
) -> Node:
    """Return the root of the tree of lines and tables: of the body, or of the appendix with the id `under` and a title."""
    builder = _Builder(notes, under, title)
    for block in blocks:
        if isinstance(block, DraftLine):
            builder.add(block)
        else:
            builder.container().tables.append(block)
    return builder.root


class _Builder:
    def __init__(self, notes: DraftNotes, under: str, title: DraftLine | None) -> None:
        self.root = Node(title or DraftLine(Mark.NONE, (), "", ""), -1, under)
        self._open = [self.root]
        self._notes = notes
        self._parts = 0
        self._ids: set[str] = set()
        self._after: dict[tuple[str, bool, int], int] = {}

    def container(self) -> Node:
        """Return the innermost numbered node."""
        return next(node for node in reversed(self._open) if node.level < _LEVELS[Mark.LETTER])

    def add(self, line: DraftLine) -> None:
        """Add a line, or its labels to the node they speak of."""
        before, labels = labels_in(line.text)
        if labels and not before and line.mark not in _NUMBERED and not self._of_funding(labels):
            self._labelled(line).labels.extend((label, line.place) for label in labels)
            return
        # A number with nothing but labels behind it is an item of its own: "1. Thời gian: 02 ngày".
        own, labels = (before, labels) if before else (line.text, ())
        node = Node(replace(line, text=folded(own)), self._level(line))
        node.labels.extend((label, line.place) for label in labels)
        while self._open[-1].level >= node.level:
            self._open.pop()
        self._number(node)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _of_funding(self, labels: Iterable[Label]) -> bool:
        """Whether a line that begins with "Nguồn kinh phí:" stands below the title of the funding: it is no cost of a task."""
        title = match_key(self.container().text)
        return bool(_FUNDING.match(title)) and all(one.role is Role.COST for one in labels)

    def _level(self, line: DraftLine) -> int:
        if line.mark is Mark.POINT and self._introduced_by_dash():
            return _LEVELS[Mark.PLUS]
        return len(line.number) + 1 if line.mark is Mark.NUMBER else _LEVELS[line.mark]

    def _introduced_by_dash(self) -> bool:
        """Whether points stand below a dash that announces them ("- Gồm các việc:"), not below the title over it."""
        inner = [node for node in self._open if node.level >= _LEVELS[Mark.POINT]]
        return bool(inner) and inner[0].line.mark is Mark.DASH and inner[0].text.rstrip().endswith(":")

    def _labelled(self, line: DraftLine) -> Node:
        """Return what labels on a line of their own speak of: with a mark, what it stands below; else what stands before."""
        if line.mark in {Mark.LETTER, Mark.POINT, Mark.DASH, Mark.PLUS}:
            return next(node for node in reversed(self._open) if node.level < _LEVELS[line.mark])
        return self._open[-1]

    def _number(self, node: Node) -> None:
        """Give a node with a number its id; a number that was used already is counted on, which is a doubt."""
        if node.line.mark not in _NUMBERED:
            return
        if node.line.mark is Mark.ARTICLE:
            made = self._under(roman_text(int(node.line.number[0]) or 1))
            node.id = made if made not in self._ids else self._next(made)
            node.printed = f"Điều {node.line.number[0]}"
            self._ids.add(node.id)
            return
        if node.line.mark is Mark.PART:
            self._parts += 1
            node.id, node.printed = self._under(roman_text(self._parts)), node.line.printed_number
            self._ids.add(node.id)
            return
        above = {Mark.PART} if node.line.mark is Mark.ROMAN else {Mark.PART, Mark.ROMAN, Mark.ARTICLE}
        parent = next((one for one in reversed(self._open) if one.line.mark in above), None)
        parent = parent or (self.root if self.root.id else None)
        number = node.line.printed_number
        top = node.line.mark is Mark.NUMBER and parent is None
        if top:
            # Ids begin with a part; without parts the first numbers are the parts.
            first, *rest = node.line.number
            number = ".".join([roman_text(int(first) or 1), *rest])
            node.printed = node.line.printed_number
        made = self._under(number) if top or parent is None else f"{parent.id}.{number}"
        node.id = made if made not in self._ids else self._next(made)
        self._ids.add(node.id)
        if node.id != made:
            node.printed, node.counted_on = node.line.printed_number, True
            why = f'số "{node.printed}" đã dùng cho mục trước; ở đây được dẫn là {node.id}'
            self._notes.doubt(
                DoubtKind.NUMBER,
                (f"sections/{node.id}", node.place),
                f"{node.printed}. {node.text}",
                why,
                "đối chiếu số in trong văn bản; đúng như vậy thì xóa mục này",
            )

    def _under(self, number: str) -> str:
        return f"{self.root.id}.{number}".lstrip(".")

    def _next(self, made: str) -> str:
        """Return the first id from `made` on that is free; `_after` tells where counting went on before."""
        head, _, last = made.rpartition(".")
        roman = not last.isdigit()
        value = roman_value(last) if roman else int(last)
        passed: list[int] = []
        while (found := f"{head}.{roman_text(value) if roman else value}".lstrip(".")) in self._ids:
            passed.append(value)
            value = self._after.get((head, roman, value), value + 1)
        self._after.update(((head, roman, one), value) for one in passed)
        return found
