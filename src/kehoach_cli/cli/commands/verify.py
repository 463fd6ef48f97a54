"""`kehoach verify`: whether a plan file says what its document says, word for word and completely."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.documents import read_document
from kehoach_cli.cli.runtime.plan_file import read_plan_alone
from kehoach_cli.cli.runtime.session import Destination, Result, check_plans, finish, open_workspace, say
from kehoach_cli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.core.model.source_record import SourceRecord
    from kehoach_cli.core.verify.result import Verification
    from kehoach_cli.store.workspace.load import Workspace

_FORMATS = (options.Format.TABLE, options.Format.JSON)


def verify(
    context: Context,
    plans: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KẾ HOẠCH...]",
            autocompletion=options.complete_plan,
            help="Mã kế hoạch, hoặc tệp kế hoạch (mặc định: mọi kế hoạch mà văn bản đã nhập còn ở đây).",
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--source",
            metavar="TỆP",
            readable=False,
            help="Văn bản gốc: .docx, .xlsx, .pdf có lớp chữ, .html, .txt.",
        ),
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="Đoạn của văn bản chưa có trong kế hoạch cũng làm lệnh thất bại.")
    ] = False,
    format_: Annotated[
        options.Format,
        options.format_option(_FORMATS, "Dạng kết quả in ra."),
    ] = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Đối chiếu tệp kế hoạch với văn bản gốc, hai chiều: mọi chữ đã chép có đúng không, đoạn nào của văn bản chưa có.

    Ví dụ: kehoach verify kh-176 --source "KH 176.docx"
    """
    workspace = open_workspace(context.program, (), as_issued=True)
    asked = _asked(workspace, plans or [])
    if source is not None and len(asked) != 1:
        raise UsageError(
            "--source là văn bản của một kế hoạch; nêu mã kế hoạch, ví dụ: kehoach verify kh-176 --source TỆP"
        )
    from kehoach_cli.render import verify as view

    found = _compared(workspace, asked, source, named=bool(plans))
    result = Result(
        name="verify",
        records=lambda: (record for one in found for record in view.check_records(one)),
        listing=lambda: view.verify_listing(found),
        sheet=lambda: view.verify_sheet(found),
        more=lambda: {"unclaimed": [record for one in found for record in view.unclaimed_records(one)]},
        summary=view.verify_summary(found),
    )
    code = finish(context.program, workspace, result, Destination(format_, output, force))
    return max(code, _code(found, complete=complete))


def _asked(workspace: "Workspace", names: list[str]) -> "list[Plan]":
    """Return the plans of ids or paths, all of the workspace where none is named."""
    from kehoach_cli.store.workspace.paths import shown_path

    files = {plan.file: plan for plan in workspace.catalogue.plans}
    named = [(name, files.get(shown_path(Path(name)))) for name in names]
    apart = {name for name, plan in named if plan is None and Path(name).is_file()}
    wanted = check_plans(workspace, [plan.id if plan else name for name, plan in named if name not in apart])
    inside = [plan for plan in workspace.catalogue.plans if not names or plan.id in wanted]
    return inside + [read_plan_alone(workspace.root.given(Path(name)), name, workspace) for name in sorted(apart)]


def _compared(workspace: "Workspace", plans: "list[Plan]", source: Path | None, *, named: bool) -> "list[Verification]":
    """Return each plan compared with its document: the one given, or the one it was imported from."""
    from kehoach_cli.core.verify.verify import verify as compare

    found = []
    for plan in plans:
        file_of = workspace.root.given(Path(plan.file))
        record = _record(file_of)
        file = source or _imported(file_of, record)
        if file is None and named:
            raise UsageError(_unknown(plan, record))
        if file is None:
            continue
        document = read_document(file)
        same = record is not None and record.sha256 == document.sha256
        if record and not same:
            say(f'"{file}" không phải tệp mà {plan.id} đã nhập (sổ nguồn ghi "{record.file}"); vẫn đối chiếu.')
        places = {value.at: value.place for value in record.values} if record and same else {}
        found.append(compare(plan, document, places))
    if not found:
        raise UsageError("chưa biết văn bản gốc của kế hoạch nào; ví dụ: kehoach verify kh-176 --source TỆP")
    return found


def _record(plan: Path) -> "SourceRecord | None":
    from kehoach_cli.core.model.source_record import SourceRecord
    from kehoach_cli.store.readers.read_file import FileContent
    from kehoach_cli.store.workspace.paths import record_of, shown_path
    from kehoach_cli.store.workspace.records import read_record

    content = FileContent(record_of(plan), shown_path(record_of(plan)))
    value = read_record(content).value if content.data is not None else None
    return value if isinstance(value, SourceRecord) else None


def _imported(plan: Path, record: "SourceRecord | None") -> Path | None:
    """Return the document that a plan was imported from, where it lies here, beside the plan file or beside its record."""
    if record is None:
        return None
    folder = plan.parent
    places = (Path(record.file), folder / record.file, folder / "sources" / record.file)
    return next((place for place in places if place.is_file()), None)


def _unknown(plan: "Plan", record: "SourceRecord | None") -> str:
    if record is None:
        return f'chưa biết văn bản gốc của "{plan.id}"; thêm --source TỆP'
    return f'không thấy "{record.file}", văn bản gốc của "{plan.id}"; thêm --source TỆP'


def _code(found: "list[Verification]", *, complete: bool) -> ExitCode:
    failed = any(one.wrong or (complete and one.unclaimed) for one in found)
    return ExitCode.FINDINGS if failed else ExitCode.OK
