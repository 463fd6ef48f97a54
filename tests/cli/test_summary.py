"""`kehoach summary` as people and scripts use it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Ran

Kehoach = Callable[..., Ran]
ASKED = ("summary", "--period", "2025", "--plan", "kh-176", "--progress", "examples/progress", "--as-of", "2026-02-01")


def test_json_holds_the_counts_the_total_and_the_evidence(kehoach: Kehoach) -> None:
    ran = kehoach(*ASKED, "--format", "json")
    made = json.loads(ran.out)
    assert (ran.code, made["kehoach"]) == (0, "summary/1")
    found = {item["key"]: item for item in made["items"]}
    assert found["so-y-te"] == {
        "key": "so-y-te", "name": "Sở Y tế", "assigned": 2, "due": 2, "carried_in": 0, "done_on_time": 1, "done_late": 0,
        "done_undated": 0, "overdue": 1, "unreported": 0, "in_time": 0, "suspended": 0, "dropped": 0, "on_time_rate": 0.5,
        "completion_rate": 0.5,
    }  # fmt: skip
    assert found["so-xay-dung"]["on_time_rate"] is None
    total = made["summary"]
    assert (total["assigned"], total["due"], total["unreported"], total["on_time_rate"]) == (64, 10, 8, 0.1)
    assert (total["by"], total["period"], total["as_of"], total["plans"]) == (
        "agency",
        "2025",
        "2026-02-01",
        ["kh-176"],
    )
    (proofs,) = (one["tasks"] for one in total["evidence"] if one["key"] == "so-y-te")
    done = next(task for task in proofs if task["counted"] == "done_on_time")
    assert (done["ref"], done["completed"], done["deadline"]) == ("kh-176/PL2.III.2", "2025-10-20", "2025-12-31")
    assert done["submissions"] == [{"agency": "Sở Y tế", "cutoff": "2025-12-14", "submitted": "2025-12-14"}]


@pytest.mark.parametrize("by", ["agency", "plan", "section"])
@pytest.mark.parametrize("width", [80, 160])
def test_the_table_fits_the_terminal(kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, by: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = kehoach(*ASKED, "--by", by)
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= width
    # No word of a header or number of the table is broken.
    assert {"giao", "hạn", "báo", "Tổng", "64", "10"} <= set(ran.out.split())
    assert ("không cộng lại thành dòng Tổng" in " ".join(ran.out.split())) is (by == "agency")


def test_markdown_keeps_its_tables(kehoach: Kehoach) -> None:
    out = kehoach(*ASKED, "--format", "md").out
    assert "| Cơ quan chủ trì | Được giao | Đến hạn | Đúng hạn |" in out


def test_csv_has_numbers_as_people_here_write_them(kehoach: Kehoach) -> None:
    lines = kehoach(*ASKED, "--format", "csv").out.splitlines()
    assert lines[0].startswith("Mã,Cơ quan chủ trì,Được giao,Đến hạn trong kỳ,")
    assert 'so-y-te,Sở Y tế,2,2,1,0,0,1,0,0,0,0,0,0,"50,0","50,0"' in lines


def test_excel_has_counts_and_evidence(kehoach: Kehoach, tmp_path: Path) -> None:
    target = tmp_path / "tong-hop.xlsx"
    assert kehoach(*ASKED, "--format", "xlsx", "-o", str(target)).code == 0
    book = load_workbook(target)
    assert book.sheetnames == ["Tổng hợp", "Căn cứ", "Ghi chú"]
    rows = {row[0]: row for row in book["Tổng hợp"].iter_rows(min_row=2, values_only=True)}
    assert rows["so-y-te"][2:5] == (2, 2, 1)
    proofs = [row for row in book["Căn cứ"].iter_rows(min_row=2, values_only=True) if row[0] == "Sở Y tế"]
    assert {row[2] for row in proofs} == {"PL2.III.1", "PL2.III.2"}
    assert kehoach(*ASKED, "--format", "xlsx").code == 2


@pytest.mark.slow
@pytest.mark.parametrize(("plan", "title"), [("kh-176", "Tình hình thực hiện"), ("kh-kl-81", "tình hình thực hiện")])
def test_word_passes_the_check_of_layouts(kehoach: Kehoach, tmp_path: Path, plan: str, title: str) -> None:
    target = tmp_path / "tong-hop.docx"
    ran = kehoach(
        "summary",
        "--period",
        "2025-Q4",
        "--plan",
        plan,
        "--progress",
        "examples/progress",
        "-f",
        "docx",
        "-o",
        str(target),
    )
    assert ran.code == 0, ran.err
    shown = kehoach("check-docx", str(target))
    assert "lỗi" not in shown.out.partition("Tổng cộng")[0], shown.out
    # Only what the office fills in is open.
    assert {"K721", "K722", "K726"} == {word for word in shown.out.split() if word.startswith("K7")}
    from docx import Document

    texts = [paragraph.text for paragraph in Document(str(target)).paragraphs]
    assert any(text.startswith(title) and "quý IV năm 2025" in text for text in texts)


def test_what_cannot_be_asked_is_said(kehoach: Kehoach) -> None:
    ran = kehoach("summary", "--period", "2026-Q5")
    assert ran.code == 2
    assert 'kỳ "2026-Q5" không hợp lệ; viết 2026, 2026-H1, 2026-9M, 2026-Q3 hoặc 2026-09' in ran.err
    assert kehoach("summary", "--period", "2026", "--by", "task").code == 2
    assert kehoach("summary", "--period", "2021", "--plan", "kh-176").code == 2
    assert "2021" in kehoach("summary", "--period", "2021").err
    assert kehoach("summary", "--period", "2025", "--agency", "Sở Không Có").code == 2
    assert kehoach("summary").code == 2


def test_two_provinces_with_bodies_of_one_id_have_keys_of_their_own(kehoach: Kehoach) -> None:
    items = json.loads(kehoach("summary", "--period", "2026", "-f", "json").out)["items"]
    keys = [item["key"] for item in items]
    assert len(keys) == len(set(keys))
    assert "Thanh Hóa: Sở Y tế" in {item["name"].partition(" (Kế hoạch ghi")[0] for item in items}
    assert "thanh-hoa/so-y-te" in keys
    assert {key.partition("/")[0] for key in keys if key} >= {"thanh-hoa", "thai-nguyen"}
    one = json.loads(kehoach("summary", "--period", "2026", "--province", "thai-nguyen", "-f", "json").out)
    assert not [item["key"] for item in one["items"] if item["key"] and "/" in item["key"]]


def test_the_state_is_that_of_the_last_day_of_a_period_that_is_over(
    kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_TODAY", "2026-11-29")
    ran = kehoach("summary", "--period", "2025-Q4", "--plan", "kh-176", "-f", "json")
    assert json.loads(ran.out)["summary"]["as_of"] == "2025-12-31"
    assert "thêm --as-of" in ran.err
    ran = kehoach("summary", "--period", "2026-Q4", "--plan", "kh-176", "-f", "json")
    assert json.loads(ran.out)["summary"]["as_of"] == "2026-11-29"
    assert "--as-of" not in ran.err


@pytest.mark.slow
def test_plans_of_several_coordinators_leave_the_sender_blank(kehoach: Kehoach, tmp_path: Path) -> None:
    target = tmp_path / "tong-hop.docx"
    asked = ("summary", "--period", "2025", "--plan", "kh-176", "--plan", "qd-3825", "-f", "docx", "-o", str(target))
    assert kehoach(*asked).code == 0
    assert "lỗi K" not in kehoach("check-docx", str(target)).out


def test_only_a_summary_is_a_word_document(kehoach: Kehoach, tmp_path: Path) -> None:
    for command in ("check", "tasks"):
        assert kehoach(command, "--year", "2025", "-f", "docx", "-o", str(tmp_path / "x.docx")).code == 2
    assert kehoach(*ASKED, "--format", "docx").code == 2
