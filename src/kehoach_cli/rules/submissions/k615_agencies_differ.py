"""K615: two agencies that give different values for one indicator."""

from collections.abc import Iterator

from kehoach_cli.core.check.words import FIELD_NAMES
from kehoach_cli.core.duties.coverage import several_answer, voice
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator, Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import evaluated, figures, reported


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the values that differ from another agency's, unless exactly one of them is the total of the province."""
    for path, plan, submission, indicator, _ in reported(document):
        mine = figures(evaluated(indicator, submission))
        latest = _latest(document, plan, submission.period, indicator)
        totals = sum(peer.indicators[indicator.id].province_total for peer in latest.values())
        if not mine or totals == 1 or submission not in latest.values():
            continue
        for peer in latest.values():
            theirs = figures(evaluated(indicator, peer))
            if theirs and theirs != mine:
                name = document.directory.name(plan.province, peer.agency)
                said = peer.indicators[indicator.id]
                value = said.value or "; ".join(f"{scope}: {text}" for scope, text in said.parts.items())
                total = _total(submission, asked=several_answer(document.directory, plan.province, indicator))
                message = f'{indicator.id}: {name} báo cáo số khác ("{value}", {peer.file})'
                yield Violation(message, path, key=True, hint=f"thống nhất một số; {total}")


def _total(submission: Submission, *, asked: bool) -> str:
    if submission.cells and not asked:
        # The form of a row that one body answers for has no open cell for it.
        return "số chung của tỉnh thì cơ quan đầu mối ghi khi tổng hợp"
    column = f"chọn “Có” ở cột “{FIELD_NAMES['province_total']}”"
    return f"cơ quan có số chung của tỉnh thì {column if submission.cells else 'ghi province_total: true'}"


def _latest(document: SourceFile, plan: Plan, period: Period, indicator: Indicator) -> dict[str, Submission]:
    """Return the latest submission on an indicator for the period, by agency; an agency and its heir count as one."""
    said = [
        peer
        for peer in document.peers
        if (peer.plan, peer.period) == (plan.id, period) and indicator.id in peer.indicators
    ]
    ordered = sorted(said, key=lambda peer: peer.order)
    return {voice(document.directory, plan.province, peer.agency): peer for peer in ordered}


RULE = Rule(
    code="K615",
    slug="agencies-differ",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Hai cơ quan báo cáo số liệu khác nhau",
    why="""
        Một chỉ tiêu của tỉnh chỉ có một giá trị. Khi hai cơ quan báo cáo hai số khác nhau, cả hai được giữ nguyên và
        chỉ tiêu được ghi "cần thống nhất", không số nào được chọn thay cho các cơ quan.

        Làm việc với các cơ quan để thống nhất một số; hoặc cơ quan báo cáo số chung của tỉnh ghi thêm
        province_total: true, khi đó số này được dùng để đánh giá.
    """,
    bad="""
        - kehoach: progress/1
          plan: kh-mau
          agency: so-a
          year: 2025
          cutoff: 2025-12-14
          indicators:
            I-ct9: {value: "96,5"}
        #   ^
        - kehoach: progress/1
          plan: kh-mau
          agency: ubnd-tinh
          year: 2025
          cutoff: 2025-12-14
          indicators:
            I-ct9: {value: "94"}  # kehoach: ignore[K605, K615] ví dụ
    """,
    good="""
        - kehoach: progress/1
          plan: kh-mau
          agency: so-a
          year: 2025
          cutoff: 2025-12-14
          indicators:
            I-ct9: {value: "96,5", province_total: true}
        - kehoach: progress/1
          plan: kh-mau
          agency: ubnd-tinh
          year: 2025
          cutoff: 2025-12-14
          indicators:
            I-ct9: {value: "94"}  # kehoach: ignore[K605] ví dụ
    """,
    check=check,
    kind="progress",
)
