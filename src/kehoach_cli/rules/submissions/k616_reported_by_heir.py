"""K616: a submission from a dissolved agency, or on rows that name a predecessor of the sender; both are accepted."""

from collections.abc import Iterable, Iterator

from kehoach_cli.core.duties.match import Matcher, Via
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield a note on each submission whose sender is not the agency that its rows name."""
    for at, plan, submission in document.submissions:
        sender = document.directory.get(plan.province, submission.agency)
        if sender is None:
            continue
        if sender.valid_to and sender.valid_to < submission.cutoff:
            heirs = _names(document.directory, plan.province, document.directory.heirs(sender))
            ended = f"{sender.name} đã kết thúc hoạt động ngày {format_date(sender.valid_to)}"
            message = f"{ended}; nay là {heirs}" if heirs else ended
            yield Violation(f"{message}. Báo cáo vẫn được nhận", (*at, "agency"))
        elif old := _predecessors_named(document.directory, plan, submission, sender):
            name = _names(document.directory, plan.province, [sender])
            yield Violation(f"{name} báo cáo thay cơ quan trước đây: {'; '.join(old)}", (*at, "agency"))


def _names(directory: Directory, province: str, agencies: Iterable[Agency]) -> str:
    return ", ".join(directory.name(province, directory.ref(province, agency)) for agency in agencies)


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
    found_by=FoundBy.RULE,
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
