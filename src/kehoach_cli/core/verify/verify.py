"""Compares a plan with its document, in both directions."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_text import SourceText
from kehoach_cli.core.verify.claims import Anchor, Claim, anchors_of, claims_of
from kehoach_cli.core.verify.compare import Comparer
from kehoach_cli.core.verify.locate import Located, Locator
from kehoach_cli.core.verify.passages import Pages
from kehoach_cli.core.verify.result import ClaimStatus, PlanComparison, Verification
from kehoach_cli.core.verify.unclaimed import unclaimed

_NO_PLACES: Mapping[str, str] = {}


def verify(plan: Plan, source: SourceText, places: Mapping[str, str] = _NO_PLACES) -> Verification:
    """Return how every text of a plan compares with the document, and what of the document nothing claims.

    `places` are the places of texts by key path ("tasks/III.7/text"), where an import of this very document recorded them.
    """
    pages = Pages(source)
    anchors = [replace(anchor, claim=_folded(pages, anchor.claim)) for anchor in anchors_of(plan)]
    located = Locator(pages, anchors, places)
    comparer = Comparer(pages, located, {anchor.id: anchor.parent for anchor in anchors if not anchor.section})
    alone = [_alone(plan, pages, anchor, located[anchor]) for anchor in anchors]
    others = [comparer.check(_ref(plan, claim.path), _folded(pages, claim)) for claim in claims_of(plan)]
    taken = [index for anchor in anchors for index in located[anchor].passages]
    spans = [*comparer.claimed, *((pages.passages[index].begin, pages.passages[index].end) for index in taken)]
    left, furniture = unclaimed(
        pages, spans, [located[anchor].passages[0] for anchor in anchors if located[anchor].passages]
    )
    checks = tuple(_with_line(plan, check) for check in (*alone, *others))
    return Verification(plan.id, plan.file, source.file, checks, left, furniture)


def _alone(plan: Plan, pages: Pages, anchor: Anchor, located: Located) -> PlanComparison:
    claim = anchor.claim
    ref = _ref(plan, claim.path)
    if located.status is ClaimStatus.MISSING:
        return PlanComparison(ref, claim.path, claim.text, located.status)
    near = "" if located.status is ClaimStatus.FOUND else pages.joined(located.passages)
    place = pages.place(located.passages)
    return PlanComparison(ref, claim.path, claim.text, located.status, place, located.differences, near)


def _folded(pages: Pages, claim: Claim) -> Claim:
    folded = pages.fold(claim.text)
    return claim if folded == claim.text else replace(claim, text=folded)


def _ref(plan: Plan, path: str) -> str:
    """Return the reference of the row that a key path belongs to, that of the plan for the rest."""
    top, row_id, *_ = path.split("/")
    return f"{plan.id}/{row_id}" if top in {"tasks", "indicators"} else plan.id


def _with_line(plan: Plan, check: PlanComparison) -> PlanComparison:
    return replace(check, line=plan.lines.get(check.ref.partition("/")[2], 0))


def in_order(checks: tuple[PlanComparison, ...]) -> Iterator[PlanComparison]:
    """Yield what is wrong: missing texts first, then those that differ."""
    for status in (ClaimStatus.MISSING, ClaimStatus.DIFFERS):
        yield from (check for check in checks if check.status is status)
