"""A plan: the official wording, and its meaning beside it."""

import re
from collections.abc import Container, Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from kehoach_cli.core.model.period import PeriodKind
from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Schedule
from kehoach_cli.core.notation.target import Direction, Target
from kehoach_cli.viet.dates import PartialDate
from kehoach_cli.viet.text import CAPITALS


class TaskKind(StrEnum):
    """The kind of a row: nhiệm vụ, chương trình/đề án/dự án, or a duty of the part "Tổ chức thực hiện"."""

    TASK = "task"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"


class ConditionKind(StrEnum):
    """Whether a task waits ("sau khi …") or follows guidance ("theo …")."""

    AFTER = "after"
    PER = "per"


class ClauseRole(StrEnum):
    """What the bodies of a general clause do for rows that name nobody: implement, or direct."""

    IMPLEMENT = "implement"
    DIRECT = "direct"


class Basis(Struct, frozen=True):
    """A document that the plan is based on, as its opening names it."""

    number: str | None
    date: PartialDate | None
    title: str | None


class Document(Struct, frozen=True):
    """The issued document. A part that the copy does not give (number, date, signer) is None."""

    type: str
    number: str | None
    date: PartialDate | None
    issuer: str
    title: str
    cite: str
    basis: tuple[Basis, ...] = ()
    authority: tuple[str, ...] = ()
    signer: str | None = None
    recipients: tuple[str, ...] = ()


class PlanYears(Struct, frozen=True):
    """The years in which a plan is in force; `end` is None if the plan gives no end."""

    start: int
    end: int | None
    vision: int | None = None
    note: str | None = None

    def covers(self, year: int) -> bool:
        """Whether the plan is in force in `year`."""
        return self.start <= year and (self.end is None or year <= self.end)


class Withdrawal(Struct, frozen=True):
    """The day from which a row no longer applies, and the document that says so."""

    since: date
    document: str


class Passage(Struct, frozen=True):
    """A numbered passage: an objective or a source of funding."""

    id: str
    text: str
    kind: str | None = None
    withdrawn: Withdrawal | None = None


class ReportingRule(Struct, frozen=True):
    """A rule of the plan on who reports to whom and when; `source` is the passage that says so.

    `periods` are the kinds of periods it asks reports for; without any, the year and how often `due` comes back. The document
    `also_by`, which the office names in its settings, asks for reports of the kinds `also`.
    """

    level: str
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    source: str
    via: tuple[str, ...] = ()
    drafter: str | None = None
    embedded_in: str | None = None
    due: Schedule = NO_SCHEDULE
    leads_only: bool = False
    periods: tuple[PeriodKind, ...] = ()
    also: tuple[PeriodKind, ...] = ()
    also_by: str | None = None

    def asks(self, kind: PeriodKind) -> bool:
        """Whether reports of periods of this kind are asked for, by the rule or by the other document."""
        return self._asks_itself(kind) or kind in self.also

    def document_asking(self, kind: PeriodKind) -> str | None:
        """Return the document that asks for reports of this kind where the rule itself does not."""
        return None if self._asks_itself(kind) else self.also_by

    def _asks_itself(self, kind: PeriodKind) -> bool:
        every = self.due.recurrence.every if self.due.recurrence else ""
        return kind in (self.periods or (PeriodKind.YEAR, every))


class Clause(Struct, frozen=True):
    """A general clause: it assigns those rows of its sections that name nobody."""

    id: str
    role: ClauseRole
    agencies: tuple[str, ...]
    applies_to: tuple[str, ...]
    text: str
    withdrawn: Withdrawal | None = None


class Section(Struct, frozen=True):
    """A heading. `printed` is its number in the document, if our id differs (we call a second "IV" VI)."""

    id: str
    title: str
    printed: str | None = None
    schedule: Schedule = NO_SCHEDULE
    errata: str | None = None
    withdrawn: Withdrawal | None = None


class Condition(Struct, frozen=True):
    """A condition of a task; `dash` is the number of the dash item it applies to, None for the whole row."""

    text: str
    kind: ConditionKind
    dash: int | None = None
    awaits: str | None = None


class Heir(Struct, frozen=True):
    """The body that has one row of a split body today. It is our reading unless `basis` names a document."""

    agency: str
    scope: str | None = None
    basis: str | None = None


class Cost(Struct, frozen=True):
    """A sum of money that a row names, as printed, with its source; `text` is the whole cell."""

    amount: str | None = None
    source: str | None = None
    text: str | None = None


class Step(Struct, frozen=True):
    """A milestone as the key `milestones` of a task gives it."""

    text: str
    schedule: str
    outputs: tuple[str, ...] = ()


class BodyVariant(Struct, frozen=True):
    """What the main text of a decision adds to a row of its appendix, with a note."""

    id: str | None
    lead: tuple[str, ...] = ()
    as_issued: str | None = None
    note: str | None = None


class Task(Struct, frozen=True):
    """One row of a plan. `text` and `as_issued` are official wording; the ids are ours.

    `limited` holds (role, id) of each group that "có liên quan" limits to the members concerned. `steps` are the milestones that
    the plan file gives beside the schedule: `schedule` is made of them, and `phrase` is what the printed schedule alone means.
    """

    id: str
    kind: TaskKind
    text: str
    section: str | None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    as_issued: dict[str, str] = field(default_factory=dict)
    schedule: Schedule = NO_SCHEDULE
    outputs: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    now: dict[str, tuple[Heir, ...]] = field(default_factory=dict)
    body: BodyVariant | None = None
    limited: frozenset[tuple[str, str]] = frozenset()
    note: str | None = None
    errata: str | None = None
    withdrawn: Withdrawal | None = None
    steps: tuple[Step, ...] = ()
    phrase: Schedule | None = None
    cost: tuple[Cost, ...] = ()

    @property
    def deadline(self) -> date | None:
        """The last day on time according to the plan."""
        return self.schedule.deadline


class Indicator(Struct, frozen=True):
    """One indicator with its targets in the order of years; `baseline` maps a year to its level as printed, None if not given.

    `change` says whether a change in "%" of a share is in "points" or "percent", `tolerance` how far "khoảng" reaches, `share`
    whether a value in "%" lies between 0 and 100 (None: judged by its words). `now` maps a lead that was split to the bodies
    that answer for the row today. `printed_targets` holds the cells of the targets as printed, by the key of `targets`;
    `wording` the text of each target as the file has it, by its path in the row ("targets/2030", "targets/2030/đô thị loại II").
    """

    id: str
    name: str
    unit: str | None
    section: str | None
    direction: Direction
    targets: tuple[Target, ...]
    lead: tuple[str, ...] = ()
    baseline: dict[int, str | None] = field(default_factory=dict)
    direction_note: str | None = None
    as_issued: dict[str, str] = field(default_factory=dict)
    note: str | None = None
    errata: str | None = None
    withdrawn: Withdrawal | None = None
    change: str | None = None
    tolerance: str | None = None
    share: bool | None = None
    now: dict[str, tuple[Heir, ...]] = field(default_factory=dict)
    wording: dict[str, str] = field(default_factory=dict)
    printed_targets: dict[str, str] = field(default_factory=dict)

    @property
    def bodies(self) -> tuple[str, ...]:
        """The ids of its leads and of the bodies that answer for it today."""
        return (*self.lead, *(heir.agency for heirs in self.now.values() for heir in heirs))

    @property
    def answering(self) -> tuple[str, ...]:
        """The ids of the bodies that answer for it: its leads, or in the place of a split one its heirs."""
        borne = (tuple(heir.agency for heir in self.now.get(lead, ())) or (lead,) for lead in self.lead)
        return tuple(dict.fromkeys(body for bodies in borne for body in bodies))


class Plan(Struct, frozen=True):
    """One plan document as data, with its rows in the document's order.

    `lines` maps the id of each task and indicator to its line in `file` (1-based).
    """

    id: str
    province: str
    document: Document
    period: PlanYears
    coordinator: str
    objectives: tuple[Passage, ...]
    funding: tuple[Passage, ...]
    reporting: tuple[ReportingRule, ...]
    clauses: tuple[Clause, ...]
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    file: str = field(default="")
    lines: dict[str, int] = field(default_factory=dict)

    def section(self, section_id: str | None) -> Section | None:
        """Return the section with this id."""
        return next((section for section in self.sections if section.id == section_id), None)

    def tasks_naming(self, bodies: frozenset[str]) -> Iterable[Task]:
        """Return at least the tasks that share an id with `bodies`, in order. A plan in memory returns all tasks."""
        del bodies
        return self.tasks

    def indicators_naming(self, bodies: frozenset[str]) -> Iterable[Indicator]:
        """Return at least the indicators that share an id with `bodies`, in order. A plan in memory returns all."""
        del bodies
        return self.indicators

    def indicators_led(self, bodies: frozenset[str]) -> int:
        """Return how many indicators one of `bodies` leads or answers for."""
        return sum(not bodies.isdisjoint(indicator.bodies) for indicator in self.indicators)

    def clauses_for(self, task: Task) -> tuple[Clause, ...]:
        """Return the general clauses that assign `task`; only a row that names nobody has any."""
        if task.lead or task.support or not task.section:
            return ()
        return tuple(
            clause
            for clause in self.clauses
            if clause.withdrawn is None and any(is_within(task.section, top) for top in clause.applies_to)
        )


def heirs_in(row: Task | Indicator) -> Iterable[str]:
    """Return the ids of the bodies that have the row of a split body today."""
    return (heir.agency for heirs in row.now.values() for heir in heirs)


def is_within(section: str, top: str) -> bool:
    """Whether `section` is `top` or stands below it (`II.1.2` is within `II`, `III` is not)."""
    return section == top or section.startswith((f"{top}.", f"{top}-"))


def enclosing_section(item_id: str, sections: Container[str]) -> str | None:
    """Return the longest section id that is the item's own id or a prefix of it (`PL.VIII.10.1` → `PL.VIII.10`)."""
    candidate = item_id
    while candidate not in sections:
        cut = max(candidate.rfind("."), candidate.rfind("-"))
        if cut < 0:
            return None
        candidate = candidate[:cut]
    return candidate


def dashes(text: str) -> tuple[str, ...]:
    """Return the first line and the dash items of a text, for display; a text without dashes is returned whole."""
    pieces = re.split(rf"(?:(?<=[.;:,])\s*|\s+|^)- (?=[{CAPITALS}])", text)
    return tuple(piece.strip() for piece in pieces if piece.strip())
