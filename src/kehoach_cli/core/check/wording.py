"""The Vietnamese words for verdicts and states, the same on the screen and in documents."""

from collections.abc import Iterable
from fractions import Fraction

from kehoach_cli.core.check.verdict import NOT_REACHED, REACHED, Evaluation, Verdict
from kehoach_cli.core.duties.assess import State, Timeliness
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.progress import Status, SubmittedIndicator
from kehoach_cli.viet.number import rounded

UNCERTAIN = "cần xác nhận"
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
    """Return the state in official words; a task without any submission is never called "chưa hoàn thành"."""
    if state.timeliness is Timeliness.IN_TIME and state.status is None:
        return "chưa có báo cáo, trong hạn"
    text = TIMELINESS[state.timeliness] or (STATUSES[state.status] if state.status else "")
    if state.leads > 1 and state.reported:
        text += f" ({state.reported}/{state.leads} cơ quan chủ trì đã báo cáo)"
    return text


def verdict_word(evaluation: Evaluation, entry: SubmittedIndicator | None) -> str:
    """Return the verdict in words; "Không đạt" only at the plan's last milestone and with a final figure."""
    estimate = bool(entry and entry.estimate)
    if evaluation.invalid:
        return "Cần làm rõ"
    if estimate and evaluation.verdict in _ESTIMATES:
        return _ESTIMATES[evaluation.verdict]
    if evaluation.verdict is Verdict.MISSED:
        return "Không đạt" if evaluation.last else "Chưa đạt"
    return _WORDS[evaluation.verdict]


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
    """Return the difference between a value and its target: `+1,2 điểm %`, `bằng 98,5% mục tiêu`."""
    if evaluation.difference is None:
        return ""
    value, unit = evaluation.difference.value, evaluation.difference.unit
    if unit == "%":
        return f"bằng {rounded(value, 100)}% mục tiêu"
    return f"{'+' if value > 0 else ''}{rounded(value, 0)} {unit}"


def shown_share(part: int | Fraction, whole: int | Fraction) -> str:
    """Return a share in percent with one decimal; nothing and all of it are told from what is close to them."""
    return rounded(Fraction(part) * 100 / Fraction(whole), 0, 100, places=1)
