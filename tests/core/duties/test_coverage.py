"""Who owes a submission by the rules of the plans, and who has sent one."""

from datetime import date

import pytest
from msgspec.structs import replace

from kehoach_cli.core.check.submissions import check
from kehoach_cli.core.duties.coverage import Coverage, PlanCoverage, Sent, answers, coverage
from kehoach_cli.core.duties.match import Matcher
from kehoach_cli.core.duties.owed import asked, is_current, owed, report_due
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Heir, Plan, TaskKind
from kehoach_cli.core.model.progress import Status, Submission, SubmittedIndicator, SubmittedMilestone, SubmittedTask

CUTOFF = date(2025, 12, 14)


def report(plan: str, agency: str, submitted: date | None = None, **answers: dict[str, SubmittedTask]) -> Submission:
    return Submission(
        plan,
        agency,
        2025,
        CUTOFF,
        f"{agency}.yaml",
        submitted,
        answers.get("tasks", {"x": SubmittedTask(Status.ONGOING)}),
    )


def covered(catalogue: Catalogue, plan: str, *sent: Submission, year: int = 2025) -> PlanCoverage:
    known = Catalogue(catalogue.plans, catalogue.directory, sent)
    return next(one for one in coverage(known, Period(year), date(year, 12, 31)) if one.plan.id == plan)


def row(found: PlanCoverage, agency: str) -> Coverage:
    return next(one for one in found.rows if one.sender.agency.id == agency)


@pytest.mark.parametrize(
    ("plan", "year", "due"),
    [
        ("qd-3825", 2024, date(2024, 11, 15)),
        ("qd-3825", 2025, date(2025, 11, 17)),  # 15/11/2025 is a Saturday
        ("kh-thai-nguyen-2026", 2026, date(2026, 12, 14)),  # "trước ngày 15/12"
        ("kh-thai-nguyen-2026", 2030, date(2030, 12, 16)),  # 14/12/2030 is a Saturday
        ("kh-176", 2025, None),
        ("kh-kl-81", 2025, None),
    ],
)
def test_a_report_is_due_on_the_plans_own_day_or_the_next_working_one(
    catalogue: Catalogue, plan: str, year: int, due: date | None
) -> None:
    found = catalogue.plan(plan)
    assert found
    assert report_due(found, Period(year)) == due


def test_only_units_that_lead_owe_kh_176_a_report(catalogue: Catalogue) -> None:
    found = covered(catalogue, "kh-176")
    assert row(found, "vqg-ben-en").state is Sent.MISSING
    assert row(found, "bao-ptth-thanh-hoa").state is Sent.OPTIONAL
    assert all(one.sender.owed.ids for one in found.rows if one.sender.required)


def test_every_unit_named_owes_qd_3825_a_report_lead_or_not(catalogue: Catalogue) -> None:
    found = covered(catalogue, "qd-3825")
    assert row(found, "so-tu-phap").sender.required
    assert "hoi-nong-dan-tinh" not in {one.sender.agency.id for one in found.rows}


def test_nobody_owes_kl_81_a_report_and_thai_nguyen_asks_from_2026(catalogue: Catalogue) -> None:
    assert covered(catalogue, "kh-kl-81").rows == ()
    assert covered(catalogue, "kh-kl-81").rule is None
    assert "kh-thai-nguyen-2026" not in {one.plan.id for one in coverage(catalogue, Period(2025), CUTOFF)}
    communes = row(covered(catalogue, "kh-thai-nguyen-2026", year=2026), "ubnd-cap-xa")
    assert communes.sender.required


def test_bodies_are_those_of_the_day(catalogue: Catalogue) -> None:
    before = {one.sender.agency.id for one in covered(catalogue, "qd-3825", year=2024).rows}
    after = {one.sender.agency.id for one in covered(catalogue, "qd-3825").rows}
    assert {"so-khdt", "so-tnmt", "ubnd-cap-huyen"} <= before
    assert not {"so-khdt", "so-tnmt"} & after
    ended = row(covered(catalogue, "qd-3825"), "ubnd-cap-huyen")
    assert (ended.state, ended.sender.required, bool(ended.sender.note)) == (Sent.OPTIONAL, False, True)


def test_a_group_is_one_line_and_its_members_speak_for_it(catalogue: Catalogue) -> None:
    sent = Submission(
        "qd-3825", "ubnd-hau-loc", 2024, date(2024, 12, 14), "a", tasks={"PL.I.1": SubmittedTask(Status.DONE)}
    )
    found = row(covered(catalogue, "qd-3825", sent, year=2024), "ubnd-cap-huyen")
    assert (found.state, found.members) == (Sent.SENT, ("ubnd-hau-loc",))


def test_late_by_the_working_day_after_a_weekend(catalogue: Catalogue) -> None:
    on_time = covered(catalogue, "qd-3825", report("qd-3825", "so-y-te", date(2025, 11, 17)))
    late = covered(catalogue, "qd-3825", report("qd-3825", "so-y-te", date(2025, 11, 18)))
    assert row(on_time, "so-y-te").state is Sent.SENT
    assert row(late, "so-y-te").state is Sent.LATE


def test_nobody_is_waited_for_once_another_was_late(catalogue: Catalogue) -> None:
    """A report of the day before the deadline, written when late submissions had come, does not say that time is left."""
    before = date(2025, 11, 15)

    def states(submitted: date) -> set[Sent]:
        sent = replace(report("qd-3825", "so-y-te", submitted), cutoff=before)
        known = Catalogue(catalogue.plans, catalogue.directory, (sent,))
        (found,) = coverage(known, Period(2025), before, frozenset({"qd-3825"}))
        return {one.state for one in found.rows if one.sender.required and one.sender.agency.id != "so-y-te"}

    assert states(date(2025, 11, 17)) == {Sent.AWAITED}
    assert states(date(2025, 11, 18)) == {Sent.MISSING}


def test_a_predecessors_report_is_its_heirs(catalogue: Catalogue) -> None:
    assert row(covered(catalogue, "kh-176", report("kh-176", "so-nnptnt")), "so-nnmt").state is Sent.SENT


def test_a_split_lead_of_an_indicator_is_answered_for_by_the_heir_named(catalogue: Catalogue) -> None:
    cached = catalogue.plan("kh-176")
    plan = Plan(**{name: getattr(cached, name) for name in Plan.__struct_fields__})

    def owing(now: dict[str, tuple[Heir, ...]]) -> set[str]:
        row = replace(plan.indicators[0], lead=("so-tttt",), now=now)
        changed = replace(plan, indicators=(row,))
        bodies = [agency for agency in catalogue.directory.all_in("thanh-hoa") if not agency.group]
        matchers = [Matcher(catalogue.directory, "thanh-hoa", body) for body in bodies]
        found = {one.agency_id for one in matchers if owed(asked(changed, Period(2025)), one).indicators}
        assert found == {one.agency_id for one in matchers if changed.indicators_led(one.leading)}
        checked = check(Catalogue((changed,), catalogue.directory, ()), Period(2025), CUTOFF, frozenset())
        assert {one.agency for one in checked.rows} == ({"so-vhttdl"} if now else {"so-tttt"})
        return found

    assert owing({}) == {"so-tttt"}
    assert owing({"so-tttt": (Heir("so-vhttdl"),)}) == {"so-tttt", "so-vhttdl"}


def test_a_state_and_a_milestone_answer_a_row() -> None:
    assert answers(SubmittedIndicator(met=False))
    assert answers(SubmittedTask(milestones={1: SubmittedMilestone(Status.DONE)}))
    assert answers(SubmittedTask(done_for=("2025-Q1",)))
    assert not answers(SubmittedTask(result="Đang làm."))


def test_a_blank_report_is_none(catalogue: Catalogue) -> None:
    assert row(covered(catalogue, "kh-176", report("kh-176", "so-y-te", tasks={})), "so-y-te").state is Sent.MISSING


def test_rows_stay_open_until_they_are_answered(catalogue: Catalogue) -> None:
    before = set(row(covered(catalogue, "kh-176"), "so-y-te").unanswered)
    assert {"PL1.17", "PL2.III.1", "PL2.III.2"} <= before
    sent = Submission(
        "kh-176",
        "so-y-te",
        2025,
        CUTOFF,
        "a",
        tasks={"PL2.III.1": SubmittedTask(Status.IN_PROGRESS), "PL2.III.2": SubmittedTask(result="Đang làm.")},
        indicators={"PL1.17": SubmittedIndicator("86,5")},
    )
    # A result without a status does not answer the row.
    assert before - set(row(covered(catalogue, "kh-176", sent), "so-y-te").unanswered) == {"PL1.17", "PL2.III.1"}


def test_what_earlier_reports_settled_is_not_asked_again_and_what_is_overdue_is(catalogue: Catalogue) -> None:
    # PL2.I.8 was for 2022.
    assert "PL2.I.8" in row(covered(catalogue, "kh-176"), "so-nnmt").unanswered
    done = Submission(
        "kh-176",
        "so-tnmt",
        2023,
        date(2023, 12, 14),
        "a",
        tasks={"PL2.I.8": SubmittedTask(Status.DONE, completed=date(2023, 5, 1))},
    )
    assert "PL2.I.8" not in row(covered(catalogue, "kh-176", done), "so-nnmt").unanswered


def test_rows_found_by_the_bodies_they_name_are_all_that_are_owed(catalogue: Catalogue) -> None:
    found = 0
    for plan in catalogue.plans:
        for agency in catalogue.directory.all_in(plan.province):
            matcher = Matcher(catalogue.directory, plan.province, agency)
            due = owed(asked(plan, Period(plan.period.start + 1)), matcher)
            leading = {
                task.id for task in plan.tasks for way in matcher.task(plan, task) if way.role in {"lead", "implement"}
            }
            ours = [task.id for task, _ in due.tasks]
            others = {row.id for row in plan.tasks if row.id not in ours}
            assert ours == [row.id for row in plan.tasks if row.id in ours]
            assert all(plan_is_silent(plan, row, plan.period.start + 1) for row in others & leading)
            assert [row.id for row in due.indicators] == [
                row.id for row in plan.indicators if matcher.indicator(row) and row.withdrawn is None
            ]
            found += len(ours)
    assert found > 200


def plan_is_silent(plan: Plan, task_id: str, year: int) -> bool:
    """Whether the plan does not ask for the task in the year."""
    task = next(task for task in plan.tasks if task.id == task_id)
    over = task.deadline is not None and task.deadline.year < year
    return (
        task.kind is TaskKind.ORGANISATION or task.withdrawn is not None or not (over or is_current(plan, task, year))
    )
