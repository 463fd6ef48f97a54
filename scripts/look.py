"""Turn .docx files into PDF and one PNG per page, for a person to look at: `python scripts/look.py FOLDER FILE...`.

Needs LibreOffice (`soffice`) and `pdftoppm`; not part of CI. Fonts with the widths of Times New Roman (Liberation Serif) must be
installed, else lines break elsewhere than in Word.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

DOTS_PER_INCH = "70"


def look(folder: Path, files: list[Path]) -> list[Path]:
    """Write PDF and pages of the files into `folder` and return the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        settings = f"-env:UserInstallation={Path(profile).as_uri()}"
        convert = ["soffice", settings, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*convert, *map(str, files)], check=True, stdout=subprocess.DEVNULL, timeout=600)  # noqa: S603 - fixed program
    pages: list[Path] = []
    for file in files:
        pdf = folder / f"{file.stem}.pdf"
        draw = ["pdftoppm", "-r", DOTS_PER_INCH, "-png", str(pdf), str(folder / file.stem)]
        subprocess.run(draw, check=True)  # noqa: S603 - fixed program
        pages += sorted(folder.glob(f"{file.stem}-*.png"))
    return pages


def main() -> None:
    """Convert the files named on the command line and print the pages."""
    parser = argparse.ArgumentParser(description="turn .docx files into PDF and one PNG per page")
    parser.add_argument("folder", type=Path, help="where the pages go")
    parser.add_argument("files", type=Path, nargs="+", help="the documents")
    given = parser.parse_args()
    for page in look(given.folder, given.files):
        sys.stdout.write(f"{page}\n")


if __name__ == "__main__":
    main()
