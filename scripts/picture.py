"""Draw docs/architecture.svg from the import contract: `python scripts/picture.py`. A test holds it current.

The floors are the layers of the first contract in pyproject.toml; what a room is for is the first sentence of its docstring.
"""

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterator
from html import escape
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "architecture.svg"
WIDTH, LEFT, HOUSE, GAP = 1120, 184, 752, 12
LETTER = 6.5  # width of a letter of DejaVu Sans at 11 px, rounded up
COLOURS = ("#f4f6f8", "#eaf1fb", "#fdf3e3", "#f7ecf6", "#e9f6ec")
FILES_IN = ("plans/  agencies/", "progress/  forms", "templates/", "kehoach.toml")
RESULTS = ("stdout: data", "stderr: messages", "files: .xlsx .docx", ".yaml .json")
NOTES = (
    "Data flows one way: load (store), understand (core), turn into text or bytes (render, excel, word), write (cli).",
    "A floor imports only what stands below it; rooms on one floor never import each other.",
)


def floors() -> list[list[str]]:
    """Return the rooms of each floor, from the top, as the contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [re.split(r" *[|:] *", layer) for layer in layers]


def purpose(room: str) -> str:
    """Return the first sentence of a room's docstring, up to a semicolon."""
    place = ROOT / "src" / "kehoach_cli" / room
    source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return re.split(r"[.;](?=\s|$)", docstring.replace("`", ""), maxsplit=1)[0]


def picture() -> str:
    """Return the picture as SVG."""
    parts, top, sides = [], 14, 0
    for colour, floor in zip(cycle(COLOURS), floors(), strict=False):
        wide = (HOUSE - GAP * (len(floor) - 1)) / len(floor)
        texts = [textwrap.wrap(purpose(room), int((wide - 12) / LETTER)) for room in floor]
        height = 34 + 15 * max(map(len, texts))
        sides = top if len(floor) > 1 and not sides else sides
        for place, (room, lines) in enumerate(zip(floor, texts, strict=True)):
            box = (LEFT + place * (wide + GAP), top, wide, height)
            parts += _box(box, f'font-weight="bold">{room}', lines, colour)
        top += height + GAP
    parts += _box((14, sides, LEFT - 54, 94), 'font-style="italic">files in', FILES_IN, "#fffdf5")
    parts += _box((LEFT + HOUSE + 40, sides, LEFT - 54, 94), 'font-style="italic">results', RESULTS, "#f5fbf6")
    for start in (LEFT - 38, LEFT + HOUSE + 4):
        line = f'x1="{start}" y1="{sides + 47}" x2="{start + 32}" y2="{sides + 47}"'
        parts.append(f'<line {line} stroke="#2a5d9c" stroke-width="1.6" marker-end="url(#a)"/>')
    for number, note in enumerate(NOTES):
        parts.append(_text(WIDTH / 2, top + 18 + 20 * number, 'font-size="12">', note))
    return "\n".join([*_head(top + 52), *parts, "</svg>"]) + "\n"


def _head(height: int) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t" '
        'font-family="DejaVu Sans, Arial, sans-serif" font-size="14" fill="#1e1e1e">'
    )
    yield '<title id="t">The floors of kehoach and the way of the data through them</title>'
    yield (
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#2a5d9c"/></marker></defs>'
    )
    yield f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'


def _box(
    box: tuple[float, float, float, float], name: str, lines: list[str] | tuple[str, ...], colour: str
) -> Iterator[str]:
    x, y, width, height = box
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    yield f'<rect {place} rx="5" fill="{colour}" stroke="#5b6b7a"/>'
    middle = x + width / 2
    yield _text(middle, y + 20, name, "")
    for number, line in enumerate(lines):
        yield _text(middle, y + 38 + 15 * number, 'font-size="11">', line)


def _text(x: float, y: float, opening: str, text: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="middle" {opening}{escape(text)}</text>'


if __name__ == "__main__":
    TARGET.write_text(picture(), encoding="utf-8")
