"""A small workspace to break, and the program as a forked child whose system calls fail on demand."""

import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fuzz.inputs import small, write

# What changes a file or a folder; "open" counts where it is for writing.
_CHANGES = frozenset(
    {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "shutil.move"}
)


@dataclass(frozen=True)
class Ended:
    """How a child ended: exit code (negative: the signal that killed it), and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Everything imported, so that children start at once, and need to read nothing but their workspace."""
    from kehoach_cli.__main__ import run

    folder = tmp_path_factory.mktemp("warm")
    write(folder, small())
    made = str(folder / "bieu.xlsx")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for line in (
            "plans",
            "lint -f sarif",
            "check --explain",
            "schema plan",
            "templates check",
            "report -y 2025",
            "plans -f csv",
        ):
            run(
                [
                    "--root",
                    str(folder),
                    *line.split(),
                    *(["-o", str(folder / "bc")] if line.startswith("report") else []),
                ]
            )
        run(["--root", str(folder), "form", "-a", "so-a", "-y", "2025", "-o", made])
        run(["--root", str(folder), "collect", made])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm: None) -> Path:
    """A small workspace, and the current folder."""
    del warm
    here = tmp_path / "ws"
    write(here, small())
    monkeypatch.chdir(here)
    return here


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below the folder, without what a killed writer leaves."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not left(path)
    }


def left(path: Path) -> bool:
    """Whether a file is what a killed writer leaves."""
    return path.name.startswith(".kehoach-") and path.suffix == ".tmp"


def forked(
    *arguments: str, at: int = 0, then: Callable[[], None] | None = None, before: Callable[[], None] | None = None
) -> Ended:
    """Run the program in a child of this process; `then` is called in it before its change number `at` (from 1) of any file.

    `before` is called in the child first.
    """
    from kehoach_cli.__main__ import run

    out, err = Path(f"../out-{os.getpid()}"), Path(f"../err-{os.getpid()}")
    sys.stdout.flush()
    child = os.fork()
    if not child:
        code = 99
        try:
            sys.stdout, sys.stderr = out.open("w", encoding="utf-8"), err.open("w", encoding="utf-8")
            if before:
                before()
            if then:
                _watch(at, then)
            # What a cache writes is counted elsewhere: its loss is no fault.
            code = run(["--no-cache", *arguments])
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    ended = Ended(
        os.waitstatus_to_exitcode(status), out.read_text("utf-8", "replace"), err.read_text("utf-8", "replace")
    )
    out.unlink()
    err.unlink()
    return ended


def _watch(at: int, then: Callable[[], None]) -> None:
    """Call `then` before the change number `at`; the cache has its own tests."""
    seen = 0
    cache = os.environ["XDG_CACHE_HOME"]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        own = bool(arguments) and not str(arguments[0]).startswith(cache) and arguments[0] != os.devnull
        if own and (event in _CHANGES or writes):
            seen += 1
            if seen == at:
                then()

    sys.addaudithook(hook)


def killed() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
