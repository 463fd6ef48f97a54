"""`kehoach adjust`: change one reported value with a reason, also in a period that is closed."""

from typing import Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import find_agencies, find_folder, find_item, open_workspace, say
from kehoach_cli.errors import ExitCode, UsageError

_OWN = "điều chỉnh cần thư mục làm việc của mình; nêu --root THƯ MỤC"


def adjust(
    context: Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="MÃ",
            autocompletion=options.complete_row,
            help="Mã chỉ tiêu hoặc nhiệm vụ, ví dụ kh-176/PL1.17.",
        ),
    ],
    agency: options.OneAgencyOption,
    period: options.OnePeriodOption,
    reason: Annotated[
        str, typer.Option("--reason", parser=options.parse_text, metavar="CHỮ", help="Lý do, được ghi vào nhật ký.")
    ],
    value: Annotated[
        str | None, typer.Option("--value", metavar="SỐ", help="Giá trị mới của chỉ tiêu; (xóa) để bỏ giá trị.")
    ] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KHÓA=GIÁ TRỊ",
            help="Nội dung khác, theo khóa của tệp báo cáo: status=done, completed=2025-12-01, source=…, levels.2024=28,1.",
        ),
    ] = None,
    document: Annotated[
        str,
        typer.Option(
            "--document", parser=options.parse_text, metavar="CHỮ", help="Văn bản làm căn cứ điều chỉnh, có số và ngày."
        ),
    ] = "",
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            parser=options.parse_text,
            metavar="TÊN",
            help="Người điều chỉnh (mặc định: tên trong cài đặt Git, nếu có).",
        ),
    ] = None,
) -> ExitCode:
    """Sửa một giá trị đã báo cáo, có lý do; giá trị, nhật ký và mã kiểm của kỳ đã chốt được ghi cùng một lúc.

    Sửa trong kỳ đã chốt thì các báo cáo sau in "điều chỉnh sau khi chốt" kèm số đã chốt. Kỳ chưa chốt cũng sửa được: đó là đính
    chính của cơ quan đầu mối, xem lại bằng kehoach history.

    Ví dụ: kehoach adjust kh-176/PL1.17 --agency "Sở Y tế" --period 2025 --value "84,2" --reason "Đơn vị đính chính"
    """
    from kehoach_cli.cli.runtime.adjusting import WantedAdjustment, adjusted
    from kehoach_cli.cli.runtime.locking import who
    from kehoach_cli.render.collect import change_text
    from kehoach_cli.store.files.writing import only_writer

    if not reason.strip():
        raise UsageError(
            '--reason để trống; nêu lý do điều chỉnh, ví dụ --reason "Đơn vị đính chính theo Báo cáo 15/BC-SYT"'
        )
    given = [*([f"value={value}"] if value is not None else []), *(assignments or [])]
    if not given:
        raise UsageError("thiếu giá trị mới: --value SỐ cho chỉ tiêu, hoặc --set KHÓA=GIÁ TRỊ")
    root = find_folder(context.program, own=_OWN)
    with only_writer(root.folder):
        workspace = open_workspace(context.program, keep_files=True)
        item = find_item(workspace.catalogue, reference)
        bodies = find_agencies(workspace, agency, item.plan.province)
        agency_id = workspace.catalogue.directory.ref(item.plan.province, bodies[0])
        said_by = who(workspace, by)
        wanted = WantedAdjustment(item, agency_id, period, tuple(given), reason.strip(), document.strip(), said_by)
        result = adjusted(workspace, wanted)
    for change in result.changes:
        say(f"{item.plan.id}/{change_text(change)}")
    if result.lock:
        say(f'Đã điều chỉnh sau khi chốt trong "{result.path}"; các báo cáo sau in cả số đã chốt.')
    else:
        say(f'Đã điều chỉnh trong "{result.path}"; {period.text} của {item.plan.id} chưa chốt.')
    return ExitCode.OK
