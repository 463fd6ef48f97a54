"""`kehoach plans`: the documents, their periods, counts, coordinators and reporting dates."""

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import Destination, Result, check_province, finish, open_workspace
from kehoach_cli.errors import ExitCode


def plans(
    context: Context,
    province: options.ProvinceOption = None,
    format_: options.FormatOption = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Liệt kê các kế hoạch: văn bản, thời kỳ, số nhiệm vụ, chỉ tiêu, đầu mối và chế độ báo cáo.

    Ví dụ: kehoach plans --province thanh-hoa
    """
    workspace = open_workspace(context.program)
    directory = workspace.catalogue.directory
    wanted = check_province(workspace, province)
    lineage = workspace.catalogue.directory.lineage(wanted) if wanted else frozenset()
    found = tuple(plan for plan in workspace.catalogue.plans if not wanted or plan.province in lineage)
    from kehoach_cli.render import plans as view
    from kehoach_cli.render.machine import records

    result = Result(
        name="plans",
        records=lambda: [records.plan_record(plan, directory) for plan in found],
        listing=lambda: view.plans_listing(found, directory),
        sheet=lambda: view.plans_sheet(found, directory),
        summary={"count": len(found)},
    )
    return finish(context.program, workspace, result, Destination(format_, output, force))
