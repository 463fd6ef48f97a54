"""Kill writers and fill disks at random: `python -m tests.faults --kills 300 --full-disks 60`, or `--kill 17` for one again."""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.faults.disturbed import (
    COMMANDS,
    LONG,
    Undisturbed,
    contents,
    forked,
    full_disk,
    killed_at,
    left,
    make_busy,
    reset,
    started,
    undisturbed,
    warm_up,
)
from tests.fuzz.inputs import small, write

_COMMANDS = COMMANDS | LONG
# Commands make between 4 and 42 changes.
_CHANGES = (1, 2, 3, 4, 6, 9, 13, 20, 30, 40)


def main() -> int:
    """Disturb commands; print the cases that lost or mixed files, and a line of counts."""
    options = _options()
    kills = range(options.kills) if options.kill is None else [options.kill]
    disks = range(options.full_disks) if options.full_disk is None else [options.full_disk]
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = f"{name}/cache"
        # The journal holds the time, so a repeated run writes the same only on the same day.
        os.environ["KEHOACH_TODAY"] = "2025-12-31"
        warm_up(Path(name) / "warm")
        folder = Path(name) / "ws"
        write(folder, small())
        os.chdir(folder)
        make_busy(folder)
        bad = _run("--kill", kills, folder, _killed) + _run("--full-disk", disks, folder, _full_disk)
    sys.stdout.write(f"{len(kills)} kills, {len(disks)} full disks: {bad} bad\n")
    return bool(bad)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=0, help="commands killed at a random moment")
    parser.add_argument("--full-disks", type=int, default=0, help="commands whose disk is full from a random write on")
    parser.add_argument("--kill", type=int, help="one kill again, by its number")
    parser.add_argument("--full-disk", type=int, help="one full disk again, by its number")
    return parser.parse_args()


Disturbance = Callable[[Path, random.Random, str, Undisturbed], list[str]]


def _run(option: str, numbers: Iterable[int], folder: Path, disturb: Disturbance) -> int:
    """Disturb a random command for each number; return the number of bad cases."""
    bad = 0
    for number in numbers:
        chance = random.Random(f"{option} {number}")
        name = chance.choice(list(_COMMANDS))
        normal = undisturbed(folder, *_COMMANDS[name])
        if faults := disturb(folder, chance, name, normal):
            bad += 1
            sys.stdout.write(f"python -m tests.faults {option} {number}  # {name}: {'; '.join(faults)[:500]}\n")
        reset(folder, normal.before)
    return bad


def _killed(folder: Path, chance: random.Random, name: str, normal: Undisturbed) -> list[str]:
    """Kill the command at a random moment of its usual run time, then run it again."""
    command = ("--no-cache", *_COMMANDS[name])
    start = time.monotonic()
    started(command).wait()
    seconds = time.monotonic() - start
    reset(folder, normal.before)
    killed_at(chance.uniform(0.1, 1) * seconds, command)
    faults = [f"half written: {file}" for file in normal.half_written(contents(folder))]
    again = forked(*_COMMANDS[name])
    if contents(folder) != normal.after:
        faults.append(f"not the same when repeated: exit {again.code}, {again.err}")
    return faults + [f"left behind: {path.name}" for path in folder.rglob("*") if left(path)]


def _full_disk(folder: Path, chance: random.Random, name: str, normal: Undisturbed) -> list[str]:
    """Fail every write from a random one on with a full disk."""
    ended = forked(*_COMMANDS[name], at=chance.choice(_CHANGES), then=full_disk, lasting=True)
    expected = {3: normal.before, normal.code: normal.after}.get(ended.code)
    faults = [] if contents(folder) == expected else [f"exit {ended.code}, files of neither: {ended.err}"]
    if ended.code == 3 and "ổ đĩa đã đầy" not in ended.err:
        faults.append(f"not said: {ended.err}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
