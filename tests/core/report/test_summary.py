"""The summary of a period: what is counted where, for whom, and that every number agrees with every other."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.duties.select import TaskQuery, select_tasks
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.model.plan import Plan, Task, TaskKind
from kehoach_cli.core.model.progress import Extension, Paper, Status, Submission, SubmittedTask
from kehoach_cli.core.report.compile import Order, compile_report
from kehoach_cli.core.report.summary import DUE, By, Class, Counts, Summary, SummaryLine, SummaryQuery, summarize
from kehoach_cli.core.report.summary_document import summary_document
from kehoach_cli.core.report.summary_words import line_name, notes
from kehoach_cli.render.machine.records import task_record
from kehoach_cli.render.summary import summary_record, summary_total
from tests.core.report.test_report import AGENCIES, PLANS_2026, STATES, agency, plan_of, said

YEAR_2025, Q4 = Period(2025), Period(2025, "Q4")
END = date(2025, 12, 31)
PERIODS = st.sampled_from(
    [Period(year, part) for year in (2025, 2026) for part in (None, "H1", "H2", "9M", "Q4", "12")]
)
FIELDS = ["key", "name", "assigned", "due", "carried_in", *(one.value for one in DUE), "dropped"]
FIELDS += ["on_time_rate", "completion_rate"]


def asked(
    catalogue: Catalogue,
    submissions: Iterable[Submission],
    plans: Iterable[str] = ("kh-176",),
    period: Period = YEAR_2025,
    day: date = END,
    by: By = By.AGENCY,
    **query: object,
) -> Summary:
    filled = replace(catalogue, submissions=tuple(submissions))
    return summarize(
        filled,
        SummaryQuery(by, period, day, tuple(plan_of(catalogue, one) for one in plans), **query),  # type: ignore[arg-type]
    )


def line(summary: Summary, key: str) -> SummaryLine:
    (found,) = (one for one in summary.lines if one.key == key)
    return found


def counted(plan: Plan) -> list[Task]:
    return [task for task in plan.tasks if task.kind is not TaskKind.ORGANISATION]


def assert_adds_up(counts: Counts) -> None:
    assert counts.due == sum(counts.of(one) for one in DUE)
    assert counts.due + counts.carried_in + counts.carried + counts.dropped <= counts.assigned
    judged = counts.done_on_time + counts.done_late + counts.done_undated + counts.overdue + counts.unreported
    assert counts.on_time_rate == (counts.done_on_time / judged if judged else None)
    done = counts.done_on_time + counts.done_late + counts.done_undated
    assert counts.completion_rate == (done / judged if judged else None)


def expected(task: Task, entry: SubmittedTask | None, known: date, period: Period, day: date) -> Class | None:
    """Return where a task of one lead with at most one entry, known from the day `known`, belongs: the rules written anew."""
    asked_for = entry.extension if entry else None
    # The document that allows it has a number and a date.
    moved = asked_for if asked_for and " ngày " in (asked_for.document or "") else None
    deadline = moved.to if moved else task.deadline
    if deadline is None or deadline > period.last_day:
        return None
    status = entry.status if entry else None
    allowed = bool(entry and any(paper.dated for paper in entry.documents))
    gone = status in {Status.CARRIED, Status.DROPPED} and allowed
    if deadline < period.first_day:
        since = (entry.completed if entry and status is Status.DONE else None) or known
        closed = status is Status.DONE or gone
        return None if closed and since < period.first_day else Class.CARRIED_IN
    if gone:
        return Class.CARRIED if status is Status.CARRIED else Class.DROPPED
    return done_in(entry, deadline) if entry and status is Status.DONE else open_in(task, entry, deadline, day)


def done_in(entry: SubmittedTask, deadline: date) -> Class:
    if entry.completed is None:
        return Class.DONE_UNDATED
    return Class.DONE_ON_TIME if entry.completed <= deadline else Class.DONE_LATE


def open_in(task: Task, entry: SubmittedTask | None, deadline: date, day: date) -> Class:
    waits = any(condition.kind.value == "after" and condition.dash is None for condition in task.conditions)
    if waits and entry and entry.condition_met is False:
        return Class.SUSPENDED
    if day <= deadline:
        return Class.IN_TIME
    return Class.OVERDUE if entry else Class.UNREPORTED


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.slow
def test_counts_are_those_of_the_rules_applied_by_hand(catalogue: Catalogue, data: st.DataObject) -> None:
    """Tasks of one living lead, one submission each: the classes follow from deadline, entry and days alone."""
    plan_id = data.draw(st.sampled_from(["kh-176", "qd-3825"]))
    plan, directory = plan_of(catalogue, plan_id), catalogue.directory
    single = [
        task
        for task in counted(plan)
        if len(task.lead) == 1
        and task.body is None
        and (body := directory.get(plan.province, task.lead[0]))
        and not (body.group or body.successors or directory.predecessors(body))
    ]
    senders = sorted({task.lead[0] for task in single})
    period = data.draw(PERIODS)
    day = data.draw(st.dates(date(2025, 1, 1), date(2027, 3, 1)))
    cutoff = data.draw(st.dates(date(2024, 12, 1), date(2026, 12, 31)))
    told = {
        one: data.draw(st.dictionaries(st.sampled_from([t.id for t in single if t.lead[0] == one]), STATES, max_size=6))
        for one in data.draw(st.lists(st.sampled_from(senders), unique=True, max_size=4))
    }
    made = asked(
        catalogue,
        [said(plan_id, one, cutoff=cutoff, year=cutoff.year, tasks=tasks) for one, tasks in told.items()],
        (plan_id,),
        period,
        day,
        By.PLAN,
    )
    found = {row.task.id: row.counted for row in made.total.rows}
    for task in single:
        entry = told.get(task.lead[0], {}).get(task.id) if cutoff <= day else None
        begun = task.schedule.start is None or day >= date(task.schedule.start, 1, 1)
        if begun or entry:
            assert found[task.id] is expected(task, entry, cutoff, period, day), (task.id, entry)


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize("plan_id", ["kh-176", "qd-3825", "kh-kl-81", "kh-thai-nguyen-2026"])
@pytest.mark.slow
def test_every_table_adds_up_and_agrees_with_report_and_tasks(
    catalogue: Catalogue, plan_id: str, data: st.DataObject
) -> None:
    plan = plan_of(catalogue, plan_id)
    entries = st.dictionaries(st.sampled_from([task.id for task in counted(plan)]), STATES, max_size=30)
    known = {one for one in (*AGENCIES, "hoi-lhpn-tinh") if catalogue.directory.get(plan.province, one)}
    senders = data.draw(st.lists(st.sampled_from(sorted(known)), unique=True, max_size=5))
    sent = tuple(said(plan_id, sender, tasks=data.draw(entries)) for sender in senders)
    period, day = data.draw(PERIODS), data.draw(st.sampled_from([END, date(2025, 12, 14), date(2026, 6, 30)]))
    by = {one: asked(catalogue, sent, (plan_id,), period, day, one) for one in By}
    for made in by.values():
        for one in (*made.lines, made.total):
            assert_adds_up(one.counts)
        assert made.total.counts == by[By.PLAN].total.counts
        assert [*summary_record(made.total)] == FIELDS
        assert {name: summary_total(made)[name] for name in FIELDS[2:]} == {
            name: summary_record(made.total)[name] for name in FIELDS[2:]
        }
    # Lines that hold a task once add up to the total.
    sections = by[By.SECTION]
    for where in Class:
        assert sum(each.counts.of(where) for each in sections.lines) == sections.total.counts.of(where)
    # The states are those of `tasks`.
    filled = replace(catalogue, submissions=sent)
    (answer,) = select_tasks(filled, TaskQuery(day, plans=frozenset({plan_id})))
    listed = {row.task.id: task_record(row, filled.directory, day) for row in answer.rows}
    for row in by[By.PLAN].total.rows:
        record = listed[row.task.id]
        assert (record["status"], record["timeliness"]) == (row.state.status, row.state.timeliness.value)
    # The lines of agencies are those of the report's table.
    if plan.period.covers(2025):
        table = compile_report(filled, Order(plan, YEAR_2025, day)).tasks.by_agency
        assert [(row.name, row.counts.total) for row in table] == [
            (each.name, each.counts.assigned) for each in by[By.AGENCY].lines
        ]


def test_a_row_of_several_leads_counts_for_each_and_once_in_the_total(catalogue: Catalogue) -> None:
    """III.5.4 is led by two bodies and has no deadline of its own; PL2.II.3 has two leads and ends in 2030."""
    moved = SubmittedTask(
        Status.DONE, completed=date(2025, 9, 1), extension=Extension(date(2025, 9, 30), "CV 3/UBND ngày 01/8/2025"),
        documents=(Paper("12/QĐ-SNNMT", date(2025, 8, 30)),),
    )  # fmt: skip
    sent = [said("kh-176", "so-nnmt", tasks={"III.5.4": moved})]
    made = asked(catalogue, sent, period=Period(2025, "Q3"), day=END)
    # Judged by its own answer, the first is done on time; together the work is not done.
    assert line(made, "so-nnmt").counts.done_on_time == 1
    assert (made.total.counts.due, made.total.counts.overdue) == (1, 1)
    row = next(row for row in line(made, "so-nnmt").evidence if row.task.id == "III.5.4")
    assert row.papers == (Paper("12/QĐ-SNNMT", date(2025, 8, 30)),)
    assert [(one.cutoff, one.agency) for one in row.sent] == [(date(2025, 12, 14), "Sở Nông nghiệp và Môi trường")]
    last = asked(catalogue, sent, period=Period(2030), day=date(2031, 1, 1))
    assert sum(one.counts.unreported for one in last.lines) == last.total.counts.unreported + 1
    assert any("không cộng lại thành dòng Tổng" in note for note in notes(made))
    assert not any("không cộng lại" in note for note in notes(asked(catalogue, sent, by=By.PLAN)))


def test_heirs_are_one_line_with_the_names_of_the_plan(catalogue: Catalogue) -> None:
    made = asked(catalogue, [])
    keys = [one.key for one in made.lines]
    assert "so-tnmt" not in keys
    assert len(keys) == len(set(keys))
    assert line(made, "so-nnmt").name == (
        "Sở Nông nghiệp và Môi trường (Kế hoạch ghi: Sở Tài nguyên và Môi trường; Sở Nông nghiệp và Phát triển nông thôn)"
    )
    before = asked(catalogue, [], day=date(2025, 2, 1))
    assert line(before, "so-tnmt").name == "Sở Tài nguyên và Môi trường"


def test_a_group_is_one_line_and_says_who_has_answered(catalogue: Catalogue) -> None:
    group = "nhom-so-ban-nganh-doan-the"
    sent = [
        said("kh-176", one, tasks={"III.1.1": SubmittedTask(Status.ONGOING)}) for one in ("so-y-te", "so-cong-thuong")
    ]
    found = line(asked(catalogue, sent), group)
    assert found.answered == 2
    assert found.members
    assert line_name(found).endswith(f"(2/{found.members} đơn vị đã báo cáo)")


def test_an_agency_asked_for_has_the_numbers_of_its_line_and_its_share_of_groups_apart(catalogue: Catalogue) -> None:
    unit = agency(catalogue, "so-y-te")
    sent = [said("kh-176", "so-y-te", tasks={"PL2.III.1": SubmittedTask(Status.IN_PROGRESS)})]
    day = date(2026, 2, 1)
    whole, own = asked(catalogue, sent, day=day), asked(catalogue, sent, day=day, agencies=(unit,))
    assert line(own, "so-y-te").counts == line(whole, "so-y-te").counts
    assert line(own, "so-y-te").counts.overdue == 1
    shared = [one for one in own.lines if one.key != "so-y-te"]
    assert shared
    assert all(one.name.startswith("Giao chung: ") for one in shared)
    assert own.total.counts.assigned == sum(one.counts.assigned for one in own.lines)


@pytest.mark.parametrize("old", ["so-tnmt", "so-nnmt"])
def test_asking_for_a_dissolved_body_answers_for_its_heir(catalogue: Catalogue, old: str) -> None:
    made = asked(catalogue, [], agencies=(agency(catalogue, old),))
    assert line(made, "so-nnmt").counts == line(asked(catalogue, []), "so-nnmt").counts


@pytest.mark.parametrize(
    ("entry", "day", "where"),
    [
        (None, END, Class.IN_TIME),
        (None, END + timedelta(1), Class.UNREPORTED),
        (SubmittedTask(), END + timedelta(1), Class.OVERDUE),
        (SubmittedTask(Status.PAUSED), END, Class.IN_TIME),
        (SubmittedTask(Status.WAITING), END + timedelta(1), Class.OVERDUE),
        (SubmittedTask(Status.DONE), END, Class.DONE_UNDATED),
        (SubmittedTask(Status.DONE, completed=END), END, Class.DONE_ON_TIME),
        (SubmittedTask(Status.DROPPED), END + timedelta(1), Class.OVERDUE),
        (SubmittedTask(Status.DROPPED, documents=(Paper("3/QĐ", END),)), END, Class.DROPPED),
        (SubmittedTask(Status.CARRIED, documents=(Paper("3/QĐ", END),)), END, Class.CARRIED),
        (SubmittedTask(extension=Extension(date(2026, 3, 31), None)), END + timedelta(1), Class.OVERDUE),
        (SubmittedTask(extension=Extension(date(2026, 3, 31), "CV 3/UBND ngày 01/8/2025")), END + timedelta(1), None),
    ],
)
def test_where_a_task_is_counted(
    catalogue: Catalogue, entry: SubmittedTask | None, day: date, where: Class | None
) -> None:
    """PL2.III.1 is due on 31/12/2025."""
    sent = [said("kh-176", "so-y-te", tasks={"PL2.III.1": entry})] if entry else []
    for by in By:
        rows = asked(catalogue, sent, period=Q4, day=day, by=by).total.rows
        assert {row.task.id: row.counted for row in rows}["PL2.III.1"] is where


@pytest.mark.parametrize(
    ("entry", "where"),
    [
        (None, Class.CARRIED_IN),
        (SubmittedTask(Status.IN_PROGRESS), Class.CARRIED_IN),
        (SubmittedTask(Status.DONE, completed=date(2026, 1, 10)), Class.CARRIED_IN),
        (SubmittedTask(Status.DONE, completed=END), None),
        # Told before the period began, without a day.
        (SubmittedTask(Status.DONE), None),
        (SubmittedTask(Status.DROPPED, documents=(Paper("3/QĐ", END),)), None),
    ],
)
def test_what_was_open_when_the_period_began_is_carried_in(
    catalogue: Catalogue, entry: SubmittedTask | None, where: Class | None
) -> None:
    sent = [said("kh-176", "so-y-te", tasks={"PL2.III.1": entry})] if entry else []
    made = asked(catalogue, sent, period=Period(2026, "Q1"), day=date(2026, 3, 31))
    assert {row.task.id: row.counted for row in line(made, "so-y-te").rows}["PL2.III.1"] is where
    assert line(made, "so-y-te").counts.due == 0


def test_the_four_plans_together(catalogue: Catalogue) -> None:
    """Counted by hand in the plan files: deadlines of 2026, nobody has reported."""
    made = asked(catalogue, [], PLANS_2026, Period(2026), date(2026, 12, 31), By.PLAN)
    assert {one.key: one.counts.assigned for one in made.lines} == {
        "kh-176": 64, "qd-3825": 84, "kh-thai-nguyen-2026": 62, "kh-kl-81": 15,
    }  # fmt: skip
    for one in made.lines:
        plan = plan_of(catalogue, one.key or "")
        days = Counter(task.deadline.year for task in counted(plan) if task.deadline)
        assert one.counts.due == days[2026]
        assert one.counts.carried_in == sum(number for year, number in days.items() if year < 2026)
    parsed = parse_period("2026-q3")
    assert parsed is not None
    assert asked(catalogue, [], PLANS_2026, parsed, date(2026, 9, 30)).total.counts.due == 0


def test_the_document_names_rows_as_the_plans_do(catalogue: Catalogue) -> None:
    """Our id of a plan is no word of a document: of several plans the document itself is named."""
    one = summary_document(asked(catalogue, (), period=Period(2025)), catalogue.directory, {})
    several = summary_document(asked(catalogue, (), ("kh-176", "qd-3825"), Period(2025)), catalogue.directory, {})
    assert one.proofs
    for made, named in ((one, False), (several, True)):
        for proof in (line for group in made.proofs for line in group.lines):
            assert "kh-176" not in proof.id
            assert ("\nKế hoạch " in proof.text) is named
