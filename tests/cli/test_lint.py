"""`lint` says what other commands refuse: settings, workbooks, files that are no text, and what `--fix` leaves."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Ran
from tests.fuzz.inputs import small, write

Kehoach = Callable[..., Ran]
_PLAN = "plans/kh-mau.yaml"


@pytest.fixture
def folder(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small workspace without findings, and the current folder."""
    write(tmp_path, small())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kehoach.toml").write_text("strict_before = true\n", encoding="utf-8")
    assert found(kehoach) == []
    return tmp_path


def found(kehoach: Kehoach, *arguments: str) -> list[tuple[str, int, str, str]]:
    """Return the errors that lint finds: file, line, code and message."""
    findings = json.loads(kehoach("lint", *arguments, "-f", "json").out)["findings"]
    return [
        (Path(one["file"]).name, one["line"], one["code"], one["message"])
        for one in findings
        if one["severity"] == "error"
    ]


def test_settings_that_other_commands_refuse_are_found_at_their_line(folder: Path, kehoach: Kehoach) -> None:
    text = 'strict_before = true\nprovince = "khong-co"\n\n[report.kh-khong-co]\nplace = "Hà Nội"\n'
    (folder / "kehoach.toml").write_text(text, encoding="utf-8")
    first, second = found(kehoach)
    assert first[:3] == ("kehoach.toml", 2, "K007")
    assert first[3].startswith('không có tỉnh "khong-co"; các tỉnh có: mau')
    assert second == ("kehoach.toml", 4, "K007", 'có [report.kh-khong-co] nhưng không có kế hoạch "kh-khong-co"')
    assert found(kehoach, _PLAN) == [first, second]
    assert found(kehoach, "--ignore", "K007") == []
    refused = kehoach("tasks")
    assert refused.code == 2
    assert 'kehoach.toml: không có tỉnh "khong-co"' in refused.err


def test_settings_are_not_blamed_for_files_that_cannot_be_read(folder: Path, kehoach: Kehoach) -> None:
    text = 'province = "mau"\n\n[report.kh-mau]\nplace = "Hà Nội"\n'
    (folder / "kehoach.toml").write_text(text, encoding="utf-8")
    assert found(kehoach) == []
    for name in (_PLAN, "plans/agencies/mau.yaml"):
        before = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text("kehoach: [\n", encoding="utf-8")
        assert "K007" not in {code for _, _, code, _ in found(kehoach)}
        (folder / name).write_text(before, encoding="utf-8")
    plan = (folder / _PLAN).read_text(encoding="utf-8")
    (folder / _PLAN).write_text(plan.replace("kind: task", "kind: tsak", 1), encoding="utf-8")
    assert {code for _, _, code, _ in found(kehoach)} >= {"K103"}
    assert "K007" not in {code for _, _, code, _ in found(kehoach)}


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('place = "Thanh\u202eHóa"', 15),
        ('parent = ["UBND tỉnh", "Sở\u2066 Y tế"]', 27),
        ('place = "Hà Nội" # \u200fgiấu', 20),
        ('place = "Thanh\\u202EHóa"', 1),
        ('signer = "Nguyễn\\u200B Văn A"', 1),
    ],
)
def test_invisible_characters_of_settings_are_refused(folder: Path, kehoach: Kehoach, line: str, column: int) -> None:
    (folder / "kehoach.toml").write_text(f"[report.kh-mau]\n{line}\n", encoding="utf-8")
    (one,) = json.loads(kehoach("lint", "-f", "json").out)["findings"]
    assert (one["code"], one["line"], one["column"]) == ("K007", 2, column)
    assert "ký tự ẩn U+" in one["message"]
    for form in ("json", "md"):
        ran = kehoach("report", "-y", "2025", "-f", form)
        assert not set("\u202e\u2066\u200f\u200b") & set(ran.out + ran.err)


@pytest.mark.parametrize(
    "line",
    [
        ("report", "-y", "2025", "-f", "json", "--place", "\x7f"),
        ("report", "-y", "2025", "-f", "json", "--issuer", "Sở A", "--issuer", "Sở\u202eB"),
        ("lock", "2025", "--by", "Nguyễn\u200b Văn A"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_invisible_characters_of_the_command_line_are_refused(kehoach: Kehoach, line: tuple[str, ...]) -> None:
    ran = kehoach(*line)
    assert (ran.code, ran.out) == (2, "")
    assert "ký tự ẩn U+" in ran.err
    assert not set("\x7f\u202e\u200b") & set(ran.err)


def test_workbooks_in_progress_are_checked_as_by_other_commands(folder: Path, kehoach: Kehoach) -> None:
    form = folder / "progress" / "2025" / "bieu.xlsx"
    kehoach("form", "-a", "so-b", "-y", "2025", "-o", str(form))
    assert found(kehoach) == []
    whole = form.read_bytes()
    form.write_bytes(whole[:-100])
    ((name, _, code, message),) = found(kehoach)
    assert (name, code) == ("bieu.xlsx", "K011")
    assert "UTF-8" not in message
    assert found(kehoach, str(form)) == found(kehoach, "progress") == found(kehoach)
    assert "bieu.xlsx" in kehoach("tasks").err
    assert kehoach("lint", "--fix").code == 1
    assert form.read_bytes() == whole[:-100]


def test_a_workbook_that_cannot_be_used_is_a_finding_of_check_without_a_year(folder: Path, kehoach: Kehoach) -> None:
    for path in (folder / "progress").rglob("*.yaml"):
        path.unlink()
    (folder / "x.xlsx").write_bytes(b"no workbook")
    ran = kehoach("check", "x.xlsx", "-f", "json")
    assert ran.code == 1
    assert [one["code"] for one in json.loads(ran.out)["findings"]] == ["K011"]
    assert kehoach("check").code == 2


def test_files_of_office_get_no_advice_that_would_ruin_them(folder: Path, kehoach: Kehoach) -> None:
    (folder / "x.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    assert [code for _, _, code, _ in found(kehoach, "x.xlsx")] == ["K011"]
    for name, data in (
        ("x.docx", (REPOSITORY / "templates" / "bao-cao-nam.docx").read_bytes()),
        ("x.yaml", b"\xd0\xcf\x11\xe0" + bytes(600)),
    ):
        (folder / name).write_bytes(data)
        (one,) = json.loads(kehoach("lint", name, "-f", "json").out)["findings"]
        assert one["code"] == "K001"
        assert "không phải tệp YAML" in one["message"]
        assert "UTF-8" not in one["message"] + one["hint"]


def test_a_preview_of_fixes_names_what_they_leave(folder: Path, kehoach: Kehoach) -> None:
    text = (folder / _PLAN).read_text(encoding="utf-8")
    broken = text.replace("lead: [so-a", "lead: [so-la", 1).replace('targets: {2025: "95"}', "targets: {2025: 095}")
    (folder / _PLAN).write_text(broken, encoding="utf-8")
    ran = kehoach("lint", "--diff")
    assert ran.code == 1
    assert 'targets: {2025: "095"}' in ran.out
    assert "K201" in ran.err
    assert "so-la" in ran.err
    assert "K008" not in ran.err
    assert (folder / _PLAN).read_text(encoding="utf-8") == broken


def test_a_word_is_named_without_the_quotes_of_the_file(folder: Path, kehoach: Kehoach) -> None:
    text = (folder / _PLAN).read_text(encoding="utf-8")
    (folder / _PLAN).write_text(re.sub(r"(?m)^  title: .*$", '  title: "Kê\u0301 hoạch"', text), encoding="utf-8")
    ((_, _, code, message),) = found(kehoach, "--select", "K502")
    assert (code, message) == ("K502", 'chữ "Kế" viết bằng dấu rời (Unicode tổ hợp)')
