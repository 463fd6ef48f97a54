"""Layout profiles: complete, consistent, and the only place of the figures of a layout."""

import re
import shutil
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest

from kehoach_cli.office import profile as profiles
from kehoach_cli.office.elements import KINDS
from kehoach_cli.office.profile import PROFILES, STATE, load_profile
from tests.conftest import REPOSITORY

EVERY_PROFILE = pytest.mark.parametrize("name", PROFILES)


@EVERY_PROFILE
def test_what_our_templates_use_is_what_the_rule_admits(name: str) -> None:
    profile = load_profile(name)
    for element in profile.elements.values():
        assert element.sizes[0] <= element.size <= element.sizes[1], element.name
        assert not (element.article and element.sizes[1] - element.sizes[0] > 2), element.name
    page = profile.page
    assert page.size == (210, 297)
    for side in ("top", "bottom", "left", "right"):
        low, high = getattr(page, f"{side}_range")
        assert low <= getattr(page, side) <= high
    assert sum(profile.columns.head) == sum(profile.columns.foot) == page.size[0] - page.left - page.right == 165


@EVERY_PROFILE
def test_fixed_words_fit_the_kind_of_document(name: str) -> None:
    profile = load_profile(name)
    assert re.fullmatch(profile.words.symbol, profile.words.symbol_example.removeprefix(profile.words.number).strip())
    assert not set(profile.words.authority_marks) & set(profile.words.wrong_marks)
    assert profile.words.ending in profile.words.endings


@EVERY_PROFILE
def test_every_abbreviation_belongs_to_a_kind_that_is_recognised(name: str) -> None:
    kinds = load_profile(name).kinds
    assert set(kinds) <= set(KINDS)
    assert all(re.fullmatch(r"[A-ZĐ][A-Za-zĐ]*", abbreviation) for abbreviation in kinds.values())


def test_the_profiles_differ_where_the_rules_do() -> None:
    state, party = (load_profile(name) for name in PROFILES)
    assert (state.party, party.party) == (False, True)
    assert (state.words.wrong_marks_of, party.words.wrong_marks_of) == (party.name, state.name)
    assert (state.words.number, party.words.number) == ("Số:", "Số")
    assert "motto" in state.elements
    assert "motto" not in party.elements
    assert (party.words.star, party.words.dashes) == ("*", "-----")
    assert state.elements["recipients_head"].italic
    assert party.elements["recipients_head"].underline
    assert not party.elements["office"].bold


def test_what_is_not_confirmed_says_so() -> None:
    state, party = (load_profile(name) for name in PROFILES)
    assert "cần đối chiếu" not in state.cite("Mục II, khoản 1")
    assert "cần đối chiếu" in party.cite("số trang")
    assert "không quy định" in state.cite("")


def test_an_unknown_key_is_no_silent_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "profiles"
    shutil.copytree(str(files("kehoach_cli.office") / "profiles"), folder)
    path = folder / f"{STATE}.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[rules]", "[rules]\ntitel = 2"), encoding="utf-8")
    monkeypatch.setattr(profiles, "files", lambda _: tmp_path)
    with pytest.raises(msgspec.ValidationError, match="titel"):
        load_profile.__wrapped__(STATE)


def test_no_code_names_the_font_or_a_size_of_its_own() -> None:
    package = REPOSITORY / "src" / "kehoach_cli"
    for path in (*(package / "word").glob("*.py"), *(package / "rules" / "layout").glob("*.py")):
        assert '"Times New Roman"' not in path.read_text(encoding="utf-8"), path.name
