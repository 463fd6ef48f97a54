"""Walk through a page of docs/ as its reader does: `python scripts/walk.py docs/huong-dan/nhap-ke-hoach.md`.

Commands run in an empty folder, files are written and mended, forms are filled in, all as the page says; what the commands print
is written back into the page. A test does the same and compares, so the page stays true.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

WIDTH = "100"
# Forms of the year in the guides are collected at its end.
TODAY = "2026-12-31"
_BLOCK = r"^```(?P<kind>console|yaml|toml|diff)\n(?P<body>.*?)^```$"
_ANSWERS = r"^\| Tệp \| Dòng \| Cột \| Điền \|\n\| [-| ]+\|\n(?P<table>(?:\|[^\n]*\n)+)"
_LINKED = r"\]\((?P<linked>vi-du/[\w.-]+)\)"
_STEP = re.compile(f"{_BLOCK}|{_ANSWERS}|{_LINKED}", re.DOTALL | re.MULTILINE)
_GUIDES = Path(__file__).resolve().parents[1] / "docs" / "huong-dan"
_FILE = re.compile(r"# tệp: (\S+)\n")
_CODE = re.compile(r"# mã thoát (\d)")


class WalkError(Exception):
    """The page asks for something that does not work."""


@dataclass(slots=True)
class Walk:
    """A walk through one page: where the reader stands, and how many commands have run."""

    folder: Path
    here: Path = field(init=False)
    commands: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin in the folder."""
        self.here = self.folder

    def through(self, page: str) -> str:
        """Return the page with what its commands really print.

        Raises:
            WalkError: a command ends otherwise than the page says, or a step cannot be done.
        """
        return _STEP.sub(self._step, page)

    def _step(self, found: re.Match[str]) -> str:
        body = found["body"]
        if found["linked"]:
            shutil.copy(_GUIDES / found["linked"], self.here)
        elif found["table"]:
            self._fill_in(found["table"])
        elif found["kind"] == "console":
            return f"```console\n{self._console(body)}```"
        elif name := _FILE.match(body):
            file, text = self.here / name[1], body[name.end() :]
            file.write_text(text if found["kind"] != "diff" else _mended(file, text), encoding="utf-8")
        return found[0]

    def _console(self, body: str) -> str:
        """Run the commands of a block; one shown without output keeps it to itself."""
        shown = []
        for part in re.split(r"^(?=\$ )", body, flags=re.MULTILINE):
            if not part:
                continue
            line, _, output = part.partition("\n")
            printed = self._run(line)
            shown.append(f"{line}\n{printed if output.strip() else output}")
        return "".join(shown)

    def _run(self, line: str) -> str:
        words = shlex.split(line.removeprefix("$ "), comments=True)
        if words[0] == "cd":
            self.here /= words[1]
            return ""
        if words[0] != "kehoach":
            raise WalkError(f"only kehoach and cd are known here: {line}")
        self.commands.append(words[1])
        environment = os.environ | {"COLUMNS": WIDTH, "PYTHONUTF8": "1", "KEHOACH_TODAY": TODAY}
        ran = subprocess.run(  # noqa: S603 - our own command with the words of our own page
            [sys.executable, "-m", "kehoach_cli", *words[1:]],
            cwd=self.here,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        code = int(found[1]) if (found := _CODE.search(line)) else 0
        if ran.returncode != code:
            raise WalkError(f"{line}\nexit code {ran.returncode}, not {code}\n{ran.stdout}")
        return "".join(f"{row.rstrip()}\n" for row in ran.stdout.splitlines())

    def _fill_in(self, table: str) -> None:
        """Fill in workbooks: each line of the table names a file, the code of a row, the title of a column, and the answer."""
        from openpyxl import load_workbook

        for line in table.splitlines():
            name, row, column, answer = (cell.strip(" `") for cell in line.strip("|").split("|"))
            file = self.here / name
            book = load_workbook(file)
            cells = [cell for sheet in book for cell in _cells(sheet, row, column)]
            if len(cells) != 1 or cells[0].protection.locked:
                raise WalkError(f"{name}: no open cell for {row} / {column}")
            cells[0].value = answer
            book.save(file)


def _cells(sheet, row: str, column: str) -> list:  # noqa: ANN001 - openpyxl's own types differ by kind of sheet
    """Return the cells of a sheet in the row that begins with a code and below a column's title."""
    rows = list(sheet.iter_rows())
    titles = [cell for line in rows for cell in line if cell.value == column]
    return [line[title.column - 1] for line in rows if line[0].value == row for title in titles[:1]]


def _mended(file: Path, changes: str) -> str:
    """Return the file's text with the lines marked - replaced by the lines marked + that follow, or removed."""
    text = file.read_text(encoding="utf-8")
    for minus, plus in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)*)", changes, re.MULTILINE):
        old, new = (re.sub(r"^[-+]", "", lines, flags=re.MULTILINE) for lines in (minus, plus))
        if text.count(old) != 1:
            raise WalkError(f"{file.name} has not exactly one line (or run of lines) {old!r}")
        text = text.replace(old, new)
    return text


if __name__ == "__main__":
    for page in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            page.write_text(Walk(Path(folder)).through(page.read_text(encoding="utf-8")), encoding="utf-8")
