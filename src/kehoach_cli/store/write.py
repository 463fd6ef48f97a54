"""Writing files whole: a failed write leaves the old file, or nothing."""

import os
from contextlib import suppress
from pathlib import Path

from kehoach_cli.errors import CannotRunError, reason


def write_whole(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Put `data` at `path` in one step, keeping the mode of a file that is replaced.

    Raises:
        CannotRunError: the file exists and may not be overwritten, or it cannot be written.
    """
    unfinished = path.parent / f".{path.name}.{os.getpid()}.tmp"
    try:
        exists = path.exists()
        if exists and not overwrite:
            raise CannotRunError(f'tệp "{path}" đã có; thêm --force để ghi đè')
        unfinished.write_bytes(data)
        if exists:
            unfinished.chmod(path.stat().st_mode)
        unfinished.replace(path)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            unfinished.unlink(missing_ok=True)
        raise CannotRunError(f'không ghi được "{path}": {reason(error)}') from None
