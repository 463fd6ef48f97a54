"""`kehoach form`: prefilled forms out, for one agency or for all who owe a report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import check_plans, check_province, check_year, find_agencies, open_workspace, say
from kehoach_cli.core.forms.form import Form
from kehoach_cli.core.forms.request import all_forms, heir_note, one_form
from kehoach_cli.errors import ExitCode, UsageError
from kehoach_cli.render.labels import match_text

if TYPE_CHECKING:
    from kehoach_cli.store.workspace.load import Workspace

_KINDS = ("xlsx", "yaml")


def parse_kind(text: str) -> str:
    """Return the kind of file named."""
    if text.lower() not in _KINDS:
        raise UsageError(f'--format "{text}" không có; chọn một trong: {", ".join(_KINDS)}')
    return text.lower()


def form(
    context: Context,
    year: options.ReportYearOption = None,
    period: options.PeriodOption = None,
    agency: options.AgencyOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="Mỗi đơn vị phải báo cáo một biểu, ghi vào một thư mục.")
    ] = False,
    plan: options.PlanOption = None,
    province: options.ProvinceOption = None,
    progress: options.ProgressOption = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            parser=parse_kind,
            autocompletion=options.complete_from(*_KINDS),
            metavar="xlsx|yaml",
            help="Loại biểu (mặc định: theo đuôi tệp, xlsx nếu không rõ).",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="TỆP", readable=False, help="Tệp ghi ra; với --all là thư mục (mặc định: forms/)."
        ),
    ] = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Lập biểu báo cáo điền sẵn cho một cơ quan: chỉ những mục cơ quan phải báo cáo, nguyên văn, mục tiêu, số năm trước.

    Ví dụ: kehoach form --agency "Sở Y tế" --year 2025 -o so-y-te.xlsx
    """
    if every == (agency is not None):
        raise UsageError('nêu --agency "Tên cơ quan" để lập một biểu, hoặc --all để lập biểu cho mọi đơn vị')
    asked = options.required_period(period, year)
    workspace = open_workspace(context.program, progress, closed=True, day=clock.day_in(asked))
    wanted = check_plans(workspace, plan)
    check_year(workspace, asked.year, plan)
    catalogue = workspace.catalogue
    if every:
        forms = all_forms(catalogue, asked, wanted, check_province(workspace, province), match_text)
        folder, suffix = output or Path("forms"), kind or "xlsx"
        _write_all(workspace, [(found, folder / f"{_name(found)}.{suffix}") for found in forms], force=force)
    else:
        agencies = find_agencies(workspace, agency, province)
        found = one_form(catalogue, agencies, asked, wanted, match_text)
        if note := heir_note(catalogue.directory, agencies, found):
            say(note)
        target = output or Path(f"{found.agency.id}-{asked.key}.{kind or 'xlsx'}")
        suffix = kind or ("yaml" if target.suffix.lower() in {".yaml", ".yml"} else "xlsx")
        _write_all(workspace, [(found, target)], force=force, suffix=suffix)
    if workspace.errors:
        return ExitCode.FINDINGS
    return ExitCode.OK


def _name(found: Form) -> str:
    """Return the file name of one of all forms: those of a part of a year name it, since several may lie in one folder."""
    return found.agency.id if found.period.part is None else f"{found.agency.id}-{found.period.key}"


def _write_all(
    workspace: "Workspace", forms: list[tuple[Form, Path]], *, force: bool, suffix: str | None = None
) -> None:
    """Write the forms: all of them, or none if a file of that name exists."""
    from kehoach_cli.render.progress_bar import with_progress
    from kehoach_cli.store.files.writing import refuse_existing, write_together

    refuse_existing((path for _, path in forms), overwrite=force)
    made = with_progress(forms, "Đang lập biểu", total=len(forms))
    contents = {path: _content(workspace, found, suffix or path.suffix[1:]) for found, path in made}
    write_together(contents, overwrite=force)
    first, path = forms[0]
    if len(forms) == 1:
        count = sum(len(part.tasks) + len(part.indicators) for part in first.plans)
        say(f'Đã ghi "{path}": {len(first.plans)} kế hoạch, {count} mục.')
    else:
        say(f'Đã ghi {len(forms)} biểu vào "{path.parent}".')


def _content(workspace: "Workspace", found: Form, suffix: str) -> bytes:
    directory = workspace.catalogue.directory
    if suffix == "yaml":
        from kehoach_cli.render.progress_yaml import form_yaml

        return form_yaml(found, directory).encode()
    from kehoach_cli.excel.form import form_workbook

    return form_workbook(found, directory)
