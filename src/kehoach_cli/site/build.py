"""All files of a site, one after the other: pages, the style, the script and the rows of the search."""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from kehoach_cli.core.report.site_model import SiteData
from kehoach_cli.errors import CannotRunError
from kehoach_cli.site.details import body_page, indicator_page, plan_page, task_page
from kehoach_cli.site.overview import body_list, indicator_list, overview, plan_list
from kehoach_cli.site.page import PageCell, PageSection, PageTable, WebPage
from kehoach_cli.site.paths import BODIES, INDICATORS, OVERVIEW, PLANS, SEARCH, part_path, up_from
from kehoach_cli.site.search import Choice, choices, search_files, search_page, search_rows
from kehoach_cli.templating.sandbox import fill
from kehoach_cli.viet.dates import format_date

NAME = "Theo dõi kế hoạch"
INTERNAL = "Bản nội bộ, số liệu chưa chốt"
_PUBLIC = "Số liệu đã chốt"
_MENU = (
    PageCell("Tổng quan", OVERVIEW),
    PageCell("Kế hoạch", PLANS),
    PageCell("Cơ quan", BODIES),
    PageCell("Chỉ tiêu", INDICATORS),
    PageCell("Tìm", SEARCH),
)
_PLACES = {"plan": PLANS, "body": BODIES, "indicator": INDICATORS}
_ROWS_OF_PAGE = 200
# Control characters, marks that turn the direction of text, and halves of characters: no page needs them.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def site_files(data: SiteData, templates: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of every file of the site.

    Raises:
        CannotRunError: the installation lacks the templates.
    """
    source = _own_file(templates, "page.html")
    for name in ("trang.css", "trang.js"):
        yield name, _own_file(templates, name).encode()
    rows = search_rows(data)
    for path, text in search_files(rows):
        yield path, cleaned(text).encode()
    fields = choices(data, rows)
    for whole in _pages(data):
        for page in in_parts(whole):
            yield page.path, _html(source, data, page, fields if page.kind == "search" else ())


def _own_file(templates: Path, name: str) -> str:
    try:
        return (templates / "site" / name).read_text(encoding="utf-8")
    except OSError:
        raise CannotRunError(f'bản cài đặt thiếu mẫu "site/{name}"; hãy cài lại kehoach') from None


def _pages(data: SiteData) -> Iterator[WebPage]:
    yield overview(data)
    yield plan_list(data)
    yield body_list(data)
    yield indicator_list(data)
    yield search_page()
    for plan in data.plans:
        yield plan_page(data, plan)
        yield from (task_page(data, one) for one in plan.tasks)
        yield from (indicator_page(data, one) for one in plan.indicators)
    yield from (body_page(data, one) for one in data.bodies)


def in_parts(page: WebPage) -> Iterator[WebPage]:
    """Yield a page, cut into several where its tables are too long for one."""
    parts: list[list[PageSection]] = [[]]
    room = _ROWS_OF_PAGE
    for section in page.sections:
        table = section.table
        rows = table.rows if table else ()
        if table is None or len(rows) <= room:
            parts[-1].append(section)
            room -= len(rows)
            continue
        while rows:
            if room <= 0:
                parts.append([])
                room = _ROWS_OF_PAGE
            shown = PageTable(table.caption, table.columns, rows[:room], table.more)
            parts[-1].append(replace(section, table=shown))
            rows, room = rows[room:], room - len(rows[:room])
    links = tuple(PageCell(str(number), part_path(page.path, number)) for number in range(1, len(parts) + 1))
    for number, sections in enumerate(parts, 1):
        yield replace(
            page,
            path=part_path(page.path, number),
            sections=tuple(sections),
            part=number,
            parts=len(parts),
            other_parts=links if len(links) > 1 else (),
        )


def _html(source: str, data: SiteData, page: WebPage, fields: tuple[Choice, ...]) -> bytes:
    days = sorted({plan.as_of for plan in data.plans})
    context = {
        "page": page,
        "site": NAME,
        "up": up_from(page.path),
        "menu": _MENU,
        "here": _PLACES.get(page.kind, page.path),
        "notice": "" if data.query.public else INTERNAL,
        "robots": "index" if data.query.public else "noindex, nofollow",
        "as_of": f"{_PUBLIC if data.query.public else 'Số liệu'} tính đến ngày {'; '.join(map(format_date, days))}",
        "choices": fields,
        "scripts": bool(fields),
        "footer": f"Lập tự động từ tệp kế hoạch và báo cáo; {_PUBLIC.lower() if data.query.public else INTERNAL.lower()}.",
    }
    return cleaned(fill(source, context, "")).encode()


def cleaned(text: str) -> str:
    """Return a text without control characters and marks that turn its direction."""
    return _HARMFUL.sub("\ufffd", text)
