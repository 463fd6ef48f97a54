"""The agency cells of the plans: every printed name is known, and the ids beside a cell mean what it says."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from kehoach_cli.core.duties.match import SUPPORT, Matcher
from kehoach_cli.core.model.agency import CellContent
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Indicator, Plan, Task, TaskKind

THANH_HOA = "thanh-hoa"

# Words of a cell that name no body of their own, with the reason.
LEFT_OVER = {
    # Whoever leads a task of the plan: an open set described by a clause, kept as nhom-lien-quan.
    ("kh-176/VI.2", "lead"): "các đơn vị được giao chủ trì các nhiệm vụ tại Kế hoạch",
    # "Chính quyền" says neither level nor place; the row has a note.
    ("kh-kl-81/II.1-1", "lead"): "chính quyền",
    # The levels at which the Front and the unions act; only the province's are bodies here. The row has a note.
    ("kh-kl-81/II.1-3", "lead"): "từ tỉnh đến cơ sở",
}

# Cells that name no known body at all: "the units", kept as nhom-lien-quan because they are an open set.
NAMELESS = {
    ("kh-176/VI.4", "lead"): "các đơn vị",
    ("qd-3825/VI.4-2", "support"): "các cơ quan đơn vị",
}

# Ids beside a cell that its words do not name one by one, with the reason.
UNDERSTOOD = {
    # See LEFT_OVER.
    ("kh-176/VI.2", "lead"): {"nhom-lien-quan"},
    # "UBND các huyện, xã có rừng" names districts and communes in one phrase, which is one name of the district group.
    ("kh-176/PL2.II.14", "support"): {"ubnd-cap-xa"},
}

# The sentence has no subject; its bodies are those of VI.1-1.
WITHOUT_CELL = {("qd-3825/VI.1-3", "lead")}


def cells(catalogue: Catalogue) -> Iterator[tuple[tuple[str, str], str, str | None, tuple[str, ...]]]:
    """Yield every agency cell: (row, role), province, the cell as printed, the ids beside it."""
    for plan in catalogue.plans:
        rows: list[Task | Indicator] = [*plan.tasks, *plan.indicators]
        for row in rows:
            columns = {"lead": row.lead} if isinstance(row, Indicator) else {"lead": row.lead, "support": row.support}
            for role, ids in columns.items():
                printed = row.as_issued.get(role)
                if ids or printed is not None:
                    yield (f"{plan.id}/{row.id}", role), plan.province, printed, ids


def named(cell: CellContent) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.id for mention in cell.mentions))


def plan_of(catalogue: Catalogue, plan_id: str) -> Plan:
    plan = catalogue.plan(plan_id)
    assert plan is not None
    return plan


def part_of(catalogue: Catalogue, part: str) -> list[Task | Indicator]:
    """Return the rows of a part in which the documents have agency columns: K body, PL1, PL2, or Q (the appendix)."""
    kh_176, qd_3825 = plan_of(catalogue, "kh-176"), plan_of(catalogue, "qd-3825")
    parts: dict[str, list[Task | Indicator]] = {
        "body": [task for task in kh_176.tasks if task.kind is TaskKind.TASK],
        "PL1": list(kh_176.indicators),
        "PL2": [task for task in kh_176.tasks if task.kind is TaskKind.PROGRAMME],
        "Q": [task for task in qd_3825.tasks if task.kind is TaskKind.TASK],
    }
    return parts[part]


def leads(catalogue: Catalogue, part: str) -> Counter[str]:
    return Counter(body for row in part_of(catalogue, part) for body in row.lead)


def supports(catalogue: Catalogue, part: str) -> Counter[str]:
    rows = part_of(catalogue, part)
    return Counter(body for row in rows if isinstance(row, Task) for body in row.support)


def rows_naming(catalogue: Catalogue, body: str, role: str, part: str) -> list[str]:
    return [row.id for row in part_of(catalogue, part) if body in getattr(row, role)]


# --- every cell is understood ---


def test_every_cell_is_read_without_leftovers(catalogue: Catalogue) -> None:
    left = {}
    for place, province, printed, _ in cells(catalogue):
        if printed is None or place in NAMELESS:
            continue
        if rest := catalogue.directory.read_cell(province, printed).leftovers:
            left[place] = " ".join(rest)
    assert left == LEFT_OVER


@pytest.mark.parametrize("place", NAMELESS)
def test_a_cell_that_names_no_known_body_is_all_leftover(catalogue: Catalogue, place: tuple[str, str]) -> None:
    (found,) = [cell for cell in cells(catalogue) if cell[0] == place]
    _, province, printed, ids = found
    assert ids == ("nhom-lien-quan",)
    cell = catalogue.directory.read_cell(province, printed or "")
    assert cell.mentions == ()
    assert re.sub(r"[\s,]+", " ", " ".join(cell.leftovers)) == NAMELESS[place]


def test_the_ids_beside_a_cell_are_what_the_cell_says(catalogue: Catalogue) -> None:
    checked = Counter[str]()
    for place, province, printed, ids in cells(catalogue):
        if printed is None or place in NAMELESS:
            continue
        expected = tuple(body for body in ids if body not in UNDERSTOOD.get(place, set()))
        assert named(catalogue.directory.read_cell(province, printed)) == expected, place
        assert UNDERSTOOD.get(place, set()) <= set(ids), place
        checked[place[1]] += 1
    # Leads: 30 + 19 + 34 of KH 176 with 3 duties, 84 + 2 of QĐ 3825 with 6 duties and VI.4-2, 6 and 6 duties and tasks.
    assert checked == {"lead": 86 + 93 + 6 + 6, "support": 25 + 34 + 2 + 84 + 1 + 1 + 1}


def test_only_one_row_names_bodies_without_a_cell(catalogue: Catalogue) -> None:
    assert {place for place, _, printed, _ in cells(catalogue) if printed is None} == WITHOUT_CELL
    tasks = {task.id: task for task in plan_of(catalogue, "qd-3825").tasks}
    assert tasks["VI.1-3"].lead == tasks["VI.1-1"].lead
    assert tasks["VI.1-3"].note


def test_exceptions_are_still_needed(catalogue: Catalogue) -> None:
    rows = {place: (printed, ids) for place, _, printed, ids in cells(catalogue)}
    for place in (*LEFT_OVER, *NAMELESS, *UNDERSTOOD):
        assert place in rows, place
        assert catalogue.items[place[0]].row.note, place


@pytest.mark.parametrize(
    ("printed", "ids"),
    [
        ("Sở TN&MT", ["so-tnmt"]),
        ("Sở Tài nguyên môi trường", ["so-tnmt"]),
        ("Sở Nông nghiệp và PTNT", ["so-nnptnt"]),
        ("Sở Nông nghiệp và PTNN", ["so-nnptnt"]),
        ("Sở Công thương", ["so-cong-thuong"]),
        ("Sở Lao động - Thương binh và Xã hội", ["so-ldtbxh"]),
        ("Sở Công Thương, Sở Văn hóa, Thể thao và Du lịch", ["so-cong-thuong", "so-vhttdl"]),
        ("Ban Quản lý Khu kinh tế Nghi Sơn và các KCN", ["bql-kkt-nghi-son"]),
        ("Ban quản lý KKT Nghi Sơn và các KCN", ["bql-kkt-nghi-son"]),
        (", Sở Tài nguyên và Môi trường, BQL KKT Nghi sơn và các KCN.", ["so-tnmt", "bql-kkt-nghi-son"]),
        ("Ngân hàng nhà nước Việt Nam chi nhánh tỉnh Thanh Hóa", ["nhnn-thanh-hoa"]),
        ("Ngân hàng nhà nước Việt Nam chi nhánh Thanh Hóa", ["nhnn-thanh-hoa"]),
        ("Chi cục Kiểm lâm thanh Hoá", ["chi-cuc-kiem-lam"]),
        ("Trung tâm Xúc tiến Đầu Tư, Thương Mại & Du Lịch Thanh Hóa", ["tt-xuc-tien"]),
        ("Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch tỉnh", ["tt-xuc-tien"]),
        ("Đài Phát thanh và Truyền hình", ["dai-ptth"]),
        ("Khu BTTN Xuân Liên, Vườn Quốc gia Bến En", ["bql-bttn-xuan-lien", "vqg-ben-en"]),
        ("BQL RPH Như Thanh", ["bql-rph-nhu-thanh"]),
        ("BQL Quỹ bảo vệ phát triển rừng và phòng chống thiên tai tỉnh Thanh Hóa", ["quy-bvptr-pctt"]),
        ("Phòng Thương mại và Công nghiệp Việt Nam chi nhánh Thanh Hóa", ["vcci-thanh-hoa"]),
        ("Hội Liên Hiệp Phụ nữ tỉnh Thanh Hóa", ["hoi-lhpn-tinh"]),
        ("Mặt trận Tổ quốc Việt Nam tỉnh Thanh Hóa", ["mttq-tinh"]),
        ("Các Sở ban ngành đoàn thể cấp tỉnh", ["nhom-so-ban-nganh-doan-the"]),
        ("Các sở, ngành, MTTQ, đoàn thể cấp tỉnh", ["nhom-so-ban-nganh", "mttq-tinh", "nhom-to-chuc-ctxh"]),
        ("các sở, ban ngành, đơn vị cấp tỉnh", ["nhom-so-ban-nganh-don-vi"]),
        ("Chính quyền các xã vùng đệm", ["ubnd-cap-xa"]),
        (
            "Trường Đại học Lâm nghiệp; chính quyền địa phương 02 huyện Quan Hóa và Bá Thước",
            ["dh-lam-nghiep", "chinh-quyen-2-huyen"],
        ),
        ("Ban quản lý các khu, điềm du lịch của tỉnh", ["bql-khu-du-lich"]),
        ("Các huyện, thị, thành ủy, đảng ủy trực thuộc, các ban, ban cán sự đảng, đảng đoàn", ["nhom-cap-uy"]),
    ],
)
def test_spellings_of_the_documents(catalogue: Catalogue, printed: str, ids: list[str]) -> None:
    cell = catalogue.directory.read_cell(THANH_HOA, printed)
    assert list(named(cell)) == ids
    assert cell.leftovers == ()


# --- counts of cells ---

# Single bodies as lead: KH 176 body, PL1, PL2, and the appendix of QĐ 3825.
LEADS = {
    "so-tnmt": (15, 10, 14, 12),
    "so-nnptnt": (0, 4, 3, 14),
    "so-khdt": (2, 0, 0, 8),
    "so-tai-chinh": (3, 0, 0, 1),
    "so-cong-thuong": (2, 2, 0, 7),
    "so-xay-dung": (1, 2, 0, 2),
    "so-y-te": (0, 1, 2, 4),
    "so-gddt": (1, 0, 0, 2),
    "so-khcn": (2, 0, 0, 7),
    "so-tttt": (3, 0, 0, 3),
    "so-gtvt": (0, 0, 0, 4),
    "so-ldtbxh": (0, 0, 0, 5),
    "so-vhttdl": (0, 1, 0, 4),
    "so-noi-vu": (0, 0, 0, 1),
    "so-ngoai-vu": (2, 0, 0, 1),
    "ban-dan-toc": (0, 0, 0, 1),
    "thanh-tra-tinh": (1, 0, 0, 0),
    "vp-ubnd-tinh": (2, 0, 0, 0),
    "bql-kkt-nghi-son": (8, 0, 0, 2),
    "cong-an-tinh": (1, 0, 0, 0),
    "nhnn-thanh-hoa": (0, 0, 0, 3),
    "tt-xuc-tien": (1, 0, 0, 2),
    "vp-dieu-phoi-ntm": (0, 0, 0, 1),
    "dai-ptth": (0, 0, 0, 1),
    "dh-hong-duc": (1, 0, 0, 0),
    "bql-bttn-pu-hu": (0, 0, 9, 0),
    "bql-bttn-pu-luong": (0, 0, 2, 0),
    "bql-bttn-xuan-lien": (0, 0, 1, 0),
    "vqg-ben-en": (0, 0, 2, 0),
    "bql-rph-nhu-thanh": (0, 0, 1, 0),
    "quy-bvptr-pctt": (0, 0, 1, 0),
    "vcci-thanh-hoa": (2, 0, 0, 0),
    "mttq-tinh": (0, 0, 0, 1),
    "hoi-lhpn-tinh": (1, 0, 0, 0),
}
# Groups as lead in the same parts.
GROUP_LEADS = {
    "nhom-so-ban-nganh-doan-the": (4, 0, 0, 0),
    "ubnd-cap-huyen": (11, 0, 0, 15),
    "nhom-hiep-hoi-dn": (2, 0, 0, 0),
    "nhom-csgd": (1, 0, 0, 0),
    "nhom-so-ban-nganh": (0, 0, 0, 5),
    "nhom-to-chuc-ctxh": (0, 0, 0, 1),
    "nhom-lien-quan": (0, 0, 0, 2),
    "bql-khu-du-lich": (0, 0, 0, 2),
}


def test_lead_counts(catalogue: Catalogue) -> None:
    counted = [leads(catalogue, part) for part in ("body", "PL1", "PL2", "Q")]
    bodies = set().union(*counted)
    assert {body: tuple(count[body] for count in counted) for body in bodies} == {**LEADS, **GROUP_LEADS}


@pytest.mark.parametrize(
    ("part", "body", "count"),
    [
        ("body", "nhom-so-ban-nganh-doan-the", 25),
        ("body", "ubnd-cap-huyen", 18),
        ("PL2", "nhom-so-ban-nganh", 14 + 3),
        ("PL2", "nhom-so-ban-nganh-don-vi", 2),
        ("PL2", "ubnd-cap-huyen", 14 + 1 + 1),
        ("PL2", "ubnd-huyen-ven-bien", 3),
        ("PL2", "chinh-quyen-2-huyen", 1),
        ("PL2", "chinh-quyen-dia-phuong", 1),
        ("PL2", "ubnd-cap-xa", 2),
        ("PL2", "nhom-vien-truong", 9),
        ("PL2", "nhom-khac", 2),
        ("PL2", "chi-cuc-kiem-lam", 2),
        ("PL2", "dh-lam-nghiep", 2),
        ("PL2", "vien-khln-vn", 1),
        ("PL2", "bttn-ngoc-son", 1),
        ("PL2", "vqg-cuc-phuong", 1),
        ("Q", "ubnd-cap-huyen", 75),
        ("Q", "nhom-vien-truong", 2),
        ("Q", "nhom-khac", 2),
        ("Q", "hiep-hoi-dn-tinh", 1),
        ("Q", "so-khcn", 2),
        ("Q", "so-cong-thuong", 2),
        ("Q", "so-khdt", 2),
    ],
)
def test_support_counts(catalogue: Catalogue, part: str, body: str, count: int) -> None:
    assert supports(catalogue, part)[body] == count


def test_the_district_level_in_figures(catalogue: Catalogue) -> None:
    partial = ("ubnd-cap-huyen", "ubnd-huyen-ven-bien", "chinh-quyen-2-huyen")
    lead = [rows_naming(catalogue, "ubnd-cap-huyen", "lead", part) for part in ("body", "PL2", "Q")]
    assert [len(rows) for rows in lead] == [11, 0, 15]
    support = [
        {row for body in partial for row in rows_naming(catalogue, body, "support", part)}
        for part in ("body", "PL2", "Q")
    ]
    assert [len(rows) for rows in support] == [18, 20, 75]
    sole = [row.id for part in ("body", "Q") for row in part_of(catalogue, part) if row.lead == ("ubnd-cap-huyen",)]
    assert sole == ["PL.VIII.3.7", "PL.VIII.4.3", "PL.VIII.8.6"]


def test_how_often_a_group_is_printed(catalogue: Catalogue) -> None:
    printed = {
        part: [
            cell
            for row in part_of(catalogue, part)
            for role in ("lead", "support")
            if (cell := row.as_issued.get(role))
        ]
        for part in ("body", "PL2", "Q")
    }
    kh_176 = [*printed["body"], *printed["PL2"]]
    assert sum("UBND cấp huyện" in cell for cell in kh_176) == 44
    assert sum("UBND các huyện, thị xã, thành phố" in cell for cell in printed["Q"]) == 15 + 75
    assert printed["PL2"].count("Sở, ban, ngành, UBND cấp huyện, các đơn vị liên quan") == 14
    assert printed["PL2"].count("Các Sở ban ngành, UBND các huyện, thành phố ven biển") == 3
    assert printed["Q"].count("Các đơn vị khác có liên quan") == 5
    assert printed["PL2"].count("Sở TN&MT") == 14
    assert printed["PL2"].count("BQL Khu BTTN Pù Hu") == 9
    assert printed["Q"].count("Sở Nông nghiệp và PTNN") == 1


def test_what_so_y_te_leads_by_name(catalogue: Catalogue) -> None:
    led = [item.ref for item in catalogue.items.values() if "so-y-te" in item.row.lead]
    assert led == [
        "kh-176/PL2.III.1",
        "kh-176/PL2.III.2",
        "kh-176/PL1.17",
        *(f"qd-3825/PL.VIII.10.{number}" for number in range(1, 5)),
    ]


# --- both cells, and "có liên quan" ---


def test_six_rows_have_the_districts_in_both_cells(catalogue: Catalogue) -> None:
    both = {
        f"{plan.id}/{task.id}": bodies
        for plan in catalogue.plans
        for task in plan.tasks
        # The open group names nobody in particular: it may stand in both cells with different meanings.
        if (bodies := set(task.lead).intersection(task.support) - {"nhom-lien-quan"})
    }
    assert both == {
        "qd-3825/PL.VI.1": {"ubnd-cap-huyen"},
        "qd-3825/PL.VIII.2.4": {"ubnd-cap-huyen", "so-cong-thuong"},
        "qd-3825/PL.VIII.3.5": {"ubnd-cap-huyen"},
        "qd-3825/PL.VIII.3.7": {"ubnd-cap-huyen"},
        "qd-3825/PL.VIII.8.6": {"ubnd-cap-huyen"},
        "qd-3825/PL.VIII.11.1": {"ubnd-cap-huyen"},
    }


def test_rows_limited_to_the_members_concerned(catalogue: Catalogue) -> None:
    limited = {
        f"{plan.id}/{task.id}": {agency_id for _, agency_id in task.limited}
        for plan in catalogue.plans
        for task in plan.tasks
        if task.limited
    }
    assert limited == {
        "kh-176/PL2.III.1": {"nhom-so-ban-nganh-don-vi", "ubnd-cap-huyen"},
        "kh-176/PL2.III.2": {"nhom-so-ban-nganh-don-vi"},
        "qd-3825/PL.VIII.5.2": {"nhom-so-ban-nganh"},
        "qd-3825/PL.VIII.5.8": {"nhom-so-ban-nganh"},
        "qd-3825/PL.VIII.5.9": {"nhom-so-ban-nganh"},
    }


@pytest.mark.parametrize("heir", ["ubnd-cap-xa", "ubnd-quan-hoa"])
def test_a_local_authority_left_unnamed_is_meant_only_where_concerned(catalogue: Catalogue, heir: str) -> None:
    agency = catalogue.directory.get(THANH_HOA, heir)
    assert agency is not None
    plan = plan_of(catalogue, "kh-176")
    (task,) = [task for task in plan.tasks if task.id == "PL2.II.15"]
    matches = Matcher(catalogue.directory, THANH_HOA, agency).task(plan, task)
    assert [(match.role, match.name, match.limited) for match in matches] == [(SUPPORT, "Chính quyền địa phương", True)]
