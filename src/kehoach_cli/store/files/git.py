"""Runs git and reads objects, so many bytes at most. Git runs no filters; no revision may look like an option."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Timer
from typing import TypeVar

from msgspec import Struct, field

from kehoach_cli.errors import CannotRunError, UsageError
from kehoach_cli.store.files.reading import MAX_BYTES, real_path
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import without_controls

NameT = TypeVar("NameT")

# What git calls the kinds of entries that are no files: a link, and a repository inside the repository.
LINK, REPOSITORY = "120000", "160000"

_SECONDS = 30
_NO_GIT = "xem bản cũ cần git; máy này chưa cài git"
# In a git hook, for example, these variables point at another repository or index.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY")

# A repository may hold more than plans: so many bytes are read of it, and of those inside it.
_MOST_IN_ALL = 128 * 2**20
# Trees can be nested so that a small repository has names without end.
_MOST_LISTED = 32 * 2**20


class OldFile(Struct, frozen=True):
    """What a changed file held in the older revision: `data` is None where that cannot be read, and `why` says the reason."""

    data: bytes | None
    why: str = ""


class ReadLimit(Struct):
    """How many bytes of one file are read, and how many are left of those of all files together."""

    each: int = MAX_BYTES
    left: int = field(default_factory=lambda: _MOST_IN_ALL)

    def refusal(self, size: int) -> str:
        """Take the bytes of a file; return why it is not read, empty where it is."""
        if size > self.each:
            return f"tệp cũ lớn hơn {self.each // 2**20} MB"
        if size > self.left:
            return f"các tệp cũ cộng lại lớn hơn {_MOST_IN_ALL // 2**20} MB"
        self.left -= size
        return ""


class TooManyFilesError(CannotRunError):
    """A revision has more files than are read."""

    def __init__(self) -> None:
        """Say what may be the reason."""
        super().__init__("bản git này có quá nhiều tệp, không đọc; có thể kho có các thư mục lồng nhau không cùng")


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


def read_blobs(top: Path, blobs: Mapping[NameT, str], limit: ReadLimit) -> dict[NameT, OldFile]:
    """Return by name what files held whose objects are named; one that git lacks or that is too large is not read."""
    sizes = _answers(_git_bytes(top, "cat-file", "--batch-check", given=_lines(blobs.values())))
    refused = {name: limit.refusal(sizes[blob]) for name, blob in blobs.items() if blob in sizes}
    wanted = dict.fromkeys(blob for name, blob in blobs.items() if refused.get(name) == "")
    data = _contents(_git_bytes(top, "cat-file", "--batch", given=_lines(wanted)))
    missing = "kho git này thiếu nội dung cũ"
    return {
        name: OldFile(None, why) if (why := refused.get(name, missing)) else OldFile(data.get(blob), missing)
        for name, blob in blobs.items()
    }


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


def repository_inside(path: Path, top: Path) -> bool:
    """Whether a repository stands at a path that really is below the top of another one."""
    real, outer = real_path(path), real_path(top)
    return outer in real.parents and os.path.exists(real / ".git")  # noqa: PTH110 - Path.exists may raise


def _git_bytes(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what git prints when it is given some bytes; it fetches nothing."""
    done = _ran(folder, *arguments, given=given)
    if done.returncode:
        raise CannotRunError(*_refusal(done.stderr.decode("utf-8", errors="replace")))
    return done.stdout


def git_listing(folder: Path, *arguments: str) -> Iterator[str]:
    """Yield the names that git prints with a NUL after each.

    Raises:
        CannotRunError: git is missing or refuses.
        TooManyFilesError: there are more than anybody keeps.
    """
    command, environment = _call(folder, arguments)
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603
        except FileNotFoundError:
            raise CannotRunError(_NO_GIT) from None
        with process:
            timer = Timer(_SECONDS, process.kill)
            timer.start()
            said = process.stdout.read(_MOST_LISTED + 1) if process.stdout else b""
            timer.cancel()
            if len(said) > _MOST_LISTED:
                process.kill()
                raise TooManyFilesError
        if process.returncode:
            errors.seek(0)
            raise CannotRunError(*_refusal(errors.read().decode("utf-8", errors="replace")))
    return filter(None, said.decode("utf-8", errors="surrogateescape").split("\0"))


def _ran(folder: Path, *arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command, environment = _call(folder, arguments)
    try:
        return subprocess.run(  # noqa: S603
            command, env=environment, input=given, capture_output=True, timeout=_SECONDS, check=False
        )
    except FileNotFoundError:
        raise CannotRunError(_NO_GIT) from None
    except subprocess.TimeoutExpired:
        raise CannotRunError("git không trả lời; hãy thử lại") from None


def _call(folder: Path, arguments: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
    """Return the command line and the environment in which git reads this repository and fetches nothing."""
    environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    # A foreign repository may name a program that git would run at every look at its files; no name is a pattern.
    options = ("-c", "core.fsmonitor=false", "--literal-pathspecs", "-C", str(folder))
    return ["git", *options, *arguments], environment


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
    words = "".join(said.strip().splitlines()[:1])
    return "git không chạy được", *([f"git báo: “{words}”; xem kho có hỏng không bằng lệnh git fsck"] if words else [])
