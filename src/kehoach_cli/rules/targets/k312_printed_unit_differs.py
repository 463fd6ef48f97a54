"""K312: a unit other than the one that the printed name has in brackets."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.target import TargetError
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import indicators
from kehoach_cli.rules.targets.printed import name_and_unit, same_unit


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the indicators whose unit is not the one in brackets at the end of the printed name."""
    for row, indicator in indicators(document.plan):
        printed = _printed_unit(indicator)
        if printed and indicator.unit and not same_unit(printed, indicator.unit):
            yield Violation(
                f'{indicator.id}: đơn vị tính "{indicator.unit}" khác với "({printed})" trong tên in ở văn bản',
                (*row, "unit"),
                hint=f'nếu tên chép đúng thì ghi unit: "{printed}"',
            )


def _printed_unit(indicator: Indicator) -> str | None:
    """Return what the brackets hold where it is a unit: a number before it makes a target of that unit."""
    inside = name_and_unit(indicator.as_issued.get("name", indicator.name))[1]
    if not inside or any(letter.isdigit() for letter in inside.replace("m2", "").replace("m3", "")):
        return None
    try:
        parts = parse_target(f"10 {inside}")
    except TargetError:
        return None
    return inside if len(parts) == 1 and parts[0].unit and not parts[0].remark else None


RULE = Rule(
    code="K312",
    slug="printed-unit-differs",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Đơn vị tính khác với tên in trong văn bản",
    why="""
        Nhiều văn bản in đơn vị tính trong ngoặc ở cuối tên chỉ tiêu: "Tỷ lệ che phủ rừng (%)". Khóa unit ghi đơn vị khác
        thì số liệu của các đơn vị bị coi là sai đơn vị, hoặc tỷ lệ bị đánh giá như một số lượng.

        Ghi unit đúng như trong ngoặc; nếu ngoặc ở tên chép sai thì sửa tên.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ che phủ rừng
            unit: ha
        #         ^
            direction: maintain
            targets: {2025: "54,2"}
            as_issued: {name: Tỷ lệ che phủ rừng (%)}
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ che phủ rừng
            unit: "%"
            direction: maintain
            targets: {2025: "54,2"}
            as_issued: {name: Tỷ lệ che phủ rừng (%)}
    """,
    check=check,
)
