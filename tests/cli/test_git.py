"""`lint` in git repositories of every kind: what changed, what a hook sees, conflicts, and the names other programs read."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

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


def damage(workspace: Path) -> None:
    """Break the plan: its task names an agency that is in no registry."""
    path = workspace / _PLAN
    path.write_text(path.read_text(encoding="utf-8").replace("lead: [so-a", "lead: [so-la", 1), encoding="utf-8")


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


@pytest.mark.parametrize("kind", ["plain", "subfolder", "worktree", "detached", "submodule", "shallow"])
def test_changes_are_found_in_every_kind_of_repository(kehoach: Kehoach, place: Path, kind: str) -> None:
    workspace = repository(place / "repo", "tinh" if kind == "subfolder" else "")
    others = {"worktree": _worktree, "detached": _detached, "submodule": _submodule, "shallow": _shallow}
    if make := others.get(kind):
        workspace = make(workspace)
    assert changed(kehoach, workspace) == []
    damage(workspace)
    assert changed(kehoach, workspace) == ["kh-mau.yaml"]


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
        script = folder / ".git" / "hooks" / "pre-commit"
        script.write_text(f"#!/bin/sh\n{runs} || exit 0\n{command} >&2\n", encoding="utf-8")
        script.chmod(0o755)

    def committed(message: str) -> str:
        git(folder, "add", "-A")
        return git(folder, "commit", "-qm", message, check=False)

    committed("hook")
    return committed


@pytest.mark.parametrize(("workspace", "entry"), [("", "kehoach lint"), ("tinh", "kehoach --root tinh lint")])
def test_the_hook_stops_an_edit_a_deletion_and_a_move(
    place: Path, monkeypatch: pytest.MonkeyPatch, workspace: str, entry: str
) -> None:
    paths = (str(REPOSITORY / "src"), os.environ.get("PYTHONPATH", ""))
    monkeypatch.setitem(_ENVIRONMENT, "PYTHONPATH", os.pathsep.join(paths))
    monkeypatch.setitem(_ENVIRONMENT, "PRE_COMMIT_HOME", str(place / "cache"))
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
