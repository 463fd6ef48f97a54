"""Bodies on a day: whether a body still exists, and which members of a group do."""

from datetime import date

from kehoach_cli.core.model.agency import Agency, Directory


def has_ended(agency: Agency, day: date) -> bool:
    """Whether a body has ended: its last day has passed, or others took over on an unknown day."""
    if agency.valid_to is not None:
        return agency.valid_to < day
    return bool(agency.successors) and all(heir.since is None or heir.since <= day for heir in agency.successors)


def lives(agency: Agency, day: date) -> bool:
    """Whether a body exists on a day."""
    return not has_ended(agency, day) and (agency.valid_from is None or agency.valid_from <= day)


def counts_as_one(directory: Directory, agency: Agency) -> bool:
    """Whether a group is one line in a list of senders: people's committees, because not all members are known."""
    members = [directory.get(agency.province, member) for member in agency.members]
    return agency.group and all(member is None or member.kind.startswith("ubnd") for member in members)


def living_members(directory: Directory, province: str, group_id: str, day: date) -> frozenset[str]:
    """Return the ids of the bodies that a name stands for on a day: a body itself, or the members of a group and of its groups.

    Empty if they are not known: the group is open, or people's committees, of which a registry lists only some.
    """
    agency = directory.get(province, group_id)
    if agency is None or agency.open or counts_as_one(directory, agency):
        return frozenset()
    if not agency.group:
        return frozenset({agency.id} if lives(agency, day) else ())
    found: set[str] = set()
    for member in agency.members:
        inner = directory.get(province, member)
        if inner is None:
            return frozenset()
        if inner.group:
            members = living_members(directory, province, member, day)
            if not members:
                return frozenset()
            found |= members
        elif lives(inner, day):
            found.add(inner.id)
    return frozenset(found)
