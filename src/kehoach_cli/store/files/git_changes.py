"""Which files differ from a git revision, and what they held there."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from kehoach_cli.errors import CannotRunError
from kehoach_cli.store.files.git import (
    LINK,
    REPOSITORY,
    OldFile,
    ReadLimit,
    commit_of,
    git_text,
    read_blobs,
    repository_inside,
    top_of,
)
from kehoach_cli.store.files.reading import real_path


class ChangedFiles(Struct, frozen=True):
    """The files that differ from `revision`, committed or not, and those git does not track yet.

    `old` has those of them that the revision has; the others are new.
    """

    revision: str
    files: frozenset[Path]
    old: dict[Path, OldFile]


def changed_since(folder: Path, revision: str, endings: tuple[str, ...]) -> ChangedFiles:
    """Return what differs from `revision`; older versions are read of files whose names have one of the endings.

    Raises:
        UsageError: there is no such revision.
        CannotRunError: git is missing or refuses, or the folder is in no repository.
    """
    found = _Difference(endings)
    found.add(top_of(folder), commit_of(folder, revision))
    return ChangedFiles(revision, frozenset(found.files), found.read(real_path(folder)))


class _Difference:
    """The files that differ in a repository and in those inside it, and the objects that they were."""

    def __init__(self, endings: tuple[str, ...]) -> None:
        self.files: set[Path] = set()
        self._endings = endings
        self._unread: dict[Path, OldFile] = {}
        # By file: its repository, and the name of the object.
        self._blobs: dict[Path, tuple[Path, str]] = {}

    def add(self, top: Path, commit: str) -> None:
        """Add the files of a repository that differ from a commit."""
        for mode, blob, path in _changes(top, commit):
            self.files.add(path)
            if REPOSITORY in mode:
                self._add_inside(path, top, blob)
            elif mode[0] == LINK:
                self._unread[path] = OldFile(None, "ở bản cũ là một liên kết")
            elif set(blob) != {"0"} and self._is_read(path):
                self._blobs[path] = (top, blob)

    def read(self, first: Path) -> dict[Path, OldFile]:
        """Return what the files held; those in the folder `first` are read first."""
        limit = ReadLimit()
        by_top: dict[Path, dict[Path, str]] = {}
        for path in sorted(self._blobs, key=lambda path: not path.is_relative_to(first)):
            top, blob = self._blobs[path]
            by_top.setdefault(top, {})[path] = blob
        found = dict(self._unread)
        for top, blobs in by_top.items():
            found |= read_blobs(top, blobs, limit)
        return found

    def _add_inside(self, path: Path, outer: Path, commit: str) -> None:
        """Add the same of a repository inside the repository, such as a submodule with the plans."""
        if not repository_inside(path, outer):
            return
        if set(commit) == {"0"}:
            self.files |= _all_files(path)
            return
        try:
            self.add(path, commit)
        except CannotRunError:
            files = _all_files(path)
            self.files |= files
            missing = OldFile(None, "kho con không có bản cũ; chạy git fetch trong kho con")
            self._unread |= {file: missing for file in files if self._is_read(file)}

    def _is_read(self, path: Path) -> bool:
        return path.name.lower().endswith(self._endings)


def _changes(top: Path, commit: str) -> Iterator[tuple[tuple[str, str], str, Path]]:
    """Yield old and new mode, name of the old object and path of each file that differs, and of each untracked one."""
    options = ("--raw", "-z", "--no-abbrev", "--no-relative", "--no-renames", "--no-ext-diff", "--no-textconv")
    fields = git_text(top, "diff", "--ignore-submodules=none", *options, commit, "--").split("\0")
    for state, name in zip(fields[::2], fields[1::2], strict=False):
        before, after, blob = state.removeprefix(":").split(" ")[:3]
        yield (before, after), blob, real_path(top / name)
    for name in filter(None, git_text(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")):
        # A name ends with a slash where git does not look: a repository that is no submodule yet.
        yield ("000000", REPOSITORY if name.endswith("/") else "100644"), "0", real_path(top / name)


def _all_files(top: Path) -> set[Path]:
    names = git_text(top, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    return {real_path(top / name) for name in names if name}
