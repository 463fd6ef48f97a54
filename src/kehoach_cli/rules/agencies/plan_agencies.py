"""Where a plan's rows speak of agencies, for the rules that judge it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Heir, Plan
from kehoach_cli.core.model.source_file import SourceFile


class AgencyCell(NamedTuple):
    """What the row at key path `row` has in one `role`: the ids of the file, the cell as printed, its heirs of today.

    `text` is empty where nothing is kept as printed. A named tuple, since one is made for every role of every row.
    """

    row: KeyPath
    role: str
    ids: tuple[str, ...]
    text: str
    now: dict[str, tuple[Heir, ...]]


def known_plan(document: SourceFile) -> Plan | None:
    """Return the plan of a document whose province has a registry; without one nothing can be said of its agencies."""
    plan = document.plan
    return plan if plan and plan.province in document.directory.registries else None


def day_of(plan: Plan) -> date | None:
    """Return the day of a plan's document, on which the names in its cells are to be read."""
    return plan.document.date.first if plan.document.date else None


def agency_cells(document: SourceFile) -> tuple[AgencyCell, ...]:
    """Return the leads and supports of a plan, row by row; none where the plan's province has no registry."""
    plan = known_plan(document)
    return document.once(_cells, plan) if plan else ()


def _cells(plan: Plan) -> tuple[AgencyCell, ...]:
    return tuple(_each_cell(plan))


def _each_cell(plan: Plan) -> Iterator[AgencyCell]:
    for index, task in enumerate(plan.tasks):
        row, printed = ("tasks", index), task.as_issued
        yield AgencyCell(row, "lead", task.lead, printed.get("lead", ""), task.now)
        if task.support or "support" in printed:
            yield AgencyCell(row, "support", task.support, printed.get("support", ""), task.now)
    for index, indicator in enumerate(plan.indicators):
        yield AgencyCell(("indicators", index), "lead", indicator.lead, indicator.as_issued.get("lead", ""), {})
