"""Opens a workbook of unknown origin: what it is, and whether openpyxl can read it without harm.

Every part is unpacked within bounds and walked once by a parser that keeps nothing. Only then does openpyxl get a clean archive
of the parts that were checked.
"""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from msgspec import Struct, field

from kehoach_cli.errors import reason
from kehoach_cli.office.safe_xml import XmlRefusal, XmlRefusedError, XmlWalker
from kehoach_cli.office.safe_zip import SafeZip, ZipBounds, ZipRefusal, ZipRefusedError, is_xml, macro_part, packed
from kehoach_cli.office.strict import as_transitional

MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 50 * 2**20
MOST_RATIO = 100
# A form has fewer rows and columns; cells beyond these are named in a finding and not read.
MOST_ROWS = 5000
MOST_COLUMNS = 100

_BOUNDS = ZipBounds(
    parts=2000,
    unpacked=MOST_UNPACKED,
    xml_part=16 * 2**20,
    ratio=MOST_RATIO,
    # Parts that take openpyxl more time than their size suggests.
    named={"styles.xml": 2**21, "workbook.xml": 2**18, "[Content_Types].xml": 2**18, "workbook.xml.rels": 2**18},
)
_MOST_ELEMENTS = 300_000
_MOST_SHEETS = 40
_MOST_NAMED = 5
_ON = frozenset({"1", "true"})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    "word/": "tài liệu Word (.docx)",
    "ppt/": "bài trình chiếu PowerPoint (.pptx)",
    "content.xml": "bảng tính OpenDocument (.ods) hoặc tài liệu OpenDocument",
    "xl/workbook.bin": "bảng tính nhị phân (.xlsb)",
    "Index/": "bảng tính Numbers",
}
# Decoration, which holds no answer.
_SKIPPED = re.compile(
    r"(docProps|customXml|xl/(theme|drawings|charts|media|printerSettings|pivot\w*|ctrlProps|revisions))/|xl/calcChain"
)
_NEEDED = ("[Content_Types].xml", "xl/workbook.xml")
_RESAVE = "mở bằng Excel, chọn Lưu thành (Save As), loại tệp Excel Workbook (*.xlsx)"
_ORIGINAL = "điền lại vào biểu mẫu gốc đã nhận"
_BROKEN = "tệp hỏng hoặc bị cắt cụt"
_BAD_CONTENTS = (f"{_BROKEN}: mục lục bên trong không hợp lệ", _ORIGINAL)
_TOO_DEEP = ("cấu trúc bên trong tệp quá lớn hoặc quá sâu so với một biểu mẫu, phụ lục", _ORIGINAL)
_ZIP_MESSAGES = {
    ZipRefusal.DAMAGED: (_BROKEN, _ORIGINAL + " hoặc đề nghị gửi lại tệp"),
    ZipRefusal.ENCRYPTED: ("tệp đặt mật khẩu nên không mở được", "bỏ mật khẩu rồi lưu lại"),
    ZipRefusal.COMPRESSION: ("tệp nén theo cách Excel không dùng", _RESAVE),
    ZipRefusal.TOO_MANY_PARTS: _BAD_CONTENTS,
    ZipRefusal.REPEATED_PART: _BAD_CONTENTS,
    ZipRefusal.TOO_LARGE: (
        f"nội dung giải nén quá lớn (hơn {MOST_UNPACKED // 2**20} MB hoặc hơn {MOST_RATIO} lần cỡ tệp), có thể là tệp phá hoại",
        _ORIGINAL,
    ),
    ZipRefusal.PART_TOO_LARGE: _TOO_DEEP,
}
_XML_MESSAGES = {
    XmlRefusal.TOO_LARGE: _TOO_DEEP,
    XmlRefusal.DOCTYPE: (
        "tệp khai báo DOCTYPE, thứ không có trong bảng tính Excel; có thể là tệp phá hoại",
        _ORIGINAL,
    ),
}


class WorkbookError(Exception):
    """A workbook that is not opened: the Vietnamese message, and how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep message and hint."""
        super().__init__(message)
        self.hint = hint


class SheetOutline(Struct):
    """What walking a sheet finds: its last row, merged ranges, cells with formulas, filled cells beyond the bounds of a form.

    `hidden_rows` and `hidden_columns` are numbers from 1, within the bounds.
    """

    last: int = 0
    merged: list[str] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    beyond: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def add_beyond(self, row: int, column: int) -> None:
        """Keep a filled cell beyond the bounds; a person who sees the first few finds the others."""
        if len(self.beyond) < _MOST_NAMED and (row, column) not in self.beyond:
            self.beyond.append((row, column))


class CheckedWorkbook(Struct, frozen=True):
    """A checked workbook: a clean archive for openpyxl, and the outline of each part that is a sheet."""

    archive: BytesIO
    outlines: dict[str, SheetOutline]


def open_workbook(source: Path | bytes) -> CheckedWorkbook:
    """Return the workbook at a path, or of these bytes, checked and in the Transitional form of Open XML.

    Raises:
        WorkbookError: it cannot be read, is no .xlsx workbook, or is not safe to open.
    """
    data = source if isinstance(source, bytes) else _bytes(source)
    _refuse_size(data)
    _refuse_other_files(data)
    try:
        archive = SafeZip(data, _BOUNDS)
        _refuse_by_names(archive.names)
        parts = as_transitional(archive.unpacked(lambda name: is_xml(name) and not _SKIPPED.match(name)))
    except ZipRefusedError as error:
        raise WorkbookError(*_ZIP_MESSAGES[error.refusal]) from None
    walker = _OutlineWalker()
    for name, part in parts.items():
        walker.outline(name, part)
    return CheckedWorkbook(BytesIO(packed(parts, zipfile.ZIP_STORED)), walker.outlines)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            message = "không có tệp này" if not path.exists() else "không phải là một tệp"
            raise WorkbookError(message, "kiểm tra lại đường dẫn")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise WorkbookError(f"không đọc được: {reason(error)}", "kiểm tra lại đường dẫn và quyền đọc tệp") from None
    return data


def _refuse_size(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise WorkbookError(
            f"tệp lớn hơn {MOST_BYTES // 2**20} MB, lớn hơn mọi biểu mẫu và phụ lục",
            "xóa ảnh, tệp đính kèm và các trang thêm vào",
        )


def _refuse_other_files(data: bytes) -> None:
    """Refuse a file that is no zip archive, and name what it is."""
    if not data:
        raise WorkbookError("tệp rỗng", "đề nghị gửi lại tệp")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise WorkbookError(
                "tệp đặt mật khẩu nên không mở được", "mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin) rồi lưu lại"
            )
        raise WorkbookError("đây là tệp Excel kiểu cũ (.xls) hoặc tệp Office 97-2003, không phải .xlsx", _RESAVE)
    if not data.startswith(b"PK"):
        kind = "tệp PDF" if data.startswith(b"%PDF") else "tệp văn bản hoặc loại tệp khác"
        raise WorkbookError(f"không phải là bảng tính Excel (.xlsx): {kind}", _RESAVE)


def _refuse_by_names(names: list[str]) -> None:
    """Refuse by the names of the parts: macros, links, another kind of file, a part that is missing."""
    if macro_part(names):
        raise WorkbookError("tệp có macro nên không được mở", _RESAVE + " để bỏ macro")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise WorkbookError(
            "tệp có liên kết tới bảng tính khác nên không được mở",
            "trong Excel: Dữ liệu > Sửa liên kết > Ngắt liên kết (Data > Edit Links > Break Link), rồi lưu lại",
        )
    if "xl/workbook.xml" not in names:
        for beginning, kind in _FOREIGN.items():
            if any(name.startswith(beginning) for name in names):
                raise WorkbookError(f"không phải là bảng tính Excel (.xlsx): đây là {kind}", _RESAVE)
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise WorkbookError(f"{_BROKEN}: thiếu phần {', '.join(missing)}", _ORIGINAL)


class _OutlineWalker(XmlWalker):
    """Walks the parts of one workbook and keeps the outline of each."""

    def __init__(self) -> None:
        super().__init__(_MOST_ELEMENTS)
        self.outlines: dict[str, SheetOutline] = {}
        self._outline = SheetOutline()
        self._row = self._column = 0
        self._sheets: set[str] = set()

    def outline(self, name: str, data: bytes) -> None:
        """Walk one part.

        Raises:
            WorkbookError: it is not XML, has a document type, or leaves the bounds.
        """
        self._outline = self.outlines[name] = SheetOutline()
        self._row = self._column = 0
        try:
            self.walk(data)
        except XmlRefusedError as error:
            broken = (f"{_BROKEN}: phần {name} không đọc được", _ORIGINAL)
            raise WorkbookError(*_XML_MESSAGES.get(error.refusal, broken)) from None

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        """Note rows, cells, formulas, merged ranges and sheets."""
        local = tag.rpartition(":")[2]
        if local == "row":
            self._next_row(attributes.get("r"))
        if local in {"row", "col"} and attributes.get("hidden") in _ON:
            self._hide(local, attributes)
        elif local == "c":
            self._row, self._column = _position(attributes.get("r"), self._row, self._column)
        elif local in {"v", "is", "f"} and (self._row > MOST_ROWS or self._column > MOST_COLUMNS):
            self._outline.add_beyond(self._row, self._column)
        elif local == "f":
            self._outline.formulas.add((self._row, self._column))
        elif local == "mergeCell" and len(self._outline.merged) < MOST_ROWS:
            self._outline.merged.append(attributes.get("ref", ""))
        elif local in {"sheet", "Relationship"}:
            self._refuse_repeated_sheet(attributes)

    def _hide(self, local: str, attributes: dict[str, str]) -> None:
        if local == "col":
            last = min(int(attributes.get("max", "0")), MOST_COLUMNS)
            self._outline.hidden_columns.update(range(int(attributes.get("min", "1")), last + 1))
        elif self._row <= MOST_ROWS:
            self._outline.hidden_rows.add(self._row)

    def _next_row(self, number: str | None) -> None:
        """Count rows; some programs leave the number out. openpyxl skips rows in a falling order without a word."""
        row = int(number or self._outline.last + 1)
        if row <= self._outline.last:
            raise WorkbookError(f"{_BROKEN}: các dòng không theo thứ tự", _ORIGINAL)
        self._row, self._column, self._outline.last = row, 0, row

    def _refuse_repeated_sheet(self, attributes: dict[str, str]) -> None:
        """Refuse a sheet that is listed again and again: it would be read as often."""
        is_sheet = attributes.get("Type", "").endswith("/worksheet")
        target = attributes.get("Target", "").rpartition("/")[2] if is_sheet else ""
        ids = [value for key, value in attributes.items() if key.endswith(":id")]
        for name in filter(None, (target, *ids)):
            if name in self._sheets or len(self._sheets) > 2 * _MOST_SHEETS:
                raise WorkbookError(f"tệp có trang lặp lại hoặc nhiều hơn {_MOST_SHEETS} trang", _ORIGINAL)
            self._sheets.add(name)


def _position(place: str | None, row: int, column: int) -> tuple[int, int]:
    """Return row and column of a cell by its name (`AB12`), or the place after the cell before it."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", place or "")
    if not found:
        return row, column + 1
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), number
