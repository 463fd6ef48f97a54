"""Edits that contradict the file itself: each kind is caught in the row that was edited, and no other row is accused.

The edits are those of people: a number typed twice with different figures, a line taken from the row above, a date of another
year. `ROUNDS` edits of each kind are made in random places of the real plans and registries. A kind begins with the code that
must catch it.
"""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.rules.engine import Selection, lint
from kehoach_cli.store.workspace.lint import LintScope, source_files
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.settings import Settings
from tests.conftest import REPOSITORY
from tests.rules.rounds import CAUGHT, ROUNDS

pytestmark = pytest.mark.slow

PLANS = ("plans/kh-176.yaml", "plans/qd-3825.yaml", "plans/kh-thai-nguyen-2026.yaml", "plans/kh-kl-81.yaml")
NUMBERED = PLANS[:2]
REGISTRIES = ("plans/agencies/thanh-hoa.yaml", "plans/agencies/thai-nguyen.yaml", "plans/agencies/trung-uong.yaml")

# An edit of a text: the new text and the line (1-based) that was edited; None where the text has no place for it.
Edited = tuple[str, int] | None
Edit = Callable[[str, random.Random], Edited]


def replaced(pattern: str, change: Callable[[re.Match[str], random.Random], str]) -> Edit:
    """Return an edit of a random match: `change` gives what stands in place of the group `x`, or of all of it."""

    def edit(text: str, chance: random.Random) -> Edited:
        found = list(re.finditer(pattern, text, re.MULTILINE))
        if not found:
            return None
        one = chance.choice(found)
        group = "x" if "x" in one.re.groupindex else 0
        new = text[: one.start(group)] + change(one, chance) + text[one.end(group) :]
        return new, new.count("\n", 0, one.start(group)) + 1

    return edit


def other_figures(found: re.Match[str], chance: random.Random) -> str:
    """Return the figures with one of them, or two neighbours, changed."""
    figures = found["x"]
    at = chance.randrange(len(figures))
    swapped = figures[:at] + figures[at : at + 2][::-1] + figures[at + 2 :]
    if swapped != figures and swapped[0] != "0" and chance.random() < 0.5:
        return swapped
    new = chance.choice([figure for figure in "123456789" if figure != figures[at]])
    return figures[:at] + new + figures[at + 1 :]


def put(text: str) -> Callable[[re.Match[str], random.Random], str]:
    """Return a change that always gives one text; `{name}` stands for a group of the match."""
    return lambda found, _: text.format(**found.groupdict())


def one_of(*texts: str) -> Callable[[re.Match[str], random.Random], str]:
    """Return a change that gives one of several texts."""
    return lambda found, chance: chance.choice(texts).format(**found.groupdict())


def full_width(found: re.Match[str], chance: random.Random) -> str:
    del chance
    return "".join(chr(ord(figure) + 0xFEE0) for figure in found["x"])


def another_word(found: re.Match[str], chance: random.Random) -> str:
    """Return a name with one word replaced or left out."""
    words = found["x"].split(" ")
    at = chance.randrange(1, len(words))
    words[at : at + 1] = chance.choice([["đồi"], []])
    return " ".join(words)


def left_out(found: re.Match[str], chance: random.Random) -> str:
    del found, chance
    return ""


def shifted_year(*by: int) -> Callable[[re.Match[str], random.Random], str]:
    return lambda found, chance: str(int(found["x"]) + chance.choice(by))


def _elsewhere(found: re.Match[str], chance: random.Random) -> str:
    return chance.choice([name for name in ("thanh-hoa", "thai-nguyen") if name != found["x"]])


def _turned_back(text: str, chance: random.Random) -> Edited:
    """Make the heir of a body, which still exists, succeed by that body."""
    links = [
        (found[1], found[2])
        for found in re.finditer(
            r"^  - id: ([\w-]+)\n(?:    .*\n)*?    successors:\n      - id: ([\w-]+)$", text, re.MULTILINE
        )
        if re.search(rf"^  - id: {found[2]}\n(?!(?:    .*\n)*?    (?:successors|valid: .*to):)", text, re.MULTILINE)
    ]
    if not links:
        return None
    old, heir = chance.choice(links)
    place = re.search(rf"^  - id: {heir}\n(?=    name: )", text, re.MULTILINE)
    assert place
    new = f"{text[: place.end()]}    successors: [{{id: {old}, from: 2025-03-01}}]\n{text[place.end() :]}"
    return new, new.count("\n", 0, place.end()) + 1


def _parent_below(text: str, chance: random.Random) -> Edited:
    """Put a parent without one of its own below one of its children."""
    links = re.findall(r"^  - id: ([\w-]+)\n(?:    .*\n)*?    parent: ([\w-]+)$", text, re.MULTILINE)
    tops = [
        (child, parent)
        for child, parent in links
        if re.search(rf"^  - id: {parent}\n(?!(?:    .*\n)*?    parent:)", text, re.MULTILINE)
    ]
    if not tops:
        return None
    child, parent = chance.choice(tops)
    place = re.search(rf"^  - id: {parent}\n(?=    name: )", text, re.MULTILINE)
    assert place
    new = f"{text[: place.end()]}    parent: {child}\n{text[place.end() :]}"
    return new, new.count("\n", 0, place.end()) + 1


def _withdrawn(found: re.Match[str], chance: random.Random) -> str:
    del found
    return f"    withdrawn: {{from: {chance.choice(('2012-01-01', '2006-05-01', '1926-01-01'))}, document: QĐ 1/QĐ-UBND}}\n"


DAY = r"\d{4}-\d\d-\d\d"
CELL = r"^    as_issued:\n(?:      .*\n)*?"
IN_PLANS: dict[str, tuple[tuple[str, ...], Edit]] = {
    "K112 the number changes, the citation does not": (NUMBERED, replaced(r"^  number: (?P<x>\d+)/", other_figures)),
    "K112 the citation changes, the number does not": (
        NUMBERED,
        replaced(r"^(?:    số|  cite: Kế hoạch số) (?P<x>\d+)/(?:QĐ|KH)-UBND", other_figures),
    ),
    "K113 the date differs from the citation": (NUMBERED, replaced(r"^  date: (?P<x>\d{4})-", shifted_year(1, -1, 10))),
    "K114 another type than the number or the citation": (
        PLANS,
        replaced(r"^  type: (?P<x>KH|QĐ)$", lambda found, _: {"KH": "QĐ", "QĐ": "KH"}[found["x"]]),
    ),
    "K115 full-width figures in the number": (NUMBERED, replaced(r"^  number: (?P<x>\d+)/", full_width)),
    "K115 full-width figures in a cell": (("plans/kh-176.yaml",), replaced(r"BVMT năm (?P<x>2020)\.$", full_width)),
    "K310 a printed target with other figures": (
        ("plans/kh-176.yaml", "plans/qd-3825.yaml"),
        replaced(
            r'^    targets: \{2025: "(?P<a>[\d,]+)", 2030: "(?P<b>[\d,]+)"\}\n    as_issued:\n(?P<x>)',
            one_of('      targets: {{2025: "{b}9", 2030: "{b}"}}\n', '      targets: {{2025: "{a}", 2030: "≤{b}"}}\n'),
        ),
    ),
    "K310 a target beside its printed cell": (
        ("plans/kh-176.yaml",),
        replaced(r'"[>]?(?P<x>[36]0|50|10|20)(?=[" ])(?=.*\n(?:.*\n){0,9}      targets:)', put("7")),
    ),
    "K314 a target beside the sentence that sets it": (
        ("plans/qd-3825.yaml", "plans/kh-thai-nguyen-2026.yaml"),
        replaced(r'^    targets: \{"?[\d-]+"?: "\D*(?P<x>\d[\d.,]*)', put("77")),
    ),
    "K314 a printed target beside the sentence that sets it": (
        ("plans/qd-3825.yaml",),
        replaced(r'^      targets: \{"?[\d-]+"?: "\D*(?P<x>\d[\d.,]*)', put("77")),
    ),
    "K311 the printed name differs": (
        ("plans/kh-176.yaml",),
        replaced(r'^      name: "(?P<x>.{12,}) \((?:%|ha)\)"$', another_word),
    ),
    "K311 the name differs from the printed one": (
        ("plans/kh-176.yaml",),
        replaced(r"^    name: (?P<x>[^>\n]{12,})$(?=\n(?:.*\n){1,7}      name:)", another_word),
    ),
    "K312 a unit other than the printed one": (
        ("plans/kh-176.yaml",),
        replaced(r'^    unit: (?P<x>"%"|ha)$', lambda found, _: "ha" if found["x"] == '"%"' else "tấn"),
    ),
    "K413 a schedule other than the printed one": (
        ("plans/kh-176.yaml",),
        replaced(
            r"^      schedule: .*\n    schedule: (?P<x>.*)$",
            one_of("2023 - 2025", "Khi được giao", "Hằng quý", "Năm 2024"),
        ),
    ),
    "K413 a printed schedule with other years": (
        ("plans/kh-176.yaml",),
        replaced(
            r'^    as_issued:\n(?P<x>)(?:      .*\n)+    schedule: "(?P<a>20\d\d) ?- ?(?P<b>20\d\d)"',
            one_of("      schedule: {a} - 2029\n", "      schedule: Năm 2024.\n", "      schedule: Thường xuyên\n"),
        ),
    ),
    "K414 a schedule later than its heading": (
        ("plans/kh-thai-nguyen-2026.yaml",),
        replaced(
            r"^  - id: II\.2-\d+\n    kind: task\n(?P<x>)",
            one_of("    schedule: đến hết năm 2027\n", '    schedule: "2026 - 2028"\n', "    schedule: Năm 2029\n"),
        ),
    ),
    "K414 a heading with another year than its title": (
        ("plans/kh-thai-nguyen-2026.yaml",),
        replaced(r"^    schedule: đến(?: hết)? năm (?P<x>20\d\d)", shifted_year(1, 2, 3)),
    ),
    "K220 an heir in now that is none": (
        ("plans/kh-176.yaml", "plans/qd-3825.yaml"),
        replaced(
            r"^        - \{agency: (?P<x>[\w-]+)", one_of("so-xay-dung", "so-cong-thuong", "ubnd-tinh", "so-tu-phap")
        ),
    ),
    "K221 now of a body that the row does not name": (
        ("plans/kh-176.yaml", "plans/qd-3825.yaml"),
        replaced(r"^    now:\n      (?P<x>so-\w+):", one_of("so-gtvt", "so-khdt", "so-nnptnt")),
    ),
    "K411 a condition of a dash that is not there": (
        ("plans/qd-3825.yaml",),
        replaced(r"scope: (?P<x>all|\d)", one_of("9", "12", "99")),
    ),
    "K412 a condition that awaits another body": (
        ("plans/qd-3825.yaml",),
        replaced(r"awaits: (?P<x>bo-[\w-]+)", one_of("bo-gtvt", "bo-quoc-phong", "bo-noi-vu", "bo-cong-an")),
    ),
    "K410 a condition in other words": (
        ("plans/qd-3825.yaml", "plans/kh-thai-nguyen-2026.yaml"),
        replaced(
            r"text: (?:sau khi|theo) (?P<x>có hướng dẫn|hướng dẫn|có đề nghị)", one_of("có chỉ đạo", "có quyết định")
        ),
    ),
    "K313 a baseline after all targets": (
        ("plans/kh-176.yaml", "plans/kh-thai-nguyen-2026.yaml"),
        replaced(
            r"^    direction: \w+\n(?P<x>)(?=(?:.*\n){1,2}    targets: (?!.*\n    baseline))",
            put("    baseline: {{2042: null}}\n"),
        ),
    ),
    "K117 a vision before the end": (
        ("plans/kh-176.yaml",),
        replaced(r"vision: (?P<x>2050)", one_of("2030", "2025", "2005", "2029", "2015")),
    ),
    "K119 withdrawn before the plan": (
        PLANS,
        replaced(r"^    kind: task\n(?P<x>)", _withdrawn),
    ),
    "K118 a last year with one figure wrong": (
        PLANS[:3],
        replaced(
            r"^period: \{from: \d+, to: (?P<x>2030)",
            one_of("2039", "2031", "2029", "2036", "2130", "2032", "2033", "2028"),
        ),
    ),
    "K116 a reporting rule of a passage that is nowhere": (
        PLANS,
        replaced(r"^    source: (?P<x>\S+)$", one_of("{x}9", "IX.1", "XII", "{x}-7")),
    ),
    "K212 the wrong province": (PLANS, replaced(r"^province: (?P<x>[\w-]+)$", _elsewhere)),
    "K222 one body twice in a list": (
        PLANS,
        replaced(r"^    (?:lead|support): \[(?P<a>[\w-]+)(?P<x>)(?:, [\w-]+)*\]", put(", {a}")),
    ),
}


SUCCEEDED = rf"^    valid: {{{{?(?:from: {DAY}, )?to: {DAY}}}}}?\n    successors:\n      - id: [\w-]+\n        from: "
IN_REGISTRIES: dict[str, Edit] = {
    "K213 a body that succeeds itself": replaced(
        r"^  - id: (?P<a>[\w-]+)\n(?:    .*\n)*?    successors:\n      - id: (?P<x>[\w-]+)$", put("{a}")
    ),
    "K213 A succeeds B, B succeeds A": _turned_back,
    "K215 a handover decades off": replaced(rf"{SUCCEEDED}(?P<x>\d{{4}})", shifted_year(-20, 20, 27, -27, 1, -1)),
    "K214 the last day before the first": replaced(
        rf"valid: \{{from: {DAY}(?P<x>)\}}", one_of(", to: 2015-02-28", ", to: 2024-06-30", ", to: 1995-01-01")
    ),
    "K216 the last day is left out": replaced(
        rf"(?P<x>^    valid: \{{to: {DAY}\}}\n)    successors:\n      - id: [\w-]+\n        from", left_out
    ),
    "K217 a parent below its own child": _parent_below,
    "K217 a body above itself": replaced(
        r"^  - id: (?P<a>[\w-]+)\n(?:    .*\n)*?    parent: (?P<x>[\w-]+)$", put("{a}")
    ),
    "K202 an unknown parent": replaced(r"^    parent: (?P<x>[\w-]+)$", one_of("so-khong-co", "ubnd", "bo-x")),
    "K219 another department's name over the old one": replaced(
        r"^  - id: (?:so|bo)-[\w-]{3,}\n    name: (?:Sở|Bộ) (?P<x>.*)\n    kind: (?:so|bo)$",
        one_of("Hạ tầng kỹ thuật", "Phát triển vùng", "Hậu cần"),
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contradictions")
    shutil.copytree(REPOSITORY / "plans", folder / "plans")
    return folder


def _linted(folder: Path, name: str, text: str) -> list[Finding]:
    path = folder / name
    kept = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    try:
        scope = LintScope(frozenset({path.resolve()}))
        return [found for one in source_files(Root(folder), Settings(), scope) for found in lint(one, Selection())]
    finally:
        path.write_bytes(kept)


def _row(text: str, line: int) -> range:
    """Return the lines of the list item or the top-level key in which a line stands."""
    starts = [number for number, one in enumerate(text.splitlines(), 1) if re.match(r"  - |\w", one)]
    return range(
        max(start for start in starts if start <= line), min((start for start in starts if start > line), default=10**6)
    )


def _rounds(kind: str, names: tuple[str, ...], edit: Edit) -> Iterator[tuple[str, str, int]]:
    """Yield `ROUNDS` edits of a kind: the file, its new text and the line of the edit."""
    chance, made = random.Random(kind), 0
    for name in names * ROUNDS:
        edited = edit((REPOSITORY / name).read_text(encoding="utf-8"), chance) if made < ROUNDS else None
        if edited:
            made += 1
            yield name, *edited
    assert made == ROUNDS, f"{made} edits"


def _judge(folder: Path, kind: str, names: tuple[str, ...], edit: Edit) -> tuple[int, list[str]]:
    """Return how many edits were caught in the edited row, and every miss or finding elsewhere."""
    caught, faults = 0, []
    for name, text, line in _rounds(kind, names, edit):
        found = _linted(folder, name, text)
        row = _row(text, line)
        near = [one for one in found if one.line in row or re.search(rf"\b{line}\b", one.message)]
        right = any(one.code == kind[:4] for one in near)
        caught += right
        if not right:
            faults.append(f"{name}:{line} missed: {text.splitlines()[line - 1].strip()}")
        faults += [f"{name}:{line} elsewhere {one.line}: {one.code} {one.message}" for one in found if one not in near]
    return caught, faults


# The year of the plan is what rows are held against, so these rows are accused as well, each with the hint "or the period".
ELSEWHERE_TOO = {"K118 a last year with one figure wrong"}


@pytest.mark.parametrize("kind", IN_PLANS)
def test_a_contradiction_in_a_plan_is_found_in_its_row(folder: Path, kind: str) -> None:
    names, edit = IN_PLANS[kind]
    caught, faults = _judge(folder, kind, names, edit)
    assert caught >= CAUGHT, "\n".join(faults)
    assert kind in ELSEWHERE_TOO or all("missed" in fault for fault in faults), "\n".join(faults)


@pytest.mark.parametrize("kind", IN_REGISTRIES)
def test_a_contradiction_in_a_registry_is_found_at_its_body(folder: Path, kind: str) -> None:
    caught, faults = _judge(folder, kind, REGISTRIES, IN_REGISTRIES[kind])
    assert caught >= CAUGHT, "\n".join(faults)
    assert all("missed" in fault for fault in faults), "\n".join(faults)
