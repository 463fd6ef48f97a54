"""The checksum of a submission: of what it says, not of the bytes of its file, which may hold others and comments."""

from hashlib import sha256

from msgspec.json import encode

from kehoach_cli.core.forms.changes import document_of
from kehoach_cli.core.model.journal import journal_changes
from kehoach_cli.core.model.progress import Submission


def checksum(submission: Submission) -> str:
    """Return the checksum of all values of a submission, the same in whatever order and notation the file has them."""
    document = document_of(submission)
    values = [[[str(part) for part in path], new] for path, _, new in journal_changes({}, document)]
    values += [[["answers", row], mark] for row, mark in document.get("answers", {}).items()]
    return sha256(encode(sorted(values, key=lambda value: value[0]))).hexdigest()
