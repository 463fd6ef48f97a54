"""K306: a milestone outside the plan's period."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import PlanYears
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.target import Target
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.targets.milestones import milestone_path, milestones, when_text


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the targets for a year, or for a mean over years, outside the period."""
    plan = document.plan
    for milestone in milestones(document):
        target = milestone.target
        if plan and not _within(target, plan.period):
            told = f"{plan.period.start} - {plan.period.end or '…'}"
            yield Violation(
                f"{milestone.indicator.id}: mục tiêu {when_text(target)} nằm ngoài thời kỳ của kế hoạch ({told})",
                milestone_path(document, milestone),
                key=True,
                hint="sửa năm của mục tiêu, hoặc period của kế hoạch nếu chép sai",
            )


def _within(target: Target, period: PlanYears) -> bool:
    # A plan may have targets for the year of its vision.
    last = period.covers(target.year) or target.year == period.vision
    return last and (target.since is None or period.covers(target.since))


RULE = Rule(
    code="K306",
    slug="milestone-outside-period",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Mốc của chỉ tiêu nằm ngoài thời kỳ kế hoạch",
    why="""
        Báo cáo chỉ được lập cho những năm kế hoạch có hiệu lực, nên mục tiêu của năm khác không bao giờ được đánh giá, và bình
        quân của giai đoạn bắt đầu sớm hơn thì thiếu số liệu những năm đầu. Thường là gõ sai năm.

        Nếu văn bản đã ban hành đặt mốc như vậy thì giữ nguyên và ghi chú bỏ qua kèm lý do. Năm tầm nhìn (vision) của kế hoạch
        được chấp nhận.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", 2035: "98"}
        #                         ^
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", 2030: "98"}
    """,
    check=check,
)
