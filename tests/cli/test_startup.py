"""Heavy libraries load only where they are used."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

HEAVY = {"rich", "jinja2", "docx", "docxtpl", "lxml", "openpyxl"}
FILES = {"pydantic", "ruamel"}


def modules_after(*arguments: str) -> set[str]:
    code = (
        "import sys, io, json\n"
        "from kehoach_cli.__main__ import run\n"
        "out, sys.stdout = sys.stdout, io.StringIO()\n"
        f"run({list(arguments)!r})\n"
        "out.write(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout))


def test_version_loads_nothing_but_the_standard_library() -> None:
    assert not modules_after("--version") & (HEAVY | FILES | {"typer"})


@pytest.mark.parametrize("arguments", [("--help",), ("tasks", "--help"), ("-h",)])
def test_help_loads_neither_tables_nor_files(arguments: tuple[str, ...]) -> None:
    assert not modules_after(*arguments) & (HEAVY | FILES)


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_data_formats_load_no_table_library(form: str) -> None:
    loaded = modules_after("tasks", "--agency", "Sở Y tế", "--format", form)
    assert not loaded & HEAVY
    assert loaded >= FILES


def test_a_table_loads_rich_and_nothing_of_word_or_excel() -> None:
    loaded = modules_after("tasks", "--agency", "Sở Y tế")
    assert "rich" in loaded
    assert not loaded & (HEAVY - {"rich"})


def test_a_new_workspace_is_copied_not_worked_out(tmp_path: Path) -> None:
    assert not modules_after("init", str(tmp_path / "mới")) & (HEAVY | FILES)
    assert (tmp_path / "mới" / "kehoach.toml").is_file()
