"""Reads the hidden sheet of a form: its agency, year, period and plans, and the rows it asks."""

from msgspec import Struct, field

from kehoach_cli.excel.answers import Notes, quoted
from kehoach_cli.excel.layout import COVER, FORMAT, HIDDEN, INDICATORS, NARRATIVE, TASKS, FormTable, ref_key
from kehoach_cli.office.workbook import WorkbookCell, WorkbookSheet

ORIGINAL = "điền lại vào biểu mẫu gốc đã nhận, hoặc xin lại biểu mẫu"
_COLUMNS = range(1, 6)
_TABLES = {"indicator": INDICATORS, "task": TASKS, "narrative": NARRATIVE}


class AskedRow(Struct, frozen=True):
    """A row the form asks: its id as printed; for an indicator where the value belongs, the label of the row, and its unit."""

    ref: str
    slot: str = ""
    label: str = ""
    unit: str = ""


class AskedForm(Struct):
    """What a form asks: `values` hold agency, year and period, `plans` titles by id, `rows` the rows of each table by id.

    `locked` keeps of each row, by id and slot, the fingerprints of the cells that ask nothing, `answers` of each task and
    indicator, by id, the fingerprint of the text it answers.
    """

    values: dict[str, str] = field(default_factory=dict)
    plans: dict[str, str] = field(default_factory=dict)
    rows: dict[FormTable, dict[str, list[AskedRow]]] = field(default_factory=dict)
    locked: dict[tuple[str, str], str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    def add(self, table: FormTable, row: AskedRow) -> None:
        """Add a row of a table."""
        self.rows.setdefault(table, {}).setdefault(ref_key(row.ref), []).append(row)


def read_hidden_sheet(sheets: tuple[WorkbookSheet, ...], notes: Notes) -> AskedForm | None:
    """Return what the form asks; None, and a finding, where the workbook is no form of ours."""
    sheet = next((sheet for sheet in sheets if sheet.title == HIDDEN), None)
    if sheet is None:
        notes.error(
            "không phải biểu mẫu của kehoach, hoặc trang ẩn của biểu mẫu đã bị xóa khi chép sang tệp khác", ORIGINAL
        )
        return None
    asked = AskedForm()
    for _, cells in sorted(sheet.rows.items()):
        _take(asked, cells)
    version = asked.values.get("kehoach", "")
    if version == FORMAT and all(asked.values.get(key) for key in ("agency", "year")) and asked.plans:
        return asked
    known = version.startswith("form/")
    what = f"biểu mẫu thuộc phiên bản {quoted(version)}" if known else "trang ẩn của biểu mẫu bị hỏng"
    notes.error(f"{what}, không đọc được (cần {FORMAT})", ORIGINAL)
    return None


def _take(asked: AskedForm, cells: dict[int, WorkbookCell]) -> None:
    key, *rest = (cells[number].text if number in cells else "" for number in _COLUMNS)
    if key == "plan":
        asked.plans[rest[0]] = rest[1]
        asked.add(COVER, AskedRow(rest[0]))
    elif key == "locked":
        asked.locked[rest[0], rest[1]] = rest[2]
    elif key == "answers":
        asked.answers[rest[0]] = rest[1]
    elif key in _TABLES:
        asked.add(_TABLES[key], AskedRow(*rest))
    elif key:
        asked.values[key] = rest[0]
