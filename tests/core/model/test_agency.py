import unicodedata
from collections.abc import Iterable

import pytest

from kehoach_cli.core.model.agency import CENTRAL, Agency, Directory, Mention, Registry, Successor
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.viet.text import loose_key, match_key

THANH_HOA, THAI_NGUYEN = "thanh-hoa", "thai-nguyen"


def body(
    agency_id: str,
    name: str = "",
    *heirs: Successor,
    members: tuple[str, ...] = (),
    open_group: bool = False,
    also: tuple[str, ...] = (),
) -> Agency:
    return Agency(
        agency_id,
        name or agency_id,
        "so",
        "tinh",
        also=also,
        successors=heirs,
        group=bool(members) or open_group,
        open=open_group,
        members=members,
    )


def directory(*bodies: Agency, central: Iterable[Agency] = ()) -> Directory:
    return Directory(
        {
            "tinh": Registry("tinh", "Tỉnh", {agency.id: agency for agency in bodies}),
            CENTRAL: Registry(CENTRAL, "Trung ương", {agency.id: agency for agency in central}),
        }
    )


def ids(agencies: Iterable[Agency]) -> set[str]:
    return {agency.id for agency in agencies}


NAMES_IN_PLANS = [
    ("Sở Tài nguyên và Môi trường", "so-tnmt"),
    ("Sở TN&MT", "so-tnmt"),
    ("Sở Tài nguyên môi trường", "so-tnmt"),
    ("Sở Nông nghiệp và Phát triển nông thôn", "so-nnptnt"),
    ("Sở Nông nghiệp và PTNT", "so-nnptnt"),
    ("Sở Nông nghiệp và PTNN", "so-nnptnt"),
    ("Sở Kế hoạch và Đầu tư", "so-khdt"),
    ("Sở Tài chính", "so-tai-chinh"),
    ("Sở Công Thương", "so-cong-thuong"),
    ("Sở Công thương", "so-cong-thuong"),
    ("Sở Xây dựng", "so-xay-dung"),
    ("Sở Y tế", "so-y-te"),
    ("Sở Giáo dục và Đào tạo", "so-gddt"),
    ("Sở Khoa học và Công nghệ", "so-khcn"),
    ("Sở Thông tin và Truyền thông", "so-tttt"),
    ("Sở Giao thông vận tải", "so-gtvt"),
    ("Sở Lao động - Thương binh và Xã hội", "so-ldtbxh"),
    ("Sở Văn hóa, Thể thao và Du lịch", "so-vhttdl"),
    ("Sở Nội vụ", "so-noi-vu"),
    ("Sở Ngoại vụ", "so-ngoai-vu"),
    ("Ban Dân tộc", "ban-dan-toc"),
    ("Thanh tra tỉnh", "thanh-tra-tinh"),
    ("Văn phòng UBND tỉnh", "vp-ubnd-tinh"),
    ("Ban Quản lý Khu kinh tế Nghi Sơn và các KCN", "bql-kkt-nghi-son"),
    ("Ban quản lý KKT Nghi Sơn và các KCN", "bql-kkt-nghi-son"),
    ("BQL KKT Nghi sơn và các KCN", "bql-kkt-nghi-son"),
    ("Công an tỉnh", "cong-an-tinh"),
    ("Ngân hàng nhà nước Việt Nam chi nhánh tỉnh Thanh Hóa", "nhnn-thanh-hoa"),
    ("Ngân hàng nhà nước Việt Nam chi nhánh Thanh Hóa", "nhnn-thanh-hoa"),
    ("Chi cục Kiểm lâm Thanh Hóa", "chi-cuc-kiem-lam"),
    ("Chi cục Kiểm lâm thanh Hoá", "chi-cuc-kiem-lam"),
    ("Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch", "tt-xuc-tien"),
    ("Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch tỉnh", "tt-xuc-tien"),
    ("Trung tâm Xúc tiến Đầu Tư, Thương Mại & Du Lịch Thanh Hóa", "tt-xuc-tien"),
    ("Văn phòng Điều phối Chương trình xây dựng nông thôn mới tỉnh", "vp-dieu-phoi-ntm"),
    ("Đài Phát thanh và Truyền hình", "dai-ptth"),
    ("Đài Phát thanh và Truyền hình tỉnh", "dai-ptth"),
    ("Báo Thanh Hóa", "bao-thanh-hoa"),
    ("Trường Đại học Hồng Đức", "dh-hong-duc"),
    ("Trường Đại học Lâm nghiệp", "dh-lam-nghiep"),
    ("Viện Khoa học Lâm nghiệp Việt Nam", "vien-khln-vn"),
    ("BQL Khu BTTN Pù Hu", "bql-bttn-pu-hu"),
    ("BQL Khu BTTN Pù Luông", "bql-bttn-pu-luong"),
    ("Khu BTTN Xuân Liên", "bql-bttn-xuan-lien"),
    ("Vườn Quốc gia Bến En", "vqg-ben-en"),
    ("VQG Bến En", "vqg-ben-en"),
    ("BQL RPH Như Thanh", "bql-rph-nhu-thanh"),
    ("BQL Quỹ bảo vệ phát triển rừng và phòng chống thiên tai tỉnh Thanh Hóa", "quy-bvptr-pctt"),
    ("Khu Bảo tồn thiên nhiên Ngọc Sơn - Ngổ Luông tỉnh Hòa Bình", "bttn-ngoc-son"),
    ("Vườn Quốc gia Cúc Phương", "vqg-cuc-phuong"),
    ("Phòng Thương mại và Công nghiệp Việt Nam chi nhánh Thanh Hóa", "vcci-thanh-hoa"),
    ("Hiệp hội doanh nghiệp tỉnh", "hiep-hoi-dn-tinh"),
    ("Mặt trận Tổ quốc tỉnh", "mttq-tinh"),
    ("Mặt trận Tổ quốc Việt Nam", "mttq-tinh"),
    ("Mặt trận Tổ quốc Việt Nam tỉnh Thanh Hóa", "mttq-tinh"),
    ("Ủy ban Mặt trận Tổ quốc tỉnh", "mttq-tinh"),
    ("UBMTTQ", "mttq-tinh"),
    ("Mặt trận Tổ quốc", "mttq-tinh"),
    ("Ủy ban Mặt trận Tổ quốc", "mttq-tinh"),
    ("MTTQ", "mttq-tinh"),
    ("Hội Liên Hiệp Phụ nữ tỉnh Thanh Hóa", "hoi-lhpn-tinh"),
    ("UBND tỉnh", "ubnd-tinh"),
    ("UBND tỉnh Thanh Hóa", "ubnd-tinh"),
    ("Ủy ban nhân dân tỉnh", "ubnd-tinh"),
    ("Hội đồng nhân dân tỉnh Thanh Hóa", "hdnd-tinh"),
    ("TTr HĐND tỉnh", "hdnd-tinh"),
    ("Văn phòng ĐĐBQH và HĐND tỉnh", "vp-dbqh-hdnd"),
    ("Ban Thường vụ Tỉnh ủy", "ban-thuong-vu-tinh-uy"),
    ("Ban Cán sự đảng UBND tỉnh", "ban-can-su-dang-ubnd"),
    ("Văn phòng Tỉnh ủy", "vp-tinh-uy"),
    ("Ban Tuyên giáo Tỉnh ủy", "ban-tuyen-giao-tu"),
    ("Bộ Công thương", "bo-cong-thuong"),
    ("Các sở, ban, ngành cấp tỉnh", "nhom-so-ban-nganh"),
    ("Các sở, ban ngành cấp tỉnh", "nhom-so-ban-nganh"),
    ("các sở, ban ngành thuộc tỉnh", "nhom-so-ban-nganh"),
    ("Các Sở ban ngành", "nhom-so-ban-nganh"),
    ("Sở, ban, ngành", "nhom-so-ban-nganh"),
    ("các sở, ngành", "nhom-so-ban-nganh"),
    ("các sở, ban, ngành, đơn vị cấp tỉnh", "nhom-so-ban-nganh-don-vi"),
    ("các sở, ngành, đơn vị cấp tỉnh", "nhom-so-ban-nganh-don-vi"),
    ("Các Sở, ban, ngành, đoàn thể", "nhom-so-ban-nganh-doan-the"),
    ("Sở, ban, ngành, đoàn thể cấp tỉnh", "nhom-so-ban-nganh-doan-the"),
    ("Các Sở ban ngành đoàn thể cấp tỉnh", "nhom-so-ban-nganh-doan-the"),
    ("các tổ chức chính trị - xã hội", "nhom-to-chuc-ctxh"),
    ("các đoàn thể chính trị - xã hội", "nhom-to-chuc-ctxh"),
    ("UBND cấp huyện", "ubnd-cap-huyen"),
    ("UBND các huyện, thị xã, thành phố", "ubnd-cap-huyen"),
    ("UBND các huyện, thành phố ven biển", "ubnd-huyen-ven-bien"),
    ("chính quyền địa phương 02 huyện Quan Hóa và Bá Thước", "chinh-quyen-2-huyen"),
    ("chính quyền địa phương", "chinh-quyen-dia-phuong"),
    ("Chính quyền các xã vùng đệm", "ubnd-cap-xa"),
    ("UBND cấp xã", "ubnd-cap-xa"),
    ("các đơn vị liên quan", "nhom-lien-quan"),
    ("Các đơn vị khác có liên quan", "nhom-lien-quan"),
    ("các đơn vị có liên quan", "nhom-lien-quan"),
    ("các cơ quan đơn vị có liên quan", "nhom-lien-quan"),
    ("các bên liên quan", "nhom-lien-quan"),
    ("các hiệp hội doanh nghiệp, doanh nhân trên địa bàn tỉnh", "nhom-hiep-hoi-dn"),
    ("các cơ sở giáo dục trên địa bàn tỉnh", "nhom-csgd"),
    (
        "Các trường, viện, trung tâm nghiên cứu; các tổ chức, cá nhân cung ứng dịch vụ",
        "nhom-vien-truong",
    ),
    ("Ban quản lý các khu, điềm du lịch của tỉnh", "bql-khu-du-lich"),
    ("Các huyện, thị, thành ủy, đảng ủy trực thuộc", "nhom-cap-uy"),
    ("Các cấp ủy đảng", "nhom-cap-uy"),
]


class TestResolving:
    @pytest.mark.parametrize(("name", "agency_id"), NAMES_IN_PLANS)
    def test_every_name_printed_in_the_plans(self, catalogue: Catalogue, name: str, agency_id: str) -> None:
        for text in (name, name.upper(), unicodedata.normalize("NFD", name), f" {name.replace(' ', '  ')}."):
            assert [agency.id for agency in catalogue.directory.resolve(text, THANH_HOA)] == [agency_id]

    @pytest.mark.parametrize(
        ("name", "agency_id"),
        [
            ("Sở Nông nghiệp và Môi trường", "so-nnmt"),
            ("SNNMT", "so-nnmt"),
            ("Sở Tài chính", "so-tai-chinh"),
            ("LĐVP UBND tỉnh", "vp-ubnd-tinh"),
            ("Mặt trận Tổ quốc Việt Nam tỉnh", "mttq-tinh"),
            ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "mttq-tinh"),
            ("Ủy ban MTTQ Việt Nam tỉnh", "mttq-tinh"),
            ("Trung tâm Thông tin tỉnh", "trung-tam-thong-tin-tinh"),
            ("Sở, ban, ngành, đoàn thể thuộc tỉnh", "nhom-so-ban-nganh-doan-the"),
            ("các đoàn thể chính trị - xã hội", "nhom-to-chuc-ctxh"),
            ("UBND các xã, phường", "ubnd-cap-xa"),
            ("Bộ Nông nghiệp và Môi trường", "bo-nnmt"),
        ],
    )
    def test_names_of_the_other_province(self, catalogue: Catalogue, name: str, agency_id: str) -> None:
        assert ids(catalogue.directory.resolve(name, THAI_NGUYEN)) == {agency_id}

    @pytest.mark.parametrize(
        "text", ["so-y-te", "Sở Y tế", "sở y tế", "SỞ Y TẾ", "so y te", "SO Y TE", "SYT", "syt", "Sở\u00a0Y tế"]
    )
    def test_a_name_of_several_provinces_is_answered_for_each(self, catalogue: Catalogue, text: str) -> None:
        found = catalogue.directory.resolve(text)
        assert {(agency.province, agency.id) for agency in found} == {(THANH_HOA, "so-y-te"), (THAI_NGUYEN, "so-y-te")}
        assert [agency.province for agency in catalogue.directory.resolve(text, THANH_HOA)] == [THANH_HOA]

    @pytest.mark.parametrize("text", ["thai-nguyen/so-y-te", "thai-nguyen/Sở Y tế", "thai-nguyen/SYT"])
    def test_the_province_can_stand_before_the_name(self, catalogue: Catalogue, text: str) -> None:
        for asked in (None, THANH_HOA):
            (found,) = catalogue.directory.resolve(text, asked)
            assert (found.province, found.id) == (THAI_NGUYEN, "so-y-te")

    @pytest.mark.parametrize(
        "text", ["Sở Vũ trụ", "", " ", "hanoi/so-y-te", "Sở", "thanh-hoa/", "Sở Y tế và Môi trường"]
    )
    def test_an_unknown_name_is_nobody(self, catalogue: Catalogue, text: str) -> None:
        assert catalogue.directory.resolve(text) == ()

    @pytest.mark.parametrize("province", [THANH_HOA, THAI_NGUYEN, CENTRAL])
    def test_typing_without_accents_finds_every_name_that_it_tells_apart(
        self, catalogue: Catalogue, province: str
    ) -> None:
        registry = catalogue.directory.registries[province]
        bearers: dict[str, set[str]] = {}
        for agency in registry.agencies.values():
            for name in agency.names:
                bearers.setdefault(loose_key(name), set()).add(agency.id)
        for typed, ids in bearers.items():
            found = registry.resolve(typed)
            assert (found.id if found else None) == (next(iter(ids)) if len(ids) == 1 else None)

    def test_no_two_bodies_of_a_province_share_a_name(self, catalogue: Catalogue) -> None:
        for registry in catalogue.directory.registries.values():
            names = [(match_key(name), agency.id) for agency in registry.agencies.values() for name in agency.names]
            assert len({key for key, _ in names}) == len(set(names))

    def test_missing_accents_that_leave_a_choice_choose_nobody(self) -> None:
        known = directory(body("a", "Sở Tá"), body("b", "Sở Tà"))
        assert known.resolve("so ta") == ()
        assert ids(known.resolve("SỞ TÀ")) == {"b"}

    def test_a_wrong_accent_is_no_missing_accent(self) -> None:
        assert directory(body("a", "Sở Tá")).resolve("Sở Tã") == ()

    def test_bodies_of_the_centre_are_known_in_every_province(self) -> None:
        known = directory(body("so-x", "Sở X"), central=[body("bo-x", "Bộ X")])
        assert ids(known.resolve("Bộ X", "tinh")) == {"bo-x"}
        assert known.resolve("Sở X", CENTRAL) == ()
        assert known.name("tinh", "bo-x") == "Bộ X"
        assert known.name("tinh", "khong-co") == "khong-co"
        assert known.get(CENTRAL, "so-x") is None


class TestSuggesting:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Sở Ytế", "Sở Y tế"),
            ("Sở Tài chánh", "Sở Tài chính"),
            ("Sở Tài nguyên và Mội trường", "Sở Tài nguyên và Môi trường"),
            ("so giao duc dao tap", "Sở Giáo dục và Đào tạo"),
            ("Văn phòng uy ban nhân dân", "Văn phòng UBND tỉnh"),
        ],
    )
    def test_a_slip_leads_to_the_official_name(self, catalogue: Catalogue, text: str, name: str) -> None:
        assert catalogue.directory.resolve(text, THANH_HOA) == ()
        suggested = catalogue.directory.suggest(text, THANH_HOA)
        assert name in suggested
        assert len(suggested) <= 3

    def test_nonsense_leads_nowhere(self, catalogue: Catalogue) -> None:
        assert catalogue.directory.suggest("xyzzy") == ()


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "named"),
        [
            ("Sở Y tế", ["so-y-te"]),
            ("Sở Văn hóa, Thể thao và Du lịch", ["so-vhttdl"]),
            (
                "Sở Giáo dục và Đào tạo, Trường Đại học Hồng Đức, các cơ sở giáo dục trên địa bàn tỉnh.",
                ["so-gddt", "dh-hong-duc", "nhom-csgd"],
            ),
            (
                ":, Sở Tài nguyên và Môi trường, Ban Quản lý Khu kinh tế Nghi Sơn và các KCN.",
                ["so-tnmt", "bql-kkt-nghi-son"],
            ),
            (
                "Sở Văn hóa, Thể thao và Du lịch, Sở Nông nghiệp và PTNT và Sở Tài chính",
                ["so-vhttdl", "so-nnptnt", "so-tai-chinh"],
            ),
            (
                "Sở Lao động - Thương binh và Xã hội; Sở Nông nghiệp và PTNT; Ban Dân tộc; và các đơn vị liên quan",
                ["so-ldtbxh", "so-nnptnt", "ban-dan-toc", "nhom-lien-quan"],
            ),
            (
                "BQL KKT Nghi sơn và các KCN,  UBND cấp huyện ; Trung tâm Xúc tiến Đầu Tư, Thương Mại & Du Lịch Thanh Hóa",
                ["bql-kkt-nghi-son", "ubnd-cap-huyen", "tt-xuc-tien"],
            ),
            ("Các Sở, ban, ngành, đoàn thể; UBND cấp huyện", ["nhom-so-ban-nganh-doan-the", "ubnd-cap-huyen"]),
            ("Ủy ban Mặt trận Tổ quốc tỉnh và các tổ chức chính trị - xã hội", ["mttq-tinh", "nhom-to-chuc-ctxh"]),
            ("Chi cục Kiểm lâm thanh Hoá, UBND các huyện, thị xã, thành phố", ["chi-cuc-kiem-lam", "ubnd-cap-huyen"]),
            ("", []),
            ("\u00a0", []),
        ],
    )
    def test_the_longest_known_names_are_read_and_nothing_is_left(
        self, catalogue: Catalogue, cell: str, named: list[str]
    ) -> None:
        for text in (cell, unicodedata.normalize("NFD", cell), cell.upper()):
            read = catalogue.directory.read_cell(THANH_HOA, text)
            assert [mention.id for mention in read.mentions] == named
            assert read.leftovers == ()
            assert not any(mention.limited for mention in read.mentions)

    @pytest.mark.parametrize(
        ("cell", "named"),
        [
            (
                "Các Sở, ban ngành có liên quan và UBND các huyện, thị xã, thành phố",
                [("nhom-so-ban-nganh", True), ("ubnd-cap-huyen", False)],
            ),
            (
                "Các sở, ban, ngành, đơn vị, UBND cấp huyện có liên quan",
                [("nhom-so-ban-nganh-don-vi", True), ("ubnd-cap-huyen", True)],
            ),
            ("Các sở, ban, ngành, đơn vị có liên quan", [("nhom-so-ban-nganh-don-vi", True)]),
            ("Sở Y tế; các sở, ban, ngành có liên quan", [("so-y-te", False), ("nhom-so-ban-nganh", True)]),
            ("Sở Y tế và các đơn vị có liên quan", [("so-y-te", False), ("nhom-lien-quan", False)]),
        ],
    )
    def test_a_limit_binds_what_it_stands_behind(
        self, catalogue: Catalogue, cell: str, named: list[tuple[str, bool]]
    ) -> None:
        read = catalogue.directory.read_cell(THANH_HOA, cell)
        assert [(mention.id, mention.limited) for mention in read.mentions] == named
        assert read.leftovers == ()

    @pytest.mark.parametrize(
        ("cell", "named", "left"),
        [
            ("Sở Y tế, Sở Vũ trụ, Sở Tài chính", ["so-y-te", "so-tai-chinh"], "sở vũ trụ"),
            ("Ban Vũ trụ và Sở Y tế", ["so-y-te"], "ban vũ trụ"),
            ("Sở Y tế và các trạm ở xa", ["so-y-te"], "các trạm ở xa"),
            ("các đơn vị", [], "các đơn vị"),
            ("Sở Vũ trụ", [], "sở vũ trụ"),
            ("Sở Y tếm", [], "sở y tếm"),
        ],
    )
    def test_what_is_unknown_is_left_over(self, catalogue: Catalogue, cell: str, named: list[str], left: str) -> None:
        read = catalogue.directory.read_cell(THANH_HOA, cell)
        assert [mention.id for mention in read.mentions] == named
        assert any(left in piece.casefold() for piece in read.leftovers)

    def test_a_conjunction_behind_a_name_begins_no_list(self, catalogue: Catalogue) -> None:
        cell = "UBND xã, phường và các đơn vị hoạt động hóa chất trên địa bàn tỉnh"
        read = catalogue.directory.read_cell(THANH_HOA, cell)
        assert [(mention.id, mention.text) for mention in read.mentions] == [("ubnd-cap-xa", "UBND xã, phường")]

    def test_the_province_s_own_body_stands_before_one_of_the_centre(self) -> None:
        known = directory(body("so-x", "Cơ quan X"), central=[body("bo-x", "Cơ quan X"), body("bo-y", "Bộ Y")])
        read = known.read_cell("tinh", "Cơ quan X; Bộ Y")
        assert read.mentions == (Mention("so-x", "Cơ quan X"), Mention("bo-y", "Bộ Y"))

    def test_a_name_inside_a_longer_one_is_not_a_mention(self) -> None:
        known = directory(body("a", "Sở Văn hóa"), body("b", "Sở Văn hóa, Thể thao"), body("c", "Thể thao"))
        assert [mention.id for mention in known.read_cell("tinh", "Sở Văn hóa, Thể thao và Du lịch").mentions] == ["b"]
        assert [mention.id for mention in known.read_cell("tinh", "Sở Văn hóa; Thể thao").mentions] == ["a", "c"]

    def test_a_registry_without_bodies_leaves_everything_over(self) -> None:
        read = directory().read_cell("tinh", "Sở Y tế")
        assert read.mentions == ()
        assert read.leftovers

    def test_the_printed_cells_of_the_plans_name_only_what_their_rows_list(self, catalogue: Catalogue) -> None:
        cells = [
            (f"{plan.id}/{row.id}", plan.province, row.as_issued[role], set(listed))
            for plan in catalogue.plans
            for row in plan.tasks
            for role, listed in (("lead", row.lead), ("support", row.support))
            if role in row.as_issued
        ]
        assert len(cells) > 200
        odd = {
            ref: named - listed
            for ref, province, cell, listed in cells
            if not (named := {mention.id for mention in catalogue.directory.read_cell(province, cell).mentions})
            <= listed
        }
        assert odd == {}

    @pytest.mark.parametrize(
        ("ref", "limited"),
        [
            ("qd-3825/PL.VIII.5.2", {"nhom-so-ban-nganh"}),
            ("qd-3825/PL.VIII.5.8", {"nhom-so-ban-nganh"}),
            ("qd-3825/PL.VIII.5.9", {"nhom-so-ban-nganh"}),
            ("kh-176/PL2.III.1", {"nhom-so-ban-nganh-don-vi", "ubnd-cap-huyen"}),
            ("kh-176/PL2.III.2", {"nhom-so-ban-nganh-don-vi"}),
        ],
    )
    def test_the_limited_groups_of_the_plans(self, catalogue: Catalogue, ref: str, limited: set[str]) -> None:
        row = catalogue.items[ref].row
        cell = catalogue.directory.read_cell(THANH_HOA, row.as_issued["support"])
        assert {mention.id for mention in cell.mentions if mention.limited} == limited


HEIRS = [
    ("so-tnmt", {"so-nnmt"}),
    ("so-nnptnt", {"so-nnmt"}),
    ("vp-dieu-phoi-ntm", {"so-nnmt"}),
    ("so-khdt", {"so-tai-chinh"}),
    ("so-gtvt", {"so-xay-dung"}),
    ("ban-dan-toc", {"so-dan-toc-ton-giao"}),
    ("dai-ptth", {"bao-ptth-thanh-hoa"}),
    ("bao-thanh-hoa", {"bao-ptth-thanh-hoa"}),
    ("ban-can-su-dang-ubnd", {"dang-uy-ubnd-tinh"}),
    ("ban-tuyen-giao-tu", {"ban-tgdv-tu"}),
    ("nhnn-thanh-hoa", {"nhnn-khu-vuc"}),
    ("bo-tnmt", {"bo-nnmt"}),
    ("bo-khdt", {"bo-tai-chinh"}),
    ("so-tttt", {"so-khcn", "so-vhttdl", "cong-an-tinh"}),
    ("so-ldtbxh", {"so-noi-vu", "so-gddt", "so-y-te", "so-nnmt", "cong-an-tinh"}),
    ("so-tai-chinh", set()),
    ("so-y-te", set()),
    ("thanh-tra-tinh", set()),
]


class TestHeirs:
    @pytest.mark.parametrize(("old", "heirs"), HEIRS)
    def test_who_took_over(self, catalogue: Catalogue, old: str, heirs: set[str]) -> None:
        agency = catalogue.directory.get(THANH_HOA, old)
        assert agency is not None
        assert ids(catalogue.directory.heirs(agency)) == heirs
        assert agency.split == (len(heirs) > 1)

    def test_a_chain_is_followed_to_its_end(self) -> None:
        known = directory(body("a", "", Successor("b")), body("b", "", Successor("c")), body("c"))
        assert ids(known.heirs(known.registries["tinh"].agencies["a"])) == {"c"}

    def test_a_split_on_the_way_names_its_heirs(self) -> None:
        known = directory(
            body("a", "", Successor("b")), body("b", "", Successor("c"), Successor("d")), body("c"), body("d")
        )
        assert ids(known.heirs(known.registries["tinh"].agencies["a"])) == {"c", "d"}

    def test_a_circle_or_an_unknown_heir_ends_the_search(self) -> None:
        known = directory(
            body("a", "", Successor("b")), body("b", "", Successor("a")), body("x", "", Successor("khong-co"))
        )
        agencies = known.registries["tinh"].agencies
        assert len(known.heirs(agencies["a"])) <= 1
        assert known.heirs(agencies["x"]) == ()
        assert set(known.predecessors(agencies["a"])) == {"b"}


class TestPredecessors:
    @pytest.mark.parametrize(
        ("heir", "before"),
        [
            ("so-nnmt", {"so-tnmt", "so-nnptnt", "vp-dieu-phoi-ntm"}),
            ("so-tai-chinh", {"so-khdt"}),
            ("so-xay-dung", {"so-gtvt"}),
            ("so-dan-toc-ton-giao", {"ban-dan-toc"}),
            ("bao-ptth-thanh-hoa", {"dai-ptth", "bao-thanh-hoa"}),
            ("dang-uy-ubnd-tinh", {"ban-can-su-dang-ubnd"}),
            ("bo-nnmt", {"bo-tnmt", "bo-nnptnt"}),
            ("so-y-te", set()),
            ("so-khcn", set()),
            ("so-noi-vu", set()),
            ("cong-an-tinh", set()),
        ],
    )
    def test_only_undivided_duties_are_inherited(self, catalogue: Catalogue, heir: str, before: set[str]) -> None:
        agency = catalogue.directory.get(THANH_HOA, heir)
        assert agency is not None
        assert set(catalogue.directory.predecessors(agency)) == before

    def test_a_province_has_its_own_history(self, catalogue: Catalogue) -> None:
        agency = catalogue.directory.get(THAI_NGUYEN, "so-nnmt")
        assert agency is not None
        assert catalogue.directory.predecessors(agency) == {}

    def test_a_chain_is_told_oldest_first(self) -> None:
        known = directory(
            body("a", "", Successor("b")),
            body("b", "", Successor("c")),
            body("c"),
            body("x", "", Successor("c"), Successor("y")),
            body("y"),
        )
        assert known.predecessors(known.registries["tinh"].agencies["c"]) == {"b": ("b",), "a": ("a", "b")}

    def test_one_role_of_a_split_body_may_pass_undivided(self) -> None:
        known = directory(body("huyen", "", Successor("xa", role="support"), Successor("so")), body("xa"), body("so"))
        agencies = known.registries["tinh"].agencies
        assert set(known.predecessors(agencies["xa"])) == {"huyen"}
        assert known.predecessors(agencies["so"]) == {}


class TestGroups:
    @pytest.mark.parametrize(
        ("member", "groups"),
        [
            ("so-y-te", {"nhom-so-ban-nganh", "nhom-so-ban-nganh-don-vi", "nhom-so-ban-nganh-doan-the"}),
            ("bql-kkt-nghi-son", {"nhom-so-ban-nganh", "nhom-so-ban-nganh-don-vi", "nhom-so-ban-nganh-doan-the"}),
            ("tt-xuc-tien", {"nhom-so-ban-nganh-don-vi"}),
            ("hoi-lhpn-tinh", {"nhom-to-chuc-ctxh", "nhom-so-ban-nganh-doan-the"}),
            ("mttq-tinh", set()),
            ("ubnd-tinh", set()),
            ("dh-lam-nghiep", set()),
            ("vcci-thanh-hoa", set()),
            ("ubnd-hau-loc", {"ubnd-cap-huyen", "ubnd-huyen-ven-bien", "chinh-quyen-dia-phuong"}),
            ("ubnd-quan-hoa", {"ubnd-cap-huyen", "chinh-quyen-2-huyen", "chinh-quyen-dia-phuong"}),
        ],
    )
    def test_a_body_is_reached_through_its_groups(self, catalogue: Catalogue, member: str, groups: set[str]) -> None:
        assert ids(catalogue.directory.groups_of(THANH_HOA, [member])) == groups

    @pytest.mark.parametrize("province", [THANH_HOA, THAI_NGUYEN])
    @pytest.mark.parametrize("kind", ["so", "co-quan-ngang-so"])
    def test_the_group_of_departments_holds_every_department(
        self, catalogue: Catalogue, province: str, kind: str
    ) -> None:
        registry = catalogue.directory.registries[province]
        departments = {agency.id for agency in registry.agencies.values() if agency.kind == kind}
        assert departments
        assert departments <= set(registry.agencies["nhom-so-ban-nganh"].members)

    @pytest.mark.parametrize(
        "member", ["cong-an-tinh", "bo-chi-huy-quan-su-tinh", "thue-tinh", "hai-quan", "thong-ke-tinh", "kho-bac-tinh"]
    )
    def test_the_group_of_departments_holds_the_vertical_bodies(self, catalogue: Catalogue, member: str) -> None:
        for province in (THANH_HOA, THAI_NGUYEN):
            assert "nhom-so-ban-nganh" in ids(catalogue.directory.groups_of(province, [member]))

    def test_an_open_group_reaches_nobody(self) -> None:
        known = directory(
            body("a"), body("mo", "", members=("a",), open_group=True), body("ngoai", "", members=("mo",))
        )
        assert known.groups_of("tinh", ["a"]) == ()

    def test_groups_inside_one_another_are_found_once(self) -> None:
        known = directory(
            body("a"),
            body("g1", "", members=("a", "g3")),
            body("g2", "", members=("g1",)),
            body("g3", "", members=("g2",)),
            body("g4", "", members=("khac",)),
        )
        found = known.groups_of("tinh", ["a"])
        assert sorted(group.id for group in found) == ["g1", "g2", "g3"]
        assert known.groups_of("tinh", []) == ()
