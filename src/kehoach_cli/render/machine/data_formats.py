"""JSON, CSV and Markdown. Imports only the standard library and msgspec, so commands in pipes start fast."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from kehoach_cli.core.model.finding import Finding, path_text
from kehoach_cli.core.model.revision import Revision
from kehoach_cli.render.listing import Block, Cell, Listing, Sheet
from kehoach_cli.viet.dates import PartialDate

_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#"})
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# A signed number with its unit in words ("+1,5 điểm %") is no formula: nothing is referred to, called or joined.
_SIGNED_NUMBER = re.compile(r"[+-][0-9]+(?:[.,][0-9]+)*(?: [^\W\d_]+)+(?: %)?")


def render_json(
    name: str, items: Iterable[Mapping[str, Any]], findings: Iterable[Finding], summary: Mapping[str, Any]
) -> str:
    """Return the JSON document of a command: items, findings in the workspace, and counts."""
    return "".join(json_pieces(name, items, findings, summary))


def json_pieces(
    name: str,
    items: Iterable[Mapping[str, Any]],
    findings: Iterable[Finding],
    summary: Mapping[str, Any],
    more: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
) -> Iterator[str]:
    """Yield the same in pieces, each item and each finding on its own line; `more` are further lists by their names."""
    encode = json.JSONEncoder(ensure_ascii=False, default=_json_value).encode
    yield f'{{\n"kehoach": {encode(f"{name}/1")},\n"items": ['
    yield from _lines(map(encode, items))
    for title, records in (more or {}).items():
        yield f'],\n"{title}": ['
        yield from _lines(map(encode, records))
    yield '],\n"findings": ['
    yield from _lines(encode(finding_record(finding)) for finding in findings)
    yield f'],\n"summary": {encode(summary)}\n}}\n'


def _lines(items: Iterable[str]) -> Iterator[str]:
    before, end = "\n", ""
    for item in items:
        yield before + item
        before, end = ",\n", "\n"
    yield end


def with_revision(summary: Mapping[str, Any], revision: Revision | None) -> dict[str, Any]:
    """Return a summary that says which revision of the workspace was asked, where it is not the files as they are."""
    if revision is None:
        return dict(summary)
    return {**summary, "revision": {"name": revision.name, "commit": revision.commit, "date": revision.day}}


def finding_record(finding: Finding) -> dict[str, Any]:
    """Return a finding as a JSON record; the key path is written `tasks[3].schedule`."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "cell": finding.cell,
        "path": path_text(finding.path),
        "message": finding.message,
        "hint": finding.hint,
        "related": [{"line": one.line, "column": one.column, "cell": one.cell} for one in finding.related],
    }


def render_csv(sheet: Sheet) -> str:
    """Return the sheet as CSV; an apostrophe stands before a cell that a spreadsheet would take for a formula."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(sheet.headers)
    writer.writerows(map(_csv_cell, row) for row in sheet.rows)
    return target.getvalue()


def _csv_cell(cell: Cell) -> Cell:
    """Return a cell as CSV holds it: harmless text, and a number as people here write it."""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return harmless(cell) if isinstance(cell, str) else cell


def harmless(cell: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would take it for a formula."""
    formula = cell.startswith(_FORMULA_STARTS) and not _SIGNED_NUMBER.fullmatch(cell)
    return f"'{cell}" if formula else cell


def render_markdown(listing: Listing) -> str:
    """Return the listing as Markdown with pipe tables."""
    return "\n".join("\n".join(_markdown_block(block)) for block in listing.blocks).strip() + "\n"


def _markdown_block(block: Block) -> list[str]:
    lines = [f"{'#' * block.level} {block.heading.translate(_MARKDOWN)}", ""] if block.heading else []
    for line in block.lines:
        lines += [line.translate(_MARKDOWN), ""]
    if block.rows:
        lines.append(f"| {' | '.join(column.header.replace(chr(10), ' ') for column in block.columns)} |")
        lines.append(f"|{'|'.join(' ---: ' if column.right else ' --- ' for column in block.columns)}|")
        lines += [
            f"| {' | '.join(cell.translate(_MARKDOWN).replace(chr(10), '<br>') for cell in row)} |"
            for row in block.rows
        ]
        lines.append("")
    return lines


def _json_value(value: Any) -> Any:
    """Return a JSON value for a date (ISO notation) or an exact decimal (a number)."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
