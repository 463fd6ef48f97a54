"""The agency cells of a plan, for the rules that compare them with the registries."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Heir, Indicator, Plan, Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.rows import indicators, tasks


class AgencyCell(NamedTuple):
    """What the row at the key path `row` says in one `role`: ids, the cell as printed, and who bears the duty today.

    `text` is empty where the file does not keep the printed cell. A named tuple, because every role of every row makes one.
    """

    row: KeyPath
    role: str
    ids: tuple[str, ...]
    text: str
    now: dict[str, tuple[Heir, ...]]


def known_plan(document: SourceFile) -> Plan | None:
    """Return the plan if its province has a registry and is the right one; otherwise nobody can read its agency cells."""
    plan = document.plan
    misplaced = any(finding.code == "K212" for finding in document.found)
    return plan if plan and not misplaced and plan.province in document.directory.registries else None


def day_of(plan: Plan) -> date | None:
    """Return the day of a plan's document, on which the names in its cells are to be read."""
    return plan.document.date.first if plan.document.date else None


def row_bodies(row: Task | Indicator) -> tuple[str, ...]:
    """Return the ids that a row gives to its leads and supports, and those that the main text of a decision adds."""
    if isinstance(row, Indicator):
        return row.lead
    return (*row.lead, *row.support, *(row.body.lead if row.body else ()))


def agency_cells(document: SourceFile) -> tuple[AgencyCell, ...]:
    """Return the leads and supports of a plan, row by row; none where the plan's province has no registry."""
    plan = known_plan(document)
    return document.once(_cells, plan) if plan else ()


def _cells(plan: Plan) -> tuple[AgencyCell, ...]:
    return tuple(_each_cell(plan))


def _each_cell(plan: Plan) -> Iterator[AgencyCell]:
    for row, task in tasks(plan):
        printed = task.as_issued
        yield AgencyCell(row, "lead", task.lead, printed.get("lead", ""), task.now)
        if task.support or "support" in printed:
            yield AgencyCell(row, "support", task.support, printed.get("support", ""), task.now)
    for row, indicator in indicators(plan):
        yield AgencyCell(row, "lead", indicator.lead, indicator.as_issued.get("lead", ""), indicator.now)
