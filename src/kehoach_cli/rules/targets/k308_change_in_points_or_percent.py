"""K308: a change of a share of which nobody says whether it is in points or in percent."""

from collections.abc import Iterator

from kehoach_cli.core.check.compare import change_is_open
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.targets.milestones import milestone_path, milestones


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the targets that are a change in "%" of an indicator that is itself a share."""
    for milestone in milestones(document):
        if any(change_is_open(milestone.indicator, part) for part in milestone.target.parts):
            yield Violation(
                f'{milestone.indicator.id}: mục tiêu "{milestone.target.text}" là điểm phần trăm hay phần trăm của tỷ lệ cũ?',
                milestone_path(document, milestone),
                hint="thêm khóa change: points (điểm phần trăm) hoặc percent (phần trăm)",
            )


RULE = Rule(
    code="K308",
    slug="change-in-points-or-percent",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Mức tăng, giảm của một tỷ lệ không rõ là điểm phần trăm hay phần trăm",
    why="""
        Chỉ tiêu tự nó là một tỷ lệ, mục tiêu lại ghi mức tăng, giảm bằng "%", nên có hai cách tính: tỷ lệ hộ nghèo từ 3,0% xuống
        2,5% là giảm 0,5 điểm phần trăm, hoặc giảm 16,7 phần trăm. Khi báo cáo chỉ có mức trước và mức sau thì kehoach không chọn
        thay và không đánh giá.

        Hỏi cơ quan chủ trì hoặc xem cách tính của văn bản cấp trên, rồi ghi change: points hoặc change: percent. Nếu văn bản viết
        "điểm %" thì chép đúng như vậy.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ nghèo
            unit: "%"
            direction: decrease
            targets: {2025: "giảm 0,5% so với năm 2024"}
        #                   ^
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ nghèo
            unit: "%"
            direction: decrease
            change: points
            targets: {2025: "giảm 0,5% so với năm 2024"}
    """,
    check=check,
)
