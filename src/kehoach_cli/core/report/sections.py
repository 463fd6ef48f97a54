"""The parts of a report that come from the submissions as they are: words, money, and who reported at all."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from kehoach_cli.core.check.outcome import Check
from kehoach_cli.core.check.verdict import Verdict
from kehoach_cli.core.check.wording import shown_share
from kehoach_cli.core.duties.coverage import Coverage, PlanCoverage, Sent, voice
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.report.bodies import body_at
from kehoach_cli.core.report.model import (
    CoveragePart,
    FundingLine,
    FundingPart,
    FundingTotal,
    IndicatorLine,
    IndicatorPart,
    Narrative,
    Source,
    TaskPart,
    UnitLine,
    Voice,
    Words,
)
from kehoach_cli.core.report.sources import Evidence, entry_source
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import NumberError, format_number, parse_number

_NOBODY = "Chưa có báo cáo của các cơ quan, đơn vị về nội dung này."
_NOT_SAID = "Các báo cáo đã nhận không nêu nội dung này."
_OWN_MISSING = "Chưa có nội dung."
_WORDS = {
    Sent.SENT: "Đã báo cáo",
    Sent.LATE: "Đã báo cáo, gửi sau thời hạn",
    Sent.AWAITED: "Chưa báo cáo, còn trong thời hạn",
    Sent.MISSING: "Chưa báo cáo",
    Sent.OPTIONAL: "Không bắt buộc báo cáo",
}
_HEARD = (Sent.SENT, Sent.LATE)


class Speech:
    """What the agencies wrote for the year; of one agency the latest text of each part counts."""

    def __init__(self, evidence: Evidence, directory: Directory, year: int, *, own: bool = False) -> None:
        """Take the year's submissions, oldest first, without blank forms; `own` are one agency's for its own report."""
        self._own = own
        self._province = evidence.plan.province
        self._directory = directory
        self.submissions = tuple(one for one in evidence.submissions if one.year == year and not one.silent)

    def words(self, *path: str, facts: tuple[str, ...] = (), missing: str = _NOT_SAID) -> Words:
        """Return one part, by its keys in a submission."""
        last: dict[str, Voice] = {}
        for submission in self.submissions:
            if text := _text_at(submission.narrative, path):
                name = body_at(self._directory, self._province, submission.agency, submission.cutoff).name
                who = voice(self._directory, self._province, submission.agency)
                last[who] = Voice(name, text, entry_source(submission, "narrative", *path))
        if self._own:
            return Words(tuple(last.values()), _OWN_MISSING, facts)
        return Words(tuple(last.values()), missing if self.submissions else _NOBODY, facts)


def narrative(speech: Speech, indicators: IndicatorPart, tasks: TaskPart, *, review: bool) -> Narrative:
    """Return the parts agencies write, with what the data itself says of strengths and limits."""
    lessons = speech.words("lessons")
    return Narrative(
        directing=speech.words("directing"),
        strengths=speech.words("strengths", facts=_strengths(indicators, tasks)),
        limits=speech.words("limits", facts=_limits(indicators, tasks)),
        causes_objective=speech.words("causes", "objective"),
        causes_subjective=speech.words("causes", "subjective"),
        # Lessons belong to a review; written for another year they are printed all the same.
        lessons=lessons if review or lessons.voices else None,
        funding=speech.words("funding"),
        next_year=speech.words("next_year"),
        proposals_central=speech.words("proposals", "central", missing="Không có."),
        proposals_province=speech.words("proposals", "province", missing="Không có."),
        proposals_others=speech.words("proposals", "others", missing="Không có."),
    )


def _text_at(tree: object, path: tuple[str, ...]) -> str:
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree.strip() if isinstance(tree, str) else ""


def _strengths(indicators: IndicatorPart, tasks: TaskPart) -> tuple[str, ...]:
    good = [line for line in indicators.lines if line.official and line.verdict in {Verdict.EXCEEDED, Verdict.MET}]
    facts = [f"Chỉ tiêu đạt hoặc vượt mục tiêu: {_named(_fact(one) for one in good)}."] if good else []
    if tasks.counts.done:
        facts.append(f"Đã hoàn thành {tasks.counts.done} nhiệm vụ.")
    return tuple(facts)


def _limits(indicators: IndicatorPart, tasks: TaskPart) -> tuple[str, ...]:
    bad = [line for line in indicators.lines if line.official and line.verdict in {Verdict.MISSED, Verdict.PARTLY}]
    facts = []
    if bad:
        names = _named(_fact(one) for one in bad)
        facts.append(f"Chỉ tiêu chưa đạt hoặc chỉ đạt một phần: {names}.")
    counts = indicators.counts
    if counts and counts.no_data + counts.unknown:
        facts.append(f"Có {counts.no_data + counts.unknown} chỉ tiêu chưa có số liệu.")
    late = len(tasks.overdue) - tasks.counts.due_unreported
    if late:
        facts.append(f"Có {late} nhiệm vụ chưa hoàn thành, quá hạn.")
    if tasks.counts.due_unreported:
        facts.append(f"Có {tasks.counts.due_unreported} nhiệm vụ đã quá thời hạn theo Kế hoạch, chưa có báo cáo.")
    return tuple(facts)


def _fact(line: IndicatorLine) -> str:
    return f"{line.name} ({line.result.replace(' (ước)', ', ước')})"


def _named(names: Iterable[str]) -> str:
    return "; ".join(names)


def funding_part(evidence: Evidence, speech: Speech, directory: Directory) -> FundingPart:
    """Return what was planned and spent; sums are kept apart by unit, and nothing is added that no agency gave."""
    province = evidence.plan.province
    latest = {voice(directory, province, one.agency): one for one in speech.submissions if one.funding}
    lines: list[FundingLine] = []
    sums: dict[str, dict[str, tuple[Decimal, list[Source]]]] = {}
    for submission in latest.values():
        for index, entry in enumerate(submission.funding):
            source = entry_source(submission, "funding", index)
            line = _funding_line(len(lines) + 1, submission, entry, directory, province)
            lines.append(line)
            for key in ("planned", "spent"):
                _add(sums.setdefault(line.unit, {}), key, entry.get(key), source)
            for key in ("planned", "spent", "share"):
                evidence.note(
                    f"funding.lines[{line.number}].{key}", f"Kinh phí {line.source}", getattr(line, key), [source]
                )
    totals = []
    for unit, by_key in sums.items():
        found = {key: format_number(total) for key, (total, _) in by_key.items()}
        totals.append(FundingTotal(unit, found.get("planned"), found.get("spent")))
        for key, (_, sources) in by_key.items():
            evidence.note(f"funding.totals[{unit}].{key}", f"Tổng kinh phí ({unit})", found[key], sources)
    return FundingPart(tuple(passage.text for passage in evidence.plan.funding), tuple(lines), tuple(totals))


def _funding_line(
    number: int, submission: Submission, entry: dict[str, str], directory: Directory, province: str
) -> FundingLine:
    planned, spent = _amount(entry.get("planned")), _amount(entry.get("spent"))
    share = (
        f"{shown_share(Fraction(spent), Fraction(planned))}%" if planned and spent is not None and planned > 0 else "-"
    )
    return FundingLine(
        number=number,
        agency=body_at(directory, province, submission.agency, submission.cutoff).name,
        source=entry.get("source", "-"),
        planned=entry.get("planned", "-"),
        spent=entry.get("spent", "-"),
        unit=entry.get("unit", "không ghi đơn vị"),
        share=share,
    )


def _amount(text: str | None) -> Decimal | None:
    try:
        return parse_number(text) if text else None
    except NumberError:
        return None


def _add(sums: dict[str, tuple[Decimal, list[Source]]], key: str, text: str | None, source: Source) -> None:
    amount = _amount(text)
    if amount is not None:
        total, sources = sums.get(key, (Decimal(), []))
        sums[key] = total + amount, [*sources, source]


def coverage_part(evidence: Evidence, speech: Speech, result: Check, directory: Directory) -> CoveragePart:
    """Return who reported, from those the plan asks and those it does not."""
    covered = next(one for one in result.coverage if one.plan.id == evidence.plan.id)
    required = [row for row in covered.rows if row.sender.required]
    volunteers = [row for row in covered.rows if not row.sender.required and row.state in _HEARD]
    strangers = _strangers(covered, speech.submissions, directory, evidence.plan.province)
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
        ("awaited", "Chưa báo cáo, còn trong thời hạn", [rule]),
        ("missing", "Chưa báo cáo", [rule]),
        ("others", "Báo cáo ngoài quy định", others or [rule]),
    ):
        evidence.note(f"coverage.{name}", label, getattr(part, name), sources)
    return _with_sentence(part)


def _with_sentence(part: CoveragePart) -> CoveragePart:
    others = f" Ngoài ra có {part.others} cơ quan, đơn vị khác gửi báo cáo." if part.others else ""
    if part.source is None:
        heard = f"đã nhận báo cáo của {part.others} cơ quan, đơn vị" if part.others else "chưa nhận được báo cáo nào"
        sentence = f"Kế hoạch không quy định chế độ báo cáo của từng cơ quan, đơn vị; {heard}."
    else:
        late = f" (trong đó {part.late} gửi sau thời hạn)" if part.late else ""
        said = [f"{part.reported} đã báo cáo{late}"]
        said += [f"{part.awaited} chưa báo cáo, còn trong thời hạn"] if part.awaited else []
        said += [f"{part.missing} chưa báo cáo"] if part.missing or not part.awaited else []
        whom = f"{part.expected} cơ quan, đơn vị phải báo cáo theo mục {part.source} của Kế hoạch"
        sentence = f"Trong tổng số {whom}: {'; '.join(said)}.{others}"
    return replace(part, sentence=sentence)


def _strangers(
    covered: PlanCoverage, submissions: tuple[Submission, ...], directory: Directory, province: str
) -> list[Submission]:
    """Return the last submission of each body that is none of the plan's senders."""
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
