"""Writing files whole: a failed write leaves the old file, or nothing."""

import os
from contextlib import suppress
from pathlib import Path

from kehoach_cli.errors import CannotRunError, reason

_WRITABLE = 0o222


def make_folder(path: Path) -> None:
    """Make a folder and those above it.

    Raises:
        CannotRunError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise CannotRunError(f'không tạo được thư mục "{path}": {reason(error)}') from None


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
