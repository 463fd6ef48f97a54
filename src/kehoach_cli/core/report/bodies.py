"""Bodies on a certain day: who has a duty then, and the full names for documents."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from kehoach_cli.core.check.wording import UNCERTAIN
from kehoach_cli.core.model.agency import Agency, Directory, Successor
from kehoach_cli.core.model.plan import Heir
from kehoach_cli.core.report.model import Body

_WRITTEN_OUT = (
    (re.compile(r"\bUBND\b"), "Ủy ban nhân dân"),
    (re.compile(r"\bHĐND\b"), "Hội đồng nhân dân"),
    (re.compile(r"\bMTTQ\b"), "Mặt trận Tổ quốc"),
)


class Bearer(Struct, frozen=True):
    """Who has a duty on a day: `passed` are the bodies that had it before, oldest first, `steps` the successions.

    `agency` is the last body with the whole duty; `split` means that its duties are divided among several heirs on the day.
    """

    agency: Agency
    passed: tuple[Agency, ...] = ()
    steps: tuple[Successor, ...] = ()
    split: bool = False

    @property
    def certain(self) -> bool:
        """Whether every step is confirmed."""
        return all(step.certain for step in self.steps)


def bearer_at(directory: Directory, province: str, agency_id: str, day: date) -> Bearer | None:
    """Return who has the duties of a body on `day`; a succession on an unknown day counts as earlier."""
    agency = directory.get(province, agency_id)
    if agency is None:
        return None
    passed: list[Agency] = []
    steps: list[Successor] = []
    while True:
        heirs = [heir for heir in agency.successors if heir.since is None or heir.since <= day]
        # An inheritance limited to one role does not hand over the whole duty.
        if len(agency.successors) > 1 or any(heir.role for heir in agency.successors):
            return Bearer(agency, tuple(passed), tuple(steps), split=bool(heirs))
        # The registry of a body names its heirs; they may stand in another province, under the same id.
        heir = directory.get(agency.province, heirs[0].id) if heirs else None
        if heir is None or heir in {agency, *passed}:
            return Bearer(agency, tuple(passed), tuple(steps))
        passed.append(agency)
        steps.append(heirs[0])
        agency = heir


def body_at(directory: Directory, province: str, agency_id: str, day: date) -> Body:
    """Return a body as a document of `day` names it; for an unknown id, the id itself."""
    bearer = bearer_at(directory, province, agency_id, day)
    if bearer is None:
        return Body(agency_id, agency_id, certain=False)
    since = bearer.steps[-1].since if bearer.steps else None
    formerly = tuple(old.name for old in bearer.passed)
    return Body(bearer.agency.id, written_out(directory, bearer.agency), formerly, since, bearer.certain)


def written_out(directory: Directory, agency: Agency) -> str:
    """Return a body's full name for the text of a document: `Ủy ban nhân dân tỉnh Thanh Hóa`."""
    name = agency.name
    for short, long in _WRITTEN_OUT:
        name = short.sub(long, name)
    registry = directory.registries.get(agency.province)
    if registry and name.endswith(("dân tỉnh", "Tỉnh ủy")):
        name = f"{name} {registry.name}"
    return name


def names_at(
    directory: Directory,
    province: str,
    ids: Iterable[str],
    day: date,
    now: Mapping[str, tuple[Heir, ...]] | None = None,
    role: str | None = None,
) -> str:
    """Return the names of bodies as in the plan, each with its heir on `day`.

    `now` holds the heirs that a row names for split bodies. An unconfirmed heir is marked.
    """
    return "; ".join(_name_at(directory, province, one, day, now or {}, role) for one in ids)


def _name_at(
    directory: Directory,
    province: str,
    agency_id: str,
    day: date,
    now: Mapping[str, tuple[Heir, ...]],
    role: str | None,
) -> str:
    bearer = bearer_at(directory, province, agency_id, day)
    if bearer is None:
        return agency_id
    name = directory.name(province, agency_id)
    if bearer.split:
        return f"{name} (nay: {_heirs_text(directory, province, bearer, now.get(agency_id, ()), role)})"
    if not bearer.passed:
        return name
    doubt = "" if bearer.certain else f", {UNCERTAIN}"
    return f"{name} (nay: {bearer.agency.name}{doubt})"


def _heirs_text(directory: Directory, province: str, bearer: Bearer, own: tuple[Heir, ...], role: str | None) -> str:
    """Return the heirs of a split body for a row: those the row names, else the one of the row's role."""
    if own:
        parts = [directory.name(province, heir.agency) + (f" - {heir.scope}" if heir.scope else "") for heir in own]
        doubt = "" if all(heir.basis for heir in own) else f", {UNCERTAIN}"
        return "; ".join(parts) + doubt
    limited = [heir for heir in bearer.agency.successors if role and heir.role == role]
    if len(limited) == 1:
        doubt = "" if limited[0].certain else f", {UNCERTAIN}"
        return f"{directory.name(province, limited[0].id)}{doubt}"
    return "cần xác định cơ quan tiếp nhận"
