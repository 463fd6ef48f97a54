"""The form an agency fills in for a year, and what came back: the same questions whether on paper, in Excel or in YAML."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.finding import Finding, KeyPath
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.model.progress import IndicatorReport, Submission, TaskReport
from kehoach_cli.core.notation.target import Target


class IndicatorQuestion(Struct, frozen=True):
    """An indicator the agency answers for.

    `target` is the one that holds in the year (None: no target yet), `scopes` the parts a value is asked for (empty: one value),
    `base_years` the years whose levels may be given instead of a percentage. `before` is last year's entry, `answer` what the
    year's submission already holds.
    """

    indicator: Indicator
    target: Target | None
    scopes: tuple[str, ...] = ()
    base_years: tuple[int, ...] = ()
    before: IndicatorReport | None = None
    answer: IndicatorReport | None = None


class TaskQuestion(Struct, frozen=True):
    """A task the agency answers for; `deadline` is the one in force, `reached` tells in what words the row reaches the agency."""

    task: Task
    section: str
    deadline: date | None
    reached: str
    conditional: bool = False
    before: TaskReport | None = None
    answer: TaskReport | None = None


class PlanForm(Struct, frozen=True):
    """One plan's part of a form. `due` is the plan's own reporting date for the year, `answered` the submission so far."""

    plan: Plan
    required: bool
    due: date | None
    indicators: tuple[IndicatorQuestion, ...]
    tasks: tuple[TaskQuestion, ...]
    cutoff: date
    answered: Submission | None = None


class Form(Struct, frozen=True):
    """Everything one agency is asked for one year."""

    agency: Agency
    year: int
    plans: tuple[PlanForm, ...]


class Filled(Struct, frozen=True):
    """What a workbook says, in the keys of a progress file, one document for each plan; `cells` tells where each value stands.

    Values are text as a progress file would hold them. A path without a cell of its own stands where its nearest parent does.
    `findings` is what was wrong with the workbook itself; a workbook with an error among them is not used.
    """

    documents: tuple[Mapping[str, Any], ...]
    cells: Mapping[KeyPath, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
