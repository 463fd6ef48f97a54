"""When a sentence says that something is done: what no key of the plan has of it is a doubt, not a reading."""

import re
from functools import lru_cache
from typing import Any

from kehoach_cli.core.draft.notes import DraftNotes, quoted
from kehoach_cli.core.model.source_record import DoubtKind

# A sentence on reports: "báo cáo kết quả về …", "gửi báo cáo"; not one on a report that is to be written.
_REPORTS = re.compile(
    r"báo cáo,?\s+(?i:kết quả|tình hình|tiến độ|về|ubnd|[uủ][yỷ] ban|sở|ban|bộ|chính phủ|thủ tướng|tỉnh ủy|hội đồng|hđnd|chủ tịch"
    r"|định kỳ|hằng|hàng|trước|gửi|cho|lên|theo|đột xuất|tổng kết|sơ kết|đánh giá|cấp)"
    r"|(?i:gửi|tổng hợp|chế độ|định kỳ)\b[^.;]*báo cáo"
)
# What is cited has its own dates and years: they are no deadlines.
_CITED = re.compile(
    r"(?<!\d)(?:số\s*:?\s*)?\d+(?:/\d{4})?[/-][A-ZĐ][\w&/-]*(?:,?\s*ngày\s*\d{1,2}\s*(?:/\s*\d{1,2}\s*/\s*\d{4}"
    r"|tháng\s*\d{1,2}\s*năm\s*\d{4}))?"
    r"|(?<!pháp )(?:Luật|luật)\s"
    r"(?:(?!(?:trước|chậm nhất|hoàn thành|xong|từ ngày|đến ngày|trình|cuối|đầu(?! tư)|quý"
    r"|(?:trong|vào|tại)(?= (?:năm|tháng|quý|ngày|kỳ họp)))\b)[^.;]){0,80}?"
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
    r"|\bthường niên\b|\btrong thời gian (?:sớm|ngắn) nhất\b|\b(?:tại|trong|trước|đến)\s+kỳ họp\b[^.;,]{0,40}"
    r"|\bsau\s+\d{1,3}\s+(?:ngày|tháng)(?: làm việc)?,?\s+kể từ\b"
    r"|\b\d{1,3}\s+ngày\s+làm việc\b|\b(?:dịp|tháng|trong|giai đoạn|đến)\s+(?:cuối|đầu|giữa|hết)\s+(?:năm|quý|tháng)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)
def uncited(text: str) -> str:
    """Return a text without what it cites; a sentence is asked for several times in a row."""
    return _CITED.sub(" ", text)


def doubt_when(entry: dict[str, Any], place: str, notes: DraftNotes) -> None:
    """Doubt a deadline in the wording of a task where no key has one, or where it is another than the one in `schedule`."""
    own = uncited(str(entry["text"]))
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


def times_in(text: str) -> list[str]:
    """Return the words of a sentence that say until or at which day something is done; not those of what it cites."""
    return _times_in(uncited(text))


def deadline_in(text: str) -> str | None:
    """Return the words of a title that say until when its rows are done."""
    found = _DEADLINE.search(uncited(text))
    return found[0] if found else None


def has_time(text: str) -> bool:
    """Whether a sentence says until or at which day something is done."""
    own = uncited(text)
    return bool(_DEADLINE.search(own) or _RECURS.search(own))
