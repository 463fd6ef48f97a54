"""Streams that are closed, full, of another encoding or read only in part; the machine's locale and clock."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.faults.disturbed import contents, forked

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="needs a shell")]


def shell(line: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a shell line in which `$k` is the program."""
    variables = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY / "src"),
        "k": f"{sys.executable} -m kehoach_cli",
        **environment,
    }
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        env=variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        errors="replace",
    )


@pytest.mark.parametrize(
    "line",
    [
        "$k --root {here} tasks -f json | head -1",
        "$k --root {here} tasks -f json | true",
        "$k --help | true",
        "$k --version | true",
        "$k --root {here} tasks -a so-y-te 2>&1 | true",
        "$k --root {here} lint -f sarif 2>&1 | head -c 1",
        "$k --root {here} khong-co-lenh 2>&1 | true",
    ],
)
def test_a_reader_that_leaves_is_no_fault(line: str) -> None:
    ran = shell(line.format(here=REPOSITORY))
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr
    assert "lỗi nội bộ" not in ran.stderr
    assert ran.returncode in {0, 1, 2}, ran


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize(
    "command", ["--version", "--help", "--root {here} plans", "--root {here} tasks -f json", "tasks --help"]
)
def test_output_that_cannot_be_written_is_said(command: str) -> None:
    ran = shell(f"$k {command.format(here=REPOSITORY)} > /dev/full")
    assert ran.returncode == 3
    assert ran.stderr.startswith("kehoach: không ")
    assert "ổ đĩa đã đầy" in ran.stderr
    assert "Exception ignored" not in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_talk_nobody_hears_stops_no_work(folder: Path) -> None:
    ran = shell("$k form -a so-a -y 2025 -o f.yaml 2> /dev/full")
    assert ran.returncode == 0
    assert (folder / "f.yaml").is_file()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_stop_no_work(folder: Path, closed: str) -> None:
    ran = shell(f"$k form -a so-a -y 2025 -o f.yaml {closed}; echo $? >&2; $k plans -f json {closed}; true")
    assert "Traceback" not in ran.stderr
    assert (folder / "f.yaml").read_text(encoding="utf-8").count("kehoach: progress/1") == 1


@pytest.mark.parametrize("target", ["/dev/full", "/dev/null", "pipe"])
def test_devices_and_pipes_are_not_replaced(folder: Path, target: str) -> None:
    if target == "pipe":
        os.mkfifo(folder / "pipe")
    if not Path(target).exists():
        pytest.skip(f"no {target}")
    for force in ((), ("--force",)):
        ended = forked("plans", "-f", "json", "-o", target, *force)
        assert ended.code == 3
        assert "không phải là một tệp thông thường" in ended.err
    assert not Path(target).is_file()


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "LANG": ""},
        {"LC_ALL": "POSIX", "LANG": "", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "xx_YY.UTF-8"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1:strict"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"COLUMNS": "1"},
        {"COLUMNS": "²"},
        {"COLUMNS": "9" * 12},
        {"TERM": ""},
    ],
)
def test_vietnamese_comes_out_whatever_the_locale(environment: dict[str, str]) -> None:
    ran = shell(f"$k --root {REPOSITORY} tasks -a 'Sở Y tế' --direct -f json", **environment)
    assert ran.returncode == 0, ran.stderr
    assert "Sở Y tế" in ran.stdout
    assert json.loads(ran.stdout)["items"]
    table = shell(f"$k --root {REPOSITORY} plans", **environment)
    assert table.returncode == 0, table.stderr


def test_a_clock_before_any_zip_writes_the_same_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = folder / "plans" / "kh-mau.yaml"
    (folder / "cu.yaml").write_text(plan.read_text("utf-8").replace("nước thải", "khí thải"), "utf-8")
    commands = {
        "bieu.xlsx": ("form", "-a", "so-a", "-y", "2025", "-o"),
        "kq.xlsx": ("check", "-f", "xlsx", "--fail-on", "none", "-o"),
        "ra": ("report", "-y", "2025", "-o"),
        "so-sanh.docx": ("diff", "cu.yaml", "plans/kh-mau.yaml", "-f", "docx", "-o"),
        "trang": ("site", "-o"),
        "lich.ics": ("calendar", "-a", "so-a", "-o"),
        "bang": ("export", "-f", "parquet", "-o"),
    }
    made: list[dict[str, bytes]] = []
    for seconds in (None, 0.0):
        if seconds is not None:
            monkeypatch.setattr(time, "time", lambda now=seconds: now)
        for name, command in commands.items():
            ended = forked(*command, name, "--force")
            assert ended.code == 0, ended.err
        made.append(contents(folder))
    assert made[0] == made[1]


def test_a_clock_before_every_document(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del folder
    monkeypatch.setenv("KEHOACH_TODAY", "1970-01-01")
    for command in (
        ("tasks", "-f", "json"),
        ("tasks", "--overdue"),
        ("show", "I.1"),
        ("tasks", "-f", "json", "--as-of", "1900-01-01"),
    ):
        ended = forked(*command)
        assert ended.code == 0, ended.err
    assert json.loads(forked("tasks", "--overdue", "-f", "json").out)["items"] == []


def test_a_current_folder_that_is_gone(folder: Path) -> None:
    ran = shell("mkdir x && cd x && rmdir ../x && $k plans; $k --version")
    del folder
    assert "thư mục hiện tại không còn" in ran.stderr
    assert "lỗi nội bộ" not in ran.stderr
