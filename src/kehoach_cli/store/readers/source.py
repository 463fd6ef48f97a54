"""Source records into values of the core."""

from kehoach_cli.core.model.source_record import Doubt, DoubtKind, RecordedValue, SourceRecord
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.validated import validated
from kehoach_cli.store.schema.source import SourceRecordFile


def read_source_record(reading: FileReading) -> SourceRecord | None:
    """Return the source record in a file, None where the file cannot be used; the reading keeps the findings."""
    if reading.tree is None:
        return None
    model = validated(reading, SourceRecordFile, reading.tree)
    if model is None or reading.fatal:
        return None
    doubts = tuple(
        Doubt(one.at or "", one.place or "", DoubtKind(one.kind), one.text or "", one.why, one.mend or "")
        for one in model.doubts
    )
    values = tuple(RecordedValue(one.at, one.place or "", one.was) for one in model.values)
    document = model.document
    return SourceRecord(model.plan, document.file, document.kind, document.sha256, values, doubts, tuple(model.raised))
