"""Writers that are killed, have a full disk, or run at the same time leave whole files, old or new."""

import errno
import json
import os
import random
import sys
from pathlib import Path

import pytest

from kehoach_cli.core.model.source_file import SourceFile
from tests.faults.disturbed import (
    CLOSING,
    COMMANDS,
    FORM,
    UNTIDY,
    WRITING,
    contents,
    forked,
    full_disk,
    killed,
    killed_at,
    left,
    make_busy,
    make_ready,
    reset,
    started,
    tries,
    undisturbed,
    without_privileges,
)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]


@pytest.fixture
def busy(folder: Path) -> Path:
    """A workspace with something to write for every command."""
    make_busy(folder)
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_write_leaves_whole_files_and_can_be_repeated(busy: Path, name: str) -> None:
    command = COMMANDS[name]
    normal = undisturbed(busy, *command)
    count = 0
    for count, ended in tries(command, killed):
        assert ended.code == -9
        assert normal.half_written(contents(busy)) == [], count
        assert forked("plans").code == 0
        again = forked(*command)
        # A run that the next command finished leaves nothing to mend, to take back or to lock.
        assert again.code == normal.code or name in {"lint --fix", "collect --undo", "lock"}, again.err
        assert contents(busy) == normal.after, count
        assert _temporary(busy) == [], count
        reset(busy, normal.before)
    assert count >= 3


def _temporary(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(".*") if left(path)]


def test_an_interrupted_init_goes_on_without_force(folder: Path) -> None:
    command = ("init", "tinh-moi", "-y", "2025")
    normal = undisturbed(folder, *command)
    for count, ended in tries(command, killed):
        assert ended.code == -9
        complete = contents(folder) == normal.after
        again = forked(*command)
        assert again.code == (3 if complete else 0), again.err
        assert contents(folder) == normal.after, count
        reset(folder, normal.before)


def test_a_half_written_set_is_named_by_the_next_run_that_does_not_complete_it(busy: Path) -> None:
    normal = undisturbed(busy, *COMMANDS["templates"])
    named = 0
    for _, ended in tries(COMMANDS["templates"], killed):
        assert ended.code == -9
        written = {name for name, data in contents(busy).items() if normal.before.get(name) != data}
        # Another command that writes in the same folder.
        said = forked("form", "-a", "so-b", "-y", "2025", "-f", "yaml", "-o", "mau/khac.yaml").err
        missing = {name for name, data in normal.after.items() if normal.before.get(name) != data} - written
        if written and missing:
            named += 1
            # Five are named, the others counted.
            assert sum(Path(name).name in said for name in missing) == min(len(missing), 5), said
            assert (f"và {len(missing) - 5} tệp khác" in said) is (len(missing) > 5), said
            assert "chạy lại lệnh đó" in said
        assert _temporary(busy) == []
        reset(busy, normal.before)
    assert named


@pytest.mark.parametrize("locks", [True, False])
def test_only_files_of_dead_writers_are_swept(folder: Path, monkeypatch: pytest.MonkeyPatch, locks: bool) -> None:  # noqa: FBT001 - a parameter of the test
    from kehoach_cli.store.files import leftovers

    if not locks:
        monkeypatch.setattr(leftovers, "lock", lambda *_, **__: None)
    names = {".kehoach-0123456789ab.tmp", ".kehoach-cafecafecafe.set.tmp", ".kehoach-cua-toi.tmp", "kehoach.tmp"}
    old, new, mine, other = (folder / name for name in sorted(names))
    for path in (old, new, mine, other):
        path.write_bytes(b"x")
    long_ago = 1_700_000_000
    os.utime(old, (long_ago, long_ago))
    with leftovers.only_sweeper([folder], []):
        assert not old.exists()
        assert new.exists() is not locks
        assert mine.exists()
        assert other.exists()


def test_files_of_a_running_writer_and_of_others_are_not_swept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kehoach_cli.store.files import leftovers

    staged = leftovers.temporary_path(folder)
    with leftovers.only_sweeper([folder], []):
        staged.write_bytes(b"x")
        assert forked("schema", "plan", "-o", str(folder / "luoc-do.json")).code == 0
        assert staged.exists()
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: 12345)
        with leftovers.only_sweeper([folder], []):
            assert staged.exists()
    with leftovers.only_sweeper([folder], []):
        assert not staged.exists()


@pytest.mark.parametrize("name", ["collect", *CLOSING])
def test_killed_while_values_and_journal_are_written_nothing_is_half_done(busy: Path, name: str) -> None:
    make_ready(name)
    normal = undisturbed(busy, *WRITING[name])
    assert normal.before != normal.after
    finished = 0
    for count, _ in tries(WRITING[name], killed):
        # The next command, whatever it is, finishes what was begun.
        assert forked("plans").code == 0
        after = contents(busy)
        assert after in (normal.before, normal.after), count
        finished += after == normal.after
        reset(busy, normal.before)
    assert finished >= 3


@pytest.mark.parametrize("name", WRITING)
def test_a_full_disk_at_any_write_changes_nothing(busy: Path, name: str) -> None:
    make_ready(name)
    command = WRITING[name]
    normal = undisturbed(busy, *command)
    failed = 0
    for _, ended in tries(command, full_disk):
        if ended.code == 3:
            failed += 1
            assert contents(busy) == normal.before, ended.err
            assert "ổ đĩa đã đầy" in ended.err
        else:
            # Only removing temporary files may fail without an error.
            assert ended.code == normal.code
            assert contents(busy) == normal.after
        assert "lỗi nội bộ" not in ended.err
        reset(busy, normal.before)
    assert failed >= 1
    assert not [path for path in busy.rglob(".*") if left(path)]


@pytest.mark.parametrize("name", WRITING)
def test_a_file_cut_off_by_the_system_changes_nothing(busy: Path, name: str) -> None:
    resource = pytest.importorskip("resource")
    import signal

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))

    make_ready(name)
    before = contents(busy)
    # The limit also holds for the output of the child, so only files are compared.
    forked(*WRITING[name], before=small_files)
    assert contents(busy) == before
    assert not [path for path in busy.rglob(".*") if left(path)]


def test_killed_at_random_moments_nothing_is_half_written(busy: Path) -> None:
    chance = random.Random(6)
    command = COMMANDS["form"]
    normal = undisturbed(busy, *command)
    for _ in range(3):
        killed_at(chance.uniform(0.2, 0.9), command)
        assert normal.half_written(contents(busy)) == []
    assert forked(*command).code == 0
    assert contents(busy) == normal.after


def _at_once(*commands: tuple[str, ...]) -> list[int]:
    """Start several runs together; return their exit codes."""
    return [process.wait() for process in [started(command) for command in commands]]


def test_of_many_writers_of_one_new_file_one_wins(busy: Path) -> None:
    command = ("form", "-a", "so-a", "-y", "2025", "-o", "moi.yaml")
    codes = _at_once(*[command] * 3)
    assert sorted(codes) == [0, 3, 3]
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


@pytest.mark.parametrize("name", WRITING)
def test_a_folder_nobody_may_write_in_is_said_and_nothing_changes(busy: Path, name: str) -> None:
    def refused() -> None:
        raise PermissionError(errno.EACCES, "refused")

    make_ready(name)
    before = contents(busy)
    ended = forked(*WRITING[name], at=1, then=refused)
    assert ended.code == 3, ended.err
    assert "không có quyền" in ended.err
    assert contents(busy) == before


@pytest.mark.skipif(
    hasattr(os, "getuid") and os.getuid() == 0 and sys.platform != "linux",
    reason="only Linux lets the superuser give up its privileges",
)
@pytest.mark.parametrize("name", WRITING)
def test_a_read_only_folder_is_said_and_nothing_changes(busy: Path, name: str) -> None:
    make_ready(name)
    before = contents(busy)
    paths = (busy, *busy.rglob("*"))
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    ended = forked(*WRITING[name], before=without_privileges)
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert ended.code == 3, ended.err
    assert "không có quyền" in ended.err or "chỉ được đọc" in ended.err
    assert contents(busy) == before
