"""Writing files whole: a failed write leaves the old file, or nothing."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from kehoach_cli.errors import CannotRunError, reason

_WRITABLE = 0o222


def write_whole(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Put `data` at `path` in one step, keeping the mode of a file that is replaced.

    Raises:
        CannotRunError: the file exists and may not be overwritten, or it cannot be written.
    """
    unfinished = None
    try:
        # A link stays one: what it points at is replaced.
        target = path.resolve()
        exists = target.exists()
        if exists and not overwrite:
            raise CannotRunError(f'tệp "{path}" đã có; thêm --force để ghi đè')
        if exists and not target.stat().st_mode & _WRITABLE:
            raise CannotRunError(f'tệp "{path}" chỉ được đọc; bỏ chế độ chỉ đọc rồi chạy lại')
        unfinished = target.parent / f".{target.name}.{os.getpid()}.tmp"
        unfinished.write_bytes(data)
        if exists:
            unfinished.chmod(target.stat().st_mode)
        unfinished.replace(target)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            if unfinished:
                unfinished.unlink(missing_ok=True)
        raise CannotRunError(f'không ghi được "{path}": {reason(error)}') from None


def write_together(files: Mapping[Path, bytes], *, overwrite: bool) -> None:
    """Put all files at their paths, or none: what was there before stands again where one of them cannot be written.

    Folders that are missing are made, and taken away again with the rest.

    Raises:
        CannotRunError: a file exists and may not be overwritten, or something cannot be written.
    """
    refuse_existing(files, overwrite=overwrite)
    made = _make_folders({path.parent for path in files})
    before: dict[Path, bytes | None] = {}
    try:
        for path, data in files.items():
            before[path] = path.read_bytes() if path.exists() else None
            write_whole(path, data, overwrite=overwrite)
    except (CannotRunError, OSError) as error:
        _undo(before, made)
        if isinstance(error, CannotRunError):
            raise
        raise CannotRunError(f'không ghi được "{path}": {reason(error)}') from None


def refuse_existing(files: Iterable[Path], *, overwrite: bool) -> None:
    """Refuse to begin where files exist and may not be overwritten.

    Raises:
        CannotRunError: naming all of them.
    """
    there = [str(path) for path in files if path.exists()]
    if there and not overwrite:
        raise CannotRunError(f"đã có: {', '.join(there)}; thêm --force để ghi đè, hoặc chọn thư mục khác bằng -o")


def _make_folders(folders: Iterable[Path]) -> list[Path]:
    """Make the missing folders and return them, the innermost first."""
    made: list[Path] = []
    for folder in sorted(folders):
        missing = [one for one in (*reversed(folder.parents), folder) if not one.exists()]
        try:
            for one in missing:
                one.mkdir()
                made.insert(0, one)
        except OSError as error:
            _undo({}, made)
            raise CannotRunError(f'không tạo được thư mục "{folder}": {reason(error)}') from None
    return made


def _undo(before: Mapping[Path, bytes | None], made: Iterable[Path]) -> None:
    for path, data in before.items():
        with suppress(OSError):
            if data is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(data)
    for folder in made:
        with suppress(OSError):
            folder.rmdir()
