"""The guide for newcomers, step by step: from an empty folder to a Word report of a new plan."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from ruamel.yaml import YAML

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow

PAGE = REPOSITORY / "docs/huong-dan/nhap-ke-hoach.md"
SCRIPT: dict[str, Any] = runpy.run_path(str(REPOSITORY / "scripts/walk.py"))


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, str, Path]:
    """The walk, the page with the real output of the commands, and the resulting workspace."""
    walk = SCRIPT["Walk"](tmp_path_factory.mktemp("walk"))
    page = walk.through(PAGE.read_text(encoding="utf-8"))
    return walk, page, walk.here


def test_every_screen_of_the_guide_is_what_the_program_prints(walked: tuple[Any, str, Path]) -> None:
    walk, page, _ = walked
    assert page == PAGE.read_text(encoding="utf-8")
    order = list(dict.fromkeys(walk.commands))
    assert order == [
        "init",
        "lint",
        "agencies",
        "import",
        "verify",
        "plans",
        "tasks",
        "form",
        "check",
        "collect",
        "report",
        "check-docx",
    ]


def test_the_answers_of_the_filled_form_are_kept(walked: tuple[Any, str, Path]) -> None:
    text = (walked[2] / "progress/2026/kh-05--so-gddt.yaml").read_text(encoding="utf-8")
    data = YAML(typ="safe", pure=True).load(text)
    assert data["indicators"] == {"PL.3": {"value": "72,5"}}
    assert data["tasks"]["II.3"] == {"status": "in_progress", "result": "Đã lắp đặt tại 96 trường."}


def test_the_walk_ends_in_a_report_of_the_plan(walked: tuple[Any, str, Path]) -> None:
    document = Document(str(walked[2] / "reports/2026/bao-cao-kh-05-2026.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
    for expected in (
        "TỈNH MẪU",
        "05/KH-UBND",
        "64,8",
        "72,5",
        "Đã công bố hiện trạng 124 công trình cấp nước",
        "Thành lập đoàn rà soát liên ngành",
        "Lắp đặt thiết bị lọc nước uống tại các trường học.",
        "GIÁM ĐỐC",
    ):
        assert expected in text, expected
    assert "[Mẫu]" not in text


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("```console\n$ kehoach plns\n```\n", "exit code 2"),
        ("```console\n$ rm -rf x\n```\n", "only kehoach"),
        ("```console\n$ kehoach --version  # mã thoát 1\n```\n", "exit code 0"),
        ("```yaml\n# tệp: x.yaml\na: 1\n```\n```diff\n# tệp: x.yaml\n-b: 1\n+b: 2\n```\n", "exactly one line"),
    ],
)
def test_a_wrong_page_is_refused(tmp_path: Path, page: str, words: str) -> None:
    with pytest.raises(SCRIPT["WalkError"], match=words):
        SCRIPT["Walk"](tmp_path).through(page)


def test_wrong_output_in_the_page_is_replaced(tmp_path: Path) -> None:
    shown = SCRIPT["Walk"](tmp_path).through("```console\n$ kehoach --version\nkehoach 0.0.0\n```\n")
    assert "0.0.0" not in shown
