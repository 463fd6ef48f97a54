"""What a document says and no key holds is a doubt at its line: nothing is left out without a word."""

from pathlib import Path

import msgspec
import pytest

from kehoach_cli.core.model.source_text import SourceParagraph
from kehoach_cli.source.read import read_source
from tests.imports.drafts import draft_of_text
from tests.imports.made import BODY, HEAD, doubted, made

END = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n"
TABLE = "| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| 1 | Trồng gạo | Sở Xây dựng |\n"


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Trên đây là Kế hoạch trồng cây ven sông năm 2026./.", 0),
        ("Trên đây là Kế hoạch trồng cây; nếu có vướng mắc, phản ánh về Sở Xây dựng để tổng hợp./.", 1),
        ("Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.", 1),
    ],
)
def test_the_end_of_a_document_that_asks_for_something(tmp_path: Path, line: str, count: int) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}{line}\n{END}")
    assert len(doubted(found, "lời kết còn yêu cầu")) == count
    assert [one["id"] for one in found.plan["tasks"]] == ["II.1", "II.2"]


def test_a_reference_to_an_appendix(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\n- Tưới cây.\n(Chi tiết tại Phụ lục kèm theo)\n"
    assert doubted(made(tmp_path, text), "dẫn sang phụ lục") == [""]


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("Căn cứ Nghị quyết Đại hội Đảng bộ tỉnh;", ["document/basis"]),
        ("Căn cứ Kế hoạch số 3/KH-UBND ngày 01/02/2026 về việc trồng cây;", []),
        ("Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:", []),
        ("Ủy ban nhân dân tỉnh ban hành Kế hoạch với chủ đề “Xanh bờ sông” như sau:", [""]),
        ("Bờ sông của tỉnh dài và thưa bóng cây.", [""]),
    ],
)
def test_what_an_opening_says_besides_its_bases(tmp_path: Path, line: str, at: list[str]) -> None:
    found = made(tmp_path, HEAD.rstrip() + f"\n\n{line}\n{BODY}")
    assert [one.at for one in found.doubts if one.text == line] == at


def test_articles_on_effect_and_execution(tmp_path: Path) -> None:
    articles = (
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n"
    )
    head = HEAD.replace("KẾ HOẠCH\nTrồng cây ven sông năm 2026\n", "QUYẾT ĐỊNH\nVề việc trồng cây\nQUYẾT ĐỊNH:\n")
    found = made(tmp_path, f"{head}{articles}KẾ HOẠCH\nTrồng cây ven sông năm 2026\n{BODY}")
    assert [one.text for one in found.doubts if "hiệu lực, trách nhiệm" in one.why] == [
        "Quyết định này có hiệu lực từ ngày ký."
    ]


def test_notes_behind_the_end_of_the_body(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}Trên đây là Kế hoạch./.\n[1] Chương trình số 5-CTr/TU\n[2] Số 6\n{END}")
    assert [one.text[:3] for one in found.doubts if "sau phần cuối" in one.why] == ["[1]", "[2]"]


def test_a_note_at_the_foot_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "kh.txt"
    path.write_text(HEAD + BODY, encoding="utf-8")
    source = read_source(path, path.read_bytes())
    last = source.blocks[-1]
    assert isinstance(last, SourceParagraph)
    noted = msgspec.structs.replace(last, footnotes=("Trừ đoạn bờ kè.",))
    found = draft_of_text(msgspec.structs.replace(source, blocks=(*source.blocks[:-1], noted)), "kh", "thanh-hoa")
    assert [(one.place, one.text) for one in found.doubts if "cuối trang" in one.why] == [
        (last.place, "Trừ đoạn bờ kè.")
    ]


def test_lines_behind_the_table_of_an_appendix(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}{END}PHỤ LỤC\nVIỆC\n{TABLE}Ghi chú: Sở Xây dựng cập nhật danh mục.\n"
    found = made(tmp_path, text, "kh.md")
    assert [one.text for one in found.doubts if "sau bảng" in one.why] == ["Ghi chú: Sở Xây dựng cập nhật danh mục."]


def test_a_line_between_two_tables_is_no_title_of_their_appendix(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}{END}PHỤ LỤC\nVIỆC\n{TABLE}Các xã trồng cây:\n{TABLE}"
    found = made(tmp_path, text, "kh.md")
    assert [one["title"] for one in found.plan["sections"] if one["id"] == "PL"] == ["VIỆC"]
    assert [one.text for one in found.doubts if "sau bảng" in one.why] == ["Các xã trồng cây:"]


def test_a_sentence_behind_the_end_of_the_body(tmp_path: Path) -> None:
    line = "Sở Xây dựng gửi danh mục cây giống về Sở Tài chính trong tháng 3."
    found = made(tmp_path, f"{HEAD}{BODY}Trên đây là Kế hoạch./.\n{line}\n{END}")
    assert [one.text for one in found.doubts if "sau phần cuối" in one.why] == [line]


@pytest.mark.parametrize(
    "lines",
    ["III. PHƯƠNG ÁN\n1. Cách làm\n\n{table}", "3. Trồng cây theo bảng sau.\n\n{table}\n- Tưới cây.\n"],
)
def test_a_table_below_a_line_that_is_no_section(tmp_path: Path, lines: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}{lines.format(table=TABLE)}", "kh.md")
    assert [one["text"] for one in found.plan["tasks"] if one.get("lead") == ["so-xay-dung"]][1:] == ["Trồng gạo"]


def test_a_row_without_a_number_behind_an_unfinished_one_may_be_its_rest(tmp_path: Path) -> None:
    rows = (
        "| 2 | Mua sổ theo dõi; | Sở Y tế |\n|  | Kết quả xét nghiệm; để trạm xá xem |  |\n| 3 | Tưới cây | Sở Y tế |\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{END}PHỤ LỤC\nVIỆC\n{TABLE}{rows}", "kh.md")
    assert doubted(found, "phần tiếp của dòng trên") == ["sections/PL.I", "tasks/PL.2/text"]


def test_the_lines_of_a_part_that_is_not_read_are_doubted_as_one(tmp_path: Path) -> None:
    part = "III. CÁCH LÀM\nTheo mùa vụ.\n- Mùa xuân.\n- Mùa thu.\nIV. NHIỆM VỤ KHÁC\n1. Sở Y tế trồng cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{part}")
    assert [(one.place, one.text) for one in found.doubts if "3 dòng chưa lấy" in one.why] == [
        ("dòng 13 đến dòng 15", "Theo mùa vụ. Mùa xuân. Mùa thu.")
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Để trồng cây đúng lịch, Chủ tịch UBND tỉnh yêu cầu các sở, ngành thực hiện các việc sau:", ["giao chung"]),
        ("- Các Bộ: Xây dựng, Y tế;", ["mở đầu còn"]),
        ("Ủy ban nhân dân tỉnh xây dựng Kế hoạch như sau:", []),
    ],
)
def test_orders_and_addressees_in_an_opening(tmp_path: Path, line: str, why: list[str]) -> None:
    found = made(tmp_path, HEAD.rstrip() + f"\n\n{line}\n{BODY}")
    told = [one.why for one in found.doubts if "đoạn mở đầu" in one.why and one.text.endswith(line[-20:])]
    assert [words for words in ("giao chung", "mở đầu còn") if any(words in one for one in told)] == why


def test_an_addressee_is_no_part_of_the_title(tmp_path: Path) -> None:
    found = made(tmp_path, HEAD + "Kính gửi: Hội đồng nhân dân tỉnh\n" + BODY)
    assert found.plan["document"]["title"] == "Trồng cây ven sông năm 2026"


def test_cells_that_fill_no_key_of_their_row(tmp_path: Path) -> None:
    head = "| TT | Nhiệm vụ | Cơ quan chủ trì | Ghi chú |\n|---|---|---|---|\n"
    rows = "| 1 | Trồng gạo | Sở Y tế | Trình tháng 7 |\n| 2 | Trồng tre | Sở Y tế | - |\n"
    found = made(tmp_path, f"{HEAD}{BODY}{END}PHỤ LỤC\nVIỆC\n{head}{rows}", "kh.md")
    assert [(one.text, one.why) for one in found.doubts if "chưa lấy" in one.why] == [
        ("Trình tháng 7", 'cột "Ghi chú" của PL.1; chưa lấy')
    ]


def test_a_rule_below_a_title_is_no_part_of_it(tmp_path: Path) -> None:
    wrapped = "".join(f"- Trồng cây số {one} ở bờ sông, chăm sóc cây đã\ntrồng.\n" for one in range(12))
    title = "Trồng cây ven sông năm 2026 ở các xã, phường và đặc khu"
    found = made(tmp_path, f"{HEAD.replace('Trồng cây ven sông năm 2026', title)}__________\n{BODY}3. Việc\n{wrapped}")
    assert "__" not in str(found.plan)


def test_a_school_year_is_no_period(tmp_path: Path) -> None:
    head = HEAD.replace("năm 2026\n", "năm học 2025-2026\n").replace("ven sông năm 2026", "ven sông năm học 2025-2026")
    assert doubted(made(tmp_path, head + BODY), "nêu năm học") == ["period/from"]


def test_a_task_that_reports_to_a_body_is_a_report(tmp_path: Path) -> None:
    line = (
        "3. Sở Y tế khắc phục hạn chế; gửi kết quả về Sở Nội vụ để tổng hợp.\n4. Sở Y tế báo cáo tiến độ trồng cây.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{line}")
    assert [one.place for one in found.doubts if one.at == "reporting"] == ["dòng 12"]


def test_words_run_together_are_in_doubt(tmp_path: Path) -> None:
    text = "3. Trồng câyởbờsông bên tả, tuyên truyền trên Facebook và Internet.\n4. Trồng câyở bờ hữu.\n5. Tưới cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{text.replace('câyở bờ hữu', 'bờtả')}")
    assert doubted(found, "dính nhau") == ["tasks/II.3/text", "tasks/II.4/text"]


def test_a_table_among_the_duties_may_be_one_of_an_appendix(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế báo cáo.\n2. Các xã báo cáo.\nPhụ lục việc\n\n{TABLE}"
    found = made(tmp_path, text, "kh.md")
    assert len(doubted(found, "phụ lục không nhận ra được")) == 2


def test_a_sentence_over_the_columns_may_be_no_title(tmp_path: Path) -> None:
    rows = "| | Các xã mô tả việc trồng cây trong kế hoạch của mình. | |\n| 2 | Tưới cây | Sở Y tế |\n"
    found = made(tmp_path, f"{HEAD}{BODY}{END}PHỤ LỤC\nVIỆC\n{TABLE}{rows}", "kh.md")
    assert doubted(found, "có thể không phải tiêu đề") == ["tasks/PL.I.2"]


def test_numbers_go_on_behind_a_row_and_its_dashes(tmp_path: Path) -> None:
    rows = "| 2 | Trồng tre | |\n| - | Ở bờ tả | Sở Y tế |\n| - | Ở bờ hữu | Sở Y tế |\n| 3 | Tưới cây | Sở Y tế |\n"
    found = made(tmp_path, f"{HEAD}{BODY}{END}PHỤ LỤC\nVIỆC\n{TABLE}{rows}", "kh.md")
    assert [one["id"] for one in found.plan["tasks"]][-1] == "PL.3"


def test_a_number_with_a_blank_behind_its_slash_is_a_basis(tmp_path: Path) -> None:
    lines = "Căn cứ Kế hoạch số 3/ KH-UBND ngày 01/02/2026;\nCăn cứ Chỉ thị số 5-CT /TW ngày 02/02/2026;"
    found = made(tmp_path, HEAD.rstrip() + f"\n\n{lines}\n{BODY}")
    assert [one["number"] for one in found.plan["document"]["basis"]] == ["3/KH-UBND", "5-CT/TW"]


def test_the_unit_of_a_table_is_no_part_of_its_title(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}{END}PHỤ LỤC\nVIỆC\nĐVT: triệu đồng\n{TABLE}", "kh.md")
    assert [one["title"] for one in found.plan["sections"] if one["id"] == "PL"] == ["VIỆC"]
    assert [one.text for one in found.doubts if "sau bảng" in one.why] == ["ĐVT: triệu đồng"]


def test_any_figure_of_a_task_may_be_an_indicator(tmp_path: Path) -> None:
    lines = "3. Tổ chức hội diễn; số lượng tiết mục: 15 tiết mục.\n4. Tưới cây theo Luật số 5/2026/QH15.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert doubted(found, "câu có số liệu") == ["indicators/II.3-ct1"]


def test_the_vision_of_a_document_that_the_title_cites_is_in_doubt(tmp_path: Path) -> None:
    title = "Tổng kết Chiến lược trồng cây giai đoạn 2021 - 2025, định hướng đến năm 2030 trong năm 2025"
    found = made(tmp_path, HEAD.replace("Trồng cây ven sông năm 2026", title) + BODY)
    assert found.plan["period"]["vision"] == 2030
    assert {one.at for one in found.doubts} >= {"period/from", "period/to", "period/vision"}


def test_a_sentence_above_the_name_of_the_document(tmp_path: Path) -> None:
    line = "Căn cứ Kế hoạch số 3/KH-UBND ngày 01/02/2026 về việc trồng cây ven sông của tỉnh;"
    found = made(tmp_path, HEAD.replace("KẾ HOẠCH\n", f"{line}\nKẾ HOẠCH\n") + BODY)
    assert [one.text for one in found.doubts if "ở phần đầu văn bản" in one.why] == [line]
    assert (
        doubted(made(tmp_path, HEAD + f"(Kèm theo {line[8:60]} của Ủy ban nhân dân tỉnh)\n" + BODY), "ở phần đầu") == []
    )


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("21/KH-UBND", "21/KH-SXD", "document/issuer"),
        ("Trồng cây ven sông năm 2026", "CỦA SỞ XÂY DỰNG VỀ TRỒNG CÂY", "document/title"),
    ],
)
def test_what_names_another_issuer(tmp_path: Path, old: str, new: str, at: str) -> None:
    found = made(tmp_path, HEAD.replace(old, new) + BODY)
    assert at in [one.at for one in found.doubts]
    assert at not in [one.at for one in made(tmp_path, HEAD + BODY).doubts]


def test_the_lines_of_a_long_title_are_not_left_out(tmp_path: Path) -> None:
    more = "của các xã, phường và đặc khu ở hạ lưu sông Mã, sông Chu và sông Bưởi trong mùa mưa"
    found = made(tmp_path, HEAD.rstrip() + f"\n{more}\n" + BODY)
    assert found.plan["document"]["title"].endswith(more)
    assert doubted(found, "ở phần đầu") == []


@pytest.mark.parametrize(
    "words", ["Krông Ana và Đắk Lắk", "khuỷu sông, giữa quốc lộ", "HĐND, BĐKH", "PM2.5 đo bằng µg/m³"]
)
def test_words_that_have_not_run_together(tmp_path: Path, words: str) -> None:
    assert doubted(made(tmp_path, f"{HEAD}{BODY}3. Trồng cây ở {words}.\n"), "dính nhau") == []


def test_rows_below_one_that_may_be_the_title_of_a_part_are_in_doubt(tmp_path: Path) -> None:
    rows = "| I | Trồng cây | |\n| 1 | Trồng gạo | Sở Y tế |\n| II | Chăm cây | Sở Y tế |\n| 2 | Tưới cây | Sở Y tế |\n"
    head = "| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n"
    found = made(tmp_path, f"{HEAD}{BODY}{END}PHỤ LỤC\nVIỆC\n{head}{rows}", "kh.md")
    assert doubted(found, "có thể thuộc phần đó") == ["tasks/PL.I.2"]


def test_numbered_parts_behind_the_signature_are_said_from_first_to_last(tmp_path: Path) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn An\nĐỀ CƯƠNG BÁO CÁO\nI. TÌNH HÌNH\n1. Kết quả trồng cây.\nII. ĐỀ XUẤT\n"
    found = made(tmp_path, f"{HEAD}{BODY}{end}")
    (doubt,) = [one for one in found.doubts if "phần sau chữ ký" in one.why]
    assert doubt.place == "dòng 17 đến dòng 19"


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("(Chi tiết tại Phụ lục kèm theo)", 1),
        ("Sở Y tế trồng cây theo Danh mục ban hành kèm theo Kế hoạch này.", 1),
        ("Sở Y tế ghi cây theo Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP.", 0),
        ("Sở Y tế chọn đại biểu dự, gửi danh sách kèm theo hồ sơ.", 0),
        ("Sở Y tế khen tập thể tiêu biểu và tặng thưởng kèm theo bằng khen.", 0),
    ],
)
def test_an_appendix_that_the_file_does_not_have_is_doubted(tmp_path: Path, line: str, count: int) -> None:
    told = f"{HEAD}{BODY}3. {line}\n"
    assert len(doubted(made(tmp_path, told), "tệp này không có phụ lục nào")) == count
    rows = "Nơi nhận:\n- Như trên.\nPHỤ LỤC\n| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| 1 | Tưới cây | Sở Y tế |\n"
    assert not doubted(made(tmp_path, told + rows), "tệp này không có phụ lục nào")
