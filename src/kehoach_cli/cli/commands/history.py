"""`kehoach history`: a value or a status over time."""

from typing import Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import Destination, Result, find_item, finish, open_workspace
from kehoach_cli.core.forms.history import history as history_of
from kehoach_cli.errors import ExitCode


def history(
    context: Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="MÃ",
            autocompletion=options.complete_row,
            help="Mã nhiệm vụ hoặc chỉ tiêu, ví dụ kh-176/PL1.17; bỏ phần kế hoạch nếu mã là duy nhất.",
        ),
    ],
    progress: options.ProgressOption = None,
    format_: options.FormatOption = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Xem một số liệu hoặc trạng thái đã thay đổi thế nào: cơ quan nào, biểu nào, ngày nào, từ giá trị nào sang giá trị nào.

    Ví dụ: kehoach history kh-176/PL1.17
    """
    workspace = open_workspace(context.program, progress)
    found = find_item(workspace.catalogue, reference)
    from kehoach_cli.render import history as view
    from kehoach_cli.store.workspace.received import archive_of

    _, journal = archive_of(workspace.root, None).read()
    events = history_of(journal, workspace.catalogue, found)
    directory = workspace.catalogue.directory
    result = Result(
        name="history",
        records=lambda: map(view.history_record, events),
        listing=lambda: view.history_listing(found, events, directory),
        sheet=lambda: view.history_sheet(found, events, directory),
        summary={"ref": found.ref, "count": len(events)},
    )
    return finish(context.program, workspace, result, Destination(format_, output, force))
