"""K609: a submission sent before its cutoff that gives figures not marked as estimates, or says how far tasks have come."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called
from kehoach_cli.viet.dates import format_date

_MOST_NAMED = 5
_AT_VALUE = False


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submissions that tell more than could be known when they were sent."""
    for at, _, submission in document.submissions:
        sent, figures = submission.submitted, _final(submission)
        # Other rules ask for a day of another year.
        if not sent or sent >= submission.cutoff or {sent.year, submission.cutoff.year} != {submission.year}:
            continue
        if figures or (submission.tasks and not submission.indicators):
            # The cutoff is set for all: where others have it, too, the other day is wrong.
            places = (*at, "submitted"), (*at, "cutoff")
            at_cutoff = not any(_shares_cutoff(submission, peer) for peer in document.peers)
            line = "" if submission.cells else f" (dòng {document.place(places[not at_cutoff], _AT_VALUE)[0]})"
            days = f"gửi ngày {format_date(sent)}", f"trước ngày chốt số liệu {format_date(submission.cutoff)}"
            message = f"{days[0]}{line}, {days[1]}" if at_cutoff else f"{days[0]}, {days[1]}{line}"
            told = f", nên số liệu của {_named(figures)} là số ước tính" if figures else ""
            hint = _mend(submission, figures)
            yield Violation(f"{message}{told}", places[at_cutoff], hint=hint, others=(places[not at_cutoff],))


def _shares_cutoff(submission: Submission, peer: Submission) -> bool:
    same = (peer.plan, peer.period, peer.cutoff) == (submission.plan, submission.period, submission.cutoff)
    return same and peer.agency != submission.agency


def _final(submission: Submission) -> list[str]:
    return [row_id for row_id, report in submission.indicators.items() if not report.estimate]


def _named(rows: list[str]) -> str:
    return ", ".join(rows[:_MOST_NAMED]) + (
        f" và {len(rows) - _MOST_NAMED} chỉ tiêu khác" if len(rows) > _MOST_NAMED else ""
    )


def _mend(submission: Submission, figures: list[str]) -> str:
    dates = "ngày chốt hay ngày gửi gõ nhầm thì sửa ngày"
    if not figures:
        return dates
    mark = f"chọn “Có” ở {called(submission, 'estimate')}" if submission.cells else "thêm estimate: true"
    return f"{mark}; {dates}"


RULE = Rule(
    code="K609",
    slug="submitted-before-cutoff",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Gửi trước ngày chốt mà không ghi là ước tính",
    why="""
        Báo cáo gửi trước ngày chốt số liệu (cutoff) thì số liệu đến ngày chốt chỉ có thể là ước tính. Số ước tính
        được in là "ước đạt", không phải "đạt", và phải được thay bằng số chính thức sau này.

        Báo cáo chỉ có nhiệm vụ cũng không thể biết tình trạng của một ngày sau ngày gửi.

        Thêm estimate: true, hoặc sửa ngày chốt, ngày gửi nếu ghi nhầm. Cơ quan khác cũng chốt số liệu ngày ấy thì thông báo đứng
        ở ngày gửi; không biết được ngày nào sai thì đứng ở ngày chốt và nêu số dòng của ngày gửi.
    """,
    bad="""
        submitted: 2025-12-01
        cutoff: 2025-12-14
        #       ^
        indicators:
          I-ct9: {value: "86,5"}
    """,
    good="""
        submitted: 2025-12-01
        cutoff: 2025-12-14
        indicators:
          I-ct9: {value: "86,5", estimate: true}
    """,
    check=check,
    kind="progress",
)
