"""Reports and letters with invented texts, to test layout without computing anything."""

from datetime import date

from msgspec.structs import replace

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.duties.assess import CountColumn, Timeliness
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import TaskKind
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.report.consolidated_document import ConsolidatedData
from kehoach_cli.core.report.consolidated_text import (
    Chapter,
    ConsolidatedIndicator,
    ConsolidatedTask,
    Noted,
    Paragraph,
    RowGroup,
    TextBlock,
)
from kehoach_cli.core.report.model import (
    AgencyRow,
    AgencyText,
    Body,
    CoveragePart,
    DueLine,
    FundingLine,
    FundingPart,
    FundingTotal,
    Identity,
    IndicatorGroup,
    IndicatorLine,
    IndicatorPart,
    LetterData,
    NarrativePart,
    NarrativeText,
    NextLine,
    NextPart,
    OverdueLine,
    ReportData,
    ReportKind,
    Routing,
    Source,
    TaskCounts,
    TaskGroup,
    TaskLine,
    TaskPart,
    UnitLine,
)
from kehoach_cli.core.report.summary_document import CountLine, ProofGroup, ProofLine, SummaryData

STATE_IDENTITY = Identity(
    parent=("UBND TỈNH THANH HÓA",),
    issuer=("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",),
    symbol="BC-SNNMT",
    number="5",
    place="Thanh Hóa",
    dated=date(2025, 12, 8),
    authority=("KT. GIÁM ĐỐC",),
    title="PHÓ GIÁM ĐỐC",
    signer="Nguyễn Văn A",
    recipients=("Như trên", "Bộ Nông nghiệp và Môi trường", "Giám đốc, các Phó Giám đốc Sở"),
    archive_unit="BVMT",
)
PARTY_IDENTITY = Identity(
    parent=("TỈNH ỦY THANH HÓA",),
    issuer=("VĂN PHÒNG",),
    symbol="BC/VPTU",
    number="12",
    place="Thanh Hóa",
    dated=date(2026, 1, 5),
    title="CHÁNH VĂN PHÒNG",
    signer="Trần Thị B",
    archive="Lưu Văn phòng Tỉnh ủy",
    archive_with_unit=False,
)
TASK = "Đầu tư xây dựng hệ thống thu gom, xử lý nước thải sinh hoạt tập trung tại các đô thị; ưu tiên khu vực ven biển"


def task_lines(count: int, first: int = 1, section: str = "III.1") -> tuple[TaskLine, ...]:
    """Return rows of the table of tasks, their ids `III.1.1`, `III.1.2` and so on."""
    return tuple(
        TaskLine(
            number=number,
            id=f"{section}.{number}",
            kind=TaskKind.TASK,
            text=TASK,
            lead="Sở Xây dựng",
            support="Sở Tài chính; UBND các xã, phường",
            deadline="31/12/2025\n2022 - 2025",
            outputs="Báo cáo",
            result="Đã nghiệm thu 2/4 trạm xử lý (Biên bản số 12/BB-SXD)" if number % 3 else "",
            word="chưa hoàn thành, trong hạn" if number % 3 else "đã quá thời hạn theo Kế hoạch, chưa có báo cáo",
            difficulty="",
            note="",
            status=Status.IN_PROGRESS if number % 3 else None,
            timeliness=Timeliness.IN_TIME if number % 3 else Timeliness.UNREPORTED,
            column=CountColumn.IN_TIME if number % 3 else CountColumn.UNREPORTED,
            due=date(2025, 12, 31),
        )
        for number in range(first, first + count)
    )


def counts(total: int) -> TaskCounts:
    """Return counts in which every third task is unreported."""
    unreported = total // 3
    by_column = tuple(
        {CountColumn.IN_TIME: total - unreported, CountColumn.UNREPORTED: unreported}.get(one, 0) for one in CountColumn
    )
    return TaskCounts(total, by_column, 0, unreported, unreported, "0" if unreported else None, "0")


def words(text: str = "", agency: str = "Sở Y tế") -> NarrativeText:
    """Return what one agency wrote; an empty text is no contribution."""
    return NarrativeText((AgencyText(agency, text, Source("progress/2025/x.yaml", 7)),) if text else ())


def report(tasks: int = 12, kind: ReportKind = ReportKind.COORDINATOR) -> ReportData:
    """Return a report with so many tasks."""
    party = kind is ReportKind.PARTY
    lines = task_lines(tasks)
    group = TaskGroup("III.1", "1", "Nhóm nhiệm vụ về hạ tầng", lines, counts(tasks), f"{tasks} nhiệm vụ.")
    indicators = tuple(
        IndicatorLine(
            number=number,
            id=f"PL1.{number}",
            name=name,
            unit="%",
            agency="Sở Xây dựng",
            target=target,
            previous="52,5",
            result=result,
            difference=difference,
            word=word,
            note="Báo cáo số 12/BC-SXD",
            verdict=verdict,
            official=True,
            estimate=False,
            value=value,
            goal=goal,
        )
        for number, name, target, result, difference, word, verdict, value, goal in (
            (1, "Tỷ lệ che phủ rừng", "54,2", "54,3", "+0,1 điểm %", "Đạt", Verdict.MET, 54.3, 54.2),
            (2, "Tỷ lệ dân số đô thị dùng nước sạch", "95", "90", "-5 điểm %", "Chưa đạt", Verdict.MISSED, 90.0, 95.0),
            (3, "Tỷ lệ chất thải nguy hại được xử lý", "85", "", "", "Chưa có số liệu", Verdict.NO_DATA, None, 85.0),
        )
    )
    overdue = tuple(
        OverdueLine(line.number, line.id, line.text, line.lead, "31/12/2024", 342, line.word, "342")
        for line in lines
        if line.status is None
    )
    return ReportData(
        kind=kind,
        plan="kh-176",
        cite="Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh",
        year=2025,
        period=Period(2025),
        as_of=date(2025, 12, 14),
        as_of_text="Số liệu tính đến ngày 14/12/2025.",
        part=False,
        review=None,
        identity=PARTY_IDENTITY if party else STATE_IDENTITY,
        routing=Routing(
            Body("so-nnmt", "Văn phòng Tỉnh ủy" if party else "Sở Nông nghiệp và Môi trường"),
            (Body("btv", "Ban Thường vụ Tỉnh ủy"),)
            if party
            else (Body("ubnd", "Ủy ban nhân dân tỉnh Thanh Hóa"), Body("bo", "Bộ Nông nghiệp và Môi trường")),
        ),
        title="BÁO CÁO",
        summary=("kết quả" if party else "Kết quả")
        + " thực hiện Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh Thanh Hóa năm 2025",
        opening="Thực hiện Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh, Sở báo cáo kết quả năm 2025 như sau:",
        closing="Trên đây là kết quả thực hiện Kế hoạch năm 2025, kính báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo",
        narrative=NarrativePart(
            directing=words(
                "Ban hành Kế hoạch số 01/KH-SYT.\nTổ chức 02 lớp tập huấn.\nKiểm tra 12 cơ sở.\nGiao ban hằng quý.\n"
                "Phân công 03 phòng chuyên môn theo dõi.\nĐăng 24 tin, bài.\nSơ kết 6 tháng đầu năm.\nKhen thưởng 02 tập thể."
            ),
            strengths=words("Các bệnh viện đã có hệ thống xử lý chất thải."),
            limits=words(),
            causes_objective=words("Giá vật liệu tăng."),
            causes_subjective=words(),
            lessons=None,
            funding=words(),
            next_year=words("Hoàn thành 02 trạm còn lại."),
            proposals_central=words(),
            proposals_province=words("Bố trí vốn năm 2026."),
            proposals_others=words(),
        ),
        indicators=IndicatorPart(
            sentences=(
                "Trong tổng số 3 chỉ tiêu: 0 chỉ tiêu vượt, 1 đạt, 0 đạt một phần, 1 chưa đạt, 1 chưa có số liệu.",
            ),
            notes=(),
            counts=None,
            groups=(IndicatorGroup("I", "I", "Chỉ tiêu môi trường", indicators),),
        ),
        tasks=TaskPart(
            sentences=(f"Kế hoạch giao {tasks} nhiệm vụ.",),
            counts=counts(tasks),
            task_sentence="",
            task_counts=counts(tasks),
            groups=(group,),
            programme_sentence="Kế hoạch không có chương trình, đề án, dự án.",
            programme_counts=counts(0),
            programmes=(),
            by_agency=(
                AgencyRow(1, "so-xay-dung", "Sở Xây dựng", group=False, counts=counts(tasks)),
                AgencyRow(2, "so-y-te", "Sở Y tế", group=False, counts=counts(3)),
            ),
            note="Nhiệm vụ có nhiều cơ quan chủ trì được tính ở từng cơ quan, riêng dòng Tổng chỉ tính một lần",
            overdue=overdue,
            overdue_missing="Không có nhiệm vụ quá hạn.",
        ),
        funding=FundingPart(
            plan_sources=(),
            lines=(FundingLine(1, "Sở Y tế", "Ngân sách tỉnh", "10.000", "8.500", "triệu đồng", "85%"),),
            totals=(FundingTotal("triệu đồng", "10.000", "8.500"),),
        ),
        coverage=CoveragePart(
            sentence="1/2 cơ quan đã gửi báo cáo.",
            expected=2,
            reported=1,
            late=0,
            awaited=0,
            missing=1,
            others=0,
            source="VI.2",
            lines=(
                UnitLine(
                    1,
                    "so-y-te",
                    "Sở Y tế",
                    required=True,
                    cutoff="14/12/2025",
                    submitted="14/12/2025",
                    word="Đã báo cáo",
                    late=False,
                    silent=False,
                ),
                UnitLine(
                    2,
                    "so-xay-dung",
                    "Sở Xây dựng",
                    required=True,
                    cutoff="",
                    submitted="",
                    word="Chưa báo cáo",
                    late=False,
                    silent=True,
                ),
            ),
        ),
        next=NextPart(
            year=2026,
            sentence="Năm 2026 có 1 nhiệm vụ đến hạn.",
            lines=(NextLine(1, "III.1.1", TASK, "Sở Xây dựng", "31/12/2026", "chưa hoàn thành, trong hạn"),),
            missing="Không có nhiệm vụ đến hạn.",
        ),
        notes=("Sở Tài nguyên và Môi trường nay là Sở Nông nghiệp và Môi trường.",),
        figures=(),
        unit=Body("so-y-te", "Sở Y tế") if kind is ReportKind.AGENCY else None,
    )


def summary(*, party: bool = False) -> SummaryData:
    """Return a summary with two agencies and a task behind each."""
    counts = ("1", "-", "-", "-", "1", "-", "-", "-", "-", "-")
    task = ProofLine(
        1, "PL2.III.1", TASK, "Sở Xây dựng", "30/9/2025", "Hoàn thành đúng hạn", "12/QĐ-SXD ngày 05/9/2025"
    )
    names = ("Sở Xây dựng", "UBND cấp huyện (2 đơn vị đã báo cáo)")
    return SummaryData(
        plan="kh-176",
        party=party,
        identity=PARTY_IDENTITY if party else STATE_IDENTITY,
        title="BÁO CÁO",
        summary=f"{'t' if party else 'T'}ình hình thực hiện nhiệm vụ đến hạn trong quý III năm 2025",
        opening=("Thực hiện Kế hoạch số 176/KH-UBND, tình hình thực hiện nhiệm vụ như sau:", "Có 2 nhiệm vụ đến hạn."),
        heading="Cơ quan chủ trì",
        lines=tuple(CountLine(str(at), name, "3", "2", counts, "50", "50") for at, name in enumerate(names, 1)),
        total=CountLine("", "Tổng", "5", "2", counts, "50", "50"),
        remarks=("Các dòng không cộng lại thành dòng Tổng.",),
        proofs=tuple(ProofGroup(name, (task,)) for name in names),
        closing="Trên đây là tình hình thực hiện nhiệm vụ đến hạn trong quý III năm 2025",
    )


def consolidated(*, party: bool = False) -> ConsolidatedData:
    """Return a consolidated text with a table and an appendix, three notes in them."""
    task = ConsolidatedTask("II.1-1", Noted("1"), Noted(TASK, ((len(TASK), 2),)), Noted("Sở Xây dựng"))
    gone = ConsolidatedTask("II.1-2", Noted("2"), Noted("(được bãi bỏ)", ((13, 3),)))
    indicator = ConsolidatedIndicator("PL1.1", Noted("1"), Noted("Tỷ lệ"), Noted("%"), targets=(Noted("Năm 2025: 88"),))
    rows = RowGroup(Noted("1. Nhiệm vụ chính"), (Noted("Các sở thực hiện:"),), tasks=(task, gone))
    words = Paragraph("I.1", 0, "1.", Noted("Cụ thể hóa các mục tiêu tại Phụ lục 1."))
    cite = "Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh"
    return ConsolidatedData(
        plan="kh-176",
        party=party,
        identity=replace(PARTY_IDENTITY if party else STATE_IDENTITY, symbol=None if party else "VBHN-UBND"),
        title="KẾ HOẠCH",
        summary=f"{'b' if party else 'B'}ảo vệ môi trường",
        as_of="(Văn bản hợp nhất, nội dung có hiệu lực đến ngày 01/7/2025)",
        original=cite,
        amendments=("Quyết định số 100/QĐ-UBND ngày 01/3/2024, có hiệu lực kể từ ngày 10/3/2024",),
        bases=(Noted("Căn cứ Luật Bảo vệ môi trường;"), Noted("Căn cứ văn bản số 5/STNMT.", ((26, 1),))),
        doubtful_bases=(1,),
        chapters=(
            Chapter(Noted("I. MỤC TIÊU"), "", (TextBlock((words,)),)),
            Chapter(Noted("II. NHIỆM VỤ"), "", (TextBlock((), (rows,)),)),
            Chapter(
                Noted("CHỈ TIÊU"), "Phụ lục 1", (TextBlock((), (), (RowGroup(Noted(), indicators=(indicator,)),)),)
            ),
        ),
        reference=f"(Kèm theo {cite})",
        provisions=("Điều khoản thi hành của Quyết định số 100/QĐ-UBND: “Điều 2.”",),
        closing="Văn bản này hợp nhất nội dung có hiệu lực đến ngày 01/7/2025",
        notes=(
            "Quyết định số 100/QĐ-UBND có căn cứ: “Luật”",
            "Nhiệm vụ này được sửa đổi.",
            "Nhiệm vụ này được bãi bỏ.",
        ),
        remarks=(),
        expected=("100/QĐ-UBND",),
    )


def letter(*, party: bool = False) -> LetterData:
    """Return a letter to an agency that has not reported."""
    identity = PARTY_IDENTITY if party else replace(STATE_IDENTITY, archive_unit=None)
    return LetterData(
        plan="kh-176",
        cite="Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh",
        year=2025,
        period=Period(2025),
        as_of=date(2025, 12, 14),
        identity=replace(identity, symbol="CV/VPTU" if party else "SNNMT-", number=None, dated=None, signer=None),
        routing=Routing(Body("so-nnmt", "Sở Nông nghiệp và Môi trường"), (Body("so-xay-dung", "Sở Xây dựng"),)),
        party=party,
        summary="đôn đốc báo cáo kết quả thực hiện Kế hoạch số 176/KH-UBND năm 2025",
        body=("Theo Kế hoạch số 176/KH-UBND, đến nay chưa nhận được báo cáo năm 2025 của Quý Sở.",),
        lines=(DueLine(1, "PL2.III.1", TASK, "31/12/2025", "chưa có báo cáo"),),
        missing="",
        request=("Đề nghị Quý Sở gửi báo cáo trước ngày ", " để tổng hợp."),
        until=None,
        closing="Rất mong nhận được sự quan tâm, phối hợp của Quý cơ quan",
        notes=(),
        figures=(),
    )
