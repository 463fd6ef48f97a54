"""The data of a report: as JSON records, as a listing, and as figures with the lines they come from."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Any

from msgspec import Struct

from kehoach_cli.core.check.wording import COLUMN_HEADERS
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.report.model import (
    Figure,
    IndicatorGroup,
    IndicatorPart,
    LetterData,
    NarrativePart,
    NarrativeText,
    ReportData,
    Source,
    TaskCounts,
    TaskGroup,
    TaskPart,
)
from kehoach_cli.render.listing import Block, Column, Listing

_INDICATOR_HEADERS = (
    "Mã", "Chỉ tiêu", "Đơn vị tính", "Cơ quan chịu trách nhiệm", "Mục tiêu", "Kết quả năm trước", "Kết quả", "So với mục tiêu",
    "Đánh giá", "Ghi chú",
)  # fmt: skip
_TASK_HEADERS = (
    "Mã", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm theo kế hoạch", "Kết quả thực hiện", "Trạng thái",
    "Khó khăn, vướng mắc", "Ghi chú",
)  # fmt: skip
_BLANK = "(để trống)"


def report_record(data: ReportData | LetterData, *, trace: bool) -> dict[str, Any]:
    """Return everything the document says; `trace` adds the sources of each figure."""
    record = {"kind": data.kind.value, **_record(data), "period": data.period.key}
    if data.period.part is None:
        # As in a progress file, no period means the whole year.
        del record["period"]
    if trace:
        record["figures"] = [_figure_record(figure) for figure in data.figures]
    else:
        del record["figures"]
    return record


def trace_text(reports: Iterable[ReportData | LetterData]) -> str:
    """Return one line per figure: plan, key, label, text, sources."""
    return "".join(
        f"{data.plan}\t{figure.key}\t{figure.label}\t{figure.text}\t{sources_text(figure.sources)}\n"
        for data in reports
        for figure in data.figures
    )


def notes_text(data: ReportData | LetterData) -> bytes:
    """Return the notes for whoever drafts the document, as a text file that every editor of Windows opens."""
    heading = "GHI CHÚ CHO NGƯỜI SOẠN THẢO (không thuộc văn bản)"
    yellow = "Chữ tô vàng trong văn bản là chỗ phải điền hoặc phải kiểm tra trước khi ký."
    lines = [heading, "", *(f"- {note}" for note in (*data.notes, yellow)), ""]
    return "\r\n".join(lines).encode("utf-8-sig")


def sources_text(sources: Sequence[Source]) -> str:
    """Return each source file once, with its lines: `plans/kh-176.yaml:12,20; progress/2025/….yaml:9`."""
    by_file: dict[str, list[int]] = {}
    for source in sources:
        by_file.setdefault(str(source) if source.cell else source.file, []).append(source.line)
    return "; ".join(
        f"{file}:{','.join(str(line) for line in sorted(set(lines)) if line)}".rstrip(":")
        for file, lines in by_file.items()
    )


def report_listing(reports: Iterable[ReportData | LetterData], *, trace: bool) -> Listing:
    """Return the reports as headings, paragraphs and tables."""
    blocks: list[Block] = []
    for data in reports:
        blocks += _letter_blocks(data) if isinstance(data, LetterData) else _report_blocks(data)
        if data.notes:
            blocks.append(Block("Ghi chú cho người soạn thảo", 2, data.notes))
        if trace:
            rows = tuple((one.key, one.label, one.text, sources_text(one.sources)) for one in data.figures)
            blocks.append(_table("Nguồn của các số liệu", 2, ("Khóa", "Số liệu", "Giá trị", "Tệp và dòng"), rows))
    return Listing(tuple(blocks))


def _record(value: Any) -> Any:
    """Return a value as JSON types; counts by column are named, and the writer of the JSON formats dates."""
    if isinstance(value, TaskCounts):
        plain = {name: _record(getattr(value, name)) for name in value.__struct_fields__}
        return plain | {"by_column": {column.value: value[column] for column in CountColumn}}
    if isinstance(value, Struct):
        return {name: _record(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_record(one) for one in value]
    return value


def _figure_record(figure: Figure) -> dict[str, Any]:
    sources = [{"file": source.file, "line": source.line or None, "cell": source.cell} for source in figure.sources]
    return {"key": figure.key, "label": figure.label, "text": figure.text, "sources": sources}


def _report_blocks(data: ReportData) -> Iterator[Block]:
    to = "; ".join(body.name for body in data.routing.recipients) or _BLANK
    head = (data.opening,) if data.part else (f"Kính gửi: {to}.", data.opening)
    yield Block(f"{data.title}: {data.summary}", 1, head)
    yield Block("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH, TRIỂN KHAI THỰC HIỆN", 2, _spoken(data.narrative.directing))
    if data.coverage:
        units = ((one.name, one.word, one.cutoff, one.submitted) for one in data.coverage.lines)
        yield Block("Tình hình gửi báo cáo", 3, (data.coverage.sentence,))
        yield _table("", 0, ("Cơ quan, đơn vị", "Tình trạng", "Ngày chốt số liệu", "Ngày gửi"), units)
    yield Block("II. KẾT QUẢ THỰC HIỆN", 2)
    yield from _indicator_blocks(data.indicators)
    yield from _task_blocks(data.tasks)
    yield from _funding_blocks(data)
    yield from _assessment_blocks(data.narrative)
    yield Block(
        f"IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM {data.period.following.full_text.upper()}", 2, (data.next.sentence,)
    )
    rows = ((one.id, one.text, one.lead, one.deadline, one.word) for one in data.next.lines)
    yield _table("", 0, ("Mã", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Lý do"), rows, data.next.missing)
    yield Block("", 0, _spoken(data.narrative.next_year))
    yield Block("V. ĐỀ XUẤT, KIẾN NGHỊ", 2)
    yield Block("Với Trung ương", 3, _spoken(data.narrative.proposals_central))
    yield Block("Với tỉnh", 3, _spoken(data.narrative.proposals_province))
    yield Block("Với cơ quan, đơn vị khác", 3, _spoken(data.narrative.proposals_others))
    if not data.part:
        yield Block("", 0, (f"{data.closing}.",))


def _indicator_blocks(part: IndicatorPart) -> Iterator[Block]:
    yield Block("1. Kết quả thực hiện các chỉ tiêu", 3, (*part.sentences, *part.notes))
    for group in part.groups:
        rows = (
            (
                one.id,
                one.name,
                one.unit,
                one.agency,
                one.target,
                one.previous,
                one.result,
                one.difference,
                one.word,
                one.note,
            )
            for one in group.lines
        )
        yield _table(_heading(group), 4, _INDICATOR_HEADERS, rows)


def _task_blocks(part: TaskPart) -> Iterator[Block]:
    yield Block("2. Kết quả thực hiện các nhiệm vụ, giải pháp", 3, part.sentences)
    yield Block("", 0, (part.task_sentence,) if part.task_sentence else ())
    yield from (_task_table(group) for group in part.groups)
    if part.by_agency:
        headers = ("Cơ quan chủ trì", "Tổng", *COLUMN_HEADERS.values(), "Tỷ lệ hoàn thành")
        rows = [(row.name, *_counts(row.counts)) for row in part.by_agency]
        yield _table("Tổng hợp theo cơ quan chủ trì", 4, headers, [*rows, ("Tổng", *_counts(part.counts))])
        yield Block("", 0, (part.note,))
    late = ((one.id, one.text, one.lead, one.deadline, str(one.days), one.word) for one in part.overdue)
    headers = ("Mã", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Số ngày quá hạn", "Tình trạng")
    yield _table("Nhiệm vụ quá hạn", 4, headers, late, part.overdue_missing)
    yield Block("3. Kết quả thực hiện các chương trình, đề án, dự án", 3, (part.programme_sentence,))
    yield from (_task_table(group) for group in part.programmes)


def _task_table(group: TaskGroup) -> Block:
    rows = (
        (
            one.id,
            one.text,
            one.lead,
            one.support,
            one.deadline,
            one.outputs,
            one.result,
            one.word,
            one.difficulty,
            one.note,
        )
        for one in group.lines
    )
    return Block(_heading(group), 4, (group.sentence,), tuple(map(Column, _TASK_HEADERS)), tuple(rows))


def _funding_blocks(data: ReportData) -> Iterator[Block]:
    part = data.funding
    rows = [(one.agency, one.source, one.planned, one.spent, one.unit, one.share) for one in part.lines]
    rows += [("Tổng", "", one.planned or "-", one.spent or "-", one.unit, "") for one in part.totals]
    headers = ("Cơ quan", "Nguồn", "Được giao", "Đã giải ngân", "Đơn vị tính", "Tỷ lệ")
    yield _table("4. Kinh phí thực hiện", 3, headers, rows, part.missing)
    yield Block("", 0, _spoken(data.narrative.funding))


def _assessment_blocks(words: NarrativePart) -> Iterator[Block]:
    yield Block("III. ĐÁNH GIÁ CHUNG", 2)
    yield Block("1. Ưu điểm", 3, _spoken(words.strengths))
    yield Block("2. Tồn tại, hạn chế", 3, _spoken(words.limits))
    yield Block("3. Nguyên nhân khách quan", 3, _spoken(words.causes_objective))
    yield Block("Nguyên nhân chủ quan", 3, _spoken(words.causes_subjective))
    if words.lessons:
        yield Block("4. Bài học kinh nghiệm", 3, _spoken(words.lessons))


def _letter_blocks(data: LetterData) -> Iterator[Block]:
    to = "; ".join(body.name for body in data.routing.recipients)
    yield Block(f"V/v {data.summary}", 1, (f"Kính gửi: {to}.", *data.body))
    rows = ((one.id, one.text, one.deadline, one.word) for one in data.lines)
    yield _table("", 0, ("Mã", "Nội dung", "Thời hạn", "Tình trạng"), rows, data.missing)
    until = data.until.isoformat() if data.until else _BLANK
    yield Block("", 0, (f"{data.request[0]}{until}{data.request[1]}", f"{data.closing}."))


def _spoken(words: NarrativeText) -> tuple[str, ...]:
    said = tuple(f"{voice.agency}: {voice.text}" for voice in words.voices)
    return (*words.facts, *(said or (words.missing,)))


def _counts(counts: TaskCounts) -> tuple[str, ...]:
    rate = f"{counts.rate}%" if counts.rate is not None else "-"
    return (str(counts.total), *(str(counts[column]) for column in CountColumn), rate)


def _heading(group: IndicatorGroup | TaskGroup) -> str:
    return f"{group.place}: {group.title}" if group.place and group.title else group.place or group.title


def _table(
    heading: str, level: int, headers: Iterable[str], rows: Iterable[tuple[str, ...]], missing: str = "Không có."
) -> Block:
    found = tuple(rows)
    return Block(heading, level, () if found else (missing,), tuple(map(Column, headers)), found)
