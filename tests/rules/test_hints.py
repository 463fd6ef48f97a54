"""The advice of rules of agencies: it can be followed where it is given."""

import re
from pathlib import Path

import pytest

from kehoach_cli.rules.engine import Selection, lint
from kehoach_cli.store.workspace.lint import source_files
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.settings import Settings
from tests.rules.workspaces import FILES, PLAN, PROGRESS, linted, write

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


def test_a_renamed_body_is_named_where_its_former_name_is_printed(tmp_path: Path) -> None:
    text = PLAN.replace(TASK, '    lead: [so-b]\n    as_issued: {lead: "Sở Y học cổ truyền"}\n    schedule')
    (hint,) = hints(tmp_path, "K206", text)
    assert hint is not None
    assert 'mã so-b trong danh bạ tên là "Sở Y tế"' in hint
    assert "also ở plans/agencies/mau.yaml" in hint


@pytest.mark.parametrize(
    ("unknown", "meant"),
    [("so-tachh", "so-tach"), ("so-tac", "so-tach"), ("ubnd-tnih", "ubnd-tinh"), ("bql-tach", None), ("so-hcat", None)],
)
def test_only_an_id_of_the_same_kind_of_body_is_offered(tmp_path: Path, unknown: str, meant: str | None) -> None:
    (hint,) = hints(tmp_path, "K201", PLAN.replace("lead: [so-a]", f"lead: [{unknown}]", 1))
    assert hint is not None
    assert (f'ý bạn là "{meant}"' in hint) if meant else ("ý bạn" not in hint), hint


def test_suppressions_are_not_unused_where_no_agency_can_be_read(tmp_path: Path) -> None:
    text = PLAN.replace("title: Bảo vệ", "title: Tại tỉnh Nghệ An bảo vệ").replace(
        "    lead: [so-a]\n", "    lead: [so-tach]  # kehoach: ignore[K210] chưa có văn bản phân công\n", 1
    )
    assert [finding.code for finding in linted(tmp_path, "plan", text.lstrip())] == ["K212"]


@pytest.mark.parametrize(("value", "sure"), [("0,86", True), ("2.000", False)])
def test_a_target_alone_is_no_reason_to_change_a_figure(tmp_path: Path, value: str, sure: bool) -> None:  # noqa: FBT001
    unit = PLAN if sure else PLAN.replace('unit: "%"', "unit: ha")
    write(tmp_path, "plan", unit.lstrip("\n"))
    sent = PROGRESS.replace("tasks:\n  I.1: {status: in_progress}\n", f'indicators:\n  I-ct9: {{value: "{value}"}}\n')
    (tmp_path / "progress" / "2025").mkdir(parents=True)
    (tmp_path / FILES["progress"]).write_text(sent.lstrip("\n"), encoding="utf-8")
    documents = source_files(Root(tmp_path), Settings())
    (hint,) = (finding.hint or "" for one in documents for finding in lint(one, Selection(("K610",))))
    assert hint.startswith("ý bạn là" if sure else "hỏi lại cơ quan báo cáo"), hint
