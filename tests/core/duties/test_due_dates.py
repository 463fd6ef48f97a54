"""What of a task is due next, what was missed this year, and which milestones are overdue."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.duties.assess import TaskStates, Timeliness
from kehoach_cli.core.duties.due_dates import DueDates
from kehoach_cli.core.duties.select import task_row
from kehoach_cli.core.model.plan import Document, Plan
from kehoach_cli.core.model.progress import Extension, Paper, Status, Submission, SubmittedMilestone, SubmittedTask
from kehoach_cli.viet.dates import PartialDate
from tests.core.duties.test_assess import DIRECTORY, PLAN, said, task

STEPS = "Khởi công quý II/2025, hoàn thành quý IV/2027"
CUTOFF = date(2025, 6, 1)
EARLY = date(2025, 1, 1)
DONE = SubmittedMilestone(Status.DONE)


def due(
    schedule: str, as_of: date, *sent: Submission, plan: Plan = PLAN, lead: tuple[str, ...] = ("so-a",)
) -> DueDates:
    return task_row(plan, task(schedule, lead), (), TaskStates(DIRECTORY, sent), as_of).due


def report(entry: SubmittedTask, by: str = "so-a") -> Submission:
    return said(entry, by, CUTOFF)


class TestNextDue:
    @pytest.mark.parametrize(
        ("schedule", "as_of", "expected"),
        [
            ("2022 - 2025", date(2025, 6, 30), date(2025, 12, 31)),
            ("2022 - 2025", date(2026, 6, 30), date(2025, 12, 31)),
            ("Thường xuyên", date(2025, 6, 30), None),
            ("", date(2025, 6, 30), None),
            ("Đầu năm 2026", date(2025, 6, 30), None),
            ("hằng năm", date(2025, 6, 30), date(2025, 12, 31)),
            ("hằng năm", date(2031, 1, 1), None),
            ("hằng năm", date(2020, 1, 1), date(2022, 12, 31)),
            ("Hằng năm, giai đoạn 2026 - 2027", date(2025, 6, 30), date(2026, 12, 31)),
            ("Hằng năm, giai đoạn 2026 - 2027", date(2028, 6, 30), None),
            ("trước ngày 15/12 hằng năm", date(2025, 12, 14), date(2025, 12, 14)),
            ("trước ngày 15/12 hằng năm", date(2025, 12, 15), date(2026, 12, 14)),
            ("hằng quý", date(2025, 4, 1), date(2025, 6, 30)),
            ("6 tháng một lần", date(2025, 7, 1), date(2025, 12, 31)),
            ("hằng tháng", date(2025, 2, 10), date(2025, 2, 28)),
            ("Trước ngày 01 hằng tháng", date(2025, 4, 5), date(2025, 4, 30)),
            ("Định kỳ ngày 25 hằng tháng", date(2025, 4, 26), date(2025, 5, 25)),
            ("hằng tuần", date(2025, 4, 2), date(2025, 4, 6)),
            ("hằng tuần", date(2025, 4, 6), date(2025, 4, 6)),
            ("hằng ngày", date(2025, 4, 2), date(2025, 4, 2)),
            ("2 năm/lần", date(2025, 4, 2), date(2025, 12, 31)),
            ("2 năm/lần", date(2026, 4, 2), date(2027, 12, 31)),
            (STEPS, date(2025, 1, 1), date(2025, 6, 30)),
            (STEPS, date(2026, 1, 1), date(2025, 6, 30)),
            ("Hoàn thành năm 2025, sau đó hằng năm", date(2026, 3, 1), date(2025, 12, 31)),
        ],
    )
    def test_without_any_report(self, schedule: str, as_of: date, expected: date | None) -> None:
        assert due(schedule, as_of).next_due == expected

    @pytest.mark.parametrize("schedule", ["2022 - 2025", "hằng quý", STEPS])
    @pytest.mark.parametrize("status", [Status.DONE, Status.CARRIED, Status.DROPPED])
    def test_nothing_once_it_is_closed(self, schedule: str, status: Status) -> None:
        closed = report(SubmittedTask(status, documents=(Paper("1/QĐ", date(2025, 5, 1)),)))
        found = due(schedule, date(2025, 9, 1), closed)
        assert (found.next_due, found.missed, found.overdue) == (None, (), ())

    @pytest.mark.parametrize("status", [Status.CARRIED, Status.DROPPED])
    def test_what_is_given_up_without_a_document_stays_due(self, status: Status) -> None:
        found = due(STEPS, date(2025, 9, 1), report(SubmittedTask(status)))
        assert found.next_due == date(2025, 6, 30)
        assert found.overdue

    def test_an_extension_moves_the_last_day_only(self) -> None:
        moved = report(
            SubmittedTask(extension=Extension(date(2028, 6, 30), "1/QĐ-UBND ngày 10/12/2027"), milestones={1: DONE})
        )
        assert due(STEPS, date(2025, 9, 1), moved).next_due == date(2028, 6, 30)
        assert due(STEPS, date(2025, 5, 1), moved).next_due == date(2025, 6, 30)

    def test_nothing_is_due_before_the_document(self) -> None:
        late = replace(PLAN, document=Document("KH", None, PartialDate(2025, 9, 1), "ubnd", "KH", "KH"))
        assert due("hằng quý", date(2025, 10, 10), plan=late).missed == (date(2025, 9, 30),)
        assert due("hằng quý", EARLY, plan=late).next_due == date(2025, 9, 30)


class TestMilestones:
    def test_an_overdue_one_is_named(self) -> None:
        (step,) = due(STEPS, date(2026, 1, 1)).overdue
        assert (step.text, step.deadline) == ("Khởi công", date(2025, 6, 30))

    def test_a_finished_one_gives_way_to_the_next(self) -> None:
        found = due(STEPS, date(2026, 1, 1), report(SubmittedTask(milestones={1: DONE})))
        assert (found.next_due, found.overdue) == (date(2027, 12, 31), ())

    def test_every_lead_must_have_finished_it(self) -> None:
        one = report(SubmittedTask(milestones={1: DONE}))
        other = report(SubmittedTask(milestones={1: SubmittedMilestone(Status.IN_PROGRESS)}), "so-b")
        leads = ("so-a", "so-b")
        assert due(STEPS, date(2026, 1, 1), one, other, lead=leads).overdue
        assert due(STEPS, date(2026, 1, 1), one, lead=leads).overdue
        assert not due(
            STEPS, date(2026, 1, 1), one, report(SubmittedTask(milestones={1: DONE}), "so-b"), lead=leads
        ).overdue

    def test_a_member_never_finishes_one_for_its_group(self) -> None:
        entry = SubmittedTask(milestones={1: DONE})
        assert due(STEPS, date(2026, 1, 1), report(entry), lead=("nhom",)).overdue
        assert not due(STEPS, date(2026, 1, 1), report(entry, "nhom"), lead=("nhom",)).overdue

    def test_the_last_word_counts(self) -> None:
        later = said(SubmittedTask(milestones={1: SubmittedMilestone(Status.IN_PROGRESS)}), cutoff=date(2025, 9, 1))
        assert due(STEPS, date(2026, 1, 1), report(SubmittedTask(milestones={1: DONE})), later).overdue

    def test_each_has_a_state_of_its_own(self) -> None:
        in_time = SubmittedMilestone(Status.DONE, date(2025, 5, 1))
        late = SubmittedMilestone(Status.DONE, date(2025, 7, 10))
        as_of = date(2025, 8, 1)
        (first, second) = due(STEPS, as_of).steps
        assert (first.timeliness, first.days, second.timeliness) == (Timeliness.UNREPORTED, 32, Timeliness.IN_TIME)
        (first, _) = due(STEPS, as_of, report(SubmittedTask(milestones={1: in_time}))).steps
        assert (first.timeliness, first.completed) == (Timeliness.ON_TIME, date(2025, 5, 1))
        (first, _) = due(STEPS, as_of, report(SubmittedTask(milestones={1: late}))).steps
        assert (first.timeliness, first.days) == (Timeliness.LATE, 10)
        (first, _) = due(STEPS, as_of, report(SubmittedTask(milestones={1: DONE}))).steps
        assert first.timeliness is Timeliness.UNDATED

    def test_leads_finish_one_on_the_latest_of_their_days(self) -> None:
        one, other = (
            report(SubmittedTask(milestones={1: SubmittedMilestone(Status.DONE, day)}), by)
            for by, day in (("so-a", date(2025, 5, 1)), ("so-b", date(2025, 6, 1)))
        )
        (first, _) = due(STEPS, date(2025, 9, 1), one, other, lead=("so-a", "so-b")).steps
        assert (first.status, first.completed) == (Status.DONE, date(2025, 6, 1))
        (first, _) = due(STEPS, date(2025, 9, 1), one, lead=("so-a", "so-b")).steps
        assert (first.status, first.timeliness) == (Status.IN_PROGRESS, Timeliness.OVERDUE)


class TestMissed:
    def test_what_passed_this_year_is_listed_and_never_overdue(self) -> None:
        found = due("hằng quý", date(2025, 7, 1))
        assert found.missed == (date(2025, 3, 31), date(2025, 6, 30))
        assert (found.overdue, found.next_due) == ((), date(2025, 9, 30))

    @pytest.mark.parametrize(
        ("schedule", "entry", "missed"),
        [
            ("hằng quý", SubmittedTask(done_for=("2025-Q1",)), (date(2025, 6, 30),)),
            ("hằng quý", SubmittedTask(done_for=("2025-H1",)), ()),
            ("hằng quý", SubmittedTask(done_this_year=True), ()),
            ("hằng quý", SubmittedTask(done_for=("2024-Q1",)), (date(2025, 3, 31), date(2025, 6, 30))),
            ("Quý I và Quý III hằng năm", SubmittedTask(done_for=("2025-Q1",)), ()),
            ("Trước ngày 05 của tháng đầu quý sau", SubmittedTask(done_for=("2024-Q4", "2025-Q1")), ()),
            ("Hằng tháng, trước ngày 10", SubmittedTask(done_for=("2024-12", "2025-H1")), ()),
            ("hằng ngày", SubmittedTask(), ()),
        ],
    )
    def test_what_was_reported_done_is_not(self, schedule: str, entry: SubmittedTask, missed: tuple[date, ...]) -> None:
        assert due(schedule, date(2025, 7, 1), report(entry)).missed == missed

    def test_what_is_done_ahead_is_not_due(self) -> None:
        ahead = report(SubmittedTask(done_for=("2025-Q3",)))
        assert due("hằng quý", date(2025, 7, 1), ahead).next_due == date(2025, 12, 31)


schedules = st.sampled_from(
    [*("hằng năm", "hằng quý", "hằng tháng", "hằng tuần", "hằng ngày", "6 tháng một lần", "3 năm/lần", STEPS, "2025"),
     *("Trước 30/6 và 30/11 hằng năm", "trước ngày 29/02 hằng năm", "Hằng tháng, trước ngày 10", "Từ năm 2026")]
)  # fmt: skip


class TestProperties:
    @given(schedules, st.dates())
    def test_any_day_is_answered(self, schedule: str, as_of: date) -> None:
        found = due(schedule, as_of)
        assert all(day < as_of and day.year == as_of.year for day in found.missed)
        assert list(found.missed) == sorted(set(found.missed))
        if found.next_due and "hằng" in schedule:
            assert found.next_due >= as_of
