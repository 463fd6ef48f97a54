"""`kehoach collect`: filled forms into progress files."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.declare import Argument, Option
from kehoach_cli.cli.runtime.session import (
    Target,
    deliver,
    find_folder,
    in_color,
    read_form,
    say,
    say_all,
    screen_width,
    watched,
)
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.forms.collect import Change, changes, document_of
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.errors import CannotRunError, ExitCode

if TYPE_CHECKING:
    from kehoach_cli.store.workspace.load import Workspace
    from kehoach_cli.store.workspace.paths import Root

# Two agencies that differ must agree with each other; neither form is at fault, and both are kept.
_ACCEPTED = frozenset({"K615"})


class _File(Struct):
    """A progress file to be: its text so far, and what each form changed in it."""

    path: Path
    text: str | None
    standing: Submission | None
    changed: bool = False
    # What stands on the disk; None: there is no file.
    read: bytes | None = None


class _Collected(Struct):
    """What became of one form."""

    form: str
    findings: list[Finding]
    taken: list[tuple[Submission, Path, tuple[Change, ...] | None]] = field(default_factory=list)
    refused: str = ""


def collect(
    program: Globals,
    paths: Annotated[list[Path], Argument(metavar="TỆP...", help="Biểu đã điền, hoặc thư mục chứa biểu.")],
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="THƯ MỤC", help="Nơi ghi báo cáo (mặc định: progress/<năm>/)."),
    ] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="Chỉ cho biết sẽ ghi gì, không ghi.")] = False,
) -> ExitCode:
    """Đưa các biểu đã điền và không có lỗi vào progress/: mỗi kế hoạch, mỗi cơ quan một tệp.

    Ghi chú và các mục biểu không nhắc tới trong tệp đã có được giữ nguyên; biểu có lỗi không làm thay đổi gì.

    Ví dụ: kehoach collect forms/ -o progress/2025/
    """
    from kehoach_cli.store.files.writing import only_writer

    root = find_folder(program)
    if root.builtin and output is None:
        raise CannotRunError("nêu nơi ghi báo cáo, ví dụ: -o progress/2025/")
    with nullcontext() if dry_run else only_writer(output if output and root.builtin else root.folder):
        results = _collect(program, root, paths, output, dry_run=dry_run)
    _report(program, results, dry_run=dry_run)
    if any(result.refused for result in results):
        return ExitCode.FINDINGS
    return ExitCode.OK


def _collect(
    program: Globals, root: "Root", paths: Sequence[Path], output: Path | None, *, dry_run: bool
) -> list[_Collected]:
    from kehoach_cli.store.workspace.load import load

    cached = program.cache
    forms = load(root, paths, read_form=read_form, keep_files=True, cached=cached, watch=watched())
    folder = output or root.folder / "progress"
    standing = load(root, [folder], cached=cached) if folder.is_dir() else None
    own = {document.file for document in forms.submission_files}
    say_all(finding for finding in (standing or forms).findings if finding.file not in own)
    collector = _Collector(forms, standing, root.folder, output)
    results = [collector.take(document) for document in sorted(forms.submission_files, key=collector.order)]
    if not dry_run:
        collector.write()
    return results


class _Collector:
    """Takes forms one by one into files in memory; nothing is on disk before all of them are through."""

    def __init__(self, forms: "Workspace", standing: "Workspace | None", root: Path, output: Path | None) -> None:
        from kehoach_cli.store.files.reading import real_path

        self._catalogue = forms.catalogue
        self._settings = forms.settings
        self._root, self._output = root, output
        self._unusable = {real_path(Path(file)) for file in standing.unusable} if standing else set()
        self._standing = standing.catalogue.submissions if standing else ()
        self._files: dict[tuple[str, str, int], _File] = {}

    def order(self, document: SourceFile) -> tuple[date, str]:
        """Return the order in which forms are taken: by their cutoff, so that a later one has the last word."""
        value = document.value if isinstance(document.value, tuple) else ()
        return min((one.cutoff for one in value), default=date.min), document.file

    def take(self, document: SourceFile) -> _Collected:
        """Take a form, all its plans or none."""
        result = _Collected(document.file, self._judge(document))
        errors = [one for one in result.findings if one.severity is Severity.ERROR and one.code not in _ACCEPTED]
        submissions = [submission for _, _, submission in document.submissions if not submission.silent]
        if errors:
            result.refused = f"có {len(errors)} lỗi"
        elif not submissions:
            result.refused = "chưa điền mục nào"
        before = {key: replace(file) for key, file in self._files.items()}
        for submission in submissions if not result.refused else ():
            result.refused = self._put(submission, result)
            if result.refused:
                self._files, result.taken = before, []
                break
        return result

    def write(self) -> None:
        """Write the files that changed, all of them or none."""
        from kehoach_cli.store.files.writing import write_together

        files = [file for file in self._files.values() if file.changed and file.text is not None]
        texts = {file.path: str(file.text).encode() for file in files}
        write_together(texts, overwrite=True, read={file.path: file.read for file in files})

    def _judge(self, document: SourceFile) -> list[Finding]:
        from kehoach_cli.rules.engine import Selection, lint

        mine = {self._key(one) for one in self._catalogue.submissions}
        others = tuple(one for one in self._standing if self._key(one) not in mine)
        seen = replace(document, peers=(*document.peers, *others))
        selection = Selection(("K0", "K1", "K2", "K4", "K5", "K6"), self._settings.ignore, self._settings.severities)
        return lint(seen, selection)

    def _key(self, submission: Submission) -> tuple[str, str, int]:
        plan = self._catalogue.plan(submission.plan)
        province = plan.province if plan else ""
        return submission.plan, voice(self._catalogue.directory, province, submission.agency), submission.year

    def _put(self, submission: Submission, result: _Collected) -> str:
        """Put one plan's answers into its file; returns why it cannot be."""
        from kehoach_cli.render.progress_yaml import collected_yaml
        from kehoach_cli.store.files.reading import real_path
        from kehoach_cli.store.yaml.edit import EditError, edited

        file = self._file(submission)
        plan = self._catalogue.plan(submission.plan)
        if real_path(file.path) in self._unusable:
            return f'tệp đã có "{file.path}" bị lỗi; sửa tệp đó trước'
        if file.standing is None or file.text is None:
            head = [f"Tổng hợp từ biểu báo cáo của cơ quan, năm {submission.year}."]
            document = document_of(submission)
            file.text = collected_yaml(document, plan, head) if plan else ""
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
            file.standing, file.changed = _after(file.standing, submission), True
        result.taken.append((submission, file.path, found))
        return ""

    def _file(self, submission: Submission) -> _File:
        from kehoach_cli.store.workspace.paths import shown_path

        key = self._key(submission)
        if key not in self._files:
            standing = [one for one in self._standing if self._key(one) == key]
            found = max(standing, key=lambda one: (one.cutoff, one.file), default=None)
            folder = self._output or self._root / "progress" / str(submission.year)
            new = Path(shown_path(folder / f"{submission.plan}--{submission.agency}.yaml"))
            path = Path(found.file) if found else new
            data = path.read_bytes() if path.is_file() else None
            self._files[key] = _File(path, None if data is None else data.decode("utf-8"), found, read=data)
        return self._files[key]


def _after(standing: Submission, new: Submission) -> Submission:
    """Return what a file says once `new` is in it."""
    return replace(
        standing,
        cutoff=new.cutoff,
        submitted=new.submitted or standing.submitted,
        tasks={**standing.tasks, **new.tasks},
        indicators={**standing.indicators, **new.indicators},
        funding=new.funding or standing.funding,
        narrative={**standing.narrative, **new.narrative},
    )


def _report(program: Globals, results: Sequence[_Collected], *, dry_run: bool) -> None:
    from kehoach_cli.render.collect import Outcome, collect_listing
    from kehoach_cli.render.table import render_table

    outcomes = [Outcome(result.form, result.refused, tuple(result.findings), tuple(result.taken)) for result in results]
    listing = collect_listing(outcomes, dry_run=dry_run)
    text = render_table(listing, screen_width(), color=in_color(program, None))
    deliver(text, Target(options.Format.TABLE))
    if not results:
        say("Không có biểu nào trong nơi đã nêu.")
