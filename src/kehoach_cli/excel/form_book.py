"""A form workbook while it is written: its sheets, its hidden sheet, and the drop-down lists that point to it."""

from openpyxl.worksheet.datavalidation import DataValidation

from kehoach_cli.core.check.evaluation import NOT_REACHED, REACHED
from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.forms.form import Form
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.excel.grid import FormGrid
from kehoach_cli.excel.layout import FORMAT, HIDDEN, NO, YES, FormTable, plan_label
from kehoach_cli.excel.style import new_workbook, put

DATE_PROMPT = ("Ngày", "Ghi ngày/tháng/năm, ví dụ 10/12/2025.")
# Columns of the hidden sheet that hold the words of the lists, behind those that describe the rows of the form.
_STATUS_LIST, _FLAG_LIST, _PLAN_LIST, _STATE_LIST = "F", "G", "H", "I"
_FIRST_LIST = 6
# Excel refuses a workbook with a longer one.
_LONGEST_PROMPT = 255


class FormBook:
    """The workbook of one form. Sheets note in `rows` what is needed to read the form back."""

    def __init__(self, form: Form, directory: Directory) -> None:
        """Begin a workbook without sheets."""
        self.form = form
        self.directory = directory
        self.workbook = new_workbook()
        self.rows: list[tuple[str, ...]] = [
            ("kehoach", FORMAT),
            ("agency", form.sender),
            ("province", form.agency.province),
            ("year", str(form.period.year)),
            *((("period", form.period.key),) if form.period.part else ()),
        ]
        self.labels = [plan_label(one.plan.id, one.plan.document.cite) for one in form.plans]
        self.footer = f"{form.agency.name} – {form.period.text}"

    def sheet(self, table: FormTable) -> FormGrid:
        """Add the sheet of a table."""
        return FormGrid(self.workbook.create_sheet(table.title), table.of(self.form.period))

    def write_hidden_sheet(self) -> None:
        """Add the hidden sheet: the rows noted, and the words of the drop-down lists."""
        sheet = self.workbook.create_sheet(HIDDEN)
        sheet.sheet_state = "veryHidden"
        for row, values in enumerate(self.rows, start=1):
            for column, text in enumerate(values, start=1):
                put(sheet.cell(row, column), text)
        lists = (list(STATUSES.values()), [YES, NO], self.labels, [REACHED, NOT_REACHED])
        for column, words in enumerate(lists, start=_FIRST_LIST):
            for row, text in enumerate(words, start=1):
                put(sheet.cell(row, column), text)

    def status_list(self) -> DataValidation:
        """Return the drop-down list of statuses."""
        return _list(_STATUS_LIST, len(STATUSES), "Chọn một trạng thái trong danh sách.")

    def flag_list(self) -> DataValidation:
        """Return the drop-down list of yes and no."""
        return _list(_FLAG_LIST, 2, f"Chọn {YES} hoặc {NO}.")

    def state_list(self) -> DataValidation:
        """Return the drop-down list of answers to a target in words."""
        return _list(_STATE_LIST, 2, f"Chọn {REACHED} hoặc {NOT_REACHED}.")

    def plan_list(self) -> DataValidation:
        """Return the drop-down list of the plans of the form."""
        return _list(_PLAN_LIST, len(self.labels), "Chọn một kế hoạch trong danh sách.")


def _list(letter: str, length: int, advice: str) -> DataValidation:
    area = f"'{HIDDEN}'!${letter}$1:${letter}${max(length, 1)}"
    validation = DataValidation(type="list", formula1=area, allow_blank=True)
    validation.errorTitle, validation.error = "Không có trong danh sách", advice
    validation.showErrorMessage = True
    return validation


def prompt(title: str, text: str) -> DataValidation:
    """Return a hint that Excel shows beside a selected cell; it refuses nothing."""
    shown = text if len(text) <= _LONGEST_PROMPT else f"{text[: _LONGEST_PROMPT - 1]}…"
    return DataValidation(type=None, allow_blank=True, showInputMessage=True, promptTitle=title, prompt=shown)
