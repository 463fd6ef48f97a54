import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.core.notation.parse import parse_scoped, parse_target
from kehoach_cli.core.notation.target import Against, Operator, Target, TargetError, TargetKind, TargetPart, part_text
from kehoach_cli.viet.number import format_number


def point(number: str, unit: str | None = None, per: str | None = None) -> TargetPart:
    return TargetPart(low=Decimal(number), unit=unit, per=per)


def between(low: str, high: str, unit: str | None = None) -> TargetPart:
    return TargetPart(low=Decimal(low), high=Decimal(high), unit=unit)


def bound(operator: Operator, number: str, unit: str | None = None, scope: str | None = None) -> TargetPart:
    return TargetPart(low=Decimal(number), operator=operator, unit=unit, scope=scope)


AT_LEAST, AT_MOST = Operator.AT_LEAST, Operator.AT_MOST
ABOVE, BELOW, ABOUT = Operator.ABOVE, Operator.BELOW, Operator.ABOUT


class TestPlans:
    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("100", point("100")),
            ("85", point("85")),
            ("95", point("95")),
            ("90", point("90")),
            ("30", point("30")),
            ("98", point("98")),
            ("10", point("10")),
            ("60", point("60")),
            ("92", point("92")),
            ("65", point("65")),
            ("80", point("80")),
            ("88.823,44", point("88823.44")),
            ("54,2", point("54.2")),
            ("1,5 - 2", between("1.5", "2")),
            ("2,5 - 3", between("2.5", "3")),
            ("5 - 8", between("5", "8")),
            ("7 - 10", between("7", "10")),
            ("≥80", bound(AT_LEAST, "80")),
        ],
    )
    def test_a_string_of_the_indicator_table(self, text: str, part: TargetPart) -> None:
        assert parse_target(text) == (part,)

    @pytest.mark.parametrize(("large", "rest"), [("30", "10"), ("50", "20")])
    def test_a_scoped_string_of_the_indicator_table(self, large: str, rest: str) -> None:
        parts = parse_target(f">{large} đối với đô thị loại II trở lên; {rest} đối với đô thị còn lại")
        assert parts == (
            TargetPart(low=Decimal(large), operator=ABOVE, scope="đô thị loại II trở lên"),
            TargetPart(low=Decimal(rest), scope="đô thị còn lại"),
        )
        assert Target(2025, "", parts).kind is TargetKind.SCOPED

    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("70%", (point("70", "%"),)),
            ("khoảng 95 - 97%", (TargetPart(low=Decimal(95), high=Decimal(97), unit="%"),)),
            ("tối thiểu đạt 95%", (bound(AT_LEAST, "95", "%"),)),
            ("10 m2/người", (point("10", "m2/người"),)),
            ("120 lít/người/ngày đêm", (point("120", "lít/người", "ngày đêm"),)),
            ("2,5‰", (point("2.5", "‰"),)),
            ("đạt 95%", (point("95", "%"),)),
            ("đạt trên 90%", (bound(ABOVE, "90", "%"),)),
            ("trên 90%", (bound(ABOVE, "90", "%"),)),
            (
                "giảm tối thiểu 10% so với mức trung bình năm 2024",
                (TargetPart(low=Decimal(10), operator=AT_LEAST, unit="%", change="giảm", baseline=2024),),
            ),
            (
                "Bình quân trồng 6,0 triệu cây xanh phân tán/năm, 10.000 ha rừng/năm",
                (point("6000000", "cây xanh phân tán", "năm"), point("10000", "ha rừng", "năm")),
            ),
            ("6,0 triệu cây xanh phân tán/năm", (point("6000000", "cây xanh phân tán", "năm"),)),
            ("10.000 ha rừng/năm", (point("10000", "ha rừng", "năm"),)),
        ],
    )
    def test_a_target_stated_in_running_text(self, text: str, parts: tuple[TargetPart, ...]) -> None:
        assert parse_target(text) == parts

    @pytest.mark.parametrize(
        "text",
        [
            "loại bỏ nhiệt điện than trước năm 2040",
            "mục tiêu PTR0 (phát thải ròng bằng “0”) vào năm 2050",
            "trung hòa các-bon vào năm 2050",
        ],
    )
    def test_an_event_has_no_number(self, text: str) -> None:
        (part,) = parse_target(text)
        assert part == TargetPart(low=None, event=text)
        assert part.kind is TargetKind.EVENT

    @pytest.mark.parametrize("text", ["kiểm soát bụi PM2.5 trước năm 2030", "áp dụng công nghiệp 4.0 vào năm 2030"])
    def test_a_label_with_a_dot_is_no_ambiguous_number(self, text: str) -> None:
        (part,) = parse_target(text)
        assert part.kind is TargetKind.EVENT


class TestOperatorWords:
    @pytest.mark.parametrize(
        ("text", "operator"),
        [
            ("≥ 80", AT_LEAST),
            (">= 80", AT_LEAST),
            ("tối thiểu 80", AT_LEAST),
            ("ít nhất 80", AT_LEAST),
            ("không dưới 80", AT_LEAST),
            ("từ 80 trở lên", AT_LEAST),
            ("đạt từ 80 trở lên", AT_LEAST),
            ("đạt tối thiểu 80", AT_LEAST),
            ("≤80", AT_MOST),
            ("<=80", AT_MOST),
            ("tối đa 80", AT_MOST),
            ("không quá 80", AT_MOST),
            ("không vượt quá 80", AT_MOST),
            ("nhiều nhất 80", AT_MOST),
            ("đến mức 80", AT_MOST),
            (">80", ABOVE),
            ("trên 80", ABOVE),
            ("đạt trên 80", ABOVE),
            ("hơn 80", ABOVE),
            ("vượt 80", ABOVE),
            ("lớn hơn 80", ABOVE),
            ("<80", BELOW),
            ("dưới 80", BELOW),
            ("nhỏ hơn 80", BELOW),
            ("ít hơn 80", BELOW),
            ("khoảng 80", ABOUT),
            ("xấp xỉ 80", ABOUT),
            ("gần 80", ABOUT),
            ("80", None),
            ("= 80", None),
            ("đạt 80", None),
            ("phấn đấu đạt 80", None),
        ],
    )
    def test_bounds(self, text: str, operator: Operator | None) -> None:
        (part,) = parse_target(text)
        assert part == TargetPart(low=Decimal(80), operator=operator)
        assert part.kind is (TargetKind.BOUND if operator else TargetKind.POINT)

    @pytest.mark.parametrize("text", ["5 - 8", "5-8", "5 – 8", "5—8", "từ 5 đến 8", "5 đến 8"])
    def test_ranges(self, text: str) -> None:
        (part,) = parse_target(text)
        assert part == between("5", "8")
        assert part.kind is TargetKind.RANGE

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("giảm 10% so với năm 2024", TargetPart(low=Decimal(10), unit="%", change="giảm", baseline=2024)),
            ("tăng 5%/năm", TargetPart(low=Decimal(5), unit="%", per="năm", change="tăng")),
            (
                "tăng 5% so với cùng kỳ",
                TargetPart(low=Decimal(5), unit="%", change="tăng", against=Against.SAME_PERIOD),
            ),
        ],
    )
    def test_changes_are_relative(self, text: str, part: TargetPart) -> None:
        assert parse_target(text) == (part,)
        assert part.kind is TargetKind.RELATIVE

    @pytest.mark.parametrize("word", ["duy trì", "giữ ổn định", "giữ vững"])
    def test_to_maintain_is_more_than_to_reach_a_point(self, word: str) -> None:
        assert parse_target(f"{word} 54,2%") != parse_target("54,2%")

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("-1,2", point("-1.2")),
            ("-2 - -1", between("-2", "-1")),
            ("70 %", point("70", "%")),
            ("1,5% - 2%", between("1.5", "2", "%")),
            ("2,5 điểm phần trăm", point("2.5", "điểm phần trăm")),
            ("10.000 ha", point("10000", "ha")),
            ("khoảng 1.000 tấn/ngày", TargetPart(Decimal(1000), operator=ABOUT, unit="tấn", per="ngày")),
            ("03 trạm", point("3", "trạm")),
            ("95%.", point("95", "%")),
            ("\u00a0≥\u00a080 ", bound(AT_LEAST, "80")),
            ("Đạt Trên 90%", bound(ABOVE, "90", "%")),
        ],
    )
    def test_signs_units_and_noise(self, text: str, part: TargetPart) -> None:
        assert parse_target(text) == (part,)

    def test_decomposed_text_means_the_same(self) -> None:
        text = "Bình quân trồng tối thiểu 6,0 triệu cây/năm"
        assert parse_target(unicodedata.normalize("NFD", text)) == parse_target(text)


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "reading"),
        [("1.5", '"1,5"'), ("1.5 - 2", '"1,5"'), ("≥ 2.5", '"2,5"'), ("đạt 88.82%", '"88,82"')],
    )
    def test_a_dot_that_may_be_a_comma_is_refused_with_its_readings(self, text: str, reading: str) -> None:
        with pytest.raises(TargetError) as caught:
            parse_target(text)
        assert reading in str(caught.value)
        assert caught.value.ambiguous

    @pytest.mark.parametrize("text", ["x", "9 - 1", "từ 80", "1.5.2", "2021 - 2025"])
    def test_what_has_no_meaning_is_not_called_ambiguous(self, text: str) -> None:
        with pytest.raises(TargetError) as caught:
            parse_target(text)
        assert not caught.value.ambiguous

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "\u00a0",
            "-",
            "…",
            "x",
            ";",
            "9 - 1",
            "1 - 2 - 3",
            "từ 80",
            "80 trở len",
            "3 không",
            "CO2",
            "PM10",
            "tốt",
            "tối thiểu",
            "80 90",
            ">30; 10",
            "10 đối với đô thị; 20",
            "≥ trên 80",
            "8O",
        ],
    )
    def test_what_has_no_single_meaning_is_refused(self, text: str) -> None:
        with pytest.raises(TargetError):
            parse_target(text)

    def test_a_period_is_no_range_of_values(self) -> None:
        with pytest.raises(TargetError):
            parse_target("2022-2023")

    def test_a_number_of_thousands_of_digits_is_refused_like_any_other(self) -> None:
        with pytest.raises(TargetError):
            parse_target(f"{'9' * 5000} - 1")


class TestScopedMappings:
    def test_each_value_gets_its_scope(self) -> None:
        assert parse_scoped({"đô thị loại II trở lên": ">30", "đô thị còn lại": "10"}) == (
            bound(ABOVE, "30", scope="đô thị loại II trở lên"),
            TargetPart(low=Decimal(10), scope="đô thị còn lại"),
        )

    @pytest.mark.parametrize("text", ["1.5", "", "10 đối với đô thị", "10 đối với xã; 20 đối với phường"])
    def test_a_value_must_be_single_and_clear(self, text: str) -> None:
        with pytest.raises(TargetError):
            parse_scoped({"đô thị": text})


class TestKinds:
    @pytest.mark.parametrize(
        ("target", "kind"),
        [
            (Target(2025, "95", (point("95"),)), TargetKind.POINT),
            (Target(2025, "≥80", (bound(AT_LEAST, "80"),)), TargetKind.BOUND),
            (Target(2025, "5 - 8", (between("5", "8"),)), TargetKind.RANGE),
            (Target(2025, "54,2", (point("54.2"),), maintained=True), TargetKind.MAINTAIN),
            (Target(2030, "10.000 ha/năm", (point("10000", "ha", "năm"),), since=2023), TargetKind.MEAN),
            (Target(2030, "tốt", ()), TargetKind.UNKNOWN),
            (Target(2030, "tốt", (), since=2023, maintained=True), TargetKind.UNKNOWN),
            (Target(2025, "10 đối với xã", (TargetPart(Decimal(10), scope="xã"),)), TargetKind.SCOPED),
            (Target(2030, "giảm 10%", (TargetPart(Decimal(10), change="giảm"),)), TargetKind.RELATIVE),
        ],
    )
    def test_the_shape_decides(self, target: Target, kind: TargetKind) -> None:
        assert target.kind is kind


class TestUnderstoodText:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("88.823,44", "88.823,44"),
            ("≥80", "≥ 80"),
            ("trên 90%", "> 90%"),
            ("1,5 - 2", "từ 1,5 đến 2"),
            ("6,0 triệu cây xanh phân tán/năm", "6.000.000 cây xanh phân tán/năm"),
            ("giảm tối thiểu 10% so với mức trung bình năm 2024", "giảm ≥ 10% so với năm 2024"),
            ("10 đối với đô thị còn lại", "đô thị còn lại: 10"),
        ],
    )
    def test_can_be_checked_against_the_document(self, text: str, shown: str) -> None:
        (part,) = parse_target(text)
        assert part_text(part) == shown

    def test_an_event_is_called_one(self) -> None:
        (part,) = parse_target("loại bỏ nhiệt điện than trước năm 2040")
        assert part_text(part) == "mốc thời gian"


numbers = st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False)
words = st.sampled_from(
    [
        "≥",
        ">=",
        ">",
        "≤",
        "<",
        "=",
        ";",
        "-",
        "–",
        "%",
        "1",
        "03",
        "54,2",
        "88.823,44",
        "1.5",
        "10.000",
        "triệu",
        "tỷ",
        "đạt",
        "từ",
        "đến",
        "trên",
        "dưới",
        "khoảng",
        "giảm",
        "tăng",
        "ha",
        "cây",
        "/năm",
        "2024",
        "đối_với",
        "so_với",
        "năm",
        "cùng_kỳ",
        "trở_lên",
        "trở_xuống",
        "bình_quân",
        "duy_trì",
        "đô_thị",
        "trước",
        "vào",
        ",",
        ".",
        "²",
        "٣",
    ]
)
like_targets = st.lists(words, max_size=9).flatmap(
    lambda chosen: st.sampled_from([" ", ""]).map(lambda gap: gap.join(chosen).replace("_", " "))
)


class TestProperties:
    @given(numbers, st.sampled_from([("", None), ("≥", AT_LEAST), ("không quá ", AT_MOST), ("trên ", ABOVE)]))
    def test_a_bound_keeps_every_digit(self, number: Decimal, written: tuple[str, Operator | None]) -> None:
        word, operator = written
        (part,) = parse_target(f"{word}{format_number(number)}%")
        assert part == TargetPart(low=number, operator=operator, unit="%")
        assert part.low is not None
        assert str(part.low) == str(number)

    @given(numbers, numbers)
    def test_a_range_keeps_both_ends_in_order(self, one: Decimal, other: Decimal) -> None:
        low, high = sorted((one, other))
        assert parse_target(f"{format_number(low)} - {format_number(high)}") == (TargetPart(low=low, high=high),)
        if low != high:
            with pytest.raises(TargetError):
                parse_target(f"{format_number(high)} - {format_number(low)}")

    @given(like_targets | st.text())
    def test_any_text_is_a_target_or_refused_as_one(self, text: str) -> None:
        refusal = ""
        parts: tuple[TargetPart, ...] = ()
        try:
            parts = parse_target(text)
        except TargetError as error:
            refusal = str(error)
        assert bool(refusal) != bool(parts)
        assert all(
            part.event or part.state or part.maintained or (part.low is not None and part.low.is_finite())
            for part in parts
        )
        assert all(part.high is None or (part.low is not None and part.low <= part.high) for part in parts)
        assert all(part_text(part) for part in parts)

    @given(st.dictionaries(st.text(max_size=5), like_targets, min_size=1, max_size=3))
    def test_any_mapping_is_a_target_or_refused_as_one(self, texts: dict[str, str]) -> None:
        refusal = ""
        parts: tuple[TargetPart, ...] = ()
        try:
            parts = parse_scoped(texts)
        except TargetError as error:
            refusal = str(error)
        assert bool(refusal) != bool(parts)
        assert [part.scope for part in parts] == ([] if refusal else list(texts))
