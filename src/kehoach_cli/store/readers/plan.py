"""Plan files into plans of the core."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from collections.abc import Mapping as AnyMapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import product
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.period import PeriodKind
from kehoach_cli.core.model.plan import (
    Basis,
    BodyVariant,
    Clause,
    ClauseRole,
    Condition,
    ConditionKind,
    Cost,
    Document,
    Heir,
    Indicator,
    Passage,
    Plan,
    PlanYears,
    ReportingRule,
    Section,
    Step,
    Task,
    TaskKind,
    Withdrawal,
    enclosing_section,
)
from kehoach_cli.core.notation.keys import last_day, parse_target_key
from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Milestone, Schedule, ScheduleKind
from kehoach_cli.core.notation.target import Direction, Target
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.nearest_id import nearest_id
from kehoach_cli.store.readers.phrases import PlanPhrases
from kehoach_cli.store.readers.province import province_meant
from kehoach_cli.store.readers.validated import validated
from kehoach_cli.store.schema.agencies import agency_ids, agency_places
from kehoach_cli.store.schema.base import AgencyId, FileModel, RowId, Text
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
from kehoach_cli.store.yaml.tree import Mapping, mappings_at, place, texts_at, value_at
from kehoach_cli.viet.text import loose_key

# The commas in the longest names of groups ("các sở, ban, ngành, đoàn thể, địa phương").
_MOST_PIECES = 5
# Reading a cell is slow, and few cells have such words.
_MAY_LIMIT = re.compile("liên quan|chức năng|được giao|được phân công", re.IGNORECASE)


def read_plan(reading: FileReading, directory: Directory, *, strict_before: bool) -> Plan | None:
    """Return the plan in a file, None where the file cannot be used; the reading keeps the findings."""
    if reading.tree is None:
        return None
    _check_ids(reading)
    _check_agencies(reading, directory)
    phrases = PlanPhrases(reading, strict_before=strict_before)
    model = validated(reading, PlanFile, reading.tree)
    if model is None or reading.fatal:
        return None
    return _PlanBuilder(model, directory, phrases).plan(reading.file, _lines(reading))


def _lines(reading: FileReading) -> dict[str, int]:
    """Return the line of each task and indicator by its id, and the line of the key `reporting`."""
    lines = {
        str(entry.get("id")): place(reading.tree, (kind, index))[0]
        for kind in ("tasks", "indicators")
        for index, entry in mappings_at(reading.tree, kind)
    }
    return lines | {"reporting": place(reading.tree, ("reporting",), key=True)[0]}


def _check_ids(reading: FileReading) -> None:
    """Report ids used twice and sections that do not exist. Tasks and indicators share one space of ids."""
    rows: dict[str, int] = {}
    for kind, seen in (("tasks", rows), ("indicators", rows), ("sections", {})):
        for index, entry in mappings_at(reading.tree, kind):
            row_id = entry.get("id")
            if not isinstance(row_id, str):
                continue
            path: KeyPath = (kind, index, "id")
            if row_id in seen:
                reading.report("K105", path, f'mã "{row_id}" lặp lại; đã dùng ở dòng {seen[row_id]}', soft=False)
            seen.setdefault(row_id, entry.marks["id"][1][0])
    sections = {str(entry.get("id")) for _, entry in mappings_at(reading.tree, "sections")}
    references = [(path, section) for path, section in _section_references(reading.tree) if section not in sections]
    named = Counter(section for _, section in references)
    holding = {row_id.rpartition(cut)[0] for row_id in rows for cut in ".-"}
    for path, section in references:
        # A section that something else names, too, is missing; a name that comes once may be a slip.
        missing = named[section] > 1 or section in holding
        near = [] if missing else get_close_matches(section, sections, n=1)
        meant = f'ý bạn là "{near[0]}"? ' if near else ""
        add, correct = "thêm mục này vào sections với tiêu đề của văn bản", "sửa mã mục"
        hint = f"{add}, hoặc {correct}" if missing else f"{meant}{correct}, hoặc {add}"
        reading.report("K106", path, f'không có mục "{section}" trong phần sections', hint=hint)


def _section_references(tree: Any) -> Iterator[tuple[KeyPath, str]]:
    for kind in ("tasks", "indicators"):
        for index, entry in mappings_at(tree, kind):
            if isinstance(entry.get("section"), str):
                yield (kind, index, "section"), entry["section"]
    for index, entry in mappings_at(tree, "clauses"):
        for position, section in texts_at(entry, "applies_to"):
            yield ("clauses", index, "applies_to", position), section


def _check_agencies(reading: FileReading, directory: Directory) -> None:
    """Report each id of an agency that is in no registry, with the nearest one; or once that the province is wrong or unknown."""
    tree = reading.tree
    province = tree.get("province") if isinstance(tree, Mapping) else None
    if not isinstance(province, str):
        return
    if province not in directory.registries:
        reading.report(
            "K204", ("province",), f'chưa đọc được danh bạ cơ quan của "{province}" (plans/agencies/{province}.yaml)'
        )
        return
    known = dict.fromkeys(agency.id for agency in directory.all_in(province))
    found = list(agency_ids(agency_places(PlanFile), tree))
    unknown = [one for one in found if one[1] not in known]
    elsewhere = province_meant(directory, province, tree, [one[1] for one in found], len(unknown))
    if elsewhere:
        message, hint = elsewhere
        reading.report("K212", ("province",), message, hint=hint)
    named = dict(found) if unknown else {}
    meanings: list[tuple[KeyPath, str, str]] = []
    for path, agency_id in unknown:
        # A key (of `now`) is named by the path of its mapping.
        is_key = isinstance(value_at(tree, path), Mapping)
        where = (*path, agency_id) if is_key else path
        meant = directory.id_of(province, agency_id)
        if meant:
            message = f'"{agency_id}" là tên của cơ quan "{meant}"'
            hint = f'ghi mã "{meant}"; lệnh kehoach lint --fix sửa giúp'
            reading.remark("K211", where, message, hint, key=is_key)
        elif not elsewhere:
            message = f'không có cơ quan "{agency_id}" trong danh bạ của "{province}"'
            hint = _cut_name(named, path, directory, province) or _near(agency_id, province, list(known), directory)
            reading.report("K201", where, message, key=is_key, hint=hint)
        # A name in the place of an id is one fault: the form of the id (K102) is not a second one.
        meanings.append((path, agency_id, meant or _slug(agency_id, known)))
    # Keys come last: to rename one changes the paths of what stands below it.
    for path, name, agency_id in sorted(meanings, key=lambda one: isinstance(value_at(tree, one[0]), Mapping)):
        _put_id(tree, path, name, agency_id)


def _put_id(tree: Any, path: KeyPath, name: str, agency_id: str) -> None:
    """Put an id in the place of a name: of the value at a key path, or of a key of the mapping there."""
    *parents, last = path
    holder = value_at(tree, tuple(parents))
    mapping = holder[last]
    if not isinstance(mapping, Mapping):
        holder[last] = agency_id
    elif agency_id not in mapping:
        entries, marks = list(mapping.items()), mapping.marks
        mapping.clear()
        mapping.update((agency_id if key == name else key, value) for key, value in entries)
        mapping.marks = {agency_id if key == name else key: mark for key, mark in marks.items()}


def _slug(name: str, known: Collection[str]) -> str:
    """Return an id nobody has for a name nobody bears; the name itself where no id can be made of it."""
    made = "-".join(re.findall(r"[a-z0-9]+", loose_key(name)))
    return f"{made}-1" if made in known else made or name


def _cut_name(named: AnyMapping[KeyPath, str], path: KeyPath, directory: Directory, province: str) -> str | None:
    """Return the mend where a comma cut a name in pieces: in a list in brackets it ends an item."""
    *parents, last = path
    if not isinstance(last, int):
        return None
    pieces = {at: named.get((*parents, at), "") for at in range(last - _MOST_PIECES, last + _MOST_PIECES)}
    for first, end in product(range(last - _MOST_PIECES + 1, last + 1), range(last + 1, last + _MOST_PIECES)):
        whole = ", ".join(pieces[at] for at in range(first, end))
        if end - first > 1 and directory.id_of(province, whole):
            return f'tên có dấu phẩy phải đặt trong dấu nháy kép: "{whole}"'
    return None


def _near(agency_id: str, province: str, known: list[str], directory: Directory) -> str:
    """Return what may be meant by an id or a name in no registry: what the base registry knows, else what looks alike."""
    from kehoach_cli.store.base.registry import base_entry

    if entry := base_entry(agency_id, province):
        return f'danh bạ nền có "{entry["name"]}" (mã {entry["id"]}); lệnh kehoach lint --fix thêm vào danh bạ'
    if near := nearest_id(agency_id, known):
        return f'ý bạn là "{near}" ({directory.name(province, near)})?'
    if alike := directory.suggest(agency_id, province, 1):
        return f'ý bạn là "{alike[0]}"?'
    return "thêm cơ quan này vào danh bạ"


# A dict finds the member several times as fast as the enumeration, and every row asks.
_KINDS = {kind.value: kind for kind in TaskKind}
_DIRECTIONS = {direction.value: direction for direction in Direction}


class _PlanBuilder:
    """Builds the plan as understood from the file as printed."""

    def __init__(self, model: PlanFile, directory: Directory, phrases: PlanPhrases) -> None:
        self._model = model
        self._directory = directory
        self._phrases = phrases
        self._sections = tuple(self._section(index, entry) for index, entry in enumerate(model.sections))
        self._day = model.document.date.first if model.document.date else None
        self._section_ids = frozenset(section.id for section in self._sections)
        self._headings = {section.id: section.schedule for section in self._sections if section.schedule.text}

    def plan(self, file: str, lines: dict[str, int]) -> Plan:
        model = self._model
        return Plan(
            id=model.id,
            province=model.province,
            document=_document(model.document),
            period=PlanYears(model.period.from_, model.period.to, model.period.vision, model.period.note),
            coordinator=model.coordinator,
            objectives=tuple(Passage(entry.id, entry.text, entry.kind) for entry in model.objectives),
            funding=tuple(Passage(entry.id, entry.text) for entry in model.funding),
            reporting=tuple(self._reporting(index, entry) for index, entry in enumerate(model.reporting)),
            clauses=tuple(
                Clause(entry.id, ClauseRole(entry.role), tuple(entry.agencies), tuple(entry.applies_to), entry.text)
                for entry in model.clauses
            ),
            sections=self._sections,
            tasks=tuple(self._task(index, entry) for index, entry in enumerate(model.tasks)),
            indicators=tuple(self._indicator(index, entry) for index, entry in enumerate(model.indicators)),
            file=file,
            lines=lines,
        )

    def _schedule(self, path: KeyPath, text: str | None) -> Schedule:
        return self._phrases.schedule(path, text) or Schedule(text or "", ScheduleKind.UNKNOWN)

    def _section(self, index: int, entry: SectionEntry) -> Section:
        schedule = self._schedule(("sections", index, "schedule"), entry.schedule)
        return Section(entry.id, entry.title, entry.printed, schedule, entry.errata)

    def _reporting(self, index: int, entry: ReportingEntry) -> ReportingRule:
        return ReportingRule(
            level=entry.level,
            senders=tuple(entry.from_),
            recipients=tuple(entry.to),
            source=entry.source,
            via=tuple(entry.via),
            drafter=entry.drafter,
            embedded_in=entry.embedded_in,
            due=self._schedule(("reporting", index, "due"), entry.due),
            leads_only=entry.leads_only,
            periods=tuple(map(PeriodKind, entry.periods)),
        )

    def _task(self, index: int, entry: TaskEntry) -> Task:
        section = entry.section or enclosing_section(entry.id, self._section_ids)
        cells = _cells(entry.as_issued, "lead", "support", "role", "schedule", "outputs")
        own = self._schedule(("tasks", index, "schedule"), entry.schedule)
        phrase = own if entry.schedule else self._from_heading(section)
        return Task(
            **as_printed(entry, Task) | {"section": section, "kind": _KINDS[entry.kind]},
            lead=tuple(entry.lead),
            support=tuple(entry.support),
            as_issued=cells,
            schedule=self._in_steps(index, entry, phrase) if entry.milestones else phrase,
            outputs=tuple(entry.outputs),
            conditions=_conditions(entry) if entry.conditions else (),
            now=_now(entry) if entry.now else {},
            body=_body(entry.body) if entry.body else None,
            limited=self._limited(cells),
            withdrawn=_withdrawal(entry.withdrawn),
            steps=tuple(Step(step.text, step.schedule, tuple(step.outputs)) for step in entry.milestones),
            phrase=phrase if entry.milestones else None,
            cost=tuple(Cost(one.amount, one.source, one.text) for one in entry.cost),
        )

    def _in_steps(self, index: int, entry: TaskEntry, phrase: Schedule) -> Schedule:
        """Return the schedule that the key `milestones` makes: it wins over the printed phrase."""
        paths: list[KeyPath] = [("tasks", index, "milestones", at, "schedule") for at in range(len(entry.milestones))]
        found = [self._schedule(path, step.schedule) for path, step in zip(paths, entry.milestones, strict=True)]
        days = [schedule.deadline for schedule in found if schedule.deadline is not None]
        text = phrase.text or "; ".join(f"{step.text}: {step.schedule}" for step in entry.milestones)
        if len(days) < len(found):
            return Schedule(text, ScheduleKind.UNKNOWN)
        last = max(days)
        return replace(
            phrase,
            text=text,
            kind=ScheduleKind.MILESTONES,
            end=last.year,
            deadline=last,
            milestones=tuple(Milestone(step.text, day) for step, day in zip(entry.milestones, days, strict=True)),
            goes_on=phrase.goes_on or phrase.kind in {ScheduleKind.RECURRING, ScheduleKind.OPEN},
            source=None,
        )

    def _from_heading(self, section: str | None) -> Schedule:
        """Return the schedule of the nearest heading above: it holds for every row under that heading."""
        places = enclosing_section(section, frozenset(self._headings)) if section else None
        return self._headings[places].from_heading(places) if places else NO_SCHEDULE

    def _limited(self, cells: dict[str, str]) -> frozenset[tuple[str, str]]:
        return frozenset(
            (role, mention.id)
            for role in ("lead", "support")
            if _MAY_LIMIT.search(cells.get(role, ""))
            for mention in self._directory.read_cell(self._model.province, cells[role], self._day).mentions
            if mention.limited
        )

    def _indicator(self, index: int, entry: IndicatorEntry) -> Indicator:
        cells = _cells(entry.as_issued, "name", "lead", "role")
        section = entry.section or enclosing_section(entry.id, self._section_ids)
        return Indicator(
            **as_printed(entry, Indicator) | {"section": section, "direction": _DIRECTIONS[entry.direction]},
            targets=tuple(sorted(self._targets(index, entry), key=_last_day)),
            lead=tuple(entry.lead),
            baseline={int(year): level for year, level in entry.baseline.items()},
            as_issued=cells,
            withdrawn=_withdrawal(entry.withdrawn),
            change=entry.change,
            tolerance=entry.tolerance,
            share=entry.share,
            now=_now(entry) if entry.now else {},
            wording=_wording(entry),
            printed_targets=dict(entry.as_issued.targets) if entry.as_issued else {},
        )

    def _targets(self, index: int, entry: IndicatorEntry) -> Iterator[Target]:
        printed = entry.as_issued.targets if entry.as_issued else {}
        maintained = entry.direction == Direction.MAINTAIN
        for key, value in entry.targets.items():
            named = parse_target_key(key)
            text = value if isinstance(value, str) else printed.get(key) or _joined(value)
            parts = self._phrases.target(("indicators", index, "targets", key))
            yield Target(named.year, text, parts, named.since, maintained, named.period)


def _last_day(target: Target) -> tuple[date, bool]:
    """Return what targets are sorted by: that of a whole year comes behind those of its parts."""
    return last_day(target.year, target.period), target.period is None


def _joined(texts: dict[str, str]) -> str:
    return "; ".join(f"{part} ({scope})" for scope, part in texts.items())


def as_printed(entry: FileModel, kind: type[Struct]) -> dict[str, Any]:
    """Return the keys of a file that the core keeps as they are printed: text under the same name in the schema and the value."""
    return {name: getattr(entry, name) for name in _printed_keys(type(entry), kind)}


@cache
def _printed_keys(model: type[FileModel], kind: type[Struct]) -> tuple[str, ...]:
    keys = model.model_fields
    return tuple(name for name in kind.__struct_fields__ if name in keys and keys[name].annotation in _TEXT)


# pydantic keeps what narrows a text (a pattern, a check) beside the type; an optional one keeps it inside.
_TEXT = (str, *(text | None for text in (str, Text, RowId, AgencyId)))


def _conditions(entry: TaskEntry) -> tuple[Condition, ...]:
    return tuple(Condition(one.text, ConditionKind(one.kind), one.scope, one.awaits) for one in entry.conditions)


def _now(entry: TaskEntry | IndicatorEntry) -> dict[str, tuple[Heir, ...]]:
    return {old: tuple(Heir(heir.agency, heir.scope, heir.basis) for heir in heirs) for old, heirs in entry.now.items()}


def _wording(entry: IndicatorEntry) -> dict[str, str]:
    """Return the text of each target, and of each part of a scoped one, by its path."""
    found: dict[str, str] = {}
    for key, value in entry.targets.items():
        parts = {"": value} if isinstance(value, str) else {f"/{scope}": text for scope, text in value.items()}
        found |= {f"targets/{key}{scope}": str(text) for scope, text in parts.items()}
    return found


def _cells(printed: TaskCells | IndicatorCells | None, *names: str) -> dict[str, str]:
    return {name: text for name in names if (text := getattr(printed, name, None)) is not None}


def _document(entry: DocumentEntry) -> Document:
    return Document(
        **as_printed(entry, Document),
        date=entry.date,
        basis=tuple(Basis(basis.number, basis.date, basis.title) for basis in entry.basis),
        authority=tuple(entry.signer.authority) if entry.signer else (),
        signer=entry.signer.name if entry.signer else None,
        recipients=tuple(entry.recipients),
    )


def _withdrawal(entry: WithdrawalEntry | None) -> Withdrawal | None:
    return Withdrawal(entry.from_, entry.document) if entry else None


def _body(entry: BodyEntry) -> BodyVariant:
    return BodyVariant(entry.id, tuple(entry.lead), entry.as_issued.lead if entry.as_issued else None, entry.note)
