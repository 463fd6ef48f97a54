"""K414: a schedule later than its heading says, or a heading with other years than its own words."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan, enclosing_section
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import sections, tasks

_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
# A heading that says by when all of it must be done.
_DONE_BY = re.compile(
    r"\b(?:(?:hoàn thành|thực hiện|xong)(?: \w+)? (?:đến|trong|trước)|đến)(?: hết)? năm (?P<year>\d{4})(?! và)",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"tầm nhìn|các năm tiếp theo", re.IGNORECASE)


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the headings whose schedule has a year that their title has not, and the rows that end after their heading does."""
    plan = document.plan
    if plan is None:
        return
    for path, section in sections(plan):
        titled = set(_YEAR.findall(section.title))
        strange = [year for year in _YEAR.findall(section.schedule.text) if titled and year not in titled]
        if strange:
            yield Violation(
                f'{section.id}: thời gian "{section.schedule.text}" không khớp tiêu đề "{section.title}"',
                (*path, "schedule"),
                hint=f"tiêu đề ghi năm {', '.join(sorted(titled))}; thời gian của mục chép theo tiêu đề",
            )
    yield from _rows_too_late(plan)


def _rows_too_late(plan: Plan) -> Iterator[Violation]:
    ends = {section.id: year for section in plan.sections if (year := _done_by(section.title)) is not None}
    titled = frozenset(ends)
    for path, task in tasks(plan):
        end = task.schedule.end
        heading = (
            enclosing_section(task.section or task.id, titled) if titled and end and not task.schedule.source else None
        )
        if heading and end and end > ends[heading]:
            yield Violation(
                f'{task.id}: thời gian "{task.schedule.text}" muộn hơn tiêu đề mục {heading} (đến năm {ends[heading]})',
                (*path, "schedule"),
                hint="đối chiếu văn bản; nếu văn bản in như vậy thì giữ nguyên và ghi chú bỏ qua kèm lý do",
            )


def _done_by(title: str) -> int | None:
    found = list(_DONE_BY.finditer(title))
    return int(found[-1]["year"]) if found and not _FURTHER.search(title) else None


RULE = Rule(
    code="K414",
    slug="heading-contradicts-schedule",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Thời gian trái với tiêu đề của mục",
    why="""
        Tiêu đề "Nhiệm vụ hoàn thành đến hết năm 2026" là thời hạn của mọi việc trong mục. Thời gian của mục hoặc của một
        dòng muộn hơn tiêu đề thì một chỗ đã chép sai, và nhiệm vụ quá hạn mà không ai biết.

        Đối chiếu với văn bản rồi sửa. Văn bản in như vậy thật thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        sections:
          - {id: I, title: "NHIỆM VỤ HOÀN THÀNH ĐẾN HẾT NĂM 2026"}
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: Đến hết năm 2027
        #             ^
    """,
    good="""
        sections:
          - {id: I, title: "NHIỆM VỤ HOÀN THÀNH ĐẾN HẾT NĂM 2026"}
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: Đến hết năm 2026
    """,
    check=check,
)
