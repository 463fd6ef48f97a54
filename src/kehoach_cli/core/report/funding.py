"""The part of a report on money: amounts from the submissions, and their sums."""

from decimal import Decimal
from fractions import Fraction

from kehoach_cli.core.check.wording import shown_share
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.report.bodies import body_at
from kehoach_cli.core.report.model import (
    FundingLine,
    FundingPart,
    FundingTotal,
    Source,
)
from kehoach_cli.core.report.sources import Evidence, entry_source
from kehoach_cli.viet.number import NumberError, format_number, parse_number


def funding_part(evidence: Evidence, submissions: tuple[Submission, ...], directory: Directory) -> FundingPart:
    """Return what was planned and spent, with one sum for each unit; an amount that no agency gave is not added."""
    province = evidence.plan.province
    latest = {voice(directory, province, one.agency): one for one in submissions if one.funding}
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
