"""Source records (`kehoach: source/1`): where the values of a plan stand in its document, and what is still in doubt."""

from typing import Annotated

from pydantic import Field

from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.store.schema.base import FileModel, OneOf, Slug, Text

DOUBT_KINDS = {
    DoubtKind.AGENCY: "cơ quan",
    DoubtKind.NUMBER: "số thứ tự",
    DoubtKind.SCHEDULE: "thời gian",
    DoubtKind.TARGET: "mục tiêu",
    DoubtKind.COLUMN: "cột của bảng",
    DoubtKind.HEAD: "phần đầu văn bản",
    DoubtKind.UNREAD: "đoạn chưa lấy",
    DoubtKind.READING: "cách hiểu",
    DoubtKind.CHANGED: "văn bản đã đổi",
}
SOURCE_KINDS = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF", "html": "trang web", "txt": "văn bản thuần"}


class SourceDocument(
    FileModel,
    title="Văn bản gốc",
    json_schema_extra={"description": "Tệp văn bản đã nhập: tên, loại, mã băm."},
):
    """The document that was imported."""

    file: Text = Field(title="Tên tệp", description="Tên tệp văn bản khi nhập.", examples=["kh-12.docx"])
    kind: Annotated[str, OneOf(SOURCE_KINDS)] = Field(
        title="Loại tệp", description="Loại của tệp văn bản.", examples=["docx"]
    )
    sha256: Text = Field(
        title="Mã băm",
        description="SHA-256 của tệp văn bản, để biết có đúng tệp đã nhập hay không.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )


class DoubtEntry(
    FileModel,
    title="Điểm cần kiểm tra",
    json_schema_extra={"description": "Một chỗ chưa chắc chắn; kiểm tra xong thì xóa mục này."},
):
    """Something a person has to look at."""

    at: Text | None = Field(
        default=None,
        title="Ở đâu trong tệp kế hoạch",
        description="Giá trị liên quan: phần, mã và khóa; bỏ khóa này nếu chưa có trong tệp kế hoạch.",
        examples=["tasks/III.7/lead"],
    )
    place: Text | None = Field(
        default=None,
        title="Ở đâu trong văn bản",
        description="Đoạn hoặc ô của văn bản.",
        examples=["đoạn 13", "bảng 2 dòng 5 cột 3"],
    )
    kind: Annotated[str, OneOf({kind.value: label for kind, label in DOUBT_KINDS.items()})] = Field(
        title="Loại", description="Điều chưa chắc thuộc loại nào.", examples=["agency"]
    )
    text: Text | None = Field(
        default=None, title="Nguyên văn", description="Lời của văn bản ở chỗ đó.", examples=["Sở Y tế, các đơn vị"]
    )
    why: Text = Field(
        title="Vì sao", description="Điều gì chưa chắc chắn.", examples=['danh bạ chưa có "Chi cục Biển đảo"']
    )
    mend: Text | None = Field(
        default=None, title="Làm gì", description="Cách giải quyết.", examples=["thêm cơ quan vào danh bạ"]
    )


class ValueEntry(
    FileModel,
    title="Giá trị đã nhập",
    json_schema_extra={"description": "Một giá trị của tệp kế hoạch và chỗ của nó trong văn bản."},
):
    """A value that was imported."""

    at: Text = Field(title="Ở đâu trong tệp kế hoạch", description="Phần, mã và khóa.", examples=["tasks/III.1.1/text"])
    place: Text | None = Field(
        default=None, title="Ở đâu trong văn bản", description="Đoạn hoặc ô của văn bản.", examples=["đoạn 13"]
    )
    was: Text = Field(
        title="Dấu của giá trị",
        description="Mã băm ngắn của giá trị khi nhập, để lần nhập sau biết giá trị nào đã được sửa tay.",
        examples=["3b64db95cb"],
    )


class SourceRecordFile(
    FileModel,
    title="Sổ nguồn",
    json_schema_extra={
        "description": "Sổ nguồn của một kế hoạch đã nhập bằng kehoach import, trong plans/sources/: chỗ của từng giá trị trong"
        " văn bản và các điểm cần kiểm tra."
    },
):
    """A source record."""

    kehoach: Annotated[str, OneOf({"source/1": "sổ nguồn"})] = Field(
        title="Loại tệp", description="Sổ nguồn luôn ghi source/1 và để ở dòng đầu.", examples=["source/1"]
    )
    plan: Slug = Field(title="Kế hoạch", description="Mã kế hoạch.", examples=["kh-12"])
    document: SourceDocument = Field(
        title="Văn bản gốc",
        description="Tệp văn bản đã nhập.",
        examples=[{"file": "kh-12.docx", "kind": "docx", "sha256": "9f86d081"}],
    )
    doubts: list[DoubtEntry] = Field(
        default_factory=list,
        title="Các điểm cần kiểm tra",
        description="Kiểm tra, sửa tệp kế hoạch nếu cần, rồi xóa mục; lần nhập sau không nêu lại điểm đã xóa.",
        examples=[[{"at": "tasks/III.7/lead", "kind": "agency", "why": 'danh bạ chưa có "Chi cục Biển đảo"'}]],
    )
    raised: list[Text] = Field(
        default_factory=list,
        title="Các điểm đã nêu",
        description="Dấu của mọi điểm đã nêu từ trước tới nay; kehoach tự ghi.",
        examples=[["3b64db95cb"]],
    )
    values: list[ValueEntry] = Field(
        default_factory=list,
        title="Các giá trị đã nhập",
        description="Chỗ của từng giá trị trong văn bản; kehoach tự ghi.",
        examples=[[{"at": "tasks/III.1.1/text", "place": "đoạn 13", "was": "3b64db95cb"}]],
    )
