"""The long run: `python -m tests.fuzz --inputs 10000 --processes 200`, or `--kind yaml --only 17` for one input again."""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.fuzz.contract import Ran, wrong
from tests.fuzz.inputs import KINDS, SHARES, Case, cases
from tests.fuzz.runner import in_process, whole_process


def main() -> int:
    """Run the inputs, at most for `--seconds`; print a table of exit codes."""
    options = _options()
    if options.only is not None:
        case = next(cases(options.kind or "yaml", 1, options.only))
        sys.stdout.write(f"{' '.join(case.arguments)!r}\n")
        ran = whole_process(case, keep=options.keep) if options.whole else in_process(case, keep=options.keep)
        sys.stdout.write(
            f"{ran.out[:3000]}\n--- stderr\n{ran.err[:6000]}\n--- exit {ran.code}, {ran.seconds:.2f} s\n{wrong(case, ran)}\n"
        )
        return bool(wrong(case, ran))
    table = Table()
    until = time.monotonic() + options.seconds
    kinds = [options.kind] if options.kind else list(KINDS)
    shares = {kind: 1 if options.kind else SHARES[kind] for kind in kinds}
    for kind in kinds:
        count = options.inputs * shares[kind] // sum(shares.values())
        table.run(cases(kind, count, options.start), whole=False, until=until)
    for kind in kinds:
        count = options.processes * shares[kind] // sum(shares.values())
        table.run(cases(kind, count, options.start + 1_000_000), whole=True, until=until)
    sys.stdout.write(table.text())
    return bool(table.bad)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1000, help="inputs in this process")
    parser.add_argument("--processes", type=int, default=0, help="inputs in processes of their own, memory measured")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--kind", choices=list(KINDS))
    parser.add_argument("--start", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", type=int, help="one input by its number, shown")
    parser.add_argument("--whole", action="store_true", help="with --only: in a process of its own")
    parser.add_argument("--keep", help="with --only: leave its workspace in this folder")
    return parser.parse_args()


class Table:
    """Counts of exit codes, and the inputs that broke the contract."""

    def __init__(self) -> None:
        """Start empty."""
        self.bad: list[str] = []
        self._codes: dict[str, Counter[int]] = defaultdict(Counter)
        self._worst: dict[str, tuple[float, int]] = {}
        self._broken: Counter[str] = Counter()

    def run(self, some: Iterator[Case], *, whole: bool, until: float) -> None:
        """Run some inputs."""
        for case in some:
            if time.monotonic() > until:
                return
            ran = whole_process(case) if whole else in_process(case)
            self._count(f"{case.kind}{', processes' if whole else ''}", case, ran)

    def _count(self, row: str, case: Case, ran: Ran) -> None:
        self._codes[row][ran.code] += 1
        seconds, memory = self._worst.get(row, (0.0, 0))
        self._worst[row] = max(seconds, ran.seconds), max(memory, ran.memory)
        if faults := wrong(case, ran):
            self._broken[row] += 1
            self.bad.append(f"{case}  # {' '.join(case.arguments)[:80]!r}: {'; '.join(faults)[:300]}")
            sys.stderr.write(self.bad[-1] + "\n")

    def text(self) -> str:
        """Return the table."""
        lines = [
            f"{'inputs':24}{'count':>7}{'0':>7}{'1':>7}{'2':>7}{'3':>7}{'4+':>5}{'bad':>5}{'slowest':>10}{'memory':>10}"
        ]
        for row, codes in self._codes.items():
            seconds, memory = self._worst[row]
            rest = sum(count for code, count in codes.items() if code not in {0, 1, 2, 3})
            lines.append(
                f"{row:24}{codes.total():7}{codes[0]:7}{codes[1]:7}{codes[2]:7}{codes[3]:7}{rest:5}{self._broken[row]:5}"
                f"{seconds:8.2f} s{f'{memory // 2**20} MiB' if memory else '':>10}"
            )
        return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
