"""Finds the answered rows of a filled form by their id, never by position; answers outside of them become findings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from msgspec import Struct

from kehoach_cli.excel.answers import Notes, name_of, quoted
from kehoach_cli.excel.hidden_sheet import AskedForm, AskedRow
from kehoach_cli.excel.layout import COVER, NO_INDICATORS, NO_TASKS, FormTable, ref_key
from kehoach_cli.excel.locate import LocatedTable
from kehoach_cli.excel.locked_cells import rewritten
from kehoach_cli.office.workbook import WorkbookCell
from kehoach_cli.viet.text import match_key

_MOST_NAMED = 8


class AnsweredRow(Struct, frozen=True):
    """A row that was found: what it asks, its filled answer cells, and the place of its id."""

    asked: AskedRow
    answers: dict[str, WorkbookCell]
    place: str


class RowFinder:
    """Finds the rows of one workbook."""

    def __init__(self, asked: AskedForm, notes: Notes) -> None:
        """Look for the rows `asked` and report to `notes`."""
        self._asked = asked
        self._notes = notes

    def rows(self, table: FormTable, located: list[LocatedTable]) -> Iterator[AnsweredRow]:
        """Yield the rows of a table in the order of the form."""
        asked = self._asked.rows.get(table, {})
        rows: dict[tuple[str, str], list[AnsweredRow]] = defaultdict(list)
        present: set[str] = set()
        for one in located:
            for row in self._known_rows(one, asked):
                present.add(ref_key(row.asked.ref))
                rows[row.asked.ref, row.asked.slot].append(row)
        if located:
            self._note_missing_rows(table, [parts[0].ref for key, parts in asked.items() if key not in present])
        for parts in asked.values():
            for part in parts:
                if answered := self._one_of(rows[part.ref, part.slot]):
                    yield answered

    def _known_rows(self, located: LocatedTable, asked: Mapping[str, list[AskedRow]]) -> Iterator[AnsweredRow]:
        """Yield the rows with an id of this form; then report the other rows that hold something."""
        last = 0
        for number in located.body:
            if row := self._row(located, number, asked):
                last = number
                yield row
        for number in located.body:
            self._note_other_row(located, number, asked, below=number > last)

    def _row(self, located: LocatedTable, number: int, asked: Mapping[str, list[AskedRow]]) -> AnsweredRow | None:
        """Return one row by its id; report a row that holds answers without an id of this form."""
        cells, answers = located.cells(number), located.answers(number)
        identity = cells.get(located.table.identity or "")
        parts = asked.get(ref_key(name_of(identity)), []) if identity else []
        if parts and identity:
            part = _part(parts, cells.get("part"))
            if part:
                self._note_rewritten(located.table, part, cells)
                return AnsweredRow(part, answers, identity.place)
            if answers:
                self._note_unknown_part(parts, identity.place)
        elif answers:
            self._note_unknown_row(identity, next(iter(answers.values())), asked)
        return None

    def _one_of(self, rows: list[AnsweredRow]) -> AnsweredRow | None:
        """Return one of the rows with the same id; those that hold answers must hold the same."""
        said = [row for row in rows if row.answers]
        texts = [{key: cell.text for key, cell in row.answers.items()} for row in said]
        if any(text != texts[0] for text in texts):
            self._notes.error(
                f"mã {said[0].asked.ref} có hai dòng trả lời khác nhau (dòng kia: {said[0].place})",
                "giữ lại một dòng",
                said[-1].place,
            )
        return said[0] if said else rows[0] if rows else None

    def _note_other_row(
        self, located: LocatedTable, number: int, asked: Mapping[str, list[AskedRow]], *, below: bool
    ) -> None:
        """Report a row without answers that the form did not ask; `below` the last asked row a heading is reported, too."""
        cells = located.cells(number)
        # Headings of plans and sections stand alone in the column of ids, above the rows they head.
        alone = set(cells) == {located.table.identity}
        if alone and next(iter(cells.values())).text in {NO_INDICATORS, NO_TASKS}:
            return
        if not cells or located.answers(number) or located.table is COVER or (alone and not below):
            return
        identity = cells.get(located.table.identity or "")
        if identity is None or ref_key(name_of(identity)) not in asked:
            cell = next(iter(cells.values()))
            self._notes.warning(
                f"{quoted(cell.text)} nằm ngoài các dòng của biểu mẫu nên không được đọc",
                "nếu là nội dung báo cáo, chép vào ô trả lời của dòng tương ứng",
                cell.place,
            )

    def _note_rewritten(self, table: FormTable, row: AskedRow, cells: Mapping[str, WorkbookCell]) -> None:
        for key, cell in rewritten(self._asked.locked.get((row.ref, row.slot), ""), cells):
            self._notes.warning(
                f"ô khóa ở cột “{table.column(key).header or table.column(key).of_part}” đã bị sửa thành {quoted(cell.text)}; "
                "nội dung của kế hoạch giữ nguyên, chỗ sửa không được đọc",
                "điều cần báo cáo thì ghi vào ô nền vàng; kế hoạch ghi sai thì báo cơ quan đầu mối",
                cell.place,
            )

    def _note_unknown_part(self, parts: list[AskedRow], place: str) -> None:
        labels = ", ".join(f"“{one.label}”" for one in parts)
        self._notes.error(
            f"không rõ dòng này là phần nào của {parts[0].ref}",
            f"cột “Đối tượng, phần” phải là một trong: {labels}",
            place,
        )

    def _note_unknown_row(
        self, identity: WorkbookCell | None, answer: WorkbookCell, asked: Mapping[str, list[AskedRow]]
    ) -> None:
        """Report answers in a row that the form did not ask there."""
        if identity is None:
            self._notes.warning(
                f"{quoted(answer.text)} nằm ở dòng không có mã nên không được đọc",
                "chép vào dòng có mã tương ứng",
                answer.place,
            )
            return
        key = ref_key(name_of(identity))
        for table, rows in self._asked.rows.items():
            if key in rows:
                message = f"dòng {rows[key][0].ref} thuộc trang “{table.title}”, không đọc được ở trang này"
                self._notes.error(message, f"chép câu trả lời về trang “{table.title}”", identity.place)
                return
        near = get_close_matches(key, asked, n=1, cutoff=0.6)
        meant = f'ý bạn là "{asked[near[0]][0].ref}"? ' if near else ""
        self._notes.error(
            f"mã {quoted(identity.text)} không có trong biểu mẫu này",
            f"{meant}ghi lại mã như biểu mẫu gốc",
            identity.place,
        )

    def _note_missing_rows(self, table: FormTable, refs: list[str]) -> None:
        if refs:
            named = ", ".join(refs[:_MOST_NAMED]) + (" …" if len(refs) > _MOST_NAMED else "")
            self._notes.warning(
                f"trang “{table.title}” thiếu {len(refs)} dòng của biểu mẫu: {named}",
                "không có gì báo cáo thì để trống dòng, không xóa; nếu đã chép sang trang khác, chép lại",
            )


def _part(parts: list[AskedRow], cell: WorkbookCell | None) -> AskedRow | None:
    """Return which row of an indicator this is, by its label; a single row needs no label."""
    if len(parts) == 1:
        return parts[0]
    key = match_key(name_of(cell))
    return next((part for part in parts if match_key(part.label) == key), None)
