"""Frozen dataclasses that cost nothing until they are used.

`dataclass` writes and compiles its methods when a class is declared, half a millisecond for each, and importing it takes ten;
a listing from the cache imports sixty classes and constructs objects of ten. A record has the same methods; what only a
dataclass can give (its `repr`, its fields) is made when it is first asked for.
"""

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

ClassT = TypeVar("ClassT", bound=type)
RecordT = TypeVar("RecordT")
_MISSING: Any = object()


class _Field:
    def __init__(self, words: dict[str, Any]) -> None:
        self.words = words


def field(*, default: Any = _MISSING, default_factory: Any = _MISSING, **words: bool) -> Any:
    """Return what `dataclasses.field` does: a default made for each object, or a field left out of `repr` or `==`."""
    given = {"default": default, "default_factory": default_factory}
    return _Field({name: value for name, value in given.items() if value is not _MISSING} | words)


def replace(one: RecordT, /, **changes: Any) -> RecordT:
    """Return a record like `one` but for these fields."""
    kind: Any = type(one)
    made: RecordT = kind(**{name: getattr(one, name) for name in kind.__match_args__} | changes)
    return made


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(declared: ClassT) -> ClassT:
    """Return what `dataclass(frozen=True, slots=True)` makes of a class without a base; cached properties are allowed."""
    body = dict(declared.__dict__)
    names = tuple(declared.__annotations__)
    defaults = {name: _own(body.pop(name)) for name in names if name in body}
    room = ("__dict__",) if any(isinstance(value, cached_property) for value in body.values()) else ()
    for name in ("__dict__", "__weakref__"):
        body.pop(name, None)
    compared = attrgetter(*(name for name in names if _is_compared(defaults.get(name))))

    def initialise(self: object, *values: Any, **named: Any) -> None:
        made.__init__ = _initialiser(made, names, defaults)
        made.__init__(self, *values, **named)

    def finish(name: str) -> Any:
        import dataclasses

        same = {key: getattr(declared, key) for key in ("__annotations__", "__module__", "__qualname__")}
        fields = {
            name: dataclasses.field(**value.words) if isinstance(value, _Field) else value
            for name, value in defaults.items()
        }
        finished: Any = dataclasses.dataclass(frozen=True)(type(declared.__name__, (), {**same, **fields}))
        for key in ("__repr__", "__dataclass_fields__"):
            setattr(made, key, finished.__dict__[key])
        return finished.__dict__[name]

    def equal(self: object, other: object) -> Any:
        return compared(self) == compared(other) if type(other) is type(self) else NotImplemented

    def hashed(self: object) -> int:
        return hash(compared(self))

    def described(self: object) -> Any:
        return finish("__repr__")(self)

    own: dict[str, Any] = {"__init__": initialise, "__repr__": described, "__eq__": equal, "__hash__": hashed}
    own |= {"__match_args__": names, "__dataclass_fields__": _Fields(finish)}
    own |= {"__setattr__": _refuse, "__delattr__": _refuse, "__qualname__": declared.__qualname__}
    own |= {"__getstate__": _values, "__setstate__": _set_values}
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
        if isinstance(default, _Field) and "default_factory" in default.words:
            known[f"make_{name}"] = default.words["default_factory"]
            value = f"make_{name}() if {name} is default_{name} else {name}"
        elif isinstance(default, _Field):
            known[f"default_{name}"] = default.words["default"]
        parameters.append(name if default is _MISSING else f"{name}=default_{name}")
        lines.append(f"    put_{name}(self, {value})")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines), known)  # noqa: S102 - names of our own fields
    found: Callable[..., None] = known["__init__"]
    found.__qualname__ = f"{made.__qualname__}.__init__"
    return found


class _Fields:
    """The fields as dataclasses describe them, made when they are first asked for."""

    def __init__(self, finish: Callable[[str], Any]) -> None:
        self._finish = finish

    def __get__(self, instance: object, owner: type) -> Any:
        return self._finish("__dataclass_fields__")


def _own(default: object) -> object:
    if type(default).__module__ == "dataclasses":
        raise TypeError("a record takes its own field(), not that of dataclasses")
    return default


def _is_compared(default: object) -> bool:
    return not isinstance(default, _Field) or default.words.get("compare", True)


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _values(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__match_args__]


def _set_values(self: Any, values: list[Any]) -> None:
    for name, value in zip(self.__match_args__, values, strict=True):
        object.__setattr__(self, name, value)
