"""The documents that the opening of a plan names as its bases: number, date and title, as far as it tells them."""

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Any

from kehoach_cli.core.draft.roles import in_brackets
from kehoach_cli.core.draft.verbs import BODY
from kehoach_cli.viet.text import CAPITALS, SMALL, folded, in_both_tone_styles

_DATE = re.compile(
    r"(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})\s*/\s*(?P<year>\d{4})"
    r"|[Nn]gày\s*(?P<day2>\d{1,2})\s*tháng\s*(?P<month2>\d{1,2})\s*năm\s*(?P<year2>\d{4})"
)
_KINDS = (
    r"(?:(?-i:Luật|Bộ luật)|(?:nghị quyết|thông tư)(?: liên tịch)?|nghị định|quyết định|chỉ thị|kết luận"
    r"|(?:kế hoạch|chương trình)(?: hành động| chi tiết| phối hợp| tổng thể| công tác)?|công văn"
    r"|công điện|tờ trình|văn bản|hướng dẫn|thông báo(?: kết luận)?|quy định|báo cáo|đề án|phương án|chiến lược)"
)
_NUMBER = r"(?:[A-ZĐ\d][^\s,;()]*[/-][^\s,;()]+)"
_BASIS = re.compile(
    r"(?:^|(?<=[;,] )|(?<=và )|(?<=tại )|(?-i:(?<=Căn cứ )|(?<=Thực hiện ))|(?<=: ))"
    rf"(?:các\s+)?(?P<kind>{_KINDS})\s+(?:số\s*:?\s*(?P<number>(?-i:{_NUMBER}))|(?P<bare>\d+[^\s,;()]*[/-][^\s,;()]+))?",
    re.IGNORECASE,
)
_LAW_NUMBER = re.compile(r",?\s+(?:số\s*:?\s*)?(?P<number>\d+/\d{4}/QH\d+)")
_LAW_YEAR = re.compile(r"\snăm\s+(?P<year>\d{4})$")
# A number of any document: of those in an opening each belongs to a basis, or to the title of one.
_ANY_NUMBER = re.compile(
    r"\b[Ss]ố\s*:?\s*(?P<number>[A-ZĐ\d][\w/&-]*[/-][A-ZĐ&-][\w&/-]*|\d{1,5}(?=\s+(?:ngày\s*\d|tháng\s*\d+\s*năm)))"
    # The word before it may be glued to it: "thịsố46-CT/TW".
    r"|(?<=[^\W\d_])(?P<glued>\d{1,5}(?:/\d{4})?[-/][A-ZĐ]{2,}[\w/&-]*)"
)
_ASIDE = re.compile(
    r"\s*\(\s*(?:sau đây|dưới đây|gọi (?:tắt|gọn|chung)|gọi là|viết (?:tắt|gọn)"
    r"|(?:đã )?(?:được )?sửa đổi)[^()]*\)?(?:\s+và\s+(?:các|những)\s.*)?"
    r"|\s+được (?:Quốc hội|Thủ tướng|Chính phủ|HĐND|Hội đồng)\b.*"
)
# What the document calls the basis from here on: "(Nghị quyết số 163/2024/QH15)", "(Chương trình MTQG)".
_SHORT_NAME = re.compile(
    r"\s*\(\s*(?:Luật|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Kế hoạch|Chương trình|Đề án)\s[^()]*\)$"
)
_CITES = re.compile(
    r"(?:về )?(?:việc )?(?:(?:tiếp tục )?(?:triển khai )?(?:thực hiện|thi hành)|quy định|hướng dẫn|sửa đổi)\b",
    re.IGNORECASE,
)
# Here another sentence begins, or the document issues itself: ", Ủy ban nhân dân tỉnh ban hành Kế hoạch …".
_END = re.compile(
    in_both_tone_styles(
        rf";\s*(?=(?:và\s+)?(?:căn cứ\b|trên cơ sở\b|theo đề nghị\b|xét\b|chỉ đạo (?:của|tại)\b"
        rf"|(?:bộ )?luật\b|(?:các\s+)?{_KINDS}(?::?\s+số|\s+của)\b)|$)"
        r"|[,;]\s+(?:trên cơ sở|theo đề nghị|xét đề nghị|sau khi)\b|;\s+biên bản\b|;?,? với (?:các )?nội dung| như sau"
        r"|\s+và (?:các văn bản|tình hình thực t(?:ế|iễn)|trên cơ sở)\b"
        r"|,?\s+(?:đã )?được sửa đổi\b|,\s+có hiệu lực (?:thi hành )?(?:kể )?từ\b"
        r"|,\s+sửa đổi,? bổ sung năm\b"
        r"|;\s+(?:để|nhằm)\b|[,;]\s+(?:đồng thời|(?:trong )?thời gian qua)\b|\s+và (?:ý kiến )?chỉ đạo của\b"
        r"|[,;]\s+(?:Ủy ban nhân dân|UBND|Ban Thường vụ|Ban Chấp hành|Tỉnh ủy|Thành ủy|Sở|Chủ tịch|Bộ|Bộ trưởng"
        r"|Thủ tướng)\s[^,;]*?"
        r"\b(?:ban hành(?! (?:hoặc|và)\b)|xây dựng|có ý kiến|yêu cầu|chỉ đạo|chỉ thị)[\s:]"
        rf"|\.\s+(?=[{CAPITALS}])"
    ),
    re.IGNORECASE,
)
# What an opening begins with: "Tiếp tục triển khai thực hiện Nghị quyết …".
_VERB = re.compile(
    r"^(?:căn cứ(?: vào)?|(?:tiếp tục |tổ chức |để |nhằm |theo )?(?:triển khai(?: thực hiện)?|thực hiện)|trên cơ sở|theo)\s+",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:“Về|\bvề (?:việc )?|\bkết luận (?=phiên|cuộc|buổi|hội nghị|của)"
    r"|\b(?:triển khai )?thực hiện\b|\bphê duyệt\b|\bban hành\b|\bquy định\b|\bhướng dẫn\b"
    r"|\bsửa đổi\b|\bcông bố\b|\bthành lập\b)",
    re.IGNORECASE,
)
# A title that begins with neither "về" nor "quy định": "… của Chính phủ kiểm tra, xử lý kỷ luật trong thi hành pháp luật …".
_BEHIND_ISSUER = re.compile(
    r",?\s+của\s+(?:Thủ tướng Chính phủ|Chính phủ|Quốc hội|Bộ Chính trị|Ban Bí thư|(?:UBND|Ủy ban nhân dân|HĐND"
    r"|Hội đồng nhân dân)"
    rf"\s+(?:tỉnh|thành phố))\s+(?=[{SMALL}])(?!(?:và|tại|trong|khóa|số|nhiệm|đã|được|có|theo|nước|sau|ngày)\b)"
)
_TORN_SLASH = re.compile(r"(?P<before>\bsố\s*:?\s*\d+(?:(?:/\d{4})?/|-[A-ZĐ]{2,5}(?=\s+/)))\s+(?=/?[A-ZĐ])")
# A letter or a proposal is cited without a title.
_TITLED = re.compile(
    r"(?:nghị|quyết định|chỉ thị|kết luận|thông tư|kế hoạch|chương trình|chiến lược|đề án)", re.IGNORECASE
)
# No opening names bases in more letters.
LONGEST_OPENING = 20_000
_FEWEST_WORDS, _FEWEST_OF_TITLE = 2, 4
# What a basis says besides its title: kind, number, day, issuer.
_UNTITLED = re.compile(
    rf"^(?i:{_KINDS})\s+số\s*:?\s*\S+|{_DATE.pattern}|,|\bngày\b"
    rf"|\bcủa\s+(?:(?:[{CAPITALS}][\w&]*|và|các|nhân|dân|tỉnh|thành|phố|cấp|đạo|vụ|ủy|uỷ|bộ|hành|khóa|chính|trị|phủ|tướng|hội)[\s,]*)+"
)
_ABOUT_BEFORE = re.compile(
    rf"(?:^|[,;]\s+)(?:căn cứ|thực hiện)\s+(?:(?!\bsố\b|theo đề nghị)[^;]){{30,400}}?\stại\s+{_KINDS}\s+số\s*:?\s*"
    rf"(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    rf";|\bvà\s+{_KINDS}(?:\s+[^\W\d_]+){{0,4}}\s+số\b|ban hành kèm theo$"
    r"|\bvà các (?:nghị định|luật|văn bản|thông tư|nghị quyết)\b[^;]*\bsố\s|\bban hành (?:kế hoạch|chương trình)(?: thực hiện)?$",
    re.IGNORECASE,
)
# "Ban Chỉ đạo … về phát triển khoa học thông báo kết luận cuộc họp": the name of who issued it has an "về", too.
_OF_ISSUER = re.compile(
    r"về\s+(?!(?:việc\s+)?(?:ban hành|phê duyệt|công bố|thông báo)).{20,}\b(?:thông báo|kết luận|ban hành|phê duyệt)\b",
    re.IGNORECASE,
)
# A number that is printed with blanks in it: "3236/TTr -SNN", "301- KL/TU".
_TORN = re.compile(
    r"(?P<before>(?:\bsố\s*:?\s*\d+(?:/\d{4})?(?:/[A-ZĐa-zđ]+)?|\b\d+(?:/\d{4})?/[A-ZĐa-zđ]+))(?:\s+-\s*|-\s+)(?=[A-ZĐ])"
)


def bases_in(text: str) -> list[dict[str, Any]]:
    """Return the documents that a sentence of the opening names, as far as it tells number, date and title."""
    return [entry for _, entry in _named_in(text) if entry]


def undated_in(text: str) -> list[str]:
    """Return the laws that a sentence of the opening names beside bases with number or day, and that have neither."""
    named = list(_named_in(text))
    return [words for words, entry in named if not entry] if any(entry for _, entry in named) else []


def _named_in(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the words of each document that a sentence names, and what they tell of it: nothing where neither number nor day."""
    text = _whole(text[:LONGEST_OPENING])
    text = text[verb.end() :] if (verb := _VERB.match(text)) else text
    starts = [
        found
        for found in _BASIS.finditer(text)
        if (_number(found) or _is_law(found)) and not in_brackets(text, found.start())
    ]
    for one, after in zip_longest(starts, starts[1:]):
        words = _END.split(text[one.start() : after.start() if after else len(text)], maxsplit=1)[0]
        yield folded(words).rstrip(" ;,."), _basis(one, words)


def untitled_in(text: str) -> list[str]:
    """Return the numbers of bases of which a sentence says more than number, day and issuer, and whose title is not read.

    What they are about may stand before the number: "Căn cứ kết luận … về trồng cây tại Thông báo số 9/TB-VPCP".
    """
    before = {found["number"] for found in _ABOUT_BEFORE.finditer(_whole(text[:LONGEST_OPENING]))}
    return [
        entry["number"]
        for words, entry in _named_in(text)
        if entry.get("number")
        and "title" not in entry
        and (
            entry["number"] in before
            or (_TITLED.match(words) and len(_UNTITLED.sub(" ", _ASIDE.sub("", words)).split()) >= _FEWEST_OF_TITLE)
        )
    ]


def _whole(text: str) -> str:
    """Return a text with the numbers of documents that are printed with blanks in them."""
    return _TORN.sub(r"\g<before>-", _TORN_SLASH.sub(r"\g<before>", text))


def joined_in(text: str) -> list[str]:
    """Return the numbers of bases behind "và" that the title before may still cite ("thực hiện Nghị quyết A và Kế hoạch B")."""
    found = bases_in(text)
    return [
        after["number"]
        for before, after in pairwise(found)
        if _CITES.match(before.get("title", ""))
        and re.search(rf"\bvà\s+{_KINDS}\s+(?:số\s*:?\s*)?{re.escape(after.get('number', '?'))}", text, re.IGNORECASE)
    ]


# Behind a comma whoever issues the document itself says what it does: "…, Phòng Cây xanh thống nhất phân công …".
_OWN_ACT = re.compile(
    rf",\s+{BODY}[^,;]{{0,60}}?\s(?:thống nhất|phân công|ban hành|xây dựng|triển khai|tổ chức|yêu cầu|đề nghị"
    r"|thông báo|chỉ thị)[\s:]",
    re.IGNORECASE,
)
# "về trồng cây, các xã đã trồng nhiều cây"
_ACT_DONE = re.compile(r",\s[^,]*\bđã\b", re.IGNORECASE)


def title_doubt(title: str) -> str:
    """Return why the title of a basis may be cut or hold words that are not its own, "" where nothing tells so."""
    if title and len(title.split()) <= _FEWEST_WORDS:
        return "trích yếu căn cứ quá ngắn, có thể bị ngắt"
    if _OWN_ACT.search(title):
        return "trích yếu căn cứ có thể lẫn phần quyết định của chính văn bản này"
    if _ACT_DONE.search(title):
        return "trích yếu căn cứ có thể lẫn lời kể việc đã làm"
    if _OTHERS.search(title):
        return "trích yếu căn cứ có thể lẫn văn bản khác"
    return "trích yếu căn cứ có thể lẫn tên cơ quan ban hành" if _OF_ISSUER.match(title) else ""


def numbers_in(bases: list[dict[str, Any]]) -> frozenset[str]:
    """Return the words among which the numbers of bases are: in their numbers and their titles."""
    words = (re.split(r"[\s,;()“”]+", f"{one.get('number', '')} {one.get('title', '')}") for one in bases)
    return frozenset(re.sub(r"[.,]+$", "", word) for found in words for word in found)


def numbers_left(text: str, held: frozenset[str]) -> list[str]:
    """Return the numbers of documents in a sentence of the opening that no basis has."""
    found = (re.sub(r"[.,]+$", "", one["number"] or one["glued"]) for one in _ANY_NUMBER.finditer(_whole(text)))
    return [one for one in dict.fromkeys(found) if one not in held]


def date_in(text: str) -> str | None:
    """Return the first whole date of a text in ISO notation."""
    found = _DATE.search(text)
    return _iso(found) if found else None


def _iso(found: "re.Match[str]") -> str:
    parts = (found["year"] or found["year2"], found["month"] or found["month2"], found["day"] or found["day2"])
    return f"{parts[0]}-{int(parts[1]):02}-{int(parts[2]):02}"


def _number(found: "re.Match[str]") -> str:
    return str(found["number"] or found["bare"] or "")


def _is_law(found: "re.Match[str]") -> bool:
    """Whether a law is named, not one inside the name of another."""
    before = found.string[: found.start()].rstrip()
    return found["kind"].endswith(("uật", "UẬT")) and (not before or before[-1] in ";:" or before.endswith("Căn cứ"))


def _basis(found: "re.Match[str]", words: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    words = _ASIDE.sub("", words)
    day = _DATE.search(words)
    number = _number(found)
    if not number:
        return _law(words, day)
    entry["number"] = number.rstrip(".,")
    about = _ABOUT.search(words, len(found[0]))
    if day and (about is None or day.start() < about.start()):
        entry["date"] = _iso(day)
        about = _ABOUT.search(words, day.end())
    if day and (own := _BEHIND_ISSUER.match(words, day.end())) and (about is None or own.end() < about.start()):
        entry["title"] = folded(words[own.end() :]).rstrip(" ;,.")
    elif about and ";" not in words[day.end() if day else 0 : about.start()]:
        begun = about.start() - (words[: about.start()][-1:] == "“")
        quoted = re.match(r"“([^”]+)”", words[begun:])
        title = folded(quoted[1] if quoted else words[about.start() :]).rstrip(" ;,.").removesuffix(" và")
        entry["title"] = _SHORT_NAME.sub("", title.rstrip(" ;,."))
    return entry


def _law(words: str, day: "re.Match[str] | None") -> dict[str, Any]:
    number = _LAW_NUMBER.search(words)
    title = folded(re.split(r",?\s+số\s*:?\s*\d|,?\s+\d+/\d{4}/QH|,?\s+ngày\s+\d|\s+được\s|[;,]$", words)[0]).rstrip(
        " ;,."
    )
    year = _LAW_YEAR.search(title)
    if number is None and day is None and year is None:
        return {}
    date = _iso(day) if day else year["year"] if year else None
    return {
        **({"number": number["number"]} if number else {}),
        **({"date": date} if date else {}),
        "title": (title[: year.start()] if year else title).removesuffix(" ban hành"),
    }
