"""The result of collecting forms, for people."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from kehoach_cli.core.check.words import field_name, said_text
from kehoach_cli.core.forms.changes import AnswerChange
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.render.findings import finding_blocks
from kehoach_cli.render.labels import day_text
from kehoach_cli.render.listing import Block, Column, Listing

_COLUMNS = (
    Column("Biểu", weight=2),
    Column("Kế hoạch", fixed=True),
    Column("Tệp", weight=3),
    Column("Kết quả", weight=4),
)
# A figure in another scale, a figure far from last year's.
_LOUD = frozenset({"K610", "K612"})


class Outcome(Struct, frozen=True):
    """What happened to one form.

    `refused` is the reason, empty for a form that was taken. `taken` has the submission, the path and the changes of each file
    written; the changes are None where the file is new; and the day on which the same form was taken before. `sender` names the
    agency of a refused form, where it is known.
    """

    form: str
    refused: str
    findings: tuple[Finding, ...]
    taken: tuple[tuple[Submission, Path, tuple[AnswerChange, ...] | None, str], ...]
    sender: str = ""


def collect_listing(
    outcomes: Sequence[Outcome],
    unread: Sequence[Finding] = (),
    lost: Sequence[tuple[str, str, str]] = (),
    *,
    dry_run: bool,
) -> Listing:
    """Return a row for each form and file, the findings in the forms, and a line of counts.

    `unread` are the findings about files that are not read; `lost` has agency, file and reason of those whose agency is known.
    """
    rows: list[tuple[str, ...]] = []
    for outcome in outcomes:
        if outcome.refused:
            rows.append((outcome.form, "-", "-", f"✗ Không nhận: {outcome.refused}"))
        rows += [
            (outcome.form, submission.plan, str(path), _result(submission, changes, before) + _doubts(outcome))
            for submission, path, changes, before in outcome.taken
        ]
    findings = [*(finding for outcome in outcomes for finding in outcome.findings), *unread]
    blocks = [Block("Kết quả thu biểu", 1, columns=_COLUMNS if rows else (), rows=tuple(rows))]
    blocks += finding_blocks(findings)
    taken = sum(not outcome.refused for outcome in outcomes)
    files = {path for outcome in outcomes for _, path, changes, _ in outcome.taken if changes is None or changes}
    done = "sẽ ghi" if dry_run else "đã ghi"
    text = f"Nhận {taken}/{len(outcomes)} biểu; {done} {len(files)} tệp."
    text += f" Không đọc được {len(unread)} tệp khác: {', '.join(one.file for one in unread)}." if unread else ""
    sent = [(one.sender, one.form, one.refused) for one in outcomes if one.refused and one.sender]
    lines = [f"Đã gửi, chưa nhận được: {agency} ({form}: {reason})." for agency, form, reason in (*sent, *lost)]
    return Listing((*blocks, Block(lines=(*lines, text))))


def _doubts(outcome: Outcome) -> str:
    """Return a line for each figure that was taken as it is and is probably wrong."""
    return "".join(f"\n⚠ ĐỐI CHIẾU LẠI: {one.message}" for one in outcome.findings if one.code in _LOUD)


def _result(submission: Submission, changes: tuple[AnswerChange, ...] | None, before: str) -> str:
    if before:
        return f"✓ Đã nhận ngày {day_text(date.fromisoformat(before[:10]))}, không có gì thay đổi"
    if changes is None:
        return f"✓ Tệp mới: {len(submission.indicators)} chỉ tiêu, {len(submission.tasks)} nhiệm vụ"
    if not changes:
        return "✓ Không có gì thay đổi"
    return "\n".join(["✓ Cập nhật:", *(change_text(change) for change in changes)])


def change_text(change: AnswerChange) -> str:
    """Return a change in words: `PL1.17: Giá trị: "86,5" → "84,2"`."""
    name, before, after = field_name(change.path), _quoted(change, change.before), _quoted(change, change.after)
    if change.before is None:
        return f"{name}: thêm {after}"
    if change.after is None:
        return f"{name}: bỏ {before}"
    return f"{name}: {before} → {after}"


def _quoted(change: AnswerChange, value: Any) -> str:
    return f'"{said_text(change.path, value)}"'
