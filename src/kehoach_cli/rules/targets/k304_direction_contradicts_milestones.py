"""K304: milestones that contradict the direction of their indicator."""

from collections.abc import Hashable, Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.target import Direction, Operator, Target, contradicts
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import indicators
from kehoach_cli.rules.targets.milestones import Ends, measured, when_text

_WORDS = {
    Direction.INCREASE: "càng cao càng tốt",
    Direction.DECREASE: "càng thấp càng tốt",
    Direction.MAINTAIN: "duy trì",
    Direction.WITHIN: "giữ trong mức",
}


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the indicators with a target whose words, or whose number after the one before, go against their direction."""
    for row, indicator in indicators(document.plan):
        if target := _against(indicator):
            yield Violation(
                f'{indicator.id}: mục tiêu "{target.text}" ({when_text(target)}) trái với '
                f'hướng "{indicator.direction}" ({_WORDS[indicator.direction]})',
                (*row, "direction"),
                hint="sửa direction, hoặc sửa mục tiêu nếu chép sai",
            )
        elif len(indicator.targets) > 1 and (clash := _clash(indicator)):
            told = " rồi ".join(f'"{target.text}" ({when_text(target)})' for target in clash)
            yield Violation(
                f'{indicator.id}: hướng "{indicator.direction}" ({_WORDS[indicator.direction]}) trái với mục tiêu {told}',
                (*row, "direction"),
                hint="sửa direction, hoặc sửa mục tiêu nếu chép sai",
            )


def _against(indicator: Indicator) -> Target | None:
    """Return the first target whose words go against the direction: "dưới 3%" of what shall rise."""
    return next(
        (
            target
            for target in indicator.targets
            if any(contradicts(part, indicator.direction) for part in target.parts)
        ),
        None,
    )


def _clash(indicator: Indicator) -> tuple[Target, Target] | None:
    last: dict[Hashable, tuple[Target, Ends]] = {}
    for target in indicator.targets:
        for subject, ends in measured(target, indicator.unit).items():
            if subject in last:
                before, ends_before = last[subject]
                if _contradicts(_meant(indicator.direction, before, target), ends_before, ends):
                    return before, target
            last[subject] = target, ends
    return None


def _meant(direction: Direction, *targets: Target) -> Direction:
    """Return the direction of the milestones; `maintain` with a lower bound allows them to rise."""
    floor = all(part.operator in {Operator.AT_LEAST, Operator.ABOVE} for target in targets for part in target.parts)
    return Direction.INCREASE if direction is Direction.MAINTAIN and floor else direction


def _contradicts(direction: Direction, before: Ends, now: Ends) -> bool:
    if direction in {Direction.MAINTAIN, Direction.WITHIN}:
        return before[0] != now[0]
    worse, better = (before, now) if direction is Direction.INCREASE else (now, before)
    return worse != better and better[0] <= worse[0] and better[1] <= worse[1]


RULE = Rule(
    code="K304",
    slug="direction-contradicts-milestones",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Hướng của chỉ tiêu trái với các mốc",
    why="""
        Hướng (direction) quyết định vượt hay không đạt: với "càng cao càng tốt", kết quả 40 so với mục tiêu 30 là vượt; với
        "càng thấp càng tốt" là không đạt. Các mốc của chính văn bản cho thấy hướng đúng: 30 rồi 10 là giảm, không thể là "càng
        cao càng tốt"; "duy trì" thì các mốc phải bằng nhau (mức sàn như "≥80" thì được nâng lên).

        Hướng là cách hiểu của người nhập, không có trong văn bản: sửa hướng. Nếu hướng đúng thì một mốc đã chép sai.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ chất thải rắn sinh hoạt xử lý bằng chôn lấp
            unit: "%"
            direction: increase
        #              ^
            targets: {2025: "30", 2030: "10"}
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ chất thải rắn sinh hoạt xử lý bằng chôn lấp
            unit: "%"
            direction: decrease
            targets: {2025: "30", 2030: "10"}
    """,
    check=check,
)
