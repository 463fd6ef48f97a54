"""Who has a body's duties on a certain day, and how lists name the bodies of that day beside those that the plan prints."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from kehoach_cli.core.model.agency import Agency, Directory, Successor
from kehoach_cli.core.model.plan import Heir
from kehoach_cli.viet.dates import format_date

# What is printed where nobody has confirmed something, where a figure is in doubt, and where nobody can tell who took over.
UNCERTAIN = "cần xác nhận"
TO_CHECK = "cần kiểm tra"
UNKNOWN_HEIR = "cần xác định cơ quan tiếp nhận"


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


def gone(directory: Directory, province: str, agency_id: str, day: date) -> str | None:
    """Return why nobody can report for this body on the day (it was split, or ended without an heir); None if somebody can."""
    bearer = bearer_at(directory, province, agency_id, day)
    if bearer is None:
        return None
    last = bearer.agency
    if bearer.split:
        heirs = ", ".join(heir.name for heir in directory.heirs(last))
        return f"{last.name} đã kết thúc hoạt động, nhiệm vụ chia cho nhiều cơ quan; nêu tên cơ quan tiếp nhận: {heirs}"
    if last.valid_to and last.valid_to < day:
        return f"{last.name} đã kết thúc hoạt động sau ngày {format_date(last.valid_to)}, chưa rõ cơ quan tiếp nhận"
    return None


def names_at(
    directory: Directory,
    province: str,
    ids: Iterable[str],
    day: date,
    now: Mapping[str, tuple[Heir, ...]] | None = None,
    role: str | None = None,
) -> str:
    """Return the names of the bodies that have the duties on `day`, each with the names that the plan prints, if others.

    `now` holds the heirs that a row names for split bodies. An unconfirmed heir is marked.
    """
    printed: dict[str, list[str]] = {}
    for agency_id in ids:
        for name in _names_on(directory, province, agency_id, day, now or {}, role):
            printed.setdefault(name, []).append(directory.name(province, agency_id))
    return "; ".join(with_printed(name, before) for name, before in printed.items())


def with_printed(name: str, printed: Iterable[str]) -> str:
    """Return a body's name with the other names by which the plan prints it: `Sở B (Kế hoạch ghi: Sở A)`."""
    others = [one for one in dict.fromkeys(printed) if one != name and not name.startswith(f"{one} (")]
    return f"{name} (Kế hoạch ghi: {'; '.join(others)})" if others else name


def _names_on(
    directory: Directory,
    province: str,
    agency_id: str,
    day: date,
    now: Mapping[str, tuple[Heir, ...]],
    role: str | None,
) -> Iterator[str]:
    bearer = bearer_at(directory, province, agency_id, day)
    if bearer is None:
        yield agency_id
    elif bearer.split:
        yield from _heirs_names(directory, province, bearer, now.get(agency_id, ()), role)
    else:
        yield bearer.agency.name + ("" if bearer.certain else f", {UNCERTAIN}")


def _heirs_names(
    directory: Directory, province: str, bearer: Bearer, own: tuple[Heir, ...], role: str | None
) -> Iterator[str]:
    """Yield the heirs of a split body for a row: those the row names, else the one of the row's role."""
    for heir in own:
        scope = f" - phần {heir.scope}" if heir.scope else ""
        yield f"{directory.name(province, heir.agency)}{scope}" + ("" if heir.basis else f", {UNCERTAIN}")
    if own:
        return
    limited = [heir for heir in bearer.agency.successors if role and heir.role == role]
    if len(limited) == 1:
        yield directory.name(province, limited[0].id) + ("" if limited[0].certain else f", {UNCERTAIN}")
    else:
        yield f"{bearer.agency.name} ({UNKNOWN_HEIR})"
