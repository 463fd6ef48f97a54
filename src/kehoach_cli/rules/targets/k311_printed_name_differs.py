"""K311: the name of an indicator in other words than its printed cell."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Indicator, Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import indicators
from kehoach_cli.rules.targets.printed import name_and_unit, words

_Pair: TypeAlias = tuple[str, str]
_AT_VALUE = False


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the indicators whose name has other words than the printed one without its unit.

    The finding is at the side where more words stand beside each other as nowhere else in the plan; otherwise at the name.
    """
    for row, indicator in indicators(document.plan):
        if document.plan and (difference := _difference(indicator)):
            places = (*row, "name"), (*row, "as_issued", "name")
            known = _known_pairs(document.plan, indicator)
            at_cell = len(difference.pairs - known) < len(difference.printed_pairs - known)
            line = document.place(places[not at_cell], _AT_VALUE)[0]
            yield Violation(
                f"{indicator.id}: {_told(difference, line, at_cell=at_cell)}",
                places[at_cell],
                hint="chép lại tên theo văn bản, đơn vị trong ngoặc để ở unit; sửa as_issued.name nếu chép sai ô",
                others=(places[not at_cell],),
            )


class _Difference(NamedTuple):
    """The first words that differ, in the name and in the printed cell, and the pairs they make with their neighbours."""

    word: str
    printed_word: str
    pairs: set[_Pair]
    printed_pairs: set[_Pair]


def _told(difference: _Difference, line: int, *, at_cell: bool) -> str:
    here, printed = difference.word, difference.printed_word
    name, cell = (f"tên (dòng {line})", "ô in") if at_cell else ("tên", f"ô in (dòng {line})")
    if here and printed:
        return f'{name} ghi "{here}", {cell} ghi "{printed}"'
    return f'{name} có "{here}" mà {cell} không có' if here else f'{name} thiếu "{printed}" của {cell}'


def _difference(indicator: Indicator) -> _Difference | None:
    """Return the first words that differ; what errata explains does not count."""
    cell = indicator.as_issued.get("name")
    if cell is None or words(indicator.name) in (words(name_and_unit(cell)[0]), words(cell)):
        return None
    here, printed = words(indicator.name), words(name_and_unit(cell)[0])
    explained = set(words(indicator.errata or ""))
    for _, start, end, first, last in SequenceMatcher(None, here, printed, autojunk=False).get_opcodes():
        mine, theirs = here[start:end], printed[first:last]
        if mine != theirs and not explained.issuperset((*mine, *theirs)):
            pairs = set(pairwise(here[max(start - 1, 0) : end + 1]))
            printed_pairs = set(pairwise(printed[max(first - 1, 0) : last + 1]))
            return _Difference(" ".join(mine), " ".join(theirs), pairs, printed_pairs)
    return None


def _known_pairs(plan: Plan, indicator: Indicator) -> set[_Pair]:
    """Return the pairs of neighbouring words in the other texts of the plan."""
    texts = [other.name for other in plan.indicators if other is not indicator]
    texts += [text for task in plan.tasks for text in (task.text, *task.outputs)]
    return {pair for text in texts for pair in pairwise(words(text))}


RULE = Rule(
    code="K311",
    slug="printed-name-differs",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Tên chỉ tiêu khác với ô in trong văn bản",
    why="""
        Tên chỉ tiêu (name) là ô nguyên văn (as_issued.name) bỏ đơn vị tính trong ngoặc, không đổi chữ nào khác. Khác nhau
        thì một trong hai chỗ đã bị sửa hoặc chép nhầm dòng, và biểu gửi đơn vị hỏi một chỉ tiêu khác với văn bản.

        Thông báo đứng ở bên có những chữ không đi liền nhau ở chỗ nào khác trong kế hoạch; không biết được thì đứng ở name; cả
        hai đều nêu số dòng bên kia. Chép lại theo văn bản. Chữ in sai của văn bản giữ nguyên ở cả hai chỗ, hoặc nêu ở errata.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân đô thị được dùng nước sạch
        #         ^
            unit: "%"
            direction: increase
            targets: {2025: "95"}
            as_issued: {name: Tỷ lệ hộ dân nông thôn được dùng nước sạch (%)}
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân nông thôn được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "95"}
            as_issued: {name: Tỷ lệ hộ dân nông thôn được dùng nước sạch (%)}
    """,
    check=check,
)
