"""The form that an agency fills in for a period, and a filled one: the same in Excel and in YAML."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from kehoach_cli.core.model.agency import CENTRAL, Agency
from kehoach_cli.core.model.finding import Finding, KeyPath
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator, SubmittedTask
from kehoach_cli.core.notation.target import Target


class AskedKind(StrEnum):
    """What a value is: a figure, whether a state is reached, the level of a year, or a change that its cell names."""

    VALUE = "value"
    STATE = "met"
    LEVEL = "level"
    FALL = "fall"
    RISE = "rise"
    TIMES = "times"


_LABELS = {
    AskedKind.VALUE: "Kết quả (theo đơn vị tính)",
    AskedKind.FALL: "Mức giảm",
    AskedKind.RISE: "Mức tăng",
    AskedKind.TIMES: "Số lần",
}


class AskedValue(Struct, frozen=True):
    """One value asked of an indicator: `scope` names its part of the target, `year` the year of a level."""

    kind: AskedKind
    unit: str | None = None
    scope: str = ""
    year: int | None = None

    @property
    def label(self) -> str:
        """What is asked, where an indicator has several values."""
        if self.kind is AskedKind.LEVEL:
            return f"Mức năm {self.year}"
        if self.scope and self.kind is not AskedKind.VALUE:
            return f"{self.scope}: {_LABELS[self.kind].lower()}"
        return self.scope or _LABELS.get(self.kind, "")


class IndicatorQuestion(Struct, frozen=True):
    """An indicator that the agency must report on.

    `target` is the one that applies in the period (None: no target yet), `asked` the values that answer it; `counted` says what
    a figure of a part of a year counts. `before` is the entry for the same period of last year, `answer` the one in the period's
    submission so far. `shared`: several bodies answer for it, so one of them may say that its figure is the whole province's.
    """

    indicator: Indicator
    target: Target | None
    asked: tuple[AskedValue, ...]
    before: SubmittedIndicator | None = None
    answer: SubmittedIndicator | None = None
    counted: str = ""
    shared: bool = False

    @property
    def asks_total(self) -> bool:
        """Whether the form asks if the figure is the whole province's; what was said before can always be taken back."""
        return self.shared or bool(self.answer and self.answer.province_total)


class TaskQuestion(Struct, frozen=True):
    """A task that the agency must report on.

    `deadline` includes an extension; `reached` says why the row concerns the agency; `periods` are those for which a recurring
    duty may be done. `before` is the entry of last year, in the form of a part of a year the last one before it.
    """

    task: Task
    section: str
    deadline: date | None
    reached: str
    conditional: bool = False
    periods: tuple[str, ...] = ()
    before: SubmittedTask | None = None
    answer: SubmittedTask | None = None


class PlanForm(Struct, frozen=True):
    """The part of one plan in a form. `due` is the plan's reporting date for the period, `answered` the submission so far."""

    plan: Plan
    required: bool
    due: date | None
    indicators: tuple[IndicatorQuestion, ...]
    tasks: tuple[TaskQuestion, ...]
    cutoff: date
    answered: Submission | None = None


class Form(Struct, frozen=True):
    """All questions to one agency for one period."""

    agency: Agency
    period: Period
    plans: tuple[PlanForm, ...]

    @property
    def sender(self) -> str:
        """The agency's id as its submissions give it: with its province where a plan is of another one."""
        agency = self.agency
        known = all(agency.province in {part.plan.province, CENTRAL} for part in self.plans)
        return agency.id if known else f"{agency.province}/{agency.id}"


class Filled(Struct, frozen=True):
    """The content of a filled workbook in the keys of a progress file, one document for each plan.

    Values are text, as in a progress file. `cells` gives the cell of a key path; a path without one has the cell of its nearest
    parent. `findings` are the faults of the workbook itself; a workbook with an error is not used.
    """

    documents: tuple[Mapping[str, Any], ...]
    cells: Mapping[KeyPath, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
