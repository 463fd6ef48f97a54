"""Unpacks zip archives of unknown origin within bounds, and packs archives whose bytes depend on their content only.

A .docx and a .xlsx are both zip archives. This module knows neither of them: the caller gives the bounds, and puts a refusal into
Vietnamese. The sizes that an archive states are checked first and then enforced while it is unpacked.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from io import BytesIO

from msgspec import Struct, field

# A small archive is harmless, however well it is compressed.
_FREE_OF_RATIO = 2**20
_CHUNK = 2**16
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# Office programs expect this part first.
_FIRST = "[Content_Types].xml"


class ZipRefusal(Enum):
    """Why an archive is refused."""

    DAMAGED = auto()
    ENCRYPTED = auto()
    COMPRESSION = auto()
    TOO_MANY_PARTS = auto()
    REPEATED_PART = auto()
    TOO_LARGE = auto()
    PART_TOO_LARGE = auto()


class ZipRefusedError(Exception):
    """An archive that is not unpacked; `detail` is the number or the name that the reason is about."""

    def __init__(self, refusal: ZipRefusal, detail: str = "") -> None:
        """Keep the reason and its detail."""
        super().__init__(refusal.name)
        self.refusal = refusal
        self.detail = detail


class ZipBounds(Struct, frozen=True):
    """What an archive may hold: sizes in bytes, `ratio` of unpacked to packed size, `named` bounds for parts by file name."""

    parts: int
    unpacked: int
    xml_part: int
    ratio: int | None = None
    named: Mapping[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        """Return the largest size of a part."""
        own = self.named.get(name.rpartition("/")[2])
        return own if own is not None else self.xml_part if is_xml(name) else self.unpacked


class SafeZip:
    """An archive whose table of contents is within bounds. Directories are left out."""

    def __init__(self, data: bytes, bounds: ZipBounds) -> None:
        """Check the table of contents.

        Raises:
            ZipRefusedError: the data is no zip archive, or not one within bounds.
        """
        self._bounds = bounds
        with _damage():
            self._archive = zipfile.ZipFile(BytesIO(data))
            self._entries = [entry for entry in self._archive.infolist() if not entry.is_dir()]
        self.names = [entry.filename for entry in self._entries]
        self._check_sizes(len(data))
        self._check_entries()

    def _check_sizes(self, packed: int) -> None:
        if len(self._entries) > self._bounds.parts:
            raise ZipRefusedError(ZipRefusal.TOO_MANY_PARTS, str(len(self._entries)))
        unpacked = sum(entry.file_size for entry in self._entries)
        ratio = self._bounds.ratio
        dense = ratio is not None and unpacked > _FREE_OF_RATIO and unpacked > ratio * packed
        if unpacked > self._bounds.unpacked or dense:
            raise ZipRefusedError(ZipRefusal.TOO_LARGE)

    def _check_entries(self) -> None:
        if len(set(self.names)) != len(self.names):
            repeated = next(name for name in self.names if self.names.count(name) > 1)
            raise ZipRefusedError(ZipRefusal.REPEATED_PART, repeated)
        if any(entry.flag_bits & 1 for entry in self._entries):
            raise ZipRefusedError(ZipRefusal.ENCRYPTED)
        if any(entry.compress_type not in _METHODS for entry in self._entries):
            raise ZipRefusedError(ZipRefusal.COMPRESSION)

    def unpacked(self, wanted: Callable[[str], bool] = lambda _: True) -> dict[str, bytes]:
        """Return the wanted parts by name; damage is looked for in all of them.

        Raises:
            ZipRefusedError: a wanted part is too large, or any part is damaged.
        """
        parts: dict[str, bytes] = {}
        for entry in self._entries:
            name = entry.filename
            if wanted(name) and entry.file_size > self._bounds.of(name):
                raise ZipRefusedError(ZipRefusal.PART_TOO_LARGE, name)
            data = self._read(entry)
            if wanted(name):
                parts[name] = data
        return parts

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        # Read in pieces: `ZipFile.read` would unpack the whole stream before it cuts it to the stated size.
        kept = bytearray()
        with _damage(), self._archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                kept += chunk
        return bytes(kept)


@contextmanager
def _damage() -> Iterator[None]:
    """Translate the exceptions zipfile raises for a damaged archive."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError):
        raise ZipRefusedError(ZipRefusal.DAMAGED) from None


def is_xml(name: str) -> bool:
    """Whether a part is XML by its name."""
    return name.endswith((".xml", ".rels"))


def macro_part(names: Iterable[str]) -> str | None:
    """Return the first part that holds macros."""
    return next((name for name in sorted(names) if name.lower().endswith(("vbaproject.bin", "vbadata.xml"))), None)


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of parts in a fixed order without times: equal parts give equal bytes."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            archive.writestr(zipfile.ZipInfo(name), parts[name], method)
    return written.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes] = lambda _, part: part) -> bytes:
    """Return an archive of our own making packed again by `packed`; `change` may replace the content of a part."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return packed({name: change(name, archive.read(name)) for name in archive.namelist()})
