"""What the lines of an outline are: a title, a sentence, a reference, or the end, and what a title says its part is about."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from kehoach_cli.core.draft.figures import has_figure
from kehoach_cli.core.draft.lines import Mark
from kehoach_cli.core.draft.outline import Node
from kehoach_cli.core.draft.times import has_time
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY, BEGINS_WITH_WORK, BODY, VERB
from kehoach_cli.viet.text import is_unfinished, match_key


class DutyPart(StrEnum):
    """What a part of the body is about."""

    OBJECTIVES = "objectives"
    TASKS = "tasks"
    FUNDING = "funding"
    ORGANISATION = "organisation"


# The parts whose items are no tasks.
NO_TASKS = frozenset({DutyPart.OBJECTIVES, DutyPart.FUNDING})


_PARTS: tuple[tuple[DutyPart, str], ...] = (
    (
        DutyPart.ORGANISATION,
        r"tổ chức thực hiện|phân công\b|trách nhiệm (?:của|thực hiện)|chế độ báo cáo",
    ),
    (DutyPart.FUNDING, r"kinh phí|nguồn vốn|nguồn lực thực hiện|^nguồn lực"),
    (
        DutyPart.TASKS,
        r"nhiệm vụ|giải pháp|nội dung|chương trình, đề án|các chương trình|đề án|dự án|danh mục|hoạt động|công việc|biện pháp",
    ),
    (DutyPart.OBJECTIVES, r"mục đích|yêu cầu|quan điểm|mục tiêu|chỉ tiêu|phạm vi|đối tượng|căn cứ"),
)
KINDS: tuple[tuple[str, str], ...] = (
    ("general", r"mục tiêu (?:chung|tổng quát)"),
    ("specific", r"mục tiêu cụ thể|chỉ tiêu"),
    ("vision", r"tầm nhìn|định hướng"),
    ("purpose", r"mục đích"),
    ("requirement", r"yêu cầu"),
    ("viewpoint", r"quan điểm"),
    ("general", r"mục tiêu(?! (?:trước mắt|lâu dài|ngắn hạn|dài hạn|hằng năm|hàng năm|từng))"),
)
KIND_WORDS = (
    r"mục tiêu|chỉ tiêu",
    r"mục đích",
    r"yêu cầu",
    r"quan điểm",
    r"tầm nhìn|định hướng",
    r"phạm vi|đối tượng",
)
_REFERENCE = re.compile(
    r"^\(?(?:chi tiết|có|nhiệm vụ|các|nội dung|danh mục)?[^()]*(?:phụ lục|biểu|bảng)[^()]*(?:kèm theo)?[^()]*\)?[.:]?$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:trên đây là|(?:[^.;:]{0,60} )?(?:xin )?trân trọng (?:thông báo|đề nghị|cảm ơn)"
    r"|[^.;:]{0,60} (?:xin )?thông báo (?:để|tới|đến) [^.;:]*\b(?:biết|thực hiện)(?:, thực hiện)?\W*$"
    r"|(?:ủy ban nhân dân|ubnd|ban thường vụ)[^.]*yêu cầu[^.]*(?:thực hiện|triển khai)"
    r"|yêu cầu (?:các|thủ trưởng)[^.]*(?:thực hiện|triển khai)"
    r"|(?:đề nghị|yêu cầu) các (?:cơ quan|đơn vị)[^.]*nghiêm túc"
    r"|[^.;:]{0,80}\b(?:yêu cầu|đề nghị)\s+(?:thủ trưởng|giám đốc|chủ tịch|người đứng đầu|các)\b"
    r"[^.]*(?:thực hiện|triển khai)[^.]*\./\.\s*$"
    r"|căn cứ (?:ý kiến|các ý kiến|nội dung|các nội dung|chỉ đạo|văn bản|công văn|kế hoạch)"
    r"[^.]*(?:trên|này)\b[^.]*(?:thực hiện|triển khai))",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:yêu cầu|đề nghị|giao|phản ánh|gửi|phối hợp|vướng mắc|nghiêm túc|khẩn trương|(?<!là )báo cáo)\b",
    re.IGNORECASE,
)
_ONLY_NAMES_ITSELF = re.compile(r"trên đây là\b[^,;.]*[./\s]*$", re.IGNORECASE)
_CARRIED_OUT = re.compile(r"\b(?:triển khai|thực hiện)\b", re.IGNORECASE)
SENTENCE = re.compile(r"[.;]\s*$|/\.")
LONGEST_HEADING, _LONGEST_TITLE = 320, 120
_LATER_BODY = re.compile(rf"(?:[,;]|\b(?:giao|phân công|yêu cầu|đề nghị)(?:\s+cho)?)\s+{BODY}", re.IGNORECASE)
# "NHIỆM VỤ CHỦ YẾU CỦA BỘ TÀI CHÍNH": whose work stands below a title.
_WORK_OF = re.compile(rf"\b(?:nhiệm vụ|công việc|trách nhiệm)\b[^.,;:]{{0,40}}?\bcủa\s+{BODY}", re.IGNORECASE)
_ANNOUNCES = re.compile(r"\b(?:nhiệm vụ|giải pháp|công việc|nội dung)\b[^.;:]{0,60}\bsau(?: đây)?\s*:$", re.IGNORECASE)
GIVEN = re.compile(rf"(?:^|[.:;]\s+)Giao\s+(?:cho\s+)?(?i:{BODY})")
_GIVES_MORE = re.compile(rf"[.;]\s+Giao\s+(?i:{BODY})")
# What a title below a part says of its own lines. A title that only tells whom or when something concerns gives no work.
AIMS = r"(?:các )?(?:mục đích|yêu cầu|quan điểm|mục tiêu|chỉ tiêu)\b"
SCOPE = r"(?:đối tượng|phạm vi|thời gian|thời hạn|địa điểm|chủ đề|khẩu hiệu|thông điệp)\b"
_OWN_PARTS: tuple[tuple[DutyPart | None, str], ...] = (
    (
        DutyPart.OBJECTIVES,
        r"(?:các )?(?:mục tiêu|chỉ tiêu|mục đích|yêu cầu|quan điểm|nguyên tắc|phương châm)\b(?!.*nhiệm vụ)",
    ),
    (
        DutyPart.FUNDING,
        r"(?:(?:bảo đảm|đảm bảo|phương án huy động) )?(?:nguồn )?kinh phí\b|nguồn lực thực hiện|nguồn vốn\b",
    ),
    (
        DutyPart.ORGANISATION,
        r"tổ chức thực hiện|phân công (?:nhiệm vụ|thực hiện|trách nhiệm)|chế độ (?:thông tin,? )?báo cáo",
    ),
    (DutyPart.TASKS, r"(?:các )?(?:nhiệm vụ|giải pháp)\b"),
    (
        None,
        (
            r"(?:đối tượng|phạm vi|thời gian|thời hạn|địa điểm|thành phần|hình thức|phương pháp|phương thức|tiêu chuẩn|tiêu chí"
            r"|căn cứ|cơ sở pháp lý|sự cần thiết|thực trạng|hiện trạng|bối cảnh|khái quát|đặc điểm|kết quả|tồn tại"
            r"|hạn chế|nguyên nhân|đánh giá chung|khó khăn|thuận lợi|hồ sơ|thủ tục|tiến độ)\b"
        ),
    ),
)
# Titles below a part of objectives that say of their lines: these are to be done.
_ACTIVITIES = re.compile(
    r"(?:(?:các|một số) )?(?:(?:nội dung )?(?:hoạt động|công việc)|biện pháp|nội dung (?:thực hiện|triển khai))"
    r"(?: (?:chính|chủ yếu|trọng tâm|cụ thể|thực hiện|triển khai|tuyên truyền|truyền thông|hưởng ứng))*"
)
_TELLS = re.compile(
    r"(?:sự cần thiết|bối cảnh|hiện trạng|thực trạng|tình hình|đánh giá|tổng kết|khái quát|đặc điểm|kết quả)\b"
)
# A post alone names nobody: "3. Bộ trưởng" and "Bộ Y tế chỉ đạo …" are one sentence.
_POST = re.compile(r"(?:bộ trưởng|thứ trưởng|chủ tịch|chủ nhiệm|giám đốc|thủ trưởng)", re.IGNORECASE)
# Behind these words a title goes on with a figure; a sentence may end with them.
_BEFORE_FIGURE = re.compile(
    r"\s(?:năm|ngày|tháng)$|\b(?:quyết định|nghị quyết|nghị định|kế hoạch|thông tư|chỉ thị|kết luận|văn bản"
    r"|phụ lục|biểu|mẫu)\s+số$",
    re.IGNORECASE,
)


def part_of(title: str) -> DutyPart | None:
    """Return what a part with this title is about."""
    key = match_key(title)
    if title.rstrip().endswith(":") and re.match(r"(?:để|nhằm)\b.*,\s+(?:yêu cầu|đề nghị)$", key):
        # "Để bảo đảm tiến độ, yêu cầu:" gives work.
        return DutyPart.TASKS
    if re.match(r"(?:các )?(?:nội dung|nhiệm vụ|giải pháp)\b", key):
        # "Nội dung, giải pháp và phân công nhiệm vụ": the tasks, by the bodies that have them.
        return DutyPart.TASKS
    found = next((part for part, words in _PARTS if re.search(words, key)), None)
    # "Bối cảnh, hiện trạng và yêu cầu đặt ra" tells how things stand.
    return None if found is DutyPart.OBJECTIVES and _TELLS.match(key) else found


def kind_of(title: str) -> str | None:
    """Return the one kind of objective that a title names."""
    key = match_key(title)
    joint = re.search(KINDS[0][1], key) and re.search(r"cụ thể|chỉ tiêu", key)
    if joint or sum(bool(re.search(words, key)) for words in KIND_WORDS) > 1:
        return None
    return next((kind for kind, words in KINDS if re.search(words, key)), None)


def _is_activities(key: str) -> bool:
    return bool(_ACTIVITIES.fullmatch(key.rstrip(" :")))


def is_scope(node: Node) -> bool:
    """Whether a part only says whom and what the document is about, and until when: none of that is an objective."""
    key = match_key(node.text)
    return bool(re.match(SCOPE, key)) and not re.search(AIMS, key)


def own_part(node: Node, part: DutyPart) -> DutyPart | None:
    """Return what the lines below a title are about: what it says itself, else what the part above is about.

    None: a title below tasks that gives no work.
    """
    key = match_key(node.text)
    if node.line.mark in {Mark.PART, Mark.ROMAN} or is_sentence(node) or not node.children or len(key) > _LONGEST_TITLE:
        return part
    if part is DutyPart.OBJECTIVES and _is_activities(key):
        return DutyPart.TASKS
    own, words = next(((own, words) for own, words in _OWN_PARTS if re.match(words, key)), (part, ""))
    if own is None:
        return None if part is DutyPart.TASKS or re.match(SCOPE, key) else part
    if part is DutyPart.OBJECTIVES and own is DutyPart.ORGANISATION:
        return part
    return own if words else part


def strays(children: list[Node]) -> dict[int, tuple[str, str]]:
    """Return why paragraphs before or behind lines with marks are in doubt: they may lead to these, or belong to the last."""
    found: dict[int, tuple[str, str]] = {}
    plus = False
    for at, child in enumerate(children):
        named = bool(BEGINS_WITH_BODY.match(child.text))
        if child.line.mark is not Mark.NONE:
            pass
        elif plus or (at and children[at - 1].line.mark is Mark.DASH and not named and not VERB.match(child.text)):
            why = "đoạn không có dấu đứng sau các dòng có dấu; có thể thuộc dòng ngay trên"
            found[at] = (why, "ghép vào nhiệm vụ trên nếu đúng vậy")
        elif not at and len(children) > 1 and children[1].line.mark is not Mark.NONE and not named:
            why = "đoạn đứng trước các dòng có dấu; có thể là lời dẫn, không phải nhiệm vụ"
            found[at] = (why, "bỏ nhiệm vụ này nếu là lời dẫn")
        plus = plus or any(one.line.mark is Mark.PLUS for one in child.children)
    return found


def announced(children: list[Node]) -> dict[int, tuple[str, str]]:
    """Return why objectives and sources of funding behind a line that names bodies are in doubt: these may have to do them."""
    found: dict[int, tuple[str, str]] = {}
    by_somebody = False
    for at, child in enumerate(children):
        if child.line.mark is Mark.NONE:
            by_somebody = child.text.endswith(":") and names_somebody(child)
        elif by_somebody:
            why = "câu dẫn bên trên nêu cơ quan thực hiện; có thể là việc phải làm"
            found[at] = (why, "chuyển thành nhiệm vụ nếu đúng vậy")
    return found


def is_closing(node: Node) -> bool:
    """Whether a paragraph only ends the document: it introduces nothing, has no day, and gives no body work of its own."""
    text = node.text
    return bool(_CLOSING.match(text)) and not (text.endswith(":") or has_time(text) or _GIVES_MORE.search(text))


def is_mere_closing(node: Node) -> bool:
    """Whether a paragraph ends the document and asks nobody for anything: "Trên đây là Kế hoạch thực hiện …"."""
    carried_out = not _ONLY_NAMES_ITSELF.match(node.text) and _CARRIED_OUT.search(node.text)
    return is_closing(node) and not (carried_out or _ASKS.search(node.text))


def closes(child: Node, children: list[Node], part: DutyPart) -> bool:
    """Whether a paragraph behind dashes ends the document: it is no objective and no source of funding."""
    if part not in {DutyPart.OBJECTIVES, DutyPart.FUNDING} or child is not children[-1]:
        return False
    ends = child.line.mark is Mark.NONE and child.text.rstrip().endswith("./.")
    return ends and any(one.line.mark is Mark.DASH for one in children)


def is_dotted_title(node: Node, children: list[Node]) -> bool:
    """Whether a numbered line with a full stop is a title all the same: in bold, or over lines with labels or lines of theirs."""
    if not node.text.rstrip().endswith(".") or ". " in node.text or len(node.text) > LONGEST_HEADING:
        return False
    marked = [one for one in children if one.line.mark is not Mark.NONE]
    if _names_part(node, marked):
        return True
    lettered = len(marked) > 1 and all(one.line.mark in {Mark.LETTER, Mark.POINT} for one in marked)
    own_lines = any(one.labels or one.children for one in marked)
    return bool(marked) and (node.line.bold or (own_lines and (lettered or any(one.labels for one in marked))))


def _names_part(node: Node, marked: list[Node]) -> bool:
    """Whether a line with a full stop only names what stands below it: aims ("1. Mục đích."), or what several bodies do."""
    title = match_key(node.text).rstrip(". ")
    if marked and any(re.fullmatch(words, title) for _, words in KINDS):
        return True
    titled = not (BEGINS_WITH_WORK.match(node.text) or BEGINS_WITH_BODY.match(node.text))
    return titled and len(marked) > 1 and all(BEGINS_WITH_BODY.match(one.text) for one in marked)


def is_title(node: Node, children: list[Node]) -> bool:
    """Whether a letter or a point is a title over the lines below it: "a) Mục tiêu:", not "a) Tập huấn cho:"."""
    if (
        node.line.mark not in {Mark.LETTER, Mark.POINT}
        or not children
        or node.labels
        or len(node.text) > _LONGEST_TITLE
    ):
        return False
    text = node.text.rstrip()
    if text.endswith(":"):
        key = match_key(text)
        return _is_activities(key) or any(re.match(words, key) for _, words in _OWN_PARTS)
    return not text.endswith((",", "…")) and not is_sentence(node)


def names_somebody(node: Node) -> bool:
    """Whether a title names a body, or says whose duty stands below it."""
    if BEGINS_WITH_BODY.match(node.text) or re.match(r"trách nhiệm của\s", node.text, re.IGNORECASE):
        return True
    if _WORK_OF.search(node.text):
        return True
    # The body may stand behind a purpose: "Để trồng cây đúng lịch, các Sở, ngành thực hiện những nội dung sau:".
    return node.text.rstrip().endswith(":") and bool(_LATER_BODY.search(node.text))


def tells(node: Node) -> bool:
    """Whether a title says that what stands below it tells how things are."""
    return bool(_TELLS.match(match_key(node.text)))


def announces_work(node: Node) -> bool:
    """Whether a paragraph announces the tasks below it: "… cần thực hiện tốt một số nhiệm vụ, giải pháp sau đây:"."""
    return node.line.mark is Mark.NONE and bool(_ANNOUNCES.search(node.text))


def gives_to_somebody(node: Node) -> bool:
    """Whether a line only says who does what stands below it: "Giao Trung tâm Xúc tiến đầu tư:"."""
    text = node.text.rstrip()
    return text.endswith(":") and len(text) <= _LONGEST_TITLE and bool(BEGINS_WITH_BODY.match(text))


def is_cut(title: str) -> bool:
    """Whether a title ends in the middle of a sentence: "… của", "…, các", "… năm"."""
    # In capitals "CỦA" is a word like any; else a capital begins a name, and "thôn Giữa" is whole.
    title = title.lower() if title.isupper() else title
    return is_unfinished(title) or bool(_BEFORE_FIGURE.search(title) or _POST.fullmatch(title))


def looks_like_title(text: str) -> bool:
    """Whether a passage may be the title of what follows it: short, without a figure, work or the end of a sentence."""
    short = len(text) <= _LONGEST_TITLE and not text.rstrip().endswith((".", ";", ",", "…", "!", "?", "”"))
    return short and not BEGINS_WITH_WORK.match(text) and not has_figure(text)


def is_broken(node: Node, children: list[Node]) -> bool:
    """Whether a title over one dash may be the beginning of a sentence that goes on there."""
    long = len(node.text) > _LONGEST_TITLE and ";" in node.text and not node.text.rstrip().endswith((":", "."))
    return long and len(children) == 1 and children[0].line.mark is Mark.DASH


def is_sentence(node: Node) -> bool:
    """Whether a numbered line is a sentence. A long line that ends in a colon over lettered lines is a heading."""
    announces = node.text.endswith(":") and any(one.line.mark is Mark.LETTER for one in node.children)
    return bool(SENTENCE.search(node.text)) or (len(node.text) > LONGEST_HEADING and not announces)


def is_long_sentence(node: Node) -> bool:
    """Whether a numbered line is no title: "yêu cầu" in a sentence does not make objectives of it."""
    whole = SENTENCE.search(node.text) or not re.match(rf"{AIMS}|kinh phí|nguồn|dự toán", match_key(node.text))
    return bool(whole) and len(node.text) > _LONGEST_TITLE


def is_reference(node: Node) -> bool:
    """Whether a paragraph only says where the details are ("Chi tiết tại Phụ lục 2 kèm theo")."""
    return node.text.startswith("(") and bool(_REFERENCE.match(node.text.rstrip("*. ")))


def printed(node: Node) -> str:
    """Return a line with its mark, and all below it."""
    own = {Mark.DASH: node.line.sign, Mark.PLUS: "+"}.get(node.line.mark, printed_mark(node))
    return " ".join([f"{own} {node.text}".lstrip(), *(printed(one) for one in node.children)])


def printed_mark(node: Node) -> str:
    """Return the letter or the point of a line as it is printed: "a)", "(1)"; nothing for other lines."""
    number = node.line.printed_number
    return {Mark.LETTER: f"{number}{node.line.sign}", Mark.POINT: f"({number})"}.get(node.line.mark, "")


def below(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes and all that stands below them."""
    for node in nodes:
        yield node
        yield from below(node.children)
