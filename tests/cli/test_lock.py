"""A closed period stays as it was: collect and undo refuse it, adjust changes one value with a reason, lint sees the rest."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kehoach_cli.store.readers.journal import journal_of
from tests.cli.test_collecting import TARGET, contents, flat, form, journal, value
from tests.conftest import Ran
from tests.fuzz.inputs import small, write

Kehoach = Callable[..., Ran]
LOCK = Path("progress/2025/lock.yaml")
ADJUST = ("adjust", "kh-mau/I-ct9", "--agency", "Sở Tài nguyên", "--period", "2025", "--reason", "Đơn vị đính chính")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:
    """A workspace with two plans and one submission of 2025 on each, which is the current folder."""
    files = {name: data for name, data in small().items() if not name.startswith("progress")}
    files["plans/kh-hai.yaml"] = files["plans/kh-mau.yaml"].replace(b"id: kh-mau", b"id: kh-hai")
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    form("in/a.yaml", value("95") + "tasks:\n  I.1: {status: in_progress}\n")
    text = Path("in/a.yaml").read_text(encoding="utf-8")
    Path("in/hai.yaml").write_text(text.replace("kh-mau", "kh-hai"), encoding="utf-8")
    assert kehoach("collect", "in").code == 0
    return tmp_path


def changed(name: str = "in/b.yaml", text: str = "96", **head: Any) -> Path:
    """Write a later form with another value."""
    return form(name, value(text), sent="2025-12-22", **head)


def codes(ran: Ran) -> list[tuple[str, str]]:
    return [(one["code"], Path(one["file"]).name) for one in json.loads(ran.out)["findings"]]


def lint(kehoach: Kehoach, *paths: str) -> list[tuple[str, str]]:
    return codes(kehoach("lint", "-f", "json", *paths))


def line_of(kehoach: Kehoach, year: str, plan: str = "kh-mau") -> dict[str, Any]:
    """The row of the indicator in a report."""
    ran = kehoach("report", "--year", year, "--plan", plan, "-f", "json")
    (data,) = json.loads(ran.out)["items"]
    (line,) = [one for group in data["indicators"]["groups"] for one in group["lines"]]
    found: dict[str, Any] = line
    return found


@pytest.mark.usefixtures("folder")
class TestLock:
    """What closing keeps, and what it refuses."""

    def test_keeps_the_assessment_and_what_it_rests_on(self, kehoach: Kehoach) -> None:
        Path("reports/2025").mkdir(parents=True)
        Path("reports/2025/bao-cao-kh-mau-2025.docx").write_bytes(b"docx")
        ran = kehoach("lock", "2025", "--by", "Nguyễn Văn A")
        assert ran.code == 0
        assert "Đã chốt năm 2025 của kh-mau: 1 báo cáo, số liệu đến ngày 14/12/2025." in flat(ran)
        text = LOCK.read_text(encoding="utf-8")
        assert next(line for line in text.splitlines() if not line.startswith("#")) == "kehoach: lock/1"
        assert text.count('by: "Nguyễn Văn A"') == text.count("as_of: 2025-12-14") == 2
        assert text.count('"verdict":"met"') == 2
        for kind in ("plan", "registry", "settings", "template", "report"):
            assert f'{{kind: "{kind}"' in text
        assert [one["act"] for one in journal() if "act" in one] == ["lock", "lock"]
        assert lint(kehoach) == []

    @pytest.mark.parametrize("force", [(), ("--force",)])
    def test_collect_refuses_what_would_change_it(self, kehoach: Kehoach, force: tuple[str, ...]) -> None:
        kehoach("lock", "2025")
        before = contents()
        changed()
        ran = kehoach("collect", "in/b.yaml", *force)
        assert ran.code == 3
        assert "kỳ 2025 của kh-mau đã chốt ngày 31/12/2025" in flat(ran)
        assert "kehoach adjust kh-mau/MÃ" in flat(ran)
        after = contents()
        assert after.pop("progress/journal.jsonl") != before.pop("progress/journal.jsonl")
        assert after == before
        assert journal()[-1]["refused"] == "kỳ 2025 của kh-mau đã chốt ngày 31/12/2025"

    def test_a_form_that_changes_nothing_is_still_taken(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        before = contents()
        assert kehoach("collect", "in").code == 0
        assert contents() == before

    def test_an_agency_that_had_sent_nothing_cannot_come_later(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        path = changed()
        path.write_text(path.read_text(encoding="utf-8").replace("so-a", "so-b"), encoding="utf-8")
        assert kehoach("collect", "in/b.yaml").code == 3
        assert not Path("progress/2025/kh-mau--so-b.yaml").exists()

    def test_closes_one_plan_and_leaves_the_others_open(self, kehoach: Kehoach) -> None:
        assert kehoach("lock", "2025", "--plan", "kh-mau").code == 0
        path = changed()
        text = path.read_text(encoding="utf-8")
        Path("in/b-hai.yaml").write_text(text.replace("kh-mau", "kh-hai"), encoding="utf-8")
        ran = kehoach("collect", "in/b.yaml", "in/b-hai.yaml")
        assert ran.code == 3
        assert '"95"' in Path(TARGET).read_text(encoding="utf-8")
        assert '"96"' in Path("progress/2025/kh-hai--so-a.yaml").read_text(encoding="utf-8")
        # The other plan can be closed afterwards; the first one is left as it is.
        ran = kehoach("lock", "2025")
        assert ran.code == 0
        assert "Không chốt kh-mau kỳ 2025 đã chốt" in flat(ran)
        assert LOCK.read_text(encoding="utf-8").count("assessment:") == 2

    def test_a_year_closed_leaves_the_next_one_open(self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
        kehoach("lock", "2025")
        monkeypatch.setenv("KEHOACH_TODAY", "2026-12-31")
        form("in/sau.yaml", value("97"), year=2026, cutoff="2026-12-14", sent="2026-12-15")
        assert kehoach("collect", "in/sau.yaml").code == 0

    def test_closes_a_quarter_and_leaves_the_year_open(self, kehoach: Kehoach) -> None:
        path = form("in/q.yaml", "period: 2025-Q3\n" + value("90"), cutoff="2025-09-14", sent="2025-09-15")
        assert kehoach("collect", "in/q.yaml").code == 0
        assert kehoach("lock", "2025-Q3").code == 0
        assert Path("progress/2025-Q3/lock.yaml").exists()
        path.write_text(
            path.read_text(encoding="utf-8").replace('"90"', '"91"').replace("09-15", "09-16"), encoding="utf-8"
        )
        assert kehoach("collect", "in/q.yaml").code == 3
        changed()
        assert kehoach("collect", "in/b.yaml").code == 0
        assert "K65" not in str(lint(kehoach))

    def test_undo_is_refused(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        before = contents()
        ran = kehoach("collect", "--undo")
        assert (ran.code, contents()) == (3, before)
        assert "không hoàn lại được: kỳ 2025 của" in flat(ran)
        assert "kehoach adjust" in flat(ran)

    def test_opening_needs_a_reason_and_is_journalled(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        assert kehoach("lock", "2025", "--open").code == 2
        assert LOCK.exists()
        ran = kehoach("lock", "--open", "2025", "--plan", "kh-mau", "--reason", "Gửi lại toàn bộ", "--by", "B")
        assert ran.code == 0
        last = journal()[-1]
        assert (last["act"], last["plan"], last["reason"], last["by"]) == ("open", "kh-mau", "Gửi lại toàn bộ", "B")
        assert "kh-mau" not in LOCK.read_text(encoding="utf-8").split("plans:")[1].split("\n")[1]
        changed()
        assert kehoach("collect", "in/b.yaml").code == 0
        assert kehoach("lock", "--open", "2025", "--plan", "kh-mau", "--reason", "x").code == 3
        assert kehoach("lock", "--open", "2025", "--reason", "x").code == 0
        assert not LOCK.exists()
        assert kehoach("lock", "--open", "2025", "--reason", "x").code == 3

    def test_what_is_closed_or_empty_is_said(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        ran = kehoach("lock", "2025", "--plan", "kh-mau")
        assert ran.code == 3
        assert 'kehoach lock --open 2025 --plan kh-mau --reason "…"' in flat(ran)
        assert kehoach("lock", "2024").code == 3
        assert kehoach("lock", "2024", "--plan", "kh-mau").code == 2
        assert kehoach("lock", "2025-Q5").code == 2
        assert not Path("progress/2024").exists()

    def test_is_refused_where_a_file_cannot_be_read(self, kehoach: Kehoach) -> None:
        Path("progress/2025/kh-mau--so-b.yaml").write_text("kehoach: progress/1\nplan: kh-mau\n", encoding="utf-8")
        ran = kehoach("lock", "2025")
        assert (ran.code, LOCK.exists()) == (3, False)
        assert "kh-mau--so-b.yaml bị lỗi" in flat(ran)

    @pytest.mark.parametrize(
        "text", ["kehoach: lock/1\nperiod: 2025\n", "<<<<<<< HEAD\nkehoach: lock/1\n", "", "a: [\n"]
    )
    def test_a_lock_that_cannot_be_read_locks_everything(self, kehoach: Kehoach, text: str) -> None:
        LOCK.write_text(text, encoding="utf-8")
        before = contents()
        changed()
        for command in (("collect", "in/b.yaml"), ("collect", "--undo"), ("lock", "2025"), (*ADJUST, "--value", "96")):
            ran = kehoach(*command)
            assert (ran.code, contents()) == (3, before), command
            assert "tệp chốt không đọc được" in flat(ran) or "bị lỗi" in flat(ran)
        assert kehoach("lint").code == 1

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('"value":"95"', '"value":"95\\u001b[31m"'),
            ('"verdict":"met"', '"verdict":' + "[" * 100_000),
            ('{"indicators":[', "{["),
            ("2025-12-31T", "hôm qua "),
            ("as_of: 2025", "as_of: 20x5"),
        ],
    )
    def test_a_damaged_lock_is_said_with_its_place(self, kehoach: Kehoach, old: str, new: str) -> None:
        kehoach("lock", "2025")
        LOCK.write_text(LOCK.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        (found,) = json.loads(kehoach("lint", "-f", "json").out)["findings"]
        assert (found["code"] in {"K103", "K501", "K402"}, found["line"] > 4) == (True, True)
        assert kehoach("collect", "in").code == 3
        assert "\x1b" not in kehoach("report", "--year", "2026", "-f", "json").out

    def test_a_lock_moved_to_another_period_is_an_error(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        Path("progress/2024").mkdir()
        LOCK.rename("progress/2024/lock.yaml")
        assert lint(kehoach) == [("K103", "lock.yaml")]

    def test_is_never_taken_for_a_submission(self, kehoach: Kehoach) -> None:
        before = kehoach("check", "-f", "json", "--fail-on", "none").out
        kehoach("lock", "2025")
        assert kehoach("check", "-f", "json", "--fail-on", "none").out == before
        assert kehoach("check", "progress/2025", "-f", "json", "--fail-on", "none").out == before
        assert lint(kehoach, "progress/2025/lock.yaml") == []


@pytest.mark.usefixtures("folder")
class TestLint:
    """What differs from what was closed."""

    @pytest.fixture(autouse=True)
    def _locked(self, folder: Path, kehoach: Kehoach) -> None:  # noqa: ARG002 - comes before
        kehoach("lock", "2025", "--plan", "kh-mau")

    def edit(self, old: str, new: str) -> None:
        text = Path(TARGET).read_text(encoding="utf-8")
        assert old in text
        Path(TARGET).write_text(text.replace(old, new), encoding="utf-8", newline="")

    @pytest.mark.parametrize(("old", "new"), [('"95"', '"96"'), ("in_progress", "done"), ("2025-12-14", "2025-12-13")])
    def test_a_changed_value_is_an_error(self, kehoach: Kehoach, old: str, new: str) -> None:
        self.edit(old, new)
        assert ("K650", "kh-mau--so-a.yaml") in lint(kehoach)
        assert ("K650", "kh-mau--so-a.yaml") in lint(kehoach, TARGET)
        assert kehoach("lint").code == 1
        assert "kehoach adjust" in kehoach("lint").out

    @pytest.mark.parametrize(
        ("old", "new"), [("\n", "\r\n"), ("kehoach:", "# Ghi chú.\nkehoach:"), ('value: "95"', "value: 95")]
    )
    def test_another_look_of_the_same_values_is_none(self, kehoach: Kehoach, old: str, new: str) -> None:
        self.edit(old, new)
        assert lint(kehoach) == []

    def test_a_submission_that_came_or_went_is_an_error(self, kehoach: Kehoach) -> None:
        moved = Path("progress/2025/kh-mau--so-b.yaml")
        Path(TARGET).rename(moved)
        assert "K65" not in str(lint(kehoach))
        moved.write_text(moved.read_text(encoding="utf-8").replace("so-a", "so-b"), encoding="utf-8")
        assert {("K650", moved.name), ("K651", "lock.yaml")} <= set(lint(kehoach))
        moved.unlink()
        assert lint(kehoach) == [("K651", "lock.yaml")]
        # Also where only a file beside the lock is named.
        assert lint(kehoach, "progress/2025/kh-hai--so-a.yaml") == [("K651", "lock.yaml")]

    def test_check_and_report_say_it_too(self, kehoach: Kehoach) -> None:
        self.edit('"95"', '"96"')
        assert "K650" in kehoach("check", "--year", "2025").out
        assert "K650" not in kehoach("check", "in/a.yaml", "--year", "2025").out

    def test_report_names_the_other_files_that_changed(self, kehoach: Kehoach) -> None:
        ran = kehoach("report", "--year", "2025", "--plan", "kh-mau", "-f", "json")
        assert "so với lúc chốt" not in ran.err
        for name in ("plans/kh-mau.yaml", "plans/agencies/mau.yaml", "kehoach.toml"):
            path = Path(name)
            path.write_bytes(path.read_bytes() + b"# x\n")
        Path("plans/kh-hai.yaml").write_bytes(Path("plans/kh-hai.yaml").read_bytes() + b"# x\n")
        err = " ".join(kehoach("report", "--year", "2025", "-f", "json").err.split())
        for word in ('kế hoạch "plans/kh-mau.yaml"', 'danh bạ "plans/agencies/mau.yaml"', 'cài đặt "kehoach.toml"'):
            assert f"kh-mau đã chốt ngày 31/12/2025, nhưng {word} đã thay đổi so với lúc chốt." in err
        assert "kh-hai đã chốt" not in err

    def test_report_tells_a_template_that_is_new(self, kehoach: Kehoach) -> None:
        kehoach("templates", "export", "bao-cao-nam", "-o", "templates")
        path = Path("templates/bao-cao-nam.docx")
        path.write_bytes(path.read_bytes() + b"x")
        assert 'mẫu "templates/bao-cao-nam.docx" đã thay đổi' in flat(kehoach("report", "-y", "2025", "-f", "json"))


@pytest.mark.usefixtures("folder")
class TestAdjust:
    """One value, its reason, its journal and its lock change together."""

    def test_in_a_closed_period_every_later_report_says_so(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kehoach("lock", "2025")
        ran = kehoach(*ADJUST, "--value", "84,2", "--document", "15/BC-STN ngày 05/01/2026", "--by", "B")
        assert ran.code == 0
        assert "Đã điều chỉnh sau khi chốt" in flat(ran)
        assert 'kh-mau/I-ct9: Giá trị: "95" → "84,2"' in flat(ran)
        assert 'value: "84,2"' in Path(TARGET).read_text(encoding="utf-8")
        assert lint(kehoach) == []
        assert '"verdict":"missed"' in LOCK.read_text(encoding="utf-8")
        line = line_of(kehoach, "2025")
        assert (line["result"], line["note"]) == ("84,2", "Điều chỉnh sau khi chốt (số đã chốt: 95)")
        assert line_of(kehoach, "2025", "kh-hai")["note"] == ""
        monkeypatch.setenv("KEHOACH_TODAY", "2026-12-31")
        form("in/sau.yaml", value("97"), year=2026, cutoff="2026-12-14", sent="2026-12-15")
        kehoach("collect", "in/sau.yaml")
        line = line_of(kehoach, "2026")
        assert line["previous"] == "84,2"
        assert "kết quả năm trước điều chỉnh sau khi chốt (số đã chốt: 95)" in line["note"].lower()
        last = [
            one for one in json.loads(kehoach("history", "kh-mau/I-ct9", "-f", "json").out)["items"] if one["adjusted"]
        ]
        assert [(one["old"], one["new"], one["closed"], one["document"], one["by"]) for one in last] == [
            ("95", "84,2", True, "15/BC-STN ngày 05/01/2026", "B")
        ]
        shown = flat(kehoach("history", "kh-mau/I-ct9"))
        assert "điều chỉnh sau khi chốt" in shown
        assert "Đơn vị đính chính" in shown

    def test_in_a_closed_period_show_and_check_say_so_too(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        mark = "điều chỉnh sau khi chốt (số đã chốt: 95)"
        assert mark not in flat(kehoach("show", "kh-mau/I-ct9")).lower()
        assert mark not in flat(kehoach("check", "--year", "2025"))
        kehoach(*ADJUST, "--value", "84,2", "--document", "15/BC-STN ngày 05/01/2026")
        closed = {"path": ["indicators", "I-ct9", "value"], "locked": "95", "reason": "Đơn vị đính chính"}
        wanted = [closed | {"document": "15/BC-STN ngày 05/01/2026"}]
        for format_ in ("md", "csv"):
            assert kehoach("check", "--year", "2025", "-f", format_).out.count(mark) == 1
        rows = json.loads(kehoach("check", "--year", "2025", "-f", "json").out)["items"]
        assert {one["ref"]: one["adjusted"] for one in rows} == {"kh-mau/I-ct9": wanted, "kh-hai/I-ct9": []}
        assert mark in flat(kehoach("show", "kh-mau/I-ct9")).lower()
        assert mark not in flat(kehoach("show", "kh-hai/I-ct9")).lower()
        (shown,) = json.loads(kehoach("show", "kh-mau/I-ct9", "-f", "json").out)["items"]
        assert [one["adjusted"] for one in shown["submissions"]] == [wanted]

    def test_an_answer_on_a_task_is_marked_in_show_and_tasks(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        kehoach("adjust", "kh-mau/I.1", *ADJUST[2:], "--set", "status=paused")
        mark = "điều chỉnh sau khi chốt (trạng thái, đã chốt: đang"
        assert mark in flat(kehoach("show", "kh-mau/I.1")).lower()
        for format_ in ("md", "csv"):
            assert kehoach("tasks", "-f", format_).out.lower().count(mark) == 1
        rows = json.loads(kehoach("tasks", "--agency", "Sở Tài nguyên", "-f", "json").out)["items"]
        assert [one["ref"] for one in rows if one["adjusted"]] == ["kh-mau/I.1"]

    def test_a_value_that_came_back_is_not_marked(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        kehoach(*ADJUST, "--value", "84,2")
        kehoach(*ADJUST, "--value", "95")
        assert line_of(kehoach, "2025")["note"] == ""
        assert "điều chỉnh" not in kehoach("check", "--year", "2025").out
        assert lint(kehoach) == []

    def test_what_was_changed_by_hand_is_not_covered_up(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        path = Path(TARGET)
        path.write_text(path.read_text(encoding="utf-8").replace("in_progress", "not_started"), encoding="utf-8")
        before = contents()
        ran = kehoach(*ADJUST, "--value", "84,2")
        assert (ran.code, contents()) == (3, before)
        assert "không còn như lúc chốt (K650)" in flat(ran)

    def test_closed_again_it_is_no_longer_marked(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        kehoach(*ADJUST, "--value", "84,2")
        kehoach("lock", "--open", "2025", "--reason", "Ký lại")
        kehoach("lock", "2025")
        assert line_of(kehoach, "2025")["note"] == ""

    def test_in_an_open_period_it_is_a_correction(self, kehoach: Kehoach) -> None:
        ran = kehoach(*ADJUST, "--value", "84,2")
        assert ran.code == 0
        assert "năm 2025 của kh-mau chưa chốt" in flat(ran)
        assert line_of(kehoach, "2025")["note"] == ""
        last = journal()[-1]
        assert (last["act"], last["old"], last["new"], last["reason"]) == ("adjust", "95", "84,2", "Đơn vị đính chính")
        # The form of before does not take it back.
        assert kehoach("collect", "in/a.yaml").code == 0
        assert 'value: "84,2"' in Path(TARGET).read_text(encoding="utf-8")
        assert kehoach("collect", "--undo").code == 3
        assert 'value: "84,2"' in Path(TARGET).read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("answers", "line"),
        [
            (("--set", "status=đã hoàn thành", "--set", "completed=05/12/2025"), "status: done"),
            (
                ("--set", "documents=345/UBND-NN ngày 10/11/2025"),
                'documents: [{number: "345/UBND-NN", date: 2025-11-10}]',
            ),
            (("--set", "extension.to=2026-06-30", "--set", "extension.document=1/QĐ ngày 1/12/2025"), "to: 2026-06-30"),
            (("--set", "done_this_year=có"), "done_this_year: true"),
        ],
    )
    def test_of_a_task(self, kehoach: Kehoach, answers: tuple[str, ...], line: str) -> None:
        kehoach("lock", "2025")
        ran = kehoach("adjust", "kh-mau/I.1", "-a", "so-a", "--period", "2025", "--reason", "x", *answers)
        assert ran.code == 0, ran.err
        assert line in Path(TARGET).read_text(encoding="utf-8")
        assert [one for one in lint(kehoach) if one[0] in {"K650", "K651"}] == []
        (data,) = json.loads(kehoach("report", "-y", "2025", "-p", "kh-mau", "-f", "json").out)["items"]
        (task,) = [one for group in data["tasks"]["groups"] for one in group["lines"]]
        assert "Điều chỉnh sau khi chốt" in task["note"]

    def test_a_value_is_taken_back(self, kehoach: Kehoach) -> None:
        kehoach("lock", "2025")
        assert kehoach(*ADJUST, "--value", "(xóa)").code == 0
        assert "I-ct9:" not in Path(TARGET).read_text(encoding="utf-8")
        assert (journal()[-1]["old"], journal()[-1].get("new")) == ("95", None)
        assert lint(kehoach) == []
        assert '"verdict":"no_data"' in LOCK.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("command", "code", "said"),
        [
            ((*ADJUST, "--value", "mười hai"), 3, "K604"),
            ((*ADJUST, "--value", "95"), 2, "đã đúng như vậy"),
            ((*ADJUST, "--value", " "), 2, "để trống"),
            (ADJUST, 2, "thiếu giá trị mới"),
            ((*ADJUST, "--set", "vaule=96"), 2, "các khóa có: value"),
            ((*ADJUST, "--set", "status=done"), 2, "các khóa có: value"),
            ((*ADJUST[:-1], " ", "--value", "96"), 2, "--reason để trống"),
            ((*ADJUST, "--agency", "so-b", "--value", "96"), 2, "chưa có báo cáo về kh-mau năm 2025"),
            ((*ADJUST, "--period", "2024", "--value", "96"), 2, "kehoach collect"),
        ],
    )
    def test_what_cannot_be_changed_changes_nothing(
        self, kehoach: Kehoach, command: tuple[str, ...], code: int, said: str
    ) -> None:
        kehoach("lock", "2025")
        before = contents()
        ran = kehoach(*command)
        assert (ran.code, contents()) == (code, before), ran.err
        assert said in flat(ran)


@pytest.mark.usefixtures("folder")
def test_next_year_takes_last_years_results_from_the_lock(kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    kehoach("lock", "2025", "--plan", "kh-mau")
    for name in (TARGET, "progress/2025/kh-hai--so-a.yaml"):
        path = Path(name)
        path.write_text(path.read_text(encoding="utf-8").replace('"95"', '"50"'), encoding="utf-8")
    monkeypatch.setenv("KEHOACH_TODAY", "2026-12-31")
    assert line_of(kehoach, "2026")["previous"] == "95"
    assert line_of(kehoach, "2026", "kh-hai")["previous"] == "50"
    traced = kehoach("report", "-y", "2026", "-p", "kh-mau", "-f", "json", "--trace").out
    assert "progress/2025/lock.yaml" in traced


@pytest.mark.usefixtures("folder")
def test_next_years_form_takes_last_years_results_from_the_lock(kehoach: Kehoach) -> None:
    kehoach("lock", "2025", "--plan", "kh-mau")
    for name in (TARGET, "progress/2025/kh-hai--so-a.yaml"):
        path = Path(name)
        path.write_text(path.read_text(encoding="utf-8").replace('"95"', '"50"'), encoding="utf-8")
    assert kehoach("form", "--agency", "Sở Tài nguyên", "--year", "2026", "-o", "nam-sau.yaml").code == 0
    told = re.findall(r"plan: (\S+)|Số liệu năm 2025: (.*)", Path("nam-sau.yaml").read_text(encoding="utf-8"))
    before: dict[str, str] = {}
    plan = ""
    for named, value_ in told:
        plan = named or plan
        before[plan] = value_ or before.get(plan, "")
    assert before == {"kh-mau": "95", "kh-hai": "50"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.usefixtures("folder")
def test_no_value_ever_disappears_from_the_journal(
    kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("KEHOACH_TODAY", "2026-03-01")
    chance = random.Random(seed)
    seen: set[str] = {"95"}
    closed: set[str] = set()
    for step in range(25):
        text, before = str(chance.randrange(60, 100)), contents()
        act = chance.choice(["collect", "collect", "adjust", "undo", "lock", "open"])
        plan = chance.choice(["kh-mau", "kh-hai"])
        path = form("in/x.yaml", value(text), sent=f"2026-01-{step + 1:02}")
        path.write_text(path.read_text(encoding="utf-8").replace("kh-mau", plan), encoding="utf-8")
        command = {
            "collect": ("collect", "in/x.yaml", *chance.choice([(), ("--force",)])),
            "adjust": ("adjust", f"{plan}/I-ct9", "-a", "so-a", "--period", "2025", "--value", text, "--reason", "r"),
            "undo": ("collect", "--undo"),
            "lock": ("lock", "2025", "--plan", plan),
            "open": ("lock", "--open", "2025", "--plan", plan, "--reason", "r"),
        }[act]
        ran = kehoach(*command)
        assert ran.code in {0, 1, 2, 3}, (step, command, ran.err)
        after = contents()
        entries = journal_of(Path("progress/journal.jsonl").read_bytes()).entries
        # The journal only grows, and knows every value that ever stood in a file.
        assert after["progress/journal.jsonl"].startswith(before["progress/journal.jsonl"])
        for name in ("kh-mau", "kh-hai"):
            standing = current(name)
            seen |= {standing} if standing else set()
            mine = [one for one in entries if one.plan == name and one.path == ("indicators", "I-ct9", "value")]
            assert (mine[-1].new if mine else None) == standing, (step, command)
            if name in closed and act != "adjust" and not (act == "open" and name == plan):
                file = f"progress/2025/{name}--so-a.yaml"
                assert after.get(file) == before.get(file), (step, command)
        closed ^= {plan} if act in {"lock", "open"} and ran.code == 0 else set()
        known = {value for one in entries for value in (one.old, one.new) if one.path[-1:] == ("value",)}
        assert seen <= known
        assert [one for one in lint(kehoach) if one[0] in {"K650", "K651"}] == [], (step, command)


def current(plan: str) -> str | None:
    """The value that stands in the progress file of a plan."""
    path = Path(f"progress/2025/{plan}--so-a.yaml")
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = [line.split('"')[1] for line in text.splitlines() if "value:" in line]
    return found[0] if found else None
