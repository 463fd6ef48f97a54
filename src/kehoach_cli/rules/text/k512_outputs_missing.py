"""K512: a row without outputs where its printed cell or all rows beside it have some."""

from collections import defaultdict
from collections.abc import Iterator

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.numbering import above
from kehoach_cli.rules.rows import tasks

_OTHERS = 3


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the rows whose printed cell names outputs that the row lacks, and single rows without any in their part."""
    parts: defaultdict[tuple[str, str], list[tuple[KeyPath, Task]]] = defaultdict(list)
    for path, task in tasks(document.plan):
        if task.outputs:
            parts[_part(task)].append((path, task))
        elif printed := task.as_issued.get("outputs"):
            message = f'{task.id} không có sản phẩm, mà ô in ghi "{printed}"'
            yield Violation(message, (*path, "outputs"), key=True, hint="chép lại sản phẩm theo ô đã in")
        else:
            parts[_part(task)].append((path, task))
    for rows in parts.values():
        bare = [(path, task) for path, task in rows if not task.outputs]
        if len(bare) == 1 and len(rows) > _OTHERS:
            ((path, task),) = bare
            message = f"{task.id} không có sản phẩm, mà {len(rows) - 1} dòng khác của phần này đều có"
            hint = "chép lại từ văn bản; ô của bản gốc để trống thì ghi chú bỏ qua kèm lý do"
            yield Violation(message, (*path, "outputs"), key=True, hint=hint)


def _part(task: Task) -> tuple[str, str]:
    return above(task.id), task.kind


RULE = Rule(
    code="K512",
    slug="outputs-missing",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Thiếu sản phẩm",
    why="""
        Sản phẩm là căn cứ để nói nhiệm vụ đã xong hay chưa. Ô in của dòng có sản phẩm, hoặc mọi dòng cùng phần đều có, mà
        riêng dòng này không, thì thường là bị xóa nhầm.

        Chép lại sản phẩm từ văn bản. Nếu ô của bản gốc để trống thì ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            as_issued: {outputs: Báo cáo kiểm tra}
            outputs: []
        #   ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            as_issued: {outputs: Báo cáo kiểm tra}
            outputs: [Báo cáo kiểm tra]
    """,
    check=check,
)
