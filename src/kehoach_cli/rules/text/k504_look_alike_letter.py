"""K504: letters that look like Vietnamese ones but are others."""

import re
import unicodedata
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_D = {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"}
# Only those Greek letters that look like Latin ones: "μg" and "ΔT" are right.
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧινορυχ"
_FOREIGN = rf"\u0400-\u052f{_GREEK}"
_SUSPECT = re.compile(rf"[{''.join(_D)}{_FOREIGN}]")
_STARTS = tuple({letter.encode()[:1] for letter in (*_GREEK, "\u0400", "\u0440", "\u0480", "\u04c0", "\u0500")})
# Words of these alone look Latin from end to end ("\u0406\u0406" for II): nobody can see that they are not.
_TWINS = (
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
)
_WHOLLY = re.compile(rf"[{_TWINS}0-9_]+")
_SHOWS = re.compile(rf"(?![{_TWINS}])[\u0400-\u052f]")
_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏẠ-ỹ]")


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the words with such a letter, at the first one; words in another script that show it are right."""
    # In UTF-8 every foreign letter begins with one of a few bytes that no Vietnamese letter begins with.
    data = document.text.encode(errors="replace")
    suspect = any(start in data for start in _STARTS) or any(letter in document.text for letter in _D)
    for number, line in enumerate(document.lines if suspect else (), 1):
        for word in _WORD.finditer(line) if not line.isascii() and _SUSPECT.search(line) else ():
            if (found := _SUSPECT.search(word[0])) and _passes_for_latin(word[0], found[0], line):
                place = (number, word.start() + found.start() + 1)
                name = f"U+{ord(found[0]):04X} {unicodedata.name(found[0], '')}".strip()
                meant = _D.get(found[0], "chữ cái La-tinh")
                yield Violation(f'"{word[0]}" có chữ giống hệt mà khác mã: {name}', spot=place, hint=f"gõ lại {meant}")


def _passes_for_latin(word: str, letter: str, line: str) -> bool:
    """Return whether a word with such a letter looks Latin, also one of twins alone, unless its line quotes another language."""
    return letter in _D or bool(_LATIN.search(word) or (_WHOLLY.fullmatch(word) and not _SHOWS.search(line)))


RULE = Rule(
    code="K504",
    slug="look-alike-letter",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Chữ cái giống hệt nhưng sai mã",
    why="""
        Chữ "Ð" của tiếng Iceland, chữ "о", "а", "е" của tiếng Nga, tiếng Hy Lạp nhìn giống chữ Việt nhưng là ký tự khác,
        thường do phông chữ cũ hay do nhận dạng từ bản quét. Tra cứu không thấy, so sánh tên cơ quan không khớp.

        Gõ lại chữ đó bằng bộ gõ tiếng Việt; nội dung văn bản không đổi.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: \u00d0iều tra, thống kê nguồn nước thải.
        #         ^
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Điều tra, thống kê nguồn nước thải.
            lead: [so-a]
    """,
    check=check,
)
