"""`kehoach form`: prefilled forms out, for one agency or for all who owe a report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.declare import Option
from kehoach_cli.cli.runtime.session import check_plans, check_year, find_agencies, open_workspace, say
from kehoach_cli.core.forms.ask import askable, form_of
from kehoach_cli.core.forms.form import Form
from kehoach_cli.core.model.agency import Agency
from kehoach_cli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from kehoach_cli.store.workspace.load import Workspace

_KINDS = ("xlsx", "yaml")


def parse_kind(text: str) -> str:
    """Return the kind of file named."""
    if text.lower() not in _KINDS:
        raise UsageError(f'--format "{text}" không có; chọn một trong: {", ".join(_KINDS)}')
    return text.lower()


def form(
    program: Globals,
    year: Annotated[int, Option("--year", "-y", parser=options.parse_year, metavar="NĂM", help="Năm báo cáo.")],
    agency: options.AgencyOption = None,
    every: Annotated[bool, Option("--all", help="Mỗi đơn vị phải báo cáo một biểu, ghi vào một thư mục.")] = False,
    plan: options.PlanOption = None,
    province: options.ProvinceOption = None,
    progress: options.ProgressOption = None,
    kind: Annotated[
        str | None,
        Option(
            "--format",
            "-f",
            parser=parse_kind,
            complete=options.complete_from(*_KINDS),
            metavar="xlsx|yaml",
            help="Loại biểu (mặc định: theo đuôi tệp, xlsx nếu không rõ).",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="TỆP", help="Tệp ghi ra; với --all là thư mục (mặc định: forms/)."),
    ] = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Lập biểu báo cáo điền sẵn cho một cơ quan: chỉ những mục cơ quan phải báo cáo, nguyên văn, mục tiêu, số năm trước.

    Ví dụ: kehoach form --agency "Sở Y tế" --year 2025 -o so-y-te.xlsx
    """
    if every == (agency is not None):
        raise UsageError('nêu --agency "Tên cơ quan" để lập một biểu, hoặc --all để lập biểu cho mọi đơn vị')
    workspace = open_workspace(program, progress)
    wanted = check_plans(workspace, plan)
    check_year(workspace, year, plan)
    if every:
        forms = _all_forms(workspace, year, wanted, province)
        folder, suffix = output or Path("forms"), kind or "xlsx"
        _write_all(workspace, [(found, folder / f"{found.agency.id}.{suffix}") for found in forms], force=force)
    else:
        found = _one_form(workspace, find_agencies(workspace, agency, province), year, wanted)
        target = output or Path(f"{found.agency.id}-{year}.{kind or 'xlsx'}")
        suffix = kind or ("yaml" if target.suffix.lower() in {".yaml", ".yml"} else "xlsx")
        _write_all(workspace, [(found, target)], force=force, suffix=suffix)
    if workspace.errors:
        return ExitCode.FINDINGS
    return ExitCode.OK


def _one_form(workspace: "Workspace", agencies: tuple[Agency, ...], year: int, plans: frozenset[str]) -> Form:
    """Return the form of the body asked, in the one province that asks it anything."""
    forms = [_form(workspace, agency, year, plans) for agency in agencies]
    asked = [found for found in forms if found.plans]
    if len(asked) == 1:
        return asked[0]
    if asked:
        refs = " hoặc ".join(f'"{found.agency.province}/{found.agency.id}"' for found in asked)
        raise UsageError(f'"{asked[0].agency.name}" có ở nhiều tỉnh; nêu rõ bằng --agency {refs}, hoặc --province')
    raise UsageError(f"năm {year}, {agencies[0].name} không chủ trì mục nào và không phải gửi báo cáo")


def _all_forms(workspace: "Workspace", year: int, plans: frozenset[str], province: str | None) -> list[Form]:
    from kehoach_cli.cli.runtime.session import check_province

    wanted = check_province(workspace, province)
    chosen = [
        plan
        for plan in workspace.catalogue.plans
        if (not plans or plan.id in plans) and wanted in {None, plan.province}
    ]
    agencies = askable(workspace.catalogue, year, chosen)
    if not agencies:
        raise UsageError(f"năm {year}, không kế hoạch nào đã chọn yêu cầu đơn vị gửi báo cáo")
    provinces = {agency.province for agency in agencies}
    if len(provinces) > 1:
        raise UsageError(f"--all cần một tỉnh; thêm --province, một trong: {', '.join(sorted(provinces))}")
    return [_form(workspace, agency, year, frozenset(plan.id for plan in chosen)) for agency in agencies]


def _form(workspace: "Workspace", agency: Agency, year: int, plans: frozenset[str]) -> Form:
    from kehoach_cli.render.labels import match_text

    return form_of(workspace.catalogue, agency, year, match_text, plans)


def _write_all(
    workspace: "Workspace", forms: list[tuple[Form, Path]], *, force: bool, suffix: str | None = None
) -> None:
    """Write the forms; nothing is written where a file of that name stands in the way."""
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
