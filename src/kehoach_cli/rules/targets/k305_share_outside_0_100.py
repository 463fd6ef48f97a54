"""K305: a share in percent below 0 or above 100."""

from collections.abc import Iterator

from kehoach_cli.core.check.compare import is_share
from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.target import Operator, TargetPart
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.targets.milestones import milestone_path, milestones, when_text

_WHOLE = 100


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the targets in percent that lie outside 0 to 100."""
    for milestone in milestones(document):
        indicator, target = milestone.indicator, milestone.target
        for part in target.parts:
            if _beyond(part) and is_share(indicator.name, indicator.unit, part):
                # Where the target is written as {scope: text}, the scope is a key of its own.
                scope: KeyPath = (part.scope,) if part.scope else ()
                yield Violation(
                    f'{indicator.id}: mục tiêu "{target.text}" {when_text(target)} nằm ngoài khoảng 0 - 100%',
                    (*milestone_path(document, milestone), *scope),
                    hint="kiểm tra dấu phẩy thập phân và đơn vị tính",
                )


def _beyond(part: TargetPart) -> bool:
    if (part.operator is Operator.ABOVE and part.low == _WHOLE) or (part.operator is Operator.BELOW and part.low == 0):
        return True
    return any(value is not None and not 0 <= value <= _WHOLE for value in (part.low, part.high))


RULE = Rule(
    code="K305",
    slug="share-outside-0-100",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Tỷ lệ nằm ngoài 0 - 100%",
    why="""
        Tỷ lệ phần trăm của một tổng thể không thể dưới 0 hay trên 100, nên mục tiêu như vậy không bao giờ đạt được. Thường là mất
        dấu phẩy thập phân ("985" thay cho "98,5") hoặc sai đơn vị tính.

        Mức tăng, giảm so với một năm ("giảm 10% so với năm 2024"), tốc độ tăng và chỉ số không phải là tỷ lệ nên không bị kiểm
        tra. Nếu văn bản đã ban hành in như vậy thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", 2030: "985"}
        #                               ^
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", 2030: "98,5"}
    """,
    check=check,
)
