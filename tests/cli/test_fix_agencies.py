"""`lint` and `lint --fix` where a plan names a body instead of giving its id, or a body the registry lacks."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Kehoach = Callable[..., Ran]


@pytest.fixture
def workspace(kehoach: Kehoach, tmp_path: Path) -> Path:
    kehoach("init", str(tmp_path), "--province", "Nghệ An", "--year", "2026")
    return tmp_path


def change(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def test_a_name_in_the_place_of_an_id_is_understood_and_mended(kehoach: Kehoach, workspace: Path) -> None:
    plan = workspace / "plans/kh-mau.yaml"
    before = plan.read_text(encoding="utf-8")
    change(
        plan,
        ("lead: [so-gddt]\n", 'lead:\n      - "Sở Giáo dục và Đào tạo"  # ghi chú\n'),
        (
            "lead: [so-y-te]\n    support: [so-tai-chinh, so-xay-dung]",
            "lead: [Sở Y tế]\n    support: [Sở TC, Sở Xây dựng]",
        ),
    )
    tasks = kehoach("--root", str(workspace), "tasks", "--agency", "Sở Y tế")
    assert tasks.code == 0
    assert "II.3" in tasks.out
    lint = kehoach("--root", str(workspace), "lint")
    assert lint.code == 0
    assert lint.out.count("K211") == 4
    assert "K201" not in lint.out
    kehoach("--root", str(workspace), "lint", "--fix")
    mended = plan.read_text(encoding="utf-8")
    assert mended == before.replace("lead: [so-gddt]\n", "lead:\n      - so-gddt  # ghi chú\n", 1)
    assert "K211" not in kehoach("--root", str(workspace), "lint").out


def test_a_name_nobody_bears_is_quoted_with_the_nearest(kehoach: Kehoach, workspace: Path) -> None:
    change(workspace / "plans/kh-mau.yaml", ("lead: [so-y-te]", "lead: [Sở Tài chánh]"))
    lint = kehoach("--root", str(workspace), "lint")
    assert lint.code == 1
    assert 'không có cơ quan "Sở Tài chánh"' in lint.out
    assert 'ý bạn là "Sở Tài chính"?' in lint.out


@pytest.mark.slow
@pytest.mark.parametrize("written", ["hoi-luat-gia", "Hội Luật gia tỉnh"])
def test_a_body_the_base_knows_is_offered_and_added(kehoach: Kehoach, workspace: Path, written: str) -> None:
    registry, plan = workspace / "plans/agencies/nghe-an.yaml", workspace / "plans/kh-mau.yaml"
    text = registry.read_text(encoding="utf-8")
    without = re.sub(r"(?ms)^  # Chưa[^\n]*\n  - id: hoi-luat-gia\n.*?\n\n", "", text)
    assert without != text
    registry.write_text(without, encoding="utf-8")
    change(plan, ("support: [so-tai-chinh]", f"support: [so-tai-chinh, {written}]"))
    lint = kehoach("--root", str(workspace), "lint", "--select", "K2", "--ignore", "K205")
    assert lint.code == 1
    assert 'danh bạ nền có "Hội Luật gia tỉnh" (mã hoi-luat-gia)' in lint.out
    fixed = kehoach("--root", str(workspace), "lint", "--fix", "--ignore", "K205")
    assert fixed.code == 0
    assert str(registry) in fixed.err
    added = registry.read_text(encoding="utf-8")
    assert added.count("- id: hoi-luat-gia\n") == 1
    assert "certain: false" in added.partition("- id: hoi-luat-gia\n")[2].partition("\n\n")[0]


def test_a_shown_fix_writes_nothing(kehoach: Kehoach, workspace: Path) -> None:
    plan = workspace / "plans/kh-mau.yaml"
    change(plan, ("lead: [so-y-te]", "lead: [Sở Y tế]"))
    before = plan.read_bytes()
    shown = kehoach("--root", str(workspace), "lint", "--diff")
    assert "-    lead: [Sở Y tế]" in shown.out
    assert "+    lead: [so-y-te]" in shown.out
    assert plan.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Sở Vũ trụ", "Sở Y tế (cũ)"])
def test_a_name_nobody_bears_is_one_fault(kehoach: Kehoach, workspace: Path, name: str) -> None:
    change(workspace / "plans/kh-mau.yaml", ("lead: [so-y-te]", f'lead: ["{name}"]'))
    lint = kehoach("--root", str(workspace), "lint", "--ignore", "K205")
    assert f'K201 (unknown-agency): không có cơ quan "{name}"' in lint.out
    assert "Tổng cộng: 1 lỗi trong 1 tệp" in lint.out
    # The plan stays readable.
    assert "II.2" in kehoach("--root", str(workspace), "tasks", "--agency", "so-gddt").out


def test_a_name_of_a_province_is_one_fault_in_a_city(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("init", str(tmp_path), "--province", "Hải Phòng", "--year", "2026")
    change(
        tmp_path / "plans/kh-mau.yaml", ("lead: [so-y-te]", "lead: [UBND tỉnh]"), ("lead: Sở Y tế,", "lead: UBND tỉnh,")
    )
    lint = kehoach("--root", str(tmp_path), "lint", "--select", "K1,K201")
    assert "K102" not in lint.out
    assert 'ý bạn là "UBND thành phố Hải Phòng"?' in lint.out
    cell = kehoach("--root", str(tmp_path), "lint", "--select", "K206")
    assert 'danh bạ không có: "UBND tỉnh" (ý bạn là "UBND thành phố Hải Phòng"?' in cell.out


def test_what_can_be_no_id_is_refused_as_one(kehoach: Kehoach, workspace: Path) -> None:
    change(workspace / "plans/kh-mau.yaml", ("lead: [so-y-te]", 'lead: ["???"]'))
    assert "K102" in kehoach("--root", str(workspace), "lint").out


def test_a_name_cut_by_its_comma_wants_quotes(kehoach: Kehoach, workspace: Path) -> None:
    change(workspace / "plans/kh-mau.yaml", ("lead: [so-gddt]", "lead: [so-gddt, Sở Văn hóa, Thể thao và Du lịch]"))
    lint = kehoach("--root", str(workspace), "lint", "--ignore", "K205,K209")
    assert 'không có cơ quan "Thể thao và Du lịch"' in lint.out
    assert 'tên có dấu phẩy phải đặt trong dấu nháy kép: "Sở Văn hóa, Thể thao và Du lịch"' in lint.out


def test_a_name_is_taken_as_a_key_of_now(kehoach: Kehoach, workspace: Path) -> None:
    plan = workspace / "plans/kh-mau.yaml"
    change(
        plan,
        ("lead: [so-y-te]", "lead: [so-ldtbxh]\n    now:\n      Sở LĐ-TB&XH: [{agency: Sở Y tế}]"),
        ("lead: Sở Y tế,", "lead: Sở LĐTBXH,"),
    )
    lint = kehoach("--root", str(workspace), "lint", "--strict")
    assert lint.code == 0, lint.out
    assert lint.out.count("K211") == 2
    kehoach("--root", str(workspace), "lint", "--fix")
    assert "      so-ldtbxh: [{agency: so-y-te}]\n" in plan.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("as_issued: {lead: Sở Văn hóa, Thể thao và Du lịch}", 'lead: "Sở Văn hóa, Thể thao và Du lịch"'),
        ("as_issued: {lead: Sở A,Sở B, Sở C}", 'lead: "Sở A,Sở B, Sở C"'),
        ("as_issued: {lead: Sở Y tế, schedule: năm 2025, 2026}", 'schedule: "năm 2025, 2026"'),
    ],
)
def test_a_text_cut_by_a_comma_wants_quotes(kehoach: Kehoach, workspace: Path, written: str, whole: str) -> None:
    change(workspace / "plans/kh-mau.yaml", ("as_issued: {lead: Sở Giáo dục và Đào tạo}", written))
    lint = kehoach("--root", str(workspace), "lint")
    assert f"văn bản có dấu phẩy, viết trong {{ }}, phải đặt trong dấu nháy kép: {whole}" in lint.out


def test_a_result_with_a_decimal_comma_wants_quotes(kehoach: Kehoach, workspace: Path) -> None:
    progress = workspace / "progress/2026/kh-mau--so-gddt.yaml"
    progress.parent.mkdir(parents=True)
    progress.write_text(
        "kehoach: progress/1\nplan: kh-mau\nagency: so-gddt\nyear: 2026\ncutoff: 2026-12-14\ntasks:\n"
        "  II.2: {status: ongoing, result: Đã bố trí 15,2%.}\n",
        encoding="utf-8",
    )
    lint = kehoach("--root", str(workspace), "lint")
    assert 'không có khóa "2%." ở đây' in lint.out
    assert 'phải đặt trong dấu nháy kép: result: "Đã bố trí 15,2%."' in lint.out


def test_an_unknown_key_that_no_comma_made_is_told_as_before(kehoach: Kehoach, workspace: Path) -> None:
    change(
        workspace / "plans/kh-mau.yaml", ("as_issued: {lead: Sở Giáo dục và Đào tạo}", "as_issued: {leads: Sở Y tế}")
    )
    assert 'ý bạn là "lead"?' in kehoach("--root", str(workspace), "lint").out
    assert "dấu nháy kép" not in kehoach("--root", str(workspace), "lint").out


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("from: [ubnd-cap-huyen], to: [so-nnmt]", "không đơn vị nào còn hoạt động"),
        ("from: [nhom-doanh-nghiep], to: [so-nnmt]", "chưa ghi thành viên của nhóm này; thêm members"),
    ],
)
def test_why_nobody_gets_a_form(kehoach: Kehoach, workspace: Path, written: str, why: str) -> None:
    change(workspace / "plans/kh-mau.yaml", ("from: [so-y-te, so-gddt], to: [so-nnmt]", written))
    ran = kehoach("--root", str(workspace), "form", "--all", "--year", "2026", "-o", str(workspace / "forms"))
    assert ran.code == 2
    assert "kh-mau (III-1) yêu cầu" in ran.err
    assert why in ran.err


def test_a_limit_without_co_is_one(kehoach: Kehoach, workspace: Path) -> None:
    change(
        workspace / "plans/kh-mau.yaml",
        ("support: [so-tai-chinh]\n", "support: [nhom-so-ban-nganh]\n"),
        ("support: Sở Tài chính}", 'support: "Các sở, ngành liên quan"}'),
    )
    shown = kehoach("--root", str(workspace), "tasks", "--agency", "Sở Xây dựng", "--format", "json").out
    assert json.loads(shown)["items"][-1]["match"][0]["limited"] is True
