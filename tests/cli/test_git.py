"""`lint` in git repositories of every kind: what changed, what a hook sees, conflicts, and the names other programs read."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kehoach_cli import __version__
from tests.conftest import REPOSITORY, Ran
from tests.fuzz.inputs import small, write

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]
_PLAN = "plans/kh-mau.yaml"
_ENVIRONMENT = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b",
}


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """Run git; return what it printed."""
    command = ["git", "-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main", *arguments]
    ran = subprocess.run(command, cwd=folder, env=_ENVIRONMENT, capture_output=True, text=True, check=False)
    assert not check or ran.returncode == 0, ran.stderr
    return ran.stdout + ran.stderr


def commit(folder: Path, message: str = "x") -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def damage(workspace: Path, *, mended: bool = False) -> None:
    """Break the plan: its task names an agency that is in no registry; or mend it again."""
    path = workspace / _PLAN
    words = ("lead: [so-la", "lead: [so-a") if mended else ("lead: [so-a", "lead: [so-la")
    path.write_text(path.read_text(encoding="utf-8").replace(*words, 1), encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside of every repository and job; git there depends on no settings of the machine."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, _ENVIRONMENT[name])
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    try:
        git(tmp_path, "--version")
    except FileNotFoundError:
        pytest.skip("no git")
    return tmp_path


def repository(folder: Path, workspace: str = "") -> Path:
    """Make a repository of two commits with a workspace in it; return the workspace."""
    write(folder / workspace, small())
    git(folder, "init", "-q")
    commit(folder)
    (folder / "README.md").write_text("x", encoding="utf-8")
    commit(folder)
    return folder / workspace


def changed(kehoach: Kehoach, workspace: Path, revision: str = "HEAD") -> list[str]:
    """Return the files that `--changed-since` finds something in."""
    ran = kehoach("--root", str(workspace), "lint", "--changed-since", revision, "-f", "json")
    assert ran.code in {0, 1}, ran.err
    return [Path(finding["file"]).name for finding in json.loads(ran.out)["findings"] if finding["severity"] == "error"]


def _worktree(top: Path) -> Path:
    git(top, "worktree", "add", "-q", "../other")
    return top.parent / "other"


def _detached(top: Path) -> Path:
    git(top, "checkout", "-q", "--detach", "HEAD~1")
    return top


def _submodule(top: Path) -> Path:
    outer = top.parent / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    git(outer, "submodule", "add", "-q", str(top), "tinh")
    commit(outer)
    return outer / "tinh"


def _shallow(top: Path) -> Path:
    git(top.parent, "clone", "-q", "--depth", "1", top.as_uri(), "shallow")
    return top.parent / "shallow"


def _plans_submodule(top: Path) -> Path:
    """A workspace whose folder of plans is a repository of its own."""
    plans, outer = top.parent / "plans-alone", top.parent / "outer"
    for name, data in small().items():
        if name.startswith("plans/"):
            write(plans, {name.removeprefix("plans/"): data})
        else:
            write(outer, {name: data})
    git(plans, "init", "-q")
    commit(plans)
    git(outer, "init", "-q")
    git(outer, "submodule", "add", "-q", str(plans), "plans")
    commit(outer)
    return outer


def _merging(top: Path) -> Path:
    """A merge that waits for somebody to settle a conflict in another file."""
    for branch, word in (("a", "một"), ("b", "hai")):
        git(top, "checkout", "-qb", branch, "main")
        (top / "README.md").write_text(word, encoding="utf-8")
        commit(top)
    git(top, "merge", "a", check=False)
    assert "UU README.md" in git(top, "status", "--short")
    return top


MAKE: dict[str, Callable[[Path], Path]] = {
    "plain": lambda top: top,
    "worktree": _worktree,
    "detached": _detached,
    "inside a submodule": _submodule,
    "plans as a submodule": _plans_submodule,
    "shallow": _shallow,
    "merge conflict": _merging,
}
KINDS = [*MAKE, "subfolder", "of another user"]


def made(kind: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of a kind; return the workspace in it."""
    if kind == "of another user":
        trusting = place / "gitconfig"
        trusting.write_text("[safe]\n\tdirectory = *\n", encoding="utf-8")
        for setter in (monkeypatch.setenv, lambda name, value: monkeypatch.setitem(_ENVIRONMENT, name, value)):
            setter("GIT_CONFIG_GLOBAL", str(trusting))
            setter("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    workspace = repository(place / "repo", "tinh" if kind == "subfolder" else "")
    return MAKE.get(kind, MAKE["plain"])(workspace)


def edit(workspace: Path, old: str = "nước thải", new: str = "khí thải", file: str = _PLAN) -> None:
    """Change words that no rule but a comparison can miss."""
    path = workspace / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def listed(kehoach: Kehoach, workspace: Path, revision: str = "HEAD", *options: str) -> list[tuple[str, str, int, str]]:
    """Return what `--changed-since` lists as changed: code, file, line, message."""
    ran = kehoach("--root", str(workspace), "lint", "--changed-since", revision, "-f", "json", "--strict", *options)
    assert ran.code == 0, ran.out
    found = json.loads(ran.out)["findings"]
    assert {one["severity"] for one in found} <= {"info"}
    changes = [one for one in found if one["code"].startswith("K52")]
    return [(one["code"], Path(one["file"]).name, one["line"], one["message"]) for one in changes]


SAID = "nhiệm vụ I.1: nguyên văn đã đổi: “Kiểm tra việc xử lý nước thải.” → “Kiểm tra việc xử lý khí thải.”"


@pytest.mark.parametrize("kind", KINDS)
def test_changes_are_found_in_every_kind_of_repository(
    kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    workspace = made(kind, place, monkeypatch)
    assert changed(kehoach, workspace) == []
    assert listed(kehoach, workspace) == []
    edit(workspace)
    line = next(
        number
        for number, one in enumerate((workspace / _PLAN).read_text(encoding="utf-8").split("\n"), 1)
        if "khí thải" in one
    )
    # The second run may know what the first one found.
    for _ in range(2):
        assert listed(kehoach, workspace) == [("K520", "kh-mau.yaml", line, SAID)]
    edit(workspace, "khí thải", "nước thải")
    assert listed(kehoach, workspace) == []
    damage(workspace)
    assert changed(kehoach, workspace) == ["kh-mau.yaml"]


@pytest.mark.parametrize("state", ["unstaged", "staged", "committed", "staged and put back"])
def test_an_edit_is_found_wherever_git_has_it(kehoach: Kehoach, place: Path, state: str) -> None:
    workspace = repository(place / "repo")
    edit(workspace)
    if state != "unstaged":
        git(workspace, "add", "-A")
    if state == "committed":
        commit(workspace)
    if state == "staged and put back":
        edit(workspace, "khí thải", "nước thải")
    found = listed(kehoach, workspace, "HEAD~1" if state == "committed" else "HEAD")
    assert [message for *_, message in found] == ([] if state == "staged and put back" else [SAID])


def test_new_deleted_and_moved_files_are_one_line_each(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    (workspace / "progress" / "2025").rename(workspace / "progress" / "2026")
    other = (workspace / _PLAN).read_text(encoding="utf-8").replace("id: kh-mau", "id: kh-hai", 1)
    (workspace / "plans" / "kh-hai.yaml").write_text(other, encoding="utf-8")
    git(workspace, "mv", _PLAN, "plans/kh-moi.yaml")
    edit(workspace, file="plans/kh-moi.yaml")
    said = {
        (code, file): message for code, file, _, message in listed(kehoach, workspace, "HEAD", "--ignore", "K6,K505")
    }
    assert said.keys() == {
        ("K528", "kh-hai.yaml"),
        ("K528", "kh-moi.yaml"),
        ("K520", "kh-moi.yaml"),
        ("K528", "kh-mau--so-a.yaml"),
    }
    assert said["K528", "kh-hai.yaml"] == 'tệp mới so với bản HEAD: kế hoạch "kh-hai", 1 nhiệm vụ, 1 chỉ tiêu'
    assert said["K528", "kh-moi.yaml"].endswith('plans/kh-mau.yaml"')
    assert said["K520", "kh-moi.yaml"] == SAID
    assert said["K528", "kh-mau--so-a.yaml"].endswith('progress/2025/kh-mau--so-a.yaml"')
    (workspace / "progress" / "2026" / "kh-mau--so-a.yaml").unlink()
    (workspace / "plans" / "kh-hai.yaml").unlink()
    gone = [one for one in listed(kehoach, workspace) if "xóa" in one[3]]
    assert gone == [("K528", "kh-mau--so-a.yaml", 0, "tệp đã bị xóa so với bản HEAD: báo cáo của so-a về kh-mau, 2025")]
    assert listed(kehoach, workspace, "HEAD", str(workspace / "plans")) == [
        one for one in listed(kehoach, workspace) if one not in gone
    ]


def test_an_edit_does_not_hide_in_a_folder_that_moves(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo", "tinh")
    edit(workspace)
    moved = workspace.rename(workspace.parent / "tinh-moi")
    found = listed(kehoach, moved)
    assert [(code, file) for code, file, *_ in found if code != "K528"] == [("K520", "kh-mau.yaml")]
    were = [message.partition(" là ")[2] for code, *_, message in found if code == "K528"]
    files = {_PLAN, "plans/agencies/mau.yaml", "progress/2025/kh-mau--so-a.yaml"}
    assert {file for file in files for one in were if one.endswith(f'/tinh/{file}"')} == files


def test_a_conflict_that_is_settled_but_not_yet_staged_is_compared(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    git(workspace, "branch", "-M", "main")
    for branch, word in (("a", "khí thải"), ("b", "chất thải")):
        git(workspace, "checkout", "-qb", branch, "main")
        edit(workspace, new=word)
        commit(workspace)
    git(workspace, "merge", "a", check=False)
    path = workspace / _PLAN
    text = re.sub(
        r"<<<<<<< .*?\n.*?=======\n(.*?)>>>>>>> .*?\n", r"\1", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    path.write_text(text, encoding="utf-8")
    assert "UU plans/kh-mau.yaml" in git(workspace, "status", "--short")
    assert [message for *_, message in listed(kehoach, workspace, "main")] == [SAID]
    assert ["chất thải" in message for *_, message in listed(kehoach, workspace)] == [True]


def test_settings_of_git_do_not_hide_a_submodule(kehoach: Kehoach, place: Path) -> None:
    workspace = _plans_submodule(place / "repo")
    git(workspace, "config", "diff.ignoreSubmodules", "all")
    git(workspace, "config", "submodule.plans.ignore", "all")
    edit(workspace)
    assert [message for *_, message in listed(kehoach, workspace)] == [SAID]
    (workspace / "plans" / "kh-hai.yaml").write_text(
        (workspace / _PLAN).read_text(encoding="utf-8").replace("id: kh-mau", "id: kh-hai", 1), encoding="utf-8"
    )
    assert ("K528", "kh-hai.yaml") in {one[:2] for one in listed(kehoach, workspace, "HEAD", "--ignore", "K505")}


def test_a_change_of_an_id_in_plan_and_registry_is_read_with_the_registry_of_its_time(
    kehoach: Kehoach, place: Path
) -> None:
    workspace = repository(place / "repo")
    registry = workspace / "plans" / "agencies" / "mau.yaml"
    for path in (registry, workspace / _PLAN, workspace / "progress" / "2025" / "kh-mau--so-a.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("so-a", "so-moi"), encoding="utf-8")
    found = listed(kehoach, workspace)
    assert not [one for one in found if one[0] in {"K525", "K528", "K529"}]
    assert ("K526", "mau.yaml") in {one[:2] for one in found}
    assert [message for code, _, _, message in found if "cơ quan chủ trì" in message and code == "K522"]


@pytest.mark.parametrize(
    ("older", "why"),
    [
        ("kehoach: plan/1\nid: [", "dòng 2"),
        ("version https://git-lfs.github.com/spec/v1\n", "dòng 1"),
        (None, "liên kết"),
    ],
)
def test_an_older_version_that_cannot_be_read_is_said_once(
    kehoach: Kehoach, place: Path, older: str | None, why: str
) -> None:
    workspace = repository(place / "repo")
    path, now = workspace / _PLAN, (workspace / _PLAN).read_text(encoding="utf-8")
    path.unlink()
    if older is None:
        path.symlink_to("../kehoach.toml")
    else:
        path.write_text(older, encoding="utf-8")
    commit(workspace)
    path.unlink()
    path.write_text(now, encoding="utf-8")
    ((code, file, _, message),) = listed(kehoach, workspace)
    assert (code, file) == ("K529", "kh-mau.yaml")
    assert message.startswith("không so được tệp này với bản HEAD: ")
    assert why in message


def test_only_so_much_of_older_versions_is_read(kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = repository(place / "repo", "tinh")
    (place / "repo" / "a.yaml").write_text("a" * 5000, encoding="utf-8")
    commit(workspace)
    (place / "repo" / "a.yaml").write_text("b", encoding="utf-8")
    edit(workspace)
    for most, codes in ((6000, ["K520"]), (3000, ["K520"]), (100, ["K529"])):
        monkeypatch.setattr("kehoach_cli.store.files.git._MOST_IN_ALL", most)
        assert [code for code, *_ in listed(kehoach, workspace)] == codes


def test_a_submodule_without_its_older_version_is_said(kehoach: Kehoach, place: Path) -> None:
    workspace = _plans_submodule(place / "repo")
    first = git(workspace, "rev-parse", "HEAD").strip()
    edit(workspace)
    commit(workspace / "plans")
    commit(workspace)
    git(workspace / "plans", "push", "-q", "origin", "HEAD:refs/heads/new")
    shallow = place / "shallow"
    git(place, "clone", "-q", workspace.as_uri(), "shallow")
    git(shallow, "clone", "-q", "--depth", "1", "-b", "new", (place / "plans-alone").as_uri(), "plans")
    found = listed(kehoach, shallow, first)
    assert {code for code, *_ in found} == {"K529"}
    assert all("kho con không có bản cũ" in message for *_, message in found)


def test_what_is_listed_reaches_every_format_and_can_be_suppressed(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    edit(workspace)

    def out(*options: str) -> str:
        ran = kehoach("--root", str(workspace), "lint", "--changed-since", "HEAD", "--strict", *options)
        assert ran.code == 0, ran.out + ran.err
        return ran.out

    for form in ("text", "json", "sarif", "github", "junit"):
        assert out("-f", form).count("“Kiểm tra việc xử lý khí thải.”") == 1, form
    assert "::notice " in out("-f", "github")
    preview = kehoach("--root", str(workspace), "lint", "--changed-since", "HEAD", "--diff")
    assert (preview.code, SAID in preview.err) == (0, True)
    assert SAID not in out("--ignore", "K52")
    edit(workspace, "khí thải.", "khí thải.  # kehoach: ignore[K520] đính chính theo Công văn 12/UBND")
    assert "K520" not in out("-f", "text")
    # Without a version to compare with, there is nothing to suppress, and that is as it should be.
    assert kehoach("--root", str(workspace), "lint", "--strict").code == 0


def test_a_severity_of_the_settings_holds_for_what_is_listed(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    edit(workspace)
    (workspace / "plans" / "kh-hai.yaml").write_text(
        (workspace / _PLAN).read_text(encoding="utf-8").replace("id: kh-mau", "id: kh-hai", 1), encoding="utf-8"
    )
    settings = workspace / "kehoach.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("severity = {", 'severity = {K520 = "error", K528 = "off", '),
        encoding="utf-8",
    )
    ran = kehoach("--root", str(workspace), "lint", "--changed-since", "HEAD", "-f", "json", "--select", "K52")
    assert ran.code == 1
    assert [(one["code"], one["severity"]) for one in json.loads(ran.out)["findings"]] == [("K520", "error")]


@pytest.mark.parametrize("name", ['kế hoạch số 13 (mới) "A".yaml', "kh 50%, a:b;c.yaml", "kh\ttab.yaml"])
def test_names_that_git_quotes_are_found(kehoach: Kehoach, place: Path, name: str) -> None:
    workspace = repository(place / "repo")
    git(workspace, "mv", _PLAN, f"plans/{name}")
    commit(workspace)
    path = workspace / "plans" / name
    path.write_text(path.read_text("utf-8").replace("lead: [so-a", "lead: [so-la", 1), encoding="utf-8")
    assert changed(kehoach, workspace) == [name]


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_lines_are_right_with_a_byte_order_mark_and_windows_line_ends(
    kehoach: Kehoach, place: Path, change: Callable[[str], str]
) -> None:
    workspace = repository(place / "repo")
    damage(workspace)
    path = workspace / _PLAN
    text = path.read_text("utf-8")
    line = text[: text.index("so-la")].count("\n") + 1
    path.write_bytes(change(text).encode())
    (found,) = [
        one
        for one in json.loads(kehoach("--root", str(workspace), "lint", "-f", "json").out)["findings"]
        if one["code"] == "K201"
    ]
    assert found["line"] == line


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "ascii"])
def test_a_console_without_vietnamese_letters_stops_nothing(place: Path, encoding: str) -> None:
    workspace = repository(place / "repo")
    damage(workspace)
    environment = {**_ENVIRONMENT, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "kehoach_cli", "--root", str(workspace), "lint"]
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (ran.returncode, b"K201" in ran.stdout, b"Traceback" in ran.stderr) == (1, True, False)


def test_a_deleted_plan_is_found_by_what_depends_on_it(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    git(workspace, "rm", "-q", "plans/agencies/mau.yaml")
    assert "kh-mau.yaml" in changed(kehoach, workspace)


def test_a_shallow_repository_is_told_how_to_get_the_rest(kehoach: Kehoach, place: Path) -> None:
    workspace = _shallow(repository(place / "repo"))
    ran = kehoach("--root", str(workspace), "lint", "--changed-since", "HEAD~1")
    assert ran.code == 2
    assert "git fetch --unshallow" in ran.err
    assert "fetch-depth: 0" in ran.err


def test_a_repository_of_somebody_else_is_said(kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = repository(place / "repo")
    # What git's own tests set.
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    ran = kehoach("--root", str(workspace), "lint", "--changed-since", "HEAD")
    assert ran.code == 3
    assert "thuộc về một người dùng khác" in ran.err
    assert "git config --global --add safe.directory" in ran.err
    assert "chỉ dùng trong một kho git" not in ran.err


def test_no_repository_and_one_without_files_are_told_apart(kehoach: Kehoach, place: Path) -> None:
    write(place / "none", small())
    none = kehoach("--root", str(place / "none"), "lint", "--changed-since", "HEAD")
    assert (none.code, "chỉ dùng trong một kho git" in none.err) == (3, True)
    git(place, "init", "-q", "--bare", "bare")
    write(place / "bare", small())
    bare = kehoach("--root", str(place / "bare"), "lint", "--changed-since", "HEAD")
    assert (bare.code, "bare" in bare.err) == (3, True)


@pytest.mark.parametrize("style", ["merge", "diff3"])
@pytest.mark.parametrize(
    ("file", "code"), [(_PLAN, "K002"), ("plans/agencies/mau.yaml", "K002"), ("kehoach.toml", "K007")]
)
def test_a_merge_conflict_is_named_at_its_first_mark(
    kehoach: Kehoach, place: Path, file: str, code: str, style: str
) -> None:
    workspace = repository(place / "repo")
    path = workspace / file
    text = path.read_text(encoding="utf-8")
    line = next(
        number
        for number, one in enumerate(text.split("\n"), 1)
        if re.match(r"name: |title: |strict_before|  title: ", one)
    )
    for branch, word in (("a", "một"), ("b", "hai")):
        git(workspace, "checkout", "-qb", branch, "main")
        lines = text.split("\n")
        lines[line - 1] += f"  # {word}"
        path.write_text("\n".join(lines), encoding="utf-8")
        commit(workspace)
    git(workspace, "-c", f"merge.conflictStyle={style}", "merge", "a", check=False)
    assert "<<<<<<< " in path.read_text(encoding="utf-8")
    found = json.loads(kehoach("--root", str(workspace), "lint", "-f", "json").out)["findings"]
    own = [one for one in found if one["file"].endswith(file)]
    assert [(one["code"], one["line"], one["column"]) for one in own] == [(code, line, 1)]
    assert own[0]["message"] == "còn dấu xung đột của git (<<<<<<<)"
    assert "=======" in own[0]["hint"]
    unknown = [one for one in found if one["code"] == "K601"]
    if file == _PLAN:
        assert unknown
        assert all(one["message"] == 'chưa đọc được kế hoạch "kh-mau"' for one in unknown)
        assert all("plans/kh-mau.yaml" in one["hint"] for one in unknown)
        said = kehoach("--root", str(workspace), "check", "--year", "2025")
        assert 'không có kế hoạch "kh-mau"' not in said.err
    else:
        assert unknown == []


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_files_are_named_from_the_top_wherever_the_command_runs(
    kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    workspace = repository(place / "repo", "tinh")
    damage(workspace)
    read: dict[str, Callable[[str], set[str]]] = {
        "github": lambda out: set(re.findall(r"file=([^,]+)", out)),
        "sarif": lambda out: set(re.findall(r'"uri": "(tinh[^"]+|plans[^"]+|kh[^"]+)"', out)),
        "junit": lambda out: set(re.findall(r'file="([^"]+kh-mau.yaml)"', out)),
    }
    seen = set()
    for here in (place / "repo", workspace, workspace / "plans", place):
        monkeypatch.chdir(here)
        out = kehoach("--root", str(workspace), "lint", "-f", form, "--select", "K2").out
        assert read[form](out) == {f"tinh/{_PLAN}"}, here
        seen.add(out)
    assert len(seen) == 1


def hooked(folder: Path, entry: str) -> Callable[[str], str]:
    """Install our hook by pre-commit, or as pre-commit runs it where that is missing; return what commits everything."""
    (hook,) = YAML(typ="safe", pure=True).load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    # Another environment than ours would have to be built for every run.
    program = f"{sys.executable} -m kehoach_cli"
    command = entry.replace("kehoach", program, 1)
    if importlib.util.find_spec("pre_commit"):
        config = {"repos": [{"repo": "local", "hooks": [hook | {"language": "system", "entry": command}]}]}
        (folder / ".pre-commit-config.yaml").write_text(json.dumps(config), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "pre_commit", "install"],
            cwd=folder,
            env=_ENVIRONMENT,
            check=True,
            capture_output=True,
        )
    else:
        # Without always_run, pre-commit runs a hook only if a file that is not deleted fits `files`.
        fits = f"git diff --cached --name-only --diff-filter=ACMRTUXB | grep -qE '{hook.get('files', '')}'"
        runs = "true" if hook.get("always_run") else fits
        script = folder / git(folder, "rev-parse", "--git-path", "hooks/pre-commit").strip()
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(f"#!/bin/sh\n{runs} || exit 0\n{command} >&2\n", encoding="utf-8")
        script.chmod(0o755)

    def committed(message: str) -> str:
        git(folder, "add", "-A")
        return git(folder, "commit", "-qm", message, check=False)

    committed("hook")
    return committed


@pytest.fixture
def _program(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes that git starts find the program."""
    paths = (str(REPOSITORY / "src"), os.environ.get("PYTHONPATH", ""))
    monkeypatch.setitem(_ENVIRONMENT, "PYTHONPATH", os.pathsep.join(paths))
    monkeypatch.setitem(_ENVIRONMENT, "PRE_COMMIT_HOME", str(place / "cache"))


def top_of(workspace: Path) -> Path:
    return Path(git(workspace, "rev-parse", "--show-toplevel").strip())


@pytest.mark.usefixtures("_program")
@pytest.mark.parametrize("kind", KINDS)
def test_the_hook_runs_in_every_kind_of_repository(place: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    workspace = made(kind, place, monkeypatch)
    top = top_of(workspace)
    root = f"--root {workspace.relative_to(top)} " if workspace != top else ""
    committed = hooked(top, f"kehoach {root}lint")
    last = git(top, "rev-parse", "HEAD")
    # What a commit in a repository around a submodule takes along is not the files of the submodule.
    (top / "README.md").write_text("sai", encoding="utf-8")
    damage(workspace)
    assert "K201" in committed("wrong")
    assert git(top, "rev-parse", "HEAD") == last
    damage(workspace, mended=True)
    assert "lỗi" not in committed("right")
    assert git(top, "log", "-1", "--format=%s").strip() == "right"


@pytest.mark.usefixtures("_program")
def test_the_hook_stops_a_merge_with_marks_left_in_a_plan(place: Path) -> None:
    workspace = repository(place / "repo")
    committed = hooked(workspace, "kehoach lint")
    git(workspace, "branch", "-M", "main")
    for branch, word in (("a", "khí thải"), ("b", "chất thải")):
        git(workspace, "checkout", "-qb", branch, "main")
        edit(workspace, new=word)
        committed(branch)
    git(workspace, "merge", "a", check=False)
    said = committed("merged")
    assert "K002" in said
    assert "còn dấu xung đột của git" in said
    assert git(workspace, "log", "-1", "--format=%s").strip() == "b"


@pytest.mark.usefixtures("_program")
@pytest.mark.parametrize(("workspace", "entry"), [("", "kehoach lint"), ("tinh", "kehoach --root tinh lint")])
def test_the_hook_stops_an_edit_a_deletion_and_a_move(place: Path, workspace: str, entry: str) -> None:
    top = place / "repo"
    folder = repository(top, workspace)
    committed = hooked(top, entry)
    (top / "README.md").write_text("y", encoding="utf-8")
    assert "lỗi" not in committed("right")
    plan, registry = folder / _PLAN, folder / "plans" / "agencies" / "mau.yaml"
    breaks: dict[str, Callable[[], object]] = {
        "K201": lambda: damage(folder),
        "K204": registry.unlink,
        "K601": lambda: plan.rename(top / "kh-mau.yaml"),
    }
    other = plan.read_text(encoding="utf-8").replace("id: kh-mau", "id: kh-khac", 1)
    (folder / "plans" / "kh-khac.yaml").write_text(other, encoding="utf-8")
    committed("another plan")
    for code, change in breaks.items():
        change()
        said = committed(code)
        assert code in said
        assert git(top, "log", "-1", "--format=%s").strip() == "another plan"
        git(top, "reset", "-q", "--hard")


@pytest.fixture
def commands(place: Path) -> Path:
    """A folder with a `kehoach`, and a `python` that writes down what pip is asked for instead of installing it."""
    folder = place / "bin"
    folder.mkdir()
    programs = {
        "kehoach": f'exec {sys.executable} -m kehoach_cli "$@"',
        "python": f'[ "$2" = pip ] && {{ printf "%s\\n" "$@" >> {place}/pip; exit 0; }}\nexec {sys.executable} "$@"',
    }
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def step(number: int, here: Path, commands: Path, **variables: str) -> Ran:
    """Run a step of the action as GitHub runs it: by bash, in the folder of the job."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    steps = YAML(typ="safe", pure=True).load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    one = steps[number]
    own = {name: text for name, text in one["env"].items() if "${{" not in text}
    job = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(here), "GITHUB_ACTION_PATH": str(REPOSITORY)}
    path = {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(REPOSITORY / "src")}
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", one["run"]],
        cwd=here,
        env=_ENVIRONMENT | path | job | own | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize("kind", KINDS)
def test_the_action_runs_in_every_kind_of_repository(
    place: Path, monkeypatch: pytest.MonkeyPatch, commands: Path, kind: str
) -> None:
    workspace = made(kind, place, monkeypatch)
    top = top_of(workspace)
    root = str(workspace.relative_to(top))
    file = (Path(root) / _PLAN).as_posix()

    def ran(arguments: str) -> Ran:
        return step(1, top, commands, LINT_ROOT=root, LINT_ARGS=arguments)

    edit(workspace)
    since = ran("--strict --changed-since HEAD")
    assert since.code == 0, since.out + since.err
    assert re.findall(r"::notice .*file=([^,]+),.*title=kehoach K520::(.*)", since.out) == [(file, SAID)]
    damage(workspace)
    broken = ran("--select K2")
    assert broken.code == 1
    assert set(re.findall(r"::error .*file=([^,]+),", broken.out)) == {file}


def test_arguments_of_the_action_are_words_and_not_patterns(
    place: Path, monkeypatch: pytest.MonkeyPatch, commands: Path
) -> None:
    top = top_of(made("plain", place, monkeypatch))
    (top / "K5").touch()
    assert step(1, top, commands, LINT_ROOT=".", LINT_ARGS="--ignore K*").code == 2
    assert step(1, top, commands, LINT_ROOT=".", LINT_ARGS="--ignore K5").code == 0


@pytest.mark.parametrize(("wanted", "code"), [("", 0), (__version__, 0), ("99.0.0", 3)])
def test_the_action_installs_itself_and_tells_its_version(
    place: Path, monkeypatch: pytest.MonkeyPatch, commands: Path, wanted: str, code: int
) -> None:
    top = top_of(made("plain", place, monkeypatch))
    ran = step(0, top, commands, WANTED=wanted)
    assert ran.code == code, ran.err
    assert (place / "pip").read_text(encoding="utf-8").split("\n")[-2] == str(REPOSITORY)
    assert ("::error title=kehoach::this action is kehoach" in ran.out) == (code == 3)


def test_a_job_of_github_names_files_from_its_workspace(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kehoach_cli.store.files.git import repository_of

    top = repository(place / "repo").parent / "repo"
    workspace = _submodule(top)
    outer = workspace.parent
    assert repository_of(workspace) == workspace
    monkeypatch.setenv("GITHUB_WORKSPACE", str(outer))
    assert repository_of(workspace / "plans") == outer
    # A repository that was checked out below the folder of the job is named from its own top.
    monkeypatch.setenv("GITHUB_WORKSPACE", str(place))
    assert repository_of(top / "plans") == top
    (place / "none").mkdir()
    assert repository_of(place / "none") == place
    monkeypatch.setenv("GITHUB_WORKSPACE", str(top))
    assert repository_of(place / "none") is None
