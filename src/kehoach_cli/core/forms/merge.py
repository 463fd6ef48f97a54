"""Rules for taking filled forms into progress files: in which order, which are refused, and what a file says afterwards."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile

# Two agencies differ: they must agree with each other, neither form is at fault, and both are kept.
_ACCEPTED = frozenset({"K615"})


def form_order(document: SourceFile) -> tuple[date, str]:
    """Return the order in which forms are taken: by their cutoff, so that the latest one counts."""
    value = document.value if isinstance(document.value, tuple) else ()
    return min((one.cutoff for one in value), default=date.min), document.file


def refusal(findings: Iterable[Finding], submissions: Sequence[Submission]) -> str:
    """Return why a form with these findings and submissions is refused; empty where it is not."""
    errors = [one for one in findings if one.severity is Severity.ERROR and one.code not in _ACCEPTED]
    if errors:
        return f"có {len(errors)} lỗi"
    return "" if submissions else "chưa điền mục nào"


def latest(submissions: Iterable[Submission]) -> Submission | None:
    """Return the submission with the latest cutoff."""
    return max(submissions, key=lambda one: (one.cutoff, one.file), default=None)


def merged(standing: Submission, new: Submission) -> Submission:
    """Return what a file says once `new` is in it."""
    return replace(
        standing,
        cutoff=new.cutoff,
        submitted=new.submitted or standing.submitted,
        tasks={**standing.tasks, **new.tasks},
        indicators={**standing.indicators, **new.indicators},
        funding=new.funding or standing.funding,
        narrative={**standing.narrative, **new.narrative},
    )
