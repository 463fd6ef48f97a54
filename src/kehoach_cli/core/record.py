"""Frozen dataclasses that cost nothing until they are used.

`dataclass` writes and compiles its methods when a class is declared, half a millisecond for each; a listing from the cache
imports sixty classes and constructs objects of ten. A record has the same methods, made when one of them is first called.
"""

import dataclasses
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, dataclass_transform

ClassT = TypeVar("ClassT", bound=type)
_MADE = ("__init__", "__repr__", "__eq__", "__hash__", "__match_args__", "__dataclass_fields__")


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def record(declared: ClassT) -> ClassT:
    """Return what `dataclass(frozen=True, slots=True)` makes of a class without a base, its methods still to be made."""
    body = dict(declared.__dict__)
    plain = {key: body.pop(key) for key in ("__dict__", "__weakref__", *body["__annotations__"]) if key in body}
    finished: Any = None

    def made(name: str) -> Any:
        nonlocal finished
        if finished is None:
            inner = {key: plain[key] for key in body["__annotations__"] if key in plain}
            named = {key: getattr(declared, key) for key in ("__annotations__", "__module__", "__qualname__")}
            finished = dataclasses.dataclass(frozen=True)(type(declared.__name__, (), {**named, **inner}))
            for method in _MADE:
                setattr(lazy, method, finished.__dict__[method])
        return finished.__dict__[name]

    stubs = {name: _call(made, name) for name in _MADE[:4] if name not in body}
    fields = {name: _Attribute(made, name) for name in _MADE[4:]}
    frozen = {"__setattr__": _refuse, "__delattr__": _refuse, "__getstate__": _values, "__setstate__": _set_values}
    own = {"__slots__": tuple(body["__annotations__"]), "__qualname__": declared.__qualname__}
    lazy = type(declared)(declared.__name__, (), {**body, **stubs, **fields, **frozen, **own})
    return lazy


class _Attribute:
    """A class attribute made when it is first asked for."""

    def __init__(self, made: Callable[[str], Any], name: str) -> None:
        self._made = made
        self._name = name

    def __get__(self, instance: object, owner: type) -> Any:
        return self._made(self._name)


def _call(made: Callable[[str], Any], name: str) -> Callable[..., Any]:
    def stub(self: object, *values: Any, **named: Any) -> Any:
        return made(name)(self, *values, **named)

    return stub


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _values(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__slots__]


def _set_values(self: Any, values: list[Any]) -> None:
    for name, value in zip(self.__slots__, values, strict=True):
        object.__setattr__(self, name, value)
