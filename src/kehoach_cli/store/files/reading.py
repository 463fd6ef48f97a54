"""Safe reading: only regular files, only up to a size, and no unreadable folder without a message."""

import errno
import os
import stat
from operator import attrgetter
from pathlib import Path

from kehoach_cli.errors import CannotRunError, reason

# A missing folder, or a file in its place, has no files; any other error is reported.
_NO_FOLDER = frozenset({errno.ENOENT, errno.ENOTDIR})
# A plan of 6,000 tasks has 4 MB.
MAX_BYTES = 16 * 2**20
_PIECE = 2**20
_MOST_IN_A_DOCUMENT = 50 * 2**20


def plain_bytes(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of a file, one more where there are more.

    Raises:
        OSError: it cannot be read, or is no regular file: a pipe or a device may never end.
    """
    try:
        state = os.stat(path)  # noqa: PTH116 - half the time of Path.stat, and thousands of files are read
    except ValueError:
        raise OSError(errno.EINVAL, "no file can have this name") from None
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EISDIR if stat.S_ISDIR(state.st_mode) else errno.ENODEV, "no plain file")
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return _first_bytes(descriptor, most + 1, state.st_size)
    finally:
        os.close(descriptor)


def _first_bytes(descriptor: int, most: int, expected: int) -> bytes:
    # One read takes a file of the expected size; the next one finds its end.
    data = os.read(descriptor, min(most, expected + 1))
    while len(data) < most and (piece := os.read(descriptor, min(most - len(data), _PIECE))):
        data += piece
    return data


def whole_document(path: Path) -> bytes:
    """Return the bytes of a .docx file.

    Raises:
        OSError: it cannot be read, is no regular file, or is larger than any document.
    """
    data = plain_bytes(path, _MOST_IN_A_DOCUMENT)
    if len(data) > _MOST_IN_A_DOCUMENT:
        raise OSError(errno.EFBIG, "too large")
    return data


def real_path(path: Path) -> Path:
    """Return the path without links. Unlike Path.resolve, return a circle of links or an impossible name unchanged."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return path


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path, with its links followed, is below a folder without links. An impossible name is nowhere."""
    try:
        return Path(os.path.realpath(path)).is_relative_to(folder)
    except (OSError, ValueError):
        return False


def files_in(folder: Path, endings: tuple[str, ...], *, deep: bool = False) -> list[Path]:
    """Return the files of a folder, and with `deep` of those below it, whose names have one of the endings; in order.

    Raises:
        CannotRunError: a folder cannot be read.
    """

    def refuse(error: OSError) -> None:
        if error.errno not in _NO_FOLDER:
            raise CannotRunError(f'không đọc được thư mục "{error.filename}": {reason(error)}') from None

    found: list[Path] = []
    for top, folders, names in os.walk(folder, onerror=refuse):
        found += [Path(top, name) for name in (*folders, *names) if name.lower().endswith(endings)]
        if not deep:
            break
    # The same order as that of paths, but faster.
    return sorted(found, key=attrgetter("parts"))


def held_bytes(path: Path) -> bytes | None:
    """Return the content of a file, None where there is none.

    Raises:
        CannotRunError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotRunError(f'không đọc được "{path}": {reason(error)}') from None
