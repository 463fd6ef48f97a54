"""Saved queries: `queries/*.sql`, those of the workspace before those that come with the program."""

import re
from pathlib import Path

from msgspec import Struct

from kehoach_cli.errors import CannotRunError, reason
from kehoach_cli.store.files.reading import plain_bytes
from kehoach_cli.store.workspace.paths import Root, builtin_folder, shown_path

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_MOST_BYTES = 2**20


class SavedQuery(Struct, frozen=True):
    """A query with its name, the title that its first comment gives, and its file."""

    name: str
    title: str
    sql: str
    file: str


def saved_queries(root: Root) -> dict[str, SavedQuery]:
    """Return the queries by name; also of an older revision they are those of today.

    Raises:
        CannotRunError: a file cannot be read.
    """
    folders = dict.fromkeys((builtin_folder() / "queries", (root.home or root.folder) / "queries"))
    found = [_read(path) for folder in folders for path in sorted(folder.glob("*.sql")) if _NAME.fullmatch(path.stem)]
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}


def _read(path: Path) -> SavedQuery:
    try:
        text = plain_bytes(path, _MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "không phải tệp chữ UTF-8"
        raise CannotRunError(f'không đọc được "{shown_path(path)}": {why}') from None
    first = text.lstrip().partition("\n")[0]
    title = first.removeprefix("--").strip() if first.startswith("--") else ""
    return SavedQuery(path.stem, title or path.stem, text, shown_path(path))
