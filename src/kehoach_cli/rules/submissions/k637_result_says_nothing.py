"""K637: a result that says nothing, or that denies what the status says."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import task_entries

# No letter and no figure, or one letter typed again and again.
_NOTHING = re.compile(r"(?i)[\W_]*|\W*([^\W\d_])\1*\W*|\W*(?:ok|okay|oke|todo|test|n/a|không có gì)\W*")
_DENIAL = re.compile(
    r"(?i)\W*(?:không|không có|chưa)\W*|\W*(?:chưa(?= )|không (?:hoàn thành|thực hiện|triển khai|làm)).*"
    r"|\W*(?:vẫn |hiện )?đang (?:làm|thực hiện|triển khai|xử lý)\W*"
)


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the results that say nothing, and those of tasks reported as done that say they are not."""
    for path, _, task_id, report in task_entries(document):
        result = " ".join((report.result or "").split())
        if result and _NOTHING.fullmatch(result):
            message = f'{task_id}: kết quả "{result}" không nói gì'
            yield Violation(message, (*path, "result"), hint="ghi kết quả cụ thể, hoặc bỏ khóa này")
        elif result and report.status is Status.DONE and _DENIAL.fullmatch(result):
            message = f'{task_id}: báo đã hoàn thành nhưng kết quả ghi "{result}"'
            yield Violation(
                message, (*path, "result"), hint="hỏi lại cơ quan báo cáo: sửa trạng thái, hoặc sửa kết quả"
            )


RULE = Rule(
    code="K637",
    slug="result-says-nothing",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Kết quả không nói gì, hoặc trái với trạng thái",
    why="""
        "x", "...", "ok" được in nguyên vào báo cáo của tỉnh như là kết quả; "chưa", "không" ở một nhiệm vụ báo đã hoàn thành
        thì trái ngược nhau, thường do hiểu cột kết quả là câu hỏi.

        Ghi kết quả cụ thể (đã làm gì, bao nhiêu), hoặc bỏ trống và nêu văn bản kèm theo.
    """,
    bad="""
        tasks:
          I.1: {status: done, completed: 2025-10-20, result: chưa}
        #                                                    ^
    """,
    good="""
        tasks:
          I.1: {status: done, completed: 2025-10-20, result: Đã kiểm tra 12 cơ sở.}
    """,
    check=check,
    kind="progress",
)
