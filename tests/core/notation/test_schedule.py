import subprocess
import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.core.notation.parse import parse_schedule
from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Schedule, ScheduleError, ScheduleKind


def period(start: int, end: int) -> Schedule:
    return Schedule("", ScheduleKind.PERIOD, start, end, date(end, 12, 31))


def year(number: int) -> Schedule:
    return Schedule("", ScheduleKind.YEAR, number, number, date(number, 12, 31))


def until(day: date) -> Schedule:
    return Schedule("", ScheduleKind.UNTIL, None, day.year, day)


def recurring(day: int | None = None, month: int | None = None) -> Schedule:
    return Schedule("", ScheduleKind.RECURRING, yearly=(day, month) if day and month else None)


ON_REQUEST = Schedule("", ScheduleKind.ON_REQUEST)


def meaning(text: str, *, strict_before: bool = True) -> Schedule:
    """Return the meaning without the printed text."""
    schedule = parse_schedule(text, strict_before=strict_before)
    assert schedule.text == text
    return Schedule("", schedule.kind, schedule.start, schedule.end, schedule.deadline, schedule.yearly)


class TestPlans:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Thường xuyên, hằng năm", recurring()),
            ("Thường xuyên, hằng năm.", recurring()),
            ("Thường xuyên hoặc khi có yêu cầu.", recurring()),
            ("Khi có yêu cầu", ON_REQUEST),
            ("Khi có yêu cầu và theo quy định của Luật BVMT năm 2020.", ON_REQUEST),
            ("2022 - 2025", period(2022, 2025)),
            ("2021 - 2030", period(2021, 2030)),
            ("2022 - 2030", period(2022, 2030)),
            ("2022", year(2022)),
            ("2023 - 2030", period(2023, 2030)),
            ("2022-2023", period(2022, 2023)),
            ("2022 - 2023", period(2022, 2023)),
            ("2021 - 2025", period(2021, 2025)),
            ("2023 - 2026", period(2023, 2026)),
            ("2026 - 2030", period(2026, 2030)),
            ("2023 - 2024", period(2023, 2024)),
            ("2024 - 2026", period(2024, 2026)),
            ("Năm 2023", year(2023)),
            ("2025 - 2026", period(2025, 2026)),
            ("hoàn thành đến hết năm 2026", until(date(2026, 12, 31))),
            ("đến hết năm 2026", until(date(2026, 12, 31))),
            ("đến năm 2030 và các năm tiếp theo", Schedule("", ScheduleKind.OPEN, None, 2030)),
            ("đến năm 2030", until(date(2030, 12, 31))),
            ("giai đoạn 2021 - 2025", period(2021, 2025)),
            ("năm 2020", year(2020)),
            ("Năm 2025 - Năm 2030", period(2025, 2030)),
            ("Trước ngày 30 tháng 6 năm 2025", until(date(2025, 6, 29))),
            ("đến tháng 12 năm 2025", until(date(2025, 12, 31))),
            ("Quý IV năm 2025", until(date(2025, 12, 31))),
            ("Từ năm 2025", Schedule("", ScheduleKind.OPEN, 2025)),
            ("Thường xuyên, liên tục", recurring()),
            ("trước 15/12 hằng năm", recurring(14, 12)),
            ("trước ngày 15 tháng 12 hằng năm", recurring(14, 12)),
        ],
    )
    def test_a_string_of_the_plans(self, text: str, expected: Schedule) -> None:
        assert meaning(text) == expected

    @pytest.mark.parametrize("text", ["\u00a0", "", " ", None])
    def test_a_blank_cell_is_no_schedule(self, text: str | None) -> None:
        assert parse_schedule(text) == NO_SCHEDULE
        assert NO_SCHEDULE.deadline is None

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("định kỳ ngày 15/11 hằng năm", recurring(15, 11)),
            ("trước ngày 10/12 hằng năm", recurring(9, 12)),
            ("trước ngày 15/12 hằng năm hoặc đột xuất theo yêu cầu", recurring(14, 12)),
            ("trước ngày 31/12 hằng năm hoặc đột xuất theo yêu cầu", recurring(30, 12)),
            ("định kỳ hàng năm và đột xuất theo yêu cầu", recurring()),
            ("hằng tháng", recurring()),
            (
                "thường niên, đột xuất, sơ kết giữa kỳ vào năm 2025, tổng kết thực hiện vào năm 2030",
                recurring(),
            ),
            ("định kỳ", recurring()),
        ],
    )
    def test_a_reporting_date_of_the_plans(self, text: str, expected: Schedule) -> None:
        assert meaning(text) == expected
        assert meaning(text).deadline is None

    @pytest.mark.parametrize("text", ["tầm nhìn đến năm 2050", "tầm nhìn 2050", "tầm nhìn đến 2045"])
    def test_a_vision_is_no_schedule(self, text: str) -> None:
        with pytest.raises(ScheduleError):
            parse_schedule(text)

    @pytest.mark.parametrize(
        "text",
        [
            "sau khi có hướng dẫn của Bộ Tài chính",
            "sau khi có đề nghị, hướng dẫn của Bộ Công Thương",
            "sau khi có hướng dẫn của Trung ương",
            "sau khi Trung ương ban hành",
            "theo hướng dẫn và phát động của Trung ương",
        ],
    )
    def test_a_condition_is_an_event_without_a_date(self, text: str) -> None:
        schedule = parse_schedule(text)
        assert (schedule.kind, schedule.deadline, schedule.event) == (ScheduleKind.EVENT, None, text)


class TestNotation:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2022–2025", period(2022, 2025)),
            ("từ năm 2022 đến năm 2025", period(2022, 2025)),
            ("từ năm 2022 - 2025", period(2022, 2025)),
            ("thời kỳ 2021 - 2030", period(2021, 2030)),
            ("giai đoạn 2021 đến 2025", period(2021, 2025)),
            ("Năm 2022 - 2025", period(2022, 2025)),
            ("giai đoạn năm 2022 đến năm 2025", period(2022, 2025)),
            ("2022 - 2022", period(2022, 2022)),
            ("2022, 2023", period(2022, 2023)),
            ("trong năm 2023", year(2023)),
            ("đến hết ngày 15/12/2026", until(date(2026, 12, 15))),
            ("đến ngày 15/12/2026", until(date(2026, 12, 15))),
            ("chậm nhất ngày 15/12/2026", until(date(2026, 12, 15))),
            ("chậm nhất là ngày 15 / 12 /2026", until(date(2026, 12, 15))),
            ("chậm nhất là năm 2026", until(date(2026, 12, 31))),
            ("trước ngày 15/12/2026", until(date(2026, 12, 14))),
            ("trước ngày 01/01/2026", until(date(2025, 12, 31))),
            ("trước ngày 01/3/2024", until(date(2024, 2, 29))),
            ("trước năm 2040", until(date(2039, 12, 31))),
            ("đến hết quý I/2026", until(date(2026, 3, 31))),
            ("trước tháng 3/2026", until(date(2026, 2, 28))),
            ("chậm nhất năm 2030 và các năm tiếp theo", Schedule("", ScheduleKind.OPEN, None, 2030)),
        ],
    )
    def test_periods_years_and_last_days(self, text: str, expected: Schedule) -> None:
        assert meaning(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("hằng năm", recurring()),
            ("hàng năm", recurring()),
            ("hằng quý", recurring()),
            ("hàng tuần", recurring()),
            ("6 tháng", recurring()),
            ("Thường xuyên hằng năm", recurring()),
            ("Thường xuyên, hàng năm và khi có yêu cầu", recurring()),
            ("hằng năm, đột xuất theo yêu cầu", recurring()),
            ("hằng năm và theo quy định của Luật", recurring()),
            ("định kỳ hằng quý", recurring()),
            ("định kỳ hằng tuần", recurring()),
            ("định kỳ 6 tháng", recurring()),
            ("định kỳ hằng năm ngày 15/11", recurring(15, 11)),
            ("đến ngày 15/12 hằng năm", recurring(15, 12)),
            ("trước ngày 01/01 hằng năm", recurring(31, 12)),
            ("trước ngày 01/3 hằng năm", recurring(28, 2)),
            ("Khi có yêu cầu và đột xuất", ON_REQUEST),
        ],
    )
    def test_recurring_duties(self, text: str, expected: Schedule) -> None:
        assert meaning(text) == expected

    @pytest.mark.parametrize(
        ("text", "strict", "custom"),
        [
            ("trước ngày 15/12/2026", until(date(2026, 12, 14)), until(date(2026, 12, 15))),
            ("trước ngày 10/12 hằng năm", recurring(9, 12), recurring(10, 12)),
            ("đến ngày 15/12/2026", until(date(2026, 12, 15)), until(date(2026, 12, 15))),
            ("định kỳ ngày 15/11 hằng năm", recurring(15, 11), recurring(15, 11)),
        ],
    )
    def test_how_strict_before_is_read_is_a_setting(self, text: str, strict: Schedule, custom: Schedule) -> None:
        assert meaning(text) == strict
        assert meaning(text, strict_before=False) == custom

    def test_spelling_case_and_unicode_form_do_not_count(self) -> None:
        expected = meaning("Thường xuyên, hằng năm")
        for text in ("THƯỜNG XUYÊN, HẰNG NĂM", "thường xuyên, hàng năm", "thường\u00a0xuyên,  hằng năm ;"):
            assert meaning(text) == expected
            assert meaning(unicodedata.normalize("NFD", text)) == expected


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("2025 - 2022", "2025"),
            ("đến ngày 31/6/2026", "31/6/2026"),
            ("trước ngày 12/15 hằng năm", "15"),
            ("trước ngày 30/2 hằng năm", "30/2"),
            ("đến tháng 13/2026", "13"),
        ],
    )
    def test_a_schedule_that_cannot_be_says_why(self, text: str, named: str) -> None:
        with pytest.raises(ScheduleError) as caught:
            parse_schedule(text)
        assert named in str(caught.value)
        assert caught.value.backwards == (text == "2025 - 2022")

    @pytest.mark.parametrize(
        "text", ["sớm", "2022 - ", "22 - 25", "năm 22", "đến", "trước", "2022 - 2025 hoặc 2026", "x", "…"]
    )
    def test_what_is_not_understood_is_never_guessed(self, text: str) -> None:
        with pytest.raises(ScheduleError):
            parse_schedule(text)

    @pytest.mark.parametrize(
        "text",
        ["0000", "0000 - 2022", "đến năm 0000", "trước năm 0001", "trước ngày 01/01/0001", "đến ngày 01/01/0000"],
    )
    def test_a_year_no_calendar_has_is_refused(self, text: str) -> None:
        with pytest.raises(ScheduleError):
            parse_schedule(text)

    def test_a_long_phrase_is_refused_at_once(self) -> None:
        program = (
            "from kehoach_cli.core.notation.parse import parse_schedule\n"
            "from kehoach_cli.core.notation.schedule import ScheduleError\n"
            "try:\n"
            "    parse_schedule('thường xuyên' + ' tổng kết 2025' * 40 + ' x')\n"
            "except ScheduleError:\n"
            "    print('refused')\n"
        )
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=10, check=True)
        assert run.stdout == "refused\n"


class TestYears:
    @pytest.mark.parametrize(
        ("text", "covered", "apart"),
        [
            ("2022 - 2025", (2022, 2024, 2025), (2021, 2026)),
            ("Năm 2023", (2023,), (2022, 2024)),
            ("đến hết năm 2026", (2025, 2026), (2027,)),
            ("Thường xuyên, hằng năm", (2022, 2030), ()),
            ("Khi có yêu cầu", (2022, 2030), ()),
            ("đến năm 2030 và các năm tiếp theo", (2026, 2030, 2031), ()),
            ("", (), (2022, 2030)),
        ],
    )
    def test_a_schedule_covers_its_years(self, text: str, covered: tuple[int, ...], apart: tuple[int, ...]) -> None:
        schedule = parse_schedule(text)
        assert all(schedule.covers(number) for number in covered)
        assert not any(schedule.covers(number) for number in apart)

    def test_a_heading_gives_its_schedule_and_says_so(self) -> None:
        heading = parse_schedule("hoàn thành đến hết năm 2026")
        given = heading.from_heading("II.2")
        assert given.source == "II.2"
        assert (given.kind, given.deadline) == (ScheduleKind.UNTIL, date(2026, 12, 31))
        assert heading.source is None


years = st.integers(1900, 2199)
words = st.sampled_from(
    [
        "2022",
        "2025",
        "0000",
        "0001",
        "9999",
        "-",
        "–",
        "đến",
        "hết",
        "năm",
        "trước",
        "ngày",
        "15/12",
        "31/6",
        "01/01/0001",
        "29/2",
        "hằng",
        "hàng",
        "quý_I/2026",
        "tháng_2/2024",
        ",",
        ".",
        ";",
        "và",
        "hoặc",
        "thường_xuyên",
        "định_kỳ",
        "khi_có_yêu_cầu",
        "đột_xuất",
        "theo_yêu_cầu",
        "theo_quy_định_của",
        "Luật",
        "giai_đoạn",
        "từ",
        "chậm_nhất",
        "là",
        "trong",
        "và_các_năm_tiếp_theo",
        "6_tháng",
        "sơ_kết",
        "tổng_kết",
        "hoàn_thành",
        "٢٠٢٢",
        "²",
    ]
)
like_schedules = st.lists(words, max_size=7).map(lambda chosen: " ".join(chosen).replace("_", " "))


class TestProperties:
    @given(years, years)
    def test_a_period_ends_on_the_last_day_of_its_last_year(self, one: int, other: int) -> None:
        start, end = sorted((one, other))
        assert meaning(f"{start:04d} - {end:04d}") == period(start, end)

    @given(st.dates(date(1900, 1, 2), date(2199, 12, 31)))
    def test_before_a_day_ends_one_day_earlier(self, day: date) -> None:
        written = f"{day.day:02d}/{day.month}/{day.year}"
        included = parse_schedule(f"đến ngày {written}").deadline
        before = parse_schedule(f"trước ngày {written}").deadline
        assert included == day
        assert before is not None
        assert (day - before).days == 1

    @pytest.mark.slow
    @given(like_schedules | st.text(), st.booleans())
    def test_any_text_is_a_schedule_or_refused_as_one(self, text: str, strict: bool) -> None:  # noqa: FBT001
        refusal, schedule = "", None
        try:
            schedule = parse_schedule(text, strict_before=strict)
        except ScheduleError as error:
            refusal = str(error)
        if schedule is None:
            assert refusal
            return
        dated = schedule.kind in {
            ScheduleKind.PERIOD,
            ScheduleKind.YEAR,
            ScheduleKind.UNTIL,
            ScheduleKind.MILESTONES,
        }
        assert (schedule.deadline is not None) == (dated and schedule.yearly is None)
        assert schedule.kind is not ScheduleKind.UNKNOWN
        assert schedule.start is None or 1 <= schedule.start <= (schedule.end or 9999)
