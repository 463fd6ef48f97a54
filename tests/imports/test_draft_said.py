"""What the wording of a task says and no key holds: each is a doubt at that key."""

import tracemalloc
from pathlib import Path

import pytest

from tests.imports.made import BODY, HEAD, made

WORK = "rồng cây gạo, cây tre và cây bần ở bờ tả sông, chăm sóc, tưới nước, làm hàng rào và thay cây chết"


def _keys(folder: Path, text: str, name: str = "kh.txt") -> list[str]:
    found = made(folder, HEAD + BODY + text, name)
    return [one.at.removeprefix("tasks/II.3/") for one in found.doubts if one.at.startswith("tasks/II.3/")]


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("Tổ chức phối hợp hiệu quả giữa các trường và các xã.", ["support"]),
        ("Hoàn thiện quy chế phối hợp đã ký.", []),
        ("Phát huy trách nhiệm của UBND cấp xã trong việc giữ cây.", ["lead"]),
        ("Tuần tra bờ sông do Công an tỉnh điều phối.", ["lead"]),
        ("Gửi số liệu về Sở Y tế để tổng hợp.", ["lead"]),
        ("Tuyên truyền việc trồng cây; Tổ liên ngành tăng cường kiểm tra.", ["lead"]),
        ("Rà soát số cây; định kỳ 02 tuần/lần tổng hợp.", ["schedule"]),
        ("Rà soát số cây hằng năm.", ["schedule"]),
        ("Tổ chức phát động nhân ngày Môi trường 5/6.", ["schedule"]),
        ("Tổ chức phát động ở các xã tháng 9.", ["schedule"]),
        ("Xử lý điểm ngập trong 24-48 giờ sau khi nước rút.", ["schedule"]),
        ("Mở hội thảo, kết hợp với báo chí đưa tin.", ["support"]),
        ("Khuyến khích các địa phương góp cây giống.", ["lead"]),
        ("Phát huy vai trò nòng cốt của Ban Chỉ đạo trồng cây trong việc giữ rừng.", ["lead"]),
        ("Rà soát cây 3.1. Tổng hợp số cây.", ["text"]),
        ("Triển khai các việc sau:", ["text"]),
        ("Rà soát cây theo Luật Lâm nghiệp năm 2017.", []),
    ],
)
def test_who_and_when_that_only_the_wording_says(tmp_path: Path, sentence: str, keys: list[str]) -> None:
    assert _keys(tmp_path, f"3. {sentence}\n") == keys


@pytest.mark.parametrize(
    ("text", "cells", "at"),
    [
        ("Rà soát cây định kỳ hằng tuần", "| Sở Xây dựng | Năm 2026 |", ["tasks/PL.1/schedule"]),
        ("Rà soát cây trong năm 2026", "| Sở Xây dựng | Trong năm 2026 |", []),
        ("Rà soát cây năm 2025", "| Sở Xây dựng | Năm 2026 |", []),
        ("Rà soát cây trước ngày 15/3/2026", "| Sở Xây dựng | - |", ["tasks/PL.1/schedule"]),
    ],
)
def test_a_finer_time_in_the_wording_of_a_row(tmp_path: Path, text: str, cells: str, at: list[str]) -> None:
    head = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"
    table = f"Nơi nhận:\n- Như trên.\nPHỤ LỤC\nVIỆC\n{head}| 1 | {text} {cells}\n"
    found = made(tmp_path, HEAD + BODY + table, "kh.md")
    assert [one.at for one in found.doubts if one.at.startswith("tasks/PL")] == at


def test_a_doubt_about_reports_says_until_when(tmp_path: Path) -> None:
    duty = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng tổng hợp, báo cáo UBND tỉnh trước ngày 15/11/2026.\n"
    found = made(tmp_path, HEAD + BODY + duty)
    assert [one.why for one in found.doubts if one.at == "reporting"] == [
        'đoạn này nói về báo cáo, hạn "trước ngày 15/11/2026"; chưa ghi vào reporting (cấp coordinator)'
    ]


def test_a_condition_in_one_of_several_sentences_is_in_doubt(tmp_path: Path) -> None:
    one = "3. Cập nhật quy trình theo hướng dẫn của Bộ Y tế.\n"
    several = "3. Mua thuốc cho trạm y tế. Cập nhật quy trình theo hướng dẫn của Bộ Y tế.\n"
    assert "conditions" not in _keys(tmp_path, one)
    assert "conditions" in _keys(tmp_path, several)
    assert "conditions" in _keys(tmp_path, one.replace("Bộ Y tế", "Bộ, ngành chuyên môn"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"Sở Xây dựng t{WORK}.", []),
        (f"Sở Xây dựng (Trung tâm Cây xanh tỉnh) t{WORK}.", ["Trung tâm Cây xanh tỉnh"]),
        (f"Sở Xây dựng t{WORK} trước ngày 15/3/2026.", ["trước ngày 15/3/2026"]),
        (f"Sở Xây dựng t{WORK}, nơi nào chưa có thì làm ngay.", ["nơi nào chưa có thì làm ngay"]),
        (f"Sở Xây dựng t{WORK} cho tốt.", []),
    ],
)
def test_what_only_the_body_says_of_a_row_of_the_appendix(tmp_path: Path, body: str, said: list[str]) -> None:
    table = f"| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| 1 | T{WORK} | Sở Xây dựng |\n"
    text = (
        HEAD
        + f"I. MỤC TIÊU\n1. Bờ sông có bóng cây.\nII. NHIỆM VỤ\n1. {body}\nNơi nhận:\n- Như trên.\nPHỤ LỤC\nVIỆC\n{table}"
    )
    found = made(tmp_path, text, "kh.md")
    assert [one["id"] for one in found.plan["tasks"]] == ["PL.1"]
    assert [one.why for one in found.doubts if one.at == "tasks/PL.1/body"] == [
        f'phần thân còn ghi "{one}"; phụ lục không ghi' for one in said
    ]


@pytest.mark.parametrize(
    ("last", "doubted"),
    [
        ("2. Sở Y tế kiểm tra nước.\n", 0),
        ("2. Thanh tra tỉnh theo dõi, đôn đốc việc thực hiện các kết luận thanh tra.\n", 0),
        ("2. Sở Y tế\n- Kiểm tra nước.\nGiao Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n", 1),
    ],
)
def test_who_follows_a_plan_up_is_in_doubt_where_a_lead_that_does_is(tmp_path: Path, last: str, doubted: int) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng theo dõi, tổng hợp, báo cáo UBND tỉnh kết quả thực hiện Kế hoạch.\n"
    found = made(tmp_path, HEAD + BODY + told + last)
    assert len([one for one in found.doubts if one.at == "coordinator"]) == doubted


def test_who_only_follows_up_something_else_follows_no_plan_up(tmp_path: Path) -> None:
    told = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng theo dõi, đôn đốc việc thực hiện các kết luận thanh tra.\n"
    assert [one.at for one in made(tmp_path, HEAD + BODY + told).doubts if one.at == "coordinator"] == ["coordinator"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("3. Mời cơ quan chuyên môn phối hợp hướng dẫn.\nThời gian: Năm 2026.", "support"),
        ("3. Sở Y tế (Chi cục Dân số, Bệnh viện tỉnh) trồng cây.", "lead"),
    ],
)
def test_who_is_named_beside_a_label_or_in_brackets(tmp_path: Path, line: str, key: str) -> None:
    assert key in _keys(tmp_path, f"{line}\n")


@pytest.mark.parametrize(
    ("title", "schedule", "doubts"),
    [
        ("3. Việc làm trước năm 2027", "trước năm 2027", 0),
        ("3. Việc làm năm 2026", "năm 2026", 1),
        ("3. Tình hình thu ngân sách năm 2025", None, 0),
    ],
)
def test_a_year_in_a_title_is_a_time_only_where_it_says_so(
    tmp_path: Path, title: str, schedule: str | None, doubts: int
) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}{title}\n- Trồng tre.\n- Trồng gạo.\n")
    assert found.plan["sections"][-1].get("schedule") == schedule
    assert len([one for one in found.doubts if one.at == "sections/II.3/schedule"]) == doubts


@pytest.mark.parametrize(
    ("title", "at"),
    [
        ("3. Việc làm ngay trong tháng 12/2026", ["sections/II.3/schedule"]),
        ("3. Việc làm ngay", []),
    ],
)
def test_a_time_in_a_title_that_no_key_has(tmp_path: Path, title: str, at: list[str]) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}{title}\n- Trồng tre.\n- Trồng gạo.\n")
    assert [one.at for one in found.doubts if one.at.startswith("sections/")] == at


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("Rà soát số cây. Đồng thời, các cấp, các ngành cần bố trí vốn.", ["lead"]),
        ("Rà soát số cây. Mỗi cơ quan phải xây dựng sổ cây.", ["lead"]),
        ("Tổ chức trồng cây – Trường THPT Hàm Rồng thực hiện.", ["lead"]),
        ("Tổ chức trồng cây ngay sau khi được phê duyệt.", ["conditions"]),
        ("Sơ kết 6 tháng, 1 năm trồng cây.", ["schedule"]),
    ],
)
def test_who_and_when_in_later_sentences(tmp_path: Path, sentence: str, keys: list[str]) -> None:
    assert _keys(tmp_path, f"3. {sentence}\n") == keys


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("1. Kinh phí từ ngân sách tỉnh.", 0),
        ("1. Rà soát phương tiện hiện có.", 1),
        ("1. Thời gian thực hiện: Từ năm 2026.", 1),
    ],
)
def test_work_below_a_title_that_only_also_names_funding(tmp_path: Path, line: str, count: int) -> None:
    found = made(tmp_path, f"{HEAD}{BODY}III. BẢO ĐẢM PHƯƠNG TIỆN, KINH PHÍ\n{line}\n")
    assert len([one for one in found.doubts if one.at == "funding/III.1"]) == count


def test_a_topic_that_begins_with_the_name_of_a_group_leads_nothing(tmp_path: Path) -> None:
    lines = (
        "3. Chuyển đổi số\na) Doanh nghiệp số\n- Tổ chức tập huấn.\n- Mở lớp học.\nb) Thanh toán số\n- Mở tài khoản.\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert [one.get("lead") for one in found.plan["tasks"][2:]] == [None] * 3


def test_bodies_in_brackets_of_a_lead_in_are_no_part_of_it(tmp_path: Path) -> None:
    lines = "3. Trồng cây\n- Giao Sở Xây dựng (Trung tâm Cây xanh):\n+ Mua cây.\n+ Tưới cây.\n"
    found = made(tmp_path, f"{HEAD}{BODY}{lines}")
    assert [one.at for one in found.doubts if "Trung tâm Cây xanh" in one.text] == ["sections/II.3-1"]


def test_who_is_directed_to_do_the_work(tmp_path: Path) -> None:
    assert _keys(tmp_path, "3. Sở Xây dựng chỉ đạo Chi cục Kiểm lâm giữ cây.\n") == ["lead"]
    assert _keys(tmp_path, "3. Sở Xây dựng chủ trì, làm việc với Sở Y tế về cây.\n") == ["support"]


def test_a_year_behind_the_name_of_a_scheme_is_a_time(tmp_path: Path) -> None:
    assert _keys(tmp_path, "3. Phê duyệt Đề án trồng cây trong năm 2026 để triển khai.\n") == ["schedule"]


def test_who_leads_together_with_another(tmp_path: Path) -> None:
    line = "3. Sở Xây dựng\n- Đồng chủ trì với Sở Y tế trồng cây.\n"
    found = made(tmp_path, HEAD + BODY + line)
    assert "tasks/II.3-1/lead" in [one.at for one in found.doubts]


def test_words_of_a_quoted_name_are_no_condition(tmp_path: Path) -> None:
    quoted = made(tmp_path, f"{HEAD}{BODY}3. Xây dựng Đề án “Chăm sóc cây sau khi được phê duyệt”.\n")
    assert "conditions" not in quoted.plan["tasks"][-1]
    said = made(tmp_path, f"{HEAD}{BODY}3. Xây dựng Đề án “Cây” sau khi được tỉnh phê duyệt.\n")
    assert "conditions" in said.plan["tasks"][-1]


@pytest.mark.slow
def test_a_condition_that_names_bodies_on_and_on_costs_no_copy_for_each(tmp_path: Path) -> None:
    words = "sau khi ban hành ý kiến của các xã khi " * 2500
    tracemalloc.start()
    try:
        made(tmp_path, f"{HEAD}{BODY}3. Sở Y tế trồng cây {words}có nước.\n")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The text itself is 200 kB.
    assert most < 100 * 2**20
