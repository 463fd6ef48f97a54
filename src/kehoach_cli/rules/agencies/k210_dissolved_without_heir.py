"""K210: a dissolved agency whose duty in a row nobody has today."""

from collections.abc import Iterator

from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.plan_agencies import agency_cells, known_plan
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_NO_HEIR = "đã kết thúc hoạt động và không có cơ quan kế thừa"
_SPLIT = "đã kết thúc hoạt động, nhiệm vụ chia cho nhiều cơ quan"
_HINTS = {
    _NO_HEIR: "ghi cơ quan kế thừa (successors) vào danh bạ; không có văn bản thì hỏi cơ quan đầu mối",
    _SPLIT: "ghi khóa now: cơ quan nào nay thực hiện mục này",
}


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the ids of dissolved agencies where neither the row nor the registry says who has the duty today."""
    plan = known_plan(document)
    faults: dict[tuple[str, str], str] = {}
    for cell in agency_cells(document):
        for place, agency_id in enumerate(cell.ids):
            case = (agency_id, cell.role)
            if plan and case not in faults:
                faults[case] = _fault(document.directory, plan.province, *case)
            if plan and faults[case] and not cell.now.get(agency_id):
                message = f"{document.directory.name(plan.province, agency_id)} {faults[case]}"
                yield Violation(message, (*cell.row, cell.role, place), hint=_HINTS[faults[case]])


def _fault(directory: Directory, province: str, agency_id: str, role: str) -> str:
    """Return why nobody has the duties of an agency in a role, "" where an heir, or an heir of an heir, has them."""
    seen: list[Agency] = []
    agency = directory.get(province, agency_id)
    while agency and agency.valid_to and agency not in seen:
        seen.append(agency)
        heirs = [heir for heir in agency.successors if role == "support" or heir.role in {None, role}]
        if not heirs:
            return _NO_HEIR
        if agency.split:
            # Nobody reports on what an agency only supported. For what it led, one heir must have all its leads.
            return "" if role == "support" or any(heir.role == role for heir in heirs) else _SPLIT
        agency = directory.get(province, heirs[0].id)
    return ""


RULE = Rule(
    code="K210",
    slug="dissolved-without-heir",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Cơ quan đã giải thể mà chưa rõ ai kế thừa",
    why="""
        Nhiệm vụ giao cho cơ quan đã giải thể, sáp nhập thì cơ quan kế thừa phải báo cáo. Danh bạ không ghi cơ quan kế thừa,
        hoặc chức năng chia cho nhiều cơ quan mà nhiệm vụ không nói rõ phần của ai (khóa now), thì không ai thấy việc này là
        của mình.

        Bổ sung successors trong danh bạ, hoặc now ở mục đó nếu mục có khóa này; chưa có văn bản phân công thì ghi chú bỏ qua
        kèm lý do.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-tach]
        #          ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-tach]
            now:
              so-tach: [{agency: so-b, scope: khám bệnh}]
    """,
    check=check,
)
