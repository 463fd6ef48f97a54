"""The rows of the tables: from the same assessment as `tasks`, `check` and `summary`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.check.figures import value_unit
from kehoach_cli.core.check.submissions import CheckRow, check
from kehoach_cli.core.check.trend import with_changes
from kehoach_cli.core.check.verdict import goal_text
from kehoach_cli.core.check.wording import reported_text, state_text, verdict_word
from kehoach_cli.core.duties.assess import State, TaskStates
from kehoach_cli.core.duties.bodies import bearer_at
from kehoach_cli.core.duties.led_parts import leads_now, led_parts, part_state
from kehoach_cli.core.duties.match import LEAD, Match, Matcher, bodies_in
from kehoach_cli.core.duties.select import TaskRow, task_row
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import adjusted_in, lock_of
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.model.plan import Indicator, Plan, Task, TaskKind
from kehoach_cli.core.model.progress import Paper, Submission, SubmittedTask
from kehoach_cli.core.notation.target import Target, TargetPart, part_text
from kehoach_cli.core.tables.declared import DataTable, DataValue
from kehoach_cli.core.tables.tables import AGENCIES, ASSIGNMENTS, PLANS, RESULTS, TARGETS, TASKS
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import loose_key

# The values of one row by field; a field that is left out is empty.
DataRow: TypeAlias = dict[str, DataValue]

_PLACES, _MOST_DIGITS = 12, 26


class TableSource(Struct, frozen=True):
    """What the tables are made of: a workspace, the plans wanted of it, and the day of states and results."""

    catalogue: Catalogue
    plans: tuple[Plan, ...]
    as_of: date

    @property
    def directory(self) -> Directory:
        """The registries."""
        return self.catalogue.directory


def rows_of_table(table: DataTable, source: TableSource) -> Iterator[tuple[DataValue, ...]]:
    """Yield the rows of a table in the order of its key, each with the values of its fields.

    Only the rows of one plan are held at a time: the keys of what belongs to a plan begin with it.
    """
    make, names = _MAKERS[table.name], table.names
    places = [names.index(name) for name in table.key]
    for part in _by_plan(source) if "ref" in table.key else (source,):
        rows = [tuple(map(row.get, names)) for row in make(part)]
        yield from sorted(rows, key=lambda row: [row[at] for at in places])


def _by_plan(source: TableSource) -> Iterator[TableSource]:
    """Yield a source for each plan with its own submissions, in the order of the references of their rows."""
    for plan in sorted(source.plans, key=lambda plan: (plan.province, f"{plan.id}/")):
        yield replace(source, catalogue=source.catalogue.by_plan[plan.id], plans=(plan,))


# -- plans and agencies --------------------------------------------------------------------------------------------------------


def _plan_rows(source: TableSource) -> Iterator[DataRow]:
    for plan in source.plans:
        document, kinds = plan.document, [task.kind for task in plan.tasks]
        yield {
            "province": plan.province,
            "plan": plan.id,
            "type": document.type,
            "number": document.number,
            "date": str(document.date) if document.date else None,
            "date_first": document.date.first if document.date else None,
            "title": document.title,
            "title_khong_dau": loose_key(document.title),
            "cite": document.cite,
            "issuer": document.issuer,
            "issuer_name": source.directory.name(plan.province, document.issuer),
            "coordinator": plan.coordinator,
            "coordinator_name": source.directory.name(plan.province, plan.coordinator),
            "period_from": plan.period.start,
            "period_to": plan.period.end,
            "vision": plan.period.vision,
            "tasks": kinds.count(TaskKind.TASK),
            "programmes": kinds.count(TaskKind.PROGRAMME),
            "organisation": kinds.count(TaskKind.ORGANISATION),
            "indicators": len(plan.indicators),
            "as_of": source.as_of,
        }


def _agency_rows(source: TableSource) -> Iterator[DataRow]:
    for registry in source.directory.registries.values():
        for agency in registry.agencies.values():
            bearer = bearer_at(source.directory, registry.province, agency.id, source.as_of)
            yield {
                "province": registry.province,
                "agency": agency.id,
                "name": agency.name,
                "name_khong_dau": loose_key(agency.name),
                "short": _joined(agency.short),
                "kind": agency.kind,
                "is_group": agency.group,
                "is_open": agency.open,
                "members": _joined(agency.members),
                "parent": agency.parent,
                "valid_from": agency.valid_from,
                "valid_to": agency.valid_to,
                "successors": _joined(heir.id for heir in agency.successors),
                "agency_now": source.directory.ref(registry.province, bearer.agency)
                if bearer and not bearer.split
                else None,
                "certain": agency.certain and all(heir.certain for heir in agency.successors),
            }


# -- tasks and assignments -----------------------------------------------------------------------------------------------------


def _task_rows(source: TableSource) -> Iterator[DataRow]:
    states = TaskStates(source.directory, source.catalogue.submissions)
    for plan in source.plans:
        for task in plan.tasks:
            yield _task(task_row(plan, task, (), states, source.as_of))


def _task(row: TaskRow) -> DataRow:
    task, state, schedule = row.task, row.state, row.task.schedule
    section = row.plan.section(task.section)
    return {
        **_key(row.plan, row.ref),
        "id": task.id,
        "kind": task.kind.value,
        "section": task.section,
        "section_title": section.title if section else None,
        "text": task.text,
        "text_khong_dau": loose_key(task.text),
        "lead_as_issued": task.as_issued.get("lead"),
        "support_as_issued": task.as_issued.get("support"),
        "schedule": schedule.text or None,
        "schedule_kind": schedule.kind.value,
        "year_from": schedule.start,
        "year_to": schedule.end,
        "recurs": schedule.recurrence.every if schedule.recurrence else None,
        "deadline_planned": task.deadline,
        "deadline": state.deadline,
        "extension_document": state.extension.document if state.extension else None,
        "next_due": row.due.next_due,
        "outputs": _joined(task.outputs),
        "status": state.status.value if state.status else None,
        "timeliness": state.timeliness.value,
        "state": state.column.value,
        "state_text": state_text(state),
        "overdue": row.overdue,
        "days_late": state.days or None,
        "completed": state.completed,
        "leads": state.leads,
        "leads_reported": state.reported,
        "note": task.note,
    }


def _assignment_rows(source: TableSource) -> Iterator[DataRow]:
    states, directory = TaskStates(source.directory, source.catalogue.submissions), source.directory
    for plan in source.plans:
        named = [(task, bodies_in(task)) for task in plan.tasks]
        led = {task.id: _own_states(source, states, plan, task) for task in plan.tasks}
        now = {task.id: leads_now(directory, plan, task, source.as_of) for task in plan.tasks}
        for agency in _agencies(directory, plan):
            matcher = Matcher(directory, plan.province, agency)
            for task, bodies in named:
                if not bodies.isdisjoint(matcher.bodies):
                    state = led[task.id].get(matcher.agency_id)
                    matches = matcher.task(plan, task)
                    yield from _ways(plan, task, agency, matches, state, leads=matcher.agency_id in now[task.id])


def _agencies(directory: Directory, plan: Plan) -> Iterator[Agency]:
    for registry in directory.registries.values():
        yield from (one for one in registry.agencies.values() if directory.concerns(one, plan.province))


def _own_states(source: TableSource, states: TaskStates, plan: Plan, task: Task) -> dict[str, State]:
    parts = led_parts(source.directory, plan, task, source.as_of)
    return {part.bearer: part_state(states, plan, task, part, source.as_of) for part in parts if part.bearer}


def _ways(
    plan: Plan, task: Task, agency: Agency, matches: tuple[Match, ...], state: State | None, *, leads: bool
) -> Iterator[DataRow]:
    """Yield the matches of a pair. What is the agency's own state stands at its strongest match as the lead."""
    leading = next((match for match in matches if match.role == LEAD), matches[0] if matches else None)
    for number, match in enumerate(matches, 1):
        own = state if match is leading else None
        yield {
            **_key(plan, f"{plan.id}/{task.id}"),
            "agency_province": agency.province,
            "agency": agency.id,
            "way": number,
            "role": match.role,
            "via": match.via.value,
            "named": match.name,
            "limited": match.limited,
            "scope": match.scope,
            "certain": match.certain,
            "own": match.own,
            "leads_now": leads and match is leading,
            "own_status": own.status.value if own and own.status else None,
            "own_timeliness": own.timeliness.value if own else None,
            "own_state": own.column.value if own else None,
            "own_days_late": (own.days or None) if own else None,
        }


# -- targets -------------------------------------------------------------------------------------------------------------------


def _target_rows(source: TableSource) -> Iterator[DataRow]:
    for plan in source.plans:
        for indicator in plan.indicators:
            rows = [*_baselines(indicator), *(row for target in indicator.targets for row in _target(target))]
            for number, row in enumerate(rows, 1):
                yield {**_indicator(plan, indicator), "row_no": number, **row}


def _indicator(plan: Plan, indicator: Indicator) -> DataRow:
    return {
        **_key(plan, f"{plan.id}/{indicator.id}"),
        "id": indicator.id,
        "name": indicator.name,
        "name_khong_dau": loose_key(indicator.name),
        "unit": indicator.unit,
        "direction": indicator.direction.value,
        "lead": _joined(indicator.lead),
        "section": indicator.section,
    }


def _baselines(indicator: Indicator) -> Iterator[DataRow]:
    for year, level in indicator.baseline.items():
        yield {"baseline": True, "year": year, "part": 0, "text": level}


def _target(target: Target) -> Iterator[DataRow]:
    whole: DataRow = {
        "baseline": False,
        "year": target.year,
        "year_from": target.since,
        "period": target.period,
        "part": 0,
        "kind": target.kind.value,
        "text": target.text,
    }
    yield from ({**whole, "part": number, **_part(part)} for number, part in enumerate(target.parts, 1))
    if not target.parts:
        yield whole


def _part(part: TargetPart) -> DataRow:
    return {
        "scope": part.scope,
        "operator": part.operator.value if part.operator else None,
        "low": _number(part.low),
        "high": _number(part.high),
        "whole": _number(part.of),
        "part_unit": part.unit,
        "change": part.change,
        "against": part.baseline,
        "understood": part_text(part),
    }


# -- results -------------------------------------------------------------------------------------------------------------------


def _result_rows(source: TableSource) -> Iterator[DataRow]:
    heard = [one for one in source.catalogue.submissions if one.cutoff <= source.as_of and not one.silent]
    locks = tuple(one for one in source.catalogue.locks if one.as_of <= source.as_of)
    known = replace(source.catalogue, submissions=tuple(heard), locks=locks)
    for period, plans in _periods(known, source.plans):
        numbers: dict[str, int] = {}
        for row in (*_values(known, period, plans), *_answers(known, period, plans)):
            number = numbers[str(row["ref"])] = numbers.get(str(row["ref"]), 0) + 1
            yield {"year": period.year, "period": period.key, "row_no": number, **row}


def _periods(known: Catalogue, plans: Iterable[Plan]) -> Iterator[tuple[Period, list[Plan]]]:
    """Yield the periods that were reported on or closed, each with its plans."""
    found: dict[Period, set[str]] = {}
    for one in known.submissions:
        found.setdefault(one.period, set()).add(one.plan)
    for lock in known.locks:
        if period := parse_period(lock.period):
            found.setdefault(period, set()).add(lock.plan)
    for period in sorted(found, key=lambda one: one.order):
        if own := [plan for plan in plans if plan.id in found[period]]:
            yield period, own


def _values(catalogue: Catalogue, period: Period, plans: list[Plan]) -> Iterator[DataRow]:
    result = with_changes(catalogue, check(catalogue, period, None, frozenset(plan.id for plan in plans), whole=False))
    for row in result.rows:
        yield from _value(catalogue, period, row)


def _value(catalogue: Catalogue, period: Period, row: CheckRow) -> Iterator[DataRow]:
    evaluation, entry, change = row.evaluation, row.entry, row.change
    step = change.steps[0] if change and len(change.steps) == 1 else None
    whole: DataRow = {
        **_key(row.plan, row.ref),
        **_sender(catalogue.directory, row.plan, row.agency),
        **_place(row.submission, "indicators", row.indicator.id),
        "kind": "indicator",
        "closed": lock_of(catalogue.locks, row.plan.id, period.key) is not None,
        "adjusted": bool(row.adjusted),
        "value": _number(evaluation.value),
        "value_text": reported_text(entry) or None,
        "unit": value_unit(row.indicator, [part.part for part in evaluation.parts]),
        "estimate": bool(entry and entry.estimate),
        "province_total": row.total,
        "target_text": evaluation.target.text if evaluation.target else None,
        "target_year": evaluation.target.year if evaluation.target else None,
        "verdict": evaluation.verdict.value,
        "verdict_text": verdict_word(evaluation, entry),
        "official": evaluation.official,
        "invalid": evaluation.invalid,
        "reason": evaluation.reason or None,
        "difference": _number(evaluation.difference.value) if evaluation.difference else None,
        "difference_unit": evaluation.difference.unit if evaluation.difference else None,
        "change": _number(step.value) if step else None,
        "change_unit": step.unit if step else None,
        "change_text": change.words if change else None,
        "source": entry.source if entry else None,
        "note": entry.note if entry else None,
    }
    yield whole
    for part in evaluation.parts if len(evaluation.parts) > 1 else ():
        yield {
            **_key(row.plan, row.ref),
            **{name: whole[name] for name in _OF_THE_WHOLE},
            "scope": part.scope or part.part.label,
            "value": _number(part.value),
            "unit": value_unit(row.indicator, [part.part]),
            "value_text": entry.parts.get(part.scope or "") if entry else None,
            "target_text": goal_text(part.part),
            "verdict": part.verdict.value,
        }


_OF_THE_WHOLE = (
    "agency_province", "agency", "kind", "cutoff", "submitted", "reported", "closed", "adjusted", "estimate",
    "province_total", "target_year", "official", "invalid", "file", "line",
)  # fmt: skip


def _answers(catalogue: Catalogue, period: Period, plans: list[Plan]) -> Iterator[DataRow]:
    for plan in plans:
        closed = lock_of(catalogue.locks, plan.id, period.key) is not None
        tasks = {task.id for task in plan.tasks}
        sent = [one for one in catalogue.submissions if (one.plan, one.period) == (plan.id, period)]
        for one in sorted(sent, key=lambda one: one.order):
            for task_id, entry in one.tasks.items():
                if task_id in tasks:
                    changed = adjusted_in(catalogue.adjustments, one, "tasks", task_id)
                    head = {**_key(plan, f"{plan.id}/{task_id}"), **_sender(catalogue.directory, plan, one.agency)}
                    place = _place(one, "tasks", task_id)
                    yield {**head, **place, "closed": closed, "adjusted": bool(changed), **_answer(entry)}


def _answer(entry: SubmittedTask) -> DataRow:
    extension = entry.extension
    return {
        "kind": "task",
        "status": entry.status.value if entry.status else None,
        "completed": entry.completed,
        "extension_to": extension.to if extension else None,
        "extension_document": extension.document if extension else None,
        "documents": _joined(map(_paper, entry.documents)),
        "result": entry.result,
        "difficulty": entry.difficulty,
    }


# -- values --------------------------------------------------------------------------------------------------------------------


def _key(plan: Plan, ref: str) -> DataRow:
    return {"province": plan.province, "plan": plan.id, "ref": ref}


def _sender(directory: Directory, plan: Plan, agency_id: str | None) -> DataRow:
    agency = directory.get(plan.province, agency_id) if agency_id else None
    if agency is None:
        return {"agency_province": None, "agency": None}
    return {"agency_province": agency.province, "agency": agency.id}


def _place(submission: Submission | None, *path: str) -> DataRow:
    if submission is None:
        return {"reported": False}
    return {
        "reported": True,
        "cutoff": submission.cutoff,
        "submitted": submission.submitted,
        "file": submission.file,
        "line": submission.lines.get(path),
    }


def _paper(paper: Paper) -> str:
    return f"{paper.number} ngày {format_date(paper.dated)}" if paper.dated else paper.number


def _joined(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None


def _number(value: Fraction | Decimal | None) -> Decimal | None:
    """Return a quantity with at most twelve decimals; None where it is too long for a column of numbers."""
    if value is None:
        return None
    exact = Fraction(value)
    if abs(exact) >= 10**_MOST_DIGITS:
        return None
    with localcontext(prec=2 * (_PLACES + _MOST_DIGITS), rounding=ROUND_HALF_UP):
        found = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1).scaleb(-_PLACES))
        return found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()


_MAKERS: dict[str, Callable[[TableSource], Iterator[DataRow]]] = {
    PLANS.name: _plan_rows,
    AGENCIES.name: _agency_rows,
    TASKS.name: _task_rows,
    ASSIGNMENTS.name: _assignment_rows,
    TARGETS.name: _target_rows,
    RESULTS.name: _result_rows,
}
