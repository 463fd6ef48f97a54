"""Time and memory of a Word report of 600 and 6,000 task rows: `python benchmarks/report.py`.

Beside it stands docxtpl alone on the same template and data, without the sandbox, the checks and the second reading. Every run is
a process of its own, so that memory is its own; the best of three counts. A report of one row goes before: libraries are loaded
then, and ours has checked and compiled the template, as for every document after the first of a run.
"""

import io
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = (600, 6_000)
RUNS = 3


def made(way: str, template: bytes, rows: int) -> bytes:
    """Return a report of so many task rows."""
    from kehoach_cli.word.context import report_charts, report_view
    from kehoach_cli.word.render import render
    from kehoach_cli.word.template_variables import variables
    from tests.word import samples

    data = samples.report(rows)
    if way == "kehoach":
        return render(template, variables(report_view(data)), data.expected, report_charts(data))
    from docxtpl import DocxTemplate

    bare = DocxTemplate(io.BytesIO(template))
    bare.render(variables(report_view(data)), autoescape=True)
    written = io.BytesIO()
    bare.save(written)
    return written.getvalue()


def measure(way: str, rows: int) -> dict[str, float]:
    """Return seconds and megabytes of rendering one report in this process, the libraries loaded before."""
    sys.path.insert(0, str(ROOT))
    template = (ROOT / "templates" / "bao-cao-nam.docx").read_bytes()
    made(way, template, 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    size = len(made(way, template, rows))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "megabytes": (peak - before) / 1024, "size": size / 2**20}


def best(way: str, rows: int) -> dict[str, float]:
    """Return the fastest of some runs, each in its own process."""
    command = [sys.executable, __file__, way, str(rows)]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(RUNS)]
    return min(runs, key=lambda run: run["seconds"])


def main() -> None:
    """Print the table."""
    print(f"{'rows':>6}  {'way':<8} {'seconds':>8} {'peak MB':>8} {'file MB':>8}")
    found: dict[tuple[str, int], dict[str, float]] = {}
    for rows in ROWS:
        for way in ("docxtpl", "kehoach"):
            one = found[way, rows] = best(way, rows)
            print(f"{rows:>6}  {way:<8} {one['seconds']:>8.2f} {one['megabytes']:>8.0f} {one['size']:>8.2f}")
    for rows in ROWS:
        ratio = found["kehoach", rows]["seconds"] / found["docxtpl", rows]["seconds"]
        print(f"{rows} rows: {ratio:.2f} times docxtpl alone")
    grown = found["kehoach", ROWS[1]]["seconds"] / found["kehoach", ROWS[0]]["seconds"]
    print(f"ten times the rows take {grown:.1f} times the time")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
    else:
        main()
