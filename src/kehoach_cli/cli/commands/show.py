"""`kehoach show`: one task or indicator in full, or the whole text of a plan as amended."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import Destination, Result, find_item, finish, open_workspace, say
from kehoach_cli.core.amend.words import of_row
from kehoach_cli.core.check.promise import promised
from kehoach_cli.core.check.trend import trends
from kehoach_cli.core.duties.assess import TaskStates
from kehoach_cli.core.duties.select import Answer, IndicatorRow, marked, reported_values, task_row
from kehoach_cli.core.model.legal import in_force_no_more
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Task
from kehoach_cli.errors import CannotRunError, ExitCode, UsageError
from kehoach_cli.viet.dates import format_date

if TYPE_CHECKING:
    from kehoach_cli.core.model.catalogue import Catalogue, Item
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.store.workspace.load import Workspace

_FORMATS = (*options.LISTING_FORMATS, options.Format.DOCX)


def show(
    context: Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="MÃ",
            autocompletion=options.complete_plan_or_row,
            help="Mã nhiệm vụ hoặc chỉ tiêu, ví dụ kh-176/PL2.III.1 (bỏ phần kế hoạch nếu mã là duy nhất), hay mã kế hoạch.",
        ),
    ],
    as_of: options.AsOfOption = None,
    progress: options.ProgressOption = None,
    format_: Annotated[
        options.Format,
        options.format_option(
            _FORMATS, "Dạng kết quả; xlsx và docx cần -o TỆP; docx là văn bản hợp nhất của cả kế hoạch."
        ),
    ] = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Xem đầy đủ một nhiệm vụ, chỉ tiêu; hoặc cả kế hoạch với nội dung đang có hiệu lực, kèm chú thích chỗ được sửa đổi.

    Ví dụ: kehoach show kh-176/PL2.III.1
    """
    workspace = open_workspace(context.program, progress, closed=True, day=as_of)
    catalogue, day = workspace.catalogue, as_of or clock.today()
    plan = catalogue.plan(reference.strip().casefold())
    if plan:
        result = _of_plan(workspace, plan, day)
    elif format_ is options.Format.DOCX:
        raise UsageError(
            "docx là văn bản hợp nhất của cả kế hoạch; nêu mã kế hoạch, ví dụ: kehoach show kh-176 -f docx -o hop-nhat.docx"
        )
    else:
        result = _of_row(catalogue, find_item(catalogue, reference), day)
    code = finish(context.program, workspace, result, Destination(format_, output, force))
    if plan and format_ is options.Format.DOCX:
        _say_remarks(catalogue, plan, day)
    return code


def _of_row(catalogue: "Catalogue", found: "Item", day: date) -> Result:
    directory, changed = catalogue.directory, catalogue.adjustments
    from kehoach_cli.render import indicators, tasks
    from kehoach_cli.render import show as view
    from kehoach_cli.render.machine import records
    from kehoach_cli.render.trend import promise_record, trend_records

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
        return Result(
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
    indicator = IndicatorRow(found.plan, found.row, ())
    values = reported_values(found.plan, found.row, catalogue.submissions, day)
    (trend,) = trends(catalogue, found.plan, Period(day.year), day, only=[found.row]).values()
    return Result(
        name="show",
        records=lambda: [
            records.indicator_details(indicator, directory, values, changed) | {"trend": trend_records(trend)} | cited
        ],
        listing=lambda: view.indicator_listing(indicator, values, directory, changed, trend, documents),
        sheet=lambda: indicators.indicators_sheet((indicator,), directory),
        summary={"count": 1},
    )


def _of_plan(workspace: "Workspace", plan: "Plan", day: date) -> Result:
    from kehoach_cli.core.report.consolidated_text import consolidated_text
    from kehoach_cli.render import consolidated as view

    catalogue = workspace.catalogue
    amendments = tuple(one for one in catalogue.amendments if one.amends == plan.id)
    made = consolidated_text(plan, catalogue.amended, catalogue.directory, day)
    return Result(
        name="show",
        records=lambda: view.consolidated_records(made),
        listing=lambda: view.consolidated_listing(made, amendments, day),
        sheet=lambda: view.consolidated_sheet(made),
        summary=view.consolidated_summary(made, amendments, day),
        document=lambda: _document(workspace, plan, day),
    )


def _document(workspace: "Workspace", plan: "Plan", day: date) -> bytes:
    """Return the consolidated text in Word.

    Raises:
        UsageError: nothing amends the plan by that day.
        CannotRunError: an amendment cannot be applied whole, so the text would be wrong.
    """
    from kehoach_cli.cli.runtime.word import word_file
    from kehoach_cli.core.report.consolidated_document import consolidated_document

    if doubtful := [one.file for one in workspace.unapplied if one.plan in {None, plan.id}]:
        raise CannotRunError(
            f"chưa lập văn bản hợp nhất: chưa áp dụng được hết {', '.join(doubtful)}",
            "sửa lỗi trong tệp đó trước (kehoach lint)",
        )
    if not any(one.amends == plan.id for one in workspace.catalogue.amendments):
        raise UsageError(
            f"chưa có văn bản sửa đổi, bổ sung {plan.id} nào có hiệu lực đến ngày {format_date(day)}, không có gì để hợp nhất"
        )
    return word_file(consolidated_document(workspace.catalogue, plan, day), workspace.root, None)


def _say_remarks(catalogue: "Catalogue", plan: "Plan", day: date) -> None:
    from kehoach_cli.core.report.consolidated_document import consolidated_document

    for remark in consolidated_document(catalogue, plan, day).remarks:
        say(remark)
