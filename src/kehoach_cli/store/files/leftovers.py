"""Temporary files of writers, and what the next writer makes of those that a killed one left."""

import json
import os
import re
import secrets
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kehoach_cli.errors import tell
from kehoach_cli.store.files.locks import HeldError, lock, share
from kehoach_cli.store.files.reading import plain_bytes
from kehoach_cli.viet.text import without_controls

# The ending keeps readers from taking the file for data. A short name always fits.
_NAME = re.compile(r"\.kehoach-[0-9a-f]{12}(?P<record>\.set)?\.tmp")
# Where there are no locks, a file of this age belongs to no command that still runs.
_OLD_SECONDS = 3600
_TRIES, _PAUSE_SECONDS = 20, 0.005
_LONGEST_RECORD = 2**20
_SHOWN = 5


def temporary_path(folder: Path, *, record: bool = False) -> Path:
    """Return a new name for a temporary file, or for the record of a set of files, in a folder."""
    return folder / f".kehoach-{secrets.token_hex(6)}{'.set' if record else ''}.tmp"


@contextmanager
def only_sweeper(folders: Iterable[Path], written: Iterable[Path]) -> Iterator[None]:
    """Sweep what killed writers left in the folders, and keep others from sweeping what this writer puts there.

    A file of a set that a killed writer did not come to is named on stderr, unless it is among the files `written` now.
    """
    missing: list[Path] = []
    with ExitStack() as locks:
        for folder in sorted(set(folders)):
            missing += _swept(folder, locks)
        _say_missing(sorted(set(missing) - set(written)))
        yield


def _swept(folder: Path, locks: ExitStack) -> list[Path]:
    """Sweep a folder, and hold a shared lock on it; return the files that a killed writer did not come to."""
    missing: list[Path] = []
    try:
        handle = lock(folder)
        missing = _sweep(folder, 0 if handle is not None else _OLD_SECONDS)
        if handle is not None:
            locks.callback(os.close, handle)
            share(handle)
    except HeldError:
        _share_with_others(folder, locks)
    return missing


def _share_with_others(folder: Path, locks: ExitStack) -> None:
    """Hold a shared lock where another command writes, too: nobody sweeps meanwhile."""
    for _ in range(_TRIES):
        with suppress(HeldError):
            handle = lock(folder, shared=True)
            if handle is not None:
                locks.callback(os.close, handle)
            return
        # The other one sweeps, which takes milliseconds, or excludes everybody for long, and then does not sweep.
        time.sleep(_PAUSE_SECONDS)


def _sweep(folder: Path, age: int) -> list[Path]:
    own = [path for path in _leftovers(folder) if _is_own(path, age)]
    missing = [path for record in own if _is_record(record) for path in _missing(record)]
    for path in own:
        with suppress(OSError):
            path.unlink()
    return missing


def _leftovers(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in os.listdir(folder) if _NAME.fullmatch(name)]  # noqa: PTH208 - makes no paths of the rest
    except OSError:
        return []


def _is_own(path: Path, age: int) -> bool:
    try:
        state = path.lstat()
    except OSError:
        return False
    mine = not hasattr(os, "geteuid") or state.st_uid == os.geteuid()
    return mine and stat.S_ISREG(state.st_mode) and time.time() - state.st_mtime >= age


def _is_record(path: Path) -> bool:
    found = _NAME.fullmatch(path.name)
    return bool(found and found["record"])


def record_of(targets: Mapping[str, str]) -> bytes:
    """Return the record of a set of files in one folder: the name of each by that of its temporary file."""
    return json.dumps(targets, ensure_ascii=False).encode()


def _missing(record: Path) -> Iterator[Path]:
    """Yield the files of a set that were not put in their place."""
    try:
        targets = json.loads(plain_bytes(record, _LONGEST_RECORD))
    except (OSError, ValueError):
        return
    for temporary, name in targets.items() if isinstance(targets, dict) else ():
        if not (_NAME.fullmatch(temporary) and isinstance(name, str)):
            continue
        staged, target = record.with_name(temporary), record.parent / Path(name).name
        with suppress(OSError):
            if staged.exists() and not (target.exists() and staged.samefile(target)):
                yield target


def _say_missing(missing: list[Path]) -> None:
    if missing:
        more = f" và {len(missing) - _SHOWN} tệp khác" if len(missing) > _SHOWN else ""
        names = ", ".join(f'"{path}"' for path in missing[:_SHOWN])
        tell(
            without_controls(
                f"Một lệnh kehoach trước đó bị dừng khi đang ghi, chưa ghi {names}{more}; chạy lại lệnh đó."
            )
            + "\n"
        )
