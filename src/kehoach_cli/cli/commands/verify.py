"""`kehoach verify`: whether a plan file says what its document says, word for word and completely."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.documents import read_document
from kehoach_cli.cli.runtime.session import Destination, Result, check_plans, finish, open_workspace
from kehoach_cli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.core.verify.result import Verification
    from kehoach_cli.store.workspace.load import Workspace

_FORMATS = (options.Format.TABLE, options.Format.JSON)


def parse_verify_format(text: str) -> options.Format:
    """Return the format named."""
    return options.parse_format(text, _FORMATS)


def verify(
    context: Context,
    plans: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KẾ HOẠCH...]",
            autocompletion=options.complete_plan,
            help="Mã kế hoạch, hoặc tệp kế hoạch (mặc định: mọi kế hoạch có sổ nguồn).",
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
        typer.Option(
            "--format",
            "-f",
            parser=parse_verify_format,
            autocompletion=options.complete_from(*_FORMATS),
            metavar="table|json",
            help="Dạng kết quả in ra.",
        ),
    ] = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Đối chiếu tệp kế hoạch với văn bản gốc, hai chiều: mọi chữ đã chép có đúng không, đoạn nào của văn bản chưa có.

    Ví dụ: kehoach verify kh-176 --source "KH 176.docx"
    """
    workspace = open_workspace(context.program, ())
    asked = _asked(workspace, plans or [])
    if source is None or len(asked) != 1:
        raise UsageError("nêu một kế hoạch và văn bản gốc của nó; ví dụ: kehoach verify kh-176 --source TỆP")
    from kehoach_cli.core.verify.verify import verify as compare
    from kehoach_cli.render import verify as view

    found = [compare(plan, read_document(source)) for plan in asked]
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
    """Return the plans of ids or paths, all of them where none is named."""
    from kehoach_cli.store.workspace.paths import shown_path

    files = {plan.file: plan.id for plan in workspace.catalogue.plans}
    wanted = check_plans(workspace, [files.get(shown_path(Path(name)), name) for name in names])
    return [plan for plan in workspace.catalogue.plans if not wanted or plan.id in wanted]


def _code(found: "list[Verification]", *, complete: bool) -> ExitCode:
    failed = any(one.wrong or (complete and one.unclaimed) for one in found)
    return ExitCode.FINDINGS if failed else ExitCode.OK
