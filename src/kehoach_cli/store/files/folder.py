"""A folder of made files, written as a whole: it is built beside its place and put there in one step.

The list `.kehoach-list` in it names its files. A folder is replaced only if it holds nothing else: what a person put there stays.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kehoach_cli.errors import CannotRunError, reason
from kehoach_cli.store.files.reading import real_path
from kehoach_cli.store.files.writing import only_writer

LIST = ".kehoach-list"
BUILDING, OLD = ".kehoach-dang-lap-", ".kehoach-ban-cu-"
_SHOWN = 3


def refuse_folder(folder: Path, *, overwrite: bool) -> None:
    """Refuse a folder that holds anything but an earlier build, and without `overwrite` an earlier build, too.

    Raises:
        CannotRunError: naming what is in the way.
    """
    try:
        if not os.path.lexists(folder):
            return
        if not folder.is_dir():
            raise CannotRunError(f'"{folder}" không phải là thư mục; chọn thư mục khác bằng -o')
        there = sorted(_files_in(folder))
        own = set(_listed(folder))
    except (OSError, ValueError) as error:
        raise CannotRunError(f'không đọc được thư mục "{folder}": {reason(error)}') from None
    foreign = [name for name in there if name not in own]
    if foreign:
        more = f" và {len(foreign) - _SHOWN} tệp nữa" if len(foreign) > _SHOWN else ""
        raise CannotRunError(
            f'thư mục "{folder}" có tệp khác: {", ".join(foreign[:_SHOWN])}{more}; chọn thư mục khác bằng -o, '
            "hoặc chuyển các tệp ấy đi nơi khác"
        )
    if there and not overwrite:
        raise CannotRunError(f'thư mục "{folder}" đã có bản lập trước; thêm --force để thay')


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]], *, overwrite: bool) -> int:
    """Write all files below a folder or none, and return how many; files of an earlier build that are not among them go.

    Raises:
        CannotRunError: the folder holds other things, or something cannot be written; the folder is as it was.
    """
    target = real_path(folder)
    _sweep(target)
    refuse_folder(target, overwrite=overwrite)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise CannotRunError(f'không tạo được thư mục "{folder}": {reason(error)}') from None
    built = target.parent / f"{BUILDING}{target.name}-{secrets.token_hex(4)}"
    try:
        built.mkdir()
        with only_writer(built):
            count = _build(built, files)
            refuse_folder(target, overwrite=overwrite)
            _swap(built, target)
    except OSError as error:
        raise CannotRunError(f'không ghi được thư mục "{folder}": {reason(error)}') from None
    finally:
        shutil.rmtree(built, ignore_errors=True)
    return count


def _build(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    made = {folder}
    names = []
    for name, data in files:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        with path.open("xb") as file:
            file.write(data)
        names.append(name)
    (folder / LIST).write_bytes("".join(f"{name}\n" for name in sorted(names)).encode())
    return len(names)


def _swap(built: Path, target: Path) -> None:
    """Put the new folder in its place; if that fails, the old one stands there again."""
    old = target.parent / f"{OLD}{target.name}-{secrets.token_hex(4)}"
    there = os.path.lexists(target)
    if there:
        target.rename(old)
    try:
        built.rename(target)
    except OSError:
        if there:
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Put back what a run killed between the two steps had moved away, and remove what killed runs left beside the folder."""
    for path in sorted(target.parent.glob(f"{OLD}{target.name}-????????")):
        if not os.path.lexists(target):
            with suppress(OSError):
                path.rename(target)
                continue
        shutil.rmtree(path, ignore_errors=True)
    for path in target.parent.glob(f"{BUILDING}{target.name}-????????"):
        # A run that still builds holds its folder.
        with suppress(CannotRunError), only_writer(path):
            shutil.rmtree(path, ignore_errors=True)


def _files_in(folder: Path) -> Iterator[str]:
    """Yield the files below a folder; an empty folder of somebody counts as one, and so does a link."""
    for place, folders, names in os.walk(folder, onerror=_raise):
        here = Path(place).relative_to(folder)
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        if not folders and not names and here != Path():
            yield here.as_posix()
        yield from ((here / name).as_posix() for name in (*names, *links))


def _raise(error: OSError) -> None:
    raise error


def _listed(folder: Path) -> Iterator[str]:
    path = folder / LIST
    if path.is_file() and not path.is_symlink():
        yield LIST
        yield from path.read_text(encoding="utf-8", errors="replace").splitlines()
