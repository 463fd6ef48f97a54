"""Answers one SELECT over the six tables, in a process of its own: what a bad or hostile query takes ends with that process."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, json

from kehoach_cli.core.tables.declared import ColumnKind, DataTable
from kehoach_cli.core.tables.rows import TableSource
from kehoach_cli.data.loaded import require_duckdb, table_files
from kehoach_cli.errors import UsageError

# Of the query itself; the process is ended some seconds later if it does not end.
SECONDS, _GRACE = 20.0, 10.0
MEMORY_MB = 512
MOST_ROWS = 1_000_000
_ENDED = f"câu SQL không kết thúc trong {SECONDS:.0f} giây hoặc cần nhiều bộ nhớ hơn cho phép; lọc bớt bằng WHERE"


class QueryColumn(Struct, frozen=True):
    """A column of a result: its name, and what it holds."""

    name: str
    kind: ColumnKind


class QueryResult(Struct, frozen=True):
    """The rows of a result; days, moments and spans are in DuckDB's notation, a structure is JSON."""

    columns: tuple[QueryColumn, ...]
    rows: tuple[tuple[str | int | float | bool | None, ...], ...]


class QueryRequest(Struct, frozen=True):
    """What the process is given: the tables, the folder of their rows, and the query."""

    tables: tuple[DataTable, ...]
    folder: str
    sql: str
    seconds: float = SECONDS


class QueryAnswer(Struct, frozen=True, omit_defaults=True):
    """What the process writes: the result, or why there is none."""

    result: QueryResult | None = None
    refused: str = ""


def ask(tables: Sequence[DataTable], source: TableSource, sql: str, seconds: float = SECONDS) -> QueryResult:
    """Return the result of one SELECT.

    Raises:
        CannotRunError: DuckDB is not installed.
        UsageError: the query is wrong, not allowed, or takes too much; the message says which.
    """
    require_duckdb()
    # A table that the query does not name is not made; where it names none (SHOW TABLES) all are.
    named = [table for table in tables if table.name in sql.casefold()]
    with table_files(named or tables, source) as folder:
        answer = _answer(folder, QueryRequest(tuple(tables), str(folder), sql, seconds))
    if answer is None:
        raise UsageError(_ENDED)
    if answer.result is None:
        raise UsageError(answer.refused)
    return answer.result


def _answer(folder: Path, request: QueryRequest) -> QueryAnswer | None:
    """Return what the process writes; None where it ended without a word, or had to be ended."""
    command = [sys.executable, "-m", "kehoach_cli.data.query_process"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            input=json.encode(request),
            capture_output=True,
            timeout=request.seconds + _GRACE,
            check=False,
            cwd=folder,
        )
    except subprocess.TimeoutExpired:
        return None
    return json.decode(done.stdout, type=QueryAnswer) if done.returncode == 0 and done.stdout else None
