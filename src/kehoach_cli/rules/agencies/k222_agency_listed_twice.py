"""K222: one body twice in a list."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import indicators, tasks


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield each id that stands in one list of bodies a second time."""
    plan = document.plan
    for path, ids in _lists(plan) if plan else ():
        if len(ids) == len(set(ids)):
            continue
        for at, agency_id in enumerate(ids):
            if agency_id in ids[:at]:
                yield Violation(
                    f'"{agency_id}" đã có trong danh sách {path[-1]} này (mã thứ {ids.index(agency_id) + 1})',
                    (*path, at),
                    hint="xóa mã lặp; nếu văn bản nêu cơ quan khác thì ghi mã của cơ quan đó",
                )


def _lists(plan: Plan) -> Iterator[tuple[KeyPath, tuple[str, ...]]]:
    for path, task in tasks(plan):
        yield (*path, "lead"), task.lead
        yield (*path, "support"), task.support
    for path, indicator in indicators(plan):
        yield (*path, "lead"), indicator.lead
    for at, clause in enumerate(plan.clauses):
        yield ("clauses", at, "agencies"), clause.agencies
    for at, rule in enumerate(plan.reporting):
        yield ("reporting", at, "from"), rule.senders
        yield ("reporting", at, "to"), rule.recipients


RULE = Rule(
    code="K222",
    slug="agency-listed-twice",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Một cơ quan ghi hai lần trong một danh sách",
    why="""
        Một cơ quan chỉ nhận một lần trong một vai trò. Mã lặp thường là chép đè lên mã của cơ quan khác, khi đó cơ quan kia
        mất nhiệm vụ; số cơ quan chủ trì cũng bị đếm sai.

        Đối chiếu với ô nguyên văn: xóa mã lặp, hoặc ghi mã của cơ quan còn thiếu.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            support: [so-b, so-b]
        #                   ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            support: [so-b, ubnd-tinh]
    """,
    check=check,
)
