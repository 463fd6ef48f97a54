"""Word files of compiled reports, letters, summaries and consolidated texts."""

import gc

from kehoach_cli.core.report.consolidated_document import ConsolidatedData
from kehoach_cli.core.report.model import LetterData, ReportData
from kehoach_cli.core.report.summary_document import SummaryData
from kehoach_cli.errors import KehoachError
from kehoach_cli.store.workspace.paths import Root, folder_of_template
from kehoach_cli.word.context import consolidated_view, letter_view, report_charts, report_view, summary_view
from kehoach_cli.word.render import render
from kehoach_cli.word.template_variables import variables
from kehoach_cli.word.templates import load_template, template_for


def word_file(
    data: ReportData | LetterData | SummaryData | ConsolidatedData, root: Root, template: bytes | None
) -> bytes:
    """Return the document as a .docx file, made with this template (None: the one for its kind).

    Raises:
        KehoachError: the template cannot be used; the message names the plan.
    """
    name = template_for(data)
    content = template or load_template(folder_of_template(root, name), name)
    # The document before this one is full of reference cycles: without this all its XML would wait for a full collection.
    gc.collect(1)
    try:
        if isinstance(data, LetterData):
            return render(content, variables(letter_view(data)), data.expected)
        if isinstance(data, SummaryData):
            return render(content, variables(summary_view(data)), data.expected)
        if isinstance(data, ConsolidatedData):
            return render(content, variables(consolidated_view(data)), data.expected, notes=data.notes)
        return render(content, variables(report_view(data)), data.expected, report_charts(data))
    except KehoachError as error:
        raise type(error)(f"{data.plan}: {error}", *error.details) from None
