"""Amendments of a real plan: the text in force on each day, what each change says, and what cannot be applied."""

import random
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.amend.apply import DATES, DIFFERS, TWICE, UNKNOWN, WRONG, Consolidated, consolidated
from kehoach_cli.core.amend.words import change_text
from kehoach_cli.core.changes.rows import row_changes
from kehoach_cli.core.model.amendment import Amendment, AmendmentChange, AmendmentOp
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Indicator, Plan, Task

SUPPORT = "Các sở, ban, ngành, đơn vị, UBND cấp huyện có liên quan"
FIRST, SECOND = date(2024, 3, 10), date(2025, 6, 15)


def change(op: str, at: str, old: str | None = None, new: str | None = None, **more: Any) -> AmendmentChange:
    return AmendmentChange(AmendmentOp(op), at, ("changes", 0), old, new, **more)


def task(text: str, **more: Any) -> dict[str, Any]:
    return {"kind": "task", "text": text, **more}


def amendment(
    day: date, *changes: AmendmentChange, file: str = "a.yaml", issued: date | None = None, amends: str = "kh-176"
) -> Amendment:
    return Amendment(amends, f"Quyết định {day:%d/%m/%Y}", issued or day, day, changes, file)


@pytest.fixture
def plan(catalogue: Catalogue) -> Plan:
    found = catalogue.plan("kh-176")
    assert found
    return found


def applied(catalogue: Catalogue, amendments: Sequence[Amendment], day: date | None = None) -> Consolidated:
    plan = catalogue.plan(amendments[0].amends if amendments else "kh-176")
    assert plan
    return consolidated(plan, amendments, catalogue.directory, day)


def task_of(made: Consolidated, row: str) -> Task:
    return next(task for task in made.plan.tasks if task.id == row)


def test_two_amendments_one_amending_the_other_on_five_days(catalogue: Catalogue) -> None:
    both = [
        amendment(SECOND, change("replace", "PL2.III.1/schedule", "2022 - 2027", "2022 - 2026"), file="b.yaml"),
        amendment(
            FIRST, change("replace", "PL2.III.1/schedule", "2022 - 2025", "2022 - 2027", clause="khoản 1 Điều 1")
        ),
    ]
    days = {
        date(2024, 3, 9): (date(2025, 12, 31), 0),
        date(2024, 3, 10): (date(2027, 12, 31), 1),
        date(2025, 1, 1): (date(2027, 12, 31), 1),
        date(2025, 6, 15): (date(2026, 12, 31), 2),
        date(2026, 1, 1): (date(2026, 12, 31), 2),
    }
    for day, (deadline, changes) in days.items():
        made = applied(catalogue, both, day)
        assert (task_of(made, "PL2.III.1").deadline, len(made.applied), made.faults) == (deadline, changes, ()), day
    last = applied(catalogue, both, SECOND)
    assert [change_text(one) for one in last.applied] == [
        "Sửa thời gian: “2022 - 2025” → “2022 - 2027” (khoản 1 Điều 1 Quyết định 10/03/2024, hiệu lực từ ngày 10/3/2024)",
        "Sửa thời gian: “2022 - 2027” → “2022 - 2026” (Quyết định 15/06/2025, hiệu lực từ ngày 15/6/2025)",
    ]


def test_a_plan_without_amendments_is_the_plan_as_issued(catalogue: Catalogue, plan: Plan) -> None:
    made = applied(catalogue, [])
    assert row_changes(plan, made.plan) == ()
    assert (made.applied, made.faults) == ((), ())


def test_every_kind_of_change(catalogue: Catalogue, plan: Plan) -> None:
    row = {"text": "Xây dựng trạm quan trắc.", "kind": "programme", "lead": ["so-y-te"], "schedule": "2024 - 2026"}
    made = applied(
        catalogue,
        [
            amendment(
                FIRST,
                change(
                    "replace",
                    "PL2.III.1/support",
                    SUPPORT,
                    "Sở Tài chính; Sở Xây dựng",
                ),
                change("replace_phrase", "PL2.III.1/text", "TP Sầm Sơn", "phường Sầm Sơn"),
                change("replace", "PL1.17/targets/2025", "85", "≥ 88"),
                change("add", "PL1.17/targets/2027", None, "95"),
                change("repeal", "PL2.II.1"),
                change("repeal", "PL1.16"),
                change("add", "PL2.III.3", row=row, after="PL2.III.2"),
                change("renumber", "PL2.III.2", None, "III.2a"),
            )
        ],
    )
    assert made.faults == ()
    first = task_of(made, "PL2.III.1")
    assert first.support == ("so-tai-chinh", "so-xay-dung")
    assert "phường Sầm Sơn" in first.text
    indicator = next(one for one in made.plan.indicators if one.id == "PL1.17")
    assert [(one.year, one.text) for one in indicator.targets] == [(2025, "≥ 88"), (2027, "95"), (2030, "100")]
    gone = task_of(made, "PL2.II.1")
    assert gone.withdrawn
    assert gone.withdrawn.since == FIRST
    assert next(one for one in made.plan.indicators if one.id == "PL1.16").withdrawn
    ids = [task.id for task in made.plan.tasks]
    assert ids.index("PL2.III.3") == ids.index("PL2.III.2") + 1
    new = task_of(made, "PL2.III.3")
    assert (new.lead, new.deadline, new.section) == (("so-y-te",), date(2026, 12, 31), "PL2.III")
    assert task_of(made, "PL2.III.2").as_issued["number"] == "III.2a"
    assert {one.row for one in made.applied} == {"PL2.III.1", "PL1.17", "PL2.II.1", "PL1.16", "PL2.III.3", "PL2.III.2"}
    assert row_changes(plan, applied(catalogue, []).plan) == ()


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [
        (change("replace", "PL2.III.9/text", None, "x"), UNKNOWN, "không có"),
        (change("replace", "PL2.III.1/schedule", None, "2027"), DIFFERS, "không phải nội dung"),
        (change("renumber", "PL2.III.2", None, "PL2.III.1"), DIFFERS, "đã có trong kế hoạch"),
        (change("renumber", "PL2.III.2", None, "PL2.III.2"), DIFFERS, "đã mang số"),
        (change("replace", "PL2.III.1/schedule", "2022 - 2024", "2027"), DIFFERS, 'đang ghi "2022 - 2025"'),
        (change("replace_phrase", "PL2.III.1/text", "bệnh viện đa khoa", "x"), DIFFERS, "lần, không rõ sửa chỗ nào"),
        (change("replace_phrase", "PL2.III.1/text", "huyện Thiệu Hoà", "x"), DIFFERS, "không có cụm từ"),
        (change("replace", "PL2.III.1/schedule", "2022 - 2025", "Quý V"), WRONG, "thời gian của PL2.III.1: thời gian"),
        (change("replace", "PL2.III.1/lead", "Sở Y tế", "Sở Không Có"), WRONG, "danh bạ không có"),
        (change("replace", "PL2.III.1/noi-dung", None, "x"), WRONG, "không có ô"),
        (change("replace", "PL2.III.1/schedule", "2022 - 2025", "2022 - 2025"), WRONG, "giống nội dung đang có"),
        (
            change("replace", "PL1.17/targets/2025", "85", "65% - 70% trở lên"),
            WRONG,
            "mục tiêu năm 2025 của PL1.17: mục tiêu",
        ),
        (change("add", "PL1.17/targets/2025", None, "90"), DIFFERS, 'mục tiêu năm 2025 của PL1.17: đã có "85"'),
        (change("add", "PL2.III.1", row=task("x")), DIFFERS, 'đã có "PL2.III.1"'),
        (change("add", "PL2.III.7", row=task("x", lead=["so-la"])), WRONG, 'không có cơ quan "so-la"'),
        (change("add", "PL2.III.7", row=task("x"), after="IX"), UNKNOWN, "để thêm vào sau"),
        (change("replace", "PL2.III.1", None, "x"), WRONG, "thiếu ô cần sửa"),
    ],
)
def test_what_cannot_be_applied_is_told_and_changes_nothing(
    catalogue: Catalogue, plan: Plan, wrong: AmendmentChange, code: str, words: str
) -> None:
    made = applied(catalogue, [amendment(FIRST, wrong)])
    (fault,) = made.faults
    assert (fault.code, words in fault.message) == (code, True), fault.message
    assert row_changes(plan, made.plan) == ()
    assert made.applied == ()


def test_a_wrong_change_does_not_hold_up_the_others(catalogue: Catalogue) -> None:
    wrong, right = change("repeal", "IX.1"), change("repeal", "PL2.II.1")
    made = applied(catalogue, [amendment(FIRST, wrong, right)])
    assert [one.row for one in made.applied] == ["PL2.II.1"]
    assert len(made.faults) == 1


def test_repealed_rows_are_not_repealed_again_and_one_place_is_amended_once_a_day(catalogue: Catalogue) -> None:
    twice = [
        amendment(FIRST, change("repeal", "PL2.II.1")),
        amendment(SECOND, change("repeal", "PL2.II.1"), file="b.yaml"),
    ]
    assert "đã bị bãi bỏ" in applied(catalogue, twice).faults[0].message
    one, other = (
        amendment(FIRST, change("replace", "PL2.III.1/schedule", "2022 - 2025", year), file=year)
        for year in ("2026", "2027")
    )
    (fault,) = applied(catalogue, [one, other]).faults
    assert (fault.code, fault.amendment) == (TWICE, other)
    words = change("replace", "PL2.II.1/text", "x", "y")
    (fault,) = applied(catalogue, [amendment(FIRST, change("repeal", "PL2.II.1"), words)]).faults
    assert fault.code == TWICE


def test_a_cell_names_bodies_of_the_day_of_the_amending_document(catalogue: Catalogue) -> None:
    new = change("replace", "PL2.III.1/support", SUPPORT, "Sở NN&MT")
    made = applied(catalogue, [amendment(SECOND, new)])
    assert (made.faults, task_of(made, "PL2.III.1").support) == ((), ("so-nnmt",))


HEADING = "kh-thai-nguyen-2026"


def test_a_heading_moves_the_deadline_of_every_row_below_it_without_one_of_its_own(catalogue: Catalogue) -> None:
    own = change("replace", "II.2-1/schedule", None, "đến hết quý I/2027")
    heading = change("replace", "II.2/schedule", "đến hết năm 2026", "đến hết năm 2027")
    made = applied(catalogue, [amendment(date(2026, 6, 1), own, heading, amends=HEADING)])
    assert made.faults == ()
    below = [task for task in made.plan.tasks if task.section == "II.2"]
    assert (below[0].deadline, below[0].schedule.source) == (date(2027, 3, 31), None)
    assert {(task.deadline, task.schedule.source) for task in below[1:]} == {(date(2027, 12, 31), "II.2")}
    assert {task.schedule.earlier for task in below} == {(date(2026, 12, 31),)}
    blank = [amendment(date(2026, 7, 1), change("repeal", "II.2-1/schedule", "đến hết quý I/2027"), amends=HEADING)]
    again = applied(catalogue, [amendment(date(2026, 6, 1), own, heading, amends=HEADING), *blank])
    first = task_of(again, "II.2-1")
    assert (first.deadline, first.schedule.source) == (date(2027, 12, 31), "II.2")
    assert first.schedule.earlier == (date(2026, 12, 31), date(2027, 3, 31))


def test_rows_of_every_kind_are_added_and_a_heading_is_repealed_with_all_below_it(catalogue: Catalogue) -> None:
    indicator = {"kind": "indicator", "unit": "%", "direction": "increase", "targets": {"2030": "95", "2027": "≥ 80"}}
    made = applied(
        catalogue,
        [
            amendment(
                FIRST,
                change(
                    "add", "PL1.20", row={**indicator, "text": "Tỷ lệ trạm đo", "lead": ["Sở Y tế"]}, after="PL1.19"
                ),
                change("add", "III.8", row={"kind": "section", "text": "Nội dung mới", "schedule": "2024 - 2026"}),
                change("add", "III.8.1", row=task("Đo đạc.", lead=["so-y-te"])),
                change("repeal", "PL2.III"),
                change("replace", "II.1.2-1/text", None, "Phòng ngừa ô nhiễm."),
            )
        ],
    )
    (fault,) = made.faults
    assert fault.message.startswith('nội dung của II.1.2-1: "(trống)" không phải nội dung đang có hiệu lực')
    new = made.plan.indicators[-1]
    assert (new.id, new.lead, new.section) == ("PL1.20", ("so-y-te",), "PL1.IV")
    assert [(one.year, one.text, one.parts != ()) for one in new.targets] == [(2027, "≥ 80", True), (2030, "95", True)]
    assert [one.id for one in made.plan.sections if one.id.startswith("III")][-1] == "III.8"
    row = task_of(made, "III.8.1")
    assert (row.section, row.deadline, row.schedule.source) == ("III.8", date(2026, 12, 31), "III.8")
    assert {one.id for one in made.plan.tasks if one.withdrawn} == {"PL2.III.1", "PL2.III.2"}
    assert [one.row for one in made.applied if one.op is AmendmentOp.REPEAL] == ["PL2.III", "PL2.III.1", "PL2.III.2"]


def test_products_that_are_added_stay_apart_and_a_cell_names_who_is_limited(catalogue: Catalogue) -> None:
    made = applied(
        catalogue,
        [
            amendment(
                date(2024, 6, 1),
                change("add", "PL.II.5/outputs", None, "tờ trình; đề án"),
                change("replace", "PL.II.5/support", None, "Các sở, ngành có liên quan"),
                amends="qd-3825",
            )
        ],
    )
    row = next(one for one in made.plan.tasks if one.id == "PL.II.5")
    assert row.outputs == ("Cơ sở dữ liệu", "kế hoạch", "chương trình", "quyết định", "báo cáo", "tờ trình", "đề án")
    assert row.as_issued["outputs"].endswith("báo cáo; tờ trình; đề án")
    assert [one.code for one in made.faults] == [DIFFERS]
    whole = applied(
        catalogue, [amendment(FIRST, change("replace", "PL2.III.1/support", SUPPORT, "Các sở, ngành có liên quan"))]
    )
    first = task_of(whole, "PL2.III.1")
    assert first.limited == {("support", first.support[0])}


def test_old_words_may_be_typed_with_other_dashes_quotes_and_accents_apart(catalogue: Catalogue) -> None:
    made = applied(
        catalogue,
        [
            amendment(
                FIRST,
                change("replace", "PL2.III.1/schedule", "2022 – 2025", "2022 - 2027"),
                change(
                    "replace_phrase", "PL2.III.1/text", unicodedata.normalize("NFD", "TP Sầm Sơn"), "phường Sầm Sơn"
                ),
            )
        ],
    )
    assert made.faults == ()
    assert "bệnh viện đa khoa phường Sầm Sơn, bệnh viện" in task_of(made, "PL2.III.1").text


def test_new_words_that_stand_in_the_plan_file_already_are_named_with_the_mend(
    catalogue: Catalogue, plan: Plan
) -> None:
    """The plan file keeps the text as issued; what an earlier document brought is told from what a hand typed."""
    twice = change("replace", "PL2.III.1/schedule", "2022 - 2023", "2022 - 2025")
    row = change("add", "PL2.III.2", row=task(next(one.text for one in plan.tasks if one.id == "PL2.III.2")))
    phrase = change("replace_phrase", "PL2.III.1/text", "huyện Sầm Sơn", "TP Sầm Sơn")
    typed = applied(catalogue, [amendment(FIRST, twice, row, phrase)])
    line = plan.lines["PL2.III.1"]
    assert [one.code for one in typed.faults] == [DIFFERS] * 3
    assert all("tệp kế hoạch đã ghi sẵn" in one.message for one in typed.faults)
    assert f'{plan.file} dòng {line}, ghi lại "2022 - 2023" như lúc ban hành' in str(typed.faults[0].hint)
    first = amendment(FIRST, change("replace", "PL2.III.1/schedule", "2022 - 2025", "2022 - 2027"))
    later = amendment(SECOND, change("replace", "PL2.III.1/schedule", "2022 - 2025", "2022 - 2027"), file="b.yaml")
    (fault,) = applied(catalogue, [first, later]).faults
    assert "đã là nội dung đang có hiệu lực, theo Quyết định 10/03/2024" in fault.message


def test_rows_may_change_numbers_with_each_other_and_a_new_row_takes_a_freed_one(catalogue: Catalogue) -> None:
    swap = [
        AmendmentChange(AmendmentOp.RENUMBER, one, ("changes", at), None, other)
        for at, (one, other) in enumerate((("PL2.III.1", "PL2.III.2"), ("PL2.III.2", "PL2.III.1")))
    ]
    made = applied(catalogue, [amendment(FIRST, *swap)])
    assert made.faults == ()
    assert [task_of(made, f"PL2.III.{row}").as_issued["number"] for row in (1, 2)] == ["PL2.III.2", "PL2.III.1"]
    freed = change("renumber", "PL2.III.2", None, "PL2.III.3")
    new = change("add", "PL2.III.2@qd-100", row=task("Việc mới."), after="PL2.III.1")
    made = applied(catalogue, [amendment(FIRST, freed, new)])
    assert made.faults == ()
    assert task_of(made, "PL2.III.2@qd-100").as_issued["number"] == "PL2.III.2"
    (fault,) = applied(catalogue, [amendment(FIRST, new)]).faults
    assert "đang là số của PL2.III.2" in fault.message


def test_the_same_document_in_two_files_is_applied_once(catalogue: Catalogue) -> None:
    both = [
        replace(amendment(FIRST, change("repeal", "PL2.II.1"), file=file), number="100/QĐ-UBND")
        for file in ("a.yaml", "b.yaml")
    ]
    made = applied(catalogue, both)
    assert [(one.code, one.amendment.file, one.change) for one in made.faults] == [(TWICE, "b.yaml", None)]
    assert (len(made.applied), made.amendments) == (1, (both[0],))


def test_long_old_words_are_quoted_where_they_differ(catalogue: Catalogue, plan: Plan) -> None:
    text = next(task.text for task in plan.tasks if task.id == "PL2.III.1")
    typed = text.replace("Quảng Xương", "Quảng Xươnng")
    (fault,) = applied(catalogue, [amendment(FIRST, change("replace", "PL2.III.1/text", typed, "x"))]).faults
    assert "huyện Quảng Xươnng, bệnh viện" in fault.message
    assert "đang ghi" in fault.message
    assert len(fault.message) < 300


@pytest.mark.parametrize(("issued", "day"), [(date(2024, 5, 1), FIRST), (date(2020, 1, 1), FIRST)])
def test_dates_that_cannot_be_keep_a_whole_amendment_out(catalogue: Catalogue, issued: date, day: date) -> None:
    made = applied(catalogue, [amendment(day, change("repeal", "PL2.II.1"), issued=issued)])
    assert ([one.code for one in made.faults], made.applied) == ([DATES], ())


def rows_of(plan: Plan) -> list[str]:
    rows = [task for task in plan.tasks if task.schedule.source is None and task.schedule.text]
    return [task.id for task in rows]


@pytest.mark.slow
@settings(max_examples=100)
@given(seed=st.integers(0, 10**9))
def test_an_amendment_and_its_reverse_give_the_plan_back_in_any_order_of_files(catalogue: Catalogue, seed: int) -> None:
    chance = random.Random(seed)
    plan = catalogue.plan("kh-176")
    assert plan
    rows = chance.sample(rows_of(plan), 5)
    tasks = {task.id: task for task in plan.tasks}
    there = [change("replace", f"{row}/text", tasks[row].text, f"Văn bản khác của {row}.") for row in rows]
    back = [change("replace", one.at, one.new, one.old) for one in there]
    files = [amendment(FIRST, *there, file="b.yaml"), amendment(SECOND, *back, file="a.yaml")]
    chance.shuffle(files)
    made = applied(catalogue, files)
    assert made.faults == ()
    assert row_changes(plan, made.plan) == ()
    between = applied(catalogue, files, date(2025, 1, 1))
    assert {one.ref.partition("/")[2] for one in row_changes(plan, between.plan)} == set(rows)
    assert not any(isinstance(one.after, Indicator) for one in row_changes(plan, between.plan))
