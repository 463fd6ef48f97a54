"""K126: rows that name nobody where a general clause is missing."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.left_rows import left_rows, without_clause

_MANY = 5


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the sections without a clause beside others that have one, and the plan without any whose rows mostly name nobody.

    The finding is where the clause should stand: behind the one before it, or where the key `clauses` has its place.
    """
    plan = document.plan
    if plan is None:
        return
    for section, rows, before in without_clause(plan):
        near = max(before - 1, 0)
        side = "sau" if before else "trước"
        yield Violation(
            f"mục {section} không có điều khoản giao việc như mục bên cạnh, mà {_count(len(rows))} ở đó không ghi cơ quan nào",
            ("clauses", near, "id"),
            hint=f'chép điều khoản của mục {section} vào {side} điều khoản "{plan.clauses[near].id}"',
        )
    left = left_rows(plan)
    if not plan.clauses and len(left) >= _MANY and len(left) * 2 > len(plan.tasks):
        yield Violation(
            f"{len(left)}/{len(plan.tasks)} nhiệm vụ không ghi cơ quan nào, và tệp không có điều khoản giao việc chung (clauses)",
            ("sections",) if plan.sections else ("tasks",),
            key=True,
            hint="chép điều khoản giao các việc này từ văn bản, đặt clauses ở đây",
        )


def _count(number: int) -> str:
    return "nhiệm vụ" if number == 1 else f"{number} nhiệm vụ"


RULE = Rule(
    code="K126",
    slug="clause-missing",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Thiếu điều khoản giao việc",
    why="""
        Văn bản giao việc cho cả mục ở một câu đầu mục ("UBND tỉnh chỉ đạo:") hay ở phần tổ chức thực hiện; tệp ghi câu đó ở
        clauses. Các mục bên cạnh có điều khoản mà riêng một mục không có, mọi nhiệm vụ ở đó lại không ghi cơ quan nào, hoặc
        phần lớn kế hoạch không giao cho ai, thì điều khoản đã bị xóa hoặc chép sót.

        Chép điều khoản từ văn bản. Khi cả phần clauses bị xóa, tệp không cho biết nó giao cho ai; thông báo chỉ nói chỗ đặt
        lại.
    """,
    bad="""
        clauses:
          - {id: I.1, role: direct, agencies: [so-a], applies_to: [I.1], text: "Sở Tài nguyên chỉ đạo:"}
        #        ^
        sections:
          - {id: I, title: NHIỆM VỤ}
          - {id: I.1, title: Nước thải}
          - {id: I.2, title: Khí thải}
        tasks:
          - {id: I.1-1, kind: task, text: Kiểm tra việc xử lý nước thải.}
          - {id: I.2-1, kind: task, text: Quan trắc khí thải của các cơ sở.}
          - {id: I.2-2, kind: task, text: Công bố kết quả quan trắc.}
    """,
    good="""
        clauses:
          - {id: I.1, role: direct, agencies: [so-a], applies_to: [I.1], text: "Sở Tài nguyên chỉ đạo:"}
          - {id: I.2, role: direct, agencies: [so-b], applies_to: [I.2], text: "Sở Y tế chỉ đạo:"}
        sections:
          - {id: I, title: NHIỆM VỤ}
          - {id: I.1, title: Nước thải}
          - {id: I.2, title: Khí thải}
        tasks:
          - {id: I.1-1, kind: task, text: Kiểm tra việc xử lý nước thải.}
          - {id: I.2-1, kind: task, text: Quan trắc khí thải của các cơ sở.}
          - {id: I.2-2, kind: task, text: Công bố kết quả quan trắc.}
    """,
    check=check,
)
