"""The bodies of a registry file, each with its key path, and circles among them."""

from collections.abc import Callable, Iterator

from kehoach_cli.core.model.agency import Agency, Registry
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.source_file import SourceFile


def bodies(document: SourceFile) -> Iterator[tuple[KeyPath, Agency]]:
    """Yield the agencies and groups of a registry, in the order of the file; nothing in other files."""
    registry = document.registry
    counted = {False: 0, True: 0}
    for agency in registry.agencies.values() if registry else ():
        yield ("groups" if agency.group else "agencies", counted[agency.group]), agency
        counted[agency.group] += 1


def circles(registry: Registry, following: Callable[[Agency], tuple[str, ...]]) -> Iterator[tuple[Agency, ...]]:
    """Yield each circle in which `following` leads from one body of the registry to the next and back, once."""
    finished: set[str] = set()
    for agency in registry.agencies.values():
        if agency.id not in finished:
            yield from _circles_from(registry, following, agency, finished)


def _circles_from(
    registry: Registry, following: Callable[[Agency], tuple[str, ...]], first: Agency, finished: set[str]
) -> Iterator[tuple[Agency, ...]]:
    """Yield the circles on the ways that begin with `first`. Chains may be long, so this keeps its own stack."""
    trail, ahead = {first.id: first}, [iter(following(first))]
    while ahead:
        next_id = next(ahead[-1], None)
        if next_id is None:
            ahead.pop()
            finished.add(trail.popitem()[0])
        elif next_id in trail:
            yield tuple(trail.values())[list(trail).index(next_id) :]
        elif next_id not in finished and (found := registry.agencies.get(next_id)):
            trail[next_id] = found
            ahead.append(iter(following(found)))
