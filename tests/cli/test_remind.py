"""`kehoach remind` in a workspace: texts, letters and the log of what was sent."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]
ASKED = ("remind", "--period", "2025", "--plan", "kh-176", "--as-of", "2026-01-20")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workspace with the plans and the example submissions."""
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    shutil.copytree(REPOSITORY / "examples" / "progress", tmp_path / "progress")
    return tmp_path


@pytest.fixture
def run(kehoach: Kehoach, office: Path, monkeypatch: pytest.MonkeyPatch) -> Kehoach:
    """Run the program in the workspace."""
    monkeypatch.chdir(office)
    return kehoach


def test_a_text_for_one_agency(run: Kehoach) -> None:
    ran = run(*ASKED, "--agency", "SYT")
    assert ran.code == 0
    assert ran.out.startswith(
        "Kính gửi Sở Y tế,\n\nSở Nông nghiệp và Môi trường nhắc việc thực hiện Kế hoạch số 176/KH-UBND"
    )
    assert "* Đã quá thời hạn:\n- PL2.III.1 " in ran.out
    assert "hạn 31/12/2025, quá 20 ngày" in ran.out
    assert "* Báo cáo năm 2025 chưa cập nhật nhiệm vụ:" in ran.out
    assert "--sent" in ran.err


def test_json_names_rows_and_steps(run: Kehoach) -> None:
    made = json.loads(run(*ASKED, "--agency", "so-tai-chinh", "--format", "json").out)
    assert made["kehoach"] == "remind/1"
    (item,) = made["items"]
    assert (item["agency"], item["plan"], item["period"], item["steps"]) == ("so-tai-chinh", "kh-176", "2025", ["late"])
    assert item["report"]["state"] == "missing"


@pytest.mark.slow
def test_texts_and_letters_go_to_a_folder_and_nothing_is_overwritten(run: Kehoach, office: Path) -> None:
    ran = run(*ASKED, "--agency", "SYT", "-o", "nhac")
    assert ran.code == 0, ran.err
    name = "cong-van-don-doc-kh-176-2025-so-y-te"
    assert {path.name for path in (office / "nhac").iterdir()} == {"so-y-te.txt", f"{name}.docx", f"{name}.ghi-chu.txt"}
    assert "lỗi K" not in run("check-docx", f"nhac/{name}.docx").out
    (office / "nhac" / "so-y-te.txt").write_text("đã sửa", encoding="utf-8")
    assert run(*ASKED, "--agency", "SYT", "-o", "nhac").code == 3
    assert (office / "nhac" / "so-y-te.txt").read_text(encoding="utf-8") == "đã sửa"


def test_what_was_sent_is_logged_and_not_told_again(run: Kehoach, office: Path) -> None:
    log = office / "progress" / "reminders.jsonl"
    assert run(*ASKED, "--agency", "SYT").code == 0
    assert not log.exists()
    assert run(*ASKED, "--agency", "SYT", "--sent").code == 0
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert {(line["agency"], line["plan"], line["period"], line["step"]) for line in lines} == {
        ("so-y-te", "kh-176", "2025", "late")
    }
    assert "PL2.III.1@2025-12-31" in lines[0]["rows"]
    again = run(*ASKED, "--agency", "SYT", "--sent")
    assert (again.code, again.out) == (0, "")
    assert "Không nhắc lại" in again.err
    assert log.read_text(encoding="utf-8").count("\n") == 1
    # Others are still to be reminded, and this one again after five days.
    assert run(*ASKED).out.count("Kính gửi ") > 20
    assert "PL2.III.1" in run(*ASKED[:-1], "2026-01-25", "--agency", "SYT").out
    assert "reminders.jsonl merge=union" in (office / "progress" / ".gitattributes").read_text(encoding="utf-8")


def test_a_torn_last_line_of_the_log_is_kept_apart(run: Kehoach, office: Path) -> None:
    log = office / "progress" / "reminders.jsonl"
    log.write_bytes(b'{"time":"2026-01-')
    assert run(*ASKED, "--agency", "SYT", "--sent").code == 0
    assert log.read_bytes().startswith(b'{"time":"2026-01-\n{"time"')
    assert run(*ASKED, "--agency", "SYT").out == ""
    # Neither the log nor the torn line disturbs other commands.
    assert "reminders" not in run("check", "progress", "--year", "2025", "--fail-on", "none").err


def test_the_built_in_plans_keep_no_log(kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = kehoach(*ASKED, "--sent")
    assert ran.code == 3
    assert "--sent cần thư mục làm việc" in ran.err
    assert kehoach(*ASKED, "--agency", "SYT").code == 0


def test_an_old_name_reminds_the_heir_and_the_coordinator_nobody(run: Kehoach) -> None:
    assert "Kính gửi Sở Tài chính" in run(*ASKED, "--agency", "Sở KH&ĐT").out
    own = run(*ASKED, "--agency", "Sở TN&MT")
    assert (own.code, own.out) == (0, "")
    assert "Không có nội dung nào phải nhắc." in own.err
    assert run(*ASKED, "--agency", "Sở Không Có").code == 2


def test_another_document_may_ask_for_quarterly_reports(run: Kehoach, office: Path) -> None:
    quarter = ("--period", "2025-Q4", "--plan", "kh-176", "--as-of", "2026-01-20", "--agency", "Sở Công Thương")
    assert "chưa nhận được báo cáo" not in run("remind", *quarter).out
    settings = office / "kehoach.toml"
    document = "Công văn số 12/SNNMT-BVMT ngày 05/01/2025"
    settings.write_text(f'[report.kh-176]\nperiods = ["quarter"]\nperiods_by = "{document}"\n', encoding="utf-8")
    out = run("remind", *quarter).out
    assert f"* Báo cáo quý IV/2025 theo {document}: chưa nhận được báo cáo; phải báo cáo " in out
    # `check` and the letter know it too; reports of the year are asked for as before.
    checked = run("check", "--period", "2025-Q4", "--plan", "kh-176", "--by", "agency", "--fail-on", "none").out
    assert "Sở Công Thương" in checked
    letter = run("report", "--period", "2025-Q4", "--plan", "kh-176", "--agency", "Sở Công Thương", "--as-of", "2026-01-20",
                 "--template", "cong-van-don-doc", "--format", "md")  # fmt: skip
    assert f"{document} yêu cầu báo cáo quý IV năm 2025." in letter.out.replace("\\", "")
    assert "quy định báo cáo định kỳ hàng năm" in run(
        "report", "--year", "2025", "--plan", "kh-176", "--agency", "Sở Công Thương", "--as-of", "2026-01-20",
        "--template", "cong-van-don-doc", "--format", "md",
    ).out  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ('[report.kh-176]\nperiods = ["quý"]\nperiods_by = "CV 1"', "phải là danh sách các kỳ: year, half", 2),
        ('[report.kh-176]\nperiods = ["quarter"]', "phải nêu văn bản yêu cầu báo cáo", 1),
        ('[report.kh-kl-81]\nperiods = ["quarter"]\nperiods_by = "CV 1"', "không quy định đơn vị nào báo cáo", 2),
    ],
)
def test_wrong_periods_in_the_settings_are_named(run: Kehoach, office: Path, text: str, words: str, line: int) -> None:
    (office / "kehoach.toml").write_text(text, encoding="utf-8")
    ran = run("remind", "--period", "2025-Q4", "--as-of", "2026-01-20")
    assert ran.code == 1
    assert f"kehoach.toml:{line}:1" in ran.err
    assert words in ran.err
