"""The screens of the guide are what the program prints today."""

import re
import runpy
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow

GUIDE = REPOSITORY / "docs/huong-dan"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(REPOSITORY / "scripts/screens.py"))


def test_every_screen_is_current(script: dict[str, Any]) -> None:
    shown = script["screens"]()
    assert {path.stem for path in script["FOLDER"].glob("*.svg")} == set(shown)
    for name, text in shown.items():
        # Coordinates may differ between releases of rich; words may not.
        drawing = ET.fromstring((script["FOLDER"] / f"{name}.svg").read_text(encoding="utf-8"))  # noqa: S314 - our own
        plain = re.sub(r"\x1b\[[\d;]*m", "", text)
        assert drawing.findtext(f"{SVG}desc") == plain, name
        drawn = "".join(letters.text or "" for letters in drawing.iter(f"{SVG}text"))
        assert "".join(drawn.split()) == "".join(plain.split()), name


def test_every_screen_is_used_in_the_guide_with_its_command(script: dict[str, Any]) -> None:
    used = [found for page in GUIDE.glob("*.md") for found in re.findall(
        r"!\[`(.*?)`\]\(man-hinh/([\w-]+)\.svg\)", page.read_text(encoding="utf-8")
    )]  # fmt: skip
    assert {name: unescape(command) for command, name in used} == {
        name: screen.command for name, screen in script["SCREENS"].items()
    }


def test_a_drawing_keeps_columns_and_all_text(script: dict[str, Any]) -> None:
    drawing = ET.fromstring(script["drawn"]("$ kehoach\nMã   \x1b[1mViệc\x1b[0m\n     <b>&amp;"))  # noqa: S314 - our own
    places = {
        letters.text: (float(letters.get("x", 0)), letters.get("font-weight")) for letters in drawing.iter(f"{SVG}text")
    }
    assert places["Việc"][0] == places["<b>&amp;"][0] > places["Mã"][0]
    assert places["Việc"][1] == "bold"
