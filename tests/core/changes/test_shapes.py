"""Every field of a plan, a registry and a submission is compared, or it is said here why not."""

import pytest
from msgspec import Struct

from kehoach_cli.core.changes.shapes import SHAPES
from kehoach_cli.core.model.agency import Agency, Registry
from kehoach_cli.core.model.plan import BodyVariant, Condition, Indicator, Plan, PlanYears, ReportingRule, Section, Task
from kehoach_cli.core.model.progress import Submission

# Ids that match entries, our own notes, places in the file, and what follows from other fields.
IDS = {"id"}
NOTES = {"note", "errata", "direction_note"}
NOT_COMPARED: dict[type[Struct], set[str]] = {
    Plan: {"file", "lines"},
    Section: NOTES,
    PlanYears: NOTES,
    BodyVariant: NOTES,
    Task: NOTES | {"limited", "phrase"},
    Indicator: NOTES | {"wording"},
    Condition: set(),
    Agency: NOTES | {"province", "group"},
    Registry: set(),
    # From the office's settings, not from the plan.
    ReportingRule: {"also", "also_by"},
    Submission: {"file", "at", "lines", "cells", "answers"},
}


@pytest.mark.parametrize("kind", SHAPES, ids=lambda kind: kind.__name__)
def test_every_field_is_compared_or_left_out_on_purpose(kind: type[Struct]) -> None:
    compared = {field.name for field in SHAPES[kind].fields}
    fields = set(kind.__struct_fields__)
    assert compared <= fields
    assert fields - compared - IDS - NOT_COMPARED.get(kind, set()) == set()
