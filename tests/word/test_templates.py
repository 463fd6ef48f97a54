"""The templates of the program, and the command `templates`."""

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from kehoach_cli.core.report.model import ReportKind
from kehoach_cli.word.templates import TEMPLATES, check_named, check_template, template_for
from scripts.build_templates import templates
from tests.conftest import REPOSITORY, Ran
from tests.word import samples
from tests.word.packages import replaced, template, tiny

Kehoach = Callable[..., Ran]


OTHERS = {ReportKind.LETTER, ReportKind.SUMMARY, ReportKind.CONSOLIDATED}


def test_the_templates_are_what_the_script_builds() -> None:
    built = templates()
    assert {path: path.read_bytes() for path in (REPOSITORY / "templates").glob("*.docx")} == built


def test_every_template_is_listed_and_can_be_used() -> None:
    assert {path.stem for path in (REPOSITORY / "templates").glob("*.docx")} == {one.name for one in TEMPLATES}
    for one in TEMPLATES:
        assert check_named(template(one.name), one.name) == []


def test_every_kind_of_document_has_its_template() -> None:
    names = {template_for(samples.report(1, kind)) for kind in ReportKind if kind not in OTHERS}
    assert (
        names | {template_for(samples.letter()), template_for(samples.summary()), template_for(samples.consolidated())}
        == {kind.value for kind in ReportKind}
        <= {one.name for one in TEMPLATES}
    )


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("{{ head.number }}", "{{ head.numbr }}", "đoạn 12", '"numbr"; ý bạn là "number"?'),
        ("{{ opening }}", "{{ openning }}", "đoạn 26", '"openning"; ý bạn là "opening"?'),
        ("{{ line.word }}", "{{ line.verdict.x }}", "đoạn", 'thuộc tính "x"'),
        ("for group in tasks.groups", "for group in tasks.grups", "đoạn", '"grups"; ý bạn là "groups"?'),
        ("for group in tasks.groups", "for group in year", "đoạn", "một danh sách"),
        ("{{ opening }}", "{{ opening", "đoạn 26", "không có cặp"),
        ("{%p endfor %}", "{%p endfr %}", "đoạn", "endfr"),
        ("{%p endif %}", "", "đoạn", "không được đóng"),
        ("{{ opening }}", "{{ opening|nosuch }}", "đoạn 26", '"nosuch" không dùng được'),
        ("{{ opening }}", "{{ opening.upper() }}", "đoạn 26", "không được gọi hàm"),
    ],
)
def test_a_fault_is_named_with_its_paragraph(old: str, new: str, place: str, words: str) -> None:
    problems = check_named(replaced(template("bao-cao-nam"), old, new), "bao-cao-nam")
    assert problems
    found = [problem for problem in problems if words in problem.message]
    assert found, problems
    assert found[0].place.startswith(place)
    assert place == "đoạn" or found[0].place == place


def test_a_fault_in_a_page_header_is_named_as_such() -> None:
    problems = check_template(tiny("x", header="{{ nobody }}"))
    assert [problem.place for problem in problems] == ["đầu trang, đoạn 1"]


def test_a_template_of_ones_own_may_speak_of_a_report_or_of_a_letter() -> None:
    assert check_template(tiny("{{ tasks.note }}")) == []
    assert check_template(tiny("{{ request }}")) == []
    assert len(check_template(tiny("{{ request }} {{ tasks.note }}"))) == 1


def test_loops_filters_and_conditions_are_understood() -> None:
    good = (
        "{% for line in tasks.overdue if line.days > 30 %}{{ loop.index }}. {{ line.text|upper }} {% endfor %}",
        "{% set first = indicators.groups|first %}{{ first }}",
        "{{ tasks.all.rate or '-' }} {{ tasks.all.by_column[0] }} {{ to|join(', ') }}",
        "{% if tasks.overdue|length > 3 and not part %}nhiều{% elif part %}x{% else %}ít{% endif %}",
        "{# ghi chú #}",
    )
    assert check_template(tiny(*(text.replace(">", "&gt;") for text in good))) == []


def test_list_says_what_each_template_is_for(kehoach: Kehoach) -> None:
    rows = json.loads(kehoach("templates", "list", "-f", "json").out)["items"]
    assert [row["name"] for row in rows] == [one.name for one in TEMPLATES]
    assert all(row["purpose"] and row["file"].endswith(".docx") for row in rows)
    shown = kehoach("templates", "list").out
    assert all(one.name in shown for one in TEMPLATES)


def test_check_says_all_is_well_or_what_is_not(kehoach: Kehoach, tmp_path: Path) -> None:
    ran = kehoach("templates", "check")
    assert (ran.code, ran.out.count("dùng được.")) == (0, len(TEMPLATES))
    own = tmp_path / "của tôi.docx"
    own.write_bytes(replaced(template("bao-cao-nam"), "{{ opening }}", "{{ openning }}"))
    ran = kehoach("templates", "check", str(own))
    assert ran.code == 1
    assert 'đoạn 26 ("{{ openning }}"): không có biến "openning"; ý bạn là "opening"?' in ran.out
    own.write_bytes(b"PK")
    assert kehoach("templates", "check", str(own)).code == 3
    assert kehoach("templates", "check", "không-có").code == 2
    assert kehoach("templates", "check", "không-có.docx").code == 2


def _of_another_kind(name: str, data: bytes) -> bytes | None:
    return data.replace(b"styles+xml", b"settings+xml") if name == "[Content_Types].xml" else data


def _without(part: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, data: None if name == part else data


@pytest.mark.parametrize("change", [_of_another_kind, _without("word/styles.xml"), _without("docProps/core.xml")])
def test_a_template_that_cannot_be_opened_is_not_called_usable(
    kehoach: Kehoach, tmp_path: Path, change: Callable[[str, bytes], bytes | None]
) -> None:
    path = tmp_path / "hong.docx"
    with ZipFile(REPOSITORY / "templates/bao-cao-nam.docx") as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            if (data := change(name, old.read(name))) is not None:
                new.writestr(name, data)
    ran = kehoach("templates", "check", str(path))
    assert (ran.code, "các phần trong tệp không khớp nhau" in ran.out) == (3, True)
    ran = kehoach("report", "--year", "2025", "-p", "kh-176", "-t", str(path), "-o", str(tmp_path / "o"))
    assert (ran.code, "các phần trong tệp không khớp nhau" in ran.err) == (3, True)


def test_a_template_cannot_disturb_the_terminal(kehoach: Kehoach, tmp_path: Path) -> None:
    own = tmp_path / "x.docx"
    own.write_bytes(tiny("{{ nobody }} \x9b31m \u202e"))
    ran = kehoach("templates", "check", str(own))
    assert ran.code == 1
    assert not {"\x9b", "\u202e"} & set(ran.out)


def test_export_copies_and_never_overwrites(kehoach: Kehoach, tmp_path: Path) -> None:
    ran = kehoach("templates", "export", "-o", str(tmp_path / "mẫu"))
    assert ran.code == 0
    assert {path.name for path in (tmp_path / "mẫu").iterdir()} == {one.file for one in TEMPLATES}
    assert (tmp_path / "mẫu" / "bao-cao-dang.docx").read_bytes() == template("bao-cao-dang")
    changed = tmp_path / "mẫu" / "bao-cao-nam.docx"
    changed.write_bytes(b"mine")
    ran = kehoach("templates", "export", "bao-cao-nam", "-o", str(tmp_path / "mẫu"))
    assert ran.code == 3
    assert "--force" in ran.err
    assert changed.read_bytes() == b"mine"
    assert kehoach("templates", "export", "bao-cao-nam", "-o", str(tmp_path / "mẫu"), "--force").code == 0
    assert changed.read_bytes() == template("bao-cao-nam")
    assert kehoach("templates", "export", "bao-cao-xyz").code == 2


def test_the_workspace_s_own_template_is_used(
    kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kehoach.toml").write_text("", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "bao-cao-nam.docx").write_bytes(tiny("{{ nobody }}"))
    (tmp_path / "templates" / "rieng.docx").write_bytes(tiny("{{ year }}"))
    monkeypatch.chdir(tmp_path)
    rows = {row["name"]: row for row in json.loads(kehoach("templates", "list", "-f", "json").out)["items"]}
    assert rows["bao-cao-nam"]["file"] == "templates/bao-cao-nam.docx"
    assert rows["rieng"]["purpose"] == "mẫu riêng của đơn vị"
    ran = kehoach("templates", "check")
    assert ran.code == 1
    assert 'bao-cao-nam: đoạn 1 ("{{ nobody }}")' in ran.out
    assert "rieng: dùng được." in ran.out


def test_wrong_subcommands_are_answered(kehoach: Kehoach) -> None:
    ran = kehoach("templates", "lst")
    assert ran.code == 2
    assert 'ý bạn là "list"?' in ran.err
    assert "Lệnh:" in kehoach("templates").out
