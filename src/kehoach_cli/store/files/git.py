"""Which files changed according to git. Git gives names only, runs no filters, and gets no revision that looks like an option."""

import os
import re
import subprocess
from pathlib import Path

from kehoach_cli.errors import CannotRunError, UsageError
from kehoach_cli.store.files.reading import real_path

_SECONDS = 30
# In a git hook, for example, these variables point at another repository or index.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY")


def changed_since(folder: Path, revision: str) -> frozenset[Path]:
    """Return the files that differ from `revision`, committed or not, and those git does not track yet.

    Raises:
        UsageError: there is no such revision.
        CannotRunError: git is missing or refuses, or the folder is in no repository.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip("\n"))
    try:
        commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except CannotRunError:
        raise UsageError(f'không có bản "{revision}" trong kho git; {_why_no_revision(folder)}') from None
    names = _git(
        folder,
        "diff",
        "--name-only",
        "-z",
        "--no-relative",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        commit,
        "--",
    )
    names += _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(real_path(top / name) for name in names.split("\0") if name)


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


def _why_no_revision(folder: Path) -> str:
    if _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true":
        return "kho này chỉ chép phần cuối của lịch sử: chạy git fetch --unshallow, trong actions/checkout đặt fetch-depth: 0"
    return "viết ví dụ HEAD~1, origin/main"


def _git(folder: Path, *arguments: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    # A foreign repository may name a program that git would run at every look at its files.
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except FileNotFoundError:
        raise CannotRunError("--changed-since cần git; máy này chưa cài git") from None
    except subprocess.TimeoutExpired:
        raise CannotRunError("git không trả lời; hãy thử lại") from None
    if done.returncode:
        raise CannotRunError(*_refusal(done.stderr.decode("utf-8", errors="replace")))
    return done.stdout.decode("utf-8", errors="surrogateescape")


def _refusal(said: str) -> tuple[str, ...]:
    """Return in Vietnamese why git refuses, with its own words where they are not known."""
    if "dubious ownership" in said:
        found = re.search(r"git config --global --add safe\.directory .+", said)
        mend = (f"nếu tin kho này, chạy: {found[0]}",) if found else ()
        return "git không đọc kho này vì nó thuộc về một người dùng khác", *mend
    if "not a git repository" in said:
        return ("--changed-since chỉ dùng trong một kho git",)
    if "must be run in a work tree" in said:
        return ("--changed-since cần thư mục có các tệp; đây là kho git không có tệp (bare)",)
    return ("git không chạy được", *said.strip().splitlines()[:1])
