"""What the readers make of a text, however its lines end."""

import pytest

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.plan import read_plan
from kehoach_cli.store.readers.registry import read_registry
from tests.rules.workspaces import PLAN, REGISTRY


def directory(text: str = REGISTRY) -> Directory:
    registry = read_registry(FileReading("x.yaml", text=text))
    assert registry
    return Directory({"mau": registry})


def plan(text: str, known: Directory) -> tuple[Plan | None, FileReading]:
    reading = FileReading("x.yaml", text=text)
    return read_plan(reading, known, strict_before=True), reading


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_files_are_read_alike_whatever_ends_their_lines(end: str) -> None:
    known = directory(REGISTRY.replace("\n", end))
    assert known == directory()
    found, reading = plan(PLAN.replace("\n", end), known)
    expected, _ = plan(PLAN, known)
    assert found == expected
    assert found
    assert expected
    assert found.lines == expected.lines
    assert reading.findings == []
