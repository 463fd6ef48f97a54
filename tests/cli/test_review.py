"""What was reported on a text that has changed since: how it is noticed, and settled by `review`."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.core.forms.fingerprint import fingerprint_in
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from tests.cli.test_git import commit, git
from tests.conftest import Ran
from tests.fuzz.inputs import small, write

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]
_PLAN = Path("plans/kh-mau.yaml")
_TARGET = Path("progress/2025/kh-mau--so-a.yaml")
_FORM = """\
kehoach: progress/1
plan: kh-mau
agency: so-a
year: 2025
cutoff: 2025-12-14
submitted: 2025-12-15
indicators:
  I-ct9: {value: "96,5", source: "Báo cáo 1"}
tasks:
  I.1: {status: in_progress, result: "Đang làm."}
"""


@pytest.fixture
def folder(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in git whose only submission was collected from a form."""
    del kehoach
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    if not shutil.which("git"):
        pytest.skip("no git")
    write(tmp_path / "ws", {name: data for name, data in small().items() if not name.startswith("progress")})
    monkeypatch.chdir(tmp_path / "ws")
    Path("bieu").mkdir()
    Path("bieu/so-a.yaml").write_text(_FORM, encoding="utf-8")
    return tmp_path / "ws"


@pytest.fixture
def collected(folder: Path, kehoach: Kehoach) -> Path:
    assert kehoach("collect", "bieu", "--year", "2025").code == 0
    git(folder, "init", "-q")
    commit(folder)
    return folder


def edit(old: str, new: str, file: Path = _PLAN) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def said(kehoach: Kehoach) -> list[str]:
    ran = kehoach("lint", "-f", "json")
    return [one["message"] for one in json.loads(ran.out)["findings"] if one["code"] == "K644"]


def journal() -> list[dict[str, object]]:
    return [json.loads(line) for line in Path("progress/journal.jsonl").read_text(encoding="utf-8").splitlines()]


def marks() -> dict[str, str]:
    text = _TARGET.read_text(encoding="utf-8").partition("answers:\n")[2]
    return dict(re.findall(r'^  ([\w.-]+): "([0-9a-f]{64})"$', text, re.MULTILINE))


def test_collecting_keeps_what_each_answer_answered(collected: Path, kehoach: Kehoach) -> None:
    plan = load(Root(collected)).catalogue.plan("kh-mau")
    assert plan is not None
    assert marks() == {row: fingerprint_in(plan, row) for row in ("I-ct9", "I.1")}
    assert not [one for one in journal() if "answers" in str(one.get("path"))]
    before = _TARGET.read_bytes()
    assert kehoach("collect", "bieu", "--year", "2025").code == 0
    assert _TARGET.read_bytes() == before
    assert said(kehoach) == []


EDITS = [
    ("nước thải", "khí thải", "I.1"),
    ("schedule: 2022 - 2025", "schedule: 2022 - 2026", "I.1"),
    ("    lead: [so-a]", "    lead: [so-a, so-b]", "I.1"),
    ('targets: {2025: "95"}', 'targets: {2025: "97"}', "I-ct9"),
    ("lead: [so-a], direction", "lead: [so-b], direction", "I-ct9"),
]


@pytest.mark.parametrize(("old", "new", "row"), EDITS)
def test_a_change_since_is_said_wherever_the_report_is_judged(
    collected: Path, kehoach: Kehoach, old: str, new: str, row: str
) -> None:
    del collected
    edit(old, new)
    (message,) = said(kehoach)
    assert message.startswith(f"{row}: báo cáo trả lời theo văn bản cũ")
    assert "báo cáo trả lời theo văn bản cũ" in " ".join(kehoach("check", "--year", "2025").out.split())
    assert kehoach("report", "--year", "2025").code in {0, 1}
    notes = Path("reports/2025/bao-cao-kh-mau-2025.ghi-chu.txt").read_text(encoding="utf-8")
    assert f"{row}: báo cáo trả lời theo văn bản cũ" in notes
    edit(new, old)
    assert said(kehoach) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schedule: 2022 - 2025", 'schedule: "2022-2025"'),
        ('targets: {2025: "95"}', "targets: {2025: '95%'}"),
        ("text: Kiểm tra việc xử lý nước thải.", 'text: "Kiểm tra việc  xử lý nước thải."'),
        ("    lead: [so-a]", "    lead:\n      - so-a"),
    ],
)
def test_quoting_and_spacing_are_no_change(collected: Path, kehoach: Kehoach, old: str, new: str) -> None:
    del collected
    edit(old, new)
    assert said(kehoach) == []


def test_an_older_submission_says_nothing(folder: Path, kehoach: Kehoach) -> None:
    write(folder, {str(_TARGET): _FORM.encode()})
    edit("nước thải", "khí thải")
    assert said(kehoach) == []
    ran = kehoach("review", "I.1")
    assert ran.code == 0
    assert "Không có báo cáo nào về kh-mau/I.1 trả lời theo văn bản cũ." in ran.err


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_a_form_answers_the_text_it_was_made_with(folder: Path, kehoach: Kehoach, kind: str) -> None:
    del folder
    form = Path(f"phat/bieu.{kind}")
    assert kehoach("form", "--agency", "so-a", "--year", "2025", "-o", str(form)).code == 0
    if kind == "yaml":
        edit("status: null", "status: in_progress", form)
        edit("cutoff: null", "cutoff: 2025-12-14", form) if "cutoff: null" in form.read_text(encoding="utf-8") else None
    else:
        from openpyxl import load_workbook

        book = load_workbook(form)
        sheet = book["Nhiệm vụ"]
        (head,) = [cell for line in sheet.iter_rows() for cell in line if cell.value == "Trạng thái"]
        (row,) = [cell.row for line in sheet.iter_rows() for cell in line if cell.value == "kh-mau/I.1"]
        sheet.cell(row, head.column).value = "đang thực hiện"
        book.save(form)
    edit("nước thải", "khí thải")
    ran = kehoach("collect", str(form), "--year", "2025")
    assert ran.code == 0, ran.out + ran.err
    (message,) = said(kehoach)
    assert message.startswith("I.1: báo cáo trả lời theo văn bản cũ")
    assert list(marks()) == ["I.1"]


def test_review_tells_from_git_what_changed_and_settles_it(collected: Path, kehoach: Kehoach) -> None:
    edit("nước thải", "khí thải")
    edit("schedule: 2022 - 2025", "schedule: 2022 - 2026")
    commit(collected)
    edit('targets: {2025: "95"}', 'targets: {2025: "97"}')
    before, lines = _TARGET.read_text(encoding="utf-8"), journal()
    shown = kehoach("review", "I.1", "--dry-run")
    assert shown.code == 0
    assert "Nguyên văn: “Kiểm tra việc xử lý nước thải.” → “Kiểm tra việc xử lý khí thải.”." in shown.err
    assert "Thời gian thực hiện: “2022 - 2025” → “2022 - 2026”; thời hạn 31/12/2025 → 31/12/2026" in shown.err
    assert re.search(r"\n  Bản [0-9a-f]{10} \(ngày \d\d/\d\d/\d{4}\) còn ghi như báo cáo trả lời; ", shown.err)
    assert "mục tiêu" not in shown.err
    assert (_TARGET.read_text(encoding="utf-8"), journal()) == (before, lines)

    ran = kehoach("review", "I.1", "--reason", "vẫn đúng", "--by", "Lê A")
    assert ran.code == 0
    plan = load(Root(collected)).catalogue.plan("kh-mau")
    assert plan is not None
    new = fingerprint_in(plan, "I.1")
    old = re.search(r'I\.1: "([0-9a-f]{64})"', before)
    assert old
    assert _TARGET.read_text(encoding="utf-8") == before.replace(old[1], str(new))
    (line,) = journal()[len(lines) :]
    assert (line["act"], line["path"], line["old"], line["new"]) == ("review", ["answers", "I.1"], old[1], new)
    assert (line["reason"], line["by"], line["agency"], line["period"]) == ("vẫn đúng", "Lê A", "so-a", "2025")
    assert [one.partition(":")[0] for one in said(kehoach)] == ["I-ct9"]
    assert "Không có báo cáo nào" in kehoach("review", "I.1").err


def test_what_git_does_not_have_is_said_to_be_unknown(folder: Path, kehoach: Kehoach) -> None:
    assert kehoach("collect", "bieu", "--year", "2025").code == 0
    assert not (folder / ".git").exists()
    edit("nước thải", "khí thải")
    ran = kehoach("review", "I.1")
    assert ran.code == 0
    assert "Chưa tìm được văn bản đó trong các tệp và trong git" in ran.err
    assert said(kehoach) == []


_AMENDMENT = """\
kehoach: amendment/1
amends: kh-mau
document: {{number: "{number}/QĐ-UBND", date: {day}, cite: "Quyết định số {number}/QĐ-UBND"}}
effective: {day}
changes:
  - {{op: replace, at: {at}, from: "{old}", to: "{new}", clause: khoản 1 Điều 1}}
"""


def amend(number: int, day: str, at: str, old: str, new: str) -> None:
    Path("plans/amendments").mkdir(exist_ok=True)
    text = _AMENDMENT.format(number=number, day=day, at=at, old=old, new=new)
    Path(f"plans/amendments/qd-{number}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("kept", ["in files", "in git"])
def test_what_amendments_changed_since_is_told_with_its_source(folder: Path, kehoach: Kehoach, kept: str) -> None:
    """A report answers the text as the first amendment left it; a second one changes the deadline, a third one the target."""
    amend(1, "2025-06-01", "I.1/schedule", "2022 - 2025", "2022 - 2026")
    assert kehoach("collect", "bieu", "--year", "2025").code == 0
    if kept == "in git":
        git(folder, "init", "-q")
        commit(folder)
    amend(2, "2025-12-20", "I.1/schedule", "2022 - 2026", "2022 - 2027")
    amend(3, "2025-12-25", "I-ct9/targets/2025", "95", "97")
    assert len(said(kehoach)) == 2
    ran = kehoach("review", "I.1", "--dry-run")
    assert ran.code == 0
    assert "Văn bản có hiệu lực đến hết ngày 19/12/2025 còn ghi như báo cáo trả lời; từ đó đến nay:" in ran.err
    assert (
        "  - Thời gian thực hiện: “2022 - 2026” → “2022 - 2027”; thời hạn 31/12/2026 → 31/12/2027 (lùi 365 ngày)."
        " Theo khoản 1 Điều 1 Quyết định số 2/QĐ-UBND, hiệu lực từ ngày 20/12/2025.\n" in ran.err
    )
    ran = kehoach("review", "I-ct9", "--dry-run")
    assert "  - Mục tiêu năm 2025: “95” → “97” (nâng mục tiêu). Theo khoản 1 Điều 1 Quyết định số 3/QĐ-UBND" in ran.err
    # A copy of an amendment that was wrong is in git alone.
    edit('to: "2022 - 2026"', 'to: "2022 - 2028"', Path("plans/amendments/qd-1.yaml"))
    edit('from: "2022 - 2026"', 'from: "2022 - 2028"', Path("plans/amendments/qd-2.yaml"))
    known = "còn ghi như báo cáo trả lời" if kept == "in git" else "Chưa tìm được văn bản đó"
    assert known in kehoach("review", "I.1", "--dry-run").err


def test_reports_on_one_text_are_named_together(folder: Path, kehoach: Kehoach) -> None:
    for year in (2024, 2025):
        Path("bieu/so-a.yaml").write_text(_FORM.replace("2025", str(year)), encoding="utf-8")
        assert kehoach("collect", "bieu", "--year", str(year), "--force").code == 0
    git(folder, "init", "-q")
    commit(folder)
    edit("nước thải", "khí thải")
    told = kehoach("review", "I.1", "--dry-run").err.splitlines()
    assert told[0].endswith(": 2 báo cáo trả lời theo văn bản cũ.")
    assert [line.partition(" (")[0] for line in told[1:3]] == ["- Sở Tài nguyên, năm 2024", "- Sở Tài nguyên, năm 2025"]
    assert [line[:4] for line in told[3:]] == ["  Bả", "  - "]


def test_only_the_agency_and_period_asked_for_are_settled(collected: Path, kehoach: Kehoach) -> None:
    del collected
    edit("nước thải", "khí thải")
    assert "Không có báo cáo nào" in kehoach("review", "I.1", "--agency", "so-b").err
    assert "Không có báo cáo nào" in kehoach("review", "I.1", "--period", "2026").err
    assert len(said(kehoach)) == 1
    assert kehoach("review", "I.1", "--agency", "Sở Tài nguyên", "--period", "2025").code == 0
    assert said(kehoach) == []


def test_a_period_that_is_closed_is_not_touched(collected: Path, kehoach: Kehoach) -> None:
    del collected
    assert kehoach("lock", "2025").code == 0
    edit("nước thải", "khí thải")
    before, lines = _TARGET.read_bytes(), journal()
    ran = kehoach("review", "I.1")
    assert ran.code == 3
    assert "đã chốt" in ran.err
    assert "kehoach lock --open 2025" in ran.err
    assert (_TARGET.read_bytes(), journal()) == (before, lines)


def test_a_fingerprint_that_somebody_changes_in_a_closed_period_is_found(collected: Path, kehoach: Kehoach) -> None:
    del collected
    assert kehoach("lock", "2025").code == 0
    old = marks()["I.1"]
    edit(old, old[::-1], _TARGET)
    codes = {one["code"] for one in json.loads(kehoach("lint", "-f", "json").out)["findings"]}
    assert "K650" in codes


def test_a_new_answer_answers_the_text_of_today(collected: Path, kehoach: Kehoach) -> None:
    edit("nước thải", "khí thải")
    (collected / "bieu" / "so-a.yaml").write_text(
        _FORM.replace("Đang làm.", "Đã xong một nửa.").replace("submitted: 2025-12-15", "submitted: 2025-12-20"),
        "utf-8",
    )
    assert kehoach("collect", "bieu", "--year", "2025").code == 0
    assert said(kehoach) == []


def test_marks_that_are_none_are_refused(collected: Path, kehoach: Kehoach) -> None:
    del collected
    edit(marks()["I.1"], "abc", _TARGET)
    ran = kehoach("lint")
    assert ran.code == 1
    assert 'dấu "abc" không phải dấu của kehoach' in ran.out


def test_a_file_in_windows_style_keeps_its_looks(collected: Path, kehoach: Kehoach) -> None:
    del collected
    text = "# của tôi\r\n" + _TARGET.read_text(encoding="utf-8").replace("\n", "\r\n")
    _TARGET.write_bytes(text.encode())
    edit("nước thải", "khí thải")
    assert kehoach("review", "I.1").code == 0
    after = _TARGET.read_bytes().decode()
    assert re.sub("[0-9a-f]{64}", "#", after) == re.sub("[0-9a-f]{64}", "#", text)
    assert after != text
