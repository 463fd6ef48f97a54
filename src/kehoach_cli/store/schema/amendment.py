"""Amendments of plans (`kehoach: amendment/1`), files in `plans/amendments/`."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from kehoach_cli.store.schema.base import FileModel, IsoDate, OneOf, Slug, TargetKeyText, Text, refuse, shown
from kehoach_cli.store.schema.plan import DIRECTIONS, TASK_KINDS

OPS = {
    "replace": "thay cả ô",
    "replace_phrase": "thay một cụm từ",
    "add": "thêm",
    "repeal": "bãi bỏ",
    "renumber": "đổi số in",
}
ROW_KINDS = {**TASK_KINDS, "indicator": "chỉ tiêu", "section": "đề mục"}
# An id with the document that gave its number anew: `III.2@qd-12`.
_PLACE = re.compile(r"[^\s/@]+(?:@[a-z0-9]+(?:-[a-z0-9]+)*)?(?:/[^\s/]+(?:/[^\s/]+)?)?")


def _listed(value: Any) -> Any:
    """Accept one name where a list of names is meant."""
    return [value] if isinstance(value, str) else value


def _place(text: str) -> str:
    if not _PLACE.fullmatch(text):
        refuse("K102", f'chỗ sửa "{shown(text)}" sai dạng; viết như III.1.3, III.1.3/text hay PL1.17/targets/2025')
    return text


def _whole_indicator(row: "AddedRow") -> "AddedRow":
    if row.kind == "indicator" and not (row.targets and row.direction):
        refuse(
            "K103",
            "chỉ tiêu mới phải có direction và targets",
            hint='viết ví dụ direction: increase, targets: {2026: "80"}',
        )
    if row.kind != "indicator" and (row.targets or row.direction or row.unit):
        refuse(
            "K103", "unit, direction, targets chỉ dùng cho chỉ tiêu", hint="ghi kind: indicator, hoặc xóa các khóa này"
        )
    return row


Bodies = Annotated[
    list[Text], BeforeValidator(_listed), WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}})
]


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
    title: Text | None = Field(
        default=None,
        title="Trích yếu",
        description="Trích yếu của văn bản sửa đổi, chép nguyên văn; in ở đầu văn bản hợp nhất.",
        examples=["sửa đổi, bổ sung một số nội dung của Kế hoạch số 12/KH-UBND"],
    )
    basis: list[Text] = Field(
        default_factory=list,
        title="Căn cứ ban hành",
        description="Các dòng căn cứ của văn bản sửa đổi, chép nguyên văn; văn bản hợp nhất ghi ở chú thích.",
        examples=[["Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;"]],
    )
    provisions: list[Text] = Field(
        default_factory=list,
        title="Điều khoản thi hành",
        description="Điều khoản về hiệu lực, trách nhiệm thi hành, chuyển tiếp của văn bản sửa đổi, chép nguyên văn.",
        examples=[["Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký."]],
    )


class AddedRow(
    FileModel,
    title="Dòng được thêm",
    json_schema_extra={"description": "Nội dung của nhiệm vụ, chỉ tiêu hay đề mục mới, như trong tệp kế hoạch."},
):
    """A task, an indicator or a heading that is added."""

    kind: Annotated[str, OneOf(ROW_KINDS)] = Field(
        default="task",
        title="Loại",
        description="Loại của dòng, như trong tệp kế hoạch; indicator là chỉ tiêu, section là đề mục.",
        examples=["task", "indicator"],
    )
    text: Text = Field(
        title="Nguyên văn",
        description="Lời của văn bản sửa đổi: nội dung nhiệm vụ, tên chỉ tiêu hay tiêu đề mục.",
        examples=["Kiểm tra nước giếng."],
    )
    section: Text | None = Field(
        default=None,
        title="Mục",
        description="Mã mục chứa dòng mới; bỏ trống thì lấy mục của dòng trước.",
        examples=["I"],
    )
    lead: Bodies = Field(
        default_factory=list,
        title="Chủ trì",
        description="Mã hoặc tên các cơ quan chủ trì, có trong danh bạ.",
        examples=[["so-y-te"], ["Sở Y tế"]],
    )
    support: Bodies = Field(
        default_factory=list,
        title="Phối hợp",
        description="Mã hoặc tên các cơ quan phối hợp, có trong danh bạ.",
        examples=[["so-tai-chinh"]],
    )
    schedule: Text | None = Field(
        default=None, title="Thời gian", description="Thời gian thực hiện như in.", examples=["Năm 2026"]
    )
    outputs: list[Text] = Field(
        default_factory=list, title="Sản phẩm", description="Các sản phẩm như in.", examples=[["Báo cáo"]]
    )
    unit: Text | None = Field(
        default=None, title="Đơn vị tính", description="Của chỉ tiêu mới, như in.", examples=["%"]
    )
    direction: Annotated[str, OneOf(DIRECTIONS)] | None = Field(
        default=None,
        title="Chiều hướng",
        description="Của chỉ tiêu mới: thế nào là tốt hơn.",
        examples=["increase"],
    )
    targets: dict[TargetKeyText, Text] = Field(
        default_factory=dict,
        title="Mục tiêu",
        description="Của chỉ tiêu mới: năm hoặc kỳ, và mục tiêu như in.",
        examples=[{"2026": "80", "2030": "95"}],
    )


class ChangeEntry(
    FileModel,
    title="Một thay đổi",
    json_schema_extra={"description": "Một chỗ của kế hoạch được sửa, thêm, bãi bỏ."},
):
    """One change."""

    op: Annotated[str, OneOf(OPS)] = Field(title="Việc", description="Thay đổi thuộc loại nào.", examples=["replace"])
    at: Annotated[Text, AfterValidator(_place)] = Field(
        title="Ở đâu",
        description="Mã dòng (nhiệm vụ, chỉ tiêu, mục, đoạn), hoặc mã dòng/ô: text, lead, support, schedule, outputs, "
        "name, unit, title, targets/<năm>.",
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
    row: Annotated[AddedRow, AfterValidator(_whole_indicator)] | None = Field(
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
