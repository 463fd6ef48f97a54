"""The sheet of indicators: a row for each value that is asked."""

from kehoach_cli.core.forms.form import IndicatorQuestion
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.excel.form_book import FormBook, prompt
from kehoach_cli.excel.grid import HEADER_ROW, FormGrid
from kehoach_cli.excel.layout import INDICATORS, NO_INDICATORS, YES

_VALUE_LABEL = "Kết quả (theo đơn vị tính)"


def write_indicators(book: FormBook) -> None:
    """Add the sheet of indicators."""
    grid = book.sheet(INDICATORS)
    grid.headline(
        f"KẾT QUẢ THỰC HIỆN CHỈ TIÊU NĂM {book.form.year} – {book.form.agency.name}",
        "Điền các ô nền vàng nhạt. Số thập phân dùng dấu phẩy (86,5); chưa có số liệu thì để trống.",
    )
    for one in book.form.plans:
        if one.indicators:
            grid.band(one.plan.document.cite, "plan")
        section = None
        for question in one.indicators:
            if question.indicator.section != section:
                section = question.indicator.section
                _write_section(grid, one.plan, section)
            _write_question(book, grid, one.plan, question)
    if grid.row == HEADER_ROW:
        grid.band(NO_INDICATORS, "section")
    grid.offer("estimate", book.flag_list())
    grid.offer("value", prompt("Giá trị", "Số thập phân dùng dấu phẩy, ví dụ 86,5 hoặc 88.823,44. Không ghi đơn vị."))
    grid.finish(book.footer, frozen=2)


def _write_section(grid: FormGrid, plan: Plan, section_id: str | None) -> None:
    section = plan.section(section_id)
    if section:
        grid.band(f"{section.printed or section.id}. {section.title}", "section")


def _write_question(book: FormBook, grid: FormGrid, plan: Plan, question: IndicatorQuestion) -> None:
    """Write a row for each value asked; what is said once for the indicator is asked in its first row."""
    ref = f"{plan.id}/{question.indicator.id}"
    official, once = _official(ref, question), _said_once(question.answer or SubmittedIndicator())
    for number, (slot, label) in enumerate(_slots(question, book.form.year)):
        unit = question.indicator.unit if not slot.startswith("level/") else None
        book.rows.append(("indicator", ref, slot, label, unit or ""))
        values = official | {
            "part": label,
            "unit": unit,
            "before": _value_at(question.before, slot),
            "value": _value_at(question.answer, slot),
        }
        grid.line(values | once if number == 0 else values, closed=once if number else ())


def _official(ref: str, question: IndicatorQuestion) -> dict[str, str | None]:
    indicator, target = question.indicator, question.target
    return {
        "ref": ref,
        "name": indicator.as_issued.get("name") or indicator.name,
        "unit": indicator.unit,
        "target": f"{indicator.as_issued.get('target', target.text)}\n(năm {target.year})"
        if target
        else "chưa có mục tiêu",
    }


def _said_once(answer: SubmittedIndicator) -> dict[str, str | None]:
    return {
        "estimate": YES if answer.estimate else None,
        "to_date": answer.to_date,
        "source": answer.source,
        "note": answer.note,
    }


def _slots(question: IndicatorQuestion, year: int) -> list[tuple[str, str]]:
    """Return for each value asked its place in the answer and the label of its row."""
    if question.scopes:
        return [(f"value/{scope}", scope) for scope in question.scopes]
    if not question.base_years:
        return [("value", "")]
    years = sorted({*question.base_years, year})
    return [("value", _VALUE_LABEL), *((f"level/{one}", f"Mức năm {one}") for one in years)]


def _value_at(report: SubmittedIndicator | None, slot: str) -> str | None:
    if report is None:
        return None
    kind, _, name = slot.partition("/")
    if kind == "level":
        return report.levels.get(int(name))
    return report.parts.get(name) if name else report.value
