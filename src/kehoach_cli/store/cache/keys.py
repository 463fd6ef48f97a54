"""Keys of cache entries: the hash of everything an entry depends on, so that no entry is ever out of date."""

import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from kehoach_cli import __version__


def hash_of(*parts: bytes | str) -> str:
    """Return the key of what depends on these parts; the versions of kehoach and of Python are always among them."""
    found = _program().copy()
    for part in parts:
        data = part.encode(errors="surrogateescape") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return str(found.hexdigest())


def state_of(*folders: str) -> str:
    """Return what distinguishes the modules in these folders of the package from every other state of them."""
    package = Path(__file__).parent.parent.parent
    states = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for folder in folders
        for path in (package / folder).rglob("*.py")
    ]
    return str(sorted(states))


@cache
def _program() -> Any:
    """Return the hash that every key begins with: versions, and the state of the modules that read files."""
    return sha256(f"{__version__}\0{sys.version}\0{state_of('store', 'core', 'viet')}".encode())
