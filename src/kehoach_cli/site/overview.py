"""The pages that everybody opens first: the overview, and the lists of plans, bodies and indicators."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.report.site_model import DUE_DAYS, ShownBody, ShownIndicator, ShownPlan, ShownTask, SiteData
from kehoach_cli.core.report.summary import Class
from kehoach_cli.site.page import Fact, PageCell, PageSection, PageTable, WebPage, count, dash, words
from kehoach_cli.site.paths import BODIES, INDICATORS, OVERVIEW, PLANS, SEARCH, body_path, plan_path
from kehoach_cli.site.tables import (
    BAD,
    counted_caption,
    indicator_table,
    received,
    states_section,
    task_table,
    verdicts_section,
)
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized, sort_key

_MOST = 50
_COUNTED = ("Đến hạn trong kỳ", "Đúng hạn", "Quá hạn, chưa báo cáo")
_WEAK = frozenset({Verdict.MISSED, Verdict.PARTLY, Verdict.BEHIND})


def overview(data: SiteData) -> WebPage:
    """Return the first page: what is late and whose it is, what falls due, who has sent, how the indicators stand."""
    tasks, indicators = list(data.tasks), list(data.indicators)
    late = sorted((one for one in tasks if one.standing.late), key=_deadline)
    sections = [
        PageSection("Phạm vi", facts=tuple(_scope(data))),
        *_provinces(data),
        _late(data, late),
    ]
    if not data.query.public:
        soon = sorted((one for one in tasks if one.standing.soon), key=lambda one: (one.standing.due, one.ref))
        caption = counted_caption(f"Việc đến hạn trong {DUE_DAYS} ngày", len(soon))
        sections += [_listed(task_table(data, caption, soon), "tinh-trang=soon"), _coverage(data.plans)]
    weak = list(filter(_is_weak, indicators))
    sections += [
        states_section("Nhiệm vụ theo tình trạng", tasks),
        verdicts_section("Chỉ tiêu theo đánh giá", indicators),
        _listed(
            indicator_table(data, counted_caption("Chỉ tiêu chưa đạt hoặc chậm", len(weak)), weak), "tinh-trang=weak"
        ),
    ]
    return WebPage(OVERVIEW, "Tổng quan", "overview", tuple(sections))


def _deadline(entry: ShownTask) -> tuple[str, str]:
    return str(entry.standing.deadline or ""), entry.ref


def _scope(data: SiteData) -> Iterator[Fact]:
    periods = dict.fromkeys(plan.period.text for plan in data.plans)
    yield Fact("Kỳ số liệu", words("; ".join(periods)))
    days = sorted({plan.as_of for plan in data.plans})
    yield Fact("Số liệu tính đến ngày", words("; ".join(map(format_date, days))))
    yield Fact("Kế hoạch", (count(len(data.plans), PLANS),))
    yield Fact("Cơ quan, đơn vị", (count(len(data.bodies), BODIES),))
    yield Fact("Nhiệm vụ", (count(len(list(data.tasks)), SEARCH),))
    yield Fact("Chỉ tiêu", (count(len(list(data.indicators)), INDICATORS),))


def _provinces(data: SiteData) -> Iterator[PageSection]:
    """Yield what is late and what misses by province, where there are several."""
    if not data.several_provinces:
        return
    found: dict[str, list[ShownPlan]] = {}
    for plan in data.plans:
        found.setdefault(plan.plan.province, []).append(plan)
    names = {province: data.directory.registries[province].name for province in found}
    rows = tuple(
        (
            PageCell(names[province]),
            count(len(plans)),
            count(sum(len(plan.tasks) for plan in plans)),
            _bad(sum(task.standing.late for plan in plans for task in plan.tasks)),
            count(sum(len(plan.indicators) for plan in plans)),
            _bad(sum(_is_weak(one) for plan in plans for one in plan.indicators)),
        )
        for province, plans in sorted(found.items(), key=lambda one: sort_key(names[one[0]]))
    )
    columns = ("Tỉnh, thành phố", "Kế hoạch", "Nhiệm vụ", "Quá hạn", "Chỉ tiêu", "Chưa đạt hoặc chậm")
    yield PageSection("Theo tỉnh, thành phố", table=PageTable("Theo tỉnh, thành phố", columns, rows))


def _bad(number: int) -> PageCell:
    """Return a number of what should not be."""
    return PageCell(count(number).text, tone=BAD if number else "", kind="number")


def _is_weak(entry: ShownIndicator) -> bool:
    return entry.official and entry.verdict in _WEAK


def _late(data: SiteData, late: list[ShownTask]) -> PageSection:
    if not data.query.public:
        return _listed(task_table(data, counted_caption("Việc quá hạn", len(late)), late), "tinh-trang=late")
    found = _listed(
        task_table(data, counted_caption("Việc quá hạn theo kết quả đã chốt", len(late)), late), "tinh-trang=late"
    )
    return replace(found, text=("Chỉ tính nhiệm vụ có kết quả công bố, ở ngày chốt số liệu.",))


def _listed(table: PageTable, asked: str) -> PageSection:
    """Return the first rows of a long table, with the way to all of them."""
    if len(table.rows) > _MOST:
        more = PageCell(f"Xem đủ {count(len(table.rows)).text} dòng", f"{SEARCH}#{asked}")
        table = PageTable(table.caption, table.columns, table.rows[:_MOST], more)
    return PageSection(table.caption, table=table)


def _coverage(plans: Iterable[ShownPlan]) -> PageSection:
    """Return who has reported, plan by plan; the plans that miss most come first where there are many."""
    told = [(one.plan.id, received(one.coverage)) for one in plans if one.coverage]
    if not told:
        return PageSection("Báo cáo đã nhận", text=("Kỳ này không kế hoạch nào yêu cầu báo cáo.",))
    if len(told) > _MOST:
        told.sort(key=lambda one: -len(one[1].missing))
    rows = tuple(
        (
            PageCell(plan_id, plan_path(plan_id)),
            count(one.owed),
            count(one.sent),
            _bad(len(one.missing)),
            PageCell(", ".join(one.missing) or "-"),
        )
        for plan_id, one in told[:_MOST]
    )
    columns = ("Kế hoạch", "Phải báo cáo", "Đã báo cáo", "Chưa nhận được", "Chưa nhận được báo cáo của")
    more = PageCell(counted_caption("Xem các kế hoạch", len(told)), PLANS) if len(told) > _MOST else None
    return PageSection("Báo cáo đã nhận", table=PageTable("Báo cáo đã nhận", columns, rows, more))


def plan_list(data: SiteData) -> WebPage:
    """Return the list of plans."""
    rows = tuple(
        (
            PageCell(one.plan.id, plan_path(one.plan.id)),
            PageCell(one.plan.document.cite),
            PageCell(capitalized(one.plan.document.title)),
            count(len(one.tasks)),
            count(len(one.indicators)),
            count(sum(task.standing.late for task in one.tasks)),
        )
        for one in data.plans
    )
    columns = ("Mã", "Văn bản", "Về việc", "Nhiệm vụ", "Chỉ tiêu", "Quá hạn")
    table = PageTable("Các kế hoạch", columns, rows)
    return WebPage(PLANS, "Kế hoạch", "plans", (PageSection("Các kế hoạch", table=table),))


def body_list(data: SiteData) -> WebPage:
    """Return the list of bodies, by province, with their line of the summary where that is told."""
    by_province: dict[str, list[ShownBody]] = {}
    for body in data.bodies:
        by_province.setdefault(body.province, []).append(body)
    sections = tuple(
        PageSection(caption, table=_body_table(caption, sorted(found, key=_by_name)))
        for province, found in by_province.items()
        for caption in (f"Cơ quan, đơn vị: {data.directory.registries[province].name}",)
    )
    return WebPage(BODIES, "Cơ quan", "bodies", sections)


def _by_name(body: ShownBody) -> tuple[object, str]:
    return sort_key(body.agency.name), body.agency.id


def _body_table(caption: str, found: list[ShownBody]) -> PageTable:
    if all(body.line is None for body in found):
        rows = tuple((_link(one), count(len(one.tasks)), count(len(one.indicators))) for one in found)
        return PageTable(caption, ("Cơ quan", "Nhiệm vụ", "Chỉ tiêu"), rows)
    columns = ("Cơ quan", "Nhiệm vụ", "Chỉ tiêu", *_COUNTED)
    return PageTable(caption, columns, tuple((_link(one), *_counts(one)) for one in found))


def _counts(body: ShownBody) -> Iterator[PageCell]:
    yield count(len(body.tasks))
    yield count(len(body.indicators))
    counts = body.line.counts if body.line else None
    if counts is None:
        yield from (dash() for _ in _COUNTED)
        return
    yield count(counts.due)
    yield count(counts.of(Class.DONE_ON_TIME))
    late = counts.of(Class.OVERDUE) + counts.of(Class.UNREPORTED)
    yield _bad(late)


def _link(body: ShownBody) -> PageCell:
    return PageCell(body.agency.name, body_path(body.agency))


def indicator_list(data: SiteData) -> WebPage:
    """Return the list of indicators."""
    table = indicator_table(data, "Các chỉ tiêu", data.indicators)
    return WebPage(INDICATORS, "Chỉ tiêu", "indicators", (PageSection("Các chỉ tiêu", table=table),))
