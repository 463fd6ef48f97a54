"""Several processes find what one finds, in the same order."""

import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.core.document import Document
from kehoach_cli.core.finding import Finding, Severity
from kehoach_cli.store.parallel import check_all
from kehoach_cli.store.settings import Settings
from kehoach_cli.store.workspace import Root
from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]
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


def _mark(document: Document) -> list[Finding]:
    return [Finding("K999", Severity.INFO, document.file, str(os.getpid()))]


def _mark_or_die(document: Document) -> list[Finding]:
    if document.file.endswith("kh-00030.yaml") and os.getpid() != _FIRST:
        os.kill(os.getpid(), signal.SIGKILL)
    return _mark(document)


_FIRST = os.getpid()


def test_the_work_is_shared(many: Path) -> None:
    found = list(check_all(Root(many), Settings(), _mark, jobs=2))
    assert len(found) == 1 + 60 + 3
    assert len({findings[0].message for _, findings in found}) > 1


def test_a_handful_of_files_is_not_worth_a_process(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    found = list(check_all(Root(tmp_path), Settings(), _mark, jobs=8))
    assert {findings[0].message for _, findings in found} == {str(os.getpid())}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test's own functions are known to forked processes only")
def test_what_a_killed_process_leaves_is_checked_here(many: Path) -> None:
    expected = [file for file, _ in check_all(Root(many), Settings(), _mark, jobs=1)]
    assert [file for file, _ in check_all(Root(many), Settings(), _mark_or_die, jobs=2)] == expected


def test_processes_that_cannot_start_are_done_without(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(11, "no more processes")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    assert len(list(check_all(Root(many), Settings(), _mark, jobs=2))) == 64


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
import sys, time
from kehoach_cli import __main__ as program
from kehoach_cli.rules import engine
from kehoach_cli.store import parallel
original = engine.lint
def slow(document, selection):
    if document.kind == "plan":
        print("begun", flush=True)
        time.sleep(0.2)
    return original(document, selection)
engine.lint = slow
sys.exit(program.run(["--root", sys.argv[1], "lint", "--jobs", "2"]))
"""
