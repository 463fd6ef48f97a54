"""K605: a report on a task or indicator that was not assigned to the sender."""

from collections.abc import Iterator

from kehoach_cli.core.duties.match import Matcher
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the items that reach neither the sender nor who took over from it; the coordinator may report on all."""
    directory = document.directory
    for at, plan, submission in document.submissions:
        sender = directory.get(plan.province, submission.agency)
        if sender is None or sender.id == plan.coordinator:
            continue
        bodies = (sender, *directory.heirs(sender))
        if any(body.id == plan.coordinator for body in bodies):
            continue
        matchers = [Matcher(directory, plan.province, body) for body in bodies]
        own = {row.id for row in plan.tasks if any(matcher.task(plan, row) for matcher in matchers)}
        own |= {row.id for row in plan.indicators if any(matcher.indicator(row) for matcher in matchers)}
        known = {row.id for rows in (plan.tasks, plan.indicators) for row in rows}
        for kind, ids in (("tasks", submission.tasks), ("indicators", submission.indicators)):
            for row_id in ids:
                if row_id in known and row_id not in own:
                    message = f'"{row_id}" không giao cho {sender.name}'
                    yield Hit(
                        message, (*at, kind, row_id), key=True, hint="kiểm tra mã của mục, hoặc cơ quan gửi báo cáo"
                    )


RULE = Rule(
    code="K605",
    slug="not-own-item",
    severity=Severity.WARNING,
    title="Báo cáo về mục không được giao",
    why="""
        Số liệu của một mục do cơ quan được giao mục đó báo cáo; cơ quan khác báo cáo thì thường là gõ nhầm mã, hoặc
        ghi nhầm cơ quan ở đầu tệp. Cơ quan tiếp nhận nhiệm vụ, cơ quan trước đây và đơn vị đầu mối của kế hoạch đều
        được chấp nhận.

        Số liệu vẫn được đối chiếu với mục tiêu. Nếu đúng là cơ quan này theo dõi mục đó thì ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        agency: so-b
        tasks:
          I.1: {status: in_progress}
        # ^
    """,
    good="""
        agency: so-a
        tasks:
          I.1: {status: in_progress}
    """,
    check=check,
    kind="progress",
)
