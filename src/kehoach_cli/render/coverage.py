"""Who sent a submission and who did not, for people and for programs."""

from collections.abc import Sequence
from typing import Any

from kehoach_cli.core.check.wording import names
from kehoach_cli.core.duties.coverage import Coverage, PlanCoverage, Sent
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.render.labels import day_text
from kehoach_cli.render.listing import Block, Column, Sheet

SENT = {
    Sent.SENT: "đã gửi",
    Sent.LATE: "gửi muộn",
    Sent.REFUSED: "đã gửi, chưa nhận được",
    Sent.AWAITED: "chưa gửi, còn hạn",
    Sent.MISSING: "chưa gửi",
    Sent.OPTIONAL: "không bắt buộc",
}
_OUR_READING = "Tên đơn vị lấy theo danh bạ; thành phần của các nhóm cơ quan là cách hiểu của kehoach."
_COLUMNS = (
    Column("Kế hoạch", fixed=True),
    Column("Cơ quan", weight=2),
    Column("Báo cáo"),
    Column("Mục chưa có kết quả", weight=3),
)


def coverage_block(covered: Sequence[PlanCoverage], directory: Directory) -> Block:
    """Return one line per plan about who must send a submission, and the rows that the submissions leave unanswered."""
    lines = [line for found in covered for line in _lines(found)]
    lines += [_OUR_READING] if any(found.rows for found in covered) else []
    rows = tuple(
        (found.plan.id, row.sender.agency.name, _state(row, found, directory), _unanswered(row))
        for found in covered
        for row in found.having(Sent.SENT, Sent.LATE)
    )
    return Block("Báo cáo của các đơn vị", 2, tuple(lines), columns=_COLUMNS if rows else (), rows=rows)


def sender_text(covered: Sequence[PlanCoverage], plan_id: str, directory: Directory) -> str:
    """Return how the agency asked stands with the submission it owes for a plan, if it owes one: `đã gửi ngày 16/12/2025`."""
    return "; ".join(
        f"báo cáo {_state(row, found, directory)}"
        + (f" (hạn {day_text(found.due)})" if found.due else "")
        + (f"; {row.sender.note}" if row.sender.note else "")
        for found in covered
        if found.plan.id == plan_id
        for row in found.rows
    )


def coverage_sheet(covered: Sequence[PlanCoverage], directory: Directory) -> Sheet:
    """Return every sender of every plan as one flat table."""
    headers = (
        "Kế hoạch",
        "Cơ quan",
        "Bắt buộc",
        "Báo cáo",
        "Thời hạn",
        "Số mục chưa có kết quả",
        "Mục chưa có kết quả",
    )
    rows = tuple(
        (
            found.plan.id,
            row.sender.agency.name,
            "có" if row.sender.required else "không",
            _state(row, found, directory),
            day_text(found.due),
            str(len(row.unanswered)),
            ", ".join(row.unanswered),
        )
        for found in covered
        for row in found.rows
    )
    return Sheet(headers, rows)


def coverage_record(found: PlanCoverage) -> dict[str, Any]:
    """Return the senders of a plan as a JSON record; `source` is the passage of the plan that asks for them, null without one."""
    return {
        "plan": found.plan.id,
        "source": found.rule.source if found.rule else None,
        "due": found.due,
        "units": [
            {
                "agency": row.sender.agency.id,
                "name": row.sender.agency.name,
                "required": row.sender.required,
                "state": row.state.value,
                "submitted": next((one.submitted for one in reversed(row.submissions) if one.submitted), None),
                "files": [one.file for one in row.submissions],
                "members": list(row.members),
                "refused": [{"file": one.file, "reason": one.reason} for one in row.refused],
                "unanswered": list(row.unanswered),
                "note": row.sender.note or None,
            }
            for row in found.rows
        ],
    }


def _lines(found: PlanCoverage) -> list[str]:
    plan = found.plan.id
    if found.rule is None:
        if found.asked_otherwise:
            sent = found.having(Sent.SENT, Sent.LATE)
            return [f"{plan}: kế hoạch không quy định báo cáo {found.period.kind_text}; đã gửi {len(sent)} đơn vị."]
        return [f"{plan}: kế hoạch không quy định đơn vị nào phải gửi báo cáo."]
    required = [row for row in found.rows if row.sender.required]
    sent = found.having(Sent.SENT, Sent.LATE)
    late = found.having(Sent.LATE)
    due = f"hạn {day_text(found.due)}" if found.due else f'"{found.rule.due.text}", không nêu ngày'
    asked = "các đơn vị được giao chủ trì" if found.rule.leads_only else "mọi đơn vị được nêu"
    counted = sum(row.sender.required for row in sent)
    text = f"{plan} (mục {found.rule.source}: {asked}, {due}): đã gửi {counted}/{len(required)} đơn vị"
    text += f", trong đó gửi muộn {len(late)}" if late else ""
    lines = [f"{text}."]
    lines += [
        f"{SENT[state].capitalize()} ({len(rows)}): {'; '.join(row.sender.agency.name for row in rows)}."
        for state in (Sent.MISSING, Sent.AWAITED)
        if (rows := found.having(state))
    ]
    lines += [
        f"Đã gửi, chưa nhận được: {row.sender.agency.name} ({one.file}: {one.reason})."
        for row in found.having(Sent.REFUSED)
        for one in row.refused
    ]
    lines += [f"{row.sender.agency.name}: {row.sender.note}." for row in found.rows if row.sender.note]
    if optional := [row for row in found.having(Sent.OPTIONAL) if not row.sender.note]:
        lines.append(f"Không bắt buộc: {len(optional)} đơn vị khác, không được giao chủ trì mục nào.")
    return lines


def _state(row: Coverage, found: PlanCoverage, directory: Directory) -> str:
    days = [one.submitted for one in row.submissions if one.submitted]
    text = SENT[row.state] + (f" ngày {day_text(max(days))}" if days else "")
    text += f": {names(directory, found.plan.province, row.members)}" if row.members else ""
    optional = row.state in {Sent.SENT, Sent.LATE} and not row.sender.required
    return f"{text} (không bắt buộc)" if optional else text


def _unanswered(row: Coverage) -> str:
    return f"{len(row.unanswered)}: {', '.join(row.unanswered)}" if row.unanswered else "không còn mục nào"
