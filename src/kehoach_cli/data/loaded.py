"""The six tables in DuckDB, in memory."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from msgspec.json import encode

from kehoach_cli.core.tables.declared import DataTable, DataType, DataValue
from kehoach_cli.core.tables.rows import TableSource, rows_of_table
from kehoach_cli.errors import CannotRunError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MISSING = 'bảng Parquet và lệnh query cần gói thêm "data"; chạy: pip install "kehoach-cli[data]"'
# 26 digits before the point and 12 behind it, the most that Parquet readers take.
_TYPES = {
    DataType.STRING: "VARCHAR",
    DataType.INTEGER: "BIGINT",
    DataType.NUMBER: "DECIMAL(38,12)",
    DataType.BOOLEAN: "BOOLEAN",
    DataType.DATE: "DATE",
}
# Nothing outside of the process: no file, no extension, no variable of Python.
_CLOSED = {
    "allow_community_extensions": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
}


def require_duckdb() -> None:
    """Refuse to go on without DuckDB.

    Raises:
        CannotRunError: the extra `data` is not installed.
    """
    if find_spec("duckdb") is None:
        raise CannotRunError(MISSING)


@contextmanager
def table_files(tables: Iterable[DataTable], source: TableSource) -> Iterator[Path]:
    """Yield a private folder with the rows of each table, one JSON list a line, from which DuckDB reads them."""
    with TemporaryDirectory(prefix="kehoach-") as name:
        folder = Path(name)
        for table in tables:
            write_rows(file_of(table, folder), table, rows_of_table(table, source))
        yield folder


def file_of(table: DataTable, folder: Path) -> Path:
    """Return the file with the rows of a table."""
    return folder / f"{table.name}.jsonl"


def write_rows(path: Path, table: DataTable, rows: Iterable[tuple[DataValue, ...]]) -> None:
    """Write rows as JSON objects, one a line; exact numbers and days are strings that DuckDB reads as such."""
    names = table.names
    with path.open("wb") as file:
        for row in rows:
            file.write(encode({name: _value(value) for name, value in zip(names, row, strict=True)}))
            file.write(b"\n")


def _value(value: DataValue) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value


def connect(memory: str, threads: int) -> "DuckDBPyConnection":
    """Return a database in memory that reaches nothing but files named by our own statements."""
    import duckdb

    return duckdb.connect(":memory:", config={**_CLOSED, "memory_limit": memory, "threads": threads})


def load(database: "DuckDBPyConnection", tables: Iterable[DataTable], folder: Path) -> None:
    """Create the tables from their files, in the order of the rows."""
    for table in tables:
        columns = {field.name: _TYPES[field.type] for field in table.fields}
        # Names of tables and columns are our own declarations.
        typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        shape = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
        database.execute(f"CREATE TABLE {table.name} ({typed})")
        database.execute(
            f"INSERT INTO {table.name} SELECT * FROM read_json(?, format='newline_delimited', columns={{{shape}}}, "  # noqa: S608
            "maximum_object_size=67108864)",
            [str(file_of(table, folder))],
        )
