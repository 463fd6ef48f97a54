"""Which fields of a plan, a registry and a submission are compared, what each is about, and under which key a file has it.

Fields that are not listed do not count as content: our own notes, places in the file, and what follows from other fields.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from kehoach_cli.core.model.agency import Agency, Registry, Successor
from kehoach_cli.core.model.change import ChangeTopic, Part
from kehoach_cli.core.model.finding import path_text
from kehoach_cli.core.model.plan import (
    Basis,
    BodyVariant,
    Clause,
    Condition,
    Cost,
    Document,
    Heir,
    Indicator,
    Passage,
    Plan,
    PlanYears,
    ReportingRule,
    Section,
    Step,
    Task,
    Withdrawal,
)
from kehoach_cli.core.model.progress import Extension, Submission, SubmittedIndicator, SubmittedMilestone, SubmittedTask
from kehoach_cli.core.notation.schedule import Schedule
from kehoach_cli.core.notation.target import Target, part_text


class Field(Struct, frozen=True):
    """A field of a value: its topic, its key in the file where that has another name, and how it is read."""

    name: str
    topic: ChangeTopic
    key: str = ""
    read: Callable[[Any], Any] | None = None

    def of(self, value: Struct) -> Any:
        """Return the field of a value as the file gives it."""
        return self.read(value) if self.read else getattr(value, self.name)


class Shape(Struct, frozen=True):
    """The fields of a type. Without a `part` they count among those of what holds it.

    `known_by` are the fields in which a person recognises the entry. `order` says whether its place among others matters.
    """

    part: Part | None
    fields: tuple[Field, ...]
    known_by: tuple[str, ...] = ()
    order: bool = True


def _fields(topic: ChangeTopic, *names: str) -> tuple[Field, ...]:
    """Return fields of one topic; `since:from` is a field that the file has under another key."""
    split = (name.partition(":") for name in names)
    return tuple(Field(name, topic, key) for name, _, key in split)


def _own(schedule: Schedule | None) -> str | None:
    """Return a schedule as printed in the row itself; what a heading sets is the heading's."""
    return schedule.text or None if schedule and schedule.source is None else None


def _own_schedule(task: Task) -> str | None:
    return _own(task.phrase if task.steps else task.schedule)


def target_key(target: Target) -> str:
    """Return the key of a target in a file."""
    if target.since is not None:
        return f"{target.since}-{target.year}"
    return f"{target.year}-{target.period}" if target.period else str(target.year)


def _targets(indicator: Indicator) -> dict[str, str]:
    """Return the targets by key: as written, but one of several parts as understood where its printed cell is kept beside it."""
    return {target_key(target): _written(target, indicator.printed_targets) for target in indicator.targets}


def _written(target: Target, printed: dict[str, str]) -> str:
    parts = sorted(part_text(part) for part in target.parts if part.scope)
    return "; ".join(parts) if parts and target_key(target) in printed else target.text


def _levels(indicator: Indicator) -> dict[str, str]:
    return {str(year): level for year, level in indicator.baseline.items() if level is not None}


def _heirs(row: Task | Indicator) -> dict[str, tuple[str, ...]]:
    return {old: tuple(map(_heir, heirs)) for old, heirs in row.now.items()}


def _heir(heir: Heir) -> str:
    said = [text for text in (heir.scope, heir.basis) if text]
    return f"{heir.agency} ({'; '.join(said)})" if said else heir.agency


def _papers(task: SubmittedTask) -> tuple[str, ...]:
    return tuple(f"{paper.number}, {paper.dated}" if paper.dated else paper.number for paper in task.documents)


def shape_of(kind: type) -> Shape | None:
    """Return the shape of a type; a plan that comes from the cache is a plan."""
    return next((SHAPES[one] for one in kind.__mro__ if one in SHAPES), None)


_WORDING, _TARGET, _AGENCY, _TIME = ChangeTopic.WORDING, ChangeTopic.TARGET, ChangeTopic.AGENCY, ChangeTopic.TIME
_IDENTITY, _REGISTRY, _SUBMISSION = ChangeTopic.IDENTITY, ChangeTopic.REGISTRY, ChangeTopic.SUBMISSION

SHAPES: dict[type[Struct], Shape] = {
    Plan: Shape(
        Part.PLAN,
        (
            *_fields(_IDENTITY, "id", "province"),
            *_fields(_TIME, "period"),
            *_fields(_AGENCY, "coordinator"),
            *_fields(
                _WORDING, "document", "objectives", "funding", "reporting", "clauses", "sections", "tasks", "indicators"
            ),
        ),
    ),
    Document: Shape(
        Part.DOCUMENT,
        (
            *_fields(_IDENTITY, "type", "number"),
            *_fields(_TIME, "date"),
            *_fields(_AGENCY, "issuer"),
            *_fields(
                _WORDING, "title", "cite", "basis", "authority:signer.authority", "signer:signer.name", "recipients"
            ),
        ),
    ),
    Basis: Shape(
        Part.BASIS,
        (*_fields(_IDENTITY, "number"), *_fields(_TIME, "date"), *_fields(_WORDING, "title")),
        known_by=("number", "title", "date"),
    ),
    PlanYears: Shape(None, _fields(_TIME, "start:from", "end:to", "vision")),
    Passage: Shape(
        Part.OBJECTIVE,
        (*_fields(_IDENTITY, "kind"), *_fields(_WORDING, "text"), *_fields(_TIME, "withdrawn")),
        known_by=("text",),
    ),
    ReportingRule: Shape(
        Part.REPORTING,
        (
            *_fields(_IDENTITY, "level", "source", "leads_only"),
            *_fields(_AGENCY, "senders:from", "recipients:to", "via", "drafter"),
            *_fields(_WORDING, "embedded_in"),
            Field("due", _TIME, read=lambda rule: _own(rule.due)),
            Field("periods", _TIME, read=lambda rule: tuple(kind.value for kind in rule.periods)),
        ),
        known_by=("level", "source"),
    ),
    Clause: Shape(
        Part.CLAUSE,
        (
            *_fields(_WORDING, "text"),
            *_fields(_AGENCY, "agencies"),
            *_fields(_IDENTITY, "role", "applies_to"),
            *_fields(_TIME, "withdrawn"),
        ),
        known_by=("text",),
    ),
    Section: Shape(
        Part.SECTION,
        (
            *_fields(_WORDING, "title"),
            *_fields(_IDENTITY, "printed"),
            Field("schedule", _TIME, read=lambda section: _own(section.schedule)),
            *_fields(_TIME, "withdrawn"),
        ),
        known_by=("title",),
    ),
    Task: Shape(
        Part.TASK,
        (
            *_fields(_IDENTITY, "kind", "section"),
            *_fields(_WORDING, "text", "as_issued", "outputs", "conditions", "cost", "steps:milestones"),
            *_fields(_AGENCY, "lead", "support"),
            Field("now", _AGENCY, read=_heirs),
            *_fields(_AGENCY, "body"),
            Field("schedule", _TIME, read=_own_schedule),
            *_fields(_TIME, "withdrawn"),
        ),
        known_by=("text",),
    ),
    Condition: Shape(
        Part.CONDITION,
        (
            *_fields(_WORDING, "text"),
            *_fields(_IDENTITY, "kind", "dash:scope"),
            *_fields(_AGENCY, "awaits"),
        ),
        known_by=("text",),
    ),
    Cost: Shape(Part.COST, _fields(_WORDING, "amount", "source", "text"), known_by=("text", "amount", "source")),
    Step: Shape(
        Part.STEP, (*_fields(_WORDING, "text", "outputs"), *_fields(_TIME, "schedule")), known_by=("text", "schedule")
    ),
    BodyVariant: Shape(
        None, (*_fields(_IDENTITY, "id"), *_fields(_AGENCY, "lead"), *_fields(_WORDING, "as_issued:as_issued.lead"))
    ),
    Withdrawal: Shape(None, (*_fields(_TIME, "since:from"), *_fields(_WORDING, "document"))),
    Indicator: Shape(
        Part.INDICATOR,
        (
            *_fields(_IDENTITY, "section"),
            *_fields(_WORDING, "name", "as_issued", "printed_targets:as_issued.targets"),
            *_fields(_TARGET, "unit", "direction", "change", "tolerance", "share"),
            Field("targets", _TARGET, read=_targets),
            Field("baseline", _TARGET, read=_levels),
            *_fields(_AGENCY, "lead"),
            Field("now", _AGENCY, read=_heirs),
            *_fields(_TIME, "withdrawn"),
        ),
        known_by=("name",),
    ),
    Registry: Shape(Part.PROVINCE, _fields(_REGISTRY, "province", "name", "successors", "agencies")),
    Agency: Shape(
        Part.BODY,
        _fields(
            _REGISTRY,
            *("name", "kind", "short", "also", "symbol", "parent", "valid_from:valid.from", "valid_to:valid.to"),
            *("successors", "certain", "open", "limited", "members"),
        ),
        known_by=("name",),
        order=False,
    ),
    Successor: Shape(
        Part.SUCCESSOR, _fields(_REGISTRY, "id", "since:from", "scope", "basis", "certain", "role"), known_by=("id",)
    ),
    Submission: Shape(
        Part.SUBMISSION,
        (
            *_fields(_SUBMISSION, "plan", "agency", "year", "cutoff", "submitted"),
            Field(
                "part",
                _SUBMISSION,
                "period",
                read=lambda submission: submission.period.key if submission.part else None,
            ),
            *_fields(_SUBMISSION, "tasks", "indicators", "funding", "narrative"),
            Field("erased", _SUBMISSION, read=lambda submission: tuple(map(path_text, submission.erased))),
        ),
        order=False,
    ),
    SubmittedTask: Shape(
        Part.REPORTED_TASK,
        (
            *_fields(_SUBMISSION, "status", "result", "completed", "extension", "condition_met", "done_this_year"),
            *_fields(_SUBMISSION, "difficulty", "milestones", "done_for", "settled"),
            Field("documents", _SUBMISSION, read=_papers),
        ),
        order=False,
    ),
    SubmittedMilestone: Shape(None, _fields(_SUBMISSION, "status", "completed")),
    Extension: Shape(None, _fields(_SUBMISSION, "to", "document")),
    SubmittedIndicator: Shape(
        Part.REPORTED_INDICATOR,
        _fields(
            _SUBMISSION,
            *("value", "parts:value", "levels", "estimate", "to_date", "province_total", "source", "note", "met"),
        ),
        order=False,
    ),
}
