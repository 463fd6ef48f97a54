"""Reports on the real plans: sums, sentences, routing, an agency's own report, sources of figures."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.check.submissions import check
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.duties.bodies import gone
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, TaskKind, Withdrawal
from kehoach_cli.core.model.progress import (
    Extension,
    Paper,
    RefusedForm,
    Status,
    Submission,
    SubmittedIndicator,
    SubmittedTask,
)
from kehoach_cli.core.report.compile import (
    Order,
    compile_letter,
    compile_report,
    has_rows,
    review_of,
    silent_units,
)
from kehoach_cli.core.report.letterhead import Given
from kehoach_cli.core.report.model import ReportData, ReportKind, Review, TaskCounts
from kehoach_cli.render.report import report_record
from tests.conftest import REPOSITORY

END_2025 = date(2025, 12, 14)
END_2026 = date(2026, 12, 14)
PLANS_2025 = ("kh-176", "qd-3825", "kh-kl-81")
PLANS_2026 = (*PLANS_2025, "kh-thai-nguyen-2026")


def plan_of(catalogue: Catalogue, plan_id: str) -> Plan:
    plan = catalogue.plan(plan_id)
    assert plan is not None
    return plan


def agency(catalogue: Catalogue, agency_id: str, province: str = "thanh-hoa") -> Any:
    found = catalogue.directory.get(province, agency_id)
    assert found is not None
    return found


def report(
    catalogue: Catalogue,
    plan_id: str,
    year: int,
    submissions: Iterable[Submission] = (),
    day: date | None = None,
    **order: Any,
) -> ReportData:
    unit = order.pop("agency", None)
    filled = replace(catalogue, submissions=tuple(submissions))
    return compile_report(
        filled, Order(plan_of(catalogue, plan_id), Period(year), day or date(year, 12, 14), **order), unit
    )


def said(plan: str, sender: str, *, year: int = 2025, cutoff: date = END_2025, **entries: Any) -> Submission:
    return Submission(plan, sender, year, cutoff, f"progress/{year}/{plan}--{sender}.yaml", **entries)


def all_counts(data: ReportData) -> Iterator[TaskCounts]:
    yield data.tasks.counts
    yield data.tasks.task_counts
    yield data.tasks.programme_counts
    yield from (group.counts for group in (*data.tasks.groups, *data.tasks.programmes))
    yield from (row.counts for row in data.tasks.by_agency)


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", text)]


def assert_adds_up(data: ReportData) -> None:
    for counts in all_counts(data):
        assert sum(counts.by_column) == counts.total
        assert counts.done == counts[CountColumn.ON_TIME] + counts[CountColumn.LATE] + counts[CountColumn.UNDATED]
        assert counts.due == counts.done + counts[CountColumn.OVERDUE] + counts.due_unreported
        assert counts.due_unreported <= counts[CountColumn.UNREPORTED]
    rows = [line.column for line in data.tasks.lines]
    assert [rows.count(column) for column in CountColumn] == list(data.tasks.counts.by_column)
    assert len(rows) == data.tasks.counts.total
    assert len(data.tasks.overdue) == data.tasks.counts[CountColumn.OVERDUE] + data.tasks.counts.due_unreported
    rows_of = data.indicators.counts
    if rows_of:
        assert rows_of.total == rows_of.official + rows_of.between
        assert rows_of.official == rows_of.exceeded + rows_of.met + rows_of.partly + rows_of.missed + rows_of.no_data
        assert rows_of.between == rows_of.reached + rows_of.short + rows_of.unknown
    if data.coverage:
        told = (data.coverage.reported, data.coverage.refused, data.coverage.awaited, data.coverage.missing)
        assert data.coverage.expected == sum(told)


def assert_says_its_counts(data: ReportData) -> None:
    """Every count of the text is one of its table, none is left out, none is a zero."""
    part = data.tasks
    if part.task_sentence:
        said = {part.task_sentence: part.task_counts, part.programme_sentence: part.programme_counts}
    else:
        said = {part.sentences[0]: part.counts}
    for sentence, counts in said.items():
        assert numbers(sentence.partition(": ")[2]) == [number for number in counts.by_column if number]
    for group in (*part.groups, *part.programmes):
        of = numbers(group.sentence)
        assert of[0] == group.counts.total
        assert of[1:] in ([], [number for number in group.counts.by_column if number])
    rate = next(sentence for sentence in part.sentences if "tỷ lệ hoàn thành" in sentence.lower())
    assert part.counts.due == 0 or f"{part.counts.done}/{part.counts.due} nhiệm vụ" in rate


STATES = st.builds(
    SubmittedTask,
    status=st.sampled_from([None, *Status]),
    completed=st.none() | st.dates(date(2022, 1, 1), END_2025),
    result=st.sampled_from([None, "Đã họp thẩm định."]),
    documents=st.sampled_from([(), (Paper("12/QĐ-UBND", date(2025, 3, 1)),)]),
    extension=st.none()
    | st.builds(
        Extension,
        st.dates(date(2024, 1, 1), date(2027, 1, 1)),
        st.sampled_from([None, "CV 3/UBND", "CV 3/UBND ngày 01/8/2025"]),
    ),
    condition_met=st.sampled_from([None, True, False]),
)
AGENCIES = ("so-nnmt", "so-tnmt", "so-y-te", "so-khcn", "so-tai-chinh", "bql-bttn-pu-hu", "so-cong-thuong", "so-vhttdl")


@settings(max_examples=25)
@given(data=st.data())
@pytest.mark.parametrize("plan_id", ["kh-176", "qd-3825", "kh-kl-81"])
@pytest.mark.slow
def test_whatever_agencies_report_every_table_adds_up(catalogue: Catalogue, plan_id: str, data: st.DataObject) -> None:
    ids = [task.id for task in plan_of(catalogue, plan_id).tasks if task.kind is not TaskKind.ORGANISATION]
    entries = st.dictionaries(st.sampled_from(ids), STATES, max_size=25)
    senders = data.draw(st.lists(st.sampled_from(AGENCIES), unique=True, max_size=4))
    submissions = [said(plan_id, sender, tasks=data.draw(entries)) for sender in senders]
    made = report(catalogue, plan_id, 2025, submissions)
    assert_adds_up(made)
    # The same tasks counted by `check`.
    filled = replace(catalogue, submissions=tuple(submissions))
    (count,) = check(filled, Period(2025), END_2025, frozenset({plan_id})).tasks
    counts = made.tasks.counts
    assert (counts.total, counts.done, counts[CountColumn.OVERDUE]) == (count.total, count.done, count.overdue)
    assert counts.due_unreported == count.unreported
    assert_says_its_counts(made)


VALUES = st.sampled_from(["0", "5", "30", "54,2", "85", "95,5", "100", "101", "1.5", "88.823,44", "khoảng 3"])
INDICATORS = [f"PL1.{number}" for number in range(1, 20)]


@pytest.mark.slow
@settings(max_examples=40)
@given(
    said_by_one=st.dictionaries(st.sampled_from(INDICATORS), VALUES),
    said_by_other=st.dictionaries(st.sampled_from(INDICATORS), VALUES),
    how=st.sampled_from(["", "estimate"]),
    year=st.sampled_from([2024, 2025, 2026, 2030]),
)
def test_the_sentences_on_indicators_say_the_counts(
    catalogue: Catalogue, said_by_one: dict[str, str], said_by_other: dict[str, str], how: str, year: int
) -> None:
    submissions = [
        said(
            "kh-176",
            sender,
            year=year,
            cutoff=date(year, 12, 14),
            indicators={row: SubmittedIndicator(value, estimate=bool(how)) for row, value in values.items()},
        )
        for sender, values in (("so-cong-thuong", said_by_one), ("so-vhttdl", said_by_other))
    ]
    made = report(catalogue, "kh-176", year, submissions)
    assert_adds_up(made)
    counts, (sentence,) = made.indicators.counts, made.indicators.sentences
    assert counts is not None
    assert counts.total == 19
    if year in {2025, 2030}:
        by = (counts.exceeded, counts.met, counts.partly, counts.missed, counts.no_data)
        assert numbers(sentence) == [19, *(number for number in by if number)]
    else:
        goal = 2025 if year < 2025 else 2030
        between = (counts.reached, counts.short, counts.unknown)
        assert numbers(sentence) == [year, goal, *(number for number in between if number)]
    # Two values for one indicator, or a value that cannot be right, count as no data; a note for the drafter names them.
    for line in made.indicators.lines:
        if line.word in {"Cần làm rõ", "Đạt một phần"}:
            assert any(f"Chỉ tiêu {line.id} " in note for note in made.notes)


@pytest.mark.parametrize(("year", "plans"), [(2025, PLANS_2025), (2026, PLANS_2026)])
def test_a_report_without_any_submission_says_so_everywhere(
    catalogue: Catalogue, year: int, plans: tuple[str, ...]
) -> None:
    for plan_id in plans:
        made = report(catalogue, plan_id, year)
        assert_adds_up(made)
        assert made.tasks.counts.done == 0
        assert (
            made.tasks.counts[CountColumn.UNREPORTED] + made.tasks.counts[CountColumn.NOT_YET]
            == made.tasks.counts.total
        )
        # A task without any submission is not "chưa hoàn thành".
        assert not any("hưa hoàn thành" in line.word for line in made.tasks.lines)
        assert not any(line.word in {"Không đạt", "Chưa đạt"} for line in made.indicators.lines)
        for words in (made.narrative.directing, made.narrative.strengths, made.narrative.proposals_province):
            assert words.missing.startswith("Chưa có báo cáo")
        assert made.funding.missing
        assert made.coverage is not None
        assert made.coverage.reported == 0
        assert made.identity.number is None
        assert made.identity.dated is None
        assert made.identity.signer is None


def test_a_milestone_years_sentence(catalogue: Catalogue) -> None:
    values = {"PL1.2": "82", "PL1.6": "96,5", "PL1.8": "34", "PL1.15": "94,2"}
    entries = {row: SubmittedIndicator(value) for row, value in values.items()}
    made = report(catalogue, "kh-176", 2025, [said("kh-176", "so-nnmt", indicators=entries)])
    assert made.indicators.sentences == (
        "Trong tổng số 19 chỉ tiêu: 1 chỉ tiêu vượt, 1 đạt, 2 chưa đạt, 15 chưa có số liệu.",
    )


@pytest.mark.parametrize(("how", "word"), [("final", "không đạt"), ("estimate", "chưa đạt")])
def test_khong_dat_only_at_the_last_milestone_with_a_final_figure(catalogue: Catalogue, how: str, word: str) -> None:
    entry = said(
        "kh-176",
        "so-nnmt",
        year=2030,
        cutoff=date(2030, 12, 14),
        indicators={"PL1.8": SubmittedIndicator("34", estimate=how == "estimate")},
    )
    made = report(catalogue, "kh-176", 2030, [entry])
    assert f": 1 chỉ tiêu {word}, 18 chưa có số liệu" in made.indicators.sentences[0]


def test_another_years_sentence_compares_with_the_next_milestone(catalogue: Catalogue) -> None:
    values = {"PL1.8": "9", "PL1.6": "96,5"}
    entry = said(
        "kh-176",
        "so-nnmt",
        year=2026,
        cutoff=END_2026,
        indicators={row: SubmittedIndicator(value) for row, value in values.items()},
    )
    made = report(catalogue, "kh-176", 2026, [entry])
    (sentence,) = made.indicators.sentences
    assert sentence == (
        "Năm 2026 không phải mốc đánh giá của Kế hoạch. So với mục tiêu đến năm 2030: 1 chỉ tiêu đã đạt hoặc vượt, "
        "1 chưa đạt, 17 chưa có số liệu."
    )
    lines = {line.id: line for line in made.indicators.lines}
    assert lines["PL1.6"].word == "Chưa đến kỳ đánh giá"
    assert "úng lộ trình" in lines["PL1.6"].note


def test_two_leads_that_disagree_count_as_no_data(catalogue: Catalogue) -> None:
    submissions = [
        said("kh-176", sender, indicators={"PL1.13": SubmittedIndicator(value)})
        for sender, value in (("so-cong-thuong", "90"), ("so-vhttdl", "100"))
    ]
    made = report(catalogue, "kh-176", 2025, submissions)
    assert made.indicators.sentences[0].endswith("19 chỉ tiêu chưa có số liệu.")
    assert made.indicators.notes == ()
    (note,) = made.indicators.doubts
    assert "cần thống nhất" in note
    assert "Sở Công Thương: 90" in note
    line = next(line for line in made.indicators.lines if line.id == "PL1.13")
    assert line.result == "90 (Sở Công Thương); 100 (Sở Văn hóa, Thể thao và Du lịch)"
    assert line.value is None


def test_the_year_before_stands_beside_the_years_figure(catalogue: Catalogue) -> None:
    submissions = [
        said("kh-176", "so-tnmt", year=2024, cutoff=date(2024, 12, 14), indicators={"PL1.8": SubmittedIndicator("41")}),
        said("kh-176", "so-nnmt", indicators={"PL1.8": SubmittedIndicator("34", estimate=True)}),
    ]
    line = next(line for line in report(catalogue, "kh-176", 2025, submissions).indicators.lines if line.id == "PL1.8")
    assert (line.previous, line.result, line.difference, line.word) == ("41", "34 (ước)", "+4 điểm %", "Ước chưa đạt")


def test_what_was_withdrawn_is_named_and_not_counted(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    gone_by = Withdrawal(document="Quyết định 9/QĐ-UBND", since=date(2025, 5, 1))
    indicators = tuple(replace(row, withdrawn=gone_by) if row.id == "PL1.8" else row for row in plan.indicators)
    tasks = tuple(replace(task, withdrawn=gone_by) if task.id == "PL2.I.1" else task for task in plan.tasks)
    changed = replace(plan, indicators=indicators, tasks=tasks)
    made = compile_report(replace(catalogue, submissions=()), Order(changed, Period(2025), END_2025))
    assert_adds_up(made)
    assert "Trong tổng số 18 chỉ tiêu" in made.indicators.sentences[0]
    assert any("Quyết định 9/QĐ-UBND" in note for note in made.indicators.notes)
    line = next(line for line in made.tasks.lines if line.id == "PL2.I.1")
    assert line.column is CountColumn.DROPPED
    assert "Quyết định 9/QĐ-UBND" in line.note
    assert "PL2.I.1" not in {late.id for late in made.tasks.overdue}


def test_the_provinces_total_speaks_for_the_indicator(catalogue: Catalogue) -> None:
    submissions = [
        said("kh-176", "so-cong-thuong", indicators={"PL1.13": SubmittedIndicator("90")}),
        said("kh-176", "so-vhttdl", indicators={"PL1.13": SubmittedIndicator("100", province_total=True)}),
    ]
    made = report(catalogue, "kh-176", 2025, submissions)
    line = next(line for line in made.indicators.lines if line.id == "PL1.13")
    assert (line.word, line.official) == ("Đạt", True)
    assert "1 chỉ tiêu đạt" in made.indicators.sentences[0]


def test_a_review_shows_all_earlier_years(catalogue: Catalogue) -> None:
    submissions = [
        said(
            "qd-3825",
            "so-nnmt",
            year=year,
            cutoff=date(year, 11, 15),
            indicators={"PL.VIII.5.3-ct2": SubmittedIndicator(value)},
        )
        for year, value in ((2023, "10.100"), (2024, "10.200"), (2025, "10.300"))
    ]
    made = report(catalogue, "qd-3825", 2025, submissions)
    line = next(line for line in made.indicators.lines if line.id == "PL.VIII.5.3-ct2")
    assert (line.result, line.previous) == ("10.300", "10.200")
    assert line.note.startswith("Năm 2023: 10.100")
    assert made.indicators.counts is not None
    assert made.indicators.counts.reached == 1
    assert any("lũy kế" in sentence for sentence in made.tasks.sentences)


def test_a_shared_task_stands_in_every_leads_row_and_once_in_the_total(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    task = next(task for task in plan.tasks if {"so-tnmt", "bql-kkt-nghi-son"} <= set(task.lead))
    done = {task.id: SubmittedTask(Status.DONE, completed=date(2025, 6, 1))}
    made = report(catalogue, "kh-176", 2025, [said("kh-176", "so-nnmt", tasks=done)])
    rows = {row.id: row for row in made.tasks.by_agency}
    assert rows["so-nnmt"].counts.done == 1
    assert rows["bql-kkt-nghi-son"].counts.done == 0
    # Only one of several leads is done, so the task is not done.
    assert made.tasks.counts.done == 0
    assert sum(row.counts.total for row in made.tasks.by_agency) > made.tasks.counts.total == 64
    assert "chỉ tính một lần" in made.tasks.note


def test_a_dissolved_lead_stands_in_its_heirs_row(catalogue: Catalogue) -> None:
    made = report(catalogue, "kh-176", 2025)
    names = {row.id: row.name for row in made.tasks.by_agency}
    assert names["so-nnmt"] == (
        "Sở Nông nghiệp và Môi trường (Kế hoạch ghi: Sở Tài nguyên và Môi trường; Sở Nông nghiệp và Phát triển nông thôn)"
    )
    assert "so-tnmt" not in names
    before = {row.id for row in report(catalogue, "kh-176", 2024).tasks.by_agency}
    assert {"so-tnmt", "so-nnptnt"} <= before
    assert "so-nnmt" not in before


def test_groups_are_one_row(catalogue: Catalogue) -> None:
    rows = {row.id: row for row in report(catalogue, "qd-3825", 2025).tasks.by_agency}
    assert rows["ubnd-cap-huyen"].group
    assert rows["ubnd-cap-huyen"].counts.total == 15
    assert "cần xác định cơ quan tiếp nhận" in rows["ubnd-cap-huyen"].name


ROUTES = [
    # plan, year, sender, drafter, recipients, signature
    ("kh-176", 2024, "Sở Tài nguyên và Môi trường", None, ["Ủy ban nhân dân tỉnh Thanh Hóa", "Bộ Tài nguyên và Môi trường"], ()),
    (
        "kh-176", 2025, "Sở Nông nghiệp và Môi trường", None,
        ["Ủy ban nhân dân tỉnh Thanh Hóa", "Bộ Nông nghiệp và Môi trường"], (),
    ),
    (
        "qd-3825", 2024, "Ủy ban nhân dân tỉnh Thanh Hóa", "Sở Kế hoạch và Đầu tư", ["Bộ Kế hoạch và Đầu tư"],
        ("TM. ỦY BAN NHÂN DÂN",),
    ),
    ("qd-3825", 2026, "Ủy ban nhân dân tỉnh Thanh Hóa", "Sở Tài chính", ["Bộ Tài chính"], ("TM. ỦY BAN NHÂN DÂN",)),
    (
        "kh-thai-nguyen-2026", 2026, "Ủy ban nhân dân tỉnh Thái Nguyên", "Sở Nông nghiệp và Môi trường",
        ["Bộ Nông nghiệp và Môi trường"], ("TM. ỦY BAN NHÂN DÂN",),
    ),
    ("kh-kl-81", 2025, "Văn phòng Tỉnh ủy Thanh Hóa", None, ["Ban Thường vụ Tỉnh ủy Thanh Hóa"], ()),
]  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
def test_who_sends_to_whom(
    catalogue: Catalogue, route: tuple[str, int, str, str | None, list[str], tuple[str, ...]]
) -> None:
    plan_id, year, sender, drafter, recipients, authority = route
    made = report(catalogue, plan_id, year)
    assert made.routing.sender.name == sender
    assert (made.routing.drafter.name if made.routing.drafter else None) == drafter
    assert [body.name for body in made.routing.recipients] == recipients
    assert made.identity.authority == authority
    assert sender in made.opening
    formerly = "Kế hoạch ghi" in " ".join(made.notes)
    assert formerly == (year >= 2025 and plan_id in {"kh-176", "qd-3825"})


HEADS = [
    ("kh-176", ("UBND TỈNH THANH HÓA",), ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",), "BC-SNNMT", "GIÁM ĐỐC", "Lưu: VT"),
    ("qd-3825", (), ("ỦY BAN NHÂN DÂN", "TỈNH THANH HÓA"), "BC-UBND", "CHỦ TỊCH", "Lưu: VT"),
    ("kh-thai-nguyen-2026", (), ("ỦY BAN NHÂN DÂN", "TỈNH THÁI NGUYÊN"), "BC-UBND", "CHỦ TỊCH", "Lưu: VT"),
    ("kh-kl-81", ("TỈNH ỦY THANH HÓA",), ("VĂN PHÒNG",), "BC/VPTU", "CHÁNH VĂN PHÒNG", "Lưu Văn phòng Tỉnh ủy"),
]


@pytest.mark.parametrize("head", HEADS)
def test_head_and_foot(catalogue: Catalogue, head: tuple[str, tuple[str, ...], tuple[str, ...], str, str, str]) -> None:
    plan_id, parent, issuer, symbol, title, archive = head
    made = report(catalogue, plan_id, 2026)
    identity = made.identity
    assert (identity.parent, identity.issuer, identity.symbol) == (parent, issuer, symbol)
    assert (identity.title, identity.archive) == (title, archive)
    assert (made.kind is ReportKind.PARTY) == (plan_id == "kh-kl-81")


def test_what_the_office_says_replaces_what_is_known(catalogue: Catalogue) -> None:
    said_of_it = Given(
        number="12/BC-SNN&MT",
        dated=date(2025, 12, 20),
        signer="Nguyễn Văn A",
        authority=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        recipients=("Như trên", "Lưu: VT, BVMT."),
    )
    identity = report(catalogue, "kh-176", 2025, given=said_of_it).identity
    assert (identity.number, identity.symbol) == ("12", "BC-SNN&MT")
    assert (identity.authority, identity.title) == (("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC")
    assert (identity.recipients, identity.archive, identity.archive_with_unit) == (
        ("Như trên",),
        "Lưu: VT, BVMT",
        False,
    )


def test_a_power_to_sign_without_an_office_leaves_the_office_a_blank(catalogue: Catalogue) -> None:
    identity = report(catalogue, "kh-176", 2025, given=Given(authority=("KT. GIÁM ĐỐC",))).identity
    assert (identity.authority, identity.title) == (("KT. GIÁM ĐỐC",), None)


def test_the_reviews_of_2025_and_2030(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    assert review_of(plan, 2025) == (Review.MIDTERM, "PL.II.7")
    assert review_of(plan, 2030) == (Review.FINAL, "PL.II.7")
    assert review_of(plan, 2026) == (None, None)
    assert all(review_of(one, year)[0] is None for one in catalogue.plans if one is not plan for year in (2025, 2030))
    midterm = report(catalogue, "qd-3825", 2025)
    assert midterm.summary.startswith("Sơ kết giữa kỳ")
    assert midterm.narrative.lessons is not None
    assert report(catalogue, "qd-3825", 2030).summary.startswith("Tổng kết")
    assert report(catalogue, "qd-3825", 2026).narrative.lessons is None


def test_party_summaries_begin_with_a_small_letter(catalogue: Catalogue) -> None:
    assert report(catalogue, "kh-kl-81", 2025).summary.startswith("kết quả năm 2025 thực hiện Kế hoạch")
    # The year of the report cannot be taken for the plan's or the body's: it stands before them.
    made = report(catalogue, "kh-176", 2025)
    assert made.summary == "Kết quả năm 2025 thực hiện Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh"
    assert "Trên đây là kết quả năm 2025 thực hiện Kế hoạch số 176/KH-UBND" in made.closing


def test_words_come_by_agency_and_the_later_text_counts(catalogue: Catalogue) -> None:
    first = said("kh-176", "so-y-te", cutoff=date(2025, 11, 15), narrative={"limits": "Cũ.", "lessons": "Bài học."})
    later = said("kh-176", "so-y-te", narrative={"limits": "Mới.", "causes": {"objective": "Mưa lũ."}})
    made = report(catalogue, "kh-176", 2025, [first, replace(later, file="sau.yaml")])
    words = made.narrative
    assert [(voice.agency, voice.text) for voice in words.limits.voices] == [("Sở Y tế", "Mới.")]
    assert [voice.text for voice in words.causes_objective.voices] == ["Mưa lũ."]
    assert words.directing.missing == "Các báo cáo đã nhận không nêu nội dung này."
    # Lessons are printed also in a year without a review.
    assert words.lessons is not None
    assert [voice.text for voice in words.lessons.voices] == ["Bài học."]


def test_agencies_speak_in_the_order_of_the_registry(catalogue: Catalogue) -> None:
    money = ({"source": "Ngân sách tỉnh", "planned": "10", "spent": "9", "unit": "tỷ đồng"},)
    senders = ("bql-kkt-nghi-son", "cong-an-tinh", "so-y-te", "so-nnmt")
    tasks = {"III.1.1": SubmittedTask(Status.ONGOING, "Đã làm.")}
    sent = [said("kh-176", one, narrative={"limits": "x"}, funding=money, tasks=tasks) for one in senders]
    made = report(catalogue, "kh-176", 2025, sent)
    names = [
        "Sở Nông nghiệp và Môi trường",
        "Sở Y tế",
        "Ban Quản lý Khu kinh tế Nghi Sơn và các khu công nghiệp",
        "Công an tỉnh",
    ]
    assert [voice.agency for voice in made.narrative.limits.voices] == names
    assert [line.agency for line in made.funding.lines] == names
    (line,) = (line for line in made.tasks.lines if line.id == "III.1.1")
    assert re.findall(r"^- (.*?):", line.result, re.MULTILINE) == names


def test_a_part_of_a_year_says_that_money_is_counted_from_january_and_who_asked(catalogue: Catalogue) -> None:
    money = ({"source": "Ngân sách tỉnh", "planned": "10", "spent": "9", "unit": "tỷ đồng"},)
    sent = replace(said("kh-176", "so-y-te", cutoff=date(2025, 9, 14), funding=money), part="Q3")
    plan = plan_of(catalogue, "kh-176")
    order = Order(plan, Period(2025, "Q3"), date(2025, 9, 14))
    made = compile_report(replace(catalogue, submissions=(sent,)), order)
    assert made.funding.title == "Kinh phí thực hiện lũy kế đến hết quý III năm 2025"


def test_a_task_done_without_a_deadline_is_told_apart_in_the_text(catalogue: Catalogue) -> None:
    """The table says "không ấn định thời hạn" of a task that the text counts as done in time."""
    done = SubmittedTask(Status.DONE, completed=date(2025, 10, 10))
    made = report(catalogue, "kh-176", 2025, [said("kh-176", "so-nnmt", tasks={"III.2.4": done})])
    assert (
        "Số hoàn thành đúng hạn gồm cả 1 nhiệm vụ đã hoàn thành mà Kế hoạch không ấn định thời hạn."
        in made.tasks.sentences
    )
    assert not any("không ấn định" in one for one in report(catalogue, "kh-176", 2025).tasks.sentences)


def test_plans_without_programmes_speak_of_tasks_only(catalogue: Catalogue) -> None:
    assert report(catalogue, "kh-kl-81", 2025).tasks.overdue_missing == "Không có nhiệm vụ quá hạn."
    tasks = report(catalogue, "kh-176", 2025).tasks
    assert tasks.overdue_missing == "Không có nhiệm vụ, dự án quá hạn."
    assert all("chương trình, đề án, dự án, " in group.sentence for group in tasks.programmes)


def test_money_comes_in_one_unit_and_one_notation(catalogue: Catalogue) -> None:
    money = (
        {"source": "Ngân sách tỉnh", "planned": "12500,1", "spent": "9.870,5", "unit": "triệu đồng"},
        {"source": "Nguồn khác", "planned": "0,2", "unit": "tr.đ"},
        {"source": "Tài trợ", "spent": "3", "unit": "tỷ đồng"},
        {"source": "Vốn vay", "planned": "10", "spent": "2,5", "unit": "USD"},
    )
    made = report(catalogue, "kh-176", 2025, [said("kh-176", "so-y-te", funding=money)]).funding
    assert [(line.planned, line.spent, line.unit, line.share) for line in made.lines] == [
        ("12.500,1", "9.870,5", "triệu đồng", "79%"),
        ("0,2", "-", "triệu đồng", "-"),
        ("-", "3.000", "triệu đồng", "-"),
        ("10", "2,5", "USD", "25%"),
    ]
    assert [(total.unit, total.planned, total.spent) for total in made.totals] == [
        ("triệu đồng", "12.500,3", "12.870,5"),
        ("USD", "10", "2,5"),
    ]
    # A sum of which a line lacks an amount has no share: the two amounts are not of the same things.
    assert [total.share for total in made.totals] == [None, "25%"]
    assert made.title == "Kinh phí thực hiện năm 2025"
    assert made.plan_sources[0].startswith("Nguồn ngân sách nhà nước")
    assert made.doubts == ()


def test_what_is_no_amount_of_money_is_not_added_and_told_to_the_drafter(catalogue: Catalogue) -> None:
    money = (
        {"source": "Ngân sách tỉnh", "planned": "mười hai", "spent": "-5", "unit": "triệu đồng"},
        {"source": "Tài trợ", "planned": "1", "spent": "79.000", "unit": "triệu đồng"},
        {"source": "Quỹ", "planned": "100", "spent": "0,01", "unit": "triệu đồng"},
    )
    made = report(catalogue, "kh-176", 2025, [said("kh-176", "so-y-te", funding=money)])
    lines, (total,) = made.funding.lines, made.funding.totals
    assert [line.share for line in lines] == ["-", "-", "0,01%"]
    assert [line.doubtful for line in lines] == [True, True, False]
    assert (lines[0].planned, lines[0].spent) == ("mười hai", "-5")
    assert (total.planned, total.spent) == ("101", "79.000,01")
    assert len(made.funding.doubts) == 3
    assert set(made.funding.doubts) <= set(made.notes)


def test_a_result_names_documents_and_the_year_it_is_from(catalogue: Catalogue) -> None:
    entry = SubmittedTask(Status.DONE, "Đã bàn giao.", (Paper("12/BC-SYT", date(2024, 12, 1)),), date(2024, 11, 2))
    old = said("kh-176", "so-y-te", year=2024, cutoff=date(2024, 12, 14), tasks={"PL2.III.2": entry})
    line = next(line for line in report(catalogue, "kh-176", 2025, [old]).tasks.lines if line.id == "PL2.III.2")
    assert (
        line.result
        == "Đã bàn giao; văn bản số 12/BC-SYT ngày 01/12/2024; hoàn thành ngày 02/11/2024 (báo cáo năm 2024)"
    )
    assert line.word == "Hoàn thành đúng hạn"


def test_documents_and_dates_stand_below_a_result_of_several_lines(catalogue: Catalogue) -> None:
    entry = SubmittedTask(
        Status.DONE, "- Trạm 1: xong.\n- Trạm 2: xong.", (Paper("12/BC-SYT", date(2025, 12, 1)),), date(2025, 11, 2)
    )
    made = report(catalogue, "kh-176", 2025, [said("kh-176", "so-y-te", tasks={"PL2.III.2": entry})])
    line = next(line for line in made.tasks.lines if line.id == "PL2.III.2")
    assert line.result.split("\n") == [
        "- Trạm 1: xong.",
        "- Trạm 2: xong.",
        "Văn bản số 12/BC-SYT ngày 01/12/2025; hoàn thành ngày 02/11/2025",
    ]


def test_figures_in_sentences_have_their_unit(catalogue: Catalogue) -> None:
    values = {
        "PL1.17": SubmittedIndicator("86,5"),
        "PL1.18": SubmittedIndicator("88823,44"),
        "PL1.7": SubmittedIndicator("84", estimate=True),
        "PL1.10": SubmittedIndicator(parts={"đô thị loại II trở lên": "28", "đô thị còn lại": "12"}),
    }
    made = report(catalogue, "kh-176", 2025, [said("kh-176", "so-nnmt", indicators=values)])
    sentences = " ".join([*made.narrative.strengths.facts, *made.narrative.limits.facts])
    for words in ("(86,5%)", "(88.823,44 ha)", "(84%, ước)", "(đô thị loại II trở lên: 28%; đô thị còn lại: 12%)"):
        assert words in sentences


def test_what_is_still_open_is_one_sentence_without_zeros(catalogue: Catalogue) -> None:
    (fact,) = report(catalogue, "kh-176", 2025).narrative.limits.facts
    assert fact.startswith("Còn 19 chỉ tiêu chưa có số liệu; ")
    assert fact.endswith(" nhiệm vụ đã quá thời hạn theo Kế hoạch, chưa có báo cáo.")
    assert " 0 " not in fact


def test_an_extension_moves_the_deadline_and_both_are_printed(catalogue: Catalogue) -> None:
    entry = SubmittedTask(
        Status.IN_PROGRESS, extension=Extension(date(2026, 6, 30), "Công văn 345/UBND-NN ngày 10/02/2026")
    )
    made = report(
        catalogue, "kh-176", 2026, [said("kh-176", "so-nnmt", tasks={"PL2.I.1": entry})], day=date(2026, 3, 1)
    )
    line = next(line for line in made.tasks.lines if line.id == "PL2.I.1")
    assert (
        line.deadline
        == "30/6/2026 (gia hạn theo Công văn 345/UBND-NN ngày 10/02/2026; thời hạn theo Kế hoạch: 31/12/2022)"
    )
    assert line.column is CountColumn.IN_TIME
    assert "PL2.I.1" not in {late.id for late in made.tasks.overdue}


def test_the_overdue_list_counts_days_from_the_deadline(catalogue: Catalogue) -> None:
    overdue = report(catalogue, "kh-176", 2025).tasks.overdue
    assert [line.days for line in overdue] == sorted((line.days for line in overdue), reverse=True)
    first = overdue[0]
    assert (first.deadline, first.days) == ("31/12/2022", (END_2025 - date(2022, 12, 31)).days)
    assert first.word == "Đã quá thời hạn theo Kế hoạch, chưa có báo cáo"
    assert first.days_text == "1.079"


def test_next_year_lists_what_falls_due_and_what_is_carried_over(catalogue: Catalogue) -> None:
    coming = report(catalogue, "kh-176", 2025).next
    words = [line.word for line in coming.lines]
    assert coming.year == 2026
    due, late, begin, rest, pressing = numbers(re.sub(r"(năm) \d{4}", r"\1", coming.sentence))
    assert words.count("Đã quá thời hạn, chuyển sang năm sau") == late
    assert words.count("Đến hạn trong năm 2026") == due
    assert words.count("Bắt đầu từ năm 2026") == begin
    assert words.count("Đến hạn trong năm 2025") == pressing
    assert due + late + begin + rest + pressing == 64
    last = report(catalogue, "kh-176", 2030).next
    assert "kết thúc năm 2030" in last.sentence
    assert not last.lines


def test_an_agencys_own_report_has_only_what_it_leads_and_said(catalogue: Catalogue) -> None:
    entries = {"PL2.III.2": SubmittedTask(Status.DONE, completed=date(2025, 10, 20))}
    submissions = [
        said("kh-176", "so-y-te", tasks=entries, indicators={"PL1.17": SubmittedIndicator("86,5")}),
        said("kh-176", "so-nnmt", narrative={"limits": "Của Sở khác."}, indicators={"PL1.8": SubmittedIndicator("34")}),
    ]
    made = report(catalogue, "kh-176", 2025, submissions, agency=agency(catalogue, "so-y-te"))
    assert_adds_up(made)
    assert made.kind is ReportKind.AGENCY
    assert [line.id for line in made.indicators.lines] == ["PL1.17"]
    assert {"PL2.III.1", "PL2.III.2"} <= {line.id for line in made.tasks.lines}
    assert all(
        {"so-y-te", "nhom-so-ban-nganh-doan-the"} & set(task.lead)
        for task in plan_of(catalogue, "kh-176").tasks
        if task.id in {line.id for line in made.tasks.lines}
    )
    assert made.tasks.counts.done == 1
    assert not made.tasks.by_agency
    assert made.coverage is None
    assert not made.narrative.limits.voices
    assert [body.name for body in made.routing.recipients] == ["Sở Nông nghiệp và Môi trường"]
    assert made.identity.issuer == ("SỞ Y TẾ",)


def test_an_agency_speaks_for_itself_in_a_shared_task(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    task = next(task for task in plan.tasks if {"so-tnmt", "bql-kkt-nghi-son"} <= set(task.lead))
    done = {task.id: SubmittedTask(Status.DONE, completed=date(2025, 6, 1))}
    submissions = [said("kh-176", "so-nnmt", tasks=done)]
    for unit, count in (("so-nnmt", 1), ("bql-kkt-nghi-son", 0)):
        own = report(catalogue, "kh-176", 2025, submissions, agency=agency(catalogue, unit))
        assert own.tasks.counts.done == count


def test_a_dissolved_bodys_report_is_its_heirs(catalogue: Catalogue) -> None:
    made = report(catalogue, "kh-176", 2025, agency=agency(catalogue, "so-tnmt"))
    assert made.identity.issuer == ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",)
    assert made.unit is not None
    assert made.unit.id == "so-nnmt"
    # It is also the coordinator, so the plan names no other recipient.
    assert made.routing.recipients == ()
    assert any("không quy định nơi nhận" in note for note in made.notes)


def test_a_peer_is_never_asked_to_direct_the_sender(catalogue: Catalogue) -> None:
    made = report(catalogue, "qd-3825", 2025, agency=agency(catalogue, "so-y-te"))
    assert made.closing.endswith("Thanh Hóa xem xét, chỉ đạo; Sở Tài chính tổng hợp")


def test_who_leads_nothing_has_no_report(catalogue: Catalogue) -> None:
    party_plan = plan_of(catalogue, "kh-kl-81")
    assert not has_rows(catalogue, party_plan, agency(catalogue, "so-y-te"), END_2025)
    assert has_rows(catalogue, plan_of(catalogue, "qd-3825"), agency(catalogue, "so-y-te"), END_2025)


def test_units_of_thai_nguyen_report_to_the_committee_through_the_department(catalogue: Catalogue) -> None:
    unit = agency(catalogue, "so-y-te", "thai-nguyen")
    made = report(catalogue, "kh-thai-nguyen-2026", 2026, agency=unit)
    assert [body.name for body in made.routing.recipients] == [
        "Ủy ban nhân dân tỉnh Thái Nguyên (qua Sở Nông nghiệp và Môi trường)"
    ]


def test_a_group_sends_nothing_as_such(catalogue: Catalogue) -> None:
    made = report(catalogue, "kh-thai-nguyen-2026", 2026, agency=agency(catalogue, "ubnd-cap-xa", "thai-nguyen"))
    assert made.identity.issuer is None
    assert any("là một nhóm cơ quan" in note for note in made.notes)
    assert made.tasks.counts.total == 62


@pytest.mark.parametrize(
    ("agency_id", "words"),
    [("so-tttt", "Sở Khoa học và Công nghệ"), ("ubnd-quan-hoa", "30/6/2025"), ("so-khdt", None), ("so-y-te", None)],
)
def test_nobody_reports_as_a_body_that_is_gone(catalogue: Catalogue, agency_id: str, words: str | None) -> None:
    plan = plan_of(catalogue, "qd-3825")
    why = gone(catalogue.directory, plan.province, agency_id, END_2025)
    assert (words in why) if words and why else why is words
    assert gone(catalogue.directory, plan.province, agency_id, date(2024, 12, 14)) is None


def test_a_letter_lists_what_an_agency_owes(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    order = Order(plan, Period(2025), END_2025)
    letter = compile_letter(replace(catalogue, submissions=()), order, agency(catalogue, "so-y-te"))
    assert letter is not None
    assert {"PL1.17", "PL2.III.1", "PL2.III.2"} <= set(letter.expected)
    assert letter.routing.sender.name == "Sở Nông nghiệp và Môi trường"
    assert letter.identity.symbol == "SNNMT-"
    assert "chưa nhận được báo cáo năm 2025 của Sở Y tế" in letter.body[1]
    assert letter.until is None
    full = said(
        "kh-176",
        "so-y-te",
        tasks={row: SubmittedTask(Status.ONGOING) for row in letter.expected if row != "PL1.17"},
        indicators={"PL1.17": SubmittedIndicator("86")},
    )
    assert compile_letter(replace(catalogue, submissions=(full,)), order, agency(catalogue, "so-y-te")) is None


def test_letters_go_to_those_whose_report_is_due(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    empty = replace(catalogue, submissions=())
    assert silent_units(empty, plan, Period(2025), date(2025, 11, 1)) == ()
    late = {unit.id for unit in silent_units(empty, plan, Period(2025), END_2025)}
    assert {"so-y-te", "so-nnmt"} <= late
    assert "so-tnmt" not in late
    # The coordinator of the plan, and the body that has its duties today.
    assert not {"so-khdt", "so-tai-chinh"} & late


def test_who_sent_a_form_that_could_not_be_taken_is_not_counted_as_silent(catalogue: Catalogue) -> None:
    refused = RefusedForm("received/2025/so-xay-dung.docx", "so-xay-dung", "không đọc tệp .docx", "kh-176", "2025")
    sent = [said("kh-176", "so-y-te", tasks={"PL2.III.1": SubmittedTask(Status.IN_PROGRESS)})]
    made = report(replace(catalogue, refused=(refused,)), "kh-176", 2025, sent)
    assert made.coverage
    assert made.coverage.sentence.endswith(": 1 đã báo cáo; 1 đã gửi, chưa nhận được; 36 chưa báo cáo.")
    words = {line.id: (line.word, line.silent) for line in made.coverage.lines}
    assert words["so-xay-dung"] == ("Đã gửi, chưa nhận được", False)
    assert_adds_up(made)


@pytest.mark.parametrize(
    ("plan_id", "unit"), [("kh-176", "so-tnmt"), ("kh-176", "so-nnmt"), ("qd-3825", "so-tai-chinh")]
)
def test_the_coordinator_never_writes_to_itself(catalogue: Catalogue, plan_id: str, unit: str) -> None:
    order = Order(plan_of(catalogue, plan_id), Period(2025), END_2025)
    assert compile_letter(replace(catalogue, submissions=()), order, agency(catalogue, unit)) is None


def _numbers_in(value: Any, path: str = "") -> Iterator[str]:
    """Yield the path of every number in a report's data, in the notation of its figures."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _numbers_in(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            name = inner.get("id", inner.get("number", inner.get("unit", index))) if isinstance(inner, dict) else index
            yield from _numbers_in(inner, f"{path}[{name}]")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path


# The year, the numbers of table rows and the lines of files are not figures.
NO_FIGURES = re.compile(r"(?:^|\.)(?:year|number|line)$")


@pytest.mark.parametrize("plan_id", PLANS_2026)
def test_every_number_in_the_data_says_where_it_comes_from(catalogue: Catalogue, plan_id: str) -> None:
    entries = [
        said(
            plan_id,
            "so-nnmt",
            year=2026,
            cutoff=END_2026,
            funding=({"source": "Ngân sách", "planned": "10", "spent": "5", "unit": "tỷ đồng"},),
            indicators={row.id: SubmittedIndicator("50") for row in plan_of(catalogue, plan_id).indicators},
        )
    ]
    made = report(catalogue, plan_id, 2026, entries)
    keys = {figure.key for figure in made.figures}
    wanted = {path for path in _numbers_in(report_record(made, trace=False)) if not NO_FIGURES.search(path)}
    assert wanted - keys == set()
    assert all(figure.sources for figure in made.figures)
    files = {source.file for figure in made.figures for source in figure.sources}
    assert files <= {plan_of(catalogue, plan_id).file, entries[0].file}


def test_figures_name_the_lines_of_plan_and_submission(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    entry = said(
        "kh-176", "so-y-te", indicators={"PL1.17": SubmittedIndicator("86,5")}, lines={("indicators", "PL1.17"): 9}
    )
    made = report(catalogue, "kh-176", 2025, [entry])
    figures = {figure.key: figure for figure in made.figures}
    value = figures["indicators.groups[PL1.II].lines[PL1.17].result"]
    assert [str(source) for source in value.sources] == [f"{entry.file}:9"]
    met = figures["indicators.counts.exceeded"]
    assert {str(source) for source in met.sources} == {f"{entry.file}:9", f"{plan.file}:{plan.lines['PL1.17']}"}
    lines = (REPOSITORY / "plans" / "kh-176.yaml").read_text(encoding="utf-8").splitlines()
    assert "PL1.17" in lines[plan.lines["PL1.17"] - 1]
