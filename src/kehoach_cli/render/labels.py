"""The Vietnamese words that officers read in place of codes."""

from datetime import date

from kehoach_cli.core.check.wording import state_text
from kehoach_cli.core.duties.assess import State
from kehoach_cli.core.duties.bodies import UNCERTAIN
from kehoach_cli.core.duties.match import Match, Via
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.plan import ClauseRole, Document, Period, TaskKind
from kehoach_cli.core.notation.schedule import Schedule, ScheduleKind
from kehoach_cli.core.notation.target import Direction, TargetKind
from kehoach_cli.viet.dates import format_date, format_partial
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
    ScheduleKind.VAGUE: "không rõ ngày",
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
    if not schedule.text:
        return NO_SCHEDULE
    return f"{schedule.text} (theo tiêu đề mục {schedule.source})" if schedule.source else schedule.text


def due_text(schedule: Schedule, state: State) -> str:
    """Return the deadline, the printed schedule and the state, one line each."""
    lines = [format_date(state.deadline)] if state.deadline else []
    if state.extension and schedule.deadline:
        document = f" theo {state.extension.document}" if state.extension.document else ""
        lines.append(f"gia hạn{document}; trước đây {format_date(schedule.deadline)}")
    if schedule.kind is ScheduleKind.UNKNOWN:
        lines.append(f'"{schedule.text}": {SCHEDULE_KINDS[schedule.kind]}')
    elif not lines or schedule.kind is not ScheduleKind.YEAR:
        lines.append(schedule.text or NO_SCHEDULE)
    lines.append(state_text(state))
    return "\n".join(lines)


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


def period_text(period: Period) -> str:
    """Return the years in force: `2022 - 2030, tầm nhìn 2050`."""
    text = f"từ {period.start}" if period.end is None else f"{period.start} - {period.end}"
    return f"{text}, tầm nhìn {period.vision}" if period.vision else text


def finding_text(finding: Finding) -> str:
    """Return a finding as one line: file:line:column, severity, code, message, hint."""
    hint = f" ({finding.hint})" if finding.hint else ""
    return without_controls(f"{finding.where}: {SEVERITIES[finding.severity]} {finding.code}: {finding.message}{hint}")
