"""Characters of symbol fonts: Word stores ≥ as a code of the font Symbol that no text search finds."""

import re

_PRIVATE = 0xF000
PRIVATE = re.compile("[\uf000-\uf0ff]")
_LAST_LATIN_1 = 0xFF
# The codes of the font Symbol that office documents use, from its published encoding.
_SYMBOL = {
    0x2B: "+", 0x2D: "−", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xBB: "≈", 0xB4: "×", 0xB8: "÷", 0xB0: "°",
    0xA5: "∞", 0xA8: "♦", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xDE: "⇒", 0xB7: "•", 0xD7: "⋅", 0xE5: "∑",
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x70: "π", 0x57: "Ω", 0x44: "Δ", 0x20: " ", 0x2A: "∗",
}  # fmt: skip
_WINGDINGS = {
    0xFC: "✓", 0xFB: "✗", 0xA7: "▪", 0x6E: "■", 0x71: "❑", 0x76: "❖", 0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0x6C: "●",
    0xA8: "□", 0xFE: "☑", 0xFD: "☒", 0x6F: "□", 0x9F: "•", 0x2D: "-",
}  # fmt: skip
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def symbol(font: str, letter: str) -> str:
    """Return the character that a letter of a font shows; one of a symbol font that is not known is `UNKNOWN`."""
    code = ord(letter)
    name = font.casefold()
    table = _SYMBOL if name.startswith("symbol") else _WINGDINGS if "wingdings" in name else None
    if _PRIVATE <= code < _PRIVATE + 0x100:
        code -= _PRIVATE
        return (table or _WINGDINGS | _SYMBOL).get(code, UNKNOWN)
    if table is None or code > _LAST_LATIN_1:
        return letter
    return table.get(code, letter if letter in "-•o" else UNKNOWN)
