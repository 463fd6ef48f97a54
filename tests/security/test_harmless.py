"""Attacks through what officers exchange: plans, registries, settings, forms, templates, file names, a repository."""
# ruff: noqa: E501 - tables of attacks

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY, Ran
from tests.fuzz.inputs import small, write
from tests.fuzz.mutate import packed

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]
_HIDDEN = "bí-mật-của-máy"
# Only an attack does these; the program itself opens, lists and writes files, and --changed-since runs git.
_NEVER = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "urllib.",
    "ftplib.",
    "ctypes.dlopen",
    "webbrowser.",
)
_seen: list[str] | None = None


def _hook(event: str, _: tuple[object, ...]) -> None:
    if _seen is not None and event.startswith(_NEVER):
        _seen.append(event)


@pytest.fixture
def watched() -> Iterator[None]:
    """Fail a test in which a socket is opened or a program is run."""
    global _seen  # noqa: PLW0603 - an audit hook cannot be taken away again
    if not any(found is _hook for found in _hooks):
        sys.addaudithook(_hook)
        _hooks.append(_hook)
    _seen = []
    yield
    seen, _seen = _seen, None
    assert seen == []


_hooks: list[object] = []


@pytest.fixture
def folder(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, watched: None) -> Path:
    """Return a small workspace, which is the current folder and has a secret file beside it."""
    del kehoach, watched
    here = tmp_path / "ws"
    write(here, small())
    (tmp_path / "mat.txt").write_text(_HIDDEN, encoding="utf-8")
    monkeypatch.chdir(here)
    return here


def outside(folder: Path) -> list[str]:
    """Return what stands beside the workspace."""
    return sorted(path.name for path in folder.parent.iterdir())


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("bad", ["../../x", "..", "/etc/x", "a/b", "a\\b", "C:x", "x\u202ey", "", ".", "~"])
def test_an_id_is_never_a_path(folder: Path, kehoach: Kehoach, bad: str) -> None:
    for name in ("plans/kh-mau.yaml", "plans/agencies/mau.yaml", "progress/2025/kh-mau--so-a.yaml"):
        for old in ("kh-mau", "so-a"):
            write(folder, small())
            path = folder / name
            path.write_text(path.read_text(encoding="utf-8").replace(old, json.dumps(bad)[1:-1]), encoding="utf-8")
            for command in (
                ("form", "--all", "-y", "2025"),
                ("report", "-y", "2025"),
                ("collect", "progress", "-o", "thu"),
                ("lint", "--fix"),
            ):
                kehoach(*command, "--force") if command[0] in {"form", "report"} else kehoach(*command)
    assert outside(folder) == ["mat.txt", "ws"]
    names = {path.name for path in folder.rglob("*")}
    assert not [name for name in names if bad and bad in name and bad not in {".", "~", ".."}]


def test_a_filled_form_cannot_choose_its_file(folder: Path, kehoach: Kehoach) -> None:
    form = (
        "kehoach: progress/1\nplan: {}\nagency: {}\nyear: 2025\ncutoff: 2025-12-14\ntasks:\n  I.1: {{status: done}}\n"
    )
    for plan, agency in (("../../x", "so-a"), ("kh-mau", "../../x"), ("kh-mau/../..", "so-a"), ("kh-mau", "/x")):
        (folder / "bieu.yaml").write_text(form.format(plan, agency), encoding="utf-8")
        assert kehoach("collect", "bieu.yaml", "-o", "thu").code in {1, 3}
    assert outside(folder) == ["mat.txt", "ws"]
    assert not (folder / "thu").exists() or not list((folder / "thu").iterdir())


@pytest.mark.parametrize(
    "value",
    ["!!python/object/apply:os.system [touch hacked]", "!!python/name:os.system", "!!binary aGFja2Vk", "!include ../mat.txt", "&a [*a, *a]", "*a"],
)  # fmt: skip
def test_yaml_makes_no_objects_and_reads_no_files(folder: Path, kehoach: Kehoach, value: str) -> None:
    for name in ("plans/kh-mau.yaml", "plans/agencies/mau.yaml", "progress/2025/kh-mau--so-a.yaml"):
        write(folder, small())
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + f"note: {value}\n", encoding="utf-8")
        for command in (("lint",), ("check",), ("lint", "--fix"), ("collect", name)):
            ran = kehoach(*command)
            assert _HIDDEN not in ran.out + ran.err
            assert "K004" in ran.out + ran.err or command[0] != "lint"
    assert not (folder / "hacked").exists()


def _docx(change: dict[str, Callable[[str], str]], more: dict[str, bytes] | None = None) -> bytes:
    """Return the template of the yearly report with parts changed and added."""
    with zipfile.ZipFile(REPOSITORY / "templates" / "bao-cao-nam.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, changed in change.items():
        before = parts[name].decode()
        parts[name] = changed(before).encode()
        assert parts[name].decode() != before, name
    return packed({**parts, **(more or {})})


def _tag(tag: str) -> Callable[[str], str]:
    return lambda text: text.replace("<w:body>", f"<w:body><w:p><w:r><w:t>{tag}</w:t></w:r></w:p>", 1)


_CODE = (
    "{{ ''.__class__.__mro__ }}", "{{ cycler.__init__.__globals__.os.popen('touch hacked') }}", "{{ lipsum.__globals__ }}", "{{ self.__init__ }}",
    "{% include '../mat.txt' %}", "{% import '../mat.txt' as x %}", "{% extends '../mat.txt' %}", "{% from 'x' import y %}",
    "{{ title.__class__ }}", "{{ title|attr('__class__') }}", "{{ title.format(title) }}", "{{ '{0.__class__}'.format(title) }}",
    "{{ range(10**9) }}", "{% for i in range(10**9) %}x{% endfor %}", "{{ 'x' * 10**9 }}", "{{ 9**9**9 }}", "{{ title|center(10**9) }}",
    "{{ [1]|map('attr', '__class__')|list }}", "{% set x = title.__class__ %}", "{{ namespace() }}", "{{ joiner }}", "{{ dict() }}",
)  # fmt: skip


@pytest.mark.parametrize("tag", _CODE)
def test_a_template_runs_nothing_and_reads_nothing(folder: Path, kehoach: Kehoach, tag: str) -> None:
    (folder / "t.docx").write_bytes(_docx({"word/document.xml": _tag(tag)}))
    ran = kehoach("report", "-y", "2025", "--template", "t.docx")
    assert ran.code == 3, ran.err
    assert "mẫu" in ran.err
    assert _HIDDEN not in ran.err
    assert not (folder / "hacked").exists()
    assert not (folder / "reports").exists()


def _relation(kind: str, target: str) -> Callable[[str], str]:
    return lambda text: text.replace(
        "</Relationships>",
        f'<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        f' Target="{target}" TargetMode="External"/></Relationships>',
    )


_RELS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    "data",
    [
        _docx({_RELS: _relation("attachedTemplate", "http://127.0.0.1:9/evil.dotm")}),
        _docx({_RELS: _relation("image", "http://127.0.0.1:9/x.png")}),
        _docx({_RELS: _relation("image", "file:///etc/hostname")}),
        _docx({_RELS: _relation("oleObject", "http://127.0.0.1:9/x")}),
        _docx({_RELS: _relation("frame", "http://127.0.0.1:9/x")}),
        _docx({_RELS: lambda text: _relation("aFChunk", "x.html")(text).replace(' TargetMode="External"', "")}),
        _docx({}, {"word/vbaProject.bin": b"x"}),
        _docx({"word/document.xml": lambda text: text.replace("<w:body>", '<w:body><w:p><w:fldSimple w:instr="DDEAUTO c:\\\\x a"/></w:p>', 1)}),
        _docx({"word/document.xml": lambda text: text.replace("<w:body>", "<w:body><w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT /etc/hostname</w:instrText></w:r></w:p>", 1)}),
        _docx({"word/document.xml": lambda text: re.sub(r"(<\?xml[^>]*\?>)?", r'\1<!DOCTYPE x [<!ENTITY e SYSTEM "../mat.txt">]>', text, count=1)}),
        _docx({"word/styles.xml": lambda text: re.sub(r"^(<\?xml[^>]*\?>)?", r'\1<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>', text, count=1)}),
    ],
)  # fmt: skip
def test_a_template_makes_no_report_that_reaches_out(folder: Path, kehoach: Kehoach, data: bytes) -> None:
    (folder / "t.docx").write_bytes(data)
    ran = kehoach("report", "-y", "2025", "--template", "t.docx")
    assert ran.code == 3, ran.err
    assert "không dùng được mẫu" in ran.err
    checked = kehoach("templates", "check", "t.docx")
    assert checked.code == 3
    kehoach("check-docx", "t.docx")
    assert not (folder / "reports").exists()


def test_a_template_with_a_plain_hyperlink_is_fine(folder: Path, kehoach: Kehoach) -> None:
    (folder / "t.docx").write_bytes(_docx({_RELS: _relation("hyperlink", "https://example.vn/")}))
    assert kehoach("report", "-y", "2025", "--template", "t.docx").code == 0


def test_parts_of_an_archive_are_never_unpacked_to_disk(folder: Path, kehoach: Kehoach) -> None:
    kehoach("form", "-a", "so-a", "-y", "2025", "-o", "f.xlsx")
    for name in ("f.xlsx", "t.docx"):
        data = (folder / "f.xlsx").read_bytes() if name == "f.xlsx" else _docx({})
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
        for evil in ("../../evil.txt", "/evil.txt", "..\\..\\evil.txt"):
            (folder / name).write_bytes(packed({**parts, evil: b"x"}))
            for command in (
                (("check", name), ("collect", name))
                if name == "f.xlsx"
                else (("check-docx", name), ("templates", "check", name))
            ):
                kehoach(*command)
    assert outside(folder) == ["mat.txt", "ws"]


def test_a_workbook_with_entities_is_refused(folder: Path, kehoach: Kehoach) -> None:
    kehoach("form", "-a", "so-a", "-y", "2025", "-o", "f.xlsx")
    with zipfile.ZipFile(folder / "f.xlsx") as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    for name in [name for name in parts if name.endswith(".xml") and name.startswith("xl/") and "theme" not in name]:
        head, end, rest = parts[name].partition(b"?>")
        text = head + end + rest if end else head
        evil = re.sub(rb"^(<\?xml[^>]*\?>)?", rb'\1<!DOCTYPE x [<!ENTITY e SYSTEM "../mat.txt">]>', text, count=1)
        (folder / "g.xlsx").write_bytes(packed({**parts, name: evil}))
        ran = kehoach("collect", "g.xlsx")
        assert ran.code == 1
        assert "DOCTYPE" in ran.out + ran.err
        assert _HIDDEN not in ran.out + ran.err


_FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A1", '=HYPERLINK("http://127.0.0.1:9")')


@pytest.mark.parametrize("formula", _FORMULAS)
def test_no_text_becomes_a_formula(folder: Path, kehoach: Kehoach, formula: str) -> None:
    replace(folder / "plans" / "kh-mau.yaml", "Kiểm tra việc xử lý nước thải.", json.dumps(formula))
    replace(folder / "plans" / "kh-mau.yaml", "name: Tỷ lệ hộ được dùng nước sạch", f"name: {json.dumps(formula)}")
    replace(folder / "plans" / "agencies" / "mau.yaml", "name: Sở Tài nguyên", f"name: {json.dumps(formula)}")
    replace(folder / "progress" / "2025" / "kh-mau--so-a.yaml", "source: Báo cáo 1", f"source: {json.dumps(formula)}")
    for command in ("tasks", "indicators", "agencies", "check", "plans"):
        cells = [cell for row in csv.reader(io.StringIO(kehoach(command, "-f", "csv").out)) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "@"))], command
        assert formula not in cells
    kehoach("form", "-a", "so-a", "-y", "2025", "-o", "f.xlsx")
    kehoach("check", "-f", "xlsx", "-o", "k.xlsx")
    for name in ("f.xlsx", "k.xlsx"):
        assert _formulas((folder / name).read_bytes()) == [], name
    assert kehoach("report", "-y", "2025").code in {0, 1}
    for report in (folder / "reports").rglob("*.docx"):
        with zipfile.ZipFile(report) as archive:
            books = [part for part in archive.namelist() if part.endswith(".xlsx")]
            assert [_formulas(archive.read(book)) for book in books] == [[]] * len(books)


def _formulas(book: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/"))
    # Our own sheets have none; formulas of drop-down lists and conditions stand in other elements.
    return re.findall(rb"<f[ >].*?</f>", sheets)


_CONTROLS = "\x1b[31mđỏ\x1b]0;tên\x07 \x7f \x9b \u202engược\u2066 \u200b"


def test_no_control_character_reaches_a_terminal(folder: Path, kehoach: Kehoach) -> None:
    strange = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")
    word = json.dumps(_CONTROLS)
    for name, old in (
        ("plans/kh-mau.yaml", "Kiểm tra việc xử lý nước thải."), ("plans/kh-mau.yaml", "I.1"), ("plans/agencies/mau.yaml", "Sở Y tế"),
        ("progress/2025/kh-mau--so-a.yaml", "Báo cáo 1"), ("kehoach.toml", '"mau"'),
    ):  # fmt: skip
        write(folder, small())
        for written in (word, _CONTROLS):
            replace(folder / name, old, written) if old in (folder / name).read_text(encoding="utf-8") else None
            for command in (
                ("plans",),
                ("tasks",),
                ("agencies",),
                ("check",),
                ("lint",),
                ("lint", "-f", "github"),
                ("indicators", "-f", "md"),
                ("show", "I.1"),
            ):
                ran = kehoach(*command)
                assert not strange.search(ran.out + ran.err), (name, command)
    for command in (
        ("tasks", "-a", _CONTROLS),
        ("show", _CONTROLS),
        ("lint", _CONTROLS),
        (_CONTROLS,),
        ("--root", _CONTROLS, "plans"),
        ("plans", "-o", f"x/{_CONTROLS}"),
    ):
        assert not strange.search(kehoach(*command).err)


def test_a_file_name_is_shown_without_its_controls(folder: Path, kehoach: Kehoach) -> None:
    (folder / "plans" / "a\x1b[2J\n\u202eb.yaml").write_text("x", encoding="utf-8")
    for command in (("plans",), ("lint",), ("lint", "-f", "github")):
        ran = kehoach(*command)
        assert "\x1b" not in ran.out + ran.err
        assert "\u202e" not in ran.out + ran.err
        assert not re.search(r"^.?b\.yaml", ran.out + ran.err, re.MULTILINE)


def test_a_repository_runs_no_program_of_its_own(
    tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    del kehoach
    write(tmp_path, small())
    monkeypatch.chdir(tmp_path)

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
            check=True,
            capture_output=True,
            cwd=tmp_path,
        )

    try:
        git("init", "-q")
    except FileNotFoundError:
        pytest.skip("no git")
    git("add", ".")
    git("commit", "-qm", "x")
    for key in ("core.fsmonitor", "diff.external", "core.pager", "diff.x.textconv", "core.editor", "core.sshCommand"):
        git("config", key, f"touch {tmp_path}/hacked")
    (tmp_path / ".git" / "hooks").mkdir(exist_ok=True)
    for hook in ("post-index-change", "fsmonitor-watchman"):
        script = tmp_path / ".git" / "hooks" / hook
        script.write_text(f"#!/bin/sh\ntouch {tmp_path}/hacked\n", encoding="utf-8")
        script.chmod(0o755)
    (tmp_path / ".gitattributes").write_text("*.yaml diff=x\n", encoding="utf-8")
    (tmp_path / "plans" / "kh-mau.yaml").write_bytes(small()["plans/kh-mau.yaml"] + b"# x\n")
    ran = Ran(_run("lint", "--changed-since", "HEAD"), "", "")
    assert ran.code in {0, 1}
    assert not (tmp_path / "hacked").exists()
    for revision in (
        "--upload-pack=touch hacked",
        "-O/etc/passwd",
        "--output=hacked",
        "HEAD; touch hacked",
        "$(touch hacked)",
    ):
        assert _run("lint", "--changed-since", revision) == 2
    assert not (tmp_path / "hacked").exists()


def _run(*arguments: str) -> int:
    from kehoach_cli.__main__ import run

    return run(list(arguments))


def test_nothing_of_the_program_reaches_for_the_network_or_a_shell(folder: Path, kehoach: Kehoach) -> None:
    commands: list[tuple[Any, ...]] = [
        ("plans",), ("tasks",), ("lint",), ("check",), ("form", "--all", "-y", "2025"), ("collect", "progress", "-o", "thu"),
        ("report", "-y", "2025"), ("templates", "check"), ("schema", "plan"),
    ]  # fmt: skip
    for command in commands:
        assert kehoach(*command).code in {0, 1}
    assert outside(folder) == ["mat.txt", "ws"]
