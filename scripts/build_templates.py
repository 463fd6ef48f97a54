"""Write the Word templates in templates/ from the layout profiles: `python scripts/build_templates.py`; a test compares.

This script is the templates' reviewable source. Every element of the layout is a paragraph style named after it, so that an
office changes the looks in Word; the words between `{{ }}` and `{% %}` are filled by `kehoach report`.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from msgspec import structs

from kehoach_cli.core.check.wording import COLUMN_HEADERS
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.model.layout_profile import ElementStyle, LayoutProfile
from kehoach_cli.core.report.summary_words import CLASSES
from kehoach_cli.office.profile import PARTY, STATE, load_profile

ROOT = Path(__file__).resolve().parent.parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# The width between the margins of an A4 page on its side, in millimetres.
LANDSCAPE = 252
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Quốc hiệu fills its cell; so many millimetres on each side keep it on one line in a font that stands in for Times New Roman.
BEYOND = 3
# Zip entries carry a time; the oldest one there is makes every build the same.
EPOCH = (1980, 1, 1, 0, 0, 0)


def mm(length: float) -> int:
    """Return millimetres as twentieths of a point."""
    return round(length * 1440 / 25.4)


def style_id(key: str) -> str:
    """Return the id of an element's paragraph style."""
    return "KH" + "".join(word.capitalize() for word in key.split("_"))


# --- Paragraphs, tables, sections -------------------------------------------------------------------------------------


def p(style: str, text: str, *, extra: str = "") -> str:
    """Return a paragraph of one run in an element's style; `extra` is further paragraph properties."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    run = f"<w:r>{'<w:br/>'.join(lines)}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{extra}</w:pPr>{run}</w:p>'


def rule(key: str) -> str:
    """Return a drawn line: an empty paragraph with a border below, which rendering fits to the text above it."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(f"rule_{key}")}"/></w:pPr></w:p>'


def tag(text: str) -> str:
    """Return a paragraph that holds a statement of the template and is not printed."""
    return p("body", f"{{%p {text} %}}")


def each(loop: str, *content: str) -> str:
    """Return paragraphs repeated."""
    return tag(f"for {loop}") + "".join(content) + tag("endfor")


def when(test: str, *content: str) -> str:
    """Return paragraphs printed on a condition."""
    return tag(f"if {test}") + "".join(content) + tag("endif")


def cell(width: float, content: str, *, span: int = 1) -> str:
    """Return a cell of a width in millimetres."""
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{mm(width)}" w:type="dxa"/>{merged}</w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """Return a row that stays on one page; `head` repeats it on each."""
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: Sequence[float], rows: Iterable[str], *, borders: bool, alt: str = "") -> str:
    """Return a table of fixed column widths in millimetres."""
    margin = 57 if borders else 0
    caption = f"<w:tblCaption w:val={quoteattr(alt)}/>" if alt else ""
    grid = "".join(f'<w:gridCol w:w="{mm(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{"KHGrid" if borders else "KHPlain"}"/>'
        f'<w:tblW w:w="{sum(map(mm, widths))}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="{margin // 3}" w:type="dxa"/><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:bottom w:w="{margin // 3}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
        f"{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


@dataclass(frozen=True, slots=True)
class Col:
    """A column of a data table: heading, width in millimetres, what stands in it, the style of its cells.

    An `optional` one is left out of a document in which none of its cells says anything.
    """

    head: str
    width: float
    text: str
    style: str = "cell"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """Rows of a data table: what is repeated, the heading row of its group (none if empty), and the loop over groups."""

    lines: str
    groups: str = ""
    heading: str = ""


def data_table(
    columns: Sequence[Col], loops: Iterable[Loop], alt: str, *, last: Sequence[str] = (), remark: str = ""
) -> str:
    """Return a table with a repeated head, one row per line of each loop, a last row (in bold) and a remark if given.

    The remark is a row without a frame: as a paragraph below the table it could fall on a page of its own.
    """
    widths = [column.width for column in columns]

    def whole(style: str, text: str) -> str:
        return row([cell(sum(widths), p(style, text), span=len(columns))])

    heads = (
        cell(c.width, p("cell_head_optional" if c.optional else "cell_head", c.head, extra="<w:keepNext/>"))
        for c in columns
    )
    rows = [row(heads, head=True)]
    for loop in loops:
        line = row(cell(c.width, p(c.style, c.text)) for c in columns)
        body = [whole("cell", f"{{%tr for line in {loop.lines} %}}"), line, whole("cell", "{%tr endfor %}")]
        if loop.groups:
            opening = [whole("cell", f"{{%tr for group in {loop.groups} %}}"), whole("cell_group", loop.heading)]
            body = [*opening, *body, whole("cell", "{%tr endfor %}")]
        rows += body
    if last:
        rows.append(
            row(
                cell(c.width, p("cell_group" if c.style == "cell" else "cell_head", text))
                for c, text in zip(columns, last, strict=True)
            )
        )
    if remark:
        frameless = "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "bottom", "right"))
        below = cell(sum(widths), p("remark", remark), span=len(columns))
        rows.append(row([below.replace("</w:tcPr>", f"<w:tcBorders>{frameless}</w:tcBorders></w:tcPr>")]))
    return table(widths, rows, borders=True, alt=alt)


def section(profile: LayoutProfile, *, landscape: bool) -> str:
    """Return the properties of a section: page, margins, page numbers from 1 in the top margin, none on its first page."""
    page = profile.page
    width, height = map(mm, page.size)
    margins = f'w:top="{mm(page.top)}" w:right="{mm(page.right)}" w:bottom="{mm(page.bottom)}" w:left="{mm(page.left)}"'
    size = f'w:w="{height}" w:h="{width}" w:orient="landscape"' if landscape else f'w:w="{width}" w:h="{height}"'
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdNumber"/><w:headerReference w:type="first" r:id="rIdFirst"/>'
        f'<w:type w:val="nextPage"/><w:pgSz {size}/><w:pgMar {margins} w:header="{mm(page.number_from_edge)}" '
        f'w:footer="{mm(page.number_from_edge)}" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


# --- Head and foot ----------------------------------------------------------------------------------------------------


def head(profile: LayoutProfile, *, letter: bool = False, wide: bool = False) -> str:
    """Return issuer and Quốc hiệu (or the Party's title) side by side, number and date level below them."""
    words, widths = profile.words, across(profile.columns.head, wide=wide)
    left = each("line in head.parent", p("parent", "{{ line }}")) + each(
        "line in head.issuer", p("issuer", "{{ line }}")
    )
    left += p("star", words.star) if words.star else rule("issuer")
    right = p("nation", words.title) + (p("motto", words.motto) if words.motto else "") + rule("title")
    number = p("number", "{{ head.number }}") + (p("letter_summary", "V/v {{ summary }}") if letter else "")
    rows = [
        row([cell(widths[0], left), cell(widths[1], right)]),
        row([cell(widths[0], number), cell(widths[1], p("place_date", "{{ head.place_date }}"))]),
    ]
    return table(widths, rows, borders=False)


def across(widths: Sequence[float], *, wide: bool) -> tuple[float, ...]:
    """Return the widths of two columns; on a landscape page they fill it, half and half."""
    return (LANDSCAPE / 2, LANDSCAPE / 2) if wide else tuple(widths)


def kind_and_summary(profile: LayoutProfile) -> str:
    """Return tên loại and trích yếu with what stands below them."""
    below = p("dashes", profile.words.dashes) if profile.words.dashes else rule("summary")
    return p("kind", "{{ title }}") + p("summary", "{{ summary }}") + below


def addressees() -> str:
    """Return "Kính gửi": one recipient on the same line, several one by one below each other."""
    several = p("to_head", "Kính gửi:") + each(
        "name in to", p("to_line", "- {{ name }}{{ '.' if loop.last else ';' }}")
    )
    return tag("if to|length == 1") + p("to", "Kính gửi: {{ to[0] }}.") + tag("else") + several + tag("endif")


def closing(profile: LayoutProfile) -> str:
    """Return the last paragraph, which stays with the sign-off."""
    ending = f'<w:r><w:t xml:space="preserve">{profile.words.ending}</w:t></w:r></w:p>'
    return p("body", "{{ closing }}", extra="<w:keepNext/>").removesuffix("</w:p>") + ending


def foot(profile: LayoutProfile, *, wide: bool = False) -> str:
    """Return Nơi nhận and the signature side by side."""
    left = p("recipients_head", profile.words.recipients) + each(
        "line in foot.recipients", p("recipients", "{{ line }}")
    )
    right = each("line in foot.authority", p("authority", "{{ line }}")) + p("office", "{{ foot.office }}")
    right += p("signer", "{{ foot.signer }}")
    widths = across(profile.columns.foot, wide=wide)
    gap = p("recipients", "", extra="<w:keepNext/>")
    return gap + table(widths, [row([cell(widths[0], left), cell(widths[1], right)])], borders=False)


# --- The report -------------------------------------------------------------------------------------------------------

INDICATOR_COLUMNS = (
    Col("TT", 10, "{{ line.number }}", "cell_center"),
    Col("Chỉ tiêu", 54, "{{ line.name }}\n({{ line.id }})"),
    Col("Đơn vị tính", 16, "{{ line.unit }}", "cell_center"),
    Col("Cơ quan chịu trách nhiệm thực hiện", 34, "{{ line.agency }}"),
    Col("Mục tiêu", 22, "{{ line.target }}", "cell_number"),
    Col("Kết quả {{ previous_period }}", 20, "{{ line.previous }}", "cell_number", optional=True),
    Col("Kết quả {{ period }}", 22, "{{ line.result }}", "cell_number"),
    Col("So với mục tiêu", 22, "{{ line.difference }}", "cell_number"),
    Col("Đánh giá", 22, "{{ line.word }}", "cell_center"),
    Col("Ghi chú", 30, "{{ line.note }}", optional=True),
)
TASK_COLUMNS = (
    Col("TT", 9, "{{ line.number }}", "cell_center"),
    Col("Nhiệm vụ", 42, "{{ line.text }}\n({{ line.id }})"),
    Col("Chủ trì", 26, "{{ line.lead }}"),
    Col("Phối hợp", 23, "{{ line.support }}", optional=True),
    Col("Thời hạn", 20, "{{ line.deadline }}", "cell_center", optional=True),
    Col("Sản phẩm theo Kế hoạch", 16, "{{ line.outputs }}", optional=True),
    Col("Kết quả thực hiện", 49, "{{ line.result }}"),
    Col("Trạng thái", 21, "{{ line.word }}"),
    Col("Khó khăn, vướng mắc", 29, "{{ line.difficulty }}", optional=True),
    Col("Ghi chú", 17, "{{ line.note }}", optional=True),
)
# Party plans give whole paragraphs as tasks, and hardly ever dates, products or supporting bodies.
PARTY_TASK_WIDTHS = (9, 68, 27, 17, 20, 16, 47, 19, 16, 13)
AGENCY_COLUMNS = (
    Col("TT", 9, "{{ line.number }}", "cell_center"),
    Col("Cơ quan chủ trì", 42.5, "{{ line.name }}"),
    Col("Tổng", 13, "{{ line.counts.total }}", "cell_center"),
    *(
        Col(
            COLUMN_HEADERS[column],
            15.5,
            f"{{{{ line.counts.by_column[{index}] or '-' }}}}",
            "cell_center",
            optional=True,
        )
        for index, column in enumerate(CountColumn)
    ),
    Col("Tỷ lệ hoàn thành (%)", 17, "{{ line.counts.rate or '-' }}", "cell_center"),
)
OVERDUE_COLUMNS = (
    Col("TT", 10, "{{ line.number }}", "cell_center"),
    Col("Nhiệm vụ", 112, "{{ line.text }}\n({{ line.id }})"),
    Col("Chủ trì", 50, "{{ line.lead }}"),
    Col("Thời hạn", 24, "{{ line.deadline }}", "cell_center"),
    Col("Số ngày quá hạn", 18, "{{ line.days_text }}", "cell_center"),
    Col("Tình trạng", 38, "{{ line.word }}"),
)
UNIT_COLUMNS = (
    Col("TT", 10, "{{ line.number }}", "cell_center"),
    Col("Cơ quan, đơn vị", 110, "{{ line.name }}"),
    Col("Ngày chốt số liệu", 34, "{{ line.cutoff }}", "cell_center"),
    Col("Ngày gửi báo cáo", 34, "{{ line.submitted }}", "cell_center"),
    Col("Tình hình gửi báo cáo", 64, "{{ line.word }}"),
)
NEXT_COLUMNS = (
    Col("TT", 10, "{{ line.number }}", "cell_center"),
    Col("Nhiệm vụ", 122, "{{ line.text }}\n({{ line.id }})"),
    Col("Chủ trì", 54, "{{ line.lead }}"),
    Col("Thời hạn", 26, "{{ line.deadline }}", "cell_center"),
    Col("Tình trạng", 40, "{{ line.word }}"),
)
FUNDING_COLUMNS = (
    Col("TT", 10, "{{ line.number }}", "cell_center"),
    Col("Cơ quan báo cáo", 38, "{{ line.agency }}"),
    Col("Nguồn kinh phí", 42, "{{ line.source }}"),
    Col("Kế hoạch", 21, "{{ line.planned }}", "cell_number"),
    Col("Thực hiện", 21, "{{ line.spent }}", "cell_number"),
    Col("Đơn vị tính", 18, "{{ line.unit }}", "cell_center"),
    Col("Tỷ lệ", 15, "{{ line.share }}", "cell_number"),
)
# Numbers of the plan say whose they are: the report has an "III.1" of its own.
GROUP = "{{ group.place }}{{ ': ' if group.place and group.title }}{{ group.title }}"


def appendix(profile: LayoutProfile, key: str, title: str, content: str, chart: str = "") -> str:
    """Return an appendix in a landscape section of its own, printed where there is something in it, with a chart if there is one.

    In the text a chart that does not fit leaves the rest of its page empty. Below a chart stands the end of the appendix.
    """
    below = p("remark", "Biểu đồ vẽ theo số liệu của bảng trên./.")
    drawing = p("chart", f"{{{{ charts.{chart} }}}}", extra="<w:keepNext/>")
    drawn = when(f"charts.{chart}", drawing, below) if chart else ""
    return when(
        f"appendix.{key}",
        p("appendix_number", f"{{{{ appendix.{key} }}}}"),
        p("appendix_title", title),
        p("appendix_reference", "{{ reference }}"),
        rule("appendix"),
        content,
        drawn,
        p("after_table", "", extra=section(profile, landscape=True)),
    )


def unless_chart(name: str) -> str:
    """Return the end of an appendix, which stands below its chart where there is one."""
    return f"{{{{ '.' if charts.{name} else './.' }}}}"


def say(lines: str) -> str:
    """Return the paragraphs of a part in words."""
    return each(f"line in {lines}", p("body", "{{ line }}"))


def late_tasks(which: str) -> str:
    """Return where the tasks past their deadline are listed, or that there are none; it closes the last kind of rows."""
    return "".join(
        (
            tag("if appendix.overdue"),
            p("body", f"{which} đã quá thời hạn nêu tại {{{{ appendix.overdue }}}}."),
            tag("else"),
            p("body", "{{ tasks.overdue_missing }}"),
            tag("endif"),
        )
    )


def results(*, whole: bool) -> str:
    """Return part II; `whole` is the coordinator's report, which has tables by agency."""
    by_agency = "; tổng hợp theo cơ quan chủ trì nêu tại {{ appendix.agencies }}" if whole else ""
    return "".join(
        (
            p("part", "II. KẾT QUẢ THỰC HIỆN"),
            p("clause", "1. Kết quả thực hiện các chỉ tiêu"),
            say("indicators.sentences"),
            say("indicators.notes"),
            when("appendix.indicators", p("body", "Kết quả từng chỉ tiêu nêu tại {{ appendix.indicators }} kèm theo.")),
            p("clause", "2. Kết quả thực hiện các nhiệm vụ, giải pháp"),
            say("tasks.sentences"),
            when("tasks.task_sentence", p("body", "{{ tasks.task_sentence }}")),
            say("tasks.sections"),
            when("not tasks.programmes", late_tasks("Các nhiệm vụ")),
            when("appendix.tasks", p("body", f"Tiến độ từng nhiệm vụ nêu tại {{{{ appendix.tasks }}}}{by_agency}.")),
            p("clause", "3. Kết quả thực hiện các chương trình, đề án, dự án"),
            p("body", "{{ tasks.programme_sentence }}"),
            say("tasks.programme_sections"),
            when("tasks.programmes", late_tasks("Các nhiệm vụ, dự án")),
            p("clause", "4. Kinh phí thực hiện"),
            say("narrative.funding"),
            tag("if funding.lines"),
            p("caption", "{{ funding.title }}"),
            data_table(FUNDING_COLUMNS, [Loop("funding.lines")], "Kinh phí thực hiện"),
            p("after_table", ""),
            each(
                "total in funding.totals",
                p(
                    "body",
                    "Cộng ({{ total.unit }}): kế hoạch {{ total.planned or '-' }}, thực hiện {{ total.spent or '-' }}"
                    "{{ ', đạt ' if total.share else '' }}{{ total.share or '' }}.",
                ),
            ),
            tag("endif"),
        )
    )


def coverage() -> str:
    """Return who reported and who did not."""
    return "".join(
        (
            p("clause", "5. Chế độ báo cáo"),
            p("body", "{{ coverage.sentence }}"),
            when(
                "appendix.units",
                p("body", "Tình hình gửi báo cáo của từng cơ quan, đơn vị nêu tại {{ appendix.units }}."),
            ),
        )
    )


def judgement() -> str:
    """Return parts III to V."""
    return "".join(
        (
            p("part", "III. ĐÁNH GIÁ CHUNG"),
            p("clause", "1. Ưu điểm"),
            say("narrative.strengths"),
            p("clause", "2. Tồn tại, hạn chế"),
            say("narrative.limits"),
            p("clause", "3. Nguyên nhân"),
            p("point", "a) Nguyên nhân khách quan"),
            say("narrative.causes_objective"),
            p("point", "b) Nguyên nhân chủ quan"),
            say("narrative.causes_subjective"),
            when("narrative.lessons", p("clause", "4. Bài học kinh nghiệm"), say("narrative.lessons")),
            p("part", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM {{ next_period_capitals }}"),
            p("body", "{{ next.sentence }}"),
            when("appendix.next", p("body", "Nhiệm vụ và thời hạn cụ thể nêu tại {{ appendix.next }}.")),
            say("narrative.next_year"),
            p("part", "V. ĐỀ XUẤT, KIẾN NGHỊ"),
            p("clause", "1. Với Trung ương"),
            say("narrative.proposals_central"),
            p("clause", "2. Với tỉnh"),
            say("narrative.proposals_province"),
            p("clause", "3. Với các cơ quan, đơn vị khác"),
            say("narrative.proposals_others"),
        )
    )


def appendices(profile: LayoutProfile, *, whole: bool) -> str:
    """Return the appendices that have something in them."""
    counted = (f"{{{{ tasks.all.by_column[{index}] or '-' }}}}" for index, _ in enumerate(CountColumn))
    total = ("", "Tổng", "{{ tasks.all.total }}", *counted, "{{ tasks.all.rate or '-' }}")
    party = zip(TASK_COLUMNS, PARTY_TASK_WIDTHS, strict=True)
    task_columns = TASK_COLUMNS if not profile.party else tuple(replace(col, width=width) for col, width in party)
    task_loops = [Loop("group.lines", "tasks.groups", GROUP), Loop("group.lines", "tasks.programmes", GROUP)]
    as_of = "{{ as_of_text }}"
    parts = [
        appendix(
            profile,
            "indicators",
            "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU {{ period_capitals }}",
            data_table(
                INDICATOR_COLUMNS,
                [Loop("group.lines", "indicators.groups", GROUP)],
                "Kết quả thực hiện chỉ tiêu",
                remark=f"Mã trong ngoặc là vị trí của chỉ tiêu trong Kế hoạch. {as_of}{unless_chart('indicators')}",
            ),
            "indicators",
        ),
        appendix(
            profile,
            "tasks",
            "BIỂU TỔNG HỢP TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ {{ period_capitals }}",
            data_table(
                task_columns,
                task_loops,
                "Tiến độ thực hiện nhiệm vụ",
                remark=f"Mã trong ngoặc là vị trí của nhiệm vụ trong Kế hoạch. {as_of}./.",
            ),
        ),
    ]
    if whole:
        parts += [
            appendix(
                profile,
                "agencies",
                "BIỂU TỔNG HỢP NHIỆM VỤ THEO CƠ QUAN CHỦ TRÌ {{ period_capitals }}",
                data_table(
                    AGENCY_COLUMNS,
                    [Loop("tasks.by_agency")],
                    "Tổng hợp theo cơ quan chủ trì",
                    last=total,
                    remark=f"{{{{ tasks.note }}}}{unless_chart('agencies')}",
                ),
                "agencies",
            )
        ]
    parts += [
        appendix(
            profile,
            "overdue",
            "DANH MỤC NHIỆM VỤ ĐÃ QUÁ THỜI HẠN",
            data_table(OVERDUE_COLUMNS, [Loop("tasks.overdue")], "Nhiệm vụ đã quá thời hạn", remark=f"{as_of}./."),
        )
    ]
    if whole:
        parts += [
            appendix(
                profile,
                "units",
                "TÌNH HÌNH GỬI BÁO CÁO {{ period_capitals }}",
                data_table(UNIT_COLUMNS, [Loop("coverage.lines")], "Tình hình gửi báo cáo", remark=f"{as_of}./."),
            )
        ]
    parts += [
        appendix(
            profile,
            "next",
            "DANH MỤC NHIỆM VỤ QUÁ HẠN, ĐẾN HẠN, BẮT ĐẦU THỰC HIỆN ĐẾN HẾT {{ next_period_capitals }}",
            data_table(NEXT_COLUMNS, [Loop("next.lines")], "Nhiệm vụ đến hết năm sau", remark=f"{as_of}./."),
        )
    ]
    return "".join(parts)


def report(profile: LayoutProfile, *, whole: bool) -> str:
    """Return a report's document body."""
    return "".join(
        (
            when("not part", head(profile), kind_and_summary(profile), addressees()),
            p("body", "{{ opening }}"),
            p("part", "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH, TRIỂN KHAI THỰC HIỆN"),
            say("narrative.directing"),
            results(whole=whole),
            coverage() if whole else "",
            judgement(),
            when("not part", closing(profile), foot(profile)),
            p("after_table", "", extra=section(profile, landscape=False)),
            appendices(profile, whole=whole),
            section(profile, landscape=False),
        )
    )


DUE_COLUMNS = (
    Col("TT", 10, "{{ line.number }}", "cell_center"),
    Col("Nội dung", 85, "{{ line.text }}\n({{ line.id }})"),
    Col("Thời hạn", 28, "{{ line.deadline }}", "cell_center"),
    Col("Tình trạng", 42, "{{ line.word }}"),
)


def letter(profile: LayoutProfile) -> str:
    """Return the letter that urges an agency."""
    return "".join(
        (
            head(profile, letter=True),
            addressees(),
            say("body"),
            tag("if lines"),
            data_table(DUE_COLUMNS, [Loop("lines")], "Nội dung chưa báo cáo hoặc quá hạn"),
            p("after_table", ""),
            tag("else"),
            p("body", "{{ missing }}"),
            tag("endif"),
            p("body", "{{ request }}"),
            closing(profile),
            foot(profile),
            section(profile, landscape=False),
        )
    )


SUMMARY_COLUMNS = (
    Col("TT", 8, "{{ line.number }}", "cell_center"),
    Col("{{ heading }}", 42, "{{ line.name }}"),
    Col("Được giao", 12, "{{ line.assigned }}", "cell_center"),
    Col("Đến hạn", 12, "{{ line.falling_due }}", "cell_center"),
    *(
        Col(words, 15, f"{{{{ line.by_class[{index}] }}}}", "cell_center")
        for index, words in enumerate(CLASSES.values())
    ),
    Col("Tỷ lệ đúng hạn (%)", 14, "{{ line.on_time }}", "cell_center"),
    Col("Tỷ lệ hoàn thành (%)", 14, "{{ line.completed }}", "cell_center"),
)
PROOF_COLUMNS = (
    Col("TT", 9, "{{ line.number }}", "cell_center"),
    Col("Nhiệm vụ", 83, "{{ line.text }}\n({{ line.id }})"),
    Col("Chủ trì", 40, "{{ line.lead }}"),
    Col("Thời hạn", 24, "{{ line.deadline }}", "cell_center"),
    Col("Tình trạng", 38, "{{ line.word }}"),
    Col("Văn bản, ngày làm căn cứ", 58, "{{ line.proof }}"),
)


def summary(profile: LayoutProfile) -> str:
    """Return the summary of a period: a document on landscape pages, because its tables are wide."""
    total = (
        "",
        "Tổng",
        "{{ all.assigned }}",
        "{{ all.falling_due }}",
        *(f"{{{{ all.by_class[{index}] }}}}" for index, _ in enumerate(CLASSES)),
        "{{ all.on_time }}",
        "{{ all.completed }}",
    )
    counted = data_table(SUMMARY_COLUMNS, [Loop("lines")], "Nhiệm vụ đến hạn trong kỳ", last=total)
    proofs = data_table(PROOF_COLUMNS, [Loop("group.lines", "proofs", "{{ group.title }}")], "Nhiệm vụ và căn cứ")
    return "".join(
        (
            head(profile, wide=True),
            kind_and_summary(profile),
            addressees(),
            say("opening"),
            p("clause", "1. Số nhiệm vụ theo {{ heading|lower }}"),
            counted,
            p("after_table", ""),
            say("remarks"),
            when("proofs", p("clause", "2. Nhiệm vụ và căn cứ"), proofs, p("after_table", "")),
            closing(profile),
            foot(profile, wide=True),
            section(profile, landscape=True),
        )
    )


# --- The consolidated text ------------------------------------------------------------------------------------------------

AMENDED_TASK_COLUMNS = (
    Col("TT", 10, "{{ line.number }}", "cell_center"),
    Col("Nội dung", 62, "{{ line.text }}"),
    Col("Cơ quan chủ trì", 30, "{{ line.lead }}", optional=True),
    Col("Cơ quan phối hợp", 26, "{{ line.support }}", optional=True),
    Col("Thời gian thực hiện", 20, "{{ line.schedule }}", "cell_center", optional=True),
    Col("Sản phẩm", 17, "{{ line.outputs }}", optional=True),
)
AMENDED_INDICATOR_COLUMNS = (
    Col("TT", 10, "{{ line.number }}", "cell_center"),
    Col("Chỉ tiêu", 65, "{{ line.name }}"),
    Col("Đơn vị tính", 18, "{{ line.unit }}", "cell_center", optional=True),
    Col("Cơ quan chịu trách nhiệm thực hiện", 36, "{{ line.lead }}", optional=True),
    Col("Mục tiêu", 36, "{{ line.targets }}"),
)


def amended_table(columns: Sequence[Col], groups: str, alt: str, *, wide: bool) -> str:
    """Return a table of amended rows under the headings of the plan, each with the words that lead to its rows."""
    across_page = LANDSCAPE / sum(column.width for column in columns) if wide else 1
    widths = [round(column.width * across_page, 1) for column in columns]

    def whole(style: str, text: str) -> str:
        return row([cell(sum(widths), p(style, text), span=len(columns))])

    heads = (
        cell(width, p("cell_head_optional" if c.optional else "cell_head", c.head, extra="<w:keepNext/>"))
        for c, width in zip(columns, widths, strict=True)
    )
    rows = [
        row(heads, head=True),
        whole("cell", f"{{%tr for group in {groups} %}}"),
        whole("cell", "{%tr if group.title %}"),
        whole("cell_group", "{{ group.title }}"),
        whole("cell", "{%tr endif %}"),
        whole("cell", "{%tr for text in group.texts %}"),
        whole("cell", "{{ text }}"),
        whole("cell", "{%tr endfor %}"),
        whole("cell", "{%tr for line in group.rows %}"),
        row(cell(width, p(c.style, c.text)) for c, width in zip(columns, widths, strict=True)),
        whole("cell", "{%tr endfor %}"),
        whole("cell", "{%tr endfor %}"),
    ]
    return table(widths, rows, borders=True, alt=alt)


def amended_blocks(*, wide: bool) -> str:
    """Return what stands under a heading: paragraphs, then tables."""
    where = "phụ lục" if wide else "phần chính"
    styles = (
        ("block_line.level == 1", "part"),
        ("block_line.level == 2", "clause"),
        ("block_line.level == 3", "point"),
    )
    lines = "".join(when(test, p(style, "{{ block_line.text }}")) for test, style in styles)
    lines += when("block_line.level == 0", p("body", "{{ block_line.text }}"))
    tasks = amended_table(AMENDED_TASK_COLUMNS, "block.tasks", f"Nhiệm vụ, {where}", wide=wide)
    indicators = amended_table(AMENDED_INDICATOR_COLUMNS, "block.indicators", f"Chỉ tiêu, {where}", wide=wide)
    return each(
        "block in chapter.blocks",
        each("block_line in block.paragraphs", lines),
        when("block.tasks", tasks, p("after_table", "")),
        when("block.indicators", indicators, p("after_table", "")),
    )


def consolidated(profile: LayoutProfile) -> str:
    """Return the consolidated text of an amended plan: its name, the documents in it, its text, who authenticates it."""
    ends_section = p("after_table", "", extra=section(profile, landscape=False))
    appendix_head = (
        p("appendix_number", "{{ chapter.name }}"),
        p("appendix_title", "{{ chapter.title }}"),
        p("appendix_reference", "{{ reference }}"),
        rule("appendix"),
    )
    return "".join(
        (
            head(profile),
            kind_and_summary(profile),
            p("as_of", "{{ as_of_text }}"),
            p("body", "{{ original }}"),
            each("line in amendments", p("body", "{{ loop.index }}. {{ line }}")),
            each("line in bases", p("basis", "{{ line }}")),
            each(
                "chapter in chapters",
                when("chapter.title", p("part", "{{ chapter.title }}")),
                amended_blocks(wide=False),
            ),
            say("provisions"),
            closing(profile),
            foot(profile),
            ends_section,
            each(
                "chapter in appendices",
                *appendix_head,
                amended_blocks(wide=True),
                when("not loop.last", p("after_table", "", extra=section(profile, landscape=True))),
            ),
            section(profile, landscape=True),
        )
    )


def consolidated_styles(profile: LayoutProfile) -> str:
    """Return the styles that only a consolidated text has."""
    body = profile.elements["body"]
    basis = structs.replace(body, name="Căn cứ", italic=not profile.party)
    return "".join(
        (
            paragraph_style(
                "as_of", ElementStyle("Ngày của nội dung", 13, (13, 14), italic=True, align="center", after=8)
            ),
            paragraph_style("basis", basis),
            paragraph_style("footnote", ElementStyle("Chú thích cuối trang", 10, (10, 12), align="both")),
        )
    )


# --- The package ------------------------------------------------------------------------------------------------------


def fonts(name: str) -> str:
    """Return the one font for every script."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def paragraph_style(key: str, element: ElementStyle, extra: str = "") -> str:
    """Return the paragraph style of an element."""
    line = f'w:line="{round(element.line * 240)}" w:lineRule="auto"'
    if element.exact_line:
        line = f'w:line="{round(element.exact_line * 20)}" w:lineRule="exact"'
    properties = "".join(
        (
            "<w:keepNext/>" if element.keep else "",
            extra,
            f'<w:spacing w:before="{round(element.before * 20)}" w:after="{round(element.after * 20)}" {line}/>',
            f'<w:ind w:firstLine="{mm(element.first_line)}"/>' if element.first_line else "",
            f'<w:jc w:val="{element.align}"/>',
            f'<w:outlineLvl w:val="{element.outline}"/>' if element.outline is not None else "",
        )
    )
    looks = "".join(
        (
            "<w:b/><w:bCs/>" if element.bold else "",
            "<w:i/><w:iCs/>" if element.italic else "",
            '<w:u w:val="single"/>' if element.underline else "",
            f'<w:sz w:val="{round(element.size * 2)}"/><w:szCs w:val="{round(element.size * 2)}"/>',
        )
    )
    # Underline stands after size in the order the schema wants.
    if element.underline:
        looks = looks.replace('<w:u w:val="single"/>', "") + '<w:u w:val="single"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(key)}"><w:name w:val="KH {element.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{properties}</w:pPr><w:rPr>{looks}</w:rPr></w:style>'
    )


def rule_style(key: str, name: str, after: int = 60) -> str:
    """Return the style of a drawn line: hardly any height, a border below."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(f"rule_{key}")}"><w:name w:val="KH {name}"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/>'
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="0" w:after="{after}" w:line="60" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'
        '<w:rPr><w:sz w:val="4"/><w:szCs w:val="4"/></w:rPr></w:style>'
    )


def derived(profile: LayoutProfile) -> str:
    """Return the styles of paragraphs that vary an element."""
    to = profile.elements["to"]
    left = '<w:ind w:left="{}"/><w:jc w:val="left"/></w:pPr>'
    to_head = paragraph_style(
        "to_head", ElementStyle("Kính gửi, nhiều nơi", to.size, to.sizes, before=to.before, keep=True)
    )
    to_line = paragraph_style("to_line", ElementStyle("Nơi được kính gửi", to.size, to.sizes))
    head = profile.elements["cell_head"]
    optional = paragraph_style(
        "cell_head_optional", structs.replace(head, name="Tên cột, bỏ cột khi không có nội dung")
    )
    chart = paragraph_style("chart", ElementStyle("Biểu đồ", 12, (10, 14), align="center", before=6, after=6))
    return "".join(
        (
            to_head.replace('<w:jc w:val="left"/></w:pPr>', left.format(mm(30))),
            to_line.replace('<w:jc w:val="left"/></w:pPr>', left.format(mm(48))),
            optional,
            chart,
            paragraph_style("after_table", ElementStyle("Sau bảng", 2, (1, 14), exact_line=4)),
            rule_style("title", "Đường kẻ dưới tiêu ngữ"),
            rule_style("issuer", "Đường kẻ dưới cơ quan"),
            rule_style("summary", "Đường kẻ dưới trích yếu"),
            rule_style("appendix", "Đường kẻ dưới phụ lục", after=160),
        )
    )


def styles(profile: LayoutProfile, further: str = "") -> str:
    """Return the styles: defaults, one per element, two of tables, and those of this template alone."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    none = "".join(f'<w:{side} w:val="nil"/>' for side in sides)
    body = round(profile.elements["body"].size * 2)
    elements = "".join(paragraph_style(key, element) for key, element in profile.elements.items())
    nation = paragraph_style("nation", profile.elements["nation"])
    beyond = f'<w:ind w:left="{-mm(BEYOND)}" w:right="{-mm(BEYOND)}"/><w:jc '
    elements = elements.replace(nation, nation.replace("<w:jc ", beyond))
    return (
        f'{XML}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts(profile.font)}<w:color w:val="000000"/>'
        f'<w:sz w:val="{body}"/><w:szCs w:val="{body}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="vi-VN"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f'<w:style w:type="table" w:customStyle="1" w:styleId="KHPlain"><w:name w:val="KH Bảng không kẻ"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{none}</w:tblBorders></w:tblPr></w:style>'
        f'<w:style w:type="table" w:customStyle="1" w:styleId="KHGrid"><w:name w:val="KH Bảng số liệu"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr></w:style>'
        f"{elements}{derived(profile)}{further}</w:styles>"
    )


def header(*, number: bool) -> str:
    """Return a page header: the page number, or nothing for the first page."""
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    page = field.format("begin") + '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    page += field.format("separate") + "<w:r><w:t>2</w:t></w:r>" + field.format("end")
    content = f'<w:p><w:pPr><w:pStyle w:val="{style_id("page_number")}"/></w:pPr>{page if number else ""}</w:p>'
    return f'{XML}<w:hdr xmlns:w="{W}" xmlns:r="{R}">{content}</w:hdr>'


def relationships(*targets: tuple[str, str, str]) -> str:
    """Return a relationship part: (id, type, target)."""
    lines = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in targets)
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def package(profile: LayoutProfile, body: str, title: str, *, further: str = "") -> bytes:
    """Return the .docx: the parts in one order, with one time; `further` are styles of this template alone."""
    overrides = {
        "/word/document.xml": f"{WORDML}.document.main+xml",
        "/word/styles.xml": f"{WORDML}.styles+xml",
        "/word/settings.xml": f"{WORDML}.settings+xml",
        "/word/header1.xml": f"{WORDML}.header+xml",
        "/word/header2.xml": f"{WORDML}.header+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    types = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": relationships(
            ("rId1", f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{{{{ head.issuer|join(' ') }}}}</dc:creator>"
        "<dc:language>vi-VN</dc:language></cp:coreProperties>",
        "word/_rels/document.xml.rels": relationships(
            ("rIdStyles", f"{OFFICE}/relationships/styles", "styles.xml"),
            ("rIdSettings", f"{OFFICE}/relationships/settings", "settings.xml"),
            ("rIdNumber", f"{OFFICE}/relationships/header", "header1.xml"),
            ("rIdFirst", f"{OFFICE}/relationships/header", "header2.xml"),
        ),
        "word/document.xml": f'{XML}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        "word/header1.xml": header(number=True),
        "word/header2.xml": header(number=False),
        "word/settings.xml": f'{XML}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="{mm(12.7)}"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>",
        "word/styles.xml": styles(profile, further),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def templates() -> dict[Path, bytes]:
    """Return the templates by path."""
    state, party = load_profile(STATE), load_profile(PARTY)
    title = "{{ summary }}"
    made = {
        "bao-cao-nam": package(state, report(state, whole=True), title),
        "bao-cao-co-quan": package(state, report(state, whole=False), title),
        "bao-cao-dang": package(party, report(party, whole=True), title),
        "cong-van-don-doc": package(state, letter(state), title),
        "cong-van-don-doc-dang": package(party, letter(party), title),
        "tong-hop-ky": package(state, summary(state), title),
        "tong-hop-ky-dang": package(party, summary(party), title),
        "van-ban-hop-nhat": package(state, consolidated(state), title, further=consolidated_styles(state)),
        "van-ban-hop-nhat-dang": package(party, consolidated(party), title, further=consolidated_styles(party)),
    }
    return {ROOT / "templates" / f"{name}.docx": data for name, data in made.items()}


if __name__ == "__main__":
    for path, data in templates().items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
