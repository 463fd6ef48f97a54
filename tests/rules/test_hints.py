"""The advice of rules of agencies: it can be followed where it is given."""

import re
from pathlib import Path

import pytest

from kehoach_cli.rules.engine import Selection
from tests.rules.workspaces import PLAN, linted

SPLIT = "lead: [so-tach]"
TASK = "    lead: [so-a]\n    schedule"


def hints(folder: Path, code: str, text: str) -> list[str | None]:
    return [finding.hint for finding in linted(folder, "plan", text.lstrip("\n"), Selection((code,)))]


def test_a_split_body_is_settled_by_now(tmp_path: Path) -> None:
    (hint,) = hints(tmp_path / "a", "K210", PLAN.replace("    lead: [so-a]\n", f"    {SPLIT}\n"))
    assert hint is not None
    assert "ghi khóa now" in hint
    (hint,) = hints(tmp_path / "b", "K210", PLAN.replace('unit: "%", lead: [so-a]', f'unit: "%", {SPLIT}'))
    assert hint is not None
    assert "ghi khóa now" in hint


@pytest.mark.parametrize(
    ("printed", "keep"),
    [
        ('{lead: "Sở Tài nguyên", support: "Sở Y tế, Sở Tài nguyên"}', True),
        ('{lead: "Sở Tài nguyên", support: "Sở Y tế"}', False),
        (None, False),
    ],
)
def test_who_is_printed_in_both_cells_stays_in_both(tmp_path: Path, printed: str | None, keep: bool) -> None:  # noqa: FBT001
    cells = f"    as_issued: {printed}\n" if printed else ""
    text = PLAN.replace(TASK, f"    lead: [so-a]\n    support: [so-b, so-a]\n{cells}    schedule")
    (hint,) = hints(tmp_path, "K207", text)
    assert hint is not None
    assert hint.startswith("văn bản in cơ quan này ở cả hai ô: giữ nguyên cả hai" if keep else "chỉ giữ ở một vai trò")
    note = re.sub(r"(?m)(    support: .*)$", r"\1  # kehoach: ignore[K207] văn bản in như vậy", text, count=1)
    assert hints(tmp_path / "b", "K207", note) == []


def test_a_misspelt_name_in_a_cell_is_answered_with_the_one_meant(tmp_path: Path) -> None:
    text = PLAN.replace(TASK, '    lead: [so-b]\n    as_issued: {lead: "Sở Y tế, Sở Tài nguyện"}\n    schedule')
    (hint,) = hints(tmp_path, "K206", text)
    assert hint is not None
    assert hint.startswith('ý bạn là "Sở Tài nguyên"? Nếu không, thêm cách viết này vào danh bạ')
