"""`kehoach init`: a workspace without findings in which every command works at once, or no file at all."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from ruamel.yaml import YAML

from kehoach_cli.store.schema.json_schema import schema_text
from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]
EXAMPLES = dict(
    re.findall(r"```yaml\n# (\S+)\n(.*?)```", (REPOSITORY / "docs/ci.md").read_text(encoding="utf-8"), re.DOTALL)
)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("options", "province"),
    [
        ((), "tinh-mau"),
        (("--province", "Nghệ An", "--plan-id", "kh-12", "--title", 'Kế hoạch "xanh": mở đầu'), "nghe-an"),
        (("--province", "tỉnh Gia Lai"), "gia-lai"),
        (("--province", "thành phố Huế"), "hue"),
        (("--province", "TP. Hồ Chí Minh"), "ho-chi-minh"),
        (("--province", "dong nai"), "dong-nai"),
        (("--province", "thanh-hoa"), "thanh-hoa"),
        (("--province", "Thái Nguyên"), "thai-nguyen"),
    ],
)
@pytest.mark.slow
def test_a_new_workspace_works_at_once(
    kehoach: Kehoach, tmp_path: Path, options: tuple[str, ...], province: str
) -> None:
    root = tmp_path / "của tôi" / "kế hoạch"
    made = kehoach("init", str(root), "--year", "2026", *options)
    assert (made.code, made.out) == (0, "")
    assert (root / f"plans/agencies/{province}.yaml").is_file()
    plan = "kh-12" if "kh-12" in options else "kh-mau"

    lint = kehoach("--root", str(root), "lint", "--strict")
    assert (lint.code, lint.err) == (0, "")
    assert "3 tệp" in lint.out
    tasks = kehoach("--root", str(root), "tasks", "--agency", "Sở Y tế")
    assert tasks.code == 0
    assert "II.3" in tasks.out
    check = kehoach("--root", str(root), "check", "--year", "2026", "--fail-on", "none")
    assert check.code == 0
    assert "1 chưa có số liệu" in check.out
    forms = kehoach("--root", str(root), "form", "--all", "--year", "2026", "-f", "yaml", "-o", str(tmp_path / "forms"))
    assert forms.code == 0
    assert (tmp_path / "forms" / "so-y-te.yaml").is_file()
    report = kehoach("--root", str(root), "report", "--year", "2026", "-o", str(tmp_path / "reports"))
    assert report.code == 0
    words = "\n".join(
        paragraph.text for paragraph in Document(str(tmp_path / f"reports/bao-cao-{plan}-2026.docx")).paragraphs
    )
    # Every output says that this is only a sample.
    assert "mẫu" in words.lower()


def test_a_workspace_of_the_centre_has_ministries_in_the_place_of_departments(kehoach: Kehoach, tmp_path: Path) -> None:
    assert kehoach("init", str(tmp_path), "--year", "2026", "--province", "trung-uong").code == 0
    assert [path.name for path in (tmp_path / "plans/agencies").iterdir()] == ["trung-uong.yaml"]
    lint = kehoach("--root", str(tmp_path), "lint", "--strict")
    assert (lint.code, lint.err) == (0, "")
    tasks = kehoach("--root", str(tmp_path), "tasks", "--agency", "Bộ Y tế")
    assert tasks.code == 0
    assert "II.3" in tasks.out
    for name in ("README.md", "plans/kh-mau.yaml", "kehoach.toml"):
        assert not re.search(r"\b[Ss]ở |so-|UBND", (tmp_path / name).read_text(encoding="utf-8")), name


@pytest.mark.slow
def test_a_merged_province_stands_beside_its_heir(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("init", str(tmp_path), "--year", "2024", "--province", "Bắc Kạn")
    names = {path.stem for path in (tmp_path / "plans/agencies").iterdir()}
    assert names == {"bac-kan", "thai-nguyen", "trung-uong"}
    assert kehoach("--root", str(tmp_path), "lint", "--strict").code == 0
    assert "kh-mau" in kehoach("--root", str(tmp_path), "plans", "--province", "thai-nguyen").out
    tasks = kehoach("--root", str(tmp_path), "tasks", "--province", "Thái Nguyên", "--agency", "Sở Y tế")
    assert tasks.code == 0
    assert "II.3" in tasks.out
    assert "Sở Y tế" in " ".join(tasks.out.split())


def test_a_city_is_no_province(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("init", str(tmp_path), "--province", "Đà Nẵng")
    for name in ("plans/kh-mau.yaml", "kehoach.toml", "plans/agencies/da-nang.yaml"):
        assert not re.search(r"UBND tỉnh\b(?! Quảng)", (tmp_path / name).read_text(encoding="utf-8")), name


def test_what_is_a_sample_is_marked_in_every_row(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("init", str(tmp_path))
    plan = YAML(typ="safe", pure=True).load((tmp_path / "plans/kh-mau.yaml").read_text(encoding="utf-8"))
    rows = [row["text"] for row in plan["tasks"] + plan["objectives"]] + [row["name"] for row in plan["indicators"]]
    assert len(rows) == 8
    assert all(row.startswith("[Mẫu] ") for row in rows)
    assert plan["document"]["number"] is plan["document"]["date"] is None


def test_the_files_for_ci_are_those_of_the_documentation(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("init", str(tmp_path))
    for name in (".github/workflows/plans.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"):
        assert (tmp_path / name).read_text(encoding="utf-8") == EXAMPLES[name]


def test_editors_find_the_schemas(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("init", str(tmp_path))
    for file in (tmp_path / "plans").rglob("*.yaml"):
        line = file.read_text(encoding="utf-8").splitlines()[0]
        schema = file.parent / line.removeprefix("# yaml-language-server: $schema=")
        assert schema.read_text(encoding="utf-8") == schema_text(schema.name.partition("-")[0])


def test_every_file_is_told_of_in_its_readme(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("init", str(tmp_path), "--year", "2026")
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"`([^`\n]+)`", readme)
    for name in set(files_in(tmp_path)) - {"README.md", ".gitignore"}:
        assert any(name == one or (one.endswith("/") and name.startswith(one)) for one in told), name
    assert "<<" not in "".join(data.decode() for data in files_in(tmp_path).values())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["plans/kh-mau.yaml", "kehoach.toml", ".gitignore"])
def test_nothing_is_written_over_a_file(kehoach: Kehoach, tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("của tôi", encoding="utf-8")
    before = files_in(tmp_path)
    ran = kehoach("init", str(tmp_path))
    assert ran.code == 3
    assert name in ran.err
    assert "--force" in ran.err
    assert files_in(tmp_path) == before
    assert kehoach("init", str(tmp_path), "--force").code == 0
    assert len(files_in(tmp_path)) == 16
    assert (tmp_path / name).read_text(encoding="utf-8") != "của tôi"


def test_a_second_run_names_what_is_there(kehoach: Kehoach, tmp_path: Path) -> None:
    kehoach("init", str(tmp_path))
    ran = kehoach("init", str(tmp_path))
    assert ran.code == 3
    assert "và 12 tệp khác" in ran.err


def test_all_or_nothing(kehoach: Kehoach, tmp_path: Path) -> None:
    # A folder with the name of a file: this is found only while writing.
    (tmp_path / "schemas").write_text("một tệp", encoding="utf-8")
    ran = kehoach("init", str(tmp_path), "--force")
    assert ran.code == 3
    assert "schemas" in ran.err
    assert files_in(tmp_path) == {"schemas": "một tệp".encode()}
    assert [path.name for path in tmp_path.iterdir()] == ["schemas"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--plan-id", "KH 12"), 2, "kh-12"),
        (("--plan-id", "../x"), 2, "kh-12"),
        (("--province", "Nghệ Ann"), 2, "ý bạn là Nghệ An?"),
        (("--province", "Atlantis"), 2, "trung-uong"),
        (("--province", " "), 2, "để trống"),
        (("--province", "../.."), 2, "không phải tên tỉnh"),
        (("--title", "a\x1bb"), 2, "ký tự điều khiển"),
        (("--year", "26"), 2, "bốn chữ số"),
    ],
)
def test_what_cannot_be_is_refused(
    kehoach: Kehoach, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ran = kehoach("init", str(tmp_path / "mới"), *arguments)
    assert ran.code == code
    assert words in ran.err
    assert not (tmp_path / "mới").exists()


def test_a_file_is_no_folder(kehoach: Kehoach, tmp_path: Path) -> None:
    file = tmp_path / "tệp"
    file.write_text("x", encoding="utf-8")
    ran = kehoach("init", str(file))
    assert ran.code == 3
    assert "không phải thư mục" in ran.err
    assert kehoach("init", str(file / "mới")).code == 3
    assert file.read_text(encoding="utf-8") == "x"


@pytest.mark.slow
def test_what_its_readme_tells_to_do_works(kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kehoach("init", str(tmp_path), "--year", "2026")
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    commands = [shlex.split(line, comments=True) for line in re.findall(r"^\$ kehoach (.*)$", readme, re.MULTILINE)]
    assert [words[0] for words in commands] == ["lint", "tasks", "form", "check", "collect", "report"]
    monkeypatch.chdir(tmp_path)
    for words in commands:
        ran = kehoach(*words)
        # Nobody has filled in a form yet.
        assert ran.code == (1 if words[0] == "collect" else 0), ran.err
    assert (tmp_path / "reports/2026/bao-cao-kh-mau-2026.docx").is_file()
