"""Part II.1 of a report: the indicators, their verdicts, and the summary sentences.

In the years between milestones a value is compared with the next milestone. The comparison with the straight line is not an
official verdict and is printed in the notes only.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import groupby

from msgspec import Struct

from kehoach_cli.core.amend.words import target_text
from kehoach_cli.core.check.compare import meets, near_end
from kehoach_cli.core.check.evaluation import Evaluation, Verdict
from kehoach_cli.core.check.locked import adjusted_text, reported_in
from kehoach_cli.core.check.submissions import CheckRow
from kehoach_cli.core.check.wording import difference_text, reported_text, time_of, verdict_word
from kehoach_cli.core.duties.bodies import TO_CHECK, names_at
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.lock import lock_of
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.model.plan import Indicator, Plan
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator
from kehoach_cli.core.notation.target import Target
from kehoach_cli.core.report.model import IndicatorCounts, IndicatorGroup, IndicatorLine, IndicatorPart, Source
from kehoach_cli.core.report.numbers import printed_text
from kehoach_cli.core.report.places import heading_number, heading_place
from kehoach_cli.core.report.sources import Evidence, entry_source
from kehoach_cli.viet.number import rounded
from kehoach_cli.viet.text import capitalized

_NO_DATA = "chưa có số liệu"
_TRACK = {
    Verdict.ON_TRACK: "đúng lộ trình (tính theo đường thẳng giữa hai mốc, để tham khảo)",
    Verdict.BEHIND: "chậm lộ trình (tính theo đường thẳng giữa hai mốc, để tham khảo)",
}
_OFFICIAL = (Verdict.EXCEEDED, Verdict.MET, Verdict.PARTLY, Verdict.MISSED, Verdict.NO_DATA)


class Span(Struct, frozen=True):
    """The period of the report and its day; a `review` shows the figures of all earlier years."""

    period: Period
    day: date
    review: bool = False


class _Standing(Struct, frozen=True):
    """An indicator: the row that counts, and all its rows."""

    row: CheckRow
    rows: tuple[CheckRow, ...]

    @property
    def indicator(self) -> Indicator:
        return self.row.indicator

    @property
    def evaluation(self) -> Evaluation:
        return self.row.evaluation

    @property
    def withdrawn(self) -> bool:
        return self.evaluation.reason.startswith("đã bãi bỏ")

    @property
    def verdict(self) -> Verdict:
        """The verdict that is counted; a value that cannot be right counts as no value."""
        return Verdict.NO_DATA if self.evaluation.invalid else self.evaluation.verdict

    @property
    def reached(self) -> bool | None:
        """Whether the value reaches its milestone; None without a value."""
        parts = self.evaluation.parts
        if self.verdict is Verdict.NO_DATA or not parts or any(part.value is None for part in parts):
            return None
        direction = self.indicator.direction
        return all(meets(one.part, direction, one.value or Fraction()) is not Verdict.MISSED for one in parts)

    def sources(self, evidence: Evidence) -> tuple[Source, ...]:
        said = [entry_source(row.submission, "indicators", self.indicator.id) for row in self.rows if row.submission]
        return (*said, evidence.row(self.indicator.id))


def indicator_part(evidence: Evidence, directory: Directory, rows: Iterable[CheckRow], span: Span) -> IndicatorPart:
    """Return the part on indicators from the verdicts of the year's check."""
    standings = [_standing(list(found)) for _, found in groupby(rows, key=lambda row: row.indicator.id)]
    if not standings:
        text = "Kế hoạch không quy định chỉ tiêu định lượng." if not evidence.plan.indicators else _NONE_LED
        return IndicatorPart((text,), (), None, ())
    counted = [one for one in standings if not one.withdrawn]
    official = [one for one in counted if one.evaluation.official]
    between = [one for one in counted if not one.evaluation.official]
    counts = _counts(official, between)
    _note_counts(evidence, counts, official, between)
    lines = [_line(number, one, evidence, directory, span) for number, one in enumerate(standings, 1)]
    groups = _groups(evidence.plan, standings, lines)
    _note_lines(evidence, groups, {one.indicator.id: one for one in standings}, span.period)
    sentences = _sentences(official, between, span.period)
    doubtful = sum(line.doubtful for line in lines)
    return IndicatorPart(
        sentences, _notes(standings, doubtful, span.period), counts, groups, _doubts(standings, directory, span.day)
    )


_NONE_LED = "Cơ quan không được giao chịu trách nhiệm chỉ tiêu nào của Kế hoạch."


def _standing(rows: list[CheckRow]) -> _Standing:
    """Return the row that counts for an indicator: the province's total, else the first with an entry."""
    ranked = sorted(rows, key=lambda row: (not row.total, row.submission is None))
    return _Standing(ranked[0], tuple(rows))


def _counts(official: list[_Standing], between: list[_Standing]) -> IndicatorCounts:
    by = {verdict: sum(one.verdict is verdict for one in official) for verdict in _OFFICIAL}
    reached = sum(one.reached is True for one in between)
    short = sum(one.reached is False for one in between)
    return IndicatorCounts(
        total=len(official) + len(between),
        official=len(official),
        exceeded=by[Verdict.EXCEEDED],
        met=by[Verdict.MET],
        partly=by[Verdict.PARTLY],
        missed=by[Verdict.MISSED],
        no_data=by[Verdict.NO_DATA],
        between=len(between),
        reached=reached,
        short=short,
        unknown=len(between) - reached - short,
    )


def _sentences(official: list[_Standing], between: list[_Standing], period: Period) -> tuple[str, ...]:
    """Return the summary sentences; the numbers in each add up to its first number, and none of them is a zero."""
    sentences = []
    if official:
        counts = _counts(official, [])
        said = _listed(
            (counts.exceeded, "vượt"),
            (counts.met, "đạt"),
            (counts.partly, "đạt một phần"),
            (counts.missed, _missed_word(official)),
            (counts.no_data, _NO_DATA),
        )
        some = f" có mục tiêu đánh giá {period.full_text}" if between else ""
        if counts.official == 1:
            sentences.append(f"Có 1 chỉ tiêu{some}, kết quả: {said.removeprefix('1 chỉ tiêu ')}.")
        else:
            sentences.append(f"Trong tổng số {counts.official} chỉ tiêu{some}: {said}.")
    by_goal: dict[int | None, list[_Standing]] = {}
    for one in between:
        by_goal.setdefault(one.evaluation.target.year if one.evaluation.target else None, []).append(one)
    for position, (goal, some_of) in enumerate(by_goal.items()):
        counts = _counts([], some_of)
        opening = (
            f"{capitalized(period.full_text)} không phải mốc đánh giá của Kế hoạch. "
            if not official and not position
            else ""
        )
        whole = f"Trong {counts.between} chỉ tiêu còn lại, so" if official or len(by_goal) > 1 else "So"
        compared = (
            f"{whole} với mục tiêu đến năm {goal}" if goal else f"{counts.between} chỉ tiêu chưa xác định được mục tiêu"
        )
        said = _listed((counts.reached, "đã đạt hoặc vượt"), (counts.short, "chưa đạt"), (counts.unknown, _NO_DATA))
        sentences.append(f"{opening}{compared}: {said}.")
    return tuple(sentences)


def _listed(*counts: tuple[int, str]) -> str:
    """Return the counts that are not zero, the first with its noun: `6 chỉ tiêu vượt, 7 đạt`."""
    said = [f"{number} {word}" for number, word in counts if number]
    return ", ".join([said[0].replace(" ", " chỉ tiêu ", 1), *said[1:]])


def _missed_word(official: list[_Standing]) -> str:
    """Return one word for all missed indicators: "không đạt" only if it is true of each."""
    missed = [one for one in official if one.verdict is Verdict.MISSED] or official
    final = all(one.evaluation.last and not (one.row.entry and one.row.entry.estimate) for one in missed)
    return "không đạt" if final else "chưa đạt"


def _notes(standings: list[_Standing], doubtful: int, period: Period) -> tuple[str, ...]:
    notes = [f"Trong đó {doubtful} chỉ tiêu có số liệu {TO_CHECK}."] if doubtful else []
    notes += [
        f"Chỉ tiêu {_named(one)}: {one.evaluation.reason}; không tính vào tổng số."
        for one in standings
        if one.withdrawn
    ]
    if any(row.entry and row.entry.estimate for one in standings for row in one.rows):
        notes.append(f"Số liệu ghi (ước) là số ước thực hiện {'cả năm' if period.part is None else 'cả kỳ'}.")
    if period.part is not None:
        notes.append(
            f"Số phát sinh là số lũy kế từ 01/01/{period.year} đến hết kỳ; chỉ tiêu có mục tiêu riêng của {period.full_text} thì "
            "ghi số của kỳ."
        )
    return tuple(notes)


def _doubts(standings: list[_Standing], directory: Directory, day: date) -> tuple[str, ...]:
    """Return what the drafting officer must settle: values that cannot be right, and our own word for a mixed verdict."""
    doubts = []
    for one in standings:
        if one.evaluation.invalid and not one.withdrawn:
            said = "; ".join(
                f"{names_at(directory, row.plan.province, [row.agency], day)}: {reported_text(row.entry)}"
                for row in one.rows
                if row.agency and row.entry
            )
            mark = "" if one.evaluation.reason.startswith("cần") else ":"
            doubts.append(
                f"Chỉ tiêu {_named(one)}{mark} {one.evaluation.reason} ({said}); được tính vào số {_NO_DATA}."
            )
        elif one.verdict is Verdict.PARTLY:
            doubts.append(
                f'Chỉ tiêu {_named(one)}: "Đạt một phần" là cách gọi của kehoach cho chỉ tiêu gồm nhiều đối tượng mà có đối '
                "tượng chưa đạt."
            )
    return tuple(doubts)


def _named(one: _Standing) -> str:
    return f"{one.indicator.id} ({one.indicator.name})"


def _line(number: int, one: _Standing, evidence: Evidence, directory: Directory, span: Span) -> IndicatorLine:
    evaluation, indicator = one.evaluation, one.indicator
    return IndicatorLine(
        number=number,
        id=indicator.id,
        name=capitalized(indicator.name),
        unit=indicator.unit or "-",
        agency=names_at(directory, evidence.plan.province, indicator.lead, span.day, indicator.now) or "-",
        target=_target_text(evaluation.target),
        previous=_previous(evidence, indicator, directory, span.period.year_before),
        result=_result(one, directory, span.day),
        difference=difference_text(evaluation).removeprefix("bằng ").removesuffix(" mục tiêu") or "-",
        word=_word(one),
        note=_note(
            one,
            [
                _history(evidence, one.indicator, directory, span),
                _change(one),
                *_adjusted(evidence, indicator, span.period),
            ],
        ),
        verdict=evaluation.verdict,
        official=evaluation.official,
        estimate=bool(one.row.entry and one.row.entry.estimate),
        value=None if evaluation.invalid else _plain(evaluation.value),
        goal=_plain(_goal(indicator, evaluation.target)),
        doubtful=evidence.doubts.on("indicators", indicator.id),
    )


def _change(one: _Standing) -> str:
    """Return how the figure changed against the year before; what cannot be compared is for the drafting officer."""
    change = one.row.change
    return change.words if change and change.steps else ""


def _word(one: _Standing) -> str:
    evaluation = one.evaluation
    if one.withdrawn:
        return "Đã bãi bỏ"
    if evaluation.official or evaluation.verdict is Verdict.NO_DATA:
        return verdict_word(evaluation, one.row.entry)
    return "Chưa đến kỳ đánh giá"


def _note(one: _Standing, first: Iterable[str]) -> str:
    evaluation = one.evaluation
    notes = list(filter(None, first))
    if not evaluation.official and not one.withdrawn and evaluation.target:
        if one.reached is not None:
            notes.append(f"{'đã' if one.reached else 'chưa'} đạt mức của mục tiêu đến năm {evaluation.target.year}")
        notes += [_TRACK[evaluation.verdict]] if evaluation.verdict in _TRACK else []
    # What is wrong with a value is for the drafting officer.
    notes += [evaluation.reason] if evaluation.reason and not evaluation.invalid else []
    entry = one.row.entry
    if entry:
        notes += [f"nguồn: {entry.source}"] if entry.source else []
        notes += [entry.note.rstrip(".")] if entry.note else []
        notes += [f"lũy kế: {printed_text(entry.to_date, one.indicator.unit)}"] if entry.to_date else []
    return capitalized("; ".join(notes))


def _result(one: _Standing, directory: Directory, day: date) -> str:
    """Return the year's figure; of several agencies, each with its name."""
    said = [(row.agency or "", _figure(row.entry, one)) for row in one.rows if row.entry and reported_text(row.entry)]
    if not said:
        return _NO_DATA
    if len({text for _, text in said}) == 1:
        return said[0][1]
    province = one.row.plan.province
    return "; ".join(f"{text} ({names_at(directory, province, [agency], day)})" for agency, text in said)


def _figure(entry: SubmittedIndicator | None, one: _Standing) -> str:
    """Return a figure as documents print it, rounded so that a missed target does not look met."""
    if entry is None:
        return ""
    missed = one.verdict in {Verdict.MISSED, Verdict.BEHIND, Verdict.NOT_DUE}
    apart_from = _goal(one.indicator, one.evaluation.target) if missed else None
    text = _values_text(entry, one.indicator.unit, apart_from)
    return f"{text} (ước)" if entry.estimate and text else text


def _values_text(entry: SubmittedIndicator, unit: str | None, apart_from: Fraction | None = None) -> str:
    if entry.value is not None:
        return printed_text(entry.value, unit, apart_from)
    said = [f"{scope}: {printed_text(value, unit)}" for scope, value in entry.parts.items()]
    return "; ".join(said or [f"năm {year}: {printed_text(level)}" for year, level in entry.levels.items()])


def _previous(evidence: Evidence, indicator: Indicator, directory: Directory, period: Period) -> str:
    """Return the last figure of each agency for a period: as it was closed, else as it was reported."""
    plan = evidence.plan
    said = {
        voice(directory, plan.province, agency): _past_figure(entry, indicator)
        for agency, entry in reported_in(evidence.locks, evidence.submissions, plan.id, indicator.id, period)
    }
    return "; ".join(dict.fromkeys(text for text in said.values() if text)) or "-"


def _past_sources(evidence: Evidence, indicator: Indicator, period: Period) -> list[Source]:
    """Return the places of the figures for an earlier period."""
    if lock := lock_of(evidence.locks, evidence.plan.id, period.key):
        return [Source(lock.shown, 0)]
    return [entry_source(found, "indicators", indicator.id) for found in _given_for(evidence, indicator, period)]


def _adjusted(evidence: Evidence, indicator: Indicator, period: Period) -> Iterator[str]:
    """Yield which figures of the period and of the same one a year before were changed after they had been closed."""
    for one in evidence.adjusted("indicators", indicator.id):
        if one.period in {period.key, period.year_before.key}:
            whose = "" if one.period == period.key else "kết quả năm trước "
            yield whose + adjusted_text(one)


def _past_figure(entry: SubmittedIndicator, indicator: Indicator) -> str:
    text = _values_text(entry, indicator.unit)
    return f"{text} (ước)" if entry.estimate and text else text


def _history(evidence: Evidence, indicator: Indicator, directory: Directory, span: Span) -> str:
    """Return the figures of the parts of the year in order; in a review also those of all years before last year."""
    known = {one.period for one in evidence.submissions} | set(filter(None, map(parse_period, _closed(evidence))))
    periods = sorted((one for one in known if _is_told(one, span)), key=lambda one: one.order)
    said = [(period, _previous(evidence, indicator, directory, period)) for period in periods]
    return "; ".join(f"{period.text}: {text}" for period, text in said if text != "-")


def _closed(evidence: Evidence) -> list[str]:
    return [one.period for one in evidence.locks]


def _is_told(period: Period, span: Span) -> bool:
    """Whether a figure of this period is told beside that of the report's own."""
    whole = span.period.part is None
    if period.part is None:
        return span.review and period.year < span.period.year - 1
    return whole and period.year == span.period.year


def _given_for(evidence: Evidence, indicator: Indicator, period: Period) -> list[Submission]:
    return [one for one in evidence.submissions if one.period == period and indicator.id in one.indicators]


def _target_text(target: Target | None) -> str:
    if target is None:
        return "-"
    return f"{target_text(target)} ({time_of(target)})"


def _goal(indicator: Indicator, target: Target | None) -> Fraction | None:
    if target is None or len(target.parts) != 1 or target.parts[0].event:
        return None
    return near_end(target.parts[0], indicator.direction)


def _printed(value: float, goal: float | None = None) -> str:
    return rounded(Fraction(value), *(() if goal is None else (Fraction(goal),)))


def _plain(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _groups(plan: Plan, standings: list[_Standing], lines: list[IndicatorLine]) -> tuple[IndicatorGroup, ...]:
    """Return the lines under the plan's headings, in the plan's order."""
    found: dict[str | None, list[IndicatorLine]] = {}
    for one, line in zip(standings, lines, strict=True):
        found.setdefault(one.indicator.section, []).append(line)
    groups = []
    for section_id, under in found.items():
        section = plan.section(section_id)
        groups.append(
            IndicatorGroup(
                section_id or "",
                heading_number(section_id),
                section.title if section else "",
                tuple(under),
                heading_place(section_id),
            )
        )
    return tuple(groups)


def _note_counts(
    evidence: Evidence, counts: IndicatorCounts, official: list[_Standing], between: list[_Standing]
) -> None:
    def put(name: str, label: str, value: int, some: list[_Standing]) -> None:
        # The sources of a zero are all rows that were counted.
        found = [source for one in some or [*official, *between] for source in one.sources(evidence)]
        evidence.note(f"indicators.counts.{name}", label, value, found)

    put("total", "Tổng số chỉ tiêu", counts.total, [*official, *between])
    put("official", "Chỉ tiêu đến mốc đánh giá", counts.official, official)
    names = ("exceeded", "met", "partly", "missed", "no_data")
    words = ("vượt", "đạt", "đạt một phần", _missed_word(official), _NO_DATA)
    for name, word, verdict in zip(names, words, _OFFICIAL, strict=True):
        some = [one for one in official if one.verdict is verdict]
        put(name, f"Chỉ tiêu {word}", getattr(counts, name), some)
    put("between", "Chỉ tiêu chưa đến mốc đánh giá", counts.between, between)
    for name, word, state in (
        ("reached", "đã đạt hoặc vượt mục tiêu mốc sau", True),
        ("short", "chưa đạt mục tiêu mốc sau", False),
        ("unknown", f"{_NO_DATA} (chưa đến mốc)", None),
    ):
        put(name, f"Chỉ tiêu {word}", getattr(counts, name), [one for one in between if one.reached is state])


def _note_lines(
    evidence: Evidence, groups: tuple[IndicatorGroup, ...], standings: dict[str, _Standing], period: Period
) -> None:
    for group in groups:
        for line in group.lines:
            one, key = standings[line.id], f"indicators.groups[{group.id}].lines[{line.id}]"
            before = _past_sources(evidence, one.indicator, period.year_before)
            every = [
                entry_source(found, "indicators", line.id)
                for found in evidence.submissions
                if line.id in found.indicators
            ]
            said = [source for source in one.sources(evidence) if source.file != evidence.plan.file]
            row = evidence.row(line.id)
            evidence.note(f"{key}.target", f"{line.id}: mục tiêu", line.target, [row])
            evidence.note(f"{key}.previous", f"{line.id}: kết quả năm trước", line.previous, before or [row])
            evidence.note(f"{key}.result", f"{line.id}: kết quả", line.result, said or [row])
            evidence.note(f"{key}.difference", f"{line.id}: so với mục tiêu", line.difference, [*said, row])
            if change := _change(one):
                evidence.note(f"{key}.note", f"{line.id}: so với năm trước", change, [*said, *before])
            if line.value is not None:
                evidence.note(f"{key}.value", f"{line.id}: giá trị", _printed(line.value, line.goal), every or [row])
            if line.goal is not None:
                evidence.note(f"{key}.goal", f"{line.id}: mức phải đạt", _printed(line.goal), [row])
