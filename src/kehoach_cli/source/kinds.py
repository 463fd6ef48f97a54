"""What a file is: its content decides, its ending helps where the content does not say."""

import re

from msgspec import Struct

from kehoach_cli.core.model.source_text import SourceKind
from kehoach_cli.source.blocks import SourceError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The streams in which old programs keep the text.
_OLD_WORD, _OLD_EXCEL = "WordDocument".encode("utf-16-le"), ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_HEAD = 4096
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|meta|center|font)\b|MIME-Version:", re.IGNORECASE)
_PICTURE = re.compile(rb"\x89PNG|\xff\xd8\xff|II\*\x00|MM\x00\*|GIF8|BM|RIFF")
_ENDINGS = {
    ".docx": SourceKind.WORD, ".docm": SourceKind.WORD, ".dotx": SourceKind.WORD, ".doc": SourceKind.WORD,
    ".rtf": SourceKind.WORD, ".odt": SourceKind.WORD, ".xlsx": SourceKind.EXCEL, ".xlsm": SourceKind.EXCEL,
    ".xls": SourceKind.EXCEL, ".ods": SourceKind.EXCEL, ".pdf": SourceKind.PDF, ".html": SourceKind.HTML,
    ".htm": SourceKind.HTML, ".xhtml": SourceKind.HTML, ".mht": SourceKind.HTML, ".mhtml": SourceKind.HTML,
    ".txt": SourceKind.TEXT, ".md": SourceKind.TEXT,
}  # fmt: skip
_OPEN_DOCUMENT = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_READ = "chỉ đọc .docx, .doc, .xlsx, .pdf, .html, .txt, .md"


class Content(Struct, frozen=True):
    """What a file is; `converted` says that LibreOffice must save it first, `remark` that its ending says something else."""

    kind: SourceKind
    converted: bool = False
    remark: str = ""


def content_of(suffix: str, data: bytes) -> Content:
    """Return what a file is.

    Raises:
        SourceError: it is nothing that is read.
    """
    named = _ENDINGS.get(suffix.lower())
    if not data.strip(b"\0 \t\r\n"):
        raise SourceError("tệp trống; xin gửi lại tệp")
    found = _by_content(data, named)
    if found is None:
        raise SourceError(f"{_what(data)}; {_READ}")
    if named is not None and found.kind is not named:
        return Content(found.kind, found.converted, f'tên tệp có đuôi "{suffix}", nội dung là {found.kind.value}')
    return found


def _by_content(data: bytes, named: SourceKind | None) -> Content | None:
    head = data[:_HEAD]
    if data.startswith(_OLE):
        return _of_old_program(data)
    if head.startswith(b"PK"):
        return _of_archive(data, named)
    if b"%PDF-" in head[:1024]:
        return Content(SourceKind.PDF)
    if head.startswith(b"{\\rtf"):
        return Content(SourceKind.WORD, converted=True)
    if _PICTURE.match(head):
        return None
    if _PAGE.search(_plain(head)) and named is not SourceKind.TEXT:
        return Content(SourceKind.HTML)
    return Content(named) if named in {SourceKind.TEXT, SourceKind.HTML} else None


def _plain(head: bytes) -> bytes:
    """Return the beginning of a page; one in UTF-16 has a zero byte at every letter of a tag."""
    return head.replace(b"\0", b"")


def _of_old_program(data: bytes) -> Content:
    if _ENCRYPTED in data:
        raise SourceError("tệp có mật khẩu; xin bản không đặt mật khẩu")
    if _OLD_WORD in data:
        return Content(SourceKind.WORD, converted=True)
    if any(name in data for name in _OLD_EXCEL):
        return Content(SourceKind.EXCEL, converted=True)
    raise SourceError("tệp Office kiểu cũ không phải văn bản, bảng tính; xin tệp Word")


def _of_archive(data: bytes, named: SourceKind | None) -> Content | None:
    """Return what an archive is by the names of its parts, which stand in it as they are."""
    if any(data.find(name, 0, _HEAD) >= 0 for name in _OPEN_DOCUMENT.values()):
        return Content(SourceKind.EXCEL if b"spreadsheet" in data[:_HEAD] else SourceKind.WORD, converted=True)
    for name, kind in ((b"word/document.xml", SourceKind.WORD), (b"xl/workbook", SourceKind.EXCEL)):
        if name in data:
            return Content(kind)
    # The reader of the kind says what is wrong with a damaged archive.
    return Content(named) if named in {SourceKind.WORD, SourceKind.EXCEL} else None


def _what(data: bytes) -> str:
    if data.startswith(b"PK"):
        return "tệp nén không phải văn bản Word hay bảng tính Excel; giải nén rồi đưa từng tệp"
    if _PICTURE.match(data):
        return "tệp ảnh (bản chụp, bản quét) không có lớp chữ; xin tệp Word"
    return "không nhận ra loại tệp"
