"""Indicators in running text: "đến năm 2030, tỷ lệ nước thải đô thị được xử lý đạt 70%"."""

import re
from typing import Any

from kehoach_cli.core.draft.figures import has_figure
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.roles import target_key
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.target import TargetError

_MEASURES = r"(?:tỷ lệ|nồng độ|diện tích|mức|sản lượng|số|chỉ số|độ che phủ)"
_VERBS = r"(?:(?:đạt|giảm|tăng|còn|chiếm|trên|dưới|tối thiểu|ít nhất|khoảng|không quá|thấp hơn|từ)\s+)*"
_AMOUNT = r"[<>≤≥]?\s*\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?\s*%"
_AGAINST = r"(?:\s+so với (?:[\w ]{1,25} )?năm (?P<base>\d{4}))?"
_STATED = re.compile(
    rf"(?:đến|tới|trong)\s+(?:hết\s+)?năm\s+(?P<year>20\d\d)\s*,?\s*(?:phấn đấu\s+)?(?P<rest>{_MEASURES}\b.*?)(?=[;.](?:\s|$)|$)",
    re.IGNORECASE,
)
_ITEM = re.compile(
    rf"(?P<name>\D+?(?:PM2[.,]5\D*?|PM10\D*?)?)\s+(?P<target>{_VERBS}{_AMOUNT}{_AGAINST})", re.IGNORECASE
)
_JOIN = re.compile(r"\s*(?:[,;]|\bvà\b)\s*")
_FIRST = re.compile(rf"{_MEASURES}\b", re.IGNORECASE)
# "Bình quân trồng 6,0 triệu cây xanh phân tán/năm, 10.000 ha rừng/năm": what a plan wants of each year.
_MEAN = re.compile(
    r"bình quân\s+(?P<verb>[^\W\d_]+(?: [^\W\d_]+){0,3})\s+(?P<rest>\d[^;]*?/năm)(?=[.;](?:\s|$)|$)", re.IGNORECASE
)
_EACH = re.compile(
    r"(?P<target>\d[\d.,]*(?: (?:nghìn|triệu|tỷ))? (?P<unit>[^\W\d_]+(?:/[^\W\d_]+)?)(?P<what>(?: [^\W\d_]+)*)/năm)"
    r"(?:\s*(?:[,;]|\bvà\b)\s*|$)",
    re.IGNORECASE,
)
_MEASURED = frozenset({"ha", "km", "m", "m2", "m3", "tấn", "kg", "lít"})
_MEND = "thêm chỉ tiêu vào indicators nếu đúng"


def stated_in(task: dict[str, Any], section: str, place: str, notes: DraftNotes) -> list[dict[str, Any]]:
    """Return the indicators that the wording of a task states with year, name and share; other figures become a doubt."""
    found = [one for stated in _STATED.finditer(task["text"]) for one in _items(stated["rest"], stated["year"])]
    found += _means(task)
    if (not found or task["kind"] == "organisation") and has_figure(task["text"]):
        why = "câu có số liệu có thể là chỉ tiêu; chưa lấy thành chỉ tiêu"
        notes.doubt(DoubtKind.TARGET, (f"indicators/{task['id']}-ct1", place), task["text"], why, _MEND)
    if task["kind"] == "organisation":
        return []
    made = []
    for number, entry in enumerate(found, 1):
        row_id = f"{task['id']}-ct{number}"
        notes.found(f"indicators/{row_id}", place)
        if "-" in next(iter(entry["targets"])):
            why = "số bình quân mỗi năm trong câu văn; thời kỳ lấy theo thời gian thực hiện của nhiệm vụ"
            mend = "đối chiếu tên, đơn vị tính và thời kỳ của chỉ tiêu"
            notes.doubt(DoubtKind.TARGET, (f"indicators/{row_id}", place), task["text"], why, mend)
        lead = {"lead": task["lead"]} if "lead" in task else {}
        made.append({"id": row_id, "name": entry.pop("name"), "unit": entry.pop("unit", "%"), **lead, **entry})
        made[-1]["section"] = section
    return made


def _means(task: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a task is to reach in each year of its schedule, on average: only where all parts are understood."""
    found = _MEAN.search(task["text"])
    period = target_key(str(task.get("schedule", "")))
    if found is None or period is None or "-" not in period:
        return []
    made, end = [], 0
    for one in _EACH.finditer(found["rest"]):
        if one.start() != end:
            return []
        end = one.end()
        measured = one["unit"].lower() in _MEASURED
        thing = one["what"].strip() if measured else f"{one['unit']}{one['what']}"
        name = _named_before(task["text"][: found.start()], found["verb"], thing)
        entry = _entry(name, one["target"], period, None, one["unit"])
        if entry is None:
            return []
        made.append({**entry, "unit": one["unit"]})
    return made if end == len(found["rest"]) else []


def _named_before(before: str, verb: str, thing: str) -> str:
    """Return what is done to a thing, in the words of the list before the colon where one of its parts speaks of it."""
    listed = re.split(r"[.;]\s", before.rstrip())[-1]
    parts = re.split(r",\s", listed.removesuffix(":")) if listed.endswith(":") and thing else []
    words = rf"\b{re.escape(verb)}\b(?P<rest>.*\b{re.escape(thing)}\b.*)"
    found = [one["rest"].strip() for part in parts if (one := re.search(words, part, re.IGNORECASE))]
    return f"{verb} {found[0] if len(found) == 1 else thing}".strip()


def _items(words: str, year: str) -> list[dict[str, Any]]:
    """Return the parts of "tỷ lệ A đạt 95%, B đạt 90%"; the measure of the first is that of the others."""
    found: list[dict[str, Any]] = []
    at, measure = 0, ""
    while item := _ITEM.match(words, at):
        name = item["name"].strip(" ,")
        first = _FIRST.match(name)
        measure = first[0].lower() if first else measure
        entry = _entry(name if first else f"{measure} {name}", item["target"].strip(), year, item["base"])
        if not measure or entry is None:
            break
        found.append(entry)
        joined = _JOIN.match(words, item.end())
        if joined is None:
            break
        at = joined.end()
    return found


def _entry(name: str, target: str, year: str, base: str | None, unit: str = "%") -> dict[str, Any] | None:
    try:
        parse_target(target, unit=unit)
    except TargetError:
        return None
    falls = re.match(r"giảm|còn|dưới|không quá|thấp hơn", target, re.IGNORECASE)
    better = "thấp" if falls else "cao"
    entry: dict[str, Any] = {
        "name": name,
        "direction": "decrease" if falls else "increase",
        "direction_note": f'Câu văn đặt mục tiêu "{target}": càng {better} càng tốt.',
        "targets": {year: target},
    }
    return entry | ({"baseline": {base: None}} if base else {})
