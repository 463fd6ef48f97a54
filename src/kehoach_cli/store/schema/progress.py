"""Progress files (`kehoach: progress/1`): one document, or a list of them."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from kehoach_cli.core.notation.keys import parse_target_key
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.store.schema.base import (
    FileModel,
    Flag,
    IsoDate,
    Lines,
    NumberText,
    OneOf,
    RowId,
    SingleYearKey,
    Text,
    Year,
    refuse,
    shown,
)

STATUSES = {
    "not_started": "chưa thực hiện",
    "in_progress": "đang thực hiện",
    "done": "đã hoàn thành",
    "ongoing": "thực hiện thường xuyên",
    "paused": "tạm dừng",
    "waiting": "chờ hướng dẫn",
    "carried": "chuyển tiếp",
    "dropped": "dừng, không thực hiện",
}


_NUMBER = "[1-9][0-9]?"


def _period(value: Any) -> str:
    text = str(value)
    try:
        found = parse_target_key(text)
    except PhraseError:
        found = None
    if found is None or found.since is not None or (found.period or "").count("-"):
        refuse("K103", f'kỳ "{shown(value)}" không đúng dạng', hint="viết 2026, 2026-Q1, 2026-H1 hoặc 2026-03")
    return text


def _fingerprint(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{64}", value, re.ASCII):
        hint = "không sửa dấu bằng tay: bỏ dòng này đi, hoặc lấy lại tệp từ Git"
        refuse("K103", f'dấu "{shown(value)}" không phải dấu của kehoach', hint=hint)
    return value


def _milestone(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(_NUMBER, value, re.ASCII):
        refuse("K103", f'khóa "{shown(value)}" phải là số thứ tự của mốc: 1, 2, 3…')
    return value


PeriodText = Annotated[
    str,
    PlainValidator(_period),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": "^(?:19|20|21)[0-9]{2}(?:-(?:Q[1-4]|H[12]|9M|0[1-9]|1[0-2]))?$",
            "patternErrorMessage": "Viết kỳ theo dạng 2026, 2026-Q1, 2026-H1 hoặc 2026-03.",
            "minimum": 1900,
            "maximum": 2199,
        }
    ),
]
Fingerprint = Annotated[
    str,
    PlainValidator(_fingerprint),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
            "patternErrorMessage": "Dấu do kehoach ghi gồm 64 chữ số và chữ a - f; không sửa bằng tay.",
        }
    ),
]
MilestoneKey = Annotated[
    str,
    BeforeValidator(_milestone),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{_NUMBER}$", "patternErrorMessage": "Khóa là số thứ tự của mốc: 1, 2, 3…"}
    ),
]


def _value(value: Any) -> str | dict[str, str] | None:
    """Return a value as typed, or one for each scope; the rules check its notation against the indicator."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict) and all(part is None or isinstance(part, str) for part in value.values()):
        return {str(scope): str(part) for scope, part in value.items() if part is not None} or None
    return refuse("K103", f'giá trị "{shown(value)}" phải là một số viết trong dấu nháy kép, ví dụ "86,5"')


class PaperEntry(
    FileModel,
    title="Văn bản",
    json_schema_extra={"description": "Một văn bản được dẫn trong báo cáo."},
):
    """A cited document."""

    number: Text = Field(title="Số, ký hiệu", description="Số và ký hiệu của văn bản.", examples=["12/BC-SYT"])
    date: IsoDate | None = Field(
        default=None,
        title="Ngày",
        description="Ngày của văn bản, theo dạng năm-tháng-ngày.",
        examples=["2025-12-10"],
    )


class ExtensionEntry(
    FileModel,
    title="Gia hạn",
    json_schema_extra={"description": "Thời hạn mới đã được cấp có thẩm quyền đồng ý."},
):
    """A moved deadline."""

    to: IsoDate = Field(
        title="Gia hạn đến ngày",
        description="Thời hạn mới, theo dạng năm-tháng-ngày.",
        examples=["2026-06-30"],
    )
    document: Text | None = Field(
        default=None,
        title="Văn bản cho phép",
        description="Văn bản đồng ý gia hạn, có số và ngày; thiếu thì vẫn tính theo thời hạn cũ.",
        examples=["Công văn 345/UBND-NN ngày 10/11/2025"],
    )


class MilestoneReportEntry(
    FileModel,
    title="Kết quả một mốc",
    json_schema_extra={"description": "Báo cáo của cơ quan về một mốc của nhiệm vụ."},
):
    """What an agency reports on a milestone."""

    status: Annotated[str, OneOf(STATUSES)] | None = Field(
        default=None,
        title="Trạng thái",
        description="Mốc này đang ở đâu: chưa, đang, đã hoàn thành…",
        examples=["done"],
    )
    completed: IsoDate | None = Field(
        default=None,
        title="Ngày hoàn thành",
        description="Ngày hoàn thành mốc, theo dạng năm-tháng-ngày; chỉ ghi khi trạng thái là done.",
        examples=["2025-06-20"],
    )


class SettlementEntry(
    FileModel,
    title="Kết luận của cơ quan đầu mối",
    json_schema_extra={"description": "Cơ quan đầu mối kết luận trạng thái của nhiệm vụ giao cho nhóm cơ quan."},
):
    """The coordinator's word on a task that groups lead."""

    document: Text = Field(
        title="Văn bản kết luận",
        description="Văn bản làm căn cứ kết luận.",
        examples=["Thông báo 120/TB-UBND ngày 05/12/2025"],
    )


class TaskReportEntry(
    FileModel,
    title="Kết quả nhiệm vụ",
    json_schema_extra={"description": "Báo cáo của cơ quan về một nhiệm vụ."},
):
    """What an agency reports on a task."""

    status: Annotated[str, OneOf(STATUSES)] | None = Field(
        default=None,
        title="Trạng thái",
        description="Nhiệm vụ đang ở đâu: chưa, đang, đã hoàn thành, tạm dừng…",
        examples=["in_progress"],
    )
    result: Lines | None = Field(
        default=None,
        title="Kết quả",
        description="Kết quả đã đạt trong kỳ, nêu số liệu cụ thể.",
        examples=["Đã nghiệm thu 2/4 trạm xử lý nước thải."],
    )
    documents: list[PaperEntry] = Field(
        default_factory=list,
        title="Văn bản kèm theo",
        description="Các văn bản chứng minh kết quả.",
        examples=[[{"number": "12/BC-SYT", "date": "2025-12-10"}]],
    )
    completed: IsoDate | None = Field(
        default=None,
        title="Ngày hoàn thành",
        description="Ngày hoàn thành nhiệm vụ, theo dạng năm-tháng-ngày; chỉ ghi khi trạng thái là done.",
        examples=["2025-11-20"],
    )
    extension: ExtensionEntry | None = Field(
        default=None,
        title="Gia hạn",
        description="Thời hạn mới và văn bản cho phép, nếu được gia hạn.",
        examples=[{"to": "2026-06-30"}],
    )
    condition_met: Flag | None = Field(
        default=None,
        title="Đã đủ điều kiện",
        description="Với nhiệm vụ phải chờ hướng dẫn: true nếu đã có, false nếu chưa có.",
        examples=[False],
    )
    done_this_year: Flag | None = Field(
        default=None,
        title="Đã làm trong năm",
        description="Với nhiệm vụ thường xuyên: true nếu năm nay đã làm, false nếu chưa.",
        examples=[True],
    )
    milestones: dict[MilestoneKey, MilestoneReportEntry] = Field(
        default_factory=dict,
        title="Các mốc",
        description=(
            "Với nhiệm vụ có nhiều mốc thời gian: mỗi mốc một khóa là số thứ tự của mốc trong kế hoạch, mốc đầu tiên là 1."
        ),
        examples=[{"1": {"status": "done", "completed": "2025-06-20"}, "2": {"status": "in_progress"}}],
    )
    done_for: list[PeriodText] = Field(
        default_factory=list,
        title="Các kỳ đã làm",
        description="Với nhiệm vụ định kỳ: các kỳ đã làm xong, viết 2026-Q1 (quý), 2026-H1 (nửa năm), 2026-03 (tháng).",
        examples=[["2026-Q1", "2026-Q2"]],
    )
    settled: SettlementEntry | None = Field(
        default=None,
        title="Cơ quan đầu mối kết luận",
        description=(
            "Chỉ cơ quan đầu mối ghi, với nhiệm vụ giao cho nhóm cơ quan: status là của cả nhóm, theo văn bản này."
        ),
        examples=[{"document": "Thông báo 120/TB-UBND ngày 05/12/2025"}],
    )
    difficulty: Lines | None = Field(
        default=None,
        title="Khó khăn, vướng mắc",
        description="Khó khăn, vướng mắc và nguyên nhân.",
        examples=["Chưa bố trí đủ kinh phí."],
    )


class IndicatorReportEntry(
    FileModel,
    title="Kết quả chỉ tiêu",
    json_schema_extra={"description": "Số liệu của cơ quan về một chỉ tiêu."},
):
    """What an agency reports on an indicator."""

    value: Annotated[
        Any,
        PlainValidator(_value),
        WithJsonSchema(
            {
                "type": ["string", "integer", "object", "null"],
                "additionalProperties": {"type": ["string", "integer", "null"]},
            }
        ),
    ] = Field(
        default=None,
        title="Giá trị đạt được",
        description=(
            'Số đạt được, viết kiểu Việt Nam trong dấu nháy kép: "86,5"; nhiều đối tượng thì mỗi đối tượng một dòng;'
            " chưa có số liệu thì viết null."
        ),
        examples=["86,5", {"đô thị": "95", "nông thôn": "80"}, None],
    )
    met: Flag | None = Field(
        default=None,
        title="Đã đạt",
        description='Với mục tiêu bằng lời ("Hoàn thành", "Có"): true nếu đã đạt, false nếu chưa đạt; không ghi value.',
        examples=[True],
    )
    estimate: Flag | None = Field(
        default=None,
        title="Là số ước",
        description="true nếu là số ước thực hiện; false nếu không còn là số ước; để trống thì giữ điều đã báo cáo.",
        examples=[True],
    )
    to_date: NumberText | None = Field(
        default=None,
        title="Lũy kế",
        description="Số lũy kế từ đầu kỳ kế hoạch đến nay.",
        examples=["6.100"],
    )
    levels: dict[SingleYearKey, NumberText | None] = Field(
        default_factory=dict,
        title="Mức theo năm",
        description="Với chỉ tiêu giảm, tăng hoặc gấp nhiều lần: mức của năm so sánh và của năm báo cáo.",
        examples=[{"2024": "28,1", "2030": "25,0"}],
    )
    province_total: Flag | None = Field(
        default=None,
        title="Là số chung toàn tỉnh",
        description=(
            "true nếu đây là số chung của tỉnh: khi nhiều cơ quan cùng báo cáo một chỉ tiêu, số này được dùng; false nếu không "
            "phải; để trống thì giữ điều đã báo cáo."
        ),
        examples=[True],
    )
    source: Text | None = Field(
        default=None,
        title="Nguồn số liệu",
        description="Văn bản hoặc cơ quan cung cấp số liệu.",
        examples=["Báo cáo 12/BC-SYT ngày 10/12/2025"],
    )
    note: Lines | None = Field(
        default=None,
        title="Ghi chú",
        description="Giải thích thêm về số liệu.",
        examples=["Chưa gồm các cơ sở y tế tư nhân."],
    )


class FundingReportEntry(
    FileModel,
    title="Kinh phí",
    json_schema_extra={"description": "Kinh phí được giao và đã giải ngân của một nguồn."},
):
    """Money planned and spent from one source."""

    source: Text = Field(title="Nguồn", description="Tên nguồn kinh phí.", examples=["Ngân sách tỉnh"])
    planned: NumberText | None = Field(
        default=None, title="Được giao", description="Số kinh phí được giao trong năm.", examples=["12.500"]
    )
    spent: NumberText | None = Field(
        default=None, title="Đã giải ngân", description="Số kinh phí đã giải ngân trong năm.", examples=["9.870,5"]
    )
    unit: Text | None = Field(
        default=None, title="Đơn vị tính", description="Đơn vị của hai số trên.", examples=["triệu đồng"]
    )


class CausesEntry(
    FileModel,
    title="Nguyên nhân",
    json_schema_extra={"description": "Nguyên nhân của tồn tại, hạn chế."},
):
    """Causes of what fell short."""

    objective: Lines | None = Field(
        default=None,
        title="Khách quan",
        description="Nguyên nhân khách quan.",
        examples=["Mưa lũ kéo dài trong quý III."],
    )
    subjective: Lines | None = Field(
        default=None,
        title="Chủ quan",
        description="Nguyên nhân chủ quan.",
        examples=["Việc phối hợp giữa các đơn vị có lúc chưa kịp thời."],
    )


class ProposalsEntry(
    FileModel,
    title="Kiến nghị, đề xuất",
    json_schema_extra={"description": "Kiến nghị, đề xuất theo cơ quan nhận."},
):
    """Proposals by addressee."""

    central: Lines | None = Field(
        default=None,
        title="Với Trung ương",
        description="Kiến nghị với Chính phủ, các bộ, ngành Trung ương.",
        examples=["Đề nghị Bộ Y tế sớm ban hành hướng dẫn."],
    )
    province: Lines | None = Field(
        default=None,
        title="Với tỉnh",
        description="Kiến nghị với Tỉnh ủy, HĐND, UBND tỉnh.",
        examples=["Đề nghị UBND tỉnh bố trí đủ kinh phí năm 2026."],
    )
    others: Lines | None = Field(
        default=None,
        title="Với cơ quan khác",
        description="Kiến nghị với các cơ quan, đơn vị khác.",
        examples=["Đề nghị Sở Tài chính thẩm định dự toán trước ngày 30/3."],
    )


class NarrativeEntry(
    FileModel,
    title="Phần lời văn",
    json_schema_extra={"description": "Các phần bằng lời của báo cáo; phần nào không có thì bỏ."},
):
    """The report's parts in words."""

    directing: Lines | None = Field(
        default=None,
        title="Công tác chỉ đạo",
        description="Công tác lãnh đạo, chỉ đạo, ban hành văn bản, phổ biến, quán triệt.",
        examples=["Sở đã ban hành Kế hoạch 45/KH-SYT để triển khai."],
    )
    strengths: Lines | None = Field(
        default=None,
        title="Ưu điểm",
        description="Kết quả nổi bật, ưu điểm.",
        examples=["Các bệnh viện tuyến tỉnh đều đã vận hành trạm xử lý nước thải."],
    )
    limits: Lines | None = Field(
        default=None,
        title="Tồn tại, hạn chế",
        description="Những việc chưa đạt, chậm hoặc còn hạn chế.",
        examples=["Hai trạm xử lý chậm tiến độ."],
    )
    causes: CausesEntry | None = Field(
        default=None,
        title="Nguyên nhân",
        description="Nguyên nhân khách quan và chủ quan của hạn chế.",
        examples=[{"objective": "Mưa lũ kéo dài."}],
    )
    lessons: Lines | None = Field(
        default=None,
        title="Bài học kinh nghiệm",
        description="Bài học rút ra trong tổ chức thực hiện.",
        examples=["Giao đầu mối cụ thể cho từng nhiệm vụ."],
    )
    funding: Lines | None = Field(
        default=None,
        title="Tình hình kinh phí",
        description="Nhận xét về bố trí và sử dụng kinh phí; các con số ghi ở khóa funding của báo cáo.",
        examples=["Kinh phí được bố trí kịp thời."],
    )
    next_year: Lines | None = Field(
        default=None,
        title="Nhiệm vụ năm sau",
        description="Phương hướng, nhiệm vụ trọng tâm năm tới.",
        examples=["Hoàn thành hai trạm xử lý còn lại trong quý II."],
    )
    proposals: ProposalsEntry | None = Field(
        default=None,
        title="Kiến nghị, đề xuất",
        description="Kiến nghị với Trung ương, với tỉnh và với cơ quan khác.",
        examples=[{"province": "Đề nghị UBND tỉnh bố trí đủ kinh phí."}],
    )


class ProgressFile(
    FileModel,
    title="Báo cáo tiến độ",
    json_schema_extra={"description": "Báo cáo của một cơ quan về một kế hoạch trong một kỳ."},
):
    """One agency's submission on one plan for one period."""

    kehoach: Annotated[str, OneOf({"progress/1": "báo cáo tiến độ"})] = Field(
        title="Loại tệp",
        description="Tệp báo cáo tiến độ luôn ghi progress/1 và để ở dòng đầu.",
        examples=["progress/1"],
    )
    plan: Text = Field(title="Kế hoạch", description="Mã kế hoạch được báo cáo.", examples=["kh-176"])
    agency: Text = Field(
        title="Cơ quan báo cáo",
        description="Mã hoặc tên cơ quan báo cáo, theo danh bạ.",
        examples=["so-y-te", "Sở Y tế"],
    )
    year: Year = Field(title="Năm báo cáo", description="Năm của báo cáo, bốn chữ số.", examples=[2025])
    period: PeriodText | None = Field(
        default=None,
        title="Kỳ báo cáo",
        description=(
            "Kỳ báo cáo nếu không phải cả năm: 2026-Q3 (quý), 2026-H1 (6 tháng), 2026-9M (9 tháng), 2026-09 (tháng); phải thuộc"
            " năm ở khóa year. Bỏ khóa này nếu báo cáo cả năm."
        ),
        examples=["2026-Q3", "2026-H1"],
    )
    cutoff: IsoDate = Field(
        title="Ngày chốt số liệu",
        description="Số liệu tính đến hết ngày này, theo dạng năm-tháng-ngày.",
        examples=["2025-12-14"],
    )
    submitted: IsoDate | None = Field(
        default=None,
        title="Ngày gửi",
        description="Ngày gửi báo cáo, theo dạng năm-tháng-ngày.",
        examples=["2025-12-16"],
    )
    indicators: dict[RowId, IndicatorReportEntry] = Field(
        default_factory=dict,
        title="Chỉ tiêu",
        description="Mỗi chỉ tiêu một khóa là mã chỉ tiêu trong kế hoạch.",
        examples=[{"PL1.17": {"value": "86,5", "source": "Báo cáo 12/BC-SYT"}}],
    )
    tasks: dict[RowId, TaskReportEntry] = Field(
        default_factory=dict,
        title="Nhiệm vụ",
        description="Mỗi nhiệm vụ một khóa là mã nhiệm vụ trong kế hoạch.",
        examples=[{"PL2.III.1": {"status": "in_progress", "result": "Đã nghiệm thu 2/4 trạm xử lý."}}],
    )
    funding: list[FundingReportEntry] = Field(
        default_factory=list,
        title="Kinh phí",
        description="Kinh phí được giao và đã giải ngân, mỗi nguồn một mục.",
        examples=[[{"source": "Ngân sách tỉnh", "planned": "12.500", "spent": "9.870,5", "unit": "triệu đồng"}]],
    )
    narrative: NarrativeEntry | None = Field(
        default=None,
        title="Phần lời văn",
        description="Các phần bằng lời của báo cáo.",
        examples=[{"limits": "Hai trạm xử lý chậm tiến độ."}],
    )
    answers: dict[RowId, Fingerprint] = Field(
        default_factory=dict,
        title="Văn bản đã trả lời",
        description=(
            "Dấu của nguyên văn, thời gian, cơ quan chủ trì, mục tiêu mà báo cáo trả lời, theo mã của nhiệm vụ, chỉ tiêu; do"
            " kehoach form, collect và review ghi, không sửa bằng tay."
        ),
        examples=[{"PL1.17": "d390e996c137edf35729d35d241a88b62939aaa1a770c909defff258634eef69"}],
    )
