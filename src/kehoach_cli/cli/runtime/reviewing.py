"""Settling what was reported on a text that has changed since: progress files and journal are written together."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.cli.runtime import clock
from kehoach_cli.cli.runtime.collecting import closed_text, run_id
from kehoach_cli.core.comparison.origins import amended
from kehoach_cli.core.comparison.plans import one_pair
from kehoach_cli.core.comparison.sentences import Sentences
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.forms.changes import AnswerChange
from kehoach_cli.core.forms.fingerprint import fingerprint, fingerprint_in
from kehoach_cli.core.model.catalogue import Catalogue, Item
from kehoach_cli.core.model.change import Part
from kehoach_cli.core.model.journal import JournalEntry
from kehoach_cli.core.model.lock import REVIEW, lock_of
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.errors import CannotRunError
from kehoach_cli.render.labels import revision_text
from kehoach_cli.store.files.reading import held_bytes
from kehoach_cli.store.files.writing import write_together
from kehoach_cli.store.readers.journal import with_entries
from kehoach_cli.store.workspace.load import Workspace
from kehoach_cli.store.workspace.locks import standing_locks
from kehoach_cli.store.workspace.older_texts import OlderText, older_texts
from kehoach_cli.store.workspace.received import archive_of
from kehoach_cli.store.yaml.edit import EditError, edited
from kehoach_cli.viet.dates import format_date

# The cells of a row that a submission answers, besides targets.
_ANSWERED = frozenset({"text", "name", "unit", "direction", "lead", "schedule", "milestones"})


class WantedReview(Struct, frozen=True):
    """Which row is reviewed, of which agency and period (None: of all), and who says so, why."""

    item: Item
    agency: str | None = None
    period: Period | None = None
    reason: str = ""
    by: str = ""


class AnsweredText(Struct, frozen=True):
    """Which text was answered, as far as anybody knows (empty: nobody does), by which submissions, and what changed since."""

    where: str
    submissions: tuple[Submission, ...]
    changes: tuple[str, ...] = ()


def outdated(catalogue: Catalogue, wanted: WantedReview) -> tuple[Submission, ...]:
    """Return the submissions that answered another text of the row."""
    plan, directory = wanted.item.plan, catalogue.directory
    now = fingerprint(wanted.item.row)
    speaker = voice(directory, plan.province, wanted.agency) if wanted.agency else None
    return tuple(
        one
        for one in catalogue.submissions
        if one.plan == plan.id
        and one.answers.get(wanted.item.row.id, now) != now
        and wanted.period in {None, one.period}
        and (speaker is None or voice(directory, plan.province, one.agency) == speaker)
    )


def answered_texts(workspace: Workspace, item: Item, submissions: Iterable[Submission]) -> Iterator[AnsweredText]:
    """Yield the texts that submissions answered, the latest first, then those that nobody knows."""
    by_mark: dict[str, list[Submission]] = {}
    for one in submissions:
        by_mark.setdefault(one.answers[item.row.id], []).append(one)
    for text in older_texts(item.plan, workspace.root) if by_mark else ():
        mark = fingerprint_in(text.plan, item.row.id)
        if mark is not None and (answering := by_mark.pop(mark, None)):
            yield AnsweredText(_where(text), tuple(answering), tuple(_changed(workspace, text, item)))
        if not by_mark:
            return
    yield from (AnsweredText("", tuple(some)) for some in by_mark.values())


def _where(text: OlderText) -> str:
    """Return in words whose text it is."""
    until = f"hết ngày {format_date(text.last)}" if text.last else ""
    if text.revision is None:
        return f"Văn bản có hiệu lực đến {until}"
    return f"{revision_text(text.revision)}{f', văn bản có hiệu lực đến {until},' if until else ''}"


def _changed(workspace: Workspace, text: OlderText, item: Item) -> Iterator[str]:
    """Yield in sentences what changed since in what a submission answers of a row."""
    told = Sentences(workspace.catalogue.directory, item.plan.province)
    pair = amended(one_pair(text.plan, item.plan), text.applied, workspace.catalogue.amended)
    source = item.row.schedule.source if isinstance(item.row, Task) else None
    for change in pair.changes:
        own = change.ref == item.ref and change.part is not Part.SECTION and _is_answered(change.field)
        heading = (
            change.part is Part.SECTION and change.field == "schedule" and change.ref == f"{item.plan.id}/{source}"
        )
        if own or heading:
            yield " ".join(filter(None, (told.told(change), told.origin(change))))


def _is_answered(field: str) -> bool:
    return field in _ANSWERED or field.startswith("targets.")


def settle(workspace: Workspace, wanted: WantedReview, submissions: Iterable[Submission]) -> None:
    """Write the fingerprint of today into these submissions, and a line of the journal for each: all of it, or nothing.

    Raises:
        CannotRunError: a period is closed, or a file cannot be changed.
    """
    archive, settled = archive_of(workspace.root, None), list(submissions)
    _refuse_closed(archive.folder, settled)
    now, row = fingerprint(wanted.item.row), wanted.item.row.id
    texts: dict[Path, str] = {}
    read: dict[Path, bytes | None] = {}
    for one in settled:
        path = Path(one.file)
        if path not in texts:
            read[path] = held_bytes(path)
            texts[path] = (read[path] or b"").decode("utf-8")
        texts[path] = _edited(texts[path], one, AnswerChange(("answers", row), one.answers[row], now))
    data, _ = archive.read()
    contents: dict[Path, bytes | None] = {path: text.encode() for path, text in texts.items()}
    contents[archive.journal] = with_entries(data or b"", _entries(wanted, settled, now, data or b""))
    contents |= archive.merging()
    write_together(contents, overwrite=True, read={**read, archive.journal: data}, resume_in=archive.folder)


def _refuse_closed(folder: Path, submissions: Iterable[Submission]) -> None:
    locks = standing_locks(folder)
    for one in submissions:
        if lock := lock_of(locks, one.plan, one.period.key):
            raise CannotRunError(
                f"{closed_text(lock)}; chưa ghi gì",
                "báo cáo của kỳ đã chốt giữ nguyên: nêu kỳ khác bằng --period, hoặc mở lại trước: "
                f'kehoach lock --open {lock.period} --plan {lock.plan} --reason "…"',
            )


def _edited(text: str, submission: Submission, change: AnswerChange) -> str:
    try:
        return edited(text, submission.at, [change])
    except EditError:
        raise CannotRunError(
            f'không sửa được "{submission.file}" mà giữ nguyên ghi chú; sửa tệp đó cho gọn (mỗi khóa một dòng) rồi chạy lại'
        ) from None


def _entries(
    wanted: WantedReview, submissions: Iterable[Submission], now: str, journal: bytes
) -> Iterator[JournalEntry]:
    """Yield a line of the journal for each submission."""
    time = clock.now().isoformat(timespec="seconds")
    row = wanted.item.row.id
    entry = JournalEntry(
        time, run_id(time, journal), "", "", "", "", "", act=REVIEW, reason=wanted.reason, by=wanted.by
    )
    for one in submissions:
        yield replace(
            entry,
            agency=one.agency,
            plan=one.plan,
            period=one.period.key,
            path=("answers", row),
            old=one.answers[row],
            new=now,
            cutoff=one.cutoff.isoformat(),
            submitted=one.submitted.isoformat() if one.submitted else None,
        )
