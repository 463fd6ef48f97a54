"""Two versions of plans as a listing and as JSON records."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from kehoach_cli.core.changes.rows import RowChange
from kehoach_cli.core.comparison.plans import Comparison, PlanPair, bodies_of, deadlines
from kehoach_cli.core.comparison.sentences import KINDS, Sentences, counted, row_title
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.change import ChangeKind
from kehoach_cli.render.listing import Block, Listing, Sheet


def change_record(change: RowChange) -> dict[str, Any]:
    """Return a change as a JSON item."""
    before, after = deadlines(change)
    return {
        "ref": change.ref,
        "change": change.kind.value,
        "field": change.field or None,
        "old": change.old,
        "new": change.new,
        "part": change.part.value,
        "place": change.place,
        "title": row_title(change) or None,
        "printed": {"old": change.printed[0], "new": change.printed[1]} if any(change.printed) else None,
        "wording_only": change.wording_only,
        "deadline": {"old": before, "new": after} if before != after else None,
        "agencies": list(bodies_of(change)),
    }


def comparison_summary(comparison: Comparison) -> dict[str, Any]:
    """Return what was compared, and how many changes there are of each kind."""
    kinds = Counter(change.kind for change in comparison.changes)
    return {
        "old": comparison.old,
        "new": comparison.new,
        "count": len(comparison.changes),
        "left_out": comparison.left_out,
        **{kind.value: kinds[kind] for kind in KINDS},
    }


def comparison_listing(comparison: Comparison, directory: Directory) -> Listing:
    """Return the changes in sentences, under the row they belong to."""
    lines = [f"Bản cũ: {comparison.old}", f"Bản mới: {comparison.new}", f"{counted(comparison.changes)}."]
    if comparison.left_out:
        lines.append(f"Không nêu {comparison.left_out} thay đổi khác, không liên quan đến cơ quan đã hỏi.")
    blocks = [Block("So sánh hai bản kế hoạch", 1, tuple(lines))]
    several = len(comparison.pairs) > 1
    for pair in comparison.pairs:
        if pair.changes:
            blocks += [Block(pair.plan.document.cite, 2)] if several else []
            blocks += _of_plan(pair, Sentences(directory, pair.plan.province))
    return Listing(tuple(blocks))


def comparison_sheet(comparison: Comparison, directory: Directory) -> Sheet:
    """Return the changes as one table."""
    rows = []
    for pair in comparison.pairs:
        told = Sentences(directory, pair.plan.province)
        rows += [(one.ref, KINDS[one.kind], told.told(one), told.concerned(one)) for one in pair.changes]
    return Sheet(("Mã", "Thay đổi", "Nội dung", "Cơ quan liên quan"), tuple(rows))


def _of_plan(pair: PlanPair, told: Sentences) -> Iterator[Block]:
    """Yield a block for each row; new numbers stand together, since one new row gives many."""
    numbers = [one for one in pair.changes if one.kind is ChangeKind.RENUMBERED]
    others = [one for one in pair.changes if one.kind is not ChangeKind.RENUMBERED]
    for ref, some in groupby(others, key=lambda one: one.ref):
        changes = list(some)
        title, concerned = row_title(changes[0]), told.concerned(changes[0])
        if changes[0].kind in {ChangeKind.ADDED, ChangeKind.DROPPED} and not changes[0].field:
            title = ""
        lines = [told.told(one) for one in changes]
        lines += [f"Liên quan: {concerned}."] if concerned else []
        yield Block(f"{ref}: {title}" if title else ref, 3, tuple(lines))
    if numbers:
        listed = "; ".join(f"{one.old} → {one.new}" for one in numbers)
        yield Block(f"Đổi số ({len(numbers)})", 3, (f"{listed}.",))
