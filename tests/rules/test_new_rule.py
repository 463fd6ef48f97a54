"""A new lint rule is one file and no list, in a folder as in a zip file."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.rules.workspaces import PLAN, write

RULE = '''
"""K599: a task whose text ends with a full stop."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import tasks


def check(document) -> Iterator[Violation]:
    """Yield the tasks whose text ends with a full stop."""
    for row, task in tasks(document.plan):
        if task.text.endswith("."):
            yield Violation(f"{task.id} kết thúc bằng dấu chấm", (*row, "text"))


RULE = Rule(
    code="K599",
    slug="full-stop",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Dấu chấm cuối câu",
    why="Thử một quy tắc mới.",
    bad="",
    good="",
    check=check,
)
'''


@pytest.fixture(params=["folder", "zip"])
def program(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a copy of the program with one more rule file, as a folder or as a zip file."""
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "src" / "kehoach_cli", copy / "kehoach_cli", ignore=ignored)
    (copy / "kehoach_cli" / "rules" / "text" / "k599_full_stop.py").write_text(RULE, encoding="utf-8")
    return copy if request.param == "folder" else Path(shutil.make_archive(str(tmp_path / "program"), "zip", copy))


BOTH = """
import sys
sys.path.insert(0, sys.argv[1])
from kehoach_cli.__main__ import run
code = run(["--root", sys.argv[2], "--no-cache", "lint", "--strict"])
sys.exit(code if run(["lint", "--explain", "full-stop"]) == 0 else -1)
"""


@pytest.mark.slow
def test_a_file_that_is_there_runs_and_explains_itself(program: Path, tmp_path: Path) -> None:
    write(tmp_path / "work", "plan", PLAN.lstrip("\n"))
    # Isolated, so that the copy is the first place where the program is looked for.
    command = [sys.executable, "-I", "-X", "utf8", "-c", BOTH, str(program), str(tmp_path / "work")]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "K599 (full-stop): I.1 kết thúc bằng dấu chấm" in ran.stdout
    assert "K599 full-stop: Dấu chấm cuối câu\n" in ran.stdout
