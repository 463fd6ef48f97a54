"""Cells of a plan that an amendment changes: their printed words, and the row with other words in them."""

from datetime import date
from typing import Any, TypeAlias

from msgspec.structs import replace

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.plan import Indicator, Plan, Section, Task, TaskKind
from kehoach_cli.core.notation.keys import parse_target_key
from kehoach_cli.core.notation.parse import parse_schedule, parse_target
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Schedule
from kehoach_cli.core.notation.target import Target

Row: TypeAlias = Task | Indicator | Section


class CellError(ValueError):
    """A change that cannot be made; the text is the reason, in Vietnamese."""


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
        if name == "targets" and isinstance(row, Indicator):
            return next((row.printed_targets.get(key, one.text) for one in row.targets if _key(one) == key), None)
        if name not in _CELLS_OF[type(row)]:
            raise CellError(f'không có ô "{cell}"; các ô có: {", ".join(sorted(_CELLS_OF[type(row)]))}')
        if name in {"lead", "support"} and not isinstance(row, Section):
            named = "; ".join(self._directory.name(self._plan.province, one) for one in getattr(row, name))
            return row.as_issued.get(name) or named or None
        if name == "outputs" and isinstance(row, Task):
            return row.as_issued.get("outputs") or "; ".join(row.outputs) or None
        if name == "schedule" and isinstance(row, Task):
            return row.schedule.text or None if row.schedule.source is None else None
        value = getattr(row, name)
        return None if value is None else str(value)

    def written(self, row: Row, cell: str, words: str | None) -> Row:
        """Return a row with other words in a cell; None empties it.

        Raises:
            CellError: the words are not understood.
        """
        name, _, key = cell.partition("/")
        if name == "targets" and isinstance(row, Indicator):
            return self._with_target(row, key, words)
        if name in {"lead", "support"} and not isinstance(row, Section):
            return self._with_bodies(row, name, words)
        if name == "outputs" and isinstance(row, Task):
            parts = tuple(part.strip() for part in (words or "").split(";") if part.strip())
            return replace(row, outputs=parts, as_issued=_issued(row, name, words))
        if name == "schedule" and isinstance(row, Task):
            issued = _issued(row, "schedule", words)
            return replace(row, schedule=self.schedule(words), phrase=None, steps=(), as_issued=issued)
        if words is None and name != "unit":
            raise CellError(f'không thể để trống "{cell}"; bãi bỏ cả dòng thì ghi at: {row.id}')
        if isinstance(row, Section):
            return replace(row, **{name: words})
        return replace(row, **{name: words}, as_issued=_issued(row, name, words))

    def _with_bodies(self, row: Task | Indicator, name: str, words: str | None) -> Row:
        content = self._directory.read_cell(self._plan.province, words or "", self._written_on)
        if content.leftovers:
            raise CellError(f'danh bạ không có: "{"; ".join(content.leftovers)}"')
        ids = tuple(dict.fromkeys(mention.id for mention in content.mentions))
        if words and not ids:
            raise CellError(f'không thấy cơ quan nào trong "{words}"')
        issued = {**row.as_issued, name: words} if words else {k: v for k, v in row.as_issued.items() if k != name}
        return replace(row, **{name: ids}, as_issued=issued)

    def schedule(self, words: str | None) -> Schedule:
        """Return the meaning of a schedule.

        Raises:
            CellError: it is not understood.
        """
        year = self._plan.period.start if self._plan.period.start == self._plan.period.end else None
        try:
            return (
                parse_schedule(words, strict_before=self._strict, year=year, issued=self._written_on)
                if words
                else NO_SCHEDULE
            )
        except PhraseError as error:
            raise CellError(f'thời gian "{words}" không hiểu được: {error}') from None

    def _with_target(self, row: Indicator, key: str, words: str | None) -> Row:
        kept = tuple(one for one in row.targets if _key(one) != key)
        printed = {name: text for name, text in row.printed_targets.items() if name != key}
        if words is None:
            return replace(row, targets=kept, printed_targets=printed)
        try:
            parsed = parse_target_key(key)
            parts = parse_target(words, unit=row.unit, direction=row.direction, year=parsed.year)
        except (PhraseError, ValueError) as error:
            raise CellError(f'mục tiêu "{words}" của {key} không hiểu được: {error}') from None
        target = Target(parsed.year, words, parts, since=parsed.since, period=parsed.period)
        in_order = tuple(sorted((*kept, target), key=lambda one: (one.year, one.period or "~")))
        return replace(row, targets=in_order, printed_targets=printed)

    def new_task(self, row_id: str, keys: dict[str, Any]) -> Task:
        """Return the task that an amendment adds.

        Raises:
            CellError: an agency is unknown, or a phrase is not understood.
        """
        lead, support = (tuple(keys.get(name) or ()) for name in ("lead", "support"))
        for one in (*lead, *support):
            if self._directory.get(self._plan.province, one) is None:
                raise CellError(f'không có cơ quan "{one}" trong danh bạ')
        return Task(
            id=row_id,
            kind=TaskKind(keys.get("kind") or "task"),
            text=keys["text"],
            section=keys.get("section"),
            lead=lead,
            support=support,
            schedule=self.schedule(keys.get("schedule")),
            outputs=tuple(keys.get("outputs") or ()),
        )


_CELLS_OF: dict[type, frozenset[str]] = {
    Task: frozenset({"text", "lead", "support", "outputs", "schedule"}),
    Indicator: frozenset({"name", "unit", "lead", "targets"}),
    # What a heading sets for its rows is not amended here: each row has its own cell.
    Section: frozenset({"title"}),
}


def _issued(row: Task | Indicator, name: str, words: str | None) -> dict[str, str]:
    """Return the printed cells of a row, with other words in one that it has."""
    return {key: (words or "") if key == name else text for key, text in row.as_issued.items()}


def _key(target: Target) -> str:
    if target.since is not None:
        return f"{target.since}-{target.year}"
    return f"{target.year}-{target.period}" if target.period else str(target.year)
