"""The sheet of funding: a row for each source of money of a plan."""

from kehoach_cli.core.model.period import Period
from kehoach_cli.excel.form_book import FormBook
from kehoach_cli.excel.layout import FUNDING

_BLANK_ROWS = 10


def _counted(period: Period) -> str:
    if period.part is None:
        return ""
    return f" Được giao: số của cả năm; đã giải ngân: lũy kế từ 01/01/{period.year} đến hết kỳ."


def write_funding(book: FormBook) -> None:
    """Add the sheet of funding: what has been reported, and blank rows."""
    grid = book.sheet(FUNDING)
    grid.headline(
        f"KINH PHÍ THỰC HIỆN {book.form.period.full_text.upper()} – {book.form.agency.name}",
        "Mỗi nguồn kinh phí của một kế hoạch ghi một dòng; chọn kế hoạch trong danh sách." + _counted(book.form.period),
    )
    for label, one in zip(book.labels, book.form.plans, strict=True):
        for entry in one.answered.funding if one.answered else ():
            grid.line({"plan": label, **entry})
    for _ in range(_BLANK_ROWS):
        grid.line({})
    grid.offer("plan", book.plan_list())
    grid.finish(book.footer)
