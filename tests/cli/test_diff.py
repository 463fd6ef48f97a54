"""`kehoach diff`: the two versions by file, id and git revision, every format, and what cannot be compared."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from tests.cli.test_git import commit, git, place, repository
from tests.conftest import REPOSITORY, Ran

pytestmark = pytest.mark.slow
__all__ = ["place"]

Kehoach = Callable[..., Ran]
QD = REPOSITORY / "plans" / "qd-3825.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """A workspace of the real plans, with a draft of QĐ 3825 beside it."""
    shutil.copytree(REPOSITORY / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    text = QD.read_text(encoding="utf-8")
    draft = text.replace("Tích cực truyền thông", "Tích cực tuyên truyền", 1).replace("2023 - 2030", "2023-2030")
    assert draft != text
    Path("du-thao.yaml").write_text(draft, encoding="utf-8")
    return tmp_path


def items(ran: Ran) -> list[dict[str, object]]:
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert found["kehoach"] == "diff/1"
    return list(found["items"])


@pytest.mark.usefixtures("folder")
def test_a_draft_and_the_plan_in_every_format(kehoach: Kehoach) -> None:
    (change,) = items(kehoach("diff", "du-thao.yaml", "qd-3825", "-f", "json"))
    assert (change["ref"], change["change"], change["field"]) == ("qd-3825/PL.I.1", "changed", "text")
    text = kehoach("diff", "du-thao.yaml", "qd-3825").out
    assert "“Tích cực tuyên truyền về vai …” → “Tích cực truyền thông về vai …”" in " ".join(text.split())
    assert "Có 1 thay đổi: 1 sửa." in text
    assert kehoach("diff", "du-thao.yaml", "qd-3825", "-f", "md").out.startswith("# So sánh hai bản kế hoạch\n")
    assert kehoach("diff", "du-thao.yaml", "qd-3825", "-f", "csv").out.count("\n") == 2
    assert kehoach("diff", "du-thao.yaml", "qd-3825", "-f", "docx", "-o", "bang.docx").code == 0
    rows = [[cell.text for cell in row.cells] for row in Document("bang.docx").tables[0].rows]
    assert rows[0] == ["TT", "Nội dung", "Bản cũ", "Bản mới", "Cơ quan liên quan"]
    assert rows[1][:2] == ["1", "PL.I.1: nguyên văn"]
    runs = [run for cell in Document("bang.docx").tables[0].rows[1].cells[2:4] for run in cell.paragraphs[0].runs]
    assert [run.text for run in runs if run.font.strike] == ["tuyên"]
    assert [run.text for run in runs if run.underline and run.bold] == ["thông"]
    assert "Chữ bị bỏ: gạch ngang; chữ mới: in đậm, gạch chân." in [
        one.text for one in Document("bang.docx").paragraphs
    ]


@pytest.mark.usefixtures("folder")
def test_the_exit_code_tells_whether_there_are_changes_only_where_asked(kehoach: Kehoach) -> None:
    assert kehoach("diff", "du-thao.yaml", "qd-3825").code == 0
    assert kehoach("diff", "du-thao.yaml", "qd-3825", "--exit-code").code == 1
    assert kehoach("diff", "qd-3825", str(QD), "--exit-code").code == 0


@pytest.mark.usefixtures("folder")
def test_only_what_concerns_an_agency_is_told_and_the_rest_counted(kehoach: Kehoach) -> None:
    text = Path("du-thao.yaml").read_text(encoding="utf-8")
    at = text.index("id: PL.VIII.10.3")
    Path("du-thao.yaml").write_text(text[:at] + text[at:].replace("sức khỏe", "sức khoẻ", 1), encoding="utf-8")
    ran = kehoach("diff", "du-thao.yaml", "qd-3825", "--agency", "Sở Công Thương", "-f", "json")
    summary = json.loads(ran.out)["summary"]
    assert (summary["count"] + summary["left_out"], summary["left_out"] > 0 or summary["count"] == 2) == (2, True)
    text = kehoach("diff", "du-thao.yaml", "qd-3825", "--agency", "Sở Công Thương").out
    assert "Chỉ nêu thay đổi liên quan đến Sở Công Thương" in text
    assert "Cơ quan liên quan (" not in text
    made = json.loads(kehoach("diff", "du-thao.yaml", "qd-3825", "-f", "json").out)["agencies"]
    refs = {ref for one in made for ref in one["refs"]}
    assert refs <= {"qd-3825/PL.I.1", "qd-3825/PL.VIII.10.3"}
    assert {one["province"] for one in made} <= {"thanh-hoa", "trung-uong"}


def edit(workspace: Path, old: str, new: str) -> None:
    path = workspace / "plans" / "kh-mau.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_revisions_of_git(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")

    def diff(*words: str) -> list[tuple[object, object]]:
        ran = kehoach("--root", str(workspace), "diff", *words, "-f", "json")
        return [(one["ref"], one["field"]) for one in items(ran)]

    edit(workspace, "Kiểm tra việc xử lý nước thải", "Kiểm tra việc xử lý khí thải")
    (change,) = diff("kh-mau")
    assert diff(str(workspace / "plans" / "kh-mau.yaml")) == [change]
    commit(workspace)
    assert diff("kh-mau") == []
    for words in (
        ("HEAD~1:kh-mau", "kh-mau"),
        ("HEAD~1", "HEAD"),
        ("HEAD~1",),
        ("HEAD~1:plans/kh-mau.yaml", "HEAD:kh-mau"),
    ):
        assert diff(*words) == [change], words
    assert diff("HEAD", "HEAD~1") == [change]


def test_only_plans_that_are_asked_for_and_differ_are_read(kehoach: Kehoach, place: Path) -> None:
    """One plan cannot be read in any version, and an amendment belongs to it."""
    workspace = repository(place / "repo")
    plan = workspace / "plans" / "kh-mau.yaml"
    text = plan.read_text(encoding="utf-8").replace("id: kh-mau", "id: kh-hai", 1)
    (workspace / "plans" / "kh-hai.yaml").write_text(text.replace("tasks:", "tasks: hỏng", 1), encoding="utf-8")
    document = {"number": "1/QĐ-UBND", "date": "2025-01-01", "cite": "Quyết định số 1/QĐ-UBND ngày 01/01/2025"}
    changes = [{"op": "repeal", "at": "I.1", "clause": "Điều 1"}]
    amendment = {"kehoach": "amendment/1", "amends": "kh-hai", "document": document, "effective": "2025-01-01"}
    (workspace / "plans" / "amendments").mkdir()
    with (workspace / "plans" / "amendments" / "qd-1.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({**amendment, "changes": changes}, file)
    commit(workspace)
    edit(workspace, "Kiểm tra việc xử lý nước thải", "Kiểm tra việc xử lý khí thải")
    for words in (("kh-mau",), ("HEAD",), ("HEAD:kh-mau", str(plan)), ("HEAD", "kh-mau"), (str(plan), "HEAD")):
        ran = kehoach("--root", str(workspace), "diff", *words, "-f", "json")
        assert (ran.err, [(one["ref"], one["field"]) for one in items(ran)]) == ("", [("kh-mau/I.1", "text")]), words
    ran = kehoach("--root", str(workspace), "diff", "kh-hai")
    assert (ran.code, ran.out) == (3, "")


@pytest.mark.parametrize("which", ["{}/ngoai.yaml", "../ngoai.yaml", "ngoai.yaml", "plans/ngoai.yaml"])
def test_a_file_of_the_disk_is_never_taken_for_one_of_a_revision(kehoach: Kehoach, place: Path, which: str) -> None:
    workspace = repository(place / "repo")
    for folder in (place, workspace, workspace / "plans"):
        shutil.copy(workspace / "plans" / "kh-mau.yaml", folder / "ngoai.yaml")
    ran = kehoach("--root", str(workspace), "diff", f"HEAD:{which.format(place)}", "kh-mau")
    assert (ran.code, ran.out) == (2, "")
    assert "ngoai.yaml" in ran.err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", [("khac", "."), (".", "khac")])
def test_what_cannot_be_read_is_never_taken_for_dropped(kehoach: Kehoach, words: tuple[str, str]) -> None:
    """In one version a plan cannot be read, and of another file nobody knows which plan it is; a third plan changed."""
    shutil.copytree("plans", "khac/plans")
    path = Path("khac/plans/qd-3825.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("kind: task", "kind task", 1), encoding="utf-8")
    Path("khac/plans/kh-kl-81.yaml").unlink()
    Path("khac/plans/ke-hoach-tinh-uy.yaml").write_text("kehoach: plan/1\nid:\n", encoding="utf-8")
    path = Path("khac/plans/kh-176.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("môi trường", "sinh thái", 1), encoding="utf-8")
    version = "bản cũ" if words[0] == "khac" else "bản mới"
    ran = kehoach("diff", *words)
    assert ran.code == 1
    for text in (" ".join(ran.out.split()), ran.err):
        assert f'CHƯA SO kế hoạch "qd-3825": {version} có tệp "khac/plans/qd-3825.yaml" không đọc được: dòng ' in text
        assert (
            "CHƯA SO một kế hoạch chưa rõ mã, và kế hoạch nào chỉ có ở bản kia: "
            f'{version} có tệp "khac/plans/ke-hoach-tinh-uy.yaml" không đọc được: ' in text
        )
    assert "Có 1 thay đổi: 1 sửa." in ran.out
    assert kehoach("diff", *words, "-f", "docx", "-o", "bang.docx").code == 1
    assert sum("CHƯA SO" in one.text for one in Document("bang.docx").paragraphs) == 2
    made = json.loads(kehoach("diff", *words, "-f", "json").out)
    side = "old" if words[0] == "khac" else "new"
    assert {(one["plan"], one["version"]) for one in made["summary"]["unread"]} == {("qd-3825", side), (None, side)}
    assert [one["ref"].partition("/")[0] for one in made["items"]] == ["kh-176"]
    ran = kehoach("diff", "qd-3825", "khac/plans/qd-3825.yaml")
    assert (ran.code, "không đọc được như một tệp kế hoạch" in ran.err, ran.out) == (3, True, "")


def test_a_plan_that_git_cannot_give_is_not_compared(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    plan = workspace / "plans" / "kh-mau.yaml"
    text = plan.read_text(encoding="utf-8").replace("id: kh-mau", "id: kh-hai", 1)
    other = workspace / "plans" / "kh-hai.yaml"
    other.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", encoding="utf-8")
    commit(workspace)
    other.write_text(text, encoding="utf-8")
    edit(workspace, "Kiểm tra việc xử lý nước thải", "Kiểm tra việc xử lý khí thải")
    ran = kehoach("--root", str(workspace), "diff", "HEAD", "-f", "json")
    assert (ran.code, [one["ref"] for one in json.loads(ran.out)["items"]]) == (1, ["kh-mau/I.1"])
    assert "chỉ là con trỏ của Git LFS" in ran.err
    for words in (("kh-hai",), ("HEAD:kh-hai", "kh-hai"), ("HEAD", "kh-hai")):
        ran = kehoach("--root", str(workspace), "diff", *words)
        assert (ran.code, ran.out) == (3, "")
        assert 'không tìm được kế hoạch "kh-hai": ' in ran.err
        assert "con trỏ của Git LFS" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("khong-co", "qd-3825"), 2, "không có tệp, kế hoạch hay bản git nào tên"),
        ((":qd-3825", "qd-3825"), 2, "thiếu bản git"),
        (("HEAD:qd-3825", "qd-3825"), 3, "bản git (--rev, --changed-since, diff) chỉ dùng trong một kho git"),
        (("qd-3825",), 3, "chỉ dùng trong một kho git"),
        (("plans/qd-3825.yaml",), 3, "chỉ dùng trong một kho git"),
        (("/dev/null", "qd-3825"), 2, "không có tệp, kế hoạch hay bản git nào"),
        (("plans/agencies/thanh-hoa.yaml", "qd-3825"), 3, "không đọc được như một tệp kế hoạch"),
        (("qd-3825", "kh-176", "-f", "pdf"), 2, "--format"),
        (("qd-3825", "kh-176", "-f", "docx"), 2, "cần nơi ghi"),
    ],
)
def test_wrong_words_are_answered(
    kehoach: Kehoach, folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    ran = kehoach("diff", *words)
    assert ran.code == code, ran.err
    assert said in " ".join(ran.err.split())


@pytest.mark.usefixtures("folder")
def test_plans_of_other_ids_are_compared_and_that_is_said(kehoach: Kehoach) -> None:
    ran = kehoach("diff", "kh-176", "qd-3825", "-f", "json")
    assert "khác mã" in ran.err
    assert len(items(ran)) > 100


def test_the_order_of_keys_quotes_and_comments_never_show(kehoach: Kehoach, folder: Path) -> None:
    """Each row of the draft has its keys in the other order, every text in quotes and a comment."""

    def turned(value: object) -> object:
        if isinstance(value, dict):
            return {key: turned(one) for key, one in reversed(value.items())}
        if isinstance(value, list):
            return [turned(one) for one in value]
        return DoubleQuotedScalarString(value) if isinstance(value, str) else value

    for plan in ("qd-3825", "kh-176", "kh-kl-81", "kh-thai-nguyen-2026"):
        path = folder / "plans" / f"{plan}.yaml"
        held = YAML(typ="safe").load(path)
        with (folder / "khac.yaml").open("w", encoding="utf-8") as file:
            file.write("# Bản ghi lại\n")
            YAML().dump(turned(held), file)
        assert "text:" in (folder / "khac.yaml").read_text(encoding="utf-8")
        assert items(kehoach("diff", "khac.yaml", plan, "-f", "json")) == []


def test_a_shallow_copy_says_how_to_get_the_rest(kehoach: Kehoach, place: Path) -> None:
    workspace = repository(place / "repo")
    edit(workspace, "Kiểm tra việc xử lý nước thải", "Kiểm tra việc xử lý khí thải")
    commit(workspace)
    git(place, "clone", "-q", "--depth", "1", workspace.as_uri(), "copy")
    ran = kehoach("--root", str(place / "copy"), "diff", "HEAD~1:kh-mau", "kh-mau")
    assert (ran.code, ran.out) == (2, "")
    assert "git fetch --unshallow" in ran.err


def test_a_change_that_the_document_does_not_have_is_an_error_of_the_copy(kehoach: Kehoach, folder: Path) -> None:
    """The document holds the text of each task; the draft has another word in one."""
    held = YAML(typ="safe").load(folder / "plans" / "qd-3825.yaml")
    (folder / "goc.txt").write_text("\n".join(one["text"] for one in held["tasks"]), encoding="utf-8")

    def origins(*words: str) -> tuple[int, list[tuple[object, object]], str]:
        ran = kehoach("diff", *words, "--source", "goc.txt", "-f", "json")
        found = json.loads(ran.out)["items"]
        assert not ran.err
        return ran.code, [(one["ref"], one["origin"]["kind"]) for one in found], found[0]["origin"]["words"] or ""

    code, changes, words = origins("qd-3825", "du-thao.yaml")
    assert (code, changes) == (1, [("qd-3825/PL.I.1", "error")])
    assert words.startswith("Tích cực truyền thông")
    assert origins("du-thao.yaml", "qd-3825")[:2] == (0, [("qd-3825/PL.I.1", "correction")])
    told = " ".join(kehoach("diff", "qd-3825", "du-thao.yaml", "--source", "goc.txt").out.split())
    assert "Đối chiếu với goc.txt: 1 thay đổi không đúng văn bản." in told
    assert "LỖI CỦA BẢN NHẬP: văn bản ghi “Tích cực truyền thông về vai …” (dòng 9)." in told
    assert kehoach("diff", ".", ".", "--source", "goc.txt").code == 2
    assert kehoach("diff", "du-thao.yaml", "qd-3825", "--source", "khong-co.docx").code == 3


@pytest.mark.usefixtures("folder")
def test_every_edit_of_a_copy_is_told_from_its_mend(
    kehoach: Kehoach, document: Callable[[str, str, str], Path], folder: Path
) -> None:
    issued = document("qd-3825", "docx", "typed")
    text = QD.read_text(encoding="utf-8")
    edits = (
        ("Tích cực truyền thông", "Tích cực tuyên truyền"),
        ("schedule: Năm 2023", "schedule: Năm 2024"),
        ("outputs: [Kế hoạch, chương trình, báo cáo]", "outputs: [Kế hoạch, chương trình, quy chế, báo cáo]"),
        ("outputs: Kế hoạch; chương trình; báo cáo", "outputs: Kế hoạch; chương trình; quy chế; báo cáo"),
    )
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "sai.yaml").write_text(text, encoding="utf-8")
    for words, kind, code in ((("qd-3825", "sai.yaml"), "error", 1), (("sai.yaml", "qd-3825"), "correction", 0)):
        ran = kehoach("diff", *words, "--source", str(issued), "-f", "json")
        found = {one["field"]: one["origin"]["kind"] for one in json.loads(ran.out)["items"]}
        assert (ran.code, found) == (code, dict.fromkeys(("text", "schedule", "outputs"), kind))
