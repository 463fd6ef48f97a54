"""Forms from the real plans, and a person who fills them in with openpyxl instead of Excel."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kehoach_cli.core.duties.match import LEAD, Matcher
from kehoach_cli.core.forms.asked import asked_values, periods_of
from kehoach_cli.core.forms.form import Filled, Form, IndicatorQuestion, PlanForm, TaskQuestion
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import ConditionKind, Indicator, Plan, Task
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.excel.form import form_workbook
from kehoach_cli.excel.read import read_form


def form_of(catalogue: Catalogue, name: str, *plans: str, answered: Submission | None = None) -> Form:
    """Return the form for what an agency leads in the plans named, for 2025."""
    year = 2025
    agency = catalogue.directory.resolve(name, "thanh-hoa")[0]
    parts = []
    for plan in (plan for plan in catalogue.plans if plan.id in plans):
        matcher = Matcher(catalogue.directory, plan.province, agency)
        led = [task for task in plan.tasks if any(found.role == LEAD for found in matcher.task(plan, task))]
        given = answered if answered and answered.plan == plan.id else None
        indicators = tuple(
            indicator_question(indicator, year, given) for indicator in plan.indicators if matcher.indicator(indicator)
        )
        tasks = tuple(task_question(plan, task, given) for task in led)
        parts.append(PlanForm(plan, True, None, indicators, tasks, date(year, 12, 14), given))  # noqa: FBT003
    return Form(agency, Period(year), tuple(parts))


def indicator_question(indicator: Indicator, year: int, given: Submission | None = None) -> IndicatorQuestion:
    target = next((target for target in indicator.targets if target.year >= year), None)
    answer = given.indicators.get(indicator.id) if given else None
    return IndicatorQuestion(indicator, target, asked_values(indicator, target, year), answer=answer)


def task_question(plan: Plan, task: Task, given: Submission | None = None) -> TaskQuestion:
    section = plan.section(task.section)
    waits = any(condition.kind is ConditionKind.AFTER for condition in task.conditions)
    title = f"{section.id}. {section.title}" if section else ""
    return TaskQuestion(
        task,
        title,
        task.deadline,
        "chủ trì",
        waits,
        periods_of(task.schedule, Period(2025)),
        answer=given.tasks.get(task.id) if given else None,
    )


def form_asking(catalogue: Catalogue, indicators: tuple[Indicator, ...] = (), tasks: tuple[Task, ...] = ()) -> Form:
    """Return the form of Sở Y tế for these rows alone, as rows of kh-176."""
    form = form_of(catalogue, "Sở Y tế", "kh-176")
    plan = form.plans[0].plan
    questions = tuple(indicator_question(indicator, form.period.year) for indicator in indicators)
    part = replace(form.plans[0], indicators=questions, tasks=tuple(task_question(plan, task) for task in tasks))
    return replace(form, plans=(part,))


def workbook_of(catalogue: Catalogue, form: Form) -> bytes:
    return form_workbook(form, catalogue.directory)


class Desk:
    """A form that a person opens, fills in by row and column as people see them, saves and sends back."""

    def __init__(self, workbook: bytes, folder: Path) -> None:
        self.path = folder / "bieu-mau.xlsx"
        self.book: Workbook = load_workbook(BytesIO(workbook))

    def sheet(self, title: str) -> Worksheet:
        sheet = self.book[title]
        assert isinstance(sheet, Worksheet)
        return sheet

    def place(self, title: str, row: str, header: str, part: str | None = None) -> str:
        """Return the name of the cell in the row with this id, in the column with this header."""
        sheet = self.sheet(title)
        cells = [cell for line in sheet.iter_rows() for cell in line]
        column = next(cell.column_letter for cell in cells if cell.value == header)
        rows = [cell.row for cell in cells if cell.value == row]
        if part:
            rows = [number for number in rows if any(cell.value == part for cell in sheet[number])]
        return f"{column}{rows[0]}"

    def fill(self, title: str, row: str, answers: dict[str, Any], part: str | None = None) -> None:
        for header, value in answers.items():
            cell = self.sheet(title)[self.place(title, row, header, part)]
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"

    def sent(self) -> Filled:
        self.book.save(self.path)
        return read_form(self.path, "bieu-mau.xlsx")

    def sent_as(self, change: Callable[[bytes], bytes]) -> Filled:
        self.book.save(self.path)
        self.path.write_bytes(change(self.path.read_bytes()))
        return read_form(self.path, "bieu-mau.xlsx")


def said(filled: Filled) -> list[tuple[str, str | None, str]]:
    return [(finding.severity.value, finding.cell, finding.message) for finding in filled.findings]
