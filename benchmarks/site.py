"""Time a site of many plans and its search in a browser: `python benchmarks/site.py FOLDER` (a workspace of `generate.py`).

Prints seconds, files and megabytes of the build, then what a person waits for in chromium from a file: the first results, all
rows read, and the answer to a query.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kehoach_cli.__main__ import run

ASKED = """async text => {
  const box = document.getElementById('q'), rows = document.getElementById('ket-qua'), started = performance.now();
  box.value = text;
  const drawn = new Promise(done => new MutationObserver(done).observe(rows, {childList: true}));
  box.dispatchEvent(new Event('input', {bubbles: true}));
  await drawn;
  return Math.round(performance.now() - started - 150);  // the pause that the page waits for the next key
}"""
FIRST = "() => /[1-9]/.test(document.getElementById('dem')?.textContent || '')"
ALL = "() => /kết quả\\.$/.test(document.getElementById('dem').textContent)"


def build(root: Path, target: Path) -> None:
    """Build the site and print what it took."""
    begun = time.process_time()
    run(["--root", str(root), "site", "-o", str(target), "--as-of", "2026-11-29"])
    files = [path.stat().st_size for path in target.rglob("*") if path.is_file()]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"build: {time.process_time() - begun:.1f} s, {len(files)} files, {sum(files) >> 20} MB; {memory} MiB of memory"
    )


def search(page: Page, target: Path) -> None:
    """Time the search and print it."""
    begun = time.perf_counter()
    page.goto(f"file://{target}/tim.html#q=chat+thai+ran", wait_until="commit")
    page.wait_for_function(FIRST, timeout=120_000)
    first = time.perf_counter() - begun
    page.wait_for_function(ALL, timeout=120_000)
    print(f"search: first results {first:.1f} s, all rows {time.perf_counter() - begun:.1f} s")
    for text in ("nước thải đô thị", "y", "rung dac dung bao ton"):
        print(f"  {text}: {page.evaluate(ASKED, text)} ms, {page.inner_text('#dem')}")


def main() -> None:
    """Build and search the site of the workspace on the command line."""
    parser = argparse.ArgumentParser(description="time a site and its search")
    parser.add_argument("root", type=Path, help="a workspace")
    root = parser.parse_args().root.absolute()
    with tempfile.TemporaryDirectory() as made:
        target = Path(made) / "site"
        build(root, target)
        browser = shutil.which("chromium")
        if browser is None:
            sys.exit("no chromium: the search is not timed")
        with sync_playwright() as driver:
            opened = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            search(opened.new_page(), target)
            opened.close()


if __name__ == "__main__":
    main()
