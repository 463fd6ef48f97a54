"""A revision of a workspace: what git held on some day."""

from datetime import date

from msgspec import Struct

_SHORT = 10


class Revision(Struct, frozen=True):
    """The name that was asked for, the commit it means, and the day of that commit."""

    name: str
    commit: str
    day: date

    @property
    def short(self) -> str:
        """The beginning of the commit's name."""
        return self.commit[:_SHORT]
