"""The program around its commands: usage errors, exit codes, files written, terminals of every width, completion."""

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from kehoach_cli import __version__
from kehoach_cli.__main__ import run
from kehoach_cli.render.listing import Block, Column, Listing
from kehoach_cli.render.machine.data_formats import render_markdown
from kehoach_cli.render.table import render_table
from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]
COMMANDS = (
    "plans", "tasks", "show", "indicators", "agencies", "check", "form", "collect", "lock", "adjust", "review",
    "history", "summary", "remind", "report", "site", "calendar", "export", "query", "check-docx", "lint", "import",
    "verify", "diff", "schema",
    "templates", "init",
)  # fmt: skip


def test_version(kehoach: Kehoach) -> None:
    assert kehoach("--version").out == f"kehoach {__version__}\n"
    assert kehoach("--no-color", "--version").out == f"kehoach {__version__}\n"


def test_help_is_vietnamese_with_an_example_for_every_command(kehoach: Kehoach) -> None:
    page = kehoach("--help").out
    assert page == kehoach().out
    for command in COMMANDS:
        assert command in page
        own = kehoach(command, "--help")
        assert own.code == 0
        assert f"Ví dụ: kehoach {command}" in own.out
        english = re.findall(
            r"\b(Usage|Options|Arguments|Commands|Show|Install|(?<!-)exit|required|default|shell\.)\b", page + own.out
        )
        assert not english
    assert "..." not in re.sub(r"\[[^]]*\]\.\.\.", "", page)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("taks",), 'ý bạn là "tasks"?'),
        (("tasks", "--agncy", "x"), "--agency"),
        (("tasks", "--agency"), "thiếu giá trị"),
        (("tasks", "--agency", "  "), "để trống"),
        (("tasks", "Sở", "Y", "tế"), "dấu nháy"),
        (("tasks", "--year", "25"), "bốn chữ số"),
        (("check", "--year", "0000"), "từ 1900 đến 2199"),
        (("site", "-o", "x", "--as-of", "0001-01-01"), "từ 1900 đến 2199"),
        (("tasks", "--due-by", "31/12/9999"), "từ 1900 đến 2199"),
        (("form", "-a", "so-y-te", "--year", "2200"), "từ 1900 đến 2199"),
        (("tasks", "--due-by", "2025-02-30"), "không có trong lịch"),
        (("tasks", "--due-by", "12/31/2025"), "tháng 31 không có"),
        (("tasks", "--due-by", "2025"), "thiếu ngày"),
        (("tasks", "--as-of", "mai"), "năm-tháng-ngày"),
        (("tasks", "--format", "xml"), "table, json, csv, md"),
        (("tasks", "--role", "x"), "chủ trì"),
        (("tasks", "--kind", "x"), "programme"),
        (("tasks", "--plan", "kh-1"), "kh-176"),
        (("tasks", "--province", "ha-noi"), "thanh-hoa"),
        (("tasks", "--direct"), "--agency"),
        (("show",), "thiếu tham số"),
        (("show", "IV.2"), "ý bạn là kh-176/VI.2?"),
        (("show", "kh-176/IV.2"), "ý bạn là kh-176/VI.2?"),
        (("show", "III.1"), "kh-kl-81/III.1"),
        (("show", "PL2.III.9"), "kh-176/PL2.III."),
        (("show", "zzz"), "kehoach tasks"),
        (("agencies", "Sở Ytế"), "ý bạn là Sở Y tế?"),
        (("schema",), "plan, registry, progress, lock, source"),
        (("schema", "plans"), "plan, registry, progress, lock, source"),
        (("--root", "khong-co", "plans"), "không phải thư mục làm việc"),
    ],
)
def test_wrong_usage_is_said_in_vietnamese(kehoach: Kehoach, arguments: tuple[str, ...], words: str) -> None:
    ran = kehoach(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert words in ran.err
    assert not re.search(r"Traceback|Usage|Error|Invalid|No such", ran.err)


def test_our_own_bug_is_one_line(kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("kehoach_cli.store.workspace.paths.find_root", broken)
    ran = kehoach("plans")
    assert ran.code == 4
    assert ran.err.count("\n") == 1
    assert "lỗi nội bộ" in ran.err
    with pytest.raises(RuntimeError, match="boom"):
        run(["--debug", "plans"])


def test_output_is_written_whole_and_never_over_an_existing_file(kehoach: Kehoach, tmp_path: Path) -> None:
    target = tmp_path / "kết quả.csv"
    assert kehoach("tasks", "-a", "Sở Y tế", "--direct", "-f", "csv", "-o", str(target)).code == 0
    assert target.read_bytes().startswith("\ufeffKế hoạch,Mã".encode())
    before = target.read_bytes()
    again = kehoach("tasks", "-f", "csv", "-o", str(target))
    assert again.code == 3
    assert "--force" in again.err
    assert target.read_bytes() == before
    assert kehoach("tasks", "-f", "csv", "-o", str(target), "--force").code == 0
    assert target.read_bytes() != before
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    nowhere = kehoach("tasks", "-o", str(tmp_path / "không có" / "x.txt"))
    assert nowhere.code == 3
    assert "không ghi được" in nowhere.err


def test_the_builtin_plans_serve_outside_any_workspace(
    kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = kehoach("tasks", "--agency", "Sở Y tế", "--direct")
    assert ran.code == 0
    assert "Tổng cộng: 6 nhiệm vụ." in ran.out
    assert "dùng các kế hoạch đi kèm" in ran.err


def test_a_plans_folder_of_something_else_is_no_workspace(
    kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "terraform.yaml").write_text("resource: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "dùng các kế hoạch đi kèm" in kehoach("plans").err


def test_a_workspace_is_found_upward(kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY / "src" / "kehoach_cli")
    ran = kehoach("plans")
    assert ran.code == 0
    assert ran.err == ""


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize(
    "command", [("tasks",), ("tasks", "-a", "Sở Y tế"), ("plans",), ("indicators",), ("agencies",), ("show", "PL.I.2")]
)
def test_tables_fit_the_terminal_and_lose_nothing(
    kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, width: int, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = kehoach(*command).out
    assert max(cell_len(line) for line in out.splitlines()) <= width
    assert "…" not in re.sub(r"(ấn phẩm|phóng sự|hóa lỏng)…", "", out)


@pytest.mark.parametrize("width", [80, 160])
def test_ids_and_dates_never_break(kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = kehoach("tasks", "-a", "Sở Y tế", "--province", "thanh-hoa", "--all-matches").out
    rows = json.loads(kehoach("tasks", "-a", "Sở Y tế", "--province", "thanh-hoa", "-f", "json").out)["items"]
    listed = re.findall(r"^((?:PL\d*|[IVX]+)(?:\.\w+)+(?:-\d+)?) ", out, re.MULTILINE)
    assert listed == [row["id"] for row in rows]
    assert len(re.findall(r"(?<!\d)31/12/20\d\d", out)) == sum(
        bool(row["schedule"]["deadline"] or row["next_due"]) for row in rows
    )


def test_every_word_of_a_long_text_survives_wrapping(kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = kehoach("tasks", "-p", "qd-3825").out
    rows = json.loads(kehoach("tasks", "-p", "qd-3825", "-f", "json").out)["items"]
    words = set(out.split())
    for row in rows:
        assert set(row["text"].split()) <= words, row["id"]


HOSTILE = "[/x] [bold]đỏ[/bold] \x1b[31mđỏ\x07 \x9b2J \u202eđảo\r\nxuống | dòng `mã` :smile:"


@pytest.mark.parametrize("color", [True, False])
def test_data_cannot_disturb_the_terminal(color: bool) -> None:  # noqa: FBT001 - parametrized
    block = Block("Tiêu đề " + HOSTILE, 1, (HOSTILE,), (Column("Mã", fixed=True), Column("Chữ")), (("X[/y]", HOSTILE),))
    out = render_table(Listing((block,)), 80, color=color)
    own_styles = re.sub(r"\x1b\[[\d;]*m", "", out)
    assert not [letter for letter in own_styles if unicodedata.category(letter) == "Cc" and letter != "\n"]
    assert "\x1b[31m" not in out
    assert "\u202e" not in out
    assert "[/x] [bold]đỏ[/bold]" in own_styles
    assert ":smile:" in own_styles


def test_markdown_keeps_data_out_of_its_marks() -> None:
    block = Block("T", 1, (), (Column("Mã"), Column("Chữ")), (("a|b", "<b> *x* `y`\nz"),))
    assert "| a\\|b | \\<b\\> \\*x\\* \\`y\\`<br>z |" in render_markdown(Listing((block,)))


def test_arguments_cannot_disturb_the_terminal(kehoach: Kehoach) -> None:
    ran = kehoach("tasks", "--agency", "\x1b[2J\x07xyz")
    assert ran.code == 2
    assert "\x1b" not in ran.err


def completed(typed: str, last: str, folder: Path = REPOSITORY) -> list[str]:
    """Ask for completions as the shell does: the words typed, then the unfinished word."""
    environment = os.environ | {"_KEHOACH_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": f"{typed} {last}"}
    ran = subprocess.run(
        [sys.executable, "-m", "kehoach_cli"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    return re.findall(r'"([^"]*)"(?::"[^"]*")?', ran.stdout)


@pytest.mark.parametrize("incomplete", ["Sở\\ Y", "so\\ y", "SỞ\\ Y", unicodedata.normalize("NFD", "Sở\\ Y"), "SYT"])
@pytest.mark.slow
def test_agencies_complete_with_or_without_accents(incomplete: str) -> None:
    assert completed("kehoach tasks --agency", incomplete) == ["Sở Y tế"]


@pytest.mark.parametrize(
    ("typed", "last", "expected"),
    [
        ("kehoach tasks --agency", "so-y-t", ["so-y-te"]),
        ("kehoach agencies", "so-y-t", ["so-y-te"]),
        ("kehoach tasks --plan", "KH-1", ["kh-176"]),
        ("kehoach show", "pl2.iii", ["PL2.III.1", "PL2.III.2"]),
        ("kehoach show", "kh-176/PL2.III", ["kh-176/PL2.III.1", "kh-176/PL2.III.2"]),
        ("kehoach tasks --province", "thai", ["thai-nguyen"]),
        ("kehoach tasks --role", "l", ["lead"]),
        ("kehoach tasks --kind", "p", ["programme"]),
        ("kehoach schema", "p", ["plan", "progress"]),
        ("kehoach tasks --format", "", ["table", "json", "csv", "md", "xlsx"]),
    ],
)
@pytest.mark.slow
def test_the_shell_gets_completions(typed: str, last: str, expected: list[str]) -> None:
    assert completed(typed, last) == expected


@pytest.mark.slow
def test_completion_follows_root(tmp_path: Path) -> None:
    assert completed(f"kehoach --root {REPOSITORY} tasks --plan", "kh-1", tmp_path) == ["kh-176"]


@pytest.mark.slow
def test_a_reader_that_leaves_early_is_no_error() -> None:
    # The listing is longer than the buffer of a pipe, and the reader sleeps: so the pipe breaks every time.
    command = f"{sys.executable} -m kehoach_cli tasks -f json | (head -c 10; exec <&-; sleep 1)"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    assert ran.returncode == 0


@pytest.mark.slow
def test_output_is_utf8_whatever_the_locale() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    ran = subprocess.run(
        [sys.executable, "-m", "kehoach_cli", "plans", "-f", "csv"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        check=True,
    )
    assert "Thanh Hóa" in ran.stdout.decode("utf-8")


def test_plans_and_indicators_as_data(kehoach: Kehoach) -> None:
    plans = {plan["id"]: plan for plan in json.loads(kehoach("plans", "-f", "json").out)["items"]}
    assert plans["kh-176"]["counts"] == {"tasks": 30, "programmes": 34, "organisation": 4, "indicators": 19}
    assert plans["kh-thai-nguyen-2026"]["date"] == "2026-04"
    assert plans["kh-thai-nguyen-2026"]["number"] is None
    assert plans["kh-kl-81"]["date"] is None
    assert plans["qd-3825"]["reporting"][1]["yearly"] == {"day": 9, "month": 12}
    assert plans["qd-3825"]["coordinator_now"] == ["so-tai-chinh"]
    rows = {row["ref"]: row for row in json.loads(kehoach("indicators", "-f", "json").out)["items"]}
    assert len(rows) == 25
    assert [target["kind"] for target in rows["kh-176/PL1.10"]["targets"]] == ["scoped", "scoped"]
    assert rows["kh-176/PL1.18"]["targets"][0]["parts"][0]["low"] == 88823.44
    trees = rows["qd-3825/PL.VIII.5.3-ct1"]["targets"][0]
    assert (trees["from"], trees["year"], trees["kind"]) == (2023, 2030, "mean")
    assert trees["text"] == "6,0 triệu cây xanh phân tán/năm"


def test_indicators_filter_by_agency_and_year(kehoach: Kehoach) -> None:
    def refs(*arguments: str) -> list[str]:
        return [row["id"] for row in json.loads(kehoach("indicators", *arguments, "-f", "json").out)["items"]]

    assert refs("-a", "Sở Y tế") == ["PL1.17"]
    assert refs("-a", "Sở Xây dựng", "--year", "2030") == ["PL1.10", "PL1.15"]
    assert refs("-a", "Sở Xây dựng", "--year", "2027") == ["PL1.10", "PL1.15"]
    assert refs("--year", "2025", "--plan", "qd-3825") == ["PL.VIII.5.3-ct1", "PL.VIII.5.3-ct2"]
    assert len(refs("-a", "Sở Nông nghiệp và Môi trường", "--province", "thanh-hoa")) == 16


def test_show_gives_everything(kehoach: Kehoach) -> None:
    out = kehoach("show", "PL.VII.1").out
    words = " ".join(out.split())
    for expected in (
        "qd-3825/PL.VII.1",
        "hiện nay: Sở Y tế (phần bảo trợ xã hội)",
        "2023 - 2030",
        "nguyên văn:",
        "Ghi chú của kehoach",
    ):
        assert expected in words
    clause = " ".join(kehoach("show", "kh-thai-nguyen-2026/II.2-1", "--format", "md").out.split())
    assert "Theo điều khoản chung III.1" in clause
    assert "theo tiêu đề mục II.2" in clause
    details = json.loads(kehoach("show", "kh-176/pl2.i.9", "-f", "json").out)["items"][0]
    assert details["schedule"]["text"] is None
    assert details["note"]
    assert kehoach("show", "PL1.10", "-f", "csv").out.count("\n") == 2


def test_agencies_explains_a_name(kehoach: Kehoach) -> None:
    words = " ".join(kehoach("agencies", "STNMT").out.split())
    assert "Sở Tài nguyên và Môi trường không còn sau ngày 28/02/2025" in words
    heir = " ".join(kehoach("agencies", "so-nnmt", "--province", "thanh-hoa").out.split())
    assert "Trước đây: Sở Tài nguyên và Môi trường (tiếp nhận từ 01/3/2025)" in heir
    uncertain = " ".join(kehoach("agencies", "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch").out.split())
    assert "cần xác nhận" in uncertain
    whole = json.loads(kehoach("agencies", "-f", "json").out)
    assert whole["summary"]["count"] == len(whole["items"]) > 150


def test_color_only_on_a_terminal(kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in kehoach("plans").out

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for arguments, colored in ((["plans"], True), (["--no-color", "plans"], False)):
        screen = Terminal()
        monkeypatch.setattr(sys, "stdout", screen)
        assert run(arguments) == 0
        assert ("\x1b[" in screen.getvalue()) is colored


@pytest.mark.parametrize(
    "arguments",
    [
        ("tasks", "--format", "\x1b[31m"),
        ("tasks", "-a", "x", "--role", "\x1b[31m"),
        ("\x1b[31m",),
        ("tasks", "--\x1b[31m"),
        ("tasks", "--plan", "a\nplans/x.yaml:1:1: lỗi K001: giả"),
    ],
)
def test_no_argument_reaches_the_terminal_raw(kehoach: Kehoach, arguments: tuple[str, ...]) -> None:
    ran = kehoach(*arguments)
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert "\nplans/x.yaml" not in ran.err


@pytest.mark.parametrize("output", ["/", ".", "x" * 5000, "/proc/không/có"])
def test_what_cannot_be_written_is_no_bug(kehoach: Kehoach, output: str) -> None:
    ran = kehoach("plans", "-f", "json", "-o", output, "--force")
    assert ran.code == 3
    assert "không ghi được" in ran.err
    assert not re.search(r"[A-Z][a-z]+ (file|name|is)|Errno|lỗi nội bộ", ran.err)


@pytest.mark.parametrize("arguments", [("--root", "x" * 5000, "plans"), ("tasks", "--progress", "x" * 5000)])
def test_names_too_long_for_the_machine_are_wrong_usage(kehoach: Kehoach, arguments: tuple[str, ...]) -> None:
    assert kehoach(*arguments).code == 2


@pytest.mark.slow
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "kehoach_cli", "plans"],
            cwd=REPOSITORY,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 3
    assert "ổ đĩa đã đầy" in ran.stderr
    assert "Traceback" not in ran.stderr
