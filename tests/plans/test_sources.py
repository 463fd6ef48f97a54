"""The plans compared with the documents: every item is verbatim, and no word is added.

The texts are not part of the repository; KEHOACH_SOURCES names the folder that holds them. The readers below know nothing of
the loader: they cut the items out of the documents by numbering, dashes, tabs and column marks.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from kehoach_cli.store.workspace.load import Workspace

PLANS = ("kh-176", "qd-3825", "kh-thai-nguyen-2026", "kh-kl-81")

OUR_WORDS = frozenset({"note", "reason", "direction_note", "errata", "now"})
CODES = frozenset(
    {
        *(
            "kehoach",
            "id",
            "province",
            "type",
            "issuer",
            "coordinator",
            "kind",
            "level",
            "drafter",
            "from",
            "to",
            "via",
        ),
        *("source", "role", "agencies", "applies_to", "lead", "support", "scope", "awaits", "direction", "section"),
    }
)


@dataclass
class Row:
    """One item of a document; the cells are empty where its document has no columns."""

    kind: str
    text: str = ""
    lead: str = ""
    support: str = ""
    schedule: str = ""
    outputs: str = ""
    role: str = ""


@dataclass
class Indicator:
    """One indicator as printed, targets by year or period."""

    name: str
    targets: dict[str, str]
    lead: str = ""
    role: str = ""


@dataclass
class Document:
    """Everything cut out of one document."""

    rows: dict[str, Row] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    clauses: dict[str, str] = field(default_factory=dict)


# --- normal form ---


def normal(text: str) -> str:
    """Return `text` in NFC, white space folded, without the asterisks of the copy."""
    return " ".join(unicodedata.normalize("NFC", text).replace("*", "").split())


def without_blanks(text: str) -> str:
    """Return `text` without the blanks round "/" that a form leaves for hand-written figures."""
    return re.sub(r"\s*/\s*", "/", text)


def between(text: str, first: str, last: str) -> str:
    """Return what stands between two lines of the document, given by their beginnings."""
    start = re.search(rf"^{re.escape(first)}.*\n", text, re.MULTILINE)
    assert start, first
    end = re.search(rf"^{re.escape(last)}", text[start.end() :], re.MULTILINE)
    assert end, last
    return text[start.end() : start.end() + end.start()]


# --- readers: numbered blocks ---


def paragraphs(part: str) -> list[str]:
    """Return the paragraphs of a text that parts them by blank lines; one broken by a page goes on in small letters."""
    found: list[str] = []
    for piece in re.split(r"\n\s*\n", part):
        text = normal(piece)
        if text and found and text[0].islower():
            found[-1] += f" {text}"
        elif text:
            found.append(text)
    return found


def wrapped_paragraphs(part: str) -> list[str]:
    """Return the paragraphs of a text wrapped at a width: a new one begins with a number, a dash, or after a full stop."""
    found: list[str] = []
    for line in filter(None, map(normal, part.splitlines())):
        begins = not found or found[-1].endswith(".") or re.match(r"- |\d\. ", line)
        if begins:
            found.append(line)
        else:
            found[-1] += f" {line}"
    return found


def read_blocks(document: Document, top: str, pieces: Iterable[str], kind: str) -> None:
    """Read numbered blocks of paragraphs or dashes below `top`.

    A block's head is its heading; among duties a head that ends with a full stop, or that nothing follows, is a duty itself.
    """
    blocks: list[tuple[str, list[str]]] = []
    for piece in pieces:
        if found := re.fullmatch(r"(\d(?:\.\d+)*)\. (.+)", piece):
            blocks.append((f"{top}.{found[1]}", [found[2]]))
        else:
            blocks[-1][1].append(piece)
    for block, (head, *body) in blocks:
        if body and body[0].endswith("chỉ đạo:"):
            document.clauses[block] = body.pop(0)
        if kind == "organisation" and (not body or head.endswith(".")):
            body.insert(0, head)
        else:
            document.sections[block] = head
        for number, text in enumerate(body, 1):
            row_id = block if len(body) == 1 else f"{block}-{number}"
            document.rows[row_id] = Row(kind, text.removeprefix("- "))


# --- readers: one per document ---

_CELL = re.compile(r"- (Đơn vị thực hiện|Đơn vị chủ trì thực hiện|Đơn vị phối hợp|Thời gian thực hiện):\s*(.*)")


def read_kh_176(text: str) -> Document:
    document = Document()
    _read_kh_176_body(document, between(text, "III. NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", "IV. CÁC CHƯƠNG TRÌNH"))
    duties = between(text, "IV. TỔ CHỨC THỰC HIỆN", " Các chỉ tiêu Kế hoạch đề ra")
    read_blocks(document, "VI", filter(None, map(normal, duties.splitlines())), "organisation")
    _read_kh_176_indicators(document, between(text, " Các chỉ tiêu Kế hoạch đề ra", "PHỤ LỤC 2"))
    _read_kh_176_programmes(document, text.partition("\nPHỤ LỤC 2\n")[2])
    return document


def _read_kh_176_body(document: Document, part: str) -> None:
    row = Row("task")
    for line in filter(None, map(normal, part.splitlines())):
        if found := re.fullmatch(r"(\d)\. (.+)", line):
            document.sections[f"III.{found[1]}"] = found[2]
            row = document.rows[f"III.{found[1]}"] = Row("task")
        elif found := re.fullmatch(r"(\d\.\d)\. (.+)", line):
            row = document.rows[f"III.{found[1]}"] = Row("task", found[2])
        elif found := _CELL.fullmatch(line):
            _fill(row, found[1], found[2])
        else:
            row.text = f"{row.text} {line}".strip()
    # A heading is a task only where the cells stand right below it.
    for row_id in [row_id for row_id, found_row in document.rows.items() if not found_row.role]:
        del document.rows[row_id]


def _fill(row: Row, label: str, cell: str) -> None:
    if label == "Thời gian thực hiện":
        row.schedule = cell
    elif label == "Đơn vị phối hợp":
        row.support = cell
    else:
        row.role, row.lead = label, cell


def _table(part: str) -> list[list[str]]:
    """Return the rows of a table whose cells are lines that begin with a tab, rows being parted by empty lines."""
    rows: list[list[str]] = [[]]
    for line in part.splitlines():
        if line.startswith("\t"):
            rows[-1].append(normal(line))
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if row]


def _read_kh_176_indicators(document: Document, part: str) -> None:
    header, years, *rows = _table(part)
    for first, name, *cells in rows:
        if not first.isdigit():
            document.sections[f"PL1.{first}"] = name
            continue
        lead, *targets = cells
        printed = dict(zip([year for year in years if year], targets, strict=True))
        document.indicators[f"PL1.{first}"] = Indicator(name, printed, lead, header[2])


def _read_kh_176_programmes(document: Document, part: str) -> None:
    header, *rows = _table(part)
    section = ""
    for first, text, lead, support, schedule in rows:
        if not first.isdigit():
            section = f"PL2.{first}"
            document.sections[section] = text
        else:
            document.rows[f"{section}.{first}"] = Row("programme", text, lead, support, schedule, "", header[2])


def read_qd_3825(text: str) -> Document:
    document = Document()
    duties = between(text, "VI. TỔ CHỨC\nTHỰC HIỆN", "PHỤ LỤC\nDANH MỤC")
    read_blocks(document, "VI", wrapped_paragraphs(duties), "organisation")
    cells = [
        normal(cell)
        for cell in re.split(r"^\|$", between(text, "PHỤ LỤC\nDANH MỤC", "[1] Phát thải"), flags=re.MULTILINE)
    ]
    role = cells[cells.index("Ghi chú") + 1]
    queue = iter(cells[cells.index("7") + 1 :])
    section = ""
    for first in filter(None, queue):
        if not first.isdigit():
            section = f"PL.{first}"
            document.sections[section] = next(queue)
            continue
        body, lead, support, schedule, outputs, remark = (next(queue) for _ in range(6))
        assert not remark, first
        document.rows[f"{section}.{first}"] = Row("task", body, lead, support, schedule, outputs, role)
    _read_yearly_means(document, "PL.VIII.5.3")
    return document


def _read_yearly_means(document: Document, row_id: str) -> None:
    row = document.rows[row_id]
    period = row.schedule.replace(" ", "")
    found = re.search(r"Bình quân trồng (\S+ triệu cây xanh phân tán/năm), (\S+ ha rừng/năm)\.", row.text)
    assert found
    for number, target in enumerate(found.groups(), 1):
        document.indicators[f"{row_id}-ct{number}"] = Indicator("", {period: target}, row.lead, row.role)


def read_thai_nguyen(text: str) -> Document:
    document = Document()
    read_blocks(document, "II", paragraphs(between(text, "II. NHIỆM VỤ VÀ", "III. TỔ CHỨC")), "task")
    duties = between(text, "III. TỔ CHỨC", "Ủy ban nhân dân tỉnh yêu cầu")
    read_blocks(document, "III", paragraphs(duties), "organisation")
    document.clauses["III.1"] = document.rows["III.1"].text.partition(";")[0]
    for row_id, row in document.rows.items():
        targets = re.findall(
            r"((?:đạt trên |đạt |giảm tối thiểu )?\d+%(?: so với mức trung bình năm \d{4})?)[,.]", row.text
        )
        for number, target in enumerate(targets, 1):
            document.indicators[f"{row_id}-ct{number}"] = Indicator("", {"2030": target})
    return document


def read_kl_81(text: str) -> Document:
    document = Document()
    read_blocks(document, "II", paragraphs(between(text, "II. NỘI DUNG", "III. TỔ CHỨC")), "task")
    read_blocks(document, "III", paragraphs(between(text, "III. TỔ CHỨC", "Nơi nhận:")), "organisation")
    return document


READERS = {
    "kh-176": read_kh_176,
    "qd-3825": read_qd_3825,
    "kh-thai-nguyen-2026": read_thai_nguyen,
    "kh-kl-81": read_kl_81,
}


# --- what is compared ---


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The four documents in NFC, lines kept."""
    named = os.environ.get("KEHOACH_SOURCES")
    if not named:
        pytest.skip("KEHOACH_SOURCES is not set: it names the folder with the texts of the four documents")
    folder = Path(named)
    if not folder.is_dir():
        pytest.skip("KEHOACH_SOURCES names a folder that does not exist")
    return {plan: unicodedata.normalize("NFC", (folder / f"{plan}.txt").read_text("utf-8")) for plan in PLANS}


@pytest.fixture(scope="module")
def documents(texts: dict[str, str]) -> dict[str, Document]:
    return {plan: READERS[plan](text) for plan, text in texts.items()}


@pytest.fixture(scope="module")
def files(workspace: Workspace) -> dict[str, Any]:
    """The plan files as plain YAML, read without the package."""
    reader = YAML(typ="safe", pure=True)
    folder = workspace.root.folder / "plans"
    return {plan: reader.load((folder / f"{plan}.yaml").read_text("utf-8")) for plan in PLANS}


def rows_of(file: Any) -> dict[str, Any]:
    return {row["id"]: row for row in file["tasks"]}


def cells_of(row: Any) -> dict[str, Any]:
    cells: dict[str, Any] = row.get("as_issued", {})
    return cells


# --- (a) every item of the documents is in the plans, verbatim ---


def test_the_documents_yield_the_whole_inventory(documents: dict[str, Document]) -> None:
    kinds = {
        plan: [
            sum(row.kind == kind for row in document.rows.values()) for kind in ("task", "programme", "organisation")
        ]
        + [len(document.indicators)]
        for plan, document in documents.items()
    }
    assert kinds == {
        "kh-176": [30, 34, 4, 19],
        "qd-3825": [84, 0, 8, 2],
        "kh-thai-nguyen-2026": [62, 0, 6, 4],
        "kh-kl-81": [15, 0, 3, 0],
    }
    assert [sum(counts) for counts in zip(*kinds.values(), strict=True)] == [191, 34, 21, 25]


@pytest.mark.parametrize("plan", PLANS)
def test_every_text_is_verbatim_and_under_its_id(
    plan: str, documents: dict[str, Document], files: dict[str, Any]
) -> None:
    printed = {row_id: (row.kind, row.text) for row_id, row in documents[plan].rows.items()}
    assert {row_id: (row["kind"], row["text"]) for row_id, row in rows_of(files[plan]).items()} == printed


def test_225_tasks_25_indicators_and_21_duties_agree(documents: dict[str, Document], files: dict[str, Any]) -> None:
    agreeing = {"task": 0, "programme": 0, "organisation": 0, "indicator": 0}
    for plan, document in documents.items():
        rows = rows_of(files[plan])
        for row_id, row in document.rows.items():
            agreeing[row.kind] += rows.get(row_id, {}).get("text") == row.text
        indicators = (
            {indicator["id"]: indicator for indicator in files[plan]["indicators"]} if document.indicators else {}
        )
        for row_id, indicator in document.indicators.items():
            agreeing["indicator"] += targets_of(indicators[row_id]) == indicator.targets
    assert agreeing["task"] + agreeing["programme"] == 225
    assert agreeing["organisation"] == 21
    assert agreeing["indicator"] == 25


@pytest.mark.parametrize("plan", ["kh-176", "qd-3825"])
def test_agency_cells_are_as_issued(plan: str, documents: dict[str, Document], files: dict[str, Any]) -> None:
    printed = {
        row_id: {key: cell for key in ("lead", "support", "role") if (cell := getattr(row, key))}
        for row_id, row in documents[plan].rows.items()
        if row.kind != "organisation"
    }
    rows = rows_of(files[plan])
    assert {
        row_id: {key: cell for key, cell in cells_of(rows[row_id]).items() if key in {"lead", "support", "role"}}
        for row_id in printed
    } == printed


@pytest.mark.parametrize("plan", ["kh-176", "qd-3825"])
def test_schedules_are_as_issued(plan: str, documents: dict[str, Document], files: dict[str, Any]) -> None:
    rows = rows_of(files[plan])
    printed = {row_id: row.schedule for row_id, row in documents[plan].rows.items()}
    found = {row_id: cells_of(row).get("schedule", row.get("schedule", "")) for row_id, row in rows.items()}
    assert found == printed
    trimmed = {row_id: schedule.rstrip(".") for row_id, schedule in printed.items()}
    assert {row_id: row.get("schedule", "") for row_id, row in rows.items()} == trimmed


def test_outputs_are_the_cell_split_at_semicolons(documents: dict[str, Document], files: dict[str, Any]) -> None:
    rows = rows_of(files["qd-3825"])
    for row_id, row in documents["qd-3825"].rows.items():
        assert cells_of(rows[row_id]).get("outputs", "") == row.outputs, row_id
        wanted = [part for piece in row.outputs.split(";") if (part := piece.strip())]
        assert rows[row_id].get("outputs", []) == wanted, row_id


@pytest.mark.parametrize("plan", PLANS)
def test_rows_without_columns_name_their_bodies_in_their_own_words(
    plan: str, documents: dict[str, Document], files: dict[str, Any]
) -> None:
    document = documents[plan]
    checked = 0
    for row_id, row in rows_of(files[plan]).items():
        if document.rows[row_id].role:
            continue
        heading = document.sections.get(row_id) or document.sections.get(row_id.rpartition("-")[0], "")
        for key, cell in cells_of(row).items():
            assert cell in f"{heading} {document.rows[row_id].text}", (row_id, key)
            checked += 1
        assert set(cells_of(row)) <= {"lead", "support"}, row_id
    assert checked == {"kh-176": 6, "qd-3825": 9, "kh-thai-nguyen-2026": 7, "kh-kl-81": 7}[plan]


@pytest.mark.parametrize("plan", PLANS)
def test_headings_are_verbatim(plan: str, documents: dict[str, Document], files: dict[str, Any]) -> None:
    titles = {section["id"]: section["title"] for section in files[plan]["sections"]}
    printed = documents[plan].sections
    assert printed
    assert {section: titles.get(section) for section in printed} == printed


@pytest.mark.parametrize("plan", ["kh-thai-nguyen-2026", "kh-kl-81"])
def test_general_clauses_are_verbatim(plan: str, documents: dict[str, Document], files: dict[str, Any]) -> None:
    assert {clause["id"]: clause["text"] for clause in files[plan]["clauses"]} == documents[plan].clauses


def targets_of(indicator: Any) -> dict[str, str]:
    """Return the targets as the document prints them; a scoped one is put together again from its parts."""
    return {
        str(key): value
        if isinstance(value, str)
        else "; ".join(f"{target} đối với {scope}" for scope, target in value.items())
        for key, value in indicator["targets"].items()
    }


@pytest.mark.parametrize("plan", ["kh-176", "qd-3825", "kh-thai-nguyen-2026"])
def test_targets_are_verbatim(plan: str, documents: dict[str, Document], files: dict[str, Any]) -> None:
    printed = {row_id: indicator.targets for row_id, indicator in documents[plan].indicators.items()}
    assert {indicator["id"]: targets_of(indicator) for indicator in files[plan]["indicators"]} == printed


def test_indicators_of_the_table_keep_name_unit_and_body(documents: dict[str, Document], files: dict[str, Any]) -> None:
    for indicator in files["kh-176"]["indicators"]:
        printed = documents["kh-176"].indicators[indicator["id"]]
        cells = cells_of(indicator)
        assert (cells["name"], cells["lead"], cells["role"]) == (printed.name, printed.lead, printed.role)
        assert f"{indicator['name']} ({indicator['unit']})" == printed.name


def test_a_cell_that_was_cut_up_is_kept_whole(documents: dict[str, Document], files: dict[str, Any]) -> None:
    indicators = {indicator["id"]: indicator for indicator in files["kh-176"]["indicators"]}
    whole = {str(year): cell for year, cell in cells_of(indicators["PL1.10"])["targets"].items()}
    assert whole == documents["kh-176"].indicators["PL1.10"].targets
    sentence = "Bình quân trồng 6,0 triệu cây xanh phân tán/năm, 10.000 ha rừng/năm"
    assert sentence in documents["qd-3825"].rows["PL.VIII.5.3"].text
    for indicator in files["qd-3825"]["indicators"]:
        assert cells_of(indicator)["targets"] == {"2023-2030": sentence}
        assert cells_of(indicator)["lead"] == documents["qd-3825"].rows["PL.VIII.5.3"].lead


def test_indicators_in_running_text_read_on_to_their_target(
    documents: dict[str, Document], files: dict[str, Any]
) -> None:
    for indicator in files["kh-thai-nguyen-2026"]["indicators"]:
        row = documents["kh-thai-nguyen-2026"].rows[indicator["id"].rpartition("-")[0]]
        (target,) = targets_of(indicator).values()
        assert f"{indicator['name']} {target}" in row.text, indicator["id"]
        assert "đến năm 2030" in row.text, indicator["id"]


KH_176_LEFT = (
    "1. 2. 3. 4. II. MỤC TIÊU 1. Mục tiêu đến năm 2030 1.1. Mục tiêu chung 1.2. Mục tiêu cụ thể - - - - - "
    "2. Tầm nhìn đến năm 2050"
)
QD_3825_LEFT = "1. Mục đích - - - 2. Yêu cầu - - - II. QUAN ĐIỂM, MỤC TIÊU 1. Quan điểm - - - - - 2. Mục tiêu"


@pytest.mark.parametrize(
    ("plan", "key", "lines", "left"),
    [
        ("kh-176", "objectives", ("I. MỤC ĐÍCH, YÊU CẦU", "III. NHIỆM VỤ"), KH_176_LEFT),
        ("kh-176", "funding", ("V. NGUỒN VỐN", "IV. TỔ CHỨC"), "1. 2. 3. 4."),
        ("qd-3825", "objectives", ("I. MỤC ĐÍCH,\nYÊU CẦU", "III. NHIỆM VỤ"), QD_3825_LEFT),
        ("qd-3825", "recipients", ("Nơi nhận:", "|"), "- ; - ; - ; - ; - ; - ; - ; - ; - ."),
        (
            *("kh-thai-nguyen-2026", "objectives", ("I. MỤC ĐÍCH", "II. NHIỆM VỤ")),
            "1. Mục đích - - 2. Yêu cầu - - - -",
        ),
        ("kh-thai-nguyen-2026", "recipients", ("Nơi nhận:", "Manhpn"), "- ; - ; - ; - ; - ; - ; - ; - ; - ."),
        ("kh-kl-81", "objectives", ("I. MỤC ĐÍCH", "II. NỘI DUNG"), "1. 2. 3."),
        ("kh-kl-81", "recipients", ("Nơi nhận:", "**T/M"), "- , - , - , - ; - , - , - , - , - ."),
    ],
)
def test_nothing_but_numbers_and_headings_is_left_out(
    plan: str, key: str, lines: tuple[str, str], left: str, texts: dict[str, str], files: dict[str, Any]
) -> None:
    part = normal(between(texts[plan], *lines))
    holder = files[plan]["document"] if key == "recipients" else files[plan]
    for entry in holder[key]:
        text = entry if isinstance(entry, str) else entry["text"]
        assert part.count(text) == 1, text
        part = part.replace(text, "")
    assert " ".join(part.split()) == left


# --- (b) the plans have no word of their own ---


def own_texts(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every string that claims to be the document's wording, with its place."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, list):
        for place, item in enumerate(node):
            yield from own_texts(item, (*path, str(place)))
    elif isinstance(node, dict):
        printed = "as_issued" in path
        for key, value in node.items():
            if key in OUR_WORDS or (key in CODES and not printed) or key == "date":
                continue
            if isinstance(key, str) and "targets" in path[-2:] and not key[:4].isdigit():
                yield (*path, key), key
            yield from own_texts(value, (*path, str(key)))


@pytest.mark.parametrize("plan", PLANS)
def test_no_text_is_invented(plan: str, texts: dict[str, str], files: dict[str, Any]) -> None:
    source = normal(texts[plan])
    folded = without_blanks(source)
    invented = []
    checked = 0
    for path, text in own_texts(files[plan]):
        checked += 1
        if path[-1] == "cite":
            found = without_blanks(text).casefold() in folded.casefold()
        elif path[-1] == "number":
            found = without_blanks(text) in folded
        else:
            found = text in source
        if not found:
            invented.append((path, text))
    assert not invented
    assert checked > len(files[plan]["tasks"])


def test_own_texts_covers_what_it_should_and_nothing_else() -> None:
    row = {
        "id": "II.1-1",
        "lead": ["so-y-te"],
        "note": "lời của chúng tôi",
        "as_issued": {"lead": "Sở Y tế", "role": "Đơn vị chủ trì"},
        "now": {"so-y-te": [{"agency": "so-nnmt", "scope": "lời của chúng tôi"}]},
        "conditions": [{"text": "sau khi có hướng dẫn", "kind": "after", "scope": "all", "awaits": "bo-y-te"}],
        "targets": {2025: {"đô thị loại II": ">30"}, 2030: "70%"},
    }
    assert [text for _, text in own_texts(row)] == [
        *("Sở Y tế", "Đơn vị chủ trì", "sau khi có hướng dẫn", "đô thị loại II", ">30", "70%")
    ]


def printed_dates(day: date) -> str:
    """Return a pattern for the ways a document prints a day."""
    figures = rf"0?{day.day}\s*/\s*0?{day.month}\s*/\s*{day.year}"
    return rf"ngày (?:{figures}|0?{day.day} tháng 0?{day.month} năm {day.year})(?!\d)"


@pytest.mark.parametrize("plan", PLANS)
def test_dates_stand_beside_what_they_date(plan: str, texts: dict[str, str], files: dict[str, Any]) -> None:
    source = without_blanks(normal(texts[plan]))
    for basis in files[plan]["document"]["basis"]:
        dated = re.escape(basis.get("number") or basis["title"])
        assert re.search(rf"{dated},? {printed_dates(basis['date'])}", source), basis


@pytest.mark.parametrize(
    ("plan", "day", "printed"),
    [
        ("kh-176", date(2022, 7, 1), "Kế hoạch số 176/KH-UBND ngày 01/7/2022"),
        ("qd-3825", date(2023, 10, 18), "Quyết định số 3825/QĐ-UBND ngày 18 tháng 10 năm 2023"),
        ("kh-thai-nguyen-2026", "2026-04", "Thái Nguyên, ngày tháng 4 năm 2026"),
    ],
)
def test_the_date_of_issue_is_the_printed_one(
    plan: str, day: date | str, printed: str, texts: dict[str, str], files: dict[str, Any]
) -> None:
    assert printed in without_blanks(normal(texts[plan]))
    assert files[plan]["document"]["date"] == day


def test_the_copy_of_the_party_plan_has_neither_number_nor_date(texts: dict[str, str], files: dict[str, Any]) -> None:
    head = normal(texts["kh-kl-81"]).partition("thực hiện Kết luận")[0]
    assert head == "KẾ HOẠCH "
    assert files["kh-kl-81"]["document"]["number"] is None
    assert files["kh-kl-81"]["document"]["date"] is None


def test_the_unsigned_copy_has_no_number(texts: dict[str, str], files: dict[str, Any]) -> None:
    assert normal(texts["kh-thai-nguyen-2026"]).startswith("Số: /KH-UBND Thái Nguyên, ngày tháng 4")
    assert files["kh-thai-nguyen-2026"]["document"]["number"] is None
