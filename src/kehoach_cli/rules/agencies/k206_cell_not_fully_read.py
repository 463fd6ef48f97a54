"""K206: an agency cell with words that no registry knows."""

from collections.abc import Iterator

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.plan_agencies import agency_cells, day_of, known_plan
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_HINT = "thêm cách viết này vào danh bạ (khóa also), hoặc ghi chú bỏ qua nếu nó không phải tên cơ quan"
# A name that is not in the registry has few words; a whole sentence is none.
_LONGEST = 80


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the cells with words that belong to no known name."""
    plan = known_plan(document)
    hints: dict[tuple[str, ...], str] = {}
    for cell in agency_cells(document):
        if plan and (leftovers := document.directory.read_cell(plan.province, cell.text, day_of(plan)).leftovers):
            words = ", ".join(f'"{words}"' for words in leftovers)
            message = f"ô cơ quan chưa đọc hết, danh bạ không có: {words}"
            if leftovers not in hints:
                hints[leftovers] = _hint(document.directory, plan.province, leftovers)
            yield Violation(message, (*cell.row, "as_issued", cell.role), hint=hints[leftovers])


def _hint(directory: Directory, province: str, leftovers: tuple[str, ...]) -> str:
    """Return what to do; where a name in the registry is near, which one may be meant."""
    near = [
        found[0] for words in leftovers if len(words) <= _LONGEST and (found := directory.suggest(words, province, 1))
    ]
    names = ", ".join(f'"{name}"' for name in near)
    return f"ý bạn là {names}? Nếu không, {_HINT}" if near else _HINT


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
