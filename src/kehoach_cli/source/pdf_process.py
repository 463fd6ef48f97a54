"""The process that reads a PDF from its standard input and writes what it has read, a line of JSON for each step."""

import signal
import sys
from io import BytesIO
from typing import Any

from msgspec import json

from kehoach_cli.source.blocks import SourceError
from kehoach_cli.source.pdf import PdfAnswer
from kehoach_cli.source.pdf_flow import blocks_of
from kehoach_cli.source.pdf_pages import Page, page_of

_MOST_MEMORY = 450 * 2**20
_MOST_PAGES = 400
# Of computing: to read one page, and to make one text of all.
_SECONDS_OF_PAGE, _SECONDS_OF_TEXT = 4.0, 20.0
_MOST_LETTERS = 30_000
_ASK = "xin tệp Word của cơ quan ban hành"
# In parts of all letters: a text layer that shows other letters than the page.
_UNKNOWN = 0.02
# In parts of all words: a text layer that recognition has made of the picture.
_GARBLED = 0.08
_FEWEST_LETTERS = 10


def main() -> None:
    """Read the file; every ending writes a line."""
    _bound_memory()
    data = sys.stdin.buffer.read()
    try:
        pages = _pages(data)
        _bound_time(_SECONDS_OF_TEXT)
        answer = PdfAnswer(blocks=blocks_of(pages))
    except SourceError as error:
        answer = PdfAnswer(refused=str(error))
    except MemoryError:
        answer = PdfAnswer(refused=f"PDF quá nặng để đọc; {_ASK}")
    except Exception as error:  # noqa: BLE001 - pdfminer fails in many ways on a damaged file
        locked = any("Password" in type(one).__name__ for one in (error, error.__context__, *error.args))
        answer = PdfAnswer(refused="PDF có mật khẩu; xin bản không đặt mật khẩu" if locked else f"PDF hỏng; {_ASK}")
    _write(answer)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # no such bound on Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))


def _bound_time(seconds: float) -> None:
    """Let the system end this process after so much computing from now; Windows has no such signal."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _write(answer: PdfAnswer) -> None:
    sys.stdout.buffer.write(json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


def _pages(data: bytes) -> list[Page]:
    import pdfplumber

    from kehoach_cli.source.pdf_stamps import draw_stamps

    found: list[Page] = []
    _bound_time(_SECONDS_OF_PAGE)
    with pdfplumber.open(BytesIO(data)) as document:
        for number, page in enumerate(_bounded(document.pages), 1):
            draw_stamps(page.page_obj)
            if len(page.chars) > _MOST_LETTERS:
                raise SourceError(f"trang {number} có quá nhiều chữ; {_ASK}")
            found.append(page_of(page, number))
            page.close()
            _write(PdfAnswer(page=number))
            _bound_time(_SECONDS_OF_PAGE)
    letters, unknown = sum(page.letters for page in found), sum(page.unknown for page in found)
    if letters < _FEWEST_LETTERS:
        raise SourceError(f"PDF không có lớp chữ (bản quét, ảnh chụp); {_ASK}")
    if unknown > _UNKNOWN * letters:
        raise SourceError(f"phông chữ trong PDF không cho biết chữ thật; {_ASK}")
    if sum(page.garbled for page in found) > _GARBLED * sum(page.words for page in found):
        raise SourceError(f"PDF là bản quét, lớp chữ do máy nhận dạng sai nhiều; {_ASK}")
    return found


def _bounded(pages: list[Any]) -> list[Any]:
    if len(pages) > _MOST_PAGES:
        raise SourceError(f"PDF có {len(pages)} trang, dài hơn mọi kế hoạch; xin tệp chỉ có kế hoạch và phụ lục")
    return pages


if __name__ == "__main__":
    main()
