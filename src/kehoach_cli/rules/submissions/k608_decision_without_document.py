"""K608: an extension, or a task carried over or dropped, without the document that allows it."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import task_entries

_WORDS = {Status.CARRIED: "chuyển tiếp", Status.DROPPED: "dừng, không thực hiện"}


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the tasks that were extended, carried over or dropped without naming a document."""
    for path, _, task_id, report in task_entries(document):
        word = _WORDS.get(report.status) if report.status and not report.documents else None
        if report.extension and not report.extension.document:
            word = "gia hạn"
        if word:
            yield Violation(f"{task_id}: {word} nhưng không nêu văn bản cho phép", path, key=True)


RULE = Rule(
    code="K608",
    slug="decision-without-document",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
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
