"""`kehoach indicators`: targets as printed and as understood."""

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.session import (
    Destination,
    Result,
    check_plans,
    check_province,
    check_year,
    find_agencies,
    finish,
    open_workspace,
)
from kehoach_cli.core.duties.select import select_indicators
from kehoach_cli.errors import ExitCode


def indicators(
    program: Globals,
    agency: options.AgencyOption = None,
    plan: options.PlanOption = None,
    province: options.ProvinceOption = None,
    year: options.YearOption = None,
    format_: options.FormatOption = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Liệt kê chỉ tiêu: mục tiêu nguyên văn và cách kehoach hiểu, theo cơ quan, kế hoạch, năm.

    Ví dụ: kehoach indicators --agency "Sở Xây dựng" --year 2030
    """
    workspace = open_workspace(program)
    directory = workspace.catalogue.directory
    answers = select_indicators(
        workspace.catalogue,
        find_agencies(workspace, agency, province),
        check_plans(workspace, plan),
        check_province(workspace, province),
        check_year(workspace, year, plan),
    )
    rows = tuple(row for answer in answers for row in answer.rows)
    from kehoach_cli.render import indicators as view
    from kehoach_cli.render.machine import records

    result = Result(
        name="indicators",
        records=lambda: [records.indicator_record(row, directory) for row in rows],
        listing=lambda: view.indicators_listing(answers, directory),
        sheet=lambda: view.indicators_sheet(rows, directory),
        summary={"count": len(rows)},
    )
    return finish(program, workspace, result, Destination(format_, output, force))
