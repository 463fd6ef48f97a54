"""The first sheet of a form: to whom each plan is reported and by when, and how to fill the form in."""

from collections.abc import Iterable, Iterator

from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.duties.owed import unit_rule
from kehoach_cli.core.forms.form import PlanForm
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, ReportingRule
from kehoach_cli.core.model.progress import Status
from kehoach_cli.excel.form_book import DATE_PROMPT, FormBook, prompt
from kehoach_cli.excel.grid import FormGrid
from kehoach_cli.excel.layout import COVER, TASKS
from kehoach_cli.excel.style import put
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized

_HOW_TO_FILL = [
    (
        "1. Chỉ điền vào các ô nền vàng nhạt; các ô khác đã khóa để giữ nguyên văn kế hoạch. Không có gì để báo cáo thì để "
        "trống, không xóa dòng. Ô để trống giữ nguyên điều đã báo cáo trước đó; muốn bỏ điều đã báo cáo thì ghi (xóa)."
    ),
    (
        "2. Không xóa cột “Mã”, không sửa mã và dòng tiêu đề: nhờ đó phần mềm biết câu trả lời thuộc chỉ tiêu, nhiệm vụ nào. "
        "Không gộp ô. Không dùng công thức trong ô trả lời; nếu đã tính ở nơi khác thì chép rồi dán giá trị."
    ),
    (
        "3. Điền ngày chốt số liệu và ngày gửi báo cáo của từng kế hoạch ở bảng trên, sau đó lần lượt điền các trang "
        "sau. Lưu ở dạng Excel (.xlsx) và gửi về nơi nhận ghi ở bảng trên."
    ),
]
_NOTATION = [
    (
        "Số thập phân dùng dấu phẩy, hàng nghìn dùng dấu chấm: 86,5; 1.250; 88.823,44. Đơn vị tính đã có ở cột riêng, không "
        "ghi lại. Chưa có số liệu thì để trống, không ghi số 0."
    ),
    (
        "Số liệu chưa chính thức: chọn “Có” ở cột “Là số ước”. Cột “Lũy kế” là tổng từ đầu kỳ kế hoạch đến nay. Chỉ tiêu có "
        "nhiều đối tượng thì mỗi đối tượng một dòng; chỉ tiêu tăng, giảm, gấp nhiều lần thì ghi mức tăng, giảm, số lần, hoặc "
        "ghi mức trước và mức của năm báo cáo, mỗi số một dòng. Mục tiêu bằng lời thì chọn “Đạt” hoặc “Chưa đạt”."
    ),
    (
        "Ngày ghi theo thứ tự ngày/tháng/năm: 10/12/2025. Cột “Văn bản”: các văn bản cách nhau bằng dấu chấm phẩy, ví dụ: "
        "12/BC-SYT ngày 10/12/2025; 45/KH-SYT."
    ),
]
# Lines of this height, in points, leave room for signature and stamp.
_SIGNATURE_LINE = 26.0
_STATUS_MEANING = {
    Status.NOT_STARTED: "chưa triển khai việc gì.",
    Status.IN_PROGRESS: "đã triển khai, chưa xong.",
    Status.DONE: "đã có sản phẩm; ghi ngày hoàn thành và văn bản.",
    Status.ONGOING: "việc làm hằng năm, không có điểm kết thúc; ghi thêm cột “{done}”.",
    Status.PAUSED: "đang triển khai thì dừng lại; nêu lý do ở cột “Khó khăn, vướng mắc”.",
    Status.WAITING: "phải chờ văn bản, hướng dẫn của cơ quan khác; nêu rõ chờ văn bản nào.",
    Status.CARRIED: "chuyển sang kỳ sau hoặc cơ quan khác; ghi văn bản.",
    Status.DROPPED: "được cấp có thẩm quyền cho dừng, điều chỉnh, bãi bỏ; ghi văn bản.",
}


def write_cover(book: FormBook) -> None:
    """Add the first sheet."""
    grid = book.sheet(COVER)
    put(grid.sheet.cell(1, 1), f"BIỂU MẪU BÁO CÁO {book.form.period.full_text.upper()}", "title")
    put(grid.sheet.cell(2, 1), book.form.agency.name, "title")
    put(grid.sheet.cell(3, 1), "Kết quả thực hiện các kế hoạch, chương trình hành động của tỉnh", "note")
    grid.row = 4
    grid.header()
    for one in book.form.plans:
        _write_plan(book, grid, one)
    _write_signature(grid)
    for heading, texts in _advice(book):
        grid.heading(heading)
        for text in texts:
            grid.paragraph(text)
    for key in ("cutoff", "submitted"):
        grid.offer(key, prompt(*DATE_PROMPT))
    grid.finish(book.footer, None)


def _write_signature(grid: FormGrid) -> None:
    """Leave room for who made the report and for the head who signs it; what is typed here is on paper only."""
    grid.row += 1
    right = ("THỦ TRƯỞNG CƠ QUAN", "(Ký, ghi rõ họ tên, đóng dấu)", None)
    for words, head in zip(("Người lập biểu", "Điện thoại", "Ngày lập"), right, strict=True):
        grid.row += 1
        put(grid.sheet.cell(grid.row, 1), words)
        put(grid.sheet.cell(grid.row, 2), None, "answer")
        put(grid.sheet.cell(grid.row, 4), head, "below_signature" if head and head.startswith("(") else "signature")
        grid.sheet.merge_cells(start_row=grid.row, end_row=grid.row, start_column=4, end_column=6)
        grid.sheet.row_dimensions[grid.row].height = _SIGNATURE_LINE
    grid.row += 1


def _write_plan(book: FormBook, grid: FormGrid, one: PlanForm) -> None:
    plan = one.plan
    book.rows.append(("plan", plan.id, plan.document.cite))
    submitted = one.answered.submitted if one.answered else None
    grid.line(
        {
            "ref": plan.id,
            "title": plan.document.cite,
            "to": _recipients(plan, book.directory, book.form.period),
            "due": _due(one, book.form.period),
            "cutoff": format_date(one.cutoff),
            "submitted": format_date(submitted) if submitted else None,
        }
    )


def _recipients(plan: Plan, directory: Directory, period: Period) -> str:
    rule = _rule(plan, period)
    if rule is None:
        body = _names(plan, [plan.coordinator], directory)
        return f"Kế hoạch không quy định nơi nhận báo cáo của đơn vị; cơ quan theo dõi chung: {body}"
    text = _names(plan, rule.recipients, directory)
    return f"{text} (qua {_names(plan, rule.via, directory)})" if rule.via else text


def _rule(plan: Plan, period: Period) -> ReportingRule | None:
    """Return the rule that says where reports go: that for such periods, else the plan's first."""
    first = next((rule for rule in plan.reporting if rule.level == "unit"), None)
    return unit_rule(plan, period.kind) or first


def _names(plan: Plan, ids: Iterable[str], directory: Directory) -> str:
    """Return the names of agencies; a dissolved one is followed by its heirs of today."""
    found = []
    for agency_id in ids:
        agency = directory.get(plan.province, agency_id)
        heirs = directory.heirs(agency) if agency else ()
        names = "; ".join(heir.name for heir in heirs)
        if names and agency and not directory.heirs_certain(agency):
            names += ", cần xác nhận"
        found.append(directory.name(plan.province, agency_id) + (f" (nay: {names})" if names else ""))
    return "; ".join(found)


def _due(one: PlanForm, period: Period) -> str:
    rule = unit_rule(one.plan, period.kind)
    if rule is None and unit_rule(one.plan):
        return f"Văn bản không quy định báo cáo {period.kind_text}; báo cáo theo yêu cầu của cơ quan theo dõi chung."
    other = rule.document_asking(period.kind) if rule else None
    words = [rule.due.text] if rule and rule.due.text and not other else []
    if one.due:
        words.append(f"{period.text}: chậm nhất ngày {format_date(one.due)}")
    if rule:
        words.append(f"theo {other}" if other else f"(mục {rule.source} của văn bản)")
    if not one.required:
        words.append("Văn bản không bắt buộc đơn vị báo cáo.")
    return "\n".join(words) if words else "Văn bản không ấn định thời hạn."


def _advice(book: FormBook) -> Iterator[tuple[str, list[str]]]:
    coordinators = dict.fromkeys(_names(one.plan, [one.plan.coordinator], book.directory) for one in book.form.plans)
    done = TASKS.of(book.form.period).column("done_this_year").header
    yield "Cách điền", _HOW_TO_FILL
    yield "Cách ghi số và ngày", _NOTATION
    yield (
        "Trạng thái của nhiệm vụ",
        [
            " ".join(
                f"{capitalized(label)}: {_STATUS_MEANING[code].format(done=done)}" for code, label in STATUSES.items()
            )
        ],
    )
    yield "Nơi giải đáp", [f"Cơ quan theo dõi, đôn đốc chung: {'; '.join(coordinators)}."] if coordinators else []
