"""Broken files: every fault is located in Vietnamese in one run, and the other files are still used."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]


@pytest.fixture
def copy(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace with the real plans, and the program started in it."""
    del kehoach
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def keep_plans(folder: Path, *ids: str) -> None:
    """Leave only some of the plans, because every run reads all of them anew."""
    for plan in (folder / "plans").glob("*.yaml"):
        if plan.stem not in ids:
            plan.unlink()


def edit(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence, as in an editor; return its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def located(ran: Ran) -> list[tuple[str, int, int, str]]:
    """Return file, line, column and code of every finding on stderr."""
    found = re.findall(r"^(.+?):(\d+):(\d+): lỗi (K\d+): ", ran.err, re.MULTILINE)
    return [(file, int(line), int(column), code) for file, line, column, code in found]


def test_five_faults_five_located_messages_and_the_others_served(copy: Path, kehoach: Kehoach) -> None:
    plan = copy / "plans" / "kh-176.yaml"
    lines = {
        "K402": edit(plan, "date: 2022-07-01", "date: 2022-06-31"),
        "K105": edit(plan, "  - id: III.1.2\n", "  - id: III.1.1\n"),
        "K401": edit(plan, 'schedule: "2023 - 2026"', 'schedule: "2023 - 20266"'),
        "K201": edit(plan, "lead: [so-y-te]", "lead: [so-yte]"),
        "K302": edit(plan, 'targets: {2025: "30", 2030: "10"}', 'targets: {2025: "1.5", 2030: "10"}'),
    }
    ran = kehoach("tasks", "--agency", "Sở Công Thương")
    assert ran.code == 1
    findings = located(ran)
    assert {(code, line) for _, line, _, code in findings} == set(lines.items())
    assert [file for file, *_ in findings] == ["plans/kh-176.yaml"] * 5
    assert [line for _, line, _, _ in findings] == sorted(line for _, line, _, _ in findings)
    assert 'mục tiêu "1.5" không rõ: viết "1,5" hay "15"?' in ran.err
    assert 'ý bạn là "so-y-te" (Sở Y tế)?' in ran.err
    assert "PL.VIII.1.1" in ran.out
    assert "kh-176" not in ran.out
    assert "CHƯA DÙNG ĐƯỢC, kết quả trên không có: plans/kh-176.yaml." in ran.err


def test_columns_point_at_the_value(copy: Path, kehoach: Kehoach) -> None:
    plan = copy / "plans" / "kh-176.yaml"
    line = edit(plan, 'targets: {2025: "30", 2030: "10"}', 'targets: {2025: "30", 2030: "1.5"}')
    findings = located(kehoach("plans"))
    text = plan.read_text(encoding="utf-8").splitlines()[line - 1]
    assert findings == [("plans/kh-176.yaml", line, text.index('"1.5"') + 1, "K302")]


def test_what_is_not_understood_is_served_as_not_understood(copy: Path, kehoach: Kehoach) -> None:
    edit(copy / "plans" / "qd-3825.yaml", "schedule: Năm 2023", "schedule: Năm hai ba")
    ran = kehoach("show", "qd-3825/PL.II.1", "--format", "json")
    assert ran.code == 1
    envelope = json.loads(ran.out)
    assert envelope["items"][0]["schedule"] | {"source": None} == {
        "text": "Năm hai ba", "kind": "unknown", "from": None, "to": None, "deadline": None, "source": None,
        "starts": None, "recurrence": None, "milestones": [], "event": None,
    }  # fmt: skip
    assert [finding["code"] for finding in envelope["findings"]] == ["K401"]
    assert envelope["findings"][0]["path"].endswith(".schedule")
    assert "CHƯA DÙNG ĐƯỢC" not in ran.err


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("    kind: task\n", "    kindd: task\n", "K101", 'ý bạn là "kind"?'),
        ("    kind: task\n", "", "K104", 'thiếu khóa "kind"'),
        ("    kind: task\n", "    kind: nhiemvu\n", "K103", "không có trong danh mục"),
        ("    kind: task\n", "    kind: task\n    kind: task\n", "K003", 'khóa "kind" lặp lại'),
        ("    kind: task\n", "    kind: &a task\n", "K004", "không dùng mốc YAML"),
        ("    kind: task\n", "    kind: *a\n", "K004", "không dùng tham chiếu YAML"),
        ("    kind: task\n", "    kind: !!str task\n", "K004", "không dùng thẻ kiểu YAML"),
        ("    kind: task\n", "\tkind: task\n", "K002", "tab"),
        ("kehoach: plan/1", "kehoach: plan/9", "K103", "plan/1"),
        ("kehoach: plan/1", "%YAML 1.1\n---\nkehoach: plan/1", "K004", "chỉ thị"),
        ("id: III.1.3", "id: III.1.x", "K102", "sai dạng"),
        ("tasks:\n", "tasks: không\nxxx:\n", "K103", "danh sách"),
        ("period: {from: 2022", "period: {from: 22", "K403", "bốn chữ số"),
        ("2022, to: 2030, vision", "2031, to: 2030, vision", "K111", "trước khi bắt đầu"),
        ('2030: "10"}', "2030: 54,2}", "K303", "dấu nháy kép"),
        ('targets: {2025: "30", 2030: "10"}', 'targets: {2025: "30", 2030: "x"}', "K301", "không hiểu được"),
        ('targets: {2025: "30", 2030: "10"}', "targets: {}", "K307", "không có mục tiêu nào"),
        ('schedule: "2023 - 2026"', 'schedule: "2026 - 2023"', "K404", "trước khi bắt đầu"),
        ("Thanh Hoá\n", "Thanh\u200b Hoá\n", "K501", "U+200B"),
        ("schedule: Thường xuyên, hằng năm\n", 'schedule: "Thường\\0 xuyên"\n', "K501", "U+0000"),
        ("coordinator: so-tnmt", "coordinator: [so-tnmt]", "K103", "chữ"),
        ("province: thanh-hoa", "province: hai-phong", "K204", "danh bạ"),
        ("section: PL1.II", "section: PL1.V", "K106", "PL1.V"),
        ("{from: 2022, to: 2030, vision: 2050}", "{from: 2022, to: 2030, vision: 2050", "K002", "chưa được đóng"),
    ],
)
def test_a_fault_is_named_with_its_place_and_mend(
    copy: Path, kehoach: Kehoach, old: str, new: str, code: str, words: str
) -> None:
    keep_plans(copy, "kh-176", "kh-kl-81")
    line = edit(copy / "plans" / "kh-176.yaml", old, new)
    ran = kehoach("plans")
    assert ran.code == 1
    findings = located(ran)
    assert code in {found for *_, found in findings}, ran.err
    place = min(abs(at - line) for _, at, _, found in findings if found == code)
    assert place <= 2, ran.err
    assert words in ran.err
    assert "kh-kl-81" in ran.out
    assert not re.search(r"Traceback|pydantic|Error|Input should|Field required", ran.err)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "K002"),
        (b"\xff\xfe\x00k", "K001"),
        ("kehoach: plan/1\nid: ".encode("utf-16"), "K001"),
        (b"- a\n- b\n", "K103"),
        (b"chu", "K103"),
        (b"a: " + b"[" * 5000, "K005"),
        (b"kehoach: plan/1\n\x00", "K501"),
        (b"\xef\xbb\xbfkehoach: plan/1\r\nid: x\r\n", "K104"),
    ],
)
def test_any_bytes_are_answered_with_a_finding(copy: Path, kehoach: Kehoach, data: bytes, code: str) -> None:
    keep_plans(copy, "kh-kl-81")
    (copy / "plans" / "moi.yaml").write_bytes(data)
    ran = kehoach("plans")
    assert ran.code == 1
    assert code in {found for file, _, _, found in located(ran) if file == "plans/moi.yaml"}, ran.err
    assert "Tổng cộng: 1 kế hoạch" in ran.out


def test_a_plan_id_in_two_files_is_refused_once(copy: Path, kehoach: Kehoach) -> None:
    shutil.copy(copy / "plans" / "kh-kl-81.yaml", copy / "plans" / "z.yaml")
    ran = kehoach("plans", "--format", "json")
    assert ran.code == 1
    assert [(finding["file"], finding["code"]) for finding in json.loads(ran.out)["findings"]] == [
        ("plans/z.yaml", "K105")
    ]


def test_a_broken_registry_is_reported_and_plans_are_still_listed(copy: Path, kehoach: Kehoach) -> None:
    (copy / "plans" / "agencies" / "thanh-hoa.yaml").write_text("kehoach: [", encoding="utf-8")
    ran = kehoach("tasks", "--search", "chất thải y tế")
    assert ran.code == 1
    assert "PL2.III.2" in ran.out
    assert {code for *_, code in located(ran)} == {"K002", "K204"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  - id: so-y-te\n", "  - id: so-xay-dung\n", "K105"),
        ("short: [STNMT, Sở TN&MT, Sở TNMT]", "short: [STNMT, Sở Y tế]", "K203"),
        ("members: [nhom-so-ban-nganh, nhom-to-chuc-ctxh]", "members: [nhom-so-ban-nganh, nhom-x]", "K202"),
        ("valid: {to: 2025-02-28}", "valid: {to: 2025-02-30}", "K402"),
    ],
)
def test_registry_faults_are_located(copy: Path, kehoach: Kehoach, old: str, new: str, code: str) -> None:
    line = edit(copy / "plans" / "agencies" / "thanh-hoa.yaml", old, new)
    findings = located(kehoach("plans"))
    assert (code, line) in {(found, at) for _, at, _, found in findings}


def test_nothing_readable_cannot_run(tmp_path: Path, kehoach: Kehoach) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text("kehoach: plan/1\n", encoding="utf-8")
    ran = kehoach("--root", str(tmp_path), "plans")
    assert ran.code == 3
    assert "không đọc được kế hoạch nào" in ran.err
    assert "K104" in ran.err


def test_a_progress_file_is_checked_too(copy: Path, kehoach: Kehoach) -> None:
    report = copy / "progress" / "2025" / "kh-176--so-y-te.yaml"
    report.parent.mkdir(parents=True)
    report.write_text(
        "kehoach: progress/1\nplan: kh-176\nagency: Sở Y tế\nyear: 2025\ncutoff: 2025-12-14\n"
        "tasks:\n  PL2.III.1: {status: xong}\n  PL2.III.2: {status: done, completed: 2025-13-01}\n",
        encoding="utf-8",
    )
    ran = kehoach("tasks", "--agency", "Sở Y tế", "--direct")
    assert ran.code == 1
    assert [(line, code) for _, line, _, code in located(ran)] == [(7, "K103"), (8, "K402")]
    assert "PL2.III.1" in ran.out


def test_reported_states_are_shown_and_filter(copy: Path, kehoach: Kehoach) -> None:
    (copy / "bc.yaml").write_text(
        "kehoach: progress/1\nplan: kh-176\nagency: so-y-te\nyear: 2025\ncutoff: 2025-12-14\n"
        "tasks:\n  PL2.III.1: {status: done, completed: 2025-11-30}\n"
        '  PL2.III.2: {status: in_progress, extension: {to: 2026-12-31, document: "12/QĐ-UBND ngày 10/12/2025"}}\n',
        encoding="utf-8",
    )
    ran = kehoach(
        "tasks",
        "-a",
        "Sở Y tế",
        "--direct",
        "-p",
        "kh-176",
        "--progress",
        "bc.yaml",
        "--as-of",
        "2026-11-21",
        "-f",
        "json",
    )
    states = {row["id"]: (row["status"], row["timeliness"]) for row in json.loads(ran.out)["items"]}
    assert states == {"PL2.III.1": ("done", "on_time"), "PL2.III.2": ("in_progress", "in_time")}
    table = kehoach(
        "tasks", "-a", "Sở Y tế", "--direct", "-p", "kh-176", "--progress", "bc.yaml", "--as-of", "2026-11-21"
    ).out
    words = " ".join(table.split())
    assert "hoàn thành đúng hạn" in words
    assert "12/QĐ-UBND" in words
    due = kehoach(
        "tasks",
        "-a",
        "Sở Y tế",
        "--direct",
        "--due-by",
        "2026-12-31",
        "--progress",
        "bc.yaml",
        "--as-of",
        "2026-11-21",
        "-f",
        "json",
    )
    assert [row["id"] for row in json.loads(due.out)["items"]] == ["PL2.III.2"]
    assert kehoach("tasks", "--progress", "khong-co.yaml").code == 2


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("kh-176.yaml", "    kind: task\n", "    kind: [task]\n"),
        ("kh-176.yaml", "direction: increase", "direction: {a: b}"),
        ("kh-176.yaml", "kehoach: plan/1", "kehoach: [plan/1]"),
        ("kh-176.yaml", "kehoach: plan/1", "kehoach:"),
        ("kh-176.yaml", "  - {id: I, title:", "  - {id: [I], title:"),
        ("kh-176.yaml", "baseline: {2020: null}", 'baseline: {"2020-2024": "5"}'),
        ("kh-176.yaml", 'targets: {2025: "30", 2030: "10"}', "targets: {}"),
        ("kh-176.yaml", 'targets: {2025: "30", 2030: "10"}', 'targets: {"2030-2025": "30"}'),
        ("kh-176.yaml", "period: {from: 2022, to: 2030", "period: {from: 2031, to: 2030"),
        ("kh-176.yaml", "    lead: [so-y-te]", "    lead: {so-y-te: x}"),
        ("kh-176.yaml", "      so-tttt:\n        - {agency: so-vhttdl}", "      so-tttt: so-vhttdl"),
        ("qd-3825.yaml", "scope: all", "scope: 99999999999999999999"),
        ("qd-3825.yaml", "kind: after", "kind: {a: b}"),
        ("agencies/thanh-hoa.yaml", "kind: so\n", "kind: [so]\n"),
        ("agencies/thanh-hoa.yaml", "  - id: so-nnmt\n", "  - id:\n"),
        ("agencies/thanh-hoa.yaml", "successors:\n", "successors: []\n    x:\n"),
    ],
)
@pytest.mark.slow
def test_an_odd_shape_is_a_finding_and_never_a_bug(copy: Path, kehoach: Kehoach, file: str, old: str, new: str) -> None:
    path = copy / "plans" / file
    keep_plans(copy, path.stem, "kh-thai-nguyen-2026")
    edit(path, old, new)
    ran = kehoach("tasks", "-a", "thai-nguyen/so-y-te")
    assert ran.code in {0, 1}, ran.err
    assert "lỗi nội bộ" not in ran.err
    assert "None" not in ran.err
    assert "Tổng cộng: 64 nhiệm vụ" in ran.out
    assert ran.code == 1


def test_cycles_in_the_registry_end(copy: Path, kehoach: Kehoach) -> None:
    registry = copy / "plans" / "agencies" / "thanh-hoa.yaml"
    edit(registry, "valid: {from: 2025-03-01}", "valid: {from: 2025-03-01}\n    successors: [{id: so-tnmt}]")
    edit(registry, "members: [nhom-so-ban-nganh, nhom-to-chuc-ctxh]", "members: [nhom-so-ban-nganh-doan-the]")
    for arguments in (
        ("tasks", "-a", "so-nnmt"),
        ("agencies", "so-tnmt"),
        ("agencies",),
        ("plans",),
        ("show", "PL1.8"),
    ):
        assert kehoach(*arguments).code == 0


def test_a_second_registry_of_a_province_is_the_fault_reported(copy: Path, kehoach: Kehoach) -> None:
    (copy / "plans" / "agencies" / "z.yaml").write_text(
        "kehoach: registry/1\nprovince: thanh-hoa\nname: Thanh Hóa\nagencies: []\n", encoding="utf-8"
    )
    ran = kehoach("plans")
    assert located(ran) == [("plans/agencies/z.yaml", 2, 11, "K105")]


def test_a_broken_file_is_named_where_it_is_missed(copy: Path, kehoach: Kehoach) -> None:
    edit(copy / "plans" / "kh-176.yaml", "    kind: task\n", "")
    missing = kehoach("tasks", "-p", "kh-176")
    assert missing.code == 2
    assert "chưa dùng được: plans/kh-176.yaml" in missing.err
    (copy / "plans" / "agencies" / "thanh-hoa.yaml").write_text("x", encoding="utf-8")
    province = kehoach("tasks", "--province", "thanh-hoa")
    assert province.code == 2
    assert "plans/agencies/thanh-hoa.yaml" in province.err


def report(folder: Path, name: str, plan: str, agency: str, tasks: str, cutoff: str = "2025-12-14") -> None:
    path = folder / "progress" / "2025" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"kehoach: progress/1\nplan: {plan}\nagency: {agency}\nyear: {cutoff[:4]}\ncutoff: {cutoff}\ntasks:\n  {tasks}\n",
        encoding="utf-8",
    )


def state(kehoach: Kehoach, ref: str, as_of: str = "2026-01-01") -> tuple[str | None, str]:
    row = json.loads(kehoach("show", ref, "--as-of", as_of, "-f", "json").out)["items"][0]
    return row["status"], row["timeliness"]


def test_a_supporting_agency_does_not_report_for_the_leading_one(copy: Path, kehoach: Kehoach) -> None:
    report(copy, "a.yaml", "qd-3825", "so-cong-thuong", "PL.VIII.3.7: {status: done, completed: 2025-01-01}")
    assert state(kehoach, "qd-3825/PL.VIII.3.7") == (None, "in_time")
    report(copy, "a.yaml", "qd-3825", "ubnd-quan-hoa", "PL.VIII.3.7: {status: done, completed: 2025-01-01}")
    assert state(kehoach, "qd-3825/PL.VIII.3.7") == ("in_progress", "in_time")
    report(copy, "a.yaml", "qd-3825", "ubnd-cap-huyen", "PL.VIII.3.7: {status: done, completed: 2025-01-01}")
    assert state(kehoach, "qd-3825/PL.VIII.3.7") == ("done", "on_time")


def test_a_supporting_agency_does_not_move_the_deadline(copy: Path, kehoach: Kehoach) -> None:
    report(copy, "a.yaml", "kh-176", "ubnd-cap-huyen", "PL2.III.1: {status: in_progress, extension: {to: 2029-12-31}}")
    assert state(kehoach, "kh-176/PL2.III.1") == (None, "unreported")
    # Nor does the lead move it alone: that takes a document.
    report(copy, "a.yaml", "kh-176", "so-y-te", "PL2.III.1: {status: in_progress, extension: {to: 2029-12-31}}")
    assert state(kehoach, "kh-176/PL2.III.1") == ("in_progress", "overdue")
    granted = 'PL2.III.1: {status: in_progress, extension: {to: 2029-12-31, document: "12/QĐ-UBND ngày 10/12/2025"}}'
    report(copy, "a.yaml", "kh-176", "so-y-te", granted)
    assert state(kehoach, "kh-176/PL2.III.1") == ("in_progress", "in_time")


def test_a_successor_reports_only_since_it_took_over(copy: Path, kehoach: Kehoach) -> None:
    report(copy, "a.yaml", "kh-176", "so-tttt", "III.6.2: {status: in_progress}", "2024-12-14")
    report(copy, "b.yaml", "kh-176", "so-khcn", "III.6.2: {status: done}", "2024-12-14")
    assert state(kehoach, "kh-176/III.6.2", "2024-12-31") == ("in_progress", "none")
    report(copy, "c.yaml", "kh-176", "so-khcn", "III.6.2: {status: done}", "2025-12-14")
    assert state(kehoach, "kh-176/III.6.2") == ("done", "none")


def test_done_holds_with_its_date_until_reported_otherwise(copy: Path, kehoach: Kehoach) -> None:
    report(copy, "a.yaml", "kh-176", "so-y-te", "PL2.III.1: {status: done, completed: 2024-05-01}", "2024-12-14")
    report(copy, "b.yaml", "kh-176", "so-y-te", "PL2.III.1: {status: done}")
    assert state(kehoach, "kh-176/PL2.III.1") == ("done", "on_time")


def test_a_progress_file_with_a_fault_is_not_used_and_that_is_said(copy: Path, kehoach: Kehoach) -> None:
    report(copy, "a.yaml", "kh-176", "so-y-te", "PL2.III.1: {status: done, status: paused}")
    ran = kehoach("show", "kh-176/PL2.III.1", "-f", "json")
    assert json.loads(ran.out)["items"][0]["status"] is None
    assert "CHƯA DÙNG ĐƯỢC, kết quả trên không có: progress/2025/a.yaml" in ran.err
    report(copy, "a.yaml", "kh-9", "so-y-te", "PL2.III.1: {status: done}")
    assert "progress/2025/a.yaml" in kehoach("plans").err.splitlines()[-1]


def test_an_entry_for_an_unknown_item_is_reported_with_the_nearest(copy: Path, kehoach: Kehoach) -> None:
    report(copy, "a.yaml", "kh-176", "so-y-te", "PL2.III.9: {status: done}")
    ran = kehoach("plans")
    assert located(ran) == [("progress/2025/a.yaml", 7, 3, "K603")]
    assert 'ý bạn là "PL2.II' in ran.err


def test_settings_are_read_and_checked(copy: Path, kehoach: Kehoach) -> None:
    (copy / "kehoach.toml").write_text('province = "thanh-hoa"\n', encoding="utf-8")
    assert "Thái Nguyên:" not in kehoach("tasks", "--agency", "Sở Y tế").out
    (copy / "kehoach.toml").write_text("strict_before = 'x'\n", encoding="utf-8")
    ran = kehoach("plans")
    assert ran.code == 1
    assert located(ran) == [("kehoach.toml", 1, 1, "K007")]
