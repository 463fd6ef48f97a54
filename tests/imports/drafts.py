"""Drafts of the four documents beside the plans that people made of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kehoach_cli.core.draft.make import DraftRequest, draft_of
from kehoach_cli.core.draft.notes import Draft
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.source_text import SourceText
from kehoach_cli.source.read import read_source
from kehoach_cli.store.base.registry import base_entry
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from tests.conftest import REPOSITORY

MEASURED = {
    "tasks": ("text", "lead", "support", "schedule", "outputs"),
    "indicators": ("name", "unit", "lead", "targets"),
}


@cache
def directory() -> Directory:
    """Return the registries of the repository."""
    return load(Root(REPOSITORY)).catalogue.directory


@cache
def shipped(plan: str) -> dict[str, Any]:
    """Return a shipped plan as plain data."""
    loaded: dict[str, Any] = YAML(typ="safe").load((REPOSITORY / "plans" / f"{plan}.yaml").read_text("utf-8"))
    return loaded


def known_in_base(name: str, province: str) -> tuple[str, str] | None:
    """Return id and name of what the base registry calls a name."""
    found = base_entry(name, province)
    return (found["id"], found["name"]) if found else None


def draft(document: Path, province: str | None = None) -> Draft:
    """Return the draft of a document."""
    return draft_of_text(read_source(document, document.read_bytes()), document.stem, province)


def draft_of_text(source: SourceText, name: str, province: str | None = None) -> Draft:
    """Return the draft of a document that is read already."""
    return draft_of(source, DraftRequest(directory(), None, name, province, known_in_base, 2026))


@dataclass
class Compared:
    """A draft against a plan: right and all values by field, ids nobody has, misses without a doubt, right values in doubt."""

    right: dict[str, int] = field(default_factory=dict)
    all: dict[str, int] = field(default_factory=dict)
    invented: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    doubted: int = 0

    def share(self, key: str) -> float:
        """Return the share of the values of a field that are exact."""
        return self.right[key] / self.all[key] if self.all[key] else 1.0


def compared(found: Draft, plan: str) -> Compared:
    """Return what of a draft is as in the shipped plan."""
    result = Compared()
    doubts = {doubt.at for doubt in found.doubts}
    for kind, keys in MEASURED.items():
        wanted = {row["id"]: row for row in shipped(plan).get(kind, ())}
        made = {row["id"]: row for row in found.plan.get(kind, ())}
        result.invented += [f"{kind}/{row_id}" for row_id in made if row_id not in wanted]
        _count(result, f"{kind}.id", ((f"{kind}/{row_id}", row_id in made) for row_id in wanted), doubts)
        for key in keys:
            pairs = (
                (f"{kind}/{row_id}/{key}", _plain(row.get(key)), _plain(made.get(row_id, {}).get(key)))
                for row_id, row in wanted.items()
            )
            _count(result, f"{kind}.{key}", ((at, one == other) for at, one, other in pairs if one or other), doubts)
    return result


def _count(result: Compared, key: str, values: Iterator[tuple[str, bool]], doubts: set[str]) -> None:
    for at, right in values:
        result.all[key] = result.all.get(key, 0) + 1
        result.right[key] = result.right.get(key, 0) + right
        row = at.rpartition("/")[0]
        in_doubt = at in doubts or row in doubts
        result.doubted += right and at in doubts
        if not right and not in_doubt:
            result.silent.append(at)
    result.all.setdefault(key, 0)
    result.right.setdefault(key, 0)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else None if value is None else str(value)
