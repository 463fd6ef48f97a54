"""K304: milestones that contradict the direction of their indicator."""

import re
from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.target import Direction, Target, contradicts
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import indicators
from kehoach_cli.rules.targets.milestones import PlacedTarget, against_direction, milestone_path, when_text

_WORDS = {
    Direction.INCREASE: "càng cao càng tốt",
    Direction.DECREASE: "càng thấp càng tốt",
    Direction.MAINTAIN: "duy trì",
    Direction.WITHIN: "giữ trong mức",
}
_NOTED = {
    Direction.INCREASE: re.compile(
        r"(?<!không )(?<!phải )\bcàng (?:cao|nhiều|lớn|tăng) càng tốt|\bmục tiêu (?:là )?tăng từ\b", re.IGNORECASE
    ),
    Direction.DECREASE: re.compile(
        r"(?<!không )(?<!phải )\bcàng (?:thấp|ít|nhỏ|giảm) càng tốt|\bmục tiêu (?:là )?giảm từ\b", re.IGNORECASE
    ),
    Direction.MAINTAIN: re.compile(r"\bgiữ (?:ít nhất|nguyên|ổn định)|\bduy trì\b", re.IGNORECASE),
}
_MEND = "sửa direction, hoặc sửa mục tiêu nếu chép sai"


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the indicators whose direction goes against their targets, or against what is noted of it.

    Where the note confirms the direction, the finding is at the target.
    """
    for row, indicator in indicators(document.plan):
        noted = _noted(indicator)
        if noted not in {None, Direction.MAINTAIN, indicator.direction}:
            yield Violation(
                f"{indicator.id}: {_named(indicator)} trái với giải thích “{indicator.direction_note}”",
                (*row, "direction"),
                hint="sửa direction, hoặc viết lại direction_note",
            )
        elif clash := _against(indicator) or against_direction(indicator):
            told = " rồi ".join(f'"{target.text}" ({when_text(target)})' for target in clash)
            place, hint = (*row, "direction"), _MEND
            if noted is indicator.direction:
                wrong = _odd_one(indicator, clash)
                place = milestone_path(document, PlacedTarget(row, indicator, wrong))
                hint = f"đối chiếu mục tiêu với văn bản; hướng thì “{indicator.direction_note}”"
            yield Violation(f"{indicator.id}: mục tiêu {told} trái với {_named(indicator)}", place, hint=hint)


def _named(indicator: Indicator) -> str:
    return f'hướng "{indicator.direction}" ({_WORDS[indicator.direction]})'


def _noted(indicator: Indicator) -> Direction | None:
    """Return the one direction that the note tells. What is kept at a level at least may also be told to rise."""
    found = [direction for direction, words in _NOTED.items() if words.search(indicator.direction_note or "")]
    return found[0] if len(found) == 1 else None


def _odd_one(indicator: Indicator, clash: tuple[Target, ...]) -> Target:
    """Return the target of a clash without which the others agree; the later one where that does not tell."""
    for target in reversed(clash):
        others = tuple(other for other in indicator.targets if other is not target)
        if not against_direction(replace(indicator, targets=others)):
            return target
    return clash[-1]


def _against(indicator: Indicator) -> tuple[Target, ...]:
    """Return the first target whose words go against the direction: "dưới 3%" of what shall rise."""
    fitting = (
        target for target in indicator.targets if any(contradicts(part, indicator.direction) for part in target.parts)
    )
    return tuple(islice(fitting, 1))


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

        Hướng là cách hiểu của người nhập, không có trong văn bản: sửa hướng. Nếu hướng đúng thì một mốc đã chép sai; lời giải
        thích ở direction_note nói cùng hướng thì thông báo đứng ở mốc, nói hướng khác thì đứng ở direction.
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
