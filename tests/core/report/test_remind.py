"""Reminders: who is reminded of what, on which day, and never twice of the same step."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from kehoach_cli.core.duties.coverage import Sent
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.progress import Paper, RefusedForm, Status, Submission, SubmittedIndicator, SubmittedTask
from kehoach_cli.core.model.reminder_log import Reminded, ReminderLog, ReminderStep, step_of
from kehoach_cli.core.notation.schedule import Recurrence, Schedule, ScheduleKind
from kehoach_cli.core.report.remind import Reminder, Reminders, RemindQuery, reminders
from kehoach_cli.core.report.request import Request, letters_to
from kehoach_cli.render.remind import reminder_text
from kehoach_cli.store.readers.journal import reminders_of, with_entries
from tests.core.report.test_report import PLANS_2025, plan_of, said

YEAR = Period(2025)
AFTER = date(2026, 1, 20)


def found(
    catalogue: Catalogue,
    submissions: Iterable[Submission] = (),
    day: date = AFTER,
    plans: Iterable[str] = ("kh-176",),
    period: Period = YEAR,
    log: ReminderLog | None = None,
) -> Reminders:
    filled = replace(catalogue, submissions=tuple(submissions))
    query = RemindQuery(tuple(plan_of(filled, one) for one in plans), period, day)
    return reminders(filled, query, log or ReminderLog())


def of(made: Reminders, agency: str) -> Reminder | None:
    return next((one for one in made.items if one.agency == agency), None)


def health(catalogue: Catalogue, *submissions: Submission, day: date = AFTER, period: Period = YEAR) -> Reminder:
    one = of(found(catalogue, submissions, day, period=period), "so-y-te")
    assert one
    return one


@pytest.mark.parametrize(
    ("days", "step"),
    [(31, None), (30, "30"), (8, "30"), (7, "7"), (2, "7"), (1, "1"), (0, "1"), (-1, "late"), (-900, "late")],
)
def test_steps_of_the_ladder(days: int, step: str | None) -> None:
    assert step_of(days) == step


@pytest.mark.parametrize(
    ("day", "upcoming", "late"),
    [
        (date(2025, 11, 30), [], []),
        (date(2025, 12, 1), [("PL2.III.1", 30), ("PL2.III.2", 30)], []),
        (date(2025, 12, 31), [("PL2.III.1", 0), ("PL2.III.2", 0)], []),
        (date(2026, 1, 1), [], [("PL2.III.1", -1), ("PL2.III.2", -1)]),
    ],
)
def test_tasks_are_told_of_before_and_after_their_deadline(
    catalogue: Catalogue, day: date, upcoming: list[tuple[str, int]], late: list[tuple[str, int]]
) -> None:
    one = of(found(catalogue, day=day), "so-y-te")
    assert [(item.task.id, item.days) for item in (one.upcoming if one else ())] == upcoming
    assert [(item.task.id, item.days) for item in (one.late if one else ())] == late


@pytest.mark.parametrize(
    ("entry", "reminded"),
    [
        (SubmittedTask(Status.IN_PROGRESS), True),
        (SubmittedTask(Status.PAUSED), True),
        (SubmittedTask(Status.DROPPED), True),
        (SubmittedTask(Status.DROPPED, documents=(Paper("3/QĐ", date(2025, 5, 1)),)), False),
        (SubmittedTask(Status.DONE), False),
    ],
)
def test_only_what_is_open_is_told_of(catalogue: Catalogue, entry: SubmittedTask, *, reminded: bool) -> None:
    one = health(catalogue, said("kh-176", "so-y-te", tasks={"PL2.III.1": entry}))
    assert ("PL2.III.1" in {item.task.id for item in one.late}) is reminded


def test_rows_without_a_day_and_rows_that_wait_for_an_event_are_never_told_of(catalogue: Catalogue) -> None:
    for day in (date(2025, 12, 10), AFTER, date(2026, 12, 25)):
        for one in found(catalogue, day=day, plans=PLANS_2025, period=Period(day.year)).items:
            assert all(item.task.schedule.deadline for item in (*one.upcoming, *one.late))
    plan = plan_of(catalogue, "kh-176")
    words = "trong 15 ngày kể từ ngày ký"
    waiting = Schedule(kind=ScheduleKind.EVENT, text=words, start=2022, end=2025, deadline=date(2025, 12, 31))
    tasks = tuple(replace(task, schedule=waiting) if task.id == "PL2.III.1" else task for task in plan.tasks)
    changed = replace(catalogue, plans=(type(plan)(**{**fields(plan), "tasks": tasks}),))
    left = of(found(changed), "so-y-te")
    assert left is not None
    assert {item.task.id for item in left.late} == {"PL2.III.2"}


@pytest.mark.parametrize(("due", "told"), [(("12-14",), [("III.3.1", 4)]), ((), [])])
def test_what_comes_back_is_told_of_where_the_plan_gives_a_day(
    catalogue: Catalogue, due: tuple[str, ...], told: list[tuple[str, int]]
) -> None:
    plan = plan_of(catalogue, "kh-176")
    yearly = Schedule(kind=ScheduleKind.RECURRING, text="hằng năm", recurrence=Recurrence("year", due))
    tasks = tuple(replace(task, schedule=yearly) if task.id == "III.3.1" else task for task in plan.tasks)
    changed = replace(catalogue, plans=(type(plan)(**{**fields(plan), "tasks": tasks}),))
    one = of(found(changed, day=date(2025, 12, 10)), "bql-kkt-nghi-son")
    assert [(item.task.id, item.days) for item in (one.upcoming if one else ())] == told


def fields(plan: Any) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in plan.__struct_fields__}


def test_the_coordinator_and_dissolved_bodies_are_never_reminded(catalogue: Catalogue) -> None:
    made = found(catalogue, plans=PLANS_2025)
    reminded = {(one.plan.id, one.agency) for one in made.items}
    assert ("kh-176", "so-nnmt") not in reminded
    assert ("qd-3825", "so-tai-chinh") not in reminded
    assert ("kh-176", "so-tai-chinh") in reminded
    assert not {agency for _, agency in reminded} & {"so-tnmt", "so-khdt", "so-nnptnt", "so-tttt"}


def test_a_silent_body_is_told_so_only_where_the_plan_asks_for_a_report(catalogue: Catalogue) -> None:
    """KH 176 asks for yearly reports without a day, QĐ 3825 for the 15th of November; KL 81 asks no unit."""
    assert all(one.report is None for one in found(catalogue, period=Period(2025, "Q4")).items)
    assert all(one.report is None for one in found(catalogue, day=date(2025, 12, 20)).items)
    silent = health(catalogue).report
    assert silent
    assert (silent.state, silent.due, silent.step) == (Sent.MISSING, None, ReminderStep.LATE)
    assert found(catalogue, plans=["kh-kl-81"]).items == ()
    asked = {day: of(found(catalogue, day=day, plans=["qd-3825"]), "so-y-te") for day in (
        date(2025, 10, 1), date(2025, 11, 10), date(2025, 11, 17), date(2025, 11, 18),
    )}  # fmt: skip
    steps = [one.report.step if one and one.report else None for one in asked.values()]
    assert steps == [None, ReminderStep.DAYS_7, ReminderStep.DAY_1, ReminderStep.LATE]


def test_values_and_tasks_that_a_submission_leaves_out_are_told_apart(catalogue: Catalogue) -> None:
    sent = said("kh-176", "so-y-te", indicators={"PL1.17": SubmittedIndicator("86,5")})
    one = health(catalogue, sent)
    assert one.report is None
    assert "PL1.17" not in {row.id for row in one.values}
    assert {"PL2.III.1", "PL2.III.2"} <= {task.id for task in one.stale}
    text = reminder_text([one])
    assert "Báo cáo năm 2025 chưa cập nhật nhiệm vụ:" in text
    assert "chưa nhận được báo cáo" not in text
    other = health(catalogue, said("kh-176", "so-y-te", tasks={"PL2.III.1": SubmittedTask(Status.IN_PROGRESS)}))
    assert "PL1.17" in {row.id for row in other.values}
    assert "Báo cáo năm 2025 còn thiếu số liệu chỉ tiêu:\n- PL1.17" in reminder_text([other])


def test_a_refused_form_was_sent_and_not_received(catalogue: Catalogue) -> None:
    refused = RefusedForm("da-nhan/syt.xlsx", "so-y-te", "ô G12: ngày không hợp lệ", "kh-176", "2025")
    query = RemindQuery((plan_of(catalogue, "kh-176"),), YEAR, AFTER)
    one = of(reminders(replace(catalogue, refused=(refused,)), query, ReminderLog()), "so-y-te")
    assert one
    assert "Báo cáo năm 2025: đã gửi, chưa nhận được: ô G12: ngày không hợp lệ." in reminder_text([one])


def test_each_step_is_told_once_and_what_is_late_again_after_five_days(catalogue: Catalogue) -> None:
    """Played day by day, with everything sent at once."""
    log = ReminderLog()
    told: dict[tuple[str, str], list[date]] = {}
    for number in range(65):
        day = date(2025, 11, 28) + timedelta(number)
        one = of(found(catalogue, day=day, log=log), "so-y-te")
        for line in one.logged("2025-12-01T08:00:00+07:00", day) if one else ():
            log = ReminderLog((*log.lines, line))
            for row in line.rows:
                told.setdefault((row, line.step.value), []).append(day)
    task = "PL2.III.1@2025-12-31"
    assert told[task, "30"] == [date(2025, 12, 1)]
    assert told[task, "7"] == [date(2025, 12, 24)]
    assert told[task, "1"] == [date(2025, 12, 30)]
    assert told[task, "late"][:3] == [date(2026, 1, 1), date(2026, 1, 6), date(2026, 1, 11)]
    assert told["report@2025", "late"][:2] == [date(2026, 1, 1), date(2026, 1, 6)]
    assert all(len(days) == 1 for (_, step), days in told.items() if step != "late")


def test_what_was_told_is_counted_and_a_moved_deadline_begins_anew(catalogue: Catalogue) -> None:
    one = health(catalogue)
    log = ReminderLog(one.logged("t", AFTER))
    again = found(catalogue, day=AFTER + timedelta(4), log=log)
    assert of(again, "so-y-te") is None
    assert again.before == len(one.said)
    assert all(row.endswith("@2025-12-31") for _, row in one.said if row.startswith("PL2"))


def test_the_log_is_read_from_whole_lines_in_any_order() -> None:
    first = Reminded(
        "t1", date(2025, 12, 1), "so-y-te", "kh-176", "2025", ReminderStep.DAYS_30, ("PL2.III.1@2025-12-31",)
    )
    second = Reminded("t2", date(2026, 1, 1), "so-y-te", "kh-176", "2025", ReminderStep.LATE, ("PL2.III.1@2025-12-31",))
    whole = with_entries(b"", [first, second])
    assert reminders_of(whole).lines == (first, second)
    torn = whole + b'{"time":"t3","day":"2026-'
    assert reminders_of(torn).lines == (first, second)
    assert reminders_of(with_entries(torn, [first])).lines == (first, second)
    assert b"\n".join(reversed(whole.splitlines())) != whole
    assert set(reminders_of(b"\n".join(reversed(whole.splitlines()))).lines) == {first, second}


def test_the_letter_names_late_tasks_only_where_no_report_is_asked(catalogue: Catalogue) -> None:
    plan, unit = plan_of(catalogue, "kh-176"), catalogue.directory.get("thanh-hoa", "so-y-te")
    assert unit
    quarter = Period(2025, "Q4")
    one = health(catalogue, period=quarter)
    assert not one.reports
    empty = replace(catalogue, submissions=())
    request = Request(quarter, (plan,), as_of=AFTER, letters=True)
    (letter,) = letters_to(empty, request, [(plan, unit, True)], lambda _: None)
    assert letter.data.expected == ("PL2.III.1", "PL2.III.2")
    assert letter.name == "cong-van-don-doc-kh-176-2025-Q4-so-y-te"
    assert "chưa nhận được báo cáo" not in " ".join(letter.data.body)  # type: ignore[union-attr]
