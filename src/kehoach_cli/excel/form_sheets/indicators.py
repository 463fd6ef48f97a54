"""The sheet of indicators: a row for each value that is asked."""

from kehoach_cli.core.amend.words import target_text
from kehoach_cli.core.check.evaluation import NOT_REACHED, REACHED
from kehoach_cli.core.check.wording import time_of
from kehoach_cli.core.forms.fingerprint import fingerprint
from kehoach_cli.core.forms.form import AskedKind, AskedValue, IndicatorQuestion
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.report.places import heading_place
from kehoach_cli.excel.form_book import FormBook, prompt
from kehoach_cli.excel.grid import HEADER_ROW, FormGrid
from kehoach_cli.excel.layout import INDICATORS, NO_INDICATORS, YES
from kehoach_cli.excel.locked_cells import fingerprints

TOTAL = "province_total"
_NUMBER_ADVICE = "Số thập phân dùng dấu phẩy (86,5); chưa có số liệu thì để trống."
_NUMBERS = "Số thập phân dùng dấu phẩy, ví dụ 86,5 hoặc 88.823,44"


def write_indicators(book: FormBook) -> None:
    """Add the sheet of indicators."""
    grid = book.sheet(INDICATORS)
    total = any(question.asks_total for one in book.form.plans for question in one.indicators)
    grid.spread(() if total else (TOTAL,))
    if total:
        book.rows.append(("columns", TOTAL))
    grid.headline(
        f"KẾT QUẢ THỰC HIỆN CHỈ TIÊU {book.form.period.full_text.upper()} – {book.form.agency.name}",
        f"Điền các ô nền vàng nhạt. {_NUMBER_ADVICE}{_total_advice() if total else ''}",
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
        grid.sheet.sheet_state = "hidden"
    for key in ("estimate", TOTAL):
        grid.offer(key, book.flag_list())
    _offer_values(book, grid)
    grid.finish(book.footer, frozen=2)


def _total_advice() -> str:
    return f" Số của cả tỉnh, không riêng cơ quan mình: chọn “{YES}” ở cột “{INDICATORS.column(TOTAL).header}”."


def _offer_values(book: FormBook, grid: FormGrid) -> None:
    """Attach to each value cell the list of states, or a prompt that names its unit."""
    grid.offer(AskedKind.STATE, book.state_list())
    asked = {_offer(one): one for form in book.form.plans for question in form.indicators for one in question.asked}
    for name, one in asked.items():
        if one.kind is not AskedKind.STATE:
            grid.offer(name, prompt("Giá trị", _prompt_text(one)))


def _offer(asked: AskedValue) -> str:
    return AskedKind.STATE if asked.kind is AskedKind.STATE else f"{asked.kind}/{asked.unit or ''}"


def _prompt_text(asked: AskedValue) -> str:
    unit = f" Đơn vị tính: {asked.unit}." if asked.unit else ""
    opposite = {
        AskedKind.FALL: (" Nếu tăng thì ghi cả chữ: tăng 6."),
        AskedKind.RISE: " Nếu giảm thì ghi cả chữ: giảm 6.",
    }
    return f"{_NUMBERS}; không ghi đơn vị.{unit}{opposite.get(asked.kind, '')}"


def _write_section(grid: FormGrid, plan: Plan, section_id: str | None) -> None:
    section = plan.section(section_id)
    if section:
        grid.band(f"{heading_place(section.id)}: {section.title}", "section")


def _write_question(book: FormBook, grid: FormGrid, plan: Plan, question: IndicatorQuestion) -> None:
    """Write a row for each value asked; what is said once for the indicator is asked in its first row."""
    ref = f"{plan.id}/{question.indicator.id}"
    book.rows.append(("answers", ref, fingerprint(question.indicator)))
    official, once = _official(ref, question), _said_once(question.answer or SubmittedIndicator())
    for number, asked in enumerate(question.asked):
        label = asked.label if len(question.asked) > 1 or asked.kind is not AskedKind.VALUE or asked.scope else ""
        book.rows.append(("indicator", ref, _slot(asked), label, asked.unit or ""))
        values = official | {
            "part": label,
            "unit": f"{REACHED}/{NOT_REACHED}" if asked.kind is AskedKind.STATE else asked.unit,
            "before": _value_at(question.before, asked),
            "value": _value_at(question.answer, asked),
        }
        book.rows.append(("locked", ref, _slot(asked), fingerprints(INDICATORS, values)))
        closed = once if number else () if question.asks_total else (TOTAL,)
        grid.line(values | once if number == 0 else values, closed, offers={"value": _offer(asked)})


def _official(ref: str, question: IndicatorQuestion) -> dict[str, str | None]:
    indicator, target = question.indicator, question.target
    return {
        "ref": ref,
        "name": indicator.as_issued.get("name") or indicator.name,
        "target": f"{target_text(target)}\n({time_of(target, span=False)})" if target else "chưa có mục tiêu",
        "counted": question.counted,
    }


def _said_once(answer: SubmittedIndicator) -> dict[str, str | None]:
    return {
        "estimate": YES if answer.estimate else None,
        "to_date": answer.to_date,
        TOTAL: YES if answer.province_total else None,
        "source": answer.source,
        "note": answer.note,
    }


def _slot(asked: AskedValue) -> str:
    """Return where an answer belongs, as the hidden sheet notes it: `value`, `value/<part>`, `fall/<part>`, `level/2024`."""
    name = str(asked.year) if asked.year is not None else asked.scope
    return f"{asked.kind}/{name}" if name else asked.kind


def _value_at(report: SubmittedIndicator | None, asked: AskedValue) -> str | None:
    if report is None:
        return None
    if asked.year is not None:
        return report.levels.get(asked.year)
    if asked.kind is AskedKind.STATE and report.met is not None:
        return REACHED if report.met else NOT_REACHED
    return report.parts.get(asked.scope) if asked.scope else report.value
