"""Two years of one workspace: `show`, `check` and the report tell the same change, from the lock where there is one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_collecting import form, value
from tests.cli.test_lock import line_of
from tests.conftest import Ran
from tests.fuzz.inputs import small, write

Kehoach = Callable[..., Ran]
TASK = "tasks:\n  I.1: {status: in_progress}\n"
WORDS = "tăng 2,5 điểm phần trăm so với năm 2025"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:
    """A workspace with a submission of 2025, closed, and one of 2026, which is the current folder."""
    write(tmp_path, {name: data for name, data in small().items() if not name.startswith("progress")})
    monkeypatch.chdir(tmp_path)
    form("in/a.yaml", value("90") + TASK)
    assert kehoach("collect", "in").code == 0
    assert kehoach("lock", "2025").code == 0
    monkeypatch.setenv("KEHOACH_TODAY", "2026-12-31")
    form("in/a.yaml", value("92,5") + TASK, year=2026, cutoff="2026-12-14", sent="2026-12-15")
    assert kehoach("collect", "in").code == 0
    return tmp_path


def items(ran: Ran) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ran.out)["items"]
    return found


@pytest.mark.usefixtures("folder")
def test_all_commands_tell_the_same_change(kehoach: Kehoach) -> None:
    (shown,) = items(kehoach("show", "I-ct9", "-f", "json"))
    (of_year,) = [one for one in shown["trend"] if one["period"] == "2026"]
    (before,) = [one for one in shown["trend"] if one["period"] == "2025"]
    assert (before["closed"], before["text"], of_year["change"]["text"]) == (True, "90", WORDS)
    (checked,) = [one for one in items(kehoach("check", "--year", "2026", "-f", "json")) if one["id"] == "I-ct9"]
    assert checked["change"] == of_year["change"]
    assert checked["change"]["parts"] == [
        {"scope": None, "value": 2.5, "unit": "điểm phần trăm", "percent": None, "better": True}
    ]
    line = line_of(kehoach, "2026")
    assert (line["previous"], line["result"]) == ("90", "92,5")
    assert line["note"].lower().startswith(WORDS)


@pytest.mark.usefixtures("folder")
def test_people_read_the_years_in_a_table(kehoach: Kehoach) -> None:
    ran = kehoach("show", "I-ct9")
    rows = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "2025 95 90 - Không đạt" in rows
    assert f"2026 - 92,5 {WORDS} Không đạt" in rows
    assert rows[rows.index("2025 95 90 - Không đạt") + 1] == "(đã chốt)"
    ran = kehoach("check", "--year", "2026", "-f", "csv")
    assert WORDS in ran.out


@pytest.mark.usefixtures("folder")
def test_the_yearly_report_says_what_became_of_last_years_open_tasks(kehoach: Kehoach) -> None:
    (data,) = items(kehoach("report", "--year", "2026", "--plan", "kh-mau", "-f", "json"))
    (sentence,) = [one for one in data["tasks"]["sentences"] if one.startswith("Theo số liệu báo cáo năm 2025 đã chốt")]
    assert "phải hoàn thành đến hết năm 2026" in sentence
    (task,) = items(kehoach("show", "I.1", "-f", "json"))
    assert (task["last_year"]["period"], task["last_year"]["closed"]) == ("2025", True)
    assert "Báo cáo năm 2025 (đã chốt):" in kehoach("show", "I.1").out
