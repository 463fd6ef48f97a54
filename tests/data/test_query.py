"""`kehoach query`: one SELECT over the six tables, and nothing else, within bounds of time and memory."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.tables.rows import TableSource
from kehoach_cli.core.tables.tables import TABLES
from kehoach_cli.data.loaded import table_files
from kehoach_cli.data.query import QueryRequest, QueryResult, ask
from kehoach_cli.data.query_process import RefusedError, answered
from kehoach_cli.errors import UsageError
from kehoach_cli.render.query import query_listing, query_records
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.queries import saved_queries
from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]
ONLY_SELECT = "chỉ nhận một câu SELECT"
NO_FUNCTION = "để lấy dòng; chỉ đọc được các bảng của kehoach"
NO_TABLE = "các bảng: agencies, assignments, plans, results, targets, tasks"


@pytest.fixture(scope="module")
def source(catalogue: Catalogue) -> TableSource:
    """Plans alone: a query takes as long as it takes to start a process."""
    return TableSource(catalogue, catalogue.plans[:1], date(2026, 3, 1))


def refusal(source: TableSource, sql: str, seconds: float = 20) -> str:
    with pytest.raises(UsageError) as raised:
        ask(TABLES, source, sql, seconds)
    assert raised.value.exit_code == 2
    return str(raised.value)


@pytest.fixture(scope="module")
def rows(source: TableSource) -> Iterator[str]:
    """The folder from which the process of a query reads."""
    with table_files(TABLES, source) as folder:
        yield str(folder)


def answer(rows: str, sql: str) -> QueryResult:
    """What the process of a query does, in this one: starting one takes longer than most queries."""
    return answered(QueryRequest(TABLES, rows, sql))


def records(ran: Ran) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["items"]
    return found


class TestAttacks:
    """Nothing outside of the tables is read, written or changed."""

    @pytest.mark.parametrize(
        ("sql", "why"),
        [
            ("SELECT * FROM read_csv('/etc/passwd')", NO_FUNCTION),
            ("SELECT * FROM read_text('/etc/passwd')", NO_FUNCTION),
            ("SELECT * FROM glob('/*')", NO_FUNCTION),
            ("SELECT (SELECT max(content) FROM read_text('/etc/passwd'))", NO_FUNCTION),
            ("SELECT * FROM tasks WHERE text IN (SELECT content FROM read_text('/etc/passwd'))", NO_FUNCTION),
            ("SELECT * FROM query('COPY tasks TO ''x.csv''')", NO_FUNCTION),
            ("SELECT * FROM query_table('tasks')", NO_FUNCTION),
            ("SELECT * FROM duckdb_settings()", NO_FUNCTION),
            ("SELECT * FROM '/etc/passwd'", NO_TABLE),
            ("SELECT * FROM 'x.parquet'", NO_TABLE),
            ("SELECT * FROM information_schema.tables", NO_TABLE),
            ("SELECT * FROM pg_catalog.pg_settings", NO_TABLE),
            ("SELECT * FROM sys.modules", NO_TABLE),
            ("SELECT * FROM request", NO_TABLE),
            ("SELECT getenv('HOME')", "getenv does not exist"),
            ("COPY tasks TO 'x.csv'", ONLY_SELECT),
            ("EXPORT DATABASE 'x'", ONLY_SELECT),
            ("ATTACH 'x.db'", ONLY_SELECT),
            ("INSTALL httpfs", ONLY_SELECT),
            ("LOAD httpfs", ONLY_SELECT),
            ("PRAGMA database_list", ONLY_SELECT),
            ("SET enable_external_access = true", ONLY_SELECT),
            ("CALL pragma_version()", ONLY_SELECT),
            ("EXPLAIN ANALYZE SELECT 1", ONLY_SELECT),
            ("DROP TABLE tasks", ONLY_SELECT),
            ("CREATE TABLE x AS SELECT 1", ONLY_SELECT),
            ("SELECT 1; SELECT 2", ONLY_SELECT),
            ("SELECT 1; COPY tasks TO 'x.csv'", ONLY_SELECT),
            ("WITH x AS (INSERT INTO plans (plan) VALUES ('a') RETURNING *) SELECT * FROM x", ONLY_SELECT),
            ("WITH x AS (DELETE FROM plans RETURNING *) SELECT * FROM x", ONLY_SELECT),
            ("PREPARE v AS SELECT 1", ONLY_SELECT),
            ("-- chỉ có ghi chú", ONLY_SELECT),
        ],
    )  # fmt: skip
    def test_is_refused_with_the_reason(
        self, rows: str, sql: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(RefusedError) as raised:
            answer(rows, sql)
        assert why in str(raised.value)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "sql",
        [
            "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
            "SELECT count(*) FROM tasks a, tasks b, tasks c, tasks d, tasks e, tasks f",
            "SELECT sleep_ms(60000)",
        ],
    )
    def test_without_end_is_ended(self, source: TableSource, sql: str) -> None:
        begun = time.monotonic()
        assert "chạy quá 1 giây" in refusal(source, sql, seconds=1)
        assert time.monotonic() - begun < 10

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT * FROM tasks a, tasks b, tasks c, tasks d ORDER BY a.text, b.text",
            "SELECT length(repeat('x', 3000000000))",
            "SELECT list(a.text || b.text || c.text) FROM tasks a, tasks b, tasks c, tasks d",
        ],
    )
    def test_without_bound_is_ended(self, source: TableSource, sql: str) -> None:
        assert "bộ nhớ" in refusal(source, sql)

    @pytest.mark.slow
    def test_more_rows_than_anybody_reads_are_refused(self, source: TableSource) -> None:
        assert "hơn 1.000.000 dòng; thêm LIMIT" in refusal(source, "SELECT * FROM range(2000000)")


@pytest.mark.slow
class TestAnswers:
    """What is allowed, and how it is written."""

    @pytest.mark.parametrize(
        "sql",
        [
            "FROM plans",
            "VALUES (1)",
            "SELECT count(*) FROM main.tasks",
            "WITH t AS (SELECT * FROM tasks), PLANS2 AS (FROM t) SELECT count(*) FROM plans2",
            "SELECT * FROM range(3) UNION ALL SELECT * FROM generate_series(1, 2)",
            "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r",
            "SELECT t.ref, unnest(string_split(t.outputs, '; ')) FROM tasks t LIMIT 3",
            "DESCRIBE tasks",
            "SELECT * FROM tasks PIVOT (count(*) FOR kind IN ('task', 'programme') GROUP BY plan)",
            "SELECT (SELECT count(*) FROM agencies), EXISTS (SELECT 1 FROM results);",
        ],
    )
    def test_every_kind_of_select_is_answered(self, rows: str, sql: str) -> None:
        assert answer(rows, sql).columns

    def test_each_field_can_be_named_without_quotes(self, rows: str) -> None:
        for table in TABLES:
            found = answer(rows, f"SELECT {', '.join(table.names)} FROM {table.name}")  # noqa: S608 - our own words
            assert [column.name for column in found.columns] == list(table.names)

    def test_values_keep_their_types_in_json(self, kehoach: Kehoach) -> None:
        (row,) = records(
            kehoach(
                "query",
                "SELECT 1 a, 1.50::DECIMAL(5,2) b, true c, DATE '2025-12-31' d, NULL e, 'x' f, [1,2] g, 2::DOUBLE/3 h, "
                "12345678901234567890::HUGEINT i, 1 a",
                "-f", "json",
            )
        )  # fmt: skip
        assert row == {
            "a": 1, "b": 1.5, "c": True, "d": "2025-12-31", "e": None, "f": "x", "g": "[1,2]", "h": 2 / 3,
            "i": "12345678901234567890", "a_2": 1,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("sql", "in_json", "shown"),
        [
            ("INTERVAL 1 MONTH", "P1M", "1 tháng"),
            ("INTERVAL 1 MONTH - INTERVAL 2 DAY", "P1M-2D", "1 tháng -2 ngày"),
            ("TIMESTAMP '2025-12-31 10:30:00' - TIMESTAMP '2025-12-01'", "P30DT10H30M", "30 ngày 10 giờ 30 phút"),
            ("INTERVAL 0 DAY", "PT0S", "0 ngày"),
            ("DATE '2025-12-31' - DATE '2025-12-01'", 30, "30"),
            ("TIMESTAMP '2025-12-31 10:00:00'", "2025-12-31T10:00:00", "31/12/2025 10:00"),
            ("date_trunc('month', DATE '2025-12-31')", "2025-12-01T00:00:00", "01/12/2025"),
            ("TIMESTAMPTZ '2025-12-31 07:00:00+07'", "2025-12-31T00:00:00+00:00", "31/12/2025 00:00+00"),
            ("DATE '-0044-03-15'", "0045-03-15 (BC)", "0045-03-15 (BC)"),
            ("'infinity'::DATE", "infinity", "infinity"),
            ("12345678901234.123456::DECIMAL(38,12)", "12345678901234.123456", "12.345.678.901.234,123456"),
            ("0.1::DECIMAL(38,12)", 0.1, "0,1"),
            ("'inf'::DOUBLE", "inf", "inf"),
            ("1e300", 1e300, "1e+300"),
            ("1e-9", 1e-9, "1e-09"),
            ("2::DOUBLE", 2.0, "2"),
            ("[DATE '2025-12-31']", '["2025-12-31"]', '["2025-12-31"]'),
            ("{'a': 1.50::DECIMAL(5,2)}", '{"a":1.5}', '{"a":1.5}'),
        ],
    )
    def test_days_spans_and_long_numbers_stay_what_they_are(
        self, rows: str, sql: str, in_json: object, shown: str
    ) -> None:
        found = answer(rows, f"SELECT {sql} AS a -- ghi chú")
        columns = [(column.name, column.kind) for column in found.columns]
        assert list(query_records(columns, found.rows)) == [{"a": in_json}]
        (block,) = query_listing(columns, found.rows).blocks
        assert [tuple(map(str, row)) for row in block.rows] == [(shown,)]

    def test_a_result_with_days_keeps_the_order_asked(self, rows: str) -> None:
        found = answer(
            rows, "SELECT DATE '2025-01-01' + (n * 7919 % 10007)::INT d FROM range(5000) t(n) ORDER BY d DESC"
        )
        days = [row[0] for row in found.rows]
        assert days == sorted(map(str, days), reverse=True)

    def test_people_read_numbers_and_days_as_here(self, kehoach: Kehoach) -> None:
        ran = kehoach("query", "SELECT 2025 nam, 12345.5 so, DATE '2025-12-31' ngay, false co, NULL trong")
        assert ran.out.splitlines()[-1].split() == ["2025", "12.345,5", "31/12/2025", "không", "-"]
        assert "Không có dòng nào." in kehoach("query", "SELECT 1 WHERE false").out

    def test_a_row_of_many_columns_is_written_downwards(self, kehoach: Kehoach) -> None:
        ran = kehoach(
            "query", "SELECT * FROM tasks WHERE ref LIKE 'kh-176/PL2.III.%' ORDER BY ref", "--as-of", "2026-03-01"
        )
        lines = [line.split() for line in ran.out.splitlines()]
        assert [line for line in lines if line[:1] == ["Dòng"]] == [["Dòng", "1"], ["Dòng", "2"]]
        assert ["deadline_planned", "31/12/2025"] in lines

    def test_a_table_for_excel_has_no_formula(self, kehoach: Kehoach) -> None:
        ran = kehoach("query", "SELECT '=1+1' a, 1.5 b, true c", "-f", "csv")
        assert ran.out.splitlines()[1] == '\'=1+1,"1,5",true'

    def test_wrong_sql_is_said_in_vietnamese_with_the_reason(self, kehoach: Kehoach) -> None:
        ran = kehoach("query", "SELECT khong_co FROM tasks")
        assert ran.code == 2
        assert "câu SQL không chạy được; DuckDB báo: “Binder Error:" in ran.err
        assert "khong_co" in ran.err
        assert "Traceback" not in ran.err
        ran = kehoach("query", "SELEC 1 FROM tasks")
        assert (ran.code, "Parser Error" in ran.err) == (2, True)


@pytest.mark.slow
class TestSaved:
    """Queries in `queries/`."""

    def test_every_saved_query_runs_and_has_a_title(self, kehoach: Kehoach) -> None:
        known = saved_queries(Root(REPOSITORY))
        assert len(known) >= 5
        for one in known.values():
            assert one.title[:1].isupper()
            assert not one.title.startswith("-")
            assert kehoach("query", one.name, "--progress", "examples/progress", "-f", "json").code == 0
            assert f"{one.name} " in kehoach("query", "--list").out

    def test_a_workspace_adds_its_own_and_replaces_ours(
        self, kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "plans").symlink_to(REPOSITORY / "plans")
        (tmp_path / "queries").mkdir()
        (tmp_path / "queries" / "qua-han.sql").write_text("-- Của tôi\nSELECT 7 AS so", encoding="utf-8-sig")
        (tmp_path / "queries" / "Tên lạ.sql").write_text("SELECT 1", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        assert records(kehoach("query", "QUA-HAN", "-f", "json")) == [{"so": 7}]
        listed = records(kehoach("query", "--list", "-f", "json"))
        assert {"name": "qua-han", "title": "Của tôi", "file": "queries/qua-han.sql"} in listed
        assert all(one["name"].isascii() for one in listed)

    def test_the_list_reads_no_plan(self, kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "plans").mkdir()
        (tmp_path / "plans" / "kh.yaml").write_text("kehoach: plan/1\nid: [\n", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        ran = kehoach("query", "--list")
        assert (ran.code, ran.err) == (0, "")
        assert "qua-han " in ran.out
        assert kehoach("query", "qua-han").code == 3

    def test_an_unknown_name_lists_the_known_ones(self, kehoach: Kehoach) -> None:
        ran = kehoach("query", "khong-co")
        assert (ran.code, "qua-han" in ran.err) == (2, True)
        for arguments in ((), ("qua-han", "--list")):
            assert kehoach("query", *arguments).code == 2


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2024-06-30", "2025-12-31", "2026-03-01"])
def test_who_leads_what_that_is_late_is_one_answer_two_ways(kehoach: Kehoach, day: str) -> None:
    """The list of `tasks` and the query over the tables give the same rows."""
    common = ("--as-of", day, "--progress", "examples/progress", "-f", "json")
    listed = records(kehoach("tasks", "--overdue", *common))
    want = sorted((one["ref"], lead["id"], one["days_late"]) for one in listed for lead in one["lead_now"])
    asked = records(kehoach("query", "qua-han", *common))
    got = sorted((one["ref"], one["agency"], one["days_late"]) for one in asked)
    assert got == want
    assert got
