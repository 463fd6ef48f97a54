"""The commands and their summaries; each is in the module of its name, which is imported when the command is called."""

from importlib import import_module
from keyword import iskeyword
from typing import Any

COMMANDS = {
    "plans": "Các kế hoạch: văn bản, thời kỳ, đầu mối, chế độ báo cáo.",
    "tasks": "Nhiệm vụ: cơ quan nào phải làm gì, đến khi nào.",
    "show": "Xem đầy đủ một nhiệm vụ hoặc chỉ tiêu.",
    "indicators": "Chỉ tiêu và mục tiêu.",
    "agencies": "Danh bạ cơ quan; tên cũ, tên mới.",
    "check": "Số liệu báo cáo đối chiếu với mục tiêu.",
    "form": "Biểu báo cáo điền sẵn, Excel hoặc YAML, cho từng cơ quan.",
    "collect": "Thu các biểu đã điền vào progress/.",
    "lock": "Chốt số liệu một kỳ: từ đó không biểu nào làm thay đổi.",
    "adjust": "Sửa một giá trị đã báo cáo, có lý do, kể cả sau khi chốt.",
    "review": "Báo cáo trả lời theo văn bản cũ: xem, ghi nhận là vẫn đúng.",
    "history": "Một số liệu, trạng thái đã thay đổi thế nào.",
    "summary": "Nhiệm vụ đến hạn trong kỳ: ai xong đúng hạn, ai chậm, ai chưa báo cáo.",
    "remind": "Lời nhắc cho từng cơ quan: sắp đến hạn, quá hạn, còn thiếu.",
    "report": "Báo cáo năm, quý, tháng bằng Word; công văn đôn đốc.",
    "site": "Các trang để xem bằng trình duyệt: tổng quan, cơ quan, kế hoạch, chỉ tiêu.",
    "calendar": "Thời hạn của một cơ quan thành lịch (.ics) cho điện thoại, Outlook.",
    "export": "Mọi kế hoạch thành sáu bảng CSV hoặc Parquet, kèm mô tả.",
    "query": "Hỏi bằng SQL trên sáu bảng đó; câu hỏi lưu sẵn.",
    "check-docx": "Kiểm tra thể thức văn bản Word.",
    "lint": "Kiểm tra tệp đã sửa: chỉ đúng dòng, nói cách sửa.",
    "import": "Văn bản đã ký (Word, Excel, PDF…) thành tệp kế hoạch nháp.",
    "verify": "Tệp kế hoạch có đúng từng chữ của văn bản không.",
    "diff": "So sánh hai bản kế hoạch: thêm, bỏ, sửa gì, của ai.",
    "schema": "Lược đồ để trình soạn thảo gợi ý khi sửa tệp.",
    "init": "Thư mục làm việc mới, dùng được ngay.",
    "templates": "Mẫu báo cáo Word: xem, kiểm tra, chép ra để sửa.",
}
# The commands that read a workspace and change nothing in it: they take `--rev`.
AT_A_REVISION = (
    "plans",
    "tasks",
    "show",
    "indicators",
    "agencies",
    "check",
    "history",
    "summary",
    "remind",
    "report",
    "site",
    "verify",
    "templates",
    "calendar",
    "export",
    "query",
)


def function_of(name: str) -> Any:
    """Return the function, or for a group the `Typer`, that declares a command in its own module."""
    own = name.replace("-", "_") + "_" * iskeyword(name)
    return getattr(import_module(f"kehoach_cli.cli.commands.{own}"), own)
