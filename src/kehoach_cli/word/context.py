"""Turns the data of a report or a letter into the variables of its template, written as the layout rules require."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from kehoach_cli.core.check.wording import COLUMN_HEADERS
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.report.consolidated_document import ConsolidatedData
from kehoach_cli.core.report.consolidated_text import (
    Chapter,
    ConsolidatedIndicator,
    ConsolidatedTask,
    Noted,
    TextBlock,
)
from kehoach_cli.core.report.model import (
    AgencyRow,
    CoveragePart,
    FundingLine,
    FundingPart,
    Identity,
    IndicatorLine,
    IndicatorPart,
    LetterData,
    NarrativeText,
    NextPart,
    ReportData,
    TaskCounts,
    TaskGroup,
    TaskLine,
)
from kehoach_cli.core.report.summary_document import ProofGroup, SummaryData
from kehoach_cli.core.report.texts import says_nothing, under_name
from kehoach_cli.office.profile import PARTY, STATE, load_profile
from kehoach_cli.templating.controls import refuse_controls
from kehoach_cli.templating.values import field_names
from kehoach_cli.viet.dates import format_date
from kehoach_cli.word.charts import Chart
from kehoach_cli.word.marks import BLANK, CHART, MARKS, NOTE, blank, doubted, flagged
from kehoach_cli.word.template_variables import (
    AmendedIndicator,
    AmendedIndicators,
    AmendedTask,
    AmendedTasks,
    AppendixNames,
    ChapterView,
    ChartPlaces,
    ConsolidatedView,
    Foot,
    Head,
    LetterView,
    NarrativeParagraphs,
    ParagraphText,
    ReportView,
    SummaryView,
    TaskTexts,
    TextBlockView,
)

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_NAME_GAP = 28
_NUMBER_GAP = 6
_DAY_GAP = 5
_BELOW_TEN = re.compile(r"0*([0-9])")
_PADDED_MONTHS = 2
# The report of one agency does not tell who else reported.
_NOBODY = CoveragePart("", 0, 0, 0, 0, 0, 0, None, ())
_PARAGRAPH_GAP = 60
_MOST_BARS, _MOST_PAIRS = 12, 15
_FEWEST = 2
_FIGURE = re.compile(r"\b(số|ngày) (?=\d+/)|(?<=\()(năm) (?=\d)")
# A status has one colour in every report; the darkest are late, also in print without colours.
_FILLS = {
    CountColumn.ON_TIME: "548235",
    CountColumn.LATE: "A9D18E",
    CountColumn.UNDATED: "C5E0B3",
    CountColumn.IN_TIME: "9DC3E6",
    CountColumn.OVERDUE: "843C0C",
    CountColumn.NOT_YET: "DEEAF6",
    CountColumn.ONGOING: "2E75B6",
    CountColumn.WAITING: "FFD966",
    CountColumn.CARRIED: "F4B183",
    CountColumn.DROPPED: "7F7F7F",
    CountColumn.UNREPORTED: "BFBFBF",
}
_LABEL = 90
_END = re.compile(rf"\./\.(?=(?:{NOTE}[0-9]+{NOTE})*$)")


def report_view(data: ReportData) -> ReportView:
    """Return the variables of the template of a report.

    Raises:
        CannotRunError: a text holds a control character; the message names where.
    """
    _refuse_controls(data)
    profile = load_profile(PARTY if data.party else STATE)
    whole = data.unit is None
    return ReportView(
        head=_head(data.identity, profile),
        foot=_foot(data.identity),
        title=data.title,
        summary=_unbroken(data.summary),
        to=tuple(body.name for body in data.routing.recipients),
        opening=data.opening,
        closing=_unended(data.closing),
        year=data.year,
        period=data.period.full_text,
        period_capitals=data.period.full_text.upper(),
        next_period_capitals=data.period.following.full_text.upper(),
        previous_period="năm trước" if data.period.part is None else "cùng kỳ năm trước",
        as_of_text=_unended(data.as_of_text),
        cite=data.cite,
        part=data.part,
        narrative=_narrative(data, named=whole),
        indicators=_indicators(data.indicators),
        tasks=_tasks(data),
        funding=_funding(data.funding),
        coverage=data.coverage or _NOBODY,
        next=_next(data.next),
        appendix=_appendix(data, whole=whole),
        reference=_reference(data, profile),
        charts=_charts(data),
        notes=(),
    )


def letter_view(data: LetterData) -> LetterView:
    """Return the variables of the template of a letter.

    Raises:
        CannotRunError: a text holds a control character; the message names where.
    """
    _refuse_controls(data)
    profile = load_profile(PARTY if data.party else STATE)
    return LetterView(
        head=_head(data.identity, profile),
        foot=_foot(data.identity),
        summary=_unbroken(data.summary),
        to=tuple(body.name for body in data.routing.recipients),
        body=data.body,
        lines=data.lines,
        missing=data.missing,
        request=f"{data.request[0]}{_until(data.until)}{data.request[1]}",
        closing=_unended(data.closing),
        year=data.year,
        period=data.period.full_text,
        cite=data.cite,
        notes=(),
    )


def summary_view(data: SummaryData) -> SummaryView:
    """Return the variables of the template of a summary.

    Raises:
        CannotRunError: a text holds a control character; the message names where.
    """
    _refuse_controls(data)
    profile = load_profile(PARTY if data.party else STATE)
    return SummaryView(
        head=_head(data.identity, profile),
        foot=_foot(data.identity),
        title=data.title,
        summary=_unbroken(data.summary),
        to=(blank(_NAME_GAP),),
        opening=data.opening,
        heading=data.heading,
        lines=tuple(replace(line, name=flagged(line.name)) for line in data.lines),
        all=data.total,
        remarks=data.remarks,
        proofs=tuple(map(_proof_group, data.proofs)),
        closing=_unended(data.closing),
    )


def consolidated_view(data: ConsolidatedData) -> ConsolidatedView:
    """Return the variables of the template of a consolidated text; the marks of its notes stand in the texts.

    Raises:
        CannotRunError: a text holds a control character; the message names where.
    """
    _refuse_controls(data)
    profile = load_profile(PARTY if data.party else STATE)
    head, foot = _head(data.identity, profile), _foot(data.identity)
    # Nobody says who consolidates a plan: whoever issued it is a guess that somebody confirms.
    issuer = tuple(line if line.startswith(BLANK) else f"{BLANK}{line}{BLANK}" for line in head.issuer)
    *_, archive = foot.recipients
    chapters = [_chapter(one) for one in data.chapters]
    return ConsolidatedView(
        head=replace(head, issuer=issuer),
        foot=replace(foot, recipients=(f"- {blank(_NAME_GAP)};", archive)),
        title=data.title,
        summary=_unbroken(data.summary),
        as_of_text=data.as_of,
        original=f"{data.original}, có hiệu lực kể từ ngày {blank()}, được sửa đổi, bổ sung bởi:",
        amendments=tuple(
            f"{one}{'.' if at == len(data.amendments) else ';'}" for at, one in enumerate(data.amendments, 1)
        ),
        bases=tuple(_basis(one, doubtful=at in data.doubtful_bases) for at, one in enumerate(data.bases)),
        chapters=tuple(one for one in chapters if not one.name),
        appendices=tuple(one for one in chapters if one.name),
        reference=data.reference,
        provisions=data.provisions,
        closing=_unended(data.closing),
    )


def _basis(basis: Noted, *, doubtful: bool) -> str:
    if not doubtful:
        return _noted(basis)
    notes = "".join(f"{NOTE}{note}{NOTE}" for _, note in basis.notes)
    return f"{BLANK}{basis.text}{BLANK}{notes}"


def _noted(text: Noted) -> str:
    return text.marked(NOTE, NOTE)


def _in_lines(text: Noted) -> str:
    return "\n".join(map(_noted, text.lines))


def _chapter(chapter: Chapter) -> ChapterView:
    return ChapterView(chapter.appendix, _noted(chapter.heading), tuple(map(_text_block, chapter.blocks)))


def _text_block(block: TextBlock) -> TextBlockView:
    return TextBlockView(
        # The end mark of the original would stand within the text.
        tuple(ParagraphText(one.level, _END.sub(".", _noted(one.said))) for one in block.paragraphs),
        tuple(
            AmendedTasks(_noted(group.heading), tuple(map(_noted, group.texts)), tuple(map(_amended_task, group.tasks)))
            for group in block.tasks
        ),
        tuple(
            AmendedIndicators(
                _noted(group.heading), tuple(map(_noted, group.texts)), tuple(map(_amended_indicator, group.indicators))
            )
            for group in block.indicators
        ),
    )


def _amended_task(row: ConsolidatedTask) -> AmendedTask:
    return AmendedTask(
        _noted(row.number),
        _in_lines(row.text),
        _noted(row.lead),
        _noted(row.support),
        _noted(row.schedule),
        _noted(row.outputs),
    )


def _amended_indicator(row: ConsolidatedIndicator) -> AmendedIndicator:
    targets = "\n".join(map(_noted, row.targets))
    return AmendedIndicator(_noted(row.number), _in_lines(row.name), _noted(row.unit), _noted(row.lead), targets)


def _proof_group(group: ProofGroup) -> ProofGroup:
    return replace(
        group,
        title=flagged(group.title),
        lines=tuple(replace(line, lead=flagged(line.lead), word=flagged(line.word)) for line in group.lines),
    )


def _refuse_controls(data: ReportData | LetterData | SummaryData | ConsolidatedData) -> None:
    # The figures repeat what stands elsewhere.
    printed = {name: getattr(data, name) for name in field_names(data) if name != "figures"}
    refuse_controls(printed, MARKS)


def _head(identity: Identity, profile: LayoutProfile) -> Head:
    parent = (blank(_NAME_GAP),) if identity.parent is None else identity.parent
    return Head(
        parent=parent,
        issuer=identity.issuer or (blank(_NAME_GAP),),
        number=_number(identity, profile),
        place_date=f"{identity.place or blank(_NUMBER_GAP * 2)}, {_day(identity.dated)}",
    )


def _number(identity: Identity, profile: LayoutProfile) -> str:
    """Return `Số: 05/BC-SNNMT` or `Số 05-BC/TU`; a document not yet numbered has a gap."""
    number = (identity.number or "").strip()
    if below := _BELOW_TEN.fullmatch(number):
        number = f"0{below[1]}"
    mark = "-" if profile.party else "/"
    symbol = identity.symbol or blank(_NUMBER_GAP)
    # A letter's symbol ends with the unit that drafts it.
    unit = blank(_NUMBER_GAP) if symbol.endswith("-") else ""
    return f"{profile.words.number} {number or blank(_NUMBER_GAP)}{mark}{symbol}{unit}"


def _day(day: date | None) -> str:
    """Return the day in words with two digits; the rule pads the month in January and February only."""
    if day is None:
        return f"ngày {blank(_DAY_GAP)} tháng {blank(_DAY_GAP)} năm {blank(_DAY_GAP)}"
    month = f"{day.month:02d}" if day.month <= _PADDED_MONTHS else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _until(day: date | None) -> str:
    return format_date(day) if day else blank(_NAME_GAP // 2)


def _foot(identity: Identity) -> Foot:
    archive = identity.archive
    if identity.archive_with_unit:
        archive += f", {identity.archive_unit or blank(_NUMBER_GAP)}"
    return Foot(
        authority=identity.authority,
        office=identity.title or blank(_NAME_GAP),
        signer=identity.signer or blank(_NAME_GAP),
        recipients=(*(f"- {name};" for name in identity.recipients), f"- {archive}."),
    )


def _unended(text: str) -> str:
    """Return the last paragraph without its end mark, which the template adds."""
    return text.rstrip().removesuffix("./.").rstrip(".")


def _narrative(data: ReportData, *, named: bool) -> NarrativeParagraphs:
    """Return the narrative as paragraphs; `named` puts the agency before what it wrote."""
    voices = data.narrative
    # A table of amounts is an answer, so no sentence says that words are missing.
    told = bool(voices.funding.voices or voices.funding.facts)

    def spoken(words: NarrativeText | None) -> tuple[str, ...]:
        return tuple(_paragraphs(words, named=named)) if words else ()

    return NarrativeParagraphs(
        directing=spoken(voices.directing),
        strengths=spoken(voices.strengths),
        limits=spoken(voices.limits),
        causes_objective=spoken(voices.causes_objective),
        causes_subjective=spoken(voices.causes_subjective),
        lessons=spoken(voices.lessons),
        funding=spoken(voices.funding) if told or not data.funding.lines else (),
        next_year=spoken(voices.next_year),
        proposals_central=spoken(voices.proposals_central),
        proposals_province=spoken(voices.proposals_province),
        proposals_others=spoken(voices.proposals_others),
    )


def _paragraphs(words: NarrativeText, *, named: bool) -> Iterator[str]:
    """Yield the paragraphs of a part: a blank where nobody wrote anything, "Không có." only where somebody said so."""
    yield from map(flagged, words.facts)
    told = [voice for voice in words.voices if not says_nothing(voice.text)]
    for voice in told:
        text = under_name(voice.agency, voice.text) if named else voice.text
        yield from (line.strip() for line in text.splitlines() if line.strip())
    if words.voices and not told:
        yield "Không có."
    if not words.voices and not words.facts:
        yield blank(_PARAGRAPH_GAP)


def _indicators(part: IndicatorPart) -> IndicatorPart:
    groups = (replace(group, lines=tuple(map(_indicator_line, group.lines))) for group in part.groups)
    return replace(part, groups=tuple(groups), notes=tuple(map(flagged, part.notes)))


def _indicator_line(line: IndicatorLine) -> IndicatorLine:
    word = doubted(line.word) if line.doubtful else flagged(line.word)
    return replace(line, agency=flagged(line.agency), target=_unbroken(line.target), word=word)


def _unbroken(text: str) -> str:
    """Return a text whose figures stay on one line with the word before them: `(năm 2025)`, `ngày 01/7/2022`."""
    return _FIGURE.sub(lambda found: f"{found[0].rstrip()}\u00a0", text)


def _tasks(data: ReportData) -> TaskTexts:
    part = data.tasks
    return TaskTexts(
        sentences=part.sentences,
        task_sentence=part.task_sentence,
        sections=_section_sentences(part.groups, part.task_counts),
        groups=tuple(map(_task_group, part.groups)),
        programme_sentence=part.programme_sentence,
        programme_sections=_section_sentences(part.programmes, part.programme_counts),
        programmes=tuple(map(_task_group, part.programmes)),
        by_agency=tuple(replace(row, name=flagged(row.name)) for row in part.by_agency),
        all=part.counts,
        note=part.note.rstrip("."),
        overdue=tuple(replace(line, lead=flagged(line.lead)) for line in part.overdue),
        overdue_missing=part.overdue_missing,
    )


def _section_sentences(groups: tuple[TaskGroup, ...], counts: TaskCounts) -> tuple[str, ...]:
    """Return a sentence for each heading of the plan, where it says more than the sentence on the whole."""
    if len(groups) < _FEWEST or sum(map(bool, counts.by_column)) < _FEWEST:
        return ()
    return tuple(f"- {group.place}{f' ({group.title})' if group.title else ''}: {group.sentence}" for group in groups)


def _task_group(group: TaskGroup) -> TaskGroup:
    return replace(group, lines=tuple(map(_task_line, group.lines)))


def _task_line(line: TaskLine) -> TaskLine:
    word = doubted(line.word) if line.doubtful else flagged(line.word)
    return replace(line, lead=flagged(line.lead), support=flagged(line.support), word=word)


def _funding(part: FundingPart) -> FundingPart:
    return replace(part, lines=tuple(map(_funding_line, part.lines)))


def _funding_line(line: FundingLine) -> FundingLine:
    if not line.doubtful:
        return line
    return replace(line, planned=f"{BLANK}{line.planned}{BLANK}", spent=f"{BLANK}{line.spent}{BLANK}", share=line.share)


def _next(part: NextPart) -> NextPart:
    return replace(part, lines=tuple(replace(line, lead=flagged(line.lead)) for line in part.lines))


def _appendix(data: ReportData, *, whole: bool) -> AppendixNames:
    """Number the appendices that have rows; a single one has no number."""
    present: Mapping[str, bool] = {
        "indicators": bool(data.indicators.groups),
        "tasks": bool(data.tasks.groups or data.tasks.programmes),
        "agencies": whole and bool(data.tasks.by_agency),
        "overdue": bool(data.tasks.overdue),
        "units": whole and bool(data.coverage and data.coverage.lines),
        "next": bool(data.next.lines),
    }
    printed = [key for key, there in present.items() if there]
    names = {key: f"Phụ lục {_ROMAN[index]}" for index, key in enumerate(printed)}
    if len(printed) == 1:
        names = dict.fromkeys(printed, "Phụ lục")
    return AppendixNames(**{key: names.get(key, "") for key in present})


def _reference(data: ReportData, profile: LayoutProfile) -> str:
    """Return the line under the title of an appendix: the document it belongs to."""
    identity = data.identity
    number = _number(identity, profile).removeprefix(profile.words.number).strip()
    sender = data.routing.sender.name if identity.issuer else blank(_NAME_GAP)
    return f"(Kèm theo Báo cáo số {number} {_day(identity.dated)} của {sender})"


def report_charts(data: ReportData) -> dict[str, Chart]:
    """Return the charts of a report that have something to show, by their name in templates."""
    font = load_profile(PARTY if data.party else STATE).font
    charts = {"indicators": _indicator_chart(data, font), "agencies": _agency_chart(data, font)}
    return {name: chart for name, chart in charts.items() if chart}


def _indicator_chart(data: ReportData, font: str) -> Chart | None:
    """Return results beside targets, for the indicators of the most frequent unit: bars of two units cannot be compared.

    Of many indicators those farthest from their targets are shown. A figure in doubt and a single one get no picture.
    """
    lines = data.indicators.lines
    known = [line for line in lines if line.value is not None and line.goal is not None and not line.doubtful]
    units = Counter(line.unit for line in known)
    unit = max(units, key=lambda one: units[one], default="")
    every = [line for line in known if line.unit == unit]
    far = sorted(every, key=lambda line: -abs((line.value or 0) - (line.goal or 0)) / (abs(line.goal or 0) or 1))
    shown = [line for line in every if line in far[:_MOST_PAIRS]]
    if len(shown) < _FEWEST:
        return None
    some = f"; {_MOST_PAIRS} chỉ tiêu cách xa mục tiêu nhất" if len(every) > _MOST_PAIRS else ""
    said = "; ".join(f"{line.name}: {line.result} (mục tiêu {line.target})" for line in shown)
    return Chart(
        title=f"Kết quả {data.period.full_text} và mục tiêu (đơn vị tính: {unit}{some})",
        categories=tuple(f"{line.number}. {_short(line.name)}" for line in shown),
        series=(
            ("Mục tiêu", "BFBFBF", tuple(line.goal for line in shown)),
            ("Kết quả", "1F4E79", tuple(line.value for line in shown)),
        ),
        stacked=False,
        words=f"Kết quả so với mục tiêu ({unit}): {said}.",
        font=font,
    )


def _agency_chart(data: ReportData, font: str) -> Chart | None:
    """Return the tasks of each agency by status, for the agencies with the most tasks; a single one needs no picture."""
    if len(data.tasks.by_agency) < _FEWEST or data.unit is not None:
        return None
    rows, some = _busiest(data.tasks.by_agency)
    used = [column for column in CountColumn if any(row.counts[column] for row in rows)]
    said = "; ".join(
        f"{row.name}: "
        + ", ".join(f"{COLUMN_HEADERS[one].lower()} {row.counts[one]}" for one in used if row.counts[one])
        for row in rows
    )
    return Chart(
        title=f"Nhiệm vụ theo cơ quan chủ trì{some}",
        categories=tuple(_short(row.name.partition(" (")[0]) for row in rows),
        series=tuple((COLUMN_HEADERS[one], _FILLS[one], tuple(float(row.counts[one]) for row in rows)) for one in used),
        stacked=True,
        words=f"Số nhiệm vụ theo cơ quan chủ trì{some}: {said}.",
        font=font,
    )


def _busiest(rows: Sequence[AgencyRow]) -> tuple[list[AgencyRow], str]:
    """Return the agencies with the most tasks, and which these are where others are left out; of equals, all or none."""
    ranked = sorted(rows, key=lambda row: -row.counts.total)
    if len(ranked) <= _MOST_BARS:
        return ranked, ""
    above = [row for row in ranked if row.counts.total > ranked[_MOST_BARS].counts.total]
    if len(above) < _FEWEST:
        return ranked[:_MOST_BARS], f" ({_MOST_BARS} cơ quan đầu trong bảng)"
    return above, f" (các cơ quan có từ {above[-1].counts.total} nhiệm vụ trở lên)"


def _short(name: str) -> str:
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1].rstrip()}…"


def _charts(data: ReportData) -> ChartPlaces:
    names = report_charts(data)
    slots = {name: f"{CHART}{name}{CHART}" if name in names else "" for name in ("indicators", "agencies")}
    return ChartPlaces(**slots)
