"""The register of replaced legal documents: what cites them is told, and only where it is wrong or doubtful."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Ran
from tests.fuzz.inputs import small, write

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]
_PLAN = Path("plans/kh-mau.yaml")
_LEGAL = Path("plans/legal.yaml")
_REGISTER = """\
kehoach: legal/1
replaced:
  - document: {number: 19/2015/NĐ-CP, date: 2015-02-14, title: Nghị định mẫu}
    replaced_by: {number: 8/2022/NĐ-CP, date: 2022-01-10, title: Nghị định mới}
    from: 2022-01-10
    source: Điều 168 Nghị định 8/2022/NĐ-CP
    certain: true
"""
_BASIS = '  basis: [{number: 19/2015/NĐ-CP, date: "2015-02-14", title: Nghị định mẫu}]\n'


@pytest.fixture
def folder(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a register, and a plan that was issued on the day of the replacement."""
    del kehoach
    write(tmp_path, small())
    monkeypatch.chdir(tmp_path)
    _LEGAL.write_text(_REGISTER, encoding="utf-8")
    edit("period: {from", f"{_BASIS}period: {{from")
    return tmp_path


def edit(old: str, new: str, file: Path = _PLAN) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(kehoach: Kehoach, *options: str) -> list[tuple[str, str, int, str]]:
    told = json.loads(kehoach("lint", "-f", "json", *options).out)["findings"]
    return [(one["code"], one["severity"], one["line"], one["message"]) for one in told if one["code"][:3] == "K13"]


def line_of(words: str) -> int:
    lines = _PLAN.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_plan_issued_after_the_replacement_is_warned_at_its_line(folder: Path, kehoach: Kehoach) -> None:
    del folder
    # The second run knows what the first one found.
    for _ in range(2):
        ((code, severity, line, message),) = found(kehoach)
        assert (code, severity, line) == ("K130", "warning", line_of("basis:"))
        assert message == (
            "Nghị định mẫu số 19/2015/NĐ-CP ngày 14/02/2015 không còn hiệu lực khi ban hành kế hoạch: đã được thay thế bởi Nghị"
            " định mới số 8/2022/NĐ-CP ngày 10/01/2022, từ ngày 10/01/2022 (nguồn: Điều 168 Nghị định 8/2022/NĐ-CP)"
        )


def test_a_plan_that_cited_what_was_in_force_is_not_accused(folder: Path, kehoach: Kehoach) -> None:
    del folder
    edit("from: 2022-01-10", "from: 2022-01-11", _LEGAL)
    assert found(kehoach) == []
    edit("from: 2022-01-11", "from: 2022-01-10", _LEGAL)
    assert len(found(kehoach)) == 1


def test_what_is_uncertain_is_a_remark_that_says_so(folder: Path, kehoach: Kehoach) -> None:
    del folder
    edit("certain: true", "certain: false", _LEGAL)
    ((code, severity, _, message),) = found(kehoach)
    assert (code, severity) == ("K131", "info")
    assert "có thể không còn hiệu lực" in message
    assert "CHƯA CHẮC CHẮN" in message
    shown = kehoach("show", "I.1").out
    assert "có thể đã được thay thế bởi" in " ".join(shown.split())


def test_a_number_in_a_text_counts_and_a_longer_number_does_not(folder: Path, kehoach: Kehoach) -> None:
    del folder
    edit(_BASIS, "")
    edit("nước thải.", "nước thải theo Nghị định số 19/2015/NĐ-CP ngày 14/02/2015.")
    ((code, _, line, _),) = found(kehoach)
    assert (code, line) == ("K130", line_of("19/2015/NĐ-CP"))
    edit("số 19/2015", "số 119/2015")
    assert found(kehoach) == []


def test_a_law_without_a_number_is_known_by_title_and_day(folder: Path, kehoach: Kehoach) -> None:
    del folder
    edit("{number: 19/2015/NĐ-CP, date", "{date")
    assert len(found(kehoach)) == 1
    edit('date: "2015-02-14"', 'date: "2015-02-15"')
    assert found(kehoach) == []


def test_show_and_report_tell_on_the_day_of_the_question(folder: Path, kehoach: Kehoach) -> None:
    del folder
    edit("from: 2022-01-10", "from: 2025-06-01", _LEGAL)
    before = kehoach("show", "I-ct9", "--as-of", "2025-05-31", "-f", "json")
    after = kehoach("show", "I-ct9", "--as-of", "2025-06-01", "-f", "json")
    assert json.loads(before.out)["items"][0]["replaced_documents"] == []
    (one,) = json.loads(after.out)["items"][0]["replaced_documents"]
    assert (one["document"]["number"], one["from"], one["certain"]) == ("19/2015/NĐ-CP", "2025-06-01", True)
    assert "Hiệu lực của văn bản được viện dẫn" in kehoach("show", "I.1", "--as-of", "2025-06-01").out
    for day, told in (("2025-05-31", 0), ("2025-06-01", 1)):
        ran = kehoach("report", "--year", "2025", "--as-of", day, "-f", "json")
        (report,) = json.loads(ran.out)["items"]
        assert sum("Căn cứ: Kế hoạch viện dẫn Nghị định mẫu" in note for note in report["notes"]) == told


def test_a_broken_register_is_told_and_hides_nothing(folder: Path, kehoach: Kehoach) -> None:
    del folder
    edit("    certain: true\n", "", _LEGAL)
    ran = kehoach("tasks")
    assert ran.code == 1
    assert "legal.yaml" in ran.err
    assert "I.1" in ran.out
    assert kehoach("lint", str(_LEGAL)).code == 1


def test_only_plans_are_plans(folder: Path, kehoach: Kehoach) -> None:
    del folder
    told = json.loads(kehoach("plans", "-f", "json").out)
    assert [one["id"] for one in told["items"]] == ["kh-mau"]
    assert told["findings"] == []


def test_the_shipped_plans_have_no_finding_and_the_shipped_doubt_is_told(
    kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kehoach("lint", "--strict").code == 0
    assert found(kehoach) == []
    told = json.loads(kehoach("show", "qd-3825/PL.V.6", "-f", "json").out)["items"][0]["replaced_documents"]
    assert [(one["document"]["number"], one["certain"]) for one in told] == [("77/2015/QH13", False)]
    assert json.loads(kehoach("show", "kh-176/III.1.1", "-f", "json").out)["items"][0]["replaced_documents"] == []
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    late = Path("plans/qd-3825.yaml")
    edit("date: 2023-10-18", "date: 2025-07-18", late)
    assert [(code, severity) for code, severity, *_ in found(kehoach)] == [("K131", "info")]
