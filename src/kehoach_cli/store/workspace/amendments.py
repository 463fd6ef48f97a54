"""Reads the amendments of a workspace, and applies those in force on a day to its plans."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from kehoach_cli.core.amend.apply import AmendmentFault, consolidated, unknown_plan
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.amendment import Amendment
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.store.cache.database import Cache
from kehoach_cli.store.cache.keys import hash_of
from kehoach_cli.store.cache.values import AmendmentEntry, decoded_or_none, encoded_or_none
from kehoach_cli.store.readers.read_file import FileContent, LoadedFile, loaded, read_file
from kehoach_cli.store.workspace.amended_plans import AmendedPlans, amendment_in
from kehoach_cli.store.workspace.paths import NamedFile


class AmendmentReader(Struct, frozen=True):
    """What amendments are read and applied with. Those of a plan that is `unusable` are not said to amend an unknown one."""

    directory: Directory
    strict: bool
    unusable: frozenset[str] = frozenset()

    def read(self, files: Sequence[NamedFile], plans: Sequence[Plan]) -> tuple[LoadedFile, ...]:
        """Return the amendment files with what is wrong in each, whatever day it takes effect."""
        return self._read([FileContent(*file) for file in files], plans)

    def known(
        self, files: Sequence[NamedFile], plans: Sequence[Plan], cache: Cache, plan_keys: Iterable[str]
    ) -> tuple[LoadedFile, ...]:
        """Return the same from an earlier run, where neither the files nor the plans have changed since."""
        contents = [FileContent(*file) for file in files]
        parts: list[bytes | str] = []
        for content in contents:
            parts += [content.shown, *content.hashed]
        # The keys of the plans hold the registries and how "trước ngày" is understood.
        key = hash_of("amendments", *sorted(plan_keys), *sorted(self.unusable), *parts)
        entries = decoded_or_none(cache.get(key), list[AmendmentEntry])
        if entries is not None and len(entries) == len(contents):
            return tuple(LoadedFile(one.file, one.findings, one.fatal, one.amendment) for one in entries)
        read = self._read(contents, plans)
        made = [AmendmentEntry(one.file, one.findings, one.fatal, amendment_in(one)) for one in read]
        if all(one.lasting for one in read) and (data := encoded_or_none(made)):
            cache.put(key, data)
        return read

    def in_force(self, files: Sequence[LoadedFile], plans: Sequence[Plan], day: date | None) -> AmendedPlans:
        """Return the plans with the text in force on a day (None: with every amendment)."""
        amendments = [one for file in files if (one := amendment_in(file))]
        amended = {one.amends for one in amendments}
        found = [
            consolidated(plan, amendments, self.directory, day, strict=self.strict) if plan.id in amended else None
            for plan in plans
        ]
        there = [one for one in found if one]
        return AmendedPlans(
            tuple(made.plan if made else plan for made, plan in zip(found, plans, strict=True)),
            tuple(one for made in there for one in made.amendments),
            tuple(one for made in there for one in made.applied),
            tuple(files),
        )

    def _read(self, contents: Sequence[FileContent], plans: Sequence[Plan]) -> tuple[LoadedFile, ...]:
        from kehoach_cli.store.readers.amendment import read_amendment, report_faults

        files = [read_file(content, read_amendment) for content in contents]
        faults = self._faults([one for file in files if (one := amendment_in(file))], contents, plans)
        for file in files:
            if file.reading:
                report_faults(file.reading, faults)
        return tuple(loaded(file.reading, file.value) if file.reading else file for file in files)

    def _faults(
        self, amendments: Sequence[Amendment], contents: Sequence[FileContent], plans: Sequence[Plan]
    ) -> list[AmendmentFault]:
        """Return what cannot be applied, whatever the day."""
        known = {plan.id for plan in plans} | self.unusable
        stems = [content.path.stem for content in contents]
        faults = [unknown_plan(one, known, stems) for one in amendments if one.amends not in known]
        amended = {one.amends for one in amendments}
        for plan in plans:
            if plan.id in amended:
                faults += consolidated(plan, amendments, self.directory, None, strict=self.strict).faults
        return faults
