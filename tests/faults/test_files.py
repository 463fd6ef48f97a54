"""Odd files: pipes, circles of links, folders nobody may read, names from other systems, line ends of other systems."""

import errno
import json
import os
import sys
import unicodedata
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.faults.disturbed import contents, forked, without_privileges
from tests.fuzz.inputs import collected, write

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")
Kehoach = Callable[..., Ran]


@posix
@pytest.mark.parametrize(
    ("place", "command"),
    [
        ("plans/moi.yaml", ("plans",)),
        ("plans/agencies/moi.yaml", ("plans",)),
        ("progress/2025/moi.yaml", ("check",)),
        ("kehoach.toml", ("plans",)),
        ("moi.yaml", ("check", "moi.yaml")),
        ("moi.yaml", ("lint", "moi.yaml")),
        ("moi.xlsx", ("check", "moi.xlsx")),
        ("moi.xlsx", ("collect", "moi.xlsx")),
        ("moi.docx", ("check-docx", "moi.docx")),
        ("moi.docx", ("templates", "check", "moi.docx")),
        ("moi.docx", ("report", "-y", "2025", "--template", "moi.docx")),
    ],
)
def test_a_pipe_is_not_waited_for(folder: Path, place: str, command: tuple[str, ...]) -> None:
    (folder / place).unlink(missing_ok=True)
    os.mkfifo(folder / place)
    ended = forked(*command)
    assert ended.code in {1, 2, 3}
    assert "lỗi nội bộ" not in ended.err
    assert place in ended.err + ended.out


@posix
@pytest.mark.parametrize("place", ["plans/vong.yaml", "progress/2025/vong.yaml", "kehoach.toml"])
def test_a_circle_of_links_is_a_file_that_cannot_be_read(folder: Path, place: str) -> None:
    (folder / place).unlink(missing_ok=True)
    (folder / place).symlink_to(Path(place).name)
    ended = forked("plans")
    assert ended.code == 1
    assert place in ended.err
    assert "kh-mau" in ended.out
    for command in (("lint",), ("lint", place), ("check", "--fail-on", "none")):
        assert "lỗi nội bộ" not in forked(*command).err


@posix
def test_folders_in_a_circle_end(folder: Path) -> None:
    (folder / "progress" / "len").symlink_to("..")
    (folder / "plans" / "len").symlink_to("..")
    for command in (
        ("plans",),
        ("check", "progress", "--fail-on", "none"),
        ("lint", "."),
        ("collect", "progress", "--dry-run"),
    ):
        assert forked(*command).code in {0, 1}


@posix
def test_output_to_a_circle_of_links_is_refused(folder: Path) -> None:
    (folder / "vong").symlink_to("vong")
    for command in (
        ("plans", "-o", "vong"),
        ("plans", "-o", "vong", "--force"),
        ("schema", "-o", "vong"),
        ("form", "--all", "-y", "2025", "-o", "vong"),
    ):
        ended = forked(*command)
        assert ended.code == 3, ended.err
        assert "vong" in ended.err
    assert forked("--root", "vong", "plans").code == 2


@posix
def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "that.json").write_text("cũ", encoding="utf-8")
    (folder / "kq.json").symlink_to("that.json")
    assert forked("plans", "-f", "json", "-o", "kq.json", "--force").code == 0
    assert (folder / "kq.json").is_symlink()
    assert json.loads((folder / "that.json").read_text(encoding="utf-8"))["items"]


@pytest.mark.parametrize("place", ["plans", "plans/agencies", "progress", "progress/2025"])
def test_a_folder_nobody_may_read_is_not_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    scan = os.scandir

    def refused(path: str = ".") -> object:
        if os.path.realpath(path) == str((folder / place).resolve()):
            raise PermissionError(errno.EACCES, "refused", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    ended = forked("tasks")
    assert ended.code == 3
    assert f'không đọc được thư mục "{folder / place}": không có quyền' in ended.err


@pytest.mark.skipif(
    hasattr(os, "getuid") and os.getuid() == 0 and sys.platform != "linux",
    reason="only Linux lets the superuser give up its privileges",
)
@pytest.mark.parametrize("given", [True, False], ids=["root given", "root found"])
@pytest.mark.parametrize("command", [("tasks",), ("report", "-y", "2025", "-o", "ra")], ids=" ".join)
def test_plans_that_may_not_be_read_are_never_the_built_in_ones(
    folder: Path,
    command: tuple[str, ...],
    given: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    (folder / "kehoach.toml").unlink()
    root = ("--root", str(folder)) if given else ()
    for modes in ({"plans": 0o000}, {f"plans/{path.name}": 0o000 for path in (folder / "plans").glob("*.yaml")}):
        before = {name: (folder / name).stat().st_mode for name in modes}
        for name, mode in modes.items():
            (folder / name).chmod(mode)
        ended = forked(*root, *command, before=without_privileges)
        for name, mode in before.items():
            (folder / name).chmod(mode)
        assert ended.code == 3, ended.out
        assert "không đọc được" in ended.err
        assert "plans" in ended.err
        assert "không có quyền" in ended.err
        assert not (folder / "ra").exists()


def test_endings_in_capitals_are_read(folder: Path) -> None:
    (folder / "plans" / "kh-mau.yaml").rename(folder / "plans" / "KH-MAU.YAML")
    ended = forked("plans")
    assert ended.code == 0, ended.err
    assert "kh-mau" in ended.out


def test_line_ends_and_a_mark_of_windows_change_nothing(folder: Path) -> None:
    plain = forked("tasks", "-f", "json").out
    for path in [*folder.rglob("*.yaml"), folder / "kehoach.toml"]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    ended = forked("tasks", "-f", "json")
    assert ended.code == 0, ended.err
    assert ended.out == plain
    assert forked("lint").code == 0


def test_fixing_and_collecting_keep_line_ends_and_mark(folder: Path) -> None:
    plan, report = folder / "plans" / "kh-mau.yaml", folder / "progress" / "2025" / "kh-mau--so-a.yaml"
    plan.write_bytes(b"\xef\xbb\xbf" + plan.read_bytes().replace(b'"95"', b"095").replace(b"\n", b"\r\n"))
    report.write_bytes(b"\xef\xbb\xbf# ghi ch\xc3\xba\r\n" + report.read_bytes().replace(b"\n", b"\r\n"))
    form = "kehoach: progress/1\nplan: kh-mau\nagency: so-a\nyear: 2025\ncutoff: 2025-12-20\ntasks:\n  I.1: {status: paused}\n"
    (folder / "bieu.yaml").write_text(form, encoding="utf-8")
    assert forked("lint", "--fix").code == 0
    assert forked("collect", "bieu.yaml").code == 0
    for path, held in ((plan, '"095"'), (report, "paused")):
        text = path.read_bytes()
        assert text.startswith(b"\xef\xbb\xbf")
        assert held.encode() in text
        assert text.count(b"\n") == text.count(b"\r\n")


def test_a_path_of_windows_is_no_such_file(folder: Path) -> None:
    if os.name == "nt":
        pytest.skip("there it is one")
    del folder
    for command in (
        ("check", "progress\\2025\\kh-mau--so-a.yaml"),
        ("lint", "C:\\x.yaml"),
        ("--root", "C:\\x", "plans"),
    ):
        ended = forked(*command)
        assert ended.code == 2
        assert "\\" in ended.err


def decomposed(text: str) -> str:
    """Return the text as a Mac writes it."""
    return unicodedata.normalize("NFD", text)


def test_decomposed_names_of_files_and_in_arguments(folder: Path) -> None:
    composed = forked("tasks", "-a", "Sở Y tế", "-f", "json")
    assert composed.code == 0
    assert forked("tasks", "-a", decomposed("Sở Y tế"), "-f", "json").out == composed.out
    assert (
        forked("tasks", "--search", decomposed("nước thải"), "-f", "json").out
        == forked("tasks", "--search", "nước thải", "-f", "json").out
    )
    name = decomposed("Kế hoạch của tỉnh.yaml")
    (folder / "plans" / "kh-mau.yaml").rename(folder / "plans" / name)
    assert forked("tasks", "-a", "Sở Y tế", "-f", "json").out == composed.out
    assert forked("lint", f"plans/{name}").code == 0
    (folder / decomposed("Biểu đã gửi")).mkdir()
    out = f"{decomposed('Biểu đã gửi')}/{decomposed('Sở Tài nguyên')}.yaml"
    assert forked("form", "-a", "so-a", "-y", "2025", "-o", out).code == 0
    assert (folder / out).is_file()
    assert forked("--root", decomposed("Biểu đã gửi"), "plans").code == 2


def test_a_workspace_under_an_accented_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = folder / decomposed("Kế hoạch") / "năm 2025"
    below.mkdir(parents=True)
    for name, data in contents(folder).items():
        (below / name).parent.mkdir(parents=True, exist_ok=True)
        (below / name).write_bytes(data)
    monkeypatch.chdir(below)
    assert forked("lint").code == 0
    assert forked("--root", str(below), "plans").code == 0


@posix
def test_a_name_that_is_no_utf8_is_shown_and_written(folder: Path) -> None:
    strange = os.fsdecode(b"plans/k\xff.yaml")
    try:
        (folder / strange).write_text("kehoach: plan/1\n", encoding="utf-8")
    except OSError:
        pytest.skip("no such names here")
    for command in (
        ("plans",),
        ("lint",),
        ("lint", "-f", "sarif"),
        ("lint", "-f", "json", "-o", "kq.json"),
        ("plans", "-f", "json", "-o", "p.json"),
    ):
        ended = forked(*command)
        assert ended.code == 1, ended.err
    assert json.loads((folder / "kq.json").read_text(encoding="utf-8"))["findings"]


def test_long_names_and_paths(folder: Path) -> None:
    longest = "x" * 250 + ".json"
    assert forked("plans", "-f", "json", "-o", longest).code == 0
    assert (folder / longest).is_file()
    for target in ("x" * 300, "x/" * 3000 + "y", "y" * 100_000):
        for command in (
            ("plans", "-o", target),
            ("form", "--all", "-y", "2025", "-o", target),
            ("report", "-y", "2025", "-o", target),
        ):
            ended = forked(*command)
            assert ended.code == 3
            assert "tên quá dài" in ended.err or "không có tệp hoặc thư mục này" in ended.err
        assert forked("lint", target).code == 2
        assert forked("--root", target, "plans").code == 2


def test_a_folder_where_a_file_should_be(folder: Path) -> None:
    for place in ("plans/a.yaml", "kq.json"):
        (folder / place).mkdir()
    assert "plans/a.yaml" in forked("plans").err
    ended = forked("plans", "-o", "kq.json", "--force")
    assert ended.code == 3
    assert "đây là thư mục" in ended.err
    (folder / "plans" / "a.yaml").rmdir()
    (folder / "kehoach.toml").unlink()
    (folder / "kehoach.toml").mkdir()
    assert forked("plans").code == 1


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only the superuser gives folders away")
@pytest.mark.parametrize("through", ["folder", "link"])
def test_nothing_is_kept_in_a_folder_of_somebody_else(
    folder: Path, kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, through: str
) -> None:
    caches = tmp_path / "caches"
    target = caches / "kehoach" if through == "folder" else tmp_path / "foreign"
    target.mkdir(parents=True)
    if through == "link":
        caches.mkdir()
        (caches / "kehoach").symlink_to(target)
    os.chown(target, 54321, -1)
    target.chmod(0o777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches))
    first, second = (kehoach("--root", str(folder), "tasks") for _ in range(2))
    assert first == second
    assert first.code == 0
    assert list(target.iterdir()) == []
    os.chown(target, os.getuid(), -1)
    assert kehoach("--root", str(folder), "tasks") == first
    assert list(target.iterdir()) != []


def test_a_record_of_somebody_else_moves_nothing_out_of_the_workspace(folder: Path) -> None:
    from kehoach_cli.store.files.leftovers import SetRecord, SetStep, encoded_record

    (folder / "progress").mkdir(exist_ok=True)
    unfinished = folder / "progress" / ".kehoach-0123456789ab.tmp"
    outside = folder.parent / "ngoai.txt"
    for target, source in (("../ngoai.txt", "progress/" + unfinished.name), ("plans/moi.yaml", "../bi-mat.txt")):
        unfinished.write_bytes(b"x")
        step = SetStep(target, source, "", sha256(b"x").hexdigest())
        record = folder / "progress" / ".kehoach-ba9876543210.set.tmp"
        record.write_bytes(encoded_record(SetRecord((step,), resume=True)))
        assert forked("plans").code == 0
        assert not outside.exists()
        assert not (folder / "plans" / "moi.yaml").exists()


_DEEP = (b"[" * 100_000, b'{"zz":' + b"[" * 100_000, b"\xff", b"", b'{"run":1}')


@pytest.mark.parametrize("data", _DEEP)
def test_damaged_memories_of_collecting_are_passed_over(folder: Path, data: bytes) -> None:
    write(folder, collected())
    kept = (folder / "progress" / "journal.jsonl").read_bytes()
    (folder / "progress" / "journal.jsonl").write_bytes(data + b"\n" + kept)
    (folder / "progress" / ".kehoach-0123456789ab.set.tmp").write_bytes(data)
    for command in ("plans", "check --fail-on none", "history I.1", "report -y 2025 -f json"):
        ended = forked(*command.split())
        assert ended.code == 0, ended.err
    collecting = forked("collect", "bieu/b.yaml", "--year", "2025")
    assert collecting.code == 0, collecting.err
    journal = (folder / "progress" / "journal.jsonl").read_bytes()
    assert journal.startswith(data + b"\n" + kept)
    assert len(journal) > len(data + kept) + 2
    assert not list(folder.rglob(".kehoach-*"))
    (folder / "received" / "last-collect-progress.json").write_bytes(data)
    undoing = forked("collect", "--undo")
    assert undoing.code == 3
    assert "không có lần thu nào để hoàn lại" in undoing.err


@pytest.mark.parametrize(
    "steps", [(".kehoach-0123456789ab.tmp", "a\0b"), ("progress/.kehoach-0123456789ab.tmp", "../x")]
)
@pytest.mark.parametrize("resume", [True, False])
def test_a_record_with_impossible_names_is_swept(folder: Path, steps: tuple[str, str], resume: bool) -> None:  # noqa: FBT001 - a parameter of the test
    from kehoach_cli.store.files.leftovers import SetRecord, SetStep, encoded_record

    write(folder, collected())
    unfinished, target = steps
    (folder / "progress" / ".kehoach-0123456789ab.tmp").write_bytes(b"x")
    record = SetRecord((SetStep(target, unfinished, "", sha256(b"x").hexdigest()), SetStep("", "")), resume=resume)
    (folder / "progress" / ".kehoach-ba9876543210.set.tmp").write_bytes(encoded_record(record))
    ended = forked("collect", "bieu/b.yaml", "--year", "2025")
    assert ended.code == 0, ended.err
    assert not list(folder.rglob(".kehoach-*"))
    assert not (folder.parent / "x").exists()


@pytest.mark.parametrize("name", ["{folder}/../ngoai.txt", "../../ngoai.txt", "a\0b"])
def test_undoing_writes_nothing_outside_of_the_workspace(folder: Path, name: str) -> None:
    write(folder, collected())
    last = folder / "received" / "last-collect-progress.json"
    undo = json.loads(last.read_bytes())
    last.write_text(json.dumps({**undo, "files": {name.format(folder=folder): ["xấu", ""]}}), encoding="utf-8")
    ended = forked("collect", "--undo")
    assert ended.code == 3
    assert "nằm ngoài thư mục" in ended.err
    assert not (folder.parent / "ngoai.txt").exists()


@posix
@pytest.mark.parametrize("place", ["progress/journal.jsonl", "received/last-collect-progress.json"])
@pytest.mark.parametrize("made", [os.mkfifo, os.mkdir])
def test_pipes_and_folders_in_the_place_of_what_collecting_keeps(
    folder: Path, place: str, made: Callable[[Path], None]
) -> None:
    write(folder, collected())
    (folder / place).unlink()
    made(folder / place)
    ended = forked("collect", "--undo")
    assert ended.code == 3
    assert "lỗi nội bộ" not in ended.err
    if place.endswith("journal.jsonl"):
        for command in ("collect --undo", "collect bieu --year 2025", "check"):
            ended = forked(*command.split())
            assert ended.code == 3
            assert f'không đọc được nhật ký "{place}"' in ended.err


def test_a_set_whose_files_were_changed_since_is_not_finished_in_silence(folder: Path) -> None:
    from kehoach_cli.store.files.leftovers import SetRecord, SetStep, encoded_record

    progress = folder / "progress"
    progress.mkdir(exist_ok=True)
    (progress / ".kehoach-0123456789ab.tmp").write_bytes(b"x")
    step = SetStep("progress/a.txt", "progress/.kehoach-0123456789ab.tmp", "", sha256(b"x").hexdigest())
    record = progress / ".kehoach-ba9876543210.set.tmp"
    record.write_bytes(encoded_record(SetRecord((step,), resume=True)))
    (progress / "a.txt").write_bytes(b"by hand")
    ended = forked("plans")
    assert ended.code == 3
    assert "progress/a.txt đã được sửa sau đó" in ended.err
    assert (progress / "a.txt").read_bytes() == b"by hand"
    record.unlink()
    assert forked("plans").code == 0
