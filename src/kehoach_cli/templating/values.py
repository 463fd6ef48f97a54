"""The classes whose values a template may read: their fields, and the types of fields and properties."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_type_hints


def is_value_class(kind: object) -> bool:
    """Whether a type is a class of values."""
    return isinstance(kind, type) and is_dataclass(kind)


def is_value(one: object) -> bool:
    """Whether an object belongs to a class of values."""
    return is_value_class(type(one))


def field_names(value: object) -> tuple[str, ...]:
    """Return the names of the fields of a value."""
    kind: Any = type(value)
    return _names(kind)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def member_types(kind: Any) -> dict[str, Any]:
    """Return the types of the fields and properties of a class of values."""
    found = dict(get_type_hints(kind))
    getters: dict[str, Callable[..., Any]] = {
        name: value.fget for name, value in vars(kind).items() if isinstance(value, property) and value.fget
    }
    return found | {name: get_type_hints(getter).get("return", Any) for name, getter in getters.items()}
