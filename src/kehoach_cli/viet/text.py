"""Fold Vietnamese text into keys for comparison, and sort it by the Vietnamese alphabet.

Official wording may be changed by `folded` only. Keys are for comparison and are never shown.
"""

import re
import unicodedata

# U+00D0, U+0189 and their small letters look like Đ (U+0110) and come from other keyboards and old fonts.
LOOKALIKES = str.maketrans(
    {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ", "\u2010": "-", "\u2011": "-", "–": "-", "—": "-", "\u2212": "-"}
)

# Changes the new tone placement (hoà, thuỷ) to the old one (hòa, thủy), only in open syllables and never after "q".
_TONE_PAIRS = {
    f"{vowels[0]}{toned}": f"{first}{vowels[1]}"
    for vowels, firsts, seconds in (("oa", "òóỏõọ", "àáảãạ"), ("oe", "òóỏõọ", "èéẻẽẹ"), ("uy", "ùúủũụ", "ỳýỷỹỵ"))
    for first, toned in zip(firsts, seconds, strict=True)
}
_NEW_STYLE_TONE = re.compile(rf"(?<!q)({'|'.join(_TONE_PAIRS)})(?!\w)")

# The capital and the small letters of Vietnamese, as the inside of a regular expression's brackets: "[À-Ỹ]" has both.
_ACCENTED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
CAPITALS, SMALL = f"A-Z{_ACCENTED.upper()}", f"a-z{_ACCENTED}"

# Control and invisible characters, as the inside of a regular expression's brackets. No official text contains one, nobody
# sees one in an editor, and a terminal must never receive one.
CONTROLS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_CONTROL = re.compile(f"[{CONTROLS}]")

# Behind these words something has to follow; "kèm theo", "tồn tại", "trực thuộc" and the like may end a sentence.
_UNFINISHED = re.compile(
    r"[,(]$|(?<![–-])(?<![–-] )[–-]$|\([^()]*$"
    r"|\b(?:và|hoặc|của|các|những|với|cho|là|về|từ|để|nhằm|gồm|giữa|bởi|nếu|mỗi|mọi|nhân dân cấp|UBND cấp"
    r"|(?<!bên )trong|(?<!thời gian )đến|(?<!tự )do|(?<!trợ )giúp|(?<!hiện )(?<!tồn )tại|(?<!kèm )(?<!tiếp )theo"
    r"|(?<!trực )(?<!phụ )thuộc)$"
)

_AMPERSAND = re.compile(r"\s*&\s*")
_HYPHEN = re.compile(r"\s*-\s*")

_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def folded(text: str) -> str:
    """Return `text` as plans store it: NFC, every run of white space (NBSP, tab, newline) as one space."""
    return text if is_folded(text) else " ".join(unicodedata.normalize("NFC", text).split())


def is_folded(text: str) -> bool:
    """Whether `folded` would not change `text`, and `text` has no control character: a fast check that nearly always succeeds."""
    # `isprintable` is false for white space other than U+0020, and for control and invisible characters.
    return (
        text.isprintable()
        and "  " not in text
        and text[:1] != " "
        and text[-1:] != " "
        and unicodedata.is_normalized("NFC", text)
    )


def is_unfinished(text: str) -> bool:
    """Whether no sentence and no title ends like `text`: with a comma, an open bracket, or a word that asks for another."""
    return _UNFINISHED.search(text.rstrip()) is not None


def match_key(text: str) -> str:
    """Return the key two spellings of one name share: case, tone placement, dashes, "&" for "và", final marks folded."""
    text = folded(text).translate(LOOKALIKES).casefold()
    if "&" in text:
        text = _AMPERSAND.sub(" và ", text)
    text = " ".join(text.split())
    if "-" in text:
        text = _HYPHEN.sub("-", text)
    text = text.rstrip(".;,: ")
    return _NEW_STYLE_TONE.sub(lambda found: _TONE_PAIRS[found[0]], text)


def old_style_key(word: str) -> str:
    """Return the key of one word of folded text: case and tone placement folded."""
    return _NEW_STYLE_TONE.sub(lambda found: _TONE_PAIRS[found[0]], word.casefold())


def old_style_tones(text: str) -> str:
    """Return NFC text in the old tone placement (`hòa`, `thủy`); upper and lower case stay."""

    def moved(found: re.Match[str]) -> str:
        pair = _TONE_PAIRS[found[0].lower()]
        return "".join(new.upper() if old.isupper() else new for old, new in zip(found[0], pair, strict=True))

    return re.sub(_NEW_STYLE_TONE.pattern, moved, unicodedata.normalize("NFC", text), flags=re.IGNORECASE)


def other_tone_style(pair: str) -> str:
    """Return two vowels in the other tone placement (`oà` for `òa` and back); case and other letters stay."""
    if (old := old_style_tones(pair)) != pair:
        return old
    new = next((new for new, known in _TONE_PAIRS.items() if known == pair.lower()), pair.lower())
    return "".join(letter.upper() if was.isupper() else letter for letter, was in zip(new, pair, strict=True))


def in_both_tone_styles(pattern: str) -> str:
    """Return a regular expression, written in the old tone placement, that matches the new one as well (`hóa`, `hoá`)."""

    def either(found: re.Match[str]) -> str:
        return f"(?:{found[0]}|{other_tone_style(found[0])})"

    return re.sub("|".join(_TONE_PAIRS.values()), either, pattern, flags=re.IGNORECASE)


def loose_key(text: str) -> str:
    """Return the key of `text` without accents (`so y te`); `đ` has no decomposition and is replaced separately."""
    marks_off = unicodedata.normalize("NFD", match_key(text).replace("đ", "d"))
    return "".join(letter for letter in marks_off if not unicodedata.combining(letter))


def may_spell(typed: str, name: str) -> bool:
    """Whether `typed` is `name` with some or all accents missing. A wrong accent does not count as missing."""
    one, other = match_key(typed), match_key(name)
    return len(one) == len(other) and all(
        letter == meant or (letter, meant) == ("d", "đ") or _accents(letter) <= _accents(meant)
        for letter, meant in zip(one, other, strict=True)
    )


def _accents(letter: str) -> set[str]:
    """Return the base letter and the marks of one letter."""
    return set(unicodedata.normalize("NFD", letter))


def search_words(text: str) -> tuple[str, ...]:
    """Return the words of a search without accents; a text must contain all of them."""
    return tuple(re.findall(r"\w+", loose_key(text)))


def first_control(text: str) -> tuple[int, str] | None:
    """Return offset and U+ name of the first control or invisible character, None where there is none."""
    if found := _CONTROL.search(text):
        return found.start(), f"U+{ord(found[0]):04X}"
    return None


def without_controls(text: str) -> str:
    """Return `text` with every control or invisible character made visible as `\ufffd`, on one line."""
    return text if text.isprintable() else _CONTROL.sub("\ufffd", re.sub(r"[\t\r\n]", " ", text))


def sort_key(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Return a key in the order of the Vietnamese alphabet.

    Letters decide first (a ă â b … d đ e ê …), then tones in the order ngang huyền hỏi ngã sắc nặng; digits count as
    numbers, so `NV-2` stands before `NV-10`. Longer numbers than any count in pieces: `int` refuses thousands of digits.
    """
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for token in re.findall(r"[0-9]{1,18}|[^0-9]", unicodedata.normalize("NFC", text).casefold()):
        if token.isdecimal():
            letters.append((1, int(token)))
            tones.append(0)
            continue
        decomposed = unicodedata.normalize("NFD", token)
        tones.append(max((_TONES.get(mark, 0) for mark in decomposed), default=0))
        base = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
        letters.append((2, _LETTERS[base]) if base in _LETTERS else (0, ord(base[:1] or token)))
    return tuple(letters), tuple(tones)


def capitalized(text: str) -> str:
    """Return a text with a capital at its beginning and the rest as it is."""
    return text[:1].upper() + text[1:]
