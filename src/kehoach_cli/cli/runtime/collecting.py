"""One run of `collect`: forms are taken into progress files in memory; files, journal and received forms are written together."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.cli.runtime import clock
from kehoach_cli.cli.runtime.session import read_form, say_some, watched
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.forms.changes import AnswerChange, changes, document_of, keys_in_order
from kehoach_cli.core.forms.fingerprint import answered
from kehoach_cli.core.forms.merge import (
    backward,
    form_order,
    in_order_of,
    latest,
    meant_period,
    merged,
    of_another_time,
    refusal,
)
from kehoach_cli.core.model.finding import Finding, KeyPath
from kehoach_cli.core.model.journal import JournalEntry, journal_changes, undone
from kehoach_cli.core.model.lock import LOCK, OPEN, PlanLock, lock_of
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.errors import CannotRunError, UsageError
from kehoach_cli.render.progress_yaml import collected_yaml
from kehoach_cli.rules.engine import Selection, lint
from kehoach_cli.store.files.leftovers import base_of, finish_left
from kehoach_cli.store.files.reading import is_inside, real_path
from kehoach_cli.store.files.writing import write_together
from kehoach_cli.store.readers.journal import with_entries
from kehoach_cli.store.workspace.load import Workspace, load
from kehoach_cli.store.workspace.locks import standing_locks
from kehoach_cli.store.workspace.paths import Root, progress_files, shown_path
from kehoach_cli.store.workspace.received import Archive, Undo, archive_of, encoded_undo
from kehoach_cli.store.workspace.settings import Settings
from kehoach_cli.store.yaml.edit import EditError, edited
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import without_controls


class Wanted(Struct, frozen=True):
    """What was asked: where to write, which period, whether an older form may replace a newer report, and today's date."""

    output: Path | None
    period: Period | None
    force: bool
    dry_run: bool
    today: date


class _Text(Struct):
    """A progress file: the bytes on the disk (None: there is no file), and its text so far."""

    path: Path
    read: bytes | None
    text: str
    changed: bool = False


class _StandingFile(Struct):
    """What is known of an agency, a plan and a period: the document (empty: nothing) and where in its file it is."""

    file: _Text
    at: KeyPath
    document: dict[str, Any]


class Taken(Struct, frozen=True):
    """A submission that was taken into a file: its changes (None: the file is new), and when the same form came before."""

    submission: Submission
    path: Path
    changes: tuple[AnswerChange, ...] | None
    before: str = ""


class CollectedForm(Struct):
    """What became of one form.

    `sender` names the agency of a refused form where it is known; `closed` is the lock on the period that it would change.
    """

    form: str
    findings: list[Finding]
    taken: list[Taken] = field(default_factory=list)
    refused: str = ""
    sender: str = ""
    entries: list[JournalEntry] = field(default_factory=list)
    closed: PlanLock | None = None


class Collected(Struct, frozen=True):
    """What became of all forms, the findings about files that are not read, and those of them whose agency is known."""

    forms: tuple[CollectedForm, ...]
    unread: tuple[Finding, ...]
    lost: tuple[CollectedForm, ...] = ()


def collect_forms(root: Root, paths: Sequence[Path], wanted: Wanted, *, cached: bool) -> Collected:
    """Take the forms at these paths; write the progress files unless it is a dry run."""
    archive = archive_of(root, wanted.output)
    if not wanted.dry_run:
        finish_left(archive.folder)
    bytes_read = {path: _bytes(path) for path in progress_files(root, tuple(paths), forms=True)}
    forms = load(root, paths, read_form=read_form, keep_files=True, cached=cached, day=wanted.today, watch=watched())
    folder = wanted.output or root.folder / "progress"
    standing = load(root, [folder], cached=cached, day=wanted.today) if folder.is_dir() else None
    own = {document.file for document in forms.submission_files}
    unread = tuple(one for one in forms.findings if one.code == "K011" and one.file not in own)
    say_some(finding for finding in (standing or forms).findings if finding.file not in own and finding not in unread)
    collector = _Collector(forms, standing, root.folder, wanted, archive, bytes_read)
    documents = sorted(forms.submission_files, key=form_order)
    period = wanted.period or collector.shared_period(documents)
    results = tuple(collector.take(document, period) for document in documents)
    lost = tuple(collector.note_unread(one, period) for one in unread)
    if not wanted.dry_run:
        collector.write((*results, *lost), keep=forms.settings.keep_received)
    return Collected(results, unread, tuple(one for one in lost if one.sender))


def undo_last(root: Root, output: Path | None) -> list[Path]:
    """Take the last collecting back; return the files that are again as they were before it.

    Raises:
        CannotRunError: nothing is known of it, or a file is no longer as it left it.
    """
    archive = archive_of(root, output)
    finish_left(archive.folder)
    undo = archive.undo()
    data, journal = archive.read()
    mine = [entry for entry in journal.entries if undo and entry.run == undo.run and not entry.refused]
    if undo is None or data is None or not mine:
        raise CannotRunError("không có lần thu nào để hoàn lại (chỉ hoàn lại được lần thu cuối cùng trên máy này)")
    paths = {Path(name): found for name, found in undo.files.items()}
    files = {(path if path.is_absolute() else archive.folder / path): found for path, found in paths.items()}
    base = base_of(archive.journal)
    # The file that says what to take back may come from somebody else.
    if outside := [shown_path(path) for path in files if not is_inside(path, base)]:
        raise CannotRunError(f'không hoàn lại được: {", ".join(outside)} nằm ngoài thư mục "{base}"')
    now = {path: _bytes(path) for path in files}
    changed = [shown_path(path) for path, (_, left) in files.items() if _hash(now[path]) != left]
    later = any(
        entry.run != undo.run and not entry.refused and entry.act not in {LOCK, OPEN}
        for entry in journal.entries[journal.entries.index(mine[-1]) :]
    )
    if lock := next(
        filter(None, (lock_of(standing_locks(archive.folder), one.plan, one.period) for one in mine)), None
    ):
        raise CannotRunError(f"không hoàn lại được: {closed_text(lock)}", closed_advice(lock))
    if changed or later:
        what = (
            f"{', '.join(changed)} đã được sửa sau lần thu đó"
            if changed
            else "sau đó đã có lần thu hoặc điều chỉnh khác"
        )
        raise CannotRunError(
            f"không hoàn lại được: {what}; sửa tệp bằng tay, giá trị cũ có trong {archive.journal.name}"
        )
    time = clock.now().isoformat(timespec="seconds")
    entries = undone(mine, time=time, run=run_id(time, data))
    contents = {path: None if text is None else text.encode() for path, (text, _) in files.items()}
    contents |= {archive.journal: with_entries(data, entries), archive.last: None}
    write_together(contents, overwrite=True, read={**now, archive.journal: data}, resume_in=archive.folder)
    return list(files)


class _Collector:
    """Takes forms one by one into files in memory; nothing is written before all of them are taken."""

    def __init__(
        self,
        forms: Workspace,
        standing: Workspace | None,
        root: Path,
        wanted: Wanted,
        archive: Archive,
        bytes_read: dict[Path, bytes | None],
    ) -> None:
        """Begin with the forms, the submissions that stand, and the journal."""
        self._catalogue = forms.catalogue
        self._settings = forms.settings
        self._root, self._wanted, self._archive = root, wanted, archive
        self._unusable = {real_path(Path(file)) for file in standing.unusable} if standing else set()
        self._standing = standing.catalogue.submissions if standing else ()
        self._known: dict[tuple[str, str, Period], _StandingFile] = {}
        self._texts: dict[Path, _Text] = {}
        self._read = {shown_path(path): (path, data) for path, data in bytes_read.items() if data is not None}
        self._journal_read, self._journal = archive.read()
        self._locks = standing_locks(archive.folder)
        self._time = clock.now().isoformat(timespec="seconds")
        self._run = run_id(self._time, self._journal_read or b"")

    def shared_period(self, documents: Iterable[SourceFile]) -> Period | None:
        """Return None where all forms are of one period.

        Raises:
            UsageError: they are not; the message names the forms of each.
        """
        periods: dict[Period, list[str]] = {}
        for document in documents:
            for period in {one.period for _, _, one in document.submissions}:
                periods.setdefault(period, []).append(document.file)
        if len(periods) > 1:
            parts = any(one.part for one in periods)
            ordered = sorted(periods, key=lambda one: one.order)
            named = "; ".join(f"{one.text}: {', '.join(sorted(periods[one]))}" for one in ordered)
            word, option = ("kỳ", "--period") if parts else ("năm", "--year")
            raise UsageError(f"các biểu thuộc nhiều {word} ({named}); chưa nhận biểu nào, nêu {word} bằng {option}")
        return None

    def take(self, document: SourceFile, period: Period | None) -> CollectedForm:
        """Take a form: all its plans, or none."""
        result = CollectedForm(document.file, self._findings(document))
        submissions = [submission for _, _, submission in document.submissions if not submission.silent]
        times = [of_another_time(one, period, self._wanted.today) for one in submissions]
        result.refused = refusal(result.findings, submissions) or next(filter(None, times), "")
        meant = period or meant_period(submissions, self._wanted.today)
        before = self._copies()
        for submission in submissions if not result.refused else ():
            result.refused = self._put(submission, result)
            if result.refused:
                self._known, self._texts = before
                result.taken, result.entries = [], []
                break
        if result.refused:
            self._note_refusal(document.file, submissions, result, meant.key if any(times) else "")
        return result

    def write(self, results: Sequence[CollectedForm], *, keep: bool) -> None:
        """Write the files that changed, the journal and the received forms: all of them, or none."""
        files = [file for file in self._texts.values() if file.changed]
        unchanged = [file.path for file in self._texts.values() if not file.changed]
        entries = [entry for result in results for entry in result.entries]
        if not entries:
            return
        contents: dict[Path, bytes | None] = {file.path: file.text.encode() for file in files}
        read: dict[Path, bytes | None] = {file.path: file.read for file in files}
        taken = {result.form: result.taken[0].submission.period for result in results if result.taken}
        forms = {path: data for name, (path, data) in self._read.items() if name in taken}
        contents |= self._archive.copies(forms, {self._read[name][0]: period.key for name, period in taken.items()})
        if files:
            contents[self._archive.last] = encoded_undo(self._undo(files))
        contents |= self._archive.marks(keep=keep)
        contents[self._archive.journal] = with_entries(self._journal_read or b"", entries)
        read |= {self._archive.journal: self._journal_read, **forms}
        write_together(contents, overwrite=True, read=read, unchanged=unchanged, resume_in=self._archive.folder)

    def _undo(self, files: Iterable[_Text]) -> Undo:
        """Return what takes this run back; files of the workspace are named from the folder of the journal."""
        folder = self._archive.folder.absolute()
        found = {}
        for file in files:
            path = file.path.absolute()
            name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
            before = None if file.read is None else file.read.decode("utf-8")
            found[name] = before, _hash(file.text.encode())
        return Undo(self._run, found)

    def _findings(self, document: SourceFile) -> list[Finding]:
        """Return what the rules say of a form beside the others, and beside what stands.

        An earlier or later form of the same agency is no peer: their order decides which one counts.
        """
        mine = {self._key(one) for _, _, one in document.submissions}
        inbox = {self._key(one) for one in self._catalogue.submissions}
        forms = (one for one in document.peers if one.file == document.file or self._key(one) not in mine)
        standing = (one for one in self._standing if self._key(one) not in inbox)
        seen = replace(document, peers=(*forms, *standing))
        return lint(seen, rules_for_values(self._settings))

    def _key(self, submission: Submission) -> tuple[str, str, Period]:
        plan = self._catalogue.plan(submission.plan)
        province = plan.province if plan else ""
        return submission.plan, voice(self._catalogue.directory, province, submission.agency), submission.period

    def _copies(self) -> tuple[dict[tuple[str, str, Period], _StandingFile], dict[Path, _Text]]:
        """Return what is known so far, to go back to where a form cannot be taken as a whole."""
        texts = {path: replace(text) for path, text in self._texts.items()}
        return {key: replace(one, file=texts[one.file.path]) for key, one in self._known.items()}, texts

    def _put(self, submission: Submission, result: CollectedForm) -> str:
        """Put one plan's answers into its file; return why that is not possible, else an empty text."""
        known = self._of(submission)
        if real_path(known.file.path) in self._unusable:
            return f'tệp đã có "{known.file.path}" bị lỗi; sửa tệp đó trước'
        said = self._said(submission)
        document = merged(known.document, said, submission.erased)
        if known.document:
            document["agency"] = known.document["agency"]
        found = changes(known.document, document)
        # A form that says nothing else has not been read again: it answered the text that it answered before.
        found = found if any(one.path[0] != "answers" for one in found) else ()
        if found and (lock := lock_of(self._locks, submission.plan, submission.period.key)):
            result.closed = lock
            return closed_text(lock)
        if found and known.document and not self._wanted.force:
            if earlier := self._journal.taken(self._sha(result.form), submission.plan, submission.period.key):
                result.taken.append(Taken(submission, known.file.path, (), earlier.time))
                return ""
            if reason := backward(known.document, said):
                return reason
        return self._write(known, submission, result, document, found)

    def _said(self, submission: Submission) -> dict[str, Any]:
        """Return a submission in the keys of a progress file, with the fingerprints of the rows it answers."""
        plan = self._catalogue.plan(submission.plan)
        return document_of(submission) | ({"answers": answered(plan, submission)} if plan else {})

    def _write(
        self,
        known: _StandingFile,
        submission: Submission,
        result: CollectedForm,
        document: dict[str, Any],
        found: tuple[AnswerChange, ...],
    ) -> str:
        """Write a document into the text of its file; one that nobody edited is written anew, so that no order of forms shows."""
        new, written = not known.document, document
        if new or (found and known.file.text == self._new_text(submission, known.document)):
            written = self._in_order(submission, document)
            known.file.text = self._new_text(submission, written)
        elif found:
            try:
                known.file.text = edited(known.file.text, known.at, found)
            except EditError:
                return f'không ghép được vào "{known.file.path}" mà giữ nguyên ghi chú; sửa tệp đó bằng tay'
        self._note(submission, result, known.document, document)
        known.document, known.file.changed = written, known.file.changed or bool(found)
        told = tuple(one for one in found if one.path[0] != "answers")
        result.taken.append(Taken(submission, known.file.path, None if new else told))
        return ""

    def _note(
        self, submission: Submission, result: CollectedForm, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        """Note every value that a form changes."""
        entry = self._entry(result, submission.agency, submission.plan, submission.period.key)
        entry = replace(
            entry,
            cutoff=submission.cutoff.isoformat(),
            submitted=submission.submitted.isoformat() if submission.submitted else None,
        )
        for path, old, new in journal_changes(before, after):
            result.entries.append(replace(entry, path=path, old=old, new=new))

    def note_unread(self, finding: Finding, period: Period | None) -> CollectedForm:
        """Note a file that is not read, where its name tells whose it is."""
        path = Path(finding.file)
        known = any(one.file == finding.file for one in self._catalogue.refused)
        # A film in the inbox is not worth reading.
        if known and (data := _bytes(path)) is not None:
            self._read[finding.file] = path, data
        result = CollectedForm(finding.file, [], refused=finding.message)
        self._note_refusal(finding.file, (), result, (period or meant_period((), self._wanted.today)).key)
        return result

    def _note_refusal(self, file: str, submissions: Sequence[Submission], result: CollectedForm, period: str) -> None:
        """Note a form that was refused, once: its agency sent it, and must not be told that it did not.

        `period` is the one it was meant for, where that is not the one it names.
        """
        said = [(one.agency, one.plan, one.period.key) for one in submissions]
        said = said or [(one.agency, one.plan, one.period) for one in self._catalogue.refused if one.file == file]
        if not said:
            return
        result.sender = self._name(*said[0][:2])
        known = {(entry.sha256, entry.plan, entry.refused) for entry in self._journal.refusals}
        for agency, plan, own_period in dict.fromkeys(said):
            period = period or own_period
            entry = replace(self._entry(result, agency, plan, period), refused=result.refused)
            if (entry.sha256, plan, entry.refused) not in known:
                result.entries.append(entry)

    def _name(self, agency_id: str, plan_id: str) -> str:
        plan, directory = self._catalogue.plan(plan_id), self._catalogue.directory
        found = directory.get(plan.province, agency_id) if plan else next(iter(directory.resolve(agency_id)), None)
        return found.name if found else agency_id

    def _entry(self, result: CollectedForm, agency: str, plan: str, period: str) -> JournalEntry:
        name = without_controls(Path(result.form).name)
        return JournalEntry(self._time, self._run, name, self._sha(result.form), agency, plan, period)

    def _sha(self, form: str) -> str:
        return _hash(self._read[form][1]) if form in self._read else ""

    def _new_text(self, submission: Submission, document: dict[str, Any]) -> str:
        plan = self._catalogue.plan(submission.plan)
        head = [f"Tổng hợp từ biểu báo cáo của cơ quan, {submission.period.text}."]
        return collected_yaml(document, plan, head) if plan else ""

    def _in_order(self, submission: Submission, document: dict[str, Any]) -> dict[str, Any]:
        plan = self._catalogue.plan(submission.plan)
        return in_order_of(keys_in_order(plan, submission), document) if plan else document

    def _of(self, submission: Submission) -> _StandingFile:
        """Return what is known of the submission's agency, plan and period."""
        key = self._key(submission)
        if key not in self._known:
            found = latest(one for one in self._standing if self._key(one) == key)
            folder = self._wanted.output or self._root / "progress" / submission.period.key
            sender = submission.agency.replace("/", "--")
            new = Path(shown_path(folder / f"{submission.plan}--{sender}.yaml"))
            path = Path(found.file) if found else new
            if path not in self._texts:
                data = _bytes(path)
                self._texts[path] = _Text(path, data, (data or b"").decode("utf-8"))
            at, document = (found.at, document_of(found)) if found else ((), {})
            self._known[key] = _StandingFile(self._texts[path], at, document)
        return self._known[key]


def rules_for_values(settings: Settings) -> Selection:
    """Return the rules that decide whether values may come into a progress file."""
    return Selection(("K0", "K1", "K2", "K4", "K5", "K6"), settings.ignore, settings.severities)


def closed_text(lock: PlanLock) -> str:
    """Return that a period is closed."""
    return f"kỳ {lock.period} của {lock.plan} đã chốt ngày {format_date(lock.day)}"


def closed_advice(lock: PlanLock) -> str:
    """Return how to change a value in a period that is closed."""
    return (
        f'sửa một giá trị: kehoach adjust {lock.plan}/MÃ --agency "…" --period {lock.period} --value … --reason "…"; '
        f'mở lại cả kỳ: kehoach lock --open {lock.period} --plan {lock.plan} --reason "…"'
    )


def run_id(time: str, journal: bytes) -> str:
    """Return a name for one run that changes the journal."""
    return sha256(time.encode() + journal).hexdigest()[:12]


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _hash(data: bytes | None) -> str:
    return "" if data is None else sha256(data).hexdigest()
