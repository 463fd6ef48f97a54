"""How values of a progress file are written in YAML: the same in a new form, in a new file, and in a file that is changed."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from kehoach_cli.core.model.finding import KeyPath

INDENT = "  "
# The values of these keys (codes, ids, days, years) need no quotes; all other text has quotes.
_PLAIN_KEYS = frozenset(
    {
        "kehoach",
        "plan",
        "agency",
        "year",
        "period",
        "cutoff",
        "submitted",
        "completed",
        "to",
        "date",
        "status",
        "done_for",
    }
)
# Lists that stand on the line of their key.
_ON_ONE_LINE = frozenset({"documents", "done_for"})
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_-]*")
_PLAIN_KEY = re.compile(r"[A-Za-zÀ-ỹĐđ][\wÀ-ỹ.-]*(?: [\wÀ-ỹ.-]+)*")


def _no_comment(_: KeyPath) -> list[str]:
    return []


def mapping_lines(
    mapping: Mapping[Any, Any], path: KeyPath = (), comment: Callable[[KeyPath], list[str]] = _no_comment
) -> Iterator[str]:
    """Yield the lines of a mapping; `comment` gives the lines above a key."""
    for key, value in mapping.items():
        yield from comment((*path, key))
        yield from pair_lines(key, value, (*path, key), comment)


def pair_lines(
    key: object, value: Any, path: KeyPath = (), comment: Callable[[KeyPath], list[str]] = _no_comment
) -> Iterator[str]:
    """Yield the lines of a key and its value."""
    name = key_text(key)
    if isinstance(value, Mapping) and value:
        yield f"{name}:"
        yield from (INDENT + line for line in mapping_lines(value, path, comment))
    elif isinstance(value, list) and value and key not in _ON_ONE_LINE:
        yield f"{name}:"
        yield from (f"{INDENT}- {flow_text(entry)}" for entry in value)
    elif isinstance(value, str) and "\n" in value:
        yield f"{name}: |-"
        yield from (INDENT + line for line in value.split("\n"))
    else:
        yield f"{name}: {flow_text(value, key)}"


def flow_text(value: Any, key: object = None) -> str:
    """Return a value on one line; `key` is the one it belongs to."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(k)}: {flow_text(v, k)}" for k, v in value.items() if v is not None) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(flow_text(entry, key) for entry in value)}]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    plain = isinstance(value, int) or (key in _PLAIN_KEYS and _PLAIN.fullmatch(text))
    return text if plain else json.dumps(text, ensure_ascii=False)


def key_text(key: object) -> str:
    """Return a key, in quotes where it needs them."""
    text = str(key)
    return text if isinstance(key, int) or _PLAIN_KEY.fullmatch(text) else json.dumps(text, ensure_ascii=False)
