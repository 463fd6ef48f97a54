"""All values of a workspace, and the search for an item by its reference."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Protocol, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.amendment import Amendment, AppliedChange
from kehoach_cli.core.model.lock import Adjustment, PlanLock
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.model.progress import RefusedForm, Submission


class Item(Struct, frozen=True):
    """A task or indicator with the plan it belongs to."""

    plan: Plan
    row: Task | Indicator

    @property
    def words(self) -> str:
        """The text of a task, or the name of an indicator."""
        return self.row.text if isinstance(self.row, Task) else self.row.name

    @property
    def ref(self) -> str:
        """The reference, as people write it: `kh-176/PL2.III.1`."""
        return f"{self.plan.id}/{self.row.id}"


class NotFound(Struct, frozen=True):
    """No item, or more than one, has the reference; `candidates` are similar ones, or with `ambiguous` those that all match."""

    reference: str
    candidates: tuple[str, ...]
    ambiguous: bool = False


def _printed_refs(item: Item) -> set[str]:
    number = item.row.as_issued.get("number", "").casefold()
    return {number, f"{item.plan.id}/{number}"} if number else set()


class _OfPlan(Protocol):
    """What belongs to a plan."""

    @property
    def plan(self) -> str:
        """The id of the plan."""
        ...


_OfPlanT = TypeVar("_OfPlanT", bound=_OfPlan)


def _by_plan(values: Iterable[_OfPlanT]) -> dict[str, list[_OfPlanT]]:
    found: dict[str, list[_OfPlanT]] = {}
    for one in values:
        found.setdefault(one.plan, []).append(one)
    return found


class Catalogue(Struct, frozen=True, dict=True):
    """The plans, registries and submissions of a workspace, and the forms that were sent and refused.

    `unusable` gives by id, as far as it is known, the files of plans that could not be read. `locks` are the periods that are
    closed, `adjustments` the values that were changed since then. `amendments` are the later documents that are in the text of
    the plans, in the order in which they took effect, `amended` each of their changes.
    """

    plans: tuple[Plan, ...]
    directory: Directory
    submissions: tuple[Submission, ...] = ()
    unusable: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[RefusedForm, ...] = ()
    locks: tuple[PlanLock, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    amended: tuple[AppliedChange, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    def plan(self, plan_id: str) -> Plan | None:
        """Return the plan with this id."""
        return next((plan for plan in self.plans if plan.id == plan_id), None)

    @cached_property
    def by_plan(self) -> dict[str, "Catalogue"]:
        """The same for each plan alone, with what was sent, closed, changed and refused of it."""
        sent, locks, changed = _by_plan(self.submissions), _by_plan(self.locks), _by_plan(self.adjustments)
        return {
            plan.id: replace(
                self,
                plans=(plan,),
                submissions=tuple(sent.get(plan.id, ())),
                refused=tuple(one for one in self.refused if one.plan in {"", plan.id}),
                locks=tuple(locks.get(plan.id, ())),
                adjustments=tuple(changed.get(plan.id, ())),
            )
            for plan in self.plans
        }

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every task and indicator by reference."""
        items = [Item(plan, row) for plan in self.plans for rows in (plan.tasks, plan.indicators) for row in rows]
        return {item.ref: item for item in items}

    def find(self, reference: str) -> Item | NotFound:
        """Return the item of `kh-176/PL2.III.1`, or of `PL2.III.1` if only one plan has it; upper and lower case are the same."""
        wanted = reference.strip().casefold()
        exact = [item for ref, item in self.items.items() if wanted in {ref.casefold(), item.row.id.casefold()}]
        # A row keeps its id when an amendment gives it another number; people ask for either.
        numbered = [item for item in self.items.values() if wanted in _printed_refs(item)]
        whole = [item for item in exact if item.ref.casefold() == wanted]
        found = whole or exact + [item for item in numbered if item not in exact]
        if len(found) == 1:
            return found[0]
        if found:
            return NotFound(reference, tuple(item.ref for item in found), ambiguous=True)
        return NotFound(reference, tuple(self._nearest(wanted)))

    def _nearest(self, wanted: str) -> Iterator[str]:
        """Yield what a wrong reference may mean: items with that printed number (`IV.2` → `VI.2`), else similar references."""
        plan_id, _, row_id = wanted.rpartition("/")
        printed = [
            f"{plan.id}/{section.id}{row_id[len(section.printed) :]}".casefold()
            for plan in self.plans
            for section in plan.sections
            if section.printed and plan_id in {"", plan.id} and row_id.startswith(f"{section.printed}.".casefold())
        ]
        refs = {ref.casefold(): ref for ref in self.items}
        if found := [refs[ref] for ref in printed if ref in refs]:
            yield from found
            return
        pool = refs if plan_id else {ref.rpartition("/")[2]: original for ref, original in refs.items()}
        yield from (pool[key] for key in get_close_matches(wanted, pool, n=3, cutoff=0.6))
