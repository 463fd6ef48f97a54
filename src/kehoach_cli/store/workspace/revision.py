"""A workspace as it was at a git revision: its files are copied to a folder of this run, and loaded from there like any other."""

import atexit
import errno
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.revision import Revision
from kehoach_cli.errors import CannotRunError, UsageError, reason
from kehoach_cli.store.files.git import OldFile, top_of
from kehoach_cli.store.files.git_tree import files_at, revision_named
from kehoach_cli.store.files.reading import is_inside, real_path
from kehoach_cli.store.workspace.paths import SETTINGS_FILE, Root, is_workspace, show_copies_as, shown_path

# What a workspace is made of. A lock knows the reports that were written when a period was closed.
PARTS = (SETTINGS_FILE, "plans", "progress", "templates", "reports")

# What a name alone causes: others may still be written.
_OF_THE_NAME = frozenset(
    {errno.ENAMETOOLONG, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.EILSEQ, errno.EINVAL, errno.ENOENT}
)


def root_at(
    given: Path | None, start: Path, name: str, also: Iterable[Path] = (), parts: Iterable[str] = PARTS
) -> Root:
    """Return the workspace `given`, else the nearest one upward of `start`, as it was at a revision.

    Of it, `parts` are copied, and the files and folders in `also`. The copy lasts as long as this process.

    Raises:
        UsageError: there is no such revision, or it has no such workspace.
        CannotRunError: git is missing or refuses, or the folder is in no repository.
    """
    begin = real_path(given or start)
    standing = next(folder for folder in (begin, *begin.parents) if folder.is_dir())
    top = real_path(top_of(standing))
    revision = revision_named(standing, name)
    candidates = [begin] if given else [one for one in (begin, *begin.parents) if one.is_relative_to(top)]
    for home in candidates:
        inner = [real_path(path).relative_to(home).as_posix() for path in also if is_inside(path, home)]
        if root := _copied(home, top, revision, [*parts, *inner]):
            return root
    raise UsageError(
        f'bản {revision.name} chưa có thư mục làm việc "{begin}": không có {SETTINGS_FILE}, không có kế hoạch nào trong plans/'
    )


def _copied(home: Path, top: Path, revision: Revision, names: Iterable[str]) -> Root | None:
    """Return a copy of what a folder held at a revision, None where that was no workspace."""
    prefix = home.relative_to(top)
    wanted = dict.fromkeys(name for name in names if name != ".")
    files = files_at(top, revision.commit, [(prefix / name).as_posix() for name in wanted])
    copy = real_path(Path(tempfile.mkdtemp(prefix="kehoach-")))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    show_copies_as(copy, home)
    unread = tuple(_write(copy, {Path(name).relative_to(prefix): file for name, file in files.items()}, revision))
    root = Root(copy, revision=revision, home=home, unread=unread)
    return root if is_workspace(copy) or unread else None


def _write(copy: Path, files: dict[Path, OldFile], revision: Revision) -> Iterator[Finding]:
    """Write the files of a copy; yield a finding for each one that git could not give, or that no file here can be named as."""
    for name, file in files.items():
        if file.data is None:
            yield _unread(copy / name, file.why, revision)
            continue
        try:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(file.data)
        except OSError as error:
            if error.errno not in _OF_THE_NAME:
                message = f"không chép được bản {revision.name} ra thư mục tạm: {reason(error)}"
                raise CannotRunError(message) from None
            yield _unread(copy / name, f"không đặt được tên đó ở máy này: {reason(error)}", revision)


def _unread(path: Path, why: str, revision: Revision) -> Finding:
    message = f"bản {revision.name}: không đọc được tệp này, {why}"
    return Finding("K001", Severity.ERROR, shown_path(path), message, 1, 1)
