"""`kehoach review`: what was reported on a text that has changed since is said to hold for the new text, too."""

from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import find_agencies, find_folder, find_item, open_workspace, say
from kehoach_cli.errors import ExitCode

if TYPE_CHECKING:
    from kehoach_cli.cli.runtime.reviewing import WantedReview
    from kehoach_cli.core.model.progress import Submission
    from kehoach_cli.store.workspace.load import Workspace

_OWN = "review cần thư mục làm việc của mình; nêu --root THƯ MỤC"


def review(
    context: Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="MÃ",
            autocompletion=options.complete_row,
            help="Mã chỉ tiêu hoặc nhiệm vụ, ví dụ kh-176/PL1.17.",
        ),
    ],
    agency: options.AgencyOption = None,
    period: options.PeriodOption = None,
    reason: Annotated[
        str, typer.Option("--reason", parser=options.parse_text, metavar="CHỮ", help="Lý do, được ghi vào nhật ký.")
    ] = "",
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            parser=options.parse_text,
            metavar="TÊN",
            help="Người xem lại (mặc định: tên trong cài đặt Git, nếu có).",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho xem đã đổi gì, không ghi.")] = False,
) -> ExitCode:
    """Xem báo cáo nào trả lời theo văn bản cũ của một mục, từ đó đã đổi gì; ghi nhận rằng báo cáo vẫn đúng với văn bản mới.

    Văn bản lúc trả lời được tìm theo các văn bản sửa đổi và trong git. Kỳ đã chốt không ghi.

    Ví dụ: kehoach review kh-176/PL1.17 --agency "Sở Y tế" --period 2025
    """
    from kehoach_cli.cli.runtime.locking import who
    from kehoach_cli.cli.runtime.reviewing import WantedReview, outdated, settle
    from kehoach_cli.store.files.writing import only_writer

    root = find_folder(context.program, own=_OWN)
    with only_writer(root.folder):
        workspace = open_workspace(context.program)
        item = find_item(workspace.catalogue, reference)
        bodies = find_agencies(workspace, agency, item.plan.province)
        agency_id = workspace.catalogue.directory.ref(item.plan.province, bodies[0]) if bodies else None
        wanted = WantedReview(item, agency_id, period, reason.strip(), who(workspace, by))
        found = outdated(workspace.catalogue, wanted)
        _say_changes(workspace, wanted, found)
        if found and not dry_run:
            settle(workspace, wanted, found)
            say(f"Đã ghi nhận: {len(found)} báo cáo về {item.ref} vẫn đúng với văn bản mới.")
    return ExitCode.OK


def _say_changes(workspace: "Workspace", wanted: "WantedReview", found: "tuple[Submission, ...]") -> None:
    """Say which submissions answered another text, and as far as amendments and git tell what changed since."""
    from kehoach_cli.cli.runtime.reviewing import answered_texts
    from kehoach_cli.core.changes.words import shortened
    from kehoach_cli.core.check.wording import names

    item = wanted.item
    if not found:
        say(f"Không có báo cáo nào về {item.ref} trả lời theo văn bản cũ.")
        return
    say(f"{item.ref} “{shortened(item.words)}”: {len(found)} báo cáo trả lời theo văn bản cũ.")
    for text in answered_texts(workspace, item, found):
        for one in text.submissions:
            name = names(workspace.catalogue.directory, item.plan.province, [one.agency])
            say(f"- {name}, {one.period.text} ({one.source(*_place(item.row.id, one))})")
        if not text.where:
            what = "nguyên văn, thời gian, cơ quan chủ trì, mục tiêu"
            say(f"  Chưa tìm được văn bản đó trong các tệp và trong git; đã đổi một trong: {what}.")
            continue
        say(f"  {text.where} còn ghi như báo cáo trả lời; từ đó đến nay:")
        for change in text.changes or ("chỉ đổi cách viết.",):
            say(f"  - {change}")


def _place(row: str, submission: "Submission") -> tuple[str, str]:
    return ("tasks" if row in submission.tasks else "indicators"), row
