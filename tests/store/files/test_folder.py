"""A folder of made files: whole or not at all, and nothing of a person's is lost."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kehoach_cli.errors import CannotRunError
from kehoach_cli.store.files.folder import BUILDING, LIST, OLD, refuse_folder, write_folder
from kehoach_cli.store.files.locks import lock

FIRST = [("a.html", b"1"), ("b/c.html", b"2")]
SECOND = [("a.html", b"3")]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the list."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


def names(folder: Path) -> list[str]:
    """The names of what stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_second_build_replaces_the_first_and_its_folders(tmp_path: Path) -> None:
    target = tmp_path / "new" / "site"
    assert write_folder(target, FIRST, overwrite=False) == 2
    assert contents(target) == dict(FIRST)
    assert write_folder(target, SECOND, overwrite=True) == 1
    assert contents(target) == dict(SECOND)
    assert not (target / "b").exists()
    assert names(target.parent) == ["site"]


@pytest.mark.parametrize("foreign", ["x.txt", "b/x.txt", "own/x.txt"])
def test_a_file_of_somebody_stays(tmp_path: Path, foreign: str) -> None:
    write_folder(tmp_path / "site", FIRST, overwrite=False)
    path = tmp_path / "site" / foreign
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"mine")
    with pytest.raises(CannotRunError, match=foreign):
        write_folder(tmp_path / "site", SECOND, overwrite=True)
    assert contents(tmp_path / "site") == {**dict(FIRST), foreign: b"mine"}


def test_an_empty_folder_of_somebody_stays(tmp_path: Path) -> None:
    write_folder(tmp_path / "site", FIRST, overwrite=False)
    (tmp_path / "site" / "own").mkdir()
    with pytest.raises(CannotRunError, match="own"):
        write_folder(tmp_path / "site", SECOND, overwrite=True)


def test_a_link_is_not_followed_into_another_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.html").write_bytes(b"mine")
    write_folder(tmp_path / "site", FIRST, overwrite=False)
    (tmp_path / "site" / "link").symlink_to(tmp_path / "mine")
    with pytest.raises(CannotRunError, match="link"):
        write_folder(tmp_path / "site", SECOND, overwrite=True)
    assert contents(tmp_path / "mine") == {"a.html": b"mine"}


def test_an_empty_folder_and_an_earlier_build_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    refuse_folder(tmp_path / "site", overwrite=False)
    write_folder(tmp_path / "site", FIRST, overwrite=False)
    with pytest.raises(CannotRunError, match="--force"):
        refuse_folder(tmp_path / "site", overwrite=False)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"mine")
    with pytest.raises(CannotRunError, match="không phải là thư mục"):
        write_folder(tmp_path / "site", FIRST, overwrite=True)
    assert (tmp_path / "site").read_bytes() == b"mine"


def test_a_build_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    write_folder(tmp_path / "site", FIRST, overwrite=False)

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"9"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_folder(tmp_path / "site", broken(), overwrite=True)
    assert contents(tmp_path / "site") == dict(FIRST)
    assert names(tmp_path) == ["site"]


def test_a_build_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path / "site", FIRST, overwrite=False)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name.startswith(BUILDING):
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(CannotRunError, match="không ghi được"):
        write_folder(tmp_path / "site", SECOND, overwrite=True)
    assert contents(tmp_path / "site") == dict(FIRST)
    assert names(tmp_path) == ["site"]


def test_what_a_killed_run_had_moved_away_comes_back(tmp_path: Path) -> None:
    write_folder(tmp_path / "site", FIRST, overwrite=False)
    (tmp_path / "site").rename(tmp_path / f"{OLD}site-0123abcd")
    (tmp_path / f"{BUILDING}site-0123abcd").mkdir()
    with pytest.raises(CannotRunError, match="--force"):
        write_folder(tmp_path / "site", SECOND, overwrite=False)
    assert contents(tmp_path / "site") == dict(FIRST)
    assert names(tmp_path) == ["site"]


def test_a_build_of_another_run_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / f"{BUILDING}site-0123abcd"
    other.mkdir()
    handle = lock(other)
    write_folder(tmp_path / "site", FIRST, overwrite=False)
    assert other.is_dir()
    if handle is not None:
        os.close(handle)
    write_folder(tmp_path / "site", SECOND, overwrite=True)
    assert not other.exists()
