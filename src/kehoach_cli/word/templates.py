"""Templates: which there are, and whether one can be rendered: broken tags and unknown variables with their paragraph."""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from kehoach_cli.errors import CannotRunError
from kehoach_cli.core.report import LetterData, ReportData, ReportKind
from kehoach_cli.word.package import content_parts, open_package, parse_part
from kehoach_cli.word.sandbox import FILTERS, environment
from kehoach_cli.word.view import LetterView, ReportView

if TYPE_CHECKING:
    from jinja2 import nodes
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STATEMENT = re.compile(
    r"\{%[-+]?(?P<scope>p|tr|tc|r)? (?P<text>.*?)[-+]?%\}|\{%[-+]?(?P<bare>\S.*?)[-+]?%\}", re.DOTALL
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_OPENS = {"for": "endfor", "if": "endif"}
_OTHER_WORDS = frozenset({"set", "vm", "hm", "colspan", "cellbg"})
_SCOPES = {"p": "đoạn", "tr": "hàng của bảng", "tc": "ô của bảng", "r": "cụm chữ"}
_SCOPE_TAGS = {"p": f"{_W}p", "tr": f"{_W}tr", "tc": f"{_W}tc"}


@dataclass(frozen=True, slots=True)
class Template:
    """A template that comes with the program; `view` is what it can show."""

    name: str
    purpose: str
    view: type[ReportView] | type[LetterView]

    @property
    def file(self) -> str:
        """Its file name."""
        return f"{self.name}.docx"


TEMPLATES = (
    Template("bao-cao-nam", "Báo cáo năm của cơ quan đầu mối, thể thức cơ quan nhà nước, có phụ lục", ReportView),
    Template("bao-cao-co-quan", "Báo cáo năm của một cơ quan gửi cơ quan đầu mối", ReportView),
    Template("bao-cao-dang", "Báo cáo năm theo thể thức văn bản của Đảng", ReportView),
    Template("cong-van-don-doc", "Công văn đôn đốc cơ quan chưa báo cáo hoặc có nhiệm vụ quá hạn", LetterView),
    Template("cong-van-don-doc-dang", "Công văn đôn đốc theo thể thức văn bản của Đảng", LetterView),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a template that keeps it from being rendered; `place` is `đoạn 12` or `đầu trang, đoạn 1`."""

    place: str
    text: str
    message: str

    def __str__(self) -> str:
        """Return one line for people."""
        shown = self.text if len(self.text) <= 80 else f"{self.text[:77]}…"  # noqa: PLR2004 - a line of a screen
        return f'{self.place} ("{shown}"): {self.message}'


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the template and where it stands."""

    text: str
    place: str
    paragraph_text: str
    paragraph: "_Element"


def template_for(data: ReportData | LetterData) -> str:
    """Return the name of the built-in template a report or letter is printed with."""
    return f"{data.kind}-dang" if data.party and data.kind is ReportKind.LETTER else str(data.kind)


def load_template(folder: Path, name: str) -> bytes:
    """Return a built-in template from the folder of templates.

    Raises:
        CannotRunError: the installation lacks it.
    """
    path = folder / f"{name}.docx"
    try:
        return path.read_bytes()
    except OSError:
        raise CannotRunError(f'bản cài đặt thiếu mẫu "{name}"; hãy cài lại kehoach') from None


def check_template(data: bytes, schema: Mapping[str, Any] | None = None) -> list[Problem]:
    """Return what is wrong with a template, in the order of its text; `schema` gives the type of each variable.

    Without one the template is held against the variables of a report and of a letter, and the kinder answer counts.

    Raises:
        PackageError: the file is no usable .docx.
    """
    parts = open_package(data)
    tags: list[Tag] = []
    problems: list[Problem] = []
    for name in content_parts(parts):
        found, broken = _tags(parse_part(parts, name), name)
        tags += found
        problems += broken
    problems += _nesting(tags)
    if problems:
        return problems
    schemas = [schema] if schema is not None else [get_type_hints(view) for view in (ReportView, LetterView)]
    return min((list(_names(tags, one)) for one in schemas), key=len)


def check_named(data: bytes, name: str) -> list[Problem]:
    """Return what is wrong with a template; one named like a built-in template is held against that one's variables.

    Raises:
        PackageError: the file is no usable .docx.
    """
    view = next((template.view for template in TEMPLATES if template.name == name), None)
    return check_template(data, get_type_hints(view) if view else None)


def _tags(root: "_Element", part: str) -> tuple[list[Tag], list[Problem]]:
    where = {"header": "đầu trang, ", "footer": "chân trang, "}.get(re.sub(r"word/(\D+).*", r"\1", part), "")
    tags: list[Tag] = []
    problems: list[Problem] = []
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text = paragraph_text(paragraph)
        if "{" not in text and "}" not in text:
            continue
        place = f"{where}đoạn {number}"
        found = [Tag(match[0].translate(_QUOTES), place, text.strip(), paragraph) for match in _TAG.finditer(text)]
        rest = _TAG.sub("", text)
        if mark := re.search(r"\{\{|\{%|\{#|\}\}|%\}|#\}", rest):
            problems.append(Problem(place, text.strip(), f'thẻ bị hỏng: "{mark[0]}" không có cặp'))
        tags += found
    return tags, problems


def paragraph_text(paragraph: "_Element") -> str:
    """Return the text of a paragraph as a reader sees it; text of nested paragraphs (in a text box) is theirs."""
    pieces = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if next(node.iterancestors(f"{_W}p")) is not paragraph or node.getparent().tag != f"{_W}r":
            continue
        pieces.append({f"{_W}t": node.text or "", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}.get(node.tag, "\n"))
    return "".join(pieces)


def _nesting(tags: Sequence[Tag]) -> Iterator[Problem]:
    """Check that every statement is closed where it must be, and that what replaces its paragraph or row stands alone."""
    open_tags: list[tuple[Tag, str, str]] = []
    for tag in tags:
        statement = _statement(tag.text)
        if statement is None:
            continue
        scope, text = statement
        word = text.split(None, 1)[0] if text.strip() else ""
        if scope in _SCOPE_TAGS and not _stands_alone(tag, scope):
            yield _problem(
                tag, f"thẻ {{%{scope} …%}} phải đứng một mình trong {_SCOPES[scope]}, phần còn lại sẽ bị mất"
            )
        if word in _OPENS:
            open_tags.append((tag, scope, word))
        elif word in {"else", "elif"}:
            if not open_tags:
                yield _problem(tag, f'thẻ "{word}" không nằm trong "for" hay "if" nào')
        elif word in _OPENS.values():
            opened = open_tags.pop() if open_tags else None
            if opened is None or _OPENS[opened[2]] != word:
                yield _problem(tag, f'thẻ đóng "{word}" không có thẻ mở tương ứng')
            elif message := _mismatch(opened[0], opened[1], tag, scope):
                yield _problem(tag, message)
        elif word not in _OTHER_WORDS:
            yield _problem(tag, f'"{word}" không dùng được trong mẫu; các thẻ có: for, if, elif, else, set')
    for tag, _, word in open_tags:
        yield _problem(tag, f'thẻ "{word}" không được đóng bằng "{_OPENS[word]}"')


def _mismatch(opened: Tag, scope: str, closed: Tag, closing_scope: str) -> str:
    if scope != closing_scope:
        return f'thẻ mở và thẻ đóng khác loại: "{opened.text}" ở {opened.place}'
    if not scope and opened.paragraph is not closed.paragraph:
        return f"thẻ mở ở {opened.place} mà đóng ở đoạn khác; dùng {{%p …%}} (đoạn) hoặc {{%tr …%}} (hàng của bảng)"
    if scope in _SCOPE_TAGS and _container(opened, scope) is not _container(closed, scope):
        return f"thẻ mở ở {opened.place} và thẻ đóng không cùng một ô hoặc một bảng"
    return ""


def _container(tag: Tag, scope: str) -> "_Element | None":
    return _replaced(tag, scope).getparent()


def _replaced(tag: Tag, scope: str) -> "_Element":
    """Return the paragraph, cell or row that a tag takes the place of."""
    if scope == "p":
        return tag.paragraph
    return next(tag.paragraph.iterancestors(_SCOPE_TAGS[scope]), tag.paragraph)


def _stands_alone(tag: Tag, scope: str) -> bool:
    text = "".join(paragraph_text(paragraph) for paragraph in _replaced(tag, scope).iter(f"{_W}p"))
    return text.translate(_QUOTES).strip() == tag.text


def _statement(text: str) -> tuple[str, str] | None:
    """Return scope (`p`, `tr`, …, or empty) and words of a statement; None for an expression or a comment."""
    found = _STATEMENT.fullmatch(text)
    if not found:
        return None
    return found["scope"] or "", (found["bare"] or found["text"]).strip()


def _source(text: str) -> str:
    """Return a tag as plain Jinja on one line."""
    line = " ".join(text.split())
    if (statement := _statement(line)) is not None:
        words = statement[1]
        if words in {"vm", "hm"}:
            return ""
        for special in ("colspan ", "cellbg "):
            if words.startswith(special):
                return f"{{{{ {words.removeprefix(special)} }}}}"
        return f"{{% {words} %}}"
    return re.sub(r"^\{\{(?:p|tr|tc|r) ", "{{ ", line)


def _names(tags: Sequence[Tag], schema: Mapping[str, Any]) -> Iterator[Problem]:
    """Check syntax and names: line n of the source is tag n."""
    from jinja2.exceptions import TemplateError

    source = "\n".join(_source(tag.text) for tag in tags)
    try:
        tree = environment().parse(source)
    except TemplateError as error:
        line = min(max(getattr(error, "lineno", 1) or 1, 1), max(len(tags), 1))
        unknown = re.search(r"No filter named '(\w+)'|unknown tag '(\w+)'", str(error))
        what = f'"{unknown[1] or unknown[2]}" không dùng được trong mẫu' if unknown else "thẻ viết sai cú pháp"
        yield _problem(tags[line - 1], what) if tags else Problem("", "", what)
        return
    for line, message in _Walk(schema).check(tree):
        yield _problem(tags[line - 1], message)


def _problem(tag: Tag, message: str) -> Problem:
    return Problem(tag.place, tag.paragraph_text if len(tag.paragraph_text) < len(tag.text) * 3 else tag.text, message)


class _Walk:
    """Follows the types of variables through a template; Any where nothing is known."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema
        self._problems: list[tuple[int, str]] = []

    def check(self, tree: "nodes.Template") -> list[tuple[int, str]]:
        """Return (line, message) for each unknown name or refused construct."""
        self._body(tree.body, dict(self._schema))
        return self._problems

    def _body(self, body: "Sequence[nodes.Node]", scope: dict[str, Any]) -> None:
        from jinja2 import nodes

        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.If):
                self._type(node.test, scope)
                self._body(node.body, scope)
                for branch in node.elif_:
                    self._body([branch], scope)
                self._body(node.else_, scope)
            elif isinstance(node, nodes.Output):
                for part in node.nodes:
                    self._type(part, scope)
            elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
                scope[node.target.name] = self._type(node.node, scope)
            else:
                self._say(node, "mẫu chỉ dùng được for, if, set và các biến")

    def _loop(self, node: "nodes.For", scope: dict[str, Any]) -> None:
        from jinja2 import nodes

        inner = dict(scope)
        item = _item(self._type(node.iter, scope))
        for name in node.target.find_all(nodes.Name):
            inner[name.name] = Any
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = Any if item is None else item
        if item is None:
            self._say(node, "chỉ lặp được qua một danh sách")
        inner["loop"] = Any
        if node.test:
            self._type(node.test, inner)
        self._body(node.body, inner)
        self._body(node.else_, scope)

    def _type(self, node: "nodes.Node", scope: Mapping[str, Any]) -> Any:
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            return self._named(node, node.name, scope, "biến")
        if isinstance(node, nodes.Getattr):
            return self._attribute(node, scope)
        if isinstance(node, nodes.Getitem):
            inner = self._type(node.node, scope)
            self._type(node.arg, scope)
            return _item(inner) if get_origin(inner) is tuple else Any
        if isinstance(node, nodes.TemplateData | nodes.Const):
            return Any
        if isinstance(node, nodes.Call):
            self._say(node, "mẫu không được gọi hàm")
            return Any
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            self._say(node, f'bộ lọc "{node.name}" không dùng được trong mẫu')
        for child in node.iter_child_nodes():
            self._type(child, scope)
        return Any

    def _attribute(self, node: "nodes.Getattr", scope: Mapping[str, Any]) -> Any:
        owner = _plain(self._type(node.node, scope))
        if owner is Any:
            if node.attr.startswith("_"):
                self._say(node, f'không có thuộc tính "{node.attr}"')
            return Any
        if is_dataclass(owner):
            return self._named(node, node.attr, _members(owner), "thuộc tính")
        self._say(node, f'không có thuộc tính "{node.attr}"')
        return Any

    def _named(self, node: "nodes.Node", name: str, known: Mapping[str, Any], what: str) -> Any:
        if name in known:
            return known[name]
        near = difflib.get_close_matches(name, known, n=1)
        self._say(node, f'không có {what} "{name}"' + (f'; ý bạn là "{near[0]}"?' if near else ""))
        return Any

    def _say(self, node: "nodes.Node", message: str) -> None:
        self._problems.append((node.lineno, message))


def _members(owner: Any) -> dict[str, Any]:
    """Return fields and properties of a dataclass with their types."""
    found = dict(get_type_hints(owner))
    getters: dict[str, Callable[..., Any]] = {
        name: value.fget for name, value in vars(owner).items() if isinstance(value, property) and value.fget
    }
    found.update({name: get_type_hints(getter).get("return", Any) for name, getter in getters.items()})
    return found


def _plain(hint: Any) -> Any:
    """Return a type without "or None"."""
    if get_origin(hint) in {Union, UnionType}:
        rest = [one for one in get_args(hint) if one is not NoneType]
        return rest[0] if len(rest) == 1 else Any
    return hint


def _item(hint: Any) -> Any:
    """Return the type of what a list holds, None where the type is no list."""
    plain = _plain(hint)
    if plain is Any:
        return Any
    arguments = get_args(plain)
    return arguments[0] if arguments else None


def schema_of(context: Mapping[str, object]) -> dict[str, Any]:
    """Return the types of a context's variables, as far as the values tell."""
    hints: dict[str, Any] = {}
    for view in (ReportView, LetterView):
        own = get_type_hints(view)
        if set(own) == set(context):
            return own
    for name, value in context.items():
        hints[name] = type(value) if is_dataclass(value) or isinstance(value, str | int) else Any
    return hints
