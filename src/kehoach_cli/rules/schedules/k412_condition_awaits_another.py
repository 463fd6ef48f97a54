"""K412: a condition that awaits a body which its words do not name."""

from collections.abc import Iterator

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Condition, Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import tasks
from kehoach_cli.viet.text import match_key


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the conditions whose `awaits` is none of the bodies in their text."""
    plan = document.plan
    for row, task in tasks(plan):
        for at, condition in enumerate(task.conditions):
            if plan and (fault := _fault(document.directory, plan, condition)):
                message, hint = fault
                yield Violation(f"{task.id}: {message}", (*row, "conditions", at, "awaits"), hint=hint)


def _fault(directory: Directory, plan: Plan, condition: Condition) -> tuple[str, str] | None:
    """Return message and hint; None where the words name the body, or nobody can tell whom they name."""
    awaited = directory.get(plan.province, condition.awaits) if condition.awaits else None
    if awaited is None:
        return None
    text = match_key(condition.text)
    if any(match_key(name) in text for name in awaited.names):
        return None
    day = plan.document.date.first if plan.document.date else None
    named = dict.fromkeys(one.id for one in directory.read_cell(plan.province, condition.text, day).mentions)
    if awaited.id in named:
        return None
    meant = ", ".join(f"{agency_id} ({directory.name(plan.province, agency_id)})" for agency_id in named)
    hint = f"câu điều kiện nêu {meant}" if meant else "ghi cơ quan mà câu điều kiện nêu, hoặc bỏ awaits"
    return f'điều kiện "{condition.text}" không nêu {awaited.name}', hint


RULE = Rule(
    code="K412",
    slug="condition-awaits-another",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Điều kiện chờ cơ quan mà câu không nêu",
    why="""
        Khóa awaits nói nhiệm vụ chờ cơ quan nào ban hành hướng dẫn. Cơ quan đó phải là cơ quan nêu trong chính câu điều
        kiện; ghi khác thì văn bản đôn đốc gửi nhầm nơi, và câu hỏi "chờ ai" trả lời sai.

        Ghi mã của cơ quan mà câu nêu tên; câu không nêu cơ quan nào thì bỏ awaits.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải (sau khi có hướng dẫn của Sở Y tế).
            lead: [so-a]
            schedule: 2022 - 2025
            conditions: [{text: sau khi có hướng dẫn của Sở Y tế, kind: after, scope: all, awaits: ubnd-tinh}]
        #                                                                                          ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải (sau khi có hướng dẫn của Sở Y tế).
            lead: [so-a]
            schedule: 2022 - 2025
            conditions: [{text: sau khi có hướng dẫn của Sở Y tế, kind: after, scope: all, awaits: so-b}]
    """,
    check=check,
)
