import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.viet.text import (
    first_control,
    folded,
    is_unfinished,
    loose_key,
    match_key,
    search_words,
    sort_key,
    without_controls,
)

NFD_MOI_TRUONG = "Sở Tài nguyên và Mo\u0302i tru\u031bo\u031b\u0300ng"
TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = "".join(
    unicodedata.normalize("NFC", letter + mark) for letter, mark in product("aăâeêioôơuưy", TONE_MARKS)
) + ("bcdđghklmnpqrstvx")
VIETNAMESE = LETTERS + LETTERS.upper() + " 0123456789-.,;:/&()\u00a0"

vietnamese = st.text(VIETNAMESE, max_size=30)


class TestFolded:
    def test_heals_text_that_is_neither_composed_nor_decomposed(self) -> None:
        assert folded("v\u1eb9\u0302") == "vệ"
        assert folded("chie\u0302\u0301n lu\u031bợc") == "chiến lược"
        assert folded(NFD_MOI_TRUONG) == "Sở Tài nguyên và Môi trường"

    def test_white_space_of_any_kind_is_one_space(self) -> None:
        assert folded("\t2.1.\u00a0\u00a0Nhiệm  vụ\n \r\n giải pháp ") == "2.1. Nhiệm vụ giải pháp"

    def test_a_cell_of_one_nbsp_is_empty(self) -> None:
        assert folded("\u00a0") == ""

    @pytest.mark.parametrize("text", ["logisitcs", "Thanh Hoá", "đào tạo – nghiên cứu", "“0”", "≥80", "Hội Liên Hiệp."])
    def test_official_wording_is_kept(self, text: str) -> None:
        assert folded(text) == text

    @given(st.text())
    def test_is_idempotent(self, text: str) -> None:
        assert folded(folded(text)) == folded(text)


class TestUnfinished:
    @pytest.mark.parametrize(
        "text", ["Sở Y tế,", "của", "đơn vị; của ", "giúp", "danh mục (theo", "UBND cấp", "2021 -"]
    )
    def test_what_asks_for_more_ends_no_sentence(self, text: str) -> None:
        assert is_unfinished(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "-----",
            "- - -",
            "kinh tế số",
            "kèm theo",
            "những tồn tại",
            "đơn vị trực thuộc",
            "trong thời gian đến",
            "(một)",
            "Xong.",
        ],
    )
    def test_titles_and_sentences_are_finished(self, text: str) -> None:
        assert not is_unfinished(text)


class TestMatchKey:
    @pytest.mark.parametrize(
        ("new", "old"),
        [
            ("Thanh Hoá", "Thanh Hóa"),
            ("thanh Hoá", "Thanh Hóa"),
            ("khoá XI", "khóa XI"),
            ("điều hoà", "điều hòa"),
            ("hoả", "hỏa"),
            ("hoã", "hõa"),
            ("hoạ", "họa"),
            ("loè", "lòe"),
            ("khoé", "khóe"),
            ("khoẻ", "khỏe"),
            ("xoẽ", "xõe"),
            ("xoẹ", "xọe"),
            ("thuỳ", "thùy"),
            ("tuý", "túy"),
            ("thuỷ", "thủy"),
            ("luỹ", "lũy"),
            ("luỵ", "lụy"),
            ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ],
    )
    def test_tone_placement_is_folded_in_open_syllables(self, new: str, old: str) -> None:
        assert match_key(new) == match_key(old)

    @pytest.mark.parametrize("word", ["quý", "quỳ", "quỹ", "quỵ", "hoàn", "toán", "hoạch", "khoản", "xoèn", "huỳnh"])
    def test_other_syllables_keep_their_tone(self, word: str) -> None:
        assert match_key(word) == word

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Sở Công thương", "Sở Công Thương"),
            ("BQL KKT Nghi sơn", "BQL KKT Nghi Sơn"),
            ("Hội Liên Hiệp Phụ nữ", "Hội Liên hiệp Phụ nữ"),
            ("Ngân hàng nhà nước", "Ngân hàng Nhà nước"),
            ("Ðắk Lắk", "Đắk Lắk"),
            ("Ɖắk Lắk", "Đắk Lắk"),
            ("2022 – 2025", "2022 - 2025"),
            ("2022 — 2025", "2022 - 2025"),
            ("Sở\u00a0Y  tế", "Sở Y tế"),
            ("Sở Y tế.", "Sở Y tế"),
            ("Sở Y tế;", "Sở Y tế"),
            ("Sở Y tế, ", "Sở Y tế"),
            ("Sở Y tế ;.", "Sở Y tế"),
            (NFD_MOI_TRUONG, "Sở Tài nguyên và Môi trường"),
        ],
    )
    def test_two_spellings_share_a_key(self, one: str, other: str) -> None:
        assert match_key(one) == match_key(other)

    @pytest.mark.parametrize("letter", ["Ð", "Ɖ"])
    def test_a_lookalike_of_d_with_stroke_counts_in_both_cases(self, letter: str) -> None:
        assert match_key(letter.lower()) == match_key(letter) == match_key("đ")

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Sở Tài chính", "Sở Tài chánh"), ("hóa", "hòa"), ("dân", "đân"), ("Sở Y tế", "Bộ Y tế"), ("NV-2", "NV-10")],
    )
    def test_different_names_keep_different_keys(self, one: str, other: str) -> None:
        assert match_key(one) != match_key(other)

    @given(vietnamese)
    def test_is_idempotent(self, text: str) -> None:
        assert match_key(match_key(text)) == match_key(text)

    @given(vietnamese, st.sampled_from(["NFC", "NFD"]))
    def test_is_independent_of_unicode_form_and_case(self, text: str, form: str) -> None:
        for variant in (text, text.upper(), text.lower(), text.swapcase()):
            assert match_key(unicodedata.normalize(form, variant)) == match_key(text)  # type: ignore[arg-type]


class TestLooseKey:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("Sở Y tế", "so y te"),
            ("Đắk Lắk", "dak lak"),
            ("ĐƯỜNG", "duong"),
            ("Ðường", "duong"),
            ("Uỷ ban", "uy ban"),
            ("Sở Giáo dục và Đào tạo.", "so giao duc va dao tao"),
            (NFD_MOI_TRUONG, "so tai nguyen va moi truong"),
        ],
    )
    def test_drops_every_accent(self, text: str, key: str) -> None:
        assert loose_key(text) == key

    @given(vietnamese)
    def test_is_ascii_lower_case_and_idempotent(self, text: str) -> None:
        key = loose_key(text)
        assert key.isascii()
        assert key == key.lower()
        assert loose_key(key) == key

    @given(vietnamese, st.sampled_from(["NFC", "NFD"]))
    def test_is_independent_of_unicode_form_and_case(self, text: str, form: str) -> None:
        for variant in (text.upper(), text.lower()):
            assert loose_key(unicodedata.normalize(form, variant)) == loose_key(text)  # type: ignore[arg-type]

    def test_search_words_are_free_of_accents_and_marks(self) -> None:
        assert search_words("Rừng phòng-hộ,  ĐẦU nguồn; 10.000 ha") == (
            "rung",
            "phong",
            "ho",
            "dau",
            "nguon",
            "10",
            "000",
            "ha",
        )
        assert search_words(" ;, ") == ()


class TestControls:
    @pytest.mark.parametrize(
        ("text", "offset", "name"),
        [
            ("a\x00b", 1, "U+0000"),
            ("\x07", 0, "U+0007"),
            ("Sở\x0b", 2, "U+000B"),
            ("\x1b[31mđỏ", 0, "U+001B"),
            ("ab\x7f", 2, "U+007F"),
            ("\x9b31m", 0, "U+009B"),
            ("a\u200bb", 1, "U+200B"),
            ("a\u202eb", 1, "U+202E"),
            ("a\u2066b", 1, "U+2066"),
            ("\ufeffa", 0, "U+FEFF"),
            ("a\uffff", 1, "U+FFFF"),
            ("a\ud800", 1, "U+D800"),
            ("x\x1by\x00", 1, "U+001B"),
        ],
    )
    def test_the_first_one_is_named_with_its_place(self, text: str, offset: int, name: str) -> None:
        assert first_control(text) == (offset, name)

    @pytest.mark.parametrize("text", ["", "Đắk Lắk ≥ 95% “0” …", "dòng 1\r\n\tdòng 2\u00a0", NFD_MOI_TRUONG])
    def test_plain_text_has_none(self, text: str) -> None:
        assert first_control(text) is None

    def test_a_message_shows_them(self) -> None:
        assert without_controls("a\x1b[0m\u202eb\tc") == "a\ufffd[0m\ufffdb c"

    @given(st.text(st.characters()))
    def test_a_message_never_carries_any(self, text: str) -> None:
        assert first_control(without_controls(text)) is None


class TestOrder:
    @pytest.mark.parametrize(
        "ordered",
        [
            list("aăâbcdđeêghiklmnoôơpqrstuưvxy"),
            ["ma", "mà", "mả", "mã", "má", "mạ"],
            ["NV-2", "NV-9", "NV-10", "NV-100"],
            ["NV-" + "1" * 18, "NV-" + "1" * 5000, "NV-" + "2" * 5000],
            ["Da", "Dạ", "Đa", "Ea"],
            ["Uy", "Ưu"],
            ["ma", "mạ", "mai", "mau"],
            ["mạ a", "ma b"],
            ["Sở Công Thương", "Sở Giáo dục", "Sở Tài chính", "Sở Tư pháp", "Sở Xây dựng", "Sở Y tế"],
            ["an", "ăn", "ân", "bàn"],
            ["cô", "cơ", "củ"],
        ],
    )
    def test_is_that_of_the_vietnamese_alphabet(self, ordered: list[str]) -> None:
        keys = [sort_key(text) for text in ordered]
        assert keys == sorted(set(keys))

    @given(vietnamese, vietnamese)
    def test_is_independent_of_unicode_form_and_case(self, one: str, other: str) -> None:
        nfd = unicodedata.normalize("NFD", one.upper())
        assert sort_key(nfd) == sort_key(one)
        assert (sort_key(one) < sort_key(other)) == (sort_key(nfd) < sort_key(other))

    @pytest.mark.parametrize("text", ["km²", "10 m³", "tCO₂", "b\u0300", "\u0301", "½", "", "中文", "ﬁ"])
    def test_never_fails_on_a_text_that_may_stand_in_a_plan(self, text: str) -> None:
        assert sort_key(text) == sort_key(text.upper().lower())

    @given(st.text())
    def test_never_fails(self, text: str) -> None:
        assert len(sort_key(text)) == 2
