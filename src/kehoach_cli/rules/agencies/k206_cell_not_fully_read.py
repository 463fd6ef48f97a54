"""K206: an agency cell with words that no registry knows."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.plan_agencies import agency_cells, day_of, known_plan
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_HINT = "thêm cách viết này vào danh bạ (khóa also), hoặc ghi chú bỏ qua nếu nó không phải tên cơ quan"


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the cells with words that belong to no known name."""
    plan = known_plan(document)
    for cell in agency_cells(document):
        if plan and (leftovers := document.directory.read_cell(plan.province, cell.text, day_of(plan)).leftovers):
            words = ", ".join(f'"{words}"' for words in leftovers)
            message = f"ô cơ quan chưa đọc hết, danh bạ không có: {words}"
            yield Violation(message, (*cell.row, "as_issued", cell.role), hint=_HINT)


RULE = Rule(
    code="K206",
    slug="cell-not-fully-read",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Ô cơ quan chưa đọc hết",
    why="""
        Ô cơ quan được đọc theo các tên có trong danh bạ; phần còn lại ngoài dấu câu và chữ "và" có thể là một cơ quan bị bỏ
        sót, một tên viết sai hoặc một tên mới.

        Bổ sung tên vào danh bạ. Nếu văn bản thật sự chỉ nêu chung chung, không chỉ cơ quan nào, thì ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            as_issued: {lead: Sở Tài nguyên và Hội Nước sạch}
        #                     ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            as_issued: {lead: Sở Tài nguyên}
    """,
    check=check,
)
