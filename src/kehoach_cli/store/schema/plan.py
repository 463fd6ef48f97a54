"""Plan files (`kehoach: plan/1`)."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from kehoach_cli.store.schema.base import (
    SLUG_SCHEMA,
    AgencyId,
    FileModel,
    Flag,
    IsoDate,
    MaybeDate,
    NumberText,
    OneOf,
    RowId,
    ScheduleText,
    SingleYearKey,
    Slug,
    TargetKeyText,
    TargetValue,
    Text,
    Year,
    refuse,
    shown,
)

TASK_KINDS = {"task": "nhiệm vụ", "programme": "chương trình, đề án, dự án", "organisation": "tổ chức thực hiện"}
DIRECTIONS = {
    "increase": "càng cao càng tốt",
    "decrease": "càng thấp càng tốt",
    "maintain": "duy trì",
    "within": "giữ trong mức, không tăng và không giảm",
}
CHANGES = {"points": "điểm phần trăm", "percent": "phần trăm"}
OBJECTIVE_KINDS = {
    "purpose": "mục đích",
    "requirement": "yêu cầu",
    "viewpoint": "quan điểm",
    "general": "mục tiêu chung",
    "specific": "mục tiêu cụ thể",
    "vision": "tầm nhìn",
}
CLAUSE_ROLES = {"implement": "thực hiện", "direct": "lãnh đạo, chỉ đạo"}
LEVELS = {"unit": "đơn vị báo cáo", "coordinator": "cơ quan đầu mối báo cáo"}
REPORTED_PERIODS = {
    "year": "năm",
    "half": "6 tháng",
    "nine_months": "9 tháng",
    "quarter": "quý",
    "month": "tháng",
}
CONDITION_KINDS = {"after": "sau khi", "per": "theo"}


def _listed(value: Any) -> Any:
    """Accept one id where a list of ids is meant."""
    return [value] if isinstance(value, str) else value


_DASH = re.compile(r"[1-9][0-9]{0,2}")


def _scope(value: Any) -> int | None:
    if value == "all":
        return None
    if not isinstance(value, str) or not _DASH.fullmatch(value):
        refuse("K103", f'phạm vi "{shown(value)}" phải là all (cả nhiệm vụ) hoặc số thứ tự của gạch đầu dòng')
    return int(value)


def _some_targets(targets: dict[str, Any]) -> dict[str, Any]:
    if not targets:
        refuse("K307", "chỉ tiêu không có mục tiêu nào", hint='viết ví dụ {2025: "85", 2030: "90"}')
    return targets


def _in_order(period: "PeriodEntry") -> "PeriodEntry":
    if period.to is not None and period.to < period.from_:
        refuse(
            "K111",
            f"thời kỳ kết thúc năm {period.to} trước khi bắt đầu năm {period.from_}",
            hint="đối chiếu với tên văn bản và sửa from hoặc to; không ghi năm kết thúc thì viết to: null",
        )
    return period


AgencyIds = Annotated[
    list[AgencyId],
    BeforeValidator(_listed),
    WithJsonSchema(
        {
            "type": ["array", "string"],
            "items": SLUG_SCHEMA,
            "pattern": SLUG_SCHEMA["pattern"],
            "patternErrorMessage": SLUG_SCHEMA["patternErrorMessage"],
        }
    ),
]
Scope = Annotated[
    int | None,
    BeforeValidator(_scope),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "minimum": 1,
            "maximum": 999,
            "pattern": f"^(?:all|{_DASH.pattern})$",
            "patternErrorMessage": "Viết all (cả nhiệm vụ) hoặc số thứ tự của gạch đầu dòng.",
        }
    ),
]


class BasisEntry(
    FileModel,
    title="Căn cứ",
    json_schema_extra={"description": "Một văn bản làm căn cứ, ghi đến đâu biết đến đó."},
):
    """A legal basis, as far as the opening names it."""

    number: Text | None = Field(
        default=None,
        title="Số, ký hiệu",
        description="Số, ký hiệu của văn bản căn cứ như in trong phần mở đầu; bỏ khóa này nếu văn bản không nêu số.",
        examples=["450/QĐ-TTg"],
    )
    date: MaybeDate | None = Field(
        default=None,
        title="Ngày ban hành",
        description="Ngày của văn bản căn cứ, theo dạng năm-tháng-ngày; biết đến đâu ghi đến đó.",
        examples=["2022-04-13", "2022-04"],
    )
    title: Text | None = Field(
        default=None,
        title="Trích yếu",
        description="Tên hoặc trích yếu của văn bản căn cứ, chép nguyên văn.",
        examples=["Luật Tổ chức chính quyền địa phương"],
    )


class SignerEntry(
    FileModel,
    title="Người ký",
    json_schema_extra={"description": "Phần ký ở cuối văn bản: các dòng thẩm quyền và họ tên."},
):
    """The signature block: the lines above the name, and the name."""

    authority: list[Text] = Field(
        title="Quyền hạn, chức vụ",
        description="Các dòng in phía trên tên người ký, mỗi dòng một mục.",
        examples=[["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]],
    )
    name: Text = Field(title="Họ tên", description="Họ và tên người ký như in.", examples=["Lê Đức Giang"])


class DocumentEntry(
    FileModel,
    title="Văn bản",
    json_schema_extra={
        "description": "Văn bản đã ban hành: loại, số, ngày, cơ quan ban hành, tên gọi, căn cứ, nơi nhận."
    },
):
    """The issued document."""

    type: Text = Field(
        title="Loại văn bản",
        description="Chữ viết tắt tên loại văn bản: KH là kế hoạch, QĐ là quyết định.",
        examples=["KH", "QĐ"],
    )
    number: Text | None = Field(
        title="Số, ký hiệu",
        description="Số và ký hiệu như in; viết null nếu bản sao không ghi số.",
        examples=["176/KH-UBND"],
    )
    date: MaybeDate | None = Field(
        title="Ngày ban hành",
        description="Ngày ban hành theo dạng năm-tháng-ngày; thiếu ngày thì viết năm-tháng, không ghi ngày thì viết null.",
        examples=["2022-07-01", "2026-04"],
    )
    issuer: AgencyId = Field(
        title="Cơ quan ban hành",
        description="Mã cơ quan ban hành trong danh bạ (plans/agencies).",
        examples=["ubnd-tinh"],
    )
    title: Text = Field(
        title="Trích yếu",
        description="Trích yếu nội dung văn bản, chép nguyên văn.",
        examples=["Kế hoạch hành động về tăng trưởng xanh tỉnh Thanh Hóa giai đoạn 2021 - 2030"],
    )
    cite: Text = Field(
        title="Cách viện dẫn",
        description="Cụm từ để báo cáo gọi tên văn bản này.",
        examples=["Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh"],
    )
    basis: list[BasisEntry] = Field(
        default_factory=list,
        title="Căn cứ ban hành",
        description="Các văn bản căn cứ nêu ở phần mở đầu, theo thứ tự in.",
        examples=[[{"number": "450/QĐ-TTg", "date": "2022-04-13"}]],
    )
    signer: SignerEntry | None = Field(
        default=None,
        title="Người ký",
        description="Phần ký; bỏ khóa này nếu bản sao không có.",
        examples=[{"authority": ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "name": "Lê Đức Giang"}],
    )
    recipients: list[Text] = Field(
        default_factory=list,
        title="Nơi nhận",
        description="Các dòng ở phần nơi nhận, mỗi dòng một mục.",
        examples=[["Văn phòng Chính phủ (để b/c)", "Lưu: VT, THKH"]],
    )


class PeriodEntry(
    FileModel,
    title="Thời kỳ",
    json_schema_extra={"description": "Thời kỳ của kế hoạch, tính theo năm."},
):
    """Years in force."""

    from_: Year = Field(alias="from", title="Từ năm", description="Năm bắt đầu của kế hoạch.", examples=[2022])
    to: Year | None = Field(
        title="Đến năm",
        description="Năm kết thúc; viết null nếu văn bản không nêu.",
        examples=[2030],
    )
    vision: Year | None = Field(
        default=None, title="Tầm nhìn", description="Năm của tầm nhìn, nếu văn bản có nêu.", examples=[2050]
    )
    note: Text | None = Field(
        default=None,
        title="Ghi chú",
        description="Lời của người nhập về thời kỳ; không phải nguyên văn.",
        examples=["Các nhiệm vụ tại Phụ lục thực hiện từ năm 2023."],
    )


class ObjectiveEntry(
    FileModel,
    title="Mục đích, quan điểm, mục tiêu",
    json_schema_extra={"description": "Một đoạn về mục đích, yêu cầu, quan điểm hoặc mục tiêu."},
):
    """A numbered passage of purposes, viewpoints or objectives."""

    id: RowId = Field(
        title="Mã đoạn",
        description="Số của mục trong văn bản; gạch đầu dòng không có số thì thêm -1, -2…",
        examples=["I.1-1", "II.1.2-1"],
    )
    kind: Annotated[str, OneOf(OBJECTIVE_KINDS)] | None = Field(
        default=None,
        title="Loại",
        description="Đoạn này là mục đích, yêu cầu, quan điểm, mục tiêu hay tầm nhìn.",
        examples=["specific"],
    )
    text: Text = Field(
        title="Nguyên văn",
        description="Nội dung đoạn, chép nguyên văn, kể cả lỗi in.",
        examples=["Chủ động phòng ngừa, kiểm soát các tác động xấu gây ô nhiễm, suy thoái môi trường."],
    )


class FundingEntry(
    FileModel,
    title="Nguồn kinh phí",
    json_schema_extra={"description": "Một nguồn kinh phí thực hiện kế hoạch."},
):
    """A source of funding."""

    id: RowId = Field(title="Mã đoạn", description="Số của đoạn trong văn bản.", examples=["V.1"])
    text: Text = Field(
        title="Nguyên văn",
        description="Nội dung về nguồn kinh phí, chép nguyên văn.",
        examples=["Nguồn tài chính khác theo quy định của pháp luật."],
    )


class ReportingEntry(
    FileModel,
    title="Chế độ báo cáo",
    json_schema_extra={"description": "Một cấp báo cáo do chính kế hoạch quy định: ai gửi, gửi ai, khi nào."},
):
    """One level of the plan's own reporting rules."""

    level: Annotated[str, OneOf(LEVELS)] = Field(
        title="Cấp báo cáo",
        description="Báo cáo của từng đơn vị (unit) hay báo cáo tổng hợp của cơ quan đầu mối (coordinator).",
        examples=["unit"],
    )
    drafter: AgencyId | None = Field(
        default=None,
        title="Cơ quan dự thảo",
        description="Mã cơ quan soạn báo cáo khi cơ quan khác ký gửi.",
        examples=["so-tnmt"],
    )
    from_: AgencyIds = Field(
        alias="from",
        title="Cơ quan gửi",
        description="Mã các cơ quan, nhóm cơ quan phải gửi báo cáo.",
        examples=[["nhom-so-ban-nganh", "ubnd-cap-huyen"], "ubnd-tinh"],
    )
    to: AgencyIds = Field(
        title="Cơ quan nhận",
        description="Mã các cơ quan nhận báo cáo.",
        examples=[["ubnd-tinh", "bo-tnmt"]],
    )
    via: AgencyIds = Field(
        default_factory=list,
        title="Gửi qua",
        description="Mã cơ quan đầu mối mà báo cáo được gửi qua để tổng hợp.",
        examples=[["so-nnmt"]],
    )
    leads_only: Flag = Field(
        default=False,
        title="Chỉ cơ quan chủ trì",
        description="true nếu chỉ cơ quan được giao chủ trì nhiệm vụ phải báo cáo; mặc định false.",
        examples=[True],
    )
    embedded_in: Text | None = Field(
        default=None,
        title="Lồng ghép trong",
        description="Tên báo cáo khác chứa nội dung này, nếu kế hoạch không yêu cầu báo cáo riêng.",
        examples=["Báo cáo công tác bảo vệ môi trường hằng năm"],
    )
    due: ScheduleText | None = Field(
        default=None,
        title="Thời hạn báo cáo",
        description="Thời hạn gửi báo cáo, chép nguyên văn; bỏ khóa này nếu văn bản không nêu.",
        examples=["trước ngày 10/12 hằng năm", "định kỳ ngày 15/11 hằng năm"],
    )
    periods: list[Annotated[str, OneOf(REPORTED_PERIODS)]] = Field(
        default_factory=list,
        title="Các kỳ báo cáo",
        description=(
            "Các loại kỳ mà kế hoạch yêu cầu báo cáo: year (năm), half (6 tháng), nine_months (9 tháng), quarter (quý), month"
            " (tháng); mặc định là năm, và kỳ nêu ở thời hạn báo cáo. Kỳ không ghi thì không cơ quan nào bị coi là chưa gửi."
        ),
        examples=[["quarter", "year"]],
    )
    source: RowId = Field(
        title="Quy định tại",
        description="Mã đoạn của văn bản quy định việc báo cáo này.",
        examples=["VI.2", "VI.1-3"],
    )


class ClauseEntry(
    FileModel,
    title="Điều khoản chung",
    json_schema_extra={"description": "Điều khoản giao chung các nhiệm vụ không nêu tên cơ quan nào."},
):
    """A general clause for rows naming nobody."""

    id: RowId = Field(title="Mã đoạn", description="Số của điều khoản trong văn bản.", examples=["III.1"])
    role: Annotated[str, OneOf(CLAUSE_ROLES)] = Field(
        title="Vai trò",
        description="Điều khoản giao thực hiện (implement) hay giao lãnh đạo, chỉ đạo (direct).",
        examples=["implement"],
    )
    agencies: AgencyIds = Field(
        title="Cơ quan",
        description="Mã các cơ quan, nhóm cơ quan được điều khoản này giao.",
        examples=[["nhom-so-ban-nganh", "ubnd-cap-xa"]],
    )
    applies_to: list[RowId] = Field(
        title="Áp dụng cho mục",
        description="Mã các mục (sections) mà điều khoản này giao.",
        examples=[["II"], ["II.2", "II.3"]],
    )
    text: Text = Field(
        title="Nguyên văn",
        description="Nội dung điều khoản, chép nguyên văn.",
        examples=["Ban Cán sự đảng UBND tỉnh lãnh đạo UBND tỉnh chỉ đạo:"],
    )


class SectionEntry(
    FileModel,
    title="Mục",
    json_schema_extra={"description": "Một tiêu đề của văn bản hoặc phụ lục."},
):
    """A heading."""

    id: RowId = Field(
        title="Mã mục",
        description="Số của mục; phụ lục bắt đầu bằng PL, ví dụ PL2.III.",
        examples=["III.1", "PL2.III"],
    )
    title: Text = Field(
        title="Tiêu đề", description="Tiêu đề mục, chép nguyên văn.", examples=["NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU"]
    )
    printed: Text | None = Field(
        default=None,
        title="Số in trong văn bản",
        description="Số in thực tế khi văn bản đánh số trùng hoặc sai, khác với mã mục ở trên.",
        examples=["IV"],
    )
    schedule: ScheduleText | None = Field(
        default=None,
        title="Thời gian thực hiện",
        description="Thời gian ghi ở tiêu đề, áp dụng cho mọi nhiệm vụ bên dưới; chép nguyên văn.",
        examples=["đến hết năm 2026"],
    )
    errata: Text | None = Field(
        default=None,
        title="Đính chính",
        description="Lời của người nhập về lỗi in của văn bản ở mục này.",
        examples=["Văn bản in số IV hai lần."],
    )


class WithdrawalEntry(
    FileModel,
    title="Bãi bỏ",
    json_schema_extra={"description": "Ngày bãi bỏ và văn bản bãi bỏ."},
):
    """A row taken back by a later document."""

    from_: IsoDate = Field(
        alias="from",
        title="Từ ngày",
        description="Ngày bãi bỏ có hiệu lực, theo dạng năm-tháng-ngày.",
        examples=["2026-01-01"],
    )
    document: Text = Field(
        title="Văn bản bãi bỏ",
        description="Số, ký hiệu và ngày của văn bản bãi bỏ.",
        examples=["Quyết định 12/QĐ-UBND ngày 05/01/2026"],
    )


class TaskCells(
    FileModel,
    title="Nguyên văn các ô của nhiệm vụ",
    json_schema_extra={"description": "Các ô của dòng như in trong bảng, chưa tách."},
):
    """The cells of a row as printed."""

    lead: Text | None = Field(
        default=None,
        title="Ô cơ quan chủ trì",
        description="Nguyên văn ô cơ quan chủ trì.",
        examples=["Sở Giáo dục và Đào tạo, Trường Đại học Hồng Đức"],
    )
    support: Text | None = Field(
        default=None,
        title="Ô cơ quan phối hợp",
        description="Nguyên văn ô cơ quan phối hợp.",
        examples=["Các sở, ban, ngành có liên quan"],
    )
    role: Text | None = Field(
        default=None,
        title="Tiêu đề cột",
        description="Nguyên văn tiêu đề cột hoặc cụm từ giao việc đứng trước tên cơ quan.",
        examples=["Đơn vị chủ trì thực hiện"],
    )
    schedule: Text | None = Field(
        default=None,
        title="Ô thời gian",
        description="Nguyên văn ô thời gian thực hiện, khi khác với khóa schedule.",
        examples=["2022 - 2025"],
    )
    outputs: Text | None = Field(
        default=None,
        title="Ô sản phẩm",
        description="Nguyên văn ô sản phẩm, kết quả, khi phải tách thành nhiều mục.",
        examples=["Kế hoạch; báo cáo"],
    )


class ConditionEntry(
    FileModel,
    title="Điều kiện",
    json_schema_extra={"description": "Điều kiện đứng ở chỗ thời hạn, ví dụ chờ hướng dẫn của Trung ương."},
):
    """A condition in place of a date."""

    text: Text = Field(
        title="Nguyên văn",
        description="Cụm từ nêu điều kiện, chép nguyên văn.",
        examples=["sau khi có hướng dẫn của Bộ Thông tin và Truyền thông"],
    )
    kind: Annotated[str, OneOf(CONDITION_KINDS)] = Field(
        title="Loại điều kiện",
        description="Chỉ làm sau khi có (after), hay làm theo (per) hướng dẫn.",
        examples=["after"],
    )
    scope: Scope = Field(
        title="Phạm vi",
        description="all: điều kiện cho cả nhiệm vụ; hoặc số thứ tự của gạch đầu dòng chịu điều kiện này, ví dụ 1.",
        examples=["all", 1],
    )
    awaits: AgencyId | None = Field(
        default=None,
        title="Chờ cơ quan",
        description="Mã cơ quan phải ban hành hướng dẫn.",
        examples=["bo-tnmt"],
    )


class HeirEntry(
    FileModel,
    title="Cơ quan đảm nhiệm hiện nay",
    json_schema_extra={"description": "Cơ quan hiện nay đảm nhiệm nhiệm vụ của cơ quan đã chia tách."},
):
    """Today's bearer of a split body's row."""

    agency: AgencyId = Field(title="Cơ quan", description="Mã cơ quan hiện nay đảm nhiệm.", examples=["so-y-te"])
    scope: Text | None = Field(
        default=None,
        title="Phần việc",
        description="Phần việc do cơ quan này đảm nhiệm, nếu chỉ một phần.",
        examples=["bảo trợ xã hội"],
    )
    basis: Text | None = Field(
        default=None,
        title="Căn cứ",
        description="Văn bản chuyển giao nhiệm vụ; bỏ khóa này nếu đây là cách hiểu của người nhập.",
        examples=["Nghị định 45/2025/NĐ-CP"],
    )


class BodyCells(
    FileModel,
    title="Nguyên văn ở thân văn bản",
    json_schema_extra={"description": "Câu chữ ở thân văn bản khi khác với phụ lục."},
):
    """The wording of the body where it differs from the appendix."""

    lead: Text | None = Field(
        default=None,
        title="Cơ quan chủ trì",
        description="Nguyên văn tên các cơ quan được thân văn bản giao chủ trì.",
        examples=["Các sở, ban ngành cấp tỉnh; UBND các huyện, thị xã, thành phố và các đơn vị liên quan"],
    )


class BodyEntry(
    FileModel,
    title="Thân văn bản",
    json_schema_extra={"description": "Phần thân văn bản giao thêm so với dòng của phụ lục."},
):
    """What the body of the decision adds to the appendix row."""

    id: RowId | None = Field(
        default=None, title="Mã đoạn", description="Số của đoạn ở thân văn bản.", examples=["III.1"]
    )
    lead: AgencyIds = Field(
        default_factory=list,
        title="Giao thêm chủ trì",
        description="Mã các cơ quan chỉ thân văn bản giao chủ trì, phụ lục không nêu.",
        examples=[["nhom-so-ban-nganh-don-vi"]],
    )
    as_issued: BodyCells | None = Field(
        default=None,
        title="Nguyên văn",
        description="Câu chữ ở thân văn bản.",
        examples=[{"lead": "Các sở, ban ngành cấp tỉnh"}],
    )
    note: Text | None = Field(
        default=None,
        title="Ghi chú",
        description="Lời của người nhập về chỗ khác nhau; không phải nguyên văn.",
        examples=["Thân Kế hoạch giao thêm UBND cấp huyện."],
    )


class CostEntry(
    FileModel,
    title="Kinh phí của nhiệm vụ",
    json_schema_extra={"description": "Một khoản kinh phí ghi ở dòng này, ghi đến đâu biết đến đó."},
):
    """A sum of money that the row names."""

    amount: NumberText | None = Field(
        default=None,
        title="Số tiền",
        description="Số tiền và đơn vị như in; bỏ khóa này nếu văn bản không ghi số.",
        examples=["15,2 tỷ đồng", "500 triệu đồng/năm"],
    )
    source: Text | None = Field(
        default=None,
        title="Nguồn",
        description="Nguồn kinh phí của khoản này như in.",
        examples=["Ngân sách tỉnh", "Xã hội hóa"],
    )
    text: Text | None = Field(
        default=None,
        title="Nguyên văn",
        description="Nguyên văn ô kinh phí, khi phải tách thành số tiền và nguồn.",
        examples=["NST: 15,2 tỷ đồng; còn lại xã hội hóa"],
    )


class MilestoneEntry(
    FileModel,
    title="Mốc của nhiệm vụ",
    json_schema_extra={"description": "Một mốc có thời hạn riêng; các mốc được đánh số 1, 2, 3… theo thứ tự ghi."},
):
    """A step of a task with a deadline of its own."""

    text: Text = Field(
        title="Nội dung mốc", description="Việc phải xong ở mốc này, chép nguyên văn.", examples=["Khởi công"]
    )
    schedule: ScheduleText = Field(
        title="Thời hạn của mốc",
        description="Thời hạn của mốc như in; mốc nào cũng phải có ngày cuối.",
        examples=["quý II/2025", "trước ngày 30/6/2026"],
    )
    outputs: list[Text] = Field(
        default_factory=list,
        title="Sản phẩm",
        description="Sản phẩm phải có ở mốc này, mỗi sản phẩm một mục.",
        examples=[["Quyết định phê duyệt dự án"]],
    )


class TaskEntry(
    FileModel,
    title="Nhiệm vụ",
    json_schema_extra={"description": "Một nhiệm vụ, chương trình, dự án hoặc việc tổ chức thực hiện."},
):
    """A task, programme or duty."""

    id: RowId = Field(
        title="Mã nhiệm vụ",
        description=(
            "Số của nhiệm vụ trong văn bản, phụ lục bắt đầu bằng PL; gạch đầu dòng không có số thì thêm -1, -2…"
            " Không trùng với nhiệm vụ, chỉ tiêu khác và không đổi sau khi đã dùng."
        ),
        examples=["III.1.3", "PL2.II.14", "II.2-1"],
    )
    kind: Annotated[str, OneOf(TASK_KINDS)] = Field(
        title="Loại",
        description="Nhiệm vụ (task), chương trình, đề án, dự án (programme) hay tổ chức thực hiện (organisation).",
        examples=["task"],
    )
    text: Text = Field(
        title="Nội dung nhiệm vụ",
        description="Nội dung nhiệm vụ, chép nguyên văn, kể cả lỗi in.",
        examples=["Đầu tư xây dựng hệ thống xử lý chất thải y tế tại bệnh viện Nhi"],
    )
    section: RowId | None = Field(
        default=None,
        title="Thuộc mục",
        description="Mã mục (sections) chứa nhiệm vụ; chỉ cần khi mã nhiệm vụ không bắt đầu bằng mã mục.",
        examples=["PL2.III"],
    )
    lead: AgencyIds = Field(
        default_factory=list,
        title="Cơ quan chủ trì",
        description="Mã các cơ quan, nhóm cơ quan được giao chủ trì, theo danh bạ.",
        examples=[["so-gddt", "dh-hong-duc"], "so-y-te"],
    )
    support: AgencyIds = Field(
        default_factory=list,
        title="Cơ quan phối hợp",
        description="Mã các cơ quan, nhóm cơ quan phối hợp, theo danh bạ.",
        examples=[["nhom-so-ban-nganh", "ubnd-cap-huyen"]],
    )
    as_issued: TaskCells | None = Field(
        default=None,
        title="Nguyên văn các ô",
        description="Các ô cơ quan, thời gian, sản phẩm như in, để đối chiếu.",
        examples=[{"lead": "Sở Y tế", "support": "Các sở, ban, ngành có liên quan"}],
    )
    schedule: ScheduleText | None = Field(
        default=None,
        title="Thời gian thực hiện",
        description="Thời gian, thời hạn của nhiệm vụ, chép nguyên văn; bỏ khóa này nếu văn bản để trống.",
        examples=["2022 - 2025", "Thường xuyên, hằng năm", "đến hết năm 2026", "trước ngày 25 hằng tháng"],
    )
    milestones: list[MilestoneEntry] = Field(
        default_factory=list,
        title="Các mốc",
        description=(
            "Các mốc có thời hạn riêng, khi văn bản chia nhiệm vụ thành nhiều bước; thời hạn của các mốc được dùng thay cho"
            " khóa schedule."
        ),
        examples=[
            [{"text": "Khởi công", "schedule": "quý II/2025"}, {"text": "Hoàn thành", "schedule": "quý IV/2027"}]
        ],
    )
    outputs: list[Text] = Field(
        default_factory=list,
        title="Sản phẩm",
        description="Sản phẩm, kết quả phải có, mỗi sản phẩm một mục.",
        examples=[["Kế hoạch", "báo cáo"]],
    )
    cost: list[CostEntry] = Field(
        default_factory=list,
        title="Kinh phí",
        description="Kinh phí ghi ở dòng này của văn bản, mỗi nguồn một mục.",
        examples=[[{"amount": "15,2 tỷ đồng", "source": "Ngân sách tỉnh"}]],
    )
    conditions: list[ConditionEntry] = Field(
        default_factory=list,
        title="Điều kiện",
        description="Các điều kiện phải chờ, ví dụ chờ hướng dẫn của Trung ương.",
        examples=[[{"text": "sau khi có hướng dẫn của Trung ương", "kind": "after", "scope": "all"}]],
    )
    now: dict[AgencyId, list[HeirEntry]] = Field(
        default_factory=dict,
        title="Hiện nay do ai đảm nhiệm",
        description="Với cơ quan đã chia tách: mã cơ quan cũ, rồi các cơ quan hiện nay đảm nhiệm nhiệm vụ này.",
        examples=[{"so-tttt": [{"agency": "so-khcn"}]}],
    )
    body: BodyEntry | None = Field(
        default=None,
        title="Thân văn bản giao thêm",
        description="Chỗ thân văn bản giao thêm hoặc viết khác dòng này của phụ lục.",
        examples=[{"id": "III.1", "lead": ["nhom-so-ban-nganh-don-vi"]}],
    )
    note: Text | None = Field(
        default=None,
        title="Ghi chú",
        description="Lời của người nhập; không phải nguyên văn.",
        examples=["Văn bản để trống ô thời gian."],
    )
    errata: Text | None = Field(
        default=None,
        title="Đính chính",
        description="Lời của người nhập về lỗi in của văn bản ở dòng này.",
        examples=['Nguyên văn in "cơ cơ sở dữ liệu"; đúng là "cơ sở dữ liệu".'],
    )
    withdrawn: WithdrawalEntry | None = Field(
        default=None,
        title="Bãi bỏ",
        description="Văn bản sửa đổi đã bãi bỏ nhiệm vụ này; dòng vẫn giữ nguyên mã và nguyên văn.",
        examples=[{"from": "2026-01-01", "document": "Quyết định 12/QĐ-UBND ngày 05/01/2026"}],
    )


class IndicatorCells(
    FileModel,
    title="Nguyên văn các ô của chỉ tiêu",
    json_schema_extra={"description": "Các ô của chỉ tiêu như in trong bảng, chưa tách."},
):
    """The cells of an indicator as printed."""

    name: Text | None = Field(
        default=None,
        title="Ô tên chỉ tiêu",
        description="Nguyên văn tên chỉ tiêu, kể cả đơn vị trong ngoặc.",
        examples=["Tỷ lệ che phủ rừng (%)"],
    )
    lead: Text | None = Field(
        default=None,
        title="Ô cơ quan chủ trì",
        description="Nguyên văn ô cơ quan chủ trì.",
        examples=["Sở Tài nguyên và Môi trường"],
    )
    role: Text | None = Field(
        default=None,
        title="Tiêu đề cột",
        description="Nguyên văn tiêu đề cột hoặc cụm từ giao việc đứng trước tên cơ quan.",
        examples=["Cơ quan chủ trì"],
    )
    targets: dict[TargetKeyText, NumberText] = Field(
        default_factory=dict,
        title="Ô mục tiêu",
        description="Nguyên văn ô mục tiêu theo năm, khi phải tách thành nhiều phần.",
        examples=[{"2025": "60 (đô thị); 40 (nông thôn)"}],
    )


class IndicatorEntry(
    FileModel,
    title="Chỉ tiêu",
    json_schema_extra={"description": "Một chỉ tiêu và các mục tiêu theo năm."},
):
    """An indicator with its targets."""

    id: RowId = Field(
        title="Mã chỉ tiêu",
        description=(
            "Số của chỉ tiêu trong phụ lục; chỉ tiêu nằm trong lời văn của nhiệm vụ thì lấy mã nhiệm vụ, thêm -ct1, -ct2…"
        ),
        examples=["PL1.8", "II.3.2-3-ct1"],
    )
    name: Text = Field(
        title="Tên chỉ tiêu",
        description="Tên chỉ tiêu như in, bỏ đơn vị trong ngoặc.",
        examples=["Tỷ lệ che phủ rừng"],
    )
    unit: Text | None = Field(
        title="Đơn vị tính", description="Đơn vị tính như in; viết null nếu không có đơn vị.", examples=["%", "ha"]
    )
    lead: AgencyIds = Field(
        default_factory=list,
        title="Cơ quan chủ trì",
        description="Mã các cơ quan chịu trách nhiệm về chỉ tiêu, theo danh bạ.",
        examples=[["so-tnmt"]],
    )
    direction: Annotated[str, OneOf(DIRECTIONS)] = Field(
        title="Chiều hướng",
        description=(
            "Càng cao càng tốt (increase), càng thấp càng tốt (decrease), duy trì ít nhất (maintain) hay giữ trong mức, không"
            " tăng và không giảm (within)."
        ),
        examples=["increase", "within"],
    )
    direction_note: Text | None = Field(
        default=None,
        title="Lý do chọn chiều hướng",
        description="Lời của người nhập: vì sao hiểu chiều hướng như vậy.",
        examples=["Mục tiêu giảm từ 30 xuống 10."],
    )
    targets: Annotated[dict[TargetKeyText, TargetValue], AfterValidator(_some_targets)] = Field(
        title="Mục tiêu",
        description=(
            'Mục tiêu theo năm (2026), quý ("2026-Q3"), nửa năm ("2026-H1"), tháng ("2026-06"), ngày ("2026-06-30") hoặc giai'
            ' đoạn ("2023-2030"). Chép như in và đặt trong dấu nháy kép; nhiều đối tượng thì viết mỗi đối tượng một dòng.'
        ),
        examples=[
            {"2025": "≥80", "2030": "100"},
            {"2030": "1,5 - 2"},
            {"2025": {"đô thị": "95", "nông thôn": "80"}},
            {"2026-Q3": "45", "2026": "60"},
            {"2023-2030": "10.000 ha/năm"},
        ],
        json_schema_extra={"minProperties": 1},
    )
    baseline: dict[SingleYearKey, NumberText | None] = Field(
        default_factory=dict,
        title="Số liệu gốc",
        description="Mức của năm gốc như in; null nếu văn bản so với năm đó nhưng không cho số.",
        examples=[{"2024": "28,1"}, {"2024": None}],
    )
    change: Annotated[str, OneOf(CHANGES)] | None = Field(
        default=None,
        title="Mức tăng, giảm tính theo",
        description=(
            "Với chỉ tiêu tự nó là tỷ lệ phần trăm mà mục tiêu ghi mức tăng, giảm: mức đó là điểm phần trăm (points) hay phần"
            " trăm của tỷ lệ cũ (percent). Từ 3,0% xuống 2,5% là giảm 0,5 điểm phần trăm, hoặc giảm 16,7 phần trăm."
        ),
        examples=["points"],
    )
    tolerance: NumberText | None = Field(
        default=None,
        title="Dung sai cho phép",
        description='Với mục tiêu ghi "khoảng": kém bao nhiêu vẫn là đạt, theo đơn vị tính của chỉ tiêu hoặc phần trăm.',
        examples=["0,5", "5%"],
    )
    share: Flag | None = Field(
        default=None,
        title="Là tỷ lệ của tổng thể",
        description=(
            "true nếu số liệu phần trăm không thể dưới 0 hay trên 100; false nếu có thể, ví dụ so với kế hoạch. Bỏ khóa này thì"
            " kehoach xét theo tên và mục tiêu."
        ),
        examples=[False],
    )
    now: dict[AgencyId, list[HeirEntry]] = Field(
        default_factory=dict,
        title="Hiện nay do ai đảm nhiệm",
        description="Với cơ quan đã chia tách: mã cơ quan cũ, rồi các cơ quan hiện nay báo cáo chỉ tiêu này.",
        examples=[{"so-tttt": [{"agency": "so-khcn"}]}],
    )
    as_issued: IndicatorCells | None = Field(
        default=None,
        title="Nguyên văn các ô",
        description="Các ô như in, để đối chiếu.",
        examples=[{"name": "Tỷ lệ che phủ rừng (%)", "lead": "Sở Nông nghiệp và PTNT"}],
    )
    section: RowId | None = Field(
        default=None,
        title="Thuộc mục",
        description="Mã mục (sections) chứa chỉ tiêu; chỉ cần khi mã chỉ tiêu không bắt đầu bằng mã mục.",
        examples=["PL1.II"],
    )
    note: Text | None = Field(
        default=None,
        title="Ghi chú",
        description="Lời của người nhập; không phải nguyên văn.",
        examples=["Văn bản không nêu số liệu năm gốc."],
    )
    errata: Text | None = Field(
        default=None,
        title="Đính chính",
        description="Lời của người nhập về lỗi in của văn bản ở chỉ tiêu này.",
        examples=["Phụ lục in thiếu đơn vị tính."],
    )
    withdrawn: WithdrawalEntry | None = Field(
        default=None,
        title="Bãi bỏ",
        description="Văn bản sửa đổi đã bãi bỏ chỉ tiêu này; dòng vẫn giữ nguyên mã và nguyên văn.",
        examples=[{"from": "2026-01-01", "document": "Quyết định 12/QĐ-UBND ngày 05/01/2026"}],
    )


class PlanFile(
    FileModel,
    title="Kế hoạch",
    json_schema_extra={"description": "Tệp kế hoạch của kehoach: một văn bản, một tệp trong thư mục plans/."},
):
    """A plan file."""

    kehoach: Annotated[str, OneOf({"plan/1": "kế hoạch"})] = Field(
        title="Loại tệp", description="Tệp kế hoạch luôn ghi plan/1 và để ở dòng đầu.", examples=["plan/1"]
    )
    id: Slug = Field(
        title="Mã kế hoạch",
        description="Mã ngắn dùng trong các lệnh, không đổi sau khi đã dùng.",
        examples=["kh-176", "qd-3825"],
    )
    province: Slug = Field(
        title="Tỉnh",
        description="Mã tỉnh, là tên tệp danh bạ cơ quan trong plans/agencies.",
        examples=["thanh-hoa"],
    )
    document: DocumentEntry = Field(
        title="Văn bản", description="Số, ngày, cơ quan ban hành, tên gọi, căn cứ và nơi nhận của văn bản."
    )
    period: Annotated[PeriodEntry, AfterValidator(_in_order)] = Field(
        title="Thời kỳ", description="Thời kỳ của kế hoạch.", examples=[{"from": 2022, "to": 2030, "vision": 2050}]
    )
    objectives: list[ObjectiveEntry] = Field(
        default_factory=list,
        title="Mục đích, quan điểm, mục tiêu",
        description="Các đoạn về mục đích, yêu cầu, quan điểm, mục tiêu, tầm nhìn.",
        examples=[[{"id": "I.1", "kind": "purpose", "text": "Cụ thể hóa các nội dung của Kết luận."}]],
    )
    funding: list[FundingEntry] = Field(
        default_factory=list,
        title="Kinh phí",
        description="Các nguồn kinh phí thực hiện.",
        examples=[[{"id": "V.4", "text": "Nguồn tài chính khác theo quy định của pháp luật."}]],
    )
    coordinator: AgencyId = Field(
        title="Cơ quan đầu mối",
        description="Mã cơ quan theo dõi, đôn đốc, tổng hợp báo cáo chung.",
        examples=["so-tnmt"],
    )
    reporting: list[ReportingEntry] = Field(
        default_factory=list,
        title="Chế độ báo cáo",
        description="Quy định báo cáo của chính kế hoạch, thường hai cấp: đơn vị và đầu mối.",
        examples=[[{"level": "unit", "from": ["nhom-so-ban-nganh"], "to": ["so-tnmt"], "source": "VI.2"}]],
    )
    clauses: list[ClauseEntry] = Field(
        default_factory=list,
        title="Điều khoản chung",
        description="Điều khoản giao chung các nhiệm vụ không nêu tên cơ quan.",
        examples=[
            [
                {
                    "id": "III.1",
                    "role": "implement",
                    "agencies": ["nhom-so-ban-nganh"],
                    "applies_to": ["II"],
                    "text": "Các sở, ban, ngành chủ động triển khai thực hiện các nội dung theo Kế hoạch",
                }
            ]
        ],
    )
    sections: list[SectionEntry] = Field(
        default_factory=list,
        title="Các mục",
        description="Các tiêu đề của văn bản và phụ lục, theo thứ tự in.",
        examples=[[{"id": "II.2", "title": "Mục tiêu"}]],
    )
    tasks: list[TaskEntry] = Field(
        title="Nhiệm vụ",
        description="Mọi nhiệm vụ, chương trình, dự án, việc tổ chức thực hiện, theo thứ tự in.",
        examples=[[{"id": "III.1.3", "kind": "task", "text": "Tổ chức tập huấn.", "lead": ["so-gddt"]}]],
    )
    indicators: list[IndicatorEntry] = Field(
        default_factory=list,
        title="Chỉ tiêu",
        description="Các chỉ tiêu và mục tiêu, theo thứ tự in.",
        examples=[
            [
                {
                    "id": "PL1.6",
                    "name": "Tỷ lệ che phủ rừng",
                    "unit": "%",
                    "direction": "increase",
                    "targets": {"2025": "54"},
                }
            ]
        ],
    )
