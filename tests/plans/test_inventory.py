"""What the four plans hold, counted and dated by hand in the documents: ids, deadlines, conditions, and what is absent."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import ClauseRole, Indicator, Plan, Task, TaskKind, is_within
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.core.notation.target import Direction, Operator, TargetKind
from kehoach_cli.store.workspace.load import Workspace
from kehoach_cli.viet.dates import PartialDate


def numbered(*blocks: tuple[str, int]) -> list[str]:
    """Return `III.1.1`, `III.1.2` … for ("III.1.", 2); a block that counts 0 is one row and keeps its number."""
    return [f"{block}{number}" if count else block for block, count in blocks for number in range(1, max(count, 1) + 1)]


KH_176_BODY = numbered(
    *(("III.1.", 8), ("III.2.", 5), ("III.3.", 2), ("III.4.", 4), ("III.5.", 5), ("III.6.", 5), ("III.7", 0))
)
KH_176_PROGRAMMES = numbered(("PL2.I.", 14), ("PL2.II.", 18), ("PL2.III.", 2))
QD_3825_DUTIES = numbered(("VI.1-", 3), ("VI.2", 0), ("VI.3-", 2), ("VI.4-", 2))
QD_3825_ROWS = numbered(
    *(("PL.I.", 5), ("PL.II.", 7), ("PL.III.", 7), ("PL.IV.", 6), ("PL.V.", 6), ("PL.VI.", 2), ("PL.VII.", 2)),
    *(("PL.VIII.1.", 2), ("PL.VIII.2.", 4), ("PL.VIII.3.", 7), ("PL.VIII.4.", 3), ("PL.VIII.5.", 9), ("PL.VIII.6.", 4)),
    *(("PL.VIII.7.", 5), ("PL.VIII.8.", 6), ("PL.VIII.9.", 3), ("PL.VIII.10.", 4), ("PL.VIII.11.", 2)),
)
THAI_NGUYEN_TASKS = numbered(
    *(("II.1.1-", 5), ("II.1.2-", 9), ("II.1.3-", 5), ("II.2-", 6), ("II.3.1-", 7), ("II.3.2-", 7), ("II.3.3-", 10)),
    *(("II.3.4", 0), ("II.3.5-", 2), ("II.3.6-", 4), ("II.3.7-", 6)),
)
KL_81_TASKS = numbered(("II.1-", 3), ("II.2-", 3), ("II.3-", 4), ("II.4-", 5))

ROWS = {
    "kh-176": [*KH_176_BODY, *numbered(("VI.", 4)), *KH_176_PROGRAMMES],
    "qd-3825": [*QD_3825_DUTIES, *QD_3825_ROWS],
    "kh-thai-nguyen-2026": [*THAI_NGUYEN_TASKS, "III.1", *numbered(("III.2-", 3)), "III.3", "III.4"],
    "kh-kl-81": [*KL_81_TASKS, *numbered(("III.", 3))],
}
INDICATORS = {
    "kh-176": numbered(("PL1.", 19)),
    "qd-3825": ["PL.VIII.5.3-ct1", "PL.VIII.5.3-ct2"],
    "kh-thai-nguyen-2026": ["II.3.2-3-ct1", "II.3.2-7-ct1", "II.3.3-3-ct1", "II.3.3-3-ct2"],
    "kh-kl-81": [],
}


def plan_of(catalogue: Catalogue, plan_id: str) -> Plan:
    plan = catalogue.plan(plan_id)
    assert plan is not None, plan_id
    return plan


def tasks_of(catalogue: Catalogue, plan_id: str) -> dict[str, Task]:
    return {task.id: task for task in plan_of(catalogue, plan_id).tasks}


def indicators_of(catalogue: Catalogue, plan_id: str) -> dict[str, Indicator]:
    return {indicator.id: indicator for indicator in plan_of(catalogue, plan_id).indicators}


def all_tasks(catalogue: Catalogue) -> Iterable[tuple[str, Task]]:
    return [(f"{plan.id}/{task.id}", task) for plan in catalogue.plans for task in plan.tasks]


# --- counts and ids ---


def test_the_shipped_plans_have_no_finding(workspace: Workspace) -> None:
    assert [f"{found.file}:{found.line}: {found.code}: {found.message}" for found in workspace.findings] == []
    assert len(workspace.catalogue.plans) == 4


@pytest.mark.parametrize(
    ("plan_id", "counts", "indicators"),
    [
        ("kh-176", {TaskKind.TASK: 30, TaskKind.PROGRAMME: 34, TaskKind.ORGANISATION: 4}, 19),
        ("qd-3825", {TaskKind.TASK: 84, TaskKind.ORGANISATION: 8}, 2),
        ("kh-thai-nguyen-2026", {TaskKind.TASK: 62, TaskKind.ORGANISATION: 6}, 4),
        ("kh-kl-81", {TaskKind.TASK: 15, TaskKind.ORGANISATION: 3}, 0),
    ],
)
def test_counts_per_kind(catalogue: Catalogue, plan_id: str, counts: dict[TaskKind, int], indicators: int) -> None:
    plan = plan_of(catalogue, plan_id)
    assert Counter(task.kind for task in plan.tasks) == counts
    assert len(plan.indicators) == indicators


def test_counts_in_all(catalogue: Catalogue) -> None:
    kinds = Counter(task.kind for _, task in all_tasks(catalogue))
    assert kinds[TaskKind.TASK] + kinds[TaskKind.PROGRAMME] == 225
    assert kinds[TaskKind.ORGANISATION] == 21
    assert sum(len(plan.indicators) for plan in catalogue.plans) == 25


@pytest.mark.parametrize("plan_id", ROWS)
def test_ids_are_the_agreed_ones_in_document_order(catalogue: Catalogue, plan_id: str) -> None:
    plan = plan_of(catalogue, plan_id)
    assert [task.id for task in plan.tasks] == ROWS[plan_id]
    assert [indicator.id for indicator in plan.indicators] == INDICATORS[plan_id]


@pytest.mark.parametrize(
    ("plan_id", "pattern"),
    [
        ("kh-176", r"III\.[1-6]\.[1-8]|III\.7|VI\.[1-4]|PL1\.1?[0-9]|PL2\.I{1,3}\.1?[0-9]"),
        ("qd-3825", r"VI\.[1-4](-[1-3])?|PL\.(VII|VI|V|IV|I{1,3})\.[1-7]|PL\.VIII\.1?[0-9]\.[1-9](-ct[12])?"),
        ("kh-thai-nguyen-2026", r"II\.(1\.[1-3]|2|3\.[1-7])-1?[0-9](-ct[12])?|II\.3\.4|III\.[1-4](-[1-3])?"),
        ("kh-kl-81", r"II\.[1-4]-[1-5]|III\.[1-3]"),
    ],
)
def test_ids_are_well_formed_and_unique(catalogue: Catalogue, plan_id: str, pattern: str) -> None:
    plan = plan_of(catalogue, plan_id)
    ids = [row.id for rows in (plan.tasks, plan.indicators) for row in rows]
    assert [row_id for row_id in ids if not re.fullmatch(pattern, row_id)] == []
    assert len(set(ids)) == len(ids)
    sections = [section.id for section in plan.sections]
    assert len(set(sections)) == len(sections)


def test_body_and_appendix_of_the_decision_are_told_apart(catalogue: Catalogue) -> None:
    tasks = plan_of(catalogue, "qd-3825").tasks
    assert {task.kind for task in tasks if task.id.startswith("PL.")} == {TaskKind.TASK}
    assert {task.kind for task in tasks if not task.id.startswith("PL.")} == {TaskKind.ORGANISATION}


@pytest.mark.parametrize(
    ("reference", "beginning"),
    [
        ("kh-176/III.1.1", "Phổ biến, nâng cao nhận thức của các cấp, các ngành"),
        ("kh-176/III.2.1", "Tham gia phối hợp với Bộ Tài nguyên và Môi trường"),
        ("kh-176/III.7", "- Tận dụng các cơ hội của quá trình hội nhập quốc tế"),
        ("kh-176/VI.4", "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc"),
        ("kh-176/PL2.I.1", "Điều tra, thống kê, xây dựng CSDL nguồn thải"),
        ("kh-176/PL2.II.14", "Thí điểm kinh doanh tín chỉ các bon rừng"),
        ("kh-176/PL2.III.2", "Đầu tư xây dựng hệ thống xử lý chất thải y tế"),
        ("qd-3825/VI.1-3", "Thường xuyên theo dõi, kiểm tra, đánh giá"),
        ("qd-3825/VI.2", "Sở Thông tin và Truyền thông chủ trì, phối hợp với Đài"),
        ("qd-3825/PL.I.1", "Tích cực truyền thông về vai trò"),
        ("qd-3825/PL.VIII.5.3", "Đẩy mạnh việc trồng cây xanh phân tán"),
        ("qd-3825/PL.VIII.10.1", "Tham mưu, triển khai các giải pháp tăng cường ứng dụng"),
        ("qd-3825/PL.VIII.11.2", "Tuyên truyền, vận động các doanh nghiệp kinh doanh dịch vụ du lịch"),
        ("kh-thai-nguyen-2026/II.1.2-4", "Bố trí ngân sách Nhà nước tăng dần trong từng giai đoạn"),
        ("kh-thai-nguyen-2026/II.2-1", "Tổ chức rà soát toàn diện các văn bản quy phạm pháp luật"),
        ("kh-thai-nguyen-2026/II.3.4", "Tiếp tục thực hiện các nhiệm vụ theo Kế hoạch số 12/KH-UBND"),
        ("kh-thai-nguyen-2026/III.3", "Căn cứ đề xuất của các cơ quan, đơn vị"),
        ("kh-kl-81/II.1-2", "Ban Tuyên giáo Tỉnh ủy chỉ đạo, hướng dẫn"),
        ("kh-kl-81/II.4-2", "Tăng cường công tác quan trắc tại đầu nguồn các sông lớn, các lưu vực sông, các cơ sở"),
        ("kh-kl-81/III.3", "Văn phòng Tỉnh ủy chủ trì"),
    ],
)
def test_an_id_leads_to_its_text(catalogue: Catalogue, reference: str, beginning: str) -> None:
    row = catalogue.items[reference].row
    assert isinstance(row, Task)
    assert row.text.startswith(beginning)


def test_repeated_passages_are_kept_apart(catalogue: Catalogue) -> None:
    tasks = tasks_of(catalogue, "kh-thai-nguyen-2026")
    repeated = tasks["II.1.2-4"].text
    assert repeated[1:] in tasks["II.1.2-3"].text
    for task_id in ("II.1.2-4", "II.3.2-7", "II.3.5-2", "II.3.7-4", "II.3.7-5", "II.3.7-6"):
        assert tasks[task_id].note, task_id


# --- sections ---


@pytest.mark.parametrize(
    ("plan_id", "sections"),
    [
        (
            "kh-176",
            [
                *("I", "II", "II.1", "II.1.1", "II.1.2", "II.2", "III", *numbered(("III.", 7)), "IV", "V", "VI"),
                *("PL1", "PL1.I", "PL1.II", "PL1.III", "PL1.IV", "PL2", "PL2.I", "PL2.II", "PL2.III"),
            ],
        ),
        (
            "qd-3825",
            [
                *("I", "I.1", "I.2", "II", "II.1", "II.2", "III", *numbered(("III.", 8), ("III.8.", 11)), "VI", "VI.3"),
                *("PL", "PL.I", "PL.II", "PL.III", "PL.IV", "PL.V", "PL.VI", "PL.VII", "PL.VIII"),
                *numbered(("PL.VIII.", 11)),
            ],
        ),
        (
            "kh-thai-nguyen-2026",
            [
                *("I", "I.1", "I.2", "II", "II.1", *numbered(("II.1.", 3)), "II.2", "II.3", *numbered(("II.3.", 7))),
                *("III", "III.2", "III.3"),
            ],
        ),
        ("kh-kl-81", ["I", "II", *numbered(("II.", 4)), "III"]),
    ],
)
def test_sections(catalogue: Catalogue, plan_id: str, sections: list[str]) -> None:
    assert [section.id for section in plan_of(catalogue, plan_id).sections] == sections


def test_the_appendix_of_the_decision_has_19_headings(catalogue: Catalogue) -> None:
    sections = plan_of(catalogue, "qd-3825").sections
    assert sum(section.id.startswith("PL.") for section in sections) == 19


def test_every_row_stands_in_the_section_its_number_names(catalogue: Catalogue) -> None:
    for reference, task in all_tasks(catalogue):
        assert task.section is not None, reference
        assert is_within(task.id, task.section), reference


def test_every_indicator_stands_in_its_section(catalogue: Catalogue) -> None:
    table = {row_id: row.section for row_id, row in indicators_of(catalogue, "kh-176").items()}
    headings = ["PL1.I"] * 5 + ["PL1.II"] * 12 + ["PL1.III", "PL1.IV"]
    assert table == dict(zip(INDICATORS["kh-176"], headings, strict=True))
    for plan_id in ("qd-3825", "kh-thai-nguyen-2026"):
        tasks = tasks_of(catalogue, plan_id)
        for row_id, row in indicators_of(catalogue, plan_id).items():
            assert row.section == tasks[row_id.rpartition("-")[0]].section, row_id


def test_the_second_iv_is_cited_as_vi(catalogue: Catalogue) -> None:
    section = plan_of(catalogue, "kh-176").section("VI")
    assert section is not None
    assert section.printed == "IV"
    assert section.errata
    assert [section.id for plan in catalogue.plans for section in plan.sections if section.printed] == ["VI"]


# --- documents, and what is absent ---


def test_number_and_date_of_issue(catalogue: Catalogue) -> None:
    heads = {plan.id: (plan.document.number, plan.document.date) for plan in catalogue.plans}
    assert heads == {
        "kh-176": ("176/KH-UBND", PartialDate(2022, 7, 1)),
        "qd-3825": ("3825/QĐ-UBND", PartialDate(2023, 10, 18)),
        "kh-thai-nguyen-2026": (None, PartialDate(2026, 4)),
        "kh-kl-81": (None, None),
    }


def test_issuer_and_coordinator(catalogue: Catalogue) -> None:
    assert {plan.id: (plan.document.issuer, plan.coordinator) for plan in catalogue.plans} == {
        "kh-176": ("ubnd-tinh", "so-tnmt"),
        "qd-3825": ("ubnd-tinh", "so-khdt"),
        "kh-thai-nguyen-2026": ("ubnd-tinh", "so-nnmt"),
        "kh-kl-81": ("ban-thuong-vu-tinh-uy", "vp-tinh-uy"),
    }


def test_signers_as_far_as_the_copies_have_them(catalogue: Catalogue) -> None:
    assert {plan.id: plan.document.signer for plan in catalogue.plans} == {
        "kh-176": None,
        "qd-3825": "Lê Đức Giang",
        "kh-thai-nguyen-2026": "Nguyễn Thị Loan",
        "kh-kl-81": "Trịnh Tuấn Sinh",
    }


def test_periods(catalogue: Catalogue) -> None:
    periods = {plan.id: (plan.period.start, plan.period.end, plan.period.vision) for plan in catalogue.plans}
    assert periods == {
        "kh-176": (2022, 2030, 2050),
        "qd-3825": (2021, 2030, None),
        "kh-thai-nguyen-2026": (2026, 2030, None),
        "kh-kl-81": (2024, None, None),
    }


def test_no_body_is_invented_for_rows_that_name_nobody(catalogue: Catalogue) -> None:
    thai_nguyen = [task for task in plan_of(catalogue, "kh-thai-nguyen-2026").tasks if task.kind is TaskKind.TASK]
    assert [(task.lead, task.support, task.as_issued) for task in thai_nguyen] == [((), (), {})] * 62
    assert [indicator.lead for indicator in plan_of(catalogue, "kh-thai-nguyen-2026").indicators] == [()] * 4
    nameless = [task.id for task in plan_of(catalogue, "kh-kl-81").tasks if not task.lead]
    assert nameless == numbered(("II.2-", 3), ("II.3-", 4), ("II.4-", 5))
    for plan_id in ("kh-176", "qd-3825"):
        assert all(task.lead for task in plan_of(catalogue, plan_id).tasks), plan_id


def test_only_two_plans_have_supporting_bodies_in_columns(catalogue: Catalogue) -> None:
    without = [task.id for task in plan_of(catalogue, "kh-176").tasks if task.kind is not TaskKind.ORGANISATION]
    without = [task_id for task_id in without if not tasks_of(catalogue, "kh-176")[task_id].support]
    assert without == ["III.1.1", "III.1.2", "III.1.4", "III.1.7", "III.4.3"]
    rows = [task for task in plan_of(catalogue, "qd-3825").tasks if task.kind is TaskKind.TASK]
    assert all(task.support for task in rows)


def test_products_only_in_the_appendix_of_the_decision(catalogue: Catalogue) -> None:
    with_outputs = [reference for reference, task in all_tasks(catalogue) if task.outputs]
    assert with_outputs == [f"qd-3825/{row_id}" for row_id in QD_3825_ROWS]
    tasks = tasks_of(catalogue, "qd-3825")
    assert tasks["PL.I.5"].outputs == ("Chuyên trang", "chuyên mục", "bản tin", "phóng sự…")
    assert tasks["PL.II.5"].outputs == ("Cơ sở dữ liệu", "kế hoạch", "chương trình", "quyết định", "báo cáo")
    assert tasks["PL.IV.4"].outputs == ("Văn bản hướng dẫn, báo cáo, tờ trình", "quyết định")
    assert tasks["PL.VIII.6.2"].outputs == ("Nghị quyết",)


def test_general_clauses(catalogue: Catalogue) -> None:
    found = {
        plan.id: [(clause.id, clause.role, clause.agencies, clause.applies_to) for clause in plan.clauses]
        for plan in catalogue.plans
    }
    implementers = ("nhom-so-ban-nganh", "ubnd-cap-xa", "nhom-lien-quan")
    assert found == {
        "kh-176": [],
        "qd-3825": [],
        "kh-thai-nguyen-2026": [("III.1", ClauseRole.IMPLEMENT, implementers, ("II",))],
        "kh-kl-81": [
            (section, ClauseRole.DIRECT, ("ban-can-su-dang-ubnd",), (section,)) for section in ("II.2", "II.3", "II.4")
        ],
    }


def test_clauses_reach_exactly_the_rows_naming_nobody(catalogue: Catalogue) -> None:
    reached = {plan.id: [task.id for task in plan.tasks if plan.clauses_for(task)] for plan in catalogue.plans}
    assert reached == {
        "kh-176": [],
        "qd-3825": [],
        "kh-thai-nguyen-2026": THAI_NGUYEN_TASKS,
        "kh-kl-81": numbered(("II.2-", 3), ("II.3-", 4), ("II.4-", 5)),
    }


# --- schedules and deadlines ---

# The schedule column of the programmes of KH 176, from top to bottom; the ninth cell is blank.
KH_176_PRINTED = [
    *("2022", "2022-2023", "2022-2023", "2022 - 2025", "2022 - 2025", "2022", "2022 - 2023", "2022", ""),
    *("2022 - 2025", "2022 - 2025", "2022 - 2025", "2021 - 2025", "2022 - 2030"),
    *("2023 - 2026", "2022 - 2030", "2023 - 2030", "2023 - 2030", "2021 - 2030", "2021 - 2030", "2021 - 2030"),
    *("2021 - 2030", "2021 - 2030", "2021 - 2030", "2021 - 2030", "2026 - 2030", "2021 - 2030", "2022 - 2030"),
    *("2022 - 2030", "2022 - 2025", "2022 - 2025", "2023 - 2024"),
    *("2022 - 2025", "2022 - 2025"),
]
# All other rows of the appendix of QĐ 3825 print "2023 - 2030".
QD_3825_PRINTED = {
    "PL.II.1": "Năm 2023",
    "PL.VIII.6.2": "2025 - 2026",
    "PL.VIII.7.3": "2024 - 2026",
    "PL.VIII.7.4": "2024 - 2026",
    "PL.VIII.8.5": "2026 - 2030",
}


def last_day(printed: str) -> date | None:
    """Return 31 December of the last year printed."""
    years = re.findall(r"\d{4}", printed)
    return date(int(years[-1]), 12, 31) if years else None


def test_deadlines_of_the_34_programmes(catalogue: Catalogue) -> None:
    tasks = tasks_of(catalogue, "kh-176")
    printed = dict(zip(KH_176_PROGRAMMES, KH_176_PRINTED, strict=True))
    assert {task_id: tasks[task_id].schedule.text for task_id in printed} == printed
    assert {task_id: tasks[task_id].deadline for task_id in printed} == {
        task_id: last_day(text) for task_id, text in printed.items()
    }


def test_deadlines_of_the_84_rows(catalogue: Catalogue) -> None:
    tasks = tasks_of(catalogue, "qd-3825")
    printed = {row_id: QD_3825_PRINTED.get(row_id, "2023 - 2030") for row_id in QD_3825_ROWS}
    assert len(printed) == 84
    assert {row_id: tasks[row_id].schedule.text for row_id in printed} == printed
    assert {row_id: tasks[row_id].deadline for row_id in printed} == {
        row_id: last_day(text) for row_id, text in printed.items()
    }


@pytest.mark.parametrize(
    ("reference", "kind", "start", "deadline"),
    [
        ("kh-176/PL2.I.1", ScheduleKind.YEAR, 2022, date(2022, 12, 31)),
        ("kh-176/PL2.I.2", ScheduleKind.PERIOD, 2022, date(2023, 12, 31)),
        ("kh-176/PL2.I.9", ScheduleKind.NONE, None, None),
        ("kh-176/PL2.I.13", ScheduleKind.PERIOD, 2021, date(2025, 12, 31)),
        ("kh-176/PL2.II.1", ScheduleKind.PERIOD, 2023, date(2026, 12, 31)),
        ("kh-176/PL2.II.12", ScheduleKind.PERIOD, 2026, date(2030, 12, 31)),
        ("kh-176/PL2.II.18", ScheduleKind.PERIOD, 2023, date(2024, 12, 31)),
        ("qd-3825/PL.I.1", ScheduleKind.PERIOD, 2023, date(2030, 12, 31)),
        ("qd-3825/PL.II.1", ScheduleKind.YEAR, 2023, date(2023, 12, 31)),
        ("qd-3825/PL.VIII.6.2", ScheduleKind.PERIOD, 2025, date(2026, 12, 31)),
        ("qd-3825/PL.VIII.7.4", ScheduleKind.PERIOD, 2024, date(2026, 12, 31)),
        ("qd-3825/PL.VIII.8.5", ScheduleKind.PERIOD, 2026, date(2030, 12, 31)),
        ("kh-thai-nguyen-2026/II.2-1", ScheduleKind.UNTIL, None, date(2026, 12, 31)),
        ("kh-thai-nguyen-2026/II.3.4", ScheduleKind.OPEN, None, None),
    ],
)
def test_deadlines_by_hand(
    catalogue: Catalogue, reference: str, kind: ScheduleKind, start: int | None, deadline: date | None
) -> None:
    row = catalogue.items[reference].row
    assert isinstance(row, Task)
    assert (row.schedule.kind, row.schedule.start, row.deadline) == (kind, start, deadline)


def test_how_often_each_schedule_is_printed(catalogue: Catalogue) -> None:
    body = tasks_of(catalogue, "kh-176")
    assert Counter(body[task_id].schedule.text for task_id in KH_176_BODY) == {
        "Thường xuyên, hằng năm": 27,
        "Thường xuyên hoặc khi có yêu cầu": 1,
        "Khi có yêu cầu": 1,
        "Khi có yêu cầu và theo quy định của Luật BVMT năm 2020": 1,
    }
    assert Counter(body[task_id].schedule.text for task_id in KH_176_PROGRAMMES) == {
        "2022 - 2025": 9,
        "2021 - 2030": 8,
        "2022 - 2030": 4,
        "2022": 3,
        "2023 - 2030": 2,
        "2022-2023": 2,
        "2022 - 2023": 1,
        "2021 - 2025": 1,
        "2023 - 2026": 1,
        "2026 - 2030": 1,
        "2023 - 2024": 1,
        "": 1,
    }


def test_standing_tasks_have_no_deadline(catalogue: Catalogue) -> None:
    tasks = tasks_of(catalogue, "kh-176")
    kinds = {task_id: tasks[task_id].schedule.kind for task_id in KH_176_BODY}
    on_request = {"III.2.4", "III.2.5"}
    assert {task_id for task_id, kind in kinds.items() if kind is ScheduleKind.ON_REQUEST} == on_request
    assert {task_id for task_id, kind in kinds.items() if kind is ScheduleKind.RECURRING} == {*KH_176_BODY} - on_request
    assert [task_id for task_id in KH_176_BODY if tasks[task_id].deadline] == []
    assert tasks["III.2.1"].schedule.text == "Thường xuyên hoặc khi có yêu cầu"


def test_a_heading_sets_the_deadline_of_every_dash_below_it(catalogue: Catalogue) -> None:
    tasks = tasks_of(catalogue, "kh-thai-nguyen-2026")
    groups = {
        "II.1": (ScheduleKind.NONE, None, None),
        "II.2": (ScheduleKind.UNTIL, date(2026, 12, 31), "II.2"),
        "II.3": (ScheduleKind.OPEN, None, "II.3"),
    }
    expected = {
        task_id: schedule
        for task_id in THAI_NGUYEN_TASKS
        for heading, schedule in groups.items()
        if is_within(task_id, heading)
    }
    assert len(expected) == 62
    found = {
        task_id: (task.schedule.kind, task.schedule.deadline, task.schedule.source)
        for task_id, task in tasks.items()
        if task.kind is TaskKind.TASK
    }
    assert found == expected


def test_what_the_headings_print(catalogue: Catalogue) -> None:
    sections = plan_of(catalogue, "kh-thai-nguyen-2026").sections
    assert {section.id: section.schedule.text for section in sections if section.schedule.text} == {
        "II.2": "đến hết năm 2026",
        "II.3": "đến năm 2030 và các năm tiếp theo",
    }
    for plan_id in ("kh-176", "qd-3825", "kh-kl-81"):
        assert not [section.id for section in plan_of(catalogue, plan_id).sections if section.schedule.text], plan_id


def test_duties_and_the_party_plan_have_no_schedule(catalogue: Catalogue) -> None:
    dated = [
        reference
        for reference, task in all_tasks(catalogue)
        if task.schedule.kind is not ScheduleKind.NONE
        and (task.kind is TaskKind.ORGANISATION or reference.startswith("kh-kl-81/"))
    ]
    assert dated == []


def test_every_schedule_is_understood(catalogue: Catalogue) -> None:
    assert [reference for reference, task in all_tasks(catalogue) if task.schedule.kind is ScheduleKind.UNKNOWN] == []
    overview = Counter(task.deadline.year for _, task in all_tasks(catalogue) if task.deadline)
    assert overview == {2022: 3, 2023: 3 + 1, 2024: 1, 2025: 10, 2026: 1 + 3 + 6, 2030: 15 + 80}


# --- the plans' own reporting rules ---


@pytest.mark.parametrize(
    ("plan_id", "level", "source", "due", "yearly"),
    [
        ("kh-176", "unit", "VI.2", "định kỳ hàng năm và đột xuất theo yêu cầu", None),
        ("kh-176", "coordinator", "VI.1", "", None),
        ("qd-3825", "unit", "VI.1-3", "định kỳ ngày 15/11 hằng năm", (15, 11)),
        ("qd-3825", "coordinator", "VI.4-1", "trước ngày 10/12 hằng năm", (9, 12)),
        ("kh-thai-nguyen-2026", "unit", "III.1", "trước ngày 15/12 hằng năm hoặc đột xuất theo yêu cầu", (14, 12)),
        (
            *("kh-thai-nguyen-2026", "coordinator", "III.2-2", "trước ngày 31/12 hằng năm hoặc đột xuất theo yêu cầu"),
            (30, 12),
        ),
        ("kh-kl-81", "coordinator", "III.3", "định kỳ", None),
    ],
)
def test_reporting_dates(
    catalogue: Catalogue, plan_id: str, level: str, source: str, due: str, yearly: tuple[int, int] | None
) -> None:
    plan = plan_of(catalogue, plan_id)
    (rule,) = [rule for rule in plan.reporting if rule.level == level]
    assert (rule.source, rule.due.text, rule.due.yearly) == (source, due, yearly)
    passage = tasks_of(catalogue, plan_id)[source].text
    assert due in passage
    assert rule.due.deadline is None


def test_who_reports_to_whom(catalogue: Catalogue) -> None:
    found = {
        (plan.id, rule.level): (rule.senders, rule.via, rule.recipients)
        for plan in catalogue.plans
        for rule in plan.reporting
    }
    assert found == {
        ("kh-176", "unit"): (("nhom-so-ban-nganh", "ubnd-cap-huyen", "nhom-lien-quan"), (), ("so-tnmt",)),
        ("kh-176", "coordinator"): (("so-tnmt",), (), ("ubnd-tinh", "bo-tnmt")),
        ("qd-3825", "unit"): (("nhom-so-ban-nganh-don-vi", "ubnd-cap-huyen"), (), ("chu-tich-ubnd-tinh", "so-khdt")),
        ("qd-3825", "coordinator"): (("ubnd-tinh",), (), ("bo-khdt",)),
        ("kh-thai-nguyen-2026", "unit"): (
            *(("nhom-so-ban-nganh", "ubnd-cap-xa", "nhom-lien-quan"), ("so-nnmt",), ("ubnd-tinh",)),
        ),
        ("kh-thai-nguyen-2026", "coordinator"): (("ubnd-tinh",), (), ("bo-nnmt",)),
        ("kh-kl-81", "coordinator"): (("vp-tinh-uy",), (), ("ban-thuong-vu-tinh-uy",)),
    }


# --- targets ---

# No. of the table → targets of 2025 and 2030; no. 10 is scoped.
PL1 = {
    1: ("1,5 - 2", "2,5 - 3"),
    2: ("≥80", "100"),
    3: ("5 - 8", "7 - 10"),
    4: ("100", "100"),
    5: ("100", "100"),
    6: ("95", "98"),
    7: ("85", "90"),
    8: ("30", "10"),
    9: ("85", "90"),
    10: (
        ">30 đối với đô thị loại II trở lên; 10 đối với đô thị còn lại",
        ">50 đối với đô thị loại II trở lên; 20 đối với đô thị còn lại",
    ),
    11: ("60", "100"),
    12: ("92", "100"),
    13: ("100", "100"),
    14: ("30", "100"),
    15: ("95", "100"),
    16: ("65", "80"),
    17: ("85", "100"),
    18: ("88.823,44", "88.823,44"),
    19: ("54,2", "54,2"),
}


def test_the_38_cells_of_the_table(catalogue: Catalogue) -> None:
    indicators = indicators_of(catalogue, "kh-176")
    found = {
        number: tuple((target.year, target.text) for target in indicators[f"PL1.{number}"].targets) for number in PL1
    }
    assert found == {number: ((2025, first), (2030, second)) for number, (first, second) in PL1.items()}
    assert len({text for pair in PL1.values() for text in pair}) == 20


def test_units_and_directions(catalogue: Catalogue) -> None:
    indicators = indicators_of(catalogue, "kh-176")
    assert [row_id for row_id, row in indicators.items() if row.unit != "%"] == ["PL1.18"]
    assert indicators["PL1.18"].unit == "ha"
    other = {row_id: row.direction for row_id, row in indicators.items() if row.direction is not Direction.INCREASE}
    assert other == {
        "PL1.8": Direction.DECREASE,
        "PL1.18": Direction.MAINTAIN,
        "PL1.19": Direction.MAINTAIN,
    }
    running = {
        **indicators_of(catalogue, "qd-3825"),
        **indicators_of(catalogue, "kh-thai-nguyen-2026"),
    }
    assert [row_id for row_id, row in running.items() if row.direction is not Direction.INCREASE] == ["II.3.2-7-ct1"]
    assert all(row.direction_note for plan in catalogue.plans for row in plan.indicators)


def test_shapes_of_targets(catalogue: Catalogue) -> None:
    kinds = {
        row_id: [target.kind for target in row.targets] for row_id, row in indicators_of(catalogue, "kh-176").items()
    }
    shapes = {
        "PL1.1": [TargetKind.RANGE] * 2,
        "PL1.2": [TargetKind.BOUND, TargetKind.POINT],
        "PL1.3": [TargetKind.RANGE] * 2,
        "PL1.10": [TargetKind.SCOPED] * 2,
        "PL1.18": [TargetKind.MAINTAIN] * 2,
        "PL1.19": [TargetKind.MAINTAIN] * 2,
    }
    assert kinds == {f"PL1.{number}": shapes.get(f"PL1.{number}", [TargetKind.POINT] * 2) for number in PL1}


@pytest.mark.parametrize(("year", "strict", "point"), [(2025, 30, 10), (2030, 50, 20)])
def test_the_scoped_target(catalogue: Catalogue, year: int, strict: int, point: int) -> None:
    (target,) = [target for target in indicators_of(catalogue, "kh-176")["PL1.10"].targets if target.year == year]
    assert [(part.scope, part.operator, part.low) for part in target.parts] == [
        ("đô thị loại II trở lên", Operator.ABOVE, Decimal(strict)),
        ("đô thị còn lại", None, Decimal(point)),
    ]


def test_numbers_are_read_the_vietnamese_way(catalogue: Catalogue) -> None:
    indicators = indicators_of(catalogue, "kh-176")
    read = {
        row_id: [(target.parts[0].low, target.parts[0].high) for target in indicators[row_id].targets]
        for row_id in indicators
    }
    assert read["PL1.1"] == [(Decimal("1.5"), Decimal(2)), (Decimal("2.5"), Decimal(3))]
    assert read["PL1.18"] == [(Decimal("88823.44"), None)] * 2
    assert read["PL1.19"] == [(Decimal("54.2"), None)] * 2


def test_relative_targets_name_their_base_year_without_a_value(catalogue: Catalogue) -> None:
    baselines = {
        f"{plan.id}/{row.id}": row.baseline for plan in catalogue.plans for row in plan.indicators if row.baseline
    }
    assert baselines == {"kh-176/PL1.3": {2020: None}, "kh-thai-nguyen-2026/II.3.2-7-ct1": {2024: None}}


@pytest.mark.parametrize(
    ("row_id", "text", "kind", "operator", "low"),
    [
        ("II.3.2-3-ct1", "70%", TargetKind.POINT, None, 70),
        (
            *("II.3.2-7-ct1", "giảm tối thiểu 10% so với mức trung bình năm 2024"),
            *(TargetKind.RELATIVE, Operator.AT_LEAST, 10),
        ),
        ("II.3.3-3-ct1", "đạt 95%", TargetKind.POINT, None, 95),
        ("II.3.3-3-ct2", "đạt trên 90%", TargetKind.BOUND, Operator.ABOVE, 90),
    ],
)
def test_targets_in_running_text(
    catalogue: Catalogue, row_id: str, text: str, kind: TargetKind, operator: Operator | None, low: int
) -> None:
    indicator = indicators_of(catalogue, "kh-thai-nguyen-2026")[row_id]
    (target,) = indicator.targets
    (part,) = target.parts
    assert (target.year, target.text, target.kind) == (2030, text, kind)
    assert (part.operator, part.low) == (operator, Decimal(low))
    assert (part.change, part.baseline) == (("giảm", 2024) if kind is TargetKind.RELATIVE else (None, None))
    assert text in tasks_of(catalogue, "kh-thai-nguyen-2026")[row_id.rpartition("-")[0]].text


@pytest.mark.parametrize(
    ("row_id", "text", "unit", "low"),
    [
        ("PL.VIII.5.3-ct1", "6,0 triệu cây xanh phân tán/năm", "cây", 6_000_000),
        ("PL.VIII.5.3-ct2", "10.000 ha rừng/năm", "ha", 10_000),
    ],
)
def test_yearly_means(catalogue: Catalogue, row_id: str, text: str, unit: str, low: int) -> None:
    indicator = indicators_of(catalogue, "qd-3825")[row_id]
    (target,) = indicator.targets
    assert (target.since, target.year, target.kind, target.text) == (2023, 2030, TargetKind.MEAN, text)
    (part,) = target.parts
    assert (part.low, part.per, part.operator) == (Decimal(low), "năm", None)
    assert indicator.unit == unit


def test_targets_of_running_text_are_all_there_are(catalogue: Catalogue) -> None:
    shares = [
        (task_id, share)
        for task_id, task in tasks_of(catalogue, "kh-thai-nguyen-2026").items()
        for share in re.findall(r"\d+%", task.text)
    ]
    assert shares == [("II.3.2-3", "70%"), ("II.3.2-7", "10%"), ("II.3.3-3", "95%"), ("II.3.3-3", "90%")]
    per_year = [
        task_id for task_id, task in tasks_of(catalogue, "qd-3825").items() for _ in re.findall(r"/năm\b", task.text)
    ]
    assert per_year == ["PL.VIII.5.3", "PL.VIII.5.3"]
    assert not [task.id for task in plan_of(catalogue, "kh-kl-81").tasks if re.search(r"\d%", task.text)]


# --- conditions ---

AFTER, PER = "after", "per"

# Row, dash it binds (None: the whole row), whether it waits or follows, the body awaited, the text in brackets.
BRACKETED = [
    ("PL.I.2", 1, AFTER, "bo-tttt", "sau khi có hướng dẫn của Bộ Thông tin và Truyền thông"),
    ("PL.I.2", 2, PER, "trung-uong", "theo hướng dẫn và phát động của Trung ương"),
    ("PL.II.2", None, AFTER, "bo-khdt", "sau khi có đề nghị, hướng dẫn của Bộ Kế hoạch và Đầu tư"),
    ("PL.II.3", None, AFTER, "trung-uong", "sau khi có hướng dẫn của Trung ương"),
    ("PL.II.4", None, AFTER, "bo-tnmt", "sau khi có hướng dẫn của Bộ Tài nguyên và Môi trường"),
    ("PL.II.5", None, AFTER, "bo-tnmt", "sau khi có hướng dẫn của Bộ Tài nguyên và Môi trường"),
    ("PL.II.6", None, AFTER, "bo-nnptnt", "sau khi có hướng dẫn của Bộ Nông nghiệp và PTNT"),
    (
        *("PL.III.1", None, AFTER, "bo-ldtbxh"),
        "sau khi Bộ Lao động - Thương binh và Xã hội ban hành Đề án nghiên cứu nhu cầu nhân lực đáp ứng tăng trưởng xanh",
    ),
    ("PL.III.7", None, AFTER, "bo-khdt", "sau khi có đề nghị, hướng dẫn của Bộ Kế hoạch và Đầu tư"),
    ("PL.IV.1", 1, AFTER, "bo-khdt", "sau khi có hướng dẫn của Bộ Kế hoạch và Đầu tư"),
    ("PL.IV.1", 4, AFTER, "bo-khdt", "sau khi có hướng dẫn của Bộ Kế hoạch và Đầu tư"),
    ("PL.VIII.1.1", None, AFTER, "bo-cong-thuong", "sau khi có hướng dẫn của Bộ Công Thương"),
    ("PL.VIII.2.2", None, AFTER, "trung-uong", "sau khi Trung ương ban hành"),
    ("PL.VIII.6.4", 1, AFTER, "bo-tnmt", "sau khi có đề nghị, hướng dẫn của Bộ Tài nguyên và Môi trường"),
    ("PL.VIII.8.1", None, AFTER, "bo-tnmt", "sau khi có đề nghị, hướng dẫn của Bộ Tài nguyên và Môi trường"),
    ("PL.VIII.10.4", None, AFTER, "bo-y-te", "sau khi có đề nghị và hướng dẫn của Bộ Y tế"),
]
UNBRACKETED = [
    ("PL.IV.4", 1, AFTER, "bo-tai-chinh", "sau khi Bộ Tài chính có văn bản hướng dẫn thực hiện"),
    ("PL.V.5", None, PER, "bo-khdt", "theo hướng dẫn của Bộ Kế hoạch và Đầu tư"),
    ("PL.VIII.1.2", 3, PER, "bo-cong-thuong", "theo hướng dẫn của Bộ Công Thương"),
    ("PL.VIII.9.1", None, PER, "trung-uong", "theo hướng dẫn của Trung ương"),
    ("PL.VIII.9.3", None, PER, "nhom-bo-nganh-tw", "theo hướng dẫn của các bộ, ngành Trung ương có liên quan"),
    ("PL.VIII.9.3", 1, PER, "bo-tnmt", "theo hướng dẫn của Bộ Tài nguyên và Môi trường"),
    ("PL.VIII.9.3", 2, PER, "bo-cong-thuong", "theo hướng dẫn của Bộ Công thương"),
    ("PL.VIII.9.3", 3, PER, "bo-vhttdl", "theo hướng dẫn của Bộ Văn hóa, Thể thao và Du lịch"),
    ("PL.VIII.9.3", 4, PER, "bo-nnptnt", "theo hướng dẫn của Bộ Nông nghiệp và PTNT"),
    ("PL.VIII.9.3", 5, PER, "bo-xay-dung", "theo hướng dẫn của Bộ Xây dựng"),
]
THAI_NGUYEN_CONDITION = ("II.3.6-2", None, PER, "trung-uong", "theo văn bản hướng dẫn của trung ương")


def test_conditions_are_those_of_the_documents(catalogue: Catalogue) -> None:
    found = {
        plan.id: [
            (task.id, condition.dash, condition.kind.value, condition.awaits, condition.text)
            for task in plan.tasks
            for condition in task.conditions
        ]
        for plan in catalogue.plans
    }
    order = {row_id: place for place, row_id in enumerate(QD_3825_ROWS)}
    expected = sorted([*BRACKETED, *UNBRACKETED], key=lambda condition: order[condition[0]])
    assert found == {
        "kh-176": [],
        "qd-3825": expected,
        "kh-thai-nguyen-2026": [THAI_NGUYEN_CONDITION],
        "kh-kl-81": [],
    }


def test_16_conditions_in_14_rows_are_in_brackets(catalogue: Catalogue) -> None:
    tasks = tasks_of(catalogue, "qd-3825")
    bracketed = [
        (task_id, condition.text)
        for task_id, task in tasks.items()
        for condition in task.conditions
        if f"({condition.text})" in task.text
    ]
    assert Counter(bracketed) == Counter((row[0], row[-1]) for row in BRACKETED)
    assert len(bracketed) == 16
    assert len({task_id for task_id, _ in bracketed}) == 14
    assert len({text for _, text in bracketed}) == 12


def test_a_condition_of_a_dash_stands_in_that_dash(catalogue: Catalogue) -> None:
    bound = 0
    for reference, task in all_tasks(catalogue):
        pieces = re.split(r"(?:^|[\s.])- (?=[A-ZĐ])", task.text)
        for condition in task.conditions:
            if condition.dash is not None:
                assert condition.text in pieces[condition.dash], reference
                bound += 1
            elif task.id != "PL.VIII.9.3":
                assert not task.text.startswith("- "), reference
    assert bound == 5 + 2 + 5


def test_no_condition_is_overlooked(catalogue: Catalogue) -> None:
    words = re.compile(r"\bsau khi\b|\btheo (?:văn bản )?hướng dẫn\b")
    for reference, task in all_tasks(catalogue):
        assert len(words.findall(task.text)) == len(task.conditions), reference


# --- where the body of the decision differs ---


def test_body_variants(catalogue: Catalogue) -> None:
    variants = {task.id: task.body for task in plan_of(catalogue, "qd-3825").tasks if task.body}
    assert {task_id: (body.id, body.lead) for task_id, body in variants.items()} == {
        "PL.I.1": ("III.1", ("nhom-so-ban-nganh-don-vi",)),
        "PL.I.2": ("III.1", ()),
        "PL.II.7": ("III.2", ()),
        "PL.VI.1": ("III.6", ("so-cong-thuong", "so-nnptnt")),
        "PL.VIII.1.2": ("III.8.1", ()),
        "PL.VIII.2.2": ("III.8.2", ()),
        "PL.VIII.2.4": ("III.8.2", ()),
        "PL.VIII.11.1": ("III.8.11", ()),
        "PL.VIII.11.2": ("III.8.11", ()),
    }
    sections = {section.id for section in plan_of(catalogue, "qd-3825").sections}
    assert {body.id for body in variants.values()} <= sections
    assert all(body.note or body.lead for body in variants.values())
    assert "Sở Công Thương, Sở Nông nghiệp và PTNT" in (variants["PL.VI.1"].as_issued or "")
    assert "đơn vị cấp tỉnh" in (variants["PL.I.1"].as_issued or "")
    assert "Ban quản lý" not in (variants["PL.VIII.11.1"].as_issued or "Ban quản lý")


def test_only_the_decision_has_a_body_that_differs(catalogue: Catalogue) -> None:
    assert {plan.id for plan in catalogue.plans for task in plan.tasks if task.body} == {"qd-3825"}
    assert tasks_of(catalogue, "qd-3825")["PL.VIII.8.5"].note


# --- who has the duties of a split agency today ---


def test_today_s_bearers_of_divided_bodies(catalogue: Catalogue) -> None:
    now = {
        reference: {old: [(heir.agency, heir.scope) for heir in heirs] for old, heirs in task.now.items()}
        for reference, task in all_tasks(catalogue)
        if task.now
    }
    culture, science, training = ("so-vhttdl", None), ("so-khcn", None), ("so-gddt", None)
    assert now == {
        "kh-176/III.1.5": {"so-tttt": [culture]},
        "kh-176/III.6.1": {"so-tttt": [science]},
        "kh-176/III.6.2": {"so-tttt": [science]},
        "qd-3825/VI.2": {"so-tttt": [culture]},
        "qd-3825/PL.I.2": {"so-tttt": [culture]},
        "qd-3825/PL.II.3": {"so-tttt": [science]},
        "qd-3825/PL.V.4": {"so-tttt": [science]},
        "qd-3825/PL.III.1": {"so-ldtbxh": [("so-noi-vu", "việc làm, thị trường lao động")]},
        "qd-3825/PL.III.2": {"so-ldtbxh": [training]},
        "qd-3825/PL.III.3": {"so-ldtbxh": [training]},
        "qd-3825/PL.VII.1": {
            "so-ldtbxh": [
                ("so-y-te", "bảo trợ xã hội"),
                ("so-noi-vu", "việc làm, bình đẳng giới"),
                ("so-nnmt", "người nghèo"),
            ]
        },
        "qd-3825/PL.VII.2": {"so-ldtbxh": [("so-nnmt", None), ("so-noi-vu", None)]},
    }


def test_every_row_of_a_divided_department_says_who_bears_it_now(catalogue: Catalogue) -> None:
    divided = {"so-tttt", "so-ldtbxh"}
    for reference, task in all_tasks(catalogue):
        assert set(task.now) == divided.intersection((*task.lead, *task.support)), reference
    bases = [heir.basis for _, task in all_tasks(catalogue) for heirs in task.now.values() for heir in heirs]
    assert bases
    assert set(bases) == {None}, "no document divides a single task, so every line is our reading"
