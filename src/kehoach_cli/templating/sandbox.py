"""The Jinja environment of all templates: a template shows values, and calls and changes nothing."""

import re
import unicodedata
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from types import TracebackType
from typing import Any, NoReturn, cast

from jinja2 import DictLoader, StrictUndefined, Template, Undefined, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.filters import make_attrgetter
from jinja2.runtime import markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from kehoach_cli.errors import CannotRunError
from kehoach_cli.templating.language import FILTERS, TESTS, refused, tag_faults
from kehoach_cli.templating.meter import Allowance, Meter, TagError, refuse_long
from kehoach_cli.templating.values import is_value
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import format_number

# Filters that the sandbox adds to a template that it has parsed; no template can name them.
_LOOPED, _WEIGHED, _CONCAT = "looped", "weighed", "concat"
_SYNTAX = "thẻ viết sai cú pháp"


class MissingValueError(CannotRunError):
    """A template that uses a value which the document does not have; `name` is the template's name for it."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        super().__init__("mẫu dùng một giá trị không có trong văn bản này")
        self.name = name


def fill(
    source: str, context: Mapping[str, object], gap: str, *, escape: bool = True, allowance: Allowance | None = None
) -> str:
    """Return a template filled in; `gap` is printed for a value that is not known, `escape` protects XML from the data.

    The parts of one document share its `allowance`.

    Raises:
        MissingValueError: the template uses a value that is not in the context.
        TagError: a tag is wrong, does what is not allowed, or takes too much time or memory.
    """
    made = environment(gap, escape=escape)
    made.meter.allowance = allowance or Allowance()
    try:
        pieces = cast("Generator[str, None, None]", _compiled(source, made).generate(context))
        return made.meter.allowance.written(pieces)
    except UndefinedError as error:
        raise MissingValueError(next(reversed(re.findall(r"'(\w+)'", str(error))), "")) from None
    except Exception as error:  # noqa: BLE001 - a tag can compute with what it is not made for in any way
        _refuse(error)


def _refuse(error: Exception) -> NoReturn:
    """Say which tag ended the run, and why."""
    if isinstance(error, TagError):
        refusal = error
    elif isinstance(error, TemplateSyntaxError):
        refusal = TagError(_SYNTAX, error.lineno)
    elif isinstance(error, SecurityError):
        refusal = TagError("mẫu làm điều không được phép")
    else:
        refusal = TagError("không tính được giá trị của thẻ này")
    refusal.line = refusal.line or _line_in_template(error.__traceback__)
    raise refusal from None


def _line_in_template(trace: TracebackType | None) -> int:
    """Return the last line of the template in the trace of an error."""
    line = 0
    while trace:
        # The name that Jinja gives to a template without a name.
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@lru_cache(maxsize=32)
def _compiled(source: str, made: "Sandbox") -> Template:
    """Return a template compiled; the next document of the same kind needs it again."""
    for line, message in source_faults(source):
        raise TagError(message, line)
    return made.from_string(_Bounding().visit(made.parse(source)))


def source_faults(source: str) -> list[tuple[int, str]]:
    """Return (line, message) for each tag of a template that is wrong, too long, too deep, or does what is not allowed."""
    plain = environment()
    try:
        return list(tag_faults(plain, source)) or refused(plain.parse(source))
    except TemplateSyntaxError as error:
        unknown = re.search(r"unknown tag '(\w+)'", str(error))
        return [(error.lineno, f'"{unknown[1]}" không dùng được trong mẫu' if unknown else _SYNTAX)]


class _Bounding(NodeTransformer):
    """Makes a template count the steps of its loops, and weigh what it compares and joins."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name
        """Let each round of a loop take as many steps as the loop has nodes."""
        steps = 1 + sum(1 for part in node.iter_child_nodes() for _ in (part, *part.find_all(nodes.Node)))
        self.generic_visit(node)
        node.iter = _through(_LOOPED, node.iter, steps)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja's name
        """Join texts by our own filter."""
        self.generic_visit(node)
        return _through(_CONCAT, nodes.List(node.nodes, lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - Jinja's name
        """Weigh both sides."""
        self.generic_visit(node)
        node.expr = _through(_WEIGHED, node.expr)
        for operand in node.ops:
            operand.expr = _through(_WEIGHED, operand.expr)
        return node


def _through(name: str, value: nodes.Node, *given: int) -> nodes.Filter:
    arguments = [nodes.Const(one) for one in given]
    return nodes.Filter(value, name, arguments, [], None, None, lineno=value.lineno)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment without calls and without arithmetic on texts; it counts what a template takes."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, gap: str, *, escape: bool) -> None:
        """Know no names but the variables, and few filters."""
        super().__init__(
            autoescape=escape,
            loader=DictLoader({}),
            undefined=StrictUndefined,
            finalize=self.shown,
            keep_trailing_newline=True,
        )
        self.meter = Meter()
        self._gap = gap
        self._joined = markup_join if escape else str_join
        self.globals.clear()
        filters: dict[str, Any] = self.filters
        self.filters = {name: self.meter.around(filters[name]) for name in FILTERS}
        tests: dict[str, Any] = self.tests
        self.tests = {name: self.meter.around(tests[name]) for name in TESTS}
        own: dict[str, Callable[..., Any]] = {
            _LOOPED: self.meter.looped,
            _WEIGHED: self.meter.weighed,
            _CONCAT: self._concatenated,
            "join": self._concatenated,
        }
        self.filters |= own

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute of a value."""
        # A shortcut for our own values, which a template reads by the thousand: they hold data, and calls are refused.
        if is_value(obj) and not attribute.startswith("_"):
            return getattr(obj, attribute) if hasattr(obj, attribute) else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002 - Jinja's signature
        """Refuse every call."""
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Compute with numbers only."""
        if operator == "**" or not (_is_number(left) and _is_number(right)):
            raise TagError("mẫu chỉ tính được với số, và không tính lũy thừa")
        return self.meter.weighed(super().call_binop(context, operator, left, right))

    def shown(self, value: Any) -> Any:
        """Return a value as the document shows it."""
        return self._gap if value is None else printed(value)

    def _concatenated(self, values: Iterable[Any], between: str = "", attribute: str | None = None) -> Any:
        """Join values as they are shown."""
        if attribute is not None:
            values = map(make_attrgetter(self, attribute), values)
        texts: Sequence[Any] = [self.shown(value) for value in self.meter.looped(values, 1)]
        refuse_long(sum(len(str(text)) for text in texts) + len(between) * len(texts))
        if not between or not texts:
            return self._joined(texts)
        return self._joined([part for text in texts for part in (between, text)][1:])


@cache
def environment(gap: str = "", *, escape: bool = True) -> Sandbox:
    """Return the environment. It is made once for each `gap` and holds no data."""
    return Sandbox(gap, escape=escape)


def printed(value: Any) -> Any:
    """Return a value as a document shows it: text in NFC, numbers and dates in Vietnamese notation.

    Raises:
        TagError: it is no text, number or date.
    """
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value) if not hasattr(value, "__html__") else value
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal | float):
        return format_number(Decimal(str(value)))
    # What is not defined refuses by itself, by its name.
    if isinstance(value, int | Undefined):
        return value
    raise TagError("chỉ in được chữ, số và ngày; danh sách thì lặp qua bằng for, hoặc nối bằng join")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal)
