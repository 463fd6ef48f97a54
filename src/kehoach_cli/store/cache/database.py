"""What earlier runs understood of the files of a workspace: one sqlite3 database in the user's cache folder.

A cache can always be done without: any error of it, also of `import sqlite3`, means that there is none. New entries wait in
memory and are written in short transactions by this process alone. Each blob has a checksum, since sqlite has none.
"""

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Self
from zlib import crc32

from msgspec import Struct

from kehoach_cli import __version__

try:
    import sqlite3
except ImportError:  # Python may be built without it.
    sqlite3 = None  # type: ignore[assignment]

_SUFFIX = ".sqlite3"
_OLD_SUFFIXES = (".kehoach-cache", ".tmp")
_MAX_BYTES = 2 * 1024**3
# So many bytes of entries that this run did not ask for may stay.
_SPARE = 64 * 2**20
_WAITING = 8 * 2**20
_WAIT_SECONDS = 0.05

_TABLES = (
    "CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, data BLOB NOT NULL)",
    # A number is never used twice: a plan that is read later must not find the rows of another.
    """CREATE TABLE IF NOT EXISTS plans (
        number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE NOT NULL, brief BLOB NOT NULL, head BLOB NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS rows (
        plan INTEGER NOT NULL, position INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (plan, position)) WITHOUT ROWID""",
    "PRAGMA user_version = 1",
)
_PLAN = "(SELECT number FROM plans WHERE key = ?)"


class DamagedError(Exception):
    """An entry is not what was written, or no longer there."""


class EncodedPlan(Struct, frozen=True):
    """A plan in bytes: what is needed of every plan (`brief`), all of it but the rows (`head`), and each row."""

    brief: bytes
    head: bytes
    rows: list[bytes]

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return len(self.brief) + len(self.head) + sum(map(len, self.rows))


def cache_folder() -> Path | None:
    """Return kehoach's folder among the user's caches, None where the user has no home."""
    given = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA", "")
    if given and Path(given).is_absolute():
        return Path(given) / "kehoach"
    with suppress(RuntimeError):
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "kehoach"
    return None


class Cache:
    """The entries of one workspace: those of earlier runs, and those this run adds.

    Without a folder, what is added stays in memory.
    """

    def __init__(self, folder: Path | None, workspace: Path) -> None:
        """Open what earlier runs left."""
        name = sha256(f"{__version__}\0{workspace}".encode(errors="surrogateescape")).hexdigest()[:32]
        self._path = folder and folder / f"{name}{_SUFFIX}"
        self._database: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._asked: set[str] = set()
        self._new: dict[str, bytes] = {}
        self._new_plans: dict[str, EncodedPlan] = {}
        self._held: dict[str, EncodedPlan] = {}
        self._size = 0
        self._written = False
        self._inherited: sqlite3.Connection | None = None
        if self._path and self._path.exists():
            self._connect()

    def get(self, key: str) -> bytes | None:
        """Return the entry with this key."""
        self._asked.add(key)
        if key in self._new:
            return self._new[key]
        found = self._select("SELECT data FROM entries WHERE key = ?", key)
        return _opened(found[0][0], key) if found else None

    def put(self, key: str, data: bytes) -> None:
        """Add an entry."""
        self._asked.add(key)
        self._new[key] = data
        self._grow(len(data))

    def brief(self, key: str) -> bytes | None:
        """Return what is needed of every plan, None where there is no plan with this key."""
        self._asked.add(key)
        if plan := self._in_memory(key):
            return plan.brief
        found = self._select("SELECT brief FROM plans WHERE key = ?", key)
        return _opened(found[0][0], f"{key} brief") if found else None

    def want(self, keys: Iterable[str]) -> None:
        """Keep the plans with these keys, although this run did not need them."""
        self._asked.update(keys)

    def put_plan(self, key: str, plan: EncodedPlan, *, lasting: bool) -> None:
        """Add a plan: for later runs, or for this one only where it is not `lasting`."""
        self._asked.add(key)
        if lasting:
            self._new_plans[key] = plan
            self._grow(plan.size)
        else:
            self._held[key] = plan

    def head(self, key: str) -> bytes:
        """Return all of a plan but its rows.

        Raises:
            DamagedError: it is damaged, or no longer there.
        """
        if plan := self._in_memory(key):
            return plan.head
        found = self._select("SELECT head FROM plans WHERE key = ?", key)
        data = _opened(found[0][0], f"{key} head") if found else None
        if data is None:
            raise DamagedError
        return data

    def rows(self, key: str, positions: Sequence[int]) -> list[bytes]:
        """Return the rows of a plan at these positions, which are in order.

        Raises:
            DamagedError: one of them is damaged, or no longer there.
        """
        if plan := self._in_memory(key):
            return [plan.rows[position] for position in positions]
        if len(positions) == 0:
            return []
        where, values = f"IN ({', '.join('?' * len(positions))})", list(positions)
        if isinstance(positions, range):
            where, values = "BETWEEN ? AND ?", [positions[0], positions[-1]]
        query = f"SELECT position, data FROM rows WHERE plan = {_PLAN} AND position {where} ORDER BY position"  # noqa: S608
        found = [(position, _opened(data, f"{key} {position}")) for position, data in self._select(query, key, *values)]
        rows = [data for _, data in found if data is not None]
        if [position for position, _ in found] != list(positions) or len(rows) < len(found):
            raise DamagedError
        return rows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Write what was added, unless the run failed; keep the database open for plans that are read later."""
        if kind is None:
            self._write()
            if self._written and self._path:
                with self._harmless():
                    _tidy(self._path)
        self._new.clear()

    def __del__(self) -> None:
        """Close the database."""
        if self._database is not None:
            self._database.close()

    def _in_memory(self, key: str) -> EncodedPlan | None:
        return self._new_plans.get(key) or self._held.get(key)

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > _WAITING:
            self._write()

    def _select(self, query: str, *values: Any) -> list[Any]:
        if self._process != os.getpid():
            self._reopen()
        with self._harmless():
            if self._database:
                return self._database.execute(query, values).fetchall()
        return []

    def _connect(self) -> None:
        with self._harmless():
            self._database = _connected(self._path) if self._path else None

    def _reopen(self) -> None:
        """Open the database again in a process that was forked: sqlite must neither use nor close its parent's connection."""
        self._process, self._inherited = os.getpid(), self._database
        self._database = None
        self._connect()

    def _write(self) -> None:
        """Move what was added from memory into the database, all of it or nothing."""
        self._size = 0
        if self._path is None or not (self._new or self._new_plans):
            return
        with self._harmless():
            if self._database is None:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._database = _connected(self._path)
            with _transaction(self._database):
                if not self._written:
                    self._forget(self._database)
                self._insert(self._database)
            self._written = True
            self._new.clear()
            self._new_plans.clear()

    def _insert(self, database: "sqlite3.Connection") -> None:
        entries = ((key, _sealed(data, key)) for key, data in self._new.items())
        database.executemany("INSERT OR REPLACE INTO entries (key, data) VALUES (?, ?)", entries)
        for key, plan in self._new_plans.items():
            database.execute(f"DELETE FROM rows WHERE plan = {_PLAN}", (key,))  # noqa: S608 - our own words
            values = (key, _sealed(plan.brief, f"{key} brief"), _sealed(plan.head, f"{key} head"))
            added = database.execute("INSERT OR REPLACE INTO plans (key, brief, head) VALUES (?, ?, ?)", values)
            rows = (
                (added.lastrowid, position, _sealed(row, f"{key} {position}")) for position, row in enumerate(plan.rows)
            )
            database.executemany("INSERT INTO rows VALUES (?, ?, ?)", rows)

    def _forget(self, database: "sqlite3.Connection") -> None:
        """Delete the plans that this run did not ask for, and the oldest of such entries, beyond what may stay.

        Every run asks for all plans of the workspace before it adds one, so the new ones take the room of the old.
        """
        plans = [number for number, key in database.execute("SELECT number, key FROM plans") if key not in self._asked]
        room, entries = _SPARE, []
        for number, key, size in database.execute(
            "SELECT number, key, coalesce(length(data), 0) FROM entries ORDER BY number DESC"
        ):
            if key not in self._asked:
                room -= size
                entries += [number] if room < 0 else []
        database.executemany("DELETE FROM rows WHERE plan = ?", ((number,) for number in plans))
        database.executemany("DELETE FROM plans WHERE number = ?", ((number,) for number in plans))
        database.executemany("DELETE FROM entries WHERE number = ?", ((number,) for number in entries))

    @contextmanager
    def _harmless(self) -> Iterator[None]:
        """Go on without the database after any error of it; delete a damaged one, so that a later run makes a new one."""
        try:
            yield
        except _ERRORS as error:
            path = self._path
            self._give_up()
            if path and _is_damage(error):
                _delete(path)

    def _give_up(self) -> None:
        if self._database is not None:
            self._database.close()
        self._database = self._path = None


def _connected(path: Path) -> "sqlite3.Connection":
    """Return a connection to a database of ours with its tables.

    Raises:
        OSError, sqlite3.Error: there is no sqlite3, the file is another's or no database, or it is locked too long.
    """
    if sqlite3 is None:
        raise OSError
    for file in (path, _journal(path)):
        _refuse_foreign(file)
    # A pool of processes asks for values in a thread of its own.
    database = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        # Not even a power cut matters here: sqlite or a checksum finds the damage.
        for setting in ("synchronous = OFF", "journal_mode = DELETE", "trusted_schema = OFF"):
            database.execute(f"PRAGMA {setting}")
        if not database.execute("PRAGMA user_version").fetchone()[0]:
            with _transaction(database):
                for statement in _TABLES:
                    database.execute(statement)
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def _transaction(database: "sqlite3.Connection") -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _refuse_foreign(path: Path) -> None:
    """Raise OSError for what another user put there, also for a file in the folder of one; and for what is no plain file.

    A pipe would be waited for; and who owns a folder can put another file in the place of ours.
    """
    owners: list[int] = []
    with suppress(FileNotFoundError):
        owners.append(path.parent.stat().st_uid)
        state = path.lstat()
        owners.append(state.st_uid)
        if not stat.S_ISREG(state.st_mode):
            raise PermissionError
    if hasattr(os, "getuid") and not set(owners) <= {os.getuid()}:
        raise PermissionError


def _is_damage(error: Exception) -> bool:
    """Whether a database must be made anew: it is none, has other tables, or is damaged."""
    # SQLITE_ERROR, SQLITE_CORRUPT, SQLITE_NOTADB; the low byte of a longer code is the general one.
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in {1, 11, 26}


def _sealed(data: bytes, place: str) -> bytes:
    return crc32(data, crc32(place.encode())).to_bytes(4, "big") + data


def _opened(data: Any, place: str) -> bytes | None:
    """Return what was sealed for this place, None where it is damaged."""
    if not isinstance(data, bytes) or crc32(data[4:], crc32(place.encode())).to_bytes(4, "big") != data[:4]:
        return None
    return data[4:]


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _delete(path: Path) -> None:
    for file in (path, _journal(path)):
        with suppress(OSError):
            file.unlink()


def _tidy(kept: Path) -> None:
    """Delete files of older formats, and the workspaces not written for longest where all take too much room."""
    for path in kept.parent.iterdir():
        if path.name.endswith(_OLD_SUFFIXES):
            _delete(path)
    files = sorted(kept.parent.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    room = _MAX_BYTES
    for path in files:
        room -= path.stat().st_size
        if room < 0 and path != kept:
            _delete(path)


# What may go wrong with a database; a damaged one may hold anything in any column.
_ERRORS: tuple[type[Exception], ...] = (OSError, OverflowError, getattr(sqlite3, "Error", OSError))
