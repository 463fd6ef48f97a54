"""The six tables hold what `tasks`, `check` and `summary` say: one assessment, row by row."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.check.submissions import check
from kehoach_cli.core.duties.led_parts import leads_now
from kehoach_cli.core.duties.select import TaskQuery, select_tasks
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.report.summary import By, SummaryQuery, summarize
from kehoach_cli.core.tables.declared import DataField, DataTable, DataType
from kehoach_cli.core.tables.rows import _MAKERS, TableSource, _number, rows_of_table
from kehoach_cli.core.tables.tables import TABLES
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from tests.conftest import REPOSITORY
from tests.core.check.test_trend import indicator, plan_with, said

DAY = date(2026, 3, 1)
TYPES: dict[DataType, type | tuple[type, ...]] = {
    DataType.STRING: str,
    DataType.INTEGER: int,
    DataType.NUMBER: Decimal,
    DataType.BOOLEAN: bool,
    DataType.DATE: date,
}
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def filled() -> Catalogue:
    """The four plans with the submissions of the example."""
    return load(Root(REPOSITORY), [REPOSITORY / "examples" / "progress"], closed=True).catalogue


@pytest.fixture(scope="module")
def source(filled: Catalogue) -> TableSource:
    return TableSource(filled, filled.plans, DAY)


@pytest.fixture(scope="module")
def rows(source: TableSource) -> Rows:
    """Every row of every table, by field."""
    return {
        table.name: [dict(zip(table.names, row, strict=True)) for row in rows_of_table(table, source)]
        for table in TABLES
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
class TestDeclared:
    """Rows keep what the declaration says."""

    def test_rows_fill_declared_fields_only(self, table: DataTable, source: TableSource) -> None:
        made = [set(row) for row in _MAKERS[table.name](source)]
        assert made
        assert set().union(*made) <= set(table.names)
        # A field that no row ever fills would be forgotten, not empty.
        assert set(table.names) - set().union(*made) <= {"year_from"}

    def test_values_have_the_declared_type(self, table: DataTable, rows: Rows) -> None:
        for row in rows[table.name]:
            for field in table.fields:
                assert_typed(field, row[field.name])

    def test_the_key_is_whole_unique_and_the_order(self, table: DataTable, rows: Rows) -> None:
        keys = [tuple(row[name] for name in table.key) for row in rows[table.name]]
        assert all(None not in key for key in keys)
        assert keys == sorted(set(keys))

    def test_references_lead_to_a_row(self, table: DataTable, rows: Rows) -> None:
        for reference in table.references:
            there = {tuple(row[name] for name in reference.key) for row in rows[reference.table]}
            named = {tuple(row[name] for name in reference.fields) for row in rows[table.name]}
            assert {key for key in named if any(key)} <= there

    def test_names_are_plain_words(self, table: DataTable) -> None:
        for name in (table.name, *table.names):
            assert name.replace("_", "").isalnum()
            assert name == name.lower()
        assert all(field.title for field in table.fields)


def assert_typed(field: DataField, value: object) -> None:
    if value is None:
        return
    assert isinstance(value, TYPES[field.type]), (field.name, value)
    assert isinstance(value, bool) is (field.type is DataType.BOOLEAN), (field.name, value)
    assert not field.values or value in field.values, (field.name, value)


def test_tasks_are_those_of_the_listing(filled: Catalogue, rows: Rows) -> None:
    (answer,) = select_tasks(filled, TaskQuery(as_of=DAY))
    want = {
        row.ref: (row.state.column.value, row.state.timeliness.value, row.state.days or None, row.due.next_due)
        for row in answer.rows
    }
    got = {row["ref"]: (row["state"], row["timeliness"], row["days_late"], row["next_due"]) for row in rows["tasks"]}
    assert got == want
    (late,) = select_tasks(filled, TaskQuery(as_of=DAY, overdue=True))
    assert {row["ref"] for row in rows["tasks"] if row["overdue"]} == {row.ref for row in late.rows}


def test_assignments_are_those_of_every_agency_asked_alone(filled: Catalogue, rows: Rows) -> None:
    """`tasks --agency`, for all bodies and groups of all registries."""
    got: dict[tuple[str, str], set[tuple[str, str, str, str | None]]] = {}
    for row in rows["assignments"]:
        got.setdefault((row["agency_province"], row["agency"]), set()).add(
            (row["ref"], row["role"], row["via"], row["scope"])
        )
    want = {}
    for registry in filled.directory.registries.values():
        for agency in registry.agencies.values():
            found = {
                (row.ref, match.role, match.via.value, match.scope)
                for answer in select_tasks(filled, TaskQuery(as_of=DAY, agencies=(agency,)))
                for row in answer.rows
                for match in row.matches
            }
            if found:
                want[agency.province, agency.id] = found
    assert got == want


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2025, 3, 1), DAY])
def test_who_leads_on_the_day_stands_once_for_each_task(filled: Catalogue, day: date) -> None:
    source = TableSource(filled, filled.plans, day)
    table = next(one for one in TABLES if one.name == "assignments")
    found = [dict(zip(table.names, row, strict=True)) for row in rows_of_table(table, source)]
    got = sorted((row["ref"], row["agency_province"], row["agency"]) for row in found if row["leads_now"])
    want = []
    for plan in filled.plans:
        for task in plan.tasks:
            for lead in leads_now(filled.directory, plan, task, day):
                agency = filled.directory.get(plan.province, lead)
                assert agency is not None
                want.append((f"{plan.id}/{task.id}", agency.province, agency.id))
    assert got == sorted(want)


def test_an_agencys_own_states_are_those_of_the_summary(filled: Catalogue, rows: Rows) -> None:
    made = summarize(filled, SummaryQuery(By.AGENCY, Period(2025), DAY, filled.plans))
    want = sorted(
        (f"{row.plan.id}/{row.task.id}", row.state.column.value, row.state.days or None)
        for line in made.lines
        if line.key
        for row in line.rows
    )
    kinds = {row["ref"]: row["kind"] for row in rows["tasks"]}
    got = [row for row in rows["assignments"] if row["own_state"] and kinds[row["ref"]] != "organisation"]
    assert sorted((row["ref"], row["own_state"], row["own_days_late"]) for row in got) == want


def test_results_are_those_of_the_check(filled: Catalogue, rows: Rows) -> None:
    result = check(filled, Period(2025), None, frozenset({"kh-176"}), whole=False)
    want = [(row.ref, row.evaluation.verdict.value, row.evaluation.official) for row in result.rows]
    got = [
        (row["ref"], row["verdict"], row["official"])
        for row in rows["results"]
        if row["kind"] == "indicator" and row["scope"] is None
    ]
    assert sorted(got) == sorted(want)
    said = [row for row in rows["results"] if row["kind"] == "task"]
    assert sorted(row["ref"] for row in said) == sorted(
        f"{one.plan}/{task}" for one in filled.submissions for task in one.tasks
    )


def test_a_later_submission_is_not_there_before_its_day(filled: Catalogue) -> None:
    table = next(one for one in TABLES if one.name == "results")
    assert list(rows_of_table(table, TableSource(filled, filled.plans, date(2025, 12, 13)))) == []


def test_names_without_accents_find_what_has_them(rows: Rows) -> None:
    found = [row["agency"] for row in rows["agencies"] if "so y te" in row["name_khong_dau"]]
    assert "so-y-te" in found


@given(st.fractions())
def test_numbers_are_exact_to_twelve_places(value: Fraction) -> None:
    found = _number(value)
    if abs(value) < 10**26:
        assert found is not None
        assert abs(Fraction(found) - value) <= Fraction(5, 10**13)
        assert -12 <= int(found.as_tuple().exponent) <= 0
    else:
        assert found is None


def test_targets_hold_every_target_and_base_level(filled: Catalogue, rows: Rows) -> None:
    want = sum(
        len(one.baseline) + sum(max(1, len(target.parts)) for target in one.targets)
        for plan in filled.plans
        for one in plan.indicators
    )
    assert len(rows["targets"]) == want


def test_one_plan_alone_gives_its_rows_and_all_agencies(filled: Catalogue, rows: Rows) -> None:
    alone = replace(TableSource(filled, filled.plans, DAY), plans=(filled.plans[1],))
    for table in TABLES:
        want = [row for row in rows[table.name] if table.name == "agencies" or row["plan"] == filled.plans[1].id]
        assert len(list(rows_of_table(table, alone))) == len(want)


def test_ids_that_begin_alike_keep_the_order_of_the_key(filled: Catalogue) -> None:
    """In "kh-1-a/I.1" the mark after the shared part sorts before that of "kh-1/I.1", in "kh-10/I.1" behind it."""
    plans = tuple(replace(filled.plans[1], id=name) for name in ("kh-10", "kh-1", "kh-1-a", "kh-1.b"))
    source = TableSource(replace(filled, plans=plans, submissions=()), plans, DAY)
    for table in TABLES:
        keys = [row[: len(table.key)] for row in key_rows(table, source)]
        assert keys == sorted(keys)


def key_rows(table: DataTable, source: TableSource) -> list[tuple[Any, ...]]:
    places = [table.names.index(name) for name in table.key]
    return [tuple(row[at] for at in places) for row in rows_of_table(table, source)]


@pytest.mark.parametrize(
    ("row", "value", "want"),
    [
        (indicator({2026: "95"}), "96", [("96", "%", None)]),
        (indicator({2026: "1,5 nghìn tấn"}, "tấn", name="Sản lượng"), "1.600", [("1600", "tấn", None)]),
        (indicator({2026: "1.500 tấn"}, "nghìn tấn", name="Sản lượng"), "1,6", [("1.6", "nghìn tấn", None)]),
        (indicator({2026: "95%"}, "xã", name="Số xã đạt chuẩn"), "96%", [("96", "%", None)]),
        (
            indicator({2026: "gấp 2 lần năm 2020"}, "tỷ đồng", name="Giá trị", baseline={2020: "10"}),
            "gấp 2,5 lần",
            [("2.5", "lần", None)],
        ),
        (
            indicator({2026: "giảm 10% so với năm 2020"}, "tấn", name="Phát thải", baseline={2020: "200"}),
            "giảm 12%",
            [("12", "%", None)],
        ),
        (
            indicator({2026: "3 nghìn tấn đối với A; 5 tấn đối với B"}, "tấn", name="Sản lượng"),
            SubmittedIndicator(parts={"A": "4.000", "B": "6"}),
            [(None, "tấn", None), ("4000", "tấn", "A"), ("6", "tấn", "B")],
        ),
    ],
)
def test_a_number_stands_beside_its_own_unit(
    filled: Catalogue, row: Indicator, value: str | SubmittedIndicator, want: list[tuple[str | None, str, str | None]]
) -> None:
    plan = plan_with(row)
    known = replace(filled, plans=(plan,), submissions=(said(2026, value),), locks=())
    (table,) = (one for one in TABLES if one.name == "results")
    made = [
        dict(zip(table.names, one, strict=True))
        for one in rows_of_table(table, TableSource(known, (plan,), date(2026, 12, 31)))
    ]
    got = [(one["value"], one["unit"], one["scope"]) for one in made]
    assert got == [(None if number is None else Decimal(number), unit, scope) for number, unit, scope in want]
