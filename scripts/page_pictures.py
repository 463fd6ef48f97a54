"""Draw the pictures of the README and of the guide to the pages: `python scripts/page_pictures.py`.

Pages of the site and the first page of a yearly report, all made by the program from the plans of this repository and its
example submissions. Needs chromium, LibreOffice (`soffice`) and `pdftoppm`; not part of CI, since fonts differ.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kehoach_cli.__main__ import run

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.look import look  # noqa: E402

FOLDER = ROOT / "docs" / "huong-dan" / "man-hinh"
EXAMPLES = ("--progress", str(ROOT / "examples" / "progress"))
PAGES = {
    "trang-tong-quan": ("index.html", 1180, 760),
    "trang-chi-tieu": ("chi-tieu/kh-176/pl1.8.html", 900, 1150),
    "trang-dien-thoai": ("co-quan/thanh-hoa/so-y-te.html", 390, 1100),
}


def main() -> None:
    """Make the site and the report in a folder of their own, and draw them."""
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as made:
        site = Path(made) / "trang"
        run(["site", "-o", str(site), "--as-of", "2025-12-31", "--province", "thanh-hoa", *EXAMPLES])
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name, (path, width, height) in PAGES.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(f"file://{site}/{path}")
                page.screenshot(path=FOLDER / f"{name}.png")
            browser.close()
        run(["report", "--year", "2025", "--plan", "kh-176", "-o", made, *EXAMPLES])
        pages = look(Path(made) / "anh", sorted(Path(made).glob("*.docx"))[:1])
        shutil.copyfile(pages[0], FOLDER / "trang-bao-cao.png")


if __name__ == "__main__":
    main()
