"""What a form workbook looks like: sheets, columns, words of drop-downs, narrative rows; writing and reading share it."""

import re

from msgspec import Struct

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.viet.text import CONTROLS, match_key

FORMAT = "form/1"
MACHINE = "_kehoach"
# What Excel holds in one cell, counted in UTF-16 units.
MOST_IN_A_CELL = 32767

# What stands in a table that asks nothing.
NO_INDICATORS = "Không có chỉ tiêu nào giao cho cơ quan."
NO_TASKS = "Không có nhiệm vụ nào giao cho cơ quan."
YES, NO = "Có", "Không"


class Column(Struct, frozen=True):
    """A column: its key in code, its header, its width in digits of the sheet's font, and whether people answer in it."""

    key: str
    header: str
    width: float
    answer: bool = False


class Table(Struct, frozen=True):
    """A sheet's table. Rows are told by their id in the column `identity`; None: every row below the header is an answer."""

    title: str
    columns: tuple[Column, ...]
    identity: str | None = "ref"

    def number(self, key: str) -> int:
        """Return the 1-based number of a column as written."""
        return next(number for number, column in enumerate(self.columns, start=1) if column.key == key)

    def column(self, key: str) -> Column:
        """Return the column with this key."""
        return next(column for column in self.columns if column.key == key)


COVER = Table(
    "Hướng dẫn",
    (
        Column("ref", "Mã kế hoạch", 20),
        Column("title", "Kế hoạch", 48),
        Column("to", "Nơi nhận báo cáo", 34),
        Column("due", "Thời hạn gửi", 26),
        Column("cutoff", "Ngày chốt số liệu", 14, answer=True),
        Column("submitted", "Ngày gửi báo cáo", 14, answer=True),
    ),
)
INDICATORS = Table(
    "Chỉ tiêu",
    (
        Column("ref", "Mã", 13),
        Column("name", "Chỉ tiêu", 42),
        Column("part", "Đối tượng, phần", 17),
        Column("unit", "Đơn vị tính", 9),
        Column("target", "Mục tiêu", 16),
        Column("before", "Số liệu năm trước", 11),
        Column("value", "Giá trị", 13, answer=True),
        Column("estimate", "Là số ước", 8, answer=True),
        Column("to_date", "Lũy kế", 12, answer=True),
        Column("source", "Nguồn số liệu", 22, answer=True),
        Column("note", "Ghi chú", 24, answer=True),
    ),
)
TASKS = Table(
    "Nhiệm vụ",
    (
        Column("ref", "Mã", 12),
        Column("text", "Nhiệm vụ", 44),
        Column("role", "Vai trò", 13),
        Column("due", "Thời gian thực hiện, thời hạn", 13),
        Column("outputs", "Sản phẩm", 12),
        Column("before", "Trạng thái năm trước", 11),
        Column("status", "Trạng thái", 13, answer=True),
        Column("result", "Kết quả", 30, answer=True),
        Column("documents", "Văn bản", 18, answer=True),
        Column("completed", "Ngày hoàn thành", 11, answer=True),
        Column("extension_to", "Gia hạn đến ngày", 11, answer=True),
        Column("extension_document", "Văn bản gia hạn", 14, answer=True),
        Column("condition_met", "Đã đủ điều kiện", 8, answer=True),
        Column("done_this_year", "Đã làm trong năm", 8, answer=True),
        Column("difficulty", "Khó khăn, vướng mắc", 22, answer=True),
    ),
)
FUNDING = Table(
    "Kinh phí",
    (
        Column("plan", "Kế hoạch", 46, answer=True),
        Column("source", "Nguồn kinh phí", 44, answer=True),
        Column("planned", "Được giao", 18, answer=True),
        Column("spent", "Đã giải ngân", 18, answer=True),
        Column("unit", "Đơn vị tính", 18, answer=True),
    ),
    identity=None,
)
NARRATIVE = Table(
    "Thuyết minh",
    (
        Column("ref", "Mã", 14),
        Column("topic", "Nội dung", 36),
        Column("text", "Báo cáo của cơ quan", 100, answer=True),
    ),
)
TABLES = (COVER, INDICATORS, TASKS, FUNDING, NARRATIVE)


class Topic(Struct, frozen=True):
    """A part of the report in words: its row's code, where it stands in a progress file, and what is asked for."""

    code: str
    path: KeyPath
    text: str


TOPICS = (
    Topic("TM1", ("directing",), "Công tác chỉ đạo, điều hành: văn bản đã ban hành, phổ biến, quán triệt"),
    Topic("TM2", ("strengths",), "Ưu điểm, kết quả nổi bật"),
    Topic("TM3", ("limits",), "Tồn tại, hạn chế: những việc chưa đạt, chậm"),
    Topic("TM4", ("causes", "objective"), "Nguyên nhân khách quan"),
    Topic("TM5", ("causes", "subjective"), "Nguyên nhân chủ quan"),
    Topic("TM6", ("lessons",), "Bài học kinh nghiệm"),
    Topic("TM7", ("funding",), "Nhận xét về bố trí và sử dụng kinh phí"),
    Topic("TM8", ("next_year",), "Phương hướng, nhiệm vụ trọng tâm năm sau"),
    Topic("TM9", ("proposals", "central"), "Kiến nghị với Chính phủ, các bộ, ngành Trung ương"),
    Topic("TM10", ("proposals", "province"), "Kiến nghị với Tỉnh ủy, HĐND, UBND tỉnh"),
    Topic("TM11", ("proposals", "others"), "Kiến nghị với các cơ quan, đơn vị khác"),
)

_CONTROL = re.compile(f"[{CONTROLS}]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """Return `text` as a cell holds it: controls made visible, and what would pass for an escape (`_x000A_`) escaped itself."""
    clean = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPE.sub("_x005F_", clean)


def ref_key(text: str) -> str:
    """Return what two spellings of one row's id share: case, spaces and the kind of dash are folded."""
    return match_key(text).replace(" ", "")


def plan_label(plan_id: str, title: str) -> str:
    """Return a plan as the drop-down on the funding sheet shows it."""
    return f"{plan_id} – {title}"
