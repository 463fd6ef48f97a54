"""Who issues a document: the government of the province, its Party committee, or another body that is a doubt."""

import re
from collections.abc import Sequence

from msgspec import Struct

from kehoach_cli.core.draft.lines import DraftLine
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.signature import AUTHORITY
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import CAPITALS, in_both_tone_styles

_OTHER_ISSUER = re.compile(
    in_both_tone_styles(
        r"(?:CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|QUỐC HỘI|BỘ|SỞ|BAN(?! THƯỜNG VỤ (?:TỈNH|THÀNH) ỦY| CHẤP HÀNH ĐẢNG BỘ TỈNH)|CHI CỤC|CỤC"
        r"|TỔNG CỤC|ĐẢNG ỦY|HỘI|CÔNG AN|VĂN PHÒNG|THANH TRA|TRƯỜNG|TRUNG TÂM|ĐOÀN|(?:TỈNH|THÀNH) ĐOÀN|LIÊN ĐOÀN|TÒA ÁN|VIỆN"
        r"|(?:(?:ỦY BAN NHÂN DÂN|UBND) )?(?:XÃ(?! HỘI)|PHƯỜNG|ĐẶC KHU|THỊ TRẤN|THỊ XÃ|HUYỆN|QUẬN))\b"
    )
)
_COMMUNE = re.compile(in_both_tone_styles(r"(?:(?:ỦY BAN NHÂN DÂN|UBND) )?(?:XÃ|PHƯỜNG|ĐẶC KHU)\b"))
# The bodies whose plans a registry is for: their letterhead names the province.
_PROVINCE_ISSUER = re.compile(
    in_both_tone_styles(
        r"(?:ỦY BAN NHÂN DÂN|UBND)\s+(?:TỈNH|THÀNH PHỐ|TP)\b|(?:TỈNH|THÀNH) ỦY\b|ĐẢNG BỘ (?:TỈNH|THÀNH PHỐ)\b"
    )
)
_DEPARTMENT = re.compile(rf"\b(?:SỞ|CHI CỤC|CỤC|BAN|PHÒNG|TRƯỜNG|TRUNG TÂM|VĂN PHÒNG|THANH TRA|CÔNG AN)\s+[{CAPITALS}]")
_CHAIRMAN = re.compile(
    in_both_tone_styles(r"^CHỦ TỊCH (?:ỦY BAN NHÂN DÂN|UBND)\b|^\(.*[Kk]èm theo .*Chủ tịch (?:Ủy ban nhân dân|UBND)\b")
)
# The letterhead of a city may stand in one line with the other column of the page.
_CITY = re.compile(r"^(?!.*\bTỈNH\b).*\bTHÀNH PHỐ\b|(?:nhân dân|UBND) thành phố")
_OF_PARTY = re.compile(in_both_tone_styles(r"-TU\b|ban thường vụ|tỉnh ủy|thành ủy|đảng cộng sản"), re.IGNORECASE)
_OF_GOVERNMENT = re.compile(in_both_tone_styles("UBND|ủy ban nhân dân"), re.IGNORECASE)
_FOR_ALL = re.compile(r"T\.?\s?/?\s?M\b")
_WHOLE_COMMITTEE = re.compile(in_both_tone_styles(r"T/?M\.?\s+(?:BAN CHẤP HÀNH|TỈNH ỦY|THÀNH ỦY)\b"))
_PARTY = "ban-thuong-vu-tinh-uy"
_GOVERNMENT = "ubnd-tinh"
_TOP = "đầu văn bản"


class Issuer(Struct, frozen=True):
    """The id of who issues a document: of the government, a provisional one, where another body does, such as a commune's.

    `of_city` tells the People's Committee of a city from that of a province.
    """

    id: str = _GOVERNMENT
    is_other: bool = False
    of_commune: bool = False
    of_city: bool = False

    @property
    def name(self) -> str:
        """Return what a citation of the document calls its issuer; nothing for the Party and for other bodies."""
        if self.is_other or self.id != _GOVERNMENT:
            return ""
        return f"UBND {'thành phố' if self.of_city else 'tỉnh'}"


class DocumentTop(Struct, frozen=True):
    """The lines of a document that tell who issues it: its letterhead, all before and after its body, and its opening."""

    letterhead: Sequence[DraftLine]
    around: Sequence[DraftLine]
    opening: str


def issuer_of(top: DocumentTop, number: str | None, notes: DraftNotes) -> Issuer:
    """Return who issues a document, by its letterhead, else by its symbol, signature or opening.

    A document of another body, such as a department or the Government, is a doubt, and so is one whose letterhead is missing.
    """
    letterhead = " ".join(line.text for line in top.letterhead)
    own = _PROVINCE_ISSUER.search(letterhead)
    other = next((line for line in top.letterhead if _OTHER_ISSUER.match(line.text)), None)
    if other and (own is None or letterhead.find(other.text) > own.end()):
        why = f'đầu văn bản ghi "{other.text}", không phải UBND tỉnh hay Tỉnh ủy; tạm ghi {_GOVERNMENT}'
        mend = "sửa issuer; ghi cơ quan ban hành vào cite"
        notes.doubt(DoubtKind.HEAD, ("document/issuer", other.place), other.text, why, mend)
        return Issuer(is_other=True, of_commune=_COMMUNE.match(other.text) is not None)
    if own:
        if number and not re.search(r"UBND|TU\b|HĐND|-BTV", number, re.IGNORECASE):
            why = f"ký hiệu {number} không phải của UBND hay Tỉnh ủy; cơ quan ban hành có thể là cơ quan khác"
            mend = "sửa issuer; ghi cơ quan ban hành vào cite"
            notes.doubt(DoubtKind.HEAD, ("document/issuer", _TOP), "", why, mend)
        _doubt_chairman(top, notes)
        if number and "CTUBND" in number.upper():
            why = f"ký hiệu {number} là của Chủ tịch UBND; ở đây ghi UBND"
            notes.doubt(DoubtKind.HEAD, ("document/issuer", _TOP), "", why, "đối chiếu issuer và cite")
        _doubt_department(top, own[0], notes)
        _doubt_committee(top, notes)
        party = re.search(r"ỦY|UỶ|ĐẢNG", own[0]) and "NHÂN DÂN" not in own[0]
        of_city = re.search(r"THÀNH PHỐ|\bTP\b", own[0]) is not None
        return Issuer(_PARTY if party else _GOVERNMENT, of_city=of_city)
    return _by_other_signs(top, number, notes)


def _by_other_signs(top: DocumentTop, number: str | None, notes: DraftNotes) -> Issuer:
    """Return who issues a document whose letterhead does not tell it: a doubt."""
    letterhead = [line.text for line in top.letterhead]
    symbol = f"{number or ''} {' '.join(text for text in letterhead if text.lower().startswith('số'))}"
    signed = [line.text for line in top.around if AUTHORITY.match(line.text)]
    for words in (symbol, " ".join([*letterhead, *signed]), top.opening):
        party = _OF_PARTY.search(words)
        if party or _OF_GOVERNMENT.search(words):
            found = _PARTY if party and not re.search(r"UBND", words) else _GOVERNMENT
            why = "đầu văn bản không ghi rõ cơ quan ban hành; đọc theo ký hiệu, phần ký hoặc câu mở đầu"
            notes.doubt(DoubtKind.HEAD, ("document/issuer", _TOP), "", why, "xác nhận issuer, cite")
            return Issuer(found, of_city=_CITY.search(" ".join([*letterhead, top.opening])) is not None)
    why = f"không rõ cơ quan ban hành; tạm ghi {_GOVERNMENT}"
    notes.doubt(DoubtKind.HEAD, ("document/issuer", _TOP), "", why, "sửa issuer; ghi cơ quan ban hành vào cite")
    return Issuer(is_other=True)


def _doubt_chairman(top: DocumentTop, notes: DraftNotes) -> None:
    """Doubt the issuer where the chairman of the committee decides, or signs for himself, not the committee."""
    line = next((one for one in top.around if _CHAIRMAN.search(one.text)), None)
    signed = [one for one in top.around if AUTHORITY.match(one.text) and one.text.isupper()]
    if line is None and not any(_FOR_ALL.match(one.text) for one in top.around):
        line = next((one for one in signed if "CHỦ TỊCH" in one.text), None)
    if line:
        why = f'văn bản ghi "{line.text}"; có thể do Chủ tịch UBND ban hành, ở đây ghi UBND'
        where = ("document/issuer", line.place)
        notes.doubt(DoubtKind.HEAD, where, line.text, why, "đối chiếu issuer và cite")


def _doubt_committee(top: DocumentTop, notes: DraftNotes) -> None:
    """Doubt the issuer where the whole committee of the Party signs, not its standing one."""
    line = next((one for one in top.around if _WHOLE_COMMITTEE.search(one.text)), None)
    if line:
        why = f'văn bản ký "{line.text}"; có thể do Tỉnh ủy ban hành, ở đây ghi {_PARTY}'
        notes.doubt(DoubtKind.HEAD, ("document/issuer", line.place), line.text, why, "đối chiếu issuer và cite")


def _doubt_department(top: DocumentTop, own: str, notes: DraftNotes) -> None:
    """Doubt the issuer where a department stands behind the province on one line: "UBND TỈNH A SỞ Y TẾ"."""
    for line in top.letterhead:
        rest = re.split(r"CỘNG H", line.text.partition(own)[2])[0]
        if found := _DEPARTMENT.search(rest):
            other = rest[found.start() :].strip()
            why = f'đầu văn bản còn ghi "{other}"; có thể do cơ quan này ban hành, ở đây ghi {_GOVERNMENT}'
            where = ("document/issuer", line.place)
            notes.doubt(DoubtKind.HEAD, where, line.text, why, "đối chiếu issuer và cite")
