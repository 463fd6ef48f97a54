"""The process that answers one query: it reads a request from its standard input and writes an answer."""

import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import isfinite
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from msgspec import json

from kehoach_cli.core.tables.declared import ColumnKind
from kehoach_cli.data.loaded import connect, file_of, load
from kehoach_cli.data.query import (
    MEMORY_MB,
    MOST_ROWS,
    QueryAnswer,
    QueryColumn,
    QueryRequest,
    QueryResult,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from duckdb.sqltypes import DuckDBPyType

# What DuckDB counts itself is bounded by MEMORY_MB; texts that functions make are not, so the process is bounded too.
_MOST_MEMORY = 3 * MEMORY_MB * 2**20
_MOST_INTEGER = 2**63
# The only sources of rows beside our tables: they read nothing.
_FUNCTIONS = frozenset({"range", "generate_series", "unnest"})
_NUMBERS = frozenset(
    (
        *("tinyint", "smallint", "integer", "bigint", "hugeint"),
        *("utinyint", "usmallint", "uinteger", "ubigint", "uhugeint"),
        *("decimal", "float", "double"),
    )
)
_KINDS = {"boolean": ColumnKind.BOOLEAN, "date": ColumnKind.DATE, "interval": ColumnKind.INTERVAL}
_PLAIN = frozenset((*_NUMBERS, "boolean", "varchar", "null", '"null"'))
_NESTED = frozenset(("list", "array", "struct", "map", "union"))
_NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
_ONLY_SELECT = "chỉ nhận một câu SELECT, không nhận câu lệnh khác"


class RefusedError(Exception):
    """The query is not answered; the text says why."""


def main() -> None:
    """Answer the request; every ending writes a line."""
    _bound_memory()
    request = json.decode(sys.stdin.buffer.read(), type=QueryRequest)
    try:
        answer = QueryAnswer(answered(request))
    except RefusedError as error:
        answer = QueryAnswer(refused=str(error))
    except MemoryError:
        answer = QueryAnswer(refused=_too_much())
    sys.stdout.buffer.write(json.encode(answer))


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # no such bound on Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))


def _too_much() -> str:
    return f"câu SQL cần nhiều hơn {MEMORY_MB} MB bộ nhớ; lọc bớt bằng WHERE hoặc LIMIT"


def answered(request: QueryRequest) -> QueryResult:
    """Return the result of a query within its time.

    Raises:
        RefusedError: it is wrong, not allowed, or takes too much.
    """
    import duckdb

    folder = Path(request.folder)
    there = [table for table in request.tables if file_of(table, folder).is_file()]
    with connect(f"{MEMORY_MB}MB", threads=2) as database:
        load(database, there, folder)
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        timer = Timer(request.seconds, database.interrupt)
        timer.daemon = True
        timer.start()
        try:
            _check(database, request)
            return _fetched(database, request.sql)
        except duckdb.InterruptException:
            raise RefusedError(f"câu SQL chạy quá {request.seconds:.0f} giây; lọc bớt bằng WHERE") from None
        except duckdb.OutOfMemoryException:
            raise RefusedError(_too_much()) from None
        except duckdb.Error as error:
            raise RefusedError(f"câu SQL không chạy được; DuckDB báo: “{_reason(error)}”") from None
        finally:
            timer.cancel()


def _reason(error: Exception) -> str:
    """Return DuckDB's own words on one line, without the drawing of the place."""
    text = str(error).partition("\n\nLINE ")[0]
    return " ".join(text.split())


def _fetched(database: "DuckDBPyConnection", sql: str) -> QueryResult:
    database.execute("BEGIN TRANSACTION READ ONLY")
    # Binds the query without running it.
    bound = database.sql(sql)
    if bound is None:
        raise RefusedError(_ONLY_SELECT)
    columns = tuple(QueryColumn(str(name), _kind(one)) for name, one in zip(bound.columns, bound.types, strict=True))
    cursor = database.execute(_as_text(sql, [one.id for one in bound.types]))
    rows: list[tuple[Any, ...]] = []
    while batch := cursor.fetchmany(10_000):
        rows += (tuple(map(_plain, row)) for row in batch)
        if len(rows) > MOST_ROWS:
            raise RefusedError(f"kết quả có hơn {MOST_ROWS:,} dòng; thêm LIMIT".replace(",", "."))
    return QueryResult(columns, tuple(rows))


def _kind(declared: "DuckDBPyType") -> ColumnKind:
    name = declared.id
    if name in _NUMBERS:
        return ColumnKind.NUMBER
    return _KINDS.get(name, ColumnKind.TIMESTAMP if name.startswith("timestamp") else ColumnKind.TEXT)


def _as_text(sql: str, types: Sequence[str]) -> str:
    """Return the query with days, moments, spans and structures as DuckDB's own text.

    Python has no infinite or early day, and takes a month for thirty days.
    """
    if all(one in _PLAIN for one in types):
        return sql
    shown = ", ".join(
        f"#{at}" if one in _PLAIN else f"to_json(#{at})::VARCHAR" if one in _NESTED else f"#{at}::VARCHAR"
        for at, one in enumerate(types, 1)
    )
    # A comment may end the query.
    return f"SELECT {shown} FROM ({sql.strip().rstrip(';')}\n)"  # noqa: S608 - the query was checked


def _plain(value: Any) -> str | int | float | bool | None:
    """Return a value that JSON has; a number that it would round is its text."""
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return _plain(int(value))
        return float(value) if Decimal(repr(float(value))) == value else f"{value:f}".rstrip("0")
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, int) and abs(value) >= _MOST_INTEGER:
        return str(value)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


# -- what is allowed -----------------------------------------------------------------------------------------------------------


def _check(database: "DuckDBPyConnection", request: QueryRequest) -> None:
    """Refuse everything but one SELECT over the tables.

    Raises:
        RefusedError: saying what is not allowed.
        duckdb.Error: the text is no SQL.
    """
    import duckdb

    statements = database.extract_statements(request.sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise RefusedError(_ONLY_SELECT)
    found = database.execute("SELECT json_serialize_sql(?::VARCHAR)", [request.sql]).fetchone()
    tree = json.decode(found[0]) if found else {"error": True}
    if tree.get("error"):
        raise RefusedError(_ONLY_SELECT)
    nodes = list(_nodes(tree))
    _check_nodes(nodes)
    _check_tables(nodes, {table.name for table in request.tables})


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _check_nodes(nodes: list[dict[str, Any]]) -> None:
    kinds = {str(node.get("type")) for node in nodes}
    if any(kind.endswith("_NODE") and kind not in _NODES for kind in kinds):
        raise RefusedError(_ONLY_SELECT)
    used = {str(node["function"].get("function_name")) for node in nodes if node.get("type") == "TABLE_FUNCTION"}
    if strange := sorted(used - _FUNCTIONS):
        raise RefusedError(f"không dùng được hàm {strange[0]}(…) để lấy dòng; chỉ đọc được các bảng của kehoach")


def _check_tables(nodes: list[dict[str, Any]], tables: set[str]) -> None:
    own = {
        str(entry.get("key")).casefold() for node in nodes for entry in node.get("map", ()) if isinstance(entry, dict)
    }
    own |= {str(node.get("cte_name")).casefold() for node in nodes if node.get("cte_name")}
    for node in nodes:
        if node.get("type") != "BASE_TABLE":
            continue
        name, schema = str(node.get("table_name")), str(node.get("schema_name") or "main")
        if name.casefold() not in tables | own or schema.casefold() != "main":
            raise RefusedError(f'không có bảng "{name}"; các bảng: {", ".join(sorted(tables))}')


if __name__ == "__main__":
    main()
