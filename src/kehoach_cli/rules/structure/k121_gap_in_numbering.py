"""K121: a number that the ids of a plan skip."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.numbering import above, last_number
from kehoach_cli.rules.rows import ids, indicators, passages, sections, tasks

# What stands before the last numeral, and the kind of that numeral: the ids of one series count on.
_Series = tuple[str, str]
_Numbered = dict[_Series, dict[int, tuple[KeyPath, str]]]
# A document skips a number by mistake now and then; a file that skips more is an excerpt.
_SHARE = 20


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the ids in front of which a number is missing, unless the plan skips numbers all over.

    Of the sections a single missing number counts: longer runs are parts of a document that hold no rows.
    """
    plan = document.plan
    if plan is None:
        return
    known = _known(plan)
    rows = [(path, passage.id) for path, passage in passages(plan)]
    rows += [(path, task.id) for path, task in tasks(plan)]
    rows += [(path, indicator.id) for path, indicator in indicators(plan)]
    gaps = [*_gaps(_numbered(rows), known)]
    headings = _numbered((path, section.id) for path, section in sections(plan))
    gaps += [gap for gap in _gaps(headings, known) if gap[2] == 1]
    if len(gaps) <= max(1, len(rows) // _SHARE):
        for path, message, _ in gaps:
            hint = "kiểm tra có xóa nhầm hay gõ nhầm mã không; nếu văn bản bỏ cách số thì ghi chú bỏ qua kèm lý do"
            yield Violation(message, (*path, "id"), hint=hint)


def _numbered(rows: Iterable[tuple[KeyPath, str]]) -> _Numbered:
    found: _Numbered = {}
    for path, row_id in rows:
        if number := last_number(row_id):
            found.setdefault((above(row_id), number[0]), {}).setdefault(number[1], (path, row_id))
    return found


def _known(plan: Plan) -> set[tuple[_Series, int]]:
    """Return every number that some id has or implies: "II.3.2-1" implies II.3.2."""
    left = ids(plan) | {clause.id for clause in plan.clauses}
    found: set[tuple[_Series, int]] = set()
    while left:
        found |= {((above(one), number[0]), number[1]) for one in left if (number := last_number(one))}
        left = {above(one) for one in left} - {""}
    return found


def _gaps(numbered: _Numbered, known: set[tuple[_Series, int]]) -> Iterator[tuple[KeyPath, str, int]]:
    """Yield the path behind each gap, what is wrong, and how many numbers are missing; a series alone has no gap."""
    for series, found in numbered.items():
        numbers = sorted(found)
        begin = [0] if numbers[0] == 2 else []  # noqa: PLR2004 - the first one is missing
        for before, after in pairwise([*begin, *numbers]):
            missing = after - before - 1
            if len(numbers) > 1 and missing and not any((series, one) in known for one in range(before + 1, after)):
                path, row_id = found[after]
                last = f'đứng ngay sau "{found[before][1]}"' if before else "là mã đầu tiên"
                yield path, f'thiếu số thứ tự: mã "{row_id}" {last}', missing


RULE = Rule(
    code="K121",
    slug="gap-in-numbering",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Số thứ tự bị cách quãng",
    why="""
        Mã giữ số thứ tự của văn bản. Các số khác liên tục mà một số bị thiếu thì thường là một dòng đã bị xóa nhầm, hoặc
        mã gõ nhầm ("III.2.33"): việc đó biến mất khỏi biểu, báo cáo và thống kê. Tệp bỏ cách nhiều số (bản trích) thì không
        báo; dòng cuối bị xóa thì không thể biết từ chính tệp.

        Chép lại dòng thiếu từ văn bản, hoặc sửa mã. Dòng hết hiệu lực thì giữ lại và ghi khóa withdrawn. Nếu chính văn bản
        đánh số cách quãng thì ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - {id: I.1, kind: task, text: Kiểm tra việc xử lý nước thải., lead: [so-a]}
          - {id: I.2, kind: task, text: Xét nghiệm nguồn nước sinh hoạt., lead: [so-a]}
          - {id: I.4, kind: task, text: Công bố kết quả xét nghiệm., lead: [so-a]}
        #        ^
    """,
    good="""
        tasks:
          - {id: I.1, kind: task, text: Kiểm tra việc xử lý nước thải., lead: [so-a]}
          - {id: I.2, kind: task, text: Xét nghiệm nguồn nước sinh hoạt., lead: [so-a]}
          - {id: I.3, kind: task, text: Công bố kết quả xét nghiệm., lead: [so-a]}
    """,
    check=check,
)
