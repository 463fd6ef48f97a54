"""What the files of a git revision held: read from the objects of the repository, never from the disk."""

import os
import posixpath
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from kehoach_cli.core.model.revision import Revision
from kehoach_cli.errors import CannotRunError
from kehoach_cli.store.files.git import OldFile, commit_of, git_text, read_blobs

_LINK, _REPOSITORY = "120000", "160000"
_LARGE_FILE = b"version https://git-lfs.github.com/spec/"
_OUTSIDE = "là một liên kết ra ngoài kho git; git không giữ nội dung của nó"


class _Entry(Struct, frozen=True):
    """An entry of a tree: its name from the top of its own repository, and the name it has for us."""

    mode: str
    blob: str
    inside: str
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


def revisions_of(file: Path, most: int) -> tuple[str, ...]:
    """Return the commits that changed a file, the latest first and at most so many.

    Raises:
        CannotRunError: git is missing or refuses, or the file is in no repository.
    """
    return tuple(git_text(file.parent, "log", f"-{most}", "--format=%H", "--", file.name).split())


def files_at(top: Path, commit: str, names: Iterable[str]) -> dict[str, OldFile]:
    """Return what a commit holds in these files and folders; names are those from the top, with `/` between their parts.

    Links inside the repository are followed, and submodules that are here are read. What cannot be read says why.

    Raises:
        CannotRunError: git refuses.
    """
    found: dict[str, OldFile] = {}
    plain: dict[str, str] = {}
    links: list[_Entry] = []
    for entry in _entries(top, commit, names):
        if not _is_harmless(entry.name):
            continue
        if entry.mode == _REPOSITORY:
            found |= _submodule(top, entry)
        elif entry.mode == _LINK:
            links.append(entry)
        else:
            plain[entry.name] = entry.blob
    return found | _linked(top, commit, links) | _read(top, plain)


def _entries(top: Path, commit: str, names: Iterable[str]) -> Iterator[_Entry]:
    listed = git_text(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *names)
    for line in filter(None, listed.split("\0")):
        state, _, name = line.partition("\t")
        mode, _, blob = state.split(" ")
        yield _Entry(mode, blob, name, name)


def _is_harmless(name: str) -> bool:
    """Whether a name leads to no other folder than its own; a tree that no git has made may hold any."""
    parts = name.split("/")
    odd = {part for part in parts if part in {"", ".", ".."}}
    return not odd and not any(mark in name for mark in (os.sep, os.altsep) if mark and mark != "/")


def _submodule(top: Path, entry: _Entry) -> dict[str, OldFile]:
    """Return the files of a repository inside the repository, at the commit that the outer one names."""
    inner = top / entry.inside
    if not (inner / ".git").exists():
        return {entry.name: OldFile(None, "là một kho con chưa lấy về; chạy git submodule update --init")}
    try:
        files = files_at(inner, entry.blob, ())
    except CannotRunError:
        return {entry.name: OldFile(None, "là một kho con không có bản đó; chạy git fetch trong kho con")}
    return {f"{entry.name}/{name}": file for name, file in files.items()}


def _linked(top: Path, commit: str, links: list[_Entry]) -> dict[str, OldFile]:
    """Return what links lead to, as files of the links' names; a link to a link is not followed."""
    if not links:
        return {}
    found: dict[str, OldFile] = {}
    for link, file in zip(links, _read(top, {one.name: one.blob for one in links}).values(), strict=True):
        to = (file.data or b"/").decode("utf-8", errors="surrogateescape")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(link.inside), to))
        if target.startswith(("/", "..")):
            found[link.name] = OldFile(None, _OUTSIDE)
            continue
        led = {one.name: one for one in _entries(top, commit, [target]) if one.mode not in {_LINK, _REPOSITORY}}
        held = _read(top, {name: one.blob for name, one in led.items()})
        found |= {link.name + name.removeprefix(target): data for name, data in held.items()}
        if not held:
            found[link.name] = OldFile(None, f'là một liên kết tới "{target}", bản đó không có')
    return found


def _read(top: Path, blobs: dict[str, str]) -> dict[str, OldFile]:
    read = read_blobs(top, {Path(name): blob for name, blob in blobs.items()})
    return {name: _without_pointer(read[Path(name)]) for name in blobs}


def _without_pointer(file: OldFile) -> OldFile:
    if file.data is not None and file.data.startswith(_LARGE_FILE):
        return OldFile(None, "chỉ là con trỏ của Git LFS; git không giữ nội dung của tệp")
    return file
