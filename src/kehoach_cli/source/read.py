"""The one way to read a document of others: by what it holds, and by its ending."""

from hashlib import sha256
from pathlib import Path

from kehoach_cli.core.model.source_text import SourceKind, SourceText
from kehoach_cli.errors import CannotRunError
from kehoach_cli.office.docx_package import PackageError
from kehoach_cli.source.blocks import SourceError
from kehoach_cli.source.word import read_word

_READERS = {".docx": (SourceKind.WORD, read_word)}


def read_source(path: Path, data: bytes) -> SourceText:
    """Return the text of a document with its places.

    Raises:
        CannotRunError: the kind is not read, or the file is damaged, locked, or no document at all.
    """
    kind, read = _READERS.get(path.suffix.lower(), (None, None))
    if kind is None or read is None:
        raise CannotRunError(f'không đọc được "{path}": chỉ đọc {", ".join(_READERS)}')
    try:
        found = read(data)
    except (PackageError, SourceError) as error:
        raise CannotRunError(f'không đọc được "{path}": {error}') from None
    return SourceText(str(path), sha256(data).hexdigest(), kind, found.blocks, found.remarks)
