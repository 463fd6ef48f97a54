"""One run of `collect`: filled forms are taken into progress files in memory, and the files are written together."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.cli.runtime.session import read_form, say_some, watched
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.forms.changes import Change, changes, document_of
from kehoach_cli.core.forms.merge import form_order, latest, merged, refusal
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.render.progress_yaml import collected_yaml
from kehoach_cli.rules.engine import Selection, lint
from kehoach_cli.store.files.reading import real_path
from kehoach_cli.store.files.writing import write_together
from kehoach_cli.store.workspace.load import Workspace, load
from kehoach_cli.store.workspace.paths import Root, shown_path
from kehoach_cli.store.yaml.edit import EditError, edited


class _ProgressFile(Struct):
    """A progress file: its text so far, and the submission in it."""

    path: Path
    text: str | None
    standing: Submission | None
    changed: bool = False
    # The bytes on the disk; None: there is no file.
    read: bytes | None = None


class CollectedForm(Struct):
    """What became of one form; `taken` has each submission, its file and the changes (None: the file is new)."""

    form: str
    findings: list[Finding]
    taken: list[tuple[Submission, Path, tuple[Change, ...] | None]] = field(default_factory=list)
    refused: str = ""


def collect_forms(
    root: Root, paths: Sequence[Path], output: Path | None, *, cached: bool, dry_run: bool
) -> list[CollectedForm]:
    """Take the forms at these paths; write the progress files unless it is a dry run."""
    forms = load(root, paths, read_form=read_form, keep_files=True, cached=cached, watch=watched())
    folder = output or root.folder / "progress"
    standing = load(root, [folder], cached=cached) if folder.is_dir() else None
    own = {document.file for document in forms.submission_files}
    say_some(finding for finding in (standing or forms).findings if finding.file not in own)
    collector = _Collector(forms, standing, root.folder, output)
    results = [collector.take(document) for document in sorted(forms.submission_files, key=form_order)]
    if not dry_run:
        collector.write()
    return results


class _Collector:
    """Takes forms one by one into files in memory; nothing is written before all of them are taken."""

    def __init__(self, forms: Workspace, standing: Workspace | None, root: Path, output: Path | None) -> None:

        self._catalogue = forms.catalogue
        self._settings = forms.settings
        self._root, self._output = root, output
        self._unusable = {real_path(Path(file)) for file in standing.unusable} if standing else set()
        self._standing = standing.catalogue.submissions if standing else ()
        self._files: dict[tuple[str, str, int], _ProgressFile] = {}

    def take(self, document: SourceFile) -> CollectedForm:
        """Take a form: all its plans, or none."""
        result = CollectedForm(document.file, self._findings(document))
        submissions = [submission for _, _, submission in document.submissions if not submission.silent]
        result.refused = refusal(result.findings, submissions)
        before = {key: replace(file) for key, file in self._files.items()}
        for submission in submissions if not result.refused else ():
            result.refused = self._put(submission, result)
            if result.refused:
                self._files, result.taken = before, []
                break
        return result

    def write(self) -> None:
        """Write the files that changed: all of them, or none."""
        files = [file for file in self._files.values() if file.changed and file.text is not None]
        texts = {file.path: str(file.text).encode() for file in files}
        unchanged = {file.path for file in self._files.values()} - texts.keys()
        write_together(texts, overwrite=True, read={file.path: file.read for file in files}, unchanged=unchanged)

    def _findings(self, document: SourceFile) -> list[Finding]:
        """Return what the rules say of a form, beside the submissions that are already there."""
        mine = {self._key(one) for one in self._catalogue.submissions}
        others = tuple(one for one in self._standing if self._key(one) not in mine)
        seen = replace(document, peers=(*document.peers, *others))
        selection = Selection(("K0", "K1", "K2", "K4", "K5", "K6"), self._settings.ignore, self._settings.severities)
        return lint(seen, selection)

    def _key(self, submission: Submission) -> tuple[str, str, int]:
        plan = self._catalogue.plan(submission.plan)
        province = plan.province if plan else ""
        return submission.plan, voice(self._catalogue.directory, province, submission.agency), submission.year

    def _put(self, submission: Submission, result: CollectedForm) -> str:
        """Put one plan's answers into its file; return why that is not possible, else an empty text."""
        file = self._file(submission)
        if real_path(file.path) in self._unusable:
            return f'tệp đã có "{file.path}" bị lỗi; sửa tệp đó trước'
        if file.standing is None or file.text is None:
            file.text = self._new_text(submission)
            file.standing, file.changed = replace(submission, at=()), True
            result.taken.append((submission, file.path, None))
            return ""
        if submission.cutoff < file.standing.cutoff:
            return f'tệp "{file.path}" đã có báo cáo chốt muộn hơn ({file.standing.cutoff.isoformat()})'
        found = changes(file.standing, submission)
        if found:
            try:
                file.text = edited(file.text, file.standing.at, found)
            except EditError:
                return f'không ghép được vào "{file.path}" mà giữ nguyên ghi chú; sửa tệp đó bằng tay'
            file.standing, file.changed = merged(file.standing, submission), True
        result.taken.append((submission, file.path, found))
        return ""

    def _new_text(self, submission: Submission) -> str:

        plan = self._catalogue.plan(submission.plan)
        head = [f"Tổng hợp từ biểu báo cáo của cơ quan, năm {submission.year}."]
        return collected_yaml(document_of(submission), plan, head) if plan else ""

    def _file(self, submission: Submission) -> _ProgressFile:

        key = self._key(submission)
        if key not in self._files:
            found = latest(one for one in self._standing if self._key(one) == key)
            folder = self._output or self._root / "progress" / str(submission.year)
            sender = submission.agency.replace("/", "--")
            new = Path(shown_path(folder / f"{submission.plan}--{sender}.yaml"))
            path = Path(found.file) if found else new
            data = path.read_bytes() if path.is_file() else None
            self._files[key] = _ProgressFile(path, None if data is None else data.decode("utf-8"), found, read=data)
        return self._files[key]
