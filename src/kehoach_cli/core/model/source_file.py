"""A file as the lint rules see it: its lines, its value, and the place of each key."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct

from kehoach_cli.core.model.agency import Directory, Registry
from kehoach_cli.core.model.amendment import Amendment
from kehoach_cli.core.model.change import Change
from kehoach_cli.core.model.finding import Finding, KeyPath
from kehoach_cli.core.model.legal import LegalRegister
from kehoach_cli.core.model.lock import Lock, PlanLock
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_record import SourceRecord

MadeT = TypeVar("MadeT")
Place: TypeAlias = Callable[[KeyPath, bool], tuple[int, int]]


class Trap(Struct, frozen=True):
    """An unquoted value that other YAML readers read as another type; `line` and `column` are 1-based."""

    text: str
    line: int
    column: int


class SourceFile(Struct, frozen=True, dict=True):
    """One file of a workspace.

    `value` is the plan, registry, submissions, lock or source record in the file (None: it cannot be used), `found` the findings
    of the loader.
    `place` returns line and column of a key path, or of its key. `plans` are the plans that a progress file may refer to,
    `peers` all submissions of the workspace, including its own. `changes` are those since an older version, where one was asked
    for. In a workbook `cell` returns the cell's name for a key path. `locks` are the periods that are closed, for a file in the
    folder that they close.
    """

    file: str
    kind: str
    lines: tuple[str, ...]
    value: Plan | Registry | SourceRecord | tuple[Submission, ...] | Lock | LegalRegister | Amendment | None
    directory: Directory
    found: tuple[Finding, ...]
    place: Place
    find_starts: Callable[[], tuple[int, ...]] = tuple
    find_quoted: Callable[[], tuple[tuple[tuple[int, int], tuple[int, int]], ...]] = tuple
    traps: tuple[Trap, ...] = ()
    plans: tuple[Plan, ...] = ()
    peers: tuple[Submission, ...] = ()
    changes: tuple[Change, ...] = ()
    cell: Callable[[KeyPath], str | None] = lambda _: None
    locks: tuple[PlanLock, ...] = ()

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The lines on which keys and values begin, in order; none after a syntax error."""
        return self.find_starts()

    @cached_property
    def quoted(self) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
        """Start and end (line and column, 1-based) of quoted and block values; a # inside one is not a comment."""
        return self.find_quoted()

    @cached_property
    def text(self) -> str:
        """The lines as one text, for a first quick search."""
        return "\n".join(self.lines)

    @cached_property
    def _made(self) -> dict[Callable[[Plan], Any], Any]:
        return {}

    def once(self, make: Callable[[Plan], MadeT], plan: Plan) -> MadeT:
        """Return `make(plan)`; it is computed once, because several rules need it."""
        if make not in self._made:
            self._made[make] = make(plan)
        found: MadeT = self._made[make]
        return found

    @property
    def plan(self) -> Plan | None:
        """The plan, where this is a plan file that can be used."""
        return self.value if isinstance(self.value, Plan) else None

    @property
    def submissions(self) -> tuple[tuple[KeyPath, Plan, Submission], ...]:
        """The submissions of a progress file that can be used, each with its key path and its plan."""
        value = self.value if isinstance(self.value, tuple) else ()
        plans = {plan.id: plan for plan in self.plans}
        return tuple(
            (submission.at, plans[submission.plan], submission) for submission in value if submission.plan in plans
        )

    @property
    def record(self) -> SourceRecord | None:
        """The source record, where this is one that can be used."""
        return self.value if isinstance(self.value, SourceRecord) else None

    @property
    def registry(self) -> Registry | None:
        """The registry, where this is a registry file that can be used."""
        return self.value if isinstance(self.value, Registry) else None
