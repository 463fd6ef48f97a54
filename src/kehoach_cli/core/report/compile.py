"""Compile a report, or a reminder letter, from a plan and the submissions."""

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field

from kehoach_cli.core.amend.words import moved_text, notes_of, phrase_moved_text, target_text
from kehoach_cli.core.check.promise import promised
from kehoach_cli.core.check.submissions import Check, check
from kehoach_cli.core.check.trend import with_changes
from kehoach_cli.core.check.verdict import compared_in
from kehoach_cli.core.check.wording import time_of
from kehoach_cli.core.duties.assess import State, TaskStates
from kehoach_cli.core.duties.bodies import bearer_at
from kehoach_cli.core.duties.coverage import Coverage, Sent, coverage, speaks_for
from kehoach_cli.core.duties.match import LEAD, Matcher
from kehoach_cli.core.duties.owed import asked, owed
from kehoach_cli.core.model.agency import CENTRAL, Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.lock import Adjustment, PlanLock, own_lock
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import ClauseRole, Indicator, Plan, Task, TaskKind
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.notation.schedule import Schedule
from kehoach_cli.core.report.bodies import body_at
from kehoach_cli.core.report.coverage import coverage_part
from kehoach_cli.core.report.drafting import basis_notes, drafting_notes
from kehoach_cli.core.report.funding import funding_part
from kehoach_cli.core.report.indicators import Span, indicator_part
from kehoach_cli.core.report.letterhead import (
    Given,
    coordinator_routing,
    identity_of,
    is_party,
    letter_routing,
    routing_notes,
    unit_routing,
    with_given,
)
from kehoach_cli.core.report.model import Body, DueLine, LetterData, ReportData, ReportKind, Review, Routing
from kehoach_cli.core.report.narrative import AgencyTexts, narrative
from kehoach_cli.core.report.sources import Evidence
from kehoach_cli.core.report.tasks import Row, TaskWriter, word_of
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized

_REVIEWS = (
    (Review.MIDTERM, re.compile(r"sơ kết(?: [^,;.]*)? năm ([0-9]{4})", re.IGNORECASE)),
    (Review.FINAL, re.compile(r"tổng kết(?: [^,;.]*)? năm ([0-9]{4})", re.IGNORECASE)),
)
_REPORTING = re.compile(r"báo cáo", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_LEADING = frozenset({LEAD, ClauseRole.IMPLEMENT.value, ClauseRole.DIRECT.value})
_CENTRAL = frozenset({"bo", "trung-uong"})
_LEADERS = frozenset({"ubnd", "dang"})


class Order(Struct, frozen=True):
    """The order for a report on a plan and a period, as of a day, with the values that the office gives.

    `part` means that it becomes a part of a larger report; `until` is the day that a letter asks for; with `late_only` a
    letter names the tasks past their deadline, not what a submission would answer. `findings` are what the checks say of the
    submissions. `asked_on` is the day on which it is asked who has not sent, by default `as_of`.
    """

    plan: Plan
    period: Period
    as_of: date
    given: Given = field(default_factory=Given)
    part: bool = False
    until: date | None = None
    findings: tuple[Finding, ...] = ()
    late_only: bool = False
    asked_on: date | None = None


def compile_report(catalogue: Catalogue, order: Order, agency: Agency | None = None) -> ReportData:
    """Return the coordinator's report on a plan, or `agency`'s own.

    States and verdicts come from submissions with a cutoff up to the day; bodies have the names of that day.
    """
    plan, period, as_of, part = order.plan, order.period, order.as_of, order.part
    directory = catalogue.directory
    unit = _living(directory, agency, as_of) if agency else None
    routing = _routing(order, directory, agency)
    sender = directory.get(plan.province, routing.sender.id) or _nameless(routing.sender, plan)
    heard = _own(catalogue, plan, unit) if unit else catalogue.submissions
    closed = _closed(catalogue, plan, unit)
    evidence = Evidence.up_to(plan, heard, as_of, order.findings, closed, period)
    of_plan = Catalogue((plan,), directory, evidence.submissions, refused=catalogue.refused, locks=evidence.locks)
    result = check(of_plan, period, as_of, frozenset(), (unit,) if unit else (), asked_on=order.asked_on)
    result = with_changes(of_plan, result)
    rows = _own_rows(evidence, directory, unit, as_of) if unit else _all_rows(result)
    writer = TaskWriter(evidence, directory, rows, period, as_of, own=unit is not None)
    review, asked_by = review_of(plan, period.year) if period.part is None else (None, None)
    indicators = indicator_part(evidence, directory, result.rows, Span(period, as_of, review=review is not None))
    # What was promised for all is no measure of one agency.
    promise = promised(of_plan, plan, period, as_of) if unit is None and period.part is None else None
    tasks = writer.part(review=review is not None, promise=promise)
    texts = AgencyTexts(evidence, directory, period, own=unit is not None)
    kind = ReportKind.PARTY if is_party(sender) else ReportKind.AGENCY if unit else ReportKind.COORDINATOR
    words = narrative(texts, indicators, tasks, review=review is not None)
    funding = funding_part(evidence, texts.submissions, directory, period)
    routed = (*routing_notes(sender, routing, part=part), *_review_note(review, asked_by))
    return ReportData(
        kind=kind,
        plan=plan.id,
        cite=plan.document.cite,
        year=period.year,
        period=period,
        as_of=as_of,
        as_of_text=f"Số liệu tính đến ngày {format_date(as_of)}.",
        part=part,
        review=review,
        identity=with_given(identity_of(sender, directory, plan, routing), order.given),
        routing=routing,
        title="BÁO CÁO",
        summary=_summary(plan, period, None if unit else review, party=kind is ReportKind.PARTY),
        opening=_opening(order, routing, None if unit else review),
        closing=_closing(plan, period, routing, directory),
        narrative=words,
        indicators=indicators,
        tasks=tasks,
        funding=funding,
        coverage=None if unit else coverage_part(evidence, texts.submissions, result, directory),
        next=writer.next_period(),
        notes=(
            *routed,
            *notes_of(catalogue.amended, plan.id),
            *basis_notes(plan, directory, as_of),
            *drafting_notes(words, indicators, rows, funding, evidence.doubts),
        ),
        figures=tuple(evidence.figures),
        unit=body_at(directory, plan.province, directory.ref(plan.province, unit), as_of) if unit else None,
    )


def has_rows(catalogue: Catalogue, plan: Plan, agency: Agency, as_of: date) -> bool:
    """Whether an agency, or its heir on the day, leads a row of the plan."""
    unit = _living(catalogue.directory, agency, as_of)
    matcher = Matcher(catalogue.directory, plan.province, unit)
    return any(_leads(matcher, plan, task) for task in plan.tasks) or any(map(matcher.indicator, plan.indicators))


def review_of(plan: Plan, year: int) -> tuple[Review | None, str | None]:
    """Return the review that a row of the plan asks for in `year`, and the row's id."""
    for task in plan.tasks:
        if not _REPORTING.search(task.text):
            continue
        for review, pattern in _REVIEWS:
            if any(int(found[1]) == year for found in pattern.finditer(task.text)):
                return review, task.id
    return None, None


def _routing(order: Order, directory: Directory, agency: Agency | None) -> Routing:
    if agency is None:
        return coordinator_routing(order.plan, directory, order.period, order.as_of)
    return unit_routing(order.plan, directory, agency, order.period, order.as_of)


def _all_rows(result: Check) -> tuple[Row, ...]:
    return tuple(Row(task, state) for one in result.tasks for task, state in one.states)


def _own_rows(evidence: Evidence, directory: Directory, unit: Agency, day: date) -> tuple[Row, ...]:
    """Return the tasks that a unit leads, each with the state of the unit's own work."""
    matcher = Matcher(directory, evidence.plan.province, unit)
    states = TaskStates(directory, evidence.submissions)
    plan = evidence.plan
    return tuple(
        Row(task, states.own_state(plan, task, unit, day))
        for task in plan.tasks
        if task.kind is not TaskKind.ORGANISATION and _leads(matcher, plan, task)
    )


def _leads(matcher: Matcher, plan: Plan, task: Task) -> bool:
    return any(match.role in _LEADING for match in matcher.task(plan, task))


def _own(catalogue: Catalogue, plan: Plan, unit: Agency) -> tuple[Submission, ...]:
    """Return the submissions of a unit, of its predecessors, and for a group of its members."""
    return tuple(
        one
        for one in catalogue.submissions
        if one.plan == plan.id and speaks_for(catalogue.directory, plan.province, one.agency, unit)
    )


def _closed(
    catalogue: Catalogue, plan: Plan, unit: Agency | None
) -> tuple[tuple[PlanLock, ...], tuple[Adjustment, ...]]:
    """Return the locks and what was changed since, for a unit what is its own."""
    if unit is None:
        return catalogue.locks, catalogue.adjustments
    own = {one.agency for one in _own(catalogue, plan, unit)}
    return (
        tuple(own_lock(lock, own) for lock in catalogue.locks if lock.plan == plan.id),
        tuple(one for one in catalogue.adjustments if one.agency in own),
    )


def _living(directory: Directory, agency: Agency, day: date) -> Agency:
    """Return who has an agency's duties on the day: itself, or its only heir."""
    bearer = bearer_at(directory, agency.province, agency.id, day)
    return bearer.agency if bearer else agency


def _nameless(body: Body, plan: Plan) -> Agency:
    return Agency(body.id, body.name, "", plan.province)


def _short_cite(plan: Plan) -> str:
    return _IN_BRACKETS.sub("", plan.document.cite)


def _of_period(verb: str, plan: Plan, period: Period) -> str:
    """Return `kết quả năm 2025 thực hiện Kế hoạch số … của UBND tỉnh`: a year at the end would seem to be the plan's."""
    return f"{verb} {period.full_text} thực hiện {_short_cite(plan)}"


def _summary(plan: Plan, period: Period, review: Review | None, *, party: bool) -> str:
    text = {
        None: _of_period("kết quả", plan, period),
        Review.MIDTERM: f"sơ kết giữa kỳ thực hiện {_short_cite(plan)}; kết quả thực hiện {period.full_text}",
        Review.FINAL: f"tổng kết thực hiện {_short_cite(plan)}; kết quả thực hiện {period.full_text}",
    }[review]
    return text if party else text[:1].upper() + text[1:]


def _opening(order: Order, routing: Routing, review: Review | None) -> str:
    """Return the first sentence of the document; in a part of a larger report it only names the subject."""
    plan, when = order.plan, order.period.full_text
    until = f"(số liệu tính đến ngày {format_date(order.as_of)})"
    if order.part:
        return f"{_summary(plan, order.period, review, party=False)} {until}:"
    what = {
        None: f"kết quả thực hiện {when}",
        Review.MIDTERM: f"kết quả sơ kết giữa kỳ và kết quả thực hiện {when}",
        Review.FINAL: f"kết quả tổng kết và kết quả thực hiện {when}",
    }[review]
    return f"Thực hiện {plan.document.cite}, {routing.sender.name} báo cáo {what} {until} như sau:"


def _closing(plan: Plan, period: Period, routing: Routing, directory: Directory) -> str:
    """Return the last sentence: every recipient is asked for what is its part, a peer never to direct the sender."""
    wishes: dict[str, list[str]] = {}
    for one in routing.recipients:
        found = directory.get(plan.province, one.id)
        wishes.setdefault(_wish(found.kind if found else ""), []).append(one.name)
    whom = "; ".join(f"{', '.join(names)} {wish}" for wish, names in wishes.items())
    text = f"Trên đây là {_of_period('kết quả', plan, period)}, {routing.sender.name} báo cáo {whom}"
    return text.rstrip()


def _wish(kind: str) -> str:
    if kind in _CENTRAL:
        return "tổng hợp, theo dõi"
    return "xem xét, chỉ đạo" if kind in _LEADERS else "tổng hợp"


def _review_note(review: Review | None, asked_by: str | None) -> tuple[str, ...]:
    words = {Review.MIDTERM: "sơ kết giữa kỳ", Review.FINAL: "tổng kết"}
    return (f"Mục {asked_by} của Kế hoạch yêu cầu {words[review]} trong năm báo cáo này.",) if review else ()


def compile_letter(catalogue: Catalogue, order: Order, agency: Agency) -> LetterData | None:
    """Return the coordinator's reminder letter to `agency`; None if it owes nothing on the day, or is the coordinator.

    It owes something if its submission is missing, rows are open, or tasks are past their deadline.
    """
    plan, period, as_of = order.plan, order.period, order.as_of
    directory = catalogue.directory
    unit = _living(directory, agency, as_of)
    evidence = Evidence.up_to(plan, _own(catalogue, plan, unit), as_of)
    covered = _coverage_of(catalogue, order, unit)
    lines = _due_lines(evidence, directory, unit, order, covered)
    state = covered.state if covered else Sent.OPTIONAL
    if is_coordinator(directory, plan, unit, as_of) or (not lines and state in {Sent.SENT, Sent.LATE, Sent.OPTIONAL}):
        return None
    send = "bổ sung báo cáo, gửi" if state in {Sent.SENT, Sent.LATE} else "gửi báo cáo"
    routing = letter_routing(plan, directory, unit, period, as_of)
    sender = directory.get(plan.province, routing.sender.id) or _nameless(routing.sender, plan)
    for line in lines:
        evidence.note(f"lines[{line.id}].word", f"{line.id}: tình trạng", line.word, evidence.task(line.id))
    name = routing.recipients[0].name
    return LetterData(
        plan=plan.id,
        cite=plan.document.cite,
        year=period.year,
        period=period,
        as_of=as_of,
        party=is_party(sender),
        identity=with_given(identity_of(sender, directory, plan, routing, letter=True), order.given),
        routing=routing,
        summary=f"đôn đốc báo cáo {_of_period('kết quả', plan, period)}",
        body=_letter_body(plan, period, order.asked_on or as_of, routing, state, has_lines=bool(lines)),
        lines=lines,
        missing="Không có nội dung riêng; đề nghị báo cáo theo mẫu chung.",
        request=(
            f"Đề nghị {name} {send} về {routing.sender.name} chậm nhất ngày ",
            " để tổng hợp, báo cáo theo quy định.",
        ),
        until=order.until,
        closing=f"{routing.sender.name} đề nghị {name} quan tâm, phối hợp thực hiện",
        notes=_letter_notes(routing, covered),
        figures=tuple(evidence.figures),
    )


def silent_units(
    catalogue: Catalogue, plan: Plan, period: Period, as_of: date, asked_on: date | None = None
) -> tuple[Agency, ...]:
    """Return the bodies whose submission is due and missing, in the order of the plan's rule, without the coordinator."""
    (covered,) = coverage(catalogue, period, as_of, frozenset({plan.id}), asked_on=asked_on)
    missing = (row.sender.agency for row in covered.having(Sent.MISSING))
    return tuple(one for one in missing if not is_coordinator(catalogue.directory, plan, one, as_of))


def is_coordinator(directory: Directory, plan: Plan, agency: Agency, day: date) -> bool:
    """Whether a body, or its heir on the day, has the coordinator's duties: it writes no letters to itself."""
    own = directory.ref(plan.province, _living(directory, agency, day))
    return own == body_at(directory, plan.province, plan.coordinator, day).id


def _coverage_of(catalogue: Catalogue, order: Order, unit: Agency) -> Coverage | None:
    plans = frozenset({order.plan.id})
    (covered,) = coverage(catalogue, order.period, order.as_of, plans, asked_on=order.asked_on)
    return next((row for row in covered.rows if row.sender.agency == unit), None)


def _due_lines(
    evidence: Evidence, directory: Directory, unit: Agency, order: Order, covered: Coverage | None
) -> tuple[DueLine, ...]:
    """Return a unit's open rows of the period, and its tasks past their deadline."""
    plan, period, day = order.plan, order.period, order.as_of
    duties = covered.sender.owed if covered else owed(asked(plan, period), Matcher(directory, plan.province, unit))
    unanswered = frozenset(() if order.late_only else covered.unanswered if covered else duties.ids)
    found = [
        (row.id, capitalized(row.name), _target_text(row, period), "Chưa có số liệu")
        for row in duties.indicators
        if row.id in unanswered
    ]
    states = TaskStates(directory, evidence.submissions)
    for task, _ in duties.tasks:
        row = Row(task, states.own_state(plan, task, unit, day))
        if row.late or task.id in unanswered:
            when = _schedule_text(task.schedule, row.state)
            found.append((task.id, capitalized(task.text), when, word_of(row.state)))
    return tuple(DueLine(number, *line) for number, line in enumerate(found, 1))


def _target_text(row: Indicator, period: Period) -> str:
    """Return the target that applies in a period: its own, else the year's or the next one, else the last."""
    target, _ = compared_in(row, period)
    target = target or (row.targets[-1] if row.targets else None)
    return f"Mục tiêu {time_of(target, span=False)}: {target_text(target)}" if target else "-"


def _schedule_text(schedule: Schedule, state: State) -> str:
    if state.extension and state.deadline:
        return f"{format_date(state.deadline)} (đã gia hạn){moved_text(schedule)}"
    return f"{schedule.text or '-'}{phrase_moved_text(schedule)}"


def _letter_body(
    plan: Plan, period: Period, asked_on: date, routing: Routing, state: Sent, *, has_lines: bool
) -> tuple[str, ...]:
    sender, whom, when = routing.sender.name, routing.recipients[0].name, period.full_text
    rule = f"Mục {routing.source} của Kế hoạch quy định báo cáo {routing.due_text}." if routing.due_text else ""
    if routing.asked_by:
        rule = f"{routing.asked_by} yêu cầu báo cáo {when}."
    first = f"{sender} được giao theo dõi, tổng hợp kết quả thực hiện {plan.document.cite}. {rule}".strip()
    second = {
        Sent.LATE: f"Báo cáo {when} của {whom} được gửi sau thời hạn",
        Sent.REFUSED: f"Biểu báo cáo {when} của {whom} đã gửi nhưng còn lỗi nên {sender} chưa nhận được số liệu",
        Sent.SENT: f"{sender} đã nhận được báo cáo {when} của {whom}",
        Sent.OPTIONAL: f"{whom} được giao một số nội dung của Kế hoạch",
    }.get(state, f"Đến ngày {format_date(asked_on)}, {sender} chưa nhận được báo cáo {when} của {whom}")
    rest = "Các nội dung còn thiếu hoặc quá hạn như sau:" if has_lines else ""
    return first, f"{second}. {rest}".strip()


def _letter_notes(routing: Routing, covered: Coverage | None) -> tuple[str, ...]:
    notes = []
    if covered and covered.sender.note:
        notes.append(f"{covered.sender.agency.name}: {covered.sender.note}.")
    if covered is None or not covered.sender.required:
        notes.append("Kế hoạch không bắt buộc cơ quan này gửi báo cáo; cân nhắc trước khi gửi.")
    if covered and covered.state is Sent.AWAITED:
        notes.append("Thời hạn gửi báo cáo theo Kế hoạch chưa qua.")
    notes += [
        f"{one.name}: Kế hoạch ghi {' → '.join(one.formerly)}."
        for one in (routing.sender, *routing.recipients)
        if one.formerly
    ]
    return tuple(notes)


def province_of(plan: Plan, agencies: Iterable[Agency]) -> Agency | None:
    """Return, of bodies with the same name, the one of the plan's province; a central body belongs to every province."""
    return next((one for one in agencies if one.province in {plan.province, CENTRAL}), None)
