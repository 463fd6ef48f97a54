"""Commands that write, a small workspace with something to write for each, and ways to disturb a run of them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.conftest import Ended, contents, forked

FORM = """\
kehoach: progress/1
plan: kh-mau
agency: so-a
year: 2025
cutoff: 2025-12-20
indicators:
  I-ct9: {value: "97,5", source: Báo cáo 2}
tasks:
  I.1: {status: done, completed: 2025-12-01}
"""
# What --fix mends: a number that loses its nought elsewhere.
UNTIDY = ('targets: {2025: "95"}', "targets: {2025: 095}")

COMMANDS = {
    "form": ("form", "--all", "-y", "2025", "-f", "yaml", "--force"),
    "form, Excel": ("form", "-a", "so-a", "-y", "2025", "-o", "bieu-moi.xlsx", "--force"),
    "collect": ("collect", "bieu"),
    "check": ("check", "-f", "json", "-o", "kq.json", "--force", "--fail-on", "none"),
    "schema": ("schema", "-o", "luoc-do", "--force"),
    "lint --fix": ("lint", "--fix"),
    "report": ("report", "-y", "2025", "--force"),
    "templates": ("templates", "export", "-o", "mau", "--force"),
    "init": ("init", "tinh-moi", "-y", "2025", "--force"),
}


def states(folder: Path, *command: str) -> tuple[dict[str, bytes], dict[str, bytes], int]:
    """Return what stood before, what stands after an undisturbed run, and its exit code; the folder is as before again."""
    before = contents(folder)
    code = forked(*command).code
    after = contents(folder)
    assert after != before
    reset(folder, before)
    return before, after, code


def reset(folder: Path, files: dict[str, bytes]) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif str(path.relative_to(folder)) not in files:
            path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def tries(command: tuple[str, ...], then: Callable[[], None]) -> Iterator[tuple[int, Ended]]:
    """Disturb the first change, the second, … until the run has no more of them."""
    for at in range(1, 200):
        marker = Path(f"../disturbed-{os.getpid()}")

        def act(marker: Path = marker) -> None:
            marker.touch()
            then()

        ended = forked(*command, at=at, then=act)
        if not marker.exists():
            return
        marker.unlink()
        yield at, ended


def give_work(folder: Path) -> None:
    """Add to a small workspace what every command has something to write for: filled forms, a plan to mend, an old file."""
    (folder / "bieu").mkdir()
    (folder / "bieu" / "a.yaml").write_text(FORM, encoding="utf-8")
    second = FORM.replace("agency: so-a", "agency: so-b").replace(
        "tasks:\n  I.1: {status: done, completed: 2025-12-01}\n", ""
    )
    second = second.replace(
        'indicators:\n  I-ct9: {value: "97,5", source: Báo cáo 2}\n', "narrative: {strengths: Đã làm.}\n"
    )
    (folder / "bieu" / "b.yaml").write_text(second, encoding="utf-8")
    plan = folder / "plans" / "kh-mau.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(*UNTIDY), encoding="utf-8")
    (folder / "kq.json").write_text("cũ", encoding="utf-8")
