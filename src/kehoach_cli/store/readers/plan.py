"""Plan files into the core's plans."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import (
    Basis,
    BodyVariant,
    Clause,
    ClauseRole,
    Condition,
    ConditionKind,
    Document,
    Heir,
    Indicator,
    Passage,
    Period,
    Plan,
    ReportingRule,
    Section,
    Task,
    TaskKind,
    Withdrawal,
    enclosing_section,
)
from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Schedule, ScheduleError, ScheduleKind, parse_schedule
from kehoach_cli.core.notation.target import Direction, Target, TargetError, parse_scoped, parse_target
from kehoach_cli.store.readers.judge import Judge
from kehoach_cli.store.readers.plainly import AGENCY_KEYS, Doubt, Reader, values_of
from kehoach_cli.store.yaml.tree import Mapping, Sequence, mappings_at, place, texts_at

if TYPE_CHECKING:
    from kehoach_cli.store.schema.plan import (
        BodyEntry,
        DocumentEntry,
        IndicatorCells,
        IndicatorEntry,
        PlanFile,
        ReportingEntry,
        SectionEntry,
        TaskCells,
        TaskEntry,
        WithdrawalEntry,
    )


def read_plan(judge: Judge, directory: Directory, *, strict_before: bool, lines: bool = True) -> Plan | None:
    """Return the plan of a judged file, None where its faults leave none; findings stay with the judge.

    Without `lines` the plan does not tell on which lines its rows stand; most files need not be read by events then.
    """
    model = _plain(judge, directory, native=not lines) or _judged(judge, directory)
    if model is None:
        return None
    builder = _Builder(model, directory, strict_before=strict_before)
    return builder.plan(judge.file, _lines(judge) if lines else {})


def _plain(judge: Judge, directory: Directory, *, native: bool) -> "PlanFile | None":
    """Return the file as its model would be where nothing at all is wrong with it, None where something may be."""
    data = values_of(judge) if native else judge.tree
    province = data.get("province") if isinstance(data, dict) and not judge.fatal else None
    if not isinstance(province, str) or province not in directory.registries:
        return None
    known = frozenset(agency.id for agency in directory.all_in(province))
    try:
        model: PlanFile = _reader(known).entries(judge.unix_text, data)
    except Doubt:
        return None
    entries: list[TaskEntry | IndicatorEntry] = [*model.tasks, *model.indicators]
    sections = {entry.id for entry in model.sections}
    named = {entry.section for entry in entries}
    named.update(section for entry in model.clauses for section in entry.applies_to)
    unique = len({entry.id for entry in entries}) == len(entries) and len(sections) == len(model.sections)
    return model if unique and named <= {None, *sections} else None


@lru_cache(maxsize=8)
def _reader(agencies: frozenset[str]) -> Reader:
    return Reader("PlanFile", agencies)


def _judged(judge: Judge, directory: Directory) -> "PlanFile | None":
    """Return the file as a model, None where its faults leave none."""
    if judge.tree is None:
        return None
    from kehoach_cli.store.schema.plan import PlanFile

    _check_ids(judge)
    _check_agencies(judge, directory)
    model = judge.validate(PlanFile)
    return None if judge.fatal else model


def _lines(judge: Judge) -> dict[str, int]:
    """Return the line of every task and indicator by its id, and of the rules of reporting."""
    lines = {
        str(entry.get("id")): place(judge.tree, (kind, index))[0]
        for kind in ("tasks", "indicators")
        for index, entry in mappings_at(judge.tree, kind)
    }
    return lines | {"reporting": place(judge.tree, ("reporting",), key=True)[0]}


def _check_ids(judge: Judge) -> None:
    """Report ids used twice (tasks and indicators share one space, sections have their own) and sections nobody has."""
    rows: dict[str, int] = {}
    for kind, seen in (("tasks", rows), ("indicators", rows), ("sections", {})):
        for index, entry in mappings_at(judge.tree, kind):
            row_id = entry.get("id")
            if not isinstance(row_id, str):
                continue
            path: KeyPath = (kind, index, "id")
            if row_id in seen:
                judge.report("K105", path, f'mã "{row_id}" lặp lại; đã dùng ở dòng {seen[row_id]}', soft=False)
            seen.setdefault(row_id, entry.marks["id"][1][0])
    sections = {str(entry.get("id")) for _, entry in mappings_at(judge.tree, "sections")}
    for path, section in _section_references(judge.tree):
        if section not in sections:
            judge.report("K106", path, f'không có mục "{section}" trong phần sections')


def _section_references(tree: Any) -> Iterator[tuple[KeyPath, str]]:
    for kind in ("tasks", "indicators"):
        for index, entry in mappings_at(tree, kind):
            if isinstance(entry.get("section"), str):
                yield (kind, index, "section"), entry["section"]
    for index, entry in mappings_at(tree, "clauses"):
        for position, section in texts_at(entry, "applies_to"):
            yield ("clauses", index, "applies_to", position), section


def _check_agencies(judge: Judge, directory: Directory) -> None:
    """Report agency ids that are in no registry, each with the nearest one; nothing if the province's registry is missing."""
    tree = judge.tree
    province = tree.get("province") if isinstance(tree, Mapping) else None
    if not isinstance(province, str):
        return
    if province not in directory.registries:
        judge.report(
            "K204", ("province",), f'chưa đọc được danh bạ cơ quan của "{province}" (plans/agencies/{province}.yaml)'
        )
        return
    from difflib import get_close_matches

    known = dict.fromkeys(agency.id for agency in directory.all_in(province))
    for path, agency_id in _agency_references(tree):
        if agency_id not in known:
            near = get_close_matches(agency_id, known, n=1, cutoff=0.5)
            hint = (
                f'ý bạn là "{near[0]}" ({directory.name(province, near[0])})?'
                if near
                else "thêm cơ quan này vào danh bạ"
            )
            judge.report("K201", path, f'không có cơ quan "{agency_id}" trong danh bạ của "{province}"', hint=hint)


_NO_AGENCIES_IN = frozenset({"as_issued", "period", "baseline", "targets", "withdrawn"})


def _agency_references(tree: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield every value that must be an agency id, wherever its key stands; the printed cells and the years are none."""
    for key, value in tree.items() if type(tree) is Mapping else enumerate(tree):
        if key in AGENCY_KEYS:
            if type(value) is str:
                yield (*path, key), value
            elif type(value) is Sequence:
                yield from (((*path, key, place), item) for place, item in enumerate(value) if type(item) is str)
        elif type(value) in _CONTAINERS and key not in _NO_AGENCIES_IN:
            if key == "now" and type(value) is Mapping:
                yield from (((*path, key), old) for old in value)
            yield from _agency_references(value, (*path, key))


_CONTAINERS = frozenset({Mapping, Sequence})


# Called for every row, an enumeration takes several times as long to find its member.
_KINDS = {kind.value: kind for kind in TaskKind}
_DIRECTIONS = {direction.value: direction for direction in Direction}


class _Builder:
    """Turns the file as printed into the plan as understood."""

    def __init__(self, model: "PlanFile", directory: Directory, *, strict_before: bool) -> None:
        self._model = model
        self._directory = directory
        self._strict = strict_before
        self._sections = tuple(self._section(entry) for entry in model.sections)
        self._section_ids = frozenset(section.id for section in self._sections)
        self._headings = {section.id: section.schedule for section in self._sections if section.schedule.text}

    def plan(self, file: str, lines: dict[str, int]) -> Plan:
        model = self._model
        return Plan(
            id=model.id,
            province=model.province,
            document=_document(model.document),
            period=Period(model.period.from_, model.period.to, model.period.vision, model.period.note),
            coordinator=model.coordinator,
            objectives=tuple(Passage(entry.id, entry.text, entry.kind) for entry in model.objectives),
            funding=tuple(Passage(entry.id, entry.text) for entry in model.funding),
            reporting=tuple(self._reporting(entry) for entry in model.reporting),
            clauses=tuple(
                Clause(entry.id, ClauseRole(entry.role), tuple(entry.agencies), tuple(entry.applies_to), entry.text)
                for entry in model.clauses
            ),
            sections=self._sections,
            tasks=tuple(self._task(entry) for entry in model.tasks),
            indicators=tuple(self._indicator(entry) for entry in model.indicators),
            file=file,
            lines=lines,
        )

    def _schedule(self, text: str | None) -> Schedule:
        try:
            return parse_schedule(text, strict_before=self._strict)
        except ScheduleError:
            return Schedule(text or "", ScheduleKind.UNKNOWN)

    def _section(self, entry: "SectionEntry") -> Section:
        return Section(entry.id, entry.title, entry.printed, self._schedule(entry.schedule), entry.errata)

    def _reporting(self, entry: "ReportingEntry") -> ReportingRule:
        return ReportingRule(
            level=entry.level,
            senders=tuple(entry.from_),
            recipients=tuple(entry.to),
            source=entry.source,
            via=tuple(entry.via),
            drafter=entry.drafter,
            embedded_in=entry.embedded_in,
            due=self._schedule(entry.due),
            leads_only=entry.leads_only,
        )

    def _task(self, entry: "TaskEntry") -> Task:
        section = entry.section or enclosing_section(entry.id, self._section_ids)
        cells = _cells(entry.as_issued, "lead", "support", "role", "schedule", "outputs")
        return Task(
            id=entry.id,
            kind=_KINDS[entry.kind],
            text=entry.text,
            section=section,
            lead=tuple(entry.lead),
            support=tuple(entry.support),
            as_issued=cells,
            schedule=self._schedule(entry.schedule) if entry.schedule else self._from_heading(section),
            outputs=tuple(entry.outputs),
            conditions=_conditions(entry) if entry.conditions else (),
            now=_now(entry) if entry.now else {},
            body=_body(entry.body) if entry.body else None,
            limited=self._limited(cells),
            note=entry.note,
            errata=entry.errata,
            withdrawn=_withdrawal(entry.withdrawn),
        )

    def _from_heading(self, section: str | None) -> Schedule:
        """Return the schedule set by the nearest heading above: a heading's deadline holds for every dash under it."""
        holder = enclosing_section(section, frozenset(self._headings)) if section else None
        return self._headings[holder].from_heading(holder) if holder else NO_SCHEDULE

    def _limited(self, cells: dict[str, str]) -> frozenset[tuple[str, str]]:
        return frozenset(
            (role, mention.id)
            for role in ("lead", "support")
            if "có liên quan" in cells.get(role, "")
            for mention in self._directory.read_cell(self._model.province, cells[role]).mentions
            if mention.limited
        )

    def _indicator(self, entry: "IndicatorEntry") -> Indicator:
        cells = _cells(entry.as_issued, "name", "lead", "role")
        printed = entry.as_issued.targets if entry.as_issued else {}
        maintained = entry.direction == Direction.MAINTAIN
        targets = [
            _target(key, value, printed.get(key), maintained=maintained, unit=entry.unit)
            for key, value in entry.targets.items()
        ]
        return Indicator(
            id=entry.id,
            name=entry.name,
            unit=entry.unit,
            section=entry.section or enclosing_section(entry.id, self._section_ids),
            direction=_DIRECTIONS[entry.direction],
            targets=tuple(sorted(targets, key=lambda target: target.year)),
            lead=tuple(entry.lead),
            baseline={int(year): level for year, level in entry.baseline.items()},
            direction_note=entry.direction_note,
            as_issued=cells,
            note=entry.note,
            errata=entry.errata,
            withdrawn=_withdrawal(entry.withdrawn),
        )


def _conditions(entry: "TaskEntry") -> tuple[Condition, ...]:
    return tuple(Condition(one.text, ConditionKind(one.kind), one.scope, one.awaits) for one in entry.conditions)


def _now(entry: "TaskEntry") -> dict[str, tuple[Heir, ...]]:
    return {old: tuple(Heir(heir.agency, heir.scope, heir.basis) for heir in heirs) for old, heirs in entry.now.items()}


def _cells(printed: "TaskCells | IndicatorCells | None", *names: str) -> dict[str, str]:
    return {name: text for name in names if (text := getattr(printed, name, None)) is not None}


def _target(
    key: str, value: str | dict[str, str], printed: str | None, *, maintained: bool, unit: str | None
) -> Target:
    years = [int(year) for year in key.split("-")] if "-" in key else [int(key)]
    text = (
        value if isinstance(value, str) else printed or "; ".join(f"{part} ({scope})" for scope, part in value.items())
    )
    try:
        parts = parse_target(value, unit=unit) if isinstance(value, str) else parse_scoped(value, unit=unit)
    except TargetError:
        parts = ()
    return Target(years[-1], text, parts, years[0] if len(years) > 1 else None, maintained)


def _document(entry: "DocumentEntry") -> Document:
    return Document(
        type=entry.type,
        number=entry.number,
        date=entry.date,
        issuer=entry.issuer,
        title=entry.title,
        cite=entry.cite,
        basis=tuple(Basis(basis.number, basis.date, basis.title) for basis in entry.basis),
        authority=tuple(entry.signer.authority) if entry.signer else (),
        signer=entry.signer.name if entry.signer else None,
        recipients=tuple(entry.recipients),
    )


def _withdrawal(entry: "WithdrawalEntry | None") -> Withdrawal | None:
    return Withdrawal(entry.from_, entry.document) if entry else None


def _body(entry: "BodyEntry") -> BodyVariant:
    return BodyVariant(entry.id, tuple(entry.lead), entry.as_issued.lead if entry.as_issued else None, entry.note)
