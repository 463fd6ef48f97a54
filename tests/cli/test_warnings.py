"""What is wrong in a workspace, as commands other than `lint` say it: errors first, each once, ten lines at most."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.cli.runtime.session import say_some
from kehoach_cli.core.model.finding import Finding, Severity
from tests.conftest import Ran

Kehoach = Callable[..., Ran]


def warning(number: int, severity: Severity = Severity.WARNING) -> Finding:
    return Finding("K101", severity, "plans/a.yaml", f"chuyện {number}", number, 1)


def test_ten_lines_and_how_many_more(capsys: pytest.CaptureFixture[str]) -> None:
    say_some([*(warning(number) for number in range(1, 33)), warning(40, Severity.ERROR)])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "plans/a.yaml:40:1: lỗi K101: chuyện 40"
    assert len(lines) == 11
    assert lines[-1] == "… và còn 23 cảnh báo nữa; xem bằng kehoach lint"


def test_errors_left_out_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    say_some([*(warning(number, Severity.ERROR) for number in range(12)), warning(99)])
    assert capsys.readouterr().err.splitlines()[-1] == "… và còn 2 lỗi, 1 cảnh báo nữa; xem bằng kehoach lint"


def test_a_fault_of_a_file_is_said_once_and_remarks_never(capsys: pytest.CaptureFixture[str]) -> None:
    say_some([warning(1), Finding("K101", Severity.WARNING, "plans/a.yaml", "chuyện 1", 9, 1)])
    assert capsys.readouterr().err.splitlines() == ["plans/a.yaml:1:1: cảnh báo K101: chuyện 1"]
    say_some([warning(1, Severity.INFO)])
    assert capsys.readouterr().err == ""


def test_a_name_for_an_id_is_told_by_lint_alone(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("init", str(tmp_path), "--year", "2026")
    plan = tmp_path / "plans/kh-mau.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("lead: [so-y-te]", "lead: [Sở Y tế]"), encoding="utf-8")
    assert "K211" in kehoach("--root", str(tmp_path), "lint").out
    tasks = kehoach("--root", str(tmp_path), "tasks", "--agency", "Sở Y tế")
    assert tasks.code == 0
    assert "II.3" in tasks.out
    assert "K211" not in tasks.err
