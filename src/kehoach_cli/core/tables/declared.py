"""What a table is made of: the declaration from which files, descriptions and documentation are written."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

# The version of the tables: it changes when a field goes, or means something else.
VERSION = "export/1"

# One value; numbers are exact.
DataValue: TypeAlias = str | int | bool | Decimal | date | None


class DataType(StrEnum):
    """The type of a field, in the words of Frictionless Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


class ColumnKind(StrEnum):
    """What a column of a query's answer holds, for those who write it."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "bool"
    DATE = "date"
    TIMESTAMP = "timestamp"
    INTERVAL = "interval"


class DataField(Struct, frozen=True):
    """One field: its name, its Vietnamese title, its type, and what it means; `values` are all it may hold."""

    name: str
    title: str
    type: DataType = DataType.STRING
    about: str = ""
    values: tuple[str, ...] = ()


class Reference(Struct, frozen=True):
    """Fields that name a row of another table, by its key."""

    fields: tuple[str, ...]
    table: str
    key: tuple[str, ...]


class DataTable(Struct, frozen=True):
    """One table. `key` identifies a row and gives the order; Parquet is split into files by `parts`."""

    name: str
    title: str
    about: str
    fields: tuple[DataField, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    parts: tuple[str, ...] = ("province",)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)
