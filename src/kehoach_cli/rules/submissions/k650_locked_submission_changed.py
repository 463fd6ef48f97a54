"""K650: a submission of a closed period that is not the one that was closed."""

from collections.abc import Iterator

from kehoach_cli.core.forms.checksum import checksum
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.lock import lock_of
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submissions that differ from their checksum, or were not there when the period was closed."""
    for at, plan, submission in document.submissions:
        lock = lock_of(document.locks, plan.id, submission.period.key)
        if lock is None:
            continue
        sums = [one.sha256 for one in lock.submissions if one.agency == submission.agency]
        if checksum(submission) not in sums:
            how = "khác bản đã chốt" if sums else "không có lúc chốt"
            message = f"báo cáo của {submission.agency} về {plan.id} kỳ {lock.period} {how} (chốt ngày {format_date(lock.day)})"
            hint = (
                "lấy lại bản đã chốt (git checkout), rồi sửa từng giá trị bằng kehoach adjust; "
                f'sửa nhiều thì kehoach lock --open {lock.period} --plan {plan.id} --reason "…"'
            )
            yield Violation(message, (*at, "plan"), hint=hint)


RULE = Rule(
    code="K650",
    slug="locked-submission-changed",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Báo cáo đã chốt bị thay đổi",
    why="""
        Số liệu đã chốt là số đã ký, đã gửi; báo cáo năm sau lấy "kết quả năm trước" từ đó. Sửa tệp bằng tay, hoặc thêm một báo
        cáo vào kỳ đã chốt, thì số trong tệp khác số đã công bố mà không ai biết vì sao.

        Sửa một giá trị bằng kehoach adjust: lý do được ghi lại, báo cáo sau đó in "điều chỉnh sau khi chốt". Phải sửa nhiều
        thì mở lại kỳ bằng kehoach lock --open, sửa rồi chốt lại.
    """,
    bad="""
        # progress/2025/lock.yaml: lúc chốt năm 2025, so-a báo cáo 95
        indicators: {I-ct9: {value: "96"}}
    """,
    good="""
        # progress/2025/lock.yaml: lúc chốt năm 2025, so-a báo cáo 95
        indicators: {I-ct9: {value: "95"}}
    """,
    check=check,
    kind="progress",
)
