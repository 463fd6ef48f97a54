"""Ids of the rows of a table: the section, the groups above, the printed number (or the place where there is none)."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.draft.lines import roman_text, roman_value
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.roles import Role
from kehoach_cli.core.draft.rows import Cell
from kehoach_cli.core.draft.tables import TableContent, TableRow
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import folded

_ROMAN = re.compile(r"[IVXLC]+")


class Ids(set[str]):
    """The ids of a plan; `after` tells where counting on from one went before."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        """Begin with these ids."""
        super().__init__(ids)
        self.after: dict[tuple[str, bool], str] = {}


class Numbered(Struct, frozen=True):
    """A row with its id; `section` is that of the group above. A group is a section itself."""

    id: str
    section: str
    row: TableRow
    text: Cell


def numbered_rows(content: TableContent, prefix: str, notes: DraftNotes, taken: Ids) -> Iterator[Numbered]:
    """Yield the rows of a table with their ids; `taken` holds the ids of the plan so far and grows."""
    text_at = content.column(Role.TEXT)
    rows = [row for row in content.rows if text_at in row.cells and folded(row.cells[text_at].text)]
    rows = _with_groups(rows)
    throughout = _counts_throughout(rows)
    letters = _letters(rows)
    base = prefix
    groups: list[str] = []
    unnumbered: dict[str, int] = {}
    before = astray = ""
    for row in rows:
        text = row.cells[text_at or 0]
        if row.alone and not row.number and not row.group:
            why = "dòng cuối bảng chỉ có một đoạn chữ, không có số; chưa lấy"
            notes.doubt(DoubtKind.UNREAD, ("", row.place), folded(text.text), why, "nhập nếu là nhiệm vụ, chỉ tiêu")
            continue
        if row.group:
            astray = ""
            lettered = letters.get(row.place)
            groups = [f"{prefix}.{lettered}"] if lettered else _group(groups, row, base)
            groups[-1] = _free(groups[-1], taken, row, notes)
            base = groups[-1] if lettered else base
            yield Numbered(groups[-1], groups[-1], row, text)
            continue
        groups = _still_open(groups, row, before)
        before = row.number
        above = groups[-1] if groups else prefix
        astray = row.number if _doubt_part(row, rows, above, text, notes) else astray
        if not row.number:
            unnumbered[above] = unnumbered.get(above, 0) + 1
            made = f"{above}-{unnumbered[above]}"
        else:
            made = _made(row.number, above, prefix if throughout else above)
        if row.part:
            made = f"{made}-{row.part}"
            _doubt_divided(made, row, text, notes)
        made = _free(made, taken, row, notes)
        if astray and astray != row.number:
            _doubt_astray(made, astray, row, text, notes)
        yield Numbered(made, above, row, text)


def _doubt_divided(made: str, row: TableRow, text: Cell, notes: DraftNotes) -> None:
    why = "một ô nội dung gộp nhiều dòng có ô riêng; mỗi dòng ghi thành một nhiệm vụ"
    notes.doubt(DoubtKind.NUMBER, (f"tasks/{made}", row.place), folded(text.text), why, "ghép lại nếu là một nhiệm vụ")


def _doubt_astray(made: str, part: str, row: TableRow, text: Cell, notes: DraftNotes) -> None:
    """Doubt a row below one that is numbered as a part and may be its title."""
    why = f"phần {part} ở trên có thể là tên phần; dòng này có thể thuộc phần đó"
    notes.doubt(
        DoubtKind.NUMBER, (f"tasks/{made}", row.place), folded(text.text), why, "đối chiếu mục của nhiệm vụ này"
    )


def _letters(rows: list[TableRow]) -> dict[str, str]:
    """Return for the place of each part "A", "B", "C" of a table its number in ids: the first part is I."""
    found: dict[str, str] = {}
    for row in rows:
        value = len(found) + 1
        if row.group and row.number == chr(ord("A") + len(found)) and row.number not in {"I", "V", "X"}:
            found[row.place] = roman_text(value)
    return found


def _still_open(groups: list[str], row: TableRow, before: str) -> list[str]:
    """Return the groups without a last one that the row follows: "12" behind "11" and its parts "11.1" or "-"."""
    last = groups[-1].rpartition(".")[2] if groups else ""
    parts = before.startswith(f"{last}.") or before in {"", "-", "+"}
    follows = last.isdigit() and parts and row.number == str(int(last) + 1)
    return groups[:-1] if follows else groups


def _doubt_part(row: TableRow, rows: list[TableRow], above: str, text: Cell, notes: DraftNotes) -> bool:
    """Doubt a row numbered as the parts of the table are, which has more than a title; return whether it is one."""
    is_part = bool(_ROMAN.fullmatch(row.number)) and any(one.group and _ROMAN.fullmatch(one.number) for one in rows)
    if is_part:
        why = f"đánh số La Mã như tên phần của bảng nhưng có ô khác; các dòng dưới tạm ghi vào {above}"
        where = (f"tasks/{above}.{row.number}", row.place)
        notes.doubt(DoubtKind.NUMBER, where, folded(text.text), why, "nếu là tên phần thì chuyển thành mục ở sections")
    return is_part


def _made(number: str, above: str, base: str) -> str:
    if not re.fullmatch(r"(?:[IVXLC]+|\d+)(?:\.\d+)*", number):
        return f"{above}-{sum(map(ord, number)) % 900 + 1}"
    last = above.rpartition(".")[2]
    if "." in number and last == number.split(".", maxsplit=1)[0]:
        # "2.1" under "2" repeats the number of its group.
        return f"{above.rpartition('.')[0]}.{number}" if "." in above else number
    return f"{base}.{number}"


def _with_groups(rows: list[TableRow]) -> list[TableRow]:
    """Return the rows; one with nothing but its text is a group where rows stand below it as its parts."""
    made = []
    for row, after in zip_longest(rows, rows[1:]):
        group = row.group and after is not None and _may_head(row, after)
        made.append(replace(row, group=group, alone=row.group))
    return made


def _may_head(row: TableRow, after: TableRow) -> bool:
    if not row.number or _ROMAN.match(row.number) or not row.number[0].isdigit():
        return True
    return after.number.startswith(f"{row.number}.") or after.number in {"1", "a", "", "-"}


def _counts_throughout(rows: list[TableRow]) -> bool:
    """Whether the numbers of the rows go on over the groups."""
    numbers = [row.number for row in rows if not row.group]
    groups = sum(row.group for row in rows)
    return groups > 1 and len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _group(groups: list[str], row: TableRow, prefix: str) -> list[str]:
    """Return the groups open from this row on, as sections, the innermost last."""
    number = row.number or roman_text(len(groups) + 1)
    if _ROMAN.fullmatch(number):
        return [f"{prefix}.{number}"]
    if _ROMAN.match(number):
        return [*groups[:1], f"{prefix}.{number}"]
    outer = [one for one in groups if _ROMAN.fullmatch(one.rpartition(".")[2])]
    base = outer[-1] if outer else prefix
    if "." in number:
        parts = number.split(".")
        return [*groups[: len(outer) + len(parts) - 1], f"{base}.{number}"]
    return [*outer, f"{base}.{number if number.isdigit() else len(groups) + 1}"]


def _free(made: str, taken: Ids, row: TableRow, notes: DraftNotes) -> str:
    """Return the id, counted on where another row has it: a number printed twice is a doubt."""
    found = made
    passed: list[str] = []
    while found in taken:
        passed.append(found)
        found = taken.after.get((found, not row.number), _following(found, row))
    taken.after.update(((one, not row.number), found) for one in passed)
    taken.add(found)
    if found != made and row.number:
        why = f'số "{row.number}" trùng với dòng trước; ở đây được dẫn là {found}'
        notes.doubt(DoubtKind.NUMBER, (f"tasks/{found}", row.place), row.number, why, "đối chiếu số thứ tự trong bảng")
    return found


def _following(made: str, row: TableRow) -> str:
    head, dot, last = made.rpartition(".")
    if not row.number and (counted := re.fullmatch(r"(.+-)(\d+)", made)):
        return f"{counted[1]}{int(counted[2]) + 1}"
    if last.isdigit():
        return f"{head}{dot}{int(last) + 1}"
    if _ROMAN.fullmatch(last):
        return f"{head}{dot}{roman_text(roman_value(last) + 1)}"
    return f"{made}-1"
