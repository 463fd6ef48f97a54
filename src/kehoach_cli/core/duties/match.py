"""Why a row concerns an agency: it is named, is an heir or a member of a named body, or a general clause assigns the row."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.plan import Indicator, Plan, Task, heirs_in

LEAD, SUPPORT = "lead", "support"


class Via(StrEnum):
    """Why a row concerns an agency, the strongest reason first."""

    DIRECT = "direct"
    SUCCESSOR = "successor"
    GROUP = "group"
    CLAUSE = "clause"
    BODY = "body"


_STRENGTH = {via: rank for rank, via in enumerate(Via)}
_NAMED = frozenset({Via.DIRECT, Via.SUCCESSOR, Via.BODY})


class Match(Struct, frozen=True):
    """One reason why a row concerns an agency.

    `role` is lead, support, or the implement/direct of a clause; `name` is the body that the row names, or a chain of names
    if there are several successions. `limited` means "có liên quan"; `certain` is False for an unconfirmed inheritance;
    `scope` is the heir's part of a split body's duties; `inherited` means that `name` is a predecessor, `by_group` that it is a
    group.
    """

    role: str
    via: Via
    name: str
    limited: bool = False
    certain: bool = True
    scope: str | None = None
    inherited: bool = False
    by_group: bool = False

    @property
    def own(self) -> bool:
        """Whether the row names the agency itself, or a body whose duties it took over."""
        return self.via in _NAMED and not self.by_group


class _Link(Struct, frozen=True):
    via: Via
    name: str
    certain: bool = True
    role: str | None = None
    limited: bool = False


# Marks a row that names nobody: a general clause may assign it to any body.
NOBODY = ""


def bodies_in(row: Task | Indicator, *, leading: bool = False) -> frozenset[str]:
    """Return the ids by which a row can concern an agency; with `leading`, as its lead only.

    A row that shares no id with a matcher's `bodies` never matches.
    """
    heirs = heirs_in(row)
    if isinstance(row, Indicator):
        return frozenset(row.bodies)
    also = row.body.lead if row.body else ()
    named = row.lead if leading else (*row.lead, *row.support)
    return frozenset((*named, *heirs, *also)) | (frozenset() if row.lead or row.support else {NOBODY})


class Matcher:
    """Matches the rows of a province with one agency; made once for a query and used for every row."""

    def __init__(self, directory: Directory, province: str, agency: Agency) -> None:
        """Prepare to match `agency` with plans of `province`."""
        self._directory = directory
        self._province = province
        self._agency = agency
        self._ref = directory.ref(province, agency)
        self._chains = directory.predecessors(agency, province)
        self._links = self._build_links()

    @property
    def agency_id(self) -> str:
        """The agency's own id: what a row names that reaches it directly."""
        return self._ref

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The ids that stand for the agency, and the mark of a row that names nobody."""
        return frozenset((*self._links, NOBODY))

    @cached_property
    def leading(self) -> frozenset[str]:
        """The ids that stand for the agency as the lead of a row. It reports on the indicators of these only."""
        return frozenset(named for named in self._links if self._link(named, LEAD))

    def task(self, plan: Plan, task: Task) -> tuple[Match, ...]:
        """Return every reason why `task` concerns the agency, the strongest first."""
        found = [*self._named(task, LEAD, task.lead), *self._named(task, SUPPORT, task.support)]
        found += self._borne_now(task)
        found += self._by_clause(plan, task)
        found += [
            Match(
                LEAD,
                Via.BODY,
                link.name,
                certain=link.certain,
                inherited=link.via is Via.SUCCESSOR,
                by_group=link.via is Via.GROUP,
            )
            for named in (task.body.lead if task.body else ())
            if (link := self._link(named, LEAD))
        ]
        return tuple(sorted(dict.fromkeys(found), key=lambda match: _STRENGTH[match.via]))

    def indicator(self, indicator: Indicator) -> tuple[Match, ...]:
        """Return every reason why the agency must report on `indicator`: by name, as heir or as member of a group."""
        found = [
            Match(LEAD, link.via, link.name, certain=link.certain, inherited=link.via is Via.SUCCESSOR)
            for named in indicator.lead
            if (link := self._link(named, LEAD))
        ]
        found += self._borne_now(indicator)
        return tuple(sorted(dict.fromkeys(found), key=lambda match: _STRENGTH[match.via]))

    def _build_links(self) -> dict[str, _Link]:
        links = {self._ref: _Link(Via.DIRECT, self._agency.name)}
        for old_id, chain in self._chains.items():
            name = " → ".join(self._directory.name(self._province, link) for link in chain)
            steps = [*chain, self._ref]
            heirs = [self._directory.succession(self._province, old, new) for old, new in pairwise(steps)]
            role = next((heir.role for heir in heirs if heir and heir.role), None)
            certain = all(heir.certain for heir in heirs if heir)
            links[old_id] = _Link(Via.SUCCESSOR, name, certain, role)
        for group in self._directory.groups_of(self._province, (self._ref, *self._chains)):
            links.setdefault(group.id, _Link(Via.GROUP, group.name, limited=group.limited))
        return links

    def _link(self, named: str, role: str) -> _Link | None:
        """Return the link from a body named in a role; an inheritance limited to another role does not count."""
        link = self._links.get(named)
        return link if link and link.role in {None, role} else None

    def _named(self, task: Task, role: str, named: tuple[str, ...]) -> Iterator[Match]:
        for agency_id in named:
            if link := self._link(agency_id, role):
                limited = link.limited or (role, agency_id) in task.limited
                inherited = link.via is Via.SUCCESSOR
                yield Match(role, link.via, link.name, limited, link.certain, inherited=inherited)

    def _borne_now(self, row: Task | Indicator) -> Iterator[Match]:
        supporting = row.support if isinstance(row, Task) else ()
        for old_id, heirs in row.now.items():
            for heir in heirs:
                link = self._links.get(heir.agency)
                if not link or link.via not in {Via.DIRECT, Via.SUCCESSOR}:
                    continue
                name = self._directory.name(self._province, old_id)
                if link.via is Via.SUCCESSOR:
                    name = f"{name} → {link.name}"
                for role, named in ((LEAD, row.lead), (SUPPORT, supporting)):
                    if old_id in named:
                        certain = heir.basis is not None and link.certain
                        yield Match(role, Via.SUCCESSOR, name, certain=certain, scope=heir.scope, inherited=True)

    def _by_clause(self, plan: Plan, task: Task) -> Iterator[Match]:
        for clause in plan.clauses_for(task):
            for named in clause.agencies:
                if link := self._link(named, LEAD):
                    inherited = link.via is Via.SUCCESSOR
                    yield Match(clause.role.value, Via.CLAUSE, link.name, certain=link.certain, inherited=inherited)
