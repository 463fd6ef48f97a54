"""Progress files into submissions of the core."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, TypeAlias

from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import (
    Extension,
    Paper,
    Status,
    Submission,
    SubmittedIndicator,
    SubmittedMilestone,
    SubmittedTask,
    erases,
)
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.validated import validated
from kehoach_cli.store.schema.progress import IndicatorReportEntry, MilestoneReportEntry, ProgressFile, TaskReportEntry
from kehoach_cli.store.yaml.tree import Mapping, Sequence, place

_WORDS = {"tasks": "nhiệm vụ", "indicators": "chỉ tiêu"}
_CHANGE_PLACES = {
    "tasks": "mã này là chỉ tiêu: chuyển sang khóa indicators",
    "indicators": "mã này là nhiệm vụ: chuyển sang khóa tasks",
}
# The ids reported under each of the keys tasks and indicators.
Reported: TypeAlias = dict[str, list[str]]
# A figure has these marks or has not; nothing is said of figures without them.
_MARKS = ("estimate", "province_total")
_NO_MILESTONE = SubmittedMilestone()


def read_progress(reading: FileReading, catalogue: Catalogue) -> tuple[Submission, ...] | None:
    """Return the submissions in a file, None where the file cannot be used; one with an error is not used at all."""
    if reading.tree is None:
        return None
    documents = enumerate(reading.tree) if isinstance(reading.tree, Sequence) else [(None, reading.tree)]
    found = [_read_one(reading, catalogue, tree, () if index is None else (index,)) for index, tree in documents]
    return None if reading.fatal else tuple(submission for submission in found if submission)


def _read_one(reading: FileReading, catalogue: Catalogue, tree: Any, at: tuple[int, ...]) -> Submission | None:
    erased: list[KeyPath] = []
    tree = _without_erased(tree, (), erased)
    model = validated(reading, ProgressFile, tree, at)
    if model is None:
        return None
    plan = catalogue.plan(model.plan)
    if plan is None:
        _report_no_plan(reading, catalogue, model.plan, at)
        return None
    agencies = catalogue.directory.resolve(model.agency, plan.province)
    if not agencies:
        near = catalogue.directory.suggest(model.agency, plan.province, 1)
        hint = f'ý bạn là "{near[0]}"?' if near else None
        message = f'không có cơ quan "{model.agency}" trong danh bạ'
        reading.report("K602", (*at, "agency"), message, hint=hint, soft=False)
        return None
    period = (parse_period(model.period) if model.period else None) or Period(model.year)
    if period.year != model.year:
        message = f'kỳ "{model.period}" không thuộc năm {model.year} ghi ở khóa year'
        reading.report("K103", (*at, "period"), message, hint="sửa period hoặc year cho khớp", soft=False)
        return None
    _check_items(reading, catalogue, plan, model, at, frozenset(agency.id for agency in agencies))
    lines = _lines(tree)
    return Submission(
        plan=plan.id,
        agency=catalogue.directory.ref(plan.province, agencies[0]),
        year=model.year,
        cutoff=model.cutoff,
        file=reading.file,
        submitted=model.submitted,
        # A row that was left blank in a form is no entry.
        tasks={row: one for row, entry in model.tasks.items() if (one := _task(entry)) != SubmittedTask()},
        indicators={
            row: said for row, entry in model.indicators.items() if (said := _indicator(entry)) != SubmittedIndicator()
        },
        funding=tuple(entry.model_dump(exclude_none=True) for entry in model.funding),
        narrative=_filled(model.narrative.model_dump(exclude_none=True)) if model.narrative else {},
        lines={} if reading.cells else lines,
        cells={path: cell for path in lines if (cell := reading.cell((*at, *path)))} if reading.cells else {},
        at=at,
        erased=(*erased, *_marks_taken_back(model)),
        part=period.part,
        # A form has the fingerprints of all its rows; those of rows left blank say nothing.
        answers={row: mark for row, mark in model.answers.items() if row in {*model.tasks, *model.indicators}},
    )


def _report_no_plan(reading: FileReading, catalogue: Catalogue, plan_id: str, at: tuple[int, ...]) -> None:
    file = catalogue.unusable.get(plan_id)
    message = f'chưa đọc được kế hoạch "{plan_id}"' if file else f'không có kế hoạch "{plan_id}"'
    hint = f'sửa lỗi trong tệp "{file}" trước' if file else _known_plans(catalogue)
    reading.report("K601", (*at, "plan"), message, hint=hint, soft=False)


def _without_erased(tree: Any, path: KeyPath, erased: list[KeyPath]) -> Any:
    """Return the tree without the values that a form takes back, and without the groups that this leaves empty."""
    if isinstance(tree, Sequence):
        for index, child in enumerate(tree):
            tree[index] = _without_erased(child, (*path, index), erased)
    if not isinstance(tree, Mapping):
        return tree
    for key, value in list(tree.items()):
        gone = erases(value)
        if gone:
            erased.append((*path, key))
        elif isinstance(value, Mapping | Sequence) and value:
            gone = not _without_erased(value, (*path, key), erased)
        if gone:
            del tree[key]
    return tree


def _marks_taken_back(model: ProgressFile) -> Iterator[KeyPath]:
    """Yield the marks that are said to be false; in a row that says nothing else a form has printed it."""
    for row, entry in model.indicators.items():
        if _indicator(entry) != SubmittedIndicator():
            yield from (("indicators", row, mark) for mark in _MARKS if getattr(entry, mark) is False)


def _lines(tree: Any) -> dict[tuple[str | int, ...], int]:
    """Return the line of each entry of a submission by its keys; the narrative also has entries inside its parts."""
    paths: list[tuple[str | int, ...]] = [("agency",)]
    for key in ("indicators", "tasks", "narrative"):
        entries = tree.get(key)
        for part, value in entries.items() if isinstance(entries, Mapping) else ():
            paths.append((key, part))
            if key == "narrative" and isinstance(value, Mapping):
                paths += [(key, part, inner) for inner in value]
    paths += [("funding", index) for index in range(len(tree.get("funding") or ()))]
    return {path: place(tree, path, key=True)[0] for path in paths}


def _check_items(
    reading: FileReading,
    catalogue: Catalogue,
    plan: Plan,
    model: ProgressFile,
    at: tuple[int, ...],
    senders: frozenset[str],
) -> None:
    """Report entries for items that the plan does not have, each with the nearest id; the other entries still count."""
    known = _ids(plan)
    reported = {"tasks": list(model.tasks), "indicators": list(model.indicators)}
    if meant := _other_plan(reading, catalogue, plan, reported, senders):
        message = f'kế hoạch "{plan.id}" không có mục nào của báo cáo này, "{meant}" có tất cả'
        reading.report("K603", (*at, "plan"), message, hint=f"ghi plan: {meant} nếu báo cáo về kế hoạch đó")
        return
    for kind, other in (("tasks", "indicators"), ("indicators", "tasks")):
        for row_id in reported[kind]:
            if row_id not in known[kind]:
                hint = _CHANGE_PLACES[kind] if row_id in known[other] else _near(row_id, known[kind])
                message = f'kế hoạch "{plan.id}" không có {_WORDS[kind]} "{row_id}"'
                reading.report("K603", (*at, kind, row_id), message, key=True, hint=hint)
    _check_milestones(reading, plan, model, at)


def _ids(plan: Plan) -> dict[str, list[str]]:
    return {"tasks": [row.id for row in plan.tasks], "indicators": [row.id for row in plan.indicators]}


def _near(row_id: str, rows: list[str]) -> str | None:
    near = get_close_matches(row_id, rows, n=1, cutoff=0.5)
    return f'ý bạn là "{near[0]}"?' if near else None


def _other_plan(
    reading: FileReading, catalogue: Catalogue, plan: Plan, reported: Reported, senders: frozenset[str]
) -> str | None:
    """Return the only other plan with every item reported, where this one has none of them.

    A single item may be a slip, so the other plan must give it to the sender.
    """
    items = {row_id for ids in reported.values() for row_id in ids}
    if reading.cells or not items or any(row in ids for kind, ids in _ids(plan).items() for row in reported[kind]):
        return None
    others = [other for other in catalogue.plans if other.id != plan.id]
    if len(items) == 1:
        others = [other for other in others if _gives(other, items, senders)]
    fitting = [
        other.id for other in others if all(set(reported[kind]) <= set(ids) for kind, ids in _ids(other).items())
    ]
    return fitting[0] if len(fitting) == 1 else None


def _gives(plan: Plan, items: set[str], senders: frozenset[str]) -> bool:
    """Return whether a plan names a sender in one of the items."""
    tasks = ({*row.lead, *row.support} for row in plan.tasks if row.id in items)
    indicators = (set(row.lead) for row in plan.indicators if row.id in items)
    return any(senders & named for named in (*tasks, *indicators))


def _check_milestones(reading: FileReading, plan: Plan, model: ProgressFile, at: tuple[int, ...]) -> None:
    """Report entries for milestones that a task does not have."""
    known = {task.id: len(task.schedule.milestones) for task in plan.tasks}
    for row_id, entry in model.tasks.items():
        for number in entry.milestones:
            if int(number) > known.get(row_id, int(number)):
                last = known[row_id]
                hint = f"nhiệm vụ có {last} mốc" if last else "thời gian của nhiệm vụ không chia thành mốc; bỏ khóa này"
                path: KeyPath = (*at, "tasks", row_id, "milestones", number)
                reading.report("K603", path, f'nhiệm vụ "{row_id}" không có mốc {number}', key=True, hint=hint)


def _filled(narrative: dict[str, Any]) -> dict[str, Any]:
    """Return the narrative without its empty parts."""
    return {key: value for key, value in narrative.items() if value}


def _known_plans(catalogue: Catalogue) -> str:
    return "các kế hoạch có: " + ", ".join(plan.id for plan in catalogue.plans)


def _task(entry: TaskReportEntry) -> SubmittedTask:
    return SubmittedTask(
        status=Status(entry.status) if entry.status else None,
        result=entry.result,
        documents=tuple(Paper(paper.number, paper.date) for paper in entry.documents),
        completed=entry.completed,
        extension=Extension(entry.extension.to, entry.extension.document) if entry.extension else None,
        condition_met=entry.condition_met,
        done_this_year=entry.done_this_year,
        difficulty=entry.difficulty,
        milestones={int(n): said for n, one in entry.milestones.items() if (said := _milestone(one)) != _NO_MILESTONE},
        done_for=tuple(dict.fromkeys(entry.done_for)),
        settled=entry.settled.document if entry.settled else None,
    )


def _milestone(entry: MilestoneReportEntry) -> SubmittedMilestone:
    return SubmittedMilestone(Status(entry.status) if entry.status else None, entry.completed)


def _indicator(entry: IndicatorReportEntry) -> SubmittedIndicator:
    value = entry.value
    return SubmittedIndicator(
        value=value if isinstance(value, str) else None,
        parts=value if isinstance(value, dict) else {},
        levels={int(year): level for year, level in entry.levels.items() if level is not None},
        estimate=bool(entry.estimate),
        to_date=entry.to_date,
        province_total=bool(entry.province_total),
        source=entry.source,
        note=entry.note,
        met=entry.met,
    )
