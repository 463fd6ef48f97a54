"""The long run: `python -m tests.faults --kills 300 --full-disks 60` kills writers, and fills the disk, at random moments."""

import argparse
import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import chdir
from pathlib import Path

from tests.faults.conftest import contents, forked, left
from tests.faults.writers import COMMANDS, give_work, reset, states
from tests.fuzz.inputs import small, write


def main() -> int:
    """Disturb as many runs as asked; print what became of them, and return whether anything was lost or half written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--full-disks", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = str(Path(place) / "cache")
        folder = Path(place) / "ws"
        write(folder, small())
        with chdir(folder):
            give_work(folder)
            bad = _kill(folder, options.kills, chance) + _fill(folder, options.full_disks, chance)
    sys.stdout.write("".join(f"{line}\n" for line in bad) or "nothing lost, nothing half written\n")
    return bool(bad)


def _kill(folder: Path, runs: int, chance: random.Random) -> list[str]:
    bad: list[str] = []
    ends: Counter[int] = Counter()
    for number in range(runs):
        name = list(COMMANDS)[number % len(COMMANDS)]
        before, after, _ = states(folder, *COMMANDS[name])
        process = subprocess.Popen(
            [sys.executable, "-m", "kehoach_cli", "--no-cache", *COMMANDS[name]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.1, 1.5))
        process.send_signal(signal.SIGKILL)
        ends[process.wait()] += 1
        bad += _faults(folder, before, after, f"kill {number} of {name}")
        forked(*COMMANDS[name])
        if contents(folder) != after:
            bad.append(f"kill {number} of {name}: the next run ends in other files")
        bad += [f"kill {number} of {name}: {path.name} stays" for path in folder.rglob(".*") if left(path)]
        reset(folder, before)
    sys.stdout.write(f"{runs} kills, exit codes {dict(ends)}\n")
    return bad


def _fill(folder: Path, runs: int, chance: random.Random) -> list[str]:
    def full() -> None:
        raise OSError(errno.ENOSPC, "no space")

    bad: list[str] = []
    ends: Counter[int] = Counter()
    for number in range(runs):
        name = list(COMMANDS)[number % len(COMMANDS)]
        before, after, code = states(folder, *COMMANDS[name])
        ended = forked(*COMMANDS[name], at=chance.randint(1, 12), then=full)
        ends[ended.code] += 1
        bad += _faults(folder, before, after, f"full disk {number} of {name}")
        if ended.code not in {3, code}:
            bad.append(f"full disk {number} of {name}: exit {ended.code}")
        reset(folder, before)
    sys.stdout.write(f"{runs} full disks, exit codes {dict(ends)}\n")
    return bad


def _faults(folder: Path, before: dict[str, bytes], after: dict[str, bytes], label: str) -> list[str]:
    """Return what is neither the old file nor the new one, and what is gone."""
    found = contents(folder)
    torn = [
        f"{label}: {name} is torn" for name, data in found.items() if data not in {before.get(name), after.get(name)}
    ]
    return torn + [f"{label}: {name} is gone" for name in before.keys() - found.keys()]


if __name__ == "__main__":
    sys.exit(main())
