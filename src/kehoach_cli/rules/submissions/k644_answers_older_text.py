"""K644: a submission answered a row whose text, schedule, leads or targets are others now."""

from collections.abc import Iterator

from kehoach_cli.core.forms.fingerprint import answers_of_older_text
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the entries that answered another text."""
    for at, plan, submission in document.submissions:
        for row in answers_of_older_text(plan, submission):
            kind, what = ("tasks", "nguyên văn, thời gian hoặc cơ quan chủ trì")
            if not isinstance(row, Task):
                kind, what = ("indicators", "tên, mục tiêu hoặc cơ quan chủ trì")
            message = f"{row.id}: báo cáo trả lời theo văn bản cũ; từ đó {what} của mục này đã thay đổi"
            hint = (
                f"xem đã đổi gì: kehoach review {plan.id}/{row.id} --dry-run; báo cáo vẫn đúng với văn bản mới thì chạy không có"
                " --dry-run, không thì đề nghị cơ quan báo cáo lại"
            )
            yield Violation(message, (*at, kind, row.id), key=True, hint=hint)


RULE = Rule(
    code="K644",
    slug="answers-older-text",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Báo cáo trả lời theo văn bản cũ",
    why="""
        Báo cáo giữ dấu của nguyên văn, thời gian, cơ quan chủ trì, mục tiêu mà nó trả lời (khóa answers, do kehoach ghi). Sau đó
        kế hoạch được sửa đổi, hoặc bản nhập được sửa, thì số liệu cũ không còn trả lời đúng câu hỏi: đạt 95% theo mục tiêu 90%
        không có nghĩa là đạt mục tiêu mới. Dấu nháy, dấu cách, cách viết thời gian không tính là thay đổi.

        Xem đã đổi gì bằng kehoach review. Báo cáo vẫn đúng với văn bản mới thì review ghi nhận; không thì đề nghị cơ quan báo cáo
        lại.
    """,
    bad="""
        answers: {I-ct9: "0000000000000000000000000000000000000000000000000000000000000000"}
        indicators:
          I-ct9: {value: "96"}
        # ^
    """,
    good="""
        answers: {}
        indicators:
          I-ct9: {value: "96"}
    """,
    check=check,
    kind="progress",
)
