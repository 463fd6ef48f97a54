"""Draw the house: `python scripts/picture.py` writes docs/architecture.svg from the floors that import-linter enforces.

The floors and their order come from the first contract in pyproject.toml; the words for each room come from here.
"""

import sys
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "architecture.svg"
WIDTH, LEFT, INSIDE = 980, 190, 600
GAP, LINE = 10, 16
WORDS = {
    "__main__": ("answers --version; every ending becomes an exit code",),
    "cli": ("one file per command: options, one load, one core call, one render call; writes the result",),
    "render": ("tables, words,", "JSON, CSV, SARIF"),
    "rules": ("lint rules,", "one per file"),
    "store": ("YAML with places,", "schemas, cache,", "workspace, git"),
    "excel": ("forms out,", "filled forms in"),
    "word": ("templates, charts,", "reports out"),
    "templating": ("the only Jinja sandbox",),
    "office": ("documents of unknown origin into plain values: safe zip, .docx, .xlsx",),
    "core": (
        "meaning: frozen values of plan, target, schedule, agency, submission; duties, verdicts, reports. No files, no clock",
    ),
    "viet": ("the field's notation: folding, order, numbers, dates",),
    "errors": ("exit codes",),
}
FILLS = ("#f4f6f8", "#eaf1fb", "#fdf3e3", "#e9f6ec", "#f7ecf6")


def floors() -> list[list[str]]:
    """Return the rooms of each floor, from the top, as the contract names them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return [layer.split(" | ") for layer in contracts[0]["layers"]]


def picture() -> str:
    """Return the drawing."""
    parts: list[str] = []
    top = 14
    beside = 0
    for number, rooms in enumerate(floors()):
        lines = max(len(WORDS[room]) for room in rooms)
        height = 30 + LINE * lines
        width = (INSIDE - GAP * (len(rooms) - 1)) / len(rooms)
        beside = top if len(rooms) > 2 else beside  # noqa: PLR2004 - the floor of the rooms that read and write
        for place, room in enumerate(rooms):
            parts += _room(
                room, LEFT + place * (width + GAP), top, (width, height), FILLS[(number + place) % len(FILLS)]
            )
        top += height + GAP
    parts += _files(beside)
    texts = (
        "data flows one way: load (store) → understand and compute (core) → result → text or bytes → written (cli)",
        "a floor imports only what stands below it; rooms of one floor never import each other",
    )
    parts += [_text(WIDTH / 2, top + 14 + 20 * row, text, size=12) for row, text in enumerate(texts)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 48}" role="img" aria-labelledby="t" '
        'font-family="DejaVu Sans, Arial, sans-serif" font-size="14" fill="#1e1e1e">\n'
        '<title id="t">The floors of kehoach and the way of the data through them</title>\n'
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#2a5d9c"/></marker></defs>\n'
        f'<rect width="{WIDTH}" height="{top + 48}" fill="#ffffff"/>'
    )
    return "\n".join((head, *parts, "</svg>\n"))


def _room(name: str, left: float, top: float, size: tuple[float, float], fill: str) -> list[str]:
    width, height = size
    middle = left + width / 2
    words = [_text(middle, top + 38 + LINE * row, line, size=11) for row, line in enumerate(WORDS[name])]
    return [_box(left, top, width, height, fill), _text(middle, top + 20, name, bold=True), *words]


def _files(top: float) -> list[str]:
    """Return what lies outside the house: the files it reads, and its results."""
    lists = (
        (10, ("files in", "plans/  progress/", "templates/  forms", "kehoach.toml")),
        (820, ("results", "stdout: data", "stderr: talk", "files: .xlsx .docx")),
    )
    parts = [
        piece
        for left, lines in lists
        for piece in (
            _box(left, top, 150, 78, "#fffdf5"),
            *(_text(left + 75, top + 18 + LINE * row, line, size=11) for row, line in enumerate(lines)),
        )
    ]
    look = 'stroke="#2a5d9c" stroke-width="1.6" marker-end="url(#a)"'
    arrows = ((160, 186), (792, 816))
    return parts + [f'<line x1="{a}" y1="{top + 40}" x2="{b}" y2="{top + 40}" {look}/>' for a, b in arrows]


def _box(left: float, top: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="5" fill="{fill}" stroke="#5b6b7a"/>'
    )


def _text(middle: float, base: float, text: str, *, size: int = 14, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else f' font-size="{size}"'
    return f'<text x="{middle:g}" y="{base:g}" text-anchor="middle"{weight}>{escape(text)}</text>'


if __name__ == "__main__":
    TARGET.write_text(picture(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}\n")
