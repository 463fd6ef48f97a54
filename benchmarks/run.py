"""Measure kehoach against its goals and its peers: `uv run --group bench python benchmarks/run.py`.

Whole processes are timed. The two commands of a row take turns, so that a machine whose speed drifts is fair to both, and the
median of the pairwise ratios is printed: read that, not the seconds. T is `import typer, rich.table`, C is PyYAML's C loader
over the same files. Peers that are not installed are left out. `--large` adds the workspace of 10,000 plans, `--quick` takes
a tenth of everything.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from generate import document, generate, text

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
T = (PYTHON, "-c", "import typer, rich.table")
LOAD = "import sys, yaml\nfor name in sys.argv[1:]:\n    yaml.load(open(name, encoding='utf-8'), yaml.CSafeLoader)\n"
VALIDATE = """
import sys, json, yaml, jsonschema
schema = jsonschema.Draft202012Validator(json.load(open(sys.argv[1], encoding="utf-8")))
for name in sys.argv[2:]:
    list(schema.iter_errors(json.loads(json.dumps(yaml.load(open(name, encoding="utf-8"), yaml.CSafeLoader), default=str))))
"""
DOORSTOP = "from doorstop.cli.main import main; main([])"
QUESTION = ("tasks", "--agency", "so-1", "--direct", "--format", "json")

Command = tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """One finished process: seconds by the clock and of the processors, its peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Row:
    """One line of the table: a command, what it is compared with, and the goal for the ratio (or for the seconds alone)."""

    name: str
    command: Command
    yardstick: Command | None
    against: str
    goal: float | None
    rounds: int
    before: Callable[[], None] | None = None


class Bench:
    """The workspaces, the environment of the processes, and the table."""

    def __init__(self, folder: Path, rounds: int) -> None:
        """Keep the cache of kehoach in `folder`, and let Python keep its compiled files."""
        self.folder = folder
        self.rounds = rounds
        self.environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        self.environment |= {"XDG_CACHE_HOME": str(folder / "cache"), "COLUMNS": "100", "PYTHONHASHSEED": "0"}

    def run(self, command: Command, cwd: Path = ROOT) -> Run:
        """Return what one run of a command took; a command that fails ends the benchmark."""
        with tempfile.TemporaryFile() as errors:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=cwd, env=self.environment, stdout=subprocess.DEVNULL, stderr=errors)
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in {0, 1}:
                errors.seek(0)
                raise SystemExit(f"{command[:4]} failed: {errors.read()[-500:].decode(errors='replace')}")
        return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))

    def measure(self, row: Row) -> None:
        """Print one line of the table."""
        self.run(row.command)
        pairs = []
        for _ in range(row.rounds):
            if row.before:
                row.before()
            pairs.append((self.run(row.command), self.run(row.yardstick) if row.yardstick else None))
        wall = statistics.median(own.wall for own, _ in pairs)
        cpu = statistics.median(own.cpu for own, _ in pairs)
        peak = max(own.peak for own, _ in pairs)
        ratios = [own.wall / other.wall for own, other in pairs if other]
        by_cpu = [own.cpu / other.cpu for own, other in pairs if other]
        reached = statistics.median(ratios) if ratios else wall
        ratio = f"{reached:7.2f} {statistics.median(by_cpu):7.2f}" if ratios else " " * 15
        goal = f"{row.goal:6.2f} {'yes' if reached <= row.goal else 'NO':>4}" if row.goal is not None else ""
        print(f"{row.name:44} {wall:8.3f} {cpu:8.3f} {peak:6.0f}  {row.against:18} {ratio} {goal}", flush=True)

    def kehoach(self, workspace: Path | None, *arguments: str) -> Command:
        """Return a call of the program on a workspace."""
        where = ("--root", str(workspace)) if workspace else ()
        return (PYTHON, "-m", "kehoach_cli", *where, *arguments)

    def workspace(self, plans: int, tasks: int = 60) -> Path:
        """Return a generated workspace."""
        folder = self.folder / f"{plans}-{tasks}"
        if not folder.exists():
            generate(folder, plans, tasks)
        return folder

    def start_up(self) -> Iterator[Row]:
        """Yield the rows on start-up, over the plans of this repository."""
        listing = ("tasks", "--agency", "Sở Y tế")
        rounds = self.rounds * 3

        def row(name: str, goal: float, *arguments: str) -> Row:
            return Row(name, self.kehoach(None, *arguments), T, "T", goal, rounds)

        yield row("--version", 0.35, "--version")
        yield row("--help", 1.0, "--help")
        yield row("tasks --help", 1.0, "tasks", "--help")
        yield row("tasks, 4 plans, no cache, table", 3.5, "--no-cache", *listing)
        yield row("tasks, 4 plans, warm, table", 1.6, *listing)
        yield row("tasks, 4 plans, warm, JSON", 1.4, *listing, "--format", "json")
        yield row("tasks --direct, 4 plans, warm, JSON", 1.4, *listing, "--direct", "--format", "json")
        typed = "_KEHOACH_COMPLETE='complete_bash', COMP_WORDS='kehoach tasks --ag', COMP_CWORD='2'"
        complete = f"import os; os.environ.update({typed});"
        run = "from kehoach_cli.__main__ import run; run([])"
        yield Row("completion of an option", (PYTHON, "-c", complete + run), T, "T", 1.2, rounds)

    def scale(self, most: int) -> Iterator[Row]:
        """Yield the rows on many plans, and on one plan of many tasks."""
        for plans in sorted({10, 100, most}):
            folder = self.workspace(plans)
            yield Row(f"tasks --direct, {plans} plans, warm", self.kehoach(folder, *QUESTION), None, "", None, 3)
        for plans in sorted({10, 100, most}):
            folder, rounds = self.workspace(plans), 3 if plans > 100 else self.rounds  # noqa: PLR2004 - minutes otherwise
            c = (PYTHON, "-c", LOAD, *_files(folder))
            one, many = (self.kehoach(folder, "--no-cache", "lint", "--jobs", jobs) for jobs in ("1", "2"))
            lint, edited = self.kehoach(folder, "lint"), partial(_edit, folder)
            yield Row(f"lint, {plans} plans, one process", one, c, "C", 1.6 if plans == most else None, rounds)
            yield Row(f"lint, {plans} plans, two processes", many, c, "C", 0.9 if plans == most else None, rounds)
            yield Row(f"lint, {plans} plans, nothing changed", lint, c, "C", 0.04 if plans == most else None, rounds)
            yield Row(
                f"lint, {plans} plans, one changed", lint, c, "C", 0.06 if plans == most else None, rounds, edited
            )
            yield Row(f"check, {plans} plans, warm", self.kehoach(folder, "check", "--year", "2025"), None, "", 3.0, 3)
        reports = ("report", "--year", "2025", "--force", "-o", str(self.folder / "reports"))
        yield Row("report, 100 plans", self.kehoach(self.workspace(100), *reports), None, "", 9.0, 1)
        small, large = self.workspace(1, 600), self.workspace(1, 6000)
        for name, arguments in {
            "tasks, warm": ("tasks", "--agency", "so-1"),
            "tasks, no cache": ("--no-cache", *QUESTION),
            "show": ("show", "kh-1/I.1"),
            "indicators": ("indicators",),
            "lint": ("--no-cache", "lint"),
            "check": ("check", "--year", "2025"),
            "form": ("form", "--agency", "so-1", "--year", "2025", "--force", "-o", str(self.folder / "form.yaml")),
            "report": reports,
        }.items():
            both = (self.kehoach(folder, *arguments) for folder in (large, small))
            yield Row(f"{name}, 6,000 tasks", *both, "600 tasks", 11.0, 3)

    def peers(self, plans: int) -> Iterator[Row]:
        """Yield the rows that compare lint with other programs on the same files."""
        folder = self.workspace(plans)
        lint, files = self.kehoach(folder, "--no-cache", "lint", "--jobs", "1"), _files(folder)
        schema = str(ROOT / "schemas" / "plan-1.schema.json")
        name = f"lint, {plans} plans, one process"
        if find_spec("yaml"):
            yield Row(name, lint, (PYTHON, "-c", LOAD, *files), "CSafeLoader", None, self.rounds)
        if find_spec("yaml") and find_spec("jsonschema"):
            yield Row(name, lint, (PYTHON, "-c", VALIDATE, schema, *files), "PyYAML+jsonschema", 0.65, self.rounds)
        if find_spec("yamllint"):
            yield Row(name, lint, (PYTHON, "-m", "yamllint", "-d", "default", *files), "yamllint", 0.12, 3)
        if find_spec("check_jsonschema"):
            command = (PYTHON, "-m", "check_jsonschema", "--schemafile", schema, *files)
            yield Row(name, lint, command, "check-jsonschema", 0.4, 3)
        if find_spec("doorstop"):
            items = self.folder / "doorstop"
            if not items.exists():
                _doorstop_items(items, 600)
            command = (PYTHON, "-c", f"import os; os.chdir({str(items)!r}); {DOORSTOP}")
            ten = self.kehoach(self.workspace(10), "--no-cache", "lint", "--jobs", "1")
            yield Row("lint, 600 items", ten, command, "doorstop", 0.08, 3)

    def documents(self) -> Iterator[Row]:
        """Yield the rows on a signed plan of 600 tasks in Word: compared with seconds, not with a peer."""
        folder = self.workspace(1)
        written, made = folder / "kh-900.docx", folder / "plans" / "kh-900.yaml"
        document(written, 600)
        reading = ("import", str(written), "--province", "mau", "-o", str(made), "--force")
        yield Row("import, 600 tasks in .docx (s)", self.kehoach(folder, *reading), None, "", 2.0, self.rounds)
        comparing = ("verify", "kh-900", "--source", str(written))
        yield Row("verify, 600 tasks in .docx (s)", self.kehoach(folder, *comparing), None, "", 1.0, self.rounds)

    def versions(self) -> Iterator[Row]:
        """Yield the row on two versions of a plan of 600 tasks, compared with reading both where nothing changed."""
        folder = self.workspace(1, 600)
        old = Path(_files(folder)[0])
        new, same = folder / "new.yaml", folder / "same.yaml"
        text = old.read_text(encoding="utf-8")
        same.write_text(text, encoding="utf-8")
        # Each task gets a new number, one of ten another word: most of the plan is renumbered rows, as after a new first row.
        numbers = count(2)
        text = re.sub(r"^  - id: I\.\d+$", lambda _: f"  - id: I.{next(numbers)}", text, flags=re.MULTILINE)
        new.write_text(re.sub(r"(?<=0\n    kind: task\n    text: >-\n      )\w+", "Khác", text), encoding="utf-8")
        changed, equal = (self.kehoach(folder, "diff", str(one), str(old)) for one in (new, same))
        yield Row("diff, 600 tasks, all renumbered", changed, equal, "an equal file", 1.5, self.rounds)

    def large(self) -> Iterator[Row]:
        """Yield the row on 10,000 plans: its first run, which reads them all, takes minutes."""
        folder = self.workspace(10_000)
        yield Row("tasks --direct, 10,000 plans, warm (s)", self.kehoach(folder, *QUESTION), None, "", 2.5, 3)


def _edit(workspace: Path) -> None:
    """Change one plan of a workspace."""
    path = Path(_files(workspace)[0])
    whole, _, count = path.read_text(encoding="utf-8").partition("\n# edited ")
    path.write_text(f"{whole}\n# edited {int(count or 0) + 1}", encoding="utf-8")


def _files(workspace: Path) -> list[str]:
    return [str(path) for path in sorted((workspace / "plans").glob("*.yaml"))]


def _doorstop_items(folder: Path, count: int) -> None:
    """Write as many items as tasks in doorstop's own format, with texts of the same length."""
    import random

    folder.mkdir()
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)  # noqa: S607 - the git of the machine
    (folder / ".doorstop.yml").write_text("settings:\n  digits: 4\n  prefix: REQ\n  sep: ''\n", encoding="utf-8")
    for number in range(1, count + 1):
        body = f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\nlinks: []\nnormative: true\nref: ''\n"
        body += f"reviewed: null\ntext: |\n  {text(random.Random(number), 300)}\n"
        (folder / f"REQ{number:04d}.yml").write_text(body, encoding="utf-8")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="time kehoach against its goals and its peers")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--only", choices=["start", "scale", "peers", "documents", "versions", "large"], help="one part of the table"
    )
    parser.add_argument("--large", action="store_true", help="also 10,000 plans")
    parser.add_argument("--quick", action="store_true", help="100 plans instead of 1,000")
    parser.add_argument("--folder", type=Path, help="keep the generated workspaces here for the next time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(given.folder or Path(name), given.rounds)
        bench.folder.mkdir(parents=True, exist_ok=True)
        parts = {"start": bench.start_up(), "scale": bench.scale(100 if given.quick else 1000)}
        parts |= {"peers": bench.peers(40), "documents": bench.documents(), "versions": bench.versions()}
        parts["large"] = bench.large()
        print(f"{'':44} {'wall s':>8} {'cpu s':>8} {'MiB':>6}  {'against':18} {'wall x':>7} {'cpu x':>7} {'goal':>6}")
        for part, rows in parts.items():
            if given.only == part or (not given.only and (part != "large" or given.large)):
                for row in rows:
                    bench.measure(row)


if __name__ == "__main__":
    main()
