"""What the files of a git revision held: read from the objects of the repository, never from the disk."""

import os
import posixpath
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from kehoach_cli.core.model.revision import Revision
from kehoach_cli.errors import CannotRunError
from kehoach_cli.store.files.git import (
    LINK,
    REPOSITORY,
    OldFile,
    ReadLimit,
    TooManyFilesError,
    commit_of,
    git_listing,
    git_text,
    read_blobs,
    repository_inside,
)

_LARGE_FILE = b"version https://git-lfs.github.com/spec/"
# So many files are copied, links and repositories inside the repository counted; so many links are followed, of so many bytes.
_MOST_FILES = 100_000
_MOST_LINKS, _LINK_BYTES = 250, 1024


class _Entry(Struct, frozen=True):
    """An entry of a tree: its name from the top of its repository."""

    mode: str
    blob: str
    name: str


def revision_named(folder: Path, name: str) -> Revision:
    """Return the revision of a repository that a name means.

    Raises:
        UsageError: there is no such revision.
        CannotRunError: git is missing or refuses.
    """
    commit = commit_of(folder, name)
    day = git_text(folder, "log", "-1", "--no-show-signature", "--format=%cs", commit, "--").strip()
    return Revision(name, commit, date.fromisoformat(day))


def revisions_of(paths: Sequence[Path], most: int) -> tuple[str, ...]:
    """Return the commits that changed one of some paths beside each other, the latest first and at most so many.

    Raises:
        CannotRunError: git is missing or refuses, or the paths are in no repository.
    """
    names = (str(path) for path in paths)
    return tuple(git_text(paths[0].parent, "log", f"-{most}", "--format=%H", "--", *names).split())


def files_at(top: Path, commit: str, names: Iterable[str]) -> dict[str, OldFile]:
    """Return what a commit holds in these files and folders; names are those from the top, with `/` between their parts.

    Links inside the repository are followed, and submodules that are here are read. What cannot be read says why. No name leads
    out of the folder that the files are put in.

    Raises:
        CannotRunError: git refuses.
        TooManyFilesError: there are more files than anybody keeps.
    """
    listing = _Listing()
    listing.add(top, commit, names)
    return listing.read()


class _Listing:
    """The objects that a commit has for files, by repository and name, and why other files cannot be read."""

    def __init__(self) -> None:
        self._blobs: dict[Path, dict[str, str]] = {}
        self._unread: dict[str, str] = {}
        self._count = 0

    def add(self, top: Path, commit: str, names: Iterable[str], under: str = "") -> None:
        """Add the files of a repository; `under` is where it stands in the outer one, with a slash behind it."""
        links: dict[str, str] = {}
        for entry in _entries(top, commit, names):
            if entry.mode == LINK:
                links[entry.name] = entry.blob
            elif entry.mode == REPOSITORY:
                self._add_inside(top, entry, f"{under}{entry.name}")
            else:
                self._put(top, under + entry.name, entry.blob)
        if links:
            self._add_linked(top, commit, links, under)

    def read(self) -> dict[str, OldFile]:
        """Return what the files held."""
        limit = ReadLimit()
        found = {name: OldFile(None, why) for name, why in self._unread.items()}
        for top, blobs in self._blobs.items():
            found |= {name: _without_pointer(file) for name, file in read_blobs(top, blobs, limit).items()}
        return found

    def _put(self, top: Path, name: str, blob: str) -> None:
        self._count += 1
        if self._count > _MOST_FILES:
            raise TooManyFilesError
        safe = _safe_beginning(name)
        if safe == name:
            self._blobs.setdefault(top, {})[name] = blob
        else:
            self._unread[safe] = "bản đó có tên dẫn ra ngoài thư mục; git không tự tạo ra tên như vậy, hãy xem lại kho"

    def _add_inside(self, outer: Path, entry: _Entry, name: str) -> None:
        """Add the files of a repository inside the repository, at the commit that the outer one names."""
        inner = outer / entry.name
        if _safe_beginning(name) != name or not repository_inside(inner, outer):
            self._unread[_safe_beginning(name)] = "là một kho con chưa lấy về; chạy git submodule update --init"
            return
        try:
            self.add(inner, entry.blob, (), f"{name}/")
        except TooManyFilesError:
            raise
        except CannotRunError:
            self._unread[name] = "là một kho con không có bản đó; chạy git fetch trong kho con"

    def _add_linked(self, top: Path, commit: str, links: dict[str, str], under: str) -> None:
        """Add what links lead to, as files of the links' names; a link to a link is not followed."""
        targets: dict[str, str] = {}
        for number, (name, text) in enumerate(_link_texts(top, links).items()):
            target = _target(name, text)
            if target is None or number >= _MOST_LINKS:
                few = "là một liên kết ra ngoài kho git; git không giữ nội dung của nó"
                many = f"bản đó có hơn {_MOST_LINKS} liên kết; thay liên kết bằng tệp"
                self._unread[_safe_beginning(under + name)] = few if target is None else many
            else:
                targets[name] = target
        wanted = () if "" in targets.values() else dict.fromkeys(targets.values())
        led = _Led(_entries(top, commit, wanted) if targets else ())
        for name, target in targets.items():
            missing = True
            for rest, blob in led.below(target):
                missing = False
                self._put(top, f"{under}{name}{rest}", blob)
            if missing:
                self._unread[_safe_beginning(under + name)] = f'là một liên kết tới "{target}", bản đó không có'


class _Led:
    """The files that links of one repository lead to, in order."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._blobs = {one.name: one.blob for one in entries if one.mode not in {LINK, REPOSITORY}}
        self._names = sorted(self._blobs)

    def below(self, target: str) -> Iterator[tuple[str, str]]:
        """Yield the object of a file, or of each file in a folder, with what its name has behind that of the target."""
        if target in self._blobs:
            yield "", self._blobs[target]
            return
        folder = f"{target}/" if target else ""
        for name in self._names[bisect_left(self._names, folder) :]:
            if not name.startswith(folder):
                return
            yield f"/{name.removeprefix(folder)}", self._blobs[name]


def _entries(top: Path, commit: str, names: Iterable[str]) -> Iterator[_Entry]:
    for line in git_listing(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *names):
        state, _, name = line.partition("\t")
        mode, _, blob = state.split(" ")
        yield _Entry(mode, blob, name)


def _link_texts(top: Path, links: dict[str, str]) -> dict[str, bytes]:
    """Return what links say; nothing for those that are too long."""
    limit = ReadLimit(_LINK_BYTES, _LINK_BYTES * len(links))
    return {name: file.data or b"" for name, file in read_blobs(top, links, limit).items()}


def _target(link: str, text: bytes) -> str | None:
    """Return the name from the top that a link leads to, empty for the top itself; None where it leads out, or nowhere."""
    to = text.decode("utf-8", errors="surrogateescape")
    if not to or "\0" in to:
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(link), to))
    if target.startswith("/") or target.partition("/")[0] == "..":
        return None
    return "" if target == "." else target


def _safe_beginning(name: str) -> str:
    """Return a name up to the first part that leads to another folder; a tree that no git has made may hold any."""
    parts = name.split("/")
    odd = (at for at, part in enumerate(parts) if part in {"", ".", ".."} or _leads_away(part))
    return "/".join(parts[: next(odd, len(parts))])


def _leads_away(part: str) -> bool:
    return any(mark in part for mark in (os.sep, os.altsep) if mark) or bool(os.path.splitdrive(part)[0])


def _without_pointer(file: OldFile) -> OldFile:
    if file.data is not None and file.data.startswith(_LARGE_FILE):
        return OldFile(None, "chỉ là con trỏ của Git LFS; git không giữ nội dung của tệp")
    return file
