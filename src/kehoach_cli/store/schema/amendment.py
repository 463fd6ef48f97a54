"""Amendments of plans (`kehoach: amendment/1`), files in `plans/amendments/`."""

from typing import Annotated

from pydantic import Field

from kehoach_cli.store.schema.base import FileModel, IsoDate, OneOf, Slug, Text

OPS = {
    "replace": "thay cả ô",
    "replace_phrase": "thay một cụm từ",
    "add": "thêm",
    "repeal": "bãi bỏ",
    "renumber": "đổi số in",
}


class AmendingDocument(
    FileModel,
    title="Văn bản sửa đổi",
    json_schema_extra={"description": "Văn bản sửa đổi, bổ sung kế hoạch: số, ngày, cách viện dẫn."},
):
    """The document that amends a plan."""

    number: Text = Field(title="Số, ký hiệu", description="Số và ký hiệu in trên văn bản.", examples=["12/QĐ-UBND"])
    date: IsoDate = Field(
        title="Ngày ban hành", description="Ngày ban hành, dạng năm-tháng-ngày.", examples=["2025-06-10"]
    )
    cite: Text = Field(
        title="Cách viện dẫn",
        description="Cách viết văn bản này trong báo cáo.",
        examples=["Quyết định số 12/QĐ-UBND ngày 10/6/2025"],
    )


class AddedRow(
    FileModel,
    title="Dòng được thêm",
    json_schema_extra={"description": "Nội dung của nhiệm vụ mới, như trong tệp kế hoạch."},
):
    """A task that is added."""

    kind: Annotated[str, OneOf({"task": "nhiệm vụ", "programme": "chương trình, đề án", "organisation": "tổ chức"})] = (
        Field(default="task", title="Loại", description="Loại của dòng, như trong tệp kế hoạch.", examples=["task"])
    )
    text: Text = Field(title="Nguyên văn", description="Lời của văn bản sửa đổi.", examples=["Kiểm tra nước giếng."])
    section: Text | None = Field(
        default=None,
        title="Mục",
        description="Mã mục chứa dòng mới; bỏ trống thì lấy mục của dòng trước.",
        examples=["I"],
    )
    lead: list[Slug] = Field(
        default_factory=list, title="Chủ trì", description="Mã cơ quan chủ trì.", examples=[["so-y-te"]]
    )
    support: list[Slug] = Field(
        default_factory=list, title="Phối hợp", description="Mã cơ quan phối hợp.", examples=[["so-tai-chinh"]]
    )
    schedule: Text | None = Field(
        default=None, title="Thời gian", description="Thời gian thực hiện như in.", examples=["Năm 2026"]
    )
    outputs: list[Text] = Field(
        default_factory=list, title="Sản phẩm", description="Các sản phẩm như in.", examples=[["Báo cáo"]]
    )


class ChangeEntry(
    FileModel,
    title="Một thay đổi",
    json_schema_extra={"description": "Một chỗ của kế hoạch được sửa, thêm, bãi bỏ."},
):
    """One change."""

    op: Annotated[str, OneOf(OPS)] = Field(title="Việc", description="Thay đổi thuộc loại nào.", examples=["replace"])
    at: Text = Field(
        title="Ở đâu",
        description="Mã dòng, hoặc mã dòng/ô: text, lead, support, schedule, outputs, name, unit, title, targets/<năm>.",
        examples=["III.1.2/schedule"],
    )
    from_: Text | None = Field(
        default=None,
        alias="from",
        title="Nội dung cũ",
        description="Đúng từng chữ nội dung đang có hiệu lực, hay cụm từ được thay.",
        examples=["2022 - 2025"],
    )
    to: Text | None = Field(
        default=None, title="Nội dung mới", description="Nội dung mới như in.", examples=["2022 - 2027"]
    )
    clause: Text | None = Field(
        default=None,
        title="Điều khoản",
        description="Điều, khoản của văn bản sửa đổi quy định thay đổi này.",
        examples=["khoản 2 Điều 1"],
    )
    row: AddedRow | None = Field(
        default=None,
        title="Dòng mới",
        description="Với op: add cả một dòng.",
        examples=[{"text": "Kiểm tra nước giếng."}],
    )
    after: Text | None = Field(
        default=None, title="Sau dòng", description="Mã dòng đứng trước dòng mới.", examples=["III.1.2"]
    )


class AmendmentFile(
    FileModel,
    title="Sửa đổi kế hoạch",
    json_schema_extra={
        "description": "Một văn bản sửa đổi, bổ sung kế hoạch, trong plans/amendments/. Tệp kế hoạch giữ nguyên văn ban hành."
    },
):
    """An amendment."""

    kehoach: Annotated[str, OneOf({"amendment/1": "sửa đổi kế hoạch"})] = Field(
        title="Loại tệp", description="Luôn ghi amendment/1 và để ở dòng đầu.", examples=["amendment/1"]
    )
    amends: Slug = Field(title="Kế hoạch", description="Mã kế hoạch được sửa.", examples=["kh-12"])
    document: AmendingDocument = Field(
        title="Văn bản",
        description="Văn bản sửa đổi.",
        examples=[{"number": "12/QĐ-UBND", "date": "2025-06-10", "cite": "Quyết định số 12/QĐ-UBND ngày 10/6/2025"}],
    )
    effective: IsoDate = Field(
        title="Ngày có hiệu lực", description="Từ ngày này nội dung mới được áp dụng.", examples=["2025-06-10"]
    )
    changes: list[ChangeEntry] = Field(
        title="Các thay đổi",
        min_length=1,
        description="Theo thứ tự của văn bản.",
        examples=[[{"op": "replace", "at": "I.1/schedule", "from": "2022 - 2025", "to": "2022 - 2027"}]],
    )
