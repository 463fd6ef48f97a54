"""`kehoach verify`: what it prints, which plan and document it takes, and its exit codes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.errors import ExitCode
from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]
PLAN = """\
kehoach: plan/1
id: kh-9
province: thanh-hoa
document:
  type: KH
  number: 9/KH-UBND
  date: 2025-01-15
  issuer: ubnd-tinh
  title: Bảo vệ nguồn nước năm 2025
  cite: Kế hoạch số 9/KH-UBND
period: {from: 2025, to: 2025}
coordinator: so-nnmt
sections:
  - {id: I, title: NHIỆM VỤ}
tasks:
  - id: I.1
    kind: task
    text: Rà soát các hồ chứa; không cấp phép xả thải vào hồ cấp nước.
    lead: [so-nnmt]
    support: [so-xay-dung]
    as_issued: {lead: Sở Nông nghiệp và Môi trường, support: Sở Xây dựng, role: Cơ quan chủ trì}
    schedule: Năm 2025
"""
DOCUMENT = """\
<html><body><p>Số: 9/KH-UBND</p><p>Thanh Hóa, ngày 15 tháng 01 năm 2025</p>
<p>KẾ HOẠCH</p><p>Bảo vệ nguồn nước năm 2025</p><p>(Kế hoạch số 9/KH-UBND)</p>
<p>I. NHIỆM VỤ</p>
<p>1. Rà soát các hồ chứa; không cấp phép xả thải vào hồ cấp nước.</p>
<p>- Cơ quan chủ trì: Sở Nông nghiệp và Môi trường.</p><p>- Cơ quan phối hợp: Sở Xây dựng.</p>
<p>- Thời gian: Năm 2025.</p>%s</body></html>
"""


@pytest.fixture
def folder(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a workspace with one plan and its document, and go there."""
    del kehoach  # it goes to the root of the repository
    shutil.copytree(REPOSITORY / "plans" / "agencies", tmp_path / "plans" / "agencies")
    (tmp_path / "plans" / "kh-9.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "kh-9.html").write_text(DOCUMENT % "", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def verified(
    kehoach: Kehoach, *options: str, plan: str = "kh-9", source: str = "kh-9.html"
) -> tuple[int, dict[str, object]]:
    ran = kehoach("verify", plan, "--source", source, "--format", "json", *options)
    found: dict[str, object] = json.loads(ran.out)
    return ran.code, found


def wrong(found: dict[str, object]) -> list[tuple[str, str]]:
    items = found["items"]
    assert isinstance(items, list)
    return [(item["path"], item["status"]) for item in items if item["status"] != "found"]


@pytest.mark.usefixtures("folder")
def test_a_true_copy_passes(kehoach: Kehoach) -> None:
    code, found = verified(kehoach)
    assert (code, found["kehoach"], wrong(found), found["unclaimed"]) == (ExitCode.OK, "verify/1", [], [])
    ran = kehoach("verify", "plans/kh-9.yaml", "--source", "kh-9.html")
    assert ran.code == ExitCode.OK
    assert "đúng từng chữ" in ran.out
    assert "Không sót đoạn nào" in ran.out


def test_a_plan_file_outside_the_workspace_is_read(folder: Path, kehoach: Kehoach) -> None:
    (folder / "draft").mkdir()
    (folder / "plans" / "kh-9.yaml").rename(folder / "draft" / "kh-9.yaml")
    assert verified(kehoach, plan="draft/kh-9.yaml")[0] == ExitCode.OK
    (folder / "draft" / "kh-9.yaml").write_text(PLAN.replace("Năm 2025", "Năm 2026"), "utf-8")
    code, found = verified(kehoach, plan="draft/kh-9.yaml")
    assert (code, wrong(found)) == (ExitCode.FINDINGS, [("tasks/I.1/schedule", "differs")])


@pytest.mark.parametrize(
    "end",
    [
        "- Như Điều 3; KT. CHỦ TỊCH",
        "- Như Điều 3. | KT. CHỦ TỊCH",
        "- Như Điều 3;- Lưu: VT",
        "- Như Điều 3;",
    ],
)
def test_recipients_beside_a_signature_or_glued_are_found(end: str, folder: Path, kehoach: Kehoach) -> None:
    plan = PLAN.replace(
        "  cite: Kế hoạch số 9/KH-UBND\n", "  cite: Kế hoạch số 9/KH-UBND\n  recipients: [Như Điều 3]\n"
    )
    (folder / "plans" / "kh-9.yaml").write_text(plan, "utf-8")
    (folder / "kh-9.html").write_text(DOCUMENT % f"<p>Nơi nhận:</p><p>{end}</p>", "utf-8")
    assert verified(kehoach)[0] == ExitCode.OK
    (folder / "kh-9.html").write_text(DOCUMENT % f"<p>Nơi nhận:</p><p>{end.replace(' 3', ' 3, Điều 4')}</p>", "utf-8")
    assert wrong(verified(kehoach)[1]) == [("document/recipients/0", "differs")]


def test_points_in_brackets_stand_before_their_words(folder: Path, kehoach: Kehoach) -> None:
    (folder / "kh-9.html").write_text((DOCUMENT % "").replace("<p>1. ", "<p>(1) "), "utf-8")
    assert verified(kehoach)[0] == ExitCode.OK


def test_the_words_of_a_date_may_be_glued(folder: Path, kehoach: Kehoach) -> None:
    (folder / "kh-9.html").write_text((DOCUMENT % "").replace("01 năm 2025", "01năm 2025"), "utf-8")
    assert verified(kehoach)[0] == ExitCode.OK


IMPORTED = """\
KẾ HOẠCH
Trồng cây ven sông năm 2026
I. MỤC TIÊU
1. Mục tiêu cụ thể
a) Cây giống:
- Ươm 100 cây tre ở vườn ươm của tỉnh.
b) Cây lớn được tưới mỗi ngày.
II. NHIỆM VỤ CỦA CÁC SỞ
1. Trồng cây ở bờ sông.
a) Ươm cây.
* Ươm tre, ươm gạo ở vườn cũ.
- Cơ quan thực hiện: Sở Y tế chủ trì, phối hợp với Sở Xây dựng.
b) Tưới cây.
- Cơ quan chủ trì: Sở Y tế.
- Cơ quan phối hợp: Sở Xây dựng, các đơn vị
liên quan.
2. Giữ cây đến cuối năm.
III.KINH PHÍ THỰC HIỆN
1. Nguồn kinh phí
a) Ngân sách tỉnh.
2. Việc quản lý kinh phí theo quy định.
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("moi.txt", IMPORTED),
        # A page that holds the whole document in one paragraph of lines.
        ("moi.html", "<html><body><p>" + IMPORTED.strip().replace("\n", "<br>") + "</p></body></html>"),
    ],
)
def test_what_an_import_has_just_read_is_found(name: str, text: str, folder: Path, kehoach: Kehoach) -> None:
    (folder / name).write_text(text, "utf-8")
    assert kehoach("import", name, "--id", "kh-moi", "--province", "thanh-hoa").code == ExitCode.OK
    assert wrong(verified(kehoach, plan="kh-moi", source=name)[1]) == []


@pytest.mark.parametrize(("target", "codes"), [("62,5", ExitCode.OK), ("63", ExitCode.FINDINGS)])
def test_a_target_that_a_person_respells_is_the_printed_one(
    target: str, codes: ExitCode, folder: Path, kehoach: Kehoach
) -> None:
    indicator = (
        'indicators:\n  - id: PL.1\n    name: Tỷ lệ hộ dùng nước sạch\n    unit: "%"\n    direction: increase\n'
        f'    direction_note: Càng cao càng tốt.\n    targets: {{2026: "{target}"}}\n'
        '    as_issued: {targets: {2026: "62.5"}}\n'
    )
    (folder / "plans" / "kh-9.yaml").write_text(PLAN + indicator, "utf-8")
    table = "<table><tr><td>TT</td><td>Chỉ tiêu</td><td>ĐVT</td><td>2026</td></tr>"
    table += "<tr><td>1</td><td>Tỷ lệ hộ dùng nước sạch</td><td>%</td><td>62.5</td></tr></table>"
    (folder / "kh-9.html").write_text(DOCUMENT % f"<p>PHỤ LỤC</p>{table}", "utf-8")
    assert verified(kehoach)[0] == codes


def test_rows_of_a_table_without_numbers_are_rows_of_their_own(folder: Path, kehoach: Kehoach) -> None:
    rows = ("Ươm cây|Sở Y tế|Sở Xây dựng|Năm 2026", "Tưới cây|Sở Xây dựng|Sở Y tế|Năm 2027")
    heads = "TT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian"
    table = "\n".join([f"|{heads}|", "|---|---|---|---|---|", *(f"| |{row}|" for row in rows)])
    text = f"KẾ HOẠCH\nTrồng cây ven sông\nI. MỤC TIÊU\n1. Có bóng cây.\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n{table}\n"
    (folder / "moi.md").write_text(text, "utf-8")
    assert kehoach("import", "moi.md", "--id", "kh-moi", "--province", "thanh-hoa").code == ExitCode.OK
    found = verified(kehoach, plan="kh-moi", source="moi.md")[1]
    items = found["items"]
    assert isinstance(items, list)
    assert sum(item["path"].startswith("tasks/") for item in items) >= 8
    assert wrong(found) == []


def test_a_part_of_a_row_and_a_sum_are_no_rest_of_the_row_above(folder: Path, kehoach: Kehoach) -> None:
    rows = ("1|Ươm cây|Sở Y tế|Sở Nội vụ|200", "|Trong đó: cây gạo|Sở Xây dựng||50", "|Tổng cộng|||250")
    heads = "TT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Kinh phí"
    table = "\n".join([f"|{heads}|", "|---|---|---|---|---|", *(f"|{row}|" for row in rows)])
    text = f"KẾ HOẠCH\nTrồng cây ven sông\nI. MỤC TIÊU\n1. Có bóng cây.\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n{table}\n"
    (folder / "moi.md").write_text(text, "utf-8")
    assert kehoach("import", "moi.md", "--id", "kh-moi", "--province", "thanh-hoa").code == ExitCode.OK
    assert wrong(verified(kehoach, plan="kh-moi", source="moi.md")[1]) == []


@pytest.mark.parametrize("name", ["kh-9.html", "plans/agencies/thanh-hoa.yaml"])
@pytest.mark.usefixtures("folder")
def test_a_file_that_is_no_plan_is_named(name: str, kehoach: Kehoach) -> None:
    ran = kehoach("verify", name, "--source", "kh-9.html")
    assert ran.code == ExitCode.CANNOT_RUN
    assert f'không so được: "{name}" không đọc được như một tệp kế hoạch' in ran.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "path", "status"),
    [
        ("không cấp phép", "cấp phép", "tasks/I.1/text", "differs"),
        ("support: Sở Xây dựng,", "support: Sở Y tế,", "tasks/I.1/as_issued/support", "differs"),
        ("schedule: Năm 2025", "schedule: Năm 2026", "tasks/I.1/schedule", "differs"),
        ("number: 9/KH-UBND", "number: 8/KH-UBND", "document/number", "differs"),
        ("date: 2025-01-15", "date: 2025-01-16", "document/date", "missing"),
        ("title: NHIỆM VỤ", "title: NHIỆM VỤ CHUNG", "sections/I/title", "differs"),
    ],
)
def test_a_wrong_copy_fails_at_its_place(
    old: str, new: str, path: str, status: str, folder: Path, kehoach: Kehoach
) -> None:
    assert old in PLAN
    (folder / "plans" / "kh-9.yaml").write_text(PLAN.replace(old, new), "utf-8")
    code, found = verified(kehoach)
    assert (code, wrong(found)) == (ExitCode.FINDINGS, [(path, status)])


@pytest.mark.parametrize("number", ["7", "100"])
def test_numbers_of_rows_stand_before_their_words(number: str, folder: Path, kehoach: Kehoach) -> None:
    (folder / "plans" / "kh-9.yaml").write_text(PLAN.replace("id: I.1\n", f"id: I.{number}\n"), "utf-8")
    (folder / "kh-9.html").write_text((DOCUMENT % "").replace("<p>1. ", f"<p>{number}. "), "utf-8")
    assert verified(kehoach)[0] == ExitCode.OK


def test_words_under_another_heading_and_words_copied_twice_are_told(folder: Path, kehoach: Kehoach) -> None:
    sections = "  - {id: I, title: NHIỆM VỤ}\n  - {id: II, title: GIẢI PHÁP}\n"
    row = PLAN.partition("tasks:\n")[2]
    text = PLAN.replace("  - {id: I, title: NHIỆM VỤ}\n", sections).replace("id: I.1\n", "id: II.1\n")
    (folder / "kh-9.html").write_text(DOCUMENT % "<p>II. GIẢI PHÁP</p>", "utf-8")
    (folder / "plans" / "kh-9.yaml").write_text(text, "utf-8")
    assert wrong(verified(kehoach)[1]) == [("tasks/II.1/text", "differs")]
    (folder / "plans" / "kh-9.yaml").write_text(PLAN + row.replace("id: I.1\n", "id: I-2\n"), "utf-8")
    assert wrong(verified(kehoach)[1]) == [("tasks/I-2/text", "differs")]
    assert "chỉ có một lần, đã là I.1" in " ".join(kehoach("verify", "kh-9", "--source", "kh-9.html").out.split())


def test_a_difference_is_shown_in_words_with_line_and_place(folder: Path, kehoach: Kehoach) -> None:
    (folder / "plans" / "kh-9.yaml").write_text(PLAN.replace("không cấp phép", "cấp phép"), "utf-8")
    ran = kehoach("verify", "kh-9", "--source", "kh-9.html")
    assert "plans/kh-9.yaml:16" in ran.out
    assert "[không] cấp phép xả" in " ".join(ran.out.split())
    assert "đoạn 7" in ran.out


def test_passages_nobody_claims_are_listed_and_fail_only_when_asked(folder: Path, kehoach: Kehoach) -> None:
    forgotten = "<p>2. Lắp đặt trạm quan trắc nước mặt tại 05 hồ.</p>"
    (folder / "kh-9.html").write_text(DOCUMENT % forgotten, "utf-8")
    code, found = verified(kehoach)
    assert code == ExitCode.OK
    place = "đoạn 11"
    assert found["unclaimed"] == [
        {"plan": "kh-9", "place": place, "text": "Lắp đặt trạm quan trắc nước mặt tại 05 hồ."}
    ]
    assert verified(kehoach, "--complete")[0] == ExitCode.FINDINGS


def test_the_letter_before_a_label_is_no_passage_of_its_own(folder: Path, kehoach: Kehoach) -> None:
    document = (DOCUMENT % "").replace("- Cơ quan chủ trì", "a) Cơ quan chủ trì").replace("- Thời gian", "b) Thời gian")
    (folder / "kh-9.html").write_text(document, "utf-8")
    code, found = verified(kehoach)
    assert (code, wrong(found), found["unclaimed"]) == (ExitCode.OK, [], [])


def test_a_figure_in_a_cell_that_nobody_claims_is_listed_whole(folder: Path, kehoach: Kehoach) -> None:
    table = (
        "<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Khối lượng</th><th>Ghi nhận</th></tr>"
        "<tr><td>1</td><td>Lắp đặt trạm quan trắc.</td><td>Sở Xây dựng</td><td>5.000 lượt người/năm</td><td>150</td></tr>"
        "</table><p>3</p>"
    )
    (folder / "kh-9.html").write_text(DOCUMENT % table, "utf-8")
    found = verified(kehoach)[1]["unclaimed"]
    assert isinstance(found, list)
    assert [one["text"] for one in found] == ["Lắp đặt trạm quan trắc.", "Sở Xây dựng", "5.000 lượt người/năm", "150"]


@pytest.mark.usefixtures("folder")
def test_the_document_must_be_known(kehoach: Kehoach) -> None:
    ran = kehoach("verify", "kh-9")
    assert ran.code == ExitCode.USAGE
    assert "thêm --source" in ran.err
    assert kehoach("verify", "kh-8", "--source", "kh-9.html").code == ExitCode.USAGE
    missing = kehoach("verify", "kh-9", "--source", "khong-co.docx")
    assert missing.code == ExitCode.CANNOT_RUN
    assert "khong-co.docx" in missing.err


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "html", "xlsx"])
def test_what_was_imported_is_verified_without_naming_its_document(
    kind: str,
    tmp_path: Path,
    kehoach: Kehoach,
    document: Callable[[str, str, str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = document("kh-176", kind, "automatic")
    shutil.copytree(REPOSITORY / "plans" / "agencies", tmp_path / "plans" / "agencies")
    shutil.copy(source, tmp_path / source.name)
    (tmp_path / "kehoach.toml").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert kehoach("import", source.name, "--id", "kh-176", "--province", "thanh-hoa").code == ExitCode.OK
    ran = kehoach("verify")
    assert "chỗ đã chép: đúng từng chữ." in ran.out
    assert "Không sót đoạn nào" in ran.out


def test_a_part_numbered_with_a_dash_is_found(folder: Path, kehoach: Kehoach) -> None:
    """Party offices number the parts of a document "I-", "II-"."""
    document = (DOCUMENT % "").replace("I. NHIỆM VỤ", "I- NHIỆM VỤ")
    (folder / "kh-9.html").write_text(document, "utf-8")
    code, found = verified(kehoach)
    assert (code, wrong(found), found["unclaimed"]) == (ExitCode.OK, [], [])


@pytest.mark.parametrize(("city", "paths"), [("60", []), ("65", ["indicators/PL.1/targets/2025/đô thị"])])
def test_the_part_of_a_target_is_found_by_its_whole_scope(
    folder: Path, kehoach: Kehoach, city: str, paths: list[str]
) -> None:
    indicator = (
        "indicators:\n  - id: PL.1\n    name: Tỷ lệ thu gom nước thải\n    unit: '%'\n    direction: increase\n"
        "    lead: [so-xay-dung]\n    section: PL\n    targets:\n      2025: {đô thị loại I: '90', đô thị: '60'}\n"
        f"    as_issued:\n      targets: {{2025: 90 đối với đô thị loại I; {city} đối với đô thị}}\n"
    )
    table = (
        "<p>PHỤ LỤC</p><table><tr><th>TT</th><th>Chỉ tiêu</th><th>Đơn vị tính</th><th>Năm 2025</th></tr><tr><td>1</td>"
        f"<td>Tỷ lệ thu gom nước thải</td><td>%</td><td>90 đối với đô thị loại I; {city} đối với đô thị</td></tr></table>"
    )
    plan = PLAN.replace("tasks:\n", "  - {id: PL, title: PHỤ LỤC}\ntasks:\n") + indicator
    (folder / "plans" / "kh-9.yaml").write_text(plan, "utf-8")
    (folder / "kh-9.html").write_text(DOCUMENT % table, "utf-8")
    _, found = verified(kehoach)
    assert wrong(found) == [(path, "differs") for path in paths]


def test_what_an_import_has_just_read_agrees_with_its_document(folder: Path, kehoach: Kehoach) -> None:
    rows = (
        "<tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Cơ quan phối hợp</th><th>Thời gian</th></tr>"
        '<tr><td rowspan="2">1</td><td rowspan="2">Trồng cây</td><td>Sở Xây dựng</td><td>Sở Y tế</td><td>Năm 2026</td></tr>'
        "<tr><td>Sở Y tế</td><td>Sở Xây dựng</td><td>Năm 2027</td></tr>"
        '<tr><td>2</td><td>Tưới cây</td><td colspan="2">Theo phân công của UBND tỉnh</td><td>Năm 2027</td></tr>'
    )
    (folder / "a.html").write_text(
        "<html><body><p>ỦY BAN NHÂN DÂN</p><p>TỈNH THANH HÓA</p><p>Số: 5/KH-UBND</p><p>Thanh Hóa, ngày 02 tháng 02 năm 2026</p>"
        "<p>KẾ HOẠCH</p><p>Trồng cây giai đoạn 2026 - 2030</p><p>1. Sở Xây dựng:</p><p>a) Chăm sóc cây.</p>"
        f"<p>2. Sở Y tế có trách nhiệm bón phân.</p><p>PHỤ LỤC</p><p>NHIỆM VỤ</p><table>{rows}</table></body></html>",
        "utf-8",
    )
    assert kehoach("import", "a.html", "--province", "thanh-hoa", "--id", "kh-5").code == ExitCode.OK
    _, found = verified(kehoach, plan="kh-5", source="a.html")
    assert wrong(found) == []
    text = (folder / "plans" / "kh-5.yaml").read_text("utf-8")
    (folder / "plans" / "kh-5.yaml").write_text(text.replace("Năm 2027", "Năm 2028", 1), "utf-8")
    _, found = verified(kehoach, plan="kh-5", source="a.html")
    assert wrong(found) == [("tasks/PL.1-2/schedule", "differs")]
