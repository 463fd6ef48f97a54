"""Which forms are asked for: the one of an agency, or those of all units that must report."""

from collections.abc import Callable, Sequence

from kehoach_cli.core.duties.match import Match
from kehoach_cli.core.forms.build import askable, form_of
from kehoach_cli.core.forms.form import Form
from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.errors import UsageError

MatchText = Callable[[Match], str]


def one_form(
    catalogue: Catalogue, agencies: Sequence[Agency], year: int, plans: frozenset[str], match_text: MatchText
) -> Form:
    """Return the form of an agency in the one province where it must report.

    Raises:
        UsageError: it must report in no province, or in several.
    """
    forms = [form_of(catalogue, agency, year, match_text, plans) for agency in agencies]
    asked = [found for found in forms if found.plans]
    if len(asked) == 1:
        return asked[0]
    if asked:
        refs = " hoặc ".join(f'"{found.agency.province}/{found.agency.id}"' for found in asked)
        raise UsageError(f'"{asked[0].agency.name}" có ở nhiều tỉnh; nêu rõ bằng --agency {refs}, hoặc --province')
    raise UsageError(f"năm {year}, {agencies[0].name} không chủ trì mục nào và không phải gửi báo cáo")


def all_forms(
    catalogue: Catalogue, year: int, plans: frozenset[str], province: str | None, match_text: MatchText
) -> list[Form]:
    """Return the forms of all units that must report in one province.

    Raises:
        UsageError: no unit must report, or units of several provinces must.
    """
    chosen = [plan for plan in catalogue.plans if (not plans or plan.id in plans) and province in {None, plan.province}]
    agencies = askable(catalogue, year, chosen)
    if not agencies:
        raise UsageError(f"năm {year}, không kế hoạch nào đã chọn yêu cầu đơn vị gửi báo cáo")
    provinces = {agency.province for agency in agencies}
    if len(provinces) > 1:
        raise UsageError(f"--all cần một tỉnh; thêm --province, một trong: {', '.join(sorted(provinces))}")
    ids = frozenset(plan.id for plan in chosen)
    return [form_of(catalogue, agency, year, match_text, ids) for agency in agencies]
