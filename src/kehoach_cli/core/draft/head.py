"""The head and the end of a document: kind, number, date, issuer, title, legal bases, recipients, signer."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from msgspec import Struct, field

from kehoach_cli.core.draft.lines import DraftLine, Mark
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.dates import format_date, parse_iso
from kehoach_cli.viet.text import folded, loose_key

_KINDS = {
    "KẾ HOẠCH": "KH",
    "QUYẾT ĐỊNH": "QĐ",
    "CHƯƠNG TRÌNH": "CTr",
    "ĐỀ ÁN": "ĐA",
    "NGHỊ QUYẾT": "NQ",
    "CHỈ THỊ": "CT",
    "KẾT LUẬN": "KL",
    "THÔNG BÁO": "TB",
    "HƯỚNG DẪN": "HD",
    "CÔNG VĂN": "CV",
}
_KIND_LINE = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})(?P<more>\s+(?:HÀNH ĐỘNG|TRIỂN KHAI|THỰC HIỆN|CÔNG TÁC))?\s*:?")
_OTHER_KIND = re.compile(
    r"(?:LUẬT|NGHỊ ĐỊNH|THÔNG TƯ|TỜ TRÌNH|BÁO CÁO|BIÊN BẢN|QUY CHẾ|ĐIỀU LỆ|GIẤY MỜI|GIẤY PHÉP|PHIẾU TRÌNH)"
    r"(?=\s*$|\s+[A-ZĐÀ-Ỹ]{2})"
)
_DAY = (
    r"(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})\s*/\s*(?P<year>\d{4})"
    r"|ngày\s*(?P<day2>\d{1,2})?\s*tháng\s*(?P<month2>\d{1,2})\s*năm\s*(?P<year2>\d{4})"
)
_DATE = re.compile(_DAY)
_NUMBER = re.compile(
    r"số\s*:?\s*(?P<number>\d+\s*[/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\wĐđ-]*(?:\s*[-/]\s*[A-ZĐ][\wĐđ]*)*)", re.IGNORECASE
)
# The number of the document itself ("Số: 12/KH-UBND"), not of one that a sentence cites ("Quyết định số 12/QĐ-TTg").
_OWN_NUMBER = re.compile(r"^\s*(?-i:Số)\b|(?-i:\bSố)\s*:|\bsố\s*:", re.IGNORECASE)
_ATTACHED = re.compile(r"^\(?\s*(?:ban hành\s+)?kèm theo\s+(?P<what>.+?)\)?$", re.IGNORECASE)
_PLACE_DATE = re.compile(r"^(?P<place>[^\W\d][^\d,]{2,30}),\s*ngày\b", re.IGNORECASE)
_OPENING = re.compile(r"^(?:căn cứ|thực hiện|theo đề nghị|triển khai|xét đề nghị|trên cơ sở)\b", re.IGNORECASE)
_END_OF_TITLE = re.compile(r"[.:;]$|^\(|^(?:căn cứ|theo đề nghị)\b|như sau", re.IGNORECASE)
_BASIS = re.compile(
    r"(?:^|(?<=[;,] )|(?<=và )|(?<=tại )|(?-i:(?<=Căn cứ )|(?<=Thực hiện ))|(?<=: ))"
    r"(?P<kind>(?-i:Luật|Bộ luật)|nghị quyết|nghị định|quyết định|chỉ thị|kết luận|thông tư|kế hoạch"
    r"|chương trình|công văn|tờ trình|văn bản"
    r"|hướng dẫn|thông báo|quy định)\s+(?:số\s*:?\s*)?(?P<number>\d+[^\s,;()]*[/-][^\s,;()]+)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\s*\((?:sau đây|gọi tắt|viết tắt)[^()]*\)?|\s+được (?:Quốc hội|Thủ tướng|Chính phủ|HĐND|Hội đồng)\b.*"
)
# What issues the document itself begins here: ", Ủy ban nhân dân tỉnh ban hành Kế hoạch …".
_END_OF_BASIS = re.compile(
    r";|, với (?:các )?nội dung| như sau"
    r"|,\s+(?:Ủy ban nhân dân|UBND|Ban Thường vụ|Tỉnh ủy|Thành ủy|Sở)\s[^,;]*?\b(?:ban hành|xây dựng)\s"
)
_PLAN_ISSUED = re.compile(
    r"^(?:Điều 1\.?\s*)?(?:Ban hành|Phê duyệt)\s+kèm theo [Qq]uyết định này\s+(?:bản\s+)?(?P<title>.+?)[.;:]?$"
)
_ABOUT = re.compile(r"(?:\bvề (?:việc )?|\bphê duyệt\b|\bban hành\b|“Về)")
_OTHER_ISSUER = re.compile(
    r"(?:CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|QUỐC HỘI|BỘ|SỞ|BAN QUẢN LÝ|CHI CỤC|CỤC|ĐẢNG ỦY|HỘI ĐỒNG NHÂN DÂN"
    r"|(?:(?:ỦY BAN NHÂN DÂN|UBND) )?(?:XÃ(?! HỘI)|PHƯỜNG|HUYỆN|QUẬN))\b"
)
_RECIPIENTS = re.compile(r"^nơi nhận\s*:?", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"^(?:TM\.|T/M|KT\.|TL\.|TUQ\.|Q\.)|^(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|THỦ TƯỚNG|BỘ TRƯỞNG)\b"
)
_NAME = re.compile(r"^[A-ZĐÀ-Ỹ][\wà-ỹ]*(?:\s+[A-ZĐÀ-Ỹ][\wà-ỹ]*){1,5}$")
_SPAN = re.compile(r"(?:giai đoạn|thời kỳ)\s*(?P<from>\d{4})\s*[-–]\s*(?P<to>\d{4})")
_UNTIL = re.compile(r"(?:đến|tới)\s+(?:hết\s+)?năm\s+(?P<year>\d{4})")
_OF_YEAR = re.compile(r"\bnăm\s+(?P<year>20\d\d)\b")
_VISION = re.compile(r"tầm nhìn\s+(?:đến\s+)?(?:năm\s+)?(?P<year>\d{4})")
_GOVERNMENT = "ubnd-tinh"
_PARTY = "ban-thuong-vu-tinh-uy"


class DocumentHead(Struct):
    """The key `document`, the plan's years, and the date as far as it is known."""

    document: dict[str, Any] = field(default_factory=dict)
    period: dict[str, Any] = field(default_factory=dict)
    day: date | None = None


def head_of(
    before: Sequence[DraftLine], after: Sequence[DraftLine], attached: Sequence[DraftLine], notes: DraftNotes
) -> DocumentHead:
    """Return what the lines before the first part, those after the last, and "(Kèm theo …)" say of the document."""
    reader = _Head(list(before), list(after), list(attached), notes)
    return reader.read()


class _Head:
    def __init__(
        self, before: list[DraftLine], after: list[DraftLine], attached: list[DraftLine], notes: DraftNotes
    ) -> None:
        self._before = before
        self._after = after
        self._attached = attached
        self._notes = notes
        kinds = [at for at, line in enumerate(before) if _is_kind(line)]
        self._title_at = kinds[-1] if kinds else -1
        # A plan that a decision issues: number and date are the decision's.
        decision = kinds[0] if len(kinds) > 1 else -1
        self._kind_at = decision if decision >= 0 else self._title_at
        self._other_issuer = False

    def read(self) -> DocumentHead:
        kind = self._kind()
        number, day = self._number(), self._date()
        title = self._title()
        document: dict[str, Any] = {"type": kind or "KH", "number": number, "date": day}
        document["issuer"] = self._issuer(number)
        document["title"] = title or "Chưa rõ trích yếu"
        document["cite"] = self._cite(document)
        if basis := self._basis(title):
            document["basis"] = basis
        if signer := self._signer():
            document["signer"] = signer
        if recipients := self._recipients():
            document["recipients"] = recipients
        if kind is None:
            self._doubt_kind()
        if not title:
            self._doubt("document/title", "không thấy trích yếu", "chép trích yếu vào title")
        full = date.fromisoformat(day) if day and len(day) == len("2025-01-01") else None
        return DocumentHead(document, self._period(title, day), full)

    def _doubt(self, at: str, why: str, mend: str, line: DraftLine | None = None) -> None:
        place, text = (line.place, line.text) if line else ("đầu văn bản", "")
        self._notes.doubt(DoubtKind.HEAD, (at, place), text, why, mend)

    def _doubt_kind(self) -> None:
        other = next((line for line in self._before if _OTHER_KIND.match(line.text)), None)
        if other:
            why = f'văn bản ghi là "{other.text}", không phải loại văn bản giao nhiệm vụ; tạm ghi KH'
            self._doubt("document/type", why, "xem văn bản có phải kế hoạch không", other)
        else:
            self._doubt("document/type", "không thấy dòng tên loại văn bản; tạm ghi KH", "sửa type")

    def _kind(self) -> str | None:
        if self._kind_at < 0:
            return None
        line = self._before[self._kind_at]
        self._notes.found("document/type", line.place)
        found = _KIND_LINE.match(line.text.upper())
        return _KINDS[found["kind"]] if found else None

    def _named(self) -> list[DraftLine]:
        """Return the lines that may name the document itself: its letterhead, and "(Kèm theo …)" of its annexes."""
        return [*self._letterhead(), *(line for line in [*self._before, *self._attached] if _ATTACHED.match(line.text))]

    def _letterhead(self) -> list[DraftLine]:
        return self._before[: self._kind_at] if self._kind_at >= 0 else self._before

    def _number(self) -> str | None:
        letterhead = self._letterhead()
        own = [line for line in letterhead if _OWN_NUMBER.search(line.text)]
        attached = [line for line in self._named() if line not in letterhead]
        for line in own or attached:
            start = found.start() if (found := _OWN_NUMBER.search(line.text)) and own else 0
            if number := _NUMBER.search(line.text, start):
                self._notes.found("document/number", line.place)
                return re.sub(r"\s+", "", number["number"])
        self._doubt("document/number", "không thấy số văn bản; để trống", "ghi số văn bản vào number nếu đã có")
        return None

    def _date(self) -> str | None:
        for line in self._named():
            if found := _DATE.search(line.text):
                self._notes.found("document/date", line.place)
                parts = [
                    found["year"] or found["year2"],
                    found["month"] or found["month2"],
                    found["day"] or found["day2"],
                ]
                return "-".join([parts[0], *(f"{int(one):02}" for one in parts[1:] if one)])
        partial = re.compile(r"ngày\s*[.…_]*\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})")
        for line in self._named():
            if found := partial.search(line.text):
                self._notes.found("document/date", line.place)
                return f"{found['year']}-{int(found['month']):02}"
        return None

    def _title(self) -> str:
        for line in self._before:
            if issued := _PLAN_ISSUED.match(line.text):
                self._notes.found("document/title", line.place)
                return folded(issued["title"])
        if self._title_at < 0:
            return ""
        first = self._before[self._title_at]
        found = _KIND_LINE.match(first.text.upper())
        own = folded(first.text[found.end() :]) if found and not found["more"] else ""
        pieces = [own] if own else []
        pieces += [first.text] if found and found["more"] else []
        for line in self._before[self._title_at + 1 :]:
            if _END_OF_TITLE.search(line.text) or line.mark is not Mark.NONE or re.fullmatch(r"[-–_*\s]+", line.text):
                break
            self._notes.found("document/title", line.place)
            pieces.append(line.text)
        return " ".join(pieces)

    def _issuer(self, number: str | None) -> str:
        """Return the government of the province or its Party committee, by the symbol, the opening, the signature.

        A document of another body, such as a department or the Government, is a doubt.
        """
        if other := next((line for line in self._letterhead() if _OTHER_ISSUER.match(line.text)), None):
            why = f'đầu văn bản ghi "{other.text}", không phải UBND tỉnh hay Tỉnh ủy; tạm ghi ubnd-tinh'
            self._doubt("document/issuer", why, "sửa issuer; ghi cơ quan ban hành vào cite", other)
            self._other_issuer = True
            return _GOVERNMENT
        letterhead = [line.text for line in self._named()]
        symbol = f"{number or ''} {' '.join(text for text in letterhead if text.lower().startswith('số'))}"
        opening = " ".join(line.text for line in self._before[self._title_at + 1 :] if _OPENING.match(line.text))
        signed = [line.text for line in [*self._before, *self._after] if _AUTHORITY.match(line.text)]
        for words in (symbol, " ".join([*letterhead, *signed]), opening):
            if re.search(r"UBND|ủy ban nhân dân", words, re.IGNORECASE):
                return _GOVERNMENT
            if re.search(r"-TU\b|ban thường vụ|tỉnh ủy|thành ủy|đảng cộng sản", words, re.IGNORECASE):
                return _PARTY
        self._doubt("document/issuer", "không rõ cơ quan ban hành; tạm ghi ubnd-tinh", "sửa issuer")
        return _GOVERNMENT

    def _cite(self, document: dict[str, Any]) -> str:
        names = {abbreviation: name.capitalize() for name, abbreviation in _KINDS.items()}
        name = names[document["type"]]
        if not document["number"]:
            return f"{name} {document['title']}"
        day = parse_iso(document["date"]) if document["date"] else None
        shown = f" ngày {format_date(day.first)}" if day and day.day else ""
        own = document["issuer"] == _GOVERNMENT and not self._other_issuer
        issuer = " của UBND tỉnh" if own else ""
        return f"{name} số {document['number']}{shown}{issuer}"

    def _basis(self, title: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for line in self._before:
            if _OPENING.match(line.text) and line.text not in title:
                found += [one for one in bases_in(line.text) if one not in found]
        kept: list[dict[str, Any]] = []
        numbers: set[str] = set()
        for one in found:
            if one.get("number") in numbers:
                continue
            numbers |= {one["number"]} if "number" in one else set()
            kept.append(one)
        return kept

    def _recipients(self) -> list[str]:
        lines = [*self._before, *self._after]
        at = next((at for at, line in enumerate(lines) if _RECIPIENTS.match(line.text)), None)
        if at is None:
            return []
        self._notes.found("document/recipients", lines[at].place)
        found = []
        for line in lines[at + 1 :]:
            if line.mark is not Mark.DASH:
                break
            found.append(line.text.rstrip(" ;,."))
        return found

    def _signer(self) -> dict[str, Any] | None:
        lines = [*self._before, *self._after]
        authority = [line for line in lines if _AUTHORITY.match(line.text) and line.text.upper() == line.text]
        if not authority:
            return None
        last = lines.index(authority[-1])
        name = next((line.text for line in lines[last + 1 : last + 6] if _NAME.match(line.text)), None)
        if name is None:
            return None
        self._notes.found("document/signer", authority[0].place)
        return {"authority": [folded(line.text) for line in authority], "name": name}

    def _period(self, title: str, day: str | None) -> dict[str, Any]:
        opening = " ".join(line.text for line in self._before[self._title_at + 1 :] if _OPENING.match(line.text))
        words = f"{title} {opening}" if not _UNTIL.search(title) and not _SPAN.search(title) else title
        issued = int(day[:4]) if day else None
        period: dict[str, Any] = {}
        if span := _SPAN.search(title):
            period = {"from": int(span["from"]), "to": int(span["to"])}
        elif until := _UNTIL.search(_VISION.sub("", title)):
            period = {"from": issued, "to": int(until["year"])}
        elif (year := _OF_YEAR.findall(title)) and len(set(year)) == 1 and issued and abs(int(year[0]) - issued) <= 1:
            period = {"from": int(year[0]), "to": int(year[0])}
        else:
            period = {"from": issued, "to": None}
        if period["from"] is None:
            years = [int(year) for year in re.findall(r"\b(20\d\d)\b", words)]
            period["from"] = max(years, default=2000)
            self._doubt(
                "period/from", f"văn bản không ghi ngày ban hành; tạm lấy năm {period['from']}", "sửa năm bắt đầu"
            )
        if vision := _VISION.search(title):
            period["vision"] = int(vision["year"])
        return period


def _is_kind(line: DraftLine) -> bool:
    """Whether a line names the kind of the document and begins its title."""
    found = _KIND_LINE.match(line.text)
    if found is None:
        return False
    rest = line.text[found.end() :]
    return not rest.strip(" :") or (
        (rest == rest.upper() and not line.text.rstrip().endswith(":")) and bool(found["more"] or line.centered)
    )


def bases_in(text: str) -> list[dict[str, Any]]:
    """Return the documents that a sentence of the opening names, as far as it tells number, date and title."""
    starts = [found for found in _BASIS.finditer(text) if found["number"] or _is_law(found)]
    made: list[dict[str, Any]] = []
    for one, after in zip_longest(starts, starts[1:]):
        end = after.start() if after else len(text)
        entry = _basis(one, _END_OF_BASIS.split(text[one.start() : end], maxsplit=1)[0])
        if entry:
            made.append(entry)
    return made


def _is_law(found: "re.Match[str]") -> bool:
    """Whether a law without a number is named, not a law inside the name of another."""
    before = found.string[: found.start()].rstrip()
    return found["kind"].endswith(("uật", "UẬT")) and (not before or before[-1] in ";:" or before.endswith("Căn cứ"))


def _basis(found: "re.Match[str]", words: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    number = found["number"]
    day = _DATE.search(words)
    words = _ASIDE.sub("", words)
    if number:
        entry["number"] = number.rstrip(".,")
    if day and day["day"]:
        entry["date"] = f"{day['year']}-{int(day['month']):02}-{int(day['day']):02}"
    own_day = _DATE.search(words)
    rest = words[own_day.end() :] if own_day and own_day.start() < len(found[0]) + 8 else words[len(found[0]) :]
    about = _ABOUT.search(rest)
    if not number:
        title = folded(re.split(r"\s+ngày\s|\s+được\s|[;,]$", words)[0]).rstrip(" ;,.")
        return {**entry, "title": title} if day else {}
    if about:
        quoted = re.match(r"“([^”]+)”", rest[about.start() :])
        entry["title"] = folded(quoted[1] if quoted else rest[about.start() :]).rstrip(" ;,.")
    return entry


def doubt_province(lines: Sequence[DraftLine], directory: Directory, province: str, notes: DraftNotes) -> None:
    """Doubt a province that was asked for where the place of the document's date is another one."""
    names = {
        loose_key(registry.name) for one in directory.lineage(province) if (registry := directory.registries.get(one))
    }
    for line in lines:
        place = _PLACE_DATE.match(line.text)
        if place and not _names(place["place"]) & names:
            name = directory.registries[province].name
            why = f'văn bản ghi địa danh "{place["place"]}", không phải {name}; cơ quan được đọc theo danh bạ {name}'
            mend = "nhập lại với --province đúng tỉnh, hoặc xác nhận đúng là văn bản của tỉnh này"
            notes.doubt(DoubtKind.HEAD, ("province", line.place), line.text, why, mend)


def _names(place: str) -> set[str]:
    """Return a place as it is written, and without "tỉnh", "TP."."""
    name = loose_key(place)
    return {name, re.sub(r"^(?:tinh|thanh pho|tp\.?)\s*", "", name)}


def province_of(lines: Sequence[DraftLine], directory: Directory) -> str | None:
    """Return the province that the head of a document names; None where it names none or several of a workspace."""
    text = loose_key(" ".join(line.text for line in lines))
    found = {
        key
        for key, one in directory.registries.items()
        if re.search(rf"\b(?:tinh|thanh pho|tp\.?)\s+{re.escape(loose_key(one.name))}\b", text)
    }
    places = {match["place"] for line in lines if (match := _PLACE_DATE.match(line.text))}
    issued = {key for place in places if (key := directory.province(place))}
    wanted = issued or found
    return next(iter(wanted)) if len(wanted) == 1 else None
