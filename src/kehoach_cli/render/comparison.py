"""Two versions of plans as a listing and as JSON records."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from kehoach_cli.core.changes.row_change import Origin, RowChange
from kehoach_cli.core.comparison.plans import (
    Comparison,
    Concerned,
    PlanPair,
    UnreadPlan,
    bodies_of,
    concerned,
    deadlines,
    in_province,
)
from kehoach_cli.core.comparison.sentences import KINDS, Sentences, counted, old_id, own_id, row_title, unread_told
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.core.model.plan import Section
from kehoach_cli.render.listing import Block, Listing, Sheet

# So many rows of a body are listed by reference.
_MOST_REFS = 12


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
        "part_before": change.was_part.value if change.was_part else None,
        "section": _section_record(change.sections) if change.sections else None,
        "kin": change.kin or None,
        "place": {"old": change.places[0], "new": change.places[1]} if any(change.places) else None,
        "title": row_title(change) or None,
        "printed": {"old": change.printed[0], "new": change.printed[1]} if any(change.printed) else None,
        "wording_only": change.wording_only,
        "deadline": {"old": before, "new": after} if before != after else None,
        "agencies": list(bodies_of(change)),
        "origin": _origin_record(change.origin) if change.origin else None,
    }


def _origin_record(origin: Origin) -> dict[str, str | None]:
    return {"kind": origin.kind.value, "words": origin.words or None, "place": origin.place or None}


def comparison_summary(comparison: Comparison) -> dict[str, Any]:
    """Return what was compared, and how many changes there are of each kind."""
    kinds = Counter(change.kind for change in comparison.changes)
    return {
        "old": comparison.old,
        "new": comparison.new,
        "count": len(comparison.changes),
        "left_out": comparison.left_out,
        "unread": [_unread_record(one) for one in comparison.unread],
        "amended": comparison.amended,
        "source": comparison.source or None,
        "errors": comparison.errors if comparison.source else None,
        **{kind.value: kinds[kind] for kind in KINDS},
    }


def _section_record(sections: tuple[Section | None, Section | None]) -> dict[str, str | None]:
    old, new = (one.id if one else None for one in sections)
    return {"old": old, "new": new}


def _unread_record(unread: UnreadPlan) -> dict[str, str | None]:
    version = "old" if unread.was else "new"
    return {"plan": unread.plan or None, "version": version, "file": unread.file, "why": unread.why}


def comparison_listing(comparison: Comparison, directory: Directory) -> Listing:
    """Return the changes in sentences, under the row they belong to."""
    lines = [f"Bản cũ: {comparison.old}", f"Bản mới: {comparison.new}", f"{counted(comparison)}."]
    lines += map(unread_told, comparison.unread)
    if by_amendment := comparison.amended:
        rest = len(comparison.changes) - by_amendment
        lines.append(f"Theo văn bản sửa đổi, bổ sung: {by_amendment}; còn lại là sửa bản nhập: {rest}.")
    if comparison.source:
        lines.append(f"Đối chiếu với {comparison.source}: {comparison.errors} thay đổi không đúng văn bản.")
    if comparison.asked:
        names = "; ".join(_asked_name(one, comparison, directory) for one in comparison.asked)
        others = f"; không nêu {comparison.left_out} thay đổi khác" if comparison.left_out else ""
        lines.append(f"Chỉ nêu thay đổi liên quan đến {names}{others}.")
    blocks = [Block("So sánh hai bản kế hoạch", 1, tuple(lines))]
    several = sum(bool(pair.changes) for pair in comparison.pairs) > 1
    for pair in comparison.pairs:
        if pair.changes:
            blocks += [Block(pair.plan.document.cite, 2)] if several else []
            blocks += _of_plan(pair, Sentences(directory, pair.plan.province), 3 if several else 2)
    if not comparison.asked and (bodies := concerned(comparison, directory)):
        lines = [_concerned_line(body, several=several) for body in bodies]
        blocks.append(Block(f"Cơ quan liên quan ({len(bodies)})", 2, tuple(lines)))
    return Listing(tuple(blocks))


def _asked_name(agency: Agency, comparison: Comparison, directory: Directory) -> str:
    several = len(comparison.asked) > 1
    return in_province(directory, agency.name, agency.province) if several else agency.name


def _concerned_line(body: Concerned, *, several: bool) -> str:
    """Return a body with the rows that concern it, of one plan by their ids; what is in none is of the plan's head."""
    more = len(body.refs) - _MOST_REFS
    shown = body.refs if several else ["phần chung" if own_id(ref) == ref else own_id(ref) for ref in body.refs]
    return f"{body.name}: {', '.join(shown[:_MOST_REFS])}{f' và {more} dòng nữa' if more > 0 else ''}."


def concerned_records(comparison: Comparison, directory: Directory) -> Iterator[dict[str, Any]]:
    """Yield whom the changes concern, each with the references of the rows."""
    for one in concerned(comparison, directory):
        yield {"agency": one.agency, "province": one.province, "name": one.name, "refs": list(one.refs)}


def comparison_sheet(comparison: Comparison, directory: Directory) -> Sheet:
    """Return the changes as one table."""
    rows = []
    asked = any(one.origin for one in comparison.changes)
    for pair in comparison.pairs:
        told = Sentences(directory, pair.plan.province)
        rows += [
            (one.ref, KINDS[one.kind], told.told(one), told.concerned(one), *([told.origin(one)] if asked else []))
            for one in pair.changes
        ]
    return Sheet(("Mã", "Thay đổi", "Nội dung", "Cơ quan liên quan", *(("Do đâu",) if asked else ())), tuple(rows))


def _of_plan(pair: PlanPair, told: Sentences, level: int) -> Iterator[Block]:
    """Yield a block for each row; new numbers stand together, since one new row gives many."""
    numbers = [one for one in pair.changes if one.kind is ChangeKind.RENUMBERED]
    others = [one for one in pair.changes if one.kind is not ChangeKind.RENUMBERED]
    for ref, some in groupby(others, key=lambda one: one.ref):
        changes = list(some)
        lines = [line for one in changes for line in (told.told(one), told.origin(one)) if line]
        lines += [f"Liên quan: {concerned}."] if (concerned := told.concerned(*changes)) else []
        yield Block(_heading(ref, changes[0]), level, tuple(lines))
    if numbers:
        listed = "; ".join(f"{one.old} → {one.new}" for one in numbers)
        yield Block(f"Đổi số ({len(numbers)})", level, (f"{listed}.",))


def _heading(ref: str, change: RowChange) -> str:
    """Return the id of a row with the one it had, and its first words unless the line below has all of them."""
    if "/" not in ref:
        return ref if change.part is Part.PLAN and not change.field else f"{ref}: phần chung"
    was = f" (trước là {old})" if (old := old_id(change)) else ""
    whole = change.kind in {ChangeKind.ADDED, ChangeKind.DROPPED}
    return f"{ref}{was}" if whole or not change.title else f"{ref}{was}: {row_title(change)}"
