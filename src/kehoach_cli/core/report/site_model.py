"""What the pages of a site say, as values: plans, bodies, tasks and indicators with their standing and history."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.points import Trend
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.duties.bodies import bearer_at
from kehoach_cli.core.duties.coverage import PlanCoverage
from kehoach_cli.core.duties.match import Match
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.report.summary import SummaryLine

DUE_DAYS = 30
UNKNOWN = "-"


class SiteQuery(Struct, frozen=True):
    """What is asked: the plans, the period whose figures are judged, and the day on which the tasks stand."""

    plans: tuple[Plan, ...]
    period: Period
    as_of: date
    public: bool = False


class ShownStanding(Struct, frozen=True):
    """Where a task stands: the column in which it is counted (None: nothing is told), and the same in words.

    `due` is the next day on which something of it is due, `soon` whether that is within 30 days; `late` includes a late
    milestone.
    """

    column: CountColumn | None
    text: str
    deadline: date | None = None
    completed: date | None = None
    due: date | None = None
    soon: bool = False
    late: bool = False


class Account(Struct, frozen=True):
    """What one body said, or one lock keeps, of a row: for which period, up to which day, and each thing with its label."""

    heading: str
    lines: tuple[tuple[str, str], ...]


class ShownTask(Struct, frozen=True):
    """A task with its standing, and its history, oldest first; `before` is what last year's report said of it."""

    plan: Plan
    task: Task
    standing: ShownStanding
    history: tuple[Account, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The reference people write: `kh-176/PL2.III.1`."""
        return f"{self.plan.id}/{self.task.id}"


class ShownIndicator(Struct, frozen=True):
    """An indicator with its years, what was reported for the period, and the verdict on it in words (None: nothing is told)."""

    plan: Plan
    indicator: Indicator
    trend: Trend
    value: str = ""
    target: str = ""
    verdict: Verdict | None = None
    word: str = ""
    history: tuple[Account, ...] = ()
    official: bool = False

    @property
    def ref(self) -> str:
        """The reference people write: `kh-176/PL1.8`."""
        return f"{self.plan.id}/{self.indicator.id}"


class ShownPlan(Struct, frozen=True):
    """A plan with its rows; `period` and `as_of` are those of its figures, `coverage` tells who has sent (None: not told)."""

    plan: Plan
    period: Period
    as_of: date
    tasks: tuple[ShownTask, ...]
    indicators: tuple[ShownIndicator, ...]
    coverage: PlanCoverage | None = None


class BodyRole(Struct, frozen=True):
    """A task of a body, and why it is: the strongest reason."""

    entry: ShownTask
    match: Match


class ShownBody(Struct):
    """A body of today with the rows that name it or a body it took over; `line` is its line of the summary of the period.

    `before` are the bodies whose duties it took over.
    """

    agency: Agency
    province: str
    before: tuple[Agency, ...] = ()
    tasks: list[BodyRole] = field(default_factory=list)
    indicators: list[ShownIndicator] = field(default_factory=list)
    line: SummaryLine | None = None
    groups: tuple[Agency, ...] = ()


class SiteData(Struct, frozen=True, dict=True):
    """All that the pages say."""

    query: SiteQuery
    directory: Directory
    plans: tuple[ShownPlan, ...]
    bodies: tuple[ShownBody, ...]

    @property
    def tasks(self) -> Iterator[ShownTask]:
        """The tasks of all plans."""
        return (one for plan in self.plans for one in plan.tasks)

    @property
    def indicators(self) -> Iterator[ShownIndicator]:
        """The indicators of all plans."""
        return (one for plan in self.plans for one in plan.indicators)

    @cached_property
    def several_provinces(self) -> bool:
        """Whether a name like "Sở Y tế" needs its province."""
        return len({plan.plan.province for plan in self.plans}) > 1

    def in_province(self, name: str, province: str) -> str:
        """Return a name with its province before it, where it needs it."""
        registry = self.directory.registries.get(province)
        return f"{registry.name}: {name}" if name and registry and self.several_provinces else name

    @cached_property
    def known_bodies(self) -> frozenset[tuple[str, str]]:
        """Province and id of the bodies that have a page."""
        return frozenset((one.agency.province, one.agency.id) for one in self.bodies)

    def body_of(self, plan: Plan, named: str) -> Agency | None:
        """Return the body of the day that has the duties of one that a plan names; None without a page of its own."""
        bearer = bearer_at(self.directory, plan.province, named, self.query.as_of)
        found = bearer.agency if bearer else None
        return found if found and (found.province, found.id) in self.known_bodies else None


def target_text(text: str, year: int | None) -> str:
    """Return a target with its year."""
    return f"{text} (năm {year})" if year else text
