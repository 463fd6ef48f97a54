"""K122: a row whose key `section` contradicts its id or its neighbours."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Indicator, Task, enclosing_section, is_within
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.numbering import above, last_number, steps
from kehoach_cli.rules.rows import indicators, tasks

_Row: TypeAlias = tuple[KeyPath, Task | Indicator]


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the rows outside the section that their id names, and those that break the order of sections in a series of ids."""
    plan = document.plan
    if plan is None:
        return
    order = {section.id: place for place, section in enumerate(plan.sections)}
    listed: tuple[Iterable[_Row], ...] = (tasks(plan), indicators(plan))
    for rows in listed:
        series = groupby(rows, key=lambda row: above(row[1].id))
        for _, some in series:
            yield from _of_series(list(some), order)


def _of_series(rows: Sequence[_Row], order: Mapping[str, int]) -> Iterator[Violation]:
    placed = []
    for path, row in rows:
        by_id = enclosing_section(row.id, order)
        if row.section not in order or row.section in {None, by_id}:
            continue
        if by_id is None or _may_hold(row.section or "", by_id, row.id):
            placed.append((path, row))
        else:
            message = f'mục {row.section} không chứa {row.id}; theo mã thì dòng này thuộc mục "{by_id}"'
            yield Violation(message, (*path, "section"), hint=f'bỏ khóa section, hoặc ghi mục nằm trong "{by_id}"')
    numbers = [last_number(row.id) or ("", 0) for _, row in placed]
    if numbers == sorted(numbers):
        yield from _out_of_order(placed, order)


def _may_hold(section: str, by_id: str, row_id: str) -> bool:
    """Return whether a section below the one that an id names may hold the row: PL1.II may hold PL1.8, II.3 not II.2-1."""
    depth = len(steps(by_id))
    mine, theirs = steps(row_id)[depth:][:1], steps(section)[depth:][:1]
    counted_alike = bool(mine and theirs) and mine[0][0] == theirs[0][0]
    return is_within(section, by_id) and not (counted_alike and mine != theirs)


def _out_of_order(rows: Sequence[_Row], order: Mapping[str, int]) -> Iterator[Violation]:
    """Yield the rows that have to change their section so that the sections follow one another as the ids do."""
    kept = _longest_rise([order[row.section or ""] for _, row in rows])
    for place, (path, row) in enumerate(rows):
        if place not in kept:
            earlier = [rows[one][1].section for one in sorted(kept) if one < place][-1:]
            later = [rows[one][1].section for one in sorted(kept) if one > place][:1]
            near = list(dict.fromkeys([*earlier, *later]))
            message = (
                f"mục {row.section} của {row.id} trái thứ tự: các dòng bên cạnh thuộc mục {', '.join(map(str, near))}"
            )
            sandwiched = earlier and earlier == later
            hint = f'ý bạn là "{near[0]}"?' if sandwiched else "đối chiếu văn bản xem dòng này in dưới tiêu đề nào"
            yield Violation(message, (*path, "section"), hint=hint)


def _longest_rise(values: Iterable[int]) -> set[int]:
    """Return the places of a longest subsequence that never falls."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for place, value in enumerate(values):
        at = bisect_right(ends, value)
        before.append(last[at - 1] if at else None)
        ends[at : at + 1] = [value]
        last[at : at + 1] = [place]
    kept: set[int] = set()
    one: int | None = last[-1] if last else None
    while one is not None:
        kept.add(one)
        one = before[one]
    return kept


RULE = Rule(
    code="K122",
    slug="wrong-section",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Khóa section trái với mã hoặc với các dòng bên cạnh",
    why="""
        Khóa section xếp dòng vào một mục; mục đó phải nằm trong mục mà mã của dòng nêu ("VI.2" không thể thuộc PL1.II), và
        các dòng đánh số liên tục thì mục của chúng cũng theo thứ tự. Sai mục thì dòng mang tiêu đề và thời hạn của mục
        khác, và báo cáo in sai chỗ.

        Sửa khóa section, hoặc bỏ khóa đó nếu mã đã nói đủ. Mã của dòng thì giữ nguyên.
    """,
    bad="""
        sections:
          - {id: I, title: NHIỆM VỤ}
          - {id: PL1, title: CHỈ TIÊU}
          - {id: PL1.I, title: Nước}
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            section: PL1.I
        #            ^
    """,
    good="""
        sections:
          - {id: I, title: NHIỆM VỤ}
          - {id: PL1, title: CHỈ TIÊU}
          - {id: PL1.I, title: Nước}
        tasks:
          - id: PL1.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            section: PL1.I
    """,
    check=check,
)
