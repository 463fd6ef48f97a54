"""`kehoach import`: a draft that loads, its record, and what importing again keeps."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from kehoach_cli.core.draft.make import MOST_LINES
from tests.conftest import Ran

Kehoach = Callable[..., Ran]

LINES = (
    "Số: 15/KH-UBND",
    "KẾ HOẠCH",
    "Bảo vệ nguồn nước giai đoạn 2026 - 2030",
    "I. NHIỆM VỤ",
    "1. Tập huấn cho cán bộ xã.",
    "- Cơ quan chủ trì: Sở Y tế",
    "- Thời gian: 2026",
    "2. Kiểm tra các công trình cấp nước.",
    "- Cơ quan chủ trì: Chi cục Biển đảo Mai Lâm",
    "- Thời gian: 2026 - 2028",
    "II. TỔ CHỨC THỰC HIỆN",
    "1. Sở Y tế theo dõi, tổng hợp việc thực hiện.",
)


def document(folder: Path, lines: tuple[str, ...] = LINES) -> Path:
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    path = folder / "kh.docx"
    made.save(str(path))
    return path


@pytest.fixture
def here(tmp_path: Path, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace, as the current folder."""
    folder = tmp_path / "nuoc"
    assert kehoach("init", str(folder), "--year", "2026").code == 0
    monkeypatch.chdir(folder)
    return folder


def test_the_draft_loads_and_lint_shows_every_doubt(here: Path, kehoach: Kehoach) -> None:
    ran = kehoach("import", str(document(here)))
    assert ran.code == 0, ran.err
    assert "kh-15" in ran.out
    plan = (here / "plans/kh-15.yaml").read_text(encoding="utf-8")
    assert "text: Tập huấn cho cán bộ xã." in plan
    listed = kehoach("tasks", "--plan", "kh-15", "-f", "json")
    assert [row["id"] for row in json.loads(listed.out)["items"]] == ["I.1", "I.2", "II.1"]
    found = json.loads(kehoach("lint", "plans/kh-15.yaml", "-f", "json").out)["findings"]
    shown = [one["message"] for one in found if one["code"] == "K801"]
    assert any("Chi cục Biển đảo Mai Lâm" in one for one in shown)
    assert {one["file"] for one in found if one["code"] == "K801"} == {"plans/sources/kh-15.yaml"}
    assert not [one for one in found if one["severity"] == "error"]


@pytest.mark.parametrize(
    ("place", "doubted"),
    [("Thành phố Khác, ngày 02 tháng 3 năm 2026", True), ("Tỉnh mẫu, ngày 02 tháng 3 năm 2026", False)],
)
def test_a_document_of_another_province_is_doubted(here: Path, kehoach: Kehoach, place: str, doubted: bool) -> None:  # noqa: FBT001
    ran = kehoach("import", str(document(here, (LINES[0], place, *LINES[1:]))))
    assert ran.code == 0, ran.err
    assert ("không phải Tỉnh mẫu" in (here / "plans/sources/kh-15.yaml").read_text(encoding="utf-8")) is doubted


def test_json_gives_each_value_its_place(here: Path, kehoach: Kehoach) -> None:
    data = json.loads(kehoach("import", str(document(here)), "--format", "json").out)
    assert data["kehoach"] == "import/1"
    items = {one["path"]: one for one in data["items"]}
    assert items["tasks/I.1/text"] == {
        "ref": "kh-15/I.1",
        "path": "tasks/I.1/text",
        "place": "đoạn 5",
        "sure": True,
        "why": None,
    }
    assert items["tasks/I.2/lead"]["sure"] is False


def test_importing_again_changes_nothing(here: Path, kehoach: Kehoach) -> None:
    path = document(here)
    kehoach("import", str(path))
    before = {file: file.read_bytes() for file in (here / "plans").rglob("*.yaml")}
    assert kehoach("import", str(path)).code == 0
    assert {file: file.read_bytes() for file in (here / "plans").rglob("*.yaml")} == before


def test_importing_again_keeps_what_a_person_edited_and_settled(here: Path, kehoach: Kehoach) -> None:
    kehoach("import", str(document(here)))
    plan, record = here / "plans/kh-15.yaml", here / "plans/sources/kh-15.yaml"
    text = plan.read_text(encoding="utf-8")
    text = text.replace(
        "    text: Kiểm tra các công trình cấp nước.\n",
        "    text: Kiểm tra các công trình cấp nước.\n    lead: [so-nnmt]  # hỏi lại ngày 3/2\n",
    )
    plan.write_text(text, encoding="utf-8")
    head, _, rest = record.read_text(encoding="utf-8").partition("doubts:\n")
    record.write_text(head + rest[rest.index("raised:") :], encoding="utf-8")
    changed = tuple(line.replace("cán bộ xã", "cán bộ xã, thôn") for line in LINES)
    ran = kehoach("import", str(document(here, changed)))
    assert ran.code == 0, ran.err
    after = plan.read_text(encoding="utf-8")
    assert "lead: [so-nnmt]  # hỏi lại ngày 3/2" in after
    assert "Tập huấn cho cán bộ xã, thôn." in after
    assert "đổi theo văn bản (1): tasks/I.1/text" in ran.out
    assert "\ndoubts:" not in record.read_text(encoding="utf-8")


def test_a_value_edited_where_the_document_changed_is_kept_and_doubted(here: Path, kehoach: Kehoach) -> None:
    kehoach("import", str(document(here)))
    plan = here / "plans/kh-15.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("cho cán bộ xã.", "cho cán bộ."), encoding="utf-8")
    kehoach("import", str(document(here, tuple(line.replace("cán bộ xã", "cán bộ thôn") for line in LINES))))
    assert "text: Tập huấn cho cán bộ." in plan.read_text(encoding="utf-8")
    record = here / "plans/sources/kh-15.yaml"
    assert "kind: changed" in record.read_text(encoding="utf-8")
    kehoach("import", str(here / "kh.docx"))
    assert "kind: changed" in record.read_text(encoding="utf-8"), "until a person settles it"


def test_a_plan_that_no_import_has_written_is_not_touched(here: Path, kehoach: Kehoach) -> None:
    path = document(here)
    before = (here / "plans/kh-mau.yaml").read_bytes()
    ran = kehoach("import", str(path), "--id", "kh-mau")
    assert ran.code == 3
    assert "--force" in ran.err
    assert (here / "plans/kh-mau.yaml").read_bytes() == before
    assert kehoach("import", str(path), "--id", "kh-mau", "--force").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("khong-co.docx",), 3, "không mở được"),
        (("kh.docx", "--id", "KH 1"), 2, "--id"),
        (("kh.docx", "--format", "xml"), 2, "--format"),
        (("kh.docx", "--province", "Xứ Lạ"), 2, "Xứ Lạ"),
    ],
)
def test_wrong_usage(here: Path, kehoach: Kehoach, arguments: tuple[str, ...], code: int, word: str) -> None:
    document(here)
    ran = kehoach("import", *arguments)
    assert (ran.code, word in ran.err) == (code, True), ran.err


def test_a_record_is_taken_for_no_plan(here: Path, kehoach: Kehoach) -> None:
    kehoach("import", str(document(here)))
    ids = [row["id"] for row in json.loads(kehoach("plans", "-f", "json").out)["items"]]
    assert sorted(ids) == ["kh-15", "kh-mau"]
    assert kehoach("check", "plans/sources/kh-15.yaml", "--year", "2026").code != 4


def test_a_workspace_without_any_plan_takes_its_first_one(here: Path, kehoach: Kehoach) -> None:
    (here / "plans/kh-mau.yaml").unlink()
    assert kehoach("import", str(document(here))).code == 0
    assert (here / "plans/kh-15.yaml").is_file()


def test_a_document_without_tasks_is_refused_and_nothing_is_written(here: Path, kehoach: Kehoach) -> None:
    ran = kehoach("import", str(document(here, ("KẾ HOẠCH", "Chào mừng", "Kính gửi các sở."))), "--id", "kh-1")
    assert ran.code == 3
    assert "không thấy nhiệm vụ" in ran.err
    assert not (here / "plans/kh-1.yaml").exists()


def test_a_refusal_names_what_was_not_read(here: Path, kehoach: Kehoach) -> None:
    text = "KẾ HOẠCH\nTrồng cây\nI. TÌNH HÌNH\n1. Cây lớn tốt.\n"
    (here / "k.txt").write_text(text, encoding="utf-8")
    ran = kehoach("import", "k.txt")
    assert ran.code == 3
    assert "dòng 3: không rõ mục này là mục tiêu, nhiệm vụ, kinh phí hay tổ chức thực hiện" in ran.err
    assert 'chưa lấy nội dung: "TÌNH HÌNH"' in ran.err


def test_a_document_longer_than_any_plan_is_refused_and_nothing_is_written(here: Path, kehoach: Kehoach) -> None:
    path = here / "dai.txt"
    path.write_text(
        "\n".join((*LINES, *(f"Dòng {number} của một danh sách dài." for number in range(MOST_LINES)))),
        encoding="utf-8",
    )
    before = sorted(here.rglob("*"))
    ran = kehoach("import", str(path))
    assert ran.code != 0
    assert "dài hơn mọi kế hoạch" in ran.err
    assert "tách phụ lục dài" in ran.err
    assert sorted(here.rglob("*")) == before


def test_a_row_of_bars_that_is_read_as_a_line_keeps_its_bars(here: Path, kehoach: Kehoach) -> None:
    text = "KẾ HOẠCH\nTrồng cây\nI. NHIỆM VỤ\n1. Ươm cây.\n- Tre.\n | Sở Y tế | Ươm tre, gạo\n"
    (here / "k.txt").write_text(text, encoding="utf-8")
    assert kehoach("import", "k.txt", "--id", "kh-k").code == 0
    assert kehoach("verify", "kh-k", "--source", "k.txt").code == 0
