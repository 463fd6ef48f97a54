"""Right edits of the real plans and right submissions: no rule says more than a remark."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.core.model.finding import Severity
from tests.rules.test_mutations import PLANS, folder, lint_plan
from tests.rules.test_structure_and_text_edits import Block, PlanFile

__all__ = ["folder"]
pytestmark = pytest.mark.slow
ROUNDS = 3

Edit = Callable[[PlanFile, random.Random], None]
EDITS: dict[str, Edit] = {}


def right(name: str) -> Callable[[Edit], Edit]:
    def register(edit: Edit) -> Edit:
        EDITS[name] = edit
        return edit

    return register


def _next(row: Block) -> str:
    stem, number = re.fullmatch(r"(.*?)(\d+)", row.id).groups()  # type: ignore[union-attr]
    return f"{stem}{int(number) + 1}"


def _last_of_series(rows: list[Block], chance: random.Random) -> Block:
    series = {re.sub(r"\d+$", "", row.id): row for row in rows if row.id[-1].isdigit() and "-ct" not in row.id}
    # An organisation duty, or a row that stands for a whole section, is followed by other numbers.
    fitting = [row for row in series.values() if sum(_next(row) == other.id for other in rows) == 0]
    return chance.choice(fitting)


def _task(row_id: str, text: str = "Tổ chức đánh giá việc sử dụng nước mưa ở trường học.") -> Block:
    lines = [
        f"  - id: {row_id}",
        "    kind: task",
        f"    text: {text}",
        "    lead: [ubnd-tinh]",
        "    schedule: năm 2029",
    ]
    return Block("tasks", lines)


@right("a task is added at the end of its part")
def _task_added(file: PlanFile, chance: random.Random) -> None:
    rows = [row for row in file.of("tasks") if "    outputs:" not in "\n".join(row.lines)]
    last = _last_of_series(rows or file.of("tasks"), chance)
    new = _task(_next(last))
    new.lines += ["    outputs: [Báo cáo]"] if not rows else []
    file.blocks.insert(file.blocks.index(last) + 1, new)


@right("a section with a task is added")
def _section_added(file: PlanFile, _: random.Random) -> None:
    sections = file.of("sections")
    last = [one for one in sections if re.fullmatch("[IVX]+", one.id)][-1]
    row_id = {"III": "IV", "VI": "VII"}[last.id]
    at = max(file.blocks.index(one) for one in sections if one.id.split(".")[0] == last.id)
    file.blocks.insert(at + 1, Block("sections", [f"  - {{id: {row_id}, title: KIỂM TRA}}"]))
    body = [row for row in file.of("tasks") if not row.id.startswith("PL")]
    file.blocks.insert(file.blocks.index(body[-1]) + 1, _task(f"{row_id}.1"))


@right("a row is withdrawn")
def _withdrawn(file: PlanFile, chance: random.Random) -> None:
    row = chance.choice(file.of("tasks", "indicators"))
    end = len(row.lines) if row.lines[-1].strip() else len(row.lines) - 1
    row.lines.insert(end, "    withdrawn: {from: 2026-05-01, document: Quyết định 12/QĐ-UBND}")


@right("a note is added")
def _note(file: PlanFile, chance: random.Random) -> None:
    row = chance.choice([one for one in file.of("tasks") if not any("    note:" in line for line in one.lines)])
    row.lines.insert(1, "    note: TODO hỏi lại Sở Nội vụ xem ai nhận việc này...")


@right("a text goes on with dots")
def _dots(file: PlanFile, chance: random.Random) -> None:
    row = chance.choice([one for one in file.of("tasks") if one.text() and '"' not in one.text()])
    row.lines = row.with_text(row.text().rstrip(".;") + "...")


@right("a text is folded otherwise")
def _folded(file: PlanFile, chance: random.Random) -> None:
    row = chance.choice(
        [one for one in file.of("tasks") if one.text() and '"' not in one.text() and "#" not in "".join(one.lines)]
    )
    row.lines = row.with_text(row.text())


@right("a text says how often a word comes")
def _enumerated(file: PlanFile, chance: random.Random) -> None:
    row = chance.choice([one for one in file.of("tasks") if one.text() and "conditions" not in "".join(one.lines)])
    row.lines = row.with_text(
        "Thực hiện: - Rà soát quy định; - Rà soát nhân lực; - Báo cáo cấp trên; - Báo cáo cấp dưới."
    )


@right("an objective is added")
def _objective(file: PlanFile, _: random.Random) -> None:
    last = file.of("objectives")[-1]
    new = Block("objectives", [f"  - {{id: {_next(last)}, kind: vision, text: Giữ gìn môi trường sống trong lành.}}"])
    if not any(one.id == _next(last) for one in file.of("objectives", "sections")):
        file.blocks.insert(file.blocks.index(last) + 1, new)


@right("a reason is worded otherwise")
def _reason(file: PlanFile, chance: random.Random) -> None:
    rows = [row for row in file.of("tasks") if any("# kehoach: ignore[" in line for line in row.lines)]
    row = chance.choice(rows)
    reason = chance.choice(["nguyên văn", "đúng nguyên văn", "bản gốc in vậy", "xem errata", "văn bản giao chung"])
    row.lines = [re.sub(r"(# kehoach: ignore\[[^]]*\]).*", rf"\1 {reason}", line) for line in row.lines]


@right("an output is added")
def _output(file: PlanFile, chance: random.Random) -> None:
    row = chance.choice([one for one in file.of("tasks") if "    outputs:" not in "\n".join(one.lines)])
    row.lines.insert(1, "    outputs: [Báo cáo, Kế hoạch]")


@right("a title begins with its own number")
def _title(file: PlanFile, chance: random.Random) -> None:
    section = chance.choice([one for one in file.of("sections") if ", title:" in one.lines[0]])
    number = (re.search(r"printed: (\w+)", "\n".join(section.lines)) or re.search(r"([^.]+)$", section.id))[1]  # type: ignore[index]
    if not number.startswith("PL"):
        section.lines[0] = re.sub(r'title: "?([^"}]*)"?', rf'title: "{number}. \1"', section.lines[0], count=1)


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("plan", PLANS)
def test_a_right_edit_gives_no_error_and_no_warning(folder: Path, plan: str, name: str) -> None:
    chance = random.Random(f"{plan} {name}")
    for _ in range(ROUNDS):
        file = PlanFile.read(plan)
        EDITS[name](file, chance)
        found = [one for one in lint_plan(folder, plan, file.lines()) if one.severity is not Severity.INFO]
        assert [(one.code, one.line, one.message) for one in found] == []
