"""The script that asks Spark: it says what is missing; where Spark and Java are, its rows are ours."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Ran

SCRIPT = REPOSITORY / "scripts" / "spark_overdue.py"
THERE = find_spec("pyspark") is not None and shutil.which("java") is not None


def spark(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
@pytest.mark.skipif(THERE, reason="Spark and Java are here")
def test_without_spark_it_says_so_and_asks_nothing(tmp_path: Path) -> None:
    ran = spark(str(tmp_path))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pyspark or java is missing" in ran.stderr


@pytest.mark.slow
@pytest.mark.skipif(not THERE, reason="needs pyspark (400 MB, in no environment of the project) and Java")
def test_spark_gives_the_rows_of_the_query(kehoach: Callable[..., Ran], tmp_path: Path) -> None:
    common = ("--as-of", "2026-03-01", "--progress", "examples/progress")
    assert kehoach("export", *common, "-f", "parquet", "-o", str(tmp_path / "pq")).code == 0
    assert kehoach("query", "qua-han", *common, "-f", "json", "-o", str(tmp_path / "rows.json")).code == 0
    ran = spark(str(tmp_path / "pq"), str(tmp_path / "rows.json"))
    assert ran.returncode == 0, ran.stderr
