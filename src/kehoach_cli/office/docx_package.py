"""Opens a .docx of unknown origin as its parts: bounded in size and depth, in the Transitional form of Open XML."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kehoach_cli.office.safe_xml import XmlRefusal, XmlRefusedError, parse_xml
from kehoach_cli.office.safe_zip import SafeZip, ZipBounds, ZipRefusal, ZipRefusedError, packed
from kehoach_cli.office.strict import as_transitional, is_strict

if TYPE_CHECKING:
    from lxml.etree import _Element

# A report with 6,000 rows has a part of about 25 MB; no document of an office is larger than these bounds.
_BOUNDS = ZipBounds(parts=5_000, unpacked=200 * 2**20, xml_part=80 * 2**20)
# That report has 1.6 million tags and attributes; each takes about two hundred bytes once it is parsed.
_MOST_NODES = 2_500_000
# It has 60,000 paragraphs and two million letters; nobody nests more than two text boxes.
_MOST_PARAGRAPHS = 200_000
_MOST_LETTERS = 8_000_000
_DEEPEST = 5
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_MAIN = "word/document.xml"
_OTHERS = {
    "xl/workbook.xml": "một bảng tính Excel",
    "ppt/presentation.xml": "một bản trình chiếu",
    "content.xml": "một tệp OpenDocument",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PARTS = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")

_DAMAGED = "không phải tệp .docx, hoặc tệp bị hỏng, bị cắt ngắn"
_ZIP_MESSAGES = {
    ZipRefusal.DAMAGED: _DAMAGED,
    ZipRefusal.COMPRESSION: _DAMAGED,
    ZipRefusal.ENCRYPTED: "tệp có mật khẩu; bỏ mật khẩu rồi lưu lại",
    ZipRefusal.TOO_MANY_PARTS: "tệp nén chứa {} mục, nhiều hơn mọi văn bản Word",
    ZipRefusal.REPEATED_PART: 'tệp nén có hai mục cùng tên "{}"',
    ZipRefusal.TOO_LARGE: f"nội dung giải nén vượt {_BOUNDS.unpacked // 2**20} MB, giống một tệp nén độc hại",
    ZipRefusal.PART_TOO_LARGE: f"có phần XML lớn hơn {_BOUNDS.xml_part // 2**20} MB, nhiều hơn mọi văn bản Word",
}
_XML_MESSAGES = {
    XmlRefusal.ENCODING: "phần {} không phải XML viết bằng bảng mã UTF-8 hoặc UTF-16",
    XmlRefusal.MALFORMED: "phần {} không phải XML đúng cú pháp, hoặc lồng quá sâu",
    XmlRefusal.DOCTYPE: "phần {} khai báo DTD; tệp Word không có, không mở để tránh nội dung độc hại",
}


class PackageError(ValueError):
    """A file that is no usable .docx; the text is Vietnamese and says why."""


def open_package(data: bytes) -> dict[str, bytes]:
    """Return the parts of a .docx by name, in the Transitional form.

    Raises:
        PackageError: the file is no .docx, is damaged or locked, or is larger than any document.
    """
    return as_transitional(_parts(data))


@lru_cache(maxsize=8)
def transitional_docx(data: bytes) -> bytes:
    """Return a .docx in the Transitional form, packed; a Transitional file is returned as it is.

    Raises:
        PackageError: the file is no usable .docx.
    """
    parts = _parts(data)
    return packed(as_transitional(parts)) if is_strict(parts) else data


def _parts(data: bytes) -> dict[str, bytes]:
    if data.startswith(_OLD_WORD):
        raise PackageError("tệp .doc kiểu cũ hoặc có mật khẩu; mở bằng Word, bỏ mật khẩu và lưu thành .docx")
    if not data:
        raise PackageError("tệp trống")
    try:
        parts = SafeZip(data, _BOUNDS).unpacked()
    except ZipRefusedError as error:
        raise PackageError(_ZIP_MESSAGES[error.refusal].format(error.detail)) from None
    if sum(part.count(b"<") + part.count(b"=") for part in parts.values()) > _MOST_NODES:
        raise PackageError("nội dung lớn hơn mọi văn bản Word, giống một tệp độc hại")
    if _MAIN not in parts:
        other = next((what for name, what in _OTHERS.items() if name in parts), "không phải văn bản Word")
        raise PackageError(f"tệp không có {_MAIN}: {other}")
    return parts


def parse_part(parts: dict[str, bytes], name: str) -> "_Element":
    """Return the root of an XML part.

    Raises:
        PackageError: the part is missing, is no XML, or has a document type.
    """
    if name not in parts:
        raise PackageError(f"tệp thiếu phần {name}")
    try:
        root = parse_xml(parts[name])
    except XmlRefusedError as error:
        raise PackageError(_XML_MESSAGES[error.refusal].format(name)) from None
    _refuse_endless(root, name)
    return root


def _refuse_endless(root: "_Element", name: str) -> None:
    """Refuse a part that would take minutes: readers look at everything in a paragraph, more than once."""
    for number, paragraph in enumerate(root.iter(f"{W}p"), 1):
        if number > _MOST_PARAGRAPHS or sum(1 for _ in paragraph.iterancestors(f"{W}p")) > _DEEPEST:
            raise PackageError(f"phần {name} có quá nhiều đoạn, hoặc các đoạn lồng nhau quá sâu")
    if sum(len(text.text or "") for text in root.iter(f"{W}t")) > _MOST_LETTERS:
        raise PackageError(f"phần {name} có hơn {_MOST_LETTERS // 1_000_000} triệu chữ, nhiều hơn mọi văn bản")


def content_parts(parts: dict[str, bytes]) -> list[str]:
    """Return the parts that hold text: the body first, then page headers, footers and notes."""
    return [_MAIN, *sorted(name for name in parts if _TEXT_PARTS.fullmatch(name))]
