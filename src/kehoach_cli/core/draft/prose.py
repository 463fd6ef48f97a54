"""Who does what by the words of a sentence, besides what was taken from it. Each is a doubt, not a reading."""

import re
from collections.abc import Container, Iterator
from typing import Any

from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY, BEGINS_WITH_WORK, BODY, WORK
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import CAPITALS

_EACH_YEAR = re.compile(r"^(?:hằng|hàng|định kỳ)\s+(?:hằng |hàng )?(?:năm|quý|tháng|tuần),?\s+", re.IGNORECASE)
_LEADS = re.compile(r"\bchủ trì\b(?! (?:hội nghị|cuộc họp|phiên họp))|\blàm đầu mối\b", re.IGNORECASE)
_ORDERS = re.compile(
    rf"(?:^|[,.;:]\s*|\s)(?:giao|phân công)\s+(?:cho\s+)?{BODY}|[,.;:]\s+(?:yêu cầu|đề nghị)\s+{BODY}", re.IGNORECASE
)
# Who issued the document speaks to all: the sentence closes the document, and is no work of the body of its section.
_SPEAKS_TO_ALL = re.compile(
    r"(?:^|[.;]\s+)(?:[uủ][yỷ] ban nhân dân|ubnd|ban thường vụ|chủ tịch|thủ tướng|chính phủ)[^.,;:]{0,40}?"
    r"\s(?:yêu cầu|đề nghị)\s",
    re.IGNORECASE,
)
# A sentence that begins with a body and goes on with another: "Sở A đẩy nhanh …; Sở B hoàn thành …".
_ANOTHER = re.compile(
    rf";\s+{BODY}|,\s+(?:các (?:địa phương|đơn vị|cơ quan|xã|phường)|địa phương)\s+(?=(?:{WORK})\b)"
    rf"|\.\s+(?-i:(?=[{CAPITALS}]))(?:(?:đồng thời|ngoài ra|trong đó|theo đó),?\s+)?"
    rf"{BODY}(?!,?\s+(?:kiểm tra|giám sát|cháy|chống))(?=[^.;]{{0,120}}?\s(?:{WORK})\b)",
    re.IGNORECASE,
)
# Below a heading that has the work: "Hướng dẫn …; Tỉnh Đoàn chủ trì …".
_ONE_MORE = re.compile(rf"[.;]\s+(?-i:(?=[{CAPITALS}])){BODY}(?=[^.;:]{{0,120}}?\s(?:{WORK})\b)", re.IGNORECASE)
# Who does the work may stand behind a label or a purpose: "Mở tài khoản: UBND xã phối hợp …", "Để …, Sở A xây dựng …".
_LATER = re.compile(
    rf":\s+(?-i:(?=[{CAPITALS}])){BODY}(?=[^.;:]{{0,120}}?\s(?:{WORK})\b)"
    rf"|^(?:sau|kết thúc|trong|khi|để|nhằm|trên cơ sở)\b[^.;:]*?,\s+{BODY}(?=[^.;:]{{0,120}}?\s(?:{WORK})\b)"
    rf"|:\s+(?:sau khi|để|nhằm|trên cơ sở)\b[^.;:]*?,\s+{BODY}(?=[^.;:]{{0,120}}?\s(?:{WORK})\b)",
    re.IGNORECASE,
)
# "Phát huy mạnh mẽ vai trò của các tổ chức đẩy mạnh …": a body is to do something.
_ROLE_OF = (
    r"\bphát huy\s+(?:[^\W\d_]+\s+){0,3}?(?:vai trò|trách nhiệm)(?:\s+[^\W\d_]+){0,3}?"
    rf"\s+của\s+{BODY}[^.;]{{0,80}}?\s(?:{WORK})\b"
)
# "Phát huy trách nhiệm của UBND cấp xã trong việc …", "… gửi về Sở Tài chính để tổng hợp".
_ANSWERABLE = re.compile(
    rf"\bdo\s+{BODY}|(?:^|[.;]\s+(?:đồng thời,?\s+)?)(?:khuyến khích|kêu gọi)\s+{BODY}"
    rf"|[,.;]\s+chỉ đạo\s+{BODY}"
    rf"|(?:trách nhiệm|vai trò)\s+(?:(?:[^\W\d_]+\s+){{0,4}}?(?:của|cho)\s+)?(?:người đứng đầu\s+)?{BODY}[^.;]{{0,80}}?\strong\s"
    rf"|{_ROLE_OF}"
    rf"|\b(?:coi|xác định)\b[^.;]{{0,60}}?\bnhiệm vụ\b[^.;]{{0,40}}?\bcủa\s+{BODY}"
    rf"|\s[–-]\s+{BODY}[^.;:]{{0,40}}\s(?:thực hiện|chủ trì)\.?$"
    rf"|\b(?:về|đến|tới|cho|qua|thông qua)\s+{BODY}[^.;,]{{0,60}}?,?\s+để\s+(?:theo dõi|tổng hợp|xử lý|phối hợp)",
    re.IGNORECASE,
)
# "Bộ Nông nghiệp và Môi trường chỉ đạo Cục Thú y kiểm soát …": who does the work stands behind the verb.
_DIRECTED = (
    r"(?:chủ trì,?\s+)?(?:(?:chủ động|tăng cường|tiếp tục|đẩy mạnh|thường xuyên|kịp thời|khẩn trương|tập trung)\s+)?"
    r"(?:(?:(?:lãnh đạo,? )?chỉ đạo|lãnh đạo|yêu cầu|(?:giao|gắn)(?: nhiệm vụ| trách nhiệm)?)"
    r"(?:(?:,| và) [^\W\d_]+ [^\W\d_]+)?\s+(?:(?:cho|với)\s+)?"
    rf"(?:{BODY}|(?:hệ thống|các lực lượng|lực lượng|ngành)\s)"
    rf"|(?:đôn đốc|hướng dẫn)(?:(?:,| và) [^\W\d_]+ [^\W\d_]+)?\s+{BODY}(?=[^.;:]{{0,80}}?\s(?:{WORK})\b))"
)
_GIVEN = re.compile(r"^(?:giao(?! nhiệm vụ| trách nhiệm)|phân công|đề nghị|yêu cầu)\s+(?:cho\s+)?", re.IGNORECASE)
_DIRECTS = re.compile(
    rf"\s*:?\s*{_DIRECTED}|[^.;]*[.;]\s+(?-i:(?=[A-ZĐ])){_DIRECTED}"
    rf"|.*?(?:;\s+(?:đồng thời,?\s+)?(?:chỉ đạo|giao|hướng dẫn|đôn đốc)(?:,? (?:và )?[^\W\d_]+ [^\W\d_]+)?|\syêu cầu)\s+{BODY}"
    rf"|.*?{_ROLE_OF}",
    re.IGNORECASE,
)
_SUPPORTS = re.compile(
    rf"\bphối hợp\s+(?:[^\W\d_]+\s+){{0,4}}?(?:với|cùng|giữa)\b|\bphối hợp\s+(?:chặt chẽ\s+)?{BODY}"
    rf"|\bhuy động\s+(?:sự tham gia của\s+)?{BODY}[^.;]{{0,160}}?\stham gia\b"
    rf"|\bcùng\s+(?:với\s+)?{BODY}|(?:\bchủ trì,?|[,;])\s+mời\s+{BODY}"
    rf"|\b(?:hỏi|lấy|xin) ý kiến\s+(?:[^\W\d_]+\s+){{0,4}}?(?:của\s+)?{BODY}"
    rf"|\bsự (?:tham gia|phối hợp|hỗ trợ) của\s+(?:{BODY}|các bên\b)",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?<!quy chế )(?<!cơ chế )(?<!chương trình )(?<!kế hoạch )"
    r"\b(?:phối hợp|(?:kết hợp|làm việc|trao đổi|thống nhất) (?:với|cùng))\b",
    re.IGNORECASE,
)
# What was done, or how things stand, is no work: "Thời gian qua, các địa phương đã tổ chức …".
_TELLS_DONE = re.compile(
    rf"(?:^|[,.;]\s+){BODY}[^,.;:]{{0,60}}?\s(?:đã|vẫn còn|còn (?:nhiều|gặp|một số))\s"
    r"|^(?:thời gian qua|trong (?:thời gian|những năm) (?:qua|vừa qua|gần đây)|hiện nay|tính đến|đến nay)\b",
    re.IGNORECASE,
)
# "Chuyển đổi số là quá trình …" begins with a verb and gives no work.
_STATES = re.compile(
    r"(?!xác định|coi|bảo đảm|đảm bảo)[^.;:,]{2,80}?\slà\s+(?:một |những )?"
    r"(?:quá trình|điều kiện|trụ cột|đòn bẩy|nền tảng|động lực|yếu tố|xu thế|chìa khóa)\b",
    re.IGNORECASE,
)
_WORKS = re.compile(rf"\b(?:{WORK})\b|:", re.IGNORECASE)
# What may stand before the verb of a sentence: a mark, a way of doing, a number of the list in the sentence.
_BEFORE_WORK = re.compile(r"^(?:[-–+•(\[“\"]|\([ivx\d]+\)|\s)+")
_GROUND = re.compile(
    r"(?:căn cứ|thực hiện|triển khai(?: thực hiện)?|theo)\s+(?:luật|nghị quyết|nghị định|quyết định|chỉ thị|kết luận|thông tư)\s+"
    r"số\s[^;]*;\s+(?:luật|nghị quyết|nghị định|quyết định|chỉ thị|kết luận|thông tư)\s+số\s",
    re.IGNORECASE,
)


def doubt_work(entry: dict[str, Any], place: str, notes: DraftNotes) -> None:
    """Doubt a sentence of running text that says neither what to do nor who does it, or tells what was done."""
    text = _BEFORE_WORK.sub("", str(entry["text"]))
    of_body = BEGINS_WITH_BODY.match(text) and _WORKS.search(text)
    if _GROUND.match(text):
        why = "câu mở đầu bằng văn bản căn cứ; có thể là lời dẫn, không phải nhiệm vụ"
    elif not (of_body or BEGINS_WITH_WORK.match(text) or _LEADS.search(text)):
        why = "câu không mở đầu bằng việc phải làm hay tên cơ quan; có thể không phải nhiệm vụ"
    elif _TELLS_DONE.search(text):
        why = "câu như kể việc đã làm, tình hình; có thể không phải nhiệm vụ"
    elif _STATES.match(text):
        why = "câu như nêu nguyên tắc, nhận định; có thể không phải nhiệm vụ"
    elif text.endswith(":"):
        why = "câu dẫn, không có nội dung phía sau; có thể dẫn các dòng bên dưới"
    else:
        return
    where = (f"tasks/{entry['id']}/text", place)
    notes.doubt(DoubtKind.READING, where, text, why, "bỏ dòng này nếu không phải nhiệm vụ")


def doubt_who(entry: dict[str, Any], place: str, notes: DraftNotes, said: Container[str]) -> None:
    """Doubt lead and support that the wording of a task may name and no key holds; nobody leading it is doubted once.

    `said` has the keys of which a cell or a label of the task speaks: there the wording is not asked.
    """
    text = str(entry["text"])
    at = f"tasks/{entry['id']}"
    last = next(reversed(notes.doubts), None)
    whole = last is not None and last.at == at
    for key, why in _unsaid(entry, text):
        if key in said or (whole and key == "lead"):
            continue
        notes.doubt(
            DoubtKind.AGENCY, (f"{at}/{key}", place), text, why, f"ghi mã cơ quan vào {key} nếu văn bản có giao"
        )


def _unsaid(entry: dict[str, Any], text: str) -> Iterator[tuple[str, str]]:
    if why := _unsaid_lead(text) if "lead" not in entry else _more_leads(entry, text):
        yield "lead", why
    times = len(_SUPPORTS.findall(text))
    if "support" not in entry and (times or _WITH.search(text)):
        yield "support", "câu nói phối hợp với cơ quan khác; chưa lấy"
    elif times and _said(entry, "support") not in text:
        yield "support", "câu nói phối hợp với cơ quan khác ngoài tiêu đề; chưa lấy"
    elif times > 1:
        yield "support", "câu nói phối hợp nhiều lần; mới lấy lần đầu"


def _unsaid_lead(text: str) -> str:
    """Return why a task without a lead may have one."""
    if _LEADS.search(text) or _ORDERS.search(text):
        return "câu có giao việc nhưng không rõ giao cho ai"
    if BEGINS_WITH_BODY.match(_EACH_YEAR.sub("", text)):
        return "câu mở đầu bằng một cơ quan, đơn vị mà danh bạ chưa có hoặc không đọc được"
    named = _LATER.search(text) or _ANOTHER.search(text)
    named = named or _ANSWERABLE.search(text)
    return "trong câu có nêu cơ quan làm việc này; chưa lấy" if named else ""


def _more_leads(entry: dict[str, Any], text: str) -> str:
    """Return why a task may have more leads than it has."""
    if any(one.start() for one in _ORDERS.finditer(text)) or _SPEAKS_TO_ALL.search(text):
        return "trong câu còn giao việc cho cơ quan khác; ghi theo đầu câu hoặc tiêu đề"
    if _DIRECTS.match(_GIVEN.sub("", text, count=1).removeprefix(_said(entry, "lead"))):
        return "cơ quan đầu câu chỉ đạo, đôn đốc cơ quan khác làm; mới lấy cơ quan đầu câu"
    another = (
        _ANOTHER.search(text, len(_said(entry, "lead"))) if BEGINS_WITH_BODY.match(text) else _ONE_MORE.search(text)
    )
    if another:
        return "câu còn nêu cơ quan khác sau dấu chấm, chấm phẩy; mới lấy cơ quan đầu câu hoặc tiêu đề"
    if re.search(r"\bđồng chủ trì\b", text, re.IGNORECASE):
        return "câu nêu cơ quan đồng chủ trì; chưa lấy"
    return "câu giao việc nhiều lần; mới lấy cơ quan đầu tiên" if len(_LEADS.findall(text)) > 1 else ""


def _said(entry: dict[str, Any], key: str) -> str:
    return str(entry.get("as_issued", {}).get(key, ""))
