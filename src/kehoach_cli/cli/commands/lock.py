"""`kehoach lock`: close the figures of a period, or open them again."""

from datetime import date
from typing import Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import check_plans, find_folder, open_workspace, say
from kehoach_cli.core.model.period import Period
from kehoach_cli.errors import ExitCode, UsageError
from kehoach_cli.viet.dates import format_date

_OWN = "chốt số liệu cần thư mục làm việc của mình; tạo bằng kehoach init, hoặc nêu --root THƯ MỤC"


def lock(
    context: Context,
    period: Annotated[
        Period,
        typer.Argument(parser=options.parse_period, metavar="KỲ", help="Kỳ báo cáo: 2025 (cả năm), 2026-Q3, 2026-H1…"),
    ],
    plan: options.PlanOption = None,
    open_: Annotated[bool, typer.Option("--open", help="Mở lại kỳ đã chốt; phải nêu lý do.")] = False,
    reason: Annotated[
        str, typer.Option("--reason", parser=options.parse_text, metavar="CHỮ", help="Lý do, được ghi vào nhật ký.")
    ] = "",
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            parser=options.parse_text,
            metavar="TÊN",
            help="Người chốt (mặc định: tên trong cài đặt Git, nếu có).",
        ),
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            parser=options.parse_day,
            metavar="NGÀY",
            help="Đánh giá theo số liệu đến ngày này (mặc định: ngày chốt số liệu muộn nhất của kỳ ở từng kế hoạch).",
        ),
    ] = None,
) -> ExitCode:
    """Chốt số liệu của một kỳ: giữ kết quả đánh giá và mã kiểm của mọi tệp; từ đó collect không nhận biểu của kỳ này nữa.

    Ghi vào progress/<kỳ>/lock.yaml; không nêu --plan thì chốt mọi kế hoạch có báo cáo trong kỳ, mỗi kế hoạch chốt riêng được.
    Sau khi chốt, sửa một giá trị bằng kehoach adjust. Báo cáo năm sau lấy "kết quả năm trước" từ lần chốt.

    Ví dụ: kehoach lock 2025 --plan kh-176
    """
    from kehoach_cli.cli.runtime.locking import WantedLock, close, reopen, who
    from kehoach_cli.store.files.writing import only_writer

    if open_ and not reason.strip():
        raise UsageError('mở lại kỳ đã chốt phải nêu lý do: thêm --reason "…"')
    root = find_folder(context.program, own=_OWN)
    with only_writer(root.folder):
        workspace = open_workspace(context.program, keep_files=True, day=as_of or clock.day_in(period))
        asked = WantedLock(period, check_plans(workspace, plan), as_of, who(workspace, by), reason.strip())
        closed = reopen(workspace, asked) if open_ else close(workspace, asked)
    for one in closed.locks:
        if open_:
            say(f"Đã mở lại {period.text} của {one.plan}; sửa xong thì chốt lại: kehoach lock {period.key}.")
        else:
            say(
                f"Đã chốt {period.text} của {one.plan}: {len(one.submissions)} báo cáo, số liệu đến ngày "
                f"{format_date(one.as_of)}."
            )
    for message in closed.left_out:
        say(f"Không chốt {message}.")
    return ExitCode.OK
