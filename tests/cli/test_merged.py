"""A plan of a province that was merged: the bodies of its heir are asked, answer and are counted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Kehoach = Callable[..., Ran]


@pytest.fixture
def folder(kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kehoach("init", str(tmp_path), "--province", "Bắc Kạn", "--year", "2024")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answered(form: Path) -> None:
    text = form.read_text(encoding="utf-8")
    form.write_text(text.replace("value: null", 'value: "50"').replace("status: null", "status: ongoing"), "utf-8")


@pytest.mark.parametrize("province", ["bac-kan", "thai-nguyen"])
def test_the_heirs_in_the_other_province_are_asked(kehoach: Kehoach, folder: Path, province: str) -> None:
    ran = kehoach("form", "--all", "--province", province, "--year", "2026", "-f", "yaml", "-o", "forms")
    assert ran.code == 0, ran.err
    assert {path.name for path in (folder / "forms").iterdir()} == {"so-y-te.yaml", "so-gddt.yaml"}
    assert "\nagency: thai-nguyen/so-y-te\n" in (folder / "forms/so-y-te.yaml").read_text(encoding="utf-8")


def test_before_the_merger_its_own_bodies_are_asked(kehoach: Kehoach, folder: Path) -> None:
    assert kehoach("form", "--all", "--year", "2024", "-f", "yaml", "-o", "forms").code == 0
    assert "\nagency: so-y-te\n" in (folder / "forms/so-y-te.yaml").read_text(encoding="utf-8")


def test_a_body_of_the_merged_province_gets_the_form_of_its_heir(kehoach: Kehoach, folder: Path) -> None:
    assert kehoach("form", "--agency", "Sở Y tế", "--year", "2026", "-o", "f.yaml").code == 0
    assert "\nagency: thai-nguyen/so-y-te\n" in (folder / "f.yaml").read_text(encoding="utf-8")
    assert kehoach("form", "--agency", "Sở Y tế", "--year", "2026", "-o", "f.xlsx").code == 0
    assert kehoach("check", "f.xlsx", "--year", "2026", "--fail-on", "none").code == 0


def test_the_answers_of_the_heir_are_collected_and_counted(
    kehoach: Kehoach, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_TODAY", "2026-12-31")
    kehoach("form", "--all", "--year", "2026", "-f", "yaml", "-o", "forms")
    answered(folder / "forms/so-gddt.yaml")
    collected = kehoach("collect", "forms/so-gddt.yaml")
    assert collected.code == 0, collected.out
    assert [path.name for path in (folder / "progress/2026").iterdir()] == ["kh-mau--thai-nguyen--so-gddt.yaml"]
    check = kehoach("check", "--year", "2026", "--by", "agency", "--fail-on", "none")
    assert "đã gửi 1/2 đơn vị" in check.out
    assert "Chưa gửi (1): Sở Y tế" in check.out
    monkeypatch.setenv("KEHOACH_TODAY", "2026-12-14")
    assert (
        "Chưa gửi, còn hạn (1): Sở Y tế"
        in kehoach("check", "--year", "2026", "--by", "agency", "--fail-on", "none").out
    )
    tasks = json.loads(kehoach("tasks", "--as-of", "2026-12-20", "--format", "json").out)
    assert {row["id"]: row["status"] for row in tasks["items"]}["II.2"] == "ongoing"


def test_the_name_of_the_province_stands_in_texts_only(kehoach: Kehoach, folder: Path) -> None:
    del folder
    agency = ("agencies", "Sở Y tế", "--province", "bac-kan")
    assert "Sở Y tế (Thái Nguyên)" in kehoach(*agency).out
    (record,) = json.loads(kehoach(*agency, "--format", "json").out)["items"]
    assert [(heir["id"], heir["name"]) for heir in record["successors"]] == [("thai-nguyen/so-y-te", "Sở Y tế")]
