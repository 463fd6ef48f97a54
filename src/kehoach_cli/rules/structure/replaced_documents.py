"""The documents that a plan cites although they were replaced before it was issued: what two rules share."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.legal import Replaced, legal_text, replaced_bases, replaced_text
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Violation

HINT = "bản dự thảo thì viện dẫn văn bản mới; văn bản đã ban hành thì giữ nguyên chữ và ghi chú bỏ qua kèm lý do"


def citations(document: SourceFile, *, certain: bool) -> Iterator[Violation]:
    """Yield where a plan cites what was no longer in force on its day. An older plan cited what was in force."""
    plan = document.value
    if not isinstance(plan, Plan) or plan.document.date is None:
        return
    day = plan.document.date.first
    old = tuple(one for one in document.directory.replaced if one.since <= day and one.certain is certain)
    for path, one in _cited(plan, old):
        perhaps = "" if certain else "có thể "
        message = f"{legal_text(one.document)} {perhaps}không còn hiệu lực khi ban hành kế hoạch: {replaced_text(one)}"
        yield Violation(message, path, hint=HINT)


def _cited(plan: Plan, old: tuple[Replaced, ...]) -> Iterator[tuple[KeyPath, Replaced]]:
    for index, one in replaced_bases(plan, old):
        yield ("document", "basis", index), one
    for key in ("objectives", "funding", "clauses", "tasks") if old else ():
        for index, row in enumerate(getattr(plan, key)):
            yield from (((key, index, "text"), one) for one in old if one.is_in(row.text))
