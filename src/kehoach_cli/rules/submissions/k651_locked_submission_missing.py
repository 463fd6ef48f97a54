"""K651: a submission of a closed period that is no longer there."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.lock import Lock
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submissions that a lock names and no progress file has."""
    lock = document.value
    if not isinstance(lock, Lock):
        return
    there = {(one.plan, one.period.key, one.agency) for one in document.peers}
    for closed in lock.plans:
        for index, one in enumerate(closed.submissions):
            if (closed.plan, closed.period, one.agency) not in there:
                message = f"báo cáo đã chốt của {one.agency} về {closed.plan} kỳ {closed.period} không còn ({one.file})"
                hint = "lấy lại tệp đó từ Git hoặc bản sao lưu; biểu đã nhận có trong received/"
                yield Violation(message, ("plans", closed.plan, "submissions", index), hint=hint)


RULE = Rule(
    code="K651",
    slug="locked-submission-missing",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Báo cáo đã chốt không còn",
    why="""
        Tệp chốt nêu báo cáo của từng cơ quan lúc chốt. Một báo cáo bị xóa, bị chuyển ra khỏi progress/ hoặc không đọc được
        thì số tổng hợp thay đổi so với số đã ký.

        Lấy lại tệp từ Git hoặc bản sao lưu.
    """,
    bad="""
        plans:
          kh-mau:
            as_of: "2022-12-14"
            time: "2023-01-10T08:00:00+07:00"
            run: "1f3c9a04b7de"
            submissions:
              - agency: so-b
        #       ^
                file: progress/2022/kh-mau--so-b.yaml
                sha256: "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab"
            files: []
            assessment: '{"indicators":[],"tasks":[]}'
    """,
    good="""
        plans:
          kh-mau:
            as_of: "2022-12-14"
            time: "2023-01-10T08:00:00+07:00"
            run: "1f3c9a04b7de"
            submissions: []
            files: []
            assessment: '{"indicators":[],"tasks":[]}'
    """,
    check=check,
    kind="lock",
)
