"""K638: figures for some parts of a target only."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import evaluated, reported


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the values that answer some parts of a target and leave others out."""
    for path, _, submission, indicator, report in reported(document):
        parts = evaluated(indicator, submission).parts if report.parts else ()
        lacking = [part.scope or part.part.label for part in parts if part.value is None]
        if lacking and len(lacking) < len(parts):
            names = ", ".join(f'"{name}"' for name in lacking)
            message = f"{indicator.id}: thiếu số liệu của {names}, chưa đánh giá được cả chỉ tiêu"
            yield Violation(message, (*path, "value"), key=True, hint="bổ sung số liệu của phần còn thiếu")


RULE = Rule(
    code="K638",
    slug="part-missing",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Thiếu số liệu của một phần",
    why="""
        Mục tiêu chia theo đối tượng (đô thị, nông thôn) thì mỗi đối tượng một số. Thiếu một số thì phần có số vẫn được so
        sánh, nhưng cả chỉ tiêu là chưa đủ số liệu.

        Hỏi cơ quan báo cáo số còn thiếu; thật sự chưa có thì ghi điều đó ở note và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        indicators:
          I-ct8: {value: {phường: "95"}}
        #         ^
    """,
    good="""
        indicators:
          I-ct8: {value: {xã: "82", phường: "95"}}
    """,
    check=check,
    kind="progress",
)
