"""Draw the screens of the guide: `python scripts/screens.py` writes docs/huong-dan/man-hinh/*.svg. A test holds them current.

Every screen is what the program prints, colours included, in a folder with the plans of this repository and its example reports.
The text stands in each file a second time, as its description, for readers that speak and for the test.
"""

import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from kehoach_cli.__main__ import run

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich.style import Style

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "huong-dan" / "man-hinh"
WIDTH = 100
# The example reports are of 2025.
TODAY = "2025-12-31"


@dataclass(frozen=True, slots=True)
class Screen:
    """A command as typed, and how many lines of its answer are shown (None: all)."""

    command: str
    lines: int | None = None


SCREENS = {
    "viec-cua-so": Screen('kehoach tasks --agency "Sở Y tế" --direct --plan kh-176 --as-of 2026-11-21'),
    "viec-qua-han": Screen("kehoach tasks --overdue --plan qd-3825 --as-of 2026-11-21", 24),
    "mot-nhiem-vu": Screen("kehoach show kh-176/PL2.III.2 --as-of 2026-11-21"),
    "ten-co-quan": Screen('kehoach agencies "Sở TN&MT" --province thanh-hoa'),
    "lap-bieu": Screen("kehoach form --all --province thanh-hoa --year 2025"),
    "ai-chua-gui": Screen("kehoach check da-nhan --year 2025 --plan kh-176 --by agency --fail-on none", 40),
    "giai-thich": Screen(
        'kehoach check da-nhan --year 2025 --plan kh-176 --agency "Sở Y tế" --explain --fail-on none', 14
    ),
    "thu-bieu": Screen("kehoach collect da-nhan"),
    "bao-cao": Screen("kehoach report --year 2025"),
    "cong-van": Screen(
        'kehoach report --year 2025 --plan kh-176 --template cong-van-don-doc --agency "Sở Công Thương" --until 2025-12-20'
    ),
    "nhac-viec": Screen(
        'kehoach remind --period 2025 --plan kh-176 --progress da-nhan --agency "Sở Y tế" --as-of 2025-12-24'
    ),
    "tong-hop": Screen("kehoach summary --period 2025 --plan kh-176 --progress da-nhan --as-of 2026-02-01", 44),
    "hoi-sql": Screen("kehoach query qua-han-theo-co-quan --progress da-nhan --as-of 2026-03-01"),
    "hoi-ket-qua": Screen(
        "kehoach query \"SELECT ref, value_text, unit, target_text, verdict_text FROM results WHERE kind = 'indicator' "
        'AND official AND reported AND scope IS NULL ORDER BY ref" --progress da-nhan --as-of 2026-03-01'
    ),
    "the-thuc": Screen("kehoach check-docx bao-cao-sua-tay.docx"),
    "kiem-tra-tep": Screen("kehoach lint plans/kh-176.yaml"),
    "quy-tac": Screen("kehoach lint --explain K302"),
}

# Sizes in pixels: a letter of DejaVu Sans Mono is 0.602 of its height wide.
_LETTER, _WIDE, _LINE, _MARGIN = 14, 8.43, 18, 14
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" role="img" aria-labelledby="t d">
<title id="t">{title}</title>
<desc id="d">{text}</desc>
<rect x="0.5" y="0.5" width="{inner_width:.0f}" height="{inner_height}" rx="6" fill="#fdfdfb" stroke="#c9c9c4"/>
<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{letter}" fill="#1e1e1e">
{letters}
</g>
</svg>
"""
_INKS = {
    "red": "#aa1e1e",
    "green": "#19693c",
    "yellow": "#8c5f00",
    "blue": "#1e46a0",
    "magenta": "#822882",
    "cyan": "#006973",
}


class _Terminal(io.StringIO):
    """A screen that takes colours; what is said beside the answer goes to it through a pipe, so that no progress bar runs."""

    def isatty(self) -> bool:
        """Say so."""
        return True


class _Pipe(io.StringIO):
    """The way to the screen."""

    def __init__(self, end: io.StringIO) -> None:
        super().__init__()
        self._end = end

    def write(self, text: str) -> int:
        """Pass the text on."""
        return self._end.write(text)


def workspace(folder: Path) -> None:
    """Put the plans and the example reports, as received, into a folder."""
    shutil.copytree(ROOT / "plans", folder / "plans")
    shutil.copytree(ROOT / "examples" / "progress" / "2025", folder / "da-nhan")


def with_slip(folder: Path) -> None:
    """Type a decimal point where the plan has a comma."""
    plan = folder / "plans" / "kh-176.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('"1,5 - 2"', '"1.5 - 2"', 1), encoding="utf-8")


def edited_by_hand(folder: Path) -> None:
    """Put a report into the folder on which somebody changed a margin and a font in Word."""
    from docx import Document
    from docx.shared import Mm

    document = Document(str(folder / "reports" / "2025" / "bao-cao-kh-176-2025.docx"))
    document.sections[0].left_margin = Mm(20)
    for paragraph in document.paragraphs[:12]:
        for words in paragraph.runs:
            words.font.name = "Arial"
    document.save(str(folder / "bao-cao-sua-tay.docx"))


BEFORE = {"the-thuc": edited_by_hand, "kiem-tra-tep": with_slip}


def printed(screen: Screen, folder: Path) -> str:
    """Return what the terminal shows after the command: the command, then its answer, with colours as the terminal gets them."""
    terminal = _Terminal()
    variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    variables |= {"COLUMNS": str(WIDTH), "TERM": "xterm-256color", "KEHOACH_TODAY": TODAY}
    with (
        chdir(folder),
        mock.patch.dict(os.environ, variables, clear=True),
        redirect_stdout(terminal),
        redirect_stderr(_Pipe(terminal)),
    ):
        run(shlex.split(screen.command)[1:])
    lines = terminal.getvalue().rstrip("\n").split("\n")
    if screen.lines and len(lines) > screen.lines:
        lines = [*lines[: screen.lines], "…"]
    return "\n".join([f"$ {screen.command}", *lines])


def drawn(text: str) -> str:
    """Return a screen as SVG: every word group at its own place, so that columns stand whatever the reader's font."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=io.StringIO(), width=WIDTH, color_system="standard", force_terminal=True)
    whole = Text.from_ansi(text)
    lines = list(whole.wrap(console, WIDTH))
    letters = [
        _letters(group[0], column + group.start(), row, _look(segment.style))
        for row, line in enumerate(lines)
        for column, segment in _placed(line.render(console))
        for group in re.finditer(r"\S+(?: \S+)*", segment.text)
    ]
    width, height = WIDTH * _WIDE + 2 * _MARGIN, len(lines) * _LINE + 2 * _MARGIN
    return _SVG.format(
        width=width,
        height=height,
        inner_width=width - 1,
        inner_height=height - 1,
        letter=_LETTER,
        title=escape(lines[0].plain.removeprefix("$ "), quote=False),
        text=escape(whole.plain, quote=False),
        letters="\n".join(letters),
    )


def _placed(segments: "Iterable[Segment]") -> "Iterator[tuple[int, Segment]]":
    """Yield each segment of a line with its column."""
    column = 0
    for segment in segments:
        yield column, segment
        column += segment.cell_length


def _letters(words: str, column: int, row: int, look: str) -> str:
    x, y = _MARGIN + column * _WIDE, _MARGIN + (row + 0.75) * _LINE
    length = len(words) * _WIDE
    return f'<text x="{x:.1f}" y="{y:.1f}" textLength="{length:.1f}"{look}>{escape(words, quote=False)}</text>'


def _look(style: "Style | None") -> str:
    """Return a style as attributes."""
    if style is None:
        return ""
    ink = _INKS.get(style.color.name.removeprefix("bright_")) if style.color else None
    attributes = {
        "font-weight": "bold" if style.bold else "",
        "font-style": "italic" if style.italic else "",
        "text-decoration": "underline" if style.underline else "",
        "opacity": "0.65" if style.dim else "",
        "fill": ink or "",
    }
    return "".join(f' {name}="{value}"' for name, value in attributes.items() if value)


def screens() -> dict[str, str]:
    """Return what every screen shows, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        workspace(Path(folder))
        found = {}
        for name, screen in SCREENS.items():
            if name in BEFORE:
                BEFORE[name](Path(folder))
            found[name] = printed(screen, Path(folder))
        return found


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in screens().items():
        (FOLDER / f"{name}.svg").write_text(drawn(text), encoding="utf-8")
        sys.stdout.write(f"{name}.svg\n")
