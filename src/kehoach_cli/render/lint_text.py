"""Findings as text for people: place, message, the source line with a caret, and a total."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.render.labels import SEVERITIES
from kehoach_cli.viet.text import without_controls

_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_BOLD, _DIM = "1", "2"
# Terminal columns of a source line; a longer one is cut to a window around the caret.
_WINDOW = 100
_CUT = "…"


def render_text(findings: Sequence[Finding], *, checked: int, color: bool, slugs: Mapping[str, str]) -> str:
    """Return one block per finding and a last line with the total.

    `checked` is the number of files read; `slugs` gives the readable name of a code; `color` adds ANSI colours.
    """
    blocks = ["\n".join(_block(finding, slugs.get(finding.code, ""), color=color)) for finding in findings]
    return "\n\n".join([*blocks, total_line(findings, checked)]) + "\n"


def total_line(findings: Iterable[Finding], checked: int | None = None) -> str:
    """Return `Tổng cộng: 2 lỗi, 1 cảnh báo trong 2 tệp; đã kiểm tra 5 tệp.`, without the second half if `checked` is None."""
    found = list(findings)
    text = (
        f"Tổng cộng: {counts_text(found)} trong {len({f.file for f in found})} tệp" if found else "Không có vấn đề nào"
    )
    return f"{text}." if checked is None else f"{text}; đã kiểm tra {checked} tệp."


def counts_text(findings: Iterable[Finding]) -> str:
    """Return the number of findings of each severity, errors first: `2 lỗi, 1 cảnh báo`."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{counts[severity]} {SEVERITIES[severity]}" for severity in Severity if counts[severity])


def char_width(char: str) -> int:
    """Return the terminal columns of a character: none for a combining mark, two for a wide one."""
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _block(finding: Finding, slug: str, *, color: bool) -> list[str]:
    style = _STYLES[finding.severity]
    name = f" ({slug})" if slug else ""
    hint = f" ({finding.hint})" if finding.hint else ""
    where = _paint(without_controls(finding.where), _BOLD, color=color)
    what = _paint(without_controls(f"{SEVERITIES[finding.severity]} {finding.code}{name}"), style, color=color)
    lines = [f"{where}: {what}: {without_controls(finding.message + hint)}"]
    if finding.line > 0 and finding.excerpt.strip():
        number = str(finding.line)
        shown, before = _window(without_controls(finding.excerpt.rstrip()), max(finding.column - 1, 0))
        lines.append(f"{_paint(f'  {number} |', _DIM, color=color)} {shown}")
        if finding.column > 0:
            margin = _paint(f"  {' ' * len(number)} |", _DIM, color=color)
            lines.append(f"{margin} {' ' * before}{_paint('^', style, color=color)}")
    return lines


def _window(text: str, caret: int) -> tuple[str, int]:
    """Return the part of the line to show, and the number of columns before the caret."""
    widths = [char_width(char) for char in text]
    caret = min(caret, len(text))
    while 0 < caret < len(text) and not widths[caret]:
        caret -= 1  # point at the letter, not at its combining mark
    start, end = 0, len(text)
    if sum(widths) > _WINDOW:
        room = _WINDOW - 2 * len(_CUT)
        left = _fitting(widths[:caret][::-1], room // 2)
        right = _fitting(widths[caret:], room - sum(widths[caret - left : caret]))
        left = _fitting(widths[:caret][::-1], room - sum(widths[caret : caret + right]))
        start, end = caret - left, caret + right
        while start < caret and not widths[start]:
            start += 1
    head, tail = _CUT if start else "", _CUT if end < len(text) else ""
    return f"{head}{text[start:end]}{tail}", len(head) + sum(widths[start:caret])


def _fitting(widths: Sequence[int], room: int) -> int:
    """Return the number of characters that fit into `room` columns."""
    for count, width in enumerate(widths):
        room -= width
        if room < 0:
            return count
    return len(widths)


def _paint(text: str, style: str, *, color: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if color else text
