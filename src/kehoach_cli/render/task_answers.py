"""What `tasks` tells besides the rows: counts, what became of the agency, and its indicators."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from kehoach_cli.core.duties.select import Answer
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.render.agencies import fate_lines


def answers_summary(answers: Sequence[Answer], directory: Directory, as_of: date) -> dict[str, Any]:
    """Return the summary of the JSON output."""
    return {
        "count": sum(len(answer.rows) for answer in answers),
        "as_of": as_of,
        "answers": [
            {
                "province": answer.province,
                "agency": answer.agency.id if answer.agency else None,
                "count": len(answer.rows),
                "indicators": answer.indicators,
                "notices": _notices(answer.agency, directory),
            }
            for answer in answers
        ],
    }


def indicator_notes(answers: Iterable[Answer], directory: Directory) -> Iterator[str]:
    """Yield for each agency how many indicators it is also responsible for."""
    for answer in answers:
        if answer.agency and answer.indicators:
            name = directory.registries[answer.agency.province].name
            yield (
                f"{name}: {answer.agency.name} còn chịu trách nhiệm {answer.indicators} chỉ tiêu (lệnh kehoach indicators)."
            )


def _notices(agency: Agency | None, directory: Directory) -> list[str]:
    return [] if agency is None or agency.unchanged else list(fate_lines(agency, directory))
