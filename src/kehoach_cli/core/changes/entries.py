"""A plan, a registry or a submission as entries with values: one shape for everything that is compared."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from kehoach_cli.core.changes.shapes import Field, Shape, shape_of
from kehoach_cli.core.model.agency import Agency, Registry, Successor
from kehoach_cli.core.model.change import ChangeTopic, Part
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Passage
from kehoach_cli.core.model.progress import Submission


class Value(Struct, frozen=True):
    """A value of an entry: one text, or a list of them (`many`). `keys` lead to it from the entry."""

    topic: ChangeTopic
    items: tuple[str, ...]
    keys: tuple[str, ...]
    many: bool = False

    @property
    def field(self) -> str:
        """The keys as one text."""
        return ".".join(self.keys)


class Entry(Struct, frozen=True):
    """An entry: its id (empty: it has none), its place in the file, its values by field, and the entries inside it.

    `title` is what a person knows it by; `order` says whether its place among others matters.
    """

    part: Part
    topic: ChangeTopic
    id: str
    path: KeyPath
    title: str
    values: dict[str, Value]
    children: tuple["Entry", ...]
    order: bool = True


def entry_of(value: Struct, path: KeyPath, entry_id: str = "", topic: ChangeTopic = ChangeTopic.ENTRY) -> Entry:
    """Return a value of the core as an entry that stands at `path`.

    Raises:
        TypeError: such a value is not compared.
    """
    shape = shape_of(type(value))
    if shape is None:
        raise TypeError(type(value).__name__)
    found = list(_contents(value, shape, path, ()))
    values = {one.field: one for one in found if isinstance(one, Value)}
    children = tuple(one for one in found if isinstance(one, Entry))
    title = next((" ".join(values[name].items) for name in shape.known_by if name in values), "")
    return Entry(_part(value, shape, path), topic, entry_id, path, title, values, children, shape.order)


def submissions_of(value: Sequence[Submission]) -> tuple[Entry, ...]:
    """Return the submissions of a file as entries."""
    return tuple(
        entry_of(one, one.at, f"{one.plan} {one.agency} {one.period.key}", ChangeTopic.SUBMISSION) for one in value
    )


def _part(value: Struct, shape: Shape, path: KeyPath) -> Part:
    if isinstance(value, Passage) and path[0] == "funding":
        return Part.FUNDING
    if isinstance(value, Agency) and value.group:
        return Part.GROUP
    return shape.part or Part.PLAN


def _contents(value: Struct, shape: Shape, path: KeyPath, keys: tuple[str, ...]) -> Iterator[Value | Entry]:
    for field in shape.fields:
        own = (*keys, *(field.key or field.name).split("."))
        if isinstance(value, Registry) and field.name == "agencies":
            yield from _agencies(value)
        else:
            yield from _found(field, field.of(value), path, own)


def _found(field: Field, found: Any, path: KeyPath, keys: tuple[str, ...]) -> Iterator[Value | Entry]:
    """Yield what one field holds: a value, or the entries in it."""
    if isinstance(found, str | int):
        yield Value(field.topic, (_text(found),), keys)
    elif isinstance(found, tuple):
        yield from _listed(field, found, path, keys)
    elif isinstance(found, dict):
        for key, one in found.items():
            yield from _found(field, one, path, (*keys, str(key)))
    elif isinstance(found, Struct) and (shape := shape_of(type(found))):
        yield from _inner(field, found, shape, path, keys)
    elif found is not None:
        yield Value(field.topic, (_text(found),), keys)


def _listed(field: Field, found: tuple[Any, ...], path: KeyPath, keys: tuple[str, ...]) -> Iterator[Value | Entry]:
    """Yield a list of texts as one value, a list of entries one by one."""
    if found and isinstance(found[0], Struct | dict):
        topic = field.topic if field.topic in {ChangeTopic.SUBMISSION, ChangeTopic.REGISTRY} else ChangeTopic.ENTRY
        for index, one in enumerate(found):
            yield _entry(one, (*path, *keys, index), topic)
    else:
        yield Value(field.topic, tuple(map(_text, found)), keys, many=True)


def _inner(field: Field, found: Struct, shape: Shape, path: KeyPath, keys: tuple[str, ...]) -> Iterator[Value | Entry]:
    if shape.part is None:
        yield from _contents(found, shape, path, keys)
    else:
        yield entry_of(found, (*path, *keys), keys[-1] if field.topic is ChangeTopic.SUBMISSION else "", field.topic)


def _entry(one: Any, path: KeyPath, topic: ChangeTopic) -> Entry:
    if isinstance(one, dict):
        values = {key: Value(topic, (_text(text),), (key,)) for key, text in one.items()}
        return Entry(Part.REPORTED_FUNDING, topic, "", path, str(one.get("source", "")), values, ())
    # The id of a successor is that of another entry.
    known = "id" in type(one).__struct_fields__ and not isinstance(one, Successor)
    return entry_of(one, path, one.id if known else "", topic)


def _agencies(registry: Registry) -> Iterator[Entry]:
    """Yield the bodies and the groups of a registry, which a file lists apart."""
    for key, groups in (("agencies", False), ("groups", True)):
        listed = (agency for agency in registry.agencies.values() if agency.group is groups)
        for index, agency in enumerate(listed):
            yield entry_of(agency, (key, index), agency.id, ChangeTopic.REGISTRY)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
