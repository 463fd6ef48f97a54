"""Tells whether somebody wrote into the cells of a form that hold the plan's own words: nothing is read there."""

from collections.abc import Iterator, Mapping
from zlib import crc32

from kehoach_cli.excel.layout import FormTable
from kehoach_cli.office.workbook import WorkbookCell


def fingerprints(table: FormTable, values: Mapping[str, str | None]) -> str:
    """Return what the hidden sheet keeps of the locked cells of a row: `target:0a1b2c3d text:…`."""
    locked = (column.key for column in table.columns if not column.answer and column.key != table.identity)
    return " ".join(f"{key}:{_fingerprint(values[key] or '')}" for key in locked if values.get(key))


def rewritten(kept: str, cells: Mapping[str, WorkbookCell]) -> Iterator[tuple[str, WorkbookCell]]:
    """Yield the column and the cell of each locked text that is another now; a text that was deleted says nothing."""
    for one in kept.split():
        key, _, fingerprint = one.partition(":")
        cell = cells.get(key)
        if cell and cell.text.strip() and _fingerprint(cell.text) != fingerprint:
            yield key, cell


def _fingerprint(text: str) -> str:
    """Return a sum of a text without its spaces, which other programs change."""
    return f"{crc32(''.join(text.split()).encode()):08x}"
