"""The first look at a workbook somebody sent: what it is, and whether it can be opened without harm.

Every part is unpacked within bounds and walked once by a parser that keeps nothing; only then does openpyxl get a clean archive
of the parts that were checked. The sizes a file claims for itself are not believed.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from msgspec import Struct, field

from kehoach_cli.errors import reason

MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 50 * 2**20
MOST_RATIO = 100
# Rows and columns beyond these are no part of a form; what stands there is named, not read.
MOST_ROWS = 5000
MOST_COLUMNS = 100

# A small archive is harmless however well it packs.
_FREE_OF_RATIO = 2**20
_MOST_PARTS = 2000
_MOST_ELEMENTS = 300_000
_MOST_SHEETS = 40
_MOST_IN_A_PART = 16 * 2**20
# Parts whose reading takes openpyxl more time than their size.
_MOST_IN_PART = {"styles.xml": 2**21, "workbook.xml": 2**18, "[Content_Types].xml": 2**18, "workbook.xml.rels": 2**18}
_MOST_DEPTH = 64
_MOST_TAG = 2**20
_MOST_ATTRIBUTES = 256
_CHUNK = 2**16
_MOST_NAMED = 5

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    "word/": "tài liệu Word (.docx)",
    "ppt/": "bài trình chiếu PowerPoint (.pptx)",
    "content.xml": "bảng tính OpenDocument (.ods) hoặc tài liệu OpenDocument",
    "xl/workbook.bin": "bảng tính nhị phân (.xlsb)",
    "Index/": "bảng tính Numbers",
}
# Decoration: nothing in it is an answer.
_SKIPPED = re.compile(
    r"(docProps|customXml|xl/(theme|drawings|charts|media|printerSettings|pivot\w*|ctrlProps|revisions))/|xl/calcChain"
)
_NEEDED = ("[Content_Types].xml", "xl/workbook.xml")
_RESAVE = "mở bằng Excel, chọn Lưu thành (Save As), loại tệp Excel Workbook (*.xlsx)"
_ORIGINAL = "điền lại vào biểu mẫu gốc đã nhận"
_BROKEN = "tệp hỏng hoặc bị cắt cụt"


class RefusedError(Exception):
    """A file that is not opened: the Vietnamese message, and the mend."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep message and mend."""
        super().__init__(message)
        self.hint = hint


class Outline(Struct):
    """What walking a sheet tells: its last row, merged ranges, cells with formulas, filled cells beyond the bounds of a form."""

    last: int = 0
    merged: list[str] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    beyond: list[tuple[int, int]] = field(default_factory=list)

    def far(self, row: int, column: int) -> None:
        """Remember a filled cell beyond the bounds; the first few are enough to find the rest."""
        if len(self.beyond) < _MOST_NAMED and (row, column) not in self.beyond:
            self.beyond.append((row, column))


class Package(Struct, frozen=True):
    """A checked workbook: a clean archive for openpyxl, and the outline of each part that is a sheet."""

    archive: BytesIO
    outlines: dict[str, Outline]


def checked(path: Path) -> Package:
    """Return the workbook at `path` as a checked package.

    Raises:
        RefusedError: it cannot be read, is no .xlsx workbook, or is not safe to open.
    """
    data = _bytes(path)
    _sniff(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _package(archive, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError):
        # zipfile reports a damaged archive in all of these ways.
        raise RefusedError(_BROKEN, _ORIGINAL + " hoặc đề nghị gửi lại tệp") from None


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise RefusedError(
                "không có tệp này" if not path.exists() else "không phải là một tệp", "kiểm tra lại đường dẫn"
            )
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise RefusedError(f"không đọc được: {reason(error)}", "kiểm tra lại đường dẫn và quyền đọc tệp") from None
    if len(data) > MOST_BYTES:
        raise RefusedError(
            f"tệp lớn hơn {MOST_BYTES // 2**20} MB, không thể là biểu mẫu đã điền",
            "xóa ảnh, tệp đính kèm và các trang thêm vào",
        )
    return data


def _sniff(data: bytes) -> None:
    """Refuse what is no zip archive, by its true name."""
    if not data:
        raise RefusedError("tệp rỗng", "đề nghị gửi lại tệp")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise RefusedError(
                "tệp đặt mật khẩu nên không mở được", "mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin) rồi lưu lại"
            )
        raise RefusedError("đây là tệp Excel kiểu cũ (.xls) hoặc tệp Office 97-2003, không phải .xlsx", _RESAVE)
    if not data.startswith(b"PK"):
        kind = "tệp PDF" if data.startswith(b"%PDF") else "tệp văn bản hoặc loại tệp khác"
        raise RefusedError(f"không phải là bảng tính Excel (.xlsx): {kind}", _RESAVE)


def _package(archive: zipfile.ZipFile, size: int) -> Package:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _judge_entries(entries, size)
    walker = _Walker()
    clean, left = BytesIO(), MOST_UNPACKED
    with zipfile.ZipFile(clean, "w") as result:
        for entry in entries:
            wanted = entry.filename.endswith((".xml", ".rels")) and not _SKIPPED.match(entry.filename)
            kept = bytearray()
            for chunk in _unpacked(archive, entry):
                left -= len(chunk)
                if left < 0:
                    raise _too_large()
                if wanted:
                    kept += chunk
                if len(kept) > _MOST_IN_PART.get(entry.filename.rpartition("/")[2], _MOST_IN_A_PART):
                    raise _too_deep()
            if wanted:
                walker.walk(entry.filename, kept)
                result.writestr(zipfile.ZipInfo(entry.filename), bytes(kept))
    clean.seek(0)
    return Package(clean, walker.outlines)


def _judge_entries(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse by the table of contents: claims of absurd size, passwords, macros, links, another kind of file."""
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or (unpacked > _FREE_OF_RATIO and unpacked > MOST_RATIO * size):
        raise _too_large()
    if len(names) > _MOST_PARTS or len(set(names)) != len(names):
        raise RefusedError(f"{_BROKEN}: mục lục bên trong không hợp lệ", _ORIGINAL)
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedError("tệp đặt mật khẩu nên không mở được", "bỏ mật khẩu rồi lưu lại")
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise RefusedError("tệp nén theo cách Excel không dùng", _RESAVE)
    _judge_names(names)


def _judge_names(names: list[str]) -> None:
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise RefusedError("tệp có macro nên không được mở", _RESAVE + " để bỏ macro")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise RefusedError(
            "tệp có liên kết tới bảng tính khác nên không được mở",
            "trong Excel: Dữ liệu > Sửa liên kết > Ngắt liên kết (Data > Edit Links > Break Link), rồi lưu lại",
        )
    if "xl/workbook.xml" not in names:
        for beginning, kind in _FOREIGN.items():
            if any(name.startswith(beginning) for name in names):
                raise RefusedError(f"không phải là bảng tính Excel (.xlsx): đây là {kind}", _RESAVE)
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise RefusedError(f"{_BROKEN}: thiếu phần {', '.join(missing)}", _ORIGINAL)


def _too_large() -> RefusedError:
    return RefusedError(
        f"nội dung giải nén quá lớn (hơn {MOST_UNPACKED // 2**20} MB hoặc hơn {MOST_RATIO} lần cỡ tệp), có thể là tệp phá hoại",
        _ORIGINAL,
    )


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part piece by piece, so that no claim about its size decides how much memory it takes."""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


class _Walker:
    """Walks every part once, within bounds on elements, depth and the length of a tag; keeps outlines of sheets."""

    def __init__(self) -> None:
        self.outlines: dict[str, Outline] = {}
        self._elements = 0
        self._depth = self._row = self._column = 0
        self._outline = Outline()
        self._named: set[str] = set()

    def walk(self, name: str, data: bytearray) -> None:
        """Walk one part.

        Raises:
            RefusedError: it is not XML, declares a document type, or leaves the bounds.
        """
        self._outline = self.outlines[name] = Outline()
        self._depth = self._row = self._column = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            for start in range(0, len(data), _CHUNK):
                parser.Parse(bytes(data[start : start + _CHUNK]), False)  # noqa: FBT003 - expat's own signature
                # What was fed and not yet told of is one tag, still open.
                if start - max(parser.CurrentByteIndex, 0) > _MOST_TAG:
                    raise _too_deep()
            parser.Parse(b"", True)  # noqa: FBT003 - expat's own signature
        except (expat.ExpatError, UnicodeError, LookupError, ValueError):
            raise RefusedError(f"{_BROKEN}: phần {name} không đọc được", _ORIGINAL) from None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        # openpyxl takes attributes away one by one, each time looking through all of them.
        if self._depth > _MOST_DEPTH or self._elements > _MOST_ELEMENTS or len(attributes) > _MOST_ATTRIBUTES:
            raise _too_deep()
        local = tag.rpartition(":")[2]
        if local == "row":
            self._next_row(attributes.get("r"))
        elif local == "c":
            self._row, self._column = _position(attributes.get("r"), self._row, self._column)
        elif local in {"v", "is", "f"} and (self._row > MOST_ROWS or self._column > MOST_COLUMNS):
            self._outline.far(self._row, self._column)
        elif local == "f":
            self._outline.formulas.add((self._row, self._column))
        elif local == "mergeCell" and len(self._outline.merged) < MOST_ROWS:
            self._outline.merged.append(attributes.get("ref", ""))
        elif local in {"sheet", "Relationship"}:
            self._name_once(attributes)

    def _next_row(self, number: str | None) -> None:
        """Count rows; some programs leave the number out. Rows that run backwards are skipped by openpyxl without a word."""
        row = int(number or self._outline.last + 1)
        if row <= self._outline.last:
            raise RefusedError(f"{_BROKEN}: các dòng không theo thứ tự", _ORIGINAL)
        self._row, self._column, self._outline.last = row, 0, row

    def _name_once(self, attributes: dict[str, str]) -> None:
        """Refuse a sheet that is listed again and again: it would be read as often."""
        target = (
            attributes.get("Target", "").rpartition("/")[2] if attributes.get("Type", "").endswith("/worksheet") else ""
        )
        ids = [value for key, value in attributes.items() if key.endswith(":id")]
        for name in filter(None, (target, *ids)):
            if name in self._named or len(self._named) > 2 * _MOST_SHEETS:
                raise RefusedError(f"tệp có trang lặp lại hoặc nhiều hơn {_MOST_SHEETS} trang", _ORIGINAL)
            self._named.add(name)

    def _end(self, _: str) -> None:
        self._depth -= 1

    @staticmethod
    def _doctype(*_: object) -> None:
        raise RefusedError(
            "tệp khai báo DOCTYPE, thứ không có trong bảng tính Excel; có thể là tệp phá hoại", _ORIGINAL
        )


def _too_deep() -> RefusedError:
    return RefusedError("cấu trúc bên trong tệp quá lớn hoặc quá sâu so với một biểu mẫu", _ORIGINAL)


def _position(place: str | None, row: int, column: int) -> tuple[int, int]:
    """Return row and column of a cell by its name (`AB12`), or the place after the one before it."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", place or "")
    if not found:
        return row, column + 1
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), number
