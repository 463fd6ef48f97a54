"""Opening a .docx of unknown origin: bounded in size and depth, nothing fetched, nothing expanded."""

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# A report with 6,000 rows is a part of about 25 MB; what is beyond these is no document of an office.
_MOST_BYTES = 200 * 2**20
_MOST_XML = 80 * 2**20
_MOST_PARTS = 5_000
# That report has 1.6 million tags and attributes; each takes some two hundred bytes once it is parsed.
_MOST_NODES = 2_500_000
# It has 60,000 paragraphs and two million letters; nobody puts more than a text box in a text box.
_MOST_PARAGRAPHS = 200_000
_MOST_LETTERS = 8_000_000
_DEEPEST = 5
# The largest of our templates has 7,500 tags and attributes; Word's own styles may add some ten thousands.
_MOST_IN_A_TEMPLATE = 200_000
_MOST_BYTES_IN_A_TEMPLATE = 2**23
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_MAIN = "word/document.xml"
_OTHERS = {
    "xl/workbook.xml": "một bảng tính Excel",
    "ppt/presentation.xml": "một bản trình chiếu",
    "content.xml": "một tệp OpenDocument",
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Kinds of relations to what Word would run or read in: whole files, objects, controls.
_ACTIVE = frozenset({"aFChunk", "subDocument", "oleObject", "control", "vbaProject", "frame"})
_FIELDS = re.compile(r"\b(?:DDE(?:AUTO)?|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b(?=\s)", re.IGNORECASE)
_SHOWN = 80
# An XML part in a notation nobody uses would hide its tags from whoever counts them.
_ENCODING = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*(?:<\?xml(?![^>]*encoding)|<\?xml[^>]*encoding\s*=\s*["'](?:utf-8|utf-16|us-ascii)["']|<(?!\?xml))"""
    rb"""|\xff\xfe<\x00|\xfe\xff\x00<""",
    re.IGNORECASE,
)
EPOCH = (1980, 1, 1, 0, 0, 0)


class PackageError(ValueError):
    """A file that is no usable .docx; the text is Vietnamese and says why."""


def open_package(data: bytes) -> dict[str, bytes]:
    """Return the parts of a .docx by name.

    Raises:
        PackageError: no .docx, damaged, locked, or larger than any document.
    """
    if data.startswith(_OLD_WORD):
        raise PackageError("tệp .doc kiểu cũ hoặc có mật khẩu; mở bằng Word, bỏ mật khẩu và lưu thành .docx")
    if not data:
        raise PackageError("tệp trống")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _read(archive)
    except PackageError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise PackageError("không phải tệp .docx, hoặc tệp bị hỏng, bị cắt ngắn") from None
    if sum(part.count(b"<") + part.count(b"=") for part in parts.values()) > _MOST_NODES:
        raise PackageError("nội dung lớn hơn mọi văn bản Word, giống một tệp độc hại")
    if _MAIN not in parts:
        other = next((what for name, what in _OTHERS.items() if name in parts), "không phải văn bản Word")
        raise PackageError(f"tệp không có {_MAIN}: {other}")
    return parts


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS:
        raise PackageError(f"tệp nén chứa {len(entries)} mục, nhiều hơn mọi văn bản Word")
    # No more than this is unpacked of an entry, whatever it holds: the library stops there and says that it is damaged.
    if sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise PackageError(f"nội dung giải nén vượt {_MOST_BYTES // 2**20} MB, giống một tệp nén độc hại")
    if any(entry.file_size > _MOST_XML and entry.filename.endswith((".xml", ".rels")) for entry in entries):
        raise PackageError(f"có phần XML lớn hơn {_MOST_XML // 2**20} MB, nhiều hơn mọi văn bản Word")
    parts: dict[str, bytes] = {}
    for entry in entries:
        if entry.flag_bits & 1:
            raise PackageError("tệp có mật khẩu; bỏ mật khẩu rồi lưu lại")
        if entry.filename in parts:
            raise PackageError(f'tệp nén có hai mục cùng tên "{entry.filename}"')
        parts[entry.filename] = archive.read(entry)
    return parts


def parse_part(parts: dict[str, bytes], name: str) -> "_Element":
    """Return the root of an XML part.

    Raises:
        PackageError: the part is missing, is no XML, or carries a DTD (no Word file does; entities grow without bound).
    """
    from lxml import etree

    if name not in parts:
        raise PackageError(f"tệp thiếu phần {name}")
    if not _ENCODING.match(parts[name]):
        raise PackageError(f"phần {name} không phải XML viết bằng bảng mã UTF-8 hoặc UTF-16")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(parts[name], parser)
    except (etree.XMLSyntaxError, ValueError):
        raise PackageError(f"phần {name} không phải XML đúng cú pháp, hoặc lồng quá sâu") from None
    if root.getroottree().docinfo.doctype:
        raise PackageError(f"phần {name} khai báo DTD; tệp Word không có, không mở để tránh nội dung độc hại")
    _refuse_endless(root, name)
    return root


def _refuse_endless(root: "_Element", name: str) -> None:
    """Refuse what would keep the readers busy for minutes: they look at all that is in a paragraph, and more than once."""
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        if number > _MOST_PARAGRAPHS or sum(1 for _ in paragraph.iterancestors(f"{_W}p")) > _DEEPEST:
            raise PackageError(f"phần {name} có quá nhiều đoạn, hoặc các đoạn lồng nhau quá sâu")
    if sum(len(text.text or "") for text in root.iter(f"{_W}t")) > _MOST_LETTERS:
        raise PackageError(f"phần {name} có hơn {_MOST_LETTERS // 1_000_000} triệu chữ, nhiều hơn mọi văn bản")


def refuse_as_template(parts: dict[str, bytes]) -> None:
    """Refuse a template larger than any, and one whose reports would fetch, run or show something else when Word opens them.

    Raises:
        PackageError: naming the part.
    """
    written = [part for name, part in parts.items() if name.endswith((".xml", ".rels"))]
    nodes = sum(part.count(b"<") + part.count(b"=") for part in written)
    if nodes > _MOST_IN_A_TEMPLATE or sum(map(len, written)) > _MOST_BYTES_IN_A_TEMPLATE:
        raise PackageError("lớn hơn mọi mẫu báo cáo; mẫu chỉ gồm thẻ và chữ cố định, không gồm số liệu")
    for name in parts:
        if name.endswith((".xml", ".rels")):
            parse_part(parts, name)
    _refuse_relations(parts)
    for name in content_parts(parts):
        _refuse_fields(parts, name)


def _refuse_relations(parts: dict[str, bytes]) -> None:
    for name in sorted(parts):
        if name.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "/activeX/" in name:
            raise PackageError(f"tệp có macro ({name}); lưu lại thành .docx không có macro")
        if name.endswith(".rels"):
            for relation in parse_part(parts, name):
                kind = relation.get("Type", "").rpartition("/")[2]
                if kind in _ACTIVE or (relation.get("TargetMode") == "External" and kind != "hyperlink"):
                    target = relation.get("Target", "")[:_SHOWN]
                    raise PackageError(
                        f'tệp có liên kết tới nội dung bên ngoài hoặc đối tượng nhúng ("{target}"); xóa đi'
                    )
    for name in content_parts(parts):
        _refuse_fields(parts, name)


def _refuse_fields(parts: dict[str, bytes], name: str) -> None:
    for paragraph in parse_part(parts, name).iter(f"{_W}p"):
        said = [node.text or "" for node in paragraph.iter(f"{_W}instrText")]
        fields = ["".join(said), *(node.get(f"{_W}instr", "") for node in paragraph.iter(f"{_W}fldSimple"))]
        if found := _FIELDS.search(" ".join(fields)):
            raise PackageError(f"tệp có trường {found[0].upper()} lấy nội dung bên ngoài (phần {name}); xóa trường đó")


def content_parts(parts: dict[str, bytes]) -> list[str]:
    """Return the parts that hold text: the body first, then page headers, footers and notes."""
    pattern = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
    return [_MAIN, *sorted(name for name in parts if pattern.fullmatch(name))]


def same_bytes(data: bytes) -> bytes:
    """Return a package packed again so that equal content gives equal bytes: names in order, no times."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # Word wants this part first.
    first = "[Content_Types].xml"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), parts[name], zipfile.ZIP_DEFLATED)
    return written.getvalue()
