"""Reminders as short texts to paste into a message, and as JSON records."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kehoach_cli.core.duties.coverage import Sent
from kehoach_cli.core.report.remind import DueItem, Reminder, ReportItem
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import rounded

# A message is read on a telephone: long tasks are cut, and of many the first are named.
_LONGEST = 90
_MOST = 12


def reminder_text(some: Sequence[Reminder]) -> str:
    """Return one text for a body: what it is reminded of, plan by plan."""
    whom = some[0].whom.name
    lines = [f"Kính gửi {whom},"]
    for one in some:
        lines += ["", f"{one.sender.name} nhắc việc thực hiện {one.plan.document.cite}:"]
        lines += _plan_lines(one)
    lines += ["", f"Đề nghị {whom} quan tâm thực hiện, báo cáo kịp thời. Trân trọng cảm ơn."]
    return "\n".join(lines) + "\n"


def reminder_record(one: Reminder) -> dict[str, Any]:
    """Return the reminder of a body for one plan as a JSON item."""
    return {
        "agency": one.agency,
        "name": one.whom.name,
        "plan": one.plan.id,
        "period": one.period.key,
        "steps": sorted({step.value for step, _ in one.said}),
        "upcoming": [_item_record(one, item) for item in one.upcoming],
        "late": [_item_record(one, item) for item in one.late],
        "report": _report_record(one.report) if one.report else None,
        "values": [f"{one.plan.id}/{row.id}" for row in one.values],
        "not_updated": [f"{one.plan.id}/{task.id}" for task in one.stale],
    }


def _item_record(one: Reminder, item: DueItem) -> dict[str, Any]:
    return {
        "ref": f"{one.plan.id}/{item.task.id}",
        "due": item.day,
        "days": item.days,
        "step": item.step.value,
        "milestone": item.step_text or None,
    }


def _report_record(item: ReportItem) -> dict[str, Any]:
    return {
        "state": item.state.value,
        "due": item.due,
        "step": item.step.value,
        "indicators": item.indicators,
        "tasks": item.tasks,
        "reasons": list(item.reasons),
        "asked_by": item.asked_by,
    }


def _plan_lines(one: Reminder) -> Iterator[str]:
    if one.upcoming:
        yield "* Sắp đến hạn:"
        yield from _listed(f"{_left(item)}: {_named(item)}" for item in one.upcoming)
    if one.late:
        yield "* Đã quá thời hạn:"
        yield from _listed(
            f"{_named(item)}: hạn {format_date(item.day)}, quá {rounded(-item.days)} ngày{_unheard(item)}"
            for item in one.late
        )
    if one.report:
        yield _report_line(one, one.report)
    if one.values:
        yield f"* Báo cáo {one.period.text} còn thiếu số liệu chỉ tiêu:"
        yield from _listed(f"{row.id} {_short(row.name)}" for row in one.values)
    if one.stale:
        yield f"* Báo cáo {one.period.text} chưa cập nhật nhiệm vụ:"
        yield from _listed(f"{task.id} {_short(task.text)}" for task in one.stale)


def _listed(lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    yield from (f"- {line}" for line in found[:_MOST])
    if len(found) > _MOST:
        yield f"- và {len(found) - _MOST} nội dung khác"


def _left(item: DueItem) -> str:
    when = format_date(item.day)
    return f"hôm nay ({when})" if item.days == 0 else f"còn {item.days} ngày ({when})"


def _named(item: DueItem) -> str:
    step = f", mốc “{_short(item.step_text)}”" if item.step_text else ""
    return f"{item.task.id} {_short(item.task.text)}{step}"


def _unheard(item: DueItem) -> str:
    return ", chưa có báo cáo" if "chưa có báo cáo" in item.word else ""


def _short(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0].rstrip(',;')} …"


def _report_line(one: Reminder, item: ReportItem) -> str:
    when = one.period.text + (f" theo {item.asked_by}" if item.asked_by else "")
    due = f" (hạn gửi {format_date(item.due)})" if item.due else ""
    rows = [f"{number} {what}" for number, what in ((item.tasks, "nhiệm vụ"), (item.indicators, "chỉ tiêu")) if number]
    asked = f"; phải báo cáo {', '.join(rows)}" if rows else ""
    if item.state is Sent.REFUSED:
        return f"* Báo cáo {when}: đã gửi, chưa nhận được: {'; '.join(item.reasons)}{due}."
    if item.state is Sent.AWAITED:
        left = "hôm nay" if item.days == 0 else f"còn {item.days} ngày"
        return f"* Báo cáo {when}: {left} đến hạn gửi{due}{asked}."
    return f"* Báo cáo {when}: chưa nhận được báo cáo{due}{asked}."
