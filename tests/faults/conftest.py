"""A small workspace to break."""

from pathlib import Path

import pytest

from tests.faults.disturbed import warm_up
from tests.fuzz.inputs import small, write


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Everything imported before the first child starts."""
    warm_up(tmp_path_factory.mktemp("warm"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm: None) -> Path:
    """A small workspace, and the current folder."""
    del warm
    here = tmp_path / "ws"
    write(here, small())
    monkeypatch.chdir(here)
    monkeypatch.setenv("KEHOACH_TODAY", "2025-12-31")
    return here
