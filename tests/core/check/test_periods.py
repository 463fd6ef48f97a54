"""Periods: a value counts in its own one only, and the state of a task is carried forward over all of them."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.submissions import check, last_cutoff
from kehoach_cli.core.check.verdict import compared_in, evaluate, evaluate_in
from kehoach_cli.core.duties.assess import TaskStates
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period, parse_period, usual_cutoff
from kehoach_cli.core.model.plan import Document, Indicator, Plan, PlanYears
from kehoach_cli.core.model.progress import Status, Submission, SubmittedIndicator, SubmittedTask
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.target import Direction, Target

PARTS = (None, "H1", "H2", "9M", "Q1", "Q2", "Q3", "Q4", *(f"{month:02}" for month in range(1, 13)))
PERIODS = st.builds(Period, st.integers(2025, 2027), st.sampled_from(PARTS))
FIGURES = st.integers(0, 1500).map(str)


def period(key: str) -> Period:
    found = parse_period(key)
    assert found is not None
    return found


def target(key: str, text: str) -> Target:
    year, _, part = key.partition("-")
    return Target(int(year), text, parse_target(text, unit="ha", direction=Direction.INCREASE), period=part or None)


TREES = Indicator(
    "ct1",
    "Diện tích rừng trồng mới",
    "ha",
    None,
    Direction.INCREASE,
    (target("2026-06-30", "450"), target("2026-Q3", "700"), target("2026", "1.000"), target("2030", "1.400")),
    lead=("so-y-te",),
)

PLAN = Plan(
    id="kh-176",
    province="thanh-hoa",
    document=Document("KH", None, None, "ubnd-tinh", "Kế hoạch", "Kế hoạch"),
    period=PlanYears(2025, 2030),
    coordinator="so-nnmt",
    objectives=(),
    funding=(),
    reporting=(),
    clauses=(),
    sections=(),
    tasks=(),
    indicators=(TREES,),
)


@pytest.mark.parametrize(
    ("key", "value", "verdict", "official", "aim"),
    [
        ("2026-Q3", "700", Verdict.MET, True, "700"),
        ("2026-Q3", "699", Verdict.MISSED, True, "700"),
        # A target for a day is judged in the periods that end with its month, and in no other.
        ("2026-Q2", "450", Verdict.MET, True, "450"),
        ("2026-H1", "460", Verdict.EXCEEDED, True, "450"),
        ("2026-06", "440", Verdict.MISSED, True, "450"),
        ("2026-05", "460", Verdict.NOT_DUE, False, "1.000"),
        ("2026-9M", "720", Verdict.NOT_DUE, False, "1.000"),
        ("2026-Q4", "1.200", Verdict.NOT_DUE, False, "1.000"),
        ("2027-Q3", "700", Verdict.NOT_DUE, False, "1.400"),
        ("2026", "1.000", Verdict.MET, True, "1.000"),
    ],
)
def test_the_target_with_the_periods_key_judges_it(
    key: str,
    value: str,
    verdict: Verdict,
    official: bool,  # noqa: FBT001
    aim: str,
) -> None:
    found = evaluate_in(TREES, period(key), {period(key): SubmittedIndicator(value)})
    assert found.target is not None
    assert (found.verdict, found.official, found.target.text) == (verdict, official, aim)


def test_before_its_time_a_figure_shows_the_share_of_the_years_target() -> None:
    found = evaluate_in(TREES, period("2026-Q1"), {period("2026-Q1"): SubmittedIndicator("250")})
    assert found.difference is not None
    assert (found.difference.value, found.difference.unit) == (Fraction(25), "%")
    total = replace(TREES, unit="ha", targets=(replace(target("2030", "5.000"), since=2026),))
    found = evaluate_in(total, period("2026-Q1"), {period("2026-Q1"): SubmittedIndicator("250")})
    assert (found.verdict, found.difference) == (Verdict.NOT_DUE, None)


def test_a_target_in_words_is_not_due_before_its_time() -> None:
    words = replace(TREES, unit=None, targets=(target("2026", "Hoàn thành"),))
    for met in (True, False):
        found = evaluate_in(words, period("2026-Q1"), {period("2026-Q1"): SubmittedIndicator(met=met)})
        assert (found.verdict, found.official) == (Verdict.NOT_DUE, False)


@given(st.dictionaries(PERIODS, FIGURES, max_size=12), PERIODS)
def test_a_value_never_stands_in_for_another_period(figures: dict[Period, str], asked: Period) -> None:
    reports = {one: SubmittedIndicator(figure) for one, figure in figures.items()}
    own = {asked: reports[asked]} if asked in reports else {}
    found = evaluate_in(TREES, asked, reports)
    assert found == evaluate_in(TREES, asked, own)
    if not own:
        assert (found.verdict, found.parts) == (Verdict.NO_DATA, ())
    if asked.part is None:
        assert found == evaluate(TREES, asked.year, {one.year: said for one, said in own.items()})
    aim, official = compared_in(TREES, asked)
    assert (found.target, found.official) == (aim, official if own else found.official)


@settings(max_examples=60)
@given(st.dictionaries(PERIODS, FIGURES, min_size=1, max_size=8), PERIODS, st.integers(0, 120))
def test_every_row_of_a_check_is_of_its_period(
    catalogue: Catalogue, figures: dict[Period, str], asked: Period, late: int
) -> None:
    sent = tuple(
        Submission(
            "kh-176",
            "so-y-te",
            one.year,
            usual_cutoff(one) + timedelta(days=late),
            f"progress/{one.key}/a.yaml",
            indicators={"ct1": SubmittedIndicator(figure)},
            part=one.part,
        )
        for one, figure in figures.items()
    )
    found = check(Catalogue((PLAN,), catalogue.directory, sent), asked, None, frozenset())
    (row,) = found.rows
    assert (row.entry.value if row.entry else None) == figures.get(asked)
    assert row.submission is None or row.submission.period == asked
    # The day is that of the period's own submissions, without any that of its parts.
    own = [asked] if asked in figures else [one for one in figures if asked.holds(one)]
    latest = max((usual_cutoff(one) + timedelta(days=late) for one in own), default=usual_cutoff(asked))
    assert found.as_of == last_cutoff(sent, asked) == latest


STATUSES = st.sampled_from([None, *Status])
SENT = st.lists(st.tuples(PERIODS, st.integers(0, 60), STATUSES), max_size=8)


@settings(max_examples=60)
@given(SENT, st.dates(date(2025, 1, 1), date(2028, 6, 30)))
def test_states_carry_forward_over_all_periods(
    catalogue: Catalogue, said: list[tuple[Period, int, Status | None]], day: date
) -> None:
    plan = next(plan for plan in catalogue.plans if plan.id == "kh-176")
    task = next(task for task in plan.tasks if task.id == "PL2.III.1")
    sent = [
        Submission(
            plan.id,
            "so-y-te",
            one.year,
            usual_cutoff(one) + timedelta(days=late),
            f"{number}.yaml",
            tasks={task.id: SubmittedTask(status)},
            part=one.part,
        )
        for number, (one, late, status) in enumerate(said)
    ]
    known = sorted((one for one in sent if one.cutoff <= day), key=lambda one: one.order)
    statuses = [status for one in known if (status := one.tasks[task.id].status)]
    state = TaskStates(catalogue.directory, sent).state(plan, task, day)
    assert state.status == (statuses[-1] if statuses else None)
    # What is sent later, and in which order files are read, changes nothing.
    assert TaskStates(catalogue.directory, reversed(known)).state(plan, task, day) == state


def test_of_one_cutoff_the_longer_period_counts(catalogue: Catalogue) -> None:
    plan = next(plan for plan in catalogue.plans if plan.id == "kh-176")
    task = next(task for task in plan.tasks if task.id == "PL2.III.1")
    day = date(2026, 12, 14)
    quarter, year = (
        Submission(plan.id, "so-y-te", 2026, day, f"{name}.yaml", tasks={task.id: SubmittedTask(status)}, part=part)
        for name, status, part in (("b", Status.IN_PROGRESS, "Q4"), ("a", Status.PAUSED, None))
    )
    assert TaskStates(catalogue.directory, (year, quarter)).state(plan, task, day).status is Status.PAUSED
