"""The four documents as blocks, read from the texts that KEHOACH_SOURCES names: what the documents of the corpus are built from.

Words, numbers and order are those of the texts. Only the letterhead of the copies without one is put together here, from what
the plans say of issuer, number and date.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import pytest

PLANS = ("kh-176", "qd-3825", "kh-thai-nguyen-2026", "kh-kl-81")


class Level(IntEnum):
    """How deep a line stands: a part (I.), a heading (1.), a heading below it (1.1.), a dash, a plus, or none of these."""

    PLAIN = 0
    PART = 1
    HEADING = 2
    SUBHEADING = 3
    DASH = 4
    PLUS = 5


@dataclass(frozen=True)
class Line:
    """A paragraph: its number or dash as printed, and its text."""

    text: str
    number: str = ""
    level: Level = Level.PLAIN
    centered: bool = False
    bold: bool = False
    italic: bool = False

    @property
    def printed(self) -> str:
        """The text behind its number."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class Pair:
    """Lines that stand side by side: a letterhead, or recipients and signature."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table; it covers `width` columns and `height` rows."""

    paragraphs: tuple[str, ...]
    width: int = 1
    height: int = 1


@dataclass(frozen=True)
class Table:
    """A table. `rows` hold a text for each column; a row of a group has only the first two."""

    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    merging: tuple[int, ...]
    """The columns in which equal cells below each other may be merged."""

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return sum(cell.width for cell in self.head[0])


Block = Line | Pair | Table


def folder() -> Path:
    """Return the folder with the texts, or skip the test that asks for it."""
    named = os.environ.get("KEHOACH_SOURCES")
    if not named or not Path(named).is_dir():
        pytest.skip("KEHOACH_SOURCES is not set: it names the folder with the texts of the four documents")
    return Path(named)


def blocks_of(plan: str) -> tuple[Block, ...]:
    """Return one of the four documents as blocks."""
    text = unicodedata.normalize("NFC", (folder() / f"{plan}.txt").read_text("utf-8")).replace("*", "")
    return tuple(_READERS[plan](text))


_STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
_NUMBERED = re.compile(r"([IVX]+\.|\d{1,2}(?:\.\d{1,2})*\.)\s+(.+)", re.DOTALL)
_DASHED = re.compile(r"([-+])\s+(?=[A-ZĐÀ-Ỹ“])(.+)", re.DOTALL)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _line(text: str) -> Line:
    """Return a paragraph of the body with its number and level."""
    if found := _NUMBERED.fullmatch(text):
        number, words = found[1], _folded(found[2])
        depth = number.count(".")
        level = Level.PART if number[0] in "IVX" else Level.HEADING if depth == 1 else Level.SUBHEADING
        return Line(words, number, level, bold=level is Level.PART)
    if found := _DASHED.fullmatch(text):
        return Line(_folded(found[2]), found[1], Level.DASH if found[1] == "-" else Level.PLUS)
    return Line(_folded(text))


def _title(lines: Iterable[str]) -> Iterator[Line]:
    yield from (Line(_folded(line), centered=True, bold=True) for line in lines)


# --- KH 176 ---


def _kh_176(text: str) -> Iterator[Block]:
    body, _, annexes = text.partition(" Các chỉ tiêu Kế hoạch đề ra")
    first, second = f" Các chỉ tiêu Kế hoạch đề ra{annexes}".split("\nPHỤ LỤC 2\n")
    kind, one, two, *lines = filter(None, map(_folded, body.splitlines()))
    place = "Thanh Hóa, ngày 01 tháng 7 năm 2022"
    yield Pair(("ỦY BAN NHÂN DÂN", "TỈNH THANH HÓA", "Số: 176/KH-UBND"), (*_STATE, place))
    yield from _title((kind, one, two))
    yield from map(_line, lines)
    yield from _annex(first, lines=2)
    yield from _title(["PHỤ LỤC 2"])
    yield from _annex(second, lines=1)


def _annex(text: str, *, lines: int) -> Iterator[Block]:
    """Yield the title, the line in brackets and the table of an annex: the cells are lines that begin with a tab."""
    before = [line for line in text.splitlines() if line.strip() and not line.startswith("\t")]
    yield from _title(before[:lines])
    yield Line(_folded(before[lines]), centered=True, italic=True)
    rows: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("\t"):
            rows[-1].append(_folded(line))
        elif rows[-1]:
            rows.append([])
    filled = [row for row in rows if row]
    head = _head(filled[:2] if not filled[1][0] else filled[:1])
    cells = tuple(tuple((cell,) if cell else () for cell in row) for row in filled[len(head) :])
    yield Table(head, tuple(_grouped(row) for row in cells), (2,) if len(head) > 1 else (2, 3))


def _grouped(row: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return row[:2] if not any(row[2:]) else row


def _head(rows: list[list[str]]) -> tuple[tuple[Cell, ...], ...]:
    if len(rows) == 1:
        return (tuple(Cell((text,)) for text in rows[0]),)
    above, below = rows
    years = [text for text in below if text]
    single = tuple(Cell((text,), height=2) for text in above[:-1])
    return (*single, Cell((above[-1],), width=len(years))), tuple(Cell((year,)) for year in years)


# --- Thái Nguyên and KL 81: paragraphs parted by blank lines, broken where a page ended ---


def _paragraphs(text: str) -> list[str]:
    found: list[str] = []
    for piece in re.split(r"\n\s*\n", text):
        words = piece.strip()
        if words and found and words[0].islower():
            found[-1] = f"{found[-1]} {_folded(words)}"
        elif words:
            found.append(words)
    return found


def _thai_nguyen(text: str) -> Iterator[Block]:
    body, _, end = text.partition("Nơi nhận:")
    number, place, kind, about, *pieces = _paragraphs(body)
    yield Pair(("ỦY BAN NHÂN DÂN", "TỈNH THÁI NGUYÊN", number), (*_STATE, place))
    yield from _title((kind, about))
    yield from map(_line, pieces)
    recipients, _, signature = end.partition("Manhpn/4/2026")
    lines = [_folded(line) for line in recipients.splitlines() if line.strip()]
    signed = [_folded(line) for line in signature.splitlines() if line.strip()]
    yield Pair(("Nơi nhận:", *lines, "Manhpn/4/2026"), tuple(signed))


def _kl_81(text: str) -> Iterator[Block]:
    body, _, end = text.partition("Nơi nhận:")
    kind, _, rest = body.strip().partition("\n")
    about, *pieces = _paragraphs(rest)
    yield Pair(("TỈNH ỦY THANH HÓA", "*", "Số: -KH/TU"), (*_PARTY, "Thanh Hóa, ngày tháng năm"))
    yield from _title((kind, about))
    yield from map(_line, pieces)
    recipients, _, signature = end.partition("T/M")
    lines = [_folded(line) for line in recipients.splitlines() if line.strip()]
    signed = [_folded(line) for line in f"T/M{signature}".splitlines() if line.strip()]
    yield Pair(("Nơi nhận:", *lines), tuple(signed))


# --- QĐ 3825: lines wrapped at a width, cells parted by bars ---

_BEGINS = re.compile(
    r"[IVX]+\. |\d{1,2}(?:\.\d{1,2})*\.(?:\s|$)|[-+] [A-ZĐÀ-Ỹ“]|Căn cứ Luật|Căn cứ Quyết|Theo đề nghị|QUYẾT ĐỊNH:|Điều \d\."
    r"|Chánh Văn phòng|Thực hiện Quyết định số|Trên cơ sở nhiệm vụ|Thường xuyên theo dõi|Trong quá trình tổ chức"
    r"|Thực hiện có hiệu quả Chiến lược|Sở Công Thương chủ trì, phối hợp$|Sở Y tế chủ trì, phối hợp với$"
    r"|Sở Văn hóa, Thể thao và Du lịch;|\(Nhiệm vụ, hoạt động"
)


def _wrapped(text: str) -> list[str]:
    found: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if not found or _BEGINS.match(line):
            found.append(line)
        else:
            found[-1] += f" {line}"
    return found


def _between(text: str, first: str, last: str) -> str:
    return text[text.index(first) : text.index(last)]


def _qd_3825(text: str) -> Iterator[Block]:
    opening, _, rest = text.partition("\nQUYẾT ĐỊNH\n")
    left, right, number, place = (piece.strip().splitlines() for piece in opening.split("|")[:4])
    yield Pair(
        (*left[:2], _folded(" ".join(number))), (_folded(" ".join(right[:2])), right[2], _folded(" ".join(place)))
    )
    yield from _title(["QUYẾT ĐỊNH"])
    decision, _, plan = rest.partition("\nKẾ HOẠCH HÀNH ĐỘNG\n")
    about, _, articles = decision.partition("\nCăn cứ")
    issuer = "ỦY BAN NHÂN DÂN TỈNH THANH HÓA"
    yield from _title([_folded(about.replace(issuer, "")), issuer])
    articles, _, end = f"Căn cứ{articles}".partition("Nơi nhận:\n")
    yield from map(_line, _wrapped(articles))
    recipients, signed, *_ = (piece.strip().splitlines() for piece in end.split("|"))
    yield Pair(("Nơi nhận:", *map(_folded, recipients)), tuple(map(_folded, signed)))
    yield from _qd_3825_plan(plan)


def _qd_3825_plan(text: str) -> Iterator[Block]:
    yield from _title(["KẾ HOẠCH HÀNH ĐỘNG", text.splitlines()[0]])
    yield Line(_folded(_between(text, "(Ban hành", "Thực hiện Quyết định")), centered=True, italic=True)
    body = _between(text, "Thực hiện Quyết định", "PHỤ LỤC\nDANH MỤC")
    yield from map(_line, _wrapped(body))
    yield from _title(["PHỤ LỤC", _folded(_between(text, "DANH MỤC NHIỆM VỤ", "STT\n"))])
    yield _qd_3825_table(_between(text, "STT\n|", "[1] Phát thải"))
    yield Line(_folded(text[text.index("[1] Phát thải") :]))


def _qd_3825_table(text: str) -> Table:
    cells = [tuple(_wrapped(cell)) for cell in re.split(r"^\|$", text, flags=re.MULTILINE)]
    (number,), (task,), (duty,), (when,), (outputs,), (remark,), (lead,), (support,) = cells[:8]
    head = (
        (
            *(Cell((number,), height=2), Cell((task,), height=2), Cell((duty,), width=2)),
            *(Cell((text,), height=2) for text in (when, outputs, remark)),
        ),
        (Cell((lead,)), Cell((support,))),
        tuple(Cell((str(column),)) for column in range(1, 8)),
    )
    queue = iter(cells[15:])
    rows: list[tuple[tuple[str, ...], ...]] = []
    for first in filter(None, queue):
        width = 7 if first[0].isdigit() else 2
        rows.append((first, *(tuple(map(_folded, next(queue))) for _ in range(width - 1))))
    return Table(head, tuple(rows), (2, 3))


_READERS = {"kh-176": _kh_176, "qd-3825": _qd_3825, "kh-thai-nguyen-2026": _thai_nguyen, "kh-kl-81": _kl_81}
