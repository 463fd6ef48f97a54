"""`kehoach report`: the yearly reports of the plans, and letters to those that owe one."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.declare import Option
from kehoach_cli.cli.runtime.session import Target, check_plans, check_year, deliver, find_agencies, open_workspace, say
from kehoach_cli.core.check.outcome import last_cutoff
from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.errors import ExitCode, UsageError, reason
from kehoach_cli.viet.dates import format_date

if TYPE_CHECKING:
    from kehoach_cli.core.report.compile import Order
    from kehoach_cli.core.report.letterhead import Given
    from kehoach_cli.core.report.model import LetterData, ReportData
    from kehoach_cli.store.workspace.load import Workspace

_FORMATS = ("docx", "json", "md")
_LETTER = "cong-van-don-doc"


def parse_format(text: str) -> str:
    """Return the format named."""
    if text.lower() not in _FORMATS:
        raise UsageError(f'--format "{text}" không có; chọn một trong: {", ".join(_FORMATS)}')
    return text.lower()


class _Job(Struct, frozen=True):
    """One document: its data and its file name without ending."""

    data: "ReportData | LetterData"
    name: str


_YearOption = Annotated[int, Option("--year", "-y", parser=options.parse_year, metavar="NĂM", help="Năm báo cáo.")]
_LinesOption = list[str] | None


def report(
    program: Globals,
    year: _YearOption,
    plan: options.PlanOption = None,
    agency: options.AgencyOption = None,
    template: Annotated[
        str | None,
        Option("--template", "-t", metavar="MẪU", help=f"Tên mẫu có sẵn ({_LETTER}, …) hoặc tệp .docx của đơn vị."),
    ] = None,
    part: Annotated[
        bool,
        Option("--part", help="Chỉ các phần nội dung, để đưa vào một báo cáo khác: không có đầu và cuối văn bản."),
    ] = False,
    trace: Annotated[bool, Option("--trace", help="In nguồn của từng số liệu: tệp và dòng.")] = False,
    as_of: Annotated[
        date | None,
        Option(
            "--as-of",
            parser=options.parse_day,
            metavar="NGÀY",
            help="Chỉ số liệu chốt đến ngày này (mặc định: ngày chốt muộn nhất của năm, chưa có thì 14/12).",
        ),
    ] = None,
    progress: options.ProgressOption = None,
    format_: Annotated[
        str,
        Option(
            "--format",
            "-f",
            parser=parse_format,
            complete=options.complete_from(*_FORMATS),
            metavar="|".join(_FORMATS),
            help="docx: văn bản Word; json, md: dữ liệu của văn bản.",
        ),
    ] = "docx",
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="THƯ MỤC", help="Thư mục ghi kết quả (mặc định: reports/<năm>/)."),
    ] = None,
    force: options.ForceOption = False,
    number: Annotated[str | None, Option("--number", metavar="SỐ", help="Số của văn bản.")] = None,
    day: Annotated[
        date | None, Option("--date", parser=options.parse_day, metavar="NGÀY", help="Ngày ký văn bản.")
    ] = None,
    place: Annotated[str | None, Option("--place", metavar="CHỮ", help="Địa danh.")] = None,
    issuer: Annotated[
        _LinesOption, Option("--issuer", metavar="CHỮ", help="Tên cơ quan ban hành (mỗi dòng một lần).")
    ] = None,
    parent: Annotated[
        _LinesOption, Option("--parent", metavar="CHỮ", help="Tên cơ quan chủ quản (mỗi dòng một lần).")
    ] = None,
    authority: Annotated[
        _LinesOption,
        Option("--authority", metavar="CHỮ", help='Thẩm quyền ký, ví dụ "KT. GIÁM ĐỐC" (mỗi dòng một lần).'),
    ] = None,
    title: Annotated[str | None, Option("--title", metavar="CHỮ", help="Chức vụ người ký.")] = None,
    signer: Annotated[str | None, Option("--signer", metavar="TÊN", help="Họ tên người ký.")] = None,
    recipients: Annotated[
        _LinesOption, Option("--recipients", metavar="CHỮ", help="Nơi nhận (mỗi nơi một lần, dòng Lưu sau cùng).")
    ] = None,
    until: Annotated[
        date | None,
        Option("--until", parser=options.parse_day, metavar="NGÀY", help="Hạn đề nghị trả lời trong công văn đôn đốc."),
    ] = None,
) -> ExitCode:
    """Lập báo cáo năm bằng Word cho từng kế hoạch; báo cáo riêng của một cơ quan; công văn đôn đốc.

    Ví dụ: kehoach report --year 2025
    """
    from kehoach_cli.core.report.letterhead import Given

    lines = {
        "issuer": issuer, "parent": parent, "authority": authority, "recipients": recipients,
    }  # fmt: skip
    given = Given(
        place=place,
        number=number,
        dated=day,
        signer=signer,
        title=title,
        **{name: tuple(value) if value else None for name, value in lines.items()},
    )
    workspace = open_workspace(program, progress)
    asked = _Asked(workspace, year, tuple(plan or ()), agency, template, as_of, given, part=part, until=until)
    jobs = asked.jobs()
    folder = output or (Path("reports") / str(year) if format_ == "docx" else None)
    if folder is None:
        deliver(_texts(jobs, format_, workspace, trace=trace, year=year), Target(options.Format.JSON))
    else:
        _write(jobs, folder, format_, asked, trace=trace, force=force)
        if trace and format_ == "docx":
            from kehoach_cli.render.report import trace_text

            deliver(trace_text(job.data for job in jobs), Target(options.Format.CSV))
    for message in dict.fromkeys(f"{job.data.plan}: {note}" for job in jobs for note in job.data.notes):
        say(message)
    asked.say_what_was_heard()
    if workspace.errors:
        say(f"Có {workspace.errors} lỗi trong tệp dữ liệu; phần còn lại vẫn được dùng.")
        if workspace.unusable:
            say(f"CHƯA DÙNG ĐƯỢC, báo cáo không có số liệu của: {', '.join(workspace.unusable)}.")
        return ExitCode.FINDINGS
    return ExitCode.OK


class _Asked:
    """What the command line asks for, checked against the workspace."""

    def __init__(
        self,
        workspace: "Workspace",
        year: int,
        plans: Sequence[str],
        agency: str | None,
        template: str | None,
        as_of: date | None,
        given: "Given",
        *,
        part: bool,
        until: date | None,
    ) -> None:
        from kehoach_cli.core.report.letterhead import Given

        self.workspace = workspace
        self.year = year
        self.named = check_plans(workspace, plans)
        self.plans = self._in_force()
        self.agencies = find_agencies(workspace, agency, None) if agency else ()
        self.template = template
        self.letters = template == _LETTER
        self.given = given
        self.part = part
        self.until = until
        ids = {plan.id for plan in self.plans}
        submissions = [one for one in workspace.catalogue.submissions if one.plan in ids]
        self.as_of = as_of or last_cutoff(submissions, year)
        if given != Given() and len(self.plans) > 1 and given != Given(place=given.place):
            raise UsageError(
                "số, ngày, người ký và các mục riêng của văn bản chỉ dùng khi lập một báo cáo; thêm --plan, hoặc ghi vào "
                "kehoach.toml"
            )
        if self.letters and part:
            raise UsageError("--part không dùng cho công văn đôn đốc")
        if until and not self.letters:
            raise UsageError(f"--until chỉ dùng với --template {_LETTER}")
        for plan_id in workspace.settings.reports:
            if workspace.catalogue.plan(plan_id) is None:
                say(f"kehoach.toml có [report.{plan_id}] nhưng không có kế hoạch {plan_id}.")

    def _in_force(self) -> list[Plan]:
        """Return the plans asked that are in force; others are named on stderr, or refused where asked for by name."""
        check_year(self.workspace, self.year, sorted(self.named))
        wanted = [plan for plan in self.workspace.catalogue.plans if not self.named or plan.id in self.named]
        for plan in wanted:
            if not plan.period.covers(self.year):
                period = f"{plan.period.start} - {plan.period.end or 'nay'}"
                message = f"{plan.id}: năm {self.year} nằm ngoài thời kỳ của kế hoạch ({period})"
                if self.named:
                    raise UsageError(message)
                say(f"Bỏ qua {message}.")
        return [plan for plan in wanted if plan.period.covers(self.year)]

    def jobs(self) -> list[_Job]:
        """Return the documents to make.

        Raises:
            UsageError: there is none.
        """
        from kehoach_cli.render.ticker import ticked

        plans = ticked(self.plans, "Đang tổng hợp số liệu", total=len(self.plans))
        jobs = [job for plan in plans for job in (self._letters(plan) if self.letters else self._reports(plan))]
        if not jobs:
            what = "công văn nào cần gửi" if self.letters else "báo cáo nào để lập"
            raise UsageError(f"không có {what} với các điều kiện đã nêu")
        return jobs

    def say_what_was_heard(self) -> None:
        """Say where nothing was submitted for the year, and what was left out because its figures are later than asked."""
        ids = {plan.id for plan in self.plans}
        sent = [one for one in self.workspace.catalogue.submissions if one.plan in ids and one.year == self.year]
        later = sorted({one.file for one in sent if one.cutoff > self.as_of})
        if later:
            say(f"Không dùng số liệu chốt sau ngày {format_date(self.as_of)}: {', '.join(later)}.")
        if len(later) == len({one.file for one in sent}):
            say(f"Chưa có báo cáo nào của năm {self.year}; các phần đó được ghi là chưa có.")

    def _order(self, plan: Plan, *, own: bool) -> "Order":
        from kehoach_cli.core.report.compile import Order

        # The settings describe the coordinator's report; a unit's own has another head and foot.
        settings = None if own else self.workspace.settings.reports.get(plan.id)
        given = self.given.over(settings) if settings else self.given
        if settings and settings.dated and given.dated == settings.dated and self.given.dated is None:
            given = self._without_old_number(plan, given)
        return Order(plan, self.year, self.as_of, given, self.part, self.until)

    def _without_old_number(self, plan: Plan, given: "Given") -> "Given":
        """Return what is given without the number and day of another year's report."""
        if given.dated is None or given.dated.year in {self.year, self.year + 1}:
            return given
        say(f"{plan.id}: bỏ số và ngày trong kehoach.toml vì là của năm {given.dated.year}.")
        return replace(given, dated=None, number=self.given.number)

    def _reports(self, plan: Plan) -> Iterator[_Job]:
        from kehoach_cli.core.report.compile import compile_report

        if not self.agencies:
            name = f"bao-cao-{plan.id}-{self.year}"
            yield _Job(compile_report(self.workspace.catalogue, self._order(plan, own=False)), name)
        elif agency := self._unit(plan):
            data = compile_report(self.workspace.catalogue, self._order(plan, own=True), agency)
            yield _Job(data, f"bao-cao-{plan.id}-{self.year}-{data.unit.id if data.unit else agency.id}")

    def _unit(self, plan: Plan) -> Agency | None:
        """Return the agency asked where it answers for something in the plan; said on stderr, or refused, where not."""
        from kehoach_cli.core.report.compile import gone, has_rows, province_of

        catalogue = self.workspace.catalogue
        agency = province_of(plan, self.agencies)
        ended = gone(catalogue.directory, plan, agency, self.as_of) if agency else None
        if agency and not ended and has_rows(catalogue, plan, agency, self.as_of):
            return agency
        message = ended or f"{plan.id} không giao nội dung nào cho {self.agencies[0].name} chủ trì"
        if self.named:
            raise UsageError(message)
        say(f"Bỏ qua: {message}.")
        return None

    def _letters(self, plan: Plan) -> Iterator[_Job]:
        from kehoach_cli.core.report.compile import compile_letter, gone, province_of, silent_units

        catalogue = self.workspace.catalogue
        if self.agencies:
            agency = province_of(plan, self.agencies)
            if agency and (ended := gone(catalogue.directory, plan, agency, self.as_of)):
                raise UsageError(ended)
            units: Iterable[Agency] = (agency,) if agency else ()
        else:
            units = silent_units(catalogue, plan, self.year, self.as_of)
        for unit in units:
            if letter := compile_letter(catalogue, self._order(plan, own=False), unit):
                whom = letter.routing.recipients[0].id
                yield _Job(letter, f"{_LETTER}-{plan.id}-{self.year}-{whom}")
            elif self.agencies:
                say(f"{plan.id}: {unit.name} không còn nội dung nào phải đôn đốc đến ngày {format_date(self.as_of)}.")


def _texts(jobs: Sequence[_Job], format_: str, workspace: "Workspace", *, trace: bool, year: int) -> str:
    """Return the data of all documents in one text."""
    from kehoach_cli.render.machine import plain
    from kehoach_cli.render.report import report_listing, report_record

    if format_ == "md":
        return plain.render_markdown(report_listing([job.data for job in jobs], trace=trace))
    records = [report_record(job.data, trace=trace) for job in jobs]
    summary = {"year": year, "as_of": jobs[0].data.as_of, "count": len(records)}
    return plain.render_json("report", records, workspace.findings, summary)


def _write(jobs: Sequence[_Job], folder: Path, format_: str, asked: _Asked, *, trace: bool, force: bool) -> None:
    """Write one file for each document: all of them, or none."""
    from kehoach_cli.render.ticker import ticked
    from kehoach_cli.store.files.writing import refuse_existing, write_together

    paths = [folder / f"{job.name}.{format_}" for job in jobs]
    refuse_existing(paths, overwrite=force)
    if format_ == "docx":
        contents = [_docx(job.data, asked) for job in ticked(jobs, "Đang lập văn bản", total=len(jobs))]
    else:
        contents = [_texts([job], format_, asked.workspace, trace=trace, year=asked.year).encode() for job in jobs]
    write_together(dict(zip(paths, contents, strict=True)), overwrite=force)
    for path in paths:
        say(f'Đã ghi "{path}".')


def _docx(data: "ReportData | LetterData", asked: _Asked) -> bytes:
    from kehoach_cli.core.report.model import LetterData
    from kehoach_cli.errors import KehoachError
    from kehoach_cli.word.context import letter_view, report_charts, report_view
    from kehoach_cli.word.render import render
    from kehoach_cli.word.view import variables

    template = _template(data, asked)
    # The document before this one refers to itself in circles, and all its XML would wait for a full collection.
    gc.collect(1)
    try:
        if isinstance(data, LetterData):
            return render(template, variables(letter_view(data)), data.expected)
        return render(template, variables(report_view(data)), data.expected, report_charts(data))
    except KehoachError as error:
        raise type(error)(f"{data.plan}: {error}", *error.details) from None


def _template(data: "ReportData | LetterData", asked: _Asked) -> bytes:
    """Return the template: a file of the user's, else the workspace's or the program's own of that name."""
    from kehoach_cli.store.files.reading import whole_document
    from kehoach_cli.store.workspace.paths import folder_of_template
    from kehoach_cli.word.templates import TEMPLATES, load_template, template_for

    name = asked.template
    if name is None or (asked.letters and name == _LETTER):
        name = template_for(data)
    if name in {template.name for template in TEMPLATES}:
        return load_template(folder_of_template(asked.workspace.root, name), name)
    try:
        return whole_document(Path(name))
    except (OSError, ValueError) as error:
        known = ", ".join(template.name for template in TEMPLATES)
        raise UsageError(f'không đọc được mẫu "{name}": {reason(error)}; các mẫu có sẵn: {known}') from None
