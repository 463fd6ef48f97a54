"""The type `AgencyId` alone decides which keys are checked against the registries."""

import re
from pathlib import Path

import pytest
from pydantic import Field

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.store.readers import plan as plan_reader
from kehoach_cli.store.readers import registry as registry_reader
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.plan import read_plan
from kehoach_cli.store.readers.registry import check_references, read_registry
from kehoach_cli.store.schema.agencies import agency_ids, agency_places
from kehoach_cli.store.schema.base import AgencyId, FileModel
from kehoach_cli.store.schema.plan import AgencyIds, PlanFile, TaskEntry
from kehoach_cli.store.schema.registry import RegistryFile
from kehoach_cli.store.yaml.tree import parse
from tests.conftest import REPOSITORY
from tests.rules.workspaces import PLAN, REGISTRY


class ShareEntry(FileModel):
    """A new kind of entry."""

    bearer: AgencyId
    of: dict[AgencyId, list[AgencyId]] = Field(default={})


class NewTask(TaskEntry):
    """A task with new keys."""

    inspector: AgencyId | None = None
    shares: list[ShareEntry] = Field(default=[])


class NewPlan(PlanFile):
    """A plan with a new key of its own and of its tasks."""

    observers: AgencyIds = Field(default=[])
    tasks: list[NewTask]  # type: ignore[assignment]


class NewRegistry(RegistryFile):
    """A registry with a new key."""

    head: AgencyId | None = None


ADDED = """
observers: la-1
tasks:
  - id: I.1
    kind: task
    text: Kiểm tra việc xử lý nước thải.
    inspector: la-2
    shares: [{bearer: la-3, of: {la-4: [la-5, so-a]}}]
"""


def test_a_new_key_of_agencies_is_checked_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = read_registry(FileReading("x.yaml", text=REGISTRY))
    assert registry
    text = re.sub(r"tasks:\n(?:  .*\n)+", "", PLAN) + ADDED
    monkeypatch.setattr(plan_reader, "PlanFile", NewPlan)
    reading = FileReading("x.yaml", text=text)
    assert read_plan(reading, Directory({"mau": registry}), strict_before=True)
    named = [re.findall('"(.*?)"', finding.message)[0] for finding in reading.findings if finding.code == "K201"]
    assert named == ["la-2", "la-3", "la-4", "la-5", "la-1"]
    assert len(reading.findings) == 5


def test_a_new_key_of_agencies_is_checked_in_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_reader, "RegistryFile", NewRegistry)
    reading = FileReading("x.yaml", text=f"{REGISTRY}head: so-la\n")
    registry = read_registry(reading)
    assert registry
    check_references(reading, registry.agencies)
    assert [(finding.code, finding.path) for finding in reading.findings] == [("K202", ("head",))]


def test_the_plans_of_this_repository_name_agencies_under_these_keys() -> None:
    keys: set[str] = set()
    for path in sorted(Path(REPOSITORY / "plans").glob("*.yaml")):
        found = agency_ids(agency_places(PlanFile), parse(path.read_text(encoding="utf-8")).tree)
        keys |= {str(next(part for part in reversed(where) if isinstance(part, str))) for where, _ in found}
    assert keys >= {"issuer", "coordinator", "lead", "support", "from", "to", "agencies", "now", "agency"}
