"""Temporary files of writers, and what the next writer makes of those that a killed one left."""

import os
import re
import secrets
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.json import encode

from kehoach_cli.errors import CannotRunError, reason, tell
from kehoach_cli.store.files.decoding import decoded_or_none
from kehoach_cli.store.files.locks import HeldError, lock, share
from kehoach_cli.store.files.reading import held_bytes, is_inside, plain_bytes, real_path
from kehoach_cli.viet.text import without_controls

# The ending keeps readers from taking the file for data. A short name always fits.
_NAME = re.compile(r"\.kehoach-[0-9a-f]{12}(?P<record>\.set)?\.tmp")
# Where there are no locks, a file of this age belongs to no command that still runs.
_OLD_SECONDS = 3600
_TRIES, _PAUSE_SECONDS = 20, 0.005
_LONGEST_RECORD = 2**23
_SHOWN = 5


def temporary_path(folder: Path, *, record: bool = False) -> Path:
    """Return a new name for a temporary file, or for the record of a set of files, in a folder."""
    return folder / f".kehoach-{secrets.token_hex(6)}{'.set' if record else ''}.tmp"


@contextmanager
def only_sweeper(folders: Iterable[Path], written: Iterable[Path]) -> Iterator[None]:
    """Sweep what killed writers left in the folders, and keep others from sweeping what this writer puts there.

    A set that is to be resumed is finished. A file of another set that a killed writer did not come to is named on stderr,
    unless it is among the files `written` now.
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
    records = [path for path in own if _is_record(path) and not _finished(path)]
    missing = [path for record in records for path in _missing(record)]
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


class SetStep(Struct, frozen=True):
    """One file of a set: its place, the temporary file that goes there, and hashes of what stood there and will stand there.

    Paths run from the base folder of the set. An empty hash means no file; without a temporary file the old one is removed.
    """

    target: str
    unfinished: str = ""
    before: str = ""
    after: str = ""


class SetRecord(Struct, frozen=True):
    """What a writer notes before it puts a set of files in their places. A set to `resume` is finished by the next command.

    Its base is the folder around the record's own, and no path may leave it. Of another set the files that a killed writer did
    not come to are named; its base is the record's own folder.
    """

    steps: tuple[SetStep, ...]
    resume: bool = False


def base_of(record: Path) -> Path:
    """Return the folder that holds everything a set to resume may touch."""
    return real_path(record.parent).parent


def encoded_record(record: SetRecord) -> bytes:
    """Return a record as its file holds it."""
    return encode(record)


def hash_of_file(path: Path) -> str:
    """Return the hash of a file's content, empty where there is no file.

    Raises:
        CannotRunError: the file cannot be read.
    """
    data = held_bytes(path)
    return "" if data is None else sha256(data).hexdigest()


def finish_left(folder: Path) -> bool:
    """Finish the set that a killed writer left in a folder; return whether there was one. A writer that still runs is left alone.

    Raises:
        CannotRunError: a file of the set was changed since, so that nobody can tell what is right, or it cannot be written.
    """
    if not any(_is_record(path) for path in _leftovers(folder)):
        return False
    with ExitStack() as locks:
        try:
            handle = lock(folder)
        except HeldError:
            return False
        if handle is not None:
            locks.callback(os.close, handle)
        own = [path for path in _leftovers(folder) if _is_own(path, 0 if handle is not None else _OLD_SECONDS)]
        return sum(_finished(path) for path in own if _is_record(path)) > 0


def _record(path: Path) -> SetRecord:
    try:
        data = plain_bytes(path, _LONGEST_RECORD)
    except OSError:
        return SetRecord(())
    return decoded_or_none(data, SetRecord) or SetRecord(())


def _finished(path: Path) -> bool:
    """Finish the set of a record and remove the record; return whether it is one to finish, and something was left to do."""
    record, base = _record(path), base_of(path)
    if not record.resume or not all(_inside(step, base) for step in record.steps):
        return False
    # The temporary files go last to their places or away: where none is left, only the record had still to go.
    left = any(step.unfinished and (base / step.unfinished).exists() for step in record.steps)
    if left:
        _put(path, record.steps, base)
    with suppress(OSError):
        path.unlink()
    return left


def _put(record: Path, steps: Iterable[SetStep], base: Path) -> None:
    broken = "lần ghi trước bị ngắt giữa chừng, và"
    try:
        changed = [step.target for step in steps if not _possible(step, base)]
    except CannotRunError as error:
        raise CannotRunError(f'{broken} {error}; sửa rồi chạy lại, hoặc xóa tệp "{record}"') from None
    if changed:
        raise CannotRunError(f'{broken} {", ".join(changed)} đã được sửa sau đó; đối chiếu rồi xóa tệp "{record}"')
    try:
        for step in steps:
            _do(step, base)
    except OSError as error:
        raise CannotRunError(f"không ghi tiếp được lần ghi trước: {reason(error)}; hãy chạy lại") from None


def _inside(step: SetStep, base: Path) -> bool:
    """Whether a step stays below the base: a record may come from somebody else."""
    named = not step.unfinished or _NAME.fullmatch(Path(step.unfinished).name)
    paths = (base / path for path in (step.target, step.unfinished) if path)
    return bool(named) and all(is_inside(path, base) for path in paths)


def _possible(step: SetStep, base: Path) -> bool:
    """Whether a file is in its place or can be put there: nobody changed the old one, and the new one is whole."""
    there = hash_of_file(base / step.target)
    ready = not step.after or (bool(step.unfinished) and hash_of_file(base / step.unfinished) == step.after)
    return there == step.after or (ready and there == step.before)


def _do(step: SetStep, base: Path) -> None:
    target, unfinished = base / step.target, base / step.unfinished
    if hash_of_file(target) == step.after:
        if step.unfinished:
            unfinished.unlink(missing_ok=True)
    elif step.after:
        unfinished.replace(target)
    else:
        target.unlink(missing_ok=True)


def _missing(path: Path) -> Iterator[Path]:
    """Yield the files of a set that were not put in their place."""
    for step in filter(lambda step: _NAME.fullmatch(step.unfinished), _record(path).steps):
        staged, target = path.parent / step.unfinished, path.parent / Path(step.target).name
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
