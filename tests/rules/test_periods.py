"""What the rules and the readers say of a submission whose period contradicts itself."""

from pathlib import Path

import pytest

from kehoach_cli.rules.engine import Selection, lint
from kehoach_cli.store.workspace.lint import source_files
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.settings import Settings
from tests.rules.workspaces import BASES, linted, write

HEAD = """\
kehoach: progress/1
plan: kh-mau
agency: so-a
year: 2025
{period}cutoff: {cutoff}
tasks:
  I.1: {{status: in_progress}}
"""


def said(folder: Path, period: str, cutoff: str, place: str) -> list[tuple[str, int, str]]:
    """Return code, line and message of what a submission in `place` is told."""
    write(folder, "plan", BASES["plan"].lstrip("\n"))
    path = folder / "progress" / place / "kh-mau--so-a.yaml"
    path.parent.mkdir(parents=True)
    key = f"period: {period}\n" if period else ""
    path.write_text(HEAD.format(period=key, cutoff=cutoff), encoding="utf-8")
    found = source_files(Root(folder), Settings())
    wanted = Selection(("K1", "K6"))
    return [
        (one.code, one.line, one.message)
        for document in found
        for one in lint(document, wanted)
        if one.file == str(path)
    ]


@pytest.mark.parametrize(
    ("period", "cutoff", "place", "line", "message"),
    [
        ("2025-Q3", "2025-06-14", "2025-Q3", 6, "ngày chốt 14/6/2025 có trước kỳ báo cáo quý III/2025"),
        ("2025-Q3", "2025-12-30", "2025-Q3", 6, "ngày chốt 30/12/2025 quá xa kỳ báo cáo quý III/2025"),
        ("2025-Q3", "2025-09-14", "2025-Q2", 5, "báo cáo quý III/2025 nằm trong thư mục quý II/2025"),
        ("2025-Q3", "2025-09-14", "2025", 5, "báo cáo quý III/2025 nằm trong thư mục năm 2025"),
        ("", "2025-12-14", "2025-Q4", 4, "báo cáo năm 2025 nằm trong thư mục quý IV/2025"),
        ("", "2025-12-14", "2024", 4, "báo cáo năm 2025 nằm trong thư mục năm 2024"),
        ("", "2024-12-14", "2025", 5, "ngày chốt 14/12/2024 có trước năm báo cáo 2025"),
    ],
)
def test_a_period_that_does_not_fit_is_named(
    tmp_path: Path, period: str, cutoff: str, place: str, line: int, message: str
) -> None:
    assert said(tmp_path, period, cutoff, place) == [("K618", line, message)]


@pytest.mark.parametrize(
    ("period", "cutoff", "place"),
    [
        ("2025-Q3", "2025-09-14", "2025-Q3"),
        ("2025-Q3", "2025-12-29", "2025-q3"),
        ("2025", "2025-12-14", "2025"),
        ("2025-H1", "2025-06-14", "cu"),
        ("", "2026-06-30", "2025"),
    ],
)
def test_a_period_that_fits_is_not(tmp_path: Path, period: str, cutoff: str, place: str) -> None:
    assert said(tmp_path, period, cutoff, place) == []


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ("2024-Q3", 'kỳ "2024-Q3" không thuộc năm 2025 ghi ở khóa year'),
        ("2024", 'kỳ "2024" không thuộc năm 2025 ghi ở khóa year'),
        ("2025-Q5", 'kỳ "2025-Q5" không đúng dạng'),
        ("quý III", 'kỳ "quý III" không đúng dạng'),
        ("2025-09-14", 'kỳ "2025-09-14" không đúng dạng'),
    ],
)
def test_a_period_of_another_year_or_none_is_refused(tmp_path: Path, period: str, message: str) -> None:
    found = said(tmp_path, period, "2025-09-14", "2025-Q3")
    assert [one[:2] for one in found] == [("K103", 5)]
    assert message in found[0][2]


def test_changes_of_a_submission_are_told_in_words_for_periods_and_states(tmp_path: Path) -> None:
    old = HEAD.format(period="period: 2025-Q2\n", cutoff="2025-06-20").replace(
        "in_progress", "in_progress, done_for: [2025-Q1]"
    )
    new = old.replace("2025-Q2", "2025-H1").replace("in_progress", "ongoing").replace("[2025-Q1]", "[2025-Q1, 2025-04]")
    found = linted(tmp_path, "progress", new, Selection(("K527",)), older=old)
    assert [one.message.partition(": ")[2] for one in found] == [
        "kỳ báo cáo đã đổi: “quý II năm 2025” → “6 tháng đầu năm 2025”",
        "trạng thái đã đổi: “đang thực hiện” → “thực hiện thường xuyên”",
        "các kỳ đã làm: thêm “tháng 4/2025”",
    ]
