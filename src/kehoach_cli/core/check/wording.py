"""The Vietnamese words for verdicts and states, the same on the screen and in documents."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from kehoach_cli.core.check.evaluation import NOT_REACHED, REACHED, Evaluation, Verdict
from kehoach_cli.core.duties.assess import CountColumn, State, Timeliness
from kehoach_cli.core.duties.bodies import UNCERTAIN
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.progress import Status, SubmittedIndicator
from kehoach_cli.core.notation.keys import time_text
from kehoach_cli.core.notation.target import Target
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import rounded

STATUSES = {
    Status.NOT_STARTED: "chưa thực hiện",
    Status.IN_PROGRESS: "đang thực hiện",
    Status.DONE: "đã hoàn thành",
    Status.ONGOING: "thực hiện thường xuyên",
    Status.PAUSED: "tạm dừng",
    Status.WAITING: "chờ hướng dẫn",
    Status.CARRIED: "chuyển tiếp",
    Status.DROPPED: "dừng, không thực hiện",
}
TIMELINESS = {
    Timeliness.ON_TIME: "hoàn thành đúng hạn",
    Timeliness.LATE: "hoàn thành quá hạn",
    Timeliness.UNDATED: "hoàn thành, chưa rõ thời điểm",
    Timeliness.IN_TIME: "chưa hoàn thành, trong hạn",
    Timeliness.OVERDUE: "chưa hoàn thành, quá hạn",
    Timeliness.UNREPORTED: "đã quá thời hạn theo Kế hoạch, chưa có báo cáo",
    Timeliness.NOT_YET: "chưa đến thời gian thực hiện",
    Timeliness.SUSPENDED: "chờ hướng dẫn",
    Timeliness.NONE: "",
}
COLUMN_HEADERS = {
    CountColumn.ON_TIME: "Hoàn thành đúng hạn",
    CountColumn.LATE: "Hoàn thành quá hạn",
    CountColumn.UNDATED: "Hoàn thành, chưa rõ thời điểm",
    CountColumn.IN_TIME: "Chưa hoàn thành, trong hạn",
    CountColumn.OVERDUE: "Chưa hoàn thành, quá hạn",
    CountColumn.NOT_YET: "Chưa đến thời gian",
    CountColumn.ONGOING: "Thường xuyên",
    CountColumn.WAITING: "Chờ hướng dẫn, tạm dừng",
    CountColumn.CARRIED: "Chuyển tiếp",
    CountColumn.DROPPED: "Dừng",
    CountColumn.UNREPORTED: "Chưa báo cáo",
}
_NO_REPORT = "chưa có báo cáo"
_NOT_ALLOWED = "chưa có văn bản cho phép"
_STATES = {
    CountColumn.LATE: TIMELINESS[Timeliness.LATE],
    CountColumn.IN_TIME: TIMELINESS[Timeliness.IN_TIME],
    CountColumn.OVERDUE: TIMELINESS[Timeliness.OVERDUE],
    CountColumn.NOT_YET: TIMELINESS[Timeliness.NOT_YET],
    CountColumn.ONGOING: STATUSES[Status.ONGOING],
    CountColumn.CARRIED: STATUSES[Status.CARRIED],
    CountColumn.DROPPED: STATUSES[Status.DROPPED],
}
_WORDS = {
    Verdict.EXCEEDED: "Vượt",
    Verdict.MET: "Đạt",
    Verdict.PARTLY: "Đạt một phần",
    Verdict.NO_DATA: "Chưa có số liệu",
    Verdict.ON_TRACK: "Đúng lộ trình",
    Verdict.BEHIND: "Chậm lộ trình",
    Verdict.NOT_DUE: "Chưa đến kỳ đánh giá",
}
_ESTIMATES = {
    Verdict.EXCEEDED: "Ước vượt",
    Verdict.MET: "Ước đạt",
    Verdict.PARTLY: "Ước đạt một phần",
    Verdict.MISSED: "Ước chưa đạt",
}


def names(directory: Directory, province: str, ids: Iterable[str]) -> str:
    """Return the official names of bodies, in the order given."""
    return "; ".join(directory.name(province, agency_id) for agency_id in ids)


def names_now(directory: Directory, province: str, ids: Iterable[str]) -> str:
    """Return the official names of bodies; after a dissolved one, its heirs of today."""
    found = []
    for agency_id in ids:
        heirs = heirs_text(directory, province, agency_id)
        found.append(directory.name(province, agency_id) + (f" (nay: {heirs})" if heirs else ""))
    return "; ".join(found)


def heirs_text(directory: Directory, province: str, agency_id: str, role: str | None = None) -> str:
    """Return the heirs of a body today (those of `role`, if the inheritance is limited), and a mark if that is uncertain."""
    agency = directory.get(province, agency_id)
    if agency is None:
        return ""
    limited = [heir for heir in agency.successors if role and heir.role == role]
    certain = all(heir.certain for heir in limited) if limited else directory.heirs_certain(agency)
    heirs = [heir.id for heir in limited] or [directory.ref(province, heir) for heir in directory.heirs(agency)]
    text = names(directory, province, heirs)
    return f"{text}, {UNCERTAIN}" if text and not certain else text


def state_text(state: State) -> str:
    """Return the state in official words, with the days it is late and who has answered for several leads or a group.

    The words are those of the column in which the task is counted. A task without any submission is never called "chưa hoàn
    thành".
    """
    days = f" ({rounded(state.days)} ngày)" if state.days else ""
    said = "; ".join(_said(state))
    return f"{plain_state_text(state)}{days}" + (f" ({said})" if said else "")


def plain_state_text(state: State) -> str:
    """Return the state in official words only."""
    column = state.column
    if column is CountColumn.UNREPORTED:
        return _unreported_text(state)
    if column in {CountColumn.ON_TIME, CountColumn.UNDATED}:
        text = "hoàn thành, không ấn định thời hạn" if state.completed else TIMELINESS[Timeliness.UNDATED]
        return TIMELINESS[state.timeliness] or text
    if column is CountColumn.WAITING:
        return STATUSES[Status.PAUSED] if state.status is Status.PAUSED else STATUSES[Status.WAITING]
    if column is CountColumn.IN_TIME and state.timeliness is Timeliness.NONE:
        # Without a deadline there is nothing to be in time for.
        return "chưa hoàn thành" if state.undecided else status_text(state)
    return _STATES[column]


def status_text(state: State) -> str:
    """Return the reported status in words."""
    if state.status is None:
        return "có báo cáo, chưa nêu trạng thái" if state.answered else _NO_REPORT
    return STATUSES[state.status]


def _unreported_text(state: State) -> str:
    text = f"{_NO_REPORT} của cơ quan chủ trì" if state.aside else _NO_REPORT
    if state.timeliness is Timeliness.UNREPORTED:
        return f"đã quá thời hạn theo Kế hoạch, {text}"
    return f"{text}, trong hạn" if state.timeliness is Timeliness.IN_TIME else text


def _said(state: State) -> Iterator[str]:
    """Yield what the state leaves out: who answered, and what was reported without effect."""
    if state.status is None and state.answered and state.timeliness is not Timeliness.NONE:
        yield "chưa nêu trạng thái"
    if state.undecided and state.status:
        yield f"báo cáo {STATUSES[state.status].partition(',')[0]}, {_NOT_ALLOWED}"
    if state.requested:
        yield f"báo cáo gia hạn đến {format_date(state.requested.to)}, {_NOT_ALLOWED}"
    if not (state.reported + state.others):
        return
    if state.leads > 1 or (state.leads and not state.reported):
        yield f"{state.reported}/{state.leads} cơ quan chủ trì đã báo cáo"
    if state.others and (not state.reported or state.members):
        of = f"/{state.members}" if state.members >= state.others else ""
        yield f"{state.others}{of} cơ quan, đơn vị {'khác được giao' if state.leads else 'được giao'} đã báo cáo"


def verdict_word(evaluation: Evaluation, entry: SubmittedIndicator | None) -> str:
    """Return the verdict in words; "Không đạt" only at the plan's last milestone and with a final figure."""
    if evaluation.invalid:
        return "Cần làm rõ"
    return verdict_text(evaluation.verdict, estimate=bool(entry and entry.estimate), last=evaluation.last)


def verdict_text(verdict: Verdict, *, estimate: bool = False, last: bool = False) -> str:
    """Return a verdict in words, `last` at the plan's last milestone."""
    if estimate and verdict in _ESTIMATES:
        return _ESTIMATES[verdict]
    if verdict is Verdict.MISSED:
        return "Không đạt" if last else "Chưa đạt"
    return _WORDS[verdict]


def reported_text(entry: SubmittedIndicator | None) -> str:
    """Return the submitted value, as typed."""
    if entry is None:
        return ""
    if entry.met is not None:
        return REACHED if entry.met else NOT_REACHED
    if entry.value is not None:
        return entry.value
    said = [f"{scope}: {value}" for scope, value in entry.parts.items()]
    return "; ".join(said or [f"năm {year}: {level}" for year, level in entry.levels.items()])


def difference_text(evaluation: Evaluation) -> str:
    """Return the difference between a value and its target: `+1,2 điểm %`, `bằng 98,5% mục tiêu`.

    It is rounded, but never to no difference.
    """
    if evaluation.difference is None:
        return ""
    value, unit = evaluation.difference.value, evaluation.difference.unit
    if unit != "%":
        return f"{'+' if value > 0 else ''}{rounded(value, 0)} {unit}"
    return f"bằng {rounded(value, 100)}% mục tiêu"


def time_of(target: Target, *, span: bool = True) -> str:
    """Return when a target holds: `năm 2025`, `quý III/2026`, `ngày 30/6/2026`; with `span` also where it begins."""
    if target.period is None:
        return f"năm {time_text(target.year, target.since if span else None)}"
    text = time_text(target.year, None, target.period)
    return f"ngày {text}" if "-" in target.period else text


def shown_share(part: int | Fraction, whole: int | Fraction) -> str:
    """Return a share in percent with one decimal; nothing and all of it are told from what is close to them."""
    return rounded(Fraction(part) * 100 / Fraction(whole), 0, 100, places=1)
