"""Edits of the real plans that the file itself contradicts: caught at the edit, by the rule that is meant to.

The frame is that of the other wrong edits; here an edit replaces whole blocks, and the place may also be the row that lost
something.
"""

import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.rules.test_mutations import PLANS, folder, lint_plan

__all__ = ["folder"]
pytestmark = pytest.mark.slow
ROUNDS = 15
# Of fifteen edits of a kind, one may be lost: where nothing in the file speaks against it.
CAUGHT = 14


@dataclass
class Block:
    """One list item of a plan file: its section of the file, its lines, and its id."""

    part: str
    lines: list[str]
    start: int = 0

    @property
    def id(self) -> str:
        found = re.match(r"  - \{?id: ([\w.-]+)", self.lines[0])
        return found[1] if found else ""

    def text(self) -> str:
        """Return the value of the key `text`, unfolded."""
        found = re.search(r"^    text: (?:>-.*\n)?((?:.+\n?(?:      .+\n?)*))", "\n".join(self.lines), re.MULTILINE)
        end = re.search(r"\n    \w", found[1]) if found else None
        return " ".join(found[1][: end.start() if end else None].split()).strip('"') if found else ""

    def with_text(self, text: str) -> list[str]:
        """Return the lines with another text."""
        first = next(n for n, line in enumerate(self.lines) if line.startswith("    text:"))
        last = first + 1
        while last < len(self.lines) and self.lines[last].startswith("      "):
            last += 1
        folded = textwrap.wrap(text, 100, break_long_words=False, break_on_hyphens=False)
        new = [f'    text: "{text}"'] if len(folded) == 1 else ["    text: >-", *(f"      {line}" for line in folded)]
        return [*self.lines[:first], *new, *self.lines[last:]]


@dataclass
class PlanFile:
    """A plan file cut into blocks; what is no list item is a block without an id."""

    blocks: list[Block] = field(default_factory=list)

    @classmethod
    def read(cls, name: str) -> "PlanFile":
        found, part = cls(), ""
        for line in (REPOSITORY / "plans" / f"{name}.yaml").read_text(encoding="utf-8").splitlines():
            if key := re.match(r"(\w+):", line):
                part = key[1]
            if key or line.startswith("  - ") or not found.blocks:
                found.blocks.append(Block(part, []))
            found.blocks[-1].lines.append(line)
        return found

    def of(self, *parts: str) -> list[Block]:
        return [block for block in self.blocks if block.part in parts and block.id]

    def lines(self) -> list[str]:
        """Return the file, and give every block its first line (1-based)."""
        lines: list[str] = []
        for block in self.blocks:
            block.start = len(lines) + 1
            lines += block.lines
        return lines

    def place(self, block: Block) -> set[int]:
        return set(range(block.start, block.start + len(block.lines)))


# Changes the file and returns the blocks where a finding may stand; none where the edit is not possible.
Kind = Callable[[PlanFile, random.Random], list[Block]]
KINDS: dict[str, tuple[frozenset[str], Kind]] = {}


def kind(name: str, *codes: str) -> Callable[[Kind], Kind]:
    def register(edit: Kind) -> Kind:
        KINDS[name] = (frozenset(codes), edit)
        return edit

    return register


def _below(one: str, top: str) -> bool:
    return one.startswith((f"{top}.", f"{top}-"))


def _neighbours(file: PlanFile, block: Block) -> list[Block]:
    at = file.blocks.index(block)
    return file.blocks[max(at - 1, 0) : at + 2]


@kind("a section is deleted under its rows", "K120", "K121", "K106")
def _section_deleted(file: PlanFile, chance: random.Random) -> list[Block]:
    # The duties of the last part may go without headings; nothing tells that one was there.
    held = [row for row in file.of("tasks", "indicators") if "kind: organisation" not in "\n".join(row.lines)]
    held += file.of("sections", "objectives", "funding")
    fitting = [one for one in file.of("sections") if any(_below(row.id, one.id) for row in held)]
    section = chance.choice(fitting)
    rows = [row for row in held if _below(row.id, section.id) or f"    section: {section.id}" in row.lines]
    places = [
        *_neighbours(file, section),
        *rows[:1],
        *(row for row in rows if f"    section: {section.id}" in row.lines),
    ]
    file.blocks.remove(section)
    siblings = [one for one in file.of("sections") if one.id.rpartition(".")[0] == section.id.rpartition(".")[0]]
    return [*places, *siblings]


@kind("a row is deleted in the middle", "K120", "K121")
def _row_deleted(file: PlanFile, chance: random.Random) -> list[Block]:
    rows = file.of("tasks", "indicators")
    series = {row.id: re.sub(r"\d+$", "", row.id) for row in rows}
    fitting = [row for row, after in pairwise(rows) if series[row.id] == series[after.id]]
    row = chance.choice(fitting)
    held = [one for one in rows if one.id.startswith(f"{row.id}-ct")]
    places = [*_neighbours(file, row), *held]
    file.blocks.remove(row)
    return places


@kind("another section key", "K122")
def _other_section(file: PlanFile, chance: random.Random) -> list[Block]:
    rows = [row for row in file.of("indicators") if any(line.startswith("    section: ") for line in row.lines)]
    if not rows:
        return []
    row = chance.choice(rows)
    own = next(line.split()[1] for line in row.lines if line.startswith("    section: "))
    new = chance.choice([one.id for one in file.of("sections") if one.id != own and not one.id.startswith(own)])
    row.lines = [f"    section: {new}" if line.startswith("    section: ") else line for line in row.lines]
    return [row]


@kind("a clause for another section", "K123")
def _other_applies_to(file: PlanFile, chance: random.Random) -> list[Block]:
    clauses = file.of("clauses")
    if not clauses:
        return []
    clause = chance.choice(clauses)
    own = re.search(r"applies_to: \[([\w.]+)\]", "\n".join(clause.lines))
    others = [one.id for one in file.of("sections") if own and one.id != own[1]]
    new = chance.choice(others)
    clause.lines = [re.sub(r"applies_to: \[.*\]", f"applies_to: [{new}]", line) for line in clause.lines]
    return [clause]


@kind("an indicator under two ids", "K124")
def _doubled_indicator(file: PlanFile, chance: random.Random) -> list[Block]:
    rows = file.of("indicators")
    if not rows:
        return []
    row = chance.choice(rows)
    last = rows[-1]
    stem, number = re.fullmatch(r"(.*?)(\d+)", last.id).groups()  # type: ignore[union-attr]
    new = Block("indicators", [row.lines[0].replace(row.id, f"{stem}{int(number) + 1}"), *row.lines[1:]])
    new.lines = [line if not line.startswith("    section: ") else next(
        (own for own in last.lines if own.startswith("    section: ")), line) for line in new.lines]  # fmt: skip
    file.blocks.insert(file.blocks.index(last) + 1, new)
    return [new]


@kind("a section's title bears another number", "K125")
def _title_number(file: PlanFile, chance: random.Random) -> list[Block]:
    section = chance.choice([one for one in file.of("sections") if ", title:" in one.lines[0]])
    section.lines = [re.sub(r'title: "?([^"}]*)"?', r'title: "XXI. \1"', section.lines[0], count=1), *section.lines[1:]]
    return [section]


def _texts(file: PlanFile) -> list[Block]:
    return [row for row in file.of("tasks") if any(line.startswith("    text:") for line in row.lines)]


@kind("a text becomes a placeholder", "K508")
def _placeholder(file: PlanFile, chance: random.Random) -> list[Block]:
    row = chance.choice(_texts(file))
    row.lines = row.with_text(chance.choice(["TODO", "...", "xxx", "???", "TODO chép lại từ văn bản"]))
    return [row]


@kind("a text is cut in the middle", "K509")
def _cut(file: PlanFile, chance: random.Random) -> list[Block]:
    # Names of programmes end without a mark anyway.
    row = chance.choice([one for one in _texts(file) if one.text().endswith(".") and len(one.text().split()) > 12])
    words = row.text().replace('"', "”").split()
    row.lines = row.with_text(" ".join(words[: chance.randint(len(words) // 3, len(words) - 3)]).rstrip(".;,"))
    return [row]


@kind("a sentence stands twice", "K510")
def _twice(file: PlanFile, chance: random.Random) -> list[Block]:
    row = chance.choice([one for one in _texts(file) if '"' not in one.text()])
    pieces = re.split(r"(?<=[.;])\s+", row.text())
    long = [at for at, piece in enumerate(pieces) if len(piece.split()) > 5]
    if not long:
        return []
    at = chance.choice(long)
    row.lines = row.with_text(" ".join([*pieces[: at + 1], *pieces[at:]]))
    return [row]


def _in_text(pattern: str, change: Callable[[re.Match[str], random.Random], str]) -> Kind:
    def edit(file: PlanFile, chance: random.Random) -> list[Block]:
        fitting = [
            (row, at)
            for row in file.of("tasks", "objectives")
            for at, line in enumerate(row.lines)
            if line.startswith("      ") and "#" not in line and re.search(pattern, line.strip())
        ]
        if not fitting:
            return []
        row, at = chance.choice(fitting)
        body = row.lines[at].strip()
        row.lines[at] = f"      {re.sub(pattern, lambda found: change(found, chance), body, count=1)}"
        return [row]

    return edit


kind("a space of another width", "K507")(
    _in_text(r"(?<=\w) (?=\w)", lambda _, chance: chance.choice("\u2009\u3000\u202f\u2003"))
)
kind("a numeral in Cyrillic", "K504")(_in_text(r"\b(?:II?I?|IV|X|C|M)\b|\bcác\b", lambda *_: "\u0406\u0406"))


@kind("outputs are emptied", "K512")
def _outputs_emptied(file: PlanFile, chance: random.Random) -> list[Block]:
    row = _without_outputs(file, chance)
    if row:
        row.lines.insert(1, "    outputs: []")
    return [row] if row else []


@kind("outputs and their cell are deleted", "K512")
def _outputs_deleted(file: PlanFile, chance: random.Random) -> list[Block]:
    row = _without_outputs(file, chance)
    return [row] if row else []


def _without_outputs(file: PlanFile, chance: random.Random) -> Block | None:
    rows = [row for row in file.of("tasks") if any(line.startswith("    outputs:") for line in row.lines)]
    parts = [re.sub(r"\d+$", "", row.id) for row in rows]
    rows = [row for row, part in zip(rows, parts, strict=True) if parts.count(part) > 3]
    if not rows:
        return None
    row = chance.choice(rows)
    for indent in ("    ", "      "):
        first = next((n for n, line in enumerate(row.lines) if line.startswith(f"{indent}outputs:")), None)
        if first is not None:
            last = first + 1
            while last < len(row.lines) and row.lines[last].startswith(f"{indent}  "):
                last += 1
            del row.lines[first:last]
    return row


@kind("a suppression with a reason that gives none", "K009")
def _no_reason(file: PlanFile, chance: random.Random) -> list[Block]:
    rows = [row for row in file.of("tasks") if any("# kehoach: ignore[" in line for line in row.lines)]
    row = chance.choice(rows)
    reason = chance.choice([".", "x", "ok", "OK", "-"])
    row.lines = [re.sub(r"(# kehoach: ignore\[[^]]*\]).*", rf"\1 {reason}", line) for line in row.lines]
    return [row]


@pytest.mark.parametrize("name", KINDS)
def test_an_edit_that_the_file_contradicts_is_caught_where_it_is(
    folder: Path,
    name: str,
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(name)
    codes, edit = KINDS[name]
    made, missed = 0, []
    while made < ROUNDS:
        plan = PLANS[chance.randrange(len(PLANS))]
        file = PlanFile.read(plan)
        places = edit(file, chance)
        if not places:
            continue
        made += 1
        lines = file.lines()
        near = {line for block in places for line in file.place(block)}
        found = [one for one in lint_plan(folder, plan, lines, codes) if one.line in near]
        if not all(one.hint or one.code == "K009" for one in found) or not found:
            missed.append(f"{plan}: {[block.id for block in places]}")
    record_property("caught", f"{made - len(missed)}/{made}")
    assert made - len(missed) >= CAUGHT, missed
