"""K123: a general clause that applies to another section than the rows that name nobody."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.left_rows import left_rows, meant_for, nameless, within


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the sections in which a clause assigns nothing, and the clauses beside whose sections rows are left to nobody."""
    plan = document.plan
    if plan is None or not plan.clauses:
        return
    listed = {section.id for section in plan.sections}
    empty, left = nameless(plan), left_rows(plan)
    for index, clause in enumerate(plan.clauses):
        path = ("clauses", index, "applies_to")
        idle = [top for top in clause.applies_to if top in listed and not within(top, empty)]
        own = meant_for(clause, left, plan)
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
