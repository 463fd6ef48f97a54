"""`--rev`: every reading command over a workspace as it was at a git revision."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.cli.commands import AT_A_REVISION, COMMANDS
from tests.cli.test_git import KINDS, commit, edit, git, made, repository
from tests.conftest import Ran
from tests.fuzz.inputs import small, write

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]
_PLAN = "plans/kh-mau.yaml"
_ASKED = {
    "plans": (),
    "tasks": ("--agency", "Sở Tài nguyên", "-f", "json"),
    "show": ("kh-mau/I.1",),
    "indicators": ("-f", "csv"),
    "agencies": ("Sở Cũ",),
    "check": ("--period", "2025", "--explain"),
    "history": ("kh-mau/I-ct9",),
    "summary": ("--by", "agency", "--period", "2025"),
    "remind": ("--period", "2025"),
    "report": ("--year", "2025", "-f", "md"),
    "verify": ("kh-mau", "--source", "van-ban.txt"),
    "templates": ("list", "-f", "csv"),
    "site": ("-o", "../../trang", "--force"),
    "calendar": ("--agency", "Sở Tài nguyên", "-o", "../../a.ics", "--force"),
    "export": ("-o", "../../ra", "--force"),
    "query": ("SELECT ref, state, days_late FROM tasks", "-f", "csv"),
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside of every repository; git there depends on no settings of the machine."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    if not shutil.which("git"):
        pytest.skip("no git")
    return tmp_path


def emptied(folder: Path) -> None:
    """Delete every file of a working tree."""
    for path in folder.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def shown(kehoach: Kehoach, workspace: Path, *options: str) -> str:
    ran = kehoach("--root", str(workspace), "show", "kh-mau/I.1", *options)
    assert ran.code == 0, ran.err
    return ran.out


def test_every_command_that_reads_a_revision_is_asked_here() -> None:
    assert set(_ASKED) == set(AT_A_REVISION) <= set(COMMANDS)


@pytest.mark.parametrize("name", AT_A_REVISION)
def test_a_revision_answers_as_its_files_did(
    kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    workspace = repository(place / "repo", "Tỉnh mẫu")
    monkeypatch.chdir(workspace)
    (place / "repo" / "Tỉnh mẫu" / "van-ban.txt").write_text("Kiểm tra việc xử lý nước thải.\n", encoding="utf-8")
    commit(workspace)
    before = kehoach(name, *_ASKED[name])
    assert before.code in {0, 1}
    emptied(workspace)
    (workspace / "van-ban.txt").write_text("Kiểm tra việc xử lý nước thải.\n", encoding="utf-8")
    after = kehoach(name, *_ASKED[name], "--rev", "HEAD")
    head, _, rest = after.err.partition("\n")
    assert re.fullmatch(r"Bản tại HEAD \([0-9a-f]{10}, ngày \d\d/\d\d/\d{4}\); .+", head)
    if name == "tasks":
        told = json.loads(after.out)
        assert told["summary"].pop("revision")["name"] == "HEAD"
        assert told == json.loads(before.out)
    else:
        assert after.out == before.out
    assert (after.code, rest) == (before.code, before.err)
    assert tempfile.gettempdir() + "/kehoach-" not in after.out + after.err
    assert sorted(path.name for path in workspace.iterdir()) == ["van-ban.txt"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_repository_gives_its_older_text(
    kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    workspace = made(kind, place, monkeypatch)
    edit(workspace)
    for _ in range(2):
        assert "khí thải" in shown(kehoach, workspace)
        assert "nước thải" in shown(kehoach, workspace, "--rev", "HEAD")
    if kind == "shallow":
        ran = kehoach("--root", str(workspace), "plans", "--rev", "HEAD~1")
        assert ran.code == 2
        assert "git fetch --unshallow" in ran.err


def test_before_and_after_the_name_of_the_command_are_one_place(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    git(workspace, "tag", "ban-hanh")
    edit(workspace)
    commit(workspace)
    root = ("--root", str(workspace))
    (one, other) = (
        kehoach(*root, "--rev", "ban-hanh", "show", "I.1"),
        kehoach(*root, "show", "I.1", "--rev", "ban-hanh"),
    )
    assert one == other
    assert "nước thải" in one.out
    assert (
        "khí thải"
        in kehoach(*root, "show", "I.1", "--rev", "main" if "main" in git(workspace, "branch") else "HEAD").out
    )


def test_the_day_of_the_question_and_the_revision_are_two_things(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    edit(workspace, "2022 - 2025", "2022 - 2023")
    commit(workspace)
    root = ("--root", str(workspace))
    late = [
        len(json.loads(kehoach(*root, "tasks", "--overdue", "--as-of", day, "--rev", rev, "-f", "json").out)["items"])
        for rev in ("HEAD~1", "HEAD")
        for day in ("2024-06-30", "2026-06-30")
    ]
    assert late == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("khong-co", 'không có bản "khong-co" trong kho git'),
        ("--all", 'không có bản "--all" trong kho git'),
        ("", 'không có bản "" trong kho git'),
        ("HEAD:plans", 'không có bản "HEAD:plans"'),
        ("HEAD@{2001-01-01}", "lịch sử cũng chưa có bản nào đến lúc đó"),
    ],
)
def test_a_revision_that_is_not_there_is_wrong_usage(kehoach: Kehoach, place: Path, revision: str, said: str) -> None:
    workspace = repository(place / "repo")
    ran = kehoach("--root", str(workspace), "plans", f"--rev={revision}")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_what_git_has_not_noted_is_looked_up_in_the_history(
    kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = place / "repo"
    write(top, small())
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x", "--date", "2025-05-05T10:00:00Z")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2025-05-05T10:00:00Z")
    git(top, "commit", "-q", "--amend", "--no-edit", "--date", "2025-05-05T10:00:00Z")
    git(place, "clone", "-q", top.as_uri(), "copy")
    ran = kehoach("--root", str(place / "copy"), "plans", "--rev", "HEAD@{2001-12-31}")
    assert ran.code == 2
    assert "git chỉ ghi" in ran.err


def test_a_folder_in_no_repository_is_told_so(kehoach: Kehoach, place: Path) -> None:
    write(place / "alone", small())
    ran = kehoach("--root", str(place / "alone"), "plans", "--rev", "HEAD")
    assert ran.code == 3
    assert "chỉ dùng trong một kho git" in ran.err


def test_a_repository_of_another_user_is_told_how_to_trust_it(
    kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = repository(place / "repo")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    ran = kehoach("--root", str(workspace), "plans", "--rev", "HEAD")
    assert ran.code == 3
    assert "thuộc về một người dùng khác" in ran.err
    assert "safe.directory" in ran.err


def test_what_the_revision_did_not_have_is_named(kehoach: Kehoach, place: Path) -> None:
    top = place / "repo"
    write(top, {"README.md": b"x"})
    git(top, "init", "-q")
    commit(top)
    write(top, {name: data for name, data in small().items() if not name.startswith("progress")})
    commit(top)
    write(top, small())
    commit(top)
    root = ("--root", str(top))
    ran = kehoach(*root, "plans", "--rev", "HEAD~2")
    assert ran.code == 2
    assert "bản HEAD~2 chưa có thư mục làm việc" in ran.err
    ran = kehoach(*root, "tasks", "--rev", "HEAD~1", "--progress", str(top / "progress"))
    assert ran.code == 2
    assert 'bản HEAD~1 không có "' in ran.err
    ran = kehoach(*root, "tasks", "--rev", "HEAD~1")
    assert ran.code == 0
    assert "Bản này không có progress/" in ran.err


def test_named_files_are_read_at_the_revision_and_others_from_the_disk(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    form = workspace / "bieu" / "mau.yaml"
    form.parent.mkdir()
    text = small()["progress/2025/kh-mau--so-a.yaml"].decode()
    form.write_text(text, encoding="utf-8")
    commit(workspace)
    form.write_text(text.replace('"96,5"', '"12"'), encoding="utf-8")
    outside = place / "gui-den.yaml"
    outside.write_text(text.replace('"96,5"', '"13"'), encoding="utf-8")

    def value(path: Path, *options: str) -> object:
        ran = kehoach("--root", str(workspace), "check", str(path), "--period", "2025", "-f", "json", *options)
        return next(one["value"] for one in json.loads(ran.out)["items"] if one["ref"] == "kh-mau/I-ct9")

    assert [value(form), value(form, "--rev", "HEAD"), value(outside, "--rev", "HEAD")] == [12, 96.5, 13]


def test_a_fault_of_an_older_file_has_the_place_it_had(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    edit(workspace, "lead: [so-a", "lead: [so-la")
    commit(workspace)
    edit(workspace, "lead: [so-la", "lead: [so-a")
    plain = kehoach("--root", str(workspace), "plans", "-f", "json")
    ran = kehoach("--root", str(workspace), "plans", "-f", "json", "--rev", "HEAD")
    assert (plain.code, ran.code) == (0, 1)
    (finding,) = [one for one in json.loads(ran.out)["findings"] if one["severity"] == "error"]
    assert (finding["code"], Path(finding["file"])) == ("K201", (workspace / _PLAN).resolve())
    assert finding["line"] > 1


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("../../kho/kh-mau.yaml", None),
        ("/etc/passwd", "là một liên kết ra ngoài kho git"),
        ("../../../ngoai.yaml", "là một liên kết ra ngoài kho git"),
        ("khong-co.yaml", 'là một liên kết tới "tinh/plans/khong-co.yaml"'),
    ],
)
def test_links_are_followed_inside_the_repository_only(
    kehoach: Kehoach, place: Path, target: str, said: str | None
) -> None:
    workspace = repository(place / "repo", "tinh")
    plan = workspace / _PLAN
    kept = place / "repo" / "kho" / "kh-mau.yaml"
    kept.parent.mkdir()
    plan.rename(kept)
    plan.symlink_to(target)
    commit(workspace)
    emptied(place / "repo")
    ran = kehoach("--root", str(workspace), "show", "I.1", "--rev", "HEAD")
    if said is None:
        assert ran.code == 0
        assert "nước thải" in ran.out
    else:
        assert ran.code == 3
        assert "kh-mau.yaml:1:1: K001" in ran.err
        assert said in ran.err


def test_a_pointer_of_git_lfs_is_no_plan(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    (workspace / "plans" / "kh-hai.yaml").write_text(pointer, encoding="utf-8")
    commit(workspace)
    ran = kehoach("--root", str(workspace), "plans", "--rev", "HEAD")
    assert ran.code == 1
    assert "con trỏ của Git LFS" in ran.err
    assert "CHƯA DÙNG ĐƯỢC" in ran.err
    assert "kh-mau" in ran.out


def tree(workspace: Path, entries: list[tuple[str, str, str]]) -> str:
    """Make a tree of (mode, name, object) that git itself would refuse; return its name."""
    data = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(one) for mode, name, one in entries)
    command = ["git", "-C", str(workspace), "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode().strip()


def commit_of(workspace: Path, entries: list[tuple[str, str, str]]) -> str:
    """Make a commit of the workspace's settings and plans with other entries beside them; return its name."""
    own = [
        (mode, name, git(workspace, "rev-parse", f"HEAD:{name}").strip())
        for mode, name in (("100644", "kehoach.toml"), ("40000", "plans"))
    ]
    user = ("-c", "user.name=a", "-c", "user.email=a@b")
    made = tree(workspace, sorted([*own, *entries], key=lambda one: one[1]))
    return git(workspace, *user, "commit-tree", made, "-m", "x").strip()


def text_object(workspace: Path, text: str) -> str:
    command = ["git", "-C", str(workspace), "hash-object", "-w", "--stdin"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("way", ["a name", "names behind a link", "a link to the top", "a link that says nothing"])
def test_a_tree_made_by_hand_writes_nothing_outside_of_the_copy(
    kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    workspace = repository(place / "repo")
    (place / "tam" / "sau").mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(place / "tam" / "sau"))
    evil = tree(workspace, [("100644", "thoat.docx", text_object(workspace, "x"))])
    for _ in range(3):
        evil = tree(workspace, [("40000", "..", evil)])
    entries = {
        "a name": [("40000", "templates", evil)],
        "names behind a link": [("40000", "kho", evil), ("120000", "templates", text_object(workspace, "kho"))],
        "a link to the top": [("120000", "templates", text_object(workspace, "."))],
        "a link that says nothing": [("120000", "templates", text_object(workspace, "\0" * 2000))],
    }[way]
    ran = kehoach("--root", str(workspace), "plans", "--rev", commit_of(workspace, entries))
    assert "kh-mau" in ran.out
    assert ran.code == (0 if way == "a link to the top" else 1)
    assert ("git không tự tạo ra tên như vậy" in ran.err) is ("name" in way)
    assert {path.parent for path in place.rglob("thoat.docx")} == set()


def test_a_small_repository_of_endlessly_many_names_is_refused(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    one, mode = text_object(workspace, "x"), "100644"
    for _ in range(9):
        one, mode = tree(workspace, [(mode, f"ten{number}", one) for number in range(10)]), "40000"
    ran = kehoach("--root", str(workspace), "plans", "--rev", commit_of(workspace, [("40000", "templates", one)]))
    assert (ran.code, ran.out) == (3, "")
    assert "bản git này có quá nhiều tệp" in ran.err


def test_bytes_are_counted_with_those_behind_links_and_in_submodules(kehoach: Kehoach, place: Path) -> None:
    """Twelve names of 12 MB: ten fit; one of 17 MB is too large by itself."""
    workspace = repository(place / "repo")
    inner = place / "mau"
    write(inner, {"a.docx": bytes(12 * 2**20), "qua-lon.docx": bytes(17 * 2**20)})
    for number in range(11):
        (inner / f"link{number:02}.docx").symlink_to("a.docx")
    git(inner, "init", "-q")
    commit(inner)
    git(workspace, "submodule", "add", "-q", str(inner), "templates")
    commit(workspace)
    ran = kehoach("--root", str(workspace), "plans", "--rev", "HEAD", "-f", "json")
    said = [one["message"].partition("tệp này, ")[2] for one in json.loads(ran.out)["findings"]]
    assert ran.code == 1
    assert [one for one in said if one] == ["các tệp cũ cộng lại lớn hơn 128 MB"] * 2 + ["tệp cũ lớn hơn 16 MB"]


def test_a_link_on_the_disk_is_no_repository_inside_the_repository(kehoach: Kehoach, place: Path) -> None:
    workspace, other = repository(place / "repo"), repository(place / "khac")
    sub = git(other, "rev-parse", "HEAD").strip()
    made = commit_of(workspace, [("160000", "templates", sub)])
    (workspace / "templates").symlink_to(other)
    ran = kehoach("--root", str(workspace), "plans", "--rev", made)
    assert ran.code == 1
    assert "là một kho con chưa lấy về" in ran.err


def test_a_name_too_long_for_this_machine_hides_no_other(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    inner = tree(workspace, [("100644", "a" * 300 + ".docx", text_object(workspace, "x"))])
    ran = kehoach("--root", str(workspace), "plans", "--rev", commit_of(workspace, [("40000", "templates", inner)]))
    assert ran.code == 1
    assert "kh-mau" in ran.out
    assert "không đặt được tên đó ở máy này" in ran.err


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - set(AT_A_REVISION)))
def test_commands_that_write_refuse_a_revision(kehoach: Kehoach, name: str) -> None:
    ran = kehoach("--rev", "HEAD", name)
    assert ran.code == 2
    assert f"{name} chỉ làm việc với các tệp hiện có" in ran.err


def test_a_log_of_reminders_is_not_written_for_a_revision(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    ran = kehoach("--root", str(workspace), "remind", "--period", "2025", "--sent", "--rev", "HEAD")
    assert ran.code == 2
    assert git(workspace, "status", "--short") == ""


def test_a_report_of_a_revision_stands_beside_that_of_today(
    kehoach: Kehoach, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = repository(place / "repo")
    monkeypatch.chdir(workspace)
    assert kehoach("report", "--year", "2025", "--rev", "HEAD").code == 0
    short = git(workspace, "rev-parse", "HEAD")[:10]
    assert (workspace / "reports" / f"2025-{short}" / "bao-cao-kh-mau-2025.docx").is_file()
    assert not (workspace / "reports" / "2025").exists()
