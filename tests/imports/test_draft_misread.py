"""Readings that would be wrong without a word: each is right, left out, or a doubt."""

import re
from pathlib import Path

import pytest

from kehoach_cli.core.draft.bases import bases_in
from kehoach_cli.core.draft.lines import DraftLine, Mark, line_of
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.signature import recipients_of
from kehoach_cli.core.model.source_record import DoubtKind
from tests.imports.made import BODY, HEAD, doubted, made


def test_an_opening_that_names_no_document_has_no_basis() -> None:
    assert bases_in("Trên cơ sở kết quả biểu quyết của các thành viên.") == []


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("về việc trồng cây; Biên bản kiểm tra của Đoàn", 0),
        ("về việc trồng cây, trên cơ sở báo cáo của Sở Xây dựng, UBND ban hành Kế hoạch thực hiện", 0),
        ("về việc trồng cây và Đề án số 8 ban hành kèm theo", 1),
        ("ban hành", 1),
        ("của Ban Chỉ đạo về phát triển cây xanh ven sông thông báo kết luận cuộc họp", 1),
    ],
)
def test_the_title_of_a_basis_is_whole_or_in_doubt(tmp_path: Path, words: str, count: int) -> None:
    found = made(tmp_path, f"{HEAD}\nCăn cứ Quyết định số 3/QĐ-UBND ngày 01/02/2026 {words};\n{BODY}")
    assert len(doubted(found, "3/QĐ-UBND: trích yếu")) == count
    assert count or found.plan["document"]["basis"][0]["title"] == "về việc trồng cây"


def test_the_chairman_who_decides_is_no_committee(tmp_path: Path) -> None:
    head = HEAD.rstrip() + "\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n"
    assert doubted(made(tmp_path, head + BODY), "có thể do Chủ tịch UBND ban hành") == ["document/issuer"]
    assert doubted(made(tmp_path, HEAD + BODY), "có thể do Chủ tịch UBND ban hành") == []


def test_a_city_is_cited_as_one(tmp_path: Path) -> None:
    found = made(tmp_path, HEAD.replace("TỈNH THANH HÓA", "THÀNH PHỐ THANH HÓA") + BODY)
    assert found.plan["document"]["cite"] == "Kế hoạch số 21/KH-UBND ngày 03/02/2026 của UBND thành phố"


def test_a_basis_ends_where_the_document_issues_itself() -> None:
    text = (
        "Thực hiện Chỉ thị số 5-CT/TU ngày 02/01/2026 của Tỉnh ủy về việc trồng cây (viết tắt là Chỉ thị 5), "
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch trồng cây, cụ thể như sau"
    )
    assert [one["title"] for one in bases_in(text)] == ["về việc trồng cây"]


def test_what_bodies_issue_together_stays_in_the_title_of_a_basis() -> None:
    text = (
        "Quyết định số 5/QĐ-TTg ngày 02/01/2026 ban hành Quy chế tự kiểm tra văn bản do Chính phủ, Bộ ban hành hoặc ký"
    )
    assert [one["title"] for one in bases_in(text)] == [text.partition("2026 ")[2]]


def test_a_table_that_has_only_a_head_has_no_rows(tmp_path: Path) -> None:
    table = "PHỤ LỤC\nBIỂU MẪU\n| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n"
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Như trên.\n{table}", "kh.md")
    assert [one["id"] for one in found.plan["tasks"]] == ["II.1", "II.2"]


def test_the_day_of_a_stamp_of_arrival_is_not_the_day_of_the_document(tmp_path: Path) -> None:
    stamp = "VĂN BẢN ĐẾN\nSố: 1234\nNgày 26/03/2026\n"
    found = made(tmp_path, f"{stamp}{HEAD}{BODY}")
    assert (found.plan["document"]["number"], found.plan["document"]["date"]) == ("21/KH-UBND", "2026-02-03")


def test_two_days_without_a_place_are_doubted(tmp_path: Path) -> None:
    head = HEAD.replace("Thanh Hóa, ngày 03 tháng 02 năm 2026", "Ngày 03 tháng 02 năm 2026")
    found = made(tmp_path, f"Ngày 26/03/2026\n{head}{BODY}")
    assert doubted(found, "ghi nhiều ngày") == ["document/date"]


def test_a_column_of_indicators_names_the_rows_not_the_work_beside_it(tmp_path: Path) -> None:
    head = "| TT | Nhiệm vụ | Chỉ tiêu | Đơn vị tính | Năm 2026 | Năm 2030 |\n|---|---|---|---|---|---|\n"
    rows = "| 1 | Trồng cây | Tỷ lệ cây sống | % | 80 | 90 |\n| 2 | Làm hồ | Số hồ có cây | hồ | 3 | 9 |\n"
    found = made(tmp_path, f"{HEAD}{BODY}PHỤ LỤC\nCHỈ TIÊU\n{head}{rows}", "kh.md")
    assert [one["name"] for one in found.plan["indicators"]] == ["Tỷ lệ cây sống", "Số hồ có cây"]
    assert [one.text for one in found.doubts if one.kind is DoubtKind.COLUMN] == ["Nhiệm vụ"]


def test_a_column_of_indicators_beside_deadlines_is_doubted(tmp_path: Path) -> None:
    head = "| TT | Nội dung | Chỉ số đánh giá | Thời gian | Cơ quan chủ trì |\n|---|---|---|---|---|\n"
    rows = "| 1 | Trồng cây | Tỷ lệ cây sống đạt 80% | Năm 2026 | Sở Xây dựng |\n"
    found = made(tmp_path, f"{HEAD}{BODY}PHỤ LỤC\nNHIỆM VỤ\n{head}{rows}", "kh.md")
    assert found.plan["tasks"][-1]["text"] == "Trồng cây"
    assert [one.text for one in found.doubts if one.kind is DoubtKind.COLUMN] == ["Chỉ số đánh giá"]


@pytest.mark.parametrize("numbers", ["|  | (1) | (2) | (3) | (4) |", "| (1) | (2) | (3) | (4) |  |"])
def test_a_row_that_numbers_the_columns_but_one_is_no_task(tmp_path: Path, numbers: str) -> None:
    table = (
        "PHỤ LỤC\nNHIỆM VỤ\n| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian thực hiện | Ghi chú |\n|---|---|---|---|---|\n"
        f"{numbers}\n| 1 | Trồng 20 cây gạo | Sở Xây dựng | Năm 2026 |  |\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Như trên.\n{table}", "kh.md")
    assert [one["text"] for one in found.plan["tasks"] if one["id"].startswith("PL")] == ["Trồng 20 cây gạo"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [("II- NHIỆM VỤ", Mark.ROMAN), ("IV– TỔ CHỨC THỰC HIỆN", Mark.ROMAN), ("I - không phải mục", Mark.NONE)],
)
def test_a_part_may_be_numbered_with_a_dash(text: str, mark: Mark) -> None:
    assert line_of(text, "").mark is mark


def test_an_item_that_begins_with_a_label_keeps_its_words(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Thời gian: 02 ngày, từ thứ Hai.\n")
    assert found.plan["tasks"][-1]["text"] == "Thời gian: 02 ngày, từ thứ Hai."
    assert "schedule" not in found.plan["tasks"][-1]


def test_the_number_is_that_of_the_letterhead_even_where_it_is_blank(tmp_path: Path) -> None:
    head = HEAD.replace("21/KH", "     /KH") + "(Ban hành kèm theo Nghị quyết số 8-NQ/TU ngày 01/01/2026)\n"
    found = made(tmp_path, head + BODY)
    assert found.plan["document"]["number"] is None
    assert doubted(found, "không thấy số văn bản") == ["document/number"]


def test_a_number_that_the_letterhead_cites_is_not_its_own(tmp_path: Path) -> None:
    head = "Số:\n/UBND-XD\nV/v triển khai Quyết định số 30/QĐ-BXD ngày 05/01/2026\n"
    assert made(tmp_path, head + BODY).plan["document"]["number"] is None


def test_the_number_of_a_party_document_keeps_its_committee(tmp_path: Path) -> None:
    head = HEAD.replace("21/KH-UBND", "21-KH/TU").replace("ỦY BAN NHÂN DÂN\nTỈNH THANH HÓA", "TỈNH ỦY THANH HÓA")
    document = made(tmp_path, head + BODY).plan["document"]
    assert (document["number"], document["issuer"]) == ("21-KH/TU", "ban-thuong-vu-tinh-uy")


@pytest.mark.parametrize(
    ("issuer", "sure"), [("TỈNH THANH HÓA", "sure"), ("SỞ XÂY DỰNG", "no"), ("XÃ HOẰNG HÓA", "no")]
)
def test_an_issuer_below_or_above_the_province_is_a_doubt(tmp_path: Path, issuer: str, sure: str) -> None:
    found = made(tmp_path, HEAD.replace("TỈNH THANH HÓA", issuer) + BODY)
    assert ("document/issuer" not in [one.at for one in found.doubts]) is (sure == "sure")
    assert ("của UBND tỉnh" in found.plan["document"]["cite"]) is (sure == "sure")


def test_a_document_that_is_only_an_appendix_is_read(tmp_path: Path) -> None:
    table = "| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| 1 | Trồng 20 cây gạo | Sở Xây dựng |\n"
    found = made(tmp_path, f"PHỤ LỤC II\nDANH MỤC NHIỆM VỤ\n{table}", "kh.md")
    assert [(one["id"], one["lead"]) for one in found.plan["tasks"]] == [("PL2.1", ["so-xay-dung"])]


def test_a_table_before_the_first_part_is_a_doubt(tmp_path: Path) -> None:
    table = "| Năm | Số cây |\n|---|---|\n| 2024 | 20 |\n| 2025 | 40 |\n"
    found = made(tmp_path, f"{HEAD}\n{table}\n{BODY}", "kh.md")
    assert doubted(found, "bảng đứng trước mục đầu tiên") == [""]
    assert len(found.plan["tasks"]) == 2


def test_a_sentence_with_the_word_of_a_title_is_no_objective(tmp_path: Path) -> None:
    long = (
        "Chủ tịch UBND tỉnh yêu cầu thủ trưởng các đơn vị khẩn trương làm việc này, " * 2 + "báo cáo khi có khó khăn."
    )
    found = made(tmp_path, f"{HEAD}1. Sở Tài chính\n- Cân đối kinh phí.\n2. {long}\n")
    assert "objectives" not in found.plan
    assert [(one["id"], one["kind"], one.get("lead")) for one in found.plan["tasks"]] == [
        ("I-1", "organisation", ["so-tai-chinh"]),
        ("II", "organisation", None),
    ]
    assert doubted(found, "không mở đầu bằng tên cơ quan") == ["tasks/II"]


def test_who_is_behind_the_verb_of_an_order_has_the_work(tmp_path: Path) -> None:
    text = "1. Chủ tịch UBND tỉnh giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ tổ chức tập huấn."
    row = made(tmp_path, f"{HEAD}{BODY}III. TỔ CHỨC THỰC HIỆN\n{text}\n").plan["tasks"][-1]
    assert (row["lead"], row["support"]) == (["so-y-te"], ["so-noi-vu"])


def test_labels_below_the_last_of_several_dashes_are_a_doubt(tmp_path: Path) -> None:
    dashes = "3. Chăm sóc cây\n- Tưới cây mùa khô.\n- Thay cây chết.\nLãnh đạo phụ trách: Ông An.\nĐơn vị chủ trì: Sở Xây dựng.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{dashes}")
    assert [one["text"] for one in found.plan["tasks"][2:]] == ["Tưới cây mùa khô.", "Thay cây chết."]
    assert doubted(found, "gạch đầu dòng cuối hay cả mục II.3") == [""]


def test_a_line_in_italics_is_no_dash(tmp_path: Path) -> None:
    text = HEAD.replace("Trồng cây ven sông năm 2026", "*Trồng cây ven sông năm 2026*") + BODY
    assert made(tmp_path, text, "kh.md").plan["document"]["title"] == "Trồng cây ven sông năm 2026"


def table_of(*rows: str) -> str:
    head = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian thực hiện |\n|---|---|---|---|\n"
    return f"{HEAD}{BODY}Nơi nhận:\n- Như trên.\nPHỤ LỤC\nNHIỆM VỤ\n{head}" + "".join(f"{row}\n" for row in rows)


def test_a_row_behind_the_parts_of_a_group_is_not_one_of_them(tmp_path: Path) -> None:
    cells = "Sở Xây dựng | Năm 2026 |"
    text = table_of(
        f"| 1 | Trồng gạo | {cells}",
        "| 2 | Trồng tre |  |  |",
        f"| 2.1 | Ở bờ tả | {cells}",
        f"| 2.2 | Ở bờ hữu | {cells}",
        f"| 3 | Trồng sung | {cells}",
    )
    found = made(tmp_path, text, "kh.md")
    assert [one["id"] for one in found.plan["tasks"][2:]] == ["PL.1", "PL.2.1", "PL.2.2", "PL.3"]


def test_a_part_of_a_table_with_a_stray_cell_is_a_doubt(tmp_path: Path) -> None:
    text = table_of(
        "| I | Trồng |  |  |",
        "| 1 | Trồng gạo | Sở Xây dựng | Năm 2026 |",
        "| II | Chăm sóc |  | Năm 2026 |",
        "| 2 | Tưới gạo | Sở Xây dựng | Năm 2026 |",
    )
    found = made(tmp_path, text, "kh.md")
    assert doubted(found, "đánh số La Mã như tên phần") == ["tasks/PL.I.II"]


def test_indicators_without_a_year_are_left_out_with_a_doubt(tmp_path: Path) -> None:
    table = (
        "| TT | Chỉ tiêu | Kết quả | Cơ quan chủ trì theo dõi |\n|---|---|---|---|\n| 1 | Số cây | 20 | Sở Xây dựng |\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Như trên.\nPHỤ LỤC\nCHỈ TIÊU\n{table}", "kh.md")
    assert [one["id"] for one in found.plan["tasks"]] == ["II.1", "II.2"]
    assert doubted(found, "bảng chỉ tiêu không có cột năm") == [""]


def test_a_line_in_capitals_among_paragraphs_is_no_task(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Chương trình:\nNGÀY 1: THỨ HAI\nTrồng gạo ở bờ tả.\nTrồng tre ở bờ hữu.\n")
    assert [one["text"] for one in found.plan["tasks"][2:]] == ["Trồng gạo ở bờ tả.", "Trồng tre ở bờ hữu."]
    assert doubted(found, "dòng chữ hoa") == [""]


def test_a_name_of_today_in_brackets_inside_a_sentence_is_read_at_once(tmp_path: Path) -> None:
    aside = "(nay là xã Văn Lang, trên địa bàn tỉnh Thanh Hóa sau khi sắp xếp)"
    found = made(tmp_path, f"{HEAD}{BODY}3. Bờ sông xã Yên Định, huyện Yên Định {aside} được rà soát hằng năm.\n")
    assert found.plan["tasks"][-1]["id"] == "II.3"


@pytest.mark.parametrize(
    ("kind", "words", "at"),
    [
        ("THÔNG TƯ", 'ghi là "THÔNG TƯ"', ["document/type", "tasks/II.1", "tasks/II.2"]),
        ("QUYẾT ĐỊNH\nBan hành Quy chế", 'ghi là "Ban hành Quy chế"', ["document/type", "tasks/II.1", "tasks/II.2"]),
        ("V/v trồng cây", "không thấy dòng tên loại", ["document/type"]),
    ],
)
def test_a_document_that_is_no_plan_says_so(tmp_path: Path, kind: str, words: str, at: list[str]) -> None:
    found = made(tmp_path, HEAD.replace("KẾ HOẠCH", kind) + BODY)
    assert doubted(found, words) == at


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Bí thư Đoàn xã Nguyễn Văn An", "không mở đầu bằng việc"),
        ("Trồng cây ở bờ tả.", ""),
        ("Tranh thủ nguồn lực để trồng cây.", ""),
        ("Cây xanh ở bờ tả rất thưa.", "không mở đầu bằng việc"),
        ("Thời gian qua, các địa phương trồng nhiều cây.", "không mở đầu bằng việc"),
        ("Các địa phương trong tỉnh đã tổ chức trồng cây.", "kể việc đã làm"),
        ("Triển khai nhiệm vụ đã được giao.", ""),
        ("- Chăm sóc cây đã trồng.", ""),
    ],
)
def test_a_sentence_that_says_no_work_is_doubted(tmp_path: Path, line: str, words: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. {line}\n")
    at = [one.at for one in found.doubts if "không phải nhiệm vụ" in one.why and one.at == "tasks/II.3/text"]
    assert at == (["tasks/II.3/text"] if words else [])
    assert not words or doubted(found, words) == at


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("Công an tỉnh, Sở Y tế và các đội lưu động tăng cường kiểm tra hàng hóa.", ["lead", "support"]),
        ("Sở Y tế chủ trì, phối hợp với Công an tỉnh, các đội lưu động kiểm tra hàng hóa.", ["support"]),
        ("Sở Y tế chủ trì, phối hợp với các đội lưu động kiểm tra hàng hóa.", ["support"]),
        ("Sở Y tế chủ trì, phối hợp với Công an tỉnh kiểm tra hàng hóa.", []),
    ],
)
def test_a_member_that_nobody_knows_is_not_dropped_from_a_list_without_a_word(
    tmp_path: Path, sentence: str, keys: list[str]
) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. {sentence}\n")
    assert doubted(found, "kết thúc ở đâu") == [f"tasks/II.3/{key}" for key in keys]
    assert found.plan["tasks"][2]["as_issued"]["lead"] in {"Sở Y tế", "Công an tỉnh, Sở Y tế"}


@pytest.mark.parametrize("dash", ["", "- "])
def test_when_and_where_an_event_is_held_does_not_take_the_place_of_its_name(tmp_path: Path, dash: str) -> None:
    event = f"3. Hội thi vẽ tranh\n{dash}Thời gian: Quý III năm 2026.\n{dash}Địa điểm: Hội trường tỉnh.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{event}")
    row = found.plan["tasks"][2]
    assert (row["id"], row["schedule"]) == ("II.3", "Quý III năm 2026")
    assert row["text"].startswith("Hội thi vẽ tranh")
    assert doubted(found, "địa điểm, đối tượng") == ["tasks/II.3/text"]


def test_a_line_about_an_event_that_becomes_a_row_is_doubted(tmp_path: Path) -> None:
    event = "3. Hội thi vẽ tranh\n- Đối tượng tham gia: học sinh.\n- Địa điểm: Hội trường tỉnh.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{event}")
    assert doubted(found, "địa điểm, đối tượng") == ["tasks/II.3-1/text", "tasks/II.3-2/text"]


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương số 65/2025/QH15 ngày 16 tháng 6 năm 2025;",
            [{"number": "65/2025/QH15", "date": "2025-06-16", "title": "Luật Tổ chức chính quyền địa phương"}],
        ),
        (
            "Căn cứ Nghị định số 5/NĐ-CP ngày 14/6/2025 về phân cấp; quy định chi tiết một số điều của Luật Đê điều;",
            [
                {
                    "number": "5/NĐ-CP",
                    "date": "2025-06-14",
                    "title": "về phân cấp; quy định chi tiết một số điều của Luật Đê điều",
                }
            ],
        ),
        (
            "Tiếp tục thực hiện Văn bản số YBB-SA032/26-LR ngày 01 tháng 02 năm 2026 về trồng cây và các văn bản của tỉnh,",
            [{"number": "YBB-SA032/26-LR", "date": "2026-02-01", "title": "về trồng cây"}],
        ),
        (
            "Căn cứ Tờ trình số 32/TTr -SNN ngày 12/11/2024 sửa đổi Quy chế và Báo cáo số 3-BC/TU ngày 01/12/2024;",
            [
                {"number": "32/TTr-SNN", "date": "2024-11-12", "title": "sửa đổi Quy chế"},
                {"number": "3-BC/TU", "date": "2024-12-01"},
            ],
        ),
    ],
)
def test_bases_have_the_number_day_and_title_that_are_printed(text: str, bases: list[dict[str, str]]) -> None:
    assert bases_in(text) == bases


def test_blanks_of_a_draft_are_doubted_and_its_year_is_that_of_the_title(tmp_path: Path) -> None:
    head = HEAD.replace("21/KH", "    /KH").replace("ngày 03 tháng 02 năm", "ngày     tháng    năm")
    opening = "Thực hiện Chương trình số 3/CTr-TU ngày 01/01/2021 về trồng cây đến năm 2030;\n"
    found = made(tmp_path, head + opening + BODY)
    assert (found.plan["document"]["number"], found.plan["document"]["date"]) == (None, "2026")
    assert found.plan["period"] == {"from": 2026, "to": 2026}
    assert doubted(found, "để trống") == ["document/number", "document/date", "document/signer"]


def test_the_years_of_a_document_in_the_title_are_in_doubt(tmp_path: Path) -> None:
    title = "Thực hiện Nghị quyết số 8-NQ/TU ngày 01 tháng 3 năm 2020 về trồng cây giai đoạn 2020 - 2025 năm 2026"
    found = made(tmp_path, HEAD.replace("Trồng cây ven sông năm 2026", title) + BODY)
    assert found.plan["period"] == {"from": 2026, "to": 2026}
    assert doubted(found, "nhiều thời kỳ") == ["period/from", "period/to"]


def test_the_recipients_beside_the_signature_are_read_column_by_column(tmp_path: Path) -> None:
    end = "| Nơi nhận: | KT. CHỦ TỊCH |\n|---|---|\n| - Sở Y tế; | PHÓ CHỦ TỊCH |\n| - Lưu: VT. | Lê Văn An |\n"
    document = made(tmp_path, f"{HEAD}{BODY}\n{end}", "kh.md").plan["document"]
    assert document["recipients"] == ["Sở Y tế", "Lưu: VT"]
    assert document["signer"] == {"authority": ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "name": "Lê Văn An"}


def test_letters_are_titles_of_the_objectives_and_tasks_below_them(tmp_path: Path) -> None:
    lines = "3. Chăm sóc cây\na) Mục tiêu\n- 100% cây sống.\nb) Nhiệm vụ\n- Tưới cây.\n- Thay cây chết.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert [one["text"] for one in found.plan["objectives"]][1:] == ["100% cây sống."]
    assert [(one["id"], one["text"]) for one in found.plan["tasks"][2:]] == [
        ("II.3-2-1", "Tưới cây."),
        ("II.3-2-2", "Thay cây chết."),
    ]
    assert doubted(found, "đoạn mục tiêu có số liệu") == ["indicators/II.3-1-1-ct1"]


@pytest.mark.parametrize("title", ["Đối tượng", "Phạm vi thực hiện", "Thời gian, địa điểm", "Hình thức tuyên truyền"])
def test_a_title_that_gives_no_work_is_set_aside_with_a_doubt(tmp_path: Path, title: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. {title}\na) Học sinh toàn tỉnh.\nb) Giáo viên.\n")
    assert [one["id"] for one in found.plan["tasks"]] == ["II.1", "II.2"]
    assert doubted(found, "tiêu đề này chỉ nêu") == [""]


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("Đội lưu động Hàm Rồng chủ trì trồng cây.", ["lead"]),
        ("Ban Tổ chức hội xuân trồng cây.", ["lead"]),
        ("Trồng cây, giao Sở Xây dựng theo dõi.", ["lead"]),
        ("Sở Xây dựng trồng cây; phối hợp với Sở Y tế tưới cây.", ["support"]),
        ("Sở Xây dựng trồng cây, hoàn thành trước ngày 30/6/2026.", ["schedule"]),
        ("Sở Xây dựng trồng cây trong quý II năm 2026.", ["schedule"]),
        ("Sở Xây dựng thực hiện Quyết định số 5/QĐ-UBND ngày 01/02/2026.", []),
        ("Ban hành kế hoạch trồng cây.", []),
    ],
)
def test_who_and_when_in_a_sentence_are_doubted_where_no_key_has_them(
    tmp_path: Path, sentence: str, keys: list[str]
) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. {sentence}\n")
    assert [one.at for one in found.doubts if one.at.startswith("tasks/II.3/")] == [f"tasks/II.3/{key}" for key in keys]


def test_rows_of_nobody_are_one_doubt_for_their_part(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}I. MỤC TIÊU\n1. Bờ sông xanh.\nII. NỘI DUNG\n1. Trồng gạo.\n2. Trồng tre.\n")
    assert doubted(found, "nêu cơ quan") == ["sections/II"]


def test_articles_of_a_decision_give_work_or_are_doubted(tmp_path: Path) -> None:
    lines = [
        "QUYẾT ĐỊNH:",
        "Điều 1. Thành lập Tổ công tác gồm các thành viên sau:",
        "1. Ông An, Tổ trưởng.",
        "Điều 2. Giao Sở Xây dựng chủ trì, phối hợp với Sở Y tế trồng cây.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
        "Điều 4. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Xây dựng chịu trách nhiệm thi hành Quyết định này./.",
    ]
    head = HEAD.replace("KẾ HOẠCH", "QUYẾT ĐỊNH").replace("21/KH", "21/QĐ")
    found = made(tmp_path, head + "\n".join(lines))
    assert [(one["id"], one["lead"], one["support"]) for one in found.plan["tasks"]] == [
        ("II", ["so-xay-dung"], ["so-y-te"])
    ]
    assert doubted(found, "điều này không rõ giao việc gì") == [""]
    assert found.plan["document"]["title"] == "Trồng cây ven sông năm 2026"


def test_a_letter_without_a_title_is_about_its_subject_line(tmp_path: Path) -> None:
    head = HEAD.replace(
        "KẾ HOẠCH\nTrồng cây ven sông năm 2026", "V/v hướng dẫn trồng cây\nven sông năm 2026\nKính gửi:"
    )
    found = made(tmp_path, head + BODY)
    assert found.plan["document"]["title"] == "hướng dẫn trồng cây ven sông năm 2026"
    assert found.plan["period"] == {"from": 2026, "to": 2026}


def test_a_subject_in_capitals_goes_on_in_capitals(tmp_path: Path) -> None:
    head = HEAD.replace("KẾ HOẠCH\nTrồng cây ven sông năm 2026", "V/V TRỒNG CÂY\nVEN SÔNG NĂM 2026\nSở Xây dựng điện:")
    assert made(tmp_path, head + BODY).plan["document"]["title"] == "TRỒNG CÂY VEN SÔNG NĂM 2026"


def test_the_year_of_indicators_stands_in_the_row_over_them(tmp_path: Path) -> None:
    table = (
        "PHỤ LỤC\nCHỈ TIÊU\n| TT | Chỉ tiêu | Đơn vị | Kết quả | Cơ quan theo dõi |\n|---|---|---|---|---|\n"
        "| I | Đến năm 2026 |  |  |  |\n| 1 | Số cây gạo | cây | ≥ 20 | Sở Xây dựng |\n"
        "| II | Đến năm 2030 |  |  |  |\n| 2 | Tỷ lệ cây sống | % | 90 | Sở Xây dựng |\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Lưu: VT.\n{table}", "kh.md")
    assert [(one["name"], one["unit"], one["targets"]) for one in found.plan["indicators"]] == [
        ("Số cây gạo", "cây", {"2026": "≥ 20"}),
        ("Tỷ lệ cây sống", "%", {"2030": "90"}),
    ]


def test_the_bodies_of_a_title_by_letter_lead_what_stands_below_it_or_are_doubted(tmp_path: Path) -> None:
    lines = (
        "3. Chăm sóc\na) Giao Sở Y tế (cơ quan thường trực):\n- Tưới cây.\n"
        "b) Giao Trung tâm Cây xanh Hàm Rồng:\n- Thay cây.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert [(one["id"], one.get("lead")) for one in found.plan["tasks"][2:]] == [
        ("II.3-1-1", ["so-y-te"]),
        ("II.3-2-1", None),
    ]
    assert doubted(found, "chưa giao các việc bên dưới cho ai") == ["sections/II.3-2"]


def test_who_issues_a_decision_is_not_its_title(tmp_path: Path) -> None:
    head = HEAD.replace("ven sông năm 2026", "ven sông năm 2026\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NINH BÌNH", 1)
    found = made(tmp_path, head + BODY)
    assert found.plan["document"]["title"] == "Trồng cây ven sông năm 2026"


def test_signature_and_recipients_line_by_line_are_told_apart_with_a_doubt(tmp_path: Path) -> None:
    end = "Nơi nhận:\nKT. CHỦ TỊCH\n- Như trên;\nPHÓ CHỦ TỊCH\n- Sở Xây dựng;\n- Lưu: VT, KT.\nNguyễn Văn An\n"
    found = made(tmp_path, f"{HEAD}{BODY}{end}")
    document = found.plan["document"]
    assert document["recipients"] == ["Như trên", "Sở Xây dựng", "Lưu: VT, KT"]
    assert document["signer"] == {"authority": ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "name": "Nguyễn Văn An"}
    assert doubted(found, "xen với nơi nhận") == ["document/signer"]


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        ("- Giám đốc Sở Y tế;\n- Chánh án Tòa án nhân dân tỉnh.\n", ["tasks/III.1-1/lead", "tasks/III.1-2/lead"]),
        ("Sở Xây dựng rà soát cây; Sở Y tế rà soát phân.\n", ["tasks/III.1/lead"]),
        ("- Tưới cây.\n- Ủy ban nhân dân tỉnh yêu cầu các sở quyết liệt, chủ động.\n", ["tasks/III.1-2/lead"]),
    ],
)
def test_a_line_below_a_body_that_speaks_of_others_is_doubted(tmp_path: Path, lines: str, at: list[str]) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng\n{lines}")
    assert list(dict.fromkeys(one.at for one in found.doubts if re.match("tasks/III.*/lead", one.at))) == at


def test_who_follows_a_plan_up_is_in_doubt_where_nobody_is_told_to(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng theo dõi, tổng hợp, báo cáo UBND tỉnh kết quả thực hiện Kế hoạch.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "cơ quan đầu mối") == []
    other = told.replace("theo dõi, tổng hợp, báo cáo UBND tỉnh kết quả thực hiện Kế hoạch", "theo dõi cây ven sông")
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{other}"), "cơ quan đầu mối") == ["coordinator"]


def test_numbers_typed_before_the_text_of_rows_are_their_numbers(tmp_path: Path) -> None:
    table = (
        "PHỤ LỤC\nNHIỆM VỤ\n| Nội dung | Phân công nhiệm vụ | Tiến độ |\n|---|---|---|\n"
        "| 1. Trồng gạo | Chủ trì: Sở Xây dựng. Phối hợp: Sở Y tế. | Năm 2026 |\n| 3. Trồng tre | Sở Y tế | Năm 2026 |\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Lưu: VT.\n{table}", "kh.md")
    assert [(one["id"], one["text"]) for one in found.plan["tasks"][2:]] == [
        ("PL.1", "Trồng gạo"),
        ("PL.3", "Trồng tre"),
    ]


def test_a_heading_with_a_full_stop_is_a_heading_where_its_dashes_have_bodies_of_their_own(tmp_path: Path) -> None:
    lines = (
        "3. Chăm sóc cây; thay cây chết ven sông.\n- Tưới cây.\nĐơn vị chủ trì: Sở Y tế.\nThời gian thực hiện: Năm 2026.\n"
        "- Bón phân.\nĐơn vị chủ trì: Sở Xây dựng.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert [(one["id"], one["text"], one["lead"]) for one in found.plan["tasks"][2:]] == [
        ("II.3-1", "Tưới cây.", ["so-y-te"]),
        ("II.3-2", "Bón phân.", ["so-xay-dung"]),
    ]
    assert {"id": "II.3", "title": "Chăm sóc cây; thay cây chết ven sông"} in found.plan["sections"]


def test_labels_behind_some_dashes_of_a_heading_are_doubted_for_the_dash_before(tmp_path: Path) -> None:
    lines = "3. Chăm sóc\n- Tưới cây.\n- Bón phân.\nĐơn vị chủ trì: Sở Y tế.\n- Tỉa cành.\nĐơn vị chủ trì: Sở Y tế.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert len([one for one in found.doubts if "gạch đầu dòng cuối hay cả mục II.3" in one.why]) == 1


@pytest.mark.parametrize(
    ("title", "lead", "at"),
    [
        ("Sở Y tế", ["so-y-te"], []),
        ("Trách nhiệm của đối tượng được giao cây", None, ["sections/II.3"]),
    ],
)
def test_dashes_with_a_time_of_their_own_are_led_by_the_body_of_their_heading(
    tmp_path: Path, title: str, lead: list[str] | None, at: list[str]
) -> None:
    lines = f"3. {title}\n- Tưới cây.\nThời gian hoàn thành: Trước ngày 15/4/2026.\n- Bón phân.\nThời gian: Năm 2026.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert [(one.get("lead"), one["schedule"]) for one in found.plan["tasks"][2:]] == [
        (lead, "Trước ngày 15/4/2026"),
        (lead, "Năm 2026"),
    ]
    assert doubted(found, "chưa giao các việc bên dưới cho ai") == at


def test_with_whom_a_heading_works_leaves_the_lead_to_the_heading_above(tmp_path: Path) -> None:
    lines = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng\na) Chủ trì, phối hợp với Sở Y tế\n- Tưới cây.\n- Bón phân.\n"
        "b) Phối hợp với Sở Y tế\n- Tỉa cành.\n2. Sở Y tế\nChủ trì, phối hợp với Sở Xây dựng:\n- Thay cây.\n- Thay đất.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert [(one["id"], one["lead"], one.get("support")) for one in found.plan["tasks"][2:]] == [
        ("III.1-1-1", ["so-xay-dung"], ["so-y-te"]),
        ("III.1-1-2", ["so-xay-dung"], ["so-y-te"]),
        ("III.1-2-1", ["so-xay-dung"], None),
        ("III.2-1", ["so-y-te"], ["so-xay-dung"]),
        ("III.2-2", ["so-y-te"], ["so-xay-dung"]),
    ]
    assert doubted(found, "tiêu đề nói phối hợp") == ["sections/III.1-2"]


def test_what_stands_below_a_label_without_words_of_its_own_is_doubted(tmp_path: Path) -> None:
    lines = (
        "3. Chăm sóc cây\n- Nội dung: tưới cây.\n- Cơ quan thực hiện: Sở Y tế.\n- Thời gian thực hiện:\n"
        "+ Sở Y tế báo cáo trước ngày 15 tháng 4 năm 2026.\n4. Xây dựng quy chế\n- Cơ quan chủ trì: Sở Y tế\n"
        "- Thời hạn ban hành: trước ngày 31 tháng 5 năm 2026\n5. Tổng kết\nThời gian thực hiện sau khi trồng xong.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert doubted(found, "không có gì cùng dòng") == ["tasks/II.3/schedule"]
    by_id = {one["id"]: one for one in found.plan["tasks"]}
    assert (by_id["II.4"]["text"], by_id["II.4"]["schedule"]) == ("Xây dựng quy chế", "trước ngày 31 tháng 5 năm 2026")
    assert by_id["II.5"]["text"] == "Tổng kết"
    assert doubted(found, "nói về thời gian") == ["tasks/II.5/schedule"]


def test_a_time_below_objectives_is_not_lost_without_a_word(tmp_path: Path) -> None:
    body = BODY.replace("II. ", "2. Tháng trồng cây\na) Chủ đề: Xanh\nb) Thời gian: Từ ngày 15/4/2026.\nII. ", 1)
    found = made(tmp_path, f"{HEAD}{body}")
    assert [one.text for one in found.doubts if "mục không phải nhiệm vụ" in one.why] == [
        "Thời gian: Từ ngày 15/4/2026."
    ]


@pytest.mark.parametrize(
    ("opening", "basis"),
    [
        (
            "Thực hiện Kế hoạch 24/KH- UBND ngày 14/8/2025 của UBND tỉnh thực hiện Nghị quyết số 6-NQ/TU về trồng cây;",
            [{"number": "24/KH-UBND", "date": "2025-08-14", "title": "thực hiện Nghị quyết số 6-NQ/TU về trồng cây"}],
        ),
        (
            "Thực hiện Chương trình hành động số 7- CTr/TU ngày 01/4/2025 của Tỉnh ủy “về trồng cây ven sông”, như sau:",
            [{"number": "7-CTr/TU", "date": "2025-04-01", "title": "về trồng cây ven sông"}],
        ),
        (
            "Căn cứ Kế hoạch hành động số 5/KH-UBND ngày 02/3/2025 Thực hiện Đề án trồng cây; Các Công văn: số 8/SXD-TH,",
            [{"number": "5/KH-UBND", "date": "2025-03-02", "title": "Thực hiện Đề án trồng cây"}],
        ),
        (
            "Căn cứ Công văn số 8/SXD-TH ngày 03/3/2025 về trồng cây, Chủ tịch UBND tỉnh có ý kiến như sau:",
            [{"number": "8/SXD-TH", "date": "2025-03-03", "title": "về trồng cây"}],
        ),
        (
            "Căn cứ Nghị quyết số 6/NQ-CP ngày 01/4/2025 về trồng cây (Nghị quyết số 6/NQ-CP) và tình hình thực tế của tỉnh;",
            [{"number": "6/NQ-CP", "date": "2025-04-01", "title": "về trồng cây"}],
        ),
        (
            "Thực hiện Thông báo số 5/TB-VPCP ngày 13/10/2025 của Văn phòng Chính phủ Kết luận Phiên họp về trồng cây;",
            [{"number": "5/TB-VPCP", "date": "2025-10-13", "title": "Kết luận Phiên họp về trồng cây"}],
        ),
        (
            "Căn cứ Luật Cây xanh số 5/2014/QH13, được sửa đổi tại Luật Đất trồng số 6/2020/QH14 ngày 17/6/2020;",
            [{"number": "5/2014/QH13", "title": "Luật Cây xanh"}],
        ),
        (
            "Thực hiện Quyết định số 9/QĐ-TTg về trồng cây; chỉ đạo của Bộ Xây dựng tại các văn bản: số 7/BXD-CX, như sau:",
            [{"number": "9/QĐ-TTg", "title": "về trồng cây"}],
        ),
        (
            "Triển khai Công điện số 9/CĐ-TTg ngày 02/01/2026 về trồng cây, Bộ Xây dựng yêu cầu các đơn vị:",
            [{"number": "9/CĐ-TTg", "date": "2026-01-02", "title": "về trồng cây"}],
        ),
        (
            "Thực hiện Kết luận số 5-KL/ĐU về trồng cây và trên cơ sở báo cáo của Sở Xây dựng;",
            [{"number": "5-KL/ĐU", "title": "về trồng cây"}],
        ),
    ],
)
def test_a_basis_has_its_whole_number_and_its_own_title(tmp_path: Path, opening: str, basis: list[object]) -> None:
    assert made(tmp_path, f"{HEAD}{opening}\n{BODY}").plan["document"]["basis"] == basis


def test_documents_inside_the_title_of_a_basis_are_doubted(tmp_path: Path) -> None:
    opening = "Căn cứ Quyết định số 9/QĐ-TTg phê duyệt Đề án; các Quyết định của Bộ (Số 12/QĐ-BXD và số 13/QĐ-BXD);\n"
    found = made(tmp_path, f"{HEAD}{opening}{BODY}")
    assert [one.why for one in found.doubts if one.at == "document/basis"] == [
        "chưa đọc được thành căn cứ: 12/QĐ-BXD, 13/QĐ-BXD"
    ]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("TRỒNG CÂY NĂM 2026", {"from": 2026, "to": 2026}),
        ("Bầu cử nhiệm kỳ 2026 - 2031", {"from": 2026, "to": None}),
        ("TRỒNG CÂY GIAI ĐOẠN 2026 - 2030, ĐỊNH HƯỚNG ĐẾN NĂM 2045", {"from": 2026, "to": 2030, "vision": 2045}),
    ],
)
def test_years_of_a_title_in_capitals_are_read_and_a_term_of_office_is_no_period(
    tmp_path: Path, title: str, period: dict[str, object]
) -> None:
    found = made(tmp_path, HEAD.replace("Trồng cây ven sông năm 2026", title) + BODY)
    assert found.plan["period"] == period


def test_a_signature_on_one_line_is_read(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn An\n"
    assert made(tmp_path, f"{HEAD}{BODY}{end}").plan["document"]["signer"] == {
        "authority": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "name": "Nguyễn Văn An",
    }


def test_a_title_may_begin_with_as_to(tmp_path: Path) -> None:
    found = made(tmp_path, HEAD.replace("Trồng cây ven sông", "V/V trồng cây ven sông") + BODY)
    assert found.plan["document"]["title"] == "V/V trồng cây ven sông năm 2026"


def test_the_body_may_begin_with_part_ii(tmp_path: Path) -> None:
    opening = "Thực hiện Nghị quyết số 6-NQ/TU về trồng cây;\n"
    found = made(tmp_path, f"{HEAD}{opening}{BODY.replace('II. ', 'III. ').replace('I. MỤC', 'II. MỤC')}")
    assert [one["number"] for one in found.plan["document"]["basis"]] == ["6-NQ/TU"]
    assert [one["text"] for one in found.plan["objectives"]] == ["Mục tiêu chung là bờ sông có bóng cây."]


def test_a_body_with_a_full_stop_is_a_heading(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Sở Y tế.\n- Tập huấn sơ cứu.\n- Cấp túi thuốc cho đội trồng cây.\n"
    assert [(one["id"], one["text"], one["lead"]) for one in made(tmp_path, text).plan["tasks"][2:]] == [
        ("II.3-1", "Tập huấn sơ cứu.", ["so-y-te"]),
        ("II.3-2", "Cấp túi thuốc cho đội trồng cây.", ["so-y-te"]),
    ]


def test_sentences_merged_into_one_task_are_doubted(tmp_path: Path) -> None:
    merged = "3. Việc trồng cây được làm như sau. Cụ thể gồm.\n- Tổ chức lễ phát động. Mời dân.\n- Xây dựng vườn ươm. Thuê đất.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{merged}"), "được ghép vào nhiệm vụ này") == ["tasks/II.3/text"]


def test_a_paragraph_behind_lines_with_a_plus_is_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\n- Xây dựng lịch tưới:\n+ Tưới sáng;\n+ Tưới chiều.\nTưới thêm khi nắng to.\n"
    assert doubted(made(tmp_path, text), "sau các dòng có dấu") == ["tasks/II.3-2/text"]


def test_the_last_paragraph_of_a_document_is_no_source_of_funding(tmp_path: Path) -> None:
    end = "III. KINH PHÍ\n- Ngân sách tỉnh.\n- Vốn xã hội hóa.\nCác đơn vị báo cáo trước ngày 20 hằng tháng./.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{end}")
    assert "hằng tháng" not in str(found.plan["funding"])
    assert len(doubted(found, "có thể là lời kết")) == 1


def test_where_the_details_are_is_no_task(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\n- Tưới cây.\n- Bón phân.\n* (Chi tiết tại Phụ lục ban hành kèm theo).*\n"
    assert [one["text"] for one in made(tmp_path, text).plan["tasks"][2:]] == ["Tưới cây.", "Bón phân."]


def test_a_title_that_stops_amid_its_sentence_is_doubted(tmp_path: Path) -> None:
    torn = (
        "3. Sở Xây dựng theo dõi, đôn đốc các xã, phường trồng cây đúng lịch và chăm cây theo mùa; "
        "tham mưu Ủy ban nhân dân tỉnh báo cáo kết quả trồng cây với Bộ\n- Nông nghiệp trước ngày 20 hằng tháng.\n"
    )
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{torn}"), "ngắt giữa câu")) == 1


def test_a_basis_that_the_title_in_capitals_names_again_is_one(tmp_path: Path) -> None:
    head = HEAD.replace("Trồng cây ven sông năm 2026", "THỰC HIỆN QUYẾT ĐỊNH SỐ 06/QĐ-TTG NGÀY 02/01/2025")
    found = made(tmp_path, f"{head}Căn cứ Quyết định số 06/QĐ-TTg ngày 02/01/2025 về trồng cây;\n{BODY}")
    assert [one["number"] for one in found.plan["document"]["basis"]] == ["06/QĐ-TTg"]


@pytest.mark.parametrize("title", ["II. PHẠM VI, ĐỐI TƯỢNG VÀ THỜI GIAN", "2. Phạm vi, đối tượng"])
def test_whom_a_document_is_about_is_no_objective(tmp_path: Path, title: str) -> None:
    text = BODY.replace("II. NHIỆM VỤ", f"{title}\na) Toàn tỉnh.\nb) Từ nay đến hết năm 2026.\nIII. NHIỆM VỤ")
    found = made(tmp_path, HEAD + text)
    assert len(found.plan["objectives"]) == 1
    assert len(doubted(found, "chỉ nêu đối tượng, phạm vi")) == 1


def test_a_group_of_bodies_is_no_coordinator(tmp_path: Path) -> None:
    end = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Các đơn vị, địa phương theo dõi, đôn đốc, báo cáo kết quả thực hiện, báo cáo số cây.\n"
        "2. Sở Xây dựng theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n"
    )
    assert made(tmp_path, f"{HEAD}{BODY}{end}").plan["coordinator"] == "so-xay-dung"


@pytest.mark.parametrize(
    "words",
    [
        "Trồng cây ven sông (2026 - 2028).",
        "Trồng cây ven sông (2027 trở đi)",
        "Trồng cây trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này.",
    ],
)
def test_a_time_in_brackets_or_counted_from_a_day_is_doubted(tmp_path: Path, words: str) -> None:
    assert doubted(made(tmp_path, f"{HEAD}{BODY}3. {words}\n"), "có thời hạn") == ["tasks/II.3/schedule"]


def test_a_report_that_is_to_be_finished_has_a_deadline(tmp_path: Path) -> None:
    end = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng trồng cây. Hoàn thành, báo cáo kết quả trong tháng 11/2026.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{end}"), "có thời hạn") == ["tasks/III.1/schedule"]


@pytest.mark.parametrize(
    "title", ["3. Để trồng cây đúng lịch, các đội trồng cây làm các việc sau:", "3. Các tỉnh bạn:"]
)
def test_a_title_that_names_bodies_nobody_knows_is_doubted(tmp_path: Path, title: str) -> None:
    text = f"{HEAD}{BODY}{title.replace('các đội', 'các đơn vị đội')}\na) Tưới cây.\nb) Bón phân.\n"
    assert doubted(made(tmp_path, text), "chưa giao các việc bên dưới cho ai") == ["sections/II.3"]


def test_whom_a_clause_directs_may_lead_what_stands_below_it(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\nSở Xây dựng chỉ đạo Chi cục Cây xanh:\na) Tưới cây.\nb) Bón phân.\n"
    assert doubted(made(tmp_path, text), "cơ quan được chỉ đạo") == ["clauses/II.3"]


def test_an_introduction_of_several_sentences_may_give_more_work(tmp_path: Path) -> None:
    intro = "Căn cứ nội dung Kế hoạch này, các địa phương triển khai thực hiện. Đồng thời giao các việc sau:"
    text = f"{HEAD}{BODY}3. Phân công trách nhiệm\n{intro}\na) Sở Y tế tập huấn.\nb) Sở Xây dựng tưới cây.\n"
    assert len(doubted(made(tmp_path, text), "đoạn dẫn có nhiều câu")) == 1


def test_a_paragraph_between_lines_with_marks_is_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\n- Tưới cây.\nKhi nắng to thì tưới hai lần.\n- Bón phân.\n"
    assert doubted(made(tmp_path, text), "sau các dòng có dấu") == ["tasks/II.3-2/text"]


def test_a_paragraph_before_lines_with_marks_is_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\nCây là lá phổi của thành phố.\na) Tưới cây.\nb) Bón phân.\n"
    assert doubted(made(tmp_path, text), "có thể là lời dẫn") == ["tasks/II.3-1/text"]


def test_a_list_of_partners_that_goes_on_below_a_heading_is_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Sở Xây dựng\n- Tưới cây.\n- Chủ động phối hợp với Công an, lực lượng Hải quan triển khai trồng cây.\n"
    assert doubted(made(tmp_path, text), "kết thúc ở đâu") == ["tasks/II.3-2/support"]


def test_a_lead_that_stops_before_the_colon_is_doubted(tmp_path: Path) -> None:
    words = "3. Sở Xây dựng quản lý cây xanh cấp tỉnh và các đơn vị trồng cây: Tưới cây ven sông."
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{words}\n"), "trước dấu hai chấm") == ["tasks/II.3/lead"]


def test_a_duty_that_says_only_with_whom_is_led_by_nobody_known(tmp_path: Path) -> None:
    end = "III. TỔ CHỨC THỰC HIỆN\n1. Đội trồng cây\n- Chủ động phối hợp với Sở Xây dựng thực hiện việc trồng cây.\n- Tưới cây.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{end}"), "chỉ nêu cơ quan phối hợp") == ["tasks/III.1-1/lead"]


def test_funding_below_solutions_is_funding(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Bảo đảm kinh phí\na) Ngân sách tỉnh.\nb) Vốn xã hội hóa.\n"
    assert [one["text"] for one in made(tmp_path, text).plan["funding"]] == ["Ngân sách tỉnh.", "Vốn xã hội hóa."]


def test_a_last_line_with_a_day_is_no_closing_line(tmp_path: Path) -> None:
    end = "Yêu cầu các đơn vị triển khai thực hiện, trước ngày 10 tháng 01 hàng năm gửi số cây đã trồng."
    found = made(tmp_path, f"{HEAD}{BODY}3. Gửi số cây\n{end}\n")
    assert [one["text"] for one in found.plan["tasks"][2:]] == [end]
    assert doubted(found, "có thời hạn") == ["tasks/II.3/schedule"]


@pytest.mark.parametrize(
    "words",
    [
        "Tưới cây: Ủy ban nhân dân xã, phường phối hợp với đội tưới.",
        "Sau khi mở vườn, các đơn vị ươm cây thực hiện việc trồng.",
        "Trồng cây: Sau khi mở vườn, các đơn vị ươm cây thực hiện việc trồng.",
    ],
)
def test_who_works_behind_a_label_or_a_purpose_is_doubted(tmp_path: Path, words: str) -> None:
    assert doubted(made(tmp_path, f"{HEAD}{BODY}3. {words}\n"), "có nêu cơ quan làm việc này") == ["tasks/II.3/lead"]


def test_a_second_sentence_of_another_body_is_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Sở Xây dựng tổ chức trồng cây. Sở Tài chính cấp kinh phí, báo cáo kết quả.\n"
    assert doubted(made(tmp_path, text), "sau dấu chấm") == ["tasks/II.3/lead"]


@pytest.mark.parametrize(
    "title", ["Các đơn vị ươm cây ven sông", "Trung ương Đoàn Thanh niên", "Đề nghị Trung ương Hội Nông dân"]
)
def test_a_letter_with_bodies_nobody_knows_is_doubted(tmp_path: Path, title: str) -> None:
    text = f"{HEAD}{BODY}3. Sở Xây dựng\na) {title}\n- Tưới cây.\n- Bón phân.\n"
    found = made(tmp_path, text)
    assert [one.get("lead") for one in found.plan["tasks"][2:]] == [None, None]
    assert doubted(found, "chưa giao các việc bên dưới cho ai") == ["sections/II.3-1"]


def test_requirements_that_stand_alone_may_be_work(tmp_path: Path) -> None:
    text = BODY.replace("I. MỤC TIÊU", "I. YÊU CẦU CHUNG")
    assert doubted(made(tmp_path, HEAD + text), "mục chỉ có yêu cầu") == ["sections/I"]


def test_rows_of_a_table_copied_as_text_are_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\n- Tưới | Sở Xây dựng | 2026\n- Bón phân.\n"
    assert doubted(made(tmp_path, text), "bảng chép thành chữ") == ["tasks/II.3-1/text"]


def test_what_a_clause_lists_may_be_no_work(tmp_path: Path) -> None:
    intro = "Sở Xây dựng chỉ đạo báo cáo số liệu hằng tháng gồm:"
    text = f"{HEAD}{BODY}3. Báo cáo\n{intro}\n- Số cây đã trồng.\n- Số cây đã chết.\n"
    assert len(doubted(made(tmp_path, text), "nội dung được liệt kê")) == 1


def test_the_issuer_below_a_title_is_none_of_its_words(tmp_path: Path) -> None:
    head = HEAD.replace("năm 2026\n", "năm 2026\nỦY BAN THƯỜNG VỤ QUỐC HỘI\n")
    assert made(tmp_path, head + BODY).plan["document"]["title"] == "Trồng cây ven sông năm 2026"


def test_a_vice_chair_of_an_office_is_an_authority(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nKT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nNguyễn Văn An\n"
    signer = made(tmp_path, f"{HEAD}{BODY}{end}").plan["document"]["signer"]
    assert signer["authority"] == ["KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"]


@pytest.mark.parametrize(
    ("opening", "basis"),
    [
        ("Căn cứ Luật Cây xanh năm 2017;", [{"date": "2017", "title": "Luật Cây xanh"}]),
        ("Căn cứ Luật Cây xanh 5/2025/QH15;", [{"number": "5/2025/QH15", "title": "Luật Cây xanh"}]),
        (
            "Căn cứ Luật số 5/2012/QH13 ngày 20/6/2012 về trồng cây, sửa đổi bổ sung năm 2025;",
            [{"number": "5/2012/QH13", "date": "2012-06-20", "title": "về trồng cây"}],
        ),
    ],
)
def test_a_law_is_known_by_its_year_or_a_bare_number(tmp_path: Path, opening: str, basis: list[object]) -> None:
    assert made(tmp_path, f"{HEAD}{opening}\n{BODY}").plan["document"]["basis"] == basis


def test_a_time_among_objectives_is_none(tmp_path: Path) -> None:
    text = BODY.replace("II. NHIỆM VỤ", "2. Thời gian thực hiện: Từ năm 2026 - 2030.\nII. NHIỆM VỤ")
    found = made(tmp_path, HEAD + text)
    assert len(found.plan["objectives"]) == 1
    assert len(doubted(found, "không phải mục tiêu")) == 1


def test_a_letter_is_printed_with_its_own_sign(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Trồng cây ven sông và chăm cây.\na. Tưới cây\nb. Bón phân\n"
    assert "a. Tưới cây b. Bón phân" in made(tmp_path, text).plan["tasks"][2]["text"]


ARTICLES = """QUYẾT ĐỊNH:
Điều 1. Trồng cây
1. Sở Xây dựng có trách nhiệm trồng cây ven sông.
2. Sở Tài chính chủ trì cấp kinh phí.
Điều 2. Quyết định này có hiệu lực từ ngày ký./.
"""
DECISION = HEAD.replace("KẾ HOẠCH", "QUYẾT ĐỊNH").replace("/KH-", "/QĐ-")


def test_articles_before_an_appendix_with_parts_are_the_body(tmp_path: Path) -> None:
    appendix = "PHỤ LỤC\nDANH MỤC CÂY\nI. Không trồng bạch đàn.\nII. Không trồng keo.\n"
    found = made(tmp_path, f"{DECISION}{ARTICLES}{appendix}")
    assert [(one["id"], one["lead"]) for one in found.plan["tasks"]] == [
        ("I.1", ["so-xay-dung"]),
        ("I.2", ["so-tai-chinh"]),
    ]


def test_points_of_articles_that_issue_a_plan_are_doubted(tmp_path: Path) -> None:
    articles = ARTICLES.replace("Điều 1. Trồng cây", "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây")
    found = made(tmp_path, f"{DECISION}{articles}KẾ HOẠCH\nTrồng cây ven sông năm 2026\n{BODY}")
    assert len(found.plan["tasks"]) == 2
    assert len(doubted(found, "điều của văn bản giao việc")) == 2


def test_an_article_is_about_aims_only_by_its_first_words(tmp_path: Path) -> None:
    articles = ARTICLES.replace("Điều 2.", "Điều 2. Trồng cây trong phạm vi ven sông.\nĐiều 3.")
    found = made(tmp_path, DECISION + articles)
    assert found.plan.get("objectives", []) == []
    assert len(doubted(found, "điều này không rõ giao việc gì")) == 1


def test_a_table_with_a_head_of_its_own_does_not_go_on_with_another(tmp_path: Path) -> None:
    rows = "| TT | Nhiệm vụ | Cơ quan chủ trì |\n| 1 | Tưới cây | Sở Xây dựng |\n"
    other = "| STT | Loài cây | Nơi trồng |\n| 1 | Cây sao | Ven sông |\n"
    found = made(tmp_path, f"{HEAD}{BODY}3. Việc\n{rows}\n4. Cây\n{other}", "kh.md")
    assert [one["text"] for one in found.plan["tasks"][2:]] == ["Tưới cây"]
    assert len(doubted(found, "bảng không có cột nhiệm vụ")) == 1


def test_a_document_behind_and_may_belong_to_the_title_before(tmp_path: Path) -> None:
    cited = (
        "Căn cứ Kế hoạch số 5/KH-UBND về thực hiện Nghị quyết số 6/NQ-CP và Chương trình số 7-CTr/TU về trồng cây;\n"
    )
    apart = (
        "Căn cứ Luật Cây xanh số 5/2025/QH15;\nThực hiện Kế hoạch số 5/KH-UBND về trồng cây; Quyết định số 8/QĐ-TTg;\n"
    )
    assert len(doubted(made(tmp_path, f"{HEAD}{cited}{BODY}"), 'trước 7-CTr/TU là "và"')) == 1
    assert doubted(made(tmp_path, f"{HEAD}{apart}{BODY}"), 'là "và"') == []


def test_a_closing_paragraph_that_gives_work_is_not_lost(tmp_path: Path) -> None:
    end = "Yêu cầu các sở, ngành tổ chức thực hiện tốt. Giao Công an tỉnh theo dõi, đôn đốc việc thực hiện./.\n"
    assert "Giao Công an tỉnh" in "".join(one.text for one in made(tmp_path, f"{HEAD}{BODY}{end}").doubts)


def test_work_with_a_day_under_funding_is_doubted(tmp_path: Path) -> None:
    funds = "III. KINH PHÍ THỰC HIỆN\n1. Sở Tài chính lập dự toán, báo cáo UBND tỉnh trước ngày 15/6/2026.\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{funds}"), "có thể là nhiệm vụ, ở đây ghi vào funding")) == 1


def test_an_investor_is_somebody_who_has_work(tmp_path: Path) -> None:
    told = "III. NHIỆM VỤ BỔ SUNG\n1. Nhà đầu tư bến xe tập kết máy móc.\n2. Yêu cầu nhà thầu rào chắn.\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "câu mở đầu bằng một cơ quan")) == 2


def test_a_name_that_goes_on_with_building_is_not_whole(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính chủ trì, phối hợp với Sở Nội vụ, Ban Quản lý dự án đầu tư xây dựng số 2, "
    end = "Sở Y tế rà soát kế hoạch vốn.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}{end}"), "kết thúc ở đâu")


def test_work_given_further_on_in_a_sentence_is_doubted(tmp_path: Path) -> None:
    told = (
        "III. NHIỆM VỤ BỔ SUNG\n1. Bến xe còn chậm, yêu cầu các đơn vị làm thêm ca.\n"
        "2. Kết quả là nhờ nhiều người. Sở Xây dựng rà soát, khen thưởng.\n"
        "3. Giao Phó Thủ tướng Trần Văn Bình kiểm tra.\n4. Tỉnh Gia Lai lập hồ sơ đường nối.\n"
        "5. Sở Tài chính chủ trì cùng Sở Y tế rà soát vốn.\n"
    )
    draft = made(tmp_path, f"{HEAD}{BODY}{told}")
    keys = {one.at for one in draft.doubts if one.at.startswith("tasks/III")}
    assert {f"tasks/III.{number}/lead" for number in range(1, 5)} <= keys
    assert "tasks/III.5/support" in keys


def test_a_deadline_behind_the_word_for_law_is_none_of_a_law(tmp_path: Path) -> None:
    told = (
        "III. NHIỆM VỤ BỔ SUNG\n1. Sở Y tế đề xuất theo quy định của pháp luật, xong trước ngày 15 tháng 12 năm 2026.\n"
    )
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "câu có thời hạn")) == 1


def test_a_row_with_a_label_for_the_time_may_name_bodies(tmp_path: Path) -> None:
    told = "III. NHIỆM VỤ BỔ SUNG\n1. Rà soát hồ sơ, phối hợp với thôn Đông.\n- Thời gian hoàn thành: trước ngày 30/11/2026\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "phối hợp với cơ quan khác")) == 1


def test_a_part_of_some_demands_is_doubted(tmp_path: Path) -> None:
    told = "III. MỘT SỐ YÊU CẦU\n1. Các xã chủ động làm kè.\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "mục chỉ có yêu cầu")) == 1


def test_a_commune_follows_no_plan_up(tmp_path: Path) -> None:
    told = (
        "III. TỔ CHỨC THỰC HIỆN\n1. UBND các xã, phường theo dõi, tổng hợp, báo cáo kết quả thực hiện Kế hoạch này.\n"
    )
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "không rõ cơ quan đầu mối")) == 1


def test_what_bodies_that_no_registry_has_do_is_read(tmp_path: Path) -> None:
    text = (
        f"{HEAD}1. Thống đốc Ngân hàng chỉ đạo miễn lãi.\n2. Phân công các đồng chí Phó Thủ tướng theo dõi.\n"
        "3. Vụ Cây xanh:\n- Rà soát cây giống.\n"
    )
    found = made(tmp_path, text)
    assert [one["id"] for one in found.plan["tasks"]] == ["I", "II", "III-1"]
    assert doubted(found, "câu không mở đầu bằng tên cơ quan") == ["tasks/I", "tasks/II"]
    assert doubted(found, "không đọc được hết; chưa giao") == ["sections/III"]
    assert doubted(found, "không đọc được hết; chưa ghi ai chủ trì") == ["tasks/III-1"]


def test_bodies_of_a_commune_are_not_surely_those_of_the_province(tmp_path: Path) -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH THANH HÓA", "UBND XÃ ĐÔNG SƠN")
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Ủy ban MTTQ theo dõi, tổng hợp, báo cáo kết quả thực hiện Kế hoạch này.\n"
    assert doubted(made(tmp_path, f"{head}{BODY}{told}"), "văn bản của cấp xã") == ["tasks/III.1/lead", "coordinator"]
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "văn bản của cấp xã") == []


CUT = "hết mà không có dấu chấm"


@pytest.mark.parametrize(
    ("part", "ids"),
    [
        ("I. MỤC TIÊU", ["objectives/I.9-1", "objectives/I.9-2"]),
        ("II. NHIỆM VỤ", ["tasks/II.9-1/text", "tasks/II.9-2/text"]),
        ("III. KINH PHÍ", ["funding/III.9-1", "funding/III.9-2"]),
    ],
)
def test_a_sentence_that_may_be_cut_is_doubted_at_both_lines(tmp_path: Path, part: str, ids: list[str]) -> None:
    text = f"{BODY}III. KINH PHÍ\n".replace(part, f"{part}\n9. Cây\n- Tưới cây; giúp\nHội Làm vườn.")
    assert doubted(made(tmp_path, f"{HEAD}{text}"), CUT) == ids


def test_a_title_without_a_full_stop_over_a_paragraph_is_not_cut(tmp_path: Path) -> None:
    assert not doubted(made(tmp_path, f"{HEAD}{BODY}3. Cây ven sông\nTưới cây.\n- Bón phân\n- Cắt cỏ.\n"), CUT)


def test_a_duty_with_a_number_that_may_be_cut_is_doubted(tmp_path: Path) -> None:
    duty = f"3. Sở Y tế {'chủ trì tưới cây ven sông, ' * 5}báo cáo"
    found = made(tmp_path, f"{HEAD}{BODY}{duty}\nỦy ban nhân dân tỉnh trước hạn.\n")
    assert doubted(found, CUT) == ["sections/II.3", "tasks/II.3/text"]


def test_a_recipient_that_may_be_cut_or_mixed_is_doubted(tmp_path: Path) -> None:
    why = "nơi nhận này không có dấu ở cuối"
    whole = "Nơi nhận:\n- Như trên;\n- Sở Y tế,\n- Lưu: VT\nTM. ỦY BAN NHÂN DÂN\nLê Văn An\n"
    assert not doubted(made(tmp_path, f"{HEAD}{BODY}{whole}"), why)
    for cut in (whole.replace("Như trên;", "Như trên"), whole.replace("Sở Y tế,", "Sở Y tế | A;")):
        assert doubted(made(tmp_path, f"{HEAD}{BODY}{cut}"), why) == ["document/recipients"]


def test_a_signature_in_the_row_of_the_recipients_is_apart(tmp_path: Path) -> None:
    end = "Nơi nhận: - Như trên; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Lê Văn An\n"
    document = made(tmp_path, f"{HEAD}{BODY}{end}").plan["document"]
    assert document["recipients"] == ["Như trên", "Lưu: VT"]
    assert document["signer"] == {"authority": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "name": "Lê Văn An"}


def test_what_follows_an_item_with_a_semicolon_may_be_its_end(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Trồng cây\n- Theo Kế hoạch số 3;\nQuyết định số 4 và thực tế.\n")
    assert doubted(found, CUT) == ["tasks/II.3-1/text", "tasks/II.3-2/text"]


def test_a_numbered_sentence_over_paragraphs_may_be_a_title(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Nâng cao năng lực trồng cây.\nTổ chức tập huấn.\nMua cây giống.\n")
    assert doubted(found, "có thể là tiêu đề, không phải nhiệm vụ") == ["tasks/II.3-1/text"]


def test_a_title_with_the_number_of_an_item_in_it_is_in_doubt(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Trồng cây ven sông 3.1\n- Trồng tre.\n- Trồng gạo.\n")
    assert doubted(found, "một mục khác viết liền") == ["sections/II.3"]


@pytest.mark.parametrize(("cuts", "torn"), [(2, 0), (3, 6)])
def test_no_wording_is_sure_in_a_document_that_is_torn(tmp_path: Path, cuts: int, torn: int) -> None:
    items = "".join(f"- Trồng cây số {one};\nQuyết định trồng tre.\n" for one in range(cuts))
    found = made(tmp_path, f"{HEAD}{BODY}3. Trồng cây\n{items}")
    assert len(doubted(found, "chỗ bị ngắt dòng giữa câu")) == torn


@pytest.mark.parametrize(("kind", "at"), [("KẾ HOẠCH", []), ("CHƯƠNG TRÌNH", ["document/type"])])
def test_a_number_of_another_kind_of_document_is_in_doubt(tmp_path: Path, kind: str, at: list[str]) -> None:
    assert doubted(made(tmp_path, HEAD.replace("KẾ HOẠCH", kind) + BODY), "của loại văn bản khác") == at


def test_a_page_in_a_table_is_read_line_by_line(tmp_path: Path) -> None:
    lines = HEAD.split("\n")[3:6]
    rows = [
        "| UBND TỈNH THANH HÓA Số: 21/KH-UBND | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |",
        *(f"| {one} | |" for one in lines),
    ]
    table = "\n".join([rows[0], "|---|---|", *rows[1:], "| Căn cứ Kế hoạch số 3/KH-UBND ngày 01/02/2026; | |"])
    found = made(tmp_path, f"{table}\n\n{BODY}", "kh.md")
    document = found.plan["document"]
    assert (document["type"], document["number"], document["date"]) == ("KH", "21/KH-UBND", "2026-02-03")
    assert document["title"] == "Trồng cây ven sông năm 2026"


def test_authorities_on_one_line_are_several(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH\nNguyễn Văn An\n"
    signer = made(tmp_path, HEAD + BODY + end).plan["document"]["signer"]
    assert signer["authority"] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_a_body_named_in_two_ways_may_be_two(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Giáo dục và Đào tạo và Sở GD&ĐT rà soát trường lớp.\n2. Sở Y tế và Sở Nội vụ rà soát.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "có thể nêu hai cơ quan") == ["tasks/III.1/lead"]


def test_a_group_with_more_words_than_its_name_may_be_less(tmp_path: Path) -> None:
    told = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Doanh nghiệp viễn thông chủ trì kéo cáp.\n"
        "2. Các doanh nghiệp trên địa bàn tỉnh chủ trì trồng cây.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "có thể nêu hẹp hơn") == ["tasks/III.1/lead"]
    assert found.plan["tasks"][-2]["as_issued"]["lead"] == "Doanh nghiệp viễn thông"


@pytest.mark.parametrize(
    "words", ["chủ trì, mời Cục Kiểm lâm tập huấn", "rà soát rừng với sự tham gia của Hội Nông dân"]
)
def test_bodies_that_are_asked_to_join_are_doubted(tmp_path: Path, words: str) -> None:
    told = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính {words}.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "phối hợp với cơ quan khác") == ["tasks/III.1/support"]


def test_a_label_among_numbered_points_may_be_one_of_them(tmp_path: Path) -> None:
    told = "3. Kiểm định nhà cũ\n(1) Lập danh mục nhà.\n(2) Chia làm hai đợt.\n(3) Cơ quan chủ trì: Sở Xây dựng.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "điểm đánh số bên dưới được ghép") == ["tasks/II.3/text"]


def test_a_title_that_says_whose_work_stands_below_it_is_doubted(tmp_path: Path) -> None:
    told = "III. NHIỆM VỤ CHỦ YẾU CỦA BỘ CÂY XANH\n1. Lập vườn ươm.\n2. Phối hợp với Sở Y tế chọn giống.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "tiêu đề nêu cơ quan, đơn vị không đọc được") == ["sections/III"]


def test_a_part_in_which_nobody_leads_is_doubted_though_somebody_supports(tmp_path: Path) -> None:
    told = "III. NHIỆM VỤ BỔ SUNG\n1. Lập vườn ươm.\n- Cơ quan phối hợp: Sở Y tế.\n2. Chọn giống.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert found.plan["tasks"][2]["support"] == ["so-y-te"]
    assert doubted(found, "mục này nêu cơ quan chủ trì") == ["sections/III"]


@pytest.mark.parametrize(
    "end",
    [
        "Văn phòng UBND tỉnh thông báo để các sở, ngành liên quan biết, thực hiện./.",
        "Văn phòng UBND tỉnh xin trân trọng thông báo./.",
    ],
)
def test_a_body_that_only_makes_a_document_known_has_no_work(tmp_path: Path, end: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Sở Y tế chọn cây.\n{end}\n")
    assert [one["id"] for one in found.plan["tasks"]] == ["II.1", "II.2", "II.3"]


def test_a_minister_with_two_posts_and_his_deputy_are_two_authorities(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nKT. BỘ TRƯỞNG, CHỦ NHIỆM PHÓ CHỦ NHIỆM\nNguyễn Văn An\n"
    signer = made(tmp_path, HEAD + BODY + end).plan["document"]["signer"]
    assert signer["authority"] == ["KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"]


def test_the_tasks_that_a_paragraph_announces_are_read_below_a_title_that_says_nothing(tmp_path: Path) -> None:
    told = (
        "III. ĐÁNH GIÁ CHUNG\nCây lớn tốt.\nĐể cây lớn nhanh, tỉnh cần làm tốt các nhiệm vụ, giải pháp sau đây:\n"
        "1. Tưới cây mỗi ngày.\n2. Sở Y tế bón phân.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert [one["id"] for one in found.plan["tasks"]] == ["II.1", "II.2", "III.1", "III.2"]
    assert doubted(found, "lấy theo câu dẫn, câu giao việc trong mục") == ["sections/III"]
    assert len(doubted(found, "đứng trước câu dẫn vào các việc")) == 1


def test_paragraphs_that_run_together_are_said(tmp_path: Path) -> None:
    told = "III. YÊU CẦU BỔ SUNG\nCây lớn tốt: 1. Tưới cây. 2. Bón phân. III. TỔ CHỨC\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "3 số mục đứng giữa đoạn")) == 1
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told.replace(' III. ', ' ')}"), "số mục đứng giữa đoạn") == []


def test_an_appendix_without_a_table_is_said_from_its_first_line_to_its_last(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nPHỤ LỤC\nDANH MỤC CÂY\n1. Tre.\n2. Gạo.\n"
    found = made(tmp_path, HEAD + BODY + end)
    assert [one.place for one in found.doubts if "phụ lục không có bảng" in one.why] == ["dòng 14 đến dòng 17"]


def test_the_bodies_that_a_lead_in_names_are_doubted_at_each_line_below_it(tmp_path: Path) -> None:
    told = "3. Trồng cây\nĐể có bóng cây, UBND tỉnh yêu cầu các chủ rừng làm những việc sau:\n- Ươm cây.\n- Tưới cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "không đọc được hết; chưa ghi ai chủ trì") == ["tasks/II.3-1", "tasks/II.3-2"]


def test_a_line_over_a_paragraph_may_be_its_title(tmp_path: Path) -> None:
    told = "3. Trồng cây\na) Ươm cây giống\nƯơm cây ở vườn cũ.\n- Cơ quan chủ trì: Sở Y tế.\nb) Tưới cây mỗi ngày.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "có thể là tiêu đề của đoạn bên dưới") == ["tasks/II.3-1/text"]


def test_a_group_is_less_than_the_ministries_where_its_name_goes_on(tmp_path: Path) -> None:
    told = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì, phối hợp với các bộ, ngành địa phương trồng cây.\n"
        "2. Sở Y tế chủ trì, phối hợp với các bộ, ngành công bố tiêu chuẩn có liên quan.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert "tasks/III.1/support" in {one.at for one in found.doubts}
    assert found.plan["tasks"][-1]["as_issued"]["support"] == "các bộ, ngành"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1. Các trường phân công giáo viên, bồi dưỡng đội ngũ.", "giao cơ quan làm việc"),
        ("1. Hằng năm, trên cơ sở nhu cầu, các sở lập dự toán.", "giao cơ quan làm việc"),
        ("1. Cây giống phải khỏe, cao trên một mét.", "không nói về kinh phí"),
    ],
)
def test_what_says_nothing_of_money_is_no_source_of_it(tmp_path: Path, line: str, why: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}III. KINH PHÍ THỰC HIỆN\n{line}\n")
    assert doubted(found, why) == ["funding/III.1"]


def test_a_city_whose_letterhead_stands_in_one_line_with_the_motto_is_cited(tmp_path: Path) -> None:
    head = HEAD.replace("TỈNH THANH HÓA\n", "").replace(
        "ỦY BAN NHÂN DÂN\n",
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ HUẾ Độc lập - Tự do - Hạnh phúc\n",
    )
    assert made(tmp_path, head + BODY).plan["document"]["cite"].endswith("của UBND thành phố")


@pytest.mark.parametrize("signed", ["TM. UBND TỈNHKT. CHỦ TỊCHPHÓ CHỦ TỊCHLê Văn An", "PHÓ CHỦ TỊCH\nLê Văn An"])
def test_a_signature_that_is_glued_or_not_whole_is_doubted(tmp_path: Path, signed: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Lưu: VT.\n{signed}\n")
    assert "document/signer" in {one.at for one in found.doubts}


def test_the_title_of_a_decision_over_that_of_its_plan_is_not_lost(tmp_path: Path) -> None:
    title = "VỀ VIỆC BAN HÀNH KẾ HOẠCH TRỒNG CÂY VEN SÔNG VÀ VEN BIỂN CỦA TỈNH NĂM 2026"
    plan = "KẾ HOẠCH\nTRỒNG CÂY VEN SÔNG(Kèm theo Quyết định số 21/QĐ-UBND của UBND tỉnh)\n"
    head = HEAD.replace(
        "KẾ HOẠCH\nTrồng cây ven sông năm 2026\n", f"NGHỊ QUYẾT\n{title}\nĐiều 1. Ban hành Kế hoạch.\n{plan}"
    )
    found = made(tmp_path, head + BODY)
    assert found.plan["document"]["title"] in {title, "TRỒNG CÂY VEN SÔNG"}
    assert title in {found.plan["document"]["title"], *(one.text for one in found.doubts)}


def test_a_year_behind_the_passing_of_a_law_is_a_deadline(tmp_path: Path) -> None:
    told = "3. Sở Y tế trình văn bản ngay sau khi Luật Cây xanh (sửa đổi) ban hành trong năm 2026.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "câu có thời hạn") == ["tasks/II.3/schedule"]


def test_what_waits_for_texts_to_be_issued_has_a_condition(tmp_path: Path) -> None:
    told = "3. Sở Y tế phổ biến ngay sau khi các văn bản được ban hành.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "chờ văn bản, hướng dẫn") == ["tasks/II.3/conditions"]


def test_a_condition_of_one_of_two_ways_is_doubted(tmp_path: Path) -> None:
    told = "3. Sở Y tế báo cáo định kỳ hoặc đột xuất (khi có yêu cầu).\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "có thể chỉ của một vế") == ["tasks/II.3/conditions"]


def test_a_range_of_whole_numbers_is_a_figure(tmp_path: Path) -> None:
    told = "3. Sở Y tế kêu gọi 2-3 khách sạn.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "có thể là chỉ tiêu") == ["indicators/II.3-ct1"]


def test_labels_below_a_line_without_a_mark_may_be_of_the_whole_heading(tmp_path: Path) -> None:
    told = "3. Trồng cây\n- Trồng tre.\n- Trồng gạo.\nTrồng cây bàng.\nCơ quan chủ trì: Sở Y tế.\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "gạch đầu dòng cuối hay cả mục II.3")) == 1


def test_a_long_sentence_with_the_word_for_aims_is_no_title_of_aims(tmp_path: Path) -> None:
    told = (
        "III. Việc trồng cây ven sông có ý nghĩa rất lớn đối với nhân dân, góp phần thực hiện các mục tiêu của tỉnh; "
        "đây là việc cần làm sớm trong năm nay\n1. Thứ nhất, bờ sông đã lở nhiều.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert [one["id"] for one in found.plan["objectives"]] == ["I.1"]
    assert len(doubted(found, "không rõ mục này là mục tiêu, nhiệm vụ")) == 1


@pytest.mark.parametrize(("kind", "cite", "count"), [("KẾ HOẠCH", "Kế hoạch", 0), ("THÔNG BÁO", "Thông báo", 1)])
def test_the_years_in_the_title_of_what_is_no_plan_are_doubted(
    tmp_path: Path, kind: str, cite: str, count: int
) -> None:
    found = made(tmp_path, HEAD.replace("KẾ HOẠCH", kind) + BODY)
    assert found.plan["document"]["cite"].startswith(f"{cite} số 21/KH-UBND")
    assert len(doubted(found, "văn bản không phải kế hoạch; thời kỳ")) == count


def test_what_has_no_known_kind_is_cited_as_a_document(tmp_path: Path) -> None:
    found = made(tmp_path, HEAD.replace("KẾ HOẠCH\n", "CÔNG ĐIỆN\n") + BODY)
    assert found.plan["document"]["cite"].startswith("Văn bản số 21/KH-UBND")


def test_a_deputy_of_an_office_signs_for_its_chief_in_the_form_of_the_party(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nK/T CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nNguyễn Văn An\n"
    signer = made(tmp_path, HEAD + BODY + end).plan["document"]["signer"]
    assert signer["authority"] == ["K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]


def test_the_title_of_a_basis_may_hold_what_the_document_itself_does(tmp_path: Path) -> None:
    basis = (
        "Căn cứ Quyết định số 5/QĐ-SNV về chức năng của các phòng, Phòng Cây xanh thống nhất phân công việc như sau:\n"
    )
    assert doubted(made(tmp_path, HEAD + basis + BODY), "lẫn phần quyết định") == ["document/basis"]


@pytest.mark.parametrize(
    "words",
    [
        "Chỉ đạo hệ thống thương vụ giới thiệu tre.",
        "Chỉ đạo với các cơ quan báo chí đưa tin.",
        "Tăng cường chỉ đạo các cơ sở trồng tre.",
        "Trồng tre ven sông. Chỉ đạo các đơn vị nghiệp vụ tuần tra.",
    ],
)
def test_who_is_told_to_do_the_work_of_a_body_is_doubted(tmp_path: Path, words: str) -> None:
    told = f"III. TỔ CHỨC THỰC HIỆN\n1. Công an tỉnh\n- {words}\n- Giữ rừng.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "chỉ đạo cơ quan khác làm") == ["tasks/III.1-1/lead"]


@pytest.mark.parametrize(
    "time", ["nhất là dịp cuối năm", "từ nay đến cuối năm", "trong giai đoạn cuối năm", "tháng đầu quý"]
)
def test_the_end_of_a_year_is_a_time(tmp_path: Path, time: str) -> None:
    told = f"3. Sở Y tế tưới cây, {time}.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "câu có thời hạn") == ["tasks/II.3/schedule"]


def test_recipients_and_signature_side_by_side_in_lines_are_told_apart(tmp_path: Path) -> None:
    end = (
        "Nơi nhận:               TM. ỦY BAN NHÂN DÂN\n- Như Điều 3;           KT. CHỦ TỊCH\n"
        "- TT. HĐND tỉnh;        PHÓ CHỦ TỊCH\n- Lưu: VT, KT.\n                Nguyễn Văn An\n"
    )
    found = made(tmp_path, HEAD + BODY + end)
    assert found.plan["document"]["recipients"] == ["Như Điều 3", "TT. HĐND tỉnh", "Lưu: VT, KT"]
    authority = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert found.plan["document"]["signer"] == {"authority": authority, "name": "Nguyễn Văn An"}
    assert {"document/recipients", "document/signer"} <= {one.at for one in found.doubts}


def test_what_follows_the_short_name_of_a_basis_is_no_part_of_its_title(tmp_path: Path) -> None:
    basis = (
        "Căn cứ Nghị định số 32/2024/NĐ-CP của Chính phủ về quản lý cụm công nghiệp (gọi tắt là Nghị định số 32) "
        "và các quy định pháp luật có liên quan.\n"
    )
    document = made(tmp_path, HEAD + basis + BODY).plan["document"]
    assert [one["title"] for one in document["basis"]] == ["về quản lý cụm công nghiệp"]


def test_a_post_alone_is_no_title(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Bộ trưởng\nBộ Y tế chỉ đạo xử lý nước.\n4. Tưới cây.\n")
    assert doubted(found, "tiêu đề có thể bị ngắt giữa câu") == ["sections/II.3"]


def test_another_body_behind_a_comma_is_doubted(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế, Sở Xây dựng ươm cây, các địa phương bố trí nơi trồng.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "còn nêu cơ quan khác sau dấu") == ["tasks/III.1/lead"]


def test_recipients_behind_marks_of_emphasis_are_read_and_others_doubted() -> None:
    notes = DraftNotes()
    line = DraftLine(Mark.NONE, (), "* * Nơi nhận: - Như trên; - Lưu: VT.", "dòng 1")
    assert recipients_of([line], notes) == ["Như trên", "Lưu: VT"]
    assert recipients_of([DraftLine(Mark.NONE, (), "Ghi chú. Nơi nhận: như trên.", "dòng 1")], notes) == []
    assert [one.why for one in notes.doubts if "giữa dòng" in one.why] != []


def test_a_heading_in_capitals_before_the_first_number_is_not_lost(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}Căn cứ Luật Cây xanh năm 2025;\n1- MỤC ĐÍCH, YÊU CÂU\n{BODY}")
    assert "1- MỤC ĐÍCH, YÊU CÂU" in {one.text for one in found.doubts}


def test_activities_behind_a_colon_are_no_source_of_funding(tmp_path: Path) -> None:
    told = "III. KINH PHÍ THỰC HIỆN\n- Giai đoạn đầu, theo chính sách tài chính:\n+ Thành lập ban.\n- Ngân sách tỉnh.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "đoạn kinh phí giao cơ quan làm việc") == ["funding/III-1"]


def test_a_title_that_runs_into_a_task_is_doubted(tmp_path: Path) -> None:
    told = "3. Trồng cây\na) Nông nghiệp thông minh thích ứng Triển khai các giải pháp trồng tre.\nb) Tưới cây.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "một mục khác viết liền") == ["tasks/II.3-1/text"]


def test_a_name_that_the_end_of_a_line_cuts_is_whole(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nBùi\nXuân Cường\n"
    assert made(tmp_path, HEAD + BODY + end).plan["document"]["signer"]["name"] == "Bùi Xuân Cường"
    beside = end.replace("Bùi\n", "- VT\n")
    assert made(tmp_path, HEAD + BODY + beside).plan["document"]["signer"]["name"] == "Xuân Cường"


def test_proposals_that_give_work_to_bodies_are_tasks(tmp_path: Path) -> None:
    told = (
        "III. MỘT SỐ KIẾN NGHỊ\n1. Về cây giống: Giao Sở Tài chính chủ trì mua cây.\n"
        "2. Về nước tưới: Giao Sở Xây dựng làm mương.\n3. Về bóng mát: Tỉnh xem xét.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert [one["id"] for one in found.plan["tasks"][2:]] == ["III.1", "III.2", "III.3"]
    assert doubted(found, "lấy theo câu dẫn, câu giao việc trong mục") == ["sections/III"]
    assert {"tasks/III.1/lead", "tasks/III.2/lead"} <= {one.at for one in found.doubts}


def test_an_authority_apart_from_the_others_is_doubted(tmp_path: Path) -> None:
    end = "Nơi nhận:\nTM. BAN THƯỜNG VỤ\n- Tỉnh đoàn;\n(để b/cáo)\nBÍ THƯ\n- Lưu: VT.\nTrương Văn Nam\n"
    found = made(tmp_path, HEAD + BODY + end)
    assert doubted(found, "phần ký nằm xen với nơi nhận") == ["document/signer"]


def test_a_sentence_below_a_title_in_capitals_may_be_the_opening(tmp_path: Path) -> None:
    head = HEAD.replace("Trồng cây ven sông năm 2026", "TRỒNG CÂY VEN SÔNG\nNgày 18 tháng 11 năm 2025, Chủ tịch tỉnh")
    found = made(tmp_path, f"{head}Lê Văn An đã đi kiểm tra bờ sông. Sau khi xem, tỉnh giao việc như sau:\n{BODY}")
    assert "document/title" in {one.at for one in found.doubts}


def test_points_in_one_task_are_said(tmp_path: Path) -> None:
    told = "3. Để kịp trồng cây trong vụ mưa, các sở lưu ý:\n(1) Sở Y tế ươm tre.\n(2) Kịp thời tưới cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert any(one.startswith(("tasks/II.3", "sections/II.3")) for one in (doubt.at for doubt in found.doubts))


def test_the_title_of_a_list_behind_the_signature_is_not_lost(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn An\n**Danh mục các văn bản đã ban hành**\n"
    found = made(tmp_path, HEAD + BODY + end, "kh.md")
    assert "Danh mục các văn bản đã ban hành" in {one.text for one in found.doubts}


def test_a_department_behind_the_province_on_one_line_may_be_the_issuer(tmp_path: Path) -> None:
    head = HEAD.replace(
        "ỦY BAN NHÂN DÂN\nTỈNH THANH HÓA\n", "UBND TỈNH THANH HÓA SỞ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    )
    assert doubted(made(tmp_path, head + BODY), 'còn ghi "SỞ Y TẾ"') == ["document/issuer"]


def test_a_nearer_heading_with_an_unknown_body_takes_the_work(tmp_path: Path) -> None:
    told = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n1.1. Phòng Cây thuốc\n- Ươm cây thuốc.\n- Hái lá.\n"
        "1.2. Phòng Nước\n- Tưới cây.\n- Đo nước.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    rows = [one["id"] for one in found.plan["tasks"][2:]]
    assert rows == ["III.1.1-1", "III.1.1-2", "III.1.2-1", "III.1.2-2"]
    assert doubted(found, "không đọc được hết; chưa ghi ai chủ trì") == [f"tasks/{one}" for one in rows]


def test_a_list_with_words_behind_a_name_does_not_end_there(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì, phối hợp với Sở Xây dựng quản lý nhà nước về nước và Sở Nội vụ rà soát.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "kết thúc ở đâu") == ["tasks/III.1/support"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Đồng thời, khuyến khích các cơ sở trồng cây.", "lead"),
        ("Huy động sự tham gia của các bên liên quan.", "support"),
    ],
)
def test_who_is_encouraged_or_joins_is_doubted(tmp_path: Path, words: str, key: str) -> None:
    assert f"tasks/II.3/{key}" in {
        one.at for one in made(tmp_path, f"{HEAD}{BODY}3. Tổ chức trồng cây. {words}\n").doubts
    }


def test_each_deadline_of_a_sentence_is_named(tmp_path: Path) -> None:
    told = (
        "III. NHIỆM VỤ BỔ SUNG\n1. Sở Y tế lập hồ sơ trước ngày 15/3/2026, trình duyệt trước ngày 30/6/2026.\n"
        "2. Trồng cây xong trước tháng 5/2026, tổng kết trước tháng 9/2026.\n- Thời gian: trước tháng 5/2026\n"
    )
    whys = {one.at: one.why for one in made(tmp_path, f"{HEAD}{BODY}{told}").doubts if one.at.endswith("/schedule")}
    assert '"trước ngày 15/3/2026", "trước ngày 30/6/2026"' in whys["tasks/III.1/schedule"]
    assert 'còn nêu thời hạn "trước tháng 9/2026" ngoài' in whys["tasks/III.2/schedule"]


BASES = "Căn cứ Luật Trồng cây (sửa đổi, bổ sung năm 2020); Nghị định số 59/2012/NĐ-CP ngày 23/7/2012 của Chính phủ về trồng cây "
AMENDED = (
    "(sửa đổi, bổ sung tại Nghị định số 32/2020/NĐ-CP ngày 05/3/2020 của Chính phủ); Nghị định số 19/2020/NĐ-CP ngày "
)
UNNAMED = "12/02/2020 của Chính phủ kiểm tra, xử lý kỷ luật về chặt cây;\n"


def test_bases_with_amending_acts_and_titles_of_their_own_are_whole(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BASES}{AMENDED}{UNNAMED}{BODY}")
    assert [(one["number"], one["title"]) for one in found.plan["document"]["basis"][-2:]] == [
        ("59/2012/NĐ-CP", "về trồng cây"),
        ("19/2020/NĐ-CP", "kiểm tra, xử lý kỷ luật về chặt cây"),
    ]
    whys = [one.why for one in found.doubts if one.at == "document/basis"]
    assert any("32/2020/NĐ-CP" in why for why in whys)
    assert any(why.startswith("Luật Trồng cây") for why in whys)


def test_labels_that_say_for_what_are_labels(tmp_path: Path) -> None:
    told = (
        "3. Nghị định về trồng cây\n- Nội dung: Soạn dự thảo.\n- Cơ quan chủ trì soạn thảo: Sở Y tế.\n"
        "- Thời gian trình Chính phủ: Tháng 5 năm 2026.\n"
    )
    task = made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"][-1]
    assert (task["lead"], task["schedule"], task["text"]) == (["so-y-te"], "Tháng 5 năm 2026", "Soạn dự thảo.")


def test_where_one_label_is_read_the_wording_is_asked_for_the_other(tmp_path: Path) -> None:
    told = "3. Trồng cây, phối hợp với thôn Đông.\n- Cơ quan chủ trì: Sở Y tế.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "phối hợp với cơ quan khác") == ["tasks/II.3/support"]


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("rà soát hồ sơ; thực hiện thường xuyên.", "thường xuyên"),
        ("trồng cây, hoàn thành trước mùa mưa bão.", "hoàn thành trước mùa mưa bão"),
        ("triển khai thi hành Luật trước ngày 15 tháng 3 năm 2026.", "trước ngày 15 tháng 3 năm 2026"),
    ],
)
def test_a_deadline_without_a_plain_day_is_doubted(tmp_path: Path, words: str, time: str) -> None:
    assert doubted(made(tmp_path, f"{HEAD}{BODY}3. Sở Y tế {words}\n"), f'"{time}"') == ["tasks/II.3/schedule"]


def test_running_costs_are_no_time(tmp_path: Path) -> None:
    assert not doubted(made(tmp_path, f"{HEAD}{BODY}3. Sở Y tế tiết kiệm chi thường xuyên.\n"), "câu có thời hạn")


def test_a_board_whose_name_ends_with_building_does_not_end_the_list(tmp_path: Path) -> None:
    told = "3. Sở Y tế chủ trì, phối hợp với Ban Quản lý dự án đầu tư xây dựng tỉnh, Sở Nội vụ rà soát cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    unsure = "tasks/II.3/support" in {one.at for one in found.doubts}
    assert unsure or "so-noi-vu" in found.plan["tasks"][-1]["support"]


def test_brackets_that_only_name_bodies_are_doubted(tmp_path: Path) -> None:
    told = "3. Trồng cây ở bờ đông (Phòng Kinh tế, Công an xã).\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "ngoặc cuối câu") == ["tasks/II.3/lead"]


def test_an_objective_of_so_many_of_all_has_a_figure(tmp_path: Path) -> None:
    body = BODY.replace("bờ sông có bóng cây.", "xã hoàn thành 6/9 tiêu chí.")
    assert doubted(made(tmp_path, f"{HEAD}{body}"), "chưa lấy thành chỉ tiêu") == ["indicators/I.1-ct1"]


def test_who_is_given_work_by_the_issuer_directs_nobody(tmp_path: Path) -> None:
    told = (
        "3. Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ tưới cây.\n4. Giao Sở Y tế chỉ đạo các bệnh viện tưới cây.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "chỉ đạo cơ quan khác làm") == ["tasks/II.4/lead"]


def test_a_cell_with_bullets_and_supporting_bodies_says_so(tmp_path: Path) -> None:
    told = "3. Trồng cây.\n- Cơ quan chủ trì: Sở Y tế phối hợp với Sở Nội vụ.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "cơ quan đứng sau có thể chỉ phối hợp") == ["tasks/II.3/lead"]


def test_a_signature_with_two_authorities_is_no_recipient(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn An\n"
    assert not doubted(made(tmp_path, f"{HEAD}{BODY}{end}"), "nơi nhận đọc được không trọn vẹn")


def test_heads_of_bodies_behind_a_ground_have_the_work(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Căn cứ Kế hoạch này, Giám đốc Sở Y tế tổ chức tưới cây.\n"
    assert made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"][-1]["lead"] == ["so-y-te"]


@pytest.mark.parametrize("body", ["ĐẢNG UỶ XÃ ĐÔNG SƠN", "UỶ BAN NHÂN DÂN XÃ ĐÔNG SƠN"])
def test_an_issuer_in_the_other_tone_style_is_seen(tmp_path: Path, body: str) -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH THANH HÓA", f"ĐẢNG BỘ TỈNH THANH HOÁ\n{body}")
    found = made(tmp_path, f"{head}{BODY}")
    assert doubted(found, body) == ["document/issuer"]


def test_verbs_in_the_other_tone_style_begin_work(tmp_path: Path) -> None:
    told = "3. Hiện đại hoá vườn ươm.\n"
    assert not doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "không mở đầu bằng việc phải làm")


def test_the_number_and_day_of_what_is_cited_are_not_its_own(tmp_path: Path) -> None:
    head = (
        "KẾ HOẠCH\nTrồng cây ven sông năm 2026\nCăn cứ Quyết định số: 27/QĐ-TTg ngày 20/9/2025 về cây;\n"
        "Ngày 03/02/2026, Phó Chủ tịch họp bàn với các sở về việc trồng cây ven sông ở bờ đông.\n"
    )
    document = made(tmp_path, f"{head}{BODY}").plan["document"]
    assert (document["number"], document["date"]) == (None, None)


def test_what_follows_a_body_without_a_mark_is_no_other_body(tmp_path: Path) -> None:
    told = "3. Chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch mua cây.\n"
    assert made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"][-1]["support"] == ["so-tai-chinh"]


def test_support_beside_that_of_the_heading_is_doubted(tmp_path: Path) -> None:
    told = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ:\n- Tưới cây.\n"
        "- Phối hợp Sở Tài chính mua cây.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    held = {key for one in found.plan["tasks"] for key in one.get("support", ())}
    assert "so-tai-chinh" in held or doubted(found, "phối hợp với cơ quan khác")


def test_guidance_that_has_a_number_and_a_day_is_no_condition(tmp_path: Path) -> None:
    told = "3. Sở Y tế tưới cây theo hướng dẫn của Bộ Y tế tại Công văn số 895/BYT ngày 10/6/2025.\n"
    assert "conditions" not in made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"][-1]


def test_grounds_below_a_part_are_doubted(tmp_path: Path) -> None:
    grounds = "Thực hiện Nghị quyết số 32/NQ-CP ngày 29/6/2025; Chỉ thị số 31/CT-TTg ngày 04/10/2025."
    told = f"III. NHIỆM VỤ BỔ SUNG\n{grounds}\n- Tưới cây.\n"
    assert "tasks/III-1/text" in {one.at for one in made(tmp_path, f"{HEAD}{BODY}{told}").doubts}


def test_what_was_done_before_in_the_opening_is_doubted(tmp_path: Path) -> None:
    opening = "Thực hiện Quyết định số 12/QĐ-TTg ngày 05/01/2026, Sở Y tế đã lập danh mục cây.\n"
    assert doubted(made(tmp_path, f"{HEAD}{opening}{BODY}"), "ngoài căn cứ") == [""]


def test_a_clause_that_asks_at_its_end_gives_work(tmp_path: Path) -> None:
    told = "III. Để bảo đảm tiến độ, yêu cầu:\n- Sở Y tế tưới cây.\n- Sở Nội vụ mua cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert [one["id"] for one in found.plan["tasks"][2:]] == ["III-1", "III-2"]
    aims = made(tmp_path, f"{HEAD}{BODY}III. Mục đích, yêu cầu:\n- Cây xanh.\n- Bờ mát.\n")
    assert [one["id"] for one in aims.plan["objectives"][1:]] == ["III-1", "III-2"]
