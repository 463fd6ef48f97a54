"""Indicators for people: targets as printed and as understood."""

from itertools import groupby

from kehoach_cli.core.amend import words
from kehoach_cli.core.check.wording import names
from kehoach_cli.core.duties.select import IndicatorAnswer, IndicatorRow
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.notation.keys import time_text
from kehoach_cli.core.notation.target import Target, part_text
from kehoach_cli.render.agencies import fate_lines
from kehoach_cli.render.labels import DIRECTIONS, TARGET_KINDS, match_text
from kehoach_cli.render.listing import Block, Column, Listing, Sheet

_COLUMNS = (
    Column("Mã", fixed=True),
    Column("Chỉ tiêu", weight=5),
    Column("Đơn vị", fixed=True),
    Column("Mục tiêu", weight=4),
    Column("Cơ quan", weight=3),
)


def indicators_listing(answers: tuple[IndicatorAnswer, ...], directory: Directory) -> Listing:
    """Return the indicators by plan, and by province first where an agency is asked about."""
    blocks: list[Block] = []
    for answer in answers:
        if answer.agency:
            heading = f"{directory.registries[answer.agency.province].name}: {answer.agency.name}"
            blocks.append(Block(heading, 1, (*fate_lines(answer.agency, directory), f"{len(answer.rows)} chỉ tiêu.")))
        for plan_id, found in groupby(answer.rows, key=lambda row: row.plan.id):
            listed = list(found)
            title = f"{plan_id}: {listed[0].plan.document.title} ({len(listed)})"
            blocks.append(Block(title, 2, columns=_COLUMNS, rows=tuple(_row(row, directory) for row in listed)))
    total = sum(len(answer.rows) for answer in answers)
    return Listing((*blocks, Block(lines=(f"Tổng cộng: {total} chỉ tiêu.",))))


def _row(row: IndicatorRow, directory: Directory) -> tuple[str, ...]:
    indicator = row.indicator
    return (
        indicator.id,
        f"{indicator.name}\n({DIRECTIONS[indicator.direction]})",
        indicator.unit or "-",
        "\n".join(target_text(target) for target in indicator.targets),
        _who(row, directory),
    )


def indicators_sheet(rows: tuple[IndicatorRow, ...], directory: Directory) -> Sheet:
    """Return the indicators as one flat table."""
    headers = ("Kế hoạch", "Mã", "Chỉ tiêu", "Đơn vị tính", "Chiều hướng", "Mục tiêu", "Cơ quan chịu trách nhiệm")
    return Sheet(
        headers,
        tuple(
            (
                row.plan.id,
                row.indicator.id,
                row.indicator.name,
                row.indicator.unit or "",
                DIRECTIONS[row.indicator.direction],
                "; ".join(target_text(target) for target in row.indicator.targets),
                _names(row, directory),
            )
            for row in rows
        ),
    )


def target_text(target: Target) -> str:
    """Return a target as printed, and its meaning where the two differ: `2025: ≥80`."""
    years = time_text(target.year, target.since, target.period)
    understood = "; ".join(part_text(part) for part in target.parts) or TARGET_KINDS[target.kind]
    plain = understood.replace(" ", "") == target.text.replace(" ", "")
    meaning = [] if plain else [understood]
    if target.kind.value in {"mean", "maintain", "unknown"}:
        meaning.insert(0, TARGET_KINDS[target.kind])
    return f"{years}: {words.target_text(target)}" + (f" → {', '.join(dict.fromkeys(meaning))}" if meaning else "")


def _who(row: IndicatorRow, directory: Directory) -> str:
    ways = "\n".join(f"({match_text(match)})" for match in row.matches if match.via.value != "direct")
    return "\n".join(part for part in (_names(row, directory), ways) if part)


def _names(row: IndicatorRow, directory: Directory) -> str:
    return names(directory, row.plan.province, row.indicator.lead) or "-"
