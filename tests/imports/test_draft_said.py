"""What the wording of a task says and no key holds: each is a doubt at that key."""

from pathlib import Path

import pytest

from tests.imports.made import BODY, HEAD, made


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
        'đoạn này nói về báo cáo, hạn "trước ngày 15/11"; chưa ghi vào reporting (cấp coordinator)'
    ]
