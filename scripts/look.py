"""Turn .docx files into PDF and one PNG per page, for a person to look at: `python scripts/look.py FOLDER FILE...`.

Needs LibreOffice (`soffice`) and `pdftoppm`; not part of CI. Fonts with the widths of Times New Roman (Liberation Serif) must be
installed, else lines break elsewhere than in Word.
"""

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
        subprocess.run([*convert, *map(str, files)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed program
    pages: list[Path] = []
    for file in files:
        pdf = folder / f"{file.stem}.pdf"
        draw = ["pdftoppm", "-r", DOTS_PER_INCH, "-png", str(pdf), str(folder / file.stem)]
        subprocess.run(draw, check=True)  # noqa: S603 - fixed program
        pages += sorted(folder.glob(f"{file.stem}-*.png"))
    return pages


if __name__ == "__main__":
    for page in look(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]):
        sys.stdout.write(f"{page}\n")
