"""Computes how wide a line of Times New Roman is, from advance widths in thousandths of the size; accents have no width."""

import unicodedata

_MM_PER_POINT = 25.4 / 72
_REGULAR = {
    250: " .,", 278: "/ijlt:;", 333: "-()rI[]", 389: "s", 444: "acez", 500: "0123456789bdghknopquvxy_*", 556: "PSJ",
    611: "EFLTZ", 667: "BCR", 722: "ADGHKNOQUVXYw", 778: "m", 889: "M", 944: "W",
}  # fmt: skip
_BOLD = {
    250: " .,", 278: "/ijl", 333: "-()rt:;[]", 389: "sIJ", 444: "cez", 500: "0123456789agovxy_*", 556: "bdhknpqSu",
    611: "FPZ", 667: "BELT", 722: "ACDNRUVXYw", 778: "GHKOQ", 833: "m", 944: "M", 1000: "W",
}  # fmt: skip
_TABLES = {
    bold: {letter: width for width, letters in table.items() for letter in letters}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_USUAL = 556
# The horn of ơ and ư widens the letter.
_HORN, _HORN_WIDTH = "\u031b", 60


def width_mm(text: str, size: float, *, bold: bool) -> float:
    """Return the width of a line in millimetres at a size in points, accurate to about two per cent."""
    table = _TABLES[bold]
    thousandths = 0
    for letter in unicodedata.normalize("NFD", text.translate({ord("Đ"): "D", ord("đ"): "d"})):
        if letter == _HORN:
            thousandths += _HORN_WIDTH
        elif not unicodedata.combining(letter):
            thousandths += table.get(letter, _USUAL)
    return thousandths / 1000 * size * _MM_PER_POINT
