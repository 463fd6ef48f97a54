"""K509: a text that seems to be cut off."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import official_texts, passages, tasks

_ENDS = (".", ";", ":", "!", "?", "…", ")", '"', "”")
_STOPS = tuple(sorted({*_ENDS} - {";", ":"}))
# No sentence ends with one of these.
_OPEN = frozenset(
    (
        "và",
        "hoặc",
        "của",
        "các",
        "những",
        "mọi",
        "mỗi",
        "để",
        "nhằm",
        "với",
        "bởi",
        "là",
        "như",
        "nếu",
        "nhưng",
        "mà",
        "rằng",
    )
)
_OPEN_SIGNS = (",", "(", "“")
_PAIRS = ("()", "“”")
_OTHERS, _SHARE = 4, 0.9
_MARKS, _OFTEN, _SEVERAL = '.,;:!?…()“”"/-–', 6, 4
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the texts that end within a phrase or a bracket, and those without an end mark where those beside them have one."""
    plan = document.plan
    if plan is None:
        return
    hint = "chép tiếp cho đủ câu; văn bản in như vậy thì ghi chú bỏ qua kèm lý do"
    found: dict[KeyPath, str] = {}
    for path, text in official_texts(plan):
        last = text.rpartition(" ")[2]
        if last.casefold() in _OPEN or last.endswith(_OPEN_SIGNS):
            found[path] = f'câu dừng ở "{last}", có thể bị cắt'
        elif left_open := next((pair[0] for pair in _PAIRS if text.count(pair[0]) > text.count(pair[1])), None):
            found[path] = f"câu mở {left_open} mà không đóng, có thể bị cắt"
    for path, text in _without_mark(plan):
        found.setdefault(path, f'câu dừng ở "{_last_words(text)}", không kết thúc như các dòng khác, có thể bị cắt')
    for path, word, after in _within_a_word(plan):
        found.setdefault(path, f'câu dừng ở "{word}", mà ở chỗ khác chữ này thường đi với "{after}", có thể bị cắt')
    yield from (Violation(message, path, hint=hint) for path, message in found.items())


def _without_mark(plan: Plan) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts without an end mark among tasks of one kind, or among the objectives, that nearly all have one.

    Where nearly all end a sentence, one that stops within it is cut off, too.
    """
    alike: defaultdict[str, list[tuple[KeyPath, str]]] = defaultdict(list)
    for path, task in tasks(plan):
        alike[task.kind].append(((*path, "text"), task.text))
    for path, passage in passages(plan):
        alike[str(path[0])].append(((*path, "text"), passage.text))
    for texts in alike.values():
        for ends in (_ENDS, _STOPS):
            bare = [(path, text) for path, text in texts if not text.endswith(ends)]
            marked = len(texts) - len(bare)
            if marked >= _OTHERS and marked >= _SHARE * (len(texts) - 1):
                yield from bare


def _within_a_word(plan: Plan) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield the tasks that stop at a word which ends nothing else in the plan, and mostly has one word after it: "bảo vệ".

    Several words must stand before it, so that it is not one phrase that comes again and again.
    """
    last = {path: found[0] for path, task in tasks(plan) if (found := _LAST_WORD.findall(task.text))}
    after: dict[str, Counter[str]] = {word.casefold(): Counter() for word in last.values()}
    before: defaultdict[str, set[str]] = defaultdict(set)
    for _, text in official_texts(plan):
        words = text.casefold().split()
        for earlier, word, following in zip(["", *words], words, [*words[1:], ""], strict=False):
            name = word.strip(_MARKS)
            if name in after:
                goes_on = following[:1].isalpha() and word[-1:] not in _MARKS
                after[name][following.strip(_MARKS) if goes_on else ""] += 1
                before[name].add(earlier)
    for path, word in last.items():
        name = word.casefold()
        if not after[name]:
            # It is the end of a longer one everywhere: "CP" of "29/2023/NĐ-CP".
            continue
        others = after[name].total() - 1
        usual, times = after[name].most_common(1)[0]
        if after[name][""] == 1 and others >= _OFTEN and len(before[name]) >= _SEVERAL and times * 2 >= others:
            yield (*path, "text"), word, usual


def _last_words(text: str) -> str:
    return " ".join(text.split()[-3:])


RULE = Rule(
    code="K509",
    slug="text-cut-off",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    title="Câu có thể bị cắt",
    why="""
        Các dòng khác đều kết thúc bằng dấu câu mà dòng này không, câu dừng ở dấu phẩy, ở chữ "và", "của", hoặc mở ngoặc mà không
        đóng: khi chép từ bản quét, từ trang này sang trang khác, phần cuối thường bị rơi mất, và việc được giao thiếu đi một
        vế. Tên đề án, dự án vốn không có dấu chấm cuối, nên bị cắt ở giữa hai chữ thì chỉ biết được khi chữ cuối ở mọi chỗ khác
        trong tệp đều có chữ theo sau ("bảo" của "bảo vệ").

        Đối chiếu văn bản và chép tiếp cho đủ. Nếu chính văn bản in thiếu dấu câu thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - {id: I.1, kind: task, text: Kiểm tra việc xử lý nước thải và, lead: [so-a]}
        #                               ^
    """,
    good="""
        tasks:
          - {id: I.1, kind: task, text: Kiểm tra việc xử lý nước thải, lead: [so-a]}
    """,
    check=check,
)
