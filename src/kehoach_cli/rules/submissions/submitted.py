"""What the rules on submissions share: who speaks with one voice, what was said a year before, and the figures behind entries."""

from collections.abc import Iterator
from fractions import Fraction

from kehoach_cli.core.check.verdict import Judgement, judge
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Indicator, Plan
from kehoach_cli.core.model.progress import IndicatorReport, Submission
from kehoach_cli.core.model.source_file import SourceFile


def reported(document: SourceFile) -> Iterator[tuple[KeyPath, Plan, Submission, Indicator, IndicatorReport]]:
    """Yield the indicator entries of a file with the key path of each."""
    for at, plan, submission in document.submissions:
        for indicator in plan.indicators:
            if report := submission.indicators.get(indicator.id):
                yield (*at, "indicators", indicator.id), plan, submission, indicator, report


def judged(indicator: Indicator, submission: Submission) -> Judgement:
    """Return the verdict on an entry by itself."""
    return judge(indicator, submission.year, {submission.year: submission.indicators[indicator.id]})


def same_voice(document: SourceFile, plan: Plan, one: Submission, other: Submission) -> bool:
    """Whether two submissions on a plan come from the same body, or from it and its heir."""
    voices = {voice(document.directory, plan.province, submission.agency) for submission in (one, other)}
    return one.plan == other.plan and len(voices) == 1


def year_before(document: SourceFile, plan: Plan, submission: Submission, indicator: Indicator) -> Submission | None:
    """Return the latest submission of the same voice for the year before that has the indicator."""
    found = [
        peer
        for peer in document.peers
        if peer.year == submission.year - 1
        and indicator.id in peer.indicators
        and same_voice(document, plan, submission, peer)
    ]
    return max(found, key=lambda peer: (peer.cutoff, peer.file), default=None)


def figures(judgement: Judgement) -> dict[str | None, Fraction]:
    """Return the quantities judged by scope."""
    return {part.scope: part.value for part in judgement.parts if part.value is not None}
