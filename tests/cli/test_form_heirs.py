"""A form asked for a dissolved body: it goes to the one heir and says so, or it is refused with the heirs' names."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """A workspace of the real plans, which is the current folder."""
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_form_of_a_dissolved_body_is_its_heir_s(kehoach: Kehoach, folder: Path) -> None:
    ran = kehoach("form", "--agency", "Sở TN&MT", "--year", "2025", "-f", "yaml")
    assert ran.code == 0
    assert "Sở Tài nguyên và Môi trường nay là Sở Nông nghiệp và Môi trường: biểu lập cho Sở Nông nghiệp" in ran.err
    assert kehoach("form", "--agency", "Sở NN&MT", "--year", "2025", "-o", "heir.yaml").code == 0
    assert (folder / "so-nnmt-2025.yaml").read_bytes() == (folder / "heir.yaml").read_bytes()


def test_for_a_year_in_which_the_body_lived_the_form_is_its_own(kehoach: Kehoach, folder: Path) -> None:
    ran = kehoach("form", "--agency", "Sở TN&MT", "--year", "2024", "-f", "yaml")
    assert ran.code == 0
    assert "nay là" not in ran.err
    assert "agency: so-tnmt" in (folder / "so-tnmt-2024.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("agency", "words"),
    [
        ("Sở TT&TT", "nhiệm vụ chia cho nhiều cơ quan; nêu tên cơ quan tiếp nhận: Sở Khoa học và Công nghệ"),
        ("UBND huyện Quan Hóa", "chưa rõ cơ quan tiếp nhận"),
    ],
)
def test_a_body_without_one_heir_gets_no_form(kehoach: Kehoach, folder: Path, agency: str, words: str) -> None:
    ran = kehoach("form", "--agency", agency, "--year", "2025")
    assert ran.code == 2
    assert "không lập biểu: " in ran.err
    assert words in ran.err
    assert not list(folder.glob("*.xlsx"))
