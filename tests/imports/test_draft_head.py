"""The head and the end of a document: what is wrong or left open in them is a doubt, never a silent value."""

from pathlib import Path

import pytest

from kehoach_cli.core.draft.bases import bases_in
from kehoach_cli.core.draft.lines import DraftLine, Mark
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.signature import recipients_of
from tests.imports.made import BODY, DECISION, HEAD, doubted, made

BASES = "Căn cứ Luật Trồng cây (sửa đổi, bổ sung năm 2020); Nghị định số 59/2012/NĐ-CP ngày 23/7/2012 của Chính phủ về trồng cây "
AMENDED = (
    "(sửa đổi, bổ sung tại Nghị định số 32/2020/NĐ-CP ngày 05/3/2020 của Chính phủ); Nghị định số 19/2020/NĐ-CP ngày "
)
UNNAMED = "12/02/2020 của Chính phủ kiểm tra, xử lý kỷ luật về chặt cây;\n"


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


def test_the_day_of_a_stamp_of_arrival_is_not_the_day_of_the_document(tmp_path: Path) -> None:
    stamp = "VĂN BẢN ĐẾN\nSố: 1234\nNgày 26/03/2026\n"
    found = made(tmp_path, f"{stamp}{HEAD}{BODY}")
    assert (found.plan["document"]["number"], found.plan["document"]["date"]) == ("21/KH-UBND", "2026-02-03")


def test_two_days_without_a_place_are_doubted(tmp_path: Path) -> None:
    head = HEAD.replace("Thanh Hóa, ngày 03 tháng 02 năm 2026", "Ngày 03 tháng 02 năm 2026")
    found = made(tmp_path, f"Ngày 26/03/2026\n{head}{BODY}")
    assert doubted(found, "ghi nhiều ngày") == ["document/date"]


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


def test_a_line_in_italics_is_no_dash(tmp_path: Path) -> None:
    text = HEAD.replace("Trồng cây ven sông năm 2026", "*Trồng cây ven sông năm 2026*") + BODY
    assert made(tmp_path, text, "kh.md").plan["document"]["title"] == "Trồng cây ven sông năm 2026"


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


@pytest.mark.parametrize(("kind", "at"), [("KẾ HOẠCH", []), ("CHƯƠNG TRÌNH", ["document/type"])])
def test_a_number_of_another_kind_of_document_is_in_doubt(tmp_path: Path, kind: str, at: list[str]) -> None:
    assert doubted(made(tmp_path, HEAD.replace("KẾ HOẠCH", kind) + BODY), "của loại văn bản khác") == at


def test_authorities_on_one_line_are_several(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH\nNguyễn Văn An\n"
    signer = made(tmp_path, HEAD + BODY + end).plan["document"]["signer"]
    assert signer["authority"] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_a_minister_with_two_posts_and_his_deputy_are_two_authorities(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nKT. BỘ TRƯỞNG, CHỦ NHIỆM PHÓ CHỦ NHIỆM\nNguyễn Văn An\n"
    signer = made(tmp_path, HEAD + BODY + end).plan["document"]["signer"]
    assert signer["authority"] == ["KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"]


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


@pytest.mark.parametrize(("kind", "cite", "count"), [("KẾ HOẠCH", "Kế hoạch", 0), ("CÔNG ĐIỆN", "Công điện", 1)])
def test_the_years_in_the_title_of_what_is_no_plan_are_doubted(
    tmp_path: Path, kind: str, cite: str, count: int
) -> None:
    found = made(tmp_path, HEAD.replace("KẾ HOẠCH", kind) + BODY)
    assert found.plan["document"]["cite"].startswith(f"{cite} số 21/KH-UBND")
    assert len(doubted(found, "văn bản không phải kế hoạch; thời kỳ")) == count


def test_what_has_no_known_kind_is_cited_as_a_document(tmp_path: Path) -> None:
    found = made(tmp_path, HEAD.replace("KẾ HOẠCH\n", "LỜI KÊU GỌI\n") + BODY)
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


def test_recipients_behind_marks_of_emphasis_are_read_and_others_doubted() -> None:
    notes = DraftNotes()
    line = DraftLine(Mark.NONE, (), "* * Nơi nhận: - Như trên; - Lưu: VT.", "dòng 1")
    assert recipients_of([line], notes) == ["Như trên", "Lưu: VT"]
    assert recipients_of([DraftLine(Mark.NONE, (), "Ghi chú. Nơi nhận: như trên.", "dòng 1")], notes) == []
    assert [one.why for one in notes.doubts if "giữa dòng" in one.why] != []


def test_a_name_that_the_end_of_a_line_cuts_is_whole(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nBùi\nXuân Cường\n"
    assert made(tmp_path, HEAD + BODY + end).plan["document"]["signer"]["name"] == "Bùi Xuân Cường"
    beside = end.replace("Bùi\n", "- VT\n")
    assert made(tmp_path, HEAD + BODY + beside).plan["document"]["signer"]["name"] == "Xuân Cường"


def test_an_authority_apart_from_the_others_is_doubted(tmp_path: Path) -> None:
    end = "Nơi nhận:\nTM. BAN THƯỜNG VỤ\n- Tỉnh đoàn;\n(để b/cáo)\nBÍ THƯ\n- Lưu: VT.\nTrương Văn Nam\n"
    found = made(tmp_path, HEAD + BODY + end)
    assert doubted(found, "phần ký nằm xen với nơi nhận") == ["document/signer"]


def test_a_sentence_below_a_title_in_capitals_may_be_the_opening(tmp_path: Path) -> None:
    head = HEAD.replace("Trồng cây ven sông năm 2026", "TRỒNG CÂY VEN SÔNG\nNgày 18 tháng 11 năm 2025, Chủ tịch tỉnh")
    found = made(tmp_path, f"{head}Lê Văn An đã đi kiểm tra bờ sông. Sau khi xem, tỉnh giao việc như sau:\n{BODY}")
    assert "document/title" in {one.at for one in found.doubts}


def test_the_title_of_a_list_behind_the_signature_is_not_lost(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn An\n**Danh mục các văn bản đã ban hành**\n"
    found = made(tmp_path, HEAD + BODY + end, "kh.md")
    assert "Danh mục các văn bản đã ban hành" in {one.text for one in found.doubts}


def test_a_department_behind_the_province_on_one_line_may_be_the_issuer(tmp_path: Path) -> None:
    head = HEAD.replace(
        "ỦY BAN NHÂN DÂN\nTỈNH THANH HÓA\n", "UBND TỈNH THANH HÓA SỞ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    )
    assert doubted(made(tmp_path, head + BODY), 'còn ghi "SỞ Y TẾ"') == ["document/issuer"]


def test_bases_with_amending_acts_and_titles_of_their_own_are_whole(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BASES}{AMENDED}{UNNAMED}{BODY}")
    assert [(one["number"], one["title"]) for one in found.plan["document"]["basis"][-2:]] == [
        ("59/2012/NĐ-CP", "về trồng cây"),
        ("19/2020/NĐ-CP", "kiểm tra, xử lý kỷ luật về chặt cây"),
    ]
    whys = [one.why for one in found.doubts if one.at == "document/basis"]
    assert any("32/2020/NĐ-CP" in why for why in whys)
    assert any(why.startswith("Luật Trồng cây") for why in whys)


def test_a_signature_with_two_authorities_is_no_recipient(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn An\n"
    assert not doubted(made(tmp_path, f"{HEAD}{BODY}{end}"), "nơi nhận đọc được không trọn vẹn")


@pytest.mark.parametrize("body", ["ĐẢNG UỶ XÃ ĐÔNG SƠN", "UỶ BAN NHÂN DÂN XÃ ĐÔNG SƠN"])
def test_an_issuer_in_the_other_tone_style_is_seen(tmp_path: Path, body: str) -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH THANH HÓA", f"ĐẢNG BỘ TỈNH THANH HOÁ\n{body}")
    found = made(tmp_path, f"{head}{BODY}")
    assert doubted(found, body) == ["document/issuer"]


def test_the_number_and_day_of_what_is_cited_are_not_its_own(tmp_path: Path) -> None:
    head = (
        "KẾ HOẠCH\nTrồng cây ven sông năm 2026\nCăn cứ Quyết định số: 27/QĐ-TTg ngày 20/9/2025 về cây;\n"
        "Ngày 03/02/2026, Phó Chủ tịch họp bàn với các sở về việc trồng cây ven sông ở bờ đông.\n"
    )
    document = made(tmp_path, f"{head}{BODY}").plan["document"]
    assert (document["number"], document["date"]) == (None, None)


def test_what_was_done_before_in_the_opening_is_doubted(tmp_path: Path) -> None:
    opening = "Thực hiện Quyết định số 12/QĐ-TTg ngày 05/01/2026, Sở Y tế đã lập danh mục cây.\n"
    assert doubted(made(tmp_path, f"{HEAD}{opening}{BODY}"), "ngoài căn cứ") == [""]


def test_what_the_issuer_asks_behind_a_basis_is_no_title_of_it(tmp_path: Path) -> None:
    opening = (
        "Để thực hiện Quyết định số 123/QĐ-UBND ngày 22/12/2025 của UBND tỉnh; khắc phục tình trạng trên, bảo đảm các vấn đề "
        "về an ninh, UBND tỉnh chỉ thị:\n"
    )
    found = made(tmp_path, f"{HEAD}{opening}{BODY}")
    assert found.plan["document"]["basis"] == [{"number": "123/QĐ-UBND", "date": "2025-12-22"}]
    assert doubted(found, "ngoài căn cứ") == [""]


def test_the_clock_of_a_page_is_not_the_day_of_the_document(tmp_path: Path) -> None:
    found = made(tmp_path, f"Thứ Hai, ngày 18/04/2026\n{HEAD}{BODY}")
    assert found.plan["document"]["date"] == "2026-02-03"
    assert not doubted(found, "Thứ Hai")


def test_the_whole_committee_of_the_party_that_signs_is_doubted(tmp_path: Path) -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH THANH HÓA", "TỈNH ỦY THANH HÓA").replace("/KH-UBND", "-CTr/TU")
    for signed in ("T/M BAN CHẤP HÀNH", "T/M TỈNH ỦY"):
        end = f"Nơi nhận:\n- Lưu: VT.\n{signed}\nBÍ THƯ\nLê Văn An\n"
        assert "document/issuer" in doubted(made(tmp_path, f"{head}{BODY}{end}"), signed)
    end = "Nơi nhận:          T/M TỈNH ỦY\n- Lưu: VT.\nBÍ THƯ\nLê Văn An\n"
    assert "document/issuer" in doubted(made(tmp_path, f"{head}{BODY}{end}"), "T/M TỈNH ỦY")


def test_a_draft_says_so(tmp_path: Path) -> None:
    assert doubted(made(tmp_path, f"DỰ THẢO\n{HEAD}{BODY}"), 'ghi "DỰ THẢO"') == ["document/number"]


def test_a_basis_whose_title_is_not_read_is_doubted(tmp_path: Path) -> None:
    opening = (
        "Căn cứ Quyết định số 2581/QĐ-TTg ngày 15/11/2025 của Thủ tướng Chính phủ điều hòa bổ trợ Quy hoạch nêu trên;\n"
    )
    found = made(tmp_path, f"{HEAD}{opening}{BODY}")
    assert found.plan["document"]["basis"][0].get("title") or doubted(found, "chưa đọc được trích yếu")


def test_a_number_that_is_glued_to_the_word_before_it_is_not_lost(tmp_path: Path) -> None:
    opening = "Thực hiện Chỉ thịsố46-CT/TW, ngày 16/5/2025; Kế hoạch số 01-KH/TU ngày 05/8/2025 về bầu cử đại biểu;\n"
    assert doubted(made(tmp_path, f"{HEAD}{opening}{BODY}"), "46-CT/TW") == ["document/basis"]


def test_a_number_with_an_ampersand_is_whole(tmp_path: Path) -> None:
    head = HEAD.replace("21/KH-UBND", "356/KH-BQLKKT&KCN")
    assert made(tmp_path, f"{head}{BODY}").plan["document"]["number"] == "356/KH-BQLKKT&KCN"


@pytest.mark.parametrize(("signed", "doubts"), [("KT. CHỦ TỊCH", 1), ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", 0)])
def test_a_chairman_who_signs_for_himself_may_be_the_issuer(tmp_path: Path, signed: str, doubts: int) -> None:
    end = f"Nơi nhận:\n- Lưu: VT.\n{signed}\nPHÓ CHỦ TỊCH\nLê Văn An\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{end}"), "có thể do Chủ tịch UBND ban hành")) == doubts


def test_the_title_of_a_plan_over_its_parts_and_its_opening_are_said_once(tmp_path: Path) -> None:
    text = (
        f"{DECISION}Căn cứ Luật Trồng cây năm 2020;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây "
        "ven sông năm 2026.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\nKẾ HOẠCH\nTrồng cây ven sông năm 2026\n"
        f"Ngày 21 tháng 5 năm 2025, Chính phủ ban hành Nghị định về cây xanh ở các bờ sông của các tỉnh, thành phố.\n{BODY}"
    )
    found = made(tmp_path, text)
    assert found.plan["document"]["title"] == "Kế hoạch trồng cây ven sông năm 2026"
    assert not [one for one in found.doubts if one.text == "Trồng cây ven sông năm 2026"]
    assert len([one for one in found.doubts if one.text.startswith("Ngày 21 tháng 5")]) == 1


def test_an_opening_that_is_longer_than_any_says_so(tmp_path: Path) -> None:
    bases = "Căn cứ " + "Quyết định số 1/QĐ-UBND ngày 01/01/2020 của Chủ tịch về trồng cây; " * 400
    assert doubted(made(tmp_path, f"{HEAD}{bases}\n{BODY}"), "đoạn căn cứ dài khác thường")


@pytest.mark.parametrize("words", ["năm 2026 và những năm tiếp theo", "từ năm 2026 trở đi"])
def test_a_plan_that_goes_on_has_no_last_year(tmp_path: Path, words: str) -> None:
    found = made(tmp_path, HEAD.replace("ven sông năm 2026", f"ven sông {words}") + BODY)
    assert found.plan["period"] == {"from": 2026, "to": None}
    assert "period/to" in {one.at for one in found.doubts}


def test_a_number_may_end_with_a_part_of_the_office(tmp_path: Path) -> None:
    found = made(tmp_path, HEAD.replace("21/KH-UBND", "11554/VPCP-V.I") + BODY)
    assert found.plan["document"]["number"] == "11554/VPCP-V.I"


def test_recipients_without_dashes_are_read(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\nSở Y tế (báo cáo);\nLưu: VT.\n")
    assert found.plan["document"]["recipients"] == ["Sở Y tế (báo cáo)", "Lưu: VT"]


def test_the_second_line_of_a_recipient_belongs_to_it_with_a_doubt(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Ban Thi đua - Khen thưởng Trung ương\n(b/c);\n- Lưu: VT.\n")
    assert found.plan["document"]["recipients"] == ["Ban Thi đua - Khen thưởng Trung ương (b/c)", "Lưu: VT"]
    assert doubted(found, "nơi nhận đọc được không trọn vẹn") == ["document/recipients"]


@pytest.mark.parametrize("sender", ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện", "BỘ Y TẾ điện", "THỦ TƯỚNG CHÍNH PHỦ điện"])
def test_a_telegram_has_a_title_that_ends_before_whom_it_is_sent_to(tmp_path: Path, sender: str) -> None:
    head = HEAD.replace("KẾ HOẠCH\n", "CÔNG ĐIỆN\n").replace("21/KH-UBND", "21/CĐ-UBND")
    title = made(tmp_path, head + BODY).plan["document"]["title"]
    sent = head.replace(f"{title}\n", f"{title.upper()}\n{sender}\nGiám đốc các Sở\n")
    document = made(tmp_path, sent + BODY).plan["document"]
    assert (document["type"], document["title"]) == ("CĐ", title.upper())


def test_from_when_a_basis_holds_is_no_part_of_its_title(tmp_path: Path) -> None:
    basis = "Thực hiện Quyết định số 1043/QĐ-TTg ngày 25/9/2024 về ban hành Kế hoạch trồng cây, có hiệu lực từ ngày 01/01/2025.\n"
    assert (
        made(tmp_path, HEAD + basis + BODY).plan["document"]["basis"][-1]["title"] == "về ban hành Kế hoạch trồng cây"
    )


def test_a_line_between_a_post_and_a_name_that_is_not_read_is_doubted(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nKT. CHỦ TỊCH\nP. CHỦ TICH\nNguyễn Văn An\n"
    found = made(tmp_path, f"{HEAD}{BODY}{end}")
    assert doubted(found, "dòng giữa chức vụ và họ tên") == ["document/signer"]
    published = made(tmp_path, f"{HEAD}{BODY}{end}".replace("P. CHỦ TICH", "(ĐÃ KÝ)"))
    assert not doubted(published, "dòng giữa chức vụ và họ tên")


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("Tổng kết năm 2025, trồng cây Festival 2026", ["period/from", "period/to"]),
        ("Trồng cây năm 2026", []),
        ("Trồng cây giai đoạn 2026 - 2030", []),
        ("Trồng cây giai đoạn 2026 - 2030 và Festival 2028", []),
    ],
)
def test_a_year_of_the_title_outside_the_period_is_doubted(tmp_path: Path, title: str, keys: list[str]) -> None:
    found = made(tmp_path, HEAD.replace("Trồng cây ven sông năm 2026", title) + BODY)
    assert doubted(found, "còn nêu năm khác") == keys


@pytest.mark.parametrize(
    "title", ["Sơ kết 02 năm thi hành Luật Đất đai 2026", "Trồng cây hằng năm theo Luật Lâm nghiệp 2026"]
)
def test_years_that_are_counted_are_no_period(tmp_path: Path, title: str) -> None:
    found = made(tmp_path, HEAD.replace("Trồng cây ven sông năm 2026", title) + BODY)
    assert found.plan["period"]["to"] is None


def test_a_title_in_capitals_may_end_with_a_full_stop(tmp_path: Path) -> None:
    found = made(tmp_path, HEAD.replace("Trồng cây ven sông năm 2026", "TRỒNG CÂY VEN SÔNG NĂM 2026.") + BODY)
    assert found.plan["document"]["title"] == "TRỒNG CÂY VEN SÔNG NĂM 2026"
    two = HEAD.replace("Trồng cây ven sông năm 2026", "TRỒNG CÂY TRÊN ĐỊA BÀN TP.\nTHANH HÓA NĂM 2026")
    assert made(tmp_path, two + BODY).plan["document"]["title"] == "TRỒNG CÂY TRÊN ĐỊA BÀN TP. THANH HÓA NĂM 2026"


@pytest.mark.parametrize(
    "more",
    [
        ", đồng thời, để kịp thời trồng cây",
        "; để kịp thời trồng cây",
        " và chỉ đạo của Thường trực Tỉnh ủy",
        ", trong thời gian qua các xã đã trồng cây",
    ],
)
def test_what_follows_a_basis_is_no_part_of_its_title(tmp_path: Path, more: str) -> None:
    basis = (
        f"Thực hiện Chỉ thị số 31/CT-TTg ngày 21/12/2023 về tăng cường trồng cây{more}, UBND tỉnh ban hành Kế hoạch:\n"
    )
    assert made(tmp_path, HEAD + basis + BODY).plan["document"]["basis"][0]["title"] == "về tăng cường trồng cây"


def test_the_symbol_of_the_chairman_is_a_doubt_of_the_issuer(tmp_path: Path) -> None:
    found = made(tmp_path, HEAD.replace("21/KH-UBND", "21/CT-CTUBND").replace("KẾ HOẠCH", "CHỈ THỊ") + BODY)
    assert "document/issuer" in doubted(found, "là của Chủ tịch UBND")


@pytest.mark.parametrize(("kind", "count"), [("Kế hoạch chi tiết", 2), ("Kế hoạch rất mới của tỉnh", 1)])
def test_a_basis_behind_and_may_have_words_before_its_number(tmp_path: Path, kind: str, count: int) -> None:
    basis = (
        "Thực hiện Nghị quyết số 838/NQ-UBTVQH15 ngày 02/8/2023 về thành lập Đoàn giám sát “Trồng cây” "
        f"và {kind} số 673/KH-ĐGS ngày 30/10/2023 về “Việc trồng cây”, UBND tỉnh ban hành Kế hoạch:\n"
    )
    found = made(tmp_path, HEAD + basis + BODY)
    assert len(found.plan["document"]["basis"]) == count
    assert len(doubted(found, "có thể lẫn văn bản khác")) == 2 - count


def test_a_basis_that_tells_what_was_done_may_have_words_that_are_not_its_title(tmp_path: Path) -> None:
    basis = "Thực hiện Chỉ thị số 31/CT-TTg ngày 21/12/2023 về trồng cây ở xã, các xã đã trồng nhiều cây.\n"
    assert doubted(made(tmp_path, HEAD + basis + BODY), "kể việc đã làm") == ["document/basis"]


def test_what_a_basis_is_about_may_stand_before_its_number(tmp_path: Path) -> None:
    basis = (
        "Căn cứ kết luận của Thủ tướng tại hội nghị về trồng cây ven sông tại Thông báo số 9/TB-VPCP ngày 24/5/2025.\n"
    )
    found = made(tmp_path, HEAD + basis + BODY)
    assert [one.why for one in found.doubts if one.at == "document/basis"] == ["9/TB-VPCP: chưa đọc được trích yếu"]


@pytest.mark.parametrize(
    ("end", "authority"),
    [
        (
            "TL. TỔNG CỤC TRƯỞNG\nKT. VỤ TRƯỞNG\nPHÓ VỤ TRƯỞNG",
            ["TL. TỔNG CỤC TRƯỞNG", "KT. VỤ TRƯỞNG", "PHÓ VỤ TRƯỞNG"],
        ),
        ("CHI CỤC TRƯỞNG", ["CHI CỤC TRƯỞNG"]),
        ("T/M BỘ CHÍNH TRỊ TỔNG BÍ THƯ", ["T/M BỘ CHÍNH TRỊ", "TỔNG BÍ THƯ"]),
        ("KT. TỔNG GIÁM ĐỐC PHÓ TỔNG GIÁM ĐỐC", ["KT. TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC"]),
    ],
)
def test_the_chief_of_a_higher_office_signs_in_one_piece(tmp_path: Path, end: str, authority: list[str]) -> None:
    text = f"{HEAD}{BODY}Nơi nhận:\n- Lưu: VT.\n{end}\nNguyễn Văn An\n"
    assert made(tmp_path, text).plan["document"]["signer"]["authority"] == authority


@pytest.mark.parametrize("words", ["viết gọn là", "gọi là", "dưới đây viết gọn là", "sau đây gọi tắt là"])
def test_the_short_name_of_a_basis_is_no_part_of_its_title(tmp_path: Path, words: str) -> None:
    basis = f"Thực hiện Chỉ thị số 31/CT-TTg ngày 21/12/2023 về tăng cường trồng cây ( {words} Chỉ thị 31 ).\n"
    assert made(tmp_path, HEAD + basis + BODY).plan["document"]["basis"][0]["title"] == "về tăng cường trồng cây"


@pytest.mark.parametrize("title", ["Năm An toàn giao thông 2026", "Ứng phó bão số 15 năm 2026"])
def test_a_year_with_a_name_is_the_period(tmp_path: Path, title: str) -> None:
    found = made(tmp_path, HEAD.replace("Trồng cây ven sông năm 2026", title) + BODY)
    assert found.plan["period"] == {"from": 2026, "to": 2026}


def test_the_sign_of_a_clerk_behind_the_last_recipient_is_no_signature(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Như trên;\n- Lưu: VT, Biên KT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn An\n"
    document = made(tmp_path, HEAD + BODY + end).plan["document"]
    assert document["signer"]["authority"] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert document["recipients"] == ["Như trên", "Lưu: VT, Biên KT"]


def test_a_document_of_nobody_known_is_cited_without_an_issuer(tmp_path: Path) -> None:
    head = "Số: 21/CĐ-XYZ\nngày 03 tháng 02 năm 2026\nCÔNG ĐIỆN\nTrồng cây ven sông năm 2026\n"
    found = made(tmp_path, head + BODY)
    assert found.plan["document"]["cite"] == "Công điện số 21/CĐ-XYZ ngày 03/02/2026"
    assert "document/issuer" in doubted(found, "không rõ cơ quan ban hành")
