"""The form as a workbook: one file for one agency and year with all its plans; official text is locked, answers are open."""

from kehoach_cli.core.forms.form import Form
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.excel.form_book import FormBook
from kehoach_cli.excel.form_sheets.cover import write_cover
from kehoach_cli.excel.form_sheets.funding import write_funding
from kehoach_cli.excel.form_sheets.indicators import write_indicators
from kehoach_cli.excel.form_sheets.narrative import write_narrative
from kehoach_cli.excel.form_sheets.tasks import write_tasks
from kehoach_cli.excel.style import saved


def form_workbook(form: Form, directory: Directory) -> bytes:
    """Return the workbook one agency fills in for a year; equal forms give equal bytes.

    Raises:
        CannotRunError: an answer given earlier is longer than a cell can hold.
    """
    book = FormBook(form, directory)
    for write in (write_cover, write_indicators, write_tasks, write_funding, write_narrative):
        write(book)
    book.write_hidden_sheet()
    return saved(book.workbook)
