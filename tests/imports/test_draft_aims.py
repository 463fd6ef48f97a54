"""Objectives, funding and figures, and what among them may be work."""

from pathlib import Path

import pytest

from kehoach_cli.core.model.source_record import DoubtKind
from tests.imports.made import ARTICLES, BODY, DECISION, HEAD, doubted, made


def test_a_column_of_indicators_beside_deadlines_is_doubted(tmp_path: Path) -> None:
    head = "| TT | Nội dung | Chỉ số đánh giá | Thời gian | Cơ quan chủ trì |\n|---|---|---|---|---|\n"
    rows = "| 1 | Trồng cây | Tỷ lệ cây sống đạt 80% | Năm 2026 | Sở Xây dựng |\n"
    found = made(tmp_path, f"{HEAD}{BODY}PHỤ LỤC\nNHIỆM VỤ\n{head}{rows}", "kh.md")
    assert found.plan["tasks"][-1]["text"] == "Trồng cây"
    assert [one.text for one in found.doubts if one.kind is DoubtKind.COLUMN] == ["Chỉ số đánh giá"]


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


def test_letters_are_titles_of_the_objectives_and_tasks_below_them(tmp_path: Path) -> None:
    lines = "3. Chăm sóc cây\na) Mục tiêu\n- 100% cây sống.\nb) Nhiệm vụ\n- Tưới cây.\n- Thay cây chết.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert [one["text"] for one in found.plan["objectives"]][1:] == ["100% cây sống."]
    assert [(one["id"], one["text"]) for one in found.plan["tasks"][2:]] == [
        ("II.3-2-1", "Tưới cây."),
        ("II.3-2-2", "Thay cây chết."),
    ]
    assert doubted(found, "đoạn mục tiêu có số liệu") == ["indicators/II.3-1-1-ct1"]


def test_a_time_below_objectives_is_not_lost_without_a_word(tmp_path: Path) -> None:
    body = BODY.replace("II. ", "2. Tháng trồng cây\na) Chủ đề: Xanh\nb) Thời gian: Từ ngày 15/4/2026.\nII. ", 1)
    found = made(tmp_path, f"{HEAD}{body}")
    assert [one.text for one in found.doubts if "mục không phải nhiệm vụ" in one.why] == [
        "Thời gian: Từ ngày 15/4/2026."
    ]


def test_the_last_paragraph_of_a_document_is_no_source_of_funding(tmp_path: Path) -> None:
    end = "III. KINH PHÍ\n- Ngân sách tỉnh.\n- Vốn xã hội hóa.\nCác đơn vị báo cáo trước ngày 20 hằng tháng./.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{end}")
    assert "hằng tháng" not in str(found.plan["funding"])
    assert len(doubted(found, "có thể là lời kết")) == 1


def test_funding_below_solutions_is_funding(tmp_path: Path) -> None:
    text = f"{HEAD}{BODY}3. Bảo đảm kinh phí\na) Ngân sách tỉnh.\nb) Vốn xã hội hóa.\n"
    assert [one["text"] for one in made(tmp_path, text).plan["funding"]] == ["Ngân sách tỉnh.", "Vốn xã hội hóa."]


def test_requirements_that_stand_alone_may_be_work(tmp_path: Path) -> None:
    text = BODY.replace("I. MỤC TIÊU", "I. YÊU CẦU CHUNG")
    assert doubted(made(tmp_path, HEAD + text), "mục chỉ có yêu cầu") == ["sections/I"]


def test_a_time_among_objectives_is_none(tmp_path: Path) -> None:
    text = BODY.replace("II. NHIỆM VỤ", "2. Thời gian thực hiện: Từ năm 2026 - 2030.\nII. NHIỆM VỤ")
    found = made(tmp_path, HEAD + text)
    assert len(found.plan["objectives"]) == 1
    assert len(doubted(found, "không phải mục tiêu")) == 1


def test_an_article_is_about_aims_only_by_its_first_words(tmp_path: Path) -> None:
    articles = ARTICLES.replace("Điều 2.", "Điều 2. Trồng cây trong phạm vi ven sông.\nĐiều 3.")
    found = made(tmp_path, DECISION + articles)
    assert found.plan.get("objectives", []) == []
    assert len(doubted(found, "điều này không rõ giao việc gì")) == 1


def test_work_with_a_day_under_funding_is_doubted(tmp_path: Path) -> None:
    funds = "III. KINH PHÍ THỰC HIỆN\n1. Sở Tài chính lập dự toán, báo cáo UBND tỉnh trước ngày 15/6/2026.\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{funds}"), "có thể là nhiệm vụ, ở đây ghi vào funding")) == 1


def test_a_part_of_some_demands_is_doubted(tmp_path: Path) -> None:
    told = "III. MỘT SỐ YÊU CẦU\n1. Các xã chủ động làm kè.\n"
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "mục chỉ có yêu cầu")) == 1


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


def test_a_range_of_whole_numbers_is_a_figure(tmp_path: Path) -> None:
    told = "3. Sở Y tế kêu gọi 2-3 khách sạn.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "có thể là chỉ tiêu") == ["indicators/II.3-ct1"]


def test_a_long_sentence_with_the_word_for_aims_is_no_title_of_aims(tmp_path: Path) -> None:
    told = (
        "III. Việc trồng cây ven sông có ý nghĩa rất lớn đối với nhân dân, góp phần thực hiện các mục tiêu của tỉnh; "
        "đây là việc cần làm sớm trong năm nay\n1. Thứ nhất, bờ sông đã lở nhiều.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert [one["id"] for one in found.plan["objectives"]] == ["I.1"]
    assert len(doubted(found, "không rõ mục này là mục tiêu, nhiệm vụ")) == 1


def test_activities_behind_a_colon_are_no_source_of_funding(tmp_path: Path) -> None:
    told = "III. KINH PHÍ THỰC HIỆN\n- Giai đoạn đầu, theo chính sách tài chính:\n+ Thành lập ban.\n- Ngân sách tỉnh.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "đoạn kinh phí giao cơ quan làm việc") == ["funding/III-1"]


def test_an_objective_of_so_many_of_all_has_a_figure(tmp_path: Path) -> None:
    body = BODY.replace("bờ sông có bóng cây.", "xã hoàn thành 6/9 tiêu chí.")
    assert doubted(made(tmp_path, f"{HEAD}{body}"), "chưa lấy thành chỉ tiêu") == ["indicators/I.1-ct1"]


@pytest.mark.parametrize(
    "words",
    ["theo TCVN ISO 9001:2015", "triển khai Đề án 06 của Chính phủ", "Giai đoạn 2: trồng cây", "trẻ em dưới 18 tuổi"],
)
def test_figures_of_names_are_no_aims(tmp_path: Path, words: str) -> None:
    body = BODY.replace("bờ sông có bóng cây.", f"{words}.")
    assert not doubted(made(tmp_path, f"{HEAD}{body}"), "có thể là chỉ tiêu")


def test_a_figure_in_a_title_is_doubted(tmp_path: Path) -> None:
    told = "3. Thành lập trên 500 ha rừng mới:\n- Sở Y tế tưới cây.\n- Sở Nội vụ mua cây.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "tiêu đề có số liệu") == ["indicators/II.3-ct1"]


def test_how_things_stand_is_no_aim(tmp_path: Path) -> None:
    told = "III. BỐI CẢNH, HIỆN TRẠNG VÀ YÊU CẦU ĐẶT RA\n- Bờ sông bị sạt lở.\n- Cây còn ít.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{told}")
    assert [one["id"] for one in found.plan["objectives"]] == ["I.1"]
    assert doubted(found, "không rõ mục này là") == [""]


def test_a_sum_of_money_in_a_title_is_doubted(tmp_path: Path) -> None:
    told = "III. KINH PHÍ\n1. Tổng kinh phí năm 2026: 398.214 triệu đồng. Trong đó:\n- Ngân sách tỉnh.\n- Nguồn khác.\n"
    assert "funding/III.1" in doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "tiêu đề có số tiền")


def test_the_motto_of_a_month_is_no_aim(tmp_path: Path) -> None:
    body = BODY.replace("1. Mục tiêu chung là bờ sông có bóng cây.", "1. Chủ đề: “Cây xanh cho mọi nhà”.")
    found = made(tmp_path, f"{HEAD}{body}")
    assert "objectives" not in found.plan


def test_objectives_until_a_year_are_those_of_the_part_above(tmp_path: Path) -> None:
    told = "I. MỤC TIÊU\n1. Mục tiêu cụ thể\na) Mục tiêu đến hết năm 2026:\n- Cây xanh dọc bờ sông được bảo vệ.\n"
    found = made(tmp_path, HEAD + told + BODY.partition("\n")[2].partition("\n")[2])
    assert [one["kind"] for one in found.plan["objectives"]] == ["specific"]


@pytest.mark.parametrize(("title", "count"), [("MỤC TIÊU VÀ LỘ TRÌNH", 1), ("MỤC TIÊU CHUNG", 0), ("YÊU CẦU", 0)])
def test_a_title_of_aims_that_does_not_say_which_is_doubted_once(tmp_path: Path, title: str, count: int) -> None:
    told = f"I. {title}\n1. Lộ trình\n- Trồng cây ở xã.\n- Trồng cây ở phường.\n2. Trồng cây ở thôn.\n"
    found = made(tmp_path, HEAD + told + "II. NHIỆM VỤ\n1. Sở Y tế tưới cây.\n")
    assert len(doubted(found, "tiêu đề không nói mục tiêu chung hay cụ thể")) == count


def test_a_title_of_aims_may_end_with_a_full_stop(tmp_path: Path) -> None:
    told = "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích.\n- Trồng cây ở xã.\n- Trồng cây ở thôn.\n2. Yêu cầu.\n- Cây phải sống.\n"
    found = made(tmp_path, HEAD + told + "II. NHIỆM VỤ\n1. Sở Y tế tưới cây.\n").plan
    assert [(one["id"], one["kind"]) for one in found["objectives"]] == [
        ("I.1-1", "purpose"),
        ("I.1-2", "purpose"),
        ("I.2-1", "requirement"),
    ]


def test_a_sentence_of_aims_over_dashes_may_be_their_title(tmp_path: Path) -> None:
    told = "I. MỤC ĐÍCH\n1. Cây xanh cho xã.\n- Trồng cây ở xã.\n- Trồng cây ở thôn.\n"
    found = made(tmp_path, HEAD + told + "II. NHIỆM VỤ\n1. Sở Y tế tưới cây.\n")
    assert doubted(found, "được ghép vào đoạn này") == ["objectives/I.1"]


def test_a_figure_glued_to_its_unit_may_be_a_target(tmp_path: Path) -> None:
    told = "I. MỤC TIÊU\n1. Bảo đảm thoát nước với trận mưa 310mm/2 ngày.\nII. NHIỆM VỤ\n1. Sở Y tế tưới cây.\n"
    assert doubted(made(tmp_path, HEAD + told), "có số liệu có thể là chỉ tiêu") == ["indicators/I.1-ct1"]


def test_a_duty_behind_its_ground_among_the_funding_is_doubted(tmp_path: Path) -> None:
    told = (
        "III. KINH PHÍ\n1. Căn cứ nhiệm vụ được giao, các cơ quan, đơn vị lập dự toán kinh phí.\n2. Ngân sách tỉnh.\n"
    )
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "đoạn kinh phí giao cơ quan làm việc") == ["funding/III.1"]


def test_a_figure_written_as_a_word_may_be_a_target(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Sở Y tế bố trí ít nhất một nhân viên giữ cây.\n")
    assert "indicators/II.3-ct1" in doubted(found, "có số liệu có thể là chỉ tiêu")


@pytest.mark.parametrize("body", ["Từng sở, ban, ngành", "Mỗi đơn vị", "Các hãng hàng không"])
def test_a_requirement_that_begins_with_bodies_may_be_a_task(tmp_path: Path, body: str) -> None:
    told = f"I. YÊU CẦU\n1. {body} rà soát lại các kế hoạch trồng cây.\nII. NHIỆM VỤ\n1. Sở Y tế tưới cây.\n"
    assert doubted(made(tmp_path, HEAD + told), "đoạn mục tiêu mở đầu bằng cơ quan") == ["objectives/I.1"]
