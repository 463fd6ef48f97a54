"""K505: two tasks of a plan with the same text."""

from collections.abc import Iterator
from functools import cache

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import tasks
from kehoach_cli.viet.text import match_key

# What differs between spellings of one text: vowels of the tone styles, signs, spaces, the "v" of "và" (or "&").
_VARYING = b" oaeuyv&-.,;:"


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the tasks that repeat an earlier one."""
    # Making a key of a long text is slow, so only texts with the same skeleton (plain consonants and digits) get one.
    skeletons: dict[bytes, list[tuple[KeyPath, Task]]] = {}
    for path, task in tasks(document.plan):
        skeleton = task.text.encode("ascii", "ignore").lower().translate(None, _VARYING)
        skeletons.setdefault(skeleton, []).append((path, task))
    key = cache(match_key)
    for alike in skeletons.values():
        first: dict[str, str] = {}
        for path, task in alike if len(alike) > 1 else ():
            earlier = first.setdefault(key(task.text), task.id)
            if earlier != task.id:
                yield Violation(f"nội dung {task.id} trùng với {earlier}", (*path, "text"))


RULE = Rule(
    code="K505",
    slug="duplicate-text",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Hai nhiệm vụ trùng nội dung",
    why="""
        Cùng một nội dung ghi hai lần thì bị đếm hai lần trong thống kê và hai lần đòi báo cáo; thường là chép sót khi nhập
        liệu.

        Kiểm tra lại với văn bản: nếu nhập thừa thì xóa, nếu nhập nhầm nội dung thì sửa. Nếu văn bản đã ban hành thật sự lặp
        lại thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - {id: I.1, kind: task, text: Kiểm tra việc xử lý nước thải., lead: [so-a]}
          - {id: I.2, kind: task, text: Kiểm tra việc xử lý nước thải, lead: [so-b]}
        #                               ^
    """,
    good="""
        tasks:
          - {id: I.1, kind: task, text: Kiểm tra việc xử lý nước thải., lead: [so-a]}
          - {id: I.2, kind: task, text: Xét nghiệm nguồn nước sinh hoạt., lead: [so-b]}
    """,
    check=check,
)
