"""K617: an entry for a row that was withdrawn, or that the same agency has reported as dropped."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Status, Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import same_voice


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the entries for rows that were withdrawn before the cutoff, or were reported as dropped before."""
    for at, plan, submission in document.submissions:
        yield from _withdrawn(at, plan, submission)
        for peer in document.peers:
            if peer.cutoff < submission.cutoff and same_voice(document, plan, submission, peer):
                yield from _dropped(at, submission, peer)


def _withdrawn(at: KeyPath, plan: Plan, submission: Submission) -> Iterator[Violation]:
    rows = [("tasks", row.id, row.withdrawn) for row in plan.tasks if row.id in submission.tasks]
    rows += [("indicators", row.id, row.withdrawn) for row in plan.indicators if row.id in submission.indicators]
    for kind, row_id, withdrawn in rows:
        if withdrawn and withdrawn.since <= submission.cutoff:
            message = f"{row_id} đã bị bãi bỏ ({withdrawn.document})"
            yield Violation(message, (*at, kind, row_id), key=True, hint="bỏ mục này khỏi báo cáo")


def _dropped(at: KeyPath, submission: Submission, peer: Submission) -> Iterator[Violation]:
    for task_id, report in submission.tasks.items():
        dropped = task_id in peer.tasks and peer.tasks[task_id].status is Status.DROPPED
        if dropped and report.status not in {None, Status.DROPPED}:
            message = f'{task_id} đã được báo cáo "dừng, không thực hiện" ({peer.file})'
            yield Violation(message, (*at, "tasks", task_id), key=True, hint="hỏi lại cơ quan báo cáo")


RULE = Rule(
    code="K617",
    slug="withdrawn-item",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Báo cáo về mục đã bãi bỏ hoặc đã dừng",
    why="""
        Nhiệm vụ, chỉ tiêu đã được văn bản sửa đổi bãi bỏ (khóa withdrawn trong tệp kế hoạch), hoặc chính cơ quan đã báo
        cáo là dừng, thì không còn được đánh giá. Số liệu gửi về mục đó được giữ nguyên nhưng không tính vào kết quả.

        Kiểm tra mã của mục; nếu nhiệm vụ được thực hiện lại thì nêu văn bản và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        - {kehoach: progress/1, plan: kh-mau, agency: so-a, year: 2024, cutoff: 2024-12-14,
           tasks: {I.1: {status: dropped, documents: [{number: 5/UBND-NN, date: 2024-11-20}]}}}
        - kehoach: progress/1
          plan: kh-mau
          agency: so-a
          year: 2025
          cutoff: 2025-12-14
          tasks:
            I.1: {status: in_progress}
        #   ^
    """,
    good="""
        - {kehoach: progress/1, plan: kh-mau, agency: so-a, year: 2024, cutoff: 2024-12-14, tasks: {I.1: {status: paused}}}
        - kehoach: progress/1
          plan: kh-mau
          agency: so-a
          year: 2025
          cutoff: 2025-12-14
          tasks:
            I.1: {status: in_progress}
    """,
    check=check,
    kind="progress",
)
