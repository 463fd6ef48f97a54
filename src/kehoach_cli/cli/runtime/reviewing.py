"""Settling what was reported on a text that has changed since: progress files and journal are written together."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.cli.runtime import clock
from kehoach_cli.cli.runtime.collecting import closed_text, run_id
from kehoach_cli.core.changes.compare import compare
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.forms.changes import AnswerChange
from kehoach_cli.core.forms.fingerprint import fingerprint, fingerprint_in
from kehoach_cli.core.model.catalogue import Catalogue, Item
from kehoach_cli.core.model.change import Change, ChangeTopic
from kehoach_cli.core.model.journal import JournalEntry
from kehoach_cli.core.model.lock import REVIEW, lock_of
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.revision import Revision
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.errors import CannotRunError
from kehoach_cli.rules.changes.wording import in_words
from kehoach_cli.store.files.reading import held_bytes
from kehoach_cli.store.files.writing import write_together
from kehoach_cli.store.readers.journal import with_entries
from kehoach_cli.store.workspace.load import Workspace
from kehoach_cli.store.workspace.locks import standing_locks
from kehoach_cli.store.workspace.received import archive_of
from kehoach_cli.store.workspace.revision import older_plans
from kehoach_cli.store.yaml.edit import EditError, edited

_TOPICS = frozenset({ChangeTopic.WORDING, ChangeTopic.TARGET, ChangeTopic.AGENCY, ChangeTopic.TIME})


class WantedReview(Struct, frozen=True):
    """Which row is reviewed, of which agency and period (None: of all), and who says so, why."""

    item: Item
    agency: str | None = None
    period: Period | None = None
    reason: str = ""
    by: str = ""


class OlderText(Struct, frozen=True):
    """The revision that still had the text which was answered, and in words what changed in the row since."""

    revision: Revision
    changes: tuple[str, ...]


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


def older_texts(workspace: Workspace, item: Item, marks: Iterable[str]) -> dict[str, OlderText]:
    """Return by fingerprint what is known of these older texts: those that git has."""
    found: dict[str, OlderText] = {}
    missing = set(marks)
    versions = older_plans(item.plan, workspace.root) if missing else iter(())
    for revision, plan in versions:
        mark = fingerprint_in(plan, item.row.id)
        if mark is not None and mark in missing:
            found[mark] = OlderText(revision, tuple(_changed(workspace, plan, item)))
            missing.discard(mark)
        if not missing:
            break
    return found


def _changed(workspace: Workspace, older: Plan, item: Item) -> Iterator[str]:
    """Yield in words what changed in a row since an older version of its plan."""

    def wanted(change: Change) -> bool:
        return change.entry == item.row.id and change.topic in _TOPICS

    source = SourceFile(
        item.plan.file,
        "plan",
        (),
        item.plan,
        workspace.catalogue.directory,
        (),
        place=lambda _path, _key: (1, 1),
        changes=compare(older, item.plan),
    )
    return (violation.message for violation in in_words(source, wanted))


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
