"""The plans of a workspace as they are in force on a day. What applies amendments is not needed where there are none."""

from msgspec import Struct

from kehoach_cli.core.model.amendment import Amendment, AppliedChange, UnappliedFile
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.store.readers.read_file import LoadedFile


class AmendedPlans(Struct, frozen=True):
    """The plans as they are in force, the amendments in them with what each changed, and the files that could not be applied."""

    plans: tuple[Plan, ...]
    amendments: tuple[Amendment, ...] = ()
    applied: tuple[AppliedChange, ...] = ()
    files: tuple[LoadedFile, ...] = ()

    @property
    def unapplied(self) -> tuple[UnappliedFile, ...]:
        """The files with something that could not be applied."""
        known = {plan.id for plan in self.plans}
        faulty = ((one.file, _amends(one)) for one in self.files if one.findings)
        return tuple(UnappliedFile(file, plan if plan in known else None) for file, plan in faulty)


def amendment_in(file: LoadedFile) -> Amendment | None:
    """Return the amendment of a file that can be used."""
    return file.value if isinstance(file.value, Amendment) else None


def _amends(file: LoadedFile) -> str | None:
    amendment = amendment_in(file)
    return amendment.amends if amendment else None
