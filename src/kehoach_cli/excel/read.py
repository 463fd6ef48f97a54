"""Reads a filled form back into the keys of a progress file."""

from pathlib import Path

from kehoach_cli.core.forms.form import Filled
from kehoach_cli.excel.answers import Notes
from kehoach_cli.excel.documents import FormDocuments
from kehoach_cli.excel.hidden_sheet import AskedForm, read_hidden_sheet
from kehoach_cli.excel.layout import COVER, FUNDING, INDICATORS, NARRATIVE, TASKS
from kehoach_cli.excel.locate import locate_tables
from kehoach_cli.excel.rows import RowFinder
from kehoach_cli.office.workbook import WorkbookSheet, read_sheets
from kehoach_cli.office.xlsx_package import WorkbookError


def read_form(path: Path, shown: str) -> Filled:
    """Return the answers of the workbook at `path`; findings name it `shown`.

    A bad workbook raises nothing: its faults are findings, and a workbook with an error among them is not used.
    """
    notes = Notes(shown)
    try:
        sheets = read_sheets(path)
    except WorkbookError as error:
        notes.error(str(error), error.hint)
        return Filled((), findings=tuple(notes.found))
    asked = read_hidden_sheet(sheets, notes)
    if asked is None:
        return Filled((), findings=tuple(notes.found))
    return _filled(sheets, asked, notes)


def _filled(sheets: tuple[WorkbookSheet, ...], asked: AskedForm, notes: Notes) -> Filled:
    tables = locate_tables(sheets, asked, notes)
    finder, documents = RowFinder(asked, notes), FormDocuments(asked, notes)
    for row in finder.rows(INDICATORS, tables[INDICATORS]):
        documents.add_indicator(row)
    for row in finder.rows(TASKS, tables[TASKS]):
        documents.add_task(row)
    for located in tables[FUNDING]:
        for number in located.body:
            documents.add_funding(located.answers(number))
    for row in finder.rows(NARRATIVE, tables[NARRATIVE]):
        documents.add_narrative(row)
    kept = documents.finished(list(finder.rows(COVER, tables[COVER])))
    order = {plan: index for index, plan in enumerate(kept)}
    cells = {(order[plan], *path): place for (plan, path), place in documents.places.items() if plan in order}
    return Filled(tuple(kept.values()), cells, tuple(notes.found))
