"""K123: a general clause that applies to another section than the rows that name nobody."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Clause, Plan, Task, is_within
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the sections in which a clause assigns nothing, and the clauses beside whose sections rows are left to nobody."""
    plan = document.plan
    if plan is None or not plan.clauses:
        return
    listed = {section.id for section in plan.sections}
    nameless = [task for task in plan.tasks if not task.lead and not task.support]
    left = [task for task in nameless if not plan.clauses_for(task)]
    for index, clause in enumerate(plan.clauses):
        path = ("clauses", index, "applies_to")
        idle = [top for top in clause.applies_to if top in listed and not _within(top, nameless)]
        own = _left_to(clause, left, plan)
        for top in idle:
            message = f"điều khoản {clause.id} áp dụng cho mục {top} nhưng mục này không có dòng nào để trống cơ quan"
            hint = (
                f'ý bạn là "{own[0].section}"?' if own else "đối chiếu văn bản xem điều khoản giao các việc của mục nào"
            )
            yield Violation(message, (*path, clause.applies_to.index(top)), hint=hint)
        if own and not idle:
            message = (
                f"điều khoản {clause.id} không áp dụng cho mục {own[0].section}, "
                f"mà {own[0].id} ở đó không ghi cơ quan nào"
            )
            yield Violation(message, path, hint="kiểm tra lại các mục trong applies_to")


def _within(top: str, rows: list[Task]) -> list[Task]:
    return [row for row in rows if is_within(row.section or "", top)]


def _left_to(clause: Clause, left: list[Task], plan: Plan) -> list[Task]:
    """Return the rows left to nobody that the clause was most likely meant for.

    A clause printed at the head of a section is meant for it; another one for the whole part in which it applies.
    """
    if clause.id in clause.applies_to:
        return []
    if own := _within(clause.id, left):
        return own
    heads = {section.id for section in plan.sections if is_within(section.id, clause.id)}
    parts = {top.partition(".")[0] for top in clause.applies_to} if clause.id not in heads else set()
    return [row for top in sorted(parts) for row in _within(top, left)]


RULE = Rule(
    code="K123",
    slug="clause-of-another-section",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Điều khoản chung áp dụng sai mục",
    why="""
        Điều khoản chung giao các dòng không ghi cơ quan nào trong những mục nêu ở applies_to. Nêu mục mà dòng nào cũng đã
        có cơ quan thì điều khoản không giao gì; nêu sót mục thì các dòng ở đó không thuộc về ai.

        Đối chiếu văn bản rồi sửa applies_to.
    """,
    bad="""
        clauses:
          - {id: II.1, role: implement, agencies: [so-a, so-b], applies_to: [II], text: Các sở thực hiện Kế hoạch}
        #                                                                    ^
        sections:
          - {id: I, title: NHIỆM VỤ}
          - {id: II, title: TỔ CHỨC THỰC HIỆN}
    """,
    good="""
        clauses:
          - {id: II.1, role: implement, agencies: [so-a, so-b], applies_to: [I], text: Các sở thực hiện Kế hoạch}
        sections:
          - {id: I, title: NHIỆM VỤ}
          - {id: II, title: TỔ CHỨC THỰC HIỆN}
        tasks:
          - {id: I.1, kind: task, text: Kiểm tra việc xử lý nước thải.}
    """,
    check=check,
)
