"""Reads a PDF with a text layer, in a process of its own: what a damaged or hostile file does ends with that process."""

import subprocess
import sys
from importlib.util import find_spec
from tempfile import TemporaryFile
from threading import Timer

from msgspec import Struct, json

from kehoach_cli.errors import CannotRunError
from kehoach_cli.source.blocks import Blocks, SourceError

# A page takes a tenth of a second, and the process itself ends after four seconds of computing for one. This is for a
# busy machine, and for systems that cannot end a process so.
_SECONDS = 30.0
_MOST_BYTES = 100 * 2**20
_ASK = "xin tệp Word của cơ quan ban hành"
_MISSING = 'đọc PDF cần gói thêm "pdf"; chạy: pip install "kehoach-cli[pdf]"'
_ENDLESS = f"PDF hỏng, hoặc quá nặng để đọc; {_ASK}"


class PdfAnswer(Struct, frozen=True, omit_defaults=True):
    """A line that the process writes: a page is read, the file is refused, or all is read."""

    page: int = 0
    refused: str = ""
    blocks: Blocks | None = None


def read_pdf(data: bytes) -> Blocks:
    """Return what a PDF shows.

    Raises:
        CannotRunError: the extra `pdf` is not installed.
        SourceError: the file has no text layer, is locked or damaged, or takes too long.
    """
    if find_spec("pdfplumber") is None:
        raise CannotRunError(_MISSING)
    if len(data) > _MOST_BYTES:
        raise SourceError(f"PDF lớn hơn {_MOST_BYTES // 2**20} MB, thường là bản quét; {_ASK}")
    with TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        answer = _answer(file.fileno())
    if answer is None or (answer.blocks is None and not answer.refused):
        raise SourceError(_ENDLESS)
    if answer.blocks is None:
        raise SourceError(answer.refused)
    return answer.blocks


def _answer(file: int) -> PdfAnswer | None:
    """Return the last line that the process writes; it is ended when it writes none for some seconds."""
    command = [sys.executable, "-m", "kehoach_cli.source.pdf_process"]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    answer = None
    with process:
        timer = _started(process)
        for line in process.stdout or ():
            timer.cancel()
            timer = _started(process)
            answer = json.decode(line, type=PdfAnswer)
        timer.cancel()
    return answer if process.returncode == 0 else None


def _started(process: "subprocess.Popen[bytes]") -> Timer:
    timer = Timer(_SECONDS, process.kill)
    timer.daemon = True
    timer.start()
    return timer
