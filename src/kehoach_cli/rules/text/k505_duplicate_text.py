"""K505: two tasks of a plan with the same text."""

from collections.abc import Iterator
from functools import cache

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.viet.text import match_key

# What spelling variants touch: vowels of the tone styles, signs, spaces, the "v" of a "và" written "&".
_VARYING = b" oaeuyv&-.,;:"


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the tasks that repeat an earlier one."""
    plan = document.plan
    if not plan:
        return
    # A key is dear for a long text, so only texts of the same skeleton (their plain consonants and digits) are given one.
    skeletons: dict[bytes, list[int]] = {}
    for index, task in enumerate(plan.tasks):
        skeleton = task.text.encode("ascii", "ignore").lower().translate(None, _VARYING)
        skeletons.setdefault(skeleton, []).append(index)
    key = cache(match_key)
    for alike in skeletons.values():
        first: dict[str, str] = {}
        for index in alike if len(alike) > 1 else ():
            task = plan.tasks[index]
            earlier = first.setdefault(key(task.text), task.id)
            if earlier != task.id:
                yield Hit(f"nội dung {task.id} trùng với {earlier}", ("tasks", index, "text"))


RULE = Rule(
    code="K505",
    slug="duplicate-text",
    severity=Severity.WARNING,
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
