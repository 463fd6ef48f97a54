"""Which forms are asked for: the one of an agency, or those of all units that must report."""

from collections.abc import Callable, Sequence

from kehoach_cli.core.duties.bodies import UNCERTAIN, gone
from kehoach_cli.core.duties.match import Match
from kehoach_cli.core.duties.owed import unit_rule
from kehoach_cli.core.forms.build import askable, form_of
from kehoach_cli.core.forms.form import Form
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, ReportingRule
from kehoach_cli.errors import UsageError

MatchText = Callable[[Match], str]


def one_form(
    catalogue: Catalogue, agencies: Sequence[Agency], period: Period, plans: frozenset[str], match_text: MatchText
) -> Form:
    """Return the form of an agency, or of its heir at the end of the year, in the one province where it must report.

    Raises:
        UsageError: it must report in no province, or in several; or it is gone, and nobody, or several bodies, took over.
    """
    directory, day = catalogue.directory, period.last_day
    ended = [gone(directory, agency.province, agency.id, day) for agency in agencies]
    if agencies and all(ended):
        raise UsageError(f"không lập biểu: {ended[0]}")
    asked_for = dict.fromkeys(directory.heir_at(agency, day) for agency in agencies)
    forms = [form_of(catalogue, agency, period, match_text, plans) for agency in asked_for]
    asked = [found for found in forms if found.plans]
    if len(asked) == 1:
        return asked[0]
    if asked:
        refs = " hoặc ".join(f'"{found.agency.province}/{found.agency.id}"' for found in asked)
        raise UsageError(f'"{asked[0].agency.name}" có ở nhiều tỉnh; nêu rõ bằng --agency {refs}, hoặc --province')
    raise UsageError(f"{period.text}, {agencies[0].name} không chủ trì mục nào và không phải gửi báo cáo")


def heir_note(directory: Directory, agencies: Sequence[Agency], found: Form) -> str | None:
    """Return why a form is another body's than the one asked for; None if it is that one's."""
    day = found.period.last_day
    if found.agency in agencies:
        return None
    old = next(agency for agency in agencies if directory.heir_at(agency, day) == found.agency)
    doubt = "" if directory.heirs_certain(old) else f" ({UNCERTAIN})"
    return f"{old.name} nay là {found.agency.name}{doubt}: biểu lập cho {found.agency.name}, gồm cả mục ghi tên cũ."


def all_forms(
    catalogue: Catalogue, period: Period, plans: frozenset[str], province: str | None, match_text: MatchText
) -> list[Form]:
    """Return the forms of all units that must report in one province.

    Raises:
        UsageError: no unit must report, or units of several provinces must.
    """
    provinces_asked = None if province is None else catalogue.directory.lineage(province)
    chosen = [
        plan
        for plan in catalogue.plans
        if (not plans or plan.id in plans) and (provinces_asked is None or plan.province in provinces_asked)
    ]
    agencies = askable(catalogue, period, chosen)
    if not agencies:
        raise UsageError(f"{period.text}, {_why_nobody(catalogue.directory, chosen, period.year)}")
    provinces = {agency.province for agency in agencies}
    if len(provinces) > 1:
        raise UsageError(f"--all cần một tỉnh; thêm --province, một trong: {', '.join(sorted(provinces))}")
    ids = frozenset(plan.id for plan in chosen)
    return [form_of(catalogue, agency, period, match_text, ids) for agency in agencies]


def _why_nobody(directory: Directory, plans: Sequence[Plan], year: int) -> str:
    """Return why none of the plans has a unit that must report."""
    asking = [(plan, rule) for plan in plans if plan.period.covers(year) and (rule := unit_rule(plan))]
    if not asking:
        return "không kế hoạch nào đã chọn yêu cầu đơn vị gửi báo cáo"
    return "; ".join(_why_none(directory, plan, rule) for plan, rule in asking)


def _why_none(directory: Directory, plan: Plan, rule: ReportingRule) -> str:
    named = [agency for sender in rule.senders if (agency := directory.get(plan.province, sender))]
    empty = [agency for agency in named if agency.group and not agency.members and agency.valid_to is None]
    names = "; ".join(agency.name for agency in named)
    asked = f"{plan.id} ({rule.source}) yêu cầu {names} gửi báo cáo"
    if empty and len(empty) == len(named):
        return f"{asked}, nhưng danh bạ chưa ghi thành viên của nhóm này; thêm members vào plans/agencies/{plan.province}.yaml"
    only = "chủ trì mục nào cần báo cáo" if rule.leads_only else "còn hoạt động, theo danh bạ"
    return f"{asked}, nhưng không đơn vị nào {only}"
