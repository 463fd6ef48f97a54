"""K608: an extension, or a task carried over or dropped, without the document that allows it."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule

_WORDS = {Status.CARRIED: "chuyển tiếp", Status.DROPPED: "dừng, không thực hiện"}


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the tasks whose deadline moved, or that left the plan, on nobody's word."""
    for at, _, submission in document.submissions:
        for task_id, report in submission.tasks.items():
            word = _WORDS.get(report.status) if report.status and not report.documents else None
            if report.extension and not report.extension.document:
                word = "gia hạn"
            if word:
                yield Hit(f"{task_id}: {word} nhưng không nêu văn bản cho phép", (*at, "tasks", task_id), key=True)


RULE = Rule(
    code="K608",
    slug="decision-without-document",
    severity=Severity.WARNING,
    title="Gia hạn, chuyển tiếp hoặc dừng mà không có văn bản",
    why="""
        Thời hạn của kế hoạch chỉ được lùi, và nhiệm vụ chỉ được chuyển tiếp hoặc dừng, khi cấp có thẩm quyền đồng ý
        bằng văn bản; báo cáo in số văn bản đó cạnh thời hạn mới.

        Bổ sung văn bản ở extension.document hoặc documents; chưa có thì báo cáo đúng trạng thái hiện tại.
    """,
    bad="""
        tasks:
          I.1: {status: in_progress, extension: {to: 2026-06-30}}
        # ^
    """,
    good="""
        tasks:
          I.1: {status: in_progress, extension: {to: 2026-06-30, document: Công văn 345/UBND-NN ngày 10/11/2025}}
    """,
    check=check,
    kind="progress",
)
