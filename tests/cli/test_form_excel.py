"""A form in Excel and the same form in YAML: the same answers give the same data, findings and files."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.test_collect import fill
from tests.conftest import REPOSITORY, Ran

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]

# (row, what to write in Excel by column header, what to write in YAML by key)
ANSWERS = (
    (
        "kh-176/PL1.17",
        {"Giá trị": 86.5, "Nguồn số liệu": "Báo cáo 12/BC-SYT"},
        {"value": '"86,5"', "source": '"Báo cáo 12/BC-SYT"'},
    ),
    (
        "kh-176/PL2.III.1",
        {
            "Trạng thái": "đang thực hiện",
            "Kết quả": "Đã nghiệm thu 2/4 trạm.",
            "Khó khăn, vướng mắc": "=Thiếu vốn & nhân lực",
        },
        {"status": "in_progress", "result": '"Đã nghiệm thu 2/4 trạm."', "difficulty": '"=Thiếu vốn & nhân lực"'},
    ),
    (
        "kh-176/PL2.III.2",
        {
            "Trạng thái": "đã hoàn thành",
            "Ngày hoàn thành": "20/10/2025",
            "Văn bản": "5/QĐ-SYT ngày 03/02/2025; 6/QĐ-SYT",
        },
        {
            "status": "done",
            "documents": '[{number: "5/QĐ-SYT", date: 2025-02-03}, {number: "6/QĐ-SYT"}]',
            "completed": "2025-10-20",
        },
    ),
    (
        "kh-176/III.1.1",
        {"Trạng thái": "thực hiện thường xuyên", "Đã làm trong năm": "Có"},
        {"status": "ongoing", "done_this_year": "true"},
    ),
    ("qd-3825/PL.VIII.10.1", {"Trạng thái": "đang thực hiện"}, {"status": "in_progress"}),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """A workspace of the real plans, which is the current folder."""
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def columns(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """Return the number of the header row, and the columns by header."""
    for number, row in enumerate(sheet.iter_rows(max_row=30, values_only=True), start=1):
        headers = {" ".join(str(value).split()): column for column, value in enumerate(row, start=1) if value}
        if "Mã" in headers:
            return number, headers
    raise AssertionError(sheet.title)


def write(path: Path, ref: str, answers: Mapping[str, object], part: str | None = None) -> None:
    """Fill a row of a form as a person would; `part` is what its second label says."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        if sheet.title not in {"Chỉ tiêu", "Nhiệm vụ"}:
            continue
        header, by_name = columns(sheet)
        for number in range(header + 1, sheet.max_row + 1):
            labels = {cell.value for cell in sheet[number]}
            if sheet.cell(number, by_name["Mã"]).value == ref and (part is None or part in labels):
                for name, value in answers.items():
                    cell = sheet.cell(number, by_name[name])
                    assert not cell.protection.locked, (ref, name)
                    cell.value = value  # type: ignore[assignment]
                    if isinstance(value, str):
                        cell.data_type = "s"
                book.save(path)
                return
    raise AssertionError(ref)


def filled(kehoach: Kehoach, name: str) -> Path:
    """Return a form with the answers in it."""
    path = Path(name)
    assert kehoach("form", "--agency", "Sở Y tế", "--year", "2025", "-o", name).code == 0
    for ref, in_excel, in_yaml in ANSWERS:
        if path.suffix == ".xlsx":
            write(path, ref, dict(in_excel))
        else:
            fill(path, ref.partition("/")[2], **in_yaml)
    return path


def checked(kehoach: Kehoach, path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kehoach("check", str(path), "--year", "2025", "--format", "json").out)
    for one in (*found["items"], *found["findings"]):
        for place in ("file", "line", "column", "cell", "path"):
            one.pop(place, None)
    found["findings"].sort(key=lambda one: (one["code"], one["message"]))
    return found


def test_both_kinds_are_checked_alike(kehoach: Kehoach, folder: Path) -> None:
    assert folder.is_dir()
    sheet, text = filled(kehoach, "a.xlsx"), filled(kehoach, "b.yaml")
    found = checked(kehoach, sheet)
    assert found == checked(kehoach, text)
    assert [one["verdict"] for one in found["items"] if one["ref"] == "kh-176/PL1.17"] == ["exceeded"]


def test_both_kinds_are_collected_alike_and_make_the_form_again(kehoach: Kehoach, folder: Path) -> None:
    for path in (filled(kehoach, "a.xlsx"), filled(kehoach, "b.yaml")):
        out = f"progress-{path.stem}/2025"
        assert kehoach("collect", str(path), "-o", out).code == 0
        before = {file.name: file.read_bytes() for file in (folder / out).iterdir()}
        assert kehoach("collect", str(path), "-o", out).code == 0
        assert {file.name: file.read_bytes() for file in (folder / out).iterdir()} == before
    names = sorted(file.name for file in (folder / "progress-a/2025").iterdir())
    assert names == ["kh-176--so-y-te.yaml", "qd-3825--so-y-te.yaml"]
    for name in names:
        assert (folder / "progress-a/2025" / name).read_bytes() == (folder / "progress-b/2025" / name).read_bytes()
    # The form made from what was collected has the answers: collected again, they change nothing.
    for kind in ("xlsx", "yaml"):
        made = ("form", "--agency", "Sở Y tế", "--year", "2025", "--progress", "progress-a", "-o", f"again.{kind}")
        assert kehoach(*made).code == 0
        before = {file.name: file.read_bytes() for file in (folder / "progress-a/2025").iterdir()}
        ran = kehoach("collect", f"again.{kind}", "-o", "progress-a/2025")
        assert (ran.code, "đã ghi 0 tệp" in ran.out) == (0, True)
        assert {file.name: file.read_bytes() for file in (folder / "progress-a/2025").iterdir()} == before


def test_a_wrong_cell_is_named(kehoach: Kehoach, folder: Path) -> None:
    assert folder.is_dir()
    assert kehoach("form", "--agency", "Sở Y tế", "--year", "2025", "-o", "a.xlsx").code == 0
    write(Path("a.xlsx"), "kh-176/PL1.17", {"Giá trị": 865})
    ran = kehoach("check", "a.xlsx", "--format", "json")
    (finding,) = [one for one in json.loads(ran.out)["findings"] if one["code"] == "K604"]
    sheet = openpyxl.load_workbook("a.xlsx")["Chỉ tiêu"]
    header, by_name = columns(sheet)
    row = next(n for n in range(header, sheet.max_row + 1) if sheet.cell(n, by_name["Mã"]).value == "kh-176/PL1.17")
    letter = get_column_letter(by_name["Giá trị"])
    assert finding["cell"] == f"Chỉ tiêu!{letter}{row}"
    assert finding["file"] == "a.xlsx"
    assert 'ý bạn là "86,5"' in finding["hint"]


def test_a_percent_cell_is_a_remark_for_check_and_for_collect(kehoach: Kehoach, folder: Path) -> None:
    assert kehoach("form", "--agency", "Sở Y tế", "--year", "2025", "-o", "a.xlsx").code == 0
    write(Path("a.xlsx"), "kh-176/PL1.17", {"Giá trị": 0.865})
    book = openpyxl.load_workbook("a.xlsx")
    (cell,) = (cell for row in book["Chỉ tiêu"].iter_rows() for cell in row if cell.value == 0.865)
    cell.number_format = "0.0%"
    book.save("a.xlsx")

    checked = json.loads(kehoach("check", "a.xlsx", "-f", "json").out)
    assert {one["severity"] for one in checked["findings"] if one["code"] == "K011"} == {"info"}
    assert kehoach("collect", "a.xlsx").code == 0
    assert "86,5" in (folder / "progress/2025/kh-176--so-y-te.yaml").read_text(encoding="utf-8")


def test_the_result_as_a_workbook(kehoach: Kehoach, folder: Path) -> None:
    assert kehoach("check", str(REPOSITORY / "examples/progress"), "--format", "xlsx").code == 2
    ran = kehoach("check", str(REPOSITORY / "examples/progress"), "--format", "xlsx", "-o", "ket-qua.xlsx")
    assert ran.code == 1  # PL1.8 is missed
    book = openpyxl.load_workbook(folder / "ket-qua.xlsx")
    assert book.sheetnames == ["Chỉ tiêu", "Nhiệm vụ", "Cần làm rõ", "Báo cáo"]
    rows = {row[1]: row for row in book["Chỉ tiêu"].iter_rows(min_row=2, values_only=True)}
    assert rows["PL1.8"][9] == "Chưa đạt"
    assert book["Nhiệm vụ"].max_row == 1 + 64 + 84 + 15


def test_no_fresh_form_has_anything_to_clear_up(kehoach: Kehoach, folder: Path) -> None:
    made = ("form", "--all", "--province", "thanh-hoa", "--year", "2025", "-o", "forms")
    assert kehoach(*made).code == 0
    assert len(list((folder / "forms").iterdir())) > 30
    ran = kehoach("check", "forms", "--year", "2025", "--fail-on", "none", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    # Such a form can only be called blank.
    assert {finding["code"] for finding in json.loads(ran.out)["findings"]} == {"K619"}


def test_an_officer_reads_no_key_of_a_file(folder: Path, kehoach: Kehoach) -> None:
    form = folder / "bieu.xlsx"
    kehoach("form", "--agency", "Sở Y tế", "--year", "2025", "--plan", "kh-176", "-o", str(form))
    write(form, "kh-176/PL1.17", {"Giá trị": "86,5"})
    write(form, "kh-176/PL2.III.1", {"Trạng thái": "đã hoàn thành"})
    write(form, "kh-176/PL2.III.2", {"Trạng thái": "dừng, không thực hiện", "Gia hạn đến ngày": "31/12/2026"})
    book = openpyxl.load_workbook(form)
    cover = book["Hướng dẫn"]
    head = next(cell for row in cover.iter_rows() for cell in row if cell.value == "Ngày gửi báo cáo")
    head.offset(row=1).value = "01/12/2025"
    book.save(form)
    # Answers that contradict themselves, and one about a condition that the plan does not know.
    write(form, "kh-176/III.1.1", {"Trạng thái": "đang thực hiện", "Ngày hoàn thành": "01/12/2025"})
    write(form, "kh-176/III.1.2", {"Trạng thái": "chờ hướng dẫn"})
    found = json.loads(kehoach("check", str(form), "--year", "2025", "--format", "json").out)["findings"]
    words = {one["code"]: f"{one['message']} ({one['hint']})" for one in found}
    assert {"K606", "K608", "K609", "K635", "K641"} <= words.keys()
    assert "trạng thái là “đang thực hiện”" in words["K635"]
    assert "chọn “Có” ở cột “Là số ước”" in words["K609"]
    (early,) = (one for one in found if one["code"] == "K609")
    assert (early["cell"], early["related"]) == (
        f"Hướng dẫn!{head.offset(row=1, column=-1).coordinate}",
        [{"line": 0, "column": 0, "cell": f"Hướng dẫn!{head.offset(row=1).coordinate}"}],
    )
    keys = (
        r"\b(completed|done|in_progress|difficulty|khóa|estimate|to_date|documents?|extension|province_total|cutoff|status|"
        r"value|result|[a-z]+_[a-z_]+)\b"
    )
    assert not [text for text in words.values() if re.search(keys, text)]


def test_what_is_written_over_the_words_of_the_plan_is_named(folder: Path, kehoach: Kehoach) -> None:
    form = folder / "bieu.xlsx"
    assert kehoach("form", "--agency", "Sở Y tế", "--year", "2025", "-o", str(form)).code == 0
    write(form, "kh-176/PL1.17", {"Giá trị": "86,5"})
    book = openpyxl.load_workbook(form)
    for title, ref, name, text in (
        ("Chỉ tiêu", "kh-176/PL1.17", "Mục tiêu", "80"),
        ("Nhiệm vụ", "kh-176/PL2.III.1", "Thời gian thực hiện, thời hạn", "2022 - 2026"),
        ("Nhiệm vụ", "kh-176/PL2.III.1", "Vai trò", None),
    ):
        _, by_name = columns(book[title])
        row = next(cell.row for cell in book[title]["A"] if cell.value == ref)
        book[title].cell(row, by_name[name]).value = text
    book.save(form)
    ran = kehoach("collect", str(form))
    assert ran.code == 0
    found = json.loads(kehoach("check", str(form), "--year", "2025", "--fail-on", "none", "--format", "json").out)[
        "findings"
    ]
    said = {one["cell"].partition("!")[0]: one["message"] for one in found if "ô khóa" in one["message"]}
    assert said == {
        "Chỉ tiêu": 'ô khóa ở cột “Mục tiêu” đã bị sửa thành "80"; nội dung của kế hoạch giữ nguyên, chỗ sửa không được đọc',
        "Nhiệm vụ": (
            'ô khóa ở cột “Thời gian thực hiện, thời hạn” đã bị sửa thành "2022 - 2026"; nội dung của kế hoạch giữ nguyên, '
            "chỗ sửa không được đọc"
        ),
    }


@pytest.mark.usefixtures("folder")
def test_advice_names_columns_of_a_workbook_and_keys_of_yaml(kehoach: Kehoach) -> None:
    done = {"Trạng thái": "đã hoàn thành"}
    for name, answer, words in (
        ("a.xlsx", done, ("cột “Ngày hoàn thành”", "cột “Kết quả” hoặc cột “Văn bản”")),
        ("b.yaml", {"status": "done"}, ("khóa completed", "khóa result hoặc khóa documents")),
    ):
        path = Path(name)
        assert kehoach("form", "--agency", "Sở Y tế", "--year", "2025", "-o", name).code == 0
        if path.suffix == ".xlsx":
            write(path, "kh-176/PL2.III.1", answer)
        else:
            fill(path, "PL2.III.1", **answer)
        out = kehoach("check", name, "--year", "2025", "--format", "md").out
        assert all(word in out for word in words), out
        other = words[0].partition(" ")[0]
        assert ("khóa" if other == "cột" else "cột “") not in out


@pytest.mark.usefixtures("folder")
def test_a_form_in_excel_is_checked_for_its_own_agency(kehoach: Kehoach) -> None:
    out = kehoach("check", str(filled(kehoach, "a.xlsx")), "--year", "2025", "--format", "md").out
    assert out.startswith("# Sở Y tế: kết quả năm 2025")
    assert "kh-176: đã trả lời 4/7 mục, để trống 3." in out
    assert "qd-3825: đã trả lời 1/10 mục, để trống 9." in out
    assert "Sở Nông nghiệp" not in out


SHARED, TOTAL = "kh-176/PL1.13", "Số chung toàn tỉnh"


def two_answers(kehoach: Kehoach, kind: str) -> list[Path]:
    """Return the forms of the two bodies that lead one indicator, with different values."""
    paths: list[Path] = []
    for agency, value in (("Sở Công Thương", "100"), ("Sở Văn hóa, Thể thao và Du lịch", "97")):
        path = Path(f"{len(paths)}.{kind}")
        assert kehoach("form", "--agency", agency, "-y", "2025", "-p", "kh-176", "-o", str(path)).code == 0
        answer_shared(path, value=value)
        paths.append(path)
    return paths


def answer_shared(path: Path, **answers: str) -> None:
    headers = {"value": "Giá trị", "province_total": TOTAL}
    if path.suffix == ".xlsx":
        words = {"true": "Có"}
        write(path, SHARED, {headers[key]: words.get(text, text) for key, text in answers.items()})
    else:
        fill(path, "PL1.13", **{key: text if text == "true" else f'"{text}"' for key, text in answers.items()})


def shared_codes(kehoach: Kehoach) -> tuple[list[tuple[str, str]], set[str]]:
    """Return the hints of K615, and the official verdicts on the indicator of two bodies."""
    found = json.loads(kehoach("check", "progress", "--year", "2025", "--format", "json").out)
    hints = [(one["file"], one["hint"]) for one in found["findings"] if one["code"] == "K615"]
    return hints, {one["text"] for one in found["items"] if one["ref"] == SHARED and one["official"]}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("kind", ["xlsx", "yaml"])
def test_one_of_two_bodies_gives_the_total_of_the_province_in_its_form(kehoach: Kehoach, kind: str) -> None:
    first, second = two_answers(kehoach, kind)
    out = kehoach("check", str(first), str(second), "--year", "2025", "--format", "json").out
    column = "cơ quan có số chung của tỉnh thì chọn “Có” ở cột “Số chung toàn tỉnh”"
    advice = column if kind == "xlsx" else "cơ quan có số chung của tỉnh thì ghi province_total: true"
    hints = {one["hint"] for one in json.loads(out)["findings"] if one["code"] == "K615"}
    assert hints == {f"thống nhất một số; {advice}"}
    assert kehoach("collect", str(first), str(second), "-o", "progress/2025").code == 0
    assert len(shared_codes(kehoach)[0]) == 2
    answer_shared(first, province_total="true")
    assert kehoach("collect", str(first), "-o", "progress/2025", "--force").code == 0
    assert shared_codes(kehoach) == ([], {"100"})
    # Made again from what was collected, the form has the mark; the word for it takes it back.
    again = Path(f"again.{kind}")
    made = ("form", "--agency", "Sở Công Thương", "-y", "2025", "-p", "kh-176", "-o", str(again))
    assert kehoach(*made).code == 0
    assert "đã ghi 0 tệp" in kehoach("collect", str(again), "-o", "progress/2025").out
    answer_shared(again, province_total="(xóa)")
    assert kehoach("collect", str(again), "-o", "progress/2025", "--force").code == 0
    assert len(shared_codes(kehoach)[0]) == 2


def test_a_figure_that_changes_in_a_workbook_is_listed_at_its_cell(
    kehoach: Kehoach, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("no git")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "a")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@b")
    (folder / "progress" / "2025").mkdir(parents=True)
    path = filled(kehoach, "progress/2025/so-y-te.xlsx")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([git, *arguments], cwd=folder, check=True)
    write(path, "kh-176/PL1.17", {"Giá trị": 68.5})
    ran = kehoach("lint", "--changed-since", "HEAD", "-f", "json", "--select", "K52")
    (found,) = json.loads(ran.out)["findings"]
    assert ran.code == 0
    assert found["code"] == "K527"
    assert found["message"] == "báo cáo về chỉ tiêu PL1.17: giá trị đã đổi: “86,5” → “68,5”"
    assert found["cell"].startswith("Chỉ tiêu!")
