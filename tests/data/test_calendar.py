"""`kehoach calendar`: read back by icalendar; what moves keeps its id, what is dropped is cancelled, nothing is doubled."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from kehoach_cli.core.report.agenda import AgendaItem
from kehoach_cli.data.calendar_file import calendar_file, events_in
from tests.cli.test_collecting import form
from tests.conftest import Ran
from tests.fuzz.inputs import small, write

Kehoach = Callable[..., Ran]
DAY = date(2025, 6, 1)
ITEM = AgendaItem(
    "kh-mau.I.1.mau.so-a@kehoach", date(2025, 12, 31), "Hạn: Kiểm tra (kh-mau/I.1)", ("Việc", "còn"), "kh-mau"
)
TASK = "kh-mau.I.1.mau.so-a@kehoach"
EXTENDED = (
    "tasks:\n  I.1: {status: in_progress, extension: "
    "{to: 2026-06-30, document: Quyết định 9/QĐ-UBND ngày 01/12/2025}}\n"
)
DROPPED = "tasks:\n  I.1: {status: dropped, documents: [{number: 9/QĐ-UBND, date: 2025-12-01}]}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """A small workspace without submissions, in the middle of 2025, which is the current folder."""
    files = {name: data for name, data in small().items() if not name.startswith("progress")}
    more = (
        b'  - {id: I.2, kind: task, text: "H\xe1\xbb\x8dp giao ban", lead: [so-a], schedule: H\xe1\xba\xb1ng n\xc4\x83m}\n'
        b'  - {id: I.3, kind: task, text: "Vi\xe1\xbb\x87c m\xe1\xbb\x9f", lead: [so-a]}\nindicators:'
    )
    files["plans/kh-mau.yaml"] = files["plans/kh-mau.yaml"].replace(b"indicators:", more)
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEHOACH_TODAY", "2025-12-15")
    return tmp_path


def made(kehoach: Kehoach, *more: str) -> dict[str, Any]:
    """Write the calendar of one agency; return its events by id."""
    ran = kehoach("calendar", "--agency", "Sở Tài nguyên", "-o", "a.ics", "--force", *more)
    assert ran.code == 0, ran.err
    return events(Path("a.ics").read_bytes())


def events(data: bytes) -> dict[str, Any]:
    found = list(Calendar.from_ical(data).walk("VEVENT"))
    assert len({str(one["uid"]) for one in found}) == len(found)
    return {str(one["uid"]): one for one in found}


@pytest.mark.usefixtures("folder")
class TestCommand:
    """From submissions to events."""

    def test_a_deadline_is_a_day_that_takes_no_time(self, kehoach: Kehoach) -> None:
        found = made(kehoach)
        event = found[TASK]
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2025, 12, 31), date(2026, 1, 1))
        assert (str(event["transp"]), str(event["status"]), event["sequence"]) == ("TRANSPARENT", "CONFIRMED", 0)
        assert "Kiểm tra việc xử lý nước thải" in event["summary"]
        assert "còn 16 ngày" in event["description"]
        assert "chủ trì" in event["description"]
        triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
        eight = timedelta(hours=8)
        assert triggers == [eight - timedelta(days=days) for days in (30, 7, 1)]

    def test_recurring_and_open_tasks_give_none(self, kehoach: Kehoach) -> None:
        assert not [uid for uid in made(kehoach) if ".I.2." in uid or ".I.3." in uid]

    def test_a_moved_deadline_moves_the_event(self, kehoach: Kehoach) -> None:
        before = made(kehoach)[TASK]
        form("in/a.yaml", EXTENDED)
        assert kehoach("collect", "in").code == 0
        after = made(kehoach)[TASK]
        assert after.decoded("dtstart") == date(2026, 6, 30)
        assert after["sequence"] > before["sequence"]
        assert "gia hạn theo Quyết định 9/QĐ-UBND" in after["description"]
        # Also a file that is written anew tells that the day was moved once.
        Path("a.ics").unlink()
        assert made(kehoach)[TASK]["sequence"] == after["sequence"]

    def test_a_dropped_task_is_cancelled_and_rings_no_more(self, kehoach: Kehoach) -> None:
        before = made(kehoach)[TASK]
        form("in/a.yaml", DROPPED)
        assert kehoach("collect", "in").code == 0
        after = made(kehoach)[TASK]
        assert (str(after["status"]), after["sequence"]) == ("CANCELLED", before["sequence"] + 1)
        assert after["summary"].startswith("(Đã bỏ) Hạn: ")
        assert not after.walk("VALARM")
        assert made(kehoach)[TASK]["sequence"] == after["sequence"]

    def test_a_row_that_left_the_plan_is_cancelled(self, kehoach: Kehoach) -> None:
        made(kehoach)
        path = Path("plans/kh-mau.yaml")
        path.write_text(path.read_text(encoding="utf-8").replace("id: I.1\n", "id: I.9\n"), encoding="utf-8")
        found = made(kehoach)
        assert (str(found[TASK]["status"]), found[TASK]["sequence"]) == ("CANCELLED", 1)
        assert str(found[TASK.replace("I.1", "I.9")]["status"]) == "CONFIRMED"
        again = made(kehoach)
        assert (again[TASK]["sequence"], again[TASK]["summary"]) == (1, found[TASK]["summary"])

    def test_what_is_done_rings_no_more(self, kehoach: Kehoach) -> None:
        form("in/a.yaml", "tasks:\n  I.1: {status: done, completed: 2025-12-01}\n")
        assert kehoach("collect", "in").code == 0
        event = made(kehoach)[TASK]
        assert not event.walk("VALARM")
        assert "hoàn thành đúng hạn" in event["description"]

    def test_the_same_day_gives_the_same_bytes(self, kehoach: Kehoach) -> None:
        made(kehoach)
        before = Path("a.ics").read_bytes()
        made(kehoach)
        assert Path("a.ics").read_bytes() == before

    def test_a_later_day_changes_the_days_left_and_no_number(self, kehoach: Kehoach) -> None:
        before = made(kehoach)[TASK]
        after = made(kehoach, "--as-of", "2025-12-20")[TASK]
        assert "còn 11 ngày" in after["description"]
        assert after["sequence"] == before["sequence"]
        assert after.decoded("last-modified") == datetime(2025, 12, 20, tzinfo=UTC)

    def test_a_file_that_is_no_calendar_is_kept(self, kehoach: Kehoach) -> None:
        Path("a.ics").write_text("của tôi", encoding="utf-8")
        for force in ((), ("--force",)):
            ran = kehoach("calendar", "--agency", "Sở Tài nguyên", "-o", "a.ics", *force)
            assert ran.code == 3
            assert Path("a.ics").read_text(encoding="utf-8") == "của tôi"

    def test_an_unknown_agency_is_said(self, kehoach: Kehoach) -> None:
        ran = kehoach("calendar", "--agency", "Sở Không Có", "-o", "a.ics")
        assert (ran.code, Path("a.ics").exists()) == (2, False)


@pytest.mark.parametrize(
    ("agency", "plan", "uid", "day"),
    [
        ("Sở Y tế", "qd-3825", "qd-3825.bao-cao-2025.thanh-hoa.so-y-te@kehoach", date(2025, 11, 17)),
        ("Sở Tài chính", "qd-3825", "qd-3825.bao-cao-tong-hop-2025.thanh-hoa.so-tai-chinh@kehoach", date(2025, 12, 9)),
        ("thai-nguyen/so-y-te", "kh-thai-nguyen-2026", "kh-thai-nguyen-2026.bao-cao-2026.thai-nguyen.so-y-te@kehoach",
         date(2026, 12, 14)),
    ],
)  # fmt: skip
def test_report_days_of_the_real_plans_are_there(
    kehoach: Kehoach, tmp_path: Path, agency: str, plan: str, uid: str, day: date
) -> None:
    """The 15th of November 2025 is a Saturday; "trước ngày 10/12", "trước ngày 15/12" end the day before."""
    target = tmp_path / "a.ics"
    ran = kehoach("calendar", "--agency", agency, "--plan", plan, "-o", str(target), "--as-of", "2025-10-01")
    assert ran.code == 0, ran.err
    event = events(target.read_bytes())[uid]
    assert event.decoded("dtstart") == day
    assert "Gửi báo cáo năm" in event["description"]


def test_a_name_of_several_provinces_says_whose_day_it_is(kehoach: Kehoach, tmp_path: Path) -> None:
    target, other = tmp_path / "a.ics", tmp_path / "b.ics"
    asked = ("--agency", "Sở NN&MT", "--as-of", "2026-03-01")
    assert kehoach("calendar", *asked, "-o", str(target)).code == 0
    for uid, event in events(target.read_bytes()).items():
        place = "Thái Nguyên" if ".thai-nguyen." in uid else "Thanh Hóa"
        assert f"\nCơ quan: Sở Nông nghiệp và Môi trường ({place})\n" in event["description"]
    assert kehoach("calendar", *asked, "--province", "thanh-hoa", "-o", str(other)).code == 0
    assert all("Cơ quan:" not in one["description"] for one in events(other.read_bytes()).values())


def test_an_agency_of_the_real_plans_has_its_dated_rows_and_no_other(kehoach: Kehoach, tmp_path: Path) -> None:
    import json

    target = tmp_path / "a.ics"
    options = ("--agency", "so-nnmt", "--province", "thanh-hoa", "--as-of", "2025-10-01")
    assert kehoach("calendar", *options, "-o", str(target)).code == 0
    rows = json.loads(kehoach("tasks", *options, "-f", "json").out)["items"]
    want = {
        f"{row['plan']}.{row['id']}.{row['province']}.so-nnmt@kehoach"
        for row in rows
        if row["own"] and row["schedule"]["deadline"] and not row["milestones"]
    }
    got = {uid for uid in events(target.read_bytes()) if ".bao-cao" not in uid and ".moc-" not in uid}
    assert got == want


class TestFile:
    """The file itself."""

    def test_refresh_is_written_as_the_standard_asks(self) -> None:
        data = calendar_file("Lịch", [ITEM], DAY)
        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in data
        assert b"X-PUBLISHED-TTL:PT12H\r\n" in data
        assert b"TRIGGER:-P29DT16H\r\n" in data
        assert all(line.endswith(b"\r") for line in data.split(b"\n")[:-1])

    @given(
        st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300),
        st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120), max_size=4),
    )
    def test_any_text_comes_back_in_lines_that_fit(self, title: str, lines: list[str]) -> None:
        item = replace(ITEM, title=title, lines=tuple(lines))
        data = calendar_file("Lịch, của; tôi\\ 😀", [item], DAY)
        assert max(map(len, data.split(b"\r\n"))) <= 75
        for line in data.split(b"\r\n"):
            line.decode("utf-8")
        event = events(data)[ITEM.uid]
        assert (str(event["summary"]), str(event["description"])) == (title, "\n".join(lines))

    def test_commas_semicolons_lines_and_emoji_are_text(self) -> None:
        hostile = 'a, b; c: "d" \\n 😀 ưởưở\nEND:VEVENT\nBEGIN:VALARM'
        data = calendar_file("L", [replace(ITEM, title=hostile.partition("\n")[0], lines=(hostile,))], DAY)
        (event,) = events(data).values()
        assert str(event["description"]) == hostile
        assert len(event.walk("VALARM")) == 3
        assert not re.search(rb"^END:VEVENT.+", data, re.MULTILINE) or data.count(b"END:VEVENT\r\n") == 1

    @pytest.mark.parametrize(
        "damage",
        [
            (b"SEQUENCE:0", b"SEQUENCE:x"),
            (b"DTSTART;VALUE=DATE:20251231", b"DTSTART:x"),
            (b"CATEGORIES:kh-mau\r\n", b""),
        ],
    )
    def test_a_damaged_event_begins_anew(self, damage: tuple[bytes, bytes]) -> None:
        data = calendar_file("L", [ITEM], DAY)
        assert damage[0] in data
        assert events_in(data.replace(*damage)) == {}
        assert events(calendar_file("L", [ITEM], DAY, data.replace(*damage)))[ITEM.uid]["sequence"] == 0

    def test_events_of_others_are_no_business_of_ours(self) -> None:
        data = calendar_file("L", [replace(ITEM, uid="hop-giao-ban@google.com")], DAY)
        assert events_in(data) == {}

    @pytest.mark.slow
    @given(
        st.lists(
            st.sampled_from([None, date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]), min_size=2, max_size=6
        )
    )
    def test_a_number_never_falls_and_rises_with_every_move(self, days: list[date | None]) -> None:
        data: bytes | None = None
        last = None
        for day in days:
            items = [] if day is None else [replace(ITEM, day=day)]
            data = calendar_file("L", items, DAY, data)
            event = events(data).get(ITEM.uid)
            if event is None:
                assert last is None
                continue
            now = (event["sequence"], event.decoded("dtstart"), str(event["status"]))
            if last:
                assert (now[0] > last[0]) is (now[1:] != last[1:])
            last = now
