"""Where the changes of a plan come from: what amendments explain, and what a hand changed, held against the document."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from kehoach_cli.core.amend.words import source_text
from kehoach_cli.core.changes.row_change import Origin, OriginKind, RowChange
from kehoach_cli.core.comparison.plans import PlanPair
from kehoach_cli.core.model.amendment import AppliedChange
from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.core.model.source_text import SourceText
from kehoach_cli.core.verify.result import ClaimStatus, PlanComparison, Verification
from kehoach_cli.core.verify.verify import verify

_KEYS = {
    Part.TASK: "tasks",
    Part.INDICATOR: "indicators",
    Part.SECTION: "sections",
    Part.OBJECTIVE: "objectives",
    Part.FUNDING: "funding",
    Part.CLAUSE: "clauses",
    Part.DOCUMENT: "document",
}
_LISTS = {Part.BASIS: "document/basis", Part.REPORTING: "reporting"}
# What an amendment of a whole row changes in it.
_OF_WHOLE_ROWS = frozenset({"number", "printed"})
_UNCHECKED = Origin(OriginKind.UNCHECKED)


def amended(pair: PlanPair, old: Iterable[AppliedChange], new: Iterable[AppliedChange]) -> PlanPair:
    """Return a pair whose changes name the amendments that are in force in the new version and were not in the old one."""
    known = {_amendment_key(one) for one in old}
    by_place: dict[tuple[str, str], list[AppliedChange]] = {}
    for one in new:
        if pair.new and one.plan == pair.new.id and _amendment_key(one) not in known:
            by_place.setdefault((one.row, one.cell.replace("/", ".")), []).append(one)
    return (
        replace(pair, changes=tuple(_by_amendment(change, by_place) for change in pair.changes)) if by_place else pair
    )


def _amendment_key(change: AppliedChange) -> tuple[object, ...]:
    # The words before and after may be corrected in the copy of either document.
    return change.plan, change.row, change.cell, change.op, change.cite, change.clause, change.effective


def _by_amendment(change: RowChange, by_place: Mapping[tuple[str, str], list[AppliedChange]]) -> RowChange:
    row = getattr(change.after or change.before, "id", "")
    whole = not change.field or change.field in _OF_WHOLE_ROWS or change.field.startswith("withdrawn.")
    found = by_place.get((row, "" if whole else change.field), [])
    if not found or change.kind not in {ChangeKind.CHANGED, ChangeKind.ADDED}:
        return change
    return replace(change, origin=Origin(OriginKind.AMENDMENT, "; ".join(map(source_text, found))))


def held_against(pair: PlanPair, document: SourceText) -> PlanPair:
    """Return a pair whose changes say whether the document has them: those that no amendment explains.

    Where a row only moved, nothing is said.
    """
    if pair.old is None or pair.new is None or not pair.changes:
        return pair
    before, after = verify(pair.old, document), verify(pair.new, document)
    return replace(pair, changes=tuple(_with_origin(change, before, after) for change in pair.changes))


def _with_origin(change: RowChange, before: Verification, after: Verification) -> RowChange:
    if change.origin or change.kind is ChangeKind.RENUMBERED:
        return change
    if change.kind is ChangeKind.MOVED:
        # A row of another kind may have other words, too.
        new = list(_claims(change, after, was=False)) if change.was_part else []
        return replace(change, origin=_of_text(new)) if new and not _right(new) else change
    old, new = list(_claims(change, before, was=True)), list(_claims(change, after, was=False))
    return replace(change, origin=_origin(change.kind, old, new))


def _origin(kind: ChangeKind, old: list[PlanComparison], new: list[PlanComparison]) -> Origin:
    """Return what the document says of a change, from the texts of both versions that it concerns."""
    if kind is ChangeKind.ADDED and new:
        return _of_text(new)
    if kind is ChangeKind.DROPPED and old:
        there = next((one for one in old if one.status is not ClaimStatus.MISSING), None)
        return Origin(OriginKind.ERROR, there.text, there.place) if there else Origin(OriginKind.CORRECTION)
    if _texts(old) == _texts(new):
        return _UNCHECKED
    if new and not _right(new):
        return _of_text(new)
    if not new:
        # The cell is empty now: right where the document did not have its words either.
        there = next((one for one in old if one.status is ClaimStatus.FOUND), None)
        return Origin(OriginKind.ERROR, there.text, there.place) if there else Origin(OriginKind.CORRECTION)
    if old and _right(old):
        return Origin(OriginKind.BOTH, place=new[0].place)
    return _of_text(new)


def _of_text(claims: list[PlanComparison]) -> Origin:
    wrong = next((one for one in claims if one.status is not ClaimStatus.FOUND), None)
    if wrong:
        return Origin(OriginKind.ERROR, wrong.nearest, wrong.place)
    return Origin(OriginKind.CORRECTION, place=claims[0].place)


def _right(claims: list[PlanComparison]) -> bool:
    return all(one.status is ClaimStatus.FOUND for one in claims)


def _texts(claims: list[PlanComparison]) -> list[str]:
    return [one.text for one in claims]


def _claims(change: RowChange, version: Verification, *, was: bool) -> Iterator[PlanComparison]:
    """Yield the texts of a version that stand for the row or cell."""
    row = _path(change, was=was)
    if not row:
        return
    field = change.field.removeprefix("document.").replace(".", "/")
    paths = (f"{row}/{field}", f"{row}/as_issued/{field}") if field else (row,)
    for check in version.checks:
        if any(check.path == path or check.path.startswith(f"{path}/") for path in paths):
            yield check


def _path(change: RowChange, *, was: bool) -> str:
    """Return the key path of the row in one version; empty where its texts are not compared with documents."""
    if change.part is Part.DOCUMENT:
        return _KEYS[change.part]
    place = change.places[0 if was else 1]
    if change.part in _LISTS:
        return f"{_LISTS[change.part]}/{place - 1}" if place else ""
    row = change.before if was else change.after
    own = getattr(row, "id", "")
    return f"{_KEYS[change.part]}/{own}" if own and change.part in _KEYS else ""
