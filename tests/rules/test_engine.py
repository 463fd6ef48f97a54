"""What the engine does around the rules: suppression, selection, severities, strictness, changed files, fixing."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules import fix
from kehoach_cli.rules.engine import Selection
from tests.conftest import Ran
from tests.rules.workspaces import FILES, lay_over, linted, write

Kehoach = Callable[..., Ran]

TASKS = """
tasks:
  - id: I.1
    kind: task
    text: Kiểm tra việc xử lý nước thải.
    lead: [so-a, so-b]{end}
    schedule: 2022 - 2025
"""


def codes(folder: Path, example: str, selection: Selection | None = None) -> list[str]:
    return [finding.code for finding in linted(folder, "plan", lay_over(example, "plan").text, selection)]


def tasks(end: str = "", above: str = "") -> str:
    text = TASKS.replace("{end}", end)
    return text.replace("    lead:", f"{above}    lead:")


def test_the_day_of_a_withdrawal_is_no_agency(tmp_path: Path) -> None:
    withdrawn = "    withdrawn: {from: 2025-02-01, document: Quyết định số 1}\n"
    assert codes(tmp_path, tasks() + withdrawn) == ["K209"]
    assert codes(tmp_path, tasks() + withdrawn + "    now: {so-x: [{agency: so-y}]}\n") == ["K209", "K201", "K201"]


class TestSuppression:
    def test_at_the_end_of_the_line(self, tmp_path: Path) -> None:
        assert codes(tmp_path, tasks()) == ["K209"]
        assert codes(tmp_path, tasks("  # kehoach: ignore[K209] văn bản giao chung")) == []

    def test_on_the_line_above(self, tmp_path: Path) -> None:
        assert codes(tmp_path, tasks(above="    # kehoach: ignore[K209] văn bản giao chung\n")) == []
        assert codes(tmp_path, tasks(above="    # kehoach: ignore[K209] giao chung\n    # ghi chú khác\n")) == []

    def test_a_missing_reason_is_a_finding_and_suppresses_nothing(self, tmp_path: Path) -> None:
        assert sorted(codes(tmp_path, tasks("  # kehoach: ignore[K209]"))) == ["K009", "K209"]

    def test_an_unknown_code_is_a_finding(self, tmp_path: Path) -> None:
        assert sorted(codes(tmp_path, tasks("  # kehoach: ignore[K999] lý do"))) == ["K009", "K209"]
        assert sorted(codes(tmp_path, tasks("  # kehoach: ignore[] lý do"))) == ["K009", "K209"]

    def test_an_unused_one_is_reported_code_by_code(self, tmp_path: Path) -> None:
        found = linted(tmp_path, "plan", lay_over(tasks("  # kehoach: ignore[K209, K301] lý do"), "plan").text)
        assert [finding.code for finding in found] == ["K010"]
        assert "K301" in found[0].message
        assert "K209" not in found[0].message

    def test_an_unused_one_of_a_rule_not_run_is_not_reported(self, tmp_path: Path) -> None:
        selection = Selection(select=("K3", "K0"))
        assert codes(tmp_path, tasks("  # kehoach: ignore[K209] lý do"), selection) == []

    def test_another_line_is_not_covered(self, tmp_path: Path) -> None:
        text = tasks().replace("    kind: task", "    kind: task  # kehoach: ignore[K209] lý do")
        assert sorted(codes(tmp_path, text)) == ["K010", "K209"]

    def test_a_finding_inside_a_folded_text_is_covered_at_its_key(self, tmp_path: Path) -> None:
        folded = tasks().replace(
            "text: Kiểm tra việc xử lý nước thải.",
            "text: >-  # kehoach: ignore[K503] nguyên văn\n      Kiểm tra việc xử lý\n"
            "      nước thải hoá chất, hóa học, hóa dầu.",
        )
        assert codes(tmp_path, folded, Selection(select=("K503", "K010"))) == []

    def test_one_inside_a_text_is_no_comment(self, tmp_path: Path) -> None:
        quoted = tasks().replace("    kind: task", '    note: "xem # kehoach: ignore[K209] lý do"\n    kind: task')
        assert codes(tmp_path, quoted) == ["K209"]
        block = tasks().replace(
            "    kind: task", "    note: >-\n      xem\n      # kehoach: ignore[K209] lý do\n    kind: task"
        )
        assert codes(tmp_path, block) == ["K209"]

    def test_several_on_one_line(self, tmp_path: Path) -> None:
        ends = "  # kehoach: ignore[K209] văn bản giao chung # kehoach: ignore[K301] thừa"
        found = linted(tmp_path, "plan", lay_over(tasks(ends), "plan").text)
        assert [(finding.code, "K301" in finding.message) for finding in found] == [("K010", True)]

    @pytest.mark.parametrize(
        "comment", ["# kehoach: ignore K209 lý do", "# Kehoach: Ignore[K209] lý do", "# kehoach ignore[K209]"]
    )
    def test_a_misspelt_one_is_reported(self, tmp_path: Path, comment: str) -> None:
        assert sorted(codes(tmp_path, tasks(f"  {comment}"))) == ["K009", "K209"]

    @pytest.mark.parametrize("reason", [".", "x", "ok", "OK!", "---", "xx", "đúng rồi"])
    def test_a_reason_that_gives_none_is_none(self, tmp_path: Path, reason: str) -> None:
        text = lay_over(tasks(f"  # kehoach: ignore[K209] {reason}"), "plan").text
        found = {finding.code: finding.message for finding in linted(tmp_path, "plan", text)}
        assert sorted(found) == ["K009", "K209"]
        assert f'"{reason}" không nói vì sao' in found["K009"]

    def test_one_at_a_value_does_not_reach_into_the_next(self, tmp_path: Path) -> None:
        text = (
            tasks()
            .replace("thải.", "thải.  # kehoach: ignore[K209] lý do")
            .replace(" [so-a, so-b]", "\n      - so-a\n      - so-b")
        )
        assert sorted(codes(tmp_path, text)) == ["K010", "K209"]


class TestMessages:
    @pytest.mark.parametrize("written", ['"Kiê\u0309m tra, nước thải."', "Việc “Kiê\u0309m” tra.", "(Kiê\u0309m) tra."])
    def test_a_decomposed_word_is_quoted_without_the_signs_around_it(self, tmp_path: Path, written: str) -> None:
        text = lay_over(tasks().replace("Kiểm tra việc xử lý nước thải.", written), "plan").text
        (found,) = linted(tmp_path, "plan", text, Selection(select=("K502",)))
        assert 'chữ "Kiểm" viết' in found.message

    @pytest.mark.parametrize(("word", "expected"), [("\u0406\u0406", ["K504"]), ("\u041c\u043e\u0441\u043a\u0432\u0430", []),
                                                    ("\u0410 \u0434\u0430", []), ("\u0394T", []), ("3 \u03bcg", [])])  # fmt: skip
    def test_a_word_wholly_in_another_script_must_show_it(self, tmp_path: Path, word: str, expected: list[str]) -> None:
        text = tasks().replace("nước thải.", f"nước thải {word}.")
        assert codes(tmp_path, text, Selection(select=("K504",))) == expected


class TestOneSeverity:
    def test_lint_and_check_say_the_same_of_a_submission(
        self, tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = """
            submitted: 2052-12-01
            tasks:
              I.1: {status: done, completed: 2001-10-20, result: chưa}
              I.2: {status: in_progress, completed: 2025-10-20, condition_met: true}
            indicators:
              I-ct8: {value: {xã: "9"}}
            funding:
              - {source: Ngân sách tỉnh, planned: mười hai, spent: "-5", unit: triệu đồng}
        """
        write(tmp_path, "progress", lay_over(text, "progress").text)
        monkeypatch.chdir(tmp_path)
        linted_too = json.loads(kehoach("lint", "--format", "json").out)["findings"]
        checked = json.loads(kehoach("check", "progress", "--format", "json").out)["findings"]
        said = {(one["code"], one["severity"], one["line"]) for one in linted_too}
        assert {code for code, _, _ in said} == {"K604", "K613", "K630", "K633", "K635", "K637", "K638", "K641"}
        assert {(one["code"], one["severity"], one["line"]) for one in checked} == said


class TestSelection:
    @pytest.mark.parametrize(
        ("selection", "expected"),
        [
            (Selection(select=("K2",)), ["K209"]),
            (Selection(select=("K3",)), []),
            (Selection(ignore=("K209",)), []),
            (Selection(select=("K2",), ignore=("K20",)), []),
            (Selection(severities={"K209": None}), []),
            (Selection(severities={"K2": None}), []),
            (Selection(severities={"K2": None, "K20": Severity.INFO}), ["K209"]),
        ],
    )
    def test_prefixes_select_and_ignore(self, tmp_path: Path, selection: Selection, expected: list[str]) -> None:
        assert codes(tmp_path, tasks(), selection) == expected

    def test_severities_can_be_set(self, tmp_path: Path) -> None:
        selection = Selection(severities={"K209": Severity.ERROR})
        (finding,) = linted(tmp_path, "plan", lay_over(tasks(), "plan").text, selection)
        assert finding.severity is Severity.ERROR

    def test_findings_carry_their_source_line(self, tmp_path: Path) -> None:
        (finding,) = linted(tmp_path, "plan", lay_over(tasks(), "plan").text)
        assert finding.excerpt == "    lead: [so-a, so-b]"


@pytest.fixture
def workspace(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small workspace with one info finding, and the program started in it."""
    del kehoach
    write(tmp_path, "plan", lay_over(tasks(), "plan").text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


class TestCommand:
    def test_an_info_passes_and_an_error_fails(self, workspace: Path, kehoach: Kehoach) -> None:
        ran = kehoach("lint")
        assert ran.code == 0
        assert "K209" in ran.out
        plan = workspace / FILES["plan"]
        plan.write_text(plan.read_text(encoding="utf-8").replace("2022 - 2025", "2022 - 20255"), encoding="utf-8")
        ran = kehoach("lint")
        assert ran.code == 1
        assert "K401" in ran.out

    def test_strict_fails_on_warnings(self, workspace: Path, kehoach: Kehoach) -> None:
        (workspace / "kehoach.toml").write_text('[lint.severity]\nK209 = "warning"\n', encoding="utf-8")
        assert kehoach("lint").code == 0
        assert kehoach("lint", "--strict").code == 1

    def test_settings_select_and_ignore(self, workspace: Path, kehoach: Kehoach) -> None:
        (workspace / "kehoach.toml").write_text('[lint]\nignore = ["K2"]\n', encoding="utf-8")
        assert "K209" not in kehoach("lint").out
        (workspace / "kehoach.toml").write_text(
            '[lint]\nselect = "K2"\n[lint.severity]\nK209 = "nặng"\n', encoding="utf-8"
        )
        ran = kehoach("lint")
        assert ran.code == 1
        assert ran.out.count("K007") == 2

    @pytest.mark.parametrize(
        ("text", "line", "word"),
        [
            ('[lint]\nignore = ["K999"]\n', 2, "K999"),
            ('[lint.severity]\nK9 = "off"\n', 2, "K9"),
            ('strict_before = true\n[linter]\nignore = ["K2"]\n', 2, "lint"),
            ('[lint]\nignored = ["K2"]\n', 2, "ignore"),
            ("strict_before = true\nprovince = thanh-hoa\n", 2, "TOML"),
        ],
    )
    def test_a_slip_in_the_settings_is_reported_at_its_line(
        self, workspace: Path, kehoach: Kehoach, text: str, line: int, word: str
    ) -> None:
        (workspace / "kehoach.toml").write_text(text, encoding="utf-8")
        ran = kehoach("lint", "--format", "json")
        (finding,) = [found for found in json.loads(ran.out)["findings"] if found["code"] == "K007"]
        assert (ran.code, finding["file"], finding["line"]) == (1, "kehoach.toml", line)
        assert word in finding["message"]

    def test_without_a_workspace_it_cannot_run(
        self, tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        ran = kehoach("lint")
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.count("\n") == 1

    def test_a_folder_gives_what_is_ours(self, workspace: Path, kehoach: Kehoach) -> None:
        drafts = workspace / "nháp"
        (drafts / ".ẩn").mkdir(parents=True)
        for name, kind in (("kế hoạch", "plan"), ("danh bạ", "registry"), (".ẩn/x", "plan")):
            shutil.copy(workspace / FILES[kind], drafts / f"{name}.yaml")
        (drafts / "danh bạ.yaml").write_text(
            (drafts / "danh bạ.yaml").read_text(encoding="utf-8").replace("members: [so-a", "members: [so-khong"),
            encoding="utf-8",
        )
        (drafts / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
        ran = kehoach("lint", "nháp", "--format", "json")
        found = [(finding["file"], finding["code"]) for finding in json.loads(ran.out)["findings"]]
        # The draft bears the id of a plan of the workspace, which is no clash.
        assert found == [("nháp/danh bạ.yaml", "K202"), ("nháp/kế hoạch.yaml", "K209")]
        assert "compose.yaml" in ran.err

    def test_the_short_ending_counts_too(self, workspace: Path, kehoach: Kehoach) -> None:
        plan = workspace / FILES["plan"]
        plan.rename(plan.with_suffix(".yml"))
        found = json.loads(kehoach("lint", "--format", "json").out)["findings"]
        assert [(finding["file"], finding["code"]) for finding in found] == [("plans/kh-mau.yml", "K209")]

    def test_two_plans_of_one_id_name_each_other(self, workspace: Path, kehoach: Kehoach) -> None:
        shutil.copy(workspace / FILES["plan"], workspace / "plans" / "z.yaml")
        (finding,) = [f for f in json.loads(kehoach("lint", "--format", "json").out)["findings"] if f["code"] == "K105"]
        assert finding["file"] == "plans/z.yaml"
        assert "plans/kh-mau.yaml" in finding["message"]

    def test_paths_limit_what_is_checked(self, workspace: Path, kehoach: Kehoach) -> None:
        assert json.loads(kehoach("lint", "plans/agencies", "--format", "json").out)["summary"]["files"] == 1
        assert json.loads(kehoach("lint", "--format", "json").out)["summary"]["files"] == 2
        elsewhere = workspace / "khác" / "bản nháp.yaml"
        elsewhere.parent.mkdir()
        shutil.copy(workspace / FILES["plan"], elsewhere)
        elsewhere.write_text(
            elsewhere.read_text(encoding="utf-8").replace("id: kh-mau", "id: kh-khac"), encoding="utf-8"
        )
        found = json.loads(kehoach("lint", str(elsewhere), "--format", "json").out)
        assert [(finding["file"], finding["code"]) for finding in found["findings"]] == [("khác/bản nháp.yaml", "K209")]
        assert kehoach("lint", "không có").code == 2

    def test_findings_are_sorted_and_repeatable(self, workspace: Path, kehoach: Kehoach) -> None:
        del workspace
        assert kehoach("lint", "--format", "json").out == kehoach("lint", "--format", "json").out

    @pytest.mark.parametrize(
        "arguments", [("--select", "K9"), ("--ignore", "x"), ("--format", "xml"), ("--explain", "K999")]
    )
    def test_wrong_usage(self, workspace: Path, kehoach: Kehoach, arguments: tuple[str, ...]) -> None:
        del workspace
        assert kehoach("lint", *arguments).code == 2

    def test_github_actions_get_annotations_by_themselves(
        self, workspace: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        del workspace
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        assert kehoach("lint").out.startswith("::notice file=plans/kh-mau.yaml,line=")
        assert kehoach("lint", "--format", "text").out.startswith("plans/kh-mau.yaml:")

    def test_explain(self, kehoach: Kehoach) -> None:
        ran = kehoach("lint", "--explain", "k301")
        assert ran.code == 0
        for words in ("K301 target-not-understood", "Sai:", "Đúng:", "tối thiểu 80"):
            assert words in ran.out
        assert kehoach("lint", "--explain", "target-not-understood").out == ran.out

    def test_the_shipped_plans_pass_with_nothing_to_say(self, kehoach: Kehoach) -> None:
        found = json.loads(kehoach("lint", "--format", "json").out)
        assert found["findings"] == []
        assert found["summary"]["files"] == 8


class TestFix:
    def spoil(self, plan: Path) -> bytes:
        text = plan.read_text(encoding="utf-8")
        text = text.replace("text: Kiểm tra việc", "text: Kiê\u0309m tra  việc").replace(
            "schedule: 2022 - 2025",
            "schedule: 2022 - 2025   # hạn \n    note: Khoá học của tỉnh, khóa thứ hai, hóa chất.",
        )
        plan.write_bytes(text.replace("\n", "\r\n").encode())
        return plan.read_bytes()

    def test_fix_mends_what_is_safe_and_keeps_the_rest(self, workspace: Path, kehoach: Kehoach) -> None:
        plan = workspace / FILES["plan"]
        before = self.spoil(plan)
        shown = kehoach("lint", "--fix", "--diff")
        assert plan.read_bytes() == before
        assert "+    text: Kiểm tra việc xử lý nước thải." in shown.out
        ran = kehoach("lint", "--fix")
        after = plan.read_bytes().decode()
        assert "text: Kiểm tra việc xử lý nước thải.\r\n" in after
        assert "note: Khóa học của tỉnh" in after
        assert after.count("\r\n") == before.count(b"\r\n")
        assert "# hạn" in after
        assert {"K502", "K507", "K503"}.isdisjoint(ran.out.split())
        again = plan.read_bytes()
        kehoach("lint", "--fix")
        assert plan.read_bytes() == again

    @pytest.mark.parametrize("space", ["\u2009", "\u3000", "\u202f", "\u2003", "\u00a0"])
    def test_spaces_of_other_widths_become_spaces(self, workspace: Path, kehoach: Kehoach, space: str) -> None:
        plan = workspace / FILES["plan"]
        before = plan.read_text(encoding="utf-8")
        plan.write_text(before.replace("việc xử lý", f"việc{space}xử lý"), encoding="utf-8")
        assert f"U+{ord(space):04X}" in kehoach("lint").out
        kehoach("lint", "--fix")
        assert plan.read_text(encoding="utf-8") == before

    def test_traps_are_quoted(self, workspace: Path, kehoach: Kehoach) -> None:
        plan = workspace / FILES["plan"]
        text = plan.read_text(encoding="utf-8")
        plan.write_text(text.replace("    schedule:", "    note: 1.10\n    schedule:"), encoding="utf-8")
        kehoach("lint", "--fix")
        assert '    note: "1.10"\n' in plan.read_text(encoding="utf-8")

    def test_a_file_without_findings_stays_byte_for_byte(self, workspace: Path, kehoach: Kehoach) -> None:
        registry = workspace / FILES["registry"]
        before = registry.read_bytes()
        stamp = registry.stat().st_mtime_ns
        self.spoil(workspace / FILES["plan"])
        kehoach("lint", "--fix")
        assert (registry.read_bytes(), registry.stat().st_mtime_ns) == (before, stamp)

    def test_official_wording_keeps_its_tones(self, workspace: Path, kehoach: Kehoach) -> None:
        plan = workspace / FILES["plan"]
        text = plan.read_text(encoding="utf-8")
        plan.write_text(text.replace("nước thải.", "hoá chất, hóa học, hóa dầu."), encoding="utf-8")
        before = plan.read_bytes()
        assert "K503" in kehoach("lint", "--fix").out
        assert plan.read_bytes() == before

    def note(self, workspace: Path, lines: str) -> Path:
        plan = workspace / FILES["plan"]
        text = plan.read_text(encoding="utf-8")
        plan.write_text(text.replace("    schedule:", f"{lines}\n    schedule:"), encoding="utf-8")
        return plan

    @pytest.mark.parametrize(
        ("note", "expected"),
        [
            ("Khoá học, hóa chất, hóa học.", "Khóa học, hóa chất, hóa học."),
            ("Khóa học, hoá chất, hoá học.", "Khoá học, hoá chất, hoá học."),
            ("Văn bản viết “hoá chất” là hóa chất, hóa học.", None),
            ('Văn bản viết "hoá chất" là hóa chất, hóa học.', None),
        ],
    )
    def test_tones_go_the_way_of_the_file_and_quoted_words_stay(
        self, workspace: Path, kehoach: Kehoach, note: str, expected: str | None
    ) -> None:
        plan = self.note(workspace, f"    note: {note}")
        kehoach("lint", "--fix")
        assert f"note: {expected or note}\n" in plan.read_text(encoding="utf-8")

    def test_errata_and_a_text_that_looks_like_a_note_keep_their_tones(self, workspace: Path, kehoach: Kehoach) -> None:
        plan = workspace / FILES["plan"]
        text = plan.read_text(encoding="utf-8")
        official = "text: |-\n      Kiểm tra hóa chất, hóa học:\n      note: hoá chất"
        plan.write_text(text.replace("text: Kiểm tra việc xử lý nước thải.", official), encoding="utf-8")
        before = plan.read_bytes()
        assert "K503" in kehoach("lint", "--fix").out
        assert plan.read_bytes() == before

    def test_one_unsafe_line_does_not_keep_the_others(
        self, workspace: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan = self.note(workspace, "    note: Hai  chữ.")
        plan.write_text(plan.read_text(encoding="utf-8").replace("nước thải.", "nước  thải."), encoding="utf-8")
        fixed = fix.fixed
        monkeypatch.setattr(
            "kehoach_cli.cli.runtime.linting.fixed", lambda *given: fixed(*given).replace("Hai chữ", "Mất")
        )
        ran = kehoach("lint", "--fix")
        after = plan.read_text(encoding="utf-8")
        assert "nước thải." in after
        assert "note: Hai  chữ." in after
        assert "không sửa tự động được dòng" in ran.err

    def test_a_file_that_cannot_be_read_does_not_stop_the_others(self, workspace: Path, kehoach: Kehoach) -> None:
        (workspace / "plans" / "hỏng.yaml").write_bytes(b"kehoach: plan/1\nname: \xff\n")
        plan = self.note(workspace, "    note: Hai  chữ.")
        assert kehoach("lint", "--fix").code == 1
        assert "note: Hai chữ." in plan.read_text(encoding="utf-8")

    def test_spaces_round_a_comment_stay(self, workspace: Path, kehoach: Kehoach) -> None:
        plan = self.note(workspace, "    note: Hai  chữ.   #  ghi   thêm")
        kehoach("lint", "--fix")
        assert "    note: Hai chữ.   #  ghi   thêm\n" in plan.read_text(encoding="utf-8")

    def test_a_link_stays_a_link_and_a_locked_file_stays_as_it_is(self, workspace: Path, kehoach: Kehoach) -> None:
        plan = self.note(workspace, "    note: Hai  chữ.")
        real = workspace / "thật.yaml"
        plan.rename(real)
        plan.symlink_to(real)
        real.chmod(0o444)
        assert kehoach("lint", "--fix").code == 3
        assert "Hai  chữ." in real.read_text(encoding="utf-8")
        real.chmod(0o644)
        assert kehoach("lint", "--fix").code == 0
        assert plan.is_symlink()
        assert "Hai chữ." in real.read_text(encoding="utf-8")

    def test_diff_with_nothing_to_mend_still_tells_what_was_found(self, workspace: Path, kehoach: Kehoach) -> None:
        del workspace
        ran = kehoach("lint", "--diff")
        assert ran.out == ""
        assert "Tổng cộng: 1" in ran.err


class TestChangedSince:
    @pytest.fixture
    def repository(self, workspace: Path) -> Path:
        shutil.copy(workspace / FILES["plan"], workspace / "plans" / "kh-hai.yaml")
        second = workspace / "plans" / "kh-hai.yaml"
        second.write_text(second.read_text(encoding="utf-8").replace("id: kh-mau", "id: kh-hai"), encoding="utf-8")
        for command in (
            ["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "a"],
        ):  # fmt: skip
            subprocess.run(["git", *command], cwd=workspace, check=True)
        return workspace

    def files(self, kehoach: Kehoach, *arguments: str) -> set[str]:
        found = json.loads(kehoach("lint", "--changed-since", *arguments, "--format", "json").out)
        return {finding["file"] for finding in found["findings"]}

    def test_only_changed_files_and_their_dependants(self, repository: Path, kehoach: Kehoach) -> None:
        assert self.files(kehoach, "HEAD") == set()
        plan = repository / FILES["plan"]
        plan.write_text(plan.read_text(encoding="utf-8") + "# đổi\n", encoding="utf-8")
        assert self.files(kehoach, "HEAD") == {"plans/kh-mau.yaml"}
        registry = repository / FILES["registry"]
        registry.write_text(registry.read_text(encoding="utf-8") + "# đổi\n", encoding="utf-8")
        assert self.files(kehoach, "HEAD") == {"plans/kh-mau.yaml", "plans/kh-hai.yaml"}

    def test_untracked_files_count_as_changed(self, repository: Path, kehoach: Kehoach) -> None:
        third = repository / "plans" / "kế hoạch ba.yaml"
        text = (repository / FILES["plan"]).read_text(encoding="utf-8")
        third.write_text(text.replace("id: kh-mau", "id: kh-ba"), encoding="utf-8")
        assert self.files(kehoach, "HEAD") == {"plans/kế hoạch ba.yaml"}

    def test_what_a_deleted_file_breaks_is_told(self, repository: Path, kehoach: Kehoach) -> None:
        (repository / FILES["registry"]).unlink()
        assert self.files(kehoach, "HEAD") == {"plans/kh-mau.yaml", "plans/kh-hai.yaml", FILES["registry"]}

    def test_a_new_id_that_clashes_with_an_old_file_is_told(self, repository: Path, kehoach: Kehoach) -> None:
        shutil.copy(repository / FILES["plan"], repository / "plans" / "a.yaml")
        assert self.files(kehoach, "HEAD") == {"plans/a.yaml", "plans/kh-mau.yaml"}

    @pytest.mark.parametrize("revision", ["không-có", "--output=x", "-p", ""])
    def test_a_wrong_revision_is_wrong_usage(self, repository: Path, kehoach: Kehoach, revision: str) -> None:
        ran = kehoach("lint", f"--changed-since={revision}")
        assert ran.code == 2
        assert not (repository / "x").exists()

    def test_outside_a_repository_it_cannot_run(self, workspace: Path, kehoach: Kehoach) -> None:
        del workspace
        assert kehoach("lint", "--changed-since", "HEAD").code == 3
