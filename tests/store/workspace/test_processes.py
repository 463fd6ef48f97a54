"""Several processes find what one finds, in the same order."""

import concurrent.futures
import json
import os
import runpy
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest

from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.store.cache import database
from kehoach_cli.store.cache.database import Cache
from kehoach_cli.store.cache.plans import CachedPlan
from kehoach_cli.store.files import processes as pool
from kehoach_cli.store.workspace.lint import LintOptions, check_files
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.settings import Settings
from tests.conftest import REPOSITORY, Ran

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]
ItemT = TypeVar("ItemT")
FAULTS = {
    3: ("date: 2022-01-10", "date: 2022-13-10"),
    7: ("id: kh-7", "id: kh-6"),
    20: ("    kind: task", "    kinds: task"),
    41: ("id: kh-41", "id: kh-1"),
    44: ("  - id: I.2", "  - id: I.1"),
    50: ("sections:", "sections: &a"),
    55: ('schedule: "', 'schedule: "bao giờ '),
    59: ("tasks:", "tasks: ["),
}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty plans, some of them broken, two of them with the id of another, with reports on three."""
    folder = tmp_path_factory.mktemp("many")
    runpy.run_path(str(REPOSITORY / "benchmarks" / "generate.py"))["generate"](folder, 60, 5)
    for number, (old, new) in FAULTS.items():
        path = folder / "plans" / f"kh-{number:05d}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (folder / "progress").mkdir()
    for number, row in ((1, "I.1"), (2, "I.99"), (99, "I.1")):
        text = f"kehoach: progress/1\nplan: kh-{number}\nagency: so-1\nyear: 2025\ncutoff: 2025-12-14\n"
        text += f"tasks: {{{row}: {{status: done}}}}\n"
        (folder / "progress" / f"{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def linted(kehoach: Kehoach, folder: Path, *arguments: str) -> Ran:
    return kehoach("--root", str(folder), "lint", *arguments)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_the_same_bytes_with_one_process_and_with_more(kehoach: Kehoach, many: Path, form: str) -> None:
    alone = linted(kehoach, many, "--format", form, "--jobs", "1")
    assert alone.code == 1
    assert linted(kehoach, many, "--format", form, "--jobs", "2") == alone
    assert linted(kehoach, many, "--format", form, "--jobs", "5") == alone


def test_every_kind_of_fault_is_among_them(kehoach: Kehoach, many: Path) -> None:
    found = json.loads(linted(kehoach, many, "--format", "json", "--jobs", "2").out)["findings"]
    assert {"K402", "K105", "K101", "K004", "K401", "K002", "K603", "K601"} <= {one["code"] for one in found}
    clashes = [one for one in found if one["code"] == "K105"]
    assert [Path(one["file"]).name for one in clashes] == ["kh-00007.yaml", "kh-00041.yaml", "kh-00044.yaml"]
    assert all(one["line"] and one["column"] for one in found)


def test_the_cache_changes_nothing(kehoach: Kehoach, many: Path) -> None:
    kehoach("--root", str(many), "tasks")
    with_it = linted(kehoach, many, "--format", "json")
    assert with_it == kehoach("--no-cache", "--root", str(many), "lint", "--format", "json")


def test_only_the_files_asked_for(kehoach: Kehoach, many: Path) -> None:
    asked = [str(many / "plans" / f"kh-{number:05d}.yaml") for number in (3, 7, 41)]
    alone = linted(kehoach, many, "--format", "json", "--jobs", "1", *asked)
    assert linted(kehoach, many, "--format", "json", "--jobs", "2", *asked) == alone
    assert json.loads(alone.out)["summary"]["files"] == 3


def _mark(document: SourceFile) -> tuple[list[Finding], bool]:
    return [Finding("K999", Severity.INFO, document.file, str(os.getpid()))], True


def _mark_or_die(document: SourceFile) -> tuple[list[Finding], bool]:
    if document.file.endswith("kh-00030.yaml") and os.getpid() != _FIRST:
        os.kill(os.getpid(), signal.SIGKILL)
    return _mark(document)


_FIRST = os.getpid()


def test_the_work_is_shared(many: Path) -> None:
    found = list(check_files(Root(many), Settings(), _mark, options=LintOptions(jobs=2)))
    assert len(found) == 1 + 60 + 3
    assert len({findings[0].message for _, findings in found}) > 1


def test_a_handful_of_files_is_not_worth_a_process(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    found = list(check_files(Root(tmp_path), Settings(), _mark, options=LintOptions(jobs=8)))
    assert {findings[0].message for _, findings in found} == {str(os.getpid())}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test's own functions are known to forked processes only")
def test_what_a_killed_process_leaves_is_checked_here(many: Path) -> None:
    expected = [file for file, _ in check_files(Root(many), Settings(), _mark, options=LintOptions(jobs=1))]
    assert [
        file for file, _ in check_files(Root(many), Settings(), _mark_or_die, options=LintOptions(jobs=2))
    ] == expected


def test_processes_that_cannot_start_are_done_without(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(11, "no more processes")

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", refuse)
    assert len(list(check_files(Root(many), Settings(), _mark, options=LintOptions(jobs=2)))) == 64


QUESTION = ("tasks", "--format", "json", "--as-of", "2026-01-01")


def asked(kehoach: Kehoach, folder: Path, *options: str) -> Ran:
    return kehoach(*options, "--root", str(folder), *QUESTION)


@pytest.fixture
def expected(many: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ran:
    """The answer as one process finds it; and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(pool, "processors", lambda: 1)
        found = asked(kehoach, many, "--no-cache")
    assert found.code == 1
    assert len(json.loads(found.out)["items"]) > 200
    return found


@pytest.mark.parametrize("processors", [1, 2, 3])
def test_many_plans_read_by_several_processes(
    many: Path, kehoach: Kehoach, expected: Ran, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    monkeypatch.setattr(pool, "processors", lambda: processors)
    assert asked(kehoach, many, "--no-cache") == expected
    assert asked(kehoach, many) == expected
    assert asked(kehoach, many) == expected


def test_what_was_written_is_not_kept_in_memory_as_well(many: Path, expected: Ran) -> None:
    del expected
    plans = load(Root(many)).catalogue.plans
    assert len(plans) > 50
    for plan in plans:
        assert isinstance(plan, CachedPlan)
        assert vars(vars(plan)["_cache"])["_new_plans"] == {}
    whole = load(Root(many), cached=False).catalogue.plans
    assert [plan.tasks for plan in plans] == [plan.tasks for plan in whole]


@pytest.mark.parametrize("written", [0, 1, 5])
def test_a_disk_that_gets_full_among_many_plans(
    many: Path, kehoach: Kehoach, expected: Ran, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: int
) -> None:
    original, calls = Cache._insert, iter(range(10**6))  # noqa: SLF001 - where writing fails

    def full(cache: Cache, connection: sqlite3.Connection) -> None:
        if next(calls) >= written:
            raise sqlite3.OperationalError("database or disk is full")
        original(cache, connection)

    monkeypatch.setattr(database, "_WAITING", 20_000)
    with monkeypatch.context() as patch:
        patch.setattr(Cache, "_insert", full)
        assert asked(kehoach, many) == expected
    assert [path.suffix for path in tmp_path.glob("kehoach/*")] == [".sqlite3"]
    assert asked(kehoach, many) == expected


def test_a_plan_of_many_that_cannot_be_opened_is_read_again_the_next_time(
    many: Path, kehoach: Kehoach, expected: Ran
) -> None:
    link = many / "plans" / "kh-x.yaml"
    link.symlink_to("khong-co.yaml")
    try:
        assert "không mở được" in asked(kehoach, many).err
        assert "không mở được" in asked(kehoach, many).err
    finally:
        link.unlink()
    assert asked(kehoach, many) == expected


def test_loading_says_how_far_it_is(many: Path) -> None:
    seen: list[int] = []

    def watch(items: Iterable[ItemT], total: int) -> Iterator[ItemT]:
        for item in items:
            seen.append(total)
            yield item

    for cached in (False, True, True):
        seen.clear()
        load(Root(many), cached=cached, watch=watch)
        assert seen == [60] * 60


@pytest.mark.skipif(sys.platform == "win32", reason="terminals")
@pytest.mark.parametrize(("command", "words"), [("tasks", "Đang đọc kế hoạch"), ("lint", "Đang kiểm tra")])
def test_a_bar_on_the_terminal_that_leaves_the_result_alone(
    many: Path, kehoach: Kehoach, command: str, words: str
) -> None:
    import pty

    expected = kehoach("--root", str(many), command, "--format", "json").out
    ours, theirs = pty.openpty()
    call = [sys.executable, "-c", _IMPATIENT, "--no-cache", "--root", str(many), command, "--format", "json"]
    run = subprocess.Popen(
        call, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    out, _ = run.communicate(timeout=60)
    shown = b""
    with suppress(OSError):
        while piece := os.read(ours, 9999):
            shown += piece
    os.close(ours)
    assert out.decode() == expected
    assert words in shown.decode()


_IMPATIENT = """
import sys
from kehoach_cli import __main__ as program
from kehoach_cli.render import progress_bar
progress_bar._PATIENCE = 0
sys.exit(program.run(sys.argv[1:]))
"""


@pytest.mark.parametrize("jobs", ["0", "-1", "hai", "1.5", "99999"])
def test_a_wrong_number_of_processes_is_wrong_usage(kehoach: Kehoach, many: Path, jobs: str) -> None:
    ran = linted(kehoach, many, f"--jobs={jobs}")
    assert (ran.code, jobs in ran.err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_interrupted_it_ends_at_once_and_says_nothing_of_ours(many: Path) -> None:
    command = [sys.executable, "-c", _SLOW, str(many)]
    run = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout
    # Two processes may say it in one line.
    assert run.stdout.readline().startswith("begun")
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=20)
    assert (run.returncode, errors) == (130, "")


_SLOW = """
import signal, sys, time
# A shell has what it starts in the background ignore the signal.
signal.signal(signal.SIGINT, signal.default_int_handler)
from kehoach_cli import __main__ as program
from kehoach_cli.rules import engine
original = engine.lint_for_cache
def slow(document, selection):
    if document.kind == "plan":
        print("begun", flush=True)
        time.sleep(0.2)
    return original(document, selection)
engine.lint_for_cache = slow
sys.exit(program.run(["--root", sys.argv[1], "--no-cache", "lint", "--jobs", "2"]))
"""
