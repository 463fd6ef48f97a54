"""What a sentence says besides what was taken from it: who, until when, how much. Each is a doubt, not a reading."""

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import Any

from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY, BEGINS_WITH_WORK, BODY, WORK
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import CAPITALS

# A sentence on reports: "báo cáo kết quả về …", "gửi báo cáo"; not one on a report that is to be written.
_REPORTS = re.compile(
    r"báo cáo,?\s+(?i:kết quả|tình hình|tiến độ|về|ubnd|[uủ][yỷ] ban|sở|ban|bộ|chính phủ|thủ tướng|tỉnh ủy|hội đồng|hđnd|chủ tịch"
    r"|định kỳ|hằng|hàng|trước|gửi|cho|lên|theo|đột xuất|tổng kết|sơ kết|đánh giá|cấp)"
    r"|(?i:gửi|tổng hợp|chế độ|định kỳ)\b[^.;]*báo cáo"
)
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
# What is cited has its own dates and years: they are no deadlines.
_CITED = re.compile(
    r"(?<!\d)(?:số\s*:?\s*)?\d+(?:/\d{4})?[/-][A-ZĐ][\w&/-]*(?:,?\s*ngày\s*\d{1,2}\s*(?:/\s*\d{1,2}\s*/\s*\d{4}"
    r"|tháng\s*\d{1,2}\s*năm\s*\d{4}))?"
    r"|(?<!pháp )(?:Luật|luật)\s(?:(?!(?:trước|chậm nhất|hoàn thành|xong|từ ngày|đến ngày)\b)[^.;]){0,80}?"
    r"(?:ngày\s*\d{1,2}"
    r"(?:/\d{1,2}/\d{4}|\s*tháng\s*\d+\s*năm\s*\d+)|(?<!trong )(?<!trước )(?<!hết )(?<!đến )năm\s+(?:19|20)\d\d)"
    r"|giai đoạn\s*\d{4}\s*[-–]\s*\d{4}|,?\s*tầm nhìn\s*(?:đến\s*)?(?:năm\s*)?\d{4}"
    r"|(?:Chiến lược|Chương trình|Đề án|Kế hoạch|Quy hoạch|Dự án)\b[^.;]{0,160}?(?:đến|tới)\s+năm\s+\d{4}",
)
_TIME = (
    r"(?:ngày\s*\d{1,2}\s+(?:của\s+)?tháng\s+(?:cuối|đầu|sau|kế tiếp|tiếp theo)(?:\s+(?:của\s+)?(?:mỗi\s+)?(?:quý|năm|kỳ))?"
    r"|ngày\s*\d{1,2}\s+(?:hằng|hàng|mỗi)\s+tháng"
    r"|ngày\s*\d{1,2}(?:\s*[/-]\s*\d{1,2}(?:\s*[/-]\s*\d{4})?|\s*tháng(?:\s*\d{1,2})?(?:\s*năm\s*\d{4})?)"
    r"|\d{1,2}/\d{1,2}/\d{4}|(?:đầu |giữa |cuối )?tháng\s*\d{1,2}(?:\s*/\s*20\d\d|\s*năm\s*20\d\d)?"
    r"|quý\s*(?:[IV]+|\d)\b(?:\s*/\s*20\d\d|\s*năm\s*20\d\d)?"
    r"|(?:đầu |cuối )?năm\s*20\d\d|20\d\d\b|\d{1,2}/20\d\d)"
)
_DEADLINE = re.compile(
    r"\b(?:trước|chậm nhất|xong|hoàn thành|kết thúc|thời hạn|thời gian|đến hết|từ nay đến|hết|trong|vào|từ|đến)\b"
    rf"(?:[^.;,:]|,(?=\s*ngày)){{0,30}}?{_TIME}(?:\s+(?:hằng|hàng)\s+năm)?"
    r"|\b(?:trong|chậm nhất|tối đa|không quá)\b[^.;,:]{0,20}?\d+(?:\s*[-–]\s*\d+)?\s+(?:giờ|ngày|tháng)(?: làm việc)?,?"
    r"\s+(?:kể từ|sau khi)\b"
    r"|\([^()]{0,40}\b20\d\d(?:\s*trở đi)?\)(?=[.;]?$)"
    r"|\b(?:trước|chậm nhất|đến|hạn|xong|từ)\s+\d{1,2}/\d{1,2}\b(?!/\d)"
    r"|\b(?:hoàn thành|xong)\b[^.;,]{0,40}?\btrước (?:khi|mùa|thời điểm|kỳ họp|Tết|dịp)\s[^.;,]{2,60}"
    r"|\b(?:sơ kết|tổng kết)\s(?:[^\W\d]+\s){0,3}?(?:vào\s+|trong\s+)?năm\s*20\d\d"
    rf"|\bnhân\s+(?:dịp|ngày|tháng)\b[^.;:]{{0,60}}?(?:{_TIME}|\d{{1,2}}/\d{{1,2}})",
    re.IGNORECASE,
)
_RECURS = re.compile(
    r"(?:định kỳ|trước|vào)\b[^.;,:]{0,45}?(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)|định kỳ\s+\d+\s+tháng"
    r"|(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|tháng|quý)\b|(?:^|[.;]\s*)(?:hằng|hàng)\s+năm\b|\s(?:hằng|hàng)\s+năm(?=[.;]|\s+theo\b|$)"
    r"|(?:định kỳ\s+)?\d+\s+(?:ngày|tuần|tháng|năm)\s*(?:/|một|1)\s*(?:\d+\s*)?lần",
    re.IGNORECASE,
)
_DONE = re.compile(r"^(?:xong|hoàn thành|kết thúc)\s+")
# The years of a name are no deadline, but those in which something is to be reached are.
_PERIOD = re.compile(r"\b(?:phấn đấu|hoàn thành)\b[^.;:]{0,80}?giai đoạn\s*\d{4}\s*[-–]\s*\d{4}", re.IGNORECASE)
# A time that stands in no such phrase: it may be one all the same.
_ANY_TIME = re.compile(
    r"ngày\s*\d{1,2}(?:\s*[/-]\s*\d{1,2}|\s*tháng)|\bquý\s*(?:[IV]+|\d)\b|\bđịnh kỳ\b|\btháng\s*\d{1,2}(?:/20\d\d)?\b"
    r"|(?<!\w)(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)\b|\bnăm\s+20\d\d\b"
    r"|\b(?:sơ kết|tổng kết|báo cáo)\s[^.;,]{0,20}\d+\s+(?:tháng|năm)\b"
    r"|(?<!chi )\bthường xuyên(?:,\s*liên tục)?(?=\s*[.;)]|$|\s+(?:của|trong|hằng|hàng)\s)"
    r"|\b(?:trong|vào)\s+(?:các\s+)?(?:dịp|đợt)\s+(?:nghỉ\s+)?(?:lễ|Tết)\b"
    r"|\btrước(?:,? (?:và )?trong)?(?:,? (?:và )?sau)? (?:kỳ nghỉ|kỳ|mùa|Tết|dịp|lễ)\b(?:\s+[^\W\d_]+)?"
    r"|\btrong thời gian (?:sớm|ngắn) nhất\b|\b(?:tại|trong|trước|đến)\s+kỳ họp\b[^.;,]{0,40}"
    r"|\bsau\s+\d{1,3}\s+(?:ngày|tháng)(?: làm việc)?,?\s+kể từ\b"
    r"|\b\d{1,3}\s+ngày\s+làm việc\b|\b(?:dịp|tháng|trong|giai đoạn|đến)\s+(?:cuối|đầu|giữa|hết)\s+(?:năm|quý|tháng)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\d[.,]{0,3}\s?%"
    r"|(?:đạt|trên|dưới|tối thiểu|ít nhất|tối đa|không quá|khoảng|phấn đấu|còn|tăng|giảm|từ)\s[^.;]{0,40}?"
    r"\d[\d.,]*\s*(?:triệu|nghìn|tỷ|ha\b|tấn|cây|km|m[23²³]|MW|hộ|xã|người|lớp|cuộc|mô hình|sản phẩm|doanh nghiệp|điểm|lần)"
    r"|\b(?:ít nhất|tối thiểu|tối đa|không quá|không dưới)\s+(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười)\s"
    r"|(?<![\d/.,-])\d{1,6}\s+(?:đơn vị|tờ|cuốn|quyển|sổ|bộ"
    r"|chuyên đề|phóng sự|xã|phường|đặc khu|thôn|địa bàn|lớp|cuộc|mô hình|đợt|buổi|hội nghị|hội thảo|dự án|công trình"
    r"|sản phẩm|doanh nghiệp|cơ sở|trường|km|ha|cây|tấn|lượt|chuyên mục|tin|bài|người|hộ)\b",
    re.IGNORECASE,
)
_AIMS = re.compile(
    r"\b(?:phấn đấu|tối thiểu|ít nhất|tối đa|không dưới|không quá|trung bình mỗi|đạt)\s[^.;]{0,80}?(?<![\d/.,-])\d[\d.,]*\s+\w",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:năm|tháng|ngày|quý|khóa|Khóa|Điều|khoản|mục|phiên|thế kỷ)\s*[\dIVX/.-]+|\b(?:19|20)\d\d\b"
    r"|\d{1,2}/\d{1,2}(?:/\d{4})?|[^\W\d]\d+\w*"
)
_OF_ALL = re.compile(
    r"(?<![\w./-])\d{1,4}/\d{1,4}\s+(?:tiêu chí|chỉ tiêu|xã|phường|huyện|thôn|đơn vị|cơ sở|trường|hộ|sản phẩm)\b"
)
# Figures that only tell one thing from another: "Đề án 06", "Giai đoạn 2:", "ISO 9001:2015", "dưới 18 tuổi", "02 cấp".
_OF_NAME = re.compile(
    rf"\b(?-i:[{CAPITALS}])[^\W\d_]*\s+\d{{1,3}}"
    r"(?=\s*[,.;:)–-]|\s+(?:của|và|trên|tại|về|đến|năm|theo|giai đoạn|ban hành|do|là)\b|$)"
    r"|\b(?:bảng|biểu|phụ lục|giai đoạn|bước|vành đai|quốc lộ|đề án|dự án|nhóm|mức độ|cấp độ)\s+(?:số\s+)?\d{1,3}\b"
    r"|\b(?:ISO|TCVN|QCVN)[\s/IEC]*[\d:.-]+|\b\d{1,2}\s+(?:tuổi|cấp|rõ|ngày làm việc)\b"
    r"|\b\d{1,2}\s+giờ\s+(?:thứ|ngày|sáng|chiều)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w./-])\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?(?![\w/-])")
# "310mm/2 ngày"
_GLUED_UNIT = re.compile(r"(?<![\w./-])\d[\d.,]*(?:mm|cm|km|m|ha|kg|tấn|MW|GB|Mbps)[²³23]?(?!\w)")
_PERCENT_OF_FUNDING = re.compile(r"(?<!\d)\d+\s*%\s*(?:kinh phí|vốn)", re.IGNORECASE)


@lru_cache(maxsize=16)
def _uncited(text: str) -> str:
    """Return a text without what it cites; a sentence is asked for several times in a row."""
    return _CITED.sub(" ", text)


# What was done, or how things stand, is no work: "Thời gian qua, các địa phương đã tổ chức …".
_TELLS = re.compile(
    rf"(?:^|[,.;]\s+){BODY}[^,.;:]{{0,60}}?\s(?:đã|vẫn còn|còn (?:nhiều|gặp|một số))\s"
    r"|^(?:thời gian qua|trong (?:thời gian|những năm) (?:qua|vừa qua|gần đây)|hiện nay|tính đến|đến nay)\b",
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
    elif _TELLS.search(text):
        why = "câu như kể việc đã làm, tình hình; có thể không phải nhiệm vụ"
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


def doubt_when(entry: dict[str, Any], place: str, notes: DraftNotes) -> None:
    """Doubt a deadline in the wording of a task where no key has one, or where it is another than the one in `schedule`."""
    own = _uncited(str(entry["text"]))
    if entry["kind"] == "organisation":
        # When to report is a doubt of its own.
        own = " ".join(
            one for one in re.split(r"(?<=[.;])\s", own) if not _REPORTS.search(one) or "hoàn thành" in one.lower()
        )
    periods = [one[0] for one in _PERIOD.finditer(str(entry["text"]))]
    mend = "ghi vào schedule nếu là thời hạn của nhiệm vụ"
    if "schedule" in entry:
        said = str(entry["schedule"]).lower()
        sure = [one[0] for words in (_DEADLINE, _RECURS) for one in words.finditer(own)]
        found = [one for one in (*sure, *periods) if _DONE.sub("", one.lower()) not in said]
        why = f"câu còn nêu thời hạn {quoted(found)} ngoài thời gian đã ghi"
    else:
        found = _times_in(own) or periods
        why = f"câu có thời hạn {quoted(found)}; chưa ghi vào schedule"
    if not found:
        return
    notes.doubt(DoubtKind.SCHEDULE, (f"tasks/{entry['id']}/schedule", place), entry["text"], why, mend)


def _times_in(text: str) -> list[str]:
    """Return the words that say until or at which day something is done, by the surest expression that finds any."""
    every = ([one[0] for one in words.finditer(text)] for words in (_DEADLINE, _RECURS, _ANY_TIME))
    return next((found for found in every if found), [])


def quoted(words: Iterable[str]) -> str:
    """Return words for a message, each once and in quotes."""
    return ", ".join(f'"{one}"' for one in dict.fromkeys(map(str.strip, words)))


def times_in(text: str) -> list[str]:
    """Return the words of a sentence that say until or at which day something is done; not those of what it cites."""
    return _times_in(_uncited(text))


def deadline_in(text: str) -> str | None:
    """Return the words of a title that say until when its rows are done."""
    found = _DEADLINE.search(_uncited(text))
    return found[0] if found else None


def has_time(text: str) -> bool:
    """Whether a sentence says until or at which day something is done."""
    own = _uncited(text)
    return bool(_DEADLINE.search(own) or _RECURS.search(own))


def has_amount(text: str) -> bool:
    """Whether a sentence or a title names a figure that somebody may have to reach: with a unit, or behind "đạt"."""
    return _has_amount(text) or bool(_OF_ALL.search(text))


def has_figure(text: str) -> bool:
    """Whether an objective names any figure that is no year, day or number of a document."""
    return (
        _has_amount(text)
        or bool(_OF_ALL.search(text))
        or bool(_GLUED_UNIT.search(_uncited(text)))
        or bool(_FIGURE.search(_YEAR.sub(" ", _OF_NAME.sub(" ", _uncited(text)))))
    )


def _has_amount(text: str) -> bool:
    """Whether a sentence names a figure that somebody may have to reach."""
    own = _PERCENT_OF_FUNDING.sub(" ", _uncited(text))
    return bool(_AMOUNT.search(own) or _AIMS.search(_YEAR.sub(" ", own)))
