"""Registers of replaced legal documents into values of the core."""

from kehoach_cli.core.model.legal import LegalDocument, LegalRegister, Replaced
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.validated import validated
from kehoach_cli.store.schema.legal import LegalDocumentEntry, LegalFile


def read_legal(reading: FileReading) -> LegalRegister | None:
    """Return the register in a file, None where the file cannot be used; the reading keeps the findings."""
    if reading.tree is None:
        return None
    model = validated(reading, LegalFile, reading.tree)
    if model is None or reading.fatal:
        return None
    return LegalRegister(
        tuple(
            Replaced(_document(one.document), _document(one.replaced_by), one.from_, one.source, one.certain, one.note)
            for one in model.replaced
        )
    )


def _document(entry: LegalDocumentEntry) -> LegalDocument:
    return LegalDocument(entry.title, entry.number, entry.date)
