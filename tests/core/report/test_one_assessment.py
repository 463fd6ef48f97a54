"""One assessment stands behind text, tables, charts and data of a report, and behind `tasks`, `show` and `check`."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.check.submissions import check
from kehoach_cli.core.duties.assess import DONE, CountColumn
from kehoach_cli.core.duties.select import TaskQuery, select_tasks
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, Task, TaskKind
from kehoach_cli.core.model.progress import Status, Submission, SubmittedIndicator, SubmittedTask
from kehoach_cli.core.report.compile import Order, compile_report
from kehoach_cli.core.report.model import ReportData, TaskLine
from kehoach_cli.core.report.request import Request, documents
from kehoach_cli.render.check import summary
from kehoach_cli.render.machine.records import task_record
from kehoach_cli.render.report import report_record
from kehoach_cli.word.context import report_charts
from tests.core.report.test_report import (
    AGENCIES,
    END_2025,
    STATES,
    assert_adds_up,
    assert_says_its_counts,
    plan_of,
    said,
)

pytestmark = pytest.mark.slow

# How the words of each column begin, in the table of tasks.
WORDS = {
    CountColumn.ON_TIME: ("Hoàn thành đúng hạn", "Hoàn thành, không ấn định thời hạn"),
    CountColumn.LATE: ("Hoàn thành quá hạn (",),
    CountColumn.UNDATED: ("Hoàn thành, chưa rõ thời điểm",),
    CountColumn.IN_TIME: ("Chưa hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Có báo cáo, chưa nêu trạng thái"),
    CountColumn.OVERDUE: ("Chưa hoàn thành, quá hạn (",),
    CountColumn.NOT_YET: ("Chưa đến thời gian thực hiện",),
    CountColumn.ONGOING: ("Thực hiện thường xuyên",),
    CountColumn.WAITING: ("Chờ hướng dẫn", "Tạm dừng"),
    CountColumn.CARRIED: ("Chuyển tiếp",),
    CountColumn.DROPPED: ("Dừng, không thực hiện",),
    CountColumn.UNREPORTED: ("Chưa có báo cáo", "Đã quá thời hạn theo Kế hoạch"),
}  # fmt: skip


def made_of(catalogue: Catalogue, plan_id: str, submissions: Iterable[Submission], day: date = END_2025) -> ReportData:
    filled = replace(catalogue, submissions=tuple(submissions))
    return compile_report(filled, Order(plan_of(catalogue, plan_id), Period(2025), day))


def counted(plan: Plan) -> list[Task]:
    return [task for task in plan.tasks if task.kind is not TaskKind.ORGANISATION]


def line_of(data: ReportData, task_id: str) -> TaskLine:
    return next(line for line in data.tasks.lines if line.id == task_id)


@settings(max_examples=40)
@given(data=st.data())
@pytest.mark.parametrize("plan_id", ["kh-176", "qd-3825", "kh-kl-81"])
def test_every_count_agrees_with_every_other(catalogue: Catalogue, plan_id: str, data: st.DataObject) -> None:
    plan = plan_of(catalogue, plan_id)
    entries = st.dictionaries(st.sampled_from([task.id for task in counted(plan)]), STATES, max_size=40)
    senders = data.draw(st.lists(st.sampled_from((*AGENCIES, "hoi-lhpn-tinh", "so-khdt")), unique=True, max_size=6))
    filled = replace(
        catalogue, submissions=tuple(said(plan_id, sender, tasks=data.draw(entries)) for sender in senders)
    )
    made = compile_report(filled, Order(plan, Period(2025), END_2025))
    assert_adds_up(made)
    assert_says_its_counts(made)
    # Table and words: every task stands in one column and says so.
    assert sorted(line.id for line in made.tasks.lines) == sorted(task.id for task in counted(plan))
    for line in made.tasks.lines:
        assert line.word.startswith(WORDS[line.column]), (line.column, line.word)
        assert line.column is not CountColumn.UNREPORTED or line.status is None
    columns = {line.id: line.column.value for line in made.tasks.lines}
    assert Counter(columns.values()) == Counter(
        {column.value: made.tasks.counts[column] for column in CountColumn if made.tasks.counts[column]}
    )
    # Data of the report, `tasks` and `check`.
    record = report_record(made, trace=False)["tasks"]
    assert record["counts"]["by_column"] == {column.value: made.tasks.counts[column] for column in CountColumn}
    (answer,) = select_tasks(filled, TaskQuery(END_2025, plans=frozenset({plan_id})))
    listed = {
        row.task.id: task_record(row, filled.directory, END_2025)["column"]
        for row in answer.rows
        if row.task.id in columns
    }
    assert listed == columns
    (of_check,) = summary(check(filled, Period(2025), END_2025, frozenset({plan_id})))["tasks"]
    assert of_check["columns"] == record["counts"]["by_column"]
    assert (of_check["done"], of_check["total"]) == (made.tasks.counts.done, made.tasks.counts.total)
    # Chart.
    chart = report_charts(made).get("agencies")
    drawn = {name: sum(int(value or 0) for value in values) for name, _, values in chart.series} if chart else {}
    rows = sorted(made.tasks.by_agency, key=lambda row: -row.counts.total)
    rows = rows[: len(chart.categories)] if chart else []
    assert sum(drawn.values()) == sum(row.counts.total for row in rows)


def test_what_members_or_the_main_text_report_is_reported(catalogue: Catalogue) -> None:
    """Nine agencies report on 58 of the 84 tasks of QĐ 3825; one has not begun, so 25 have no report."""
    plan = plan_of(catalogue, "qd-3825")
    by_others = {
        "PL.I.1": ("so-y-te", "so-nnmt", "so-xay-dung", "vqg-ben-en"),
        "PL.II.7": ("so-y-te", "so-cong-thuong"),
        "PL.VI.1": ("so-cong-thuong", "so-nnmt"),
    }
    entries: dict[str, dict[str, SubmittedTask]] = {}
    for task_id, senders in by_others.items():
        for sender in senders:
            entries.setdefault(sender, {})[task_id] = SubmittedTask(Status.ONGOING)
    directory = catalogue.directory
    rest = [
        (task.id, task.lead[0])
        for task in counted(plan)
        if task.id not in by_others
        and len(task.lead) == 1
        and (lead := directory.get("thanh-hoa", task.lead[0]))
        and not (lead.group or lead.split)
    ][:55]
    assert len(rest) == 55
    for number, (task_id, sender) in enumerate(rest):
        status = Status.IN_PROGRESS if number < 7 else Status.WAITING if number == 7 else Status.ONGOING
        entries.setdefault(sender, {})[task_id] = SubmittedTask(status)
    day = date(2025, 2, 15)
    made = made_of(
        catalogue, "qd-3825", [said("qd-3825", one, cutoff=day, tasks=some) for one, some in entries.items()], day
    )
    counts = made.tasks.counts
    begun = counts.total - counts[CountColumn.NOT_YET]
    assert (counts.total, begun - counts[CountColumn.UNREPORTED]) == (84, 58)
    assert counts[CountColumn.UNREPORTED] == 25
    assert counts[CountColumn.ONGOING] == 50
    assert "25 nhiệm vụ chưa có báo cáo" in made.tasks.sentences[0]
    for task_id in by_others:
        assert line_of(made, task_id).word.startswith("Thực hiện thường xuyên (0/")


def test_a_member_of_a_leading_group_reports_for_a_party_plan(catalogue: Catalogue) -> None:
    tasks = {task_id: SubmittedTask(Status.ONGOING) for task_id in ("II.1-1", "II.1-3")}
    made = made_of(catalogue, "kh-kl-81", [said("kh-kl-81", "hoi-lhpn-tinh", tasks=tasks)])
    assert (made.tasks.counts[CountColumn.UNREPORTED], made.tasks.counts[CountColumn.ONGOING]) == (13, 2)
    assert made.tasks.sentences[0] == (
        "Trong tổng số 15 nhiệm vụ: 2 nhiệm vụ thực hiện thường xuyên; 13 nhiệm vụ chưa có báo cáo."
    )


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.PAUSED, "Tạm dừng"),
        (Status.WAITING, "Chờ hướng dẫn"),
        (Status.ONGOING, "Thực hiện thường xuyên"),
        (Status.IN_PROGRESS, "Chưa hoàn thành, trong hạn"),
    ],
)
def test_the_table_of_tasks_says_what_the_text_counts(catalogue: Catalogue, status: Status, word: str) -> None:
    made = made_of(catalogue, "kh-176", [said("kh-176", "so-nnmt", tasks={"PL2.I.10": SubmittedTask(status)})])
    assert line_of(made, "PL2.I.10").word == word


def test_days_late_and_shares_of_leads_are_said(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    shared = next(task for task in counted(plan) if {"so-tnmt", "bql-kkt-nghi-son"} <= set(task.lead))
    entries = {"PL2.I.1": SubmittedTask(Status.IN_PROGRESS), shared.id: SubmittedTask(Status.ONGOING)}
    made = made_of(catalogue, "kh-176", [said("kh-176", "so-nnmt", tasks=entries)])
    assert line_of(made, "PL2.I.1").word == "Chưa hoàn thành, quá hạn (1.079 ngày)"
    assert line_of(made, shared.id).word == "Thực hiện thường xuyên (1/3 cơ quan chủ trì đã báo cáo)"
    assert line_of(made, "PL2.I.1").lead.startswith("Sở Nông nghiệp và Môi trường (Kế hoạch ghi: ")


def test_each_plan_has_the_day_of_its_own_submissions(catalogue: Catalogue) -> None:
    sent = (
        said("kh-176", "so-y-te", cutoff=date(2025, 12, 14), tasks={"PL2.III.1": SubmittedTask(Status.IN_PROGRESS)}),
        said("qd-3825", "so-y-te", cutoff=date(2025, 11, 15), tasks={"PL.I.1": SubmittedTask(Status.ONGOING)}),
        said(
            "qd-3825", "so-y-te", year=2024, cutoff=date(2025, 12, 30), tasks={"PL.I.1": SubmittedTask(Status.ONGOING)}
        ),
    )
    plans = tuple(plan_of(catalogue, one) for one in ("kh-176", "qd-3825", "kh-kl-81"))
    made = documents(replace(catalogue, submissions=sent), Request(Period(2025), plans), lambda _: None)
    assert [one.data.as_of for one in made] == [date(2025, 12, 14), date(2025, 11, 15), date(2025, 12, 14)]
    assert "15/11/2025" in made[1].data.opening  # type: ignore[union-attr]
    result = check(replace(catalogue, submissions=sent), Period(2025), None, frozenset(plan.id for plan in plans))
    assert [(one.plan.id, one.as_of) for one in result.tasks] == [(one.data.plan, one.data.as_of) for one in made]


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.INFO])
def test_what_a_check_doubts_is_no_verdict_without_a_mark(catalogue: Catalogue, severity: Severity) -> None:
    sent = said("kh-176", "so-y-te", indicators={"PL1.17": SubmittedIndicator("0,865")})
    finding = Finding(
        "K610", severity, sent.file, "0,865 có thể sai dấu phẩy", 8, path=("indicators", "PL1.17", "value")
    )
    order = Order(plan_of(catalogue, "kh-176"), Period(2025), END_2025, findings=(finding,))
    made = compile_report(replace(catalogue, submissions=(sent,)), order)
    line = next(line for line in made.indicators.lines if line.id == "PL1.17")
    doubted = severity is Severity.WARNING
    assert line.doubtful is doubted
    assert any("0,865 có thể sai dấu phẩy" in note for note in made.notes) is doubted
    assert ("Trong đó 1 chỉ tiêu có số liệu cần kiểm tra." in made.indicators.notes) is doubted
    assert ("cần kiểm tra" in " ".join(made.narrative.limits.facts)) is doubted


def test_a_doubt_about_a_quarter_does_not_mark_the_figure_of_the_year(catalogue: Catalogue) -> None:
    year = said("kh-176", "so-y-te", indicators={"PL1.17": SubmittedIndicator("86,5")})
    quarter = replace(
        said("kh-176", "so-y-te", cutoff=date(2025, 9, 14), indicators={"PL1.17": SubmittedIndicator("0,865")}),
        part="Q3",
        file="progress/2025-Q3/kh-176--so-y-te.yaml",
    )
    doubt = Finding("K610", Severity.WARNING, quarter.file, "0,865 sai", 8, path=("indicators", "PL1.17", "value"))
    filled = replace(catalogue, submissions=(quarter, year))
    marks = {}
    for period, day in ((Period(2025), END_2025), (Period(2025, "Q3"), date(2025, 9, 14))):
        made = compile_report(filled, Order(plan_of(catalogue, "kh-176"), period, day, findings=(doubt,)))
        marks[period.key] = next(line for line in made.indicators.lines if line.id == "PL1.17").doubtful
        assert any("0,865 sai" in note for note in made.notes)
    assert marks == {"2025": False, "2025-Q3": True}


def test_done_is_counted_the_same_way_everywhere(catalogue: Catalogue) -> None:
    done = {"PL2.III.2": SubmittedTask(Status.DONE), "III.1.3": SubmittedTask(Status.DONE, completed=date(2025, 5, 1))}
    made = made_of(catalogue, "kh-176", [said("kh-176", "so-y-te", tasks=done), said("kh-176", "so-gddt", tasks=done)])
    assert made.tasks.counts.done == sum(made.tasks.counts[column] for column in DONE) >= 1
