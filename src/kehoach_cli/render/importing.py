"""What an import gave: counts, doubts by kind, what to do next; and every value for programs."""

import json
from collections import Counter
from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from kehoach_cli.core.draft.merge import Merged
from kehoach_cli.core.model.source_record import Doubt, DoubtKind

_COUNTED = (
    ("sections", "mục"),
    ("objectives", "đoạn mục tiêu"),
    ("tasks", "nhiệm vụ"),
    ("indicators", "chỉ tiêu"),
    ("funding", "nguồn kinh phí"),
    ("clauses", "điều khoản chung"),
)
_KINDS = {
    DoubtKind.AGENCY: "cơ quan chưa rõ",
    DoubtKind.NUMBER: "số thứ tự trùng hoặc thiếu",
    DoubtKind.SCHEDULE: "thời gian chưa hiểu",
    DoubtKind.TARGET: "mục tiêu chưa hiểu",
    DoubtKind.COLUMN: "cột chưa rõ",
    DoubtKind.HEAD: "phần đầu văn bản",
    DoubtKind.UNREAD: "đoạn, bảng chưa lấy",
    DoubtKind.READING: "cách hiểu cần xác nhận",
    DoubtKind.CHANGED: "văn bản đã đổi ở chỗ đã sửa tay",
}
_CHANGES = {
    "added": "thêm",
    "changed": "đổi theo văn bản",
    "dropped": "văn bản không còn",
    "kept": "giữ như đã sửa tay",
}
_MOST, _QUOTED = 8, 90


def import_text(found: Merged, shown: str) -> str:
    """Return the summary of an import for people; `shown` is the plan file."""
    counts = [f"{len(found.plan[key])} {word}" for key, word in _COUNTED if found.plan.get(key)]
    lines = [f"{found.plan['id']}: {', '.join(counts) or 'không lấy được nội dung nào'}."]
    for kind, word in _CHANGES.items():
        if places := found.changes.get(kind):
            more = f" và {len(places) - _MOST} chỗ khác" if len(places) > _MOST else ""
            lines.append(f"  {word} ({len(places)}): {', '.join(places[:_MOST])}{more}")
    if found.doubts:
        lines.append(f"Cần kiểm tra {len(found.doubts)} điểm:")
        kinds = Counter(doubt.kind for doubt in found.doubts)
        lines += [f"  {count:>4}  {_KINDS[kind]}" for kind, count in kinds.most_common()]
    lines.append(f'Tiếp theo: kehoach lint "{shown}"')
    return "\n".join(lines) + "\n"


def unread_lines(doubts: Sequence[Doubt]) -> list[str]:
    """Return for people what an import has not read, each with its place; the first of them where there are many."""
    unread = [one for one in doubts if one.kind is DoubtKind.UNREAD]
    shown = [(one.place or "cả tệp", one.why, shorten(one.text, _QUOTED, placeholder="…")) for one in unread[:_MOST]]
    lines = [f'{place}: {why}: "{text}"' for place, why, text in shown]
    return [*lines, f"… và {len(unread) - _MOST} chỗ khác"] if len(unread) > _MOST else lines


def import_json(found: Merged) -> str:
    """Return every value with its place, and every doubt, for programs (`import/1`)."""
    unsure: dict[str, str] = {}
    for doubt in found.doubts:
        unsure.setdefault(doubt.at, doubt.why)
    plan = found.plan["id"]
    items: list[dict[str, Any]] = [
        {
            "ref": f"{plan}/{one.at.split('/')[1]}" if one.at.count("/") > 1 else plan,
            "path": one.at,
            "place": one.place or None,
            "sure": one.at not in unsure,
            "why": unsure.get(one.at),
        }
        for one in found.values
    ]
    known = {one.at for one in found.values}
    items += [
        {"ref": plan, "path": doubt.at or None, "place": doubt.place or None, "sure": False, "why": doubt.why}
        for doubt in found.doubts
        if doubt.at not in known
    ]
    summary = {key: len(found.plan.get(key, ())) for key, _ in _COUNTED} | {"doubts": len(found.doubts)}
    data = {"kehoach": "import/1", "items": items, "findings": [], "summary": summary}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
