"""K116: a reporting rule whose source is a passage that the file does not have."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_LAST_NUMBER = re.compile(r"(?P<above>.+)[.-](?P<number>\d{1,4})")


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the reporting rules whose source is no section, task, clause, objective or source of funding, and cannot be one."""
    plan = document.plan
    if plan is None:
        return
    known = _passages(plan)
    for index, rule in enumerate(plan.reporting):
        if rule.source not in known and not _may_be_left_out(rule.source, plan, known):
            near = _beside(rule.source, known)
            hint = (
                f"các đoạn có trong tệp gần chỗ này: {', '.join(near)}" if near else "ghi mã của mục hay đoạn quy định"
            )
            yield Violation(f'tệp không có đoạn "{rule.source}"', ("reporting", index, "source"), hint=hint)


def _passages(plan: Plan) -> set[str]:
    rows = (plan.sections, plan.tasks, plan.clauses, plan.objectives, plan.funding)
    bodies = {task.body.id for task in plan.tasks if task.body and task.body.id}
    printed = {section.printed for section in plan.sections if section.printed}
    return {row.id for listed in rows for row in listed} | bodies | printed


def _may_be_left_out(source: str, plan: Plan, known: set[str]) -> bool:
    """Return whether a passage may exist that nobody entered: its section is there, and a later passage of it, or none at all."""
    found = _LAST_NUMBER.fullmatch(source)
    if found is None or plan.section(found["above"]) is None:
        return False
    beside = re.compile(re.escape(source[: found.start("number")]) + r"(\d{1,9})")
    numbers = [int(one[1]) for passage in known if (one := beside.match(passage))]
    return not numbers or int(found["number"]) < max(numbers)


def _beside(source: str, known: set[str]) -> list[str]:
    """Return the passages of the section that the source would be in."""
    top = source.partition(".")[0].partition("-")[0]
    return sorted(passage for passage in known if passage == top or passage.startswith((f"{top}.", f"{top}-")))[:5]


RULE = Rule(
    code="K116",
    slug="reporting-source-unknown",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Đoạn quy định báo cáo không có trong tệp",
    why="""
        Khóa source nói đoạn nào của kế hoạch quy định ai báo cáo cho ai; văn bản đôn đốc dẫn lại đoạn đó. Mã không có trong
        tệp thì người nhận không tìm ra quy định, thường là gõ nhầm số mục.

        Ghi đúng mã của mục (sections), nhiệm vụ hoặc điều khoản (clauses). Văn bản đánh số lại thì dùng mã trong tệp. Đoạn
        đứng giữa các đoạn đã nhập mà không nhập vào tệp thì không bị báo.
    """,
    bad="""
        reporting:
          - {level: unit, from: [so-b], to: [so-a], due: trước ngày 15/12 hằng năm, source: VII.2}
        #                                                                                   ^
    """,
    good="""
        reporting:
          - {level: unit, from: [so-b], to: [so-a], due: trước ngày 15/12 hằng năm, source: I}
    """,
    check=check,
)
