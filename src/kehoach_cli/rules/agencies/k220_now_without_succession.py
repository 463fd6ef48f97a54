"""K220: a body in `now` that took nothing over from the body of the row."""

from collections.abc import Iterator

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.plan_agencies import known_plan, row_bodies
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import items


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the heirs that a row names although the registry knows others, or none, of that body."""
    plan = known_plan(document)
    for path, row in items(plan):
        for old, heirs in row.now.items():
            # Other faults have codes of their own: an id of no registry (K201), a body that the row does not name (K221).
            if plan is None or old not in row_bodies(row) or document.directory.get(plan.province, old) is None:
                continue
            known = _heirs(document.directory, plan.province, old)
            for at, heir in enumerate(heirs):
                # A named document may give the work to a body that is no successor.
                if heir.agency not in known and not heir.basis:
                    name = document.directory.name
                    yield Violation(
                        f"{row.id}: {name(plan.province, heir.agency)} không kế thừa {name(plan.province, old)}",
                        (*path, "now", old, at, "agency"),
                        hint=_hint(known),
                    )


def _heirs(directory: Directory, province: str, agency_id: str) -> dict[str, str]:
    """Return id and name of everybody who took over from a body, also through others."""
    found: dict[str, str] = {}
    ahead = [agency_id]
    while ahead:
        agency = directory.get(province, ahead.pop())
        new = [heir.id for heir in agency.successors if heir.id not in found] if agency else []
        found.update((heir_id, directory.name(province, heir_id)) for heir_id in new)
        ahead += new
    return found


def _hint(known: dict[str, str]) -> str:
    if not known:
        return "danh bạ không ghi cơ quan này có cơ quan kế thừa; bỏ now, hoặc ghi văn bản phân công ở basis"
    named = ", ".join(f"{agency_id} ({name})" for agency_id, name in known.items())
    return f"danh bạ ghi cơ quan kế thừa là {named}; giao theo văn bản khác thì ghi văn bản đó ở basis"


RULE = Rule(
    code="K220",
    slug="now-without-succession",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Cơ quan ở khóa now không phải cơ quan kế thừa",
    why="""
        Khóa now nói cơ quan nào hôm nay làm phần việc của cơ quan đã chia tách. Cơ quan đó phải là một trong các cơ quan kế
        thừa ghi trong danh bạ; nếu không thì việc bị giao nhầm, và cơ quan thật sự tiếp nhận không thấy nhiệm vụ của mình.

        Ghi đúng cơ quan kế thừa, hoặc bổ sung successors trong danh bạ. Văn bản của tỉnh giao cho cơ quan khác thì ghi số,
        ngày văn bản đó ở basis.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-tach]
            now:
              so-tach: [{agency: ubnd-tinh}]
        #                        ^
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
