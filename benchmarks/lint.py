"""Time `kehoach lint` against peers on the same generated files: `uv run --group bench python benchmarks/lint.py`.

Commands take turns, so that a machine whose speed drifts is fair to all; whole processes are timed, medians of the pairwise
ratios are printed. Peers: PyYAML's C loader alone, yamllint, check-jsonschema with the plan schema.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate

ROOT = Path(__file__).resolve().parent.parent
LOAD = "import sys, yaml\nfor name in sys.argv[1:]:\n    yaml.load(open(name, encoding='utf-8'), yaml.CSafeLoader)\n"


def commands(folder: Path) -> dict[str, list[str]]:
    """Return the commands to compare over the plans of a workspace."""
    files = [str(path) for path in sorted((folder / "plans").glob("*.yaml"))]
    schema = str(ROOT / "schemas" / "plan-1.schema.json")
    python = sys.executable
    return {
        "kehoach lint": [python, "-m", "kehoach_cli", "--root", str(folder), "lint"],
        "CSafeLoader": [python, "-c", LOAD, *files],
        "yamllint": [python, "-m", "yamllint", "-d", "default", *files],
        "check-jsonschema": [python, "-m", "check_jsonschema", "--schemafile", schema, *files],
    }


def seconds(command: list[str]) -> float:
    """Return how long one run of a command takes."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"{command[:4]} failed: {done.stderr.decode(errors='replace')[-500:]}")
    return time.perf_counter() - start


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description="time kehoach lint against peers")
    parser.add_argument("--plans", type=int, default=40)
    parser.add_argument("--tasks", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, given.plans, given.tasks)
        compared = commands(folder)
        seconds(compared["kehoach lint"])
        rounds = [{label: seconds(command) for label, command in compared.items()} for _ in range(given.rounds)]
    print(f"{given.plans} plans of {given.tasks} tasks, {given.rounds} rounds")
    for label in compared:
        own = statistics.median(times[label] for times in rounds)
        ratio = statistics.median(times["kehoach lint"] / times[label] for times in rounds)
        print(f"{label:18} {own:7.2f} s   kehoach lint / {label}: {ratio:.2f}")


if __name__ == "__main__":
    main()
