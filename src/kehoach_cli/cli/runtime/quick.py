"""Plain command lines, read from the declarations alone: loading typer takes longer than answering from the cache.

Plain is a known command with known options, each with a value that is accepted. All else (help, completion, any slip) is
typer's, and what typer makes of a plain line is the same: there is one declaration, and a test that holds the two together.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from kehoach_cli.cli.commands import COMMANDS, function_of
from kehoach_cli.cli.runtime.context import read_globals
from kehoach_cli.cli.runtime.declare import Argument, Group
from kehoach_cli.errors import UsageError


class _NotPlainError(Exception):
    """There is more to a command line than this module reads."""


def plain_call(words: list[str]) -> Callable[[], Any] | None:
    """Return what a plain command line calls, ready to be called; None where it is not plain."""
    if "_KEHOACH_COMPLETE" in os.environ:
        return None
    left = words[::-1]
    try:
        program = read_globals(**_values(read_globals, left, command_follows=True))
        name = left.pop() if left else ""
        if program.version or name not in COMMANDS or isinstance(function := function_of(name), Group):
            return None
        own = {"program": program} if "program" in function.__annotations__ else {}
        return partial(function, **own, **_values(function, left))
    except (_NotPlainError, UsageError):
        return None


def _values(function: Callable[..., Any], left: list[str], *, command_follows: bool = False) -> dict[str, Any]:
    """Return the values of the parameters given, taking their words off the end of `left`."""
    declared = {name: hint for name, hint in function.__annotations__.items() if hasattr(hint, "__metadata__")}
    names = {word: name for name, hint in declared.items() for word in hint.__metadata__[0].names}
    places = [name for name, hint in declared.items() if type(hint.__metadata__[0]) is Argument]
    texts: dict[str, list[str]] = {}
    while left and not (command_follows and left[-1][:1] != "-"):
        word, equals, value = left.pop().partition("=")
        if word[:1] != "-":
            texts.setdefault(_only(places), []).append(word + equals + value)
        elif word not in names or (equals and word[:2] != "--"):
            raise _NotPlainError
        else:
            found = texts.setdefault(names[word], [])
            if declared[names[word]].__origin__ is not bool:
                found.append(value if equals else _next(left))
            elif equals:
                raise _NotPlainError
    if declared.keys() - texts.keys() - _optional(function):
        raise _NotPlainError
    return {name: _value(declared[name], found) for name, found in texts.items()}


def _only(places: list[str]) -> str:
    if len(places) != 1:
        raise _NotPlainError
    return places[0]


def _next(left: list[str]) -> str:
    if not left or left[-1][:1] == "-":
        raise _NotPlainError
    return left.pop()


def _optional(function: Any) -> set[str]:
    code = function.__code__
    return set(code.co_varnames[code.co_argcount - len(function.__defaults__ or ()) : code.co_argcount])


def _value(hint: Any, texts: list[str]) -> Any:
    """Return the value of a parameter: of an option given twice, the last text counts, unless it takes many."""
    said: Argument = hint.__metadata__[0]
    kinds = get_args(hint.__origin__) if isinstance(hint.__origin__, UnionType) else (hint.__origin__,)
    kind = next(kind for kind in kinds if kind is not NoneType)
    if kind is bool:
        return True
    many = get_origin(kind) is list
    convert = said.parser or {str: str, Path: Path}.get(get_args(kind)[0] if many else kind)
    if convert is None or (type(said) is Argument and not many and len(texts) > 1):
        raise _NotPlainError
    return [convert(text) for text in texts] if many else convert(texts[-1])
