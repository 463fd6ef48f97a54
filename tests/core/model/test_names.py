"""Names in every spelling, lists that share a first word, and suggestions."""

from datetime import date

import pytest

from kehoach_cli.core.model.agency import CENTRAL, Agency, Directory, Registry, Successor

BODIES = [
    ("so-nnmt", "Sở Nông nghiệp và Môi trường", "so", ()),
    ("so-ldtbxh", "Sở Lao động - Thương binh và Xã hội", "so", ()),
    ("so-vhttdl", "Sở Văn hóa, Thể thao và Du lịch", "so", ()),
    ("so-tai-chinh", "Sở Tài chính", "so", ()),
    ("so-noi-vu", "Sở Nội vụ", "so", ("SNV",)),
    ("so-ngoai-vu", "Sở Ngoại vụ", "so", ()),
    ("so-y-te", "Sở Y tế", "so", ()),
    ("cong-an-tinh", "Công an tỉnh", "nganh-doc", ()),
    ("bo-chqs", "Bộ Chỉ huy Quân sự tỉnh", "nganh-doc", ("Quân sự tỉnh",)),
    ("ban-dan-toc", "Ban Dân tộc", "co-quan-ngang-so", ()),
    ("ubnd-tinh", "UBND tỉnh Mẫu", "ubnd", ("UBND tỉnh",)),
    ("ubnd-a", "UBND huyện A", "ubnd", ()),
    ("ubnd-b", "UBND huyện B", "ubnd", ()),
    ("ubnd-c", "UBND thành phố C", "ubnd", ()),
]
GROUPS = [
    ("nhom-sbn", "Các sở, ban, ngành", False, ("Sở, ngành",)),
    ("ubnd-cap-xa", "UBND các xã, phường", False, ("UBND cấp xã",)),
    ("nhom-bcd", "Ban Chỉ đạo", True, ()),
    ("nhom-dn", "Các doanh nghiệp", True, ()),
]


@pytest.fixture(scope="module")
def directory() -> Directory:
    bodies = [Agency(one, name, kind, "mau", also=also) for one, name, kind, also in BODIES]
    bodies[0] = Agency(*BODIES[0][:3], "mau", valid_from=date(2025, 3, 1))
    old = Agency("so-nnptnt", "Sở Nông nghiệp và Phát triển nông thôn", "so", "mau", valid_to=date(2025, 2, 28))
    groups = [Agency(one, name, "nhom", "mau", also=also, group=True, open=mo) for one, name, mo, also in GROUPS]
    central = [Agency("bo-ldtbxh", "Bộ Lao động - Thương binh và Xã hội", "bo", CENTRAL)]
    return Directory(
        {
            "mau": Registry("mau", "Mẫu", {one.id: one for one in (*bodies, old, *groups)}),
            CENTRAL: Registry(CENTRAL, "Trung ương", {one.id: one for one in central}),
        }
    )


@pytest.mark.parametrize(
    ("agency_id", "names"),
    [
        ("so-nnmt", "Sở NN&MT; Sở NNMT; Sở NN-MT; Sở NN và MT; SNNMT; SNN&MT; Sở Nông nghiệp - Môi trường; so nn&mt"),
        ("so-nnmt", "Sở Nông nghiệp và MT; Sở Nông nghiệp Môi trường; Sở NN&MT tỉnh Mẫu"),
        ("so-ldtbxh", "Sở LĐTBXH; Sở LĐTB&XH; Sở LĐ-TBXH; Sở LĐ-TB&XH; Sở LĐ - TB và XH; Sở LĐ,TB&XH; SLĐTBXH"),
        ("so-ldtbxh", "Sở Lao động, Thương binh và Xã hội; Sở Lao động - TB&XH"),
        (
            "so-vhttdl",
            "Sở VHTTDL; Sở VHTT&DL; Sở VH,TT&DL; Sở VH, TT & DL; Sở VH-TT-DL; Sở Văn hoá - Thể thao và Du lịch",
        ),
        ("so-nnptnt", "Sở NN&PTNT; Sở Nông nghiệp và PTNT; Sở NN và PTNT; SNNPTNT"),
        ("ubnd-tinh", "Ủy ban nhân dân tỉnh; UBND tỉnh Mẫu; Ủy ban nhân dân tỉnh Mẫu"),
        ("bo-chqs", "Bộ CHQS tỉnh; BCHQS tỉnh; Bộ CHQS"),
        ("cong-an-tinh", "Công an tỉnh Mẫu; Công an"),
    ],
)
def test_one_body_in_many_spellings(directory: Directory, agency_id: str, names: str) -> None:
    for name in names.split("; "):
        assert [found.id for found in directory.resolve(name, "mau")] == [agency_id], name


@pytest.mark.parametrize("name", ["Sở NV", "Sở Ytế", "Sở N N", "UBND", "Sở Tài", "Sở Nông", "Sở", "NNMT", ""])
def test_what_may_mean_two_bodies_or_none_is_nobody(directory: Directory, name: str) -> None:
    assert directory.resolve(name, "mau") == ()


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("Các Sở: Tài chính, Y tế, Nội vụ", "so-tai-chinh so-y-te so-noi-vu"),
        ("Các sở Tài chính, Y tế và Nội vụ", "so-tai-chinh so-y-te so-noi-vu"),
        ("Sở Tài chính, Nội vụ", "so-tai-chinh so-noi-vu"),
        ("Các Sở: NN&MT, VH,TT&DL, Công an tỉnh", "so-nnmt so-vhttdl cong-an-tinh"),
        ("Sở Văn hóa, Thể thao và Du lịch, Y tế", "so-vhttdl so-y-te"),
        ("Giám đốc các Sở: Tài chính, Y tế; Chủ tịch UBND các xã, phường", "so-tai-chinh so-y-te ubnd-cap-xa"),
        ("Công an, Quân sự tỉnh", "cong-an-tinh bo-chqs"),
        ("UBND các huyện: A, B và thành phố C", "ubnd-a ubnd-b ubnd-c"),
        ("Sở Y tế (chủ trì), Sở Tài chính (phối hợp)", "so-y-te so-tai-chinh"),
        ("Sở NN&PTNT (nay là Sở Nông nghiệp và Môi trường)", "so-nnptnt"),
        ("Ban Chỉ đạo 57 tỉnh; Các doanh nghiệp trên địa bàn", "nhom-bcd nhom-dn"),
        ("Sở Y tế tỉnh Mẫu và Công an tỉnh Mẫu", "so-y-te cong-an-tinh"),
        ("Thủ trưởng các sở, ban, ngành", "nhom-sbn"),
    ],
)
def test_lists_share_their_first_word(directory: Directory, cell: str, named: str) -> None:
    found = directory.read_cell("mau", cell)
    assert " ".join(mention.id for mention in found.mentions) == named
    assert found.leftovers == ()


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("Sở Tài chính; Nội vụ", "Nội vụ"),
        ("Tài chính, Y tế", "Tài chính, Y tế"),
        ("Công an tỉnh, Nội vụ", "Nội vụ"),
        ("Sở Tài chính, Vũ trụ", "Vũ trụ"),
        ("Sở Y tế/Sở Tài chính", "/"),
        ("UBND thành phố Mẫu", "UBND thành phố Mẫu"),
    ],
)
def test_what_no_list_explains_is_left_over_as_printed(directory: Directory, cell: str, left: str) -> None:
    assert directory.read_cell("mau", cell).leftovers == (left,)


@pytest.mark.parametrize(
    ("day", "agency_id"), [(date(2024, 1, 1), "so-nnptnt"), (date(2026, 1, 1), "so-nnmt"), (None, "so-nnmt")]
)
def test_a_field_alone_means_the_department_of_its_day(directory: Directory, day: date | None, agency_id: str) -> None:
    found = directory.read_cell("mau", "Các Sở: Y tế, Nông nghiệp", day)
    assert [mention.id for mention in found.mentions] == ["so-y-te", agency_id]


def test_a_limit_binds_groups_and_no_body_named_beside_them(directory: Directory) -> None:
    found = directory.read_cell("mau", "Sở Tài chính, các sở, ban, ngành có liên quan")
    assert [(mention.id, mention.limited) for mention in found.mentions] == [
        ("so-tai-chinh", False),
        ("nhom-sbn", True),
    ]
    found = directory.read_cell("mau", "Sở, ngành theo chức năng, nhiệm vụ được giao")
    assert [(mention.id, mention.limited) for mention in found.mentions] == [("nhom-sbn", True)]
    assert found.leftovers == ()


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("Sở Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",)),
        ("Sở Tài chánh", ("Sở Tài chính",)),
        ("Sở Tư pháp", ()),
        ("UBND cấp huyện", ()),
        ("Tòa án nhân dân tỉnh", ()),
        ("Ban Tài chính", ()),
        ("Bộ Tài chính", ()),
        ("Hội Nông dân tỉnh", ()),
    ],
)
def test_suggestions_are_of_the_same_kind_and_level(directory: Directory, asked: str, near: tuple[str, ...]) -> None:
    assert directory.suggest(asked, "mau") == near


def city(**bodies: str) -> Directory:
    own = Agency("ubnd-tinh", "UBND thành phố Phố", "ubnd", "pho", short=("UBND thành phố",))
    others = [Agency(agency_id, name, "nganh-doc", "pho") for agency_id, name in bodies.items()]
    return Directory({"pho": Registry("pho", "Phố", {one.id: one for one in (own, *others)})})


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("UBND tỉnh", "UBND thành phố Phố"),
        ("Ủy ban nhân dân tỉnh", "UBND thành phố Phố"),
        ("Công an tỉnh", "Công an thành phố"),
        ("Văn phòng Tỉnh ủy", "Văn phòng Thành ủy"),
        ("Tỉnh đoàn", "Thành đoàn"),
    ],
)
def test_in_a_city_that_was_no_province_a_name_with_tinh_is_not_taken_but_answered(asked: str, meant: str) -> None:
    known = city(ca="Công an thành phố", vp_tu="Văn phòng Thành ủy", doan="Thành đoàn")
    assert known.id_of("pho", asked) is None
    assert known.read_cell("pho", asked).mentions == ()
    assert known.suggest(asked, "pho") == (meant,)


@pytest.mark.parametrize("asked", ["Công an thành phố", "Thành ủy", "UBND thành phố", "Văn phòng Thành ủy"])
def test_in_a_province_a_city_is_a_district_and_no_body_of_the_province_is_offered(asked: str) -> None:
    names = ("UBND tỉnh", "Công an tỉnh", "Văn phòng Tỉnh ủy", "Chánh Văn phòng UBND tỉnh", "Công ty Điện lực Nghệ An")
    agencies = {f"a{place}": Agency(f"a{place}", name, "nganh-doc", "mau") for place, name in enumerate(names)}
    assert Directory({"mau": Registry("mau", "Mẫu", agencies)}).suggest(asked, "mau") == ()


@pytest.mark.parametrize("cell", ["Ủy ban nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh", "Cơ quan nhân dân"])
def test_everyday_words_of_an_open_group_do_not_end_a_name_nobody_knows(cell: str) -> None:
    group = Agency("nhom-khac", "Nhân dân", "nhom", "mau", group=True, open=True)
    known = Directory({"mau": Registry("mau", "Mẫu", {"nhom-khac": group})})
    found = known.read_cell("mau", cell)
    assert found.mentions == ()
    assert found.leftovers == (cell,)
    assert [one.id for one in known.read_cell("mau", "Sở Lạ và nhân dân").mentions] == ["nhom-khac"]


def test_who_has_the_duties_of_a_body_on_a_day() -> None:
    def body(agency_id: str, *heirs: Successor) -> Agency:
        return Agency(agency_id, agency_id, "so", "cu", successors=heirs)

    spring, summer = date(2025, 3, 1), date(2025, 7, 1)
    old = body("so-tnmt", Successor("so-nnmt", spring))
    split = body("so-tttt", Successor("so-nnmt", spring), Successor("so-tnmt", spring))
    own = {one.id: one for one in (old, split, body("so-nnmt", Successor("moi/so-nnmt", summer)))}
    heir = Agency("so-nnmt", "so-nnmt", "so", "moi")
    known = Directory({"cu": Registry("cu", "Cũ", own), "moi": Registry("moi", "Mới", {"so-nnmt": heir})})
    assert known.heir_at(old, date(2024, 1, 1)) is old
    assert known.heir_at(old, date(2025, 4, 1)) is own["so-nnmt"]
    assert known.heir_at(old, summer) is heir
    assert known.heir_at(split, summer) is split
    assert known.official_name("cu", "moi/so-nnmt") == "so-nnmt"
    assert known.name("cu", "moi/so-nnmt") == "so-nnmt (Mới)"
