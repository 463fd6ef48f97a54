"""Hostile and damaged workbooks: each is a good form whose archive is changed."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
INDICATORS = "xl/worksheets/sheet2.xml"
TYPES = "[Content_Types].xml"
STRINGS = "xl/sharedStrings.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Change = bytes | Callable[[bytes], bytes] | None


def patched(form: bytes, changes: Mapping[str, Change], **more: bytes) -> bytes:
    """Return the archive with parts replaced, changed by a function, or (None) left out."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(form)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        names = dict.fromkeys([*old.namelist(), *changes])
        for name in names:
            change = changes.get(name, old.read(name) if name in old.namelist() else b"")
            data = change(old.read(name)) if callable(change) else change
            if data is not None:
                new.writestr(name, data)
        for name, data in more.items():
            new.writestr(name, data)
    return result.getvalue()


def with_strings(form: bytes, strings: bytes, **changes: Change) -> bytes:
    """Return the form with a table of shared strings, which Excel writes and openpyxl does not."""
    override = (
        f'<Override PartName="/{STRINGS}" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    ).encode()
    return patched(form, {STRINGS: strings, TYPES: lambda data: data.replace(b"</Types>", override), **changes})


def sheet(rows: str, before: str = "", behind: str = "") -> bytes:
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>".encode()


def with_rows(rows: str) -> Callable[[bytes], bytes]:
    """Add rows at the end of a sheet's data."""
    return lambda data: data.replace(b"</sheetData>", rows.encode() + b"</sheetData>")


def laughs(encoding: str = "utf-8") -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    text = f"<!DOCTYPE sst [{entities}]><sst {MAIN}><si><t>&j;</t></si></sst>"
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)


def lying(form: bytes) -> bytes:
    """Return a form with a part that states 100 bytes, has the checksum of those, and unpacks to 400 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = f"<sst {MAIN}/>".ljust(100).encode()
    packed = packer.compress(start) + packer.compress(b" " * (400 * 2**20)) + packer.flush()
    whole = bytearray(with_strings(form, start))
    with zipfile.ZipFile(BytesIO(bytes(whole))) as archive:
        local, directory = archive.getinfo(STRINGS).header_offset, archive.start_dir
        following = min((o.header_offset for o in archive.infolist() if o.header_offset > local), default=directory)
    # The new part moves everything behind it, so the offsets in the directory change.
    head = bytearray(whole[local : local + 30 + len(STRINGS)])
    fields = struct.pack("<LLL", zlib.crc32(start), len(packed), len(start))
    head[14:26] = fields
    moved = len(head) + len(packed) - (following - local)
    tail = bytearray(whole[directory:])
    at = 0
    while tail[at : at + 4] == b"PK\x01\x02":
        name_length, extra, comment = struct.unpack("<HHH", tail[at + 28 : at + 34])
        offset = struct.unpack("<L", tail[at + 42 : at + 46])[0]
        if offset == local:
            tail[at + 16 : at + 28] = fields
        elif offset > local:
            tail[at + 42 : at + 46] = struct.pack("<L", offset + moved)
        at += 46 + name_length + extra + comment
    tail[at + 16 : at + 20] = struct.pack("<L", directory + moved)
    return bytes(whole[:local] + head + packed + whole[following:directory] + tail)
