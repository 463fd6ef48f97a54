"""Findings as tables for people who did not write the file."""

from collections.abc import Sequence

from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.render.listing import Block, Column

_FINDING_TITLES = {
    Severity.ERROR: "Lỗi, phải sửa",
    Severity.WARNING: "Cảnh báo, cần làm rõ",
    Severity.INFO: "Lưu ý",
}
_FINDING_COLUMNS = (Column("Nơi", weight=2), Column("Nội dung", weight=4), Column("Cách sửa", weight=2))


def finding_blocks(findings: Sequence[Finding]) -> list[Block]:
    """Return a table of the errors, one of the warnings, one of the remarks; each finding once."""
    once = dict.fromkeys((one.severity, one.where, f"{one.code}: {one.message}", one.hint or "-") for one in findings)
    blocks = []
    for severity, title in _FINDING_TITLES.items():
        if rows := tuple(rest for found, *rest in once if found is severity):
            listed = tuple((where, text, hint) for where, text, hint in rows)
            blocks.append(Block(f"{title} ({len(rows)})", 2, columns=_FINDING_COLUMNS, rows=listed))
    return blocks
