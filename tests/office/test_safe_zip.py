"""Archives are unpacked within bounds, whatever they state about themselves."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from kehoach_cli.office.docx_package import open_package
from kehoach_cli.office.safe_zip import SafeZip, ZipBounds, ZipRefusal, ZipRefusedError, packed
from tests.office.packages import archive, parts_of
from tests.word.packages import template

BOUNDS = ZipBounds(parts=3, unpacked=4 * 2**20, xml_part=1000, ratio=100, named={"small.xml": 10})


def refusal(data: bytes) -> tuple[ZipRefusal, str]:
    with pytest.raises(ZipRefusedError) as caught:
        SafeZip(data, BOUNDS).unpacked()
    return caught.value.refusal, caught.value.detail


def encrypted() -> bytes:
    data = bytearray(archive({"a": b"x"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK\x03\x04", (ZipRefusal.DAMAGED, "")),
        (archive({"a": b"x" * 100})[:60], (ZipRefusal.DAMAGED, "")),
        (archive({"a": b"x" * 100}, zipfile.ZIP_STORED).replace(b"xxxx", b"yyyy", 1), (ZipRefusal.DAMAGED, "")),
        (encrypted(), (ZipRefusal.ENCRYPTED, "")),
        (archive({"a": b"x"}, zipfile.ZIP_BZIP2), (ZipRefusal.COMPRESSION, "")),
        (archive(dict.fromkeys("abcd", b"")), (ZipRefusal.TOO_MANY_PARTS, "4")),
        (archive({"a": bytes(5 * 2**20)}), (ZipRefusal.TOO_LARGE, "")),
        (archive({"a": bytes(2 * 2**20)}), (ZipRefusal.TOO_LARGE, "")),
        (archive({"a.xml": b"x" * 1001}), (ZipRefusal.PART_TOO_LARGE, "a.xml")),
        (archive({"b/small.xml": b"x" * 11}), (ZipRefusal.PART_TOO_LARGE, "b/small.xml")),
    ],
    # The bytes hold the time of the archive; a name made of them would differ from process to process.
    ids=["head", "cut", "changed", "encrypted", "bzip2", "many", "large", "ratio", "part", "own limit"],
)
def test_an_archive_out_of_bounds_is_refused(data: bytes, expected: tuple[ZipRefusal, str]) -> None:
    assert refusal(data) == expected


def test_a_repeated_part_is_named() -> None:
    data = archive({"one.xml": b"1", "two.xml": b"2"})
    assert refusal(data.replace(b"two.xml", b"one.xml")) == (ZipRefusal.REPEATED_PART, "one.xml")


def test_parts_that_are_not_wanted_are_looked_at_for_damage_only() -> None:
    parts = {"a.xml": b"1", "b.xml": b"x" * 2000}
    assert SafeZip(archive(parts), BOUNDS).unpacked(lambda name: name == "a.xml") == {"a.xml": b"1"}
    broken = archive(parts, zipfile.ZIP_STORED).replace(b"xx", b"xy", 1)
    with pytest.raises(ZipRefusedError):
        SafeZip(broken, BOUNDS).unpacked(lambda name: name == "a.xml")


@pytest.mark.slow
def test_a_part_that_states_a_false_size_takes_no_more_memory_than_it_states() -> None:
    start = b"a" * 100
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packer.compress(start) + packer.compress(bytes(200 * 2**20)) + packer.flush()
    # What is stored raw is read as deflated once the method is changed, with the size and checksum of its first bytes.
    data = bytearray(archive({"word/media/a.png": stream}, zipfile.ZIP_STORED))
    fields = struct.pack("<LLL", zlib.crc32(start), len(stream), len(start))
    for signature, method, sizes in ((b"PK\x03\x04", 8, 14), (b"PK\x01\x02", 10, 16)):
        at = data.index(signature)
        data[at + method] = zipfile.ZIP_DEFLATED
        data[at + sizes : at + sizes + 12] = fields
    tracemalloc.start()
    unpacked = SafeZip(bytes(data), BOUNDS).unpacked()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert unpacked == {"word/media/a.png": start}
    assert peak < 10 * 2**20


def test_equal_parts_give_equal_archives_in_any_order() -> None:
    parts = parts_of(template("bao-cao-nam"))
    assert packed(parts) == packed(dict(reversed(parts.items())))
    assert open_package(packed(parts)) == parts
    with zipfile.ZipFile(io.BytesIO(packed(parts))) as found:
        assert found.namelist()[0] == "[Content_Types].xml"
