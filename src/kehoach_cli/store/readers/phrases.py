"""The schedules and targets of a plan file: each phrase is read once, with what the rest of the file says about it."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import enclosing_section
from kehoach_cli.core.notation.advice import schedule_advice, target_advice
from kehoach_cli.core.notation.keys import parse_target_key
from kehoach_cli.core.notation.parse import parse_schedule, parse_scoped, parse_target
from kehoach_cli.core.notation.refusal import PhraseError, Why
from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Schedule, ScheduleError, only_year
from kehoach_cli.core.notation.target import Direction, TargetKind, TargetPart
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.schema.base import FOUR_DIGITS, shown
from kehoach_cli.store.yaml.tree import Mapping, mappings_at
from kehoach_cli.viet.dates import DateError, parse_iso
from kehoach_cli.viet.text import folded

FoundT = TypeVar("FoundT")

# Nobody reads more at once.
_MOST_REFUSED = 1000
# Each search for the nearest form reads hundreds of phrases.
_MOST_ADVICE = 50
_DIRECTIONS = {direction.value: direction for direction in Direction}


class PlanPhrases:
    """What the phrases of one plan file mean. A phrase that is not understood is reported with its place and is left out.

    A schedule without a year gets that of the nearest heading of one year, else that of a plan of one year. A target is read in
    the unit, the direction and the year of its indicator.
    """

    def __init__(self, reading: FileReading, *, strict_before: bool) -> None:
        """Read every phrase of the tree; values of another type than text are left to the schema."""
        self._reading = reading
        self._strict = strict_before
        self._schedules: dict[KeyPath, Schedule] = {}
        self._targets: dict[KeyPath, tuple[TargetPart, ...]] = {}
        self._refused = 0
        tree = reading.tree if isinstance(reading.tree, Mapping) else Mapping()
        self._issued = _issued(tree)
        self._year = _only_year_of(tree)
        self._heading_years: dict[str, int | None] = {}
        self._sections = frozenset(
            section for _, entry in mappings_at(tree, "sections") if isinstance(section := entry.get("id"), str)
        )
        self._read_all(tree)
        if self._refused > _MOST_REFUSED:
            left = self._refused - _MOST_REFUSED
            reading.report("K005", (), f"còn {left} lỗi nữa trong tệp này; sửa các lỗi đã nêu rồi chạy lại")

    def schedule(self, path: KeyPath, text: str | None) -> Schedule | None:
        """Return the meaning of a schedule that the file has at `path`; None where it was not understood."""
        return self._schedules.get(path) if text else NO_SCHEDULE

    def target(self, path: KeyPath) -> tuple[TargetPart, ...]:
        """Return the clauses of a target that the file has at `path`; none where it was not understood."""
        return self._targets.get(path, ())

    def _read_all(self, tree: Mapping) -> None:
        for index, entry in mappings_at(tree, "sections"):
            self._section(("sections", index), entry)
        for index, entry in mappings_at(tree, "reporting"):
            self._schedule(("reporting", index, "due"), entry.get("due"), self._reporting_date, in_row=False)
        for index, entry in mappings_at(tree, "tasks"):
            self._task(("tasks", index), entry)
        for index, entry in mappings_at(tree, "indicators"):
            self._indicator(("indicators", index), entry)

    # -- schedules -----------------------------------------------------------------------------------------------------------

    def _section(self, path: KeyPath, entry: Mapping) -> None:
        section = str(entry.get("id"))
        above = section.rpartition(".")[0]
        found = self._schedule(
            (*path, "schedule"), entry.get("schedule"), lambda text: self._parse(text, above), in_row=False
        )
        if found and found.start:
            # A heading of several years hides the single year of the one above it.
            self._heading_years[section] = only_year(found.start, found.end)

    def _task(self, path: KeyPath, entry: Mapping) -> None:
        section = entry.get("section") or enclosing_section(str(entry.get("id")), self._sections) or ""

        def parse(text: str) -> Schedule:
            return self._parse(text, str(section))

        def parse_step(text: str) -> Schedule:
            found = parse(text)
            if found.deadline is None:
                raise ScheduleError("không có ngày cuối; mốc nào cũng phải có thời hạn", Why.NO_TARGET)
            return found

        self._schedule((*path, "schedule"), entry.get("schedule"), parse)
        for index, step in mappings_at(entry, "milestones"):
            self._schedule((*path, "milestones", index, "schedule"), step.get("schedule"), parse_step)

    def _parse(self, text: str, section: str) -> Schedule:
        heading = enclosing_section(section, frozenset(self._heading_years)) if self._heading_years else None
        year = self._heading_years[heading] if heading else self._year
        return parse_schedule(text, strict_before=self._strict, year=year, issued=self._issued)

    def _reporting_date(self, text: str) -> Schedule:
        """Return when reports are due: a day without a year is that day of every year."""
        try:
            return parse_schedule(text, strict_before=self._strict)
        except ScheduleError as error:
            if error.why is not Why.YEAR_MISSING:
                raise
        return replace(parse_schedule(f"{text} hằng năm", strict_before=self._strict), text=text)

    def _schedule(
        self, path: KeyPath, value: Any, parse: Callable[[str], Schedule], *, in_row: bool = True
    ) -> Schedule | None:
        if not isinstance(value, str):
            return None
        text = folded(value)
        try:
            found = parse(text)
        except ScheduleError as error:
            code, message = "K404" if error.backwards else "K401", f'thời gian "{shown(text)}" {error}'
            self._refuse(code, path, message, partial(schedule_advice, text, error, in_row=in_row))
            return None
        self._schedules[path] = found
        return found

    # -- targets -------------------------------------------------------------------------------------------------------------

    def _indicator(self, path: KeyPath, entry: Mapping) -> None:
        unit = folded(unit) if isinstance(unit := entry.get("unit"), str) else None
        direction = _DIRECTIONS.get(str(entry.get("direction")))
        for key, value in _items(entry.get("targets")):
            self._target((*path, "targets", key), value, _Question(unit, direction, _year_of(key)))
        self._numbers(path, entry, unit)

    def _target(self, path: KeyPath, value: Any, asked: "_Question") -> None:
        if isinstance(value, Mapping):
            read = [
                self._quantity((*path, scope), text, asked.unit, partial(asked.scoped, folded(scope)))
                for scope, text in value.items()
            ]
        else:
            read = [self._quantity(path, value, asked.unit, asked.parts)]
        found = [parts for parts in read if parts is not None]
        if len(found) == len(read):
            self._targets[path] = tuple(part for parts in found for part in parts)

    def _numbers(self, path: KeyPath, entry: Mapping, unit: str | None) -> None:
        """Refuse a level with two readings, and a tolerance that is no number."""
        for year, level in _items(entry.get("baseline")):
            if isinstance(level, str) and _has_two_readings(folded(level), unit):
                self._quantity((*path, "baseline", year), level, unit, lambda text: parse_target(text, unit=unit))
        self._quantity((*path, "tolerance"), entry.get("tolerance"), unit, lambda text: _plain_number(text, unit))

    def _quantity(self, path: KeyPath, value: Any, unit: str | None, parse: Callable[[str], FoundT]) -> FoundT | None:
        if not isinstance(value, str):
            return None
        text = folded(value)
        try:
            return parse(text)
        except PhraseError as error:
            code, message = "K302" if error.ambiguous else "K301", f'{_NAMES.get(path[2], "số liệu")} "{shown(text)}" '
            self._refuse(code, path, f"{message}{error}", partial(target_advice, text, error, unit=unit))
            return None

    def _refuse(self, code: str, path: KeyPath, message: str, advice: Callable[[], str | None]) -> None:
        self._refused += 1
        if self._refused <= _MOST_REFUSED:
            self._reading.report(code, path, message, hint=advice() if self._refused <= _MOST_ADVICE else None)


class _Question(Struct, frozen=True):
    """What is known of a target before its words are read."""

    unit: str | None
    direction: Direction | None
    year: int | None

    def parts(self, text: str) -> tuple[TargetPart, ...]:
        return parse_target(text, unit=self.unit, direction=self.direction, year=self.year)

    def scoped(self, scope: str, text: str) -> tuple[TargetPart, ...]:
        return parse_scoped({scope: text}, unit=self.unit, direction=self.direction, year=self.year)


_NAMES: dict[str | int, str] = {"targets": "mục tiêu", "baseline": "số liệu gốc", "tolerance": "dung sai"}


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    return iter(value.items() if isinstance(value, Mapping) else ())


def _only_year_of(tree: Mapping) -> int | None:
    period = tree.get("period")
    ends = [str(period.get(key)) for key in ("from", "to")] if isinstance(period, Mapping) else []
    years = {int(end) if re.fullmatch(FOUR_DIGITS, end, re.ASCII) else None for end in ends}
    return years.pop() if len(years) == 1 else None


def _issued(tree: Mapping) -> Any:
    """Return the day of the document, None where the copy does not give all of it."""
    document = tree.get("document")
    text = document.get("date") if isinstance(document, Mapping) else None
    try:
        found = parse_iso(text) if isinstance(text, str) else None
    except DateError:
        return None
    return found.first if found and found.day is not None else None


def _year_of(key: str) -> int | None:
    """Return the year in which a target with this key holds; None for a period of years."""
    try:
        found = parse_target_key(key)
    except PhraseError:
        return None
    return None if found.since is not None else found.year


def _has_two_readings(text: str, unit: str | None) -> bool:
    try:
        parse_target(text, unit=unit)
    except PhraseError as error:
        return error.ambiguous
    return False


def _plain_number(text: str, unit: str | None) -> tuple[TargetPart, ...]:
    parts = parse_target(text, unit=unit)
    if len(parts) != 1 or parts[0].kind is not TargetKind.POINT:
        raise PhraseError('phải là một số, ví dụ "0,5"')
    return parts
