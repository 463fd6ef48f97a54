"""Heavy libraries load only where they are used."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow

HEAVY = {"rich", "jinja2", "docx", "docxtpl", "lxml", "openpyxl"}
FILES = {"pydantic", "ruamel"}


@pytest.fixture
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def modules_after(*arguments: str) -> set[str]:
    code = (
        "import sys, io, json, contextlib\n"
        "from kehoach_cli.__main__ import run\n"
        "out, sys.stdout = sys.stdout, io.StringIO()\n"
        f"with contextlib.suppress(SystemExit): run({list(arguments)!r})\n"
        "out.write(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout))


def test_version_loads_nothing_but_the_standard_library() -> None:
    assert not modules_after("--version") & (HEAVY | FILES | {"typer"})


@pytest.mark.parametrize("arguments", [("--help",), ("tasks", "--help"), ("-h",)])
def test_help_loads_neither_tables_nor_files(arguments: tuple[str, ...]) -> None:
    assert not modules_after(*arguments) & (HEAVY | FILES)


def test_one_command_loads_no_other() -> None:
    code = (
        "import sys, io\nfrom kehoach_cli.__main__ import run\nout, sys.stdout = sys.stdout, io.StringIO()\n"
        "run(['plans', '--help'])\nout.write(' '.join(name for name in sys.modules if '.cli.' in name))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) == {
        *(
            f"kehoach_cli.cli.runtime.{name}"
            for name in ("clock", "command", "completion", "context", "messages", "options", "session")
        ),
        *("kehoach_cli.cli.app", "kehoach_cli.cli.commands", "kehoach_cli.cli.runtime"),
        "kehoach_cli.cli.commands.plans",
    }


@pytest.mark.usefixtures("_empty_cache")
def test_a_warm_completion_loads_no_heavy_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "kehoach tasks --plan kh")
    modules_after("plans")
    monkeypatch.setenv("_KEHOACH_COMPLETE", "complete_zsh")
    assert not modules_after() & (HEAVY | FILES)


@pytest.mark.usefixtures("_empty_cache")
@pytest.mark.parametrize(
    "arguments",
    [
        ("tasks", "--agency", "Sở Y tế", "--format", "json"),
        ("tasks", "--search", "nước", "--format", "csv"),
        ("tasks", "--agency", "Sở Y tế"),
        ("show", "kh-176/PL2.III.1"),
        ("indicators", "--format", "md"),
        ("agencies",),
        ("plans",),
        ("lint", "--format", "json"),
    ],
    ids=" ".join,
)
def test_a_warm_listing_loads_what_it_prints_with_and_nothing_that_reads_files(arguments: tuple[str, ...]) -> None:
    assert "ruamel" in modules_after(*arguments)
    table = {"rich"} if "--format" not in arguments else set()
    assert modules_after(*arguments) & (HEAVY | FILES) == table


@pytest.mark.usefixtures("_empty_cache")
@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_data_formats_load_no_table_library(form: str) -> None:
    loaded = modules_after("tasks", "--agency", "Sở Y tế", "--format", form)
    assert not loaded & HEAVY
    assert loaded & FILES == FILES


def test_a_table_loads_rich_and_nothing_of_word_or_excel() -> None:
    assert modules_after("tasks", "--agency", "Sở Y tế") & HEAVY == {"rich"}


def test_a_new_workspace_loads_what_writes_yaml_and_nothing_else(tmp_path: Path) -> None:
    assert modules_after("init", str(tmp_path / "mới")) & (HEAVY | FILES) == {"ruamel"}
    assert (tmp_path / "mới" / "kehoach.toml").is_file()
