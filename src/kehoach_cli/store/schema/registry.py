"""Registry files (`kehoach: registry/1`)."""

from typing import Annotated

from pydantic import Field

from kehoach_cli.store.schema.base import AgencyId, FileModel, Flag, HeirId, IsoDate, OneOf, Slug, Text

AGENCY_KINDS = {
    "so": "sở",
    "co-quan-ngang-so": "cơ quan ngang sở",
    "ban": "ban",
    "nganh-doc": "cơ quan ngành dọc",
    "thuoc-so": "cơ quan thuộc sở",
    "su-nghiep": "đơn vị sự nghiệp",
    "quy": "quỹ",
    "bo": "bộ, cơ quan ngang bộ",
    "dang": "cơ quan Đảng",
    "mttq": "Mặt trận Tổ quốc",
    "doan-the": "đoàn thể",
    "hiep-hoi": "hiệp hội",
    "ubnd": "Ủy ban nhân dân",
    "hdnd": "Hội đồng nhân dân",
    "trung-uong": "cơ quan Trung ương",
    "ngoai-tinh": "cơ quan ngoài tỉnh",
    "khac": "khác",
}

HEIR_ROLES = {"lead": "chủ trì", "support": "phối hợp"}


class ValidEntry(
    FileModel,
    title="Thời gian tồn tại",
    json_schema_extra={"description": "Ngày bắt đầu và ngày cuối cùng cơ quan hoạt động, biết đến đâu ghi đến đó."},
):
    """The days a body existed, as far as known."""

    from_: IsoDate | None = Field(
        default=None,
        alias="from",
        title="Từ ngày",
        description="Ngày đầu tiên hoạt động, theo dạng năm-tháng-ngày.",
        examples=["2025-03-01"],
    )
    to: IsoDate | None = Field(
        default=None,
        title="Đến hết ngày",
        description="Ngày cuối cùng hoạt động, theo dạng năm-tháng-ngày.",
        examples=["2025-02-28"],
    )


class SuccessorEntry(
    FileModel,
    title="Cơ quan tiếp nhận",
    json_schema_extra={"description": "Cơ quan tiếp nhận nhiệm vụ của cơ quan đã giải thể, hợp nhất hoặc chia tách."},
):
    """An heir of a body's duties."""

    id: HeirId = Field(
        title="Mã cơ quan",
        description="Mã của cơ quan tiếp nhận trong danh bạ; ở tỉnh khác thì ghi cả mã tỉnh, ví dụ thai-nguyen/so-nnmt.",
        examples=["so-nnmt"],
    )
    from_: IsoDate | None = Field(
        default=None,
        alias="from",
        title="Từ ngày",
        description="Ngày bắt đầu tiếp nhận, theo dạng năm-tháng-ngày.",
        examples=["2025-03-01"],
    )
    role: Annotated[str, OneOf(HEIR_ROLES)] | None = Field(
        default=None,
        title="Vai trò được tiếp nhận",
        description="Chỉ tiếp nhận việc chủ trì (lead) hay việc phối hợp (support); bỏ khóa này nếu tiếp nhận tất cả.",
        examples=["lead"],
    )
    scope: Text | None = Field(
        default=None,
        title="Phần việc",
        description="Phần việc được tiếp nhận, nếu chỉ một phần.",
        examples=["bảo trợ xã hội"],
    )
    basis: Text | None = Field(
        default=None,
        title="Căn cứ",
        description="Văn bản quy định việc tiếp nhận.",
        examples=["Nghị quyết 176/2025/QH15 ngày 18/02/2025"],
    )
    certain: Flag = Field(
        default=True,
        title="Đã chắc chắn",
        description="false nếu chưa được xác nhận bằng văn bản; mặc định true.",
        examples=[False],
    )


class MergerEntry(
    FileModel,
    title="Tỉnh tiếp nhận",
    json_schema_extra={"description": "Tỉnh, thành phố mà tỉnh của danh bạ nhập vào."},
):
    """The province into which the registry's own was merged."""

    id: Slug = Field(title="Mã tỉnh", description="Mã của tỉnh tiếp nhận.", examples=["thai-nguyen"])
    from_: IsoDate | None = Field(
        default=None,
        alias="from",
        title="Từ ngày",
        description="Ngày nhập tỉnh, theo dạng năm-tháng-ngày.",
        examples=["2025-07-01"],
    )
    basis: Text | None = Field(
        default=None,
        title="Căn cứ",
        description="Văn bản quy định việc nhập tỉnh.",
        examples=["Nghị quyết 202/2025/QH15 ngày 12/6/2025"],
    )
    certain: Flag = Field(
        default=True,
        title="Đã chắc chắn",
        description="false nếu chưa được xác nhận bằng văn bản; mặc định true.",
        examples=[False],
    )


class AgencyEntry(
    FileModel,
    title="Cơ quan",
    json_schema_extra={"description": "Một cơ quan, kể cả cơ quan không còn hoạt động."},
):
    """A body."""

    id: Slug = Field(
        title="Mã cơ quan",
        description="Mã ngắn, chữ thường không dấu, nối bằng dấu -; không đổi sau khi đã dùng.",
        examples=["so-y-te"],
    )
    name: Text = Field(title="Tên đầy đủ", description="Tên chính thức của cơ quan.", examples=["Sở Y tế"])
    kind: Annotated[str, OneOf(AGENCY_KINDS)] = Field(
        title="Loại cơ quan", description="Loại cơ quan, chọn trong danh mục.", examples=["so"]
    )
    short: list[Text] = Field(
        default_factory=list,
        title="Tên viết tắt",
        description="Các cách viết tắt.",
        examples=[["STNMT", "Sở TN&MT"]],
    )
    also: list[Text] = Field(
        default_factory=list,
        title="Tên gọi khác",
        description="Các cách viết khác gặp trong văn bản, kể cả viết sai; mỗi tên chỉ dùng cho một cơ quan.",
        examples=[["Sở Nông nghiệp và PTNT"]],
    )
    symbol: Text | None = Field(
        default=None,
        title="Ký hiệu văn bản",
        description="Chữ viết tắt tên cơ quan trong số, ký hiệu văn bản.",
        examples=["STNMT"],
    )
    parent: AgencyId | None = Field(
        default=None, title="Cơ quan cấp trên", description="Mã cơ quan cấp trên trực tiếp.", examples=["ubnd-tinh"]
    )
    valid: ValidEntry | None = Field(
        default=None,
        title="Thời gian tồn tại",
        description="Chỉ ghi khi cơ quan thành lập hoặc kết thúc trong thời gian của các kế hoạch.",
        examples=[{"to": "2025-02-28"}],
    )
    successors: list[SuccessorEntry] = Field(
        default_factory=list,
        title="Cơ quan tiếp nhận",
        description="Cơ quan tiếp nhận nhiệm vụ; từ hai cơ quan trở lên là chia tách.",
        examples=[[{"id": "so-nnmt", "from": "2025-03-01"}]],
    )
    certain: Flag = Field(
        default=True,
        title="Đã chắc chắn",
        description="false nếu chưa được xác nhận; câu trả lời dùng đến sẽ nói rõ. Mặc định true.",
        examples=[False],
    )
    note: Text | None = Field(
        default=None,
        title="Ghi chú",
        description="Lời của người nhập.",
        examples=["Chưa xác nhận được tỉnh có sở này."],
    )


class GroupEntry(
    FileModel,
    title="Nhóm cơ quan",
    json_schema_extra={"description": "Cụm từ chỉ nhiều cơ quan, ví dụ “Các sở, ban, ngành cấp tỉnh”."},
):
    """A group of bodies; an open one has no list of members."""

    id: Slug = Field(
        title="Mã nhóm",
        description="Mã ngắn, chữ thường không dấu, nối bằng dấu -; không đổi sau khi đã dùng.",
        examples=["nhom-so-ban-nganh"],
    )
    name: Text = Field(
        title="Tên nhóm", description="Cụm từ gọi nhóm trong văn bản.", examples=["Các sở, ban, ngành cấp tỉnh"]
    )
    short: list[Text] = Field(
        default_factory=list, title="Tên viết tắt", description="Các cách viết tắt.", examples=[["UBND cấp huyện"]]
    )
    also: list[Text] = Field(
        default_factory=list,
        title="Tên gọi khác",
        description="Các cách viết khác gặp trong văn bản.",
        examples=[["Các sở, ban, ngành", "Sở, ban ngành"]],
    )
    open: Flag = Field(
        default=False,
        title="Nhóm mở",
        description="true nếu không liệt kê được thành viên, ví dụ “các đơn vị có liên quan”; mặc định false.",
        examples=[True],
    )
    limited: Flag = Field(
        default=False,
        title="Chỉ thành viên có liên quan",
        description="true nếu cụm từ chỉ gồm những thành viên có liên quan; mặc định false.",
        examples=[True],
    )
    members: list[AgencyId] = Field(
        default_factory=list,
        title="Thành viên",
        description="Mã các cơ quan trong nhóm.",
        examples=[["so-y-te", "so-tai-chinh"]],
    )
    valid: ValidEntry | None = Field(
        default=None,
        title="Thời gian tồn tại",
        description="Chỉ ghi khi nhóm bắt đầu hoặc kết thúc trong thời gian của các kế hoạch.",
        examples=[{"to": "2025-06-30"}],
    )
    successors: list[SuccessorEntry] = Field(
        default_factory=list,
        title="Cơ quan tiếp nhận",
        description="Cơ quan hoặc nhóm tiếp nhận nhiệm vụ.",
        examples=[[{"id": "ubnd-cap-xa", "from": "2025-07-01"}]],
    )
    certain: Flag = Field(
        default=True,
        title="Đã chắc chắn",
        description="false nếu thành phần nhóm chưa được xác nhận; mặc định true.",
        examples=[False],
    )
    note: Text | None = Field(
        default=None,
        title="Ghi chú",
        description="Lời của người nhập.",
        examples=["Thành phần nhóm là cách hiểu của người nhập."],
    )


class RegistryFile(
    FileModel,
    title="Danh bạ cơ quan",
    json_schema_extra={
        "description": "Tệp danh bạ của kehoach: các cơ quan của một tỉnh, một tệp trong thư mục plans/agencies/."
    },
):
    """A registry file."""

    kehoach: Annotated[str, OneOf({"registry/1": "danh bạ cơ quan"})] = Field(
        title="Loại tệp", description="Tệp danh bạ luôn ghi registry/1 và để ở dòng đầu.", examples=["registry/1"]
    )
    province: Slug = Field(
        title="Mã tỉnh",
        description="Mã của tỉnh, các kế hoạch của tỉnh dùng mã này; danh bạ Trung ương ghi trung-uong.",
        examples=["thanh-hoa"],
    )
    name: Text = Field(title="Tên tỉnh", description="Tên tỉnh như in trong câu trả lời.", examples=["Thanh Hóa"])
    successors: list[MergerEntry] = Field(
        default=[],
        title="Tỉnh tiếp nhận",
        description="Tỉnh, thành phố mà tỉnh này nhập vào; tra cứu theo tỉnh đó thì thấy cả kế hoạch của tỉnh này.",
        examples=[[{"id": "thai-nguyen", "from": "2025-07-01"}]],
    )
    agencies: list[AgencyEntry] = Field(
        title="Các cơ quan",
        description="Các cơ quan đang hoạt động và không còn hoạt động.",
        examples=[[{"id": "so-y-te", "name": "Sở Y tế", "kind": "so"}]],
    )
    groups: list[GroupEntry] = Field(
        default_factory=list,
        title="Các nhóm cơ quan",
        description="Các cụm từ trong văn bản chỉ nhiều cơ quan.",
        examples=[[{"id": "nhom-lien-quan", "name": "Các đơn vị có liên quan", "open": True}]],
    )
