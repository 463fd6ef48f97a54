"""K314: a target, or its printed cell, with a number that the sentence setting it does not have."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.numbering import above
from kehoach_cli.rules.rows import indicators
from kehoach_cli.rules.targets.milestones import PlacedTarget, milestone_path
from kehoach_cli.rules.targets.printed import not_in, sentence_of


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the targets and printed cells of indicators "I.2-ct1" with numbers that the text of I.2 does not have."""
    plan = document.plan
    for row, indicator in indicators(plan):
        sentence = sentence_of(plan, indicator) if plan else None
        if sentence is None:
            continue
        written: list[tuple[str, KeyPath, str]] = [
            ("mục tiêu", milestone_path(document, PlacedTarget(row, indicator, target)), target.text)
            for target in indicator.targets
        ]
        written += [
            ("ô in", (*row, "as_issued", "targets", key), text) for key, text in indicator.printed_targets.items()
        ]
        for what, path, text in written:
            if missing := not_in(sentence, text, indicator):
                task = above(indicator.id)
                message = f'{indicator.id}: {what} "{text}", mà nguyên văn của {task} không có số {", ".join(missing)}'
                yield Violation(message, path, hint=f"đối chiếu văn bản: chép lại số theo câu giao chỉ tiêu ở {task}")


RULE = Rule(
    code="K314",
    slug="target-not-in-sentence",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Mục tiêu không có trong câu giao chỉ tiêu",
    why="""
        Chỉ tiêu I.2-ct1 lấy từ câu văn của nhiệm vụ I.2: tên và số đều là chữ của câu đó. Số ở mục tiêu, hay ở ô nguyên văn
        (as_issued.targets), mà câu không có thì đã chép sai hoặc chép nhầm dòng.

        Chép lại số theo câu. Câu in sai số và đã được đính chính thì ghi ở errata. Câu không nhắc tên chỉ tiêu, hoặc tính theo
        lần ("giảm 2 lần"), thì không so sánh.
    """,
    bad="""
        tasks:
          - id: I.2
            kind: task
            text: Thu gom nước thải, phấn đấu đến năm 2030 tỷ lệ nước thải được xử lý đạt 70%.
            lead: [so-a]
        indicators:
          - id: I.2-ct1
            name: tỷ lệ nước thải được xử lý
            unit: "%"
            direction: increase
            targets: {2030: "đạt 77%"}
        #                   ^
    """,
    good="""
        tasks:
          - id: I.2
            kind: task
            text: Thu gom nước thải, phấn đấu đến năm 2030 tỷ lệ nước thải được xử lý đạt 70%.
            lead: [so-a]
        indicators:
          - id: I.2-ct1
            name: tỷ lệ nước thải được xử lý
            unit: "%"
            direction: increase
            targets: {2030: "đạt 70%"}
    """,
    check=check,
)
