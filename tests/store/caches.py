"""What the tests of the cache share: its files, edits that only the content tells, calls that are counted, and junk."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kehoach_cli.store.cache.database import Cache, EncodedPlan

JUNK: tuple[Any, ...] = (
    None,
    {},
    [],
    999,
    "x" * 999,
    [[[]] * 5] * 5,
    {"facts": {}, "findings": [[7]]},
    {"findings": [], "fatal": False, "submissions": [{"plan": 1}]},
    [[], False, ["a", 1, 1, "b"], [1, 1], "kh-9", "mau", "9"],
)


def caches(folder: Path) -> list[Path]:
    """Return the files in the cache folder beside the workspace."""
    return sorted((folder.parent / "cache" / "kehoach").glob("*"))


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence; size and time of the file stay, so that only its content tells."""
    text, state = path.read_text(encoding="utf-8"), path.stat()
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def replace_all(path: Path, workspace: Path, junk: Any) -> None:
    """Put something of another shape in the place of all that a database holds, with the right checksums."""
    with sqlite3.connect(path) as connection:
        entries = [key for (key,) in connection.execute("SELECT key FROM entries")]
        plans = [key for (key,) in connection.execute("SELECT key FROM plans")]
    connection.close()
    data = msgspec.msgpack.encode(junk)
    with Cache(path.parent, workspace) as cache:
        for key in entries:
            cache.put(key, data)
        for key in plans:
            cache.put_plan(key, EncodedPlan(data, data, [data]), lasting=True)
    assert entries or plans


class Counting:
    """The calls of a method."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
        self.calls: list[tuple[Any, ...]] = []
        original = getattr(owner, name)

        def counted(*arguments: Any) -> Any:
            self.calls.append(arguments)
            return original(*arguments)

        monkeypatch.setattr(owner, name, counted)
