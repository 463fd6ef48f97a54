"""A document as a draft: numbering, columns, labels, agencies, and what is left in doubt."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from kehoach_cli.core.draft.lines import Mark, line_of, roman_text, roman_value
from kehoach_cli.core.draft.make import TooManyLinesError
from kehoach_cli.core.draft.notes import Draft
from kehoach_cli.core.draft.roles import Role, labels_in, role_of_head, target_key
from kehoach_cli.core.model.source_text import SourceKind, SourceParagraph, SourceText
from tests.imports.drafts import draft, draft_of_text

HEAD = [
    "KẾ HOẠCH",
    "Bảo vệ nguồn nước tỉnh Thanh Hóa giai đoạn 2026 - 2030",
    "Căn cứ Quyết định số 12/QĐ-TTg ngày 05/01/2026 của Thủ tướng Chính phủ phê duyệt Chương trình nước sạch;",
]


def made(folder: Path, lines: list[Any]) -> Draft:
    """Return the draft of a .docx of these paragraphs, each a text, or a table as a list of rows."""
    document = Document()
    document.add_paragraph("Số: 15/KH-UBND")
    document.add_paragraph("Thanh Hóa, ngày 20 tháng 01 năm 2026")
    for line in [*HEAD, *lines]:
        if isinstance(line, str):
            document.add_paragraph(line)
            continue
        table = document.add_table(len(line), len(line[0]))
        for at, row in enumerate(line):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
    path = folder / "kh.docx"
    document.save(str(path))
    return draft(path, "thanh-hoa")


def rows(found: Draft, kind: str = "tasks") -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in found.plan.get(kind, ())}


def doubts(found: Draft, at: str) -> list[str]:
    return [doubt.why for doubt in found.doubts if doubt.at == at]


@pytest.mark.parametrize(
    ("text", "mark", "number", "rest"),
    [
        ("III. NHIỆM VỤ", Mark.ROMAN, "III", "NHIỆM VỤ"),
        ("III NHIỆM VỤ", Mark.ROMAN, "III", "NHIỆM VỤ"),
        ("1.2. Rà soát", Mark.NUMBER, "1.2", "Rà soát"),
        ("1.2 Rà soát", Mark.NUMBER, "1.2", "Rà soát"),
        ("01. Rà soát", Mark.NUMBER, "1", "Rà soát"),
        ("a) Rà soát", Mark.LETTER, "a", "Rà soát"),
        ("- Rà soát", Mark.DASH, "", "Rà soát"),
        ("– Rà soát", Mark.DASH, "", "Rà soát"),
        ("+ Rà soát", Mark.PLUS, "", "Rà soát"),
        ("Rà soát 12 xã", Mark.NONE, "", "Rà soát 12 xã"),
        ("2025 là năm đầu", Mark.NONE, "", "2025 là năm đầu"),
        ("I am", Mark.NONE, "", "I am"),
        ("ong mật", Mark.NONE, "", "ong mật"),
        ("o Nuôi ong", Mark.DASH, "", "Nuôi ong"),
    ],
)
def test_the_mark_of_a_line(text: str, mark: Mark, number: str, rest: str) -> None:
    found = line_of(text, "đoạn 1")
    assert (found.mark, found.printed_number, found.text) == (mark, number, rest)


@pytest.mark.parametrize("value", [*range(1, 40), 89, 90, 99, 101])
def test_roman_numerals_go_there_and_back(value: int) -> None:
    assert roman_value(roman_text(value)) == value


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("TT", Role.NUMBER),
        ("ST T", Role.NUMBER),
        ("Nội dung nhiệm vụ", Role.TEXT),
        ("Tên đề án", Role.TEXT),
        ("Cơ quan chủ trì", Role.LEAD),
        ("Đơn vị thực hiện", Role.LEAD),
        ("Đơn vị phối hợp", Role.SUPPORT),
        ("Cơ quan chủ trì, phối hợp", Role.LEAD_AND_SUPPORT),
        ("Thời gian hoàn thành", Role.SCHEDULE),
        ("Tiến độ", Role.SCHEDULE),
        ("Sản phẩm, kết quả", Role.OUTPUTS),
        ("Kinh phí (triệu đồng)", Role.COST),
        ("Ghi chú", Role.REMARK),
        ("Đơn vị tính", Role.UNIT),
        ("Năm 2026", Role.TARGET),
        ("Chỉ tiêu", Role.INDICATOR),
        ("Hiện trạng năm 2024", Role.BASELINE),
        ("Màu sắc", None),
    ],
)
def test_the_role_of_a_column(head: str, role: Role | None) -> None:
    assert role_of_head(head) == role


def test_the_key_of_a_target_column() -> None:
    assert (target_key("Năm 2026"), target_key("2021 - 2025"), target_key("2025 và 2030")) == (
        "2026",
        "2021-2025",
        None,
    )


def test_labels_are_read_only_where_all_words_are_those_of_a_label() -> None:
    text, labels = labels_in("Kiểm tra nước. Cơ quan chủ trì: Sở Y tế; phối hợp: Sở Tài chính; thời gian: 2026.")
    assert text == "Kiểm tra nước."
    assert [(one.role, one.text) for one in labels] == [
        (Role.LEAD, "Sở Y tế"),
        (Role.SUPPORT, "Sở Tài chính"),
        (Role.SCHEDULE, "2026."),
    ]
    assert labels_in("Thực hiện ba việc sau: rà soát, kiểm tra")[1] == ()


class TestRunningText:
    def test_the_head_is_read_as_printed(self, tmp_path: Path) -> None:
        document = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát nguồn nước."]).plan["document"]
        assert document["number"] == "15/KH-UBND"
        assert document["date"] == "2026-01-20"
        assert document["title"] == HEAD[1]
        assert document["basis"] == [
            {"number": "12/QĐ-TTg", "date": "2026-01-05", "title": "phê duyệt Chương trình nước sạch"}
        ]

    def test_a_roman_number_printed_twice_is_counted_on_and_doubted(self, tmp_path: Path) -> None:
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát.", "I. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế theo dõi."])
        sections = rows(found, "sections")
        assert sections["II"]["printed"] == "I"
        assert doubts(found, "sections/II")
        assert rows(found)["II.1"]["lead"] == ["so-y-te"]

    def test_numbers_without_parts_are_the_parts(self, tmp_path: Path) -> None:
        found = made(
            tmp_path, ["1. Nhiệm vụ", "- Tập huấn.", "- Kiểm tra.", "2. Tổ chức thực hiện", "Sở Y tế theo dõi."]
        )
        assert list(rows(found)) == ["I-1", "I-2", "II"]
        assert rows(found, "sections")["I"] == {"id": "I", "title": "Nhiệm vụ", "printed": "1"}

    def test_lines_under_a_task_are_its_cells(self, tmp_path: Path) -> None:
        lines = [
            "I. NHIỆM VỤ",
            "1. Truyền thông",
            "1.1. Tập huấn.",
            "- Cơ quan chủ trì: Sở Y tế",
            "- Thời gian: Quý II/2026.",
        ]
        task = rows(made(tmp_path, lines))["I.1.1"]
        assert (task["text"], task["lead"], task["schedule"]) == ("Tập huấn.", ["so-y-te"], "Quý II/2026")
        assert task["as_issued"] == {"lead": "Sở Y tế", "role": "Cơ quan chủ trì", "schedule": "Quý II/2026."}

    def test_dashes_without_numbers_are_counted(self, tmp_path: Path) -> None:
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Truyền thông", "- Tập huấn.", "- Phát tờ rơi."])
        assert list(rows(found)) == ["I.1-1", "I.1-2"]

    def test_a_line_that_a_page_break_cut_is_joined(self, tmp_path: Path) -> None:
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Truyền thông", "- Tập huấn cho các", "xã miền núi."])
        assert rows(found)["I.1-1"]["text"] == "Tập huấn cho các xã miền núi."

    def test_a_sentence_that_names_nobody_first_is_doubted(self, tmp_path: Path) -> None:
        found = made(tmp_path, ["I. TỔ CHỨC THỰC HIỆN", "1. Trong quá trình thực hiện, có vướng mắc thì báo cáo."])
        assert "lead" not in rows(found)["I.1"]
        assert doubts(found, "tasks/I.1")

    def test_bodies_that_a_list_does_not_name_end_it_and_are_doubted(self, tmp_path: Path) -> None:
        text = (
            "1. Sở Y tế, các đơn vị được giao nhiệm vụ tại Kế hoạch chủ động phối hợp với Sở Nội vụ, báo cáo kết quả."
        )
        found = made(tmp_path, ["I. TỔ CHỨC THỰC HIỆN", text])
        row = rows(found)["I.1"]
        assert (row["lead"], row["support"]) == (["so-y-te", "nhom-lien-quan"], ["so-noi-vu"])
        assert row["as_issued"]["lead"] == "Sở Y tế, các đơn vị được giao nhiệm vụ tại Kế hoạch"
        assert doubts(found, "tasks/I.1/lead")

    def test_one_phrase_for_districts_and_communes_names_both_and_is_doubted(self, tmp_path: Path) -> None:
        found = made(
            tmp_path, ["I. NHIỆM VỤ", "1. Trồng rừng.", "- Cơ quan phối hợp: UBND các huyện, xã có rừng; Sở Y tế"]
        )
        assert rows(found)["I.1"]["support"] == ["ubnd-cap-huyen", "ubnd-cap-xa", "so-y-te"]
        assert doubts(found, "tasks/I.1/support")

    def test_a_condition_keeps_the_whole_name_of_the_body_and_its_dash(self, tmp_path: Path) -> None:
        text = "1. Làm hai việc: - Rà soát; - Trồng cây theo hướng dẫn của Bộ Văn hóa, Thể thao và Du lịch, báo cáo UBND tỉnh."
        (condition,) = rows(made(tmp_path, ["I. NHIỆM VỤ", text]))["I.1"]["conditions"]
        assert condition == {
            "text": "theo hướng dẫn của Bộ Văn hóa, Thể thao và Du lịch",
            "kind": "per",
            "scope": 2,
            "awaits": "bo-vhttdl",
        }

    def test_the_body_that_a_condition_awaits_is_the_last_one_named(self, tmp_path: Path) -> None:
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Trồng cây (sau khi có hướng dẫn của Trung ương)."])
        assert rows(found)["I.1"]["conditions"][0]["awaits"] == "trung-uong"

    def test_yearly_means_in_a_sentence_are_indicators_of_its_schedule_in_doubt(self, tmp_path: Path) -> None:
        text = "1. Trồng rừng: Bình quân trồng 6,0 triệu cây xanh/năm, 500 ha rừng/năm."
        found = made(tmp_path, ["I. NHIỆM VỤ", text, "- Thời gian: 2026 - 2030"])
        assert [(one["name"], one["unit"], one["targets"]) for one in rows(found, "indicators").values()] == [
            ("trồng cây xanh", "cây", {"2026-2030": "6,0 triệu cây xanh/năm"}),
            ("trồng rừng", "ha", {"2026-2030": "500 ha rừng/năm"}),
        ]
        assert all(doubts(found, f"indicators/I.1-ct{number}") for number in (1, 2))

    def test_yearly_means_have_the_names_of_the_list_before_their_colon(self, tmp_path: Path) -> None:
        text = "1. Đẩy mạnh trồng cây ven đường, trồng chè mới và trồng lại chè già: Bình quân trồng 300 cây/năm, 50 ha chè/năm."
        found = made(tmp_path, ["I. NHIỆM VỤ", text, "- Thời gian: 2026 - 2030"])
        names = [one["name"] for one in rows(found, "indicators").values()]
        assert names == ["trồng cây ven đường", "trồng chè mới và trồng lại chè già"]

    @pytest.mark.parametrize(
        "text", ["bình quân trồng 500 ha rừng/năm, 3 lần", "bình quân mỗi xã 2 lớp/năm và hơn thế/năm"]
    )
    def test_a_mean_that_is_not_understood_whole_is_only_doubted(self, text: str, tmp_path: Path) -> None:
        found = made(tmp_path, ["I. NHIỆM VỤ", f"1. Làm nhiều việc, {text}.", "- Thời gian: 2026 - 2030"])
        assert not rows(found, "indicators")

    def test_a_body_that_nobody_knows_is_proposed(self, tmp_path: Path) -> None:
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Tập huấn.", "- Cơ quan chủ trì: Chi cục Biển đảo Mai Lâm"])
        (mend,) = [one.mend for one in found.doubts if one.at == "tasks/I.1/lead"]
        assert "{id: chi-cuc-bien-dao-mai-lam" in mend
        assert "lead" not in rows(found)["I.1"]

    @pytest.mark.parametrize("end", ["hoàn thành: 2026", "hoàn thành trong năm 2026"])
    def test_brackets_at_the_end_stay_in_the_text_and_tell_who(self, end: str, tmp_path: Path) -> None:
        text = f"Trồng cây (Sở Y tế chủ trì, phối hợp với Sở Nội vụ; {end})."
        found = made(tmp_path, ["I. NHIỆM VỤ", f"1. {text}"])
        row = rows(found)["I.1"]
        assert (row["text"], row["lead"], row["support"]) == (text, ["so-y-te"], ["so-noi-vu"])
        assert "schedule" not in row
        assert doubts(found, "tasks/I.1/schedule")

    def test_a_schedule_with_two_meanings_is_kept_and_doubted(self, tmp_path: Path) -> None:
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Tập huấn.", "- Thời gian: Sớm nhất có thể trong mùa khô"])
        assert rows(found)["I.1"]["schedule"] == "Sớm nhất có thể trong mùa khô"
        assert doubts(found, "tasks/I.1/schedule")


class TestTables:
    TASKS = (
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
        ["I", "Truyền thông", "", "", ""],
        ["1", "Tập huấn", "Sở Y tế", "Sở Tài chính", "2026"],
        ["2", "Phát tờ rơi", "Sở Nội vụ", "", "2026 - 2028"],
        ["II", "Giám sát", "", "", ""],
        ["1", "Kiểm tra", "Sở Y tế", "", "Hằng năm"],
    )

    def test_rows_are_numbered_within_their_group(self, tmp_path: Path) -> None:
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", list(self.TASKS)])
        assert list(rows(found)) == ["I.1", "PL.I.1", "PL.I.2", "PL.II.1"]
        assert rows(found)["PL.I.1"]["support"] == ["so-tai-chinh"]
        assert "support" not in rows(found)["PL.I.2"]

    def test_columns_in_another_order_do_not_shift(self, tmp_path: Path) -> None:
        turned = [[row[at] for at in (0, 4, 1, 3, 2)] for row in self.TASKS]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", turned])
        task = rows(found)["PL.I.1"]
        assert (task["text"], task["lead"], task["support"], task["schedule"]) == (
            "Tập huấn",
            ["so-y-te"],
            ["so-tai-chinh"],
            "2026",
        )

    @pytest.mark.parametrize(
        "cell",
        [
            "- Chủ trì: Sở Y tế\n- Phối hợp: Sở Nội vụ; Sở Tài chính",
            "Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Sở Tài chính",
        ],
    )
    @pytest.mark.parametrize("head", ["Cơ quan chủ trì, phối hợp", "Đơn vị thực hiện"])
    def test_a_cell_that_says_who_leads_and_who_supports_is_two(self, cell: str, head: str, tmp_path: Path) -> None:
        table = [["TT", "Nhiệm vụ", head], ["1", "Tập huấn", cell], ["2", "Phát tờ rơi", "Sở Công Thương và Sở Y tế"]]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", table])
        task = rows(found)["PL.1"]
        assert (task["lead"], task["support"]) == (["so-y-te"], ["so-noi-vu", "so-tai-chinh"])
        assert not doubts(found, "tasks/PL.1/lead")
        undivided = rows(found)["PL.2"].get("lead", []), doubts(found, "tasks/PL.2/support") != []
        assert undivided == (([], True) if "phối hợp" in head else (["so-cong-thuong", "so-y-te"], False))

    @pytest.mark.parametrize("sign", ["nt", "-nt-", "Như trên", '"', "- ″ -"])
    def test_a_sign_for_the_cell_above_names_nobody_and_is_doubted(self, sign: str, tmp_path: Path) -> None:
        table = [self.TASKS[0], self.TASKS[2], ["2", "Phát tờ rơi", sign, "", "2026"]]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", table])
        assert "lead" not in rows(found)["PL.2"]
        assert doubts(found, "tasks/PL.2/lead") == ["ô ghi như dòng trên; chưa ghi cơ quan"]

    def test_parts_with_letters_are_counted_and_keep_their_letter(self, tmp_path: Path) -> None:
        table = [self.TASKS[0]]
        for letter in "ABC":
            table += [[letter, f"Lĩnh vực {letter}", "", "", ""], *self.TASKS[1:]]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", table])
        assert list(rows(found))[1:] == [
            f"PL.{part}.{row}" for part in ("I", "II", "III") for row in ("I.1", "I.2", "II.1")
        ]
        printed = {one["id"]: one.get("printed") for one in found.plan["sections"]}
        assert (printed["PL.I"], printed["PL.III"], printed["PL.III.II"]) == ("A", "C", None)

    def test_appendices_with_one_number_have_ids_of_their_own(self, tmp_path: Path) -> None:
        annex = ["PHỤ LỤC II", "DANH MỤC NHIỆM VỤ", list(self.TASKS[:3])]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", *annex, *annex])
        assert list(rows(found)) == ["I.1", "PL2.I.1", "PL3.I.1"]
        assert doubts(found, "sections/PL3") == ["số phụ lục 2 đã dùng; ở đây được dẫn là PL3"]

    def test_numbered_lines_before_the_table_and_what_follows_them_are_no_title(self, tmp_path: Path) -> None:
        lines = ["PHỤ LỤC", "DANH MỤC", "1. Trồng cây ven sông.", "(Lưu ý: xem Biểu 03)", list(self.TASKS[:3])]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", *lines])
        assert found.plan["sections"][1]["title"] == "DANH MỤC"
        told = [one.text for one in found.doubts if "đoạn đánh số)" in one.why]
        assert told == ["Trồng cây ven sông.", "(Lưu ý: xem Biểu 03)"]

    def test_rows_below_a_part_whose_number_came_before_belong_to_it(self, tmp_path: Path) -> None:
        again = ["I", "Truyền thông cấp xã", "", "", ""]
        table = [*self.TASKS, again, self.TASKS[2]]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", table])
        assert list(rows(found))[-1] == "PL.III.1"
        assert found.plan["sections"][-1]["printed"] == "I"
        assert doubts(found, "tasks/PL.III")

    @pytest.mark.parametrize(
        "heads",
        [
            ("STT", "Nội dung công việc", "CQ chủ trì", "CQ phối hợp", "TG thực hiện"),
            ("Số TT", "Tên nhiệm vụ", "ĐV chủ trì", "ĐV phối hợp", "Thời gian HT"),
            ("TT", "Nhiệm vụ, giải pháp chủ yếu", "Chủ trì thực hiện", "Phối hợp thực hiện", "Tiến độ"),
            ("TT", "Hoạt động", "Cơ quan, đơn vị chủ trì thực hiện", "Đơn vị hỗ trợ", "Kỳ hạn"),
            ("TT", "NHIỆM VỤ", "CƠ QUAN CHỦ TRÌ", "CƠ QUAN PHỐI HỢP", "THỜI GIAN"),
        ],
    )
    @pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (0, 4, 1, 3, 2), (1, 2, 3, 4)])
    def test_the_heads_that_offices_write_are_known_in_any_order(
        self, heads: tuple[str, ...], order: tuple[int, ...], tmp_path: Path
    ) -> None:
        table = [[row[at] for at in order] for row in (heads, self.TASKS[2], self.TASKS[5])]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", table])
        task = list(rows(found).values())[1]
        assert [task[key] for key in ("text", "lead", "support", "schedule")] == [
            *("Tập huấn", ["so-y-te"], ["so-tai-chinh"], "2026")
        ]

    def test_a_column_nobody_understands_is_doubted_and_left_out(self, tmp_path: Path) -> None:
        table = [[*row, "xanh"] for row in self.TASKS]
        table[0][-1] = "Màu sắc"
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", table])
        assert [doubt.kind.value for doubt in found.doubts if "Màu sắc" in doubt.why] == ["column"]
        assert "xanh" not in str(found.plan)

    def test_a_number_used_twice_is_doubted(self, tmp_path: Path) -> None:
        table = [self.TASKS[0], self.TASKS[2], ["1", "Phát tờ rơi", "Sở Nội vụ", "", "2026"]]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", table])
        assert list(rows(found)) == ["I.1", "PL.1", "PL.2"]
        assert doubts(found, "tasks/PL.2")

    def test_targets_by_year(self, tmp_path: Path) -> None:
        table = [
            ["TT", "Chỉ tiêu", "Đơn vị tính", "2026", "2030", "Cơ quan chủ trì"],
            ["1", "Tỷ lệ hộ dùng nước sạch", "%", "80", "≥90", "Sở Y tế"],
            ["2", "Tỷ lệ thất thoát nước", "%", "20", "15", "Sở Y tế"],
            ["3", "Số công trình", "công trình", "1.5", "", "Sở Y tế"],
        ]
        found = made(tmp_path, ["I. NHIỆM VỤ", "1. Rà soát./.", "PHỤ LỤC", "CÁC CHỈ TIÊU", table])
        indicators = rows(found, "indicators")
        assert indicators["PL.1"]["targets"] == {"2026": "80", "2030": "≥90"}
        assert (indicators["PL.1"]["direction"], indicators["PL.2"]["direction"]) == ("increase", "decrease")
        assert doubts(found, "indicators/PL.3/targets/2026")
        assert doubts(found, "indicators/PL.3/direction")


def test_the_place_of_a_line_in_a_paragraph_of_many_tells_which_line(tmp_path: Path) -> None:
    found = made(tmp_path, ["I. NHIỆM VỤ\n1. Trồng cây\nven sông.\n2. Tưới cây."])
    assert [found.places[f"tasks/I.{one}/text"] for one in (1, 2)] == ["đoạn 6, dòng 2", "đoạn 6, dòng 4"]


def test_a_document_with_more_letters_than_any_plan_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehoach_cli.core.draft.make.MOST_LETTERS", 100)
    source = SourceText("kh.txt", "", SourceKind.TEXT, (SourceParagraph("a" * 101, "dòng 1"),), ())
    with pytest.raises(TooManyLinesError):
        draft_of_text(source, "kh", "thanh-hoa")
