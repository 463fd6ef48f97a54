"""Where two places of a file contradict each other, the finding stands at the wrong one, and its advice mends the file."""

from pathlib import Path

import pytest

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.rules.engine import Selection
from tests.rules.workspaces import PLAN, PROGRESS, REGISTRY, linted, write

ROW = "  - {{id: I.{0}, kind: task, text: Việc số {0} của kế hoạch., lead: [so-a], schedule: 2022 - 2025}}\n"


def found(folder: Path, kind: str, text: str, code: str) -> list[tuple[str, str | None]]:
    """Return the places of the findings, and their advice."""
    return [(place(one), one.hint) for one in linted(folder, kind, text.lstrip("\n"), Selection((code,)))]


def place(finding: Finding) -> str:
    return ".".join(map(str, finding.path))


def only(findings: list[Finding]) -> Finding:
    (finding,) = findings
    return finding


def ordered(numbers: list[int]) -> str:
    head, _, rest = PLAN.partition("tasks:\n")
    return f"{head}tasks:\n{''.join(map(ROW.format, numbers))}indicators:{rest.partition('indicators:')[2]}"


@pytest.mark.parametrize(
    ("numbers", "at", "hint"),
    [
        ([1, 2, 5, 3, 4], 2, 'chuyển xuống sau "I.4"'),
        ([1, 5, 2, 3, 4, 6], 1, 'chuyển xuống sau "I.4"'),
        ([5, 1, 2, 3], 0, 'chuyển xuống sau "I.3"'),
        ([1, 3, 4, 5, 2], 4, 'chuyển lên trước "I.3"'),
        ([2, 3, 1, 4], 2, 'chuyển lên trước "I.2"'),
        ([1, 3, 2, 4], 2, 'chuyển lên trước "I.3"'),
    ],
)
def test_the_row_that_was_moved_is_named_and_where_it_belongs(
    tmp_path: Path, numbers: list[int], at: int, hint: str
) -> None:
    ((path, advice),) = found(tmp_path, "plan", ordered(numbers), "K107")
    assert path == f"tasks.{at}.id"
    assert advice == f"{hint}, hoặc sửa lại mã"


@pytest.mark.parametrize(("short", "wrong", "right"), [("SYT", 1, 2), ("STN", 2, 1), ("Sở XX", 2, 1)])
def test_an_abbreviation_of_two_bodies_is_a_fault_where_it_does_not_fit_the_name(
    tmp_path: Path, short: str, wrong: int, right: int
) -> None:
    text = REGISTRY
    for name in ("Sở Tài nguyên", "Sở Y tế"):
        text = text.replace(f"name: {name}, kind: so}}", f"name: {name}, kind: so, short: [{short}]}}")
    finding = only(linted(tmp_path, "registry", text.lstrip("\n"), Selection(("K203",))))
    assert place(finding) == f"agencies.{wrong}.short.0"
    owner = {1: '"Sở Tài nguyên" (mã so-a)', 2: '"Sở Y tế" (mã so-b)'}[right]
    assert owner in finding.message


@pytest.mark.parametrize(
    ("schedule", "advice"),
    [
        ("Quý 5 năm 2026", 'không có "Quý 5"'),
        ("Quý V/2026", 'không có "Quý V"'),
        ("2023 \u2015 2030", 'gõ lại: "2023 - 2030"'),
        ("202\uff13 - 2030", 'gõ lại: "2023 - 2030"'),
    ],
)
def test_a_schedule_with_one_slip_is_answered_with_that_slip(tmp_path: Path, schedule: str, advice: str) -> None:
    ((_, hint),) = found(tmp_path, "plan", PLAN.replace("2022 - 2025", schedule), "K401")
    assert hint is not None
    assert advice in hint


def test_a_full_width_figure_in_a_target_is_to_be_typed_again(tmp_path: Path) -> None:
    ((_, hint),) = found(tmp_path, "plan", PLAN.replace('"95"', '"\uff195"'), "K301")
    assert hint == 'có ký tự lạ trông giống ký tự thường; gõ lại: "95"'


@pytest.mark.parametrize("text", ["(chép sau)", "đang cập nhật", "Cần bổ sung.", "[nhập sau]"])
def test_a_promise_to_copy_the_text_is_no_text(tmp_path: Path, text: str) -> None:
    assert len(found(tmp_path, "plan", PLAN.replace("Kiểm tra việc xử lý nước thải.", f'"{text}"'), "K508")) == 1


def test_a_task_about_updating_is_a_text(tmp_path: Path) -> None:
    assert not found(tmp_path, "plan", PLAN.replace("Kiểm tra việc xử lý", "Cần cập nhật sau khi xử lý"), "K508")


@pytest.mark.parametrize(("end", "count"), [(2030, 0), (2040, 1), (2027, 1)])
def test_the_period_in_the_title_says_when_the_plan_ends(tmp_path: Path, end: int, count: int) -> None:
    text = PLAN.replace("Bảo vệ môi trường\n", "Bảo vệ môi trường giai đoạn 2022 - 2030, tầm nhìn năm 2040\n")
    findings = found(tmp_path, "plan", text.replace("to: 2030", f"to: {end}"), "K118")
    assert [path for path, _ in findings] == ["period.to"] * count


def test_a_title_about_another_period_says_nothing_of_the_end(tmp_path: Path) -> None:
    text = PLAN.replace("Bảo vệ môi trường\n", "Thực hiện Chiến lược giai đoạn 2021 - 2045\n")
    assert not found(tmp_path, "plan", text, "K118")


def test_a_deleted_body_that_the_base_registry_knows_is_offered_again(tmp_path: Path) -> None:
    text = REGISTRY.replace("province: mau", "province: thanh-hoa").replace("[so-a, so-b]", "[so-a, so-tttt]")
    ((_, hint),) = found(tmp_path, "registry", text, "K202")
    assert hint is not None
    assert hint.startswith('danh bạ nền có "Sở Thông tin và Truyền thông" (mã so-tttt)')


@pytest.mark.parametrize(
    ("cutoff", "submitted"),
    [
        ("2052-12-14", "2025-12-16"),
        ("2023-12-14", "2025-12-16"),
        ("2023-12-14", "2023-12-16"),  # the folder says 2025
    ],
)
def test_a_cutoff_of_another_year_is_a_fault_of_the_cutoff(tmp_path: Path, cutoff: str, submitted: str) -> None:
    text = PROGRESS.replace("2025-12-14", f"{cutoff}\nsubmitted: {submitted}")
    ((path, _),) = found(tmp_path, "progress", text, "K618")
    assert path == "cutoff"


def test_a_year_that_folder_and_cutoff_contradict_is_a_fault_of_the_year(tmp_path: Path) -> None:
    ((path, _),) = found(tmp_path, "progress", PROGRESS.replace("year: 2025", "year: 2024"), "K618")
    assert path == "year"


def test_an_indicator_among_the_tasks_is_to_be_moved(tmp_path: Path) -> None:
    text = PROGRESS + "  I-ct9: {status: in_progress}\n"
    finding = only(linted(tmp_path, "progress", text.lstrip("\n"), Selection(("K603",))))
    assert place(finding) == "tasks.I-ct9"
    assert 'không có nhiệm vụ "I-ct9"' in finding.message
    assert finding.hint == "mã này là chỉ tiêu: chuyển sang khóa indicators"


def test_the_items_of_another_plan_are_one_fault_at_the_plan(tmp_path: Path) -> None:
    other = PLAN.replace("id: kh-mau", "id: kh-khac").replace("1/KH-UBND", "2/KH-UBND")
    other = other.replace("id: I.1", "id: I.7").replace("I-ct9", "I-ct7")
    write(tmp_path, "plan", other.lstrip("\n"))
    (tmp_path / "plans" / "kh-mau.yaml").rename(tmp_path / "plans" / "kh-khac.yaml")
    text = PROGRESS.replace("  I.1:", "  I.7:") + 'indicators:\n  I-ct7: {value: "90"}\n'
    finding = only(linted(tmp_path, "progress", text.lstrip("\n"), Selection(("K603",))))
    assert (place(finding), finding.hint) == ("plan", "ghi plan: kh-khac nếu báo cáo về kế hoạch đó")
    both = text.replace("  I.7:", "  I.1: {status: in_progress}\n  I.7:")
    assert [place(one) for one in linted(tmp_path, "progress", both.lstrip("\n"), Selection(("K603",)))] != ["plan"]


@pytest.mark.parametrize(("result", "denied"), [("đang làm", True), ("Đang vận hành ổn định 12 trạm.", False)])
def test_what_is_being_done_is_not_done(tmp_path: Path, result: str, denied: bool) -> None:  # noqa: FBT001
    text = PROGRESS.replace("{status: in_progress}", f"{{status: done, completed: 2025-10-20, result: {result}}}")
    assert bool(found(tmp_path, "progress", text, "K637")) == denied


NOTED = 'direction: increase, direction_note: "{0}", targets: {{2025: "{1}", 2030: "{2}"}}'


@pytest.mark.parametrize(
    ("note", "first", "last", "at"),
    [
        ("Tỷ lệ càng cao càng tốt.", 80, 95, None),
        ("Tỷ lệ càng cao càng tốt.", 95, 80, "targets.2030"),
        ("Tỷ lệ càng thấp càng tốt.", 80, 95, "direction"),
        ("Tỷ lệ càng thấp càng tốt.", 95, 80, "direction"),
        ("Giữ ít nhất bằng mức này.", 80, 95, None),
        ("Không phải càng thấp càng tốt.", 80, 95, None),
        ("Như năm trước.", 95, 80, "direction"),
    ],
)
def test_the_note_tells_whether_the_direction_or_a_target_is_wrong(
    tmp_path: Path, note: str, first: int, last: int, at: str | None
) -> None:
    text = PLAN.replace('direction: increase, targets: {2025: "95"}', NOTED.format(note, first, last))
    assert [path for path, _ in found(tmp_path, "plan", text, "K304")] == ([f"indicators.0.{at}"] if at else [])


def test_of_three_targets_the_one_that_breaks_the_order_is_named(tmp_path: Path) -> None:
    text = PLAN.replace('direction: increase, targets: {2025: "95"}', NOTED.format("Càng nhiều càng tốt.", 90, 95))
    text = text.replace("càng tốt.", "càng cao càng tốt.").replace('{2025: "90"', '{2024: "80", 2025: "20"')
    assert [path for path, _ in found(tmp_path, "plan", text, "K304")] == ["indicators.0.targets.2025"]


@pytest.mark.parametrize(
    ("name", "printed", "at"),
    [
        ("Tỷ lệ nước thải sinh hoạt", "Tỷ lệ nước thải đồi hoạt (%)", "as_issued.name"),
        ("Tỷ lệ nước thải đồi hoạt", "Tỷ lệ nước thải sinh hoạt (%)", "name"),
        ("Tỷ lệ hộ nghèo", "Tỷ lệ hộ nghiêng (%)", "name"),
    ],
)
def test_of_two_names_the_one_with_words_in_a_new_company_is_wrong(
    tmp_path: Path, name: str, printed: str, at: str
) -> None:
    text = PLAN.replace("việc xử lý nước thải.", "việc xử lý nước thải sinh hoạt.")
    text = text.replace(
        "name: Tỷ lệ hộ được dùng nước sạch", f'\n     name: {name},\n     as_issued: {{name: "{printed}"}}'
    )
    finding = only(linted(tmp_path, "plan", text.lstrip("\n"), Selection(("K311",))))
    assert place(finding) == f"indicators.0.{at}"
    other = next(
        n
        for n, line in enumerate(text.lstrip("\n").splitlines(), 1)
        if (at == "name") == (printed in line) and name.split(maxsplit=1)[0] in line and n > 20
    )
    assert f"(dòng {other})" in finding.message


@pytest.mark.parametrize(
    ("own", "printed", "at"),
    [("2022 - 2025", "2022 - 2052", "as_issued.schedule"), ("2022 - 2052", "2022 - 2025", "schedule")],
)
def test_of_two_schedules_the_one_that_no_other_row_has_is_wrong(
    tmp_path: Path, own: str, printed: str, at: str
) -> None:
    text = ordered([1, 2, 3]).replace(
        "schedule: 2022 - 2025}", f"schedule: {own}, as_issued: {{schedule: {printed}}}}}", 1
    )
    finding = only(linted(tmp_path, "plan", text.lstrip("\n"), Selection(("K413",))))
    assert place(finding) == f"tasks.0.{at}"
    assert "(dòng " in finding.message


def test_a_year_in_a_condition_counts_in_the_printed_schedule(tmp_path: Path) -> None:
    row = "    schedule: Theo quy định của Luật năm {}\n    as_issued: {{schedule: Theo quy định của Luật năm 2020.}}\n"
    for year, count in (2020, 0), (2022, 1):
        text = PLAN.replace("    schedule: 2022 - 2025\n", row.format(year))
        assert len(found(tmp_path, "plan", text, "K413")) == count


SENTENCE = "Thu gom rác, phấn đấu đến năm 2030 tỷ lệ rác được thu gom đạt {}."


@pytest.mark.parametrize(
    ("sentence", "target", "printed", "places"),
    [
        ("95%, tăng 1.5 điểm", "95", "đạt 95%", []),
        ("95%", "59", "đạt 95%", ["targets.2030"]),
        ("95%", "95", "đạt 59%", ["as_issued.targets.2030"]),
        ("gấp 2 lần", "50", "đạt 50%", []),
    ],
)
def test_the_sentence_of_the_task_tells_which_number_is_wrong(
    tmp_path: Path, sentence: str, target: str, printed: str, places: list[str]
) -> None:
    text = PLAN.replace("Kiểm tra việc xử lý nước thải.", f'"{SENTENCE.format(sentence)}"')
    text = text.replace("id: I-ct9, name: Tỷ lệ hộ được dùng nước sạch", "id: I.1-ct1, name: tỷ lệ rác được thu gom")
    text = text.replace('{2025: "95"}', f'{{2030: "{target}"}}, as_issued: {{targets: {{2030: "{printed}"}}}}')
    assert [path for path, _ in found(tmp_path, "plan", text, "K314")] == [f"indicators.0.{at}" for at in places]
    assert not found(tmp_path, "plan", text, "K310")


CLAUSE = "  - {{id: {0}, role: direct, agencies: [so-a], applies_to: [{0}], text: Sở Tài nguyên chỉ đạo}}\n"


def clauses(*heads: str) -> str:
    """Return a plan of three sections with two rows each that name nobody, and clauses at the heads of some."""
    rows = "".join(f"  - {{id: I.{n}-{m}, kind: task, text: Việc {n}{m} của kế hoạch.}}\n" for n in "123" for m in "12")
    listed = "".join(f"  - {{id: I.{n}, title: Phần {n}}}\n" for n in "123")
    head, _, rest = PLAN.partition("tasks:\n")
    given = "clauses:\n" + "".join(map(CLAUSE.format, heads)) if heads else ""
    return f"{head}{listed}{given}tasks:\n{rows}indicators:{rest.partition('indicators:')[2]}"


@pytest.mark.parametrize(
    ("heads", "at", "missing"),
    [
        (("I.1", "I.2", "I.3"), None, ""),
        (("I.1", "I.3"), "clauses.0.id", "I.2"),
        (("I.2", "I.3"), "clauses.0.id", "I.1"),
        ((), "sections", ""),
    ],
)
def test_a_deleted_clause_is_missed_where_it_stood(
    tmp_path: Path, heads: tuple[str, ...], at: str | None, missing: str
) -> None:
    findings = linted(tmp_path, "plan", clauses(*heads).lstrip("\n"), Selection(("K126", "K208")))
    places = {place(one) for one in findings if one.code == "K126"}
    assert places == ({at} if at else set())
    # The rows are told once for all, unless nothing says which clause is meant.
    assert sum(one.code == "K208" for one in findings) == (0 if heads else 6)
    assert all(f"mục {missing} " in one.message for one in findings if missing)


@pytest.mark.parametrize(
    ("sections", "at"),
    [(["I.3", "I.3"], "sections.2.id"), (["I.3"], "sections.2.id"), (["I.9"], None), (["I.9", "I.9"], "sections.2.id")],
)
def test_a_section_that_rows_name_is_missed_among_the_sections(
    tmp_path: Path, sections: list[str], at: str | None
) -> None:
    """A name that comes once and continues no series may be a slip."""
    rows = [
        f"{{id: I-ct{n}, name: Tỷ lệ {n}, unit: dự án, direction: increase, targets: {{2025: 3}}, section: {one}}}"
        for n, one in enumerate(sections, 1)
    ]
    text = PLAN.partition("indicators:")[0] + "indicators:\n" + "".join(f"  - {row}\n" for row in rows)
    text = text.replace("tasks:", "  - {id: I.1, title: Nước}\n  - {id: I.2, title: Rừng}\ntasks:").replace(
        "id: I.1\n", "id: I-1\n"
    )
    findings = linted(tmp_path, "plan", text.lstrip("\n"), Selection(("K120", "K106")))
    assert [place(one) for one in findings if one.code == "K120"] == ([at] if at else [])
    hints = {(one.hint or "").partition(" ")[0] for one in findings if one.code == "K106"}
    assert hints == ({"thêm"} if len(sections) > 1 else {"ý"})


@pytest.mark.parametrize(("sender", "at"), [("so-a", "plan"), ("so-b", "tasks.I.7")])
def test_a_single_item_of_another_plan_counts_where_that_gives_it_to_the_sender(
    tmp_path: Path, sender: str, at: str
) -> None:
    other = PLAN.replace("id: kh-mau", "id: kh-khac").replace("id: I.1", "id: I.7").replace("1/KH-UBND", "2/KH-UBND")
    write(tmp_path, "plan", other.lstrip("\n"))
    (tmp_path / "plans" / "kh-mau.yaml").rename(tmp_path / "plans" / "kh-khac.yaml")
    text = PROGRESS.replace("  I.1:", "  I.7:").replace("so-a", sender)
    assert [one for one, _ in found(tmp_path, "progress", text, "K603")] == [at]


@pytest.mark.parametrize(("value", "code"), [('"0,965"', "K610"), ('"865"', "K604"), ('"95 ha"', "K604")])
def test_a_wrong_figure_is_pointed_at_itself(tmp_path: Path, value: str, code: str) -> None:
    text = PROGRESS + f"indicators:\n  I-ct9:\n    source: Báo cáo 1\n    value: {value}\n"
    finding = only(linted(tmp_path, "progress", text.lstrip("\n"), Selection((code,))))
    assert (place(finding), finding.line) == ("indicators.I-ct9.value", text.lstrip("\n").count("\n"))


def test_a_wrong_figure_of_one_part_is_pointed_at_that_part(tmp_path: Path) -> None:
    text = PROGRESS + 'indicators:\n  I-ct8:\n    value:\n      xã: "0,08"\n      phường: "9"\n'
    assert [at for at, _ in found(tmp_path, "progress", text, "K610")] == ["indicators.I-ct8.value.xã"]


@pytest.mark.parametrize(
    ("targets", "printed", "wrong"),
    [
        ('2025: "30", 2030: "50"', '2025: "30", 2030: "20"', "as_issued.targets.2030"),
        ('2025: "30", 2030: "50"', '2025: "80", 2030: "50"', "as_issued.targets.2025"),
        ('2025: "30", 2030: "50"', '2025: "30", 2030: "60"', "targets.2030"),
        ('2025: "30", 2030: "20"', '2025: "30", 2030: "50"', "targets.2030"),
    ],
)
def test_a_printed_target_against_the_direction_is_wrong_itself(
    tmp_path: Path, targets: str, printed: str, wrong: str
) -> None:
    text = PLAN.replace('targets: {2025: "95"}', f"targets: {{{targets}}}, as_issued: {{targets: {{{printed}}}}}")
    assert [at for at, _ in found(tmp_path, "plan", text, "K310")] == [f"indicators.0.{wrong}"]


@pytest.mark.parametrize(
    ("end", "cut"), [("động bảo", True), ("động bảo vệ", False), ("động bảo đảm.", False), ("các khu rừng", False)]
)
def test_a_text_that_stops_where_others_go_on_is_cut_off(tmp_path: Path, end: str, cut: bool) -> None:  # noqa: FBT001
    begins = ["Tổ chức", "Tăng cường", "Kiểm tra việc", "Luật", "Ký cam kết", "Tổ chức"]
    texts = [*(f"{begin} bảo vệ rừng ở xã thuộc {number}" for number, begin in enumerate(begins)), f"Giám sát {end}"]
    rows = "".join(
        f"  - {{id: I.{number}, kind: task, text: {text}, lead: [so-a], schedule: 2022 - 2025}}\n"
        for number, text in enumerate(texts, 1)
    )
    head, _, rest = PLAN.partition("tasks:\n")
    text = f"{head}tasks:\n{rows}indicators:{rest.partition('indicators:')[2]}"
    assert [at for at, _ in found(tmp_path, "plan", text, "K509")] == (["tasks.6.text"] if cut else [])


def test_a_text_that_ends_with_the_last_part_of_a_number_is_not_cut_off(tmp_path: Path) -> None:
    text = PLAN.replace("Kiểm tra việc xử lý nước thải.", "Rà soát theo Nghị định số 29/2023/NĐ-CP")
    assert not found(tmp_path, "plan", text, "K509")


def test_one_habit_of_a_sender_is_one_remark(tmp_path: Path) -> None:
    text = (
        PROGRESS.replace("{status: in_progress}", "{status: ongoing}")
        + "  I.2: {status: ongoing, done_this_year: true}\n"
    )
    finding = only(linted(tmp_path, "progress", text.lstrip("\n"), Selection(("K645",))))
    assert place(finding) == "tasks.I.1.status"
    assert finding.message.endswith("(cũng vậy: I.2)")
    assert [one.line for one in finding.related] == [finding.line + 1]


def test_both_places_of_a_contradiction_are_given(tmp_path: Path) -> None:
    text = PROGRESS.replace("tasks:", "submitted: 2025-12-01\ntasks:").lstrip("\n")
    finding = only(linted(tmp_path, "progress", text, Selection(("K609",))))
    assert text.splitlines()[finding.line - 1].startswith("cutoff: ")
    (other,) = finding.related
    assert text.splitlines()[other.line - 1][other.column - 1 :] == "2025-12-01"
    assert f"(dòng {other.line})" in finding.message


def test_a_cutoff_that_others_share_leaves_the_day_of_sending_wrong(tmp_path: Path) -> None:
    text = PROGRESS.replace("tasks:", "submitted: 2025-12-01\ntasks:")
    assert [at for at, _ in found(tmp_path, "progress", text, "K609")] == ["cutoff"]
    other = PROGRESS.replace("so-a", "so-b").replace("{status: in_progress}", "{difficulty: Thiếu vốn.}")
    path = tmp_path / "progress" / "2025" / "kh-mau--so-b.yaml"
    path.write_text(other.lstrip("\n"), encoding="utf-8")
    assert [at for at, _ in found(tmp_path, "progress", text, "K609")] == ["submitted"]


@pytest.mark.parametrize(
    ("text", "cut"), [("Lập dự án (giai đoạn 2", True), ("Lập dự án (giai đoạn 2)", False), ("Lập dự án nếu", True)]
)
def test_a_bracket_left_open_is_a_text_cut_off(tmp_path: Path, text: str, cut: bool) -> None:  # noqa: FBT001
    assert bool(found(tmp_path, "plan", PLAN.replace("Kiểm tra việc xử lý nước thải.", f'"{text}"'), "K509")) == cut


def test_the_year_of_another_document_does_not_confirm_the_last_year(tmp_path: Path) -> None:
    rows = ordered(list(range(1, 8))).replace("Việc số 1 của", "Theo Đóng góp giai đoạn 2026 - 2035 của")
    rows = rows.replace("2022 - 2025}", "2022 - 2030}").replace("to: 2030", "to: 2035")
    ((at, _),) = found(tmp_path, "plan", rows, "K118")
    assert at == "period.to"
    assert not found(tmp_path, "plan", rows.replace("Bảo vệ môi trường", "Bảo vệ môi trường đến năm 2035"), "K118")
