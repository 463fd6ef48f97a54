"""The registries of bodies: every reference holds, mergers and splits are those of 2025, and doubt is marked as doubt."""

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from kehoach_cli.core.model.agency import Agency, Directory, Registry
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Plan

THANH_HOA, THAI_NGUYEN, CENTRE = "thanh-hoa", "thai-nguyen", "trung-uong"

MARCH, JUNE, JULY = date(2025, 3, 1), date(2025, 6, 1), date(2025, 7, 1)
FEBRUARY = date(2025, 2, 11)

# Old body → its one heir and the day the heir took over; None where no day is known.
MERGERS = {
    THANH_HOA: {
        "so-tnmt": ("so-nnmt", MARCH),
        "so-nnptnt": ("so-nnmt", MARCH),
        "vp-dieu-phoi-ntm": ("so-nnmt", MARCH),
        "so-khdt": ("so-tai-chinh", MARCH),
        "so-gtvt": ("so-xay-dung", MARCH),
        "ban-dan-toc": ("so-dan-toc-ton-giao", MARCH),
        "dai-ptth": ("bao-ptth-thanh-hoa", JUNE),
        "bao-thanh-hoa": ("bao-ptth-thanh-hoa", JUNE),
        "ban-tuyen-giao-tu": ("ban-tgdv-tu", FEBRUARY),
        "ban-can-su-dang-ubnd": ("dang-uy-ubnd-tinh", FEBRUARY),
        "nhnn-thanh-hoa": ("nhnn-khu-vuc", MARCH),
        "hai-quan": ("hai-quan-khu-vuc", MARCH),
        "kho-bac-tinh": ("kho-bac-khu-vuc", date(2025, 3, 15)),
        "ubnd-huyen-ven-bien": ("ubnd-cap-xa", JULY),
        "chinh-quyen-2-huyen": ("ubnd-cap-xa", JULY),
    },
    THAI_NGUYEN: {},
    CENTRE: {
        "bo-tnmt": ("bo-nnmt", MARCH),
        "bo-nnptnt": ("bo-nnmt", MARCH),
        "bo-khdt": ("bo-tai-chinh", MARCH),
        "bo-gtvt": ("bo-xay-dung", MARCH),
        "uy-ban-dan-toc": ("bo-dtt", MARCH),
        "uy-ban-qlv": ("bo-tai-chinh", MARCH),
        "ban-kinh-te-tw": ("ban-csc-tw", None),
        "ban-doi-ngoai-tw": ("bo-ngoai-giao", None),
        "ban-csd-bo-tnmt": ("dang-uy-bo-nnmt", None),
    },
}
# Old body → its heirs, all from one day.
SPLITS = {
    THANH_HOA: {
        "so-tttt": ({"so-khcn", "so-vhttdl", "cong-an-tinh"}, MARCH),
        "so-ldtbxh": ({"so-noi-vu", "so-gddt", "so-y-te", "so-nnmt", "cong-an-tinh"}, MARCH),
        "ubnd-cap-huyen": ({"ubnd-cap-xa", "nhom-so-theo-linh-vuc"}, JULY),
    },
    THAI_NGUYEN: {},
    CENTRE: {
        "bo-tttt": ({"bo-khcn", "bo-vhttdl", "bo-cong-an"}, MARCH),
        "bo-ldtbxh": ({"bo-noi-vu", "bo-gddt", "bo-y-te", "bo-cong-an", "bo-nnmt"}, MARCH),
    },
}
# Inheritances nobody has confirmed.
DOUBTFUL_HEIRS = {
    THANH_HOA: {
        *("so-ldtbxh", "ubnd-cap-huyen", "ubnd-huyen-ven-bien", "chinh-quyen-2-huyen", "nhnn-thanh-hoa"),
        *("hai-quan", "kho-bac-tinh"),
    },
    THAI_NGUYEN: set(),
    CENTRE: {"ban-csd-bo-tnmt"},
}
# Bodies whose existence, name or number nobody has confirmed.
DOUBTFUL_BODIES = {
    THANH_HOA: {"so-ngoai-vu", "tt-xuc-tien", "nhnn-khu-vuc", "hai-quan-khu-vuc", "kho-bac-khu-vuc", "bhxh-tinh"},
    THAI_NGUYEN: {"so-dan-toc-ton-giao", "so-ngoai-vu", "nhnn-khu-vuc", "bhxh-tinh"},
    CENTRE: {"dang-uy-bo-nnmt"},
}
PROVINCES = (THANH_HOA, THAI_NGUYEN, CENTRE)
UNIONS = {"lien-doan-lao-dong-tinh", "hoi-nong-dan-tinh", "hoi-lhpn-tinh", "doan-tn-tinh", "hoi-ccb-tinh"}


@pytest.fixture(scope="module")
def directory(catalogue: Catalogue) -> Directory:
    return catalogue.directory


def registry_of(directory: Directory, province: str) -> Registry:
    return directory.registries[province]


def body_of(directory: Directory, province: str, body: str) -> Agency:
    found = directory.get(province, body)
    assert found is not None, body
    return found


def referenced(plan: Plan) -> Iterator[str]:
    """Yield every body a plan refers to by id."""
    yield from (plan.document.issuer, plan.coordinator)
    for rule in plan.reporting:
        yield from (*rule.senders, *rule.recipients, *rule.via, *filter(None, [rule.drafter]))
    for clause in plan.clauses:
        yield from clause.agencies
    for indicator in plan.indicators:
        yield from indicator.lead
    for task in plan.tasks:
        yield from (*task.lead, *task.support, *task.now, *(agency_id for _, agency_id in task.limited))
        yield from (heir.agency for heirs in task.now.values() for heir in heirs)
        yield from (condition.awaits for condition in task.conditions if condition.awaits)
        yield from task.body.lead if task.body else ()


# --- references ---


def test_the_three_registries(directory: Directory) -> None:
    assert set(directory.registries) == set(PROVINCES)
    for province in PROVINCES:
        registry = registry_of(directory, province)
        assert registry.province == province
        assert {body.province for body in registry.agencies.values()} == {province}


@pytest.mark.parametrize("plan_id", ["kh-176", "qd-3825", "kh-thai-nguyen-2026", "kh-kl-81"])
def test_every_body_a_plan_refers_to_exists(catalogue: Catalogue, plan_id: str) -> None:
    plan = catalogue.plan(plan_id)
    assert plan is not None
    ids = set(referenced(plan))
    assert plan.coordinator in ids
    assert {body for body in ids if catalogue.directory.get(plan.province, body) is None} == set()


@pytest.mark.parametrize("province", PROVINCES)
def test_every_body_a_registry_refers_to_exists(directory: Directory, province: str) -> None:
    missing = [
        (body.id, other)
        for body in registry_of(directory, province).agencies.values()
        for other in (*body.members, *(heir.id for heir in body.successors), *filter(None, [body.parent]))
        if directory.get(province, other) is None
    ]
    assert missing == []


@pytest.mark.parametrize("province", [THANH_HOA, THAI_NGUYEN])
def test_no_provincial_id_hides_a_central_one(directory: Directory, province: str) -> None:
    assert set(registry_of(directory, province).agencies) & set(registry_of(directory, CENTRE).agencies) == set()


def test_same_id_in_two_provinces_is_two_bodies(directory: Directory) -> None:
    assert body_of(directory, THANH_HOA, "so-y-te").province == THANH_HOA
    assert body_of(directory, THAI_NGUYEN, "so-y-te").province == THAI_NGUYEN
    assert directory.get(THAI_NGUYEN, "so-tnmt") is None


# --- names ---


def fold(name: str) -> str:
    """Return `name` in small letters, blanks and dashes folded, each word's tones after its letters."""
    words = unicodedata.normalize("NFD", name.casefold().replace("–", "-").rstrip(".;, ")).split()
    tones = "\u0300\u0301\u0303\u0309\u0323"
    return " ".join(
        "".join(letter for letter in word if letter not in tones) + "".join(mark for mark in word if mark in tones)
        for word in words
    )


@pytest.mark.parametrize("province", [THANH_HOA, THAI_NGUYEN])
def test_no_two_bodies_share_a_name(directory: Directory, province: str) -> None:
    owners: dict[str, set[str]] = {}
    for body in directory.all_in(province):
        for name in body.names:
            owners.setdefault(fold(name), set()).add(body.id)
    assert len(owners) > 100
    assert {name: bodies for name, bodies in owners.items() if len(bodies) > 1} == {}


def test_folding_sees_through_spelling() -> None:
    assert fold("Chi cục Kiểm lâm thanh Hoá") == fold("Chi cục  Kiểm lâm Thanh Hóa.")
    assert fold("Sở Y tế") != fold("Sở Y tê")


# Official names, and the names the documents and their lists of recipients use.
THANH_HOA_NAMES = {
    "Sở Tài nguyên và Môi trường": "so-tnmt",
    "Sở Nông nghiệp và Phát triển nông thôn": "so-nnptnt",
    "Sở Nông nghiệp và Môi trường": "so-nnmt",
    "Sở Kế hoạch và Đầu tư": "so-khdt",
    "Sở Tài chính": "so-tai-chinh",
    "Sở Công Thương": "so-cong-thuong",
    "Sở Xây dựng": "so-xay-dung",
    "Sở Y tế": "so-y-te",
    "Sở Giáo dục và Đào tạo": "so-gddt",
    "Sở Khoa học và Công nghệ": "so-khcn",
    "Sở Thông tin và Truyền thông": "so-tttt",
    "Sở Giao thông vận tải": "so-gtvt",
    "Sở Lao động - Thương binh và Xã hội": "so-ldtbxh",
    "Sở Văn hóa, Thể thao và Du lịch": "so-vhttdl",
    "Sở Nội vụ": "so-noi-vu",
    "Sở Ngoại vụ": "so-ngoai-vu",
    "Sở Dân tộc và Tôn giáo": "so-dan-toc-ton-giao",
    "Ban Dân tộc": "ban-dan-toc",
    "Thanh tra tỉnh": "thanh-tra-tinh",
    "Văn phòng UBND tỉnh": "vp-ubnd-tinh",
    "Các PCVP UBND tỉnh": "vp-ubnd-tinh",
    "Ban Quản lý Khu kinh tế Nghi Sơn và các khu công nghiệp": "bql-kkt-nghi-son",
    "Công an tỉnh": "cong-an-tinh",
    "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh Thanh Hóa": "nhnn-thanh-hoa",
    "Chi cục Kiểm lâm Thanh Hóa": "chi-cuc-kiem-lam",
    "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch tỉnh Thanh Hóa": "tt-xuc-tien",
    "Văn phòng Điều phối Chương trình xây dựng nông thôn mới tỉnh": "vp-dieu-phoi-ntm",
    "Đài Phát thanh và Truyền hình tỉnh": "dai-ptth",
    "Báo Thanh Hóa": "bao-thanh-hoa",
    "Báo và Phát thanh, truyền hình Thanh Hóa": "bao-ptth-thanh-hoa",
    "Báo và Đài Phát thanh - Truyền hình Thanh Hóa": "bao-ptth-thanh-hoa",
    "Trường Đại học Hồng Đức": "dh-hong-duc",
    "Trường Đại học Lâm nghiệp": "dh-lam-nghiep",
    "Viện Khoa học Lâm nghiệp Việt Nam": "vien-khln-vn",
    "Ban Quản lý Khu bảo tồn thiên nhiên Pù Hu": "bql-bttn-pu-hu",
    "Ban Quản lý Khu bảo tồn thiên nhiên Pù Luông": "bql-bttn-pu-luong",
    "Ban Quản lý Khu bảo tồn thiên nhiên Xuân Liên": "bql-bttn-xuan-lien",
    "Ban Quản lý Vườn quốc gia Bến En": "vqg-ben-en",
    "VQG Bến En": "vqg-ben-en",
    "Ban Quản lý rừng phòng hộ Như Thanh": "bql-rph-nhu-thanh",
    "BQL Quỹ bảo vệ, phát triển rừng và phòng, chống thiên tai tỉnh": "quy-bvptr-pctt",
    "Khu BTTN Ngọc Sơn - Ngổ Luông": "bttn-ngoc-son",
    "VQG Cúc Phương": "vqg-cuc-phuong",
    "VCCI chi nhánh Thanh Hóa": "vcci-thanh-hoa",
    "Liên đoàn Thương mại và Công nghiệp Việt Nam chi nhánh Thanh Hóa": "vcci-thanh-hoa",
    "Hiệp hội doanh nghiệp tỉnh": "hiep-hoi-dn-tinh",
    "Ủy ban MTTQ Việt Nam tỉnh": "mttq-tinh",
    "Mặt trận Tổ quốc tỉnh": "mttq-tinh",
    "Mặt trận Tổ quốc Việt Nam": "mttq-tinh",
    "Ủy ban Mặt trận Tổ quốc tỉnh": "mttq-tinh",
    "UBMTTQ": "mttq-tinh",
    "Hội Liên hiệp Phụ nữ tỉnh Thanh Hóa": "hoi-lhpn-tinh",
    "UBND tỉnh Thanh Hóa": "ubnd-tinh",
    "Ủy ban nhân dân tỉnh": "ubnd-tinh",
    "Chủ tịch UBND tỉnh": "chu-tich-ubnd-tinh",
    "Chủ tịch, các PCT UBND tỉnh": "chu-tich-ubnd-tinh",
    "TTr HĐND tỉnh": "hdnd-tinh",
    "Văn phòng ĐĐBQH và HĐND tỉnh": "vp-dbqh-hdnd",
    "TTr Tỉnh ủy": "thuong-truc-tinh-uy",
    "Ban Thường vụ Tỉnh ủy": "ban-thuong-vu-tinh-uy",
    "Ban Cán sự đảng UBND tỉnh": "ban-can-su-dang-ubnd",
    "Đảng ủy UBND tỉnh": "dang-uy-ubnd-tinh",
    "Văn phòng Tỉnh ủy": "vp-tinh-uy",
    "Ban Tuyên giáo Tỉnh ủy": "ban-tuyen-giao-tu",
    "Ban Tuyên giáo và Dân vận Tỉnh ủy": "ban-tgdv-tu",
    "UBND các huyện, thị xã, thành phố": "ubnd-cap-huyen",
    "UBND cấp huyện": "ubnd-cap-huyen",
    "UBND cấp xã": "ubnd-cap-xa",
}
THAI_NGUYEN_NAMES = {
    "Sở Nông nghiệp và Môi trường": "so-nnmt",
    "SNNMT": "so-nnmt",
    "Sở Tài chính": "so-tai-chinh",
    "Ủy ban MTTQ Việt Nam tỉnh": "mttq-tinh",
    "Mặt trận Tổ quốc Việt Nam tỉnh": "mttq-tinh",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh": "mttq-tinh",
    "Thường trực Tỉnh ủy": "thuong-truc-tinh-uy",
    "Chủ tịch, các Phó Chủ tịch UBND tỉnh": "chu-tich-ubnd-tinh",
    "Các sở, ban, ngành, đoàn thể thuộc tỉnh": "nhom-so-ban-nganh-doan-the",
    "Các đoàn thể chính trị - xã hội": "nhom-to-chuc-ctxh",
    "LĐVP UBND tỉnh": "vp-ubnd-tinh",
    "Trung tâm Thông tin tỉnh": "trung-tam-thong-tin-tinh",
    "UBND các xã, phường": "ubnd-cap-xa",
    "UBND cấp xã": "ubnd-cap-xa",
}
CENTRAL_NAMES = {
    "Bộ Tài nguyên và Môi trường": "bo-tnmt",
    "Bộ Nông nghiệp và PTNT": "bo-nnptnt",
    "Bộ Nông nghiệp và Môi trường": "bo-nnmt",
    "Bộ Kế hoạch và Đầu tư": "bo-khdt",
    "Bộ Tài chính": "bo-tai-chinh",
    "Bộ Giao thông vận tải": "bo-gtvt",
    "Bộ Xây dựng": "bo-xay-dung",
    "Bộ Thông tin và Truyền thông": "bo-tttt",
    "Bộ Khoa học và Công nghệ": "bo-khcn",
    "Bộ Lao động - Thương binh và Xã hội": "bo-ldtbxh",
    "Bộ LĐTBXH": "bo-ldtbxh",
    "Bộ Nội vụ": "bo-noi-vu",
    "Ủy ban Dân tộc": "uy-ban-dan-toc",
    "Bộ Dân tộc và Tôn giáo": "bo-dtt",
    "Bộ Công thương": "bo-cong-thuong",
    "Bộ Văn hóa, Thể thao và Du lịch": "bo-vhttdl",
    "Bộ Y tế": "bo-y-te",
    "Bộ, ngành Trung ương": "nhom-bo-nganh-tw",
    "Văn phòng Chính phủ": "vp-chinh-phu",
    "Ban Bí thư Trung ương Đảng": "ban-bi-thu",
    "Ban Kinh tế Trung ương": "ban-kinh-te-tw",
    "Văn phòng Trung ương Đảng": "vp-tw-dang",
    "Ban Cán sự đảng Bộ Tài nguyên và Môi trường": "ban-csd-bo-tnmt",
}


@pytest.mark.parametrize(
    ("province", "names"),
    [(THANH_HOA, THANH_HOA_NAMES), (THAI_NGUYEN, THAI_NGUYEN_NAMES), (CENTRE, CENTRAL_NAMES)],
)
def test_names_lead_to_their_body(directory: Directory, province: str, names: dict[str, str]) -> None:
    owners = {
        name: [agency.id for agency in directory.all_in(province) if fold(name) in map(fold, agency.names)]
        for name in names
    }
    assert owners == {name: [body] for name, body in names.items()}


# --- mergers and splits ---


@pytest.mark.parametrize("province", PROVINCES)
def test_mergers(directory: Directory, province: str) -> None:
    bodies = registry_of(directory, province).agencies.values()
    found = {body.id: (body.successors[0].id, body.successors[0].since) for body in bodies if len(body.successors) == 1}
    assert found == MERGERS[province]


@pytest.mark.parametrize("province", PROVINCES)
def test_splits(directory: Directory, province: str) -> None:
    bodies = registry_of(directory, province).agencies.values()
    found = {
        body.id: ({heir.id for heir in body.successors}, {heir.since for heir in body.successors})
        for body in bodies
        if body.split
    }
    assert found == {body: (heirs, {since}) for body, (heirs, since) in SPLITS[province].items()}


@pytest.mark.parametrize("province", PROVINCES)
def test_every_inheritance_names_its_basis(directory: Directory, province: str) -> None:
    heirs = [(body.id, heir) for body in registry_of(directory, province).agencies.values() for heir in body.successors]
    assert [(body, heir.id) for body, heir in heirs if not heir.basis] == []
    shares = [(body, heir.id) for body, heir in heirs if body in SPLITS[province] and not heir.scope]
    assert shares == [], "heirs of a divided body say which part is theirs"


@pytest.mark.parametrize("province", [THANH_HOA, CENTRE])
def test_an_old_body_ends_the_day_before_its_heir_begins(directory: Directory, province: str) -> None:
    checked = 0
    for body in registry_of(directory, province).agencies.values():
        for heir in body.successors:
            if heir.since is None:
                assert body.valid_to is None, body.id
                continue
            assert body.valid_to == heir.since - timedelta(days=1), body.id
            began = body_of(directory, province, heir.id).valid_from
            assert began is None or began <= heir.since, heir.id
            checked += 1
    assert checked == {THANH_HOA: 15 + 10, CENTRE: 6 + 8}[province]


@pytest.mark.parametrize("province", PROVINCES)
def test_doubtful_inheritances_are_marked(directory: Directory, province: str) -> None:
    bodies = registry_of(directory, province).agencies.values()
    doubtful = {body.id for body in bodies for heir in body.successors if not heir.certain}
    assert doubtful == DOUBTFUL_HEIRS[province]
    for body in bodies:
        if body.id in doubtful:
            assert not any(heir.certain for heir in body.successors), body.id


@pytest.mark.parametrize("province", PROVINCES)
def test_doubtful_bodies_are_marked_and_explained(directory: Directory, province: str) -> None:
    doubtful = {body.id: body.note for body in registry_of(directory, province).agencies.values() if not body.certain}
    assert set(doubtful) == DOUBTFUL_BODIES[province]
    assert all(doubtful.values())


def test_what_is_known_of_the_numbers_in_doubt(directory: Directory) -> None:
    communes = body_of(directory, THAI_NGUYEN, "ubnd-cap-xa").note or ""
    assert "92 đơn vị" in communes
    assert "1683" in communes
    assert "chưa chắc chắn" in communes
    assert "166 đơn vị" in (body_of(directory, THANH_HOA, "ubnd-cap-xa").note or "")
    assert "chưa xác định" in (body_of(directory, THANH_HOA, "so-nnmt").note or "")


def test_districts_pass_on_their_support_only(directory: Directory) -> None:
    heirs = {heir.id: heir.role for heir in body_of(directory, THANH_HOA, "ubnd-cap-huyen").successors}
    assert heirs == {"ubnd-cap-xa": "support", "nhom-so-theo-linh-vuc": None}
    assert body_of(directory, THANH_HOA, "nhom-so-theo-linh-vuc").open
    for group in ("ubnd-huyen-ven-bien", "chinh-quyen-2-huyen"):
        assert [heir.role for heir in body_of(directory, THANH_HOA, group).successors] == ["support"]


@pytest.mark.parametrize("province", PROVINCES)
def test_chains_of_successors_end(directory: Directory, province: str) -> None:
    for body in registry_of(directory, province).agencies.values():
        reached: set[str] = set()
        front = [heir.id for heir in body.successors]
        while front:
            current = front.pop()
            assert current != body.id, body.id
            if current not in reached:
                reached.add(current)
                front += [heir.id for heir in body_of(directory, province, current).successors]
        if body.successors:
            final = [heir for heir in reached if not body_of(directory, province, heir).successors]
            assert final, body.id
            assert all(body_of(directory, province, heir).valid_to is None for heir in final), body.id


def test_the_province_that_was_reformed_first_needs_no_mapping(directory: Directory) -> None:
    bodies = registry_of(directory, THAI_NGUYEN).agencies.values()
    assert [body.id for body in bodies if body.successors or body.valid_to] == []


def test_abolished_district_units(directory: Directory) -> None:
    for unit in ("quan-hoa", "ba-thuoc", "nga-son", "hau-loc", "hoang-hoa", "sam-son", "quang-xuong", "nghi-son"):
        assert body_of(directory, THANH_HOA, f"ubnd-{unit}").valid_to == date(2025, 6, 30), unit
    assert body_of(directory, THANH_HOA, "ubnd-cap-huyen").valid_to == date(2025, 6, 30)


# --- bodies live while plans name them ---


@pytest.mark.parametrize(
    ("plan_id", "day"),
    [
        ("kh-176", date(2022, 7, 1)),
        ("qd-3825", date(2023, 10, 18)),
        ("kh-kl-81", date(2024, 6, 5)),
        ("kh-thai-nguyen-2026", date(2026, 4, 15)),
    ],
)
def test_rows_name_bodies_that_existed_when_the_plan_was_issued(catalogue: Catalogue, plan_id: str, day: date) -> None:
    plan = catalogue.plan(plan_id)
    assert plan is not None
    named = {body for task in plan.tasks for body in (*task.lead, *task.support)}
    named |= {body for clause in plan.clauses for body in clause.agencies}
    bodies = [body_of(catalogue.directory, plan.province, body) for body in named]
    assert bodies
    assert [
        body.id
        for body in bodies
        if (body.valid_to is not None and body.valid_to < day) or (body.valid_from and body.valid_from > day)
    ] == []


def test_today_s_bearers_are_alive(catalogue: Catalogue) -> None:
    heirs = {
        (plan.province, heir.agency)
        for plan in catalogue.plans
        for task in plan.tasks
        for bearers in task.now.values()
        for heir in bearers
    }
    assert {agency for _, agency in heirs} == {"so-vhttdl", "so-khcn", "so-noi-vu", "so-gddt", "so-y-te", "so-nnmt"}
    for province, agency in heirs:
        assert body_of(catalogue.directory, province, agency).valid_to is None, agency


def test_bearers_of_a_row_are_heirs_of_the_body_it_names(catalogue: Catalogue) -> None:
    for plan in catalogue.plans:
        for task in plan.tasks:
            for old, bearers in task.now.items():
                heirs = {heir.id for heir in body_of(catalogue.directory, plan.province, old).successors}
                assert {bearer.agency for bearer in bearers} <= heirs, task.id


# --- groups ---


@pytest.mark.parametrize("province", [THANH_HOA, THAI_NGUYEN])
def test_the_departments_group_has_every_department_and_vertical_body(directory: Directory, province: str) -> None:
    members = set(body_of(directory, province, "nhom-so-ban-nganh").members)
    kinds = {"so", "co-quan-ngang-so", "ban", "nganh-doc"}
    assert members == {body.id for body in registry_of(directory, province).agencies.values() if body.kind in kinds}
    assert "cong-an-tinh" in members
    assert ("bql-kkt-nghi-son" in members) == (province == THANH_HOA)
    assert not members & ({"mttq-tinh", "chi-cuc-kiem-lam"} | UNIONS)


@pytest.mark.parametrize("province", [THANH_HOA, THAI_NGUYEN])
def test_the_unions_belong_to_a_group_of_their_own_without_the_front(directory: Directory, province: str) -> None:
    assert set(body_of(directory, province, "nhom-to-chuc-ctxh").members) == UNIONS
    with_unions = body_of(directory, province, "nhom-so-ban-nganh-doan-the")
    assert set(with_unions.members) == {"nhom-so-ban-nganh", "nhom-to-chuc-ctxh"}
    holders = {body.id for body in directory.groups_of(province, ["hoi-lhpn-tinh"])}
    assert holders == {"nhom-to-chuc-ctxh", "nhom-so-ban-nganh-doan-the"}
    assert directory.groups_of(province, ["mttq-tinh"]) == ()


def test_the_units_group_adds_the_public_units_of_the_province(directory: Directory) -> None:
    members = set(body_of(directory, THANH_HOA, "nhom-so-ban-nganh-don-vi").members)
    units = {body.id for body in registry_of(directory, THANH_HOA).agencies.values() if body.kind == "su-nghiep"}
    assert members == {"nhom-so-ban-nganh"} | units


@pytest.mark.parametrize(
    ("group", "members"),
    [
        (
            "ubnd-huyen-ven-bien",
            {"ubnd-nga-son", "ubnd-hau-loc", "ubnd-hoang-hoa", "ubnd-sam-son", "ubnd-quang-xuong", "ubnd-nghi-son"},
        ),
        ("chinh-quyen-2-huyen", {"ubnd-quan-hoa", "ubnd-ba-thuoc"}),
        ("chinh-quyen-dia-phuong", {"ubnd-cap-huyen", "ubnd-cap-xa"}),
    ],
)
def test_groups_of_places(directory: Directory, group: str, members: set[str]) -> None:
    found = body_of(directory, THANH_HOA, group)
    assert set(found.members) == members
    assert not found.open
    if group != "chinh-quyen-dia-phuong":
        assert members <= set(body_of(directory, THANH_HOA, "ubnd-cap-huyen").members)


def test_open_groups(directory: Directory) -> None:
    open_groups = {
        province: {body.id for body in registry_of(directory, province).agencies.values() if body.open}
        for province in PROVINCES
    }
    assert open_groups == {
        THANH_HOA: {
            *("nhom-lien-quan", "nhom-hiep-hoi-dn", "nhom-csgd", "nhom-vien-truong", "nhom-khac", "bql-khu-du-lich"),
            "nhom-so-theo-linh-vuc",
        },
        THAI_NGUYEN: {"nhom-lien-quan"},
        CENTRE: {"trung-uong", "nhom-bo-nganh-tw"},
    }
    for province, groups in open_groups.items():
        for group in groups:
            assert body_of(directory, province, group).members == (), group
