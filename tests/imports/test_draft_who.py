"""Who has the work: bodies that are read, and those that only a doubt names."""

import re
from pathlib import Path

import pytest

from tests.imports.made import ARTICLES, BODY, DECISION, HEAD, doubted, made, table_of


def test_who_is_behind_the_verb_of_an_order_has_the_work(tmp_path: Path) -> None:
    text = "1. Chủ tịch UBND tỉnh giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ tổ chức tập huấn."
    row = made(tmp_path, f"{HEAD}{BODY}III. TỔ CHỨC THỰC HIỆN\n{text}\n").plan["tasks"][-1]
    assert (row["lead"], row["support"]) == (["so-y-te"], ["so-noi-vu"])


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


def test_a_body_with_a_full_stop_is_a_heading(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Sở Y tế.\n- Tập huấn sơ cứu.\n- Cấp túi thuốc cho đội trồng cây.\n"
    assert [(one["id"], one["text"], one["lead"]) for one in made(tmp_path, text).plan["tasks"][2:]] == [
        ("II.3-1", "Tập huấn sơ cứu.", ["so-y-te"]),
        ("II.3-2", "Cấp túi thuốc cho đội trồng cây.", ["so-y-te"]),
    ]


def test_a_group_of_bodies_is_no_coordinator(tmp_path: Path) -> None:
    end = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Các đơn vị, địa phương theo dõi, đôn đốc, báo cáo kết quả thực hiện, báo cáo số cây.\n"
        "2. Sở Xây dựng theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n"
    )
    assert made(tmp_path, f"{HEAD}{BODY}{end}").plan["coordinator"] == "so-xay-dung"


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


def test_a_list_of_partners_that_goes_on_below_a_heading_is_doubted(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Sở Xây dựng\n- Tưới cây.\n- Chủ động phối hợp với Công an, lực lượng Hải quan triển khai trồng cây.\n"
    assert doubted(made(tmp_path, text), "kết thúc ở đâu") == ["tasks/II.3-2/support"]


def test_a_lead_that_stops_before_the_colon_is_doubted(tmp_path: Path) -> None:
    words = "3. Sở Xây dựng quản lý cây xanh cấp tỉnh và các đơn vị trồng cây: Tưới cây ven sông."
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{words}\n"), "trước dấu hai chấm") == ["tasks/II.3/lead"]


def test_a_duty_that_says_only_with_whom_is_led_by_nobody_known(tmp_path: Path) -> None:
    end = "III. TỔ CHỨC THỰC HIỆN\n1. Đội trồng cây\n- Chủ động phối hợp với Sở Xây dựng thực hiện việc trồng cây.\n- Tưới cây.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{end}"), "chỉ nêu cơ quan phối hợp") == ["tasks/III.1-1/lead"]


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


def test_what_a_clause_lists_may_be_no_work(tmp_path: Path) -> None:
    intro = "Sở Xây dựng chỉ đạo báo cáo số liệu hằng tháng gồm:"
    text = f"{HEAD}{BODY}3. Báo cáo\n{intro}\n- Số cây đã trồng.\n- Số cây đã chết.\n"
    assert len(doubted(made(tmp_path, text), "nội dung được liệt kê")) == 1


def test_articles_before_an_appendix_with_parts_are_the_body(tmp_path: Path) -> None:
    appendix = "PHỤ LỤC\nDANH MỤC CÂY\nI. Không trồng bạch đàn.\nII. Không trồng keo.\n"
    found = made(tmp_path, f"{DECISION}{ARTICLES}{appendix}")
    assert [(one["id"], one["lead"]) for one in found.plan["tasks"]] == [
        ("I.1", ["so-xay-dung"]),
        ("I.2", ["so-tai-chinh"]),
    ]


def test_an_investor_is_somebody_who_has_work(tmp_path: Path) -> None:
    told = "III. NHIỆM VỤ BỔ SUNG\n1. Nhà đầu tư bến xe tập kết máy móc.\n2. Yêu cầu nhà thầu rào chắn.\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "câu mở đầu bằng một cơ quan")) == 2


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


def test_a_row_with_a_label_for_the_time_may_name_bodies(tmp_path: Path) -> None:
    told = "III. NHIỆM VỤ BỔ SUNG\n1. Rà soát hồ sơ, phối hợp với thôn Đông.\n- Thời gian hoàn thành: trước ngày 30/11/2026\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "phối hợp với cơ quan khác")) == 1


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


def test_the_bodies_that_a_lead_in_names_are_doubted_at_each_line_below_it(tmp_path: Path) -> None:
    told = "3. Trồng cây\nĐể có bóng cây, UBND tỉnh yêu cầu các chủ rừng làm những việc sau:\n- Ươm cây.\n- Tưới cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "không đọc được hết; chưa ghi ai chủ trì") == ["tasks/II.3-1", "tasks/II.3-2"]


def test_a_group_is_less_than_the_ministries_where_its_name_goes_on(tmp_path: Path) -> None:
    told = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì, phối hợp với các bộ, ngành địa phương trồng cây.\n"
        "2. Sở Y tế chủ trì, phối hợp với các bộ, ngành công bố tiêu chuẩn có liên quan.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert "tasks/III.1/support" in {one.at for one in found.doubts}
    assert found.plan["tasks"][-1]["as_issued"]["support"] == "các bộ, ngành"


def test_what_waits_for_texts_to_be_issued_has_a_condition(tmp_path: Path) -> None:
    told = "3. Sở Y tế phổ biến ngay sau khi các văn bản được ban hành.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "chờ văn bản, hướng dẫn") == ["tasks/II.3/conditions"]


def test_a_condition_of_one_of_two_ways_is_doubted(tmp_path: Path) -> None:
    told = "3. Sở Y tế báo cáo định kỳ hoặc đột xuất (khi có yêu cầu).\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "có thể chỉ của một vế") == ["tasks/II.3/conditions"]


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
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "chỉ đạo, đôn đốc cơ quan khác làm") == ["tasks/III.1-1/lead"]


def test_a_post_alone_is_no_title(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Bộ trưởng\nBộ Y tế chỉ đạo xử lý nước.\n4. Tưới cây.\n")
    assert doubted(found, "tiêu đề có thể bị ngắt giữa câu") == ["sections/II.3"]


def test_another_body_behind_a_comma_is_doubted(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế, Sở Xây dựng ươm cây, các địa phương bố trí nơi trồng.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "còn nêu cơ quan khác sau dấu") == ["tasks/III.1/lead"]


def test_proposals_that_give_work_to_bodies_are_tasks(tmp_path: Path) -> None:
    told = (
        "III. MỘT SỐ KIẾN NGHỊ\n1. Về cây giống: Giao Sở Tài chính chủ trì mua cây.\n"
        "2. Về nước tưới: Giao Sở Xây dựng làm mương.\n3. Về bóng mát: Tỉnh xem xét.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert [one["id"] for one in found.plan["tasks"][2:]] == ["III.1", "III.2", "III.3"]
    assert doubted(found, "lấy theo câu dẫn, câu giao việc trong mục") == ["sections/III"]
    assert {"tasks/III.1/lead", "tasks/III.2/lead"} <= {one.at for one in found.doubts}


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


def test_where_one_label_is_read_the_wording_is_asked_for_the_other(tmp_path: Path) -> None:
    told = "3. Trồng cây, phối hợp với thôn Đông.\n- Cơ quan chủ trì: Sở Y tế.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "phối hợp với cơ quan khác") == ["tasks/II.3/support"]


def test_a_board_whose_name_ends_with_building_does_not_end_the_list(tmp_path: Path) -> None:
    told = "3. Sở Y tế chủ trì, phối hợp với Ban Quản lý dự án đầu tư xây dựng tỉnh, Sở Nội vụ rà soát cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    unsure = "tasks/II.3/support" in {one.at for one in found.doubts}
    assert unsure or "so-noi-vu" in found.plan["tasks"][-1]["support"]


def test_brackets_that_only_name_bodies_are_doubted(tmp_path: Path) -> None:
    told = "3. Trồng cây ở bờ đông (Phòng Kinh tế, Công an xã).\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "ngoặc cuối câu") == ["tasks/II.3/lead"]


def test_who_is_given_work_by_the_issuer_directs_nobody(tmp_path: Path) -> None:
    told = (
        "3. Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ tưới cây.\n4. Giao Sở Y tế chỉ đạo các bệnh viện tưới cây.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "chỉ đạo, đôn đốc cơ quan khác làm") == ["tasks/II.4/lead"]


def test_a_cell_with_bullets_and_supporting_bodies_says_so(tmp_path: Path) -> None:
    told = "3. Trồng cây.\n- Cơ quan chủ trì: Sở Y tế phối hợp với Sở Nội vụ.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "cơ quan đứng sau có thể chỉ phối hợp") == ["tasks/II.3/lead"]


def test_heads_of_bodies_behind_a_ground_have_the_work(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Căn cứ Kế hoạch này, Giám đốc Sở Y tế tổ chức tưới cây.\n"
    assert made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"][-1]["lead"] == ["so-y-te"]


def test_verbs_in_the_other_tone_style_begin_work(tmp_path: Path) -> None:
    told = "3. Hiện đại hoá vườn ươm.\n"
    assert not doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "không mở đầu bằng việc phải làm")


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


def test_a_clause_that_asks_at_its_end_gives_work(tmp_path: Path) -> None:
    told = "III. Để bảo đảm tiến độ, yêu cầu:\n- Sở Y tế tưới cây.\n- Sở Nội vụ mua cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert [one["id"] for one in found.plan["tasks"][2:]] == ["III-1", "III-2"]
    aims = made(tmp_path, f"{HEAD}{BODY}III. Mục đích, yêu cầu:\n- Cây xanh.\n- Bờ mát.\n")
    assert [one["id"] for one in aims.plan["objectives"][1:]] == ["III-1", "III-2"]


def test_who_leads_and_directs_others_is_doubted(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì, chỉ đạo các bệnh viện tưới cây.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "chỉ đạo, đôn đốc cơ quan khác làm") == ["tasks/III.1/lead"]


def test_persons_are_no_work(tmp_path: Path) -> None:
    told = "3. Tổ chức, cá nhân trồng cây được hỗ trợ vốn.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "không mở đầu bằng việc") == ["tasks/II.3/text"]


@pytest.mark.parametrize(
    "words",
    ["Sở Y tế: Chỉ đạo các bệnh viện tưới cây.", "Sở Y tế mua cây; chỉ đạo Ủy ban nhân dân các xã, phường tưới cây."],
)
def test_who_is_directed_behind_a_colon_or_a_semicolon_is_doubted(tmp_path: Path, words: str) -> None:
    told = f"III. TỔ CHỨC THỰC HIỆN\n1. {words}\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "chỉ đạo, đôn đốc cơ quan khác làm") == ["tasks/III.1/lead"]


def test_one_board_is_not_all_who_invest(tmp_path: Path) -> None:
    told = "3. Trồng cây.\n- Cơ quan chủ trì: Ban Quản lý dự án đầu tư xây dựng tỉnh.\n"
    assert "tasks/II.3/lead" in {one.at for one in made(tmp_path, f"{HEAD}{BODY}{told}").doubts}


def test_a_body_behind_a_rhythm_is_doubted(tmp_path: Path) -> None:
    told = "3. Hàng năm Sở Y tế tưới cây.\n"
    assert "tasks/II.3/lead" in {one.at for one in made(tmp_path, f"{HEAD}{BODY}{told}").doubts}


def test_a_body_of_another_place_and_one_that_others_belong_to_have_no_work(tmp_path: Path) -> None:
    told = "3. Trồng cây.\n- Cơ quan chủ trì: UBND tỉnh Lâm Bình.\n4. Tưới cây.\n- Cơ quan chủ trì: Các đơn vị thuộc Sở Y tế.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    leads = [one.get("lead", []) for one in found.plan["tasks"][-2:]]
    assert "ubnd-tinh" not in leads[0]
    assert "so-y-te" not in leads[1]
    assert {"tasks/II.3/lead", "tasks/II.4/lead"} <= {one.at for one in found.doubts}


@pytest.mark.parametrize("words", ["(Giao Sở Khoa học và Công nghệ tham mưu)", "(giao Sở Y tế)"])
def test_work_given_in_brackets_is_doubted(tmp_path: Path, words: str) -> None:
    assert "tasks/II.3/lead" in {one.at for one in made(tmp_path, f"{HEAD}{BODY}3. Trồng cây {words}.\n").doubts}


def test_a_row_with_a_label_for_the_time_has_the_body_of_its_sentence(tmp_path: Path) -> None:
    told = "3. Sở Y tế chủ trì, phối hợp với Sở Nội vụ tưới cây.\n- Thời gian hoàn thành: trước ngày 30/11/2026\n"
    task = made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"][-1]
    assert (task["lead"], task["support"], task["schedule"]) == (["so-y-te"], ["so-noi-vu"], "trước ngày 30/11/2026")


@pytest.mark.parametrize("second", ["; UBND các xã thực hiện", ", Sở Tư pháp thẩm định"])
def test_a_second_body_in_brackets_is_doubted(tmp_path: Path, second: str) -> None:
    told = f"3. Trồng cây ở bờ đông (Sở Y tế chủ trì tham mưu{second}).\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "ngoặc cuối câu còn nêu cơ quan khác") == [
        "tasks/II.3/support"
    ]


def test_the_end_of_another_name_is_no_body(tmp_path: Path) -> None:
    told = "3. Trồng cây.\n- Cơ quan chủ trì: Trường Quân sự địa phương.\n4. Tưới cây.\n- Cơ quan chủ trì: Giám đốc Sở Y tế.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert [one.get("lead") for one in found.plan["tasks"][-2:]] == [None, ["so-y-te"]]
    assert "tasks/II.3/lead" in {one.at for one in found.doubts}


def test_a_heading_as_to_a_body_gives_it_what_stands_below(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Đối với Sở Y tế\n- Tưới cây.\n- Mua cây.\n"
    assert [one["lead"] for one in made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"][2:]] == [
        ["so-y-te"],
        ["so-y-te"],
    ]


def test_what_everybody_is_told_is_not_sure_work_of_the_last_body(tmp_path: Path) -> None:
    told = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Tưới cây.\n- Mua cây.\nTrong quá trình thực hiện, nếu có vướng mắc, các cơ quan "
        "phản ánh về Sở Nội vụ.\n"
    )
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "lời dặn chung") == ["tasks/III.1-3/lead"]


def test_a_condition_of_two_bodies_is_doubted(tmp_path: Path) -> None:
    told = "3. Tưới cây theo hướng dẫn của Trung ương và của tỉnh.\n"
    assert "tasks/II.3/conditions" in {one.at for one in made(tmp_path, f"{HEAD}{BODY}{told}").doubts}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("3. Sở Y tế lãnh đạo, chỉ đạo Sở Nội vụ tưới cây.\n", "chỉ đạo, đôn đốc cơ quan khác"),
        (
            "3. Đề nghị Sở Y tế\na) Hướng dẫn tưới cây; Sở Nội vụ chủ trì mua cây.\nb) Mua cây.\n",
            "cơ quan khác sau dấu chấm",
        ),
    ],
)
def test_a_second_body_with_work_is_doubted(tmp_path: Path, told: str, words: str) -> None:
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), words)


def test_a_cell_of_agencies_that_is_longer_than_any_is_not_read(tmp_path: Path) -> None:
    found = made(tmp_path, table_of(f"| 1 | Tưới cây. | {'Trường Sở Y tế ' * 400} | Năm 2026 |"))
    assert doubted(found, "ô cơ quan dài khác thường")
    assert "lead" not in found.plan["tasks"][-1]


@pytest.mark.parametrize(
    "told", ["chỉ đạo và định hướng Sở Nội vụ tưới cây", "đôn đốc UBND các xã xây dựng kế hoạch trồng cây"]
)
def test_who_is_urged_to_work_is_doubted(tmp_path: Path, told: str) -> None:
    assert doubted(made(tmp_path, f"{HEAD}{BODY}3. Sở Y tế {told}.\n"), "chỉ đạo, đôn đốc cơ quan khác")


@pytest.mark.parametrize(
    ("title", "at"),
    [
        ("1.1. Chỉ đạo lực lượng Cảnh sát giao thông:", ["sections/III.1.1"]),
        ("1.1. Đôn đốc các Ban Quản lý dự án:", ["sections/III.1.1"]),
        ("1.1. Chỉ đạo, điều hành công tác trồng cây", []),
    ],
)
def test_a_title_that_directs_others_leaves_open_who_does_the_work(tmp_path: Path, title: str, at: list[str]) -> None:
    told = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n{title}\n- Trồng cây ở bệnh viện.\n- Tưới cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "tiêu đề nói chỉ đạo, đôn đốc cơ quan khác làm") == at


@pytest.mark.parametrize(
    "words", ["Gắn trách nhiệm cho các Ban Quản lý dự án trong việc", "Giao nhiệm vụ cho Chi cục Kiểm lâm"]
)
def test_a_body_that_is_made_to_answer_for_work_is_in_doubt(tmp_path: Path, words: str) -> None:
    told = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- {words} trồng cây ở bệnh viện.\n- Tưới cây.\n"
    assert "tasks/III.1-1/lead" in {one.at for one in made(tmp_path, f"{HEAD}{BODY}{told}").doubts}


def test_a_line_of_a_document_without_parts_that_names_nobody_is_doubted_itself(tmp_path: Path) -> None:
    told = "1. Trồng cây theo giải pháp mới.\n2. Chủ trì giải pháp mua cây.\n3. Tưới cây theo giải pháp mới.\n"
    found = made(tmp_path, HEAD + told)
    assert doubted(found, "dòng này không nêu cơ quan chủ trì") == ["tasks/I", "tasks/III"]
    assert not doubted(found, "không dòng nào trong")


def test_the_rows_of_a_table_without_a_lead_are_one_doubt(tmp_path: Path) -> None:
    rows = "| TT | Nhiệm vụ | Thời gian |\n|---|---|---|\n" + "".join(
        f"| {at} | Trồng cây số {at} | 2026 |\n" for at in range(1, 9)
    )
    found = made(tmp_path, f"{HEAD}{rows}")
    assert len([one for one in found.doubts if "nêu cơ quan chủ trì" in one.why]) == 1


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("Hội Nông dân thành phố Sầm Sơn", None),
        ("Hội Nông dân các huyện Thọ Xuân, Yên Định", None),
        ("Hội Nông dân tỉnh Thanh Hóa", ["hoi-nong-dan-tinh"]),
    ],
)
def test_a_body_of_a_place_below_the_province_is_not_the_body_of_the_province(
    tmp_path: Path, words: str, lead: list[str] | None
) -> None:
    told = f"III. TỔ CHỨC THỰC HIỆN\n1. Trồng cây\n- {words} trồng cây.\n- Sở Y tế tưới cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    task = next(one for one in found.plan["tasks"] if one["text"].startswith(words))
    assert task.get("lead") == lead
    assert bool([one for one in found.doubts if one.at.startswith(f"tasks/{task['id']}")]) == (lead is None)


@pytest.mark.parametrize(
    "told", ["Cùng với Sở Y tế trồng cây.", "Rà soát cùng với Sở Y tế các vườn cây.", "Trồng cây cùng Sở Y tế."]
)
def test_together_with_a_body_is_support(tmp_path: Path, told: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- {told}\n- Mua cây.\n")
    assert "tasks/III.1-1/support" in {one.at for one in found.doubts}


@pytest.mark.parametrize(("words", "count"), [("(trước ngày 30/6/2026)", 1), ("(sau đây gọi là Sở)", 0)])
def test_what_brackets_in_a_lead_in_say_is_not_lost(tmp_path: Path, words: str, count: int) -> None:
    told = f"III. TỔ CHỨC THỰC HIỆN\n1. Trồng cây\n- Sở Nội vụ chủ trì các nhiệm vụ sau {words}:\n+ Mua cây.\n+ Tưới cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert len(doubted(found, "câu dẫn còn nêu việc, thời gian")) == count


@pytest.mark.parametrize("told", ["Sau thời gian tuyên truyền, các Sở, ngành", "Kết thúc đợt trồng, Hội Cây xanh"])
def test_who_does_the_work_may_stand_behind_a_time(tmp_path: Path, told: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. {told} tổ chức tưới cây.\n")
    assert "tasks/II.3/lead" in doubted(found, "trong câu có nêu cơ quan làm việc này")


def test_duties_before_a_colon_are_no_label(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ căn cứ theo chức năng, nhiệm vụ được giao:\na) Trồng cây ở xã.\nb) Tưới cây.\n"
    tasks = [one for one in made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"] if one["id"].startswith("III")]
    assert [(one["text"], one["lead"]) for one in tasks] == [
        ("Trồng cây ở xã.", ["so-noi-vu"]),
        ("Tưới cây.", ["so-noi-vu"]),
    ]


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ("Huy động các ban, ngành, đoàn thể và cộng đồng tham gia trồng cây.", "support"),
        ("Trồng cây, coi đây là nhiệm vụ thường xuyên của các cấp ủy và chính quyền.", "lead"),
        ("Trồng cây, coi đây là nhiệm vụ thường xuyên của các cấp ủy và chính quyền.", "schedule"),
        ("Trồng cây; phát huy vai trò của các tổ chức chính trị - xã hội tuyên truyền về cây.", "lead"),
        ("Trồng cây; phát huy mạnh mẽ vai trò của các tổ chức ở cơ sở để tuyên truyền về cây.", "lead"),
        ("Thông qua Kế hoạch trồng cây (đại diện lãnh đạo Sở Y tế).", "lead"),
        ("Tưới cây trong các dịp lễ, Tết.", "schedule"),
        ("Trồng cây ngay khi có hiệu lực thi hành.", "conditions"),
        ("Nạo vét kênh trước mùa mưa.", "schedule"),
        ("Nạo vét kênh 01 tuần trước kỳ nghỉ Tết Nguyên đán.", "schedule"),
    ],
)
def test_bodies_and_times_in_the_wording_are_doubted(tmp_path: Path, told: str, key: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. {told}\n")
    assert f"tasks/II.3/{key}" in {one.at for one in found.doubts}


@pytest.mark.parametrize("whom", ["UBND các xã, phường", "UBND cấp xã"])
def test_a_body_that_is_urged_may_have_a_comma_in_its_name(tmp_path: Path, whom: str) -> None:
    told = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Đôn đốc, hướng dẫn {whom} thực hiện đủ trách nhiệm.\n- Mua cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert doubted(found, "chỉ đạo, đôn đốc cơ quan khác làm") == ["tasks/III.1-1/lead"]


@pytest.mark.parametrize(
    "told",
    [
        "Mua cây; đồng thời chỉ đạo, định hướng các cơ quan báo chí tuyên truyền.",
        "Chỉ đạo Tổng cục Lâm nghiệp trồng cây.",
        "Hướng dẫn công đoàn cơ sở tổ chức trồng cây.",
        "Mua cây, có biện pháp yêu cầu các chủ đầu tư trồng cây.",
    ],
)
def test_a_body_that_is_directed_may_stand_anywhere(tmp_path: Path, told: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- {told}\n- Mua cây.\n")
    assert doubted(found, "chỉ đạo, đôn đốc cơ quan khác làm") == ["tasks/III.1-1/lead"]


def test_labels_below_the_last_dash_may_be_of_all_behind_a_paragraph_too(tmp_path: Path) -> None:
    told = "3. Trồng cây\n- Trồng cây ở xã.\n- Trồng cây ở phường.\nTrồng cây ở thôn.\n- Tưới cây.\nCơ quan chủ trì: Sở Y tế.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert len(doubted(found, "gạch đầu dòng cuối hay cả mục II.3")) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Sở Công Thương và các doanh nghiệp logistics", "văn bản có thể nêu hẹp hơn"),
        ("Sở Công Thương, Hội Cây xanh tỉnh và Sở Xây dựng", "không rõ danh sách cơ quan trong câu kết thúc"),
    ],
)
def test_who_supports_a_line_below_a_heading_is_looked_at_too(tmp_path: Path, words: str, why: str) -> None:
    told = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Chủ động phối hợp với {words} triển khai trồng cây.\n- Mua cây.\n"
    assert "tasks/III.1-1/support" in doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), why)


def test_a_common_word_is_no_body(tmp_path: Path) -> None:
    found = made(tmp_path, table_of("| 1 | Trồng cây | Sở Y tế, báo, đài và các đơn vị liên quan | 2026 |"))
    task = next(one for one in found.plan["tasks"] if one["id"] == "PL.1")
    assert task["lead"][0] == "so-y-te"
    assert not [one for one in task["lead"] if "bao" in one or "dai" in one]
    assert "tasks/PL.1/lead" in {one.at for one in found.doubts}
