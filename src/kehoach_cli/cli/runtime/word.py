"""Word files of compiled reports: the template is the user's, the workspace's or the program's own."""

import gc
from pathlib import Path

from kehoach_cli.core.report.model import LetterData, ReportData
from kehoach_cli.errors import KehoachError, UsageError, reason
from kehoach_cli.store.files.reading import whole_document
from kehoach_cli.store.workspace.paths import Root, folder_of_template
from kehoach_cli.word.context import letter_view, report_charts, report_view
from kehoach_cli.word.render import render
from kehoach_cli.word.template_variables import variables
from kehoach_cli.word.templates import TEMPLATES, load_template, template_for


def word_file(data: ReportData | LetterData, root: Root, template: str | None) -> bytes:
    """Return the document as a .docx file; `template` names a built-in template or a file (None: the one for this kind).

    Raises:
        KehoachError: the template cannot be read or used; the message names the plan.
    """
    content = _template(data, root, template)
    # The document before this one is full of reference cycles: without this all its XML would wait for a full collection.
    gc.collect(1)
    try:
        if isinstance(data, LetterData):
            return render(content, variables(letter_view(data)), data.expected)
        return render(content, variables(report_view(data)), data.expected, report_charts(data))
    except KehoachError as error:
        raise type(error)(f"{data.plan}: {error}", *error.details) from None


def _template(data: ReportData | LetterData, root: Root, name: str | None) -> bytes:
    name = name or template_for(data)
    known = [template.name for template in TEMPLATES]
    if name in known:
        return load_template(folder_of_template(root, name), name)
    try:
        return whole_document(Path(name))
    except (OSError, ValueError) as error:
        raise UsageError(f'không đọc được mẫu "{name}": {reason(error)}; các mẫu có sẵn: {", ".join(known)}') from None
