"""The one way to read a file: its bytes, its tree, its value, and every problem as a finding."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.forms.form import Filled
from kehoach_cli.core.model.agency import Directory, Registry
from kehoach_cli.core.model.amendment import Amendment
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.legal import LegalRegister
from kehoach_cli.core.model.lock import Lock, PlanLock
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.model.source_record import SourceRecord
from kehoach_cli.errors import reason
from kehoach_cli.store.files.reading import MAX_BYTES, plain_bytes
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.yaml.tree import Mark, as_tree, place, quoted_lines, starts

Value: TypeAlias = Plan | Registry | SourceRecord | tuple[Submission, ...] | Lock | LegalRegister | Amendment

# Makes the value of a file and reports its errors; None where the file cannot be used.
Understand: TypeAlias = Callable[[FileReading], Value | None]

# Reads a filled workbook: its path, and the name messages give it.
ReadForm: TypeAlias = Callable[[Path, str], Filled]

# How a zip (.docx, .xlsx) and an older file of Office begin.
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TEMPORARY = frozenset({"K001", "K006"})


class FileContent:
    """The bytes of one file, and the name messages give it. `data` is None where the file cannot be opened."""

    __slots__ = ("data", "error", "path", "shown")

    def __init__(self, path: Path, shown: str, data: bytes | None = None) -> None:
        """Read the file; `data` are its bytes where these are those of another version."""
        self.path = path
        self.shown = shown
        self.data = data
        self.error = OSError()
        if data is None:
            try:
                self.data = plain_bytes(path, MAX_BYTES)
            except OSError as error:
                self.error = error

    @property
    def hashed(self) -> tuple[bytes, ...]:
        """What the key of a cache entry is made of: an empty file differs from one that cannot be opened."""
        return (b"-",) if self.data is None else (b"+", self.data)

    @property
    def whole(self) -> bool:
        """Whether `data` is the whole file, as far as it could be opened."""
        return len(self.data or b"") <= MAX_BYTES


class LoadedFile(Struct, frozen=True, dict=True):
    """One file that was read: what was understood, and what is wrong with it.

    `value` is None where the file cannot be used (`fatal`). `reading` has the text and the tree; it is None where the value
    comes from the cache. `order` is the place of a plan among others, `id_mark` line and column of its id.
    """

    file: str
    findings: tuple[Finding, ...]
    fatal: bool
    value: Value | None = None
    reading: FileReading | None = None
    order: tuple[str, int, int, str] = ("", 0, 0, "")
    id_mark: Mark = (1, 1)

    @property
    def lasting(self) -> bool:
        """Whether the next run will find the same: a file may become readable, and an internal error may be temporary."""
        return not any(finding.code in _TEMPORARY for finding in self.findings)

    @cached_property
    def plan(self) -> Plan | None:
        """The plan, where this is a plan file that can be used."""
        return self.value if isinstance(self.value, Plan) else None

    def with_id_taken(self, other: str) -> "LoadedFile":
        """Return this plan file as unusable: another file has its id already."""
        plan_id = self.plan.id if self.plan else ""
        message = f'mã kế hoạch "{plan_id}" đã dùng ở tệp "{other}"'
        clash = Finding("K105", Severity.ERROR, self.file, message, *self.id_mark, ("id",))
        return replace(self, findings=(*self.findings, clash), fatal=True, value=None)


def read_file(content: FileContent, understand: Understand, read_form: ReadForm | None = None) -> LoadedFile:
    """Return one file as it was read; `read_form` reads it where it is a workbook.

    An internal error becomes a finding on this file, so that the other files are still served.
    """
    reading = _from_form(content, read_form) if read_form else _from_text(content)
    value = None
    try:
        value = understand(reading)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other files must still be served
        message = f"kehoach gặp lỗi nội bộ khi đọc tệp này ({type(error).__name__}); hãy báo cho nhóm phát triển"
        reading.report("K006", (), message, soft=False)
    return loaded(reading, value)


def loaded(reading: FileReading, value: Value | None) -> LoadedFile:
    """Return what a reading has found so far."""
    findings = tuple(reading.findings)
    if not isinstance(value, Plan):
        return LoadedFile(reading.file, findings, reading.fatal, value, reading)
    return LoadedFile(reading.file, findings, reading.fatal, value, reading, _order(value), reading.mark(("id",)))


def source_file(
    file: LoadedFile,
    kind: str,
    directory: Directory,
    plans: tuple[Plan, ...] = (),
    peers: tuple[Submission, ...] = (),
    locks: tuple[PlanLock, ...] = (),
) -> SourceFile:
    """Return a file that was just read as the lint rules see it."""
    reading = file.reading
    if reading is None:
        raise ValueError(file.file)
    return SourceFile(
        file=file.file,
        kind=kind,
        lines=tuple(reading.unix_text.split("\n")),
        value=None if file.fatal else file.value or None,
        directory=directory,
        found=file.findings,
        place=lambda path, key: place(reading.tree, path, key=key),
        find_quoted=lambda: tuple(quoted_lines(reading.text)),
        find_starts=lambda: tuple(sorted(set(starts(reading.tree)))),
        traps=reading.traps,
        plans=plans,
        peers=peers,
        cell=reading.cell,
        locks=locks,
    )


def _from_text(content: FileContent) -> FileReading:
    """Return the reading of a text file; one that cannot be decoded has an empty tree and a finding that says why."""
    reading, data = FileReading(content.shown, str(content.path)), content.data
    if data is None:
        reading.refuse("K001", f"không mở được tệp: {reason(content.error)}")
    elif not content.whole:
        reading.refuse("K005", f"tệp lớn hơn {MAX_BYTES // 2**20} MB")
    else:
        try:
            reading.text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            reading.refuse("K001", *_no_text(data, line))
    if reading.fatal:
        reading.tree = None
    return reading


def _no_text(data: bytes, line: int) -> tuple[str, Mark, str]:
    """Return what to say of bytes that are no UTF-8: message, place and mend."""
    if data.startswith(_OFFICE):
        hint = "biểu Excel: kehoach check hoặc collect; văn bản Word: kehoach check-docx"
        return "tệp của Word, Excel hoặc tệp nén, không phải tệp YAML", (1, 1), hint
    return "tệp không phải văn bản UTF-8", (line, 1), "lưu lại tệp với bảng mã UTF-8"


def _from_form(content: FileContent, read_form: ReadForm) -> FileReading:
    """Return the reading of a filled workbook."""
    filled = read_form(content.path, content.shown)
    reading = FileReading(content.shown, str(content.path), cells=filled.cells)
    reading.tree = as_tree(filled.documents)
    reading.findings += filled.findings
    reading.fatal = any(finding.severity is Severity.ERROR for finding in filled.findings)
    return reading


def _order(plan: Plan) -> tuple[str, int, int, str]:
    """Return the order of a plan among others: by province, then by date, as far as the date is known."""
    day = plan.document.date
    return plan.province, day.year if day else plan.period.start, (day.month or 0) if day else 0, plan.id
