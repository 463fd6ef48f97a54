"""The part of a report on coverage: who had to report, and who did."""

from msgspec.structs import replace

from kehoach_cli.core.check.submissions import Check
from kehoach_cli.core.duties.coverage import Coverage, PlanCoverage, Sent, voice
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.report.bodies import body_at
from kehoach_cli.core.report.model import (
    CoveragePart,
    Source,
    UnitLine,
)
from kehoach_cli.core.report.sources import Evidence, entry_source
from kehoach_cli.viet.dates import format_date

_WORDS = {
    Sent.SENT: "Đã báo cáo",
    Sent.LATE: "Đã báo cáo, gửi sau thời hạn",
    Sent.REFUSED: "Đã gửi, chưa nhận được",
    Sent.AWAITED: "Chưa báo cáo, còn trong thời hạn",
    Sent.MISSING: "Chưa báo cáo",
    Sent.OPTIONAL: "Không bắt buộc báo cáo",
}
_HEARD = (Sent.SENT, Sent.LATE)


def coverage_part(
    evidence: Evidence, submissions: tuple[Submission, ...], result: Check, directory: Directory
) -> CoveragePart:
    """Return who reported, of the bodies that the plan asks and of others."""
    covered = next(one for one in result.coverage if one.plan.id == evidence.plan.id)
    required = [row for row in covered.rows if row.sender.required]
    volunteers = [row for row in covered.rows if not row.sender.required and row.state in _HEARD]
    strangers = _strangers(covered, submissions, directory, evidence.plan.province)
    lines = [_unit_line(number, row) for number, row in enumerate((*required, *volunteers), 1)]
    lines += [
        _stranger_line(number, one, directory, evidence.plan.province)
        for number, one in enumerate(strangers, len(lines) + 1)
    ]
    by = {state: [row for row in required if row.state is state] for state in Sent}
    part = CoveragePart(
        sentence="",
        expected=len(required),
        reported=len(by[Sent.SENT]) + len(by[Sent.LATE]),
        late=len(by[Sent.LATE]),
        awaited=len(by[Sent.AWAITED]),
        missing=len(by[Sent.MISSING]),
        others=len(volunteers) + len(strangers),
        source=covered.rule.source if covered.rule else None,
        lines=tuple(lines),
        refused=len(by[Sent.REFUSED]),
    )
    rule = Source(evidence.plan.file, evidence.plan.lines.get("reporting", 1))
    files = [entry_source(one, "agency") for row in required for one in row.submissions]
    others = [entry_source(one, "agency") for row in volunteers for one in row.submissions] + [
        entry_source(one, "agency") for one in strangers
    ]
    late = [entry_source(one, "agency") for row in by[Sent.LATE] for one in row.submissions]
    for name, label, sources in (
        ("expected", "Cơ quan, đơn vị phải báo cáo", [rule]),
        ("reported", "Đã báo cáo", files or [rule]),
        ("late", "Gửi sau thời hạn", late or [rule]),
        ("refused", "Đã gửi, chưa nhận được", [rule]),
        ("awaited", "Chưa báo cáo, còn trong thời hạn", [rule]),
        ("missing", "Chưa báo cáo", [rule]),
        ("others", "Báo cáo ngoài quy định", others or [rule]),
    ):
        evidence.note(f"coverage.{name}", label, getattr(part, name), sources)
    unasked = f"báo cáo {covered.period.kind_text}" if covered.asked_otherwise else "chế độ báo cáo"
    return _with_sentence(part, unasked, _basis(covered))


def _basis(covered: PlanCoverage) -> str:
    """Return what asks for the reports of the period: another document, else the plan; empty if nothing does."""
    rule = covered.rule
    if rule is None:
        return ""
    return rule.document_asking(covered.period.kind) or f"mục {rule.source} của Kế hoạch"


def _with_sentence(part: CoveragePart, unasked: str, basis: str) -> CoveragePart:
    others = f" Ngoài ra có {part.others} cơ quan, đơn vị khác gửi báo cáo." if part.others else ""
    if not basis:
        heard = f"đã nhận báo cáo của {part.others} cơ quan, đơn vị" if part.others else "chưa nhận được báo cáo nào"
        sentence = f"Kế hoạch không quy định {unasked} của từng cơ quan, đơn vị; {heard}."
    else:
        late = f" (trong đó {part.late} gửi sau thời hạn)" if part.late else ""
        said = [f"{part.reported} đã báo cáo{late}"]
        said += [f"{part.refused} đã gửi, chưa nhận được"] if part.refused else []
        said += [f"{part.awaited} chưa báo cáo, còn trong thời hạn"] if part.awaited else []
        said += [f"{part.missing} chưa báo cáo"] if part.missing or not (part.awaited or part.refused) else []
        whom = f"{part.expected} cơ quan, đơn vị phải báo cáo theo {basis}"
        sentence = f"Trong tổng số {whom}: {'; '.join(said)}.{others}"
    return replace(part, sentence=sentence)


def _strangers(
    covered: PlanCoverage, submissions: tuple[Submission, ...], directory: Directory, province: str
) -> list[Submission]:
    """Return the last submission of each body that is not a sender of the plan."""
    known = {id(one) for row in covered.rows for one in row.submissions}
    members = {member for row in covered.rows for member in row.members}
    found = {
        voice(directory, province, one.agency): one
        for one in submissions
        if id(one) not in known and one.agency not in members
    }
    return list(found.values())


def _unit_line(number: int, row: Coverage) -> UnitLine:
    last = row.submissions[-1] if row.submissions else None
    note = f" ({row.sender.note})" if row.sender.note else ""
    members = f"; {len(row.members)} đơn vị trong nhóm đã báo cáo" if row.members else ""
    return UnitLine(
        number=number,
        id=row.sender.agency.id,
        name=f"{row.sender.agency.name}{note}",
        required=row.sender.required,
        cutoff=format_date(last.cutoff) if last else "-",
        submitted=format_date(last.submitted) if last and last.submitted else "-",
        word=f"{_WORDS[row.state]}{members}",
        late=row.state is Sent.LATE,
        silent=row.state in {Sent.MISSING, Sent.AWAITED},
        unanswered=row.unanswered if last else (),
    )


def _stranger_line(number: int, submission: Submission, directory: Directory, province: str) -> UnitLine:
    body = body_at(directory, province, submission.agency, submission.cutoff)
    submitted = format_date(submission.submitted) if submission.submitted else "-"
    word = _WORDS[Sent.SENT]
    cutoff = format_date(submission.cutoff)
    return UnitLine(
        number,
        submission.agency,
        body.name,
        required=False,
        cutoff=cutoff,
        submitted=submitted,
        word=word,
        late=False,
        silent=False,
    )
