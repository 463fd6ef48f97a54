"""Terminal tables: no letter is lost at any width, and plain cells are wrapped as rich wraps its own."""

import re
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from kehoach_cli.render.listing import Block, Column, Listing
from kehoach_cli.render.table import WORD, render_table
from kehoach_cli.viet.text import folded

WORDS = st.lists(st.text("aăâbcdđeêghiknoôơuưxy.,-ằỗểự", min_size=1, max_size=9), min_size=1, max_size=40)
ANYTHING = st.text("ab đ\n\t\u200b\u0301Ằ漢🙂\x1b-", max_size=60)


@given(words=WORDS, width=st.integers(9, 60))
def test_words_are_wrapped_as_rich_wraps_text(words: list[str], width: int) -> None:
    content = " ".join(words)
    block = Block(columns=(Column("x", fixed=True), Column("Nhiệm vụ")), rows=(("x" * 41, content),))
    drawn = render_table(Listing((block,)), 41 + 2 + width, color=False).split("─\n", 1)[1].splitlines()
    wrapped = Text(content).wrap(Console(), width, overflow="fold")
    assert [line[43:] for line in drawn] == [line.plain.rstrip() for line in wrapped]


def test_rich_gives_one_cell_to_every_letter_that_is_wrapped_without_it() -> None:
    letters = [letter for letter in map(chr, range(0x10000)) if re.fullmatch(WORD, letter)]
    assert len(letters) > 1000
    assert [letter for letter in letters if cell_len(letter) != 1 or not letter.isprintable()] == []


@pytest.mark.parametrize("color", [False, True])
def test_headings_have_styles_only_with_color(*, color: bool) -> None:
    block = Block("Thanh Hóa: Sở Y tế", 1, ("Một dòng.",), (Column("Mã"),), (("I.1",),))
    lines = render_table(Listing((block,)), 60, color=color).splitlines()
    plain = ["Thanh Hóa: Sở Y tế", "Một dòng.", "Mã", "───", "I.1"]
    styled = ["\x1b[1;4mThanh Hóa: Sở Y tế\x1b[0m", "Một dòng.", "\x1b[1mMã\x1b[0m", "───", "I.1"]
    assert lines == (styled if color else plain)


@given(words=WORDS, breaks=st.integers(1, 5), width=st.integers(40, 90))
@example(words=["a" * 50] * 6, breaks=1, width=40)
def test_no_letter_is_lost_at_any_width(words: list[str], breaks: int, width: int) -> None:
    cell = "".join(word + (" " if index % breaks else "\n") for index, word in enumerate(words)).strip()
    columns = (Column("Mã", fixed=True), Column("Nhiệm vụ", weight=3), Column("Số", right=True))
    for index in range(len(columns)):
        row = ["x"] * len(columns)
        row[index] = cell
        text = render_table(Listing((Block(columns=columns, rows=(tuple(row),)),)), width, color=False)
        body = text.split("─\n", 1)[1]
        assert all(len(line) <= width for line in text.splitlines())
        assert sorted("".join(body.split()).replace("x", "")) == sorted("".join(cell.split()).replace("x", ""))


@given(columns=st.integers(2, 8), width=st.integers(40, 60), letters=st.sampled_from(["日本語", "漢🙂字", "ab", ""]))
@pytest.mark.slow
def test_wide_letters_are_not_lost_in_narrow_columns(columns: int, width: int, letters: str) -> None:
    fixed = tuple(Column("", fixed=index % 2 == 0) for index in range(columns))
    row = (letters * 9,) * columns
    lines = render_table(Listing((Block(columns=fixed, rows=(row,)),)), width, color=False).splitlines()
    assert all(cell_len(line) <= width for line in lines)
    assert sorted("".join("".join(lines[2:]).split())) == sorted(letters * 9 * columns)


@pytest.mark.slow
def test_an_empty_cell_needs_no_console() -> None:
    code = (
        "import sys\nfrom kehoach_cli.render.table import render_table\n"
        "from kehoach_cli.render.listing import Block, Column, Listing\n"
        "block = Block('Mục', 1, ('', 'x'), (Column('Mã'), Column('Ghi chú')), (('I.1', ''), ('I.2', 'a')))\n"
        "render_table(Listing((block,)), 80, color=False)\nsys.exit('rich.console' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Letters without a width of their own come first, last and alone: rich before 14.3.3 failed or never ended on each of these.
@example(content="\u0301" + "a" * 90, width=40)
@example(content="xã \ufe0f" + "b" * 90, width=40)
@example(content="\ufe0f\u200d" + "a" * 90, width=40)
@example(content="a" * 90 + "\u200d", width=40)
@example(content="\u200b" * 90 + "a" * 90, width=40)
@given(content=ANYTHING, width=st.integers(40, 60))
def test_no_control_character_reaches_the_terminal(content: str, width: int) -> None:
    block = Block(columns=(Column("Nội dung"), Column("Sau")), rows=((content, "x"),))
    text = render_table(Listing((block,)), width, color=False)
    assert text.replace("\n", "").isprintable()
    assert "Nội dung" in text


@pytest.mark.parametrize("width", [1, 40, 41, 59])
def test_an_id_too_wide_for_a_narrow_terminal_is_folded_not_cut(width: int) -> None:
    columns = (Column("Mã", fixed=True), Column("Nhiệm vụ", weight=5), Column("Chủ trì"))
    row = ("kh-thai-nguyen-2026/PL.VIII.10.1-ct12", folded("Rà soát, hoàn thiện cơ chế"), "Sở Y tế")
    text = render_table(Listing((Block(columns=columns, rows=(row,)),)), width, color=False)
    first = "".join(line.partition("  ")[0] for line in text.split("─\n", 1)[1].splitlines() if line[0] != " ")
    assert first == row[0]
