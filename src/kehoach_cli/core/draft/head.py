"""The head and the end of a document: kind, number, date, issuer, title, legal bases, recipients, signer."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from kehoach_cli.core.draft.bases import (
    LONGEST_OPENING,
    bases_in,
    date_in,
    joined_in,
    numbers_in,
    numbers_left,
    title_doubt,
    undated_in,
    untitled_in,
)
from kehoach_cli.core.draft.issuer import DocumentTop, Issuer, issuer_of
from kehoach_cli.core.draft.lines import RULE_LINE, DraftLine, Mark
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.period import years_of
from kehoach_cli.core.draft.province import PLACE_DATE
from kehoach_cli.core.draft.signature import recipients_of, signer_of
from kehoach_cli.core.draft.verbs import BODY
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.dates import format_date, parse_iso
from kehoach_cli.viet.text import CAPITALS, folded, in_both_tone_styles, loose_key

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
    "CÔNG ĐIỆN": "CĐ",
}
# What they set holds for a time, which their title names.
_PLANS = frozenset({"KH", "QĐ", "CTr", "ĐA", "NQ"})
_KIND_LINE = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})(?P<more>\s+(?:HÀNH ĐỘNG|TRIỂN KHAI|THỰC HIỆN|CÔNG TÁC))?\s*:?")
_OTHER_KIND = re.compile(
    r"(?:LUẬT|NGHỊ ĐỊNH|THÔNG TƯ|TỜ TRÌNH|BÁO CÁO|BIÊN BẢN|QUY CHẾ|QUY ĐỊNH|QUY TẮC|QUY TRÌNH|NỘI QUY|ĐIỀU LỆ|GIẤY MỜI|GIẤY PHÉP"
    rf"|PHIẾU TRÌNH)(?=\s*$|\s+[{CAPITALS}]{{2}})"
)
# What a decision issues that sets rules and gives no work for a time.
_RULES = re.compile(
    r"(?:(?:V/v|về việc)\s+)?(?:(?:ban hành|phê duyệt|sửa đổi,? bổ sung)\s+)?(?:bản\s+|một số điều của\s+)*"
    r"(?:quy chế|quy định|quy tắc|quy trình|nội quy|điều lệ|bảng giá|đơn giá|định mức)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"số\s*:?\s*(?P<number>\d+(?:\.\d+)?\s*[/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\wĐđ&-]*(?:\s*[-/]\s*[A-ZĐ][\wĐđ&]*)*"
    r"(?-i:\.[IVX\d]{1,4}\b)?)",
    re.IGNORECASE,
)
# Behind the title of what a decision issues: "(Kèm theo Quyết định số …)".
_ATTACHED_TO = re.compile(r"\s*\(\s*(?:ban hành\s+)?(?:kèm theo|đính kèm)\b.*$", re.IGNORECASE)
# The number of the document itself ("Số: 12/KH-UBND"), not of one that a sentence cites ("Quyết định số 12/QĐ-TTg").
_OWN_NUMBER = re.compile(r"^\s*(?-i:Số)\b|(?-i:\bSố)\s*:|\bsố\s*:", re.IGNORECASE)
_ATTACHED = re.compile(r"^\(?\s*(?:(?:ban hành\s+)?kèm theo|đính kèm)\s+(?P<what>.+?)\)?$", re.IGNORECASE)
_DATED_PLACE = re.compile(r"(?!thứ\s|chủ nhật)[^\W\d][^,;.:\d]{1,40},\s*ngày\b", re.IGNORECASE)
_OWN_DATE = re.compile(
    r"(?:^|,\s*|\s)[Nn]gày\b(?P<day>[\s.…_]*\d{0,2})[\s.…_]*tháng\b(?P<month>[\s.…_]*\d{0,2})[\s.…_]*năm\s*(?P<year>\d{4})"
)
_OPENING = re.compile(
    r"^(?:căn cứ|(?:tiếp tục |để |nhằm )?(?:triển khai )?thực hiện|theo đề nghị|(?:tiếp tục )?triển khai|xét đề nghị"
    r"|trên cơ sở)\b",
    re.IGNORECASE,
)
# What an opening says besides its bases.
_SAYS_MORE = re.compile(
    rf",\s+{BODY}[^,;]{{0,60}}?\sđã\s(?!ban hành (?:kế hoạch|chương trình))"
    r"|;\s+(?:khắc phục|bảo đảm|đảm bảo|để|nhằm|tăng cường|nâng cao)\b"
    r"|\b(?:chủ đề|phương châm|xác định|nhấn mạnh|phấn đấu|nhằm mục tiêu|với mục tiêu)\b|\byêu cầu:?\s*$"
    rf"|\.\s+[{CAPITALS}][^.]*\s[^.]*\s",
    re.IGNORECASE,
)
# Who issues it gives work to all in the opening: "… yêu cầu Chủ tịch Ủy ban nhân dân các tỉnh:".
_ORDERS = re.compile(rf"\b(?:yêu cầu|giao|chỉ thị|đề nghị)\s+{BODY}", re.IGNORECASE)
_ISSUES_ITSELF = re.compile(
    r"\b(?:ban hành|xây dựng (?:kế hoạch|chương trình|đề án)|như sau|QUYẾT ĐỊNH|theo đề nghị|xét đề nghị)\b|:$",
    re.IGNORECASE,
)
_CONCERNING = re.compile(r"^V/v\s*:?\s*", re.IGNORECASE)
_END_OF_TITLE = re.compile(
    # Who sends a telegram: "THỦ TƯỚNG CHÍNH PHỦ điện".
    rf"[.:;]$|^\(|^(?:căn cứ|theo đề nghị|kính gửi)\b|như sau|(?-i:[{CAPITALS}] điện$)",
    re.IGNORECASE,
)
# "TRÊN ĐỊA BÀN TP." is no end of a title.
_SHORTENED = re.compile(r"\b(?:TP|TX|TT|P|Q|H)\.$")
# Who issues a decision stands below its title: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …".
_ISSUES = re.compile(
    in_both_tone_styles(
        r"(?:CHỦ TỊCH|ỦY BAN NHÂN DÂN|UBND|ỦY BAN THƯỜNG VỤ QUỐC HỘI|HỘI ĐỒNG NHÂN DÂN|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ"
        r"|QUỐC HỘI|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|GIÁM ĐỐC|TRƯỞNG BAN|HIỆU TRƯỞNG)\b"
    )
)
_ADDRESSED = re.compile(r"Kính gửi\b", re.IGNORECASE)
# What may stand beside a subject in the other column of the page.
_LETTERHEAD = re.compile(r"CỘNG H|Độc lập\b|Số\s*:|[^,]{2,30}, ngày\b|[-–_*¯\s]+$")
# The kind of a document in its number: "105/NQ-CP".
_SYMBOL = re.compile(r"\d/(?:\d{4}/)?(NQ|QĐ|KH|CT|CTr|KL|TB|ĐA|CĐ)(?=[-/]|$)", re.IGNORECASE)
# "B. NỘI DUNG, NHIỆM VỤ" over "I."
_LETTERED = re.compile(r"[A-HĐ]\s*[.)]\s+\S")
_SENTENCE = re.compile(r"^.{40,}[.;:]\s*$|^.{120,}$")
_DRAFT = re.compile(r"\(?\s*DỰ THẢO(?:\s+(?:LẦN\s*)?\d+)?\s*\)?", re.IGNORECASE)
_CITING = re.compile(
    r"(?:nghị quyết|quyết định|kế hoạch|chỉ thị|nghị định|công văn|thông báo|kết luận)\s*$", re.IGNORECASE
)
_LONGEST_SUBJECT, _LONGEST_DAY = 12, 50
_GOES_ON = re.compile(r"(?:\bcủa|\bdo|\bvới|\bvề|\bvà|\btại|,|-|–)$", re.IGNORECASE)
_PLAN_ISSUED = re.compile(
    r"^(?:Điều 1\.?\s*)?(?:Ban hành|Phê duyệt)\s+kèm theo [Qq]uyết định này\s+(?:bản\s+)?(?P<title>.+?)[.;:]?$"
)
# What an article of a decision does: it gives work, or only says from when the decision holds, and who carries it out.
GIVES_WORK = re.compile(r"\b(?:giao|chủ trì|có trách nhiệm|tổ chức thực hiện|phối hợp)\b", re.IGNORECASE)
IN_CHARGE = re.compile(
    r"(?:thi hành|thực hiện) (?:Quyết định|Nghị quyết|Chỉ thị) này|có hiệu lực (?:thi hành )?(?:kể )?từ", re.IGNORECASE
)
_LONGEST_TITLE = 600


class DocumentHead(Struct):
    """The key `document`, the plan's years, the date as far as it is known, and whether a commune has issued it.

    `other_kind` has the words that make it a document of a kind that gives no work, such as a regulation or a report.
    """

    document: dict[str, Any] = field(default_factory=dict)
    period: dict[str, Any] = field(default_factory=dict)
    day: date | None = None
    of_commune: bool = False
    other_kind: str = ""


def head_of(
    before: Sequence[DraftLine],
    after: Sequence[DraftLine],
    attached: Sequence[DraftLine],
    notes: DraftNotes,
    this_year: int,
) -> DocumentHead:
    """Return what the lines before the first part, those after the last, and "(Kèm theo …)" say of the document.

    A plan in whose head no year stands begins this year: a doubt.
    """
    reader = _Head(list(before), list(after), list(attached), notes)
    return reader.read(this_year)


class _Head:
    def __init__(
        self, before: list[DraftLine], after: list[DraftLine], attached: list[DraftLine], notes: DraftNotes
    ) -> None:
        self._before = before
        self._after = after
        self._attached = attached
        self._notes = notes
        kinds = _kinds(before)
        self._title_at = kinds[-1] if kinds else -1
        # A plan that a decision issues: number and date are the decision's.
        decision = kinds[0] if len(kinds) > 1 else -1
        self._kind_at = decision if decision >= 0 else self._title_at
        self._title_end = 0

    def read(self, this_year: int) -> DocumentHead:
        kind = self._kind()
        number = self._number()
        day = self._date()
        title = _ATTACHED_TO.sub("", self._title())
        document: dict[str, Any] = {"type": kind or "KH", "number": number, "date": day}
        issuer = issuer_of(self._top(), number, self._notes)
        document["issuer"] = issuer.id
        document["title"] = title or "Chưa rõ trích yếu"
        other = self._other_kind(title)
        document["cite"] = self._cite(document, issuer, sure=bool(kind) and not other)
        if basis := self._basis():
            document["basis"] = basis
        lines = [*self._before, *self._after]
        if signer := signer_of(lines, self._notes):
            document["signer"] = signer
        if recipients := recipients_of(lines, self._notes):
            document["recipients"] = recipients
        if kind is None or other:
            self._doubt_kind(other)
        elif number and (symbol := _SYMBOL.search(number)) and symbol[1].upper() != kind.upper():
            why = f"ký hiệu {number} là của loại văn bản khác với loại đọc được ({kind}); số hoặc loại, trích yếu có thể sai"
            self._doubt("document/type", why, "đối chiếu type, number, title và cite")
        self._doubt_title(title)
        self._doubt_articles()
        if line := next((one for one in self._before if _DRAFT.fullmatch(one.text)), None):
            self._doubt(
                "document/number", f'văn bản ghi "{line.text}"; có thể chưa phải bản đã ký', "xin bản đã ký", line
            )
        full = date.fromisoformat(day) if day and len(day) == len("2025-01-01") else None
        period = self._period(title, day, this_year)
        if kind not in _PLANS or other:
            self._doubt(
                "period/from",
                "văn bản không phải kế hoạch; thời kỳ trong trích yếu có thể của việc khác",
                "sửa thời kỳ",
            )
        return DocumentHead(document, period, full, issuer.of_commune, other.text if other else "")

    def _doubt(self, at: str, why: str, mend: str, line: DraftLine | None = None) -> None:
        place, text = (line.place, line.text) if line else ("đầu văn bản", "")
        self._notes.doubt(DoubtKind.HEAD, (at, place), text, why, mend)

    def _doubt_title(self, title: str) -> None:
        if not title:
            self._doubt("document/title", "không thấy trích yếu", "chép trích yếu vào title")
        elif re.match(r"của\s", title, re.IGNORECASE):
            self._doubt("document/title", "trích yếu mở đầu bằng tên cơ quan ban hành", "bỏ tên cơ quan khỏi trích yếu")
        elif len(title) > _LONGEST_TITLE:
            self._doubt("document/title", "trích yếu dài khác thường, có thể lẫn đoạn khác", "đối chiếu trích yếu")

    def _other_kind(self, title: str) -> DraftLine | None:
        """Return the line that names a kind of document that gives no work, or the first of a title that does."""
        named = next((line for line in self._before if _OTHER_KIND.match(line.text)), None)
        if named is None and _RULES.match(title):
            return next((line for line in self._before if line.text and line.text in title), None)
        return named

    def _doubt_kind(self, other: DraftLine | None) -> None:
        if other:
            why = f'văn bản ghi là "{other.text}", không phải loại văn bản giao nhiệm vụ; tạm ghi loại như ở đây'
            self._doubt("document/type", why, "xem văn bản có phải kế hoạch không", other)
        else:
            self._doubt("document/type", "không thấy dòng tên loại văn bản; tạm ghi KH", "sửa type và cite")

    def _kind(self) -> str | None:
        if self._kind_at < 0:
            return None
        line = self._before[self._kind_at]
        self._notes.found("document/type", line.place)
        found = _KIND_LINE.match(line.text.upper())
        return _KINDS[found["kind"]] if found else None

    def _attached_lines(self) -> list[DraftLine]:
        """Return the lines "(Kèm theo …)" of the annexes, which name the document too."""
        behind = self._before[len(self._letterhead()) :]
        return [line for line in [*behind, *self._attached] if _ATTACHED.match(line.text)]

    def _letterhead(self) -> list[DraftLine]:
        return self._before[: self._kind_at] if self._kind_at >= 0 else self._before

    def _top(self) -> DocumentTop:
        opening = " ".join(line.text for line in self._behind_title() if _OPENING.match(line.text))
        return DocumentTop(self._letterhead(), [*self._before, *self._after], opening)

    def _number(self) -> str | None:
        letterhead = self._letterhead()
        own = [line for line in letterhead if _has_own_number(line)]
        attached = self._attached_lines()
        for line in own or attached:
            start = found.start() if (found := _OWN_NUMBER.search(line.text)) and own else 0
            if number := _NUMBER.search(line.text, start):
                self._notes.found("document/number", line.place)
                return re.sub(r"\s+", "", number["number"])
        self._doubt("document/number", "không thấy số văn bản; để trống", "ghi số văn bản vào number nếu đã có")
        return None

    def _date(self) -> str | None:
        """Return the date that the letterhead bears, as far as it is filled in; a blank in it is a doubt."""
        letterhead = self._letterhead()
        # Behind the name of a place first: a stamp of arrival bears a date by itself.
        own = [line for line in letterhead if PLACE_DATE.search(line.text) or _DATED_PLACE.match(line.text)]
        alone = [line for line in letterhead if line not in own and _is_day(line)]
        own += [*alone, *(line for line in letterhead if _has_own_number(line))]
        if alone and own[0] is alone[0]:
            self._doubt_stamps(alone)
        for line in own or self._attached_lines():
            whole = date_in(line.text)
            found = _OWN_DATE.search(line.text)
            if whole:
                self._notes.found("document/date", line.place)
                return whole
            if found is None:
                continue
            self._notes.found("document/date", line.place)
            month = found["month"].strip(" .…_")
            missing = "ngày" if month else "ngày, tháng"
            self._doubt("document/date", f"{missing} ban hành để trống", "ghi ngày ban hành vào date nếu đã có", line)
            return f"{found['year']}-{int(month):02}" if month else str(found["year"])
        self._doubt("document/date", "không thấy ngày ban hành; để trống", "ghi ngày ban hành vào date nếu đã có")
        return None

    def _doubt_stamps(self, lines: list[DraftLine]) -> None:
        """Doubt the date where several lines of the letterhead bear one without a place."""
        days = dict.fromkeys(day for line in lines if (day := date_in(line.text)))
        if len(days) > 1:
            why = f"phần đầu văn bản ghi nhiều ngày ({', '.join(days)}); có thể là dấu công văn đến"
            self._doubt("document/date", why, "ghi ngày ban hành vào date", lines[0])

    def _title(self) -> str:
        for line in self._before:
            if issued := _PLAN_ISSUED.match(line.text):
                self._notes.found("document/title", line.place)
                self._pass_title(issued["title"])
                return folded(issued["title"])
        if self._title_at < 0:
            return self._concerning()
        first = self._before[self._title_at]
        found = _KIND_LINE.match(first.text.upper())
        own = folded(first.text[found.end() :]) if found and not found["more"] else ""
        pieces = [own] if own else []
        pieces += [first.text] if found and found["more"] else []
        for at, line in enumerate(self._before[self._title_at + 1 :], self._title_at + 1):
            if self._ends_title(line, pieces, first):
                if line.mark is Mark.DASH and pieces and not _OPENING.match(line.text):
                    self._doubt(
                        "document/title", "dòng dưới trích yếu có thể là phần tiếp", "đối chiếu trích yếu", line
                    )
                break
            self._notes.found("document/title", line.place)
            self._notes.used.add(line.place)
            self._title_end = at
            pieces.append(line.text)
            if line.text.endswith(".") and not _SHORTENED.search(line.text):
                break
        return " ".join(pieces).removesuffix(".")

    def _pass_title(self, title: str) -> None:
        """Pass the lines over a plan that say its title again."""
        known = loose_key(title)
        for at, line in enumerate(self._before[self._title_at + 1 :], self._title_at + 1):
            if loose_key(line.text) not in known:
                break
            self._notes.used.add(line.place)
            self._title_end = at

    def _ends_title(self, line: DraftLine, pieces: list[str], first: DraftLine) -> bool:
        """Whether a line behind the title, so far of these pieces, is no more of it."""
        # A title in capitals may end with a full stop.
        text = line.text.removesuffix(".") if line.text.isupper() else line.text
        if _END_OF_TITLE.search(text) or line.mark is not Mark.NONE or RULE_LINE.fullmatch(line.text):
            return True
        if not pieces or (first.centered and not line.centered):
            return bool(pieces)
        if pieces[-1].isupper() and not line.text.isupper():
            why = "dòng chữ thường này đứng dưới trích yếu chữ hoa; có thể là lời mở đầu"
            self._doubt("document/title", why, "đối chiếu trích yếu", line)
        if not _names_issuer(line.text) or _GOES_ON.search(pieces[-1]):
            return False
        if pieces[-1].isupper():
            self._doubt("document/title", "không rõ dòng này có thuộc trích yếu không", "đối chiếu trích yếu", line)
        return True

    def _concerning(self) -> str:
        """Return what a letter without a title is about: "V/v …", which may go on in the next lines."""
        at = next((at for at, line in enumerate(self._before) if _CONCERNING.match(line.text)), None)
        if at is None:
            return ""
        self._notes.found("document/title", self._before[at].place)
        pieces = [_CONCERNING.sub("", self._before[at].text)]
        behind = self._before[at + 1 : at + 1 + _LONGEST_SUBJECT]
        to = next((end for end, line in enumerate(behind) if _ADDRESSED.match(line.text)), None)
        for line in behind if to is None else behind[:to]:
            if to is None and not (line.text[:1].islower() or (pieces[-1].isupper() and line.text.isupper())):
                break
            if _LETTERHEAD.match(line.text):
                continue
            self._notes.used.add(line.place)
            pieces.append(line.text)
        return folded(" ".join(pieces))

    def _cite(self, document: dict[str, Any], issuer: Issuer, *, sure: bool) -> str:
        """Return how to cite the document; it is a "Văn bản" where it is not sure what kind it is."""
        names = {abbreviation: name.capitalize() for name, abbreviation in _KINDS.items()}
        name = names[document["type"]] if sure else "Văn bản"
        if not document["number"]:
            named = document["title"].casefold().startswith(name.casefold())
            return str(document["title"]) if named else f"{name} {document['title']}"
        day = parse_iso(document["date"]) if document["date"] else None
        shown = f" ngày {format_date(day.first)}" if day and day.day else ""
        return f"{name} số {document['number']}{shown}{f' của {issuer.name}' if issuer.name else ''}"

    def _behind_title(self) -> list[DraftLine]:
        return self._before[max(self._title_at, self._title_end) + 1 :]

    def _basis(self) -> list[dict[str, Any]]:
        """Return the documents that the opening names, each once; a number that none of them has is a doubt."""
        found: list[dict[str, Any]] = []
        # The bases of a decision stand before the title of the plan that it issues.
        between = self._before[self._kind_at + 1 : self._title_at] if 0 <= self._kind_at < self._title_at else []
        openings = [line for line in [*between, *self._behind_title()] if _OPENING.match(line.text)]
        seen: set[str] = set()
        for one in (one for line in openings for one in bases_in(line.text)):
            # A title in capitals has its numbers in capitals, too: "QUYẾT ĐỊNH SỐ 06/QĐ-TTG".
            key = str(one.get("number") or sorted(one.items())).upper()
            if key not in seen:
                found.append(one)
                seen.add(key)
        for line in openings:
            self._notes.used.add(line.place)
            self._doubt_titles(line)
        self._doubt_openings(openings)
        held = numbers_in(found)
        for line in [*between, *self._behind_title()]:
            if line.mark is Mark.ARTICLE or _ATTACHED.match(line.text):
                continue
            if left := numbers_left(line.text, held):
                why = f"chưa đọc được thành căn cứ: {', '.join(left)}"
                self._doubt("document/basis", why, "thêm vào basis nếu là căn cứ", line)
        return found

    def _doubt_titles(self, line: DraftLine) -> None:
        """Doubt what stands in the title of a basis and may be no part of it, or a basis of its own that is one."""
        for number in joined_in(line.text):
            why = (
                f'trước {number} là "và"; có thể văn bản này thuộc trích yếu của văn bản ngay trước, không phải căn cứ'
            )
            self._doubt("document/basis", why, "sửa basis nếu đúng vậy", line)
        if len(line.text) > LONGEST_OPENING:
            self._doubt("document/basis", "đoạn căn cứ dài khác thường; chưa đọc hết", "thêm vào basis nếu cần", line)
        for number in untitled_in(line.text):
            self._doubt("document/basis", f"{number}: chưa đọc được trích yếu", "ghi trích yếu nếu cần", line)
        for words in undated_in(line.text):
            self._doubt(
                "document/basis", f"{words}: căn cứ không có số, ngày; chưa lấy", "thêm vào basis nếu cần", line
            )
        for one in bases_in(line.text):
            title = str(one.get("title", ""))
            if why := title_doubt(title):
                self._doubt("document/basis", f"{one.get('number', title)}: {why}", "đối chiếu trích yếu", line)

    def _doubt_openings(self, openings: list[DraftLine]) -> None:
        """Doubt a basis without number and day, and what the opening says besides its bases."""
        for line in self._behind_title():
            if line.text.isupper() and _LETTERED.match(line.text):
                self._notes.doubt(
                    DoubtKind.UNREAD,
                    ("", line.place),
                    line.text,
                    "tiêu đề phần đánh chữ cái; chưa lấy",
                    "thêm vào sections",
                )
            if _ATTACHED.match(line.text):
                self._notes.used.add(line.place)
            titled = line.mark is Mark.ARTICLE or _ATTACHED.match(line.text) or line.text.isupper()
            if titled or RULE_LINE.fullmatch(line.text):
                continue
            if line in openings and not bases_in(line.text):
                self._doubt("document/basis", "căn cứ không có số, ngày; chưa lấy", "thêm vào basis nếu cần", line)
                continue
            formula = line in openings or (line.mark is not Mark.DASH and _ISSUES_ITSELF.search(line.text))
            if _ORDERS.search(line.text):
                why = "đoạn mở đầu yêu cầu cơ quan, đơn vị thực hiện; có thể giao chung cho các nhiệm vụ bên dưới, chưa lấy"
                mend = "thêm điều khoản giao chung vào clauses nếu đúng vậy"
                self._notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, mend)
            elif not formula or _SAYS_MORE.search(line.text):
                why = "đoạn mở đầu còn nêu nội dung khác ngoài căn cứ; chưa lấy"
                self._notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "nhập vào tệp kế hoạch nếu cần")

    def _doubt_articles(self) -> None:
        """Doubt the articles of a decision, and their points, that give work: a plan file has no place for them."""
        below = False
        end = self._title_at if self._title_at > self._kind_at else len(self._before)
        for line in self._before[self._kind_at + 1 : end]:
            below = below or line.mark is Mark.ARTICLE
            point = line.mark is Mark.ARTICLE or (below and line.mark in {Mark.NUMBER, Mark.LETTER})
            if point and IN_CHARGE.search(line.text):
                why = "điều về hiệu lực, trách nhiệm thi hành; chưa lấy"
                self._notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "ghi vào tệp kế hoạch nếu cần")
            elif below and line.mark is Mark.NONE and _SENTENCE.search(line.text) and not line.text.isupper():
                why = "đoạn trong điều của văn bản; chưa lấy"
                self._notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "ghi vào tệp kế hoạch nếu cần")
            elif point and GIVES_WORK.search(line.text):
                why = "điều của văn bản giao việc; chưa lấy thành nhiệm vụ"
                self._notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "thêm nhiệm vụ nếu cần theo dõi")

    def _period(self, title: str, day: str | None, this_year: int) -> dict[str, Any]:
        head = " ".join(line.text for line in self._before)
        years = [int(year) for year in re.findall(r"\b(20\d\d)\b", title or head)]
        bases = [int(one) for one in re.findall(r"\b(?:\d{1,2}/|năm\s+)(20\d\d)\b", head)]
        known = max(bases, default=max(years, default=this_year))
        if re.search(r"năm học", title, re.IGNORECASE):
            self._doubt("period/from", "trích yếu nêu năm học, không phải năm", "sửa thời kỳ nếu không đúng")
        found = years_of(title, int(day[:4]) if day else None, known)
        for key, why in found.why.items():
            self._doubt(f"period/{key}", why, "sửa thời kỳ nếu không đúng")
        if found.why and "vision" in found.period:
            self._doubt("period/vision", "tầm nhìn có thể là của văn bản được viện dẫn", "bỏ vision nếu không đúng")
        return found.period


def _kinds(before: Sequence[DraftLine]) -> list[int]:
    """Return where lines name the kind of the document; "QUYẾT ĐỊNH:" behind such a line only begins the articles."""
    found: list[int] = []
    for at, line in enumerate(before):
        if is_kind(line) and not (found and line.text.rstrip().endswith(":")):
            found.append(at)
    return found


def _has_own_number(line: DraftLine) -> bool:
    """Whether a line bears the number of the document, not one that it cites: "Căn cứ Quyết định số: 27/QĐ-TTg"."""
    found = _OWN_NUMBER.search(line.text)
    return found is not None and not (_OPENING.match(line.text) or _CITING.search(line.text[: found.start()]))


def _is_day(line: DraftLine) -> bool:
    """Whether a line is only a day, not a sentence of what was done on it."""
    return len(line.text) <= _LONGEST_DAY and re.match(r"ngày\b", line.text, re.IGNORECASE) is not None


def _names_issuer(text: str) -> bool:
    return text.isupper() and bool(_ISSUES.match(text))


def is_kind(line: DraftLine) -> bool:
    """Whether a line names the kind of the document and begins its title."""
    found = _KIND_LINE.match(line.text)
    if found is None:
        return False
    rest = line.text[found.end() :]
    return not rest.strip(" :") or (
        (rest == rest.upper() and not line.text.rstrip().endswith(":")) and bool(found["more"] or line.centered)
    )
