"""What the checks of submissions doubt, so that no report prints a doubtful figure as if it were settled."""

from collections.abc import Iterable

from msgspec import Struct

from kehoach_cli.core.model.finding import Finding, KeyPath, Severity
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.progress import Submission

# A value that is none, and values that differ, have a word and a note of their own.
_SAID_ELSEWHERE = frozenset({"K604", "K615"})
_PARTS = frozenset({"indicators", "tasks", "funding"})


class Doubts(Struct, frozen=True):
    """The findings about entries of the submissions, by part (`indicators`, `tasks`, `funding`) and row.

    `of_others` are those about figures of other periods, which a report may name but does not stand on.
    """

    by_row: dict[tuple[str, str], tuple[str, ...]]
    of_others: tuple[str, ...] = ()

    def on(self, part: str, row: str) -> bool:
        """Whether an entry on a row is in doubt."""
        return (part, row) in self.by_row

    @property
    def lines(self) -> tuple[str, ...]:
        """Every doubt once, in the order found."""
        own = (line for lines in self.by_row.values() for line in lines)
        return tuple(dict.fromkeys((*own, *self.of_others)))


NO_DOUBTS = Doubts({})


def doubts_about(
    submissions: Iterable[Submission], findings: Iterable[Finding], period: Period | None = None
) -> Doubts:
    """Return what findings, errors and warnings, say of the entries of these submissions.

    States of tasks carry forward, so every period counts; figures belong to their own `period` (None: all of them do).
    """
    sent: dict[str, list[Submission]] = {}
    for one in submissions:
        sent.setdefault(one.file, []).append(one)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    of_others: list[str] = []
    for finding in findings:
        for submission in sent.get(finding.file, ()):
            row = _row(finding.path, submission.at)
            if row and finding.severity is not Severity.INFO and finding.code not in _SAID_ELSEWHERE:
                hint = f" ({finding.hint})" if finding.hint else ""
                line = f"{finding.where}: {finding.message}{hint}"
                if row[0] == "tasks" or period in {None, submission.period}:
                    found[row] = (*found.get(row, ()), line)
                else:
                    of_others.append(line)
    return Doubts(found, tuple(of_others))


def _row(path: KeyPath, at: KeyPath) -> tuple[str, str] | None:
    inner = path[len(at) :]
    if path[: len(at)] != at or len(inner) < 2 or inner[0] not in _PARTS:  # noqa: PLR2004 - part and row
        return None
    return str(inner[0]), str(inner[1])
