"""Collecting never loses a figure: periods, order, journal, undo, history, and every file of an inbox."""

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach_cli.store.readers.journal import journal_of
from tests.conftest import Ran
from tests.fuzz.inputs import small, write

Kehoach = Callable[..., Ran]

FORM = "kehoach: progress/1\nplan: kh-mau\nagency: so-a\nyear: {year}\ncutoff: {cutoff}\n{rest}"
TARGET = "progress/2025/kh-mau--so-a.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """A small workspace without submissions, which is the current folder."""
    write(tmp_path, {name: data for name, data in small().items() if not name.startswith("progress")})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def form(name: str, rest: str = "", *, year: int = 2025, cutoff: str = "2025-12-14", sent: str = "2025-12-15") -> Path:
    """Write a filled form."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"submitted: {sent}\n" if sent else ""
    path.write_text(FORM.format(year=year, cutoff=cutoff, rest=head + rest), encoding="utf-8")
    return path


def value(text: str) -> str:
    return f'indicators:\n  I-ct9: {{value: "{text}"}}\n'


def contents(folder: Path = Path()) -> dict[str, bytes]:
    """Every file of the workspace but forms and what only undoing needs."""
    return {
        str(path): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "in" not in path.parts and not path.name.startswith("last-collect")
    }


def journal() -> list[dict[str, object]]:
    return [json.loads(line) for line in Path("progress/journal.jsonl").read_text(encoding="utf-8").splitlines()]


def flat(ran: Ran) -> str:
    return " ".join((ran.out + ran.err).split())


@pytest.mark.usefixtures("folder")
class TestPeriod:
    """Which forms belong to the period that is collected."""

    def test_a_form_of_another_year_is_refused_by_name(self, kehoach: Kehoach) -> None:
        form("in/cu.yaml", value("95"), year=2024, cutoff="2024-12-14", sent="2024-12-16")
        form("in/moi.yaml", value("96"))
        ran = kehoach("collect", "in")
        assert (ran.code, Path("progress").exists()) == (2, False)
        assert "năm 2024: in/cu.yaml; năm 2025: in/moi.yaml" in flat(ran)
        ran = kehoach("collect", "in", "--year", "2025")
        assert ran.code == 1
        assert "in/cu.yaml - - ✗ Không nhận: biểu của năm 2024, đang thu năm 2025" in flat(ran)
        assert [path.name for path in Path("progress/2025").iterdir()] == ["kh-mau--so-a.yaml"]
        assert not Path("progress/2024").exists()

    @pytest.mark.parametrize(
        ("cutoff", "sent"), [("2024-12-14", ""), ("2024-12-14", "2025-12-16"), ("2025-12-14", "2025-12-16")]
    )
    def test_last_years_form_typed_into_again_is_refused_unless_asked(
        self, kehoach: Kehoach, cutoff: str, sent: str
    ) -> None:
        form("in/cu.yaml", value("95"), year=2024, cutoff=cutoff, sent=sent)
        ran = kehoach("collect", "in")
        assert ran.code == 1
        assert "có thể đã điền nhầm vào biểu năm cũ" in flat(ran)
        assert not Path("progress/2024").exists()
        # The agency did send something; nobody may write to it that it did not.
        covered = json.loads(kehoach("check", "progress", "--year", "2025", "-f", "json").out)["summary"]
        assert "refused" in json.dumps(covered)
        assert kehoach("collect", "in", "--year", "2024").code == 0
        assert kehoach("collect", "in", "-o", "progress/2024").code == 0

    def test_a_form_sent_soon_after_its_year_is_taken(self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KEHOACH_TODAY", "2026-03-31")
        form("in/a.yaml", value("95"), sent="")
        assert kehoach("collect", "in").code == 0

    @pytest.mark.parametrize(("cutoff", "sent"), [("2026-01-02", "2025-12-15"), ("2025-12-14", "2026-01-02")])
    def test_a_day_to_come_is_always_refused(self, kehoach: Kehoach, cutoff: str, sent: str) -> None:
        form("in/a.yaml", value("95"), cutoff=cutoff, sent=sent)
        ran = kehoach("collect", "in", "--force", "--year", "2025")
        assert ran.code == 1
        assert "sau hôm nay (31/12/2025)" in flat(ran)

    def test_two_years_asked_for_contradict(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", value("95"))
        assert kehoach("collect", "in", "--year", "2025", "-o", "progress/2024").code == 2


@pytest.mark.usefixtures("folder")
class TestOrder:
    """A newer report is never replaced by an older one."""

    def test_an_inbox_collected_again_changes_nothing(self, kehoach: Kehoach) -> None:
        form("in/lan-1.yaml", value("95"))
        form("in/lan-2.yaml", value("96"), sent="2025-12-22")
        assert kehoach("collect", "in/lan-2.yaml").code == 0
        ran = kehoach("collect", "in/lan-1.yaml")
        assert ran.code == 1
        assert "gửi 22/12/2025, biểu này chốt 14/12/2025, gửi 15/12/2025" in flat(ran)
        shutil.rmtree("progress")
        assert kehoach("collect", "in").code == 0
        assert '"96"' in Path(TARGET).read_text(encoding="utf-8")
        before = contents()
        ran = kehoach("collect", "in")
        assert (ran.code, contents()) == (0, before)
        assert "Đã nhận ngày 31/12/2025, không có gì thay đổi" in flat(ran)
        assert "đã ghi 0 tệp" in flat(ran)

    @pytest.mark.parametrize("sent", ["2025-12-15", ""])
    def test_other_values_of_the_same_day_are_refused(self, kehoach: Kehoach, sent: str) -> None:
        form("in/a.yaml", value("95"), sent="2025-12-15")
        assert kehoach("collect", "in/a.yaml").code == 0
        form("in/b.yaml", value("96"), sent=sent)
        ran = kehoach("collect", "in/b.yaml")
        assert ran.code == 1
        assert "đã có chốt 14/12/2025, gửi 15/12/2025, biểu này chốt 14/12/2025" in flat(ran)
        assert kehoach("collect", "in/b.yaml", "--force").code == 0
        assert '"96"' in Path(TARGET).read_text(encoding="utf-8")

    def test_a_new_cutoff_keeps_the_earlier_figure_in_the_journal(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", value("95"))
        kehoach("collect", "in/a.yaml")
        form("in/b.yaml", value("96"), cutoff="2025-12-20", sent="2025-12-21")
        assert kehoach("collect", "in/b.yaml").code == 0
        items = json.loads(kehoach("history", "I-ct9", "-f", "json").out)["items"]
        assert [(one["cutoff"], one["old"], one["new"]) for one in items] == [
            ("2025-12-14", None, "95"),
            ("2025-12-20", "95", "96"),
        ]


@pytest.mark.usefixtures("folder")
class TestBlanks:
    """A blank never erases; the word does."""

    def test_rows_of_funding_stay(self, kehoach: Kehoach) -> None:
        rows = 'funding:\n  - {source: Trung ương, planned: "30.000", unit: triệu}\n  - {source: Tỉnh, spent: "5"}\n'
        form("in/a.yaml", rows)
        kehoach("collect", "in/a.yaml")
        form(
            "in/b.yaml", 'funding:\n  - {source: tỉnh, spent: "7"}\n  - {source: Khác, spent: "1"}\n', sent="2025-12-16"
        )
        assert kehoach("collect", "in/b.yaml").code == 0
        text = Path(TARGET).read_text(encoding="utf-8")
        assert '{source: "Trung ương", planned: "30.000", unit: "triệu"}' in text
        assert '{source: "tỉnh", spent: "7"}' in text
        assert '"5"' not in text
        form("in/c.yaml", "funding:\n  - {source: Trung ương, planned: (xóa)}\n", sent="2025-12-17")
        assert kehoach("collect", "in/c.yaml").code == 0
        assert "Trung ương" not in Path(TARGET).read_text(encoding="utf-8")
        assert "30.000" in Path("progress/journal.jsonl").read_text(encoding="utf-8")

    @pytest.mark.parametrize("mark", ["estimate", "province_total"])
    def test_a_mark_is_taken_back_by_false_and_kept_by_a_blank(self, kehoach: Kehoach, mark: str) -> None:
        for day, said, kept in ((15, "true", True), (16, "null", True), (17, "false", False)):
            form(
                "in/a.yaml",
                f'indicators:\n  I-ct9: {{value: "95", {mark}: {said}, source: A}}\n',
                sent=f"2025-12-{day}",
            )
            assert kehoach("collect", "in/a.yaml").code == 0
            assert (f"{mark}: true" in Path(TARGET).read_text(encoding="utf-8")) is kept

    def test_an_estimate_that_is_replaced_is_none_any_more(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", 'indicators:\n  I-ct9: {value: "95", estimate: true, source: Cũ}\n')
        kehoach("collect", "in/a.yaml")
        form("in/b.yaml", "indicators:\n  I-ct9: {note: Thêm}\n", sent="2025-12-16")
        kehoach("collect", "in/b.yaml")
        assert "estimate: true" in Path(TARGET).read_text(encoding="utf-8")
        form("in/c.yaml", value("96"), sent="2025-12-17")
        kehoach("collect", "in/c.yaml")
        text = Path(TARGET).read_text(encoding="utf-8")
        assert "estimate" not in text
        assert 'source: "Cũ"' in text

    def test_line_breaks_are_kept_in_lines_of_their_own(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", 'narrative:\n  directing: "Ban hành.\\n- Ý một;\\n- Ý hai."\n')
        assert kehoach("collect", "in/a.yaml").code == 0
        assert "  directing: |-\n    Ban hành.\n    - Ý một;\n    - Ý hai.\n" in Path(TARGET).read_text(
            encoding="utf-8"
        )

    def test_a_file_of_several_submissions_loses_none(self, kehoach: Kehoach) -> None:
        Path("progress/2025").mkdir(parents=True)
        head = "- kehoach: progress/1\n  plan: kh-mau\n  agency: {}\n  year: 2025\n  cutoff: 2025-11-30\n"
        body = '  narrative:\n    limits: "Cũ."\n'
        Path("progress/2025/chung.yaml").write_text("".join(head.format(a) + body for a in ("so-a", "so-b")), "utf-8")
        for agency in ("so-a", "so-b"):
            path = form(f"in/{agency}.yaml", f'narrative:\n  limits: "Mới {agency}."\n')
            path.write_text(path.read_text("utf-8").replace("agency: so-a", f"agency: {agency}"), "utf-8")
        assert kehoach("collect", "in").code == 0
        text = Path("progress/2025/chung.yaml").read_text(encoding="utf-8")
        assert [text.count(f"Mới {agency}.") for agency in ("so-a", "so-b")] == [1, 1]


@pytest.mark.usefixtures("folder")
class TestJournal:
    """Every change is a line; the last run can be taken back."""

    def test_every_change_is_a_line(self, kehoach: Kehoach) -> None:
        path = form("in/a.yaml", value("95") + "tasks:\n  I.1: {status: done, completed: 2025-12-01}\n")
        kehoach("collect", "in")
        found: dict[tuple[str, ...], object] = {}
        for one in journal():
            found[tuple(one["path"])] = one["new"]  # type: ignore[arg-type]
        assert found["indicators", "I-ct9", "value"] == "95"
        assert found["tasks", "I.1", "completed"] == "2025-12-01"
        (kept,) = Path("received/2025").iterdir()
        assert kept.read_bytes() == path.read_bytes()
        assert "merge=union" in Path("progress/.gitattributes").read_text(encoding="utf-8")
        assert "*\n" in Path("received/.gitignore").read_text(encoding="utf-8")

    def test_settings_let_git_keep_received_forms(self, kehoach: Kehoach) -> None:
        settings = Path("kehoach.toml").read_text(encoding="utf-8")
        form("in/a.yaml", value("95"))
        kehoach("collect", "in")
        Path("kehoach.toml").write_text("keep_received = true\n" + settings, encoding="utf-8")
        form("in/b.yaml", value("96"), sent="2025-12-16")
        kehoach("collect", "in")
        assert not Path("received/.gitignore").exists()
        Path("kehoach.toml").write_text('keep_received = "co"\n' + settings, encoding="utf-8")
        assert "keep_received phải là true hoặc false" in kehoach("lint").out

    def test_a_torn_line_and_merged_lines_are_read(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", value("95"))
        kehoach("collect", "in")
        path = Path("progress/journal.jsonl")
        data = path.read_bytes()
        path.write_bytes(data + data + b'{"time":"2025-')
        form("in/b.yaml", value("96"), sent="2025-12-16")
        assert kehoach("collect", "in/b.yaml").code == 0
        entries = journal_of(path.read_bytes()).entries
        assert [one.new for one in entries if one.path[:2] == ("indicators", "I-ct9")] == ["95", "96"]

    def test_a_part_left_blank_is_not_late(self, kehoach: Kehoach) -> None:
        for rest, late in ((value("95"), True), ("", False)):
            form("in/a.yaml", rest, sent="2025-12-30")
            assert ("K613" in kehoach("check", "in/a.yaml", "--fail-on", "none").out) is late

    def test_undo_takes_the_last_run_back(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", value("95"))
        kehoach("collect", "in/a.yaml")
        before = contents()
        form("in/b.yaml", value("96"), sent="2025-12-16")
        kehoach("collect", "in/b.yaml")
        assert kehoach("collect", "--undo").code == 0
        after = contents()
        assert {name for name in after if after[name] != before.get(name)} == {
            "progress/journal.jsonl",
            *(name for name in after if name.startswith("received/2025") and name not in before),
        }
        assert kehoach("collect", "--undo").code == 3
        # What was taken back can be collected again.
        assert kehoach("collect", "in/b.yaml").code == 0
        assert '"96"' in Path(TARGET).read_text(encoding="utf-8")
        md = kehoach("history", "I-ct9", "-f", "md").out
        assert md.count("| 95 | 96 |") == 2
        assert md.count("(hoàn lại) | 96 | 95 |") == 1

    def test_undo_of_a_new_file_removes_it(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", value("95"))
        kehoach("collect", "in/a.yaml")
        assert kehoach("collect", "--undo").code == 0
        assert not Path(TARGET).exists()

    def test_undo_refuses_a_file_that_was_changed(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", value("95"))
        kehoach("collect", "in/a.yaml")
        with Path(TARGET).open("a", encoding="utf-8") as file:
            file.write("# đã xem\n")
        before = contents()
        ran = kehoach("collect", "--undo")
        assert (ran.code, contents()) == (3, before)
        assert "đã được sửa sau lần thu đó" in flat(ran)

    def test_history_in_every_format(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", "tasks:\n  I.1: {status: in_progress}\n")
        kehoach("collect", "in/a.yaml")
        path = Path(TARGET)
        path.write_text(path.read_text("utf-8").replace("in_progress", "paused"), "utf-8")
        for kind in ("table", "json", "csv", "md"):
            ran = kehoach("history", "kh-mau/I.1", "-f", kind)
            assert ran.code == 0
            assert ("paused" if kind == "json" else "tạm dừng") in ran.out
        assert kehoach("history", "khong-co").code == 2


@pytest.mark.usefixtures("folder")
class TestInbox:
    """Every file of a folder is read, refused with a reason, or named."""

    def test_what_is_not_read_is_named(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", value("95"))
        for name in ("so-b.csv", "so-b.docx", "anh.png", "~$so-b.xlsx", ".an"):
            Path("in", name).write_bytes(b"x")
        ran = kehoach("collect", "in")
        assert ran.code == 0
        assert "Không đọc được 3 tệp khác: in/anh.png, in/so-b.csv, in/so-b.docx." in flat(ran)
        assert "~$" not in flat(ran)
        ran = kehoach("check", "in", "--year", "2025", "--fail-on", "none")
        assert "in/so-b.csv" in flat(ran)
        assert "in/so-b.docx" in flat(ran)
        # Its file name says whose it is, also when only the progress files are looked at.
        covered = flat(kehoach("check", "progress", "--year", "2025", "--fail-on", "none"))
        assert "Đã gửi, chưa nhận được: Sở" in covered
        assert "(so-b.csv: không đọc tệp .csv" in covered

    def test_an_agency_whose_form_was_refused_did_send_it(self, kehoach: Kehoach) -> None:
        path = form("in/b.yaml", value("9500"))
        path.write_text(path.read_text("utf-8").replace("agency: so-a", "agency: so-b"), "utf-8")
        form("in/a.yaml", value("95"))
        ran = kehoach("collect", "in")
        assert ran.code == 1
        assert "Đã gửi, chưa nhận được: Sở" in flat(ran)
        covered = kehoach("check", "progress", "--year", "2025", "--fail-on", "none").out
        assert "Đã gửi, chưa nhận được: Sở" in " ".join(covered.split())
        assert "Chưa gửi (" not in covered
        # The refusal is noted once.
        before = contents()
        kehoach("collect", "in")
        assert contents() == before

    @pytest.mark.slow
    @pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
    def test_ods_is_read_through_libreoffice(self, kehoach: Kehoach) -> None:
        assert kehoach("form", "-a", "so-a", "-y", "2025", "-o", "so-a.xlsx").code == 0
        command = ["soffice", f"-env:UserInstallation={Path('p').absolute().as_uri()}", "--headless", "--convert-to"]
        subprocess.run([*command, "ods", "--outdir", "in", "so-a.xlsx"], check=True, capture_output=True)
        ran = kehoach("collect", "in")
        assert "chưa điền mục nào" in flat(ran)

    def test_ods_without_libreoffice_is_refused_with_the_way_to_save_it(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kehoach_cli.office.libreoffice.libreoffice", lambda: None)
        Path("in").mkdir()
        Path("in/so-a.ods").write_bytes(b"PK")
        ran = kehoach("collect", "in")
        assert ran.code == 1
        assert "in/so-a.ods" in flat(ran)
        assert "Đã gửi, chưa nhận được: Sở" in flat(ran)

    def test_a_note_never_refuses_and_a_doubt_is_loud(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", value("0,955"))
        ran = kehoach("collect", "in")
        assert ran.code == 0
        assert "⚠ ĐỐI CHIẾU LẠI" in flat(ran)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_any_order_ends_in_the_same_files_or_in_a_refusal(kehoach: Kehoach, folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    rows = ['I-ct9: {{value: "{}"}}', 'I-ct9: {{note: "n{}"}}', 'I-ct9: {{source: "s{}", value: "{}"}}']
    names = []
    for number in range(4):
        day = chance.choice(["2025-12-15", "2025-12-16", "2025-12-17", ""])
        text = "indicators:\n  " + chance.choice(rows).format(90 + chance.randint(0, 3), 91) + "\n"
        text += f'funding:\n  - {{source: Nguồn {chance.randint(1, 2)}, spent: "{chance.randint(1, 3)}"}}\n'
        cutoff = chance.choice(["2025-12-13", "2025-12-14"])
        names.append(str(form(f"in/{number}.yaml", text, cutoff=cutoff, sent=day)))
    ends = set()
    for _ in range(5):
        order = [*names, *chance.choices(names, k=3)]
        chance.shuffle(order)
        refused, held = False, set[str]()
        for name in order:
            ran = kehoach("collect", name)
            assert ran.code in {0, 1}, ran.err
            refused |= ran.code == 1
            lines = set(Path("progress/journal.jsonl").read_text(encoding="utf-8").splitlines())
            assert held <= lines
            held = lines
            _all_in_journal()
        if not refused:
            ends.add(Path(TARGET).read_bytes())
        shutil.rmtree("progress")
        shutil.rmtree("received")
    assert len(ends) <= 1
    assert folder.exists()


def _all_in_journal() -> None:
    """Every value that stands in the file is the last one that the journal knows of its place."""
    from ruamel.yaml import YAML

    last: dict[tuple[str, ...], object] = {}
    for one in journal():
        last[tuple(one.get("path", ()))] = one.get("new")  # type: ignore[arg-type]
    document = YAML(typ="safe").load(Path(TARGET).read_text(encoding="utf-8"))
    for row, entry in document.get("indicators", {}).items():
        for key, held in entry.items():
            assert last["indicators", row, key] == held
    for row in document.get("funding", []):
        assert last["funding", row["source"], "spent"] == row["spent"]


# What an officer may write in each place of a form, as YAML.
FIGURES = st.integers(90, 96).map(lambda number: f'"{number}"')
TEXTS = st.sampled_from(['"Một"', '"Hai"', '"Ba\\nbốn"', "(xóa)"])
INDICATOR: st.SearchStrategy[dict[str, str]] = st.fixed_dictionaries(
    {}, optional={"value": FIGURES, "note": TEXTS, "source": TEXTS}
)
TASK: st.SearchStrategy[dict[str, str]] = st.fixed_dictionaries(
    {"status": st.sampled_from(["in_progress", "paused", "ongoing"])}, optional={"result": TEXTS, "difficulty": TEXTS}
)
MONEY: st.SearchStrategy[dict[str, str]] = st.fixed_dictionaries(
    {"source": st.sampled_from(["Tỉnh", "Trung ương"])},
    optional={"planned": st.sampled_from(['"90"', '"1.200"']), "spent": st.sampled_from(['"10"', '"20,5"', "(xóa)"])},
)
PARTS: dict[str, st.SearchStrategy[Any]] = {
    "task": TASK,
    "funding": st.lists(MONEY, min_size=1, max_size=2, unique_by=lambda row: row["source"]),
    "limits": TEXTS,
}
HEADS: dict[str, st.SearchStrategy[Any]] = {
    "cutoff": st.sampled_from(["2025-12-13", "2025-12-14"]),
    "submitted": st.sampled_from(["2025-12-15", "2025-12-16", "2025-12-17", "2025-12-18", ""]),
    "indicator": INDICATOR,
}
FORMS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(HEADS, optional=PARTS)


def written(number: int, answers: dict[str, Any]) -> str:
    """Write a form with these answers and return its path."""

    def flow(keys: dict[str, str]) -> str:
        return "{" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"

    rest = f"indicators:\n  I-ct9: {flow(answers['indicator'])}\n" if answers["indicator"] else ""
    rest += f"tasks:\n  I.1: {flow(answers['task'])}\n" if "task" in answers else ""
    rest += (
        "".join(["funding:\n", *(f"  - {flow(row)}\n" for row in answers["funding"])]) if "funding" in answers else ""
    )
    rest += f"narrative:\n  limits: {answers['limits']}\n" if "limits" in answers else ""
    return str(form(f"in/{number}.yaml", rest, cutoff=answers["cutoff"], sent=answers["submitted"]))


def held(document: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every answer in a progress file, with the place that the journal gives it."""
    if isinstance(document, dict):
        for key, one in document.items():
            yield from held(one, (*path, str(key)))
    elif isinstance(document, list) and path == ("funding",):
        for row in document:
            yield from held({key: one for key, one in row.items() if key != "source"}, (*path, row["source"]))
    else:
        yield path, str(document)


def answers_now() -> set[tuple[tuple[str, ...], str]]:
    from ruamel.yaml import YAML

    if not Path(TARGET).exists():
        return set()
    document = YAML(typ="safe").load(Path(TARGET).read_text(encoding="utf-8"))
    head = {"kehoach", "plan", "agency", "year", "answers"}
    return {(path, value) for path, value in held(document) if path[0] not in head}


def journalled() -> set[tuple[tuple[str, ...], str]]:
    """Every value that a line of the journal names, old or new."""
    return {
        (path, value)
        for one in journal()
        for side in ("old", "new")
        if "path" in one
        for path, value in held(one.get(side), tuple(map(str, one["path"])))  # type: ignore[call-overload]
    }


@pytest.mark.slow
@settings(max_examples=80)
@given(data=st.data())
def test_nothing_that_ever_stood_is_lost(kehoach: Kehoach, folder: Path, data: st.DataObject) -> None:
    """Whatever forms come, in whatever order, twice, forced or taken back: the journal knows every value that ever stood."""
    for name in ("progress", "received", "in"):
        shutil.rmtree(folder / name, ignore_errors=True)
    names = [written(number, one) for number, one in enumerate(data.draw(st.lists(FORMS, min_size=2, max_size=4)))]
    ever, lines, last = set[tuple[tuple[str, ...], str]](), list[str](), set[tuple[tuple[str, ...], str]]()
    for name in data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=7)):
        how = data.draw(st.sampled_from(["take", "take", "take", "force", "undo"]))
        arguments = {"take": [name], "force": [name, "--force"], "undo": ["--undo"]}[how]
        ran = kehoach("collect", *arguments)
        assert ran.code in {0, 1, 3}, ran.err
        now = answers_now()
        if ran.code:
            assert now == last
        elif how != "undo":
            # A blank keeps: only the word takes an answer away.
            gone = {path for path, _ in last} - {path for path, _ in now}
            assert not gone or "(xóa)" in Path(name).read_text(encoding="utf-8")
        ever |= now
        last = now
        if ever:
            told = Path("progress/journal.jsonl").read_text(encoding="utf-8").splitlines()
            assert told[: len(lines)] == lines
            lines = told
            assert ever <= journalled()


@pytest.mark.slow
@settings(max_examples=50)
@given(data=st.data())
def test_forms_of_every_kind_end_in_the_same_files_in_any_order(
    kehoach: Kehoach, folder: Path, data: st.DataObject
) -> None:
    """One by one in any order, some of them twice, or the whole inbox at once: the same files, or a refusal."""
    for name in ("progress", "received", "in"):
        shutil.rmtree(folder / name, ignore_errors=True)
    names = [written(number, one) for number, one in enumerate(data.draw(st.lists(FORMS, min_size=2, max_size=4)))]
    twice = data.draw(st.lists(st.sampled_from(names), max_size=2))
    ends = set()
    for order in (["in"], data.draw(st.permutations([*names, *twice])), data.draw(st.permutations(names))):
        codes = {kehoach("collect", name).code for name in order}
        assert codes <= {0, 1}
        if codes == {0}:
            ends.add(Path(TARGET).read_bytes() if Path(TARGET).exists() else b"")
        for name in ("progress", "received"):
            shutil.rmtree(folder / name, ignore_errors=True)
    assert len(ends) <= 1


@pytest.mark.slow
@settings(max_examples=25)
@given(data=st.data())
def test_a_form_that_says_more_ends_in_the_same_file_after_one_that_says_less(
    kehoach: Kehoach, folder: Path, data: st.DataObject
) -> None:
    """Keys and rows that come later stand where they stand in a file that had them from the first."""
    full = data.draw(FORMS) | {"cutoff": "2025-12-14", "submitted": "2025-12-15"}
    said = st.sets(st.sampled_from(sorted(full)))
    less = {key: value for key, value in full.items() if key in data.draw(said)}
    less |= {"cutoff": "2025-12-13", "submitted": ""} | ({} if "indicator" in less else {"indicator": {}})
    ends = set()
    for order in ([less, full], [full]):
        for name in ("progress", "received", "in"):
            shutil.rmtree(folder / name, ignore_errors=True)
        codes = [kehoach("collect", written(number, one)).code for number, one in enumerate(order)]
        if codes[-1] == 0:
            ends.add(Path(TARGET).read_bytes())
    assert len(ends) <= 1
