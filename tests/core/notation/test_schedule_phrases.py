"""Schedules of every kind, as other provinces print them: phrase, kind, deadline or due days."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.core.notation.nearest import nearest_schedule
from kehoach_cli.core.notation.parse import parse_schedule
from kehoach_cli.core.notation.refusal import Why
from kehoach_cli.core.notation.schedule import Schedule, ScheduleError, ScheduleKind

# phrase | kind | deadline, or "every: due days", or nothing
PHRASES = """
6/2026                                              | until      | 2026-06-30
T6/2026                                             | until      | 2026-06-30
Tháng 6 năm 2026                                    | until      | 2026-06-30
Trong tháng Tư năm 2026                             | until      | 2026-04-30
Q.II/2026                                           | until      | 2026-06-30
QII/2026                                            | until      | 2026-06-30
Quý 2 năm 2026                                      | until      | 2026-06-30
Quý II, năm 2026                                    | until      | 2026-06-30
6 tháng đầu năm 2026                                | until      | 2026-06-30
9 tháng đầu năm 2026                                | until      | 2026-09-30
3 tháng cuối năm 2026                               | until      | 2026-12-31
Cuối năm 2026                                       | until      | 2026-12-31
Đến cuối quý II/2026                                | until      | 2026-06-30
Cả năm 2026                                         | year       | 2026-12-31
30.6.2026                                           | until      | 2026-06-30
30/06/26                                            | until      | 2026-06-30
30-6-2026                                           | until      | 2026-06-30
Hoàn thành trước ngày 31/01/2029                    | until      | 2029-01-30
Trước 17 giờ 00 ngày 15 tháng 6 năm 2026            | until      | 2026-06-15
Trước tháng 6/2026                                  | until      | 2026-05-31
Trình UBND tỉnh trước 30/6/2026                     | until      | 2026-06-29
Năm 2026 (Quý III)                                  | until      | 2026-09-30
2026 (trước ngày 30/9)                              | until      | 2026-09-29
Quý I, II năm 2026                                  | period     | 2026-06-30
Quý II-III/2026                                     | period     | 2026-09-30
Tháng 3 - 5/2026                                    | period     | 2026-05-31
Trong tháng 7 và tháng 8/2026                       | period     | 2026-08-31
Từ tháng 3 đến tháng 10/2026                        | period     | 2026-10-31
15/6-30/6/2026                                      | period     | 2026-06-30
Từ ngày 01 đến ngày 15 tháng 6 năm 2026             | period     | 2026-06-15
Quý IV/2026 - Quý I/2027                            | period     | 2027-03-31
Giai đoạn 2021-2025 và 2026-2030                    | period     | 2030-12-31
Giai đoạn 2021-2030, tầm nhìn đến năm 2045          | period     | 2030-12-31
2023, 2024, 2025                                    | period     | 2025-12-31
Từ đầu năm 2026 đến cuối năm 2027                   | period     | 2027-12-31
Từ nay đến năm 2030                                 | until      | 2030-12-31
Theo lộ trình đến năm 2030                          | until      | 2030-12-31
Theo hướng dẫn của Bộ, trước ngày 15/6/2026         | until      | 2026-06-14
Quý II/2026, sau khi có hướng dẫn của Bộ Nội vụ     | until      | 2026-06-30
Từ ngày 15/3/2026                                   | open       |
Từ năm 2026 trở đi                                  | open       |
Năm 2026 và các năm tiếp theo                       | open       |
Sau quý II/2026                                     | open       |
Đầu năm 2026                                        | vague      |
Giữa quý III/2026                                   | vague      |
Khoảng tháng 6/2026                                 | vague      |
Năm học 2026 - 2027                                 | vague      |
Trong thời gian tới                                 | vague      |
Nhiệm vụ thường xuyên                               | recurring  |
Thường xuyên trong năm                              | recurring  |
Hằng tháng, quý, năm                                | recurring  | month:
Định kỳ 6 tháng, năm                                | recurring  | half:
6 tháng một lần                                     | recurring  | half:
2 năm/lần                                           | recurring  | 2 years:
01 lần/quý                                          | recurring  | quarter:
Định kỳ ngày 25 hằng tháng                          | recurring  | month: 25
Hằng tháng, trước ngày 25                           | recurring  | month: 24
Trước ngày 01 hằng tháng                            | recurring  | month: 31
Trước ngày 20 của tháng cuối quý                    | recurring  | quarter: 03-19 06-19 09-19 12-19
Trước ngày 05 của tháng đầu quý sau                 | recurring  | quarter: 01-04 04-04 07-04 10-04
Tháng 12 hằng năm                                   | recurring  | year: 12-31
Quý I và Quý III hằng năm                           | recurring  | year: 03-31 09-30
Trước 30/6 và 30/11 hằng năm                        | recurring  | year: 06-29 11-29
Hằng năm (trước 30/11)                              | recurring  | year: 11-29
Tháng 11 hằng năm (từ năm 2026)                     | recurring  | year: 11-30
Thường xuyên; báo cáo trước 15/12 hằng năm          | recurring  | year: 12-14
Hằng năm, giai đoạn 2026 - 2030                     | recurring  | year:
Báo cáo gửi trước ngày 18 hằng tháng                | recurring  | month: 17
Gửi báo cáo trước ngày 10 tháng 11 hằng năm         | recurring  | year: 11-09
6 tháng một lần (tháng 5 và tháng 11 hằng năm)      | recurring  | half: 05-31 11-30
45 ngày, từ 01/7/2026 đến 14/8/2026                 | period     | 2026-08-14
Áp dụng từ ngày 01/3/2026 đến ngày 31/5/2026        | period     | 2026-05-31
Khi có yêu cầu của UBND tỉnh                        | on_request |
Đột xuất khi có yêu cầu                             | on_request |
Theo chỉ đạo của Bộ                                 | event      |
Theo Kế hoạch số 12/KH-UBND ngày 15/3/2025 của UBND tỉnh | event |
Ngay sau khi Kế hoạch được ban hành                 | event      |
Sau khi được cấp có thẩm quyền phê duyệt            | event      |
Không quá 05 ngày làm việc                          | event      |
Báo cáo ngay khi sự cố xảy ra                       | event      |
Trong 10 ngày làm việc kể từ ngày nhận được văn bản | event      |
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


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
    @pytest.mark.parametrize(
        ("phrase", "why"),
        [
            ("2025 hoặc 2026", Why.TWO_READINGS),
            ("Quý III, I/2025", Why.BACKWARDS),
            ("Quý IV, quý I năm 2026", Why.BACKWARDS),
            ("31/6/2025", Why.NO_SUCH_DAY),
            ("12/25", Why.NO_SUCH_DAY),
            ("Theo chỉ đạo của Bộ 15/6/2025", Why.NOT_UNDERSTOOD),
            ("Tuần 1 tháng 6/2025", Why.NOT_UNDERSTOOD),
            ("trước ngày 15/6/2025 hoặc 15/9/2025", Why.TWO_READINGS),
            ("Khảo sát từ năm 2026, hoàn thành dự án năm 2030", Why.NOT_UNDERSTOOD),
            ("Định kỳ 6 tháng (trước ngày 10/6) và hằng năm", Why.NOT_UNDERSTOOD),
            ("15 ngày, từ ngày ký", Why.NOT_UNDERSTOOD),
        ],
    )
    def test_a_refusal_says_why(self, phrase: str, why: Why) -> None:
        with pytest.raises(ScheduleError) as caught:
            parse_schedule(phrase)
        assert caught.value.why is why

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
