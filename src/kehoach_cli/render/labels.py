"""The Vietnamese words that officers read in place of codes."""

from collections.abc import Iterator
from datetime import date

from kehoach_cli.core.amend.words import moved_text, phrase_moved_text
from kehoach_cli.core.check.wording import STATUSES, TIMELINESS, state_text
from kehoach_cli.core.duties.assess import State, Timeliness
from kehoach_cli.core.duties.bodies import UNCERTAIN
from kehoach_cli.core.duties.due_dates import DueDates, MilestoneState
from kehoach_cli.core.duties.match import Match, Via
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.plan import ClauseRole, Document, PlanYears, TaskKind
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.model.revision import Revision
from kehoach_cli.core.notation.schedule import Recurrence, Schedule, ScheduleKind
from kehoach_cli.core.notation.target import Direction, TargetKind
from kehoach_cli.viet.dates import format_date, format_partial
from kehoach_cli.viet.number import rounded
from kehoach_cli.viet.text import without_controls

KINDS = {
    TaskKind.TASK: "nhiệm vụ",
    TaskKind.PROGRAMME: "chương trình, đề án, dự án",
    TaskKind.ORGANISATION: "tổ chức thực hiện",
}
ROLES = {
    "lead": "chủ trì",
    "support": "phối hợp",
    ClauseRole.IMPLEMENT.value: "thực hiện",
    ClauseRole.DIRECT.value: "lãnh đạo, chỉ đạo",
}
VIAS = {
    Via.DIRECT: "Được nêu tên",
    Via.SUCCESSOR: "Tiếp nhận từ cơ quan trước đây",
    Via.GROUP: "Thuộc nhóm được giao",
    Via.CLAUSE: "Theo điều khoản chung",
    Via.BODY: "Theo phần thân kế hoạch",
}
SCHEDULE_KINDS = {
    ScheduleKind.PERIOD: "giai đoạn",
    ScheduleKind.YEAR: "trong năm",
    ScheduleKind.UNTIL: "đến hạn",
    ScheduleKind.OPEN: "không ấn định thời hạn cuối",
    ScheduleKind.RECURRING: "thường xuyên, định kỳ",
    ScheduleKind.ON_REQUEST: "khi có yêu cầu",
    ScheduleKind.MILESTONES: "theo từng mốc",
    ScheduleKind.EVENT: "theo sự kiện hoặc văn bản",
    ScheduleKind.VAGUE: "không có ngày cụ thể",
    ScheduleKind.NONE: "không ghi thời gian",
    ScheduleKind.UNKNOWN: "chưa hiểu được thời gian ghi trong kế hoạch",
}
DIRECTIONS = {
    Direction.INCREASE: "càng cao càng tốt",
    Direction.DECREASE: "càng thấp càng tốt",
    Direction.MAINTAIN: "duy trì",
    Direction.WITHIN: "giữ trong mức",
}
TARGET_KINDS = {
    TargetKind.POINT: "giá trị cụ thể",
    TargetKind.RANGE: "khoảng",
    TargetKind.BOUND: "có giới hạn",
    TargetKind.MAINTAIN: "duy trì ít nhất bằng",
    TargetKind.RELATIVE: "so với năm gốc",
    TargetKind.MULTIPLE: "gấp nhiều lần",
    TargetKind.RANK: "thứ hạng",
    TargetKind.RATIO: "trên tổng số",
    TargetKind.STATE: "trạng thái",
    TargetKind.MEAN: "bình quân hằng năm",
    TargetKind.SCOPED: "theo từng đối tượng",
    TargetKind.EVENT: "mốc thời gian",
    TargetKind.UNKNOWN: "chưa hiểu được",
}
DOCUMENT_TYPES = {"KH": "Kế hoạch", "QĐ": "Quyết định", "NQ": "Nghị quyết", "CTr": "Chương trình", "ĐA": "Đề án"}
SEVERITIES = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.INFO: "lưu ý"}
NO_SCHEDULE = "không ghi thời gian"
COUNTED = "tính theo ngày lịch kể từ ngày văn bản"
_MOST_MISSED = 3
_OFTEN = {
    "year": "hằng năm",
    "half": "6 tháng một lần",
    "quarter": "hằng quý",
    "month": "hằng tháng",
    "week": "hằng tuần",
    "day": "hằng ngày",
}


def match_text(match: Match) -> str:
    """Return one way in which a row concerns the agency asked about: `phối hợp, qua nhóm "Các sở, ban, ngành cấp tỉnh"`."""
    role = ROLES[match.role]
    former = "trước đây: " if match.inherited else ""
    text = {
        Via.DIRECT: role,
        Via.SUCCESSOR: f"{role}, trước đây: {match.name}",
        Via.GROUP: f"{role}, qua nhóm: {match.name}",
        Via.CLAUSE: f"{role}, theo điều khoản chung: {former}{match.name}",
        Via.BODY: f"{role}, theo phần thân kế hoạch" + (f", {former}{match.name}" if former else ""),
    }[match.via]
    extras = [f"phần {match.scope}"] if match.scope else []
    extras += ["nếu có liên quan"] if match.limited else []
    extras += [UNCERTAIN] if not match.certain else []
    return f"{text} ({'; '.join(extras)})" if extras else text


def schedule_text(schedule: Schedule) -> str:
    """Return the schedule as printed, and the heading it is inherited from."""
    text = schedule.text or NO_SCHEDULE
    heading = f" (theo tiêu đề mục {schedule.source})" if schedule.source else ""
    return f"{text}{heading}{phrase_moved_text(schedule)}"


def due_text(schedule: Schedule, state: State, due: DueDates) -> str:
    """Return the deadline, the printed schedule, what is due next or was missed, and the state, one line each."""
    lines = [f"{format_date(state.deadline)}{moved_text(schedule)}"] if state.deadline else []
    lines += extension_lines(schedule, state)
    if schedule.kind in {ScheduleKind.UNKNOWN, ScheduleKind.VAGUE}:
        lines.append(f'"{schedule.text}": {SCHEDULE_KINDS[schedule.kind]}')
    elif not lines or schedule.kind is not ScheduleKind.YEAR:
        lines.append(f"{schedule.text or NO_SCHEDULE}{'' if state.deadline else phrase_moved_text(schedule)}")
    lines += [COUNTED] if schedule.counted else []
    lines += open_lines(schedule, state, due)
    lines.append(state_text(state))
    return "\n".join(lines)


def extension_lines(schedule: Schedule, state: State) -> list[str]:
    """Return the document that extended the deadline, and the old deadline; nothing where it was not extended."""
    if state.extension is None or schedule.deadline is None:
        return []
    document = f" theo {state.extension.document}" if state.extension.document else ""
    return [f"gia hạn{document}; trước đây {format_date(schedule.deadline)}"]


def open_lines(schedule: Schedule, state: State, due: DueDates) -> list[str]:
    """Return the overdue milestones, what is due next where that is not the deadline, and what was missed this year."""
    lines = [
        f"mốc quá hạn: {step.milestone.text} ({format_date(step.milestone.deadline)}, {rounded(step.days)} ngày)"
        for step in due.steps
        if step.overdue
    ]
    if due.next_due and due.next_due != state.deadline and due.next_due not in {step.deadline for step in due.overdue}:
        step = next((step.text for step in schedule.milestones if step.deadline == due.next_due), None)
        lines.append(f"{f'mốc tới: {step} (' if step else 'kỳ tới: '}{format_date(due.next_due)}{')' if step else ''}")
    if due.missed:
        shown = ", ".join(map(format_date, due.missed[:_MOST_MISSED]))
        more = len(due.missed) - _MOST_MISSED
        lines.append(f"kỳ đã qua chưa có kết quả: {shown}" + (f" và {more} kỳ nữa" if more > 0 else ""))
    return lines


def milestone_text(step: MilestoneState) -> str:
    """Return the state of a milestone in official words: `hoàn thành quá hạn 10 ngày, ngày 10/7/2025`."""
    late = f" {rounded(step.days)} ngày" if step.days else ""
    day = f", ngày {format_date(step.completed)}" if step.completed else ""
    return f"{_step_text(step)}{late}{day}"


def _step_text(step: MilestoneState) -> str:
    # What nobody reported is never called "chưa hoàn thành".
    if step.timeliness is Timeliness.NONE or step.status is Status.DONE:
        return TIMELINESS[step.timeliness] or (STATUSES[step.status] if step.status else "không tính hạn")
    if step.status is None:
        return "chưa có báo cáo, trong hạn" if step.timeliness is Timeliness.IN_TIME else "quá hạn, chưa có báo cáo,"
    return f"{STATUSES[step.status]}, {'quá hạn' if step.overdue else 'trong hạn'}"


def recurrence_text(recurrence: Recurrence) -> str:
    """Return how often a duty comes back, and by when: `hằng quý, hạn 31/3, 30/6`."""
    every = recurrence.every
    often = _OFTEN.get(every) or f"{every.partition(' ')[0]} năm một lần"
    if not recurrence.due:
        return often
    return f"{often}, hạn {', '.join(_due_text(every, due) for due in recurrence.due)}"


def _due_text(every: str, due: str) -> str:
    if every == "month":
        return "ngày cuối tháng" if due == "31" else f"ngày {due}"
    return f"{int(due[3:])}/{int(due[:2])}"


def schedule_meaning(schedule: Schedule) -> Iterator[str]:
    """Yield what a schedule is understood to say, in words an officer can check against the document."""
    yield SCHEDULE_KINDS[schedule.kind]
    if schedule.recurrence:
        yield recurrence_text(schedule.recurrence)
    # "2022 - 2025" begins with its first year, as everybody reads it.
    if schedule.starts and not (schedule.deadline and schedule.starts == date(schedule.starts.year, 1, 1)):
        yield f"bắt đầu từ {day_text(schedule.starts)}"
    yield f"thời hạn: {day_text(schedule.deadline) if schedule.deadline else 'không có'}"
    if schedule.counted:
        yield COUNTED
    if schedule.goes_on:
        yield "sau đó làm thường xuyên"
    if schedule.event and schedule.kind is not ScheduleKind.EVENT:
        yield f"chờ hoặc theo: {schedule.event}"


def day_text(day: date | None) -> str:
    """Return a day as documents write it, a dash for none."""
    return format_date(day) if day else "-"


def document_text(document: Document) -> str:
    """Return type, number and date of the document, as far as the copy gives them: `Kế hoạch số 176/KH-UBND ngày 01/7/2022`."""
    name = DOCUMENT_TYPES.get(document.type, document.type)
    number = f" số {document.number}" if document.number else ""
    day = (
        f"{'' if document.date.day else ','} {'ngày ' if document.date.day else ''}{format_partial(document.date)}"
        if document.date
        else ""
    )
    missing = [
        word for word, value in (("số", document.number), ("ngày", document.date and document.date.day)) if not value
    ]
    return f"{name}{number}{day}" + (f" (bản sao không ghi {', '.join(missing)})" if missing else "")


def period_text(period: PlanYears) -> str:
    """Return the years in force: `2022 - 2030, tầm nhìn 2050`."""
    text = f"từ {period.start}" if period.end is None else f"{period.start} - {period.end}"
    return f"{text}, tầm nhìn {period.vision}" if period.vision else text


def finding_text(finding: Finding) -> str:
    """Return a finding as one line: file:line:column, severity, code, message, hint."""
    hint = f" ({finding.hint})" if finding.hint else ""
    return without_controls(f"{finding.where}: {SEVERITIES[finding.severity]} {finding.code}: {finding.message}{hint}")


def revision_text(revision: Revision) -> str:
    """Return which revision of the workspace is shown."""
    if revision.name == revision.commit:
        return f"Bản {revision.short} (ngày {format_date(revision.day)})"
    return f"Bản tại {without_controls(revision.name)} ({revision.short}, ngày {format_date(revision.day)})"
