"""Reads YAML into a tree of values with the place of each one.

One pass over the parser's events gives values and places. The C parser is used where it is installed, the pure one otherwise,
with the same results. Numbers and dates stay text, so that `1.10`, `012` and `2026-06-31` keep their spelling for the schemas.
Anchors, tags, merge keys, directives and several documents are refused.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.source_file import Trap
from kehoach_cli.store.files.conflicts import CONFLICT_HINT, conflict
from kehoach_cli.viet.text import CONTROLS, folded, match_key

# A plan of 6,000 tasks, forty times the largest known one, has 4 MB, 84,000 lines and 200,000 values and keys. A file far
# beyond that is no plan, and would take minutes and gigabytes.
MAX_DEPTH = 32
MAX_LINES = 500_000
MAX_EVENTS = 600_000
MAX_ENTRIES = 20_000
MAX_PROBLEMS = 500
_MOST_UNWANTED = 20
_SUSPECT = re.compile(rf"[\t{CONTROLS}]")
_UNWANTED = re.compile(
    rf"(?P<control>[{CONTROLS}])|(?P<tab>\t)|(?P<line>^(?:%[^\n]*|[.]{{3}}(?=[ \r\n]|$)[^\n]*))", re.MULTILINE
)

# Without quotes, one YAML reader takes these for a number, a truth value or a time and another for text, or they lose their
# spelling.
TRAP = re.compile(
    r"[+-]?0\d+|[+-]?\d*\.\d+|[+-]?\d+\.|[+-]?\d+(?:\.\d{3})*,\d+|\d+(?:_\d+)+|\d+(?::\d\d)+|0[xob][\da-f]+|\d+e[+-]?\d+"
    r"|y|n|yes|no|on|off|\.inf|\.nan",
    re.IGNORECASE,
)

# An unquoted value that begins with another character is plain text: see `_PLAIN_WORDS` and `TRAP`.
_WATCHED = frozenset({"", *"~nNtTfF0123456789+-.yYoO"})
TRAP_STARTS = frozenset("0123456789+-.yYnNoO")

Mark: TypeAlias = tuple[int, int]
NOWHERE: Mark = (0, 0)


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


class Problem(Struct, frozen=True):
    """A problem with a file as YAML: code, Vietnamese message and place (1-based)."""

    code: str
    message: str
    mark: Mark
    hint: str | None = None


class Parsed(Struct, frozen=True):
    """The tree of a document (None after a syntax error), every problem, and the values that need quotes."""

    tree: Any
    problems: tuple[Problem, ...] = ()
    traps: tuple[Trap, ...] = ()


class _UnreadableError(Exception):
    """The builder cannot go on; it has recorded the problem."""


def place(tree: Any, path: KeyPath, *, key: bool = False) -> Mark:
    """Return line and column (1-based) of the value at `path`, or of its key; if it is missing, of its nearest known parent."""
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


def value_at(tree: Any, path: KeyPath) -> Any:
    """Return the value at `path`, None where there is none."""
    for part in path:
        if isinstance(tree, Mapping) and part in tree:
            tree = tree[str(part)]
        elif isinstance(tree, Sequence) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
        else:
            return None
    return tree


def as_tree(value: Any) -> Any:
    """Return data as a tree whose values have no place in a text."""
    if isinstance(value, dict):
        mapping = Mapping()
        for key, child in value.items():
            mapping[key], mapping.marks[key] = as_tree(child), (NOWHERE, NOWHERE)
        return mapping
    if isinstance(value, list | tuple):
        sequence = Sequence()
        sequence.extend(as_tree(child) for child in value)
        sequence.marks.extend(NOWHERE for _ in value)
        return sequence
    return value


def starts(tree: Any) -> Iterator[int]:
    """Yield the line on which each key and each value of the tree begins, in no order."""
    if isinstance(tree, Mapping):
        yield from (mark[0] for marks in tree.marks.values() for mark in marks)
    elif isinstance(tree, Sequence):
        yield from (mark[0] for mark in tree.marks)
    for child in tree.values() if isinstance(tree, Mapping) else tree if isinstance(tree, Sequence) else ():
        yield from starts(child)


def quoted_lines(text: str) -> Iterator[tuple[Mark, Mark]]:
    """Yield where each quoted or block value begins and ends: a # in it starts no comment. A syntax error ends this."""
    from ruamel.yaml import error as ruamel

    clean, _ = _without_unwanted(text.removeprefix("\ufeff"))
    try:
        for event in _events(clean, pure=False):
            if type(event).__name__ == "ScalarEvent" and event.style:
                line, column = _mark(event)
                # A comment may stand after the sign of a block.
                start = (line + 1, 1) if event.style in "|>" else (line, column)
                yield start, (event.end_mark.line + 1, event.end_mark.column + 1)
    except (ruamel.YAMLError, RecursionError):
        return


def same_data(one: str, other: str) -> bool:
    """Whether two texts hold the same data apart from Unicode form, spaces and tone placement; False if one is not valid YAML."""
    first, second = parse(one).tree, parse(other).tree
    return first is not None and bool(_essence(first) == _essence(second))


def _essence(tree: Any) -> Any:
    if isinstance(tree, Mapping):
        return {match_key(key): _essence(value) for key, value in tree.items()}
    if isinstance(tree, Sequence):
        return [_essence(value) for value in tree]
    return match_key(tree) if isinstance(tree, str) else tree


def mappings_at(tree: Any, key: str) -> Iterator[tuple[int, Mapping]]:
    """Yield index and entry of the mappings listed under `key`; the schema reports values of another shape."""
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

    After a duplicate key or a refused feature reading goes on; a syntax error or absurd depth ends it.
    """
    from ruamel.yaml import error as ruamel

    if text.count("\n") > MAX_LINES or text.count("\r") > MAX_LINES:
        return Parsed(None, (Problem("K005", f"tệp có hơn {MAX_LINES} dòng", (1, 1)),))
    if found := conflict(text):
        return Parsed(None, (Problem("K002", found[1], (found[0], 1), CONFLICT_HINT),))
    clean, unwanted = _without_unwanted(text.removeprefix("\ufeff"))
    builder = _TreeBuilder()
    try:
        builder.build(_events(clean, pure=pure))
    except ruamel.MarkedYAMLError as error:
        problem = _syntax_problem(error, builder)
        # The parser places an unexpected end behind the last line, where there is nothing to see.
        last = clean.rstrip("\n").count("\n") + 1
        problem = problem if problem.mark[0] <= last else replace(problem, mark=(last, 1))
        return Parsed(None, (*unwanted, *builder.problems, problem))
    except (ruamel.YAMLError, RecursionError):
        return Parsed(
            None, (*unwanted, *builder.problems, Problem("K002", "không đọc được cú pháp YAML của tệp", (1, 1)))
        )
    except _UnreadableError:
        return Parsed(None, (*unwanted, *builder.problems))
    return Parsed(builder.root, (*unwanted, *builder.problems), tuple(builder.traps))


def _without_unwanted(text: str) -> tuple[str, list[Problem]]:
    """Return the text without control characters, tabs, directives and document ends, and a problem for each of the first ones.

    Control characters must not reach a terminal, and YAML refuses most of them without a place. The two parsers differ on tabs,
    directives and document ends. Each one is replaced by as many characters, so that places stay.
    """
    problems: list[Problem] = []
    # Most files hold only printable characters and line ends; this test is twenty times as fast as the search.
    plain = text.replace("\n", "").replace("\r", "").isprintable()
    if (
        (plain or not _SUSPECT.search(text))
        and not text.startswith(("%", "..."))
        and "\n%" not in text
        and "\n..." not in text
    ):
        return text, problems

    def blanked(found: re.Match[str]) -> str:
        if len(problems) < _MOST_UNWANTED:
            mark = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
            problems.append(_unwanted_problem(found[0], mark))
        return "\ufffd" if found.lastgroup == "control" else " " if found.lastgroup == "tab" else "#" + found[0][1:]

    return _UNWANTED.sub(blanked, text), problems


def _unwanted_problem(found: str, mark: Mark) -> Problem:
    if found == "\t":
        return Problem("K002", "không dùng tab", mark, "thay bằng dấu cách")
    if found.startswith("%"):
        return Problem("K004", 'không dùng chỉ thị YAML (dòng bắt đầu bằng "%")', mark, "xóa dòng này")
    if found.startswith("..."):
        return Problem("K004", 'tệp chỉ được chứa một tài liệu YAML; có dấu "..." ở đây', mark, "xóa dòng này")
    return Problem("K501", f"có ký tự điều khiển hoặc ký tự vô hình U+{ord(found):04X}", mark, "xóa ký tự này")


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


def _ignore(_: object) -> None:
    """Ignore begin and end of the stream, and the end of a document."""


class _TreeBuilder:
    """Builds the tree from events, keeping the open containers on a stack."""

    def __init__(self) -> None:
        self.root: Any = None
        self.problems: list[Problem] = []
        self.traps: list[Trap] = []
        self._documents = 0
        # Keys as written → as stored: the same few dozen occur in every file.
        self._known_keys: dict[str, str] = {}
        self._stack: list[Mapping | Sequence] = []
        # For each open container the key that waits for its value; None where a key (or an element) comes next.
        self._keys: list[tuple[str, Mark] | None] = []
        # Start and last line of the last quoted value over several lines: its quote may be an unclosed one.
        self.long_quote: tuple[Mark, int] | None = None
        # For each open container the place of its bracket; None for one written in lines.
        self._brackets: list[Mark | None] = []

    def build(self, events: Iterable[Any]) -> None:
        """Read the events of a whole text."""
        from ruamel.yaml import events as kinds

        handlers = {
            kinds.MappingStartEvent: self._open_mapping,
            kinds.SequenceStartEvent: self._open_sequence,
            kinds.MappingEndEvent: self._close,
            kinds.SequenceEndEvent: self._close,
            kinds.AliasEvent: self._alias,
            kinds.DocumentStartEvent: self._document,
        }
        scalar = kinds.ScalarEvent
        keys, known = self._keys, self._known_keys
        parent: Any = None
        marks: Any = None
        left = iter(events)
        for event in islice(left, MAX_EVENTS):
            if event.__class__ is not scalar:
                handlers.get(event.__class__, _ignore)(event)
                parent = self._stack[-1] if self._stack else None
                marks = parent.marks if self._stack else None
                continue
            # Nearly every event is a scalar. A function call for each one would double the time, so most are handled here.
            start = event.start_mark
            mark = (start.line + 1, start.column + 1)
            if event.anchor is not None or event.tag is not None:
                self._refuse_decorations(event)
            text = event.value
            if parent.__class__ is Mapping:
                pending = keys[-1]
                if pending is None:
                    key = known.get(text)
                    keys[-1] = (self._key(event, mark) if key is None or key in parent else key, mark)
                    continue
                if not event.style and text[:1] not in _WATCHED and pending[0] not in parent:
                    parent[pending[0]] = text
                    marks[pending[0]] = (pending[1], mark)
                    keys[-1] = None
                    continue
            value = text if not event.style and text[:1] not in _WATCHED else self._value(event, mark)
            if parent.__class__ is Sequence:
                parent.append(value)
                marks.append(mark)
            else:
                self._put(value, mark)
        self._end(left)

    def _end(self, left: Iterator[Any]) -> None:
        for event in left:
            self._refuse(event, f"tệp có quá nhiều nội dung: hơn {MAX_EVENTS} khóa và giá trị", "K005")
            raise _UnreadableError

    def _close(self, event: Any) -> None:
        """Leave a container; one with absurdly many entries ends the reading."""
        size = len(self._stack.pop())
        self._keys.pop()
        self._brackets.pop()
        if size > MAX_ENTRIES:
            self._refuse(event, f"một danh sách hoặc nhóm khóa có hơn {MAX_ENTRIES} mục, kết thúc ở đây", "K005")
            raise _UnreadableError

    def _open_mapping(self, event: Any) -> None:
        self._open(event, Mapping())

    def _open_sequence(self, event: Any) -> None:
        self._open(event, Sequence())

    @property
    def open_bracket(self) -> Mark | None:
        """The place of the innermost bracket still open."""
        return next((mark for mark in reversed(self._brackets) if mark), None)

    def _refuse(self, event: Any, message: str, code: str = "K004") -> None:
        self._note(Problem(code, message, _mark(event)))

    def _note(self, problem: Problem) -> None:
        """Record a problem; too many of them end the reading."""
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            self.problems.append(Problem("K005", f"có hơn {MAX_PROBLEMS} lỗi, không đọc tiếp từ đây", problem.mark))
            raise _UnreadableError

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._refuse(event, 'tệp chỉ được chứa một tài liệu YAML; bỏ dấu "---" ở đây')

    def _open(self, event: Any, container: Mapping | Sequence) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(event, f"dữ liệu lồng nhau quá {MAX_DEPTH} cấp", "K005")
            raise _UnreadableError
        if event.anchor is not None or event.tag is not None:
            self._refuse_decorations(event)
        start = event.start_mark
        mark = (start.line + 1, start.column + 1)
        if self._awaits_key():
            self._refuse(event, "khóa phải là một từ, không phải danh sách hay nhóm khóa")
            self._keys[-1] = ("?", mark)
            # The tree of this key is built apart and dropped; the value after it belongs to the key "?".
        else:
            self._put(container, mark)
        self._stack.append(container)
        self._keys.append(None)
        self._brackets.append(mark if event.flow_style else None)

    def _alias(self, event: Any) -> None:
        self._refuse(event, f'không dùng tham chiếu YAML "*{event.anchor}"; viết lại đầy đủ nội dung')
        if self._awaits_key():
            self._keys[-1] = (f"*{event.anchor}", _mark(event))
        else:
            self._put(f"*{event.anchor}", _mark(event))

    def _value(self, event: Any, mark: Mark) -> str | bool | None:
        text: str = event.value
        if event.style:
            if event.style in "\"'" and event.end_mark.line + 1 > mark[0]:
                self.long_quote = mark, event.end_mark.line + 1
            return text
        if text in _PLAIN_WORDS:
            return _PLAIN_WORDS[text]
        if text[0] in TRAP_STARTS and len(self.traps) < MAX_ENTRIES and TRAP.fullmatch(text):
            self.traps.append(Trap(text, *mark))
        return text

    def _awaits_key(self) -> bool:
        return bool(self._keys) and self._keys[-1] is None and self._stack[-1].__class__ is Mapping

    def _key(self, event: Any, mark: Mark) -> str:
        key = folded(event.value)
        if not key and not event.style:
            # The C parser stops at a key without a name, the pure one goes on.
            self.problems.append(Problem("K002", _MISPLACED, mark))
            raise _UnreadableError
        parent = self._stack[-1]
        if key == "<<":
            if not event.style:
                self._refuse(event, 'không dùng khóa gộp "<<"; viết lại đầy đủ nội dung')
        elif key in parent and isinstance(parent, Mapping):
            message = f'khóa "{key}" lặp lại; đã có ở dòng {parent.marks[key][0][0]}'
            self._note(Problem("K003", message, mark, "xóa một trong hai khóa"))
        else:
            self._known_keys[event.value] = key
        return key

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
                # The two parsers place an empty value differently: it gets the place of its key.
                parent.marks[key] = (key_mark, key_mark if value is None else mark)
            self._keys[-1] = None

    def _refuse_decorations(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, f'không dùng mốc YAML "&{event.anchor}"; bỏ nó đi')
        # The pure parser gives tags as objects, the C parser as text; "!" alone marks a quoted string.
        if event.tag is not None and str(event.tag) not in {"", "!", "None"}:
            self._refuse(event, 'không dùng thẻ kiểu YAML (bắt đầu bằng "!")')


# The meaning of unquoted words; the empty one is a key without a value.
_PLAIN_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

_UNCLOSED_QUOTE = "dấu nháy mở ở đây chưa được đóng"
_UNCLOSED = (
    'ngoặc "[" hoặc "{" mở ở đây chưa được đóng, thiếu dấu phẩy, hoặc bên trong có chữ phải đặt trong dấu nháy kép'
)
_MISPLACED = "chỗ này thụt dòng sai hoặc thừa ký tự so với các dòng phía trên"

# Parser errors, the first that fits counts: a piece of the parser's message, and what the officer should do.
_SYNTAX = (
    ("unexpected end of stream", _UNCLOSED_QUOTE),
    (
        "mapping values are not allowed",
        'dấu ":" không đúng chỗ: thụt dòng sai, hoặc văn bản có ": " phải đặt trong dấu nháy kép',
    ),
    ("block scalar", 'sau ">" hoặc "|" phải xuống dòng; nếu đó là dấu so sánh, đặt cả giá trị trong dấu nháy kép'),
    (
        "cannot start any token",
        "ký tự không được đứng đầu giá trị (@, `, %): đặt giá trị trong dấu nháy kép",
    ),
    ("escape", 'sau "\\" trong dấu nháy kép có ký tự không hợp lệ; viết "\\\\" nếu muốn chính dấu "\\"'),
    ("'-'", _MISPLACED),
    ("block end", _MISPLACED),
    ("block mapping", _MISPLACED),
    ("document start", _MISPLACED),
    ("simple key", 'dòng này thiếu dấu ":" sau khóa, hoặc thụt sai'),
)


def _syntax_problem(error: Any, builder: _TreeBuilder) -> Problem:
    """Return a parser's error in Vietnamese at the place to correct: an unclosed quote or bracket at its start."""
    words = f"{error.context or ''} {error.problem or ''}".lower()
    message = next((text for piece, text in _SYNTAX if piece in words), "cú pháp YAML sai ở đây")
    found = error.problem_mark or error.context_mark
    if "quoted" in words and error.context_mark:
        found = error.context_mark
    elif builder.long_quote and found and builder.long_quote[1] == found.line + 1:
        return Problem("K002", _UNCLOSED_QUOTE, builder.long_quote[0])
    elif builder.open_bracket:
        return Problem("K002", _UNCLOSED, builder.open_bracket)
    return Problem("K002", message, (found.line + 1, found.column + 1) if found else (1, 1))
