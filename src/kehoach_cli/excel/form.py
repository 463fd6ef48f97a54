"""The form as a workbook: one file for one agency and year, all its plans; official text locked, answers open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.forms.form import Form, IndicatorQuestion, PlanForm, TaskQuestion
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.plan import Plan, ReportingRule
from kehoach_cli.core.model.progress import Paper, Status, SubmittedIndicator, SubmittedTask
from kehoach_cli.errors import CannotRunError
from kehoach_cli.excel.layout import (
    COVER,
    FORMAT,
    FUNDING,
    INDICATORS,
    MACHINE,
    MOST_IN_A_CELL,
    NARRATIVE,
    NO,
    NO_INDICATORS,
    NO_TASKS,
    TASKS,
    TOPICS,
    YES,
    Column,
    Table,
    plan_label,
)
from kehoach_cli.excel.style import fit_height, lines, lock, new_workbook, print_on_a4, put, saved
from kehoach_cli.viet.dates import format_date

_BLANK_FUNDING_ROWS = 12
# A row is 409 points high at most: what takes more lines needs a wider column.
_MOST_LINES = 25
_HEADER_ROW = 3
# Widths up to this leave room for answers beside the frozen columns on a small screen.
_WIDEST_FROZEN = 60
_VALUE_LABEL = "Kết quả (theo đơn vị tính)"


def form_workbook(form: Form, directory: Directory) -> bytes:
    """Return the workbook one agency fills in for a year; equal forms give equal bytes.

    Raises:
        CannotRunError: an answer given earlier is longer than a cell can hold.
    """
    return saved(_Writer(form, directory).workbook())


class _Grid(Struct):
    """One sheet while it is written, row by row."""

    sheet: Worksheet
    table: Table
    row: int = 0
    least: int = 2
    widths: dict[str, float] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def headline(self, title: str, note: str) -> None:
        """Write the title, one line of advice, and the header of the table."""
        put(self.sheet.cell(1, 1), title, "title")
        put(self.sheet.cell(2, 1), note, "note")
        self.row = _HEADER_ROW - 1
        self.header()

    def header(self) -> None:
        """Write the header row."""
        self.row += 1
        for number, column in enumerate(self.table.columns, start=1):
            put(self.sheet.cell(self.row, number), column.header, "asked" if column.answer else "header")
        # Bold letters are broader.
        fit_height(self.sheet, self.row, ((column.header, column.width * 0.85) for column in self.table.columns))

    def band(self, text: str, style: str) -> None:
        """Write a heading over the whole width."""
        self.row += 1
        for number in range(1, len(self.table.columns) + 1):
            put(self.sheet.cell(self.row, number), text if number == 1 else None, style)
        last = len(self.table.columns)
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=last)
        fit_height(self.sheet, self.row, [(text, 0.85 * sum(map(self._width, self.table.columns)))])

    def line(self, values: Mapping[str, str | None], closed: Iterable[str] = ()) -> None:
        """Write one row: official text in locked cells, answers so far in open ones; `closed` are asked of other rows only."""
        self.row += 1
        shut = set(closed)
        for number, column in enumerate(self.table.columns, start=1):
            cell, text = self.sheet.cell(self.row, number), values.get(column.key)
            if not column.answer:
                put(cell, text, "id" if column.key == "ref" else "body")
            elif column.key in shut:
                put(cell, None, "closed")
            else:
                put(cell, _fitting(text, f"{self.table.title}!{cell.coordinate}"), "answer")
                self.choices.setdefault(column.key, []).append(cell.coordinate)
        texts = ((values.get(column.key), self._width(column)) for column in self.table.columns)
        fit_height(self.sheet, self.row, texts, self.least)

    def _width(self, column: Column) -> float:
        return self.widths.get(column.key, column.width)

    def finish(self, footer: str, header_row: int | None = _HEADER_ROW, frozen: int = 0) -> None:
        """Set widths, freeze the header and the first columns, lock, prepare for print."""
        for number, column in enumerate(self.table.columns, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = self._width(column)
        if header_row:
            self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{header_row + 1}"
        print_on_a4(self.sheet, header_row, footer)
        lock(self.sheet)

    def offer(self, key: str, validation: DataValidation) -> None:
        """Attach a drop-down or a prompt to the open cells of a column."""
        cells = self.choices.get(key)
        if cells:
            for cell in cells:
                validation.add(cell)
            self.sheet.add_data_validation(validation)


class _Writer:
    """Builds the sheets one after the other; `_machine` gathers what reading the form back needs."""

    def __init__(self, form: Form, directory: Directory) -> None:
        self._form = form
        self._directory = directory
        self._book: Workbook = new_workbook()
        self._machine: list[tuple[str, ...]] = [
            ("kehoach", FORMAT),
            ("agency", form.agency.id),
            ("province", form.agency.province),
            ("year", str(form.year)),
        ]
        self._labels = [plan_label(one.plan.id, one.plan.document.cite) for one in form.plans]
        self._footer = f"{form.agency.name} – năm {form.year}"

    def workbook(self) -> Workbook:
        self._cover()
        self._indicators()
        self._tasks()
        self._funding()
        self._narrative()
        self._hidden()
        return self._book

    def _grid(self, table: Table) -> _Grid:
        return _Grid(self._book.create_sheet(table.title), table)

    def _cover(self) -> None:
        grid = self._grid(COVER)
        name, year = self._form.agency.name, self._form.year
        put(grid.sheet.cell(1, 1), f"BIỂU MẪU BÁO CÁO NĂM {year}", "title")
        put(grid.sheet.cell(2, 1), name, "title")
        put(grid.sheet.cell(3, 1), "Kết quả thực hiện các kế hoạch, chương trình hành động của tỉnh", "note")
        grid.row = 4
        grid.header()
        for one in self._form.plans:
            plan = one.plan
            self._machine.append(("plan", plan.id, plan.document.cite))
            submitted = one.answered.submitted if one.answered else None
            answers = {
                "cutoff": format_date(one.cutoff),
                "submitted": format_date(submitted) if submitted else None,
            }
            official = {
                "ref": plan.id,
                "title": plan.document.cite,
                "to": self._recipients(plan),
                "due": self._due(one),
            }
            grid.line(official | answers)
        grid.row += 1
        for heading, texts in self._advice():
            grid.row += 1
            put(grid.sheet.cell(grid.row, 1), heading, "heading")
            for text in texts:
                self._paragraph(grid, text)
        grid.offer("cutoff", _prompt(*_DATE_PROMPT))
        grid.offer("submitted", _prompt(*_DATE_PROMPT))
        grid.finish(self._footer, None)
        grid.sheet.page_setup.fitToHeight = 1

    def _paragraph(self, grid: _Grid, text: str) -> None:
        """Write advice over the whole width; a merged row does not grow by itself, so its height is counted."""
        grid.row += 1
        put(grid.sheet.cell(grid.row, 1), text, "text")
        grid.sheet.merge_cells(start_row=grid.row, end_row=grid.row, start_column=1, end_column=len(COVER.columns))
        fit_height(grid.sheet, grid.row, [(text, sum(column.width for column in COVER.columns))])

    def _recipients(self, plan: Plan) -> str:
        rule = self._rule(plan)
        if rule is None:
            body = self._names(plan, [plan.coordinator])
            return f"Kế hoạch không quy định nơi nhận báo cáo của đơn vị; cơ quan theo dõi chung: {body}"
        text = self._names(plan, rule.recipients)
        return f"{text} (qua {self._names(plan, rule.via)})" if rule.via else text

    def _rule(self, plan: Plan) -> ReportingRule | None:
        return next((rule for rule in plan.reporting if rule.level == "unit"), None)

    def _names(self, plan: Plan, ids: Iterable[str]) -> str:
        """Return names of bodies, each dissolved one with its heirs of today."""
        found = []
        for agency_id in ids:
            agency = self._directory.get(plan.province, agency_id)
            heirs = self._directory.heirs(agency) if agency else ()
            names = "; ".join(heir.name for heir in heirs)
            if names and agency and not self._directory.heirs_certain(agency):
                names += ", cần xác nhận"
            found.append(self._directory.name(plan.province, agency_id) + (f" (nay: {names})" if names else ""))
        return "; ".join(found)

    def _due(self, one: PlanForm) -> str:
        rule = self._rule(one.plan)
        words = [rule.due.text] if rule and rule.due.text else []
        if one.due:
            words.append(f"năm {self._form.year}: chậm nhất ngày {format_date(one.due)}")
        if rule:
            words.append(f"(mục {rule.source} của văn bản)")
        if not one.required:
            words.append("Văn bản không bắt buộc đơn vị báo cáo.")
        return "\n".join(words) if words else "Văn bản không ấn định thời hạn."

    def _advice(self) -> Iterator[tuple[str, list[str]]]:
        coordinators = dict.fromkeys(self._names(one.plan, [one.plan.coordinator]) for one in self._form.plans)
        yield "Cách điền", _HOW_TO_FILL
        yield "Cách ghi số và ngày", _NOTATION
        yield (
            "Trạng thái của nhiệm vụ",
            [f"{label[0].upper()}{label[1:]}: {_STATUS_MEANING[code]}" for code, label in STATUSES.items()],
        )
        yield "Nơi giải đáp", [f"Cơ quan theo dõi, đôn đốc chung: {'; '.join(coordinators)}."] if coordinators else []

    def _indicators(self) -> None:
        grid = self._grid(INDICATORS)
        year = self._form.year
        grid.headline(
            f"KẾT QUẢ THỰC HIỆN CHỈ TIÊU NĂM {year} – {self._form.agency.name}",
            "Điền các ô nền vàng nhạt. Số thập phân dùng dấu phẩy (86,5); chưa có số liệu thì để trống.",
        )
        for one in self._form.plans:
            if one.indicators:
                grid.band(one.plan.document.cite, "plan")
            section = None
            for question in one.indicators:
                if question.indicator.section != section:
                    section = question.indicator.section
                    self._section(grid, one.plan, section)
                self._indicator(grid, one.plan, question)
        if grid.row == _HEADER_ROW:
            grid.band(NO_INDICATORS, "section")
        grid.offer("estimate", self._yes_no())
        grid.offer(
            "value", _prompt("Giá trị", "Số thập phân dùng dấu phẩy, ví dụ 86,5 hoặc 88.823,44. Không ghi đơn vị.")
        )
        grid.finish(self._footer, frozen=2)

    def _section(self, grid: _Grid, plan: Plan, section_id: str | None) -> None:
        section = plan.section(section_id)
        if section:
            grid.band(f"{section.printed or section.id}. {section.title}", "section")

    def _indicator(self, grid: _Grid, plan: Plan, question: IndicatorQuestion) -> None:
        """Write a row for each value asked for; what is said once for the indicator is asked in its first row."""
        indicator, answer, before = question.indicator, question.answer or SubmittedIndicator(), question.before
        ref = f"{plan.id}/{indicator.id}"
        target = question.target
        official: dict[str, str | None] = {
            "ref": ref,
            "name": indicator.as_issued.get("name") or indicator.name,
            "unit": indicator.unit,
            "target": f"{_target_text(question)}\n(năm {target.year})" if target else "chưa có mục tiêu",
        }
        once = {
            "estimate": YES if answer.estimate else None,
            "to_date": answer.to_date,
            "source": answer.source,
            "note": answer.note,
        }
        for number, (slot, label) in enumerate(_slots(question, self._form.year)):
            unit = indicator.unit if not slot.startswith("level/") else None
            self._machine.append(("indicator", ref, slot, label, unit or ""))
            values = official | {
                "part": label,
                "unit": unit,
                "before": _value_at(before, slot),
                "value": _value_at(answer, slot),
            }
            grid.line(values | once if number == 0 else values, closed=once if number else ())

    def _tasks(self) -> None:
        grid = self._grid(TASKS)
        grid.widths["text"] = _fitting_width(
            (question.task.text for one in self._form.plans for question in one.tasks), TASKS, "text"
        )
        grid.headline(
            f"KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM {self._form.year} – {self._form.agency.name}",
            "Điền các ô nền vàng nhạt. Ô màu xám: không áp dụng cho nhiệm vụ này.",
        )
        for one in self._form.plans:
            if one.tasks:
                grid.band(one.plan.document.cite, "plan")
            section = ""
            for question in one.tasks:
                if question.section and question.section != section:
                    grid.band(question.section, "section")
                section = question.section
                self._task(grid, one.plan, question)
        if grid.row == _HEADER_ROW:
            grid.band(NO_TASKS, "section")
        grid.offer("status", self._list("F", len(STATUSES), "Chọn một trạng thái trong danh sách."))
        for key in ("condition_met", "done_this_year"):
            grid.offer(key, self._yes_no())
        for key in ("completed", "extension_to"):
            grid.offer(key, _prompt(*_DATE_PROMPT))
        grid.offer(
            "documents", _prompt("Văn bản", "Cách nhau bằng dấu chấm phẩy: 12/BC-SYT ngày 10/12/2025; 45/KH-SYT")
        )
        width = _fitting_width(
            (question.task.text for one in self._form.plans for question in one.tasks), TASKS, "text"
        )
        grid.sheet.column_dimensions[get_column_letter(TASKS.number("text"))].width = width
        grid.finish(self._footer, frozen=2 if width < _WIDEST_FROZEN else 1)

    def _task(self, grid: _Grid, plan: Plan, question: TaskQuestion) -> None:
        task, answer = question.task, question.answer or SubmittedTask()
        ref = f"{plan.id}/{task.id}"
        self._machine.append(("task", ref))
        due = [task.schedule.text] if task.schedule.text else ["không ghi thời gian"]
        if question.deadline:
            due.append(f"Thời hạn: {format_date(question.deadline)}")
        before = question.before.status if question.before else None
        official = {
            "ref": ref,
            "text": task.text,
            "role": question.reached,
            "due": "\n".join(due),
            "outputs": "; ".join(task.outputs),
            "before": STATUSES[before] if before else None,
        }
        answers = {
            "status": STATUSES[answer.status] if answer.status else None,
            "result": answer.result,
            "documents": "; ".join(map(_paper_text, answer.documents)),
            "completed": format_date(answer.completed) if answer.completed else None,
            "extension_to": format_date(answer.extension.to) if answer.extension else None,
            "extension_document": answer.extension.document if answer.extension else None,
            "condition_met": _flag_text(answer.condition_met),
            "done_this_year": _flag_text(answer.done_this_year),
            "difficulty": answer.difficulty,
        }
        open_anyway = question.conditional or answer.condition_met is not None
        grid.line(official | answers, closed=() if open_anyway else ("condition_met",))

    def _funding(self) -> None:
        grid = self._grid(FUNDING)
        grid.headline(
            f"KINH PHÍ THỰC HIỆN NĂM {self._form.year} – {self._form.agency.name}",
            "Mỗi nguồn kinh phí của một kế hoạch ghi một dòng; chọn kế hoạch trong danh sách.",
        )
        for label, one in zip(self._labels, self._form.plans, strict=True):
            for entry in one.answered.funding if one.answered else ():
                grid.line({"plan": label, **entry})
        for _ in range(_BLANK_FUNDING_ROWS):
            grid.line({})
        grid.offer("plan", self._list("H", len(self._labels), "Chọn một kế hoạch trong danh sách."))
        grid.finish(self._footer)

    def _narrative(self) -> None:
        grid = self._grid(NARRATIVE)
        grid.least = 4
        grid.headline(
            f"THUYẾT MINH BÁO CÁO NĂM {self._form.year} – {self._form.agency.name}",
            "Mỗi nội dung ghi vào một ô; không có thì để trống. Xuống dòng trong ô: Alt + Enter.",
        )
        for one in self._form.plans:
            grid.band(one.plan.document.cite, "plan")
            narrative = one.answered.narrative if one.answered else {}
            for topic in TOPICS:
                ref = f"{one.plan.id}/{topic.code}"
                self._machine.append(("narrative", ref))
                text = _narrative_text(narrative, topic.path)
                grid.line({"ref": ref, "topic": topic.text, "text": text})
        grid.finish(self._footer)

    def _hidden(self) -> None:
        sheet = self._book.create_sheet(MACHINE)
        sheet.sheet_state = "veryHidden"
        lists = [[STATUSES[status] for status in STATUSES], [YES, NO], self._labels]
        for row, values in enumerate(self._machine, start=1):
            for column, text in enumerate(values, start=1):
                put(sheet.cell(row, column), text)
        for column, words in enumerate(lists, start=6):
            for row, text in enumerate(words, start=1):
                put(sheet.cell(row, column), text)

    def _yes_no(self) -> DataValidation:
        return self._list("G", 2, f"Chọn {YES} hoặc {NO}.")

    def _list(self, letter: str, length: int, advice: str) -> DataValidation:
        validation = DataValidation(
            type="list", formula1=f"'{MACHINE}'!${letter}$1:${letter}${max(length, 1)}", allow_blank=True
        )
        validation.errorTitle, validation.error = "Không có trong danh sách", advice
        validation.showErrorMessage = True
        return validation


_HOW_TO_FILL = [
    (
        "1. Chỉ điền vào các ô nền vàng nhạt; các ô khác đã khóa để giữ nguyên văn kế hoạch. Không có gì để báo cáo thì để "
        "trống, không xóa dòng."
    ),
    (
        "2. Không xóa cột “Mã”, không sửa mã và dòng tiêu đề: nhờ đó phần mềm biết câu trả lời thuộc chỉ tiêu, nhiệm vụ nào. "
        "Không gộp ô. Không dùng công thức trong ô trả lời; nếu đã tính ở nơi khác thì chép rồi dán giá trị."
    ),
    (
        "3. Điền ngày chốt số liệu và ngày gửi báo cáo của từng kế hoạch ở bảng trên, sau đó lần lượt điền các trang “Chỉ "
        "tiêu”, “Nhiệm vụ”, “Kinh phí”, “Thuyết minh”. Lưu ở dạng Excel (.xlsx) và gửi về nơi nhận ghi ở bảng trên."
    ),
]
_NOTATION = [
    (
        "Số thập phân dùng dấu phẩy, hàng nghìn dùng dấu chấm: 86,5; 1.250; 88.823,44. Đơn vị tính đã có ở cột riêng, không "
        "ghi lại. Chưa có số liệu thì để trống, không ghi số 0."
    ),
    (
        "Số liệu chưa chính thức: chọn “Có” ở cột “Là số ước”. Cột “Lũy kế” là tổng từ đầu kỳ kế hoạch đến nay. Chỉ tiêu có "
        "nhiều đối tượng thì mỗi đối tượng một dòng; chỉ tiêu so với năm gốc thì ghi kết quả, hoặc ghi mức của năm gốc và mức "
        "của năm báo cáo."
    ),
    (
        "Ngày ghi theo thứ tự ngày/tháng/năm: 10/12/2025. Cột “Văn bản”: các văn bản cách nhau bằng dấu chấm phẩy, ví dụ: "
        "12/BC-SYT ngày 10/12/2025; 45/KH-SYT."
    ),
]
_DATE_PROMPT = ("Ngày", "Ghi ngày/tháng/năm, ví dụ 10/12/2025.")
_STATUS_MEANING = {
    Status.NOT_STARTED: "chưa triển khai việc gì.",
    Status.IN_PROGRESS: "đã triển khai, chưa xong.",
    Status.DONE: "đã có sản phẩm; ghi ngày hoàn thành và văn bản.",
    Status.ONGOING: "việc làm hằng năm, không có điểm kết thúc; ghi thêm cột “Đã làm trong năm”.",
    Status.PAUSED: "đang triển khai thì dừng lại; nêu lý do ở cột “Khó khăn, vướng mắc”.",
    Status.WAITING: "phải chờ văn bản, hướng dẫn của cơ quan khác; nêu rõ chờ văn bản nào.",
    Status.CARRIED: "chuyển sang kỳ sau hoặc cơ quan khác; ghi văn bản.",
    Status.DROPPED: "được cấp có thẩm quyền cho dừng, điều chỉnh, bãi bỏ; ghi văn bản.",
}


def _prompt(title: str, text: str) -> DataValidation:
    """Return a hint shown beside a chosen cell; nothing typed is refused."""
    return DataValidation(type=None, allow_blank=True, showInputMessage=True, promptTitle=title, prompt=text)


def _slots(question: IndicatorQuestion, year: int) -> list[tuple[str, str]]:
    """Return (where a value belongs, how the row says so) for each value asked for."""
    if question.scopes:
        return [(f"value/{scope}", scope) for scope in question.scopes]
    if not question.base_years:
        return [("value", "")]
    years = sorted({*question.base_years, year})
    return [("value", _VALUE_LABEL), *((f"level/{one}", f"Mức năm {one}") for one in years)]


def _value_at(report: SubmittedIndicator | None, slot: str) -> str | None:
    if report is None:
        return None
    kind, _, name = slot.partition("/")
    if kind == "level":
        return report.levels.get(int(name))
    return report.parts.get(name) if name else report.value


def _target_text(question: IndicatorQuestion) -> str:
    target = question.target
    return question.indicator.as_issued.get("target", target.text) if target else ""


def _paper_text(paper: Paper) -> str:
    return f"{paper.number} ngày {format_date(paper.dated)}" if paper.dated else paper.number


def _flag_text(flag: bool | None) -> str | None:  # noqa: FBT001 - an answer, not a switch
    return None if flag is None else YES if flag else NO


def _narrative_text(narrative: Mapping[str, object], path: Sequence[str | int]) -> str | None:
    value: object = narrative
    for key in path:
        value = value.get(str(key)) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else None


def _fitting(text: str | None, place: str) -> str | None:
    if text and len(text.encode("utf-16-le")) // 2 > MOST_IN_A_CELL:
        raise CannotRunError(f'nội dung đã báo cáo dài hơn một ô Excel chứa được ({place}); rút ngắn: "{text[:60]}…"')
    return text


def _fitting_width(texts: Iterable[str], table: Table, key: str) -> float:
    """Return a width at which the longest text still fits the height of a row."""
    longest = sorted(texts, key=len)[-5:]
    width = table.column(key).width
    while any(lines(text, width) > _MOST_LINES for text in longest):
        width += 4
    return width
