"""The amendments of a workspace, and its plans with those in them that are in force on a day."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from kehoach_cli.core.amend.apply import consolidated, unknown_plan
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.amendment import Amendment, AppliedChange
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.store.readers.amendment import read_amendment
from kehoach_cli.store.readers.read_file import FileContent, LoadedFile, read_file
from kehoach_cli.store.workspace.paths import NamedFile


class AmendedPlans(Struct, frozen=True):
    """The plans as they are in force, what was changed in them, and the amendment files with what is wrong in each."""

    plans: tuple[Plan, ...]
    applied: tuple[AppliedChange, ...]
    files: tuple[LoadedFile, ...]


def amended(
    files: Sequence[NamedFile],
    plans: Sequence[Plan],
    directory: Directory,
    day: date | None,
    *,
    strict: bool,
    unusable: frozenset[str] = frozenset(),
) -> AmendedPlans:
    """Return the plans with the amendments in force on a day. Faults of all amendments are found, whatever the day.

    Amendments of a plan that is `unusable` are not said to amend an unknown one.
    """
    contents = [FileContent(*file) for file in files]
    values = [read_file(content, read_amendment).value for content in contents]
    amendments = [value for value in values if isinstance(value, Amendment)]
    known = {plan.id for plan in plans} | unusable
    stems = [path.stem for path, _ in files]
    faults = [unknown_plan(one, known, stems) for one in amendments if one.amends not in known]
    whole = [consolidated(plan, amendments, directory, None, strict=strict) for plan in plans]
    faults += [fault for one in whole for fault in one.faults]
    now = whole if day is None else [consolidated(one, amendments, directory, day, strict=strict) for one in plans]
    read = tuple(read_file(content, partial(read_amendment, faults=faults)) for content in contents)
    return AmendedPlans(tuple(one.plan for one in now), tuple(change for one in now for change in one.applied), read)
