"""K634: an extension that ends no later than the deadline."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import reported_tasks
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the extensions to a day that is on or before the deadline of the plan."""
    for path, _, _, task, report in reported_tasks(document):
        if report.extension and task.deadline and report.extension.to <= task.deadline:
            message = (
                f"{task.id}: gia hạn đến {format_date(report.extension.to)}, "
                f"không muộn hơn thời hạn của kế hoạch ({format_date(task.deadline)})"
            )
            yield Violation(
                message,
                (*path, "extension", "to"),
                hint="sửa ngày gia hạn theo văn bản cho phép, hoặc bỏ câu trả lời này",
            )


RULE = Rule(
    code="K634",
    slug="extension-not-later",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Gia hạn không muộn hơn thời hạn",
    why="""
        Gia hạn là lùi thời hạn về sau. Ngày gia hạn có trước hoặc trùng với thời hạn của kế hoạch thì hoặc gõ nhầm ngày, hoặc
        gia hạn của nhiệm vụ khác; để vậy thì nhiệm vụ bị tính quá hạn sớm hơn.

        Đối chiếu văn bản cho phép rồi sửa. Muốn rút ngắn thời hạn thì phải sửa kế hoạch, không ghi ở đây.
    """,
    bad="""
        tasks:
          I.1: {status: in_progress, extension: {to: 2025-06-30, document: Công văn 345/UBND-NN ngày 10/11/2025}}
        #                                            ^
    """,
    good="""
        tasks:
          I.1: {status: in_progress, extension: {to: 2026-06-30, document: Công văn 345/UBND-NN ngày 10/11/2025}}
    """,
    check=check,
    kind="progress",
)
