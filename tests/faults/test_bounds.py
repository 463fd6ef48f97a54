"""Files that would take minutes and gigabytes are refused at a place; the other files are still served."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.office.docx_package import PackageError
from kehoach_cli.store.files.reading import MAX_BYTES, plain_bytes
from kehoach_cli.store.yaml.tree import MAX_ENTRIES, MAX_EVENTS, MAX_LINES, MAX_PROBLEMS, parse
from kehoach_cli.word.templates import check_template
from tests.conftest import REPOSITORY, Ran
from tests.fuzz.contract import MOST_BYTES, MOST_SECONDS, wrong
from tests.fuzz.inputs import Case, small, write
from tests.fuzz.mutate import packed
from tests.fuzz.runner import whole_process

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]
_PLAN = small()["plans/kh-mau.yaml"].decode()
_HEAD = "kehoach: plan/1\n"
ABSURD = {
    "rows": f"{_HEAD}tasks:\n" + "- {}\n" * 500_000,
    "keys": _HEAD + "".join(f"k{number}: 1\n" for number in range(100_000)),
    "aliases": f"{_HEAD}tasks:\n" + "- *a\n" * 300_000,
    "a list in a line": f"{_HEAD}tasks: [{'a,' * 1_000_000}]\n",
    "values": f"{_HEAD}tasks:\n" + f"- [{','.join(['012'] * 50)}]\n" * 15_000,
    "control characters": f"{_HEAD}tasks:\n" + "- \x01\n" * 200_000,
    "lines": _HEAD + "#\n" * 600_000,
    "a long value": f"{_HEAD}id: {'x' * (MAX_BYTES - 100)}\n",
    "bytes": f"{_HEAD}id: {'x' * MAX_BYTES}\n",
    "suppressions": _PLAN + "# kehoach: ignore[K204]\n" * 100_000,
    "broken suppressions": _PLAN + "# kehoach: ignore[\n" * 100_000,
    "one id": _PLAN.replace(
        "indicators:", "  - {id: I.1, kind: task, text: a, lead: [so-a]}\n" * 10_000 + "indicators:"
    ),
}


@pytest.mark.parametrize("name", ABSURD)
def test_an_absurd_plan_takes_neither_minutes_nor_gigabytes(name: str) -> None:
    files = {**small(), "plans/moi.yaml": ABSURD[name].encode()}
    case = Case("yaml", 0, files, ("lint", "-f", "json"))
    ran = whole_process(case)
    assert wrong(case, ran) == []
    assert ran.code == 1
    assert "plans/moi.yaml" in ran.out
    assert ran.seconds < MOST_SECONDS
    assert ran.memory < MOST_BYTES


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a:\n" + "- 1\n" * (MAX_ENTRIES + 1), "20000 mục"),
        (f"a: [{'[1, 2, 3],' * (MAX_ENTRIES - 1)}]", ""),
        ("#\n" * (MAX_LINES + 1), "dòng"),
        ("a:\n" + "- *b\n" * (MAX_PROBLEMS + 1), "lỗi"),
    ],
)
def test_bounds_have_a_place_and_a_reason(text: str, words: str, pure: bool) -> None:  # noqa: FBT001 - a parameter of the test
    last = [(problem.code, problem.message) for problem in parse(text, pure=pure).problems][-1:]
    assert [(code, words in message) for code, message in last] == ([("K005", True)] if words else [])


def test_too_much_in_all_is_refused() -> None:
    row = f"- [{','.join('1' * 100)}]\n"
    (problem,) = parse("a:\n" + row * (MAX_EVENTS // 100)).problems
    assert problem.code == "K005"
    assert problem.mark[0] > 1


def test_a_plan_larger_than_any_known_is_within_the_bounds() -> None:
    row = "  - {{id: I.{0}, kind: task, text: Việc {0}, lead: [so-a], schedule: 2022 - 2025}}\n"
    text = _PLAN.replace("indicators:", "".join(row.format(number) for number in range(2, 6001)) + "indicators:")
    assert parse(text).problems == ()


def test_faults_beyond_a_thousand_are_counted(tmp_path: Path, kehoach: Kehoach) -> None:
    write(tmp_path, {**small(), "plans/moi.yaml": f"{_HEAD}tasks:\n{'- {}' + chr(10)}".encode() + b"- {}\n" * 2000})
    ran = kehoach("--root", str(tmp_path), "lint", "--select", "K0,K1")
    assert ran.code == 1
    assert ran.out.count("moi.yaml:") == 1001
    assert "lỗi nữa trong tệp này" in ran.out


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODIES = {
    "empty paragraphs": "<w:p/>" * 3_000_000,
    "runs": f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 300_000}</w:p>",
    "braces": f"<w:p><w:r><w:t>{'{{' * 1_000_000}</w:t></w:r></w:p>",
    "tags": "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>" * 200_001,
    "letters": f"<w:p><w:r><w:t>{'a b ' * 2_100_000}</w:t></w:r></w:p>",
    "nested": "<w:p><w:r>" * 100 + "<w:t>x</w:t>" * 50_000 + "</w:r></w:p>" * 100,
}


def document(body: str) -> bytes:
    with zipfile.ZipFile(REPOSITORY / "templates" / "bao-cao-nam.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_W}><w:body>{body}</w:body></w:document>'
    return packed({**parts, "word/document.xml": text.encode()})


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(
    "line",
    [("check-docx", "t.docx"), ("templates", "check", "t.docx"), ("report", "-y", "2025", "--template", "t.docx")],
)
def test_an_absurd_document_takes_neither_minutes_nor_gigabytes(name: str, line: tuple[str, ...]) -> None:
    case = Case("docx", 0, {**small(), "t.docx": document(BODIES[name])}, line)
    ran = whole_process(case)
    assert wrong(case, ran) == []
    assert ran.code in {1, 3}


@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "iso-2022-jp", "cp037"])
def test_a_part_in_a_notation_nobody_uses_is_refused(encoding: str) -> None:
    with zipfile.ZipFile(io.BytesIO(document("<w:p/>"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode().replace("UTF-8", encoding)
    with pytest.raises(PackageError, match="UTF-8"):
        check_template(packed({**parts, "word/document.xml": text.encode(encoding)}))


def test_an_element_of_thousands_of_attributes_in_a_form_is_refused(tmp_path: Path, kehoach: Kehoach) -> None:
    write(tmp_path, small())
    form = tmp_path / "f.xlsx"
    kehoach("--root", str(tmp_path), "form", "-a", "so-a", "-y", "2025", "-o", str(form))
    with zipfile.ZipFile(form) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = " ".join(f'a{number}=""' for number in range(20_000))
    for name in ("xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        form.write_bytes(packed({**parts, name: f"<x {names}/>".encode()}))
        ran = kehoach("--root", str(tmp_path), "check", str(form), "-f", "json", "-y", "2025")
        assert ran.code == 1
        assert "quá lớn hoặc quá sâu" in ran.out


@pytest.mark.parametrize("text", ["a = " + "[" * 3000, "a = " + "{b=" * 3000, f"a = {'9' * 5000}", "x = 1\n" * 300_000])
def test_absurd_settings_are_a_finding(tmp_path: Path, kehoach: Kehoach, text: str) -> None:
    write(tmp_path, {**small(), "kehoach.toml": text.encode()})
    ran = kehoach("--root", str(tmp_path), "plans")
    assert ran.code == 1
    assert "kehoach.toml:" in ran.err
    assert "K007" in ran.err


_DIGITS = "9" * 5000
_SOURCE = "source: I}\nsections:\n  - {id: I, title: NHIỆM VỤ}\ntasks:\n  - id: I.1"


@pytest.mark.parametrize(
    ("place", "old", "new", "command"),
    [
        ("plans/agencies/mau.yaml", "name: Sở Y tế", f"name: Sở Y tế {_DIGITS}", "agencies"),
        ("plans/kh-mau.yaml", "schedule: 2022 - 2025", f"schedule: T{_DIGITS}", "lint"),
        ("plans/kh-mau.yaml", _SOURCE, _SOURCE.replace("I}", "I.5}").replace("I.1", f"I.{_DIGITS}"), "lint"),
        ("kehoach.toml", "number = 12", f'number = "{_DIGITS}"', "report -y 2025 -f md"),
        ("kehoach.toml", "number = 12", f'number = "{_DIGITS}"', "report -y 2025"),
    ],
)
def test_thousands_of_digits_are_no_fault_of_ours(
    tmp_path: Path, kehoach: Kehoach, place: str, old: str, new: str, command: str
) -> None:
    files = small()
    write(tmp_path, {**files, place: files[place].decode().replace(old, new).encode()})
    line = command.split()
    ran = kehoach("--root", str(tmp_path), *line, *(("-o", str(tmp_path / "bc")) if "report" in line else ()))
    assert ran.code in {0, 1}
    assert "lỗi nội bộ" not in ran.err + ran.out
    document = next((tmp_path / "bc").glob("*.docx"), None) if (tmp_path / "bc").is_dir() else None
    if document:
        checked = kehoach("check-docx", str(document))
        assert checked.code in {0, 1}
        assert "lỗi nội bộ" not in checked.err + checked.out


@pytest.mark.parametrize("name", ["...", "và", "–", "&"])
def test_a_name_without_words_stands_in_no_cell(tmp_path: Path, kehoach: Kehoach, name: str) -> None:
    registry = small()["plans/agencies/mau.yaml"].decode().replace("name: Sở Y tế", f'name: "{name}"')
    plan = _PLAN.replace("    lead: [so-a]\n", '    lead: [so-a]\n    as_issued: {lead: "Sở Tài nguyên và Sở Cũ"}\n', 1)
    write(tmp_path, {**small(), "plans/agencies/mau.yaml": registry.encode(), "plans/kh-mau.yaml": plan.encode()})
    for command in (("lint",), ("agencies", name), ("tasks", "-a", name), ("tasks",)):
        ran = kehoach("--root", str(tmp_path), *command)
        assert ran.code in {0, 1, 2}
        assert "lỗi nội bộ" not in ran.err + ran.out


def test_a_file_that_breaks_off_is_at_fault_on_its_last_line(tmp_path: Path, kehoach: Kehoach) -> None:
    write(tmp_path, {**small(), "plans/moi.yaml": b"kehoach: plan/1\nid: x\nna"})
    assert "plans/moi.yaml:3:1: lỗi K002" in kehoach("--root", str(tmp_path), "plans").err


@pytest.mark.parametrize("size", [0, 9, 10, 11, 5000])
def test_so_many_bytes_of_a_file_and_one_more(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    assert len(plain_bytes(tmp_path / "a", 10)) == min(size, 11)


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="no file here has more in it than it says")
def test_a_file_that_says_it_is_empty_is_read_to_its_end() -> None:
    assert plain_bytes(Path("/proc/version"), 10**6).startswith(b"Linux")
