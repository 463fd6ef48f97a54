"""K123: a general clause that applies to another section than the rows that name nobody."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan, is_within
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
        # A clause at the head of a section is meant for it, where the sections beside it have clauses of their own.
        for top in clause.applies_to:
            beside = (
                []
                if clause.id == top or clause.id not in listed or not is_within(clause.id, top)
                else _inside(top, plan)
            )
            if other := next((one for one in beside if one != clause.id), None):
                message = f"điều khoản {clause.id} áp dụng cho cả mục {top}, trong đó mục {other} có điều khoản riêng"
                yield Violation(message, (*path, clause.applies_to.index(top)), hint=f'ý bạn là "{clause.id}"?')


def _inside(top: str, plan: Plan) -> list[str]:
    """Return the sections within another one that have a clause of their own at their head."""
    return [one.id for one in plan.clauses if one.id in one.applies_to and one.id != top and is_within(one.id, top)]


RULE = Rule(
    code="K123",
    slug="clause-of-another-section",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Điều khoản chung áp dụng sai mục",
    why="""
        Điều khoản chung giao các dòng không ghi cơ quan nào trong những mục nêu ở applies_to. Nêu mục mà dòng nào cũng đã
        có cơ quan thì điều khoản không giao gì; nêu sót mục thì các dòng ở đó không thuộc về ai; điều khoản ở đầu mục II.2 mà
        nêu cả mục II thì giao luôn các mục bên cạnh đã có điều khoản riêng.

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
