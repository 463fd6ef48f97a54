"""Which files changed according to git. Git gives names only, runs no filters, and gets no revision that looks like an option."""

import os
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
        CannotRunError: git is missing, or the folder is in no repository.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip("\n"))
    try:
        commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except CannotRunError:
        raise UsageError(f'không có bản "{revision}" trong kho git; viết ví dụ HEAD~1, origin/main') from None
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
        raise CannotRunError("--changed-since chỉ dùng trong một kho git")
    return done.stdout.decode("utf-8", errors="surrogateescape")
