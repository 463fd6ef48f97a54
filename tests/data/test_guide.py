"""Every example of the guide runs, in the order of the page, in one workspace."""

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Ran

PAGE = (REPOSITORY / "docs" / "huong-dan" / "phan-tich.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_examples_of_the_guide_run(
    kehoach: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    shutil.copytree(REPOSITORY / "examples" / "progress", tmp_path / "progress")
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^\$ kehoach (.*)$", PAGE, re.MULTILINE)
    assert len(lines) >= 10
    for line in lines:
        # Two examples write to one folder; people would choose another one, or add --force.
        words = [*shlex.split(line, comments=True), *(("--force",) if line.startswith("export") else ())]
        ran = kehoach(*words)
        assert (ran.code, "Không có dòng nào" in ran.out) == (0, False), (line, ran.err)
    assert {path.name for path in tmp_path.iterdir()} >= {"bang", "bang-2025", "parquet", "qua-han.xlsx"}


@pytest.mark.slow
def test_the_query_that_the_guide_saves_runs_by_its_name(
    kehoach: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (saved,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    (name,) = re.findall(r"`([\w-]+)\.sql`", PAGE)
    (tmp_path / "plans").symlink_to(REPOSITORY / "plans")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / f"{name}.sql").write_text(saved, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "unreported" in kehoach("query", name).out
    assert "Nhiệm vụ của từng kế hoạch theo tình trạng" in kehoach("query", "--list", "-f", "json").out
