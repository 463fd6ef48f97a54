"""`lint` and `lint --fix` where a plan names a body instead of giving its id, or a body the registry lacks."""

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
