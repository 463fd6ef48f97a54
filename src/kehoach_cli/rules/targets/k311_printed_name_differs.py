"""K311: the name of an indicator in other words than its printed cell."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import indicators
from kehoach_cli.rules.targets.printed import name_and_unit, words


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the indicators whose name has other words than the printed one without its unit."""
    for row, indicator in indicators(document.plan):
        if difference := _difference(indicator):
            yield Violation(
                f"{indicator.id}: {_told(*difference)}",
                (*row, "name"),
                hint="chép lại tên theo văn bản, đơn vị trong ngoặc để ở unit; sửa as_issued.name nếu chép sai ô",
            )


def _told(here: str, printed: str) -> str:
    if here and printed:
        return f'tên ghi "{here}", ô in ghi "{printed}"'
    return f'tên có "{here}" mà ô in không có' if here else f'tên thiếu "{printed}" của ô in'


def _difference(indicator: Indicator) -> tuple[str, str] | None:
    """Return the first words that differ, in the name and in the cell; what errata explain does not count."""
    cell = indicator.as_issued.get("name")
    if cell is None or words(indicator.name) in (words(name_and_unit(cell)[0]), words(cell)):
        return None
    here, printed = words(indicator.name), words(name_and_unit(cell)[0])
    explained = set(words(indicator.errata or ""))
    for _, start, end, first, last in SequenceMatcher(None, here, printed, autojunk=False).get_opcodes():
        mine, theirs = here[start:end], printed[first:last]
        if mine != theirs and not explained.issuperset((*mine, *theirs)):
            return " ".join(mine), " ".join(theirs)
    return None


RULE = Rule(
    code="K311",
    slug="printed-name-differs",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Tên chỉ tiêu khác với ô in trong văn bản",
    why="""
        Tên chỉ tiêu (name) là ô nguyên văn (as_issued.name) bỏ đơn vị tính trong ngoặc, không đổi chữ nào khác. Khác nhau
        thì một trong hai chỗ đã bị sửa hoặc chép nhầm dòng, và biểu gửi đơn vị hỏi một chỉ tiêu khác với văn bản.

        Chép lại theo văn bản. Chữ in sai của văn bản giữ nguyên ở cả hai chỗ, hoặc nêu ở errata.
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
