"""`kehoach show`: one task or indicator in full."""

from typing import Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import Destination, Result, find_item, finish, open_workspace
from kehoach_cli.core.amend.words import of_row
from kehoach_cli.core.check.promise import promised
from kehoach_cli.core.check.trend import trends
from kehoach_cli.core.duties.assess import TaskStates
from kehoach_cli.core.duties.select import Answer, IndicatorRow, marked, reported_values, task_row
from kehoach_cli.core.model.legal import in_force_no_more
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Task
from kehoach_cli.errors import ExitCode


def show(
    context: Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="MÃ",
            autocompletion=options.complete_row,
            help="Mã nhiệm vụ hoặc chỉ tiêu, ví dụ kh-176/PL2.III.1; bỏ phần kế hoạch nếu mã là duy nhất.",
        ),
    ],
    as_of: options.AsOfOption = None,
    progress: options.ProgressOption = None,
    format_: options.FormatOption = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Xem đầy đủ một nhiệm vụ hoặc chỉ tiêu.

    Ví dụ: kehoach show kh-176/PL2.III.1
    """
    workspace = open_workspace(context.program, progress, closed=True, day=as_of)
    catalogue = workspace.catalogue
    directory, changed = catalogue.directory, catalogue.adjustments
    found = find_item(catalogue, reference)
    from kehoach_cli.render import indicators, tasks
    from kehoach_cli.render import show as view
    from kehoach_cli.render.machine import records
    from kehoach_cli.render.trend import promise_record, trend_records

    day = as_of or clock.today()
    legal = in_force_no_more(found.plan, found.words, directory.replaced, day)
    amended = of_row(catalogue.amended, found.plan.id, found.row.id)
    documents = view.document_blocks(amended, legal)
    cited = {
        "amended": [records.amended_record(one) for one in amended],
        "replaced_documents": [records.replaced_record(one) for one in legal],
    }
    if isinstance(found.row, Task):
        states = TaskStates(directory, catalogue.submissions)
        task = marked(task_row(found.plan, found.row, (), states, day), changed)
        said = states.said(found.plan, found.row, day)
        promise = promised(catalogue, found.plan, Period(day.year), day)
        result = Result(
            name="show",
            records=lambda: [
                records.task_details(task, directory, day, said, changed)
                | {"last_year": promise_record(promise, task.task.id)}
                | cited
            ],
            listing=lambda: view.task_listing(task, said, directory, changed, promise, documents),
            sheet=lambda: tasks.tasks_sheet((Answer(None, None, (task,)),), directory, day),
            summary={"count": 1, "as_of": day},
        )
    else:
        indicator = IndicatorRow(found.plan, found.row, ())
        values = reported_values(found.plan, found.row, catalogue.submissions, day)
        (trend,) = trends(catalogue, found.plan, Period(day.year), day, only=[found.row]).values()
        result = Result(
            name="show",
            records=lambda: [
                records.indicator_details(indicator, directory, values, changed)
                | {"trend": trend_records(trend)}
                | cited
            ],
            listing=lambda: view.indicator_listing(indicator, values, directory, changed, trend, documents),
            sheet=lambda: indicators.indicators_sheet((indicator,), directory),
            summary={"count": 1},
        )
    return finish(context.program, workspace, result, Destination(format_, output, force))
