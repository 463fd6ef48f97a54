"""Cells of a plan that an amendment changes: their printed words, and the row with other words in them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias

from msgspec.structs import replace

from kehoach_cli.core.amend.words import CELLS
from kehoach_cli.core.model.agency import CellContent, Directory
from kehoach_cli.core.model.plan import (
    Clause,
    Heir,
    Indicator,
    Passage,
    Plan,
    Section,
    Task,
    TaskKind,
    enclosing_section,
)
from kehoach_cli.core.notation.keys import last_day, parse_target_key
from kehoach_cli.core.notation.parse import parse_schedule, parse_target
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Schedule, only_year
from kehoach_cli.core.notation.target import Direction, Target
from kehoach_cli.viet.text import folded

Row: TypeAlias = Task | Indicator | Section | Passage | Clause

INDICATOR, SECTION = "indicator", "section"


class CellError(ValueError):
    """A change that cannot be made; the text is the reason, in Vietnamese."""

    def __init__(self, reason: str, hint: str | None = None, *, of_row: bool = False) -> None:
        """Take the mend, and whether the reason speaks of the whole row."""
        super().__init__(reason)
        self.hint, self.of_row = hint, of_row


class Cells:
    """Reads and writes the cells of one plan. `strict` is how "trước ngày" is understood."""

    def __init__(self, plan: Plan, directory: Directory, day: date, *, strict: bool) -> None:
        """Take the registries by which agency cells are read, as they were on the day of the amending document."""
        self._plan = plan
        self._written_on = day
        self._directory = directory
        self._strict = strict

    def printed(self, row: Row, cell: str) -> str | None:
        """Return the words of a cell as printed; None where it is blank.

        Raises:
            CellError: the row has no such cell.
        """
        name, _, key = cell.partition("/")
        if not has_cell(row, cell):
            raise CellError(f'không có ô "{cell}"', f"các ô có: {_cells_in_words(row)}", of_row=True)
        if isinstance(row, Indicator) and name == "targets":
            return next((row.printed_targets.get(key, one.text) for one in row.targets if key_of(one) == key), None)
        if isinstance(row, Task | Indicator) and name in {"lead", "support"}:
            named = "; ".join(self._directory.name(self._plan.province, one) for one in getattr(row, name))
            return row.as_issued.get(name) or named or None
        if isinstance(row, Task) and name == "outputs":
            return row.as_issued.get("outputs") or "; ".join(row.outputs) or None
        if isinstance(row, Task | Section) and name == "schedule":
            own = row.phrase if isinstance(row, Task) and row.phrase else row.schedule
            return own.text or None if own.source is None else None
        value = getattr(row, name)
        return None if value is None else str(value)

    def written(self, row: Row, cell: str, words: str | None) -> Row:
        """Return a row with other words in a cell; None empties it.

        Raises:
            CellError: the words are not understood.
        """
        name, _, key = cell.partition("/")
        if isinstance(row, Indicator) and name == "targets":
            return self._with_target(row, key, words)
        if isinstance(row, Task | Indicator) and name in {"lead", "support"}:
            return self._with_bodies(row, name, words)
        if isinstance(row, Task) and name == "outputs":
            return replace(row, outputs=outputs_in(words), as_issued=_issued(row, name, words))
        if isinstance(row, Task | Section) and name == "schedule":
            return self._with_schedule(row, words)
        if words is None and name != "unit":
            raise CellError("không thể để trống", f"bãi bỏ cả dòng thì ghi at: {row.id}")
        return _with_words(row, name, words)

    def with_output(self, row: Task, words: str) -> Task:
        """Return a task with further products; those it has stay what they are."""
        printed = row.as_issued.get("outputs")
        whole = joined(printed, words) if printed else None
        return replace(row, outputs=(*row.outputs, *outputs_in(words)), as_issued=_issued(row, "outputs", whole))

    def _with_bodies(self, row: Task | Indicator, name: str, words: str | None) -> Row:
        content = self._read(words or "")
        ids = tuple(dict.fromkeys(mention.id for mention in content.mentions))
        if words and not ids:
            raise CellError(f'không thấy cơ quan nào trong "{words}"')
        issued = {**row.as_issued, name: words} if words else {k: v for k, v in row.as_issued.items() if k != name}
        changed = replace(row, **{name: ids}, as_issued=issued, now=_heirs_of(row, name, ids))
        if isinstance(changed, Task):
            limited = {(name, mention.id) for mention in content.mentions if mention.limited}
            others = {one for one in changed.limited if one[0] != name}
            return replace(changed, limited=frozenset(others | limited))
        return changed

    def _read(self, words: str) -> CellContent:
        content = self._directory.read_cell(self._plan.province, words, self._written_on)
        if content.leftovers:
            near = self._directory.suggest(content.leftovers[0], self._plan.province, 1)
            hint = f'ý bạn là "{near[0]}"?' if near else "thêm cơ quan này vào danh bạ"
            raise CellError(f'danh bạ không có: "{"; ".join(content.leftovers)}"', hint)
        return content

    def _with_schedule(self, row: Task | Section, words: str | None) -> Row:
        section = row.id if isinstance(row, Section) else row.section
        found = moved(row.schedule, self.schedule(words, section))
        if isinstance(row, Section):
            # A heading often says its time itself.
            says = bool(row.schedule.text and words) and row.title.count(row.schedule.text) == 1
            title = row.title.replace(row.schedule.text, words or "") if says else row.title
            return replace(row, schedule=found, title=title)
        return replace(row, schedule=found, phrase=None, steps=(), as_issued=_issued(row, "schedule", words))

    def schedule(self, words: str | None, section: str | None) -> Schedule:
        """Return the meaning of a schedule; without a year it is that of the nearest heading of one year, else of the plan.

        Raises:
            CellError: it is not understood.
        """
        if not words:
            return NO_SCHEDULE
        years = {one.id: one.schedule for one in self._plan.sections if one.schedule.start}
        around = enclosing_section(section, years) if section else None
        year = only_year(self._plan.period.start, self._plan.period.end)
        if around:
            year = only_year(years[around].start or 0, years[around].end)
        try:
            return parse_schedule(words, strict_before=self._strict, year=year, issued=self._written_on)
        except PhraseError as error:
            raise CellError(f'thời gian "{words}" {error}') from None

    def _with_target(self, row: Indicator, key: str, words: str | None) -> Row:
        kept = tuple(one for one in row.targets if key_of(one) != key)
        printed = {name: text for name, text in row.printed_targets.items() if name != key}
        wording = {path: text for path, text in row.wording.items() if path.split("/")[1] != key}
        if words is None:
            if not kept:
                raise CellError("chỉ tiêu không còn mục tiêu nào", f"bãi bỏ cả chỉ tiêu thì ghi at: {row.id}")
            return replace(row, targets=kept, printed_targets=printed, wording=wording)
        old = next((one for one in row.targets if key_of(one) == key), None)
        earlier = (*old.earlier, row.printed_targets.get(key, old.text)) if old else ()
        targets = _in_order((*kept, replace(_target(row, key, words), earlier=earlier)))
        return replace(row, targets=targets, printed_targets=printed, wording={**wording, f"targets/{key}": words})

    # -- new rows ------------------------------------------------------------------------------------------------------------

    def new_row(self, row_id: str, keys: dict[str, Any], section: str | None) -> Task | Indicator | Section:
        """Return the row that an amendment adds under a heading. An id `III.2@qd-12` bears the number before the mark.

        Raises:
            CellError: an agency is unknown, or a phrase is not understood.
        """
        number, marked, _ = row_id.partition("@")
        issued = {"number": number} if marked else {}
        if keys["kind"] == SECTION:
            schedule = self.schedule(keys.get("schedule"), row_id)
            return Section(row_id, keys["text"], number if marked else None, schedule)
        lead = self._bodies(keys, "lead")
        if keys["kind"] == INDICATOR:
            bare = Indicator(
                id=row_id,
                name=keys["text"],
                unit=keys.get("unit"),
                section=section,
                direction=Direction(keys["direction"]),
                targets=(),
                lead=lead,
                as_issued=issued,
            )
            targets = tuple(_target(bare, key, words) for key, words in keys["targets"].items())
            return replace(bare, targets=_in_order(targets))
        return Task(
            id=row_id,
            kind=TaskKind(keys["kind"]),
            text=keys["text"],
            section=section,
            lead=lead,
            support=self._bodies(keys, "support"),
            schedule=self.schedule(keys.get("schedule"), section),
            outputs=tuple(keys.get("outputs") or ()),
            as_issued=issued,
        )

    def _bodies(self, keys: dict[str, Any], role: str) -> tuple[str, ...]:
        """Return the ids of the bodies that a new row names; each is given as an id or a name that the registry knows."""
        found: list[str] = []
        for one in keys.get(role) or ():
            if self._directory.get(self._plan.province, one) is not None:
                found.append(one)
                continue
            meant = self._directory.id_of(self._plan.province, one)
            if meant is None:
                near = self._directory.suggest(one, self._plan.province, 1)
                hint = f'ý bạn là "{near[0]}"?' if near else "thêm cơ quan này vào danh bạ"
                raise CellError(f'không có cơ quan "{one}" trong danh bạ', hint)
            found.append(meant)
        return tuple(dict.fromkeys(found))


_CELLS_OF: dict[type, tuple[str, ...]] = {
    Task: ("text", "lead", "support", "schedule", "outputs"),
    Indicator: ("name", "unit", "lead", "targets"),
    Section: ("title", "schedule"),
    Passage: ("text",),
    Clause: ("text",),
}


def _with_words(row: Row, name: str, words: str | None) -> Row:
    """Return a row with other words in a cell that means what it says."""
    if isinstance(row, Task):
        kept = tuple(one for one in row.conditions if one.text not in row.text or one.text in (words or ""))
        return replace(row, text=words or "", conditions=kept, as_issued=_issued(row, name, words))
    if isinstance(row, Indicator):
        return replace(row, **{name: words}, as_issued=_issued(row, name, words))
    if isinstance(row, Section) and (said := row.schedule.text) in row.title and said not in (words or ""):
        raise CellError(
            f'tiêu đề mới không còn "{said}", thời gian của các dòng trong mục',
            f"thêm thay đổi at: {row.id}/schedule trước thay đổi này; tiêu đề có thời gian đó được sửa theo",
        )
    return replace(row, **{name: words})


def has_cell(row: Row, cell: str) -> bool:
    """Whether a row of this kind has a cell."""
    name, _, key = cell.partition("/")
    return name in _CELLS_OF[type(row)] and bool(key) == (name == "targets")


def _cells_in_words(row: Row) -> str:
    """Return the cells of a row as people write them, each with its meaning."""
    told = {**CELLS, "targets": "mục tiêu"}
    return ", ".join(f"{'targets/<năm>' if one == 'targets' else one} ({told[one]})" for one in _CELLS_OF[type(row)])


def moved(old: Schedule, new: Schedule) -> Schedule:
    """Return a schedule that knows the deadlines which it had before it was amended."""
    was = (old.deadline,) if old.deadline and old.deadline != new.deadline else ()
    return replace(new, earlier=(*old.earlier, *was))


def outputs_in(words: str | None) -> tuple[str, ...]:
    """Return the products that a cell lists."""
    return tuple(part.strip() for part in (words or "").split(";") if part.strip())


def joined(was: str | None, more: str) -> str:
    """Return a cell with further words in its list."""
    return f"{was.rstrip('; ')}; {more}" if was else more


def _heirs_of(row: Task | Indicator, name: str, ids: Iterable[str]) -> dict[str, tuple[Heir, ...]]:
    """Return the heirs of the bodies that a row still names."""
    other = {"lead": "support", "support": "lead"}[name]
    still = {*ids, *getattr(row, other, ())}
    return {old: heirs for old, heirs in row.now.items() if old in still}


def _issued(row: Task | Indicator, name: str, words: str | None) -> dict[str, str]:
    """Return the printed cells of a row, with other words in one that it has."""
    changed = {key: words if key == name else text for key, text in row.as_issued.items()}
    return {key: text for key, text in changed.items() if text}


def _target(row: Indicator, key: str, words: str) -> Target:
    maintained = row.direction is Direction.MAINTAIN
    try:
        named = parse_target_key(key)
        year = None if named.since is not None else named.year
        parts = parse_target(folded(words), unit=row.unit, direction=row.direction, year=year)
    except PhraseError as error:
        raise CellError(f'mục tiêu "{words}" {error}') from None
    return Target(named.year, words, parts, named.since, maintained, named.period)


def _in_order(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    return tuple(sorted(targets, key=lambda one: (last_day(one.year, one.period), one.period is None)))


def key_of(target: Target) -> str:
    """Return the key of a target in a file."""
    if target.since is not None:
        return f"{target.since}-{target.year}"
    return f"{target.year}-{target.period}" if target.period else str(target.year)
