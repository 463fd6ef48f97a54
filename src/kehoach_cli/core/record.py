"""Frozen dataclasses that cost nothing until they are used.

`dataclass` writes and compiles its methods when a class is declared, half a millisecond for each; a listing from the cache
imports sixty classes and constructs objects of ten. A record has the same methods, made when one of them is first called.
"""

import dataclasses
from collections.abc import Callable
from functools import cached_property
from typing import Any, NoReturn, TypeVar, dataclass_transform

ClassT = TypeVar("ClassT", bound=type)
_METHODS = ("__repr__", "__eq__", "__hash__")
_ATTRIBUTES = ("__match_args__", "__dataclass_fields__")


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def record(declared: ClassT) -> ClassT:
    """Return what `dataclass(frozen=True, slots=True)` makes of a class without a base; cached properties are allowed."""
    body = dict(declared.__dict__)
    names = tuple(body["__annotations__"])
    defaults = {name: body.pop(name) for name in names if name in body}
    room = ("__dict__",) if any(isinstance(value, cached_property) for value in body.values()) else ()
    for name in ("__dict__", "__weakref__"):
        body.pop(name, None)

    def initialise(self: object, *values: Any, **named: Any) -> None:
        made.__init__ = _initialiser(made, names, defaults)
        made.__init__(self, *values, **named)

    def finish(name: str) -> Any:
        same = {key: getattr(declared, key) for key in ("__annotations__", "__module__", "__qualname__")}
        finished: Any = dataclasses.dataclass(frozen=True)(type(declared.__name__, (), {**same, **defaults}))
        for key in (*_METHODS, *_ATTRIBUTES):
            setattr(made, key, finished.__dict__[key])
        return finished.__dict__[name]

    own: dict[str, Any] = {name: _stub(finish, name) for name in _METHODS}
    own |= {name: _Attribute(finish, name) for name in _ATTRIBUTES}
    own |= {"__init__": initialise, "__setattr__": _refuse, "__delattr__": _refuse}
    own |= {"__getstate__": _values, "__setstate__": _set_values, "__qualname__": declared.__qualname__}
    made: Any = type(declared)(declared.__name__, (), {**body, **own, "__slots__": (*names, *room)})
    return made  # type: ignore[no-any-return]


def _initialiser(made: Any, names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """Return the `__init__` of a record: its parameters in the order of the fields, each put straight into its slot."""
    known: dict[str, Any] = {f"put_{name}": made.__dict__[name].__set__ for name in names}
    parameters, lines = ["self"], []
    for name in names:
        default = defaults.get(name, _MISSING)
        known[f"default_{name}"] = default
        value = name
        if isinstance(default, dataclasses.Field) and default.default_factory is not dataclasses.MISSING:
            known[f"make_{name}"] = default.default_factory
            value = f"make_{name}() if {name} is default_{name} else {name}"
        elif isinstance(default, dataclasses.Field):
            known[f"default_{name}"] = default.default
        parameters.append(name if default is _MISSING else f"{name}=default_{name}")
        lines.append(f"    put_{name}(self, {value})")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines), known)  # noqa: S102 - names of our own fields
    found: Callable[..., None] = known["__init__"]
    found.__qualname__ = f"{made.__qualname__}.__init__"
    return found


_MISSING = object()


class _Attribute:
    """A class attribute made when it is first asked for."""

    def __init__(self, finish: Callable[[str], Any], name: str) -> None:
        self._finish = finish
        self._name = name

    def __get__(self, instance: object, owner: type) -> Any:
        return self._finish(self._name)


def _stub(finish: Callable[[str], Any], name: str) -> Callable[..., Any]:
    def stub(self: object, *values: Any) -> Any:
        return finish(name)(self, *values)

    return stub


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _values(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__annotations__]


def _set_values(self: Any, values: list[Any]) -> None:
    for name, value in zip(self.__annotations__, values, strict=True):
        object.__setattr__(self, name, value)
