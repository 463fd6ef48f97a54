"""What a walk over a document has found: the lists of a plan file."""

from typing import Any

from msgspec import Struct, field


class Passages(Struct):
    """The lists of a plan file, and the tables still to be read, each with its section."""

    sections: list[dict[str, Any]] = field(default_factory=list)
    objectives: list[dict[str, Any]] = field(default_factory=list)
    funding: list[dict[str, Any]] = field(default_factory=list)
    clauses: list[dict[str, Any]] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    organisation: list[dict[str, Any]] = field(default_factory=list)
    tables: list[tuple[str, Any]] = field(default_factory=list)
