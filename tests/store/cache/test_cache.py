"""The cache never changes an answer: not when files change, when it is broken, or when it cannot be written."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kehoach_cli.store.cache.cache import Cache, DamagedError, cache_folder, hash_of
from kehoach_cli.store.cache.stored import StoredPlan
from kehoach_cli.store.workspace.load import Root, load
from tests.conftest import REPOSITORY, Ran

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]
QUESTIONS = (
    ("tasks", "--agency", "Sở Y tế", "--format", "json"),
    ("tasks", "--agency", "so-tai-chinh", "--direct", "--as-of", "2026-01-01"),
    ("tasks", "--search", "nước thải", "--format", "csv"),
    ("indicators", "--format", "json"),
    ("agencies", "--format", "json"),
    ("plans", "--format", "json"),
    ("show", "kh-176/PL2.III.1"),
)


@pytest.fixture
def copy(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of its own with the real plans and an own cache, and the program started in it."""
    del kehoach
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(REPOSITORY / "plans", tmp_path / "ws" / "plans")
    monkeypatch.chdir(tmp_path / "ws")
    return tmp_path / "ws"


def caches(copy: Path) -> list[Path]:
    return sorted((copy.parent / "cache" / "kehoach").glob("*"))


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence; size and time of the file stay, so that only its content tells."""
    text, state = path.read_text(encoding="utf-8"), path.stat()
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question[:3]))
def test_the_same_bytes_cold_warm_and_without(copy: Path, kehoach: Kehoach, question: tuple[str, ...]) -> None:
    cold = kehoach(*question)
    assert len(caches(copy)) == 1
    assert kehoach(*question) == cold == kehoach("--no-cache", *question)
    assert cold.code == 0
    assert cold.out


def test_a_warm_run_reads_plans_from_the_cache(copy: Path) -> None:
    assert not any(isinstance(plan, StoredPlan) for plan in load(Root(copy)).catalogue.plans)
    cold, warm = load(Root(copy), cached=False).catalogue, load(Root(copy)).catalogue
    assert all(isinstance(plan, StoredPlan) for plan in warm.plans)
    for stored, read in zip(warm.plans, cold.plans, strict=True):
        for name in type(read).__annotations__:
            assert getattr(stored, name) == getattr(read, name), name
    assert {key: dict(one.agencies) for key, one in warm.directory.registries.items()} == {
        key: dict(one.agencies) for key, one in cold.directory.registries.items()
    }


def test_findings_of_broken_files_are_the_same(copy: Path, kehoach: Kehoach) -> None:
    edit(copy / "plans" / "kh-176.yaml", "lead: [so-y-te]", "lead: [so-yte]")
    edit(copy / "plans" / "qd-3825.yaml", "  - id:", "  - idd:")
    (copy / "plans" / "kh-x.yaml").write_bytes((copy / "plans" / "kh-176.yaml").read_bytes())
    cold = kehoach("tasks", "--agency", "Sở Công Thương")
    assert cold.code == 1
    assert {"K105", "K201", "K101"} <= {word.strip(":") for word in cold.err.split()}
    assert kehoach("tasks", "--agency", "Sở Công Thương") == cold
    assert kehoach("--no-cache", "tasks", "--agency", "Sở Công Thương") == cold


def test_names_of_files_follow_the_folder_of_the_call(
    copy: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(copy / "plans" / "kh-176.yaml", "lead: [so-y-te]", "lead: [so-yte]")
    assert "\nplans/kh-176.yaml:" in "\n" + kehoach("plans").err
    monkeypatch.chdir(copy / "plans")
    assert "\nkh-176.yaml:" in "\n" + kehoach("plans").err


def test_never_stale_a_plan(copy: Path, kehoach: Kehoach) -> None:
    kehoach("tasks", "--format", "csv")
    edit(copy / "plans" / "kh-176.yaml", "lead: [so-y-te]", "lead: [so-noi]")
    edit(copy / "plans" / "qd-3825.yaml", "    text: ", "    text: X")
    after = kehoach("tasks", "--format", "csv")
    assert after.code == 1
    assert "so-noi" in after.err
    assert after == kehoach("--no-cache", "tasks", "--format", "csv")


def test_never_stale_a_registry(copy: Path, kehoach: Kehoach) -> None:
    question = ("tasks", "--agency", "so-y-te", "--format", "json")
    before = kehoach(*question)
    (registry,) = (copy / "plans" / "agencies").glob("thanh-hoa.y*ml")
    edit(registry, "name: Sở Y tế", "name: Sở Y tề")
    after = kehoach(*question)
    assert after != before
    assert after == kehoach("--no-cache", *question)


def test_never_stale_the_settings(copy: Path, kehoach: Kehoach) -> None:
    edit(copy / "plans" / "kh-176.yaml", 'schedule: "2023 - 2026"', 'schedule: "trước ngày 01/7/2026"')
    strict = kehoach("tasks", "--format", "json")
    (copy / "kehoach.toml").write_text("strict_before = false\n", encoding="utf-8")
    lax = kehoach("tasks", "--format", "json")
    assert ("2026-06-30" in strict.out, "2026-07-01" in lax.out) == (True, True)
    assert lax == kehoach("--no-cache", "tasks", "--format", "json")


def test_never_stale_reports(copy: Path, kehoach: Kehoach) -> None:
    (copy / "progress").mkdir()
    report = copy / "progress" / "a.yaml"
    report.write_text(
        "kehoach: progress/1\nplan: kh-176\nagency: Sở Y tế\nyear: 2025\ncutoff: 2025-12-14\n"
        "tasks:\n  PL2.III.1: {status: in_progress, result: Đang làm.}\n",
        encoding="utf-8",
    )
    question = ("show", "kh-176/PL2.III.1", "--as-of", "2026-01-01")
    cold = kehoach(*question)
    assert kehoach(*question) == cold
    edit(report, "status: in_progress", "status: done")
    assert kehoach(*question) == kehoach("--no-cache", *question) != cold


def test_a_file_that_cannot_be_opened_is_not_an_empty_one(copy: Path, kehoach: Kehoach) -> None:
    (copy / "plans" / "rong.yaml").write_bytes(b"")
    assert "tệp trống" in kehoach("plans").err
    (copy / "plans" / "rong.yaml").unlink()
    (copy / "plans" / "rong.yaml").symlink_to("khong-co.yaml")
    assert "không mở được" in kehoach("plans").err
    assert "tệp trống" not in kehoach("plans").err


def break_somewhere(data: bytearray, seed: int) -> bytes:
    at = len(data) * seed // 40
    if seed % 4 == 0:
        return bytes(data[:at])
    if seed % 4 == 1:
        return bytes(data[:at] + b"\0" * 50 + data[at + 50 :])
    if seed % 4 == 2:
        data[at] ^= 1
        return bytes(data)
    return bytes(data[:at] + data[at + 7 :])


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_cache_is_as_good_as_none(copy: Path, kehoach: Kehoach, seed: int) -> None:
    question = ("tasks", "--agency", "Sở Công Thương", "--format", "json")
    expected = kehoach(*question)
    (path,) = caches(copy)
    path.write_bytes(break_somewhere(bytearray(path.read_bytes()), seed))
    assert kehoach(*question) == expected


@pytest.mark.parametrize("data", [b"", b"\x80\x04K\x01.", b"[]", b"{}" * 999, b"0" * 32, b"f" * 32, os.urandom(999)])
def test_anything_may_stand_in_its_place(copy: Path, kehoach: Kehoach, data: bytes) -> None:
    expected = kehoach("plans")
    (path,) = caches(copy)
    path.write_bytes(data)
    assert kehoach("plans") == expected == kehoach("plans")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
@pytest.mark.parametrize("end", [b"f" * 16, b"00ffffffffffffff", b"7fffffffffffffff", b"-000000000000001"])
def test_a_length_beyond_the_file_is_damage(copy: Path, kehoach: Kehoach, end: bytes) -> None:
    expected = kehoach("plans")
    [path] = caches(copy)
    path.write_bytes(path.read_bytes()[:-16] + end)
    assert kehoach("plans") == expected


def test_what_a_killed_run_of_our_number_left_is_not_in_the_way(copy: Path, kehoach: Kehoach) -> None:
    kehoach("plans")
    [path] = caches(copy)
    path.rename(path.with_suffix(f".{os.getpid()}.tmp"))
    kehoach("plans")
    assert path.is_file()


def test_a_pipe_in_its_place_is_not_waited_for(copy: Path, kehoach: Kehoach) -> None:
    expected = kehoach("plans")
    (path,) = caches(copy)
    path.unlink()
    os.mkfifo(path)
    assert kehoach("plans") == expected


def test_a_hostile_cache_can_only_be_ignored(copy: Path, kehoach: Kehoach) -> None:
    expected = kehoach("tasks", "--format", "json")
    (path,) = caches(copy)
    folder = path.parent
    chunks: tuple[Any, ...] = (
        [999, "x"],
        {"__reduce__": "os.system"},
        [["!", "python/object"]],
        None,
        [[[]] * 5] * 5,
        "x" * 999,
    )
    for chunk in chunks:
        with Cache(folder, copy) as cache:
            for key in list(cache._places):  # noqa: SLF001 - the keys of a real run
                cache.put(key, [chunk] * 9)
        assert kehoach("tasks", "--format", "json") == expected


def test_deleting_it_between_opening_and_reading_does_no_harm(copy: Path) -> None:
    load(Root(copy))
    warm = load(Root(copy))
    for path in caches(copy):
        path.unlink()
    assert sum(len(plan.tasks) for plan in warm.catalogue.plans) > 100


def test_rows_damaged_on_the_disk_are_read_from_the_plan(copy: Path) -> None:
    whole = load(Root(copy), cached=False)
    load(Root(copy))
    warm = load(Root(copy))
    (path,) = caches(copy)
    os.truncate(path, 100)
    assert [plan.tasks for plan in warm.catalogue.plans] == [plan.tasks for plan in whole.catalogue.plans]


@pytest.mark.skipif(sys.platform == "win32", reason="file modes")
@pytest.mark.parametrize("place", ["read-only", "a file", "no such user"])
def test_a_home_that_cannot_be_written(
    copy: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    expected = kehoach("plans")
    home = copy.parent / "home"
    if place == "a file":
        home.write_text("")
    else:
        home.mkdir(mode=0o500)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(home))
    if place == "read-only" and os.getuid() == 0:
        monkeypatch.setattr(os, "open", _refuse_below(home))
        monkeypatch.setattr(Path, "mkdir", _refuse)
    if place == "no such user":
        monkeypatch.setattr(Path, "home", _no_home)
        assert cache_folder() is None
    assert kehoach("plans") == expected == kehoach("plans")


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "no")


def _no_home() -> Path:
    raise RuntimeError("no home")


def _refuse_below(home: Path) -> Callable[..., int]:
    original = os.open

    def refusing(path: str, *rest: int, **named: int) -> int:
        if str(path).startswith(str(home)):
            raise PermissionError(13, "no")
        return original(path, *rest, **named)

    return refusing


def test_a_disk_that_is_full_leaves_nothing_behind(
    copy: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(Cache, "_write", full)
    assert kehoach("plans").code == 0
    assert caches(copy) == []


def test_it_does_not_grow_with_every_edit(copy: Path, kehoach: Kehoach) -> None:
    kehoach("plans")
    size = caches(copy)[0].stat().st_size
    for number in range(5):
        with (copy / "plans" / "kh-176.yaml").open("a", encoding="utf-8") as file:
            file.write(f"# {number}\n")
        kehoach("plans")
    assert abs(caches(copy)[0].stat().st_size - size) < 1000


def test_caches_of_old_workspaces_and_killed_runs_are_cleared(
    copy: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy.parent / "cache" / "kehoach"
    folder.mkdir(parents=True)
    for name in ("old.kehoach-cache", "old.1.tmp", "young.2.tmp"):
        (folder / name).write_bytes(b"x" * 1000)
    for name in ("old.kehoach-cache", "old.1.tmp"):
        os.utime(folder / name, (1, 1))
    monkeypatch.setattr("kehoach_cli.store.cache.cache._MAX_BYTES", 1000)
    kehoach("plans")
    assert sorted(path.suffix for path in caches(copy)) == [".kehoach-cache", ".tmp"]
    assert (folder / "young.2.tmp").exists()


def started(copy: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "XDG_CACHE_HOME": str(copy.parent / "cache")}
    command = [sys.executable, "-m", "kehoach_cli", *arguments]
    return subprocess.Popen(
        command, cwd=copy, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_several_runs_at_once(copy: Path, kehoach: Kehoach) -> None:
    question = ("tasks", "--agency", "Sở Y tế", "--format", "json")
    expected = kehoach("--no-cache", *question).out
    for _ in range(2):
        runs = [started(copy, *question) for _ in range(5)]
        assert [run.communicate()[0] for run in runs] == [expected] * 5
    assert [path.suffix for path in caches(copy)] == [".kehoach-cache"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_at_any_moment(copy: Path, kehoach: Kehoach) -> None:
    expected = kehoach("--no-cache", "plans", "--format", "json")
    for delay in range(16):
        run = started(copy, "plans", "--format", "json")
        time.sleep(delay / 20)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert kehoach("plans", "--format", "json") == expected
        for path in caches(copy):
            if path.suffix == ".kehoach-cache":
                path.unlink()


def test_entries_are_found_by_everything_they_depend_on() -> None:
    assert hash_of("a", "bc") != hash_of("ab", "c") != hash_of("abc")
    assert hash_of("a") == hash_of(b"a")


def test_an_entry_is_what_was_put(tmp_path: Path) -> None:
    chunks = [{"chữ": "một\u2028hai\udc80"}, [1, [2.5, None]], "", True]
    with Cache(tmp_path, tmp_path) as cache:
        cache.put("k", chunks)
        assert cache.get("k") is None
    entry = Cache(tmp_path, tmp_path).get("k")
    assert entry is not None
    assert [entry[index] for index in range(len(entry))] == chunks == entry.tail(0)
    (path,) = tmp_path.glob("*.kehoach-cache")
    os.truncate(path, 20)
    with pytest.raises(DamagedError):
        entry.tail(0)


def test_it_holds_json_only(copy: Path, kehoach: Kehoach) -> None:
    kehoach("tasks")
    (path,) = caches(copy)
    lines = path.read_bytes()[:-32].splitlines()
    assert len(lines) > 200
    assert all(json.loads(line[8:]) is not ... for line in lines)
