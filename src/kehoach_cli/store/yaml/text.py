"""Plain data as the text of a YAML file, laid out as plan files are: long texts folded, short entries on one line."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from kehoach_cli.store.yaml.tree import TRAP

_WIDTH = 112
_quoted = json.JSONEncoder(ensure_ascii=False).encode
_PLAIN = re.compile(r"[^\W\d_](?:[^:#\n\[\]{},\"'&*!|>%@`\\]++|:(?=\S))*+(?<![:\s])")
_PLAIN_BLOCK = re.compile(r"[^\W\d_](?:[^:#\n\\]++|:(?=\S)|(?<=\S)#)*+(?<![:\s])")
_PLAIN_CODE = re.compile(r"\d{4}-\d\d(?:-\d\d)?|\d+/[^\W\d]{1,4}-[^\W\d]+")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"})


# Kinds, reasons and mends stand in a record again and again; `typed` keeps `1` and `true` apart.
@lru_cache(maxsize=2048, typed=True)
def scalar_text(value: Any, *, flow: bool = True) -> str:
    """Return a text, number or nothing on one line; `flow` says whether it stands in brackets."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value)
    if isinstance(value, int):
        return text
    pattern = _PLAIN if flow else _PLAIN_BLOCK
    plain = pattern.fullmatch(text) and text.casefold() not in _WORDS and not TRAP.fullmatch(text)
    return text if plain or _PLAIN_CODE.fullmatch(text) else _quoted(text)


def flow_of(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow_of(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow_of, value))}]"
    return scalar_text(value)


def block_of(mapping: Mapping[str, Any], indent: int) -> Iterator[str]:
    """Yield the lines of a mapping, the first one without its indent."""
    blank = " " * indent
    for number, (key, value) in enumerate(mapping.items()):
        lines = list(_pair(_key(key), value, indent))
        yield f"{blank if number else ''}{lines[0]}"
        yield from lines[1:]


def _pair(key: str, value: Any, indent: int) -> Iterator[str]:
    blank = " " * indent
    if isinstance(value, Mapping | list | tuple):
        line = f"{key}: {flow_of(value)}"
        short = len(line) + indent <= _WIDTH
        nested = isinstance(value, Mapping) and (key == "as_issued" or not short)
        if not value or (short and not nested and not _deep(value)):
            yield line
        elif isinstance(value, Mapping):
            yield f"{key}:"
            lines = list(block_of(value, indent + 2))
            yield f"{blank}  {lines[0]}"
            yield from lines[1:]
        else:
            yield f"{key}:"
            for one in value:
                yield from item_of(one, indent + 2)
        return
    line = f"{key}: {scalar_text(value, flow=False)}"
    if len(line) + indent <= _WIDTH or not isinstance(value, str) or " " not in value:
        yield line
        return
    yield f"{key}: >-"
    for piece in _wrapped(value, _WIDTH - indent - 2):
        yield f"{blank}  {piece}"


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the words of a text in lines; one word may be longer than a line. `textwrap` takes ten times as long."""
    line: list[str] = []
    length = 0
    for word in text.split():
        if line and length + 1 + len(word) > width:
            yield " ".join(line)
            line = []
        length = length + 1 + len(word) if line else len(word)
        line.append(word)
    if line:
        yield " ".join(line)


def _deep(value: Any) -> bool:
    """Whether a list holds mappings, which stand on lines of their own."""
    return isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value)


def item_of(value: Any, indent: int, *, short: bool = True) -> Iterator[str]:
    """Yield the lines of an item of a list; with `short` on one line where it fits."""
    if not isinstance(value, Mapping):
        line = f"{' ' * indent}- {flow_of(value)}"
        yield line if len(line) <= _WIDTH else f"{' ' * indent}- {_quoted(value)}"
        return
    if short and len(line := f"{' ' * indent}- {flow_of(value)}") <= _WIDTH:
        yield line
        return
    lines = list(block_of(value, indent + 2))
    yield f"{' ' * indent}- {lines[0]}"
    yield from lines[1:]


def list_of(rows: list[Any], *, short: bool) -> list[list[str]]:
    """Return the lines of each item of a top-level list; items of several lines are parted by blank lines."""
    found: list[list[str]] = []
    long = False
    for row in rows:
        lines = list(item_of(row, 2, short=short))
        if found and (long or len(lines) > 1) and (len(lines) > 1 or not short):
            lines = ["", *lines]
        long = len(lines) > 1
        found.append(lines)
    return found


@lru_cache(maxsize=1024)
def _key(key: Any) -> str:
    text = str(key)
    plain = re.fullmatch(r"[^\W_][\w .–-]*\w|\w", text) and not re.fullmatch(r"\d+[\d.-]*[^\d].*", text)
    return text if plain or text.isdigit() else json.dumps(text, ensure_ascii=False)
