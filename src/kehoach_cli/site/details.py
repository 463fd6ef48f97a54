"""The pages of one plan, one body, one task and one indicator."""

from collections.abc import Iterable, Iterator
from datetime import date

from kehoach_cli.core.amend.words import phrase_moved_text
from kehoach_cli.core.check.trend import verdict_of
from kehoach_cli.core.check.wording import shown_share
from kehoach_cli.core.duties.bodies import names_at
from kehoach_cli.core.duties.match import LEAD, SUPPORT
from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.report.site_model import Account, ShownBody, ShownIndicator, ShownPlan, ShownTask, SiteData
from kehoach_cli.core.report.summary import Class
from kehoach_cli.site.charts import lines
from kehoach_cli.site.page import Fact, PageCell, PageSection, PageTable, WebPage, count, words
from kehoach_cli.site.paths import body_path, indicator_path, plan_path, task_path
from kehoach_cli.site.tables import (
    VERDICT_TONES,
    counted_caption,
    indicator_table,
    leads,
    received,
    shortened,
    states_section,
    task_table,
    tone_of,
    verdicts_section,
)
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized

_ROLES = {LEAD: "Chủ trì", SUPPORT: "Phối hợp"}
_CLASSES = {
    Class.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Class.DONE_LATE: "Hoàn thành quá hạn",
    Class.DONE_UNDATED: "Hoàn thành, chưa rõ thời điểm",
    Class.OVERDUE: "Quá hạn",
    Class.UNREPORTED: "Quá hạn, chưa báo cáo",
    Class.IN_TIME: "Trong hạn",
    Class.SUSPENDED: "Chờ hướng dẫn",
}


def plan_page(data: SiteData, entry: ShownPlan) -> WebPage:
    """Return the page of a plan: how its tasks and indicators stand, then all of them."""
    plan, document = entry.plan, entry.plan.document
    years = f"từ {plan.period.start}" + (f" đến {plan.period.end}" if plan.period.end else "")
    coordinator = names_at(data.directory, plan.province, [plan.coordinator], data.query.as_of)
    facts = (
        Fact("Văn bản", words(document.cite)),
        Fact("Về việc", words(capitalized(document.title))),
        Fact("Cơ quan ban hành", words(data.directory.name(plan.province, document.issuer))),
        Fact("Thời kỳ", words(years)),
        Fact("Cơ quan đầu mối", words(coordinator)),
        Fact("Số liệu", words(f"{entry.period.text}, tính đến ngày {format_date(entry.as_of)}")),
    )
    sections = [PageSection("Văn bản", facts=facts)]
    if entry.coverage:
        told = received(entry.coverage)
        sent = (
            Fact("Phải báo cáo", (count(told.owed),)),
            Fact("Đã báo cáo", (count(told.sent),)),
            Fact("Chưa nhận được báo cáo của", words("; ".join(told.missing) or "-"), wide=True),
        )
        sections.append(PageSection("Báo cáo đã nhận", facts=sent))
    if entry.tasks:
        sections.append(states_section("Nhiệm vụ theo tình trạng", entry.tasks))
    if entry.indicators:
        sections.append(verdicts_section("Chỉ tiêu theo đánh giá", entry.indicators))
        table = indicator_table(
            data, counted_caption("Chỉ tiêu", len(entry.indicators)), entry.indicators, of_plan=True
        )
        sections.append(PageSection(table.caption, table=table))
    table = task_table(data, counted_caption("Nhiệm vụ", len(entry.tasks)), entry.tasks, of_plan=True)
    sections.append(PageSection(table.caption, table=table))
    return WebPage(plan_path(plan.id), f"{plan.id}: {document.cite}", "plan", tuple(sections))


def body_page(data: SiteData, body: ShownBody) -> WebPage:
    """Return the page of a body: today's name and the old ones, what it leads and supports, its indicators."""
    roles = {one.entry.ref: one.match for one in body.tasks}
    tasks = [one.entry for one in body.tasks]
    late = sorted((one for one in tasks if one.standing.late), key=lambda one: str(one.standing.deadline or ""))

    def role(entry: ShownTask) -> str:
        match = roles[entry.ref]
        via = f" (Kế hoạch ghi: {match.name})" if match.inherited else ""
        return _ROLES.get(match.role, "Chủ trì") + via

    sections = [PageSection("Cơ quan", facts=tuple(_body_facts(data, body)))]
    if late:
        table = task_table(data, counted_caption("Việc quá hạn", len(late)), late, who=role, head="Vai trò")
        sections.append(PageSection(table.caption, table=table))
    if body.line and body.line.counts.due:
        sections.append(_summary_section(data, body))
    if body.indicators:
        table = indicator_table(data, counted_caption("Chỉ tiêu", len(body.indicators)), body.indicators)
        sections.append(PageSection(table.caption, table=table))
    if tasks:
        table = task_table(
            data, counted_caption("Nhiệm vụ nêu tên cơ quan", len(tasks)), tasks, who=role, head="Vai trò"
        )
        sections.append(PageSection(table.caption, table=table))
    return WebPage(body_path(body.agency), data.in_province(body.agency.name, body.province), "body", tuple(sections))


def _body_facts(data: SiteData, body: ShownBody) -> Iterator[Fact]:
    yield Fact("Tỉnh, thành phố", words(data.directory.registries[body.province].name))
    if body.before:
        yield Fact("Tên, cơ quan trước đây", words(*(one.name for one in body.before)))
    if body.agency.short:
        yield Fact("Tên viết tắt", words(", ".join(body.agency.short)))
    known = data.known_bodies
    if body.groups:
        yield Fact("Được giao chung qua nhóm", tuple(_body_link(one, known) for one in body.groups))
    if body.agency.group:
        members = (data.directory.get(body.province, one) for one in body.agency.members)
        yield Fact("Thành viên", tuple(_body_link(one, known) for one in members if one))


def _body_link(agency: Agency, known: frozenset[tuple[str, str]]) -> PageCell:
    return PageCell(agency.name, body_path(agency) if (agency.province, agency.id) in known else "")


def _summary_section(data: SiteData, body: ShownBody) -> PageSection:
    counts = body.line.counts if body.line else None
    rows = tuple((PageCell(word), count(counts.of(one))) for one, word in _CLASSES.items() if counts and counts.of(one))
    due = counts.due if counts else 0
    text = (f"Tỷ lệ đúng hạn: {shown_share(counts.done_on_time, counts.judged)}%.",) if counts and counts.judged else ()
    heading = f"Nhiệm vụ chủ trì đến hạn trong {data.query.period.text}"
    table = PageTable(heading, ("Kết quả", "Số nhiệm vụ"), (*rows, (PageCell("Tổng"), count(due))))
    return PageSection(heading, text=text, table=table)


def task_page(data: SiteData, entry: ShownTask) -> WebPage:
    """Return the page of a task: its words, who has it, where it stands, and what was said of it."""
    task, plan = entry.task, entry.plan
    sections = [
        PageSection("Nội dung", text=(task.text,), facts=tuple(_task_facts(data, entry))),
        PageSection("Tình trạng", facts=tuple(_standing_facts(entry))),
    ]
    if entry.history:
        sections.append(PageSection("Quá trình thực hiện", facts=tuple(_accounts(entry.history))))
    if notes := tuple(filter(None, (task.note, task.errata and f"Đính chính: {task.errata}"))):
        sections.append(PageSection("Ghi chú", text=notes))
    return WebPage(task_path(plan.id, task.id), f"{entry.ref}: {shortened(task.text, _TITLE)}", "task", tuple(sections))


_TITLE = 110


def _task_facts(data: SiteData, entry: ShownTask) -> Iterator[Fact]:
    task, plan, day = entry.task, entry.plan, data.query.as_of
    yield Fact("Kế hoạch", (PageCell(plan.document.cite, plan_path(plan.id)),))
    section = plan.section(task.section)
    if section:
        yield Fact("Mục", words(f"{section.printed or section.id}. {section.title}"))
    yield Fact("Chủ trì", _bodies(data, entry, task.lead) or words(leads(data, entry)))
    if task.support:
        yield Fact("Phối hợp", words(names_at(data.directory, plan.province, task.support, day, task.now, SUPPORT)))
    if task.outputs:
        yield Fact("Sản phẩm", words(*task.outputs))
    for condition in task.conditions:
        yield Fact("Điều kiện", words(condition.text))
    if task.cost:
        yield Fact("Kinh phí", words(*(cost.text or cost.amount or "" for cost in task.cost)))


def _bodies(data: SiteData, entry: ShownTask | ShownIndicator, ids: Iterable[str]) -> tuple[PageCell, ...]:
    """Return the bodies of the day that a row names, each with the link to its page."""
    row = entry.task if isinstance(entry, ShownTask) else entry.indicator
    found = []
    for one in ids:
        name = names_at(data.directory, entry.plan.province, [one], data.query.as_of, row.now, LEAD)
        body = data.body_of(entry.plan, one)
        found.append(PageCell(name, body_path(body) if body else ""))
    return tuple(dict.fromkeys(found))


def _standing_facts(entry: ShownTask) -> Iterator[Fact]:
    standing, schedule = entry.standing, entry.task.schedule
    yield Fact("Tình trạng", (PageCell(standing.text, tone=tone_of(entry)),))
    yield Fact("Thời gian theo kế hoạch", words(f"{schedule.text or 'không ghi'}{phrase_moved_text(schedule)}"))
    for label, day in (
        ("Thời hạn", standing.deadline),
        ("Lần đến hạn tới", standing.due if standing.due != standing.deadline else None),
        ("Ngày hoàn thành", standing.completed),
    ):
        yield from _day(label, day)
    if entry.before:
        yield Fact("Năm trước đã báo cáo", words(*entry.before))
    if schedule.milestones:
        steps = (f"{step.text}: {format_date(step.deadline)}" for step in schedule.milestones)
        yield Fact("Các mốc", words(*steps))


def _day(label: str, day: date | None) -> Iterator[Fact]:
    if day:
        yield Fact(label, words(format_date(day)))


def _accounts(history: Iterable[Account]) -> Iterator[Fact]:
    return (Fact(one.heading, words(*(f"{label}: {text}" for label, text in one.lines)), wide=True) for one in history)


def indicator_page(data: SiteData, entry: ShownIndicator) -> WebPage:
    """Return the page of an indicator: where it stands, its years beside the targets, and what was said of it."""
    plan, indicator = entry.plan, entry.indicator
    facts = [
        Fact("Kế hoạch", (PageCell(plan.document.cite, plan_path(plan.id)),)),
        Fact("Đơn vị tính", words(indicator.unit or "không ghi")),
        Fact("Cơ quan báo cáo", _bodies(data, entry, indicator.lead) or words("kế hoạch không nêu riêng")),
        Fact("Mục tiêu", words(entry.target or "-")),
        Fact("Kết quả", words(entry.value or "-")),
        Fact("Đánh giá", (PageCell(entry.word or "-", tone=VERDICT_TONES.get(entry.verdict, "")),)),
    ]
    sections = [PageSection("Chỉ tiêu", facts=tuple(facts), text=(indicator.name,)), _years(entry)]
    if entry.history:
        sections.append(PageSection("Số liệu đã báo cáo", facts=tuple(_accounts(entry.history))))
    notes = tuple(filter(None, (indicator.direction_note, indicator.note, indicator.errata)))
    if notes:
        sections.append(PageSection("Ghi chú", text=notes))
    title = f"{entry.ref}: {shortened(indicator.name, _TITLE)}"
    return WebPage(indicator_path(plan.id, indicator.id), title, "indicator", tuple(sections))


def _years(entry: ShownIndicator) -> PageSection:
    heading = "Qua các năm"
    rows = tuple(
        (
            PageCell(str(point.period.year)),
            PageCell(point.unit or "-", kind="code"),
            PageCell(point.target.text if point.target else "-"),
            PageCell(point.text or "-"),
            PageCell(point.words or point.remark or "-"),
            PageCell(verdict_of(entry.trend, point) or "-", tone=_point_tone(point.verdict)),
        )
        for point in entry.trend.points
    )
    columns = ("Năm", "Đơn vị tính", "Mục tiêu", "Kết quả", "So với năm trước", "Đánh giá")
    return PageSection(heading, lines=lines(entry.trend), table=PageTable(heading, columns, rows))


def _point_tone(verdict: str | None) -> str:
    return next((tone for one, tone in VERDICT_TONES.items() if one is not None and one.value == verdict), "")
