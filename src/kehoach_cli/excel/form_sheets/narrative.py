"""The sheet of narrative: the parts of the report in words, for each plan."""

from collections.abc import Mapping, Sequence

from kehoach_cli.excel.form_book import FormBook
from kehoach_cli.excel.layout import NARRATIVE, TOPICS

# So many lines let the eleven topics of a plan stand on one page.
_LINES_TO_WRITE_ON = 3


def write_narrative(book: FormBook) -> None:
    """Add the sheet of narrative."""
    grid = book.sheet(NARRATIVE)
    grid.least = _LINES_TO_WRITE_ON
    grid.headline(
        f"THUYẾT MINH BÁO CÁO {book.form.period.full_text.upper()} – {book.form.agency.name}",
        "Mỗi nội dung ghi vào một ô; không có thì để trống. Xuống dòng trong ô: Alt + Enter.",
    )
    for one in book.form.plans:
        grid.band(one.plan.document.cite, "plan")
        narrative = one.answered.narrative if one.answered else {}
        for topic in TOPICS:
            ref = f"{one.plan.id}/{topic.code}"
            book.rows.append(("narrative", ref))
            grid.line({"ref": ref, "topic": topic.asked(book.form.period), "text": _text_at(narrative, topic.path)})
    grid.finish(book.footer)


def _text_at(narrative: Mapping[str, object], path: Sequence[str | int]) -> str | None:
    value: object = narrative
    for key in path:
        value = value.get(str(key)) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else None
