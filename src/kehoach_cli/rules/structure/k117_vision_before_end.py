"""K117: a vision that lies before the end of the plan."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the plan whose vision is not later than its last year, or without one its first year."""
    period = document.plan.period if document.plan else None
    if period is None or period.vision is None:
        return
    last = period.start if period.end is None else period.end
    if period.vision <= last:
        yield Violation(
            f"tầm nhìn đến năm {period.vision} không sau năm cuối của kế hoạch ({last})",
            ("period", "vision"),
            hint="đối chiếu tên văn bản (… đến năm …, tầm nhìn đến năm …) rồi sửa vision hoặc to",
        )


RULE = Rule(
    code="K117",
    slug="vision-before-end",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Năm tầm nhìn không sau năm cuối của kế hoạch",
    why="""
        Tầm nhìn là mốc xa hơn thời kỳ của kế hoạch ("đến năm 2030, tầm nhìn đến năm 2050"). Năm tầm nhìn trước hoặc bằng
        năm cuối là gõ sai một trong hai, và mục tiêu của năm tầm nhìn bị coi là nằm ngoài thời kỳ.

        Đối chiếu với tên văn bản rồi sửa; văn bản không nêu tầm nhìn thì bỏ khóa vision.
    """,
    bad="""
        period: {from: 2022, to: 2030, vision: 2025}
        #                                      ^
    """,
    good="""
        period: {from: 2022, to: 2030, vision: 2050}
    """,
    check=check,
)
