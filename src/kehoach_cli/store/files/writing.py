"""Atomic writing: a failed or killed write leaves the old file, or none."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from kehoach_cli.errors import CannotRunError, reason
from kehoach_cli.store.files.leftovers import (
    SetRecord,
    SetStep,
    base_of,
    encoded_record,
    hash_of_file,
    only_sweeper,
    temporary_path,
)
from kehoach_cli.store.files.locks import HeldError, lock
from kehoach_cli.store.files.reading import held_bytes, real_path

_WRITABLE = 0o222


def write_whole(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write `data` to `path` in one step; a file that is replaced keeps its mode.

    Raises:
        CannotRunError: the file exists and may not be overwritten, or it cannot be written.
    """
    target = real_path(path)
    with only_sweeper([target.parent], [target]):
        staged = _staged(path, data, overwrite=overwrite)
        try:
            staged.put()
        finally:
            _remove([staged.unfinished])


def write_together(
    files: Mapping[Path, bytes | None],
    *,
    overwrite: bool,
    read: Mapping[Path, bytes | None] | None = None,
    unchanged: Iterable[Path] = (),
    resume_in: Path | None = None,
) -> None:
    """Write all files or none: if one cannot be written, the others are restored. A file without content is removed.

    `read` holds the content that some files had when they were read (None: there was no file); a file that changed since is not
    overwritten. What a killed command left beside the files is swept, also beside those that are `unchanged`. Missing folders
    are made, and removed again after a failure. With `resume_in`, a folder, a command killed in the middle leaves a record there,
    and `finish_left` puts the rest in place.

    Raises:
        CannotRunError: a file exists and may not be overwritten, has changed, or something cannot be written.
    """
    refuse_existing(files, overwrite=overwrite)
    made = _make_folders({path.parent for path in files})
    targets = [real_path(path) for path in (*files, *unchanged)]
    folders = {target.parent for target in targets} | ({resume_in} if resume_in else set())
    with only_sweeper(folders, targets):
        _write_set(files, made, overwrite=overwrite, read=read or {}, resume_in=resume_in)


def _write_set(
    files: Mapping[Path, bytes | None],
    made: list[Path],
    *,
    overwrite: bool,
    read: Mapping[Path, bytes | None],
    resume_in: Path | None,
) -> None:
    staged: list[_Staged] = []
    records: list[Path] = []
    before: list[tuple[_Staged, bytes | None]] = []
    try:
        # First write everything beside its place: if the disk is full, this fails. Renaming needs no space.
        for path, data in files.items():
            staged.append(_gone(path) if data is None else _staged(path, data, overwrite=overwrite))
        # Removing comes first: whether a killed writer had finished is seen by the temporary files that are left.
        staged.sort(key=lambda one: one.unfinished is not None)
        _refuse_changed(read)
        if len(staged) > 1:
            _record(staged, records, resume_in)
        for one in staged:
            old = held_bytes(one.target)
            one.put()
            before.append((one, old))
    except BaseException as error:
        lost = [str(one.path) for one, old in before if not _restored(one, old)]
        _remove([*(one.unfinished for one in staged), *records])
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        if lost and isinstance(error, CannotRunError):
            raise CannotRunError(str(error), f"không khôi phục được: {', '.join(lost)}") from None
        raise
    _remove([*(one.unfinished for one in staged), *records])


def _record(staged: Sequence["_Staged"], records: list[Path], resume_in: Path | None) -> None:
    """Note which files are about to be put in their places: if this process is killed, the next one finishes, or tells."""
    found: dict[Path, SetRecord] = {}
    if resume_in and (steps := _steps(staged, resume_in)):
        found = {resume_in: SetRecord(steps, resume=True)}
    else:
        for one in staged:
            before = found.get(one.target.parent, SetRecord(())).steps
            step = SetStep(one.target.name, one.unfinished.name if one.unfinished else "")
            found[one.target.parent] = SetRecord((*before, step))
    for folder, record in found.items():
        records.append(temporary_path(folder, record=True))
        try:
            with records[-1].open("xb") as file:
                file.write(encoded_record(record))
                if record.resume:
                    _to_disk(file.fileno())
        except OSError as error:
            raise CannotRunError(f'không ghi được vào "{folder}": {reason(error)}') from None


def _steps(staged: Sequence["_Staged"], folder: Path) -> tuple[SetStep, ...]:
    """Return what a set does, from the folder around `folder`; none if it reaches outside of it."""
    base = base_of(folder / "-")
    if not all(one.target.is_relative_to(base) for one in staged):
        return ()
    for path in filter(None, (one.unfinished for one in staged)):
        with path.open("rb") as file:
            _to_disk(file.fileno())
    return tuple(
        SetStep(
            one.target.relative_to(base).as_posix(),
            one.unfinished.relative_to(base).as_posix() if one.unfinished else "",
            hash_of_file(one.target),
            hash_of_file(one.unfinished) if one.unfinished else "",
        )
        for one in staged
    )


def _to_disk(handle: int) -> None:
    """Have a file on the disk before anything relies on it. Windows flushes files only that are open for writing."""
    with suppress(OSError):
        os.fsync(handle)


def refuse_existing(files: Iterable[Path], *, overwrite: bool) -> None:
    """Refuse to start if files exist that may not be overwritten.

    Raises:
        CannotRunError: naming all of them.
    """
    there = [str(path) for path in files if os.path.exists(path)]  # noqa: PTH110 - Path.exists raises for a path too long
    if there and not overwrite:
        raise CannotRunError(f"đã có: {', '.join(there)}; thêm --force để ghi đè, hoặc chọn thư mục khác bằng -o")


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Lock `folder` against other commands that change files in it.

    Where the system has no such locks, only the comparison in `write_together` protects the files.

    Raises:
        CannotRunError: another command holds the lock.
    """
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    try:
        handle = lock(folder)
    except HeldError:
        raise CannotRunError(f'một lệnh kehoach khác đang ghi vào "{folder}"; đợi lệnh đó xong rồi chạy lại') from None
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


class _Staged(Struct, frozen=True):
    """Data in a temporary file beside its place. `target` is the file that `path` points at: a link stays a link.

    Without `unfinished` the file is to be removed.
    """

    path: Path
    target: Path
    unfinished: Path | None
    overwrite: bool

    def put(self) -> None:
        """Move the data to their place in one step.

        Raises:
            CannotRunError: another command wrote the file meanwhile, or the system refuses.
        """
        try:
            if self.unfinished is None:
                self.target.unlink(missing_ok=True)
            elif self.overwrite or not self._linked(self.unfinished):
                self.unfinished.replace(self.target)
        except FileExistsError:
            raise CannotRunError(f'tệp "{self.path}" vừa được lệnh khác ghi; thêm --force để ghi đè') from None
        except OSError as error:
            raise CannotRunError(f'không ghi được "{self.path}": {reason(error)}') from None

    def _linked(self, unfinished: Path) -> bool:
        """Link the data to their place, which fails if there is a file; return False if the file system has no links."""
        try:
            os.link(unfinished, self.target)
        except FileExistsError:
            raise
        except OSError:
            return False
        return True


def _gone(path: Path) -> _Staged:
    return _Staged(path, real_path(path), None, overwrite=True)


def _staged(path: Path, data: bytes, *, overwrite: bool) -> _Staged:
    unfinished = None
    try:
        target = real_path(path)
        exists = target.exists()
        if exists or target.is_symlink():
            _refuse_standing(path, target, overwrite=overwrite)
        unfinished = temporary_path(target.parent)
        with unfinished.open("xb") as file:
            file.write(data)
            if exists:
                # The old content must not be lost if the machine stops before the new content is on the disk.
                file.flush()
                os.fsync(file.fileno())
        if exists:
            unfinished.chmod(target.stat().st_mode)
    except BaseException as error:
        with suppress(OSError, ValueError):
            if unfinished:
                unfinished.unlink(missing_ok=True)
        if not isinstance(error, OSError | ValueError):
            raise
        raise CannotRunError(f'không ghi được "{path}": {reason(error)}') from None
    return _Staged(path, target, unfinished, overwrite)


def _refuse_standing(path: Path, target: Path, *, overwrite: bool) -> None:
    if target.is_symlink():
        raise CannotRunError(f'không ghi được "{path}": liên kết trỏ vòng tròn')
    if target.is_dir():
        raise CannotRunError(f'không ghi được "{path}": đây là thư mục')
    if not target.is_file():
        # Replacing a device or a pipe would break it for other programs.
        raise CannotRunError(f'không ghi được "{path}": không phải là một tệp thông thường; bỏ -o để in ra màn hình')
    if not overwrite:
        raise CannotRunError(f'tệp "{path}" đã có; thêm --force để ghi đè')
    if not target.stat().st_mode & _WRITABLE:
        raise CannotRunError(f'tệp "{path}" chỉ được đọc; bỏ chế độ chỉ đọc rồi chạy lại')


def _refuse_changed(read: Mapping[Path, bytes | None]) -> None:
    for path, data in read.items():
        if held_bytes(path) != data:
            raise CannotRunError(f'tệp "{path}" vừa được sửa trong lúc lệnh đang chạy; chưa ghi gì, hãy chạy lại')


def _restored(one: _Staged, old: bytes | None) -> bool:
    """Restore the old content; return whether that worked."""
    try:
        if old is None:
            one.target.unlink(missing_ok=True)
        elif held_bytes(one.target) != old:
            write_whole(one.target, old, overwrite=True)
    except (CannotRunError, OSError):
        return False
    return True


def _remove(paths: Iterable[Path | None]) -> None:
    for path in filter(None, paths):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _make_folders(folders: Iterable[Path]) -> list[Path]:
    """Make the missing folders and return them, the innermost first."""
    made: list[Path] = []
    for folder in sorted(folders):
        missing = [one for one in (*reversed(folder.parents), folder) if not os.path.exists(one)]  # noqa: PTH110
        try:
            for one in missing:
                with suppress(FileExistsError):
                    one.mkdir()
                    made.insert(0, one)
        except (OSError, ValueError) as error:
            for one in made:
                with suppress(OSError):
                    one.rmdir()
            raise CannotRunError(f'không tạo được thư mục "{folder}": {reason(error)}') from None
    return made
