"""Bytes of unknown encoding as text: what is declared, what the bytes are, and nothing guessed without a word."""

import codecs
import re

from kehoach_cli.source.blocks import Remarks, SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^<>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE
)
_HEAD = 4096
# Codecs of Python that turn other things than encodings of a page are left out.
_KNOWN = re.compile(r"(?:utf|windows|cp|iso|us-ascii|latin)[-_\w]*", re.IGNORECASE)
_VIETNAMESE = "cp1258"


def text_of_bytes(data: bytes) -> str:
    """Return the text of a plain file: UTF-8 or UTF-16.

    Raises:
        SourceError: it is neither.
    """
    found = _marked(data)
    if found is None:
        found = _tried(data, _without_mark(data))
    if found is None or "\0" in found:
        raise SourceError("tệp chữ không viết bằng bảng mã UTF-8; mở bằng Notepad, lưu lại với bảng mã UTF-8")
    return found


def text_of_page(data: bytes, declared: str, remarks: Remarks) -> str:
    """Return the text of a web page. `declared` is the encoding that came with it, empty for none."""
    names = [_declared(data), declared]
    found = _marked(data)
    for name in ("utf-8", *filter(_KNOWN.fullmatch, names)):
        found = found if found is not None else _tried(data, name)
    if found is None:
        message = "trang không ghi bảng mã, hoặc ghi sai; đọc theo bảng mã Windows-1258"
        remarks.add("cả tệp", message, "đối chiếu chữ có dấu; nếu sai, mở bằng trình duyệt và lưu lại")
        found = data.decode(_VIETNAMESE, "replace")
    return found


def _marked(data: bytes) -> str | None:
    """Return text that begins with a byte order mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    return None


def _without_mark(data: bytes) -> str:
    """Return the encoding of a text without a mark: in UTF-16, spaces and line ends have a zero byte on one side."""
    head = data[:_HEAD]
    if b"\0" not in head:
        return "utf-8"
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _tried(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii", "replace") if found else ""
