from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.check.wording import state_text
from kehoach_cli.core.duties.assess import CountColumn, State, TaskStates, Timeliness
from kehoach_cli.core.model.agency import Agency, Directory, Registry, Successor
from kehoach_cli.core.model.plan import (
    BodyVariant,
    Condition,
    ConditionKind,
    Document,
    Heir,
    Plan,
    PlanYears,
    Task,
    TaskKind,
)
from kehoach_cli.core.model.progress import Extension, Paper, Status, Submission, SubmittedTask
from kehoach_cli.core.notation.parse import parse_schedule

PROVINCE = "tinh"
PLAN = Plan(
    id="kh",
    province=PROVINCE,
    document=Document("KH", None, None, "ubnd-tinh", "Kế hoạch", "Kế hoạch"),
    period=PlanYears(2022, 2030),
    coordinator="so-a",
    objectives=(),
    funding=(),
    reporting=(),
    clauses=(),
    sections=(),
    tasks=(),
    indicators=(),
)


def agency(
    agency_id: str, *heirs: str, group: bool = False, members: tuple[str, ...] = (), gone: date | None = None
) -> Agency:
    successors = tuple(Successor(heir) for heir in heirs)
    return Agency(
        agency_id, agency_id, "so", PROVINCE, successors=successors, group=group, members=members, valid_to=gone
    )


MERGED = date(2025, 2, 28)
DIRECTORY = Directory(
    {
        PROVINCE: Registry(
            PROVINCE,
            "Tỉnh",
            {
                body.id: body
                for body in (
                    agency("so-a"),
                    agency("so-b"),
                    agency("so-cu-1", "so-moi", gone=MERGED),
                    agency("so-cu-2", "so-moi", gone=MERGED),
                    agency("so-moi"),
                    agency("so-tach", "so-a", "so-b", gone=MERGED),
                    agency("nhom", group=True, members=("so-a", "so-b")),
                    replace(agency("mo", group=True), open=True),
                )
            },
        )
    }
)
DEADLINE = date(2025, 12, 31)
OPEN_STATUSES = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING, Status.PAUSED, Status.WAITING)


def task(
    schedule: str = "2022 - 2025",
    lead: tuple[str, ...] = ("so-a",),
    conditions: tuple[Condition, ...] = (),
    now: dict[str, tuple[Heir, ...]] | None = None,
) -> Task:
    return Task(
        "III.1",
        TaskKind.TASK,
        "Nhiệm vụ",
        None,
        lead,
        ("so-b",) if "so-b" not in lead else (),
        schedule=parse_schedule(schedule),
        conditions=conditions,
        now=now or {},
    )


def said(report: SubmittedTask, by: str = "so-a", cutoff: date = date(2024, 12, 14), file: str = "") -> Submission:
    return Submission(
        "kh", by, cutoff.year, cutoff, file or f"progress/{cutoff.year}/kh--{by}.yaml", tasks={"III.1": report}
    )


def state(of: Task, as_of: date, *submissions: Submission) -> State:
    return TaskStates(DIRECTORY, submissions).state(PLAN, of, as_of)


class TestDone:
    @pytest.mark.parametrize(
        ("completed", "timeliness"),
        [
            (date(2024, 6, 1), Timeliness.ON_TIME),
            (DEADLINE, Timeliness.ON_TIME),
            (date(2026, 1, 1), Timeliness.LATE),
            (None, Timeliness.UNDATED),
        ],
    )
    def test_the_day_of_completion_decides(self, completed: date | None, timeliness: Timeliness) -> None:
        found = state(
            task(), date(2027, 1, 1), said(SubmittedTask(Status.DONE, completed=completed), cutoff=date(2026, 6, 30))
        )
        assert (found.status, found.timeliness, found.completed) == (Status.DONE, timeliness, completed)
        assert found.deadline == DEADLINE

    @pytest.mark.parametrize(
        "schedule", ["Thường xuyên, hằng năm", "Khi có yêu cầu", "đến năm 2030 và các năm tiếp theo", ""]
    )
    def test_without_a_deadline_it_is_neither_on_time_nor_late(self, schedule: str) -> None:
        found = state(task(schedule), date(2027, 1, 1), said(SubmittedTask(Status.DONE, completed=date(2024, 6, 1))))
        assert (found.status, found.timeliness, found.deadline) == (Status.DONE, Timeliness.NONE, None)

    def test_before_the_period_begins_it_is_done_all_the_same(self) -> None:
        report = SubmittedTask(Status.DONE, completed=date(2025, 6, 1))
        found = state(task("2026 - 2030"), date(2025, 12, 31), said(report, cutoff=date(2025, 12, 14)))
        assert found.timeliness is Timeliness.ON_TIME


class TestOpen:
    @pytest.mark.parametrize("status", OPEN_STATUSES)
    def test_the_deadline_itself_is_in_time(self, status: Status) -> None:
        report = said(SubmittedTask(status))
        assert state(task(), DEADLINE, report).timeliness is Timeliness.IN_TIME
        late = state(task(), DEADLINE + timedelta(1), report)
        assert (late.status, late.timeliness) == (status, Timeliness.OVERDUE)

    def test_nobody_reported(self) -> None:
        before = state(task(), DEADLINE)
        after = state(task(), DEADLINE + timedelta(1))
        assert (before.status, before.timeliness) == (None, Timeliness.IN_TIME)
        assert (after.status, after.timeliness) == (None, Timeliness.UNREPORTED)
        assert (after.reported, after.leads) == (0, 1)

    @pytest.mark.parametrize(
        "schedule", ["Thường xuyên, hằng năm", "Khi có yêu cầu", "đến năm 2030 và các năm tiếp theo", ""]
    )
    @pytest.mark.parametrize("status", [None, *OPEN_STATUSES])
    def test_without_a_deadline_nothing_is_ever_overdue(self, schedule: str, status: Status | None) -> None:
        found = state(task(schedule), date(2040, 1, 1), said(SubmittedTask(status)))
        assert (found.status, found.timeliness) == (status, Timeliness.NONE)

    def test_a_period_to_come_is_not_yet_due(self) -> None:
        assert state(task("2026 - 2030"), date(2025, 12, 31)).timeliness is Timeliness.NOT_YET
        assert state(task("2026 - 2030"), date(2026, 1, 1)).timeliness is Timeliness.IN_TIME
        assert state(task("Năm 2023"), date(2022, 12, 31)).timeliness is Timeliness.NOT_YET

    @pytest.mark.parametrize("status", [Status.CARRIED, Status.DROPPED])
    def test_what_was_carried_over_or_dropped_is_not_overdue(self, status: Status) -> None:
        given_up = SubmittedTask(status, documents=(Paper("12/QĐ-UBND", date(2023, 6, 1)),))
        found = state(task(), date(2028, 1, 1), said(given_up, cutoff=date(2023, 12, 14)))
        assert (found.status, found.timeliness, found.closed) == (status, Timeliness.NONE, True)
        assert found.column.value == status.value

    @pytest.mark.parametrize("papers", [(), (Paper("12/QĐ-UBND"),)])
    @pytest.mark.parametrize("status", [Status.CARRIED, Status.DROPPED])
    def test_nobody_gives_a_task_up_without_a_dated_document(self, status: Status, papers: tuple[Paper, ...]) -> None:
        found = state(task(), date(2026, 1, 10), said(SubmittedTask(status, documents=papers)))
        assert (found.status, found.timeliness, found.days) == (status, Timeliness.OVERDUE, 10)
        assert (found.column, found.closed, found.undecided) == (CountColumn.OVERDUE, False, True)

    def test_a_document_sent_later_is_enough(self) -> None:
        later = SubmittedTask(None, documents=(Paper("12/QĐ-UBND", date(2024, 6, 1)),))
        sent = (said(SubmittedTask(Status.DROPPED), cutoff=date(2023, 12, 14)), said(later))
        assert state(task(), date(2026, 1, 10), *sent).column is CountColumn.DROPPED

    def test_an_answer_without_a_status_is_an_answer(self) -> None:
        words = said(SubmittedTask(result="Đã họp thẩm định."))
        before, after = state(task(), DEADLINE, words), state(task(), DEADLINE + timedelta(3), words)
        assert (before.status, before.column) == (None, CountColumn.IN_TIME)
        assert (after.timeliness, after.column, after.days) == (Timeliness.OVERDUE, CountColumn.OVERDUE, 3)


class TestWhichReportCounts:
    EARLY = said(SubmittedTask(Status.IN_PROGRESS), cutoff=date(2023, 12, 14))
    LATE = said(SubmittedTask(Status.DONE, completed=date(2024, 5, 1)), cutoff=date(2024, 12, 14))

    @pytest.mark.parametrize(
        ("as_of", "status"),
        [
            (date(2023, 12, 13), None),
            (date(2023, 12, 14), Status.IN_PROGRESS),
            (date(2024, 12, 13), Status.IN_PROGRESS),
            (date(2024, 12, 14), Status.DONE),
            (date(2029, 1, 1), Status.DONE),
        ],
    )
    def test_the_latest_up_to_the_day_asked(self, as_of: date, status: Status | None) -> None:
        assert state(task(), as_of, self.EARLY, self.LATE).status is status
        assert state(task(), as_of, self.LATE, self.EARLY).status is status

    def test_done_holds_until_reported_otherwise(self) -> None:
        silent = said(SubmittedTask(None, result="như năm trước"), cutoff=date(2025, 12, 14))
        reopened = said(SubmittedTask(Status.IN_PROGRESS), cutoff=date(2026, 12, 14))
        assert state(task(), date(2027, 1, 1), self.LATE, silent).timeliness is Timeliness.ON_TIME
        assert state(task(), date(2027, 1, 1), self.LATE, silent, reopened).timeliness is Timeliness.OVERDUE

    def test_other_plans_and_tasks_do_not_count(self) -> None:
        other_plan = Submission(
            "qd", "so-a", 2024, date(2024, 12, 14), "a.yaml", tasks={"III.1": SubmittedTask(Status.DONE)}
        )
        other_task = Submission(
            "kh", "so-a", 2024, date(2024, 12, 14), "b.yaml", tasks={"III.2": SubmittedTask(Status.DONE)}
        )
        assert state(task(), DEADLINE, other_plan, other_task).status is None

    def test_a_supporting_agency_does_not_speak_for_the_lead(self) -> None:
        found = state(task(), date(2026, 1, 1), said(SubmittedTask(Status.DONE, completed=date(2024, 5, 1)), by="so-b"))
        assert (found.status, found.timeliness, found.reported) == (None, Timeliness.UNREPORTED, 0)


class TestExtension:
    TO = date(2026, 6, 30)
    GRANTED = Extension(TO, "12/QĐ-UBND ngày 10/12/2025")

    @pytest.mark.parametrize(
        ("status", "completed", "as_of", "timeliness"),
        [
            (Status.IN_PROGRESS, None, date(2026, 6, 30), Timeliness.IN_TIME),
            (Status.IN_PROGRESS, None, date(2026, 7, 1), Timeliness.OVERDUE),
            (Status.DONE, date(2026, 6, 30), date(2027, 1, 1), Timeliness.ON_TIME),
            (Status.DONE, date(2026, 7, 1), date(2027, 1, 1), Timeliness.LATE),
            (None, None, date(2026, 6, 30), Timeliness.IN_TIME),
        ],
    )
    def test_moves_the_deadline(
        self, status: Status | None, completed: date | None, as_of: date, timeliness: Timeliness
    ) -> None:
        report = SubmittedTask(status, completed=completed, extension=self.GRANTED)
        found = state(task(), as_of, said(report, cutoff=date(2025, 12, 14)))
        assert (found.timeliness, found.deadline, found.extension) == (timeliness, self.TO, self.GRANTED)

    @pytest.mark.parametrize("document", [None, "12/QĐ-UBND", "Công văn của UBND tỉnh ngày 10/12/2025", "đã xin"])
    def test_nobody_moves_his_own_deadline(self, document: str | None) -> None:
        asked = Extension(self.TO, document)
        report = said(SubmittedTask(Status.IN_PROGRESS, extension=asked), cutoff=date(2025, 12, 14))
        found = state(task(), date(2026, 1, 1), report)
        assert (found.timeliness, found.deadline, found.extension) == (Timeliness.OVERDUE, DEADLINE, None)
        assert found.requested == asked
        assert (
            state_text(found)
            == "chưa hoàn thành, quá hạn (1 ngày) (báo cáo gia hạn đến 30/6/2026, chưa có văn bản cho phép)"
        )

    def test_one_without_a_document_does_not_replace_one_that_was_allowed(self) -> None:
        first = said(SubmittedTask(Status.IN_PROGRESS, extension=self.GRANTED), cutoff=date(2025, 12, 14))
        later = said(SubmittedTask(extension=Extension(date(2027, 6, 30))), cutoff=date(2025, 12, 20))
        found = state(task(), date(2026, 1, 1), first, later)
        assert (found.timeliness, found.deadline, found.requested) == (Timeliness.IN_TIME, self.TO, None)

    @pytest.mark.parametrize("status", [Status.WAITING, Status.PAUSED, Status.CARRIED, Status.DROPPED])
    @pytest.mark.parametrize("papers", [(), (Paper("12/BC-SYT"),)])
    def test_lateness_is_not_cleared_by_who_is_late(self, status: Status, papers: tuple[Paper, ...]) -> None:
        found = state(
            task(), date(2026, 1, 1), said(SubmittedTask(status, documents=papers), cutoff=date(2025, 12, 14))
        )
        assert (found.timeliness, found.column, found.closed) == (Timeliness.OVERDUE, CountColumn.OVERDUE, False)

    def test_counts_only_once_reported(self) -> None:
        report = said(SubmittedTask(Status.IN_PROGRESS, extension=self.GRANTED), cutoff=date(2026, 3, 1))
        assert state(task(), date(2026, 2, 28), report).deadline == DEADLINE


class TestCondition:
    WAITS = (Condition("sau khi có hướng dẫn của Bộ Y tế", ConditionKind.AFTER),)

    @pytest.mark.parametrize("status", [Status.WAITING, Status.NOT_STARTED, Status.IN_PROGRESS, None])
    @pytest.mark.parametrize("as_of", [date(2025, 1, 1), date(2026, 1, 1)])
    def test_a_task_whose_condition_is_unmet_is_suspended(self, status: Status | None, as_of: date) -> None:
        found = state(task(conditions=self.WAITS), as_of, said(SubmittedTask(status, condition_met=False)))
        assert (found.status, found.timeliness) == (status, Timeliness.SUSPENDED)

    @pytest.mark.parametrize(
        ("conditions", "met"),
        [
            (WAITS, True),
            (WAITS, None),
            ((), False),
            ((Condition("theo hướng dẫn của Trung ương", ConditionKind.PER),), False),
            ((Condition("sau khi Trung ương ban hành", ConditionKind.AFTER, dash=2),), False),
        ],
    )
    def test_any_other_is_overdue(self, conditions: tuple[Condition, ...], met: bool | None) -> None:  # noqa: FBT001
        found = state(
            task(conditions=conditions), date(2026, 1, 1), said(SubmittedTask(Status.WAITING, condition_met=met))
        )
        assert found.timeliness is Timeliness.OVERDUE

    def test_a_condition_met_later_no_longer_suspends(self) -> None:
        unmet = said(SubmittedTask(Status.WAITING, condition_met=False), cutoff=date(2023, 12, 14))
        met = said(SubmittedTask(Status.IN_PROGRESS, condition_met=True), cutoff=date(2024, 12, 14))
        assert state(task(conditions=self.WAITS), date(2026, 1, 1), unmet).timeliness is Timeliness.SUSPENDED
        assert state(task(conditions=self.WAITS), date(2026, 1, 1), unmet, met).timeliness is Timeliness.OVERDUE

    def test_done_is_done(self) -> None:
        report = SubmittedTask(Status.DONE, completed=date(2024, 5, 1), condition_met=False)
        assert state(task(conditions=self.WAITS), date(2026, 1, 1), said(report)).timeliness is Timeliness.ON_TIME


class TestSeveralLeads:
    BOTH = task(lead=("so-a", "so-b"))

    def test_done_when_all_say_so_on_the_latest_day(self) -> None:
        found = state(
            self.BOTH,
            date(2026, 6, 1),
            said(SubmittedTask(Status.DONE, completed=date(2024, 1, 1)), by="so-a"),
            said(SubmittedTask(Status.DONE, completed=date(2026, 2, 1)), by="so-b", cutoff=date(2026, 3, 1)),
        )
        assert (found.status, found.completed) == (Status.DONE, date(2026, 2, 1))
        assert (found.timeliness, found.reported, found.leads) == (Timeliness.LATE, 2, 2)

    def test_one_missing_day_leaves_the_whole_undated(self) -> None:
        dated = said(SubmittedTask(Status.DONE, completed=date(2024, 1, 1)), by="so-a")
        found = state(self.BOTH, date(2026, 1, 1), dated, said(SubmittedTask(Status.DONE), by="so-b"))
        assert (found.timeliness, found.completed) == (Timeliness.UNDATED, None)

    def test_one_of_two_does_not_finish_it(self) -> None:
        done = said(SubmittedTask(Status.DONE, completed=date(2024, 1, 1)))
        found = state(self.BOTH, date(2026, 1, 1), done)
        assert found.status is not Status.DONE
        assert (found.timeliness, found.completed) == (Timeliness.OVERDUE, None)
        assert (found.reported, found.leads) == (1, 2)

    @pytest.mark.parametrize(
        ("one", "other", "least"),
        [
            (Status.DONE, Status.IN_PROGRESS, Status.IN_PROGRESS),
            (Status.IN_PROGRESS, Status.NOT_STARTED, Status.NOT_STARTED),
            (Status.DONE, Status.NOT_STARTED, Status.NOT_STARTED),
            (Status.WAITING, Status.IN_PROGRESS, Status.WAITING),
        ],
    )
    def test_it_stands_where_its_last_lead_stands(self, one: Status, other: Status, least: Status) -> None:
        for first, second in ((one, other), (other, one)):
            reports = (said(SubmittedTask(first), by="so-a"), said(SubmittedTask(second), by="so-b"))
            assert state(self.BOTH, date(2025, 1, 1), *reports).status is least

    def test_a_group_never_blocks(self) -> None:
        done = said(SubmittedTask(Status.DONE, completed=date(2024, 1, 1)))
        found = state(task(lead=("so-a", "nhom")), date(2026, 1, 1), done)
        assert (found.status, found.timeliness) == (Status.DONE, Timeliness.ON_TIME)
        assert (found.reported, found.leads) == (1, 1)

    def test_a_group_alone_is_unreported_when_nobody_reports(self) -> None:
        found = state(task(lead=("nhom",)), date(2026, 1, 1))
        assert (found.status, found.timeliness, found.leads) == (None, Timeliness.UNREPORTED, 0)
        assert (found.others, found.members) == (0, 2)

    def test_a_group_is_done_when_all_its_members_are(self) -> None:
        first = said(SubmittedTask(Status.DONE, completed=date(2024, 1, 1)), by="so-a")
        second = said(SubmittedTask(Status.DONE, completed=date(2024, 3, 1)), by="so-b")
        one = state(task(lead=("nhom",)), date(2025, 1, 1), first)
        assert (one.status, one.others, one.members) == (Status.IN_PROGRESS, 1, 2)
        both = state(task(lead=("nhom",)), date(2025, 1, 1), first, second)
        assert (both.status, both.completed, both.others) == (Status.DONE, date(2024, 3, 1), 2)

    def test_members_speak_where_the_named_lead_is_silent(self) -> None:
        of = task(lead=("so-moi", "nhom"))
        found = state(of, date(2026, 1, 1), said(SubmittedTask(Status.ONGOING), by="so-b"))
        assert (found.status, found.column) == (Status.ONGOING, CountColumn.OVERDUE)
        assert (found.reported, found.leads, found.others, found.members) == (0, 1, 1, 2)
        done = state(of, date(2025, 1, 1), said(SubmittedTask(Status.DONE, completed=date(2024, 1, 1)), by="so-b"))
        assert done.status is Status.IN_PROGRESS

    def test_a_body_that_only_the_main_text_names_speaks_and_never_blocks(self) -> None:
        of = replace(task(), body=BodyVariant("III.6", lead=("so-moi",)))
        by_body = state(of, date(2025, 1, 1), said(SubmittedTask(Status.ONGOING), by="so-moi"))
        assert (by_body.column, by_body.reported, by_body.others) == (CountColumn.ONGOING, 0, 1)
        done = said(SubmittedTask(Status.DONE, completed=date(2024, 1, 1)))
        assert state(of, date(2025, 1, 1), done).column is CountColumn.ON_TIME

    @pytest.mark.parametrize("lead", [(), ("mo",), ("nhom", "mo")])
    def test_whoever_answers_a_task_of_nobody_in_particular_counts(self, lead: tuple[str, ...]) -> None:
        found = state(task("", lead=lead), date(2026, 1, 1), said(SubmittedTask(Status.ONGOING), by="so-moi"))
        assert (found.column, found.others, found.members) == (CountColumn.ONGOING, 1, 0)

    def test_a_supporting_body_alone_is_no_answer_and_is_told_apart(self) -> None:
        found = state(task(), DEADLINE, said(SubmittedTask(Status.ONGOING), by="so-b"))
        assert (found.column, found.answered, found.aside) == (CountColumn.UNREPORTED, False, 1)


class TestHeirs:
    DONE = SubmittedTask(Status.DONE, completed=date(2025, 6, 1))
    CUTOFF = date(2025, 12, 14)

    def test_an_heir_answers_for_the_body_named(self) -> None:
        before = said(SubmittedTask(Status.IN_PROGRESS), by="so-cu-1")
        found = state(
            task(lead=("so-cu-1",)), date(2026, 1, 1), before, said(self.DONE, by="so-moi", cutoff=self.CUTOFF)
        )
        assert (found.status, found.timeliness) == (Status.DONE, Timeliness.ON_TIME)
        assert (found.reported, found.leads) == (1, 1)

    def test_an_heir_answers_for_every_body_it_took_over(self) -> None:
        merged = task(lead=("so-cu-1", "so-cu-2"))
        found = state(merged, date(2026, 1, 1), said(self.DONE, by="so-moi", cutoff=self.CUTOFF))
        assert (found.status, found.timeliness) == (Status.DONE, Timeliness.ON_TIME)
        assert found.reported == found.leads

    def test_a_split_is_followed_only_through_the_task(self) -> None:
        report = said(self.DONE, by="so-b", cutoff=self.CUTOFF)
        unsaid = Task("III.1", TaskKind.TASK, "Nhiệm vụ", None, ("so-tach",), schedule=parse_schedule("2022 - 2025"))
        assert state(unsaid, date(2026, 1, 1), report).status is None
        borne = task(lead=("so-tach",), now={"so-tach": (Heir("so-b"),)})
        assert state(borne, date(2026, 1, 1), report).status is Status.DONE

    @pytest.mark.parametrize("last", ["so-a", "so-b"])
    def test_two_bearers_of_a_split_body_must_both_be_done(self, last: str) -> None:
        shared = task(lead=("so-tach",), now={"so-tach": (Heir("so-a", "việc làm"), Heir("so-b", "bảo trợ xã hội"))})
        reports = [
            said(self.DONE, by="so-a", cutoff=self.CUTOFF, file="2.yaml" if last == "so-a" else "1.yaml"),
            said(
                SubmittedTask(Status.IN_PROGRESS),
                by="so-b",
                cutoff=self.CUTOFF,
                file="2.yaml" if last == "so-b" else "1.yaml",
            ),
        ]
        assert state(shared, date(2026, 1, 1), *reports).timeliness is Timeliness.OVERDUE


class TestProperties:
    @given(
        st.lists(
            st.builds(
                SubmittedTask,
                status=st.none() | st.sampled_from(Status),
                completed=st.none() | st.dates(date(2022, 1, 1), date(2028, 1, 1)),
                condition_met=st.none() | st.booleans(),
                extension=st.none() | st.builds(Extension, st.dates(date(2026, 1, 1), date(2028, 1, 1))),
            ).flatmap(
                lambda report: st.builds(
                    lambda by, cutoff: said(report, by, cutoff),
                    st.sampled_from(["so-a", "so-b", "so-moi"]),
                    st.dates(date(2022, 1, 1), date(2028, 1, 1)),
                )
            ),
            max_size=5,
        ),
        st.sampled_from(["2022 - 2025", "2026 - 2030", "đến hết năm 2026", "Thường xuyên, hằng năm", ""]),
        st.sampled_from([("so-a",), ("so-a", "so-b"), ("so-cu-1",), ("nhom",), ()]),
        st.dates(date(2021, 1, 1), date(2031, 1, 1)),
    )
    def test_status_and_timeliness_never_contradict_each_other(
        self, submissions: Iterable[Submission], schedule: str, lead: tuple[str, ...], as_of: date
    ) -> None:
        conditions = (Condition("sau khi có hướng dẫn", ConditionKind.AFTER),)
        found = state(task(schedule, lead, conditions), as_of, *submissions)
        finished = {Timeliness.ON_TIME, Timeliness.LATE, Timeliness.UNDATED}
        past = {Timeliness.OVERDUE, Timeliness.UNREPORTED}
        if found.timeliness in finished | past | {Timeliness.IN_TIME}:
            assert found.deadline is not None
            assert found.timeliness in finished or (found.deadline < as_of) == (found.timeliness in past)
        assert (found.status is Status.DONE) == (found.timeliness in finished) or found.deadline is None
        assert found.timeliness is not Timeliness.UNREPORTED or found.status is None
        assert found.timeliness is not Timeliness.OVERDUE or found.answered
        assert found.timeliness is not Timeliness.NOT_YET or as_of < date(int(schedule[:4]), 1, 1)
        assert found.timeliness is not Timeliness.NONE or found.deadline is None or found.closed
        assert found.status is None or found.reported + found.others > 0
        assert (found.column is CountColumn.UNREPORTED) == (
            not found.answered and found.timeliness is not Timeliness.NOT_YET
        )
        assert (found.days > 0) == (found.timeliness in past | {Timeliness.LATE})
        if schedule in {"", "Thường xuyên, hằng năm"} and found.extension is None:
            assert found.timeliness in {Timeliness.NONE, Timeliness.SUSPENDED}


class TestSettled:
    """The coordinator settles what groups lead; nobody else does, and nothing that a named body leads."""

    WORD = SubmittedTask(Status.DONE, completed=date(2024, 12, 1), settled="Thông báo 120/TB-UBND")

    def test_the_coordinator_settles_what_a_group_leads(self) -> None:
        found = state(task(lead=("nhom",)), date(2024, 12, 14), said(self.WORD))
        assert (found.status, found.timeliness) == (Status.DONE, Timeliness.ON_TIME)
        later = said(SubmittedTask(Status.IN_PROGRESS), by="so-b", cutoff=date(2025, 3, 14))
        assert state(task(lead=("nhom",)), date(2025, 3, 14), said(self.WORD), later).status is Status.DONE

    def test_its_word_may_drop_a_task_by_the_document_it_names(self) -> None:
        found = state(task(lead=("nhom",)), date(2024, 12, 14), said(replace(self.WORD, status=Status.DROPPED)))
        assert (found.status, found.closed) == (Status.DROPPED, True)

    @pytest.mark.parametrize("word", [replace(WORD, settled=None), replace(WORD, status=None)])
    def test_without_document_or_status_it_settles_nothing(self, word: SubmittedTask) -> None:
        assert state(task(lead=("nhom",)), date(2024, 12, 14), said(word)).status is not Status.DONE

    def test_others_settle_nothing(self) -> None:
        assert state(task(lead=("nhom",)), date(2024, 12, 14), said(self.WORD, by="so-b")).status is Status.IN_PROGRESS
        assert state(task(lead=("so-b",)), date(2024, 12, 14), said(self.WORD)).status is None
