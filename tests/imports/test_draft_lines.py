"""Titles, lines and parts: where a line belongs, and what may be cut, merged or no work."""

from pathlib import Path

import pytest

from kehoach_cli.core.draft.lines import Mark, line_of
from tests.imports.made import ARTICLES, BODY, DECISION, HEAD, doubted, made

CUT = "hết mà không có dấu chấm"


@pytest.mark.parametrize(
    ("text", "mark"),
    [("II- NHIỆM VỤ", Mark.ROMAN), ("IV– TỔ CHỨC THỰC HIỆN", Mark.ROMAN), ("I - không phải mục", Mark.NONE)],
)
def test_a_part_may_be_numbered_with_a_dash(text: str, mark: Mark) -> None:
    assert line_of(text, "").mark is mark


def test_labels_below_the_last_of_several_dashes_are_a_doubt(tmp_path: Path) -> None:
    dashes = "3. Chăm sóc cây\n- Tưới cây mùa khô.\n- Thay cây chết.\nLãnh đạo phụ trách: Ông An.\nĐơn vị chủ trì: Sở Xây dựng.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{dashes}")
    assert [one["text"] for one in found.plan["tasks"][2:]] == ["Tưới cây mùa khô.", "Thay cây chết."]
    assert doubted(found, "gạch đầu dòng cuối hay cả mục II.3") == [""]


def test_a_line_in_capitals_among_paragraphs_is_no_task(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Chương trình:\nNGÀY 1: THỨ HAI\nTrồng gạo ở bờ tả.\nTrồng tre ở bờ hữu.\n")
    assert [one["text"] for one in found.plan["tasks"][2:]] == ["Trồng gạo ở bờ tả.", "Trồng tre ở bờ hữu."]
    assert doubted(found, "dòng chữ hoa") == [""]


def test_a_name_of_today_in_brackets_inside_a_sentence_is_read_at_once(tmp_path: Path) -> None:
    aside = "(nay là xã Văn Lang, trên địa bàn tỉnh Thanh Hóa sau khi sắp xếp)"
    found = made(tmp_path, f"{HEAD}{BODY}3. Bờ sông xã Yên Định, huyện Yên Định {aside} được rà soát hằng năm.\n")
    assert found.plan["tasks"][-1]["id"] == "II.3"


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


def test_a_line_about_an_event_that_becomes_a_row_is_doubted(tmp_path: Path) -> None:
    event = "3. Hội thi vẽ tranh\n- Đối tượng tham gia: học sinh.\n- Địa điểm: Hội trường tỉnh.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{event}")
    assert doubted(found, "địa điểm, đối tượng") == ["tasks/II.3-1/text", "tasks/II.3-2/text"]


@pytest.mark.parametrize("title", ["Đối tượng", "Phạm vi thực hiện", "Thời gian, địa điểm", "Hình thức tuyên truyền"])
def test_a_title_that_gives_no_work_is_set_aside_with_a_doubt(tmp_path: Path, title: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. {title}\na) Học sinh toàn tỉnh.\nb) Giáo viên.\n")
    assert [one["id"] for one in found.plan["tasks"]] == ["II.1", "II.2"]
    assert doubted(found, "tiêu đề này chỉ nêu") == [""]


def test_labels_behind_some_dashes_of_a_heading_are_doubted_for_the_dash_before(tmp_path: Path) -> None:
    lines = "3. Chăm sóc\n- Tưới cây.\n- Bón phân.\nĐơn vị chủ trì: Sở Y tế.\n- Tỉa cành.\nĐơn vị chủ trì: Sở Y tế.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert len([one for one in found.doubts if "gạch đầu dòng cuối hay cả mục II.3" in one.why]) == 1


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


def test_sentences_merged_into_one_task_are_doubted(tmp_path: Path) -> None:
    merged = "3. Việc trồng cây được làm như sau. Cụ thể gồm.\n- Tổ chức lễ phát động. Mời dân.\n- Xây dựng vườn ươm. Thuê đất.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{merged}"), "được ghép vào nhiệm vụ này") == ["tasks/II.3/text"]


def test_a_paragraph_behind_lines_with_a_plus_is_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\n- Xây dựng lịch tưới:\n+ Tưới sáng;\n+ Tưới chiều.\nTưới thêm khi nắng to.\n"
    assert doubted(made(tmp_path, text), "sau các dòng có dấu") == ["tasks/II.3-2/text"]


def test_where_the_details_are_is_no_task(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\n- Tưới cây.\n- Bón phân.\n* (Chi tiết tại Phụ lục ban hành kèm theo).*\n"
    assert [one["text"] for one in made(tmp_path, text).plan["tasks"][2:]] == ["Tưới cây.", "Bón phân."]


def test_a_title_that_stops_amid_its_sentence_is_doubted(tmp_path: Path) -> None:
    torn = (
        "3. Sở Xây dựng theo dõi, đôn đốc các xã, phường trồng cây đúng lịch và chăm cây theo mùa; "
        "tham mưu Ủy ban nhân dân tỉnh báo cáo kết quả trồng cây với Bộ\n- Nông nghiệp trước ngày 20 hằng tháng.\n"
    )
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{torn}"), "ngắt giữa câu")) == 1


def test_a_paragraph_between_lines_with_marks_is_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\n- Tưới cây.\nKhi nắng to thì tưới hai lần.\n- Bón phân.\n"
    assert doubted(made(tmp_path, text), "sau các dòng có dấu") == ["tasks/II.3-2/text"]


def test_a_paragraph_before_lines_with_marks_is_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\nCây là lá phổi của thành phố.\na) Tưới cây.\nb) Bón phân.\n"
    assert doubted(made(tmp_path, text), "có thể là lời dẫn") == ["tasks/II.3-1/text"]


def test_rows_of_a_table_copied_as_text_are_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Chăm cây\n- Tưới | Sở Xây dựng | 2026\n- Bón phân.\n"
    assert doubted(made(tmp_path, text), "bảng chép thành chữ") == ["tasks/II.3-1/text"]


def test_a_letter_is_printed_with_its_own_sign(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Trồng cây ven sông và chăm cây.\na. Tưới cây\nb. Bón phân\n"
    assert "a. Tưới cây b. Bón phân" in made(tmp_path, text).plan["tasks"][2]["text"]


def test_points_of_articles_that_issue_a_plan_are_doubted(tmp_path: Path) -> None:
    articles = ARTICLES.replace("Điều 1. Trồng cây", "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây")
    found = made(tmp_path, f"{DECISION}{articles}KẾ HOẠCH\nTrồng cây ven sông năm 2026\n{BODY}")
    assert len(found.plan["tasks"]) == 2
    assert len(doubted(found, "điều của văn bản giao việc")) == 2


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


def test_a_name_that_goes_on_with_building_is_not_whole(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính chủ trì, phối hợp với Sở Nội vụ, Ban Quản lý dự án đầu tư xây dựng số 2, "
    end = "Sở Y tế rà soát kế hoạch vốn.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}{end}"), "kết thúc ở đâu")


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


def test_a_label_among_numbered_points_may_be_one_of_them(tmp_path: Path) -> None:
    told = "3. Kiểm định nhà cũ\n(1) Lập danh mục nhà.\n(2) Chia làm hai đợt.\n(3) Cơ quan chủ trì: Sở Xây dựng.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "điểm đánh số bên dưới được ghép") == ["tasks/II.3/text"]


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


def test_a_line_over_a_paragraph_may_be_its_title(tmp_path: Path) -> None:
    told = "3. Trồng cây\na) Ươm cây giống\nƯơm cây ở vườn cũ.\n- Cơ quan chủ trì: Sở Y tế.\nb) Tưới cây mỗi ngày.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "có thể là tiêu đề của đoạn bên dưới") == ["tasks/II.3-1/text"]


def test_labels_below_a_line_without_a_mark_may_be_of_the_whole_heading(tmp_path: Path) -> None:
    told = "3. Trồng cây\n- Trồng tre.\n- Trồng gạo.\nTrồng cây bàng.\nCơ quan chủ trì: Sở Y tế.\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "gạch đầu dòng cuối hay cả mục II.3")) == 1


def test_a_heading_in_capitals_before_the_first_number_is_not_lost(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}Căn cứ Luật Cây xanh năm 2025;\n1- MỤC ĐÍCH, YÊU CÂU\n{BODY}")
    assert "1- MỤC ĐÍCH, YÊU CÂU" in {one.text for one in found.doubts}


def test_a_title_that_runs_into_a_task_is_doubted(tmp_path: Path) -> None:
    told = "3. Trồng cây\na) Nông nghiệp thông minh thích ứng Triển khai các giải pháp trồng tre.\nb) Tưới cây.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "một mục khác viết liền") == ["tasks/II.3-1/text"]


def test_points_in_one_task_are_said(tmp_path: Path) -> None:
    told = "3. Để kịp trồng cây trong vụ mưa, các sở lưu ý:\n(1) Sở Y tế ươm tre.\n(2) Kịp thời tưới cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert any(one.startswith(("tasks/II.3", "sections/II.3")) for one in (doubt.at for doubt in found.doubts))


LETTERED = (
    "A. MỤC ĐÍCH, YÊU CẦU\n1. Bờ sông có bóng cây.\n2. Cây sống lâu.\nB. NỘI DUNG\nI. MỤC TIÊU\n1. Trồng cây.\n2. Giữ cây.\n"
    "II. NHIỆM VỤ\n1. Sở Y tế tưới cây.\n2. Sở Nội vụ mua cây.\nC. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng theo dõi.\n"
    "2. Sở Tài chính cấp kinh phí.\n"
)


def test_parts_by_capital_letters_stand_over_roman_numbers(tmp_path: Path) -> None:
    plan = made(tmp_path, f"{HEAD}{LETTERED}").plan
    assert [(one["id"], one.get("printed")) for one in plan["sections"]] == [
        ("I", "A"),
        ("II", "B"),
        ("II.I", None),
        ("II.II", None),
        ("III", "C"),
    ]
    assert [one["id"] for one in plan["objectives"]] == ["I.1", "I.2", "II.I.1", "II.I.2"]
    assert [(one["id"], one["kind"]) for one in plan["tasks"]] == [
        ("II.II.1", "task"),
        ("II.II.2", "task"),
        ("III.1", "organisation"),
        ("III.2", "organisation"),
    ]


def test_capital_letters_below_a_roman_number_are_no_parts(tmp_path: Path) -> None:
    told = "III. NHIỆM VỤ\nA. KHỐI TỈNH\n1. Sở Y tế tưới cây.\nB. KHỐI XÃ\n2. Sở Nội vụ mua cây.\n"
    plan = made(tmp_path, f"{HEAD}{BODY}{told}").plan
    assert [one["id"] for one in plan["sections"]] == ["I", "II", "III"]


def test_one_sentence_below_a_sentence_may_be_a_task_of_its_own(tmp_path: Path) -> None:
    told = "3. Kiểm tra cây.\n- Rà soát cây giống ở vườn.\n"
    assert "tasks/II.3/text" in doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "được ghép vào nhiệm vụ này")


@pytest.mark.parametrize(("title", "cut"), [("Phát triển hạ tầng số", 0), ("Triển khai Quyết định số", 1)])
def test_a_title_that_ends_with_digital_is_whole(tmp_path: Path, title: str, cut: int) -> None:
    told = f"3. {title}\n- Sở Y tế tưới cây.\n- Sở Nội vụ mua cây.\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "bị ngắt giữa câu")) == cut


@pytest.mark.parametrize(("opened", "closed"), [("“", "”"), ('"', '"')])
def test_a_dash_inside_a_quotation_may_begin_no_item(tmp_path: Path, opened: str, closed: str) -> None:
    told = f"3. Tổ chức Tuần lễ {opened}Đất Tổ\n- Hùng Vương{closed} tại thành phố.\n- Sở Nội vụ mua {opened}cây{closed}.\n"
    cut = [one for one in doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "lời trong ngoặc kép") if "II.3" in one]
    assert cut == ["sections/II.3", "tasks/II.3-1/text"]


@pytest.mark.parametrize("body", ["Trung tâm Kiểm soát bệnh tật tỉnh", "Đội Quản lý thị trường", "Quỹ Đầu tư mạo hiểm"])
def test_a_verb_inside_the_name_of_a_body_begins_no_item(tmp_path: Path, body: str) -> None:
    told = f"3. Rà soát cây ở {body}.\n"
    assert not doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "mục khác viết liền")


def test_a_part_that_says_nothing_is_about_what_the_lettered_part_over_it_is(tmp_path: Path) -> None:
    text = (
        "A. MỤC TIÊU\n1. Bờ sông có bóng cây.\nB. NHIỆM VỤ, GIẢI PHÁP\nI. ĐỔI MỚI TƯ DUY\n1. Sở Y tế chủ trì tưới cây.\n"
        "2. Sở Nội vụ mua cây.\nII. BỜ ĐÔNG\n1. Sở Tài chính cấp vốn.\n2. Sở Xây dựng trồng cây.\n"
    )
    assert {one["kind"] for one in made(tmp_path, f"{HEAD}{text}").plan["tasks"]} == {"task"}


def test_one_dash_over_labels_is_the_wording_without_its_sign(tmp_path: Path) -> None:
    told = "3. Tập huấn trồng cây\n- Mở lớp cho cán bộ xã.\n- Thời gian thực hiện: Năm 2026.\n"
    tasks = {one["id"]: one["text"] for one in made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"]}
    assert tasks["II.3"] == "Mở lớp cho cán bộ xã."


@pytest.mark.parametrize("told", ["Đánh giá cao sự cố gắng của các đơn vị", "Chuyển đổi cây xanh là quá trình lâu dài"])
def test_praise_and_principles_are_doubted_as_tasks(tmp_path: Path, told: str) -> None:
    told = f"3. {told}.\n"
    assert "tasks/II.3/text" in doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "có thể không phải nhiệm vụ")


def test_who_issued_the_document_asks_all_at_its_end(tmp_path: Path) -> None:
    told = "3. Trồng cây:\na) Ở xã.\nb) Ở thôn.\nBộ Y tế yêu cầu Thủ trưởng các cơ quan nghiêm túc triển khai thực hiện./.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert not any("Thủ trưởng" in one["text"] for one in found.plan["tasks"])
    assert len(doubted(found, "lời kết còn yêu cầu")) == 1


@pytest.mark.parametrize(
    ("end", "count"),
    [
        ("Căn cứ văn bản này, các cơ quan, đơn vị liên quan triển khai thực hiện./.", 1),
        ("Trên đây là Kế hoạch thực hiện trồng cây năm 2026./.", 0),
        ("Trên đây là Kế hoạch trồng cây năm 2026, các sở, ngành, địa phương tổ chức triển khai thực hiện./.", 1),
    ],
)
def test_a_closing_that_asks_to_carry_out_is_doubted(tmp_path: Path, end: str, count: int) -> None:
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{end}\nNơi nhận:\n- Lưu: VT.\n"), "lời kết còn yêu cầu")) == count


def test_lines_between_two_quotations_are_whole(tmp_path: Path) -> None:
    told = (
        '3. Tổ chức lễ "Đất\n- Tổ" ở xã.\n- Sở Y tế tưới cây.\n- Sở Nội vụ mua cây.\n- Mở hội "Cây\n- xanh" ở thôn.\n'
    )
    cut = doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "lời trong ngoặc kép")
    assert cut == ["sections/II.3", "tasks/II.3-1/text", "tasks/II.3-4/text", "tasks/II.3-5/text"]
