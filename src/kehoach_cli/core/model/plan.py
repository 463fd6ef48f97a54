"""A plan as understood: frozen values with the official wording beside their meaning."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Schedule
from kehoach_cli.core.notation.target import Direction, Target
from kehoach_cli.viet.dates import PartialDate


class TaskKind(StrEnum):
    """What a row of a plan is: nhiệm vụ, chương trình/đề án/dự án, or a duty of the part "Tổ chức thực hiện"."""

    TASK = "task"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"


class ConditionKind(StrEnum):
    """Whether a task waits ("sau khi …") or follows guidance ("theo …")."""

    AFTER = "after"
    PER = "per"


class ClauseRole(StrEnum):
    """What a general clause lays on its bodies for rows naming nobody: to implement, or to direct."""

    IMPLEMENT = "implement"
    DIRECT = "direct"


class Basis(Struct, frozen=True):
    """A document the plan rests on, as far as the opening names it."""

    number: str | None
    date: PartialDate | None
    title: str | None


class Document(Struct, frozen=True):
    """The issued document. What the copy does not give (number, date, signer) is None."""

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


class Period(Struct, frozen=True):
    """Years a plan is in force; `end` is None for a plan without one."""

    start: int
    end: int | None
    vision: int | None = None
    note: str | None = None

    def covers(self, year: int) -> bool:
        """Whether the plan is in force in `year`."""
        return self.start <= year and (self.end is None or year <= self.end)


class Passage(Struct, frozen=True):
    """An objective or a source of funding: a numbered passage with its text."""

    id: str
    text: str
    kind: str | None = None


class ReportingRule(Struct, frozen=True):
    """Who reports to whom, and by when, in the plan's own words (`source` is the passage)."""

    level: str
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    source: str
    via: tuple[str, ...] = ()
    drafter: str | None = None
    embedded_in: str | None = None
    due: Schedule = NO_SCHEDULE
    leads_only: bool = False


class Clause(Struct, frozen=True):
    """A general clause that assigns the rows of its sections which name nobody."""

    id: str
    role: ClauseRole
    agencies: tuple[str, ...]
    applies_to: tuple[str, ...]
    text: str


class Section(Struct, frozen=True):
    """A heading. `printed` is its number in the document where ours differs (a second "IV" is cited as VI)."""

    id: str
    title: str
    printed: str | None = None
    schedule: Schedule = NO_SCHEDULE
    errata: str | None = None


class Condition(Struct, frozen=True):
    """Something a task waits for; `dash` is the number of the dash it binds, None where it binds the whole row."""

    text: str
    kind: ConditionKind
    dash: int | None = None
    awaits: str | None = None


class Heir(Struct, frozen=True):
    """Today's bearer of one row of a split body; our reading unless `basis` names a document."""

    agency: str
    scope: str | None = None
    basis: str | None = None


class BodyVariant(Struct, frozen=True):
    """Where the body of the decision assigns more than the appendix row: what it adds, and a note."""

    id: str | None
    lead: tuple[str, ...] = ()
    as_issued: str | None = None
    note: str | None = None


class Withdrawal(Struct, frozen=True):
    """The day from which a row is no longer asked for, and the document that says so."""

    since: date
    document: str


class Task(Struct, frozen=True):
    """One row: `text` and `as_issued` are official wording, ids are ours.

    `limited` holds (role, id) of the groups that "có liên quan" cuts down to the members concerned.
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

    @property
    def deadline(self) -> date | None:
        """The last day on time as the plan sets it."""
        return self.schedule.deadline


class Indicator(Struct, frozen=True):
    """One indicator with its targets in the order of years; `baseline` maps a year to its level as printed, None if not given.

    `change` says whether a change in "%" of a share is in "points" or "percent", `tolerance` how far "khoảng" reaches, `share`
    whether a value in "%" lies between 0 and 100 (None: judged by its words).
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


class Plan(Struct, frozen=True):
    """One document as data, rows in the document's order.

    `lines` tells on which line of `file` (1-based) each task and indicator stands, by id.
    """

    id: str
    province: str
    document: Document
    period: Period
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
        """Return at least the tasks that share an id with `bodies`, in their order; a plan in memory returns all."""
        del bodies
        return self.tasks

    def indicators_naming(self, bodies: frozenset[str]) -> Iterable[Indicator]:
        """Return at least the indicators that share an id with `bodies`, in their order; a plan in memory returns all."""
        del bodies
        return self.indicators

    def indicators_led(self, bodies: frozenset[str]) -> int:
        """Return how many indicators one of `bodies` answers for."""
        return sum(not bodies.isdisjoint(indicator.lead) for indicator in self.indicators)

    def clauses_for(self, task: Task) -> tuple[Clause, ...]:
        """Return the general clauses that assign `task`: only rows naming nobody have any."""
        if task.lead or task.support or not task.section:
            return ()
        return tuple(
            clause for clause in self.clauses if any(is_within(task.section, top) for top in clause.applies_to)
        )


def is_within(section: str, top: str) -> bool:
    """Whether `section` is `top` or stands below it (`II.1.2` is within `II`, `III` is not)."""
    return section == top or section.startswith((f"{top}.", f"{top}-"))


def enclosing_section(item_id: str, sections: frozenset[str]) -> str | None:
    """Return the longest section id that is the item's own id or a prefix of it (`PL.VIII.10.1` → `PL.VIII.10`)."""
    candidate = item_id
    while candidate not in sections:
        cut = max(candidate.rfind("."), candidate.rfind("-"))
        if cut < 0:
            return None
        candidate = candidate[:cut]
    return candidate


def dashes(text: str) -> tuple[str, ...]:
    """Return the dash items of a multi-dash text (first line apart), for display; a plain text is returned whole."""
    pieces = re.split(r"(?:(?<=[.;:,])\s*|\s+|^)- (?=[A-ZÀ-ỸĐ])", text)
    return tuple(piece.strip() for piece in pieces if piece.strip())
