"""The tables as Parquet files, by province and year, with the same bytes for the same rows."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kehoach_cli.core.tables.declared import VERSION, DataTable
from kehoach_cli.core.tables.rows import TableSource
from kehoach_cli.data.loaded import connect, load, require_duckdb, table_files

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "2GB"


def parquet_files(tables: Sequence[DataTable], source: TableSource) -> dict[str, bytes]:
    """Return the content of each file by its path: `results/province=thanh-hoa/year=2025/part.parquet`.

    Raises:
        CannotRunError: DuckDB is not installed.
    """
    require_duckdb()
    with table_files(tables, source) as folder, connect(_MEMORY, threads=1) as database:
        load(database, tables, folder)
        return parquet_of(database, tables, source.as_of.isoformat())


def parquet_of(database: "DuckDBPyConnection", tables: Sequence[DataTable], as_of: str) -> dict[str, bytes]:
    """Return the files of tables that are loaded."""
    files: dict[str, bytes] = {}
    with TemporaryDirectory(prefix="kehoach-") as name:
        target = Path(name) / "part.parquet"
        for table in tables:
            for path, condition, values in _parts(database, table):
                _copy(database, table, (condition, values), target, as_of)
                files[path] = target.read_bytes()
    return files


def _parts(database: "DuckDBPyConnection", table: DataTable) -> Iterator[tuple[str, str, list[object]]]:
    """Yield each file of a table: its path, and the condition that its rows fulfil; an empty table has one file."""
    names = ", ".join(table.parts)
    found = database.execute(f"SELECT DISTINCT {names} FROM {table.name} ORDER BY {names}").fetchall()  # noqa: S608
    condition = " AND ".join(f"{name} = ?" for name in table.parts)
    for values in found:
        folders = (f"{name}={value}" for name, value in zip(table.parts, values, strict=True))
        yield "/".join([table.name, *folders, "part.parquet"]), condition, list(values)
    if not found:
        yield f"{table.name}/part.parquet", "true", []


def _copy(
    database: "DuckDBPyConnection", table: DataTable, rows: tuple[str, list[object]], target: Path, as_of: str
) -> None:
    """Write rows in the order of the key, which is total: without it the bytes would not repeat."""
    condition, values = rows
    metadata = f"{{kehoach: '{VERSION}', kehoach_table: '{table.name}', kehoach_as_of: '{as_of}'}}"
    where = str(target).replace("'", "''")
    database.execute(
        f"COPY (SELECT * FROM {table.name} WHERE {condition} ORDER BY {', '.join(table.key)}) "  # noqa: S608
        f"TO '{where}' (FORMAT parquet, COMPRESSION zstd, KV_METADATA {metadata})",
        values,
    )
