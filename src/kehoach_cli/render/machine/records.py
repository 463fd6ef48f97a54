"""Core values as JSON records. Absent values are null; the JSON writer formats dates and decimals."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kehoach_cli.core.check.wording import reported_text
from kehoach_cli.core.duties.assess import Said
from kehoach_cli.core.duties.due_dates import MilestoneState
from kehoach_cli.core.duties.led_parts import leads_now
from kehoach_cli.core.duties.match import Match
from kehoach_cli.core.duties.select import IndicatorRow, SaidValue, TaskRow
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.amendment import AppliedChange
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.legal import Replaced
from kehoach_cli.core.model.lock import Adjustment, adjusted_in
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.notation.schedule import Milestone, Schedule
from kehoach_cli.core.notation.target import Target


def task_record(row: TaskRow, directory: Directory, day: date) -> dict[str, Any]:
    """Return a listed task; `lead_now` are the bodies of `day` that lead it."""
    task = row.task
    return {
        "ref": row.ref,
        "plan": row.plan.id,
        "province": row.plan.province,
        "id": task.id,
        "kind": task.kind.value,
        "section": task.section,
        "text": task.text,
        "lead": named(directory, row.plan.province, task.lead),
        "support": named(directory, row.plan.province, task.support),
        "as_issued": task.as_issued,
        "schedule": schedule_record(task.schedule),
        "outputs": list(task.outputs),
        "conditions": [
            {
                "text": condition.text,
                "kind": condition.kind.value,
                "scope": condition.dash or "all",
                "awaits": condition.awaits,
            }
            for condition in task.conditions
        ],
        "match": [match_record(match) for match in row.matches],
        "own": row.own if row.matches else None,
        "lead_now": named(directory, row.plan.province, leads_now(directory, row.plan, task, day)),
        "status": row.state.status.value if row.state.status else None,
        "timeliness": row.state.timeliness.value,
        "column": row.state.column.value,
        "days_late": row.state.days or None,
        "reported": {
            "leads": [row.state.reported, row.state.leads],
            "others": [row.state.others, row.state.members or None],
        },
        "next_due": row.due.next_due,
        "missed": list(row.due.missed),
        "overdue_milestones": [milestone_record(step) for step in row.due.overdue],
        "milestones": [milestone_state_record(step) for step in row.due.steps],
        "adjusted": [adjusted_record(one) for one in row.adjusted],
    }


def adjusted_record(one: Adjustment) -> dict[str, Any]:
    """Return what was changed after its period had been closed: its keys, the value that was closed, and why."""
    return {"path": list(one.path), "locked": one.old, "reason": one.reason, "document": one.document or None}


def task_details(
    row: TaskRow, directory: Directory, day: date, said: Iterable[Said] = (), changed: Sequence[Adjustment] = ()
) -> dict[str, Any]:
    """Return a task in full: the listed fields, everything else in the plan, and what the submissions say, oldest first.

    `changed` are the values that were adjusted after a lock.
    """
    task, plan, state = row.task, row.plan, row.state
    section = plan.section(task.section)
    return {
        **task_record(row, directory, day),
        "section_title": section.title if section else None,
        "now": _now(plan, task, directory),
        "body": _body(plan, task, directory),
        "clauses": [
            {
                "id": clause.id,
                "role": clause.role.value,
                "agencies": named(directory, plan.province, clause.agencies),
                "text": clause.text,
            }
            for clause in plan.clauses_for(task)
        ],
        "deadline": state.deadline,
        "extension": {"to": state.extension.to, "document": state.extension.document} if state.extension else None,
        "completed": state.completed,
        "cost": [{"amount": cost.amount, "source": cost.source, "text": cost.text} for cost in task.cost],
        "note": task.note,
        "errata": task.errata,
        "submissions": [
            said_record(one, plan, task.id, directory)
            | {"adjusted": [adjusted_record(each) for each in adjusted_in(changed, one[0], "tasks", task.id)]}
            for one in said
        ],
    }


def said_record(said: Said, plan: Plan, task_id: str, directory: Directory) -> dict[str, Any]:
    """Return what one submission says of a task, and where."""
    submission, entry = said
    extension = entry.extension
    return {
        **_sender(submission, ("tasks", task_id), plan, directory),
        "status": entry.status.value if entry.status else None,
        "result": entry.result,
        "documents": [{"number": paper.number, "date": paper.dated} for paper in entry.documents],
        "completed": entry.completed,
        "extension": {"to": extension.to, "document": extension.document} if extension else None,
        "condition_met": entry.condition_met,
        "done_this_year": entry.done_this_year,
        "done_for": list(entry.done_for),
        "difficulty": entry.difficulty,
    }


def _sender(submission: Submission, path: KeyPath, plan: Plan, directory: Directory) -> dict[str, Any]:
    return {
        "agency": named(directory, plan.province, (submission.agency,))[0],
        "year": submission.year,
        "cutoff": submission.cutoff,
        "submitted": submission.submitted,
        "file": submission.file,
        "line": submission.lines.get(path),
        "cell": submission.cells.get(path),
    }


def indicator_record(row: IndicatorRow, directory: Directory) -> dict[str, Any]:
    """Return a listed indicator."""
    indicator = row.indicator
    return {
        "ref": row.ref,
        "plan": row.plan.id,
        "province": row.plan.province,
        "id": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "direction": indicator.direction.value,
        "lead": named(directory, row.plan.province, indicator.lead),
        "baseline": {str(year): level for year, level in indicator.baseline.items()} or None,
        "targets": [target_record(target) for target in indicator.targets],
        "match": [match_record(match) for match in row.matches],
    }


def indicator_details(
    row: IndicatorRow, directory: Directory, values: Iterable[SaidValue] = (), changed: Sequence[Adjustment] = ()
) -> dict[str, Any]:
    """Return an indicator in full, with the values reported, oldest first; `changed` are those adjusted after a lock."""
    indicator: Indicator = row.indicator
    section = row.plan.section(indicator.section)
    return {
        **indicator_record(row, directory),
        "section": indicator.section,
        "section_title": section.title if section else None,
        "direction_note": indicator.direction_note,
        "change": indicator.change,
        "tolerance": indicator.tolerance,
        "share": indicator.share,
        "now": _now(row.plan, indicator, directory),
        "as_issued": indicator.as_issued,
        "note": indicator.note,
        "errata": indicator.errata,
        "submissions": [
            {
                **_sender(submission, ("indicators", indicator.id), row.plan, directory),
                "text": reported_text(entry) or None,
                "estimate": entry.estimate,
                "to_date": entry.to_date,
                "province_total": entry.province_total,
                "source": entry.source,
                "note": entry.note,
                "adjusted": [
                    adjusted_record(one) for one in adjusted_in(changed, submission, "indicators", indicator.id)
                ],
            }
            for submission, entry in values
        ],
    }


def plan_record(plan: Plan, directory: Directory) -> dict[str, Any]:
    """Return a plan's document, period, counts and reporting rules."""
    document = plan.document
    kinds = [task.kind.value for task in plan.tasks]
    return {
        "id": plan.id,
        "province": plan.province,
        "type": document.type,
        "number": document.number,
        "date": document.date,
        "title": document.title,
        "cite": document.cite,
        "issuer": named(directory, plan.province, (document.issuer,))[0],
        "period": {"from": plan.period.start, "to": plan.period.end, "vision": plan.period.vision},
        "counts": {
            "tasks": kinds.count("task"),
            "programmes": kinds.count("programme"),
            "organisation": kinds.count("organisation"),
            "indicators": len(plan.indicators),
        },
        "coordinator": named(directory, plan.province, (plan.coordinator,))[0],
        "coordinator_now": [heir["id"] for heir in heirs_of(directory, plan.province, plan.coordinator)],
        "reporting": [
            {
                "level": rule.level,
                "from": named(directory, plan.province, rule.senders),
                "to": named(directory, plan.province, rule.recipients),
                "via": named(directory, plan.province, rule.via),
                "due": rule.due.text or None,
                "yearly": {"day": rule.due.yearly[0], "month": rule.due.yearly[1]} if rule.due.yearly else None,
                "embedded_in": rule.embedded_in,
                "source": rule.source,
                **({"periods": [kind.value for kind in rule.periods]} if rule.periods else {}),
            }
            for rule in plan.reporting
        ],
    }


def agency_record(agency: Agency, directory: Directory) -> dict[str, Any]:
    """Return an agency with its names, members, predecessors and successors."""
    return {
        "id": agency.id,
        "province": agency.province,
        "name": agency.name,
        "kind": agency.kind,
        "group": agency.group,
        "open": agency.open,
        "short": list(agency.short),
        "also": list(agency.also),
        "symbol": agency.symbol,
        "parent": agency.parent,
        "valid": {"from": agency.valid_from, "to": agency.valid_to},
        "certain": agency.certain,
        "members": list(agency.members),
        "successors": [
            {
                "id": heir.id,
                "name": directory.official_name(agency.province, heir.id),
                "from": heir.since,
                "role": heir.role,
                "scope": heir.scope,
                "basis": heir.basis,
                "certain": heir.certain,
            }
            for heir in agency.successors
        ],
        "split": agency.split,
        "predecessors": list(directory.predecessors(agency)),
        "note": agency.note,
    }


def schedule_record(schedule: Schedule) -> dict[str, Any]:
    """Return a schedule: printed text, kind, years, days, how it comes back, its steps and what it waits for."""
    recurrence = schedule.recurrence
    return {
        "text": schedule.text or None,
        "kind": schedule.kind.value,
        "from": schedule.start,
        "to": schedule.end,
        "deadline": schedule.deadline,
        "source": schedule.source,
        "starts": schedule.starts,
        "recurrence": {"every": recurrence.every, "due": list(recurrence.due)} if recurrence else None,
        "milestones": [milestone_record(step) for step in schedule.milestones],
        "event": schedule.event,
    }


def milestone_record(step: Milestone) -> dict[str, Any]:
    """Return a step of a task with its deadline."""
    return {"text": step.text, "deadline": step.deadline}


def milestone_state_record(step: MilestoneState) -> dict[str, Any]:
    """Return a milestone with the state of it that the submissions give."""
    return {
        "number": step.number,
        **milestone_record(step.milestone),
        "status": step.status.value if step.status else None,
        "timeliness": step.timeliness.value,
        "completed": step.completed,
        "days_late": step.days or None,
    }


def target_record(target: Target) -> dict[str, Any]:
    """Return a target: when, printed text, kind, and its parts; `low` and `high` where it has one part.

    Quantities are in the part's unit, which is the indicator's own where the phrase names none or one of the same kind.
    """
    only = target.parts[0] if len(target.parts) == 1 else None
    return {
        "year": target.year,
        "from": target.since,
        "period": target.period,
        "text": target.text,
        "kind": target.kind.value,
        "low": only.low if only else None,
        "high": only.high if only else None,
        "parts": [
            {
                "scope": part.scope,
                "kind": part.kind.value,
                "operator": part.operator.value if part.operator else None,
                "low": part.low,
                "high": part.high,
                "unit": part.unit,
                "per": part.per,
                "change": part.change,
                "baseline": part.baseline,
                "baseline_from": part.baseline_from,
                "against": part.against.value if part.against else None,
                "of": part.of,
                "state": part.state,
                "at": part.at,
                "remark": part.remark,
                "note": part.note,
            }
            for part in target.parts
        ],
    }


def match_record(match: Match) -> dict[str, Any]:
    """Return one way in which a row concerns the agency asked about."""
    return {
        "role": match.role,
        "via": match.via.value,
        "name": match.name,
        "limited": match.limited,
        "certain": match.certain,
        "scope": match.scope,
        "inherited": match.inherited,
    }


def named(directory: Directory, province: str, ids: Iterable[str]) -> list[dict[str, str]]:
    """Return ids with their official names."""
    return [{"id": agency_id, "name": directory.official_name(province, agency_id)} for agency_id in ids]


def heirs_of(directory: Directory, province: str, agency_id: str) -> list[dict[str, str]]:
    """Return the agencies that have the duties of an agency today; none if it still exists."""
    agency = directory.get(province, agency_id)
    return (
        named(directory, province, [directory.ref(province, heir) for heir in directory.heirs(agency)])
        if agency
        else []
    )


def _now(plan: Plan, row: Task | Indicator, directory: Directory) -> dict[str, list[dict[str, Any]]]:
    return {
        old: [
            {
                "agency": heir.agency,
                "name": directory.official_name(plan.province, heir.agency),
                "scope": heir.scope,
                "basis": heir.basis,
            }
            for heir in heirs
        ]
        for old, heirs in row.now.items()
    }


def _body(plan: Plan, task: Task, directory: Directory) -> dict[str, Any] | None:
    if task.body is None:
        return None
    body = task.body
    return {
        "id": body.id,
        "lead": named(directory, plan.province, body.lead),
        "as_issued": body.as_issued,
        "note": body.note,
    }


def amended_record(change: AppliedChange) -> dict[str, Any]:
    """Return what an amendment changed in a row as a JSON value."""
    return {
        "cell": change.cell or None,
        "op": change.op.value,
        "old": change.old,
        "new": change.new,
        "document": change.cite,
        "clause": change.clause,
        "effective": change.effective,
    }


def replaced_record(one: Replaced) -> dict[str, Any]:
    """Return a cited document that is no longer in force as a JSON record."""
    pair = {
        key: {"number": document.number, "date": document.dated, "title": document.title}
        for key, document in (("document", one.document), ("replaced_by", one.by))
    }
    return {**pair, "from": one.since, "source": one.source, "certain": one.certain, "note": one.note}
