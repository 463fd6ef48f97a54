"""Writers that are killed, or whose writes fail: the program runs as a forked child, disturbed at a chosen moment."""

import ctypes
import errno
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from kehoach_cli.__main__ import run
from kehoach_cli.store.files.folder import BUILDING
from tests.conftest import REPOSITORY
from tests.fuzz.inputs import small, write

FORM = """\
kehoach: progress/1
plan: kh-mau
agency: so-a
year: 2025
cutoff: 2025-12-20
indicators:
  I-ct9: {value: "97,5", source: Báo cáo 2}
tasks:
  I.1: {status: done, completed: 2025-12-01}
"""
# `lint --fix` mends this: a number whose leading zero other readers drop.
UNTIDY = ('targets: {2025: "95"}', "targets: {2025: 095}")


COMMANDS = {
    "form": ("form", "--all", "-y", "2025", "-f", "yaml", "--force"),
    "form, Excel": ("form", "-a", "so-a", "-y", "2025", "-o", "bieu-moi.xlsx", "--force"),
    "collect": ("collect", "bieu"),
    "collect --undo": ("collect", "--undo"),
    "lock": ("lock", "2025", "--by", "A"),
    "remind": ("remind", "--period", "2025", "--as-of", "2025-12-31", "--sent", "-o", "nhac", "--force"),
    "check": ("check", "-f", "json", "-o", "kq.json", "--force", "--fail-on", "none"),
    "schema": ("schema", "-o", "luoc-do", "--force"),
    "lint --fix": ("lint", "--fix"),
    "report": ("report", "-y", "2025", "--force"),
    "templates": ("templates", "export", "-o", "mau", "--force"),
    "init": ("init", "tinh-moi", "-y", "2025", "--force"),
}


# Only long runs disturb these; they make many changes, or write as the others do.
LONG = {
    "site": ("site", "-o", "trang", "--as-of", "2025-12-31", "--force"),
    "calendar": ("calendar", "-a", "so-a", "-o", "lich.ics", "--as-of", "2025-12-31", "--force"),
    "export": ("export", "-o", "bang", "--as-of", "2025-12-31", "--force"),
    "diff": ("diff", "cu.yaml", "plans/kh-mau.yaml", "-f", "docx", "-o", "so-sanh.docx", "--force"),
    "import": ("import", "van-ban.docx", "--province", "mau", "-o", "nhap.yaml", "--force"),
}
# These are refused where they were carried out already; the second and the third need a period that is closed.
CLOSING = {
    "lock": ("lock", "2025", "--by", "A"),
    "lock --open": ("lock", "2025", "--open", "--reason", "Gửi lại", "--by", "A"),
    "adjust": ("adjust", "I-ct9", "-a", "so-a", "--period", "2025", "--value", "93,5", "--reason", "Sửa", "--by", "A"),
}
WRITING = COMMANDS | CLOSING

# Each of these writes many files, and all of them in the same way.
MANY_FILES = frozenset({"init", "schema"})

# Audit events that change a file or a folder; "open" counts if it is for writing.
_CHANGES = frozenset(
    {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "shutil.move"}
)

_NEED_ROOM = frozenset({"os.link", "os.mkdir"})


@dataclass(frozen=True)
class Ended:
    """How a child ended: exit code (negative: the signal that killed it) and output."""

    code: int
    out: str
    err: str


def warm_up(folder: Path) -> None:
    """Import everything, so that children start at once and open only files of their workspace."""
    write(folder, small())
    form = str(folder / "bieu.xlsx")
    lines = ("plans", "lint -f sarif", "check --explain", "schema plan", "templates check", "plans -f csv")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for line in lines:
            run(["--root", str(folder), *line.split()])
        run(["--root", str(folder), "report", "-y", "2025", "-o", str(folder / "bc")])
        run(["--root", str(folder), "form", "-a", "so-a", "-y", "2025", "-o", form])
        run(["--root", str(folder), "collect", form])


def make_busy(folder: Path) -> None:
    """Add something to write for every command: a collected form, filled forms, a plan to mend, a file to overwrite."""
    earlier = folder / "bieu-cu.yaml"
    earlier.write_text(FORM.replace("2025-12-20", "2025-12-16").replace("97,5", "97"), encoding="utf-8")
    assert forked("collect", earlier.name).code == 0
    (folder / "bieu").mkdir()
    (folder / "bieu" / "a.yaml").write_text(FORM, encoding="utf-8")
    second = FORM.replace("agency: so-a", "agency: so-b").replace(
        "tasks:\n  I.1: {status: done, completed: 2025-12-01}\n", ""
    )
    second = second.replace(
        'indicators:\n  I-ct9: {value: "97,5", source: Báo cáo 2}\n', "narrative: {strengths: Đã làm.}\n"
    )
    (folder / "bieu" / "b.yaml").write_text(second, encoding="utf-8")
    plan = folder / "plans" / "kh-mau.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(*UNTIDY), encoding="utf-8")
    older = plan.read_text(encoding="utf-8").replace("nước thải", "khí thải")
    (folder / "cu.yaml").write_text(older, encoding="utf-8")
    document = REPOSITORY / "docs" / "huong-dan" / "vi-du" / "kh-05.docx"
    (folder / "van-ban.docx").write_bytes(document.read_bytes())
    (folder / "kq.json").write_text("cũ", encoding="utf-8")


def make_ready(name: str) -> None:
    """Close the period in the current folder, where the command needs that."""
    if name in CLOSING and name != "lock":
        assert forked(*CLOSING["lock"]).code == 0


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below the folder, without temporary files of killed writers."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not left(path)
    }


def left(path: Path) -> bool:
    """Whether a file is the temporary file of a killed writer, or stands in a folder that one was building."""
    beside = path.name.startswith(".kehoach-") and path.suffix == ".tmp"
    return beside or any(parent.name.startswith(BUILDING) for parent in path.parents)


def forked(
    *arguments: str,
    at: int = 0,
    then: Callable[[], None] | None = None,
    before: Callable[[], None] | None = None,
    lasting: bool = False,
) -> Ended:
    """Run the program in a child of this process; `then` is called in it before its change number `at` (from 1) of any file.

    With `lasting`, only changes that need room on the disk count, and `then` is called before every later one, too.
    `before` is called in the child first.
    """
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
                _watch(at, then, lasting=lasting)
            # Without the cache: its writes would be counted, but losing them is no fault.
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


def _watch(at: int, then: Callable[[], None], *, lasting: bool) -> None:
    """Call `then` before the change number `at`; the cache has its own tests."""
    seen = 0
    cache = os.environ["XDG_CACHE_HOME"]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        own = bool(arguments) and not str(arguments[0]).startswith(cache) and arguments[0] != os.devnull
        if own and (event in (_NEED_ROOM if lasting else _CHANGES) or writes):
            seen += 1
            if seen == at or (lasting and seen > at):
                then()

    sys.addaudithook(hook)


def killed() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class Undisturbed:
    """The files before and after an undisturbed run of a command, and its exit code."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    code: int

    def half_written(self, found: dict[str, bytes]) -> list[str]:
        """Return the files whose content is neither the old nor the new one, and those that are gone."""
        mixed = [file for file, data in found.items() if data not in {self.before.get(file), self.after.get(file)}]
        return mixed + [file for file in self.before if file not in found and file in self.after]


def undisturbed(folder: Path, *command: str) -> Undisturbed:
    """Run a command without disturbance, then put the folder back as it was."""
    before = contents(folder)
    code = forked(*command).code
    after = contents(folder)
    assert after != before
    reset(folder, before)
    return Undisturbed(before, after, code)


def reset(folder: Path, files: dict[str, bytes]) -> None:
    """Put the files of a folder back, without any others."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif str(path.relative_to(folder)) not in files:
            path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def tries(command: tuple[str, ...], then: Callable[[], None]) -> Iterator[tuple[int, Ended]]:
    """Disturb the first change, the second, … until the run has no more of them; of a command that writes many files, some."""
    for at in range(1, 200, 5 if command[0] in MANY_FILES else 1):
        marker = Path(f"../disturbed-{os.getpid()}")

        def act(marker: Path = marker) -> None:
            marker.touch()
            then()

        ended = forked(*command, at=at, then=act)
        if not marker.exists():
            return
        marker.unlink()
        yield at, ended


def full_disk() -> None:
    """Fail as a write to a full disk does."""
    raise OSError(errno.ENOSPC, "no space")


def killed_at(seconds: float, command: tuple[str, ...]) -> None:
    """Start a command as a process of its own and kill it after so many seconds."""
    process = started(command)
    time.sleep(seconds)
    process.kill()
    process.wait()


def started(command: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    """Start a command as a process of its own that prints nothing."""
    return subprocess.Popen(
        [sys.executable, "-m", "kehoach_cli", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
    )


def without_privileges() -> None:
    """Drop the Linux capabilities that let the superuser ignore permissions; the same user can still read the code."""
    if os.getuid() == 0:
        version_3, this_process = 0x20080522, 0
        header, none = (ctypes.c_uint32 * 2)(version_3, this_process), (ctypes.c_uint32 * 6)()
        if ctypes.CDLL(None, use_errno=True).capset(header, none):
            raise OSError(ctypes.get_errno(), "capset")
