"""K206: an agency cell with words that no registry knows."""

from collections.abc import Iterator

from kehoach_cli.core.model.agency import CellContent, Directory
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
    hints: dict[tuple[tuple[str, ...], ...], str] = {}
    for cell in agency_cells(document):
        content = document.directory.read_cell(plan.province, cell.text, day_of(plan)) if plan else CellContent(())
        if plan and content.leftovers:
            words = ", ".join(f'"{words}"' for words in content.leftovers)
            message = f"ô cơ quan chưa đọc hết, danh bạ không có: {words}"
            named = {mention.id for mention in content.mentions}
            case = content.leftovers, tuple(agency_id for agency_id in cell.ids if agency_id not in named)
            if case not in hints:
                hints[case] = _hint(document.directory, plan.province, *case)
            yield Violation(message, (*cell.row, "as_issued", cell.role), hint=hints[case])


def _hint(directory: Directory, province: str, leftovers: tuple[str, ...], unnamed: tuple[str, ...]) -> str:
    """Return what to do: at the ids of the row that the cell does not name, or which near name may be meant."""
    if len(unnamed) == len(leftovers) == 1 and (agency := directory.get(province, unnamed[0])):
        place = f"plans/agencies/{agency.province}.yaml"
        return (
            f'mã {agency.id} trong danh bạ tên là "{agency.name}"; nếu ô in tên khác của nó thì thêm vào also ở {place}'
        )
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
