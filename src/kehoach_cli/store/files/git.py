"""Which files changed according to git, and what they held. Git runs no filters; no revision may look like an option."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

from msgspec import Struct

from kehoach_cli.errors import CannotRunError, UsageError
from kehoach_cli.store.files.reading import MAX_BYTES, real_path
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import without_controls

_SECONDS = 30
# In a git hook, for example, these variables point at another repository or index.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY")


# What git calls the kinds of entries that are no files: a link, and a repository inside the repository.
_LINK, _REPOSITORY = "120000", "160000"
# A repository may hold more than plans: of all that changed, so many bytes are read.
_MOST_IN_ALL = 128 * 2**20


class OldFile(Struct, frozen=True):
    """What a changed file held in the older revision: `data` is None where that cannot be read, and `why` says the reason."""

    data: bytes | None
    why: str = ""


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
    top = top_of(folder)
    commit = commit_of(folder, revision)
    files, old = _difference(top, commit, endings, real_path(folder))
    return ChangedFiles(revision, frozenset(files), old)


def top_of(folder: Path) -> Path:
    """Return the top folder of the repository that a folder is in.

    Raises:
        CannotRunError: git is missing or refuses, or the folder is in no repository.
    """
    return Path(git_text(folder, "rev-parse", "--show-toplevel").strip("\n"))


def commit_of(folder: Path, revision: str) -> str:
    """Return the name of the commit that a revision means.

    Raises:
        UsageError: there is no such revision, or git does not know which one it was on that day.
    """
    done = _ran(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode:
        raise UsageError(f'không có bản "{revision}" trong kho git; {_why_no_revision(folder)}')
    # Git answers with the oldest commit it remembers, and only warns.
    if found := re.search(rb"only goes back to (.+)", done.stderr):
        raise UsageError(_not_remembered(folder, revision, found[1].decode("ascii", errors="replace").strip()))
    return done.stdout.decode("ascii", errors="replace").strip()


def _difference(top: Path, commit: str, endings: tuple[str, ...], first: Path) -> tuple[set[Path], dict[Path, OldFile]]:
    """Return the files of a repository that differ from a commit, and what they held; those in the folder `first` come first."""
    files: set[Path] = set()
    old: dict[Path, OldFile] = {}
    blobs: dict[Path, str] = {}
    for mode, blob, path in _changes(top, commit):
        files.add(path)
        if _REPOSITORY in mode:
            more, inside = _difference_inside(path, blob, endings, first)
            files |= more
            old |= inside
        elif mode[0] == _LINK:
            old[path] = OldFile(None, "ở bản cũ là một liên kết")
        elif set(blob) != {"0"} and path.name.lower().endswith(endings):
            blobs[path] = blob
    return files, old | read_blobs(top, dict(sorted(blobs.items(), key=lambda one: not one[0].is_relative_to(first))))


def _changes(top: Path, commit: str) -> Iterator[tuple[tuple[str, str], str, Path]]:
    """Yield old and new mode, name of the old object and path of each file that differs, and of each untracked one."""
    options = ("--raw", "-z", "--no-abbrev", "--no-relative", "--no-renames", "--no-ext-diff", "--no-textconv")
    fields = git_text(top, "diff", "--ignore-submodules=none", *options, commit, "--").split("\0")
    for state, name in zip(fields[::2], fields[1::2], strict=False):
        before, after, blob = state.removeprefix(":").split(" ")[:3]
        yield (before, after), blob, real_path(top / name)
    for name in filter(None, git_text(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")):
        # A name ends with a slash where git does not look: a repository that is no submodule yet.
        yield ("000000", _REPOSITORY if name.endswith("/") else "100644"), "0", real_path(top / name)


def _difference_inside(
    top: Path, commit: str, endings: tuple[str, ...], first: Path
) -> tuple[set[Path], dict[Path, OldFile]]:
    """Return the same of a repository inside the repository, such as a submodule with the plans."""
    if not os.path.exists(top / ".git"):  # noqa: PTH110 - Path.exists may raise
        return set(), {}
    if set(commit) == {"0"}:
        return _all_files(top), {}
    try:
        return _difference(top, commit, endings, first)
    except CannotRunError:
        files = _all_files(top)
        missing = OldFile(None, "kho con không có bản cũ; chạy git fetch trong kho con")
        return files, {path: missing for path in files if path.name.lower().endswith(endings)}


def _all_files(top: Path) -> set[Path]:
    names = git_text(top, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    return {real_path(top / name) for name in names if name}


def read_blobs(top: Path, blobs: dict[Path, str]) -> dict[Path, OldFile]:
    """Return what files held whose objects are named; one that git lacks or that is too large is not read."""
    sizes = _answers(_git_bytes(top, "cat-file", "--batch-check", given=_lines(blobs.values())))
    names = [name for name in dict.fromkeys(blobs.values()) if sizes.get(name, MAX_BYTES + 1) <= MAX_BYTES]
    totals = accumulate(sizes[name] for name in names)
    wanted = [name for name, total in zip(names, totals, strict=True) if total <= _MOST_IN_ALL]
    data = _contents(_git_bytes(top, "cat-file", "--batch", given=_lines(wanted)))
    return {path: _old_file(data.get(name), sizes.get(name)) for path, name in blobs.items()}


def _old_file(data: bytes | None, size: int | None) -> OldFile:
    if data is not None:
        return OldFile(data)
    if size is None:
        return OldFile(None, "kho git này thiếu nội dung cũ")
    most, what = (MAX_BYTES, "tệp cũ") if size > MAX_BYTES else (_MOST_IN_ALL, "các tệp cũ cộng lại")
    return OldFile(None, f"{what} lớn hơn {most // 2**20} MB")


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("ascii")


def _answers(said: bytes) -> dict[str, int]:
    """Return the sizes of objects as `git cat-file --batch-check` says them; a missing one is left out."""
    words = (line.split(" ") for line in said.decode("ascii", errors="replace").splitlines())
    return {one[0]: int(one[2]) for one in words if one[1:2] == ["blob"]}


def _contents(said: bytes) -> dict[str, bytes]:
    """Return the objects that `git cat-file --batch` gives: a line with name, kind and size before each."""
    found: dict[str, bytes] = {}
    start = 0
    while (end := said.find(b"\n", start)) > 0:
        head = said[start:end].decode("ascii", errors="replace").split(" ")
        if head[1:2] != ["blob"]:
            start = end + 1
            continue
        size = int(head[2])
        found[head[0]] = said[end + 1 : end + 1 + size]
        start = end + size + 2
    return found


def user_name(folder: Path) -> str:
    """Return the name that git knows the user by; empty where git or the name is missing."""
    try:
        return without_controls(git_text(folder, "config", "user.name").strip())
    except CannotRunError:
        return ""


def repository_of(folder: Path) -> Path | None:
    """Return the folder that tools of a repository name files from: the one that a job checks, else the top of the repository."""
    folder = real_path(folder)
    tops = [one for one in (folder, *folder.parents) if os.path.exists(one / ".git")]  # noqa: PTH110 - Path.exists may raise
    given = os.environ.get("GITHUB_WORKSPACE")
    job = real_path(Path(given)) if given else None
    # A job may check a repository out below its own folder; a submodule in its folder belongs to the repository there.
    if job and folder.is_relative_to(job) and (job in tops or not tops):
        return job
    return tops[0] if tops else None


def _not_remembered(folder: Path, revision: str, since: str) -> str:
    """Return what to say of `HEAD@{2025-12-31}` where git has noted only since a later day what HEAD was on this machine."""
    name, _, day = revision.removesuffix("}").partition("@{")
    last = git_text(folder, "rev-list", "-1", f"--before={day}", "--end-of-options", name or "HEAD").strip()
    mend = (
        f"theo lịch sử thì bản cuối cùng đến lúc đó là {last[:10]}"
        if last
        else "lịch sử cũng chưa có bản nào đến lúc đó"
    )
    return f'trên máy này git chỉ ghi "{name or "HEAD"}" từ {_day_of(since)}, không biết "{revision}"; {mend}'


def _day_of(moment: str) -> str:
    """Return the day of `Sun, 29 Nov 2026 06:46:03 +0000` as people here write it."""
    from email.utils import parsedate_to_datetime

    try:
        return f"ngày {format_date(parsedate_to_datetime(moment).date())}"
    except ValueError:
        return moment


def _why_no_revision(folder: Path) -> str:
    if git_text(folder, "rev-parse", "--is-shallow-repository").strip() == "true":
        return "kho này chỉ chép phần cuối của lịch sử: chạy git fetch --unshallow, trong actions/checkout đặt fetch-depth: 0"
    return "viết ví dụ HEAD~1, origin/main"


def git_text(folder: Path, *arguments: str) -> str:
    """Return what git prints, as text; names of files that are no UTF-8 keep their bytes.

    Raises:
        CannotRunError: git is missing or refuses.
    """
    return _git_bytes(folder, *arguments).decode("utf-8", errors="surrogateescape")


def _git_bytes(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what git prints when it is given some bytes; it fetches nothing."""
    done = _ran(folder, *arguments, given=given)
    if done.returncode:
        raise CannotRunError(*_refusal(done.stderr.decode("utf-8", errors="replace")))
    return done.stdout


def _ran(folder: Path, *arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    # A foreign repository may name a program that git would run at every look at its files.
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        return subprocess.run(  # noqa: S603
            command, env=environment, input=given, capture_output=True, timeout=_SECONDS, check=False
        )
    except FileNotFoundError:
        raise CannotRunError("xem bản cũ cần git; máy này chưa cài git") from None
    except subprocess.TimeoutExpired:
        raise CannotRunError("git không trả lời; hãy thử lại") from None


def _refusal(said: str) -> tuple[str, ...]:
    """Return in Vietnamese why git refuses, with its own words where they are not known."""
    if "dubious ownership" in said:
        found = re.search(r"git config --global --add safe\.directory .+", said)
        mend = (f"nếu tin kho này, chạy: {found[0]}",) if found else ()
        return "git không đọc kho này vì nó thuộc về một người dùng khác", *mend
    if "not a git repository" in said:
        return ("bản git (--rev, --changed-since, diff) chỉ dùng trong một kho git",)
    if "must be run in a work tree" in said:
        return ("bản git (--rev, --changed-since, diff) cần thư mục có các tệp; đây là kho git không có tệp (bare)",)
    return ("git không chạy được", *said.strip().splitlines()[:1])
