"""The six tables as CSV files, and the description of a set of files (Frictionless Data Package 2.0)."""

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from io import StringIO
from pathlib import PurePosixPath
from typing import Any

from kehoach_cli.core.tables.declared import VERSION, DataField, DataTable, DataValue, Reference
from kehoach_cli.core.tables.tables import TABLES
from kehoach_cli.render.machine.data_formats import harmless

DESCRIPTION = "datapackage.json"
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_LINE_END = "\r\n"


def csv_file(table: DataTable, rows: Iterable[tuple[DataValue, ...]]) -> bytes:
    """Return a table as CSV: UTF-8 with the mark by which Excel knows it, points in decimals, ISO days.

    An apostrophe stands before a text that a spreadsheet would take for a formula.
    """
    target = StringIO()
    writer = csv.writer(target, lineterminator=_LINE_END)
    writer.writerow(table.names)
    writer.writerows(map(_cell, row) for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _cell(value: DataValue) -> str | int | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return harmless(value)
    return value if value is None or isinstance(value, int) else _plain(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:f}"


def description(tables: Iterable[DataTable], files: Mapping[str, bytes], as_of: date, format_: str) -> bytes:
    """Return the description of files by their paths: each belongs to the table of its first part or of its stem."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "kehoach",
        "title": "Kế hoạch hành động của tỉnh: nhiệm vụ, phân công, mục tiêu, kết quả",
        "description": f"Tình trạng tính đến ngày {as_of.isoformat()}.",
        "version": VERSION,
        "as_of": as_of.isoformat(),
        "resources": [_resource(table, files, format_) for table in tables],
    }
    return f"{json.dumps(package, ensure_ascii=False, indent=2)}\n".encode()


def _resource(table: DataTable, files: Mapping[str, bytes], format_: str) -> dict[str, Any]:
    own = {path: data for path, data in files.items() if _table_of(path) == table.name}
    one = next(iter(own.values())) if len(own) == 1 else None
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.about,
        "path": next(iter(own)) if one is not None else list(own),
        "format": format_,
        "mediatype": _MEDIA[format_],
        **({"encoding": "utf-8"} if format_ == "csv" else {}),
        **({"bytes": len(one), "hash": f"sha256:{sha256(one).hexdigest()}"} if one is not None else {}),
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [_field(field, required=field.name in table.key) for field in table.fields],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_reference(one) for one in table.references],
        },
    }


def _table_of(path: str) -> str:
    first = PurePosixPath(path).parts[0]
    return first.partition(".")[0]


def _field(field: DataField, *, required: bool) -> dict[str, Any]:
    constraints = {
        **({"required": True} if required else {}),
        **({"enum": list(field.values)} if field.values else {}),
    }
    return {
        "name": field.name,
        "title": field.title,
        "type": field.type.value,
        **({"description": field.about} if field.about else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _reference(one: Reference) -> dict[str, Any]:
    return {"fields": list(one.fields), "reference": {"resource": one.table, "fields": list(one.key)}}


def listed_files(text: str) -> tuple[str, ...]:
    """Return the files that an earlier description lists; none where it is no description of ours."""
    try:
        package = json.loads(text)
        if not str(package["version"]).startswith("export/"):
            return ()
        paths = [one["path"] for one in package["resources"]]
    except (ValueError, KeyError, TypeError):
        return ()
    named = [path for one in paths for path in (one if isinstance(one, list) else [one])]
    return tuple(path for path in named if isinstance(path, str) and _is_ours(path))


def _is_ours(path: str) -> bool:
    """Whether a path is one that an export writes: a table, below the folder."""
    pure = PurePosixPath(path)
    inside = not pure.is_absolute() and ".." not in pure.parts and not {"\\", ":"}.intersection(path)
    return inside and pure.suffix in {".csv", ".parquet"} and _table_of(path) in {table.name for table in TABLES}
