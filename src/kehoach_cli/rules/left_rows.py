"""The rows of a plan that name no body and that no general clause assigns, and where a clause seems to be wrong or missing."""

from bisect import bisect_left
from collections.abc import Iterator

from kehoach_cli.core.model.plan import Clause, Plan, Task, is_within
from kehoach_cli.rules.numbering import above


def nameless(plan: Plan) -> list[Task]:
    """Return the rows without lead and support, which a general clause has to assign."""
    return [task for task in plan.tasks if not task.lead and not task.support]


def left_rows(plan: Plan) -> list[Task]:
    """Return the nameless rows that no clause assigns."""
    return [task for task in nameless(plan) if not plan.clauses_for(task)]


def within(top: str, rows: list[Task]) -> list[Task]:
    """Return the rows of a section and of those in it."""
    return [row for row in rows if is_within(row.section or "", top)]


def meant_for(clause: Clause, left: list[Task], plan: Plan) -> list[Task]:
    """Return the rows left to nobody that a clause was most likely meant for.

    A clause printed at the head of a section is meant for it; another one for the whole part in which it applies.
    """
    if clause.id in clause.applies_to:
        return []
    if own := within(clause.id, left):
        return own
    heads = {section.id for section in plan.sections if is_within(section.id, clause.id)}
    parts = {top.partition(".")[0] for top in clause.applies_to} if clause.id not in heads else set()
    return [row for top in sorted(parts) for row in within(top, left)]


def without_clause(plan: Plan) -> Iterator[tuple[str, list[Task], int]]:
    """Yield the sections whose rows are all left to nobody, beside sections that have a clause of their own at their head.

    Each comes with its rows and with the number of clauses that stand before its place.
    """
    order = {section.id: place for place, section in enumerate(plan.sections)}
    heads = {clause.id for clause in plan.clauses if clause.id in clause.applies_to and clause.id in order}
    levels = {above(head) for head in heads}
    own = {clause.id for clause in plan.clauses}
    if not levels:
        return
    all_rows, left = _by_section(list(plan.tasks)), _by_section(left_rows(plan))
    places = sorted(order.get(clause.id, -1) for clause in plan.clauses)
    for section in plan.sections:
        rows = left.get(section.id, [])
        if above(section.id) in levels and section.id not in own and rows and len(rows) == len(all_rows[section.id]):
            yield section.id, rows, bisect_left(places, order[section.id])


def _by_section(rows: list[Task]) -> dict[str, list[Task]]:
    """Return the rows of each section, those of the sections in it included."""
    found: dict[str, list[Task]] = {}
    for row in rows:
        top = row.section or ""
        while top:
            found.setdefault(top, []).append(row)
            top = above(top)
    return found


def told_otherwise(plan: Plan) -> set[str]:
    """Return the ids of rows left to nobody because a clause is wrong or missing, which other rules tell once for all."""
    left = left_rows(plan)
    holding = set(_by_section(nameless(plan)))
    if any(top not in holding for clause in plan.clauses for top in clause.applies_to):
        return {row.id for row in left}
    found = [row for clause in plan.clauses for row in meant_for(clause, left, plan)]
    found += [row for _, rows, _ in without_clause(plan) for row in rows]
    return {row.id for row in found}
