"""Text of the old Vietnamese fonts, which draw Latin-1 codes as Vietnamese: TCVN3 (".VnTime") and VNI ("VNI-Times")."""

import re
from enum import Enum, auto
from itertools import product

# Letters of Vietnamese behind Latin-1, and accents of their own. Quotation marks and dashes stand in text of either kind.
_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u0300-\u036f\u1ea0-\u1ef9]")
_LATIN_1_VIETNAMESE = frozenset("àáâãèéêìíòóôõùúý\u00a0–“”‘’…")
_TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
# TCVN 5712:1993, part 3: the codes of the letters in the order of the second line.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# VNI writes a letter and then its marks. One mark stands for a tone, or for a hat or breve with a tone.
_MARKS_OF_TONES = "ùøûõï"
_MARKS = {"â": "\u0302", "ê": "\u0306"}
_MARKS |= {mark: "\u0302" + tone for mark, tone in zip("áàåãä", _TONES, strict=True)}
_MARKS |= {mark: "\u0306" + tone for mark, tone in zip("éèúüë", _TONES, strict=True)}
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


class Encoding(Enum):
    """How the letters of a font are stored."""

    TCVN3 = auto()
    TCVN3_CAPITALS = auto()
    VNI = auto()


def _vni() -> dict[str, str]:
    """Return what each sequence of VNI codes means, in small and in capital letters."""
    import unicodedata

    marks = _MARKS | dict(zip(_MARKS_OF_TONES, _TONES, strict=True))
    found = {
        letter + mark: letter + accents
        for letter, (mark, accents) in product("aeouy", marks.items())
        if letter == "a" or "\u0306" not in accents
    }
    found |= {
        code + mark: letter + tone
        for (code, letter), (mark, tone) in product((("ô", "ơ"), ("ö", "ư")), zip(_MARKS_OF_TONES, _TONES, strict=True))
    }
    found = {code: unicodedata.normalize("NFC", text) for code, text in (found | _ALONE).items()}
    small = {code: text for code, text in found.items() if len(text) == 1}
    mixed = {code[0].upper() + code[1:]: text.upper() for code, text in small.items()}
    return small | mixed | {code.upper(): text.upper() for code, text in small.items()}


_VNI = _vni()
_VNI_CODES = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def encoding_of(font: str) -> Encoding | None:
    """Return how the letters of a font are stored, None for a font of Unicode letters."""
    name = font.casefold()
    if name.startswith(".vn"):
        return Encoding.TCVN3_CAPITALS if font.rstrip().endswith("H") else Encoding.TCVN3
    return Encoding.VNI if name.startswith(("vni-", "vni ")) else None


def is_unicode(text: str) -> bool:
    """Whether text has a letter that no old font has: it is Unicode, whatever font it names."""
    return _UNICODE.search(text) is not None


def may_be_unicode(text: str) -> bool:
    """Whether all accented letters of a text are letters of Vietnamese in Unicode, too ("Hóa")."""
    return all(letter.isascii() or letter.lower() in _LATIN_1_VIETNAMESE for letter in text)


def decoded(text: str, encoding: Encoding) -> str:
    """Return text of an old font as Unicode."""
    if encoding is Encoding.VNI:
        return _VNI_CODES.sub(lambda found: _VNI[found[0]], text)
    plain = "".join(_TCVN3.get(letter, letter) for letter in text)
    return plain.upper() if encoding is Encoding.TCVN3_CAPITALS else plain
