"""`kehoach agencies`: the registry, and how a name is understood."""

from typing import Annotated

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.declare import Argument
from kehoach_cli.cli.runtime.session import Destination, Result, check_province, find_agencies, finish, open_workspace
from kehoach_cli.errors import ExitCode


def agencies(
    program: Globals,
    name: Annotated[
        str | None,
        Argument(metavar="[TÊN]", complete=options.complete_agency, help="Tên, viết tắt hoặc mã cơ quan cần tra."),
    ] = None,
    province: options.ProvinceOption = None,
    format_: options.FormatOption = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Danh bạ cơ quan: một tên được hiểu thế nào, cơ quan nào kế thừa cơ quan nào.

    Ví dụ: kehoach agencies "Sở TN&MT"
    """
    workspace = open_workspace(program)
    directory = workspace.catalogue.directory
    wanted = check_province(workspace, province)
    provinces = [key for key in directory.registries if wanted in {None, key}]
    asked = find_agencies(workspace, name, province)
    listed = (
        list(asked) if name else [agency for key in provinces for agency in directory.registries[key].agencies.values()]
    )
    from kehoach_cli.render import agencies as view
    from kehoach_cli.render.machine import records

    result = Result(
        name="agencies",
        records=lambda: [records.agency_record(agency, directory) for agency in listed],
        listing=lambda: (
            view.agency_listing(name, asked, directory) if name else view.agencies_listing(directory, provinces)
        ),
        sheet=lambda: view.agencies_sheet(listed, directory),
        summary={"count": len(listed)},
    )
    return finish(program, workspace, result, Destination(format_, output, force))
