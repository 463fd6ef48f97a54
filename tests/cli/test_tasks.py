"""`kehoach tasks` on the real plans: who must do what, by when, and how the answer is labelled."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Ran

Kehoach = Callable[..., Ran]

SO_Y_TE = [
    "kh-176/PL2.III.1",
    "kh-176/PL2.III.2",
    "qd-3825/PL.VIII.10.1",
    "qd-3825/PL.VIII.10.2",
    "qd-3825/PL.VIII.10.3",
    "qd-3825/PL.VIII.10.4",
]


def items(ran: Ran) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ran.out)["items"]
    return found


def refs(ran: Ran) -> list[str]:
    return [item["ref"] for item in items(ran)]


def asked(kehoach: Kehoach, *arguments: str) -> Ran:
    ran = kehoach("tasks", *arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return ran


def test_named_rows_come_first_then_labelled_groups(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "--agency", "Sở Y tế", "--province", "thanh-hoa"))
    assert [row["ref"] for row in rows[:6]] == SO_Y_TE
    assert all(row["match"][0]["via"] == "direct" and row["match"][0]["role"] == "lead" for row in rows[:6])
    strongest = [row["match"][0]["via"] for row in rows]
    order = ["direct", "successor", "group", "clause", "body"]
    assert strongest == sorted(strongest, key=order.index)
    groups = [row for row in rows if row["match"][0]["via"] == "group"]
    assert len(groups) > 100
    assert all("sở" in row["match"][0]["name"].lower() for row in groups)


def test_direct_shows_only_named_rows(kehoach: Kehoach) -> None:
    assert refs(asked(kehoach, "--agency", "Sở Y tế", "--direct")) == SO_Y_TE


@pytest.mark.parametrize(
    "spelling",
    [
        "so y te",
        "SỞ Y TẾ",
        unicodedata.normalize("NFD", "Sở Y Tế"),
        "SYT",
        "  sở  y tế. ",
        "so-y-te",
        "SO-Y-TE".lower(),
    ],
)
def test_every_spelling_gives_the_same_answer(kehoach: Kehoach, spelling: str) -> None:
    expected = asked(kehoach, "--agency", "Sở Y tế").out
    assert asked(kehoach, "--agency", spelling).out == expected


def test_old_names_give_one_answer(kehoach: Kehoach) -> None:
    answers = {
        asked(kehoach, "--agency", name).out
        for name in ("Sở TN&MT", "Sở Tài nguyên và Môi trường", "sở tài nguyên môi trường", "STNMT")
    }
    assert len(answers) == 1
    ran = asked(kehoach, "--agency", "Sở TN&MT")
    assert {row["province"] for row in items(ran)} == {"thanh-hoa"}


def test_asking_for_a_dissolved_body_says_who_took_over_and_since_when(kehoach: Kehoach) -> None:
    ran = kehoach("tasks", "--agency", "Sở TN&MT", "--direct")
    heading = " ".join(ran.out[:900].split())
    assert "Sở Tài nguyên và Môi trường không còn sau ngày 28/02/2025" in heading
    assert "nay thuộc Sở Nông nghiệp và Môi trường từ 01/3/2025" in heading
    notices = json.loads(asked(kehoach, "--agency", "Sở TN&MT").out)["summary"]["answers"][0]["notices"]
    assert "Sở Nông nghiệp và Môi trường từ 01/3/2025" in notices[0]


def test_the_heir_has_what_its_predecessors_had_labelled(kehoach: Kehoach) -> None:
    heir = items(asked(kehoach, "--agency", "Sở Nông nghiệp và Môi trường", "--province", "thanh-hoa"))
    inherited = {row["ref"]: row for row in heir if row["match"][0]["via"] == "successor"}
    before = {
        ref
        for old in ("so-tnmt", "so-nnptnt", "vp-dieu-phoi-ntm")
        for ref in refs(asked(kehoach, "-a", old, "--direct"))
    }
    assert before <= set(inherited)
    # Its other tasks come from the split of Sở LĐ-TB&XH, which is decided task by task.
    assert set(inherited) - before == {"qd-3825/PL.VII.1"}
    names = {row["match"][0]["name"] for row in inherited.values()}
    assert {"Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Phát triển nông thôn"} <= names
    table = " ".join(kehoach("tasks", "-a", "so-nnmt", "--province", "thanh-hoa", "--plan", "kh-176").out.split())
    assert "trước đây" in table


def test_the_same_name_in_the_other_province_has_its_own_rows(kehoach: Kehoach) -> None:
    ran = asked(kehoach, "--agency", "Sở Nông nghiệp và Môi trường", "--direct", "--province", "thai-nguyen")
    assert refs(ran) == [f"kh-thai-nguyen-2026/III.2-{number}" for number in (1, 2, 3)]


def test_a_split_body_says_so_and_its_heirs_are_reached_task_by_task(kehoach: Kehoach) -> None:
    table = kehoach("tasks", "--agency", "Sở TT&TT", "--direct").out
    assert "đã chia cho nhiều cơ quan sau ngày 28/02/2025" in table
    assert "hiện nay: Sở Khoa" in table
    khcn = items(asked(kehoach, "--agency", "Sở Khoa học và Công nghệ", "--province", "thanh-hoa"))
    reached = {row["ref"]: row["match"][0] for row in khcn if row["match"][0]["via"] == "successor"}
    assert set(reached) == {"kh-176/III.6.1", "qd-3825/PL.II.3", "qd-3825/PL.V.4"}
    assert all(match["name"] == "Sở Thông tin và Truyền thông" for match in reached.values())
    # III.6.2 names both: the successor is found by its own name and by that of its predecessor.
    vias = {row["ref"]: [match["via"] for match in row["match"]] for row in khcn}
    assert vias["kh-176/III.6.2"][:2] == ["direct", "successor"]


def test_both_provinces_answer_under_a_heading_each(kehoach: Kehoach) -> None:
    table = kehoach("tasks", "--agency", "Sở Y tế").out
    assert "Thanh Hóa: Sở Y tế" in table
    assert "Thái Nguyên: Sở Y tế" in table
    assert table.index("Thanh Hóa: Sở Y tế") < table.index("Thái Nguyên: Sở Y tế")
    only = kehoach("tasks", "--agency", "Sở Y tế", "--province", "thanh-hoa").out
    assert "Thái Nguyên" not in only
    assert refs(asked(kehoach, "-a", "thai-nguyen/so-y-te")) == refs(
        asked(kehoach, "-a", "so-y-te", "--province", "Thái Nguyên")
    )


def test_general_clauses_assign_rows_that_name_nobody(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "-a", "Sở Y tế", "--province", "thai-nguyen"))
    by_clause = [row for row in rows if row["match"][0]["via"] == "clause"]
    assert len(by_clause) == 62
    assert {row["match"][0]["role"] for row in by_clause} == {"implement"}
    party = items(asked(kehoach, "-a", "Ban Cán sự đảng UBND tỉnh"))
    directed = [
        row["id"]
        for row in party
        if row["match"][0] | {"name": ""} == row["match"][0] | {"via": "clause", "role": "direct", "name": ""}
    ]
    assert len(directed) == 12


def test_a_plan_filter_silences_the_other_province(kehoach: Kehoach) -> None:
    assert "Thái Nguyên" not in kehoach("tasks", "-a", "Sở Y tế", "--plan", "kh-176").out
    nothing = kehoach("tasks", "-a", "so-tnmt", "--plan", "kh-thai-nguyen-2026")
    assert nothing.code == 0
    assert "0 nhiệm vụ" in nothing.out


def test_open_groups_match_nobody(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "-a", "Trường Đại học Lâm nghiệp"))
    assert [row["id"] for row in rows] == ["PL2.II.1", "PL2.II.14"]


def test_lien_quan_limits_a_group_and_says_so(kehoach: Kehoach) -> None:
    rows = {row["ref"]: row for row in items(asked(kehoach, "-a", "Sở Tài chính", "--province", "thanh-hoa"))}
    for ref in (
        "qd-3825/PL.VIII.5.2",
        "qd-3825/PL.VIII.5.8",
        "qd-3825/PL.VIII.5.9",
        "kh-176/PL2.III.1",
        "kh-176/PL2.III.2",
    ):
        assert rows[ref]["match"][0]["limited"], ref
    assert not rows["qd-3825/PL.VIII.5.1"]["match"][0]["limited"]
    assert "nếu có liên quan" in kehoach("tasks", "-a", "Sở Tài chính", "-p", "kh-176", "--format", "csv").out


def test_the_end_of_the_district_level_is_followed_only_in_support_and_unconfirmed(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "-a", "UBND cấp xã", "--province", "thanh-hoa"))
    inherited = [row["match"][0] for row in rows if row["match"][0]["via"] == "successor"]
    assert {match["role"] for match in inherited} == {"support"}
    assert not any(match["certain"] for match in inherited)


def test_body_variants_reach_the_agencies_only_the_body_names(kehoach: Kehoach) -> None:
    rows = {row["ref"]: row for row in items(asked(kehoach, "-a", "Sở Công Thương", "--province", "thanh-hoa"))}
    assert "body" in {match["via"] for match in rows["qd-3825/PL.VI.1"]["match"]}


def test_an_unknown_name_is_answered_with_the_nearest(kehoach: Kehoach) -> None:
    ran = kehoach("tasks", "--agency", "Sở Ytế")
    assert ran.code == 2
    assert ran.out == ""
    assert "ý bạn là Sở Y tế?" in ran.err


def test_filters_combine(kehoach: Kehoach) -> None:
    ran = asked(
        kehoach, "-a", "Sở Y tế", "--role", "lead", "--plan", "kh-176", "--kind", "programme", "--due-by", "2025-12-31"
    )
    assert refs(ran) == ["kh-176/PL2.III.1", "kh-176/PL2.III.2"]
    assert refs(asked(kehoach, "-a", "Sở Y tế", "--direct", "--due-by", "2025-12-30")) == []
    assert refs(asked(kehoach, "-a", "Sở Y tế", "--direct", "--search", "chat thai y te")) == [
        "kh-176/PL2.III.2",
        "qd-3825/PL.VIII.10.2",
        "qd-3825/PL.VIII.10.4",
    ]
    assert refs(
        asked(kehoach, "-a", "Sở Y tế", "--role", "phối hợp", "--plan", "kh-176", "--kind", "organisation")
    ) == ["kh-176/VI.1"]


def test_due_by_lists_what_is_due_and_not_done(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "--due-by", "31/12/2025", "--as-of", "2025-06-30"))
    dated = [row for row in rows if row["schedule"]["deadline"]]
    deadlines = {row["schedule"]["deadline"] for row in dated}
    assert deadlines == {"2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31"}
    # KH 176: 3 of 2022, 3 of 2023, 1 of 2024, 10 of 2025; QĐ 3825: "Năm 2023".
    assert len(dated) == 18
    # Yearly duties come back on the last day of the year.
    rest = [row for row in rows if row not in dated]
    assert {(row["schedule"]["recurrence"]["every"], row["next_due"]) for row in rest} == {("year", "2025-12-31")}
    assert refs(asked(kehoach, "--due-by", "30/12/2025", "--as-of", "2025-06-30")) == [
        row["ref"] for row in dated if row["schedule"]["deadline"] < "2025-12-31"
    ]


def test_due_from_leaves_out_what_was_due_before(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "--due-from", "1/1/2026", "--due-by", "31/12/2026", "--as-of", "2025-06-30"))
    assert {row["next_due"] for row in rows} == {"2026-12-31"}
    assert kehoach("tasks", "--due-from", "2026-01-01", "--due-by", "2025-12-31").code == 2


def test_overdue_without_a_report_is_not_called_unfinished(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "--overdue", "--as-of", "2026-11-21", "--plan", "kh-176"))
    assert len(rows) == 17
    assert {row["timeliness"] for row in rows} == {"unreported"}
    assert {row["status"] for row in rows} == {None}
    table = " ".join(kehoach("tasks", "--overdue", "--as-of", "2026-11-21", "--plan", "kh-176").out.split())
    assert "chưa có báo cáo" in table
    assert "chưa hoàn thành" not in table
    assert refs(asked(kehoach, "--overdue", "--as-of", "2022-12-31", "--plan", "kh-176")) == []


def test_year_takes_what_falls_in_it_and_lists_the_undated_last(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "--year", "2022"))
    assert {row["plan"] for row in rows} == {"kh-176", "qd-3825"}
    kinds = [row["schedule"]["kind"] for row in rows]
    undated = kinds.index("none")
    assert set(kinds[undated:]) == {"none"}
    assert "kh-176/PL2.I.9" in [row["ref"] for row in rows[undated:]]
    assert "kh-176/PL2.I.1" in [row["ref"] for row in rows]
    assert "kh-176/PL2.II.12" not in [row["ref"] for row in rows]
    assert "không ghi thời gian (" in kehoach("tasks", "--year", "2022").out
    later = items(asked(kehoach, "--year", "2030", "--province", "thai-nguyen"))
    assert {row["schedule"]["kind"] for row in later} == {"open", "none"}


def test_a_headings_deadline_holds_for_its_dashes(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "--province", "thai-nguyen", "--due-by", "2026-12-31"))
    assert [row["id"] for row in rows] == [f"II.2-{number}" for number in range(1, 7)]
    assert {row["schedule"]["source"] for row in rows} == {"II.2"}


def test_indicators_are_counted_beside_the_tasks(kehoach: Kehoach) -> None:
    ran = kehoach("tasks", "--agency", "Sở Y tế", "--province", "thanh-hoa", "--direct")
    assert "còn chịu trách nhiệm 1 chỉ tiêu" in ran.err
    assert "chỉ tiêu" not in ran.out


def test_the_count_is_stated(kehoach: Kehoach) -> None:
    table = kehoach("tasks", "--agency", "Sở Y tế", "--direct").out
    assert table.rstrip().endswith("Tổng cộng: 6 nhiệm vụ.")
    assert "Tổng cộng: 246 nhiệm vụ." in kehoach("tasks").out


def test_csv_is_one_flat_table_without_formulas(kehoach: Kehoach) -> None:
    ran = kehoach("tasks", "--format", "csv")
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert len(rows) == 247
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_markdown_keeps_one_line_per_row(kehoach: Kehoach) -> None:
    ran = kehoach("tasks", "--agency", "Sở Y tế", "--direct", "--format", "md")
    lines = [line for line in ran.out.splitlines() if line.startswith("| PL")]
    assert len(lines) == 6
    assert "| PL2.III.1 |" in lines[0]


def test_every_row_carries_the_contracts_fields(kehoach: Kehoach) -> None:
    envelope = json.loads(asked(kehoach).out)
    assert envelope["kehoach"] == "tasks/1"
    assert envelope["findings"] == []
    assert envelope["summary"]["count"] == len(envelope["items"]) == 246
    fields = {
        "ref", "plan", "province", "id", "kind", "section", "text", "lead", "support", "as_issued", "schedule",
        "outputs", "conditions", "match", "status", "timeliness",
    }  # fmt: skip
    for row in envelope["items"]:
        assert fields <= set(row)
        assert {"text", "kind", "from", "to", "deadline"} <= set(row["schedule"])
        assert row["match"] == []
        assert row["section"] is not None


def test_no_format_calls_an_unreported_task_unfinished(kehoach: Kehoach) -> None:
    for form in ("table", "csv", "md"):
        assert "chưa hoàn thành" not in kehoach("tasks", "-f", form).out


@pytest.mark.parametrize(
    "spelling",
    [
        "Sở Y tế tỉnh Thanh Hóa", "Sở Y tế Thanh Hoá", "SO-Y-TE", "Sở Y te", "Thanh Hóa/Sở Y tế", "thanh-hoa/SYT",
    ],
)  # fmt: skip
def test_more_spellings_of_one_body(kehoach: Kehoach, spelling: str) -> None:
    assert refs(asked(kehoach, "-a", spelling, "--direct")) == SO_Y_TE


@pytest.mark.parametrize("spelling", ["Sở TN & MT", "Sở TN và MT", "sở tn&mt tỉnh thanh hóa"])
def test_and_signs_are_words(kehoach: Kehoach, spelling: str) -> None:
    assert asked(kehoach, "-a", spelling).out == asked(kehoach, "-a", "Sở TN&MT").out


def test_dashes_in_names_need_no_blanks(kehoach: Kehoach) -> None:
    assert refs(asked(kehoach, "-a", "Sở Lao động-Thương binh và Xã hội", "--direct"))


def test_ids_and_provinces_in_any_case(kehoach: Kehoach) -> None:
    assert refs(asked(kehoach, "-a", "Sở Y tế", "-p", "KH-176", "--province", "Thanh Hoá", "--direct")) == SO_Y_TE[:2]


@pytest.mark.parametrize(
    "arguments",
    [("--year", "1990"), ("-p", "kh-176", "--year", "2040"), ("-p", "kh-thai-nguyen-2026", "--year", "2025")],
)
def test_a_year_outside_the_plans_is_wrong_usage(kehoach: Kehoach, arguments: tuple[str, ...]) -> None:
    for command in ("tasks", "indicators"):
        ran = kehoach(command, *arguments)
        assert ran.code == 2
        assert "nằm ngoài thời kỳ" in ran.err


def test_heirs_are_labelled_in_clauses_and_in_the_body_too(kehoach: Kehoach) -> None:
    party = kehoach("tasks", "-a", "Đảng ủy UBND tỉnh", "-f", "csv").out
    assert "theo điều khoản chung: trước đây: Ban Cán sự đảng UBND tỉnh" in party
    heir = {row["ref"]: row for row in items(asked(kehoach, "-a", "thanh-hoa/so-nnmt"))}
    body = next(match for match in heir["qd-3825/PL.VI.1"]["match"] if match["via"] == "body")
    assert body["inherited"]
    assert body["name"] == "Sở Nông nghiệp và Phát triển nông thôn"


def test_what_is_not_certain_is_said_wherever_it_is_used(kehoach: Kehoach) -> None:
    for arguments in (("show", "PL.III.5"), ("agencies", "-f", "md")):
        words = " ".join(kehoach(*arguments).out.split())
        assert "Khu vực 7, cần xác nhận" in words or "chi nhánh Khu vực 7, cần xác nhận" in words


def test_indicators_are_answered_by_province(kehoach: Kehoach) -> None:
    table = kehoach("indicators", "-a", "Sở Nông nghiệp và Môi trường").out
    assert "Thanh Hóa: Sở Nông nghiệp và Môi trường\n16 chỉ tiêu." in table
    assert "Thái Nguyên: Sở Nông nghiệp và Môi trường\n0 chỉ tiêu." in table


def test_the_screen_shows_rows_that_name_the_agency_and_counts_the_rest(kehoach: Kehoach) -> None:
    short = kehoach("tasks", "--agency", "Sở Y tế", "--province", "thanh-hoa").out
    assert "Thuộc nhóm được giao (" not in short
    said = " ".join(short.split())
    assert "Qua nhóm hoặc điều khoản chung, không in ở đây: kh-176: 48; qd-3825: 79 (xem bằng --all-matches)." in said
    assert "Tổng cộng: 134 nhiệm vụ; trên đây là 7 nhiệm vụ nêu tên" in said
    whole = kehoach("tasks", "--agency", "Sở Y tế", "--province", "thanh-hoa", "--all-matches").out
    assert "Thuộc nhóm được giao (127)" in whole
    assert whole.rstrip().endswith("Tổng cộng: 134 nhiệm vụ.")
    assert kehoach("tasks", "--all-matches").code == 2


def test_an_agency_that_no_row_names_is_told_what_reaches_it(kehoach: Kehoach) -> None:
    said = " ".join(kehoach("tasks", "--agency", "Sở Y tế", "--province", "thai-nguyen").out.split())
    assert "Không nhiệm vụ nào nêu tên cơ quan." in said
    assert "kh-thai-nguyen-2026: 64 (xem bằng --all-matches)" in said
    assert "0 nhiệm vụ" not in said


@pytest.mark.parametrize("format_", ["json", "csv", "md"])
def test_files_hold_every_row_of_an_agency(kehoach: Kehoach, format_: str) -> None:
    out = kehoach("tasks", "--agency", "Sở Y tế", "--province", "thanh-hoa", "--plan", "qd-3825", "-f", format_).out
    assert "PL.VIII.10.1" in out
    assert "PL.IV.1" in out


def test_a_workbook_holds_every_row_of_an_agency(kehoach: Kehoach, tmp_path: Path) -> None:
    target = tmp_path / "viec.xlsx"
    assert kehoach("tasks", "-a", "Sở Y tế", "--province", "thanh-hoa", "-f", "xlsx", "-o", str(target)).code == 0
    (sheet,) = openpyxl.load_workbook(target).worksheets
    assert sheet.max_row == 135


def test_rows_that_name_the_agency_are_its_own(kehoach: Kehoach) -> None:
    rows = items(asked(kehoach, "--agency", "Sở Y tế", "--province", "thanh-hoa"))
    own = [row["own"] for row in rows]
    assert own == sorted(own, reverse=True)
    assert [row["ref"] for row in rows if row["own"]] == [*SO_Y_TE, "qd-3825/PL.VII.1"]
    # The main text of QĐ 3825 names Sở Công Thương for PL.VI.1; for PL.I.1 it names a group of which it is a member.
    by_body = {row["ref"]: row for row in items(asked(kehoach, "--agency", "Sở Công Thương", "--plan", "qd-3825"))}
    assert by_body["qd-3825/PL.VI.1"]["own"] is True
    assert by_body["qd-3825/PL.I.1"]["own"] is False
    assert {row["own"] for row in items(asked(kehoach))} == {None}


def test_overdue_rows_of_one_lead_are_counted_as_one(kehoach: Kehoach) -> None:
    arguments = ("--overdue", "--as-of", "2025-12-14", "--plan", "kh-176")
    rows = list(csv.DictReader(io.StringIO(kehoach("tasks", *arguments, "--format", "csv").out)))
    heir = "Sở Nông nghiệp và Môi trường"
    assert {row["Chủ trì hiện nay"] for row in rows} == {heir}
    assert {row["Chủ trì"] for row in rows} == {
        f"{heir} (Kế hoạch ghi: Sở Tài nguyên và Môi trường)",
        f"{heir} (Kế hoạch ghi: Sở Nông nghiệp và Phát triển nông thôn)",
    }
    assert all(int(row["Số ngày quá hạn"]) > 0 for row in rows)
    listed = items(asked(kehoach, *arguments))
    assert {lead["name"] for row in listed for lead in row["lead_now"]} == {heir}
    assert [str(row["days_late"]) for row in listed] == [row["Số ngày quá hạn"] for row in rows]
    assert f"{heir} (Kế hoạch ghi: " in kehoach("tasks", *arguments, "--format", "md").out


REPORT = """
kehoach: progress/1
plan: kh-176
agency: so-y-te
year: 2025
cutoff: 2025-12-14
indicators:
  PL1.17: {value: "86,5", estimate: true, source: Báo cáo 12/BC-SYT}
tasks:
  PL2.III.1:
    status: in_progress
    result: |-
      Xong 04 trạm.
      Còn 08 trạm.
    documents: [{number: 5/QĐ-SYT, date: 2025-02-03}]
    difficulty: Thiếu vốn.
    extension: {to: 2026-06-30, document: Công văn 345/UBND-NN ngày 10/11/2025}
"""


def test_show_prints_what_was_reported_in_full_with_its_place(kehoach: Kehoach, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.yaml"
    file.write_text(REPORT, encoding="utf-8")
    ran = kehoach("show", "kh-176/PL2.III.1", "--progress", str(file), "--as-of", "2026-01-31", "--format", "md")
    for words in (
        f"{file}:10",
        "Sở Y tế, năm 2025, số liệu đến ngày 14/12/2025",
        "Trạng thái: đang thực hiện",
        "Xong 04 trạm.",
        "Còn 08 trạm.",
        "Văn bản: 5/QĐ-SYT ngày 03/02/2025",
        "Khó khăn, vướng mắc: Thiếu vốn.",
        "Gia hạn: đến 30/6/2026 theo Công văn 345/UBND-NN ngày 10/11/2025",
    ):
        assert words in ran.out.replace("\\", ""), words
    [record] = items(
        kehoach("show", "kh-176/PL2.III.1", "--progress", str(file), "--as-of", "2026-01-31", "-f", "json")
    )
    [said] = record["submissions"]
    assert (said["agency"]["id"], said["line"], said["result"]) == ("so-y-te", 10, "Xong 04 trạm.\nCòn 08 trạm.")
    assert said["documents"] == [{"number": "5/QĐ-SYT", "date": "2025-02-03"}]
    # What was reported later is not known on an earlier day.
    before = kehoach("show", "kh-176/PL2.III.1", "--progress", str(file), "--as-of", "2025-12-13", "-f", "json")
    assert items(before)[0]["submissions"] == []
    value = kehoach("show", "kh-176/PL1.17", "--progress", str(file), "--as-of", "2026-01-31", "--format", "md").out
    assert "Số liệu: 86,5 (ước tính)" in value
    assert "Nguồn số liệu: Báo cáo 12/BC-SYT" in value
