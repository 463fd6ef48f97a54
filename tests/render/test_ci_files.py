"""The files other programs read: the pre-commit hook, the action, the workflow, and the examples in docs/ci.md."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.conftest import REPOSITORY, checked_by_schema

WORKFLOW = REPOSITORY / ".github/workflows/plans.yml"
ACTION = REPOSITORY / "action.yml"
HOOKS = REPOSITORY / ".pre-commit-hooks.yaml"
EXAMPLES = dict(
    re.findall(r"```yaml\n# (\S+)\n(.*?)```", (REPOSITORY / "docs/ci.md").read_text(encoding="utf-8"), re.DOTALL)
)


def load(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def check(schema: str, file: Path, *options: str) -> None:
    """Check a file with one of the schemas check-jsonschema brings along."""
    ran = checked_by_schema("--builtin-schema", f"vendor.{schema}", *options, file)
    assert ran.code == 0, ran.out + ran.err


@pytest.mark.parametrize("name", ["plans.yml", "ci.yml"])
def test_workflows_are_valid_against_their_schema(name: str) -> None:
    check("github-workflows", WORKFLOW.parent / name)


def test_the_workflow_runs_what_contributors_run() -> None:
    jobs = load((WORKFLOW.parent / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    commands = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs.items()}
    assert "bash .ci/run" in commands["check"]
    assert "bash scripts/try-lowest.sh tests" in commands["oldest-dependencies"]
    assert any(command.startswith("pip-audit --require-hashes") for command in commands["audit"])
    run = (REPOSITORY / ".ci/run").read_text(encoding="utf-8")
    for script in (REPOSITORY / "scripts").glob("*.sh"):
        assert f"bash scripts/{script.name}\n" in run


def test_the_action_is_valid_against_its_schema() -> None:
    check("github-actions", ACTION)


@pytest.mark.parametrize(
    ("name", "schema", "options"),
    [
        (".github/workflows/plans.yml", "github-workflows", ()),
        (".github/workflows/code-scanning.yml", "github-workflows", ()),
        (".gitlab-ci.yml", "gitlab-ci", ("--data-transform", "gitlab-ci")),
    ],
)
def test_the_examples_are_valid_against_their_schemas(
    tmp_path: Path, name: str, schema: str, options: tuple[str, ...]
) -> None:
    file = tmp_path / "example.yml"
    file.write_text(EXAMPLES[name], encoding="utf-8")
    check(schema, file, *options)


def test_a_faulty_workflow_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "faulty.yml"
    file.write_text(WORKFLOW.read_text(encoding="utf-8").replace("runs-on:", "run-on:"), encoding="utf-8")
    with pytest.raises(AssertionError, match="run-on"):
        check("github-workflows", file)


def test_the_workflow_uses_this_action_and_pinned_others() -> None:
    steps = load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["lint"]["steps"]
    assert [step["uses"] for step in steps] == ["actions/checkout@v4", "actions/setup-python@v5", "./"]


def test_inputs_of_the_action_reach_the_shell_only_as_variables() -> None:
    action = load(ACTION.read_text(encoding="utf-8"))
    assert set(action["inputs"]) == {"version", "root", "args"}
    scripts = [step["run"] for step in action["runs"]["steps"]]
    assert not any("${{" in script for script in scripts)
    assert '"$GITHUB_ACTION_PATH"' in scripts[0]
    assert 'kehoach --root "$LINT_ROOT" lint --format github $LINT_ARGS' in scripts[1]


def test_the_hook_runs_our_command_at_every_commit() -> None:
    (hook,) = load(HOOKS.read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert (hook["id"], hook["entry"], hook["language"]) == ("kehoach-lint", "kehoach lint", "python")
    assert hook["pass_filenames"] is False
    assert hook["always_run"] is True
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert hook["entry"].split()[0] in project["scripts"]


def test_the_example_of_pre_commit_names_our_hook() -> None:
    (repository,) = load(EXAMPLES[".pre-commit-config.yaml"])["repos"]
    hooks = load(HOOKS.read_text(encoding="utf-8"))
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in hooks]
