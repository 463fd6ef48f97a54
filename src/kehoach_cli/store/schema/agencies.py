"""Where the files of a schema hold ids of agencies, found by the type `AgencyId` of their keys."""

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from pydantic import BaseModel

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.store.schema.base import IsAgencyId
from kehoach_cli.store.yaml.tree import Mapping, Sequence


class AgencyPlaces(Struct, frozen=True):
    """Where a value holds ids: as `itself`, as the keys of a mapping, below its keys by name, or in each of its entries."""

    itself: bool = False
    keys: bool = False
    fields: dict[str, "AgencyPlaces"] | None = None
    entries: "AgencyPlaces | None" = None


@cache
def agency_places(model: type[BaseModel]) -> AgencyPlaces:
    """Return where a file of this model holds ids of agencies."""
    return _places(model) or AgencyPlaces()


def agency_ids(places: AgencyPlaces, tree: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield each id in a tree with its key path. A value of another shape than the schema asks for is passed over."""
    if type(tree) is str:
        if places.itself:
            yield path, tree
    elif type(tree) is Sequence:
        if places.itself:
            # Nearly every id stands in such a list, and a generator for each one would take longer than all the rest.
            yield from (((*path, index), value) for index, value in enumerate(tree) if type(value) is str)
        elif places.entries:
            for index, value in enumerate(tree):
                yield from agency_ids(places.entries, value, (*path, index))
    elif type(tree) is Mapping:
        yield from ((path, key) for key in (tree if places.keys else ()))
        yield from _in_mapping(places, tree, path)


def _in_mapping(places: AgencyPlaces, tree: Mapping, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if places.entries:
        for key, value in tree.items():
            yield from agency_ids(places.entries, value, (*path, key))
    for key, inner in (places.fields or {}).items():
        if key in tree:
            yield from agency_ids(inner, tree[key], (*path, key))


def _places(hint: Any) -> AgencyPlaces | None:
    """Return where a value of this type holds ids, None where it holds none."""
    if any(isinstance(mark, IsAgencyId) for mark in getattr(hint, "__metadata__", ())):
        return AgencyPlaces(itself=True)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _places(inner[0])
    if origin in {Union, UnionType}:
        return next((found for part in inner if (found := _places(part))), None)
    if origin is list:
        # A list of ids may be written as a single id.
        return AgencyPlaces(itself=entries.itself, entries=entries) if (entries := _places(inner[0])) else None
    if origin is dict:
        return _in_dict(*inner)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _in_model(hint)
    return None


def _in_dict(key: Any, value: Any) -> AgencyPlaces | None:
    keys, entries = _places(key) is not None, _places(value)
    return AgencyPlaces(keys=keys, entries=entries) if keys or entries else None


def _in_model(model: type[BaseModel]) -> AgencyPlaces | None:
    hints = get_type_hints(model, include_extras=True)
    fields = {info.alias or name: _places(hints[name]) for name, info in model.model_fields.items()}
    found = {key: places for key, places in fields.items() if places}
    return AgencyPlaces(fields=found) if found else None
