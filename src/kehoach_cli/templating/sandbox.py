"""The Jinja environment of all templates: a template shows values, and calls and changes nothing."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from kehoach_cli.errors import CannotRunError
from kehoach_cli.templating.values import is_value
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import format_number

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

# Filters that select, count and join. Left out are those that pad or format to a width, which take unbounded memory, and
# those that mark text as safe XML.
FILTERS = frozenset(
    {"abs", "capitalize", "count", "d", "default", "first", "int", "join", "last", "length", "list", "lower", "map"}
    | {"reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "sum", "trim", "unique", "upper"}
)


class MissingValueError(CannotRunError):
    """A template that uses a value which the document does not have; `name` is the template's name for it."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        super().__init__("mẫu dùng một giá trị không có trong văn bản này")
        self.name = name


def fill(source: str, context: Mapping[str, object], gap: str, *, escape: bool = True) -> str:
    """Return a template filled in; `gap` is printed for a value that is not known, `escape` protects XML from the data.

    Raises:
        MissingValueError: the template uses a value that is not in the context.
        CannotRunError: the template is wrong or does what is not allowed.
    """
    from jinja2.exceptions import SecurityError, TemplateError, UndefinedError

    try:
        return _compiled(source, gap, escape=escape).render(context)
    except SecurityError as error:
        raise CannotRunError(f"mẫu làm điều không được phép: {error}") from None
    except UndefinedError as error:
        raise MissingValueError(next(reversed(re.findall(r"'(\w+)'", str(error))), "")) from None
    except TemplateError as error:
        raise CannotRunError(f"mẫu có lỗi, chưa lập được văn bản: {error}") from None


@lru_cache(maxsize=32)
def _compiled(source: str, gap: str, *, escape: bool) -> "Template":
    """Return a template compiled; the next document of the same kind needs it again."""
    return environment(gap, escape=escape).from_string(source)


@cache
def environment(gap: str = "", *, escape: bool = True) -> "ImmutableSandboxedEnvironment":
    """Return the environment. It is made once for each `gap` and holds no data."""
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class ShowingEnvironment(ImmutableSandboxedEnvironment):
        """A sandbox without calls and without arithmetic on texts."""

        intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

        def getattr(self, obj: Any, attribute: str) -> Any:
            # A shortcut for our own values, which a template reads by the thousand: they hold data, and calls are refused.
            if is_value(obj) and not attribute.startswith("_"):
                return getattr(obj, attribute) if hasattr(obj, attribute) else self.undefined(obj=obj, name=attribute)
            return super().getattr(obj, attribute)

        def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002 - Jinja's signature
            return False

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "**" or not (_is_number(left) and _is_number(right)):
                raise SecurityError(f"mẫu chỉ được tính với số: {operator}")
            return super().call_binop(context, operator, left, right)

    def shown(value: Any) -> Any:
        return gap if value is None else printed(value)

    made = ShowingEnvironment(
        autoescape=escape, loader=DictLoader({}), undefined=StrictUndefined, finalize=shown, keep_trailing_newline=True
    )
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


def printed(value: Any) -> Any:
    """Return a value as a document shows it: text in NFC, numbers and dates in Vietnamese notation."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value) if not hasattr(value, "__html__") else value
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal | float):
        return format_number(Decimal(str(value)))
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal)
