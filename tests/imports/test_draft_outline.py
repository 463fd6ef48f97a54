"""What marks, titles and labels make of the lines of a document."""

from pathlib import Path
from typing import Any

import pytest

from kehoach_cli.core.draft.lines import Mark, line_of
from kehoach_cli.core.draft.notes import Draft
from tests.imports.made import BODY, HEAD, doubted, made

POINTS = """(1) Rà soát hành lang bờ sông.
- Đơn vị chủ trì thực hiện: Sở Xây dựng.
- Thời gian hoàn thành: Trong tháng 8/2026.
(2) Mua cây giống cho các xã.
- Đơn vị chủ trì thực hiện: Sở Tài chính.
- Đơn vị phối hợp: Sở Nội vụ.
- Thời gian hoàn thành: Tháng 9/2026.
"""


def tasks(found: Draft) -> list[tuple[Any, ...]]:
    keys = ("id", "lead", "support", "schedule")
    return [tuple(one.get(key) for key in keys) for one in found.plan["tasks"]]


def test_a_number_in_brackets_is_a_mark() -> None:
    line = line_of("(12) Trồng cây", "")
    assert (line.mark, line.number, line.text) == (Mark.POINT, ("12",), "Trồng cây")


def test_labels_belong_to_the_point_over_them(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. Chuẩn bị\n{POINTS}2. Trồng cây\n{POINTS}")
    assert tasks(found) == [
        ("I.1-1", ["so-xay-dung"], None, "Trong tháng 8/2026"),
        ("I.1-2", ["so-tai-chinh"], ["so-noi-vu"], "Tháng 9/2026"),
        ("I.2-1", ["so-xay-dung"], None, "Trong tháng 8/2026"),
        ("I.2-2", ["so-tai-chinh"], ["so-noi-vu"], "Tháng 9/2026"),
    ]


def test_points_below_a_dash_that_announces_them_are_its_wording(tmp_path: Path) -> None:
    dashes = "- Trồng cây ven sông, gồm các bước:\n(1) Làm đất;\n(2) Đào hố;\n- Tưới cây hằng tuần.\n"
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. Chuẩn bị\n{dashes}")
    assert [one["text"] for one in found.plan["tasks"]] == [
        "Trồng cây ven sông, gồm các bước: (1) Làm đất; (2) Đào hố;",
        "Tưới cây hằng tuần.",
    ]


def test_a_part_whose_lines_say_who_does_them_has_tasks(tmp_path: Path) -> None:
    found = made(tmp_path, f"{HEAD}1. Hoàn thiện bờ sông\n{POINTS}")
    assert [one[:2] for one in tasks(found)] == [("I-1", ["so-xay-dung"]), ("I-2", ["so-tai-chinh"])]


def test_a_label_that_speaks_again_of_the_same_is_doubted(tmp_path: Path) -> None:
    first = "- Cơ quan chủ trì: Sở Xây dựng.\n- Thời gian: Quý I/2026.\n"
    again = "- Cơ quan chủ trì: Sở Tài chính.\n- Tiến độ: Quý II/2026.\n"
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. Trồng 20 cây gạo.\n{first}{again}")
    assert tasks(found) == [("I.1", ["so-xay-dung"], None, "Quý I/2026")]
    assert doubted(found, "nhiều dòng cùng nói") == ["tasks/I.1/lead", "tasks/I.1/schedule"]


def test_a_label_that_announces_the_others_says_nothing_itself(tmp_path: Path) -> None:
    labels = "- Đơn vị thực hiện:\n- Đơn vị chủ trì: Sở Xây dựng.\n- Đơn vị phối hợp: Sở Nội vụ.\n"
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. Trồng 20 cây gạo.\n{labels}")
    assert tasks(found) == [("I.1", ["so-xay-dung"], ["so-noi-vu"], None)]
    assert not doubted(found, "nhiều dòng cùng nói")


@pytest.mark.parametrize("item", ["a) Trồng cây ở các xã,", "- Trồng cây ở các xã,"])
def test_labels_of_lines_that_one_task_takes_in_are_doubted(tmp_path: Path, item: str) -> None:
    below = "+ Mua cây giống; thời gian: Quý I/2026\n+ Đào hố; cơ quan chủ trì: Sở Xây dựng\n"
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. Chuẩn bị\n{item}\n{below}- Tưới cây.\n")
    assert doubted(found, "được ghép vào nhiệm vụ này; chưa lấy") == ["tasks/I.1-1/schedule", "tasks/I.1-1/lead"]


def test_lines_below_a_line_that_only_says_who_leads_keep_what_stands_below_them(tmp_path: Path) -> None:
    below = "- Trồng cây ở các xã:\n+ Xã Hoa Lộc;\n+ Xã Triệu Lộc.\n- Tưới cây.\n"
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. Chuẩn bị\na) Sở Xây dựng chủ trì, phối hợp với Sở Nội vụ:\n{below}")
    assert [one["text"] for one in found.plan["tasks"]] == [
        "Trồng cây ở các xã: + Xã Hoa Lộc; + Xã Triệu Lộc.",
        "Tưới cây.",
    ]


def test_a_dash_that_says_more_than_who_leads_keeps_its_words(tmp_path: Path) -> None:
    dash = "- Chủ trì, phối hợp với Sở Nội vụ trong việc trồng cây trước ngày 30/4/2026, gồm:\n+ Xã Hoa Lộc;\n+ Xã Triệu.\n"
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. Chuẩn bị\n{dash}- Tưới cây.\n")
    assert found.plan["tasks"][0]["text"].endswith("trước ngày 30/4/2026, gồm: + Xã Hoa Lộc; + Xã Triệu.")
    assert "tasks/I.1-1/schedule" in doubted(found, "câu có thời hạn")


def test_a_line_of_a_body_that_says_more_than_that_it_leads_is_a_title_in_doubt(tmp_path: Path) -> None:
    below = (
        "- Sở Xây dựng chủ trì trồng cây trong tháng 5, cụ thể:\n+ Làm đất ở xã Hoa Lộc;\n+ Đào hố ở xã Triệu Lộc.\n"
    )
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. Chuẩn bị\n{below}- Tưới cây.\n")
    assert [one["title"] for one in found.plan["sections"]][-1] == "Sở Xây dựng chủ trì trồng cây trong tháng 5, cụ thể"
    assert [one[1] for one in tasks(found)] == [["so-xay-dung"], ["so-xay-dung"], None]
    assert doubted(found, "câu dẫn còn nêu việc") == ["sections/I.1-1"]


@pytest.mark.parametrize(
    ("line", "doubts"), [("Sở Xây dựng chủ trì:", 0), ("Sở Xây dựng chủ trì trồng cây trước ngày 30/4/2026, gồm:", 1)]
)
def test_a_paragraph_before_dashes_that_says_more_than_who_leads_is_doubted(
    tmp_path: Path, line: str, doubts: int
) -> None:
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. Chuẩn bị\n{line}\n- Làm đất.\n- Đào hố.\n")
    assert [one[1] for one in tasks(found)] == [["so-xay-dung"], ["so-xay-dung"]]
    assert len(doubted(found, "câu dẫn còn nêu việc")) == doubts


def test_a_short_line_among_objectives_may_be_a_title(tmp_path: Path) -> None:
    lines = "- Hàng cây ven sông\nTrồng ít nhất 20 cây gạo.\n- Chăm sóc hàng cây thường xuyên\n- 100% cây sống\n"
    found = made(tmp_path, f"{HEAD}I. MỤC TIÊU\n1. Mục tiêu cụ thể\n{lines}")
    assert doubted(found, "có thể là tiêu đề") == ["objectives/I.1-1"]


@pytest.mark.parametrize("title", ["Các hoạt động chính", "Nội dung hoạt động:", "Biện pháp"])
def test_a_title_of_activities_below_objectives_has_tasks(tmp_path: Path, title: str) -> None:
    found = made(tmp_path, f"{HEAD}I. MỤC TIÊU\n1. Tuần trồng cây\na) {title}\n- Phát động trồng cây.\n- Tưới cây.\n")
    assert [one["text"] for one in found.plan["tasks"]] == ["Phát động trồng cây.", "Tưới cây."]


def test_objectives_that_give_work_are_doubted(tmp_path: Path) -> None:
    lead_in = "Căn cứ tình hình, các cơ quan, đơn vị phối hợp thực hiện các hoạt động sau:\n"
    lines = "- Phát động trồng cây.\n- Tưới cây.\n2. Các sở, ngành triển khai thực hiện Kế hoạch này.\n3. Bờ sông có bóng cây.\n"
    found = made(tmp_path, f"{HEAD}I. MỤC TIÊU\n1. Tuần trồng cây\n{lead_in}{lines}")
    assert doubted(found, "có thể là việc phải làm") == ["objectives/I.1-1", "objectives/I.1-2"]
    assert doubted(found, "mở đầu bằng cơ quan, đơn vị phải làm") == ["objectives/I.2"]


def test_a_title_of_several_kinds_tells_no_kind(tmp_path: Path) -> None:
    text = "I. MỤC ĐÍCH, YÊU CẦU\n1. Bờ sông có bóng cây.\n2. Yêu cầu: trồng cây đúng lịch.\nII. QUAN ĐIỂM\n1. Cây là bạn.\n"
    found = made(tmp_path, f"{HEAD}{text}")
    assert [one.get("kind") for one in found.plan["objectives"]] == [None, "requirement", "viewpoint"]


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Cán bộ, công chức của", 1),
        ("Trồng cây ở bờ sông,", 1),
        ("TRỒNG CÂY Ở BỜ SÔNG CỦA", 1),
        ("Trồng cây trước ngày", 1),
        ("Trồng cây ở thôn Giữa", 0),
        ("Nhiệm vụ các năm tiếp theo", 0),
        ("Cơ quan trực thuộc", 0),
    ],
)
def test_a_title_that_ends_in_the_middle_is_doubted(tmp_path: Path, title: str, cut: int) -> None:
    found = made(tmp_path, f"{HEAD}I. NHIỆM VỤ\n1. {title}\n- Trồng cây.\n- Tưới cây.\n")
    assert doubted(found, "bị ngắt giữa câu; phần sau") == ["sections/I.1"] * cut


@pytest.mark.parametrize("part", ["I. KINH PHÍ THỰC HIỆN\n", "I. TỔ CHỨC THỰC HIỆN\n1. Kinh phí thực hiện:\n"])
def test_a_line_that_names_the_funding_below_its_title_is_no_cost_of_a_task(tmp_path: Path, part: str) -> None:
    lines = "- Nguồn kinh phí: từ ngân sách tỉnh.\n- Việc lập dự toán theo quy định.\n"
    found = made(tmp_path, f"{HEAD}{part}{lines}")
    assert [one["text"] for one in found.plan["funding"]] == [
        "Nguồn kinh phí: từ ngân sách tỉnh.",
        "Việc lập dự toán theo quy định.",
    ]
    assert found.plan["tasks"] == []


@pytest.mark.parametrize("part", ["I. MỤC TIÊU", "I. KINH PHÍ"])
def test_labels_of_parts_without_tasks_are_doubted(tmp_path: Path, part: str) -> None:
    found = made(tmp_path, f"{HEAD}{part}\nThời gian thực hiện: Quý I/2026.\nII. NHIỆM VỤ\n1. Trồng cây.\n")
    assert [one.text for one in found.doubts if "không phải nhiệm vụ; chưa lấy" in one.why] == [
        "Thời gian thực hiện: Quý I/2026."
    ]


def test_labels_behind_letters_speak_of_the_heading(tmp_path: Path) -> None:
    item = "3. Tập huấn\na) Mở lớp trồng cây.\nb) Đơn vị chủ trì: Sở Y tế.\nc) Thời gian: Quý II năm 2026.\n"
    row = made(tmp_path, f"{HEAD}{BODY}{item}").plan["tasks"][-1]
    assert (row["id"], row["text"], row["lead"]) == ("II.3", "a) Mở lớp trồng cây.", ["so-y-te"])
    assert row["schedule"] == "Quý II năm 2026"


@pytest.mark.parametrize(
    ("title", "at"),
    [
        ("3. Các đội lưu động Hàm Rồng", ["tasks/II.3-1", "tasks/II.3-2"]),
        ("3. Trồng cây\nCác đội lưu động Hàm Rồng:", ["tasks/II.3-1", "tasks/II.3-2"]),
        ("3. Trồng cây", []),
    ],
)
def test_each_task_below_bodies_that_cannot_be_read_is_in_doubt(tmp_path: Path, title: str, at: list[str]) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}{title}\n- Tưới cây.\n- Bón phân.\n")
    assert doubted(found, "tiêu đề bên trên nêu cơ quan") == at


APPENDIX = "Nơi nhận:\n- Lưu: VT.\nPHỤ LỤC\n{}\n(Kèm theo Kế hoạch số 21/KH-UBND)\n{}"
LISTED = "1. Sở Y tế:\na) Ươm cây.\nb) Tưới cây trước ngày 30/6/2026.\n2. Sở Xây dựng:\na) Rào bờ sông.\n"


def test_an_appendix_that_gives_work_in_lines_is_read(tmp_path: Path) -> None:
    found = made(tmp_path, HEAD + BODY + APPENDIX.format("NHIỆM VỤ GIAO CÁC SỞ", LISTED))
    rows = [(one["id"], one["kind"], one.get("lead")) for one in found.plan["tasks"][2:]]
    assert rows == [
        ("PL.1-1", "task", ["so-y-te"]),
        ("PL.1-2", "task", ["so-y-te"]),
        ("PL.2-1", "task", ["so-xay-dung"]),
    ]
    assert [one["id"] for one in found.plan["sections"][-3:]] == ["PL", "PL.1", "PL.2"]
    assert doubted(found, "các việc lấy theo dòng đánh số") == ["sections/PL"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("CHỨC NĂNG, NHIỆM VỤ CỦA BAN QUẢN LÝ", LISTED),
        ("MẪU BÁO CÁO THỰC HIỆN NHIỆM VỤ", LISTED),
        ("DANH MỤC NHIỆM VỤ", "TT\nNhiệm vụ\nCơ quan chủ trì\n1. Ươm cây\nSở Y tế\n2. Tưới cây\nSở Y tế\n"),
        ("NHIỆM VỤ CỦA CÁC SỞ", "Các sở cùng trồng cây.\nCác xã tưới cây.\n"),
    ],
)
def test_an_appendix_that_gives_nobody_work_or_is_a_table_in_lines_is_not_read(
    tmp_path: Path, title: str, lines: str
) -> None:
    found = made(tmp_path, HEAD + BODY + APPENDIX.format(title, lines))
    assert len(found.plan["tasks"]) == 2
    assert len(doubted(found, "phụ lục không có bảng; chưa lấy")) == 1


def test_parts_of_an_appendix_have_ids_below_it(tmp_path: Path) -> None:
    lines = "I. Ươm cây\n1. Sở Y tế ươm tre.\nII. Tưới cây\n1. Sở Y tế tưới tre.\n"
    found = made(tmp_path, HEAD + BODY + APPENDIX.format("NHIỆM VỤ GIAO CÁC SỞ", lines))
    assert [one["id"] for one in found.plan["tasks"][2:]] == ["PL.I.1", "PL.II.1"]


def test_a_title_with_a_full_stop_over_what_bodies_do_is_a_title(tmp_path: Path) -> None:
    told = "3. Công tác tuyên truyền.\n- Sở Y tế chủ trì tưới cây.\n- Sở Nội vụ mua cây.\n"
    leads = {one["id"]: one.get("lead") for one in made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"]}
    assert (leads["II.3-1"], leads["II.3-2"]) == (["so-y-te"], ["so-noi-vu"])


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("TĂNG CƯỜNG TRỒNG CÂY", ["II.1", "II.2", "III.1", "III.2"]),
        ("ĐÁNH GIÁ VIỆC TRỒNG CÂY", ["II.1", "II.2"]),
        ("CÂY XANH", ["II.1", "II.2"]),
    ],
)
def test_a_part_whose_title_and_lines_say_what_to_do_gives_work(tmp_path: Path, title: str, ids: list[str]) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}III. {title}\n1. Rà soát cây giống ở vườn.\n2. Tưới cây ở xã.\n")
    assert [one["id"] for one in found.plan["tasks"]] == ids
    assert len(doubted(found, "tiêu đề không nói là nhiệm vụ")) == (len(ids) > 2)


def test_a_long_line_that_announces_lettered_lines_is_their_title(tmp_path: Path) -> None:
    told = f"3. Để {'trồng cây cho đẹp và ' * 20}sống lâu, tập trung thực hiện một số nhiệm vụ sau:\n"
    told += "a) Sở Y tế\n- Trồng cây ở bệnh viện.\n- Tưới cây.\nb) Sở Nội vụ\n- Mua cây.\n"
    leads = {one["id"]: one.get("lead") for one in made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"]}
    assert {key: leads[key] for key in leads if "II.3" in key} == {
        "II.3-1-1": ["so-y-te"],
        "II.3-1-2": ["so-y-te"],
        "II.3-2-1": ["so-noi-vu"],
    }


def test_a_paragraph_with_a_roman_number_and_nothing_below_is_doubted(tmp_path: Path) -> None:
    told = f"III. Nhiệm vụ trồng cây là việc {'rất quan trọng ' * 10}của các xã. Tuy nhiên, cây còn ít.\nIV. NHIỆM VỤ KHÁC\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "như đoạn văn") == ["sections/III"]


def test_a_title_of_two_sentences_may_give_work(tmp_path: Path) -> None:
    told = f"3. Sở Y tế tiếp thu {'các ý kiến về cây ' * 8}để trồng cây. Ngoài ra cần làm:\n- Tưới cây.\n- Mua cây.\n"
    assert doubted(made(tmp_path, f"{HEAD}{BODY}{told}"), "như đoạn văn") == ["sections/II.3"]


def test_a_part_half_of_whose_lines_ask_bodies_gives_work(tmp_path: Path) -> None:
    told = "III. VỀ CÂY XANH\nYêu cầu Ban Quản lý dự án 2 trồng cây trước ngày 21/6/2026.\nIV. CÂY XANH\nCây xanh rất đẹp.\n"
    tasks = made(tmp_path, f"{HEAD}{BODY}{told}").plan["tasks"]
    assert [one["id"] for one in tasks] == ["II.1", "II.2", "III"]


@pytest.mark.parametrize("name", ["tuyến Giao thông nông thôn", "lĩnh vực Quản lý nhà nước", "mời Thanh tra tỉnh xem"])
def test_a_name_that_begins_with_a_verb_begins_no_item(tmp_path: Path, name: str) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}3. Trồng cây ở {name} về cây.\n")
    assert not doubted(found, "có thể là một mục khác viết liền")
