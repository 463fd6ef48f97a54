"""Changing one reported value: progress file, journal and, where the period is closed, its lock are written together."""

from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.cli.runtime import clock
from kehoach_cli.cli.runtime.collecting import closed_text, rules_for_values, run_id
from kehoach_cli.cli.runtime.locking import locked
from kehoach_cli.core.check.locked import assessed, with_row
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.forms.answer import AnswerError, answer
from kehoach_cli.core.forms.changes import AnswerChange, changes, document_of
from kehoach_cli.core.forms.merge import latest, merged
from kehoach_cli.core.model.catalogue import Catalogue, Item
from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.journal import JournalEntry, journal_changes
from kehoach_cli.core.model.lock import ADJUST, Lock, PlanLock, lock_of
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.errors import CannotRunError, UsageError
from kehoach_cli.rules.engine import lint
from kehoach_cli.store.files.reading import held_bytes
from kehoach_cli.store.files.writing import write_together
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.journal import with_entries
from kehoach_cli.store.readers.lock import lock_text
from kehoach_cli.store.readers.progress import read_progress
from kehoach_cli.store.readers.read_file import LoadedFile, loaded, source_file
from kehoach_cli.store.workspace.load import Workspace
from kehoach_cli.store.workspace.locks import lock_path, standing_locks
from kehoach_cli.store.workspace.received import archive_of
from kehoach_cli.store.yaml.edit import EditError, edited


class WantedAdjustment(Struct, frozen=True):
    """Which row of which agency and period gets which values (`key=value`), why, by what document and by whom."""

    item: Item
    agency: str
    period: Period
    answers: tuple[str, ...]
    reason: str
    document: str = ""
    by: str = ""


class Adjusted(Struct, frozen=True):
    """What was changed, in which file, and the lock of the period if it is closed."""

    changes: tuple[AnswerChange, ...]
    path: Path
    lock: PlanLock | None


def adjusted(workspace: Workspace, wanted: WantedAdjustment) -> Adjusted:
    """AnswerChange the values and write all files, or none.

    Raises:
        UsageError: what was typed is no answer to the row, or the agency has reported nothing to change.
        CannotRunError: the values may not stand in the file, or it cannot be written.
    """
    archive, key = archive_of(workspace.root, None), wanted.period.key
    locks = standing_locks(archive.folder)
    lock = lock_of(locks, wanted.item.plan.id, key)
    standing = _standing(workspace.catalogue, wanted)
    if lock:
        _refuse_changed(workspace, lock, standing)
    before = document_of(standing)
    after = _with_answers(before, wanted)
    found = changes(before, after)
    if not found:
        raise UsageError(f"{wanted.item.ref} đã đúng như vậy; không có gì để điều chỉnh")
    path = Path(standing.file)
    old = held_bytes(path) or b""
    text = _edited(old.decode("utf-8"), standing, found)
    submission, catalogue = _read_again(workspace, standing, text, wanted.item.row.id)
    data, _ = archive.read()
    contents: dict[Path, bytes | None] = {path: text.encode()}
    read: dict[Path, bytes | None] = {path: old, archive.journal: data}
    if lock:
        place = lock_path(archive.folder, key)
        new = _new_lock(replace(workspace, catalogue=catalogue), lock, submission, wanted)
        plans = tuple(new if one is lock else one for one in locks if one.period == key)
        contents[place], read[place] = lock_text(Lock(key, plans)).encode(), held_bytes(place)
    time = clock.now().isoformat(timespec="seconds")
    entry = JournalEntry(
        time,
        run_id(time, data or b""),
        "",
        "",
        submission.agency,
        submission.plan,
        key,
        cutoff=submission.cutoff.isoformat(),
        submitted=submission.submitted.isoformat() if submission.submitted else None,
        act=ADJUST,
        reason=wanted.reason,
        document=wanted.document,
        by=wanted.by,
        lock=lock.run if lock else "",
    )
    entries = [replace(entry, path=at, old=one, new=two) for at, one, two in journal_changes(before, after)]
    contents[archive.journal] = with_entries(data or b"", entries)
    contents |= archive.merging()
    write_together(contents, overwrite=True, read=read, resume_in=archive.folder)
    return Adjusted(found, path, lock)


def _standing(catalogue: Catalogue, wanted: WantedAdjustment) -> Submission:
    """Return the submission that is changed: that of the agency, or of the body that it took over from or that took it over."""
    plan, directory = wanted.item.plan, catalogue.directory
    speaker = voice(directory, plan.province, wanted.agency)
    mine = [
        one
        for one in catalogue.submissions
        if (one.plan, one.period) == (plan.id, wanted.period) and voice(directory, plan.province, one.agency) == speaker
    ]
    found = next((one for one in mine if one.agency == wanted.agency), None) or latest(mine)
    if found is None:
        raise UsageError(
            f"{wanted.agency} chưa có báo cáo về {plan.id} {wanted.period.text}; điều chỉnh chỉ sửa báo cáo đã nhận, "
            "báo cáo mới thì thu bằng kehoach collect (kỳ đã chốt: mở lại bằng kehoach lock --open)"
        )
    return found


def _refuse_changed(workspace: Workspace, lock: PlanLock, standing: Submission) -> None:
    """Refuse to adjust a submission that is not the one that was closed: its new checksum would hide what else was changed."""
    there = locked(workspace, standing)
    if not any((one.agency, one.sha256) == (there.agency, there.sha256) for one in lock.submissions):
        raise CannotRunError(
            f"{closed_text(lock)}, nhưng {standing.file} không còn như lúc chốt (K650); lấy lại bản đã chốt rồi mới điều chỉnh"
        )


def _with_answers(before: dict[str, Any], wanted: WantedAdjustment) -> dict[str, Any]:
    """Return the document with the answers, as if a form had brought them."""
    row = wanted.item.row
    kind = "tasks" if isinstance(row, Task) else "indicators"
    said: dict[str | int, Any] = {}
    erased: list[KeyPath] = []
    for text in wanted.answers:
        try:
            path, value = answer(row, text)
        except AnswerError as error:
            raise UsageError(str(error)) from None
        if value is None:
            erased.append((kind, row.id, *path))
        else:
            _put(said, path, value)
    return merged(before, {kind: {row.id: said}} if said else {}, erased)


def _put(entry: dict[str | int, Any], path: KeyPath, value: Any) -> None:
    *parents, last = path
    for key in parents:
        entry = entry.setdefault(key, {})
    entry[last] = value


def _edited(text: str, standing: Submission, found: tuple[AnswerChange, ...]) -> str:
    try:
        return edited(text, standing.at, found)
    except EditError:
        raise CannotRunError(
            f'không sửa được "{standing.file}" mà giữ nguyên ghi chú; sửa tệp đó cho gọn (mỗi khóa một dòng) rồi chạy lại'
        ) from None


def _read_again(workspace: Workspace, standing: Submission, text: str, row_id: str) -> tuple[Submission, Catalogue]:
    """Return the changed submission and everything with it, as the next command will read them.

    Raises:
        CannotRunError: a rule calls the new values wrong.
    """
    before = workspace.catalogue
    reading = FileReading(standing.file, standing.file, text.removeprefix("\ufeff"))
    file = loaded(reading, read_progress(reading, before))
    new = file.value if isinstance(file.value, tuple) else ()
    others = tuple(one for one in before.submissions if one.file != standing.file)
    catalogue = replace(before, submissions=(*others, *new))
    _refuse_errors(workspace, file, catalogue, row_id)
    return next(one for one in new if one.at == standing.at), catalogue


def _refuse_errors(workspace: Workspace, file: LoadedFile, catalogue: Catalogue, row_id: str) -> None:
    source = source_file(file, "progress", catalogue.directory, catalogue.plans, catalogue.submissions)
    found = lint(source, rules_for_values(workspace.settings))
    faults = [one for one in found if one.severity is Severity.ERROR and row_id in one.path]
    if file.fatal or faults:
        said = [
            f"{one.code}: {one.message}" + (f" ({one.hint})" if one.hint else "") for one in faults or file.findings
        ]
        raise CannotRunError("giá trị mới không đúng; chưa ghi gì", *said)


def _new_lock(workspace: Workspace, lock: PlanLock, submission: Submission, wanted: WantedAdjustment) -> PlanLock:
    """Return the lock with the new checksum, and the new verdict on the row that was changed."""
    plan = wanted.item.plan
    new = assessed(workspace.catalogue, plan, wanted.period, lock.as_of)
    sums = [one for one in lock.submissions if one.agency != submission.agency]
    return replace(
        lock,
        submissions=tuple(sorted((*sums, locked(workspace, submission)), key=lambda one: one.file)),
        assessment=with_row(lock.assessment, new, wanted.item.row.id),
    )
