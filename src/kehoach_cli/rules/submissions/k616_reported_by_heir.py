"""K616: a report from a dissolved body, or on rows that name a predecessor of the sender; both are accepted."""

from collections.abc import Iterator

from kehoach_cli.core.duties.match import Matcher, Via
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield a note on each submission whose sender is not the body that its rows name."""
    for at, plan, submission in document.submissions:
        sender = document.directory.get(plan.province, submission.agency)
        if sender is None:
            continue
        if sender.valid_to and sender.valid_to < submission.cutoff:
            heirs = ", ".join(heir.name for heir in document.directory.heirs(sender))
            ended = f"{sender.name} đã kết thúc hoạt động ngày {format_date(sender.valid_to)}"
            message = f"{ended}; nay là {heirs}" if heirs else ended
            yield Hit(f"{message}. Báo cáo vẫn được nhận", (*at, "agency"))
        elif old := _predecessors_named(document.directory, plan, submission, sender):
            yield Hit(f"{sender.name} báo cáo thay cơ quan trước đây: {'; '.join(old)}", (*at, "agency"))


def _predecessors_named(directory: Directory, plan: Plan, submission: Submission, sender: Agency) -> list[str]:
    matcher = Matcher(directory, plan.province, sender)
    tasks = [matcher.task(plan, task) for task in plan.tasks if task.id in submission.tasks]
    indicators = [matcher.indicator(row) for row in plan.indicators if row.id in submission.indicators]
    names = [
        f"{ways[0].name}{'' if ways[0].certain else ' (cần xác nhận)'}"
        for ways in (*tasks, *indicators)
        if ways and ways[0].via is Via.SUCCESSOR
    ]
    return list(dict.fromkeys(names))


RULE = Rule(
    code="K616",
    slug="reported-by-heir",
    severity=Severity.INFO,
    title="Cơ quan kế thừa hoặc cơ quan trước đây báo cáo",
    why="""
        Kế hoạch giao việc cho cơ quan nay đã sáp nhập, giải thể. Báo cáo của cơ quan tiếp nhận nhiệm vụ, cũng như báo
        cáo mà cơ quan cũ đã gửi, đều được nhận; ghi chú này cho biết vì sao tên trong kế hoạch và tên người gửi khác
        nhau.

        Không cần sửa gì. Nếu việc kế thừa còn "cần xác nhận" thì kiểm tra lại danh bạ.
    """,
    bad="""
        agency: so-mat
        #       ^
        tasks: {}
        funding: [{source: Ngân sách tỉnh}]
    """,
    good="""
        agency: so-a
        tasks: {}
        funding: [{source: Ngân sách tỉnh}]
    """,
    check=check,
    kind="progress",
)
