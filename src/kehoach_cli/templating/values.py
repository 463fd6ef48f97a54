"""The classes whose values a template may read: their fields, and the types of fields and properties."""

from collections.abc import Callable
from typing import Any, TypeGuard, get_type_hints

from msgspec import Struct


def is_value_class(kind: object) -> bool:
    """Whether a type is a class of values."""
    return isinstance(kind, type) and issubclass(kind, Struct)


def is_value(one: object) -> TypeGuard[Struct]:
    """Whether an object belongs to a class of values."""
    return isinstance(one, Struct)


def field_names(value: Struct) -> tuple[str, ...]:
    """Return the names of the fields of a value."""
    return value.__struct_fields__


def member_types(kind: Any) -> dict[str, Any]:
    """Return the types of the fields and properties of a class of values."""
    found = dict(get_type_hints(kind))
    getters: dict[str, Callable[..., Any]] = {
        name: value.fget for name, value in vars(kind).items() if isinstance(value, property) and value.fget
    }
    return found | {name: get_type_hints(getter).get("return", Any) for name, getter in getters.items()}
