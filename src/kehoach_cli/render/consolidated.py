"""The text of an amended plan in force on a day, for people and for programs."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from kehoach_cli.core.model.amendment import Amendment
from kehoach_cli.core.report.consolidated_text import (
    Chapter,
    ConsolidatedIndicator,
    ConsolidatedTask,
    ConsolidatedText,
    Noted,
    RowGroup,
)
from kehoach_cli.render.labels import document_text
from kehoach_cli.render.listing import Block, Listing, Sheet
from kehoach_cli.viet.dates import format_date

_TASK_CELLS = (("lead", "Chủ trì"), ("support", "Phối hợp"), ("schedule", "Thời gian"), ("outputs", "Sản phẩm"))
_HEADERS = (
    "Mã",
    "Số",
    "Nội dung",
    "Đơn vị tính",
    "Chủ trì",
    "Phối hợp",
    "Thời gian",
    "Sản phẩm",
    "Mục tiêu",
    "Chú thích",
)


def consolidated_listing(made: ConsolidatedText, amendments: tuple[Amendment, ...], day: date) -> Listing:
    """Return the whole text with the numbers of its notes in brackets, and the notes at the end."""
    document = made.plan.document
    head = [document_text(document), f"Nội dung có hiệu lực ngày {format_date(day)}"]
    head += (
        ["Được sửa đổi, bổ sung bởi:"]
        if amendments
        else ["Chưa có văn bản sửa đổi, bổ sung nào có hiệu lực đến ngày này."]
    )
    head += [f"- {one.cite}, có hiệu lực từ ngày {format_date(one.effective)}" for one in amendments]
    blocks = [Block(document.title, 1, tuple(head))]
    for chapter in made.chapters:
        blocks += _chapter_blocks(chapter)
    if made.notes:
        blocks.append(Block("Chú thích", 2, tuple(f"[{number}] {text}" for number, text in enumerate(made.notes, 1))))
    return Listing(tuple(blocks))


def _chapter_blocks(chapter: Chapter) -> Iterator[Block]:
    heading = ". ".join(part for part in (chapter.appendix, chapter.heading.marked()) if part)
    lines: list[str] = []
    for block in chapter.blocks:
        lines += [paragraph.said.marked() for paragraph in block.paragraphs]
        for group in (*block.tasks, *block.indicators):
            lines += _group_lines(group)
    yield Block(heading, 2, tuple(lines))


def _group_lines(group: RowGroup) -> Iterator[str]:
    if group.heading.text:
        yield group.heading.marked()
    yield from (text.marked() for text in group.texts)
    for task in group.tasks:
        yield from _task_lines(task)
    for indicator in group.indicators:
        yield from _indicator_lines(indicator)


def _task_lines(row: ConsolidatedTask) -> Iterator[str]:
    first, *more = (piece.marked() for piece in row.text.lines)
    yield f"{row.ref}  {_new_number(row.ref, row.number)}{first}"
    yield from (f"  {piece}" for piece in more)
    cells = [(label, getattr(row, name)) for name, label in _TASK_CELLS]
    if told := "; ".join(f"{label}: {cell.marked()}" for label, cell in cells if cell.text or cell.notes):
        yield f"  {told}"


def _indicator_lines(row: ConsolidatedIndicator) -> Iterator[str]:
    unit = f" ({row.unit.marked()})" if row.unit.text or row.unit.notes else ""
    yield f"{row.ref}  {_new_number(row.ref, row.number)}{row.name.marked()}{unit}"
    told = [f"Cơ quan: {row.lead.marked()}"] if row.lead.text or row.lead.notes else []
    told += [target.marked() for target in row.targets]
    if told:
        yield f"  {'; '.join(told)}"


def _new_number(ref: str, number: Noted) -> str:
    """Return the printed number of a row where it has notes, or is not the end of its id."""
    same = not number.text or number.text == "-" or ref.endswith(number.text)
    return "" if same and not number.notes else f"(số {number.marked()}) "


def consolidated_records(made: ConsolidatedText) -> Iterator[dict[str, Any]]:
    """Yield each heading, passage, task and indicator in the order of the document, with the numbers of its notes."""
    for chapter in made.chapters:
        yield _record(made, "heading", "", chapter.appendix, chapter.heading)
        for block in chapter.blocks:
            for one in block.paragraphs:
                yield _record(made, "heading" if one.level else "passage", one.ref, one.number, one.text)
            for group in (*block.tasks, *block.indicators):
                if group.heading.text:
                    yield _record(made, "heading", "", "", group.heading)
                yield from (_record(made, "passage", "", "", text) for text in group.texts)
                yield from (_task_record(made, row) for row in group.tasks)
                yield from (_indicator_record(made, row) for row in group.indicators)


def _record(made: ConsolidatedText, kind: str, row: str, number: str, text: Noted) -> dict[str, Any]:
    ref = f"{made.plan.id}/{row}" if row else None
    return {
        "kind": kind,
        "ref": ref,
        "number": number.rstrip(".") or None,
        "text": text.text,
        "notes": [note for _, note in text.notes],
    }


def _task_record(made: ConsolidatedText, row: ConsolidatedTask) -> dict[str, Any]:
    cells = (row.number, row.text, row.lead, row.support, row.schedule, row.outputs)
    told = {name: getattr(row, name).text or None for name, _ in _TASK_CELLS}
    return _record(made, "task", row.ref, row.number.text, row.text) | told | {"notes": _notes(*cells)}


def _indicator_record(made: ConsolidatedText, row: ConsolidatedIndicator) -> dict[str, Any]:
    told = {
        "unit": row.unit.text or None,
        "lead": row.lead.text or None,
        "targets": [one.text for one in row.targets if one.text],
        "notes": _notes(row.number, row.name, row.unit, row.lead, *row.targets),
    }
    return _record(made, "indicator", row.ref, row.number.text, row.name) | told


def _notes(*cells: Noted) -> list[int]:
    return [note for cell in cells for _, note in cell.notes]


def consolidated_summary(made: ConsolidatedText, amendments: tuple[Amendment, ...], day: date) -> dict[str, Any]:
    """Return what was consolidated as JSON values, and the notes."""
    return {
        "plan": made.plan.id,
        "as_of": day,
        "amendments": [{"document": one.cite, "issued": one.issued, "effective": one.effective} for one in amendments],
        "notes": list(made.notes),
    }


def consolidated_sheet(made: ConsolidatedText) -> Sheet:
    """Return the rows of the text as one flat table."""
    rows = []
    for record in consolidated_records(made):
        if record["ref"] is None or record["kind"] == "heading":
            continue
        notes = "; ".join(made.notes[number - 1] for number in record["notes"])
        cells = (record.get(name) for name in ("unit", "lead", "support", "schedule", "outputs"))
        targets = "; ".join(record.get("targets", ()))
        rows.append((record["ref"], record["number"], record["text"], *cells, targets or None, notes or None))
    return Sheet(_HEADERS, tuple(rows))
