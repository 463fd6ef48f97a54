"""The six tables: plans, agencies, tasks, assignments, targets, results."""

from collections.abc import Iterable

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.duties.assess import CountColumn, Timeliness
from kehoach_cli.core.duties.match import Via
from kehoach_cli.core.model.plan import TaskKind
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.core.notation.target import Direction, Operator, TargetKind
from kehoach_cli.core.tables.declared import DataField, DataTable, DataType, Reference

_INTEGER, _NUMBER, _BOOLEAN, _DATE = DataType.INTEGER, DataType.NUMBER, DataType.BOOLEAN, DataType.DATE
_KHONG_DAU = "chữ thường, không dấu, để tìm"
_DECIMAL = "số thập phân chính xác, tối đa 12 chữ số lẻ; nguyên văn ở cột bên"


def _values(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(kind) for kind in kinds)


_PROVINCE = DataField("province", "Tỉnh", about="mã danh bạ của tỉnh có kế hoạch")
_PLAN = DataField("plan", "Kế hoạch", about="mã kế hoạch, duy nhất trong một tỉnh")
_REF = DataField("ref", "Mã đầy đủ", about="mã kế hoạch và mã mục, như kh-176/PL2.III.1")
_AGENCY = (
    DataField("agency_province", "Tỉnh của cơ quan", about="mã danh bạ có cơ quan: của tỉnh, hoặc trung-uong"),
    DataField("agency", "Cơ quan", about="mã cơ quan trong danh bạ đó"),
)
_TO_PLAN = Reference(("province", "plan"), "plans", ("province", "plan"))
_TO_AGENCY = Reference(("agency_province", "agency"), "agencies", ("province", "agency"))
_STATUS = DataField("status", "Trạng thái đã báo cáo", about="trống: chưa nêu", values=_values(Status))
_TIMELINESS = DataField("timeliness", "Tính đúng hạn", values=_values(Timeliness))
_STATE = DataField("state", "Tình trạng (cột tổng hợp)", values=_values(CountColumn))

PLANS = DataTable(
    "plans",
    "Kế hoạch",
    "Mỗi dòng một văn bản.",
    (
        _PROVINCE,
        _PLAN,
        DataField("type", "Loại văn bản", about="viết tắt, như KH, QĐ"),
        DataField("number", "Số, ký hiệu"),
        DataField("date", "Ngày ban hành, như văn bản", about="có thể thiếu ngày, tháng: 2026-04"),
        DataField("date_first", "Ngày ban hành sớm nhất có thể", _DATE),
        DataField("title", "Trích yếu"),
        DataField("title_khong_dau", "Trích yếu, không dấu", about=_KHONG_DAU),
        DataField("cite", "Cách gọi trong báo cáo"),
        DataField("issuer", "Cơ quan ban hành", about="mã"),
        DataField("issuer_name", "Tên cơ quan ban hành"),
        DataField("coordinator", "Cơ quan đầu mối", about="mã, như kế hoạch ghi"),
        DataField("coordinator_name", "Tên cơ quan đầu mối"),
        DataField("period_from", "Từ năm", _INTEGER),
        DataField("period_to", "Đến năm", _INTEGER, "trống: kế hoạch không ghi năm kết thúc"),
        DataField("vision", "Tầm nhìn", _INTEGER),
        DataField("tasks", "Số nhiệm vụ", _INTEGER),
        DataField("programmes", "Số chương trình, đề án", _INTEGER),
        DataField("organisation", "Số việc tổ chức thực hiện", _INTEGER),
        DataField("indicators", "Số chỉ tiêu", _INTEGER),
        DataField("as_of", "Tình trạng tính đến ngày", _DATE, "ngày của các cột tình trạng trong mọi bảng"),
    ),
    ("province", "plan"),
)

AGENCIES = DataTable(
    "agencies",
    "Cơ quan",
    "Danh bạ: mỗi dòng một cơ quan hoặc nhóm cơ quan.",
    (
        DataField("province", "Tỉnh", about="mã danh bạ; trung-uong là các cơ quan trung ương"),
        DataField("agency", "Cơ quan", about="mã trong danh bạ"),
        DataField("name", "Tên"),
        DataField("name_khong_dau", "Tên, không dấu", about=_KHONG_DAU),
        DataField("short", "Tên viết tắt", about="nối bằng “; ”"),
        DataField("kind", "Loại"),
        DataField("is_group", "Là nhóm", _BOOLEAN),
        DataField("is_open", "Nhóm mở", _BOOLEAN, "nhóm không kể được thành viên, như “các đơn vị liên quan”"),
        DataField("members", "Thành viên", about="mã, nối bằng “; ”"),
        DataField("parent", "Cơ quan cấp trên", about="mã"),
        DataField("valid_from", "Hoạt động từ ngày", _DATE),
        DataField("valid_to", "Hoạt động đến ngày", _DATE),
        DataField(
            "successors",
            "Cơ quan kế thừa trực tiếp",
            about="mã, nối bằng “; ”; của tỉnh khác thì có mã tỉnh đứng trước",
        ),
        DataField(
            "agency_now",
            "Cơ quan có nhiệm vụ hiện nay",
            about="mã như ở cột successors; trống nếu đã chia cho nhiều cơ quan hoặc chưa rõ",
        ),
        DataField("certain", "Đã xác nhận", _BOOLEAN),
    ),
    ("province", "agency"),
)

TASKS = DataTable(
    "tasks",
    "Nhiệm vụ",
    "Mỗi dòng một nhiệm vụ, chương trình hoặc việc tổ chức thực hiện, với tình trạng chung; cùng số với kehoach tasks.",
    (
        _PROVINCE,
        _PLAN,
        _REF,
        DataField("id", "Mã"),
        DataField("kind", "Loại", values=_values(TaskKind)),
        DataField("section", "Mục"),
        DataField("section_title", "Tên mục"),
        DataField("text", "Nội dung"),
        DataField("text_khong_dau", "Nội dung, không dấu", about=_KHONG_DAU),
        DataField("lead_as_issued", "Chủ trì, nguyên văn"),
        DataField("support_as_issued", "Phối hợp, nguyên văn"),
        DataField("schedule", "Thời gian thực hiện, nguyên văn"),
        DataField("schedule_kind", "Loại thời gian", values=_values(ScheduleKind)),
        DataField("year_from", "Từ năm", _INTEGER),
        DataField("year_to", "Đến năm", _INTEGER),
        DataField("recurs", "Lặp lại mỗi", about="year, half, quarter, month, week, day hoặc “2 years”"),
        DataField("deadline_planned", "Thời hạn theo kế hoạch", _DATE),
        DataField("deadline", "Thời hạn", _DATE, "kể cả gia hạn có văn bản"),
        DataField("extension_document", "Văn bản gia hạn"),
        DataField("next_due", "Hạn gần nhất", _DATE, "mốc, kỳ hoặc thời hạn"),
        DataField("outputs", "Sản phẩm", about="nối bằng “; ”"),
        _STATUS,
        _TIMELINESS,
        _STATE,
        DataField("state_text", "Tình trạng bằng lời"),
        DataField("overdue", "Quá hạn", _BOOLEAN, "như kehoach tasks --overdue: quá thời hạn, hoặc có mốc quá hạn"),
        DataField("days_late", "Số ngày quá hạn", _INTEGER),
        DataField("completed", "Ngày hoàn thành", _DATE),
        DataField("leads", "Số cơ quan chủ trì nêu tên", _INTEGER),
        DataField("leads_reported", "Số cơ quan chủ trì đã báo cáo", _INTEGER),
        DataField("note", "Ghi chú của kehoach"),
    ),
    ("province", "ref"),
    (_TO_PLAN,),
)

ASSIGNMENTS = DataTable(
    "assignments",
    "Phân công",
    "Mỗi dòng một cách mà một nhiệm vụ thuộc về một cơ quan; cùng số với kehoach tasks --agency.",
    (
        _PROVINCE,
        _PLAN,
        _REF,
        *_AGENCY,
        DataField("way", "Thứ tự của cách này", _INTEGER, "1 là cách rõ nhất của cặp nhiệm vụ, cơ quan"),
        DataField("role", "Vai trò", values=("lead", "support", "implement", "direct")),
        DataField(
            "via",
            "Theo",
            about="nêu đích danh, kế thừa, nhóm, điều khoản chung, phần thân kế hoạch",
            values=_values(Via),
        ),
        DataField("named", "Tên mà kế hoạch ghi"),
        DataField("limited", "Chỉ phần có liên quan", _BOOLEAN),
        DataField("scope", "Phần việc", about="của cơ quan kế thừa một phần"),
        DataField("certain", "Đã xác nhận", _BOOLEAN),
        DataField("own", "Nêu tên cơ quan hoặc cơ quan mà nó kế thừa", _BOOLEAN),
        DataField(
            "leads_now",
            "Đang chủ trì",
            _BOOLEAN,
            "cơ quan được nêu tên chủ trì hoặc kế thừa, ngày as_of; mỗi cặp nhiều nhất một dòng đúng",
        ),
        DataField("own_status", "Trạng thái theo báo cáo của cơ quan này", values=_values(Status)),
        DataField("own_timeliness", "Tính đúng hạn của cơ quan này", values=_values(Timeliness)),
        DataField("own_state", "Tình trạng của cơ quan này", about="chỉ ở dòng chủ trì", values=_values(CountColumn)),
        DataField("own_days_late", "Số ngày quá hạn của cơ quan này", _INTEGER),
    ),
    ("province", "ref", "agency_province", "agency", "way"),
    (_TO_PLAN, Reference(("province", "ref"), "tasks", ("province", "ref")), _TO_AGENCY),
)

TARGETS = DataTable(
    "targets",
    "Mục tiêu",
    "Mỗi dòng một phần của mục tiêu một năm của một chỉ tiêu, hoặc số liệu năm gốc.",
    (
        _PROVINCE,
        _PLAN,
        _REF,
        DataField("row_no", "Thứ tự", _INTEGER, "trong cùng chỉ tiêu"),
        DataField("id", "Mã"),
        DataField("name", "Chỉ tiêu"),
        DataField("name_khong_dau", "Chỉ tiêu, không dấu", about=_KHONG_DAU),
        DataField("unit", "Đơn vị tính"),
        DataField("direction", "Chiều hướng tốt", values=_values(Direction)),
        DataField("lead", "Cơ quan chịu trách nhiệm", about="mã như kế hoạch ghi, nối bằng “; ”"),
        DataField("section", "Mục"),
        DataField("baseline", "Là năm gốc", _BOOLEAN),
        DataField("year", "Năm", _INTEGER),
        DataField("year_from", "Từ năm", _INTEGER, "mục tiêu của cả giai đoạn"),
        DataField("period", "Kỳ trong năm", about="như Q3, H1, 06, 06-30; trống: cả năm"),
        DataField("part", "Phần thứ", _INTEGER, "0: không có phần nào đọc được"),
        DataField("kind", "Dạng mục tiêu", values=_values(TargetKind)),
        DataField("text", "Mục tiêu, nguyên văn"),
        DataField("scope", "Phạm vi của phần này"),
        DataField("operator", "Dấu so sánh", values=_values(Operator)),
        DataField("low", "Mức, hoặc mức thấp", _NUMBER, _DECIMAL),
        DataField("high", "Mức cao", _NUMBER, _DECIMAL),
        DataField("whole", "Trên tổng số", _NUMBER, _DECIMAL),
        DataField("part_unit", "Đơn vị của phần này", about="trống: đơn vị tính của chỉ tiêu"),
        DataField("change", "Tăng hoặc giảm"),
        DataField("against", "So với năm", _INTEGER),
        DataField("understood", "Hiểu là"),
    ),
    ("province", "ref", "row_no"),
    (_TO_PLAN,),
    ("province", "year"),
)

RESULTS = DataTable(
    "results",
    "Kết quả",
    "Mỗi dòng những gì một cơ quan báo cáo trong một kỳ về một chỉ tiêu (cùng số với kehoach check) hoặc một nhiệm vụ.",
    (
        _PROVINCE,
        _PLAN,
        _REF,
        *_AGENCY,
        DataField("year", "Năm", _INTEGER),
        DataField("period", "Kỳ", about="như 2026, 2026-Q3"),
        DataField("row_no", "Thứ tự", _INTEGER, "trong cùng mục và kỳ"),
        DataField("kind", "Loại", values=("indicator", "task")),
        DataField("scope", "Phần", about="trống: cả chỉ tiêu; các dòng có phần là chi tiết, không đếm lại"),
        DataField("cutoff", "Chốt số liệu", _DATE),
        DataField("submitted", "Ngày gửi", _DATE),
        DataField("reported", "Có báo cáo", _BOOLEAN),
        DataField("closed", "Kỳ đã chốt", _BOOLEAN),
        DataField("adjusted", "Điều chỉnh sau khi chốt", _BOOLEAN),
        DataField("value", "Số liệu", _NUMBER, f"theo đơn vị ở cột unit; {_DECIMAL}"),
        DataField("value_text", "Số liệu, như báo cáo"),
        DataField(
            "unit", "Đơn vị của số liệu", about="của mục tiêu, nếu mục tiêu ghi đơn vị khác đơn vị tính của chỉ tiêu"
        ),
        DataField("estimate", "Số ước", _BOOLEAN),
        DataField("province_total", "Số chung toàn tỉnh", _BOOLEAN),
        DataField("target_text", "Mục tiêu, nguyên văn"),
        DataField("target_year", "Năm của mục tiêu", _INTEGER),
        DataField("verdict", "Đánh giá", values=_values(Verdict)),
        DataField("verdict_text", "Đánh giá bằng lời"),
        DataField("official", "Chính thức", _BOOLEAN),
        DataField("invalid", "Cần làm rõ", _BOOLEAN),
        DataField("reason", "Lý do"),
        DataField("difference", "So với mục tiêu", _NUMBER, _DECIMAL),
        DataField("difference_unit", "Đơn vị so với mục tiêu", about="“điểm %”, hoặc “%” của mục tiêu"),
        DataField("change", "So với năm trước", _NUMBER, _DECIMAL),
        DataField("change_unit", "Đơn vị so với năm trước"),
        DataField("change_text", "So với năm trước, bằng lời"),
        _STATUS,
        DataField("completed", "Ngày hoàn thành", _DATE),
        DataField("extension_to", "Gia hạn đến", _DATE),
        DataField("extension_document", "Văn bản gia hạn"),
        DataField("documents", "Văn bản", about="nối bằng “; ”"),
        DataField("result", "Kết quả thực hiện"),
        DataField("difficulty", "Khó khăn, vướng mắc"),
        DataField("source", "Nguồn số liệu"),
        DataField("note", "Ghi chú"),
        DataField("file", "Tệp"),
        DataField("line", "Dòng", _INTEGER),
    ),
    ("province", "ref", "period", "row_no"),
    (_TO_PLAN, _TO_AGENCY),
    ("province", "year"),
)

TABLES = (PLANS, AGENCIES, TASKS, ASSIGNMENTS, TARGETS, RESULTS)
