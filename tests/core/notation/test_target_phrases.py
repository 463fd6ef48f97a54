"""Targets of every kind, as other provinces print them: phrase, unit, direction, and what is understood."""

import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.core.notation.keys import TargetKey, parse_target_key
from kehoach_cli.core.notation.nearest import nearest_target
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.refusal import PhraseError, Why
from kehoach_cli.core.notation.target import (
    Against,
    Direction,
    Operator,
    TargetError,
    TargetKind,
    TargetPart,
    contradicts,
    part_text,
)
from kehoach_cli.viet.number import format_number

pytestmark = pytest.mark.slow

PHRASES = (Path(__file__).parent / "targets.txt").read_text(encoding="utf-8")
REFUSED = (Path(__file__).parent / "targets-refused.txt").read_text(encoding="utf-8")


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.splitlines() if line[:1] not in {"", "#"}]


@pytest.mark.parametrize(("phrase", "unit", "direction", "understood"), rows(PHRASES))
def test_a_phrase_has_its_meaning(phrase: str, unit: str, direction: str, understood: str) -> None:
    parts = parse_target(phrase, unit=unit or None, direction=Direction(direction))
    assert "; ".join(part_text(part) for part in parts) == understood


class TestKept:
    @pytest.mark.parametrize(
        ("phrase", "remark"),
        [
            ("50% (8 xã)", "8 xã"),
            ("giảm 5% số vụ", "số vụ"),
            ("trên 60% xã, phường, thị trấn", "xã, phường, thị trấn"),
            ("gấp 12 lần GRDP", "GRDP"),
            ("đạt 45%, tăng 5% so với năm 2024", "tăng 5% so với năm 2024"),
            ("đạt 100% kế hoạch giao", "kế hoạch giao"),
            ("Giảm 5% số vụ, số người chết so với năm trước", "số vụ, số người chết"),
        ],
    )
    def test_a_remark_is_kept_and_not_read(self, phrase: str, remark: str) -> None:
        (part,) = parse_target(phrase, unit="%", direction=Direction.INCREASE)
        assert part.remark == remark

    def test_parts_of_a_sum_are_not_dropped(self) -> None:
        text = "đạt 16%, trong đó: Nông, lâm, thủy sản tăng 6%; công nghiệp - xây dựng tăng 18,4%"
        parts = parse_target(text, unit="%")
        assert [(part.scope, part.low, part.change) for part in parts] == [
            (None, Decimal(16), None),
            ("Nông, lâm, thủy sản", Decimal(6), "tăng"),
            ("công nghiệp - xây dựng", Decimal("18.4"), "tăng"),
        ]

    def test_a_part_named_after_its_number_is_not_dropped(self) -> None:
        parts = parse_target("tối thiểu 75%, trong đó ít nhất 20% được công nhận xã kiểu mẫu", unit="%")
        assert [(part.scope, part.low) for part in parts] == [
            (None, Decimal(75)),
            ("được công nhận xã kiểu mẫu", Decimal(20)),
        ]

    def test_years_inside_a_phrase_are_kept(self) -> None:
        parts = parse_target("năm 2025 đạt 50%, năm 2030 đạt 80%", unit="%")
        assert [(part.at, part.low) for part in parts] == [(2025, Decimal(50)), (2030, Decimal(80))]

    def test_what_a_change_is_against_is_kept(self) -> None:
        (part,) = parse_target("tăng 10% so với cùng kỳ năm 2024", unit="%")
        assert (part.against, part.baseline) == (Against.SAME_PERIOD, 2024)


class TestTwoReadings:
    @pytest.mark.parametrize("phrase", [phrase for phrase, why in rows(REFUSED) if why == Why.TWO_READINGS])
    def test_both_are_named_and_nothing_is_guessed(self, phrase: str) -> None:
        with pytest.raises(TargetError) as caught:
            parse_target(phrase, unit="%", direction=Direction.INCREASE)
        assert caught.value.ambiguous
        assert caught.value.readings

    def test_a_minus_before_a_count_may_be_a_fall(self) -> None:
        with pytest.raises(TargetError) as caught:
            parse_target("-5", unit="hộ", direction=Direction.DECREASE)
        assert caught.value.readings == ("giảm 5", "âm 5")


class TestRefusals:
    @pytest.mark.parametrize(("phrase", "why"), [*rows(REFUSED), ("", "blank")])
    def test_a_refusal_says_why(self, phrase: str, why: str) -> None:
        with pytest.raises(TargetError) as caught:
            parse_target(phrase, unit="%", direction=Direction.INCREASE)
        assert caught.value.why is Why(why)

    def test_another_year_than_the_keys_is_refused(self) -> None:
        with pytest.raises(TargetError) as caught:
            parse_target("80% vào năm 2025", unit="%", year=2030)
        assert caught.value.why is Why.NO_TARGET

    def test_the_nearest_form_is_part_of_the_phrase(self) -> None:
        assert nearest_target("cố gắng làm sao đạt trên 90% nhé", unit="%") == "đạt trên 90%"


SENTENCES = """
Không có dấu hai chấm trong câu này.
Xóa một trong hai dòng;
Từng bước cải thiện, phục hồi chất lượng môi trường.
Mục tiêu đến năm 2030
Tỉnh có 5 huyện và 2 thành phố.
Dân số của tỉnh là 1,2 triệu người.
Năm 2023 thu ngân sách đạt 500 tỷ đồng, tăng so với dự toán.
Hội nghị được tổ chức vào năm 2023
Có nhiều doanh nghiệp tham gia hội chợ.
Đạt được kết quả đó là nhờ sự cố gắng của mọi người.
Hoàn thành hồ sơ trình cấp có thẩm quyền phê duyệt theo quy định.
Bảo đảm an toàn giao thông trên địa bàn tỉnh trong dịp lễ.
Tăng cường công tác tuyên truyền, phổ biến pháp luật.
Giảm thiểu ô nhiễm môi trường làng nghề.
Duy trì hoạt động của các câu lạc bộ ở cơ sở.
Cao hơn nữa là yêu cầu về chất lượng, cần được quan tâm.
Sở Y tế chủ trì, phối hợp với 12 đơn vị liên quan.
Theo Quyết định số 150/QĐ-TTg ngày 28/01/2022.
"""


@pytest.mark.parametrize("sentence", SENTENCES.strip().splitlines())
@pytest.mark.parametrize("direction", [None, Direction.INCREASE])
def test_a_sentence_is_no_target(sentence: str, direction: Direction | None) -> None:
    with pytest.raises(TargetError):
        parse_target(sentence, unit="%", direction=direction)


class TestDirection:
    @pytest.mark.parametrize(
        ("phrase", "unit", "direction", "against"),
        [
            ("dưới 3%", "%", "increase", True),
            ("trên 3%", "%", "decrease", True),
            ("giảm 5%", "%", "increase", True),
            ("giảm 5%", "%", "decrease", False),
            ("≥ 80", "%", "increase", False),
            ("tăng 3 bậc", "bậc", "decrease", False),
            ("Top 10", "thứ hạng", "increase", True),
            ("80", "%", "decrease", False),
        ],
    )
    def test_words_against_the_direction_are_told(
        self, phrase: str, unit: str, direction: str, *, against: bool
    ) -> None:
        (part,) = parse_target(phrase, unit=unit, direction=Direction(direction))
        assert contradicts(part, Direction(direction)) is against


class TestKinds:
    @pytest.mark.parametrize(
        ("part", "kind"),
        [
            (TargetPart(Decimal(2), multiple=True, baseline=2020), TargetKind.MULTIPLE),
            (TargetPart(Decimal(10), operator=Operator.AT_MOST, rank=True), TargetKind.RANK),
            (TargetPart(Decimal(15), of=Decimal(15)), TargetKind.RATIO),
            (TargetPart(None, state="Có"), TargetKind.STATE),
            (TargetPart(None, maintained=True), TargetKind.MAINTAIN),
        ],
    )
    def test_the_shape_decides(self, part: TargetPart, kind: TargetKind) -> None:
        assert part.kind is kind


class TestTargetKeys:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("2026", TargetKey(2026)),
            ("2026-Q3", TargetKey(2026, None, "Q3")),
            ("2026-H1", TargetKey(2026, None, "H1")),
            ("2026-06", TargetKey(2026, None, "06")),
            ("2026-06-30", TargetKey(2026, None, "06-30")),
            ("2023-2030", TargetKey(2030, 2023)),
            ("2023 - 2030", TargetKey(2030, 2023)),
        ],
    )
    def test_a_key_names_a_time(self, text: str, key: TargetKey) -> None:
        assert parse_target_key(text) == key

    @pytest.mark.parametrize("text", ["26", "2026-Q5", "2026-13", "2026-06-31", "2030-2023", "năm 2026", ""])
    def test_any_other_is_refused(self, text: str) -> None:
        with pytest.raises(PhraseError):
            parse_target_key(text)


phrases = st.sampled_from([(phrase, unit or None) for phrase, unit, _, _ in rows(PHRASES)])
pieces = st.sampled_from(
    [
        *(
            "80",
            "1,5",
            "1.250",
            "%",
            "tỷ",
            "đồng",
            "giảm",
            "tăng",
            "từ",
            "đến",
            "-",
            "≥",
            "trên",
            "so với",
            "năm 2020",
            ";",
            ",",
        ),
        *(
            "và",
            "(",
            ")",
            ":",
            "đô thị",
            "trở lên",
            "gấp",
            "lần",
            "/",
            "/năm",
            "nhóm",
            "không",
            "còn",
            "trong đó",
            "bình quân",
        ),
    ]
)


def meaning(text: str, unit: str | None) -> list[tuple[object, ...]]:
    parts = parse_target(text, unit=unit, direction=Direction.INCREASE)
    return [
        (one.low, one.high, one.operator, one.change, one.baseline, one.against, one.multiple, one.rank)
        for one in parts
    ]


class TestProperties:
    @given(phrases.filter(lambda pair: "-5%" not in pair[0]))
    def test_unicode_form_and_spaces_do_not_count(self, pair: tuple[str, str | None]) -> None:
        phrase, unit = pair
        wide = unicodedata.normalize("NFD", phrase).replace(" ", "\u00a0 ") if phrase != "1 250" else phrase
        assert meaning(wide, unit) == meaning(phrase, unit)

    @given(
        st.integers(1, 10**6),
        st.integers(1, 10**6),
        st.sampled_from(["nghìn", "triệu", "tỷ"]),
        st.sampled_from(["-", "–", " - ", " đến "]),
    )
    def test_a_scale_word_belongs_to_both_ends(self, one: int, other: int, scale: str, dash: str) -> None:
        low, high = sorted((one, other))
        text = f"{format_number(Decimal(low))}{dash}{format_number(Decimal(high))} {scale} đồng"
        (part,) = parse_target(text, unit=f"{scale} đồng")
        assert (part.low, part.high) == (Decimal(low), Decimal(high))

    @given(st.lists(pieces, max_size=10).map(" ".join), st.sampled_from([None, "%", "tỷ đồng", "thứ hạng"]))
    def test_any_list_of_words_is_read_or_refused(self, text: str, unit: str | None) -> None:
        parts: tuple[TargetPart, ...] = ()
        refusal = ""
        try:
            parts = parse_target(text, unit=unit, direction=Direction.DECREASE)
        except TargetError as error:
            refusal = str(error)
        assert bool(refusal) != bool(parts)
        assert all(part_text(part) for part in parts)

    @pytest.mark.parametrize(
        "piece", ["80%, ", "giảm ", "đô thị: 80%; ", "(", "5 - ", "trên 1/3 ", "và ", "1 250 ", "không "]
    )
    def test_a_long_text_is_refused_at_once(self, piece: str) -> None:
        for length in (190, 100_000):
            with pytest.raises(TargetError):
                parse_target(piece * length + " x", unit="%")
