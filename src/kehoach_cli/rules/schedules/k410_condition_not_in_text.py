"""K410: a condition whose words the row does not have."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import tasks
from kehoach_cli.viet.text import match_key


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the conditions that stand neither in the text of their row nor in one of its printed cells."""
    for row, task in tasks(document.plan):
        for at, condition in enumerate(task.conditions):
            if not any(match_key(condition.text) in match_key(text) for text in _printed(task)):
                yield Violation(
                    f'{task.id}: nguyên văn không có câu "{condition.text}"',
                    (*row, "conditions", at, "text"),
                    hint=_hint(condition.text, task),
                )


def _printed(task: Task) -> tuple[str, ...]:
    return (task.text, task.schedule.text, *task.outputs, *task.as_issued.values())


def _hint(text: str, task: Task) -> str:
    """Return the words of the row that come nearest: from the first run that both share, as long as the condition is."""
    found = SequenceMatcher(None, task.text, text, autojunk=False).find_longest_match()
    start = max(0, found.a - found.b)
    # From the beginning of a word.
    first = task.text.rfind(" ", 0, start + 1) + 1
    near = re.sub(r"^\W+|\W+$", "", task.text[first : start + len(text)])
    advice = "chép đúng câu của văn bản"
    return f'{advice}; chỗ gần nhất: "{near}"' if found.size * 2 > len(text) else advice


RULE = Rule(
    code="K410",
    slug="condition-not-in-text",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Điều kiện không có trong nguyên văn",
    why="""
        Điều kiện (conditions) là câu chép từ chính nhiệm vụ: "sau khi có hướng dẫn của Bộ …". Nguyên văn không có câu đó
        thì nhiệm vụ được coi là còn chờ một việc mà văn bản không nêu, và không bị tính là quá hạn.

        Chép đúng câu của văn bản vào text; lời giải thích của người nhập để ở note.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải (sau khi có hướng dẫn của Sở Y tế).
            lead: [so-a]
            schedule: 2022 - 2025
            conditions: [{text: sau khi có văn bản của Sở Y tế, kind: after, scope: all, awaits: so-b}]
        #                       ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải (sau khi có hướng dẫn của Sở Y tế).
            lead: [so-a]
            schedule: 2022 - 2025
            conditions: [{text: sau khi có hướng dẫn của Sở Y tế, kind: after, scope: all, awaits: so-b}]
    """,
    check=check,
)
