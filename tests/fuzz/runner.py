"""Running one input: in this process, or in one of its own whose time and memory are measured."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kehoach_cli.__main__ import run
from tests.conftest import REPOSITORY
from tests.fuzz.contract import Ran, strays
from tests.fuzz.inputs import Case, write

# Seconds by the clock, generous because the machine may be busy; slowness is measured in processor time.
_PATIENCE = 60.0
# Linux counts the memory of the process that starts another in the maximum of that one. So a bare interpreter,
# which holds little, starts the program and writes exit code, seconds and peak memory to a file that only it has.
_LAUNCHER = """\
import os, sys
report = int(sys.argv[1])
os.set_inheritable(report, False)
program = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(program, 0)
said = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss
os.write(report, " ".join(map(str, said)).encode())
"""


@contextlib.contextmanager
def laid(case: Case, keep: str | None = None) -> Iterator[Path]:
    """Lay the files of a case into a folder of their own and go there; `keep` names a folder that stays."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(keep or name)
        (folder / "ws").mkdir(parents=True, exist_ok=True)
        write(folder / "ws", case.files)
        os.chdir(folder / "ws")
        cache = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        try:
            yield folder
        finally:
            os.chdir(before)
            os.environ.pop("XDG_CACHE_HOME")
            if cache is not None:
                os.environ["XDG_CACHE_HOME"] = cache


class _Screen(io.TextIOWrapper):
    """A text stream with a byte buffer, as the program expects."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined, no-any-return]


def in_process(case: Case, keep: str | None = None) -> Ran:
    """Run a case in this process; one that takes far too long is interrupted and has exit code -1.

    Every fourth case that only reads is run again with a filled cache: the answer must be the same.
    """
    with laid(case, keep) as folder, _watched() as late:
        # Processor time, because other programs may keep the machine busy.
        start = time.process_time()
        code, out, err = _run(case)
        seconds = time.process_time() - start
        asked_again = case.number % 4 == 0 and case.arguments[:1] in _READERS and "--fix" not in case.arguments
        # A file that exists would refuse the second run.
        written = {"-o", "--output"} & {word.partition("=")[0] for word in case.arguments}
        differs = asked_again and not written and _run(case) != (code, out, err)
        return Ran(-1 if late else code, out, err, seconds, strays=strays(folder, case), differs=differs)


_READERS = {("plans",), ("tasks",), ("indicators",), ("agencies",), ("show",), ("lint",), ("check",)}


def _run(case: Case) -> tuple[int, str, str]:
    out, err = _Screen(), _Screen()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = run(list(case.arguments))
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        except BaseException as error:  # noqa: BLE001 - whatever gets here is what we look for
            code = -1
            err.write(f"Traceback: {error!r}\n")
    return code, out.text(), err.text()


@contextlib.contextmanager
def _watched() -> Iterator[list[bool]]:
    """Interrupt the main thread after far too long a time, where the platform can."""
    late: list[bool] = []
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield late
        return

    def ring(*_: object) -> None:
        late.append(True)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    try:
        yield late
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def whole_process(case: Case, keep: str | None = None) -> Ran:
    """Run a case as a process of its own."""
    with laid(case, keep) as folder, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        line = [sys.executable, "-m", "kehoach_cli", *case.arguments]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), **case.environment}
        encoded = [part.encode("utf-8", "surrogateescape") for part in line]
        measured = _timed if sys.platform == "win32" else _launched
        code, seconds, memory = measured(encoded, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment)
        out.seek(0)
        err.seek(0)
        said = (stream.read().decode("utf-8", "replace") for stream in (out, err))
        return Ran(code, next(said), next(said), seconds, memory, strays(folder, case))


def _timed(line: list[bytes], **options: Any) -> tuple[int, float, int]:
    """Run a command where memory cannot be measured; return exit code, seconds by the clock, and 0."""
    start = time.monotonic()
    code = subprocess.run([os.fsdecode(part) for part in line], timeout=_PATIENCE, check=False, **options).returncode
    return code, time.monotonic() - start, 0


def _launched(line: list[bytes], **options: Any) -> tuple[int, float, int]:
    """Run a command through the launcher; return exit code, seconds of the processor and peak memory in bytes."""
    with tempfile.TemporaryFile() as report:
        launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(report.fileno())]
        process = subprocess.Popen([*launcher, *line], pass_fds=[report.fileno()], start_new_session=True, **options)
        timer = threading.Timer(_PATIENCE, os.killpg, [process.pid, signal.SIGKILL])
        timer.start()
        try:
            process.wait()
        finally:
            timer.cancel()
        report.seek(0)
        code, seconds, memory = report.read().split() or (b"-9", str(_PATIENCE).encode(), b"0")
        return int(code), float(seconds), int(memory) * (1 if sys.platform == "darwin" else 1024)
