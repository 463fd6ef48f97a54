"""What collecting keeps beside the progress files: the journal, the received forms, and how to take the last run back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.json import encode

from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.journal import Journal
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.model.progress import RefusedForm
from kehoach_cli.errors import CannotRunError, reason
from kehoach_cli.store.files.decoding import decoded_or_none
from kehoach_cli.store.files.reading import files_in, plain_bytes
from kehoach_cli.store.readers.journal import JOURNAL, REMINDERS, journal_of
from kehoach_cli.store.readers.read_file import LoadedFile
from kehoach_cli.store.workspace.paths import READABLE, Root, shown_path
from kehoach_cli.viet.text import without_controls

_LONGEST_NAME = 80
_MOST = 2**30
_ATTRIBUTES = (
    "# Hai nhánh Git cùng thu biểu, nhắc việc: nhật ký giữ các dòng của cả hai.\n"
    f"{JOURNAL} merge=union\n{REMINDERS} merge=union\n"
)
_IGNORE = "# Biểu đã nhận không đưa vào Git; muốn đưa vào thì ghi keep_received = true trong kehoach.toml.\n*\n"
# Journals are files of ours.
_OURS = frozenset({JOURNAL, REMINDERS})
_SHEETS = frozenset({".csv", ".tsv", ".numbers", ".et"})
_TEXTS = frozenset({".docx", ".doc", ".odt", ".rtf", ".pdf", ".wps"})


class Undo(Struct, frozen=True):
    """What takes a run back: the text of each file before it (None: there was no file), and the hash of what it left."""

    run: str
    files: dict[str, tuple[str | None, str]]


class Archive(Struct, frozen=True):
    """Where one collecting keeps its journal and the received forms; `folder` is the one with the progress files."""

    folder: Path

    @property
    def journal(self) -> Path:
        """The journal file."""
        return self.folder / JOURNAL

    @property
    def received(self) -> Path:
        """The folder of received forms."""
        return self.folder.absolute().parent / "received"

    @property
    def last(self) -> Path:
        """The file that says how to take the last run back."""
        return self.received / f"last-collect-{self.folder.absolute().name}.json"

    def read(self) -> tuple[bytes | None, Journal]:
        """Return the bytes of the journal (None: there is none) and its lines.

        Raises:
            CannotRunError: it cannot be read.
        """
        try:
            data = plain_bytes(self.journal, _MOST) if self.journal.exists() else None
        except OSError as error:
            raise CannotRunError(f'không đọc được nhật ký "{shown_path(self.journal)}": {reason(error)}') from None
        return data, journal_of(data or b"")

    def undo(self) -> Undo | None:
        """Return how to take the last run back, None where that is not known."""
        try:
            data = plain_bytes(self.last, _MOST)
        except OSError:
            return None
        return decoded_or_none(data, Undo)

    def copies(self, forms: Mapping[Path, bytes], period: Mapping[Path, str]) -> dict[Path, bytes]:
        """Return the received forms by the path under which they are kept; the same form is kept once."""
        found = {}
        for path, data in forms.items():
            name = without_controls(path.name)[-_LONGEST_NAME:]
            kept = self.received / period[path] / f"{sha256(data).hexdigest()[:12]}-{name}"
            if not kept.exists():
                found[kept] = data
        return found

    def merging(self) -> dict[Path, bytes]:
        """Return the file that tells git to keep the lines of both branches, where there is none."""
        merging = self.folder / ".gitattributes"
        return {} if merging.exists() else {merging: _ATTRIBUTES.encode()}

    def marks(self, *, keep: bool) -> dict[Path, bytes | None]:
        """Return the files that tell git how to treat the journal and the received forms, where they must change.

        With `keep`, git takes the received forms, and a file of ours that says otherwise goes.
        """
        ignoring = self.received / ".gitignore"
        found: dict[Path, bytes | None] = dict(self.merging())
        if not keep and not ignoring.exists():
            found[ignoring] = _IGNORE.encode()
        elif keep and ignoring.exists() and ignoring.read_bytes() == _IGNORE.encode():
            found[ignoring] = None
        return found


def archive_of(root: Root, output: Path | None) -> Archive:
    """Return the archive of the workspace, or of the folder in which the files are written outside of it."""
    own = root.folder / "progress"
    if output is None or (not root.builtin and output.absolute().is_relative_to(own.absolute())):
        return Archive(own)
    return Archive(output.parent if period_of(output) else output)


def period_of(output: Path | None) -> Period | None:
    """Return the period a folder is named after: `progress/2025`, `progress/2026-Q3`."""
    name = output.absolute().name if output else ""
    return parse_period(name)


def encoded_undo(undo: Undo) -> bytes:
    """Return how to take a run back as its file holds it."""
    return encode(undo)


def unread_files(paths: Iterable[Path]) -> list[Finding]:
    """Return a finding for each file in these folders that kehoach does not read, with the way to save it."""
    found = []
    for folder in (path for path in paths if path.is_dir()):
        for path in files_in(folder, ("",), deep=True):
            inner = path.relative_to(folder).parts
            hidden = any(part.startswith((".", "~$")) for part in inner)
            if not hidden and not path.is_dir() and path.name not in _OURS and not path.name.lower().endswith(READABLE):
                found.append(_unread(path))
    return found


def refused_now(files: Iterable[LoadedFile], unread: Iterable[Finding], catalogue: Catalogue) -> Iterator[RefusedForm]:
    """Yield the forms among these files that cannot be used, as far as it is known whose they are."""
    for file in files:
        if file.fatal and file.reading:
            reason = next((one.message for one in file.findings if one.severity is Severity.ERROR), "")
            named = file.reading.ids("period") or file.reading.ids("year")
            period = named.pop() if len(named) == 1 else ""
            senders = set(_senders(file, catalogue)) or {(_named_after(file.file, catalogue), "")}
            yield from (RefusedForm(file.file, agency, reason, plan, period) for agency, plan in senders if agency)
    for one in unread:
        if agency := _named_after(one.file, catalogue):
            yield RefusedForm(one.file, agency, one.message)


def refused_before(archive: Archive) -> Iterator[RefusedForm]:
    """Yield the forms that `collect` refused in earlier runs."""
    _, journal = archive.read()
    for entry in journal.refusals:
        yield RefusedForm(entry.form, entry.agency, entry.refused, entry.plan, entry.period)


def _senders(file: LoadedFile, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield who a form says it comes from, for each plan it names."""
    reading = file.reading
    for name in reading.ids("agency") if reading else ():
        for plan in filter(None, map(catalogue.plan, reading.ids("plan") if reading else ())):
            if found := catalogue.directory.resolve(name, plan.province):
                yield catalogue.directory.ref(plan.province, found[0]), plan.id


def _named_after(file: str, catalogue: Catalogue) -> str:
    """Return the agency whose id a file's name begins with, as the forms that kehoach writes are named; else nothing."""
    stem = Path(file).stem.casefold()
    ids = {agency for registry in catalogue.directory.registries.values() for agency in registry.agencies}
    return max((one for one in ids if re.match(rf"{re.escape(one)}(?![a-z])(?!-[a-z])", stem)), key=len, default="")


def _unread(path: Path) -> Finding:
    suffix = path.suffix.lower()
    kind = f"tệp {suffix}" if suffix else "tệp không có đuôi"
    hint = "không phải biểu báo cáo thì chuyển sang thư mục khác"
    if suffix in _SHEETS:
        hint = "biểu lưu ở dạng này mất mã và công thức kiểm tra: mở bằng Excel, chép số liệu vào biểu .xlsx đã phát, lưu .xlsx"
    elif suffix in _TEXTS:
        hint = "chép nội dung vào biểu Excel (.xlsx) đã phát rồi gửi lại"
    message = f"không đọc {kind}; nội dung của tệp không được nhận"
    return Finding("K011", Severity.WARNING, shown_path(path), message, hint=hint)
