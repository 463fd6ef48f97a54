"""K411: a condition of a dash item that the row does not have."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import dashes
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import tasks


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the conditions whose number is greater than the number of dash items in the text."""
    for row, task in tasks(document.plan):
        for at, condition in enumerate(task.conditions):
            if condition.dash is not None and not 1 <= condition.dash <= (most := _items(task.text)):
                yield Violation(
                    f"{task.id}: điều kiện ghi cho gạch đầu dòng thứ {condition.dash}, nguyên văn có {most}",
                    (*row, "conditions", at, "scope"),
                    hint=f"ghi số từ 1 đến {most}, hoặc all nếu cho cả nhiệm vụ" if most else "ghi scope: all",
                )


def _items(text: str) -> int:
    """Return how many dash items a text has; a first line before them is none."""
    pieces = len(dashes(text))
    return pieces if text.lstrip().startswith("- ") else pieces - 1


RULE = Rule(
    code="K411",
    slug="condition-of-no-dash",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Điều kiện của gạch đầu dòng không có",
    why="""
        Khóa scope nói điều kiện thuộc gạch đầu dòng thứ mấy của nhiệm vụ. Nguyên văn không có nhiều gạch đầu dòng như vậy
        thì điều kiện không gắn với việc nào, và đơn vị không biết phần nào được chờ.

        Đếm lại gạch đầu dòng trong text; điều kiện cho cả nhiệm vụ thì ghi all.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: "- Kiểm tra nước thải theo hướng dẫn của Sở Y tế. - Quan trắc không khí."
            lead: [so-a]
            schedule: 2022 - 2025
            conditions: [{text: theo hướng dẫn của Sở Y tế, kind: per, scope: 3, awaits: so-b}]
        #                                                                     ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: "- Kiểm tra nước thải theo hướng dẫn của Sở Y tế. - Quan trắc không khí."
            lead: [so-a]
            schedule: 2022 - 2025
            conditions: [{text: theo hướng dẫn của Sở Y tế, kind: per, scope: 1, awaits: so-b}]
    """,
    check=check,
)
