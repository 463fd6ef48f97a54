"""A file as the lint rules see it: its lines, what was understood of it, and where each value stands."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct

from kehoach_cli.core.model.agency import Directory, Registry
from kehoach_cli.core.model.finding import Finding, KeyPath
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission

MadeT = TypeVar("MadeT")
Place: TypeAlias = Callable[[KeyPath, bool], tuple[int, int]]


class Trap(Struct, frozen=True):
    """An unquoted value that another YAML reader takes for something else; `line` and `column` are 1-based."""

    text: str
    line: int
    column: int


class SourceFile(Struct, frozen=True, dict=True):
    """One file of a workspace.

    `value` is what was understood (None where faults leave nothing to stand on), `found` what loading found, `place` turns a
    key path (or its key) into line and column, `plans` are those a progress file may speak of, `peers` all submissions of the
    workspace, its own among them. In a workbook `cell` turns a key path into the cell's name.
    """

    file: str
    kind: str
    lines: tuple[str, ...]
    value: Plan | Registry | tuple[Submission, ...] | None
    directory: Directory
    found: tuple[Finding, ...]
    place: Place
    find_starts: Callable[[], tuple[int, ...]] = tuple
    find_quoted: Callable[[], tuple[tuple[tuple[int, int], tuple[int, int]], ...]] = tuple
    traps: tuple[Trap, ...] = ()
    plans: tuple[Plan, ...] = ()
    peers: tuple[Submission, ...] = ()
    cell: Callable[[KeyPath], str | None] = lambda _: None

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The lines on which keys and values begin, in order; none where the syntax broke."""
        return self.find_starts()

    @cached_property
    def quoted(self) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
        """Start and end (line and column, 1-based) of the values in quotes or in a block, in which a # is no comment."""
        return self.find_quoted()

    @cached_property
    def text(self) -> str:
        """The lines as one text, for a look that tells whether the lines are worth a closer one."""
        return "\n".join(self.lines)

    @cached_property
    def _made(self) -> dict[Callable[[Plan], Any], Any]:
        return {}

    def once(self, make: Callable[[Plan], MadeT], plan: Plan) -> MadeT:
        """Return what `make` makes of the document's plan: several rules look at it, and it is made for the first."""
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
    def registry(self) -> Registry | None:
        """The registry, where this is a registry file that can be used."""
        return self.value if isinstance(self.value, Registry) else None
