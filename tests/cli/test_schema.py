"""`kehoach schema`: the schemas are printed or written, and never replace another content."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.store.schema.json_schema import schema_text
from tests.conftest import Ran

Kehoach = Callable[..., Ran]
FILES = [
    "amendment-1.schema.json", "legal-1.schema.json", "lock-1.schema.json", "plan-1.schema.json",
    "progress-1.schema.json", "registry-1.schema.json", "source-1.schema.json",
]  # fmt: skip


@pytest.mark.parametrize("name", ["plan", "registry", "progress"])
def test_a_schema_is_printed(kehoach: Kehoach, name: str) -> None:
    ran = kehoach("schema", name)
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out == schema_text(name)
    assert json.loads(ran.out)["$id"] == f"kehoach:{name}-1"


def test_all_are_written(kehoach: Kehoach, tmp_path: Path) -> None:
    folder = tmp_path / "của tôi" / "schemas"
    ran = kehoach("schema", "-o", str(folder))
    assert ran.code == 0
    assert ran.out == ""
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert (folder / FILES[3]).read_text(encoding="utf-8") == schema_text("plan")


def test_one_is_written(kehoach: Kehoach, tmp_path: Path) -> None:
    assert kehoach("schema", "plan", "-o", str(tmp_path)).code == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILES[3]]


def test_the_same_content_is_fine(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("schema", "-o", str(tmp_path))
    # A checkout on Windows may have changed the line endings.
    file = tmp_path / FILES[3]
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    before = file.stat().st_mtime_ns
    ran = kehoach("schema", "-o", str(tmp_path))
    assert ran.code == 0
    assert "không phải ghi lại" in ran.err
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("content", [b"{}\n", b"\xff\xfe"])
def test_another_content_is_kept_without_force(kehoach: Kehoach, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILES[5]).write_bytes(content)
    ran = kehoach("schema", "-o", str(tmp_path))
    assert ran.code == 3
    assert "--force" in ran.err
    assert (tmp_path / FILES[5]).read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 1
    assert kehoach("schema", "-o", str(tmp_path), "--force").code == 0
    assert (tmp_path / FILES[5]).read_text(encoding="utf-8") == schema_text("registry")


def test_a_file_is_no_folder(kehoach: Kehoach, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text("x", encoding="utf-8")
    for target in (file, file / "schemas"):
        ran = kehoach("schema", "-o", str(target))
        assert ran.code == 3
        assert "thư mục" in ran.err or "đường dẫn" in ran.err
