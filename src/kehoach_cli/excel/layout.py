"""The layout of a form workbook: sheets, columns, words of drop-downs, narrative rows. Writing and reading share it."""

import re

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.period import Period
from kehoach_cli.viet.text import CONTROLS, match_key

FORMAT = "form/1"
HIDDEN = "_kehoach"
# The longest text of a cell in Excel, counted in UTF-16 units.
MOST_IN_A_CELL = 32767

# The only row of a table that asks nothing.
NO_INDICATORS = "Không có chỉ tiêu nào giao cho cơ quan."
NO_TASKS = "Không có nhiệm vụ nào giao cho cơ quan."
YES, NO = "Có", "Không"
# Between the id of a task and the number of its milestone, in the id of the milestone's row.
MILESTONE = "/mốc "


class FormColumn(Struct, frozen=True):
    """A column: its key in code, its header, its least width in digits of the font, and whether people answer in it.

    `grows` is its share of what is left of the width of a page. `of_part` is the header in the form of a part of a year; a
    column without a `header` of its own stands only there. A form has a column that is `rare` only where it asks for it; its
    hidden sheet then names it.
    """

    key: str
    header: str
    width: float
    answer: bool = False
    grows: int = 0
    of_part: str = ""
    rare: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header by which the column is known."""
        return tuple(header for header in (self.header, self.of_part) if header)


class FormTable(Struct, frozen=True):
    """The table of a sheet. The column `identity` holds the ids of rows; None: every row below the header is an answer."""

    title: str
    columns: tuple[FormColumn, ...]
    identity: str | None = "ref"

    def column(self, key: str) -> FormColumn:
        """Return the column with this key."""
        return next(column for column in self.columns if column.key == key)

    def of(self, period: Period) -> "FormTable":
        """Return the table as the form of a period has it."""
        if period.part is None:
            return replace(self, columns=tuple(column for column in self.columns if column.header))
        columns = (replace(column, header=column.of_part or column.header) for column in self.columns)
        return replace(self, columns=tuple(columns))


COVER = FormTable(
    "Hướng dẫn",
    (
        FormColumn("ref", "Mã kế hoạch", 16),
        FormColumn("title", "Kế hoạch", 48, grows=2),
        FormColumn("to", "Nơi nhận báo cáo", 34, grows=1),
        FormColumn("due", "Thời hạn gửi", 26, grows=1),
        FormColumn("cutoff", "Ngày chốt số liệu", 14, answer=True),
        FormColumn("submitted", "Ngày gửi báo cáo", 14, answer=True),
    ),
)
INDICATORS = FormTable(
    "Chỉ tiêu",
    (
        FormColumn("ref", "Mã", 12),
        FormColumn("name", "Chỉ tiêu", 28, grows=2),
        FormColumn("part", "Đối tượng, phần", 14),
        FormColumn("target", "Mục tiêu", 14),
        FormColumn("before", "Số liệu năm trước", 11, of_part="Số liệu cùng kỳ năm trước"),
        FormColumn("counted", "", 16, of_part="Số liệu tính thế nào"),
        FormColumn("unit", "Đơn vị tính", 9),
        FormColumn("value", "Giá trị", 12, answer=True),
        FormColumn("estimate", "Là số ước", 7, answer=True),
        FormColumn("to_date", "Lũy kế", 11, answer=True),
        FormColumn("province_total", "Số chung toàn tỉnh", 7, answer=True, rare=True),
        FormColumn("source", "Nguồn số liệu", 14, answer=True, grows=1),
        FormColumn("note", "Ghi chú", 14, answer=True, grows=1),
    ),
)
TASKS = FormTable(
    "Nhiệm vụ",
    (
        FormColumn("ref", "Mã", 10),
        FormColumn("text", "Nhiệm vụ", 24, grows=4),
        FormColumn("role", "Vai trò", 8, grows=1),
        FormColumn("due", "Thời gian thực hiện, thời hạn", 10.5),
        FormColumn("before", "Trạng thái năm trước", 9, of_part="Trạng thái kỳ trước"),
        FormColumn("status", "Trạng thái", 9, answer=True),
        FormColumn("result", "Kết quả", 18, answer=True, grows=5),
        FormColumn("documents", "Văn bản", 10, answer=True, grows=1),
        FormColumn("completed", "Ngày hoàn thành", 10, answer=True),
        FormColumn("extension_to", "Gia hạn đến ngày", 10, answer=True),
        FormColumn("extension_document", "Văn bản gia hạn", 8.5, answer=True),
        FormColumn("condition_met", "Đã đủ điều kiện", 6.5, answer=True),
        FormColumn("done_this_year", "Đã làm trong năm", 6.5, answer=True, of_part="Đã làm trong kỳ"),
        FormColumn("done_for", "Các kỳ đã làm", 7, answer=True),
        FormColumn("difficulty", "Khó khăn, vướng mắc", 11, answer=True, grows=2),
    ),
)
FUNDING = FormTable(
    "Kinh phí",
    (
        FormColumn("plan", "Kế hoạch", 46, answer=True, grows=1),
        FormColumn("source", "Nguồn kinh phí", 44, answer=True, grows=1),
        FormColumn("planned", "Được giao", 18, answer=True),
        FormColumn("spent", "Đã giải ngân", 18, answer=True),
        FormColumn("unit", "Đơn vị tính", 18, answer=True),
    ),
    identity=None,
)
NARRATIVE = FormTable(
    "Thuyết minh",
    (
        FormColumn("ref", "Mã", 14),
        FormColumn("topic", "Nội dung", 36),
        FormColumn("text", "Báo cáo của cơ quan", 100, answer=True, grows=1),
    ),
)
TABLES = (COVER, INDICATORS, TASKS, FUNDING, NARRATIVE)


class NarrativeTopic(Struct, frozen=True):
    """A part of the report in words: the code of its row, its key in a progress file, and what is asked (of a part of a year)."""

    code: str
    path: KeyPath
    text: str
    of_part: str = ""

    def asked(self, period: Period) -> str:
        """Return what the form of a period asks."""
        return self.of_part if self.of_part and period.part else self.text


TOPICS = (
    NarrativeTopic("TM1", ("directing",), "Công tác chỉ đạo, điều hành: văn bản đã ban hành, phổ biến, quán triệt"),
    NarrativeTopic("TM2", ("strengths",), "Ưu điểm, kết quả nổi bật"),
    NarrativeTopic("TM3", ("limits",), "Tồn tại, hạn chế: những việc chưa đạt, chậm"),
    NarrativeTopic("TM4", ("causes", "objective"), "Nguyên nhân khách quan"),
    NarrativeTopic("TM5", ("causes", "subjective"), "Nguyên nhân chủ quan"),
    NarrativeTopic("TM6", ("lessons",), "Bài học kinh nghiệm"),
    NarrativeTopic("TM7", ("funding",), "Nhận xét về bố trí và sử dụng kinh phí"),
    NarrativeTopic(
        "TM8", ("next_year",), "Phương hướng, nhiệm vụ trọng tâm năm sau", "Phương hướng, nhiệm vụ trọng tâm kỳ sau"
    ),
    NarrativeTopic("TM9", ("proposals", "central"), "Kiến nghị với Chính phủ, các bộ, ngành Trung ương"),
    NarrativeTopic("TM10", ("proposals", "province"), "Kiến nghị với Tỉnh ủy, HĐND, UBND tỉnh"),
    NarrativeTopic("TM11", ("proposals", "others"), "Kiến nghị với các cơ quan, đơn vị khác"),
)

_CONTROL = re.compile(f"[{CONTROLS}]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """Return `text` as a cell holds it: control characters made visible, and text like an escape (`_x000A_`) escaped."""
    clean = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPE.sub("_x005F_", clean)


def ref_key(text: str) -> str:
    """Return the id of a row for comparison: case, spaces and the kind of dash do not count."""
    return match_key(text).replace(" ", "")


def plan_label(plan_id: str, title: str) -> str:
    """Return a plan as the drop-down list on the funding sheet shows it."""
    return f"{plan_id} – {title}"
