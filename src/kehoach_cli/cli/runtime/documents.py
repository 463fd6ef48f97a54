"""Reads a document of others for a command."""

from pathlib import Path
from typing import TYPE_CHECKING

from kehoach_cli.errors import CannotRunError, reason

if TYPE_CHECKING:
    from kehoach_cli.core.model.source_text import SourceText


def read_document(file: Path) -> "SourceText":
    """Return the text of a document with its places.

    Raises:
        CannotRunError: the file cannot be opened, or is no document that is read.
    """
    from kehoach_cli.source.read import read_source
    from kehoach_cli.store.files.reading import whole_document

    try:
        data = whole_document(file)
    except OSError as error:
        raise CannotRunError(f'không mở được "{file}": {reason(error)}') from None
    return read_source(file, data)
