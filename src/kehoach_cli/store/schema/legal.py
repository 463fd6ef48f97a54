"""The register of legal documents that others have replaced (`kehoach: legal/1`)."""

from typing import Annotated

from pydantic import Field

from kehoach_cli.store.schema.base import FileModel, Flag, IsoDate, OneOf, Text


class LegalDocumentEntry(
    FileModel,
    title="Văn bản",
    json_schema_extra={"description": "Một văn bản của cơ quan trung ương: số, ngày, tên."},
):
    """A document."""

    number: Text | None = Field(
        default=None, title="Số, ký hiệu", description="Số và ký hiệu của văn bản.", examples=["72/2025/QH15"]
    )
    date: IsoDate | None = Field(
        default=None, title="Ngày ban hành", description="Ngày ban hành, dạng năm-tháng-ngày.", examples=["2025-06-16"]
    )
    title: Text = Field(
        title="Tên văn bản",
        description="Tên văn bản như kế hoạch viện dẫn.",
        examples=["Luật Tổ chức chính quyền địa phương"],
    )


class ReplacedEntry(
    FileModel,
    title="Văn bản đã được thay thế",
    json_schema_extra={"description": "Một văn bản không còn hiệu lực, văn bản thay thế, từ ngày nào, theo nguồn nào."},
):
    """A document that is no longer in force."""

    document: LegalDocumentEntry = Field(
        title="Văn bản cũ",
        description="Văn bản mà kế hoạch viện dẫn.",
        examples=[{"number": "12/2015/QH13", "date": "2015-06-19", "title": "Luật mẫu"}],
    )
    replaced_by: LegalDocumentEntry = Field(
        title="Văn bản thay thế",
        description="Văn bản đang có hiệu lực.",
        examples=[{"number": "34/2025/QH15", "date": "2025-06-16", "title": "Luật mẫu"}],
    )
    from_: IsoDate = Field(
        alias="from",
        title="Từ ngày",
        description="Ngày mà từ đó văn bản cũ không còn hiệu lực, dạng năm-tháng-ngày.",
        examples=["2025-06-16"],
    )
    source: Text = Field(
        title="Nguồn",
        description="Biết điều này từ đâu: điều, khoản của văn bản mới, hoặc trang đã đọc.",
        examples=["Điều 54 của văn bản mới"],
    )
    certain: Flag = Field(
        title="Đã chắc chắn",
        description="true: đã đọc trong chính văn bản mới; false: theo nguồn khác, mọi thông báo đều nói là chưa chắc chắn.",
        examples=[False],
    )
    note: Text | None = Field(
        default=None, title="Ghi chú", description="Điều cần biết thêm.", examples=["Thay thế qua một luật ở giữa."]
    )


class LegalFile(
    FileModel,
    title="Sổ văn bản căn cứ",
    json_schema_extra={"description": "Các văn bản mà kế hoạch viện dẫn và đã được văn bản khác thay thế."},
):
    """The register of a workspace."""

    kehoach: Annotated[str, OneOf({"legal/1": "sổ văn bản căn cứ"})] = Field(
        title="Loại tệp", description="Sổ văn bản căn cứ luôn ghi legal/1 và để ở dòng đầu.", examples=["legal/1"]
    )
    replaced: list[ReplacedEntry] = Field(
        default_factory=list,
        title="Văn bản đã được thay thế",
        description=(
            "Chỉ ghi văn bản biết là đã được thay thế, kèm nguồn; văn bản không có ở đây là chưa biết, không phải còn hiệu lực."
        ),
        examples=[[]],
    )
