"""Findings as text: golden screens, and carets that stand under the right letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.render.lint_text import char_width, render_text, total_line
from tests.render.findings import FINDINGS, LEADS, NASTY, SLUGS, TARGET, WHOLE


def shown(finding: Finding) -> list[str]:
    """The lines of one finding's block."""
    return render_text([finding], checked=1, color=False, slugs=SLUGS).split("\n\n")[0].splitlines()


def under_caret(finding: Finding) -> str:
    """The character of the source line that the caret points at."""
    _, source, caret = shown(finding)
    target = caret.index("^")
    column = 0
    for index, char in enumerate(source):
        if column == target and char_width(char):
            return source[index:]
        column += char_width(char)
    return ""


def at(text: str, word: str) -> Finding:
    return replace(TARGET, excerpt=text, column=text.index(word) + 1)


def test_one_block_per_finding_and_a_total() -> None:
    assert render_text(FINDINGS, checked=4, color=False, slugs=SLUGS) == (
        'plans/đắk lắk.yaml:1235:29: lỗi K301 (target-not-understood): mục tiêu "tối thểu 80" không hiểu được '
        '(viết "tối thiểu 80"?)\n'
        '  1235 |             targets: {2025: "tối thểu 80"}\n'
        "       |                             ^\n"
        "\n"
        "plans/kh-176.yaml:7:3: cảnh báo K209 (several-leads): nhiệm vụ II.1 giao cho 2 cơ quan\n"
        "  7 |   lead:\n"
        "    |   ^\n"
        "\n"
        "plans/kh-176.yaml: lưu ý K001: 100% tệp chưa dùng\n"
        "\n"
        "Tổng cộng: 1 lỗi, 1 cảnh báo, 1 lưu ý trong 2 tệp; đã kiểm tra 4 tệp.\n"
    )


def test_no_findings() -> None:
    assert render_text([], checked=7, color=False, slugs={}) == "Không có vấn đề nào; đã kiểm tra 7 tệp.\n"


def test_the_total_names_only_what_there_is() -> None:
    assert total_line([TARGET, TARGET], 3) == "Tổng cộng: 2 lỗi trong 1 tệp; đã kiểm tra 3 tệp."
    assert total_line([WHOLE]) == "Tổng cộng: 1 lưu ý trong 1 tệp."


def test_colour_only_if_asked() -> None:
    plain = render_text(FINDINGS, checked=4, color=False, slugs=SLUGS)
    painted = render_text(FINDINGS, checked=4, color=True, slugs=SLUGS)
    assert "\x1b" not in plain
    assert "\x1b[1;31mlỗi K301 (target-not-understood)\x1b[0m" in painted
    for code in ("0", "1", "2", "1;31", "1;33", "1;36"):
        painted = painted.replace(f"\x1b[{code}m", "")
    assert painted == plain


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("name: Tỷ lệ hộ dân được dùng nước sạch", "nước"),
        (unicodedata.normalize("NFD", "name: Tỷ lệ hộ dân được dùng nước sạch"), "sạch"[:1]),
        (unicodedata.normalize("NFD", "Sở Nông nghiệp: phối hợp"), "phô"[:2]),
        ("会議 Kế hoạch: 計画 chủ trì", "chủ"),
        ("会議 Kế hoạch: 計画 chủ trì", "計"),
        ("note: 🌱 xanh", "xanh"),
        ("a\tb", "b"),
    ],
)
def test_the_caret_stands_under_the_word(text: str, word: str) -> None:
    assert under_caret(at(text, word)).startswith(word)


def test_a_column_at_a_combining_mark_points_at_its_letter() -> None:
    decomposed = unicodedata.normalize("NFD", "ệ sạch")
    assert under_caret(replace(TARGET, excerpt=decomposed, column=3)) == decomposed


def test_carets_at_the_end_and_beyond() -> None:
    assert shown(replace(LEADS, excerpt="ab  ", column=3))[1:] == ["  7 | ab", "    |   ^"]
    assert shown(replace(LEADS, excerpt="ab", column=99))[1:] == ["  7 | ab", "    |   ^"]


def test_no_caret_without_a_column_and_no_source_without_a_line() -> None:
    assert shown(replace(LEADS, column=0))[1:] == ["  7 |   lead:"]
    assert len(shown(replace(LEADS, line=0))) == 1
    assert shown(replace(LEADS, line=0))[0].startswith("plans/kh-176.yaml: cảnh báo")
    assert len(shown(replace(LEADS, excerpt="   "))) == 1


def test_a_long_line_is_cut_around_the_caret() -> None:
    text = "trước " * 60 + "ĐÂY " + "sau " * 60
    _, source, caret = shown(at(text, "ĐÂY"))
    cut = source.partition("| ")[2]
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert len(cut) == 100
    assert source[caret.index("^") :].startswith("ĐÂY")


@pytest.mark.parametrize(("word", "head", "tail"), [("ĐẦU", "", "…"), ("CUỐI", "…", "")])
def test_a_long_line_is_cut_only_where_something_is_left_out(word: str, head: str, tail: str) -> None:
    text = "ĐẦU " + "giữa " * 60 + "CUỐI"
    cut = shown(at(text, word))[1].partition("| ")[2]
    assert (cut.startswith("…"), cut.endswith("…")) == (bool(head), bool(tail))
    assert len(cut) == 99
    assert under_caret(at(text, word)).startswith(word)


def test_no_control_character_passes() -> None:
    bad = Finding("K101", Severity.ERROR, f"a{NASTY}\n.yaml", NASTY, 1, 2, hint=NASTY, excerpt=f"{NASTY}\r")
    text = render_text([bad], checked=1, color=False, slugs={"K101": NASTY})
    assert all(char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Cn"} for char in text)


@given(st.text(min_size=1, max_size=300), st.integers(1, 320))
def test_every_line_fits_and_the_caret_stays_on_it(text: str, column: int) -> None:
    lines = shown(Finding("K101", Severity.ERROR, "a.yaml", "x", 1, column, excerpt=text))
    if len(lines) == 1:
        assert not text.strip()
        return
    _, source, caret = lines
    cut = source.partition("| ")[2]
    assert sum(map(char_width, cut)) <= 100
    assert caret.index("^") <= sum(map(char_width, source))


@pytest.mark.parametrize("text", ["a", "ệ", "e\u0323\u0302", "会", "🌱", "ー", "ﾊ", "Đ", "…"])
def test_widths_are_those_of_a_terminal(text: str) -> None:
    assert sum(map(char_width, text)) == cell_len(text)
