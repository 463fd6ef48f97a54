"""Right files that look like contradictions: other spellings, other documents, other years for a good reason."""

from pathlib import Path

import pytest

from kehoach_cli.rules.engine import Selection, lint
from kehoach_cli.store.base.provinces import provinces
from kehoach_cli.store.workspace.init import Starter, starter_files
from kehoach_cli.store.workspace.lint import source_files
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.settings import Settings
from tests.rules.workspaces import PLAN, REGISTRY, linted

TASK = "    schedule: 2022 - 2025\n"
CITE = "  cite: Kế hoạch số 1/KH-UBND ngày 10/01/2022\n"
HEAD = "  type: KH\n  number: 1/KH-UBND\n  date: 2022-01-10\n"
OLD = "  - {id: so-cu, name: Sở Cũ, kind: so, valid: {to: 2025-02-28}, successors: [{id: so-b, from: 2025-03-01}]}\n"


def head(kind: str, number: str, day: str, cite: str) -> str:
    """Return the plan with another head."""
    other = f"  type: {kind}\n  number: {number}\n  date: {day}\n"
    return PLAN.replace(HEAD, other).replace(CITE, f"  cite: {cite}\n")


def scheduled(schedule: str, printed: str) -> str:
    """Return the plan with a schedule and its printed cell."""
    return PLAN.replace(TASK, f'    schedule: "{schedule}"\n    as_issued: {{schedule: "{printed}"}}\n')


def aimed(target: str, printed: str, unit: str = "%") -> str:
    """Return the plan with a target and its printed cell."""
    targets = f'{{2025: {target}}}, as_issued: {{targets: {{2025: "{printed}"}}}}'
    return PLAN.replace('{2025: "95"}', targets).replace('unit: "%"', f'unit: "{unit}"')


def named(name: str, unit: str, printed: str) -> str:
    """Return the plan with the name of an indicator, its unit and its printed cell."""
    own = f'name: "{name}", unit: "{unit}", as_issued: {{name: "{printed}"}}'
    return PLAN.replace('name: Tỷ lệ hộ được dùng nước sạch, unit: "%"', own).replace('"95"', '"9,5"')


def conditioned(condition: str, text: str) -> str:
    """Return the plan with a task of this text and a condition."""
    return PLAN.replace(
        "    text: Kiểm tra việc xử lý nước thải.\n", f'    text: "{text}"\n    conditions: [{{{condition}}}]\n'
    )


PLANS = {
    "a long date": head(
        "KH", "1/KH-UBND", "2022-01-10", "Kế hoạch số 1/KH-UBND, ngày 10 tháng 01 năm 2022 của UBND tỉnh"
    ),
    "spaces in the number": head("KH", "1/KH-UBND", "2022-01-10", "Kế hoạch số 1 /KH-UBND ngày 10 / 01 / 2022"),
    "a citation of another document": head(
        "KH",
        "1/KH-UBND",
        "2022-01-10",
        "Kế hoạch thực hiện Quyết định số 450/QĐ-TTg ngày 13/4/2021 của Thủ tướng Chính phủ",
    ),
    "a citation of another plan": head(
        "KH", "1/KH-UBND", "2022-01-10", "Kế hoạch triển khai Kế hoạch số 300/KH-BTNMT ngày 13/4/2021 của Bộ"
    ),
    "a plan issued with a decision": head(
        "QĐ", "12/QĐ-UBND", "2022-01-10", "Kế hoạch xanh (ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 10/01/2022)"
    ),
    "a plan of the Party": head("KH", '"12-KH/TU"', "2022-01-10", "Kế hoạch số 12-KH/TU ngày 10/01/2022 của Tỉnh ủy"),
    "a month without its day": head(
        "KH",
        "1/KH-UBND",
        '"2022-01"  # kehoach: ignore[K109] bản sao để trống ngày',
        "Kế hoạch số 1/KH-UBND ngày 10/01/2022",
    ),
    "an action programme": head(
        "CTr", "5/CTr-UBND", "2022-01-10", "Chương trình hành động số 5/CTr-UBND ngày 10/01/2022"
    ),
    "a programme of another abbreviation": head("CTHĐ", "5/CTHĐ-UBND", "2022-01-10", "Chương trình hành động của tỉnh"),
    "a year of a long strategy": PLAN.replace(
        "title: Bảo vệ", "title: Năm 2022 thực hiện Chiến lược đến năm 2030 về bảo vệ"
    )
    .replace("{from: 2022, to: 2030}", "{from: 2022, to: 2022}")
    .replace("2022 - 2025", '"2022"')
    .replace("{2025:", "{2022:"),
    "a vision beside the end": PLAN.replace("title: Bảo", "title: Đến năm 2030, tầm nhìn đến năm 2050 về bảo").replace(
        "to: 2030}", "to: 2030, vision: 2050}"
    ),
    "a period that only its plan names": PLAN.replace("to: 2030", "to: 2027"),
    "dashes and marks of a schedule": scheduled("2022 - 2025", "Giai đoạn 2022–2025."),
    "a standing schedule": scheduled("Thường xuyên, hằng năm", "Thường xuyên, hàng năm;"),
    "a year in words": scheduled("Năm 2024", "2024"),
    "a settled vague schedule": scheduled("Quý I/2024", "Đầu năm 2024"),
    "a reworded schedule": scheduled("2023 - 2025", "bắt đầu ngay từ 2023, làm xong trước mùa mưa lũ của 2025"),
    "a bound in words": aimed('"≥80"', "tối thiểu 80%"),
    "a bound behind the number": aimed('"≥80"', "80 trở lên"),
    "a decimal point in print": aimed('"1,5"', "1.5"),
    "a range with another dash": aimed('"1,5 - 2"', "1,5–2%"),
    "a cell that had to be cut up": aimed(
        '{"đô thị": ">30", "còn lại": "10"}', ">30 đối với đô thị loại II; 10 với đô thị còn lại"
    ),
    "a cell of two targets": aimed('"6,0 triệu cây/năm"', "Bình quân 6,0 triệu cây/năm, 10.000 ha rừng/năm", "cây"),
    "twice in other words": aimed('"giảm 50%"', "giảm 2 lần", "tấn").replace("increase", "decrease"),
    "a name in capitals with its mark": named("Tỷ lệ hộ nghèo", "%", "TỶ LỆ HỘ NGHÈO (%)."),
    "a name with another dash": named("Tỷ lệ xã - phường sạch", "%", "Tỷ lệ xã – phường sạch (%)"),
    "brackets that are no unit": named("Số vụ cháy (kể cả cháy rừng)", "vụ", "Số vụ cháy (kể cả cháy rừng)"),
    "a unit in another spelling": named("Thu ngân sách", "tỷ đồng", "Thu ngân sách (tỉ đồng)"),
    "a unit in words": named("Tỷ lệ hộ nghèo", "%", "Tỷ lệ hộ nghèo (phần trăm)"),
    "hectares": named("Diện tích rừng", "ha", "Diện tích rừng (hecta)"),
    "a unit and a remark": named("Diện tích rừng", "ha", "Diện tích rừng (ha, tính đến cuối kỳ)"),
    "a passage that nobody entered": PLAN.replace("source: I}", "source: II.1}").replace(
        "title: NHIỆM VỤ}\n", "title: NHIỆM VỤ}\n  - {id: II, title: TỔ CHỨC}\n  - {id: II.3, title: Sở Y tế}\n"
    ),
    "a baseline": PLAN.replace('targets: {2025: "95"}', 'targets: {2025: "95"}, baseline: {2020: "80"}'),
    "a withdrawal": PLAN.replace(TASK, f"{TASK}    withdrawn: {{from: 2024-01-01, document: Quyết định 9/QĐ-UBND}}\n"),
    "a body given the work by a document": PLAN.replace(
        "    lead: [so-a]\n",
        "    lead: [so-tach]\n    now: {so-tach: [{agency: ubnd-tinh, basis: Quyết định 9/QĐ-UBND}]}\n",
        1,
    ),
    "a condition in the heading of dashes": conditioned(
        "text: theo hướng dẫn của Sở Y tế, kind: per, scope: 2, awaits: so-b",
        "Triển khai theo hướng dẫn của Sở Y tế: - Quan trắc không khí. - Kiểm tra nước thải.",
    ),
    "a condition that awaits a group": conditioned(
        "text: theo chỉ đạo của các Sở ban ngành, kind: per, scope: all, awaits: nhom-so",
        "Quan trắc không khí theo chỉ đạo của các Sở, ban, ngành; theo chỉ đạo của các Sở ban ngành.",
    ),
    "a heading of a vision": PLAN.replace("title: NHIỆM VỤ", "title: TẦM NHÌN ĐẾN NĂM 2024"),
    "a heading that goes on": PLAN.replace("title: NHIỆM VỤ", "title: NHIỆM VỤ ĐẾN NĂM 2024 VÀ CÁC NĂM TIẾP THEO"),
    "the province under its title": PLAN.replace("title: Bảo vệ", "title: Bảo vệ (tỉnh Mẫu học tập tỉnh Nghệ An)"),
}
REGISTRIES = {
    "a handover on the last day": REGISTRY.replace(
        "id: so-b, from: 2025-03-01}]}\n", "id: so-b, from: 2025-02-28}]}\n", 1
    ),
    "a handover without a day": REGISTRY.replace(
        OLD, "  - {id: so-cu, name: Sở Cũ, kind: so, successors: [{id: so-b}]}\n"
    ),
    "a chain of heirs": REGISTRY.replace(
        OLD,
        f"{OLD}  - {{id: so-rat-cu, name: Sở Rất Cũ, kind: so, valid: {{to: 2020-06-30}}, successors: "
        "[{id: so-cu, from: 2020-07-01}]}\n",
    ),
    "two heirs that merge again": REGISTRY.replace(
        OLD,
        f"{OLD}  - {{id: phong-cu, name: Phòng Cũ, kind: so, valid: {{to: 2020-06-30}}, "
        "successors: [{id: so-cu, from: 2020-07-01, scope: nước}, {id: so-b, from: 2020-07-01, scope: đất}]}\n",
    ),
    "parents that meet at the top": REGISTRY.replace(
        "name: Sở Tài nguyên,", "name: Sở Tài nguyên, parent: ubnd-tinh,"
    ).replace("name: Sở Y tế,", "name: Sở Y tế, parent: ubnd-tinh,"),
    "a group in two groups": REGISTRY + "  - {id: nhom-a, name: Nhóm A, members: [nhom-so, so-a]}\n"
    "  - {id: nhom-b, name: Nhóm B, members: [nhom-so, nhom-a]}\n",
    "a renamed body as a new one": REGISTRY.replace(
        OLD,
        f"{OLD}  - {{id: so-khdt, name: Sở Kế hoạch và Đầu tư, kind: so, valid: {{to: 2025-02-28}}, successors: "
        "[{id: so-tai-chinh, from: 2025-03-01}]}\n"
        "  - {id: so-tai-chinh, name: Sở Tài chính, kind: so, valid: {from: 2025-03-01}}\n",
    ),
}


@pytest.mark.parametrize("case", PLANS)
def test_nothing_is_found_in_a_right_plan(tmp_path: Path, case: str) -> None:
    assert PLANS[case] != PLAN
    assert [(one.code, one.line, one.message) for one in linted(tmp_path, "plan", PLANS[case].lstrip("\n"))] == []


@pytest.mark.parametrize("case", REGISTRIES)
def test_nothing_is_found_in_a_right_registry(tmp_path: Path, case: str) -> None:
    assert REGISTRIES[case] != REGISTRY
    found = linted(tmp_path, "registry", REGISTRIES[case].lstrip("\n"))
    assert [(one.code, one.line, one.message) for one in found] == []


@pytest.mark.slow
@pytest.mark.parametrize("province", [one.id for one in provinces()])
def test_nothing_is_found_in_the_registry_of_a_new_workspace(tmp_path: Path, province: str) -> None:
    name = next(one.name for one in provinces() if one.id == province)
    for place, data in starter_files(Starter(province, name, "kh-mau", "Kế hoạch mẫu", 2026)).items():
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    found = [finding for one in source_files(Root(tmp_path), Settings()) for finding in lint(one, Selection())]
    assert [(one.code, one.file, one.line, one.message) for one in found] == []
