"""K205: the ids of a row differ from the agencies that its printed cell names."""

from collections.abc import Iterator

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.plan_agencies import agency_cells, day_of, known_plan
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_ROLES = {"lead": "chủ trì", "support": "phối hợp"}
_HINT = "sửa danh sách mã theo ô nguyên văn (as_issued), hoặc sửa as_issued cho đúng văn bản"


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the rows whose ids differ from what their cell names."""
    plan = known_plan(document)
    judged: dict[tuple[str, tuple[str, ...]], str] = {}
    for cell in agency_cells(document):
        case = (cell.text, cell.ids)
        if plan and case not in judged:
            judged[case] = _difference(document.directory, plan, *case)
        if judged[case]:
            message = f"mã cơ quan {_ROLES[cell.role]} không khớp ô nguyên văn: {judged[case]}"
            yield Violation(message, (*cell.row, cell.role), key=True, hint=_HINT)


def _difference(directory: Directory, plan: Plan, text: str, ids: tuple[str, ...]) -> str:
    province = plan.province
    cell = directory.read_cell(province, text, day_of(plan))
    named = dict.fromkeys([mention.id for mention in cell.mentions])
    if named.keys() == set(ids):
        return ""
    # K201 reports an id that no registry has; until it is corrected nobody knows which agency it means.
    if not named or any(directory.get(province, agency_id) is None for agency_id in ids):
        return ""
    missing = [agency_id for agency_id in named if agency_id not in ids]
    # A part of the cell that could not be read (K206) may name the agency of a further id.
    extra = [agency_id for agency_id in dict.fromkeys(ids) if agency_id not in named and not cell.leftovers]
    return "; ".join(
        f"{word} {', '.join(f'{agency_id} ({directory.name(province, agency_id)})' for agency_id in found)}"
        for word, found in (("thiếu", missing), ("thừa", extra))
        if found
    )


RULE = Rule(
    code="K205",
    slug="cell-and-ids-disagree",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Mã cơ quan không khớp ô nguyên văn",
    why="""
        Danh sách mã (lead, support) phải chỉ đúng những cơ quan mà ô nguyên văn (as_issued) nêu tên: thiếu một mã thì cơ quan
        đó không thấy nhiệm vụ của mình, thừa một mã thì giao việc cho cơ quan mà văn bản không giao.

        Sửa bên sai. Nếu tên trong ô chỉ nhiều cơ quan hơn danh bạ ghi nhận thì sửa danh bạ, hoặc ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            support: [so-b]
        #   ^
            as_issued: {lead: Sở Tài nguyên, support: "Sở Y tế; Các sở, ban, ngành"}
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            support: [so-b, nhom-so]
            as_issued: {lead: Sở Tài nguyên, support: "Sở Y tế; Các sở, ban, ngành"}
    """,
    check=check,
)
