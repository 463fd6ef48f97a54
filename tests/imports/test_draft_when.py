"""When the work is due: deadlines that are read, and those that only a doubt names."""

from pathlib import Path

import pytest

from tests.imports.made import BODY, HEAD, doubted, made


def test_an_item_that_begins_with_a_label_keeps_its_words(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Thời gian: 02 ngày, từ thứ Hai.\n")
    assert found.plan["tasks"][-1]["text"] == "Thời gian: 02 ngày, từ thứ Hai."
    assert "schedule" not in found.plan["tasks"][-1]


@pytest.mark.parametrize("dash", ["", "- "])
def test_when_and_where_an_event_is_held_does_not_take_the_place_of_its_name(tmp_path: Path, dash: str) -> None:
    event = f"3. Hội thi vẽ tranh\n{dash}Thời gian: Quý III năm 2026.\n{dash}Địa điểm: Hội trường tỉnh.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{event}")
    row = found.plan["tasks"][2]
    assert (row["id"], row["schedule"]) == ("II.3", "Quý III năm 2026")
    assert row["text"].startswith("Hội thi vẽ tranh")
    assert doubted(found, "địa điểm, đối tượng") == ["tasks/II.3/text"]


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


def test_a_last_line_with_a_day_is_no_closing_line(tmp_path: Path) -> None:
    end = "Yêu cầu các đơn vị triển khai thực hiện, trước ngày 10 tháng 01 hàng năm gửi số cây đã trồng."
    found = made(tmp_path, f"{HEAD}{BODY}3. Gửi số cây\n{end}\n")
    assert [one["text"] for one in found.plan["tasks"][2:]] == [end]
    assert doubted(found, "có thời hạn") == ["tasks/II.3/schedule"]


def test_a_deadline_behind_the_word_for_law_is_none_of_a_law(tmp_path: Path) -> None:
    told = (
        "III. NHIỆM VỤ BỔ SUNG\n1. Sở Y tế đề xuất theo quy định của pháp luật, xong trước ngày 15 tháng 12 năm 2026.\n"
    )
    assert len(doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "câu có thời hạn")) == 1


def test_a_year_behind_the_passing_of_a_law_is_a_deadline(tmp_path: Path) -> None:
    told = "3. Sở Y tế trình văn bản ngay sau khi Luật Cây xanh (sửa đổi) ban hành trong năm 2026.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "câu có thời hạn") == ["tasks/II.3/schedule"]


def test_each_deadline_of_a_sentence_is_named(tmp_path: Path) -> None:
    told = (
        "III. NHIỆM VỤ BỔ SUNG\n1. Sở Y tế lập hồ sơ trước ngày 15/3/2026, trình duyệt trước ngày 30/6/2026.\n"
        "2. Trồng cây xong trước tháng 5/2026, tổng kết trước tháng 9/2026.\n- Thời gian: trước tháng 5/2026\n"
    )
    whys = {one.at: one.why for one in made(tmp_path, f"{HEAD}{BODY}{told}").doubts if one.at.endswith("/schedule")}
    assert '"trước ngày 15/3/2026", "trước ngày 30/6/2026"' in whys["tasks/III.1/schedule"]
    assert 'còn nêu thời hạn "trước tháng 9/2026" ngoài' in whys["tasks/III.2/schedule"]


def test_labels_that_say_for_what_are_labels(tmp_path: Path) -> None:
    told = (
        "3. Nghị định về trồng cây\n- Nội dung: Soạn dự thảo.\n- Cơ quan chủ trì soạn thảo: Sở Y tế.\n"
        "- Thời gian trình Chính phủ: Tháng 5 năm 2026.\n"
    )
    task = made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"][-1]
    assert (task["lead"], task["schedule"], task["text"]) == (["so-y-te"], "Tháng 5 năm 2026", "Soạn dự thảo.")


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


def test_a_line_that_only_says_until_when_may_be_of_the_line_above(tmp_path: Path) -> None:
    told = "3. Việc khác\n- Sở Y tế tưới cây.\n- Hoàn thành trong quý II năm 2026.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "chỉ nêu thời hạn") == ["tasks/II.3-2/text"]


def test_the_deadline_of_a_report_that_is_to_be_written_is_doubted(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chuẩn bị nội dung báo cáo tóm tắt, trình trước ngày 09/02/2026.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "câu có thời hạn") == ["tasks/III.1/schedule"]


def test_a_day_without_a_year_in_a_sentence_is_named(tmp_path: Path) -> None:
    told = "3. Sở Y tế tưới cây, báo cáo Sở Nội vụ trước 10/9.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "10/9")


def test_a_session_of_the_assembly_is_a_time(tmp_path: Path) -> None:
    told = "3. Trình chính sách trồng cây tại Kỳ họp thứ 6 Quốc hội khóa XV.\n"
    assert "tasks/II.3/schedule" in doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "Kỳ họp thứ 6")


def test_a_term_that_begins_with_an_event_is_a_time(tmp_path: Path) -> None:
    told = "3. Tổng hợp ý kiến sau 15 ngày kể từ ngày gửi văn bản.\n"
    assert "tasks/II.3/schedule" in doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "sau 15 ngày kể từ")


@pytest.mark.parametrize(
    ("title", "count"),
    [("NHIỆM VỤ THƯỜNG XUYÊN", 1), ("NHIỆM VỤ CHI THƯỜNG XUYÊN", 0), ("NHIỆM VỤ GIÁO DỤC THƯỜNG XUYÊN", 0)],
)
def test_a_title_of_work_that_is_done_again_and_again_has_a_time(tmp_path: Path, title: str, count: int) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}III. {title}\n1. Sở Y tế tưới cây.\n")
    assert doubted(found, "tiêu đề có").count("sections/III/schedule") == count


def test_the_shortest_time_is_a_time(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Sở Y tế trồng cây trong thời gian sớm nhất.\n")
    assert "tasks/II.3/schedule" in doubted(found, "trong thời gian sớm nhất")


@pytest.mark.parametrize("when", ["trước và trong mùa mưa", "trước, trong và sau Tết"])
def test_a_time_before_and_during_a_season_is_a_time(tmp_path: Path, when: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Sở Y tế giữ cây {when}.\n")
    assert "tasks/II.3/schedule" in doubted(found, "câu có thời hạn")


def test_a_yearly_report_is_a_time(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Sở Y tế công bố báo cáo thường niên về cây.\n")
    assert "tasks/II.3/schedule" in doubted(found, "thường niên")


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("Trình Chính phủ hồ sơ Luật Cây xanh trong tháng 7 năm 2026.", 1),
        ("Xây dựng dự thảo Luật trình Quốc hội tại kỳ họp cuối năm 2026.", 1),
        ("Tuyên truyền Luật Lâm nghiệp năm 2017.", 0),
        ("Tuyên truyền Luật Đầu tư công năm 2019.", 0),
        ("Tuyên truyền Luật Phòng, chống bạo lực trong gia đình năm 2022.", 0),
        ("Tuyên truyền Luật Lâm nghiệp ngày 15 tháng 11 năm 2017.", 0),
    ],
)
def test_a_time_behind_a_law_is_not_the_year_of_the_law(tmp_path: Path, told: str, count: int) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. {told}\n")
    assert len([one for one in found.doubts if one.at == "tasks/II.3/schedule"]) == count
