"""Random changes to good files: bytes, text, the tree of a YAML file, an archive."""
# ruff: noqa: E501 - tables of words

import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

# Words known to break YAML readers, number and date readers, terminals, spreadsheets or file systems.
HOSTILE = (
    "", "~", "null", "true", "no", "0", "-0", "00", "012", "1_000", "0x1F", "1e999", ".inf", ".nan", "1.5", "1,5", "1.10",
    "٢٠٢٥", "²", "½", "２０２５", "9" * 99, "9" * 5000, "-" + "9" * 120, "0," + "0" * 90 + "1", "1.000.000.000 tỷ",
    "≥ 95%", "< 3", "100-", "-100%", "(1,2)", "50 - 20", "2030", "1899", "9999", "0000", "2025-02-30", "9999-12-31",
    "0001-01-01", "2025-12-31T10:00:00Z", "31/02/2025", "2025 - 2020", "Quý V/2025", "trước ngày 30/02/2026", "Năm 20255",
    "đến hết năm 9999", "hằng năm", "../../etc/passwd", "..\\..\\x", "/etc/passwd", "CON", "a/b", "file:///etc/passwd",
    "so-y-te", "so-a", "so-cu", "nhom-so", "kh-mau", "kh-176", "I.1", "I-ct9", "PL1.17", "PL2.III.1", "done", "in_progress",
    "=1+1", "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{{ 7*7 }}", "{% include 'x' %}", "{_{", "${x}", "%s",
    "{0.__class__}", "[/x]", "[red]", "<b>&amp;", "]]>", "<!--", "\x00", "\x1b[31m", "\x1b]0;x\x07", "\x7f", "\x85", "\u2028",
    "\u202e", "\u200b", "\ufeff", "\ufffe", "\ud800", "\U0010ffff", "e\u0302\u0309" * 20, "Sở Y tế".encode().decode("latin-1"),
    "S\u01a1\u0309 Y te\u0302\u0301", "👩‍👩‍👧", "ẩ" * 3000, "a " * 4000, "x" * 100_000,
)  # fmt: skip

# Pieces of YAML beyond plain data, and broken ones.
YAML_PIECES = (
    "&a ", "*a", "<<: *a", "<<: {a: b}", "!!python/object/apply:os.system [id]", "!!binary aGk=", "!x ", "%YAML 1.1\n---\n",
    "\n---\n", "\n...\n", "\n? ", ": ", "- ", "\n- ", "|\n", ">-\n", "|9\n", '"', "'", "#", " #", "[", "]", "{", "}", ",", "@", "`",
    "[" * 40, "{a: " * 40, "- " * 60, "\n" * 300, "[" * 3000, "\t", "\r", "\r\n", "\\", '"\\ud800"', '"\\0"', '"\\x1b"', "\ufeff",
    "? [a, b]\n: c\n", "&a [*a, *a]", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "# kehoach: ignore[K204]", "# kehoach: ignore[",
    "  # kehoach: ignore[K999] x\n", "kehoach: plan/1\n", "kehoach: progress/1\n", "kehoach: registry/1\n",
)  # fmt: skip


def any_text(chance: random.Random) -> str:
    """Return a hostile word, or letters at random."""
    if chance.random() < 0.8:
        return chance.choice(HOSTILE)
    return "".join(
        chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x2FFF)))) for _ in range(chance.randrange(30))
    )


def mutated_bytes(chance: random.Random, data: bytes) -> bytes:
    """Return the bytes with some flipped, removed, doubled or inserted."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(found) + 1)
        end = min(len(found), at + chance.choice((1, 4, 40, 400)))
        match chance.randrange(6):
            case 0 if found:
                found[min(at, len(found) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                del found[at:end]
            case 2:
                found[at:at] = found[at:end]
            case 3:
                found[at:at] = chance.randbytes(chance.choice((1, 4, 50)))
            case 4:
                del found[at:]
            case _:
                found[at:end] = bytes(end - at)
    return bytes(found)


def mutated_text(chance: random.Random, text: str, pieces: tuple[str, ...] = YAML_PIECES) -> str:
    """Return the text with lines moved, values replaced and foreign pieces inserted."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        lines = text.splitlines(keepends=True) or [""]
        at = chance.randrange(len(lines))
        line = lines[at]
        match chance.randrange(8):
            case 0:
                lines[at] = line[: chance.randrange(len(line) + 1)]
            case 1:
                lines[at] = " " * chance.randrange(5) + line.lstrip()
            case 2:
                lines.insert(chance.randrange(len(lines)), line)
            case 3:
                del lines[at : at + chance.choice((1, 2, 10))]
            case 4 | 5:
                key, colon, _ = line.partition(":")
                quote = chance.choice(("", "", '"', "'"))
                lines[at] = f"{key}{colon} {quote}{any_text(chance)}{quote}\n"
            case 6:
                lines[at] = line.replace(chance.choice(line.split() or ["x"]), any_text(chance), 1)
            case _:
                within = chance.randrange(len(line) + 1)
                lines[at] = line[:within] + chance.choice(pieces) + line[within:]
        text = "".join(lines)
    return text


def encoded(chance: random.Random, text: str) -> bytes:
    """Return the text as bytes, sometimes in an encoding or with line ends of other systems."""
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if chance.random() < 0.9 else text
    match chance.randrange(20):
        case 0:
            return text.encode("utf-16", "replace")
        case 1:
            return text.encode("utf-8-sig", "replace")
        case 2:
            return text.replace("\n", "\r\n").encode("utf-8", "replace")
        case 3:
            return text.replace("\n", "\r").encode("utf-8", "replace")
        case 4:
            return text.encode("latin-1", "replace")
        case _:
            return text.encode("utf-8", "surrogatepass")


def mutated_tree(chance: random.Random, tree: Any) -> str:
    """Return the tree as JSON, which is YAML, with values of any shape in any place."""
    copy = json.loads(json.dumps(tree))
    for _ in range(chance.choice((1, 1, 2, 4))):
        places: list[tuple[Any, Any]] = []
        _gather(copy, places)
        if places:
            parent, key = chance.choice(places)
            _change(chance, parent, key, [child for one, name in places if (child := one[name]) is not None])
    return json.dumps(copy, ensure_ascii=False, indent=chance.choice((None, 1)))


def _gather(tree: Any, places: list[tuple[Any, Any]]) -> None:
    for key, child in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        places.append((tree, key))
        _gather(child, places)


def _change(chance: random.Random, parent: Any, key: Any, others: list[Any]) -> None:
    match chance.randrange(8):
        case 0:
            del parent[key]
        case 1:
            parent[key] = chance.choice(
                ([], {}, None, True, False, [None], [[]], {"": ""}, {"2025": "1"}, [""], 10**30, -1, 1.5)
            )
        case 2:
            parent[key] = json.loads(json.dumps(chance.choice(others))) if others else None
        case 3 if isinstance(parent, dict):
            parent[any_text(chance)] = parent.pop(key)
        case 4 if isinstance(parent, list):
            parent.append(json.loads(json.dumps(parent[key])))
        case 5:
            parent[key] = [parent[key]] if chance.random() < 0.5 else {str(key): parent[key]}
        case _:
            parent[key] = any_text(chance)


def mutated_archive(chance: random.Random, data: bytes, change: Callable[[random.Random, str, bytes], bytes]) -> bytes:
    """Return a zip archive with one part or its directory changed; `change` returns a changed part."""
    if chance.random() < 0.25:
        return mutated_bytes(chance, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    match chance.randrange(12):
        case 0:
            del parts[name]
        case 1:
            parts[
                chance.choice(
                    ("../../evil.txt", "/evil.txt", "..\\evil.txt", "xl/vbaProject.bin", "word/vbaProject.bin")
                )
            ] = b"x"
        case 2:
            parts[name] = bytes(chance.choice((10**6, 60 * 10**6)))
        case 3:
            parts[name] = _bomb(chance)
        case 4:
            parts[name] = mutated_bytes(chance, parts[name])
        case _:
            parts[name] = change(chance, name, parts[name])
    result = packed(parts)
    return result[: chance.randrange(len(result))] if chance.random() < 0.03 else result


def packed(parts: dict[str, bytes]) -> bytes:
    """Return the parts as a zip archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _bomb(chance: random.Random) -> bytes:
    """Return XML that expands or nests without bound."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return chance.choice(
        (
            f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a9;</x>',
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>',
            '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
            "<x>" * 100_000,
            "<x>" * 3000 + "</x>" * 3000,
            "<x " + " ".join(f"a{n}=''" for n in range(50_000)) + "/>",
            "<x/>" * 3,
            '<?xml version="1.0" encoding="utf-7"?>+ADw-x/+AD4-',
            f"<x>{'<y/>' * 400_000}</x>",
        )
    ).encode()


def lying_sizes(data: bytes) -> bytes:
    """Return an archive whose directory claims that every part is small."""
    changed, at = bytearray(data), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at += 4
    return bytes(changed)


def checksum(data: bytes) -> str:
    """Return a short name of the data for messages."""
    return f"{zlib.crc32(data):08x}"
