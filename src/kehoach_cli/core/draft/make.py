"""A document as the draft of a plan file."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct

from kehoach_cli.core.draft.agencies import AgencyReader
from kehoach_cli.core.draft.appendices import DraftAppendix, appendices_of
from kehoach_cli.core.draft.cuts import doubt_cuts, doubt_run_together
from kehoach_cli.core.draft.found import Passages
from kehoach_cli.core.draft.head import DocumentHead, head_of
from kehoach_cli.core.draft.left_out import (
    doubt_glued,
    doubt_left_out,
    doubt_left_out_of_head,
    doubt_missing_appendix,
)
from kehoach_cli.core.draft.lines import DraftLine, Mark
from kehoach_cli.core.draft.notes import Draft, DraftNotes
from kehoach_cli.core.draft.outline import outline_of
from kehoach_cli.core.draft.parts import blocks_of, lines_in, parts_of, with_lettered_parts
from kehoach_cli.core.draft.passages import Walk
from kehoach_cli.core.draft.province import doubt_province, province_of
from kehoach_cli.core.draft.repeated import without_repeated
from kehoach_cli.core.draft.reporting import (
    coordinator_of,
    doubt_bodies_of_commune,
    doubt_general_clause,
    doubt_parts_of_nobody,
    reporting_of,
)
from kehoach_cli.core.draft.rows import RowReader
from kehoach_cli.core.draft.stated import stated_in
from kehoach_cli.core.draft.table_entries import TableReader, doubt_table
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.plan import enclosing_section, is_within
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.model.source_text import SourceKind, SourceTable, SourceText
from kehoach_cli.viet.text import loose_key

# The longest plans have some hundred tasks: a document with more lines and rows is none.
MOST_LINES = 6_000
# Nor has any so many letters: the four shipped ones have 20,000 to 120,000.
MOST_LETTERS = 600_000
# A line in bold of so many words is no name of who signs: the title of a list that follows.
_FEWEST_OF_HEADING = 6
_SENTENCE_OF_TAIL = re.compile(r"^\[\d+\]|^\(.+\)$|^.{50,}[.;:]\s*$|^.{120,}$")


class DraftRequest(Struct, frozen=True):
    """What a draft is made with: the registries; the id of the plan and its province, where they were named; the base registry.

    Without a named id it is made of the document's number, and `fallback_id` where there is none. `base` returns id and name of
    what the base registry of a province calls a name. `this_year` is where a plan begins in whose head no year stands.
    """

    directory: Directory
    plan_id: str | None
    fallback_id: str
    province: str | None
    base: Callable[[str, str], tuple[str, str] | None]
    this_year: int


class UnclearProvinceError(Exception):
    """The document does not tell its province."""


class TooManyLinesError(Exception):
    """The document has more lines, rows or letters than any plan."""


def draft_of(source: SourceText, request: DraftRequest) -> Draft:
    """Return the draft of a plan file.

    Raises:
        UnclearProvinceError: no province was named, and the document does not tell it.
        TooManyLinesError: the document has more than `MOST_LINES` lines and rows, or more than `MOST_LETTERS` letters.
    """
    _check_length(source)
    blocks = with_lettered_parts(list(blocks_of(source)))
    before, body, after = parts_of(blocks)
    province = request.province or province_of([*before, *lines_in(after)[:40]], request.directory)
    if province is None:
        raise UnclearProvinceError
    notes = DraftNotes()
    doubt_run_together([*before, *lines_in(body)], notes)
    doubt_province(before, request.directory, province, notes)
    for block in blocks[: len(blocks) - len(body) - len(after)]:
        if isinstance(block, SourceTable):
            doubt_table(block, "bảng đứng trước mục đầu tiên; chưa lấy", notes)
    tail, appendices = appendices_of(after)
    head = head_of(before, tail, [line for one in appendices for line in one.lines], notes, request.this_year)
    agencies = AgencyReader(request.directory, province, head.day, lambda name: request.base(name, province), notes)
    period = head.period
    year = period["from"] if period["from"] == period["to"] else None
    rows = RowReader(agencies, notes, year)
    walk = Walk(rows, notes)
    found = walk.read(outline_of(body, notes))
    listed = _listed(appendices, walk, notes)
    tables = TableReader(found, rows, notes, pages=source.kind is SourceKind.PDF)
    doubt_cuts(body, notes)
    tables.of_body()
    for one in appendices:
        if one not in listed:
            tables.appendix(one)
    _end_of_headings(head, found, notes)
    _doubt_footnotes(source, notes)
    _doubt_tail(tail, notes)
    plan = _plan(request.plan_id or _id_of(head) or request.fallback_id, province, head, found, tables, notes)
    doubt_left_out_of_head(before, notes)
    doubt_left_out([*lines_in(body), *(line for one in listed for line in one.body)], notes)
    if not appendices:
        doubt_missing_appendix([*before, *lines_in(body), *tail], notes)
    doubt_glued(plan, notes)
    return Draft(plan, notes.places, notes.remarked(source.remarks))


def _listed(appendices: Iterable[DraftAppendix], walk: Walk, notes: DraftNotes) -> list[DraftAppendix]:
    """Read the appendices that give work in lines, and return them."""
    found = [one for one in appendices if one.gives_work]
    for one in found:
        walk.appendix(outline_of(one.body, notes, one.id, DraftLine(Mark.NONE, (), one.title, one.place)))
        doubt_cuts(one.body, notes)
    return found


def _check_length(source: SourceText) -> None:
    if sum(block.rows if isinstance(block, SourceTable) else 1 for block in source.blocks) > MOST_LINES:
        raise TooManyLinesError
    if sum(len(one.text) for one in source.paragraphs()) > MOST_LETTERS:
        raise TooManyLinesError


def _plan(
    plan_id: str, province: str, head: DocumentHead, found: Passages, tables: TableReader, notes: DraftNotes
) -> dict[str, Any]:
    body = [*without_repeated(found.tasks, tables.tasks, notes), *found.organisation]
    tasks = _in_order(body, tables, [str(one["id"]) for one in found.sections])
    coordinator = coordinator_of(found.organisation, head.document["issuer"], notes)
    plan: dict[str, Any] = {"kehoach": "plan/1", "id": plan_id, "province": province, "document": head.document}
    plan["period"] = head.period
    lists = {"objectives": found.objectives, "funding": found.funding}
    plan |= {key: value for key, value in lists.items() if value}
    plan["coordinator"] = coordinator
    if reporting := reporting_of(tasks, coordinator, notes):
        plan["reporting"] = reporting
    if found.clauses:
        plan["clauses"] = found.clauses
    plan["sections"] = found.sections
    plan["tasks"] = tasks
    doubt_general_clause(found.organisation, tasks, found.clauses, notes)
    doubt_parts_of_nobody(tasks, found.clauses, notes)
    if head.other_kind:
        _doubt_each(tasks, head.other_kind, notes)
    if head.of_commune:
        doubt_bodies_of_commune(tasks, coordinator, notes)
    if indicators := [*tables.indicators, *_stated(tasks, notes)]:
        plan["indicators"] = indicators
    return plan


def _in_order(body: list[dict[str, Any]], tables: TableReader, sections: list[str]) -> list[dict[str, Any]]:
    """Return the tasks of the body with those of each table behind those of the section in which it stands."""
    order = {section: at for at, section in enumerate(sections)}
    rows = [(order.get(str(enclosing_section(str(one["id"]), order)), len(order)), one) for one in body]
    for section, block in tables.blocks:
        own = max((at for one, at in order.items() if is_within(one, section)), default=len(order))
        behind = next((at + 1 for at in reversed(range(len(rows))) if rows[at][0] <= own), 0)
        rows[behind:behind] = [(own, one) for one in block]
    return [one for _, one in rows]


def _doubt_each(tasks: Iterable[dict[str, Any]], kind: str, notes: DraftNotes) -> None:
    """Doubt every task of a document whose kind gives no work: a rule of a regulation reads like one."""
    for one in tasks:
        why = f'văn bản ghi là "{kind}"; dòng này có thể là quy định, tình hình, không phải nhiệm vụ'
        where = (f"tasks/{one['id']}", notes.places.get(f"tasks/{one['id']}/text", ""))
        notes.doubt(DoubtKind.READING, where, str(one["text"]), why, "bỏ dòng này nếu không phải nhiệm vụ")


def _stated(tasks: Iterable[dict[str, Any]], notes: DraftNotes) -> list[dict[str, Any]]:
    """Return the indicators in the wording of tasks."""
    return [
        one
        for task in tasks
        for one in stated_in(task, _section_of(task), notes.places[f"tasks/{task['id']}/text"], notes)
    ]


def _section_of(task: dict[str, Any]) -> str:
    """Return the section of a row: the one it names, else its id without the last part."""
    own = str(task.get("section", ""))
    return own or re.sub(r"[-.][^-.]+$", "", str(task["id"]))


def _end_of_headings(head: DocumentHead, found: Passages, notes: DraftNotes) -> None:
    """Take the last year that headings of tasks name as the end of the period, where the title names none: a doubt."""
    years = [int(year) for one in found.sections for year in re.findall(r"\b20\d\d\b", one.get("schedule", ""))]
    if head.period["to"] is None and years:
        head.period["to"] = max(years)
        why = f"trích yếu không nêu thời kỳ; tạm lấy năm {max(years)} theo tiêu đề các mục nhiệm vụ"
        notes.doubt(DoubtKind.HEAD, ("period/to", ""), "", why, "sửa năm kết thúc nếu không đúng")
    elif head.period["to"] is None:
        why = "chưa xác định được năm kết thúc từ trích yếu; để trống"
        notes.doubt(DoubtKind.HEAD, ("period/to", ""), "", why, "ghi năm kết thúc nếu văn bản có nêu")


def _id_of(head: DocumentHead) -> str | None:
    """Return the id that the number of a document gives its plan: `kh-176`."""
    number = re.match(r"\d+", head.document["number"] or "")
    return f"{loose_key(head.document['type'])}-{number[0]}" if number else None


def _doubt_footnotes(source: SourceText, notes: DraftNotes) -> None:
    """Doubt the notes at the foot of pages: no key holds them."""
    for one in source.paragraphs():
        for text in one.footnotes:
            why = "chú thích cuối trang của đoạn này; chưa lấy"
            notes.doubt(DoubtKind.UNREAD, ("", one.place), text, why, "nhập vào tệp kế hoạch nếu cần")


def _doubt_tail(tail: Sequence[DraftLine], notes: DraftNotes) -> None:
    """Doubt what stands between the end of the body and the first appendix and is neither recipients nor signature.

    Numbered lines there, and all behind them, are an annex that does not call itself one.
    """
    first = next((at for at, line in enumerate(tail) if line.mark in {Mark.ROMAN, Mark.NUMBER}), len(tail))
    if behind := tail[first:]:
        place = behind[0].place if len(behind) == 1 else f"{behind[0].place} đến {behind[-1].place}"
        why = f'phần sau chữ ký có các mục đánh số, không ghi "Phụ lục"; chưa lấy ({len(behind)} dòng)'
        notes.doubt(DoubtKind.UNREAD, ("", place), behind[0].text, why, "nhập nếu là nhiệm vụ, chỉ tiêu")
    for line in tail[:first]:
        heading = line.bold and not line.text.isupper() and len(line.text.split()) >= _FEWEST_OF_HEADING
        if (
            line.mark is Mark.NONE
            and (heading or _SENTENCE_OF_TAIL.search(line.text))
            and not re.match(r"nơi nhận|lưu", line.text, re.IGNORECASE)
        ):
            why = "câu đứng sau phần cuối văn bản; chưa lấy"
            notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "nhập vào tệp kế hoạch nếu cần")
