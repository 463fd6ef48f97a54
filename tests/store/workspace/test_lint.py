"""What lint knows from earlier runs never changes its answer: warm, cold and without the cache it writes the same bytes."""

import random
import runpy
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules import base, engine
from kehoach_cli.store.cache import database
from kehoach_cli.store.workspace.reader import PlanReader
from tests.conftest import REPOSITORY, Ran
from tests.store.caches import JUNK, Counting, caches, edit, replace_all

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]
FORMS = ("text", "json", "sarif", "junit", "github")
FAULTS = {
    2: ("id: kh-2", "id: kh-1"),
    3: ("    kind: task", "    kinds: task"),
    4: ("  - id: I.2", "  - id: I.1"),
    5: ("sections:", "sections: &a"),
    6: ('schedule: "', 'schedule: "bao giờ '),
    7: ("tasks:", "tasks: ["),
    8: ("    lead: [", "    lead: [so-la, "),
    11: ("date: 2022-01-10", "date: 2022-13-10"),
}


@pytest.fixture
def real(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real plans with a report on one of them, an own cache, and the program started there."""
    del kehoach
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(REPOSITORY / "plans", tmp_path / "ws" / "plans")
    monkeypatch.chdir(tmp_path / "ws")
    return tmp_path / "ws"


@pytest.fixture
def faulty(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eleven small plans with findings of many kinds in them, and reports that speak of some."""
    del kehoach
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "ws"
    runpy.run_path(str(REPOSITORY / "benchmarks" / "generate.py"))["generate"](folder, 11, 4)
    for number, (old, new) in FAULTS.items():
        edit(plan(folder, number), old, new)
    (folder / "progress").mkdir()
    for number, row in ((9, "I.1"), (10, "I.99"), (99, "I.1")):
        text = f"kehoach: progress/1\nplan: kh-{number}\nagency: so-1\nyear: 2025\ncutoff: 2025-12-14\n"
        text += f"tasks: {{{row}: {{status: done}}}}\n"
        (folder / "progress" / f"{number}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def plan(folder: Path, number: int) -> Path:
    return folder / "plans" / f"kh-{number:05d}.yaml"


def same(kehoach: Kehoach, *arguments: str) -> Ran:
    """Lint twice, the second time with what the first run left; both give what the files give."""
    expected = kehoach("--no-cache", "lint", *arguments)
    assert kehoach("lint", *arguments) == expected
    assert kehoach("lint", *arguments) == expected
    return expected


class Counted:
    """How many documents the rules have looked at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.files: list[str] = []
        original = engine.lint_for_cache

        def counting(document: SourceFile, selection: engine.Selection) -> object:
            self.files.append(Path(document.file).name)
            return original(document, selection)

        monkeypatch.setattr("kehoach_cli.cli.runtime.linting.lint_for_cache", counting)

    def of(self, kehoach: Kehoach, *arguments: str) -> list[str]:
        self.files.clear()
        kehoach("lint", *arguments)
        return sorted(self.files)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_on_the_real_plans(real: Path, kehoach: Kehoach, form: str) -> None:
    edit(real / "plans" / "kh-176.yaml", "lead: [so-y-te]", "lead: [so-yte]")
    assert same(kehoach, "--format", form).code == 1


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_with_findings_everywhere(faulty: Path, kehoach: Kehoach, form: str) -> None:
    found = same(kehoach, "--format", form)
    assert {code for code in ("K402", "K105", "K101", "K004", "K401", "K002", "K201", "K603") if code in found.out} == {
        *("K402", "K105", "K101", "K004", "K401", "K002", "K201", "K603")
    }
    assert len(caches(faulty)) == 1


def test_only_what_changed_is_checked(faulty: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    counted, reports = Counted(monkeypatch), ["10.yaml", "9.yaml", "99.yaml"]
    # The plan with the id of another is looked at by itself, and then knowing of it.
    assert len(counted.of(kehoach)) == 11 + 1 + 1 + len(reports)
    assert counted.of(kehoach) == [*reports, "kh-00002.yaml"]
    edit(plan(faulty, 9), "sections:", "sections: # một")
    assert counted.of(kehoach) == [*reports, "kh-00002.yaml", "kh-00009.yaml"]
    assert counted.of(kehoach) == [*reports, "kh-00002.yaml"]


def test_without_the_cache_nothing_is_read_or_written(
    faulty: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(database, "_connected", refuse)
    assert kehoach("--no-cache", "lint").code == 1
    assert caches(faulty) == []


def test_other_questions_throw_nothing_away(faulty: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    kehoach("tasks")
    kehoach("lint")
    kehoach("lint", "--select", "K2", "plans/kh-00001.yaml")
    kehoach("lint", "plans/kh-00003.yaml", "--ignore", "K1")
    kehoach("lint", "--changed-since", "HEAD")
    edit(plan(faulty, 9), "sections:", "sections: # một")
    kehoach("lint", "plans/kh-00001.yaml")
    read = Counting(monkeypatch, PlanReader, "read")
    kehoach("tasks")
    assert read.calls == []
    assert "kh-00009.yaml" in counted.of(kehoach)
    assert not {"kh-00001.yaml", "kh-00003.yaml", "kh-00008.yaml"} & set(counted.of(kehoach))


@pytest.mark.parametrize("first", ["lint", "tasks"])
def test_what_one_command_knows_the_others_know(
    faulty: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    kehoach(first)
    read = Counting(monkeypatch, PlanReader, "read")
    kehoach("tasks")
    # A plan that cannot be used tells the lint nothing more.
    broken = {"kh-00003.yaml", "kh-00004.yaml", "kh-00005.yaml", "kh-00007.yaml", "kh-00011.yaml"}
    assert {Path(content.shown).name for _, content in read.calls} == (broken if first == "lint" else set())
    with sqlite3.connect(caches(faulty)[0]) as connection:
        assert connection.execute("SELECT count(*) FROM plans").fetchone() == (11,)
    connection.close()


EDITS: dict[str, Callable[[Path], object]] = {
    "registry": lambda ws: edit(next((ws / "plans" / "agencies").glob("*.yaml")), "{id: so-1,", "{id: so-la,"),
    "settings": lambda ws: (ws / "kehoach.toml").write_text('[lint]\nignore = ["K2"]\n', encoding="utf-8"),
    "severity": lambda ws: (ws / "kehoach.toml").write_text('[lint.severity]\nK2 = "info"\n', encoding="utf-8"),
    "reading": lambda ws: (ws / "kehoach.toml").write_text("strict_before = false\n", encoding="utf-8"),
    "suppression": lambda ws: edit(plan(ws, 8), "so-la, ", "so-la,  # kehoach: ignore[K201] bản nháp\n      "),
    "rename": lambda ws: plan(ws, 8).rename(ws / "plans" / "khac.yaml"),
    "second plan": lambda ws: shutil.copy(plan(ws, 9), ws / "plans" / "a.yaml"),
    "clash gone": lambda ws: plan(ws, 1).unlink(),
    "report gone": lambda ws: (ws / "progress" / "99.yaml").unlink(),
    "reports gone": lambda ws: shutil.rmtree(ws / "progress"),
    "registry gone": lambda ws: next((ws / "plans" / "agencies").glob("*.yaml")).unlink(),
    "second registry": lambda ws: shutil.copy(
        next((ws / "plans" / "agencies").glob("*.yaml")), ws / "plans" / "agencies" / "z.yaml"
    ),
}


@pytest.mark.parametrize("change", EDITS)
def test_never_stale(faulty: Path, kehoach: Kehoach, change: str) -> None:
    before = kehoach("lint", "--format", "json")
    EDITS[change](faulty)
    after = same(kehoach, "--format", "json")
    assert (after != before) is (change != "reading")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--select", "K2"),
        ("--select", "K201,K4", "--ignore", "K401"),
        ("--ignore", "K"),
        ("--strict", "--format", "junit"),
        ("--jobs", "2"),
        ("plans/kh-00002.yaml", "plans/kh-00008.yaml"),
        ("plans/agencies",),
        ("progress",),
        ("--diff",),
    ],
    ids=" ".join,
)
def test_whatever_is_asked_after_whatever_was(faulty: Path, kehoach: Kehoach, arguments: tuple[str, ...]) -> None:
    del faulty
    whole = same(kehoach)
    assert same(kehoach, *arguments) != whole or arguments == ("--jobs", "2")
    assert kehoach("lint") == whole


def test_names_follow_the_folder_of_the_call(faulty: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "plans/kh-00008.yaml:" in same(kehoach, "--format", "github").out.replace("file=", "").replace(",line=", ":")
    monkeypatch.chdir(faulty / "plans")
    assert "plans/kh" not in same(kehoach, "--format", "github").out


def test_fixing_sees_what_it_has_just_written(faulty: Path, kehoach: Kehoach) -> None:
    edit(plan(faulty, 9), "  title: ", "  title: Mo\u0302\u0323t ")
    before = kehoach("lint", "--select", "K5")
    assert "K502" in before.out
    fixed = kehoach("lint", "--select", "K5", "--fix")
    assert fixed.out != before.out
    assert same(kehoach, "--select", "K5").out == fixed.out
    assert "\u0302" not in plan(faulty, 9).read_text(encoding="utf-8")


def test_changed_files_and_what_depends_on_them(faulty: Path, kehoach: Kehoach) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(faulty), *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a")
    question = ("--changed-since", "HEAD", "--format", "json")
    assert '"files": 0' in same(kehoach, *question).out
    edit(plan(faulty, 10), "sections:", "sections: # một")
    assert '"files": 6' in same(kehoach, *question).out
    edit(next((faulty / "plans" / "agencies").glob("*.yaml")), "name: ", "name: Mới ")
    assert '"files": 14' in same(kehoach, *question).out


def test_an_internal_error_is_not_kept(faulty: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    del faulty
    expected = kehoach("--no-cache", "lint", "--select", "K201")

    def fails(_: SourceFile) -> list[base.Violation]:
        raise MemoryError

    rule = base.Rule(
        code="K201", slug="x", severity=Severity.ERROR, found_by=base.FoundBy.RULE,
        title="x", why="x", bad="x", good="x", check=fails,
    )  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(engine, "RULES", (rule,))
        assert "K006" in kehoach("lint").out
        kehoach("lint", "--select", "K201")
    assert kehoach("lint", "--select", "K201") == expected


def test_a_state_of_the_rules_of_its_own(faulty: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    del faulty
    counted = Counted(monkeypatch)
    kehoach("lint")
    monkeypatch.setattr("kehoach_cli.cli.runtime.linting.state_of", lambda *_: "another")
    assert "kh-00009.yaml" in counted.of(kehoach)


@pytest.mark.parametrize("seed", range(15))
def test_a_damaged_cache_is_as_good_as_none(faulty: Path, kehoach: Kehoach, seed: int) -> None:
    expected = kehoach("lint", "--format", "json")
    (path,) = caches(faulty)
    data, chance = bytearray(path.read_bytes()), random.Random(seed)
    at = chance.randrange(len(data))
    match seed % 3:
        case 0:
            del data[at:]
        case 1:
            data[at] ^= 1
        case _:
            data[at : at + 9] = b""
    path.write_bytes(data)
    assert kehoach("lint", "--format", "json") == expected == kehoach("lint", "--format", "json")


def test_a_hostile_cache_can_only_be_ignored(faulty: Path, kehoach: Kehoach) -> None:
    expected = kehoach("lint", "--format", "json")
    (path,) = caches(faulty)
    for junk in JUNK:
        replace_all(path, faulty, junk)
        assert kehoach("lint", "--format", "json") == expected
    assert expected.code == 1


def started(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "kehoach_cli", "lint", *arguments]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_several_runs_at_once(faulty: Path, kehoach: Kehoach) -> None:
    expected = kehoach("--no-cache", "lint", "--format", "json").out
    for _ in range(2):
        runs = [started(faulty, "--format", "json") for _ in range(4)]
        assert [run.communicate()[0] for run in runs] == [expected] * 4
    assert [path.suffix for path in caches(faulty)] == [".sqlite3"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_at_any_moment(faulty: Path, kehoach: Kehoach) -> None:
    expected = kehoach("--no-cache", "lint", "--format", "json")
    for delay in range(8):
        run = started(faulty)
        time.sleep(delay / 10)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert kehoach("lint", "--format", "json") == expected


@pytest.mark.parametrize("home", ["file", "unwritable"])
def test_a_home_that_cannot_be_written(
    faulty: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    expected = kehoach("--no-cache", "lint")
    if home == "file":
        (faulty.parent / "cache").write_text("")
    else:
        monkeypatch.setattr(Path, "mkdir", _refuse)
    assert kehoach("lint") == expected == kehoach("lint")


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "no")


def test_results_of_other_questions_stay_only_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_SPARE", 300)
    for number in range(9):
        with database.Cache(tmp_path, tmp_path) as cache:
            cache.put(str(number), b"x" * 90)
    last = database.Cache(tmp_path, tmp_path)
    assert [key for key in "0123456789" if last.get(key)] == ["5", "6", "7", "8"]


WORDS = ("so-1", "so-la", "2025", "trước ngày 01/7/2026", "# kehoach: ignore[K201] nháp", "?", "  ", "lead: [so-2]")
SETTINGS = ('[lint]\nignore = ["K5"]\n', "strict_before = false\n", '[lint]\nselect=["K"]\n', "")


def mutate(folder: Path, chance: random.Random) -> None:
    """Change something somewhere in the workspace."""
    files = sorted((folder / "plans").rglob("*.yaml")) + sorted((folder / "progress").glob("*.yaml"))
    path = chance.choice(files)
    match chance.randrange(9):
        case 0:
            shutil.copy(path, path.with_name(f"x{chance.randrange(3)}.yaml"))
        case 1:
            path.rename(path.with_name(f"y{chance.randrange(3)}.yaml"))
        case 2:
            (folder / "kehoach.toml").write_text(chance.choice(SETTINGS), encoding="utf-8")
        case _:
            lines = path.read_text(encoding="utf-8").split("\n")
            mutate_lines(lines, chance)
            path.write_text("\n".join(lines), encoding="utf-8")


def mutate_lines(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0 if len(lines) > 1:
            del lines[at]
        case 1:
            lines.insert(at, chance.choice(lines))
        case 2:
            lines[at] = f"{lines[at].partition(':')[0]}: {chance.choice(WORDS)}"
        case _:
            lines[at] = f"{lines[at]} {chance.choice(WORDS)}"


@pytest.mark.parametrize("seed", range(4))
def test_edited_at_random_between_runs(faulty: Path, kehoach: Kehoach, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        for _ in range(chance.randrange(3)):
            mutate(faulty, chance)
        question = chance.choice([(), (), ("--select", "K2,K1"), ("plans/agencies",), ("--ignore", "K4")])
        arguments = ("lint", "--format", chance.choice(FORMS), *question)
        assert kehoach(*arguments) == kehoach("--no-cache", *arguments)
        if chance.random() < 0.2:
            kehoach("tasks")
