"""What a report is asked for, and the documents that answer it: which plans and agencies, as of which day, signed by whom."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.core.check.submissions import last_cutoff, left_out
from kehoach_cli.core.duties.bodies import gone
from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.report.compile import (
    Order,
    compile_letter,
    compile_report,
    has_rows,
    is_coordinator,
    province_of,
    silent_units,
)
from kehoach_cli.core.report.letterhead import Given
from kehoach_cli.core.report.model import LetterData, ReportData
from kehoach_cli.errors import UsageError
from kehoach_cli.viet.dates import format_date

LETTER = "cong-van-don-doc"
Note = Callable[[str], None]


class Request(Struct, frozen=True):
    """The documents asked for.

    `named`: the plans were asked for by id, so that what cannot be done is refused and not skipped.
    `settings`: what the workspace says of the coordinator's report, by plan. `as_of`: the day asked; None leaves it to the
    submissions on each plan. `asked_on`: the day on which it is asked who has not sent. `findings`: what the checks say of the
    submissions.
    """

    period: Period
    plans: tuple[Plan, ...]
    as_of: date | None = None
    agencies: tuple[Agency, ...] = ()
    given: Given = field(default_factory=Given)
    settings: Mapping[str, Given] = field(default_factory=dict)
    named: bool = False
    letters: bool = False
    part: bool = False
    until: date | None = None
    findings: tuple[Finding, ...] = ()
    asked_on: date | None = None


class ReportDocument(Struct, frozen=True):
    """One document: its data and its file name without ending."""

    data: ReportData | LetterData
    name: str


def plans_in_force(catalogue: Catalogue, year: int, named: frozenset[str], note: Note) -> tuple[Plan, ...]:
    """Return the plans in force in the year, of those named or of all; `note` hears of a plan that is skipped.

    Raises:
        UsageError: a plan that was named is not in force in the year.
    """
    wanted = [plan for plan in catalogue.plans if not named or plan.id in named]
    for plan in wanted:
        if not plan.period.covers(year):
            period = f"{plan.period.start} - {plan.period.end or 'nay'}"
            message = f"{plan.id}: năm {year} nằm ngoài thời kỳ của kế hoạch ({period})"
            if named:
                raise UsageError(message)
            note(f"Bỏ qua {message}.")
    return tuple(plan for plan in wanted if plan.period.covers(year))


def _day(catalogue: Catalogue, request: Request, plan: Plan) -> date:
    """Return the day asked, else the latest cutoff among the period's submissions on the plan itself."""
    return request.as_of or last_cutoff((one for one in catalogue.submissions if one.plan == plan.id), request.period)


def check_request(request: Request) -> None:
    """Refuse what contradicts itself.

    Raises:
        UsageError: what belongs to one document is asked of several, or what belongs to a letter of a report.
    """
    given = request.given
    if given != Given() and len(request.plans) > 1 and given != Given(place=given.place):
        raise UsageError(
            "số, ngày, người ký và các mục riêng của văn bản chỉ dùng khi lập một báo cáo; thêm --plan, hoặc ghi vào "
            "kehoach.toml"
        )
    if request.letters and request.part:
        raise UsageError("--part không dùng cho công văn đôn đốc")
    if request.until and not request.letters:
        raise UsageError(f"--until chỉ dùng với --template {LETTER}")


def documents(
    catalogue: Catalogue,
    request: Request,
    note: Note,
    watch: Callable[[tuple[Plan, ...]], Iterable[Plan]] = iter,
) -> list[ReportDocument]:
    """Return the documents asked for; `note` hears of what is left out, `watch` of every plan that is taken up.

    Raises:
        UsageError: there is nothing to write.
    """
    answer = _letters if request.letters else _reports
    found = [document for plan in watch(request.plans) for document in answer(catalogue, request, plan, note)]
    if not found:
        what = "công văn nào cần gửi" if request.letters else "báo cáo nào để lập"
        raise UsageError(f"không có {what} với các điều kiện đã nêu{_counted_to(catalogue, request)}")
    return found


def letters_to(
    catalogue: Catalogue, request: Request, whom: Iterable[tuple[Plan, Agency, bool]], note: Note
) -> Iterator[ReportDocument]:
    """Yield the letters to these bodies that owe something, each for one plan; with True a letter names late tasks only."""
    for plan, unit, late_only in whom:
        order = replace(_coordinator_order(catalogue, request, plan, note), late_only=late_only)
        if letter := compile_letter(catalogue, order, unit):
            yield _letter_document(letter, plan, request)


def _counted_to(catalogue: Catalogue, request: Request) -> str:
    """Return until which days letters were looked for, where nobody asked for a day: what is due since is not in them."""
    if not request.letters or request.as_of:
        return ""
    days = sorted({_day(catalogue, request, plan) for plan in request.plans})
    shown = ", ".join(format_date(day) for day in days)
    return f", tính đến ngày chốt số liệu ({shown}); tính đến ngày khác thì thêm --as-of"


def submission_notes(catalogue: Catalogue, request: Request) -> Iterator[str]:
    """Yield which submissions are too late for the day asked, and whether there are none for the period."""
    ids = {plan.id for plan in request.plans}
    sent = [one for one in catalogue.submissions if one.plan in ids and one.period == request.period]
    later = left_out(sent, request.period, request.as_of) if request.as_of else []
    if later and request.as_of:
        yield f"Không dùng số liệu chốt sau ngày {format_date(request.as_of)}: {', '.join(later)}."
    if len(later) == len({one.file for one in sent}):
        yield f"Chưa có báo cáo nào của {request.period.text}; các phần đó được ghi là chưa có."


def _reports(catalogue: Catalogue, request: Request, plan: Plan, note: Note) -> Iterator[ReportDocument]:
    name = f"bao-cao-{plan.id}-{request.period.key}"
    if not request.agencies:
        yield ReportDocument(compile_report(catalogue, _coordinator_order(catalogue, request, plan, note)), name)
    elif agency := _reporting_agency(catalogue, request, plan, note):
        # The settings describe the coordinator's report: a unit's own report has another head and foot.
        data = compile_report(catalogue, _order(catalogue, request, plan, request.given), agency)
        yield ReportDocument(data, f"{name}-{_file_name(data.unit.id if data.unit else agency.id)}")


def _reporting_agency(catalogue: Catalogue, request: Request, plan: Plan, note: Note) -> Agency | None:
    """Return the agency asked, where it answers for something in the plan.

    Raises:
        UsageError: it answers for nothing in a plan that was named.
    """
    agency, day = province_of(plan, request.agencies), _day(catalogue, request, plan)
    ended = gone(catalogue.directory, agency.province, agency.id, day) if agency else None
    if agency and not ended and has_rows(catalogue, plan, agency, day):
        return agency
    message = ended or f"{plan.id} không giao nội dung nào cho {request.agencies[0].name} chủ trì"
    if request.named:
        raise UsageError(message)
    note(f"Bỏ qua: {message}.")
    return None


def _letters(catalogue: Catalogue, request: Request, plan: Plan, note: Note) -> Iterator[ReportDocument]:
    day = _day(catalogue, request, plan)
    for unit in _addressees(catalogue, request, plan, day):
        if letter := compile_letter(catalogue, _coordinator_order(catalogue, request, plan, note), unit):
            yield _letter_document(letter, plan, request)
        elif is_coordinator(catalogue.directory, plan, unit, day):
            note(f"{plan.id}: {unit.name} là cơ quan đầu mối của Kế hoạch, không tự gửi công văn đôn đốc cho mình.")
        elif request.agencies:
            note(f"{plan.id}: {unit.name} không còn nội dung nào phải đôn đốc đến ngày {format_date(day)}.")


def _letter_document(letter: LetterData, plan: Plan, request: Request) -> ReportDocument:
    unit = _file_name(letter.routing.recipients[0].id)
    return ReportDocument(letter, f"{LETTER}-{plan.id}-{request.period.key}-{unit}")


def _file_name(agency_id: str) -> str:
    """Return the id of a body as a part of a file's name; that of another province has its province before it."""
    return agency_id.replace("/", "--")


def _addressees(catalogue: Catalogue, request: Request, plan: Plan, day: date) -> Iterable[Agency]:
    """Return the agency asked, or every unit that has sent nothing."""
    if not request.agencies:
        return silent_units(catalogue, plan, request.period, day, request.asked_on)
    agency = province_of(plan, request.agencies)
    if agency and (ended := gone(catalogue.directory, agency.province, agency.id, day)):
        raise UsageError(ended)
    return (agency,) if agency else ()


def _order(catalogue: Catalogue, request: Request, plan: Plan, given: Given) -> Order:
    day = _day(catalogue, request, plan)
    return Order(
        plan, request.period, day, given, request.part, request.until, request.findings, asked_on=request.asked_on
    )


def _coordinator_order(catalogue: Catalogue, request: Request, plan: Plan, note: Note) -> Order:
    """Return the order of a document of the coordinator: the settings say what the command line does not."""
    settings = request.settings.get(plan.id)
    given = request.given.over(settings) if settings else request.given
    if settings and settings.dated and given.dated == settings.dated and request.given.dated is None:
        given = _of_this_period(request, plan, given, note)
    return _order(catalogue, request, plan, given)


def _of_this_period(request: Request, plan: Plan, given: Given, note: Note) -> Given:
    """Return what is given, without the number and day of a report for another period."""
    period = request.period
    last = period.following.last_day
    if given.dated is None or period.first_day <= given.dated <= last:
        return given
    of = f"năm {given.dated.year}" if period.part is None else f"kỳ khác (ngày {format_date(given.dated)})"
    note(f"{plan.id}: bỏ số và ngày trong kehoach.toml vì là của {of}.")
    return replace(given, dated=None, number=request.given.number)
