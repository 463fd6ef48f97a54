"""Pieces of text with their looks, joined into a paragraph: every reader ends here."""

import re
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.source_text import SourceParagraph
from kehoach_cli.core.model.word_document import TextLook
from kehoach_cli.source.blocks import Remarks
from kehoach_cli.source.cleaning import clean, clean_lines
from kehoach_cli.source.fonts import Encoding, decoded, encoding_of, is_unicode, may_be_unicode
from kehoach_cli.source.symbols import UNKNOWN
from kehoach_cli.viet.number import RAISED

_LAST_WORD = re.compile(r"[^\W\d_]+$")
_UNITS = frozenset({"m", "km", "cm", "mm", "dm", "dam", "hm"})


class Run(Struct, frozen=True):
    """A piece of text of one look; `added` says that change tracking marks it as an insertion.

    `typed` is false for what is no letter of the font: breaks, symbols.
    """

    text: str
    look: TextLook
    added: bool = False
    typed: bool = True

    @property
    def encoding(self) -> Encoding | None:
        """How the letters are stored, None for Unicode. Accented letters have the second font."""
        return encoding_of(self.look.fonts[1] or self.look.fonts[0]) if self.typed else None


class Frame(Struct, frozen=True):
    """What a paragraph has besides its text, see `SourceParagraph`."""

    number: str = ""
    level: int | None = None
    heading: bool = False
    centered: bool = False
    footnotes: tuple[str, ...] = ()


def paragraph_of(text: str, runs: Sequence[Run], place: str, frame: Frame) -> SourceParagraph:
    """Return a paragraph of a text; its look is that of the runs with letters."""
    letters = [run.look for run in runs if any(map(str.isalnum, run.text))]
    return SourceParagraph(
        text=text,
        place=place,
        number=clean(frame.number),
        level=frame.level,
        heading=frame.heading,
        bold=bool(letters) and all(look.bold for look in letters),
        italic=bool(letters) and all(look.italic for look in letters),
        centered=frame.centered,
        size=letters[0].size if letters else 0,
        footnotes=frame.footnotes,
    )


def _with_raised(runs: Sequence[Run], place: str, remarks: Remarks) -> Sequence[Run]:
    """Return the runs with raised figures behind a figure or a word as such: "80" and a raised "1" are no 801.

    Behind a unit they are part of it: "m2".
    """
    if not any(run.look.raised for run in runs):
        return runs
    made: list[Run] = []
    for run in runs:
        before = made[-1].text[-1:] if made else ""
        word = _LAST_WORD.search(made[-1].text) if made else None
        mark = before.isdigit() or (word is not None and word[0].lower() not in _UNITS)
        if run.look.raised and run.text.isdecimal() and mark:
            made.append(replace(run, text=run.text.translate(RAISED)))
            say_raised(place, remarks)
        else:
            made.append(run)
    return made


def say_raised(place: str, remarks: Remarks) -> None:
    """Say that figures stand high behind a figure or a word."""
    message = "có chữ số nhỏ in cao ngay sau một chữ, một con số: số mũ, hoặc dấu của chú thích"
    remarks.add(place, message, "bỏ chữ số đó trong tệp kế hoạch nếu là dấu của chú thích")


def text_of(runs: Sequence[Run], place: str, remarks: Remarks) -> str:
    """Return the text of runs in composed letters; old Vietnamese fonts are decoded, which is said."""
    runs = _with_raised(runs, place, remarks)
    unicode = any(run.encoding and is_unicode(run.text) for run in runs)
    pieces = []
    # Letter and mark of the font VNI may stand in two runs.
    for (encoding, capitals), group in groupby(runs, lambda run: (_stored(run, unicode=unicode), run.look.capitals)):
        text = "".join(run.text for run in group)
        plain = decoded(text, encoding) if encoding else text
        if plain != text:
            message = "chữ gõ bằng phông cũ (TCVN3 hoặc VNI), đã chuyển sang Unicode"
            remarks.add(place, message, "đọc lại đoạn này")
        pieces.append(plain.upper() if capitals else plain)
    text = clean_lines("".join(pieces))
    if any(run.added for run in runs):
        message = "có chữ thêm vào theo chế độ theo dõi thay đổi; đã đọc như chữ thường"
        remarks.add(place, message, "đối chiếu bản đã ký")
    if UNKNOWN in text:
        remarks.add(place, "có ký hiệu của phông ký hiệu không nhận ra", "mở văn bản xem ký hiệu đó là gì")
    return text


def _stored(run: Run, *, unicode: bool) -> Encoding | None:
    """Return how a run is stored. Beside letters that are Unicode for certain, what may be Unicode is.

    `unicode` says that the paragraph has such letters in an old font.
    """
    encoding = run.encoding
    if encoding is None or is_unicode(run.text) or (unicode and may_be_unicode(run.text)):
        return None
    return encoding
