"""Bodies in the text of a document: their full names on its day."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from kehoach_cli.core.duties.bodies import bearer_at
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.report.model import Body

_WRITTEN_OUT = (
    (re.compile(r"\bUBND\b"), "Ủy ban nhân dân"),
    (re.compile(r"\bHĐND\b"), "Hội đồng nhân dân"),
    (re.compile(r"\bMTTQ\b"), "Mặt trận Tổ quốc"),
)

_T = TypeVar("_T")


def in_order(directory: Directory, province: str, by_agency: Mapping[str, _T]) -> tuple[_T, ...]:
    """Return what belongs to agencies (by id) in the order of the registry, which lists of agencies follow too."""
    places = {
        id_: at for at, id_ in enumerate(one for registry in directory.scope(province) for one in registry.agencies)
    }
    return tuple(by_agency[one] for one in sorted(by_agency, key=lambda one: places.get(one, len(places))))


def body_at(directory: Directory, province: str, agency_id: str, day: date) -> Body:
    """Return a body as a document of `day` names it; for an unknown id, the id itself."""
    bearer = bearer_at(directory, province, agency_id, day)
    if bearer is None:
        return Body(agency_id, agency_id, certain=False)
    since = bearer.steps[-1].since if bearer.steps else None
    formerly = tuple(old.name for old in bearer.passed)
    return Body(
        directory.ref(province, bearer.agency), written_out(directory, bearer.agency), formerly, since, bearer.certain
    )


def written_out(directory: Directory, agency: Agency) -> str:
    """Return a body's full name for the text of a document: `Ủy ban nhân dân tỉnh Thanh Hóa`."""
    name = agency.name
    for short, long in _WRITTEN_OUT:
        name = short.sub(long, name)
    registry = directory.registries.get(agency.province)
    if registry and name.endswith(("dân tỉnh", "Tỉnh ủy")):
        name = f"{name} {registry.name}"
    return name
