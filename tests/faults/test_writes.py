"""Writers that are killed, have no room, or meet one another: the old files or the new ones, whole."""

import errno
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kehoach_cli.core.model.source_file import SourceFile
from tests.conftest import REPOSITORY
from tests.faults.conftest import contents, forked, killed, left
from tests.faults.privileges import become_ordinary, bound_by_modes
from tests.faults.writers import COMMANDS, FORM, UNTIDY, give_work, reset, states, tries

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def busy(folder: Path) -> Path:
    """A workspace with something to write for every command."""
    give_work(folder)
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_write_leaves_whole_files_and_can_be_repeated(busy: Path, name: str) -> None:
    command = COMMANDS[name]
    before, after, code = states(busy, *command)
    count = 0
    for count, ended in tries(command, killed):
        assert ended.code == -9
        found = contents(busy)
        for file, data in found.items():
            assert data in {before.get(file), after.get(file)}, (count, file)
        assert set(before) - set(found) == set(), count
        assert forked("plans").code == 0
        again = forked(*command)
        assert again.code == code or name == "lint --fix", again.err
        assert contents(busy) == after, count
        reset(busy, before)
    assert count >= 3


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_at_any_write_changes_nothing(busy: Path, name: str) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "no space")

    command = COMMANDS[name]
    before, after, code = states(busy, *command)
    failed = 0
    for _, ended in tries(command, full):
        if ended.code == 3:
            failed += 1
            assert contents(busy) == before, ended.err
            assert "ổ đĩa đã đầy" in ended.err
        else:
            # Only what tidies up may fail without harm.
            assert ended.code == code
            assert contents(busy) == after
        assert "lỗi nội bộ" not in ended.err
        reset(busy, before)
    assert failed >= 1
    assert not [path for path in busy.rglob(".*") if left(path)]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_cut_off_by_the_system_changes_nothing(busy: Path, name: str) -> None:
    resource = pytest.importorskip("resource")
    import signal

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))

    before = contents(busy)
    # The child's own talk goes through the same limit, so only files count here.
    forked(*COMMANDS[name], before=small_files)
    assert contents(busy) == before
    assert not [path for path in busy.rglob(".*") if left(path)]


def test_killed_at_random_moments_nothing_is_half_written(busy: Path) -> None:
    chance = random.Random(6)
    command = COMMANDS["form"]
    before, after, _ = states(busy, *command)
    for _ in range(5):
        line = [sys.executable, "-m", "kehoach_cli", *command]
        process = subprocess.Popen(
            line,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
        )
        time.sleep(chance.uniform(0.2, 0.9))
        process.kill()
        process.wait()
        for file, data in contents(busy).items():
            assert data in {before.get(file), after.get(file)}
    assert forked(*command).code == 0
    assert contents(busy) == after


def _at_once(*commands: tuple[str, ...]) -> list[int]:
    """Start several runs together; return their exit codes."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "kehoach_cli", *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        for command in commands
    ]
    return [process.wait() for process in started]


def test_of_many_writers_of_one_new_file_one_wins(busy: Path) -> None:
    command = ("form", "-a", "so-a", "-y", "2025", "-o", "moi.yaml")
    codes = _at_once(*[command] * 5)
    assert sorted(codes) == [0, 3, 3, 3, 3]
    assert "kehoach: progress/1" in (busy / "moi.yaml").read_text(encoding="utf-8")
    assert not [path for path in busy.rglob(".*") if left(path)]


def test_collecting_at_once_loses_nothing(busy: Path) -> None:
    for number in range(4):
        text = FORM.replace("I-ct9: {value", f"I-ct9: {{note: Lần {number}, value")
        (busy / "bieu" / f"c{number}.yaml").write_text(text, encoding="utf-8")
    codes = _at_once(*[("collect", f"bieu/c{number}.yaml") for number in range(4)])
    assert set(codes) <= {0, 3}
    assert 0 in codes
    report = (busy / "progress" / "2025" / "kh-mau--so-a.yaml").read_text(encoding="utf-8")
    assert "Lần" in report
    found = json.loads(forked("check", "-f", "json", "--fail-on", "none").out)["findings"]
    assert [finding for finding in found if finding["severity"] == "error"] == []


def test_who_reads_and_writes_keeps_others_out(busy: Path) -> None:
    from kehoach_cli.store.files.writing import only_writer

    with only_writer(busy):
        ended = forked("collect", "bieu")
    if sys.platform != "win32":
        assert ended.code == 3
        assert "một lệnh kehoach khác đang ghi" in ended.err
    assert forked("collect", "bieu").code == 0


@pytest.mark.parametrize(
    ("name", "file"), [("collect", "progress/2025/kh-mau--so-a.yaml"), ("lint --fix", "plans/kh-mau.yaml")]
)
def test_a_file_changed_meanwhile_is_not_overwritten(busy: Path, name: str, file: str) -> None:
    path = busy / file
    mine = path.read_bytes() + b"# toi vua sua\n"

    def somebody() -> None:
        path.write_bytes(mine)

    before = contents(busy)
    ended = forked(*COMMANDS[name], at=1, then=somebody)
    assert ended.code == 3
    assert "vừa được sửa" in ended.err
    assert contents(busy) == before | {file: mine}


def test_a_file_changed_between_check_and_fix_is_left_alone(busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kehoach_cli.cli.runtime import linting

    path = busy / "plans" / "kh-mau.yaml"
    original = linting.current_text

    def changed(document: SourceFile) -> str | None:
        path.write_text("# khác\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
        return original(document)

    monkeypatch.setattr(linting, "current_text", changed)
    ended = forked("lint", "--fix")
    assert "vừa được sửa trong lúc lệnh đang chạy" in ended.err
    assert path.read_text(encoding="utf-8").startswith("# khác\n")
    assert UNTIDY[1] in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_nobody_may_write_in_is_said_and_nothing_changes(busy: Path, name: str) -> None:
    def refused() -> None:
        raise PermissionError(errno.EACCES, "refused")

    before = contents(busy)
    ended = forked(*COMMANDS[name], at=1, then=refused)
    assert ended.code == 3, ended.err
    assert "không có quyền" in ended.err
    assert contents(busy) == before


@pytest.mark.skipif(not bound_by_modes(), reason="to the superuser of this system nothing is read-only")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_read_only_folder_is_said_and_nothing_changes(busy: Path, name: str) -> None:
    before = contents(busy)
    paths = (busy, *busy.rglob("*"))
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    ended = forked(*COMMANDS[name], before=become_ordinary)
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert ended.code == 3, ended.err
    assert "không có quyền" in ended.err or "chỉ được đọc" in ended.err
    assert contents(busy) == before
