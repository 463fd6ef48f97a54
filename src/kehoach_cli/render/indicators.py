"""Indicators for people: targets as printed and as understood."""

from itertools import groupby

from kehoach_cli.core.agency import Agency, Directory
from kehoach_cli.core.select import IndicatorRow
from kehoach_cli.core.target import Target, part_text
from kehoach_cli.render.agencies import fate_lines
from kehoach_cli.render.labels import DIRECTIONS, TARGET_KINDS, match_text, names
from kehoach_cli.render.listing import Block, Column, Listing, Sheet

_COLUMNS = (
    Column("Mã", fixed=True),
    Column("Chỉ tiêu", weight=5),
    Column("Đơn vị", fixed=True),
    Column("Mục tiêu", weight=4),
    Column("Cơ quan", weight=3),
)


def indicators_listing(rows: tuple[IndicatorRow, ...], directory: Directory, asked: tuple[Agency, ...] = ()) -> Listing:
    """Return the indicators by plan, led by what became of the bodies asked."""
    notices = [line for agency in asked for line in fate_lines(agency, directory)]
    blocks = [Block(lines=tuple(notices))] if notices else []
    for plan_id, found in groupby(rows, key=lambda row: row.plan.id):
        listed = list(found)
        cells = tuple(
            (
                row.indicator.id,
                f"{row.indicator.name}\n({DIRECTIONS[row.indicator.direction]})",
                row.indicator.unit or "-",
                "\n".join(target_text(target) for target in row.indicator.targets),
                _who(row, directory),
            )
            for row in listed
        )
        blocks.append(
            Block(f"{plan_id}: {listed[0].plan.document.title} ({len(listed)})", 2, columns=_COLUMNS, rows=cells)
        )
    return Listing((*blocks, Block(lines=(f"Tổng cộng: {len(rows)} chỉ tiêu.",))))


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
    """Return a target as printed, and how it was understood where that adds something: `2025: ≥80`."""
    years = f"{target.since} - {target.year}" if target.since else str(target.year)
    understood = "; ".join(part_text(part) for part in target.parts) or TARGET_KINDS[target.kind]
    plain = understood.replace(" ", "") == target.text.replace(" ", "")
    meaning = [] if plain else [understood]
    if target.kind.value in {"mean", "maintain", "unknown"}:
        meaning.insert(0, TARGET_KINDS[target.kind])
    return f"{years}: {target.text}" + (f" → {', '.join(dict.fromkeys(meaning))}" if meaning else "")


def _who(row: IndicatorRow, directory: Directory) -> str:
    ways = "\n".join(f"({match_text(match)})" for match in row.matches if match.via.value != "direct")
    return "\n".join(part for part in (_names(row, directory), ways) if part)


def _names(row: IndicatorRow, directory: Directory) -> str:
    return names(directory, row.plan.province, row.indicator.lead) or "-"
