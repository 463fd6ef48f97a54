"""Amendment files: what every command says of a plan on a day, and what lint says of a file that cannot be applied."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kehoach_cli.office.docx_package import open_package, parse_part
from kehoach_cli.office.reading import W
from tests.conftest import REPOSITORY, Ran

pytestmark = pytest.mark.slow
Kehoach = Callable[..., Ran]

FIRST = """kehoach: amendment/1
amends: kh-176
document: {number: "100/QĐ-UBND", date: 2024-03-01, cite: "Quyết định số 100/QĐ-UBND ngày 01/3/2024"}
effective: 2024-03-10
changes:
  - {op: replace, at: PL2.III.1/schedule, from: "2022 - 2025", to: "2022 - 2027", clause: khoản 1 Điều 1}
  - {op: repeal, at: PL2.II.1, clause: khoản 2 Điều 1}
  - {op: add, at: PL2.III.3, after: PL2.III.2, row: {text: Xây trạm đo., kind: programme, lead: [so-y-te], schedule: 2024 - 2026}}
  - {op: renumber, at: PL2.III.2, to: III.2a}
"""
SECOND = """kehoach: amendment/1
amends: kh-176
document: {number: "200/QĐ-UBND", date: 2025-06-01, cite: "Quyết định số 200/QĐ-UBND ngày 01/6/2025"}
effective: 2025-06-15
changes:
  - {op: replace, at: PL2.III.1/schedule, from: "2022 - 2027", to: "2022 - 2026"}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """A workspace of the real plans with two amendments of one of them."""
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    amendments = Path("plans/amendments")
    amendments.mkdir()
    (amendments / "qd-100.yaml").write_text(FIRST, encoding="utf-8")
    (amendments / "qd-200.yaml").write_text(SECOND, encoding="utf-8")
    return tmp_path


def item(ran: Ran) -> dict[str, Any]:
    assert ran.code == 0, ran.err
    return dict(json.loads(ran.out)["items"][0])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("day", "deadline", "sources"),
    [
        ("2024-03-09", "2025-12-31", []),
        ("2024-03-10", "2027-12-31", ["Quyết định số 100/QĐ-UBND ngày 01/3/2024"]),
        ("2025-01-01", "2027-12-31", ["Quyết định số 100/QĐ-UBND ngày 01/3/2024"]),
        (
            "2025-06-15",
            "2026-12-31",
            ["Quyết định số 100/QĐ-UBND ngày 01/3/2024", "Quyết định số 200/QĐ-UBND ngày 01/6/2025"],
        ),
        (
            "2026-01-01",
            "2026-12-31",
            ["Quyết định số 100/QĐ-UBND ngày 01/3/2024", "Quyết định số 200/QĐ-UBND ngày 01/6/2025"],
        ),
    ],
)
def test_the_text_on_five_days_with_its_sources(kehoach: Kehoach, day: str, deadline: str, sources: list[str]) -> None:
    shown = item(kehoach("show", "kh-176/PL2.III.1", "--as-of", day, "-f", "json"))
    assert shown["schedule"]["deadline"] == deadline
    assert [one["document"] for one in shown["amended"]] == sources
    listed = json.loads(kehoach("tasks", "--plan", "kh-176", "--as-of", day, "-f", "json").out)["items"]
    rows = {one["id"]: one for one in listed}
    assert rows["PL2.III.1"]["schedule"]["deadline"] == deadline
    assert ("PL2.III.3" in rows) == bool(sources)


@pytest.mark.usefixtures("folder")
def test_the_report_of_a_year_in_between_has_the_text_of_that_year(kehoach: Kehoach) -> None:
    def made(*words: str) -> dict[str, Any]:
        found = item(kehoach("report", "--plan", "kh-176", "-f", "json", *words))
        lines = [line for group in found["tasks"]["programmes"] for line in group["lines"]]
        return {"notes": found["notes"], **{line["id"]: line for line in lines}}

    before, between, after = (made("--year", year) for year in ("2023", "2024", "2025"))
    assert "PL2.III.3" not in before
    assert {"PL2.III.3", "PL2.II.1"} <= between.keys()
    for report, years in ((before, "2022 - 2025"), (between, "2022 - 2027"), (after, "2022 - 2026")):
        assert years in json.dumps(report["PL2.III.1"], ensure_ascii=False)
    assert "Nội dung kế hoạch đã theo Quyết định số 100/QĐ-UBND" in str(between["notes"])
    assert "200/QĐ-UBND" not in str(between["notes"])
    assert "200/QĐ-UBND" in str(after["notes"])


@pytest.mark.usefixtures("folder")
def test_forms_ask_the_amended_rows_and_their_answers_are_taken(kehoach: Kehoach) -> None:
    assert kehoach("form", "--agency", "Sở Y tế", "--year", "2025", "--plan", "kh-176", "-o", "a.xlsx").code == 0
    codes = {str(cell.value) for cell in openpyxl.load_workbook("a.xlsx")["Nhiệm vụ"]["A"]}
    assert {"kh-176/PL2.III.1", "kh-176/PL2.III.3"} <= codes
    head = "kehoach: progress/1\nplan: kh-176\nagency: so-y-te\nyear: 2025\ncutoff: 2025-12-14\nsubmitted: 2025-12-15\n"
    Path("b.yaml").write_text(f"{head}tasks:\n  PL2.III.3: {{status: in_progress}}\n", encoding="utf-8")
    assert kehoach("collect", "b.yaml").code == 0
    shown = item(kehoach("show", "kh-176/PL2.III.3", "-f", "json"))
    assert shown["status"] == "in_progress"


@pytest.mark.usefixtures("folder")
def test_the_deadline_and_the_target_before_stand_beside_those_of_today(kehoach: Kehoach) -> None:
    """What moved after its old day had passed is never printed alone, wherever people read it."""
    more = '  - {op: replace, at: PL1.17/targets/2025, from: "85", to: "≥ 88"}\n'
    Path("plans/amendments/qd-200.yaml").write_text(SECOND + more, encoding="utf-8")
    day, row = ("--as-of", "2026-01-10"), "31/12/2026 (trước các lần sửa đổi: 31/12/2025; 31/12/2027)"
    phrase, target = "2022 - 2026 (thời hạn trước các lần sửa đổi: 31/12/2025; 31/12/2027)", "≥ 88 (trước sửa đổi: 85)"

    def told(*words: str) -> str:
        ran = kehoach(*words)
        assert ran.code == 0, ran.err
        return " ".join(ran.out.split())

    assert phrase in told("show", "kh-176/PL2.III.1", *day)
    assert target in told("show", "kh-176/PL1.17", *day)
    assert phrase in told("tasks", "--plan", "kh-176", *day, "-f", "csv")
    assert row in told("tasks", "--plan", "kh-176", "--search", "Sầm Sơn", *day, "-f", "md")
    report = told("report", "--plan", "kh-176", "--year", "2026", *day, "-f", "md")
    assert phrase in report
    assert kehoach("form", "--agency", "Sở Y tế", "--year", "2026", "--plan", "kh-176", "-o", "a.yaml").code == 0
    assert phrase in " ".join(Path("a.yaml").read_text(encoding="utf-8").replace("\n#", "").split())
    assert kehoach("form", "--agency", "Sở Y tế", "--year", "2025", "--plan", "kh-176", "-o", "a.xlsx").code == 0
    book = openpyxl.load_workbook("a.xlsx")
    cells = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line]
    assert any(row in cell for cell in cells)
    assert any(target in cell for cell in cells)


@pytest.mark.usefixtures("folder")
def test_a_row_is_found_by_its_id_and_by_its_new_number(kehoach: Kehoach) -> None:
    for asked in ("kh-176/PL2.III.2", "kh-176/III.2a", "III.2a"):
        assert item(kehoach("show", asked, "-f", "json"))["id"] == "PL2.III.2"


@pytest.mark.usefixtures("folder")
def test_the_copy_is_compared_and_verified_as_issued(kehoach: Kehoach) -> None:
    assert json.loads(kehoach("diff", "kh-176", str(REPOSITORY / "plans/kh-176.yaml"), "-f", "json").out)["items"] == []


@pytest.mark.usefixtures("folder")
def test_sound_amendments_have_no_finding(kehoach: Kehoach) -> None:
    ran = kehoach("lint", "--strict")
    assert ran.code == 0, ran.out


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("amends: kh-176", "amends: kh-la", "K140", 2),
        ("at: PL2.II.1,", "at: PL2.II.99,", "K140", 7),
        ('from: "2022 - 2025"', 'from: "2022 - 2024"', "K141", 6),
        ("effective: 2024-03-10", "effective: 2023-03-10", "K143", 4),
        ('to: "2022 - 2027"', 'to: "Quý V"', "K144", 6),
        ("op: renumber, at: PL2.III.2, to: III.2a", "op: renumber, at: PL2.III.2", "K144", 9),
        ("op: repeal", "op: bo", "K103", 7),
    ],
)
def test_lint_names_line_and_mend_and_no_command_is_silent(
    kehoach: Kehoach, folder: Path, old: str, new: str, code: str, line: int
) -> None:
    path = folder / "plans/amendments/qd-100.yaml"
    assert old in FIRST
    path.write_text(FIRST.replace(old, new, 1), encoding="utf-8")
    (folder / "plans/amendments/qd-200.yaml").unlink()
    found = json.loads(kehoach("lint", "-f", "json").out)["findings"]
    assert [(one["code"], one["line"]) for one in found if "amendments" in one["file"]] == [(code, line)]
    ran = kehoach("tasks", "--plan", "kh-176")
    assert (ran.code, code in ran.err, "NỘI DUNG KẾ HOẠCH CÓ THỂ ĐÃ CŨ" in ran.err) == (1, True, True)


@pytest.mark.parametrize(
    ("place", "code", "words"),
    [
        ("plans/qd-300.yaml", "K103", "chuyển tệp vào plans/amendments/"),
        ("progress/2024/qd-300.yaml", "K103", "chuyển tệp vào plans/amendments/"),
        ("plans/amendments/qd-300.yaml.txt", "K001", 'tên tệp phải kết thúc bằng ".yaml"'),
    ],
)
def test_an_amendment_that_lies_elsewhere_is_said_once(
    kehoach: Kehoach, folder: Path, place: str, code: str, words: str
) -> None:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SECOND.replace("200/", "300/"), encoding="utf-8")
    ran = kehoach("tasks", "--plan", "kh-176")
    assert (ran.code, ran.err.count(code), words in ran.err, place in ran.err) == (1, 1, True, True), ran.err
    assert [one["code"] for one in json.loads(kehoach("lint", "-f", "json").out)["findings"]] == [code]


def test_amendments_may_lie_in_folders_of_years(kehoach: Kehoach, folder: Path) -> None:
    (folder / "plans/amendments/2025").mkdir()
    (folder / "plans/amendments/qd-200.yaml").rename(folder / "plans/amendments/2025/qd-200.yaml")
    assert item(kehoach("show", "kh-176/PL2.III.1", "-f", "json"))["schedule"]["text"] == "2022 - 2026"
    assert kehoach("lint", "--strict").code == 0


def test_an_amendment_that_was_deleted_since_a_revision_is_said(kehoach: Kehoach, folder: Path) -> None:
    for words in (("init", "-q"), ("add", "-A"), ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    (folder / "plans/amendments/qd-200.yaml").unlink()
    (found,) = json.loads(kehoach("lint", "--changed-since", "HEAD", "-f", "json").out)["findings"]
    assert (found["code"], found["severity"], found["file"]) == ("K528", "warning", "plans/amendments/qd-200.yaml")
    assert "kế hoạch không còn theo văn bản này" in found["message"]


def test_a_broken_file_is_never_passed_over(kehoach: Kehoach, folder: Path) -> None:
    (folder / "plans/amendments/qd-200.yaml").write_text("kehoach: amendment/1\namends: [", encoding="utf-8")
    for command in (("tasks",), ("show", "kh-176/PL2.III.1"), ("summary", "--period", "2025")):
        ran = kehoach(*command)
        assert (ran.code, "NỘI DUNG KẾ HOẠCH CÓ THỂ ĐÃ CŨ" in ran.err) == (1, True), command


@pytest.mark.usefixtures("folder")
def test_what_is_known_of_amendments_and_submissions_follows_every_change(kehoach: Kehoach, folder: Path) -> None:
    """A submission names a row that an amendment adds: what an earlier run kept is not asked when the amendment changes."""
    head = "kehoach: progress/1\nplan: kh-176\nagency: so-y-te\nyear: 2025\ncutoff: 2025-12-14\nsubmitted: 2025-12-15\n"
    (folder / "progress/2025").mkdir(parents=True)
    text = f"{head}tasks:\n  PL2.III.3: {{status: in_progress}}\n"
    (folder / "progress/2025/kh-176--so-y-te.yaml").write_text(text, encoding="utf-8")
    path, moved = folder / "plans/amendments/qd-100.yaml", folder / "qd-100.yaml"
    for _ in range(2):
        for there in (True, False):
            (moved if there else path).replace(path if there else moved) if path.exists() != there else None
            for command in (("check", "--year", "2025", "--plan", "kh-176"), ("lint",)):
                ran = kehoach(*command)
                assert ('"PL2.III.3"' in ran.out + ran.err) is not there, (command, there, ran.out, ran.err)
    shown = [json.loads(kehoach("show", "kh-176/PL2.III.1", "-f", "json").out)["items"][0]["schedule"]["text"]]
    path.write_text(FIRST.replace('to: "2022 - 2027"', 'to: "2022 - 2028"'), encoding="utf-8")
    (folder / "plans/amendments/qd-200.yaml").unlink()
    shown.append(json.loads(kehoach("show", "kh-176/PL2.III.1", "-f", "json").out)["items"][0]["schedule"]["text"])
    assert shown == ["2022 - 2025", "2022 - 2028"]


def test_two_changes_of_one_place_on_one_day(kehoach: Kehoach, folder: Path) -> None:
    other = SECOND.replace("effective: 2025-06-15", "effective: 2025-06-15").replace(
        'to: "2022 - 2026"', 'to: "2022 - 2028"'
    )
    (folder / "plans/amendments/qd-300.yaml").write_text(other, encoding="utf-8")
    found = json.loads(kehoach("lint", "-f", "json").out)["findings"]
    assert [one["code"] for one in found] == ["K142"]


def test_a_workspace_without_amendments_reads_none(
    kehoach: Kehoach, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder / "plans/amendments")
    read = "kehoach_cli.store.workspace.amendments.AmendmentReader._read"
    monkeypatch.setattr(read, lambda *_: pytest.fail("read"))
    assert kehoach("tasks", "--plan", "kh-176").code == 0
    assert kehoach("lint").code == 0


@pytest.mark.usefixtures("folder")
def test_the_whole_text_on_a_day_says_where_each_change_comes_from(kehoach: Kehoach) -> None:
    def made(day: str) -> dict[str, Any]:
        ran = kehoach("show", "KH-176", "--as-of", day, "-f", "json")
        assert ran.code == 0, ran.err
        return dict(json.loads(ran.out))

    before, between, after = made("2024-03-09"), made("2024-03-10"), made("2025-06-15")
    assert (before["summary"]["notes"], before["summary"]["amendments"]) == ([], [])
    assert [len(one["summary"]["amendments"]) for one in (between, after)] == [1, 2]
    rows = {one["ref"]: one for one in after["items"] if one["ref"]}
    notes = {ref: [after["summary"]["notes"][at - 1] for at in one["notes"]] for ref, one in rows.items()}
    assert [ref for ref, said in notes.items() if said] == [
        f"kh-176/PL2.{row}" for row in ("II.1", "III.1", "III.2", "III.3")
    ]
    assert rows["kh-176/PL2.II.1"]["text"] == "(được bãi bỏ)"
    assert rows["kh-176/PL2.III.1"]["schedule"] == "2022 - 2026"
    assert rows["kh-176/PL2.III.2"]["number"] == "2a"
    (note,) = notes["kh-176/PL2.III.1"]
    assert note == (
        "Thời gian thực hiện của nhiệm vụ này được sửa đổi theo quy định tại khoản 1 Điều 1 của Quyết định số 100/QĐ-UBND "
        "ngày 01/3/2024, có hiệu lực kể từ ngày 10/3/2024; tiếp tục được sửa đổi theo quy định tại Quyết định số "
        "200/QĐ-UBND ngày 01/6/2025, có hiệu lực kể từ ngày 15/6/2025."
    )
    told = " ".join(kehoach("show", "kh-176", "--as-of", "2025-06-15").out.split())
    assert "Thời gian: 2022 - 2026[2]" in told
    assert told.index("PL2.II.1 (được bãi bỏ)[1]") < told.index(
        "[1] Nhiệm vụ này được bãi bỏ theo quy định tại khoản 2"
    )


def test_a_consolidated_text_in_word_has_its_notes_at_the_foot_of_pages(kehoach: Kehoach, folder: Path) -> None:
    path = folder / "plans/amendments/qd-200.yaml"
    basis = 'basis: ["Căn cứ Luật A;"], provisions: ["Điều 2. Có hiệu lực từ ngày ký."]}'
    path.write_text(SECOND.replace('ngày 01/6/2025"}', f'ngày 01/6/2025", {basis}'), encoding="utf-8")
    ran = kehoach("show", "kh-176", "--as-of", "2025-06-15", "-f", "docx", "-o", "hn.docx")
    assert (ran.code, "Pháp lệnh 01/2012/UBTVQH13" in ran.err) == (0, True), ran.err
    assert "Chưa có căn cứ ban hành của Quyết định số 100/QĐ-UBND" in ran.err
    parts = open_package(Path("hn.docx").read_bytes())
    body, notes = (parse_part(parts, f"word/{name}.xml") for name in ("document", "footnotes"))
    texts = {one.get(f"{W}id"): "".join(one.itertext()).strip() for one in notes.iter(f"{W}footnote")}
    marks = [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")]
    assert marks == ["1", "2", "3", "4", "5"]
    assert texts["1"] == "Quyết định số 200/QĐ-UBND ngày 01/6/2025 có căn cứ ban hành như sau: “Căn cứ Luật A.”"
    assert texts["5"].startswith("Nhiệm vụ này được bổ sung theo quy định tại Quyết định số 100/QĐ-UBND")
    whole = "\n".join("".join(one.itertext()) for one in body.iter(f"{W}p"))
    for words in ("XÁC THỰC VĂN BẢN HỢP NHẤT", "/VBHN-UBND", "“Điều 2. Có hiệu lực từ ngày ký.”", "(được bãi bỏ)"):
        assert words in whole
    assert "\ue003" not in whole
    found = {one["code"] for one in json.loads(kehoach("check-docx", "hn.docx", "-f", "json").out)["findings"]}
    assert found == {"K719", "K721", "K726"}


def test_no_consolidated_text_is_written_that_would_be_wrong(kehoach: Kehoach, folder: Path) -> None:
    def asked(*words: str) -> Ran:
        return kehoach("show", *words, "-f", "docx", "-o", "hn.docx")

    assert "không có gì để hợp nhất" in asked("kh-176", "--as-of", "2024-01-01").err
    assert "không có gì để hợp nhất" in asked("qd-3825").err
    assert "văn bản hợp nhất của cả kế hoạch" in asked("kh-176/PL2.III.1").err
    (folder / "plans/amendments/qd-200.yaml").write_text(SECOND.replace("2022 - 2027", "2021"), encoding="utf-8")
    ran = asked("kh-176")
    assert (ran.code, "chưa áp dụng được hết plans/amendments/qd-200.yaml" in ran.err) == (3, True)
    assert not Path("hn.docx").exists()


@pytest.mark.usefixtures("folder")
def test_what_an_amendment_explains_is_told_from_what_a_hand_changed(kehoach: Kehoach) -> None:
    """The older folder has no amendment yet, and another word in the title."""
    shutil.copytree("plans", "cu/plans", ignore=shutil.ignore_patterns("amendments"))
    text = Path("plans/kh-176.yaml").read_text(encoding="utf-8")
    assert "Chiến lược bảo vệ" in text
    old = text.replace("Chiến lược bảo vệ", "Chiến lược về bảo vệ", 1)
    Path("cu/plans/kh-176.yaml").write_text(old, encoding="utf-8")
    ran = kehoach("diff", "cu", ".", "-f", "json")
    assert ran.code == 0, ran.err
    found = {(one["ref"], one["field"]): one["origin"] for one in json.loads(ran.out)["items"]}
    assert found.pop(("kh-176", "document.title")) is None
    assert {ref for ref, _ in found} == {f"kh-176/PL2.{row}" for row in ("II.1", "III.1", "III.2", "III.3")}
    assert {one["kind"] for one in found.values()} == {"amendment"}
    assert found["kh-176/PL2.III.1", "schedule"]["words"] == (
        "khoản 1 Điều 1 Quyết định số 100/QĐ-UBND ngày 01/3/2024, hiệu lực từ ngày 10/3/2024; "
        "Quyết định số 200/QĐ-UBND ngày 01/6/2025, hiệu lực từ ngày 15/6/2025"
    )
    told = " ".join(kehoach("diff", "cu", ".").out.split())
    assert "Theo văn bản sửa đổi, bổ sung: 5; còn lại là sửa bản nhập: 1." in told
    assert "Số in trong văn bản: thêm “III.2a”. Theo Quyết định số 100/QĐ-UBND ngày 01/3/2024" in told


@pytest.mark.usefixtures("folder")
def test_an_amendment_that_cannot_be_applied_is_said(kehoach: Kehoach) -> None:
    shutil.copytree("plans", "cu/plans")
    Path("plans/amendments/qd-200.yaml").write_text(SECOND.replace("2022 - 2027", "2021 - 2027"), encoding="utf-8")
    ran = kehoach("diff", "cu", ".")
    assert ran.code == 1
    assert "NỘI DUNG KẾ HOẠCH CÓ THỂ ĐÃ CŨ" in ran.err
    ran = kehoach("diff", ".", "cu")
    assert (ran.code, "K141" in ran.err) == (1, True)


@pytest.mark.usefixtures("folder")
def test_an_amendment_in_both_versions_explains_nothing(kehoach: Kehoach) -> None:
    """A word of the issued text is corrected in a cell that an amendment changes in both versions."""
    shutil.copytree("plans", "cu/plans")
    Path("plans/amendments/qd-300.yaml").write_text(
        FIRST[: FIRST.index("changes:")].replace("100/", "300/").replace("2024-03-10", "2024-05-10")
        + "changes:\n  - {op: replace_phrase, at: PL2.III.2/text, from: Nhi, to: Phổi}\n",
        encoding="utf-8",
    )
    shutil.copy("plans/amendments/qd-300.yaml", "cu/plans/amendments/qd-300.yaml")
    path = Path("plans/kh-176.yaml")
    text = path.read_text(encoding="utf-8")
    at = text.index("id: PL2.III.2\n")
    path.write_text(text[:at] + text[at:].replace("Đầu tư xây dựng", "Đầu tư, xây dựng", 1), encoding="utf-8")
    change, *others = json.loads(kehoach("diff", "cu", ".", "-f", "json").out)["items"]
    assert not others
    assert (change["ref"], change["field"], change["origin"]) == ("kh-176/PL2.III.2", "text", None)
    assert "bệnh viện Phổi" in change["old"]
    assert "bệnh viện Phổi" in change["new"]
