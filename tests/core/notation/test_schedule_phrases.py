"""Schedules of every kind, as other provinces print them: phrase, kind, deadline or due days."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.core.notation.nearest import nearest_schedule
from kehoach_cli.core.notation.parse import parse_schedule
from kehoach_cli.core.notation.refusal import Why
from kehoach_cli.core.notation.schedule import Schedule, ScheduleError, ScheduleKind

pytestmark = pytest.mark.slow

PHRASES = (Path(__file__).parent / "schedules.txt").read_text(encoding="utf-8")
REFUSED = (Path(__file__).parent / "schedules-refused.txt").read_text(encoding="utf-8")


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.splitlines() if line[:1] not in {"", "#"}]


def told(schedule: Schedule) -> str:
    """Return the deadline, or how often and by when."""
    if schedule.recurrence:
        return f"{schedule.recurrence.every}: {' '.join(schedule.recurrence.due)}".strip()
    return schedule.deadline.isoformat() if schedule.deadline else ""


@pytest.mark.parametrize(("phrase", "kind", "meaning"), rows(PHRASES))
def test_a_phrase_has_its_meaning(phrase: str, kind: str, meaning: str) -> None:
    schedule = parse_schedule(phrase)
    assert (schedule.kind, told(schedule)) == (ScheduleKind(kind), meaning)
    assert schedule.text == phrase


class TestStarts:
    @pytest.mark.parametrize(
        ("phrase", "starts", "year"),
        [
            ("Từ ngày 15/3/2026", date(2026, 3, 15), 2026),
            ("Sau quý II/2026", date(2026, 7, 1), 2026),
            ("Sau năm 2025", date(2026, 1, 1), 2026),
            ("Năm 2025 và các năm tiếp theo", date(2025, 1, 1), 2025),
            ("Từ tháng 3 đến tháng 10/2026", date(2026, 3, 1), 2026),
            ("Hằng năm từ năm 2026", date(2026, 1, 1), 2026),
        ],
    )
    def test_what_begins_says_when(self, phrase: str, starts: date, year: int) -> None:
        schedule = parse_schedule(phrase)
        assert (schedule.starts, schedule.start) == (starts, year)
        assert schedule.covers(year)
        assert not schedule.covers(year - 1)

    def test_a_recurring_duty_with_an_end_covers_no_later_year(self) -> None:
        schedule = parse_schedule("Hằng năm, giai đoạn 2026 - 2030")
        assert schedule.covers(2030)
        assert not schedule.covers(2031)


class TestYearOfThePlan:
    @pytest.mark.parametrize(
        ("phrase", "deadline"),
        [
            ("Trước ngày 10/6", date(2025, 6, 9)),
            ("31/7", date(2025, 7, 31)),
            ("Quý I, quý II", date(2025, 6, 30)),
            ("6 tháng đầu năm", date(2025, 6, 30)),
            ("Cả năm", date(2025, 12, 31)),
            ("Hoàn thành trong tháng 12", date(2025, 12, 31)),
        ],
    )
    def test_the_only_year_completes_the_phrase(self, phrase: str, deadline: date) -> None:
        assert parse_schedule(phrase, year=2025).deadline == deadline

    @pytest.mark.parametrize("phrase", ["Trước ngày 10/6", "Quý III", "6 tháng cuối năm", "Cả năm", "Trong năm"])
    def test_without_one_the_year_is_asked_for(self, phrase: str) -> None:
        with pytest.raises(ScheduleError) as caught:
            parse_schedule(phrase)
        assert caught.value.why is Why.YEAR_MISSING
        assert caught.value.near is not None
        assert parse_schedule(caught.value.near).deadline is not None

    def test_a_day_before_the_document_is_not_guessed(self) -> None:
        with pytest.raises(ScheduleError) as caught:
            parse_schedule("Trước ngày 10/6", year=2025, issued=date(2025, 9, 1))
        assert caught.value.why is Why.YEAR_MISSING
        assert parse_schedule("Trước ngày 10/6", year=2025, issued=date(2025, 1, 15)).deadline == date(2025, 6, 9)


class TestGoingOn:
    @pytest.mark.parametrize(
        ("phrase", "deadline"),
        [
            ("Hoàn thành năm 2025 và duy trì các năm tiếp theo", date(2025, 12, 31)),
            ("Hoàn thành Quý I/2025, sau đó thường xuyên", date(2025, 3, 31)),
            ("Hoàn thành trong tháng 6/2025 và duy trì thường xuyên", date(2025, 6, 30)),
            ("Trước ngày 20/12/2025 và các năm tiếp theo", date(2025, 12, 19)),
            ("Từ 01/7/2025 đến 31/12/2025 và những năm tiếp theo", date(2025, 12, 31)),
        ],
    )
    def test_a_deadline_and_then_a_recurring_duty(self, phrase: str, deadline: date) -> None:
        schedule = parse_schedule(phrase)
        assert (schedule.deadline, schedule.goes_on) == (deadline, True)
        assert schedule.covers(2030)


class TestMilestones:
    @pytest.mark.parametrize(
        ("phrase", "steps"),
        [
            (
                "Khởi công quý II/2025, hoàn thành quý IV/2027",
                [("Khởi công", date(2025, 6, 30)), ("hoàn thành", date(2027, 12, 31))],
            ),
            ("Năm 2025: 50%; năm 2026: 100%", [("50%", date(2025, 12, 31)), ("100%", date(2026, 12, 31))]),
            (
                "Hoàn thành trước 15/3/2025; báo cáo trước 25/3/2025",
                [("Hoàn thành", date(2025, 3, 14)), ("báo cáo", date(2025, 3, 24))],
            ),
            (
                "Khảo sát từ tháng 3 đến tháng 5/2026, trình duyệt tháng 9/2026",
                [("Khảo sát", date(2026, 5, 31)), ("trình duyệt", date(2026, 9, 30))],
            ),
            (
                "Cấp tỉnh: quý I/2025; cấp xã: quý II/2025",
                [("Cấp tỉnh", date(2025, 3, 31)), ("cấp xã", date(2025, 6, 30))],
            ),
        ],
    )
    def test_steps_with_words_of_their_own(self, phrase: str, steps: list[tuple[str, date]]) -> None:
        schedule = parse_schedule(phrase)
        assert schedule.kind is ScheduleKind.MILESTONES
        assert [(step.text, step.deadline) for step in schedule.milestones] == steps
        assert schedule.deadline == max(day for _, day in steps)

    def test_a_bare_list_is_a_span(self) -> None:
        assert parse_schedule("Quý II, III/2025").kind is ScheduleKind.PERIOD


class TestTerms:
    def test_days_are_counted_from_the_documents_date(self) -> None:
        schedule = parse_schedule("Trong vòng 15 ngày kể từ ngày ký ban hành", issued=date(2025, 1, 15))
        assert (schedule.kind, schedule.deadline, schedule.counted) == (ScheduleKind.EVENT, date(2025, 1, 30), True)
        assert parse_schedule("Trong vòng 15 ngày kể từ ngày ký ban hành").deadline is None

    @pytest.mark.parametrize(
        "phrase",
        [
            "Trong 15 ngày kể từ ngày ban hành Nghị định",
            "Trong 15 ngày làm việc kể từ ngày ký",
            "Trong 15 ngày kể từ ngày nhận hồ sơ",
        ],
    )
    def test_another_day_or_working_days_give_no_date(self, phrase: str) -> None:
        assert parse_schedule(phrase, issued=date(2025, 1, 15)).deadline is None

    def test_what_comes_after_a_term_has_a_start_and_no_deadline(self) -> None:
        schedule = parse_schedule("Sau 30 ngày kể từ ngày ký ban hành", issued=date(2025, 1, 15))
        assert (schedule.deadline, schedule.starts) == (None, date(2025, 2, 14))


class TestRefusals:
    @pytest.mark.parametrize(("phrase", "why"), rows(REFUSED))
    def test_a_refusal_says_why(self, phrase: str, why: str) -> None:
        with pytest.raises(ScheduleError) as caught:
            parse_schedule(phrase)
        assert caught.value.why is Why(why)

    def test_the_nearest_form_is_part_of_the_phrase(self) -> None:
        assert nearest_schedule("xong đâu đó trước ngày 15/6/2025 nhé") == "trước ngày 15/6/2025"
        assert nearest_schedule("sớm nhất có thể") is None


SENTENCES = """
Sau khi Quốc hội thông qua luật, các địa phương triển khai thực hiện.
Theo hướng dẫn của Bộ Y tế người dân cần đeo khẩu trang.
Theo báo cáo của Sở Y tế, số ca mắc giảm so với tuần trước.
Theo kế hoạch, Sở Y tế tổ chức hội nghị tại thành phố.
Năm 2025, tỉnh trồng được 500 ha rừng.
Hội nghị được tổ chức vào ngày 15/6/2025 tại thành phố.
Xây dựng kế hoạch triển khai thực hiện trong năm 2025.
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025.
Khi nhiều cơ quan cùng báo cáo một chỉ tiêu, số này được dùng.
Thường xuyên kiểm tra, giám sát việc thực hiện.
Hằng năm Sở Tài chính tổng hợp trình UBND tỉnh.
Định kỳ báo cáo kết quả về Sở Nội vụ để tổng hợp.
Từ năm 2025, mỗi xã có một trạm y tế đạt chuẩn.
Trước ngày 15/6 trời vẫn còn mưa nhiều.
Đến năm 2030 tỉnh phấn đấu trở thành trung tâm du lịch.
Dự án gồm 3 giai đoạn, giai đoạn một từ 2021.
Giao Sở Tài chính chủ trì, phối hợp với các đơn vị liên quan.
"""


@pytest.mark.parametrize("sentence", SENTENCES.strip().splitlines())
def test_a_sentence_is_no_schedule(sentence: str) -> None:
    with pytest.raises(ScheduleError):
        parse_schedule(sentence)


phrases = st.sampled_from([phrase for phrase, _, _ in rows(PHRASES)])
pieces = st.sampled_from(
    [
        "6/2025",
        "quý II",
        "tháng 6",
        "năm 2025",
        "hằng năm",
        "trước",
        "đến",
        "từ",
        ",",
        ";",
        "và",
        "(",
        ")",
        "sau khi",
        "-",
        "15/6",
    ]
)


def meaning(text: str) -> Schedule:
    found = parse_schedule(text)
    event = unicodedata.normalize("NFC", found.event.casefold()) if found.event else None
    return Schedule(
        "",
        found.kind,
        found.start,
        found.end,
        found.deadline,
        starts=found.starts,
        recurrence=found.recurrence,
        event=event,
    )


class TestProperties:
    @given(phrases)
    def test_case_and_unicode_form_do_not_count(self, phrase: str) -> None:
        assert meaning(phrase.upper()) == meaning(phrase)
        assert meaning(unicodedata.normalize("NFD", phrase)) == meaning(phrase)

    @given(phrases.filter(lambda phrase: "Kế hoạch số" not in phrase), st.sampled_from([" / ", "/ ", " /"]))
    def test_spacing_does_not_count(self, phrase: str, slash: str) -> None:
        assert meaning(phrase.replace(" ", "\u00a0  ").replace("/", slash)) == meaning(phrase)

    @given(
        st.sampled_from(
            ["2026 - 2030", "Quý II - IV/2026", "Tháng 3 - 5/2026", "Quý IV/2026 - Quý I/2027", "15/6 - 30/6/2026"]
        ),
        st.sampled_from(["-", "–", "—", " - ", " – ", " đến "]),
    )
    def test_dashes_and_the_word_mean_the_same(self, phrase: str, dash: str) -> None:
        assert meaning(phrase.replace(" - ", dash)) == meaning(phrase)

    @given(st.lists(pieces, max_size=12).map(" ".join), st.sampled_from([None, 2025]))
    def test_any_list_of_words_is_read_or_refused(self, text: str, year: int | None) -> None:
        found, refusal = None, ""
        try:
            found = parse_schedule(text, year=year, issued=date(2025, 1, 15))
        except ScheduleError as error:
            refusal = str(error)
        assert bool(refusal) != bool(found)
        assert found is None or found.deadline is None or found.end == found.deadline.year

    @pytest.mark.parametrize(
        "piece",
        ["quý II, ", "2025 - ", "theo hướng dẫn của Bộ, ", "(", "trước ", "hằng năm, ", "1", "sau khi ban hành "],
    )
    def test_a_long_text_is_refused_at_once(self, piece: str) -> None:
        for length in (390, 100_000):
            with pytest.raises(ScheduleError):
                parse_schedule(piece * length + " x")
