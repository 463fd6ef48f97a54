"""What the checks of submissions doubt, so that no report prints a doubtful figure as if it were settled."""

from collections.abc import Iterable

from msgspec import Struct

from kehoach_cli.core.model.finding import Finding, KeyPath, Severity
from kehoach_cli.core.model.progress import Submission

# A value that is none, and values that differ, have a word and a note of their own.
_SAID_ELSEWHERE = frozenset({"K604", "K615"})
_PARTS = frozenset({"indicators", "tasks", "funding"})


class Doubts(Struct, frozen=True):
    """The findings about entries of the submissions, by part (`indicators`, `tasks`, `funding`) and row."""

    by_row: dict[tuple[str, str], tuple[str, ...]]

    def on(self, part: str, row: str) -> bool:
        """Whether an entry on a row is in doubt."""
        return (part, row) in self.by_row

    @property
    def lines(self) -> tuple[str, ...]:
        """Every doubt once, in the order found."""
        return tuple(dict.fromkeys(line for lines in self.by_row.values() for line in lines))


NO_DOUBTS = Doubts({})


def doubts_about(submissions: Iterable[Submission], findings: Iterable[Finding]) -> Doubts:
    """Return what findings, errors and warnings, say of the entries of these submissions."""
    sent: dict[str, list[Submission]] = {}
    for one in submissions:
        sent.setdefault(one.file, []).append(one)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for finding in findings:
        for submission in sent.get(finding.file, ()):
            row = _row(finding.path, submission.at)
            if row and finding.severity is not Severity.INFO and finding.code not in _SAID_ELSEWHERE:
                hint = f" ({finding.hint})" if finding.hint else ""
                found[row] = (*found.get(row, ()), f"{finding.where}: {finding.message}{hint}")
    return Doubts(found)


def _row(path: KeyPath, at: KeyPath) -> tuple[str, str] | None:
    inner = path[len(at) :]
    if path[: len(at)] != at or len(inner) < 2 or inner[0] not in _PARTS:  # noqa: PLR2004 - part and row
        return None
    return str(inner[0]), str(inner[1])
