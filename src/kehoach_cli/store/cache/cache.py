"""What was understood of a workspace's files, kept for the next run in one file of the user's cache folder.

An entry's key is the hash of everything its values depend on, first of all the file's bytes, so that no entry is ever stale.
It is a list of chunks, each a line of JSON behind its checksum and read by itself: one row of ten thousand plans is found
without reading the others. What is damaged is as good as absent, and so is a cache that cannot be written.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import IO, Any, Self
from zlib import crc32

from kehoach_cli import __version__

_SUFFIX = ".kehoach-cache"
_MAX_BYTES = 2 * 1024**3
_FOOTER = 2 * 16
# Elsewhere a file that is open cannot be given its final name.
_MAY_STAY_OPEN = os.name == "posix"
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_DECODE = json.JSONDecoder().raw_decode


class DamagedError(Exception):
    """A chunk is not what was written."""


def cache_folder() -> Path | None:
    """Return kehoach's folder among the user's caches, None where the user has no home."""
    given = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA", "")
    if given and Path(given).is_absolute():
        return Path(given) / "kehoach"
    with suppress(RuntimeError):
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "kehoach"
    return None


def _read_at(descriptor: int, length: int, start: int) -> bytes:
    os.lseek(descriptor, start, os.SEEK_SET)
    return os.read(descriptor, length)


# One call where the system has it.
_read_at = getattr(os, "pread", _read_at)


class _File:
    """A file open for reading as long as somebody holds on to it, also after another one took its place."""

    def __init__(self, path: Path) -> None:
        # A pipe in its place would be waited for.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        self._descriptor = os.open(path, flags)
        state = os.fstat(self._descriptor)
        if hasattr(os, "getuid") and state.st_uid != os.getuid():
            raise DamagedError
        self.size = state.st_size

    def read(self, start: int, length: int) -> bytes:
        try:
            data = _read_at(self._descriptor, length, start)
        except (OSError, ValueError, OverflowError, MemoryError) as error:
            raise DamagedError from error
        if len(data) != length:
            raise DamagedError
        return data

    def __del__(self) -> None:
        with suppress(OSError, AttributeError):
            os.close(self._descriptor)


class _Bytes:
    """What was not written to a file, read like one."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, start: int, length: int) -> bytes:
        return self._data[start : start + length]


class Entry:
    """The chunks of one entry, each read when it is asked for."""

    __slots__ = ("_file", "_place", "_starts")

    def __init__(self, file: _File | _Bytes, place: list[int]) -> None:
        """Take the place of the entry in the file: its offset, and the length of each chunk."""
        self._file = file
        self._place = place
        self._starts: list[int] = []

    def __len__(self) -> int:
        """Return how many chunks there are."""
        return len(self._place) - 1

    def __getitem__(self, index: int) -> Any:
        """Return the data of a chunk.

        Raises:
            DamagedError: it is not what was written.
        """
        if not index:
            return _decoded(self._file.read(self._place[0], self._place[1]))
        if not self._starts:
            self._starts = list(accumulate(self._place))
        return _decoded(self._file.read(self._starts[index], self._place[index + 1]))

    def tail(self, first: int) -> list[Any]:
        """Return all chunks from the one numbered `first`, read at once."""
        start = sum(self._place[: first + 1])
        return [_decoded(line) for line in self._file.read(start, sum(self._place[first + 1 :])).split(b"\n")[:-1]]

    def raw(self) -> bytes:
        """Return the whole entry as it is."""
        return self._file.read(self._place[0], sum(self.lengths))

    @property
    def lengths(self) -> list[int]:
        """The lengths of the chunks in bytes."""
        return self._place[1:]


class Cache:
    """The entries of one workspace: those of the last run, and what this run adds."""

    def __init__(self, folder: Path | None, workspace: Path, kind: str = "", spare: int = 0) -> None:
        """Open what earlier runs left; without a folder nothing is kept.

        Each `kind` of entries has a file of its own. Where it is written anew, so many bytes of entries nobody asked for
        stay (`spare`), those asked for last before the others.
        """
        name = sha256(f"{__version__}\0{workspace}\0{kind}".encode(errors="surrogateescape")).hexdigest()[:32]
        self._path = folder and folder / f"{name}{_SUFFIX}"
        self._spare = spare
        self._used: dict[str, Entry] = {}
        self._file: _File | None = None
        self._places: dict[str, list[int]] = {}
        self._new: IO[bytes] | None = None
        # A process killed before us may have had our number, in a container above all.
        self._begun = time.time_ns()
        self._added: dict[str, list[int]] = {}
        self._reading: _File | None = None
        if self._path:
            with suppress(OSError, ValueError, DamagedError, TypeError, AttributeError):
                self._open(self._path)

    def _open(self, path: Path) -> None:
        self._file = _File(path)
        footer = self._file.read(self._file.size - _FOOTER, _FOOTER)
        start, length = int(footer[:16], 16), int(footer[16:], 16)
        self._places = dict(Entry(self._file, [start, length])[0])

    def __contains__(self, key: str) -> bool:
        """Whether there is an entry with this key, sound or not."""
        return key in self._places

    def get(self, key: str) -> Entry | None:
        """Return the entry with this key."""
        place = self._places.get(key)
        if place is None or self._file is None:
            return None
        self._used[key] = Entry(self._file, place)
        return self._used[key]

    def put(self, key: str, chunks: Iterable[Any]) -> None:
        """Add an entry; it can be read by the next run."""
        self.put_lines(key, encoded(chunks))

    def put_lines(self, key: str, lines: Sequence[bytes]) -> Entry:
        """Add an entry of encoded chunks and return it: from the file where it can be read there, else as it is."""
        data, lengths = b"".join(lines), [len(line) for line in lines]
        try:
            self._write(key, data, lengths)
            if self._new and _MAY_STAY_OPEN:
                self._reading = self._reading or _File(self._unfinished)
                return Entry(self._reading, self._added[key])
        except (OSError, DamagedError):
            self._give_up()
        return entry_of(lines)

    def _write(self, key: str, data: bytes, lengths: list[int]) -> None:
        if self._path is None:
            return
        if self._new is None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._new = self._unfinished.open("xb")
        self._added[key] = [self._new.tell(), *lengths]
        self._new.write(data)
        # A process forked now must have nothing of it to write once more.
        self._new.flush()

    @property
    def _unfinished(self) -> Path:
        return self._path.with_suffix(f".{os.getpid()}.{self._begun}.tmp") if self._path else Path()

    def _give_up(self) -> None:
        """Leave everything as it was before this run."""
        if self._new:
            with suppress(OSError):
                self._new.close()
                self._unfinished.unlink(missing_ok=True)
        self._new = self._path = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Put what was added and used in place of the old file, in one step; the entries nobody asked for are let go."""
        if kind is not None or self._new is None or self._path is None:
            self._give_up()
            return
        try:
            for key, entry in (self._used | self._spared()).items():
                if key not in self._added:
                    self._write(key, entry.raw(), entry.lengths)
            start = self._new.tell()
            places = _encoded(self._added)
            self._new.write(places + b"%016x%016x" % (start, len(places)))
            self._new.close()
            self._unfinished.replace(self._path)
            _tidy(self._path)
        except (OSError, DamagedError, TypeError):
            self._give_up()

    def _spared(self) -> dict[str, Entry]:
        """Return the entries nobody asked for that may stay: the file has those asked for last before the others."""
        found: dict[str, Entry] = {}
        room = self._spare
        for key, place in self._places.items():
            room -= 0 if key in self._used else sum(place[1:])
            if room < 0 or self._file is None:
                break
            found[key] = Entry(self._file, place)
        return found


def encoded(chunks: Iterable[Any]) -> list[bytes]:
    """Return chunks as they stand in the file."""
    return [_encoded(chunk) for chunk in chunks]


def entry_of(lines: Sequence[bytes]) -> Entry:
    """Return an entry of encoded chunks that is in no file."""
    return Entry(_Bytes(b"".join(lines)), [0, *map(len, lines)])


@cache
def _tool() -> Any:
    return sha256(_versions())


def hash_of(*parts: bytes | str) -> str:
    """Return the key of what these parts decide, the version of the tool and of Python always among them."""
    found = _tool().copy()
    for part in parts:
        data = part.encode(errors="surrogateescape") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return str(found.hexdigest())


def state_of(*folders: str) -> str:
    """Return what tells the modules in these folders of the package from every other state of them."""
    package = Path(__file__).parent.parent.parent
    states = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for folder in folders
        for path in (package / folder).rglob("*.py")
    ]
    return str(sorted(states))


def _versions() -> bytes:
    """Return what tells this program from every other: its version, Python's, and the state of the modules that read files."""
    return f"{__version__}\0{sys.version}\0{state_of('store', 'core', 'viet')}".encode()


def _encoded(chunk: Any) -> bytes:
    data = _ENCODE(chunk).encode("utf-8", errors="surrogatepass")
    return b"%08x%b\n" % (crc32(data), data)


def _decoded(line: bytes) -> Any:
    data = line[8:].rstrip(b"\n")
    try:
        if int(line[:8], 16) == crc32(data):
            return _DECODE(data.decode("utf-8", errors="surrogatepass"))[0]
    except (ValueError, RecursionError):
        pass
    raise DamagedError


def _tidy(kept: Path) -> None:
    """Delete what killed runs left unfinished, and the workspaces not used for longest where all take too much room."""
    files = sorted(kept.parent.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    room = _MAX_BYTES
    for path in files:
        room -= path.stat().st_size
        if room < 0 and path != kept:
            path.unlink(missing_ok=True)
    for path in kept.parent.glob("*.tmp"):
        if kept.stat().st_mtime - path.stat().st_mtime > _HOUR:
            path.unlink(missing_ok=True)


_HOUR = 3600
