"""Forms are written, filled and collected: as YAML here, as Excel in test_form_excel.py."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]

STANDING = """\
# Ghi chú của đơn vị đầu mối: giữ lại.
kehoach: progress/1
plan: kh-176
agency: Sở Y tế   # viết tên
year: 2025
cutoff: 2025-06-14
indicators:
  PL1.17: {value: "80", source: 'Báo cáo giữa năm'}  # sẽ cập nhật
tasks:
  # Việc không có trong biểu.
  III.6.1: {status: ongoing}
  PL2.III.2:
    status: done
    completed: 2025-05-20
    result: Đã bàn giao.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """A workspace of the real plans, which is the current folder."""
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blank(kehoach: Kehoach, name: str = "f.yaml", agency: str = "Sở Y tế") -> Path:
    assert kehoach("form", "--agency", agency, "--year", "2025", "-o", name, "--force").code == 0
    return Path(name)


def fill(path: Path, row: str, **answers: str) -> None:
    """Write answers into a form as a person would: after the key, in place of null."""
    text = path.read_text(encoding="utf-8")
    head, mark, tail = text.partition(f"{row}:\n")
    assert mark, row
    for key, value in answers.items():
        tail, count = re.subn(rf"(?m)^(\s+{key}: ).*$", lambda found, value=value: found[1] + value, tail, count=1)  # type: ignore[misc]
        assert count
    path.write_text(head + mark + tail, encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.usefixtures("folder")
def test_a_form_asks_what_the_agency_owes_in_the_plans_words(kehoach: Kehoach) -> None:
    text = blank(kehoach).read_text(encoding="utf-8")
    assert re.findall(r"^  plan: (\S+)$", text, re.MULTILINE) == ["kh-176", "qd-3825"]
    assert "# Tỷ lệ hộ gia đình nông thôn có nhà tiêu hợp vệ sinh (%)" in text
    assert "# Mục tiêu năm 2025: 85" in text
    assert "PL1.8:" not in text  # another agency's
    assert "chậm nhất 17/11/2025" in text


def test_a_blank_form_is_valid_and_changes_nothing(kehoach: Kehoach, folder: Path) -> None:
    blank(kehoach)
    assert kehoach("lint", "f.yaml").code == 0
    before = contents(folder)
    ran = kehoach("collect", "f.yaml")
    assert ran.code == 1
    assert "chưa điền mục nào" in ran.out
    assert contents(folder) == before


def test_round_trip(kehoach: Kehoach, folder: Path) -> None:
    path = blank(kehoach)
    fill(path, "PL1.17", value='"86,5"', source='"Báo cáo 12/BC-SYT"')
    fill(path, "PL2.III.1", status="in_progress", result='"Đã nghiệm thu 2/4 trạm."', difficulty='"Thiếu vốn."')
    fill(
        path,
        "PL.VIII.10.1",
        status="ongoing",
        done_this_year="true",
        documents='[{number: "5/KH-SYT", date: 2025-02-03}]',
    )
    assert kehoach("check", "f.yaml").code == 0
    assert kehoach("collect", "f.yaml").code == 0
    assert sorted(file.name for file in (folder / "progress/2025").iterdir()) == [
        "kh-176--so-y-te.yaml",
        "qd-3825--so-y-te.yaml",
    ]
    # What was collected gives the same form, and collecting it again changes no byte.
    once = contents(folder)
    assert blank(kehoach, "again.yaml").read_bytes() == path.read_bytes()
    (folder / "again.yaml").unlink()
    assert kehoach("collect", "f.yaml").code == 0
    assert contents(folder) == once
    assert kehoach("lint").code == 0


def test_comments_and_rows_that_a_form_leaves_open_stay(kehoach: Kehoach, folder: Path) -> None:
    target = folder / "progress/2025/kh-176--so-y-te.yaml"
    target.parent.mkdir(parents=True)
    target.write_text(STANDING, encoding="utf-8")
    path = blank(kehoach)
    text = path.read_text(encoding="utf-8").replace("cutoff: 2025-06-14", "cutoff: 2025-12-14")
    path.write_text(text, encoding="utf-8")
    fill(path, "PL1.17", value='"86,5"')
    ran = kehoach("collect", "f.yaml")
    assert ran.code == 0
    assert 'PL1.17: Giá trị: "80" → "86,5"' in " ".join(ran.out.split())
    # Only the spaces before a comment may become fewer after a longer value.
    after, _, marks = target.read_text(encoding="utf-8").replace("} # sẽ", "}  # sẽ").partition("answers:\n")
    assert [line.split(":")[0].strip() for line in marks.splitlines()] == ["PL2.III.2", "PL1.17"]
    assert after == STANDING.replace('"80"', '"86,5"').replace("2025-06-14", "2025-12-14")


def test_a_blank_cell_keeps_and_only_the_word_erases(kehoach: Kehoach, folder: Path) -> None:
    target = folder / "progress/2025/kh-176--so-y-te.yaml"
    target.parent.mkdir(parents=True)
    target.write_text(STANDING, encoding="utf-8")
    path = blank(kehoach)
    path.write_text(path.read_text(encoding="utf-8").replace("cutoff: 2025-06-14", "cutoff: 2025-12-14"), "utf-8")
    fill(path, "PL2.III.2", status="in_progress", completed="null", result="null")
    assert kehoach("collect", "f.yaml").code == 0
    text = target.read_text(encoding="utf-8").partition("answers:\n")[0]
    assert text == STANDING.replace("status: done", "status: in_progress").replace("2025-06-14", "2025-12-14")
    fill(path, "PL2.III.2", completed="(xóa)")
    ran = kehoach("collect", "f.yaml", "--force")
    assert 'PL2.III.2: Ngày hoàn thành: bỏ "20/5/2025"' in " ".join(ran.out.split())
    assert "completed" not in target.read_text(encoding="utf-8")


def test_a_form_with_an_error_changes_nothing_and_others_are_taken(kehoach: Kehoach, folder: Path) -> None:
    (folder / "forms").mkdir()
    bad, good = blank(kehoach, "forms/a.yaml"), blank(kehoach, "forms/b.yaml", "Sở Xây dựng")
    fill(bad, "PL1.17", value='"865"')
    fill(bad, "PL2.III.1", status="in_progress")
    fill(good, "PL1.15", value='"94,2"')
    ran = kehoach("collect", "forms")
    assert ran.code == 1
    assert "Không nhận: có 1 lỗi" in " ".join(ran.out.split())
    assert "K604" in ran.out
    assert "Đã gửi, chưa nhận được: Sở Y tế (forms/a.yaml: có 1 lỗi)" in " ".join(ran.out.split())
    assert [file.name for file in (folder / "progress/2025").iterdir()] == ["kh-176--so-xay-dung.yaml"]


def test_an_older_form_does_not_replace_a_newer_report(kehoach: Kehoach, folder: Path) -> None:
    path = blank(kehoach)
    fill(path, "PL1.17", value='"86,5"')
    assert kehoach("collect", "f.yaml").code == 0
    before = contents(folder / "progress/2025")
    path.write_text(
        path.read_text(encoding="utf-8").replace("2025-12-14", "2025-11-30").replace("86,5", "80"), encoding="utf-8"
    )
    ran = kehoach("collect", "f.yaml")
    assert ran.code == 1
    assert (
        "biểu cũ hơn báo cáo đã nhận: đã có chốt 14/12/2025, không ghi ngày gửi, biểu này chốt 30/11/2025"
        in " ".join(ran.out.split())
    )
    assert contents(folder / "progress/2025") == before


def test_a_dry_run_writes_nothing(kehoach: Kehoach, folder: Path) -> None:
    path = blank(kehoach)
    fill(path, "PL1.17", value='"86,5"')
    ran = kehoach("collect", "f.yaml", "--dry-run")
    assert (ran.code, (folder / "progress").exists()) == (0, False)
    assert "sẽ ghi 1 tệp" in ran.out


def test_a_broken_standing_file_is_left_alone(kehoach: Kehoach, folder: Path) -> None:
    path = blank(kehoach)
    fill(path, "PL1.17", value='"86,5"')
    target = folder / "progress/2025/kh-176--so-y-te.yaml"
    target.parent.mkdir(parents=True)
    target.write_text(STANDING.replace("kh-176", "kh-177"), encoding="utf-8")
    ran = kehoach("collect", "f.yaml")
    assert ran.code == 1
    assert "sửa tệp đó trước" in " ".join(ran.out.split())
    assert "kh-177" in target.read_text(encoding="utf-8")


def test_last_years_figures_stand_in_the_form(kehoach: Kehoach, folder: Path) -> None:
    target = folder / "progress/2024/kh-176--so-y-te.yaml"
    target.parent.mkdir(parents=True)
    target.write_text(STANDING.replace("2025", "2024"), encoding="utf-8")
    text = blank(kehoach).read_text(encoding="utf-8")
    assert "# Số liệu năm 2024: 80" in text
    assert "PL2.III.2:" not in text  # done last year


def test_all_forms_at_once(kehoach: Kehoach, folder: Path) -> None:
    ran = kehoach("form", "--all", "--province", "thanh-hoa", "--year", "2025", "--format", "yaml", "-o", "forms")
    assert ran.code == 0
    names = {path.stem for path in (folder / "forms").iterdir()}
    assert {"so-y-te", "so-nnmt", "vqg-ben-en", "hoi-nong-dan-tinh"} <= names
    assert not {"so-tnmt", "ubnd-cap-huyen"} & names
    before = contents(folder)
    assert (
        kehoach("form", "--all", "--province", "thanh-hoa", "--year", "2025", "--format", "yaml", "-o", "forms").code
        == 3
    )
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--year", "2025"), "--all"),
        (("--agency", "Sở Y tế", "--all", "--year", "2025"), "--all"),
        (("--agency", "Sở Y tế", "--year", "1999"), "nằm ngoài thời kỳ"),
        (("--agency", "Sở Y tế", "--year", "2026"), "thai-nguyen/so-y-te"),
        (("--agency", "VQG Cúc Phương", "--year", "2025"), "không chủ trì mục nào"),
        (("--all", "--year", "2026"), "--province"),
        (("--all", "--year", "2025", "--plan", "kh-kl-81"), "không kế hoạch nào"),
        (("--agency", "Sở Y tế", "--year", "2025", "--format", "pdf"), "xlsx"),
    ],
)
def test_wrong_usage(kehoach: Kehoach, folder: Path, arguments: tuple[str, ...], words: str) -> None:
    ran = kehoach("form", *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert not list(folder.glob("*.xlsx"))
