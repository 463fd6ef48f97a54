"""Agency cells of a document: the ids of the bodies that a registry knows, and a proposal for each name it does not."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.model.agency import Directory, Mention
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import CAPITALS, capitalized, folded, loose_key, match_key

# What the base registry calls a name: its id and its official name, None where it knows none.
Base = Callable[[str], tuple[str, str] | None]
_KINDS = (
    ("so ", "so"),
    ("ubnd", "ubnd"),
    ("uy ban nhan dan", "ubnd"),
    ("bo ", "bo"),
    ("hoi ", "hiep-hoi"),
    ("hiep hoi", "hiep-hoi"),
    ("chi cuc", "thuoc-so"),
    ("ban quan ly", "su-nghiep"),
    ("trung tam", "su-nghiep"),
    ("vien ", "su-nghiep"),
    ("truong ", "su-nghiep"),
    ("quy ", "quy"),
    ("ban ", "ban"),
    ("cuc ", "nganh-doc"),
)
_TO_HEAD = re.compile(r"^(?:giao(?: cho)?|đề nghị|yêu cầu|trách nhiệm(?: của)?)\s+", re.IGNORECASE)
# Only a heading gives work so; a sentence may speak of those whom it does not ask.
_AS_TO = re.compile(r"^(?:đối với|về phía)\s+", re.IGNORECASE)


class AgencyReader(Struct, frozen=True):
    """Reads the agency cells of one document."""

    directory: Directory
    province: str
    day: date | None
    base: Base
    notes: DraftNotes

    def ids(self, text: str, at: str, place: str) -> list[str]:
        """Return the ids of the bodies that a cell names, each once; names nobody bears become doubts."""
        if len(text) > _LONGEST_CELL:
            why = "ô cơ quan dài khác thường; chưa đọc"
            self.notes.doubt(DoubtKind.AGENCY, (at, place), folded(text[:_LONGEST_LIST]), why, "ghi mã cơ quan nếu cần")
            return []
        content = self.directory.read_cell(self.province, text, self.day)
        for name in content.leftovers:
            self._unknown(name, text, at, place)
        if not content.mentions and not content.leftovers and text:
            self._unknown(text, text, at, place)
        for why, mend in self._unsure(content.mentions):
            self.notes.doubt(DoubtKind.AGENCY, (at, place), folded(text), why, mend)
        if role := _ROLE_IN_BRACKETS.search(text):
            why = f'ô ghi "{role[0]}" sau một cơ quan; các cơ quan khác trong ô có thể có vai trò khác'
            self.notes.doubt(DoubtKind.AGENCY, (at, place), folded(text), why, "chuyển sang support nếu đúng vậy")
        ids = list(dict.fromkeys(mention.id for mention in self._own(content.mentions, text, at, place)))
        if _TWO_LEVELS.search(text):
            why = "một cụm từ gọi gộp hai cấp huyện và xã"
            mend = "đối chiếu: khóa này phải có mã của cả hai cấp"
            self.notes.doubt(DoubtKind.AGENCY, (at, place), folded(text), why, mend)
            return self._with_both_levels(ids)
        return ids

    def _own(self, mentions: Sequence[Mention], text: str, at: str, place: str) -> Iterator[Mention]:
        """Yield the mentions that are bodies of the cell, not the beginning of another name, or whom a body belongs to.

        "UBND thành phố Biên Hòa" is not the city that the province is today, "cơ quan thuộc UBND tỉnh" not the committee.
        """
        begun = 0
        for mention in mentions:
            start = text.find(mention.text, begun)
            apart = text[begun:start].strip()
            end = begun = max(start, 0) + len(mention.text)
            longer = _OF_PLACE.search(mention.text) and (found := _PLACE.match(text, end))
            if lower := self._lower_place(text, end):
                longer = found = lower
            before = text[max(0, start - _NEAR) : start]
            inside = start > 0 and apart and not _BEFORE_BODY.search(before)
            if _is_common(mention):
                why = f'"{mention.text}" là tên gọi chung, không rõ cơ quan nào; chưa lấy'
            elif inside and not longer:
                why = f'"{mention.text}" đứng giữa một tên khác; chưa lấy'
            elif start >= 0 and (longer or _BELONGS.search(before)):
                name = f"{mention.text}{found[0]}" if longer and found else f"thuộc {mention.text}"
                why = f'"{name}" không phải "{mention.text}"; chưa lấy'
            else:
                yield mention
                continue
            mend = "ghi mã cơ quan vào khóa này nếu cần"
            self.notes.doubt(DoubtKind.AGENCY, (at, place), folded(text), why, mend)

    def _with_both_levels(self, ids: list[str]) -> list[str]:
        """Return the ids with that of the communes behind that of the districts, where the registry has both."""
        above, below = (self.directory.id_of(self.province, f"UBND cấp {level}") for level in ("huyện", "xã"))
        if above not in ids or below is None or below in ids:
            return ids
        at = ids.index(above) + 1
        return [*ids[:at], below, *ids[at:]]

    def unnamed(self) -> list[str]:
        """Return the group of the registry for bodies that a document does not name ("các đơn vị liên quan")."""
        found = self.directory.id_of(self.province, "các đơn vị liên quan")
        return [found] if found else []

    def whole(self, text: str) -> tuple[list[str], str]:
        """Return the bodies of a heading that names nothing else ("Giao Sở Tài chính"), and the words that name them."""
        words = _TO_HEAD.sub("", _AS_TO.sub("", text)).rstrip(" .:")
        if len(words) > _LONGEST_CELL or _OF_CENTRE.match(words):
            return [], ""
        content = self.directory.read_cell(self.province, words, self.day)
        if content.leftovers or not content.mentions or self._run_together(words, content.mentions):
            return [], ""
        if any(map(self._is_widened, content.mentions)):
            return [], ""
        return list(dict.fromkeys(mention.id for mention in content.mentions)), words

    def _is_widened(self, mention: Mention) -> bool:
        """Whether an open group is named with words behind its name: "Doanh nghiệp số" is a topic, not the enterprises."""
        agency = self.directory.get(self.province, mention.id)
        if agency is None or not agency.open:
            return False
        own = match_key(_LIMITS.sub("", self._named_part(mention)))
        if agency.name.startswith("Các ") and _ONE_OF_MANY.match(own):
            # "Ban Quản lý dự án đầu tư xây dựng tỉnh" is one, not all who invest.
            return True
        return not any(match_key(name).startswith(own) for name in agency.names)

    def _run_together(self, words: str, mentions: Sequence[Mention]) -> bool:
        """Whether two names follow one another without a comma: they are one name ("Trung ương Mặt trận Tổ quốc")."""
        for before, after in pairwise(mentions):
            end = words.find(before.text) + len(before.text)
            if words[end:].lstrip().startswith(after.text) and words[end : end + 1] == " ":
                return True
        return False

    def first_run(self, text: str) -> tuple[list[str], int, int]:
        """Return the bodies with whose names a sentence begins, and where these words begin and end in it."""
        begun = found.end() if (found := _TO_HEAD.match(text)) else 0
        ids, end = self.run(text, begun)
        return ids, begun, end

    def run(self, text: str, begun: int) -> tuple[list[str], int]:
        """Return the bodies named one after the other from `begun`, and the end of the last name."""
        ids: list[str] = []
        end = begun
        if _OF_CENTRE.match(text, begun):
            return ids, end
        for mention in self.directory.read_list(self.province, text[begun : begun + _LONGEST_LIST], self.day):
            at = text.find(mention.text, end)
            if ids and at > 0 and not text[end:at].strip():
                # "Sở Tài chính xây dựng kế hoạch": what follows without a mark is no short name of another body.
                break
            if at < 0 or not (_JOINED.fullmatch(text[end:at]) or (ids and _ONE_UNKNOWN.fullmatch(text[end:at]))):
                break
            name = self._named_part(mention)
            if _is_common(mention) or self._lower_place(text, at + len(name)):
                break
            ids.append(mention.id)
            end = at + len(name)
            end += len(limit[0]) if (limit := _LIMIT.match(text[end:])) else 0
        return list(dict.fromkeys(ids)), end

    def _lower_place(self, text: str, end: int) -> "re.Match[str] | None":
        """Return the place below the province that a name goes on with: "Ban An toàn giao thông thành phố Lào Cai"."""
        found = _LOWER_PLACE.match(text, end)
        if found is None or found["level"] != "thành phố":
            return found
        government = self.directory.get(self.province, "ubnd-tinh")
        of_city = government is not None and "thành phố" in government.name.casefold()
        return None if of_city else found

    def _named_part(self, mention: Mention) -> str:
        """Return the words of a mention that name a body; to an open group the cell reader counts all that follows."""
        agency = self.directory.get(self.province, mention.id)
        found = _OPEN_NAME.match(mention.text) if agency and agency.open else None
        return found["name"] if found else _LAST_AND.sub("", mention.text)

    def unread_in_run(self, text: str) -> list[str]:
        """Return the words in a list of bodies that name nobody the registry knows."""
        return list(self.directory.read_cell(self.province, text, self.day).leftovers)

    def unsure_in(self, text: str) -> list[tuple[str, str]]:
        """Return why the bodies of a list may be others than the registry says, each with the mend."""
        return self._unsure(self.directory.read_cell(self.province, text, self.day).mentions)

    def _unsure(self, mentions: Sequence[Mention]) -> list[tuple[str, str]]:
        """Return what is not sure: a body that is named in two ways may be two, one that is taken for a group may be less."""
        names: dict[str, dict[str, str]] = {}
        found = []
        for mention in mentions:
            agency = self.directory.get(self.province, mention.id)
            if agency and not agency.open and not agency.members:
                names.setdefault(mention.id, {}).setdefault(match_key(mention.text), mention.text)
            elif agency and self._is_widened(mention):
                why = f'danh bạ hiểu "{self._named_part(mention)}" là nhóm "{agency.name}"; văn bản có thể nêu hẹp hơn'
                found.append((why, "thêm cơ quan, nhóm riêng vào danh bạ nếu đúng vậy"))
        for both in names.values():
            if len(both) > 1:
                listed = '" và "'.join(both.values())
                why = f'danh bạ hiểu "{listed}" là một cơ quan; văn bản có thể nêu hai cơ quan'
                found.append((why, "tách thành hai cơ quan trong danh bạ nếu đúng vậy"))
        return found

    def _unknown(self, name: str, text: str, at: str, place: str) -> None:
        if not re.search(r"\w", name):
            return
        if _WITH.fullmatch(name):
            why = f'ô còn ghi "{name}"; cơ quan đứng sau có thể chỉ phối hợp'
            self.notes.doubt(DoubtKind.AGENCY, (at, place), folded(text), why, "chuyển sang support nếu đúng vậy")
            return
        known = self.base(name)
        if known:
            why = f'danh bạ của tỉnh chưa có "{name}"; danh bạ nền gọi là "{known[1]}"'
            mend = f"thêm mã {known[0]} vào khóa này rồi chạy kehoach lint --fix để bổ sung danh bạ"
        else:
            why = f'danh bạ chưa có "{name}"'
            mend = f"thêm vào danh bạ nếu là một cơ quan: {entry_for(name)}"
        self.notes.doubt(DoubtKind.AGENCY, (at, place), folded(text), why, mend)


def _is_common(mention: Mention) -> bool:
    """Whether a name is one common word: "báo, đài" are not the newspaper and the station of the province."""
    return mention.text.isalpha() and mention.text.islower()


_WITH = re.compile(r"(?:chủ động\s+)?(?:phối hợp|cùng)(?:\s+(?:với|cùng))?", re.IGNORECASE)
_OF_PLACE = re.compile(r"\b(?:thành phố|tỉnh|huyện|thị xã|xã|phường)$", re.IGNORECASE)
_PLACE = re.compile(rf"\s+[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)*")
_LOWER_PLACE = re.compile(
    rf"\s+(?:các\s+)?(?P<level>thành phố|thị xã|huyện|quận|xã|phường|thị trấn)\s+[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)*"
)
# What may stand before the name of a body in a cell; behind any other word it is the end of another name.
_BEFORE_BODY = re.compile(
    r"(?:^|[^\w\s]|\n|\b(?:và|cùng|với|các|những|mỗi|từng|cho|giao|của|thuộc|gồm|là|bởi|do|đề nghị|yêu cầu|phối hợp|chủ trì|hoặc"
    r"|thủ trưởng|giám đốc|chủ tịch|trưởng|lãnh đạo|đại diện|người đứng đầu|cơ quan|đơn vị|tham mưu|trợ|kiêm|tại))\s*$",
    re.IGNORECASE,
)
_NEAR = 40
_BELONGS = re.compile(r"\b(?:trực )?thuộc\s+$", re.IGNORECASE)
_ROLE_IN_BRACKETS = re.compile(r"\([^()]*\b(?:chủ trì|phối hợp|đầu mối|thường trực)\b[^()]*\)", re.IGNORECASE)
_ONE_OF_MANY = re.compile(r"(?:ban quản lý|công ty|trường|bệnh viện|trung tâm|viện|ngân hàng)(?: \S+){2}")
# In a list of names one that nobody knows.
_ONE_UNKNOWN = re.compile(r"\s*[,;]\s*(?:[^\W\d_]+ ){0,5}[^\W\d_]+\s*[,;]\s*(?:và\s+)?(?:các\s+)?", re.IGNORECASE)
_TWO_LEVELS = re.compile(
    r"UBND (?:các )?huyện(?:, thị xã|, thành phố|, quận)*(?:,| và) (?:các )?(?:xã|phường)\b", re.IGNORECASE
)
# Bodies of their own, not "Trung ương" and another: "Trung ương Đoàn".
_OF_CENTRE = re.compile(r"Trung ương (?:Mặt trận|Đoàn|Hội|Đảng)\b")
# What an open group does behind its name; words that may belong to a name ("cơ sở đào tạo", "tổ chức") are not here.
_OPEN_WORK = (
    "thực hiện|tổ chức thực hiện|tổ chức triển khai|triển khai|chủ trì|tham mưu|bảo đảm|đảm bảo|bố trí|phối hợp|xây dựng"
    "|theo dõi|hướng dẫn|rà soát|đẩy mạnh|tăng cường|căn cứ|trong|chủ động|tích cực|nghiên cứu|phát triển|công bố|công khai"
    "|cung cấp|cập nhật|kiểm tra|thanh tra|đánh giá|đề xuất|kiến nghị|thẩm định|trình|ban hành|hoàn thiện|hoàn thành"
    "|tuyên truyền|phổ biến|thường xuyên|kịp thời|khẩn trương|nâng cao|xử lý|giải quyết|tổng hợp|báo cáo|xác định|xem xét"
    "|cân đối|huy động|lồng ghép|đôn đốc|sửa đổi|bổ sung|điều chỉnh"
)
_OPEN_NAME = re.compile(rf"(?P<name>.+?(?:\bliên quan\b|trên địa bàn(?: tỉnh)?\b|(?=\s+(?:{_OPEN_WORK})\b)))")
# "Sở Y tế và" before a name that nobody knows: the list goes on behind the name.
_LAST_AND = re.compile(r"\s+và$", re.IGNORECASE)
# A list of bodies at the beginning of a sentence is not longer.
_LONGEST_LIST = 400
# The longest cell of agencies in the shipped plans has some 250 letters.
_LONGEST_CELL = 4_000
# Between two names of one list, and what restricts a name behind it.
_JOINED = re.compile(
    r"(?:[\s,;]|và|cùng|với|các|(?:thủ trưởng|giám đốc|chủ tịch|trưởng|người đứng đầu)\s+(?:các\s+)?|thuộc tỉnh"
    r"|cấp tỉnh)*",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\s+(?:có )?liên quan\b|\s+(?:thuộc tỉnh|cấp tỉnh|trên địa bàn(?: tỉnh)?|từ (?:cấp )?tỉnh đến (?:cơ sở|cấp xã))\b"
)
# What an open group may have behind its name and still be all of it.
_LIMITS = re.compile(r"(?:,?\s+(?:(?:có )?liên quan|trên địa bàn|của tỉnh|thuộc tỉnh|cấp tỉnh)\b.*)$", re.IGNORECASE)


def entry_for(name: str) -> str:
    """Return the entry of a registry that a name nobody bears would have."""
    key = loose_key(name)
    kind = next((kind for words, kind in _KINDS if key.startswith(words)), "khac")
    made = "-".join(re.findall(r"[a-z0-9]+", key))[:60].strip("-") or "co-quan-moi"
    return f'{{id: {made}, name: "{capitalized(name)}", kind: {kind}}}'
