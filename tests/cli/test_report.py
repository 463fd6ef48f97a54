"""`kehoach report` end to end: what it writes, what it refuses, and that the Word file says what `check` says."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from kehoach_cli.__main__ import run
from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]
EXAMPLES = str(REPOSITORY / "examples" / "progress" / "2025")
PLANS_2025 = ("kh-176", "qd-3825", "kh-kl-81")


def names(folder: Path) -> list[str]:
    """Return the names of the documents in a folder, without the notes beside them."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".txt") if folder.exists() else []


def read(path: Path) -> Any:
    return Document(BytesIO(path.read_bytes()))


def text_of(path: Path) -> str:
    document = read(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def rows_of(path: Path) -> Iterator[list[str]]:
    for table in read(path).tables:
        for row in table.rows:
            yield [cell.text.strip() for cell in row.cells]


@pytest.fixture(scope="module")
def reports_2025(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    assert run(["report", "--year", "2025", "--progress", EXAMPLES, "-o", str(folder)]) == 0
    return folder


@pytest.mark.slow
def test_every_plan_in_force_gets_its_report(kehoach: Kehoach, tmp_path: Path) -> None:
    ran = kehoach("report", "--year", "2025", "--progress", EXAMPLES, "-o", str(tmp_path / "a" / "b"))
    assert ran.code == 0
    assert names(tmp_path / "a" / "b") == sorted(f"bao-cao-{plan}-2025.docx" for plan in PLANS_2025)
    assert "Bỏ qua kh-thai-nguyen-2026: năm 2025 nằm ngoài thời kỳ" in ran.err
    assert ran.out == ""


@pytest.mark.slow
def test_2026_without_any_submission(kehoach: Kehoach, tmp_path: Path) -> None:
    ran = kehoach("report", "--year", "2026", "-o", str(tmp_path))
    assert ran.code == 0
    assert len(names(tmp_path)) == 4
    for path in tmp_path.glob("*.docx"):
        text = text_of(path)
        assert "hưa có báo cáo" in text
        listed = [row for row in rows_of(path) if re.search(r"\([A-Z0-9.-]+\)$", row[1])]
        assert listed
        assert not any(cell.startswith("Chưa hoàn thành") for row in listed for cell in row)
        assert "None" not in text
        assert not re.search(r"(?<!\.)\.\.(?!\.)|;\.|, \.", text)


@pytest.mark.slow
def test_figures_later_than_asked_are_left_out_and_that_is_printed(kehoach: Kehoach, tmp_path: Path) -> None:
    asked = ("report", "--year", "2025", "-p", "kh-176", "--progress", EXAMPLES)
    ran = kehoach(*asked, "--as-of", "2025-06-30", "-o", str(tmp_path))
    assert "Không dùng số liệu chốt sau ngày 30/6/2025" in ran.err
    assert "Chưa có báo cáo nào của năm 2025" in ran.err
    assert "Trong tổng số 19 chỉ tiêu: 19 chỉ tiêu chưa có số liệu." in text_of(tmp_path / "bao-cao-kh-176-2025.docx")
    assert "Chưa có báo cáo nào" not in kehoach(*asked, "--format", "md").err


@pytest.mark.slow
def test_notes_for_the_drafter_are_a_file_beside_the_document(kehoach: Kehoach, tmp_path: Path) -> None:
    asked = ("report", "--year", "2025", "-p", "kh-176", "--progress", EXAMPLES, "-o", str(tmp_path))
    assert kehoach(*asked).code == 0
    beside = tmp_path / "bao-cao-kh-176-2025.ghi-chu.txt"
    notes = beside.read_text(encoding="utf-8-sig")
    assert "Kế hoạch ghi Sở Tài nguyên và Môi trường" in notes
    assert "Để trống, cần viết: phần I" in notes
    text = text_of(tmp_path / "bao-cao-kh-176-2025.docx")
    assert "cần viết" not in text
    assert "kehoach" not in text
    # Like the document, the file is not overwritten.
    (tmp_path / "bao-cao-kh-176-2025.docx").unlink()
    assert kehoach(*asked).code == 3
    assert kehoach(*asked, "--force").code == 0


def test_every_plan_has_the_day_of_its_own_submissions(kehoach: Kehoach, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "kehoach: progress/1\nplan: qd-3825\nagency: so-y-te\nyear: 2025\ncutoff: 2025-11-15\n"
        "tasks:\n  PL.I.1: {status: ongoing}\n",
        encoding="utf-8",
    )
    ran = kehoach("report", "--year", "2025", "--progress", str(tmp_path), "--progress", EXAMPLES, "-f", "json")
    days = {item["plan"]: item["as_of"] for item in json.loads(ran.out)["items"]}
    assert days == {"kh-176": "2025-12-14", "qd-3825": "2025-11-15", "kh-kl-81": "2025-12-14"}


def test_a_doubt_of_the_check_reaches_the_report(kehoach: Kehoach, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "kehoach: progress/1\nplan: kh-176\nagency: so-y-te\nyear: 2025\ncutoff: 2025-12-14\n"
        'indicators:\n  PL1.17: {value: "0,865"}\n',
        encoding="utf-8",
    )
    ran = kehoach("report", "--year", "2025", "-p", "kh-176", "--progress", str(tmp_path), "-o", str(tmp_path / "ra"))
    assert "ghi chú cho người soạn (" in ran.err
    notes = (tmp_path / "ra" / "bao-cao-kh-176-2025.ghi-chu.txt").read_text(encoding="utf-8-sig")
    assert 'ý bạn là "86,5"?' in notes
    text = text_of(tmp_path / "ra" / "bao-cao-kh-176-2025.docx")
    assert "Chưa đạt (cần kiểm tra)" in text
    assert "Trong đó 1 chỉ tiêu có số liệu cần kiểm tra." in text


def test_lines_of_a_result_are_kept_to_the_page(kehoach: Kehoach, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "kehoach: progress/1\nplan: kh-176\nagency: so-y-te\nyear: 2025\ncutoff: 2025-12-14\n"
        "tasks:\n  PL2.III.1:\n    status: in_progress\n    result: |\n      - Hoàn thành  04 trạm\n      - Tiếp tục 02 trạm\n",
        encoding="utf-8",
    )
    kehoach("report", "--year", "2025", "-p", "kh-176", "--progress", str(tmp_path), "-o", str(tmp_path))
    assert "- Hoàn thành 04 trạm\n- Tiếp tục 02 trạm" in text_of(tmp_path / "bao-cao-kh-176-2025.docx")


@pytest.mark.slow
def test_the_coordinator_gets_no_letter_from_itself(kehoach: Kehoach, tmp_path: Path) -> None:
    asked = ("report", "--year", "2025", "-p", "qd-3825", "--template", "cong-van-don-doc", "-o", str(tmp_path))
    assert kehoach(*asked).code == 0
    assert "cong-van-don-doc-qd-3825-2025-so-tai-chinh.docx" not in names(tmp_path)
    for unit in ("Sở Tài chính", "Sở KH&ĐT"):
        ran = kehoach(*asked, "--agency", unit)
        assert ran.code == 2
        assert "là cơ quan đầu mối của Kế hoạch" in ran.err


@pytest.mark.slow
def test_who_is_silent_after_the_last_day_gets_a_letter_though_figures_end_before(
    kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures are cut off on 15/11, submissions are due on 17/11."""
    body = (
        "agency: so-y-te\nyear: 2025\ncutoff: 2025-11-15\ntasks:\n  PL.I.1: {status: ongoing, done_this_year: true}\n"
    )
    (tmp_path / "a.yaml").write_text(f"kehoach: progress/1\nplan: qd-3825\n{body}", encoding="utf-8")
    asked = ("report", "--year", "2025", "-p", "qd-3825", "-t", "cong-van-don-doc", "--progress", str(tmp_path))
    monkeypatch.setenv("KEHOACH_TODAY", "2025-11-17")
    ran = kehoach(*asked, "-o", str(tmp_path / "a"))
    assert ran.code == 2
    assert "tính đến ngày chốt số liệu (15/11/2025); tính đến ngày khác thì thêm --as-of" in ran.err
    monkeypatch.setenv("KEHOACH_TODAY", "2025-11-18")
    assert kehoach(*asked, "-o", str(tmp_path / "a")).code == 0
    letter = text_of(tmp_path / "a" / names(tmp_path / "a")[0])
    assert "Đến ngày 18/11/2025, Sở Tài chính chưa nhận được báo cáo" in letter
    assert kehoach(*asked, "--as-of", "2025-12-30", "-o", str(tmp_path / "b")).code == 0
    assert "cong-van-don-doc-qd-3825-2025-so-y-te.docx" not in names(tmp_path / "b")
    ran = kehoach(*asked, "--as-of", "2025-11-15", "-o", str(tmp_path / "c"))
    assert ran.code == 2
    assert "thêm --as-of" not in ran.err


def test_the_default_folder_is_the_years(kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--root", str(REPOSITORY), "report", "--year", "2026", "-p", "kh-kl-81"]) == 0
    assert names(tmp_path / "reports" / "2026") == ["bao-cao-kh-kl-81-2026.docx"]
    del kehoach


@pytest.mark.slow
def test_the_word_file_says_what_check_says(kehoach: Kehoach, reports_2025: Path) -> None:
    ran = kehoach("check", EXAMPLES, "--year", "2025", "--plan", "kh-176", "--format", "json", "--fail-on", "none")
    said = json.loads(ran.out)
    path = reports_2025 / "bao-cao-kh-176-2025.docx"
    words = {
        "exceeded": "Vượt",
        "met": "Đạt",
        "partly": "Đạt một phần",
        "missed": "Chưa đạt",
        "no_data": "Chưa có số liệu",
    }
    rows = {
        found[1]: row for row in rows_of(path) for cell in row[:3] if (found := re.search(r"\((PL1\.\d+)\)$", cell))
    }
    assert len(rows) == 19
    for item in said["items"]:
        row = rows[item["id"]]
        word = f"Ước {words[item['verdict']].lower()}" if item["estimate"] else words[item["verdict"]]
        assert word in row, item["id"]
        if item["text"]:
            assert any(cell.startswith(item["text"].removesuffix("%")) for cell in row), item["id"]
    verdicts = [{item["id"]: item["verdict"] for item in said["items"]}]
    counts = [list(verdicts[0].values()).count(verdict) for verdict in words]
    listed = [f"{count} {word.lower()}" for count, word in zip(counts, words.values(), strict=True) if count]
    text = text_of(path)
    assert f"Trong tổng số 19 chỉ tiêu: {', '.join(listed)}.".replace(" vượt", " chỉ tiêu vượt", 1) in text
    (tasks,) = said["summary"]["tasks"]
    due = tasks["done"] + tasks["overdue"] + tasks["unreported"]
    assert f"Kế hoạch giao {tasks['total']} nhiệm vụ, gồm 30 nhiệm vụ, giải pháp và 34 chương trình" in text
    assert f"Tỷ lệ hoàn thành: {tasks['done']}/{due} nhiệm vụ đến hạn hoặc đã hoàn thành" in text
    assert f"trong đó {tasks['unreported']} nhiệm vụ đã quá thời hạn" in text


@pytest.mark.slow
def test_the_table_by_agency_adds_up_on_paper(reports_2025: Path) -> None:
    for plan in PLANS_2025:
        every = rows_of(reports_2025 / f"bao-cao-{plan}-2025.docx")
        head = next(row for row in every if "Cơ quan chủ trì" in row and "Tổng" in row)
        rows = [row for row in every if len(row) == len(head) and row[2].isdigit()]
        assert rows, plan
        for row in rows:
            assert sum(int(cell) for cell in row[3:-1] if cell != "-") == int(row[2]), row


@pytest.mark.slow
def test_same_input_same_bytes(kehoach: Kehoach, reports_2025: Path, tmp_path: Path) -> None:
    kehoach("report", "--year", "2025", "--progress", EXAMPLES, "-o", str(tmp_path))
    for name in names(reports_2025):
        assert (tmp_path / name).read_bytes() == (reports_2025 / name).read_bytes()


REFUSED = [
    (("--year", "2025", "--plan", "kh-thai-nguyen-2026"), "nằm ngoài thời kỳ"),
    (("--year", "2025", "--plan", "kh-176", "--plan", "kh-thai-nguyen-2026"), "nằm ngoài thời kỳ"),
    (("--year", "2019"), "nằm ngoài thời kỳ"),
    ((), "thiếu kỳ báo cáo"),
    (("--year", "25"), "bốn chữ số"),
    (("--year", "2025", "--plan", "kh-x"), "không có kế hoạch"),
    (("--year", "2025", "--agency", "Sở Không Có"), "không có cơ quan"),
    (("--year", "2025", "--plan", "kh-kl-81", "--agency", "Sở Y tế"), "không giao nội dung nào"),
    (("--year", "2025", "--plan", "qd-3825", "--agency", "Sở TT&TT"), "Sở Khoa học và Công nghệ"),
    (("--year", "2025", "--template", "cong-van-don-doc", "--agency", "Sở TT&TT"), "chia cho nhiều cơ quan"),
    (("--year", "2025", "--template", "khong-co"), "không đọc được mẫu"),
    (("--year", "2025", "--until", "2026-01-10"), "--until chỉ dùng với"),
    (("--year", "2025", "--template", "cong-van-don-doc", "--part"), "--part không dùng"),
    (("--year", "2025", "--number", "12"), "thêm --plan"),
    (("--year", "2025", "--format", "pdf"), "--format"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_refused_with_a_reason_and_nothing_written(
    kehoach: Kehoach, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    ran = kehoach("report", *arguments, "-o", str(tmp_path / "ra"))
    assert ran.code == 2
    assert message in ran.err
    assert not (tmp_path / "ra").exists()


@pytest.mark.slow
def test_all_or_nothing(kehoach: Kehoach, tmp_path: Path) -> None:
    there = tmp_path / "bao-cao-qd-3825-2025.docx"
    there.write_bytes(b"old")
    ran = kehoach("report", "--year", "2025", "-o", str(tmp_path))
    assert ran.code == 3
    assert "--force" in ran.err
    assert names(tmp_path) == [there.name]
    assert there.read_bytes() == b"old"
    assert kehoach("report", "--year", "2025", "-o", str(tmp_path), "--force").code == 0
    assert len(names(tmp_path)) == 3
    assert there.read_bytes() != b"old"


@pytest.mark.slow
def test_a_write_that_fails_midway_brings_back_what_was_there(kehoach: Kehoach, tmp_path: Path) -> None:
    first, last = tmp_path / "bao-cao-kh-176-2025.docx", tmp_path / "bao-cao-kh-kl-81-2025.docx"
    first.write_bytes(b"old")
    last.write_bytes(b"kept")
    last.chmod(0o444)
    ran = kehoach("report", "--year", "2025", "-o", str(tmp_path), "--force")
    assert ran.code == 3
    assert "chỉ được đọc" in ran.err
    assert names(tmp_path) == [first.name, last.name]
    assert (first.read_bytes(), last.read_bytes()) == (b"old", b"kept")


def test_a_file_where_the_folder_should_be(kehoach: Kehoach, tmp_path: Path) -> None:
    (tmp_path / "ra").write_text("x", encoding="utf-8")
    ran = kehoach("report", "--year", "2025", "-p", "kh-kl-81", "-o", str(tmp_path / "ra" / "b"))
    assert ran.code == 3
    assert names(tmp_path) == ["ra"]


def test_a_broken_template_leaves_nothing(kehoach: Kehoach, tmp_path: Path) -> None:
    broken = tmp_path / "mau.docx"
    broken.write_bytes(b"not a package")
    ran = kehoach("report", "--year", "2025", "--template", str(broken), "-o", str(tmp_path / "ra"))
    assert ran.code == 3
    assert "không dùng được mẫu" in ran.err
    assert not (tmp_path / "ra").exists()


def test_a_users_own_template_is_used(kehoach: Kehoach, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Tóm tắt: {{ summary }}")
    document.add_paragraph(
        "{% for group in indicators.groups %}{% for line in group.lines %}[{{ line.id }}]{% endfor %}{% endfor %}"
    )
    document.save(str(tmp_path / "mau.docx"))
    ran = kehoach(
        "report", "--year", "2025", "-p", "kh-kl-81", "--template", str(tmp_path / "mau.docx"), "-o", str(tmp_path / "ra")
    )  # fmt: skip
    # This template shows no tasks, and a report that lacks them is not written.
    assert ran.code == 3
    assert not (tmp_path / "ra").exists()


@pytest.mark.slow
def test_the_workspaces_own_template_goes_before_the_programs(
    kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "ws"
    shutil.copytree(REPOSITORY / "plans", root / "plans")
    (root / "templates").mkdir()
    document = Document(str(REPOSITORY / "templates" / "bao-cao-dang.docx"))
    document.add_paragraph("Mẫu riêng của đơn vị")
    document.save(str(root / "templates" / "bao-cao-dang.docx"))
    ran = kehoach("--root", str(root), "report", "--year", "2026", "-p", "kh-kl-81", "-o", str(tmp_path / "ra"))
    assert ran.code == 0
    assert "Mẫu riêng của đơn vị" in text_of(tmp_path / "ra" / "bao-cao-kh-kl-81-2026.docx")
    del monkeypatch


def test_an_agencys_own_reports(kehoach: Kehoach, tmp_path: Path) -> None:
    ran = kehoach("report", "--year", "2025", "--progress", EXAMPLES, "--agency", "SYT", "-o", str(tmp_path))
    assert ran.code == 0
    assert names(tmp_path) == ["bao-cao-kh-176-2025-so-y-te.docx", "bao-cao-qd-3825-2025-so-y-te.docx"]
    assert "kh-kl-81 không giao nội dung nào cho Sở Y tế chủ trì" in ran.err
    text = text_of(tmp_path / "bao-cao-kh-176-2025-so-y-te.docx")
    assert "SỞ Y TẾ" in text
    assert "(PL2.III.1)" in text
    assert "(PL1.8)" not in text


def test_a_part_has_neither_head_nor_foot(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("report", "--year", "2025", "-p", "kh-176", "--part", "-o", str(tmp_path))
    text = text_of(tmp_path / "bao-cao-kh-176-2025.docx")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in text
    assert "Như trên" not in text
    assert "Sở Nông nghiệp và Môi trường báo cáo" not in text
    assert "Kết quả năm 2025 thực hiện Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh (số liệu" in text
    assert "KẾT QUẢ THỰC HIỆN" in text
    assert "(PL2.III.2)" in text


@pytest.mark.slow
def test_letters_to_one_and_to_all_that_are_silent(kehoach: Kehoach, tmp_path: Path) -> None:
    letter = ("report", "--year", "2025", "-p", "kh-176", "--template", "cong-van-don-doc", "--progress", EXAMPLES)
    ran = kehoach(*letter, "--agency", "Sở Công Thương", "--until", "2026-01-10", "-o", str(tmp_path / "one"))
    assert ran.code == 0
    (name,) = names(tmp_path / "one")
    assert name == "cong-van-don-doc-kh-176-2025-so-cong-thuong.docx"
    text = text_of(tmp_path / "one" / name)
    assert "Kính gửi: Sở Công Thương" in text
    assert "10/01/2026" in text
    assert "(PL1.3)" in text
    assert kehoach(*letter, "-o", str(tmp_path / "all")).code == 0
    written = names(tmp_path / "all")
    assert name in written
    assert "cong-van-don-doc-kh-176-2025-so-y-te.docx" not in written


@pytest.mark.parametrize("name", ["cong-van-don-doc", "cong-van-don-doc-dang", "thu-nhac"])
def test_a_letter_template_is_known_by_its_file_name_or_its_variables(
    kehoach: Kehoach, tmp_path: Path, name: str
) -> None:
    kehoach("templates", "export", "-o", str(tmp_path))
    path = tmp_path / f"{name}.docx"
    if not path.exists():
        path.write_bytes((tmp_path / "cong-van-don-doc.docx").read_bytes())
    asked = ("report", "--year", "2025", "-p", "kh-176", "--progress", EXAMPLES, "-a", "Sở Công Thương")
    ran = kehoach(*asked, "-t", str(path), "-o", str(tmp_path / "ra"))
    assert ran.code == 0, ran.err
    (made,) = names(tmp_path / "ra")
    assert made == "cong-van-don-doc-kh-176-2025-so-cong-thuong.docx"
    assert "Kính gửi: Sở Công Thương" in text_of(tmp_path / "ra" / made)
    (item,) = json.loads(kehoach(*asked, "-t", str(path), "-f", "json").out)["items"]
    assert item["kind"] == "cong-van-don-doc"


@pytest.mark.slow
def test_templates_of_the_workspace_are_used_by_name(kehoach: Kehoach, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    kehoach("templates", "export", "-o", str(tmp_path / "templates"))
    for old, new in (("cong-van-don-doc", "thu-nhac"), ("bao-cao-nam", "bao-cao-rieng")):
        (tmp_path / "templates" / f"{old}.docx").rename(tmp_path / "templates" / f"{new}.docx")
    made = {"thu-nhac": "cong-van-don-doc-kh-176", "bao-cao-rieng": "bao-cao-kh-176"}
    for name, start in made.items():
        asked = ("report", "-y", "2025", "-p", "kh-176", "-t", name, "-o", str(tmp_path / name))
        ran = kehoach("--root", str(tmp_path), *asked)
        assert ran.code == 0, ran.err
        assert all(one.startswith(start) for one in names(tmp_path / name))
    ran = kehoach("--root", str(tmp_path), "report", "-y", "2025", "-t", "thu-nhắc")
    assert ran.code == 2
    assert "thu-nhac" in ran.err


def test_the_data_behind_a_report(kehoach: Kehoach, tmp_path: Path) -> None:
    asked = ("report", "--year", "2025", "-p", "kh-176", "--progress", EXAMPLES)
    ran = kehoach(*asked, "--format", "json")
    envelope = json.loads(ran.out)
    assert envelope["kehoach"] == "report/1"
    (item,) = envelope["items"]
    assert item["tasks"]["counts"]["total"] == sum(item["tasks"]["counts"]["by_column"].values()) == 64
    assert item["identity"]["number"] is None
    assert item["as_of"] == "2025-12-14"
    assert "figures" not in item
    markdown = kehoach(*asked, "--format", "md").out
    assert markdown.startswith("# BÁO CÁO: Kết quả năm 2025 thực hiện Kế hoạch số 176/KH-UBND")
    assert "| Tổng | 64 |" in markdown
    assert kehoach(*asked, "--format", "md", "-o", str(tmp_path)).out == ""
    assert (tmp_path / "bao-cao-kh-176-2025.md").read_text(encoding="utf-8") == markdown


def test_the_trace_leads_to_the_lines(kehoach: Kehoach, tmp_path: Path) -> None:
    ran = kehoach(
        "report", "--year", "2025", "-p", "kh-176", "--progress", EXAMPLES, "--trace", "--format", "json"
    )  # fmt: skip
    (item,) = json.loads(ran.out)["items"]
    figures = {figure["key"]: figure for figure in item["figures"]}
    value = figures["indicators.groups[PL1.II].lines[PL1.17].result"]
    (source,) = value["sources"]
    line = Path(source["file"]).read_text(encoding="utf-8").splitlines()[source["line"] - 1]
    assert value["text"] == "86,5"
    assert "PL1.17" in line
    assert "86,5" in line
    for figure in figures.values():
        assert all(Path(one["file"]).is_file() and one["line"] for one in figure["sources"]), figure["key"]
    printed = kehoach(
        "report", "--year", "2025", "-p", "kh-176", "--progress", EXAMPLES, "--trace", "-o", str(tmp_path)
    ).out  # fmt: skip
    assert len(printed.splitlines()) == len(item["figures"])
    assert re.search(r"^kh-176\ttasks\.counts\.done\t.*\t1\t.*so-y-te\.yaml:\d+", printed, re.MULTILINE)


SETTINGS = """
[report.kh-176]
number = 7
date = 2025-12-20
signer = "Nguyễn Văn A"
authority = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
recipients = ["Như trên", "Lưu: VT, BVMT"]
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    root = tmp_path / "ws"
    shutil.copytree(REPOSITORY / "plans", root / "plans")
    (root / "kehoach.toml").write_text(SETTINGS, encoding="utf-8")
    return root


def test_an_offices_settings_fill_the_blanks(kehoach: Kehoach, office: Path, tmp_path: Path) -> None:
    asked = ("--root", str(office), "report", "-p", "kh-176", "-o", str(tmp_path))
    assert kehoach(*asked, "--year", "2025").code == 0
    text = text_of(tmp_path / "bao-cao-kh-176-2025.docx")
    for words in (
        "Số: 07/BC-SNNMT",
        "ngày 20 tháng 12 năm 2025",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Văn A",
        "Lưu: VT, BVMT",
    ):
        assert words in text


def test_last_years_number_and_day_are_not_printed_again(kehoach: Kehoach, office: Path, tmp_path: Path) -> None:
    ran = kehoach("--root", str(office), "report", "-p", "kh-176", "--year", "2028", "-o", str(tmp_path))
    text = text_of(tmp_path / "bao-cao-kh-176-2028.docx")
    assert "bỏ số và ngày trong kehoach.toml" in ran.err
    assert "07/BC" not in text
    assert "2025" not in text.splitlines()[0]
    assert "Nguyễn Văn A" in text


@pytest.mark.slow
def test_options_go_before_settings_and_not_into_an_agencys_report(
    kehoach: Kehoach, office: Path, tmp_path: Path
) -> None:
    asked = ("--root", str(office), "report", "-p", "kh-176", "--year", "2025", "-o", str(tmp_path))
    kehoach(*asked, "--signer", "Trần Thị B")
    assert "Trần Thị B" in text_of(tmp_path / "bao-cao-kh-176-2025.docx")
    kehoach(*asked, "--agency", "Sở Y tế")
    assert "Nguyễn Văn A" not in text_of(tmp_path / "bao-cao-kh-176-2025-so-y-te.docx")


WRONG = [
    ('[report.kh-176]\nsigners = "A"', "signer", 2),
    ('[report.kh-176]\nplace = ""', "không để trống", 2),
    ('[report.kh-176]\nplace = "A"\ndate = "32/01/2025"', "date", 3),
    ("[report.kh-176]\nrecipients = [1]", "danh sách dòng chữ", 2),
    ('report = "x"', "[report.kh-176]", 1),
]


@pytest.mark.parametrize(("text", "message", "line"), WRONG)
@pytest.mark.slow
def test_wrong_settings_are_findings_with_their_line(
    kehoach: Kehoach, office: Path, tmp_path: Path, text: str, message: str, line: int
) -> None:
    (office / "kehoach.toml").write_text(text, encoding="utf-8")
    ran = kehoach("--root", str(office), "report", "-p", "kh-kl-81", "--year", "2025", "-o", str(tmp_path))
    assert ran.code == 1
    assert f"kehoach.toml:{line}:1: lỗi K007" in ran.err
    assert message in ran.err


def test_a_broken_submission_is_named_and_the_rest_is_served(kehoach: Kehoach, tmp_path: Path) -> None:
    (tmp_path / "hong.yaml").write_text("kehoach: progress/1\nplan: [", encoding="utf-8")
    ran = kehoach("report", "--year", "2025", "-p", "kh-kl-81", "--progress", str(tmp_path), "-o", str(tmp_path / "ra"))
    assert ran.code == 1
    assert "CHƯA DÙNG ĐƯỢC" in ran.err
    assert names(tmp_path / "ra") == ["bao-cao-kh-kl-81-2025.docx"]
