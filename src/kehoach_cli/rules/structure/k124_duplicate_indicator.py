"""K124: two indicators of a plan with the same name and unit."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import indicators
from kehoach_cli.viet.text import match_key


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the indicators that repeat an earlier one of the same lead or with the same targets."""
    seen: dict[tuple[str, str | None], list[int]] = {}
    rows = list(indicators(document.plan))
    for place, (path, row) in enumerate(rows):
        earlier = seen.setdefault((match_key(row.name), row.unit), [])
        for one in earlier:
            other = rows[one][1]
            if set(other.lead) & set(row.lead) or other.targets == row.targets:
                message = f"chỉ tiêu {row.id} trùng tên và đơn vị tính với {other.id}"
                yield Violation(message, (*path, "name"), hint="nếu chép thừa thì xóa; nếu chép nhầm tên thì sửa")
                break
        earlier.append(place)


RULE = Rule(
    code="K124",
    slug="duplicate-indicator",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Hai chỉ tiêu trùng nhau",
    why="""
        Một chỉ tiêu ghi hai lần dưới hai mã thì bị hỏi hai lần, tính hai lần trong tổng kết, và hai số báo cáo về có thể
        khác nhau. Hai chỉ tiêu cùng tên, cùng đơn vị tính mà khác cả cơ quan chủ trì lẫn mục tiêu thì không báo.

        Xóa dòng thừa, hoặc sửa tên chép nhầm. Nếu văn bản thật sự nêu hai lần thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        indicators:
          - {id: I-ct1, name: Tỷ lệ hộ dùng nước sạch, unit: "%", lead: [so-a], direction: increase, targets: {2025: "95"}}
          - {id: I-ct2, name: Tỷ lệ hộ dùng nước sạch, unit: "%", lead: [so-a], direction: increase, targets: {2025: "95"}}
        #                     ^
    """,
    good="""
        indicators:
          - {id: I-ct1, name: Tỷ lệ hộ dùng nước sạch, unit: "%", lead: [so-a], direction: increase, targets: {2025: "95"}}
          - {id: I-ct2, name: Tỷ lệ hộ có nhà tiêu, unit: "%", lead: [so-a], direction: increase, targets: {2025: "95"}}
    """,
    check=check,
)
