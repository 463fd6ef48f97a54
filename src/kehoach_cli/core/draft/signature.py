"""The end of a document: who receives it, and who signs with what authority."""

import re
from collections.abc import Sequence
from itertools import dropwhile
from typing import Any

from msgspec.structs import replace

from kehoach_cli.core.draft.lines import DraftLine, Mark
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import CAPITALS, folded

RECIPIENTS = re.compile(r"^[*_\s]*nơi nhận\s*:?", re.IGNORECASE)
AUTHORITY = re.compile(
    r"^(?:TM\.|T/M|K/T|KT\.|TL\.|TUQ\.|Q\.)"
    r"|^(?:PHÓ )?(?:CHỦ TỊCH|CHỦ NHIỆM|(?:TỔNG )?BÍ THƯ|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|THỦ TƯỚNG|BỘ TRƯỞNG"
    r"|THỨ TRƯỞNG|TRƯỞNG BAN|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|VỤ TRƯỞNG|TỔNG GIÁM ĐỐC|VIỆN TRƯỞNG|CHÁNH ÁN"
    r"|CHÁNH THANH TRA|HIỆU TRƯỞNG|TRƯỞNG PHÒNG)\b"
)
# In the recipients it is what stands beside them in the other column of the page.
_BESIDE = re.compile(
    rf"(?<![,\s])\s+(?:(?:TM\.|T/M\.?|K/T\.?|KT\.|TL\.|TUQ\.)(?=\s+[{CAPITALS}])"
    rf"|(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|THỦ TƯỚNG|BỘ TRƯỞNG)\b)[{CAPITALS}\s.]*$"
)
_NAME = re.compile(rf"^[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*){{1,5}}$")
_RANK = re.compile(r"^(?:(?:Thiếu|Trung|Thượng|Đại) (?:tướng|tá|úy)|(?:(?:GS|PGS|TS|ThS|BS|KS)\.?)+)\s+", re.IGNORECASE)
# Where on one line the next authority begins: "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH".
_NEXT_AUTHORITY = re.compile(
    r"\s+(?=(?:TM|KT|TL|TUQ|Q)\.\s)|(?<!KT\.)(?<!K/T)(?<!TL\.)(?<!TUQ\.)(?<!Q\.)(?<!PHÓ)(?<!TỔNG)(?<!CHI)\s+"
    r"(?=(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|CHÁNH|THỦ TƯỚNG|BỘ TRƯỞNG|TRƯỞNG BAN|CỤC TRƯỞNG|VỤ TRƯỞNG)\b|(?:THỨ TRƯỞNG|PHÓ)\b"
    r"|TỔNG (?:BÍ THƯ|CỤC TRƯỞNG|GIÁM ĐỐC)\b|CHI CỤC TRƯỞNG\b)"
)
# Two recipients in one, or words of the other column of the page.
_SEVERAL = re.compile(
    rf"\)\s*[-–]\s+\w|;\s*[-–]\s|\b(?:TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|PHÓ|CHÁNH)\s+[{CAPITALS}]{{2,}}"
)
_DEPUTY, _FOR = re.compile(r"PHÓ\b|THỨ TRƯỞNG"), re.compile(r"K/?T\b|TL\b|TUQ\b")
# Between post and name: a recipient of the other column, and what a published copy says of the signature.
_NO_POST = re.compile(r";$|^\W*ĐÃ KÝ\W*$")
_LAST_RECIPIENT = re.compile(r"^lưu\b", re.IGNORECASE)
_FAR = 6


def recipients_of(lines: Sequence[DraftLine], notes: DraftNotes) -> list[str]:
    """Return the recipients behind "Nơi nhận:"; what is not listed as one, or is mixed with the signature, is a doubt."""
    at = next((at for at, line in enumerate(lines) if RECIPIENTS.match(line.text)), None)
    if at is None:
        _doubt_unread(lines, notes)
        return []
    notes.found("document/recipients", lines[at].place)
    pieces = [piece for line in lines[at:] for cell in _cells(line) for piece in _pieces(cell)]
    found, torn = _listed([one for one in pieces if not AUTHORITY.match(one[1])], notes)
    mixed = any(_BESIDE.search(line.text) and not AUTHORITY.match(line.text) for line in lines[at:])
    mixed = mixed or any(_SEVERAL.search(one) for one in found)
    if not found or torn or mixed or not any(_LAST_RECIPIENT.match(one) for one in found):
        why = "nơi nhận đọc được không trọn vẹn hoặc lẫn với phần ký"
        notes.doubt(DoubtKind.HEAD, ("document/recipients", lines[at].place), lines[at].text, why, "đối chiếu nơi nhận")
    return found


def _listed(pieces: Sequence[tuple[DraftLine, str]], notes: DraftNotes) -> tuple[list[str], bool]:
    """Return the recipients up to the last one, and whether one of them goes over two lines."""
    found: list[str] = []
    dashed = torn = False
    for line, text in dropwhile(lambda one: not (_is_item(*one) or one[1].endswith(";")), pieces):
        if not (_is_item(line, text) or text.endswith(";")):
            break
        if dashed and not _is_item(line, text):
            # "- Ban Thi đua - Khen thưởng Trung ương" and below it "(b/c);".
            found[-1], torn = f"{found[-1]} {text}", True
            continue
        found.append(text)
        _doubt_end(text, line.place, notes)
        if _LAST_RECIPIENT.match(text):
            break
        dashed = dashed or line.mark is Mark.DASH
    return [one.rstrip(" ;,.") for one in found], torn


def _is_item(line: DraftLine, text: str) -> bool:
    """Whether a recipient stands behind a dash, or is the last one, where the document is kept: "Lưu: VT"."""
    return line.mark is Mark.DASH or _LAST_RECIPIENT.match(text) is not None


def _doubt_unread(lines: Sequence[DraftLine], notes: DraftNotes) -> None:
    """Doubt recipients that stand in the middle of a line."""
    if other := next((line for line in lines if "Nơi nhận" in line.text), None):
        why = "có chữ “Nơi nhận” giữa dòng; chưa đọc được nơi nhận"
        notes.doubt(DoubtKind.HEAD, ("document/recipients", other.place), other.text, why, "ghi nơi nhận nếu cần")


def _doubt_end(text: str, place: str, notes: DraftNotes) -> None:
    """Doubt a recipient, other than the last, behind which no mark stands, and one with the border of a copied cell."""
    if "|" in text or not (text.endswith((";", ",", ".")) or _LAST_RECIPIENT.match(text)):
        why = "nơi nhận này không có dấu ở cuối, hoặc có dấu của ô bảng; có thể thiếu chữ hay lẫn chữ khác"
        notes.doubt(DoubtKind.HEAD, ("document/recipients", place), text, why, "đối chiếu nơi nhận")


def _cells(line: DraftLine) -> list[DraftLine]:
    """Return the cells of a row that was copied as a line, where one of them is a signature: "- Lưu: VT. | TM. CHÍNH PHỦ".

    In a page read line by line only blanks stand between them: "- Như Điều 3;      KT. CHỦ TỊCH".
    """
    first, *rest = (cell.strip() for cell in line.text.split("|"))
    beside = _BESIDE.search(line.text)
    if beside and not rest and (line.mark is Mark.DASH or RECIPIENTS.match(line.text)):
        first, rest = line.text[: beside.start()], [beside[0].strip()]
    if not any(map(AUTHORITY.match, rest)):
        return [line]
    return [replace(line, text=first), *(DraftLine(Mark.NONE, (), cell, line.place) for cell in rest if cell)]


def _pieces(line: DraftLine) -> list[tuple[DraftLine, str]]:
    """Return the recipients of a line: several, where they stand behind each other ("Nơi nhận: - Như trên; - Lưu: VT")."""
    text = RECIPIENTS.sub("", line.text).strip()
    parts = [part for part in re.split(r"(?:^|(?<=[;.])\s*)[-–]\s+|(?<=;)\s+(?=Lưu\b)", text) if part]
    marked = DraftLine(Mark.DASH, (), line.text, line.place)
    if len(parts) > 1 or (parts and text.startswith(("- ", "– "))):
        return [(marked, part) for part in parts]
    return [(line, text)] if text else []


def signer_of(lines: Sequence[DraftLine], notes: DraftNotes) -> dict[str, Any] | None:
    """Return who signs: the last lines of authority behind which a name stands; authority without a name is a doubt."""
    lines = [one for line in lines for cell in _cells(line) for one in _signed_lines(cell)]
    last = None
    for at, line in enumerate(lines):
        if not _is_authority(line):
            continue
        if found := _name_behind(lines[at + 1 : at + 1 + _FAR]):
            last = (at, *found)
    if last is None:
        own = next((line for line in reversed(lines) if _is_authority(line)), None)
        why = "có quyền hạn, chức vụ người ký nhưng không thấy họ tên" if own else "không thấy người ký; để trống"
        place, text = (own.place, own.text) if own else ("cuối văn bản", "")
        notes.doubt(DoubtKind.HEAD, ("document/signer", place), text, why, "ghi người ký nếu đã có")
        return None
    at, name, between = last
    first = at
    # In a page read line by line the recipients of the other column may stand between what one signs as.
    while first and (_is_authority(lines[first - 1]) or lines[first - 1].mark is Mark.DASH):
        first -= 1
    authority = [line for line in lines[first : at + 1] if _is_authority(line)]
    notes.found("document/signer", authority[0].place)
    # Lines of the other column may stand between those of the signature.
    apart = any(map(_is_authority, lines[max(0, first - _FAR) : first]))
    if unread := next((line for line in between if line.text.isupper() and not _NO_POST.search(line.text)), None):
        why = "dòng giữa chức vụ và họ tên người ký chưa đọc được"
        notes.doubt(DoubtKind.HEAD, ("document/signer", unread.place), unread.text, why, "đối chiếu phần ký")
    if why := _doubt_of(authority, mixed=apart or len(authority) < at + 1 - lines.index(authority[0])):
        where = ("document/signer", authority[0].place)
        notes.doubt(DoubtKind.HEAD, where, authority[0].text, why, "đối chiếu phần ký")
    return {"authority": [folded(line.text) for line in authority], "name": name}


def _name_behind(lines: Sequence[DraftLine]) -> tuple[str, Sequence[DraftLine]] | None:
    """Return the first name in the lines behind an authority, and the lines before it; the end of a line may have cut it."""
    for at, line in enumerate(lines):
        if name := _name(line.text):
            whole = f"{lines[at - 1].text} {name}" if at and _is_cut_name(lines[at - 1]) else name
            return whole, lines[:at]
    return None


def _is_cut_name(line: DraftLine) -> bool:
    """Whether a line is the first word of a name, and no recipient in the other column of the page."""
    return (
        line.mark is Mark.NONE and line.text.isalpha() and line.text.istitle() and not _LAST_RECIPIENT.match(line.text)
    )


def _doubt_of(authority: Sequence[DraftLine], *, mixed: bool) -> str:
    """Return why the lines of authority are doubted, "" for no reason."""
    if mixed:
        return "phần ký nằm xen với nơi nhận"
    alone = _DEPUTY.match(authority[-1].text) and not any(_FOR.match(line.text) for line in authority)
    return "người ký là cấp phó nhưng không thấy dòng ký thay (KT.)" if alone else ""


def _signed_lines(line: DraftLine) -> list[DraftLine]:
    """Return the lines of a signature that stands on one line: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn An"."""
    words = line.text.split()
    at = next((at for at, word in enumerate(words) if word.upper() != word), 0)
    while at and _RANK.match(f"{words[at - 1]} "):
        at -= 1
    if not at and _is_authority(line):
        return [replace(line, text=one) for one in _NEXT_AUTHORITY.split(line.text)]
    if not at or not AUTHORITY.match(line.text) or _name(" ".join(words[at:])) is None:
        return [line]
    parts = [*_NEXT_AUTHORITY.split(" ".join(words[:at])), " ".join(words[at:])]
    return [replace(line, text=one) for one in parts]


def _is_authority(line: DraftLine) -> bool:
    return bool(AUTHORITY.match(line.text)) and line.text.upper() == line.text


def _name(text: str) -> str | None:
    own = _RANK.sub("", text.strip())
    # A capital inside a word: the name stands glued to what is before it ("TƯỚNGLê").
    glued = any(not (word.istitle() or word.isupper()) for word in own.split())
    return text.strip() if _NAME.match(own) and text.upper() != text and not glued else None
