"""The cache never changes an answer: not when files change, when it is broken, or when it cannot be written."""

import multiprocessing
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.core.model.plan import Plan
from kehoach_cli.store.cache import database
from kehoach_cli.store.cache.database import Cache, DamagedError, EncodedPlan, cache_folder
from kehoach_cli.store.cache.keys import hash_of
from kehoach_cli.store.cache.plans import CachedPlan
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.reader import PlanReader
from tests.conftest import REPOSITORY, Ran
from tests.store.caches import JUNK, Counting, caches, edit, replace_all

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


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question[:3]))
def test_the_same_bytes_cold_warm_and_without(copy: Path, kehoach: Kehoach, question: tuple[str, ...]) -> None:
    cold = kehoach(*question)
    assert len(caches(copy)) == 1
    assert kehoach(*question) == cold == kehoach("--no-cache", *question)
    assert cold.code == 0
    assert cold.out


def test_a_warm_run_reads_plans_from_the_cache(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(Root(copy))
    cold = load(Root(copy), cached=False).catalogue
    read = Counting(monkeypatch, PlanReader, "read")
    warm = load(Root(copy)).catalogue
    for stored, fresh in zip(warm.plans, cold.plans, strict=True):
        for name in Plan.__struct_fields__:
            assert getattr(stored, name) == getattr(fresh, name), name
    assert read.calls == []
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
def test_a_pipe_in_its_place_is_not_waited_for(copy: Path, kehoach: Kehoach) -> None:
    expected = kehoach("plans")
    (path,) = caches(copy)
    path.unlink()
    os.mkfifo(path)
    assert kehoach("plans") == expected


def test_a_hostile_cache_can_only_be_ignored(copy: Path, kehoach: Kehoach) -> None:
    expected = kehoach("tasks", "--format", "json")
    (path,) = caches(copy)
    for junk in JUNK:
        replace_all(path, copy, junk)
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
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Cache, "_insert", full)
        assert kehoach("plans").code == 0
    [path] = caches(copy)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM plans").fetchone() == (0,)
    connection.close()


def test_it_does_not_grow_with_every_edit(copy: Path, kehoach: Kehoach) -> None:
    kehoach("plans")
    size = caches(copy)[0].stat().st_size
    for number in range(5):
        with (copy / "plans" / "kh-176.yaml").open("a", encoding="utf-8") as file:
            file.write(f"# {number}\n")
        kehoach("plans")
    assert caches(copy)[0].stat().st_size < 1.5 * size


def test_caches_of_old_workspaces_and_older_formats_are_deleted(
    copy: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy.parent / "cache" / "kehoach"
    folder.mkdir(parents=True)
    for name in ("old.kehoach-cache", "old.1.tmp", "old.sqlite3", "old.sqlite3-journal"):
        (folder / name).write_bytes(b"x" * 1000)
        os.utime(folder / name, (1, 1))
    monkeypatch.setattr(database, "_MAX_BYTES", 1000)
    kehoach("plans")
    assert [path.suffix for path in caches(copy)] == [".sqlite3"]
    assert not (folder / "old.sqlite3").exists()


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
    assert [path.suffix for path in caches(copy)] == [".sqlite3"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_at_any_moment(copy: Path, kehoach: Kehoach) -> None:
    expected = kehoach("--no-cache", "plans", "--format", "json")
    for delay in range(8):
        run = started(copy, "plans", "--format", "json")
        time.sleep(delay / 10)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert kehoach("plans", "--format", "json") == expected
        for path in caches(copy):
            path.unlink()


def test_entries_are_found_by_everything_they_depend_on() -> None:
    assert hash_of("a", "bc") != hash_of("ab", "c") != hash_of("abc")
    assert hash_of("a") == hash_of(b"a")


def test_an_entry_is_what_was_put(tmp_path: Path) -> None:
    plan = EncodedPlan(b"brief", b"head", [b"0", b"1", b"2"])
    with Cache(tmp_path, tmp_path) as cache:
        cache.put("k", b"data")
        cache.put_plan("p", plan, lasting=True)
        assert (cache.get("k"), cache.brief("p"), cache.rows("p", [1])) == (b"data", b"brief", [b"1"])
    for again in (cache, Cache(tmp_path, tmp_path)):
        assert (again.brief("p"), again.head("p")) == (b"brief", b"head")
        assert (again.rows("p", range(3)), again.rows("p", [0, 2]), again.rows("p", [])) == (
            [b"0", b"1", b"2"],
            [b"0", b"2"],
            [],
        )
        with pytest.raises(DamagedError):
            again.rows("p", [2, 3])
    assert Cache(tmp_path, tmp_path).get("k") == b"data"
    assert Cache(tmp_path, tmp_path / "other").get("k") is None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE rows SET data = substr(data, 1, 9) || 'x'",
        "UPDATE rows SET data = NULL_TEXT",
        "UPDATE rows SET position = 4 WHERE position = 2",
        "DELETE FROM rows WHERE position = 1",
        "UPDATE rows SET data = (SELECT data FROM rows WHERE position = 0)",
        "UPDATE plans SET head = 7, brief = 'abc'",
        "DELETE FROM plans",
        "DROP TABLE rows",
    ],
)
def test_whatever_is_damaged_in_a_table_is_noticed(tmp_path: Path, damage: str) -> None:
    plan = EncodedPlan(b"brief" * 9, b"head" * 9, [b"0" * 9, b"1" * 9, b"2" * 9])
    with Cache(tmp_path, tmp_path) as cache:
        cache.put_plan("p", plan, lasting=True)
    [path] = tmp_path.glob("*.sqlite3")
    with sqlite3.connect(path) as connection:
        connection.execute(damage.replace("NULL_TEXT", "'text'"))
    connection.close()
    again = Cache(tmp_path, tmp_path)
    if "rows" in damage:
        with pytest.raises(DamagedError):
            again.rows("p", range(3))
    else:
        assert again.brief("p") is None
        with pytest.raises(DamagedError):
            again.head("p")


def test_a_locked_database_is_waited_for_a_moment_only(copy: Path, kehoach: Kehoach) -> None:
    expected = kehoach("tasks")
    [path] = caches(copy)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    started_at = time.monotonic()
    assert kehoach("tasks") == expected
    assert time.monotonic() - started_at < 5
    connection.execute("ROLLBACK")
    connection.close()


def test_a_writer_that_is_killed_leaves_the_last_state(tmp_path: Path) -> None:
    with Cache(tmp_path, tmp_path) as cache:
        cache.put("k", b"data")
    code = (
        "import os, sys, pathlib\n"
        "from kehoach_cli.store.cache import database\n"
        "insert = database.Cache._insert\n"
        "def killed(cache, connection):\n"
        "    insert(cache, connection)\n"
        "    connection.execute('PRAGMA cache_spill = 1')\n"
        "    os.kill(os.getpid(), 9)\n"
        "database.Cache._insert = killed\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "with database.Cache(folder, folder) as cache:\n"
        "    cache.put('k', b'other')\n"
        "    cache.put('big', os.urandom(5_000_000))\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".sqlite3", ".sqlite3-journal"]
    again = Cache(tmp_path, tmp_path)
    assert (again.get("k"), again.get("big")) == (b"data", None)


def test_without_sqlite_there_is_no_cache(copy: Path, kehoach: Kehoach) -> None:
    expected = kehoach("--no-cache", "tasks", "--format", "json")
    code = (
        "import sys; sys.modules['sqlite3'] = None; from kehoach_cli.__main__ import run; sys.exit(run(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "tasks", "--format", "json"]
    for _ in range(2):
        ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout, ran.stderr) == (expected.code, expected.out, expected.err)
    assert caches(copy) == []


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no users")
@pytest.mark.parametrize("suffix", ["", "-journal"])
def test_a_file_of_another_user_is_ignored(
    copy: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    expected = kehoach("tasks")
    [path] = caches(copy)
    if suffix:
        path.with_name(f"{path.name}{suffix}").write_bytes(b"")
    uid = os.getuid()
    before = path.read_bytes()
    original = Path.lstat

    def lstat(self: Path) -> os.stat_result:
        state = original(self)
        return os.stat_result((*state[:4], uid + 1, *state[5:])) if str(self) == f"{path}{suffix}" else state

    monkeypatch.setattr(Path, "lstat", lstat)
    read = Counting(monkeypatch, PlanReader, "read")
    assert kehoach("tasks") == expected
    assert len(read.calls) == 4
    assert path.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_forked_process_reads_by_a_connection_of_its_own(copy: Path) -> None:
    load(Root(copy))
    plans = load(Root(copy)).catalogue.plans
    expected = [len(plan.tasks) for plan in load(Root(copy), cached=False).catalogue.plans]
    context = multiprocessing.get_context("fork")
    with context.Pool(2) as pool:
        assert pool.map(_count, range(2)) == [0, 0]
        assert pool.starmap(_tasks_of, [(plan,) for plan in plans]) == expected
    assert [len(plan.tasks) for plan in plans] == expected


def _count(_: int) -> int:
    return 0


def _tasks_of(plan: Plan) -> int:
    return len(plan.tasks)


def test_a_plan_from_the_cache_can_be_given_to_another_process(copy: Path) -> None:
    load(Root(copy))
    for plan in load(Root(copy)).catalogue.plans:
        assert isinstance(plan, CachedPlan)
        given = pickle.loads(pickle.dumps(plan))  # noqa: S301 - our own bytes
        assert type(given) is Plan
        assert plan == given


@pytest.mark.parametrize(("system", "folder"), [("darwin", "Library/Caches/kehoach"), ("linux", ".cache/kehoach")])
def test_the_cache_stands_where_the_system_keeps_caches(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, system: str, folder: str
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert cache_folder() == tmp_path / folder
