"""What marks, titles and labels make of the lines of a document."""

from pathlib import Path
from typing import Any

import pytest

from kehoach_cli.core.draft.lines import Mark, line_of
from kehoach_cli.core.draft.notes import Draft
from tests.imports.made import HEAD, doubted, made

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
