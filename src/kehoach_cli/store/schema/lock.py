"""Lock files (`kehoach: lock/1`): the plans that are closed in one period. `kehoach lock` and `kehoach adjust` write them."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from msgspec import MsgspecError, to_builtins
from msgspec.json import decode
from pydantic import Field, PlainValidator, WithJsonSchema

from kehoach_cli.core.model.lock import Assessment
from kehoach_cli.store.schema.base import FileModel, IsoDate, OneOf, Slug, Text, refuse, shown
from kehoach_cli.store.schema.progress import PeriodText
from kehoach_cli.viet.text import first_control

FILE_KINDS = {
    "plan": "kế hoạch",
    "registry": "danh bạ",
    "amendment": "văn bản sửa đổi",
    "settings": "cài đặt",
    "template": "mẫu báo cáo",
    "report": "báo cáo đã lập",
}


_SHA256 = "[0-9a-f]{64}"
_RESTORE = "lấy lại tệp này từ Git hoặc bản sao lưu; không sửa bằng tay"


def _assessment(value: Any) -> Assessment:
    try:
        found = decode(value.encode() if isinstance(value, str) else b"", type=Assessment)
    except (MsgspecError, RecursionError):
        refuse("K103", "kết quả đánh giá không còn nguyên vẹn", hint=_RESTORE)
    # JSON can write a control character so that the text of the file has none.
    if any(first_control(text) for text in _texts(to_builtins(found))):
        refuse("K501", "kết quả đánh giá có ký tự điều khiển hoặc ký tự vô hình", hint=_RESTORE)
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _checksum(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(_SHA256, value):
        refuse("K103", f'mã kiểm "{shown(value)}" không đúng dạng', hint=_RESTORE)
    return value


def _moment(value: Any) -> str:
    try:
        return datetime.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        refuse("K402", f'thời điểm "{shown(value)}" không đúng dạng', hint=_RESTORE)


AssessmentText = Annotated[Assessment, PlainValidator(_assessment), WithJsonSchema({"type": "string", "minLength": 2})]
Moment = Annotated[str, PlainValidator(_moment), WithJsonSchema({"type": "string", "minLength": 10})]
Checksum = Annotated[str, PlainValidator(_checksum), WithJsonSchema({"type": "string", "pattern": f"^{_SHA256}$"})]


class SubmissionSumEntry(
    FileModel,
    title="Báo cáo đã chốt",
    json_schema_extra={"description": "Báo cáo của một cơ quan lúc chốt, với mã kiểm của các giá trị."},
):
    """A submission that was there."""

    agency: Text = Field(title="Cơ quan", description="Mã cơ quan báo cáo.", examples=["so-y-te"])
    file: Text = Field(
        title="Tệp",
        description="Tệp báo cáo, tính từ thư mục làm việc.",
        examples=["progress/2025/kh-176--so-y-te.yaml"],
    )
    sha256: Checksum = Field(
        title="Mã kiểm",
        description="SHA-256 của các giá trị trong báo cáo; ghi chú và cách trình bày của tệp không tính.",
        examples=["0f343b0931126a20f133d67c2b018a3b5a24f8d3d0f7a3b8d5e6a4c1b2d3e4f5"],
    )


class FileSumEntry(
    FileModel,
    title="Tệp đã dùng",
    json_schema_extra={"description": "Tệp mà kết quả dựa vào lúc chốt, với mã kiểm của nội dung."},
):
    """A file behind the figures."""

    kind: Annotated[str, OneOf(FILE_KINDS)] = Field(
        title="Loại tệp", description="Kế hoạch, danh bạ, cài đặt, mẫu hoặc báo cáo đã lập.", examples=["plan"]
    )
    file: Text = Field(title="Tệp", description="Tính từ thư mục làm việc.", examples=["plans/kh-176.yaml"])
    sha256: Checksum = Field(
        title="Mã kiểm",
        description="SHA-256 của nội dung; cách xuống dòng của tệp chữ không tính.",
        examples=["9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab"],
    )


class PlanLockEntry(
    FileModel,
    title="Kế hoạch đã chốt",
    json_schema_extra={"description": "Một kế hoạch đã chốt số liệu trong kỳ."},
):
    """One plan that is closed."""

    as_of: IsoDate = Field(
        title="Số liệu đến ngày", description="Kết quả được đánh giá tính đến ngày này.", examples=["2025-12-14"]
    )
    time: Moment = Field(title="Thời điểm chốt", description="Ngày, giờ chốt.", examples=["2026-01-10T08:00:00+07:00"])
    by: Text | None = Field(
        default=None, title="Người chốt", description="Họ tên người chốt, nếu biết.", examples=["Nguyễn Văn A"]
    )
    run: Text = Field(
        title="Mã lần chốt", description="Mã của dòng chốt trong progress/journal.jsonl.", examples=["1f3c9a04b7de"]
    )
    submissions: list[SubmissionSumEntry] = Field(title="Báo cáo", description="Các báo cáo lúc chốt.", examples=[[]])
    files: list[FileSumEntry] = Field(title="Tệp", description="Các tệp khác lúc chốt.", examples=[[]])
    assessment: AssessmentText = Field(
        title="Kết quả đánh giá",
        description=(
            'Kết quả của từng chỉ tiêu, nhiệm vụ lúc chốt, dạng JSON; năm sau báo cáo lấy "kết quả năm trước" từ đây.'
        ),
        examples=['{"indicators":[],"tasks":[]}'],
    )


class LockFile(
    FileModel,
    title="Chốt số liệu",
    json_schema_extra={
        "description": "Các kế hoạch đã chốt số liệu trong một kỳ. Tệp do kehoach lock và kehoach adjust ghi, không sửa bằng tay."
    },
):
    """The plans that are closed in one period."""

    kehoach: Annotated[str, OneOf({"lock/1": "chốt số liệu"})] = Field(
        title="Loại tệp", description="Tệp chốt luôn ghi lock/1 và để ở dòng đầu.", examples=["lock/1"]
    )
    period: PeriodText = Field(title="Kỳ", description="Kỳ báo cáo đã chốt.", examples=["2025", "2026-Q3"])
    plans: dict[Slug, PlanLockEntry] = Field(
        title="Kế hoạch", description="Mỗi kế hoạch đã chốt một khóa là mã kế hoạch.", examples=[{}]
    )
