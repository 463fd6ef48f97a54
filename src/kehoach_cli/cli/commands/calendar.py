"""`kehoach calendar`: the deadlines of an agency as a calendar file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import check_plans, find_agencies, open_workspace, say
from kehoach_cli.core.report.agenda import AgendaQuery, agenda, placed_name
from kehoach_cli.errors import CannotRunError, ExitCode
from kehoach_cli.render.labels import match_text
from kehoach_cli.store.files.reading import held_bytes
from kehoach_cli.store.files.writing import write_whole

if TYPE_CHECKING:
    from kehoach_cli.core.model.agency import Agency, Directory


def calendar(
    context: Context,
    agency: options.OneAgencyOption,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="TỆP", readable=False, help="Tệp lịch .ics để ghi.")
    ],
    plan: options.PlanOption = None,
    province: options.ProvinceOption = None,
    role: options.RoleOption = None,
    all_matches: Annotated[
        bool,
        typer.Option("--all-matches", help="Cả những nhiệm vụ giao qua nhóm hoặc theo điều khoản chung."),
    ] = False,
    as_of: options.AsOfOption = None,
    progress: options.ProgressOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Ghi thời hạn, mốc, hạn gửi báo cáo của một cơ quan thành tệp lịch; ghi lại (--force) thì lịch dời ngày, không nhân đôi.

    Ví dụ: kehoach calendar --agency "Sở Y tế" -o so-y-te.ics
    """
    workspace = open_workspace(context.program, progress, closed=True, day=as_of)
    bodies = find_agencies(workspace, agency, province)
    wanted = check_plans(workspace, plan)
    plans = tuple(one for one in workspace.catalogue.plans if not wanted or one.id in wanted)
    day = as_of or clock.today()
    query = AgendaQuery(bodies, plans, day, role, all_matches)
    items = agenda(workspace.catalogue, query, match_text)
    from kehoach_cli.data.calendar_file import calendar_file

    try:
        data = calendar_file(
            _name(workspace.catalogue.directory, bodies), items, day, held_bytes(output) if force else None
        )
    except ValueError:
        raise CannotRunError(f'"{output}" đã có và không phải tệp lịch; chọn tên khác bằng -o') from None
    write_whole(output, data, overwrite=force)
    say(f'Đã ghi {len(items)} ngày vào "{output}".')
    return ExitCode.FINDINGS if workspace.errors else ExitCode.OK


def _name(directory: "Directory", bodies: "tuple[Agency, ...]") -> str:
    several = len({one.province for one in bodies}) > 1
    names = (placed_name(directory, one) if several else one.name for one in bodies)
    return f"Thời hạn theo kế hoạch: {'; '.join(dict.fromkeys(names))}"
