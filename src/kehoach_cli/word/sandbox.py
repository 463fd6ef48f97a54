"""The Jinja environment templates run in: they show values, and can call nothing."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kehoach_cli.errors import CannotRunError
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import format_number
from kehoach_cli.viet.text import first_control
from kehoach_cli.word.view import BLANK, CHART, blank

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

# Filters that only pick, count and join. Not among them: whatever pads or formats to a given width (memory without bound) and
# whatever marks text as XML already.
FILTERS = frozenset(
    {"abs", "capitalize", "count", "d", "default", "first", "int", "join", "last", "length", "list", "lower", "map"}
    | {"reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "sum", "trim", "unique", "upper"}
)
_GAP = 12


@cache
def environment() -> "ImmutableSandboxedEnvironment":
    """Return the environment; made once, it holds no data."""
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Showing(ImmutableSandboxedEnvironment):
        """A sandbox without calls, and without arithmetic on texts."""

        intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

        def getattr(self, obj: Any, attribute: str) -> Any:
            # Values of our own, of which a template reads thousands; what they hold is data, and nothing can be called.
            if isinstance(obj, Struct) and not attribute.startswith("_"):
                return getattr(obj, attribute) if hasattr(obj, attribute) else self.undefined(obj=obj, name=attribute)
            return super().getattr(obj, attribute)

        def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002 - Jinja's signature
            return False

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "**" or not (_is_number(left) and _is_number(right)):
                raise SecurityError(f"mẫu chỉ được tính với số: {operator}")
            return super().call_binop(context, operator, left, right)

    made = Showing(autoescape=True, undefined=StrictUndefined, finalize=printed, keep_trailing_newline=True)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


def printed(value: Any) -> Any:
    """Return a value as a document shows it: NFC, Vietnamese numbers and dates; what is not known is a gap to fill in."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value) if not hasattr(value, "__html__") else value
    if value is None:
        return blank(_GAP)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal | float):
        return format_number(Decimal(str(value)))
    return value


def refuse_controls(value: object, *, marks: bool = False) -> None:
    """Refuse a text with a control or invisible character; with `marks` also the marks that rendering itself uses.

    Raises:
        CannotRunError: the message names the character, the variable it came in and the row, if it has an id.
    """
    # The texts are many and a fault is rare: where it stands is looked for only when there is one.
    together = "\n".join(_plain_texts(value))
    if first_control(together) is None and not (marks and (BLANK in together or CHART in together)):
        return
    for path, text in _texts(value, ""):
        found = first_control(text)
        if not found and marks and (BLANK in text or CHART in text):
            found = next((i, f"U+{ord(c):04X}") for i, c in enumerate(text) if c in {BLANK, CHART})
        if found:
            offset, name = found
            shown = f"{text[max(0, offset - 20) : offset]}⟦{name}⟧{text[offset + 1 : offset + 20]}"
            raise CannotRunError(
                f"không đưa ký tự điều khiển hoặc ký tự ẩn {name} vào văn bản",
                f"ở {path}: {shown}",
                "sửa chỗ đó trong tệp dữ liệu rồi chạy lại",
            )


def _plain_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _plain_texts(getattr(value, name))
    elif isinstance(value, Iterable):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _plain_texts(item)


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Struct):
        own = getattr(value, "id", None)
        here = f"{path} ({own})" if isinstance(own, str) else path
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name), f"{here}.{name}" if here else name)
    elif isinstance(value, dict):
        own = value.get("id")
        here = f"{path} ({own})" if isinstance(own, str) else path
        for key, item in value.items():
            yield from _texts(item, f"{here}.{key}" if here else str(key))
    elif isinstance(value, Iterable):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal)
