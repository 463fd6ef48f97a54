"""K636: a task reported as not started that has a result."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Status, SubmittedTask
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import task_entries

_SHOWN = 12
_ACHIEVED = re.compile(
    r"(?i)(?:đã |cơ bản )*(?:hoàn thành|nghiệm thu|ban hành|bàn giao|phê duyệt|triển khai xong|thực hiện xong)(?!\w)"
)


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the tasks not started whose result says otherwise: it begins with something achieved, or documents prove it."""
    for path, _, task_id, report in task_entries(document):
        if report.status is Status.NOT_STARTED and _has_result(report):
            words = (report.result or "").split()
            said = " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")
            what = f'kết quả "{said}"' + (" và văn bản kèm theo" if report.documents else "")
            message = f"{task_id}: chưa thực hiện nhưng có {what}"
            yield Violation(
                message, (*path, "status"), hint="sửa trạng thái, hoặc kiểm tra kết quả có phải của mục này không"
            )


def _has_result(report: SubmittedTask) -> bool:
    return bool(report.result and (report.documents or _ACHIEVED.match(report.result.strip())))


RULE = Rule(
    code="K636",
    slug="not-started-with-result",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Chưa thực hiện mà đã có kết quả",
    why="""
        Trạng thái là chưa thực hiện mà kết quả ghi "đã nghiệm thu…", hoặc có cả kết quả lẫn văn bản chứng minh, thì một
        trong hai sai: chọn nhầm trạng thái, hoặc dán nhầm kết quả của mục khác. Lý do chưa làm được thì ghi ở difficulty.

        Hỏi lại cơ quan báo cáo rồi sửa.
    """,
    bad="""
        tasks:
          I.1: {status: not_started, result: Đã nghiệm thu 2/4 trạm xử lý.}
        #               ^
    """,
    good="""
        tasks:
          I.1: {status: not_started, result: "Đang lập dự toán, sẽ kiểm tra từ tháng 3."}
    """,
    check=check,
    kind="progress",
)
