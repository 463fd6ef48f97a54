"""Has LibreOffice save a document in another format, where it is installed: in a folder of its own, within a time limit."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

_SECONDS = 90


def libreoffice() -> str | None:
    """Return the program, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def converted(data: bytes, suffix: str, wanted: str) -> Iterator[Path | None]:
    """Yield the document in the `wanted` format (without its dot), None where LibreOffice is missing or fails.

    The program sees a copy under a plain name, with a profile of its own: no macro of the user runs, and a running LibreOffice
    does not matter.
    """
    program = libreoffice()
    with TemporaryDirectory(prefix="kehoach-") as name:
        folder = Path(name)
        source, target = folder / f"bieu{suffix}", folder / "ra" / f"bieu.{wanted}"
        source.write_bytes(data)
        if program:
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            _run([program, profile, "--headless", "--convert-to", wanted, "--outdir", str(target.parent), str(source)])
        yield target if target.is_file() else None


def _run(command: list[str]) -> None:
    """Run the program in a group of its own, so that all its processes end with the time limit."""
    process = subprocess.Popen(  # noqa: S603 - a fixed program with a path that we chose
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
