"""K614: an item that the same agency reports twice for the same cutoff."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import same_voice

_MOST_NAMED = 5


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield each other submission of the same agency or its heir, for the same period and cutoff, that shares items."""
    for at, plan, submission in document.submissions:
        for peer in document.peers:
            if (peer.file, peer.at) == (submission.file, submission.at) or (peer.period, peer.cutoff) != (
                submission.period,
                submission.cutoff,
            ):
                continue
            shared = _shared(submission, peer) if same_voice(document, plan, submission, peer) else []
            if shared:
                named = ", ".join(shared[:_MOST_NAMED]) + (" …" if len(shared) > _MOST_NAMED else "")
                message = f"cùng cơ quan, cùng ngày chốt đã báo cáo ở {_place(submission, peer)}: {named}"
                yield Violation(message, (*at, "cutoff"), hint="giữ một báo cáo; báo cáo bổ sung thì ghi ngày chốt mới")


def _shared(one: Submission, other: Submission) -> list[str]:
    return [
        row
        for mine, theirs in ((one.tasks, other.tasks), (one.indicators, other.indicators))
        for row in mine
        if row in theirs
    ]


def _place(submission: Submission, peer: Submission) -> str:
    if peer.file != submission.file:
        return f"tệp {peer.file}"
    return f"báo cáo thứ {int(peer.at[0]) + 1} của tệp này" if peer.at else "tệp này"


RULE = Rule(
    code="K614",
    slug="item-twice",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Một mục được báo cáo hai lần",
    why="""
        Một cơ quan chỉ có một báo cáo cho mỗi mục tại một ngày chốt số liệu. Hai báo cáo thì không biết báo cáo nào
        đúng; khi đối chiếu, tệp đứng sau theo tên được dùng.

        Xóa một báo cáo. Nếu báo cáo sau bổ sung hoặc đính chính báo cáo trước thì ghi ngày chốt (cutoff) mới: báo cáo
        có ngày chốt muộn hơn thay cho báo cáo trước. Khi thu biểu, số của ngày chốt trước còn trong progress/journal.jsonl.
    """,
    bad="""
        - {kehoach: progress/1, plan: kh-mau, agency: so-a, year: 2025, cutoff: 2025-12-14, tasks: {I.1: {status: in_progress}}}
        #                                                                       ^
        - {kehoach: progress/1, plan: kh-mau, agency: so-a, year: 2025, cutoff: 2025-12-14, tasks: {I.1: {status: paused}}}
        #                                                                       ^
    """,
    good="""
        - {kehoach: progress/1, plan: kh-mau, agency: so-a, year: 2025, cutoff: 2025-06-30, tasks: {I.1: {status: in_progress}}}
        - {kehoach: progress/1, plan: kh-mau, agency: so-a, year: 2025, cutoff: 2025-12-14, tasks: {I.1: {status: paused}}}
    """,
    check=check,
    kind="progress",
)
