"""A whole year of two real plans, from the first form to the report; every printed number is worked out again by hand."""

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.by_hand import ADVANCE, Hand, number, read, shown
from tests.cli.printed import (
    Kehoach,
    Printed,
    assert_chart_of_values,
    assert_coverage,
    assert_data,
    assert_funding,
    assert_indicators,
    assert_judgement,
    assert_listings,
    assert_next,
    assert_nothing_else,
    assert_reminders,
    assert_sections,
    assert_sentences,
    assert_summary,
    assert_tables,
    assert_tasks,
    assert_values,
)
from tests.conftest import REPOSITORY, Ran

pytestmark = pytest.mark.slow

END = date(2025, 12, 14)
STATUSES = ["chưa thực hiện", "đang thực hiện", "đã hoàn thành", "thực hiện thường xuyên", "tạm dừng"]
STATUSES += ["chờ hướng dẫn", "chuyển tiếp", "dừng, không thực hiện"]
# What each agency gives for its indicators of kh-176; so-cong-thuong and so-vhttdl contradict each other on PL1.13.
REFUSED = [
    "hoi-lhpn-tinh.csv", "so-khcn.docx", "so-ngoai-vu.ods", "thanh-tra-tinh.xlsx", "hoi-ccb-tinh.xlsx", "so-gddt.xlsx",
]  # fmt: skip
VALUES = {
    "PL1.1": "1,8", "PL1.2": "81", "PL1.3": "9", "PL1.4": "100", "PL1.5": "97", "PL1.6": "95", "PL1.7": "83,2",
    "PL1.8": "28", "PL1.9": "85", "PL1.11": "60,5", "PL1.12": "92", "PL1.15": "94,2", "PL1.16": "66",
    "PL1.17": "86,5", "PL1.18": "88.823,44", "PL1.19": "54",
    "PL.VIII.5.3-ct1": "6.500.000", "PL.VIII.5.3-ct2": "9.800,5",
}  # fmt: skip
HEARD = [
    "so-nnmt", "so-tai-chinh", "so-xay-dung", "so-y-te", "so-vhttdl", "so-cong-thuong", "so-noi-vu", "so-tu-phap",
    "vp-ubnd-tinh", "bql-kkt-nghi-son", "cong-an-tinh", "vqg-ben-en", "bql-bttn-pu-hu", "bql-bttn-pu-luong",
    "hoi-nong-dan-tinh", "dh-hong-duc",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """A workspace of the real plans, which is the current folder."""
    for name in ("plans", "templates"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# An officer fills a form.


def table(sheet: Worksheet) -> tuple[dict[str, int], dict[str, int]]:
    """Return the columns by header and the rows by code."""
    codes = [str(cell.value or "") for cell in sheet["A"]]
    head = next(at for at, code in enumerate(codes, 1) if code in {"Mã", "Kế hoạch", "Mã kế hoạch"})
    named = {str(cell.value): at for at, cell in enumerate(sheet[head], 1) if cell.value}
    return named, {code: at for at, code in enumerate(codes, 1) if at > head and code and " " not in code}


def set_cell(sheet: Worksheet, row: int, column: int, value: str) -> None:
    sheet.cell(row, column).value = value


def put(book: Workbook, title: str, code: str, **answers: str) -> None:
    named, rows = table(book[title])
    for header, text in answers.items():
        set_cell(book[title], rows[code], named[header.replace("_", " ")], text)


def dates(book: Workbook, days: dict[str, tuple[str, str]]) -> None:
    """Write cutoff and sending date of each plan."""
    sheet = book["Hướng dẫn"]
    _, rows = table(sheet)
    for code, both in days.items():
        for at, day in enumerate(both if code in rows else (), 5):
            set_cell(sheet, rows[code], at, day)


def fill(path: Path, into: Path, agency: str, chance: random.Random, until: date = date(2025, 11, 10)) -> None:
    """Answer a form as an agency does: many rows, not all of them; the last work was done on the day `until`."""
    book = openpyxl.load_workbook(path)
    if until.month > 9:
        dates(book, {"kh-176": ("14/12/2025", "15/12/2025"), "qd-3825": ("15/11/2025", "16/11/2025")})
    else:
        dates(book, dict.fromkeys(("kh-176", "qd-3825"), ("14/09/2025", "16/09/2025")))
    _, rows = table(book["Nhiệm vụ"])
    for code in (one for one in rows if "/" in one and chance.random() < 0.8):
        answer_task(book, code, chance, until)
    if "Chỉ tiêu" in book.sheetnames:
        answer_indicators(
            book, agency, VALUES if until.month > 9 else {row: shown(number(one) - 1) for row, one in VALUES.items()}
        )
    named, _ = table(book["Kinh phí"])
    for row, plan in enumerate(("kh-176", "qd-3825"), 4):
        money = {"Kế hoạch": plan, "Nguồn kinh phí": "Ngân sách tỉnh", "Đơn vị tính": "triệu đồng"}
        money["Được giao"] = shown(Decimal(chance.randint(1000, 90000)))
        money["Đã giải ngân"] = f"{chance.randint(100, 999)},25"
        for header, text in money.items():
            set_cell(book["Kinh phí"], row, named[header], text)
    first = next(one for one in table(book["Thuyết minh"])[1] if one.endswith("/TM1"))
    put(book, "Thuyết minh", first, Báo_cáo_của_cơ_quan="- Ban hành văn bản;\n- Tổ chức hội nghị.")
    into.parent.mkdir(exist_ok=True)
    book.save(into)


def answer_task(book: Workbook, code: str, chance: random.Random, until: date) -> None:
    named, rows = table(book["Nhiệm vụ"])
    status, given_up = chance.choice(STATUSES), {"chuyển tiếp", "dừng, không thực hiện"}
    paper = f"{chance.randint(1, 99)}/BC-X ngày {until - timedelta(chance.randint(0, 9)):%d/%m/%Y}"
    put(book, "Nhiệm vụ", code, Trạng_thái=status, Kết_quả=f"Đã làm {chance.randint(2, 90)} việc.\n- Ý khác.")
    schedule = book["Nhiệm vụ"].cell(rows[code], named["Thời gian thực hiện, thời hạn"]).value
    if status == "đã hoàn thành":
        day = until - timedelta(chance.randint(0, 300))
        put(book, "Nhiệm vụ", code, Ngày_hoàn_thành=f"{day:%d/%m/%Y}", Văn_bản=paper)
    elif status in given_up and chance.random() < 0.6:
        put(book, "Nhiệm vụ", code, Văn_bản=paper)
    elif "Thời hạn: 31/12/2022" in str(schedule):
        put(book, "Nhiệm vụ", code, Gia_hạn_đến_ngày="30/6/2026", Văn_bản_gia_hạn="15/QĐ-UBND ngày 02/01/2025")


def answer_indicators(book: Workbook, agency: str, values: dict[str, str]) -> None:
    sheet = book["Chỉ tiêu"]
    named, rows = table(sheet)
    for code in (one for one in rows if one.partition("/")[2] in values):
        put(book, "Chỉ tiêu", code, Giá_trị=values[code.partition("/")[2]], Nguồn_số_liệu=f"Báo cáo của {agency}")
    scoped = [row[0].row for row in sheet.iter_rows() if row[0].value == "kh-176/PL1.10"]
    for row, value in zip(scoped, ("28,5", "11"), strict=False):
        set_cell(sheet, row, named["Giá trị"], value)
    for code in (one for one in rows if one.endswith("/PL1.13")):
        put(book, "Chỉ tiêu", code, Giá_trị="100" if agency == "so-vhttdl" else "99")


def edit(path: Path, change: Callable[[Workbook], None], into: Path | None = None) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    into = into or path
    into.parent.mkdir(exist_ok=True)
    book.save(into)
    return into


def beside(book: Workbook) -> None:
    """What officers add that is no answer: a sheet of their own, a note beside the table, a percent cell."""
    book.create_sheet("Tính toán")["A1"] = "nháp"
    book["Nhiệm vụ"]["R9"] = "xem công văn kèm theo"
    sheet = book["Chỉ tiêu"]
    named, rows = table(sheet)
    cell = sheet.cell(next(row for code, row in rows.items() if "/" in code), named["Giá trị"])
    cell.value, cell.number_format = 0.842, "0.0%"


# The files of a year.


def journal_of(folder: Path) -> list[Any]:
    return [json.loads(line) for line in (folder / "progress/journal.jsonl").read_text("utf-8").splitlines()]


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every value of a progress file with the place that the journal gives it."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, str(key)))
    elif isinstance(value, list) and path == ("funding",):
        for row in value:
            yield from leaves(row, (*path, row["source"]))
    else:
        yield path, json.dumps(value, ensure_ascii=False, default=str)


def standing(folder: Path) -> set[tuple[str, str, tuple[str, ...], str]]:
    """Return every value of every progress file."""
    return {
        (document["plan"], document["agency"], path, value)
        for file in (folder / "progress").glob("*/*--*.yaml")
        for document in [read(file)]
        for path, value in leaves(document)
        if path[0] in {"indicators", "tasks", "funding", "narrative"}
    }


def told(folder: Path) -> set[tuple[str, str, tuple[str, ...], str]]:
    """Return every value that the journal has seen, new or old."""
    return {
        (one["plan"], one["agency"], (*one["path"], *path), value)
        for one in journal_of(folder)
        if "path" in one
        for side in ("old", "new")
        for path, value in leaves(one.get(side))
    }


def flat(ran: Ran) -> str:
    return " ".join((ran.out + ran.err).split())


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted((folder / "progress").rglob("*")) if path.is_file()}


def first_round(chance: random.Random) -> None:
    """Sixteen agencies fill their forms; five others send something that cannot be taken."""
    for agency in HEARD:
        fill(Path(f"bieu/{agency}.xlsx"), Path(f"nhan/{agency}.xlsx"), agency, chance)
    edit(Path("nhan/so-xay-dung.xlsx"), lambda book: book["Nhiệm vụ"].insert_rows(8))
    edit(Path("nhan/so-tai-chinh.xlsx"), lambda book: book["Nhiệm vụ"].delete_rows(6))
    edit(Path("nhan/vqg-ben-en.xlsx"), beside_only)
    Path("nhan/hoi-lhpn-tinh.csv").write_text("Mã;Giá trị\nIII.1.8;Đã làm\n", "utf-8")
    Path("nhan/so-khcn.docx").write_bytes(b"PK")
    Path("nhan/so-ngoai-vu.ods").write_bytes(b"PK")
    for agency, number_ in (("thanh-tra-tinh", "mười hai"), ("hoi-ccb-tinh", "-5")):
        fill(Path(f"bieu/{agency}.xlsx"), Path(f"nhan/{agency}.xlsx"), agency, chance)
        edit(Path(f"nhan/{agency}.xlsx"), lambda book, text=number_: spoil(book, text))  # type: ignore[misc]
    # The form of last year, typed into again and dated this year.
    fill(Path("cu/so-gddt.xlsx"), Path("nhan/so-gddt.xlsx"), "so-gddt", chance)


def beside_only(book: Workbook) -> None:
    book.create_sheet("Tính toán")["A1"] = "nháp"
    book["Nhiệm vụ"]["R9"] = "xem công văn kèm theo"


def spoil(book: Workbook, text: str) -> None:
    named, _ = table(book["Kinh phí"])
    book["Kinh phí"].cell(4, named["Đã giải ngân"]).value = text


def test_the_whole_year(kehoach: Kehoach, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(176)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("kehoach_cli.office.libreoffice.libreoffice", lambda: None)
    monkeypatch.setenv("KEHOACH_TODAY", "2024-12-31")
    assert kehoach("form", "--all", "--province", "thanh-hoa", "--year", "2024", "-o", "cu").code == 0
    # Last year is on record: the body of then, and a figure that nothing may overwrite.
    head = "kehoach: progress/1\nplan: kh-176\nagency: {}\nyear: 2024\ncutoff: 2024-12-14\nsubmitted: 2024-12-16\n"
    Path("in-2024").mkdir()
    Path("in-2024/a.yaml").write_text(
        head.format("so-y-te") + 'indicators:\n  PL1.17: {value: "83,1", source: BC 2024}\n', "utf-8"
    )
    old = "tasks:\n  PL2.I.2: {status: done, completed: 2023-12-20, result: Đã ban hành}\n  PL2.I.4: {status: in_progress}\n"
    Path("in-2024/b.yaml").write_text(head.format("so-tnmt") + old, "utf-8")
    assert kehoach("collect", "in-2024", "--year", "2024").code == 0
    last_year = contents(folder)
    monkeypatch.setenv("KEHOACH_TODAY", "2025-09-30")
    third_quarter(kehoach, folder, chance)
    monkeypatch.setenv("KEHOACH_TODAY", "2025-12-31")
    assert kehoach("form", "--all", "--province", "thanh-hoa", "--year", "2025", "-o", "bieu").code == 0
    first_round(chance)
    before = flat(kehoach("check", "nhan", "--year", "2025", "--fail-on", "none"))
    ran = kehoach("collect", "nhan", "--year", "2025")
    assert ran.code == 1
    assert f"Nhận {len(HEARD)}/" in flat(ran), flat(ran)[-1500:]
    for name in REFUSED:
        assert name in flat(ran), name
        assert name in before, name
    for name, data in last_year.items():
        if "/2024/" in name:
            assert Path(name).read_bytes() == data
    # An inbox collected again changes nothing.
    once = contents(folder)
    assert kehoach("collect", "nhan", "--year", "2025").code == 1
    assert contents(folder) == once
    corrections(kehoach, folder)
    assert_year(kehoach, folder)
    days = (END, date(2025, 12, 24), date(2025, 12, 30), date(2026, 1, 20))
    hands = [Hand(folder, plan, day) for day in days for plan in ("kh-176", "qd-3825")]
    steps = sum((assert_reminders(one, kehoach) for one in hands), Counter[str]())
    assert set(steps) == {"30", "7", "1", "late"}
    closed(kehoach, folder)


def third_quarter(kehoach: Kehoach, folder: Path, chance: random.Random) -> None:
    """Eight agencies report on a quarter; its report agrees with itself and with every listing."""
    common = ("--period", "2025-Q3")
    assert kehoach("form", "--all", "--province", "thanh-hoa", *common, "-o", "quy").code == 0
    for agency in HEARD[:8]:
        fill(Path(f"quy/{agency}-2025-Q3.xlsx"), Path(f"nhan-quy/{agency}.xlsx"), agency, chance, date(2025, 9, 10))
    assert kehoach("collect", "nhan-quy", *common).code == 0
    assert kehoach("report", *common, "--plan", "kh-176").code == 0
    hand = Hand(folder, "kh-176", date(2025, 9, 14), "2025-Q3")
    paper, states = Printed(Path("reports/2025-Q3/bao-cao-kh-176-2025-Q3.docx")), hand.states()
    assert_data(paper, hand, states, kehoach)
    assert_sentences(paper, hand, states)
    assert_sections(paper, hand, states)
    assert_tables(paper, hand, states)
    assert_summary(hand, states, kehoach)
    assert_values(paper, hand, "Kết quả quý III năm 2025")
    assert_chart_of_values(paper, hand)
    assert_next(paper, hand, states)
    assert_funding(paper, hand)


def corrections(kehoach: Kehoach, folder: Path) -> None:
    """A corrected form is taken, an older one is refused, undo gives back what stood, and no value is lost."""

    def correct(book: Workbook) -> None:
        dates(book, {"kh-176": ("14/12/2025", "22/12/2025"), "qd-3825": ("15/11/2025", "16/11/2025")})
        beside(book)
        put(book, "Nhiệm vụ", "kh-176/PL2.III.1", Kết_quả="(xóa)")

    second = edit(Path("bieu/so-y-te.xlsx"), correct, Path("dinh-chinh/so-y-te-lan-2.xlsx"))
    once, values = contents(folder), standing(folder)
    file = Path("progress/2025/kh-176--so-y-te.yaml")
    was = read(file)
    ran = kehoach("collect", str(second))
    assert ran.code == 0, flat(ran)
    now = read(file)
    assert now["indicators"]["PL1.17"] == {**was["indicators"]["PL1.17"], "value": "84,2"}
    assert (now["funding"], now["narrative"]) == (was["funding"], was["narrative"])
    assert kehoach("collect", "nhan/so-y-te.xlsx").code == 0
    assert read(file) == now
    older = edit(
        Path("nhan/so-y-te.xlsx"),
        lambda book: put(book, "Chỉ tiêu", "kh-176/PL1.17", Giá_trị="80"),
        Path("cu/y-te.xlsx"),
    )
    assert kehoach("collect", str(older)).code == 1
    assert read(file) == now
    assert kehoach("collect", "--undo").code == 0
    assert {name: data for name, data in contents(folder).items() if name.endswith(".yaml")} == {
        name: data for name, data in once.items() if name.endswith(".yaml")
    }
    assert kehoach("collect", str(second)).code == 0
    assert read(file) == now
    assert {*values, *standing(folder)} <= told(folder)


def closed(kehoach: Kehoach, folder: Path) -> None:
    """A closed year takes no form any more, nor gives one back, and lists what it listed before."""
    assert kehoach("lock", "2025", "--plan", "kh-176").code == 0
    before = standing(folder)
    later = {"kh-176": ("14/12/2025", "25/12/2025")}

    def late(book: Workbook) -> None:
        dates(book, later)
        put(book, "Chỉ tiêu", "kh-176/PL1.17", Giá_trị="90")

    form = str(edit(Path("dinh-chinh/so-y-te-lan-2.xlsx"), late, Path("muon/so-y-te.xlsx")))
    for arguments in ((form,), (form, "--force"), ("--undo",)):
        assert kehoach("collect", *arguments).code == 3, arguments
        assert standing(folder) == before
    hand = Hand(folder, "kh-176", END)
    assert_listings(hand, hand.states(), kehoach)


def assert_year(kehoach: Kehoach, folder: Path) -> None:
    assert kehoach("report", "--year", "2025", "--plan", "kh-176", "--plan", "qd-3825").code == 0
    for plan, day in {"kh-176": END, "qd-3825": date(2025, 11, 15)}.items():
        assert_document(Path(f"reports/2025/bao-cao-{plan}-2025.docx"), Hand(folder, plan, day), kehoach)


def assert_document(path: Path, hand: Hand, kehoach: Kehoach) -> None:
    paper, states = Printed(path), hand.states()
    assert_data(paper, hand, states, kehoach)
    assert_sentences(paper, hand, states)
    assert_sections(paper, hand, states)
    assert_tables(paper, hand, states)
    assert_summary(hand, states, kehoach)
    assert_coverage(paper, hand, REFUSED, kehoach)
    assert_next(paper, hand, states)
    assert_funding(paper, hand)
    if hand.plan_id == "kh-176":
        assert_chart_of_values(paper, hand)
        verdicts = assert_indicators(paper, hand)
        assert_judgement(paper, hand, states, verdicts)
    else:
        assert_values(paper, hand, "Kết quả năm 2025")
        # 6.500.000 trees against 6,0 million, 9.800,5 ha against 10.000.
        told = paper.line("Năm 2025 không phải mốc đánh giá của Kế hoạch.")
        assert told.endswith("So với mục tiêu đến năm 2030: 1 chỉ tiêu đã đạt hoặc vượt, 1 chưa đạt.")
        assert "chỉ tiêu" not in paper.line("Còn ")
    assert_nothing_else(paper, hand)


SENDERS = [*HEARD, "so-tnmt", "so-khdt", "so-nnptnt", "so-khcn", "so-gddt", "quy-bvptr-pctt"]
PERIODS = {"2024": "2024-12-14", "2025-Q1": "2025-03-14", "2025-Q3": "2025-09-14", "2025": "2025-12-14"}


def random_submission(plan: Hand, sender: str, period: str, chance: random.Random) -> str:
    head = f"kehoach: progress/1\nplan: {plan.plan_id}\nagency: {sender}\nyear: {period[:4]}\n"
    head += f"period: {period}\n" if "-" in period else ""
    rows: list[str] = []
    for task in chance.sample(plan.tasks, chance.randint(1, 30)):
        status = chance.choice(ADVANCE)
        # A submission that says nothing at all counts as none, and its cutoff neither.
        said = [f"status: {status}"] if chance.random() < 0.9 or not rows else []
        if status == "done" and chance.random() < 0.8:
            said.append(f"completed: {date(2024, 12, 1) - timedelta(chance.randint(0, 900))}")
        if chance.random() < 0.3:
            said.append(f"documents: [{{number: 1/A{chance.choice(['', ', date: 2024-05-05'])}}}]")
        if chance.random() < 0.1:
            paper = chance.choice(["", ", document: 3/QĐ-UBND ngày 02/02/2024"])
            said.append(f"extension: {{to: 2026-0{chance.randint(1, 9)}-15{paper}}}")
        rows.append(f"  {task['id']}: {{{', '.join(said)}}}\n")
    return f"{head}cutoff: {PERIODS[period]}\ntasks:\n{''.join(rows)}"


@example(seed=120, plan="kh-176")
@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), plan=st.sampled_from(["kh-176", "qd-3825"]))
def test_random_submissions_are_counted_as_by_hand(kehoach: Kehoach, folder: Path, seed: int, plan: str) -> None:
    """Heirs, groups, bodies that are gone, several periods, papers without a day: every listing has the hand's counts."""
    chance = random.Random(seed)
    shutil.rmtree(folder / "progress", ignore_errors=True)
    for period in PERIODS:
        for sender in chance.sample(SENDERS, chance.randint(int(period == "2025"), 5)):
            path = Path(f"progress/{period}/{plan}--{sender}.yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(random_submission(Hand(folder, plan, END), sender, period, chance), encoding="utf-8")
    hand = Hand(folder, plan, END)
    assert_tasks(hand, hand.states(), kehoach)
    if seed % 3 == 0:
        assert_listings(hand, hand.states(), kehoach)
        assert_summary(hand, hand.states(), kehoach)
