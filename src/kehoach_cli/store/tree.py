"""YAML as a tree of plain values that knows where each one stands.

One pass over the parser's events gives data and places together; the C parser is used where it is installed, the pure one
otherwise, with identical results. Numbers and dates stay text (`1.10`, `012`, `2026-06-31` keep their spelling): the schemas
judge them. What YAML allows beyond plain data (anchors, tags, merge keys, directives, several documents) is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from kehoach_cli.core.finding import KeyPath
from kehoach_cli.viet.text import folded

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 32

Mark: TypeAlias = tuple[int, int]


class Mapping(dict[str, Any]):
    """A mapping; `marks` gives for each key the place of the key and of its value."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.marks: dict[str, tuple[Mark, Mark]] = {}


class Sequence(list[Any]):
    """A sequence; `marks` gives the place of each element."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.marks: list[Mark] = []


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file as YAML: code, Vietnamese message and place (1-based)."""

    code: str
    message: str
    mark: Mark
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a document (None where its syntax broke) and every problem met on the way."""

    tree: Any
    problems: tuple[Problem, ...] = ()


class _TooDeepError(Exception):
    """The nesting is absurd; reading on would only cost memory."""


def place(tree: Any, path: KeyPath, *, key: bool = False) -> Mark:
    """Return line and column (1-based) of the value at `path`, or of its key; the nearest known parent if it is missing."""
    mark: Mark = (1, 1)
    for depth, part in enumerate(path):
        if isinstance(tree, Mapping) and part in tree.marks:
            key_mark, value_mark = tree.marks[str(part)]
            mark = key_mark if (key and depth == len(path) - 1) or tree[str(part)] is None else value_mark
            tree = tree[str(part)]
        elif isinstance(tree, Sequence) and isinstance(part, int) and part < len(tree):
            mark, tree = tree.marks[part], tree[part]
        else:
            break
    return mark


def mappings_at(tree: Any, key: str) -> Iterator[tuple[int, Mapping]]:
    """Yield index and entry of the mappings listed under `key`; what has another shape is for the schema to report."""
    found = tree.get(key) if isinstance(tree, Mapping) else None
    if isinstance(found, Sequence):
        yield from ((index, entry) for index, entry in enumerate(found) if isinstance(entry, Mapping))


def texts_at(tree: Any, key: str) -> Iterator[tuple[int, str]]:
    """Yield index and text of the strings listed under `key`."""
    found = tree.get(key) if isinstance(tree, Mapping) else None
    if isinstance(found, Sequence):
        yield from ((index, entry) for index, entry in enumerate(found) if isinstance(entry, str))


def parse(text: str, *, pure: bool = False) -> Parsed:
    """Return the tree of one YAML document (an empty one is None) and what is wrong with it.

    A duplicate key or a refused feature is a problem, and reading goes on; broken syntax and absurd depth end it.
    """
    from ruamel.yaml import error as ruamel

    builder = _Builder()
    try:
        builder.build(_events(text, pure=pure))
    except ruamel.MarkedYAMLError as error:
        return Parsed(None, (*builder.problems, _syntax_problem(error)))
    except (ruamel.YAMLError, RecursionError):
        return Parsed(None, (*builder.problems, Problem("K002", "không đọc được cú pháp YAML của tệp", (1, 1))))
    except _TooDeepError:
        return Parsed(None, tuple(builder.problems))
    return Parsed(builder.root, tuple(builder.problems))


def _events(text: str, *, pure: bool) -> Iterable[Any]:
    if not pure:
        try:
            from _ruamel_yaml import CParser
        except ImportError:
            pass
        else:
            return iter(CParser(text).get_event, None)
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).parse(text)  # type: ignore[no-any-return]


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


class _Builder:
    """Builds the tree from events, keeping the open containers on a stack."""

    def __init__(self) -> None:
        self.root: Any = None
        self.problems: list[Problem] = []
        self._documents = 0
        self._stack: list[Mapping | Sequence] = []
        # For each open container the key that waits for its value; None where a key (or an element) comes next.
        self._keys: list[tuple[str, Mark] | None] = []

    def build(self, events: Iterable[Any]) -> None:
        for event in events:
            kind = type(event).__name__
            if kind == "ScalarEvent":
                self._scalar(event)
            elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
                self._open(event, Mapping() if kind == "MappingStartEvent" else Sequence())
            elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
                self._stack.pop()
                self._keys.pop()
            elif kind == "AliasEvent":
                self._refuse(event, f'không dùng tham chiếu YAML "*{event.anchor}"; viết lại đầy đủ nội dung')
                self._put(f"*{event.anchor}", _mark(event))
            elif kind == "DocumentStartEvent":
                self._document(event)

    def _refuse(self, event: Any, message: str, code: str = "K004") -> None:
        self.problems.append(Problem(code, message, _mark(event)))

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._refuse(event, 'tệp chỉ được chứa một tài liệu YAML; bỏ dấu "---" ở đây')
        if getattr(event, "version", None) or getattr(event, "tags", None):
            message = 'không dùng chỉ thị YAML (dòng bắt đầu bằng "%"); xóa dòng này'
            self.problems.append(Problem("K004", message, (1, 1)))

    def _open(self, event: Any, container: Mapping | Sequence) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(event, f"dữ liệu lồng nhau quá {MAX_DEPTH} cấp", "K005")
            raise _TooDeepError
        self._refuse_decorations(event)
        if self._awaits_key():
            self._refuse(event, "khóa phải là một từ, không phải danh sách hay nhóm khóa")
            self._keys[-1] = ("?", _mark(event))
            # The odd key is read apart and forgotten; its value then belongs to a key nobody knows.
            self._stack.append(container)
            self._keys.append(None)
            return
        self._put(container, _mark(event))
        self._stack.append(container)
        self._keys.append(None)

    def _scalar(self, event: Any) -> None:
        self._refuse_decorations(event)
        if self._awaits_key():
            self._key(event)
        else:
            self._put(_value(event), _mark(event))

    def _awaits_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1], Mapping) and self._keys[-1] is None

    def _key(self, event: Any) -> None:
        parent, key, mark = self._stack[-1], folded(event.value), _mark(event)
        if key == "<<" and not event.style:
            self._refuse(event, 'không dùng khóa gộp "<<"; viết lại đầy đủ nội dung')
        elif isinstance(parent, Mapping) and key in parent:
            message = f'khóa "{key}" lặp lại; đã có ở dòng {parent.marks[key][0][0]}'
            self.problems.append(Problem("K003", message, mark, "xóa một trong hai khóa"))
        self._keys[-1] = (key, mark)

    def _put(self, value: Any, mark: Mark) -> None:
        if not self._stack:
            if self._documents == 1:
                self.root = value
            return
        parent, pending = self._stack[-1], self._keys[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.marks.append(mark)
        elif pending is not None:
            key, key_mark = pending
            if key not in parent:
                parent[key] = value
                # The two parsers place an empty value differently, so it is placed at its key.
                parent.marks[key] = (key_mark, key_mark if value is None else mark)
            self._keys[-1] = None

    def _refuse_decorations(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, f'không dùng mốc YAML "&{event.anchor}"; bỏ nó đi')
        # The pure parser reports tags as objects, the C parser as text; "!" alone marks a quoted string.
        if event.tag is not None and str(event.tag) not in {"", "!", "None"}:
            self._refuse(event, 'không dùng thẻ kiểu YAML (bắt đầu bằng "!")')


def _value(event: Any) -> str | bool | None:
    text: str = event.value
    if event.style:
        return text
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    return text


_MISPLACED = "chỗ này thụt dòng sai hoặc thừa ký tự so với các dòng phía trên"

# Parser problems in the order they are looked for: a piece of the parser's own words, and what a clerk should do.
_SYNTAX = (
    ("unexpected end of stream", "dấu nháy mở ở đây chưa được đóng"),
    ("flow sequence", 'danh sách mở bằng "[" ở đây chưa được đóng bằng "]" hoặc thiếu dấu phẩy'),
    ("flow mapping", 'nhóm khóa mở bằng "{" ở đây chưa được đóng bằng "}" hoặc thiếu dấu phẩy'),
    (
        "mapping values are not allowed",
        'dấu ":" không đúng chỗ: thụt dòng sai, hoặc văn bản có ": " phải đặt trong dấu nháy kép',
    ),
    ("block scalar", 'sau ">" hoặc "|" phải xuống dòng; nếu đó là dấu so sánh, đặt cả giá trị trong dấu nháy kép'),
    (
        "cannot start any token",
        "ký tự không được đứng đầu giá trị (tab, @, `, %): dùng dấu cách để thụt dòng, đặt giá trị trong dấu nháy kép",
    ),
    ("escape", 'sau "\\" trong dấu nháy kép có ký tự không hợp lệ; viết "\\\\" nếu muốn chính dấu "\\"'),
    ("'-'", _MISPLACED),
    ("block end", _MISPLACED),
    ("block mapping", _MISPLACED),
    ("document start", _MISPLACED),
    ("simple key", 'dòng này thiếu dấu ":" sau khóa, hoặc thụt sai'),
    ("undefined alias", "không dùng tham chiếu YAML; viết lại đầy đủ nội dung"),
    ("tab", "không dùng tab để thụt dòng; dùng dấu cách"),
)


def _syntax_problem(error: Any) -> Problem:
    words = f"{error.context or ''} {error.problem or ''}".lower()
    message = next((text for piece, text in _SYNTAX if piece in words), "cú pháp YAML sai ở đây")
    # An unclosed bracket or quote is mended where it was opened, which is where the context points.
    opened = error.context_mark if any(piece in words for piece in ("flow", "quoted", "end of stream")) else None
    mark = opened or error.problem_mark or error.context_mark
    return Problem("K002", message, (mark.line + 1, mark.column + 1) if mark else (1, 1))
